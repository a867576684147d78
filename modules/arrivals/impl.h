// What the sources of Arrivals share.

#pragma once

#include "modules/arrivals/arrivals.h"
#include "modules/arrivals/storage.h"

namespace luytre::arrivals {

inline const identity::Action kDesk{"arrivals.desk",
                                    Purpose::kDeclarationReview,
                                    {Role::kStationOfficer, Role::kDistrictOfficer, Role::kProvinceOfficer},
                                    true};
inline const identity::Action kDecide{"arrivals.decide",
                                      Purpose::kDeclarationReview,
                                      {Role::kStationOfficer, Role::kDistrictOfficer, Role::kProvinceOfficer}};

inline constexpr const char* kNote = "arrivals.note";

// Who stands before the officer, where, and until when a ticket says so.
struct Standing {
  PersonId person;
  places::SpotPtr spot;
  Instant until;
  bool own_code = false;  // was shown, not a paper
};

struct Arrivals::Impl : Needs {
  explicit Impl(Needs needs) : Needs(std::move(needs)) {}

  // ---- desk.cpp ----
  // A place of entry, open and switched on. Says nothing of what the caller may.
  Result<places::SpotPtr> open(store::Session& session, PlaceId place) const;
  std::string ticket(const Caller& caller, const Standing& standing) const;
  // By the code that is shown, good now, or by a ticket of this caller and place.
  Result<Standing> standing(store::Session& session, const Caller& caller, PlaceId place, std::string_view code) const;
  // As standing(), for an officer who may act there; in the traveller's access log.
  Result<Standing> before_officer(store::Session& session, const Caller& caller, const identity::Action& action,
                                  PlaceId place, std::string_view code, std::string reason) const;
  Result<Traveller> seen(store::Session& session, const Caller& caller, const Standing& standing,
                         const std::string& reason) const;
  Result<Traveller> from_queue(store::Session& session, const Caller& caller, const Look& asked) const;
  Result<Traveller> look(store::Session& session, const Caller& caller, const Look& asked) const;
  // Everybody known by that paper who was born in that year.
  std::vector<PersonId> known_by(store::Session& session, const std::vector<std::string>& papers,
                                 std::int64_t birth_year) const;
  Result<Traveller> by_paper(store::Session& session, const Caller& caller, const Look& asked, const Claimed& claim,
                             const std::vector<std::string>& papers) const;

  // ---- queue.cpp ----
  store::Bytes gate_key(PlaceId chosen) const;          // from the list
  store::Bytes gate_key(std::string_view words) const;  // of a place's name, or of what a traveller wrote
  // Nothing: the form does not say which answer it is.
  std::optional<store::Bytes> gate_key(const forms::Questionnaire& form, const forms::Answers& answers) const;
  storage::GateKeys gate_keys(const places::Spot& spot) const {
    return {gate_key(spot.place), gate_key(spot.place_name)};
  }
  store::Bytes vehicle_key(std::string_view words, Date day) const;
  std::vector<store::Bytes> paper_keys(const std::vector<std::string>& numbers) const;
  void expect(store::Session& session, declarations::DeclarationId id) const;
  // Whose journey, by a carrier's list, begins or ends in the caller's area. Errors: not_found (nobody).
  Result<std::vector<passengers::Passenger>> listed(store::Session& session, const Caller& caller, PlaceId vehicle,
                                                    Instant departure) const;
  Result<std::vector<Queued>> of_list(store::Session& session, const Caller& caller, const places::Spot& spot,
                                      const Queue& asked) const;
  Result<std::vector<Queued>> of_declared(store::Session& session, const Caller& caller, const places::Spot& spot,
                                          const Queue& asked) const;
};

}  // namespace luytre::arrivals

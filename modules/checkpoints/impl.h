// What the sources of checkpoints share.

#pragma once

#include "modules/checkpoints/storage.h"

namespace luytre::checkpoints {

inline constexpr const char* kPlateKey = "checkpoints.plate";  // purposes of sealing
inline constexpr const char* kClaimKey = "checkpoints.claim";
inline constexpr const char* kNoteKey = "checkpoints.note";
inline constexpr const char* kHandoverKey = "checkpoints.handover";
inline constexpr const char* kJourneyKey = "checkpoints.journey";
inline constexpr const char* kJourneyPlateKey = "checkpoints.journey_plate";

struct Checkpoints::Impl : Needs {
  explicit Impl(Needs needs) : Needs(std::move(needs)) {}

  // A guard at work at a checkpoint.
  Result<gates::Duty> duty(store::Session& session, std::string_view shift, PlaceId place, Instant at) const;
  Queue queue(store::Session& session, PlaceId place) const;
  std::vector<OnDuty> roster(store::Session& session, PlaceId place) const;
  Plan plan(store::Session& session, PlaceId place) const;
  Handover view(const storage::HandoverRow& row) const;
  Open open(const storage::PassageRow& row, bool with_plate) const;
  std::optional<std::string> plate_of(const storage::PassageRow& row) const;  // as people write it
  void take_plate(storage::PassageRow& row, const std::optional<std::string>& normalised) const;
  gates::StoredClaim claim_of(const storage::OccupantRow& row) const;  // which has one

  // Of the code on somebody's screen; nothing: none of ours.
  static std::optional<std::string> journey_token(std::string_view code);
  store::Bytes journey_index(std::string_view token) const;
  // Errors: journey_unknown, journey_over.
  Result<storage::JourneyRow> journey(store::Session& session, std::string_view code, Instant at) const;
  std::optional<std::string> journey_plate(const storage::JourneyRow& row) const;  // normalised

  store::Bytes seal(const char* purpose, std::string_view context, std::string_view plain) const;
  std::string unseal(const char* purpose, std::string_view context, const store::Bytes& sealed) const;
};

inline std::string claim_context(PassageId passage, std::int64_t number) {
  return to_text(passage) + '.' + std::to_string(number);
}

}  // namespace luytre::checkpoints

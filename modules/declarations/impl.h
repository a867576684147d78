// What Declarations holds.

#pragma once

#include <mutex>
#include <unordered_map>

#include "modules/declarations/declarations.h"
#include "modules/declarations/pictures.h"
#include "modules/declarations/storage.h"
#include "platform/store/flood.h"

namespace luytre::declarations {

inline constexpr std::string_view kInputs = "declarations.inputs";

Verdict verdict_of(const forms::Outcome& outcome);

// The sealed part of a declaration.
struct Content {
  json::Value response;
  std::optional<PlaceId> place;
  Verdict result;
  std::optional<std::string> origin;  // the other system that it was made in
};
BOOST_DESCRIBE_STRUCT(Content, (), (response, place, result, origin))

inline const identity::Action kSubmitFor{
    "declarations.submit",
    Purpose::kDeclarationReview,
    {Role::kCitizen, Role::kStationOfficer, Role::kDistrictOfficer, Role::kProvinceOfficer}};
inline const identity::Action kRead{
    "declarations.read",
    Purpose::kDeclarationReview,
    {Role::kCitizen, Role::kStationOfficer, Role::kDistrictOfficer, Role::kProvinceOfficer}};
inline const identity::Action kSeePicture{
    "declarations.picture",
    Purpose::kDeclarationReview,
    {Role::kCitizen, Role::kStationOfficer, Role::kDistrictOfficer, Role::kProvinceOfficer}};
inline const identity::Action kList{"declarations.list",
                                    Purpose::kDeclarationReview,
                                    {Role::kStationOfficer, Role::kDistrictOfficer, Role::kProvinceOfficer}};

inline const identity::Action kSearch{"declarations.search",
                                      Purpose::kDeclarationReview,
                                      {Role::kStationOfficer, Role::kDistrictOfficer, Role::kProvinceOfficer},
                                      true};

// What the flood is given: everything that needs no database is done.
struct Prepared {
  Caller caller;
  std::optional<PersonId> person;
  bool own_decision = false;        // of the form
  std::chrono::hours rhythm{};      // how long it lasts after this; of a form without one: nothing
  command::Asked asked;             // of the form, and the place where it was asked for, or else the declared gate
  std::optional<UnitId> gate_unit;  // of the declared gate
  std::optional<UnitId> shown;      // where the person stands before the officer who corrects
  storage::DeclarationRow row;      // without person, unit
  std::vector<storage::PictureRow> pictures;
  std::vector<forms::Attachment> kept;  // of the version before
};

// What the flood answers, and what is kept for a repeat: nothing about health.
struct Receipt {
  DeclarationId id;
  PersonId person;
  std::optional<DeclaredAs> as;
  std::optional<Channel> channel;
};
BOOST_DESCRIBE_STRUCT(Receipt, (), (id, person, as, channel))

// Until when people's newest declarations count, for check-ins. Only what still counts is remembered: somebody who has
// just declared on another node is not asked again.
class ValidityMemory {
 public:
  std::optional<Instant> recall(PersonId person, Instant now) const;
  void keep(PersonId person, Instant valid_until, Instant now);
  void forget(PersonId person);

 private:
  static constexpr std::size_t kMost = 200'000;  // some 10 MB
  struct Entry {
    Instant valid_until;
    Instant read_at;
  };
  mutable std::mutex guard_;
  std::unordered_map<PersonId, Entry> entries_;
};

struct Declarations::Impl {
  store::Database& db;
  const people::People& people;
  const command::Decisions& decisions;
  const geography::Geography& geography;
  const identity::Access& access;
  const Vault& vault;
  const Catalogue catalogue;
  const Settings settings;
  PlaceUnit place_unit;
  HandedTo handed_to;
  Ordered ordered;
  Lists lists;
  mutable ValidityMemory memory;
  store::Flood<Prepared, Receipt> flood;

  Impl(store::Database& db, const people::People& people, const command::Decisions& decisions,
       const geography::Geography& geography, const identity::Access& access, const Vault& vault, Catalogue catalogue,
       Settings settings);

  // Everything of a row that needs no database, and what it comes to. Errors: as submit.
  struct Judged {
    bool own_decision = false;
    std::chrono::hours rhythm{};
    command::Asked asked;
    std::optional<UnitId> gate_unit;
    storage::DeclarationRow row;
    Verdict verdict;
    std::vector<storage::PictureRow> pictures;
    std::vector<forms::Attachment> kept;
    bool no_pictures() const { return pictures.empty() && kept.empty(); }
  };
  Result<Judged> judge(const NewDeclaration& asked, const forms::Unasked& unasked = {}) const;
  // Whether its form is on for who lives there, or where it was asked for or leads.
  bool on(const Judged& judged, UnitId home) const;
  Task<Result<Declaration>> submit(const Caller& caller, NewDeclaration asked, std::optional<UnitId> shown,
                                   std::optional<store::Once> once);
  std::vector<Result<Receipt>> record(store::Session& session, std::span<const Prepared> batch) const;
  // One with pictures, in a transaction of its own: a batch of such would be hundreds of megabytes.
  Task<Result<Receipt>> record_alone(Prepared prepared, std::optional<store::Once> once) const;
  // `person`: whom it is about, where that is known.
  Result<Done> may_declare(store::Session& session, const Prepared& one, bool member, PersonId person,
                           std::optional<UnitId> unit) const;
  std::optional<OrderAsks> ordered_of(store::Session& session, PersonId person, std::string_view form,
                                      Instant at) const {
    return ordered ? ordered(session, person, form, at) : std::nullopt;
  }

  // Whether a member of the household may see what was declared for somebody: of an adult, what they sent themselves.
  bool may_see(store::Session& session, AccountId account, const people::Member& member, AccountId declared_by) const;
  // Marks the version that the row corrects; where it led, the row leads, unless it says otherwise. Answers what of its
  // pictures is `kept`. Errors: not_found, invalid, declaration_replaced.
  Result<std::vector<storage::PictureRow>> replace(store::Session& session, storage::DeclarationRow& row,
                                                   const std::optional<people::Member>& member,
                                                   const std::vector<forms::Attachment>& kept) const;

  // A declaration for whoever may read its answers; logged. `detail` is noted after its id. Errors: not_found,
  // not_permitted, adults_own_affair.
  struct Opened {
    storage::DeclarationRow row;
    std::optional<people::Member> member;  // of the household
  };
  Result<Opened> open(store::Session& session, const Caller& caller, DeclarationId id, const identity::Action& action,
                      const std::string& detail = "") const;

  // ---- pictures.cpp ----
  // Errors: not_found.
  Result<http::Reply> picture(store::Session& session, PersonId person, DeclarationId declaration, PictureId id) const;
  // Errors: too_many_pictures. `account` 0: not counted by account.
  Result<Done> room_for_pictures(store::Session& session, PersonId person, AccountId account, std::size_t more) const;
  void keep_pictures(store::Session& session, const storage::DeclarationRow& row,
                     std::vector<storage::PictureRow> pictures) const;
  // Errors: invalid, when the answers of `old` do not name exactly these.
  Result<std::vector<storage::PictureRow>> pictures_before(store::Session& session, const storage::DeclarationRow& old,
                                                           const std::vector<forms::Attachment>& kept) const;

  // Where it was asked for, or where the journey leads. Errors: invalid.
  Result<std::optional<UnitId>> there(const NewDeclaration& asked) const;
  // Where a form is on for somebody who lives there and stands here, or goes there, if anywhere.
  struct Standing {
    std::optional<UnitId> unit;
    std::optional<PlaceId> place;
    std::optional<UnitId> towards;
  };
  std::optional<Where> where_on(const DatedForm& dated, std::optional<UnitId> home, const Standing& here,
                                Instant now) const;
  // Whether a form about a journey is on somewhere: it concerns who goes there, and nobody else knows who that is.
  bool on_for_journeys(const DatedForm& dated, Instant now) const;
  // The unit by which the caller may see it: that of residence if it lies in the caller's area, else the other.
  UnitId unit_for(const Caller& caller, const identity::Action& action, const storage::DeclarationRow& row) const;
  // The same of one declaration, which may also have been handed over to the caller.
  UnitId unit_for(store::Session& session, const Caller& caller, const storage::DeclarationRow& row) const;

  store::Bytes seal(DeclarationId id, const Content& content) const;
  Content unseal(const storage::DeclarationRow& row) const;
  Declaration declaration_of(const storage::DeclarationRow& row, const Verdict& result) const;
  JudgedAgain judged_again(const storage::DeclarationRow& row) const;

  // ---- declarers.cpp ----
  // Who declared is noted; nothing is said of oneself.
  void note_declarer(storage::DeclarationRow& row, const DeclaredBy& by) const;
  // As what the caller declares.
  static DeclaredBy declarer_of(const Prepared& one, const std::optional<people::Member>& member);
  // What `officer`s, or those of the household, may know of who declared; in the rows' order.
  std::vector<std::optional<DeclaredBy>> declarers(store::Session& session,
                                                   std::span<const storage::DeclarationRow> rows, bool officer) const;

  Result<people::Member> own_or_member(store::Session& session, const Caller& caller,
                                       std::optional<PersonId> person) const;
};

// A page's cursor is the id of its last item.
std::optional<DeclarationId> position_of(const std::optional<std::string>& cursor);
Error wrong_cursor();

}  // namespace luytre::declarations

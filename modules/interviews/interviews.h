// Interviews: where a case was, and who was there, as the person tells it.
//
// An officer asks the person of a case and takes down *milestones* ("mốc dịch tễ": place and time at which a case was
// present), one by one, each sent as soon as it is written down: "trace one, send one" (QĐ 5053/QĐ-BYT, step 1 of the
// handbook). A milestone names a registered place, or says in words where it was; its two times are the bounds within
// which the person was there, and the precision says how they were told. A correction is sent whole and keeps the
// version before; what was wrong altogether is struck, with a reason, and stays to be seen.
//
// What is asked of each milestone the disease's file says (engines/presence/diseases.h); nothing of it is compulsory,
// and tracing makes nothing of the answers: whoever asks the contacts reads them.
//
// A milestone is a lead. While its case is confirmed, tracing is in force there, and it lies at a registered place
// within the infectious window, it stands among the visits as one that was told (modules/visits/told.h), so that
// tracing finds who was recorded there meanwhile, with that as a doubt beside the evidence. So do those who were there
// by what was told, once an officer has found or registered their record: tracing finds them with the case. A span of
// more than kMostTraced is too vague for that. When any of this changes the visit is written, or taken back; then the
// case is traced again at once.
//
// Where that does not find them - in words, at home, a whole day, shorter than kLeastShared or than the case's rules
// ask, without a decision, before the confirmation - those who were there are declared contacts instead
// (modules/tracing/declared.h), never both. They go when the milestone is struck or no longer names them. Who has no
// record yet is listed (companions.h).
//
// Who may: officers whose area covers the case's residence or the unit that reported it. Every look and every change is
// in the access log. Words, names and phones told are sealed. Publishes milestone.recorded, milestone.corrected,
// milestone.struck (subject: the milestone; unit: the case's). Thread-safe.

#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engines/presence/diseases.h"
#include "modules/cases/cases.h"
#include "modules/command/decisions.h"
#include "modules/places/places.h"
#include "modules/places/stated.h"
#include "platform/base/vault.h"
#include "platform/http/router.h"
#include "platform/identity/access.h"
#include "platform/store/database.h"
#include "platform/store/follower.h"

namespace luytre::interviews {

using MilestoneId = Id<struct MilestoneTag>;

inline constexpr std::size_t kMostMilestones = 200;      // of one case, struck ones among them
inline constexpr std::size_t kMostCompanions = 20;       // of one milestone
inline constexpr std::chrono::hours kLongest{24};        // what lasts longer is told day by day
inline constexpr std::chrono::hours kMostTraced{6};      // this project's own: a morning or an evening, not a day
inline constexpr std::chrono::minutes kLeastShared{15};  // this project's own: what is shorter is declared
inline constexpr std::chrono::minutes kClockSkew{2};     // how far a device's clock may be ahead

// How the times were told. They are bounds all the same: of "this morning" those of the morning.
enum class Precision { kExact, kAbout, kPartOfDay, kDay };
BOOST_DESCRIBE_ENUM(Precision, kExact, kAbout, kPartOfDay, kDay)
enum class Answer { kYes, kNo, kUnknown };
BOOST_DESCRIBE_ENUM(Answer, kYes, kNo, kUnknown)

// Somebody who was there, as named by the person: to be found and asked.
struct Companion {
  Text<120> name;
  std::optional<Text<20>> phone;   // as written; answered in E.164
  std::optional<Note<200>> note;   // who that is, how near
  std::optional<PersonId> person;  // whose record an officer found, or registered
};
BOOST_DESCRIBE_STRUCT(Companion, (), (name, phone, note, person))

// By the ids of what the disease's file asks of a milestone (presence::MilestoneQuestions), or asked on other days.
using Answers = std::map<std::string, Answer>;

// Sent whole, so that a correction leaves nothing to guess.
struct Told {
  std::optional<PlaceId> place;    // of the register; absent: in words
  std::optional<Text<200>> where;  // without a place always; with one what is to be said besides
  std::optional<UnitId> commune;   // of the words
  Instant from, to;
  Precision precision = Precision::kAbout;
  std::optional<Note<500>> doing;
  std::optional<Answers> answers;     // absent: of a client of before, which knows the two questions that follow alone
  std::optional<Answer> masks, near;  // by such a client: answers under these ids
  std::vector<Companion> companions;
  std::optional<Instant> told_at;  // by the device; absent: now
};
BOOST_DESCRIBE_STRUCT(Told, (),
                      (place, where, commune, from, to, precision, doing, answers, masks, near, companions, told_at))

struct Reason {
  Note<500> reason;
};
BOOST_DESCRIBE_STRUCT(Reason, (), (reason))

struct Struck {
  Instant at;
  std::string by;
  std::string reason;
};
BOOST_DESCRIBE_STRUCT(Struck, (), (at, by, reason))

// Why it does not stand among the visits.
enum class Untraced { kStruck, kInWords, kNotConfirmed, kOutsideWindow, kTooVague, kTooOld, kNotInForce };
BOOST_DESCRIBE_ENUM(Untraced, kStruck, kInWords, kNotConfirmed, kOutsideWindow, kTooVague, kTooOld, kNotInForce)

struct Milestone {
  MilestoneId id;
  CaseId case_;
  std::optional<places::PlaceName> place;
  std::optional<std::string> where;
  std::optional<UnitId> commune;  // of the place or the words
  std::optional<std::string> commune_name;
  std::optional<places::Point> point;  // where the place says that it stands
  Instant from, to;
  Precision precision = Precision::kAbout;
  std::optional<std::string> doing;
  Answers answers;
  std::optional<Answer> masks, near;  // of `answers`, for a client of before
  std::vector<Companion> companions;
  Instant told_at, recorded_at;
  std::string by;                    // who took it down first
  std::optional<Untraced> untraced;  // absent: tracing knows it
  std::optional<Struck> struck;
  std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(Milestone, (),
                      (id, case_, place, where, commune, commune_name, point, from, to, precision, doing, answers,
                       masks, near, companions, told_at, recorded_at, by, untraced, struck, version))

// As it was written at a time.
struct Version {
  std::int64_t version = 1;
  Instant at;
  std::string by;
  std::optional<std::string> place_name;
  Told told;
};
BOOST_DESCRIBE_STRUCT(Version, (), (version, at, by, place_name, told))

inline constexpr ErrorCode kMilestoneStruck{"milestone_struck", 409};
inline constexpr ErrorCode kTooManyMilestones{"too_many_milestones", 409};

struct Parts {
  store::Database& db;
  const people::People& people;
  const places::Places& places;
  const presence::Diseases& diseases;
  const presence::RuleSets& rule_sets;
  const command::Decisions& decisions;
  const geography::Geography& geography;
  const identity::Access& access;
  const Vault& vault;
};

using CompanionId = Id<struct CompanionTag>;
struct ListedCompanion;  // companions.h
struct CompanionFilter;
struct CompanionsOut;
struct OpenCompanion;
struct FoundAs;

class Interviews {
 public:
  explicit Interviews(const Parts& parts);
  ~Interviews();

  // Writes and takes back told visits when their case changes.
  store::Following follow();
  // Forgets which visits milestones were, once visits are deleted by age (visits::kKept); lists companions of
  // milestones that were written before there was a list.
  store::Recurring retention() const;

  // By their beginning. Errors of this and what follows: not_found, those of Access::require.
  Task<Result<http::Page<Milestone>>> of_case(const Caller& caller, CaseId id);
  // Errors: invalid (/place, /where, /commune, /from, /to, /answers, /companions, /toldAt), too_many_milestones;
  // not_permitted (somebody of another area among the companions).
  Task<Result<Milestone>> record(const Caller& caller, CaseId id, Told told, std::optional<store::Once> once);
  // Errors: as above, milestone_struck, version_conflict.
  Task<Result<Milestone>> correct(const Caller& caller, MilestoneId id, Told told, std::int64_t version);
  // Errors: invalid (/reason), milestone_struck, version_conflict.
  Task<Result<Milestone>> strike(const Caller& caller, MilestoneId id, Reason reason, std::int64_t version);
  // Oldest first.
  Task<Result<http::Page<Version>>> versions(const Caller& caller, MilestoneId id);

  // ---- companions without a record (companions.h) ----
  // Open ones and those who cannot be found, by the milestone's beginning. With phones.
  Task<Result<http::Page<ListedCompanion>>> companions(const Caller& caller, CaseId id);
  // Open ones of the caller's area, or of a unit of it. A cursor goes on with the sort it was given for. Errors:
  // not_permitted, invalid (?cursor: format, other_sort).
  Task<Result<http::Page<ListedCompanion>>> companions(const Caller& caller, CompanionFilter filter,
                                                       std::optional<std::string> cursor, std::size_t limit);
  // The same of a unit and below as a file, marked with who took it out; with a reason. Errors: not_permitted,
  // reason_required, list_too_long.
  Task<Result<http::Reply>> take_out(const Caller& caller, UnitId unit, CompanionsOut wanted);
  // Says whose record it is: a new version of the milestone. Errors: invalid (/person), companion_settled,
  // version_conflict; not_permitted (somebody of another area).
  Task<Result<ListedCompanion>> found(const Caller& caller, CompanionId id, FoundAs as, std::int64_t version);
  // Errors: invalid (/reason), companion_settled, version_conflict.
  Task<Result<ListedCompanion>> unfindable(const Caller& caller, CompanionId id, Reason reason, std::int64_t version);
  // Of the caller's area, listed by then and still open, the longest of each case; no people, so not logged.
  std::vector<OpenCompanion> waiting(store::Session& session, const Caller& caller, Instant listed_by,
                                     std::size_t most) const;
  Task<Result<ListedCompanion>> look_again(const Caller& caller, CompanionId id, std::int64_t version);

  struct Impl;

 private:
  std::unique_ptr<Impl> impl_;
};

void routes(http::Router& router, Interviews& room);

const std::vector<store::Migration>& migrations();

}  // namespace luytre::interviews

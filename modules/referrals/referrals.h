// Referrals: what was declared reaches the station that answers for the person, and comes back done.
//
// A declaration whose rule set says that somebody is to be told becomes one referral for each commune named: that of
// residence, and that where it was asked for or where the journey leads. Rule sets say within what time it is to be
// acknowledged. Every level above sees it at once, as an overview; when the deadline passes unacknowledged it becomes
// the task of the next level, too — the health centre (of a district, since 2025 of a region), then the province —
// while the station's stays. Who belongs to a level is said by role and area, so this holds in both administrative
// versions; a unit above the commune begins at its own level. Only reaching the person, a refusal, or a stated reason
// ends a referral. One that came to the wrong station is handed over, with its history.
//
// Somebody whom a checkpoint of a road isolated or sent to be tested, and who is known by their own code or a journey
// told ahead, is referred likewise. Its decision is only carried on: here nobody is ordered anything. Who is known by a
// claim alone (a card, a passport, a typed phone) is referred as a *claim*, name and phone sealed, never as a person:
// to the station where the journey leads, or to that of the checkpoint, where they are.
//
// A difference between a declaration and what others recorded (modules/consistency), which an officer referred, is a
// task of the station of residence; what was found is opened there, not here.
//
// Green ones are counted by day and unit and never listed as persons; passages, too, once for each commune where
// somebody of the vehicle lives or where it goes, by the gravest decision there.
//
// A referral is made by following events, in the transaction that moves the follower's position: once for each subject,
// person and station, however often the feed is read again. A correction changes, reopens or withdraws what its older
// version caused; what was taken back is withdrawn, and what it said is forgotten. A row holds ids, the colour, sealed
// codes of the reasons: answers are opened through Declarations. Every person shown is in the access log. Deleted kKept
// after the end, or after it came when nobody ended it. Times are UTC seconds.
//
// Thread-safe. Publishes referral.opened, referral.escalated, referral.acknowledged, referral.changed, referral.done
// (subject: the referral; unit: where it lies).

#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "modules/declarations/declarations.h"
#include "modules/people/people.h"
#include "modules/referrals/ladder.h"
#include "platform/base/vault.h"
#include "platform/http/router.h"
#include "platform/identity/access.h"
#include "platform/store/database.h"
#include "platform/store/follower.h"

namespace luytre::referrals {

using ReferralId = Id<struct ReferralTag>;
using SubjectId = Id<struct SubjectTag>;
using declarations::Texts;
using forms::Colour;
using forms::Station;

inline constexpr std::chrono::hours kKept{28 * 24};
inline constexpr std::chrono::hours kAgainAfter{1};  // somebody who did not answer is tried again
// No act says when a station answers for somebody sent on by a checkpoint: this project's own.
inline constexpr const char* kPassageRules = "checkpoint-decisions-1";
inline constexpr std::chrono::minutes kIsolatedWithin{60}, kTestedWithin{240};
// Nor when it answers for a difference that was referred to it: as for whom a checkpoint sends to be tested.
inline constexpr const char* kDifferenceRules = "difference-decisions-1";
inline constexpr std::chrono::minutes kDifferenceWithin{240};

enum class Source { kDeclaration, kPassage, kMissed, kDifference, kOrder };
BOOST_DESCRIBE_ENUM(Source, kDeclaration, kPassage, kMissed, kDifference, kOrder)
enum class State { kOpen, kAcknowledged, kDone, kWithdrawn };
BOOST_DESCRIBE_ENUM(State, kOpen, kAcknowledged, kDone, kWithdrawn)
// kNotNeeded: nobody need be reached, for the reason noted.
enum class Outcome { kReached, kNoAnswer, kWrongNumber, kMoved, kRefused, kNotNeeded };
BOOST_DESCRIBE_ENUM(Outcome, kReached, kNoAnswer, kWrongNumber, kMoved, kRefused, kNotNeeded)
enum class StepKind { kOpened, kEscalated, kAcknowledged, kAttempted, kDone, kHandedOver, kCorrected, kWithdrawn };
BOOST_DESCRIBE_ENUM(StepKind, kOpened, kEscalated, kAcknowledged, kAttempted, kDone, kHandedOver, kCorrected,
                    kWithdrawn)

struct Reason {
  std::string code;
  Texts text;  // as the rule set has it; of passages none
};
BOOST_DESCRIBE_STRUCT(Reason, (), (code, text))

struct Step {
  Instant at;
  StepKind kind = StepKind::kOpened;
  Level level = Level::kStation;
  std::string unit_name;
  std::optional<std::string> by;  // of an officer
  std::optional<Outcome> outcome;
  std::optional<std::string> note;
};
BOOST_DESCRIBE_STRUCT(Step, (), (at, kind, level, unit_name, by, outcome, note))

struct ContactData {
  std::vector<std::string> phones;
  std::optional<std::string> address;
};
BOOST_DESCRIBE_STRUCT(ContactData, (), (phones, address))

struct Referral {
  ReferralId id;
  Source source = Source::kDeclaration;
  SubjectId subject;  // the declaration, the passage, the difference, the window in which nothing came, or the alert
  std::optional<people::PersonBrief> person;  // absent: only claimed
  std::optional<std::string> claimed;         // the name that was shown or said
  std::optional<Colour> colour;               // absent: taken back
  std::vector<Reason> reasons;
  std::string rule_set;  // kPassageRules for passages
  Station station = Station::kResidence;
  UnitId unit;
  std::string unit_name;
  Instant at;       // when it was declared, or the window ended
  Instant created;  // when it came
  Instant due_at;
  Level level = Level::kStation;
  bool escalated = false;
  bool yours = false;  // a task of the caller's level, not only seen from above
  State state = State::kOpen;
  bool overdue = false;
  std::int64_t attempts = 0;
  std::optional<Outcome> outcome;
  std::optional<ContactData> contact;    // only alone
  std::optional<std::vector<Step>> log;  // only alone, oldest first
  std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(Referral, (),
                      (id, source, subject, person, claimed, colour, reasons, rule_set, station, unit, unit_name, at,
                       created, due_at, level, escalated, yours, state, overdue, attempts, outcome, contact, log,
                       version))

struct ReferralOutcome {
  Outcome outcome = Outcome::kReached;
  std::optional<Note<1000>> note;
};
BOOST_DESCRIBE_STRUCT(ReferralOutcome, (), (outcome, note))

struct HandOver {
  UnitId unit;  // a commune in force
  Note<1000> reason;
};
BOOST_DESCRIBE_STRUCT(HandOver, (), (unit, reason))

// Of the caller's area. Arrivals are counted at stations: one that concerns two stations of the area counts twice.
struct Counts {
  std::int64_t yours = 0;  // not acknowledged, and a task of the caller's level
  std::int64_t open = 0, escalated = 0, acknowledged = 0;
  std::int64_t green_today = 0, yellow_today = 0, red_today = 0;
};
BOOST_DESCRIBE_STRUCT(Counts, (), (yours, open, escalated, acknowledged, green_today, yellow_today, red_today))

enum class Sort { kDue, kArrival };
BOOST_DESCRIBE_ENUM(Sort, kDue, kArrival)

struct Filter {
  std::optional<State> state;  // absent: not ended
  bool escalated = false;
  bool yours = false;
  std::optional<UnitId> unit;
  std::optional<Source> source;
  Sort sort = Sort::kDue;
  bool descending = false;
};

struct ReferralsOut {
  Note<500> reason;
  std::optional<State> state;  // absent: not ended
  std::optional<bool> escalated, yours;
  std::optional<Source> source;
  std::optional<Text<4>> format;  // xlsx; else CSV
};
BOOST_DESCRIBE_STRUCT(ReferralsOut, (), (reason, state, escalated, yours, source, format))

inline constexpr ErrorCode kReferralEnded{"referral_ended", 409};
inline constexpr ErrorCode kNotEscalated{"referral_not_escalated", 409};       // seen from above, not yet a task there
inline constexpr ErrorCode kHandedOverAlready{"referral_there_already", 409};  // that station was told of the same

// What a checkpoint of a road decided about the people in a vehicle, as far as they are known.
struct Passage {
  enum class Decision { kPass, kTest, kIsolate, kTurnBack };
  struct Person {
    PersonId person;
    Decision decision = Decision::kPass;
  };
  struct Claim {
    std::int64_t number = 0;  // within the passage, from 1
    std::optional<std::string> name, phone;
    Decision decision = Decision::kPass;
  };
  Instant at;
  UnitId unit;                          // where the checkpoint stands
  std::optional<UnitId> towards;        // where the journey leads
  Decision decision = Decision::kPass;  // of the vehicle
  std::vector<Person> people;
  std::vector<Claim> claims;
  Instant recorded;  // when we learnt of the decision: a lane without a network tells later
};

// A difference that was referred.
struct Question {
  PersonId person;
  UnitId unit;  // of residence
  Instant referred;
};

// What the checks of an order ask a station to see to.
struct Alert {
  PersonId person;
  UnitId unit;         // that answers for the order
  std::string reason;  // a code of this room's words
  std::string rule_set;
  std::chrono::minutes within{};
  Instant at, recorded;
};

// How a referral stands, for the room that caused it: who took notice, and what became of it.
struct Standing {
  ReferralId id;
  State state = State::kOpen;
  Level level = Level::kStation;
  bool escalated = false;
  std::optional<std::string> by;  // who acted last
  std::optional<Instant> at;
  std::optional<Outcome> outcome;
};
BOOST_DESCRIBE_STRUCT(Standing, (), (id, state, level, escalated, by, at, outcome))

// What became of a referral.
struct Ending {
  Source source = Source::kDeclaration;
  SubjectId subject;
  State state = State::kDone;
  Instant at;
};

struct Parts {
  store::Database& db;
  const declarations::Declarations& declarations;
  const people::People& people;
  const geography::Geography& geography;
  const identity::Access& access;
  const Vault& vault;
};

class Referrals {
 public:
  explicit Referrals(const Parts& parts);
  ~Referrals();

  // The stations where it lies that a declaration was referred to; those withdrawn do not count. Within another's
  // transaction, unchecked.
  static std::vector<UnitId> referred_to(store::Session& session, declarations::DeclarationId declaration);

  // Given at wiring time, before followers start: a passage of checkpoints.passed as it stands now. Without it passages
  // are not referred.
  using Passages = std::function<std::optional<Passage>(store::Session&, SubjectId)>;
  void set_passages(Passages passages);

  // Likewise: a difference that is referred now, of consistency.decided and consistency.gone.
  using Questions = std::function<std::optional<Question>(store::Session&, SubjectId)>;
  void set_questions(Questions questions);
  // Likewise: an alert that stands, of quarantine.alert.
  using Alerts = std::function<std::optional<Alert>(store::Session&, SubjectId)>;
  void set_alerts(Alerts alerts);
  // The first referral of that subject that was not withdrawn. Within another's transaction, unchecked.
  static std::optional<Standing> standing(store::Session& session, Source source, SubjectId subject);
  static std::vector<std::optional<Standing>> standing(store::Session& session, Source source,
                                                       std::span<const SubjectId> subjects);  // in their order
  // Of a referral.done; nothing: it goes on, or is not there. Within another's transaction, unchecked.
  static std::optional<Ending> ending(store::Session& session, ReferralId id);

  store::Following follow();
  store::Recurring escalate();
  store::Recurring retention();

  // Every person on the page is logged. A cursor goes on with the sort it was given for. Errors: not_permitted, invalid
  // (?cursor: format, other_sort).
  Task<Result<http::Page<Referral>>> list(const Caller& caller, Filter filter, std::optional<std::string> cursor,
                                          std::size_t limit);
  // Of a unit, by deadline, as a file marked with who took it out; every person in it is logged. Errors: not_found (the
  // unit), not_permitted, reason_required, list_too_long.
  Task<Result<http::Reply>> take_out(const Caller& caller, UnitId unit, ReferralsOut wanted);
  // With phone, address and history. Errors of this and what follows: not_found, those of Access::require.
  Task<Result<Referral>> find(const Caller& caller, ReferralId id);
  // Errors: referral_ended, referral_not_escalated.
  Task<Result<Referral>> acknowledge(const Caller& caller, ReferralId id);
  // Errors: version_conflict, referral_ended, referral_not_escalated, invalid (kNotNeeded without a note).
  Task<Result<Referral>> record(const Caller& caller, ReferralId id, ReferralOutcome outcome, std::int64_t version);
  // Errors: version_conflict, referral_ended, referral_not_escalated, referral_there_already, invalid (/unit).
  Task<Result<Referral>> hand_over(const Caller& caller, ReferralId id, HandOver to, std::int64_t version);
  // Errors: not_permitted.
  Task<Result<Counts>> counts(const Caller& caller);

  struct Impl;

 private:
  std::unique_ptr<Impl> impl_;
};

void routes(http::Router& router, Referrals& referrals);

const std::vector<store::Migration>& migrations();

}  // namespace luytre::referrals

// Tracing: what follows from a confirmed case — candidates with evidence, warnings, work for the stations.
//
// Confirming a case (event case.confirmed, case.changed) runs trace.h and writes *candidates*: shared minutes are a
// lead, never a verdict. Running again after new data adds and refreshes, never doubles; what an officer has decided
// stays. An officer, after asking the person, assigns the class. Candidates of the levels that the rule set acts on
// become tasks in the work lists of the communes responsible, by the person's address and by the places of exposure.
// Such a task stays until a class is chosen: somebody who was called and not classified is not lost.
//
// Who shares a household with a case is a candidate without any place (ties.h), and so is whoever a carrier listed with
// the case for one departure and whose record proves it (modules/passengers), where the rule set says so; whoever
// joins or leaves a household later has the cases around it traced again. Who was declared a contact (declared.h) is
// one before any trace, of a suspect, too.
//
// While a case's window is open, and while visits within it may still arrive, it is traced again by itself (again.cpp):
// who stays with the case long enough after the confirmation is found without anybody asking. That writes only what is
// another than before, so that a run in the list means news.
//
// Warnings go to level 1 only, say place and time, by which signs of the disease to call, and never who nor which
// disease, and are previewed first. Below kMinPresent people present, at homes, for diseases flagged stigma, and
// without a place, they say only that the station will call. Above kMaxAlone people, or for an antigen-only result, a
// second officer releases them. Unread after kUnreadAfter, or without a phone, they become a call or door task, which
// only reaching the person closes. Undoing the case (case.unconfirmed) withdraws candidates and tasks and sends
// everyone warned a correction.
//
// Somebody of whom officers merged several records is one person: one candidate, warned once. The accounts of all those
// records are warned, each of places where its own record was and else that the station will call. A merge, and undoing
// it (person.merged, person.parted), traces again the cases that have to do with either record; who was told something
// for a record that no longer counts as theirs gets a correction.
//
// Tracing of real persons needs a decision in force for the case's unit. Publishes trace.done, candidate.assigned,
// release.requested, release.released, release.rejected, warning.sent, task.opened, task.given, task.done (subjects:
// run, candidate, release, warning, task). Thread-safe.

#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engines/presence/presence.h"
#include "modules/cases/cases.h"
#include "modules/command/decisions.h"
#include "modules/people/people.h"
#include "modules/places/places.h"
#include "modules/referrals/ladder.h"
#include "modules/staff/staff.h"
#include "modules/tracing/trace.h"
#include "modules/tracing/why_sql.h"
#include "modules/visits/doubtful.h"
#include "platform/http/router.h"
#include "platform/identity/access.h"
#include "platform/notify/notify.h"
#include "platform/notify/texts.h"
#include "platform/store/database.h"
#include "platform/store/follower.h"

namespace luytre::passengers {
class Passengers;
}

namespace luytre::tracing {

using RunId = Id<struct RunTag>;
using CandidateId = Id<struct CandidateTag>;
using ReleaseId = Id<struct ReleaseTag>;
using WarningId = Id<struct WarningTag>;
using TaskId = Id<struct TaskTag>;
using DeclaredId = Id<struct DeclaredTag>;
using TaskTransferId = Id<struct TaskTransferTag>;

inline constexpr std::int64_t kMinPresent = 10;       // fewer present: the place would point at the case
inline constexpr std::int64_t kMaxAlone = 20;         // more people warned: a second officer releases
inline constexpr std::chrono::hours kUnreadAfter{2};  // then somebody calls
inline constexpr std::chrono::hours kAssessWithin{24};
inline constexpr std::chrono::hours kReachWithin{4};
inline constexpr std::chrono::hours kTakenWithin{4};   // else nobody has taken it; as followup has it
inline constexpr std::chrono::hours kClimbsAfter{24};  // late for so long: for the level above the health centre, too
inline constexpr std::size_t kTakenAtOnce = 100;
inline constexpr std::size_t kTasksOutMost = 5000;
inline constexpr std::chrono::minutes kAgainOpen{3};   // how often a case is traced again while its window is open,
inline constexpr std::chrono::minutes kAgainLate{30};  // and after, for visits that arrive late
inline constexpr std::size_t kEvidenceShown = 3;

enum class RunState { kQueued, kDone, kNotInForce, kWithdrawn };
BOOST_DESCRIBE_ENUM(RunState, kQueued, kDone, kNotInForce, kWithdrawn)
enum class CandidateStatus { kOpen, kAssigned, kDismissed, kWithdrawn };
BOOST_DESCRIBE_ENUM(CandidateStatus, kOpen, kAssigned, kDismissed, kWithdrawn)
enum class Class { kF1, kF2, kNone };
BOOST_DESCRIBE_ENUM(Class, kF1, kF2, kNone)
enum class EvidenceKind { kVisit, kEncounter, kHousehold, kVehicle, kDeclared };
BOOST_DESCRIBE_ENUM(EvidenceKind, kVisit, kEncounter, kHousehold, kVehicle, kDeclared)
// Of a declared contact: by the case's person, or the contact who named them, a list, an officer.
enum class HowTold { kInterview, kList, kOfficer };
BOOST_DESCRIBE_ENUM(HowTold, kInterview, kList, kOfficer)
enum class Answer { kYes, kNo, kUnknown };
BOOST_DESCRIBE_ENUM(Answer, kYes, kNo, kUnknown)
enum class ReleaseState { kAwaiting, kReleased, kRejected, kWithdrawn };
BOOST_DESCRIBE_ENUM(ReleaseState, kAwaiting, kReleased, kRejected, kWithdrawn)
enum class WarningKind { kExposure, kStation, kCorrection };
BOOST_DESCRIBE_ENUM(WarningKind, kExposure, kStation, kCorrection)
enum class TaskKind { kAssess, kCall, kDoor };
BOOST_DESCRIBE_ENUM(TaskKind, kAssess, kCall, kDoor)
enum class TaskState { kOpen, kAcknowledged, kDone, kWithdrawn };
BOOST_DESCRIBE_ENUM(TaskState, kOpen, kAcknowledged, kDone, kWithdrawn)
enum class TaskSort { kDue, kWaiting };  // kWaiting: since when nobody took notice of it, or until then
BOOST_DESCRIBE_ENUM(TaskSort, kDue, kWaiting)
enum class Outcome { kReached, kNoAnswer, kWrongNumber, kMoved, kRefused };
BOOST_DESCRIBE_ENUM(Outcome, kReached, kNoAnswer, kWrongNumber, kMoved, kRefused)
enum class Mode { kPublic, kStationOnly };
BOOST_DESCRIBE_ENUM(Mode, kPublic, kStationOnly)

struct Run {
  RunId id;
  Instant at;
  RunState state = RunState::kQueued;
  std::string rule_set;
  std::string engine;             // "index" or "sql"; empty: not traced
  std::optional<WhySql> why_sql;  // and not the index
  std::int64_t elapsed_microseconds = 0;
  std::int64_t links_found = 0;
  std::vector<std::int64_t> found;  // by level
  // What ended it before nobody was left who could expose others. Its levels are whole; stopped by count or time it has
  // fewer than the rule set asks for, and withdraws nobody.
  std::optional<presence::Stopped> stopped;
};
BOOST_DESCRIBE_STRUCT(Run, (),
                      (id, at, state, rule_set, engine, why_sql, elapsed_microseconds, links_found, found, stopped))

struct With {
  PersonId id;
  std::string name;
  std::int64_t level = 0;  // 0: the case
};
BOOST_DESCRIBE_STRUCT(With, (), (id, name, level))

struct Evidence {
  EvidenceKind kind = EvidenceKind::kVisit;
  With with;
  std::optional<places::PlaceName> place;
  std::optional<std::string> zone;
  Instant from;
  Instant to;
  std::int64_t minutes = 0;
  bool estimated = false;  // one of the two visits has an estimated end; of a declared one: its day alone was told
  // What speaks against the one or the other visit, while they are kept. A fact for who asks the person: neither
  // candidates nor risk follow from it.
  std::vector<visits::Flag> doubts;
  std::vector<visits::Flag> doubts_of_other;
  std::vector<std::string> origins;  // other systems that told one of the two visits
  std::optional<std::int64_t> attenuation;
  std::int64_t risk = 0;
  // As a carrier listed both. The other's for whoever may know who that is.
  std::optional<std::string> seat, seat_of_other;
  // Of a declared contact (declared.h). The words for whoever may know who the case is.
  std::optional<HowTold> how;
  std::optional<std::string> where, relation;
  bool named = false;  // whom it is with told of it as a contact, before they were a case
};
BOOST_DESCRIBE_STRUCT(Evidence, (),
                      (kind, with, place, zone, from, to, minutes, estimated, doubts, doubts_of_other, origins,
                       attenuation, risk, seat, seat_of_other, how, where, relation, named))

// By the ids of the questions that the disease's file asks of a contact (presence::ContactQuestions).
using Answers = std::map<std::string, Answer>;

struct ContactData {
  std::vector<std::string> phones;
  std::optional<std::string> address;
};
BOOST_DESCRIBE_STRUCT(ContactData, (), (phones, address))

// Members whose plain name is a C++ keyword end in an underscore; JSON drops it.
struct Candidate {
  CandidateId id;
  CaseId case_;
  people::PersonBrief person;
  std::int64_t level = 1;
  Instant exposed_since;
  std::int64_t risk = 0;
  CandidateStatus status = CandidateStatus::kOpen;
  std::optional<Class> class_;
  std::optional<Answers> answers;
  std::optional<std::string> note;
  std::vector<Evidence>
      evidence;  // in lists the strongest kEvidenceShown; alone all that is kept: of many the strongest
  std::int64_t evidence_count = 0;
  std::optional<ContactData> contact;  // only alone, and logged
  // With a class of which no rule says for how long it is followed. Nobody follows by itself then; an officer of the
  // contact's unit says what is to become of them (modules/followup/by_hand.h).
  bool unruled = false;
  std::optional<std::int64_t> named;  // whom they told that they met, so many, withdrawn ones too; only alone
  std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(Candidate, (),
                      (id, case_, person, level, exposed_since, risk, status, class_, answers, note, evidence,
                       evidence_count, contact, unruled, named, version))

struct Assignment {
  Class class_ = Class::kNone;
  Answers answers;
  std::optional<Note<1000>> note;
};
BOOST_DESCRIBE_STRUCT(Assignment, (), (class_, answers, note))

struct PreviewItem {
  std::optional<PlaceId> place;
  std::optional<std::string> place_name;
  Instant from;
  Instant to;
  std::int64_t present = 0;  // people at the place meanwhile, as far as visits know
  std::int64_t people = 0;   // who would be warned for it
  Mode mode = Mode::kPublic;
  std::string why;  // public, fewPresent, home, listed, stigma, noPlace
};
BOOST_DESCRIBE_STRUCT(PreviewItem, (), (place, place_name, from, to, present, people, mode, why))

struct Preview {
  std::vector<PreviewItem> items;
  std::int64_t people = 0;         // not warned yet
  std::int64_t without_phone = 0;  // these become door tasks
  bool needs_second_officer = false;
  std::optional<std::string> why_second;  // manyPeople, antigenOnly
};
BOOST_DESCRIBE_STRUCT(Preview, (), (items, people, without_phone, needs_second_officer, why_second))

struct Release {
  ReleaseId id;
  CaseId case_;
  std::string case_number;
  ReleaseState state = ReleaseState::kAwaiting;
  std::int64_t people = 0;
  std::optional<std::string> needs_second;
  std::string requested_by;
  Instant requested_at;
  std::optional<std::string> decided_by;
  std::optional<Instant> decided_at;
  std::optional<std::string> reason;
  bool mine = false;  // the caller asked for it, so that somebody else must decide
  std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(Release, (),
                      (id, case_, case_number, state, people, needs_second, requested_by, requested_at, decided_by,
                       decided_at, reason, mine, version))

struct ReleaseFilter {
  std::optional<ReleaseState> state;
  std::optional<std::string> disease;
  std::optional<cases::SortOrder> order;  // by when it was asked for; absent: the latest first
  std::optional<CaseId> case_;            // one elsewhere has as few as one that is nowhere: none
};

struct Bilingual {
  std::string vi;
  std::string en;
};
BOOST_DESCRIBE_STRUCT(Bilingual, (), (vi, en))

struct Advice {
  std::string code;
  Bilingual text;
};
BOOST_DESCRIBE_STRUCT(Advice, (), (code, text))

struct Warning {
  WarningId id;
  PersonId person;
  std::string person_name;
  WarningKind kind = WarningKind::kExposure;
  std::optional<std::string> place_name;
  std::optional<Instant> from;
  std::optional<Instant> to;
  Advice advice;
  Instant sent_at;
  std::optional<Instant> read_at;
};
BOOST_DESCRIBE_STRUCT(Warning, (), (id, person, person_name, kind, place_name, from, to, advice, sent_at, read_at))

struct Attempt {
  Instant at;
  std::string by;
  Outcome outcome = Outcome::kReached;
  std::optional<std::string> note;
};
BOOST_DESCRIBE_STRUCT(Attempt, (), (at, by, outcome, note))

enum class TaskTransferState { kWaiting, kTaken, kWithdrawn };
BOOST_DESCRIBE_ENUM(TaskTransferState, kWaiting, kTaken, kWithdrawn)

// To the commune where the contact lives. Withdrawn: another was given meanwhile, it was taken back, or the task ended.
struct TaskTransfer {
  TaskTransferId id;
  UnitId from, to;
  std::string from_name, to_name;
  TaskTransferState state = TaskTransferState::kWaiting;
  Instant at;
  std::string by;
  std::optional<std::string> reason;
  referrals::Level level = referrals::Level::kStation;  // of the unit that is to take it, or above
  bool escalated = false;
  bool yours = false;  // the caller is to take notice
  std::optional<Instant> ended;
  std::optional<std::string> ended_by;  // absent: by itself
};
BOOST_DESCRIBE_STRUCT(TaskTransfer, (),
                      (id, from, to, from_name, to_name, state, at, by, reason, level, escalated, yours, ended,
                       ended_by))

struct TaskView {
  TaskId id;
  TaskKind kind = TaskKind::kAssess;
  CaseId case_;
  std::string case_number;
  std::string disease;
  CandidateId candidate;
  people::PersonBrief person;
  std::int64_t level = 1;
  std::int64_t risk = 0;
  UnitId unit;
  std::string unit_name;
  Instant due_at;
  TaskState state = TaskState::kOpen;
  std::int64_t attempts = 0;
  std::optional<Outcome> outcome;  // of the last attempt; once reached or refused, that; told of a call or visit, too
  bool unclassified = false;       // no officer has chosen the contact's class
  bool overdue = false;
  bool untaken = false;                                // nobody took notice of it within kTakenWithin
  std::optional<staff::Assignee> assignee;             // absent: nobody's
  std::optional<staff::Lost> lost;                     // whose it was, when that ended
  std::optional<TaskTransfer> transfer;                // that waits to be taken
  std::optional<ContactData> contact;                  // only alone, and logged
  std::optional<std::vector<Attempt>> log;             // only alone
  std::optional<std::vector<TaskTransfer>> transfers;  // only alone: as they came
  std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(TaskView, (),
                      (id, kind, case_, case_number, disease, candidate, person, level, risk, unit, unit_name, due_at,
                       state, attempts, outcome, unclassified, overdue, untaken, assignee, lost, transfer, contact, log,
                       transfers, version))

struct TaskOutcome {
  Outcome outcome = Outcome::kReached;
  std::optional<Note<1000>> note;
  // Of kMoved: the commune where they live, which is asked to take the task; until it does, it stays where it is.
  std::optional<UnitId> unit = std::nullopt;
};
BOOST_DESCRIBE_STRUCT(TaskOutcome, (), (outcome, note, unit))

struct TaskChoice {
  std::vector<TaskId> tasks;  // at most kTakenAtOnce
};
BOOST_DESCRIBE_STRUCT(TaskChoice, (), (tasks))

// To whom; neither officer nor team: taken back.
struct TaskGift {
  std::vector<TaskId> tasks;  // at most kTakenAtOnce
  std::optional<AccountId> officer;
  std::optional<staff::OfficerTeamId> team;
};
BOOST_DESCRIBE_STRUCT(TaskGift, (), (tasks, officer, team))

struct TaskNotGiven {
  TaskId task;
  staff::WhyNot why = staff::WhyNot::kUnknown;
};
BOOST_DESCRIBE_STRUCT(TaskNotGiven, (), (task, why))

struct TasksGiven {
  std::vector<TaskView> items;
  std::vector<TaskNotGiven> refused;
};
BOOST_DESCRIBE_STRUCT(TasksGiven, (), (items, refused))

struct TasksTaken {
  std::vector<TaskView> items;  // the caller's now, in the order asked for
  std::int64_t ended = 0;       // of those asked for: ended meanwhile
  std::int64_t taken = 0;       // and: taken by somebody else, whose they stay
};
BOOST_DESCRIBE_STRUCT(TasksTaken, (), (items, ended, taken))

struct Refusal {
  Note<500> reason;
};
BOOST_DESCRIBE_STRUCT(Refusal, (), (reason))

enum class CandidateSort { kLevel, kRisk, kExposure };  // of one level the strongest risk first
BOOST_DESCRIBE_ENUM(CandidateSort, kLevel, kRisk, kExposure)

struct CandidateFilter {
  std::optional<std::int64_t> level;
  std::optional<CandidateStatus> status;
  std::optional<CandidateSort> sort;      // absent: by level
  std::optional<cases::SortOrder> order;  // absent: the nearest level, the strongest risk, the latest exposure first
};

struct TransferFilter {
  std::optional<UnitId> unit;
  bool yours = false;                     // that have come to the caller's level
  std::optional<cases::SortOrder> order;  // by when they were asked for; absent: ascending
};

struct TaskTransfersOut {
  Note<500> reason;
  std::optional<bool> yours;
  std::optional<Text<4>> format;  // xlsx; else CSV
};
BOOST_DESCRIBE_STRUCT(TaskTransfersOut, (), (reason, yours, format))

struct TaskFilter {
  std::optional<TaskState> state;
  std::optional<TaskKind> kind;
  std::optional<UnitId> unit;
  bool mine = false;
  std::optional<staff::OfficerTeamId> team;
  bool nobodys = false;  // neither an officer's nor a team's
  // Untaken or overdue. For whoever answers for a province alone: since kClimbsAfter, when the centre left them, too.
  bool late = false;
  bool overdue = false;  // past the deadline, whoever has them
  std::optional<std::string> disease;
  std::optional<std::int64_t> level;      // of the contact
  std::optional<TaskSort> sort;           // absent: by the deadline
  std::optional<cases::SortOrder> order;  // absent: ascending
  bool names = true;                      // false: to count them, without whose they are; the look is then at nobody
};

struct TasksOut {
  Note<500> reason;
  std::optional<TaskState> state;  // absent: not ended
  std::optional<TaskKind> kind;
  std::optional<bool> nobodys, late, overdue;
  std::optional<Text<40>> disease;
  std::optional<std::int64_t> level;
  std::optional<Text<4>> format;  // xlsx; else CSV
};
BOOST_DESCRIBE_STRUCT(TasksOut, (), (reason, state, kind, nobodys, late, overdue, disease, level, format))

inline constexpr ErrorCode kCaseNotConfirmed{"case_not_confirmed", 409};
inline constexpr ErrorCode kNobodyToWarn{"nobody_to_warn", 409};
inline constexpr ErrorCode kReleaseDecided{"release_decided", 409};
inline constexpr ErrorCode kSecondOfficerNeeded{"second_officer_needed",
                                                403};  // who asked for a release cannot decide it
inline constexpr ErrorCode kTaskEnded{"task_ended", 409};
inline constexpr ErrorCode kTaskNotTransferred{"task_not_transferred", 409};  // nothing waits for this unit
inline constexpr ErrorCode kCandidateWithdrawn{"candidate_withdrawn", 409};

class PresenceFollower;  // presence_follower.h
struct NewContact;       // declared.h
struct DeclaredContact;

struct Parts {
  store::Database& db;
  cases::Cases& cases;
  people::People& people;
  places::Places& places;
  const command::Decisions& decisions;
  const geography::Geography& geography;
  const identity::Access& access;
  notify::Notify& notify;
  const Vault& vault;
  const Clock& clock;
  const notify::Texts& texts;
  PresenceFollower* presence = nullptr;                // absent: SQL traces
  const visits::Doubtful* doubtful = nullptr;          // absent: no evidence is called doubtful
  TraceCeiling ceiling{};                              // of each run
  const passengers::Passengers* passengers = nullptr;  // absent: no passenger list is looked at
};

class Tracing {
 public:
  explicit Tracing(const Parts& parts);
  ~Tracing();

  store::Following follow_cases();  // traces, and takes back
  store::Following follow_staff();  // what somebody had who is gone is nobody's again
  store::Recurring trace_again();   // cases whose contacts may still become more
  store::Recurring escalate();      // unread warnings become calls

  // Asks for a new run; it happens by follow_cases().
  Task<Result<Run>> request(const Caller& caller, CaseId id);
  Task<Result<http::Page<Run>>> runs(const Caller& caller, CaseId id);
  // Every listing is logged for the case, and for everybody it names. Errors: those of Access::require, not_found,
  // invalid (?cursor: format, other_sort).
  Task<Result<http::Page<Candidate>>> candidates(const Caller& caller, CaseId id, CandidateFilter filter,
                                                 std::optional<std::string> cursor, std::size_t limit);
  Task<Result<Candidate>> candidate(const Caller& caller, CandidateId id);
  // All evidence of one, by time: what the database holds by now of what its last run saw, and what that run copied
  // into the case. Logged as the candidate is.
  Task<Result<http::Page<Evidence>>> evidence(const Caller& caller, CandidateId id, std::optional<std::string> cursor,
                                              std::size_t limit);
  // Answers to any question that the disease's file names, or named on other days, and to the general ones; which are
  // compulsory is for whoever asks. Errors: candidate_withdrawn, version_conflict, invalid (/answers).
  Task<Result<Candidate>> assign(const Caller& caller, CandidateId id, Assignment assignment, std::int64_t version);

  // ---- declared contacts (declared.h) ----
  void set_may_be_known(cases::Cases::MayBeKnown asked);  // as for cases, of a new person who is declared
  // Errors of all: not_found, those of Access::require.
  // Errors: invalid (/person, /newPerson…, /day, /from, /to), person_may_be_known, too_many_contacts, contact_declared
  // (params: contact), contact_outside_window, case_discarded; not_permitted (somebody of another area who is known).
  Task<Result<DeclaredContact>> declare(const Caller& caller, CaseId id, NewContact contact,
                                        std::optional<store::Once> once);
  Task<Result<http::Page<DeclaredContact>>> declared(const Caller& caller, CaseId id);  // by time, withdrawn ones, too
  // Errors: invalid (/reason), contact_settled, contact_of_milestone, version_conflict.
  Task<Result<DeclaredContact>> withdraw(const Caller& caller, DeclaredId id, Refusal why, std::int64_t version);
  // Puts up again what was withdrawn. Errors: contact_settled, contact_of_milestone, case_discarded, version_conflict.
  Task<Result<DeclaredContact>> restore(const Caller& caller, DeclaredId id, std::int64_t version);
  // Whom this contact met; by whoever may open the contact. Withdrawn and put up again as those of a case are. Errors:
  // those of declare() but contact_outside_window; contact_before_exposure (params: since), candidate_withdrawn (or
  // dismissed).
  Task<Result<DeclaredContact>> name(const Caller& caller, CandidateId id, NewContact contact,
                                     std::optional<store::Once> once);
  // By time, withdrawn ones, too.
  Task<Result<http::Page<DeclaredContact>>> named(const Caller& caller, CandidateId id);
  // For lists of contacts, within their transaction; unchecked. Of somebody new, wrong_with() is asked without a
  // person. Errors: those of declare() but for newPerson.
  std::optional<Error> wrong_with(store::Session& session, CaseId id, const NewContact& contact) const;
  Result<DeclaredId> declare_listed(store::Session& session, const Caller& by, CaseId id, const NewContact& contact);
  // Errors: not_found, version_conflict (somebody withdrew it, or put it up again).
  Result<Done> withdraw_listed(store::Session& session, const Caller& by, DeclaredId id, std::int64_t version,
                               const std::string& reason);
  // Of those that one transaction declared or withdrew, for one of each case: all of a case are settled at once.
  void tell_listed(store::Session& session, DeclaredId id) const;

  Task<Result<Preview>> preview(const Caller& caller, CaseId id);
  Task<Result<Release>> release(const Caller& caller, CaseId id);
  // Of the own area. A cursor goes on with the order it was given for. Errors: not_permitted, invalid (?cursor: format,
  // other_sort).
  Task<Result<http::Page<Release>>> releases(const Caller& caller, ReleaseFilter filter,
                                             std::optional<std::string> cursor, std::size_t limit);
  Task<Result<Release>> approve(const Caller& caller, ReleaseId id);
  Task<Result<Release>> reject(const Caller& caller, ReleaseId id, Refusal refusal);

  Task<Result<http::Page<Warning>>> my_warnings(const Caller& caller, std::optional<std::string> cursor,
                                                std::size_t limit);
  Task<Result<Done>> read_warning(const Caller& caller, WarningId id);

  // By deadline unless sorted otherwise; what one trace opened is ordered by risk. A cursor goes on with the sort it
  // was given for. Every person shown is logged. Errors: not_permitted, invalid (cursor: format, other_sort).
  Task<Result<http::Page<TaskView>>> tasks(const Caller& caller, TaskFilter filter, std::optional<std::string> cursor,
                                           std::size_t limit);
  // Of the work lists of a unit and those below it, by deadline. Everybody in the file is in the access log, and the
  // file is marked with who took it out. Errors: not_permitted, reason_required, list_too_long.
  Task<Result<http::Reply>> take_out_tasks(const Caller& caller, UnitId unit, TasksOut wanted);
  Task<Result<TaskView>> task(const Caller& caller, TaskId id);
  Task<Result<TaskView>> acknowledge(const Caller& caller, TaskId id);
  // All that nobody has taken or, when one is not in the caller's list, nothing. Errors: not_found, invalid (/tasks).
  Task<Result<TasksTaken>> acknowledge_all(const Caller& caller, TaskChoice choice);
  // By whoever has it in their list, each judged by itself. Errors: not_permitted, invalid (/tasks).
  Task<Result<TasksGiven>> give(const Caller& caller, TaskGift gift);
  // By the unit it is to go to, or a level it has come to, as followup has it: the task, the contact and what else is
  // to be done about them are theirs from now on. Errors: not_found, task_not_transferred, referral_not_escalated.
  Task<Result<TaskView>> take_over(const Caller& caller, TaskId id);
  // What waits to be taken stays here. Errors: not_found, task_not_transferred.
  Task<Result<TaskView>> keep(const Caller& caller, TaskId id);
  // Tasks that units of the own area are to take, by when they were asked for; every person shown is logged. Errors:
  // not_permitted, invalid (?cursor: format, other_sort).
  Task<Result<http::Page<TaskView>>> arriving(const Caller& caller, TransferFilter filter,
                                              std::optional<std::string> cursor, std::size_t limit);
  // Those that wait for the unit, the oldest first, as a file marked with who took it out; every person in it is
  // logged. Errors: not_found (the unit), not_permitted, reason_required, list_too_long.
  Task<Result<http::Reply>> take_out_transfers(const Caller& caller, UnitId unit, TaskTransfersOut wanted);
  // Ends a call or a visit when the person was reached or refused; asking them ends by assign(). Errors: not_found,
  // task_ended, version_conflict, invalid (/unit).
  Task<Result<TaskView>> close(const Caller& caller, TaskId id, TaskOutcome outcome, std::int64_t version);

  // Tasks that nobody took in time or that are overdue, and those handed over that nobody has taken; no people, so not
  // logged.
  std::vector<staff::Waiting> waiting(store::Session& session, const Caller& caller) const;

  static cases::Counts counts(store::Session& session, CaseId id);  // for Cases::set_counts
  // Whether a visit, a valid declaration or a case's contacts tell of this record; whoever would remove it asks.
  static bool knows(store::Session& session, PersonId record);
  // Exposures that somebody was warned of, with place and time, before `sent_before`, and that were not corrected. For
  // rooms that compare; unchecked, but it tells nobody more than that person was told.
  struct Told {
    PlaceId place;
    Instant from, to;
    Instant sent;
  };
  static std::vector<Told> told(store::Session& session, PersonId person, Instant sent_before);
  // Of warning.sent: whom it tells, and since when what it says matters: of a correction, always. Nothing: it names no
  // exposure. Likewise.
  struct Telling {
    PersonId person;
    Instant from;
  };
  static std::optional<Telling> telling(store::Session& session, WarningId warning);

  // A contact as an officer's class and its case stand now. For the room that follows contacts up; within its
  // transaction, unchecked. Nothing: there is no such candidate.
  struct Contact {
    CandidateId candidate;
    CaseId case_;
    std::string disease;
    PersonId person;
    UnitId unit;  // of residence
    std::int64_t level = 1;
    std::int64_t risk = 0;
    std::optional<Class> class_;
    bool suspected = false;  // nobody has asked the person yet, and the case is confirmed
    bool stands = false;     // F1 or F2, not withdrawn, and the case is confirmed
    std::optional<Instant> assigned_at;
    Instant exposed_since;
    std::optional<Instant> last_exposure;  // the end of the latest shared time; of one suspected or standing
    // Of one standing: known by more than what phones heard and estimated stays: a shared time whose ends were
    // recorded, a household, or what the contact answered an officer.
    bool confirmed_otherwise = false;
  };
  std::optional<Contact> contact(store::Session& session, CandidateId id) const;
  // Of whom this person, under whichever record, is a contact: suspected or standing.
  std::vector<Contact> contact_of(store::Session& session, PersonId person) const;
  static std::vector<CandidateId> assigned(store::Session& session, CaseId id);
  static std::optional<CaseId> case_of(store::Session& session, RunId id);

  // ---- within requests.h's transaction, which has checked and logged ----
  Result<RunId> queue(store::Session& session, const cases::TracedCase& traced,
                      AccountId by) const;  // case_not_confirmed
  static std::optional<Run> find_run(store::Session& session, RunId id);

  struct Impl;

 private:
  std::unique_ptr<Impl> impl_;
};

void routes(http::Router& router, Tracing& tracing);

const std::vector<store::Migration>& migrations();

}  // namespace luytre::tracing

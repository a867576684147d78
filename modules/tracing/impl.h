// What the parts of Tracing share. Private to this module.

#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <unordered_map>
#include <utility>
#include <variant>
#include <vector>

#include "engines/presence/presence.h"
#include "modules/tracing/declared.h"
#include "modules/tracing/declared_storage.h"
#include "modules/tracing/handed_storage.h"
#include "modules/tracing/storage.h"
#include "modules/tracing/task_storage.h"
#include "modules/tracing/ties.h"
#include "modules/tracing/tracing.h"

namespace luytre::tracing {

extern const identity::Action kReadContacts;
extern const identity::Action kAssign;
extern const identity::Action kWarn;
extern const identity::Action kWork;
extern const identity::Action kDeclare;

// Answer of an idempotent call: nothing of whom.
struct DeclaredMade {
  DeclaredId id;
};
BOOST_DESCRIBE_STRUCT(DeclaredMade, (), (id))

struct Tracing::Impl : Parts {
  explicit Impl(const Parts& parts) : Parts(parts) {}

  // ---- runs.cpp ----
  void follow(store::Session& session, const store::Event& event);
  RunRow queue_run(store::Session& session, const cases::TracedCase& traced, AccountId by);  // a follower runs it
  // What a trace found, against what stood there before.
  struct Merged {
    std::vector<CandidateRow> fresh;
    std::vector<CandidateRow> refreshed;  // their version is the new one
    std::set<CandidateId> moved;          // of the refreshed: those that differ in more than their evidence
    std::vector<CandidateRow> lost;       // found before and not now
    std::vector<CandidateRow> twice;      // open, and another is about the same person
    std::vector<EvidenceRow> evidence;    // of the fresh and the refreshed
  };
  const presence::RuleSet& rules_of(const cases::TracedCase& traced) const;
  bool in_force(const cases::TracedCase& traced, Instant at) const;
  void run(store::Session& session, const cases::TracedCase& traced, RunRow& row);
  // The case that the event sets tracing for, and as it is now. Absent: none, or done before.
  std::optional<CaseId> case_of(store::Session& session, const store::Event& event) const;
  // What a run at that instant asks.
  presence::Question question(store::Session& session, const cases::TracedCase& traced, const presence::RuleSet& rules,
                              Instant at) const;
  // Traces; the row notes by what, how long it took and what was found.
  Merged find(store::Session& session, const cases::TracedCase& traced, RunRow& row);
  Merged found(store::Session& session, const cases::TracedCase& traced, const RunRow& row, const Tied& tied);
  void settle(store::Session& session, const cases::TracedCase& traced, Merged merged);
  void withdraw_open(store::Session& session, const std::vector<CandidateRow>& rows);
  void open_tasks(store::Session& session, const presence::RuleSet& rules, const Merged& merged);
  void withdraw(store::Session& session, CandidateRow& candidate);
  // All that the case caused, but for those who were declared contacts, while it is not discarded.
  void withdraw(store::Session& session, const cases::TracedCase& traced);

  // ---- merge.cpp ----
  Merged merge(store::Session& session, const cases::TracedCase& traced, const Tied& tied);
  void write(store::Session& session, const Merged& merged);

  // ---- declared.cpp ----
  cases::Cases::MayBeKnown may_be_known = [](store::Session&, const people::NewPerson&, std::span<const UnitId>) {
    return false;
  };
  struct OpenedDeclared;
  Result<DeclaredId> declare(store::Session& session, const Caller& caller, CaseId id, const NewContact& contact);
  // Of the case or, if there is a `namer`, of that contact of it; whose it is was checked and logged.
  Result<DeclaredId> put_down(store::Session& session, const Caller& caller, const cases::TracedCase& traced,
                              const CandidateRow* namer, const NewContact& contact);
  // Why it cannot be declared: the person, absent for one who is new, the number of contacts, or the time.
  std::optional<Error> unfit_to_declare(store::Session& session, const cases::TracedCase& traced,
                                        const CandidateRow* namer, std::optional<PersonId> person, Interval when,
                                        bool whole_day) const;
  void write_declared(store::Session& session, const Caller& by, const cases::TracedCase& traced,
                      const CandidateRow* namer, const NewContact& contact, Interval when, DeclaredRow& row);
  Result<OpenedDeclared> open_declared(store::Session& session, const Caller& caller, const identity::Action& action,
                                       DeclaredId id) const;
  Task<Result<DeclaredContact>> find_declared(const Caller& caller, DeclaredId id);
  Task<Result<DeclaredContact>> read_anew(Caller caller, Task<Result<DeclaredMade>> declaring);
  std::vector<DeclaredContact> view(store::Session& session, const cases::TracedCase& traced,
                                    const std::vector<DeclaredRow>& rows) const;

  // ---- declared_settle.cpp: without a trace ----
  void follow_declared(store::Session& session, DeclaredId id);
  // Candidates and tasks of who is declared a contact of the case, and of nobody who was; the rest of a confirmed
  // case's candidates stay as the last trace left them.
  void settle_declared(store::Session& session, const cases::TracedCase& traced);
  std::set<CandidateId> declared_candidates(store::Session& session, const cases::TracedCase& traced) const;
  // Who is declared, level by level.
  Tied declared_tied(store::Session& session, const cases::TracedCase& traced) const;
  // As it is clipped for the case now: to its window, or, as long as it has none, not at all.
  presence::Source declared_source(store::Session& session, const cases::TracedCase& traced) const;

  // ---- named.cpp: whom contacts named ----
  // The case's own, or, as long as it has none, those in force for its disease; null: there are none.
  const presence::RuleSet* rules_for(const cases::TracedCase& traced) const;
  // Since when the contacts that the case has without what contacts told may pass it on, and at which level they are.
  struct Reached {
    std::int64_t level = 1;
    Instant since;
  };
  std::map<PersonId, Reached> reached_otherwise(store::Session& session, const cases::TracedCase& traced,
                                                std::span<const Tie> named) const;
  // Further levels, as far as the rules go, after the first.
  void add_named(store::Session& session, const cases::TracedCase& traced, Tied& tied) const;
  // By time, withdrawn ones, too.
  std::vector<DeclaredRow> named_by(store::Session& session, const CandidateRow& namer) const;
  // Whoever named somebody may have become a case, or be a contact of other cases: those have to do with it, too.
  std::set<CaseId> cases_of_namer(store::Session& session, const DeclaredRow& row) const;

  // ---- around.cpp ----
  // Records count as one, or no longer: traces again whatever case they have to do with.
  void follow_merge(store::Session& session, PersonId record);
  // Somebody joined a household or left it: likewise, where the rules of the case ask for households.
  void follow_household(store::Session& session, PersonId record);
  // Cases that have to do with one of these records, if they are confirmed and can still be traced.
  std::vector<cases::TracedCase> traceable_around(store::Session& session, const std::set<PersonId>& records) const;

  // ---- ahead.cpp ----
  // What a trace answered before the transaction that needs it.
  struct Ahead {
    presence::Question asked;
    std::string disease;
    std::vector<std::pair<RunId, RunState>> written;  // the runs of the case that were there
    std::vector<Tie> declared;                        // what was declared for it
    std::vector<Tie> named;                           // and by its contacts
    std::int64_t horizon = 0;                         // of the transaction that read both (platform/store/tail.h)
    RunRow run;                                       // when, by what rules and engine, how long, what was found
    Tied tied;
  };
  using Aheads = std::unordered_map<CaseId, Ahead>;
  Aheads ahead_of_events;  // each of the thread that fills it, which waits while it is read
  Aheads ahead_of_due;
  // The n-th case to trace, if there is something to trace. None is begun after `longest`.
  using NthCase = std::function<std::optional<CaseId>(store::Session&, std::size_t n)>;
  void trace_ahead(Aheads& into, std::chrono::seconds longest, std::size_t cases, const NthCase& nth) const;
  std::optional<CaseId> ask_ahead(store::Session& session, std::optional<CaseId> id, Ahead& known) const;
  void answer_ahead(Ahead& known) const;
  // Of this case, if it is still what is asked, and no other run has written since.
  const Ahead* traced_ahead(store::Session& session, const cases::TracedCase& traced, const Aheads& all) const;
  Merged take_ahead(store::Session& session, const cases::TracedCase& traced, RunRow& row, const Ahead& known);

  // ---- outlived.cpp ----
  void keep_outlived(store::Session& session, const cases::TracedCase& traced, Merged& merged) const;

  // ---- again.cpp ----
  // Says when, after this run, the case is traced again by itself, or that it no longer is.
  void watch(store::Session& session, const cases::TracedCase& traced, const RunRow& row);
  void trace_due_ahead();
  void trace_due(store::Session& session);
  void trace_again(store::Session& session, CaseId id);
  void keep_changed(store::Session& session, Merged& merged, Instant at) const;

  // ---- candidates.cpp ----
  // One candidate for whoever may see it to that end; the look is logged. Errors: not_found, not_permitted.
  struct Opened {
    CandidateRow row;
    cases::TracedCase traced;
  };
  Result<Opened> open(store::Session& session, const Caller& caller, const identity::Action& action,
                      CandidateId id) const;
  std::optional<Answers> answers_of(const CandidateRow& row) const;
  // Whether no rule says for how long a contact of this class is followed.
  bool unruled(const cases::TracedCase& traced, const CandidateRow& row) const;
  Candidate view(store::Session& session, const CandidateRow& row, bool names,
                 std::optional<std::size_t> strongest) const;
  // The unit by which the caller may see this candidate: of the person, of the case, or of a station that has it in its
  // work list.
  UnitId seen_by(store::Session& session, const Caller& caller, const identity::Action& action,
                 const CandidateRow& row) const;
  bool sees_case(const Caller& caller, UnitId case_unit) const;
  // Of the person's visits and of those of whoever the evidence is with.
  using DoubtsOf = std::map<PersonId, std::vector<visits::Doubted>>;
  DoubtsOf doubts(store::Session& session, PersonId person, const std::vector<EvidenceRow>& rows) const;
  std::vector<Evidence> view(store::Session& session, PersonId person, const std::vector<EvidenceRow>& rows,
                             bool names) const;

  // That officers learn by this evidence who named somebody.
  void log_namers(store::Session& session, const Caller& caller, const cases::TracedCase& traced,
                  const std::vector<Evidence>& shown) const;

  // ---- evidence.cpp ----
  // By time, places as they are told; of the last run that traced.
  std::vector<EvidenceRow> all_evidence(store::Session& session, const cases::TracedCase& traced,
                                        const CandidateRow& candidate) const;

  // ---- warnings.cpp ----
  struct Plan;
  struct Awaited {
    ReleaseRow row;
    cases::TracedCase traced;
  };
  Result<Awaited> awaited(store::Session& session, const Caller& caller, ReleaseId id) const;
  Plan plan(store::Session& session, const cases::TracedCase& traced) const;
  void send(store::Session& session, const cases::TracedCase& traced, ReleaseRow& release);
  void deliver(store::Session& session, std::span<const WarningRow> rows, std::span<const notify::Sms> messages);
  // Tells those who were warned that it was wrong; `only` absent: everyone.
  void correct(store::Session& session, const cases::TracedCase& traced,
               const std::optional<std::set<PersonId>>& only = std::nullopt);
  // Tells those of them who are no candidates, under any of their records.
  void correct_strangers(store::Session& session, const cases::TracedCase& traced);
  void escalate(store::Session& session);
  Release view(store::Session& session, const Caller& caller, const ReleaseRow& row) const;

  // ---- reach.cpp ----
  struct Reach {
    // The records that have an account; without one those that have a phone, or the one asked about.
    std::vector<PersonId> tell;
    std::map<PersonId, std::string> phones;  // of all records that have one
    bool alone = true;                       // there is one record
  };
  std::vector<Reach> reach(store::Session& session, std::span<const PersonId> persons) const;  // in their order
  bool has_phone(store::Session& session, PersonId person) const;  // under any of the records
  notify::Sms text_message(const std::string& phone, std::string_view code) const;

  // ---- tasks.cpp ----
  // Opens the task, or opens it again; adds the units to those that see it.
  void open_task(store::Session& session, const CandidateRow& candidate, TaskKind kind, std::chrono::seconds within,
                 const std::set<UnitId>& places = {});
  void end_task(store::Session& session, TaskRow task, TaskState state, std::optional<Outcome> outcome);
  TaskView view(store::Session& session, const Caller& caller, const TaskRow& row) const;
  TaskView take(store::Session& session, const Caller& caller, TaskRow row);
  static void note_outcome(TaskRow& task, Outcome outcome);
  void attempt(store::Session& session, const Caller& caller, TaskRow& task, const TaskOutcome& outcome);
  // The task, if it is in the caller's work list; looking at it is logged. Errors: not_found, those of Access::require.
  Result<Done> look(store::Session& session, const Caller& caller, const TaskRow& row, UnitId unit) const;
  Result<TaskRow> workable(store::Session& session, const Caller& caller, TaskId id) const;
  // Whose tasks the caller may see, within `unit` if given; absent: everybody's.
  std::optional<std::vector<UnitId>> work_units(const Caller& caller, std::optional<UnitId> unit) const;
  TaskSearch search_of(const Caller& caller, const TaskFilter& filter) const;
  UnitId commune_of(UnitId unit) const;

  // ---- handed.cpp ----
  TaskTransfer view(const Caller& caller, const TransferRow& row) const;
  // The same of a task that waits to be taken by one of the caller's units, too.
  Result<TaskRow> seen_task(store::Session& session, const Caller& caller, TaskId id) const;
  std::optional<Error> wrong_outcome(const TaskOutcome& outcome) const;
  void hand_over(store::Session& session, const Caller& caller, const TaskRow& task, const TaskOutcome& outcome) const;
  void close(store::Session& session, const TaskRow& task, TransferRow row, TaskTransferState state,
             const Caller* by) const;
  Result<TaskView> take_over(store::Session& session, const Caller& caller, TaskId id);
  void call_for_transfers(store::Session& session) const;

  // ---- given.cpp ----
  std::optional<staff::WhyNot> give(store::Session& session, const Caller& caller, TaskId id, const staff::Hand& hand,
                                    TasksGiven& out);
  void lose(store::Session& session, AccountId officer);
  void lose(store::Session& session, staff::OfficerTeamId team);

  std::string seal(std::string_view purpose, std::int64_t row, std::string_view text) const;
  std::string unseal(std::string_view purpose, std::int64_t row, std::string_view sealed) const;
};

// Traces by the presence index, or, when it cannot answer for certain, by SQL; they answer the same. Notes in the run
// by what, why, how long it took, what was found and what ended it. `by_index` is asked only if there is one. The
// question is about people as they count (counted.h).
using ByIndex = std::function<std::variant<presence::Traced, WhySql>(
    PresenceFollower& index, const presence::Question& question, const presence::TraceLimits& limits)>;
using BySql = std::function<presence::Traced(const presence::Question& question, const presence::TraceLimits& limits)>;
Tied timed_trace(const Parts& parts, RunRow& row, const presence::Question& question, const TiesOf& ties,
                 const ByIndex& by_index, const BySql& by_sql);

// Whether the case is still traced again and again (again.cpp).
bool traced_by_itself(const cases::TracedCase& traced, Instant now);

bool of_declared(const store::Event& event);

// Of the evidence of a case's candidates what follows from what was declared for it, without a trace: what was declared
// of its own person, and what its contacts told.
class SettledHere {
 public:
  SettledHere(store::Session& session, CaseId id);
  bool operator()(const EvidenceRow& row) const;

 private:
  std::set<DeclaredId> named_;
};

// Ties of one level, by whom they make a contact.
std::vector<presence::Contact> contacts_of(const std::vector<Tie>& ties, int level);

// Of one contact, without ids.
std::vector<EvidenceRow> evidence_rows(CandidateId candidate, const presence::Contact& contact);
EvidenceRow evidence_row(CandidateId candidate, std::int64_t with_level, const Tie& tie);
bool earlier(const EvidenceRow& a, const EvidenceRow& b);  // as evidence is listed
// The same shared time, however long it has lasted by now and however strong it is thought to be.
bool same_link(const EvidenceRow& a, const EvidenceRow& b);

// A page cursor of several numbers: "a.b.c". Parsing answers nothing when there is none. Errors: invalid.
std::string cursor_text(std::initializer_list<std::int64_t> parts);
Result<std::vector<std::int64_t>> parse_cursor(const std::optional<std::string>& cursor, std::size_t parts);
// One of lists by id, newest first; absent: from the newest. Errors: invalid.
Result<std::int64_t> parse_before(const std::optional<std::string>& cursor);

}  // namespace luytre::tracing

// What the parts of Tracing share. Private to this module.

#pragma once

#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "modules/tracing/storage.h"
#include "modules/tracing/tracing.h"

namespace luytre::tracing {

extern const identity::Action kReadContacts;
extern const identity::Action kAssign;
extern const identity::Action kWarn;
extern const identity::Action kWork;

struct Tracing::Impl : Parts {
  explicit Impl(const Parts& parts) : Parts(parts) {}

  // ---- runs.cpp ----
  void follow(store::Session& session, const store::Event& event);
  void run(store::Session& session, const cases::TracedCase& traced, RunRow& row);
  void withdraw(store::Session& session, const cases::TracedCase& traced);

  // ---- candidates.cpp ----
  Candidate view(store::Session& session, const CandidateRow& row, bool names,
                 std::optional<std::size_t> strongest) const;
  // The unit by which the caller may see this candidate: of the person, of the case, or of a station that has it in its
  // work list.
  UnitId seen_by(store::Session& session, const Caller& caller, const identity::Action& action,
                 const CandidateRow& row) const;
  bool sees_case(const Caller& caller, UnitId case_unit) const;

  // ---- warnings.cpp ----
  struct Plan;
  Plan plan(store::Session& session, const cases::TracedCase& traced) const;
  void send(store::Session& session, const cases::TracedCase& traced, ReleaseRow& release);
  void correct(store::Session& session, const cases::TracedCase& traced);
  void escalate(store::Session& session);
  Release view(store::Session& session, const Caller& caller, const ReleaseRow& row) const;
  Advice advice(std::string_view code) const;
  void text_message(store::Session& session, PersonId person, std::string_view code) const;

  // ---- tasks.cpp ----
  // Opens the task, or opens it again; adds the units to those that see it.
  void open_task(store::Session& session, const CandidateRow& candidate, TaskKind kind, std::chrono::seconds within,
                 const std::set<UnitId>& places = {});
  void end_task(store::Session& session, TaskRow task, TaskState state, std::optional<Outcome> outcome);
  TaskView view(store::Session& session, const TaskRow& row) const;
  bool may_work(store::Session& session, const Caller& caller, const TaskRow& row) const;
  UnitId commune_of(UnitId unit) const;

  std::string seal(std::string_view purpose, std::int64_t row, std::string_view text) const;
  std::string unseal(std::string_view purpose, std::int64_t row, std::string_view sealed) const;
};

// A page cursor of several numbers: "a.b.c".
std::string cursor_text(std::initializer_list<std::int64_t> parts);
std::vector<std::int64_t> parse_cursor(const std::optional<std::string>& cursor,
                                       std::size_t parts);  // empty: absent or not one of ours

}  // namespace luytre::tracing

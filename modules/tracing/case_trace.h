// `luytre trace --case`: the trace of a real, confirmed case by an officer, for the eyes of that officer. Checked and
// logged like every read of contact histories, and only while a decision in force switches tracing on. Writes nothing
// but the access log: candidates come from runs.

#pragma once

#include "modules/cases/cases.h"
#include "modules/command/decisions.h"
#include "modules/tracing/report.h"
#include "modules/tracing/trace.h"
#include "modules/tracing/tracing.h"
#include "platform/identity/access.h"
#include "platform/store/database.h"

namespace luytre::tracing {

struct CaseTraceOptions {
  std::string case_text;  // the case's number, or its id
  std::string reason;
  TraceOverrides overrides;  // rule_set absent: the case's own; until absent: now
};

struct CaseTraceParts {
  store::Database& db;
  const cases::Cases& cases;
  const places::Places& places;
  const command::Decisions& decisions;
  const identity::Access& access;
  PresenceFollower* presence = nullptr;  // asked first; where it does not answer, SQL does and the report says why
};

// What is asked about a confirmed case at that instant, but for the rules: its window, and the isolation of others that
// is known.
presence::Question question_about(store::Session& session, const cases::TracedCase& traced, Instant at);

// People and places by our ids. Blocks. Errors: not_found, case_not_confirmed, not_permitted, not_in_force, those of
// rules_of.
Result<TraceReport> trace_case(const CaseTraceParts& parts, const Caller& caller, const CaseTraceOptions& options);

}  // namespace luytre::tracing

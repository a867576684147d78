#include "modules/tracing/case_trace.h"

#include <algorithm>

#include "modules/tracing/presence_follower.h"
#include "platform/base/id.h"

namespace luytre::tracing {

namespace {

// Isolation of others that is known: their own confirmed cases of this disease.
constexpr store::Query kIsolated{"tracing.isolated", R"sql(
  SELECT person, window_to
  FROM cases_pub_case
  WHERE disease = $1 AND classification = 'confirmed' AND window_to IS NOT NULL AND window_to > $2)sql"};

struct Isolated {
  PersonId person;
  Instant from;
};
BOOST_DESCRIBE_STRUCT(Isolated, (), (person, from))

const identity::Action kTraceCase{
    "tracing.trace_case", Purpose::kTracing, {Role::kDistrictOfficer, Role::kProvinceOfficer}};

Names own_ids() {
  return {[](PersonId person) { return to_text(person); }, [](PlaceId place) { return to_text(place); }};
}

std::optional<cases::TracedCase> find(store::Session& session, std::string_view text) {
  auto id = cases::Cases::by_number(session, text);
  if (!id) {
    const auto value = parse_id(text);
    if (value) id = CaseId{*value};
  }
  return id ? cases::Cases::traced(session, *id) : std::nullopt;
}

TraceReport traced_report(store::Session& session, const CaseTraceParts& parts, const presence::Question& question,
                          const TraceCeiling& ceiling) {
  const auto began = std::chrono::steady_clock::now();
  const presence::TraceLimits limits = ceiling.from_now();
  std::optional<WhySql> why;
  TraceReport report;
  if (parts.presence) {
    const auto by_index = parts.presence->trace(session, question, limits);
    if (const auto* traced = std::get_if<presence::Traced>(&by_index)) {
      report = make_report(question, *traced, own_ids());
      report.engine = kIndexEngine;
    } else {
      why = std::get<WhySql>(by_index);
    }
  }
  if (!parts.presence || why)
    report = make_report(question, trace_within(session, question, place_settings(parts.places), limits), own_ids());
  report.why_sql = why;
  report.elapsed = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - began);
  return report;
}

Result<TraceReport> trace_in(store::Session& session, const CaseTraceParts& parts, const Caller& caller,
                             const CaseTraceOptions& options) {
  const auto traced = find(session, options.case_text);
  if (!traced) return kNotFound;
  const identity::Subject subject{traced->person, traced->unit, "case " + traced->number + ": " + options.reason};
  const auto allowed = parts.access.require(session, caller, kTraceCase, subject);
  if (!allowed) return allowed.error();
  if (traced->classification != cases::Classification::kConfirmed || !traced->window_from) return kCaseNotConfirmed;
  const Instant now = parts.db.clock().now();
  if (!parts.decisions.in_force(command::Switch::kTracing, traced->unit, now, traced->disease)) return kNotInForce;

  TraceOverrides overrides = options.overrides;
  if (!overrides.rule_set) overrides.rule_set = traced->rule_set;
  const auto rules = rules_of(overrides, parts.cases.rule_sets());
  if (!rules) return rules.error();
  presence::Question question = question_about(session, *traced, now);
  question.rules = *rules;
  if (overrides.until) question.horizon = *overrides.until;

  TraceReport report = traced_report(session, parts, question, overrides.ceiling);
  report.rule_set = overrides.rule_set;
  parts.access.log_list(session, caller, kTraceCase, static_cast<std::int64_t>(report.contacts.size()),
                        "contacts of case " + traced->number);
  return report;
}

}  // namespace

presence::Question question_about(store::Session& session, const cases::TracedCase& traced, Instant at) {
  presence::Question question;
  question.cases.push_back({traced.person, {*traced.window_from, std::min(at, traced.window_to.value_or(at))}});
  question.horizon = at;
  for (const auto& item : session.all<Isolated>(kIsolated, traced.disease, *traced.window_from)) {
    if (item.person != traced.person) question.isolated.emplace(item.person, item.from);
  }
  return question;
}

Result<TraceReport> trace_case(const CaseTraceParts& parts, const Caller& caller, const CaseTraceOptions& options) {
  // An Error rolls back, and the refusal must stay in the log: so the answer is carried past the transaction.
  std::optional<Result<TraceReport>> answer;
  parts.db.transact_now([&](store::Session& session) { answer.emplace(trace_in(session, parts, caller, options)); });
  return std::move(*answer);
}

}  // namespace luytre::tracing

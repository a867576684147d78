#include "modules/tracing/case_trace.h"

#include "platform/base/id.h"

namespace luytre::tracing {

namespace {

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
  presence::Question question;
  question.cases = {{traced->person, {*traced->window_from, traced->window_to.value_or(now)}}};
  question.rules = *rules;
  question.horizon = overrides.until.value_or(now);

  const auto began = std::chrono::steady_clock::now();
  const presence::Answer answer = trace(session, question, place_settings(parts.places));
  TraceReport report = make_report(question, answer, own_ids());
  report.elapsed = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - began);
  report.rule_set = overrides.rule_set;
  parts.access.log_list(session, caller, kTraceCase, static_cast<std::int64_t>(report.contacts.size()),
                        "contacts of case " + traced->number);
  return report;
}

}  // namespace

Result<TraceReport> trace_case(const CaseTraceParts& parts, const Caller& caller, const CaseTraceOptions& options) {
  // An Error rolls back, and the refusal must stay in the log: so the answer is carried past the transaction.
  std::optional<Result<TraceReport>> answer;
  parts.db.transact_now([&](store::Session& session) { answer.emplace(trace_in(session, parts, caller, options)); });
  return std::move(*answer);
}

}  // namespace luytre::tracing

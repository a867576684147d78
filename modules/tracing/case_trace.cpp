#include "modules/tracing/case_trace.h"

#include <algorithm>

#include "modules/tracing/presence_follower.h"
#include "modules/tracing/ties.h"
#include "platform/base/id.h"
#include "platform/store/tail.h"

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

// What an officer may ask, and has been logged as asking.
struct Asked {
  presence::Question question;
  std::optional<std::string> rule_set;
  std::string number;        // of the case
  UnitId unit;               // likewise
  std::int64_t horizon = 0;  // of the transaction that found all this (platform/store/tail.h)
};

TraceReport traced_report(const CaseTraceParts& parts, const Asked& asked, const TraceCeiling& ceiling) {
  const auto began = std::chrono::steady_clock::now();
  const presence::TraceLimits limits = ceiling.from_now();
  std::optional<WhySql> why;
  TraceReport report;
  if (parts.presence) {
    const auto by_index = parts.presence->trace(asked.horizon, asked.question, limits);
    if (const auto* traced = std::get_if<presence::Traced>(&by_index)) {
      report = make_report(asked.question, *traced, own_ids());
      report.engine = kIndexEngine;
    } else {
      why = std::get<WhySql>(by_index);
    }
  }
  if (!parts.presence || why) {
    const presence::Traced traced = parts.db.read_now([&](store::Session& session) {
      return trace_within(session, asked.question, place_settings(parts.places), limits);
    });
    report = make_report(asked.question, traced, own_ids());
  }
  report.rule_set = asked.rule_set;
  report.why_sql = why;
  report.elapsed = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - began);
  return report;
}

Result<Asked> ask_in(store::Session& session, const CaseTraceParts& parts, const Caller& caller,
                     const CaseTraceOptions& options) {
  const auto traced = find(session, options.case_text);
  if (!traced) return kNotFound;
  const identity::Subject subject{traced->person, traced->unit,
                                  identity::note(identity::LogNote::kCaseFile, traced->number) + ": " + options.reason};
  const auto allowed = parts.access.require(session, caller, kTraceCase, subject);
  if (!allowed) return allowed.error();
  if (traced->classification != cases::Classification::kConfirmed || !traced->window_from) return kCaseNotConfirmed;
  const Instant now = parts.db.clock().now();
  if (!parts.decisions.in_force(command::Switch::kTracing, traced->unit, now, traced->disease)) return kNotInForce;

  TraceOverrides overrides = options.overrides;
  if (!overrides.rule_set) overrides.rule_set = traced->rule_set;
  const auto rules = rules_of(overrides, parts.cases.rule_sets());
  if (!rules) return rules.error();
  Asked asked{question_about(session, *traced, now), overrides.rule_set, traced->number, traced->unit,
              store::horizon(session)};
  asked.question.rules = *rules;
  asked.question.rules.by_air = by_air(parts.cases, traced->disease);
  if (overrides.until) asked.question.horizon = *overrides.until;
  return asked;
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

// A trace may take seconds, during which nobody could write: it runs between two transactions. Of the first, that
// somebody asks stays in the log, also when it is refused: an Error would roll back, so it is carried past the
// transaction. What is found is shown when the second has logged how much it is.
Result<TraceReport> trace_case(const CaseTraceParts& parts, const Caller& caller, const CaseTraceOptions& options) {
  std::optional<Result<Asked>> asked;
  parts.db.transact_now([&](store::Session& session) { asked.emplace(ask_in(session, parts, caller, options)); });
  if (!*asked) return asked->error();
  TraceReport report = traced_report(parts, **asked, options.overrides.ceiling);
  const auto shown = static_cast<std::int64_t>(report.contacts.size());
  const std::string what = "contacts of case " + (*asked)->number;
  std::vector<identity::Access::Shown> named;
  for (const auto& contact : report.contacts)
    if (const auto person = parse_id(contact.person)) named.push_back({PersonId{*person}, (*asked)->unit});
  parts.db.transact_now([&](store::Session& session) {
    parts.access.log_each(session, caller, kTraceCase, named,
                          identity::note(identity::LogNote::kCaseFile, (*asked)->number) + ": " + options.reason);
    parts.access.log_list(session, caller, kTraceCase, shown, what);
  });
  return report;
}

}  // namespace luytre::tracing

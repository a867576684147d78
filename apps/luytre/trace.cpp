#include "apps/luytre/commands.h"
#include "apps/luytre/study.h"
#include "modules/integration/study_trace.h"
#include "modules/tracing/case_trace.h"
#include "platform/base/log.h"

namespace luytre::app {
namespace {

int trace_in_study(House& house, const Trace& options, const tracing::TraceOverrides& overrides) {
  if (options.persons.empty() || !options.from || !options.to)
    return refuse("on study data a trace needs --person, --from and --to");
  integration::StudyTraceOptions order;
  order.persons = options.persons;
  order.from = *instant_of(options.from, "--from");
  order.to = *instant_of(options.to, "--to");
  order.overrides = overrides;
  // Study data name no disease, but a rule set does.
  const auto* const set = overrides.rule_set ? house.rule_sets.find(*overrides.rule_set) : nullptr;
  const auto* const disease = set ? house.diseases.find(set->disease) : nullptr;
  if (disease && !disease->transmission.empty()) order.overrides.by_air = disease->by_air();
  const auto since = instant_of(options.since, "--since");
  const auto index = index_for(house, options.engine);
  const auto settings = tracing::place_settings(house.kinds);
  const auto report =
      options.back ? integration::trace_study_back(house.db, order, since, house.rule_sets, settings, index.get())
                   : integration::trace_study(house.db, order, house.rule_sets, settings, index.get());
  if (!report) return say(house, report.error());
  print(*report, options.format);
  return 0;
}

int trace_a_case(House& house, const Trace& options, const tracing::TraceOverrides& overrides) {
  if (!options.case_number || !options.as || !options.reason) {
    return refuse(
        "this data directory holds real people: a trace names its case, who asks and why, with --case, --as and "
        "--reason "
        "(--person is for study data)");
  }
  if (options.back) return refuse("--back is for study data");
  const auto caller = house.identity.officers.caller_now(*options.as);
  if (!caller) return refuse("there is no officer " + *options.as + ", or the account is disabled: luytre user list");
  const tracing::CaseTraceOptions order{*options.case_number, *options.reason, overrides};
  std::optional<tracing::PresenceFollower> index;
  if (options.engine == "index") {
    tracing::PresenceOptions once = presence_options(house.settings);
    once.use = once.once = true;
    index.emplace(house.db, tracing::place_settings(house.kinds), std::move(once));
    index->settle();
  }
  const auto report = tracing::trace_case(
      {house.db, house.cases, house.places, house.decisions, house.identity.access, index ? &*index : nullptr}, *caller,
      order);
  if (!report) return say(house, report.error());
  if (report->why_sql)
    std::cerr << "luytre: the index does not answer (" << json::enum_text(*report->why_sql)
              << "); SQL answers instead\n";
  print(*report, options.format);
  return 0;
}

}  // namespace

int trace(const Trace& options) {
  log::set_level("warn");
  tracing::TraceOverrides overrides;
  overrides.rule_set = options.rule_set;
  overrides.depth = options.depth;
  overrides.until = instant_of(options.until, "--until");
  if (options.min_overlap) {
    overrides.min_overlap = parse_duration(*options.min_overlap);
    if (!overrides.min_overlap)
      return refuse("--min-overlap takes a duration like 15m, 20s or 2h, not \"" + *options.min_overlap + '"');
  }
  if (options.sum_within) {
    overrides.sum_within = parse_duration(*options.sum_within);
    if (!overrides.sum_within)
      return refuse("--sum-within takes a duration like 24h, not \"" + *options.sum_within + '"');
  }
  overrides.ceiling.most_contacts = static_cast<std::size_t>(options.most);
  if (options.budget) {
    const auto budget = parse_duration(*options.budget);
    if (!budget || budget->count() < 1)
      return refuse("--budget takes a duration like 5s or 2m, not \"" + *options.budget + '"');
    overrides.ceiling.time = *budget;
  }
  const Settings settings = read_settings(options.common);
  if (!has_data(options.common, settings)) return refuse_without_data(settings);
  House house(settings);
  return house.study ? trace_in_study(house, options, overrides) : trace_a_case(house, options, overrides);
}

}  // namespace luytre::app

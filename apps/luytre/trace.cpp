#include "apps/luytre/commands.h"
#include "apps/luytre/study.h"
#include "modules/integration/study_trace.h"
#include "modules/tracing/case_trace.h"
#include "platform/base/log.h"

namespace luytre::app {
namespace {

int trace_back(House& house, const Trace& options, const integration::StudyTraceOptions& order) {
  if (options.engine == "sql") return refuse("--back is answered by the index alone: leave out --engine sql");
  const auto since = instant_of(options.since, "--since");
  const auto index = open_index(house);
  if (!index) return fail("--back is answered by the index alone");
  const auto report = integration::trace_study_back(house.db, order, since, house.rule_sets, *index);
  if (!report) return say(house, report.error());
  print(*report, options.format);
  return 0;
}

int trace_in_study(House& house, const Trace& options, const tracing::TraceOverrides& overrides) {
  if (!options.person || !options.from || !options.to)
    return refuse("on study data a trace needs --person, --from and --to");
  integration::StudyTraceOptions order;
  order.person = *options.person;
  order.from = *instant_of(options.from, "--from");
  order.to = *instant_of(options.to, "--to");
  order.overrides = overrides;
  if (options.back) return trace_back(house, options, order);
  const bool by_index = options.engine != "sql";
  const auto index = by_index ? open_index(house) : nullptr;
  if (by_index && !index) std::cerr << "luytre: SQL answers instead\n";
  const auto report =
      integration::trace_study(house.db, order, house.rule_sets, tracing::place_settings(house.kinds), index.get());
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
  if (options.engine == "index")
    return refuse("the index is kept of study data alone: real data are traced by SQL, leave out --engine index");
  const auto caller = house.identity.officers.caller_now(*options.as);
  if (!caller) return refuse("there is no officer " + *options.as + ", or the account is disabled: luytre user list");
  const tracing::CaseTraceOptions order{*options.case_number, *options.reason, overrides};
  const auto report = tracing::trace_case({house.db, house.cases, house.places, house.decisions, house.identity.access},
                                          *caller, order);
  if (!report) return say(house, report.error());
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
  const Settings settings = read_settings(options.common);
  if (!has_data(options.common, settings)) return refuse_without_data(settings);
  House house(settings);
  return house.study ? trace_in_study(house, options, overrides) : trace_a_case(house, options, overrides);
}

}  // namespace luytre::app

#include <iostream>

#include "apps/luytre/commands.h"
#include "apps/luytre/house.h"
#include "apps/luytre/times.h"
#include "modules/integration/study_trace.h"
#include "modules/tracing/case_trace.h"
#include "platform/base/log.h"

namespace luytre::app {
namespace {

int refuse(const std::string& what) {
  std::cerr << "luytre: " << what << '\n';
  return 2;
}

int say(const House& house, const Error& error) {
  const std::string key = "errors." + error.code;
  std::cerr << "luytre: " << (house.texts.has(key, "en") ? house.texts.fill(key, "en", error.params) : error.code)
            << '\n';
  return 1;
}

void print(const tracing::TraceReport& report, const std::string& format) {
  if (format == "json") {
    print_json(std::cout, report);
  } else if (format == "csv") {
    print_csv(std::cout, report);
  } else {
    print_table(std::cout, report);
  }
}

std::optional<Instant> instant_of(const std::optional<std::string>& text, const char* option) {
  if (!text) return std::nullopt;
  const auto parsed = parse_time(*text);
  if (!parsed)
    throw std::runtime_error(std::string(option) +
                             " takes an instant like 2009-06-29T08:00:00+02:00, or epoch seconds, not \"" + *text +
                             '"');
  return parsed;
}

int trace_in_study(House& house, const Trace& options, const tracing::TraceOverrides& overrides) {
  if (!options.person || !options.from || !options.to)
    return refuse("on study data a trace needs --person, --from and --to");
  integration::StudyTraceOptions order;
  order.person = *options.person;
  order.from = *instant_of(options.from, "--from");
  order.to = *instant_of(options.to, "--to");
  order.overrides = overrides;
  const auto report = integration::trace_study(house.db, order, house.rule_sets, tracing::place_settings(house.kinds));
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
  if (!options.common.db && !std::filesystem::exists(settings.data / "luytre.db")) {
    return refuse("there is no data in " + settings.data.string() +
                  ": import some first, or name the directory with --data");
  }
  House house(settings);
  return house.study ? trace_in_study(house, options, overrides) : trace_a_case(house, options, overrides);
}

}  // namespace luytre::app

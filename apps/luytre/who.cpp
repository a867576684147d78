#include "apps/luytre/commands.h"
#include "apps/luytre/study.h"
#include "modules/integration/study_trace.h"
#include "platform/base/log.h"

namespace luytre::app {

int who(const Who& options) {
  log::set_level("warn");
  const Interval when{instant_of(options.from, "--from"), instant_of(options.to, "--to")};
  const Settings settings = read_settings(options.common);
  if (!has_data(options.common, settings)) return refuse_without_data(settings);
  House house(settings);
  if (!house.study) return refuse("this data directory holds real people: who was where is asked of study data alone");
  const auto index = index_for(house, options.engine);
  const auto report = integration::present_in_study(house.db, house.places, options.place, when, index.get());
  if (!report && report.error().code == std::string_view(places::kPlaceUnknown.code))
    return fail("there is no place " + options.place + " in this study; ids are written as in the imported files");
  if (!report) return say(house, report.error());
  print(*report, options.format);
  return 0;
}

}  // namespace luytre::app

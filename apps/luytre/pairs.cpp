#include <thread>

#include "apps/luytre/commands.h"
#include "apps/luytre/study.h"
#include "modules/integration/study_pairs.h"
#include "platform/base/log.h"

namespace luytre::app {

int pairs(const Pairs& options) {
  log::set_level("warn");
  integration::StudyPairsOptions order;
  const auto day = parse_date(options.day);
  if (!day) return refuse("--day takes a day like 2013-12-02, not \"" + options.day + '"');
  order.day = *day;
  order.by = options.by == "age"    ? integration::PairsBy::kAge
             : options.by == "kind" ? integration::PairsBy::kKind
                                    : integration::PairsBy::kPlace;
  if (options.min_overlap) {
    const auto length = parse_duration(*options.min_overlap);
    if (!length || length->count() < 1)
      return refuse("--min-overlap takes a duration like 15m, 20s or 2h, not \"" + *options.min_overlap + '"');
    order.min_overlap = *length;
  }
  if (order.by == integration::PairsBy::kAge && !options.people)
    return refuse("a study keeps no ages: --by age needs the file of people with their birthYear, with --people");
  order.people = options.people;
  order.most_places = options.most;
  order.threads = std::max(1U, std::thread::hardware_concurrency());
  const Settings settings = read_settings(options.common);
  if (!has_data(options.common, settings)) return refuse_without_data(settings);
  House house(settings);
  if (!house.study) return refuse("this data directory holds real people: who meets whom is asked of study data alone");
  const auto index = open_index(house);
  if (!index) return fail("who meets whom is answered by the index alone");
  const auto report = integration::pairs_in_study(house.db, house.places, order, *index);
  if (!report) return say(house, report.error());
  print(*report, options.format);
  return 0;
}

}  // namespace luytre::app

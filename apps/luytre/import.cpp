#include <unistd.h>

#include <iostream>

#include "apps/luytre/commands.h"
#include "apps/luytre/house.h"
#include "apps/luytre/times.h"
#include "modules/integration/imports.h"
#include "platform/base/log.h"

namespace luytre::app {
namespace {

std::string left_text(std::chrono::seconds left) {
  if (left < std::chrono::minutes(1)) return std::to_string(left.count()) + " s left";
  return std::to_string(left.count() / 60) + " min left";
}

// One line that is written over on a terminal; on anything else only the end is told.
void show(const integration::Progress& progress) {
  if (isatty(STDERR_FILENO) == 0) return;
  std::cerr << "\r\033[K" << progress.rows << " rows, " << static_cast<std::int64_t>(progress.rows_per_second) << "/s, "
            << static_cast<int>(progress.share * 100) << " %";
  if (progress.rejected > 0) std::cerr << ", " << progress.rejected << " rejected";
  if (progress.left) std::cerr << ", " << left_text(*progress.left);
  if (progress.finished) std::cerr << '\n';
  std::cerr << std::flush;
}

}  // namespace

int import(const Import& options) {
  log::set_level("warn");
  const auto base = parse_time(options.time_base);
  if (!base) {
    std::cerr << "luytre: --time-base takes an instant like 2009-06-29T08:00:00+02:00, or epoch seconds\n";
    return 2;
  }
  House house(read_settings(options.common), options.study);

  integration::ImportOrder order;
  order.what = *json::parse_enum<integration::What>(options.what);
  order.format = options.format == "sociopatterns" ? integration::Format::kSociopatterns
                 : options.format == "haslemere"   ? integration::Format::kHaslemere
                                                   : integration::Format::kCsv;
  order.file = options.file;
  order.time_base = *base;
  order.rejects = house.settings.data / (options.file.filename().string() + ".rejects.csv");
  order.progress = show;
  integration::Imports imports({house.db, house.people, house.places, house.visits, house.encounters, house.geography,
                                house.decisions, house.study});
  const auto report = imports.run(order);
  std::cout << report.rows << " rows in " << static_cast<double>(report.elapsed.count()) / 1000
            << " s: " << report.added << ' ' << options.what << " added";
  if (report.extended > 0) std::cout << ", " << report.extended << " extended";
  std::cout << ", " << report.known << " known already, " << report.rejected << " rejected\n";
  if (report.rejects)
    std::cerr << "luytre: the rejected rows, each with its line number and reason, are in " << report.rejects->string()
              << '\n';
  return 0;
}

}  // namespace luytre::app

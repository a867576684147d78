#include <unistd.h>

#include <chrono>
#include <iostream>

#include "apps/luytre/commands.h"
#include "apps/luytre/house.h"
#include "apps/luytre/study.h"
#include "modules/integration/imports.h"
#include "platform/base/log.h"

namespace luytre::app {
namespace {

std::string left_text(std::chrono::seconds left) {
  if (left < std::chrono::minutes(1)) return std::to_string(left.count()) + " s left";
  return std::to_string(left.count() / 60) + " min left";
}

constexpr std::chrono::seconds kTellEvery{10};

// One line that is written over on a terminal; on anything else a line now and then.
class Teller {
 public:
  void operator()(const integration::Progress& progress) {
    const bool terminal = isatty(STDERR_FILENO) != 0;
    const auto now = std::chrono::steady_clock::now();
    if (!terminal && (progress.finished || now - last_ < kTellEvery)) return;
    last_ = now;
    std::cerr << (terminal ? "\r\033[K" : "luytre: ") << progress.rows << " rows, "
              << static_cast<std::int64_t>(progress.rows_per_second) << "/s, " << static_cast<int>(progress.share * 100)
              << " %";
    if (progress.rejected > 0) std::cerr << ", " << progress.rejected << " rejected";
    if (progress.left) std::cerr << ", " << left_text(*progress.left);
    if (progress.finished || !terminal) std::cerr << '\n';
    std::cerr << std::flush;
  }

 private:
  std::chrono::steady_clock::time_point last_ = std::chrono::steady_clock::now();
};

void sum_up(const integration::ImportReport& report, const std::string& what) {
  std::cout << report.rows << " rows in " << static_cast<double>(report.elapsed.count()) / 1000
            << " s: " << report.added << ' ' << what << " added";
  if (report.extended > 0) std::cout << ", " << report.extended << " extended";
  std::cout << ", " << report.known << " known already, " << report.rejected << " rejected\n";
  if (report.rejects)
    std::cerr << "luytre: the rejected rows, each with its line number and reason, are in " << report.rejects->string()
              << '\n';
}

}  // namespace

int import(const Import& options) {
  log::set_level("warn");
  integration::ImportOrder order;
  order.time_base = instant_of(options.time_base, "--time-base");
  order.what = *json::parse_enum<integration::What>(options.what);
  order.format = options.format == "sociopatterns" ? integration::Format::kSociopatterns
                 : options.format == "haslemere"   ? integration::Format::kHaslemere
                                                   : integration::Format::kCsv;
  // Before a data directory is made of it.
  if (const auto wrong = integration::wrong_with(order.what, order.format); !wrong.empty()) return refuse(wrong);
  House house(read_settings(options.common), options.study);

  order.file = options.file;
  order.rejects = house.settings.data / (options.file.filename().string() + ".rejects.csv");
  order.progress = Teller();
  integration::Imports imports({house.db, house.people, house.places, house.visits, house.encounters, house.geography,
                                house.decisions, house.study, &house.cases});
  try {
    sum_up(imports.run(order), options.what);
  } catch (const integration::WrongOrder& wrong) {
    return refuse(wrong.what());
  } catch (const integration::CutShort& cut) {
    sum_up(cut.report, options.what);
    return fail(cut.what());
  }
  return 0;
}

}  // namespace luytre::app

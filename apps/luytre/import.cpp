#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <iostream>
#include <sstream>

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

// A line list as another system or a spreadsheet wrote it: by a mapping, people and cases in one.
int import_line_list(const Import& options) {
  if (options.what != "cases") return refuse("--mapping is for line lists: luytre import cases FILE --mapping …");
  if (!options.unit) return refuse("--unit says whose list it is: the code of a province or commune");
  std::ifstream in(options.file, std::ios::binary);
  if (!in) return fail("cannot read " + options.file.string());
  std::ostringstream bytes;
  bytes << in.rdbuf();
  House house(read_settings(options.common));
  const Date today = local_date(house.clock.now());
  const auto* unit = house.geography.find(geography::Level::kProvince, *options.unit, today);
  if (!unit) unit = house.geography.find(geography::Level::kCommune, *options.unit, today);
  if (!unit) return refuse("no province or commune in force has the code " + *options.unit);
  const auto mapping_for = [&](const std::vector<std::string>& columns) -> Result<linelists::Mapping> {
    if (*options.mapping == "known") return linelists::suggested(columns);
    if (auto saved = house.line_lists.saved(unit->id, *options.mapping)) return std::move(*saved);
    std::ifstream file(*options.mapping);
    std::ostringstream text;
    text << file.rdbuf();
    return json::parse<linelists::Mapping>(text.str());
  };
  const auto started = std::chrono::steady_clock::now();
  const auto list = house.line_lists.load(unit->id, options.file.filename().string(), bytes.str(), mapping_for);
  if (!list) {
    std::string why = list.error().code;
    for (const auto& field : list.error().fields) why += "; " + field.pointer + ": " + field.code;
    return fail("the list cannot be taken: " + why);
  }
  Teller teller;
  const auto tell = [&](const linelists::LineList& at) {
    integration::Progress progress;
    progress.rows = at.total - at.counts.waiting;
    progress.rejected = at.counts.wrong;
    progress.share = at.total > 0 ? static_cast<double>(progress.rows) / static_cast<double>(at.total) : 1;
    const std::chrono::duration<double> past = std::chrono::steady_clock::now() - started;
    progress.rows_per_second = static_cast<double>(progress.rows) / std::max(past.count(), 0.001);
    progress.finished = at.state == linelists::State::kDone;
    teller(progress);
  };
  constexpr int kTellAfter = 10;  // portions
  for (int portion = 1; house.line_lists.work_once(); ++portion)
    if (portion % kTellAfter == 0) tell(house.line_lists.look(*list));
  const auto done = house.line_lists.look(*list);
  tell(done);
  if (done.stopped) return fail("the list was stopped by a fault, which the log names; officers can let it go on");
  std::cout << done.total << " rows: " << done.counts.taken << " cases added, " << done.counts.known
            << " known already, " << done.counts.undecided << " undecided, " << done.counts.wrong << " rejected\n";
  if (done.counts.undecided > 0)
    std::cerr << "luytre: officers decide who is meant by the undecided rows, in the console under the cases\n";
  if (done.counts.wrong > 0) {
    const auto rejects = house.settings.data / (options.file.filename().string() + ".rejects.csv");
    std::ofstream(rejects, std::ios::binary) << house.line_lists.rejects_text(*list, "en");
    std::cerr << "luytre: the rejected rows, each with its line number and reason, are in " << rejects.string() << '\n';
  }
  return 0;
}

}  // namespace

int import(const Import& options) {
  if (options.mapping) return import_line_list(options);
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

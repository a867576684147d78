#include "modules/statistics/lists.h"

#include <algorithm>
#include <charconv>
#include <set>

#include "platform/base/text.h"

namespace luytre::statistics {
namespace {

constexpr std::size_t kUnitMost = 200;
constexpr std::size_t kNamesakes = 20;  // units of one name that are looked at
constexpr Measure kMeasures[] = {Measure::kPopulation, Measure::kSmartphones, Measure::kStaff, Measure::kInstalls};

// 2025-12-31 or 31/12/2025.
std::optional<Date> read_day(const std::string& written) {
  if (auto day = parse_date(written)) return day;
  const std::size_t first = written.find('/'), second = written.find('/', first + 1);
  if (second == std::string::npos) return std::nullopt;
  const auto two = [](std::string part) { return part.size() == 1 ? '0' + part : part; };
  return parse_date(written.substr(second + 1) + '-' + two(written.substr(first + 1, second - first - 1)) + '-' +
                    two(written.substr(0, first)));
}

class LineReader {
 public:
  LineReader(tables::Row& row, const Reading& reading) : row_(row), reading_(reading) {}

  Line read() {
    Line out;
    out.result.line = row_.line();
    const std::string written = row_.text("unit", kUnitMost);
    if (!written.empty()) {
      out.result.unit = written;
      out.unit = unit(written);
    }
    for (const Measure measure : kMeasures)
      if (const auto value = number(json::enum_text(measure))) out.values.emplace_back(measure, *value);
    if (out.values.empty() && row_.flawless()) row_.wrong("population", "required");
    out.source = row_.text("source", kSourceMost);
    out.as_of = day();
    return out;
  }

 private:
  UnitId unit(const std::string& written) {
    for (const auto level : {geography::Level::kProvince, geography::Level::kDistrict, geography::Level::kCommune})
      if (const auto* known = reading_.geography.find(level, written, reading_.today)) return mine(known->id);
    const std::string folded = fold(written);
    std::vector<UnitId> found;
    for (const auto* one : reading_.geography.search(written, reading_.today, kNamesakes))
      if ((fold(one->full_name) == folded || fold(one->name) == folded) &&
          reading_.geography.covers(reading_.areas, one->id))
        found.push_back(one->id);
    if (found.size() == 1) return found.front();
    row_.wrong("unit", found.empty() ? "unknown" : "ambiguous");
    return {};
  }

  UnitId mine(UnitId unit) {
    if (!reading_.geography.covers(reading_.areas, unit)) row_.wrong("unit", "not_permitted");
    return unit;
  }

  std::optional<std::int64_t> number(const std::string& column) {
    const std::string written = row_.words(column);
    if (written.empty()) return std::nullopt;
    std::int64_t out = 0;
    const char* const end = written.data() + written.size();
    const auto [stopped, failed] = std::from_chars(written.data(), end, out);
    if (failed != std::errc() || stopped != end) {
      row_.wrong(column, "format");
    } else if (out < 1) {
      row_.wrong(column, "range");
    }
    return out;
  }

  Date day() {
    const std::string written = row_.text("asOf", 10);
    if (written.empty()) return {};
    const auto out = read_day(written);
    if (!out) row_.wrong("asOf", "format");
    if (out && *out > reading_.today) row_.wrong("asOf", "time_in_future");
    return out.value_or(Date{});
  }

  tables::Row& row_;
  const Reading& reading_;
};

}  // namespace

Result<std::vector<Line>> read_lines(const std::string& list, const Reading& reading) {
  std::vector<Line> out;
  std::set<std::pair<UnitId, Date>> told;
  const auto each = [&](tables::Row& row) {
    Line line = LineReader(row, reading).read();
    if (row.flawless() && !told.emplace(line.unit, line.as_of).second) row.wrong("unit", "repeated");
    if (!row.flawless()) line.result.state = LineState::kRefused;
    line.result.errors = row.take_flaws();
    out.push_back(std::move(line));
  };
  const tables::Columns columns{{"unit", "source", "asOf"}, {"population", "smartphones", "staff", "installs"}};
  const auto done = tables::read_list(list, columns, kLinesMost, each);
  if (!done) return done.error();
  return out;
}

}  // namespace luytre::statistics

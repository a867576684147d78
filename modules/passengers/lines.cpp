#include "modules/passengers/lines.h"

#include <charconv>
#include <set>

#include "engines/linkage/paper.h"
#include "platform/base/phone.h"
#include "platform/base/text.h"

namespace luytre::passengers {
namespace {

constexpr std::size_t kSeatMost = 20;
constexpr std::size_t kNameMost = 120;
constexpr std::size_t kPaperMost = 32;
constexpr int kFirstYear = 1900;

std::int64_t birth_year(tables::Row& row, int latest) {
  const std::string written = row.text("birthYear", 4);
  if (written.empty()) return 0;
  int out = 0;
  const auto [end, failed] = std::from_chars(written.data(), written.data() + written.size(), out);
  if (failed != std::errc() || end != written.data() + written.size()) {
    row.wrong("birthYear", "format");
  } else if (out < kFirstYear || out > latest) {
    row.wrong("birthYear", "range");
  }
  return out;
}

std::optional<std::string> phone(tables::Row& row) {
  const std::string written = row.words("phone");
  if (written.empty()) return std::nullopt;
  auto out = normalise_phone(written);
  if (!out) row.wrong("phone", "format");
  return out;
}

std::optional<std::string> paper(tables::Row& row) {
  std::string written = row.words("paper");
  if (written.empty()) return std::nullopt;
  if (code_points(written) <= kPaperMost && !linkage::paper_keys(written).empty()) return written;
  row.wrong("paper", "format");
  return std::nullopt;
}

Line read(tables::Row& row, int year) {
  Line out;
  out.result.line = row.line();
  Passenger one;
  one.seat = row.text("seat", kSeatMost);
  one.name = row.text("name", kNameMost);
  one.birth_year = birth_year(row, year);
  one.phone = phone(row);
  one.paper = paper(row);
  if (!one.phone && !one.paper && row.flawless()) row.wrong("phone", "required");
  if (!one.seat.empty()) out.result.seat = one.seat;
  if (row.flawless()) out.passenger = std::move(one);
  return out;
}

}  // namespace

Result<std::vector<Line>> read_lines(const std::string& list, int year) {
  std::vector<Line> out;
  std::set<std::string, std::less<>> seats;
  const auto each = [&](tables::Row& row) {
    Line line = read(row, year);
    if (line.passenger && !seats.insert(line.passenger->seat).second) {
      line.passenger.reset();
      row.wrong("seat", "repeated");
    }
    if (!row.flawless()) line.result.state = LineState::kRefused;
    line.result.errors = row.take_flaws();
    out.push_back(std::move(line));
  };
  const auto done = tables::read_list(list, {{"seat", "name", "birthYear"}, {"phone", "paper"}}, kLinesMost, each);
  if (!done) return done.error();
  return out;
}

}  // namespace luytre::passengers

#include "modules/passengers/lines.h"

#include <set>

#include "modules/people/list_fields.h"

namespace luytre::passengers {
namespace {

constexpr std::size_t kSeatMost = 20;
constexpr std::size_t kNameMost = 120;

Line read(tables::Row& row, int year) {
  Line out;
  out.result.line = row.line();
  Passenger one;
  one.seat = row.text("seat", kSeatMost);
  one.name = row.text("name", kNameMost);
  one.birth_year = people::birth_year(row, year);
  one.phone = people::phone(row);
  one.paper = people::paper(row);
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

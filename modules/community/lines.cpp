#include "modules/community/lines.h"

#include <map>

#include "modules/people/list_fields.h"

namespace luytre::community {
namespace {

// As a spreadsheet of ours has it, or as people write it.
std::optional<people::Sex> sex_of(const std::string& written) {
  static const std::map<std::string, people::Sex, std::less<>> words{
      {"", people::Sex::kOther},    {"other", people::Sex::kOther}, {"khac", people::Sex::kOther},
      {"male", people::Sex::kMale}, {"nam", people::Sex::kMale},    {"female", people::Sex::kFemale},
      {"nu", people::Sex::kFemale}};
  const auto found = words.find(fold(written));
  return found == words.end() ? std::nullopt : std::optional(found->second);
}

Line read(tables::Row& row, int year) {
  Line out;
  out.result.line = row.line();
  const std::string number = row.text("household", kNumberMost);
  if (!number.empty()) out.result.household = number;
  out.address = row.words("address");
  if (code_points(out.address) > people::kAddressMost) row.wrong("address", "too_long");
  out.name = row.text("name", kNameMost);
  out.birth_year = people::birth_year(row, year);
  const auto sex = sex_of(row.words("sex"));
  if (!sex) row.wrong("sex", "format");
  out.sex = sex.value_or(people::Sex::kOther);
  out.head = !fold(row.words("head")).empty();
  out.phone = people::phone(row);
  out.paper = people::paper(row);
  return out;
}

}  // namespace

Result<std::vector<Line>> read_lines(const std::string& list, int year) {
  std::vector<Line> out;
  const auto each = [&](tables::Row& row) {
    Line& line = out.emplace_back(read(row, year));
    if (!row.flawless()) line.result.state = LineState::kRefused;
    line.result.errors = row.take_flaws();
  };
  const auto done = tables::read_list(list, {{"household", "name", "birthYear", "address"}, {}}, kLinesMost, each);
  if (!done) return done.error();
  return out;
}

}  // namespace luytre::community

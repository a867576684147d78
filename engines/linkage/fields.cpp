#include "engines/linkage/fields.h"

#include <algorithm>
#include <charconv>

#include "engines/linkage/bytes.h"
#include "platform/base/text.h"

namespace luytre::linkage {
namespace {

constexpr int kFirstYear = 1900, kLastYear = 2199;
constexpr unsigned kMonths = 12;

bool hides(std::string_view part) {
  return !part.empty() && part.find_first_not_of("*") == std::string_view::npos;
}

int number_of(std::string_view digits) {
  int value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}

// A day or month of one or two digits; masked: 0.
std::optional<unsigned> part_of_date(std::string_view text) {
  if (hides(text)) return 0;
  if (!is_number(text) || text.size() > 2) return std::nullopt;
  return static_cast<unsigned>(number_of(text));
}

std::optional<PartialDate> from_parts(std::string_view year, std::string_view month, std::string_view day) {
  const auto m = part_of_date(month), d = part_of_date(day);
  if (!is_number(year) || year.size() != 4 || !m || !d) return std::nullopt;
  return partial_date(number_of(year), *m, *d);
}

}  // namespace

bool is_number(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::vector<std::string_view> split(std::string_view text, char by) {
  std::vector<std::string_view> fields;
  for (;;) {
    const auto end = text.find(by);
    fields.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return fields;
    text.remove_prefix(end + 1);
  }
}

std::optional<std::vector<std::string_view>> bar_fields(std::string_view code) {
  if (code.size() > kCodeBytesMost || !is_utf8(code)) return std::nullopt;
  return split(trimmed(code), '|');
}

std::string clean(std::string_view field) {
  return tidy(field).value_or(std::string());
}

bool is_masked(std::string_view text) {
  std::size_t crosses = 0;
  for (const char c : text) {
    crosses = c == 'x' || c == 'X' ? crosses + 1 : 0;
    if (c == '*' || crosses == 3) return true;
  }
  return text.find("•") != std::string_view::npos;
}

std::optional<PartialDate> partial_date(int year, unsigned month, unsigned day) {
  if (year < kFirstYear || year > kLastYear || month > kMonths) return std::nullopt;
  if (month == 0) return PartialDate{year, 0, 0};
  if (day == 0) return PartialDate{year, month, 0};
  const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(month), std::chrono::day(day)};
  if (!date.ok()) return std::nullopt;
  return PartialDate{year, month, day};
}

std::optional<PartialDate> read_ddmmyyyy(std::string_view text) {
  if (text.size() != 8 || !is_number(text)) return std::nullopt;
  return from_parts(text.substr(4), text.substr(2, 2), text.substr(0, 2));
}

std::optional<PartialDate> read_slashed(std::string_view text) {
  const auto parts = split(trimmed(text), '/');
  if (parts.size() > 3) return std::nullopt;
  const std::string_view month = parts.size() > 1 ? parts[parts.size() - 2] : "0";
  return from_parts(parts.back(), month, parts.size() > 2 ? parts[0] : "0");
}

std::optional<PartialDate> read_year_first(std::string_view text) {
  const auto parts = split(trimmed(text), text.find('/') == std::string_view::npos ? '-' : '/');
  if (parts.size() > 3) return std::nullopt;
  return from_parts(parts[0], parts.size() > 1 ? parts[1] : "0", parts.size() > 2 ? parts[2] : "0");
}

ClaimedPaper claimed_paper(std::initializer_list<PaperKind> kinds, std::string_view text) {
  ClaimedPaper paper;
  paper.text = clean(text);
  if (is_masked(text)) return paper;
  for (const auto kind : kinds) {
    if (auto number = read_paper(kind, text)) {
      return {kind, std::move(number->text), std::move(number->key)};
    }
  }
  return paper;
}

std::vector<std::string> claim_keys(const Claim& claim) {
  std::vector<std::string> keys;
  for (const auto& paper : claim.papers) {
    if (paper.key) keys.push_back(*paper.key);
  }
  return keys;
}

}  // namespace luytre::linkage

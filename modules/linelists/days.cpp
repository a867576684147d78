#include "modules/linelists/days.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <string>
#include <vector>

namespace luytre::linelists {
namespace {

constexpr std::array<std::string_view, 12> kMonths{"jan", "feb", "mar", "apr", "may", "jun",
                                                   "jul", "aug", "sep", "oct", "nov", "dec"};
constexpr std::size_t kLongest = 40;

std::optional<int> number(std::string_view text) {
  int out = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), out);
  if (text.empty() || text.size() > 4 || failed != std::errc() || end != text.data() + text.size() || out < 0)
    return std::nullopt;
  return out;
}

std::optional<int> month_name(std::string_view text) {
  if (text.size() < 3) return std::nullopt;
  std::string low;
  for (const char c : text.substr(0, 3)) low += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  const auto found = std::find(kMonths.begin(), kMonths.end(), low);
  if (found == kMonths.end()) return std::nullopt;
  return static_cast<int>(found - kMonths.begin()) + 1;
}

int full_year(int year, std::size_t digits, Date today) {
  if (digits > 2) return year;
  const int century = year_of(today) / 100 * 100;
  return century + year > year_of(today) ? century - 100 + year : century + year;
}

struct Split {
  std::vector<std::string_view> parts;  // three of them
  std::string_view rest;                // the time of day, if any
};

std::optional<Split> split(std::string_view text) {
  Split out;
  std::size_t at = 0;
  while (out.parts.size() < 3) {
    const std::size_t end = std::min(text.find_first_of(out.parts.size() < 2 ? "/-. " : " T,", at), text.size());
    out.parts.push_back(text.substr(at, end - at));
    at = std::min(end + 1, text.size());
    if (end == text.size() && out.parts.size() < 3) return std::nullopt;
  }
  out.rest = text.substr(at);
  return out;
}

std::optional<Date> day_of(const Split& split, DayOrder order, Date today) {
  const auto& p = split.parts;
  std::optional<int> year, month, day;
  std::string_view year_text = p[2];
  if (p[0].size() == 4) {
    year_text = p[0];
    month = number(p[1]);
    day = number(p[2]);
    if (!month) month = month_name(p[1]);
  } else if (const auto named = month_name(p[1])) {
    month = named;
    day = number(p[0]);
  } else if (const auto first = month_name(p[0])) {
    month = first;
    day = number(p[1]);
  } else {
    day = number(p[order == DayOrder::kDayFirst ? 0 : 1]);
    month = number(p[order == DayOrder::kDayFirst ? 1 : 0]);
  }
  year = number(year_text);
  if (!year || !month || !day || (year_text.size() != 2 && year_text.size() != 4)) return std::nullopt;
  const int full = full_year(*year, year_text.size(), today);
  const std::chrono::year_month_day date{std::chrono::year(full), std::chrono::month(static_cast<unsigned>(*month)),
                                         std::chrono::day(static_cast<unsigned>(*day))};
  if (!date.ok() || full < 1901 || *month > 12 || *day > 31) return std::nullopt;
  return make_date(full, static_cast<unsigned>(*month), static_cast<unsigned>(*day));
}

// "07:30", "7:30:00", also with fractions of a second; seconds of the day.
std::optional<std::int64_t> time_of_day(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos) return std::nullopt;
  const auto hours = number(text.substr(0, colon));
  std::string_view rest = text.substr(colon + 1);
  const auto minutes = number(rest.substr(0, rest.find(':')));
  std::optional<int> seconds = 0;
  if (const std::size_t next = rest.find(':'); next != std::string_view::npos) {
    rest = rest.substr(next + 1);
    seconds = number(rest.substr(0, rest.find('.')));
  }
  if (!hours || !minutes || !seconds || *hours > 23 || *minutes > 59 || *seconds > 59) return std::nullopt;
  return *hours * 3600 + *minutes * 60 + *seconds;
}

}  // namespace

std::optional<Date> read_day(std::string_view text, DayOrder order, Date today) {
  if (text.size() > kLongest) return std::nullopt;
  const auto parts = split(text);
  return parts ? day_of(*parts, order, today) : std::nullopt;
}

std::optional<Instant> read_moment(std::string_view text, DayOrder order, Date today) {
  if (text.size() > kLongest) return std::nullopt;
  if (auto whole = parse_instant(text)) return whole;
  const auto parts = split(text);
  const auto day = parts ? day_of(*parts, order, today) : std::nullopt;
  if (!day) return std::nullopt;
  if (parts->rest.empty()) return local_midnight(*day);
  const auto time = time_of_day(parts->rest);
  if (!time) return std::nullopt;
  return local_midnight(*day) + std::chrono::seconds(*time);
}

}  // namespace luytre::linelists

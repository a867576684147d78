#include "platform/base/time.h"

#include <charconv>
#include <cstdio>

namespace luytre {
namespace {

constexpr int kFirstYear = 1900;
constexpr int kLastYear = 9999;

std::int64_t floor_days(std::int64_t seconds) {
  return seconds >= 0 ? seconds / kDaySeconds : -((-seconds + kDaySeconds - 1) / kDaySeconds);
}

std::chrono::year_month_day calendar(std::int64_t days) {
  return std::chrono::sys_days(std::chrono::days(days));
}

// Exactly `width` decimal digits at the front of `text`, which are taken off it.
std::optional<int> digits(std::string_view& text, std::size_t width) {
  if (text.size() < width) return std::nullopt;
  int value = 0;
  for (std::size_t i = 0; i < width; ++i) {
    if (text[i] < '0' || text[i] > '9') return std::nullopt;
    value = value * 10 + (text[i] - '0');
  }
  text.remove_prefix(width);
  return value;
}

bool take(std::string_view& text, char c) {
  if (text.empty() || text.front() != c) return false;
  text.remove_prefix(1);
  return true;
}

std::optional<Date> take_date(std::string_view& text) {
  const auto year = digits(text, 4);
  if (!year || !take(text, '-')) return std::nullopt;
  const auto month = digits(text, 2);
  if (!month || !take(text, '-')) return std::nullopt;
  const auto day = digits(text, 2);
  if (!day || *year < kFirstYear || *year > kLastYear) return std::nullopt;
  const std::chrono::year_month_day ymd(std::chrono::year(*year), std::chrono::month(static_cast<unsigned>(*month)),
                                        std::chrono::day(static_cast<unsigned>(*day)));
  if (!ymd.ok()) return std::nullopt;
  return Date{std::chrono::sys_days(ymd).time_since_epoch().count()};
}

std::optional<int> take_offset(std::string_view& text) {
  if (take(text, 'Z') || take(text, 'z')) return 0;
  const int sign = take(text, '+') ? 1 : take(text, '-') ? -1 : 0;
  if (sign == 0) return std::nullopt;
  const auto hours = digits(text, 2);
  take(text, ':');
  const auto minutes = digits(text, 2);
  if (!hours || !minutes || *hours > 23 || *minutes > 59) return std::nullopt;
  return sign * (*hours * 3600 + *minutes * 60);
}

}  // namespace

Date local_date(Instant t) {
  return {floor_days(t.seconds + kLocalOffsetSeconds)};
}

Interval whole_day(Date d) {
  return {local_midnight(d), local_midnight(Date{d.days + 1})};
}

int year_of(Date d) {
  return static_cast<int>(calendar(d.days).year());
}

Instant local_midnight(Date d) {
  return {d.days * kDaySeconds - kLocalOffsetSeconds};
}

Date make_date(int year, unsigned month, unsigned day) {
  const std::chrono::year_month_day ymd{std::chrono::year(year), std::chrono::month(month), std::chrono::day(day)};
  return {std::chrono::sys_days(ymd).time_since_epoch().count()};
}

std::string to_text(Date d) {
  const auto ymd = calendar(d.days);
  char out[48];
  std::snprintf(out, sizeof out, "%04d-%02u-%02u", static_cast<int>(ymd.year()), static_cast<unsigned>(ymd.month()),
                static_cast<unsigned>(ymd.day()));
  return out;
}

std::string to_text(Instant t) {
  const std::int64_t days = floor_days(t.seconds);
  const auto rest = static_cast<int>(t.seconds - days * kDaySeconds);
  char out[48];
  std::snprintf(out, sizeof out, "T%02d:%02d:%02dZ", rest / 3600, rest / 60 % 60, rest % 60);
  return to_text(Date{days}) + out;
}

std::string to_local_text(Instant t) {
  const std::int64_t local = t.seconds + kLocalOffsetSeconds;
  const std::int64_t days = floor_days(local);
  const auto rest = static_cast<int>(local - days * kDaySeconds);
  const auto ymd = calendar(days);
  char out[32];
  std::snprintf(out, sizeof out, "%02d:%02d %02u/%02u/%04d", rest / 3600, rest / 60 % 60,
                static_cast<unsigned>(ymd.day()), static_cast<unsigned>(ymd.month()), static_cast<int>(ymd.year()));
  return out;
}

std::optional<Date> parse_date(std::string_view text) {
  const auto date = take_date(text);
  if (!date || !text.empty()) return std::nullopt;
  return date;
}

std::optional<Instant> parse_instant(std::string_view text) {
  const auto date = take_date(text);
  if (!date || !(take(text, 'T') || take(text, 't') || take(text, ' '))) return std::nullopt;
  const auto hour = digits(text, 2);
  if (!hour || !take(text, ':')) return std::nullopt;
  const auto minute = digits(text, 2);
  if (!minute) return std::nullopt;
  int second = 0;
  if (take(text, ':')) {
    const auto given = digits(text, 2);
    if (!given) return std::nullopt;
    second = *given;
    if (take(text, '.')) {
      if (!digits(text, 1)) return std::nullopt;
      while (digits(text, 1)) {
      }
    }
  }
  const auto offset = take_offset(text);
  // A leap second (60) is read as the second after 59.
  if (!offset || !text.empty() || *hour > 23 || *minute > 59 || second > 60) return std::nullopt;
  return Instant{date->days * kDaySeconds + *hour * 3600 + *minute * 60 + second - *offset};
}

std::optional<std::chrono::seconds> parse_duration(std::string_view text) {
  std::int64_t count = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), count);
  if (failed != std::errc() || count < 0 || count > 1'000'000'000) return std::nullopt;
  const std::string_view unit(end, static_cast<std::size_t>(text.data() + text.size() - end));
  if (unit.empty() || unit == "s") return std::chrono::seconds(count);
  if (unit == "m") return std::chrono::minutes(count);
  if (unit == "h") return std::chrono::hours(count);
  if (unit == "d") return std::chrono::hours(24 * count);
  return std::nullopt;
}

Instant SystemClock::now() const {
  const auto since = std::chrono::system_clock::now().time_since_epoch();
  return {std::chrono::duration_cast<std::chrono::seconds>(since).count()};
}

}  // namespace luytre

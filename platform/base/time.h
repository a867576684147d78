// Time: instants are whole UTC seconds; days that people speak of are Vietnamese local days (+07:00), beginning at
// 17:00 UTC.
//
// Text forms: Instant is ISO-8601 "2021-08-04T01:30:00Z" (parsing accepts any offset and fractional seconds, which are
// cut off); Date is "2021-08-04". The proleptic Gregorian calendar of <chrono> is used; years 1900 to 9999.

#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace luytre {

struct Instant {
  std::int64_t seconds = 0;  // since 1970-01-01T00:00:00Z
  friend auto operator<=>(const Instant&, const Instant&) = default;
};

inline Instant operator+(Instant t, std::chrono::seconds d) {
  return {t.seconds + d.count()};
}
inline Instant operator-(Instant t, std::chrono::seconds d) {
  return {t.seconds - d.count()};
}
inline std::chrono::seconds operator-(Instant a, Instant b) {
  return std::chrono::seconds(a.seconds - b.seconds);
}

// Half-open [from, to).
struct Interval {
  Instant from;
  Instant to;
  bool empty() const { return to <= from; }
  friend auto operator<=>(const Interval&, const Interval&) = default;
};

// A Vietnamese local day.
struct Date {
  std::int64_t days = 0;  // since 1970-01-01
  friend auto operator<=>(const Date&, const Date&) = default;
};

inline constexpr std::int64_t kLocalOffsetSeconds = 7 * 3600;
inline constexpr std::int64_t kDaySeconds = 86400;

Date local_date(Instant t);
Instant local_midnight(Date d);                          // the instant at which the local day begins
Date make_date(int year, unsigned month, unsigned day);  // the caller vouches that it exists
Interval whole_day(Date d);                              // from its midnight to the next
int year_of(Date d);

std::string to_text(Instant t);        // ISO-8601 UTC, ending in Z
std::string to_text(Date d);           // YYYY-MM-DD
std::string to_local_text(Instant t);  // "08:30 04/08/2021", local time, for messages and print
std::optional<Instant> parse_instant(std::string_view text);
std::optional<Date> parse_date(std::string_view text);

// Durations as people write them in configuration and on the command line: "20s", "15m", "2h", "28d", or bare seconds.
std::optional<std::chrono::seconds> parse_duration(std::string_view text);

class Clock {
 public:
  virtual ~Clock() = default;
  virtual Instant now() const = 0;
};

class SystemClock final : public Clock {
 public:
  Instant now() const override;
};

// A clock that a test sets. Thread-safe only while nobody sets it.
class ManualClock final : public Clock {
 public:
  explicit ManualClock(Instant start) : now_(start) {}
  Instant now() const override { return now_; }
  void set(Instant t) { now_ = t; }
  void advance(std::chrono::seconds d) { now_ = now_ + d; }

 private:
  Instant now_;
};

}  // namespace luytre

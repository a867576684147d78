#include "modules/places/hours.h"

#include <optional>

namespace luytre::places {
namespace {

constexpr std::int64_t kWeek = 7;

std::optional<std::chrono::minutes> time_of_day(std::string_view text) {
  const auto digit = [&](std::size_t i) { return text[i] >= '0' && text[i] <= '9'; };
  if (text.size() != 5 || text[2] != ':' || !digit(0) || !digit(1) || !digit(3) || !digit(4)) return std::nullopt;
  const int hours = (text[0] - '0') * 10 + text[1] - '0', minutes = (text[3] - '0') * 10 + text[4] - '0';
  if (hours > 23 || minutes > 59) return std::nullopt;
  return std::chrono::minutes(hours * 60 + minutes);
}

// 1970-01-01 was a Thursday.
std::int64_t day_of_week(Date date) {
  return ((date.days + 3) % kWeek + kWeek) % kWeek + 1;
}

}  // namespace

std::vector<FieldError> check(const std::vector<Opening>& hours) {
  std::vector<FieldError> wrong;
  if (hours.size() > kOpeningsMost) wrong.push_back({"/hours", "too_long", {{"most", std::to_string(kOpeningsMost)}}});
  for (std::size_t i = 0; i < hours.size(); ++i) {
    const std::string pointer = "/hours/" + std::to_string(i);
    if (hours[i].day < 1 || hours[i].day > kWeek)
      wrong.push_back({pointer + "/day", "range", {{"least", "1"}, {"most", std::to_string(kWeek)}}});
    if (!time_of_day(hours[i].from)) wrong.push_back({pointer + "/from", "format", {{"expected", "07:00"}}});
    if (!time_of_day(hours[i].to)) wrong.push_back({pointer + "/to", "format", {{"expected", "17:30"}}});
  }
  return wrong;
}

bool open_at(const std::vector<Opening>& hours, Instant at, std::chrono::seconds slack) {
  if (hours.empty()) return true;
  const Date today = local_date(at);
  // What began yesterday may last, and tomorrow's may begin within the slack.
  for (const std::int64_t step : {-1, 0, 1}) {
    const Date date{today.days + step};
    for (const Opening& one : hours) {
      const auto from = time_of_day(one.from), to = time_of_day(one.to);
      if (one.day != day_of_week(date) || !from || !to) continue;
      const auto end = *to > *from ? *to : *to + std::chrono::hours(24);
      const Instant midnight = local_midnight(date);
      if (midnight + *from - slack <= at && at < midnight + end + slack) return true;
    }
  }
  return false;
}

}  // namespace luytre::places

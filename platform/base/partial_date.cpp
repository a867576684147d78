#include "platform/base/partial_date.h"

namespace luytre {

std::optional<Date> PartialDate::whole() const {
  if (day == 0) return std::nullopt;
  return make_date(year, month, day);
}

Date PartialDate::first() const {
  return make_date(year, month == 0 ? 1 : month, day == 0 ? 1 : day);
}

Date PartialDate::last() const {
  if (day != 0) return first();
  // The day before the next month, or year, begins.
  const bool december = month == 0 || month == 12;
  return Date{make_date(december ? year + 1 : year, december ? 1 : month + 1, 1).days - 1};
}

std::string to_text(const PartialDate& date) {
  constexpr std::size_t kYear = 4, kMonth = 7;  // characters of "2021-07-05"
  const std::string text = to_text(date.first());
  return text.substr(0, date.month == 0 ? kYear : date.day == 0 ? kMonth : std::string::npos);
}

}  // namespace luytre

#include "modules/broadcasts/spoken.h"

#include <array>
#include <charconv>
#include <chrono>

namespace luytre::broadcasts {
namespace {

constexpr const char* kDigits[] = {"không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"};
constexpr const char* kThousands[] = {"", " nghìn", " triệu", " tỷ"};
constexpr std::int64_t kNumberMost = 999'999'999'999;
constexpr std::size_t kCounted = 6;  // longer ones are numbers of phones and papers, and are spelled

// 1 to 99. After a ten "một" is "mốt", "bốn" "tư", "năm" "lăm".
std::string below_hundred(int number) {
  const int tens = number / 10, ones = number % 10;
  if (tens == 0) return kDigits[ones];
  std::string out = tens == 1 ? "mười" : std::string(kDigits[tens]) + " mươi";
  if (ones == 0) return out;
  if (ones == 5) return out + " lăm";
  if (ones == 1 && tens > 1) return out + " mốt";
  if (ones == 4 && tens > 1) return out + " tư";
  return out + ' ' + kDigits[ones];
}

// 1 to 999. `full`: after a larger group, so that the hundreds are named though there are none.
std::string below_thousand(int number, bool full) {
  const int hundreds = number / 100, rest = number % 100;
  if (hundreds == 0 && !full) return below_hundred(rest);
  std::string out = std::string(kDigits[hundreds]) + " trăm";
  if (rest == 0) return out;
  if (rest < 10) return out + " linh " + kDigits[rest];
  return out + ' ' + below_hundred(rest);
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

}  // namespace

std::string spoken(std::int64_t number) {
  if (number < 0 || number > kNumberMost) return std::to_string(number);
  if (number == 0) return kDigits[0];
  std::array<int, 4> groups{};
  for (int& group : groups) {
    group = static_cast<int>(number % 1000);
    number /= 1000;
  }
  std::string out;
  for (std::size_t i = groups.size(); i-- > 0;) {
    if (groups[i] == 0) continue;
    out += (out.empty() ? "" : " ") + below_thousand(groups[i], !out.empty()) + kThousands[i];
  }
  return out;
}

std::string spoken_day(Date day) {
  const std::chrono::year_month_day date{std::chrono::sys_days(std::chrono::days(day.days))};
  const auto d = static_cast<int>(static_cast<unsigned>(date.day()));
  const auto m = static_cast<int>(static_cast<unsigned>(date.month()));
  return std::string("ngày ") + (d <= 10 ? "mồng " : "") + spoken(d) + " tháng " + (m == 4 ? "tư" : spoken(m)) +
         " năm " + spoken(static_cast<int>(date.year()));
}

std::string spoken_moment(Instant at) {
  const Date day = local_date(at);
  const std::int64_t minutes = (at - local_midnight(day)).count() / 60;
  std::string out = spoken(minutes / 60) + " giờ";
  if (minutes % 60 != 0) out += ' ' + spoken(minutes % 60) + " phút";
  return out + ", " + spoken_day(day);
}

std::string spoken_end(Instant until) {
  const Date day = local_date(until);
  if (until == local_midnight(day)) return "hết " + spoken_day(Date{day.days - 1});
  return spoken_moment(until);
}

std::string spoken_digits(std::string_view written) {
  std::string out;
  bool pause = false;
  for (const char c : written) {
    if (!is_digit(c)) {
      pause = !out.empty();
      continue;
    }
    out += out.empty() ? "" : pause ? ", " : " ";
    out += kDigits[c - '0'];
    pause = false;
  }
  return out;
}

std::string spoken_text(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    if (!is_digit(text[at])) {
      out += text[at++];
      continue;
    }
    std::size_t end = at;
    while (end < text.size() && is_digit(text[end])) ++end;
    const std::string_view digits = text.substr(at, end - at);
    std::int64_t number = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), number);
    const bool counted = digits.size() <= kCounted && (digits.front() != '0' || digits.size() == 1);
    out += counted ? spoken(number) : spoken_digits(digits);
    at = end;
  }
  return out;
}

}  // namespace luytre::broadcasts

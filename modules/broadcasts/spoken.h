// Numbers, days and times as Vietnamese says them, for texts that somebody reads aloud: 2026 is "hai nghìn không trăm
// hai mươi sáu", 24/04 "ngày hai mươi tư tháng tư", 1900 9095 digit by digit. The words are those of schoolbooks in the
// North ("nghìn", "linh", "tư" after a ten); every reader of the South says them too. Pure functions.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "platform/base/time.h"

namespace luytre::broadcasts {

std::string spoken(std::int64_t number);  // 0 to 999,999,999,999; others as digits
std::string spoken_day(Date day);         // "ngày mồng năm tháng tư năm hai nghìn …"
std::string spoken_moment(Instant at);    // "bảy giờ ba mươi phút, ngày …", local time
std::string spoken_end(Instant until);    // an exclusive end: at midnight "hết ngày …" of the day before
std::string spoken_digits(std::string_view written);  // "1900 9095" → "một chín không không, chín không chín năm"
// Numbers within a text: those that begin with 0, or are long, digit by digit.
std::string spoken_text(std::string_view text);

}  // namespace luytre::broadcasts

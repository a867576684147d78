// Whatever is typed as a phone number: what is accepted is E.164, and accepted again as it stands.

#include "platform/base/phone.h"

#include <algorithm>

#include "platform/base/fuzzing.h"

using luytre::require;

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto phone = luytre::normalise_phone(text);
  if (!phone) return 0;
  const std::string_view digits = std::string_view(*phone).substr(1);
  require(phone->front() == '+' && digits.size() >= 8 && digits.size() <= 15);
  require(std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; }));
  require(luytre::normalise_phone(*phone) == *phone);
  // Mobile numbers have nine digits after the country's, landlines ten.
  if (luytre::is_vietnamese(*phone)) require(digits.size() == (luytre::can_receive_sms(*phone) ? 11U : 12U));
  require(luytre::mask_phone(*phone).find(digits) == std::string::npos);
  return 0;
}

// Whatever somebody types for a phone: what is one has one form, and the mask tells no more than its end.

#include "platform/base/fuzzing.h"
#include "platform/base/phone.h"

using luytre::require;

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const std::string_view typed(reinterpret_cast<const char*>(data), size);
  const auto phone = luytre::normalise_phone(typed);
  if (!phone) return 0;
  require(phone->size() >= 9 && phone->size() <= 16 && phone->front() == '+');
  require(luytre::normalise_phone(*phone) == phone);
  require(luytre::is_vietnamese(*phone) == phone->starts_with("+84"));
  require(luytre::mask_phone(*phone).find(phone->substr(0, phone->size() - 3)) == std::string::npos);
  return 0;
}

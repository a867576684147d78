// Whatever a camera takes for a national QR code: no number with a mask in it is ever whole.

#include "engines/linkage/national_qr.h"
#include "platform/base/fuzzing.h"

using namespace luytre::linkage;
using luytre::require;

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto claim = read_national_qr(text);
  if (!claim) return 0;
  for (const auto& paper : claim->papers) require(!paper.key || paper.text.find('*') == std::string::npos);
  if (claim->phone) require(!claim->phone->e164 || claim->phone->text.find('*') == std::string::npos);
  return 0;
}

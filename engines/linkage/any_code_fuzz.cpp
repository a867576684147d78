// Whatever a camera, a reader or a keyboard gives: a foreign code has a claim, nothing else has one.

#include "engines/linkage/any_code.h"
#include "platform/base/fuzzing.h"

using namespace luytre::linkage;
using luytre::require;

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto read = read_code(text, luytre::make_date(2026, 11, 22));
  require((read.kind == CodeKind::kForeign) == read.claim.has_value());
  return 0;
}

// Whatever a camera takes for a machine-readable zone: with a wrong check digit it finds nobody.

#include "engines/linkage/mrz.h"
#include "platform/base/fuzzing.h"

using namespace luytre::linkage;
using luytre::require;

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto claim = read_mrz(text, luytre::make_date(2026, 11, 22));
  if (!claim) return 0;
  require(claim->failed.empty() || claim_keys(*claim).empty());
  if (claim->birth && claim->birth->whole()) require(*claim->birth->whole() <= luytre::make_date(2026, 11, 22));
  return 0;
}

// Whatever a camera takes for an insurance card: what is accepted is found under the ten digits of its person.

#include "engines/linkage/insurance_card.h"
#include "platform/base/fuzzing.h"

using namespace luytre::linkage;
using luytre::require;

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto claim = read_insurance_card(text);
  if (!claim) return 0;
  constexpr std::size_t kKey = 20;  // "insurance:" and ten digits
  require(claim->papers.front().key.value().size() == kKey && !claim->name.empty());
  return 0;
}

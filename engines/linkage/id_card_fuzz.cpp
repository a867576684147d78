// Whatever a camera takes for an identity card: what is accepted has a whole number, which is found again.

#include "engines/linkage/id_card.h"
#include "platform/base/fuzzing.h"

using namespace luytre::linkage;
using luytre::require;

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto claim = read_id_card(text);
  if (!claim) return 0;
  const auto& paper = claim->papers.front();
  require(paper.key.has_value() && read_paper(*paper.kind, paper.text)->key == *paper.key);
  require(!claim->name.empty() && claim->birth.has_value());
  return 0;
}

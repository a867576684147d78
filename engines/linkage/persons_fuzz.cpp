// Whatever two registers call somebody, one name a line: compared both ways alike, and never above a name with itself.

#include "engines/linkage/persons.h"
#include "platform/base/fuzzing.h"

using namespace luytre::linkage;
using luytre::require;

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const std::size_t line = text.find('\n');
  if (line == std::string_view::npos) return 0;
  Record one, other;
  one.name = read_name(text.substr(0, line));
  other.name = read_name(text.substr(line + 1));
  const auto there = compare(one, other), back = compare(other, one);
  require(there.points == back.points && there.standing == back.standing);
  require(there.points <= compare(one, one).points && there.points <= compare(other, other).points);
  return 0;
}

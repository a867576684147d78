// The words by which a name or an address is looked up and compared: folded (platform/base/text.h), sorted, each once.

#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace luytre {

std::vector<std::string> words_of(std::string_view text);

}  // namespace luytre

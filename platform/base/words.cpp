#include "platform/base/words.h"

#include <algorithm>

#include "platform/base/text.h"

namespace luytre {

std::vector<std::string> words_of(std::string_view name) {
  const std::string folded = fold(name);
  std::vector<std::string> words;
  for (std::size_t at = 0; at < folded.size();) {
    const std::size_t end = std::min(folded.find(' ', at), folded.size());
    if (end > at) words.push_back(folded.substr(at, end - at));
    at = end + 1;
  }
  std::sort(words.begin(), words.end());
  words.erase(std::unique(words.begin(), words.end()), words.end());
  return words;
}

}  // namespace luytre

#include "platform/base/digit_slips.h"

namespace luytre {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

}  // namespace

std::vector<std::string> digit_slips(std::string_view text) {
  std::vector<std::string> out;
  std::string slip(text);
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!is_digit(text[i])) continue;
    for (char other = '0'; other <= '9'; ++other) {
      if (other == text[i]) continue;
      slip[i] = other;
      out.push_back(slip);
    }
    slip[i] = text[i];
    if (i + 1 == text.size() || !is_digit(text[i + 1]) || text[i + 1] == text[i]) continue;
    std::swap(slip[i], slip[i + 1]);
    out.push_back(slip);
    std::swap(slip[i], slip[i + 1]);
  }
  return out;
}

}  // namespace luytre

#include "modules/checkpoints/plate.h"

#include <algorithm>

#include "platform/base/text.h"

namespace luytre::checkpoints {
namespace {

constexpr std::size_t kLeast = 3, kMost = 12;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_letter(char c) {
  return c >= 'A' && c <= 'Z';
}

bool digits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), is_digit);
}

// How many characters stand before the number: "74A12345" 3, "74B112345" 4. 0: not Vietnamese, or of the army.
std::size_t series_of(std::string_view plate) {
  if (plate.size() < 7 || plate.size() > 9 || !digits(plate.substr(0, 2)) || !is_letter(plate[2])) return 0;
  // The longest number that fits: five digits since 2010, four before.
  for (const std::size_t count : {std::size_t{5}, std::size_t{4}}) {
    const std::size_t head = plate.size() - count;
    if (head < 3 || head > 4 || !digits(plate.substr(head))) continue;
    if (head == 3 || is_letter(plate[3]) || is_digit(plate[3])) return head;
  }
  return 0;
}

}  // namespace

std::optional<std::string> normalise_plate(std::string_view written) {
  const auto tidied = tidy(written);
  if (!tidied) return std::nullopt;
  std::string out;
  bool number = false;
  // Folded: "MĐ" of electric motorbikes is typed MD on most keyboards; punctuation becomes blanks.
  for (const char c : fold(*tidied)) {
    if (c == ' ') continue;
    number |= is_digit(c);
    out += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  }
  const std::size_t length = code_points(out);
  if (!number || length < kLeast || length > kMost) return std::nullopt;
  return out;
}

std::string plate_text(std::string_view plate) {
  const std::size_t head = series_of(plate);
  if (head == 0) return std::string(plate);
  std::string out(plate.substr(0, head));
  out += '-';
  const std::string_view number = plate.substr(head);
  if (number.size() == 4) return out + std::string(number);
  return out + std::string(number.substr(0, 3)) + '.' + std::string(number.substr(3));
}

}  // namespace luytre::checkpoints

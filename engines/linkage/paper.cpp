#include "engines/linkage/paper.h"

#include <algorithm>
#include <set>

#include "platform/base/digit_slips.h"

namespace luytre::linkage {
namespace {

constexpr PaperKind kKinds[] = {PaperKind::kCccd, PaperKind::kCmnd, PaperKind::kPassport, PaperKind::kInsurance};

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_letter(char c) {
  return c >= 'A' && c <= 'Z';
}
bool all_digits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), is_digit);
}

// Upper case, without blanks, dots and dashes; empty when something else is in it.
std::string compact(std::string_view written) {
  std::string out;
  for (const char c : written) {
    if (c == ' ' || c == '.' || c == '-' || c == '\t') continue;
    const char upper = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    if (!is_digit(upper) && !is_letter(upper)) return {};
    out += upper;
  }
  return out;
}

bool is_passport(std::string_view text) {
  return text.size() >= 6 && text.size() <= 12 && std::count_if(text.begin(), text.end(), is_digit) >= 4;
}

bool is_insurance_card(std::string_view text) {
  return text.size() == 15 && is_letter(text[0]) && is_letter(text[1]) && text[2] >= '1' && text[2] <= '5' &&
         all_digits(text.substr(3));
}

}  // namespace

std::optional<PaperNumber> read_paper(PaperKind kind, std::string_view written) {
  const std::string text = compact(written);
  switch (kind) {
    case PaperKind::kCccd:
      if (text.size() != 12 || !all_digits(text) || text[0] != '0') return std::nullopt;
      return PaperNumber{text, "cccd:" + text};
    case PaperKind::kCmnd:
      if (text.size() != 9 || !all_digits(text)) return std::nullopt;
      return PaperNumber{text, "cmnd:" + text};
    case PaperKind::kPassport:
      if (!is_passport(text)) return std::nullopt;
      return PaperNumber{text, "passport:" + text};
    case PaperKind::kInsurance:
      if (text.size() == 10 && all_digits(text)) return PaperNumber{text, "insurance:" + text};
      if (is_insurance_card(text)) return PaperNumber{text, "insurance:" + text.substr(5)};
      return std::nullopt;
  }
  return std::nullopt;
}

std::vector<std::string> paper_keys(std::string_view written) {
  std::vector<std::string> keys;
  for (const auto kind : kKinds) {
    if (auto number = read_paper(kind, written)) keys.push_back(std::move(number->key));
  }
  return keys;
}

std::vector<std::string> near_paper_keys(std::string_view written) {
  const std::string text = compact(written);
  const bool bare = all_digits(text);
  std::set<std::string> keys;
  for (const std::string& slip : digit_slips(text)) {
    for (const auto kind : kKinds) {
      if (bare && kind == PaperKind::kPassport) continue;
      if (auto number = read_paper(kind, slip)) keys.insert(std::move(number->key));
    }
  }
  for (const std::string& own : paper_keys(text)) keys.erase(own);
  return {keys.begin(), keys.end()};
}

std::string masked_paper(std::string_view text) {
  constexpr std::size_t kShown = 3;
  if (text.size() <= kShown) return std::string(text.size(), '*');
  return std::string(text.size() - kShown, '*') + std::string(text.substr(text.size() - kShown));
}

}  // namespace luytre::linkage

#include "platform/base/phone.h"

#include <algorithm>

#include "platform/base/digit_slips.h"

namespace luytre {
namespace {

constexpr std::string_view kCountry = "84";
constexpr std::size_t kMobileDigits = 9;     // after the trunk zero
constexpr std::size_t kLandlineDigits = 10;  // area code and number
constexpr std::size_t kLeastForeign = 8;
constexpr std::size_t kMostDigits = 15;  // ITU-T E.164, section 6
constexpr std::size_t kMostText = 40;    // digits with any sensible punctuation

bool is_mobile(std::string_view national) {
  return national.size() == kMobileDigits && std::string_view("35789").find(national[0]) != std::string_view::npos;
}

bool is_landline(std::string_view national) {
  return national.size() == kLandlineDigits && national[0] == '2';
}

std::optional<std::string> vietnamese(std::string_view national) {
  if (national.starts_with('0')) national.remove_prefix(1);  // "+84 0912…" is a common slip
  if (national.empty() || !(is_mobile(national) || is_landline(national))) return std::nullopt;
  return "+84" + std::string(national);
}

std::optional<std::string> international(std::string_view digits) {
  if (digits.starts_with(kCountry)) return vietnamese(digits.substr(kCountry.size()));
  if (digits.size() < kLeastForeign || digits.size() > kMostDigits || digits[0] == '0') return std::nullopt;
  return "+" + std::string(digits);
}

}  // namespace

std::optional<std::string> normalise_phone(std::string_view text) {
  if (text.size() > kMostText) return std::nullopt;
  std::string digits;
  bool plus = false;
  for (const char c : text) {
    if (c >= '0' && c <= '9') {
      digits += c;
    } else if (c == '+' && digits.empty() && !plus) {
      plus = true;
    } else if (std::string_view(" .-()/").find(c) == std::string_view::npos) {
      return std::nullopt;
    }
  }
  if (digits.empty()) return std::nullopt;
  const std::string_view d = digits;
  if (plus) return international(d);
  if (d.starts_with("00")) return international(d.substr(2));
  if (d.starts_with('0')) return vietnamese(d);
  if (is_mobile(d)) return vietnamese(d);  // the leading zero was lost
  if (d.starts_with(kCountry)) return vietnamese(d.substr(kCountry.size()));
  return std::nullopt;
}

std::vector<std::string> near_phones(std::string_view e164) {
  const std::size_t kept = std::min(e164.size(), 1 + kCountry.size());
  std::vector<std::string> out;
  for (const std::string& rest : digit_slips(e164.substr(kept))) {
    std::string number = std::string(e164.substr(0, kept)) + rest;
    if (normalise_phone(number) == number) out.push_back(std::move(number));
  }
  return out;
}

bool is_vietnamese(std::string_view e164) {
  return e164.starts_with("+84");
}

bool can_receive_sms(std::string_view e164) {
  return !is_vietnamese(e164) || is_mobile(e164.substr(3));
}

std::string mask_phone(std::string_view e164) {
  const std::size_t shown = std::min<std::size_t>(3, e164.size());
  return "•••• " + std::string(e164.substr(e164.size() - shown));
}

}  // namespace luytre

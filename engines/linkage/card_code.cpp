#include "engines/linkage/card_code.h"

#include <stdexcept>

#include "engines/linkage/base32.h"
#include "engines/linkage/bytes.h"
#include "engines/linkage/short_code.h"

namespace luytre::linkage {
namespace {

constexpr unsigned kFormat = 3;
constexpr std::string_view kPrefix = "LTC";
constexpr char kSigned = '.';
constexpr std::size_t kSerialAt = 1, kDayAt = 6, kMessageBytes = 8;
constexpr std::size_t kBytes = kMessageBytes + kSignatureBytes;
constexpr std::int64_t kLastDay = 0xFFFF;

std::variant<ScannedCard, CodeFault> read_typed(std::string_view text) {
  const auto code = parse_short_code(text);
  const auto* symbols = std::get_if<std::string>(&code);
  if (!symbols) return CodeFault::kForeign;
  std::uint64_t serial = 0;
  for (std::size_t i = 0; i + 1 < symbols->size(); ++i)
    serial = serial << 5 | static_cast<std::uint64_t>(base32_value((*symbols)[i]));
  return ScannedCard{serial, true};
}

}  // namespace

bool looks_like_card(std::string_view scanned) {
  const std::string_view text = trimmed(scanned);
  if (text.size() <= kPrefix.size()) return false;
  for (std::size_t i = 0; i < kPrefix.size(); ++i) {
    const char upper = text[i] >= 'a' && text[i] <= 'z' ? static_cast<char>(text[i] - 'a' + 'A') : text[i];
    if (upper != kPrefix[i]) return false;
  }
  const char next = text[kPrefix.size()];
  return next == kSigned || next == '-' || next == ' ';
}

std::string card_code(const CodeKeys& keys, CardToken token) {
  if (token.serial >= kShortCodes || token.last_day.days < 0 || token.last_day.days > kLastDay)
    throw std::invalid_argument("no such card");
  std::string bytes(1, static_cast<char>(kFormat << 4 | keys.signing()));
  append_be(bytes, token.serial, kDayAt - kSerialAt);
  append_be(bytes, static_cast<std::uint64_t>(token.last_day.days), kMessageBytes - kDayAt);
  bytes += keys.sign(keys.signing(), bytes);
  return std::string(kPrefix) + kSigned + base32(bytes);
}

std::string shown_card_serial(std::uint64_t serial) {
  return std::string(kPrefix) + '-' + shown_short_code(short_code(serial));
}

std::variant<ScannedCard, CodeFault> read_card(const CodeKeys& keys, std::string_view scanned, Instant at) {
  const std::string_view text = trimmed(scanned);
  if (!looks_like_card(text)) return CodeFault::kForeign;
  if (text[kPrefix.size()] != kSigned) return read_typed(text.substr(kPrefix.size()));
  const auto bytes = parse_base32(text.substr(kPrefix.size() + 1));
  if (!bytes || bytes->size() != kBytes) return CodeFault::kForged;
  const auto head = static_cast<unsigned char>((*bytes)[0]);
  if (head >> 4 != kFormat) return CodeFault::kForged;

  const std::string_view all(*bytes);
  const auto verdict = keys.check(head & 15, all.substr(0, kMessageBytes), all.substr(kMessageBytes));
  if (verdict == CodeKeys::Check::kForged) return CodeFault::kForged;
  const std::uint64_t serial = read_be(all.substr(kSerialAt, kDayAt - kSerialAt));
  const Date last_day{static_cast<std::int64_t>(read_be(all.substr(kDayAt, kMessageBytes - kDayAt)))};
  if (serial >= kShortCodes) return CodeFault::kForged;
  if (verdict == CodeKeys::Check::kRetired || local_date(at) > last_day) return CodeFault::kExpired;
  return ScannedCard{serial, false};
}

}  // namespace luytre::linkage

#include "engines/linkage/order_code.h"

#include <stdexcept>

#include "engines/linkage/base32.h"
#include "engines/linkage/bytes.h"
#include "engines/linkage/short_code.h"

namespace luytre::linkage {
namespace {

constexpr unsigned kFormat = 4;
constexpr std::string_view kPrefix = "LTQ";
constexpr std::string_view kPage = "/verify#";
constexpr char kSigned = '.';
constexpr std::size_t kSerialAt = 1, kRevisionAt = 6, kMessageBytes = 7;
constexpr std::size_t kBytes = kMessageBytes + kSignatureBytes;

}  // namespace

std::string order_code(const CodeKeys& keys, OrderToken token) {
  if (token.serial >= kShortCodes) throw std::invalid_argument("no such order");
  std::string bytes(1, static_cast<char>(kFormat << 4 | keys.signing()));
  append_be(bytes, token.serial, kRevisionAt - kSerialAt);
  append_be(bytes, token.revision, kMessageBytes - kRevisionAt);
  bytes += keys.sign(keys.signing(), bytes);
  return std::string(kPrefix) + kSigned + base32(bytes);
}

std::string order_url(const CodeKeys& keys, std::string_view public_url, OrderToken token) {
  return std::string(public_url).append(kPage) + order_code(keys, token);
}

std::string shown_order_serial(std::uint64_t serial) {
  return std::string(kPrefix) + '-' + shown_short_code(short_code(serial));
}

std::optional<std::uint64_t> parse_order_serial(std::string_view typed) {
  const std::string_view text = trimmed(typed);
  if (text.size() <= kPrefix.size()) return std::nullopt;
  for (std::size_t i = 0; i < kPrefix.size(); ++i) {
    const char upper = text[i] >= 'a' && text[i] <= 'z' ? static_cast<char>(text[i] - 'a' + 'A') : text[i];
    if (upper != kPrefix[i]) return std::nullopt;
  }
  const auto code = parse_short_code(text.substr(kPrefix.size()));
  const auto* symbols = std::get_if<std::string>(&code);
  if (!symbols) return std::nullopt;
  std::uint64_t serial = 0;
  for (std::size_t i = 0; i + 1 < symbols->size(); ++i)
    serial = serial << 5 | static_cast<std::uint64_t>(base32_value((*symbols)[i]));
  return serial;
}

std::variant<OrderToken, CodeFault> read_order(const CodeKeys& keys, std::string_view scanned) {
  std::string_view text = trimmed(scanned);
  if (const auto page = text.find(kPage); page != std::string_view::npos) text.remove_prefix(page + kPage.size());
  if (!text.starts_with(kPrefix) || text.size() <= kPrefix.size() || text[kPrefix.size()] != kSigned)
    return CodeFault::kForeign;
  const auto bytes = parse_base32(text.substr(kPrefix.size() + 1));
  if (!bytes || bytes->size() != kBytes) return CodeFault::kForged;
  const auto head = static_cast<unsigned char>((*bytes)[0]);
  if (head >> 4 != kFormat) return CodeFault::kForged;

  const std::string_view all(*bytes);
  const auto verdict = keys.check(head & 15, all.substr(0, kMessageBytes), all.substr(kMessageBytes));
  if (verdict == CodeKeys::Check::kForged) return CodeFault::kForged;
  OrderToken token;
  token.serial = read_be(all.substr(kSerialAt, kRevisionAt - kSerialAt));
  token.revision = static_cast<std::uint8_t>(read_be(all.substr(kRevisionAt, kMessageBytes - kRevisionAt)));
  if (token.serial >= kShortCodes) return CodeFault::kForged;
  if (verdict == CodeKeys::Check::kRetired) return CodeFault::kExpired;
  return token;
}

}  // namespace luytre::linkage

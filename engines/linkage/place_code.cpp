#include "engines/linkage/place_code.h"

#include <algorithm>

#include "engines/linkage/base32.h"
#include "engines/linkage/bytes.h"

namespace luytre::linkage {
namespace {

constexpr unsigned kFormat = 1;
constexpr std::size_t kMessageBytes = 10;
constexpr std::size_t kTokenSymbols = 119;  // of 74 bytes
constexpr std::string_view kPath = "/p/";

std::string message_of(unsigned key, PlaceToken token) {
  std::string message;
  message.reserve(kMessageBytes + kSignatureBytes);
  message += static_cast<char>(kFormat << 4 | key);
  message += static_cast<char>(token.issue);
  append_be(message, static_cast<std::uint64_t>(token.subject), 8);
  return message;
}

// The token within what a camera read: the token itself, or the last path segment of a URL of ours.
std::string_view token_part(std::string_view scanned) {
  const std::string_view text = trimmed(scanned);
  const auto path = text.rfind(kPath) != std::string_view::npos ? text.rfind(kPath) : text.rfind("/P/");
  std::string_view token = path == std::string_view::npos ? text : text.substr(path + kPath.size());
  return token.substr(0, token.find_first_of("?#/"));
}

// Made like ours, perhaps damaged: worth the answer "forged" rather than "of another system". 0x1k begins with the
// symbol 2.
bool looks_ours(std::string_view token) {
  constexpr std::size_t kLeast = 64;
  return token.size() >= kLeast && token[0] == '2' && std::all_of(token.begin(), token.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
         });
}

}  // namespace

std::string PlaceCodes::token(PlaceToken token) const {
  const unsigned key = keys_.signing();
  std::string bytes = message_of(key, token);
  bytes += keys_.sign(key, bytes);
  return base32(bytes);
}

std::string PlaceCodes::url(std::string_view public_url, PlaceToken token) const {
  std::string out(public_url);
  while (!out.empty() && out.back() == '/') out.pop_back();
  out += kPath;
  return out + this->token(token);
}

std::variant<UnprovenPlaceToken, CodeFault> PlaceCodes::split(std::string_view scanned) {
  const std::string_view text = token_part(scanned);
  if (!looks_ours(text)) return CodeFault::kForeign;
  const auto bytes = text.size() == kTokenSymbols ? parse_base32(text) : std::nullopt;
  if (!bytes) return CodeFault::kForged;
  const auto head = static_cast<unsigned char>((*bytes)[0]);
  if (head >> 4 != kFormat) return CodeFault::kForeign;
  UnprovenPlaceToken out;
  out.key = head & 15;
  out.token.issue = static_cast<std::uint8_t>((*bytes)[1]);
  out.token.subject = static_cast<std::int64_t>(read_be(std::string_view(*bytes).substr(2, 8)));
  out.message = bytes->substr(0, kMessageBytes);
  out.signature = bytes->substr(kMessageBytes);
  return out;
}

std::variant<PlaceToken, CodeFault> PlaceCodes::prove(const UnprovenPlaceToken& unproven) const {
  switch (keys_.check(unproven.key, unproven.message, unproven.signature)) {
    case CodeKeys::Check::kGood:
      return unproven.token;
    case CodeKeys::Check::kRetired:
      return CodeFault::kExpired;
    case CodeKeys::Check::kForged:
      break;
  }
  return CodeFault::kForged;
}

std::variant<PlaceToken, CodeFault> PlaceCodes::read(std::string_view scanned) const {
  const auto unproven = split(scanned);
  if (const auto* fault = std::get_if<CodeFault>(&unproven)) return *fault;
  return prove(std::get<UnprovenPlaceToken>(unproven));
}

}  // namespace luytre::linkage

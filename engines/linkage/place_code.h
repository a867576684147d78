// The code on a place's poster: an opaque, signed number, never personal data.
//
//   text     <public url>/p/<token>       so that any phone's camera opens our page
//   token    Crockford base32 (upper case) of
//              1 byte    0x1k: format 1, key id k
//              1 byte    issue: goes up when the keeper asks for a new poster; the old ones end
//              8 bytes   id of the place or zone, big endian
//              64 bytes  Ed25519 signature of the ten bytes before
//
// 119 characters; with a usual URL a QR code of version 9 at error correction Q. Reading forgives case, white space
// around, a query or fragment behind the token, and another host in front: the signature decides, not the address.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "engines/linkage/keys.h"

namespace luytre::linkage {

struct PlaceToken {
  std::int64_t subject = 0;  // place or zone
  std::uint8_t issue = 0;
  friend bool operator==(const PlaceToken&, const PlaceToken&) = default;
};

enum class CodeFault {
  kForeign,  // not a code of ours at all
  kForged,   // made like ours, not signed by us
  kExpired,  // signed by a retired key, or past its time
};

// What lies in a token before anybody looked at the signature.
struct UnprovenPlaceToken {
  PlaceToken token;
  unsigned key = 0;
  std::string message;    // 10 bytes
  std::string signature;  // 64 bytes
};

class PlaceCodes {
 public:
  explicit PlaceCodes(const std::vector<CodeKey>& keys) : keys_(keys) {}

  std::string token(PlaceToken token) const;
  std::string url(std::string_view public_url, PlaceToken token) const;

  // Splitting and proving are apart so that a server, which knows the one signature that its key gives, can compare
  // instead of verify.
  static std::variant<UnprovenPlaceToken, CodeFault> split(std::string_view scanned);
  std::variant<PlaceToken, CodeFault> prove(const UnprovenPlaceToken& unproven) const;
  std::variant<PlaceToken, CodeFault> read(std::string_view scanned) const;

  const CodeKeys& keys() const { return keys_; }

 private:
  CodeKeys keys_;
};

}  // namespace luytre::linkage

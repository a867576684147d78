// The code on a printed card, for people without a phone: an opaque, signed serial number, never personal data.
//
//   text     LTC. and Crockford base32 of
//              1 byte    0x3k: format 3, key id k
//              5 bytes   the card's serial number, below 2^35, drawn at random; big endian
//              2 bytes   the last local day on which it is good, since 1970-01-01; big endian
//              64 bytes  Ed25519 signature of the eight bytes before
//
// 120 characters: a QR code of version 7 at error correction Q. Below it the serial number stands in the symbols of
// short_code.h, as "LTC-7GK2-M0QX", to be typed when a camera fails; a typed number has no signature.
//
// A signature says that we made the card and until when it is good, and a guard's device can check that without a
// network. It does not say who holds the card, nor whether it was reported lost: the first nobody can, the second only
// the server.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "engines/linkage/keys.h"
#include "engines/linkage/place_code.h"
#include "platform/base/time.h"

namespace luytre::linkage {

struct CardToken {
  std::uint64_t serial = 0;  // < kShortCodes
  Date last_day;             // 1970-01-01 … 2149-06-06
  friend bool operator==(const CardToken&, const CardToken&) = default;
};

std::string card_code(const CodeKeys& keys, CardToken token);
std::string shown_card_serial(std::uint64_t serial);  // "LTC-7GK2-M0QX"

// A card's code or a typed serial number, by the beginning alone.
bool looks_like_card(std::string_view text);

struct ScannedCard {
  std::uint64_t serial = 0;
  bool typed = false;  // no signature: whoever reads the number aloud may say another
};

// `at` is when the card was shown. kForeign: no card of ours, nor a serial number typed rightly.
std::variant<ScannedCard, CodeFault> read_card(const CodeKeys& keys, std::string_view text, Instant at);

}  // namespace luytre::linkage

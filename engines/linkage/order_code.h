// The code on a printed quarantine or isolation order: which order, and which of its signed papers; never personal
// data.
//
//   text     <public url>/verify#<token>  so that any phone's camera opens the page that asks the server; what stands
//                                         behind # is sent to nobody by opening it
//   token    LTQ. and Crockford base32 of
//              1 byte    0x4k: format 4, key id k
//              5 bytes   the order's serial number, below 2^35, drawn at random; big endian
//              1 byte    revision: goes up with every signature
//              64 bytes  Ed25519 signature of the seven bytes before
//
// A signature says that we made the paper. Whether it still stands only the server knows.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "engines/linkage/keys.h"
#include "engines/linkage/place_code.h"

namespace luytre::linkage {

struct OrderToken {
  std::uint64_t serial = 0;  // < kShortCodes
  std::uint8_t revision = 0;
  friend bool operator==(const OrderToken&, const OrderToken&) = default;
};

std::string order_code(const CodeKeys& keys, OrderToken token);
std::string order_url(const CodeKeys& keys, std::string_view public_url, OrderToken token);
std::string shown_order_serial(std::uint64_t serial);  // "LTQ-7GK2-M0QX"

// Of a number typed as it is shown; it has no signature. Nothing: it is none, or mistyped.
std::optional<std::uint64_t> parse_order_serial(std::string_view typed);

// The token alone or within its address. kForeign: no code of an order of ours.
std::variant<OrderToken, CodeFault> read_order(const CodeKeys& keys, std::string_view scanned);

}  // namespace luytre::linkage

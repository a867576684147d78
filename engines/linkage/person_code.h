// The code that a person shows: it says "we know this person", to us alone, for ten minutes.
//
//   text     LTP. and Crockford base32 of
//              1 byte    0x2k: format 2, key id k
//              4 bytes   slot: the ten minutes since 1970 in which it is good, big endian
//              16 bytes  the person's number, sealed for this slot (below)
//              64 bytes  Ed25519 signature of the bytes before
//
// The number is sealed with a synthetic-IV construction: iv = first 8 bytes of BLAKE2b(k, "iv" slot number), mask =
// first 8 bytes of BLAKE2b(k, "mask" slot iv), sealed = iv ‖ number XOR mask. Two codes of one person in different
// slots share no byte that a bystander with photographs of both could compare; the signature lets a guard without
// network tell a real code from a home-made one.
//
// 140 characters: a QR code of version 6 at error correction M, 41 modules, 1.1 mm each on the smallest phone. How far
// that is read: README.md. Without another kind of signature, three quarters of it, it cannot be made much smaller.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "engines/linkage/keys.h"
#include "engines/linkage/place_code.h"
#include "platform/base/time.h"

namespace luytre::linkage {

inline constexpr std::chrono::minutes kPersonCodeLasts{10};
inline constexpr std::chrono::minutes kPersonCodeGrace{2};  // before and after: clocks of cheap phones

class PersonCodes {
 public:
  PersonCodes(const std::vector<CodeKey>& keys, Seed sealing) : keys_(keys), sealing_(sealing) {}

  struct Code {
    std::string text;
    Instant expires;
  };
  Code make(std::int64_t person, Instant now) const;
  // `at` is when the code was shown, not when it reached us.
  std::variant<std::int64_t, CodeFault> read(std::string_view scanned, Instant at) const;
  static bool looks_ours(std::string_view scanned);  // by its beginning alone

  const CodeKeys& keys() const { return keys_; }

 private:
  std::string keyed(std::string_view what, std::string_view message) const;  // 8 bytes
  std::string sealed(std::string_view slot, std::string_view number) const;

  CodeKeys keys_;
  Seed sealing_;
};

}  // namespace luytre::linkage

// The keys that sign codes: Ed25519 (RFC 8032), each with a small number that codes carry, so that a new key can take
// over while posters signed with the old one still hang on walls. A retired key still tells "expired" from "forged".
// Plain values; thread-safe.

#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace luytre::linkage {

inline constexpr std::size_t kSeedBytes = 32;
inline constexpr std::size_t kSignatureBytes = 64;
inline constexpr unsigned kMostKeyId = 15;  // four bits in a code

using Seed = std::array<unsigned char, kSeedBytes>;

struct CodeKey {
  unsigned id = 0;  // 0 … 15
  Seed seed{};
  bool retired = false;  // codes under it are no longer accepted
};

// What an offline verifier needs: no secret in it.
struct PublicCodeKey {
  unsigned id = 0;
  std::string key;  // 32 bytes
  bool retired = false;
};

class CodeKeys {
 public:
  // The last key that is not retired signs. Throws invalid_argument: no such key, an id twice or out of range.
  explicit CodeKeys(const std::vector<CodeKey>& keys);
  ~CodeKeys();
  CodeKeys(CodeKeys&&) = default;

  unsigned signing() const { return signing_; }
  std::string sign(unsigned id, std::string_view message) const;  // 64 bytes; deterministic
  enum class Check { kGood, kRetired, kForged };
  Check check(unsigned id, std::string_view message, std::string_view signature) const;
  std::vector<PublicCodeKey> public_keys() const;

 private:
  struct Pair {
    bool retired = false;
    std::string secret;  // libsodium's 64-byte form, wiped in the destructor
    std::string open;
  };
  std::array<std::optional<Pair>, kMostKeyId + 1> pairs_;
  unsigned signing_ = 0;
};

}  // namespace luytre::linkage

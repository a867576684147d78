// Vault: field-level encryption and blind indexes, with keys that never lie in the database.
//
// A field is sealed with XChaCha20-Poly1305 (libsodium) under a key derived for its purpose ("people.phone"); the
// purpose and the caller's context (usually the row's id) are authenticated, so that a sealed value moved to another
// row does not open. A blind index is a keyed BLAKE2b of the normalised value: equal values can be found, others not
// guessed without the key. Thread-safe, immutable.

#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace luytre {

class Random;

class Vault {
 public:
  static constexpr std::size_t kKeyBytes = 32;

  // Reads the master key from `file`; makes it (mode 0600) when it is absent. Throws if it is unreadable or of the
  // wrong size.
  static Vault open(const std::filesystem::path& file, Random& random);
  explicit Vault(std::array<unsigned char, kKeyBytes> master);

  std::string seal(std::string_view purpose, std::string_view context, std::string_view plain) const;  // bytes
  // Empty: forged, damaged, of another purpose or row, or sealed under another key.
  std::optional<std::string> unseal(std::string_view purpose, std::string_view context, std::string_view sealed) const;
  // Of what we sealed ourselves: throws runtime_error naming the purpose where unseal is empty.
  std::string unsealed(std::string_view purpose, std::string_view context, std::string_view sealed) const;
  std::string blind(std::string_view purpose, std::string_view value) const;  // 16 bytes
  std::array<unsigned char, kKeyBytes> derive(std::string_view purpose) const;

 private:
  std::array<unsigned char, kKeyBytes> master_;
};

}  // namespace luytre

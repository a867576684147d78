#include "engines/proximity/keys.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <algorithm>
#include <memory>
#include <stdexcept>
#include <string_view>

namespace luytre::proximity {
namespace {

constexpr std::string_view kIdentifierKeyInfo = "EN-RPIK", kMetadataKeyInfo = "EN-AEMK", kPaddedPrefix = "EN-RPI";
constexpr std::size_t kHashBytes = 32, kIntervalAt = 12;

using Hash = std::array<std::uint8_t, kHashBytes>;

Hash hmac(std::span<const std::uint8_t> key, std::span<const std::uint8_t> message) {
  Hash out;
  unsigned size = 0;
  if (!HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), message.data(), message.size(), out.data(), &size))
    throw std::runtime_error("no HMAC-SHA256 in this OpenSSL");
  return out;
}

// RFC 5869 with one block of output and a salt that is not given: 32 zeros.
Bytes16 hkdf(const Bytes16& secret, std::string_view info) {
  const Hash extracted = hmac(Hash{}, secret);
  std::vector<std::uint8_t> message(info.begin(), info.end());
  message.push_back(1);
  const Hash expanded = hmac(extracted, message);
  Bytes16 out;
  std::copy_n(expanded.begin(), out.size(), out.begin());
  return out;
}

using Context = std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)>;

void encrypt(const EVP_CIPHER* cipher, const Bytes16& key, const std::uint8_t* iv, std::span<const std::uint8_t> in,
             std::uint8_t* out) {
  const Context context(EVP_CIPHER_CTX_new(), &EVP_CIPHER_CTX_free);
  int written = 0;
  if (!context || EVP_EncryptInit_ex(context.get(), cipher, nullptr, key.data(), iv) != 1 ||
      EVP_CIPHER_CTX_set_padding(context.get(), 0) != 1 ||
      EVP_EncryptUpdate(context.get(), out, &written, in.data(), static_cast<int>(in.size())) != 1 ||
      written != static_cast<int>(in.size()))
    throw std::runtime_error("no AES-128 in this OpenSSL");
}

Bytes16 padded(IntervalNumber interval) {
  Bytes16 block{};
  std::copy(kPaddedPrefix.begin(), kPaddedPrefix.end(), block.begin());
  for (std::size_t i = 0; i < 4; ++i) block[kIntervalAt + i] = static_cast<std::uint8_t>(interval >> 8 * i);
  return block;
}

}  // namespace

IntervalNumber interval_at(Instant t) {
  if (t.seconds < 0 || t.seconds / kIntervalSeconds > kLastInterval) throw std::out_of_range("no such interval");
  return static_cast<IntervalNumber>(t.seconds / kIntervalSeconds);
}

TemporaryKey draw_key(Random& random, Instant now) {
  TemporaryKey key;
  const std::string bytes = random.bytes(key.key.size());
  std::copy(bytes.begin(), bytes.end(), key.key.begin());
  key.start = interval_at(now) / kRollingPeriod * kRollingPeriod;
  return key;
}

Bytes16 identifier_key(const Bytes16& temporary_key) {
  return hkdf(temporary_key, kIdentifierKeyInfo);
}

Bytes16 metadata_key(const Bytes16& temporary_key) {
  return hkdf(temporary_key, kMetadataKeyInfo);
}

Identifier rolling_identifier(const Bytes16& identifier_key, IntervalNumber interval) {
  Identifier out;
  encrypt(EVP_aes_128_ecb(), identifier_key, nullptr, padded(interval), out.data());
  return out;
}

std::vector<Identifier> rolling_identifiers(const TemporaryKey& key) {
  if (!possible(key)) return {};
  std::vector<Identifier> blocks;
  for (std::uint32_t i = 0; i < key.period; ++i) blocks.push_back(padded(key.start + i));
  std::vector<Identifier> out(blocks.size());
  encrypt(EVP_aes_128_ecb(), identifier_key(key.key), nullptr,
          {blocks.front().data(), blocks.size() * sizeof(Identifier)}, out.front().data());
  return out;
}

SealedMetadata crypt_metadata(const Bytes16& metadata_key, const Identifier& identifier,
                              const SealedMetadata& metadata) {
  SealedMetadata out;
  encrypt(EVP_aes_128_ctr(), metadata_key, identifier.data(), metadata, out.data());
  return out;
}

}  // namespace luytre::proximity

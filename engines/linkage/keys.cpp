#include "engines/linkage/keys.h"

#include <sodium.h>

#include <stdexcept>

namespace luytre::linkage {
namespace {

static_assert(kSeedBytes == crypto_sign_ed25519_SEEDBYTES && kSignatureBytes == crypto_sign_ed25519_BYTES);

unsigned char* raw(std::string& s) {
  return reinterpret_cast<unsigned char*>(s.data());
}
const unsigned char* raw(std::string_view s) {
  return reinterpret_cast<const unsigned char*>(s.data());
}

}  // namespace

CodeKeys::CodeKeys(const std::vector<CodeKey>& keys) {
  if (sodium_init() < 0) throw std::runtime_error("libsodium does not start");
  bool signs = false;
  for (const auto& key : keys) {
    if (key.id > kMostKeyId || pairs_[key.id]) throw std::invalid_argument("code key id out of range or used twice");
    Pair pair{key.retired, std::string(crypto_sign_ed25519_SECRETKEYBYTES, '\0'),
              std::string(crypto_sign_ed25519_PUBLICKEYBYTES, '\0')};
    crypto_sign_ed25519_seed_keypair(raw(pair.open), raw(pair.secret), key.seed.data());
    pairs_[key.id] = std::move(pair);
    if (!key.retired) {
      signing_ = key.id;
      signs = true;
    }
  }
  if (!signs) throw std::invalid_argument("no code key that may sign");
}

CodeKeys::~CodeKeys() {
  for (auto& pair : pairs_)
    if (pair) sodium_memzero(pair->secret.data(), pair->secret.size());
}

std::string CodeKeys::sign(unsigned id, std::string_view message) const {
  std::string signature(kSignatureBytes, '\0');
  crypto_sign_ed25519_detached(raw(signature), nullptr, raw(message), message.size(),
                               raw(pairs_.at(id).value().secret));
  return signature;
}

CodeKeys::Check CodeKeys::check(unsigned id, std::string_view message, std::string_view signature) const {
  if (id > kMostKeyId || !pairs_[id] || signature.size() != kSignatureBytes) return Check::kForged;
  const Pair& pair = *pairs_[id];
  if (crypto_sign_ed25519_verify_detached(raw(signature), raw(message), message.size(), raw(pair.open)) != 0) {
    return Check::kForged;
  }
  return pair.retired ? Check::kRetired : Check::kGood;
}

std::vector<PublicCodeKey> CodeKeys::public_keys() const {
  std::vector<PublicCodeKey> out;
  for (unsigned id = 0; id <= kMostKeyId; ++id)
    if (pairs_[id]) out.push_back({id, pairs_[id]->open, pairs_[id]->retired});
  return out;
}

}  // namespace luytre::linkage

// Signing exports and verifying them: ECDSA over P-256 with SHA-256 of the whole export.bin, as X9.62 DER (OpenSSL).
//
// A phone trusts sets of keys: a file is good when for one set every key of it has signed. Signatures by keys that are
// not known are passed over, so that a new key can be brought in beside the old one. How many signatures there are must
// be announced in export.bin. Keys are immutable; thread-safe.

#pragma once

#include <memory>

#include "engines/proximity/export.h"

typedef struct evp_pkey_st EVP_PKEY;

namespace luytre::proximity {

class SigningKey {
 public:
  // The private key as PEM (PKCS 8 or SEC 1). Throws invalid_argument: not a key, or not on P-256.
  SigningKey(SignatureInfo info, std::string_view private_pem);

  const SignatureInfo& info() const { return info_; }
  std::string sign(std::string_view bytes) const;  // DER; its randomness is OpenSSL's own
  std::string public_pem() const;

 private:
  SignatureInfo info_;
  std::shared_ptr<EVP_PKEY> key_;
};

class VerifyingKey {
 public:
  // The public key as PEM, or as DER (SubjectPublicKeyInfo). Throws as above.
  VerifyingKey(std::string id, std::string version, std::string_view public_key);

  // Of its id and version, by an algorithm that is known.
  bool is_of(const SignatureInfo& info) const;
  bool verifies(std::string_view bytes, std::string_view der) const;

 private:
  std::string id_, version_;
  std::shared_ptr<EVP_PKEY> key_;
};

using TrustedSet = std::vector<VerifyingKey>;

// export.sig for the bytes of an export.bin that announces these keys.
std::string signed_by(std::string_view export_bin, const KeyExport& keys, std::span<const SigningKey> with);

// What export.bin holds, once export.sig proves whose it is.
std::variant<KeyExport, ExportFault> verified_export(std::string_view export_bin, std::string_view export_sig,
                                                     std::span<const TrustedSet> trusted);

// All batches of one release are there: same time and region, as many as each says, each number once.
bool whole_release(std::span<const KeyExport> files);

}  // namespace luytre::proximity

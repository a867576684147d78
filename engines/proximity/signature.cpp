#include "engines/proximity/signature.h"

#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <algorithm>
#include <stdexcept>

namespace luytre::proximity {
namespace {

using Stream = std::unique_ptr<BIO, decltype(&BIO_free)>;
using Digest = std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)>;

const unsigned char* raw(std::string_view bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

Stream stream_of(std::string_view text) {
  return {BIO_new_mem_buf(text.data(), static_cast<int>(text.size())), &BIO_free};
}

std::shared_ptr<EVP_PKEY> on_p256(EVP_PKEY* key) {
  if (key == nullptr) throw std::invalid_argument("no key for signing exports");
  std::shared_ptr<EVP_PKEY> held(key, &EVP_PKEY_free);
  char group[32] = {};
  std::size_t size = 0;
  if (EVP_PKEY_get_group_name(key, group, sizeof group, &size) != 1 || std::string_view(group) != "prime256v1")
    throw std::invalid_argument("a key for signing exports is on P-256");
  return held;
}

// Without one, OpenSSL would ask at the terminal.
int no_passphrase(char*, int, int, void*) {
  return -1;
}

EVP_PKEY* public_key(std::string_view bytes) {
  if (bytes.starts_with("-----")) return PEM_read_bio_PUBKEY(stream_of(bytes).get(), nullptr, nullptr, nullptr);
  const unsigned char* at = raw(bytes);
  return d2i_PUBKEY(nullptr, &at, static_cast<long>(bytes.size()));
}

bool set_signed(const TrustedSet& set, std::string_view bytes, const std::vector<ExportSignature>& signatures) {
  return !set.empty() && std::all_of(set.begin(), set.end(), [&](const VerifyingKey& key) {
    return std::any_of(signatures.begin(), signatures.end(),
                       [&](const ExportSignature& one) { return key.is_of(one.info) && key.verifies(bytes, one.der); });
  });
}

}  // namespace

SigningKey::SigningKey(SignatureInfo info, std::string_view private_pem)
    : info_(std::move(info)),
      key_(on_p256(PEM_read_bio_PrivateKey(stream_of(private_pem).get(), nullptr, no_passphrase, nullptr))) {}

std::string SigningKey::sign(std::string_view bytes) const {
  const Digest digest(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
  std::size_t size = 0;
  std::string out;
  bool good = digest && EVP_DigestSignInit(digest.get(), nullptr, EVP_sha256(), nullptr, key_.get()) == 1 &&
              EVP_DigestSign(digest.get(), nullptr, &size, raw(bytes), bytes.size()) == 1;
  out.resize(size);
  good = good && EVP_DigestSign(digest.get(), reinterpret_cast<unsigned char*>(out.data()), &size, raw(bytes),
                                bytes.size()) == 1;
  if (!good) throw std::runtime_error("OpenSSL does not sign");
  out.resize(size);
  return out;
}

std::string SigningKey::public_pem() const {
  const Stream stream(BIO_new(BIO_s_mem()), &BIO_free);
  char* text = nullptr;
  if (!stream || PEM_write_bio_PUBKEY(stream.get(), key_.get()) != 1)
    throw std::runtime_error("OpenSSL does not write a key");
  const long size = BIO_get_mem_data(stream.get(), &text);
  return {text, static_cast<std::size_t>(size)};
}

VerifyingKey::VerifyingKey(std::string id, std::string version, std::string_view public_bytes)
    : id_(std::move(id)), version_(std::move(version)), key_(on_p256(public_key(public_bytes))) {}

bool VerifyingKey::is_of(const SignatureInfo& info) const {
  return info.key_id == id_ && info.key_version == version_ && info.algorithm == kEcdsaSha256;
}

bool VerifyingKey::verifies(std::string_view bytes, std::string_view der) const {
  const Digest digest(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
  return digest && EVP_DigestVerifyInit(digest.get(), nullptr, EVP_sha256(), nullptr, key_.get()) == 1 &&
         EVP_DigestVerify(digest.get(), raw(der), der.size(), raw(bytes), bytes.size()) == 1;
}

std::string signed_by(std::string_view export_bin, const KeyExport& keys, std::span<const SigningKey> with) {
  std::vector<ExportSignature> out;
  for (const SigningKey& key : with) out.push_back({key.info(), keys.batch, keys.batches, key.sign(export_bin)});
  return export_sig(out);
}

std::variant<KeyExport, ExportFault> verified_export(std::string_view export_bin, std::string_view export_sig,
                                                     std::span<const TrustedSet> trusted) {
  // Whose it is comes first: of what nobody trusted has signed, no more is read than is needed to know that.
  if (export_bin.size() > kMostExportBytes) return ExportFault::kTooLarge;
  const auto read = read_export_sig(export_sig);
  if (const auto* fault = std::get_if<ExportFault>(&read)) return *fault;
  const auto& signatures = std::get<std::vector<ExportSignature>>(read);
  const bool good = std::any_of(trusted.begin(), trusted.end(),
                                [&](const TrustedSet& set) { return set_signed(set, export_bin, signatures); });
  if (!good) return ExportFault::kUntrusted;
  auto keys = read_export_bin(export_bin);
  if (const auto* file = std::get_if<KeyExport>(&keys); file && file->signatures.size() != signatures.size())
    return ExportFault::kSignatures;
  return keys;
}

bool whole_release(std::span<const KeyExport> files) {
  if (files.empty()) return false;
  const KeyExport& first = files.front();
  std::vector<bool> seen(files.size());
  for (const KeyExport& file : files) {
    const bool fits = file.from == first.from && file.to == first.to && file.region == first.region &&
                      file.batches >= 1 && static_cast<std::size_t>(file.batches) == files.size() && file.batch >= 1 &&
                      file.batch <= file.batches;
    if (!fits || seen[static_cast<std::size_t>(file.batch) - 1]) return false;
    seen[static_cast<std::size_t>(file.batch) - 1] = true;
  }
  return true;
}

}  // namespace luytre::proximity

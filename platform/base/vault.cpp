#include "platform/base/vault.h"

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <stdexcept>

#include "platform/base/random.h"
#include "platform/base/text.h"

namespace luytre {
namespace {

constexpr std::size_t kNonceBytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t kTagBytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr std::size_t kBlindBytes = 16;

const unsigned char* raw(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

[[noreturn]] void fail(const std::filesystem::path& file, const std::string& why) {
  throw std::runtime_error("key file " + file.string() + ": " + why);
}

// The purpose and its length come first, so that no two (purpose, context) pairs give the same bytes.
std::string associated_data(std::string_view purpose, std::string_view context) {
  std::string out = std::to_string(purpose.size());
  out.append(1, ':').append(purpose).append(context);
  return out;
}

std::string read_all(int descriptor) {
  std::string out(4096, '\0');
  const ssize_t got = ::read(descriptor, out.data(), out.size());
  out.resize(got < 0 ? 0 : static_cast<std::size_t>(got));
  return out;
}

// Made under another name and linked into place, so that a crash leaves no half key and two processes agree on one.
void make_key_file(const std::filesystem::path& file, Random& random) {
  if (file.has_parent_path()) std::filesystem::create_directories(file.parent_path());
  const std::filesystem::path part = file.string() + ".new." + std::to_string(::getpid());
  const int descriptor = ::open(part.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (descriptor < 0) fail(file, std::string("cannot be made: ") + std::strerror(errno));
  const std::string text = hex(random.bytes(Vault::kKeyBytes)) + "\n";
  const bool written =
      ::write(descriptor, text.data(), text.size()) == static_cast<ssize_t>(text.size()) && ::fsync(descriptor) == 0;
  ::close(descriptor);
  const bool linked = written && (::link(part.c_str(), file.c_str()) == 0 || errno == EEXIST);
  ::unlink(part.c_str());
  if (!linked) fail(file, "cannot be written; is the disk full or read-only?");
}

}  // namespace

Vault::Vault(std::array<unsigned char, kKeyBytes> master) : master_(master) {
  if (sodium_init() < 0) throw std::runtime_error("libsodium could not start");
}

Vault Vault::open(const std::filesystem::path& file, Random& random) {
  if (!std::filesystem::exists(file)) make_key_file(file, random);
  const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) fail(file, std::string("cannot be read: ") + std::strerror(errno));
  struct stat status {};
  const bool guarded = ::fstat(descriptor, &status) == 0 && (status.st_mode & (S_IRWXG | S_IRWXO)) == 0;
  std::string text = read_all(descriptor);
  ::close(descriptor);
  if (!guarded) fail(file, "others may read it; run chmod 600 on it");
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.pop_back();
  const auto key = unhex(text);
  if (!key || key->size() != kKeyBytes)
    fail(file, "is not a key of 64 hexadecimal digits; restore it from your backup");
  std::array<unsigned char, kKeyBytes> master{};
  std::memcpy(master.data(), key->data(), kKeyBytes);
  return Vault(master);
}

std::array<unsigned char, Vault::kKeyBytes> Vault::derive(std::string_view purpose) const {
  std::array<unsigned char, kKeyBytes> out{};
  crypto_generichash(out.data(), out.size(), raw(purpose), purpose.size(), master_.data(), master_.size());
  return out;
}

std::string Vault::seal(std::string_view purpose, std::string_view context, std::string_view plain) const {
  const auto key = derive(std::string("seal:").append(purpose));
  const std::string bound = associated_data(purpose, context);
  std::string out(kNonceBytes + plain.size() + kTagBytes, '\0');
  auto* bytes = reinterpret_cast<unsigned char*>(out.data());
  randombytes_buf(bytes, kNonceBytes);
  crypto_aead_xchacha20poly1305_ietf_encrypt(bytes + kNonceBytes, nullptr, raw(plain), plain.size(), raw(bound),
                                             bound.size(), nullptr, bytes, key.data());
  return out;
}

std::optional<std::string> Vault::unseal(std::string_view purpose, std::string_view context,
                                         std::string_view sealed) const {
  if (sealed.size() < kNonceBytes + kTagBytes) return std::nullopt;
  const auto key = derive(std::string("seal:").append(purpose));
  const std::string bound = associated_data(purpose, context);
  std::string out(sealed.size() - kNonceBytes - kTagBytes, '\0');
  if (crypto_aead_xchacha20poly1305_ietf_decrypt(reinterpret_cast<unsigned char*>(out.data()), nullptr, nullptr,
                                                 raw(sealed) + kNonceBytes, sealed.size() - kNonceBytes, raw(bound),
                                                 bound.size(), raw(sealed), key.data()) != 0) {
    return std::nullopt;
  }
  return out;
}

std::string Vault::unsealed(std::string_view purpose, std::string_view context, std::string_view sealed) const {
  auto plain = unseal(purpose, context, sealed);
  if (!plain) throw std::runtime_error(std::string(purpose) + " does not open: wrong key, or damaged");
  return std::move(*plain);
}

std::string Vault::blind(std::string_view purpose, std::string_view value) const {
  const auto key = derive(std::string("blind:").append(purpose));
  std::string out(kBlindBytes, '\0');
  crypto_generichash(reinterpret_cast<unsigned char*>(out.data()), out.size(), raw(value), value.size(), key.data(),
                     key.size());
  return out;
}

}  // namespace luytre

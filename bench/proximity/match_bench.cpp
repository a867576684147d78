// match_bench [SIGHTINGS [KEYS]]: published keys a second, on one thread, that are matched against the sightings of a
// device, by each lane of engines/proximity and by the peer in the same run: the design of Google's native matcher
// (exposure-notifications-internals, matching_helper.cc and prefix_id_map.cc) with OpenSSL's HKDF and AES-ECB of 144
// blocks in one call, a table of the first two bytes and a comparison with every identifier behind it. The peer stops
// at a key's first hit and does not ask for the two hours; ours finds every match. Sightings and keys are spread over
// 14 days, each thousandth sighting is of one of the keys, and both sides must name the same keys. Processor time, best
// of three. Prints JSON.

#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/params.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "engines/proximity/match.h"

namespace {

using namespace luytre;
using namespace luytre::proximity;

constexpr IntervalNumber kFirstDay = 18900 * kRollingPeriod;
constexpr std::uint32_t kDays = 14;

struct World {
  std::vector<TemporaryKey> keys;
  std::vector<Sighting> sightings;
};

template <class Bytes>
Bytes drawn(SeededRandom& random) {
  Bytes out;
  const std::string bytes = random.bytes(out.size());
  std::copy(bytes.begin(), bytes.end(), out.begin());
  return out;
}

World make_world(std::size_t sightings, std::size_t keys) {
  SeededRandom random(sightings);
  World world;
  for (std::size_t i = 0; i < keys; ++i)
    world.keys.push_back({drawn<Bytes16>(random), kFirstDay + random.below(kDays) * kRollingPeriod, kRollingPeriod});
  for (std::size_t i = 0; i < sightings; ++i) {
    const IntervalNumber seen = kFirstDay + random.below(kDays * kRollingPeriod);
    world.sightings.push_back({drawn<Identifier>(random), seen});
    if (i % 1000 != 0) continue;
    const TemporaryKey& key = world.keys[random.below(static_cast<std::uint32_t>(keys))];
    const IntervalNumber made = key.start + random.below(kRollingPeriod);
    world.sightings.back() = {rolling_identifier(identifier_key(key.key), made), made};
  }
  return world;
}

class Peer {
 public:
  explicit Peer(const std::vector<Sighting>& sightings) {
    for (const Sighting& s : sightings)
      records_.emplace_back(reinterpret_cast<const char*>(s.identifier.data()), s.identifier.size());
    std::sort(records_.begin(), records_.end(),
              [](const std::string& a, const std::string& b) { return prefix(a.data()) < prefix(b.data()); });
    for (const std::string& record : records_) ++ends_[prefix(record.data())];
    for (std::size_t i = 1; i < ends_.size(); ++i) ends_[i] += ends_[i - 1];
    for (std::size_t i = 0; i < 144; ++i) std::memcpy(blocks_.data() + 16 * i, "EN-RPI\0\0\0\0\0\0", 12);
    const std::unique_ptr<EVP_KDF, decltype(&EVP_KDF_free)> kdf(EVP_KDF_fetch(nullptr, "HKDF", nullptr), &EVP_KDF_free);
    hkdf_.reset(EVP_KDF_CTX_new(kdf.get()));
    aes_.reset(EVP_CIPHER_CTX_new());
  }

  bool matches(const TemporaryKey& key) {
    derive(key);
    for (std::size_t i = 0; i < 144; ++i) {
      if (seen(identifiers_.data() + 16 * i)) return true;
    }
    return false;
  }

 private:
  static std::uint16_t prefix(const char* at) {
    std::uint16_t out = 0;
    std::memcpy(&out, at, sizeof out);
    return out;
  }
  bool seen(const char* identifier) const {
    const std::size_t p = prefix(identifier);
    for (std::size_t i = p == 0 ? 0 : ends_[p - 1]; i < ends_[p]; ++i) {
      if (std::memcmp(identifier, records_[i].data(), 16) == 0) return true;
    }
    return false;
  }
  void derive(const TemporaryKey& key) {
    Bytes16 derived;
    char digest[] = "SHA256", info[] = "EN-RPIK";
    const OSSL_PARAM params[] = {
        OSSL_PARAM_construct_utf8_string("digest", digest, 0),
        OSSL_PARAM_construct_octet_string("key", const_cast<std::uint8_t*>(key.key.data()), key.key.size()),
        OSSL_PARAM_construct_octet_string("info", info, 7), OSSL_PARAM_construct_end()};
    for (std::uint32_t i = 0; i < 144; ++i) {
      const std::uint32_t interval = key.start + i;
      std::memcpy(blocks_.data() + 16 * i + 12, &interval, 4);
    }
    int written = 0;
    if (EVP_KDF_derive(hkdf_.get(), derived.data(), derived.size(), params) != 1 ||
        EVP_EncryptInit_ex(aes_.get(), EVP_aes_128_ecb(), nullptr, derived.data(), nullptr) != 1 ||
        EVP_EncryptUpdate(aes_.get(), reinterpret_cast<unsigned char*>(identifiers_.data()), &written,
                          reinterpret_cast<const unsigned char*>(blocks_.data()),
                          static_cast<int>(blocks_.size())) != 1)
      throw std::runtime_error("OpenSSL does not derive");
  }

  std::vector<std::string> records_;
  std::vector<std::size_t> ends_ = std::vector<std::size_t>(65536);
  std::array<char, 16 * 144> blocks_{}, identifiers_{};
  std::unique_ptr<EVP_KDF_CTX, decltype(&EVP_KDF_CTX_free)> hkdf_{nullptr, &EVP_KDF_CTX_free};
  std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)> aes_{nullptr, &EVP_CIPHER_CTX_free};
};

double processor_seconds() {
  timespec t{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_nsec) * 1e-9;
}

template <class Work>
double best_of_three(Work&& work) {
  double best = 1e300;
  for (int i = 0; i < 3; ++i) {
    const double begin = processor_seconds();
    work();
    best = std::min(best, processor_seconds() - begin);
  }
  return best;
}

}  // namespace

int main(int argc, char** argv) {
  const std::size_t sightings = argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 100'000;
  const std::size_t keys = argc > 2 ? std::strtoul(argv[2], nullptr, 10) : 200'000;
  const World world = make_world(sightings, keys);

  // The peer is slow against many sightings: a part of the keys tells.
  const std::size_t some = std::max<std::size_t>(1, std::min(keys, 2'000'000'000 / (sightings + 20'000) / 4));
  Peer peer(world.sightings);
  std::vector<std::uint32_t> expected;
  const double peer_seconds = best_of_three([&] {
    expected.clear();
    for (std::uint32_t i = 0; i < some; ++i) {
      if (peer.matches(world.keys[i])) expected.push_back(i);
    }
  });
  const double peer_rate = static_cast<double>(some) / peer_seconds;
  std::printf("{\"sightings\": %zu, \"keys\": %zu, \"peer\": {\"keysPerSecond\": %.0f}, \"lanes\": [", sightings, keys,
              peer_rate);
  bool same = true;
  for (const Lane* lane : lanes()) {
    double build = processor_seconds();
    const Matcher matcher(world.sightings, *lane);
    build = processor_seconds() - build;
    std::vector<Match> found;
    const double seconds = best_of_three([&] { found = matcher.matches(world.keys); });
    std::vector<std::uint32_t> named;
    for (const Match& match : found) {
      if (match.key < some && (named.empty() || named.back() != match.key)) named.push_back(match.key);
    }
    same = same && named == expected;
    const double rate = static_cast<double>(keys) / seconds;
    std::printf(
        "%s\n  {\"lane\": \"%s\", \"keysPerSecond\": %.0f, \"timesPeer\": %.1f, \"buildSeconds\": %.3f, \"matches\": "
        "%zu}",
        lane == lanes().front() ? "" : ",", lane->name, rate, rate / peer_rate, build, found.size());
  }
  std::printf("],\n  \"sameKeys\": %s}\n", same ? "true" : "false");
  return same ? 0 : 1;
}

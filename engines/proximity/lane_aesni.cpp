// AES-NI and AVX2: SHA-256 of eight keys at a time.

#ifdef __x86_64__

#include "engines/proximity/lane_aes.h"
#include "engines/proximity/lane_list.h"
#include "engines/proximity/lane_sha256.h"

namespace luytre::proximity {
namespace {

struct EightWords {
  typedef std::uint32_t V __attribute__((vector_size(32), may_alias));
  static constexpr std::size_t kCount = 8;
  template <int n>
  static V rotate(V x) {
    return x >> n | x << (32 - n);
  }
  static V choose(V x, V y, V z) { return z ^ (x & (y ^ z)); }
  static V majority(V x, V y, V z) { return (x & y) | (z & (x | y)); }
  static V xor3(V x, V y, V z) { return x ^ y ^ z; }
};

void prepare(const std::uint8_t* keys, KeySchedules& out) {
  std::uint8_t identifier_keys[16 * kKeysAtOnce];
  for (std::size_t i = 0; i < kKeysAtOnce; i += EightWords::kCount)
    Sha256<EightWords>::identifier_keys(keys + 16 * i, identifier_keys + 16 * i);
  for (std::size_t i = 0; i < kKeysAtOnce; ++i) expand(identifier_keys + 16 * i, out.bytes + 176 * i);
}

}  // namespace

const Lane kAesNiLane{"AES-NI and AVX2", prepare, identifiers_by_aesni, ask_by_avx2};

}  // namespace luytre::proximity

#endif

// Any processor: vectors of four words, which compilers have everywhere, and AES by tables (FIPS 197; the tables hold
// SubBytes and MixColumns of each byte, as in the original proposal of Rijndael, section 5.2.1).

#include <cstring>

#include "engines/proximity/lane_list.h"
#include "engines/proximity/lane_sha256.h"

namespace luytre::proximity {
namespace {

struct FourWords {
  typedef std::uint32_t V __attribute__((vector_size(16), may_alias));
  static constexpr std::size_t kCount = 4;
  template <int n>
  static V rotate(V x) {
    return x >> n | x << (32 - n);
  }
  static V choose(V x, V y, V z) { return z ^ (x & (y ^ z)); }
  static V majority(V x, V y, V z) { return (x & y) | (z & (x | y)); }
  static V xor3(V x, V y, V z) { return x ^ y ^ z; }
};

constexpr std::uint8_t doubled(std::uint8_t x) {
  return static_cast<std::uint8_t>(x << 1 ^ (x >> 7) * 0x1B);
}

struct Tables {
  std::uint8_t substitute[256] = {};
  std::uint32_t column[256] = {};  // 2, 1, 1, 3 times the substitute, lowest byte first

  constexpr Tables() {
    // Powers of the generator 3 and their inverses, side by side.
    std::uint8_t p = 1, q = 1;
    do {
      p = static_cast<std::uint8_t>(p ^ doubled(p));
      q = static_cast<std::uint8_t>(q ^ q << 1);
      q = static_cast<std::uint8_t>(q ^ q << 2);
      q = static_cast<std::uint8_t>(q ^ q << 4);
      if (q & 0x80) q ^= 0x09;
      const auto turned = [](std::uint8_t x, int by) { return static_cast<std::uint8_t>(x << by | x >> (8 - by)); };
      substitute[p] = static_cast<std::uint8_t>(q ^ turned(q, 1) ^ turned(q, 2) ^ turned(q, 3) ^ turned(q, 4) ^ 0x63);
    } while (p != 1);
    substitute[0] = 0x63;
    for (int i = 0; i < 256; ++i) {
      const std::uint8_t s = substitute[i], two = doubled(s);
      column[i] = std::uint32_t{two} | std::uint32_t{s} << 8 | std::uint32_t{s} << 16 |
                  static_cast<std::uint32_t>(two ^ s) << 24;
    }
  }
};
constexpr Tables kTables;

// Words of four bytes, the first lowest, whatever the processor's order.
inline std::uint32_t word_at(const std::uint8_t* at) {
  return at[0] | std::uint32_t{at[1]} << 8 | std::uint32_t{at[2]} << 16 | std::uint32_t{at[3]} << 24;
}
inline void put_word(std::uint8_t* at, std::uint32_t word) {
  for (int i = 0; i < 4; ++i) at[i] = static_cast<std::uint8_t>(word >> 8 * i);
}

inline std::uint32_t substituted(std::uint32_t a, std::uint32_t b, std::uint32_t c, std::uint32_t d) {
  const std::uint8_t* s = kTables.substitute;
  return s[a & 0xFF] | std::uint32_t{s[b >> 8 & 0xFF]} << 8 | std::uint32_t{s[c >> 16 & 0xFF]} << 16 |
         std::uint32_t{s[d >> 24]} << 24;
}
inline std::uint32_t mixed(std::uint32_t a, std::uint32_t b, std::uint32_t c, std::uint32_t d) {
  const auto turned = [](std::uint32_t x, int by) { return x << by | x >> (32 - by); };
  const std::uint32_t* t = kTables.column;
  return t[a & 0xFF] ^ turned(t[b >> 8 & 0xFF], 8) ^ turned(t[c >> 16 & 0xFF], 16) ^ turned(t[d >> 24], 24);
}

void expand(const std::uint8_t* key, std::uint8_t* schedule) {
  std::uint32_t w[44];
  for (int i = 0; i < 4; ++i) w[i] = word_at(key + 4 * i);
  std::uint8_t round = 1;
  for (int i = 4; i < 44; ++i) {
    std::uint32_t last = w[i - 1];
    if (i % 4 == 0) {
      last = last >> 8 | last << 24;
      last = substituted(last, last, last, last) ^ round;
      round = doubled(round);
    }
    w[i] = w[i - 4] ^ last;
  }
  for (int i = 0; i < 44; ++i) put_word(schedule + 4 * i, w[i]);
}

void prepare(const std::uint8_t* keys, KeySchedules& out) {
  std::uint8_t identifier_keys[16 * kKeysAtOnce];
  for (std::size_t i = 0; i < kKeysAtOnce; i += FourWords::kCount)
    Sha256<FourWords>::identifier_keys(keys + 16 * i, identifier_keys + 16 * i);
  for (std::size_t i = 0; i < kKeysAtOnce; ++i) expand(identifier_keys + 16 * i, out.bytes + 176 * i);
}

void identifiers(const KeySchedules& schedules, std::size_t which, std::uint32_t start, KeyIdentifiers& out) {
  std::uint32_t k[44];
  for (int i = 0; i < 44; ++i) k[i] = word_at(schedules.bytes + 176 * which + 4 * i);
  const std::uint32_t a0 = 0x522D4E45 ^ k[0], b0 = 0x00004950 ^ k[1], c0 = k[2];  // "EN-R" "PI"
  for (std::uint32_t n = 0; n < kIdentifiersAtOnce; ++n) {
    std::uint32_t a = a0, b = b0, c = c0, d = (start + n) ^ k[3];
    for (int i = 4; i < 40; i += 4) {
      const std::uint32_t e = mixed(a, b, c, d) ^ k[i], f = mixed(b, c, d, a) ^ k[i + 1];
      const std::uint32_t g = mixed(c, d, a, b) ^ k[i + 2], h = mixed(d, a, b, c) ^ k[i + 3];
      a = e, b = f, c = g, d = h;
    }
    put_word(out.bytes[n], substituted(a, b, c, d) ^ k[40]);
    put_word(out.bytes[n] + 4, substituted(b, c, d, a) ^ k[41]);
    put_word(out.bytes[n] + 8, substituted(c, d, a, b) ^ k[42]);
    put_word(out.bytes[n] + 12, substituted(d, a, b, c) ^ k[43]);
  }
}

std::size_t ask(const Filter& filter, const KeyIdentifiers& identifiers, std::size_t from, std::size_t to,
                std::uint16_t* passed) {
  std::size_t count = 0;
  for (std::size_t i = from; i < to; ++i) {
    const std::uint32_t word = filter.words[word_at(identifiers.bytes[i]) & filter.mask];
    const std::uint32_t bits = filter_bits(word_at(identifiers.bytes[i] + 4));
    passed[count] = static_cast<std::uint16_t>(i);
    count += (word & bits) == bits;
  }
  return count;
}

}  // namespace

const Lane kPortableLane{"portable", prepare, identifiers, ask};

}  // namespace luytre::proximity

// HKDF-SHA256 of the identifier key for W::kCount keys at a time, one in each place of the vectors W::V. For the files
// of lanes only; all in an unnamed namespace, as each compiles it for other instructions.
//
// FIPS 180-4 and RFC 5869. Of the eight compressions of two HMACs the two of the salt's pads are constants, so six are
// left; of the last two words are taken as they come, big-endian.

#pragma once

#include <cstddef>
#include <cstdint>

namespace luytre::proximity {
namespace {

constexpr std::uint32_t kRoundConstants[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

struct HashState {
  std::uint32_t words[8];
};

constexpr HashState kHashBegin{
    {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19}};

constexpr std::uint32_t rotated(std::uint32_t x, int by) {
  return x >> by | x << (32 - by);
}

// One word's worth, for constants at compile time: the state after a block of equal words.
constexpr HashState after_block_of(std::uint32_t word) {
  std::uint32_t w[64] = {};
  for (int i = 0; i < 16; ++i) w[i] = word;
  for (int i = 16; i < 64; ++i) {
    const std::uint32_t x = w[i - 15], y = w[i - 2];
    w[i] =
        w[i - 16] + (rotated(x, 7) ^ rotated(x, 18) ^ x >> 3) + w[i - 7] + (rotated(y, 17) ^ rotated(y, 19) ^ y >> 10);
  }
  HashState s = kHashBegin;
  for (int i = 0; i < 64; ++i) {
    const std::uint32_t a = s.words[0], e = s.words[4];
    const std::uint32_t t = s.words[7] + (rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25)) +
                            ((e & s.words[5]) ^ (~e & s.words[6])) + kRoundConstants[i] + w[i];
    const std::uint32_t u = (rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22)) +
                            ((a & s.words[1]) ^ (a & s.words[2]) ^ (s.words[1] & s.words[2]));
    for (int j = 7; j > 0; --j) s.words[j] = s.words[j - 1];
    s.words[4] += t;
    s.words[0] = t + u;
  }
  for (int i = 0; i < 8; ++i) s.words[i] += kHashBegin.words[i];
  return s;
}

constexpr std::uint32_t kInnerPad = 0x36363636, kOuterPad = 0x5c5c5c5c;
constexpr HashState kAfterSaltInner = after_block_of(kInnerPad), kAfterSaltOuter = after_block_of(kOuterPad);

// The ends of the hashed messages: a bit, zeros, and the length in bits with the pad's block before.
constexpr std::uint32_t kEndBit = 0x80000000;
constexpr std::uint32_t kBitsWithKey = (64 + 16) * 8, kBitsWithHash = (64 + 32) * 8, kBitsWithInfo = (64 + 8) * 8;
constexpr std::uint32_t kInfo[2] = {0x454e2d52, 0x50494b01};  // "EN-RPIK" 01

inline std::uint32_t big_endian(const std::uint8_t* at) {
  return std::uint32_t{at[0]} << 24 | std::uint32_t{at[1]} << 16 | std::uint32_t{at[2]} << 8 | at[3];
}

template <class W>
struct Sha256 {
  using V = typename W::V;

  static inline void round(V a, V b, V c, V& d, V e, V f, V g, V& h, V input) {
    const V t = h + input + W::choose(e, f, g) +
                W::xor3(W::template rotate<6>(e), W::template rotate<11>(e), W::template rotate<25>(e));
    d += t;
    h = t + W::majority(a, b, c) +
        W::xor3(W::template rotate<2>(a), W::template rotate<13>(a), W::template rotate<22>(a));
  }

  static inline void extend(V* w, int i) {
    const V x = w[(i + 1) & 15], y = w[(i + 14) & 15];
    w[i] += w[(i + 9) & 15] + W::xor3(W::template rotate<7>(x), W::template rotate<18>(x), x >> 3) +
            W::xor3(W::template rotate<17>(y), W::template rotate<19>(y), y >> 10);
  }

  // s: the state, replaced; w: the block, destroyed.
  [[gnu::noinline]] static void compress(V* s, V* block) {
    V a = s[0], b = s[1], c = s[2], d = s[3], e = s[4], f = s[5], g = s[6], h = s[7];
    V w[16];
    for (int i = 0; i < 16; ++i) w[i] = block[i];
    const std::uint32_t* k = kRoundConstants;
    for (int sixteen = 0;; ++sixteen, k += 16) {
      round(a, b, c, d, e, f, g, h, w[0] + k[0]);
      round(h, a, b, c, d, e, f, g, w[1] + k[1]);
      round(g, h, a, b, c, d, e, f, w[2] + k[2]);
      round(f, g, h, a, b, c, d, e, w[3] + k[3]);
      round(e, f, g, h, a, b, c, d, w[4] + k[4]);
      round(d, e, f, g, h, a, b, c, w[5] + k[5]);
      round(c, d, e, f, g, h, a, b, w[6] + k[6]);
      round(b, c, d, e, f, g, h, a, w[7] + k[7]);
      round(a, b, c, d, e, f, g, h, w[8] + k[8]);
      round(h, a, b, c, d, e, f, g, w[9] + k[9]);
      round(g, h, a, b, c, d, e, f, w[10] + k[10]);
      round(f, g, h, a, b, c, d, e, w[11] + k[11]);
      round(e, f, g, h, a, b, c, d, w[12] + k[12]);
      round(d, e, f, g, h, a, b, c, w[13] + k[13]);
      round(c, d, e, f, g, h, a, b, w[14] + k[14]);
      round(b, c, d, e, f, g, h, a, w[15] + k[15]);
      if (sixteen == 3) break;
      extend(w, 0), extend(w, 1), extend(w, 2), extend(w, 3), extend(w, 4), extend(w, 5), extend(w, 6), extend(w, 7);
      extend(w, 8), extend(w, 9), extend(w, 10), extend(w, 11), extend(w, 12), extend(w, 13), extend(w, 14);
      extend(w, 15);
    }
    s[0] += a, s[1] += b, s[2] += c, s[3] += d, s[4] += e, s[5] += f, s[6] += g, s[7] += h;
  }

  static void begin(V* s, const HashState& from) {
    for (int i = 0; i < 8; ++i) s[i] = V{} + from.words[i];
  }
  // A block of `count` words, the end bit, zeros and the length.
  static void finish(V* s, const V* words, int count, std::uint32_t bits) {
    V w[16];
    for (int i = 0; i < 16; ++i) w[i] = i < count ? words[i] : V{};
    w[count] = V{} + kEndBit;
    w[15] = V{} + bits;
    compress(s, w);
  }
  static void pad(V* s, const V* key, std::uint32_t with) {
    V w[16];
    for (int i = 0; i < 16; ++i) w[i] = i < 8 ? key[i] ^ with : V{} + with;
    begin(s, kHashBegin);
    compress(s, w);
  }

  // Of W::kCount keys of 16 bytes: as many identifier keys.
  static void identifier_keys(const std::uint8_t* keys, std::uint8_t* out) {
    alignas(sizeof(V)) std::uint32_t columns[4][W::kCount];
    for (std::size_t lane = 0; lane < W::kCount; ++lane) {
      for (std::size_t i = 0; i < 4; ++i) columns[i][lane] = big_endian(keys + 16 * lane + 4 * i);
    }
    V key[4], inner[8], outer[8], extracted[8];
    for (int i = 0; i < 4; ++i) key[i] = *reinterpret_cast<const V*>(columns[i]);
    begin(inner, kAfterSaltInner);
    finish(inner, key, 4, kBitsWithKey);
    begin(extracted, kAfterSaltOuter);
    finish(extracted, inner, 8, kBitsWithHash);

    const V info[2] = {V{} + kInfo[0], V{} + kInfo[1]};
    pad(inner, extracted, kInnerPad);
    finish(inner, info, 2, kBitsWithInfo);
    pad(outer, extracted, kOuterPad);
    finish(outer, inner, 8, kBitsWithHash);

    for (int i = 0; i < 4; ++i) *reinterpret_cast<V*>(columns[i]) = outer[i];
    for (std::size_t lane = 0; lane < W::kCount; ++lane) {
      for (std::size_t i = 0; i < 4; ++i) {
        const std::uint32_t word = columns[i][lane];
        for (std::size_t j = 0; j < 4; ++j)
          out[16 * lane + 4 * i + j] = static_cast<std::uint8_t>(word >> (24 - 8 * j));
      }
    }
  }
};

}  // namespace
}  // namespace luytre::proximity

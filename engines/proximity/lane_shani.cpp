// The SHA instructions beside AES-NI and AVX2: SHA-256 of two keys at a time, which hides the latency of a round.
// State and message lie in registers as "Intel SHA Extensions" (2013) has them: A B E F and C D G H from the top.

#ifdef __x86_64__

#include "engines/proximity/lane_aes.h"
#include "engines/proximity/lane_list.h"
#include "engines/proximity/lane_sha256.h"

namespace luytre::proximity {
namespace {

constexpr int kTogether = 2;

struct State {
  __m128i abef, cdgh;
};

State state_of(const HashState& from) {
  const auto at = [&](int i) { return static_cast<int>(from.words[i]); };
  return {_mm_set_epi32(at(0), at(1), at(4), at(5)), _mm_set_epi32(at(2), at(3), at(6), at(7))};
}

void compress(State* s, __m128i (*block)[4]) {
  State x[kTogether];
  __m128i w[kTogether][4];
  for (int j = 0; j < kTogether; ++j) {
    x[j] = s[j];
    for (int i = 0; i < 4; ++i) w[j][i] = block[j][i];
  }
  for (int i = 0; i < 16; ++i) {
    const __m128i k = _mm_loadu_si128(reinterpret_cast<const __m128i*>(kRoundConstants + 4 * i));
    for (int j = 0; j < kTogether; ++j) {
      const __m128i input = _mm_add_epi32(w[j][0], k);
      x[j].cdgh = _mm_sha256rnds2_epu32(x[j].cdgh, x[j].abef, input);
      x[j].abef = _mm_sha256rnds2_epu32(x[j].abef, x[j].cdgh, _mm_shuffle_epi32(input, 0x0E));
      const __m128i further = _mm_sha256msg2_epu32(
          _mm_add_epi32(_mm_sha256msg1_epu32(w[j][0], w[j][1]), _mm_alignr_epi8(w[j][3], w[j][2], 4)), w[j][3]);
      w[j][0] = w[j][1], w[j][1] = w[j][2], w[j][2] = w[j][3], w[j][3] = further;
    }
  }
  for (int j = 0; j < kTogether; ++j) {
    s[j].abef = _mm_add_epi32(s[j].abef, x[j].abef);
    s[j].cdgh = _mm_add_epi32(s[j].cdgh, x[j].cdgh);
  }
}

// The eight words of a state in the order of a message.
void words_of(const State& s, __m128i* out) {
  const __m128i abef = _mm_shuffle_epi32(s.abef, 0x1B), cdgh = _mm_shuffle_epi32(s.cdgh, 0x1B);
  out[0] = _mm_unpacklo_epi64(abef, cdgh);
  out[1] = _mm_unpackhi_epi64(abef, cdgh);
}

__m128i end_bit() {
  return _mm_set_epi32(0, 0, 0, static_cast<int>(kEndBit));
}
__m128i length(std::uint32_t bits) {
  return _mm_set_epi32(static_cast<int>(bits), 0, 0, 0);
}

void hash_of_hash(State* s, const State* of) {
  __m128i w[kTogether][4];
  for (int j = 0; j < kTogether; ++j) {
    words_of(of[j], w[j]);
    w[j][2] = end_bit();
    w[j][3] = length(kBitsWithHash);
  }
  compress(s, w);
}

void pad(State* s, const State* key, std::uint32_t with) {
  __m128i w[kTogether][4];
  const __m128i all = _mm_set1_epi32(static_cast<int>(with));
  for (int j = 0; j < kTogether; ++j) {
    words_of(key[j], w[j]);
    w[j][0] = _mm_xor_si128(w[j][0], all);
    w[j][1] = _mm_xor_si128(w[j][1], all);
    w[j][2] = w[j][3] = all;
    s[j] = state_of(kHashBegin);
  }
  compress(s, w);
}

void identifier_keys(const std::uint8_t* keys, std::uint8_t* out) {
  const __m128i swapped = _mm_set_epi8(12, 13, 14, 15, 8, 9, 10, 11, 4, 5, 6, 7, 0, 1, 2, 3);
  __m128i w[kTogether][4];
  State inner[kTogether], outer[kTogether], extracted[kTogether];
  for (int j = 0; j < kTogether; ++j) {
    w[j][0] = _mm_shuffle_epi8(_mm_loadu_si128(reinterpret_cast<const __m128i*>(keys + 16 * j)), swapped);
    w[j][1] = end_bit();
    w[j][2] = _mm_setzero_si128();
    w[j][3] = length(kBitsWithKey);
    inner[j] = state_of(kAfterSaltInner);
    extracted[j] = state_of(kAfterSaltOuter);
  }
  compress(inner, w);
  hash_of_hash(extracted, inner);
  pad(inner, extracted, kInnerPad);
  for (int j = 0; j < kTogether; ++j) {
    w[j][0] = _mm_set_epi32(0, static_cast<int>(kEndBit), static_cast<int>(kInfo[1]), static_cast<int>(kInfo[0]));
    w[j][1] = w[j][2] = _mm_setzero_si128();
    w[j][3] = length(kBitsWithInfo);
  }
  compress(inner, w);
  pad(outer, extracted, kOuterPad);
  hash_of_hash(outer, inner);
  for (int j = 0; j < kTogether; ++j) {
    __m128i words[2];
    words_of(outer[j], words);
    _mm_storeu_si128(reinterpret_cast<__m128i*>(out + 16 * j), _mm_shuffle_epi8(words[0], swapped));
  }
}

void prepare(const std::uint8_t* keys, KeySchedules& out) {
  std::uint8_t derived[16 * kKeysAtOnce];
  for (std::size_t i = 0; i < kKeysAtOnce; i += kTogether) identifier_keys(keys + 16 * i, derived + 16 * i);
  for (std::size_t i = 0; i < kKeysAtOnce; ++i) expand(derived + 16 * i, out.bytes + 176 * i);
}

}  // namespace

const Lane kShaNiLane{"SHA, AES-NI and AVX2", prepare, identifiers_by_aesni, ask_by_avx2};

}  // namespace luytre::proximity

#endif

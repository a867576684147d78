// AES-128 by AES-NI, and the filter asked by AVX2: what two lanes share. For the files of lanes only; all in an unnamed
// namespace, as each compiles it for other instructions.

#pragma once

#include <immintrin.h>

#include "engines/proximity/lanes.h"

namespace luytre::proximity {
namespace {

constexpr int kPrefixLow = 0x522D4E45, kPrefixHigh = 0x00004950;  // "EN-R" "PI" 00 00

template <int kRound>
inline __m128i next_round_key(__m128i key) {
  const __m128i last = _mm_shuffle_epi32(_mm_aeskeygenassist_si128(key, kRound), 0xFF);
  key = _mm_xor_si128(key, _mm_slli_si128(key, 4));
  key = _mm_xor_si128(key, _mm_slli_si128(key, 8));
  return _mm_xor_si128(key, last);
}

inline void expand(const std::uint8_t* key, std::uint8_t* schedule) {
  __m128i* const out = reinterpret_cast<__m128i*>(schedule);
  __m128i k = _mm_loadu_si128(reinterpret_cast<const __m128i*>(key));
  _mm_store_si128(out, k);
  _mm_store_si128(out + 1, k = next_round_key<0x01>(k));
  _mm_store_si128(out + 2, k = next_round_key<0x02>(k));
  _mm_store_si128(out + 3, k = next_round_key<0x04>(k));
  _mm_store_si128(out + 4, k = next_round_key<0x08>(k));
  _mm_store_si128(out + 5, k = next_round_key<0x10>(k));
  _mm_store_si128(out + 6, k = next_round_key<0x20>(k));
  _mm_store_si128(out + 7, k = next_round_key<0x40>(k));
  _mm_store_si128(out + 8, k = next_round_key<0x80>(k));
  _mm_store_si128(out + 9, k = next_round_key<0x1B>(k));
  _mm_store_si128(out + 10, next_round_key<0x36>(k));
}

// Eight blocks at a time: as many as hide the latency of a round and have room in sixteen registers.
inline void identifiers_by_aesni(const KeySchedules& schedules, std::size_t which, std::uint32_t start,
                                 KeyIdentifiers& out) {
  constexpr int kTogether = 8;
  const __m128i* const keys = reinterpret_cast<const __m128i*>(schedules.bytes + 176 * which);
  __m128i next = _mm_set_epi32(static_cast<int>(start), 0, kPrefixHigh, kPrefixLow);
  const __m128i one = _mm_set_epi32(1, 0, 0, 0);
  for (std::size_t at = 0; at < kIdentifiersAtOnce; at += kTogether) {
    __m128i x[kTogether];
    for (int i = 0; i < kTogether; ++i) {
      x[i] = _mm_xor_si128(next, keys[0]);
      next = _mm_add_epi32(next, one);
    }
    for (int r = 1; r < 10; ++r) {
      for (int i = 0; i < kTogether; ++i) x[i] = _mm_aesenc_si128(x[i], keys[r]);
    }
    for (int i = 0; i < kTogether; ++i)
      _mm_store_si128(reinterpret_cast<__m128i*>(out.bytes[at + i]), _mm_aesenclast_si128(x[i], keys[10]));
  }
}

inline std::uint32_t low_word(const std::uint8_t* at) {
  return static_cast<std::uint32_t>(_mm_cvtsi128_si32(_mm_loadu_si32(at)));
}

inline std::size_t ask_one(const Filter& filter, const KeyIdentifiers& identifiers, std::size_t i,
                           std::uint16_t* passed) {
  const std::uint32_t word = filter.words[low_word(identifiers.bytes[i]) & filter.mask];
  const std::uint32_t bits = filter_bits(low_word(identifiers.bytes[i] + 4));
  *passed = static_cast<std::uint16_t>(i);
  return (word & bits) == bits;
}

inline std::size_t ask_by_avx2(const Filter& filter, const KeyIdentifiers& identifiers, std::size_t from,
                               std::size_t to, std::uint16_t* passed) {
  std::size_t count = 0, i = from;
  const __m256i mask = _mm256_set1_epi32(static_cast<int>(filter.mask));
  const __m256i one = _mm256_set1_epi32(1), five_bits = _mm256_set1_epi32(31);
  for (; i + 8 <= to; i += 8) {
    const auto* const at = reinterpret_cast<const __m256i*>(identifiers.bytes[i]);
    const __m256i a = _mm256_loadu_si256(at), b = _mm256_loadu_si256(at + 1);
    const __m256i c = _mm256_loadu_si256(at + 2), d = _mm256_loadu_si256(at + 3);
    // First words of identifiers 0 2 4 6 in the lower half, 1 3 5 7 in the upper; then their second words.
    const __m256i ab = _mm256_unpacklo_epi32(a, b), cd = _mm256_unpacklo_epi32(c, d);
    const __m256i first = _mm256_unpacklo_epi64(ab, cd), second = _mm256_unpackhi_epi64(ab, cd);
    const __m256i words =
        _mm256_i32gather_epi32(reinterpret_cast<const int*>(filter.words), _mm256_and_si256(first, mask), 4);
    __m256i bits = _mm256_sllv_epi32(one, _mm256_and_si256(second, five_bits));
    bits = _mm256_or_si256(bits, _mm256_sllv_epi32(one, _mm256_and_si256(_mm256_srli_epi32(second, 5), five_bits)));
    bits = _mm256_or_si256(bits, _mm256_sllv_epi32(one, _mm256_and_si256(_mm256_srli_epi32(second, 10), five_bits)));
    const __m256i holds = _mm256_cmpeq_epi32(_mm256_and_si256(words, bits), bits);
    // Back into their order: bit 2 × place + half.
    const auto mine = static_cast<unsigned>(_mm256_movemask_ps(_mm256_castsi256_ps(holds)));
    if (mine == 0) continue;
    for (unsigned j = 0; j < 8; ++j) {
      passed[count] = static_cast<std::uint16_t>(i + j);
      count += mine >> ((j & 1) * 4 + j / 2) & 1;
    }
  }
  for (; i < to; ++i) count += ask_one(filter, identifiers, i, passed + count);
  return count;
}

}  // namespace
}  // namespace luytre::proximity

// AVX-512 and VAES: SHA-256 of sixteen keys at a time, AES of four blocks an instruction.

#ifdef __x86_64__

#include <immintrin.h>

#include "engines/proximity/lane_list.h"
#include "engines/proximity/lane_sha256.h"

namespace luytre::proximity {
namespace {

struct SixteenWords {
  typedef std::uint32_t V __attribute__((vector_size(64), may_alias));
  static constexpr std::size_t kCount = 16;
  static __m512i raw(V x) { return reinterpret_cast<__m512i>(x); }
  static V words(__m512i x) { return reinterpret_cast<V>(x); }
  template <int n>
  static V rotate(V x) {
    return words(_mm512_ror_epi32(raw(x), n));
  }
  // The last number is the truth table.
  static V choose(V x, V y, V z) { return words(_mm512_ternarylogic_epi32(raw(x), raw(y), raw(z), 0xCA)); }
  static V majority(V x, V y, V z) { return words(_mm512_ternarylogic_epi32(raw(x), raw(y), raw(z), 0xE8)); }
  static V xor3(V x, V y, V z) { return words(_mm512_ternarylogic_epi32(raw(x), raw(y), raw(z), 0x96)); }
};
static_assert(SixteenWords::kCount == kKeysAtOnce);

constexpr int kPrefixLow = 0x522D4E45, kPrefixHigh = 0x00004950;  // "EN-R" "PI" 00 00
constexpr int kRounds = 11;
constexpr std::size_t kFour = 64;  // bytes of a round key of four keys side by side

// Four keys at once. SubWord is an AES round's SubBytes of a block of four equal words, of which ShiftRows does
// nothing.
void expand_four(const std::uint8_t* keys, std::uint8_t* schedules) {
  constexpr std::uint8_t kRoundBytes[] = {0x01, 0x02, 0x04, 0x08, 0x10, 0x20, 0x40, 0x80, 0x1B, 0x36};
  const __m512i last_turned = _mm512_broadcast_i32x4(_mm_set1_epi32(0x0C0F0E0D));
  __m512i k = _mm512_loadu_si512(keys);
  _mm512_store_si512(schedules, k);
  for (int r = 1; r < kRounds; ++r) {
    const __m512i last =
        _mm512_aesenclast_epi128(_mm512_shuffle_epi8(k, last_turned), _mm512_set1_epi32(kRoundBytes[r - 1]));
    k = _mm512_xor_si512(k, _mm512_bslli_epi128(k, 4));
    k = _mm512_xor_si512(k, _mm512_bslli_epi128(k, 8));
    k = _mm512_xor_si512(k, last);
    _mm512_store_si512(schedules + kFour * r, k);
  }
}

void prepare(const std::uint8_t* keys, KeySchedules& out) {
  std::uint8_t derived[16 * kKeysAtOnce];
  Sha256<SixteenWords>::identifier_keys(keys, derived);
  for (std::size_t i = 0; i < kKeysAtOnce; i += 4) expand_four(derived + 16 * i, out.bytes + 176 * i);
}

// Twelve times four blocks at a time: as many as hide the latency of a round.
void identifiers(const KeySchedules& schedules, std::size_t which, std::uint32_t start, KeyIdentifiers& out) {
  constexpr int kTogether = 12;
  const std::uint8_t* const at = schedules.bytes + 176 * (which & ~std::size_t{3}) + 16 * (which & 3);
  __m512i keys[kRounds];
  for (int r = 0; r < kRounds; ++r)
    keys[r] = _mm512_broadcast_i32x4(_mm_load_si128(reinterpret_cast<const __m128i*>(at + kFour * r)));
  const int n = static_cast<int>(start);
  const auto block = [](int interval) { return _mm_set_epi32(interval, 0, kPrefixHigh, kPrefixLow); };
  __m512i next = _mm512_castsi128_si512(block(n));
  next = _mm512_inserti32x4(next, block(n + 1), 1);
  next = _mm512_inserti32x4(next, block(n + 2), 2);
  next = _mm512_inserti32x4(next, block(n + 3), 3);
  const __m512i four = _mm512_broadcast_i32x4(_mm_set_epi32(4, 0, 0, 0));
  for (std::size_t i = 0; i < kIdentifiersAtOnce; i += 4 * kTogether) {
    __m512i x[kTogether];
    for (int j = 0; j < kTogether; ++j) {
      x[j] = _mm512_xor_si512(next, keys[0]);
      next = _mm512_add_epi32(next, four);
    }
    for (int r = 1; r < kRounds - 1; ++r) {
      for (int j = 0; j < kTogether; ++j) x[j] = _mm512_aesenc_epi128(x[j], keys[r]);
    }
    for (int j = 0; j < kTogether; ++j)
      _mm512_store_si512(out.bytes[i + 4 * j], _mm512_aesenclast_epi128(x[j], keys[kRounds - 1]));
  }
}

std::size_t ask(const Filter& filter, const KeyIdentifiers& identifiers, std::size_t from, std::size_t to,
                std::uint16_t* passed) {
  std::size_t count = 0;
  const __m512i mask = _mm512_set1_epi32(static_cast<int>(filter.mask));
  const __m512i one = _mm512_set1_epi32(1), five_bits = _mm512_set1_epi32(31);
  for (std::size_t i = from & ~std::size_t{15}; i < to; i += 16) {
    const __m512i a = _mm512_load_si512(identifiers.bytes[i]), b = _mm512_load_si512(identifiers.bytes[i + 4]);
    const __m512i c = _mm512_load_si512(identifiers.bytes[i + 8]), d = _mm512_load_si512(identifiers.bytes[i + 12]);
    // First words of identifiers 0 4 8 12, then 1 5 9 13, …; then their second words.
    const __m512i ab = _mm512_unpacklo_epi32(a, b), cd = _mm512_unpacklo_epi32(c, d);
    const __m512i first = _mm512_unpacklo_epi64(ab, cd), second = _mm512_unpackhi_epi64(ab, cd);
    const __m512i words = _mm512_i32gather_epi32(_mm512_and_si512(first, mask), filter.words, 4);
    __m512i bits = _mm512_sllv_epi32(one, _mm512_and_si512(second, five_bits));
    bits = _mm512_or_si512(bits, _mm512_sllv_epi32(one, _mm512_and_si512(_mm512_srli_epi32(second, 5), five_bits)));
    bits = _mm512_or_si512(bits, _mm512_sllv_epi32(one, _mm512_and_si512(_mm512_srli_epi32(second, 10), five_bits)));
    const unsigned holds = _mm512_cmpeq_epi32_mask(_mm512_and_si512(words, bits), bits);
    if (holds == 0) continue;
    for (std::size_t j = i < from ? from - i : 0; j < 16 && i + j < to; ++j) {
      passed[count] = static_cast<std::uint16_t>(i + j);
      count += holds >> ((j & 3) * 4 + j / 4) & 1;
    }
  }
  return count;
}

}  // namespace

const Lane kAvx512Lane{"AVX-512 and VAES", prepare, identifiers, ask};

}  // namespace luytre::proximity

#endif

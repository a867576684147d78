// One syllable of a Vietnamese name: letters and tone apart, and what two writings of it have to do with each other.
//
// Diacritics are identity: Hoa, Hoà and Hoá are three names. Hòa and Hoà are one: where the tone stands is a matter of
// style, so the tone is kept beside the letters. Letters of other scripts are folded (platform/base/text.h).
//
// What goes wrong in typing: no diacritics at all; the keys of an input method left standing (Telex "Nguyeenx", VNI
// "Nguye6n4"); a neighbouring key, a letter too many or too few, two letters swapped; i for y.

#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace luytre::linkage {

// Longer than any name in use; what is beyond is not looked at.
inline constexpr std::size_t kSyllablesMost = 12, kLettersMost = 16;

struct Syllable {
  std::u32string letters;  // lower case, without tone: U"nguyên"
  int tone = 0;            // 0 none, 1 huyền, 2 hỏi, 3 ngã, 4 sắc, 5 nặng
  std::string plain;       // "nguyen"
  bool marked() const;     // has a tone, or a letter that plain keys do not write
  friend bool operator==(const Syllable&, const Syllable&) = default;
};

// None: not text (invalid UTF-8, control characters), or no letters.
std::vector<Syllable> read_syllables(std::string_view name);

// What the keys of Telex or VNI would have written; nothing: there are none in it.
std::optional<Syllable> read_keys(std::string_view plain);

// Worst first.
enum class SyllableMatch {
  kDifferent,
  kDiacritics,  // the same letters with other diacritics
  kTyping,      // a typing error apart
  kKeys,        // the one without diacritics, or in the keys of an input method
  kSame,
};

// `unmarked`: one of the two names is written without any diacritics.
SyllableMatch match(const Syllable& one, const Syllable& other, bool unmarked);

// Whether two texts are one slip apart: a letter more, less or other, or two neighbours swapped.
bool one_slip(std::string_view one, std::string_view other);

}  // namespace luytre::linkage

#include "engines/linkage/syllable.h"

#include <algorithm>
#include <array>

#include "platform/base/text.h"

namespace luytre::linkage {
namespace {

constexpr std::size_t kTones = 6;
// Each vowel with its six tones, in the order of Syllable::tone.
constexpr std::u32string_view kLower = U"aàảãáạăằẳẵắặâầẩẫấậeèẻẽéẹêềểễếệiìỉĩíịoòỏõóọôồổỗốộơờởỡớợuùủũúụưừửữứựyỳỷỹýỵ";
constexpr std::u32string_view kUpper = U"AÀẢÃÁẠĂẰẲẴẮẶÂẦẨẪẤẬEÈẺẼÉẸÊỀỂỄẾỆIÌỈĨÍỊOÒỎÕÓỌÔỒỔỖỐỘƠỜỞỠỚỢUÙỦŨÚỤƯỪỬỮỨỰYỲỶỸÝỴ";
static_assert(kLower.size() == kUpper.size() && kLower.size() % kTones == 0);

constexpr std::u32string_view kMarkedLetters = U"ăâêôơưđ";
constexpr std::string_view kPlainOfMarked = "aaeooud";
static_assert(kMarkedLetters.size() == kPlainOfMarked.size());

// Shorter words one letter apart are mostly other names: An and Anh, Hân and Hạnh.
constexpr std::size_t kSlipLeast = 4;
// In longer words any wrong letter is a slip, not only a neighbouring key.
constexpr std::size_t kAnyLetterLeast = 5;

// Of a keyboard, with a row's shift against the one above (US layout, which Vietnamese input methods use).
constexpr std::array<std::string_view, 3> kRows{"qwertyuiop", "asdfghjkl", "zxcvbnm"};

bool is_vowel(char32_t letter) {
  return letter == U'đ' ? false : kLower.find(letter) != std::u32string_view::npos;
}

char plain_of(char32_t letter) {
  const auto at = kMarkedLetters.find(letter);
  return at == std::u32string_view::npos ? static_cast<char>(letter) : kPlainOfMarked[at];
}

// Of text that is known to be UTF-8.
char32_t next(std::string_view text, std::size_t& at) {
  const auto lead = static_cast<unsigned char>(text[at]);
  const std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  char32_t point = length == 1 ? lead : lead & (0xFFU >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) point = point << 6 | (static_cast<unsigned char>(text[at + i]) & 0x3FU);
  at += length;
  return point;
}

struct Letter {
  char32_t letter = 0;
  int tone = 0;
};

std::optional<Letter> vietnamese(char32_t point) {
  if (point == U'đ' || point == U'Đ') return Letter{U'đ', 0};
  for (const auto table : {kLower, kUpper}) {
    const auto at = table.find(point);
    if (at != std::u32string_view::npos) return Letter{kLower[at / kTones * kTones], static_cast<int>(at % kTones)};
  }
  if (point >= U'A' && point <= U'Z') return Letter{point - U'A' + U'a', 0};
  const bool plain = (point >= U'a' && point <= U'z') || (point >= U'0' && point <= U'9');
  return plain ? std::optional(Letter{point, 0}) : std::nullopt;
}

void add(Syllable& syllable, const Letter& letter) {
  if (letter.tone != 0) syllable.tone = letter.tone;
  if (syllable.letters.size() >= kLettersMost) return;
  syllable.letters += letter.letter;
  syllable.plain += plain_of(letter.letter);
}

// A letter of another alphabet, as folding writes it; false: it separates.
bool add_foreign(Syllable& syllable, std::string_view utf8) {
  const std::string folded = fold(utf8);
  if (folded.empty() || folded == " ") return false;
  if (syllable.letters.size() >= kLettersMost) return true;
  for (std::size_t at = 0; at < folded.size();) syllable.letters += next(folded, at);
  syllable.plain += folded;
  return true;
}

bool neighbours(char a, char b) {
  if (std::min(a, b) == 'i' && std::max(a, b) == 'y') return true;
  for (std::size_t row = 0; row < kRows.size(); ++row) {
    const auto at = kRows[row].find(a);
    if (at == std::string_view::npos) continue;
    const auto is = [&](std::size_t r, std::size_t column) {
      return r < kRows.size() && column < kRows[r].size() && kRows[r][column] == b;
    };
    if (is(row, at + 1) || is(row, at - 1) || is(row + 1, at) || is(row + 1, at - 1)) return true;
    if (row > 0 && (is(row - 1, at) || is(row - 1, at + 1))) return true;
  }
  return false;
}

bool left_out(std::string_view longer, std::string_view shorter) {
  const auto [at, with] = std::mismatch(shorter.begin(), shorter.end(), longer.begin());
  return std::equal(at, shorter.end(), with + 1);
}

// The only place where two texts of one length differ; nothing: in none or several.
std::optional<std::size_t> one_place(std::string_view one, std::string_view other) {
  std::optional<std::size_t> out;
  for (std::size_t i = 0; i < one.size(); ++i) {
    if (one[i] == other[i]) continue;
    if (out) return std::nullopt;
    out = i;
  }
  return out;
}

bool typing_error(std::string_view one, std::string_view other) {
  if (one.size() == other.size()) {
    if (const auto at = one_place(one, other)) {
      const bool i_or_y = std::min(one[*at], other[*at]) == 'i' && std::max(one[*at], other[*at]) == 'y';
      if (i_or_y) return true;  // Lý and Lí, at any length
      return one.size() >= kAnyLetterLeast || (one.size() >= kSlipLeast && neighbours(one[*at], other[*at]));
    }
  }
  return std::max(one.size(), other.size()) >= kSlipLeast && one_slip(one, other);
}

// ---- the keys of input methods ----

int tone_of(char key) {
  constexpr std::string_view kTelex = "-frxsj", kVni = "-23415";  // in the order of Syllable::tone
  for (const auto keys : {kTelex, kVni}) {
    const auto at = keys.find(key);
    if (at != std::string_view::npos) return static_cast<int>(at);
  }
  return 0;
}

// Turns the last letter that the key changes; false: there is none.
bool turn(std::u32string& letters, std::u32string_view from, std::u32string_view to) {
  for (std::size_t i = letters.size(); i-- > 0;) {
    const auto at = from.find(letters[i]);
    if (at == std::u32string_view::npos) continue;
    letters[i] = to[at];
    if (letters[i] == U'ơ' && i > 0 && letters[i - 1] == U'u') letters[i - 1] = U'ư';
    return true;
  }
  return false;
}

bool doubled(const std::u32string& letters, char key) {
  if (letters.empty() || letters.back() != static_cast<char32_t>(key)) return false;
  return key == 'a' || key == 'e' || key == 'o' || (key == 'd' && letters.size() == 1);
}

bool apply_key(Syllable& out, char key) {
  auto& letters = out.letters;
  if (doubled(letters, key)) return turn(letters, U"aeod", U"âêôđ");
  if (key == 'w') return turn(letters, U"aou", U"ăơư");
  if (key == '6') return turn(letters, U"aeo", U"âêô");
  if (key == '7') return turn(letters, U"ou", U"ơư");
  if (key == '8') return turn(letters, U"a", U"ă");
  if (key == '9') return turn(letters, U"d", U"đ");
  const bool after_vowel = std::any_of(letters.begin(), letters.end(), is_vowel);
  const int tone = after_vowel ? tone_of(key) : 0;
  if (tone == 0) return false;
  out.tone = tone;
  return true;
}

}  // namespace

bool Syllable::marked() const {
  return tone != 0 || std::any_of(letters.begin(), letters.end(), [](char32_t letter) {
           return kMarkedLetters.find(letter) != std::u32string_view::npos;
         });
}

std::vector<Syllable> read_syllables(std::string_view name) {
  const auto tidied = tidy(name);
  if (!tidied) return {};
  std::vector<Syllable> out;
  Syllable current;
  bool letters = false;
  const auto finish = [&] {
    if (!current.letters.empty()) out.push_back(std::move(current));
    current = Syllable();
  };
  for (std::size_t at = 0; at < tidied->size() && out.size() < kSyllablesMost;) {
    const std::size_t from = at;
    const char32_t point = next(*tidied, at);
    if (const auto letter = vietnamese(point)) {
      letters = letters || letter->letter > U'9';
      add(current, *letter);
    } else if (add_foreign(current, std::string_view(*tidied).substr(from, at - from))) {
      letters = true;
    } else {
      finish();
    }
  }
  if (out.size() < kSyllablesMost) finish();
  if (!letters) out.clear();
  return out;
}

std::optional<Syllable> read_keys(std::string_view plain) {
  Syllable out;
  bool any = false;
  for (const char key : plain) {
    if (apply_key(out, key)) {
      any = true;
    } else {
      out.letters += static_cast<unsigned char>(key);
    }
  }
  if (!any) return std::nullopt;
  for (const char32_t letter : out.letters) out.plain += plain_of(letter);
  return out;
}

bool one_slip(std::string_view one, std::string_view other) {
  if (one.size() < other.size()) std::swap(one, other);
  if (one.size() == other.size() + 1) return left_out(one, other);
  if (one.size() != other.size()) return false;
  if (one_place(one, other)) return true;
  const auto [a, b] = std::mismatch(one.begin(), one.end(), other.begin());
  if (one.end() - a < 2) return false;
  return a[0] == b[1] && a[1] == b[0] && std::equal(a + 2, one.end(), b + 2);
}

namespace {

// A key is a letter more and never the first, which is nearly always enough to know.
bool wrote_keys(const std::string& keys, const Syllable& meant) {
  if (keys.size() <= meant.plain.size() || meant.plain.empty() || keys.front() != meant.plain.front()) return false;
  return read_keys(keys) == meant;
}

}  // namespace

SyllableMatch match(const Syllable& one, const Syllable& other, bool unmarked) {
  if (one == other) return SyllableMatch::kSame;
  if (one.plain == other.plain) return unmarked ? SyllableMatch::kKeys : SyllableMatch::kDiacritics;
  if (wrote_keys(one.plain, other) || wrote_keys(other.plain, one)) return SyllableMatch::kKeys;
  return typing_error(one.plain, other.plain) ? SyllableMatch::kTyping : SyllableMatch::kDifferent;
}

}  // namespace luytre::linkage

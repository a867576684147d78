#include "platform/base/text.h"

#include <sodium.h>
#include <unicode/normalizer2.h>
#include <unicode/translit.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <array>
#include <stdexcept>

namespace luytre {
namespace {

constexpr int kVariant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;

// Decodes the code point at `at` and moves past it; false if it is not well-formed UTF-8 (RFC 3629).
bool decode(std::string_view text, std::size_t& at, char32_t& point) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(at);
  const std::size_t length = lead < 0x80                   ? 1
                             : lead >= 0xC2 && lead < 0xE0 ? 2
                             : lead >= 0xE0 && lead < 0xF0 ? 3
                             : lead >= 0xF0 && lead < 0xF5 ? 4
                                                           : 0;
  if (length == 0 || at + length > text.size()) return false;
  point = length == 1 ? lead : lead & (0xFFU >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(at + i) & 0xC0) != 0x80) return false;
    point = point << 6 | (byte(at + i) & 0x3FU);
  }
  const bool overlong = (length == 3 && point < 0x800) || (length == 4 && point < 0x10000);
  if (overlong || (point >= 0xD800 && point < 0xE000) || point > 0x10FFFF) return false;
  at += length;
  return true;
}

// Bidirectional overrides and zero-width marks make two different texts look the same.
bool is_refused(char32_t point, bool lines) {
  if (point == '\n') return !lines;
  if (point == '\t') return false;
  return point < 0x20 || (point >= 0x7F && point < 0xA0) || (point >= 0x202A && point <= 0x202E) ||
         (point >= 0x2066 && point <= 0x2069) || point == 0x200B || point == 0xFEFF || (point & 0xFFFE) == 0xFFFE;
}

bool is_blank(UChar32 point) {
  return point == '\t' || u_isUWhiteSpace(point) != 0;
}

icu::UnicodeString collapse_blanks(const icu::UnicodeString& in, bool lines) {
  icu::UnicodeString out;
  bool gap = false;
  for (std::int32_t i = 0; i < in.length(); i = in.moveIndex32(i, 1)) {
    const UChar32 point = in.char32At(i);
    if (lines && point == '\n') {
      out.append(point);
      gap = false;
    } else if (is_blank(point)) {
      gap = true;
    } else {
      if (gap && !out.isEmpty() && !out.endsWith(u"\n", 1)) out.append(u' ');
      gap = false;
      out.append(point);
    }
  }
  return out.trim();
}

}  // namespace

bool is_utf8(std::string_view text) {
  char32_t point = 0;
  for (std::size_t at = 0; at < text.size();)
    if (!decode(text, at, point)) return false;
  return true;
}

std::size_t code_points(std::string_view utf8) {
  std::size_t count = 0;
  for (const char c : utf8) count += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  return count;
}

std::optional<std::string> tidy(std::string_view utf8, bool lines) {
  bool plain = true;  // printable ASCII without doubled or outer blanks needs no ICU
  for (std::size_t at = 0; at < utf8.size();) {
    const std::size_t start = at;
    char32_t point = 0;
    if (!decode(utf8, at, point)) return std::nullopt;
    if (point == '\r' && lines) {
      plain = false;
      continue;
    }
    if (is_refused(point, lines)) return std::nullopt;
    const bool blank_at_edge = point == ' ' && (start == 0 || at == utf8.size() || utf8[start - 1] == ' ');
    plain = plain && point >= 0x20 && point < 0x80 && !blank_at_edge;
  }
  if (plain) return std::string(utf8);

  UErrorCode failed = U_ZERO_ERROR;
  const icu::Normalizer2* nfc = icu::Normalizer2::getNFCInstance(failed);
  if (U_FAILURE(failed) != 0) throw std::runtime_error("ICU has no NFC data");
  icu::UnicodeString text =
      icu::UnicodeString::fromUTF8(icu::StringPiece(utf8.data(), static_cast<std::int32_t>(utf8.size())));
  text = nfc->normalize(text.findAndReplace(u"\r", u""), failed);
  std::string out;
  collapse_blanks(text, lines).toUTF8String(out);
  return out;
}

namespace {

std::string fold_by_icu(std::string_view utf8) {
  UErrorCode failed = U_ZERO_ERROR;
  const icu::Normalizer2* nfd = icu::Normalizer2::getNFKDInstance(failed);
  if (U_FAILURE(failed) != 0) throw std::runtime_error("ICU has no NFKD data");
  icu::UnicodeString text =
      icu::UnicodeString::fromUTF8(icu::StringPiece(utf8.data(), static_cast<std::int32_t>(utf8.size())));
  text = nfd->normalize(text.foldCase(), failed);
  std::string out;
  bool gap = false;
  for (std::int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
    UChar32 point = text.char32At(i);
    if (point == 0x0111) point = 'd';  // đ has no decomposition
    if (u_charType(point) == U_NON_SPACING_MARK) continue;
    if (u_isalnum(point) == 0) {
      gap = true;
      continue;
    }
    if (gap && !out.empty()) out += ' ';
    gap = false;
    icu::UnicodeString(point).toUTF8String(out);
  }
  return out;
}

// What ICU makes of each Latin letter: most names are written in nothing else, and searches fold them by the thousand.
// Case and decomposition are matters of one letter; what combines with its neighbour is not in here.
class LatinFolds {
 public:
  LatinFolds() {
    for (char32_t point = 0; point < kLowEnd; ++point) low_[point] = folded(point);
    for (char32_t point = kHighFrom; point < kHighEnd; ++point) high_[point - kHighFrom] = folded(point);
  }

  // Nothing: some of it has to go through ICU.
  std::optional<std::string> of(std::string_view utf8) const {
    std::string out;
    out.reserve(utf8.size());
    bool gap = false;
    for (std::size_t at = 0; at < utf8.size();) {
      const char32_t point = next(utf8, at);
      const bool low = point < kLowEnd, high = point >= kHighFrom && point < kHighEnd;
      if (!low && !high) return std::nullopt;
      const std::string& letters = low ? low_[point] : high_[point - kHighFrom];
      if (letters.empty() && point >= kAsciiEnd) return std::nullopt;
      if (letters.empty()) {
        gap = true;
        continue;
      }
      if (gap && !out.empty()) out += ' ';
      gap = false;
      out += letters;
    }
    return out;
  }

 private:
  static constexpr char32_t kAsciiEnd = 0x80, kLowEnd = 0x250, kHighFrom = 0x1E00, kHighEnd = 0x1F00;
  static constexpr char32_t kNone = 0x110000;

  // In two bytes at the most, or three; what is longer or broken is not in the tables.
  static char32_t next(std::string_view text, std::size_t& at) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const auto goes_on = [&](std::size_t i) { return i < text.size() && (byte(i) & 0xC0U) == 0x80U; };
    const char32_t lead = byte(at++);
    if (lead < kAsciiEnd) return lead;
    if (lead >= 0xC2 && lead < 0xE0 && goes_on(at)) return (lead & 0x1FU) << 6 | (byte(at++) & 0x3FU);
    if (lead == 0xE1 && goes_on(at) && goes_on(at + 1)) {
      const char32_t middle = byte(at++) & 0x3FU;
      return 0x1000U | middle << 6 | (byte(at++) & 0x3FU);
    }
    return kNone;
  }
  static std::string folded(char32_t point) {
    std::string utf8;
    icu::UnicodeString(static_cast<UChar32>(point)).toUTF8String(utf8);
    std::string out = fold_by_icu(utf8);
    return fold_by_icu('a' + utf8 + 'a') == 'a' + out + 'a' ? out : "";  // else it also separates, as in "l·"
  }

  std::array<std::string, kLowEnd> low_;
  std::array<std::string, kHighEnd - kHighFrom> high_;
};

}  // namespace

std::string fold(std::string_view utf8) {
  static const LatinFolds latin;
  auto out = latin.of(utf8);
  return out ? std::move(*out) : fold_by_icu(utf8);
}

std::string hex(std::string_view bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string out;
  out.reserve(bytes.size() * 2);
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    out += kDigits[byte >> 4];
    out += kDigits[byte & 15];
  }
  return out;
}

std::optional<std::string> unhex(std::string_view text) {
  if (text.size() % 2 != 0) return std::nullopt;
  std::string out(text.size() / 2, '\0');
  std::size_t length = 0;
  const char* end = nullptr;
  if (sodium_hex2bin(reinterpret_cast<unsigned char*>(out.data()), out.size(), text.data(), text.size(), nullptr,
                     &length, &end) != 0 ||
      end != text.data() + text.size() || length != out.size()) {
    return std::nullopt;
  }
  return out;
}

std::string base64url(std::string_view bytes) {
  std::string out(sodium_base64_ENCODED_LEN(bytes.size(), kVariant), '\0');
  sodium_bin2base64(out.data(), out.size(), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
                    kVariant);
  out.pop_back();  // the terminating NUL
  return out;
}

std::optional<std::string> parse_base64url(std::string_view text) {
  std::string out(text.size() / 4 * 3 + 3, '\0');
  std::size_t length = 0;
  const char* end = nullptr;
  if (sodium_base642bin(reinterpret_cast<unsigned char*>(out.data()), out.size(), text.data(), text.size(), nullptr,
                        &length, &end, kVariant) != 0 ||
      end != text.data() + text.size()) {
    return std::nullopt;
  }
  out.resize(length);
  return out;
}

}  // namespace luytre

// Text: UTF-8, NFC. Diacritics are identity; they are folded only to make search keys.

#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace luytre {

bool is_utf8(std::string_view text);
std::size_t code_points(std::string_view utf8);

// NFC, white space runs become one space, ends trimmed. Empty if `utf8` is not UTF-8 or holds a control character other
// than newline and tab (newlines are kept only when `lines`).
std::optional<std::string> tidy(std::string_view utf8, bool lines = false);

// The search key: lower case, no diacritics, đ → d, punctuation → space: "Đặng Thị Ánh" → "dang thi anh" (ICU).
std::string fold(std::string_view utf8);

// A string of at most N code points after tidying; the JSON reader and the OpenAPI schema enforce N.
template <std::size_t N>
struct Text : std::string {
  static constexpr std::size_t kMost = N;
  using std::string::string;
  Text() = default;
  Text(std::string s) : std::string(std::move(s)) {}  // NOLINT: implicit by intent
};

// The same, keeping line breaks: for notes.
template <std::size_t N>
struct Note : std::string {
  static constexpr std::size_t kMost = N;
  using std::string::string;
  Note() = default;
  Note(std::string s) : std::string(std::move(s)) {}  // NOLINT: implicit by intent
};

std::string hex(std::string_view bytes);
std::optional<std::string> unhex(std::string_view text);
std::string base64url(std::string_view bytes);  // without padding
std::optional<std::string> parse_base64url(std::string_view text);

}  // namespace luytre

// Problem: an Error as an RFC 9457 problem document, in the reader's language.
//
//   {"type": "/api/#not_found", "title": "Không tìm thấy", "status": 404, "code": "not_found", "detail": "…",
//    "errors": [{"pointer": "/name", "code": "too_long", "params": {"expected": "200"}, "detail": "…"}], "params": {…},
//    "current": {…}}
//
// `errors`, `params` and `current` are left out when empty. Texts come from data/i18n: every file vi.json, en.json,
// <room>.vi.json and <room>.en.json, merged; keys "errors.<code>", "fields.<code>", "status.<number>"; "{name}" in a
// text is filled from the params. A missing text is answered by its code. Immutable after loading, thread-safe.

#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>

#include "platform/base/result.h"

namespace luytre::http {

enum class Language { kVi, kEn };

std::string_view language_tag(Language language);            // "vi"
Language choose_language(std::string_view accept_language);  // Vietnamese unless English is preferred
std::string fill(std::string_view text, const std::map<std::string, std::string>& params);

class Texts {
 public:
  Texts() = default;                                       // none: every text is its code
  static Texts load(const std::filesystem::path& folder);  // throws store::StartError, naming the file

  // Empty when there is none.
  std::string_view find(Language language, std::string_view key) const;

 private:
  void add(Language language, const std::filesystem::path& file);
  std::map<std::string, std::string, std::less<>> texts_[2];
};

std::string problem(const Error& error, Language language, const Texts& texts);

}  // namespace luytre::http

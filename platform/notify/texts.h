// Texts: what the system says to people, by key and language, from data/i18n/*.<language>.json (nested objects; a key
// is the path, joined by dots). Placeholders are {name}. Read once; immutable, thread-safe.

#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>

namespace luytre::notify {

class Texts {
 public:
  // Throws runtime_error naming the file that is no JSON, or a key that two files of one language give.
  explicit Texts(const std::filesystem::path& folder);

  // In Vietnamese when the language lacks it; throws logic_error when Vietnamese does too (a test proves that both
  // languages are whole).
  std::string fill(std::string_view key, std::string_view language,
                   const std::map<std::string, std::string>& parameters = {}) const;
  bool has(std::string_view key, std::string_view language) const;

 private:
  std::map<std::string, std::map<std::string, std::string, std::less<>>, std::less<>> languages_;
};

// "{name}" of the template replaced, once: what is put in is not looked at again.
std::string fill_template(std::string_view text, const std::map<std::string, std::string>& parameters);

}  // namespace luytre::notify

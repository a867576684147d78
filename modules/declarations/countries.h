// Countries: the countries and territories of ISO 3166-1, data/countries.json, which forms offer by the standard's own
// value set. The file does not follow the day: an answer keeps the name that it was given under (engines/forms).
// Immutable, thread-safe.

#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engines/forms/response.h"

namespace luytre::declarations {

// hl7.org/fhir/R4/valueset-iso3166-1-2.html: the codes of two letters.
inline constexpr std::string_view kCountrySet = "http://hl7.org/fhir/ValueSet/iso3166-1-2";
inline constexpr std::string_view kCountryCodes = "urn:iso:std:iso:3166";

class Countries {
 public:
  // Throws runtime_error naming the file and what is wrong in it.
  explicit Countries(const std::filesystem::path& file);

  // By the code of two letters, in any system or this one's; under its Vietnamese name, in which officers read it.
  std::optional<forms::Concept> find(const forms::Coding& given) const;
  // By what a list writes: a name in Vietnamese or English, or one that people use, with or without diacritics; or a
  // code of two or three capital letters.
  std::optional<forms::Concept> named(std::string_view words) const;
  std::size_t size() const { return names_.size(); }

 private:
  std::map<std::string, std::string, std::less<>> names_;    // by code
  std::map<std::string, std::string, std::less<>> codes_;    // by folded name
  std::map<std::string, std::string, std::less<>> letters_;  // codes by codes, of three letters, too
};

}  // namespace luytre::declarations

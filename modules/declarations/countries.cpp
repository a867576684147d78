#include "modules/declarations/countries.h"

#include <algorithm>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "platform/base/json.h"
#include "platform/base/text.h"

namespace luytre::declarations {
namespace {

// The file's form; whose passports are carried (of) only the apps need.
struct Country {
  std::string code;
  std::string alpha3;
  Text<80> vi;
  Text<80> en;
  std::optional<std::vector<std::string>> also;
  std::optional<std::string> of;
};
BOOST_DESCRIBE_STRUCT(Country, (), (code, alpha3, vi, en, also, of))

struct CountryFile {
  Date date;
  std::string source;
  std::vector<Country> countries;
};
BOOST_DESCRIBE_STRUCT(CountryFile, (), (date, source, countries))

[[noreturn]] void refuse(const std::filesystem::path& file, const std::string& why) {
  throw std::runtime_error(file.string() + ": " + why);
}

bool letters(std::string_view code, std::size_t many) {
  return code.size() == many && std::all_of(code.begin(), code.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

}  // namespace

Countries::Countries(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream text;
  if (!in || !(text << in.rdbuf())) refuse(file, "cannot be read");
  const auto parsed = json::parse<CountryFile>(text.str());
  if (!parsed) {
    const auto& fields = parsed.error().fields;
    refuse(file, fields.empty() ? parsed.error().code : fields.front().pointer + " " + fields.front().code);
  }
  for (const Country& one : parsed->countries) {
    if (!letters(one.code, 2) || !letters(one.alpha3, 3)) refuse(file, one.code + ": is no code of ISO 3166-1");
    if (one.vi.empty() || one.en.empty()) refuse(file, one.code + ": a name in both languages wanted");
    if (!names_.emplace(one.code, one.vi).second || !letters_.emplace(one.alpha3, one.code).second)
      refuse(file, one.code + " is there twice");
    letters_.emplace(one.code, one.code);
    std::vector<std::string> names{one.vi, one.en};
    if (one.also) names.insert(names.end(), one.also->begin(), one.also->end());
    for (const std::string& name : names)
      if (codes_.try_emplace(fold(name), one.code).first->second != one.code)
        refuse(file, name + " is the name of two");
  }
  if (names_.empty()) refuse(file, "no countries in it");
}

std::optional<forms::Concept> Countries::find(const forms::Coding& given) const {
  if (!given.system.empty() && given.system != kCountryCodes) return std::nullopt;
  const auto found = names_.find(given.code);
  if (found == names_.end()) return std::nullopt;
  return forms::Concept{{std::string(kCountryCodes), found->first}, found->second};
}

std::optional<forms::Concept> Countries::named(std::string_view words) const {
  auto found = letters_.find(words);  // MY is Malaysia, and Mỹ the United States
  if (found == letters_.end()) {
    found = codes_.find(fold(words));
    if (found == codes_.end()) return std::nullopt;
  }
  return find({"", found->second});
}

}  // namespace luytre::declarations

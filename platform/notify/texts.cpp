#include "platform/notify/texts.h"

#include <fstream>
#include <iterator>
#include <stdexcept>

#include "platform/base/json.h"

namespace luytre::notify {
namespace {

using Table = std::map<std::string, std::string, std::less<>>;

void flatten(const json::Value& value, const std::string& path, const std::filesystem::path& file, Table& out) {
  if (value.is_string()) {
    if (!out.emplace(path, std::string(value.get_string())).second) {
      throw std::runtime_error(file.string() + ": \"" + path + "\" is given by another file too");
    }
    return;
  }
  if (!value.is_object()) throw std::runtime_error(file.string() + ": \"" + path + "\" is neither text nor object");
  for (const auto& [key, item] : value.get_object())
    flatten(item, path.empty() ? std::string(key) : path + "." + std::string(key), file, out);
}

// "vi" of "identity.vi.json" and of "vi.json".
std::string language_of(const std::filesystem::path& file) {
  const auto stem = file.stem();
  return stem.has_extension() ? stem.extension().string().substr(1) : stem.string();
}

}  // namespace

Texts::Texts(const std::filesystem::path& folder) {
  if (!std::filesystem::is_directory(folder)) throw std::runtime_error("no folder of texts at " + folder.string());
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() != ".json") continue;
    std::ifstream in(entry.path(), std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    const auto value = json::parse_value(text);
    if (!value) throw std::runtime_error(entry.path().string() + " is not JSON");
    flatten(*value, "", entry.path(), languages_[language_of(entry.path())]);
  }
}

bool Texts::has(std::string_view key, std::string_view language) const {
  const auto table = languages_.find(language);
  return table != languages_.end() && table->second.contains(key);
}

std::string Texts::fill(std::string_view key, std::string_view language,
                        const std::map<std::string, std::string>& parameters) const {
  for (const auto wanted : {language, std::string_view("vi")}) {
    const auto table = languages_.find(wanted);
    if (table == languages_.end()) continue;
    const auto found = table->second.find(key);
    if (found != table->second.end()) return fill_template(found->second, parameters);
  }
  throw std::logic_error("no text for " + std::string(key));
}

std::string fill_template(std::string_view text, const std::map<std::string, std::string>& parameters) {
  std::string out;
  while (!text.empty()) {
    const auto open = text.find('{');
    const auto close = open == std::string_view::npos ? open : text.find('}', open);
    if (close == std::string_view::npos) break;
    const auto found = parameters.find(std::string(text.substr(open + 1, close - open - 1)));
    if (found == parameters.end()) {  // a brace of JSON, not a placeholder: step over it alone
      out.append(text.substr(0, open + 1));
      text.remove_prefix(open + 1);
    } else {
      out.append(text.substr(0, open)).append(found->second);
      text.remove_prefix(close + 1);
    }
  }
  return out.append(text);
}

}  // namespace luytre::notify

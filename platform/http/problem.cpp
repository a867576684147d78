#include "platform/http/problem.h"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <sstream>
#include <vector>

#include "platform/base/json.h"
#include "platform/http/url.h"
#include "platform/store/database.h"

namespace luytre::http {
namespace {

// The weight of a language range like "en-GB;q=0.7"; 1 when none is given, 0 when it is malformed.
double weight(std::string_view range) {
  const auto mark = range.find(';');
  if (mark == std::string_view::npos) return 1;
  auto q = trim(range.substr(mark + 1));
  if (!q.starts_with("q=")) return 0;
  q.remove_prefix(2);
  double value = 0;
  const auto [end, failed] = std::from_chars(q.data(), q.data() + q.size(), value);
  return failed == std::errc{} && end == q.data() + q.size() && value <= 1 ? value : 0;
}

void flatten(const std::string& prefix, const json::Value& value,
             std::map<std::string, std::string, std::less<>>& out) {
  if (value.is_string()) {
    out[prefix] = std::string(value.get_string());
  } else if (value.is_object()) {
    for (const auto& [key, item] : value.get_object()) {
      flatten(prefix.empty() ? std::string(key) : prefix + '.' + std::string(key), item, out);
    }
  }
}

std::string text_or_code(const Texts& texts, Language language, std::string_view group, const std::string& code,
                         const std::map<std::string, std::string>& params) {
  const auto text = texts.find(language, std::string(group) + '.' + code);
  return text.empty() ? code : fill(text, params);
}

void member(std::string& out, std::string_view name, std::string_view text) {
  if (out.back() != '{') out += ',';
  json::write_string(out, name);
  out += ':';
  json::write_string(out, text);
}

void params_member(std::string& out, const std::map<std::string, std::string>& params) {
  if (params.empty()) return;
  out += ",\"params\":";
  json::write(out, params);
}

}  // namespace

std::string_view language_tag(Language language) {
  return language == Language::kVi ? "vi" : "en";
}

Language choose_language(std::string_view accept_language) {
  double vietnamese = 0;
  double english = 0;
  while (!accept_language.empty()) {
    const auto end = std::min(accept_language.find(','), accept_language.size());
    const auto range = trim(accept_language.substr(0, end));
    accept_language.remove_prefix(std::min(end + 1, accept_language.size()));
    const auto primary = trim(range.substr(0, range.find_first_of("-;")));
    if (iequals(primary, "vi")) vietnamese = std::max(vietnamese, weight(range));
    if (iequals(primary, "en")) english = std::max(english, weight(range));
  }
  return english > vietnamese ? Language::kEn : Language::kVi;
}

std::string fill(std::string_view text, const std::map<std::string, std::string>& params) {
  std::string out;
  while (!text.empty()) {
    const auto open = text.find('{');
    const auto close = open == std::string_view::npos ? open : text.find('}', open);
    if (close == std::string_view::npos) break;
    out += text.substr(0, open);
    const auto found = params.find(std::string(text.substr(open + 1, close - open - 1)));
    out += found == params.end() ? text.substr(open, close - open + 1) : std::string_view(found->second);
    text.remove_prefix(close + 1);
  }
  return out += text;
}

Texts Texts::load(const std::filesystem::path& folder) {
  std::error_code failed;
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder, failed)) files.push_back(entry.path());
  if (failed)
    throw store::StartError("cannot read the texts in " + folder.string() + ": " + failed.message() +
                            "; is this the data folder of Lũy Tre?");
  std::sort(files.begin(), files.end());
  Texts out;
  for (const auto& file : files) {
    const std::string name = '.' + file.filename().string();
    if (name.ends_with(".vi.json")) out.add(Language::kVi, file);
    if (name.ends_with(".en.json")) out.add(Language::kEn, file);
  }
  return out;
}

void Texts::add(Language language, const std::filesystem::path& file) {
  std::ostringstream text;
  text << std::ifstream(file, std::ios::binary).rdbuf();
  const auto value = json::parse_value(text.str());
  if (!value) throw store::StartError("not JSON: " + file.string());
  flatten("", *value, texts_[static_cast<int>(language)]);
}

std::string_view Texts::find(Language language, std::string_view key) const {
  const auto& texts = texts_[static_cast<int>(language)];
  const auto found = texts.find(key);
  return found == texts.end() ? std::string_view() : std::string_view(found->second);
}

std::string problem(const Error& error, Language language, const Texts& texts) {
  std::string out = "{";
  member(out, "type", "/api/#" + error.code);
  member(out, "title", text_or_code(texts, language, "status", std::to_string(error.status), {}));
  out += ",\"status\":" + std::to_string(error.status);
  member(out, "code", error.code);
  member(out, "detail", text_or_code(texts, language, "errors", error.code, error.params));
  if (!error.fields.empty()) {
    out += ",\"errors\":[";
    for (const auto& field : error.fields) {
      if (out.back() != '[') out += ',';
      out += '{';
      member(out, "pointer", field.pointer);
      member(out, "code", field.code);
      params_member(out, field.params);
      member(out, "detail", text_or_code(texts, language, "fields", field.code, field.params));
      out += '}';
    }
    out += ']';
  }
  params_member(out, error.params);
  if (!error.current.empty()) out += ",\"current\":" + error.current;
  return out += '}';
}

}  // namespace luytre::http

#include "engines/presence/diseases.h"

#include <toml++/toml.h>
#include <algorithm>
#include <fstream>
#include <set>
#include <sstream>
#include <stdexcept>

namespace luytre::presence {

namespace {

[[noreturn]] void refuse(const std::string& name, const std::string& what) {
  throw std::runtime_error("disease " + name + ": " + what);
}

// Reads a table's members by name; a member that nobody asked for is an error.
class Fields {
 public:
  Fields(std::string name, const toml::table& table) : name_(std::move(name)), table_(table) {}

  template <class T>
  T get(const char* key) {
    const toml::node& node = at(key);
    const auto value = node.value_exact<T>();
    if (!value) wrong(key, node, "has the wrong type");
    return *value;
  }

  std::vector<std::string> list(const char* key) {
    const toml::node& node = at(key);
    if (!node.is_array()) wrong(key, node, "must be a list");
    std::vector<std::string> out;
    for (const toml::node& item : *node.as_array()) {
      const auto text = item.value_exact<std::string>();
      if (!text) wrong(key, item, "must hold text only");
      out.push_back(*text);
    }
    return out;
  }

  Fields table(const char* key) {
    const toml::node& node = at(key);
    if (!node.is_table()) wrong(key, node, "must be a table");
    return {name_ + ": " + key, *node.as_table()};
  }

  void end() const {
    for (const auto& [key, node] : table_) {
      if (!asked_.contains(std::string(key.str()))) wrong(std::string(key.str()).c_str(), node, "is unknown");
    }
  }

  [[noreturn]] void wrong(const char* key, const toml::node& node, const std::string& what) const {
    refuse(name_, "line " + std::to_string(node.source().begin.line) + ": " + key + " " + what);
  }

 private:
  const toml::node& at(const char* key) {
    asked_.insert(key);
    const toml::node* node = table_.get(key);
    if (!node) refuse(name_, std::string(key) + " is missing");
    return *node;
  }

  std::string name_;
  const toml::table& table_;
  std::set<std::string> asked_;
};

toml::table parse_toml(const std::string& name, std::string_view text) {
  try {
    return toml::parse(text);
  } catch (const toml::parse_error& error) {
    refuse(name, "line " + std::to_string(error.source().begin.line) + ": " + std::string(error.description()));
  }
}

}  // namespace

Disease parse_disease(const std::string& name, std::string_view text) {
  const toml::table table = parse_toml(name, text);
  Fields fields(name, table);
  Disease disease;
  disease.id = fields.get<std::string>("id");
  Fields names = fields.table("name");
  disease.name = {names.get<std::string>("vi"), names.get<std::string>("en")};
  names.end();
  disease.icd10 = fields.get<std::string>("icd10");
  disease.legal_group = fields.get<std::string>("legal_group");
  disease.stigma = fields.get<bool>("stigma");
  Fields days = fields.table("incubation_days");
  disease.incubation_days = {days.get<std::int64_t>("least"), days.get<std::int64_t>("most")};
  days.end();
  disease.transmission = fields.list("transmission");
  disease.window_rule_sets = fields.list("window_rule_sets");
  disease.sources = fields.list("sources");
  fields.end();
  if (disease.id.empty()) refuse(name, "id must not be empty");
  if (disease.sources.empty()) refuse(name, "sources must not be empty");
  if (disease.incubation_days.least < 0 || disease.incubation_days.most < disease.incubation_days.least)
    refuse(name, "incubation_days: 0 ≤ least ≤ most");
  return disease;
}

Diseases::Diseases(const std::filesystem::path& folder, const RuleSets& rule_sets) {
  if (!std::filesystem::is_directory(folder)) refuse(folder.string(), "the folder is missing");
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() != ".toml") continue;
    const std::string name = entry.path().string();
    std::ifstream in(entry.path(), std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    if (!in) refuse(name, "cannot be read");
    Disease disease = parse_disease(name, text.str());
    if (disease.id != entry.path().stem().string()) refuse(name, "id must be the file's name");
    for (const std::string& id : disease.window_rule_sets) {
      const RuleSet* set = rule_sets.find(id);
      if (!set || set->disease != disease.id)
        refuse(name, "window_rule_sets: there is no rule set " + id + " for this disease");
    }
    diseases_.push_back(std::move(disease));
  }
  std::sort(diseases_.begin(), diseases_.end(), [](const Disease& a, const Disease& b) { return a.id < b.id; });
}

const Disease* Diseases::find(std::string_view id) const {
  const auto found = std::find_if(diseases_.begin(), diseases_.end(), [&](const Disease& d) { return d.id == id; });
  return found == diseases_.end() ? nullptr : &*found;
}

}  // namespace luytre::presence

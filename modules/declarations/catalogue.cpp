#include "modules/declarations/catalogue.h"

#include <sodium.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <sstream>
#include <stdexcept>

#include "engines/forms/translations.h"

namespace luytre::declarations {
namespace {

// None where there is no such folder.
std::vector<std::filesystem::path> json_files_if_any(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> out;
  std::error_code failed;
  for (const auto& entry : std::filesystem::directory_iterator(folder, failed))
    if (entry.path().extension() == ".json") out.push_back(entry.path());
  std::sort(out.begin(), out.end());
  return out;
}

std::vector<std::filesystem::path> json_files(const std::filesystem::path& folder) {
  auto out = json_files_if_any(folder);
  if (out.empty()) throw std::runtime_error("no .json files in " + folder.string());
  return out;
}

std::string read_text(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream text;
  if (!in || !(text << in.rdbuf())) throw std::runtime_error("cannot read " + file.string());
  return text.str();
}

json::Value read_json(const std::filesystem::path& file) {
  auto value = json::parse_value(read_text(file));
  if (!value) throw std::runtime_error(file.string() + ": is not JSON: " + value.error().params["reason"]);
  return std::move(*value);
}

// Without the end, which may be set later, when a newer version follows; everything else stays.
json::Object without_end(const json::Object& document) {
  json::Object out;
  for (const auto& member : document) {
    if (member.key() == "validTo" || member.key() == "end") continue;
    if (member.key() == "effectivePeriod") {
      out[member.key()] = without_end(member.value().get_object());
    } else {
      out[member.key()] = member.value();
    }
  }
  return out;
}

std::string digest_of(const json::Value& document) {
  const std::string text = boost::json::serialize(without_end(document.get_object()));
  std::array<unsigned char, 16> hash{};
  crypto_generichash(hash.data(), hash.size(), reinterpret_cast<const unsigned char*>(text.data()), text.size(),
                     nullptr, 0);
  return hex(std::string_view(reinterpret_cast<const char*>(hash.data()), hash.size()));
}

template <class F>
void naming(const std::filesystem::path& file, F work) {
  try {
    work();
  } catch (const forms::FormError& e) {
    throw std::runtime_error(file.string() + ": " + e.what());
  }
}

struct LanguageFile {
  std::string source;
  std::vector<Language> languages;
};
BOOST_DESCRIBE_STRUCT(LanguageFile, (), (source, languages))

std::vector<Language> read_languages(const std::filesystem::path& file) {
  auto read = json::parse<LanguageFile>(read_text(file));
  if (!read) throw std::runtime_error(file.string() + ": is no list of languages");
  return std::move(read->languages);
}

// The translations of one folder. Each has its document, or was made for something else.
class Translations {
 public:
  Translations(const std::filesystem::path& folder, const std::vector<Language>& languages) {
    for (const auto& file : json_files_if_any(folder)) {
      files_.push_back({file, read_json(file)});
      const std::string language = files_.back().named("language");
      const auto known = [&](const Language& one) { return one.code == language; };
      if (std::none_of(languages.begin(), languages.end(), known))
        throw std::runtime_error(file.string() + ": /language: is not in languages.json");
    }
  }

  // `version` is empty of a rule set.
  void apply(json::Value& document, const std::string& id, const std::string& version) {
    for (File& file : files_) {
      if (file.named("of") != id || file.named("version") != version) continue;
      naming(file.path, [&] { forms::translate(document, file.translation); });
      file.used = true;
    }
  }

  void check_all_used() const {
    for (const File& file : files_)
      if (!file.used) throw std::runtime_error(file.path.string() + ": /of: there is no such form or rule set");
  }

 private:
  struct File {
    std::filesystem::path path;
    json::Value translation;
    bool used = false;

    std::string named(std::string_view member) const {
      const auto* object = translation.if_object();
      const auto* found = object ? object->if_contains(member) : nullptr;
      return found && found->is_string() ? std::string(found->get_string()) : std::string();
    }
  };
  std::vector<File> files_;
};

bool covers(const forms::RuleSet& rules, Date at) {
  return rules.valid_from <= at && (!rules.valid_to || at < *rules.valid_to);
}

// The days on which something changes are enough to look at.
void check_days(const DatedForm& dated) {
  std::vector<Date> days{dated.form.valid_from};
  for (const auto& rules : dated.rule_sets) {
    days.push_back(rules.valid_from);
    if (rules.valid_to) days.push_back(*rules.valid_to);
  }
  for (const Date day : days) {
    if (!dated.in_force(day)) continue;
    std::map<std::string, int> count{{"", 0}};  // by disease
    for (const auto& rules : dated.rule_sets)
      if (covers(rules, day)) ++count[rules.disease];
    for (const auto& [disease, sets] : count)
      if (sets != 1)
        throw std::runtime_error("form " + dated.form.id + ' ' + dated.form.version + " has " + std::to_string(sets) +
                                 " rule sets" + (disease.empty() ? "" : " about " + disease) + " on " + to_text(day) +
                                 ", one is needed");
  }
}

}  // namespace

const forms::RuleSet& DatedForm::rules(Date at, std::string_view disease) const {
  const forms::RuleSet* found = nullptr;
  for (const auto& rules : rule_sets) {
    if (!covers(rules, at) || (!rules.disease.empty() && rules.disease != disease)) continue;
    if (!found || !rules.disease.empty()) found = &rules;
  }
  if (!found) throw std::logic_error("asked for the rules of a day on which the form is not in force");
  return *found;
}

bool DatedForm::rests_on_symptoms(const std::vector<std::string>& questions) const {
  return std::any_of(questions.begin(), questions.end(), [this](const std::string& question) {
    const forms::Item* item = form.find(question);
    return item && item->symptom;
  });
}

Catalogue::Catalogue(const std::filesystem::path& data)
    : languages_(read_languages(data / "languages.json")), countries_(data / "countries.json") {
  Translations of_forms(data / "forms/translations", languages_);
  for (const auto& file : json_files(data / "forms")) {
    naming(file, [&] {
      json::Value document = read_json(file);
      forms::Questionnaire form = forms::read_questionnaire(document);
      if (find(form.id, form.version))
        throw std::runtime_error(file.string() + ": this id and version are there already");
      std::string digest = digest_of(document);
      of_forms.apply(document, form.id, form.version);
      documents_.push_back({form.id, form.version, document, std::move(digest)});
      form = forms::read_questionnaire(document);
      forms_.push_back({std::move(form), std::move(document), {}});
    });
  }
  of_forms.check_all_used();
  std::sort(forms_.begin(), forms_.end(), [](const DatedForm& a, const DatedForm& b) {
    return std::tie(a.form.id, b.form.valid_from, b.form.version) <
           std::tie(b.form.id, a.form.valid_from, a.form.version);
  });
  Translations of_rules(data / "declaration-rules/translations", languages_);
  for (const auto& file : json_files(data / "declaration-rules")) {
    json::Value document = read_json(file);
    const auto* about = document.is_object() ? document.get_object().if_contains("form") : nullptr;
    bool used = false;
    for (DatedForm& dated : forms_) {
      if (!about || !about->is_string() || dated.form.id != std::string_view(about->get_string())) continue;
      naming(file, [&] {
        const forms::RuleSet plain = forms::read_rule_set(document, dated.form);
        if (!used) {
          std::string digest = digest_of(document);
          of_rules.apply(document, plain.id, "");
          documents_.push_back({plain.id, "", document, std::move(digest)});
        }
        dated.rule_sets.push_back(forms::read_rule_set(document, dated.form));
      });
      used = true;
    }
    if (!used) throw std::runtime_error(file.string() + ": /form: there is no such form");
  }
  of_rules.check_all_used();
  for (const DatedForm& dated : forms_) check_days(dated);
}

const DatedForm* Catalogue::find(std::string_view id, std::string_view version) const {
  for (const DatedForm& dated : forms_)
    if (dated.form.id == id && dated.form.version == version) return &dated;
  return nullptr;
}

const DatedForm* Catalogue::in_force(std::string_view id, Date at) const {
  for (const DatedForm& dated : forms_)
    if (dated.form.id == id && dated.in_force(at)) return &dated;
  return nullptr;
}

std::vector<std::string> Catalogue::ids() const {
  std::vector<std::string> out;
  for (const DatedForm& dated : forms_)
    if (out.empty() || out.back() != dated.form.id) out.push_back(dated.form.id);
  return out;
}

std::vector<const DatedForm*> Catalogue::in_force(Date at) const {
  std::vector<const DatedForm*> out;
  for (const DatedForm& dated : forms_) {
    const bool older = !out.empty() && out.back()->form.id == dated.form.id;
    if (dated.in_force(at) && !older) out.push_back(&dated);
  }
  return out;
}

}  // namespace luytre::declarations

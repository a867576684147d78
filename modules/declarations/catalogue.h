// Catalogue: the dated forms of data/forms and the rule sets of data/declaration-rules, read once, checked against each
// other: on every day on which a form is valid, exactly one rule set decides about it, and at most one more for each
// disease that has its own. Texts in further languages come
// from the folders translations/ beside them (engines/forms/translations.h). With the countries that forms offer.
// Immutable, thread-safe.

#pragma once

#include <filesystem>
#include <string_view>
#include <vector>

#include "engines/forms/rules.h"
#include "modules/declarations/countries.h"

namespace luytre::declarations {

struct DatedForm {
  forms::Questionnaire form;
  json::Value document;  // as in the file: what GET /forms/{id} serves
  std::vector<forms::RuleSet> rule_sets;

  bool in_force(Date at) const { return form.valid_from <= at && (!form.valid_to || at < *form.valid_to); }
  // Of a day on which the form is in force: the set of that disease, else that of any.
  const forms::RuleSet& rules(Date at, std::string_view disease = {}) const;
  // Whether one of the questions, by linkId, is marked as asking for a symptom.
  bool rests_on_symptoms(const std::vector<std::string>& questions) const;
};

// A language that people may choose. Complete: everything is said in it; prepared: what is not is read in English.
enum class LanguageState { kComplete, kPrepared };
BOOST_DESCRIBE_ENUM(LanguageState, kComplete, kPrepared)
enum class TextDirection { kLtr, kRtl };
BOOST_DESCRIBE_ENUM(TextDirection, kLtr, kRtl)

struct Language {
  std::string code;
  std::string name;  // its own
  TextDirection direction = TextDirection::kLtr;
  LanguageState state = LanguageState::kPrepared;
};
BOOST_DESCRIBE_STRUCT(Language, (), (code, name, direction, state))

// A form or rule set as it was read.
struct Document {
  std::string id;
  std::string version;  // of a form
  json::Value text;     // with its translations
  std::string digest;   // of the dated file, but for its end and its spacing: 128 bits of BLAKE2b, hexadecimal
};

class Catalogue {
 public:
  // `data` is the folder that holds forms/, declaration-rules/, languages.json and countries.json. Throws runtime_error
  // naming the file and the place in it.
  explicit Catalogue(const std::filesystem::path& data);

  const DatedForm* find(std::string_view id, std::string_view version) const;
  const DatedForm* in_force(std::string_view id, Date at) const;  // the newest version
  std::vector<const DatedForm*> in_force(Date at) const;          // of every id
  std::vector<std::string> ids() const;                           // of every form, each once
  const std::vector<DatedForm>& all() const { return forms_; }
  const std::vector<Language>& languages() const { return languages_; }
  const Countries& countries() const { return countries_; }
  const std::vector<Document>& documents() const { return documents_; }  // forms, then rule sets

 private:
  std::vector<Language> languages_;
  Countries countries_;
  std::vector<Document> documents_;
  std::vector<DatedForm> forms_;  // by id, newest version first
};

}  // namespace luytre::declarations

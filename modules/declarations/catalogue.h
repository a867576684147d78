// Catalogue: the dated forms of data/forms and the rule sets of data/declaration-rules, read once, checked against each
// other: on every day on which a form is valid, exactly one rule set decides about it. Immutable, thread-safe.

#pragma once

#include <filesystem>
#include <string_view>
#include <vector>

#include "engines/forms/rules.h"

namespace luytre::declarations {

struct DatedForm {
  forms::Questionnaire form;
  json::Value document;  // as in the file: what GET /forms/{id} serves
  std::vector<forms::RuleSet> rule_sets;

  bool in_force(Date at) const { return form.valid_from <= at && (!form.valid_to || at < *form.valid_to); }
  const forms::RuleSet& rules(Date at) const;  // of a day on which the form is in force
};

class Catalogue {
 public:
  // `data` is the folder that holds forms/ and declaration-rules/. Throws runtime_error naming the file and the place
  // in it.
  explicit Catalogue(const std::filesystem::path& data);

  const DatedForm* find(std::string_view id, std::string_view version) const;
  const DatedForm* in_force(std::string_view id, Date at) const;  // the newest version
  std::vector<const DatedForm*> in_force(Date at) const;          // of every id
  std::vector<std::string> ids() const;                           // of every form, each once
  const std::vector<DatedForm>& all() const { return forms_; }

 private:
  std::vector<DatedForm> forms_;  // by id, newest version first
};

}  // namespace luytre::declarations

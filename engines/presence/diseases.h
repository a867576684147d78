// Diseases the system knows: facts with sources, one TOML file each in data/diseases. Read once; immutable afterwards;
// thread-safe. A file that is wrong stops the start with its name, line and what is wrong.

#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "engines/presence/rulesets.h"

namespace luytre::presence {

struct Days {
  std::int64_t least = 0;
  std::int64_t most = 0;
};
BOOST_DESCRIBE_STRUCT(Days, (), (least, most))

struct Disease {
  std::string id;
  Wording name;
  std::string icd10;
  std::string legal_group;  // of the law on infectious diseases: A, B or C
  bool stigma = false;      // warnings name neither place nor time
  Days incubation_days;
  std::vector<std::string> transmission;
  std::vector<std::string> window_rule_sets;  // ids of rule sets that may be chosen
  std::vector<std::string> sources;
};
BOOST_DESCRIBE_STRUCT(Disease, (),
                      (id, name, icd10, legal_group, stigma, incubation_days, transmission, window_rule_sets, sources))

class Diseases {
 public:
  Diseases(const std::filesystem::path& folder, const RuleSets& rule_sets);  // throws runtime_error
  const std::vector<Disease>& all() const { return diseases_; }              // by id
  const Disease* find(std::string_view id) const;

 private:
  std::vector<Disease> diseases_;
};

// Reads one file's text. Throws runtime_error; `name` is what the message calls it.
Disease parse_disease(const std::string& name, std::string_view text);

}  // namespace luytre::presence

// How the papers of orders are worded: letterhead, titles and words, by the local day of the signature and by the
// province (data/quarantine/papers/*.toml). A province's own stands before the one for all. Read once; immutable;
// thread-safe.

#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/base/time.h"

namespace luytre::quarantine {

struct PaperWords {
  std::optional<std::string> province;  // code of its administrative unit; absent: for all
  Date from;
  std::optional<Date> to;
  std::string source;
  std::string nation, motto, decision, certificate;
  std::optional<std::string> office;            // of the letterhead, above the title
  std::map<std::string, std::string> measures;  // by kind, as in JSON
  std::map<std::string, std::string> changes;   // by kind of the step
  std::map<std::string, std::string> words;     // by what they say
  const std::string& word(const char* key) const { return words.at(key); }
};

// "{number}" and the like replaced.
std::string filled(std::string text, const std::map<std::string, std::string>& with);

class Papers {
 public:
  explicit Papers(const std::filesystem::path& folder);  // throws runtime_error that names file and line
  // `of`: whether the order is of the province with that code. Of days before the first entry: the first.
  const PaperWords& on(Date day, const std::function<bool(const std::string&)>& of) const;

 private:
  std::vector<PaperWords> all_;  // those of provinces first, each by its day
};

}  // namespace luytre::quarantine

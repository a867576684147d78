// What loads the lines of one kind of file. Private to this module.
//
// A loader takes lines one by one and writes them in portions, each in transactions of its own; what it cannot use it
// gives to the rejects.

#pragma once

#include <memory>
#include <unordered_map>
#include <vector>

#include "modules/integration/imports.h"
#include "modules/integration/layout.h"
#include "modules/integration/rejects.h"
#include "platform/tables/csv.h"

namespace luytre::integration {

inline constexpr std::size_t kPortion = 4000;  // rows in one transaction

struct Job {
  Parts& parts;
  const ImportOrder& order;
  Rejects& rejects;
  ImportReport& report;
};

class Loader {
 public:
  virtual ~Loader() = default;
  virtual void take(const tables::Record& record) = 0;  // a good one
  virtual void finish() = 0;                            // writes what is left
};

// The people of files: external ids to persons. Study data make those that are missing; elsewhere they stay unknown.
class PersonNames {
 public:
  explicit PersonNames(Parts& parts) : parts_(parts) {}
  void learn(std::vector<std::string> externals);  // asks for those not asked for before
  std::optional<PersonId> find(const std::string& external) const;

 private:
  Parts& parts_;
  std::unordered_map<std::string, PersonId> known_;
};

std::unique_ptr<Loader> load_visits(const Job& job);
std::unique_ptr<Loader> load_encounters(const Job& job);  // csv
std::unique_ptr<Loader> load_contacts(const Job& job);    // sociopatterns, haslemere
std::unique_ptr<Loader> load_people(const Job& job);
std::unique_ptr<Loader> load_places(const Job& job);
std::unique_ptr<Loader> load_cases(const Job& job);

inline constexpr const char* kNoDecision = "no decision allowed it there and then";
inline constexpr const char* kUnknownPerson = "the person is unknown; import people first";

// An Error in plain words, for the rejects file: "out before in", "/name: format; /birthYear: range".
std::string plain_words(const Error& error);

}  // namespace luytre::integration

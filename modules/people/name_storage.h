// SQL of names: the terms under which they are found, and who bears them.

#pragma once

#include <span>
#include <string>
#include <vector>

#include "modules/people/storage.h"

namespace luytre::people::storage {

void insert_terms(store::Session& session, const std::string& name, std::span<const std::string> terms);
bool has_term(store::Session& session, const std::string& name, const std::string& term);
void delete_terms(store::Session& session, const std::string& name, std::span<const std::string> terms);
bool is_borne(store::Session& session, const std::string& name);
std::vector<std::string> names_with(store::Session& session, const std::string& term, std::size_t most);

// Where reading the bearers of a name goes on: by unit, birth year and id.
struct BearerPosition {
  UnitId unit{-1};
  std::int64_t birth_year = 0;
  PersonId id;
};
std::vector<PersonRow> bearers(store::Session& session, const std::string& name, const BearerPosition& after,
                               std::size_t most);
struct NameInUnit {
  std::string name;
  UnitId unit;
};
// For each, by birth year and id.
std::vector<std::vector<PersonRow>> bearers(store::Session& session, std::span<const NameInUnit> wanted,
                                            std::size_t most);

}  // namespace luytre::people::storage

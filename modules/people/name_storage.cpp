#include "modules/people/name_storage.h"

namespace luytre::people::storage {
namespace {

using store::Query;
using store::Row;
using store::Session;
using store::to_value;

constexpr Query kInsertTerm{"people.insert_name_term", R"sql(
  INSERT INTO people_name_term (term, name)
  VALUES ($1, $2)
  ON CONFLICT (term, name) DO NOTHING)sql"};

constexpr Query kHasTerm{"people.has_name_term", R"sql(
  SELECT name
  FROM people_name_term
  WHERE term = $1 AND name = $2)sql"};

constexpr Query kDeleteTerm{"people.delete_name_term", R"sql(
  DELETE FROM people_name_term
  WHERE term = $1 AND name = $2)sql"};

constexpr Query kBorne{"people.name_borne", R"sql(
  SELECT id
  FROM people_person
  WHERE name = $1
  LIMIT 1)sql"};

constexpr Query kNamesWith{"people.names_with", R"sql(
  SELECT name
  FROM people_name_term
  WHERE term = $1
  ORDER BY name
  LIMIT $2)sql"};

constexpr Query kBearers{"people.bearers", R"sql(
  SELECT id, name, birth_date, birth_year, sex, nationality, unit, address, version
  FROM people_person
  WHERE name = $1 AND (unit, birth_year, id) > ($2, $3, $4)
  ORDER BY unit, birth_year, id
  LIMIT $5)sql"};

constexpr Query kBearersInUnit{"people.bearers_in_unit", R"sql(
  SELECT id, name, birth_date, birth_year, sex, nationality, unit, address, version
  FROM people_person
  WHERE name = $1 AND unit = $2
  ORDER BY birth_year, id
  LIMIT $3)sql"};

}  // namespace

void insert_terms(Session& session, const std::string& name, std::span<const std::string> terms) {
  std::vector<Row> rows;
  for (const std::string& term : terms) rows.push_back({to_value(term), to_value(name)});
  session.insert(kInsertTerm, rows);
}

bool has_term(Session& session, const std::string& name, const std::string& term) {
  return session.one<std::string>(kHasTerm, term, name).has_value();
}

void delete_terms(Session& session, const std::string& name, std::span<const std::string> terms) {
  for (const std::string& term : terms) session.run(kDeleteTerm, term, name);
}

bool is_borne(Session& session, const std::string& name) {
  return session.one<PersonId>(kBorne, name).has_value();
}

std::vector<std::string> names_with(Session& session, const std::string& term, std::size_t most) {
  return session.all<std::string>(kNamesWith, term, most);
}

std::vector<PersonRow> bearers(Session& session, const std::string& name, const BearerPosition& after,
                               std::size_t most) {
  return session.all<PersonRow>(kBearers, name, after.unit, after.birth_year, after.id, most);
}

std::vector<std::vector<PersonRow>> bearers(Session& session, std::span<const NameInUnit> wanted, std::size_t most) {
  if (wanted.empty()) return {};
  std::vector<Row> rows;
  for (const NameInUnit& one : wanted) rows.push_back({to_value(one.name), to_value(one.unit), to_value(most)});
  return session.each<PersonRow>(kBearersInUnit, rows);
}

}  // namespace luytre::people::storage

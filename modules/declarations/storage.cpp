#include "modules/declarations/storage.h"

#include <algorithm>

namespace luytre::declarations::storage {
namespace {

constexpr store::Query kInsert{"declarations.insert", R"sql(
  INSERT INTO declarations_declaration (person, id, unit, there, form, form_version, colour, rule_set, inputs, at, recorded, valid_until,
                                        declared_by, content)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14))sql"};

constexpr store::Query kFind{"declarations.find", R"sql(
  SELECT person, id, unit, there, form, form_version, colour, rule_set, inputs, at, recorded, valid_until, declared_by, content
  FROM declarations_declaration
  WHERE id = $1)sql"};

constexpr store::Query kOfPerson{"declarations.of_person", R"sql(
  SELECT person, id, unit, there, form, form_version, colour, rule_set, inputs, at, recorded, valid_until, declared_by, content
  FROM declarations_declaration
  WHERE person = $1 AND id < $2
  ORDER BY id DESC
  LIMIT $3)sql"};

constexpr store::Query kFlagged{"declarations.flagged", R"sql(
  SELECT person, id, unit, there, form, form_version, colour, rule_set, inputs, at, recorded, valid_until, declared_by, content
  FROM declarations_declaration
  WHERE colour <> 'green' AND colour IN ($1, $2) AND id < $3
  ORDER BY id DESC
  LIMIT $4)sql"};

constexpr store::Query kFlaggedInUnit{"declarations.flagged_in_unit", R"sql(
  SELECT person, id, unit, there, form, form_version, colour, rule_set, inputs, at, recorded, valid_until, declared_by, content
  FROM declarations_declaration
  WHERE colour <> 'green' AND unit = $1 AND colour IN ($2, $3) AND id < $4
  ORDER BY id DESC
  LIMIT $5)sql"};

constexpr store::Query kNewest{"declarations.newest", R"sql(
  SELECT valid_until
  FROM declarations_declaration
  WHERE person = $1
  ORDER BY at DESC, id DESC
  LIMIT 1)sql"};

constexpr store::Query kFlaggedThere{"declarations.flagged_there", R"sql(
  SELECT person, id, unit, there, form, form_version, colour, rule_set, inputs, at, recorded, valid_until, declared_by, content
  FROM declarations_declaration
  WHERE colour <> 'green' AND there = $1 AND colour IN ($2, $3) AND id < $4
  ORDER BY id DESC
  LIMIT $5)sql"};

struct Arrival {
  DeclarationId id;
  Instant recorded;
};
BOOST_DESCRIBE_STRUCT(Arrival, (), (id, recorded))

constexpr store::Query kOldest{"declarations.oldest", R"sql(
  SELECT id, recorded
  FROM declarations_declaration
  ORDER BY id
  LIMIT $1)sql"};

constexpr store::Query kDelete{"declarations.delete", R"sql(
  DELETE FROM declarations_declaration
  WHERE id <= $1 AND recorded < $2)sql"};

constexpr store::Query kProof{"declarations.proof", R"sql(
  INSERT INTO declarations_retention (id, ran, rule, arrived_before, deleted)
  VALUES ($1, $2, $3, $4, $5))sql"};

}  // namespace

void insert(store::Session& session, std::span<const DeclarationRow> rows) {
  std::vector<store::Row> values;
  values.reserve(rows.size());
  for (const DeclarationRow& r : rows) {
    values.push_back({store::to_value(r.person), store::to_value(r.id), store::to_value(r.unit),
                      store::to_value(r.there), store::to_value(r.form), store::to_value(r.form_version),
                      store::to_value(r.colour), store::to_value(r.rule_set), store::to_value(r.inputs),
                      store::to_value(r.at), store::to_value(r.recorded), store::to_value(r.valid_until),
                      store::to_value(r.declared_by), store::to_value(r.content)});
  }
  session.insert(kInsert, values);
}

std::optional<DeclarationRow> find(store::Session& session, DeclarationId id) {
  return session.one<DeclarationRow>(kFind, id);
}

std::vector<DeclarationRow> of_person(store::Session& session, PersonId person, DeclarationId before,
                                      std::size_t most) {
  return session.all<DeclarationRow>(kOfPerson, person, before, most);
}

std::vector<DeclarationRow> flagged(store::Session& session, std::span<const UnitId> units,
                                    std::optional<Colour> colour, DeclarationId before, std::size_t most) {
  const Colour one = colour.value_or(Colour::kRed);
  const Colour other = colour.value_or(Colour::kYellow);
  if (units.empty()) return session.all<DeclarationRow>(kFlagged, one, other, before, most);
  // One short look into the index for each unit; an area is up to some thousands.
  std::vector<store::Row> parameters;
  parameters.reserve(units.size());
  for (const UnitId unit : units) {
    parameters.push_back({store::to_value(unit), store::to_value(one), store::to_value(other), store::to_value(before),
                          store::to_value(most)});
  }
  std::vector<DeclarationRow> out;
  for (const auto& query : {kFlaggedInUnit, kFlaggedThere}) {
    for (auto& found : session.each<DeclarationRow>(query, parameters))
      out.insert(out.end(), std::make_move_iterator(found.begin()), std::make_move_iterator(found.end()));
  }
  std::sort(out.begin(), out.end(), [](const DeclarationRow& a, const DeclarationRow& b) { return a.id > b.id; });
  const auto same = [](const DeclarationRow& a, const DeclarationRow& b) { return a.id == b.id; };
  out.erase(std::unique(out.begin(), out.end(), same), out.end());
  if (out.size() > most) out.resize(most);
  return out;
}

std::optional<Instant> newest_valid_until(store::Session& session, PersonId person) {
  return session.one<Instant>(kNewest, person);
}

std::int64_t retain(store::Session& session, IdMaker& ids, Instant now, Instant arrived_before, std::size_t most) {
  // Ids are made in the order of arrival, so the oldest stand first.
  std::optional<DeclarationId> last;
  for (const Arrival& arrival : session.all<Arrival>(kOldest, most))
    if (arrival.recorded < arrived_before) last = arrival.id;
  if (!last) return 0;
  const std::int64_t deleted = session.run(kDelete, *last, arrived_before);
  session.run(kProof, ids.next(), now, "declarations: 28 days after arrival", arrived_before, deleted);
  return deleted;
}

}  // namespace luytre::declarations::storage

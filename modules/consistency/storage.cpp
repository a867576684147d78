#include "modules/consistency/storage.h"

#include <algorithm>
#include <utility>

#include "platform/store/few.h"
#include "platform/store/paged.h"

namespace luytre::consistency::storage {
namespace {

constexpr store::Query kFind{"consistency.find", R"sql(
  SELECT id, declaration, kind, person, unit, declared_at, found, evidence, state, explanation, explained, decision,
         note, decided, decided_by, decided_name, version, gone, gone_why, answered
  FROM consistency_difference
  WHERE id = $1)sql"};

constexpr store::Query kOfDeclaration{"consistency.of_declaration", R"sql(
  SELECT id, declaration, kind, person, unit, declared_at, found, evidence, state, explanation, explained, decision,
         note, decided, decided_by, decided_name, version, gone, gone_why, answered
  FROM consistency_difference
  WHERE declaration = $1
  ORDER BY kind)sql"};

constexpr store::Query kOfPerson{"consistency.of_person", R"sql(
  SELECT id, declaration, kind, person, unit, declared_at, found, evidence, state, explanation, explained, decision,
         note, decided, decided_by, decided_name, version, gone, gone_why, answered
  FROM consistency_difference
  WHERE person = $1
  ORDER BY id DESC
  LIMIT $2)sql"};

constexpr store::Query kInsert{"consistency.insert", R"sql(
  INSERT INTO consistency_difference (id, declaration, kind, person, unit, declared_at, found, evidence, state,
                                      explanation, explained, decision, note, decided, decided_by, decided_name,
                                      version, gone, gone_why, answered)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20))sql"};

constexpr store::Query kUpdate{"consistency.update", R"sql(
  UPDATE consistency_difference
  SET declaration = $2, declared_at = $3, evidence = $4, state = $5, explanation = $6, explained = $7, decision = $8,
      note = $9, decided = $10, decided_by = $11, decided_name = $12, version = $13, gone = $14, gone_why = $15,
      answered = $16
  WHERE id = $1)sql"};

constexpr store::Query kRemove{"consistency.remove", R"sql(
  DELETE FROM consistency_difference
  WHERE id = $1)sql"};

struct Shape {
  bool descending, everywhere;
  std::size_t first;  // as a literal; 0: as many as asked for
  friend auto operator<=>(const Shape&, const Shape&) = default;
};

// Parameters: state, id after which, the unit unless everywhere, how many.
const store::Query& query_of(const Shape& shape) {
  static const store::Queries<Shape> all = [] {
    store::Queries<Shape> out;
    for (const bool descending : {false, true})
      for (const bool everywhere : {false, true})
        for (const std::size_t first : store::kLooks) {
          const std::string last = everywhere ? "$3" : "$4";
          out.add({descending, everywhere, first},
                  std::string("consistency.page") + (descending ? "_down" : "_up") + (everywhere ? "" : "_of_unit") +
                      (first > 0 ? "_first_" + std::to_string(first) : ""),
                  std::string("SELECT id\n  FROM consistency_difference\n  WHERE state = $1 AND id ") +
                      (descending ? "<" : ">") + " $2" + (everywhere ? "" : " AND unit = $3") + "\n  ORDER BY id" +
                      (descending ? " DESC" : "") + "\n  LIMIT " + (first > 0 ? std::to_string(first) : last));
        }
    return out;
  }();
  return all.of(shape);
}

struct Spot {
  DifferenceId id;
};
BOOST_DESCRIBE_STRUCT(Spot, (), (id))

constexpr store::Query kDelete{"consistency.delete", R"sql(
  DELETE FROM consistency_difference
  WHERE found < $1)sql"};

constexpr store::Query kNote{"consistency.note", R"sql(
  INSERT INTO consistency_compared (declaration, person, at, matters, vehicle)
  VALUES ($1, $2, $3, $4, $5)
  ON CONFLICT DO NOTHING)sql"};

constexpr store::Query kForget{"consistency.forget", R"sql(
  DELETE FROM consistency_compared
  WHERE declaration = $1)sql"};

constexpr store::Query kForgetOld{"consistency.forget_old", R"sql(
  DELETE FROM consistency_compared
  WHERE at < $1)sql"};

constexpr store::Query kComparedOfPerson{"consistency.compared_of_person", R"sql(
  SELECT declaration
  FROM consistency_compared
  WHERE person = $1 AND matters >= $2 AND at >= $3
  ORDER BY declaration DESC
  LIMIT $4)sql"};

constexpr store::Query kComparedOfVehicle{"consistency.compared_of_vehicle", R"sql(
  SELECT declaration
  FROM consistency_compared
  WHERE vehicle = $1 AND at >= $2
  ORDER BY declaration DESC
  LIMIT $3)sql"};

constexpr store::Query kProof{"consistency.proof", R"sql(
  INSERT INTO consistency_retention (id, ran, rule, found_before, deleted)
  VALUES ($1, $2, $3, $4, $5))sql"};

struct ComparedId {
  declarations::DeclarationId declaration;
};
BOOST_DESCRIBE_STRUCT(ComparedId, (), (declaration))

std::vector<declarations::DeclarationId> ids(const std::vector<ComparedId>& rows) {
  std::vector<declarations::DeclarationId> out;
  for (const auto& row : rows) out.push_back(row.declaration);
  return out;
}

}  // namespace

std::optional<DifferenceRow> find(store::Session& session, DifferenceId id) {
  return session.one<DifferenceRow>(kFind, id);
}

std::vector<DifferenceRow> of_declaration(store::Session& session, declarations::DeclarationId declaration) {
  return session.all<DifferenceRow>(kOfDeclaration, declaration);
}

std::vector<DifferenceRow> of_person(store::Session& session, PersonId person, std::size_t most) {
  return session.all<DifferenceRow>(kOfPerson, person, most);
}

void insert(store::Session& session, const DifferenceRow& r) {
  session.run(kInsert, r.id, r.declaration, r.kind, r.person, r.unit, r.declared_at, r.found, r.evidence, r.state,
              r.explanation, r.explained, r.decision, r.note, r.decided, r.decided_by, r.decided_name, r.version,
              r.gone, r.gone_why, r.answered);
}

void update(store::Session& session, DifferenceRow& r) {
  ++r.version;
  session.run(kUpdate, r.id, r.declaration, r.declared_at, r.evidence, r.state, r.explanation, r.explained, r.decision,
              r.note, r.decided, r.decided_by, r.decided_name, r.version, r.gone, r.gone_why, r.answered);
}

void remove(store::Session& session, DifferenceId id) {
  session.run(kRemove, id);
}

const store::Query& page_query(bool descending, bool everywhere) {
  return query_of({descending, everywhere, 0});
}

std::vector<DifferenceRow> page(store::Session& session, const Search& search, DifferenceId after, std::size_t most) {
  const auto before = [&](const Spot& a, const Spot& b) { return search.descending ? b.id < a.id : a.id < b.id; };
  std::vector<Spot> found;
  if (search.of.everywhere) {
    std::vector<store::Row> looks;
    for (const State state : search.states) looks.push_back(store::values(state, after, most));
    for (const auto& some : session.each<Spot>(page_query(search.descending, true), looks))
      found.insert(found.end(), some.begin(), some.end());
    std::sort(found.begin(), found.end(), before);
    if (found.size() > most) found.resize(most);
  } else {
    std::vector<std::pair<UnitId, State>> parts;
    for (const UnitId unit : search.of.units)
      for (const State state : search.states) parts.emplace_back(unit, state);
    const auto query = [&](std::size_t, std::size_t first) -> const store::Query& {
      return query_of({search.descending, false, first});
    };
    const auto row = [&](std::size_t at, const Spot& from) {
      return store::values(parts[at].second, from.id, parts[at].first);
    };
    found = store::paged(session, 1, parts.size(), most, Spot{after}, query, row, before);
  }
  std::vector<store::Row> ids;
  for (const Spot& one : found) ids.push_back(store::values(one.id));
  std::vector<DifferenceRow> out;
  for (auto& rows : session.each<DifferenceRow>(kFind, ids)) out.push_back(std::move(rows.front()));
  return out;
}

void note(store::Session& session, const ComparedRow& r) {
  session.run(kNote, r.declaration, r.person, r.at, r.matters, r.vehicle);
}

void forget(store::Session& session, declarations::DeclarationId declaration) {
  session.run(kForget, declaration);
}

std::vector<declarations::DeclarationId> compared(store::Session& session, PersonId person, Instant fact, Instant after,
                                                  std::size_t most) {
  return ids(session.all<ComparedId>(kComparedOfPerson, person, fact, after, most));
}

std::vector<declarations::DeclarationId> compared(store::Session& session, const store::Bytes& vehicle, Instant after,
                                                  std::size_t most) {
  return ids(session.all<ComparedId>(kComparedOfVehicle, vehicle, after, most));
}

std::int64_t retain(store::Session& session, IdMaker& ids, Instant now, Instant found_before) {
  session.run(kForgetOld, now - kAgainWithin);  // bookkeeping of no use any more: no proof
  const std::int64_t deleted = session.run(kDelete, found_before);
  if (deleted > 0)
    session.run(kProof, ids.next(), now, "consistency: 28 days after it was found", found_before, deleted);
  return deleted;
}

}  // namespace luytre::consistency::storage

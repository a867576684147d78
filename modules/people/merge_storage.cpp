#include "modules/people/merge_storage.h"

namespace luytre::people::storage {
namespace {

using store::Query;
using store::Row;
using store::Session;
using store::to_value;

constexpr Query kInsertMerge{"people.insert_merge", R"sql(
  INSERT INTO people_merge (id, person, kept, at, merged_by, reason)
  VALUES ($1, $2, $3, $4, $5, $6))sql"};

constexpr Query kUndoMerge{"people.undo_merge", R"sql(
  UPDATE people_merge
  SET undone = $2, undone_by = $3, undone_reason = $4
  WHERE id = $1 AND undone IS NULL)sql"};

constexpr Query kFindMerge{"people.find_merge", R"sql(
  SELECT id, person, kept, at, merged_by, reason, undone, undone_by, undone_reason
  FROM people_merge
  WHERE id = $1)sql"};

constexpr Query kMergesOf{"people.merges_of", R"sql(
  SELECT id, person, kept, at, merged_by, reason, undone, undone_by, undone_reason
  FROM people_merge
  WHERE person = $1
  UNION ALL
  SELECT id, person, kept, at, merged_by, reason, undone, undone_by, undone_reason
  FROM people_merge
  WHERE kept = $1
  ORDER BY id DESC
  LIMIT 100)sql"};

constexpr Query kMergesInForce{"people.merges_in_force", R"sql(
  SELECT person, kept
  FROM people_merge
  WHERE undone IS NULL
  ORDER BY kept, id)sql"};

constexpr Query kMergedInto{"people.merged_into", R"sql(
  SELECT person
  FROM people_merge
  WHERE kept = $1 AND undone IS NULL
  ORDER BY id)sql"};

constexpr Query kKeptOf{"people.kept_of", R"sql(
  SELECT kept
  FROM people_merge
  WHERE person = $1 AND undone IS NULL)sql"};

constexpr Query kSetApart{"people.set_apart", R"sql(
  INSERT INTO people_distinct (one, other, at, told_by, reason)
  VALUES ($1, $2, $3, $4, $5)
  ON CONFLICT (one, other) DO NOTHING)sql"};

constexpr Query kApartFrom{"people.apart_from", R"sql(
  SELECT one, other, at, told_by, reason
  FROM people_distinct
  WHERE one = $1
  UNION ALL
  SELECT one, other, at, told_by, reason
  FROM people_distinct
  WHERE other = $1
  ORDER BY at DESC
  LIMIT 1000)sql"};

constexpr Query kBornOn{"people.born_on", R"sql(
  SELECT id, name, birth_date, birth_year, sex, nationality, unit, address, version
  FROM people_person
  WHERE birth_date = $1
  ORDER BY id
  LIMIT $2)sql"};

constexpr Query kPapersWithKind{"people.papers_with_kind", R"sql(
  SELECT id, kind, sealed
  FROM people_paper
  WHERE person = $1
  ORDER BY id DESC)sql"};

}  // namespace

void insert(Session& session, const MergeRow& row) {
  session.run(kInsertMerge, row.id, row.person, row.kept, row.at, row.merged_by, row.reason);
}

void undo(Session& session, const MergeRow& row) {
  session.run(kUndoMerge, row.id, row.undone, row.undone_by, row.undone_reason);
}

std::optional<MergeRow> find_merge(Session& session, PersonMergeId id) {
  return session.one<MergeRow>(kFindMerge, id);
}

std::vector<MergeRow> merges_of(Session& session, PersonId person) {
  return session.all<MergeRow>(kMergesOf, person);
}

std::vector<InForce> merges_in_force(Session& session) {
  return session.all<InForce>(kMergesInForce);
}

std::vector<PersonId> merged_into(Session& session, PersonId kept) {
  return session.all<PersonId>(kMergedInto, kept);
}

std::optional<PersonId> kept_of(Session& session, PersonId person) {
  return session.one<PersonId>(kKeptOf, person);
}

std::vector<std::vector<PersonId>> merged_into(Session& session, std::span<const PersonId> kept) {
  if (kept.empty()) return {};
  return session.each<PersonId>(kMergedInto, keys_of(kept));
}

std::vector<std::optional<PersonId>> kept_of(Session& session, std::span<const PersonId> persons) {
  std::vector<std::optional<PersonId>> out;
  if (persons.empty()) return out;
  for (const auto& kept : session.each<PersonId>(kKeptOf, keys_of(persons)))
    out.push_back(kept.empty() ? std::nullopt : std::optional(kept.front()));
  return out;
}

void set_apart(Session& session, const ApartRow& row) {
  session.run(kSetApart, row.one, row.other, row.at, row.told_by, row.reason);
}

std::vector<ApartRow> apart_from(Session& session, PersonId person) {
  return session.all<ApartRow>(kApartFrom, person);
}

std::vector<std::vector<PersonRow>> born_on(Session& session, std::span<const Date> days, std::size_t most) {
  std::vector<store::Row> looks;
  for (const Date day : days) looks.push_back({to_value(day), to_value(most)});
  return session.each<PersonRow>(kBornOn, looks);
}

std::vector<PaperRow> papers_with_kind(Session& session, PersonId person) {
  return session.all<PaperRow>(kPapersWithKind, person);
}

}  // namespace luytre::people::storage

#include "modules/linelists/storage.h"

#include "platform/store/few.h"
#include "platform/store/paged.h"

namespace luytre::linelists::storage {
namespace {

using store::Query;
using store::Session;
using store::to_value;

constexpr Query kInsert{"linelists.insert", R"sql(
  INSERT INTO linelists_list (id, unit, source, file, columns, mapping, state, total, sent_by, by_name, at, version,
                              about)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13))sql"};

constexpr Query kInsertRow{"linelists.insert_row", R"sql(
  INSERT INTO linelists_row (list, line, cells, state, flaws, made_person, traced)
  VALUES ($1, $2, $3, $4, $5, false, false))sql"};

constexpr Query kFind{"linelists.find", R"sql(
  SELECT id, unit, source, file, columns, mapping, state, total, sent_by, by_name, at, version, stopped, about,
         undone_for
  FROM linelists_list
  WHERE id = $1)sql"};

constexpr Query kAtWork{"linelists.at_work", R"sql(
  SELECT id, unit, source, file, columns, mapping, state, total, sent_by, by_name, at, version, stopped, about,
         undone_for
  FROM linelists_list
  WHERE state IN ('running', 'undoing') AND stopped IS NULL
  ORDER BY id
  LIMIT 1)sql"};

constexpr Query kUpdate{"linelists.update", R"sql(
  UPDATE linelists_list
  SET mapping = $2, state = $3, version = $4, stopped = $5, undone_for = $6
  WHERE id = $1)sql"};

constexpr Query kReplace{"linelists.replace", R"sql(
  UPDATE linelists_list
  SET columns = $2, total = $3, version = $4
  WHERE id = $1)sql"};

constexpr Query kContact{"linelists.contact", R"sql(
  SELECT person
  FROM linelists_contact
  WHERE source = $1 AND external = $2)sql"};

constexpr Query kInsertContact{"linelists.insert_contact", R"sql(
  INSERT INTO linelists_contact (source, external, person)
  VALUES ($1, $2, $3)
  ON CONFLICT (source, external) DO NOTHING)sql"};

constexpr Query kCounts{"linelists.counts", R"sql(
  SELECT state, CAST(count(*) AS bigint)
  FROM linelists_row
  WHERE list = $1
  GROUP BY state)sql"};

constexpr Query kItems{"linelists.items", R"sql(
  SELECT line, cells, state, flaws, person, made_person, case_id, case_version, traced, declared
  FROM linelists_row
  WHERE list = $1 AND state = $2 AND line > $3
  ORDER BY line
  LIMIT $4)sql"};

constexpr Query kLastTaken{"linelists.last_taken", R"sql(
  SELECT line, cells, state, flaws, person, made_person, case_id, case_version, traced, declared
  FROM linelists_row
  WHERE list = $1 AND state = 'taken'
  ORDER BY line DESC
  LIMIT $2)sql"};

constexpr Query kFirst{"linelists.first_items", R"sql(
  SELECT line, cells, state, flaws, person, made_person, case_id, case_version, traced, declared
  FROM linelists_row
  WHERE list = $1
  ORDER BY line
  LIMIT $2)sql"};

constexpr Query kItem{"linelists.item", R"sql(
  SELECT line, cells, state, flaws, person, made_person, case_id, case_version, traced, declared
  FROM linelists_row
  WHERE list = $1 AND line = $2)sql"};

constexpr Query kUpdateRow{"linelists.update_row", R"sql(
  UPDATE linelists_row
  SET state = $3, flaws = $4, person = $5, made_person = $6, case_id = $7, case_version = $8, traced = $9,
      declared = $10
  WHERE list = $1 AND line = $2)sql"};

constexpr Query kSave{"linelists.save_mapping", R"sql(
  INSERT INTO linelists_mapping (unit, name, content, by_name, at)
  VALUES ($1, $2, $3, $4, $5)
  ON CONFLICT (unit, name) DO UPDATE SET content = excluded.content, by_name = excluded.by_name, at = excluded.at)sql"};

constexpr Query kMappings{"linelists.mappings", R"sql(
  SELECT unit, name, content, by_name, at
  FROM linelists_mapping
  WHERE unit = $1
  ORDER BY name)sql"};

constexpr Query kOldest{"linelists.older", R"sql(
  SELECT id
  FROM linelists_list
  WHERE at < $1
  ORDER BY at
  LIMIT 1)sql"};

constexpr Query kRemoveRows{"linelists.remove_rows", R"sql(
  DELETE FROM linelists_row
  WHERE list = $1)sql"};

constexpr Query kRemove{"linelists.remove", R"sql(
  DELETE FROM linelists_list
  WHERE id = $1)sql"};

constexpr Query kProve{"linelists.prove", R"sql(
  INSERT INTO linelists_retention (id, ran, rule, before, deleted)
  VALUES ($1, $2, $3, $4, $5))sql"};

struct Count {
  RowState state = RowState::kWaiting;
  std::int64_t count = 0;
};
BOOST_DESCRIBE_STRUCT(Count, (), (state, count))

struct PageShape {
  bool oldest_first, everywhere;
  std::size_t first;  // as a literal; 0: as many as asked for
  friend auto operator<=>(const PageShape&, const PageShape&) = default;
};

// Parameters: id after which, the unit unless everywhere, how many.
const Query& page_query(const PageShape& shape) {
  static const store::Queries<PageShape> all = [] {
    store::Queries<PageShape> out;
    for (const bool oldest_first : {false, true})
      for (const bool everywhere : {false, true})
        for (const std::size_t first : store::kLooks)
          out.add({oldest_first, everywhere, first},
                  std::string("linelists.page") + (oldest_first ? "_up" : "_down") + (everywhere ? "" : "_of_unit") +
                      (first > 0 ? "_first_" + std::to_string(first) : ""),
                  std::string("SELECT id\n  FROM linelists_list\n  WHERE id ") + (oldest_first ? ">" : "<") + " $1\n" +
                      (everywhere ? "" : "    AND unit = $2\n") + "  ORDER BY id" + (oldest_first ? "" : " DESC") +
                      "\n  LIMIT " +
                      (first > 0    ? std::to_string(first)
                       : everywhere ? "$2"
                                    : "$3"));
    return out;
  }();
  return all.of(shape);
}

struct ListSpot {
  ListId id;
};
BOOST_DESCRIBE_STRUCT(ListSpot, (), (id))

}  // namespace

std::int64_t& count_of(Counts& counts, RowState state) {
  std::int64_t* const each[] = {&counts.waiting, &counts.taken,   &counts.known,  &counts.undecided,
                                &counts.wrong,   &counts.skipped, &counts.undone, &counts.kept};
  return *each[static_cast<std::size_t>(state)];
}

void insert(Session& session, const ListRow& r) {
  session.run(kInsert, r.id, r.unit, r.source, r.file, r.columns, r.mapping, r.state, r.total, r.sent_by, r.by_name,
              r.at, r.version, r.about);
}

void insert(Session& session, ListId list, std::span<const ItemRow> rows) {
  std::vector<store::Row> values;
  values.reserve(rows.size());
  for (const ItemRow& row : rows)
    values.push_back(
        {to_value(list), to_value(row.line), to_value(row.cells), to_value(row.state), to_value(row.flaws)});
  session.insert(kInsertRow, values);
}

std::optional<ListRow> find(Session& session, ListId id) {
  return session.one<ListRow>(kFind, id);
}

std::vector<ListRow> of_units(Session& session, std::span<const UnitId> units, bool everywhere, bool oldest_first,
                              ListId after, std::size_t most) {
  std::vector<ListSpot> found;
  if (everywhere) {
    found = store::one_look<ListSpot>(session, page_query({oldest_first, true, 0}), {to_value(after)}, most);
  } else {
    const auto query = [&](std::size_t, std::size_t first) -> const Query& {
      return page_query({oldest_first, false, first});
    };
    const auto row = [&](std::size_t at, const ListSpot& from) {
      return store::Row{to_value(from.id), to_value(units[at])};
    };
    const auto before = [&](const ListSpot& a, const ListSpot& b) { return oldest_first ? a.id < b.id : b.id < a.id; };
    found = store::paged(session, 1, units.size(), most, ListSpot{after}, query, row, before);
  }
  std::vector<store::Row> ids;
  for (const ListSpot& one : found) ids.push_back({to_value(one.id)});
  std::vector<ListRow> out;
  for (auto& rows : session.each<ListRow>(kFind, ids)) out.push_back(std::move(rows.front()));
  return out;
}

std::optional<ListRow> at_work(Session& session) {
  return session.one<ListRow>(kAtWork);
}

void update(Session& session, const ListRow& row) {
  session.run(kUpdate, row.id, row.mapping, row.state, row.version, row.stopped, row.undone_for);
}

void replace(Session& session, const ListRow& row, std::span<const ItemRow> rows) {
  session.run(kRemoveRows, row.id);
  session.run(kReplace, row.id, row.columns, row.total, row.version);
  insert(session, row.id, rows);
}

std::optional<PersonId> contact(Session& session, const std::string& source, const std::string& external) {
  return session.one<PersonId>(kContact, source, external);
}

void insert_contact(Session& session, const std::string& source, const std::string& external, PersonId person) {
  session.run(kInsertContact, source, external, person);
}

Counts counts(Session& session, ListId list) {
  Counts out;
  for (const Count& one : session.all<Count>(kCounts, list)) count_of(out, one.state) = one.count;
  return out;
}

std::vector<ItemRow> items(Session& session, ListId list, RowState state, std::int64_t after, std::size_t most) {
  return session.all<ItemRow>(kItems, list, state, after, static_cast<std::int64_t>(most));
}

std::vector<ItemRow> last_taken(Session& session, ListId list, std::size_t most) {
  return session.all<ItemRow>(kLastTaken, list, static_cast<std::int64_t>(most));
}

std::vector<ItemRow> first_items(Session& session, ListId list, std::size_t most) {
  return session.all<ItemRow>(kFirst, list, static_cast<std::int64_t>(most));
}

std::optional<ItemRow> item(Session& session, ListId list, std::int64_t line) {
  return session.one<ItemRow>(kItem, list, line);
}

void update(Session& session, ListId list, const ItemRow& r) {
  session.run(kUpdateRow, list, r.line, r.state, r.flaws, r.person, r.made_person, r.case_, r.case_version, r.traced,
              r.declared);
}

void save(Session& session, const MappingRow& row) {
  session.run(kSave, row.unit, row.name, row.content, row.by_name, row.at);
}

std::vector<MappingRow> mappings(Session& session, UnitId unit) {
  return session.all<MappingRow>(kMappings, unit);
}

std::int64_t retain(Session& session, IdMaker& ids, Instant now, Instant before) {
  const auto list = session.one<ListId>(kOldest, before);
  if (!list) return 0;
  const std::int64_t deleted = session.run(kRemoveRows, *list);
  session.run(kRemove, *list);
  session.run(kProve, ids.next(), now, "linelists: rows 90 days after they came", before, deleted);
  return deleted;
}

}  // namespace luytre::linelists::storage

// The SQL of line lists, and nobody else's.

#pragma once

#include <map>
#include <span>

#include "modules/linelists/linelists.h"

namespace luytre::linelists::storage {

struct ListRow {
  ListId id;
  UnitId unit;
  std::string source;  // of external ids
  store::Bytes file;
  store::Bytes columns;  // ColumnsKept
  std::optional<std::string> mapping;
  State state = State::kReceived;
  std::int64_t total = 0;
  AccountId sent_by;
  std::string by_name;
  Instant at;
  std::int64_t version = 1;
  std::optional<Instant> stopped;  // by a fault
  About about = About::kCases;
  std::optional<store::Bytes> undone_for;  // UndoKept
};
BOOST_DESCRIBE_STRUCT(ListRow, (),
                      (id, unit, source, file, columns, mapping, state, total, sent_by, by_name, at, version, stopped,
                       about, undone_for))

struct ItemRow {
  std::int64_t line = 0;
  store::Bytes cells;
  RowState state = RowState::kWaiting;
  std::string flaws;  // JSON
  std::optional<PersonId> person;
  bool made_person = false;
  std::optional<CaseId> case_;
  std::optional<std::int64_t> case_version;
  bool traced = false;
  std::optional<std::int64_t> declared;  // of a contact, whose version is then case_version
};
BOOST_DESCRIBE_STRUCT(ItemRow, (),
                      (line, cells, state, flaws, person, made_person, case_, case_version, traced, declared))

std::int64_t& count_of(Counts& counts, RowState state);

void insert(store::Session& session, const ListRow& row);
void insert(store::Session& session, ListId list, std::span<const ItemRow> rows);
std::optional<ListRow> find(store::Session& session, ListId id);
// By when they were sent, those after that one.
std::vector<ListRow> of_units(store::Session& session, std::span<const UnitId> units, bool everywhere,
                              bool oldest_first, ListId after, std::size_t most);
std::optional<ListRow> at_work(store::Session& session);  // the oldest that runs or is being undone, and is not stopped
void update(store::Session& session, const ListRow& row);  // mapping, state, version, stopped, undone_for
// Of a list that has not run: other columns and rows.
void replace(store::Session& session, const ListRow& row, std::span<const ItemRow> rows);
Counts counts(store::Session& session, ListId list);
std::vector<ItemRow> items(store::Session& session, ListId list, RowState state, std::int64_t after, std::size_t most);
// The last first: who was infected by somebody goes before them.
std::vector<ItemRow> last_taken(store::Session& session, ListId list, std::size_t most);
std::vector<ItemRow> first_items(store::Session& session, ListId list, std::size_t most);
std::optional<ItemRow> item(store::Session& session, ListId list, std::int64_t line);
void update(store::Session& session, ListId list, const ItemRow& row);

// Who the source calls that; the first to be said stays.
std::optional<PersonId> contact(store::Session& session, const std::string& source, const std::string& external);
void insert_contact(store::Session& session, const std::string& source, const std::string& external, PersonId person);

struct MappingRow {
  UnitId unit;
  std::string name, content, by_name;
  Instant at;
};
BOOST_DESCRIBE_STRUCT(MappingRow, (), (unit, name, content, by_name, at))
void save(store::Session& session, const MappingRow& row);
std::vector<MappingRow> mappings(store::Session& session, UnitId unit);

// The rows of one list that came before, and the list with them; answers how many rows.
std::int64_t retain(store::Session& session, IdMaker& ids, Instant now, Instant before);

}  // namespace luytre::linelists::storage

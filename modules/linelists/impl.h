// What the sources of line lists share.

#pragma once

#include "modules/linelists/linelists.h"
#include "modules/linelists/reading.h"
#include "modules/linelists/storage.h"

namespace luytre::linelists {

using storage::ItemRow;
using storage::ListRow;

// As sealed.
struct ColumnsKept {
  std::vector<ColumnSeen> columns;
};
BOOST_DESCRIBE_STRUCT(ColumnsKept, (), (columns))

struct CellsKept {
  std::vector<std::string> cells;
};
BOOST_DESCRIBE_STRUCT(CellsKept, (), (cells))

struct FlawsKept {
  std::vector<tables::Flaw> flaws;
};
BOOST_DESCRIBE_STRUCT(FlawsKept, (), (flaws))

// Why a list is taken back, and by whom: a contact that is withdrawn says so.
struct UndoKept {
  std::string reason, by;
  AccountId account;
};
BOOST_DESCRIBE_STRUCT(UndoKept, (), (reason, by, account))

extern const identity::Action kImport;
extern const identity::Action kTakeOut;

struct LineLists::Impl : Parts {
  explicit Impl(const Parts& parts) : Parts(parts) {}

  LineLists::InUse in_use = [](store::Session&, PersonId) { return false; };

  Instant now() const { return db.clock().now(); }
  Result<ListRow> seen(store::Session& session, const Caller& caller, ListId id) const;
  std::string file_of(const ListRow& row) const;
  std::vector<ColumnSeen> columns_of(const ListRow& row) const;
  std::vector<std::string> heads_of(const ListRow& row) const;
  std::vector<std::string> cells_of(ListId list, const ItemRow& row) const;
  Mapping mapping_of(const ListRow& row) const;  // of one that ran
  store::Bytes seal_cells(ListId list, std::int64_t line, const std::vector<std::string>& cells) const;
  LineList view(store::Session& session, const ListRow& row, bool alone) const;
  Reading reading(const ListRow& list) const;
  std::vector<ItemRow> seal_rows(ListId list, const Sheet& sheet) const;
  store::Bytes seal_columns(ListId list, const Sheet& sheet) const;
  ListRow keep(store::Session& session, const Caller& caller, UnitId unit, const std::string& file_name,
               const std::optional<std::string>& system, About about, const Sheet& sheet) const;
  std::string rejects(store::Session& session, const ListRow& list, const std::string& language) const;

  // ---- take.cpp ----
  // What becomes of a line: taken, known, undecided or wrong. Without `write` it is only judged.
  struct How {
    bool write = true;
    bool compare = true;
    std::optional<PersonId> person;  // who it is, as an officer said
    bool decided = false;            // an officer said that person, or somebody new
  };
  void take(store::Session& session, const ListRow& list, const Line& line, ItemRow& row, const How& how) const;
  void take_back(store::Session& session, const ListRow& list, ItemRow& row) const;
  bool worked_with(store::Session& session, const ListRow& list, const ItemRow& row) const;
  void portion(store::Session& session, ListRow& list) const;
  void set_aside(ListId id) const;

  // ---- contacts.cpp ----
  void take_contact(store::Session& session, const ListRow& list, const Line& line, ItemRow& row, const How& how) const;
  void take_contact_back(store::Session& session, const ListRow& list, ItemRow& row) const;
  store::Bytes seal_undo(ListId list, const UndoKept& undo) const;
};

RowSeen shown(const ItemRow& row, const Line& line, About about);
std::vector<tables::Flaw> flaws_of(const ItemRow& row);
std::string flaws_text(std::vector<tables::Flaw> flaws);
std::vector<tables::Flaw> flaws_of_error(const Error& error);

}  // namespace luytre::linelists

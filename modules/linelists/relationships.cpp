// WHO Go.Data's relationships beside its contacts.

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "modules/linelists/impl.h"
#include "platform/base/text.h"
#include "platform/tables/xlsx.h"

namespace luytre::linelists {
namespace {

// Folded.
struct Keys {
  std::string_view contact, target;
};
constexpr std::array kKeys{Keys{"uuid", "target uuid"}, Keys{"contact id", "target visualid"},
                           Keys{"visualid", "target visualid"}};

std::optional<std::size_t> column(const Sheet& sheet, std::string_view head) {
  for (std::size_t i = 0; i < sheet.columns.size(); ++i)
    if (fold(sheet.columns[i]) == head) return i;
  return std::nullopt;
}

struct Pair {
  std::size_t contact, target;
};

}  // namespace

Result<Sheet> with_relationships(const Sheet& contacts, const Sheet& relationships) {
  std::vector<Pair> pairs;
  for (const Keys& keys : kKeys) {
    if (column(contacts, keys.target)) return wrong_field("/file", "repeated");
    const auto contact = column(contacts, keys.contact), target = column(relationships, keys.target);
    if (contact && target) pairs.push_back({*contact, *target});
  }
  if (pairs.empty()) return wrong_field("/file", "unknown");

  Sheet out;
  out.columns = contacts.columns;
  const auto taken = [&](const std::string& head) {
    return std::find(out.columns.begin(), out.columns.end(), head) != out.columns.end();
  };
  for (const std::string& head : relationships.columns) {
    std::string name = taken(head) ? "relationship " + head : head;
    if (taken(name)) name += " #" + std::to_string(out.columns.size() + 1);
    out.columns.push_back(std::move(name));
  }
  if (out.columns.size() > tables::kColumnsMost) return wrong_field("/file", "too_long");

  std::map<std::pair<std::size_t, std::string>, std::size_t> known;  // column and id, of the first who has it
  for (std::size_t i = 0; i < contacts.rows.size(); ++i)
    for (const Pair& pair : pairs)
      if (const auto& cells = contacts.rows[i].cells; !cells.empty() && !cells[pair.contact].empty())
        known.try_emplace({pair.contact, cells[pair.contact]}, i);

  const auto add = [&](std::vector<std::string> cells) {
    out.rows.push_back({static_cast<std::int64_t>(out.rows.size()) + 2, std::move(cells)});
  };
  std::set<std::size_t> told;
  for (const Sheet::Row& relationship : relationships.rows) {
    if (relationship.cells.empty()) {
      add({});
      continue;
    }
    // Who is no contact of the file has nothing there but the ids.
    std::vector<std::string> cells(contacts.columns.size());
    for (const Pair& pair : pairs) cells[pair.contact] = relationship.cells[pair.target];
    for (const Pair& pair : pairs) {
      const auto found = known.find({pair.contact, relationship.cells[pair.target]});
      if (found == known.end()) continue;
      cells = contacts.rows[found->second].cells;
      told.insert(found->second);
      break;
    }
    cells.insert(cells.end(), relationship.cells.begin(), relationship.cells.end());
    add(std::move(cells));
  }
  for (std::size_t i = 0; i < contacts.rows.size(); ++i) {
    if (told.contains(i)) continue;
    auto cells = contacts.rows[i].cells;
    if (!cells.empty()) cells.resize(out.columns.size());
    add(std::move(cells));
  }
  if (out.rows.size() > kLinesMost) return Error(tables::kTooManyLines, {{"most", std::to_string(kLinesMost)}});
  return out;
}

Task<Result<LineList>> LineLists::join(const Caller& caller, ListId id, std::string bytes) {
  auto relationships = read_sheet(bytes, kLinesMost);
  if (!relationships) return refused<LineList>(relationships.error());
  return impl_->db.transact([impl = impl_.get(), caller, id,
                             relationships = std::move(*relationships)](store::Session& s) -> Result<LineList> {
    auto list = impl->seen(s, caller, id);
    if (!list) return list.error();
    if (list->about != About::kContacts) return kNotOfContacts;
    if (list->state != State::kReceived) return kListState;
    Sheet contacts;
    contacts.columns = impl->heads_of(*list);
    for (const ItemRow& row : storage::first_items(s, id, kLinesMost))
      contacts.rows.push_back({row.line, impl->cells_of(id, row)});
    const auto joined = with_relationships(contacts, relationships);
    if (!joined) return joined.error();
    list->columns = impl->seal_columns(id, *joined);
    list->total = static_cast<std::int64_t>(joined->rows.size());
    ++list->version;
    storage::replace(s, *list, impl->seal_rows(id, *joined));
    impl->access.log_list(s, caller, kImport, list->total, "relationships " + to_text(id));
    return impl->view(s, *list, true);
  });
}

}  // namespace luytre::linelists

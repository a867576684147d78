#include "modules/linelists/linelists.h"

#include <algorithm>
#include <cctype>
#include <chrono>

#include "modules/linelists/impl.h"
#include "platform/base/sorted_cursor.h"

namespace luytre::linelists {

const identity::Action kImport{
    "linelists.import", Purpose::kCaseManagement, {Role::kDistrictOfficer, Role::kProvinceOfficer}};

namespace {

using store::Session;

constexpr const char* kFileSeal = "linelists.file";
constexpr const char* kColumnsSeal = "linelists.columns";
constexpr const char* kCellsSeal = "linelists.cells";
constexpr std::size_t kFileNameMost = 120;
constexpr std::size_t kSystemMost = 20;
constexpr std::size_t kSamplesMost = 3;
constexpr std::size_t kSampledMost = 200;       // rows that are looked at for samples
constexpr std::chrono::seconds kPreviewFor{1};  // others wait to write

std::string row_context(ListId list, std::int64_t line) {
  return to_text(list) + ':' + std::to_string(line);
}

std::vector<ColumnSeen> columns_seen(const Sheet& sheet) {
  std::vector<ColumnSeen> out;
  for (std::size_t i = 0; i < sheet.columns.size(); ++i) {
    ColumnSeen& one = out.emplace_back();
    one.name = sheet.columns[i];
    for (std::size_t r = 0; r < std::min(sheet.rows.size(), kSampledMost) && one.samples.size() < kSamplesMost; ++r) {
      if (i >= sheet.rows[r].cells.size() || sheet.rows[r].cells[i].empty()) continue;
      const std::string& value = sheet.rows[r].cells[i];
      if (std::find(one.samples.begin(), one.samples.end(), value) == one.samples.end()) one.samples.push_back(value);
    }
  }
  return out;
}

}  // namespace

LineLists::LineLists(const Parts& parts) : impl_(std::make_unique<Impl>(parts)) {}
LineLists::~LineLists() = default;

void LineLists::set_in_use(InUse in_use) {
  impl_->in_use = std::move(in_use);
}

Result<ListRow> LineLists::Impl::seen(Session& session, const Caller& caller, ListId id) const {
  auto row = storage::find(session, id);
  if (!row || !geography.covers(access.areas(caller, kImport), row->unit)) return kNotFound;
  return std::move(*row);
}

std::string LineLists::Impl::file_of(const ListRow& row) const {
  return vault.unsealed(kFileSeal, to_text(row.id), row.file.data);
}

std::vector<ColumnSeen> LineLists::Impl::columns_of(const ListRow& row) const {
  auto kept = json::parse<ColumnsKept>(vault.unsealed(kColumnsSeal, to_text(row.id), row.columns.data),
                                       json::Reader::Of::kKept);
  if (!kept) throw std::runtime_error("the columns of a line list cannot be read");
  return std::move(kept->columns);
}

std::vector<std::string> LineLists::Impl::heads_of(const ListRow& row) const {
  std::vector<std::string> out;
  for (ColumnSeen& column : columns_of(row)) out.push_back(std::move(column.name));
  return out;
}

std::vector<std::string> LineLists::Impl::cells_of(ListId list, const ItemRow& row) const {
  auto kept = json::parse<CellsKept>(vault.unsealed(kCellsSeal, row_context(list, row.line), row.cells.data),
                                     json::Reader::Of::kKept);
  if (!kept) throw std::runtime_error("the cells of a line cannot be read");
  return std::move(kept->cells);
}

Mapping LineLists::Impl::mapping_of(const ListRow& row) const {
  auto kept = json::parse<Mapping>(row.mapping.value(), json::Reader::Of::kKept);
  if (!kept) throw std::runtime_error("the mapping of a line list cannot be read");
  return std::move(*kept);
}

store::Bytes LineLists::Impl::seal_cells(ListId list, std::int64_t line, const std::vector<std::string>& cells) const {
  return {vault.seal(kCellsSeal, row_context(list, line), json::text(CellsKept{cells}))};
}

LineList LineLists::Impl::view(Session& session, const ListRow& row, bool alone) const {
  LineList out;
  out.id = row.id;
  out.unit = row.unit;
  out.file = file_of(row);
  out.state = row.state;
  out.total = row.total;
  out.counts = storage::counts(session, row.id);
  out.by = row.by_name;
  out.at = row.at;
  out.version = row.version;
  out.stopped = row.stopped;
  out.about = row.about;
  if (!alone) return out;
  out.columns = columns_of(row);
  out.suggested = suggested(heads_of(row), row.about);
  if (row.mapping) {
    auto mapping = json::parse<Mapping>(*row.mapping, json::Reader::Of::kKept);
    if (mapping) out.mapping = std::move(*mapping);
  }
  return out;
}

Reading LineLists::Impl::reading(const ListRow& list) const {
  return {geography, cases.diseases(), list.unit, local_date(now()), list.about};
}

store::Bytes LineLists::Impl::seal_columns(ListId list, const Sheet& sheet) const {
  return {vault.seal(kColumnsSeal, to_text(list), json::text(ColumnsKept{columns_seen(sheet)}))};
}

std::vector<ItemRow> LineLists::Impl::seal_rows(ListId list, const Sheet& sheet) const {
  std::vector<ItemRow> items;
  items.reserve(sheet.rows.size());
  for (const Sheet::Row& line : sheet.rows) {
    ItemRow& item = items.emplace_back();
    item.line = line.line;
    item.cells = seal_cells(list, line.line, line.cells);
    item.flaws = flaws_text({});
  }
  return items;
}

ListRow LineLists::Impl::keep(Session& session, const Caller& caller, UnitId unit, const std::string& file_name,
                              const std::optional<std::string>& system, About about, const Sheet& sheet) const {
  ListRow row;
  row.id = db.ids().make<ListId>();
  row.unit = unit;
  row.source = "list:" + to_text(unit) + (system ? ':' + *system : "");
  row.file = {vault.seal(kFileSeal, to_text(row.id), file_name)};
  row.columns = seal_columns(row.id, sheet);
  row.total = static_cast<std::int64_t>(sheet.rows.size());
  row.sent_by = caller.account;
  row.by_name = caller.name;
  row.at = now();
  row.about = about;
  storage::insert(session, row);
  storage::insert(session, row.id, seal_rows(row.id, sheet));
  return row;
}

Task<Result<Sent>> LineLists::send(const Caller& caller, UnitId unit, std::string file_name,
                                   std::optional<std::string> system, std::string bytes,
                                   std::optional<store::Once> once, About about) {
  if (!impl_->geography.find(unit)) return refused<Sent>(wrong_field("/unit", "unknown"));
  if (about == About::kContacts && !impl_->tracing) return refused<Sent>(wrong_field("?about", "unknown"));
  const auto plain = [](unsigned char c) { return std::isalnum(c) != 0; };
  if (system && (system->size() > kSystemMost || !std::all_of(system->begin(), system->end(), plain)))
    return refused<Sent>(wrong_field("?system", "format"));
  file_name = tidy(file_name).value_or("");
  if (code_points(file_name) > kFileNameMost) return refused<Sent>(wrong_field("/file", "too_long"));
  auto sheet = read_sheet(bytes, kLinesMost);
  if (!sheet) return refused<Sent>(sheet.error());
  auto write = [impl = impl_.get(), caller, unit, file_name, system, about,
                sheet = std::move(*sheet)](Session& s) -> Result<Sent> {
    const auto allowed = impl->access.require(s, caller, kImport, {PersonId{}, unit, ""});
    if (!allowed) return allowed.error();
    const ListRow row = impl->keep(s, caller, unit, file_name, system, about, sheet);
    impl->access.log_list(s, caller, kImport, row.total, "sent " + to_text(row.id));
    return Sent{row.id, row.total};
  };
  if (once) return impl_->db.once(std::move(*once), std::move(write));
  return impl_->db.transact(std::move(write));
}

Task<Result<http::Page<LineList>>> LineLists::list(const Caller& caller, bool oldest_first,
                                                   std::optional<std::string> cursor, std::size_t limit) {
  const std::string sorted = oldest_first ? "ascending" : "descending";
  const auto start = start_of(cursor, sorted, !oldest_first);
  if (!start) return refused<http::Page<LineList>>(start.error());
  return impl_->db.transact([impl = impl_.get(), caller, oldest_first, sorted, after = ListId{start->number},
                             limit](Session& s) -> Result<http::Page<LineList>> {
    std::vector<UnitId> units;
    bool everywhere = false;
    for (const UnitId area : impl->access.areas(caller, kImport)) {
      everywhere = everywhere || area.value == 0;
      for (const UnitId unit : impl->geography.covered(area)) units.push_back(unit);
    }
    if (units.empty() && !everywhere) return kNotPermitted;
    http::Page<LineList> out;
    const auto rows = storage::of_units(s, units, everywhere, oldest_first, after, limit + 1);
    for (std::size_t i = 0; i < rows.size() && i < limit; ++i) out.items.push_back(impl->view(s, rows[i], false));
    if (rows.size() > limit) out.next = end_of(sorted, {rows[limit - 1].id.value, rows[limit - 1].id.value});
    return out;
  });
}

Task<Result<LineList>> LineLists::find(const Caller& caller, ListId id) {
  return impl_->db.transact([impl = impl_.get(), caller, id](Session& s) -> Result<LineList> {
    const auto row = impl->seen(s, caller, id);
    if (!row) return row.error();
    // A page that waits asks every second; it shows how far it is, and nothing of what the file says.
    if (row->state == State::kRunning || row->state == State::kUndoing) return impl->view(s, *row, false);
    impl->access.log_list(s, caller, kImport, 0, "list " + to_text(id));
    return impl->view(s, *row, true);
  });
}

Task<Result<Preview>> LineLists::preview(const Caller& caller, ListId id, Mapping mapping) {
  return impl_->db.transact(
      [impl = impl_.get(), caller, id, mapping = std::move(mapping)](Session& s) -> Result<Preview> {
        const auto list = impl->seen(s, caller, id);
        if (!list) return list.error();
        if (list->state != State::kReceived) return kListState;
        const auto heads = impl->heads_of(*list);
        const auto fits = check(mapping, heads, list->about);
        if (!fits) return fits.error();
        const LineReader reader(mapping, heads, impl->reading(*list));
        const auto until = std::chrono::steady_clock::now() + kPreviewFor;
        Preview out;
        std::vector<identity::Access::Shown> known;
        for (ItemRow& row : storage::first_items(s, id, kPreviewMost)) {
          const Line line = reader.read(impl->cells_of(id, row));
          Impl::How how;
          how.write = false;
          how.compare = mapping.compare;
          impl->take(s, *list, line, row, how);
          ++storage::count_of(out.counts, row.state);
          out.rows.push_back(shown(row, line, list->about));
          if (row.person) known.push_back({*row.person, list->unit});
          if (std::chrono::steady_clock::now() > until) break;
        }
        out.judged = static_cast<std::int64_t>(out.rows.size());
        impl->access.log_list(s, caller, kImport, out.judged, "preview " + to_text(id));
        impl->access.log_each(s, caller, kImport, known, identity::note(identity::LogNote::kLineList, to_text(id)));
        return out;
      });
}

Task<Result<LineList>> LineLists::run(const Caller& caller, ListId id, Mapping mapping) {
  return impl_->db.transact(
      [impl = impl_.get(), caller, id, mapping = std::move(mapping)](Session& s) -> Result<LineList> {
        auto list = impl->seen(s, caller, id);
        if (!list) return list.error();
        if (list->state != State::kReceived) return kListState;
        const auto fits = check(mapping, impl->heads_of(*list), list->about);
        if (!fits) return fits.error();
        list->mapping = json::text(mapping);
        list->state = State::kRunning;
        ++list->version;
        storage::update(s, *list);
        impl->access.log_list(s, caller, kImport, list->total, "run " + to_text(id));
        return impl->view(s, *list, false);
      });
}

Task<Result<http::Page<RowSeen>>> LineLists::rows(const Caller& caller, ListId id, RowState state,
                                                  std::optional<std::string> cursor, std::size_t limit) {
  return impl_->db.transact(
      [impl = impl_.get(), caller, id, state, cursor, limit](Session& s) -> Result<http::Page<RowSeen>> {
        const auto list = impl->seen(s, caller, id);
        if (!list) return list.error();
        std::int64_t after = -1;
        if (cursor) {
          const auto line = parse_id(*cursor);
          if (!line) return wrong_field("?cursor", "format");
          after = *line;
        }
        http::Page<RowSeen> out;
        if (!list->mapping) return out;
        const Mapping mapping = impl->mapping_of(*list);
        const LineReader reader(mapping, impl->heads_of(*list), impl->reading(*list));
        const auto found = storage::items(s, id, state, after, limit + 1);
        std::vector<identity::Access::Shown> known;
        for (std::size_t i = 0; i < found.size() && i < limit; ++i) {
          out.items.push_back(shown(found[i], reader.read(impl->cells_of(id, found[i])), list->about));
          if (found[i].person) known.push_back({*found[i].person, list->unit});
        }
        if (found.size() > limit) out.next = id_text(found[limit - 1].line);
        impl->access.log_list(s, caller, kImport, static_cast<std::int64_t>(out.items.size()), "rows " + to_text(id));
        impl->access.log_each(s, caller, kImport, known, identity::note(identity::LogNote::kLineList, to_text(id)));
        return out;
      });
}

Task<Result<RowSeen>> LineLists::decide(const Caller& caller, ListId id, std::int64_t number, Decision decision) {
  return impl_->db.transact([impl = impl_.get(), caller, id, number, decision](Session& s) -> Result<RowSeen> {
    const auto list = impl->seen(s, caller, id);
    if (!list) return list.error();
    auto row = storage::item(s, id, number);
    if (!row) return kNotFound;
    if (row->state != RowState::kUndecided || list->state != State::kDone) return kListState;
    const Mapping mapping = impl->mapping_of(*list);
    const LineReader reader(mapping, impl->heads_of(*list), impl->reading(*list));
    const Line line = reader.read(impl->cells_of(id, *row));
    Impl::How how;
    how.compare = false;
    how.decided = true;
    if (decision.verdict == Verdict::kSkip) {
      row->state = RowState::kSkipped;
    } else {
      if (decision.verdict == Verdict::kSame) {
        const auto unit = decision.person ? impl->people.unit_of(s, *decision.person) : std::nullopt;
        if (!unit) return wrong_field("/person", "required");
        const auto allowed = impl->access.require(
            s, caller, kImport, {*decision.person, *unit, identity::note(identity::LogNote::kLineList, to_text(id))});
        if (!allowed) return allowed.error();
        how.person = decision.person;
      }
      impl->take(s, *list, line, *row, how);
    }
    storage::update(s, id, *row);
    if (row->declared) impl->tracing->tell_listed(s, tracing::DeclaredId{*row->declared});
    impl->access.log_list(
        s, caller, kImport, 1,
        "decide " + to_text(id) + ':' + std::to_string(number) + ": " + json::enum_text(decision.verdict));
    return shown(*row, line, list->about);
  });
}

Task<Result<Started>> LineLists::start(const Caller& caller, ListId id, Reason reason) {
  return impl_->db.transact(
      [impl = impl_.get(), caller, id, reason = std::move(reason)](Session& s) -> Result<Started> {
        const auto list = impl->seen(s, caller, id);
        if (!list) return list.error();
        if (reason.reason.empty()) return identity::kReasonRequired;
        if (list->state != State::kDone || list->about != About::kCases) return kListState;
        auto rows = storage::items(s, id, RowState::kTaken, -1, kLinesMost);
        std::erase_if(rows, [](const ItemRow& row) { return row.traced; });
        std::vector<CaseId> ids;
        for (const ItemRow& row : rows) ids.push_back(row.case_.value());
        const auto traced = impl->cases.start_listed(s, ids);
        Started out;
        for (ItemRow& row : rows) {
          row.traced = traced.contains(*row.case_);
          ++(row.traced ? out.traced : out.old);
          if (row.traced) storage::update(s, id, row);
        }
        impl->access.log_list(s, caller, kImport, out.traced, "start " + to_text(id) + ": " + reason.reason);
        return out;
      });
}

Task<Result<LineList>> LineLists::undo(const Caller& caller, ListId id, Reason reason) {
  return impl_->db.transact(
      [impl = impl_.get(), caller, id, reason = std::move(reason)](Session& s) -> Result<LineList> {
        auto list = impl->seen(s, caller, id);
        if (!list) return list.error();
        if (reason.reason.empty()) return identity::kReasonRequired;
        if (list->state != State::kDone) return kListState;
        list->state = State::kUndoing;
        list->undone_for = impl->seal_undo(id, {reason.reason, caller.name, caller.account});
        ++list->version;
        storage::update(s, *list);
        impl->access.log_list(s, caller, kImport, list->total, "undo " + to_text(id) + ": " + reason.reason);
        return impl->view(s, *list, false);
      });
}

Task<Result<http::Page<NamedMapping>>> LineLists::mappings(const Caller& caller, UnitId unit) {
  return impl_->db.transact([impl = impl_.get(), caller, unit](Session& s) -> Result<http::Page<NamedMapping>> {
    const auto allowed = impl->access.require(s, caller, kImport, {PersonId{}, unit, ""});
    if (!allowed) return allowed.error();
    http::Page<NamedMapping> out;
    for (const auto& row : storage::mappings(s, unit)) {
      auto mapping = json::parse<Mapping>(row.content, json::Reader::Of::kKept);
      if (mapping) out.items.push_back({row.name, std::move(*mapping)});
    }
    return out;
  });
}

Task<Result<Done>> LineLists::save(const Caller& caller, UnitId unit, NamedMapping mapping) {
  return impl_->db.transact([impl = impl_.get(), caller, unit,
                             mapping = std::move(mapping)](Session& s) -> Result<Done> {
    const auto allowed = impl->access.require(s, caller, kImport, {PersonId{}, unit, ""});
    if (!allowed) return allowed.error();
    if (fold(mapping.name).empty()) return wrong_field("/name", "required");
    for (const Use& use : mapping.mapping.uses)
      if (use.values.size() > kValuesMost) return wrong_field("/mapping/uses", "too_long");
    const auto all = storage::mappings(s, unit);
    const bool there = std::any_of(all.begin(), all.end(), [&](const auto& row) { return row.name == mapping.name; });
    if (!there && all.size() >= kMappingsMost) return kTooManyMappings;
    storage::save(s, {unit, mapping.name, json::text(mapping.mapping), caller.name, impl->now()});
    return Done{};
  });
}

}  // namespace luytre::linelists

// Lists of outbreaks: by begin, last case and count of cases, and the same as a file. Counts; nobody's data.

#include <iterator>
#include <limits>
#include <map>

#include "modules/outbreaks/impl.h"
#include "platform/base/cursor.h"
#include "platform/geography/within.h"
#include "platform/identity/taken_out.h"
#include "platform/store/paged.h"

namespace luytre::outbreaks {
namespace storage {
namespace {

struct Shape {
  Sort sort;
  bool descending, everywhere;
  std::size_t first;  // as a literal; 0: as many as asked for
  friend auto operator<=>(const Shape&, const Shape&) = default;
};

struct Sql {
  std::string name, text;
  store::Query query{};
};

const char* key_of(Sort sort) {
  switch (sort) {
    case Sort::kBegin:
      return "opened_on";
    case Sort::kLastDay:
      return "last_day";
    case Sort::kCases:
      break;
  }
  return "case_count";
}

Sql sql_of(const Shape& shape) {
  const std::string key = key_of(shape.sort);
  const std::string turn = shape.descending ? " DESC" : "";
  Sql out;
  out.name = "outbreaks.page_" + json::enum_text(shape.sort) + (shape.descending ? "_down" : "_up") +
             (shape.everywhere ? "" : "_of_unit") + (shape.first > 0 ? "_first_" + std::to_string(shape.first) : "");
  out.text =
      "SELECT " + key + ", id\n  FROM outbreaks_outbreak\n  WHERE (" + key + ", id) " + (shape.descending ? "<" : ">") +
      " ($1, $2)\n"
      "    AND (CAST($3 AS text) IS NULL OR status = $3)\n"
      "    AND (CAST($4 AS text) IS NULL OR disease = $4)\n" +
      (shape.everywhere ? "" : "    AND unit = $5\n") + "  ORDER BY " + key + turn + ", id" + turn + "\n  LIMIT " +
      (shape.first > 0    ? std::to_string(shape.first)
       : shape.everywhere ? "$5"
                          : "$6");
  return out;
}

const store::Query& query_of(const Shape& shape) {
  static const std::map<Shape, Sql> all = [] {
    std::map<Shape, Sql> out;
    for (const Sort sort : {Sort::kBegin, Sort::kLastDay, Sort::kCases})
      for (const bool descending : {false, true})
        for (const bool everywhere : {false, true})
          for (const std::size_t first : store::kLooks) {
            const Shape one{sort, descending, everywhere, first};
            Sql& sql = out.emplace(one, sql_of(one)).first->second;
            sql.query = {sql.name.c_str(), sql.text.c_str()};
          }
    return out;
  }();
  return all.at(shape).query;
}

}  // namespace

const store::Query& page_query(Sort sort, bool descending, bool everywhere) {
  return query_of({sort, descending, everywhere, 0});
}

Spot spot_of(const OutbreakRow& row, Sort sort) {
  switch (sort) {
    case Sort::kBegin:
      return {row.opened_on.days, row.id};
    case Sort::kLastDay:
      return {row.last_day, row.id};
    case Sort::kCases:
      break;
  }
  return {row.case_count, row.id};
}

std::vector<OutbreakRow> page(store::Session& session, const Search& search, const std::optional<Spot>& after,
                              std::size_t most) {
  using Limits = std::numeric_limits<std::int64_t>;
  const Spot start = after.value_or(Spot{search.descending ? Limits::max() : Limits::min(), {}});
  const auto values = [&](const Spot& from) {
    return store::Row{store::to_value(from.key), store::to_value(from.id), store::to_value(search.status),
                      store::to_value(search.disease)};
  };
  std::vector<Spot> found;
  if (search.everywhere) {
    found = store::one_look<Spot>(session, query_of({search.sort, search.descending, true, 0}), values(start), most);
  } else {
    const auto query = [&](std::size_t, std::size_t first) -> const store::Query& {
      return query_of({search.sort, search.descending, false, first});
    };
    const auto row = [&](std::size_t at, const Spot& from) {
      store::Row look = values(from);
      look.push_back(store::to_value(search.units[at]));
      return look;
    };
    const auto before = [&](const Spot& a, const Spot& b) { return search.descending ? b < a : a < b; };
    found = store::paged(session, 1, search.units.size(), most, start, query, row, before);
  }
  return find_each(session, found);
}

}  // namespace storage

namespace {

using tables::Cell;

const identity::Action kTakeOutList{
    "outbreaks.take_out", Purpose::kCaseManagement, {Role::kDistrictOfficer, Role::kProvinceOfficer}, true};

constexpr const char* kColumns[] = {"name",   "disease",  "unit",  "unitName", "setting",    "openedOn",
                                    "status", "closedOn", "cases", "lastDay",  "quietUntil", "over"};

std::string sorted_by(const Filter& filter) {
  return json::enum_text(filter.sort.value_or(Sort::kBegin)) + '-' +
         json::enum_text(filter.order.value_or(cases::SortOrder::kDescending));
}

Result<storage::Spot> parse_spot(std::string_view cursor, const Filter& filter) {
  const auto point = cursor.find('.');
  const auto at = point == std::string_view::npos ? std::nullopt : parse_cursor(cursor.substr(point + 1));
  if (!at) return wrong_field("?cursor", "format");
  if (cursor.substr(0, point) != sorted_by(filter)) return wrong_field("?cursor", "other_sort");
  return storage::Spot{at->number, OutbreakId{at->id}};
}

storage::Search search_of(const Filter& filter) {
  storage::Search out;
  out.status = filter.status;
  out.disease = filter.disease;
  out.sort = filter.sort.value_or(Sort::kBegin);
  out.descending = filter.order.value_or(cases::SortOrder::kDescending) == cases::SortOrder::kDescending;
  return out;
}

}  // namespace

void set_counts(storage::OutbreakRow& row, std::span<const cases::OutbreakCase> all) {
  row.case_count = static_cast<std::int64_t>(all.size());
  row.last_day = last_day(all).value_or(Date{}).days;
}

void Outbreaks::Impl::count(store::Session& session, OutbreakId id) const {
  storage::OutbreakRow row;
  row.id = id;
  outbreaks::set_counts(row, cases_of(session, id));
  storage::set_counts(session, std::span(&row, 1));
}

void Outbreaks::Impl::count_missing(store::Session& session, std::span<storage::OutbreakRow> rows) const {
  std::vector<storage::OutbreakRow> missing;
  for (const storage::OutbreakRow& row : rows)
    if (!row.counted) missing.push_back(row);
  if (missing.empty()) return;
  const auto members = storage::cases(session, missing);
  std::vector<CaseId> ids;
  for (const auto& of_one : members) ids.insert(ids.end(), of_one.begin(), of_one.end());
  const auto found = cases::Cases::of_outbreak(session, ids);
  std::size_t at = 0, next = 0;
  for (storage::OutbreakRow& row : rows) {
    if (row.counted) continue;
    const std::size_t first = next;
    for (const CaseId id : members[at++])
      if (next < found.size() && found[next].id == id) ++next;
    outbreaks::set_counts(row, std::span(found).subspan(first, next - first));
  }
}

store::Following Outbreaks::follow() const {
  return {"outbreaks.counts",
          {"case.confirmed", "case.changed", "case.dated", "case.unconfirmed", "case.discarded", "case.imported",
           "case.taken_back"},
          [impl = impl_.get()](store::Session& s, const store::Event& event) {
            if (const auto of = storage::outbreak_of(s, CaseId{event.subject})) impl->count(s, *of);
          },
          {}};
}

store::Recurring Outbreaks::count_first() const {
  constexpr std::size_t kAtOnce = 50;
  return {"outbreaks.count", std::chrono::minutes{1}, [impl = impl_.get()](store::Session& s) {
            auto rows = storage::uncounted(s, kAtOnce);
            impl->count_missing(s, rows);
            storage::set_counts(s, rows);
          }};
}

Task<Result<http::Page<Outbreak>>> Outbreaks::list(const Caller& caller, Filter filter,
                                                   std::optional<std::string> cursor, std::size_t limit) {
  return impl_->db.read([impl = impl_.get(), caller, filter = std::move(filter), cursor, limit](store::Session& s) {
    return impl->list(s, caller, filter, cursor, limit);
  });
}

Result<http::Page<Outbreak>> Outbreaks::Impl::list(store::Session& session, const Caller& caller, const Filter& filter,
                                                   const std::optional<std::string>& cursor, std::size_t limit) const {
  storage::Search search = search_of(filter);
  auto of = geography::within(geography, access.areas(caller, kRead), filter.unit);
  if (!of) return kNotPermitted;
  search.units = std::move(of->units);
  search.everywhere = of->everywhere;
  std::optional<storage::Spot> after;
  if (cursor) {
    const auto at = parse_spot(*cursor, filter);
    if (!at) return at.error();
    after = *at;
  }
  auto rows = storage::page(session, search, after, limit + 1);
  http::Page<Outbreak> page;
  if (rows.size() > limit) {
    rows.resize(limit);
    const storage::Spot last = storage::spot_of(rows.back(), search.sort);
    page.next = sorted_by(filter) + '.' + cursor_text({last.key, last.id.value});
  }
  count_missing(session, rows);
  std::vector<CaseId> sources;
  for (const storage::OutbreakRow& row : rows)
    if (row.source) sources.push_back(*row.source);
  std::map<CaseId, std::string> numbers;
  for (auto& one : cases::Cases::traced(session, sources)) numbers[one.id] = std::move(one.number);
  const auto in_charge = storage::in_charge(session, rows);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    Outbreak& one = page.items.emplace_back(line(caller, rows[i], in_charge[i]));
    if (const auto source = rows[i].source ? numbers.find(*rows[i].source) : numbers.end(); source != numbers.end())
      one.source = cases::CaseLink{source->first, source->second};
  }
  return page;
}

Task<Result<http::Reply>> Outbreaks::take_out(const Caller& caller, UnitId unit, OutbreaksOut wanted) {
  return impl_->db.transact([impl = impl_.get(), caller, unit,
                             wanted = std::move(wanted)](store::Session& s) -> Result<http::Reply> {
    const auto allowed = impl->access.require(s, caller, kTakeOutList, {PersonId{}, unit, wanted.reason});
    if (!allowed) return allowed.error();
    Filter filter;
    filter.status = wanted.status;
    if (wanted.disease) filter.disease = std::string(*wanted.disease);
    storage::Search search = search_of(filter);
    search.units = impl->geography.covered(unit);
    auto rows = storage::page(s, search, std::nullopt, kOutbreaksOutMost + 1);
    if (rows.size() > kOutbreaksOutMost) return identity::list_too_long(kOutbreaksOutMost);
    tables::Sheet sheet;
    sheet.columns.assign(std::begin(kColumns), std::end(kColumns));
    impl->count_missing(s, rows);
    for (const storage::OutbreakRow& row : rows) {
      const Outbreak one = impl->line(caller, row, {});
      const auto* of = impl->geography.find(row.unit);
      sheet.rows.push_back({row.name, row.disease, of ? Cell(of->code) : Cell(), of ? Cell(of->full_name) : Cell(),
                            tables::cell(row.setting), row.opened_on, json::enum_text(row.status),
                            tables::cell(row.closed_on), one.cases, tables::cell(one.last_day),
                            tables::cell(one.quiet_until), std::string(one.over ? "yes" : "no")});
    }
    return identity::unit_file(s, impl->access, impl->geography, caller, kTakeOutList,
                               {unit, "outbreaks", "luytre-outbreaks-", wanted.reason, wanted.format, std::move(sheet)},
                               impl->now());
  });
}

}  // namespace luytre::outbreaks

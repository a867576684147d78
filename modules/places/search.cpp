// Officers' lists of places: those of their area, by words of the name, kind and status, by when they were registered,
// and the same as a file. Nobody's data but that somebody keeps the place: address, phone and keeper are in no file.

#include <algorithm>
#include <utility>

#include "modules/places/impl.h"
#include "modules/places/where.h"
#include "platform/base/sorted_cursor.h"
#include "platform/identity/taken_out.h"
#include "platform/store/few.h"
#include "platform/store/paged.h"

namespace luytre::places {
namespace storage {
namespace {

enum class Scope { kAll, kUnit, kWord };

struct Shape {
  Scope scope;
  bool oldest_first;
  std::size_t first;  // as a literal; 0: as many as asked for
  friend auto operator<=>(const Shape&, const Shape&) = default;
};

// Parameters: id after which, kind, status, the unit or the word unless of all, how many. Of a word the whole row: the
// area and the other words are looked at afterwards.
void add(store::Queries<Shape>& all, const Shape& shape) {
  const bool word = shape.scope == Scope::kWord;
  const std::string id = word ? "w.place" : "p.id";
  const std::string of = shape.scope == Scope::kAll ? "all" : word ? "word" : "unit";
  const std::string columns =
      word ? "p.id, p.name, p.kind, p.unit, p.address, p.phone, p.functions, p.capacity, p.keeper, p.status, p.issue, "
             "p.registered, p.approved, p.approved_by, p.closed, p.revision, p.version, p.approval_ended"
           : "p.id";
  const std::string which = shape.scope == Scope::kAll ? "" : word ? "    AND w.word = $4\n" : "    AND p.unit = $4\n";
  const std::string last = shape.scope == Scope::kAll ? "$4" : "$5";
  all.add(shape,
          "places.list_" + of + (shape.oldest_first ? "_up" : "_down") +
              (shape.first > 0 ? "_first_" + std::to_string(shape.first) : ""),
          "SELECT " + columns + "\n  FROM " +
              (word ? "places_word w\n  JOIN places_place p ON p.id = w.place" : "places_place p") + "\n  WHERE " + id +
              (shape.oldest_first ? " > " : " < ") +
              "$1\n"
              "    AND (CAST($2 AS text) IS NULL OR p.kind = $2)\n"
              "    AND (CAST($3 AS text) IS NULL OR p.status = $3)\n" +
              which + "  ORDER BY " + id + (shape.oldest_first ? "" : " DESC") + "\n  LIMIT " +
              (shape.first > 0 ? std::to_string(shape.first) : last));
}

const store::Query& query_of(const Shape& shape) {
  static const store::Queries<Shape> all = [] {
    store::Queries<Shape> out;
    for (const Scope scope : {Scope::kAll, Scope::kUnit, Scope::kWord})
      for (const bool oldest_first : {false, true})
        for (const std::size_t first : store::kLooks) add(out, {scope, oldest_first, first});
    return out;
  }();
  return all.of(shape);
}

struct Spot {
  PlaceId id;
};
BOOST_DESCRIBE_STRUCT(Spot, (), (id))

store::Row values_of(const PlaceFilter& filter, PlaceId after) {
  return store::values(after, filter.kind, filter.status);
}

// Of one word, wherever they are.
std::vector<PlaceRow> with_word(store::Session& session, const std::string& word, const PlaceFilter& filter,
                                PlaceId after, std::size_t most) {
  store::Row look = values_of(filter, after);
  look.push_back(store::to_value(word));
  look.push_back(store::to_value(most));
  const std::vector<store::Row> looks{std::move(look)};
  auto found = session.each<PlaceRow>(query_of({Scope::kWord, filter.oldest_first, 0}), looks);
  return std::move(found.front());
}

// A short look into an index for each unit.
std::vector<PlaceRow> listed(store::Session& session, const Where& where, const PlaceFilter& filter, PlaceId after,
                             std::size_t most) {
  std::vector<Spot> found;
  if (where.everywhere) {
    found =
        store::one_look<Spot>(session, query_of({Scope::kAll, filter.oldest_first, 0}), values_of(filter, after), most);
  } else {
    const auto query = [&](std::size_t, std::size_t first) -> const store::Query& {
      return query_of({Scope::kUnit, filter.oldest_first, first});
    };
    const auto row = [&](std::size_t at, const Spot& from) {
      store::Row look = values_of(filter, from.id);
      look.push_back(store::to_value(where.units[at]));
      return look;
    };
    const auto before = [&](const Spot& a, const Spot& b) { return filter.oldest_first ? a.id < b.id : b.id < a.id; };
    found = store::paged(session, 1, where.units.size(), most, Spot{after}, query, row, before);
  }
  std::vector<PlaceId> ids;
  for (const Spot& one : found) ids.push_back(one.id);
  return find_each(session, ids);
}

}  // namespace
}  // namespace storage

namespace {

using storage::PlaceRow;
using store::Session;

// Who decides about a gate must find it, too.
const identity::Action kSearch{
    "places.search",
    Purpose::kPlaceKeeping,
    {Role::kStationOfficer, Role::kDistrictOfficer, Role::kProvinceOfficer, Role::kCommander}};

const identity::Action kTakeOut{
    "places.take_out", Purpose::kPlaceKeeping, {Role::kDistrictOfficer, Role::kProvinceOfficer}, true};

constexpr std::size_t kScannedMost = 20'000;
constexpr std::size_t kScanStep = 500;

bool bears(const PlaceRow& row, const std::vector<std::string>& words) {
  if (words.size() < 2) return true;
  const auto own = words_of(row.name);
  return std::all_of(words.begin(), words.end(),
                     [&](const std::string& word) { return std::binary_search(own.begin(), own.end(), word); });
}

// The longest word first: the best guess at the rarest.
std::vector<std::string> search_words(std::string_view text) {
  auto words = words_of(text);
  std::stable_sort(words.begin(), words.end(),
                   [](const std::string& a, const std::string& b) { return a.size() > b.size(); });
  return words;
}

struct Found {
  std::vector<PlaceRow> rows;
  std::optional<PlaceId> next;  // after which there are, or may be, more
};

Found found_of(Session& s, const std::vector<std::string>& words, const Where& where, const PlaceFilter& filter,
               PlaceId after, std::size_t limit) {
  Found out;
  if (words.empty()) {
    out.rows = storage::listed(s, where, filter, after, limit + 1);
    if (out.rows.size() <= limit) return out;
    out.rows.resize(limit);
    out.next = out.rows.back().id;
    return out;
  }
  for (std::size_t scanned = 0; scanned < kScannedMost; scanned += kScanStep) {
    auto rows = storage::with_word(s, words.front(), filter, after, kScanStep);
    for (PlaceRow& row : rows) {
      after = row.id;
      if (!where.contains(row.unit) || !bears(row, words)) continue;
      out.rows.push_back(std::move(row));
      if (out.rows.size() == limit) {
        out.next = after;
        return out;
      }
    }
    if (rows.size() < kScanStep) return out;
  }
  out.next = after;  // perhaps more, further on
  return out;
}

}  // namespace

Task<Result<http::Page<PlaceBrief>>> Places::search(const Caller& caller, PlaceFilter filter,
                                                    std::optional<std::string> cursor, std::size_t limit) const {
  // A list stands by the id alone: they are made in the order of registration.
  const std::string sorted = filter.oldest_first ? "ascending" : "descending";
  const auto start = start_of(cursor, sorted, !filter.oldest_first);
  if (!start) return refused<http::Page<PlaceBrief>>(start.error());
  return impl_->db.read([impl = impl_.get(), caller, filter = std::move(filter), sorted, after = PlaceId{start->number},
                         limit](Session& s) -> Result<http::Page<PlaceBrief>> {
    const auto areas = impl->access.areas(caller, kSearch);
    if (areas.empty()) return caller.account.value == 0 ? kUnauthenticated : kNotPermitted;
    const Where where = where_of(areas, filter.unit, impl->geography);
    const Found found = found_of(s, search_words(filter.text), where, filter, after, limit);
    http::Page<PlaceBrief> page;
    for (const PlaceRow& row : found.rows) page.items.push_back(impl->brief(row));
    if (found.next) page.next = end_of(sorted, {found.next->value, found.next->value});
    return page;
  });
}

Task<Result<http::Reply>> Places::take_out(const Caller& caller, UnitId unit, PlacesOut wanted) const {
  return impl_->db.transact([impl = impl_.get(), caller, unit,
                             wanted = std::move(wanted)](Session& s) -> Result<http::Reply> {
    const auto allowed = impl->access.require(s, caller, kTakeOut, {PersonId{}, unit, wanted.reason});
    if (!allowed) return allowed.error();
    if (!impl->geography.find(unit)) return kNotFound;
    PlaceFilter filter;
    if (wanted.kind) filter.kind = std::string(*wanted.kind);
    filter.status = wanted.status;
    const std::vector<UnitId> whole{unit};
    const auto rows = storage::listed(s, where_of(whole, std::nullopt, impl->geography), filter,
                                      PlaceId{outermost(true).number}, identity::kListOutMost + 1);
    if (rows.size() > identity::kListOutMost) return identity::list_too_long();
    using tables::Cell;
    tables::Sheet sheet;
    sheet.columns = {"id",     "name",     "kind",         "unit",       "unitName",
                     "status", "capacity", "registeredAt", "approvedAt", "closedAt"};
    const auto instant = [](const std::optional<Instant>& at) { return at ? Cell(to_text(*at)) : Cell(); };
    for (const PlaceRow& row : rows) {
      const auto* of = impl->geography.find(row.unit);
      sheet.rows.push_back({to_text(row.id), row.name, row.kind, of ? Cell(of->code) : Cell(),
                            of ? Cell(of->full_name) : Cell(), json::enum_text(row.status), tables::cell(row.capacity),
                            to_text(row.registered), instant(row.approved), instant(row.closed)});
    }
    return identity::unit_file(s, impl->access, impl->geography, caller, kTakeOut,
                               {unit, "places", "luytre-places-", wanted.reason, wanted.format, std::move(sheet)},
                               impl->clock.now());
  });
}

}  // namespace luytre::places

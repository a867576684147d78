// Lists of orders: which, in which order, the same as a file; and what has waited too long for a signature.

#include <algorithm>
#include <iterator>
#include <limits>
#include <utility>

#include "engines/linkage/order_code.h"
#include "modules/quarantine/impl.h"
#include "modules/tracing/contact_lists.h"
#include "platform/base/sorted_cursor.h"
#include "platform/identity/taken_out.h"
#include "platform/store/few.h"
#include "platform/store/paged.h"
#include "platform/tables/sheet.h"

namespace luytre::quarantine {
namespace storage {
namespace {

struct Shape {
  View view;  // kRunning also of kTomorrow and kOverdue
  Sort sort;
  bool descending, everywhere;
  std::size_t first;  // as a literal; 0: as many as asked for
  friend auto operator<=>(const Shape&, const Shape&) = default;
};

View base_of(View view) {
  return view == View::kTomorrow || view == View::kOverdue ? View::kRunning : view;
}

const char* key_of(Sort sort) {
  switch (sort) {
    case Sort::kWaiting:
      return "waiting_since";
    case Sort::kLastDay:
      return "last_day";
    case Sort::kSigned:
      return "signed_at";
    case Sort::kEnded:
      break;
  }
  return "ended";
}

// Parameters: where it goes on (day or second, id), disease, kind, place, of what runs the last days from and to, the
// unit unless everywhere, how many.
void add(store::Queries<Shape>& all, const Shape& shape) {
  const std::string key = key_of(shape.sort);
  const std::string turn = shape.descending ? " DESC" : "";
  int next = 6;
  const auto parameter = [&next] { return '$' + std::to_string(next++); };
  std::string which = shape.view == View::kWaiting ? "waiting_since IS NOT NULL" : "ended IS NOT NULL";
  if (shape.view == View::kRunning) {
    // Sorted by the signature it is read from the index of that, not from the one of last days.
    const std::string day = shape.sort == Sort::kLastDay ? "last_day" : "last_day + 0";
    which = "state = 'running' AND " + day + " >= " + parameter();
    which += " AND " + day + " <= " + parameter();
  }
  const std::string where = shape.everywhere ? "" : " AND unit = " + parameter();
  std::string name = "quarantine.page_" + json::enum_text(shape.view) + '_' + json::enum_text(shape.sort) +
                     (shape.descending ? "_down" : "_up") + (shape.everywhere ? "" : "_of_unit") +
                     (shape.first > 0 ? "_first_" + std::to_string(shape.first) : "");
  std::string sql = "SELECT " + key + ", id\n  FROM quarantine_order\n  WHERE " + which + where + "\n    AND (" + key +
                    ", id) " + (shape.descending ? "<" : ">") +
                    " ($1, $2)\n"
                    "    AND ($3 IS NULL OR disease = $3)\n"
                    "    AND ($4 IS NULL OR kind = $4)\n"
                    "    AND ($5 IS NULL OR place_kind = $5)\n  ORDER BY " +
                    key + turn + ", id" + turn + "\n  LIMIT " +
                    (shape.first > 0 ? std::to_string(shape.first) : parameter());
  all.add(shape, std::move(name), std::move(sql));
}

const store::Query& query_of(const Shape& shape) {
  static const store::Queries<Shape> all = [] {
    store::Queries<Shape> out;
    for (const View view : {View::kWaiting, View::kRunning, View::kEnded})
      for (const Sort sort : sorts_of(view))
        for (const bool descending : {false, true})
          for (const bool everywhere : {false, true})
            for (const std::size_t first : store::kLooks) add(out, {view, sort, descending, everywhere, first});
    return out;
  }();
  return all.of(shape);
}

}  // namespace

std::array<Sort, 2> sorts_of(View view) {
  if (view == View::kWaiting) return {Sort::kWaiting, Sort::kLastDay};
  if (view == View::kEnded) return {Sort::kEnded, Sort::kLastDay};
  return {Sort::kLastDay, Sort::kSigned};
}

PageQuery page_query(View view, Sort sort, bool descending, bool everywhere) {
  return {query_of({base_of(view), sort, descending, everywhere, 0}),
          9U - (base_of(view) == View::kRunning ? 0U : 2U) - (everywhere ? 1U : 0U)};
}

Cursor cursor_of(const OrderRow& row, Sort sort) {
  if (sort == Sort::kLastDay) return {row.last_day.days, row.id.value};
  const auto& at = sort == Sort::kWaiting ? row.waiting_since : sort == Sort::kSigned ? row.signed_at : row.ended;
  return {at.value().seconds, row.id.value};
}

std::vector<OrderRow> page(store::Session& session, const Search& search, Cursor after, std::size_t most) {
  using Limits = std::numeric_limits<std::int64_t>;
  const std::vector<std::pair<UnitId, std::int64_t>> units(search.reach.units.begin(), search.reach.units.end());
  const Position start{after.number, OrderId{after.id}};
  const View view = base_of(search.view);
  const auto values = [&](const Position& from) {
    store::Row out{store::to_value(from.at), store::to_value(from.id), store::to_value(search.disease),
                   store::to_value(search.kind), store::to_value(search.place)};
    if (view != View::kRunning) return out;
    const std::int64_t today = search.today.days;
    const bool tomorrow = search.view == View::kTomorrow;
    out.push_back(store::to_value(tomorrow ? today + 1 : Limits::min()));
    out.push_back(store::to_value(tomorrow ? today + 1 : search.view == View::kOverdue ? today - 1 : Limits::max()));
    return out;
  };
  std::vector<Position> found;
  if (search.reach.everywhere) {
    store::Row look = values(start);
    look.push_back(store::to_value(most));
    const std::vector<store::Row> looks{std::move(look)};
    const auto answers = session.each<Position>(query_of({view, search.sort, search.descending, true, 0}), looks);
    found = answers.front();
  } else {
    const auto query = [&](std::size_t, std::size_t first) -> const store::Query& {
      return query_of({view, search.sort, search.descending, false, first});
    };
    const auto row = [&](std::size_t at, const Position& from) {
      store::Row look = values(from);
      look.push_back(store::to_value(units[at].first));
      return look;
    };
    const auto before = [&](const Position& a, const Position& b) { return search.descending ? b < a : a < b; };
    found = store::paged(session, 1, units.size(), most, start, query, row, before);
  }
  return find_each(session, found);
}

}  // namespace storage

namespace {

using store::Session;
using tables::Cell;

const identity::Action kTakeOut{
    "quarantine.take_out", Purpose::kCaseManagement, {Role::kDistrictOfficer, Role::kProvinceOfficer}, true};

constexpr const char* kOrderColumns[] = {"number", "name",     "birthDate",  "birthYear", "sex",      "commune",
                                         "phone",  "disease",  "kind",       "state",     "firstDay", "lastDay",
                                         "place",  "waitsFor", "waitingDay", "signedDay", "endedDay"};

Sort sort_of(const Filter& filter) {
  return filter.sort.value_or(storage::sorts_of(filter.view).front());
}

bool descending(const Filter& filter) {
  if (filter.order) return *filter.order == cases::SortOrder::kDescending;
  return sort_of(filter) == Sort::kEnded;
}

std::string sorted_by(const Filter& filter) {
  return json::enum_text(sort_of(filter)) + '-' +
         json::enum_text(descending(filter) ? cases::SortOrder::kDescending : cases::SortOrder::kAscending);
}

Cell day_of(const std::optional<Instant>& at) {
  return at ? Cell(local_date(*at)) : Cell();
}

}  // namespace

storage::Search Orders::Impl::search_of(const Caller& caller, const Filter& filter) const {
  storage::Search out;
  out.reach = referrals::reach(geography, caller, filter.unit);
  out.view = filter.view;
  out.today = today();
  out.disease = filter.disease;
  out.kind = filter.kind;
  out.place = filter.place;
  out.sort = sort_of(filter);
  out.descending = descending(filter);
  return out;
}

Task<Result<http::Page<Order>>> Orders::list(const Caller& caller, Filter filter, std::optional<std::string> cursor,
                                             std::size_t limit) {
  using Shown = http::Page<Order>;
  if (impl_->access.areas(caller, kWork).empty()) return refused<Shown>(kNotPermitted);
  const auto sorts = storage::sorts_of(filter.view);
  if (filter.sort && std::find(sorts.begin(), sorts.end(), *filter.sort) == sorts.end())
    return refused<Shown>(wrong_field("?sort", "unknown"));
  const auto after = start_of(cursor, sorted_by(filter), descending(filter));
  if (!after) return refused<Shown>(after.error());
  return impl_->db.transact([impl = impl_.get(), caller, filter, after = *after, limit](Session& s) -> Result<Shown> {
    if (filter.number) {
      Shown page;
      const auto serial = linkage::parse_order_serial(*filter.number);
      const auto row = serial ? storage::by_serial(s, static_cast<std::int64_t>(*serial)) : std::nullopt;
      // One that lies elsewhere is no other than one that is nowhere.
      const auto own = row ? impl->seen(s, caller, kWork, row->id) : Result<storage::OrderRow>(kNotFound);
      if (own) page.items.push_back(impl->view(s, caller, *own, false));
      return page;
    }
    const auto rows = storage::page(s, impl->search_of(caller, filter), after, limit + 1);
    Shown page;
    std::vector<identity::Subject> shown;
    for (std::size_t i = 0; i < rows.size() && i < limit; ++i) {
      shown.push_back({rows[i].person, rows[i].unit, identity::note(identity::LogNote::kListOfOrders)});
      page.items.push_back(impl->view(s, caller, rows[i], false));
    }
    if (auto allowed = impl->access.require_each(s, caller, kWork, shown); !allowed) return allowed.error();
    if (rows.size() > limit)
      page.next = end_of(sorted_by(filter), storage::cursor_of(rows[limit - 1], sort_of(filter)));
    return page;
  });
}

Task<Result<http::Reply>> Orders::take_out(const Caller& caller, UnitId unit, OrdersOut wanted) {
  return impl_->db.transact([impl = impl_.get(), caller, unit,
                             wanted = std::move(wanted)](Session& s) -> Result<http::Reply> {
    const auto allowed = impl->access.require(s, caller, kTakeOut, {PersonId{}, unit, wanted.reason});
    if (!allowed) return allowed.error();
    Filter filter;
    filter.view = wanted.view.value_or(View::kWaiting);
    filter.unit = unit;
    if (wanted.disease) filter.disease = std::string(*wanted.disease);
    filter.kind = wanted.kind;
    filter.place = wanted.place;
    const storage::Search search = impl->search_of(caller, filter);
    const auto rows = storage::page(s, search, outermost(search.descending), kOutMost + 1);
    if (rows.size() > kOutMost) return Error(tracing::kListTooLong, {{"most", std::to_string(kOutMost)}});
    tables::Sheet sheet;
    sheet.columns.assign(std::begin(kOrderColumns), std::end(kOrderColumns));
    std::vector<identity::Subject> shown;
    for (const storage::OrderRow& row : rows) {
      shown.push_back({row.person, row.unit, wanted.reason});
      const auto person = impl->people.written(s, row.person);
      if (!person) continue;
      const auto* commune =
          impl->geography.find(impl->geography.responsible_commune(person->unit, impl->today()).value_or(person->unit));
      sheet.rows.push_back({impl->number(row), std::string(person->name), tables::cell(person->birth_date),
                            tables::cell(person->birth_year), json::enum_text(person->sex),
                            commune ? Cell(commune->code) : Cell(),
                            person->phone ? Cell(std::string(*person->phone)) : Cell(), row.disease,
                            json::enum_text(row.kind), json::enum_text(row.state), row.first_day, row.last_day,
                            json::enum_text(row.place_kind), row.waiting ? Cell(json::enum_text(*row.waiting)) : Cell(),
                            day_of(row.waiting_since), day_of(row.signed_at), day_of(row.ended)});
    }
    return identity::unit_file(
        s, impl->access, impl->geography, caller, kTakeOut,
        {unit, "orders", "luytre-orders-", wanted.reason, wanted.format, std::move(sheet), std::move(shown)},
        impl->now());
  });
}

std::vector<staff::Waiting> Orders::waiting(Session& session, const Caller& caller) const {
  std::vector<staff::Waiting> out;
  const auto areas = impl_->access.areas(caller, kSign);
  if (areas.empty()) return out;
  const Instant now = impl_->now();
  const storage::Search search = impl_->search_of(caller, {});
  Cursor after = outermost(search.descending);
  for (bool more = true; more;) {
    const auto rows = storage::page(session, search, after, staff::kWaitingMost);
    const auto proposers = storage::proposers(session, rows);
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const storage::OrderRow& row = rows[i];
      const Instant late = row.waiting_since.value() + kSignWithin;
      if (late > now || out.size() == staff::kWaitingMost) return out;
      after = storage::cursor_of(row, search.sort);
      if (proposers[i] == caller.account || !impl_->geography.covers(areas, row.unit)) continue;
      out.push_back(staff::waiting(impl_->geography, caller, staff::WaitingKind::kOrder, row.id.value, row.unit, late,
                                   kSignWithin, now));
    }
    more = rows.size() == staff::kWaitingMost;
  }
  return out;
}

}  // namespace luytre::quarantine

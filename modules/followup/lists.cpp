// Lists of follow-ups: who waits for an answer, in which order, and the same as a file.

#include <limits>
#include <utility>

#include "modules/followup/impl.h"
#include "modules/people/person_line.h"
#include "platform/base/cursor.h"
#include "platform/identity/taken_out.h"
#include "platform/store/few.h"
#include "platform/store/paged.h"

namespace luytre::followup {
namespace storage {
namespace {

struct Shape {
  Among among;
  Sort sort;
  bool descending, everywhere;
  std::size_t first;  // as a literal; 0: as many as asked for
  friend auto operator<=>(const Shape&, const Shape&) = default;
};

const char* key_of(Among among, Sort sort) {
  if (sort == Sort::kLastDay) return "last_day";
  return among == Among::kToSample ? "test_day" : "waiting_since";
}

// Parameters: the last day from, day and id after which, level from, climbed, officer, team, 1 for nobody's, disease,
// class, today unless of those who are offered, the unit unless everywhere, how many.
void add(store::Queries<Shape>& all, const Shape& shape) {
  const std::string key = key_of(shape.among, shape.sort);
  const std::string turn = shape.descending ? " DESC" : "";
  int next = 11;
  const auto parameter = [&next] { return '$' + std::to_string(next++); };
  const std::string which = shape.among == Among::kOffered ? "p.offered = 1 AND p.state <> 'released'"
                            : shape.among == Among::kToSample
                                ? "p.test_day IS NOT NULL AND p.test_day <= " + parameter()
                                : "p.state = 'open' AND p.waiting_since <= " + parameter();
  const std::string where = shape.everywhere ? "" : " AND p.unit = " + parameter();
  const std::string counts = "r.counts AND r.class = $10)";
  std::string name = "followup.page_" + json::enum_text(shape.among) + '_' + json::enum_text(shape.sort) +
                     (shape.descending ? "_down" : "_up") + (shape.everywhere ? "" : "_of_unit") +
                     (shape.first > 0 ? "_first_" + std::to_string(shape.first) : "");
  std::string sql = "SELECT p." + key + ", p.id\n  FROM followup_period p\n  WHERE " + which + where +
                    "\n    AND p.last_day >= $1\n    AND (p." + key + ", p.id) " + (shape.descending ? "<" : ">") +
                    " ($2, $3)\n"
                    "    AND p.level >= $4\n"
                    "    AND p.level - p.base >= $5\n"
                    "    AND ($6 IS NULL OR p.taken_by = $6)\n"
                    "    AND ($7 IS NULL OR p.team = $7)\n"
                    "    AND (CAST($8 AS bigint) = 0 OR (p.taken_by IS NULL AND p.team IS NULL))\n"
                    "    AND ($9 IS NULL OR p.disease = $9)\n"
                    "    AND ($10 IS NULL\n"
                    "         OR EXISTS (SELECT 1 FROM followup_reason r WHERE r.period = p.id AND " +
                    counts +
                    "\n         OR EXISTS (SELECT 1 FROM followup_period j JOIN followup_reason r ON r.period = j.id\n"
                    "                    WHERE j.joined_to = p.id AND " +
                    counts + ")\n  ORDER BY p." + key + turn + ", p.id" + turn + "\n  LIMIT " +
                    (shape.first > 0 ? std::to_string(shape.first) : parameter());
  all.add(shape, std::move(name), std::move(sql));
}

const store::Query& query_of(const Shape& shape) {
  static const store::Queries<Shape> all = [] {
    store::Queries<Shape> out;
    for (const Among among : {Among::kWaiting, Among::kOffered, Among::kToSample})
      for (const Sort sort : {Sort::kWaiting, Sort::kLastDay})
        for (const bool descending : {false, true})
          for (const bool everywhere : {false, true})
            for (const std::size_t first : store::kLooks) add(out, {among, sort, descending, everywhere, first});
    return out;
  }();
  return all.of(shape);
}

}  // namespace

PageQuery page_query(Among among, Sort sort, bool descending, bool everywhere) {
  return {query_of({among, sort, descending, everywhere, 0}),
          13U - (among == Among::kOffered ? 1U : 0U) - (everywhere ? 1U : 0U)};
}

Position position_of(const PeriodRow& row, Among among, Sort sort) {
  if (sort == Sort::kLastDay) return {row.last_day.days, row.id};
  return {(among == Among::kToSample ? row.test_day.value_or(row.waiting_since) : row.waiting_since).days, row.id};
}

std::vector<PeriodRow> page(store::Session& session, const Search& search, const std::optional<Position>& after,
                            std::size_t most) {
  const std::vector<std::pair<UnitId, std::int64_t>> units(search.reach.units.begin(), search.reach.units.end());
  const Position start = after.value_or(Position{
      search.descending ? std::numeric_limits<std::int64_t>::max() : std::numeric_limits<std::int64_t>::min(), {}});
  // What has come up to the caller's level is theirs.
  const auto values = [&](std::int64_t level, const Position& from) {
    const bool climbing = search.among != Among::kToSample;
    const Date last = search.among == Among::kWaiting ? search.today : Date{search.today.days - kOfferedAfter};
    store::Row out{store::to_value(last),
                   store::to_value(from.day),
                   store::to_value(from.id),
                   store::to_value(climbing && search.yours ? level : std::int64_t{0}),
                   store::to_value(climbing && search.escalated ? std::int64_t{1} : std::int64_t{0}),
                   store::to_value(search.whose.officer),
                   store::to_value(search.whose.team),
                   store::to_value(search.whose.nobodys ? std::int64_t{1} : std::int64_t{0}),
                   store::to_value(search.disease),
                   store::to_value(search.assigned)};
    if (search.among != Among::kOffered) out.push_back(store::to_value(search.today));
    return out;
  };
  std::vector<Position> found;
  if (search.reach.everywhere) {
    found = store::one_look<Position>(session, query_of({search.among, search.sort, search.descending, true, 0}),
                                      values(*search.reach.everywhere, start), most);
  } else {
    const auto query = [&](std::size_t, std::size_t first) -> const store::Query& {
      return query_of({search.among, search.sort, search.descending, false, first});
    };
    const auto row = [&](std::size_t at, const Position& from) {
      store::Row look = values(units[at].second, from);
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

using tables::Cell;

const identity::Action kTakeOut{
    "followup.take_out", Purpose::kFollowUp, {Role::kDistrictOfficer, Role::kProvinceOfficer}, true};

storage::Among among(const Filter& filter) {
  return filter.to_sample ? storage::Among::kToSample
         : filter.offered ? storage::Among::kOffered
                          : storage::Among::kWaiting;
}

std::string sorted_by(const Filter& filter) {
  const bool of_tests = filter.to_sample && filter.sort != Sort::kLastDay;
  return (of_tests ? "testDay" : json::enum_text(filter.sort.value_or(Sort::kWaiting))) + '-' +
         json::enum_text(filter.order.value_or(cases::SortOrder::kAscending));
}

std::string cursor_of(const storage::PeriodRow& row, const Filter& filter) {
  const storage::Position at = storage::position_of(row, among(filter), filter.sort.value_or(Sort::kWaiting));
  return sorted_by(filter) + '.' + cursor_text({at.day, at.id.value});
}

Result<storage::Position> parse_position(std::string_view cursor, const Filter& filter) {
  const auto point = cursor.find('.');
  const auto at = point == std::string_view::npos ? std::nullopt : parse_cursor(cursor.substr(point + 1));
  if (!at) return wrong_field("?cursor", "format");
  if (cursor.substr(0, point) != sorted_by(filter)) return wrong_field("?cursor", "other_sort");
  return storage::Position{at->number, FollowUpId{at->id}};
}

}  // namespace

storage::Search FollowUps::Impl::search_of(const Caller& caller, const Filter& filter) const {
  storage::Search out;
  out.reach = referrals::reach(geography, caller, filter.unit);
  out.today = today();
  out.among = among(filter);
  out.escalated = filter.escalated;
  out.yours = filter.yours;
  if (filter.mine) out.whose.officer = caller.account;
  out.whose.team = filter.team;
  out.whose.nobodys = filter.nobodys;
  out.disease = filter.disease;
  out.assigned = filter.class_;
  out.sort = filter.sort.value_or(Sort::kWaiting);
  out.descending = filter.order == cases::SortOrder::kDescending;
  return out;
}

Task<Result<http::Page<FollowUp>>> FollowUps::list(const Caller& caller, Filter filter,
                                                   std::optional<std::string> cursor, std::size_t limit) {
  return impl_->db.transact([impl = impl_.get(), caller, filter, cursor, limit](store::Session& s) {
    return impl->list(s, caller, filter, cursor, limit);
  });
}

Result<http::Page<FollowUp>> FollowUps::Impl::list(store::Session& session, const Caller& caller, const Filter& filter,
                                                   const std::optional<std::string>& cursor, std::size_t limit) const {
  if (access.areas(caller, kWork).empty()) return kNotPermitted;
  std::optional<storage::Position> after;
  if (cursor) {
    const auto at = parse_position(*cursor, filter);
    if (!at) return at.error();
    after = *at;
  }
  auto rows = storage::page(session, search_of(caller, filter), after, limit + 1);
  http::Page<FollowUp> page;
  if (rows.size() > limit) {
    rows.resize(limit);
    page.next = cursor_of(rows.back(), filter);
  }
  const auto groups = storage::with_joined(session, std::move(rows));
  std::vector<identity::Subject> shown;
  for (const storage::Group& one : groups)
    add_shown(one, one.row.unit, identity::note(identity::LogNote::kListOfFollowUps), shown);
  page.items = views(session, caller, groups);
  if (auto allowed = access.require_each(session, caller, kWork, shown); !allowed) return allowed.error();
  return page;
}

Task<Result<http::Reply>> FollowUps::take_out(const Caller& caller, UnitId unit, FollowUpsOut wanted) {
  return impl_->db.transact([impl = impl_.get(), caller, unit,
                             wanted = std::move(wanted)](store::Session& s) -> Result<http::Reply> {
    const auto allowed = impl->access.require(s, caller, kTakeOut, {PersonId{}, unit, wanted.reason});
    if (!allowed) return allowed.error();
    Filter filter;
    filter.unit = unit;
    filter.escalated = wanted.escalated.value_or(false);
    filter.nobodys = wanted.nobodys.value_or(false);
    filter.offered = wanted.offered.value_or(false);
    if (wanted.disease) filter.disease = std::string(*wanted.disease);
    filter.class_ = wanted.class_;
    auto rows = storage::page(s, impl->search_of(caller, filter), std::nullopt, kOutMost + 1);
    if (rows.size() > kOutMost) return identity::list_too_long(kOutMost);
    tables::Sheet sheet;
    sheet.columns = people::person_heads({"disease"}, {"state", "firstDay", "lastDay", "waitingSince", "level"});
    std::vector<identity::Subject> shown;
    const auto groups = storage::with_joined(s, std::move(rows));
    for (const storage::Group& one : groups) Impl::add_shown(one, one.row.unit, wanted.reason, shown);
    for (const auto& [row, joined] : groups) {
      const auto person = impl->people.written(s, row.person);
      if (!person) continue;
      sheet.rows.push_back(people::person_line({row.disease}, *person,
                                               {json::enum_text(row.state), row.first_day, row.last_day,
                                                row.waiting_since <= row.last_day ? Cell(row.waiting_since) : Cell(),
                                                json::enum_text(static_cast<Level>(row.level))},
                                               impl->geography, impl->today()));
    }
    return identity::unit_file(
        s, impl->access, impl->geography, caller, kTakeOut,
        {unit, "follow-ups", "luytre-follow-ups-", wanted.reason, wanted.format, std::move(sheet), std::move(shown)},
        impl->now());
  });
}

}  // namespace luytre::followup

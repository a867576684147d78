#include "modules/laboratory/work_lists.h"

#include <algorithm>
#include <limits>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "modules/laboratory/impl.h"
#include "modules/laboratory/of_units.h"
#include "platform/store/few.h"
#include "platform/store/paged.h"

namespace luytre::laboratory {

using cases::SortOrder;
using store::Session;
using Limits = std::numeric_limits<std::int64_t>;

namespace storage {
namespace {

struct Way {
  const char *after, *turn, *name;
};

Way way(bool descending) {
  return descending ? Way{" < ", " DESC", "_down"} : Way{" > ", "", "_up"};
}

std::vector<std::pair<bool, std::size_t>> shapes() {
  std::vector<std::pair<bool, std::size_t>> out;
  for (const bool descending : {false, true})
    for (const std::size_t first : store::kLooks) out.emplace_back(descending, first);
  return out;
}

std::string named_first(std::size_t first) {
  return first > 0 ? "_first_" + std::to_string(first) : "";
}

// Of results that wait, each unit is looked at anew for each piece that is read: it is no smaller than the longest page
// and one more.
constexpr std::size_t kAtOnce = kShown + 1;

// `kase`: whom it reported; absent: the result is offered, or reported nobody.
struct OpenRow {
  ResultId id;
  std::int64_t key = 0;
  std::optional<CaseId> kase;
  bool confirmed = false, late = false;
};
BOOST_DESCRIBE_STRUCT(OpenRow, (), (id, key, kase, confirmed, late))

// Of offered results whatever is not a case yet; of rapid tests, which an officer weighs in the case, and of those by
// which the case was confirmed already, until somebody has done something about it. Never of a tube whose sample was
// taken back: what came of it is nobody's.
// At most kAtOnce, as a literal; or as many as asked for.
store::Queries<std::tuple<PositiveSort, bool, bool>> positives_queries() {
  store::Queries<std::tuple<PositiveSort, bool, bool>> out;
  for (const PositiveSort sort : {PositiveSort::kResult, PositiveSort::kSampled})
    for (const int shape : {0, 1, 2, 3}) {
      const bool descending = shape % 2 > 0, literal = shape > 1;
      const std::string key = sort == PositiveSort::kResult ? "r.at" : "t.sampled";
      const auto [after, turn, name] = way(descending);
      out.add({sort, descending, literal},
              "laboratory.positives_by_" + json::enum_text(sort) + name + (literal ? "_at_once" : ""),
              "SELECT r.id, " + key +
                  ", o.kase, o.confirmed, o.late\n"
                  "  FROM (SELECT id AS result, CAST(NULL AS bigint) AS kase, false AS confirmed, false AS late\n"
                  "        FROM laboratory_result\n"
                  "        WHERE unit = $1 AND offered AND replaced IS NULL AND kase IS NULL\n"
                  "        UNION ALL\n"
                  "        SELECT result, kase, confirmed, false\n"
                  "        FROM laboratory_reported\n"
                  "        WHERE unit = $1 AND settled IS NULL AND withdrawn IS NULL\n"
                  "        UNION ALL\n"
                  "        SELECT result, CAST(NULL AS bigint), false, true\n"
                  "        FROM laboratory_late\n"
                  "        WHERE unit = $1 AND looked IS NULL) AS o\n"
                  "  JOIN laboratory_result r ON r.id = o.result\n"
                  "  JOIN laboratory_tube t ON t.id = r.tube\n"
                  "  WHERE r.replaced IS NULL\n"
                  "    AND (o.kase IS NULL OR o.confirmed OR NOT r.offered)\n"
                  "    AND (SELECT count(*) FROM laboratory_sample s WHERE s.tube = r.tube) = 1\n"
                  "    AND (" +
                  key + ", r.id)" + after +
                  "($2, $3)\n"
                  "    AND (CAST($4 AS text) IS NULL OR t.disease = $4)\n"
                  "    AND (CAST($5 AS text) IS NULL OR r.method = $5)\n"
                  "    AND (CAST($6 AS boolean) IS NULL OR o.late = $6)\n"
                  "  ORDER BY " +
                  key + turn + ", r.id" + turn + "\n  LIMIT " + (literal ? std::to_string(kAtOnce) : "$7"));
    }
  return out;
}

// This and the next: of the first so many, as a literal; of 0: as many as asked for.
store::Queries<std::pair<bool, std::size_t>> sessions_queries() {
  store::Queries<std::pair<bool, std::size_t>> out;
  for (const auto& [descending, first] : shapes()) {
    const auto [after, turn, name] = way(descending);
    out.add({descending, first}, std::string("laboratory.sessions") + name + named_first(first),
            std::string("SELECT id, unit, place, site, disease, coalesce(named, specimen) AS specimen, pool_most,\n"
                        "         opened, opened_by, opener, closed\n"
                        "  FROM laboratory_session\n"
                        "  WHERE unit = $1\n    AND (opened, id)") +
                after +
                "($2, $3)\n"
                "    AND opened >= $4\n"
                "    AND opened < $5\n"
                "    AND (opened >= $6 OR closed IS NULL)\n"
                "    AND (CAST($7 AS text) IS NULL OR disease = $7)\n"
                "  ORDER BY opened" +
                turn + ", id" + turn + "\n  LIMIT " + (first > 0 ? std::to_string(first) : "$8"));
  }
  return out;
}

store::Queries<std::pair<bool, std::size_t>> again_queries() {
  store::Queries<std::pair<bool, std::size_t>> out;
  for (const auto& [descending, first] : shapes()) {
    const auto [after, turn, name] = way(descending);
    out.add({descending, first}, std::string("laboratory.open_tasks") + name + named_first(first),
            std::string("SELECT id, unit, tube, person, disease, made, state, sample\n"
                        "  FROM laboratory_task\n"
                        "  WHERE unit = $1\n    AND state = 'open'\n    AND (made, id)") +
                after +
                "($2, $3)\n"
                "    AND (CAST($4 AS text) IS NULL OR disease = $4)\n"
                "  ORDER BY made" +
                turn + ", id" + turn + "\n  LIMIT " + (first > 0 ? std::to_string(first) : "$5"));
  }
  return out;
}

const store::Query& positives_look(PositiveSort sort, bool descending, bool literal) {
  static const auto all = positives_queries();
  return all.of({sort, descending, literal});
}

const store::Query& sessions_look(bool descending, std::size_t first) {
  static const auto all = sessions_queries();
  return all.of({descending, first});
}

const store::Query& again_look(bool descending, std::size_t first) {
  static const auto all = again_queries();
  return all.of({descending, first});
}

// Rows of many units in one order, after the spot. `key`: the time that comes before the id; `more`: what the query has
// after that.
template <class T, class Key>
std::vector<T> ordered(Session& session, const store::Query& (*query)(bool, std::size_t), std::span<const UnitId> units,
                       Cursor after, const store::Row& more, std::size_t most, bool descending, const Key& key) {
  const auto row = [&](std::size_t at, const T& from) {
    const bool begins = from.id.value == 0;  // nothing was read yet
    store::Row look =
        begins ? store::values(units[at], after.number, after.id) : store::values(units[at], key(from), from.id);
    look.insert(look.end(), more.begin(), more.end());
    return look;
  };
  const auto before = [&](const T& a, const T& b) {
    const auto [x, y] = descending ? std::tie(b, a) : std::tie(a, b);
    return std::pair(key(x), x.id) < std::pair(key(y), y.id);
  };
  const auto of = [&](std::size_t, std::size_t first) -> const store::Query& { return query(descending, first); };
  return store::paged(session, 1, units.size(), most, T{}, of, row, before);
}

}  // namespace

const store::Query& sessions_query(bool descending) {
  return sessions_look(descending, 0);
}

const store::Query& positives_query(PositiveSort sort, bool descending) {
  return positives_look(sort, descending, false);
}

const store::Query& again_query(bool descending) {
  return again_look(descending, 0);
}

}  // namespace storage

namespace {

bool descends(const PositiveFilter& filter) {
  return filter.order == SortOrder::kDescending;
}

std::string sorted_by(const PositiveFilter& filter) {
  return json::enum_text(filter.sort.value_or(PositiveSort::kResult)) + '-' +
         json::enum_text(filter.order.value_or(SortOrder::kAscending));
}

}  // namespace

namespace {

// Of which an officer has said so.
std::set<CaseId> settled_as_none(Session& session, const std::map<TubeId, storage::ReportedRow>& reported) {
  std::vector<CaseId> settled;
  for (const auto& [tube, one] : reported)
    if (one.settled) settled.push_back(one.id);
  std::set<CaseId> out;
  for (const auto& kase : cases::Cases::traced(session, settled))
    if (kase.classification == cases::Classification::kDiscarded) out.insert(kase.id);
  return out;
}

}  // namespace

std::vector<Laboratory::Impl::Open> Laboratory::Impl::open_positives(Session& session, std::span<const UnitId> units,
                                                                     const PositiveFilter& filter,
                                                                     std::optional<Cursor> after,
                                                                     std::size_t most) const {
  using storage::OpenRow;
  const bool down = descends(filter);
  // Those whose case was discarded are passed over below, and in time they are many.
  const std::size_t at_once = std::max(most, storage::kAtOnce);
  const bool literal = at_once == storage::kAtOnce;
  const store::Query& query = storage::positives_look(filter.sort.value_or(PositiveSort::kResult), down, literal);
  const auto before = [down](const OpenRow& a, const OpenRow& b) {
    const auto [x, y] = down ? std::tie(b, a) : std::tie(a, b);
    return std::tie(x.key, x.id) < std::tie(y.key, y.id);
  };
  Cursor from = after.value_or(outermost(down));
  std::vector<Open> out;
  for (bool more_to_come = true; more_to_come && out.size() < most;) {
    const store::Row more{store::to_value(from.number), store::to_value(from.id), store::to_value(filter.disease),
                          store::to_value(filter.method), store::to_value(filter.late)};
    const auto rows = storage::of_units<OpenRow>(session, query, units, more, at_once, before, literal);
    std::vector<ResultId> ids;
    for (const OpenRow& row : rows) ids.push_back(row.id);
    const auto results = storage::results(session, ids);
    std::vector<TubeId> offered;
    for (const OpenRow& row : rows)
      if (const auto result = results.find(row.id); !row.kase && !row.late && result != results.end())
        offered.push_back(result->second.tube);
    const auto reported = storage::reported(session, offered);
    const auto discarded = settled_as_none(session, reported);
    for (const OpenRow& row : rows) {
      if (out.size() == most) break;
      const auto result = results.find(row.id);
      if (result == results.end()) continue;
      std::optional<CaseId> suspect = row.kase;
      const auto by_it = !row.kase && !row.late ? reported.find(result->second.tube) : reported.end();
      if (by_it != reported.end()) suspect = by_it->second.id;
      if (by_it != reported.end() && discarded.contains(by_it->second.id)) continue;
      out.push_back({result->second, suspect, row.confirmed, row.late, {row.key, row.id.value}});
    }
    more_to_come = rows.size() == at_once;
    if (more_to_come) from = {rows.back().key, rows.back().id.value};
  }
  return out;
}

std::vector<Laboratory::Impl::Named> Laboratory::Impl::with_tubes(Session& session, std::span<const Open> open) const {
  std::vector<TubeId> ids;
  std::vector<CaseId> suspects;
  for (const Open& one : open) {
    ids.push_back(one.result.tube);
    if (one.suspect) suspects.push_back(*one.suspect);
  }
  const auto tubes = storage::tubes(session, ids);
  auto samples = storage::samples(session, ids);
  std::map<CaseId, std::string> numbers;
  for (auto& kase : cases::Cases::traced(session, suspects)) numbers[kase.id] = std::move(kase.number);
  std::vector<Named> out;
  for (std::size_t i = 0; i < open.size(); ++i) {
    const auto tube = tubes.find(ids[i]);
    if (tube == tubes.end() || samples[i].size() != 1) continue;
    Named& one = out.emplace_back(
        Named{open[i].result, tube->second, std::move(samples[i].front()), {}, open[i].confirmed, open[i].late});
    if (const auto number = open[i].suspect ? numbers.find(*open[i].suspect) : numbers.end(); number != numbers.end())
      one.suspect = cases::CaseLink{number->first, number->second};
  }
  return out;
}

std::vector<storage::SessionRow> Laboratory::Impl::sessions(Session& session, std::span<const UnitId> units,
                                                            const SessionFilter& filter, Cursor after,
                                                            std::size_t most) const {
  const bool down = filter.order != SortOrder::kAscending;
  const Instant from{filter.from ? local_midnight(*filter.from).seconds : Limits::min()};
  const Instant before{filter.to ? local_midnight(Date{filter.to->days + 1}).seconds : Limits::max()};
  const Instant since = filter.from || filter.to ? from : now() - kTurnaround;
  const store::Row more = store::values(from, before, since, filter.disease);
  return storage::ordered<storage::SessionRow>(session, storage::sessions_look, units, after, more, most, down,
                                               [](const storage::SessionRow& row) { return row.opened; });
}

std::vector<storage::TaskRow> Laboratory::Impl::tasks(Session& session, std::span<const UnitId> units,
                                                      const AgainFilter& filter, Cursor after, std::size_t most) const {
  const bool down = filter.order == SortOrder::kDescending;
  return storage::ordered<storage::TaskRow>(session, storage::again_look, units, after, store::values(filter.disease),
                                            most, down, [](const storage::TaskRow& row) { return row.made; });
}

Task<Result<http::Page<SamplingSession>>> Laboratory::sessions(const Caller& caller, SessionFilter filter,
                                                               std::optional<std::string> cursor,
                                                               std::size_t limit) const {
  using Out = http::Page<SamplingSession>;
  auto units = impl_->units(caller, kSample);
  if (!units) return refused<Out>(units.error());
  const bool down = filter.order != SortOrder::kAscending;
  const std::string sorted = "opened-" + json::enum_text(filter.order.value_or(SortOrder::kDescending));
  const auto start = start_of(cursor, sorted, down);
  if (!start) return refused<Out>(start.error());
  return impl_->db.read([impl = impl_.get(), units = std::move(*units), filter, sorted, start = *start,
                         limit](Session& s) -> Result<Out> {
    auto rows = impl->sessions(s, units, filter, start, limit + 1);
    Out page;
    if (rows.size() > limit) {
      rows.resize(limit);
      page.next = end_of(sorted, {rows.back().opened.seconds, rows.back().id.value});
    }
    impl->places.refresh(s);
    page.items = impl->view(s, rows);
    return page;
  });
}

Task<Result<http::Page<ResamplingTask>>> Laboratory::tasks(const Caller& caller, AgainFilter filter,
                                                           std::optional<std::string> cursor, std::size_t limit) const {
  using Out = http::Page<ResamplingTask>;
  auto units = impl_->units(caller, kSample);
  if (!units) return refused<Out>(units.error());
  const bool down = filter.order == SortOrder::kDescending;
  const std::string sorted = "made-" + json::enum_text(filter.order.value_or(SortOrder::kAscending));
  const auto start = start_of(cursor, sorted, down);
  if (!start) return refused<Out>(start.error());
  return impl_->db.transact([impl = impl_.get(), caller, units = std::move(*units), filter, sorted, start = *start,
                             limit](Session& s) -> Result<Out> {
    auto rows = impl->tasks(s, units, filter, start, limit + 1);
    Out page;
    if (rows.size() > limit) {
      rows.resize(limit);
      page.next = end_of(sorted, {rows.back().made.seconds, rows.back().id.value});
    }
    std::vector<identity::Access::Shown> shown;
    std::vector<TubeId> ids;
    for (const storage::TaskRow& row : rows) ids.push_back(row.tube);
    const auto tubes = storage::tubes(s, ids);
    for (const storage::TaskRow& row : rows) {
      shown.push_back({row.person, row.unit});
      const auto tube = tubes.find(row.tube);
      page.items.push_back({row.id, people::PersonBrief{}, row.disease, tube == tubes.end() ? "" : tube->second.code,
                            row.unit, impl->geography.path_text(row.unit), row.made});
    }
    return impl->named(s, caller, identity::note(identity::LogNote::kSampleAgain), shown, std::move(page));
  });
}

Task<Result<http::Page<Positive>>> Laboratory::positives(const Caller& caller, PositiveFilter filter,
                                                         std::optional<std::string> cursor, std::size_t limit) const {
  using Out = http::Page<Positive>;
  auto units = impl_->units(caller, kRead);
  if (!units) return refused<Out>(units.error());
  const auto start = start_of(cursor, sorted_by(filter), descends(filter));
  if (!start) return refused<Out>(start.error());
  return impl_->db.transact([impl = impl_.get(), caller, units = std::move(*units), filter, start = *start,
                             limit](Session& s) -> Result<Out> {
    const auto confirming = impl->access.areas(caller, cases::kConfirm);
    auto rows = impl->open_positives(s, units, filter, start, limit + 1);
    Out page;
    if (rows.size() > limit) {
      rows.resize(limit);
      page.next = end_of(sorted_by(filter), rows.back().at);
    }
    std::vector<identity::Access::Shown> shown;
    for (Impl::Named& named : impl->with_tubes(s, rows)) {
      const storage::ResultRow& row = named.result;
      shown.push_back({named.sample.person, row.unit});
      Positive& one = page.items.emplace_back();
      one.id = row.id;
      one.disease = std::move(named.tube.disease);
      one.tube = std::move(named.tube.code);
      one.unit_name = impl->geography.path_text(row.unit);
      one.method = row.method;
      one.ct = row.ct;
      one.sampled_at = named.sample.at;
      one.at = row.at;
      one.confirmed = named.confirmed;
      one.late = named.late;
      one.confirmable = row.offered && !one.confirmed && impl->geography.covers(confirming, row.unit);
      one.suspect = std::move(named.suspect);
    }
    return impl->named(s, caller, identity::note(identity::LogNote::kTestResult), shown, std::move(page));
  });
}

std::vector<Laboratory::Untapped> Laboratory::untapped(Session& session, const Caller& caller) const {
  std::vector<Untapped> out;
  const auto units = impl_->units(caller, kRead);
  if (!units) return out;
  for (const auto& open : impl_->open_positives(session, *units, {}, std::nullopt, kShown))
    out.push_back({open.result.id, open.result.unit, open.result.recorded, open.suspect.has_value()});
  return out;
}

}  // namespace luytre::laboratory

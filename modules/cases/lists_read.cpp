// How a page of a list of cases is read from an index, in its order.

#include "modules/cases/lists_read.h"

#include <set>
#include <tuple>
#include <utility>

#include "modules/cases/impl.h"
#include "platform/store/few.h"
#include "platform/store/paged.h"

namespace luytre::cases {
namespace {

using store::Session;

struct Shape {
  Sort sort;
  SortOrder order;
  Scope scope;
  bool awaiting;
  std::size_t first;  // how many of each at first; 0: as many as the page has
  friend auto operator<=>(const Shape&, const Shape&) = default;
};

const char* key_of(const Shape& shape) {
  if (shape.sort == Sort::kReport) return "created_at";
  if (shape.sort == Sort::kOnset) return "by_onset";
  if (shape.sort == Sort::kNumber) return "number";
  return shape.awaiting ? "notify_by" : "by_due";  // the condition and the order are those of the partial indexes
}

const char* scope_of(Scope scope) {
  if (scope == Scope::kUnit) return "  WHERE unit = $13 AND ";
  if (scope == Scope::kReporter) return "  WHERE report_unit = $13 AND report_unit <> unit AND ";
  return "  WHERE ";
}

void add(store::Queries<Shape>& all, const Shape& shape) {
  const std::string key = key_of(shape);
  const bool up = shape.order == SortOrder::kAscending;
  const std::string turn = up ? "" : " DESC";
  // Where the days asked for end, if it is sorted by them; where they begin is said by what the page begins after.
  const char* const within = shape.sort == Sort::kOnset ? (up ? "    AND by_onset <= $8\n" : "    AND by_onset >= $7\n")
                             : shape.sort == Sort::kReport
                                 ? (up ? "    AND created_at < $10\n" : "    AND created_at >= $9\n")
                                 : "";
  std::string name = "cases.list_" + json::enum_text(shape.sort) + (up ? "_up" : "_down") +
                     (shape.scope == Scope::kUnit       ? "_of_unit"
                      : shape.scope == Scope::kReporter ? "_of_reporter"
                                                        : "") +
                     (shape.awaiting ? "_awaiting" : "") +
                     (shape.first > 0 ? "_first_" + std::to_string(shape.first) : "");
  std::string sql = "SELECT " + key + ", id\n  FROM cases_case\n" + scope_of(shape.scope) + "(" + key + ", id) " +
                    (up ? ">" : "<") + " ($1, $2)\n" +
                    (shape.awaiting ? std::string("    AND ") + kAwaits + "\n" : "") + within +
                    // As one condition, of which the planners know nothing: it neither says which index to read, nor
                    // lets PostgreSQL think that hardly anything fits and all of a unit may as well be read and sorted.
                    "    AND CASE WHEN ($3 IS NULL OR classification = $3)\n"
                    "      AND ($4 IS NULL OR status = $4)\n"
                    "      AND ($5 IS NULL OR disease = $5)\n"
                    "      AND ($6 IS NULL OR outcome = $6)\n"
                    "      AND by_onset >= $7 AND by_onset <= $8\n"
                    "      AND created_at >= $9 AND created_at < $10\n"
                    "      AND ($11 = 0 OR source IS NULL)\n"
                    "      AND ($12 IS NULL OR notify_by < $12) THEN TRUE ELSE FALSE END\n"
                    "  ORDER BY " +
                    key + turn + ", id" + turn + "\n  LIMIT " +
                    (shape.first > 0                     ? std::to_string(shape.first)
                     : shape.scope == Scope::kEverywhere ? "$13"
                                                         : "$14");
  all.add(shape, std::move(name), std::move(sql));
}

const store::Query& query_of(const Shape& shape) {
  static const store::Queries<Shape> all = [] {
    store::Queries<Shape> out;
    for (const Sort sort : {Sort::kReport, Sort::kOnset, Sort::kDeadline, Sort::kNumber})
      for (const SortOrder order : {SortOrder::kAscending, SortOrder::kDescending})
        for (const Scope scope : {Scope::kUnit, Scope::kReporter, Scope::kEverywhere})
          for (const bool awaiting : {false, true})
            for (const std::size_t first : store::kLooks) add(out, {sort, order, scope, awaiting, first});
    return out;
  }();
  return all.of(shape);
}

struct NumberSpot {
  std::int64_t key = 0;
  CaseId id;
};
BOOST_DESCRIBE_STRUCT(NumberSpot, (), (key, id))

struct TextSpot {
  std::string key;
  CaseId id;
};
BOOST_DESCRIBE_STRUCT(TextSpot, (), (key, id))

template <class Spot>
store::Row look(const Asked& asked, const Spot& start) {
  const Filter& f = asked.filter;
  const Days days = days_of(f);
  return {store::to_value(start.key),
          store::to_value(start.id),
          store::to_value(f.classification),
          store::to_value(f.status),
          store::to_value(f.disease),
          store::to_value(f.outcome),
          store::to_value(days.onset_from),
          store::to_value(days.onset_to),
          store::to_value(days.reported_from),
          store::to_value(days.reported_to),
          store::to_value(f.source_unknown ? 1 : 0),
          store::to_value(f.overdue ? std::optional(asked.now) : std::nullopt)};
}

template <class Spot>
std::vector<CaseId> scanned(Session& session, const Asked& asked, const Spot& start) {
  const Sort sort = sort_of(asked.filter);
  const SortOrder order = order_of(asked.filter);
  std::vector<Spot> found;
  if (asked.everywhere) {
    store::Row one = look(asked, start);
    one.push_back(store::to_value(asked.most));
    found = store::all_of<Spot>(session, query_of({sort, order, Scope::kEverywhere, awaiting(asked.filter), 0}), one);
  } else {
    const auto query = [&](std::size_t kind, std::size_t first) -> const store::Query& {
      return query_of({sort, order, kind == 0 ? Scope::kUnit : Scope::kReporter, awaiting(asked.filter), first});
    };
    const auto row = [&](std::size_t unit, const Spot& after) {
      store::Row out = look(asked, after);
      out.push_back(store::to_value(asked.units[unit]));
      return out;
    };
    const auto before = [&](const Spot& a, const Spot& b) {
      return order == SortOrder::kAscending ? std::tie(a.key, a.id) < std::tie(b.key, b.id)
                                            : std::tie(b.key, b.id) < std::tie(a.key, a.id);
    };
    found = store::paged(session, 2, asked.units.size(), asked.most, start, query, row, before);
  }
  std::vector<CaseId> ids;
  for (const Spot& one : found) ids.push_back(one.id);
  return ids;
}

// From where on, and up to where, what is asked for can stand in the order of the list: what lies before is not read.
std::int64_t begins_at(const Asked& asked) {
  const Days days = days_of(asked.filter);
  const Sort sort = sort_of(asked.filter);
  return sort == Sort::kOnset ? days.onset_from : sort == Sort::kReport ? days.reported_from : INT64_MIN;
}

std::int64_t ends_before(const Asked& asked) {
  const Days days = days_of(asked.filter);
  const Sort sort = sort_of(asked.filter);
  if (sort == Sort::kOnset) return days.onset_to == INT64_MAX ? INT64_MAX : days.onset_to + 1;
  if (sort == Sort::kReport) return days.reported_to;
  return asked.filter.overdue ? asked.now.seconds : INT64_MAX;
}

std::vector<CaseId> ids_of(Session& session, const Asked& asked) {
  if (asked.filter.twin) {
    auto twins = open_twins(session);
    if (asked.among) {
      const std::set<CaseId> among(asked.among->begin(), asked.among->end());
      std::erase_if(twins, [&](CaseId id) { return !among.contains(id); });
    }
    return chosen_of(session, asked, twins);
  }
  if (asked.among) return chosen_of(session, asked, *asked.among);
  if (asked.filter.number) {
    const auto id = Cases::by_number(session, *asked.filter.number);
    return id ? chosen_of(session, asked, {*id}) : std::vector<CaseId>{};
  }
  if (auto few = chosen_of_few(session, asked)) return std::move(*few);
  const bool up = order_of(asked.filter) == SortOrder::kAscending;
  if (sort_of(asked.filter) == Sort::kNumber) {
    TextSpot start{up ? "" : "\U0010FFFF", {}};  // no number begins with that
    if (asked.after) start = {asked.after->text, asked.after->id};
    return scanned(session, asked, start);
  }
  NumberSpot start{up ? begins_at(asked) : ends_before(asked), {}};
  if (asked.after) start = {asked.after->number, asked.after->id};
  return scanned(session, asked, start);
}

}  // namespace

const store::Query& list_query(Sort sort, SortOrder order, Scope scope, bool awaiting) {
  return query_of({sort, order, scope, awaiting, 0});
}

std::vector<CaseRow> select_cases(store::Session& session, const Asked& asked) {
  const std::vector<CaseId> ids = ids_of(session, asked);
  return select_each(session, ids);
}

}  // namespace luytre::cases

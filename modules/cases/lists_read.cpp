// How a page of a list of cases is read.

#include "modules/cases/lists.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <unordered_set>

namespace luytre::cases {
namespace {

using store::Session;

// ---- from an index, in its order ----

// A look takes few of each unit, and the first one hardly any where there are more units than lines on the page: it is
// put together from all of them, and where few cases fit the filter each line more is many that are passed over. As
// literals they are one statement for all units on PostgreSQL.
constexpr std::size_t kOfMany = 2, kOfSome = 8;

constexpr const char* kAwaits = "classification <> 'discarded' AND notified_at IS NULL AND notify_by IS NOT NULL";

struct Shape {
  Sort sort;
  SortOrder order;
  Scope scope;
  bool awaiting;
  std::size_t first;  // how many of each at first; 0: as many as the page has
  friend auto operator<=>(const Shape&, const Shape&) = default;
};

struct Text {
  std::string name, sql;
  store::Query query{};
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

Text text_of(const Shape& shape) {
  const std::string key = key_of(shape);
  const bool up = shape.order == SortOrder::kAscending;
  const std::string turn = up ? "" : " DESC";
  // What is not sorted by says nothing about the index to read: the sign takes it out of the choice.
  const std::string onset = shape.sort == Sort::kOnset ? "by_onset" : "+by_onset";
  const std::string report = shape.sort == Sort::kReport ? "created_at" : "+created_at";
  Text out;
  out.name = "cases.list_" + json::enum_text(shape.sort) + (up ? "_up" : "_down") +
             (shape.scope == Scope::kUnit       ? "_of_unit"
              : shape.scope == Scope::kReporter ? "_of_reporter"
                                                : "") +
             (shape.awaiting ? "_awaiting" : "") + (shape.first > 0 ? "_first_" + std::to_string(shape.first) : "");
  out.sql = "SELECT " + key + ", id\n  FROM cases_case\n" + scope_of(shape.scope) + "(" + key + ", id) " +
            (up ? ">" : "<") + " ($1, $2)\n" + (shape.awaiting ? std::string("    AND ") + kAwaits + "\n" : "") +
            "    AND ($3 IS NULL OR classification = $3)\n"
            "    AND ($4 IS NULL OR status = $4)\n"
            "    AND ($5 IS NULL OR disease = $5)\n"
            "    AND ($6 IS NULL OR outcome = $6)\n"
            "    AND " +
            onset + " >= $7 AND " + onset + " <= $8\n" + "    AND " + report + " >= $9 AND " + report + " < $10\n" +
            "    AND ($11 = 0 OR source IS NULL)\n"
            "    AND ($12 IS NULL OR notify_by < $12)\n"
            "  ORDER BY " +
            key + turn + ", id" + turn + "\n  LIMIT " +
            (shape.first > 0                     ? std::to_string(shape.first)
             : shape.scope == Scope::kEverywhere ? "$13"
                                                 : "$14");
  return out;
}

const store::Query& query_of(const Shape& shape) {
  static const std::map<Shape, Text> all = [] {
    std::map<Shape, Text> out;
    for (const Sort sort : {Sort::kReport, Sort::kOnset, Sort::kDeadline, Sort::kNumber})
      for (const SortOrder order : {SortOrder::kAscending, SortOrder::kDescending})
        for (const Scope scope : {Scope::kUnit, Scope::kReporter, Scope::kEverywhere})
          for (const bool awaiting : {false, true})
            for (const std::size_t first : {std::size_t{0}, kOfMany, kOfSome}) {
              const Shape one{sort, order, scope, awaiting, first};
              Text& text = out.emplace(one, text_of(one)).first->second;
              text.query = {text.name.c_str(), text.sql.c_str()};
            }
    return out;
  }();
  return all.at(shape).query;
}

// With the values at hand, so that the plan is made for what is asked and not for anything.
template <class T>
std::vector<T> all_of(Session& session, const store::Query& query, const store::Row& values) {
  std::vector<T> out;
  for (const store::Row& row : session.connection().all(query, values)) out.push_back(store::from_row<T>(row));
  return out;
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

bool awaiting(const Filter& filter) {
  return filter.awaiting || filter.overdue;
}

struct Days {
  std::int64_t onset_from, onset_to;        // as by_onset, both included
  std::int64_t reported_from, reported_to;  // as created_at, the second not included
};

Days days_of(const Filter& f) {
  const bool onset = f.onset_from || f.onset_to;
  return {f.onset_from ? f.onset_from->days
          : onset      ? kNoOnset + 1
                       : INT64_MIN,
          f.onset_to ? f.onset_to->days : INT64_MAX,
          f.reported_from ? local_midnight(*f.reported_from).seconds : INT64_MIN,
          f.reported_to ? local_midnight(Date{f.reported_to->days + 1}).seconds : INT64_MAX};
}

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
  const auto before = [&](const Spot& a, const Spot& b) {
    return order == SortOrder::kAscending ? std::tie(a.key, a.id) < std::tie(b.key, b.id)
                                          : std::tie(b.key, b.id) < std::tie(a.key, a.id);
  };
  const auto query = [&](Scope scope, std::size_t first) -> const store::Query& {
    return query_of({sort, order, scope, awaiting(asked.filter), first});
  };
  struct Open {
    UnitId unit;
    Spot after;  // read so far
  };
  const auto looks_at = [&](const std::vector<Open>& open, std::size_t first) {
    std::vector<store::Row> looks;
    for (const Open& one : open) {
      store::Row& row = looks.emplace_back(look(asked, one.after));
      row.push_back(store::to_value(one.unit));
      if (first == 0) row.push_back(store::to_value(asked.most));
    }
    return looks;
  };

  std::vector<Spot> out;
  const auto put_together = [&](const std::vector<std::vector<Spot>>& found) {
    for (const auto& of_one : found) out.insert(out.end(), of_one.begin(), of_one.end());
    // Somebody's areas may overlap, and both units of a case lie in one.
    std::sort(out.begin(), out.end(), before);
    out.erase(std::unique(out.begin(), out.end(), [](const Spot& a, const Spot& b) { return a.id == b.id; }),
              out.end());
    if (out.size() > asked.most) out.resize(asked.most);
  };
  if (asked.everywhere) {
    store::Row one = look(asked, start);
    one.push_back(store::to_value(asked.most));
    put_together({all_of<Spot>(session, query(Scope::kEverywhere, 0), one)});
  } else {
    std::vector<Open> all;
    for (const UnitId unit : asked.units) all.push_back({unit, start});
    std::map<Scope, std::vector<Open>> open{{Scope::kUnit, all}, {Scope::kReporter, all}};
    std::vector<std::size_t> rounds;
    if (asked.units.size() >= asked.most && asked.most > kOfMany) rounds.push_back(kOfMany);
    if (asked.most > kOfSome) rounds.push_back(kOfSome);
    rounds.push_back(0);
    for (const std::size_t first : rounds) {
      std::map<Scope, std::vector<std::vector<Spot>>> found;
      for (auto& [scope, units] : open) {
        if (units.empty()) continue;
        found[scope] = session.each<Spot>(query(scope, first), looks_at(units, first));
        put_together(found[scope]);
      }
      // Whoever filled this look and did not reach the end of the page may have more of it.
      for (auto& [scope, units] : open) {
        std::vector<Open> more;
        for (std::size_t i = 0; first > 0 && i < units.size(); ++i) {
          const std::vector<Spot>& of_one = found[scope][i];
          if (of_one.size() >= first && (out.size() < asked.most || before(of_one.back(), out.back())))
            more.push_back({units[i].unit, of_one.back()});
        }
        units = std::move(more);
      }
    }
  }
  std::vector<CaseId> ids;
  for (const Spot& one : out) ids.push_back(one.id);
  return ids;
}

// ---- looked up by what few have ----

// As much of a case as lists filter and sort by.
struct Glance {
  CaseId id;
  std::string number;
  Classification classification = Classification::kSuspect;
  Status status = Status::kOpen;
  std::string disease;
  std::optional<Outcome> outcome;
  std::optional<Date> onset;
  Instant created_at;
  std::optional<Instant> notify_by;
  std::optional<Instant> notified_at;
  std::optional<CaseId> source;
  UnitId unit;
  UnitId report_unit;
};
BOOST_DESCRIBE_STRUCT(Glance, (),
                      (id, number, classification, status, disease, outcome, onset, created_at, notify_by, notified_at,
                       source, unit, report_unit))

constexpr const char* kGlanceOf =
    "SELECT id, number, classification, status, disease, outcome, onset, created_at, notify_by, notified_at, source, "
    "unit, report_unit\n  FROM cases_case\n  WHERE ";

struct Way {
  store::Row values;  // of the parameters
  store::Query count, all;
};

// What few cases may have: how many have it, at most so many, and all of them.
Way way_of(const char* name, store::Row values) {
  struct Texts {
    std::string count_name, count, all_name, all;
  };
  static const std::map<std::string_view, Texts> all = [] {
    const std::string awaits = kAwaits;
    std::map<std::string_view, Texts> out;
    const auto add = [&](const char* of, const std::string& where, int parameters) {
      out[of] = {std::string("cases.count_") + of,
                 "SELECT count(*)\n  FROM (SELECT 1 AS one FROM cases_case WHERE " + where + " LIMIT $" +
                     std::to_string(parameters + 1) + ") AS few",
                 std::string("cases.by_") + of, kGlanceOf + where};
    };
    add("classification_and_disease", "classification = $1 AND disease = $2", 2);
    add("classification", "classification = $1", 1);
    add("disease", "classification IN ('suspect', 'probable', 'confirmed', 'discarded') AND disease = $1", 1);
    add("outcome", "outcome = $1", 1);
    add("onset", "by_onset >= $1 AND by_onset <= $2", 2);
    add("report", "created_at >= $1 AND created_at < $2", 2);
    add("open", "status = 'open'", 0);  // as in the index of what is open
    add("awaiting", awaits, 0);
    add("overdue", awaits + " AND notify_by < $1", 1);
    add("id", "id = $1", 1);
    return out;
  }();
  const Texts& texts = all.at(name);
  return {
      std::move(values), {texts.count_name.c_str(), texts.count.c_str()}, {texts.all_name.c_str(), texts.all.c_str()}};
}

std::vector<Way> ways_of(const Asked& asked) {
  const Filter& f = asked.filter;
  const Days days = days_of(f);
  std::vector<Way> out;
  if (f.classification && f.disease) {
    out.push_back(
        way_of("classification_and_disease", {store::to_value(*f.classification), store::to_value(*f.disease)}));
  } else if (f.classification) {
    out.push_back(way_of("classification", {store::to_value(*f.classification)}));
  } else if (f.disease) {
    out.push_back(way_of("disease", {store::to_value(*f.disease)}));
  }
  if (f.status == Status::kOpen) out.push_back(way_of("open", {}));
  if (f.outcome) out.push_back(way_of("outcome", {store::to_value(*f.outcome)}));
  if (f.onset_from || f.onset_to)
    out.push_back(way_of("onset", {store::to_value(days.onset_from), store::to_value(days.onset_to)}));
  if (f.reported_from || f.reported_to)
    out.push_back(way_of("report", {store::to_value(days.reported_from), store::to_value(days.reported_to)}));
  if (f.overdue) {
    out.push_back(way_of("overdue", {store::to_value(asked.now)}));
  } else if (f.awaiting && sort_of(f) != Sort::kDeadline) {
    out.push_back(way_of("awaiting", {}));
  }
  return out;
}

// All that the narrowest filter fits, if few do.
std::optional<std::vector<Glance>> few_of(Session& session, const Asked& asked) {
  const std::vector<Way> ways = ways_of(asked);
  const Way* best = nullptr;
  std::int64_t fewest = asked.few + 1;
  for (const Way& way : ways) {
    store::Row values = way.values;
    values.push_back(store::to_value(fewest));
    const auto count = all_of<std::int64_t>(session, way.count, values).front();
    if (count < fewest) best = &way;
    fewest = std::min(fewest, count);
    if (fewest == 0) return std::vector<Glance>{};
  }
  if (!best) return std::nullopt;
  return all_of<Glance>(session, best->all, best->values);
}

bool fits(const Glance& one, const Asked& asked) {
  const Filter& f = asked.filter;
  const Days days = days_of(f);
  const std::int64_t onset = one.onset ? one.onset->days : kNoOnset;
  const bool awaits = one.classification != Classification::kDiscarded && one.notify_by && !one.notified_at;
  return f.classification.value_or(one.classification) == one.classification &&
         f.status.value_or(one.status) == one.status && f.disease.value_or(one.disease) == one.disease &&
         (!f.outcome || f.outcome == one.outcome) && onset >= days.onset_from && onset <= days.onset_to &&
         one.created_at.seconds >= days.reported_from && one.created_at.seconds < days.reported_to &&
         (!f.source_unknown || !one.source) && (!awaiting(f) || awaits) && (!f.overdue || *one.notify_by < asked.now) &&
         f.number.value_or(one.number) == one.number;
}

template <class Of>
Place place(const Of& one, Sort sort) {
  Place out;
  out.id = one.id;
  if (sort == Sort::kReport) out.number = one.created_at.seconds;
  if (sort == Sort::kOnset) out.number = one.onset ? one.onset->days : kNoOnset;
  if (sort == Sort::kDeadline) out.number = one.notify_by ? one.notify_by->seconds : kNoDeadline;
  if (sort == Sort::kNumber) out.text = one.number;
  return out;
}

std::vector<CaseId> chosen(const std::vector<Glance>& from, const Asked& asked) {
  const Sort sort = sort_of(asked.filter);
  const bool up = order_of(asked.filter) == SortOrder::kAscending;
  std::unordered_set<UnitId> units(asked.units.begin(), asked.units.end());
  std::vector<Place> out;
  for (const Glance& one : from) {
    if (!asked.everywhere && !units.contains(one.unit) && !units.contains(one.report_unit)) continue;
    if (!fits(one, asked)) continue;
    Place at = place(one, sort);
    if (asked.after && !(up ? *asked.after < at : at < *asked.after)) continue;
    out.push_back(std::move(at));
  }
  std::sort(out.begin(), out.end(), [&](const Place& a, const Place& b) { return up ? a < b : b < a; });
  if (out.size() > asked.most) out.resize(asked.most);
  std::vector<CaseId> ids;
  for (const Place& one : out) ids.push_back(one.id);
  return ids;
}

std::vector<Glance> glances(Session& session, const std::vector<CaseId>& ids) {
  std::vector<store::Row> looks;
  for (const CaseId id : ids) looks.push_back({store::to_value(id)});
  std::vector<Glance> out;
  for (auto& found : session.each<Glance>(way_of("id", {}).all, looks))
    for (Glance& one : found) out.push_back(std::move(one));
  return out;
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
  if (asked.among) return chosen(glances(session, *asked.among), asked);
  if (asked.filter.number) {
    const auto id = Cases::by_number(session, *asked.filter.number);
    return id ? chosen(glances(session, {*id}), asked) : std::vector<CaseId>{};
  }
  if (const auto few = few_of(session, asked)) return chosen(*few, asked);
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

Place place_of(const CaseRow& row, Sort sort) {
  return place(row, sort);
}

std::vector<CaseRow> select_cases(store::Session& session, const Asked& asked) {
  const std::vector<CaseId> ids = ids_of(session, asked);
  return select_each(session, ids);
}

}  // namespace luytre::cases

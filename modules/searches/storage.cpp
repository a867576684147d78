#include "modules/searches/storage.h"

#include <algorithm>
#include <functional>
#include <limits>

#include "platform/store/few.h"
#include "platform/store/paged.h"

namespace luytre::searches::storage {
namespace {

using store::Query;
using store::Session;

constexpr Query kInsert{"searches.insert", R"sql(
  INSERT INTO searches_search (id, person, home, unit, given, given_by, due, state, detail, met, ended, urgency)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12))sql"};

constexpr Query kUpdate{"searches.update", R"sql(
  UPDATE searches_search
  SET state = $2, detail = $3, met = $4, ended = $5, urgency = $6
  WHERE id = $1)sql"};

constexpr Query kFind{"searches.find", R"sql(
  SELECT id, person, home, unit, given, given_by, due, state, detail, met, ended
  FROM searches_search
  WHERE id = $1)sql"};

constexpr Query kLapse{"searches.lapse", R"sql(
  UPDATE searches_search
  SET state = 'lapsed', ended = $2
  WHERE state = 'open' AND due < $1)sql"};

constexpr Query kForget{"searches.forget", R"sql(
  DELETE FROM searches_search
  WHERE ended < $1)sql"};

struct Shape {
  Sort sort;
  bool descending, everywhere;
  std::size_t first;  // as a literal; 0: as many as asked for
  friend auto operator<=>(const Shape&, const Shape&) = default;
};

const char* key_of(Sort sort) {
  if (sort == Sort::kGiven) return "given";
  return sort == Sort::kDue ? "due" : "urgency";
}

// Parameters: key and id after which, state, ended since, the home unless everywhere, how many.
const Query& query_of(const Shape& shape) {
  static const store::Queries<Shape> all = [] {
    store::Queries<Shape> out;
    for (const Sort sort : {Sort::kUrgent, Sort::kGiven, Sort::kDue})
      for (const bool descending : {false, true})
        for (const bool everywhere : {false, true})
          for (const std::size_t first : store::kLooks) {
            const std::string key = key_of(sort);
            const std::string turn = descending ? " DESC" : "";
            out.add({sort, descending, everywhere, first},
                    "searches.page_" + key + (descending ? "_down" : "_up") + (everywhere ? "" : "_of_home") +
                        (first > 0 ? "_first_" + std::to_string(first) : ""),
                    "SELECT " + key + ", id\n  FROM searches_search\n  WHERE (" + key + ", id) " +
                        (descending ? "<" : ">") +
                        " ($1, $2)\n"
                        "    AND (CAST($3 AS text) IS NULL OR state = $3)\n"
                        "    AND (ended IS NULL OR ended >= $4)\n" +
                        (everywhere ? "" : "    AND home = $5\n") + "  ORDER BY " + key + turn + ", id" + turn +
                        "\n  LIMIT " +
                        (first > 0    ? std::to_string(first)
                         : everywhere ? "$5"
                                      : "$6"));
          }
    return out;
  }();
  return all.of(shape);
}

struct ErrandShape {
  bool everywhere;
  std::size_t first;  // as a literal; 0: as many as asked for
  friend auto operator<=>(const ErrandShape&, const ErrandShape&) = default;
};

// Parameters: urgency and id after which, urgency from, state, the unit unless everywhere, how many.
const Query& query_of(const ErrandShape& shape) {
  static const store::Queries<ErrandShape> all = [] {
    store::Queries<ErrandShape> out;
    for (const bool everywhere : {false, true})
      for (const std::size_t first : store::kLooks)
        out.add({everywhere, first},
                std::string("searches.errands") + (everywhere ? "" : "_of_unit") +
                    (first > 0 ? "_first_" + std::to_string(first) : ""),
                std::string("SELECT urgency AS at, id\n  FROM searches_search\n  WHERE (urgency, id) < ($1, $2)\n"
                            "    AND urgency >= $3\n"
                            "    AND state IN ('open', 'found', 'notFound', 'elsewhere')\n"
                            "    AND (CAST($4 AS text) IS NULL OR state = $4)\n") +
                    (everywhere ? "" : "    AND unit = $5\n") + "  ORDER BY urgency DESC, id DESC\n  LIMIT " +
                    (first > 0    ? std::to_string(first)
                     : everywhere ? "$5"
                                  : "$6"));
    return out;
  }();
  return all.of(shape);
}

constexpr std::int64_t kFar = std::int64_t{1} << 41;  // no due time is as late; also in migration 002

// What nobody answered is as urgent as what is overdue.
std::int64_t urgency(const SearchRow& row) {
  if (row.state == State::kOpen || row.state == State::kLapsed) return -row.due.seconds;
  return row.ended.value().seconds - kFar;
}

std::vector<SearchRow> find_each(Session& session, const std::vector<Spot>& spots) {
  std::vector<store::Row> ids;
  for (const Spot& one : spots) ids.push_back(store::values(one.id));
  std::vector<SearchRow> out;
  for (auto& rows : session.each<SearchRow>(kFind, ids)) out.push_back(std::move(rows.front()));
  return out;
}

constexpr Query kProve{"searches.prove", R"sql(
  INSERT INTO searches_retention (id, ran, rule, before, deleted)
  VALUES ($1, $2, $3, $4, $5))sql"};

}  // namespace

void insert(Session& session, const SearchRow& r) {
  session.run(kInsert, r.id, r.person, r.home, r.unit, r.given, r.given_by, r.due, r.state, r.detail, r.met, r.ended,
              urgency(r));
}

void update(Session& session, const SearchRow& r) {
  session.run(kUpdate, r.id, r.state, r.detail, r.met, r.ended, urgency(r));
}

std::optional<SearchRow> find(Session& session, SearchId id) {
  return session.one<SearchRow>(kFind, id);
}

const Query& page_query(Sort sort, bool descending, bool everywhere) {
  return query_of({sort, descending, everywhere, 0});
}

Spot spot_of(const SearchRow& row, Sort sort) {
  if (sort == Sort::kGiven) return {row.given.seconds, row.id};
  return {sort == Sort::kDue ? row.due.seconds : urgency(row), row.id};
}

std::vector<SearchRow> page(Session& session, const PageSearch& search, const Spot& after, std::size_t most) {
  const auto values = [&](const Spot& from) {
    return store::values(from.at, from.id, search.state, search.ended_since);
  };
  std::vector<Spot> found;
  if (search.of.everywhere) {
    found = store::one_look<Spot>(session, page_query(search.sort, search.descending, true), values(after), most);
  } else {
    const auto query = [&](std::size_t, std::size_t first) -> const Query& {
      return query_of({search.sort, search.descending, false, first});
    };
    const auto row = [&](std::size_t at, const Spot& from) {
      store::Row look = values(from);
      look.push_back(store::to_value(search.of.units[at]));
      return look;
    };
    const auto before = [&](const Spot& a, const Spot& b) { return search.descending ? b < a : a < b; };
    found = store::paged(session, 1, search.of.units.size(), most, after, query, row, before);
  }
  return find_each(session, found);
}

const Query& errand_query(bool everywhere) {
  return query_of(ErrandShape{everywhere, 0});
}

std::vector<SearchRow> errands(Session& session, const ErrandSearch& search, const Spot& after, std::size_t most) {
  // What lapsed is more urgent than all that is still theirs.
  const Spot start =
      std::min(after, Spot{-search.due_since.seconds, SearchId{std::numeric_limits<std::int64_t>::max()}});
  const auto values = [&](const Spot& from) {
    return store::values(from.at, from.id, search.ended_since.seconds - kFar, search.state);
  };
  std::vector<Spot> found;
  if (search.of.everywhere) {
    found = store::one_look<Spot>(session, errand_query(true), values(start), most);
  } else {
    const auto query = [&](std::size_t, std::size_t first) -> const Query& {
      return query_of(ErrandShape{false, first});
    };
    const auto row = [&](std::size_t at, const Spot& from) {
      store::Row look = values(from);
      look.push_back(store::to_value(search.of.units[at]));
      return look;
    };
    found = store::paged(session, 1, search.of.units.size(), most, start, query, row, std::greater<Spot>());
  }
  return find_each(session, found);
}

std::int64_t lapse(Session& session, Instant due_before, Instant now) {
  return session.run(kLapse, due_before, now);
}

std::int64_t forget(Session& session, Instant ended_before) {
  return session.run(kForget, ended_before);
}

void prove(Session& session, std::int64_t id, Instant ran, const std::string& rule, Instant before,
           std::int64_t deleted) {
  session.run(kProve, id, ran, rule, before, deleted);
}

}  // namespace luytre::searches::storage

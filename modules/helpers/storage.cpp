#include "modules/helpers/storage.h"

#include "platform/store/few.h"
#include "platform/store/paged.h"

namespace luytre::helpers::storage {
namespace {

using store::Query;
using store::Session;

constexpr Query kInsert{"helpers.insert", R"sql(
  INSERT INTO helpers_helper (id, unit, organisation, name, phone, starts, ends, ended, made, made_by, day, day_installed,
    day_declared, installed, declared)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15))sql"};

constexpr Query kUpdate{"helpers.update", R"sql(
  UPDATE helpers_helper
  SET name = $2, starts = $3, ends = $4, ended = $5, day = $6, day_installed = $7, day_declared = $8, installed = $9,
    declared = $10
  WHERE id = $1)sql"};

constexpr Query kFind{"helpers.find", R"sql(
  SELECT id, unit, organisation, name, phone, starts, ends, ended, made, made_by, day, day_installed, day_declared,
    installed, declared
  FROM helpers_helper
  WHERE id = $1)sql"};

constexpr Query kOfPhone{"helpers.of_phone", R"sql(
  SELECT id, unit, organisation, name, phone, starts, ends, ended, made, made_by, day, day_installed, day_declared,
    installed, declared
  FROM helpers_helper
  WHERE phone = $1
  ORDER BY id)sql"};

constexpr Query kAll{"helpers.all", R"sql(
  SELECT id, unit, organisation, name, phone, starts, ends, ended, made, made_by, day, day_installed, day_declared,
    installed, declared
  FROM helpers_helper
  ORDER BY id DESC)sql"};

struct Shape {
  bool descending, everywhere;
  std::size_t first;  // as a literal; 0: as many as asked for
  friend auto operator<=>(const Shape&, const Shape&) = default;
};

// Parameters: id after which, organisation, the unit unless everywhere, how many.
const Query& query_of(const Shape& shape) {
  static const store::Queries<Shape> all = [] {
    store::Queries<Shape> out;
    for (const bool descending : {false, true})
      for (const bool everywhere : {false, true})
        for (const std::size_t first : store::kLooks) {
          const std::string last = everywhere ? "$3" : "$4";
          out.add({descending, everywhere, first},
                  std::string("helpers.page") + (descending ? "_down" : "_up") + (everywhere ? "" : "_of_unit") +
                      (first > 0 ? "_first_" + std::to_string(first) : ""),
                  std::string("SELECT id\n  FROM helpers_helper\n  WHERE id ") + (descending ? "<" : ">") +
                      " $1 AND (CAST($2 AS text) IS NULL OR organisation = $2)" + (everywhere ? "" : " AND unit = $3") +
                      "\n  ORDER BY id" + (descending ? " DESC" : "") + "\n  LIMIT " +
                      (first > 0 ? std::to_string(first) : last));
        }
    return out;
  }();
  return all.of(shape);
}

struct Spot {
  HelperId id;
};
BOOST_DESCRIBE_STRUCT(Spot, (), (id))

constexpr Query kForget{"helpers.forget", R"sql(
  DELETE FROM helpers_helper
  WHERE ends < $1 OR ended < $1)sql"};

constexpr Query kTallies{"helpers.tallies", R"sql(
  SELECT unit, organisation, CAST(sum(installed) AS bigint), CAST(sum(declared) AS bigint)
  FROM helpers_tally
  WHERE day >= $1
  GROUP BY unit, organisation)sql"};

constexpr Query kCount{"helpers.count", R"sql(
  INSERT INTO helpers_tally (unit, organisation, day, installed, declared)
  VALUES ($1, $2, $3, $4, $5)
  ON CONFLICT (unit, organisation, day) DO UPDATE SET installed = helpers_tally.installed + excluded.installed,
    declared = helpers_tally.declared + excluded.declared)sql"};

constexpr Query kProve{"helpers.prove", R"sql(
  INSERT INTO helpers_retention (id, ran, rule, before, deleted)
  VALUES ($1, $2, $3, $4, $5))sql"};

}  // namespace

void insert(Session& session, const HelperRow& r) {
  session.run(kInsert, r.id, r.unit, r.organisation, r.name, r.phone, r.starts, r.ends, r.ended, r.made, r.made_by,
              r.day, r.day_installed, r.day_declared, r.installed, r.declared);
}

void update(Session& session, const HelperRow& r) {
  session.run(kUpdate, r.id, r.name, r.starts, r.ends, r.ended, r.day, r.day_installed, r.day_declared, r.installed,
              r.declared);
}

std::optional<HelperRow> find(Session& session, HelperId id) {
  return session.one<HelperRow>(kFind, id);
}

std::vector<HelperRow> of_phone(Session& session, const store::Bytes& phone) {
  return session.all<HelperRow>(kOfPhone, phone);
}

std::vector<HelperRow> all(Session& session) {
  return session.all<HelperRow>(kAll);
}

const Query& page_query(bool descending, bool everywhere) {
  return query_of({descending, everywhere, 0});
}

std::vector<HelperRow> page(Session& session, const Search& search, HelperId after, std::size_t most) {
  std::vector<Spot> found;
  if (search.of.everywhere) {
    found = store::one_look<Spot>(session, page_query(search.descending, true),
                                  store::values(after, search.organisation), most);
  } else {
    const auto query = [&](std::size_t, std::size_t first) -> const Query& {
      return query_of({search.descending, false, first});
    };
    const auto row = [&](std::size_t at, const Spot& from) {
      return store::values(from.id, search.organisation, search.of.units[at]);
    };
    const auto before = [&](const Spot& a, const Spot& b) { return search.descending ? b.id < a.id : a.id < b.id; };
    found = store::paged(session, 1, search.of.units.size(), most, Spot{after}, query, row, before);
  }
  std::vector<store::Row> ids;
  for (const Spot& one : found) ids.push_back(store::values(one.id));
  std::vector<HelperRow> out;
  for (auto& rows : session.each<HelperRow>(kFind, ids)) out.push_back(std::move(rows.front()));
  return out;
}

std::int64_t forget(Session& session, Instant before) {
  return session.run(kForget, before);
}

std::vector<TallyRow> tallies(Session& session, Date since) {
  return session.all<TallyRow>(kTallies, since);
}

void count(Session& session, const TallyRow& more, Date day) {
  session.run(kCount, more.unit, more.organisation, day, more.installed, more.declared);
}

void prove(Session& session, std::int64_t id, Instant ran, const std::string& rule, Instant before,
           std::int64_t deleted) {
  session.run(kProve, id, ran, rule, before, deleted);
}

}  // namespace luytre::helpers::storage

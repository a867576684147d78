#include "modules/searches/storage.h"

namespace luytre::searches::storage {
namespace {

using store::Query;
using store::Session;

constexpr Query kInsert{"searches.insert", R"sql(
  INSERT INTO searches_search (id, person, home, unit, given, given_by, due, state, detail, met, ended)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11))sql"};

constexpr Query kUpdate{"searches.update", R"sql(
  UPDATE searches_search
  SET state = $2, detail = $3, met = $4, ended = $5
  WHERE id = $1)sql"};

constexpr Query kFind{"searches.find", R"sql(
  SELECT id, person, home, unit, given, given_by, due, state, detail, met, ended
  FROM searches_search
  WHERE id = $1)sql"};

constexpr Query kOpen{"searches.open", R"sql(
  SELECT id, person, home, unit, given, given_by, due, state, detail, met, ended
  FROM searches_search
  WHERE state = 'open'
  ORDER BY due, id)sql"};

constexpr Query kEndedSince{"searches.ended_since", R"sql(
  SELECT id, person, home, unit, given, given_by, due, state, detail, met, ended
  FROM searches_search
  WHERE ended >= $1
  ORDER BY ended DESC, id DESC)sql"};

constexpr Query kLapse{"searches.lapse", R"sql(
  UPDATE searches_search
  SET state = 'lapsed', ended = $2
  WHERE state = 'open' AND due < $1)sql"};

constexpr Query kForget{"searches.forget", R"sql(
  DELETE FROM searches_search
  WHERE ended < $1)sql"};

constexpr Query kProve{"searches.prove", R"sql(
  INSERT INTO searches_retention (id, ran, rule, before, deleted)
  VALUES ($1, $2, $3, $4, $5))sql"};

}  // namespace

void insert(Session& session, const SearchRow& r) {
  session.run(kInsert, r.id, r.person, r.home, r.unit, r.given, r.given_by, r.due, r.state, r.detail, r.met, r.ended);
}

void update(Session& session, const SearchRow& r) {
  session.run(kUpdate, r.id, r.state, r.detail, r.met, r.ended);
}

std::optional<SearchRow> find(Session& session, SearchId id) {
  return session.one<SearchRow>(kFind, id);
}

std::vector<SearchRow> open(Session& session) {
  return session.all<SearchRow>(kOpen);
}

std::vector<SearchRow> ended_since(Session& session, Instant since) {
  return session.all<SearchRow>(kEndedSince, since);
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

#include "modules/passengers/run_storage.h"

namespace luytre::passengers::storage {
namespace {

using store::Query;
using store::Session;

constexpr Query kInsert{"passengers.insert_run", R"sql(
  INSERT INTO passengers_run (id, place, plate, leaves_from, towards, boards, departs, ends, recorded, recorded_by)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10))sql"};

constexpr Query kEnd{"passengers.end_run", R"sql(
  UPDATE passengers_run
  SET ends = $2, told = $3
  WHERE id = $1)sql"};

constexpr Query kFind{"passengers.find_run", R"sql(
  SELECT id, place, plate, leaves_from, towards, boards, departs, ends, recorded, recorded_by, told
  FROM passengers_run
  WHERE id = $1)sql"};

constexpr Query kOfPlace{"passengers.runs", R"sql(
  SELECT id, place, plate, leaves_from, towards, boards, departs, ends, recorded, recorded_by, told
  FROM passengers_run
  WHERE place = $1
  ORDER BY departs DESC, id DESC
  LIMIT $2)sql"};

constexpr Query kToldSince{"passengers.ended_told_since", R"sql(
  SELECT id, place, plate, leaves_from, towards, boards, departs, ends, recorded, recorded_by, told
  FROM passengers_run
  WHERE told >= $1
  ORDER BY told, id)sql"};

constexpr Query kDelete{"passengers.delete_runs", R"sql(
  DELETE FROM passengers_run
  WHERE departs < $1)sql"};

constexpr Query kProof{"passengers.run_proof", R"sql(
  INSERT INTO passengers_retention (id, ran, rule, recorded_before, deleted)
  VALUES ($1, $2, $3, $4, $5))sql"};

}  // namespace

void insert(Session& session, const RunRow& r) {
  session.run(kInsert, r.id, r.place, r.plate, r.leaves_from, r.towards, r.boards, r.departs, r.ends, r.recorded,
              r.recorded_by);
}

void end_run(Session& session, RunId run, Instant at, Instant told) {
  session.run(kEnd, run, at, told);
}

std::optional<RunRow> find_run(Session& session, RunId run) {
  return session.one<RunRow>(kFind, run);
}

std::optional<RunRow> last_run(Session& session, PlaceId place) {
  return session.one<RunRow>(kOfPlace, place, std::int64_t{1});
}

std::vector<RunRow> runs(Session& session, PlaceId place, std::size_t most) {
  return session.all<RunRow>(kOfPlace, place, most);
}

std::vector<RunRow> ended_told_since(Session& session, Instant since) {
  return session.all<RunRow>(kToldSince, since);
}

void retain_runs(Session& session, IdMaker& ids, Instant now, Instant departed_before) {
  const std::int64_t deleted = session.run(kDelete, departed_before);
  if (deleted > 0) session.run(kProof, ids.next(), now, "runs: 28 days after departure", departed_before, deleted);
}

}  // namespace luytre::passengers::storage

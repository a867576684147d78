#include "modules/placelists/storage.h"

namespace luytre::placelists::storage {
namespace {

using store::Query;
using store::Session;
using store::to_value;

constexpr Query kInsert{"placelists.insert", R"sql(
  INSERT INTO placelists_batch (id, unit, sent_by, at)
  VALUES ($1, $2, $3, $4))sql"};

constexpr Query kInsertLine{"placelists.insert_line", R"sql(
  INSERT INTO placelists_line (batch, line, place)
  VALUES ($1, $2, $3))sql"};

constexpr Query kFind{"placelists.find", R"sql(
  SELECT id, unit, sent_by, at
  FROM placelists_batch
  WHERE id = $1)sql"};

constexpr Query kPlaces{"placelists.places", R"sql(
  SELECT place
  FROM placelists_line
  WHERE batch = $1
  ORDER BY line)sql"};

constexpr Query kOlder{"placelists.older", R"sql(
  SELECT id, unit, sent_by, at
  FROM placelists_batch
  WHERE at < $1)sql"};

constexpr Query kRemoveLines{"placelists.remove_lines", R"sql(
  DELETE FROM placelists_line
  WHERE batch = $1)sql"};

constexpr Query kRemove{"placelists.remove", R"sql(
  DELETE FROM placelists_batch
  WHERE id = $1)sql"};

constexpr Query kProve{"placelists.prove", R"sql(
  INSERT INTO placelists_retention (id, ran, rule, before, deleted)
  VALUES ($1, $2, $3, $4, $5))sql"};

}  // namespace

void insert(Session& session, const BatchRow& row, std::span<const LineResult> lines) {
  session.run(kInsert, row.id, row.unit, row.sent_by, row.at);
  std::vector<store::Row> values;
  for (const LineResult& line : lines)
    if (line.place) values.push_back({to_value(row.id), to_value(line.line), to_value(*line.place)});
  session.insert(kInsertLine, values);
}

std::optional<BatchRow> find(Session& session, BatchId id) {
  return session.one<BatchRow>(kFind, id);
}

std::vector<PlaceId> places(Session& session, BatchId batch) {
  return session.all<PlaceId>(kPlaces, batch);
}

void retain(Session& session, IdMaker& ids, Instant now, Instant before) {
  std::int64_t deleted = 0;
  for (const BatchRow& row : session.all<BatchRow>(kOlder, before)) {
    session.run(kRemoveLines, row.id);
    deleted += session.run(kRemove, row.id);
  }
  if (deleted > 0) session.run(kProve, ids.next(), now, "placelists: batches 90 days after they came", before, deleted);
}

}  // namespace luytre::placelists::storage

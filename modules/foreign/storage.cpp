#include "modules/foreign/storage.h"

#include <algorithm>
#include <iterator>
#include <tuple>

namespace luytre::foreign::storage {
namespace {

using store::Query;
using store::Session;
using store::to_value;

constexpr Query kInsertBatch{"foreign.insert_batch", R"sql(
  INSERT INTO foreign_batch (id, kind, system, unit, basis, file, sent_by, at, taken, known, claims, refused, unplaced)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13))sql"};

constexpr Query kUpdateBatch{"foreign.update_batch", R"sql(
  UPDATE foreign_batch
  SET taken = $2, claims = $3, undone_at = $4, undone_by = $5, reason = $6, taken_back = $7
  WHERE id = $1)sql"};

constexpr Query kFindBatch{"foreign.find_batch", R"sql(
  SELECT id, kind, system, unit, basis, file, sent_by, at, taken, known, claims, refused, unplaced, undone_at, undone_by, reason,
         taken_back
  FROM foreign_batch
  WHERE id = $1)sql"};

constexpr Query kOfFile{"foreign.of_file", R"sql(
  SELECT id
  FROM foreign_batch
  WHERE file = $1 AND kind = $2 AND system = $3 AND undone_at IS NULL
  ORDER BY id DESC
  LIMIT 1)sql"};

constexpr Query kNewest{"foreign.newest", R"sql(
  SELECT id, kind, system, unit, basis, file, sent_by, at, taken, known, claims, refused, unplaced, undone_at, undone_by, reason,
         taken_back
  FROM foreign_batch
  ORDER BY id DESC
  LIMIT $1)sql"};

constexpr Query kNewestOfUnit{"foreign.newest_of_unit", R"sql(
  SELECT id, kind, system, unit, basis, file, sent_by, at, taken, known, claims, refused, unplaced, undone_at, undone_by, reason,
         taken_back
  FROM foreign_batch
  WHERE unit = $1
  ORDER BY id DESC
  LIMIT $2)sql"};

constexpr Query kKnown{"foreign.known", R"sql(
  SELECT line
  FROM foreign_line
  WHERE key IN ($1, $2) OR content = $3)sql"};

constexpr Query kInsertLine{"foreign.insert_line", R"sql(
  INSERT INTO foreign_line (key, batch, line, until, declaration, claim, content)
  VALUES ($1, $2, $3, $4, $5, $6, $7))sql"};

constexpr Query kOfBatch{"foreign.of_batch", R"sql(
  SELECT key, batch, line, until, declaration, claim, content
  FROM foreign_line
  WHERE batch = $1
  ORDER BY line)sql"};

constexpr Query kSettle{"foreign.settle", R"sql(
  UPDATE foreign_line
  SET declaration = $2, claim = NULL
  WHERE key = $1)sql"};

constexpr Query kInsertClue{"foreign.insert_clue", R"sql(
  INSERT INTO foreign_clue (clue, line)
  VALUES ($1, $2))sql"};

constexpr Query kAnyClues{"foreign.any_clues", R"sql(
  SELECT clue
  FROM foreign_clue
  LIMIT 1)sql"};

constexpr Query kClaimsWith{"foreign.claims_with", R"sql(
  SELECT l.key, l.batch, l.line, l.until, l.declaration, l.claim, l.content
  FROM foreign_clue c
  JOIN foreign_line l ON l.key = c.line
  WHERE c.clue = $1 AND l.claim IS NOT NULL
  ORDER BY l.batch, l.line
  LIMIT $2)sql"};

constexpr Query kForgetClues{"foreign.forget_clues", R"sql(
  DELETE FROM foreign_clue
  WHERE line = $1)sql"};

constexpr Query kRemoveClues{"foreign.remove_clues", R"sql(
  DELETE FROM foreign_clue
  WHERE line IN (SELECT key FROM foreign_line WHERE batch = $1))sql"};

constexpr Query kForgetOldClues{"foreign.forget_old_clues", R"sql(
  DELETE FROM foreign_clue
  WHERE line IN (SELECT key FROM foreign_line WHERE until < $1))sql"};

constexpr Query kRemoveLines{"foreign.remove_lines", R"sql(
  DELETE FROM foreign_line
  WHERE batch = $1)sql"};

constexpr Query kForgetLines{"foreign.forget_lines", R"sql(
  DELETE FROM foreign_line
  WHERE until < $1)sql"};

constexpr Query kForgetBatches{"foreign.forget_batches", R"sql(
  DELETE FROM foreign_batch
  WHERE at < $1)sql"};

constexpr Query kProve{"foreign.prove", R"sql(
  INSERT INTO foreign_retention (id, ran, rule, before, deleted)
  VALUES ($1, $2, $3, $4, $5))sql"};

}  // namespace

void insert(Session& session, const BatchRow& r) {
  session.run(kInsertBatch, r.id, r.kind, r.system, r.unit, r.basis, r.file, r.sent_by, r.at, r.taken, r.known,
              r.claims, r.refused, r.unplaced);
}

void update(Session& session, const BatchRow& r) {
  session.run(kUpdateBatch, r.id, r.taken, r.claims, r.undone_at, r.undone_by, r.reason, r.taken_back);
}

std::optional<BatchRow> find(Session& session, BatchId id) {
  return session.one<BatchRow>(kFindBatch, id);
}

std::optional<BatchId> of_file(Session& session, Kind kind, System system, const store::Bytes& file) {
  return session.one<BatchId>(kOfFile, file, kind, system);
}

std::vector<BatchRow> newest(Session& session, const std::optional<std::set<UnitId>>& units, std::size_t most) {
  if (!units) return session.all<BatchRow>(kNewest, most);
  std::vector<store::Row> looks;
  for (const UnitId unit : *units) looks.push_back({to_value(unit), to_value(most)});
  std::vector<BatchRow> out;
  if (looks.empty()) return out;
  for (auto& found : session.each<BatchRow>(kNewestOfUnit, looks))
    std::move(found.begin(), found.end(), std::back_inserter(out));
  std::sort(out.begin(), out.end(), [](const BatchRow& a, const BatchRow& b) { return a.id > b.id; });
  if (out.size() > most) out.resize(most);
  return out;
}

std::vector<bool> known(Session& session, std::span<const LineKeys> keys) {
  std::vector<store::Row> looks;
  looks.reserve(keys.size());
  for (const auto& one : keys) looks.push_back({to_value(one.own), to_value(one.everyones), to_value(one.content)});
  std::vector<bool> out;
  if (looks.empty()) return out;
  for (const auto& found : session.each<std::int64_t>(kKnown, looks)) out.push_back(!found.empty());
  return out;
}

void insert(Session& session, std::span<const LineRow> rows) {
  std::vector<store::Row> values;
  values.reserve(rows.size());
  for (const LineRow& r : rows)
    values.push_back({to_value(r.key), to_value(r.batch), to_value(r.line), to_value(r.until), to_value(r.declaration),
                      to_value(r.claim), to_value(r.content)});
  session.insert(kInsertLine, values);
}

void insert(Session& session, std::span<const ClueRow> rows) {
  std::vector<store::Row> values;
  values.reserve(rows.size());
  for (const ClueRow& r : rows) values.push_back({to_value(r.clue), to_value(r.line)});
  session.insert(kInsertClue, values);
}

bool any_clues(Session& session) {
  return session.one<store::Bytes>(kAnyClues).has_value();
}

std::vector<LineRow> claims_with(Session& session, std::span<const store::Bytes> clues) {
  std::vector<LineRow> out;
  for (const auto& clue : clues)
    for (auto& row : session.all<LineRow>(kClaimsWith, clue, kClaimsAtOnce)) out.push_back(std::move(row));
  const auto place = [](const LineRow& row) { return std::tuple(row.batch, row.line); };
  std::sort(out.begin(), out.end(), [&](const LineRow& a, const LineRow& b) { return place(a) < place(b); });
  const auto same = [&](const LineRow& a, const LineRow& b) { return place(a) == place(b); };
  out.erase(std::unique(out.begin(), out.end(), same), out.end());
  return out;
}

std::vector<LineRow> of_batch(Session& session, BatchId batch) {
  return session.all<LineRow>(kOfBatch, batch);
}

void settle(Session& session, const LineRow& row) {
  session.run(kSettle, row.key, row.declaration);
  session.run(kForgetClues, row.key);
}

void remove(Session& session, BatchId batch) {
  session.run(kRemoveClues, batch);
  session.run(kRemoveLines, batch);
}

void retain(Session& session, IdMaker& ids, Instant now) {
  const auto forget = [&](const Query& query, std::chrono::hours kept, const char* rule) {
    const Instant before = now - kept;
    const std::int64_t deleted = session.run(query, before);
    if (deleted > 0) session.run(kProve, ids.next(), now, rule, before, deleted);
  };
  session.run(kForgetOldClues, now - kKept);
  forget(kForgetLines, kKept, "foreign: lines 28 days after what they tell of");
  forget(kForgetBatches, kBatchKept, "foreign: batches a year after they came");
}

}  // namespace luytre::foreign::storage

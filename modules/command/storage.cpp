#include "modules/command/storage.h"

namespace luytre::command::storage {
namespace {

struct Row {
  DecisionId id;
  Switch purpose = Switch::kCheckIn;
  std::string disease;
  std::optional<UnitId> unit;
  Instant starts;
  Instant ends;
  std::string basis;
  Instant decided;
  std::optional<Instant> ended;
  std::optional<std::string> end_reason;
  std::int64_t version = 1;
  std::optional<std::string> form;
  std::optional<std::string> duty;
  std::optional<PlaceId> place;
  std::optional<Direction> direction;
};
BOOST_DESCRIBE_STRUCT(Row, (),
                      (id, purpose, disease, unit, starts, ends, basis, decided, ended, end_reason, version, form, duty,
                       place, direction))

constexpr store::Query kInsert{"command.insert", R"sql(
  INSERT INTO command_decision (id, purpose, disease, unit, starts, ends, basis, decided, decided_by, version, form, duty, place, direction)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1, $10, $11, $12, $13))sql"};

constexpr store::Query kEnd{"command.end", R"sql(
  UPDATE command_decision
  SET ended = $3, ended_by = $4, end_reason = $5, version = version + 1
  WHERE id = $1 AND version = $2 AND ended IS NULL)sql"};

constexpr store::Query kFind{"command.find", R"sql(
  SELECT id, purpose, disease, unit, starts, ends, basis, decided, ended, end_reason, version, form, duty, place, direction
  FROM command_decision
  WHERE id = $1)sql"};

constexpr store::Query kAll{"command.all", R"sql(
  SELECT id, purpose, disease, unit, starts, ends, basis, decided, ended, end_reason, version, form, duty, place, direction
  FROM command_decision
  ORDER BY id)sql"};

constexpr store::Query kBefore{"command.before", R"sql(
  SELECT id, purpose, disease, unit, starts, ends, basis, decided, ended, end_reason, version, form, duty, place, direction
  FROM command_decision
  WHERE id < $1
  ORDER BY id DESC
  LIMIT $2)sql"};

Decision decision_of(const Row& row) {
  Decision out;
  out.id = row.id;
  out.purpose = row.purpose;
  out.disease = row.disease;
  out.unit = row.unit;
  out.from = row.starts;
  out.until = row.ends;
  out.basis = row.basis;
  out.decided_at = row.decided;
  out.ended_at = row.ended;
  out.end_reason = row.end_reason;
  out.version = row.version;
  out.form = row.form;
  out.duty = row.duty;
  out.place = row.place;
  out.direction = row.direction;
  return out;
}

std::vector<Decision> decisions_of(const std::vector<Row>& rows) {
  std::vector<Decision> out;
  out.reserve(rows.size());
  for (const Row& row : rows) out.push_back(decision_of(row));
  return out;
}

}  // namespace

void insert(store::Session& session, const Decision& d, AccountId by) {
  session.run(kInsert, d.id, d.purpose, d.disease, d.unit, d.from, d.until, d.basis, d.decided_at, by, d.form, d.duty,
              d.place, d.direction);
}

bool end(store::Session& session, const Decision& ended, AccountId by, std::int64_t expected_version) {
  return session.run(kEnd, ended.id, expected_version, ended.ended_at, by, ended.end_reason) == 1;
}

std::optional<Decision> find(store::Session& session, DecisionId id) {
  const auto row = session.one<Row>(kFind, id);
  if (!row) return std::nullopt;
  return decision_of(*row);
}

std::vector<Decision> all(store::Session& session) {
  return decisions_of(session.all<Row>(kAll));
}

std::vector<Decision> before(store::Session& session, DecisionId id, std::size_t most) {
  return decisions_of(session.all<Row>(kBefore, id, most));
}

}  // namespace luytre::command::storage

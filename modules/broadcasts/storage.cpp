#include "modules/broadcasts/storage.h"

namespace luytre::broadcasts::storage {
namespace {

using store::Query;
using store::Session;

constexpr Query kInsert{"broadcasts.insert", R"sql(
  INSERT INTO broadcasts_broadcast (id, unit, words, hotline, edited, at, made_by, made_name)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8))sql"};

constexpr Query kBefore{"broadcasts.before", R"sql(
  SELECT id, unit, words, hotline, edited, at, made_by, made_name
  FROM broadcasts_broadcast
  WHERE id < $1
  ORDER BY id DESC
  LIMIT $2)sql"};

constexpr Query kLastHotline{"broadcasts.last_hotline", R"sql(
  SELECT hotline
  FROM broadcasts_broadcast
  WHERE unit = $1 AND hotline IS NOT NULL
  ORDER BY id DESC
  LIMIT 1)sql"};

}  // namespace

void insert(Session& session, const BroadcastRow& row) {
  session.run(kInsert, row.id, row.unit, row.words, row.hotline, row.edited, row.at, row.made_by, row.made_name);
}

std::vector<BroadcastRow> before(Session& session, std::int64_t before, std::int64_t most) {
  return session.all<BroadcastRow>(kBefore, before, most);
}

std::optional<std::string> last_hotline(Session& session, UnitId unit) {
  return session.one<std::string>(kLastHotline, unit);
}

}  // namespace luytre::broadcasts::storage

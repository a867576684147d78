// SQL of the broadcasts room.

#pragma once

#include "modules/broadcasts/broadcasts.h"

namespace luytre::broadcasts::storage {

struct BroadcastRow {
  BroadcastId id;
  UnitId unit;
  std::string words;
  std::optional<std::string> hotline;
  bool edited = false;
  Instant at;
  AccountId made_by;
  std::string made_name;
};
BOOST_DESCRIBE_STRUCT(BroadcastRow, (), (id, unit, words, hotline, edited, at, made_by, made_name))

void insert(store::Session& session, const BroadcastRow& row);
std::vector<BroadcastRow> before(store::Session& session, std::int64_t before, std::int64_t most);  // newest first
std::optional<std::string> last_hotline(store::Session& session, UnitId unit);

}  // namespace luytre::broadcasts::storage

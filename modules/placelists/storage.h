// SQL of the placelists room.

#pragma once

#include <span>

#include "modules/placelists/placelists.h"

namespace luytre::placelists::storage {

struct BatchRow {
  BatchId id;
  UnitId unit;
  AccountId sent_by;
  Instant at;
};
BOOST_DESCRIBE_STRUCT(BatchRow, (), (id, unit, sent_by, at))

void insert(store::Session& session, const BatchRow& row, std::span<const LineResult> lines);  // those with a place
std::optional<BatchRow> find(store::Session& session, BatchId id);
std::vector<PlaceId> places(store::Session& session, BatchId batch);  // in the order of the lines
void retain(store::Session& session, IdMaker& ids, Instant now, Instant before);

}  // namespace luytre::placelists::storage

// SQL of runs.

#pragma once

#include "modules/passengers/runs.h"

namespace luytre::passengers::storage {

struct RunRow {
  RunId id;
  PlaceId place;
  std::optional<store::Bytes> plate;
  UnitId leaves_from, towards;
  Instant boards, departs;
  std::optional<Instant> ends;
  Instant recorded;
  AccountId recorded_by;
  std::optional<Instant> told;  // when its end was
};
BOOST_DESCRIBE_STRUCT(RunRow, (),
                      (id, place, plate, leaves_from, towards, boards, departs, ends, recorded, recorded_by, told))

void insert(store::Session& session, const RunRow& run);
void end_run(store::Session& session, RunId run, Instant at, Instant told);
std::optional<RunRow> find_run(store::Session& session, RunId run);
std::optional<RunRow> last_run(store::Session& session, PlaceId place);
std::vector<RunRow> runs(store::Session& session, PlaceId place, std::size_t most);  // newest first
std::vector<RunRow> ended_told_since(store::Session& session, Instant since);
void retain_runs(store::Session& session, IdMaker& ids, Instant now, Instant departed_before);

}  // namespace luytre::passengers::storage

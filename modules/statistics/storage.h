// SQL of the statistics room: its denominators, and the views that other rooms publish.

#pragma once

#include "modules/statistics/statistics.h"

namespace luytre::statistics::storage {

struct Registered {
  PlaceId id;
  std::string kind;
  UnitId unit;
  Instant registered;
  std::optional<Instant> closed;
};
BOOST_DESCRIBE_STRUCT(Registered, (), (id, kind, unit, registered, closed))
std::vector<Registered> places(store::Session& session);  // by id

struct PlaceDay {
  PlaceId place;
  std::int64_t scans = 0, declared = 0;
};
BOOST_DESCRIBE_STRUCT(PlaceDay, (), (place, scans, declared))
// Of those with a scan in the interval; in the order given.
std::vector<PlaceDay> scans(store::Session& session, std::span<const PlaceId> places, Interval when);
std::vector<std::optional<Instant>> last_scans(store::Session& session, std::span<const PlaceId> places);

struct UnitCount {
  UnitId unit;
  std::int64_t count = 0;
};
BOOST_DESCRIBE_STRUCT(UnitCount, (), (unit, count))
std::vector<UnitCount> people(store::Session& session);   // with an account, by residence
std::vector<UnitCount> members(store::Session& session);  // of rosters

struct DenominatorRow {
  UnitId unit;
  Measure measure = Measure::kPopulation;
  Date as_of;
  std::int64_t value = 0;
  std::string source;
};
BOOST_DESCRIBE_STRUCT(DenominatorRow, (), (unit, measure, as_of, value, source))
std::vector<DenominatorRow> denominators(store::Session& session, UnitId unit);  // newest first
void enter(store::Session& session, const DenominatorRow& row, Instant now, AccountId by);

}  // namespace luytre::statistics::storage

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
  std::int64_t scans = 0, declared = 0, passing = 0;  // `declared`: of those passing
};
BOOST_DESCRIBE_STRUCT(PlaceDay, (), (place, scans, declared, passing))
// Of those with a scan in the interval; in the order given.
std::vector<PlaceDay> scans(store::Session& session, std::span<const PlaceId> places, Interval when);
// Of those where somebody passed who is in no visit: entries at gates with another's code or none, checkpoints (who
// waited there for a test has a visit).
std::vector<PlaceDay> others(store::Session& session, Interval when);
// When somebody last came in: by a scan, or let in at a gate in another way.
std::vector<std::optional<Instant>> last_scans(store::Session& session, std::span<const PlaceId> places);

struct UnitCount {
  UnitId unit;
  std::int64_t count = 0;
};
BOOST_DESCRIBE_STRUCT(UnitCount, (), (unit, count))
std::vector<UnitCount> people(store::Session& session);   // with an account, by residence
std::vector<UnitCount> members(store::Session& session);  // of rosters

struct OrganisationRow {
  OrganisationId id;
  std::string name, sector;
  std::optional<PlaceId> place;
  UnitId unit;
  std::int64_t members = 0, declared = 0;
};
BOOST_DESCRIBE_STRUCT(OrganisationRow, (), (id, name, sector, place, unit, members, declared))
// `declared`: with a declaration that counted at some time of the interval. By id.
std::vector<OrganisationRow> organisations(store::Session& session, Interval when);
std::optional<UnitId> unit_of(store::Session& session, OrganisationId organisation);

struct StaffRow {
  OrganisationId organisation;
  Date as_of;
  std::int64_t value = 0;
  std::string source;
};
BOOST_DESCRIBE_STRUCT(StaffRow, (), (organisation, as_of, value, source))
std::vector<StaffRow> staff(store::Session& session,
                            std::span<const OrganisationId> organisations);  // the newest of each
void enter(store::Session& session, const StaffRow& row, Instant now, AccountId by);

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

// SQL of visits.

#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "modules/visits/visits.h"
#include "platform/store/session.h"

namespace luytre::visits::storage {

struct VisitRow {
  VisitId id;
  PlaceId place;
  std::optional<ZoneId> zone;
  PersonId person;
  Instant entered;
  Instant departed;
  Instant expected;
  bool estimated = true;
  Capacity capacity = Capacity::kOther;
  Source source = Source::kScan;
  std::int64_t flags = 0;  // bit n: the n-th Flag
  Instant recorded;
  UnitId unit;
  std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(VisitRow, (),
                      (id, place, zone, person, entered, departed, expected, estimated, capacity, source, flags,
                       recorded, unit, version))

constexpr std::int64_t bit_of(Flag flag) {
  return std::int64_t{1} << static_cast<int>(flag);
}

void insert(store::Session& session, std::span<const VisitRow* const> rows);
// End, flags and version.
void update(store::Session& session, std::span<const VisitRow* const> rows);
void remove(store::Session& session, const VisitRow& row);
void add_flag(store::Session& session, const VisitRow& row, Flag flag);
std::vector<std::optional<VisitRow>> find(store::Session& session, std::span<const VisitId> visits);

// Visits of the person that begin in [from, to], by beginning.
struct Around {
  PersonId person;
  Instant from;
  Instant to;
};
std::vector<std::vector<VisitRow>> around(store::Session& session, std::span<const Around> wanted);

// Those at the place that begin within `when` and have no real check-out, by beginning.
std::vector<VisitRow> estimated_at(store::Session& session, PlaceId place, Interval when);

struct ListPosition {
  Instant entered;
  VisitId id;
};
std::string cursor_text(const ListPosition& position);  // "<seconds>.<id>"
// Absent: before everything. Nothing: not one of ours.
std::optional<ListPosition> position_of(const std::optional<std::string>& cursor);
// This and at_places(): without those that were told (told.h).
std::vector<VisitRow> of_person(store::Session& session, PersonId person, ListPosition before, std::size_t most);
// Newest first; those that begin within `when`.
std::vector<VisitRow> at_places(store::Session& session, std::span<const PlaceId> places, Interval when,
                                ListPosition before, std::size_t most);
Summary summary(store::Session& session, PlaceId place, Instant now);

struct ExternalRow {
  std::string source;
  std::string external;
  Instant departed;
  std::optional<VisitId> visit;  // of those with an origin that became a visit of their own
  std::optional<std::string> origin;
};
std::vector<bool> known(store::Session& session, std::span<const ImportedVisit* const> visits);
void insert_externals(store::Session& session, std::span<const ExternalRow> rows);
std::vector<std::optional<std::string>> origins(store::Session& session, std::span<const VisitId> visits);
std::vector<VisitRow> of_source(store::Session& session, const std::string& source);  // that have an origin
void remove_externals(store::Session& session, const std::string& source);

// Retention. The places after `after` that have visits, in order.
std::vector<PlaceId> places_after(store::Session& session, PlaceId after, std::size_t most);
std::int64_t remove_older(store::Session& session, std::span<const PlaceId> places, Instant departed_before);
std::int64_t remove_older_externals(store::Session& session, Instant departed_before);
struct Proof {
  std::int64_t id = 0;
  Instant at;
  std::string rule;
  Instant departed_before;
  PlaceId first_place;
  PlaceId last_place;
  std::int64_t visits = 0;
  std::int64_t externals = 0;
};
BOOST_DESCRIBE_STRUCT(Proof, (), (id, at, rule, departed_before, first_place, last_place, visits, externals))
void insert(store::Session& session, const Proof& proof);
std::vector<Proof> proofs(store::Session& session);  // oldest first

}  // namespace luytre::visits::storage

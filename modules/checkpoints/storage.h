// SQL of checkpoints.

#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "modules/checkpoints/checkpoints.h"
#include "platform/store/session.h"

namespace luytre::checkpoints::storage {

struct PassageRow {
  PassageId id;
  PlaceId place;
  UnitId unit;
  gates::GuardId guard;
  std::string guard_name;
  Instant passed;
  Direction direction = Direction::kIn;
  Vehicle vehicle = Vehicle::kCar;
  std::optional<store::Bytes> plate;
  std::optional<store::Bytes> plate_index;
  std::optional<JourneyId> journey;
  std::optional<UnitId> towards;
  std::int64_t heads = 0;
  Decision decision = Decision::kPass;
  std::optional<Why> why;
  std::optional<store::Bytes> note;
  bool awaited = false;
  std::optional<Instant> settled;
  Instant recorded;
  std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(PassageRow, (),
                      (id, place, unit, guard, guard_name, passed, direction, vehicle, plate, plate_index, journey,
                       towards, heads, decision, why, note, awaited, settled, recorded, version))

struct OccupantRow {
  PassageId passage;
  std::int64_t number = 0;
  Instant passed;
  How how = How::kUnnamed;
  std::optional<PersonId> person;
  std::int64_t people = 1;
  std::optional<store::Bytes> claim;
  Decision decision = Decision::kPass;
};
BOOST_DESCRIBE_STRUCT(OccupantRow, (), (passage, number, passed, how, person, people, claim, decision))

void insert(store::Session& session, const PassageRow& passage);
void insert(store::Session& session, std::span<const OccupantRow> occupants);
std::optional<PassageRow> passage(store::Session& session, PassageId id);
std::vector<OccupantRow> occupants(store::Session& session, PassageId passage);
// Decision, why, note, plate, heads, settled, recorded and version, as they are in the row.
void settle(store::Session& session, const PassageRow& passage);
void settle_waiting(store::Session& session, PassageId passage, Decision decision);  // who was sent to be tested

void remove(store::Session& session, PassageId passage);

std::vector<PassageRow> open(store::Session& session, PlaceId place, std::size_t most);  // oldest first
std::int64_t open_count(store::Session& session, PlaceId place);
Counts counts(store::Session& session, PlaceId place, Instant since);
std::int64_t passed_between(store::Session& session, PlaceId place, Instant from, Instant to);
std::vector<Hour> hours(store::Session& session, PlaceId place, Instant since);
std::vector<PassageRow> of_plate(store::Session& session, const store::Bytes& plate_index, std::size_t most);
// Of any of these, each once.
std::vector<PassageRow> of_persons(store::Session& session, std::span<const PersonId> persons, std::size_t most);

struct MineRow {
  PassageId id;
  PlaceId place;
  Instant passed;
  Direction direction = Direction::kIn;
  Vehicle vehicle = Vehicle::kCar;
  How how = How::kOwnCode;
  Decision decision = Decision::kPass;
  std::optional<Why> why;
};
BOOST_DESCRIBE_STRUCT(MineRow, (), (id, place, passed, direction, vehicle, how, decision, why))
std::vector<Passing> passings(store::Session& session, PersonId person, Interval when, std::size_t most);
std::vector<PersonId> passed_in(store::Session& session, std::span<const UnitId> units, Interval when, PersonId after,
                                std::size_t most);
std::vector<MineRow> mine(store::Session& session, PersonId person, std::size_t most);

struct PostRow {
  PlaceId place;
  UnitId unit;
  std::optional<std::int64_t> wait_limit;
};
BOOST_DESCRIBE_STRUCT(PostRow, (), (place, unit, wait_limit))
void note_post(store::Session& session, PlaceId place, UnitId unit);
std::optional<PostRow> post(store::Session& session, PlaceId place);
std::vector<PostRow> posts(store::Session& session);
void set_limit(store::Session& session, PlaceId place, std::int64_t minutes, std::string_view basis, AccountId by,
               Instant now);

struct QueueRow {
  std::int64_t id = 0;
  PlaceId place;
  gates::GuardId guard;
  Instant counted;
  std::int64_t waiting = 0;
};
BOOST_DESCRIBE_STRUCT(QueueRow, (), (id, place, guard, counted, waiting))
void insert(store::Session& session, const QueueRow& count);
std::optional<QueueRow> queue(store::Session& session, PlaceId place, Instant since);  // the newest

struct HandoverRow {
  std::int64_t id = 0;
  PlaceId place;
  gates::GuardId guard;
  std::string guard_name;
  Instant handed;
  store::Bytes note;
  std::int64_t vehicles = 0;
  std::int64_t people = 0;
  std::int64_t open = 0;
};
BOOST_DESCRIBE_STRUCT(HandoverRow, (), (id, place, guard, guard_name, handed, note, vehicles, people, open))
void insert(store::Session& session, const HandoverRow& handover);
std::vector<HandoverRow> handovers(store::Session& session, PlaceId place, std::size_t most);  // newest first
std::optional<HandoverRow> handover(store::Session& session, PlaceId place, std::int64_t id);

struct PlannedRow {
  PlannedId id;
  PlaceId place;
  gates::GuardId guard;
  std::string guard_name;
  Instant begins;
  Instant ends;
  AccountId planned_by;
  Instant planned_at;
};
BOOST_DESCRIBE_STRUCT(PlannedRow, (), (id, place, guard, guard_name, begins, ends, planned_by, planned_at))
void insert(store::Session& session, const PlannedRow& planned);
std::vector<PlannedRow> planned(store::Session& session, PlaceId place, Instant ends_after);  // by begin
bool remove(store::Session& session, PlaceId place, PlannedId planned);

struct JourneyRow {
  JourneyId id;
  AccountId account;
  store::Bytes code;
  store::Bytes code_index;
  std::optional<store::Bytes> plate;
  Vehicle vehicle = Vehicle::kCar;
  Direction direction = Direction::kIn;
  UnitId towards;
  Instant begins;
  Instant ends;
  Instant told;
};
BOOST_DESCRIBE_STRUCT(JourneyRow, (),
                      (id, account, code, code_index, plate, vehicle, direction, towards, begins, ends, told))
void insert(store::Session& session, const JourneyRow& journey, std::span<const PersonId> people);
std::optional<JourneyRow> journey(store::Session& session, const store::Bytes& code_index);
std::vector<JourneyRow> journeys(store::Session& session, AccountId account, Instant ends_after);
std::vector<PersonId> travellers(store::Session& session, JourneyId journey);
std::optional<Instant> used(store::Session& session, JourneyId journey);
bool remove(store::Session& session, AccountId account, JourneyId journey);

struct Proof {
  std::int64_t id = 0;
  Instant at;
  std::string rule;
  Instant before;
  std::int64_t passages = 0;
  std::int64_t occupants = 0;
  std::int64_t queues = 0;
  std::int64_t handovers = 0;
  std::int64_t journeys = 0;
  std::int64_t planned = 0;
};
BOOST_DESCRIBE_STRUCT(Proof, (), (id, at, rule, before, passages, occupants, queues, handovers, journeys, planned))

// Deletes at most `most` of each; says how many.
Proof remove_older(store::Session& session, Instant before, std::size_t most);
void insert(store::Session& session, const Proof& proof);
std::vector<Proof> proofs(store::Session& session);

}  // namespace luytre::checkpoints::storage

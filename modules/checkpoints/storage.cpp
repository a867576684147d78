#include "modules/checkpoints/storage.h"

#include <algorithm>
#include <iterator>
#include <tuple>

#include "platform/store/merged.h"

namespace luytre::checkpoints::storage {
namespace {

using store::Query;
using store::Session;

constexpr Query kInsertPassage{"checkpoints.insert_passage", R"sql(
  INSERT INTO checkpoints_passage (id, place, unit, guard, guard_name, passed, direction, vehicle, plate, plate_index,
    journey, towards, heads, decision, why, note, awaited, settled, recorded, version)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20))sql"};

constexpr Query kInsertOccupant{"checkpoints.insert_occupant", R"sql(
  INSERT INTO checkpoints_occupant (passage, number, passed, how, person, people, claim, decision)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8))sql"};

constexpr Query kPassage{"checkpoints.passage", R"sql(
  SELECT id, place, unit, guard, guard_name, passed, direction, vehicle, plate, plate_index, journey, towards, heads,
    decision, why, note, awaited, settled, recorded, version
  FROM checkpoints_passage
  WHERE id = $1)sql"};

constexpr Query kOccupants{"checkpoints.occupants", R"sql(
  SELECT passage, number, passed, how, person, people, claim, decision
  FROM checkpoints_occupant
  WHERE passage = $1
  ORDER BY number)sql"};

constexpr Query kSettle{"checkpoints.settle", R"sql(
  UPDATE checkpoints_passage
  SET decision = $2, why = $3, note = $4, plate = $5, plate_index = $6, heads = $7, settled = $8, recorded = $9,
    version = $10
  WHERE id = $1)sql"};

constexpr Query kSettleWaiting{"checkpoints.settle_waiting", R"sql(
  UPDATE checkpoints_occupant
  SET decision = $2
  WHERE passage = $1 AND decision = 'test')sql"};

constexpr Query kRemoveOccupants{"checkpoints.remove_occupants", R"sql(
  DELETE FROM checkpoints_occupant
  WHERE passage = $1)sql"};

constexpr Query kRemovePassage{"checkpoints.remove_passage", R"sql(
  DELETE FROM checkpoints_passage
  WHERE id = $1)sql"};

constexpr Query kOpen{"checkpoints.open", R"sql(
  SELECT id, place, unit, guard, guard_name, passed, direction, vehicle, plate, plate_index, journey, towards, heads,
    decision, why, note, awaited, settled, recorded, version
  FROM checkpoints_passage
  WHERE place = $1 AND awaited AND settled IS NULL
  ORDER BY passed, id
  LIMIT $2)sql"};

constexpr Query kOpenCount{"checkpoints.open_count", R"sql(
  SELECT count(*)
  FROM checkpoints_passage
  WHERE place = $1 AND awaited AND settled IS NULL)sql"};

constexpr Query kCounts{"checkpoints.counts", R"sql(
  SELECT count(*),
    CAST(coalesce(sum(heads), 0) AS bigint),
    CAST(coalesce(sum(CASE WHEN decision = 'pass' THEN 1 ELSE 0 END), 0) AS bigint),
    CAST(coalesce(sum(CASE WHEN decision = 'test' THEN 1 ELSE 0 END), 0) AS bigint),
    CAST(coalesce(sum(CASE WHEN decision = 'isolate' THEN 1 ELSE 0 END), 0) AS bigint),
    CAST(coalesce(sum(CASE WHEN decision = 'turnBack' THEN 1 ELSE 0 END), 0) AS bigint)
  FROM checkpoints_passage
  WHERE place = $1 AND passed >= $2)sql"};

constexpr Query kPassedBetween{"checkpoints.passed_between", R"sql(
  SELECT count(*)
  FROM checkpoints_passage
  WHERE place = $1 AND passed >= $2 AND passed < $3)sql"};

constexpr Query kHours{"checkpoints.hours", R"sql(
  SELECT passed / 3600 * 3600, direction, decision, count(*), CAST(sum(heads) AS bigint)
  FROM checkpoints_passage
  WHERE place = $1 AND passed >= $2
  GROUP BY passed / 3600, direction, decision
  ORDER BY 1, 2, 3)sql"};

constexpr Query kOfPlate{"checkpoints.of_plate", R"sql(
  SELECT id, place, unit, guard, guard_name, passed, direction, vehicle, plate, plate_index, journey, towards, heads,
    decision, why, note, awaited, settled, recorded, version
  FROM checkpoints_passage
  WHERE plate_index = $1
  ORDER BY passed DESC, id DESC
  LIMIT $2)sql"};

constexpr Query kOfPerson{"checkpoints.of_person", R"sql(
  SELECT p.id, p.place, p.unit, p.guard, p.guard_name, p.passed, p.direction, p.vehicle, p.plate, p.plate_index,
    p.journey, p.towards, p.heads, p.decision, p.why, p.note, p.awaited, p.settled, p.recorded, p.version
  FROM checkpoints_occupant o
  JOIN checkpoints_passage p ON p.id = o.passage
  WHERE o.person = $1
  ORDER BY o.passed DESC, p.id DESC
  LIMIT $2)sql"};

constexpr Query kMine{"checkpoints.mine", R"sql(
  SELECT p.id, p.place, p.passed, p.direction, p.vehicle, o.how, o.decision, p.why
  FROM checkpoints_occupant o
  JOIN checkpoints_passage p ON p.id = o.passage
  WHERE o.person = $1
  ORDER BY o.passed DESC, p.id DESC
  LIMIT $2)sql"};

constexpr Query kPassings{"checkpoints.passings", R"sql(
  SELECT p.place, p.unit, p.passed, o.how
  FROM checkpoints_occupant o
  JOIN checkpoints_passage p ON p.id = o.passage
  WHERE o.person = $1 AND o.passed >= $2 AND o.passed < $3
  ORDER BY o.passed, p.id
  LIMIT $4)sql"};

constexpr Query kPassedIn{"checkpoints.passed_in", R"sql(
  SELECT DISTINCT o.person
  FROM checkpoints_passage p
  JOIN checkpoints_occupant o ON o.passage = p.id
  WHERE p.unit = $1 AND p.passed >= $2 AND p.passed < $3 AND o.person > $4
  ORDER BY o.person
  LIMIT $5)sql"};

constexpr Query kNotePost{"checkpoints.note_post", R"sql(
  INSERT INTO checkpoints_post (place, unit)
  VALUES ($1, $2)
  ON CONFLICT (place) DO NOTHING)sql"};

constexpr Query kPost{"checkpoints.post", R"sql(
  SELECT place, unit, wait_limit
  FROM checkpoints_post
  WHERE place = $1)sql"};

constexpr Query kPosts{"checkpoints.posts", R"sql(
  SELECT place, unit, wait_limit
  FROM checkpoints_post
  ORDER BY place)sql"};

constexpr Query kSetLimit{"checkpoints.set_limit", R"sql(
  UPDATE checkpoints_post
  SET wait_limit = $2, basis = $3, limited_by = $4, limited_at = $5
  WHERE place = $1)sql"};

constexpr Query kInsertQueue{"checkpoints.insert_queue", R"sql(
  INSERT INTO checkpoints_queue (id, place, guard, counted, waiting)
  VALUES ($1, $2, $3, $4, $5))sql"};

constexpr Query kQueue{"checkpoints.queue", R"sql(
  SELECT id, place, guard, counted, waiting
  FROM checkpoints_queue
  WHERE place = $1 AND counted >= $2
  ORDER BY counted DESC, id DESC
  LIMIT 1)sql"};

constexpr Query kInsertHandover{"checkpoints.insert_handover", R"sql(
  INSERT INTO checkpoints_handover (id, place, guard, guard_name, handed, note, vehicles, people, open)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9))sql"};

constexpr Query kHandovers{"checkpoints.handovers", R"sql(
  SELECT id, place, guard, guard_name, handed, note, vehicles, people, open
  FROM checkpoints_handover
  WHERE place = $1
  ORDER BY handed DESC, id DESC
  LIMIT $2)sql"};

constexpr Query kHandover{"checkpoints.handover", R"sql(
  SELECT id, place, guard, guard_name, handed, note, vehicles, people, open
  FROM checkpoints_handover
  WHERE place = $1 AND id = $2)sql"};

constexpr Query kInsertPlanned{"checkpoints.insert_planned", R"sql(
  INSERT INTO checkpoints_planned (id, place, guard, guard_name, begins, ends, planned_by, planned_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8))sql"};

constexpr Query kPlanned{"checkpoints.planned", R"sql(
  SELECT id, place, guard, guard_name, begins, ends, planned_by, planned_at
  FROM checkpoints_planned
  WHERE place = $1 AND ends > $2
  ORDER BY begins, id)sql"};

constexpr Query kRemovePlanned{"checkpoints.remove_planned", R"sql(
  DELETE FROM checkpoints_planned
  WHERE place = $1 AND id = $2)sql"};

constexpr Query kOldOccupants{"checkpoints.old_occupants", R"sql(
  DELETE FROM checkpoints_occupant
  WHERE passage IN (SELECT id FROM checkpoints_passage WHERE passed < $1 ORDER BY passed, id LIMIT $2))sql"};

constexpr Query kOldPassages{"checkpoints.old_passages", R"sql(
  DELETE FROM checkpoints_passage
  WHERE id IN (SELECT id FROM checkpoints_passage WHERE passed < $1 ORDER BY passed, id LIMIT $2))sql"};

constexpr Query kOldQueues{"checkpoints.old_queues", R"sql(
  DELETE FROM checkpoints_queue
  WHERE id IN (SELECT id FROM checkpoints_queue WHERE counted < $1 ORDER BY counted, id LIMIT $2))sql"};

constexpr Query kOldHandovers{"checkpoints.old_handovers", R"sql(
  DELETE FROM checkpoints_handover
  WHERE id IN (SELECT id FROM checkpoints_handover WHERE handed < $1 ORDER BY handed, id LIMIT $2))sql"};

constexpr Query kOldTravellers{"checkpoints.old_travellers", R"sql(
  DELETE FROM checkpoints_traveller
  WHERE journey IN (SELECT id FROM checkpoints_journey WHERE ends < $1 ORDER BY ends, id LIMIT $2))sql"};

constexpr Query kOldJourneys{"checkpoints.old_journeys", R"sql(
  DELETE FROM checkpoints_journey
  WHERE id IN (SELECT id FROM checkpoints_journey WHERE ends < $1 ORDER BY ends, id LIMIT $2))sql"};

constexpr Query kOldPlanned{"checkpoints.old_planned", R"sql(
  DELETE FROM checkpoints_planned
  WHERE id IN (SELECT id FROM checkpoints_planned WHERE ends < $1 ORDER BY ends, id LIMIT $2))sql"};

constexpr Query kInsertProof{"checkpoints.insert_proof", R"sql(
  INSERT INTO checkpoints_retention (id, at, rule, before, passages, occupants, queues, handovers, journeys, planned)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10))sql"};

constexpr Query kProofs{"checkpoints.proofs", R"sql(
  SELECT id, at, rule, before, passages, occupants, queues, handovers, journeys, planned
  FROM checkpoints_retention
  ORDER BY id)sql"};

}  // namespace

void insert(Session& session, const PassageRow& p) {
  session.run(kInsertPassage, p.id, p.place, p.unit, p.guard, p.guard_name, p.passed, p.direction, p.vehicle, p.plate,
              p.plate_index, p.journey, p.towards, p.heads, p.decision, p.why, p.note, p.awaited, p.settled, p.recorded,
              p.version);
}

void insert(Session& session, std::span<const OccupantRow> occupants) {
  std::vector<store::Row> rows;
  rows.reserve(occupants.size());
  for (const OccupantRow& o : occupants)
    rows.push_back({store::to_value(o.passage), store::to_value(o.number), store::to_value(o.passed),
                    store::to_value(o.how), store::to_value(o.person), store::to_value(o.people),
                    store::to_value(o.claim), store::to_value(o.decision)});
  session.insert(kInsertOccupant, rows);
}

std::optional<PassageRow> passage(Session& session, PassageId id) {
  return session.one<PassageRow>(kPassage, id);
}

std::vector<OccupantRow> occupants(Session& session, PassageId passage) {
  return session.all<OccupantRow>(kOccupants, passage);
}

void settle(Session& session, const PassageRow& p) {
  session.run(kSettle, p.id, p.decision, p.why, p.note, p.plate, p.plate_index, p.heads, p.settled, p.recorded,
              p.version);
}

void settle_waiting(Session& session, PassageId passage, Decision decision) {
  session.run(kSettleWaiting, passage, decision);
}

void remove(Session& session, PassageId passage) {
  session.run(kRemoveOccupants, passage);
  session.run(kRemovePassage, passage);
}

std::vector<PassageRow> open(Session& session, PlaceId place, std::size_t most) {
  return session.all<PassageRow>(kOpen, place, most);
}

std::int64_t open_count(Session& session, PlaceId place) {
  return session.value<std::int64_t>(kOpenCount, place);
}

Counts counts(Session& session, PlaceId place, Instant since) {
  return session.value<Counts>(kCounts, place, since);
}

std::int64_t passed_between(Session& session, PlaceId place, Instant from, Instant to) {
  return session.value<std::int64_t>(kPassedBetween, place, from, to);
}

std::vector<Hour> hours(Session& session, PlaceId place, Instant since) {
  return session.all<Hour>(kHours, place, since);
}

std::vector<PassageRow> of_plate(Session& session, const store::Bytes& plate_index, std::size_t most) {
  return session.all<PassageRow>(kOfPlate, plate_index, most);
}

std::vector<PassageRow> of_persons(Session& session, std::span<const PersonId> persons, std::size_t most) {
  std::vector<store::Row> looks;
  for (const PersonId person : persons) looks.push_back({store::to_value(person), store::to_value(most)});
  std::vector<PassageRow> out;
  if (looks.empty()) return out;
  for (auto& rows : session.each<PassageRow>(kOfPerson, looks))
    std::move(rows.begin(), rows.end(), std::back_inserter(out));
  std::sort(out.begin(), out.end(), [](const PassageRow& a, const PassageRow& b) {
    return std::tie(b.passed, b.id) < std::tie(a.passed, a.id);
  });
  const auto same = [](const PassageRow& a, const PassageRow& b) { return a.id == b.id; };
  out.erase(std::unique(out.begin(), out.end(), same), out.end());
  if (out.size() > most) out.resize(most);
  return out;
}

std::vector<Passing> passings(Session& session, PersonId person, Interval when, std::size_t most) {
  return session.all<Passing>(kPassings, person, when.from, when.to, most);
}

std::vector<PersonId> passed_in(Session& session, std::span<const UnitId> units, Interval when, PersonId after,
                                std::size_t most) {
  std::vector<store::Row> looks;
  for (const UnitId unit : units)
    looks.push_back({store::to_value(unit), store::to_value(when.from), store::to_value(when.to),
                     store::to_value(after), store::to_value(most)});
  return store::merged<PersonId>(session, kPassedIn, looks, most);
}

std::vector<MineRow> mine(Session& session, PersonId person, std::size_t most) {
  return session.all<MineRow>(kMine, person, most);
}

void note_post(Session& session, PlaceId place, UnitId unit) {
  if (!post(session, place)) session.run(kNotePost, place, unit);
}

std::optional<PostRow> post(Session& session, PlaceId place) {
  return session.one<PostRow>(kPost, place);
}

std::vector<PostRow> posts(Session& session) {
  return session.all<PostRow>(kPosts);
}

void set_limit(Session& session, PlaceId place, std::int64_t minutes, std::string_view basis, AccountId by,
               Instant now) {
  session.run(kSetLimit, place, minutes, basis, by, now);
}

void insert(Session& session, const QueueRow& q) {
  session.run(kInsertQueue, q.id, q.place, q.guard, q.counted, q.waiting);
}

std::optional<QueueRow> queue(Session& session, PlaceId place, Instant since) {
  return session.one<QueueRow>(kQueue, place, since);
}

void insert(Session& session, const HandoverRow& h) {
  session.run(kInsertHandover, h.id, h.place, h.guard, h.guard_name, h.handed, h.note, h.vehicles, h.people, h.open);
}

std::vector<HandoverRow> handovers(Session& session, PlaceId place, std::size_t most) {
  return session.all<HandoverRow>(kHandovers, place, most);
}

std::optional<HandoverRow> handover(Session& session, PlaceId place, std::int64_t id) {
  return session.one<HandoverRow>(kHandover, place, id);
}

void insert(Session& session, const PlannedRow& p) {
  session.run(kInsertPlanned, p.id, p.place, p.guard, p.guard_name, p.begins, p.ends, p.planned_by, p.planned_at);
}

std::vector<PlannedRow> planned(Session& session, PlaceId place, Instant ends_after) {
  return session.all<PlannedRow>(kPlanned, place, ends_after);
}

bool remove(Session& session, PlaceId place, PlannedId planned) {
  return session.run(kRemovePlanned, place, planned) == 1;
}

Proof remove_older(Session& session, Instant before, std::size_t most) {
  Proof proof;
  proof.before = before;
  // Occupants first: both find the same passages.
  proof.occupants = session.run(kOldOccupants, before, most);
  proof.passages = session.run(kOldPassages, before, most);
  proof.queues = session.run(kOldQueues, before, most);
  proof.handovers = session.run(kOldHandovers, before, most);
  session.run(kOldTravellers, before, most);
  proof.journeys = session.run(kOldJourneys, before, most);
  proof.planned = session.run(kOldPlanned, before, most);
  return proof;
}

void insert(Session& session, const Proof& p) {
  session.run(kInsertProof, p.id, p.at, p.rule, p.before, p.passages, p.occupants, p.queues, p.handovers, p.journeys,
              p.planned);
}

std::vector<Proof> proofs(Session& session) {
  return session.all<Proof>(kProofs);
}

}  // namespace luytre::checkpoints::storage

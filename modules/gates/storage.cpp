#include "modules/gates/storage.h"

namespace luytre::gates::storage {
namespace {

using store::Query;
using store::Session;

constexpr Query kInsertGuard{"gates.insert_guard", R"sql(
  INSERT INTO gates_guard (id, place, phone, phone_index, name, named_by, since)
  VALUES ($1, $2, $3, $4, $5, $6, $7))sql"};

constexpr Query kOfPlace{"gates.guards_of_place", R"sql(
  SELECT id, place, phone, phone_index, name, named_by, since
  FROM gates_guard
  WHERE place = $1 AND removed IS NULL
  ORDER BY id)sql"};

constexpr Query kOfPhone{"gates.guards_of_phone", R"sql(
  SELECT id, place, phone, phone_index, name, named_by, since
  FROM gates_guard
  WHERE phone_index = $1 AND removed IS NULL
  ORDER BY place)sql"};

constexpr Query kRemoveGuard{"gates.remove_guard", R"sql(
  UPDATE gates_guard
  SET removed = $3
  WHERE id = $2 AND place = $1 AND removed IS NULL)sql"};

constexpr Query kForgetShifts{"gates.forget_shifts", R"sql(
  UPDATE gates_guard
  SET since = $3
  WHERE id = $2 AND place = $1 AND removed IS NULL)sql"};

constexpr Query kInsertShift{"gates.insert_shift", R"sql(
  INSERT INTO gates_shift (id, token_hash, phone_index, began, ends, place)
  VALUES ($1, $2, $3, $4, $5, $6))sql"};

constexpr Query kShift{"gates.shift", R"sql(
  SELECT id, token_hash, phone_index, began, ends, place
  FROM gates_shift
  WHERE token_hash = $1)sql"};

// A shift lasts a second at least.
constexpr Query kEndShift{"gates.end_shift", R"sql(
  UPDATE gates_shift
  SET ends = $2
  WHERE id = $1 AND ends > $2 AND began < $2)sql"};

constexpr Query kOnDuty{"gates.on_duty", R"sql(
  SELECT s.id, s.began, s.ends, g.id, g.name
  FROM gates_guard g
  JOIN gates_shift s ON s.phone_index = g.phone_index
  WHERE g.place = $1 AND g.removed IS NULL AND s.began >= g.since AND s.ends > $2 AND (s.place IS NULL OR s.place = g.place)
  ORDER BY s.began, s.id)sql"};

constexpr Query kInsertEntry{"gates.insert_entry", R"sql(
  INSERT INTO gates_entry (id, place, zone, guard, entered, until, how, visit, heads, claim, recorded, person, asked,
                           mark, departed, declared)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16))sql"};

// No usual stay is longer than a day.
constexpr Query kHeads{"gates.heads", R"sql(
  SELECT CAST(coalesce(sum(heads), 0) AS bigint)
  FROM gates_entry
  WHERE place = $1 AND entered <= $2 AND until > $2 AND entered > $3)sql"};

constexpr Query kUnverified{"gates.unverified", R"sql(
  SELECT id, place, zone, guard, entered, until, how, visit, heads, claim, recorded, person, asked, mark, departed,
         declared
  FROM gates_entry
  WHERE place = $1 AND visit IS NULL AND asked IS NULL AND entered < $3 AND until > $2 AND id < $4
  ORDER BY id DESC
  LIMIT $5)sql"};

constexpr Query kEntry{"gates.entry", R"sql(
  SELECT id, place, zone, guard, entered, until, how, visit, heads, claim, recorded, person, asked, mark, departed,
         declared
  FROM gates_entry
  WHERE id = $2 AND place = $1)sql"};

constexpr Query kCard{"gates.card", R"sql(
  SELECT id, place, zone, guard, entered, until, how, visit, heads, claim, recorded, person, asked, mark, departed,
         declared
  FROM gates_entry
  WHERE id = $1 AND how = 'card')sql"};

constexpr Query kByCard{"gates.by_card", R"sql(
  SELECT id, place, zone, guard, entered, until, how, visit, heads, claim, recorded, person, asked, mark, departed,
         declared
  FROM gates_entry
  WHERE person = $1 AND entered < $3 AND until > $2
  ORDER BY entered DESC, id DESC
  LIMIT $4)sql"};

constexpr Query kMarkAsked{"gates.mark_asked", R"sql(
  UPDATE gates_entry
  SET asked = $3, heads = heads - 1
  WHERE id = $2 AND place = $1 AND asked IS NULL)sql"};

constexpr Query kRemoveEntry{"gates.remove_entry", R"sql(
  DELETE FROM gates_entry
  WHERE id = $2 AND place = $1)sql"};

constexpr Query kInsertRefusal{"gates.insert_refusal", R"sql(
  INSERT INTO gates_refusal (id, place, zone, guard, refused, reason, note, recorded)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8))sql"};

// A guard who is no longer one is kept as long as the refusals are.
constexpr Query kRefusals{"gates.refusals", R"sql(
  SELECT r.id, r.zone, r.refused, r.reason, r.note, coalesce(g.name, '')
  FROM gates_refusal r
  LEFT JOIN gates_guard g ON g.id = r.guard
  WHERE r.place = $1 AND r.id < $2
  ORDER BY r.id DESC
  LIMIT $3)sql"};

constexpr Query kRemoveEntries{"gates.remove_entries", R"sql(
  DELETE FROM gates_entry
  WHERE id IN (SELECT id FROM gates_entry WHERE entered < $1 ORDER BY entered LIMIT $2))sql"};

constexpr Query kRemoveRefusals{"gates.remove_refusals", R"sql(
  DELETE FROM gates_refusal
  WHERE id IN (SELECT id FROM gates_refusal WHERE refused < $1 ORDER BY refused LIMIT $2))sql"};

constexpr Query kRemoveShifts{"gates.remove_shifts", R"sql(
  DELETE FROM gates_shift
  WHERE id IN (SELECT id FROM gates_shift WHERE ends < $1 ORDER BY ends LIMIT $2))sql"};

constexpr Query kRemoveGuards{"gates.remove_guards", R"sql(
  DELETE FROM gates_guard
  WHERE id IN (SELECT id FROM gates_guard WHERE removed < $1 ORDER BY id LIMIT $2))sql"};

constexpr Query kInsertDeclaration{"gates.insert_declaration", R"sql(
  INSERT INTO gates_declaration (id, place, guard, declared, known, hand, form, form_version, declaration, colour, content, claim, person,
                                 recorded)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14))sql"};

constexpr Query kDeclared{"gates.declared", R"sql(
  SELECT id, place, guard, declared, known, hand, form, form_version, declaration, colour, content, claim, person, recorded
  FROM gates_declaration
  WHERE place = $1 AND declared >= $2 AND declared < $3 AND id < $4 AND known <> 'ownCode'
  ORDER BY id DESC
  LIMIT $5)sql"};

constexpr Query kRemoveDeclarations{"gates.remove_declarations", R"sql(
  DELETE FROM gates_declaration
  WHERE id IN (SELECT id FROM gates_declaration WHERE declared < $1 ORDER BY declared LIMIT $2))sql"};

constexpr Query kRemoveDepartures{"gates.remove_departures", R"sql(
  DELETE FROM gates_departure
  WHERE id IN (SELECT id FROM gates_departure WHERE departed < $1 ORDER BY departed LIMIT $2))sql"};

constexpr Query kInsertProof{"gates.insert_proof", R"sql(
  INSERT INTO gates_retention (id, at, rule, before, entries, refusals, shifts, guards, departures, declarations)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10))sql"};

constexpr Query kProofs{"gates.proofs", R"sql(
  SELECT id, at, rule, before, entries, refusals, shifts, guards, departures, declarations
  FROM gates_retention
  ORDER BY id)sql"};

constexpr std::chrono::hours kReach{24};

}  // namespace

void insert(Session& session, const GuardRow& g) {
  session.run(kInsertGuard, g.id, g.place, g.phone, g.phone_index, g.name, g.named_by, g.since);
}

std::vector<GuardRow> of_place(Session& session, PlaceId place) {
  return session.all<GuardRow>(kOfPlace, place);
}

std::vector<GuardRow> of_phone(Session& session, const store::Bytes& phone_index) {
  return session.all<GuardRow>(kOfPhone, phone_index);
}

bool remove(Session& session, PlaceId place, GuardId guard, Instant now) {
  return session.run(kRemoveGuard, place, guard, now) == 1;
}

bool forget_shifts(Session& session, PlaceId place, GuardId guard, Instant now) {
  return session.run(kForgetShifts, place, guard, now) == 1;
}

void insert(Session& session, const ShiftRow& s) {
  session.run(kInsertShift, s.id, s.token_hash, s.phone_index, s.began, s.ends, s.place);
}

std::optional<ShiftRow> shift(Session& session, const store::Bytes& token_hash) {
  return session.one<ShiftRow>(kShift, token_hash);
}

void end(Session& session, std::int64_t shift, Instant now) {
  session.run(kEndShift, shift, now);
}

std::vector<DutyRow> on_duty(Session& session, PlaceId place, Instant now) {
  return session.all<DutyRow>(kOnDuty, place, now);
}

void insert(Session& session, const EntryRow& e) {
  session.run(kInsertEntry, e.id, e.place, e.zone, e.guard, e.entered, e.until, e.how, e.visit, e.heads, e.claim,
              e.recorded, e.person, e.asked, e.mark, e.departed, e.declared);
}

std::int64_t heads(Session& session, PlaceId place, Instant now) {
  return session.value<std::int64_t>(kHeads, place, now, now - kReach);
}

std::vector<EntryRow> unverified(Session& session, PlaceId place, Interval when, EntryId before, std::size_t most) {
  return session.all<EntryRow>(kUnverified, place, when.from, when.to, before, static_cast<std::int64_t>(most));
}

std::optional<EntryRow> entry(Session& session, PlaceId place, EntryId id) {
  return session.one<EntryRow>(kEntry, place, id);
}

std::optional<EntryRow> card(Session& session, EntryId id) {
  return session.one<EntryRow>(kCard, id);
}

std::vector<EntryRow> by_card(Session& session, PersonId person, Interval when, std::size_t most) {
  return session.all<EntryRow>(kByCard, person, when.from, when.to, static_cast<std::int64_t>(most));
}

void mark_asked(Session& session, PlaceId place, EntryId id, Instant now) {
  session.run(kMarkAsked, place, id, now);
}

void remove(Session& session, PlaceId place, EntryId id) {
  session.run(kRemoveEntry, place, id);
}

void insert(Session& session, const RefusalRow& r) {
  session.run(kInsertRefusal, r.id, r.place, r.zone, r.guard, r.refused, r.reason, r.note, r.recorded);
}

std::vector<NamedRefusal> refusals(Session& session, PlaceId place, EntryId before, std::size_t most) {
  return session.all<NamedRefusal>(kRefusals, place, before, static_cast<std::int64_t>(most));
}

void insert(Session& session, const DeclarationRow& r) {
  session.run(kInsertDeclaration, r.id, r.place, r.guard, r.declared, r.known, r.hand, r.form, r.form_version,
              r.declaration, r.colour, r.content, r.claim, r.person, r.recorded);
}

std::vector<DeclarationRow> declared(Session& session, PlaceId place, Interval when, EntryId before, std::size_t most) {
  return session.all<DeclarationRow>(kDeclared, place, when.from, when.to, before, static_cast<std::int64_t>(most));
}

Proof remove_older(Session& session, Instant before, std::size_t most) {
  const auto count = static_cast<std::int64_t>(most);
  Proof proof;
  proof.before = before;
  proof.entries = session.run(kRemoveEntries, before, count);
  proof.refusals = session.run(kRemoveRefusals, before, count);
  proof.shifts = session.run(kRemoveShifts, before, count);
  proof.guards = session.run(kRemoveGuards, before, count);
  proof.declarations = session.run(kRemoveDeclarations, before, count);
  proof.departures = session.run(kRemoveDepartures, before, count);
  return proof;
}

void insert(Session& session, const Proof& p) {
  session.run(kInsertProof, p.id, p.at, p.rule, p.before, p.entries, p.refusals, p.shifts, p.guards, p.departures,
              p.declarations);
}

std::vector<Proof> proofs(Session& session) {
  return session.all<Proof>(kProofs);
}

}  // namespace luytre::gates::storage

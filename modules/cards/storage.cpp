#include "modules/cards/storage.h"

namespace luytre::cards::storage {
namespace {

using store::Query;
using store::Session;

constexpr Query kInsertCard{"cards.insert_card", R"sql(
  INSERT INTO cards_card (id, serial, person, named, made, made_by, last_day, ended, ended_by)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9))sql"};

constexpr Query kValid{"cards.valid", R"sql(
  SELECT id, serial, person, named, made, made_by, last_day, ended, ended_by
  FROM cards_card
  WHERE person = $1 AND ended IS NULL)sql"};

constexpr Query kCard{"cards.card", R"sql(
  SELECT id, serial, person, named, made, made_by, last_day, ended, ended_by
  FROM cards_card
  WHERE id = $1)sql"};

constexpr Query kBySerial{"cards.by_serial", R"sql(
  SELECT id, serial, person, named, made, made_by, last_day, ended, ended_by
  FROM cards_card
  WHERE serial = $1)sql"};

constexpr Query kOfPerson{"cards.of_person", R"sql(
  SELECT id, serial, person, named, made, made_by, last_day, ended, ended_by
  FROM cards_card
  WHERE person = $1
  ORDER BY id DESC)sql"};

constexpr Query kSetNamed{"cards.set_named", R"sql(
  UPDATE cards_card
  SET named = $2
  WHERE id = $1)sql"};

constexpr Query kEnd{"cards.end", R"sql(
  UPDATE cards_card
  SET ended = $2, ended_by = $3
  WHERE id = $1 AND ended IS NULL)sql"};

constexpr Query kNumber{"cards.number", R"sql(
  SELECT next
  FROM cards_counter
  WHERE place = $1)sql"};

constexpr Query kCount{"cards.count", R"sql(
  INSERT INTO cards_counter (place, next)
  VALUES ($1, $2)
  ON CONFLICT (place) DO UPDATE SET next = excluded.next)sql"};

constexpr Query kInsertSheet{"cards.insert_sheet", R"sql(
  INSERT INTO cards_sheet (id, place, day, first, slips, made, made_by)
  VALUES ($1, $2, $3, $4, $5, $6, $7))sql"};

constexpr Query kSheet{"cards.sheet", R"sql(
  SELECT id, place, day, first, slips, made, made_by
  FROM cards_sheet
  WHERE id = $2 AND place = $1)sql"};

constexpr Query kSheetWith{"cards.sheet_with", R"sql(
  SELECT id, place, day, first, slips, made, made_by
  FROM cards_sheet
  WHERE place = $1 AND first <= $2 AND first + slips > $2)sql"};

constexpr Query kSheets{"cards.sheets", R"sql(
  SELECT id, day, first, slips,
         (SELECT CAST(count(*) AS bigint)
          FROM cards_slip k
          WHERE k.place = s.place AND k.number >= s.first AND k.number < s.first + s.slips)
  FROM cards_sheet s
  WHERE place = $1
  ORDER BY id DESC
  LIMIT $2)sql"};

constexpr Query kSlip{"cards.slip", R"sql(
  SELECT place, number, entry, content, recorded, recorded_by
  FROM cards_slip
  WHERE place = $1 AND number = $2)sql"};

constexpr Query kInsertSlip{"cards.insert_slip", R"sql(
  INSERT INTO cards_slip (place, number, entry, content, recorded, recorded_by)
  VALUES ($1, $2, $3, $4, $5, $6))sql"};

constexpr Query kRemoveSlip{"cards.remove_slip", R"sql(
  DELETE FROM cards_slip
  WHERE place = $1 AND number = $2)sql"};

constexpr Query kRemoveCards{"cards.remove_cards", R"sql(
  DELETE FROM cards_card
  WHERE ended < $1 OR last_day < $2)sql"};

constexpr Query kRemoveSheets{"cards.remove_sheets", R"sql(
  DELETE FROM cards_sheet
  WHERE made < $1)sql"};

constexpr Query kRemoveSlips{"cards.remove_slips", R"sql(
  DELETE FROM cards_slip
  WHERE recorded < $1)sql"};

constexpr Query kInsertProof{"cards.insert_proof", R"sql(
  INSERT INTO cards_retention (id, at, rule, before, cards, sheets, slips)
  VALUES ($1, $2, $3, $4, $5, $6, $7))sql"};

constexpr Query kProofs{"cards.proofs", R"sql(
  SELECT id, at, rule, before, cards, sheets, slips
  FROM cards_retention
  ORDER BY id)sql"};

}  // namespace

void insert(Session& session, const CardRow& c) {
  session.run(kInsertCard, c.id, c.serial, c.person, c.named, c.made, c.made_by, c.last_day, c.ended, c.ended_by);
}

std::optional<CardRow> valid(Session& session, PersonId person) {
  return session.one<CardRow>(kValid, person);
}

std::optional<CardRow> card(Session& session, CardId id) {
  return session.one<CardRow>(kCard, id);
}

std::optional<CardRow> by_serial(Session& session, std::int64_t serial) {
  return session.one<CardRow>(kBySerial, serial);
}

std::vector<CardRow> of_person(Session& session, PersonId person) {
  return session.all<CardRow>(kOfPerson, person);
}

void set_named(Session& session, CardId id, bool named) {
  session.run(kSetNamed, id, named);
}

bool end(Session& session, CardId id, Instant now, AccountId by) {
  return session.run(kEnd, id, now, by) == 1;
}

std::int64_t take_numbers(Session& session, PlaceId place, std::int64_t count, std::int64_t most) {
  std::int64_t first = session.one<std::int64_t>(kNumber, place).value_or(1);
  if (first + count - 1 > most) first = 1;  // the first slips are long gone
  session.run(kCount, place, first + count);
  return first;
}

void insert(Session& session, const SheetRow& s) {
  session.run(kInsertSheet, s.id, s.place, s.day, s.first, s.slips, s.made, s.made_by);
}

std::optional<SheetRow> sheet(Session& session, PlaceId place, SheetId id) {
  return session.one<SheetRow>(kSheet, place, id);
}

std::optional<SheetRow> sheet_with(Session& session, PlaceId place, std::int64_t number) {
  return session.one<SheetRow>(kSheetWith, place, number);
}

std::vector<CountedSheet> sheets(Session& session, PlaceId place, std::size_t most) {
  return session.all<CountedSheet>(kSheets, place, static_cast<std::int64_t>(most));
}

std::optional<SlipRow> slip(Session& session, PlaceId place, std::int64_t number) {
  return session.one<SlipRow>(kSlip, place, number);
}

void insert(Session& session, const SlipRow& s) {
  session.run(kInsertSlip, s.place, s.number, s.entry, s.content, s.recorded, s.recorded_by);
}

void remove_slip(Session& session, PlaceId place, std::int64_t number) {
  session.run(kRemoveSlip, place, number);
}

std::int64_t remove_cards(Session& session, Instant ended_before, Date last_day_before) {
  return session.run(kRemoveCards, ended_before, last_day_before.days);
}

std::int64_t remove_sheets(Session& session, Instant made_before) {
  return session.run(kRemoveSheets, made_before);
}

std::int64_t remove_slips(Session& session, Instant recorded_before) {
  return session.run(kRemoveSlips, recorded_before);
}

void insert(Session& session, const Proof& p) {
  session.run(kInsertProof, p.id, p.at, p.rule, p.before, p.cards, p.sheets, p.slips);
}

std::vector<Proof> proofs(Session& session) {
  return session.all<Proof>(kProofs);
}

}  // namespace luytre::cards::storage

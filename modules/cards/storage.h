// SQL of cards.

#pragma once

#include <optional>
#include <span>
#include <vector>

#include "modules/cards/cards.h"
#include "modules/cards/slips.h"
#include "platform/store/session.h"

namespace luytre::cards::storage {

struct CardRow {
  CardId id;
  std::int64_t serial = 0;
  PersonId person;
  bool named = false;
  Instant made;
  AccountId made_by;
  std::int64_t last_day = 0;
  std::optional<Instant> ended;
  std::optional<AccountId> ended_by;
};
BOOST_DESCRIBE_STRUCT(CardRow, (), (id, serial, person, named, made, made_by, last_day, ended, ended_by))

void insert(store::Session& session, const CardRow& card);
std::optional<CardRow> valid(store::Session& session, PersonId person);  // not ended; may have expired
std::optional<CardRow> card(store::Session& session, CardId id);
std::optional<CardRow> by_serial(store::Session& session, std::int64_t serial);
std::vector<CardRow> of_person(store::Session& session, PersonId person);  // newest first
void set_named(store::Session& session, CardId id, bool named);
bool end(store::Session& session, CardId id, Instant now, AccountId by);

struct SheetRow {
  SheetId id;
  PlaceId place;
  std::int64_t day = 0;
  std::int64_t first = 0;
  std::int64_t slips = 0;
  Instant made;
  AccountId made_by;
};
BOOST_DESCRIBE_STRUCT(SheetRow, (), (id, place, day, first, slips, made, made_by))

struct CountedSheet {
  SheetId id;
  std::int64_t day = 0;
  std::int64_t first = 0;
  std::int64_t slips = 0;
  std::int64_t keyed = 0;
};
BOOST_DESCRIBE_STRUCT(CountedSheet, (), (id, day, first, slips, keyed))

std::int64_t take_numbers(store::Session& session, PlaceId place, std::int64_t count, std::int64_t most);  // the first
void insert(store::Session& session, const SheetRow& sheet);
std::optional<SheetRow> sheet(store::Session& session, PlaceId place, SheetId id);
std::optional<SheetRow> sheet_with(store::Session& session, PlaceId place, std::int64_t number);
std::vector<CountedSheet> sheets(store::Session& session, PlaceId place, std::size_t most);  // newest first

struct SlipRow {
  PlaceId place;
  std::int64_t number = 0;
  gates::EntryId entry;
  store::Bytes content;
  Instant recorded;
  AccountId recorded_by;
};
BOOST_DESCRIBE_STRUCT(SlipRow, (), (place, number, entry, content, recorded, recorded_by))

std::optional<SlipRow> slip(store::Session& session, PlaceId place, std::int64_t number);
void insert(store::Session& session, const SlipRow& slip);
void remove_slip(store::Session& session, PlaceId place, std::int64_t number);

struct Proof {
  std::int64_t id = 0;
  Instant at;
  std::string rule;
  Instant before;
  std::int64_t cards = 0;
  std::int64_t sheets = 0;
  std::int64_t slips = 0;
};
BOOST_DESCRIBE_STRUCT(Proof, (), (id, at, rule, before, cards, sheets, slips))

std::int64_t remove_cards(store::Session& session, Instant ended_before, Date last_day_before);
std::int64_t remove_sheets(store::Session& session, Instant made_before);
std::int64_t remove_slips(store::Session& session, Instant recorded_before);
void insert(store::Session& session, const Proof& proof);
std::vector<Proof> proofs(store::Session& session);

}  // namespace luytre::cards::storage

// SQL of gates.

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "modules/gates/gates.h"
#include "platform/store/session.h"

namespace luytre::gates::storage {

struct GuardRow {
  GuardId id;
  PlaceId place;
  store::Bytes phone;
  store::Bytes phone_index;
  std::string name;
  AccountId named_by;
  Instant since;
};
BOOST_DESCRIBE_STRUCT(GuardRow, (), (id, place, phone, phone_index, name, named_by, since))

// Of those who are not removed.
void insert(store::Session& session, const GuardRow& guard);
std::vector<GuardRow> of_place(store::Session& session, PlaceId place);
std::vector<GuardRow> of_phone(store::Session& session, const store::Bytes& phone_index);
bool remove(store::Session& session, PlaceId place, GuardId guard, Instant now);
bool forget_shifts(store::Session& session, PlaceId place, GuardId guard, Instant now);

struct ShiftRow {
  std::int64_t id = 0;
  store::Bytes token_hash;
  store::Bytes phone_index;
  Instant began;
  Instant ends;
  std::optional<PlaceId> place;  // begun with the keeper's code: opens this place alone
};
BOOST_DESCRIBE_STRUCT(ShiftRow, (), (id, token_hash, phone_index, began, ends, place))

void insert(store::Session& session, const ShiftRow& shift);
std::optional<ShiftRow> shift(store::Session& session, const store::Bytes& token_hash);
void end(store::Session& session, std::int64_t shift, Instant now);

struct DutyRow {
  std::int64_t shift = 0;
  Instant began;
  Instant ends;
  GuardId guard;
  std::string name;
};
BOOST_DESCRIBE_STRUCT(DutyRow, (), (shift, began, ends, guard, name))

std::vector<DutyRow> on_duty(store::Session& session, PlaceId place, Instant now);

struct EntryRow {
  EntryId id;
  PlaceId place;
  std::optional<ZoneId> zone;
  GuardId guard;
  Instant entered;
  Instant until;
  How how = How::kGroup;
  std::optional<VisitId> visit;
  std::int64_t heads = 0;
  std::optional<store::Bytes> claim;
  Instant recorded;
  std::optional<PersonId> person;  // whose card
  std::optional<Instant> asked;
  std::optional<store::Bytes> mark;  // Impl::mark
  std::optional<Instant> departed;   // `until`, once a guard has seen it
  std::optional<Instant> declared;   // of an ambulance
};
BOOST_DESCRIBE_STRUCT(EntryRow, (),
                      (id, place, zone, guard, entered, until, how, visit, heads, claim, recorded, person, asked, mark,
                       departed, declared))

void insert(store::Session& session, const EntryRow& entry);
std::int64_t heads(store::Session& session, PlaceId place, Instant now);  // who are in no visit
std::vector<EntryRow> unverified(store::Session& session, PlaceId place, Interval when, EntryId before,
                                 std::size_t most);
std::optional<EntryRow> entry(store::Session& session, PlaceId place, EntryId id);
std::optional<EntryRow> card(store::Session& session, EntryId id);  // wherever it was shown
std::vector<EntryRow> by_card(store::Session& session, PersonId person, Interval when, std::size_t most);
// Whoever was asked is in a visit from now on, and no head.
void mark_asked(store::Session& session, PlaceId place, EntryId id, Instant now);
void remove(store::Session& session, PlaceId place, EntryId id);

struct RefusalRow {
  EntryId id;
  PlaceId place;
  std::optional<ZoneId> zone;
  GuardId guard;
  Instant refused;
  Reason reason = Reason::kOther;
  std::optional<store::Bytes> note;
  Instant recorded;
};
BOOST_DESCRIBE_STRUCT(RefusalRow, (), (id, place, zone, guard, refused, reason, note, recorded))

void insert(store::Session& session, const RefusalRow& refusal);
struct NamedRefusal {
  EntryId id;
  std::optional<ZoneId> zone;
  Instant refused;
  Reason reason = Reason::kOther;
  std::optional<store::Bytes> note;
  std::string guard;
};
BOOST_DESCRIBE_STRUCT(NamedRefusal, (), (id, zone, refused, reason, note, guard))
std::vector<NamedRefusal> refusals(store::Session& session, PlaceId place, EntryId before, std::size_t most);

struct DeclarationRow {
  EntryId id;
  PlaceId place;
  GuardId guard;
  Instant declared;
  Known known = Known::kTyped;
  Hand hand = Hand::kKiosk;
  std::string form, form_version;
  std::optional<declarations::DeclarationId> declaration;
  std::optional<declarations::Colour> colour;
  std::optional<store::Bytes> content;  // sealed answers
  std::optional<store::Bytes> claim;
  std::optional<PersonId> person;  // whose card
  Instant recorded;
};
BOOST_DESCRIBE_STRUCT(DeclarationRow, (),
                      (id, place, guard, declared, known, hand, form, form_version, declaration, colour, content, claim,
                       person, recorded))

void insert(store::Session& session, const DeclarationRow& row);
// Of whom we do not know.
std::vector<DeclarationRow> declared(store::Session& session, PlaceId place, Interval when, EntryId before,
                                     std::size_t most);

struct Proof {
  std::int64_t id = 0;
  Instant at;
  std::string rule;
  Instant before;
  std::int64_t entries = 0;
  std::int64_t refusals = 0;
  std::int64_t shifts = 0;
  std::int64_t guards = 0;
  std::int64_t departures = 0;
  std::int64_t declarations = 0;
};
BOOST_DESCRIBE_STRUCT(Proof, (), (id, at, rule, before, entries, refusals, shifts, guards, departures, declarations))

// Deletes at most `most` of each; says how many.
Proof remove_older(store::Session& session, Instant before, std::size_t most);
void insert(store::Session& session, const Proof& proof);
std::vector<Proof> proofs(store::Session& session);

}  // namespace luytre::gates::storage

// SQL of the declarations room.

#pragma once

#include <optional>
#include <span>
#include <vector>

#include "modules/declarations/declarations.h"
#include "platform/store/session.h"

namespace luytre::declarations::storage {

struct DeclarationRow {
  PersonId person;
  DeclarationId id;
  UnitId unit;                  // of residence
  std::optional<UnitId> there;  // where it was asked for, or where the journey leads
  std::string form;
  std::string form_version;
  Colour colour = Colour::kGreen;
  std::string rule_set;
  store::Bytes inputs;  // keyed hash of the answers that decided
  Instant at;
  Instant recorded;
  Instant valid_until;
  AccountId declared_by;
  store::Bytes content;          // sealed Content
  std::optional<PlaceId> place;  // where it was asked for; of red and yellow ones
  std::optional<DeclarationId> corrects, replaced_by;
  std::optional<DeclaredAs> declared_as;
  std::optional<store::Bytes> declarer;  // sealed name, where it is not the household's
  std::optional<Channel> channel;
};
BOOST_DESCRIBE_STRUCT(DeclarationRow, (),
                      (person, id, unit, there, form, form_version, colour, rule_set, inputs, at, recorded, valid_until,
                       declared_by, content, place, corrects, replaced_by, declared_as, declarer, channel))

void insert(store::Session& session, std::span<const DeclarationRow> rows);
std::optional<DeclarationRow> find(store::Session& session, DeclarationId id);
std::vector<DeclarationRow> find_each(store::Session& session, std::span<const DeclarationId> ids);  // in their order
struct PersonSearch {
  PersonId person;
  std::optional<std::string> form;
  std::optional<AccountId> declared_by;
};
// Newest first, ids below `before`.
std::vector<DeclarationRow> of_person(store::Session& session, const PersonSearch& search, DeclarationId before,
                                      std::size_t most);

// Whether it could be: nothing has replaced it yet.
bool replace(store::Session& session, PersonId person, DeclarationId old, DeclarationId by);
void remove(store::Session& session, PersonId person, DeclarationId id);

struct WithdrawalRow {
  PersonId person;
  DeclarationId id;
  std::string form;
  Instant at, withdrawn;
  AccountId withdrawn_by;
};
BOOST_DESCRIBE_STRUCT(WithdrawalRow, (), (person, id, form, at, withdrawn, withdrawn_by))

void insert(store::Session& session, const WithdrawalRow& row);
std::optional<WithdrawalRow> withdrawal(store::Session& session, DeclarationId id);
std::vector<WithdrawalRow> withdrawals(store::Session& session, PersonId person, std::size_t most);  // newest first
std::int64_t forget_withdrawals(store::Session& session, Instant before);

// When a form was sent: as the device says, and when it arrived.
struct Sent {
  Instant at, recorded;
};
BOOST_DESCRIBE_STRUCT(Sent, (), (at, recorded))

std::optional<Instant> last_at(store::Session& session, PersonId person, const std::string& form);
// By `at`, those declared from then on.
std::vector<Sent> sent(store::Session& session, PersonId person, const std::string& form, Instant from);
// When each of them made declarations by the form, within the interval; in their order.
std::vector<std::vector<Instant>> made(store::Session& session, std::string_view form,
                                       std::span<const PersonId> persons, Interval when);
struct FlaggedSearch {
  std::optional<Colour> colour;  // absent: red and yellow
  std::optional<std::vector<PersonId>> persons;
  std::optional<PlaceId> place;
  Instant from, to;     // when it was declared; half-open
  DeclarationId after;  // in the list: ids below, or above
  bool oldest_first = false;
};
// In these units, or, when there are none given, everywhere (lists.cpp).
std::vector<DeclarationRow> flagged(store::Session& session, std::span<const UnitId> units, const FlaggedSearch& search,
                                    std::size_t most);
std::optional<Instant> newest_valid_until(store::Session& session, PersonId person);
struct NewestColour {
  Colour colour = Colour::kGreen;
  Instant valid_until;
};
BOOST_DESCRIBE_STRUCT(NewestColour, (), (colour, valid_until))
std::optional<NewestColour> newest_colour(store::Session& session, PersonId person);

// Deletes at most `most` of those that arrived before; writes the proof. Answers how many.
std::int64_t retain(store::Session& session, IdMaker& ids, Instant now, Instant arrived_before, std::size_t most);

}  // namespace luytre::declarations::storage

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
};
BOOST_DESCRIBE_STRUCT(DeclarationRow, (),
                      (person, id, unit, there, form, form_version, colour, rule_set, inputs, at, recorded, valid_until,
                       declared_by, content, place))

void insert(store::Session& session, std::span<const DeclarationRow> rows);
std::optional<DeclarationRow> find(store::Session& session, DeclarationId id);
// Newest first, ids below `before`; of one form, or of any.
std::vector<DeclarationRow> of_person(store::Session& session, PersonId person, const std::optional<std::string>& form,
                                      DeclarationId before, std::size_t most);

// When a form was sent: as the device says, and when it arrived.
struct Sent {
  Instant at, recorded;
};
BOOST_DESCRIBE_STRUCT(Sent, (), (at, recorded))

std::optional<Instant> last_at(store::Session& session, PersonId person, const std::string& form);
// By `at`, those declared from then on.
std::vector<Sent> sent(store::Session& session, PersonId person, const std::string& form, Instant from);
struct FlaggedSearch {
  std::optional<Colour> colour;  // absent: red and yellow
  std::optional<std::vector<PersonId>> persons;
  std::optional<PlaceId> place;
  Instant from, to;      // when it was declared; half-open
  DeclarationId before;  // ids below
};
// In these units, or, when there are none given, everywhere. Newest first.
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

// Who sits in a vehicle, as far as what was scanned, tapped and typed tells. Not thread-safe; plain values.

#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "modules/checkpoints/impl.h"

namespace luytre::checkpoints {

struct Told {
  How how = How::kUnread;
  std::optional<PersonId> person;
  std::int64_t people = 1;
  std::optional<gates::StoredClaim> claim;
  Decision decision = Decision::kPass;
};

struct Sitting {
  std::vector<Told> people;
  std::int64_t heads = 0, verified = 0;

  // A person counts once, and by the best proof: the own code, then a journey, then a card.
  void add(Told one);
  void leave_out(PersonId person);  // who is counted elsewhere
};

How how_of(gates::How how);

std::optional<Error> wrong_occupants(const std::vector<Occupant>& occupants, std::int64_t unnamed);

// Whose printed cards were shown, by what was read. Asked before the transaction that writes; a card that is forged,
// lost or over has no holder here.
using Holders = std::map<std::string, PersonId>;
Task<Holders> holders_of(const Checkpoints::Impl& impl, std::vector<Occupant> occupants, Instant at);

// A code that says nothing is a person all the same.
Sitting sitting_of(const Checkpoints::Impl& impl, const std::vector<Occupant>& occupants, const Holders& holders,
                   std::int64_t unnamed, Decision decision, Instant at);

std::vector<storage::OccupantRow> rows_of(const Checkpoints::Impl& impl, const Sitting& sitting, PassageId passage,
                                          Instant passed, std::int64_t number);

}  // namespace luytre::checkpoints

// Who may be the same person as somebody: found by indexes, compared by engines/linkage. Private to this module.
//
// Looked at are those who share a paper or phone number (blind indexes), or of a number that nobody else has those
// whose number is a typing error apart (near_numbers.h), who were born on the same day, with day and month swapped or
// one off, and who share an uncommon word of the name within a year of the birth year or whose birth nobody knows; for
// whom no birth is told, those who bear the name. How far apart births may be follows from what is sought: the less its
// name says, the nearer. Names and birth dates are read first; what is sealed only of those for whom it can still
// matter.

#pragma once

#include <set>
#include <span>
#include <vector>

#include "modules/people/duplicates.h"
#include "modules/people/storage.h"

namespace luytre::people {

struct Candidates {
  const store::Database& db;
  const People& people;
  const geography::Geography& geography;
  const identity::Accounts& accounts;
  const Vault& vault;

  // With the papers and phones of all records that count as this one.
  linkage::Record record_of(store::Session& session, const storage::PersonRow& row) const;
  linkage::Record record_of(const PersonDraft& draft) const;

  struct Found {
    storage::PersonRow row;
    linkage::RecordLikeness likeness;
  };
  struct List {
    std::vector<Found> found;  // highest first, at most kCandidatesMost; none that counts as another
    bool complete = true;
  };
  // Of lists of many lines numbers are exact: a line would cost two hundred looks more.
  enum class Numbers { kExact, kNear };
  List like(store::Session& session, const linkage::Record& sought, const std::set<PersonId>& leave_out,
            std::span<const UnitId> areas, Numbers numbers = Numbers::kNear) const;
};

}  // namespace luytre::people

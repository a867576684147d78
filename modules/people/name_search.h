// People by name, the nearest first. Private to this module.
//
// With a birth year the people of that year are read who bear the rarest word, and for a slip in it those who bear the
// next; without one the names themselves are read, by two words at a time, and then who bears them: a million people
// have some hundred thousand names. What is read is bounded; where that or the number asked for left out somebody who
// bears every word, or somebody nearer than the last that is shown, the answer is not complete. Names with a slip are
// looked for only where those without are not enough, and only among the first kNamesMost that share the other words
// (kOfYearMost people of a year); where nobody bears the name as asked and not all of those were looked at, the answer
// of any age is not complete either.

#pragma once

#include <vector>

#include "modules/people/areas.h"
#include "modules/people/name_fit.h"
#include "modules/people/storage.h"

namespace luytre::people {

inline constexpr std::size_t kNamesMost = 4000;     // names looked at under one term
inline constexpr std::size_t kOfYearMost = 8000;    // people of one year who bear a word
inline constexpr std::size_t kBearersMost = 20000;  // people whose home is looked at
inline constexpr std::size_t kBornMost = 2000;      // on one day

struct Hits {
  std::vector<storage::PersonRow> rows;
  bool complete = true;
};

// By slips, points, name, unit, birth year and id.
Hits by_name(store::Session& session, const Search& search, const Areas& areas, std::size_t most, bool tolerant);
// By name, unit and id.
Hits by_birth(store::Session& session, Date born, const Areas& areas, std::size_t most);

// Whether the name has every word that was asked for, if one was.
bool named_as(const storage::PersonRow& row, const Search& search);
// Whether the record was born as asked; whose day is not known may have been born on it.
bool born_as(const storage::PersonRow& row, const Search& search);

}  // namespace luytre::people

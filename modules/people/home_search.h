// People by where they live. Private to this module.
//
// Addresses are sealed and stay it: their words are kept under no index, since equal blind words would tell whoever has
// the database alone who lives with whom. So the addresses of the area are opened, one after the other, and compared by
// the judgement of names (name_fit.h), which takes some 3 µs each: a commune, not a province. What is opened is
// bounded.

#pragma once

#include <vector>

#include "modules/people/areas.h"
#include "modules/people/impl.h"

namespace luytre::people {

inline constexpr std::size_t kHomesMost = 60000;     // twice the people of a large commune
inline constexpr std::size_t kNamesakesMost = 1000;  // of whom the address is looked at where a name is given, too

// Whether nothing else that is told leads to somebody: one word of a name does not.
bool by_home_alone(const Search& search);

// Whether the address has all words that were asked for, or all but one that is mistyped; numbers have to be right.
bool lives_at(const People::Impl& impl, const storage::PersonRow& row, const Search& search);

struct Homes {
  std::vector<PersonId> people;  // at most kNamesakesMost; those without a slip first, housemates side by side
  bool complete = true;          // false: somebody may be left out; of no units, that is everywhere, nobody is found
};
Homes at_home(store::Session& session, const People::Impl& impl, const Search& search, const Areas& areas);

}  // namespace luytre::people

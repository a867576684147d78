// By what a name is found: the words of a person, by birth year (people_word), and the names that are borne at all,
// each once, under their words and pairs of words (people_name_term). Private to this module.

#pragma once

#include <string>
#include <vector>

#include "modules/people/storage.h"

namespace luytre::people {

// The name is kept in its terms of so many words; who asks by two words beyond them does not find it.
inline constexpr std::size_t kTermWordsMost = 12;

// The term under which fewest names stand that have all these words: two of them, or the only one.
std::string best_term(const std::vector<std::string>& words);

// After the row has been written.
void add_name(store::Session& session, const storage::PersonRow& row);
// After the row has been written anew.
void change_name(store::Session& session, const storage::PersonRow& row, const std::string& name_before);
// After the row has gone; its own words go with it (storage::remove).
void drop_name(store::Session& session, const std::string& name);

}  // namespace luytre::people

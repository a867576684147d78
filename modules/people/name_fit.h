// Whether a name is the one that was asked for, and how well: the one judgement of every search by name. Pure.
//
// A name fits when it has all words that were asked for, folded; or all but one, and a word beside them that is a
// typing error apart (engines/linkage/syllable.h); or all that the keys of an input method would have written
// ("Nguyeenx Vawn Hungf"). The first has no slip, the others one. Of those with as many slips, engines/linkage/names.h
// says which is nearer: diacritics, order and what was left out count there.

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engines/linkage/names.h"

namespace luytre::people {

struct AskedName {
  std::vector<std::string> words;  // words_of (platform/base/words.h)
  std::vector<std::string> meant;  // by the keys; empty: there are none in it
  linkage::Name name;
  bool home = false;  // an address: numbers are no typing errors, and no keys
};
AskedName read_asked(std::string_view name);
// Of an address only the slips are asked.
AskedName read_asked_home(std::string_view address);

struct NameFit {
  int slips = 0;
  linkage::Tenths points = 0;
  friend bool operator==(const NameFit&, const NameFit&) = default;
};
// Without `tolerant`, names with a slip do not fit.
std::optional<NameFit> fit(const AskedName& asked, std::string_view name, bool tolerant);
// Only the slips; the points are the dear part.
std::optional<int> slips(const AskedName& asked, std::string_view name, bool tolerant);

// The least common first, by what is known of Vietnamese names (engines/linkage/weights.h).
std::vector<std::string> rarest_first(std::vector<std::string> words);

}  // namespace luytre::people

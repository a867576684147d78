// Words: whether somebody's own words name a place where a decision in force says that there is an outbreak. Pure, and
// thread-safe once made.
//
// Names are leads and no more: communes are called like people ("Thanh Bình"), like each other, and like plain words
// ("bình minh" is dawn). So it is rather not seen than seen wrongly. Diacritics are identity: what is written with them
// must agree with the name ("hai làng", two villages, is not Hải Lăng); folded words are compared where the whole text
// has none. Whole words only, and of an outbreak's own name one of
//
//   - the administrative word stands before it: "phường Đông Hà", "TP. Huế";
//   - two words or more with capitals that are no part of a longer name nor stand behind "anh", "chị", "đường": not
//     "Nguyễn Đông Hà", not "chị Thanh Bình", not "đường Hồ Chí Minh";
//   - two words or more of a province behind a word of going or being there: "mới về từ đà nẵng";
//   - in answer to where they come from, two words or more, or one that stands alone between commas.
//
// Provinces are also known by the names of those that were merged into them. The units directly in the outbreak are
// known by their full names alone ("phường Hải Châu"). A commune that shares its name with another counts only where
// its province is named behind it.
//
// Known to be seen wrongly: a person of two capital words behind another word ("gặp Thanh Bình"); what somebody says of
// others ("em gái gọi từ Đà Nẵng"). Whoever reads the quoted words sees it. Not seen: everyday names ("Sài Gòn").

#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "engines/linkage/syllable.h"
#include "platform/geography/geography.h"

namespace luytre::consistency {

inline constexpr std::size_t kWordsMost = 600;   // of a text; what is beyond is not looked at
inline constexpr std::size_t kMentionsMost = 5;  // of one text
inline constexpr std::size_t kLookUpsMost = 8;   // in the gazetteer, for one text; names beyond count as shared
inline constexpr std::size_t kQuotedWords = 8;   // before and behind

struct Mention {
  UnitId unit;        // of the outbreak
  std::string quote;  // as it was written
};

class OutbreakNames {
 public:
  // `units`: of decisions. The geography must outlive it.
  OutbreakNames(std::vector<UnitId> units, const geography::Geography& geography);

  const std::vector<UnitId>& units() const { return units_; }
  // Each unit once, in the order of the text. `where`: the question asks for a place. `at` is when it was said.
  std::vector<Mention> in(std::string_view text, bool where, Date at) const;

 private:
  struct Name {
    UnitId unit;   // of the outbreak
    UnitId named;  // itself, one that was merged into it, or one in it
    std::string shown;
    std::vector<linkage::Syllable> words;
    bool province = false;
    bool inside = false;
    std::vector<linkage::Syllable> province_words;  // that it lies in; of communes
  };
  struct Said;

  void add(UnitId unit, const geography::Unit& named, bool inside);
  bool means(Said& said, std::size_t at, const Name& name, bool where, Date day) const;
  bool shared(Said& said, const Name& name, Date day) const;

  std::vector<UnitId> units_;
  const geography::Geography& geography_;
  std::unordered_map<std::string, std::vector<Name>> by_first_;  // folded first word
};

}  // namespace luytre::consistency

#include "modules/consistency/words.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <initializer_list>

#include "platform/base/text.h"

namespace luytre::consistency {
namespace {

using linkage::Syllable;
using Syllables = std::vector<Syllable>;

enum class Gap { kSpace, kDash, kDot, kBreak };  // before a word

struct Word {
  Syllable sound;
  std::size_t from = 0, to = 0;  // bytes
  bool capital = false;
  Gap gap = Gap::kBreak;
};

constexpr std::initializer_list<const char*> kAdministrative{
    "tỉnh",  "tp",      "thành phố", "xã", "phường", "thị xã", "thị trấn", "quận",
    "huyện", "đặc khu", "tx",        "tt", "p",      "q",      "h",        "x"};
constexpr std::initializer_list<const char*> kGoing{"đi",   "đến", "tới", "về",  "ở",   "tại",   "qua", "ghé",
                                                    "thăm", "từ",  "ra",  "vào", "lên", "xuống", "sang"};
// Behind these a name is somebody's, or a street's.
constexpr std::initializer_list<const char*> kOthers{"anh",  "chị", "em",  "cô",  "chú",   "bác", "ông",   "bà",
                                                     "cháu", "con", "bạn", "cậu", "dì",    "mợ",  "thầy",  "tên",
                                                     "bé",   "mẹ",  "bố",  "vợ",  "chồng", "cụ",  "đường", "phố"};

std::vector<Syllables> readings(std::initializer_list<const char*> words) {
  std::vector<Syllables> out;
  for (const char* word : words) out.push_back(linkage::read_syllables(word));
  return out;
}

const std::vector<Syllables>& administrative() {
  static const auto words = readings(kAdministrative);
  return words;
}
const std::vector<Syllables>& going() {
  static const auto words = readings(kGoing);
  return words;
}
const std::vector<Syllables>& others() {
  static const auto words = readings(kOthers);
  return words;
}

bool is_letter(UChar32 point) {
  return point >= 0 && (u_isalnum(point) != 0 || u_charType(point) == U_NON_SPACING_MARK);
}

// What stands between two words.
Gap gap_of(std::string_view between) {
  Gap out = Gap::kSpace;
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(between.data());
  const auto length = static_cast<std::int32_t>(between.size());
  for (std::int32_t at = 0; at < length;) {
    UChar32 point = 0;
    U8_NEXT(bytes, at, length, point);
    if (point != '\n' && u_isUWhiteSpace(point) != 0) continue;
    const Gap one = point == '.' ? Gap::kDot : u_charType(point) == U_DASH_PUNCTUATION ? Gap::kDash : Gap::kBreak;
    if (out != Gap::kSpace) return Gap::kBreak;
    out = one;
  }
  return out;
}

std::vector<Word> read_words(std::string_view text, bool& small) {
  std::vector<Word> out;
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  const auto length = static_cast<std::int32_t>(text.size());
  std::size_t end = 0;  // of the last word
  for (std::int32_t at = 0; at < length && out.size() < kWordsMost;) {
    const auto from = static_cast<std::size_t>(at);
    UChar32 point = 0;
    U8_NEXT(bytes, at, length, point);
    if (!is_letter(point)) continue;
    Word word;
    word.capital = u_isupper(point) != 0;
    small = small || u_islower(point) != 0;
    std::int32_t after = at;
    for (; at < length; at = after) {
      U8_NEXT(bytes, after, length, point);
      if (!is_letter(point)) break;
      small = small || u_islower(point) != 0;
    }
    word.from = from;
    word.to = static_cast<std::size_t>(at);
    word.gap = out.empty() ? Gap::kBreak : gap_of(text.substr(end, from - end));
    end = word.to;
    const auto sounds = linkage::read_syllables(text.substr(from, word.to - from));
    if (sounds.size() == 1) word.sound = sounds.front();
    out.push_back(std::move(word));
  }
  return out;
}

}  // namespace

struct OutbreakNames::Said {
  std::vector<Word> words;
  bool unmarked = true;                               // without any diacritics
  std::unordered_map<const Name*, bool> looked_up{};  // whether it is shared

  explicit Said(std::string_view text) {
    bool small = false;
    words = read_words(text, small);
    for (Word& word : words) {
      unmarked = unmarked && !word.sound.marked();
      word.capital = word.capital && small;  // where all are capitals they say nothing
    }
  }
  bool same(const Syllable& word, const Syllable& name) const {
    return word == name || (unmarked && !word.plain.empty() && word.plain == name.plain);
  }
  bool stands(std::size_t at, const Syllables& name) const {
    if (at + name.size() > words.size()) return false;
    for (std::size_t i = 0; i < name.size(); ++i) {
      const Word& word = words[at + i];
      if (i > 0 && word.gap != Gap::kSpace && word.gap != Gap::kDash) return false;
      if (!same(word.sound, name[i])) return false;
    }
    return true;
  }
  // Whether one of these stands directly before.
  bool behind(std::size_t at, const std::vector<Syllables>& any, bool dotted = false) const {
    if (at == 0 || (words[at].gap != Gap::kSpace && !(dotted && words[at].gap == Gap::kDot))) return false;
    return std::any_of(any.begin(), any.end(),
                       [&](const Syllables& one) { return one.size() <= at && stands(at - one.size(), one); });
  }
  bool alone(std::size_t at, std::size_t count) const {
    const std::size_t next = at + count;
    return (at == 0 || words[at].gap != Gap::kSpace) && (next == words.size() || words[next].gap != Gap::kSpace);
  }
  // Capitals that are no part of a longer name, nor somebody's.
  bool proper(std::size_t at, std::size_t count) const {
    const auto capital = [](const Word& word) { return word.capital; };
    const auto first = words.begin() + static_cast<std::ptrdiff_t>(at),
               last = first + static_cast<std::ptrdiff_t>(count);
    if (!std::all_of(first, last, capital)) return false;
    if (last != words.end() && last->gap == Gap::kSpace && last->capital) return false;
    if (at == 0 || first->gap != Gap::kSpace || behind(at, going())) return true;
    return !words[at - 1].capital && !behind(at, others());
  }
  std::string quote(std::string_view text, std::size_t at, std::size_t count) const {
    const std::size_t first = at < kQuotedWords ? 0 : at - kQuotedWords;
    const std::size_t last = std::min(at + count + kQuotedWords, words.size()) - 1;
    std::string out = first > 0 ? "… " : "";
    out += text.substr(words[first].from, words[last].to - words[first].from);
    return last + 1 < words.size() ? out + " …" : out;
  }
};

OutbreakNames::OutbreakNames(std::vector<UnitId> units, const geography::Geography& geography)
    : units_(std::move(units)), geography_(geography) {
  for (const UnitId id : units_) {
    const auto* unit = geography.find(id);
    if (!unit) continue;
    add(id, *unit, false);
    for (const auto& before : geography.predecessors(id)) {
      const auto* merged = geography.find(before.from);
      if (merged && merged->level == geography::Level::kProvince && merged->name != unit->name) add(id, *merged, false);
    }
    const Date when = unit->valid_to ? Date{unit->valid_to->days - 1} : unit->valid_from;
    for (const auto* part : geography.children(id, when)) add(id, *part, true);
  }
}

void OutbreakNames::add(UnitId unit, const geography::Unit& named, bool inside) {
  Name name{unit,   named.id, inside ? named.full_name : named.name, {}, named.level == geography::Level::kProvince,
            inside, {}};
  name.words = linkage::read_syllables(name.shown);
  if (name.words.empty()) return;
  for (const auto* above : geography_.ancestors(named.id))
    if (above->level == geography::Level::kProvince) name.province_words = linkage::read_syllables(above->name);
  const std::string first = name.words.front().plain;
  by_first_[first].push_back(std::move(name));
}

// With another unit, of which the text may speak.
bool OutbreakNames::shared(Said& said, const Name& name, Date day) const {
  constexpr std::size_t kLookAlikes = 5;
  const auto known = said.looked_up.find(&name);
  if (known != said.looked_up.end()) return known->second;
  if (said.looked_up.size() >= kLookUpsMost) return true;
  const auto found = geography_.search(name.shown, day, kLookAlikes);
  const bool out = std::any_of(found.begin(), found.end(), [&](const geography::Unit* other) {
    if (other->id == name.named || geography_.covers(name.named, other->id)) return false;
    const auto words = linkage::read_syllables(name.inside ? other->full_name : other->name);
    return std::equal(words.begin(), words.end(), name.words.begin(), name.words.end(),
                      [&](const Syllable& one, const Syllable& two) { return said.same(one, two); });
  });
  return said.looked_up[&name] = out;
}

bool OutbreakNames::means(Said& said, std::size_t at, const Name& name, bool where, Date day) const {
  const std::size_t count = name.words.size();
  const bool several = count > 1;
  const bool seen = name.inside || said.behind(at, administrative(), true) || (several && said.proper(at, count)) ||
                    (several && name.province && said.behind(at, going())) ||
                    (where && (several ? !said.behind(at, others()) : said.alone(at, count)));
  if (!seen || name.province) return seen;
  for (std::size_t next = at + count; next < said.words.size(); ++next)
    if (!name.province_words.empty() && said.stands(next, name.province_words)) return true;
  return !shared(said, name, day);
}

std::vector<Mention> OutbreakNames::in(std::string_view text, bool where, Date at) const {
  std::vector<Mention> out;
  Said said(text);
  for (std::size_t i = 0; i < said.words.size() && out.size() < kMentionsMost; ++i) {
    const auto names = by_first_.find(said.words[i].sound.plain);
    if (names == by_first_.end()) continue;
    for (const Name& name : names->second) {
      const auto told = [&](const Mention& one) { return one.unit == name.unit; };
      if (!said.stands(i, name.words) || std::any_of(out.begin(), out.end(), told)) continue;
      if (means(said, i, name, where, at)) out.push_back({name.unit, said.quote(text, i, name.words.size())});
    }
  }
  return out;
}

}  // namespace luytre::consistency

#include "modules/people/name_fit.h"

#include <algorithm>

#include "platform/base/words.h"

namespace luytre::people {
namespace {

using Words = std::vector<std::string>;

bool contain(const Words& words, const std::string& word) {
  return std::binary_search(words.begin(), words.end(), word);
}

linkage::Syllable plain(const std::string& word) {
  linkage::Syllable out;
  for (const char c : word) out.letters += static_cast<unsigned char>(c);
  out.plain = word;
  return out;
}

bool mistyped(const std::string& one, const std::string& other) {
  if (std::max(one.size(), other.size()) - std::min(one.size(), other.size()) > 1) return false;
  return linkage::match(plain(one), plain(other), true) == linkage::SyllableMatch::kTyping;
}

bool has_digit(const std::string& word) {
  return std::any_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// All words but one are there, and a word that was not asked for may be that one.
bool but_for_one(const Words& asked, const Words& own, bool home) {
  if (asked.size() < 2) return false;
  const std::string* missing = nullptr;
  for (const std::string& word : asked) {
    if (contain(own, word)) continue;
    if (missing || (home && has_digit(word))) return false;
    missing = &word;
  }
  return missing && std::any_of(own.begin(), own.end(), [&](const std::string& word) {
           return !contain(asked, word) && mistyped(*missing, word);
         });
}

double share(const std::string& word) {
  const auto of = [&](const auto& known) {
    const auto found = std::find_if(known.begin(), known.end(), [&](const auto& one) { return one.plain == word; });
    return found == known.end() ? 0 : found->of_people;
  };
  return std::max(of(linkage::kFamilyNames), of(linkage::kMiddleNames));
}

// By the keys of an input method; none: there are none in it.
Words meant_by(const Words& words, bool home) {
  Words meant;
  for (const std::string& word : words) {
    const auto keys = home && has_digit(word) ? std::nullopt : linkage::read_keys(word);
    meant.push_back(keys ? keys->plain : word);
  }
  std::sort(meant.begin(), meant.end());
  meant.erase(std::unique(meant.begin(), meant.end()), meant.end());
  return meant == words ? Words() : meant;
}

}  // namespace

AskedName read_asked(std::string_view name) {
  AskedName out;
  out.words = words_of(name);
  out.meant = meant_by(out.words, false);
  out.name = linkage::read_name(name);
  return out;
}

AskedName read_asked_home(std::string_view address) {
  AskedName out;
  out.words = words_of(address);
  out.meant = meant_by(out.words, true);
  out.home = true;
  return out;
}

std::optional<int> slips(const AskedName& asked, std::string_view name, bool tolerant) {
  const Words own = words_of(name);
  if (std::includes(own.begin(), own.end(), asked.words.begin(), asked.words.end())) return 0;
  if (!tolerant) return std::nullopt;
  const bool by_keys =
      !asked.meant.empty() && std::includes(own.begin(), own.end(), asked.meant.begin(), asked.meant.end());
  if (by_keys || but_for_one(asked.words, own, asked.home)) return 1;
  return std::nullopt;
}

std::optional<NameFit> fit(const AskedName& asked, std::string_view name, bool tolerant) {
  const auto found = slips(asked, name, tolerant);
  if (!found) return std::nullopt;
  return NameFit{*found, linkage::compare(asked.name, linkage::read_name(name)).points};
}

std::vector<std::string> rarest_first(std::vector<std::string> words) {
  std::sort(words.begin(), words.end(), [](const std::string& a, const std::string& b) {
    const double shares[] = {share(a), share(b)};
    if (shares[0] != shares[1]) return shares[0] < shares[1];
    return a.size() != b.size() ? a.size() > b.size() : a < b;
  });
  return words;
}

}  // namespace luytre::people

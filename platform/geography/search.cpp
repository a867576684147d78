// Search by folded words, best first: the name itself before names that begin with it before units that only lie in it.

#include <algorithm>
#include <tuple>

#include "platform/base/text.h"
#include "platform/geography/impl.h"

namespace luytre::geography {
namespace {

enum Rank { kSameAccents, kSameName, kNameBegins, kOwnWords, kPathWords, kNoMatch };

std::vector<std::string_view> words(std::string_view folded) {
  std::vector<std::string_view> out;
  while (!folded.empty()) {
    const auto space = folded.find(' ');
    if (space != 0) out.push_back(folded.substr(0, space));
    folded.remove_prefix(space == std::string_view::npos ? folded.size() : space + 1);
  }
  return out;
}

// Whether a word of `text` begins with `word`.
bool has_word(std::string_view text, std::string_view word) {
  for (auto at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1))
    if (at == 0 || text[at - 1] == ' ') return true;
  return false;
}

struct Sought {
  icu::UnicodeString typed;
  std::string folded;
  std::vector<std::string_view> words;
};

bool same_accents(const icu::Collator& accents, const std::string& name, const Sought& sought) {
  UErrorCode status = U_ZERO_ERROR;
  return accents.compare(icu::UnicodeString::fromUTF8(name), sought.typed, status) == UCOL_EQUAL && U_SUCCESS(status);
}

Rank rank(const std::vector<Node>& nodes, const icu::Collator& accents, const Node& node, const Sought& sought) {
  std::size_t own = 0;
  for (const auto word : sought.words) {
    if (has_word(node.full_key, word)) {
      ++own;
      continue;
    }
    bool above = false;
    for (Index at = node.parent; at != kNone && !above; at = nodes[at].parent)
      above = has_word(nodes[at].full_key, word);
    if (!above) return kNoMatch;
  }
  if (own == 0) return kNoMatch;
  if (own < sought.words.size()) return kPathWords;
  if (node.name_key == sought.folded || node.full_key == sought.folded) {
    return same_accents(accents, node.unit.name, sought) || same_accents(accents, node.unit.full_name, sought)
               ? kSameAccents
               : kSameName;
  }
  return node.name_key.starts_with(sought.folded) ? kNameBegins : kOwnWords;
}

}  // namespace

std::vector<const Unit*> Geography::search(std::string_view text, Date at, std::size_t most) const {
  Sought sought;
  const auto typed = tidy(text);
  if (!typed) return {};
  sought.typed = icu::UnicodeString::fromUTF8(*typed);
  sought.folded = fold(*typed);
  sought.words = words(sought.folded);
  if (sought.words.empty()) return {};

  std::vector<std::pair<Rank, const Node*>> found;
  for (const Node& node : impl_->nodes) {
    if (!node.in_force(at)) continue;
    const Rank how = rank(impl_->nodes, *impl_->accents, node, sought);
    if (how != kNoMatch) found.emplace_back(how, &node);
  }
  const auto before = [](const auto& a, const auto& b) {
    return std::tie(a.first, a.second->unit.level, a.second->order, a.second->unit.id) <
           std::tie(b.first, b.second->unit.level, b.second->order, b.second->unit.id);
  };
  const std::size_t kept = std::min(most, found.size());
  std::partial_sort(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(kept), found.end(), before);
  std::vector<const Unit*> out;
  for (std::size_t i = 0; i < kept; ++i) out.push_back(&found[i].second->unit);
  return out;
}

}  // namespace luytre::geography

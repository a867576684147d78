#include "modules/places/likeness.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <string_view>

#include "platform/base/text.h"
#include "platform/base/words.h"

namespace luytre::places {
namespace {

constexpr std::size_t kFew = 40;  // places that share a word by which pairs are found
constexpr double kSimilar = 0.4;  // of the weight of all words of both

using Words = std::vector<std::string>;             // sorted, each once
using Having = std::map<std::string, std::size_t>;  // how many places have the word

Having having(const std::vector<Words>& of_places) {
  Having out;
  for (const Words& words : of_places) {
    for (const auto& word : words) ++out[word];
  }
  return out;
}

// What the two share of the weight of all their words: 0 … 1.
double shared(const Words& one, const Words& other, const Having& having, std::size_t places) {
  double common = 0, all = 0;
  const auto weight = [&](const std::string& word) {
    return std::log2(1.0 + static_cast<double>(places) / static_cast<double>(having.at(word)));
  };
  for (const auto& word : one) {
    const bool both = std::binary_search(other.begin(), other.end(), word);
    all += weight(word);
    if (both) common += weight(word);
  }
  for (const auto& word : other) {
    if (!std::binary_search(one.begin(), one.end(), word)) all += weight(word);
  }
  return all > 0 ? common / all : 0;
}

FieldLikeness by_words(LikeField field, std::int64_t most, double share) {
  if (share >= 1) return {field, Verdict::kSame, most, most};
  const auto points = static_cast<std::int64_t>(std::floor(share * static_cast<double>(most)));
  return {field, share >= kSimilar ? Verdict::kSimilar : Verdict::kDifferent, points, most};
}

FieldLikeness equal(LikeField field, std::int64_t most, bool same) {
  return {field, same ? Verdict::kSame : Verdict::kDifferent, same ? most : 0, most};
}

class Comparison {
 public:
  explicit Comparison(const std::vector<Likely>& places) : places_(places) {
    for (const Likely& place : places) {
      names_.push_back(words_of(place.name));
      addresses_.push_back(words_of(place.address));
    }
    with_name_ = having(names_);
    with_address_ = having(addresses_);
  }

  std::set<std::pair<std::size_t, std::size_t>> pairs() const;
  LikePair compare(std::size_t one, std::size_t other) const;

 private:
  const std::vector<Likely>& places_;
  std::vector<Words> names_, addresses_;
  Having with_name_, with_address_;
};

std::set<std::pair<std::size_t, std::size_t>> Comparison::pairs() const {
  std::map<std::string, std::vector<std::size_t>> sharing;
  for (std::size_t i = 0; i < places_.size(); ++i) {
    for (const auto& word : names_[i]) sharing["n " + word].push_back(i);
    for (const auto& word : addresses_[i]) sharing["a " + word].push_back(i);
    sharing["w " + fold(places_[i].name)].push_back(i);
    if (!places_[i].phone.empty()) sharing["p " + places_[i].phone].push_back(i);
  }
  std::set<std::pair<std::size_t, std::size_t>> out;
  for (const auto& [key, having] : sharing) {
    if (having.size() > kFew) continue;
    for (std::size_t a = 0; a < having.size(); ++a) {
      for (std::size_t b = a + 1; b < having.size(); ++b) out.emplace(having[a], having[b]);
    }
  }
  return out;
}

LikePair Comparison::compare(std::size_t one, std::size_t other) const {
  const Likely &a = places_[one], &b = places_[other];
  LikePair out{one, other, 0, {}};
  out.fields.push_back(
      by_words(LikeField::kName, kNamePoints, shared(names_[one], names_[other], with_name_, places_.size())));
  if (addresses_[one].empty() || addresses_[other].empty()) {
    out.fields.push_back({LikeField::kAddress, Verdict::kUnknown, 0, 0});
  } else {
    out.fields.push_back(by_words(LikeField::kAddress, kAddressPoints,
                                  shared(addresses_[one], addresses_[other], with_address_, places_.size())));
  }
  if (a.phone.empty() || b.phone.empty()) {
    out.fields.push_back({LikeField::kPhone, Verdict::kUnknown, 0, 0});
  } else {
    out.fields.push_back(equal(LikeField::kPhone, kPhonePoints, a.phone == b.phone));
  }
  out.fields.push_back(equal(LikeField::kUnit, kUnitPoints, a.unit == b.unit));
  out.fields.push_back(equal(LikeField::kKind, kKindPoints, a.kind == b.kind));
  std::int64_t had = 0, most = 0;
  for (const FieldLikeness& field : out.fields) {
    had += field.points;
    most += field.most;
  }
  out.score = had * 100 / most;
  return out;
}

}  // namespace

std::vector<LikePair> alike(const std::vector<Likely>& places) {
  const Comparison comparison(places);
  std::vector<LikePair> out;
  for (const auto& [one, other] : comparison.pairs()) {
    LikePair pair = comparison.compare(one, other);
    if (pair.score >= kLikeEnough) out.push_back(std::move(pair));
  }
  std::stable_sort(out.begin(), out.end(), [](const LikePair& a, const LikePair& b) { return a.score > b.score; });
  return out;
}

}  // namespace luytre::places

#include "engines/linkage/names.h"

#include <algorithm>
#include <span>
#include <tuple>

namespace luytre::linkage {
namespace {

using Syllables = std::span<const Syllable>;

Tenths rarity(std::span<const Share> known, double others, const Syllable& syllable) {
  const auto found =
      std::find_if(known.begin(), known.end(), [&](const Share& share) { return share.plain == syllable.plain; });
  return weight(kNameAgrees, found == known.end() ? others : found->of_people);
}

Tenths family_weight(const Syllable& syllable) {
  return rarity(kFamilyNames, kOtherFamilyName, syllable);
}
Tenths given_weight(const Syllable& /*syllable*/) {
  return weight(kNameAgrees, kGivenName);
}
// The rarest says it.
Tenths middle_weight(Syllables middle) {
  Tenths out = 0;
  for (const Syllable& syllable : middle) out = std::max(out, rarity(kMiddleNames, kOtherMiddleName, syllable));
  return out;
}

Tenths between(SyllableMatch match, Tenths agrees, Tenths differs) {
  constexpr int kWhole = 10;
  const int likeness = match == SyllableMatch::kSame         ? kWhole
                       : match == SyllableMatch::kKeys       ? kKeysLikeness
                       : match == SyllableMatch::kTyping     ? kTypingLikeness
                       : match == SyllableMatch::kDiacritics ? kDiacriticsLikeness
                                                             : 0;
  return differs + (agrees - differs) * likeness / kWhole;
}

struct Parts {
  const Syllable* family = nullptr;  // none: a single syllable
  Syllables middle;
  const Syllable* given = nullptr;
};
Parts parts_of(Syllables name) {
  Parts out;
  out.given = &name.back();
  if (name.size() == 1) return out;
  out.family = &name.front();
  out.middle = name.subspan(1, name.size() - 2);
  return out;
}

void give_reason(std::vector<Reason>& reasons, Reason reason) {
  if (std::find(reasons.begin(), reasons.end(), reason) == reasons.end()) reasons.push_back(reason);
}

void explain(std::vector<Reason>& reasons, SyllableMatch match) {
  if (match == SyllableMatch::kKeys) give_reason(reasons, Reason::kWithoutDiacritics);
  if (match == SyllableMatch::kTyping) give_reason(reasons, Reason::kTyping);
  if (match == SyllableMatch::kDiacritics) give_reason(reasons, Reason::kDiacritics);
}

// Whether the shorter's syllables are among the longer's, in order; the worst match of them.
std::optional<SyllableMatch> among(Syllables shorter, Syllables longer, bool unmarked) {
  auto worst = SyllableMatch::kSame;
  std::size_t at = 0;
  for (const Syllable& syllable : shorter) {
    auto found = SyllableMatch::kDifferent;
    while (at < longer.size() && found == SyllableMatch::kDifferent) found = match(syllable, longer[at++], unmarked);
    if (found == SyllableMatch::kDifferent) return std::nullopt;
    worst = std::min(worst, found);
  }
  return worst;
}

Tenths compare_middle(Syllables one, Syllables other, bool unmarked, std::vector<Reason>& reasons) {
  if (one.size() > other.size()) std::swap(one, other);
  if (other.empty()) return 0;
  const auto found = among(one, other, unmarked);
  if (!found) {
    give_reason(reasons, Reason::kMiddleDiffers);
    return kMiddleDiffers;
  }
  explain(reasons, *found);
  if (one.size() < other.size()) {
    give_reason(reasons, Reason::kMiddleLeftOut);
    return kMiddleLeftOut;
  }
  return between(*found, std::min(middle_weight(one), middle_weight(other)), kMiddleDiffers);
}

NameLikeness as_written(Syllables one, Syllables other, bool unmarked) {
  const Parts a = parts_of(one), b = parts_of(other);
  NameLikeness out;
  auto family = SyllableMatch::kSame;
  Tenths family_points = 0;
  if (a.family && b.family) {
    family = match(*a.family, *b.family, unmarked);
    explain(out.reasons, family);
    family_points = between(family, std::min(family_weight(*a.family), family_weight(*b.family)), kFamilyDiffers);
  }
  const Tenths middle_points = compare_middle(a.middle, b.middle, unmarked, out.reasons);
  const auto given = match(*a.given, *b.given, unmarked);
  explain(out.reasons, given);
  out.points = between(given, std::min(given_weight(*a.given), given_weight(*b.given)), kGivenDiffers);

  if (given == SyllableMatch::kDifferent) {
    out.points += std::min(family_points, 0) + std::min(middle_points, 0);
    give_reason(out.reasons, Reason::kGivenDiffers);
  } else {
    out.points += family_points + middle_points;
  }
  if (family == SyllableMatch::kDifferent) give_reason(out.reasons, Reason::kFamilyDiffers);
  const bool differ = given == SyllableMatch::kDifferent || family == SyllableMatch::kDifferent;
  const bool whole = one.size() == other.size() && out.reasons.empty();
  out.agreement = differ ? Agreement::kDifferent : whole ? Agreement::kSame : Agreement::kSimilar;
  return out;
}

// The best of the ways in which `turned` may have been written: as it is, given name first, or all backwards.
NameLikeness best(Syllables fixed, const std::vector<Syllable>& turned, bool unmarked) {
  NameLikeness out = as_written(fixed, turned, unmarked);
  if (turned.size() < 2 || out.agreement == Agreement::kSame) return out;
  auto left = turned, right = turned, back = turned;
  std::rotate(left.begin(), left.begin() + 1, left.end());
  std::rotate(right.begin(), right.end() - 1, right.end());
  std::reverse(back.begin(), back.end());
  for (const auto& order : {left, right, back}) {
    NameLikeness other = as_written(fixed, order, unmarked);
    other.points += kOrderDiffers;
    if (other.points <= out.points) continue;
    if (other.agreement == Agreement::kSame) other.agreement = Agreement::kSimilar;
    other.reasons.push_back(Reason::kOrder);
    out = std::move(other);
  }
  return out;
}

// "Cụ Lê Văn Lão": how somebody is spoken of, put before the name in lists. None of these is a family name; Anh, Em and
// Bé are given names too often to be left out of a name that may be turned round.
bool is_address(const Syllable& first) {
  static const std::vector<Syllable> all = read_syllables("cụ bà chị cô chú bác cháu");
  return std::find(all.begin(), all.end(), first) != all.end();
}
constexpr std::size_t kFullName = 3;  // syllables that a name has with it, at the least

Tenths with_itself(const Name& name) {
  const Parts parts = parts_of(name.syllables);
  return (parts.family ? family_weight(*parts.family) : 0) + middle_weight(parts.middle) + given_weight(*parts.given);
}

}  // namespace

Name read_name(std::string_view name) {
  Name out;
  out.syllables = read_syllables(name);
  if (out.syllables.size() >= kFullName && is_address(out.syllables.front()))
    out.syllables.erase(out.syllables.begin());
  out.marked = std::any_of(out.syllables.begin(), out.syllables.end(),
                           [](const Syllable& syllable) { return syllable.marked(); });
  return out;
}

NameLikeness compare(const Name& one, const Name& other) {
  if (one.syllables.empty() || other.syllables.empty()) return {};
  const bool unmarked = !one.marked || !other.marked;
  // Turning one name and turning the other read the parts differently: the lesser of the two is what both allow.
  NameLikeness out = best(one.syllables, other.syllables, unmarked);
  NameLikeness turned = best(other.syllables, one.syllables, unmarked);
  if (std::tie(turned.points, out.agreement, out.reasons) < std::tie(out.points, turned.agreement, turned.reasons))
    out = std::move(turned);
  out.most = std::min(with_itself(one), with_itself(other));
  return out;
}

}  // namespace luytre::linkage

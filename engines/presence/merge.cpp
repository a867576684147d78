#include "engines/presence/merge.h"

#include <algorithm>
#include <tuple>

namespace luytre::presence {

std::optional<std::int64_t> closest(std::optional<std::int64_t> a, std::optional<std::int64_t> b) {
  if (!a) return b;
  if (!b) return a;
  return std::min(*a, *b);
}

std::vector<Encounter> merge_encounters(std::vector<Encounter> encounters) {
  std::erase_if(encounters, [](const Encounter& e) { return e.person == e.peer || e.when.empty(); });
  for (Encounter& e : encounters) {
    if (e.peer < e.person) std::swap(e.person, e.peer);
  }
  std::sort(encounters.begin(), encounters.end());
  std::vector<Encounter> merged;
  for (const Encounter& e : encounters) {
    Encounter* last = merged.empty() ? nullptr : &merged.back();
    if (last && last->person == e.person && last->peer == e.peer && e.when.from <= last->when.to) {
      last->when.to = std::max(last->when.to, e.when.to);
      last->attenuation = closest(last->attenuation, e.attenuation);
    } else {
      merged.push_back(e);
    }
  }
  return merged;
}

void ContactMerger::add(const ContactRow& row) {
  const Pair pair = std::minmax(row.person, row.peer);
  const Encounter fresh{pair.first, pair.second, {row.at - step_, row.at}, row.attenuation};
  const auto [place, inserted] = open_.try_emplace(pair, fresh);
  if (inserted) return;
  Encounter& current = place->second;
  const bool touches = fresh.when.from <= current.when.to && current.when.from <= fresh.when.to;
  if (!touches) {
    take_(current);
    current = fresh;
    return;
  }
  current.when = {std::min(current.when.from, fresh.when.from), std::max(current.when.to, fresh.when.to)};
  current.attenuation = closest(current.attenuation, fresh.attenuation);
}

void ContactMerger::finish() {
  for (const auto& [pair, encounter] : open_) take_(encounter);
  open_.clear();
}

bool MergedVisit::estimated_within(Interval when) const {
  return std::any_of(parts.begin(), parts.end(), [&](const Visit& part) {
    return part.estimated && part.when.from < when.to && when.from < part.when.to;
  });
}

std::vector<MergedVisit> merge_visits(std::span<const Visit> visits, const TraceRules& rules) {
  std::vector<Visit> sorted(visits.begin(), visits.end());
  std::erase_if(sorted, [](const Visit& v) { return v.when.empty(); });
  for (Visit& v : sorted) {
    v.when = span_of(rules, v.when);
    if (rules.scan_margin) v.estimated = true;
  }
  const auto key = [](const Visit& v) { return std::tie(v.person, v.place, v.zone); };
  std::sort(sorted.begin(), sorted.end());  // person, place, zone, when
  std::vector<MergedVisit> merged;
  for (const Visit& v : sorted) {
    if (merged.empty() || key(merged.back().visit) != key(v) || v.when.from > merged.back().visit.when.to) {
      merged.push_back({v, {v}});
      continue;
    }
    Visit& whole = merged.back().visit;
    whole.when.to = std::max(whole.when.to, v.when.to);
    whole.estimated = whole.estimated || v.estimated;
    merged.back().parts.push_back(v);
  }
  return merged;
}

}  // namespace luytre::presence

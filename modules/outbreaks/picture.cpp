#include "modules/outbreaks/picture.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace luytre::outbreaks {
namespace {

using cases::Classification;

// This project's own: infants and small children, school, work, and those at risk by age.
constexpr std::int64_t kAgesFrom[] = {0, 5, 15, 25, 45, 65};

bool counts(const cases::OutbreakCase& one) {
  return one.classification != Classification::kDiscarded;
}

std::vector<CurveDay> curve(std::span<const Seen> cases) {
  std::map<Date, CurveDay> days;
  for (const Seen& one : cases) {
    if (!counts(one.facts)) continue;
    const CaseDay at = day_of(one.facts);
    CurveDay& day = days[at.day];
    day.day = at.day;
    ++(at.of == DayOf::kOnset ? day.onset : at.of == DayOf::kSample ? day.sample : day.report);
  }
  std::vector<CurveDay> out;
  for (const auto& [day, counted] : days) out.push_back(counted);
  return out;
}

std::vector<ClassificationCount> classifications(std::span<const Seen> cases) {
  std::vector<ClassificationCount> out;
  for (const auto of :
       {Classification::kConfirmed, Classification::kProbable, Classification::kSuspect, Classification::kDiscarded}) {
    const auto here =
        std::count_if(cases.begin(), cases.end(), [&](const Seen& one) { return one.facts.classification == of; });
    if (here > 0) out.push_back({of, here});
  }
  return out;
}

std::vector<AgeCount> ages(std::span<const Seen> cases) {
  std::vector<AgeCount> out;
  for (const std::int64_t from : kAgesFrom) {
    if (!out.empty()) out.back().to = from - 1;
    out.emplace_back().from = from;
  }
  out.emplace_back();  // not known
  bool any = false;
  for (const Seen& one : cases) {
    if (!counts(one.facts)) continue;
    any = true;
    AgeCount* group = &out.back();
    if (one.birth_year > 0) {
      const std::int64_t age = std::max<std::int64_t>(0, year_of(day_of(one.facts).day) - one.birth_year);
      const auto above = std::upper_bound(std::begin(kAgesFrom), std::end(kAgesFrom), age);
      group = &out[static_cast<std::size_t>(above - std::begin(kAgesFrom)) - 1];
    }
    ++(one.sex == people::Sex::kMale ? group->male : one.sex == people::Sex::kFemale ? group->female : group->other);
  }
  if (!any) out.clear();
  return out;
}

std::vector<UnitCount> units(std::span<const Seen> cases) {
  std::map<UnitId, UnitCount> found;
  for (const Seen& one : cases) {
    if (!counts(one.facts)) continue;
    UnitCount& unit = found[one.facts.unit];
    unit.unit = one.facts.unit;
    unit.unit_name = one.unit_name;
    ++unit.cases;
  }
  std::vector<UnitCount> out;
  for (auto& [id, unit] : found) out.push_back(std::move(unit));
  std::stable_sort(out.begin(), out.end(), [](const UnitCount& a, const UnitCount& b) { return a.cases > b.cases; });
  return out;
}

std::vector<Link> chain(std::span<const Seen> cases) {
  std::map<CaseId, const Seen*> here;
  for (const Seen& one : cases)
    if (counts(one.facts)) here.emplace(one.facts.id, &one);
  std::map<CaseId, std::vector<const Seen*>> caused;
  std::vector<const Seen*> begin;
  for (const auto& [id, one] : here) {
    const auto& source = one->facts.source;
    (source && here.contains(*source) ? caused[*source] : begin).push_back(one);
  }
  // Taken from the back: the latest first.
  const auto later = [](const Seen* a, const Seen* b) {
    return std::tuple(day_of(a->facts).day, a->facts.number) > std::tuple(day_of(b->facts).day, b->facts.number);
  };
  std::sort(begin.begin(), begin.end(), later);
  std::vector<std::pair<const Seen*, std::int64_t>> waiting;
  for (const Seen* one : begin) waiting.emplace_back(one, 0);
  std::vector<Link> out;
  while (!waiting.empty()) {
    const auto [one, depth] = waiting.back();
    waiting.pop_back();
    const cases::OutbreakCase& facts = one->facts;
    const CaseDay at = day_of(facts);
    Link link{facts.id, facts.number, facts.classification, depth, at.day, at.of, one->source, false, {}};
    const auto source = facts.source ? here.find(*facts.source) : here.end();
    link.outside = facts.source && source == here.end();
    if (source != here.end() && facts.onset && source->second->facts.onset)
      link.serial = facts.onset->days - source->second->facts.onset->days;
    out.push_back(std::move(link));
    auto& next = caused[facts.id];
    std::sort(next.begin(), next.end(), later);
    for (const Seen* below : next) waiting.emplace_back(below, depth + 1);
  }
  return out;
}

}  // namespace

CaseDay day_of(const cases::OutbreakCase& one) {
  if (one.onset) return {*one.onset, DayOf::kOnset};
  if (one.sample_at) return {local_date(*one.sample_at), DayOf::kSample};
  // Not when it was written down, where it is known better: lists bring cases of long ago.
  return {local_date(one.diagnosed_at.value_or(one.notified_at.value_or(one.created_at))), DayOf::kReport};
}

std::optional<Date> last_day(std::span<const cases::OutbreakCase> cases) {
  std::optional<Date> out;
  for (const cases::OutbreakCase& one : cases)
    if (counts(one)) out = std::max(out.value_or(day_of(one).day), day_of(one).day);
  return out;
}

Picture picture(std::span<const Seen> cases) {
  return {curve(cases), classifications(cases), ages(cases), units(cases), chain(cases)};
}

}  // namespace luytre::outbreaks

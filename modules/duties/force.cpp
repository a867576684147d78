// Which rule holds where and when, and what that means day by day.

#include <algorithm>

#include "modules/duties/impl.h"

namespace luytre::duties {

const command::Decision* Force::of(const Rule& rule, UnitId unit) const {
  const command::Decision* out = nullptr;
  for (const command::Decision* one : all_of(rule)) {
    if (!command::holds_in(geography_, one->unit.value_or(UnitId{}), unit)) continue;
    if (!out || out->end() < one->end()) out = one;
  }
  return out;
}

std::vector<const command::Decision*> Force::all_of(const Rule& rule) const {
  std::vector<const command::Decision*> out;
  if (!rule.valid(day_)) return out;
  for (const auto& one : decisions_)
    if (one.duty == rule.id) out.push_back(&one);
  return out;
}

bool Force::binds(const Rules& rules, const storage::RosterRow& roster) const {
  return std::any_of(rules.all().begin(), rules.all().end(),
                     [&](const Rule& rule) { return rule.binds(roster.sector) && of(rule, roster.unit); });
}

std::optional<bool> Plan::done(const Day& day, const std::vector<bool>& made, Instant joined, Instant now) const {
  if (!day.on || joined >= local_midnight(Date{day.day.days + 1})) return std::nullopt;
  const auto begin = made.begin() + static_cast<std::ptrdiff_t>(day.first);
  return satisfied(day.due, {begin, begin + static_cast<std::ptrdiff_t>(day.due.size())}, now);
}

Plan Duties::Impl::plan(const Rule& rule, UnitId unit, Date from, Date to) const {
  Plan out;
  for (Date day = from; day <= to; ++day.days) {
    Plan::Day& one = out.days.emplace_back();
    one.day = day;
    one.first = out.all.size();
    one.due = due(rule, day);
    out.all.insert(out.all.end(), one.due.begin(), one.due.end());
    if (one.due.empty() || one.due.front().from > now()) continue;
    one.on = force(std::min(now(), one.due.back().to - std::chrono::seconds(1))).of(rule, unit) != nullptr;
  }
  return out;
}

std::vector<std::vector<bool>> Duties::Impl::made(store::Session& session, const Rule& rule, const Plan& plan,
                                                  std::span<const storage::MemberRow> members) {
  std::vector<PersonId> persons;
  persons.reserve(members.size());
  for (const auto& member : members) persons.push_back(member.person);
  return declarations::Declarations::declared(session, rule.form, persons, plan.all);
}

}  // namespace luytre::duties

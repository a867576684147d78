// What the person and officers see of checks at home.

#include <algorithm>

#include "modules/quarantine/impl.h"

namespace luytre::quarantine {

CheckState Orders::Impl::state_of(const std::vector<storage::CheckRow>& known, const forms::Due& due) const {
  const auto found =
      std::find_if(known.begin(), known.end(), [&](const storage::CheckRow& one) { return overlaps(one, due); });
  if (found != known.end()) return found->state;
  if (now() < due.from) return CheckState::kLater;
  return now() < due.until ? CheckState::kOpen : CheckState::kMissed;
}

std::optional<MyChecks> Orders::Impl::my_checks(store::Session& session, const storage::OrderRow& row) const {
  const auto* dated = row.state == State::kRunning && row.checks_from ? check_form(row, today()) : nullptr;
  if (!dated) return std::nullopt;
  MyChecks out;
  out.form = dated->form.id;
  const auto known = storage::checks(session, row.id);
  for (const forms::Due& due : windows_on(row, today()))
    if (counts(row, known, due)) out.today.push_back({due.from, due.until, state_of(known, due)});
  out.call_asked = call_asked(session, row.id).has_value();
  out.place = mark_of(session, row.id);
  return out;
}

std::optional<Checks> Orders::Impl::checks_of(store::Session& session, const storage::OrderRow& row) const {
  const auto known = storage::checks(session, row.id);
  const auto* dated = row.checks_from ? check_form(row, std::clamp(today(), row.first_day, row.last_day)) : nullptr;
  if (!dated && known.empty()) return std::nullopt;
  Checks out;
  if (dated) {
    out.form = dated->form.id;
    const Date day = std::clamp(today(), row.first_day, row.last_day);
    out.windows = shown(row.windows ? windows_of(*row.windows) : dated->rules(day, row.disease).rhythm->windows);
  }
  out.own_windows = row.windows.has_value();
  for (const storage::CheckRow& one : known) {
    Check& check = out.strip.emplace_back();
    check.from = one.due;
    check.until = one.ends;
    check.state = one.state;
    check.symptoms = one.symptoms;
    check.colour = one.colour;
    check.declaration = one.declaration;
    if (one.declaration && one.colour != forms::Colour::kGreen)
      check.told = referrals::Referrals::standing(session, referrals::Source::kDeclaration,
                                                  referrals::SubjectId{one.declaration->value});
    if (!one.alert) continue;
    auto told =
        referrals::Referrals::standing(session, referrals::Source::kOrder, referrals::SubjectId{one.alert->value});
    if (told) check.told = std::move(told);  // of the order's own station
  }
  for (Date day = row.first_day; row.state == State::kRunning && dated && day <= row.last_day; ++day.days) {
    for (const forms::Due& due : windows_on(row, day)) {
      if (std::any_of(known.begin(), known.end(), [&](const auto& one) { return overlaps(one, due); })) continue;
      if (!counts(row, known, due)) continue;
      Check& check = out.strip.emplace_back();
      check.from = due.from;
      check.until = due.until;
      check.state = state_of(known, due);
    }
  }
  std::sort(out.strip.begin(), out.strip.end(), [](const Check& a, const Check& b) { return a.from < b.from; });
  out.place = mark_of(session, row.id);
  for (const storage::AlertRow& one : storage::alerts(session, row.id)) {
    if (one.kind == AlertKind::kMissed || one.kind == AlertKind::kSymptoms) continue;  // in the strip
    if (!of_home(one.kind)) continue;
    auto told = referrals::Referrals::standing(session, referrals::Source::kOrder, referrals::SubjectId{one.id.value});
    if (one.kind == AlertKind::kCall)
      out.calls.push_back({one.at, std::move(told)});
    else
      out.away.push_back({one.at, one.metres.value_or(0), one.accuracy.value_or(0), std::move(told)});
  }
  return out;
}

}  // namespace luytre::quarantine

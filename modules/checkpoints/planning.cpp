// Who should stand at a checkpoint, who does not, and when nobody will.

#include <algorithm>

#include "modules/checkpoints/impl.h"

namespace luytre::checkpoints {
namespace {

using store::Session;
using Impl = Checkpoints::Impl;

constexpr std::chrono::hours kDay{24};

std::optional<Error> wrong(const NewPlanned& asked, Instant now) {
  if (asked.until <= asked.from) return wrong_field("/until", "too_early");
  if (asked.until > asked.from + kPlannedLongest) return wrong_field("/until", "too_late");
  if (asked.from < now - kDay) return wrong_field("/from", "too_early");
  if (asked.from > now + kPlannedAhead) return wrong_field("/from", "too_late");
  if (asked.days < 1 || asked.days > kPlannedDaysMost) return wrong_field("/days", "range");
  return std::nullopt;
}

// Who came for a part of it has been there; whoever is due now must be there now.
Attendance attendance_of(const storage::PlannedRow& row, const std::vector<gates::Duty>& duties, Instant now) {
  const bool running = row.begins <= now && now < row.ends;
  const bool there = std::any_of(duties.begin(), duties.end(), [&](const gates::Duty& duty) {
    if (duty.guard != row.guard) return false;
    return running ? duty.began <= now && now < duty.ends : duty.began < row.ends && row.begins < duty.ends;
  });
  if (there && row.begins <= now) return Attendance::kPresent;
  return now < row.begins + kLateUntil ? Attendance::kPlanned : Attendance::kAbsent;
}

// `rows` by begin. Nobody has planned anything: nobody is missed.
std::vector<Gap> gaps_in(const std::vector<storage::PlannedRow>& rows, Interval within) {
  std::vector<Gap> out;
  if (rows.empty()) return out;
  Instant covered = within.from;
  const auto free_until = [&](Instant until) {
    if (until - covered >= kGapLeast) out.push_back({covered, until});
  };
  for (const auto& row : rows) {
    if (row.ends <= covered) continue;
    if (row.begins >= within.to) break;
    if (row.begins > covered) free_until(row.begins);
    covered = row.ends;
  }
  if (covered < within.to) free_until(within.to);
  return out;
}

Result<Plan> keep(const Impl& impl, Session& session, const places::Spot& spot, const NewPlanned& asked,
                  const std::string& name, AccountId by) {
  const Instant now = impl.clock.now();
  const PlaceId place = spot.place;
  storage::note_post(session, place, spot.unit);
  std::vector<storage::PlannedRow> rows = storage::planned(session, place, now - kDay);
  if (rows.size() + static_cast<std::size_t>(asked.days) > kPlannedMost)
    return Error(kTooMuchPlanned, {{"most", std::to_string(kPlannedMost)}});
  for (std::int64_t day = 0; day < asked.days; ++day) {
    const Interval when{asked.from + kDay * day, asked.until + kDay * day};
    const bool taken = std::any_of(rows.begin(), rows.end(), [&](const storage::PlannedRow& other) {
      return other.guard == asked.guard && other.begins < when.to && when.from < other.ends;
    });
    if (taken) return kPlannedAlready;
    const storage::PlannedRow row{
        impl.db.ids().make<PlannedId>(), place, asked.guard, name, when.from, when.to, by, now};
    storage::insert(session, row);
    rows.push_back(row);
  }
  return impl.plan(session, place);
}

Task<Result<Plan>> planning(Impl& impl, Caller caller, PlaceId place, NewPlanned asked,
                            std::optional<store::Once> once) {
  auto listing = impl.gates.guards(caller, place);
  const auto guards = co_await std::move(listing);
  if (!guards) co_return guards.error();
  const auto spot = impl.places.spot(place);
  if (!spot || spot->kind->kind != kKind) co_return kNotACheckpoint;
  if (auto error = wrong(asked, impl.clock.now())) co_return *error;
  const auto guard = std::find_if(guards->items.begin(), guards->items.end(),
                                  [&](const gates::Guard& each) { return each.id == asked.guard; });
  if (guard == guards->items.end()) co_return wrong_field("/guard", "unknown");
  auto write = [&impl, spot, asked, name = guard->name, by = caller.account](Session& s) -> Result<Plan> {
    return keep(impl, s, *spot, asked, name, by);
  };
  auto keeping = once ? impl.db.once(std::move(*once), std::move(write)) : impl.db.transact(std::move(write));
  co_return co_await std::move(keeping);
}

// Of the keeper and the officers of the area; `write` says whether there was something to do.
template <class Write>
Task<Result<Plan>> by_keeper(const Impl& impl, Caller caller, PlaceId place, Write write) {
  return impl.db.transact([&impl, caller, place, write](Session& s) -> Result<Plan> {
    const auto allowed = impl.places.require_keeping(s, caller, place);
    if (!allowed) return allowed.error();
    if (!write(s)) return kNotFound;
    return impl.plan(s, place);
  });
}

}  // namespace

Plan Checkpoints::Impl::plan(Session& session, PlaceId place) const {
  const Instant now = clock.now();
  const auto rows = storage::planned(session, place, now - kDay);
  Plan out;
  if (rows.empty()) return out;
  const auto duties = gates::Gates::on_duty(session, place, rows.front().begins);
  for (const auto& row : rows)
    out.shifts.push_back({row.id, row.guard, row.guard_name, row.begins, row.ends, attendance_of(row, duties, now)});
  out.gaps = gaps_in(rows, {now, now + kGapAhead});
  return out;
}

Task<Result<Plan>> Checkpoints::planned(const Caller& caller, PlaceId place) const {
  return by_keeper(*impl_, caller, place, [](Session&) { return true; });
}

Task<Result<Plan>> Checkpoints::plan(const Caller& caller, PlaceId place, NewPlanned asked,
                                     std::optional<store::Once> once) {
  return planning(*impl_, caller, place, std::move(asked), std::move(once));
}

Task<Result<Plan>> Checkpoints::unplan(const Caller& caller, PlaceId place, PlannedId planned) {
  return by_keeper(*impl_, caller, place, [place, planned](Session& s) { return storage::remove(s, place, planned); });
}

}  // namespace luytre::checkpoints

#include "modules/passengers/runs.h"

#include <algorithm>

#include "modules/passengers/run_storage.h"

namespace luytre::passengers {
namespace {

constexpr std::string_view kPlate = "passengers.plate";
constexpr std::chrono::minutes kLateEvery{10};
constexpr std::chrono::minutes kRetentionEvery{60};

}  // namespace

Runs::Runs(store::Database& db, const places::Places& places, const command::Decisions& decisions,
           const geography::Geography& geography, const Vault& vault, const visits::Visits& visits, Settings settings)
    : db_(db),
      places_(places),
      decisions_(decisions),
      geography_(geography),
      vault_(vault),
      visits_(visits),
      settings_(settings) {}

Result<places::SpotPtr> Runs::kept(const Caller& caller, PlaceId place) const {
  if (caller.account.value == 0) return kUnauthenticated;
  if (!caller.full) return kSecondProofRequired;
  auto spot = places_.spot(place);
  if (!spot) return kNotFound;
  if (spot->keeper != caller.account) return kNotPermitted;
  if (!spot->kind || spot->kind->kind != kTrip) return kNotATrip;
  return spot;
}

Task<Result<RunTold>> Runs::begin(const Caller& caller, PlaceId place, NewRun run,
                                  std::optional<store::Once> once) const {
  const auto spot = kept(caller, place);
  if (!spot) return refused<RunTold>(spot.error());
  const Instant now = db_.clock().now();
  std::vector<FieldError> wrong;
  if (!geography_.find(run.from)) wrong.push_back({"/from", "unknown", {}});
  if (!geography_.find(run.towards)) wrong.push_back({"/towards", "unknown", {}});
  if (run.at > now + visits::kClockSkew) wrong.push_back({"/at", "too_late", {}});
  if (run.at < now - kLateWithin) wrong.push_back({"/at", "too_early", {}});
  if (!wrong.empty()) return refused<RunTold>(Error(kInvalid, std::move(wrong)));
  if ((*spot)->closed_at && *(*spot)->closed_at <= run.at) return refused<RunTold>(places::kPlaceClosed);
  if (!settings_.study && !decisions_.in_force(command::Switch::kCheckIn, (*spot)->unit, run.at))
    return refused<RunTold>(kNotInForce);
  auto write = [this, by = caller.account, place, run = std::move(run), now](store::Session& s) -> Result<RunTold> {
    const auto before = storage::last_run(s, place);
    if (before && !before->ends) return kRunUnderWay;
    if (before && run.at < *before->ends) return wrong_field("/at", "too_early");
    storage::RunRow row;
    row.id = db_.ids().make<RunId>();
    row.place = place;
    if (run.plate && !run.plate->empty()) row.plate = store::Bytes{vault_.seal(kPlate, to_text(row.id), *run.plate)};
    row.leaves_from = run.from;
    row.towards = run.towards;
    row.boards = before ? std::max(*before->ends, run.at - kBoarding) : run.at - kBoarding;
    row.departs = run.at;
    row.recorded = now;
    row.recorded_by = by;
    storage::insert(s, row);
    s.publish({"passengers.run_began", row.id.value, row.departs, 1, row.towards.value});
    return RunTold{row.id, row.departs, std::nullopt, 0};
  };
  if (once) return db_.once(std::move(*once), std::move(write));
  return db_.transact(std::move(write));
}

Task<Result<RunTold>> Runs::end(const Caller& caller, PlaceId place, RunId run, RunEnd end,
                                std::optional<store::Once> once) const {
  const auto spot = kept(caller, place);
  if (!spot) return refused<RunTold>(spot.error());
  const Instant now = db_.clock().now();
  auto write = [this, place, run, at = end.at, now](store::Session& s) -> Result<RunTold> {
    const auto row = storage::find_run(s, run);
    if (!row || row->place != place) return kNotFound;
    if (row->ends && *row->ends != at) return kRunEnded;
    if (at > now + visits::kClockSkew) return wrong_field("/at", "too_late");
    if (at <= row->departs) return wrong_field("/at", "too_early");
    if (at > row->departs + kLongestRun) return wrong_field("/at", "too_late");
    if (!row->ends) storage::end_run(s, run, at, now);
    const std::int64_t left = visits_.end_all(s, place, {row->boards, at});
    if (!row->ends) s.publish({"passengers.run_ended", run.value, at, 2, row->towards.value});
    return RunTold{run, row->departs, at, left};
  };
  if (once) return db_.once(std::move(*once), std::move(write));
  return db_.transact(std::move(write));
}

Task<Result<std::vector<Run>>> Runs::of_place(const Caller& caller, PlaceId place) const {
  const auto spot = kept(caller, place);
  if (!spot) return refused<std::vector<Run>>(spot.error());
  return db_.read([this, place](store::Session& s) -> Result<std::vector<Run>> {
    std::vector<Run> out;
    for (const auto& row : storage::runs(s, place, kRunsShown)) {
      Run& run = out.emplace_back();
      run.id = row.id;
      run.from_name = geography_.path_text(row.leaves_from);
      run.towards_name = geography_.path_text(row.towards);
      if (row.plate) run.plate = vault_.unsealed(kPlate, to_text(row.id), row.plate->data);
      run.departs = row.departs;
      run.ends = row.ends;
    }
    return out;
  });
}

store::Recurring Runs::late() const {
  return {"passengers.late_scans", kLateEvery, [this](store::Session& s) {
            const Instant now = db_.clock().now();
            for (const auto& row : storage::ended_told_since(s, now - kLateWithin))
              visits_.end_all(s, row.place, {row.boards, *row.ends});
          }};
}

store::Recurring Runs::retention() const {
  const auto run = [this](store::Session& s) {
    if (settings_.study) return;
    const Instant now = db_.clock().now();
    storage::retain_runs(s, db_.ids(), now, now - kKept);
  };
  return {"passengers.run_retention", kRetentionEvery, run};
}

}  // namespace luytre::passengers

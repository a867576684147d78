// Runs: one journey of a vehicle, from its beginning to its end, as the keeper of its place tells it.
//
// A check-in belongs to the vehicle's place and ends by estimate, hours later; so somebody of the run at eight would be
// found to have sat with the passengers of the run at ten. When the keeper ends a run, everybody who checked in since
// boarding and was not seen elsewhere gets that moment as a real check-out (Visits::end_all). Boarding begins when the
// run before ended, at most kBoarding before departure. Scans made without a network, which arrive after the end was
// told, are ended likewise for kLateWithin.
//
// A vehicle has one run at a time. Off where no decision switches check-in on. The plate is sealed. Runs are deleted
// kKept after departure, with a proof row. Every answered call is durable and, with its idempotency key, happens once.
// Thread-safe. Publishes passengers.run_began and passengers.run_ended (subject: the run; unit: where it leads).

#pragma once

#include "modules/passengers/passengers.h"
#include "modules/visits/visits.h"

namespace luytre::passengers {

using RunId = Id<struct RunTag>;

inline constexpr std::chrono::hours kBoarding{2};
inline constexpr std::chrono::hours kLongestRun{7 * 24};  // a ship's; trains of ours take less than two days
inline constexpr std::chrono::hours kLateWithin{24};
inline constexpr std::size_t kRunsShown = 20;

struct NewRun {
  UnitId from, towards;
  Instant at;  // may lie in the past, after the run before
  std::optional<Text<20>> plate;
};
BOOST_DESCRIBE_STRUCT(NewRun, (), (from, towards, at, plate))

struct RunEnd {
  Instant at;
};
BOOST_DESCRIBE_STRUCT(RunEnd, (), (at))

// What a call answers: nothing sealed, because answers are kept for repeats.
struct RunTold {
  RunId id;
  Instant departs;
  std::optional<Instant> ends;
  std::int64_t left = 0;  // how many got off at the end
};
BOOST_DESCRIBE_STRUCT(RunTold, (), (id, departs, ends, left))

struct Run {
  RunId id;
  std::string from_name, towards_name;
  std::optional<std::string> plate;
  Instant departs;
  std::optional<Instant> ends;
};
BOOST_DESCRIBE_STRUCT(Run, (), (id, from_name, towards_name, plate, departs, ends))

inline constexpr ErrorCode kRunUnderWay{"run_under_way", 409};
inline constexpr ErrorCode kRunEnded{"run_ended", 409};  // at another time

class Runs {
 public:
  Runs(store::Database& db, const places::Places& places, const command::Decisions& decisions,
       const geography::Geography& geography, const Vault& vault, const visits::Visits& visits, Settings settings = {});

  // Of the keeper. Errors of all: unauthenticated, second_proof_required, not_found, not_permitted, not_a_trip.
  // Also place_closed, not_in_force, run_under_way, invalid (/from, /towards, /at).
  Task<Result<RunTold>> begin(const Caller& caller, PlaceId place, NewRun run, std::optional<store::Once> once) const;
  // Also run_ended, invalid (/at).
  Task<Result<RunTold>> end(const Caller& caller, PlaceId place, RunId run, RunEnd end,
                            std::optional<store::Once> once) const;
  // Newest first, at most kRunsShown.
  Task<Result<std::vector<Run>>> of_place(const Caller& caller, PlaceId place) const;

  store::Recurring late() const;
  store::Recurring retention() const;

 private:
  Result<places::SpotPtr> kept(const Caller& caller, PlaceId place) const;

  store::Database& db_;
  const places::Places& places_;
  const command::Decisions& decisions_;
  const geography::Geography& geography_;
  const Vault& vault_;
  const visits::Visits& visits_;
  const Settings settings_;
};

void routes(http::Router& router, const Runs& runs);

}  // namespace luytre::passengers

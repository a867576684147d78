// Encounters: two devices near each other, from when to when, how near.
//
// Recorded by import (and, later, by phones that upload). What is recorded is merged with what is stored: encounters of
// one pair that overlap or touch are one, with the attenuation of the closest moment. So recording the same twice, or
// in another order, changes nothing. Stored in both directions. Kept kKept from their end, by age alone; a study data
// directory keeps all. Publishes encounters.recorded (subject: the batch, a column of the published rows). Thread-safe.

#pragma once

#include <chrono>
#include <cstdint>
#include <span>
#include <vector>

#include "engines/presence/presence.h"
#include "platform/store/database.h"
#include "platform/store/follower.h"

namespace luytre::encounters {

inline constexpr std::chrono::hours kKept{28 * 24};

struct Settings {
  bool study = false;  // a study data directory: no retention
};

struct Recorded {
  std::int64_t added = 0;     // encounters that touch nothing stored before
  std::int64_t extended = 0;  // stored ones that became longer or nearer
  std::int64_t known = 0;     // said nothing new
};

class Encounters {
 public:
  explicit Encounters(store::Database& db, Settings settings = {}) : db_(db), settings_(settings) {}

  // Within the caller's transaction. Each has two different people and a length (the caller has checked); attenuation 0
  // … 255 dB.
  Recorded record(store::Session& session, std::span<const presence::Encounter> encounters);

  // Deletes what is older than kKept, in bounded steps, each with a proof row (encounters_retention). To be run every
  // few minutes.
  store::Recurring retention();

 private:
  store::Database& db_;
  Settings settings_;
};

const std::vector<store::Migration>& migrations();

}  // namespace luytre::encounters

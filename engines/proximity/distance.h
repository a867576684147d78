// How near two devices were, from all that one, or better both, heard of the other over some minutes: an estimate of
// the distance and of the probability of 2 m or less. One beacon says little, as a body between costs as many decibels
// as ten metres; several minutes of them, corrected by model and heard both ways, say more.
//
//   corrected attenuation  attenuation − offset of the receiving model − offset of the sending model
//   evidence (dB) at t     weighted mean of the corrected attenuations within `reach` of t, weights falling linearly
//                          with time from 1 to 0.05, less per_log_count · ln(sum of the weights / expected): far
//                          devices lose more beacons than near ones, which the mean of those that came does not show
//   metres                 exp((evidence − intercept) / slope), 0.1 … 50
//   near                   probability of at most 2 m: linear between the points of `near`, which fall
//
// A table of these numbers is calibrated on measurements with known distances (distance_fit.h) and says which: its id,
// date, source and the digest of the data, so that an estimate can always be told with the table it rests on. The table
// that this house ships (data/proximity/distance/published.json) rests on a published regression only, knows no models,
// and says so; whoever holds measurements of their own devices does better.
//
// Attenuation is power told − power received, dB, not corrected by the receiver (windows.h has that for the wire's
// scale): offsets belong to the table. Pure; thread-safe.

#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "platform/base/result.h"
#include "platform/base/time.h"

namespace luytre::proximity {

inline constexpr double kNearMetres = 2;

struct ModelOffsets {
  std::string model;
  double receiving = 0;  // dB
  double sending = 0;
};
BOOST_DESCRIBE_STRUCT(ModelOffsets, (), (model, receiving, sending))

struct NearPoint {
  double evidence = 0;  // dB
  double probability = 0;
};
BOOST_DESCRIBE_STRUCT(NearPoint, (), (evidence, probability))

struct DistanceTable {
  std::string id;
  Date date;
  std::string source;
  std::optional<std::string> data;  // SHA-256 of what it was calibrated on
  double intercept = 0;             // dB at 1 m
  double slope = 0;                 // dB for each factor e of distance
  double per_log_count = 0;         // dB
  double expected = 1;              // weights of beacons in ordinary reception
  double reach = 300;               // seconds, either way
  std::vector<ModelOffsets> models;
  std::vector<NearPoint> near;  // at least one, evidence rising, probability not
};
BOOST_DESCRIBE_STRUCT(DistanceTable, (),
                      (id, date, source, data, intercept, slope, per_log_count, expected, reach, models, near))

// Errors: malformed (not JSON); invalid, with fields.
Result<DistanceTable> parse_distance_table(std::string_view text);

// Offset of a receiver and a sender together; of a model that the table does not know 0.
double offset(const DistanceTable& table, std::string_view receiver, std::string_view sender);

// One beacon, or several of one scan by their mean.
struct Beacon {
  Instant at;
  double attenuation = 0;  // dB, corrected by `offset`
  double count = 1;
};

struct Nearness {
  double evidence = 0;  // dB
  double metres = 0;
  double near = 0;     // probability of at most 2 m
  double weights = 0;  // of the beacons that say so
};

// Beacons of one pair, in order of time, of one direction or both. Keeps a view of them.
class PairDistance {
 public:
  PairDistance(const DistanceTable& table, std::span<const Beacon> beacons) : table_(&table), beacons_(beacons) {}
  std::optional<Nearness> at(Instant t) const;  // empty: nothing heard within reach

 private:
  const DistanceTable* table_;
  std::span<const Beacon> beacons_;
};

// For a contact's evidence: "23 minutes, near".
struct Closeness {
  std::int64_t seconds = 0;  // in whole minutes, of those with a beacon within 150 s
  double near_seconds = 0;   // expected
  double metres = 0;         // median over these seconds
};
Closeness closeness(const DistanceTable& table, std::span<const Beacon> beacons);

}  // namespace luytre::proximity

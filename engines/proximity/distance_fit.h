// Calibrates a distance table on measurements with known distances, and tells how good a score is.
//
//   offsets, intercept, slope   least squares of attenuation = intercept + slope · ln(metres) + offset of the receiving
//                               model + offset of the sending model, by turns, each offset held near 0 as by 200
//                               beacons
//   reach, per_log_count        of a few, those of the highest average precision on the same measurements
//   near                        isotonic regression (pool adjacent violators) of "at most 2 m" on the evidence
//
// Cross-validation is the caller's: fit on all scenarios but one, score that one. Pure; deterministic; thread-safe.

#pragma once

#include <span>
#include <string>
#include <vector>

#include "engines/proximity/distance.h"

namespace luytre::proximity {

struct Measured {
  Instant at;
  double attenuation = 0;  // dB, as measured
  std::string receiver;    // models
  std::string sender;
  double metres = -1;  // not positive: not known; such a beacon is evidence for others, and not judged itself
};

using MeasuredPair = std::vector<Measured>;  // in order of time, of one direction or both

// The heading (id, date, source, data) is `named`'s. Throws invalid_argument without a near and a far beacon.
DistanceTable fit(const DistanceTable& named, std::span<const MeasuredPair> pairs);

std::vector<Beacon> corrected(const DistanceTable& table, const MeasuredPair& pair);

struct Judged {
  double score = 0;  // higher: nearer
  bool near = false;
};
// Of each beacon of known distance, the evidence at its instant, negative, so that higher is nearer.
std::vector<Judged> judge(const DistanceTable& table, std::span<const MeasuredPair> pairs);

struct CurvePoint {
  double threshold = 0;  // scores from it on are called near
  double precision = 0;
  double recall = 0;
};
std::vector<CurvePoint> precision_recall(std::vector<Judged> judged);   // recall rising, one a distinct score
double average_precision(std::span<const CurvePoint> curve);            // Σ precision · rise of recall
double precision_at(std::span<const CurvePoint> curve, double recall);  // the best with at least that recall; else 0

}  // namespace luytre::proximity

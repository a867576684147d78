// For the test and the tool that draws the curves: the DP-3T measurements (EPFL and ETH Zurich, CC BY-ND 4.0; read in
// place, never carried), and the cross-validation by scenario of a distance table against one threshold for each
// beacon.

#pragma once

#include <sqlite3.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "engines/proximity/distance_fit.h"

namespace luytre::proximity::testing {

// A pair a direction: heard both ways, the beacons of the other direction are evidence, but not judged twice.
struct Scenario {
  std::string name;
  std::vector<MeasuredPair> pairs;
  std::vector<Judged> each_beacon;  // the peer: its attenuation alone
};

enum class Ways { kOne, kBoth };

// results(receiver_id, receiver_model, transmitter_id, transmitter_model, timestamp, rssi, tx_power,
// ground_truth_distance): times in milliseconds where the experiment's are, power told only in the older one; the newer
// sent at one setting, told as −24 dBm by the calibration of its day.
inline Scenario read_scenario(const std::filesystem::path& file, Ways ways) {
  constexpr double kSentPower = -24;
  constexpr double kLatestSeconds = 1e10;
  sqlite3* opened = nullptr;
  const std::string uri = "file:" + file.string() + "?immutable=1";
  const int failed = sqlite3_open_v2(uri.c_str(), &opened, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, nullptr);
  const std::unique_ptr<sqlite3, int (*)(sqlite3*)> db(opened, sqlite3_close);
  sqlite3_stmt* prepared = nullptr;
  const char* query =
      "SELECT receiver_id, receiver_model, transmitter_id, transmitter_model, timestamp, rssi, tx_power, "
      "coalesce(ground_truth_distance, -1) FROM results ORDER BY timestamp, db_id";
  if (failed || sqlite3_prepare_v2(opened, query, -1, &prepared, nullptr) != SQLITE_OK)
    throw std::runtime_error("cannot read " + file.string());
  const std::unique_ptr<sqlite3_stmt, int (*)(sqlite3_stmt*)> rows(prepared, sqlite3_finalize);
  const auto text = [&](int column) {
    return std::string(reinterpret_cast<const char*>(sqlite3_column_text(rows.get(), column)));
  };

  std::map<std::pair<std::string, std::string>, MeasuredPair> directed;
  while (sqlite3_step(rows.get()) == SQLITE_ROW) {
    double at = sqlite3_column_double(rows.get(), 4);
    if (at > kLatestSeconds) at /= 1000;
    const double told = sqlite3_column_double(rows.get(), 6);
    const double power = told == 0 ? kSentPower : told;
    directed[{text(0), text(2)}].push_back({{static_cast<std::int64_t>(at)},
                                            power - sqlite3_column_double(rows.get(), 5),
                                            text(1),
                                            text(3),
                                            sqlite3_column_double(rows.get(), 7)});
  }

  Scenario scenario;
  scenario.name = file.stem().string();
  for (const auto& [ids, own] : directed) {
    for (const Measured& beacon : own)
      if (beacon.metres > 0) scenario.each_beacon.push_back({-beacon.attenuation, beacon.metres <= kNearMetres});
    MeasuredPair pair = own;
    const auto back = directed.find({ids.second, ids.first});
    if (ways == Ways::kBoth && back != directed.end()) {
      for (Measured beacon : back->second) {
        beacon.metres = -1;
        pair.push_back(std::move(beacon));
      }
      std::stable_sort(pair.begin(), pair.end(), [](const Measured& a, const Measured& b) { return a.at < b.at; });
    }
    scenario.pairs.push_back(std::move(pair));
  }
  return scenario;
}

// Of one experiment's folder, those with any known distance.
inline std::vector<Scenario> read_experiment(const std::filesystem::path& folder, Ways ways) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder))
    if (entry.path().extension() == ".sqlite" && entry.path().stem().string().starts_with("scenario"))
      files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  std::vector<Scenario> scenarios;
  for (const auto& file : files) {
    Scenario scenario = read_scenario(file, ways);
    if (!scenario.each_beacon.empty()) scenarios.push_back(std::move(scenario));
  }
  return scenarios;
}

struct Validation {
  std::size_t beacons = 0;
  std::vector<CurvePoint> threshold;  // the peer
  std::vector<CurvePoint> table;      // fitted without the scenario that it is asked about
  std::vector<CurvePoint> untrained;  // `given`, as it is
};

inline Validation cross_validate(const std::vector<Scenario>& scenarios, const DistanceTable& given) {
  Validation out;
  std::vector<Judged> threshold, table, untrained;
  const auto append = [](std::vector<Judged>& to, std::vector<Judged> from) {
    to.insert(to.end(), from.begin(), from.end());
  };
  for (const Scenario& left_out : scenarios) {
    std::vector<MeasuredPair> others;
    for (const Scenario& scenario : scenarios)
      if (&scenario != &left_out) others.insert(others.end(), scenario.pairs.begin(), scenario.pairs.end());
    append(threshold, left_out.each_beacon);
    append(table, judge(fit(given, others), left_out.pairs));
    append(untrained, judge(given, left_out.pairs));
  }
  out.beacons = threshold.size();
  out.threshold = precision_recall(std::move(threshold));
  out.table = precision_recall(std::move(table));
  out.untrained = precision_recall(std::move(untrained));
  return out;
}

}  // namespace luytre::proximity::testing

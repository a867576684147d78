// What the programs share that fill a data directory for the benchmarks over HTTP.

#pragma once

#include <chrono>
#include <stdexcept>
#include <string>
#include <utility>

#include "apps/luytre/house.h"
#include "platform/base/run.h"

namespace luytre::bench {

template <class T>
T must(Result<T> result) {
  if (!result) throw std::runtime_error("refused: " + result.error().code);
  return std::move(*result);
}

inline app::Settings settings_for(const char* folder, const char* url) {
  app::Common common;
  common.data = folder;
  common.db = std::string(url);
  return app::read_settings(common);
}

// By a decision for the whole country, since an hour and for a day.
inline void switch_on(app::House& house, command::Switch purpose, std::optional<Text<64>> form = {}) {
  Caller commander;
  commander.account = {1};
  commander.name = "benchmark";
  commander.grants = {Grant{Role::kCommander, {}}};
  command::NewDecision decision;
  decision.purpose = purpose;
  decision.form = std::move(form);
  decision.disease = std::string("covid-19");
  decision.from = house.clock.now() - std::chrono::hours(1);
  decision.until = house.clock.now() + std::chrono::hours(24);
  decision.basis = std::string("benchmark");
  must(run(house.decisions.decide(commander, std::move(decision))));
}

}  // namespace luytre::bench

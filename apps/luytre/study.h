// What commands share: refusals, times, and, for those that ask of contact data, the index of a study.

#pragma once

#include <iostream>
#include <optional>
#include <string>

#include "apps/luytre/commands.h"
#include "apps/luytre/house.h"
#include "modules/tracing/study_index.h"

namespace luytre::app {

int refuse(const std::string& what);  // the command line was wrong: 2
int fail(const std::string& what);    // it failed: 1
// In the words of data/i18n; 2 for an order that nothing stored could make right, else 1.
int say(const House& house, const Error& error);

// Throws UsageError that names the option.
Instant instant_of(const std::string& text, const char* option);
std::optional<Instant> instant_of(const std::optional<std::string>& text, const char* option);

// Whether there is a database to ask; a command that only asks does not make one.
bool has_data(const Common& common, const Settings& settings);
int refuse_without_data(const Settings& settings);

// Kept in `presence` in the data directory; what takes long, and what went wrong, is told on stderr. Nothing: it cannot
// be used, and the caller says what follows from that.
tracing::StudyIndexPtr open_index(House& house);
// For the engine that was asked for; nothing: SQL answers, and stderr says so unless that was the wish.
tracing::StudyIndexPtr index_for(House& house, const std::optional<std::string>& engine);

template <class Report>
void print(const Report& report, const std::string& format) {
  if (format == "json") {
    print_json(std::cout, report);
  } else if (format == "csv") {
    print_csv(std::cout, report);
  } else {
    print_table(std::cout, report);
  }
}

}  // namespace luytre::app

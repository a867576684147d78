// What `luytre pairs` prints: how often and how long people met on one day, as a table, as JSON, or as CSV with one
// line a number of meetings or a place.
//
// Meetings are told by where they were: a kind of place, `encounter` for devices near each other, and `all` for both
// together. By age they are a contact matrix each, symmetric; a meeting within a group counts once.

#pragma once

#include <chrono>
#include <cstdint>
#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

namespace luytre::tracing {

struct Meetings {
  std::string where;
  std::optional<std::string> group;  // by age
  std::optional<std::string> other;
  std::int64_t links = 0;
  std::int64_t seconds = 0;
};

struct BusyPlace {
  std::string place;
  std::string kind;
  std::int64_t links = 0;
  std::int64_t visits = 0;
};

struct PairsReport {
  std::string day;  // UTC
  std::string by;   // age, kind, place
  std::chrono::seconds min_overlap{0};
  std::vector<std::string> groups;  // by age
  std::vector<Meetings> meetings;   // by age and by kind; those that there are
  std::vector<BusyPlace> places;    // by place, most meetings first
};

void print_table(std::ostream& out, const PairsReport& report);
void print_json(std::ostream& out, const PairsReport& report);
void print_csv(std::ostream& out, const PairsReport& report);

}  // namespace luytre::tracing

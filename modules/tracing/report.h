// What `luytre trace` prints: an answer with names for people and places instead of numbers, as a table, as JSON (the
// stable contract), or as CSV with one line a piece of evidence.
//
// Names are external ids of a study, or our own ids. Contacts are ordered by level, exposed-since, name; evidence by
// from, to, with, place; names byte by byte. Times are ISO-8601 UTC, ending in Z.
//
// Of several cases traced as one, JSON says `persons` instead of `person`. The table says what stopped a trace before
// nobody was left to search; JSON does when levels that were asked for are missing: `stopped` is count or time.
//
// A trace turned round (`--back`) is told in the same words: the levels are those of sources, and instead of since when
// someone was exposed it says until when they met. `luytre who` prints who was at a place.

#pragma once

#include <chrono>
#include <functional>
#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

#include "engines/presence/presence.h"
#include "engines/presence/rulesets.h"
#include "modules/tracing/trace.h"
#include "modules/tracing/why_sql.h"
#include "platform/base/result.h"

namespace luytre::tracing {

struct ReportEvidence {
  Interval when;
  std::string with;
  std::optional<std::string> place;
  presence::LinkKind kind = presence::LinkKind::kVisit;
  std::int64_t minutes() const { return (when.to - when.from).count() / 60; }
  friend auto operator<=>(const ReportEvidence&, const ReportEvidence&) = default;
};

struct ReportContact {
  std::string person;
  int level = 1;
  Instant exposed_since;  // of a report that goes back: met until
  std::int64_t risk = 0;
  std::int64_t evidence_count = 0;
  std::vector<ReportEvidence> evidence;
};

struct TraceReport {
  std::vector<std::string> persons;  // F0, by name; of a report that goes back: the exposed
  bool back = false;
  Instant from;
  Instant to;
  std::optional<std::string> rule_set;
  std::string engine;
  std::optional<WhySql> why_sql;             // the index was asked and did not answer; not printed
  std::optional<presence::Stopped> stopped;  // before nobody was left to search
  std::chrono::milliseconds elapsed{0};
  std::int64_t persons_searched = 0;
  std::int64_t links_found = 0;
  std::vector<ReportContact> contacts;
};

struct Names {
  std::function<std::string(PersonId)> person;
  std::function<std::string(PlaceId)> place;
};

// Puts contacts and evidence into the order of names; all cases have the same window.
TraceReport make_report(const presence::Question& question, const presence::Traced& traced, const Names& names);
TraceReport make_report(const presence::Question& question, const presence::Origins& origins, const Names& names);

void print_table(std::ostream& out, const TraceReport& report);
void print_json(std::ostream& out, const TraceReport& report);
void print_csv(std::ostream& out, const TraceReport& report);

struct ReportPresent {
  std::string person;
  std::optional<std::string> zone;
  Interval when;
  bool estimated = false;
};

// Who was at a place, by beginning, end, name, zone; times cut to those asked about.
struct PresentReport {
  std::string place;
  Interval when;
  std::vector<ReportPresent> present;
};

PresentReport make_report(std::string place, Interval when, std::vector<ReportPresent> present);

void print_table(std::ostream& out, const PresentReport& report);
void print_json(std::ostream& out, const PresentReport& report);
void print_csv(std::ostream& out, const PresentReport& report);

// What the command line may set beside, or instead of, a rule set.
struct TraceOverrides {
  std::optional<std::string> rule_set;
  std::optional<int> depth;
  std::optional<std::chrono::seconds> min_overlap;
  std::optional<std::chrono::seconds> sum_within;
  std::optional<Instant> until;
  TraceCeiling ceiling{};
  bool by_air = true;  // presence::TraceRules; of a case its disease says it
};

inline constexpr ErrorCode kTraceRuleSetUnknown{"rule_set_unknown", 422};  // params: ruleSet
inline constexpr ErrorCode kTraceDepthRange{"depth_range", 422};           // params: most
inline constexpr ErrorCode kTraceOverlapRange{"min_overlap_range", 422};
inline constexpr ErrorCode kTraceSumRange{"sum_within_range", 422};  // less than the shortest shared time

// The rule set's rules, or the house defaults, with the overrides; all evidence.
Result<presence::TraceRules> rules_of(const TraceOverrides& overrides, const presence::RuleSets& rule_sets);

}  // namespace luytre::tracing

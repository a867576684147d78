// Rule sets of tracing: dated data that say when a case is infectious, how long a link must last, how far to trace and
// who acts on what.
//
// One JSON file each in data/rulesets (its README says where the facts come from). Read once; immutable afterwards;
// thread-safe. A file that is wrong stops the start with its name and the JSON pointer of what is wrong.

#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engines/presence/presence.h"
#include "engines/presence/window.h"

namespace luytre::presence {

struct Wording {
  std::string vi;
  std::string en;
};
BOOST_DESCRIBE_STRUCT(Wording, (), (vi, en))

// Levels of risk.h for the eye of the officer: high from, medium from.
struct RiskThresholds {
  std::int64_t high = 0;
  std::int64_t medium = 0;
};
BOOST_DESCRIBE_STRUCT(RiskThresholds, (), (high, medium))

// Whoever is on the list of a vehicle's departure with a case is a contact: those at most so many rows away; absent:
// all.
struct VehicleRule {
  std::optional<std::int64_t> rows;
};
BOOST_DESCRIBE_STRUCT(VehicleRule, (), (rows))

enum class RuleKind {
  kDefinition,  // says who is a contact
  kAlert,       // only whom to alert; never chosen by itself
};
BOOST_DESCRIBE_ENUM(RuleKind, kDefinition, kAlert)

struct RuleSet {
  std::string id;
  Wording title;
  std::string disease;
  RuleKind kind = RuleKind::kDefinition;
  Date valid_from;
  std::optional<Date> valid_to;  // exclusive
  std::string basis;
  std::string source;
  std::vector<std::string> decided;
  WindowRule window;
  std::int64_t min_overlap_seconds = 0;
  std::int64_t latent_seconds = 0;
  std::int64_t depth = 1;
  // That go to the work lists of the stations; who lives with the case does in any case.
  std::vector<std::int64_t> acts_on_levels;
  std::vector<std::int64_t> warns_levels;  // that are warned
  std::optional<std::int64_t> scan_margin_seconds;
  std::optional<std::int64_t> sum_within_seconds;  // meetings that lie within so long count together (presence.h)
  std::optional<VehicleRule> vehicle;              // absent: passenger lists are not looked at
  std::optional<bool> household;  // whoever lives in one household with somebody is a contact of theirs; absent: not
  RiskThresholds risk;

  TraceRules trace_rules() const;
};
BOOST_DESCRIBE_STRUCT(RuleSet, (),
                      (id, title, disease, kind, valid_from, valid_to, basis, source, decided, window,
                       min_overlap_seconds, latent_seconds, depth, acts_on_levels, warns_levels, scan_margin_seconds,
                       sum_within_seconds, household, vehicle, risk))

class RuleSets {
 public:
  explicit RuleSets(const std::filesystem::path& folder);    // throws runtime_error
  const std::vector<RuleSet>& all() const { return sets_; }  // by id
  const RuleSet* find(std::string_view id) const;
  // The definition valid on the day that began last; null when there is none.
  const RuleSet* in_force(std::string_view disease, Date day) const;

 private:
  std::vector<RuleSet> sets_;
};

// Reads one file's text. Throws runtime_error; `name` is what the message calls it.
RuleSet parse_rule_set(const std::string& name, std::string_view text);

}  // namespace luytre::presence

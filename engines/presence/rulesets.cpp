#include "engines/presence/rulesets.h"

#include <algorithm>
#include <fstream>
#include <set>
#include <sstream>
#include <stdexcept>

namespace luytre::presence {

namespace {

[[noreturn]] void refuse(const std::string& name, const std::string& what) {
  throw std::runtime_error("rule set " + name + ": " + what);
}

std::string describe(const Error& error) {
  if (error.fields.empty()) return "not JSON (" + error.code + ")";
  std::string text;
  for (const FieldError& field : error.fields) text += (text.empty() ? "" : "; ") + field.pointer + ": " + field.code;
  return text;
}

void check_levels(const std::string& name, const char* member, const RuleSet& set,
                  const std::vector<std::int64_t>& levels) {
  std::int64_t last = 0;
  for (const std::int64_t level : levels) {
    if (level <= last || level > set.depth)
      refuse(name, std::string(member) + ": levels must rise and lie between 1 and depth");
    last = level;
  }
}

void check(const std::string& name, const RuleSet& set) {
  if (set.id.empty()) refuse(name, "/id: must not be empty");
  if (set.disease.empty()) refuse(name, "/disease: must not be empty");
  if (set.basis.empty() || set.source.empty()) refuse(name, "/basis, /source: must say where the rule comes from");
  if (set.valid_to && *set.valid_to <= set.valid_from) refuse(name, "/validTo: must be after validFrom");
  const auto days = [](std::int64_t n) { return n >= 0 && n <= 60; };
  if (!days(set.window.days_before_onset) || !days(set.window.days_before_sample))
    refuse(name, "/window: 0 to 60 days");
  if (!days(set.window.days_after_onset.value_or(0)) || !days(set.window.days_after_sample.value_or(0)))
    refuse(name, "/window: 0 to 60 days");
  if (set.min_overlap_seconds < 1 || set.min_overlap_seconds > kDaySeconds)
    refuse(name, "/minOverlapSeconds: 1 to 86400");
  if (set.latent_seconds < 0 || set.latent_seconds > 60 * kDaySeconds) refuse(name, "/latentSeconds: 0 to 60 days");
  if (set.depth < 1 || set.depth > kMostDepth) refuse(name, "/depth: 1 to " + std::to_string(kMostDepth));
  check_levels(name, "/actsOnLevels", set, set.acts_on_levels);
  check_levels(name, "/warnsLevels", set, set.warns_levels);
  if (set.scan_margin_seconds && (*set.scan_margin_seconds < 0 || *set.scan_margin_seconds > kDaySeconds))
    refuse(name, "/scanMarginSeconds: 0 to 86400");
  if (set.sum_within_seconds &&
      (*set.sum_within_seconds < set.min_overlap_seconds || *set.sum_within_seconds > kDaySeconds))
    refuse(name, "/sumWithinSeconds: minOverlapSeconds to 86400");
  if (set.vehicle && set.vehicle->rows && (*set.vehicle->rows < 0 || *set.vehicle->rows > 50))
    refuse(name, "/vehicle/rows: 0 to 50");
  if (set.risk.medium < 0 || set.risk.high < set.risk.medium || set.risk.high > 1000)
    refuse(name, "/risk: 0 ≤ medium ≤ high ≤ 1000");
}

std::string read_file(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  if (!in) refuse(file.string(), "cannot be read");
  return std::move(text).str();
}

}  // namespace

TraceRules RuleSet::trace_rules() const {
  TraceRules rules;
  rules.min_overlap = std::chrono::seconds(min_overlap_seconds);
  rules.latent = std::chrono::seconds(latent_seconds);
  rules.depth = static_cast<int>(depth);
  if (scan_margin_seconds) rules.scan_margin = std::chrono::seconds(*scan_margin_seconds);
  if (sum_within_seconds) rules.sum_within = std::chrono::seconds(*sum_within_seconds);
  return rules;
}

RuleSet parse_rule_set(const std::string& name, std::string_view text) {
  auto set = json::parse<RuleSet>(text);
  if (!set) refuse(name, describe(set.error()));
  check(name, *set);
  return std::move(*set);
}

RuleSets::RuleSets(const std::filesystem::path& folder) {
  if (!std::filesystem::is_directory(folder)) refuse(folder.string(), "the folder is missing");
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() != ".json") continue;
    sets_.push_back(parse_rule_set(entry.path().string(), read_file(entry.path())));
    if (sets_.back().id != entry.path().stem().string()) refuse(entry.path().string(), "/id: must be the file's name");
  }
  std::sort(sets_.begin(), sets_.end(), [](const RuleSet& a, const RuleSet& b) { return a.id < b.id; });
}

const RuleSet* RuleSets::find(std::string_view id) const {
  const auto found = std::find_if(sets_.begin(), sets_.end(), [&](const RuleSet& set) { return set.id == id; });
  return found == sets_.end() ? nullptr : &*found;
}

const RuleSet* RuleSets::in_force(std::string_view disease, Date day) const {
  const RuleSet* best = nullptr;
  for (const RuleSet& set : sets_) {
    if (set.disease != disease || set.kind != RuleKind::kDefinition) continue;
    if (day < set.valid_from || (set.valid_to && *set.valid_to <= day)) continue;
    if (!best || best->valid_from < set.valid_from) best = &set;
  }
  return best;
}

}  // namespace luytre::presence

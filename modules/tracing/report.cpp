#include "modules/tracing/report.h"

#include <algorithm>
#include <iomanip>
#include <map>
#include <ostream>
#include <tuple>

#include "modules/tracing/trace.h"

namespace luytre::tracing {

namespace {

std::string json_string(std::string_view text) {
  std::string out;
  json::write_string(out, text);
  return out;
}

// A field of CSV (RFC 4180).
std::string field(std::string_view text) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(text);
  std::string out = "\"";
  for (const char c : text) out += c == '"' ? "\"\"" : std::string(1, c);
  return out + '"';
}

std::string_view name_of(presence::LinkKind kind) {
  return kind == presence::LinkKind::kVisit ? "visit" : "encounter";
}

std::string counts_by_level(const TraceReport& report) {
  std::map<int, std::size_t> counts;
  for (const ReportContact& contact : report.contacts) ++counts[contact.level];
  std::string text;
  for (const auto& [level, count] : counts)
    text += (text.empty() ? "" : ", ") + std::to_string(count) + " F" + std::to_string(level);
  return text.empty() ? "nobody" : text;
}

}  // namespace

TraceReport make_report(const presence::Question& question, const presence::Answer& answer, const Names& names) {
  TraceReport report;
  const presence::Source& source = question.cases.front();
  report.person = names.person(source.person);
  report.from = source.window.from;
  report.to = source.window.to;
  report.engine = kEngine;
  report.persons_searched = answer.persons_searched;
  report.links_found = answer.links_found;
  for (const presence::Contact& contact : answer.contacts) {
    ReportContact& out = report.contacts.emplace_back(ReportContact{
        names.person(contact.person), contact.level, contact.exposed_since, contact.risk, contact.evidence_count, {}});
    for (const presence::Evidence& e : contact.evidence)
      out.evidence.push_back(
          {e.when, names.person(e.with), e.place ? std::optional(names.place(*e.place)) : std::nullopt, e.kind});
    std::sort(out.evidence.begin(), out.evidence.end());
  }
  std::sort(report.contacts.begin(), report.contacts.end(), [](const ReportContact& a, const ReportContact& b) {
    return std::tie(a.level, a.exposed_since, a.person) < std::tie(b.level, b.exposed_since, b.person);
  });
  return report;
}

void print_table(std::ostream& out, const TraceReport& report) {
  std::size_t widest = 6;
  for (const ReportContact& contact : report.contacts) widest = std::max(widest, contact.person.size());
  const auto cell = [&](std::string_view text, std::size_t width) {
    out << text << std::string(width > text.size() ? width - text.size() : 0, ' ') << "  ";
  };
  out << "F0 " << report.person << ", from " << to_text(report.from) << " to " << to_text(report.to) << '\n' << '\n';
  cell("LEVEL", 5);
  cell("PERSON", widest);
  cell("EXPOSED SINCE", 20);
  cell("RISK", 4);
  out << "EVIDENCE\n";
  for (const ReportContact& contact : report.contacts) {
    cell("F" + std::to_string(contact.level), 5);
    cell(contact.person, widest);
    cell(to_text(contact.exposed_since), 20);
    cell(std::to_string(contact.risk), 4);
    out << contact.evidence_count << '\n';
    for (const ReportEvidence& e : contact.evidence) {
      out << "       " << name_of(e.kind) << " with " << e.with;
      if (e.place) out << " at " << *e.place;
      out << ", " << to_text(e.when.from) << " – " << to_text(e.when.to) << '\n';
    }
  }
  out << "\nFound " << counts_by_level(report) << " in " << report.elapsed.count() << " ms (engine " << report.engine
      << "); searched the histories of " << report.persons_searched << " people, which hold " << report.links_found
      << " shared stays and encounters that last long enough.\n";
}

void print_json(std::ostream& out, const TraceReport& report) {
  out << "{\"person\":" << json_string(report.person) << ",\"from\":\"" << to_text(report.from) << "\",\"to\":\""
      << to_text(report.to) << "\",\"ruleSet\":" << (report.rule_set ? json_string(*report.rule_set) : "null")
      << ",\"engine\":" << json_string(report.engine) << ",\"elapsedMs\":" << report.elapsed.count()
      << ",\"contacts\":[";
  bool first = true;
  for (const ReportContact& contact : report.contacts) {
    out << (first ? "\n" : ",\n") << "{\"person\":" << json_string(contact.person) << ",\"level\":" << contact.level
        << ",\"exposedSince\":\"" << to_text(contact.exposed_since) << "\",\"risk\":" << contact.risk
        << ",\"evidence\":[";
    first = false;
    bool first_evidence = true;
    for (const ReportEvidence& e : contact.evidence) {
      out << (first_evidence ? "" : ",") << "{\"kind\":\"" << name_of(e.kind) << "\",\"with\":" << json_string(e.with)
          << ",\"place\":" << (e.place ? json_string(*e.place) : "null") << ",\"from\":\"" << to_text(e.when.from)
          << "\",\"to\":\"" << to_text(e.when.to) << "\"}";
      first_evidence = false;
    }
    out << "]}";
  }
  out << "]}\n";
}

void print_csv(std::ostream& out, const TraceReport& report) {
  out << "person,level,exposedSince,risk,kind,with,place,from,to\n";
  for (const ReportContact& contact : report.contacts) {
    const std::string head = field(contact.person) + ',' + std::to_string(contact.level) + ',' +
                             to_text(contact.exposed_since) + ',' + std::to_string(contact.risk) + ',';
    for (const ReportEvidence& e : contact.evidence)
      out << head << name_of(e.kind) << ',' << field(e.with) << ',' << field(e.place.value_or("")) << ','
          << to_text(e.when.from) << ',' << to_text(e.when.to) << '\n';
  }
}

Result<presence::TraceRules> rules_of(const TraceOverrides& overrides, const presence::RuleSets& rule_sets) {
  presence::TraceRules rules;
  if (overrides.rule_set) {
    const presence::RuleSet* set = rule_sets.find(*overrides.rule_set);
    if (!set) return Error(kTraceRuleSetUnknown, {{"ruleSet", *overrides.rule_set}});
    rules = set->trace_rules();
  }
  if (overrides.depth) rules.depth = *overrides.depth;
  if (overrides.min_overlap) rules.min_overlap = *overrides.min_overlap;
  if (rules.depth < 1 || rules.depth > presence::kMostDepth)
    return Error(kTraceDepthRange, {{"most", std::to_string(presence::kMostDepth)}});
  if (rules.min_overlap < std::chrono::seconds(1)) return kTraceOverlapRange;
  return rules;
}

}  // namespace luytre::tracing

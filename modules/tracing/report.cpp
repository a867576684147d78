#include "modules/tracing/report.h"

#include <algorithm>
#include <iomanip>
#include <map>
#include <ostream>
#include <tuple>

#include "modules/tracing/report_text.h"
#include "modules/tracing/trace.h"

namespace luytre::tracing {

namespace {

std::string_view name_of(presence::LinkKind kind) {
  return kind == presence::LinkKind::kVisit ? "visit" : "encounter";
}

// F1: exposed by F0. S1: a source of the exposed.
std::string level_text(const TraceReport& report, int level) {
  return (report.back ? "S" : "F") + std::to_string(level);
}

std::string counts_by_level(const TraceReport& report) {
  std::map<int, std::size_t> counts;
  for (const ReportContact& contact : report.contacts) ++counts[contact.level];
  std::string text;
  for (const auto& [level, count] : counts)
    text += (text.empty() ? "" : ", ") + std::to_string(count) + ' ' + level_text(report, level);
  return text.empty() ? "nobody" : text;
}

TraceReport head_of(const presence::Question& question, const Names& names) {
  TraceReport report;
  for (const presence::Source& source : question.cases) report.persons.push_back(names.person(source.person));
  std::sort(report.persons.begin(), report.persons.end());
  report.persons.erase(std::unique(report.persons.begin(), report.persons.end()), report.persons.end());
  report.from = question.cases.front().window.from;
  report.to = question.cases.front().window.to;
  return report;
}

// `found`: a Contact or an Origin; `when`: since when exposed, or until when met.
template <class Found>
ReportContact report_of(const Found& found, Instant when, const Names& names) {
  ReportContact out{names.person(found.person), found.level, when, found.risk, found.evidence_count, {}};
  for (const presence::Evidence& e : found.evidence)
    out.evidence.push_back(
        {e.when, names.person(e.with), e.place ? std::optional(names.place(*e.place)) : std::nullopt, e.kind});
  std::sort(out.evidence.begin(), out.evidence.end());
  return out;
}

std::string listed(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

std::string why_stopped(presence::Stopped how) {
  switch (how) {
    case presence::Stopped::kDepth:
      return "at the depth asked for; they may have met others";
    case presence::Stopped::kCount:
      return "because so many are found; those of the last level were not searched";
    case presence::Stopped::kTime:
      return "because the time was over; the level that it did not suffice for is left out";
    case presence::Stopped::kNot:
      break;
  }
  return "nowhere";
}

}  // namespace

TraceReport make_report(const presence::Question& question, const presence::Traced& traced, const Names& names) {
  TraceReport report = head_of(question, names);
  const presence::Answer& answer = traced.answer;
  report.engine = kEngine;
  report.stopped = stopped_by(traced.stopped);
  report.persons_searched = answer.persons_searched;
  report.links_found = answer.links_found;
  for (const presence::Contact& contact : answer.contacts)
    report.contacts.push_back(report_of(contact, contact.exposed_since, names));
  std::sort(report.contacts.begin(), report.contacts.end(), [](const ReportContact& a, const ReportContact& b) {
    return std::tie(a.level, a.exposed_since, a.person) < std::tie(b.level, b.exposed_since, b.person);
  });
  return report;
}

TraceReport make_report(const presence::Question& question, const presence::Origins& origins, const Names& names) {
  TraceReport report = head_of(question, names);
  report.back = true;
  report.engine = kEngine;
  report.stopped = stopped_by(origins.stopped);
  report.persons_searched = origins.persons_searched;
  report.links_found = origins.links_found;
  for (const presence::Origin& origin : origins.origins)
    report.contacts.push_back(report_of(origin, origin.met, names));
  std::sort(report.contacts.begin(), report.contacts.end(), [](const ReportContact& a, const ReportContact& b) {
    return std::tie(a.level, b.exposed_since, a.person) < std::tie(b.level, a.exposed_since, b.person);
  });
  return report;
}

void print_table(std::ostream& out, const TraceReport& report) {
  std::size_t widest = 6;
  for (const ReportContact& contact : report.contacts) widest = std::max(widest, contact.person.size());
  const auto cell = [&](std::string_view text, std::size_t width) { write_cell(out, text, width); };
  out << (report.back ? "Sources of " : "F0 ") << listed(report.persons) << ", from " << to_text(report.from) << " to "
      << to_text(report.to) << '\n'
      << '\n';
  cell("LEVEL", 5);
  cell("PERSON", widest);
  cell(report.back ? "MET UNTIL" : "EXPOSED SINCE", 20);
  cell("RISK", 4);
  out << "EVIDENCE\n";
  for (const ReportContact& contact : report.contacts) {
    cell(level_text(report, contact.level), 5);
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
  if (report.stopped) out << "Stopped " << why_stopped(*report.stopped) << ".\n";
}

void print_json(std::ostream& out, const TraceReport& report) {
  const bool several = report.persons.size() > 1;
  out << (several ? "{\"persons\":" + json::text(report.persons) : "{\"person\":" + json_string(listed(report.persons)))
      << ",\"from\":\"" << to_text(report.from) << "\",\"to\":\"" << to_text(report.to)
      << "\",\"ruleSet\":" << (report.rule_set ? json_string(*report.rule_set) : "null")
      << ",\"engine\":" << json_string(report.engine) << ",\"elapsedMs\":" << report.elapsed.count();
  if (report.stopped && *report.stopped != presence::Stopped::kDepth)
    out << ",\"stopped\":" << json::text(*report.stopped);
  out << ",\"contacts\":[";
  bool first = true;
  for (const ReportContact& contact : report.contacts) {
    out << (first ? "\n" : ",\n") << "{\"person\":" << json_string(contact.person) << ",\"level\":" << contact.level
        << (report.back ? ",\"metUntil\":\"" : ",\"exposedSince\":\"") << to_text(contact.exposed_since)
        << "\",\"risk\":" << contact.risk << ",\"evidence\":[";
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
  out << "person,level," << (report.back ? "metUntil" : "exposedSince") << ",risk,kind,with,place,from,to\n";
  for (const ReportContact& contact : report.contacts) {
    const std::string head = field(contact.person) + ',' + std::to_string(contact.level) + ',' +
                             to_text(contact.exposed_since) + ',' + std::to_string(contact.risk) + ',';
    for (const ReportEvidence& e : contact.evidence)
      out << head << name_of(e.kind) << ',' << field(e.with) << ',' << field(e.place.value_or("")) << ','
          << to_text(e.when.from) << ',' << to_text(e.when.to) << '\n';
  }
}

PresentReport make_report(std::string place, Interval when, std::vector<ReportPresent> present) {
  std::sort(present.begin(), present.end(), [](const ReportPresent& a, const ReportPresent& b) {
    return std::tie(a.when, a.person, a.zone) < std::tie(b.when, b.person, b.zone);
  });
  return {std::move(place), when, std::move(present)};
}

void print_table(std::ostream& out, const PresentReport& report) {
  std::size_t person = 6, zone = 4;
  for (const ReportPresent& p : report.present) {
    person = std::max(person, p.person.size());
    zone = std::max(zone, p.zone.value_or("").size());
  }
  out << "At " << report.place << ", from " << to_text(report.when.from) << " to " << to_text(report.when.to) << '\n'
      << '\n';
  write_cell(out, "PERSON", person);
  write_cell(out, "ZONE", zone);
  write_cell(out, "FROM", 20);
  out << "TO\n";
  for (const ReportPresent& p : report.present) {
    write_cell(out, p.person, person);
    write_cell(out, p.zone.value_or(""), zone);
    write_cell(out, to_text(p.when.from), 20);
    out << to_text(p.when.to) << (p.estimated ? " (estimated)" : "") << '\n';
  }
  out << "\nStays: " << report.present.size() << '\n';
}

void print_json(std::ostream& out, const PresentReport& report) {
  out << "{\"place\":" << json_string(report.place) << ",\"from\":\"" << to_text(report.when.from) << "\",\"to\":\""
      << to_text(report.when.to) << "\",\"present\":[";
  bool first = true;
  for (const ReportPresent& p : report.present) {
    out << (first ? "\n" : ",\n") << "{\"person\":" << json_string(p.person)
        << ",\"zone\":" << (p.zone ? json_string(*p.zone) : "null") << ",\"from\":\"" << to_text(p.when.from)
        << "\",\"to\":\"" << to_text(p.when.to) << "\",\"estimated\":" << (p.estimated ? "true" : "false") << '}';
    first = false;
  }
  out << "]}\n";
}

void print_csv(std::ostream& out, const PresentReport& report) {
  out << "person,zone,from,to,estimated\n";
  for (const ReportPresent& p : report.present)
    out << field(p.person) << ',' << field(p.zone.value_or("")) << ',' << to_text(p.when.from) << ','
        << to_text(p.when.to) << ',' << (p.estimated ? "true" : "false") << '\n';
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
  if (overrides.sum_within) rules.sum_within = *overrides.sum_within;
  rules.by_air = overrides.by_air;
  if (rules.depth < 1 || rules.depth > presence::kMostDepth)
    return Error(kTraceDepthRange, {{"most", std::to_string(presence::kMostDepth)}});
  if (rules.min_overlap < std::chrono::seconds(1)) return kTraceOverlapRange;
  if (rules.sum_within && *rules.sum_within < rules.min_overlap) return kTraceSumRange;
  return rules;
}

}  // namespace luytre::tracing

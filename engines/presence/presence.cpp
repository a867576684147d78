#include "engines/presence/presence.h"

#include <algorithm>
#include <tuple>

namespace luytre::presence {

std::vector<Source> merge_sources(std::vector<Source> sources) {
  std::erase_if(sources, [](const Source& s) { return s.window.empty(); });
  std::sort(sources.begin(), sources.end(), [](const Source& a, const Source& b) {
    return std::tie(a.person, a.window) < std::tie(b.person, b.window);
  });
  std::vector<Source> merged;
  for (const Source& s : sources) {
    if (!merged.empty() && merged.back().person == s.person && s.window.from <= merged.back().window.to) {
      merged.back().window.to = std::max(merged.back().window.to, s.window.to);
    } else {
      merged.push_back(s);
    }
  }
  return merged;
}

Interval exposing(const Question& question, PersonId contact, Instant since) {
  const auto isolated = question.isolated.find(contact);
  return {since + question.rules.latent, isolated == question.isolated.end() ? question.horizon : isolated->second};
}

Interval span_of(const TraceRules& rules, Interval visit) {
  if (!rules.scan_margin) return visit;
  const std::chrono::seconds before = *rules.scan_margin / 2;
  return {visit.from - before, visit.from + (*rules.scan_margin - before + std::chrono::seconds(1))};
}

namespace {

// Strongest first; among equals the longer, then the earlier.
bool stronger(const Evidence& a, const Evidence& b) {
  const auto length = [](const Evidence& e) { return e.when.to - e.when.from; };
  if (a.risk != b.risk) return a.risk > b.risk;
  if (length(a) != length(b)) return length(a) > length(b);
  return a < b;
}

}  // namespace

void Finding::add(const Evidence& evidence, std::size_t most) {
  since_ = count_ == 0 ? evidence.when.from : std::min(since_, evidence.when.from);
  risk_ = std::max(risk_, evidence.risk);
  ++count_;
  evidence_.push_back(evidence);
  if (most != 0 && evidence_.size() >= 2 * most + 16) keep_strongest(most);
}

void Finding::keep_strongest(std::size_t most) {
  if (evidence_.size() <= most) return;
  const auto end_of_kept = evidence_.begin() + static_cast<std::ptrdiff_t>(most);
  std::nth_element(evidence_.begin(), end_of_kept, evidence_.end(), stronger);
  evidence_.erase(end_of_kept, evidence_.end());
}

Contact Finding::finish(PersonId person, int level, std::size_t most) && {
  if (most != 0) keep_strongest(most);
  std::sort(evidence_.begin(), evidence_.end());
  return {person, level, since_, risk_, count_, std::move(evidence_)};
}

void sort_contacts(std::vector<Contact>& contacts) {
  std::sort(contacts.begin(), contacts.end(), [](const Contact& a, const Contact& b) {
    return std::tie(a.level, a.exposed_since, a.person) < std::tie(b.level, b.exposed_since, b.person);
  });
}

void sort_origins(std::vector<Origin>& origins) {
  std::sort(origins.begin(), origins.end(), [](const Origin& a, const Origin& b) {
    return std::tie(a.level, b.met, a.person) < std::tie(b.level, a.met, b.person);
  });
}

}  // namespace luytre::presence

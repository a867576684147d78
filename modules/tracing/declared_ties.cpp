// Declared contacts as ties. Nothing was measured of them, and their risk says so: that of people who were told to have
// been near each other for as long as was stated, without a place, a device or masks known. Of a whole day nobody knows
// the hours: it counts as one, and is marked estimated.

#include <algorithm>
#include <unordered_map>

#include "engines/presence/risk.h"
#include "modules/people/merged.h"
#include "modules/tracing/counted.h"
#include "modules/tracing/declared_storage.h"
#include "modules/tracing/ties.h"

namespace luytre::tracing {
namespace {

constexpr std::chrono::hours kOfADay{1};  // this project's own
constexpr std::size_t kFew = 100;         // asked for one by one

std::int64_t risk_of(Interval when, bool whole_day) {
  presence::Exposure exposure;
  exposure.kind = presence::LinkKind::kEncounter;
  exposure.duration = when.to - when.from;
  if (whole_day) exposure.duration = std::min<std::chrono::seconds>(exposure.duration, kOfADay);
  return presence::risk(exposure);
}

template <class Row>
std::optional<Tie> tie_of(const Row& row, PersonId person, const presence::Source& source) {
  const Interval when{std::max(row.started, source.window.from), std::min(row.ended, source.window.to)};
  if (when.empty() || person == source.person) return std::nullopt;
  Tie out;
  out.person = person;
  out.with = source.person;
  out.kind = EvidenceKind::kDeclared;
  out.when = when;
  out.risk = risk_of(when, row.whole_day);
  out.estimated = row.whole_day;
  out.declared = row.id;
  return out;
}

// Few people are asked for one by one; of many, what was declared at the time is compared with them: whoever traces far
// pays for what was declared, not for everybody whom the trace reaches.
std::vector<DeclaredLink> links_of(store::Session& session, const std::string& disease,
                                   std::span<const presence::Source> sources) {
  if (sources.empty()) return {};
  if (sources.size() > kFew) {
    const auto first = std::min_element(sources.begin(), sources.end(),
                                        [](const auto& a, const auto& b) { return a.window.from < b.window.from; });
    return select_links(session, disease, first->window.from);
  }
  std::vector<PersonId> persons, records;
  for (const presence::Source& source : sources) persons.push_back(source.person);
  for (const auto& theirs : people::known_as(session, persons))
    records.insert(records.end(), theirs.begin(), theirs.end());
  std::vector<DeclaredLink> out;
  for (const auto& links : select_links_about(session, records, disease))
    out.insert(out.end(), links.begin(), links.end());
  return out;
}

}  // namespace

std::vector<Tie> declared_ties(store::Session& session, const std::string& disease,
                               std::span<const presence::Source> sources) {
  const auto links = links_of(session, disease, sources);
  std::vector<PersonId> records;
  for (const DeclaredLink& link : links) records.insert(records.end(), {link.person, link.with_person});
  const auto as = counted(session, records);
  std::unordered_map<PersonId, const presence::Source*> source_of;
  for (const presence::Source& source : sources) source_of.emplace(source.person, &source);
  std::vector<Tie> out;
  const auto add = [&](const DeclaredLink& link, PersonId person, PersonId with) {
    const auto source = source_of.find(with);
    if (source == source_of.end()) return;
    if (auto tie = tie_of(link, person, *source->second)) out.push_back(std::move(*tie));
  };
  for (std::size_t i = 0; i < links.size(); ++i) {
    add(links[i], as[2 * i], as[2 * i + 1]);
    add(links[i], as[2 * i + 1], as[2 * i]);
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());  // two of the sources were with each other
  return out;
}

std::vector<Tie> declared_ties(store::Session& session, CaseId id, const presence::Source& source) {
  auto rows = select_declared_of_case(session, id);
  std::erase_if(rows, [](const DeclaredRow& row) { return row.withdrawn_at || row.named_by; });
  std::vector<PersonId> persons;
  for (const DeclaredRow& row : rows) persons.push_back(row.person);
  const auto as = counted(session, persons);
  std::vector<Tie> out;
  for (std::size_t i = 0; i < rows.size(); ++i)
    if (auto tie = tie_of(rows[i], as[i], source)) out.push_back(std::move(*tie));
  return out;
}

std::vector<Tie> named_ties(store::Session& session, CaseId id) {
  auto rows = select_declared_of_case(session, id);
  std::erase_if(rows, [](const DeclaredRow& row) { return row.withdrawn_at || !row.named_by; });
  std::vector<PersonId> persons;
  for (const DeclaredRow& row : rows) persons.insert(persons.end(), {row.person, row.with_person});
  const auto as = counted(session, persons);
  std::vector<Tie> out;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    Tie told;
    told.person = as[2 * i];
    told.with = as[2 * i + 1];
    told.kind = EvidenceKind::kDeclared;
    told.when = {rows[i].started, rows[i].ended};
    told.estimated = rows[i].whole_day;
    told.declared = rows[i].id;
    out.push_back(std::move(told));
  }
  return out;
}

std::optional<Tie> clipped(const Tie& told, const presence::Source& source) {
  const DeclaredLink link{told.declared, told.person, told.with, told.when.from, told.when.to, told.estimated};
  if (source.person == told.with) return tie_of(link, told.person, source);
  if (source.person == told.person) return tie_of(link, told.with, source);
  return std::nullopt;
}

}  // namespace luytre::tracing

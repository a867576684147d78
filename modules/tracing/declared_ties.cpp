// Declared contacts as ties. Nothing was measured of them, and their risk says so: that of people who were told to have
// been near each other for as long as was stated, without a place, a device or masks known. Of a whole day nobody knows
// the hours: it counts as one, and is marked estimated.

#include <algorithm>

#include "engines/presence/risk.h"
#include "modules/people/merged.h"
#include "modules/tracing/counted.h"
#include "modules/tracing/declared_storage.h"
#include "modules/tracing/ties.h"

namespace luytre::tracing {
namespace {

constexpr std::chrono::hours kOfADay{1};  // this project's own

std::int64_t risk_of(Interval when, bool whole_day) {
  presence::Exposure exposure;
  exposure.kind = presence::LinkKind::kEncounter;
  exposure.duration = when.to - when.from;
  if (whole_day) exposure.duration = std::min<std::chrono::seconds>(exposure.duration, kOfADay);
  return presence::risk(exposure);
}

std::optional<Tie> tie_of(const DeclaredRow& row, PersonId person, const presence::Source& source) {
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

}  // namespace

std::vector<Tie> declared_ties(store::Session& session, const std::string& disease,
                               std::span<const presence::Source> sources) {
  std::vector<PersonId> persons;
  for (const presence::Source& source : sources) persons.push_back(source.person);
  std::vector<PersonId> records;
  std::vector<const presence::Source*> whose;
  const auto known = people::known_as(session, persons);
  for (std::size_t i = 0; i < known.size(); ++i) {
    records.insert(records.end(), known[i].begin(), known[i].end());
    whose.insert(whose.end(), known[i].size(), &sources[i]);
  }
  if (records.empty()) return {};

  const auto rows = select_declared_about(session, records, disease);
  std::vector<PersonId> others;
  for (std::size_t i = 0; i < rows.size(); ++i)
    for (const DeclaredRow& row : rows[i]) others.push_back(row.person == records[i] ? row.with_person : row.person);
  const auto as = counted(session, others);

  std::vector<Tie> out;
  std::size_t next = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    for (const DeclaredRow& row : rows[i])
      if (auto tie = tie_of(row, as[next++], *whose[i])) out.push_back(std::move(*tie));
  }
  return out;
}

std::vector<Tie> declared_ties(store::Session& session, CaseId id, const presence::Source& source) {
  auto rows = select_declared_of_case(session, id);
  std::erase_if(rows, [](const DeclaredRow& row) { return row.withdrawn_at.has_value(); });
  std::vector<PersonId> persons;
  for (const DeclaredRow& row : rows) persons.push_back(row.person);
  const auto as = counted(session, persons);
  std::vector<Tie> out;
  for (std::size_t i = 0; i < rows.size(); ++i)
    if (auto tie = tie_of(rows[i], as[i], source)) out.push_back(std::move(*tie));
  return out;
}

}  // namespace luytre::tracing

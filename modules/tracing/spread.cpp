#include "modules/tracing/spread.h"

#include <algorithm>
#include <iterator>
#include <numeric>

namespace luytre::tracing {
namespace {

using store::values;

// Those that stand, by the index (case_id, level, risk, id).
constexpr store::Query kCounted{"tracing.spread_counted", R"sql(
  SELECT count(*)
  FROM tracing_candidate
  WHERE case_id = $1 AND level = $2 AND status IN ('open', 'assigned'))sql"};

constexpr store::Query kOfLevel{"tracing.spread_of_level", R"sql(
  SELECT id, case_id, person, unit, level, exposed_since, risk, class, evidence_count
  FROM tracing_candidate
  WHERE case_id = $1 AND level = $2 AND status IN ('open', 'assigned')
  ORDER BY risk DESC, id
  LIMIT $3)sql"};

// What a graph draws, and nothing of what a contact answered.
struct ExposedRow {
  CandidateId id;
  CaseId case_id;
  PersonId person;
  UnitId unit;
  std::int64_t level = 1;
  Instant exposed_since;
  std::int64_t risk = 0;
  std::optional<Class> assigned_class;
  std::int64_t evidence_count = 0;
};
BOOST_DESCRIBE_STRUCT(ExposedRow, (),
                      (id, case_id, person, unit, level, exposed_since, risk, assigned_class, evidence_count))

constexpr store::Query kStrongestOfAll{"tracing.spread_strongest", R"sql(
  SELECT kind, with_person, place, started, ended, estimated
  FROM tracing_evidence
  WHERE candidate = $1
  ORDER BY risk DESC, started, id
  LIMIT 1)sql"};

struct SharedRow {
  EvidenceKind kind = EvidenceKind::kVisit;
  PersonId with_person;
  PlaceId place;  // 0: none
  Instant started;
  Instant ended;
  bool estimated = false;
};
BOOST_DESCRIBE_STRUCT(SharedRow, (), (kind, with_person, place, started, ended, estimated))

std::vector<std::size_t> counted_of(store::Session& session, std::span<const CaseId> cases, std::int64_t level) {
  std::vector<store::Row> looks;
  for (const CaseId id : cases) looks.push_back(values(id, level));
  std::vector<std::size_t> out;
  for (const auto& found : session.each<std::int64_t>(kCounted, looks))
    out.push_back(static_cast<std::size_t>(found.front()));
  return out;
}

// How many of each fit into the room, if each gets no more than that: what those with few leave goes to the others.
std::size_t share(std::vector<std::size_t> counts, std::size_t room) {
  std::sort(counts.begin(), counts.end());
  for (std::size_t i = 0; i < counts.size(); ++i) {
    const std::size_t each = room / (counts.size() - i);
    if (counts[i] > each) return each;
    room -= counts[i];
  }
  return counts.empty() ? 0 : counts.back();
}

std::vector<ExposedRow> of_level(store::Session& session, std::span<const CaseId> cases, std::int64_t level,
                                 std::size_t of_each) {
  std::vector<store::Row> looks;
  for (const CaseId id : cases) looks.push_back(values(id, level, of_each));
  std::vector<ExposedRow> out;
  for (auto& found : session.each<ExposedRow>(kOfLevel, looks))
    std::move(found.begin(), found.end(), std::back_inserter(out));
  return out;
}

std::optional<Meeting> meeting_of(const std::vector<SharedRow>& rows) {
  if (rows.empty()) return std::nullopt;
  const SharedRow& shared = rows.front();
  Meeting out{shared.with_person, shared.kind, {}, {shared.started, shared.ended}, shared.estimated};
  if (shared.place.value != 0) out.place = shared.place;
  return out;
}

}  // namespace

Exposures exposures(store::Session& session, std::span<const CaseId> cases, std::int64_t levels, std::size_t most) {
  Exposures out;
  std::vector<ExposedRow> rows;
  bool full = false;
  for (std::int64_t level = 1; level <= levels; ++level) {
    const std::vector<std::size_t> counts = counted_of(session, cases, level);
    const std::size_t there = std::accumulate(counts.begin(), counts.end(), std::size_t{0});
    const std::size_t of_each = full ? 0 : share(counts, most - rows.size());
    std::vector<ExposedRow> found;
    if (of_each > 0) found = of_level(session, cases, level, of_each);
    full = full || found.size() < there;
    out.left_out.push_back(static_cast<std::int64_t>(there - found.size()));
    std::move(found.begin(), found.end(), std::back_inserter(rows));
  }
  std::vector<store::Row> looks;
  for (const ExposedRow& row : rows) looks.push_back(values(row.id));
  const auto evidence = session.each<SharedRow>(kStrongestOfAll, looks);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const ExposedRow& row = rows[i];
    out.all.push_back({row.id, row.case_id, row.person, row.unit, row.level, row.exposed_since, row.risk,
                       row.assigned_class, row.evidence_count, meeting_of(evidence[i])});
  }
  return out;
}

MetBefore met_before(store::Session& session, std::span<const Exposed> exposed, const std::set<PersonId>& among,
                     const PlaceSettings& settings, const presence::TraceLimits& limits) {
  MetBefore out;
  out.of_each.resize(exposed.size());
  for (std::size_t i = 0; i < exposed.size(); ++i) {
    presence::Question question;
    question.cases.push_back({exposed[i].person, exposed[i].when});
    question.rules.most_evidence = 1;
    question.horizon = exposed[i].when.from;
    const presence::Origins found = trace_back(session, question, settings, limits);
    if (found.stopped == presence::Stopped::kTime) return out;
    for (const presence::Origin& one : found.origins) {
      if (!among.contains(one.person) || one.evidence.empty()) continue;
      const presence::Evidence& e = one.evidence.front();
      const EvidenceKind kind =
          e.kind == presence::LinkKind::kEncounter ? EvidenceKind::kEncounter : EvidenceKind::kVisit;
      out.of_each[i].push_back({one.risk, one.evidence_count, {one.person, kind, e.place, e.when, e.estimated}});
    }
    std::stable_sort(out.of_each[i].begin(), out.of_each[i].end(),
                     [](const Met& a, const Met& b) { return a.risk > b.risk; });
    ++out.reached;
  }
  return out;
}

}  // namespace luytre::tracing

#include "modules/tracing/storage.h"

#include "platform/store/few.h"

namespace luytre::tracing {
namespace {

using store::values;

constexpr store::Query kInsertRun{"tracing.insert_run", R"sql(
  INSERT INTO tracing_run (id, case_id, at, requested_by, state, rule_set, engine, why_sql, elapsed_microseconds,
                          links_found, found1, found2, found3, found4, stopped)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15))sql"};

constexpr store::Query kUpdateRun{"tracing.update_run", R"sql(
  UPDATE tracing_run
  SET at = $2, state = $3, rule_set = $4, engine = $5, why_sql = $6, elapsed_microseconds = $7, links_found = $8, found1 = $9,
      found2 = $10, found3 = $11, found4 = $12, stopped = $13
  WHERE id = $1)sql"};

constexpr store::Query kRun{"tracing.run", R"sql(
  SELECT id, case_id, at, requested_by, state, rule_set, engine, why_sql, elapsed_microseconds, links_found,
         found1, found2, found3, found4, stopped
  FROM tracing_run
  WHERE id = $1)sql"};

constexpr store::Query kRuns{"tracing.runs", R"sql(
  SELECT id, case_id, at, requested_by, state, rule_set, engine, why_sql, elapsed_microseconds, links_found,
         found1, found2, found3, found4, stopped
  FROM tracing_run
  WHERE case_id = $1
  ORDER BY id DESC
  LIMIT 100)sql"};

constexpr store::Query kInsertCandidate{"tracing.insert_candidate", R"sql(
  INSERT INTO tracing_candidate (id, case_id, person, level, exposed_since, risk, status, class, answers, note,
                                assigned_by, assigned_at, unit, evidence_count, version, by_decision)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16))sql"};

constexpr store::Query kUpdateCandidate{"tracing.update_candidate", R"sql(
  UPDATE tracing_candidate
  SET level = $2, exposed_since = $3, risk = $4, status = $5, class = $6, answers = $7, note = $8, assigned_by = $9, assigned_at = $10,
      evidence_count = $11, version = $12, by_decision = $14
  WHERE id = $1 AND version = $13)sql"};

constexpr store::Query kCandidate{"tracing.candidate", R"sql(
  SELECT id, case_id, person, level, exposed_since, risk, status, class, answers, note, assigned_by, assigned_at,
         unit, evidence_count, version
  FROM tracing_candidate
  WHERE id = $1)sql"};

constexpr store::Query kCandidates{"tracing.candidates", R"sql(
  SELECT id, case_id, person, level, exposed_since, risk, status, class, answers, note, assigned_by, assigned_at,
         unit, evidence_count, version
  FROM tracing_candidate
  WHERE case_id = $1
  ORDER BY level, risk DESC, id)sql"};

constexpr store::Query kCandidatesAbout{"tracing.candidates_about", R"sql(
  SELECT id
  FROM tracing_candidate
  WHERE person = $1
  ORDER BY id)sql"};

constexpr const char* kCandidateColumns =
    "id, case_id, person, level, exposed_since, risk, status, class, answers, note, assigned_by, assigned_at, unit, "
    "evidence_count, version";
constexpr std::int64_t kLevelStep = 1001;  // a risk is 0 to 1000 (engines/presence/risk.h)

std::string candidate_key(CandidateSort sort) {
  if (sort == CandidateSort::kRisk) return "risk";
  if (sort == CandidateSort::kExposure) return "exposed_since";
  return "(level * " + std::to_string(kLevelStep) + " - risk)";
}

using CandidateShape = std::pair<CandidateSort, bool>;  // descending

// Parameters: the case, level, status, key and id after which, how many.
store::Queries<CandidateShape> candidate_pages() {
  store::Queries<CandidateShape> out;
  for (const CandidateSort sort : {CandidateSort::kLevel, CandidateSort::kRisk, CandidateSort::kExposure})
    for (const bool descending : {false, true}) {
      const std::string key = candidate_key(sort);
      const std::string turn = descending ? " DESC" : "";
      out.add({sort, descending}, "tracing.candidate_page_" + json::enum_text(sort) + (descending ? "_down" : "_up"),
              std::string("SELECT ") + kCandidateColumns +
                  "\n  FROM tracing_candidate\n  WHERE case_id = $1\n"
                  "    AND ($2 IS NULL OR level = $2)\n"
                  "    AND ($3 IS NULL OR status = $3)\n"
                  "    AND (" +
                  key + ", id) " + (descending ? "<" : ">") + " ($4, $5)\n  ORDER BY " + key + turn + ", id" + turn +
                  "\n  LIMIT $6");
    }
  return out;
}

constexpr store::Query kDeleteEvidence{"tracing.delete_evidence", R"sql(
  DELETE FROM tracing_evidence
  WHERE candidate = $1)sql"};

constexpr store::Query kInsertEvidence{"tracing.insert_evidence", R"sql(
  INSERT INTO tracing_evidence (id, candidate, kind, with_person, with_level, place, zone, started, ended, estimated,
                               attenuation, risk, seat, seat_of_other, declared)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15))sql"};

constexpr store::Query kEvidence{"tracing.evidence", R"sql(
  SELECT id, candidate, kind, with_person, with_level, place, zone, started, ended, estimated, attenuation, risk,
         seat, seat_of_other, declared
  FROM tracing_evidence
  WHERE candidate = $1
  ORDER BY started, ended, with_person, place, id)sql"};

constexpr store::Query kStrongest{"tracing.strongest", R"sql(
  SELECT id, candidate, kind, with_person, with_level, place, zone, started, ended, estimated, attenuation, risk,
         seat, seat_of_other, declared
  FROM tracing_evidence
  WHERE candidate = $1
  ORDER BY risk DESC, started, id
  LIMIT $2)sql"};

constexpr store::Query kDirectEvidence{"tracing.direct_evidence", R"sql(
  SELECT e.id, e.candidate, e.kind, e.with_person, e.with_level, e.place, e.zone, e.started, e.ended, e.estimated,
         e.attenuation, e.risk, e.seat, e.seat_of_other, e.declared
  FROM tracing_evidence e
  JOIN tracing_candidate c ON c.id = e.candidate
  WHERE c.case_id = $1 AND c.level = 1 AND c.status IN ('open', 'assigned') AND e.with_level = 0
  ORDER BY e.place, e.started, e.id)sql"};

constexpr store::Query kInsertRelease{"tracing.insert_release", R"sql(
  INSERT INTO tracing_release (id, case_id, unit, state, people, needs_second, requested_by, requested_name,
                              requested_at, decided_by, decided_name, decided_at, reason, version)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14))sql"};

constexpr store::Query kUpdateRelease{"tracing.update_release", R"sql(
  UPDATE tracing_release
  SET state = $2, people = $3, decided_by = $4, decided_name = $5, decided_at = $6, reason = $7, version = $8
  WHERE id = $1 AND version = $9)sql"};

constexpr store::Query kRelease{"tracing.release", R"sql(
  SELECT id, case_id, unit, state, people, needs_second, requested_by, requested_name, requested_at, decided_by,
         decided_name, decided_at, reason, version
  FROM tracing_release
  WHERE id = $1)sql"};

constexpr store::Query kReleasesOfCase{"tracing.releases_of_case", R"sql(
  SELECT id, case_id, unit, state, people, needs_second, requested_by, requested_name, requested_at, decided_by,
         decided_name, decided_at, reason, version
  FROM tracing_release
  WHERE case_id = $1
  ORDER BY id DESC)sql"};

constexpr store::Query kInsertWarning{"tracing.insert_warning", R"sql(
  INSERT INTO tracing_warning (id, case_id, release, candidate, person, kind, place, place_name, started, ended,
                              sent_at, read_at, escalated)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
  ON CONFLICT (release, person, kind, place, started) DO NOTHING)sql"};

constexpr store::Query kWarningsOfCase{"tracing.warnings_of_case", R"sql(
  SELECT id, case_id, release, candidate, person, kind, place, place_name, started, ended, sent_at, read_at, escalated
  FROM tracing_warning
  WHERE case_id = $1
  ORDER BY id)sql"};

constexpr store::Query kWarningPage{"tracing.warning_page", R"sql(
  SELECT id, case_id, release, candidate, person, kind, place, place_name, started, ended, sent_at, read_at, escalated
  FROM tracing_warning
  WHERE person = $1 AND id < $2
  ORDER BY id DESC
  LIMIT $3)sql"};

constexpr store::Query kWarning{"tracing.warning", R"sql(
  SELECT id, case_id, release, candidate, person, kind, place, place_name, started, ended, sent_at, read_at, escalated
  FROM tracing_warning
  WHERE id = $1)sql"};

constexpr store::Query kMarkRead{"tracing.mark_read", R"sql(
  UPDATE tracing_warning
  SET read_at = $2
  WHERE id = $1 AND read_at IS NULL)sql"};

constexpr store::Query kUnread{"tracing.unread", R"sql(
  SELECT id, case_id, release, candidate, person, kind, place, place_name, started, ended, sent_at, read_at, escalated
  FROM tracing_warning
  WHERE escalated = $1 AND sent_at <= $2 AND read_at IS NULL AND kind <> 'correction'
  ORDER BY sent_at
  LIMIT $3)sql"};

constexpr store::Query kMarkEscalated{"tracing.mark_escalated", R"sql(
  UPDATE tracing_warning
  SET escalated = $2
  WHERE id = $1)sql"};

constexpr store::Query kPresent{"tracing.present", R"sql(
  SELECT count(DISTINCT coalesce((SELECT p.kept FROM people_pub_merged p WHERE p.person = v.person), v.person))
  FROM visits_pub_visit v
  WHERE place IN (SELECT CAST($1 AS bigint) UNION ALL SELECT place FROM places_pub_merged WHERE kept = $1)
    AND entered < $3 AND departed > $2 AND NOT told)sql"};

constexpr store::Query kWasThere{"tracing.was_there", R"sql(
  SELECT told
  FROM visits_pub_visit
  WHERE person = $1 AND entered < $4 AND departed > $3
    AND place IN (SELECT CAST($2 AS bigint) UNION ALL SELECT place FROM places_pub_merged WHERE kept = $2)
  ORDER BY told
  LIMIT 1)sql"};

constexpr store::Query kCasesAround{"tracing.cases_around", R"sql(
  SELECT id
  FROM cases_pub_case
  WHERE person = $1 AND status = 'open' AND EXISTS (SELECT 1 FROM tracing_run r WHERE r.case_id = cases_pub_case.id)
  UNION
  SELECT case_id
  FROM tracing_candidate
  WHERE person = $1)sql"};

constexpr store::Query kKnown{"tracing.known", R"sql(
  SELECT person
  FROM visits_pub_visit
  WHERE person = $1
  UNION ALL
  SELECT person
  FROM declarations_pub_valid
  WHERE person = $1
  UNION ALL
  SELECT person
  FROM tracing_candidate
  WHERE person = $1
  UNION ALL
  SELECT person
  FROM tracing_declared
  WHERE person = $1
  LIMIT 1)sql"};

// Where it stands in a list by decision; migration 022 has it so.
std::int64_t by_decision(const CandidateRow& row) {
  return row.assigned_at ? row.assigned_at->seconds : 0;
}

}  // namespace

void insert_run(store::Session& session, const RunRow& r) {
  session.run(kInsertRun, r.id, r.case_id, r.at, r.requested_by, r.state, r.rule_set, r.engine, r.why_sql,
              r.elapsed_microseconds, r.links_found, r.found1, r.found2, r.found3, r.found4, r.stopped);
}

void update_run(store::Session& session, const RunRow& r) {
  session.run(kUpdateRun, r.id, r.at, r.state, r.rule_set, r.engine, r.why_sql, r.elapsed_microseconds, r.links_found,
              r.found1, r.found2, r.found3, r.found4, r.stopped);
}

std::optional<RunRow> select_run(store::Session& session, RunId id) {
  return session.one<RunRow>(kRun, id);
}

std::vector<RunRow> select_runs(store::Session& session, CaseId id) {
  return session.all<RunRow>(kRuns, id);
}

void insert_candidates(store::Session& session, std::span<const CandidateRow> rows) {
  std::vector<store::Row> many;
  many.reserve(rows.size());
  for (const auto& r : rows) {
    many.push_back(values(r.id, r.case_id, r.person, r.level, r.exposed_since, r.risk, r.status, r.assigned_class,
                          r.answers, r.note, r.assigned_by, r.assigned_at, r.unit, r.evidence_count, r.version,
                          by_decision(r)));
  }
  session.insert(kInsertCandidate, many);
}

bool update_candidate(store::Session& session, const CandidateRow& r, std::int64_t version_before) {
  return session.run(kUpdateCandidate, r.id, r.level, r.exposed_since, r.risk, r.status, r.assigned_class, r.answers,
                     r.note, r.assigned_by, r.assigned_at, r.evidence_count, r.version, version_before,
                     by_decision(r)) == 1;
}

std::optional<CandidateRow> select_candidate(store::Session& session, CandidateId id) {
  return session.one<CandidateRow>(kCandidate, id);
}

std::vector<CandidateRow> select_candidates(store::Session& session, CaseId id) {
  return session.all<CandidateRow>(kCandidates, id);
}

std::vector<CandidateId> select_candidates_about(store::Session& session, PersonId record) {
  return session.all<CandidateId>(kCandidatesAbout, record);
}

std::vector<CandidateRow> page_candidates(store::Session& session, CaseId id, const CandidateFilter& filter,
                                          bool descending, Cursor after, std::size_t most) {
  static const auto pages = candidate_pages();
  return session.all<CandidateRow>(pages.of({filter.sort.value_or(CandidateSort::kLevel), descending}), id,
                                   filter.level, filter.status, after.number, after.id, most);
}

Cursor spot_of(const CandidateRow& row, CandidateSort sort) {
  if (sort == CandidateSort::kRisk) return {row.risk, row.id.value};
  if (sort == CandidateSort::kExposure) return {row.exposed_since.seconds, row.id.value};
  return {row.level * kLevelStep - row.risk, row.id.value};
}

void delete_evidence(store::Session& session, std::span<const CandidateId> candidates) {
  for (const CandidateId id : candidates) session.run(kDeleteEvidence, id);
}

void insert_evidence(store::Session& session, std::span<const EvidenceRow> rows) {
  std::vector<store::Row> many;
  many.reserve(rows.size());
  for (const auto& r : rows) {
    many.push_back(values(r.id, r.candidate, r.kind, r.with_person, r.with_level, r.place, r.zone, r.started, r.ended,
                          r.estimated, r.attenuation, r.risk, r.seat, r.seat_of_other, r.declared));
  }
  session.insert(kInsertEvidence, many);
}

std::vector<EvidenceRow> select_evidence(store::Session& session, CandidateId id) {
  return session.all<EvidenceRow>(kEvidence, id);
}

std::vector<std::vector<EvidenceRow>> select_evidence(store::Session& session, std::span<const CandidateId> ids) {
  std::vector<store::Row> many;
  for (const CandidateId id : ids) many.push_back(values(id));
  return session.each<EvidenceRow>(kEvidence, many);
}

std::vector<EvidenceRow> select_strongest(store::Session& session, CandidateId id, std::size_t most) {
  return session.all<EvidenceRow>(kStrongest, id, most);
}

std::vector<EvidenceRow> select_direct_evidence(store::Session& session, CaseId id) {
  return session.all<EvidenceRow>(kDirectEvidence, id);
}

void insert_release(store::Session& session, const ReleaseRow& r) {
  session.run(kInsertRelease, r.id, r.case_id, r.unit, r.state, r.people, r.needs_second, r.requested_by,
              r.requested_name, r.requested_at, r.decided_by, r.decided_name, r.decided_at, r.reason, r.version);
}

bool update_release(store::Session& session, const ReleaseRow& r, std::int64_t version_before) {
  return session.run(kUpdateRelease, r.id, r.state, r.people, r.decided_by, r.decided_name, r.decided_at, r.reason,
                     r.version, version_before) == 1;
}

std::optional<ReleaseRow> select_release(store::Session& session, ReleaseId id) {
  return session.one<ReleaseRow>(kRelease, id);
}

std::vector<ReleaseRow> select_releases_of_case(store::Session& session, CaseId id) {
  return session.all<ReleaseRow>(kReleasesOfCase, id);
}

std::int64_t insert_warnings(store::Session& session, std::span<const WarningRow> rows) {
  std::vector<store::Row> many;
  many.reserve(rows.size());
  for (const auto& r : rows) {
    many.push_back(values(r.id, r.case_id, r.release, r.candidate, r.person, r.kind, r.place, r.place_name, r.started,
                          r.ended, r.sent_at, r.read_at, r.escalated));
  }
  return session.insert(kInsertWarning, many);
}

std::vector<WarningRow> select_warnings_of_case(store::Session& session, CaseId id) {
  return session.all<WarningRow>(kWarningsOfCase, id);
}

std::vector<WarningRow> page_warnings(store::Session& session, PersonId person, WarningId before, std::size_t most) {
  return session.all<WarningRow>(kWarningPage, person, before, most);
}

std::optional<WarningRow> select_warning(store::Session& session, WarningId id) {
  return session.one<WarningRow>(kWarning, id);
}

void mark_read(store::Session& session, WarningId id, Instant at) {
  session.run(kMarkRead, id, at);
}

std::vector<WarningRow> select_unread(store::Session& session, Instant sent_before, std::size_t most) {
  return session.all<WarningRow>(kUnread, false, sent_before, most);
}

void mark_escalated(store::Session& session, WarningId id) {
  session.run(kMarkEscalated, id, true);
}

std::vector<std::optional<bool>> told_of(store::Session& session, std::span<const Stay> stays) {
  std::vector<store::Row> looks;
  for (const Stay& one : stays) looks.push_back(values(one.record, one.place, one.when.from, one.when.to));
  std::vector<std::optional<bool>> out;
  for (const auto& told : session.each<bool>(kWasThere, looks))
    out.push_back(told.empty() ? std::nullopt : std::optional<bool>(told.front()));
  return out;
}

bool select_known(store::Session& session, PersonId record) {
  return session.one<PersonId>(kKnown, record).has_value();
}

std::vector<CaseId> select_cases_around(store::Session& session, PersonId record) {
  return session.all<CaseId>(kCasesAround, record);
}

std::int64_t count_present(store::Session& session, PlaceId place, Interval when) {
  return session.value<std::int64_t>(kPresent, place, when.from, when.to);
}

}  // namespace luytre::tracing

// The rows of what tracing causes, and their SQL. (The trace itself is in trace.h.) Every function runs in the caller's
// transaction.

#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "modules/tracing/tracing.h"
#include "platform/base/cursor.h"

namespace luytre::tracing {

struct RunRow {
  RunId id;
  CaseId case_id;
  Instant at;
  AccountId requested_by;
  RunState state = RunState::kQueued;
  std::string rule_set;
  std::string engine;
  std::optional<WhySql> why_sql;
  std::int64_t elapsed_microseconds = 0;
  std::int64_t links_found = 0;
  std::int64_t found1 = 0, found2 = 0, found3 = 0, found4 = 0;
  std::optional<presence::Stopped> stopped;
};
BOOST_DESCRIBE_STRUCT(RunRow, (),
                      (id, case_id, at, requested_by, state, rule_set, engine, why_sql, elapsed_microseconds,
                       links_found, found1, found2, found3, found4, stopped))

void insert_run(store::Session& session, const RunRow& row);
void update_run(store::Session& session, const RunRow& row);
std::optional<RunRow> select_run(store::Session& session, RunId id);
std::vector<RunRow> select_runs(store::Session& session, CaseId id);  // newest first, at most 100

struct CandidateRow {
  CandidateId id;
  CaseId case_id;
  PersonId person;
  std::int64_t level = 1;
  Instant exposed_since;
  std::int64_t risk = 0;
  CandidateStatus status = CandidateStatus::kOpen;
  std::optional<Class> assigned_class;
  std::optional<store::Bytes> answers;
  std::optional<store::Bytes> note;
  std::optional<AccountId> assigned_by;
  std::optional<Instant> assigned_at;
  UnitId unit;
  std::int64_t evidence_count = 0;
  std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(CandidateRow, (),
                      (id, case_id, person, level, exposed_since, risk, status, assigned_class, answers, note,
                       assigned_by, assigned_at, unit, evidence_count, version))

void insert_candidates(store::Session& session, std::span<const CandidateRow> rows);
bool update_candidate(store::Session& session, const CandidateRow& row, std::int64_t version_before);
std::optional<CandidateRow> select_candidate(store::Session& session, CandidateId id);
std::vector<CandidateRow> select_candidates(store::Session& session, CaseId id);
std::vector<CandidateId> select_candidates_about(store::Session& session, PersonId record);
// Of one case, sorted among themselves. `filter` says which and by what; the order is given, and where a page begins.
std::vector<CandidateRow> page_candidates(store::Session& session, CaseId id, const CandidateFilter& filter,
                                          bool descending, Cursor after, std::size_t most);
Cursor spot_of(const CandidateRow& row, CandidateSort sort);

struct EvidenceRow {
  std::int64_t id = 0;
  CandidateId candidate;
  EvidenceKind kind = EvidenceKind::kVisit;
  PersonId with_person;
  std::int64_t with_level = 0;
  PlaceId place;  // 0: none
  ZoneId zone;    // 0: none
  Instant started;
  Instant ended;
  bool estimated = false;
  std::optional<std::int64_t> attenuation;
  std::int64_t risk = 0;
  std::optional<std::string> seat, seat_of_other;  // of a vehicle's list
  std::optional<DeclaredId> declared;
};
BOOST_DESCRIBE_STRUCT(EvidenceRow, (),
                      (id, candidate, kind, with_person, with_level, place, zone, started, ended, estimated,
                       attenuation, risk, seat, seat_of_other, declared))

void delete_evidence(store::Session& session, std::span<const CandidateId> candidates);
void insert_evidence(store::Session& session, std::span<const EvidenceRow> rows);
std::vector<EvidenceRow> select_evidence(store::Session& session, CandidateId id);  // by time
std::vector<std::vector<EvidenceRow>> select_evidence(store::Session& session, std::span<const CandidateId> ids);
std::vector<EvidenceRow> select_strongest(store::Session& session, CandidateId id, std::size_t most);
std::vector<EvidenceRow> select_direct_evidence(store::Session& session,
                                                CaseId id);  // with the case, level 1, open or assigned

struct ReleaseRow {
  ReleaseId id;
  CaseId case_id;
  UnitId unit;
  ReleaseState state = ReleaseState::kAwaiting;
  std::int64_t people = 0;
  std::optional<std::string> needs_second;
  AccountId requested_by;
  std::string requested_name;
  Instant requested_at;
  std::optional<AccountId> decided_by;
  std::optional<std::string> decided_name;
  std::optional<Instant> decided_at;
  std::optional<store::Bytes> reason;
  std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(ReleaseRow, (),
                      (id, case_id, unit, state, people, needs_second, requested_by, requested_name, requested_at,
                       decided_by, decided_name, decided_at, reason, version))

void insert_release(store::Session& session, const ReleaseRow& row);
bool update_release(store::Session& session, const ReleaseRow& row, std::int64_t version_before);
std::optional<ReleaseRow> select_release(store::Session& session, ReleaseId id);
std::vector<ReleaseRow> select_releases_of_case(store::Session& session, CaseId id);

struct WarningRow {
  WarningId id;
  CaseId case_id;
  ReleaseId release;
  CandidateId candidate;
  PersonId person;
  WarningKind kind = WarningKind::kExposure;
  PlaceId place;  // 0: not named
  std::optional<std::string> place_name;
  Instant started;
  Instant ended;
  Instant sent_at;
  std::optional<Instant> read_at;
  bool escalated = false;
};
BOOST_DESCRIBE_STRUCT(WarningRow, (),
                      (id, case_id, release, candidate, person, kind, place, place_name, started, ended, sent_at,
                       read_at, escalated))

std::int64_t insert_warnings(store::Session& session, std::span<const WarningRow> rows);  // those not there yet
std::vector<WarningRow> select_warnings_of_case(store::Session& session, CaseId id);
std::vector<WarningRow> page_warnings(store::Session& session, PersonId person, WarningId before, std::size_t most);
std::optional<WarningRow> select_warning(store::Session& session, WarningId id);
void mark_read(store::Session& session, WarningId id, Instant at);
std::vector<WarningRow> select_unread(store::Session& session, Instant sent_before, std::size_t most);
void mark_escalated(store::Session& session, WarningId id);

struct Stay {
  PersonId record;
  PlaceId place;
  Interval when;
};
// Of each, of that record's visits at the place, or at one merged into it, during the interval: whether all were told
// in an interview (visits/told.h). Nothing: there is none.
std::vector<std::optional<bool>> told_of(store::Session& session, std::span<const Stay> stays);
// Open cases of the record itself, and those that found it.
bool select_known(store::Session& session, PersonId record);
// Only those that are traced: those of a line list are not by themselves.
std::vector<CaseId> select_cases_around(store::Session& session, PersonId record);

// Distinct persons with a visit at the place, or at one merged into it, during the interval (visits_pub_visit); none
// that was told: no story makes a place crowded.
std::int64_t count_present(store::Session& session, PlaceId place, Interval when);

}  // namespace luytre::tracing

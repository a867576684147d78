// Results, what follows from them, and deletion.

#include <set>

#include "modules/laboratory/storage.h"

namespace luytre::laboratory::storage {
namespace {

using store::Query;
using store::Row;
using store::Session;
using store::to_value;

constexpr Query kInsertResult{"laboratory.insert_result", R"sql(
  INSERT INTO laboratory_result (id, tube, unit, laboratory, method, outcome, ct, at, recorded, recorded_by,
         recorder, reason, replaced, offered, kase, report, lineage)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17))sql"};

constexpr Query kResult{"laboratory.result", R"sql(
  SELECT id, tube, unit, laboratory, method, outcome, ct, at, recorded, recorded_by, recorder, reason, replaced,
         offered, kase, report, lineage
  FROM laboratory_result
  WHERE id = $1)sql"};

constexpr Query kResultsOfTube{"laboratory.results_of_tube", R"sql(
  SELECT id, tube, unit, laboratory, method, outcome, ct, at, recorded, recorded_by, recorder, reason, replaced,
         offered, kase, report, lineage
  FROM laboratory_result
  WHERE tube = $1
  ORDER BY id)sql"};

constexpr Query kResultsOfSession{"laboratory.results_of_session", R"sql(
  SELECT id, tube, unit, laboratory, method, outcome, ct, at, recorded, recorded_by, recorder, reason, replaced,
         offered, kase, report, lineage
  FROM laboratory_result
  WHERE tube IN (SELECT id FROM laboratory_tube WHERE session = $1)
  ORDER BY id)sql"};

constexpr Query kReplace{"laboratory.replace", R"sql(
  UPDATE laboratory_result
  SET replaced = $2
  WHERE id = $1)sql"};

constexpr Query kSetCase{"laboratory.set_case", R"sql(
  UPDATE laboratory_result
  SET kase = $2
  WHERE id = $1)sql"};

constexpr Query kInsertUnmatched{"laboratory.insert_unmatched", R"sql(
  INSERT INTO laboratory_unmatched (id, laboratory, code, method, outcome, ct, at, whole_day, recorded,
         recorded_by, recorder, report, disease, lineage)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
  ON CONFLICT (laboratory, code, method, at, outcome) WHERE report IS NULL DO UPDATE
  SET ct = excluded.ct, lineage = excluded.lineage)sql"};

constexpr Query kUnmatched{"laboratory.unmatched", R"sql(
  SELECT id, laboratory, code, method, outcome, ct, at, whole_day, recorded, recorded_by, recorder, report,
         disease, lineage
  FROM laboratory_unmatched
  WHERE id = $1)sql"};

constexpr Query kUnmatchedOf{"laboratory.unmatched_of", R"sql(
  SELECT id, laboratory, code, method, outcome, ct, at, whole_day, recorded, recorded_by, recorder, report,
         disease, lineage
  FROM laboratory_unmatched
  WHERE laboratory = $1
  ORDER BY id
  LIMIT $2)sql"};

constexpr Query kUnmatchedOfCode{"laboratory.unmatched_of_code", R"sql(
  SELECT id, laboratory, code, method, outcome, ct, at, whole_day, recorded, recorded_by, recorder, report,
         disease, lineage
  FROM laboratory_unmatched
  WHERE laboratory = $1 AND code = $2
  ORDER BY at, id)sql"};

constexpr Query kDeleteUnmatched{"laboratory.delete_unmatched", R"sql(
  DELETE FROM laboratory_unmatched
  WHERE id = $1)sql"};

constexpr Query kInsertTask{"laboratory.insert_task", R"sql(
  INSERT INTO laboratory_task (id, unit, tube, person, disease, made, state, sample)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8))sql"};

constexpr Query kTasksOfTube{"laboratory.tasks_of_tube", R"sql(
  SELECT id, unit, tube, person, disease, made, state, sample
  FROM laboratory_task
  WHERE tube = $1
  ORDER BY id)sql"};

constexpr Query kTasksOfPerson{"laboratory.tasks_of_person", R"sql(
  SELECT id, unit, tube, person, disease, made, state, sample
  FROM laboratory_task
  WHERE person = $1 AND disease = $2
  ORDER BY id)sql"};

constexpr Query kUpdateTask{"laboratory.update_task", R"sql(
  UPDATE laboratory_task
  SET state = $2, sample = $3
  WHERE id = $1)sql"};

constexpr Query kDeleteTask{"laboratory.delete_task", R"sql(
  DELETE FROM laboratory_task
  WHERE tube = $1 AND person = $2)sql"};

constexpr Query kTimes{"laboratory.times", R"sql(
  SELECT sampled, received, resulted
  FROM laboratory_tube
  WHERE laboratory = $1 AND resulted >= $2)sql"};

constexpr Query kOnTheWay{"laboratory.on_the_way", R"sql(
  SELECT count(*), min(sent)
  FROM laboratory_tube
  WHERE laboratory = $1 AND received IS NULL)sql"};

constexpr Query kWaiting{"laboratory.waiting", R"sql(
  SELECT count(*), min(received)
  FROM laboratory_tube
  WHERE laboratory = $1 AND received IS NOT NULL AND resulted IS NULL)sql"};

constexpr Query kWasShown{"laboratory.was_shown", R"sql(
  SELECT person
  FROM laboratory_shown
  WHERE viewer = $1 AND day = $2)sql"};

constexpr Query kShow{"laboratory.show", R"sql(
  INSERT INTO laboratory_shown (viewer, day, person)
  VALUES ($1, $2, $3)
  ON CONFLICT DO NOTHING)sql"};

constexpr Query kSessionsBefore{"laboratory.sessions_before", R"sql(
  SELECT id
  FROM laboratory_session
  WHERE opened < $1
  ORDER BY opened
  LIMIT $2)sql"};

constexpr Query kDeleteTasksOfSession{"laboratory.delete_tasks_of_session", R"sql(
  DELETE FROM laboratory_task
  WHERE tube IN (SELECT id FROM laboratory_tube WHERE session = $1))sql"};

constexpr Query kDeleteResultsOfSession{"laboratory.delete_results_of_session", R"sql(
  DELETE FROM laboratory_result
  WHERE tube IN (SELECT id FROM laboratory_tube WHERE session = $1))sql"};

constexpr Query kDeleteReportedOfSession{"laboratory.delete_reported_of_session", R"sql(
  DELETE FROM laboratory_reported
  WHERE tube IN (SELECT id FROM laboratory_tube WHERE session = $1))sql"};

constexpr Query kDeleteLateOfSession{"laboratory.delete_late_of_session", R"sql(
  DELETE FROM laboratory_late
  WHERE tube IN (SELECT id FROM laboratory_tube WHERE session = $1))sql"};

constexpr Query kDeleteWithdrawnOfSession{"laboratory.delete_withdrawn_of_session", R"sql(
  DELETE FROM laboratory_withdrawn
  WHERE session = $1)sql"};

constexpr Query kDeleteSamplesOfSession{"laboratory.delete_samples_of_session", R"sql(
  DELETE FROM laboratory_sample
  WHERE session = $1)sql"};

constexpr Query kDeleteTubesOfSession{"laboratory.delete_tubes_of_session", R"sql(
  DELETE FROM laboratory_tube
  WHERE session = $1)sql"};

constexpr Query kDeleteBatchesOfSession{"laboratory.delete_batches_of_session", R"sql(
  DELETE FROM laboratory_batch
  WHERE session = $1)sql"};

constexpr Query kDeleteSession{"laboratory.delete_session", R"sql(
  DELETE FROM laboratory_session
  WHERE id = $1)sql"};

constexpr Query kRemoveUnmatched{"laboratory.remove_unmatched", R"sql(
  DELETE FROM laboratory_unmatched
  WHERE recorded < $1)sql"};

constexpr Query kForgetShown{"laboratory.forget_shown", R"sql(
  DELETE FROM laboratory_shown
  WHERE day < $1)sql"};

constexpr Query kProve{"laboratory.prove", R"sql(
  INSERT INTO laboratory_retention (id, ran, rule, before, deleted)
  VALUES ($1, $2, $3, $4, $5))sql"};

}  // namespace

void insert(Session& session, const ResultRow& r) {
  session.run(kInsertResult, r.id, r.tube, r.unit, r.laboratory, r.method, r.outcome, r.ct, r.at, r.recorded,
              r.recorded_by, r.recorder, r.reason, r.replaced, r.offered, r.kase, r.report, r.lineage);
}

std::optional<ResultRow> result(Session& session, ResultId id) {
  return session.one<ResultRow>(kResult, id);
}

std::map<ResultId, ResultRow> results(Session& session, std::span<const ResultId> ids) {
  std::vector<Row> looks;
  for (const ResultId id : ids) looks.push_back({to_value(id)});
  std::map<ResultId, ResultRow> out;
  if (looks.empty()) return out;
  for (auto& found : session.each<ResultRow>(kResult, looks))
    for (ResultRow& row : found) out.emplace(row.id, std::move(row));
  return out;
}

std::vector<ResultRow> results(Session& session, TubeId tube) {
  return session.all<ResultRow>(kResultsOfTube, tube);
}

std::vector<std::vector<ResultRow>> results(Session& session, std::span<const TubeRow> tubes) {
  std::vector<Row> looks;
  for (const TubeRow& tube : tubes) looks.push_back({to_value(tube.id)});
  if (looks.empty()) return {};
  return session.each<ResultRow>(kResultsOfTube, looks);
}

std::vector<ResultRow> results(Session& session, SessionId id) {
  return session.all<ResultRow>(kResultsOfSession, id);
}

void replace(Session& session, ResultId old, ResultId by) {
  session.run(kReplace, old, by);
}

void set_case(Session& session, ResultId id, CaseId kase) {
  session.run(kSetCase, id, kase);
}

void insert(Session& session, const UnmatchedRow& r) {
  session.run(kInsertUnmatched, r.id, r.laboratory, r.code, r.method, r.outcome, r.ct, r.at, r.whole_day, r.recorded,
              r.recorded_by, r.recorder, r.report, r.disease, r.lineage);
}

std::optional<UnmatchedRow> unmatched(Session& session, UnmatchedId id) {
  return session.one<UnmatchedRow>(kUnmatched, id);
}

std::vector<UnmatchedRow> unmatched(Session& session, LaboratoryId id, std::size_t most) {
  return session.all<UnmatchedRow>(kUnmatchedOf, id, most);
}

std::vector<UnmatchedRow> unmatched(Session& session, LaboratoryId id, std::string_view code) {
  return session.all<UnmatchedRow>(kUnmatchedOfCode, id, code);
}

void remove(Session& session, UnmatchedId id) {
  session.run(kDeleteUnmatched, id);
}

void insert(Session& session, const TaskRow& r) {
  session.run(kInsertTask, r.id, r.unit, r.tube, r.person, r.disease, r.made, r.state, r.sample);
}

std::vector<TaskRow> tasks(Session& session, TubeId tube) {
  return session.all<TaskRow>(kTasksOfTube, tube);
}

std::vector<TaskRow> tasks(Session& session, PersonId person, std::string_view disease) {
  return session.all<TaskRow>(kTasksOfPerson, person, disease);
}

void update(Session& session, const TaskRow& r) {
  session.run(kUpdateTask, r.id, r.state, r.sample);
}

void remove(Session& session, TubeId tube, PersonId person) {
  session.run(kDeleteTask, tube, person);
}

std::vector<TimesRow> times(Session& session, LaboratoryId id, Instant since) {
  return session.all<TimesRow>(kTimes, id, since);
}

WaitingRow on_the_way(Session& session, LaboratoryId id) {
  return *session.one<WaitingRow>(kOnTheWay, id);
}

WaitingRow waiting(Session& session, LaboratoryId id) {
  return *session.one<WaitingRow>(kWaiting, id);
}

std::vector<PersonId> show(Session& session, AccountId viewer, Date day, std::span<const PersonId> persons) {
  const auto before = session.all<PersonId>(kWasShown, viewer, day);
  std::set<PersonId> shown(before.begin(), before.end());
  std::vector<PersonId> out;
  std::vector<Row> rows;
  for (const PersonId person : persons) {
    if (!shown.insert(person).second) continue;
    out.push_back(person);
    rows.push_back({to_value(viewer), to_value(day), to_value(person)});
  }
  session.insert(kShow, rows);
  return out;
}

std::int64_t remove_session(Session& session, SessionId id) {
  std::int64_t out = 0;
  for (const Query& query : {kDeleteTasksOfSession, kDeleteReportedOfSession, kDeleteLateOfSession,
                             kDeleteResultsOfSession, kDeleteWithdrawnOfSession, kDeleteSamplesOfSession,
                             kDeleteTubesOfSession, kDeleteBatchesOfSession, kDeleteSession})
    out += session.run(query, id);
  return out;
}

std::vector<SessionId> sessions_before(Session& session, Instant before, std::size_t most) {
  return session.all<SessionId>(kSessionsBefore, before, most);
}

std::int64_t remove_unmatched(Session& session, Instant before) {
  return session.run(kRemoveUnmatched, before);
}

std::int64_t forget_shown(Session& session, Date before) {
  return session.run(kForgetShown, before);
}

void prove(Session& session, std::int64_t id, Instant ran, std::string_view rule, Instant before,
           std::int64_t deleted) {
  session.run(kProve, id, ran, rule, before, deleted);
}

}  // namespace luytre::laboratory::storage

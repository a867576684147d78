#include "modules/followup/storage.h"

#include "modules/followup/by_hand_storage.h"
#include "modules/followup/immunity_storage.h"
#include "modules/followup/test_storage.h"
#include "modules/followup/transfer_storage.h"

namespace luytre::followup::storage {
namespace {

constexpr store::Query kFind{"followup.find", R"sql(
  SELECT taken_by, team, given_by, given_at, taken_at, lost_by, lost_at, id, person, disease, unit, first_day, last_day,
         state, waiting_since, base, level, climb_at, offered, suspect, created, ended, version, joined_to, test_day
  FROM followup_period
  WHERE id = $1)sql"};

constexpr store::Query kOfPerson{"followup.of_person", R"sql(
  SELECT taken_by, team, given_by, given_at, taken_at, lost_by, lost_at, id, person, disease, unit, first_day, last_day,
         state, waiting_since, base, level, climb_at, offered, suspect, created, ended, version, joined_to, test_day
  FROM followup_period
  WHERE person = $1
  ORDER BY id DESC)sql"};

constexpr store::Query kJoined{"followup.joined", R"sql(
  SELECT taken_by, team, given_by, given_at, taken_at, lost_by, lost_at, id, person, disease, unit, first_day, last_day,
         state, waiting_since, base, level, climb_at, offered, suspect, created, ended, version, joined_to, test_day
  FROM followup_period
  WHERE joined_to = $1
  ORDER BY id)sql"};

constexpr store::Query kOfOfficer{"followup.of_officer", R"sql(
  SELECT taken_by, team, given_by, given_at, taken_at, lost_by, lost_at, id, person, disease, unit, first_day, last_day,
         state, waiting_since, base, level, climb_at, offered, suspect, created, ended, version, joined_to, test_day
  FROM followup_period
  WHERE taken_by = $1 AND state = 'open'
  ORDER BY id)sql"};

constexpr store::Query kOfTeam{"followup.of_team", R"sql(
  SELECT taken_by, team, given_by, given_at, taken_at, lost_by, lost_at, id, person, disease, unit, first_day, last_day,
         state, waiting_since, base, level, climb_at, offered, suspect, created, ended, version, joined_to, test_day
  FROM followup_period
  WHERE team = $1 AND state = 'open'
  ORDER BY id)sql"};

constexpr store::Query kInsert{"followup.insert", R"sql(
  INSERT INTO followup_period (id, person, disease, unit, first_day, last_day, state, waiting_since, base, level,
                               climb_at, offered, suspect, created, ended, version, joined_to, test_day)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18))sql"};

constexpr store::Query kUpdate{"followup.update", R"sql(
  UPDATE followup_period
  SET last_day = $2, state = $3, waiting_since = $4, level = $5, climb_at = $6, offered = $7, suspect = $8, ended = $9,
      version = $10, joined_to = $11, unit = $12, base = $13, taken_by = $14, team = $15, given_by = $16, given_at = $17,
      taken_at = $18, lost_by = $19, lost_at = $20, test_day = $21
  WHERE id = $1)sql"};

constexpr store::Query kOver{"followup.over", R"sql(
  SELECT taken_by, team, given_by, given_at, taken_at, lost_by, lost_at, id, person, disease, unit, first_day, last_day,
         state, waiting_since, base, level, climb_at, offered, suspect, created, ended, version, joined_to, test_day
  FROM followup_period
  WHERE state = 'open' AND last_day < $1
  ORDER BY last_day, id
  LIMIT $2)sql"};

constexpr store::Query kLate{"followup.late", R"sql(
  SELECT taken_by, team, given_by, given_at, taken_at, lost_by, lost_at, id, person, disease, unit, first_day, last_day,
         state, waiting_since, base, level, climb_at, offered, suspect, created, ended, version, joined_to, test_day
  FROM followup_period
  WHERE state = 'open' AND level < 2 AND climb_at <= $1 AND last_day >= $2
  ORDER BY climb_at, id
  LIMIT $3)sql"};

constexpr store::Query kReasons{"followup.reasons", R"sql(
  SELECT period, candidate, case_id, class, last_exposure, days, rule, counts, test_days
  FROM followup_reason
  WHERE period IN (SELECT CAST($1 AS bigint) UNION ALL SELECT id FROM followup_period WHERE joined_to = $1)
  ORDER BY candidate, period)sql"};

constexpr store::Query kOfCandidate{"followup.of_candidate", R"sql(
  SELECT period, candidate, case_id, class, last_exposure, days, rule, counts, test_days
  FROM followup_reason
  WHERE candidate = $1
  ORDER BY period DESC)sql"};

constexpr store::Query kOfCase{"followup.of_case", R"sql(
  SELECT r.period, r.candidate, r.case_id, r.class, r.last_exposure, r.days, r.rule, r.counts, r.test_days
  FROM followup_reason r
  WHERE r.case_id = $1
    AND r.candidate > $2
    AND NOT EXISTS (SELECT 1 FROM followup_reason later WHERE later.candidate = r.candidate AND later.period > r.period)
  ORDER BY r.candidate
  LIMIT $3)sql"};

constexpr store::Query kPutReason{"followup.put_reason", R"sql(
  INSERT INTO followup_reason (period, candidate, case_id, class, last_exposure, days, rule, counts, test_days)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
  ON CONFLICT (period, candidate) DO UPDATE
  SET class = excluded.class, last_exposure = excluded.last_exposure, days = excluded.days, rule = excluded.rule,
      counts = excluded.counts, test_days = excluded.test_days)sql"};

constexpr store::Query kDropReason{"followup.drop_reason", R"sql(
  DELETE FROM followup_reason
  WHERE period = $1 AND candidate = $2)sql"};

constexpr store::Query kEntries{"followup.entries", R"sql(
  SELECT id, period, day, result, via, at, account, by_name, detail, declaration, colour, replaced, noted
  FROM followup_entry
  WHERE period IN (SELECT CAST($1 AS bigint) UNION ALL SELECT id FROM followup_period WHERE joined_to = $1)
  ORDER BY at, id)sql"};

constexpr store::Query kInsertEntry{"followup.insert_entry", R"sql(
  INSERT INTO followup_entry (id, period, day, result, via, at, account, by_name, detail, declaration, colour, replaced,
                              noted)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
  ON CONFLICT DO NOTHING)sql"};

constexpr store::Query kNoted{"followup.noted", R"sql(
  SELECT id
  FROM followup_entry
  WHERE account = $1 AND noted = $2)sql"};

constexpr store::Query kReplaceEntry{"followup.replace_entry", R"sql(
  UPDATE followup_entry
  SET replaced = $2
  WHERE id = $1)sql"};

constexpr store::Query kOfDeclaration{"followup.of_declaration", R"sql(
  SELECT period
  FROM followup_entry
  WHERE declaration = $1)sql"};

constexpr store::Query kRemoveDeclaration{"followup.remove_declaration", R"sql(
  DELETE FROM followup_entry
  WHERE declaration = $1)sql"};

constexpr store::Query kPutDue{"followup.put_due", R"sql(
  INSERT INTO followup_due (candidate)
  VALUES ($1)
  ON CONFLICT DO NOTHING)sql"};

constexpr store::Query kDue{"followup.due", R"sql(
  SELECT candidate
  FROM followup_due
  ORDER BY candidate
  LIMIT $1)sql"};

constexpr store::Query kDeleteDue{"followup.delete_due", R"sql(
  DELETE FROM followup_due
  WHERE candidate = $1)sql"};

constexpr store::Query kOld{"followup.old", R"sql(
  SELECT id
  FROM followup_period
  WHERE ended < $1 AND joined_to IS NULL
  ORDER BY ended
  LIMIT $2)sql"};

constexpr store::Query kDeleteEntries{"followup.delete_entries", R"sql(
  DELETE FROM followup_entry
  WHERE period = $1)sql"};

constexpr store::Query kDeleteReasons{"followup.delete_reasons", R"sql(
  DELETE FROM followup_reason
  WHERE period = $1)sql"};

constexpr store::Query kDelete{"followup.delete", R"sql(
  DELETE FROM followup_period
  WHERE id = $1)sql"};

constexpr store::Query kProof{"followup.proof", R"sql(
  INSERT INTO followup_retention (id, ran, rule, before, deleted)
  VALUES ($1, $2, $3, $4, $5))sql"};

}  // namespace

std::optional<PeriodRow> find(store::Session& session, FollowUpId id) {
  return session.one<PeriodRow>(kFind, id);
}

std::vector<PeriodRow> find_each(store::Session& session, std::span<const Position> of) {
  std::vector<store::Row> ids;
  for (const Position& position : of) ids.push_back({store::to_value(position.id)});
  std::vector<PeriodRow> out;
  for (auto& rows : session.each<PeriodRow>(kFind, ids)) out.push_back(std::move(rows.front()));
  return out;
}

std::vector<PeriodRow> of_person(store::Session& session, PersonId person) {
  return session.all<PeriodRow>(kOfPerson, person);
}

std::vector<std::vector<PeriodRow>> of_each(store::Session& session, std::span<const PersonId> persons) {
  std::vector<store::Row> looks;
  for (const PersonId person : persons) looks.push_back({store::to_value(person)});
  return session.each<PeriodRow>(kOfPerson, looks);
}

std::vector<PeriodRow> joined(store::Session& session, FollowUpId id) {
  return session.all<PeriodRow>(kJoined, id);
}

std::vector<Group> with_joined(store::Session& session, std::vector<PeriodRow> rows) {
  std::vector<store::Row> looks;
  for (const PeriodRow& row : rows) looks.push_back({store::to_value(row.id)});
  auto joined = session.each<PeriodRow>(kJoined, looks);
  std::vector<Group> out;
  for (std::size_t i = 0; i < rows.size(); ++i) out.push_back({std::move(rows[i]), std::move(joined[i])});
  return out;
}

std::vector<PeriodRow> of_officer(store::Session& session, AccountId officer) {
  return session.all<PeriodRow>(kOfOfficer, officer);
}

std::vector<PeriodRow> of_team(store::Session& session, staff::OfficerTeamId team) {
  return session.all<PeriodRow>(kOfTeam, team);
}

void insert(store::Session& session, const PeriodRow& r) {
  session.run(kInsert, r.id, r.person, r.disease, r.unit, r.first_day, r.last_day, r.state, r.waiting_since, r.base,
              r.level, r.climb_at, r.offered, r.suspect, r.created, r.ended, r.version, r.joined_to, r.test_day);
}

void update(store::Session& session, PeriodRow& r) {
  ++r.version;
  session.run(kUpdate, r.id, r.last_day, r.state, r.waiting_since, r.level, r.climb_at, r.offered, r.suspect, r.ended,
              r.version, r.joined_to, r.unit, r.base, r.taken_by, r.team, r.given_by, r.given_at, r.taken_at, r.lost_by,
              r.lost_at, r.test_day);
}

std::vector<PeriodRow> over(store::Session& session, Date today, std::size_t most) {
  return session.all<PeriodRow>(kOver, today, most);
}

std::vector<PeriodRow> late(store::Session& session, Instant now, Date today, std::size_t most) {
  return session.all<PeriodRow>(kLate, now, today, most);
}

std::vector<ReasonRow> reasons(store::Session& session, FollowUpId period) {
  return session.all<ReasonRow>(kReasons, period);
}

std::vector<ReasonRow> of_candidate(store::Session& session, tracing::CandidateId candidate) {
  return session.all<ReasonRow>(kOfCandidate, candidate);
}

std::vector<ReasonRow> of_case(store::Session& session, CaseId id, tracing::CandidateId after, std::size_t most) {
  return session.all<ReasonRow>(kOfCase, id, after, most);
}

void put(store::Session& session, const ReasonRow& r) {
  session.run(kPutReason, r.period, r.candidate, r.case_id, r.assigned, r.last_exposure, r.days, r.rule, r.counts,
              r.test_days);
}

void drop(store::Session& session, const ReasonRow& r) {
  session.run(kDropReason, r.period, r.candidate);
}

std::vector<EntryRow> entries(store::Session& session, FollowUpId period) {
  return session.all<EntryRow>(kEntries, period);
}

std::vector<std::vector<EntryRow>> entries(store::Session& session, std::span<const FollowUpId> periods) {
  std::vector<store::Row> looks;
  for (const FollowUpId period : periods) looks.push_back({store::to_value(period)});
  return session.each<EntryRow>(kEntries, looks);
}

bool insert(store::Session& session, const EntryRow& r) {
  return session.run(kInsertEntry, r.id, r.period, r.day, r.finding, r.via, r.at, r.account, r.by_name, r.detail,
                     r.declaration, r.colour, r.replaced, r.noted) > 0;
}

std::optional<EntryId> noted(store::Session& session, AccountId account, const std::string& key) {
  return session.one<EntryId>(kNoted, account, key);
}

void replace(store::Session& session, EntryId id) {
  session.run(kReplaceEntry, id, true);
}

std::vector<FollowUpId> remove(store::Session& session, declarations::DeclarationId declaration) {
  auto out = session.all<FollowUpId>(kOfDeclaration, declaration);
  if (!out.empty()) session.run(kRemoveDeclaration, declaration);
  return out;
}

void put_due(store::Session& session, tracing::CandidateId candidate) {
  session.run(kPutDue, candidate);
}

std::vector<tracing::CandidateId> take_due(store::Session& session, std::size_t most) {
  auto out = session.all<tracing::CandidateId>(kDue, most);
  for (const tracing::CandidateId candidate : out) session.run(kDeleteDue, candidate);
  return out;
}

std::int64_t retain(store::Session& session, IdMaker& ids, Instant now, Instant before, std::size_t most) {
  auto old = session.all<FollowUpId>(kOld, before, most);
  for (std::size_t i = 0, ended = old.size(); i < ended; ++i)
    for (const PeriodRow& row : joined(session, old[i])) old.push_back(row.id);
  for (const FollowUpId id : old) {
    session.run(kDeleteEntries, id);
    session.run(kDeleteReasons, id);
    remove_transfers(session, id);
    remove_immunities(session, id);
    remove_tests(session, id);
    session.run(kDelete, id);
  }
  const auto deleted = static_cast<std::int64_t>(old.size());
  if (deleted > 0) session.run(kProof, ids.next(), now, "follow-ups: 28 days after the end", before, deleted);
  const std::int64_t words = remove_unruled(session, before, most);
  if (words > 0) session.run(kProof, ids.next(), now, "contacts without a rule: 28 days after the word", before, words);
  return deleted;
}

}  // namespace luytre::followup::storage

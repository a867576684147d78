#include "modules/followup/by_hand_storage.h"

#include "platform/store/merged.h"

namespace luytre::followup::storage {
namespace {

constexpr store::Query kUnruled{"followup.unruled", R"sql(
  SELECT candidate, case_id, person, disease, unit, class, since, gone, own_case, settled, days, ground, account,
         by_name, version
  FROM followup_unruled
  WHERE candidate = $1)sql"};

constexpr store::Query kUnruledOf{"followup.unruled_of", R"sql(
  SELECT candidate, case_id, person, disease, unit, class, since, gone, own_case, settled, days, ground, account,
         by_name, version
  FROM followup_unruled
  WHERE person = $1
  ORDER BY candidate)sql"};

constexpr store::Query kUnruledOfCase{"followup.unruled_of_case", R"sql(
  SELECT candidate
  FROM followup_unruled
  WHERE case_id = $1)sql"};

constexpr store::Query kPutUnruled{"followup.put_unruled", R"sql(
  INSERT INTO followup_unruled (candidate, case_id, person, disease, unit, class, since, gone, own_case, settled, days,
                                ground, account, by_name, version)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
  ON CONFLICT (candidate) DO UPDATE
  SET case_id = excluded.case_id, person = excluded.person, disease = excluded.disease, unit = excluded.unit,
      class = excluded.class, since = excluded.since, gone = excluded.gone, own_case = excluded.own_case,
      settled = excluded.settled, days = excluded.days, ground = excluded.ground, account = excluded.account,
      by_name = excluded.by_name, version = excluded.version)sql"};

constexpr store::Query kUnsettled{"followup.unsettled", R"sql(
  SELECT since, candidate
  FROM followup_unruled u
  WHERE settled IS NULL AND gone IS NULL AND own_case IS NULL
    AND NOT EXISTS (SELECT 1 FROM followup_period p
                    WHERE p.person = u.person AND p.disease = u.disease AND p.state = 'open')
  ORDER BY since, candidate
  LIMIT $1)sql"};

constexpr store::Query kUnsettledAt{"followup.unsettled_at", R"sql(
  SELECT since, candidate
  FROM followup_unruled u
  WHERE unit = $2 AND settled IS NULL AND gone IS NULL AND own_case IS NULL
    AND NOT EXISTS (SELECT 1 FROM followup_period p
                    WHERE p.person = u.person AND p.disease = u.disease AND p.state = 'open')
  ORDER BY since, candidate
  LIMIT $1)sql"};

constexpr store::Query kUnruledOver{"followup.unruled_over", R"sql(
  SELECT candidate
  FROM followup_unruled u
  WHERE (settled IS NOT NULL OR gone IS NOT NULL OR own_case IS NOT NULL) AND since < $1
    AND (settled IS NULL OR settled < $1) AND (gone IS NULL OR gone < $1)
    AND NOT EXISTS (SELECT 1 FROM followup_reason r WHERE r.candidate = u.candidate)
  ORDER BY since
  LIMIT $2)sql"};

constexpr store::Query kRemoveUnruled{"followup.remove_unruled", R"sql(
  DELETE FROM followup_unruled
  WHERE candidate = $1)sql"};

}  // namespace

std::optional<UnruledRow> unruled(store::Session& session, tracing::CandidateId candidate) {
  return session.one<UnruledRow>(kUnruled, candidate);
}

std::vector<UnruledRow> unruled_of(store::Session& session, PersonId record) {
  return session.all<UnruledRow>(kUnruledOf, record);
}

std::vector<tracing::CandidateId> unruled_of_case(store::Session& session, CaseId id) {
  return session.all<tracing::CandidateId>(kUnruledOfCase, id);
}

void put(store::Session& session, const UnruledRow& r) {
  session.run(kPutUnruled, r.candidate, r.case_id, r.person, r.disease, r.unit, r.assigned, r.since, r.gone, r.own_case,
              r.settled, r.days, r.ground, r.account, r.by_name, r.version);
}

std::vector<UnruledRow> unsettled(store::Session& session, const referrals::Reach& reach, std::size_t most) {
  std::vector<store::Row> looks;
  if (reach.everywhere) looks.push_back({store::to_value(most)});
  for (const auto& [unit, level] : reach.units) {
    if (reach.everywhere) break;
    looks.push_back({store::to_value(most), store::to_value(unit)});
  }
  const store::Query& query = reach.everywhere ? kUnsettled : kUnsettledAt;
  std::vector<store::Row> ids;
  for (const UnruledPosition& position : store::merged<UnruledPosition>(session, query, looks, most))
    ids.push_back({store::to_value(position.candidate)});
  std::vector<UnruledRow> out;
  for (auto& rows : session.each<UnruledRow>(kUnruled, ids)) out.push_back(std::move(rows.front()));
  return out;
}

std::int64_t remove_unruled(store::Session& session, Instant before, std::size_t most) {
  const auto old = session.all<tracing::CandidateId>(kUnruledOver, before, most);
  for (const tracing::CandidateId candidate : old) session.run(kRemoveUnruled, candidate);
  return static_cast<std::int64_t>(old.size());
}

}  // namespace luytre::followup::storage

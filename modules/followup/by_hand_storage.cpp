#include "modules/followup/by_hand_storage.h"

#include <functional>
#include <utility>

#include "platform/store/few.h"
#include "platform/store/paged.h"

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

// Parameters: since when and candidate after which, the unit unless everywhere, how many. `first`: so many, as a
// literal; 0: as many as asked for.
const store::Query& unsettled_query(bool everywhere, std::size_t first) {
  static const store::Queries<std::pair<bool, std::size_t>> all = [] {
    store::Queries<std::pair<bool, std::size_t>> out;
    for (const bool all_units : {false, true})
      for (const std::size_t most : store::kLooks)
        out.add({all_units, most},
                std::string("followup.unsettled") + (all_units ? "" : "_at") +
                    (most > 0 ? "_first_" + std::to_string(most) : ""),
                std::string("SELECT since, candidate\n  FROM followup_unruled c\n"
                            "  WHERE settled IS NULL AND gone IS NULL AND own_case IS NULL\n"
                            "    AND (since, candidate) > ($1, $2)") +
                    (all_units ? "" : " AND unit = $3") +
                    "\n    AND NOT EXISTS (SELECT 1 FROM followup_period p\n"
                    "                    WHERE p.person = c.person AND p.disease = c.disease AND p.state = 'open')\n"
                    "  ORDER BY since, candidate\n  LIMIT " +
                    (most > 0    ? std::to_string(most)
                     : all_units ? "$3"
                                 : "$4"));
    return out;
  }();
  return all.of({everywhere, first});
}

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
  const UnruledPosition first{Instant{INT64_MIN}, {}};
  std::vector<UnitId> units;
  for (const auto& [unit, level] : reach.units) units.push_back(unit);
  std::vector<UnruledPosition> found;
  if (reach.everywhere) {
    found =
        store::one_look<UnruledPosition>(session, unsettled_query(true, 0), store::values(first.since, first.id), most);
  } else {
    const auto query = [](std::size_t, std::size_t so_many) -> const store::Query& {
      return unsettled_query(false, so_many);
    };
    const auto row = [&](std::size_t at, const UnruledPosition& from) {
      return store::values(from.since, from.id, units[at]);
    };
    found = store::paged(session, 1, units.size(), most, first, query, row, std::less<UnruledPosition>());
  }
  std::vector<store::Row> ids;
  for (const UnruledPosition& position : found) ids.push_back({store::to_value(position.id)});
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

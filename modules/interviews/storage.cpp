#include "modules/interviews/storage.h"

#include <algorithm>
#include <iterator>
#include <tuple>
#include <utility>

#include "platform/store/few.h"
#include "platform/store/paged.h"

namespace luytre::interviews::storage {
namespace {

constexpr store::Query kFind{"interviews.find", R"sql(
  SELECT id, case_id, place, commune, started, ended, told, told_at, recorded_at, by_name, struck_at, struck_by,
         struck_reason, version
  FROM interviews_milestone
  WHERE id = $1)sql"};

constexpr store::Query kOfCase{"interviews.of_case", R"sql(
  SELECT id, case_id, place, commune, started, ended, told, told_at, recorded_at, by_name, struck_at, struck_by,
         struck_reason, version
  FROM interviews_milestone
  WHERE case_id = $1
  ORDER BY started, id)sql"};

constexpr store::Query kInsert{"interviews.insert", R"sql(
  INSERT INTO interviews_milestone (id, case_id, place, commune, started, ended, told, told_at, recorded_at,
                                    by_name, struck_at, struck_by, struck_reason, version)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14))sql"};

constexpr store::Query kUpdate{"interviews.update", R"sql(
  UPDATE interviews_milestone
  SET place = $2, commune = $3, started = $4, ended = $5, told = $6, struck_at = $7, struck_by = $8,
      struck_reason = $9, version = $10
  WHERE id = $1)sql"};

constexpr store::Query kVisits{"interviews.visits", R"sql(
  SELECT person, visit
  FROM interviews_visit
  WHERE milestone = $1
  ORDER BY person)sql"};

constexpr store::Query kInsertVisit{"interviews.insert_visit", R"sql(
  INSERT INTO interviews_visit (milestone, person, visit)
  VALUES ($1, $2, $3))sql"};

constexpr store::Query kRemoveVisit{"interviews.remove_visit", R"sql(
  DELETE FROM interviews_visit
  WHERE milestone = $1 AND person = $2)sql"};

constexpr store::Query kForgetVisits{"interviews.forget_visits", R"sql(
  DELETE FROM interviews_visit
  WHERE EXISTS (SELECT 1 FROM interviews_milestone m WHERE m.id = milestone AND m.ended < $1))sql"};

constexpr store::Query kInsertVersion{"interviews.insert_version", R"sql(
  INSERT INTO interviews_version (milestone, version, at, account, by_name, told)
  VALUES ($1, $2, $3, $4, $5, $6))sql"};

constexpr store::Query kVersions{"interviews.versions", R"sql(
  SELECT version, at, by_name, told
  FROM interviews_version
  WHERE milestone = $1
  ORDER BY version)sql"};

constexpr store::Query kCompanion{"interviews.companion", R"sql(
  SELECT id, milestone, case_id, unit, since, who, state, ended_at, ended_by, reason, version, met,
         disease
  FROM interviews_companion
  WHERE id = $1)sql"};

constexpr store::Query kCompanionsOfMilestone{"interviews.companions_of_milestone", R"sql(
  SELECT id, milestone, case_id, unit, since, who, state, ended_at, ended_by, reason, version, met,
         disease
  FROM interviews_companion
  WHERE milestone = $1
  ORDER BY id)sql"};

constexpr store::Query kCompanionsOfCase{"interviews.companions_of_case", R"sql(
  SELECT id, milestone, case_id, unit, since, who, state, ended_at, ended_by, reason, version, met,
         disease
  FROM interviews_companion
  WHERE case_id = $1
  ORDER BY id)sql"};

constexpr store::Query kInsertCompanion{"interviews.insert_companion", R"sql(
  INSERT INTO interviews_companion (id, milestone, case_id, unit, since, who, state, ended_at, ended_by, reason, version,
         met, disease)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13))sql"};

constexpr store::Query kUpdateCompanion{"interviews.update_companion", R"sql(
  UPDATE interviews_companion
  SET unit = $2, who = $3, state = $4, ended_at = $5, ended_by = $6, reason = $7, version = $8, met = $9,
      disease = $10
  WHERE id = $1)sql"};

// Whether everywhere, and how many.
std::vector<std::pair<bool, std::size_t>> looks() {
  std::vector<std::pair<bool, std::size_t>> out{{true, 0}};
  for (const std::size_t first : store::kLooks) out.emplace_back(false, first);
  return out;
}

struct OpenList {
  CompanionSort sort;
  bool descending, everywhere;
  std::size_t first;  // as a literal; 0: as many as asked for
  friend auto operator<=>(const OpenList&, const OpenList&) = default;
};

// Parameters: key and id after which, listed by, disease, met from and before, the unit unless everywhere, how many.
store::Queries<OpenList> open_queries() {
  store::Queries<OpenList> out;
  for (const CompanionSort sort : {CompanionSort::kListed, CompanionSort::kMet})
    for (const bool descending : {false, true})
      for (const auto& [everywhere, first] : looks()) {
        const std::string key = sort == CompanionSort::kListed ? "since" : "met";
        const std::string turn = descending ? " DESC" : "";
        out.add({sort, descending, everywhere, first},
                "interviews.open_companions_by_" + key + (descending ? "_down" : "_up") +
                    (everywhere ? "" : "_of_unit") + (first > 0 ? "_first_" + std::to_string(first) : ""),
                std::string("SELECT id, milestone, case_id, unit, since, who, state, ended_at, ended_by, reason, "
                            "version, met, disease\n  FROM interviews_companion\n  WHERE state = 'open'\n") +
                    (everywhere ? "" : "    AND unit = $7\n") + "    AND (" + key + ", id) " +
                    (descending ? "<" : ">") +
                    " ($1, $2)\n"
                    "    AND since <= $3\n"
                    "    AND (CAST($4 AS text) IS NULL OR disease = $4)\n"
                    "    AND met >= $5\n"
                    "    AND met < $6\n"
                    "  ORDER BY " +
                    key + turn + ", id" + turn + "\n  LIMIT " +
                    (first > 0    ? std::to_string(first)
                     : everywhere ? "$7"
                                  : "$8"));
      }
  return out;
}

const store::Query& open_query(const OpenList& list) {
  static const auto all = open_queries();
  return all.of(list);
}

constexpr store::Query kMarkListed{"interviews.mark_listed", R"sql(
  UPDATE interviews_milestone
  SET listed = 1
  WHERE id = $1)sql"};

constexpr store::Query kUnlisted{"interviews.unlisted", R"sql(
  SELECT id
  FROM interviews_milestone
  WHERE listed = 0
  ORDER BY id
  LIMIT $1)sql"};

}  // namespace

std::map<MilestoneId, MilestoneRow> milestones(store::Session& session, std::span<const MilestoneId> ids) {
  std::vector<store::Row> looks;
  for (const MilestoneId id : ids) looks.push_back(store::values(id));
  std::map<MilestoneId, MilestoneRow> out;
  if (looks.empty()) return out;
  for (auto& found : session.each<MilestoneRow>(kFind, looks))
    for (MilestoneRow& row : found) out.emplace(row.id, std::move(row));
  return out;
}

std::optional<MilestoneRow> find(store::Session& session, MilestoneId id) {
  return session.one<MilestoneRow>(kFind, id);
}

std::vector<MilestoneRow> of_case(store::Session& session, CaseId id) {
  return session.all<MilestoneRow>(kOfCase, id);
}

void insert(store::Session& session, const MilestoneRow& r) {
  session.run(kInsert, r.id, r.case_id, r.place, r.commune, r.started, r.ended, r.told, r.told_at, r.recorded_at,
              r.by_name, r.struck_at, r.struck_by, r.struck_reason, r.version);
}

void update(store::Session& session, const MilestoneRow& r) {
  session.run(kUpdate, r.id, r.place, r.commune, r.started, r.ended, r.told, r.struck_at, r.struck_by, r.struck_reason,
              r.version);
}

std::vector<VisitRow> visits(store::Session& session, MilestoneId id) {
  return session.all<VisitRow>(kVisits, id);
}

void insert(store::Session& session, MilestoneId id, const VisitRow& r) {
  session.run(kInsertVisit, id, r.person, r.visit);
}

void remove(store::Session& session, MilestoneId id, PersonId person) {
  session.run(kRemoveVisit, id, person);
}

void forget_visits(store::Session& session, Instant ended_before) {
  session.run(kForgetVisits, ended_before);
}

void insert(store::Session& session, MilestoneId id, AccountId account, const VersionRow& r) {
  session.run(kInsertVersion, id, r.version, r.at, account, r.by_name, r.told);
}

std::vector<VersionRow> versions(store::Session& session, MilestoneId id) {
  return session.all<VersionRow>(kVersions, id);
}

std::optional<CompanionRow> find(store::Session& session, CompanionId id) {
  return session.one<CompanionRow>(kCompanion, id);
}

std::vector<CompanionRow> companions_of(store::Session& session, MilestoneId id) {
  return session.all<CompanionRow>(kCompanionsOfMilestone, id);
}

std::vector<CompanionRow> companions_of(store::Session& session, CaseId id) {
  return session.all<CompanionRow>(kCompanionsOfCase, id);
}

void insert(store::Session& session, const CompanionRow& r) {
  session.run(kInsertCompanion, r.id, r.milestone, r.case_id, r.unit, r.since, r.who, r.state, r.ended_at, r.ended_by,
              r.reason, r.version, r.met, r.disease);
}

void update(store::Session& session, const CompanionRow& r) {
  session.run(kUpdateCompanion, r.id, r.unit, r.who, r.state, r.ended_at, r.ended_by, r.reason, r.version, r.met,
              r.disease);
}

const store::Query& open_companions_query(CompanionSort sort, bool descending, bool everywhere) {
  return open_query({sort, descending, everywhere, 0});
}

std::vector<CompanionRow> open_companions(store::Session& session, const CompanionSearch& search, Cursor after,
                                          std::size_t most) {
  const auto values = [&](std::int64_t number, std::int64_t id) {
    return store::values(number, id, search.listed_by, search.disease, search.from, search.before);
  };
  if (!search.units)
    return store::one_look<CompanionRow>(session, open_query({search.sort, search.descending, true, 0}),
                                         values(after.number, after.id), most);
  const auto query = [&](std::size_t, std::size_t first) -> const store::Query& {
    return open_query({search.sort, search.descending, false, first});
  };
  const auto row = [&](std::size_t at, const CompanionRow& from) {
    const bool begins = from.id.value == 0;  // nothing was read yet
    store::Row look =
        begins ? values(after.number, after.id) : values(key_of(from, search.sort).seconds, from.id.value);
    look.push_back(store::to_value((*search.units)[at]));
    return look;
  };
  const auto before = [&](const CompanionRow& a, const CompanionRow& b) {
    const auto [x, y] = search.descending ? std::tie(b, a) : std::tie(a, b);
    return std::pair(key_of(x, search.sort), x.id) < std::pair(key_of(y, search.sort), y.id);
  };
  return store::paged(session, 1, search.units->size(), most, CompanionRow{}, query, row, before);
}

Instant key_of(const CompanionRow& row, CompanionSort sort) {
  return sort == CompanionSort::kListed ? row.since : row.met;
}

void mark_listed(store::Session& session, MilestoneId id) {
  session.run(kMarkListed, id);
}

std::vector<MilestoneId> unlisted(store::Session& session, std::size_t most) {
  return session.all<MilestoneId>(kUnlisted, most);
}

}  // namespace luytre::interviews::storage

// The SQL of interviews, and nobody else's.

#pragma once

#include <map>
#include <span>

#include "modules/interviews/companions.h"
#include "modules/interviews/interviews.h"
#include "platform/base/sorted_cursor.h"
#include "platform/store/session.h"

namespace luytre::interviews::storage {

struct MilestoneRow {
  MilestoneId id;
  CaseId case_id;
  std::optional<PlaceId> place;
  std::optional<UnitId> commune;
  Instant started;
  Instant ended;
  store::Bytes told;
  Instant told_at;
  Instant recorded_at;
  std::string by_name;
  std::optional<Instant> struck_at;
  std::optional<std::string> struck_by;
  std::optional<store::Bytes> struck_reason;
  std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(MilestoneRow, (),
                      (id, case_id, place, commune, started, ended, told, told_at, recorded_at, by_name, struck_at,
                       struck_by, struck_reason, version))

std::optional<MilestoneRow> find(store::Session& session, MilestoneId id);
std::vector<MilestoneRow> of_case(store::Session& session, CaseId id);  // by their beginning
void insert(store::Session& session, const MilestoneRow& row);
void update(store::Session& session, const MilestoneRow& row);

struct VisitRow {
  PersonId person;
  VisitId visit;
};
BOOST_DESCRIBE_STRUCT(VisitRow, (), (person, visit))

std::vector<VisitRow> visits(store::Session& session, MilestoneId id);
void insert(store::Session& session, MilestoneId id, const VisitRow& row);
void remove(store::Session& session, MilestoneId id, PersonId person);
void forget_visits(store::Session& session, Instant ended_before);

struct VersionRow {
  std::int64_t version = 1;
  Instant at;
  std::string by_name;
  store::Bytes told;
};
BOOST_DESCRIBE_STRUCT(VersionRow, (), (version, at, by_name, told))

void insert(store::Session& session, MilestoneId id, AccountId account, const VersionRow& row);
std::vector<VersionRow> versions(store::Session& session, MilestoneId id);  // oldest first

struct CompanionRow {
  CompanionId id;
  MilestoneId milestone;
  CaseId case_id;
  UnitId unit;
  Instant since;
  store::Bytes who;
  CompanionState state = CompanionState::kOpen;
  std::optional<Instant> ended_at;
  std::optional<std::string> ended_by;
  std::optional<store::Bytes> reason;
  std::int64_t version = 1;
  Instant met;          // when the milestone began
  std::string disease;  // the case's
};
BOOST_DESCRIBE_STRUCT(CompanionRow, (),
                      (id, milestone, case_id, unit, since, who, state, ended_at, ended_by, reason, version, met,
                       disease))

std::map<MilestoneId, MilestoneRow> milestones(store::Session& session, std::span<const MilestoneId> ids);
std::optional<CompanionRow> find(store::Session& session, CompanionId id);
std::vector<CompanionRow> companions_of(store::Session& session, MilestoneId id);
std::vector<CompanionRow> companions_of(store::Session& session, CaseId id);
void insert(store::Session& session, const CompanionRow& row);
void update(store::Session& session, const CompanionRow& row);

struct CompanionSearch {
  std::optional<std::vector<UnitId>> units;  // absent: everywhere
  Instant listed_by;
  std::optional<std::string> disease;
  Instant from{INT64_MIN}, before{INT64_MAX};  // met
  CompanionSort sort = CompanionSort::kListed;
  bool descending = false;
};
std::vector<CompanionRow> open_companions(store::Session& session, const CompanionSearch& search, Cursor after,
                                          std::size_t most);
Instant key_of(const CompanionRow& row, CompanionSort sort);
// For tests: how a page is read.
const store::Query& open_companions_query(CompanionSort sort, bool descending, bool everywhere);

void mark_listed(store::Session& session, MilestoneId id);
std::vector<MilestoneId> unlisted(store::Session& session, std::size_t most);

}  // namespace luytre::interviews::storage

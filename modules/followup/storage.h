// SQL of the follow-up room. Every function runs in the caller's transaction.

#pragma once

#include <compare>
#include <span>

#include "modules/followup/followup.h"
#include "modules/referrals/ladder.h"

namespace luytre::followup::storage {

struct PeriodRow : staff::Holding {
  FollowUpId id;
  PersonId person;
  std::string disease;
  UnitId unit;
  Date first_day, last_day;
  State state = State::kOpen;
  Date waiting_since;
  std::int64_t base = 0, level = 0;  // of Level
  Instant climb_at;
  std::int64_t offered = 0;
  std::optional<CaseId> suspect;
  Instant created;
  std::optional<Instant> ended;
  std::int64_t version = 1;
  std::optional<FollowUpId> joined_to;
  std::optional<Date> test_day;  // the first that waits for a sample
  friend bool operator==(const PeriodRow&, const PeriodRow&) = default;
};
BOOST_DESCRIBE_STRUCT(PeriodRow, (staff::Holding),
                      (id, person, disease, unit, first_day, last_day, state, waiting_since, base, level, climb_at,
                       offered, suspect, created, ended, version, joined_to, test_day))

// Where one stands in a list: by the day that it is sorted by.
struct Position {
  std::int64_t day = 0;
  FollowUpId id;
  friend auto operator<=>(const Position&, const Position&) = default;
};
BOOST_DESCRIBE_STRUCT(Position, (), (day, id))

std::optional<PeriodRow> find(store::Session& session, FollowUpId id);
std::vector<PeriodRow> find_each(store::Session& session, std::span<const Position> of);  // in their order
std::vector<PeriodRow> of_person(store::Session& session, PersonId person);               // newest first
std::vector<std::vector<PeriodRow>> of_each(store::Session& session, std::span<const PersonId> persons);
std::vector<PeriodRow> joined(store::Session& session, FollowUpId id);  // those that it stands for
struct Group {
  PeriodRow row;
  std::vector<PeriodRow> joined;
};
std::vector<Group> with_joined(store::Session& session, std::vector<PeriodRow> rows);  // of each
std::vector<PeriodRow> of_officer(store::Session& session, AccountId officer);         // this and the next: open ones
std::vector<PeriodRow> of_team(store::Session& session, staff::OfficerTeamId team);
void insert(store::Session& session, const PeriodRow& row);  // nobody's
void update(store::Session& session, PeriodRow& row);        // raises the version
std::vector<PeriodRow> over(store::Session& session, Date today, std::size_t most);
std::vector<PeriodRow> late(store::Session& session, Instant now, Date today, std::size_t most);  // none that are over

struct ReasonRow {
  FollowUpId period;
  tracing::CandidateId candidate;
  CaseId case_id;
  tracing::Class assigned = tracing::Class::kF1;
  Date last_exposure;
  std::int64_t days = 0;
  std::string rule;
  bool counts = true;
  std::string test_days;  // test_days_text
  Date until() const { return {last_exposure.days + days}; }
  friend bool operator==(const ReasonRow&, const ReasonRow&) = default;
};
BOOST_DESCRIBE_STRUCT(ReasonRow, (),
                      (period, candidate, case_id, assigned, last_exposure, days, rule, counts, test_days))

// This and entries(): also of those that the period stands for.
std::vector<ReasonRow> reasons(store::Session& session, FollowUpId period);
std::vector<ReasonRow> of_candidate(store::Session& session, tracing::CandidateId candidate);  // newest period first
// By candidate, after this one; of each the newest period.
std::vector<ReasonRow> of_case(store::Session& session, CaseId id, tracing::CandidateId after, std::size_t most);
void put(store::Session& session, const ReasonRow& row);
void drop(store::Session& session, const ReasonRow& row);

struct EntryRow {
  EntryId id;
  FollowUpId period;
  Date day;
  Finding finding = Finding::kNone;
  Via via = Via::kCall;
  Instant at;
  std::optional<AccountId> account;
  std::string by_name;
  std::optional<store::Bytes> detail;  // sealed
  std::optional<declarations::DeclarationId> declaration;
  std::optional<forms::Colour> colour;
  bool replaced = false;
  std::optional<std::string> noted;  // the phone's key
};
BOOST_DESCRIBE_STRUCT(EntryRow, (),
                      (id, period, day, finding, via, at, account, by_name, detail, declaration, colour, replaced,
                       noted))

std::vector<EntryRow> entries(store::Session& session, FollowUpId period);  // as they came
std::vector<std::vector<EntryRow>> entries(store::Session& session, std::span<const FollowUpId> periods);  // of each
bool insert(store::Session& session, const EntryRow& row);  // false: that declaration is there, or what was noted
std::optional<EntryId> noted(store::Session& session, AccountId account, const std::string& key);
void replace(store::Session& session, EntryId id);
// The follow-ups that had an entry of it.
std::vector<FollowUpId> remove(store::Session& session, declarations::DeclarationId declaration);

// Who waits for an answer; who has symptoms and no case; whose day of a sample has come.
enum class Among { kWaiting, kOffered, kToSample };
BOOST_DESCRIBE_ENUM(Among, kWaiting, kOffered, kToSample)

struct Search {
  referrals::Reach reach;
  Date today;
  bool escalated = false;
  bool yours = false;
  Among among = Among::kWaiting;
  staff::Whose whose;
  std::optional<std::string> disease;
  std::optional<tracing::Class> assigned;  // of a reason that counts
  Sort sort = Sort::kWaiting;
  bool descending = false;
};
Position position_of(const PeriodRow& row, Among among, Sort sort);
// Costs a short look into an index for each unit (lists.cpp). Absent `after`: from the beginning.
std::vector<PeriodRow> page(store::Session& session, const Search& search, const std::optional<Position>& after,
                            std::size_t most);
// For tests: how a page is read, and how many parameters that has.
struct PageQuery {
  const store::Query& query;
  std::size_t parameters;
};
PageQuery page_query(Among among, Sort sort, bool descending, bool everywhere);

// Contacts that are to be weighed again; taken: no longer there.
void put_due(store::Session& session, tracing::CandidateId candidate);
std::vector<tracing::CandidateId> take_due(store::Session& session, std::size_t most);

std::int64_t retain(store::Session& session, IdMaker& ids, Instant now, Instant before, std::size_t most);

}  // namespace luytre::followup::storage

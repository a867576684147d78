// SQL of the referrals room. Every function runs in the caller's transaction.

#pragma once

#include <compare>
#include <map>

#include "modules/referrals/ladder.h"
#include "modules/referrals/referrals.h"
#include "platform/base/cursor.h"

namespace luytre::referrals::storage {

struct ReferralRow {
  ReferralId id;
  Source source = Source::kDeclaration;
  SubjectId subject;
  UnitId origin, unit;
  Station station = Station::kResidence;
  PersonId person;
  std::optional<Colour> colour;
  store::Bytes reasons;  // sealed
  std::string rule_set;
  Instant at, created;
  std::int64_t within_minutes = 0;
  Instant due_at;
  std::int64_t base = 0, level = 0;  // of Level
  State state = State::kOpen;
  std::optional<AccountId> taken_by;
  std::int64_t attempts = 0;
  std::optional<Outcome> outcome;
  std::optional<Instant> ended;
  std::int64_t version = 1;
  std::int64_t claimed = 0;           // number within the passage of somebody unproven; `person` is 0 then
  std::optional<store::Bytes> claim;  // sealed
};
BOOST_DESCRIBE_STRUCT(ReferralRow, (),
                      (id, source, subject, origin, unit, station, person, colour, reasons, rule_set, at, created,
                       within_minutes, due_at, base, level, state, taken_by, attempts, outcome, ended, version, claimed,
                       claim))

std::optional<ReferralRow> find(store::Session& session, ReferralId id);
std::vector<ReferralRow> of_subject(store::Session& session, Source source, SubjectId subject);
std::vector<std::vector<ReferralRow>> of_subjects(store::Session& session, Source source,
                                                  std::span<const SubjectId> subjects);  // of each
// Of one of those whom it concerns: a person, or somebody who claimed to be one.
std::vector<ReferralRow> of_subject(store::Session& session, Source source, SubjectId subject, PersonId person,
                                    std::int64_t claimed);
void insert(store::Session& session, const ReferralRow& row);
void update(store::Session& session, ReferralRow& row);  // raises the version
// Open ones whose deadline has passed and that can go further, the longest waiting first.
std::vector<ReferralRow> late(store::Session& session, Instant now, std::size_t most);

struct StepRow {
  std::int64_t id = 0;
  ReferralId referral;
  Instant at;
  StepKind kind = StepKind::kOpened;
  std::int64_t level = 0;
  UnitId unit;
  std::optional<AccountId> account;
  std::string by_name;
  std::optional<Outcome> outcome;
  std::optional<store::Bytes> note;  // sealed
};
BOOST_DESCRIBE_STRUCT(StepRow, (), (id, referral, at, kind, level, unit, account, by_name, outcome, note))

void insert(store::Session& session, const StepRow& row);
std::vector<StepRow> steps(store::Session& session, ReferralId referral);  // oldest first
std::vector<std::vector<StepRow>> steps(store::Session& session, std::span<const ReferralId> referrals);  // of each

struct Position {
  Instant key;  // of the sort
  ReferralId id;
  friend auto operator<=>(const Position&, const Position&) = default;
};
BOOST_DESCRIBE_STRUCT(Position, (), (key, id))

struct Search {
  Reach reach;
  std::vector<State> states;
  bool escalated = false;
  bool yours = false;
  std::optional<Source> source;
  Sort sort = Sort::kDue;
  bool descending = false;
};
// Costs a short look into an index for each unit and state.
std::vector<ReferralRow> page(store::Session& session, const Search& search, Cursor after, std::size_t most);
// For tests: how a page is read.
const store::Query& page_query(Sort sort, bool descending, bool everywhere);

struct Pile {
  State state = State::kOpen;
  std::int64_t base = 0, level = 0, count = 0;
};
BOOST_DESCRIBE_STRUCT(Pile, (), (state, base, level, count))
// Those not ended, with the lowest level of the caller's.
std::vector<std::pair<Pile, std::int64_t>> piles(store::Session& session, const Reach& reach);

void arrive(store::Session& session, Source source, SubjectId subject, UnitId unit, Date day, Colour colour);
void unarrive(store::Session& session, Source source, SubjectId subject);
std::map<Colour, std::int64_t> arrivals(store::Session& session, const Reach& reach, Date day);

std::int64_t retain(store::Session& session, IdMaker& ids, Instant now, Instant before, std::size_t most);

}  // namespace luytre::referrals::storage

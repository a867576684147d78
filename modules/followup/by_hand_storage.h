// SQL of by_hand.cpp. Every function runs in the caller's transaction.

#pragma once

#include <compare>
#include <span>

#include "modules/followup/storage.h"

namespace luytre::followup::storage {

struct UnruledRow {
  tracing::CandidateId candidate;
  CaseId case_id;
  PersonId person;
  std::string disease;
  UnitId unit;
  tracing::Class assigned = tracing::Class::kF1;
  Instant since;
  std::optional<Instant> gone;
  std::optional<CaseId> own_case;
  std::optional<Instant> settled;
  std::optional<std::int64_t> days;
  std::optional<store::Bytes> ground;  // sealed
  std::optional<AccountId> account;
  std::optional<std::string> by_name;
  std::int64_t version = 1;
  friend bool operator==(const UnruledRow&, const UnruledRow&) = default;
};
BOOST_DESCRIBE_STRUCT(UnruledRow, (),
                      (candidate, case_id, person, disease, unit, assigned, since, gone, own_case, settled, days,
                       ground, account, by_name, version))

struct UnruledPosition {
  Instant since;
  tracing::CandidateId id;
  friend auto operator<=>(const UnruledPosition&, const UnruledPosition&) = default;
};
BOOST_DESCRIBE_STRUCT(UnruledPosition, (), (since, id))

std::optional<UnruledRow> unruled(store::Session& session, tracing::CandidateId candidate);
std::vector<UnruledRow> unruled_of(store::Session& session, PersonId record);
std::vector<tracing::CandidateId> unruled_of_case(store::Session& session, CaseId id);
void put(store::Session& session, const UnruledRow& row);
// Those that nobody has settled, of people whom this record's follow-up does not hold either; the oldest first.
std::vector<UnruledRow> unsettled(store::Session& session, const referrals::Reach& reach, std::size_t most);
// Over before then, and no reason of a follow-up any more.
std::int64_t remove_unruled(store::Session& session, Instant before, std::size_t most);

}  // namespace luytre::followup::storage

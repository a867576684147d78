// SQL of immunity.cpp. Every function runs in the caller's transaction.

#pragma once

#include "modules/followup/followup.h"

namespace luytre::followup::storage {

struct ImmunityRow {
  std::int64_t id = 0;
  FollowUpId period;
  ImmunityKind kind = ImmunityKind::kVaccinated;
  store::Bytes proof;
  Instant at;
  AccountId account;
  std::string by_name;
  std::optional<Instant> ended;
  std::optional<AccountId> ended_account;
  std::optional<std::string> ended_by;
  std::optional<store::Bytes> ended_why;
};
BOOST_DESCRIBE_STRUCT(ImmunityRow, (),
                      (id, period, kind, proof, at, account, by_name, ended, ended_account, ended_by, ended_why))

// Of those that it stands for, too; as they came.
std::vector<ImmunityRow> immunities(store::Session& session, FollowUpId period);
bool is_immunity_said(store::Session& session, FollowUpId period);  // and not taken back
void insert(store::Session& session, const ImmunityRow& row);
void update(store::Session& session, const ImmunityRow& row);  // its end
void remove_immunities(store::Session& session, FollowUpId period);

}  // namespace luytre::followup::storage

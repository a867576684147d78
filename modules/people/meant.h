// Which records of ours lines that others wrote down are proven to mean, for many lines at once; within another's
// transaction, without a check or a log entry of its own.

#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "platform/base/id.h"
#include "platform/base/vault.h"
#include "platform/identity/accounts.h"
#include "platform/store/session.h"

namespace luytre::people {

struct Described {
  std::string name;
  std::int64_t birth_year = 0;
  std::optional<std::string> phone;  // E.164
  std::optional<std::string> paper;  // as written
};

// In the order of the lines: the records with this paper, proven, or with this phone, proven (People::Proven), and this
// name and year of birth. Of one number the newest hundred records are looked at. A handful of statements, however many
// the lines.
std::vector<std::vector<PersonId>> meant(store::Session& session, const Vault& vault,
                                         const identity::Accounts& accounts, std::span<const Described> lines);

}  // namespace luytre::people

// Colleagues: officers as those who share work with them know them: a name, and the units that they answer for now.
// Nothing else of their accounts. Every function runs in the caller's transaction.

#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "platform/identity/caller.h"
#include "platform/store/session.h"

namespace luytre::geography {
class Geography;
}

namespace luytre::identity {

struct Colleague {
  AccountId id;
  std::string name;
};
BOOST_DESCRIBE_STRUCT(Colleague, (), (id, name))

// Also of one who may not sign in any more.
std::optional<std::string> officer_name(store::Session& session, AccountId id);
std::map<AccountId, std::string> officer_names(store::Session& session, std::span<const AccountId> ids);
// Whether they may sign in and hold one of the roles for an area that covers the unit.
bool answers_for(store::Session& session, const geography::Geography& geography, AccountId id,
                 const std::vector<Role>& roles, UnitId unit);
// All of them, by name.
std::vector<Colleague> answering_for(store::Session& session, const geography::Geography& geography,
                                     const std::vector<Role>& roles, UnitId unit);

}  // namespace luytre::identity

#include "platform/identity/colleagues.h"

#include <algorithm>
#include <set>

#include "platform/geography/geography.h"
#include "platform/identity/officer_rows.h"

namespace luytre::identity {
namespace {

struct Granted {
  AccountId account;
  std::string name;
  Role role = Role::kAnyone;
  UnitId area;
};
BOOST_DESCRIBE_STRUCT(Granted, (), (account, name, role, area))

constexpr store::Query kGranted{"identity.colleagues", R"sql(
  SELECT o.account, o.name, g.role, g.area
  FROM identity_officer o JOIN identity_grant g ON g.account = o.account
  WHERE o.disabled IS NULL
  ORDER BY o.name, o.account)sql"};

constexpr store::Query kName{"identity.officer_name", R"sql(
  SELECT account, name
  FROM identity_officer
  WHERE account = $1)sql"};

bool among(const std::vector<Role>& roles, Role role) {
  return std::find(roles.begin(), roles.end(), role) != roles.end();
}

}  // namespace

std::optional<std::string> officer_name(store::Session& session, AccountId id) {
  auto row = officer_rows::find(session, id);
  if (!row) return std::nullopt;
  return std::move(row->name);
}

std::map<AccountId, std::string> officer_names(store::Session& session, std::span<const AccountId> ids) {
  std::vector<store::Row> looks;
  for (const AccountId id : std::set<AccountId>(ids.begin(), ids.end())) looks.push_back(store::values(id));
  std::map<AccountId, std::string> out;
  if (looks.empty()) return out;
  for (auto& found : session.each<Colleague>(kName, looks))
    for (Colleague& one : found) out.emplace(one.id, std::move(one.name));
  return out;
}

bool answers_for(store::Session& session, const geography::Geography& geography, AccountId id,
                 const std::vector<Role>& roles, UnitId unit) {
  const auto row = officer_rows::find(session, id);
  if (!row || row->disabled) return false;
  const auto grants = officer_rows::grants(session, id);
  return std::any_of(grants.begin(), grants.end(), [&](const Grant& grant) {
    return among(roles, grant.role) && geography.covers(grant.area, unit);
  });
}

std::vector<Colleague> answering_for(store::Session& session, const geography::Geography& geography,
                                     const std::vector<Role>& roles, UnitId unit) {
  std::vector<Colleague> out;
  for (Granted& one : session.all<Granted>(kGranted)) {
    if (!among(roles, one.role) || !geography.covers(one.area, unit)) continue;
    if (out.empty() || out.back().id != one.account) out.push_back({one.account, std::move(one.name)});
  }
  return out;
}

}  // namespace luytre::identity

#include "platform/identity/colleagues.h"

#include <algorithm>

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

bool among(const std::vector<Role>& roles, Role role) {
  return std::find(roles.begin(), roles.end(), role) != roles.end();
}

}  // namespace

std::optional<std::string> officer_name(store::Session& session, AccountId id) {
  auto row = officer_rows::find(session, id);
  if (!row) return std::nullopt;
  return std::move(row->name);
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

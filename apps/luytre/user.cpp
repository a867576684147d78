#include <iostream>
#include <sstream>

#include "apps/luytre/commands.h"
#include "apps/luytre/study.h"
#include "platform/base/log.h"

namespace luytre::app {
namespace {

// "44/19333": codes from the province down. Absent: no such unit in force today.
std::optional<UnitId> find_area(const House& house, const std::string& codes) {
  const Date today = local_date(house.clock.now());
  std::optional<UnitId> at;
  std::stringstream parts(codes);
  for (std::string code; std::getline(parts, code, '/');) {
    std::optional<UnitId> next;
    for (const auto* unit : house.geography.children(at, today))
      if (unit->code == code) next = unit->id;
    if (!next) return std::nullopt;
    at = next;
  }
  return at;
}

std::string describe(const identity::Officer& officer) {
  std::string out = officer.username + "  " + officer.name + "  ";
  for (const auto& grant : officer.grants)
    out += json::enum_text(grant.role) + (grant.area_name.empty() ? "" : " @ " + grant.area_name) + "; ";
  if (officer.disabled) out += "DISABLED";
  return out;
}

}  // namespace

int user_add(const UserAdd& options) {
  log::set_level("warn");
  House house(read_settings(options.common));
  const auto role = json::parse_enum<Role>(options.role);
  if (!role || *role == Role::kAnyone || *role == Role::kCitizen) {
    std::cerr << "luytre: --role must be stationOfficer, districtOfficer, provinceOfficer, commander, auditor, "
                 "administrator, tracer, informationOffice or siteKeeper\n";
    return 2;
  }
  UnitId area;
  if (options.area) {
    const auto found = find_area(house, *options.area);
    if (!found) {
      std::cerr << "luytre: no unit in force today has the code " << *options.area
                << "; codes go from the province down, e.g. 44/19333\n";
      return 2;
    }
    area = *found;
  }
  identity::NewOfficer officer;
  officer.username = options.username;
  officer.name = options.name;
  officer.grants.push_back({*role, area});
  const auto made = house.identity.officers.create_now(officer);
  if (!made) return say(house, made.error());
  std::cout << describe(made->officer)
            << "\ntemporary password (shown once, to be changed at the first sign-in): " << made->temporary_password
            << '\n';
  return 0;
}

int user_list(const Common& common) {
  log::set_level("warn");
  House house(read_settings(common));
  const auto officers = house.identity.officers.all_now();
  for (const auto& officer : officers) std::cout << describe(officer) << '\n';
  if (officers.empty()) std::cout << "no officers yet: luytre user add NAME --name \"…\"\n";
  return 0;
}

int user_disable(const Common& common, const std::string& username) {
  log::set_level("warn");
  House house(read_settings(common));
  const auto done = house.identity.officers.disable_now(username);
  if (!done && done.error().code == std::string_view(kNotFound.code))
    return fail("there is no officer " + username + ": luytre user list");
  if (!done) return say(house, done.error());
  std::cout << describe(*done) << '\n';
  return 0;
}

}  // namespace luytre::app

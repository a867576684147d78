// Who of the health service sees and writes people's records, and opens one. Private to this module.

#pragma once

#include <initializer_list>

#include "platform/identity/access.h"

namespace luytre::people {

constexpr std::initializer_list<Role> kOfficers{Role::kStationOfficer, Role::kDistrictOfficer, Role::kProvinceOfficer};

inline const identity::Action kRead{"people.read", Purpose::kCaseManagement, kOfficers, true};

}  // namespace luytre::people

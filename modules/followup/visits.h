// What a station's phone keeps for a shift, to visit people without a network: no more than the visit needs. Neither
// the disease by its name nor whose contact somebody is; the signs to ask for are those of its daily form, which the
// person has on their own phone without its name, too.

#pragma once

#include "modules/followup/followup.h"

namespace luytre::followup {

struct HomeVisit {
  FollowUpId id;
  std::string name;
  std::int64_t birth_year = 0;
  people::Sex sex = people::Sex::kOther;
  std::string unit_name;
  std::optional<std::string> address;
  std::vector<std::string> phones;
  Date first_day, last_day;
  std::vector<Day> days;
  std::vector<presence::Sign> signs;  // that are offered today
};
BOOST_DESCRIBE_STRUCT(HomeVisit, (),
                      (id, name, birth_year, sex, unit_name, address, phones, first_day, last_day, days, signs))

}  // namespace luytre::followup

// What a station's phone keeps for a shift, to visit people without a network: no more than the visit needs. Neither
// the disease nor whose contact somebody is.

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
};
BOOST_DESCRIBE_STRUCT(HomeVisit, (), (id, name, birth_year, sex, unit_name, address, phones, first_day, last_day, days))

}  // namespace luytre::followup

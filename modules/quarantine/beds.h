// Which beds a group is proposed that arrives at once. Pure: no database, no clock.
//
// Whose days began alike belong to one cohort: nobody who arrives is put to somebody whose days end otherwise, so that
// a case among the newer ones does not begin anew what the older ones had nearly done. A household lies together; of
// the others only those of one sex share a room. Fewer rooms are begun rather than more. What finds no room by that is
// left to the officer.

#pragma once

#include <compare>
#include <optional>
#include <string>
#include <vector>

#include "modules/quarantine/sites.h"

namespace luytre::quarantine {

struct Cohort {
  Kind kind = Kind::kQuarantine;
  std::string disease;
  Date last_day;
  friend auto operator<=>(const Cohort&, const Cohort&) = default;
};

struct Comer {
  Cohort cohort;
  std::optional<std::int64_t> household;  // any number; the same: they live together
  people::Sex sex = people::Sex::kOther;
};

struct FreeRoom {
  RoomId id;
  std::vector<std::int64_t> free;  // numbers of beds, ascending
  std::vector<Comer> lying;
};

// In the order of those who come; nothing: no room by the rule.
std::vector<std::optional<Bed>> propose_beds(std::vector<FreeRoom> rooms, const std::vector<Comer>& comers);

}  // namespace luytre::quarantine

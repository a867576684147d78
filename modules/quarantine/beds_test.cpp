#include "modules/quarantine/beds.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace luytre::quarantine {
namespace {

constexpr auto kMale = people::Sex::kMale, kFemale = people::Sex::kFemale;

Comer comer(std::int64_t last_day, people::Sex sex, std::optional<std::int64_t> household = {}) {
  Comer out;
  out.cohort = {Kind::kQuarantine, "covid-19", Date{last_day}};
  out.sex = sex;
  out.household = household;
  return out;
}

FreeRoom room(std::int64_t id, std::int64_t beds, std::vector<Comer> lying = {}) {
  FreeRoom out{RoomId{id}, {}, std::move(lying)};
  for (std::int64_t bed = static_cast<std::int64_t>(out.lying.size()) + 1; bed <= beds; ++bed) out.free.push_back(bed);
  return out;
}

std::vector<std::int64_t> rooms_of(const std::vector<std::optional<Bed>>& beds) {
  std::vector<std::int64_t> out;
  for (const auto& one : beds) out.push_back(one ? one->room.value : 0);
  return out;
}

TEST(Beds, NobodyIsPutToSomebodyWhoseDaysEndOtherwise) {
  const auto beds = propose_beds({room(1, 4, {comer(10, kMale)}), room(2, 4)}, {comer(12, kMale), comer(10, kMale)});
  EXPECT_THAT(rooms_of(beds), ::testing::ElementsAre(2, 1));
  Comer ill = comer(10, kMale);
  ill.cohort.kind = Kind::kIsolation;
  EXPECT_THAT(rooms_of(propose_beds({room(1, 4, {comer(10, kMale)})}, {ill})), ::testing::ElementsAre(0));
}

TEST(Beds, ABusIsPutTogetherInAsFewRoomsAsItTakes) {
  const std::vector<Comer> bus(5, comer(10, kFemale));
  EXPECT_THAT(rooms_of(propose_beds({room(1, 8), room(2, 6), room(3, 2)}, bus)), ::testing::ElementsAre(2, 2, 2, 2, 2));
  EXPECT_THAT(rooms_of(propose_beds({room(1, 2), room(2, 3)}, bus)), ::testing::ElementsAre(2, 2, 2, 1, 1));
}

TEST(Beds, MenAndWomenApartButAHouseholdTogether) {
  const auto beds = propose_beds({room(1, 3), room(2, 4), room(3, 4)},
                                 {comer(10, kMale, 7), comer(10, kMale), comer(10, kFemale), comer(10, kFemale, 7)});
  const auto rooms = rooms_of(beds);
  EXPECT_EQ(rooms[0], rooms[3]) << "of one household";
  EXPECT_NE(rooms[1], rooms[2]);
  EXPECT_NE(rooms[1], rooms[0]) << "nobody is put to a family";
  EXPECT_NE(rooms[2], rooms[0]);
}

TEST(Beds, WhoComesLaterJoinsTheirHousehold) {
  const auto beds =
      propose_beds({room(1, 4, {comer(10, kFemale, 7), comer(10, kMale, 7)}), room(2, 4)}, {comer(10, kMale, 7)});
  EXPECT_THAT(rooms_of(beds), ::testing::ElementsAre(1));
}

TEST(Beds, EveryBedOnceAndWhoFindsNoneIsLeftToTheOfficer) {
  const auto beds = propose_beds({room(1, 2)}, {comer(10, kMale), comer(10, kMale), comer(10, kMale)});
  EXPECT_THAT(rooms_of(beds), ::testing::ElementsAre(1, 1, 0));
  EXPECT_EQ(beds[0]->bed, 1);
  EXPECT_EQ(beds[1]->bed, 2);
}

}  // namespace
}  // namespace luytre::quarantine

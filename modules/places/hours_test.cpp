// When a place is open, as it states.

#include "modules/places/hours.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace luytre::places {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

const Instant kMonday = *parse_instant("2026-03-01T17:00:00Z");  // midnight here

Opening opening(std::int64_t day, const char* from, const char* to) {
  return {day, {std::string(from)}, {std::string(to)}};
}

TEST(Hours, AreOfTheLocalDayAndHalfOpen) {
  const std::vector<Opening> hours_of{opening(1, "07:00", "11:30"), opening(1, "13:00", "17:00")};
  const auto open = [&](std::chrono::seconds after) { return open_at(hours_of, kMonday + after, {}); };
  EXPECT_FALSE(open(hours(7) - minutes(1)));
  EXPECT_TRUE(open(hours(7)));
  EXPECT_FALSE(open(hours(11) + minutes(30)));
  EXPECT_TRUE(open(hours(13)));
  EXPECT_FALSE(open(hours(24 + 8))) << "Tuesday";
  EXPECT_TRUE(open(hours(7 * 24 + 8)));
  EXPECT_TRUE(open_at(hours_of, kMonday + hours(6) + minutes(30), minutes(30)));
}

TEST(Hours, MayPassMidnightAndTheWeek) {
  const std::vector<Opening> night{opening(7, "22:00", "02:00")};
  EXPECT_TRUE(open_at(night, kMonday + hours(1), {})) << "Sunday's";
  EXPECT_FALSE(open_at(night, kMonday + hours(2), {}));
  EXPECT_FALSE(open_at(night, kMonday + hours(23), {}));
  EXPECT_TRUE(open_at({opening(2, "00:00", "00:00")}, kMonday + hours(47), {})) << "the whole day";
  EXPECT_TRUE(open_at({opening(2, "00:10", "08:00")}, kMonday + hours(24) - minutes(10), minutes(30)));
}

TEST(Hours, NoneStatedIsAlwaysOpen) {
  EXPECT_TRUE(open_at({}, kMonday, {}));
}

TEST(Hours, WhatIsNoTimeIsRefused) {
  EXPECT_TRUE(check({opening(7, "00:00", "23:59")}).empty());
  for (const auto& wrong : {opening(0, "07:00", "08:00"), opening(8, "07:00", "08:00"), opening(1, "7:00", "08:00"),
                            opening(1, "07:00", "24:00"), opening(1, "07:60", "08:00"), opening(1, "07-00", "08:00")})
    EXPECT_EQ(check({wrong}).size(), 1u) << json::text(wrong);
  EXPECT_FALSE(check(std::vector(kOpeningsMost + 1, opening(1, "07:00", "08:00"))).empty());
}

}  // namespace
}  // namespace luytre::places

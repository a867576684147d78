#include "modules/places/likeness.h"

#include <gmock/gmock.h>

namespace luytre::places {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

Likely stall(std::int64_t id, std::string name, std::string address = "", std::string phone = "") {
  return {PlaceId{id}, std::move(name), "market", UnitId{1}, std::move(address), std::move(phone)};
}

// "score name address phone unit kind": same, like, not, or ? for not told.
std::string told(const LikePair& pair) {
  std::string out = std::to_string(pair.score);
  for (const auto& field : pair.fields) {
    constexpr const char* kWords[] = {" same", " like", " not", " ?"};
    out += kWords[static_cast<std::size_t>(field.verdict)];
  }
  return out;
}

TEST(LikenessTest, TheSameSignWrittenTwiceIsFoundAndEachFieldSaysWhy) {
  const auto pairs = alike({stall(1, "Chợ Diên Sanh", "Quốc lộ 1, thôn 1", "+84912345678"),
                            stall(2, "CHO DIEN SANH", "quoc lo 1 - thon 1", "+84912345678"),
                            stall(3, "Chợ Mỹ Chánh", "Thôn 5", "+84912000000")});
  ASSERT_THAT(pairs, SizeIs(1));
  EXPECT_EQ(pairs[0].one, 0U);
  EXPECT_EQ(pairs[0].other, 1U);
  EXPECT_EQ(told(pairs[0]), "100 same same same same same");
}

TEST(LikenessTest, WhatOneDoesNotTellIsLeftOutOfTheScore) {
  const auto pairs = alike({stall(1, "Trường Hải Lăng", "12 Lê Lợi", "+84912345678"), stall(2, "Trường Hải Lăng")});
  ASSERT_THAT(pairs, SizeIs(1));
  EXPECT_EQ(told(pairs[0]), "100 same ? ? same same");
  EXPECT_EQ(pairs[0].fields[1].most, 0);
}

TEST(LikenessTest, TwoShopsOfAChainAreNotOnePlace) {
  EXPECT_THAT(alike({stall(1, "Thuốc An Khang", "12 Lê Lợi", "+84912345678"),
                     stall(2, "Thuốc An Khang", "301 Hùng Vương", "+84912345679")}),
              IsEmpty());
}

TEST(LikenessTest, AnotherNameAtTheSameDoorAndPhoneIsProposed) {
  const auto pairs = alike(
      {stall(1, "Quán Bưởi", "12 Lê Lợi", "+84912345678"), stall(2, "Cơm tấm Ba Ghiền", "12 Lê Lợi", "+84912345678")});
  ASSERT_THAT(pairs, SizeIs(1));
  EXPECT_EQ(told(pairs[0]), "60 not same same same same");
}

TEST(LikenessTest, AWordThatEverybodyHasWeighsLittle) {
  std::vector<Likely> places{stall(1, "Chợ Diên Sanh mới"), stall(2, "Chợ Diên Sanh"), stall(3, "Chợ Mỹ Chánh")};
  for (std::int64_t id = 4; id < 60; ++id) places.push_back(stall(id, "Chợ số " + std::to_string(id)));
  const auto pairs = alike(places);
  ASSERT_THAT(pairs, SizeIs(1)) << "not all the markets";
  EXPECT_EQ(pairs[0].one, 0U);
  EXPECT_EQ(pairs[0].other, 1U);
  EXPECT_EQ(pairs[0].fields[0].verdict, Verdict::kSimilar);
}

}  // namespace
}  // namespace luytre::places

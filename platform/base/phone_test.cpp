#include "platform/base/phone.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "platform/base/digit_slips.h"

namespace luytre {
namespace {

TEST(Phone, EveryWayOfWritingAMobileNumberIsOneNumber) {
  for (const char* text :
       {"0912345678", "0912 345 678", "0912.345.678", "091-234-5678", "+84912345678", "+84 912 345 678", "84912345678",
        "0084912345678", "(+84) 912345678", "+84 0912345678", "+84 (0) 912 345 678", "912345678", " 0912345678 "}) {
    EXPECT_EQ(normalise_phone(text), "+84912345678") << text;
  }
}

TEST(Phone, LandlinesKeepTheirAreaCode) {
  EXPECT_EQ(normalise_phone("024 3825 3531"), "+842438253531");  // Hà Nội: 24 and eight digits
  EXPECT_EQ(normalise_phone("0233.3852.476"), "+842333852476");  // Quảng Trị: 233 and seven digits
  EXPECT_EQ(normalise_phone("+84 233 3852476"), "+842333852476");
  EXPECT_FALSE(can_receive_sms("+842333852476"));
  EXPECT_TRUE(can_receive_sms("+84912345678"));
  EXPECT_TRUE(can_receive_sms("+8562012345678"));
}

TEST(Phone, ForeignNumbersNeedTheirCountry) {
  EXPECT_EQ(normalise_phone("+856 20 1234 5678"), "+8562012345678");
  EXPECT_EQ(normalise_phone("00 44 20 7946 0958"), "+442079460958");
  EXPECT_FALSE(is_vietnamese("+8562012345678"));
  EXPECT_TRUE(is_vietnamese("+84912345678"));
  EXPECT_FALSE(normalise_phone("442079460958"));
}

TEST(Phone, RefusesWhatIsNoPhone) {
  for (const char* text :
       {"", " ", "+", "115", "19009095", "1900 9095", "091234567", "09123456789", "01234567890", "0012", "+0123456789",
        "+1234567", "+1234567890123456", "0912345678x", "０９１２３４５６７８", "0912345678; DROP TABLE",
        "++84912345678", "0912+345678", "00000000000000000000000000000000000000000000912345678"}) {
    EXPECT_FALSE(normalise_phone(text)) << text;
  }
}

// The oracle looks at every text that is as long.
TEST(DigitSlips, AreAllThatOneDigitOrOneSwapMakesAndNothingElse) {
  for (int of = 0; of < 1000; of += 7) {
    const std::string number = std::to_string(1000 + of).substr(1);
    std::set<std::string> expected;
    for (int other = 0; other < 1000; ++other) {
      const std::string text = std::to_string(1000 + other).substr(1);
      int apart = 0;
      for (std::size_t i = 0; i < text.size(); ++i) apart += text[i] != number[i];
      const bool swapped =
          std::string{number[1], number[0], number[2]} == text || std::string{number[0], number[2], number[1]} == text;
      if (apart == 1 || (swapped && apart > 0)) expected.insert(text);
    }
    const auto slips = digit_slips(number);
    EXPECT_EQ(std::set<std::string>(slips.begin(), slips.end()), expected) << number;
    EXPECT_EQ(slips.size(), expected.size()) << "each once";
  }
  EXPECT_THAT(digit_slips("C1"), ::testing::SizeIs(9)) << "a letter stays";
  EXPECT_THAT(digit_slips(""), ::testing::IsEmpty());
}

TEST(Phone, NearOnesArePhonesOfTheSameCountry) {
  const auto near = near_phones("+84912345678");
  EXPECT_THAT(near, ::testing::IsSupersetOf({"+84912345679", "+84912345687", "+84712345678", "+84912435678"}));
  EXPECT_THAT(near, ::testing::Not(::testing::Contains("+84912345678")));
  // Eight digits in nine other ways, the first in four, and seven swaps: a number does not begin with 1.
  EXPECT_THAT(near, ::testing::SizeIs(8 * 9 + 4 + 7));
  for (const std::string& one : near) EXPECT_EQ(normalise_phone(one), one);
  for (const std::string& one : near_phones("+8562012345678")) EXPECT_TRUE(one.starts_with("+85")) << one;
}

TEST(Phone, MaskShowsThreeDigits) {
  EXPECT_EQ(mask_phone("+84912345678"), "•••• 678");
  EXPECT_EQ(mask_phone(""), "•••• ");
}

}  // namespace
}  // namespace luytre

#include "platform/base/phone.h"

#include <gtest/gtest.h>

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

TEST(Phone, MaskShowsThreeDigits) {
  EXPECT_EQ(mask_phone("+84912345678"), "•••• 678");
  EXPECT_EQ(mask_phone(""), "•••• ");
}

}  // namespace
}  // namespace luytre

#include "modules/broadcasts/spoken.h"

#include <gtest/gtest.h>

namespace luytre::broadcasts {
namespace {

TEST(SpokenTest, NumbersAsSchoolbooksHaveThem) {
  const std::pair<std::int64_t, const char*> known[] = {
      {0, "không"},
      {5, "năm"},
      {10, "mười"},
      {11, "mười một"},
      {14, "mười bốn"},
      {15, "mười lăm"},
      {20, "hai mươi"},
      {21, "hai mươi mốt"},
      {24, "hai mươi tư"},
      {25, "hai mươi lăm"},
      {100, "một trăm"},
      {105, "một trăm linh năm"},
      {110, "một trăm mười"},
      {115, "một trăm mười lăm"},
      {1000, "một nghìn"},
      {1005, "một nghìn không trăm linh năm"},
      {2026, "hai nghìn không trăm hai mươi sáu"},
      {10'020, "mười nghìn không trăm hai mươi"},
      {1'000'000, "một triệu"},
      {1'000'001, "một triệu không trăm linh một"},
      {2'500'000'000, "hai tỷ năm trăm triệu"},
  };
  for (const auto& [number, words] : known) EXPECT_EQ(spoken(number), words) << number;
  EXPECT_EQ(spoken(-1), "-1");
}

TEST(SpokenTest, DaysAndTimes) {
  EXPECT_EQ(spoken_day(make_date(2026, 4, 5)), "ngày mồng năm tháng tư năm hai nghìn không trăm hai mươi sáu");
  EXPECT_EQ(spoken_day(make_date(2021, 11, 24)),
            "ngày hai mươi tư tháng mười một năm hai nghìn không trăm hai mươi mốt");
  EXPECT_EQ(spoken_moment(*parse_instant("2026-11-22T07:30:00+07:00")),
            "bảy giờ ba mươi phút, ngày hai mươi hai tháng mười một năm hai nghìn không trăm hai mươi sáu");
  EXPECT_EQ(spoken_end(*parse_instant("2026-11-22T17:00:00+07:00")),
            "mười bảy giờ, ngày hai mươi hai tháng mười một năm hai nghìn không trăm hai mươi sáu");
  EXPECT_EQ(spoken_end(*parse_instant("2026-11-23T00:00:00+07:00")),
            "hết ngày hai mươi hai tháng mười một năm hai nghìn không trăm hai mươi sáu");
}

TEST(SpokenTest, PhonesDigitByDigitAndNumbersInNames) {
  EXPECT_EQ(spoken_digits("1900 9095"), "một chín không không, chín không chín năm");
  EXPECT_EQ(spoken_digits("(0233)115"), "không hai ba ba, một một năm");
  EXPECT_EQ(spoken_digits(" "), "");
  EXPECT_EQ(spoken_text("Trường Tiểu học số 2, thôn 15"), "Trường Tiểu học số hai, thôn mười lăm");
  EXPECT_EQ(spoken_text("gọi 0912345678"), "gọi không chín một hai ba bốn năm sáu bảy tám");
  EXPECT_EQ(spoken_text("số 0"), "số không");
  EXPECT_EQ(spoken_text(""), "");
}

}  // namespace
}  // namespace luytre::broadcasts

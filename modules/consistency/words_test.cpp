#include "modules/consistency/words.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "modules/visits/testing.h"

namespace luytre::consistency {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using visits::testing::geography;
using visits::testing::kHaiLang;
using visits::testing::kQuangTri;

const UnitId kDongHa{2025319333}, kDaNang{2025100048}, kHue{2025100046}, kKhanhHoa{2025100056}, kHoChiMinh{2025100079},
    kThanhBinh{2025330130};  // the commune of Đồng Tháp; Ninh Bình has another
const Date kDay = make_date(2026, 3, 2);

std::vector<std::string> quotes(UnitId outbreak, std::string_view text, bool where = false) {
  const OutbreakNames names({outbreak}, geography());
  std::vector<std::string> out;
  for (const Mention& one : names.in(text, where, kDay)) {
    EXPECT_EQ(one.unit, outbreak);
    out.push_back(one.quote);
  }
  return out;
}

bool named(UnitId outbreak, std::string_view text, bool where = false) {
  return !quotes(outbreak, text, where).empty();
}

TEST(WordsTest, ANameIsSeenAsPeopleWriteIt) {
  for (const char* text : {"Ở phường Đông Hà hai ngày", "ở phường đông hà hai ngày", "o phuong dong ha hai ngay",
                           "Tôi từ Đông Hà về hôm qua", "Đông Hà, rồi về nhà", "P. Đông Hà", "P.Đông Hà"})
    EXPECT_TRUE(named(kDongHa, text)) << text;
  for (const char* text :
       {"Mới về từ Đà Nẵng", "mới về từ đà nẵng", "moi ve tu da nang", "ĐI ĐÀ NẴNG VỀ", "Đi Đà Nẵng", "tp đà nẵng"})
    EXPECT_TRUE(named(kDaNang, text)) << text;
  EXPECT_TRUE(named(kHue, "Em ở TP. Huế lên"));
  EXPECT_TRUE(named(kHue, "thành phố Huế"));
  EXPECT_TRUE(named(kKhanhHoa, "từ Khánh Hoà")) << "where the tone stands is style";
  EXPECT_TRUE(named(kQuangTri, "về từ Quảng Bình")) << "merged into it";
}

TEST(WordsTest, WhatIsWrittenIsShown) {
  EXPECT_THAT(quotes(kDaNang, "moi ve tu da nang"), ElementsAre("moi ve tu da nang"));
  EXPECT_THAT(
      quotes(kDaNang, "Một hai ba bốn năm sáu bảy tám chín về từ Đà Nẵng, một hai ba bốn năm sáu bảy tám chín."),
      ElementsAre("… bốn năm sáu bảy tám chín về từ Đà Nẵng, một hai ba bốn năm sáu bảy tám …"));
  EXPECT_THAT(quotes(kDaNang, "Đi Đà Nẵng. Từ Đà Nẵng về."), ElementsAre("Đi Đà Nẵng. Từ Đà Nẵng về")) << "once";
}

TEST(WordsTest, PeopleStreetsAndPlainWordsAreNoPlaces) {
  for (const char* text : {"Gặp Nguyễn Đông Hà", "gặp chị Đông Hà", "Chị Đông Hà bị ho", "ở phường Nam Đông Hà",
                           "mùa đông hà tiện", "đi đông hà"})
    EXPECT_FALSE(named(kDongHa, text)) << text;
  for (const char* text : {"Chị Huế sốt", "Nguyễn Thị Huế", "ăn bún bò Huế"}) EXPECT_FALSE(named(kHue, text)) << text;
  EXPECT_FALSE(named(kHoChiMinh, "nhà ở đường Hồ Chí Minh"));
  EXPECT_TRUE(named(kHoChiMinh, "nhà ở TP Hồ Chí Minh"));
  EXPECT_FALSE(named(kDaNang, "da nang mun")) << "'da' is skin: no capitals, and nobody went there";
}

TEST(WordsTest, DiacriticsAreIdentity) {
  EXPECT_TRUE(named(kHaiLang, "xã Hải Lăng"));
  EXPECT_FALSE(named(kHaiLang, "Xã Hải Láng"));
  EXPECT_FALSE(named(kHaiLang, "đi hai làng", true));
  EXPECT_TRUE(named(kHaiLang, "hai lang, quang tri", true)) << "without any diacritics";
  EXPECT_FALSE(named(kHaiLang, "hai lang, Quảng Trị", true)) << "who writes them writes them";
  EXPECT_FALSE(named(kHaiLang, "hai lang", true)) << "Hải Lạng of Quảng Ninh is as likely";
  EXPECT_FALSE(named(kDaNang, "xa Da Nang qua, nhớ nhà")) << "far from it";
}

TEST(WordsTest, WhereThePlaceIsAskedForABareNameIsOne) {
  EXPECT_TRUE(named(kDongHa, "đông hà", true));
  EXPECT_TRUE(named(kHue, "Phú Bài, Huế", true));
  EXPECT_FALSE(named(kHue, "Bún bò Huế", true)) << "not alone between commas";
  EXPECT_FALSE(named(kHoChiMinh, "12 đường Hồ Chí Minh", true));
}

TEST(WordsTest, UnitsInTheOutbreakAreKnownByTheirFullNames) {
  EXPECT_TRUE(named(kDaNang, "phường Hải Châu"));
  EXPECT_FALSE(named(kDaNang, "Hải Châu")) << "bare";
  EXPECT_FALSE(named(kDaNang, "xã Hải Châu")) << "of Nghệ An";
  EXPECT_FALSE(named(kDaNang, "phường An Khê")) << "also one of Gia Lai";
}

TEST(WordsTest, ASharedNameCountsOnlyWithItsProvince) {
  EXPECT_FALSE(named(kThanhBinh, "ở xã Thanh Bình"));
  EXPECT_FALSE(named(kThanhBinh, "Thanh Bình", true));
  EXPECT_FALSE(named(kThanhBinh, "ở xã Thanh Bình, tỉnh Ninh Bình"));
  EXPECT_TRUE(named(kThanhBinh, "ở xã Thanh Bình, tỉnh Đồng Tháp"));
}

TEST(WordsTest, HostileTextIsBounded) {
  std::string text;
  while (text.size() < 200'000) text += "phường An Khê. ";
  EXPECT_THAT(quotes(kDaNang, text), IsEmpty());
  EXPECT_THAT(quotes(kDaNang, std::string(10'000, 'x')), IsEmpty());
  EXPECT_THAT(quotes(kDaNang, "\xff\xfe Đà"), IsEmpty());
  EXPECT_THAT(quotes(kDaNang, ""), IsEmpty());
}

}  // namespace
}  // namespace luytre::consistency

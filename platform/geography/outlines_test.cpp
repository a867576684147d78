#include "platform/geography/outlines.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

namespace luytre::geography {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

const Geography& geography() {
  static const Geography all(LUYTRE_SOURCE_DIR "/data/geography");
  return all;
}

class OutlinesTest : public ::testing::Test {
 protected:
  OutlinesTest()
      : file_(std::filesystem::temp_directory_path() /
              ("luytre-outlines-" + std::to_string(::testing::UnitTest::GetInstance()->random_seed()) +
               ::testing::UnitTest::GetInstance()->current_test_info()->name() + ".geojson")) {}
  ~OutlinesTest() override { std::filesystem::remove(file_); }

  Outlines read(const std::string& text) {
    std::ofstream(file_) << text;
    return Outlines(file_, geography());
  }
  std::string why(const std::string& text) {
    try {
      read(text);
    } catch (const std::runtime_error& e) {
      return e.what();
    }
    return "";
  }
  static std::string collection(const std::string& features, const std::string& more = R"("validOn":"2025-07-01",)") {
    return R"({"type":"FeatureCollection",)" + more + R"("features":[)" + features + "]}";
  }
  // Of a commune: a square, with a point on one of its sides that says nothing.
  static std::string square(const std::string& code, const std::string& more = "") {
    return R"({"type":"Feature","properties":{"code":")" + code + "\"" + more +
           R"(},"geometry":{"type":"Polygon","coordinates":[[[107.1,16.7],[107.15,16.7],[107.2,16.7],[107.2,16.8],[107.1,16.8],[107.1,16.7]]]}})";
  }

  const std::filesystem::path file_;
  const Date day_ = make_date(2025, 7, 1);
};

TEST_F(OutlinesTest, WithoutAFileThereAreNone) {
  const Outlines none(file_, geography());
  EXPECT_EQ(none.size(), 0U);
  EXPECT_THAT(none.below(geography().find(Level::kProvince, "44", day_)->id), IsEmpty());
}

TEST_F(OutlinesTest, AUnitsOutlineStandsWithThoseItLiesBeside) {
  const Unit* commune = geography().find(Level::kCommune, "19333", day_);
  ASSERT_TRUE(commune && commune->parent);
  const auto all = read(collection(square("19333") + "," + square("99999")));
  EXPECT_EQ(all.size(), 1U);
  EXPECT_EQ(all.unknown(), 1U);
  const auto below = all.below(*commune->parent);
  ASSERT_THAT(below, SizeIs(1));
  EXPECT_EQ(below.front().unit, commune->id);
  EXPECT_EQ(below.front().name, commune->full_name);
  ASSERT_THAT(below.front().rings, SizeIs(1));
  EXPECT_THAT(below.front().rings.front().points,
              ElementsAre(107.1, 16.7, 107.2, 16.7, 107.2, 16.8, 107.1, 16.8, 107.1, 16.7))
      << "what changes nothing is left out";
  EXPECT_THAT(all.below(commune->id), IsEmpty());
}

TEST_F(OutlinesTest, WhatIsWrongIsSaid) {
  EXPECT_THAT(why("{}"), HasSubstr("FeatureCollection"));
  EXPECT_THAT(why("nothing"), HasSubstr("FeatureCollection"));
  EXPECT_THAT(why(collection(square("19333"), "")), HasSubstr("validOn"));
  EXPECT_THAT(why(collection(square(""))), HasSubstr("code"));
  EXPECT_THAT(why(collection(square("19333", R"(,"level":"ward")"))), HasSubstr("ward"));
  EXPECT_THAT(why(collection(R"({"properties":{"code":"19333"},"geometry":{"type":"Point","coordinates":[107,16]}})")),
              HasSubstr("Polygon"));
  EXPECT_THAT(
      why(collection(
          R"({"properties":{"code":"19333"},"geometry":{"type":"Polygon","coordinates":[[[600000,1800000],[600001,1800000],[600001,1800001],[600000,1800000]]]}})")),
      HasSubstr("WGS 84"));
  const auto ring = [&](const std::string& points) {
    return why(collection(R"({"properties":{"code":"19333"},"geometry":{"type":"Polygon","coordinates":[[)" + points +
                          "]]}}"));
  };
  EXPECT_EQ(ring("[107,16],[108,16],[108,17],[107,16]"), "");
  EXPECT_THAT(ring("[107,16],[108,16],[108,17],[107,17]"), HasSubstr("closed"));
  EXPECT_THAT(ring("[107,16],[108,16],[107,16]"), HasSubstr("fewer than four"));
  EXPECT_THAT(ring("[107,16],[108],[108,17],[107,16]"), HasSubstr("longitude and latitude"));
  EXPECT_THAT(ring("[107,16],[\"108\",16],[108,17],[107,16]"), HasSubstr("longitude and latitude"));
  EXPECT_THAT(ring("[107,16],[1e999,16],[108,17],[107,16]"), Not(IsEmpty()));
}

}  // namespace
}  // namespace luytre::geography

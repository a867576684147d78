#include "modules/integration/formats.h"

#include <gtest/gtest.h>

#include "modules/integration/layout.h"

namespace luytre::integration {
namespace {

// ---- layout ----

TEST(LayoutTest, ColumnsAreFoundByNameOrByPlace) {
  const Layout named(visit_columns(), {"out", "place", " person", "in", "weather"});
  EXPECT_TRUE(named.has_header());
  EXPECT_EQ(named.get({"5", " market ", "p1", "1", "rain"}, "place"), "market");
  EXPECT_EQ(named.get({"5", "market", "p1", "1", "rain"}, "zone"), "");
  EXPECT_EQ(named.wrong_with({"5", "market"}), "2 columns instead of 5");
  const Layout plain(visit_columns(), {"p1", "market", "", "1"});
  EXPECT_FALSE(plain.has_header());
  EXPECT_EQ(plain.get({"p1", "market", "", "1"}, "in"), "1");
  EXPECT_EQ(plain.get({"p1", "market", "", "1"}, "out"), "");
  EXPECT_EQ(plain.wrong_with({"p1", "market", ""}), "3 columns instead of 4 to 5");
  EXPECT_THROW(Layout(visit_columns(), {"person", "place"}), std::runtime_error);
  EXPECT_THROW(Layout(visit_columns(), {"person", "place", "in", "person"}), std::runtime_error);
}

// ---- formats ----

TEST(FormatsTest, TimesAreIsoOrSecondsAfterTheBase) {
  EXPECT_EQ(read_time("1970-01-02T07:00:00+07:00", {5})->seconds, 86400);
  EXPECT_EQ(read_time("20", {100})->seconds, 120);
  EXPECT_FALSE(read_time("yesterday", {}));
  EXPECT_FALSE(read_time("9223372036854775807", {100}));
  EXPECT_FALSE(read_time("-9223372036854775808", {-100}));
  EXPECT_FALSE(read_time("", {}));
}

std::string reason(const std::variant<ContactLine, Reason>& line) {
  return std::holds_alternative<Reason>(line) ? std::get<Reason>(line) : "";
}

TEST(FormatsTest, SociopatternsLines) {
  const auto line = std::get<ContactLine>(read_sociopatterns("1385982020 454 640 MP MP", {}));
  EXPECT_EQ(line.person, "454");
  EXPECT_EQ(line.peer, "640");
  EXPECT_EQ(line.at.seconds, 1385982020);
  EXPECT_EQ(std::get<ContactLine>(read_sociopatterns("20\t1336\t1337", {1246255200})).at.seconds, 1246255220);
  EXPECT_EQ(reason(read_sociopatterns("20 1", {})), "not three or five columns: time, person, person [, class, class]");
  EXPECT_EQ(reason(read_sociopatterns("x 1 2", {})), "the time is not a number of seconds");
  EXPECT_EQ(reason(read_sociopatterns("20 7 7", {})), "nobody meets themselves");
  EXPECT_EQ(reason(read_sociopatterns("20 \xff 7", {})), "an id is not UTF-8");
}

TEST(FormatsTest, HaslemereStepsSkipTheNights) {
  const Instant first = *parse_instant("2017-10-12T07:00:00+01:00");
  const auto at = [&](const char* step) {
    return to_text(std::get<ContactLine>(read_haslemere({step, "1", "390", "17"}, first)).at);
  };
  // As Data S2 has them, in British Summer Time.
  EXPECT_EQ(at("1"), "2017-10-12T06:00:00Z");
  EXPECT_EQ(at("192"), "2017-10-12T21:55:00Z");
  EXPECT_EQ(at("193"), "2017-10-13T06:00:00Z");
  EXPECT_EQ(at("576"), "2017-10-14T21:55:00Z");
  EXPECT_EQ(std::get<ContactLine>(read_haslemere({"1", "1", "2", "10"}, first)).attenuation, 60);
  EXPECT_EQ(std::get<ContactLine>(read_haslemere({"1", "1", "2", "0"}, first)).attenuation, 34);
  EXPECT_NE(reason(read_haslemere({"0", "1", "2", "0"}, first)), "");
  EXPECT_NE(reason(read_haslemere({"1", "1", "2"}, first)), "");
  EXPECT_NE(reason(read_haslemere({"1", "1", "2", "-1"}, first)), "");
}

}  // namespace
}  // namespace luytre::integration

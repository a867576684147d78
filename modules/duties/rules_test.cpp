#include "modules/duties/rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace luytre::duties {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const Date kDay = make_date(2026, 3, 2);

json::Object file() {
  return {{"id", "r"},
          {"title", json::Object{{"vi", "t"}, {"en", "t"}}},
          {"reason", json::Object{{"vi", "r"}, {"en", "r"}}},
          {"validFrom", "2021-08-01"},
          {"disease", "covid-19"},
          {"form", "daily-health"},
          {"group", json::Object{{"sectors", json::Array{"health"}}}},
          {"rhythm", json::Object{{"kind", "daily"}}},
          {"family", true},
          {"source", "s"}};
}

Rule with_rhythm(json::Object rhythm) {
  json::Object one = file();
  one["rhythm"] = std::move(rhythm);
  return read_rule(one);
}

Rule windows() {
  const auto window = [](const char* from, const char* until) {
    return json::Object{{"from", from}, {"until", until}};
  };
  return with_rhythm(
      {{"kind", "windows"}, {"windows", json::Array{window("08:00", "12:00"), window("18:00", "24:00")}}});
}

std::string wrong(json::Object one) {
  try {
    read_rule(one);
    return "";
  } catch (const forms::FormError& e) {
    return e.what();
  }
}

Instant at(const char* local) {
  return *parse_instant(std::string("2026-03-02T") + local + ":00+07:00");
}

TEST(DutyRulesTest, ADayIsTheLocalOne) {
  const auto when = due(read_rule(file()), kDay);
  ASSERT_THAT(when, SizeIs(1));
  EXPECT_EQ(to_text(when[0].from), "2026-03-01T17:00:00Z");
  EXPECT_EQ(to_text(when[0].to), "2026-03-02T17:00:00Z");
}

TEST(DutyRulesTest, EverySoManyDaysLooksBackFromToday) {
  const auto when = due(with_rhythm({{"kind", "days"}, {"days", 7}}), kDay);
  ASSERT_THAT(when, SizeIs(1));
  EXPECT_EQ(when[0].from, local_midnight(make_date(2026, 2, 24)));
  EXPECT_EQ(when[0].to, local_midnight(make_date(2026, 3, 3)));
}

TEST(DutyRulesTest, AJourneyIsDueAroundItsDayAndOnNoOther) {
  json::Object one = file();
  one["group"] = json::Object{{"travellers", "epidemicArea"}};
  one["rhythm"] = json::Object{{"kind", "journey"}, {"ahead", 3}, {"within", 1}};
  const Rule rule = read_rule(one);
  EXPECT_EQ(rule.travellers, Travellers::kEpidemicArea);
  EXPECT_THAT(due(rule, kDay), IsEmpty());
  EXPECT_EQ(due_of_journey(rule, kDay).from, local_midnight(make_date(2026, 2, 27)));
  EXPECT_EQ(due_of_journey(rule, kDay).to, local_midnight(make_date(2026, 3, 4)));
}

TEST(DutyRulesTest, AWindowIsDoneOpenLaterOrMissed) {
  const auto when = due(windows(), kDay);
  ASSERT_THAT(when, SizeIs(2));
  EXPECT_EQ(state_of(when[0], false, at("07:59")), State::kLater);
  EXPECT_EQ(state_of(when[0], false, at("08:00")), State::kOpen);
  EXPECT_EQ(state_of(when[0], false, at("11:59")), State::kOpen);
  EXPECT_EQ(state_of(when[0], false, at("12:00")), State::kMissed);
  EXPECT_EQ(state_of(when[0], true, at("12:00")), State::kDone);
}

TEST(DutyRulesTest, OnlyWhatWasDueByNowCounts) {
  const auto when = due(windows(), kDay);
  EXPECT_EQ(satisfied(when, {false, false}, at("07:59")), std::nullopt) << "nothing was due yet";
  EXPECT_EQ(satisfied(when, {false, false}, at("08:00")), false);
  EXPECT_EQ(satisfied(when, {true, false}, at("17:59")), true) << "the evening's is not due yet";
  EXPECT_EQ(satisfied(when, {true, false}, at("18:00")), false);
  EXPECT_EQ(satisfied(when, {true, true}, at("18:00")), true);
  EXPECT_EQ(satisfied(when, {false, true}, at("18:00")), false);
  EXPECT_EQ(satisfied({}, {}, at("18:00")), std::nullopt);
}

TEST(DutyRulesTest, ARuleHasItsDates) {
  json::Object one = file();
  one["validTo"] = "2022-04-30";
  const Rule rule = read_rule(one);
  EXPECT_FALSE(rule.valid(make_date(2021, 7, 31)));
  EXPECT_TRUE(rule.valid(make_date(2021, 8, 1)));
  EXPECT_TRUE(rule.valid(make_date(2022, 4, 29)));
  EXPECT_FALSE(rule.valid(make_date(2022, 4, 30)));
  EXPECT_TRUE(rule.binds(Sector::kHealth));
  EXPECT_FALSE(rule.binds(Sector::kIndustry));
}

TEST(DutyRulesTest, WhatIsNotUnderstoodIsRefusedWithItsPlace) {
  const auto changed = [](const char* name, json::Value value) {
    json::Object one = file();
    one[name] = std::move(value);
    return wrong(std::move(one));
  };
  EXPECT_EQ(wrong(file()), "");
  EXPECT_THAT(changed("colour", "red"), HasSubstr("\"colour\" is not understood"));
  EXPECT_THAT(changed("title", json::Object{{"vi", "t"}}), HasSubstr("/title: \"en\" is missing"));
  EXPECT_THAT(changed("group", json::Object{}), HasSubstr("/group: is about nobody"));
  EXPECT_THAT(changed("group", json::Object{{"sectors", json::Array{"army"}}}), HasSubstr("/group/sectors/0"));
  EXPECT_THAT(changed("group", json::Object{{"travellers", "listed"}}), HasSubstr("by journeys"));
  EXPECT_THAT(changed("rhythm", json::Object{{"kind", "journey"}, {"ahead", 3}, {"within", 1}}),
              HasSubstr("by journeys"));
  EXPECT_THAT(changed("rhythm", json::Object{{"kind", "journey"}}), HasSubstr("/rhythm: has ahead and within"));
  EXPECT_THAT(changed("rhythm", json::Object{{"kind", "journey"}, {"ahead", 15}, {"within", 1}}),
              HasSubstr("/rhythm/ahead"));
  EXPECT_THAT(changed("group", json::Object{{"travellers", "pilgrims"}}), HasSubstr("/group/travellers"));
  EXPECT_THAT(changed("rhythm", json::Object{{"kind", "days"}}), HasSubstr("/rhythm"));
  EXPECT_THAT(changed("rhythm", json::Object{{"kind", "days"}, {"days", 29}}), HasSubstr("/rhythm/days"));
  EXPECT_THAT(changed("rhythm", json::Object{{"kind", "windows"}, {"windows", json::Array{}}}), HasSubstr("no window"));
  for (const char* time : {"8:00", "25:00", "08:60", "ab:cd"})
    EXPECT_THAT(
        changed("rhythm", json::Object{{"kind", "windows"},
                                       {"windows", json::Array{json::Object{{"from", time}, {"until", "24:00"}}}}}),
        HasSubstr("/rhythm/windows/0/from"));
  EXPECT_THAT(changed("validTo", "2021-08-01"), HasSubstr("/validTo"));
}

TEST(DutyRulesTest, TheShippedOnesAreReadAndEachSaysItsSource) {
  const Rules rules(LUYTRE_SOURCE_DIR "/data/duties", {"daily-health", "domestic-movement"});
  std::vector<std::string> ids;
  for (const Rule& rule : rules.all()) {
    ids.push_back(rule.id);
    EXPECT_GT(rule.source.size(), 40u) << rule.id;
  }
  EXPECT_THAT(ids,
              ElementsAre("epidemic-area-journey-2021-08", "health-staff-daily-2021-05", "industrial-workers-2021-08",
                          "long-distance-passengers-2021-08", "outbreak-zone-daily-2021-08"));
  EXPECT_EQ(rules.find("none"), nullptr);
  EXPECT_THROW(Rules(LUYTRE_SOURCE_DIR "/data/duties", {"daily-health"}), std::runtime_error) << "an unknown form";
}

}  // namespace
}  // namespace luytre::duties

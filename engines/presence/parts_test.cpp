#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "engines/presence/brute.h"
#include "engines/presence/merge.h"
#include "engines/presence/risk.h"
#include "engines/presence/rulesets.h"
#include "engines/presence/window.h"

namespace luytre::presence {
namespace {

using ::testing::HasSubstr;

// ---- merging ----

RC_GTEST_PROP(ContactMerger, AnswersTheSameInAnyOrderOfRows, ()) {
  struct Row {
    std::int64_t a, b, t, attenuation;
  };
  const auto small = [](std::int64_t low, std::int64_t high) { return rc::gen::inRange<std::int64_t>(low, high); };
  const auto rows = *rc::gen::container<std::vector<Row>>(
      rc::gen::build<Row>(rc::gen::set(&Row::a, small(1, 4)), rc::gen::set(&Row::b, small(4, 7)),
                          rc::gen::set(&Row::t, small(0, 40)), rc::gen::set(&Row::attenuation, small(50, 60))));
  std::vector<Encounter> streamed, plain;
  ContactMerger merger(std::chrono::seconds(3), [&](const Encounter& e) { streamed.push_back(e); });
  for (const Row& r : rows) {
    merger.add({{r.a}, {r.b}, {r.t}, r.attenuation});
    plain.push_back({{r.b}, {r.a}, {{r.t - 3}, {r.t}}, r.attenuation});
  }
  merger.finish();
  RC_ASSERT(merge_encounters(streamed) == merge_encounters(plain));
  const auto once = merge_encounters(plain);
  auto twice = once;
  twice.insert(twice.end(), plain.begin(), plain.end());
  RC_ASSERT(merge_encounters(twice) == once);
}

TEST(ContactMergerTest, RowsInOrderComeOutMaximal) {
  std::vector<Encounter> out;
  ContactMerger merger(std::chrono::seconds(20), [&](const Encounter& e) { out.push_back(e); });
  for (const std::int64_t t : {20, 40, 60, 100, 120}) merger.add({{2}, {1}, {t}, {}});
  merger.finish();
  ASSERT_EQ(out.size(), 2U);
  EXPECT_EQ(out[0], (Encounter{{1}, {2}, {{0}, {60}}, {}}));
  EXPECT_EQ(out[1], (Encounter{{1}, {2}, {{80}, {120}}, {}}));
}

// ---- window ----

TEST(WindowTest, BeginsAtLocalMidnightDaysBeforeOnset) {
  CaseDates dates;
  dates.onset = make_date(2021, 8, 4);
  dates.isolated_at = parse_instant("2021-08-06T02:00:00Z");
  const auto window = infectious_window(dates, {3, 3}, *parse_instant("2021-08-10T00:00:00Z"));
  ASSERT_TRUE(window);
  EXPECT_EQ(to_text(window->from), "2021-07-31T17:00:00Z");
  EXPECT_EQ(to_text(window->to), "2021-08-06T02:00:00Z");
}

TEST(WindowTest, WithoutSymptomsTheLocalDayOfTheSampleCounts) {
  CaseDates dates;
  dates.sample_at = parse_instant("2021-08-04T18:30:00Z");  // already the 5th in Viet Nam
  const auto window = infectious_window(dates, {9, 2}, *parse_instant("2021-08-07T00:00:00Z"));
  ASSERT_TRUE(window);
  EXPECT_EQ(to_text(window->from), "2021-08-02T17:00:00Z");
  EXPECT_EQ(to_text(window->to), "2021-08-07T00:00:00Z");
}

TEST(WindowTest, WithoutDatesOrIsolatedBeforeItBeginsThereIsNone) {
  const Instant now = *parse_instant("2021-08-07T00:00:00Z");
  EXPECT_EQ(infectious_window({}, {2, 2}, now).error().code, "case_dates_missing");
  CaseDates dates;
  dates.onset = make_date(2021, 8, 4);
  dates.isolated_at = parse_instant("2021-07-01T00:00:00Z");
  EXPECT_EQ(infectious_window(dates, {2, 2}, now).error().code, "case_window_empty");
}

TEST(WindowTest, ClosesAfterTheLastInfectiousDayUnlessIsolatedEarlier) {
  const WindowRule rule{4, 4, 8, std::nullopt};
  const Instant now = *parse_instant("2026-03-12T00:00:00Z");
  CaseDates dates;
  dates.onset = make_date(2026, 3, 10);
  EXPECT_EQ(to_text(infectious_window(dates, rule, now)->to), "2026-03-18T17:00:00Z") << "it may lie ahead";
  dates.isolated_at = parse_instant("2026-03-12T11:00:00Z");
  EXPECT_EQ(window_end(dates, rule), dates.isolated_at);
  dates.isolated_at = parse_instant("2026-03-25T00:00:00Z");
  EXPECT_EQ(to_text(*window_end(dates, rule)), "2026-03-18T17:00:00Z") << "isolated when nobody could catch it";

  CaseDates silent;
  silent.sample_at = parse_instant("2026-03-10T02:00:00Z");
  EXPECT_EQ(window_end(silent, rule), std::nullopt) << "the rule names no last day for them";
  EXPECT_EQ(infectious_window(silent, rule, now)->to, now);
}

// ---- risk ----

TEST(RiskTest, DocumentedFigures) {
  const auto encounter = [](std::int64_t minutes, std::optional<std::int64_t> attenuation) {
    return risk(
        Exposure{.kind = LinkKind::kEncounter, .duration = std::chrono::minutes(minutes), .attenuation = attenuation});
  };
  EXPECT_EQ(encounter(15, {}), 200);
  EXPECT_EQ(encounter(60, 60), 500);
  EXPECT_EQ(encounter(240, {}), 800);
  EXPECT_EQ(encounter(60, 55), 600);
  EXPECT_EQ(encounter(60, 80), 90);
  EXPECT_EQ(encounter(0, {}), 0);
  Exposure mall{.duration = std::chrono::minutes(60), .setting = {2, 2}, .estimated = true};
  Exposure bedroom{.duration = std::chrono::hours(8), .setting = {3, 3}};
  EXPECT_EQ(risk(mall), 295);
  EXPECT_EQ(risk(bedroom), 941);
}

TEST(RiskTest, AirAndMasksWeighOnlyForWhatGoesThroughTheAir) {
  const Exposure hour{.duration = std::chrono::hours(1), .setting = {2, 3}, .by_air = false};
  const auto with = [&](auto change) {
    Exposure other = hour;
    change(other);
    return risk(other);
  };
  EXPECT_EQ(risk(hour), 500);
  EXPECT_EQ(with([](Exposure& x) { x.setting.ventilation = 1; }), 500);
  EXPECT_EQ(with([](Exposure& x) { x.setting.ventilation = 3; }), 500);
  EXPECT_EQ(with([](Exposure& x) { x.masks = Masks::kBoth; }), 500);
  EXPECT_LT(with([](Exposure& x) { x.setting.crowding = 1; }), 500) << "how likely they were near each other";
  EXPECT_LT(with([](Exposure& x) { x.estimated = true; }), 500);
  const Evidence outside{.when = {Instant{0}, Instant{3600}}};
  EXPECT_LT(risk(outside, {1, 3}, true), risk(outside, {1, 3}, false));
}

RC_GTEST_PROP(Risk, IsMonotoneInEveryArgument, ()) {
  Exposure e;
  const auto range = [](std::int64_t low, std::int64_t high) { return *rc::gen::inRange<std::int64_t>(low, high); };
  e.kind = range(0, 2) ? LinkKind::kVisit : LinkKind::kEncounter;
  e.duration = std::chrono::seconds(range(0, 30 * 86400));
  e.setting = {range(1, 4), range(1, 4)};
  e.same_zone = range(0, 2);
  e.estimated = range(0, 2);
  e.attenuation = range(0, 120);
  e.masks = static_cast<Masks>(range(0, 4));
  e.by_air = range(0, 2);
  const std::int64_t base = risk(e);
  RC_ASSERT(base >= 0 && base <= 999);
  const auto with = [&](auto change) {
    Exposure other = e;
    change(other);
    return risk(other);
  };
  RC_ASSERT(with([](Exposure& x) { x.duration += std::chrono::seconds(60); }) >= base);
  RC_ASSERT(with([](Exposure& x) { ++x.setting.ventilation; }) >= base);
  RC_ASSERT(with([](Exposure& x) { ++x.setting.crowding; }) >= base);
  RC_ASSERT(with([](Exposure& x) { x.same_zone = true; }) >= base);
  RC_ASSERT(with([](Exposure& x) { x.estimated = true; }) <= base);
  RC_ASSERT(with([](Exposure& x) { x.attenuation = *x.attenuation + 5; }) <= base);
  RC_ASSERT(with([](Exposure& x) { x.masks = Masks::kBoth; }) <= base);
}

// ---- rule sets ----

TEST(RuleSetsTest, TheShippedOnesLoadAndSayWhatTheTextsSay) {
  const RuleSets sets(std::string(LUYTRE_SOURCE_DIR) + "/data/rulesets");
  const RuleSet* first = sets.find("vn-covid-19-2020-08");
  const RuleSet* later = sets.find("vn-covid-19-2021-12");
  const RuleSet* alert = sets.find("vn-covid-19-scan-hour-2022");
  ASSERT_TRUE(first && later && alert);
  EXPECT_EQ(first->window.days_before_onset, 3);
  EXPECT_EQ(first->acts_on_levels, (std::vector<std::int64_t>{1, 2}));
  EXPECT_EQ(later->window.days_before_sample, 2);
  EXPECT_EQ(later->acts_on_levels, (std::vector<std::int64_t>{1}));
  EXPECT_EQ(later->trace_rules().min_overlap, std::chrono::minutes(15));
  EXPECT_EQ(alert->trace_rules().scan_margin, std::chrono::hours(1));
}

TEST(RuleSetsTest, ASetMayAskForSums) {
  RuleSet set;
  set.min_overlap_seconds = 900;
  EXPECT_EQ(set.trace_rules().sum_within, std::nullopt);
  set.sum_within_seconds = 86400;
  EXPECT_EQ(set.trace_rules().sum_within, std::chrono::hours(24));
}

TEST(RuleSetsTest, TheDefinitionInForceIsChosenByDayAndAlertsNever) {
  const RuleSets sets(std::string(LUYTRE_SOURCE_DIR) + "/data/rulesets");
  const auto id = [&](int year, unsigned month, unsigned day) {
    const RuleSet* set = sets.in_force("covid-19", make_date(year, month, day));
    return set ? set->id : "none";
  };
  EXPECT_EQ(id(2020, 8, 6), "none");
  EXPECT_EQ(id(2020, 8, 7), "vn-covid-19-2020-08");
  EXPECT_EQ(id(2021, 5, 4), "vn-covid-19-2020-08");
  EXPECT_EQ(id(2021, 5, 5), "vn-covid-19-2021-05");
  EXPECT_EQ(id(2021, 7, 13), "vn-covid-19-2021-05");
  EXPECT_EQ(id(2021, 7, 14), "vn-covid-19-2021-07");
  EXPECT_EQ(id(2021, 7, 29), "vn-covid-19-2021-07");
  EXPECT_EQ(id(2021, 7, 30), "vn-covid-19-2021-07-30");
  EXPECT_EQ(id(2021, 12, 15), "vn-covid-19-2021-07-30");
  EXPECT_EQ(id(2021, 12, 16), "vn-covid-19-2021-12-16");
  EXPECT_EQ(id(2021, 12, 28), "vn-covid-19-2021-12-16") << "the one that began last";
  EXPECT_EQ(id(2021, 12, 29), "vn-covid-19-2021-12");
  EXPECT_EQ(id(2022, 2, 1), "vn-covid-19-2021-12");
  EXPECT_EQ(id(2022, 2, 20), "vn-covid-19-2021-12");
  EXPECT_EQ(id(2022, 2, 21), "vn-covid-19-2022-02");
  EXPECT_EQ(id(2022, 4, 14), "vn-covid-19-2022-02");
  EXPECT_EQ(id(2022, 4, 15), "vn-covid-19-2022-04");
  EXPECT_EQ(id(2026, 11, 22), "vn-covid-19-2022-04");
  EXPECT_EQ(sets.in_force("plague", make_date(2022, 2, 1)), nullptr);
}

// A case falls ill on the first day of a set, and was with another person on each of the four days before. Whom it met
// last met somebody else afterwards.
TEST(RuleSetsTest, EachOfTheNationalOnesFindsWhomItsTextNames) {
  const RuleSets sets(std::string(LUYTRE_SOURCE_DIR) + "/data/rulesets");
  struct Expected {
    Date day;
    int days_before;
    bool f2;
  };
  const std::vector<Expected> all{
      {make_date(2020, 8, 7), 3, true},   {make_date(2021, 5, 5), 3, true},   {make_date(2021, 7, 14), 3, true},
      {make_date(2021, 7, 30), 3, true},  {make_date(2021, 12, 16), 3, true}, {make_date(2021, 12, 29), 2, false},
      {make_date(2022, 2, 21), 2, false}, {make_date(2022, 4, 15), 2, false},
  };
  for (const Expected& expected : all) {
    const RuleSet* set = sets.in_force("covid-19", expected.day);
    ASSERT_NE(set, nullptr);
    SCOPED_TRACE(set->id);
    EXPECT_EQ(set->valid_from, expected.day);
    const Instant onset = whole_day(expected.day).from;
    const auto hours_after = [&](int hours) { return onset + std::chrono::hours(hours); };
    World world;
    const auto together = [&](std::int64_t place, PersonId a, PersonId b, int from) {
      for (const PersonId who : {a, b})
        world.visits.push_back({who, PlaceId{place}, std::nullopt, {hours_after(from), hours_after(from + 1)}, false});
    };
    const PersonId ill{1}, beyond{9};
    for (int day = 1; day <= 4; ++day) together(day, ill, PersonId{1 + day}, 10 - 24 * day);
    together(8, PersonId{2}, beyond, -6);  // met by who met the case the day before
    CaseDates dates;
    dates.onset = expected.day;
    const auto window = infectious_window(dates, set->window, hours_after(12));
    ASSERT_TRUE(window);
    Question question;
    question.cases = {{ill, *window}};
    question.horizon = hours_after(12);
    question.rules = set->trace_rules();
    std::vector<std::pair<std::int64_t, int>> found;
    for (const Contact& one : BruteForce(world).trace(question).contacts)
      found.emplace_back(one.person.value, one.level);
    std::sort(found.begin(), found.end());
    std::vector<std::pair<std::int64_t, int>> wanted;
    for (int day = 1; day <= expected.days_before; ++day) wanted.emplace_back(1 + day, 1);
    if (expected.f2) wanted.emplace_back(beyond.value, 2);
    EXPECT_EQ(found, wanted);
    EXPECT_EQ(set->acts_on_levels.size(), expected.f2 ? 2u : 1u);
    EXPECT_EQ(set->household, true);
    EXPECT_TRUE(set->vehicle && !set->vehicle->rows);
  }
  EXPECT_FALSE(sets.find("who-dengue-2024")->household) << "does not pass from one person to another";
}

std::string refusal(std::string text, const std::string& from, const std::string& to) {
  const auto at = text.find(from);
  if (at == std::string::npos) return "text to replace not found";
  text.replace(at, from.size(), to);
  try {
    parse_rule_set("some.json", text);
  } catch (const std::runtime_error& error) {
    return error.what();
  }
  return "accepted";
}

TEST(RuleSetsTest, AWrongFileIsRefusedByNameAndPlace) {
  const std::string good =
      R"({"id":"x","title":{"vi":"a","en":"b"},"disease":"d","kind":"definition","validFrom":"2020-01-01","basis":"b",
    "source":"s","decided":[],"window":{"daysBeforeOnset":1,"daysBeforeSample":1},"minOverlapSeconds":900,"latentSeconds":0,"depth":2,
    "actsOnLevels":[1],"warnsLevels":[1],"risk":{"high":500,"medium":200}})";
  EXPECT_EQ(parse_rule_set("good.json", good).id, "x");
  EXPECT_THAT(refusal(good, "\"depth\":2", "\"depht\":2"), HasSubstr("some.json"));
  EXPECT_THAT(refusal(good, "\"depth\":2", "\"depht\":2"), HasSubstr("/depht: unknown"));
  EXPECT_THAT(refusal(good, "\"depth\":2", "\"depth\":5"), HasSubstr("/depth"));
  EXPECT_THAT(refusal(good, "\"actsOnLevels\":[1]", "\"actsOnLevels\":[3]"), HasSubstr("/actsOnLevels"));
  EXPECT_THAT(refusal(good, "900", "0"), HasSubstr("/minOverlapSeconds"));
  EXPECT_THAT(refusal(good, "2020-01-01", "2020-13-01"), HasSubstr("/validFrom"));
  EXPECT_THAT(refusal(good, "\"high\":500", "\"high\":100"), HasSubstr("/risk"));
  const auto closing = [](const std::string& days) { return "\"daysBeforeSample\":1,\"daysAfterOnset\":" + days; };
  EXPECT_EQ(refusal(good, "\"daysBeforeSample\":1", closing("8")), "accepted");
  EXPECT_THAT(refusal(good, "\"daysBeforeSample\":1", closing("61")), HasSubstr("/window"));
  const auto summed = [](const std::string& seconds) { return "900,\"sumWithinSeconds\":" + seconds; };
  EXPECT_EQ(refusal(good, "900", summed("86400")), "accepted");
  EXPECT_EQ(refusal(good, "900", summed("900")), "accepted");
  EXPECT_THAT(refusal(good, "900", summed("86401")), HasSubstr("/sumWithinSeconds"));
  EXPECT_THAT(refusal(good, "900", summed("899")), HasSubstr("/sumWithinSeconds"));
  const auto seated = [](const std::string& rows) { return "\"depth\":2,\"vehicle\":{\"rows\":" + rows + "}"; };
  EXPECT_EQ(refusal(good, "\"depth\":2", seated("2")), "accepted");
  EXPECT_THAT(refusal(good, "\"depth\":2", seated("51")), HasSubstr("/vehicle/rows"));
  EXPECT_THAT(refusal(good, "}}", "}"), HasSubstr("not JSON"));
  EXPECT_THROW(RuleSets("/nowhere"), std::runtime_error);
}

}  // namespace
}  // namespace luytre::presence

#include "modules/statistics/statistics.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "modules/checkpoints/checkpoints.h"
#include "modules/declarations/declarations.h"
#include "modules/duties/duties.h"
#include "modules/gates/gates.h"
#include "modules/places/duplicates.h"
#include "modules/visits/testing.h"
#include "modules/visits/told.h"
#include "platform/base/result_testing.h"

namespace luytre::statistics {
namespace {

using std::chrono::hours;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using visits::testing::kHaiLang;
using visits::testing::kQuangTri;

const UnitId kDaNang{2025100048}, kInDaNang{2025320242};

TEST(SharesTest, WithoutADenominatorThereIsNoShare) {
  Row row;
  row.people = 500;
  row.members = 30;
  compare(row);
  EXPECT_FALSE(row.people_share || row.phone_share || row.member_share || row.pair_coverage);
  row.denominators = {{Measure::kPopulation, 2000, "x", {}}, {Measure::kInstalls, 252, "x", {}}};
  compare(row);
  EXPECT_DOUBLE_EQ(*row.people_share, 0.25);
  EXPECT_FALSE(row.phone_share || row.member_share);
  EXPECT_NEAR(*row.pair_coverage, 0.0159, 0.0001) << "12.6 % of people are 1.6 % of pairs";
  row.people = std::nullopt;
  row.denominators = {{Measure::kSmartphones, 1000, "x", {}}, {Measure::kStaff, 60, "x", {}}};
  compare(row);
  EXPECT_DOUBLE_EQ(*row.member_share, 0.5);
  EXPECT_FALSE(row.people_share || row.phone_share || row.pair_coverage);
}

class StatisticsTest : public ::testing::TestWithParam<store::Engine> {
 protected:
  StatisticsTest() {
    world_.switch_on();
    const auto made = world_.places({{"Chợ Diên Sanh", "market"}, {"Quán Bưởi", "restaurant"}, {"Nhà ông Ba", "home"}});
    market_ = made[0];
    cafe_ = made[1];
    home_ = made[2];
    for (std::int64_t i = 0; i < 12; ++i) {
      people_.push_back(identity::testing::citizen(3000 + i));
      persons_.push_back(world_.person(people_.back(), people::Relation::kSelf));
    }
  }

  Instant now() const { return world_.clock.now(); }
  void scan(std::size_t who, PlaceId place) {
    visits::CheckIn request;
    request.place_code = *world_.registry.code_text(place, std::nullopt);
    request.at = now();
    const auto made = run(world_.visits.check_in(people_.at(who), std::move(request), std::nullopt));
    if (!made) throw std::runtime_error(made.error().code);
  }
  void declared(std::size_t who, Instant at, Instant until) {
    const PersonId person = persons_.at(who);
    world_.db->transact_now([&](store::Session& s) {
      s.run(store::Query{"test.declared", R"sql(
        INSERT INTO declarations_declaration (person, id, unit, form, form_version, colour, rule_set, inputs, at, recorded, valid_until,
                                              declared_by, content)
        VALUES ($1, $2, 1, 'f', '1', 'green', 'r', $3, $4, $4, $5, 1, $3))sql"},
            person, world_.db->ids().next(), store::Bytes{"x"}, at, until);
    });
  }
  void unproven(PlaceId place, std::int64_t heads) {
    world_.db->transact_now([&](store::Session& s) {
      s.run(store::Query{"test.entry", R"sql(
        INSERT INTO gates_entry (id, place, guard, entered, until, how, heads, recorded)
        VALUES ($1, $2, 1, $3, $3, 'group', $4, $3))sql"},
            world_.db->ids().next(), place, now(), heads);
    });
  }
  // A car at a checkpoint: somebody known, if given, and others.
  void passed(PlaceId place, std::optional<std::size_t> who, std::int64_t others, const char* decision = "pass") {
    world_.db->transact_now([&](store::Session& s) {
      const std::int64_t id = world_.db->ids().next();
      s.run(store::Query{"test.passage", R"sql(
        INSERT INTO checkpoints_passage (id, place, unit, guard, guard_name, passed, direction, vehicle, heads, decision, why, awaited,
                                         recorded, version)
        VALUES ($1, $2, 1, 1, 'g', $3, 'in', 'car', 1, $4, 'other', FALSE, $3, 1))sql"},
            id, place, now(), decision);
      if (who)
        s.run(store::Query{"test.known", R"sql(
          INSERT INTO checkpoints_occupant (passage, number, passed, how, person, people, decision)
          VALUES ($1, 1, $2, 'ownCode', $3, 1, $4))sql"},
              id, now(), persons_.at(*who), decision);
      s.run(store::Query{"test.unnamed", R"sql(
        INSERT INTO checkpoints_occupant (passage, number, passed, how, people, decision)
        VALUES ($1, 2, $2, 'unnamed', $3, $4))sql"},
            id, now(), others, decision);
    });
  }
  // An organisation in Hải Lăng, with so many of the people.
  OrganisationId organisation(const char* name, const char* sector, std::optional<PlaceId> place, std::size_t members) {
    const OrganisationId id{world_.db->ids().next()};
    world_.db->transact_now([&](store::Session& s) {
      s.run(store::Query{"test.roster", R"sql(
        INSERT INTO duties_roster (id, place, unit, name, sector, keeper, code, opened)
        VALUES ($1, $2, $3, $4, $5, 1, $4, $6))sql"},
            id, place, kHaiLang, name, sector, now());
      for (std::size_t i = 0; i < members; ++i)
        s.run(store::Query{"test.member", "INSERT INTO duties_member (roster, person, joined) VALUES ($1, $2, $3)"}, id,
              persons_.at(i), now());
    });
    return id;
  }
  // "places active scans declared"
  static std::string said(const Counts& c) {
    return std::to_string(c.places) + ' ' + std::to_string(c.active) + ' ' + std::to_string(c.scans) + ' ' +
           (c.declared ? std::to_string(*c.declared) : "-");
  }
  Table table(const Caller& who, By by = By::kUnit, std::optional<UnitId> unit = {}, std::optional<Date> day = {}) {
    auto out = run(statistics_.table(who, by, unit, day));
    if (!out) throw std::runtime_error(out.error().code);
    return *out;
  }
  void later(std::chrono::seconds time) { world_.clock.advance(time); }

  visits::testing::World world_{
      GetParam(),
      {declarations::migrations(), duties::migrations(), gates::migrations(), checkpoints::migrations(), migrations()}};
  Statistics statistics_{*world_.db, world_.registry, visits::testing::geography(), world_.house->access,
                         world_.house.texts()};
  std::vector<Caller> people_;
  std::vector<PersonId> persons_;
  PlaceId market_, cafe_, home_;
  const Caller province_ = identity::testing::officer(Role::kProvinceOfficer, kQuangTri, 9101),
               station_ = identity::testing::officer(Role::kStationOfficer, kHaiLang, 9102),
               elsewhere_ = identity::testing::officer(Role::kProvinceOfficer, kDaNang, 9103),
               country_ = identity::testing::officer(Role::kCommander, {}, 9104);
};

TEST_P(StatisticsTest, CountsWhatIsActiveAndWhoseDeclarationCountedThen) {
  for (std::size_t i = 0; i < 10; ++i) scan(i, market_);
  declared(0, now() - hours(1), now() + hours(1));
  declared(1, now(), now() + hours(1));
  declared(2, now() - hours(2), now() - hours(1));  // over
  declared(3, now() + hours(1), now() + hours(2));  // afterwards
  declared(4, now() - hours(3), now() + hours(1));
  declared(4, now() - hours(2), now() + hours(1));  // twice is once
  const Table seen = table(province_);
  EXPECT_EQ(said(seen.whole.counts), "3 1 10 3");
  EXPECT_EQ(seen.whole.name, "Tỉnh Quảng Trị");
  ASSERT_GT(seen.rows.size(), 50u);
  std::vector<std::string> rows;
  for (const Row& row : seen.rows)
    if (row.counts.places > 0) rows.push_back(row.name + ' ' + said(row.counts));
  EXPECT_THAT(rows, ElementsAre("Xã Hải Lăng 3 1 10 3"));
  std::vector<std::string> kinds;
  for (const Row& row : table(province_, By::kKind).rows) kinds.push_back(row.name + ' ' + said(row.counts));
  EXPECT_THAT(kinds, ElementsAre("home 1 0 0 -", "market 1 1 10 3", "restaurant 1 0 0 -"));
}

TEST_P(StatisticsTest, ACountThatCouldPointAtSomebodyIsNotSaid) {
  for (std::size_t i = 0; i < 9; ++i) scan(i, market_);
  declared(0, now() - hours(1), now() + hours(1));
  EXPECT_EQ(said(table(province_).whole.counts), "3 1 9 -") << "nine scans";
  EXPECT_EQ(table(province_).whole.people, 12);
  EXPECT_FALSE(table(elsewhere_).whole.people) << "nobody, or a few";
  const auto places = run(statistics_.places(province_, {}, {}, 50));
  ASSERT_TRUE(places) << places.error().code;
  for (const PlaceRow& row : places->items) EXPECT_NE(row.place, home_) << "homes are not shown one by one";
  EXPECT_THAT(places->items, SizeIs(2));
}

TEST_P(StatisticsTest, OfficersSeeTheirOwnArea) {
  scan(0, market_);
  EXPECT_EQ(table(station_).whole.counts.scans, 1);
  EXPECT_EQ(table(country_).whole.counts.scans, 1);
  EXPECT_EQ(table(country_, By::kUnit, kQuangTri).whole.counts.scans, 1) << "drilled down";
  EXPECT_EQ(table(elsewhere_).whole.counts.places, 0);
  EXPECT_EQ(code(run(statistics_.table(station_, By::kUnit, kQuangTri, {}))), "not_permitted");
  EXPECT_EQ(code(run(statistics_.table(elsewhere_, By::kUnit, kHaiLang, {}))), "not_permitted");
  EXPECT_EQ(code(run(statistics_.table(station_, By::kUnit, UnitId{}, {}))), "not_permitted");
  EXPECT_EQ(code(run(statistics_.table(people_[0], By::kUnit, {}, {}))), "not_permitted");
  EXPECT_EQ(fields(run(statistics_.table(station_, By::kUnit, UnitId{77}, {}))),
            std::vector<std::string>{"?unit unknown"});
}

TEST_P(StatisticsTest, PlacesWithoutAScanAreNamedOnceTheyHadTime) {
  scan(0, market_);
  const auto silent = [&](std::int64_t days) {
    PlaceFilter filter;
    filter.silent_days = days;
    std::vector<std::string> out;
    const auto page = run(statistics_.places(province_, filter, {}, 50));
    for (const auto& row : page->items) out.push_back(row.name);
    return out;
  };
  EXPECT_THAT(silent(3), IsEmpty()) << "registered today";
  later(hours(3 * 24));
  EXPECT_THAT(silent(3), IsEmpty()) << "three whole days have not passed";
  later(hours(24));
  EXPECT_THAT(silent(3), ElementsAre("Chợ Diên Sanh", "Quán Bưởi"));
  scan(1, market_);
  EXPECT_THAT(silent(3), ElementsAre("Quán Bưởi"));
  world_.close(cafe_);
  later(kRemembered);
  EXPECT_THAT(silent(3), IsEmpty()) << "a closed one need not be scanned";
  PlaceFilter wrong;
  wrong.silent_days = kSilentMost + 1;
  EXPECT_EQ(fields(run(statistics_.places(province_, wrong, {}, 50))), std::vector<std::string>{"?silentDays range"});
}

TEST_P(StatisticsTest, WhatWasToldInAnInterviewIsNoScan) {
  later(hours(5 * 24));
  world_.db->transact_now([&](store::Session& s) {
    return visits::tell(s, *world_.db, world_.registry, {persons_.at(0), market_, now() - hours(1), now()});
  });
  later(hours(24));
  PlaceFilter markets;
  markets.kind = "market";
  markets.day = local_date(now() - hours(24));
  const auto page = run(statistics_.places(province_, markets, {}, 50));
  EXPECT_EQ(page->items.at(0).scans, 0);
  EXPECT_FALSE(page->items.at(0).last_scan);
}

TEST_P(StatisticsTest, WhereGuardsLetPeopleInWithoutAScanIsNotSilent) {
  world_.places({{"Chốt cầu Hiền Lương", "checkpoint"}});
  later(hours(5 * 24));
  unproven(cafe_, 2);
  PlaceFilter filter;
  filter.silent_days = 3;
  const auto silent = run(statistics_.places(province_, filter, {}, 50));
  ASSERT_THAT(silent->items, SizeIs(1)) << "at a checkpoint nobody scans";
  EXPECT_EQ(silent->items[0].name, "Chợ Diên Sanh");
  const auto all = run(statistics_.places(province_, {}, {}, 50));
  const auto cafe =
      std::find_if(all->items.begin(), all->items.end(), [&](const auto& row) { return row.place == cafe_; });
  ASSERT_NE(cafe, all->items.end());
  EXPECT_EQ(cafe->last_scan, local_date(now()));
}

TEST_P(StatisticsTest, AMergedPlaceIsNoLineOfItsOwnAndItsScansAreTheKeptOnes) {
  places::Duplicates duplicates(*world_.db, world_.registry, visits::testing::geography(), world_.house->access,
                                world_.vault);
  ASSERT_TRUE(run(duplicates.merge(world_.station, {cafe_, market_})));
  later(hours(4 * 24));
  scan(0, cafe_);
  const Table all = table(province_);
  EXPECT_EQ(said(all.whole.counts), "2 1 1 -");
  PlaceFilter filter;
  filter.silent_days = 3;
  EXPECT_THAT(run(statistics_.places(province_, filter, {}, 50))->items, IsEmpty()) << "scanned by the other door";
}

TEST_P(StatisticsTest, PlacesComeByPagesWithTheirScansAndTheLast) {
  scan(0, market_);
  later(hours(24));
  const auto first = run(statistics_.places(province_, {}, {}, 1));
  ASSERT_TRUE(first && first->next);
  EXPECT_EQ(first->items[0].name, "Chợ Diên Sanh");
  EXPECT_EQ(first->items[0].scans, 0) << "today";
  EXPECT_EQ(first->items[0].last_scan, make_date(2026, 3, 2));
  const auto second = run(statistics_.places(province_, {}, first->next, 1));
  ASSERT_THAT(second->items, SizeIs(1));
  EXPECT_FALSE(second->next);
  EXPECT_FALSE(second->items[0].last_scan);
  PlaceFilter markets;
  markets.kind = "market";
  markets.day = make_date(2026, 3, 2);
  EXPECT_EQ(run(statistics_.places(province_, markets, {}, 50))->items.at(0).scans, 1);
}

TEST_P(StatisticsTest, FiguresAreRememberedForAWhile) {
  scan(0, market_);
  EXPECT_EQ(table(province_).whole.counts.scans, 1);
  scan(1, market_);
  EXPECT_EQ(table(province_).whole.counts.scans, 1);
  later(kRemembered);
  EXPECT_EQ(table(province_).whole.counts.scans, 2);
}

TEST_P(StatisticsTest, ADayThatWasCountedBeforeItEndedIsSoonCountedAgain) {
  const Date day = local_date(now());
  later(local_midnight(Date{day.days + 1}) - now() - std::chrono::minutes(5));
  EXPECT_EQ(table(province_).whole.counts.scans, 0);
  scan(0, market_);
  later(std::chrono::minutes(11));
  EXPECT_EQ(table(province_, By::kUnit, {}, day).whole.counts.scans, 1);
}

TEST_P(StatisticsTest, ATrendIsCountedInPortions) {
  scan(0, market_);
  later(hours(24));
  scan(0, cafe_);
  scan(1, cafe_);
  const auto first = run(statistics_.trend(province_, {}));
  ASSERT_TRUE(first) << first.error().code;
  EXPECT_FALSE(first->whole);
  EXPECT_THAT(first->days, SizeIs(kDaysAtOnce));
  Trend last = *first;
  for (int i = 0; i < 5 && !last.whole; ++i) last = *run(statistics_.trend(province_, {}));
  ASSERT_TRUE(last.whole);
  ASSERT_THAT(last.days, SizeIs(kTrendDays));
  EXPECT_EQ(said(last.days[13].counts), "3 1 2 -");
  EXPECT_EQ(said(last.days[12].counts), "3 1 1 -");
  EXPECT_EQ(said(last.days[11].counts), "0 0 0 -") << "not registered yet";
}

TEST_P(StatisticsTest, SharesAreHeldAgainstWhatOfficersEnteredWithSourceAndDate) {
  const auto enter = [&](const Caller& who, UnitId unit, Measure measure, std::int64_t value, const char* source,
                         Date as_of) {
    NewDenominator one;
    one.unit = unit;
    one.measure = measure;
    one.value = value;
    one.source = std::string(source);
    one.as_of = as_of;
    return run(statistics_.enter(who, std::move(one)));
  };
  const Date early = make_date(2025, 12, 31), late = make_date(2026, 3, 1);
  EXPECT_FALSE(table(province_).whole.people_share) << "never made up";
  EXPECT_EQ(code(enter(elsewhere_, kQuangTri, Measure::kPopulation, 100, "x", early)), "not_permitted");
  EXPECT_EQ(code(enter(station_, kHaiLang, Measure::kPopulation, 100, "x", early)), "not_permitted");
  EXPECT_THAT(fields(enter(province_, kQuangTri, Measure::kPopulation, 0, " ", make_date(2026, 3, 3))),
              ElementsAre("/value range", "/source required", "/asOf too_late"));
  ASSERT_TRUE(enter(province_, kQuangTri, Measure::kPopulation, 48, "Niên giám 2025", early));
  EXPECT_DOUBLE_EQ(table(province_).whole.people_share.value(), 0.25);
  ASSERT_TRUE(enter(province_, kQuangTri, Measure::kPopulation, 24, "Niên giám mới", late));
  EXPECT_DOUBLE_EQ(table(province_).whole.people_share.value(), 0.5) << "the newest";
  ASSERT_TRUE(enter(province_, kQuangTri, Measure::kPopulation, 12, "Sửa", late));
  EXPECT_DOUBLE_EQ(table(province_).whole.people_share.value(), 1.0) << "put right";
  ASSERT_THAT(table(province_).whole.denominators, SizeIs(1));
  EXPECT_EQ(table(province_).whole.denominators[0].source, "Sửa");
  EXPECT_FALSE(table(station_).whole.people_share) << "of another unit";
}

TEST_P(StatisticsTest, AListIsJudgedLineByLineAndSentAgainChangesNothing) {
  const std::string list =
      "unit,population,smartphones,staff,source,asOf\n"
      "Tỉnh Quảng Trị,48,24,,Niên giám 2025,31/12/2025\n"
      "hai lang,12,,6,Niên giám 2025,2025-12-31\n"
      "Hải Lăng,12,,,Niên giám 2025,2025-12-31\n"
      "Đà Nẵng,10,,,Niên giám 2025,2025-12-31\n"
      "44,0,x,,,2026-12-31\n"
      "Tỉnh Quảng Trị,,,,Niên giám 2025,2025-06-30\n";
  const auto send = [&](const Caller& who, const std::string& bytes) {
    return run(statistics_.enter_list(who, bytes));
  };
  const auto states = [](const Report& report) {
    std::vector<std::string> out;
    for (const auto& line : report.lines) {
      out.push_back(std::to_string(line.line) + ' ' + json::enum_text(line.state));
      for (const auto& flaw : line.errors) out.back() += ' ' + flaw.column + ':' + flaw.code;
    }
    return out;
  };
  EXPECT_EQ(code(send(station_, list)), "not_permitted");
  const auto first = send(province_, list);
  ASSERT_TRUE(first) << first.error().code;
  EXPECT_THAT(states(*first),
              ElementsAre("2 taken", "3 taken", "4 refused unit:repeated", "5 refused unit:unknown",
                          "6 refused population:range smartphones:format source:required asOf:time_in_future",
                          "7 refused population:required"));
  const Row whole = table(province_).whole;
  EXPECT_DOUBLE_EQ(whole.people_share.value(), 0.25);
  EXPECT_DOUBLE_EQ(whole.phone_share.value(), 0.5);
  EXPECT_THAT(table(province_, By::kUnit, kHaiLang).whole.denominators, SizeIs(2)) << "a line is taken whole";
  const auto entered = [&] {
    return world_.db->read_now([](store::Session& s) {
      return s.value<std::int64_t>({"test.entered", "SELECT CAST(sum(entered) AS bigint) FROM statistics_denominator"});
    });
  };
  const auto before = entered();
  later(hours(1));
  const auto again = send(province_, list);
  EXPECT_EQ(again->known, 2);
  EXPECT_EQ(again->taken, 0);
  EXPECT_EQ(entered(), before) << "who entered it first stands";
  const auto put_right = send(province_, "unit,population,source,asOf\nTỉnh Quảng Trị,24,Sửa,2025-12-31\n");
  EXPECT_EQ(put_right->taken, 1);
  EXPECT_DOUBLE_EQ(table(province_).whole.people_share.value(), 0.5);
  EXPECT_EQ(code(send(province_, "unit,source,asOf\n")), "invalid") << "no column has a number";
}

TEST_P(StatisticsTest, WhoPassesWithoutProofCountsAsNotDeclared) {
  for (std::size_t i = 0; i < 4; ++i) {
    scan(i, market_);
    declared(i, now() - hours(1), now() + hours(1));
  }
  EXPECT_FALSE(table(province_).whole.counts.declared) << "four passing";
  unproven(market_, 5);
  unproven(cafe_, 2);
  const PlaceId road = world_.places({{"Chốt cầu Hiền Lương", "checkpoint"}})[0];
  declared(4, now() - hours(1), now() + hours(1));
  passed(road, 4, 2);
  passed(road, 5, 1, "turnBack");
  later(kRemembered);
  const Counts seen = table(province_).whole.counts;
  EXPECT_EQ(said(seen), "4 3 4 5");
  EXPECT_EQ(seen.passing, 4 + 5 + 2 + 3) << "whom a checkpoint turned back did not pass";
  const Table kinds = table(province_, By::kKind);
  const auto checkpoints =
      std::find_if(kinds.rows.begin(), kinds.rows.end(), [](const Row& row) { return row.kind == "checkpoint"; });
  ASSERT_NE(checkpoints, kinds.rows.end());
  EXPECT_EQ(checkpoints->counts.passing, 3);
}

TEST_P(StatisticsTest, WhoWaitedForATestAtACheckpointPassedOnce) {
  const PlaceId road = world_.places({{"Chốt cầu Hiền Lương", "checkpoint"}})[0];
  const Instant came = now();
  passed(road, 0, 9, "test");
  later(std::chrono::minutes(30));
  const std::vector<visits::ImportedVisit> stays{{"checkpoints", "1.1", persons_[0], road, std::nullopt, came, now()}};
  world_.db->transact_now([&](store::Session& s) { world_.visits.import_visits(s, stays); });
  later(kRemembered);
  const Counts seen = table(province_).whole.counts;
  EXPECT_EQ(seen.scans, 1) << "the stay among others";
  EXPECT_EQ(seen.passing, 10);
}

TEST_P(StatisticsTest, OrganisationsAndSectorsAreHeldAgainstTheirStaff) {
  const OrganisationId clinic = organisation("Trạm y tế Hải Lăng", "health", market_, 10),
                       small = organisation("Phòng khám nhỏ", "health", std::nullopt, 9);
  organisation("Xưởng may", "industry", std::nullopt, 12);
  for (std::size_t i = 0; i < 11; ++i) scan(i, market_);
  for (std::size_t i = 0; i < 3; ++i) declared(i, now() - hours(1), now() + hours(1));
  declared(3, now() - hours(50), now() - hours(49));
  const auto enter = [&](OrganisationId of, std::int64_t value, Measure measure = Measure::kStaff,
                         UnitId unit = kHaiLang) {
    NewDenominator one;
    one.unit = unit;
    one.organisation = of;
    one.measure = measure;
    one.value = value;
    one.source = std::string("Báo cáo");
    one.as_of = make_date(2026, 3, 1);
    return run(statistics_.enter(province_, std::move(one)));
  };
  ASSERT_TRUE(enter(clinic, 30));
  ASSERT_TRUE(enter(clinic, 20)) << "put right";
  EXPECT_THAT(fields(enter(clinic, 20, Measure::kPopulation)), ElementsAre("/measure contradiction"));
  EXPECT_THAT(fields(enter(OrganisationId{1}, 20)), ElementsAre("/organisation unknown"));
  EXPECT_THAT(fields(enter(clinic, 20, Measure::kStaff, kQuangTri)), ElementsAre("/organisation unknown"));
  const Table all = table(province_, By::kOrganisation);
  ASSERT_THAT(all.rows, SizeIs(3));
  const Row& first = all.rows[0];
  EXPECT_EQ(first.organisation, clinic);
  EXPECT_EQ(first.sector, "health");
  EXPECT_EQ(said(first.counts), "1 1 11 3");
  EXPECT_EQ(first.members, 10);
  EXPECT_EQ(first.members_declared, 3) << "what counted on another day does not";
  EXPECT_DOUBLE_EQ(first.member_share.value(), 0.5);
  EXPECT_EQ(all.rows[1].organisation, small);
  EXPECT_FALSE(all.rows[1].members || all.rows[1].members_declared) << "nine people";
  EXPECT_THAT(table(elsewhere_, By::kOrganisation).rows, IsEmpty());
  std::vector<std::string> sectors;
  for (const Row& row : table(province_, By::kSector).rows)
    sectors.push_back(row.name + ' ' + said(row.counts) + ' ' + std::to_string(row.members.value_or(0)) + ' ' +
                      std::to_string(row.members_declared.value_or(0)));
  EXPECT_THAT(sectors, ElementsAre("health 1 1 11 3 19 6", "industry 0 0 0 - 12 3"));
}

TEST_P(StatisticsTest, FilesAreHeadedInTheLanguageRankedMarkedAndLogged) {
  scan(0, market_);
  const auto out = run(statistics_.taken_out(province_, By::kKind, {}, {}, Rank::kActive, {}));
  ASSERT_TRUE(out) << out.error().code;
  EXPECT_THAT(out->body, AllOf(HasSubstr("\r\nHạng,Tên,"), HasSubstr("\r\n1,Chợ,,1,1,"),
                               HasSubstr(to_text(province_.account)), HasSubstr(to_text(now()))));
  const auto trend = run(statistics_.trend_taken_out(province_, {}, {tables::Format::kCsv, "en"}));
  ASSERT_TRUE(trend) << trend.error().code;
  EXPECT_THAT(trend->body, AllOf(HasSubstr("\r\nDay,Places registered,"), HasSubstr("\r\n2026-03-02,3,1,")));
  later(hours(5 * 24));
  PlaceFilter silent;
  silent.silent_days = 3;
  const auto places = run(statistics_.places_taken_out(province_, silent, {}));
  ASSERT_TRUE(places) << places.error().code;
  EXPECT_THAT(places->body, AllOf(HasSubstr("\r\nQuán Bưởi,"), Not(HasSubstr("Nhà ông Ba"))));
  silent.silent_days = 0;
  EXPECT_EQ(fields(run(statistics_.places_taken_out(province_, silent, {}))),
            std::vector<std::string>{"?silentDays range"});
  const auto logged = world_.db->read_now([&](store::Session& s) {
    return s.value<std::int64_t>(
        store::Query{"test.log", "SELECT count(*) FROM identity_access WHERE action = 'statistics.export'"});
  });
  EXPECT_EQ(logged, 3);
}

INSTANTIATE_TEST_SUITE_P(Engines, StatisticsTest, store::testing::engines(), store::testing::engine_name);

}  // namespace
}  // namespace luytre::statistics

#include "modules/visits/visits.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "engines/linkage/person_code.h"
#include "engines/linkage/place_code.h"
#include "modules/visits/visits_fixture.h"

namespace luytre::visits {
namespace {

using identity::testing::citizen;
using identity::testing::officer;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

TEST_P(VisitsTest, RecordsWhereAndUntilWhenAtMost) {
  const auto visit = scan(account_, market_, now());
  ASSERT_TRUE(visit) << visit.error().code;
  EXPECT_EQ(visit->person, an_);
  EXPECT_EQ(visit->place_name, "Chợ Diên Sanh");
  EXPECT_EQ(visit->in, now());
  EXPECT_EQ(visit->out, now() + minutes(60));
  EXPECT_TRUE(visit->out_estimated);
  EXPECT_THAT(visit->flags, IsEmpty());
  EXPECT_EQ(visit->source, Source::kScan);
  EXPECT_THAT(events(), ElementsAre(event("visit.began", visit->id)));
  ASSERT_THAT(list(account_), SizeIs(1));
  EXPECT_EQ(json::text(list(account_)[0]), json::text(*visit));
}

TEST_P(VisitsTest, OnlyWhoAgreesIsRecorded) {
  auto& consents = world_.house->consents;
  Visits asking(*world_.db, world_.people, world_.registry, world_.decisions, world_.clock, {false, &consents});
  const auto scan_at = [&](Instant at) {
    CheckIn request;
    request.place_code = code_of(market_);
    request.at = at;
    return run(asking.check_in(account_, std::move(request), std::nullopt));
  };
  const auto refused = scan_at(now());
  ASSERT_EQ(code(refused), "consent_required");
  EXPECT_EQ(refused.error().params.at("purpose"), "tracing");
  EXPECT_THAT(events(), IsEmpty());

  const auto consent = run(consents.give(account_, {std::string("tracing"), 1}));
  ASSERT_TRUE(consent);
  const auto visit = scan_at(now() - hours(1));  // made before, sent once agreed
  ASSERT_TRUE(visit) << visit.error().code;
  world_.clock.advance(hours(1));
  ASSERT_TRUE(run(consents.withdraw(account_, consent->id)));
  world_.clock.advance(hours(1));
  EXPECT_EQ(code(scan_at(now())), "consent_required");
  EXPECT_EQ(code(scan_at(now() - minutes(90))), "") << "made offline while it held";
  EXPECT_TRUE(run(asking.check_out(account_, visit->id, CheckOut{now()}, std::nullopt))) << "what has begun may end";

  ShownCode shown;
  shown.person_code = world_.people.codes().make(an_.value, now()).text;
  shown.at = now();
  const PlaceId shop = world_.registered(other_, "Quán Sen", "shop");
  EXPECT_EQ(code(run(asking.check_in_shown(other_, shop, shown, std::nullopt))), "") << "shown by the person";
}

TEST_P(VisitsTest, RepeatedCheckInRecordsOnce) {
  const auto first = scan(account_, market_, now(), {}, "a1");
  const auto again = scan(account_, market_, now(), {}, "a1");
  ASSERT_TRUE(first && again);
  EXPECT_EQ(json::text(*first), json::text(*again));
  EXPECT_THAT(events(), SizeIs(1));
  EXPECT_EQ(code(scan(account_, school_, now(), {}, "a1")), "idempotency_key_reused");
  world_.close(market_);
  EXPECT_EQ(code(scan(account_, market_, now(), {}, "a1")), "") << "a repeat is answered, whatever has changed";
}

TEST_P(VisitsTest, OfARepeatableAnswerOnlyTheIdIsKept) {
  const auto first = scan(account_, market_, now(), {}, "a1");
  ASSERT_TRUE(first);
  const auto kept = world_.db->read_now([](store::Session& s) {
    return s.all<std::string>({"test.kept", "SELECT answer FROM store_idempotency"});
  });
  ASSERT_THAT(kept, SizeIs(1));
  EXPECT_EQ(kept[0], R"({"id":")" + to_text(first->id) + R"("})");

  world_.db->transact_now([&](store::Session& s) {
    s.run({"test.keep_whole", "UPDATE store_idempotency SET answer = $1"}, json::text(*first));
  });
  const auto again = scan(account_, market_, now(), {}, "a1");
  ASSERT_TRUE(again) << "an earlier version kept the whole visit";
  EXPECT_EQ(json::text(*first), json::text(*again));

  ASSERT_TRUE(run(visits().cancel(account_, first->id)));
  EXPECT_EQ(code(scan(account_, market_, now(), {}, "a1")), "visit_gone")
      << "it was recorded, and nothing of it is left";
}

TEST_P(VisitsTest, NextCheckInElsewhereCutsTheEstimatedStay) {
  const auto school = scan(account_, school_, now());
  world_.clock.advance(minutes(30));
  const auto market = scan(account_, market_, now());
  const Visit cut = the(school->id);
  EXPECT_EQ(cut.out, market->in);
  EXPECT_TRUE(cut.out_estimated);
  EXPECT_EQ(cut.version, 2);
  EXPECT_THAT(events(), UnorderedElementsAre(event("visit.began", school->id), event("visit.began", market->id),
                                             event("visit.corrected", school->id)));
}

TEST_P(VisitsTest, LateArrivalsCutAndAreCut) {
  const auto market = scan(account_, market_, now());
  const auto school = scan(account_, school_, now() - hours(3));
  EXPECT_EQ(school->out, market->in) << "by the one that is known";
  EXPECT_THAT(school->flags, ElementsAre(Flag::kLate));
  const auto cafe = scan(account_, cafe_, now() - hours(2));
  EXPECT_EQ(the(school->id).out, now() - hours(2));
  EXPECT_EQ(cafe->out, now() - hours(1));
}

TEST_P(VisitsTest, LateCheckOutReplacesTheEstimate) {
  const auto school = scan(account_, school_, now() - hours(3));
  ASSERT_TRUE(scan(account_, market_, now() - hours(1)));
  const auto left = leave(account_, school->id, now());
  ASSERT_TRUE(left) << left.error().code;
  EXPECT_EQ(left->out, now());
  EXPECT_FALSE(left->out_estimated);
  EXPECT_THAT(left->flags, Contains(Flag::kOverlapsElsewhere)) << "meanwhile the person was at the market";
  EXPECT_EQ(left->version, the(school->id).version);
  EXPECT_THAT(events(), Contains(event("visit.ended", school->id)));
  EXPECT_EQ(code(leave(account_, school->id, now())), "") << "the same check-out once more";
  EXPECT_EQ(code(leave(account_, school->id, now() - minutes(1))), "checked_out");
  ASSERT_TRUE(scan(account_, cafe_, now() - minutes(30)));
  EXPECT_EQ(the(school->id).out, now()) << "a real check-out always wins";
}

TEST_P(VisitsTest, ScanningTheSamePlaceAgainReturnsTheOpenVisit) {
  const auto first = scan(account_, market_, now());
  world_.clock.advance(minutes(20));
  const auto again = scan(account_, market_, now());
  EXPECT_EQ(again->id, first->id);
  EXPECT_EQ(again->in, first->in);
  world_.clock.advance(minutes(41));
  EXPECT_NE(scan(account_, market_, now())->id, first->id) << "its estimated end has passed";
}

TEST_P(VisitsTest, WhoComesByAnyEntranceIsAtThePlace) {
  const auto entrances = world_.zones(market_, {"Cổng A", "Cổng B"}, true);
  const auto first = scan_code(account_, code_of(market_, entrances[0]));
  ASSERT_TRUE(first) << first.error().code;
  EXPECT_EQ(first->place, market_);
  EXPECT_FALSE(first->zone);
  EXPECT_FALSE(first->zone_name);
  world_.clock.advance(std::chrono::minutes(20));
  const auto second = scan_code(account_, code_of(market_, entrances[1]));
  ASSERT_TRUE(second);
  EXPECT_EQ(second->id, first->id) << "the stay goes on";
  EXPECT_EQ(second->out, first->out);

  ImportedVisit file{"test", "1", child_, market_, entrances[1], now() - std::chrono::hours(3), now()};
  ASSERT_EQ(world_.db->transact_now([&](store::Session& s) { return visits().import_visits(s, {&file, 1}).added; }), 1);
  EXPECT_FALSE(list(account_, child_)[0].zone);
}

TEST_P(VisitsTest, AGuardEndsWhateverIsOpenAtThePlace) {
  const auto out = [&](PersonId who, Instant at) {
    return run(visits().leave_by_guard(school_, who, at, std::nullopt));
  };
  EXPECT_EQ(code(out(an_, now())), "not_here");
  const auto visit = scan(account_, school_, now() - std::chrono::minutes(50));
  ASSERT_TRUE(visit);
  const auto elsewhere = scan(account_, market_, now() - std::chrono::minutes(10));
  const auto ended = out(an_, now() - std::chrono::minutes(20));
  ASSERT_TRUE(ended) << ended.error().code;
  EXPECT_EQ(ended->id, visit->id);
  EXPECT_FALSE(ended->out_estimated);
  EXPECT_EQ(the(visit->id).out, now() - std::chrono::minutes(20));
  EXPECT_TRUE(the(elsewhere->id).out_estimated) << "another place's business";
  EXPECT_EQ(out(an_, now() - std::chrono::minutes(20))->id, visit->id) << "the same once more";
  EXPECT_EQ(code(out(an_, now())), "checked_out");
  EXPECT_EQ(code(out(child_, now())), "not_here");
  EXPECT_EQ(code(out(an_, now() + std::chrono::minutes(5))), "time_in_future");
  EXPECT_EQ(run(visits().enter_by_guard(school_, an_, now(), std::nullopt))->source, Source::kKeeper);
}

TEST_P(VisitsTest, ZonesAreApart) {
  const auto zones = world_.zones(school_, {"10A", "10B"});
  CheckIn request;
  request.at = now();
  request.place_code = code_of(school_, zones[0]);
  const auto first = run(visits().check_in(account_, request, std::nullopt));
  ASSERT_TRUE(first) << first.error().code;
  EXPECT_EQ(first->zone_name, "10A");
  world_.clock.advance(minutes(45));
  request.at = now();
  request.place_code = code_of(school_, zones[1]);
  const auto second = run(visits().check_in(account_, request, std::nullopt));
  EXPECT_NE(second->id, first->id);
  EXPECT_EQ(the(first->id).out, now());
}

TEST_P(VisitsTest, APartThatBecomesAnEntranceLeavesWhatWasRecorded) {
  const auto room = world_.zones(market_, {"Nhà lồng"})[0];
  const auto use = [&](bool entrance) {
    const auto place = run(world_.registry.find(world_.station, market_));
    ASSERT_TRUE(run(world_.registry.use_zone(world_.station, market_, room, {entrance, {}}, place->version)));
  };
  const auto before = scan_code(account_, code_of(market_, room));
  ASSERT_TRUE(before) << before.error().code;
  world_.clock.advance(std::chrono::minutes(10));
  use(true);
  EXPECT_EQ(the(before->id).zone, room);
  EXPECT_THAT(list(account_), SizeIs(1));
  const auto by_door = scan_code(account_, code_of(market_, room));
  ASSERT_TRUE(by_door) << by_door.error().code;
  EXPECT_NE(by_door->id, before->id) << "the whole place is elsewhere";
  EXPECT_EQ(by_door->zone, std::nullopt);
  EXPECT_EQ(the(before->id).out, now());
  EXPECT_EQ(the(before->id).zone, room) << "stays as it was recorded";
  world_.clock.advance(std::chrono::minutes(10));
  use(false);
  EXPECT_EQ(the(by_door->id).zone, std::nullopt);
  EXPECT_EQ(scan_code(account_, code_of(market_, room))->zone, room);
}

TEST_P(VisitsTest, AHouseholdMemberIsCheckedInWithMe) {
  CheckIn request;
  request.place_code = code_of(market_);
  request.person = child_;
  request.at = now();
  request.capacity = Capacity::kCustomer;
  const auto visit = run(visits().check_in(account_, request, std::nullopt));
  ASSERT_TRUE(visit);
  EXPECT_EQ(visit->person, child_);
  EXPECT_EQ(visit->capacity, Capacity::kCustomer);
  EXPECT_EQ(code(run(visits().check_in(other_, request, std::nullopt))), "not_in_household");
  EXPECT_EQ(code(scan(citizen(1003), market_, now())), "no_own_record");
  EXPECT_EQ(code(scan(identity::testing::limited(account_), market_, now())), "second_proof_required");
  EXPECT_EQ(code(scan(identity::testing::nobody(), market_, now())), "unauthenticated");
  EXPECT_THAT(list(account_), IsEmpty());
  EXPECT_THAT(list(account_, child_), SizeIs(1));
  EXPECT_EQ(code(run(visits().of_person(other_, child_, std::nullopt, 10))), "not_in_household");
}

TEST_P(VisitsTest, AnAdultsVisitsAreNotShownToWhoChecksThemIn) {
  const PersonId spouse = world_.person(account_, people::Relation::kSpouse);
  CheckIn request;
  request.place_code = code_of(market_);
  request.person = spouse;
  request.at = now();
  ASSERT_TRUE(run(visits().check_in(account_, request, std::nullopt)));
  EXPECT_EQ(code(run(visits().of_person(account_, spouse, std::nullopt, 10))), "adults_own_affair");
  EXPECT_THAT(list(account_), IsEmpty());
}

TEST_P(VisitsTest, RefusesWrongTimes) {
  EXPECT_EQ(code(scan(account_, market_, now() + seconds(121))), "time_in_future");
  EXPECT_EQ(code(scan(account_, school_, now() + seconds(119))), "") << "clocks are not exact";
  EXPECT_EQ(code(scan(account_, market_, now() - kLatest - seconds(1))), "time_too_old");
  const auto visit = scan(account_, market_, now() - hours(2));
  EXPECT_EQ(code(leave(account_, visit->id, visit->in)), "out_before_in");
  EXPECT_EQ(code(leave(account_, visit->id, visit->in - hours(1))), "out_before_in");
  EXPECT_EQ(code(leave(account_, visit->id, now() + minutes(3))), "time_in_future");
  EXPECT_EQ(code(leave(other_, visit->id, now())), "not_found");
  EXPECT_EQ(code(leave(account_, VisitId{4711}, now())), "not_found");
  const auto old = scan(account_, cafe_, now() - kLatest);
  ASSERT_TRUE(old);
  world_.clock.advance(hours(2));
  EXPECT_EQ(code(leave(account_, old->id, now())), "stay_too_long");
}

TEST_P(VisitsTest, RefusesCodesThatAreNotOfAnOpenPlace) {
  const linkage::PlaceCodes theirs({{1, linkage::Seed{9}, false}});
  EXPECT_EQ(code(scan_code(account_, theirs.url("https://x", {market_.value, 0}))), "place_code_forged");
  EXPECT_EQ(code(scan_code(account_, "https://qr.tokhaiyte.vn/?id=1")), "place_code_foreign");
  EXPECT_EQ(code(scan_code(account_, "0000-0001")), "place_code_mistyped");
  EXPECT_EQ(code(scan_code(account_, "0000-0000")), "place_unknown");
  EXPECT_EQ(code(scan_code(account_, "'; DROP TABLE visits_visit; --")), "place_code_foreign");
  const std::string old = code_of(market_);
  world_.renew_codes(market_);
  EXPECT_EQ(code(scan_code(account_, old)), "place_code_expired");
  EXPECT_TRUE(scan_code(account_, code_of(market_)));
  world_.clock.advance(minutes(5));
  const Instant before = now();
  world_.clock.advance(minutes(5));
  world_.close(cafe_);
  EXPECT_EQ(code(scan(account_, cafe_, now())), "place_closed");
  EXPECT_EQ(code(scan(account_, cafe_, before)), "") << "a scan from before the closing arrives late";
}

TEST_P(VisitsTest, NothingRunsWithoutADecisionInForceThenAndThere) {
  world_.clock.advance(hours(31 * 24));
  EXPECT_EQ(code(scan(account_, market_, now())), "not_in_force");
  EXPECT_EQ(code(scan(account_, market_, now() - hours(2 * 24))), "") << "made while it was in force";
  EXPECT_THAT(events(), SizeIs(1));
}

TEST_P(VisitsTest, OddHoursAreFlaggedNotRefused) {
  world_.clock.set(*parse_instant("2026-03-03T20:30:00Z"));  // 03:30 local
  EXPECT_THAT(scan(account_, market_, now())->flags, ElementsAre(Flag::kOddHours));
  const auto hospital = world_.places({{"Bệnh viện tỉnh", "hospital"}}).front();
  EXPECT_THAT(scan(account_, hospital, now())->flags, ElementsAre(Flag::kOverlapsElsewhere))
      << "the same second at two places";
  world_.clock.advance(hours(2));
  EXPECT_THAT(scan(account_, cafe_, now())->flags, IsEmpty());
}

TEST_P(VisitsTest, ACheckInCanBeUndoneForTenMinutes) {
  const auto school = scan(account_, school_, now());
  world_.clock.advance(minutes(30));
  const auto market = scan(account_, market_, now());
  world_.clock.advance(minutes(9));
  EXPECT_EQ(code(run(visits().cancel(other_, market->id))), "not_found");
  EXPECT_TRUE(run(visits().cancel(account_, market->id)));
  EXPECT_THAT(list(account_), SizeIs(1));
  EXPECT_EQ(the(school->id).out, school->out) << "given back what it had cut";
  EXPECT_EQ(the(school->id).version, 3);
  EXPECT_THAT(events(), Contains(event("visit.cancelled", market->id)));
  EXPECT_EQ(code(run(visits().cancel(account_, market->id))), "not_found");
  EXPECT_EQ(code(run(visits().cancel(account_, school->id))), "too_late_to_undo");
}

TEST_P(VisitsTest, AKeeperScansThePersonsCode) {
  const Caller keeper = citizen(1004);
  market_ = world_.registered(keeper, "Chợ Hải Xuân", "market");
  ShownCode shown;
  shown.person_code = world_.people.codes().make(an_.value, now()).text;
  shown.at = now();
  const auto visit = run(visits().check_in_shown(keeper, market_, shown, std::nullopt));
  ASSERT_TRUE(visit) << visit.error().code;
  EXPECT_EQ(visit->source, Source::kKeeper);
  EXPECT_THAT(list(account_), SizeIs(1));
  EXPECT_EQ(code(run(visits().check_in_shown(other_, market_, shown, std::nullopt))), "not_found");
  shown.at = now() - hours(1);
  EXPECT_EQ(code(run(visits().check_in_shown(keeper, market_, shown, std::nullopt))), "person_code_expired");
  shown.person_code[10] = shown.person_code[10] == 'A' ? 'B' : 'A';
  EXPECT_EQ(code(run(visits().check_in_shown(keeper, market_, shown, std::nullopt))), "person_code_forged");
  shown.person_code = code_of(market_);
  EXPECT_EQ(code(run(visits().check_in_shown(keeper, market_, shown, std::nullopt))), "code_foreign");
}

TEST_P(VisitsTest, KeepersSeeCountsOnly) {
  const Caller keeper = citizen(1004);
  market_ = world_.registered(keeper, "Chợ Hải Xuân", "market");
  ASSERT_TRUE(scan(account_, market_, now() - hours(9)));  // yesterday evening, local time
  ASSERT_TRUE(scan(account_, market_, now()));
  ASSERT_TRUE(scan(account_, market_, now(), child_));
  const auto summary = run(visits().summary(keeper, market_));
  ASSERT_TRUE(summary) << summary.error().code;
  EXPECT_EQ(summary->now, 2);
  EXPECT_EQ(summary->today, 2);
  EXPECT_EQ(code(run(visits().summary(other_, market_))), "not_found");
  EXPECT_TRUE(run(visits().summary(officer(Role::kStationOfficer, testing::kHaiLang), market_)));
}

TEST_P(VisitsTest, TheListPagesWithoutGapOrRepeat) {
  for (int i = 0; i < 25; ++i) ASSERT_TRUE(scan(account_, i % 2 ? market_ : cafe_, now() - hours(200) + hours(3 * i)));
  std::vector<Instant> seen;
  std::optional<std::string> cursor;
  do {
    const auto page = run(visits().of_person(account_, std::nullopt, cursor, 10));
    ASSERT_TRUE(page) << page.error().code;
    for (const auto& visit : page->items) seen.push_back(visit.in);
    cursor = page->next;
    ASSERT_LE(seen.size(), 25u);
  } while (cursor);
  EXPECT_THAT(seen, SizeIs(25));
  EXPECT_TRUE(std::is_sorted(seen.rbegin(), seen.rend()));
  for (const char* bad : {"", ".", "x.y", "12", "12.", "99999999999999999999.0000000000000"})
    EXPECT_EQ(code(run(visits().of_person(account_, std::nullopt, std::string(bad), 10))), "invalid") << bad;
}

// Requests that are in flight together meet in batches; what is left must be as if they had come one by one.
TEST_P(VisitsTest, ManyAtOnceLeaveWhatOneByOneWouldLeave) {
  constexpr int kPeople = 40;
  std::vector<Caller> callers;
  for (int i = 0; i < kPeople; ++i) {
    callers.push_back(citizen(2000 + i));
    world_.person(callers.back(), people::Relation::kSelf);
  }
  std::vector<std::thread> phones;
  std::atomic<int> refused = 0;
  for (int t = 0; t < 4; ++t) {
    phones.emplace_back([&, t] {
      for (int i = t; i < kPeople; i += 4) {
        for (const auto& [place, ago] : {std::pair{school_, 180}, {market_, 120}, {cafe_, 60}, {school_, 180}})
          if (!scan(callers[static_cast<std::size_t>(i)], place, now() - minutes(ago), {},
                    std::to_string(i) + "/" + std::to_string(ago)))
            ++refused;
      }
    });
  }
  for (auto& phone : phones) phone.join();
  EXPECT_EQ(refused, 0);
  for (const Caller& caller : callers) {
    const auto visits = list(caller);
    ASSERT_THAT(visits, SizeIs(3));
    EXPECT_EQ(visits[2].out, now() - minutes(120));
    EXPECT_EQ(visits[1].out, now() - minutes(60));
    EXPECT_EQ(visits[0].out, now());
  }
}

// Two floods at once are two servers on one database.
TEST_P(VisitsTest, TwoNodesKeepTheRuleForOnePerson) {
  Visits second(*world_.db, world_.people, world_.registry, world_.decisions, world_.clock);
  const Instant start = now() - hours(32);
  const auto scans = [&](Visits& node, PlaceId place, int offset) {
    for (int round = 0; round < 12; ++round) {
      CheckIn request;
      request.place_code = code_of(place);
      request.at = start + minutes(150 * round + offset);
      const auto visit = run(node.check_in(account_, std::move(request), std::nullopt));
      EXPECT_TRUE(visit) << code(visit);
    }
  };
  std::thread there([&] { scans(second, cafe_, 30); });
  scans(visits(), market_, 0);
  there.join();
  const auto all = list(account_);
  ASSERT_EQ(all.size(), 24u);
  for (int round = 0; round < 12; ++round) {
    const auto newest = static_cast<std::size_t>(2 * (11 - round));
    EXPECT_EQ(all[newest].out, start + minutes(150 * round + 90));
    EXPECT_EQ(all[newest + 1].out, start + minutes(150 * round + 30)) << "cut by the other node's";
  }
}

TEST_P(VisitsTest, OnePersonsRequestsOfOneBatchSeeEachOther) {
  const auto visit = [&](PlaceId place, Instant at) {
    CheckIn request;
    request.place_code = code_of(place);
    request.at = at;
    return visits().check_in(account_, std::move(request), std::nullopt);
  };
  std::vector<Task<Result<Visit>>> tasks;
  tasks.push_back(visit(school_, now() - hours(4)));
  tasks.push_back(visit(market_, now() - hours(3)));
  tasks.push_back(visit(school_, now() - hours(4) + minutes(5)));
  tasks.push_back(visit(cafe_, now() - hours(3) + minutes(30)));
  const auto answers = testing::run_together(std::move(tasks));
  ASSERT_THAT(answers, SizeIs(4));
  for (const auto& answer : answers) ASSERT_TRUE(answer) << answer.error().code;
  EXPECT_EQ(answers[2]->id, answers[0]->id);
  EXPECT_EQ(the(answers[0]->id).out, now() - hours(3));
  EXPECT_EQ(the(answers[1]->id).out, now() - hours(3) + minutes(30));
}

TEST_P(VisitsTest, PublishesWhatTracingReads) {
  const auto visit = scan(account_, market_, now());
  world_.db->read_now([&](store::Session& s) {
    const store::Query zone{"test.zone", "SELECT zone FROM visits_pub_visit WHERE id = $1"};
    EXPECT_EQ(s.value<std::optional<ZoneId>>(zone, visit->id), std::nullopt);
    const store::Query end{"test.end", "SELECT departed FROM visits_pub_visit WHERE person = $1 AND place = $2"};
    EXPECT_EQ(s.value<Instant>(end, an_, market_), visit->out);
  });
}

TEST_P(VisitsTest, RoutesAreWholeAndTheirErrorsHaveTexts) {
  http::Router router;
  people::routes(router, world_.people);
  places::routes(router, world_.registry);
  routes(router, visits(), world_.registry, {});
  EXPECT_THAT(router.openapi("test", "1"), HasSubstr("VisitsCheckIn"));
  EXPECT_TRUE(router.match(http::Method::kPost, "/api/v1/visits/abc/check-out").route);
  EXPECT_TRUE(router.match(http::Method::kPost, "/api/v1/places/resolve").route);
  EXPECT_TRUE(router.match(http::Method::kGet, "/api/v1/places/abc/poster.pdf").route);
  const notify::Texts texts(LUYTRE_SOURCE_DIR "/data/i18n");
  for (const auto& route : router.routes()) {
    for (const ErrorCode& error : route->errors) {
      for (const char* language : {"vi", "en"})
        EXPECT_TRUE(texts.has(std::string("errors.") + error.code, language)) << error.code << ' ' << language;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Engines, VisitsTest, store::testing::engines(), store::testing::engine_name);

}  // namespace
}  // namespace luytre::visits

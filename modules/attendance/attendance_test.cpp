#include "modules/attendance/attendance.h"

#include <gmock/gmock.h>

#include "engines/linkage/person_code.h"
#include "modules/cases/cases.h"
#include "modules/gates/gates.h"
#include "modules/places/duplicates.h"
#include "modules/visits/testing.h"
#include "platform/base/result_testing.h"

namespace luytre::attendance {
namespace {

using identity::testing::citizen;
using identity::testing::officer;
using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

class AttendanceTest : public ::testing::TestWithParam<store::Engine> {
 protected:
  AttendanceTest() {
    world_.switch_on();
    world_.person(keeper_, people::Relation::kSelf);
    office_ = world_.registered(keeper_, "Ủy ban xã", "office");
    zones_ = world_.zones(office_, {"Cổng A", "Cổng B, sau"});
    for (std::int64_t i = 0; i < 4; ++i) {
      guests_.push_back(citizen(3000 + i));
      world_.person(guests_.back(), people::Relation::kSelf);
    }
  }
  Instant now() const { return world_.clock.now(); }
  Date today() const { return local_date(now()); }
  VisitId enter(std::size_t guest, Instant at, std::optional<ZoneId> zone = {}) {
    visits::CheckIn request;
    request.place_code = *world_.registry.code_text(office_, zone);
    request.at = at;
    const auto visit = run(world_.visits.check_in(guests_[guest], std::move(request), std::nullopt));
    EXPECT_TRUE(visit) << visit.error().code;
    return visit->id;
  }
  void write_down(Instant entered, std::optional<Instant> left) {
    const auto entry = world_.db->transact_now([&](store::Session& s) {
      gates::Written written;
      written.place = office_;
      written.entered = entered;
      written.left = left;
      written.name = "Lê Thị Giấy";
      return gates_.write_down(s, written);
    });
    EXPECT_TRUE(entry) << entry.error().code;
  }
  void capacity(std::int64_t most) {
    places::PlaceEdit edit;
    edit.capacity = most;
    ASSERT_TRUE(
        run(world_.registry.edit(keeper_, office_, edit, run(world_.registry.find(keeper_, office_))->version)));
  }
  std::vector<std::string> logged(const std::string& action) {
    return world_.db->read_now([&](store::Session& s) {
      std::vector<std::string> out;
      for (const auto& e : world_.house->access.list(s, {}, INT64_MAX, 100).items)
        if (e.action == action) out.push_back(e.filter);
      return out;
    });
  }
  Instant at(int hour, int minute = 0) const { return local_midnight(today()) + hours(hour) + minutes(minute); }

  visits::testing::World world_{GetParam(), {gates::migrations()}};
  gates::Gates gates_{{*world_.db, world_.registry, world_.visits, world_.people, world_.decisions,
                       world_.house->access, world_.house->codes, world_.vault, world_.clock, world_.random,
                       [](PersonId, UnitId) -> Task<gates::Light> { co_return gates::Light::kGreen; }}};
  Attendance attendance_{*world_.db, world_.registry, world_.house->access, world_.doubtful};
  const Caller keeper_ = citizen(2001);
  std::vector<Caller> guests_;
  PlaceId office_;
  std::vector<ZoneId> zones_;
};

TEST_P(AttendanceTest, ADayByHourAndZoneCountsVisitsAndWhoWasLetInWithoutOne) {
  world_.clock.advance(hours(4));  // 12:30
  enter(0, at(7, 10), zones_[0]);
  enter(1, at(7, 50), zones_[0]);
  enter(2, at(8, 5), zones_[1]);
  enter(3, at(8, 59));
  write_down(at(8, 30), at(9, 15));
  const auto log = run(attendance_.day(keeper_, office_, today()));
  ASSERT_TRUE(log) << log.error().code;
  EXPECT_EQ(log->arrived, 5);
  ASSERT_THAT(log->hours, SizeIs(24));
  EXPECT_EQ(log->hours[7].arrived, 2);
  EXPECT_EQ(log->hours[8].arrived, 3);
  EXPECT_EQ(log->hours[8].present, 5);
  EXPECT_EQ(log->hours[9].present, 4) << "the slip says when";
  EXPECT_EQ(log->most, 5);
  EXPECT_EQ(log->hours[23].present, 0) << "not told before it comes";
  ASSERT_THAT(log->zones, SizeIs(3));
  EXPECT_EQ(log->zones[0].zone, std::nullopt);
  EXPECT_EQ(log->zones[0].hourly[8], 2);
  EXPECT_EQ(log->zones[1].name, "Cổng A");
  EXPECT_EQ(log->zones[1].hourly[7], 2);
  EXPECT_THAT(json::text(*log), Not(HasSubstr("Giấy"))) << "counts only";
}

TEST_P(AttendanceTest, WhoCameByAGateIsCountedThereThoughTheVisitIsOfTheWholePlace) {
  const auto gate = world_.zones(office_, {"Cổng chính"}, true)[0];
  world_.clock.advance(hours(4));
  const auto admit = [&](Instant when, const char* key) {
    gates::KeeperAdmission asked;
    asked.zone = gate;
    asked.at = when;
    asked.code = world_.people.codes().make(world_.person(citizen(4000), people::Relation::kChild).value, when).text;
    ASSERT_TRUE(run(gates_.admit(keeper_, office_, std::move(asked), key)));
  };
  admit(at(7, 10), "a");
  admit(at(7, 20), "b");
  enter(0, at(7, 30), gate);
  const auto log = run(attendance_.day(keeper_, office_, today()));
  EXPECT_EQ(log->arrived, 3);
  ASSERT_THAT(log->zones, SizeIs(2));
  EXPECT_EQ(log->zones[0].hourly[7], 1) << "by the poster: of the whole place";
  EXPECT_EQ(log->zones[1].name, "Cổng chính");
  EXPECT_EQ(log->zones[1].hourly[7], 2);
}

TEST_P(AttendanceTest, WhatWasMergedIntoThePlaceCountsForIt) {
  world_.clock.advance(hours(4));
  const PlaceId kept = office_;
  enter(0, at(7, 10), zones_[0]);
  office_ = world_.registered(keeper_, "UBND xã", "office");
  const auto other = world_.zones(office_, {"cong a", "Kho"});
  enter(1, at(7, 20), other[0]);
  enter(2, at(8, 5), other[1]);
  places::Duplicates duplicates(*world_.db, world_.registry, visits::testing::geography(), world_.house->access,
                                world_.vault);
  ASSERT_TRUE(run(duplicates.merge(world_.station, {office_, kept})));
  enter(3, at(8, 10));
  const auto log = run(attendance_.day(keeper_, kept, today()));
  ASSERT_TRUE(log) << log.error().code;
  EXPECT_EQ(log->arrived, 4);
  ASSERT_THAT(log->zones, SizeIs(2));
  EXPECT_EQ(log->zones[0].hourly[8], 2) << "somewhere in the place";
  EXPECT_EQ(log->zones[1].name, "Cổng A");
  EXPECT_EQ(log->zones[1].hourly[7], 2) << "the same name";
  EXPECT_EQ(run(world_.visits.summary(keeper_, kept))->today, 4);
  EXPECT_EQ(run(attendance_.day(keeper_, office_, today()))->arrived, 3) << "its own door";
}

TEST_P(AttendanceTest, WhoStayedOverMidnightIsThereInTheMorning) {
  const VisitId night = enter(0, at(8));
  world_.clock.advance(days(1));
  ASSERT_TRUE(run(world_.visits.check_out(guests_[0], night, {at(7, 30)}, std::nullopt)));
  const auto log = run(attendance_.day(keeper_, office_, today()));
  EXPECT_EQ(log->hours[6].present, 1);
  EXPECT_EQ(log->hours[7].present, 0);
  EXPECT_EQ(log->arrived, 0);
  const auto before = run(attendance_.day(keeper_, office_, Date{today().days - 1}));
  EXPECT_EQ(before->hours[23].present, 1);
}

TEST_P(AttendanceTest, TheKeeperIsWarnedBeforeThePlaceIsFull) {
  EXPECT_EQ(run(attendance_.crowd(keeper_, office_))->fill, Fill::kFree);
  capacity(3);
  for (std::size_t i = 0; i < 2; ++i) enter(i, now());
  EXPECT_EQ(run(attendance_.crowd(keeper_, office_))->fill, Fill::kFree);
  write_down(now(), std::nullopt);
  const auto full = run(attendance_.crowd(keeper_, office_));
  EXPECT_EQ(full->present, 3) << "those in no visit, too";
  EXPECT_EQ(full->fill, Fill::kFull);
  capacity(2);
  EXPECT_EQ(run(attendance_.crowd(keeper_, office_))->fill, Fill::kFull) << "over it";
  capacity(10);
  for (int i = 0; i < 6; ++i) write_down(now(), std::nullopt);
  EXPECT_EQ(run(attendance_.crowd(keeper_, office_))->fill, Fill::kNear) << "nine of ten";
}

TEST_P(AttendanceTest, AnExportIsBoundedNumberedAndLogged) {
  enter(0, at(7, 10), zones_[1]);
  const auto csv = run(attendance_.csv(keeper_, office_, Date{today().days - 3}, today()));
  ASSERT_TRUE(csv) << csv.error().code;
  EXPECT_THAT(csv->body, HasSubstr("day,hour,zone,arrived,export\r\n"));
  EXPECT_THAT(csv->body, HasSubstr(to_text(today()) + ",07,\"Cổng B, sau\",1,"));
  const auto exports = logged("attendance.export");
  ASSERT_THAT(exports, SizeIs(1));
  const std::string number = exports[0].substr(exports[0].rfind(' ') + 1);
  EXPECT_THAT(csv->body, HasSubstr("," + number + "\r\n"));
  EXPECT_EQ(code(run(attendance_.csv(keeper_, office_, Date{today().days - kDaysMost}, today()))), "invalid");
  EXPECT_EQ(code(run(attendance_.csv(keeper_, office_, today(), Date{today().days - 1}))), "invalid");
  EXPECT_EQ(code(run(attendance_.csv(keeper_, office_, today(), Date{today().days + 1}))), "invalid");
}

TEST_P(AttendanceTest, OfficersOfTheAreaSeeWhichCheckInsSomethingSpeaksAgainstAndNeverWhose) {
  const places::Opening monday{1, {std::string("10:00")}, {std::string("12:00")}};
  ASSERT_TRUE(run(world_.registry.state(keeper_, office_, {{monday}, {}})));
  world_.clock.advance(hours(8));  // 16:30
  const VisitId early = enter(0, at(8, 40));
  enter(1, at(10, 30));
  const VisitId late = enter(2, at(15), zones_[1]);
  const auto list = [&](const Caller& who, std::optional<std::string> cursor = {}, std::size_t limit = 50) {
    return run(attendance_.doubtful(who, office_, today(), std::move(cursor), limit));
  };
  const auto page = list(world_.station);
  ASSERT_TRUE(page) << page.error().code;
  ASSERT_THAT(page->items, SizeIs(2)) << "one came in the hours stated";
  EXPECT_EQ(page->next, std::nullopt);
  EXPECT_EQ(page->items[0].id, late);
  EXPECT_EQ(page->items[0].zone_name, "Cổng B, sau");
  EXPECT_EQ(page->items[0].in, at(15));
  EXPECT_THAT(page->items[0].doubts, ElementsAre(visits::Flag::kClosedHours));
  EXPECT_EQ(page->items[1].id, early);
  const PersonId whose = run(world_.visits.of_person(guests_[2], std::nullopt, std::nullopt, 1))->items.at(0).person;
  EXPECT_THAT(json::text(*page), Not(HasSubstr(to_text(whose))));

  const auto first = list(world_.station, {}, 1);
  ASSERT_THAT(first->items, SizeIs(1));
  ASSERT_TRUE(first->next);
  EXPECT_EQ(list(world_.station, first->next, 1)->items.at(0).id, early);
  EXPECT_THAT(run(attendance_.doubtful(world_.station, office_, Date{today().days - 1}, {}, 50))->items, IsEmpty());
  EXPECT_THAT(run(attendance_.doubtful(world_.station, office_, {}, {}, 50))->items, SizeIs(2)) << "of any day";

  EXPECT_EQ(code(list(keeper_)), "not_permitted");
  EXPECT_EQ(code(list(guests_[0])), "not_permitted");
  EXPECT_EQ(code(list(officer(Role::kStationOfficer, UnitId{2025100048}))), "not_permitted");
  EXPECT_EQ(code(list(world_.station, "x")), "invalid");
  EXPECT_EQ(code(run(attendance_.doubtful(world_.station, office_, Date{today().days + 1}, {}, 50))), "invalid");
  EXPECT_EQ(code(run(attendance_.doubtful(world_.station, PlaceId{7}, {}, {}, 50))), "not_found");
  const auto looks = logged("attendance.doubtful");
  ASSERT_THAT(looks, SizeIs(5)) << "those that were answered";
  EXPECT_THAT(looks, Contains("place " + to_text(office_) + ", " + to_text(today()) + ", 2 visits"));
}

TEST_P(AttendanceTest, APageOfDoubtfulCheckInsLooksAtSoManyAndGoesOn) {
  const places::Opening monday{1, {std::string("10:00")}, {std::string("16:00")}};
  ASSERT_TRUE(run(world_.registry.state(keeper_, office_, {{monday}, {}})));
  world_.clock.advance(hours(8));
  const PlaceId kept = office_;
  office_ = world_.registered(keeper_, "UBND xã", "office");
  const VisitId early = enter(0, at(8, 40));
  places::Duplicates duplicates(*world_.db, world_.registry, visits::testing::geography(), world_.house->access,
                                world_.vault);
  ASSERT_TRUE(run(duplicates.merge(world_.station, {office_, kept})));
  const PersonId busy = run(world_.visits.of_person(guests_[0], std::nullopt, std::nullopt, 1))->items.at(0).person;
  std::vector<visits::ImportedVisit> many;
  for (std::size_t i = 0; i < visits::kLookedAtMost; ++i) {
    const Instant in = at(10) + std::chrono::seconds(static_cast<std::int64_t>(i) * 20);
    many.push_back({"test", std::to_string(i), busy, kept, {}, in, in + std::chrono::seconds(10)});
  }
  world_.db->transact_now([&](store::Session& s) {
    EXPECT_EQ(world_.visits.import_visits(s, many).added, static_cast<std::int64_t>(many.size()));
  });
  const auto first = run(attendance_.doubtful(world_.station, kept, today(), {}, 50));
  ASSERT_TRUE(first) << first.error().code;
  EXPECT_THAT(first->items, IsEmpty());
  ASSERT_TRUE(first->next);
  const auto second = run(attendance_.doubtful(world_.station, kept, today(), first->next, 50));
  ASSERT_THAT(second->items, SizeIs(1)) << "at what was merged into it, by the hours of the place";
  EXPECT_EQ(second->items[0].id, early);
  EXPECT_EQ(second->next, std::nullopt);
}

TEST_P(AttendanceTest, OnlyTheKeeperAndTheOfficersOfTheArea) {
  EXPECT_TRUE(run(attendance_.day(world_.station, office_, today())));
  EXPECT_EQ(code(run(attendance_.day(guests_[0], office_, today()))), "not_found");
  EXPECT_EQ(code(run(attendance_.crowd(guests_[0], office_))), "not_found");
  EXPECT_EQ(code(run(attendance_.csv(guests_[0], office_, today(), today()))), "not_found");
  EXPECT_EQ(code(run(attendance_.day(officer(Role::kStationOfficer, UnitId{2025100048}), office_, today()))),
            "not_permitted");
  EXPECT_EQ(code(run(attendance_.day(keeper_, office_, Date{today().days - 40}))), "invalid") << "not kept";
  EXPECT_EQ(code(run(attendance_.day(keeper_, office_, Date{today().days + 1}))), "invalid");
}

INSTANTIATE_TEST_SUITE_P(Engines, AttendanceTest, store::testing::engines(), store::testing::engine_name);

}  // namespace
}  // namespace luytre::attendance

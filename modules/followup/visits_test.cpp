#include "modules/followup/visits.h"
#include "modules/followup/followup_fixture.h"

namespace luytre::followup {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

class VisitsTest : public FollowUpTest {
 protected:
  std::vector<HomeVisit> visits(const Caller& who, Filter filter = {}) {
    const auto page = run(room_.visits(who, filter));
    if (!page) throw std::runtime_error(page.error().code);
    return page->items;
  }
  // `off`: how much the phone's clock is late.
  NewEntry noted(const char* key, Instant at, minutes off = {}) const {
    NewEntry out;
    out.via = Via::kVisit;
    out.noted = Noted{{std::string(key)}, at - off, now() - off};
    return out;
  }
  Result<FollowUp> send(FollowUpId id, NewEntry entry) {
    auto done = run(room_.record(station_, id, std::move(entry), std::nullopt));
    followers_.drain();
    return done;
  }
};

TEST_P(VisitsTest, TheStationTakesAlongWhatAVisitNeedsAndNoMore) {
  const PersonId an = contact("Nguyễn Thị An");
  const FollowUpId id = of(an).id;
  const auto before = log_about(an);
  const auto taken = visits(station_);
  ASSERT_THAT(taken, SizeIs(1));
  EXPECT_EQ(taken[0].id, id);
  EXPECT_EQ(taken[0].name, "Nguyễn Thị An");
  EXPECT_EQ(taken[0].birth_year, 1980);
  EXPECT_EQ(taken[0].last_day, day("2026-03-11"));
  EXPECT_THAT(taken[0].days, SizeIs(10));
  std::vector<std::string> signs;
  for (const presence::Sign& one : taken[0].signs) signs.push_back(one.id);
  EXPECT_THAT(signs, ElementsAre("fever", "cough", "breath", "throat", "aches")) << "to ask for";
  EXPECT_EQ(taken[0].phones, open(taken[0].id).contact.value_or(ContactData{}).phones);
  EXPECT_EQ(log_about(an).size(), before.size() + 2) << "taking along is a look, and so is opening one";
  const std::string text = json::text(taken[0]);
  EXPECT_THAT(text, Not(HasSubstr("covid")));
  EXPECT_THAT(text, Not(HasSubstr(run(cases_.find(province_, case_))->number)));

  EXPECT_THAT(visits(neighbour_), IsEmpty());
  EXPECT_THAT(visits(centre_), IsEmpty()) << "it has not come to them";
  EXPECT_EQ(code(run(room_.visits(callers_.at(an), {}))), "not_permitted");
  Filter mine;
  mine.mine = true;
  EXPECT_THAT(visits(station_, mine), IsEmpty());
  Filter narrow;
  narrow.disease = "measles";
  EXPECT_THAT(visits(station_, narrow), IsEmpty()) << "no more people than the list showed";
  narrow.disease = "covid-19";
  narrow.class_ = tracing::Class::kF2;
  EXPECT_THAT(visits(station_, narrow), IsEmpty());
  narrow.class_ = tracing::Class::kF1;
  EXPECT_THAT(visits(station_, narrow), SizeIs(1));
  until("2026-03-04");
  EXPECT_THAT(visits(centre_), SizeIs(1)) << "a day was missed";
}

TEST_P(VisitsTest, WhatWasNotedCountsOnceWithTheTimeWhenItWas) {
  const PersonId an = contact("Nguyễn Thị An");
  const FollowUpId id = of(an).id;
  const Instant at = now() + minutes(20);
  world_.clock.advance(hours(3));
  ASSERT_TRUE(send(id, noted("a", at)));
  EXPECT_THAT(list(station_), IsEmpty());
  world_.clock.advance(minutes(1));
  ASSERT_TRUE(send(id, noted("a", at))) << "the answer was lost";
  ASSERT_THAT(*open(id).entries, SizeIs(1));
  EXPECT_EQ(open(id).entries->front().at, at);
  ASSERT_TRUE(send(id, noted("b", at)));
  EXPECT_THAT(*open(id).entries, SizeIs(2)) << "another one";

  EXPECT_THAT(fields(send(id, noted("", at))), ElementsAre("/noted/key required"));
  const PersonId binh = contact("Trần Thị Bình");
  EXPECT_THAT(fields(send(of(binh).id, noted("a", at))), ElementsAre("/noted/key unknown")) << "of somebody else";
}

TEST_P(VisitsTest, ThePhonesClockIsPutRight) {
  const PersonId an = contact("Nguyễn Thị An");
  const FollowUpId id = of(an).id;
  const Instant at = now() + minutes(20);
  world_.clock.advance(hours(1));
  ASSERT_TRUE(send(id, noted("a", at, minutes(26 * 60))));
  EXPECT_EQ(open(id).entries->front().at, at) << "though its clock is a day late";
  EXPECT_EQ(first_days(of(an), 2), "none later ");
  ASSERT_TRUE(send(id, noted("b", now() + hours(5), minutes(0))));
  EXPECT_EQ(open(id).entries->back().at, now()) << "nothing is noted after it is sent";
}

TEST_P(VisitsTest, WhatWasNotedOnTheLastDayIsTakenAfterMidnight) {
  const PersonId an = contact("Nguyễn Thị An");
  const FollowUpId id = of(an).id;
  until("2026-03-11");
  const Instant at = now();
  until("2026-03-12");
  ASSERT_EQ(open(id).state, State::kDone);
  EXPECT_EQ(code(record(station_, id, Finding::kNone)), "follow_up_ended");
  NewEntry found = noted("a", at);
  found.finding = Finding::kSymptoms;
  found.symptoms = {"fever"};
  ASSERT_TRUE(send(id, found));
  EXPECT_EQ(open(id).entries->front().day, day("2026-03-11"));
  EXPECT_TRUE(of(an).offered) << "and is not lost";
  EXPECT_EQ(of(an).state, State::kDone);
  EXPECT_EQ(code(send(id, noted("b", now()))), "follow_up_ended") << "noted after it was over";
  world_.clock.advance(kSentWithin);
  EXPECT_EQ(code(send(id, noted("c", at))), "follow_up_ended") << "too late";
  EXPECT_TRUE(send(id, found)) << "what was taken stays taken";
}

TEST_P(VisitsTest, OfWhoWasReleasedMeanwhileNothingIsTaken) {
  const PersonId an = contact("Nguyễn Thị An");
  const FollowUpId id = of(an).id;
  const Instant at = now();
  world_.clock.advance(hours(1));
  assign(case_, an, tracing::Class::kNone);
  EXPECT_EQ(code(send(id, noted("a", at))), "follow_up_ended");
}

INSTANTIATE_TEST_SUITE_P(Engines, VisitsTest, store::testing::engines(), store::testing::engine_name);

}  // namespace
}  // namespace luytre::followup

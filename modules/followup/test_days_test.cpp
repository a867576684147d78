// The days on which the rule has a contact sampled. The rule in force has none: these tests have one that does.

#include "engines/linkage/person_code.h"
#include "modules/followup/followup_fixture.h"
#include "modules/followup/packs_testing.h"
#include "modules/followup/storage.h"
#include "modules/laboratory/codes.h"

namespace luytre::followup {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

const laboratory::Codes& codes() {
  static const laboratory::Codes all = laboratory::read_codes(LUYTRE_SOURCE_DIR "/data/laboratory/codes.json");
  return all;
}

class TestDaysTest : public FollowUpTest {
 protected:
  TestDaysTest() : an_(contact("Nguyễn Thị An")), id_(of(an_).id) { weigh(id_); }

  // By the rule with days of samples.
  void weigh(FollowUpId id) {
    const auto weighing = sampling_.look_again();
    const FollowUp one = open(id);
    world_.db->transact_now([&](store::Session& s) {
      for (const Reason& reason : *one.reasons) storage::put_due(s, reason.candidate);
      weighing.run(s);
    });
  }

  // For a case of their own.
  FollowUpId followed(PersonId met) {
    const PersonId sick = person("Phạm Văn Dần");
    meet(sick, met, 120);
    const CaseId other = confirmed(sick);
    assign(other, met);
    const FollowUpId id = of(met, other).id;
    weigh(id);
    return id;
  }

  std::vector<FollowUp> to_sample(const Caller& who) {
    Filter filter;
    filter.to_sample = true;
    return list(who, filter);
  }
  // Day of the month and state of those days alone.
  std::string marks() {
    std::string out;
    for (const Day& one : of(an_).days)
      if (one.test) out += to_text(one.date).substr(8) + ' ' + std::string(json::enum_text(*one.test)) + ' ';
    return out;
  }
  laboratory::SampleId sample(const std::string& tube) {
    laboratory::NewSession asked;
    asked.unit = visits::testing::kHaiLang;
    asked.site = std::string("Trạm y tế");
    asked.disease = std::string("covid-19");
    asked.specimen = std::string("nasopharyngeal");
    asked.pool_most = 1;
    const auto session = run(laboratory_.open(station_, std::move(asked)));
    if (!session) throw std::runtime_error(session.error().code);
    laboratory::NewSample scanned;
    scanned.tube = tube;
    scanned.code = world_.people.codes().make(an_.value, now()).text;
    const auto taken = run(laboratory_.sample(station_, session->id, std::move(scanned)));
    if (!taken) throw std::runtime_error(taken.error().code);
    followers_.drain();
    return taken->samples.front().id;
  }
  Result<FollowUp> settle(const Caller& who, const char* date, const char* why = "Đã xét nghiệm ở bệnh viện") {
    return run(room_.settle_test(who, id_, {day(date), {std::string(why)}}));
  }
  std::vector<staff::Waiting> waiting(const Caller& who) {
    return world_.db->read_now([&](store::Session& s) {
      auto all = room_.waiting(s, who);
      std::erase_if(all, [](const auto& one) { return one.kind != staff::WaitingKind::kTest; });
      return all;
    });
  }

  const WithTestDays folder_;
  const presence::Diseases with_test_days_{folder_.path(), rule_sets()};
  cases::Cases other_cases_{*world_.db,           world_.people, visits::testing::geography(),
                            world_.house->access, world_.vault,  world_.clock,
                            with_test_days_,      rule_sets()};
  FollowUps sampling_{{*world_.db, tracing_, other_cases_, declarations_, world_.people, visits::testing::geography(),
                       world_.house->access, world_.vault}};
  laboratory::Laboratory laboratory_{{*world_.db, world_.people, world_.registry, cases_, visits::testing::geography(),
                                      world_.house->access, world_.vault, world_.house->limits, codes()}};
  const PersonId an_;
  const FollowUpId id_;
};

TEST_P(TestDaysTest, TheDaysOfAllStagesAreInTheCalendarAndASampleOfTheDayOrLaterDoesThem) {
  EXPECT_EQ(marks(), "02 due 06 later 11 later ");
  ASSERT_THAT(to_sample(station_), SizeIs(1));
  EXPECT_EQ(to_sample(station_)[0].id, id_);
  EXPECT_THAT(to_sample(neighbour_), IsEmpty());

  sample("TEST000001");
  EXPECT_EQ(marks(), "02 sampled 06 later 11 later ");
  EXPECT_THAT(to_sample(station_), IsEmpty());
  until("2026-03-06");
  EXPECT_THAT(to_sample(station_), SizeIs(1)) << "the next day of it";
  until("2026-03-08");
  EXPECT_EQ(marks(), "02 sampled 06 missed 11 later ");
  sample("TEST000002");
  EXPECT_EQ(marks(), "02 sampled 06 sampled 11 later ") << "late, but done";
  EXPECT_THAT(to_sample(station_), IsEmpty());
}

TEST_P(TestDaysTest, TheListGoesOnWhereItStoppedByItsOwnDay) {
  const FollowUpId later = followed(person("Lê Thị Tiếp"));
  Filter filter;
  filter.to_sample = filter.yours = filter.escalated = true;
  for (const auto sort : {Sort::kWaiting, Sort::kLastDay}) {
    filter.sort = sort;
    const auto first = run(room_.list(province_, filter, std::nullopt, 1));
    ASSERT_TRUE(first && first->next) << "nobody was called yet, and they are to be sampled";
    EXPECT_EQ(first->items.at(0).id, id_);
    const auto second = run(room_.list(province_, filter, first->next, 1));
    ASSERT_TRUE(second) << code(second);
    ASSERT_THAT(second->items, SizeIs(1));
    EXPECT_EQ(second->items[0].id, later);
    EXPECT_FALSE(second->next);
    Filter waiting = filter;
    waiting.to_sample = false;
    waiting.order = cases::SortOrder::kDescending;
    EXPECT_THAT(fields(run(room_.list(province_, waiting, first->next, 1))), ElementsAre("?cursor other_sort"));
  }
  filter.order = cases::SortOrder::kDescending;
  EXPECT_EQ(run(room_.list(province_, filter, std::nullopt, 1))->items.at(0).id, later);
}

TEST_P(TestDaysTest, WhatIsMissedComesUp) {
  EXPECT_THAT(waiting(station_), IsEmpty()) << "today is not late";
  until("2026-03-03");
  ASSERT_THAT(waiting(centre_), SizeIs(1));
  EXPECT_TRUE(waiting(centre_)[0].yours);
  EXPECT_FALSE(waiting(province_)[0].yours);
  until("2026-03-04");
  EXPECT_TRUE(waiting(province_)[0].yours);
  sample("TEST000001");
  EXPECT_THAT(waiting(province_), IsEmpty());
}

TEST_P(TestDaysTest, AWrongScanTakenBackDoesNothing) {
  const auto wrong = sample("TEST000001");
  ASSERT_TRUE(run(laboratory_.remove(station_, wrong)));
  followers_.drain();
  EXPECT_EQ(marks(), "02 due 06 later 11 later ");
  EXPECT_THAT(to_sample(station_), SizeIs(1));
}

TEST_P(TestDaysTest, AnOfficersWordDoesItWithAReasonThatIsSealed) {
  EXPECT_EQ(code(settle(neighbour_, "2026-03-02")), "not_found");
  EXPECT_THAT(fields(settle(station_, "2026-03-02", "")), ElementsAre("/reason required"));
  EXPECT_THAT(fields(settle(station_, "2026-03-03")), ElementsAre("/day unknown"));
  EXPECT_THAT(fields(settle(station_, "2026-03-06")), ElementsAre("/day unknown")) << "not before it has come";
  ASSERT_TRUE(settle(station_, "2026-03-02"));
  EXPECT_EQ(marks(), "02 settled 06 later 11 later ");
  EXPECT_THAT(to_sample(station_), IsEmpty());
  EXPECT_EQ(code(settle(station_, "2026-03-02")), "follow_up_test_done");
  const auto days = open(id_).test_days;
  ASSERT_TRUE(days);
  ASSERT_THAT(*days, SizeIs(3));
  EXPECT_EQ(days->front().why, "Đã xét nghiệm ở bệnh viện");
  EXPECT_EQ(days->front().by, station_.name);
  static constexpr store::Query kWhy{"test.why", "SELECT why FROM followup_test WHERE why IS NOT NULL"};
  world_.db->read_now([](store::Session& s) {
    const auto sealed = s.all<store::Bytes>(kWhy);
    ASSERT_THAT(sealed, SizeIs(1));
    EXPECT_THAT(sealed[0].data, Not(HasSubstr("bệnh viện")));
  });
  sample("TEST000001");
  EXPECT_EQ(marks(), "02 settled 06 later 11 later ") << "the word stays";
}

TEST_P(TestDaysTest, AnOfficersWordCountsForThePersonUnderAnotherRecordToo) {
  const PersonId desk = person("Nguyễn Thị An");
  const FollowUpId id = followed(desk);
  ASSERT_TRUE(run(room_.settle_test(station_, id, {day("2026-03-02"), {std::string("Đã xét nghiệm ở bệnh viện")}})));
  ASSERT_EQ(marks(), "02 due 06 later 11 later ");

  people::Duplicates duplicates(*world_.db, world_.people, visits::testing::geography(), world_.house->access,
                                world_.house->accounts, world_.vault);
  const people::NewPersonMerge asked{desk, an_, std::string("một người")};
  const auto merge = run(duplicates.merge(province_, asked));
  ASSERT_TRUE(merge) << code(merge);
  followers_.drain();
  weigh(id_);
  ASSERT_EQ(open(id_).joined, 1);
  EXPECT_EQ(marks(), "02 settled 06 later 11 later ");
  EXPECT_EQ(open(id_).test_days->front().why, "Đã xét nghiệm ở bệnh viện");
  EXPECT_THAT(to_sample(station_), IsEmpty());
  EXPECT_EQ(code(settle(station_, "2026-03-02")), "follow_up_test_done");

  ASSERT_TRUE(run(duplicates.undo(province_, merge->id, std::string("hai người"))));
  followers_.drain();
  weigh(id_);
  weigh(id);
  EXPECT_EQ(marks(), "02 due 06 later 11 later ") << "it was of somebody else";
  ASSERT_THAT(to_sample(station_), SizeIs(1));
  EXPECT_EQ(to_sample(station_)[0].id, id_);
}

TEST_P(TestDaysTest, ThatOfTheLastDayIsAskedForAWeekMore) {
  until("2026-03-10");
  sample("TEST000001");
  until("2026-03-12");
  ASSERT_EQ(of(an_).state, State::kDone);
  EXPECT_THAT(to_sample(station_), SizeIs(1));
  until("2026-03-18");
  EXPECT_THAT(to_sample(station_), SizeIs(1));
  until("2026-03-19");
  EXPECT_THAT(to_sample(station_), IsEmpty());
}

TEST_P(TestDaysTest, NobodyWhoIsReleasedIsSampled) {
  assign(case_, an_, tracing::Class::kNone);
  EXPECT_THAT(to_sample(station_), IsEmpty());
  EXPECT_EQ(marks(), "");
  EXPECT_EQ(code(settle(station_, "2026-03-02")), "follow_up_ended");
}

TEST_P(TestDaysTest, TheyGoWithTheFollowUp) {
  until("2026-04-12");
  const auto job = room_.retention();
  world_.db->transact_now([&](store::Session& s) { job.run(s); });
  EXPECT_EQ(count("SELECT count(*) FROM followup_period"), 0);
  EXPECT_EQ(count("SELECT count(*) FROM followup_test"), 0);
}

INSTANTIATE_TEST_SUITE_P(Engines, TestDaysTest, store::testing::engines(), store::testing::engine_name);

}  // namespace
}  // namespace luytre::followup

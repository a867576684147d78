// People with two records that officers merge: followed as one, until it is undone.

#include "modules/followup/followup_fixture.h"

namespace luytre::followup {
namespace {

using std::chrono::hours;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class JoinedTest : public FollowUpTest {
 protected:
  people::PersonMergeId merged(PersonId person, PersonId kept) {
    people::NewPersonMerge asked{person, kept, std::string("một người")};
    const auto made = run(duplicates_.merge(province_, asked));
    if (!made) throw std::runtime_error(made.error().code);
    followers_.drain();
    look_again();
    return made->id;
  }
  void parted(people::PersonMergeId merge) {
    ASSERT_TRUE(run(duplicates_.undo(province_, merge, std::string("hai người"))));
    followers_.drain();
    look_again();
  }
  // The same woman under two records: one met a case on 1 March, the other another case on the day before.
  void both_followed() {
    meet(person("Trần Văn Ca"), an_, 0, &later_);
    meet(person("Phạm Văn Dần"), desk_, -24 * 60, &earlier_);
    assign(later_, an_);
    assign(earlier_, desk_);
    kept_ = of(an_, later_).id;
    other_ = of(desk_, earlier_).id;
    ASSERT_NE(kept_, other_);
  }
  void meet(PersonId sick, PersonId contact, int from_minute, CaseId* made) {
    FollowUpTest::meet(sick, contact, from_minute);
    *made = confirmed(sick);
  }
  // Of the contacts of the case, whoever is followed for them.
  FollowUpId followed(CaseId id) {
    return run(room_.of_case(province_, id, std::nullopt, 10))->items.at(0).follow_up.id;
  }

  people::Duplicates duplicates_{*world_.db,           world_.people,          visits::testing::geography(),
                                 world_.house->access, world_.house->accounts, world_.vault};
  const PersonId an_ = person("Nguyễn Thị An"), desk_ = person("Nguyễn Thị An");
  CaseId later_, earlier_;
  FollowUpId kept_, other_;
};

TEST_P(JoinedTest, TwoFollowUpsOfOnePersonAreOneUntilTheMergeIsUndone) {
  both_followed();
  ASSERT_TRUE(record(station_, other_, Finding::kNone));
  until("2026-03-03");
  ASSERT_THAT(list(station_), SizeIs(2));

  const auto merge = merged(desk_, an_);
  ASSERT_THAT(list(station_), SizeIs(1));
  EXPECT_EQ(list(station_)[0].id, kept_);
  const FollowUp one = open(kept_);
  EXPECT_EQ(one.joined, 1);
  EXPECT_EQ(one.last_day, day("2026-03-11")) << "the longest end counts";
  EXPECT_THAT(*one.reasons, SizeIs(2));
  EXPECT_THAT(*one.entries, SizeIs(1)) << "what was learnt under the other record";
  EXPECT_EQ(first_days(one, 3), "none due later ");
  EXPECT_EQ(one.missed, 0);
  EXPECT_EQ(open(other_).id, kept_) << "an old link leads there";
  EXPECT_EQ(followed(earlier_), kept_);
  const auto looks = log_about(desk_).size();
  open(kept_);
  EXPECT_THAT(log_about(desk_), SizeIs(looks + 1)) << "both records' households see who looked";
  ASSERT_TRUE(record(station_, other_, Finding::kSymptoms, {"fever"}));
  EXPECT_EQ(first_days(open(kept_), 3), "none symptoms later ");

  parted(merge);
  EXPECT_EQ(open(kept_).joined, 0);
  EXPECT_EQ(first_days(open(kept_), 3), "missed symptoms later ") << "what was written of the one stays there";
  EXPECT_THAT(*open(kept_).reasons, SizeIs(1));
  EXPECT_EQ(open(other_).id, other_);
  EXPECT_EQ(open(other_).state, State::kOpen);
  EXPECT_EQ(open(other_).last_day, day("2026-03-10"));
  EXPECT_EQ(first_days(open(other_), 3), "none due later ");
  EXPECT_EQ(followed(earlier_), other_);
  watch();
  EXPECT_EQ(open(other_).level, Level::kStation);

  merged(an_, desk_);
  EXPECT_EQ(open(kept_).id, other_) << "the kept record's stands for both";
  EXPECT_EQ(open(other_).last_day, day("2026-03-11"));
}

TEST_P(JoinedTest, TheLastReasonOfBothReleases) {
  both_followed();
  const auto merge = merged(desk_, an_);
  undo(later_);
  EXPECT_EQ(open(kept_).state, State::kOpen);
  EXPECT_EQ(open(kept_).last_day, day("2026-03-10"));
  undo(earlier_);
  EXPECT_EQ(open(kept_).state, State::kReleased);
  parted(merge);
  EXPECT_EQ(open(other_).state, State::kReleased) << "its reason went, too";
  confirm(earlier_);
  EXPECT_EQ(open(other_).state, State::kOpen);
  EXPECT_EQ(open(kept_).state, State::kReleased);
}

TEST_P(JoinedTest, WhatIsOverStaysOverWhenTheyPart) {
  both_followed();
  const auto merge = merged(desk_, an_);
  until("2026-03-12");
  EXPECT_EQ(open(kept_).state, State::kDone);
  parted(merge);
  watch();
  EXPECT_EQ(open(kept_).state, State::kDone);
  EXPECT_EQ(open(other_).state, State::kDone);
  EXPECT_THAT(list(station_), IsEmpty());
}

TEST_P(JoinedTest, DeclarationsGoBackToTheRecordThatMadeThem) {
  both_followed();
  const auto merge = merged(desk_, an_);
  declare(desk_, true);
  EXPECT_EQ(first_days(open(kept_), 1), "symptoms ");
  EXPECT_TRUE(open(kept_).offered);
  parted(merge);
  EXPECT_EQ(first_days(open(kept_), 1), "due ");
  EXPECT_FALSE(open(kept_).offered);
  EXPECT_EQ(first_days(open(other_), 1), "symptoms ");
  EXPECT_TRUE(open(other_).offered);
}

TEST_P(JoinedTest, AReasonThatCameWhileTheyWereOneGoesBackToItsRecord) {
  meet(person("Trần Văn Ca"), an_, 0, &later_);
  meet(person("Phạm Văn Dần"), desk_, -24 * 60, &earlier_);
  assign(later_, an_);
  kept_ = of(an_, later_).id;
  const auto merge = merged(desk_, an_);
  assign(earlier_, desk_);
  EXPECT_THAT(*open(kept_).reasons, SizeIs(2));
  EXPECT_EQ(open(kept_).joined, 0) << "there was nothing to join";
  parted(merge);
  ASSERT_THAT(*open(kept_).reasons, SizeIs(1));
  EXPECT_EQ(open(kept_).reasons->front().case_, later_);
  other_ = followed(earlier_);
  EXPECT_NE(other_, kept_);
  EXPECT_EQ(open(other_).person.id, desk_);
  EXPECT_EQ(open(other_).last_day, day("2026-03-10"));
}

TEST_P(JoinedTest, ACaseOfTheOtherRecordEndsItAndItGoesOnWhenTheyPart) {
  meet(person("Trần Văn Ca"), an_, 0, &later_);
  assign(later_, an_);
  kept_ = of(an_, later_).id;
  const CaseId own = confirmed(desk_, ill_today());
  EXPECT_EQ(open(kept_).state, State::kOpen);
  const auto merge = merged(desk_, an_);
  EXPECT_EQ(open(kept_).state, State::kBecameCase);
  EXPECT_EQ(open(kept_).suspect->id, own);
  const auto looks = log_about(an_).size();
  const auto beside = run(room_.before(province_, own));
  ASSERT_TRUE(beside) << code(beside);
  EXPECT_THAT(beside->follow_ups, SizeIs(1));
  EXPECT_GT(log_about(an_).size(), looks) << "what was shown is theirs, too";
  parted(merge);
  EXPECT_EQ(open(kept_).state, State::kOpen);
  EXPECT_FALSE(open(kept_).suspect);
}

TEST_P(JoinedTest, ReadingTheFeedAgainChangesNothing) {
  both_followed();
  declare(desk_, false);
  const auto merge = merged(desk_, an_);
  declare(an_, true);
  parted(merge);
  merged(desk_, an_);
  declare(desk_, true);
  const std::string before = all_rows();
  const auto said = events();
  store::Followers again(*world_.db);
  auto following = room_.follow();
  following.name = "followup.replay";
  again.add(std::move(following));
  again.drain();
  look_again();
  EXPECT_EQ(all_rows(), before);
  EXPECT_EQ(events(), said);
}

TEST_P(JoinedTest, BothAreDeletedTogether) {
  both_followed();
  ASSERT_TRUE(record(station_, other_, Finding::kNone));
  merged(desk_, an_);
  until("2026-03-12");
  const auto retain = [&] {
    const auto job = room_.retention();
    world_.db->transact_now([&](store::Session& s) { job.run(s); });
  };
  world_.clock.advance(kKept - hours(1));  // longer ago that they were joined
  retain();
  EXPECT_EQ(count("SELECT count(*) FROM followup_period"), 2);
  world_.clock.advance(hours(2));
  retain();
  EXPECT_EQ(count("SELECT count(*) FROM followup_period"), 0);
  EXPECT_EQ(count("SELECT count(*) FROM followup_reason"), 0);
  EXPECT_EQ(count("SELECT count(*) FROM followup_entry"), 0);
  EXPECT_EQ(count("SELECT CAST(sum(deleted) AS bigint) FROM followup_retention"), 2);
}

TEST_P(JoinedTest, WhoHadTheOneHasItTogetherWithTheOther) {
  both_followed();
  identity::NewOfficer nurse;
  nurse.username = std::string("dieuduong");
  nurse.name = std::string("Điều dưỡng Hoa");
  nurse.grants = {{Role::kStationOfficer, visits::testing::kHaiLang}};
  const AccountId account = world_.house->officers.create_now(std::move(nurse))->officer.id;
  ASSERT_THAT(run(room_.give(station_, {{other_}, account, {}}))->items, SizeIs(1));
  const auto merge = merged(desk_, an_);
  ASSERT_TRUE(open(kept_).assignee) << "nobody's by being joined, it would be lost";
  EXPECT_EQ(open(kept_).assignee->officer, account);
  parted(merge);
  ASSERT_TRUE(open(other_).assignee);
  EXPECT_EQ(open(other_).assignee->officer, account);
}

INSTANTIATE_TEST_SUITE_P(Engines, JoinedTest, store::testing::engines(), store::testing::engine_name);

}  // namespace
}  // namespace luytre::followup

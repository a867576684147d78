// Contacts of whom no rule says for how long they are followed: an F2 of COVID-19 since 2022.

#include "modules/followup/by_hand.h"

#include "modules/followup/followup_fixture.h"

namespace luytre::followup {
namespace {

using std::chrono::hours;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using tracing::CandidateId;
using tracing::Class;

class ByHandTest : public FollowUpTest {
 protected:
  ByHandTest() {
    const PersonId sick = person("Trần Văn Ca");
    an_ = person("Nguyễn Thị An");
    meet(sick, an_, 0);
    case_ = confirmed(sick);
    id_ = candidate_of(an_, case_).id;
  }

  tracing::Candidate candidate_of(PersonId person, CaseId kase) {
    const auto page = run(tracing_.candidates(province_, kase, {}, std::nullopt, 200));
    for (const auto& one : page->items)
      if (one.person.id == person) return one;
    throw std::runtime_error("not a candidate");
  }
  std::vector<staff::Waiting> waiting(const Caller& who) {
    auto all = world_.db->read_now([&](store::Session& s) { return room_.waiting(s, who); });
    std::erase_if(all, [](const staff::Waiting& one) { return one.kind != staff::WaitingKind::kUnfollowed; });
    return all;
  }
  static NewByHand follow_for(std::int64_t days) {
    NewByHand out;
    out.days = days;
    out.note = std::string("Cùng lớp mẫu giáo");
    out.source = std::string("Công văn 12/SYT, Giám đốc CDC quyết định");
    return out;
  }
  static NewByHand nobody() {
    NewByHand out;
    out.note = std::string("Chỉ gặp thoáng qua");
    return out;
  }
  Result<Unruled> say(const Caller& who, NewByHand said) {
    const auto now_so = run(room_.unruled(who, id_));
    if (!now_so) return now_so.error();
    auto done = run(room_.say_by_hand(who, id_, std::move(said), now_so->version));
    followers_.drain();
    return done;
  }
  std::string unruled_rows() {
    const char* sql =
        "SELECT CAST(candidate AS text) || class || CAST(version AS text) FROM followup_unruled "
        "ORDER BY candidate";
    return world_.db->read_now([&](store::Session& s) {
      std::string out;
      for (const auto& row : s.all<std::string>(store::Query{sql, sql})) out += row + '\n';
      return out;
    });
  }

  PersonId an_;
  CandidateId id_;
};

TEST_P(ByHandTest, WhoeverAssignsIsTold) {
  tracing::Assignment assignment;
  assignment.class_ = Class::kF2;
  const auto told = run(tracing_.assign(station_, id_, assignment, candidate_of(an_, case_).version));
  ASSERT_TRUE(told) << code(told);
  EXPECT_TRUE(told->unruled);
  EXPECT_TRUE(run(tracing_.candidate(station_, id_))->unruled);
  const auto asked = run(room_.unruled(station_, id_));  // before the feed has told
  ASSERT_TRUE(asked) << code(asked);
  EXPECT_EQ(asked->class_, Class::kF2);
  EXPECT_EQ(asked->last_exposure, day("2026-03-01"));
  EXPECT_TRUE(asked->yours);
  EXPECT_FALSE(asked->said || asked->follow_up || asked->ill);

  assignment.class_ = Class::kF1;
  EXPECT_FALSE(run(tracing_.assign(station_, id_, assignment, told->version))->unruled);
  EXPECT_EQ(code(run(room_.unruled(station_, id_))), "follow_up_not_by_hand");
  assign(case_, an_, Class::kNone);
  EXPECT_FALSE(run(tracing_.candidate(station_, id_))->unruled);
  EXPECT_EQ(code(run(room_.unruled(station_, id_))), "follow_up_not_by_hand");
  EXPECT_THAT(waiting(station_), IsEmpty());
}

TEST_P(ByHandTest, TheyAreOnTheListOfWhatNobodyHasAndComeUp) {
  assign(case_, an_, Class::kF2);
  ASSERT_THAT(waiting(station_), SizeIs(1));
  const staff::Waiting one = waiting(station_)[0];
  EXPECT_EQ(one.subject.value, id_.value);
  EXPECT_EQ(one.unit, visits::testing::kHaiLang);
  EXPECT_EQ(one.since, now());
  EXPECT_TRUE(one.yours);
  EXPECT_FALSE(one.escalated);
  EXPECT_THAT(waiting(neighbour_), IsEmpty());
  ASSERT_THAT(waiting(centre_), SizeIs(1)) << "seen from above";
  EXPECT_FALSE(waiting(centre_)[0].yours);
  world_.clock.advance(staff::kComesUpAfter);
  EXPECT_TRUE(waiting(centre_)[0].yours);
  EXPECT_TRUE(waiting(centre_)[0].escalated);
  EXPECT_FALSE(waiting(province_)[0].yours);
  world_.clock.advance(staff::kComesUpAfter);
  EXPECT_TRUE(waiting(province_)[0].yours);
  EXPECT_THAT(waiting(station_), SizeIs(1)) << "and it stays with the station";
  world_.clock.advance(kKept + hours(1));
  const auto job = room_.retention();
  world_.db->transact_now([&](store::Session& s) { job.run(s); });
  EXPECT_THAT(waiting(station_), SizeIs(1)) << "who waits is not deleted";
}

TEST_P(ByHandTest, AnOfficerNamesTheDaysAndItIsAFollowUpAsAnyOther) {
  assign(case_, an_, Class::kF2);
  const auto said = say(station_, follow_for(7));
  ASSERT_TRUE(said) << code(said);
  ASSERT_TRUE(said->follow_up);
  EXPECT_EQ(said->said->days, 7);
  EXPECT_EQ(said->said->by, station_.name);
  EXPECT_THAT(waiting(station_), IsEmpty());
  ASSERT_THAT(list(station_), SizeIs(1));
  const FollowUp begun = open(*said->follow_up);
  EXPECT_EQ(begun.person.id, an_);
  EXPECT_EQ(begun.first_day, day("2026-03-02"));
  EXPECT_EQ(begun.last_day, day("2026-03-08"));
  ASSERT_THAT(*begun.reasons, SizeIs(1));
  const Reason& why = begun.reasons->front();
  EXPECT_EQ(why.class_, Class::kF2);
  EXPECT_EQ(why.days, 7);
  EXPECT_EQ(why.rule, kByOfficer);
  ASSERT_TRUE(why.by_hand);
  EXPECT_EQ(why.by_hand->note, "Cùng lớp mẫu giáo");
  EXPECT_EQ(why.by_hand->source, "Công văn 12/SYT, Giám đốc CDC quyết định");
  EXPECT_THAT(events(), ElementsAre("followup.began"));
  ASSERT_TRUE(record(station_, begun.id, Finding::kNone));

  ASSERT_TRUE(say(station_, follow_for(10))) << "in other words";
  EXPECT_EQ(open(begun.id).last_day, day("2026-03-11"));
  EXPECT_EQ(open(begun.id).reasons->front().by_hand->days, 10);
  until("2026-03-12");
  EXPECT_EQ(open(begun.id).state, State::kDone);
  EXPECT_THAT(waiting(station_), IsEmpty());
}

TEST_P(ByHandTest, OrThatNobodyFollowsAndMayThinkBetterOfIt) {
  assign(case_, an_, Class::kF2);
  const auto none = say(station_, nobody());
  ASSERT_TRUE(none) << code(none);
  EXPECT_FALSE(none->said->days);
  EXPECT_FALSE(none->follow_up);
  EXPECT_THAT(waiting(station_), IsEmpty());
  EXPECT_THAT(list(station_), IsEmpty());
  ASSERT_TRUE(say(station_, follow_for(7)));
  const FollowUpId id = of(an_).id;
  EXPECT_EQ(of(an_).state, State::kOpen);
  ASSERT_TRUE(say(station_, nobody()));
  EXPECT_EQ(of(an_).state, State::kReleased);
  EXPECT_EQ(open(id).reasons->front().gone, Gone::kOfficer);
  EXPECT_THAT(waiting(station_), IsEmpty()) << "it was said";
  ASSERT_TRUE(say(station_, follow_for(7)));
  EXPECT_EQ(of(an_).id, id) << "the same one goes on";
  EXPECT_EQ(of(an_).state, State::kOpen);
}

TEST_P(ByHandTest, WhatIsSaidIsAskedForInFull) {
  assign(case_, an_, Class::kF2);
  const auto wrong = [&](NewByHand said) { return fields(say(station_, std::move(said))); };
  NewByHand said = follow_for(7);
  said.note.clear();
  EXPECT_THAT(wrong(said), ElementsAre("/note required"));
  EXPECT_THAT(wrong(follow_for(0)), ElementsAre("/days range"));
  EXPECT_THAT(wrong(follow_for(kByHandMost + 1)), ElementsAre("/days range"));
  said = follow_for(7);
  said.source.reset();
  EXPECT_THAT(wrong(said), ElementsAre("/source required"));
  EXPECT_EQ(code(run(room_.say_by_hand(station_, id_, follow_for(7), 99))), "version_conflict");
  EXPECT_EQ(code(say(neighbour_, follow_for(7))), "not_found");
  EXPECT_EQ(code(run(room_.unruled(station_, CandidateId{7}))), "not_found");
  world_.clock.advance(hours(5 * 24));
  EXPECT_THAT(wrong(follow_for(3)), ElementsAre("/days range")) << "it would be over already";
  EXPECT_THAT(waiting(station_), SizeIs(1)) << "nothing was said";
}

TEST_P(ByHandTest, TheUnitOfTheContactSaysAndTheUnitOfTheCaseSees) {
  const PersonId sick = person("Lê Văn Xa", kNamHaiLang), binh = person("Lê Văn Bình");
  meet(sick, binh, 120);
  const CaseId far = confirmed(sick);
  assign(far, binh, Class::kF2);
  id_ = candidate_of(binh, far).id;
  EXPECT_THAT(waiting(station_), SizeIs(1));
  EXPECT_THAT(waiting(neighbour_), IsEmpty());
  const auto seen = run(room_.unruled(neighbour_, id_));
  ASSERT_TRUE(seen) << code(seen);
  EXPECT_FALSE(seen->yours);
  EXPECT_EQ(code(say(neighbour_, follow_for(7))), "not_permitted");
  ASSERT_TRUE(say(station_, follow_for(7)));
}

TEST_P(ByHandTest, WhoIsHeldOtherwiseWaitsForNobody) {
  assign(case_, an_, Class::kF2);
  ASSERT_THAT(waiting(station_), SizeIs(1));
  const PersonId other = person("Phạm Văn Khác");
  meet(other, an_, 120);
  const CaseId second = confirmed(other);
  assign(second, an_, Class::kF1);
  EXPECT_THAT(waiting(station_), IsEmpty()) << "the follow-up of the other contact holds them";
  EXPECT_EQ(run(room_.unruled(station_, id_))->follow_up, of(an_, second).id);
  assign(second, an_, Class::kNone);
  EXPECT_THAT(waiting(station_), SizeIs(1));

  const CaseId own = confirmed(an_, ill_today());
  EXPECT_THAT(waiting(station_), IsEmpty()) << "a case themselves";
  EXPECT_TRUE(run(room_.unruled(station_, id_))->ill);
  undo(own);
  EXPECT_THAT(waiting(station_), SizeIs(1));

  undo(case_);
  EXPECT_THAT(waiting(station_), IsEmpty()) << "of a case that is none";
}

TEST_P(ByHandTest, AnotherRecordOfThePersonHoldsThem) {
  people::Duplicates duplicates(*world_.db, world_.people, visits::testing::geography(), world_.house->access,
                                world_.house->accounts, world_.vault);
  assign(case_, an_, Class::kF2);
  const PersonId twin = contact("Nguyễn Thị An");
  ASSERT_THAT(waiting(station_), SizeIs(1));
  ASSERT_TRUE(run(duplicates.merge(province_, {twin, an_, std::string("một người")})));
  followers_.drain();
  EXPECT_THAT(waiting(station_), IsEmpty());
}

TEST_P(ByHandTest, ItIsSaidOfOneClass) {
  assign(case_, an_, Class::kF2);
  ASSERT_TRUE(say(station_, follow_for(7)));
  assign(case_, an_, Class::kF1);
  EXPECT_EQ(open(of(an_).id).last_day, day("2026-03-11")) << "by the rule";
  EXPECT_FALSE(open(of(an_).id).reasons->front().by_hand);
  assign(case_, an_, Class::kF2);
  EXPECT_EQ(open(of(an_).id).last_day, day("2026-03-08")) << "as it was said";
  undo(case_);
  EXPECT_EQ(open(of(an_).id).state, State::kReleased);
  EXPECT_EQ(open(of(an_).id).reasons->front().gone, Gone::kCase);
}

TEST_P(ByHandTest, ReadingTheFeedAgainChangesNothing) {
  assign(case_, an_, Class::kF2);
  ASSERT_TRUE(say(station_, follow_for(7)));
  const PersonId sick = person("Lê Văn Hai"), binh = person("Lê Văn Bình");
  meet(sick, binh, 120);
  assign(confirmed(sick), binh, Class::kF2);
  const std::string before = all_rows() + unruled_rows();
  store::Followers again(*world_.db);
  auto following = room_.follow();
  following.name = "followup.replay";
  again.add(std::move(following));
  again.drain();
  look_again();
  EXPECT_EQ(all_rows() + unruled_rows(), before);
  EXPECT_THAT(waiting(station_), SizeIs(1));
}

TEST_P(ByHandTest, WhoseClassWasGivenBeforeTheyWereNotedIsFoundByTheFeed) {
  assign(case_, an_, Class::kF2);
  world_.db->transact_now([](store::Session& s) {
    s.run(store::Query{"test.forget", "DELETE FROM followup_unruled"});
  });
  ASSERT_THAT(waiting(station_), IsEmpty());
  store::Followers fresh(*world_.db);
  fresh.add(room_.follow_unruled());
  world_.clock.advance(hours(24));
  fresh.drain();
  ASSERT_THAT(waiting(station_), SizeIs(1));
  EXPECT_EQ(waiting(station_)[0].since, now() - hours(24)) << "since the class was given";
}

TEST_P(ByHandTest, TheGroundIsSealedTheLookLoggedAndAllOfItDeleted) {
  assign(case_, an_, Class::kF2);
  ASSERT_TRUE(say(station_, follow_for(7)));
  EXPECT_THAT(log_about(an_), SizeIs(2)) << "asked, and said";
  EXPECT_EQ(count("SELECT count(*) FROM followup_unruled WHERE length(ground) < 60"), 0);
  until("2026-03-09");
  const auto retain = [&] {
    const auto job = room_.retention();
    world_.db->transact_now([&](store::Session& s) { job.run(s); });
  };
  world_.clock.advance(kKept - hours(1));
  retain();
  EXPECT_EQ(count("SELECT count(*) FROM followup_unruled"), 1) << "as long as the follow-up";
  world_.clock.advance(hours(2));
  retain();
  EXPECT_EQ(count("SELECT count(*) FROM followup_period"), 0);
  EXPECT_EQ(count("SELECT count(*) FROM followup_unruled"), 0);
  EXPECT_EQ(count("SELECT CAST(sum(deleted) AS bigint) FROM followup_retention"), 2);
  const auto weigh_all = [&] {
    world_.db->transact_now([&](store::Session& s) {
      s.run(store::Query{"test.due", "INSERT INTO followup_due (candidate) VALUES ($1)"}, id_);
    });
    look_again();
  };
  weigh_all();
  EXPECT_THAT(waiting(station_), IsEmpty()) << "nobody is asked again what was said";
}

INSTANTIATE_TEST_SUITE_P(Engines, ByHandTest, store::testing::engines(), store::testing::engine_name);

}  // namespace
}  // namespace luytre::followup

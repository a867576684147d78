#include "modules/interviews/interviews_fixture.h"

namespace luytre::interviews {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class NoticesTest : public InterviewsTest {
 protected:
  // Others: who is there by what was told counts for nobody.
  void crowd(PlaceId where, int people = 10) {
    for (int i = 0; i < people; ++i) stay(person("Người Khác"), where, 5, 50);
  }
  std::vector<NotPublic> refused(CaseId id, MilestoneId milestone) {
    const auto asked = run(notices_.ask(province_, id, {{milestone}}));
    if (!asked) throw std::runtime_error(asked.error().code);
    std::vector<NotPublic> out;
    for (const auto& one : asked->refused) out.push_back(one.why);
    EXPECT_EQ(asked->added, out.empty() ? 1 : 0);
    return out;
  }
  Notice newest(CaseId id) { return run(notices_.of_case(province_, id))->items.at(0); }
  std::vector<std::string> shown() {
    std::vector<std::string> out;
    const auto all = run(notices_.shown(std::nullopt));
    for (const auto& one : all->items) out.push_back(one.place_name);
    return out;
  }
  // A notice that stands, and its milestone.
  Milestone released(CaseId id) {
    crowd(market_);
    Milestone made = record(id, at_market());
    EXPECT_THAT(refused(id, made.id), IsEmpty());
    const Notice notice = newest(id);
    EXPECT_TRUE(run(notices_.release(second_, notice.id, notice.version)));
    return made;
  }

  const Caller second_ = identity::testing::officer(Role::kDistrictOfficer, visits::testing::kHaiLang, 9402);
};

TEST_P(NoticesTest, SaysPlaceAndTimeAndNothingOfAnybody) {
  const CaseId id = confirmed(an_);
  released(id);
  const auto all = run(notices_.shown(visits::testing::kHaiLang));
  ASSERT_THAT(all->items, SizeIs(1));
  const PublicNotice& one = all->items[0];
  EXPECT_EQ(one.place_name, "Chợ Diên Sanh");
  EXPECT_EQ(one.from, minute(0));
  EXPECT_EQ(one.to, minute(60));
  EXPECT_EQ(one.released_on, local_date(now())) << "not the instant: what is released together is one person's";
  EXPECT_EQ(json::text(one).find("Mua cá"), std::string::npos);
  EXPECT_THAT(run(notices_.shown(kNamHaiLang))->items, IsEmpty());
  const auto spoken = world_.db->read_now([&](store::Session& s) { return notices_.published(s, minute(0)); });
  EXPECT_THAT(spoken, SizeIs(1));
}

TEST_P(NoticesTest, ASecondOfficerReleases) {
  const CaseId id = confirmed(an_);
  crowd(market_);
  ASSERT_THAT(refused(id, record(id, at_market()).id), IsEmpty());
  EXPECT_THAT(shown(), IsEmpty()) << "asked for is not published";
  const Notice notice = newest(id);
  EXPECT_TRUE(notice.mine);
  EXPECT_EQ(code(run(notices_.release(province_, notice.id, notice.version))), "second_officer_needed");
  EXPECT_EQ(code(run(notices_.release(station_, notice.id, notice.version))), "not_found");
  ASSERT_TRUE(run(notices_.release(second_, notice.id, notice.version)));
  EXPECT_THAT(shown(), ElementsAre("Chợ Diên Sanh"));
  EXPECT_EQ(code(run(notices_.release(second_, notice.id, notice.version))), "version_conflict");
  EXPECT_EQ(newest(id).state, NoticeState::kReleased);
}

TEST_P(NoticesTest, NeverWhatWouldPointAtTheCase) {
  const CaseId id = confirmed(an_);
  EXPECT_THAT(refused(id, record(id, at_market()).id), ElementsAre(NotPublic::kFewPresent));
  const PlaceId home = place("Nhà ông An", "home");
  crowd(home);
  Told told = at_market();
  told.place = home;
  EXPECT_THAT(refused(id, record(id, told).id), ElementsAre(NotPublic::kHome));
  told.place.reset();
  told.where = std::string("Đám cưới");
  EXPECT_THAT(refused(id, record(id, told).id), ElementsAre(NotPublic::kNoPlace));
}

TEST_P(NoticesTest, NoStoryMakesAPlaceCrowded) {
  const CaseId id = confirmed(an_);
  crowd(market_, 9);
  Told told = at_market();
  told.companions.emplace_back();
  told.companions[0].name = std::string("Chị Bình");
  told.companions[0].person = binh_;
  const Milestone made = record(id, told);
  EXPECT_THAT(refused(id, made.id), ElementsAre(NotPublic::kFewPresent)) << "nine were recorded, two are told";
  crowd(market_, 1);
  EXPECT_THAT(refused(id, made.id), IsEmpty());
}

TEST_P(NoticesTest, AskedForTwiceItIsOne) {
  const CaseId id = confirmed(an_);
  const Milestone made = released(id);
  EXPECT_THAT(refused(id, made.id), ElementsAre(NotPublic::kAskedAlready));
}

TEST_P(NoticesTest, IsWithdrawnWithAReason) {
  const CaseId id = confirmed(an_);
  const Milestone made = released(id);
  const Notice notice = newest(id);
  ASSERT_TRUE(run(notices_.withdraw(province_, notice.id, {{std::string("Chợ không họp hôm đó")}}, notice.version)));
  EXPECT_THAT(shown(), IsEmpty());
  EXPECT_EQ(newest(id).withdrawn->reason, "Chợ không họp hôm đó");
  EXPECT_THAT(refused(id, made.id), IsEmpty()) << "it may be asked for again";
}

TEST_P(NoticesTest, FallsWithItsMilestone) {
  const CaseId id = confirmed(an_);
  const Milestone made = released(id);
  ASSERT_TRUE(run(room_.correct(station_, made.id, at_market(200), 1)));
  EXPECT_THAT(shown(), IsEmpty()) << "what was judged was another time";
  ASSERT_TRUE(run(room_.correct(station_, made.id, at_market(), 2)));
  EXPECT_THAT(shown(), SizeIs(1));
  ASSERT_TRUE(run(room_.strike(station_, made.id, {{std::string("Nhớ nhầm")}}, 3)));
  EXPECT_THAT(shown(), IsEmpty());
  EXPECT_EQ(newest(id).fallen, NotPublic::kStruck);
}

TEST_P(NoticesTest, FallsWithItsCaseAndWithTime) {
  const CaseId id = confirmed(an_);
  released(id);
  ASSERT_TRUE(run(cases_.undo(province_, id, {{std::string("Nhầm mẫu")}}, version_of(id))));
  EXPECT_THAT(shown(), IsEmpty());
  confirm(id);
  EXPECT_THAT(shown(), SizeIs(1));
  world_.clock.advance(kPublicFor);
  EXPECT_THAT(shown(), IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(Engines, NoticesTest, store::testing::engines(), store::testing::engine_name);

}  // namespace
}  // namespace luytre::interviews

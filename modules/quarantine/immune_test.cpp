// How long a contact is kept goes by what is said of their immunity beside their follow-up, and nowhere else.

#include "modules/followup/packs_testing.h"
#include "modules/quarantine/quarantine_fixture.h"

namespace luytre::quarantine {
namespace {

class ImmuneContactTest : public QuarantineTest {
 protected:
  ImmuneContactTest() {
    followers_.add(follow_ups_.follow());
    contact("Nguyễn Thị An");
  }

  followup::FollowUp followed() {
    const auto page = run(follow_ups_.list(station_, {}, std::nullopt, 10));
    if (!page || page->items.size() != 1) throw std::runtime_error("not one follow-up");
    return page->items.front();
  }
  void say() {
    const auto of = followed();
    followup::NewImmunity said;
    said.proof = std::string("Sổ tiêm, mũi 2 ngày 3/1/2026");
    const auto done = run(follow_ups_.say_immune(station_, of.id, said, of.version));
    ASSERT_TRUE(done) << code(done);
  }
  Result<Order> drafted() { return run(apart_.draft(station_, order(), std::nullopt)); }

  const followup::ToldApart folder_;
  const presence::Diseases told_apart_{folder_.path(), rule_sets()};
  cases::Cases other_cases_{*world_.db,           world_.people, visits::testing::geography(),
                            world_.house->access, world_.vault,  world_.clock,
                            told_apart_,          rule_sets()};
  followup::FollowUps follow_ups_{{*world_.db, tracing_, other_cases_, declarations_, world_.people,
                                   visits::testing::geography(), world_.house->access, world_.vault}};
  Orders apart_{{*world_.db, tracing_, other_cases_, declarations_, world_.people, visits::testing::geography(),
                 world_.house->access, world_.house.notify(), world_.house.texts(), world_.vault, world_.random, law(),
                 Settings{"https://luytre.example", {pdf::kFontFolder}, &world_.house->consents}}};
};

TEST_P(ImmuneContactTest, WhoIsSaidToBeImmuneIsKeptAsLongAsTheyAreFollowed) {
  say();
  const auto made = drafted();
  ASSERT_TRUE(made) << code(made);
  EXPECT_EQ(made->last_day, day("2026-03-06"));
  EXPECT_EQ(made->last_day, followed().last_day);
}

TEST_P(ImmuneContactTest, WhoIsNotAndOfWhomItWasTakenBackByTheRuleOfTheOthers) {
  say();
  const auto of = followed();
  const auto back =
      run(follow_ups_.withdraw_immunity(station_, of.id, {{std::string("Sổ của người khác")}}, of.version));
  ASSERT_TRUE(back) << code(back);
  const auto made = drafted();
  ASSERT_TRUE(made) << code(made);
  EXPECT_EQ(made->last_day, day("2026-03-11"));
  EXPECT_EQ(made->last_day, followed().last_day);
}

INSTANTIATE_TEST_SUITE_P(Engines, ImmuneContactTest, store::testing::engines(), store::testing::engine_name);

}  // namespace
}  // namespace luytre::quarantine

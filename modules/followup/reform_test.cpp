// The administrative reform of 1 July 2025 between a contact's exposure and the end of their follow-up: on whose list
// the task and the follow-up stand.

#include "modules/followup/followup_fixture.h"

namespace luytre::followup {
namespace {

using std::chrono::hours;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using visits::testing::kHaiLang;

class FollowUpReformTest : public FollowUpTest {
 protected:
  FollowUpReformTest() {
    world_.clock.set(*parse_instant("2025-06-29T01:30:00Z"));
    world_.switch_on();
    command::testing::switch_on(world_.decisions, command::Switch::kTracing, now());
    const PersonId sick = person("Trần Văn Ca", kHaiPhu);
    an_ = person("Nguyễn Thị An", kHaiPhu);
    const std::vector<places::Places::Imported> file{{"test", "cho", "Chợ Hải Phú", "market", kHaiPhu, {}}};
    const auto market =
        world_.db->transact_now([&](store::Session& s) { return world_.registry.import_places(s, file); });
    world_.registry.start();
    for (const PersonId who : {sick, an_}) {
      visits::ImportedVisit visit;
      visit.source = "test";
      visit.external = to_text(who);
      visit.person = who;
      visit.place = market.front()->id;
      visit.in = *parse_instant("2025-06-28T02:00:00Z");
      visit.out = visit.in + hours(1);
      world_.db->transact_now([&](store::Session& s) { return world_.visits.import_visits(s, std::span(&visit, 1)); });
    }
    cases::Confirmation positive;
    positive.onset = parse_date("2025-06-28");
    positive.sample_at = *parse_instant("2025-06-28T07:00:00Z");
    positive.result_at = *parse_instant("2025-06-28T12:00:00Z");
    case_ = confirmed(sick, positive);
  }

  std::vector<tracing::TaskView> tasks(const Caller& who) {
    const auto page = run(tracing_.tasks(who, {}, std::nullopt, 50));
    if (!page) throw std::runtime_error(page.error().code);
    return page->items;
  }
  void reform() { world_.clock.set(*parse_instant("2025-07-01T02:00:00Z")); }

  // Became a part of Hải Lăng.
  const UnitId kHaiPhu{2021319702};
  const Caller old_station_ = identity::testing::officer(Role::kStationOfficer, kHaiPhu, 9501);
  PersonId an_;
};

TEST_P(FollowUpReformTest, ATaskOfBeforeIsTheSuccessorsAndItsFollowUpBeginsThere) {
  ASSERT_THAT(tasks(old_station_), SizeIs(1));
  EXPECT_EQ(tasks(old_station_)[0].unit, kHaiPhu);
  reform();
  ASSERT_THAT(tasks(station_), SizeIs(1));
  EXPECT_EQ(tasks(station_)[0].person.id, an_);
  EXPECT_THAT(tasks(neighbour_), IsEmpty());
  assign(case_, an_);
  const auto mine = list(station_);
  ASSERT_THAT(mine, SizeIs(1));
  EXPECT_EQ(mine[0].unit, kHaiLang);
  EXPECT_THAT(list(neighbour_), IsEmpty());
  EXPECT_THAT(list(old_station_), IsEmpty()) << "the vanished commune";
}

TEST_P(FollowUpReformTest, AFollowUpOfBeforeGoesOnAtTheSuccessors) {
  assign(case_, an_);
  EXPECT_EQ(of(an_).unit, kHaiPhu);
  ASSERT_THAT(list(old_station_), SizeIs(1));
  reform();
  watch();
  ASSERT_THAT(list(station_), SizeIs(1));
  EXPECT_THAT(list(neighbour_), IsEmpty());
  const auto asked = record(station_, of(an_).id, Finding::kNone);
  ASSERT_TRUE(asked) << code(asked);
  EXPECT_EQ(asked->last_day, day("2025-07-08")) << "counted through the reform";
}

INSTANTIATE_TEST_SUITE_P(Engines, FollowUpReformTest, store::testing::engines(), store::testing::engine_name);

}  // namespace
}  // namespace luytre::followup

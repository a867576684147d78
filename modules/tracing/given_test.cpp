// Whose a task is: given by whoever answers for it, seen, taken back, and nobody's again when the account or team goes.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "modules/tracing/tracing_fixture.h"

namespace luytre::tracing {
namespace {

using std::chrono::hours;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using visits::testing::kHaiLang;

class GivenTest : public TracingTest {
 protected:
  GivenTest() { followers_.add(tracing_.follow_staff()); }

  // An officer with an account, as callers are made of it.
  Caller officer(const std::string& username, Role role, UnitId area) {
    identity::NewOfficer made;
    made.username = username;
    made.name = "Cán bộ " + username;
    made.grants = {{role, area}};
    const auto done = world_.house->officers.create_now(std::move(made));
    if (!done) throw std::runtime_error(done.error().code);
    Caller out;
    out.account = done->officer.id;
    out.name = done->officer.name;
    out.grants = {{role, area}};
    return out;
  }
  void move(const Caller& who, UnitId area) {
    identity::SetGrants grants;
    grants.grants = {{Role::kStationOfficer, area}};
    ASSERT_TRUE(run(world_.house->officers.set_grants(admin_, who.account, std::move(grants), std::nullopt)));
    followers_.drain();
  }
  // A case with three contacts in Hải Lăng.
  std::vector<TaskView> three_tasks() {
    stay(ill_.id, market_, 0, 60);
    crowd(market_, 3);
    confirmed(ill_.id);
    return tasks(station_);
  }
  Result<TasksGiven> give(const Caller& by, std::vector<TaskId> which, std::optional<AccountId> officer,
                          std::optional<staff::OfficerTeamId> team = {}) {
    return run(tracing_.give(by, {std::move(which), officer, team}));
  }
  staff::OfficerTeam team(std::vector<AccountId> members, const std::string& name = "Tổ truy vết 1") {
    staff::NewOfficerTeam made;
    made.unit = kHaiLang;
    made.name = name;
    made.members = std::move(members);
    const auto done = run(staff_.make(head_, std::move(made)));
    if (!done) throw std::runtime_error(done.error().code);
    return *done;
  }

  staff::Staff staff_{*world_.db, visits::testing::geography(), world_.house->access};
  const Someone ill_ = someone("Lê Văn Bệnh");
  const PlaceId market_ = place("Chợ Diên Sanh");
  const Caller admin_ = officer("quantri", Role::kAdministrator, {});
  const Caller head_ = officer("truongtram", Role::kStationOfficer, kHaiLang);
  const Caller nurse_ = officer("dieuduong", Role::kStationOfficer, kHaiLang);
  const Caller stranger_ = officer("tramkhac", Role::kStationOfficer, kNamHaiLang);
};

TEST_P(GivenTest, WorkIsGivenWithWhoGaveItAndWhenAndWaitsForNotice) {
  const auto all = three_tasks();
  ASSERT_THAT(all, SizeIs(3));
  EXPECT_FALSE(all[0].assignee);
  world_.clock.advance(hours(3));
  const auto given = give(head_, {all[0].id, all[1].id}, nurse_.account);
  ASSERT_TRUE(given) << code(given);
  ASSERT_THAT(given->items, SizeIs(2));
  EXPECT_THAT(given->refused, IsEmpty());
  const auto& assignee = given->items[0].assignee;
  ASSERT_TRUE(assignee);
  EXPECT_EQ(assignee->officer, nurse_.account);
  EXPECT_EQ(assignee->name, nurse_.name);
  EXPECT_EQ(assignee->given_by, head_.name);
  EXPECT_EQ(assignee->at, now());
  EXPECT_FALSE(assignee->noticed);
  EXPECT_EQ(given->items[0].state, TaskState::kOpen);
  EXPECT_EQ(events("task.given"), 2);

  TaskFilter mine, nobodys;
  mine.mine = true;
  nobodys.nobodys = true;
  EXPECT_THAT(tasks(nurse_, mine), SizeIs(2));
  EXPECT_TRUE(tasks(nurse_, mine)[0].assignee->yours);
  EXPECT_THAT(tasks(head_, mine), IsEmpty());
  EXPECT_THAT(tasks(head_, nobodys), SizeIs(1));

  world_.clock.advance(hours(2));
  EXPECT_FALSE(run(tracing_.task(head_, all[0].id))->untaken) << "two hours since it was given";
  world_.clock.advance(hours(3));
  EXPECT_TRUE(run(tracing_.task(head_, all[0].id))->untaken) << "given, and not taken notice of";
  TaskFilter late;
  late.late = true;
  EXPECT_THAT(tasks(head_, late), SizeIs(3));
  const auto taken = run(tracing_.acknowledge(nurse_, all[0].id));
  EXPECT_TRUE(taken->assignee->noticed);
  EXPECT_EQ(taken->assignee->given_by, head_.name) << "who gave it is kept";
  EXPECT_THAT(tasks(head_, late), SizeIs(2));
}

TEST_P(GivenTest, TakenTogetherLeavesWhatIsGivenToOthers) {
  const auto all = three_tasks();
  ASSERT_TRUE(give(head_, {all[0].id}, nurse_.account));
  TaskChoice both;
  both.tasks = {all[0].id, all[1].id};
  const auto taken = run(tracing_.acknowledge_all(head_, both));
  ASSERT_TRUE(taken) << code(taken);
  EXPECT_THAT(taken->items, SizeIs(1));
  EXPECT_EQ(taken->taken, 1);
  EXPECT_EQ(run(tracing_.task(head_, all[0].id))->assignee->officer, nurse_.account);
}

TEST_P(GivenTest, EachIsJudgedByItself) {
  const auto all = three_tasks();
  const TaskView ended = all[2];
  ASSERT_TRUE(assign(station_, *run(tracing_.candidate(station_, ended.candidate)), Class::kF2));
  const TaskId nowhere{424242};
  const auto given = give(head_, {all[0].id, nowhere, ended.id, all[1].id}, nurse_.account);
  ASSERT_TRUE(given) << code(given);
  EXPECT_THAT(given->items, SizeIs(2));
  ASSERT_THAT(given->refused, SizeIs(2));
  EXPECT_EQ(given->refused[0].task, nowhere);
  EXPECT_EQ(given->refused[0].why, staff::WhyNot::kUnknown);
  EXPECT_EQ(given->refused[1].why, staff::WhyNot::kEnded);

  const auto wrong = give(head_, {all[0].id}, stranger_.account);
  ASSERT_THAT(wrong->refused, SizeIs(1));
  EXPECT_EQ(wrong->refused[0].why, staff::WhyNot::kNotTheirs);
  EXPECT_EQ(run(tracing_.task(head_, all[0].id))->assignee->officer, nurse_.account) << "it stays whose it was";
  EXPECT_EQ(code(give(head_, {}, nurse_.account)), "invalid");
}

TEST_P(GivenTest, WhoStandsAboveGivesAndOthersDoNot) {
  const auto all = three_tasks();
  EXPECT_THAT(give(province_, {all[0].id}, nurse_.account)->items, SizeIs(1));
  const auto no = give(stranger_, {all[0].id}, stranger_.account);
  ASSERT_THAT(no->refused, SizeIs(1));
  EXPECT_EQ(no->refused[0].why, staff::WhyNot::kUnknown) << "as of one that is nowhere";
  EXPECT_EQ(code(give(ill_.caller, {all[0].id}, nurse_.account)), "not_permitted");
  EXPECT_EQ(code(run(staff_.colleagues(stranger_, kHaiLang))), "not_permitted");
  std::vector<std::string> names;
  const auto colleagues = run(staff_.colleagues(province_, kHaiLang));
  for (const auto& one : colleagues->items) names.push_back(one.name);
  EXPECT_THAT(names, ElementsAre(nurse_.name, head_.name)) << "by name; no administrator, no other station";
}

TEST_P(GivenTest, TakenBackItIsNobodysAndGivenAgainItIsTheirs) {
  const auto all = three_tasks();
  ASSERT_TRUE(give(head_, {all[0].id}, nurse_.account));
  const auto back = give(head_, {all[0].id}, std::nullopt);
  ASSERT_THAT(back->items, SizeIs(1));
  EXPECT_FALSE(back->items[0].assignee);
  EXPECT_FALSE(back->items[0].lost) << "it was taken back, not lost";
  EXPECT_EQ(give(head_, {all[0].id}, head_.account)->items[0].state, TaskState::kAcknowledged)
      << "to oneself is taking it";
}

TEST_P(GivenTest, AnAccountThatEndsOrMovesLosesItsWorkVisibly) {
  const auto all = three_tasks();
  ASSERT_TRUE(give(head_, {all[0].id, all[1].id}, nurse_.account));
  ASSERT_TRUE(run(tracing_.acknowledge(nurse_, all[0].id)));
  move(nurse_, kNamHaiLang);
  TaskFilter nobodys;
  nobodys.nobodys = true;
  ASSERT_THAT(tasks(head_, nobodys), SizeIs(3));
  const TaskView lost = *run(tracing_.task(head_, all[0].id));
  EXPECT_EQ(lost.state, TaskState::kOpen);
  EXPECT_FALSE(lost.assignee);
  ASSERT_TRUE(lost.lost);
  EXPECT_EQ(lost.lost->name, nurse_.name);
  EXPECT_EQ(lost.lost->at, now());

  ASSERT_TRUE(give(head_, {all[0].id}, head_.account));
  EXPECT_FALSE(run(tracing_.task(station_, all[0].id))->lost) << "somebody has it";
  ASSERT_TRUE(run(world_.house->officers.set_disabled(admin_, head_.account, true)));
  followers_.drain();
  EXPECT_EQ(run(tracing_.task(station_, all[0].id))->lost->name, head_.name);
}

TEST_P(GivenTest, WhoKeepsAnsweringForItKeepsIt) {
  const auto all = three_tasks();
  ASSERT_TRUE(give(head_, {all[0].id}, nurse_.account));
  move(nurse_, visits::testing::kQuangTri);
  EXPECT_EQ(run(tracing_.task(head_, all[0].id))->assignee->officer, nurse_.account);
}

TEST_P(GivenTest, ATeamHasWorkUntilItEnds) {
  const auto all = three_tasks();
  const auto one = team({nurse_.account});
  ASSERT_THAT(one.members, SizeIs(1));
  ASSERT_THAT(give(head_, {all[0].id}, std::nullopt, one.id)->items, SizeIs(1));
  ASSERT_THAT(give(head_, {all[1].id}, nurse_.account, one.id)->items, SizeIs(1));
  EXPECT_EQ(give(head_, {all[2].id}, head_.account, one.id)->refused.at(0).why, staff::WhyNot::kNotTheirs)
      << "no member";
  TaskFilter theirs, nobodys;
  theirs.team = one.id;
  nobodys.nobodys = true;
  ASSERT_THAT(tasks(province_, theirs), SizeIs(2));
  EXPECT_EQ(tasks(province_, theirs)[0].assignee->team_name, "Tổ truy vết 1");
  EXPECT_THAT(tasks(province_, nobodys), SizeIs(1));
  const auto taken = run(tracing_.acknowledge(nurse_, all[0].id));
  EXPECT_EQ(taken->assignee->team, one.id) << "by one of the team: it stays the team's";
  EXPECT_EQ(taken->assignee->officer, nurse_.account);
  ASSERT_TRUE(give(head_, {all[2].id}, std::nullopt, one.id));

  staff::OfficerTeamEdit end;
  end.ended = true;
  EXPECT_EQ(code(run(staff_.edit(stranger_, one.id, end, one.version))), "not_found");
  ASSERT_TRUE(run(staff_.edit(head_, one.id, end, one.version)));
  followers_.drain();
  EXPECT_THAT(tasks(province_, theirs), IsEmpty());
  EXPECT_EQ(run(tracing_.task(head_, all[2].id))->lost->name, "Tổ truy vết 1");
  EXPECT_EQ(run(tracing_.task(head_, all[0].id))->assignee->officer, nurse_.account) << "who had taken it has it";
  EXPECT_EQ(give(head_, {all[2].id}, std::nullopt, one.id)->refused.at(0).why, staff::WhyNot::kNotTheirs);
}

TEST_P(GivenTest, WhatNobodyHasComesUpLevelByLevel) {
  const auto all = three_tasks();
  ASSERT_TRUE(run(tracing_.acknowledge(head_, all[0].id)));
  staff_.set_rooms([&](store::Session& s, const Caller& caller) { return tracing_.waiting(s, caller); });
  const Caller centre = identity::testing::officer(Role::kDistrictOfficer, kHaiLang, 9401);
  const auto list = [&](const Caller& who, bool yours) { return run(staff_.waiting_list(who, yours))->items; };
  EXPECT_THAT(list(head_, false), IsEmpty());
  world_.clock.advance(kTakenWithin);
  ASSERT_THAT(list(head_, true), SizeIs(2)) << "who took notice has it";
  EXPECT_EQ(list(head_, true)[0].since, now());
  EXPECT_EQ(list(head_, true)[0].kind, staff::WaitingKind::kTask);
  EXPECT_TRUE(list(head_, true)[0].escalated);
  EXPECT_THAT(list(centre, true), SizeIs(2)) << "the level above at once";
  EXPECT_THAT(list(province_, true), IsEmpty());
  EXPECT_THAT(list(province_, false), SizeIs(2)) << "seen from above";
  EXPECT_THAT(list(stranger_, false), IsEmpty());
  const auto counts = run(staff_.waiting_list(head_, false))->counts;
  ASSERT_THAT(counts, SizeIs(1));
  EXPECT_EQ(counts[0].count, 2);
  world_.clock.advance(kClimbsAfter);
  EXPECT_THAT(list(province_, true), SizeIs(2)) << "and then the province's";
  EXPECT_THAT(list(head_, true), SizeIs(3)) << "what was taken is overdue by now, too";
  EXPECT_EQ(code(run(staff_.waiting_list(ill_.caller, false))), "not_permitted");
  EXPECT_THAT(log_about(ill_.id), IsEmpty()) << "nobody was shown";
}

TEST_P(GivenTest, TeamsAreOfAUnitAndItsOfficers) {
  staff::NewOfficerTeam made;
  made.unit = kHaiLang;
  made.name = std::string("Tổ 2");
  made.members = {stranger_.account};
  EXPECT_EQ(code(run(staff_.make(head_, made))), "invalid") << "who does not answer for the unit";
  made.members = {nurse_.account, nurse_.account, head_.account};
  EXPECT_EQ(code(run(staff_.make(stranger_, made))), "not_permitted");
  const auto two = run(staff_.make(head_, made));
  ASSERT_TRUE(two) << code(two);
  EXPECT_THAT(two->members, SizeIs(2));
  EXPECT_THAT(run(staff_.teams(province_, std::nullopt))->items, SizeIs(1));
  EXPECT_THAT(run(staff_.teams(stranger_, std::nullopt))->items, IsEmpty());
  staff::OfficerTeamEdit edit;
  edit.name = std::string("Tổ lấy mẫu");
  edit.members = std::vector<AccountId>{head_.account};
  const auto changed = run(staff_.edit(head_, two->id, edit, two->version));
  ASSERT_TRUE(changed) << code(changed);
  EXPECT_EQ(changed->name, "Tổ lấy mẫu");
  EXPECT_THAT(changed->members, SizeIs(1));
  EXPECT_EQ(code(run(staff_.edit(head_, two->id, edit, two->version))), "version_conflict");
  move(head_, kNamHaiLang);
  EXPECT_THAT(run(staff_.teams(province_, std::nullopt))->items.at(0).members, IsEmpty()) << "who moved is in no team";
}

INSTANTIATE_TEST_SUITE_P(Engines, GivenTest, store::testing::engines(), store::testing::engine_name);

}  // namespace
}  // namespace luytre::tracing

// The work lists: who sees which task, in which order, and when a task ends.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "modules/tracing/tracing_fixture.h"

namespace luytre::tracing {
namespace {

using std::chrono::hours;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

class TasksTest : public TracingTest {
 protected:
  // A case with one contact; answers the contact's task.
  TaskView one_task() {
    stay(ill_.id, market_, 0, 60);
    stay(met_.id, market_, 0, 60);
    case_ = confirmed(ill_.id).id;
    return tasks(station_).at(0);
  }
  Result<TaskView> close(const TaskView& task, Outcome outcome) {
    return run(tracing_.close(station_, task.id, {outcome, {}}, task.version));
  }

  // What ends a task of asking.
  void classify(const TaskView& task, Class as = Class::kF2) {
    ASSERT_TRUE(assign(province_, *run(tracing_.candidate(province_, task.candidate)), as));
  }
  std::vector<TaskView> of_kind(TaskKind kind) {
    TaskFilter filter;
    filter.kind = kind;
    return tasks(station_, filter);
  }

  const Someone ill_ = someone("Lê Văn Bệnh"), met_ = someone("Phạm Thị Gặp");
  const PlaceId market_ = place("Chợ Diên Sanh");
  CaseId case_;
};

TEST_P(TasksTest, StationsOfTheAddressAndOfThePlaceSeeTheTask) {
  const Someone visitor = someone("Hồ Văn Khách", kNamHaiLang);
  stay(visitor.id, market_, 0, 60);
  const TaskView own = one_task();
  EXPECT_THAT(tasks(station_), SizeIs(2)) << "the market's station sees both";
  ASSERT_THAT(tasks(neighbour_), SizeIs(1)) << "the visitor's station sees its own";
  const TaskView task = tasks(neighbour_)[0];
  EXPECT_EQ(task.person.id, visitor.id);
  EXPECT_EQ(task.kind, TaskKind::kAssess);
  EXPECT_EQ(task.state, TaskState::kOpen);
  EXPECT_EQ(task.unit, kNamHaiLang);
  EXPECT_THAT(task.unit_name, HasSubstr("Nam Hải Lăng"));
  EXPECT_EQ(task.due_at, now() + hours(24));
  EXPECT_EQ(task.level, 1);
  EXPECT_FALSE(task.contact) << "lists show no phone";
  EXPECT_THAT(run(tracing_.task(neighbour_, task.id))->contact->phones, ElementsAre(visitor.phone));
  EXPECT_TRUE(run(tracing_.candidate(station_, task.candidate))) << "seen through the work list";
  EXPECT_THAT(tasks(province_), SizeIs(2));

  EXPECT_EQ(code(run(tracing_.task(neighbour_, own.id))), "not_found");
  EXPECT_EQ(code(run(tracing_.candidate(neighbour_, own.candidate))), "not_permitted");
}

TEST_P(TasksTest, OtherAreasSeeNoTask) {
  const TaskView task = one_task();
  EXPECT_THAT(tasks(far_), IsEmpty());
  TaskFilter there;
  there.unit = visits::testing::kHaiLang;
  EXPECT_THAT(tasks(far_, there), IsEmpty());
  EXPECT_EQ(code(run(tracing_.task(far_, task.id))), "not_found");
  EXPECT_EQ(code(run(tracing_.acknowledge(far_, task.id))), "not_found");
  EXPECT_EQ(code(run(tracing_.close(far_, task.id, {Outcome::kReached, {}}, task.version))), "not_found");
  EXPECT_EQ(code(run(tracing_.tasks(met_.caller, {}, std::nullopt, 10))), "not_permitted");
  EXPECT_EQ(run(tracing_.task(station_, task.id))->state, TaskState::kOpen);
}

TEST_P(TasksTest, WorkIsOpenedForTheLevelsThatTheRuleSetActsOn) {
  const Someone second_level = someone("Ngô Văn Hai");
  stay(ill_.id, market_, 0, 60);
  stay(met_.id, market_, 0, 60);
  stay(met_.id, market_, 200, 60);
  stay(second_level.id, market_, 200, 60);
  cases::Confirmation request = positive();
  request.rule_set = std::string(kActsOnFirst);
  const CaseId kase = confirmed(ill_.id, request).id;
  ASSERT_THAT(candidates(kase), SizeIs(2)) << "both levels are found";
  ASSERT_THAT(tasks(station_), SizeIs(1)) << "the first is acted on";
  EXPECT_EQ(tasks(station_)[0].person.id, met_.id);

  request.rule_set = std::string("vn-covid-19-2020-08");
  confirm(kase, request);
  ASSERT_THAT(tasks(station_), SizeIs(2));
  EXPECT_EQ(tasks(station_)[1].level, 2);
}

TEST_P(TasksTest, OnlyTheClassEndsIt) {
  TaskView task = one_task();
  for (const Outcome outcome : {Outcome::kNoAnswer, Outcome::kMoved}) {
    world_.clock.advance(hours(1));
    task = *close(task, outcome);
    EXPECT_EQ(task.state, TaskState::kOpen);
    EXPECT_EQ(task.due_at, now() + hours(1)) << "to be tried again";
  }
  EXPECT_EQ(task.attempts, 2);
  EXPECT_EQ(events("task.attempted"), 2);
  const Instant due = task.due_at;
  task = *close(task, Outcome::kReached);
  EXPECT_EQ(task.state, TaskState::kAcknowledged) << "whoever was called and not classified is not lost";
  EXPECT_EQ(task.due_at, due);
  EXPECT_EQ(task.attempts, 3);
  EXPECT_EQ(task.outcome, Outcome::kReached);
  EXPECT_TRUE(task.unclassified);
  EXPECT_EQ(events("task.done"), 0);
  ASSERT_THAT(tasks(station_), SizeIs(1));
  EXPECT_TRUE(tasks(station_)[0].unclassified);
  world_.clock.advance(hours(2));
  TaskFilter late;
  late.late = true;
  EXPECT_THAT(tasks(station_, late), SizeIs(1)) << "it is due when it was due";
  const auto later = close(task, Outcome::kNoAnswer);
  EXPECT_EQ(later->outcome, Outcome::kReached) << "who was reached once was reached";

  classify(task);
  EXPECT_THAT(tasks(station_), IsEmpty());
  EXPECT_EQ(events("task.done"), 1);
  EXPECT_EQ(code(close(*later, Outcome::kReached)), "version_conflict");
  const auto ended = run(tracing_.task(station_, task.id));
  EXPECT_EQ(ended->state, TaskState::kDone);
  EXPECT_FALSE(ended->unclassified);
  EXPECT_EQ(code(close(*ended, Outcome::kReached)), "task_ended");
  EXPECT_EQ(code(run(tracing_.acknowledge(station_, task.id))), "task_ended");
  ASSERT_THAT(*ended->log, SizeIs(4));
  EXPECT_EQ(ended->log->front().outcome, Outcome::kNoAnswer) << "newest first";
  EXPECT_EQ(ended->log->back().by, station_.name);
}

TEST_P(TasksTest, WhoRefusesIsClassifiedByWhatIsKnown) {
  const TaskView task = *close(one_task(), Outcome::kRefused);
  EXPECT_EQ(task.state, TaskState::kAcknowledged);
  EXPECT_EQ(task.outcome, Outcome::kRefused);
  classify(task, Class::kNone);
  EXPECT_THAT(tasks(station_), IsEmpty());
  EXPECT_EQ(run(tracing_.task(station_, task.id))->outcome, Outcome::kRefused);
}

TEST_P(TasksTest, AWrongNumberNeedsSomebodyAtTheDoorAndTheClassAllTheSame) {
  EXPECT_EQ(close(one_task(), Outcome::kWrongNumber)->state, TaskState::kAcknowledged);
  ASSERT_THAT(of_kind(TaskKind::kDoor), SizeIs(1)) << "nobody has spoken with the person yet";
  const TaskView door = of_kind(TaskKind::kDoor)[0];
  EXPECT_EQ(door.person.id, met_.id);
  EXPECT_TRUE(door.unclassified);
  const auto again = close(door, Outcome::kWrongNumber);
  EXPECT_EQ(again->state, TaskState::kOpen) << "at the door there is no other way";
  EXPECT_EQ(close(*again, Outcome::kReached)->state, TaskState::kDone);
  EXPECT_THAT(of_kind(TaskKind::kDoor), IsEmpty());
  ASSERT_THAT(of_kind(TaskKind::kAssess), SizeIs(1));
  const TaskView asking = of_kind(TaskKind::kAssess)[0];
  EXPECT_EQ(asking.outcome, Outcome::kReached) << "at the door, as whoever is to choose the class reads";
  EXPECT_EQ(asking.attempts, 1);

  const auto number = close(asking, Outcome::kWrongNumber);
  EXPECT_EQ(number->state, TaskState::kAcknowledged) << "though the visit has ended";
  classify(asking);
  EXPECT_THAT(tasks(station_), IsEmpty());
}

TEST_P(TasksTest, AnOlderVersionIsToldTheNewerOne) {
  const TaskView task = one_task();
  const TaskView newer = *close(task, Outcome::kNoAnswer);
  const auto before = log_about(task.person.id).size();
  const auto late = close(task, Outcome::kReached);
  ASSERT_EQ(code(late), "version_conflict");
  EXPECT_THAT(log_about(task.person.id), SizeIs(before + 1)) << "the newer version is a look at the person";
  EXPECT_EQ(json::parse<json::Object>(late.error().current)->at("version"), newer.version);
  EXPECT_EQ(late.error().current, json::text(*run(tracing_.task(station_, task.id))));
  EXPECT_EQ(run(tracing_.task(station_, task.id))->attempts, 1);
}

TEST_P(TasksTest, ATaskIsTaken) {
  const TaskView task = one_task();
  TaskFilter mine;
  mine.mine = true;
  EXPECT_THAT(tasks(station_, mine), IsEmpty());
  const auto taken = run(tracing_.acknowledge(station_, task.id));
  ASSERT_TRUE(taken) << code(taken);
  EXPECT_EQ(taken->state, TaskState::kAcknowledged);
  EXPECT_THAT(tasks(station_, mine), SizeIs(1));
  EXPECT_THAT(tasks(province_, mine), IsEmpty());
  EXPECT_THAT(tasks(province_), SizeIs(1)) << "still to be done";
}

TEST_P(TasksTest, LookingAndWorkingIsLogged) {
  const TaskView task = one_task();
  const TaskView taken = *run(tracing_.acknowledge(station_, task.id));
  ASSERT_TRUE(run(tracing_.task(station_, task.id)));
  ASSERT_TRUE(close(taken, Outcome::kReached));
  const std::string line = "tracing.tasks case " + task.case_number;
  EXPECT_THAT(log_about(met_.id), ElementsAre(line, line, line, "tracing.tasks list of tasks"));
}

TEST_P(TasksTest, ACountNamesNobodyAndIsALookAtNobody) {
  const TaskView task = one_task();
  const auto before = log_about(met_.id).size();
  TaskFilter counted;
  counted.names = false;
  ASSERT_THAT(tasks(station_, counted), SizeIs(1));
  const TaskView one = tasks(station_, counted)[0];
  EXPECT_EQ(one.id, task.id);
  EXPECT_EQ(one.unit, task.unit);
  EXPECT_EQ(one.person.id, PersonId{});
  EXPECT_THAT(json::text(one), Not(HasSubstr("Phạm")));
  EXPECT_THAT(log_about(met_.id), SizeIs(before));
}

constexpr store::Query kAttemptNotes{"test.attempt_notes", R"sql(
SELECT note
FROM tracing_attempt)sql"};

TEST_P(TasksTest, WhatWasSaidIsSealed) {
  const TaskView task = one_task();
  ASSERT_TRUE(run(tracing_.close(station_, task.id, {Outcome::kNoAnswer, {std::string("Máy bận")}}, task.version)));
  EXPECT_EQ(run(tracing_.task(station_, task.id))->log->at(0).note, "Máy bận");
  world_.db->read_now(
      [](store::Session& s) { EXPECT_THAT(s.value<store::Bytes>(kAttemptNotes).data, Not(HasSubstr("bận"))); });
}

TEST_P(TasksTest, WhatIsLateSaysSo) {
  EXPECT_FALSE(one_task().overdue);
  world_.clock.advance(hours(25));
  EXPECT_TRUE(tasks(station_)[0].overdue);
}

TEST_P(TasksTest, TheListIsByDeadlineThenRiskAndPagesWithoutGapOrRepeat) {
  stay(ill_.id, market_, 0, 120);
  stay(met_.id, market_, 0, 110);
  const auto visitors = crowd(market_, 5);
  const Someone neighbour = someone("Hồ Văn Khách", kNamHaiLang);  // in two lists of the province
  stay(neighbour.id, market_, 0, 60);
  confirmed(ill_.id);
  const TaskView strongest = tasks(province_).at(0);
  EXPECT_EQ(strongest.person.id, met_.id);
  ASSERT_TRUE(close(strongest, Outcome::kNoAnswer));  // due in an hour: still the first
  const TaskView other = tasks(province_).at(3);
  ASSERT_TRUE(run(tracing_.acknowledge(station_, other.id)));

  const auto all = tasks(province_);
  ASSERT_THAT(all, SizeIs(7));
  EXPECT_EQ(all[0].id, strongest.id);
  EXPECT_EQ(all[3].id, other.id) << "taken ones keep their place";
  EXPECT_TRUE(std::is_sorted(all.begin(), all.end(), [](const TaskView& a, const TaskView& b) {
    return std::pair(a.due_at, a.id) < std::pair(b.due_at, b.id);
  }));
  const Caller everywhere = identity::testing::officer(Role::kProvinceOfficer);
  for (const Caller& officer : {province_, everywhere}) {
    std::vector<TaskId> paged;
    std::optional<std::string> cursor;
    do {
      const auto page = run(tracing_.tasks(officer, {}, cursor, 2));
      ASSERT_LE(page->items.size(), 2u);
      for (const auto& task : page->items) paged.push_back(task.id);
      cursor = page->next;
    } while (cursor && paged.size() < 20);
    ASSERT_THAT(paged, SizeIs(7));
    for (std::size_t i = 0; i < paged.size(); ++i) EXPECT_EQ(paged[i], all[i].id);
  }
  EXPECT_THAT(fields(run(tracing_.tasks(province_, {}, std::string("1.x"), 2))), ElementsAre("?cursor format"));
}

TEST_P(TasksTest, TheListIsFilteredByUnitStateAndKind) {
  const Someone visitor = someone("Hồ Văn Khách", kNamHaiLang, false);
  stay(visitor.id, market_, 0, 60);
  const TaskView task = one_task();
  ASSERT_TRUE(run(tracing_.release(province_, case_)));  // a door for the visitor
  TaskFilter filter;
  EXPECT_THAT(tasks(province_, filter), SizeIs(3));
  filter.disease = "covid-19";
  filter.level = 1;
  EXPECT_THAT(tasks(province_, filter), SizeIs(3));
  EXPECT_THAT(tasks(identity::testing::officer(Role::kProvinceOfficer), filter), SizeIs(3)) << "of the whole country";
  filter.level = 2;
  EXPECT_THAT(tasks(province_, filter), IsEmpty());
  filter = {};
  filter.disease = "measles";
  EXPECT_THAT(tasks(province_, filter), IsEmpty());
  EXPECT_THAT(tasks(identity::testing::officer(Role::kProvinceOfficer), filter), IsEmpty());
  filter = {};
  filter.unit = kNamHaiLang;
  EXPECT_THAT(tasks(province_, filter), SizeIs(2));
  EXPECT_THAT(tasks(station_, filter), IsEmpty()) << "another station's list";
  filter.kind = TaskKind::kDoor;
  EXPECT_THAT(tasks(province_, filter), SizeIs(1));
  classify(task);
  filter = {};
  filter.state = TaskState::kDone;
  ASSERT_THAT(tasks(province_, filter), SizeIs(1));
  EXPECT_EQ(tasks(province_, filter)[0].id, task.id);
  filter.unit = visits::testing::kQuangTri;
  EXPECT_THAT(tasks(identity::testing::officer(Role::kProvinceOfficer), filter), SizeIs(1));
  filter.unit = kDaNang;
  EXPECT_THAT(tasks(identity::testing::officer(Role::kProvinceOfficer), filter), IsEmpty());
}

TEST_P(TasksTest, WhatNobodyTakesOrEndsComesToTheLevelAbove) {
  const Caller centre = identity::testing::officer(Role::kDistrictOfficer, visits::testing::kQuangTri, 9301);
  const Someone other = someone("Ngô Văn Hai");
  stay(other.id, market_, 0, 60);
  const TaskView task = one_task();
  TaskFilter late;
  late.late = true;
  const auto seen = [&](const Caller& officer) { return tasks(officer, late).size(); };
  EXPECT_EQ(seen(centre), 0u);
  ASSERT_TRUE(run(tracing_.acknowledge(station_, task.id)));
  world_.clock.advance(kTakenWithin - std::chrono::minutes(1));
  EXPECT_EQ(seen(centre), 0u);
  world_.clock.advance(std::chrono::minutes(1));
  ASSERT_EQ(seen(centre), 1u) << "the other one, that nobody took";
  EXPECT_TRUE(tasks(centre, late)[0].untaken);
  EXPECT_FALSE(tasks(centre, late)[0].overdue);
  EXPECT_EQ(seen(province_), 0u) << "the centre comes first";
  EXPECT_EQ(seen(station_), 1u);
  EXPECT_EQ(seen(far_), 0u);

  world_.clock.advance(kAssessWithin - kTakenWithin);
  EXPECT_EQ(seen(centre), 2u) << "taken, and not done";
  world_.clock.advance(kTakenWithin);
  EXPECT_EQ(seen(province_), 1u) << "a day after the centre was told";
  EXPECT_EQ(run(tracing_.tasks(province_, late, std::nullopt, 10))->items.size(), 1u);
  world_.clock.advance(kClimbsAfter);
  EXPECT_EQ(seen(province_), 2u);
  EXPECT_EQ(seen(identity::testing::officer(Role::kProvinceOfficer)), 2u) << "who answers for everywhere";

  ASSERT_TRUE(close(*run(tracing_.task(station_, task.id)), Outcome::kReached));
  EXPECT_EQ(seen(province_), 2u) << "called, and not classified";
  classify(task);
  EXPECT_EQ(seen(province_), 1u);
}

TEST_P(TasksTest, AnOpenedAgainTaskIsNewToWhoeverMayTakeIt) {
  const TaskView task = one_task();
  world_.clock.advance(hours(30));
  undo(case_);
  confirm(case_);
  ASSERT_THAT(tasks(station_), SizeIs(1));
  EXPECT_EQ(tasks(station_)[0].id, task.id);
  EXPECT_FALSE(tasks(station_)[0].untaken);
  TaskFilter late;
  late.late = true;
  EXPECT_THAT(tasks(station_, late), IsEmpty());
}

TEST_P(TasksTest, SeveralAreTakenAtOnce) {
  const Someone other = someone("Ngô Văn Hai"), visitor = someone("Hồ Văn Khách", kNamHaiLang);
  stay(other.id, market_, 0, 60);
  stay(visitor.id, market_, 0, 60);
  one_task();
  TaskChoice all;
  for (const TaskView& task : tasks(station_)) all.tasks.push_back(task.id);
  ASSERT_THAT(all.tasks, SizeIs(3));
  EXPECT_EQ(code(run(tracing_.acknowledge_all(neighbour_, all))), "not_found") << "one of them is not in its list";
  TaskFilter mine;
  mine.mine = true;
  EXPECT_THAT(tasks(neighbour_, mine), IsEmpty()) << "and none was taken";
  EXPECT_EQ(code(run(tracing_.acknowledge_all(station_, {}))), "invalid");

  classify(tasks(station_)[0]);
  const auto taken = run(tracing_.acknowledge_all(station_, all));
  ASSERT_TRUE(taken);
  EXPECT_EQ(taken->ended, 1);
  ASSERT_THAT(taken->items, SizeIs(2));
  for (const TaskView& task : taken->items) EXPECT_EQ(task.state, TaskState::kAcknowledged);
  EXPECT_THAT(tasks(station_, mine), SizeIs(2));
  EXPECT_EQ(events("task.acknowledged"), 2);
}

TEST_P(TasksTest, WhatAColleagueTookMeanwhileStaysTheirs) {
  const Caller colleague = identity::testing::officer(Role::kStationOfficer, visits::testing::kHaiLang, 9302);
  const Someone other = someone("Ngô Văn Hai");
  stay(other.id, market_, 0, 60);
  const TaskView task = one_task();
  TaskChoice all;
  for (const TaskView& one : tasks(station_)) all.tasks.push_back(one.id);
  ASSERT_THAT(all.tasks, SizeIs(2));
  ASSERT_TRUE(run(tracing_.acknowledge(colleague, task.id)));
  for (int times = 0; times < 2; ++times) {
    const auto taken = run(tracing_.acknowledge_all(station_, all));
    ASSERT_TRUE(taken);
    ASSERT_THAT(taken->items, SizeIs(1));
    EXPECT_NE(taken->items[0].id, task.id);
    EXPECT_EQ(taken->items[0].version, 2) << "sent again it is no other";
    EXPECT_EQ(taken->taken, 1);
    EXPECT_EQ(taken->ended, 0);
  }
  TaskFilter mine;
  mine.mine = true;
  ASSERT_THAT(tasks(colleague, mine), SizeIs(1));
  EXPECT_EQ(tasks(colleague, mine)[0].id, task.id);
  EXPECT_EQ(events("task.acknowledged"), 2);
}

INSTANTIATE_TEST_SUITE_P(Engines, TasksTest, store::testing::engines(), store::testing::engine_name);

}  // namespace
}  // namespace luytre::tracing

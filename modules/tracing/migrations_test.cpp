// A database of before, brought to today: nothing of a case is lost.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "modules/tracing/storage.h"
#include "modules/tracing/task_storage.h"
#include "modules/tracing/tracing.h"
#include "platform/base/time.h"
#include "platform/store/testing.h"

namespace luytre::tracing {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;

constexpr store::Query kCandidate{"test.candidate", R"sql(
  INSERT INTO tracing_candidate (id, case_id, person, level, exposed_since, risk, status, unit, evidence_count, version)
  VALUES (7, 1, 2, 1, 100, 300, 'open', 1, 2, 1))sql"};
constexpr store::Query kEvidence{"test.evidence", R"sql(
  INSERT INTO tracing_evidence (id, candidate, kind, with_person, with_level, place, zone, started, ended, estimated,
                                attenuation, risk)
  VALUES ($1, $2, $3, 3, 0, $4, $5, 100, 200, $6, $7, 300))sql"};

constexpr store::Query kOneCandidate{"test.one_candidate", R"sql(
  INSERT INTO tracing_candidate (id, case_id, person, level, exposed_since, risk, status, unit, evidence_count, version)
  VALUES ($1, 1, $1, 1, 100, 300, $2, 70, 0, 1))sql"};
constexpr store::Query kOneTask{"test.one_task", R"sql(
  INSERT INTO tracing_task (id, kind, case_id, candidate, person, unit, created_at, due_at, state, taken_by, taken_at,
                            attempts, outcome, version)
  VALUES ($1, $2, 1, $3, $3, $4, 10, 20, $5, 5, 11, 1, 'reached', 2))sql"};
constexpr store::Query kOneUnit{"test.one_unit", R"sql(
  INSERT INTO tracing_task_unit (task, unit, why, state, due_at)
  VALUES ($1, $2, 'address', $3, 20))sql"};
constexpr store::Query kTaken{"test.taken_elsewhere", R"sql(
  INSERT INTO tracing_transfer (id, task, from_unit, to_unit, state, at, account, by_name, base, level, climb_at, ended)
  VALUES (1, 34, 70, 71, 'taken', 12, 5, 'Hoa', 0, 0, 13, 13))sql"};

constexpr store::Query kListed{"test.listed", R"sql(
  SELECT task
  FROM tracing_task_unit
  WHERE unit = $1 AND state = 'open' AND due_at = 20
  ORDER BY task)sql"};

class MigrationsTest : public ::testing::TestWithParam<store::Engine> {
 protected:
  // Brings the tables to the day before this file.
  void only_before(std::string_view file) {
    auto until = before(file);
    db_->migrate({until});
  }
  // Without this file, and what came after it.
  static std::vector<store::Migration> before(std::string_view file) {
    std::vector<store::Migration> out = migrations();
    std::erase_if(out, [&](const store::Migration& one) { return one.file >= file; });
    return out;
  }
  store::Fault fault(const store::Query& query, auto... values) {
    try {
      db_->transact_now([&](store::Session& s) { s.run(query, values...); });
    } catch (const store::SqlError& error) {
      return error.fault;
    }
    return store::Fault::kOther;
  }

  ManualClock clock_{*parse_instant("2026-03-02T01:30:00Z")};
  store::testing::TestDatabase db_{GetParam(), {before("016")}, clock_};
};

TEST_P(MigrationsTest, EvidenceOfBeforeHomesAndListsIsKept) {
  ASSERT_LT(before("016").size(), migrations().size()) << "this test would show nothing";
  const std::optional<std::int64_t> none, decibel{55};
  db_->transact_now([&](store::Session& s) {
    s.run(kCandidate);
    s.run(kEvidence, 11, 7, std::string_view("visit"), 21, 22, true, none);
    s.run(kEvidence, 12, 7, std::string_view("encounter"), 0, 0, false, decibel);
  });
  db_->migrate({migrations()});
  const auto rows = db_->read_now([](store::Session& s) { return select_evidence(s, CandidateId{7}); });
  ASSERT_THAT(rows, SizeIs(2));
  EXPECT_EQ(rows[0].id, 12) << "by place, where times are the same";
  EXPECT_EQ(rows[0].kind, EvidenceKind::kEncounter);
  EXPECT_EQ(rows[0].attenuation, decibel);
  EXPECT_FALSE(rows[0].estimated);
  const EvidenceRow& visit = rows[1];
  EXPECT_EQ(visit.kind, EvidenceKind::kVisit);
  EXPECT_EQ(visit.with_person, PersonId{3});
  EXPECT_EQ(visit.with_level, 0);
  EXPECT_EQ(visit.place, PlaceId{21});
  EXPECT_EQ(visit.zone, ZoneId{22});
  EXPECT_EQ(visit.started, Instant{100});
  EXPECT_EQ(visit.ended, Instant{200});
  EXPECT_TRUE(visit.estimated);
  EXPECT_FALSE(visit.attenuation || visit.seat || visit.seat_of_other);
  EXPECT_EQ(visit.risk, 300);

  EXPECT_EQ(fault(kEvidence, 13, 7, std::string_view("rumour"), 0, 0, false, none), store::Fault::kCheck);
  EXPECT_EQ(fault(kEvidence, 11, 7, std::string_view("household"), 0, 0, false, none), store::Fault::kUnique);
  EXPECT_EQ(fault(kEvidence, 13, 99, std::string_view("household"), 0, 0, false, none), store::Fault::kForeignKey);
  EXPECT_NO_THROW(db_->transact_now(
      [&](store::Session& s) { s.run(kEvidence, 14, 7, std::string_view("household"), 0, 0, false, none); }));
}

TEST_P(MigrationsTest, WhoWasCalledAndNotClassifiedComesBack) {
  only_before("023");
  db_->transact_now([&](store::Session& s) {
    for (const std::int64_t candidate : {1, 3, 4}) s.run(kOneCandidate, candidate, CandidateStatus::kOpen);
    s.run(kOneCandidate, 2, CandidateStatus::kAssigned);
    const auto task = [&](std::int64_t id, TaskKind kind, std::int64_t candidate, TaskState state, std::int64_t unit) {
      s.run(kOneTask, id, kind, candidate, unit, state);
      s.run(kOneUnit, id, unit, state);
    };
    task(11, TaskKind::kAssess, 1, TaskState::kDone, 70);
    task(21, TaskKind::kCall, 1, TaskState::kDone, 70);
    task(12, TaskKind::kAssess, 2, TaskState::kDone, 70);
    task(13, TaskKind::kAssess, 3, TaskState::kAcknowledged, 70);
    task(14, TaskKind::kAssess, 4, TaskState::kDone, 70);
    task(34, TaskKind::kDoor, 4, TaskState::kDone, 71);
    s.run(kTaken);
  });
  db_->migrate({migrations()});
  db_->read_now([](store::Session& s) {
    const auto state = [&](std::int64_t id) { return select_task(s, TaskId{id})->state; };
    const auto lost = select_task(s, TaskId{11});
    EXPECT_EQ(lost->state, TaskState::kOpen);
    EXPECT_EQ(lost->due_at, Instant{20}) << "due when it was due";
    EXPECT_FALSE(lost->taken_by || lost->taken_at);
    EXPECT_EQ(lost->attempts, 1);
    EXPECT_EQ(lost->outcome, Outcome::kReached);
    EXPECT_EQ(lost->version, 3);
    EXPECT_EQ(state(21), TaskState::kDone) << "the call was made";
    EXPECT_EQ(state(12), TaskState::kDone) << "a class was chosen";
    EXPECT_EQ(state(13), TaskState::kAcknowledged);
    EXPECT_EQ(select_task(s, TaskId{13})->version, 2);
    EXPECT_EQ(select_task(s, TaskId{14})->unit, UnitId{71}) << "handed on meanwhile";
    EXPECT_THAT(select_task_units(s, TaskId{14}), ElementsAre(UnitId{71}));
    EXPECT_THAT(s.all<TaskId>(kListed, UnitId{70}), ElementsAre(TaskId{11})) << "and not with who handed it on";
    EXPECT_THAT(s.all<TaskId>(kListed, UnitId{71}), ElementsAre(TaskId{14}));
  });
}

INSTANTIATE_TEST_SUITE_P(Engines, MigrationsTest, store::testing::engines(), store::testing::engine_name);

}  // namespace
}  // namespace luytre::tracing

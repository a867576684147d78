// Lists of tasks: sorted both ways, in pages that put together are the whole list, read from an index, and as a file.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "modules/tracing/contact_lists.h"
#include "modules/tracing/storage.h"
#include "modules/tracing/task_storage.h"
#include "modules/tracing/tracing_fixture.h"
#include "platform/store/plan_testing.h"

namespace luytre::tracing {
namespace {

using cases::SortOrder;
using std::chrono::hours;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;
using visits::testing::kHaiLang;
using visits::testing::kQuangTri;

constexpr TaskSort kSorts[] = {TaskSort::kDue, TaskSort::kWaiting};
constexpr SortOrder kOrders[] = {SortOrder::kAscending, SortOrder::kDescending};

class TaskListsTest : public TracingTest {
 protected:
  // Of one case: in two communes, in both, and in another province; many of one deadline, some given to somebody later.
  void fill(std::size_t many) {
    const CaseId of = reported(someone("Lê Văn Bệnh").id).id;
    std::mt19937 dice(4711);
    const auto one_of = [&](std::size_t n) { return dice() % n; };
    const UnitId units[] = {kHaiLang, kNamHaiLang, kDaNang};
    world_.db->transact_now([&](store::Session& s) {
      for (std::size_t i = 0; i < many; ++i) {
        CandidateRow candidate;
        candidate.id = world_.db->ids().make<CandidateId>();
        candidate.case_id = of;
        candidate.person = world_.db->ids().make<PersonId>();
        candidate.unit = units[one_of(3)];
        candidate.exposed_since = now();
        const std::vector<CandidateRow> candidates{candidate};
        insert_candidates(s, candidates);
        TaskRow row;
        row.id = world_.db->ids().make<TaskId>();
        row.case_id = of;
        row.candidate = candidate.id;
        row.person = candidate.person;
        row.unit = candidate.unit;
        row.created_at = now() - hours(10 + one_of(10));
        row.due_at = now() + hours(one_of(5));
        row.state = one_of(3) ? TaskState::kOpen : TaskState::kAcknowledged;
        insert_task(s, row);
        insert_task_unit(s, row, row.unit, "address");
        if (one_of(4) == 0) insert_task_unit(s, row, units[one_of(3)], "place");
        if (one_of(3) == 0) {
          row.given_at = now() - hours(one_of(10));
          row.due_at = row.due_at + hours(1);
          ASSERT_TRUE(update_task(s, row, row.version));
        }
        rows_.push_back(row);
      }
    });
  }
  // What the officer sees, in that order.
  std::vector<TaskId> expected(const std::set<TaskId>& seen, TaskSort sort, SortOrder order) const {
    std::vector<std::pair<Instant, TaskId>> all;
    for (const TaskRow& row : rows_)
      if (seen.contains(row.id))
        all.emplace_back(sort == TaskSort::kDue ? row.due_at : row.given_at.value_or(row.created_at), row.id);
    std::sort(all.begin(), all.end());
    if (order == SortOrder::kDescending) std::reverse(all.begin(), all.end());
    std::vector<TaskId> out;
    for (const auto& [at, id] : all) out.push_back(id);
    return out;
  }
  std::vector<TaskId> glued(const Caller& officer, const TaskFilter& filter, std::size_t limit) {
    std::vector<TaskId> out;
    std::optional<std::string> next;
    do {
      const auto page = run(tracing_.tasks(officer, filter, next, limit));
      if (!page) throw std::runtime_error(page.error().code);
      EXPECT_LE(page->items.size(), limit);
      for (const TaskView& one : page->items) out.push_back(one.id);
      next = page->next;
    } while (next && out.size() < 200);
    return out;
  }

  const Caller centre_ = identity::testing::officer(Role::kDistrictOfficer, kHaiLang, 9301);
  std::vector<TaskRow> rows_;
};

TEST_P(TaskListsTest, PagesPutTogetherAreTheWholeListInEveryOrder) {
  fill(60);
  const Caller everywhere = identity::testing::officer(Role::kProvinceOfficer);
  for (const Caller& officer : {station_, province_, everywhere}) {
    std::set<TaskId> seen;
    for (const TaskView& one : tasks(officer)) seen.insert(one.id);
    ASSERT_GT(seen.size(), 10U);
    for (const TaskSort sort : kSorts) {
      for (const SortOrder order : kOrders) {
        TaskFilter filter;
        filter.sort = sort;
        filter.order = order;
        for (const std::size_t limit : {1U, 7U, 100U})
          EXPECT_EQ(glued(officer, filter, limit), expected(seen, sort, order))
              << json::enum_text(sort) << ' ' << json::enum_text(order) << ' ' << limit;
      }
    }
  }
  EXPECT_THAT(tasks(everywhere), SizeIs(60));
}

TEST_P(TaskListsTest, WhatIsOverdueAloneIsWholePagesInEveryOrder) {
  fill(60);
  world_.clock.advance(hours(2));
  const Caller everywhere = identity::testing::officer(Role::kProvinceOfficer);
  for (const Caller& officer : {station_, province_, everywhere}) {
    std::set<TaskId> seen;
    for (const TaskView& one : tasks(officer))
      if (one.overdue || one.due_at == now()) seen.insert(one.id);
    ASSERT_GT(seen.size(), 5U);
    ASSERT_LT(seen.size(), tasks(officer).size());
    for (const TaskSort sort : kSorts)
      for (const SortOrder order : kOrders) {
        TaskFilter filter;
        filter.overdue = true;
        filter.sort = sort;
        filter.order = order;
        for (const std::size_t limit : {1U, 7U, 100U})
          EXPECT_EQ(glued(officer, filter, limit), expected(seen, sort, order))
              << json::enum_text(sort) << ' ' << json::enum_text(order) << ' ' << limit;
      }
  }
  TaskFilter ended;
  ended.overdue = true;
  ended.state = TaskState::kDone;
  EXPECT_TRUE(tasks(everywhere, ended).empty());
  EXPECT_TRUE(tasks(station_, ended).empty());
}

TEST_P(TaskListsTest, ACursorGoesOnWithItsOwnSortAlone) {
  fill(20);
  TaskFilter waiting;
  waiting.sort = TaskSort::kWaiting;
  const auto first = run(tracing_.tasks(province_, waiting, std::nullopt, 1));
  ASSERT_TRUE(first && first->next);
  EXPECT_TRUE(run(tracing_.tasks(province_, waiting, first->next, 1)));
  EXPECT_THAT(fields(run(tracing_.tasks(province_, {}, first->next, 1))), ElementsAre("?cursor other_sort"));
  waiting.order = SortOrder::kDescending;
  EXPECT_THAT(fields(run(tracing_.tasks(province_, waiting, first->next, 1))), ElementsAre("?cursor other_sort"));
  for (const char* wrong : {"x", "due-ascending.", "due-ascending.1", "due-ascending.x.1"})
    EXPECT_THAT(fields(run(tracing_.tasks(province_, {}, std::string(wrong), 1))), ElementsAre("?cursor format"))
        << wrong;
}

TEST_P(TaskListsTest, AFileSaysWhatTheWorkListSaysMarkedAndLogged) {
  const Someone ill = someone("Trần Văn Ca"), near = someone("Lê Thị Gần"),
                visitor = someone("Hồ Văn Khách", kNamHaiLang);
  const PlaceId market = place("Chợ Diên Sanh");
  for (const Someone& one : {ill, near, visitor}) stay(one.id, market, 0, 60);
  const cases::Case of = confirmed(ill.id);
  TasksOut asked;
  asked.reason = std::string("Giao ban chiều");
  const auto file = run(tracing_.take_out_tasks(centre_, kHaiLang, asked));
  ASSERT_TRUE(file) << code(file);
  EXPECT_THAT(file->type, HasSubstr("text/csv"));
  EXPECT_THAT(file->body, HasSubstr("Lũy Tre: "));
  EXPECT_THAT(file->body, HasSubstr(centre_.name));
  EXPECT_THAT(file->body, HasSubstr(of.number));
  EXPECT_THAT(file->body, HasSubstr("Lê Thị Gần"));
  EXPECT_THAT(file->body, HasSubstr("Hồ Văn Khách")) << "in the list by the place, living elsewhere";
  EXPECT_THAT(file->body, Not(HasSubstr("Trần Văn Ca")));
  EXPECT_THAT(log_about(near.id), Contains("tracing.take_out_tasks Giao ban chiều"));
  EXPECT_THAT(log_about(visitor.id), Contains("tracing.take_out_tasks Giao ban chiều"));

  asked.disease = std::string("measles");
  EXPECT_THAT(run(tracing_.take_out_tasks(centre_, kHaiLang, asked))->body, Not(HasSubstr("Lê Thị Gần")));
  asked.disease.reset();
  asked.overdue = true;
  EXPECT_THAT(run(tracing_.take_out_tasks(centre_, kHaiLang, asked))->body, Not(HasSubstr("Lê Thị Gần")));
  asked.overdue.reset();
  asked.state = TaskState::kDone;
  EXPECT_THAT(run(tracing_.take_out_tasks(centre_, kHaiLang, asked))->body, Not(HasSubstr("Lê Thị Gần")));
  EXPECT_EQ(code(run(tracing_.take_out_tasks(station_, kHaiLang, asked))), "not_permitted");
  EXPECT_EQ(code(run(tracing_.take_out_tasks(centre_, kNamHaiLang, asked))), "not_permitted");
  EXPECT_EQ(code(run(tracing_.take_out_tasks(far_, kHaiLang, asked))), "not_permitted");
  asked.reason = std::string();
  EXPECT_EQ(code(run(tracing_.take_out_tasks(centre_, kHaiLang, asked))), "reason_required");
}

TEST_P(TaskListsTest, AFileIsBounded) {
  fill(1);
  world_.db->transact_now([&](store::Session& s) {
    std::vector<CandidateRow> candidates;
    for (std::size_t i = 0; i <= kTasksOutMost; ++i) {
      CandidateRow& one = candidates.emplace_back();
      one.id = world_.db->ids().make<CandidateId>();
      one.case_id = rows_.front().case_id;
      one.person = world_.db->ids().make<PersonId>();
      one.unit = kHaiLang;
      one.exposed_since = now();
    }
    insert_candidates(s, candidates);
    for (const CandidateRow& one : candidates) {
      TaskRow row = rows_.front();
      row.id = world_.db->ids().make<TaskId>();
      row.candidate = one.id;
      row.person = one.person;
      row.unit = kHaiLang;
      insert_task(s, row);
      insert_task_unit(s, row, kHaiLang, "address");
    }
  });
  TasksOut asked;
  asked.reason = std::string("Thử");
  EXPECT_EQ(code(run(tracing_.take_out_tasks(centre_, kHaiLang, asked))), "list_too_long");
}

TEST_P(TaskListsTest, APageIsReadFromTheIndexOfItsOrder) {
  if (GetParam() != store::Engine::kSqlite) return;
  for (const TaskSort sort : kSorts) {
    for (const bool descending : {false, true}) {
      for (const bool everywhere : {false, true}) {
        const TaskPageQuery page = task_page_query(sort, descending, everywhere);
        const auto plan = store::testing::plan_of(*world_.db, page.query, page.parameters);
        const std::string index = std::string(everywhere ? "tracing_task_" : "tracing_task_unit_") +
                                  (sort == TaskSort::kDue ? "due" : "waiting");
        EXPECT_THAT(plan, HasSubstr(index)) << page.query.name << ": " << plan;
        EXPECT_THAT(plan, Not(HasSubstr("TEMP B-TREE"))) << page.query.name << ": " << plan;
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Engines, TaskListsTest, store::testing::engines(), store::testing::engine_name);

}  // namespace
}  // namespace luytre::tracing

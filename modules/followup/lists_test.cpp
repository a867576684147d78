// Lists of follow-ups: sorted both ways, filtered by disease and class, in pages that put together are the whole list,
// and as a file.

#include "modules/followup/followup_fixture.h"
#include "modules/followup/storage.h"
#include "platform/store/plan_testing.h"

namespace luytre::followup {
namespace {

using cases::SortOrder;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using visits::testing::kHaiLang;

class ListsTest : public FollowUpTest {
 protected:
  // Met on 1 March but for the second, who was met on the day before; each by a case of their own.
  void three() {
    for (const int minute : {0, -24 * 60, 60}) {
      const PersonId sick = person("Trần Văn Ca"), met = person("Lê Thị Tiếp");
      meet(sick, met, minute);
      const CaseId id = confirmed(sick);
      assign(id, met);
      met_.push_back(met);
    }
  }
  std::vector<PersonId> glued(Filter filter, std::size_t limit) {
    std::vector<PersonId> out;
    std::optional<std::string> next;
    do {
      const auto page = run(room_.list(province_, filter, next, limit));
      if (!page) throw std::runtime_error(page.error().code);
      for (const FollowUp& one : page->items) out.push_back(one.person.id);
      next = page->next;
    } while (next && out.size() < 20);
    return out;
  }

  std::vector<PersonId> met_;
};

TEST_P(ListsTest, SortedByTheLastDayBothWays) {
  three();
  ASSERT_EQ(list(province_).size(), 3U);
  Filter filter;
  filter.sort = Sort::kLastDay;
  for (const std::size_t limit : {1U, 2U, 100U}) {
    filter.order = SortOrder::kAscending;
    EXPECT_THAT(glued(filter, limit), ElementsAre(met_[1], met_[0], met_[2])) << limit;
    filter.order = SortOrder::kDescending;
    EXPECT_THAT(glued(filter, limit), ElementsAre(met_[2], met_[0], met_[1])) << limit;
  }
  filter.sort = Sort::kWaiting;
  EXPECT_THAT(glued(filter, 2), ElementsAre(met_[2], met_[1], met_[0])) << "all wait since today";
}

TEST_P(ListsTest, ACursorGoesOnWithItsOwnSortAlone) {
  three();
  Filter by_last;
  by_last.sort = Sort::kLastDay;
  const auto first = run(room_.list(province_, by_last, std::nullopt, 1));
  ASSERT_TRUE(first && first->next);
  EXPECT_TRUE(run(room_.list(province_, by_last, first->next, 1)));
  EXPECT_THAT(fields(run(room_.list(province_, {}, first->next, 1))), ElementsAre("?cursor other_sort"));
  by_last.order = SortOrder::kDescending;
  EXPECT_THAT(fields(run(room_.list(province_, by_last, first->next, 1))), ElementsAre("?cursor other_sort"));
  for (const char* wrong : {"x", "waiting-ascending.", "waiting-ascending.1", "waiting-ascending.x.1"})
    EXPECT_THAT(fields(run(room_.list(province_, {}, wrong, 1))), ElementsAre("?cursor format")) << wrong;
}

TEST_P(ListsTest, FilteredByDiseaseAndClass) {
  three();
  Filter filter;
  filter.disease = "covid-19";
  EXPECT_THAT(list(province_, filter), SizeIs(3));
  filter.class_ = tracing::Class::kF1;
  EXPECT_THAT(list(station_, filter), SizeIs(3));
  filter.offered = true;
  EXPECT_THAT(list(province_, filter), IsEmpty()) << "nobody told of symptoms";
  filter.offered = false;
  filter.class_ = tracing::Class::kF2;
  EXPECT_THAT(list(province_, filter), IsEmpty());
  filter.class_.reset();
  filter.disease = "measles";
  EXPECT_THAT(list(province_, filter), IsEmpty());
}

TEST_P(ListsTest, AFileSaysWhoWaitsMarkedAndLogged) {
  three();
  FollowUpsOut asked;
  asked.reason = std::string("Giao ban chiều");
  asked.class_ = tracing::Class::kF1;
  const auto file = run(room_.take_out(centre_, kHaiLang, asked));
  ASSERT_TRUE(file) << code(file);
  EXPECT_THAT(file->body, HasSubstr("Lũy Tre: "));
  EXPECT_THAT(file->body, HasSubstr("Lê Thị Tiếp"));
  EXPECT_THAT(file->body, HasSubstr("2026-03-10"));
  for (const PersonId one : met_) EXPECT_THAT(log_about(one), Contains("followup.take_out"));
  asked.disease = std::string("measles");
  EXPECT_THAT(run(room_.take_out(centre_, kHaiLang, asked))->body, Not(HasSubstr("Lê Thị Tiếp")));
  EXPECT_EQ(code(run(room_.take_out(station_, kHaiLang, asked))), "not_permitted");
  EXPECT_EQ(code(run(room_.take_out(centre_, kNamHaiLang, asked))), "not_permitted");
  asked.reason = std::string();
  EXPECT_EQ(code(run(room_.take_out(centre_, kHaiLang, asked))), "reason_required");
}

// Few have symptoms and no case: those
// may be sorted, and so may those to be sampled by their last day.
TEST_P(ListsTest, APageIsReadFromTheIndexOfItsOrder) {
  if (GetParam() != store::Engine::kSqlite) return;
  using storage::Among;
  const std::pair<Among, Sort> lists[] = {
      {Among::kWaiting, Sort::kWaiting}, {Among::kWaiting, Sort::kLastDay}, {Among::kToSample, Sort::kWaiting}};
  for (const auto& [among, sort] : lists) {
    for (const bool descending : {false, true}) {
      for (const bool everywhere : {false, true}) {
        const storage::PageQuery page = storage::page_query(among, sort, descending, everywhere);
        const auto plan = store::testing::plan_of(*world_.db, page.query, page.parameters);
        EXPECT_THAT(plan, Not(HasSubstr("TEMP B-TREE"))) << page.query.name << ": " << plan;
        EXPECT_THAT(plan, HasSubstr(everywhere ? "SEARCH p USING INDEX followup_period_" : "(unit=?"))
            << page.query.name;
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Engines, ListsTest, store::testing::engines(), store::testing::engine_name);

}  // namespace
}  // namespace luytre::followup

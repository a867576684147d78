// The contacts of one case as a list: sorted by level, risk and exposure both ways, in pages that put together are the
// whole list, also where many stand at one place.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "modules/tracing/storage.h"
#include "modules/tracing/tracing_fixture.h"

namespace luytre::tracing {
namespace {

using cases::SortOrder;
using ::testing::ElementsAre;
using ::testing::ElementsAreArray;
using ::testing::SizeIs;

class CaseListsTest : public TracingTest {
 protected:
  // Two levels, three risks, three exposures: always several of one.
  void fill() {
    kase_ = reported(someone("Lê Văn Một").id).id;
    for (int i = 0; i < 12; ++i) {
      CandidateRow row;
      row.id = world_.db->ids().make<CandidateId>();
      row.case_id = kase_;
      row.person = world_.db->ids().make<PersonId>();
      row.unit = visits::testing::kHaiLang;
      row.level = 1 + i % 2;
      row.risk = 100 * (i % 3);
      row.exposed_since = minute(10 * (i % 4 / 2));
      row.status = i % 4 == 0 ? CandidateStatus::kDismissed : CandidateStatus::kOpen;
      if (i % 4 == 0) row.assigned_class = Class::kNone;
      rows_.push_back(row);
    }
    world_.db->transact_now([&](store::Session& s) { insert_candidates(s, rows_); });
  }
  std::vector<CandidateId> expected(const CandidateFilter& filter, bool descending) const {
    std::vector<std::pair<std::int64_t, CandidateId>> all;
    for (const CandidateRow& row : rows_) {
      if (filter.level && row.level != *filter.level) continue;
      if (filter.status && row.status != *filter.status) continue;
      const CandidateSort sort = filter.sort.value_or(CandidateSort::kLevel);
      const std::int64_t key = sort == CandidateSort::kRisk       ? row.risk
                               : sort == CandidateSort::kExposure ? row.exposed_since.seconds
                                                                  : 10'000 * row.level - row.risk;
      all.emplace_back(key, row.id);
    }
    std::sort(all.begin(), all.end());
    if (descending) std::reverse(all.begin(), all.end());
    std::vector<CandidateId> out;
    for (const auto& [key, id] : all) out.push_back(id);
    return out;
  }
  std::vector<CandidateId> glued(const CandidateFilter& filter, std::size_t limit) {
    std::vector<CandidateId> out;
    std::optional<std::string> next;
    do {
      const auto page = run(tracing_.candidates(province_, kase_, filter, next, limit));
      if (!page) throw std::runtime_error(page.error().code);
      for (const Candidate& one : page->items) out.push_back(one.id);
      next = page->next;
    } while (next && out.size() < 50);
    return out;
  }

  CaseId kase_;
  std::vector<CandidateRow> rows_;
};

TEST_P(CaseListsTest, PagesPutTogetherAreTheWholeListInItsOrder) {
  fill();
  for (const CandidateSort sort : {CandidateSort::kLevel, CandidateSort::kRisk, CandidateSort::kExposure})
    for (const SortOrder order : {SortOrder::kAscending, SortOrder::kDescending})
      for (const std::size_t limit : {1U, 3U, 5U, 100U})
        for (const bool open : {false, true}) {
          CandidateFilter filter;
          filter.sort = sort;
          filter.order = order;
          if (open) filter.status = CandidateStatus::kOpen;
          EXPECT_THAT(glued(filter, limit), ElementsAreArray(expected(filter, order == SortOrder::kDescending)))
              << json::enum_text(sort) << ' ' << json::enum_text(order) << ' ' << limit;
        }
}

TEST_P(CaseListsTest, UnlessSortedTheNearestAndTheStrongestStandFirst) {
  fill();
  EXPECT_THAT(glued({}, 5), ElementsAreArray(expected({}, false)));
  const auto page = run(tracing_.candidates(province_, kase_, {}, std::nullopt, 12));
  EXPECT_EQ(page->items.front().level, 1);
  EXPECT_EQ(page->items.front().risk, 200);
  CandidateFilter by;
  for (const CandidateSort sort : {CandidateSort::kRisk, CandidateSort::kExposure}) {
    by.sort = sort;
    EXPECT_THAT(glued(by, 5), ElementsAreArray(expected(by, true))) << json::enum_text(sort);
  }
  EXPECT_THAT(glued({.level = 2}, 2), SizeIs(6));
}

TEST_P(CaseListsTest, ACursorGoesOnWithItsOwnSortAlone) {
  fill();
  CandidateFilter by_risk;
  by_risk.sort = CandidateSort::kRisk;
  const auto first = run(tracing_.candidates(province_, kase_, by_risk, std::nullopt, 1));
  ASSERT_TRUE(first && first->next);
  EXPECT_TRUE(run(tracing_.candidates(province_, kase_, by_risk, first->next, 1)));
  EXPECT_THAT(fields(run(tracing_.candidates(province_, kase_, {}, first->next, 1))),
              ElementsAre("?cursor other_sort"));
  by_risk.order = SortOrder::kAscending;
  EXPECT_THAT(fields(run(tracing_.candidates(province_, kase_, by_risk, first->next, 1))),
              ElementsAre("?cursor other_sort"));
}

INSTANTIATE_TEST_SUITE_P(Engines, CaseListsTest, store::testing::engines(), store::testing::engine_name);

}  // namespace
}  // namespace luytre::tracing

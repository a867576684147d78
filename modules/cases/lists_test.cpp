// Lists of cases: whatever is asked for, the pages put together are the whole list, filtered and sorted; and they are
// read from an index. It is the morning of 2 March 2026.

#include "modules/cases/lists.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>

#include "modules/cases/cases_fixture.h"
#include "platform/store/plan_testing.h"

namespace luytre::cases {
namespace {

using std::chrono::hours;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using visits::testing::kHaiLang;
using visits::testing::kQuangTri;

constexpr Sort kSorts[] = {Sort::kReport, Sort::kOnset, Sort::kDeadline, Sort::kNumber};
constexpr SortOrder kOrders[] = {SortOrder::kAscending, SortOrder::kDescending};

// Of a list with this sort, from what a case says and not from what the list is read by.
bool stands_before(const CaseRow& a, const CaseRow& b, Sort sort, SortOrder order) {
  const bool up = order == SortOrder::kAscending;
  const CaseRow& first = up ? a : b;
  const CaseRow& second = up ? b : a;
  const auto by = [](const auto& x, const auto& y, const CaseRow& of_x, const CaseRow& of_y) {
    return x < y || (x == y && of_x.id < of_y.id);
  };
  const auto due = [](const CaseRow& row) { return row.notify_by.value_or(Instant{INT64_MAX}); };
  switch (sort) {
    case Sort::kReport:
      return by(first.created_at, second.created_at, first, second);
    case Sort::kOnset:
      return by(first.onset, second.onset, first, second);
    case Sort::kDeadline:
      return by(due(first), due(second), first, second);
    case Sort::kNumber:
      return first.number < second.number;
  }
  return false;
}

class CasesListsTest : public CasesTest {
 protected:
  Instant now() const { return world_.clock.now(); }

  // Of two communes, their province and another; some reported by a unit elsewhere, some without onset or deadline,
  // many of one instant.
  void fill(std::size_t many) {
    std::mt19937 dice(4711);
    const auto one_of = [&](std::size_t n) { return dice() % n; };
    const UnitId units[] = {kHaiLang, kQuangTri, kDaNang};
    const char* const kinds[] = {"covid-19", "covid-19", "covid-19", "measles", "cholera"};
    for (std::size_t i = 0; i < many; ++i) {
      CaseRow row;
      row.id = world_.db->ids().make<CaseId>();
      row.person = world_.db->ids().make<PersonId>();
      row.disease = kinds[one_of(5)];
      row.number = (one_of(2) ? "COV-" : "cov ") + std::to_string(one_of(1'000'000)) + '.' + std::to_string(i);
      row.classification = static_cast<Classification>(one_of(4));
      row.status = one_of(3) ? Status::kOpen : Status::kClosed;
      row.unit = units[one_of(3)];
      row.report_unit = one_of(4) ? row.unit : units[one_of(3)];
      if (one_of(3)) row.onset = Date{local_date(now()).days - static_cast<std::int64_t>(one_of(6))};
      if (one_of(3)) row.notify_by = now() + hours(24) - hours(12 * one_of(5));
      if (row.notify_by && one_of(3) == 0) row.notified_at = now();
      if (row.status == Status::kClosed && one_of(2)) {
        row.outcome = static_cast<Outcome>(one_of(4));
        row.outcome_on = local_date(now());
      }
      if (row.classification == Classification::kConfirmed) {
        row.window_from = now();
        row.rule_set = "r";
      }
      if (i > 0 && one_of(2)) row.source = rows_[one_of(i)].id;
      row.created_by = AccountId{1};
      row.created_at = now() - hours(10 * one_of(10));
      rows_.push_back(std::move(row));
    }
    world_.db->transact_now([&](store::Session& s) {
      for (const CaseRow& row : rows_) insert_case(s, row);
    });
  }

  static bool fits(const CaseRow& row, const Filter& f, Instant now) {
    const bool awaits = row.classification != Classification::kDiscarded && row.notify_by && !row.notified_at;
    const Date reported = local_date(row.created_at);
    return (!f.classification || row.classification == *f.classification) && (!f.status || row.status == *f.status) &&
           (!f.number || row.number == *f.number) && (!f.disease || row.disease == *f.disease) &&
           (!f.outcome || row.outcome == f.outcome) && (!f.onset_from || (row.onset && *row.onset >= *f.onset_from)) &&
           (!f.onset_to || (row.onset && *row.onset <= *f.onset_to)) &&
           (!f.reported_from || reported >= *f.reported_from) && (!f.reported_to || reported <= *f.reported_to) &&
           (!f.source_unknown || !row.source) && (!(f.awaiting || f.overdue) || awaits) &&
           (!f.overdue || *row.notify_by < now);
  }

  std::vector<CaseId> expected(const Asked& asked) const {
    std::vector<CaseRow> all;
    const std::set<UnitId> units(asked.units.begin(), asked.units.end());
    for (const CaseRow& row : rows_) {
      const bool seen = asked.everywhere || units.contains(row.unit) || units.contains(row.report_unit);
      const bool among = !asked.among || std::count(asked.among->begin(), asked.among->end(), row.id) > 0;
      if (seen && among && fits(row, asked.filter, asked.now)) all.push_back(row);
    }
    std::sort(all.begin(), all.end(), [&](const CaseRow& a, const CaseRow& b) {
      return stands_before(a, b, sort_of(asked.filter), order_of(asked.filter));
    });
    std::vector<CaseId> out;
    for (const CaseRow& row : all) out.push_back(row.id);
    return out;
  }

  std::vector<CaseId> glued(Asked asked, std::size_t page) {
    asked.most = page + 1;
    return world_.db->read_now([&](store::Session& s) {
      std::vector<CaseId> out;
      Asked next = asked;
      for (std::size_t pages = 0; pages <= rows_.size(); ++pages) {
        const auto rows = select_cases(s, next);
        for (std::size_t i = 0; i < std::min(rows.size(), page); ++i) out.push_back(rows[i].id);
        if (rows.size() <= page) return out;
        const auto after =
            parse_place(to_cursor(place_of(rows[page - 1], sort_of(asked.filter)), asked.filter), asked.filter);
        EXPECT_TRUE(after) << code(after);
        if (!after) return out;
        next.after = *after;
      }
      ADD_FAILURE() << "the list has no end";
      return out;
    });
  }

  std::vector<Filter> filters() const {
    std::vector<Filter> out(1);
    const auto add = [&](auto change) { change(out.emplace_back()); };
    const Date today = local_date(now());
    for (const Classification one : {Classification::kSuspect, Classification::kConfirmed})
      add([&](Filter& f) { f.classification = one; });
    add([](Filter& f) { f.status = Status::kOpen; });
    add([](Filter& f) { f.status = Status::kClosed; });
    add([](Filter& f) { f.disease = "measles"; });
    add([](Filter& f) { f.disease = "nowhere"; });
    add([](Filter& f) { f.outcome = Outcome::kDied; });
    add([&](Filter& f) { f.onset_from = Date{today.days - 3}; });
    add([&](Filter& f) { f.onset_to = Date{today.days - 3}; });
    add([&](Filter& f) { f.onset_from = f.onset_to = Date{today.days - 1}; });
    add([&](Filter& f) { f.reported_from = f.reported_to = Date{today.days - 1}; });
    add([](Filter& f) { f.source_unknown = true; });
    add([](Filter& f) { f.awaiting = true; });
    add([](Filter& f) { f.overdue = true; });
    add([&](Filter& f) { f.number = rows_.front().number; });
    add([&](Filter& f) {
      f.disease = "covid-19";
      f.classification = Classification::kConfirmed;
      f.reported_to = today;
      f.source_unknown = true;
    });
    return out;
  }

  std::vector<CaseRow> rows_;
};

TEST_P(CasesListsTest, PagesPutTogetherAreTheWholeListFilteredAndSorted) {
  fill(150);
  const auto here = visits::testing::geography().covered(kQuangTri);
  std::set<std::size_t> sizes;
  const auto all = filters();
  for (const Filter& filter : all) {
    for (const Sort sort : kSorts) {
      for (const SortOrder order : kOrders) {
        for (const bool everywhere : {true, false}) {
          Asked asked;
          asked.filter = filter;
          asked.filter.sort = sort;
          asked.filter.order = order;
          asked.everywhere = everywhere;
          if (!everywhere) asked.units = here;
          asked.now = now();
          const auto whole = expected(asked);
          sizes.insert(whole.size());
          const std::string what = json::enum_text(sort) + ' ' + json::enum_text(order) + ' ' +
                                   std::to_string(&filter - all.data()) + (everywhere ? " everywhere" : "");
          for (const std::int64_t few : {std::int64_t{0}, kFew}) {
            asked.few = few;
            EXPECT_EQ(glued(asked, 20), whole) << what << ", few " << few;
          }
        }
      }
    }
  }
  EXPECT_GT(sizes.size(), 8U) << "the filters tell something apart";
  EXPECT_TRUE(sizes.contains(rows_.size()));
}

TEST_P(CasesListsTest, OnePageOfAnySizeBeginsTheList) {
  fill(120);
  Asked asked;
  asked.units = visits::testing::geography().covered(kQuangTri);
  asked.now = now();
  for (const Sort sort : kSorts) {
    asked.filter.sort = sort;
    const auto whole = expected(asked);
    for (const std::size_t page : {1U, 2U, 7U, 8U, 9U, 200U}) EXPECT_EQ(glued(asked, page), whole) << page;
  }
}

TEST_P(CasesListsTest, TheListOfAnOutbreakIsFilteredAndSortedLikeAnyOther) {
  fill(60);
  Asked asked;
  asked.units = {kHaiLang};
  asked.now = now();
  asked.among.emplace();
  for (std::size_t i = 0; i < 30; ++i) asked.among->push_back(rows_[i * 2].id);
  for (const Sort sort : kSorts) {
    asked.filter.sort = sort;
    EXPECT_EQ(glued(asked, 4), expected(asked));
    asked.filter.classification = Classification::kSuspect;
    EXPECT_EQ(glued(asked, 4), expected(asked));
    asked.filter.classification.reset();
  }
}

TEST_P(CasesListsTest, AnOutbreakIsAskedForByWhoeverMaySeeIt) {
  const Case in = reported(), out = reported();
  cases_.set_cases_of([&](store::Session&, const Caller& caller, std::int64_t outbreak) -> Result<std::vector<CaseId>> {
    if (outbreak != 7 || caller.account == far_.account) return kNotFound;
    return std::vector<CaseId>{in.id};
  });
  Filter filter;
  filter.outbreak = 7;
  const auto page = list(province_, filter);
  ASSERT_TRUE(page) << code(page);
  ASSERT_THAT(page->items, SizeIs(1));
  EXPECT_EQ(page->items[0].id, in.id);
  EXPECT_EQ(code(list(far_, filter)), "not_found");
  filter.outbreak = 8;
  EXPECT_EQ(code(list(province_, filter)), "not_found");
}

TEST_P(CasesListsTest, ACursorGoesOnWithItsOwnSortAlone) {
  for (int i = 0; i < 3; ++i) reported();
  const auto page = [&](Filter filter, std::optional<std::string> cursor) {
    return run(cases_.list(province_, std::move(filter), std::move(cursor), 1));
  };
  Filter by_number;
  by_number.sort = Sort::kNumber;
  const auto first = page(by_number, std::nullopt);
  ASSERT_TRUE(first && first->next);
  EXPECT_TRUE(page(by_number, first->next));
  EXPECT_THAT(fields(page({}, first->next)), ElementsAre("?cursor other_sort"));
  by_number.order = SortOrder::kDescending;
  EXPECT_THAT(fields(page(by_number, first->next)), ElementsAre("?cursor other_sort"));
  for (const char* wrong : {"x!", "report-descending.", "report-descending.zz!.1", "report-descending.0000000000001.x"})
    EXPECT_THAT(fields(page({}, wrong)), ElementsAre("?cursor format")) << wrong;
}

TEST_P(CasesListsTest, WhatChangesAboutACaseMovesItInTheList) {
  const Case a = reported(), b = reported();
  Filter by_onset;
  by_onset.sort = Sort::kOnset;
  const auto numbers = [&](const Filter& filter) {
    std::vector<std::string> out;
    const auto page = list(province_, filter);
    for (const auto& item : page->items) out.push_back(item.number);
    return out;
  };
  const Case ill = *confirm(a, positive());  // with an onset
  EXPECT_THAT(numbers(by_onset), ElementsAre(a.number, b.number));
  by_onset.order = SortOrder::kAscending;
  EXPECT_THAT(numbers(by_onset), ElementsAre(b.number, a.number)) << "without an onset stands before every onset";
  ASSERT_TRUE(undo(ill));
  by_onset.onset_from = parse_date("2026-01-01");
  EXPECT_THAT(numbers(by_onset), IsEmpty());
}

TEST_P(CasesListsTest, APageIsReadFromTheIndexOfItsOrder) {
  if (GetParam() != store::Engine::kSqlite) return;
  for (const Sort sort : kSorts) {
    for (const SortOrder order : kOrders) {
      for (const Scope scope : {Scope::kUnit, Scope::kReporter, Scope::kEverywhere}) {
        for (const bool awaiting : {true, false}) {
          const store::Query& query = list_query(sort, order, scope, awaiting);
          const auto plan = store::testing::plan_of(*world_.db, query, scope == Scope::kEverywhere ? 13 : 14);
          EXPECT_THAT(plan, HasSubstr("USING")) << query.name;
          EXPECT_THAT(plan, HasSubstr("cases_case_")) << query.name;
          // Of what awaits, few were reported for another: those may be sorted.
          if (scope == Scope::kReporter && awaiting) continue;
          EXPECT_THAT(plan, Not(HasSubstr("TEMP B-TREE"))) << query.name << ": " << plan;
          const std::string of = scope == Scope::kUnit ? "(unit=?" : scope == Scope::kReporter ? "(report_unit=?" : "";
          EXPECT_THAT(plan, HasSubstr(of)) << query.name << ": " << plan;
        }
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Engines, CasesListsTest, store::testing::engines(), store::testing::engine_name);

}  // namespace
}  // namespace luytre::cases

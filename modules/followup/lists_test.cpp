// Lists of follow-ups: sorted both ways, filtered by disease and class, in pages that put together are the whole list,
// and as a file.

#include "modules/followup/followup_fixture.h"
#include "modules/followup/impl.h"
#include "platform/store/counting_testing.h"
#include "platform/store/plan_testing.h"

namespace luytre::followup {
namespace {

using cases::SortOrder;
using ::testing::Contains;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Le;
using ::testing::Not;
using ::testing::Pair;
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

// Two of them an officer's, two on their way to another commune, all answered yesterday.
TEST_P(ListsTest, MoreFollowUpsDoNotMeanMoreStatements) {
  three();
  identity::NewOfficer nurse;
  nurse.username = std::string("dieuduong");
  nurse.name = std::string("Điều dưỡng Xuân");
  nurse.grants = {{Role::kStationOfficer, kHaiLang}};
  const auto made = world_.house->officers.create_now(std::move(nurse));
  ASSERT_TRUE(made) << code(made);
  const auto ids = [&] {
    std::vector<FollowUpId> out;
    for (const FollowUp& one : list(station_)) out.push_back(one.id);
    return out;
  }();
  ASSERT_THAT(ids, SizeIs(3));
  ASSERT_THAT(run(room_.give(centre_, {{ids[0], ids[1]}, made->officer.id, {}}))->items, SizeIs(2));
  NewTransfer away;
  away.unit = kNamHaiLang;
  away.reason = std::string("Về ở với mẹ");
  for (const FollowUpId id : {ids[1], ids[2]}) ASSERT_TRUE(run(room_.transfer(station_, id, away, open(id).version)));
  for (const FollowUpId id : ids) ASSERT_TRUE(record(station_, id, Finding::kNone));
  until("2026-03-03");

  const FollowUps::Impl impl(room_parts_);
  std::map<std::string, int> listed, taken;
  std::vector<FollowUp> shown;
  std::vector<HomeVisit> visits;
  world_.db->transact_now([&](store::Session& s) {
    store::testing::Counting for_list(s), for_visits(s);
    store::Session first(for_list), second(for_visits);
    shown = impl.list(first, station_, {}, std::nullopt, 50)->items;
    visits = impl.visits(second, station_, {})->items;
    listed = for_list.sent;
    taken = for_visits.sent;
    return 0;
  });
  EXPECT_THAT(listed, Each(Pair(::testing::_, 1)));
  EXPECT_EQ(listed.count("identity.access_insert"), 1U) << "a line for each person, at once";
  EXPECT_THAT(taken, Each(Pair(::testing::_, Le(2)))) << "people are read for their names and for their phones";
  ASSERT_THAT(shown, SizeIs(3));
  ASSERT_THAT(visits, SizeIs(3));
  int given = 0, moving = 0;
  for (std::size_t i = 0; i < shown.size(); ++i) {
    const FollowUp alone = open(shown[i].id);
    EXPECT_EQ(shown[i].person.name, alone.person.name);
    EXPECT_EQ(shown[i].first_day, alone.first_day);
    EXPECT_EQ(strip(shown[i]), strip(alone));
    ASSERT_EQ(shown[i].assignee.has_value(), alone.assignee.has_value());
    if (alone.assignee) {
      EXPECT_EQ(shown[i].assignee->name, "Điều dưỡng Xuân");
    }
    ASSERT_EQ(shown[i].transfer.has_value(), alone.transfer.has_value());
    if (alone.transfer) {
      EXPECT_EQ(shown[i].transfer->id, alone.transfer->id);
    }
    given += alone.assignee ? 1 : 0;
    moving += alone.transfer ? 1 : 0;
    EXPECT_EQ(visits[i].phones, alone.contact.value_or(ContactData{}).phones);
  }
  EXPECT_EQ(given, 2);
  EXPECT_EQ(moving, 2);
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

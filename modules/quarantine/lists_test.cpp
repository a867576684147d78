// Lists of orders: sorted both ways, in pages that put together are the whole list, and as a file; and what has waited
// too long for a signature.

#include "modules/quarantine/quarantine_fixture.h"
#include "modules/quarantine/storage.h"

namespace luytre::quarantine {
namespace {

using cases::SortOrder;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class OrderListsTest : public QuarantineTest {
 protected:
  // Isolations drafted an hour apart, whose last days stand in another order than that.
  void three() {
    for (const char* until : {"2026-03-11", "2026-03-09", "2026-03-10"}) {
      const PersonId sick = person("Trần Văn Ca");
      const auto drafted = draft(station_, isolation(confirmed(sick), until));
      if (!drafted) throw std::runtime_error(drafted.error().code);
      people_.push_back(sick);
      orders_.push_back(*drafted);
      world_.clock.advance(hours(1));
    }
  }
  // What was drafted last first, an hour apart.
  void sign_all() {
    for (std::size_t i = orders_.size(); i-- > 0;) {
      const auto made = sign(province_, orders_[i]);
      if (!made) throw std::runtime_error(made.error().code);
      orders_[i] = *made;
      world_.clock.advance(hours(1));
    }
  }
  std::vector<PersonId> glued(Filter filter, std::size_t limit) {
    std::vector<PersonId> out;
    std::optional<std::string> next;
    do {
      const auto page = run(room_.list(province_, filter, next, limit));
      if (!page) throw std::runtime_error(page.error().code);
      for (const Order& one : page->items) out.push_back(one.person.id);
      next = page->next;
    } while (next && out.size() < 20);
    return out;
  }
  // Upwards, and the same turned around downwards, in pages of any size.
  void expect_sorted(View view, Sort sort, std::vector<PersonId> upwards) {
    Filter filter;
    filter.view = view;
    filter.sort = sort;
    for (const SortOrder order : {SortOrder::kAscending, SortOrder::kDescending}) {
      filter.order = order;
      for (const std::size_t limit : {1U, 2U, 100U})
        EXPECT_EQ(glued(filter, limit), upwards)
            << json::enum_text(view) << ' ' << json::enum_text(sort) << ' ' << limit;
      std::reverse(upwards.begin(), upwards.end());
    }
  }
  std::vector<staff::Waiting> waiting(const Caller& who) {
    return world_.db->read_now([&](store::Session& s) { return room_.waiting(s, who); });
  }

  std::vector<PersonId> people_;
  std::vector<Order> orders_;
};

TEST_P(OrderListsTest, SortedBothWaysInEveryView) {
  three();
  expect_sorted(View::kWaiting, Sort::kWaiting, {people_[0], people_[1], people_[2]});
  expect_sorted(View::kWaiting, Sort::kLastDay, {people_[1], people_[2], people_[0]});
  sign_all();
  expect_sorted(View::kRunning, Sort::kSigned, {people_[2], people_[1], people_[0]});
  expect_sorted(View::kRunning, Sort::kLastDay, {people_[1], people_[2], people_[0]});
  world_.clock.advance(hours(24 * 8));
  expect_sorted(View::kOverdue, Sort::kSigned, {people_[1]});
  expect_sorted(View::kTomorrow, Sort::kLastDay, {people_[0]});
  for (const std::size_t i : {1U, 0U, 2U}) {
    stepped(orders_[i], step(StepKind::kRelease));
    world_.clock.advance(hours(1));
  }
  expect_sorted(View::kEnded, Sort::kEnded, {people_[1], people_[0], people_[2]});
  expect_sorted(View::kEnded, Sort::kLastDay, {people_[1], people_[2], people_[0]});
  Filter ended;
  ended.view = View::kEnded;
  EXPECT_THAT(glued(ended, 2), ElementsAre(people_[2], people_[0], people_[1])) << "the last first, unless asked";
}

TEST_P(OrderListsTest, ACursorGoesOnWithItsOwnSortAlone) {
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
  Filter other;
  other.sort = Sort::kEnded;
  EXPECT_THAT(fields(run(room_.list(province_, other, std::nullopt, 1))), ElementsAre("?sort unknown"))
      << "what waits has not ended";
}

TEST_P(OrderListsTest, AFileSaysWhoIsKeptMarkedAndLogged) {
  three();
  OrdersOut asked;
  asked.reason = std::string("Giao ban chiều");
  const auto file = run(room_.take_out(centre_, kHaiLang, asked));
  ASSERT_TRUE(file) << code(file);
  EXPECT_THAT(file->body, HasSubstr("Lũy Tre: "));
  EXPECT_THAT(file->body, HasSubstr("Trần Văn Ca"));
  EXPECT_THAT(file->body, HasSubstr("2026-03-11"));
  for (const Order& one : orders_) EXPECT_THAT(file->body, HasSubstr(one.number));
  EXPECT_THAT(file->body, Not(HasSubstr("12 Lê Lợi"))) << "where they are kept is sealed";
  EXPECT_THAT(file->body, Not(HasSubstr("Ca bệnh"))) << "and so is why";
  for (const PersonId one : people_) EXPECT_THAT(log_about(one), Contains("quarantine.take_out"));
  asked.kind = Kind::kQuarantine;
  EXPECT_THAT(run(room_.take_out(centre_, kHaiLang, asked))->body, Not(HasSubstr("Trần Văn Ca")));
  asked.kind.reset();
  asked.view = View::kRunning;
  EXPECT_THAT(run(room_.take_out(centre_, kHaiLang, asked))->body, Not(HasSubstr("Trần Văn Ca")));
  EXPECT_EQ(code(run(room_.take_out(station_, kHaiLang, asked))), "not_permitted");
  EXPECT_EQ(code(run(room_.take_out(centre_, kNamHaiLang, asked))), "not_permitted");
  asked.reason = std::string();
  EXPECT_EQ(code(run(room_.take_out(centre_, kHaiLang, asked))), "reason_required");
}

TEST_P(OrderListsTest, TomorrowsReleasesAreOnPagesThoughTheyAllEndOnOneDayAndInAFileAlone) {
  three();
  for (int i = 0; i < 3; ++i) {
    const PersonId one = person("Hồ Thị Mai");
    const auto drafted = draft(station_, isolation(confirmed(one), "2026-03-04"));
    ASSERT_TRUE(drafted) << code(drafted);
    ASSERT_TRUE(sign(province_, *drafted));
    people_.push_back(one);
  }
  sign_all();
  world_.clock.advance(hours(24));  // 3 March
  const std::vector<PersonId> tomorrow(people_.begin() + 3, people_.end());
  expect_sorted(View::kTomorrow, Sort::kLastDay, tomorrow);
  OrdersOut asked;
  asked.reason = std::string("Chuẩn bị kết thúc cách ly ngày mai");
  asked.view = View::kTomorrow;
  const auto file = run(room_.take_out(centre_, kHaiLang, asked));
  ASSERT_TRUE(file) << code(file);
  EXPECT_THAT(file->body, HasSubstr("Hồ Thị Mai"));
  EXPECT_THAT(file->body, HasSubstr("2026-03-04"));
  EXPECT_THAT(file->body, Not(HasSubstr("Trần Văn Ca"))) << "who stays longer";
  for (const PersonId one : tomorrow) EXPECT_THAT(log_about(one), Contains("quarantine.take_out"));
  EXPECT_THAT(log_about(people_[0]), Not(Contains("quarantine.take_out")));
  EXPECT_THAT(lists_taken(), ElementsAre("orders, unit " + to_text(kHaiLang)));
}

TEST_P(OrderListsTest, WhatNobodySignsComesUpToWhoMaySignIt) {
  contact("Nguyễn Thị An");
  const auto drafted = draft(station_, order());
  ASSERT_TRUE(drafted) << code(drafted);
  const Instant late = now() + kSignWithin;
  world_.clock.advance(kSignWithin - std::chrono::seconds(1));
  EXPECT_THAT(waiting(centre_), IsEmpty()) << "there is time to sign it";
  world_.clock.advance(std::chrono::seconds(1));
  const auto first = waiting(centre_);
  ASSERT_EQ(first.size(), 1U);
  EXPECT_EQ(first[0].kind, staff::WaitingKind::kOrder);
  EXPECT_EQ(first[0].subject.value, drafted->id.value);
  EXPECT_EQ(first[0].unit, kHaiLang);
  EXPECT_EQ(first[0].since, late);
  EXPECT_EQ(first[0].level, referrals::Level::kCentre);
  EXPECT_TRUE(first[0].yours);
  EXPECT_THAT(waiting(station_), IsEmpty()) << "a station signs nothing";
  const auto seen = waiting(province_);
  ASSERT_EQ(seen.size(), 1U);
  EXPECT_FALSE(seen[0].yours);
  world_.clock.advance(kSignWithin);
  EXPECT_TRUE(waiting(province_).at(0).yours) << "nobody of the centre did";

  const auto made = sign(province_, *drafted);
  ASSERT_TRUE(made) << code(made);
  EXPECT_THAT(waiting(province_), IsEmpty());
  const auto release = propose(*made, step(StepKind::kRelease));
  ASSERT_TRUE(release) << code(release);
  EXPECT_THAT(waiting(centre_), IsEmpty());
  world_.clock.advance(kSignWithin);
  EXPECT_EQ(waiting(centre_).size(), 1U) << "a step as well as an order";
  const auto refusal = run(room_.refuse(centre_, made->id, {std::string("Chưa đủ ngày")}, release->version));
  ASSERT_TRUE(refusal) << code(refusal);
  EXPECT_THAT(waiting(centre_), IsEmpty());
  ASSERT_TRUE(run(room_.propose(centre_, made->id, step(StepKind::kRelease), refusal->version)));
  world_.clock.advance(kSignWithin);
  EXPECT_THAT(waiting(centre_), IsEmpty()) << "nobody signs what they proposed";
  EXPECT_EQ(waiting(province_).size(), 1U);
}

// PostgreSQL plans by what is in the tables; SQLite without that always the same.
TEST_P(OrderListsTest, APageIsReadFromTheIndexOfItsOrder) {
  if (GetParam() != store::Engine::kSqlite) return;
  for (const View view : {View::kWaiting, View::kRunning, View::kTomorrow, View::kEnded}) {
    const auto sorts = storage::sorts_of(view);
    for (const Sort sort : sorts) {
      for (const bool descending : {false, true}) {
        for (const bool everywhere : {false, true}) {
          const storage::PageQuery page = storage::page_query(view, sort, descending, everywhere);
          const std::string plan = plan_of(page.query, page.parameters);
          EXPECT_THAT(plan, Not(HasSubstr("TEMP B-TREE"))) << page.query.name << ": " << plan;
          EXPECT_THAT(plan, HasSubstr(everywhere ? "USING INDEX quarantine_order_" : "(unit=?")) << page.query.name;
        }
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Engines, OrderListsTest, store::testing::engines(), store::testing::engine_name);

}  // namespace
}  // namespace luytre::quarantine

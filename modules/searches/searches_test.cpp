#include "modules/searches/searches.h"

#include <gmock/gmock.h>

#include "modules/searches/storage.h"
#include "modules/visits/testing.h"
#include "platform/base/result_testing.h"
#include "platform/identity/taken_out.h"
#include "platform/store/plan_testing.h"

namespace luytre::searches {
namespace {

using std::chrono::hours;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using visits::testing::kHaiLang;
using visits::testing::kQuangTri;

const UnitId kDaNang{2025100048};

class SearchesTest : public ::testing::TestWithParam<store::Engine> {
 protected:
  SearchesTest() {
    people::NewPerson wanted;
    wanted.name = std::string("Lê Văn Vắng");
    wanted.birth_year = 1971;
    wanted.sex = people::Sex::kMale;
    wanted.unit = kHaiLang;
    wanted.address = std::string("Xóm 3");
    wanted.phone = std::string("0912000031");
    const auto made = run(world_.people.register_person(station_, wanted));
    EXPECT_TRUE(made) << made.error().code;
    person_ = made->id;
  }
  Instant now() const { return world_.clock.now(); }
  NewSearch asked() const {
    return {person_, kHaiLang, std::string("Nhờ ông gọi trạm y tế trước 17 giờ."),
            std::string("Ba ngày không liên lạc được"), now() + hours(24)};
  }
  Result<Standing> give(const Caller& who, NewSearch what) { return run(searches_.give(who, std::move(what), {})); }
  std::string answer(const Caller& who, SearchId id, Answer what) {
    const auto out = run(searches_.answer(who, id, std::move(what), {}));
    return out ? json::enum_text(out->state) : out.error().code;
  }
  std::vector<Errand> errands(const Caller& who) { return run(searches_.errands(who, {}, std::nullopt, 200))->items; }
  std::vector<Search> given(const Caller& who, GivenFilter filter = {}) {
    return run(searches_.given(who, filter, std::nullopt, 200))->items;
  }
  void clean() { world_.db->transact_now(searches_.retention().run); }
  // "role action reason", of the log about the person, newest first.
  std::vector<std::string> looks() {
    return world_.db->transact_now([&](store::Session& s) {
      std::vector<std::string> out;
      for (const auto& row : world_.house->access.list(s, {person_, {}, {}, {}}, INT64_MAX, 50).items)
        out.push_back(json::enum_text(row.role) + ' ' + row.action + ' ' + row.reason);
      return out;
    });
  }

  visits::testing::World world_{GetParam(), {migrations()}};
  Searches searches_{{*world_.db,
                      world_.people,
                      visits::testing::geography(),
                      world_.house->access,
                      world_.vault,
                      {"COVID-19", "F0", "dương tính", "nhiễm"}}};
  const Caller station_ = identity::testing::officer(Role::kStationOfficer, kHaiLang, 9101),
               far_station_ = identity::testing::officer(Role::kStationOfficer, kDaNang, 9102),
               tracer_ = identity::testing::officer(Role::kTracer, kQuangTri, 9103),
               far_tracer_ = identity::testing::officer(Role::kTracer, kDaNang, 9104),
               centre_ = identity::testing::officer(Role::kDistrictOfficer, kHaiLang, 9105),
               province_ = identity::testing::officer(Role::kProvinceOfficer, kQuangTri, 9106),
               country_ = identity::testing::officer(Role::kProvinceOfficer, UnitId{0}, 9107);
  PersonId person_;
};

TEST_P(SearchesTest, ATracerSeesWhomToFindAndWhatToAskAndTheAnswerComesBack) {
  const auto made = give(station_, asked());
  ASSERT_TRUE(made) << made.error().code;
  const auto list = errands(tracer_);
  ASSERT_THAT(list, SizeIs(1));
  EXPECT_EQ(list[0].name, "Lê Văn Vắng");
  EXPECT_EQ(list[0].birth_year, 1971);
  EXPECT_THAT(list[0].phones, ElementsAre("+84912000031"));
  EXPECT_EQ(list[0].address, "Xóm 3");
  EXPECT_THAT(json::text(list[0]), Not(HasSubstr(to_text(person_)))) << "nothing by which a record is opened";
  EXPECT_THAT(json::text(list[0]), Not(HasSubstr("liên lạc"))) << "why is for the person";
  EXPECT_THAT(errands(far_tracer_), IsEmpty());
  EXPECT_EQ(answer(far_tracer_, made->id, {Outcome::kFound, {}, now()}), "not_found");
  EXPECT_EQ(answer(tracer_, made->id, {Outcome::kElsewhere, {}, now()}), "invalid") << "where?";
  EXPECT_EQ(answer(tracer_, made->id, {Outcome::kElsewhere, std::string("Đã vào Đà Nẵng"), now()}), "elsewhere");
  EXPECT_EQ(answer(tracer_, made->id, {Outcome::kFound, {}, now()}), "search_over");
  const auto back = given(station_);
  ASSERT_THAT(back, SizeIs(1));
  EXPECT_EQ(back[0].state, State::kElsewhere);
  EXPECT_EQ(back[0].words, "Đã vào Đà Nẵng");
  EXPECT_EQ(back[0].met_at, now());
  EXPECT_FALSE(back[0].overdue);
  EXPECT_THAT(given(far_station_), IsEmpty());
  EXPECT_THAT(given(station_, {State::kElsewhere, kHaiLang}), SizeIs(1));
  EXPECT_THAT(given(station_, {State::kOpen, std::nullopt}), IsEmpty());
  EXPECT_THAT(given(station_, {std::nullopt, kDaNang}), IsEmpty());
}

TEST_P(SearchesTest, ThePersonReadsThatTracersWereAskedByWhomAndWhy) {
  ASSERT_TRUE(give(station_, asked()));
  errands(tracer_);
  EXPECT_THAT(looks(), Contains("stationOfficer searches.give Ba ngày không liên lạc được"));
  EXPECT_THAT(looks(), Contains("tracer searches.find Ba ngày không liên lạc được"));
}

TEST_P(SearchesTest, WordsThatNameADiseaseOrAFindingAreNotSent) {
  for (const char* words :
       {"Ông là F0, mời về trạm", "nghi covid 19", "Kết quả DƯƠNG TÍNH", "ket qua duong tinh", "Nhiễm từ hôm qua"}) {
    auto what = asked();
    what.ask = std::string(words);
    const auto out = give(station_, what);
    ASSERT_FALSE(out) << words;
    EXPECT_EQ(out.error().fields.at(0).code, "names_health");
  }
  for (const char* words :
       {"Số nhà F01, ngõ 3", "Hỏi ông chủ nhiệm ở đường tỉnh 578", "Hoi ong chu nhiem hop tac xa"}) {
    auto what = asked();
    what.ask = std::string(words);
    EXPECT_TRUE(give(station_, what)) << words;
  }
}

TEST_P(SearchesTest, OnlyForPeopleOfTheOwnAreaAndInBoundedTime) {
  EXPECT_EQ(give(far_station_, asked()).error().code, "not_permitted");
  EXPECT_EQ(give(tracer_, asked()).error().code, "not_permitted");
  EXPECT_EQ(run(searches_.given(tracer_, {}, std::nullopt, 200)).error().code, "not_permitted");
  EXPECT_EQ(run(searches_.errands(station_, {}, std::nullopt, 200)).error().code, "not_permitted");
  auto late = asked();
  late.due_at = now() + kLongest + hours(1);
  EXPECT_EQ(give(station_, late).error().code, "invalid");
  auto why = asked();
  why.reason = std::string(" ");
  EXPECT_EQ(give(station_, why).error().code, "invalid");
}

TEST_P(SearchesTest, OverdueOnesComeFirstToTheGiverAndWhatEndedLeavesTheTracers) {
  const auto first = give(station_, asked());
  world_.clock.advance(hours(30));
  auto later = asked();
  later.ask = std::string("Nhờ bà gọi lại.");
  const auto second = give(station_, later);
  ASSERT_TRUE(first && second);
  auto list = given(station_);
  ASSERT_THAT(list, SizeIs(2));
  EXPECT_EQ(list[0].id, first->id);
  EXPECT_TRUE(list[0].overdue);
  EXPECT_FALSE(list[1].overdue);
  EXPECT_EQ(answer(tracer_, second->id, {Outcome::kFound, {}, now()}), "found");
  EXPECT_THAT(errands(tracer_), SizeIs(2)) << "what was just answered stays for a day";
  world_.clock.advance(kShownAfter + hours(1));
  EXPECT_THAT(errands(tracer_), SizeIs(1));
  world_.clock.advance(kLapsesAfter);
  EXPECT_THAT(errands(tracer_), IsEmpty());
  EXPECT_EQ(answer(tracer_, first->id, {Outcome::kFound, {}, now()}), "not_found");
  clean();
  list = given(station_);
  ASSERT_THAT(list, SizeIs(2));
  EXPECT_EQ(list[0].state, State::kLapsed);
  EXPECT_TRUE(list[0].overdue) << "nobody found the person: it is the giver's again";
  world_.clock.advance(kKept + hours(1));
  clean();
  EXPECT_THAT(given(station_), IsEmpty());
}

TEST_P(SearchesTest, SortedBothWaysInPagesThatAreTheWholeList) {
  std::vector<SearchId> ids;
  for (const int due : {30, 10, 20, 40}) {
    auto what = asked();
    what.due_at = now() + hours(due);
    const auto made = give(station_, what);
    ASSERT_TRUE(made);
    ids.push_back(made->id);
    world_.clock.advance(hours(1));
  }
  ASSERT_TRUE(run(searches_.withdraw(station_, ids[2])));
  world_.clock.advance(hours(1));
  ASSERT_EQ(answer(tracer_, ids[0], {Outcome::kFound, {}, now()}), "found");
  const auto glued = [&](GivenFilter filter, std::size_t limit) {
    std::vector<SearchId> out;
    std::optional<std::string> next;
    do {
      const auto page = run(searches_.given(station_, filter, next, limit));
      if (!page) throw std::runtime_error(page.error().code);
      for (const Search& one : page->items) out.push_back(one.id);
      next = page->next;
    } while (next && out.size() < 20);
    return out;
  };
  const std::pair<Sort, std::vector<SearchId>> upwards[] = {
      {Sort::kUrgent, {ids[2], ids[0], ids[3], ids[1]}},
      {Sort::kGiven, {ids[0], ids[1], ids[2], ids[3]}},
      {Sort::kDue, {ids[1], ids[2], ids[0], ids[3]}},
  };
  for (const auto& [sort, expected] : upwards) {
    const std::vector<SearchId> downwards(expected.rbegin(), expected.rend());
    GivenFilter filter;
    filter.sort = sort;
    for (const std::size_t limit : {1U, 3U, 200U}) {
      filter.order = Order::kAscending;
      EXPECT_EQ(glued(filter, limit), expected) << json::enum_text(sort) << ' ' << limit;
      filter.order = Order::kDescending;
      EXPECT_EQ(glued(filter, limit), downwards) << json::enum_text(sort) << ' ' << limit;
    }
  }
  EXPECT_THAT(glued({}, 2), ElementsAre(ids[1], ids[3], ids[0], ids[2])) << "the most urgent first";
  GivenFilter by_due;
  by_due.sort = Sort::kDue;
  const auto first = run(searches_.given(station_, by_due, std::nullopt, 1));
  ASSERT_TRUE(first && first->next);
  EXPECT_THAT(fields(run(searches_.given(station_, {}, first->next, 1))), ElementsAre("?cursor other_sort"));
  EXPECT_THAT(fields(run(searches_.given(station_, {}, "x", 1))), ElementsAre("?cursor format"));
}

TEST_P(SearchesTest, OfOneMomentEachStandsOnceAndAnAreaIsNarrowed) {
  std::vector<SearchId> ids;
  for (int i = 0; i < 5; ++i) {
    const auto made = give(station_, asked());
    ASSERT_TRUE(made);
    ids.push_back(made->id);
  }
  for (const Caller* who : {&station_, &province_, &country_})
    for (const Sort sort : {Sort::kUrgent, Sort::kGiven, Sort::kDue})
      for (const Order order : {Order::kAscending, Order::kDescending}) {
        GivenFilter filter;
        filter.sort = sort;
        filter.order = order;
        std::vector<SearchId> glued;
        std::optional<std::string> next;
        do {
          const auto page = run(searches_.given(*who, filter, next, 2));
          ASSERT_TRUE(page) << page.error().code;
          for (const Search& one : page->items) glued.push_back(one.id);
          next = page->next;
        } while (next && glued.size() < 20);
        if (order == Order::kDescending) std::reverse(glued.begin(), glued.end());
        EXPECT_EQ(glued, ids) << json::enum_text(sort);
      }
  EXPECT_THAT(given(station_, {std::nullopt, kQuangTri}), SizeIs(5)) << "of the province, what is the station's";
  EXPECT_THAT(given(province_, {std::nullopt, kHaiLang}), SizeIs(5));
}

TEST_P(SearchesTest, AFileIsMarkedFilteredBoundedAndLogged) {
  const auto made = give(station_, asked());
  ASSERT_TRUE(made);
  SearchesOut wanted;
  wanted.reason = std::string("Giao ban chiều");
  const auto file = run(searches_.take_out(centre_, kHaiLang, wanted));
  ASSERT_TRUE(file) << file.error().code;
  EXPECT_THAT(file->body, HasSubstr("Lũy Tre: "));
  EXPECT_THAT(file->body, HasSubstr("Lê Văn Vắng,,1971,male,"));
  EXPECT_THAT(file->body, HasSubstr(",open,no,"));
  EXPECT_THAT(file->body, Not(HasSubstr("trạm y tế"))) << "not what was asked";
  EXPECT_THAT(file->body, Not(HasSubstr("liên lạc"))) << "nor why";
  EXPECT_THAT(looks(), Contains("districtOfficer searches.take_out Giao ban chiều").Times(1));
  wanted.state = State::kFound;
  EXPECT_THAT(run(searches_.take_out(centre_, kHaiLang, wanted))->body, Not(HasSubstr("Lê Văn Vắng")));
  wanted.state.reset();
  for (const Caller* who : {&station_, &tracer_, &far_tracer_})
    EXPECT_EQ(code(run(searches_.take_out(*who, kHaiLang, wanted))), "not_permitted");
  EXPECT_EQ(code(run(searches_.take_out(centre_, kDaNang, wanted))), "not_permitted");
  wanted.reason = std::string();
  EXPECT_EQ(code(run(searches_.take_out(centre_, kHaiLang, wanted))), "reason_required");
  wanted.reason = std::string("Giao ban chiều");
  world_.db->transact_now([&](store::Session& s) {
    storage::SearchRow row = *storage::find(s, made->id);
    for (std::size_t i = 0; i < identity::kListOutMost; ++i) {
      row.id = world_.db->ids().make<SearchId>();
      storage::insert(s, row);
    }
  });
  EXPECT_EQ(code(run(searches_.take_out(centre_, kHaiLang, wanted))), "list_too_long");
}

TEST_P(SearchesTest, ATracersListGoesOnIsNarrowedAndLeavesOutWhatIsGone) {
  std::vector<SearchId> ids;
  for (const int due : {30, 10, 20, 40, 5, 50}) {
    auto what = asked();
    what.due_at = now() + hours(due);
    what.unit = due == 50 ? kHaiLang : kQuangTri;
    const auto made = give(station_, what);
    ASSERT_TRUE(made);
    ids.push_back(made->id);
  }
  ASSERT_TRUE(run(searches_.withdraw(station_, ids[2])));
  ASSERT_EQ(answer(tracer_, ids[0], {Outcome::kFound, {}, now()}), "found");
  world_.clock.advance(hours(1));
  ASSERT_EQ(answer(tracer_, ids[3], {Outcome::kNotFound, {}, now()}), "notFound");
  const Caller country = identity::testing::officer(Role::kTracer, UnitId{0}, 9108);
  const auto glued = [&](const Caller& who, ErrandFilter filter, std::size_t limit) {
    std::vector<SearchId> out;
    std::optional<std::string> next;
    do {
      const auto page = run(searches_.errands(who, filter, next, limit));
      if (!page) throw std::runtime_error(page.error().code);
      EXPECT_LE(page->items.size(), limit);
      for (const Errand& one : page->items) out.push_back(one.id);
      next = page->next;
    } while (next && out.size() < 20);
    return out;
  };
  for (const Caller* who : {&tracer_, &country})
    for (const std::size_t limit : {1U, 2U, 200U}) {
      EXPECT_THAT(glued(*who, {}, limit), ElementsAre(ids[4], ids[1], ids[5], ids[3], ids[0])) << limit;
      EXPECT_THAT(glued(*who, {State::kOpen, {}}, limit), ElementsAre(ids[4], ids[1], ids[5])) << limit;
      EXPECT_THAT(glued(*who, {State::kFound, {}}, limit), ElementsAre(ids[0])) << limit;
      EXPECT_THAT(glued(*who, {State::kWithdrawn, {}}, limit), IsEmpty()) << "not theirs";
      EXPECT_THAT(glued(*who, {{}, kHaiLang}, limit), ElementsAre(ids[5])) << limit;
    }
  EXPECT_THAT(glued(tracer_, {{}, kDaNang}, 200), IsEmpty());
  const auto first = run(searches_.errands(tracer_, {}, std::nullopt, 1));
  ASSERT_TRUE(first && first->next);
  world_.clock.advance(hours(5) + kLapsesAfter);
  EXPECT_THAT(glued(tracer_, {}, 2), ElementsAre(ids[1], ids[5])) << "gone before the work that says so has run";
  EXPECT_EQ(run(searches_.errands(tracer_, {}, first->next, 1))->items.at(0).id, ids[1]) << "and from a page before";
  world_.clock.advance(hours(5));
  EXPECT_EQ(run(searches_.errands(tracer_, {}, first->next, 1))->items.at(0).id, ids[5]);
  clean();
  EXPECT_THAT(glued(tracer_, {}, 2), ElementsAre(ids[5]));
  EXPECT_THAT(fields(run(searches_.errands(tracer_, {}, "x", 1))), ElementsAre("?cursor format"));
  EXPECT_THAT(fields(run(searches_.errands(tracer_, {}, "due-ascending.1.1", 1))), ElementsAre("?cursor other_sort"));
}

TEST_P(SearchesTest, APageIsReadFromTheIndexOfItsOrder) {
  if (GetParam() != store::Engine::kSqlite) return;
  for (const bool everywhere : {false, true}) {
    const store::Query& page = storage::errand_query(everywhere);
    const auto plan = store::testing::plan_of(*world_.db, page, everywhere ? 5 : 6);
    EXPECT_THAT(plan,
                HasSubstr(everywhere ? "INDEX searches_search_all_urgency" : "INDEX searches_search_unit_urgency"))
        << page.name << ": " << plan;
    EXPECT_THAT(plan, Not(HasSubstr("TEMP B-TREE"))) << page.name << ": " << plan;
  }
  for (const Sort sort : {Sort::kUrgent, Sort::kGiven, Sort::kDue})
    for (const bool descending : {false, true})
      for (const bool everywhere : {false, true}) {
        const store::Query& page = storage::page_query(sort, descending, everywhere);
        const auto plan = store::testing::plan_of(*world_.db, page, everywhere ? 5 : 6);
        EXPECT_THAT(plan, HasSubstr(everywhere ? "INDEX searches_search_all_" : "INDEX searches_search_home_"))
            << page.name << ": " << plan;
        EXPECT_THAT(plan, Not(HasSubstr("TEMP B-TREE"))) << page.name << ": " << plan;
      }
}

TEST_P(SearchesTest, AWithdrawnOneIsGoneAtOnce) {
  const auto made = give(station_, asked());
  ASSERT_TRUE(made);
  EXPECT_EQ(run(searches_.withdraw(far_station_, made->id)).error().code, "not_permitted");
  EXPECT_EQ(run(searches_.withdraw(station_, made->id))->state, State::kWithdrawn);
  EXPECT_EQ(run(searches_.withdraw(station_, made->id)).error().code, "search_over");
  EXPECT_THAT(errands(tracer_), IsEmpty());
}

TEST_P(SearchesTest, ACallRepeatedWithItsKeyGivesOneSearch) {
  const auto key = store::make_once(9101, "POST /searches", "k", "body");
  const auto first = run(searches_.give(station_, asked(), key));
  const auto again = run(searches_.give(station_, asked(), key));
  ASSERT_TRUE(first && again);
  EXPECT_EQ(first->id, again->id);
  EXPECT_THAT(errands(tracer_), SizeIs(1));
}

INSTANTIATE_TEST_SUITE_P(Engines, SearchesTest, store::testing::engines(), store::testing::engine_name);

}  // namespace
}  // namespace luytre::searches

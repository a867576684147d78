// Lists of a laboratory's tubes: sorted, filtered, gone on with, and taken out as a file; on both databases.

#include "modules/laboratory/tube_lists.h"

#include "modules/laboratory/laboratory_fixture.h"
#include "modules/laboratory/storage.h"
#include "platform/store/plan_testing.h"

namespace luytre::laboratory {
namespace {

using cases::SortOrder;
using ::testing::HasSubstr;
using ::testing::Not;

class TubeListsTest : public LaboratoryTest {
 protected:
  // T-1 has a result, T-2 arrived, T-3 has a later result by a rapid test, T-4 is on the way.
  void four() {
    last_session_ = session();
    for (const char* tube : {"T-1", "T-2", "T-3", "T-4"}) {
      must(sample(last_session_, tube, somebody()));
      world_.clock.advance(minutes(10));
    }
    at_ = laboratory();
    must(send(last_session_, at_, 4));
    must(room_.receive(province_, at_, {std::string("T-2")}));
    must(enter(at_, result("T-1", Outcome::kNegative)));
    world_.clock.advance(minutes(10));
    must(enter(at_, result("T-3", Outcome::kPositive, Method::kAntigen)));
  }
  std::vector<std::string> tubes(const TubeFilter& filter, std::size_t at_once = 50) {
    std::vector<std::string> out;
    std::optional<std::string> cursor;
    do {
      const auto page = must(room_.tubes_of(province_, at_, filter, cursor, at_once));
      for (const LaboratoryTube& one : page.items) out.push_back(one.code);
      cursor = page.next;
    } while (cursor);
    return out;
  }
  static TubeFilter by(TubeSort sort, SortOrder order) {
    TubeFilter out;
    out.sort = sort;
    out.order = order;
    return out;
  }
  static TubesOut file(const char* reason = "Đối chiếu cuối tuần") {
    TubesOut out;
    out.reason = std::string(reason);
    return out;
  }
  void put_in(std::size_t first, std::size_t count) {
    world_.db->transact_now([&](store::Session& s) {
      for (std::size_t i = first; i < first + count; ++i) {
        storage::TubeRow row;
        row.id = TubeId{static_cast<std::int64_t>(i) + 1};
        row.code = "X-" + std::to_string(i);
        row.session = last_session_;
        row.unit = kHaiLang;
        row.disease = "covid-19";
        row.sampled = now();
        row.persons = 1;
        row.laboratory = at_;
        row.sent = now();
        storage::insert(s, row);
      }
      return 0;
    });
  }
  LaboratoryId at_;
};

TEST_P(TubeListsTest, SortedBySamplingAndByResultPagesGluedAreTheWholeList) {
  four();
  EXPECT_THAT(tubes({}), ElementsAre("T-4", "T-3", "T-2", "T-1"));
  for (const std::size_t at_once : {std::size_t{1}, std::size_t{3}, std::size_t{50}}) {
    EXPECT_THAT(tubes(by(TubeSort::kSampled, SortOrder::kAscending), at_once), ElementsAre("T-1", "T-2", "T-3", "T-4"));
    EXPECT_THAT(tubes(by(TubeSort::kSampled, SortOrder::kDescending), at_once),
                ElementsAre("T-4", "T-3", "T-2", "T-1"));
    EXPECT_THAT(tubes(by(TubeSort::kResult, SortOrder::kAscending), at_once), ElementsAre("T-2", "T-4", "T-1", "T-3"))
        << "without a result first";
    EXPECT_THAT(tubes(by(TubeSort::kResult, SortOrder::kDescending), at_once), ElementsAre("T-3", "T-1", "T-4", "T-2"));
  }
  const auto page = must(room_.tubes_of(province_, at_, {}, std::nullopt, 50));
  EXPECT_THAT(page.items[1].results, SizeIs(1)) << "each with its own results";
  EXPECT_THAT(page.items[0].results, IsEmpty());
}

TEST_P(TubeListsTest, ACursorGoesOnWithItsOwnSortAlone) {
  four();
  const TubeFilter by_result = by(TubeSort::kResult, SortOrder::kDescending);
  const auto first = must(room_.tubes_of(province_, at_, by_result, std::nullopt, 1));
  ASSERT_TRUE(first.next);
  EXPECT_TRUE(run(room_.tubes_of(province_, at_, by_result, first.next, 1)));
  EXPECT_THAT(fields(run(room_.tubes_of(province_, at_, {}, first.next, 1))), ElementsAre("?cursor other_sort"));
  for (const char* wrong : {"x", "sampled-descending.", "sampled-descending.1", "sampled-descending.x.1"})
    EXPECT_THAT(fields(run(room_.tubes_of(province_, at_, {}, wrong, 1))), ElementsAre("?cursor format")) << wrong;
}

TEST_P(TubeListsTest, FilteredByDiseaseStateMethodAndDay) {
  four();
  TubeFilter filter;
  filter.disease = "covid-19";
  EXPECT_THAT(tubes(filter), SizeIs(4));
  filter.disease = "measles";
  EXPECT_THAT(tubes(filter), IsEmpty());
  filter = {};
  filter.state = TubeState::kOnTheWay;
  EXPECT_THAT(tubes(filter), ElementsAre("T-4"));
  filter.state = TubeState::kWaiting;
  EXPECT_THAT(tubes(filter), ElementsAre("T-2"));
  filter.state = TubeState::kDone;
  EXPECT_THAT(tubes(filter), ElementsAre("T-3", "T-1"));
  filter.method = Method::kAntigen;
  EXPECT_THAT(tubes(filter), ElementsAre("T-3"));
  filter = {};
  const Date today = local_date(now());
  filter.from = today;
  filter.to = today;
  EXPECT_THAT(tubes(filter), SizeIs(4));
  filter.from = filter.to = Date{today.days + 1};
  EXPECT_THAT(tubes(filter), IsEmpty());
  filter.from.reset();
  filter.to = Date{today.days - 1};
  EXPECT_THAT(tubes(filter), IsEmpty());
}

TEST_P(TubeListsTest, ALaboratorysTubesAreForThoseWhoWorkInIt) {
  four();
  for (const Caller& who : {far_, world_.station}) {
    EXPECT_EQ(code(run(room_.tubes_of(who, at_, {}, std::nullopt, 50))), "not_permitted");
    EXPECT_EQ(code(run(room_.take_out(who, at_, file()))), "not_permitted");
  }
  EXPECT_EQ(code(run(room_.tubes_of(province_, LaboratoryId{7}, {}, std::nullopt, 50))), "not_found");
  EXPECT_EQ(code(run(room_.take_out(province_, LaboratoryId{7}, file()))), "not_found");
  EXPECT_EQ(code(run(room_.take_out(province_, at_, file("")))), "reason_required");
  EXPECT_THAT(lists_taken("laboratory.take_out"), IsEmpty());
}

TEST_P(TubeListsTest, AFileHasCodesIsMarkedAndLogged) {
  four();
  const auto all = must(room_.take_out(province_, at_, file()));
  EXPECT_THAT(all.body, HasSubstr("Lũy Tre: "));
  EXPECT_THAT(all.body, HasSubstr("tube,disease,specimen,persons,sampledAt,receivedAt,state,method,result"));
  for (const char* tube : {"T-1", "T-2", "T-3", "T-4"}) EXPECT_THAT(all.body, HasSubstr(tube));
  EXPECT_THAT(all.body, HasSubstr("done,antigen,positive"));
  auto waiting = file();
  waiting.state = TubeState::kWaiting;
  const auto some = must(room_.take_out(province_, at_, waiting));
  EXPECT_THAT(some.body, HasSubstr("T-2"));
  EXPECT_THAT(some.body, Not(HasSubstr("T-3")));
  const std::string of = " tubes, laboratory " + to_text(at_) + ": Đối chiếu cuối tuần";
  EXPECT_THAT(lists_taken("laboratory.take_out"), ElementsAre("1" + of, "4" + of));
}

TEST_P(TubeListsTest, AFileIsBounded) {
  four();
  put_in(0, kTubesOutMost - 4);
  must(room_.take_out(province_, at_, file()));
  put_in(kTubesOutMost, 1);
  const auto more = run(room_.take_out(province_, at_, file()));
  EXPECT_EQ(code(more), "list_too_long");
  EXPECT_EQ(more.error().params.at("most"), "5000");
}

TEST_P(TubeListsTest, APageIsReadFromTheIndexOfItsOrder) {
  if (GetParam() != store::Engine::kSqlite) return;
  for (const TubeSort sort : {TubeSort::kSampled, TubeSort::kResult}) {
    for (const bool descending : {false, true}) {
      const store::Query& page = storage::tubes_query(sort, descending);
      const auto plan = store::testing::plan_of(*world_.db, page, 9);
      EXPECT_THAT(plan, Not(HasSubstr("TEMP B-TREE"))) << page.name << ": " << plan;
      EXPECT_THAT(plan,
                  HasSubstr(sort == TubeSort::kSampled ? "laboratory_tube_by_sampled" : "laboratory_tube_by_result"))
          << page.name << ": " << plan;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Engines, TubeListsTest, store::testing::engines(), store::testing::engine_name);

}  // namespace
}  // namespace luytre::laboratory

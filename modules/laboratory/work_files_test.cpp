// The work lists of a unit as files: filtered, marked, bounded, logged; on both databases.

#include "modules/laboratory/laboratory_fixture.h"
#include "modules/laboratory/storage.h"
#include "modules/laboratory/work_lists.h"
#include "platform/store/follower.h"

namespace luytre::laboratory {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

class WorkFilesTest : public LaboratoryTest {
 protected:
  WorkFilesTest() { followers_.add(room_.follow()); }

  template <class T>
  static T asked(const char* reason = "Giao ban chiều") {
    T out;
    out.reason = std::string(reason);
    return out;
  }
  template <class T>
  void expect_for_own_area_with_a_reason() {
    EXPECT_EQ(code(run(room_.take_out(far_, kQuangTri, asked<T>()))), "not_permitted");
    EXPECT_EQ(code(run(room_.take_out(world_.station, kHaiLang, asked<T>()))), "not_permitted");
    EXPECT_EQ(code(run(room_.take_out(citizen(1001), kHaiLang, asked<T>()))), "not_permitted");
    EXPECT_EQ(code(run(room_.take_out(province_, kQuangTri, asked<T>("")))), "reason_required");
  }
  template <class T>
  void expect_too_long() {
    const auto refused = run(room_.take_out(province_, kQuangTri, asked<T>()));
    EXPECT_EQ(code(refused), "list_too_long");
    EXPECT_EQ(refused.error().params.at("most"), "1000");
  }
  template <class Put>
  void put_in(std::size_t first, std::size_t count, const Put& put) {
    world_.db->transact_now([&](store::Session& s) {
      for (std::size_t i = first; i < first + count; ++i) put(s, static_cast<std::int64_t>(i) + 1);
      return 0;
    });
  }
  // A pool of two that is positive.
  std::vector<PersonId> pool() {
    const std::vector<PersonId> out{somebody(), somebody()};
    const LaboratoryId at = sent({{"P-1", out[0]}, {"P-1", out[1]}}, 2);
    must(enter(at, result("P-1", Outcome::kPositive)));
    return out;
  }

  store::Followers followers_{*world_.db};
};

TEST_P(WorkFilesTest, PositivesHaveNamesAreFilteredAndEverybodyIsLogged) {
  const PersonId an = somebody(), binh = somebody(), chi = somebody();
  const LaboratoryId at = sent({{"T-7", an}, {"T-8", binh}, {"T-9", chi}});
  must(enter(at, result("T-7", Outcome::kPositive)));
  must(enter(at, result("T-8", Outcome::kNegative)));
  must(enter(at, result("T-9", Outcome::kPositive, Method::kAntigen)));
  followers_.drain();
  auto some = asked<PositivesOut>();
  some.method = Method::kPcr;
  const auto file = must(room_.take_out(province_, kQuangTri, some));
  EXPECT_THAT(file.body, HasSubstr("Lũy Tre: "));
  EXPECT_THAT(file.body, HasSubstr("name,birthYear,sex,commune,disease,tube,method,ct,sampledAt,resultAt,case"));
  EXPECT_THAT(file.body, HasSubstr("covid-19,T-7,pcr"));
  EXPECT_THAT(file.body, Not(HasSubstr("T-8")));
  EXPECT_THAT(file.body, Not(HasSubstr("T-9"))) << "by another method";
  EXPECT_THAT(log_about(an), Contains("laboratory.take_positives"));
  for (const PersonId one : {binh, chi}) EXPECT_THAT(log_about(one), Not(Contains("laboratory.take_positives")));
  EXPECT_THAT(must(room_.take_out(province_, kQuangTri, asked<PositivesOut>())).body, HasSubstr("covid-19,T-9"));
  expect_for_own_area_with_a_reason<PositivesOut>();
  const std::string of = "positive results, unit " + to_text(kQuangTri);
  EXPECT_THAT(lists_taken("laboratory.take_positives"), ElementsAre(of, of));
}

TEST_P(WorkFilesTest, PeopleToBeSampledAgainHaveNamesAndEverybodyIsLogged) {
  const auto people = pool();
  const auto file = must(room_.take_out(province_, kQuangTri, asked<AgainOut>()));
  EXPECT_THAT(file.body, HasSubstr("Lũy Tre: "));
  EXPECT_THAT(file.body, HasSubstr("name,birthYear,sex,commune,disease,tube,unit,unitName,since"));
  EXPECT_THAT(file.body, HasSubstr("covid-19,P-1"));
  for (const PersonId one : people) EXPECT_THAT(log_about(one), Contains("laboratory.take_again"));
  auto other = asked<AgainOut>();
  other.disease = std::string("measles");
  EXPECT_THAT(must(room_.take_out(province_, kQuangTri, other)).body, Not(HasSubstr("P-1")));
  expect_for_own_area_with_a_reason<AgainOut>();
  const std::string of = "people to be sampled again, unit " + to_text(kQuangTri);
  EXPECT_THAT(lists_taken("laboratory.take_again"), ElementsAre("0 " + of + ": Giao ban chiều", of));
}

TEST_P(WorkFilesTest, PeopleToBeSampledAgainAreBounded) {
  pool();
  const auto put = [&](store::Session& s, std::int64_t id) {
    storage::TaskRow row;
    row.id = TaskId{id};
    row.unit = kHaiLang;
    row.tube = storage::tube(s, "P-1")->id;
    row.person = PersonId{id};
    row.disease = "covid-19";
    row.made = now();
    storage::insert(s, row);
  };
  put_in(0, kOutMost - 2, put);
  must(room_.take_out(province_, kQuangTri, asked<AgainOut>()));
  put_in(kOutMost, 1, put);
  expect_too_long<AgainOut>();
}

TEST_P(WorkFilesTest, SessionsAreCountsFilteredByDayAndDiseaseAndNobodyIsNamed) {
  const PersonId an = somebody();
  sent({{"T-1", an}});
  const auto before = log_about(an);
  const auto file = must(room_.take_out(province_, kQuangTri, asked<SessionsOut>()));
  EXPECT_THAT(file.body, HasSubstr("Lũy Tre: "));
  EXPECT_THAT(file.body, HasSubstr("where,unit,unitName,disease,specimen,poolMost,openedAt,closedAt,opener,tubes"));
  EXPECT_THAT(file.body, HasSubstr("Nhà văn hóa thôn 1"));
  EXPECT_THAT(file.body, HasSubstr(",1,1,0,1")) << "one tube of one person, sent, waits";
  EXPECT_EQ(log_about(an), before);
  auto some = asked<SessionsOut>();
  some.disease = std::string("measles");
  EXPECT_THAT(must(room_.take_out(province_, kQuangTri, some)).body, Not(HasSubstr("Nhà văn hóa")));
  some.disease.reset();
  some.to = Date{local_date(now()).days - 1};
  EXPECT_THAT(must(room_.take_out(province_, kQuangTri, some)).body, Not(HasSubstr("Nhà văn hóa")));
  some.to.reset();
  some.format = std::string("xlsx");
  EXPECT_THAT(must(room_.take_out(province_, kQuangTri, some)).body, StartsWith("PK"));
  expect_for_own_area_with_a_reason<SessionsOut>();
  const std::string of = " sampling sessions, unit " + to_text(kQuangTri) + ": Giao ban chiều";
  EXPECT_THAT(lists_taken("laboratory.take_sessions"), ElementsAre("1" + of, "0" + of, "0" + of, "1" + of));
}

TEST_P(WorkFilesTest, SessionsAreBounded) {
  const auto put = [&](store::Session& s, std::int64_t id) {
    storage::SessionRow row;
    row.id = SessionId{id};
    row.unit = kHaiLang;
    row.disease = "covid-19";
    row.specimen = "nasopharyngeal";
    row.opened = now();
    row.opener = "Trạm y tế";
    storage::insert(s, row);
  };
  put_in(0, kOutMost, put);
  must(room_.take_out(province_, kQuangTri, asked<SessionsOut>()));
  put_in(kOutMost, 1, put);
  expect_too_long<SessionsOut>();
}

INSTANTIATE_TEST_SUITE_P(Engines, WorkFilesTest, store::testing::engines(), store::testing::engine_name);

}  // namespace
}  // namespace luytre::laboratory

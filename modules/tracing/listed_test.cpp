// Passenger lists in tracing: whom a carrier listed with a case, where somebody of ours is proven to be meant.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "modules/tracing/ties.h"
#include "modules/tracing/tracing_fixture.h"

namespace luytre::tracing {
namespace {

using std::chrono::minutes;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

class ListedTest : public TracingTest {
 protected:
  ListedTest() {
    command::testing::switch_on(world_.decisions, command::Switch::kDeclarations, now());
    bus_ = world_.registered(carrier_, "Xe khách tuyến 07", passengers::kTrip);
  }

  static std::string line(const std::string& seat, const std::string& name, int birth_year, const Someone& phone_of) {
    return seat + ',' + name + ',' + std::to_string(birth_year) + ",0" + phone_of.phone.substr(3) + '\n';
  }
  void list(const std::string& lines) {
    const auto told = run(passengers_.list(
        carrier_, {bus_, minute(0), visits::testing::kHaiLang, "seat,name,birthYear,phone\n" + lines}, std::nullopt));
    ASSERT_TRUE(told) << told.error().code;
    ASSERT_EQ(told->refused, 0);
  }
  std::vector<PersonId> found(CaseId id) {
    std::vector<PersonId> out;
    for (const Candidate& one : candidates(id))
      if (one.status != CandidateStatus::kWithdrawn) out.push_back(one.person.id);
    return out;
  }

  const Someone ill_ = someone("Lê Văn Bệnh"), near_ = someone("Phạm Thị Gặp"), far_back_ = someone("Hồ Văn Khách");
  const Someone other_ = someone("Ngô Văn Hai");
  const Caller carrier_ = identity::testing::citizen(900);
  PlaceId bus_;
};

TEST_P(ListedTest, WhoIsListedForTheSameDepartureIsACandidate) {
  list(line("12A", "Lê Văn Bệnh", 1980, ill_) + line("13B", "phạm thị gặp", 1980, near_) +
       line("30C", "Hồ Văn Khách", 1980, far_back_) + line("14A", "Ai Đó Khác", 1980, other_) +
       "15A,Khách Lạ,1970,0987654321\n");
  const CaseId kase = confirmed(ill_.id).id;
  EXPECT_THAT(found(kase), UnorderedElementsAre(near_.id, far_back_.id))
      << "a shared phone alone proves nobody, and of a stranger no record is made";
  const Candidate one = candidate(kase, near_.id);
  EXPECT_EQ(one.level, 1);
  ASSERT_THAT(one.evidence, SizeIs(1));
  const Evidence& why = one.evidence[0];
  EXPECT_EQ(why.kind, EvidenceKind::kVehicle);
  ASSERT_TRUE(why.place);
  EXPECT_EQ(why.place->id, bus_);
  EXPECT_EQ(why.seat, "13B");
  EXPECT_EQ(why.seat_of_other, "12A");
  EXPECT_EQ(why.from, minute(0));
  EXPECT_EQ(why.to, minute(180));
  EXPECT_TRUE(why.estimated) << "when it arrived nobody told";
  EXPECT_EQ(tasks(station_).size(), 2u);

  const auto shown = run(tracing_.preview(province_, kase));
  ASSERT_THAT(shown->items, SizeIs(1));
  EXPECT_EQ(shown->items[0].why, "listed");
  EXPECT_EQ(shown->items[0].mode, Mode::kStationOnly);
  trace_again(kase);
  EXPECT_THAT(candidates(kase), SizeIs(2));
  EXPECT_THAT(candidate(kase, near_.id).evidence, SizeIs(1));
}

TEST_P(ListedTest, OfAFullShipEveryLineIsComparedOrTheListIsLeftOut) {
  people::NewPerson registered;
  registered.name = std::string("Đặng Thị Giấy");
  registered.birth_year = 1975;
  registered.unit = visits::testing::kHaiLang;
  registered.paper = people::Paper{people::PaperKind::kCccd, Text<32>("045175000123")};
  const auto proven = run(world_.people.register_person(station_, registered));
  ASSERT_TRUE(proven) << code(proven);
  const Caller keeper = identity::testing::citizen(899);
  people::NewPerson said = registered;
  said.paper = people::Paper{people::PaperKind::kCccd, Text<32>("045175000456")};
  said.relation = people::Relation::kSelf;
  ASSERT_TRUE(run(world_.people.create(keeper, said)));

  std::string lines = "seat,name,birthYear,phone,paper\n1A,Lê Văn Bệnh,1980,0" + ill_.phone.substr(3) + ",\n";
  for (int row = 2; row < 1'200; ++row)
    lines += std::to_string(row) + "B,Khách Lạ,1970,09" + std::to_string(70'000'000 + row) + ",\n";
  lines += "1200B,Phạm Thị Gặp,1980,0" + near_.phone.substr(3) + ",\n";
  lines += "1201B,Ai Viết Sai,1999,,045175000123\n1202B,Đặng Thị Giấy,1975,,045175000456\n";
  const auto told = run(passengers_.list(carrier_, {bus_, minute(0), visits::testing::kHaiLang, lines}, std::nullopt));
  ASSERT_TRUE(told) << code(told);
  ASSERT_EQ(told->refused, 0);
  EXPECT_THAT(found(confirmed(ill_.id).id), UnorderedElementsAre(near_.id, proven->id))
      << "a paper of which its keeper alone says so proves nothing";

  const Parts parts{*world_.db,
                    cases_,
                    world_.people,
                    world_.registry,
                    world_.decisions,
                    visits::testing::geography(),
                    world_.house->access,
                    world_.house.notify(),
                    world_.vault,
                    world_.clock,
                    world_.house.texts(),
                    nullptr,
                    nullptr,
                    {},
                    &passengers_};
  const presence::Source source{ill_.id, {minute(-60), minute(600)}};
  int asked = 0;
  const auto listed = [&](int most) {
    asked = 0;
    const presence::TraceLimits limits{.most_contacts = 0, .over = [&asked, most] { return ++asked > most; }};
    return world_.db->read_now([&](store::Session& s) { return listed_with(s, parts, {}, source, true, limits); });
  };
  ASSERT_TRUE(listed(100));
  EXPECT_THAT(*listed(100), SizeIs(2));
  EXPECT_GT(asked, 2) << "the time is looked at again and again";
  EXPECT_FALSE(listed(asked - 1)) << "no half of a list";
}

TEST_P(ListedTest, AStationOfTheContactAloneLearnsTheContactsSeatAlone) {
  const Someone far_case = someone("Lê Văn Xa", kNamHaiLang);
  list(line("12A", "Lê Văn Xa", 1980, far_case) + line("13B", "Phạm Thị Gặp", 1980, near_));
  const CandidateId id = candidate(confirmed(far_case.id).id, near_.id).id;
  const auto seen = run(tracing_.candidate(station_, id));
  ASSERT_TRUE(seen) << code(seen);
  ASSERT_THAT(seen->evidence, SizeIs(1));
  EXPECT_EQ(seen->evidence[0].seat, "13B");
  EXPECT_FALSE(seen->evidence[0].seat_of_other) << "a list and a seat are a name";
  EXPECT_EQ(seen->evidence[0].with.name, "");
  EXPECT_EQ(run(tracing_.candidate(neighbour_, id))->evidence[0].seat_of_other, "12A");
}

TEST_P(ListedTest, ASeatToldAnewIsNews) {
  list(line("1A", "Lê Văn Bệnh", 1980, ill_) + line("2B", "Phạm Thị Gặp", 1980, near_));
  const CaseId kase = confirmed(ill_.id).id;
  ASSERT_EQ(candidate(kase, near_.id).evidence.at(0).seat, "2B");
  list(line("9C", "Phạm Thị Gặp", 1980, near_));
  ASSERT_TRUE(run(passengers_.take_off(carrier_, bus_, {minute(0), std::string("2B")}, std::nullopt)));
  pass(kAgainOpen);
  const auto evidence = candidate(kase, near_.id).evidence;
  ASSERT_THAT(evidence, SizeIs(1));
  EXPECT_EQ(evidence[0].seat, "9C");
}

TEST_P(ListedTest, TheRuleMaySayHowManyRowsCount) {
  list(line("12A", "Lê Văn Bệnh", 1980, ill_) + line("14B", "Phạm Thị Gặp", 1980, near_) +
       line("15C", "Hồ Văn Khách", 1980, far_back_) + line("B02", "Ngô Văn Hai", 1980, other_));
  cases::Confirmation rows = positive();
  rows.rule_set = std::string(kActsOnFirst);
  EXPECT_THAT(found(confirmed(ill_.id, rows).id), UnorderedElementsAre(near_.id, other_.id))
      << "two rows, and a seat that tells none";
}

TEST_P(ListedTest, AListThatComesLaterIsFoundWithoutAPressAndASeatTakenOffIsNone) {
  const CaseId kase = confirmed(ill_.id).id;
  EXPECT_THAT(found(kase), IsEmpty());
  list(line("1", "Lê Văn Bệnh", 1980, ill_) + line("2", "Phạm Thị Gặp", 1980, near_));
  pass(kAgainOpen);
  EXPECT_THAT(found(kase), UnorderedElementsAre(near_.id));
  ASSERT_TRUE(run(passengers_.take_off(carrier_, bus_, {minute(0), std::string("2")}, std::nullopt)));
  pass(kAgainOpen);
  EXPECT_THAT(found(kase), IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(Engines, ListedTest, store::testing::engines(), store::testing::engine_name);

}  // namespace
}  // namespace luytre::tracing

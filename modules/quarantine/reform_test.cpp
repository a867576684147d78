// The administrative reform of 1 July 2025 in the middle of an order: drafted before and signed after, extended,
// printed, and on whose list it stands.

#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <fstream>

#include "modules/quarantine/quarantine_fixture.h"
#include "modules/quarantine/sites.h"

namespace luytre::quarantine {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

// Of the paper, with single blanks between them.
std::string words_of_paper(const std::string& pdf) {
  const auto file = std::filesystem::temp_directory_path() / ("reform-" + std::to_string(::getpid()) + ".pdf");
  std::ofstream(file, std::ios::binary) << pdf;
  FILE* pipe = ::popen(("pdftotext " + file.string() + " - 2>/dev/null").c_str(), "r");
  std::string out;
  for (int c = std::fgetc(pipe); c != EOF; c = std::fgetc(pipe)) {
    const char here = c == '\n' || c == '\f' ? ' ' : static_cast<char>(c);
    if (here != ' ' || (!out.empty() && out.back() != ' ')) out += here;
  }
  ::pclose(pipe);
  std::filesystem::remove(file);
  return out;
}

class ReformTest : public QuarantineTest {
 protected:
  ReformTest() { world_.clock.set(kBefore); }

  // Somebody ill in the old commune, in their last week of it.
  CaseId ill() {
    const Caller caller = identity::testing::citizen(next_account_++);
    people::NewPerson fields;
    fields.name = std::string("Trần Văn Ca");
    fields.birth_year = 1980;
    fields.unit = kHaiPhu;
    fields.address = std::string("12 Lê Lợi");
    fields.relation = people::Relation::kSelf;
    const auto made = run(world_.people.create(caller, std::move(fields)));
    if (!made) throw std::runtime_error("person refused: " + made.error().code);
    const CaseId id = reported(made->id);
    cases::Confirmation positive;
    positive.onset = day("2025-06-27");
    positive.sample_at = kBefore - hours(20);
    positive.result_at = kBefore - hours(10);
    const auto done = run(cases_.confirm(province_, id, positive, version_of(id)));
    if (!done) throw std::runtime_error(done.error().code);
    return id;
  }
  Order drafted() {
    const auto made = draft(old_station_, isolation(ill(), "2025-07-05"));
    if (!made) throw std::runtime_error(made.error().code);
    return *made;
  }
  Order again(const Caller& who, const Order& order) {
    const auto found = run(room_.find(who, order.id));
    if (!found) throw std::runtime_error(found.error().code);
    return *found;
  }

  // Hải Phú of Hải Lăng district became a part of the new commune of Hải Lăng.
  const UnitId kHaiPhu{2021319702}, kHaiLangDistrict{2021200470};
  const Instant kBefore = *parse_instant("2025-06-29T02:00:00Z"), kAfter = *parse_instant("2025-07-01T02:00:00Z");
  const std::string kToday = "Xã Hải Lăng, Tỉnh Quảng Trị";
  const Caller old_station_ = identity::testing::officer(Role::kStationOfficer, kHaiPhu, 9501),
               old_district_ = identity::testing::officer(Role::kDistrictOfficer, kHaiLangDistrict, 9502);
};

TEST_P(ReformTest, AnOrderDraftedBeforeIsSignedAfterAndIsTheSuccessors) {
  const Order before = drafted();
  EXPECT_EQ(before.unit, kHaiPhu);
  EXPECT_EQ(before.unit_name, "Xã Hải Phú");
  EXPECT_FALSE(before.unit_today) << "nothing has changed yet";
  EXPECT_THAT(list(old_district_, View::kWaiting), SizeIs(1));

  world_.clock.set(kAfter);
  const auto waiting = list(station_, View::kWaiting);
  ASSERT_THAT(waiting, SizeIs(1));
  EXPECT_EQ(waiting[0].unit_name, "Xã Hải Phú");
  EXPECT_EQ(waiting[0].unit_today, kToday);
  EXPECT_THAT(list(neighbour_, View::kWaiting), IsEmpty());

  const auto made = sign(centre_, again(centre_, before));
  ASSERT_TRUE(made) << code(made);
  EXPECT_EQ(made->first_day, day("2025-07-01"));
  EXPECT_EQ(made->unit, kHaiLang);
  EXPECT_EQ(made->unit_name, "Xã Hải Phú") << "as then";
  EXPECT_EQ(made->unit_today, kToday) << "and as now";
  EXPECT_THAT(list(station_, View::kRunning), SizeIs(1));
  EXPECT_THAT(list(centre_, View::kRunning), SizeIs(1));
  EXPECT_THAT(list(neighbour_, View::kRunning), IsEmpty());
  EXPECT_THAT(list(old_station_, View::kRunning), IsEmpty()) << "the vanished commune";
  EXPECT_THAT(list(old_district_, View::kRunning), IsEmpty()) << "nor its district";
  EXPECT_EQ(code(run(room_.find(old_station_, made->id))), "not_found");
}

TEST_P(ReformTest, SignedByWhoMayNotSignForTheSuccessorItStaysOnBothLists) {
  const Order before = drafted();
  world_.clock.set(kAfter);
  const auto made = sign(old_district_, again(old_district_, before));
  ASSERT_TRUE(made) << code(made);
  EXPECT_EQ(made->unit, kHaiPhu);
  EXPECT_EQ(made->unit_today, kToday);
  EXPECT_THAT(list(station_, View::kRunning), SizeIs(1));
  EXPECT_THAT(list(old_district_, View::kRunning), SizeIs(1));
}

TEST_P(ReformTest, ExtendedAfterItKeepsTheNameOfThen) {
  const auto made = sign(province_, drafted());
  ASSERT_TRUE(made) << code(made);
  EXPECT_EQ(made->unit, kHaiPhu);
  world_.clock.set(kAfter);
  const auto running = list(station_, View::kRunning);
  ASSERT_THAT(running, SizeIs(1)) << "also before anybody signs anew";
  EXPECT_EQ(running[0].unit_today, kToday);

  const Order extended = stepped(again(station_, *made), step(StepKind::kExtend, "2025-07-08"));
  EXPECT_EQ(extended.unit, kHaiLang);
  EXPECT_EQ(extended.last_day, day("2025-07-08"));
  EXPECT_EQ(extended.first_day, day("2025-06-29")) << "it runs on";
  EXPECT_EQ(extended.unit_name, "Xã Hải Phú");
  EXPECT_EQ(extended.unit_today, kToday);
  EXPECT_THAT(list(old_station_, View::kRunning), IsEmpty());
  const Order once_more = stepped(extended, step(StepKind::kShorten, "2025-07-07"));
  EXPECT_EQ(once_more.unit_name, "Xã Hải Phú") << "however often it is signed";

  NewStep move = step(StepKind::kMove);
  move.place = OrderPlace{PlaceKind::kHome, std::nullopt, Text<200>("3 Trần Phú"), kNamHaiLang};
  const Order moved = stepped(once_more, std::move(move));
  EXPECT_EQ(moved.unit, kNamHaiLang);
  EXPECT_EQ(moved.unit_name, "Xã Nam Hải Lăng");
  EXPECT_FALSE(moved.unit_today) << "where they are now is no part of the old commune";
}

TEST_P(ReformTest, PrintedAfterItNamesBothUnits) {
  const auto made = sign(province_, drafted());
  ASSERT_TRUE(made) << code(made);
  const auto paper = run(room_.pdf(old_station_, made->id, false));
  ASSERT_TRUE(paper) << code(paper);
  EXPECT_THAT(words_of_paper(paper->body), HasSubstr("Xã Hải Phú, Huyện Hải Lăng, Tỉnh Quảng Trị"));
  EXPECT_THAT(words_of_paper(paper->body), Not(HasSubstr("nay là")));
  world_.clock.set(kAfter);
  const auto later = run(room_.pdf(station_, made->id, false));
  ASSERT_TRUE(later) << code(later);
  EXPECT_THAT(words_of_paper(later->body),
              HasSubstr("Xã Hải Phú, Huyện Hải Lăng, Tỉnh Quảng Trị (nay là Xã Hải Lăng, Tỉnh Quảng Trị)"));
  EXPECT_TRUE(verify(*made, 1)) << "the paper of before still stands";
}

TEST_P(ReformTest, CasesAndSitesStandOnTheListOfTheSuccessor) {
  Sites sites{{*world_.db, tracing_, cases_, declarations_, world_.people, visits::testing::geography(),
               world_.house->access, world_.house.notify(), world_.house.texts(), world_.vault, world_.random, law(),
               Settings{}}};
  const CaseId id = ill();
  NewSite asked;
  asked.kind = PlaceKind::kSite;
  asked.owner = Owner::kMilitary;
  asked.name = std::string("Trung đoàn 842");
  asked.address = std::string("Đường 9");
  asked.unit = kHaiPhu;
  const auto site = run(sites.add(province_, std::move(asked), std::nullopt));
  ASSERT_TRUE(site) << code(site);
  world_.clock.set(kAfter);
  const auto known = [&](const Caller& who) {
    std::vector<CaseId> out;
    const auto page = run(cases_.list(who, {}, std::nullopt, 50));
    for (const auto& one : page->items) out.push_back(one.id);
    return out;
  };
  const auto places = [&](const Caller& who) {
    std::vector<std::string> out;
    const auto page = run(sites.list(who, std::nullopt, 50));
    for (const auto& one : page->items) out.push_back(one.name);
    return out;
  };
  EXPECT_THAT(known(station_), ElementsAre(id));
  EXPECT_THAT(known(neighbour_), IsEmpty());
  EXPECT_THAT(places(station_), ElementsAre("Trung đoàn 842"));
  EXPECT_THAT(places(neighbour_), IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(Engines, ReformTest, store::testing::engines(), store::testing::engine_name);

}  // namespace
}  // namespace luytre::quarantine

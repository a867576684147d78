#include "modules/people/households.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "modules/people/people_fixture.h"
#include "platform/base/result_testing.h"
#include "platform/base/run.h"
#include "platform/identity/testing.h"
#include "platform/store/testing.h"

namespace luytre::people {
namespace {

using identity::testing::officer;
using std::chrono::hours;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

class HouseholdsTest : public ::testing::TestWithParam<store::Engine> {
 protected:
  HouseholdsTest() {
    house_->access.set_household(&People::is_member);
    house_->access.set_household_people(&People::household_people);
  }

  PersonId person(const char* name, UnitId unit = kHaiLang) {
    NewPerson out;
    out.name = std::string(name);
    out.birth_date = make_date(1985, 3, 9);
    out.sex = Sex::kMale;
    out.unit = unit;
    const auto made = run(people_.register_person(province_, std::move(out)));
    if (!made) throw std::runtime_error("refused: " + made.error().code);
    return made->id;
  }
  Result<Household> together(PersonId one, PersonId other, const char* from = nullptr, const Caller* by = nullptr) {
    NewHousemate asked;
    asked.person = other;
    if (from) asked.from = parse_date(from);
    asked.reason = kWhy;
    return run(households_.add(by ? *by : station_, one, std::move(asked)));
  }
  Result<Household> out(PersonId one, const char* until) {
    return run(households_.part(station_, one, {*parse_date(until), kWhy}));
  }
  std::vector<Household> of(PersonId one, const Caller* by = nullptr) {
    const auto page = run(households_.of_person(by ? *by : station_, one, kWhy));
    if (!page) throw std::runtime_error(page.error().code);
    return page->items;
  }
  // "An", "Bình 2026-01-02–2026-02-03"
  static std::vector<std::string> told(const Household& household) {
    std::vector<std::string> all;
    for (const auto& mate : household.members)
      all.push_back(mate.person.name + (mate.from ? ' ' + to_text(*mate.from) : "") +
                    (mate.until ? "–" + to_text(*mate.until) : ""));
    return all;
  }
  std::vector<std::string> events() {
    std::vector<std::string> all;
    for (const auto& line : store::testing::event_lines(*db_))
      if (line.starts_with("household.")) all.push_back(line.substr(0, line.find(':')));
    return all;
  }

  const std::string kWhy = "Trạm đến nhà hỏi";
  ManualClock clock_{*parse_instant("2026-03-02T01:30:00Z")};
  store::testing::TestDatabase db_{GetParam(), rooms(), clock_};
  identity::testing::House house_{*db_, geography(), clock_};
  Vault vault_ = identity::testing::vault();
  People people_{*db_, geography(), house_->access, house_->accounts, vault_, clock_};
  Duplicates duplicates_{*db_, people_, geography(), house_->access, house_->accounts, vault_};
  Households households_{*db_, people_, geography(), house_->access};
  const Caller station_ = officer(Role::kStationOfficer, kHaiLang, 9101),
               neighbour_ = officer(Role::kStationOfficer, kNamHaiLang, 9102),
               province_ = officer(Role::kProvinceOfficer, kQuangTri, 9103);
};

TEST_P(HouseholdsTest, WhoLivesWithWhomFromWhenUntilWhen) {
  const PersonId an = person("An"), binh = person("Bình"), ca = person("Ca");
  ASSERT_TRUE(together(an, binh));
  ASSERT_TRUE(together(binh, ca, "2026-02-01")) << "who joins, joins all";
  ASSERT_THAT(of(an), SizeIs(1));
  EXPECT_THAT(told(of(an)[0]), UnorderedElementsAre("An", "Bình", "Ca 2026-02-01"));
  ASSERT_TRUE(together(an, ca)) << "again";
  EXPECT_THAT(told(of(an)[0]), UnorderedElementsAre("An", "Bình", "Ca 2026-02-01")) << "nothing changes";
  ASSERT_TRUE(out(ca, "2026-02-20"));
  EXPECT_THAT(told(of(ca)[0]), UnorderedElementsAre("An", "Bình", "Ca 2026-02-01–2026-02-20")) << "it is kept";
  EXPECT_EQ(events(),
            (std::vector<std::string>{"household.joined", "household.joined", "household.joined", "household.left"}));
}

TEST_P(HouseholdsTest, NobodyLivesInTwo) {
  const PersonId an = person("An"), binh = person("Bình"), ca = person("Ca"), dung = person("Dũng");
  ASSERT_TRUE(together(an, binh));
  ASSERT_TRUE(together(ca, dung));
  EXPECT_EQ(code(together(an, ca)), "lives_elsewhere");
  EXPECT_EQ(code(out(person("Em"), "2026-02-20")), "lives_alone");
  ASSERT_TRUE(out(ca, "2026-02-20"));
  ASSERT_TRUE(together(an, ca, "2026-02-20"));
  EXPECT_THAT(of(ca), SizeIs(2)) << "before, and now";
  EXPECT_EQ(code(together(an, an)), "same_person");
  EXPECT_THAT(fields(together(an, person("Giang"), "2026-03-03")), ElementsAre("/from range"));
  EXPECT_THAT(fields(out(ca, "2026-03-03")), ElementsAre("/until range"));
  EXPECT_THAT(fields(out(ca, "2026-02-19")), ElementsAre("/until range")) << "before they moved in";
}

TEST_P(HouseholdsTest, WhoComesBackKeepsTheStayOfBefore) {
  const PersonId an = person("An"), binh = person("Bình");
  ASSERT_TRUE(together(an, binh, "2026-01-10"));
  EXPECT_THAT(told(of(an)[0]), UnorderedElementsAre("An", "Bình 2026-01-10")) << "An may have lived there before";
  ASSERT_TRUE(out(binh, "2026-02-01"));
  const auto again = out(binh, "2026-02-01");
  ASSERT_TRUE(again) << code(again) << ": the same once more changes nothing";
  EXPECT_EQ(code(out(binh, "2026-02-02")), "lives_alone");
  clock_.advance(hours(1));
  ASSERT_TRUE(together(an, binh, "2026-02-25"));
  ASSERT_THAT(of(an), SizeIs(1));
  EXPECT_THAT(told(of(an)[0]), UnorderedElementsAre("An", "Bình 2026-01-10–2026-02-01", "Bình 2026-02-25"));
  ASSERT_TRUE(out(binh, "2026-03-01"));
  EXPECT_THAT(told(of(an)[0]), UnorderedElementsAre("An", "Bình 2026-01-10–2026-02-01", "Bình 2026-02-25–2026-03-01"));
  clock_.advance(hours(1));
  ASSERT_TRUE(together(an, binh));
  EXPECT_EQ(told(of(an)[0]).back(), "Bình 2026-03-01") << "no sooner than they left";
}

TEST_P(HouseholdsTest, EachIsLoggedOnceALook) {
  const PersonId an = person("An"), binh = person("Bình");
  ASSERT_TRUE(together(an, binh));
  const auto looks = [&](PersonId who) {
    return db_->read_now([&](store::Session& s) {
      identity::Access::Filter filter;
      filter.person = who;
      std::int64_t out = 0;
      for (const auto& entry : house_->access.list(s, filter, INT64_MAX, 100).items)
        if (entry.action == "people.household") ++out;
      return out;
    });
  };
  ASSERT_EQ(looks(an), 0);
  of(an);
  EXPECT_EQ(looks(an), 1);
  EXPECT_EQ(looks(binh), 1);
}

TEST_P(HouseholdsTest, OfOthersOnlyHowManyTheyAre) {
  const PersonId an = person("An"), far = person("Bình", kNamHaiLang);
  EXPECT_EQ(code(together(an, far)), "not_permitted") << "nor may the station write of them";
  EXPECT_EQ(code(together(an, PersonId{77})), "not_permitted") << "as of somebody who is nowhere";
  ASSERT_TRUE(together(an, far, nullptr, &province_));
  EXPECT_THAT(told(of(an)[0]), ElementsAre("An"));
  EXPECT_EQ(of(an)[0].elsewhere, 1);
  EXPECT_THAT(told(of(far, &neighbour_)[0]), ElementsAre("Bình"));
  EXPECT_THAT(told(of(far, &province_)[0]), UnorderedElementsAre("An", "Bình"));
  EXPECT_EQ(code(run(households_.of_person(neighbour_, an, kWhy))), "not_permitted");
  EXPECT_EQ(code(run(households_.of_person(station_, an, ""))), "reason_required");
}

TEST_P(HouseholdsTest, AMergeLosesNothingAndUndoneGivesBack) {
  const PersonId an = person("An"), twice = person("An"), binh = person("Bình"), ca = person("Ca");
  ASSERT_TRUE(together(an, binh));
  ASSERT_TRUE(together(twice, ca));
  const auto merge = run(duplicates_.merge(station_, {twice, an, Text<kReasonMost>(kWhy)}));
  ASSERT_TRUE(merge) << code(merge);
  EXPECT_THAT(of(an), SizeIs(2)) << "of both records";
  EXPECT_THAT(of(twice), SizeIs(2));
  EXPECT_EQ(code(together(an, twice)), "same_person");
  ASSERT_TRUE(run(duplicates_.undo(station_, merge->id, kWhy)));
  EXPECT_THAT(told(of(an).at(0)), UnorderedElementsAre("An", "Bình"));
  EXPECT_THAT(of(an), SizeIs(1));
  ASSERT_THAT(of(twice), SizeIs(1));
  EXPECT_THAT(told(of(twice)[0]), UnorderedElementsAre("An", "Ca"));
}

INSTANTIATE_TEST_SUITE_P(Engines, HouseholdsTest, store::testing::engines(), store::testing::engine_name);

}  // namespace
}  // namespace luytre::people

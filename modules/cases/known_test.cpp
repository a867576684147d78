#include "modules/cases/known.h"

#include "modules/cases/cases_fixture.h"

namespace luytre::cases {
namespace {

using std::chrono::hours;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class CasesKnownTest : public CasesTest {
 protected:
  // "covid-19 confirmed 2026-03-01 2026-03-02 x1"
  std::vector<std::string> known(Instant at, std::optional<std::string> disease = {}) {
    return known({at, false, *parse_date("2026-02-01"), *parse_date("2026-03-31"), std::move(disease)});
  }
  std::vector<std::string> by_onset(Instant at, const char* day) {
    return known({at, true, *parse_date(day), *parse_date(day), {}});
  }
  std::vector<std::string> known(const KnownQuestion& asked) {
    return world_.db->read_now([&](store::Session& s) {
      std::vector<std::string> out;
      known_at(s, asked, [&](const KnownCount& one) {
        EXPECT_EQ(one.unit, visits::testing::kHaiLang);
        out.push_back(one.disease + ' ' + json::enum_text(one.classification) + ' ' +
                      (one.onset ? to_text(*one.onset) : "-") + ' ' + to_text(one.reported) + " x" +
                      std::to_string(one.count));
      });
      std::sort(out.begin(), out.end());
      return out;
    });
  }
};

TEST_P(CasesKnownTest, ACaseIsWhatItWasThen) {
  const Instant before = world_.clock.now() - hours(1), entered = world_.clock.now();
  const Case suspect = reported();
  world_.clock.advance(hours(24));
  const Case ill = *confirm(suspect, positive());
  const Instant confirmed_at = world_.clock.now();
  world_.clock.advance(hours(24));
  ASSERT_TRUE(undo(ill));
  EXPECT_THAT(known(before), IsEmpty());
  EXPECT_THAT(known(entered), ElementsAre("covid-19 suspect - 2026-03-02 x1"));
  EXPECT_THAT(known(confirmed_at - hours(1)), ElementsAre("covid-19 suspect - 2026-03-02 x1"));
  EXPECT_THAT(known(confirmed_at), ElementsAre("covid-19 confirmed 2026-03-01 2026-03-02 x1"));
  EXPECT_THAT(known(world_.clock.now()), ElementsAre("covid-19 suspect - 2026-03-02 x1"));
}

TEST_P(CasesKnownTest, TheDaysAreThoseThatWereKnownThen) {
  const Instant entered = world_.clock.now();
  const Case suspect = reported();
  world_.clock.advance(hours(24));
  const Case ill = *confirm(suspect, positive());
  const Instant confirmed_at = world_.clock.now();
  EXPECT_THAT(by_onset(confirmed_at, "2026-03-01"), ElementsAre("covid-19 confirmed 2026-03-01 2026-03-02 x1"));
  EXPECT_THAT(by_onset(confirmed_at, "2026-03-02"), IsEmpty());
  EXPECT_THAT(by_onset(entered, "2026-03-01"), IsEmpty()) << "the onset was not known";
  EXPECT_THAT(by_onset(entered, "2026-03-02"), ElementsAre("covid-19 suspect - 2026-03-02 x1")) << "by the report";
  world_.clock.advance(hours(24));
  ASSERT_TRUE(undo(ill));
  EXPECT_THAT(by_onset(confirmed_at, "2026-03-01"), ElementsAre("covid-19 confirmed 2026-03-01 2026-03-02 x1"))
      << "also once it has none again";
  EXPECT_THAT(by_onset(world_.clock.now(), "2026-03-01"), IsEmpty());
  EXPECT_THAT(known({confirmed_at, false, *parse_date("2026-03-01"), *parse_date("2026-03-01"), {}}), IsEmpty());
}

TEST_P(CasesKnownTest, ThoseAlikeAreCountedTogetherAndOneDiseaseAlone) {
  reported();
  reported();
  ASSERT_TRUE(run(cases_.report(station_, of(somebody(), "measles"))));
  EXPECT_THAT(known(world_.clock.now()),
              ElementsAre("covid-19 suspect - 2026-03-02 x2", "measles suspect - 2026-03-02 x1"));
  EXPECT_THAT(known(world_.clock.now(), "measles"), ElementsAre("measles suspect - 2026-03-02 x1"));
}

TEST_P(CasesKnownTest, TheDayIsTheLocalOneOfTheDiagnosis) {
  NewCase request = of(somebody());
  request.diagnosed_at = at("2026-03-01T16:59:00Z");
  ASSERT_TRUE(run(cases_.report(station_, std::move(request))));
  NewCase next = of(somebody());
  next.diagnosed_at = at("2026-03-01T17:00:00Z");
  ASSERT_TRUE(run(cases_.report(station_, std::move(next))));
  EXPECT_THAT(known(world_.clock.now()),
              ElementsAre("covid-19 suspect - 2026-03-01 x1", "covid-19 suspect - 2026-03-02 x1"));
}

INSTANTIATE_TEST_SUITE_P(Engines, CasesKnownTest, store::testing::engines(), store::testing::engine_name);

}  // namespace
}  // namespace luytre::cases

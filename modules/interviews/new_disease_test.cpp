// A disease that the system has never known needs two files and no code: of its milestones it asks its own questions,
// and who was there is found by its own rules.

#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "modules/interviews/interviews_fixture.h"
#include "modules/interviews/storage.h"
#include "modules/tracing/declared.h"

namespace luytre::interviews {
namespace {

constexpr const char* kScabiesRules = R"({
  "id": "test-scabies-2020",
  "title": { "vi": "Ghẻ", "en": "Scabies" },
  "disease": "scabies",
  "kind": "definition",
  "validFrom": "2020-01-01",
  "basis": "made up for this test",
  "source": "made up for this test",
  "decided": [],
  "window": { "daysBeforeOnset": 3, "daysBeforeSample": 3 },
  "minOverlapSeconds": 1800,
  "latentSeconds": 0,
  "depth": 1,
  "actsOnLevels": [1],
  "warnsLevels": [],
  "risk": { "high": 500, "medium": 200 }
})";

constexpr const char* kScabiesPack = R"(id = "scabies"
name = { vi = "Ghẻ", en = "Scabies" }
icd10 = "B86"
stigma = false
transmission = ["contact"]
forms = []
window_rule_sets = ["test-scabies-2020"]
sources = ["made up for this test"]
left_out = []

[[milestone_questions]]
from = 2020-01-01
source = "made up for this test"

[[milestone_questions.question]]
id = "sleptThere"
text = { vi = "Người bệnh có ngủ ở đó không?", en = "Did they sleep there?" }
brief = { vi = "Ngủ", en = "Slept" }

[[case]]
says = "asked, and a window"
on = 2026-03-01
onset = 2026-03-01
rule_set = "test-scabies-2020"
window_from = 2026-02-26T00:00:00+07:00
asked_of_milestone = ["sleptThere"]
)";

class ScabiesFolder {
 public:
  ScabiesFolder() {
    std::filesystem::create_directories(path_ / "diseases");
    std::filesystem::create_directories(path_ / "rulesets");
    std::ofstream(path_ / "rulesets" / "test-scabies-2020.json") << kScabiesRules;
    std::ofstream(path_ / "diseases" / "scabies.toml") << kScabiesPack;
  }
  ~ScabiesFolder() { std::filesystem::remove_all(path_); }
  ScabiesFolder(const ScabiesFolder&) = delete;
  ScabiesFolder& operator=(const ScabiesFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_ =
      std::filesystem::temp_directory_path() / ("luytre-scabies-" + std::to_string(::getpid()));
};

class NewDiseaseTest : public InterviewsTest {
 protected:
  cases::Case scabies() {
    cases::NewCase request;
    request.person = an_;
    request.disease = std::string("scabies");
    auto made = run(its_cases_.report(province_, std::move(request)));
    if (!made) throw std::runtime_error(made.error().code);
    return std::move(*made);
  }

  const ScabiesFolder folder_;
  const presence::RuleSets its_rules_{folder_.path() / "rulesets"};
  const presence::Diseases known_{folder_.path() / "diseases", its_rules_};
  cases::Cases its_cases_{
      *world_.db, world_.people, visits::testing::geography(), world_.house->access, world_.vault, world_.clock,
      known_,     its_rules_};
  Interviews its_room_{{*world_.db, world_.people, world_.registry, known_, its_rules_, world_.decisions,
                        visits::testing::geography(), world_.house->access, world_.vault}};
};

TEST_P(NewDiseaseTest, ItsMilestonesAreAskedItsQuestions) {
  const CaseId id = scabies().id;
  const auto record_with = [&](Answers answers) {
    Told told = at_market();
    told.answers = std::move(answers);
    return run(its_room_.record(station_, id, std::move(told), std::nullopt));
  };
  const Answers its_own{{"sleptThere", Answer::kYes}};
  const auto made = record_with(its_own);
  ASSERT_TRUE(made) << code(made);
  EXPECT_EQ(made->answers, its_own);
  EXPECT_EQ(code(record_with({{"sharedMeals", Answer::kYes}})), "invalid") << "of another disease";
}

TEST_P(NewDiseaseTest, WhomItsRulesWouldPassOverIsDeclared) {
  command::testing::switch_on(world_.decisions, command::Switch::kTracing, now(), {}, "scabies");
  const cases::Case kase = scabies();
  cases::Confirmation positive;
  positive.onset = parse_date("2026-03-01");
  positive.sample_at = minute(300);
  positive.result_at = minute(600);
  const auto done = run(its_cases_.confirm(province_, kase.id, positive, kase.version));
  ASSERT_TRUE(done) << code(done);
  const auto declared = [&](int from, int length) {
    Told told = at_market(from, length);
    Companion named;
    named.name = std::string("Chị Bình");
    named.person = binh_;
    told.companions.push_back(named);
    const auto made = run(its_room_.record(station_, kase.id, std::move(told), std::nullopt));
    if (!made) throw std::runtime_error(made.error().code);
    EXPECT_EQ(made->untraced, std::nullopt);
    return world_.db->transact_now([&](store::Session& s) {
      const bool stands = tracing::declared_stands(s, made->id.value);
      EXPECT_EQ(storage::visits(s, made->id).size(), stands ? 1U : 2U) << "by one of the two";
      return stands;
    });
  };
  EXPECT_TRUE(declared(0, 29)) << "it asks for half an hour";
  EXPECT_FALSE(declared(120, 30));
}

INSTANTIATE_TEST_SUITE_P(Engines, NewDiseaseTest, store::testing::engines(), store::testing::engine_name);

}  // namespace
}  // namespace luytre::interviews

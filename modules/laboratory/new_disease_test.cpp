// A disease that the system has never known says by its file alone what is taken for its tests.

#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "modules/laboratory/laboratory_fixture.h"

namespace luytre::laboratory {
namespace {

constexpr const char* kNewRules = R"({
  "id": "test-plague-2020",
  "title": { "vi": "Dịch hạch", "en": "Plague" },
  "disease": "plague",
  "kind": "definition",
  "validFrom": "2020-01-01",
  "basis": "made up for this test",
  "source": "made up for this test",
  "decided": [],
  "window": { "daysBeforeOnset": 1, "daysBeforeSample": 1 },
  "minOverlapSeconds": 900,
  "latentSeconds": 0,
  "depth": 1,
  "actsOnLevels": [1],
  "warnsLevels": [],
  "risk": { "high": 500, "medium": 200 }
})";

constexpr const char* kNewPack = R"(id = "plague"
name = { vi = "Dịch hạch", en = "Plague" }
icd10 = "A20"
stigma = false
transmission = ["flea"]
forms = []
window_rule_sets = ["test-plague-2020"]
sources = ["made up for this test"]
left_out = []

[[specimens]]
from = 2020-01-01
source = "made up for this test"
taken = [{ id = "bubo", vi = "Dịch hạch sưng", en = "Aspirate of a bubo" }]

[[case]]
says = "all"
on = 2026-03-01
onset = 2026-03-01
rule_set = "test-plague-2020"
window_from = 2026-02-28T00:00:00+07:00
specimens = ["bubo"]
)";

// As long as it lives.
class NewDiseaseFolder {
 public:
  NewDiseaseFolder() {
    std::filesystem::create_directories(diseases());
    std::filesystem::create_directories(rule_sets());
    std::ofstream(rule_sets() / "test-plague-2020.json") << kNewRules;
    std::ofstream(diseases() / "plague.toml") << kNewPack;
  }
  ~NewDiseaseFolder() { std::filesystem::remove_all(path_); }
  NewDiseaseFolder(const NewDiseaseFolder&) = delete;
  NewDiseaseFolder& operator=(const NewDiseaseFolder&) = delete;

  std::filesystem::path diseases() const { return path_ / "diseases"; }
  std::filesystem::path rule_sets() const { return path_ / "rulesets"; }

 private:
  std::filesystem::path path_ =
      std::filesystem::temp_directory_path() / ("luytre-new-specimens-" + std::to_string(::getpid()));
};

class NewSpecimensTest : public LaboratoryTest {
 protected:
  const NewDiseaseFolder folder_;
  const presence::RuleSets its_rules_{folder_.rule_sets()};
  const presence::Diseases known_{folder_.diseases(), its_rules_};
  cases::Cases its_cases_{
      *world_.db, world_.people, visits::testing::geography(), world_.house->access, world_.vault, world_.clock,
      known_,     its_rules_};
  Laboratory its_room_{{*world_.db, world_.people, world_.registry, its_cases_, visits::testing::geography(),
                        world_.house->access, world_.vault, world_.house->limits, codes()}};
};

TEST_P(NewSpecimensTest, ItsFileAloneSaysWhatIsTakenForIt) {
  const PersonId an = somebody();
  const auto made = run(its_room_.open(world_.station, asked("plague", "bubo")));
  ASSERT_TRUE(made) << code(made);
  EXPECT_EQ(made->specimen, "bubo");
  must(its_room_.sample(world_.station, made->id, scan("B-1", an)));
  const auto own = must(its_room_.mine(citizen(1001), {})).items;
  ASSERT_THAT(own, SizeIs(1));
  EXPECT_EQ(own[0].specimen, "bubo");
  EXPECT_EQ(own[0].specimen_name.en, "Aspirate of a bubo");
  EXPECT_FALSE(own[0].between_people);
  EXPECT_THAT(fields(run(its_room_.open(world_.station, asked("plague", "rectal-swab")))),
              ElementsAre("/specimen unknown"));
  EXPECT_TRUE(run(its_room_.open(world_.station, asked("plague", "blood")))) << "taken for everything once";
}

INSTANTIATE_TEST_SUITE_P(Engines, NewSpecimensTest, store::testing::engines(), store::testing::engine_name);

}  // namespace
}  // namespace luytre::laboratory

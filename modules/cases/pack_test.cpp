// A disease that the system has never known needs two files and no code: it is reported, notified and confirmed.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "modules/cases/cases_fixture.h"
#include "platform/store/testing.h"

namespace luytre::cases {
namespace {

using std::chrono::hours;

constexpr const char* kRules = R"({
  "id": "test-malaria-2020",
  "title": { "vi": "Sốt rét", "en": "Malaria" },
  "disease": "malaria",
  "kind": "definition",
  "validFrom": "2020-01-01",
  "basis": "made up for this test",
  "source": "made up for this test",
  "decided": [],
  "window": { "daysBeforeOnset": 1, "daysBeforeSample": 1 },
  "minOverlapSeconds": 900,
  "latentSeconds": 0,
  "depth": 1,
  "actsOnLevels": [],
  "warnsLevels": [],
  "risk": { "high": 500, "medium": 200 }
})";

constexpr const char* kPack = R"(id = "malaria"
name = { vi = "Sốt rét", en = "Malaria" }
icd10 = "B50-B54"
stigma = false
transmission = ["mosquito"]
forms = []
window_rule_sets = ["test-malaria-2020"]
sources = ["made up for this test"]
left_out = []

[[notification]]
hours = 48
from = 2020-01-01
source = "made up for this test"

[[test]]
method = "microscopy"
confirms = true
source = "made up for this test"

[[case]]
says = "all"
on = 2026-03-02
onset = 2026-03-01
rule_set = "test-malaria-2020"
window_from = 2026-02-28T00:00:00+07:00
diagnosed_at = 2026-03-02T08:00:00+07:00
notify_by = 2026-03-04T08:00:00+07:00
)";

class Folder {
 public:
  Folder() {
    std::filesystem::create_directories(path_ / "diseases");
    std::filesystem::create_directories(path_ / "rulesets");
    std::ofstream(path_ / "rulesets" / "test-malaria-2020.json") << kRules;
    std::ofstream(path_ / "diseases" / "malaria.toml") << kPack;
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_ = std::filesystem::temp_directory_path() / ("luytre-pack-" + std::to_string(::getpid()));
};

class CasesPackTest : public CasesTest {};

TEST_P(CasesPackTest, ANewDiseaseNeedsFilesOnly) {
  const Folder folder;
  const presence::RuleSets rules(folder.path() / "rulesets");
  const presence::Diseases known(folder.path() / "diseases", rules);
  Cases cases(*world_.db, world_.people, visits::testing::geography(), world_.house->access, world_.vault, world_.clock,
              known, rules);
  const auto suspect = run(cases.report(station_, of(somebody(), "malaria")));
  ASSERT_TRUE(suspect) << code(suspect);
  EXPECT_TRUE(suspect->number.starts_with("MAL-")) << suspect->number;
  EXPECT_EQ(suspect->notify_by, world_.clock.now() + hours(48));
  Confirmation request = positive();
  EXPECT_EQ(code(run(cases.confirm(province_, suspect->id, request, suspect->version))), "method_unfit");
  request.method = Method::kMicroscopy;
  const auto ill = run(cases.confirm(province_, suspect->id, request, suspect->version));
  ASSERT_TRUE(ill) << code(ill);
  EXPECT_EQ(ill->method, Method::kMicroscopy);
  EXPECT_EQ(ill->rule_set, "test-malaria-2020");
  EXPECT_EQ(ill->window_from, at("2026-02-27T17:00:00Z"));
}

INSTANTIATE_TEST_SUITE_P(Engines, CasesPackTest, store::testing::engines(), store::testing::engine_name);

}  // namespace
}  // namespace luytre::cases

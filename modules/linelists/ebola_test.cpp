// The public line lists of the Ebola outbreak in Sierra Leone 2014–15, whole: a disease that is not shipped, brought by
// its own files, and people of whom nobody knows the age.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "modules/linelists/linelists.h"
#include "modules/visits/testing.h"
#include "platform/base/result_testing.h"
#include "platform/base/run.h"

namespace luytre::linelists {
namespace {

using visits::testing::kQuangTri;

constexpr const char* kRules = R"({
  "id": "test-ebola-2014",
  "title": { "vi": "Bệnh do vi rút Ebola", "en": "Ebola virus disease" },
  "disease": "ebola",
  "kind": "definition",
  "validFrom": "2014-01-01",
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

constexpr const char* kPack = R"(id = "ebola"
name = { vi = "Bệnh do vi rút Ebola", en = "Ebola virus disease" }
icd10 = "A98.4"
stigma = false
transmission = ["contact"]
forms = []
window_rule_sets = ["test-ebola-2014"]
sources = ["made up for this test"]
left_out = []

[[notification]]
hours = 24
from = 2014-01-01
source = "made up for this test"

[[test]]
method = "pcr"
confirms = true
source = "made up for this test"

[[case]]
says = "all"
on = 2014-06-02
onset = 2014-06-01
rule_set = "test-ebola-2014"
window_from = 2014-05-31T00:00:00+07:00
diagnosed_at = 2014-06-02T08:00:00+07:00
notify_by = 2014-06-03T08:00:00+07:00
)";

std::filesystem::path epi(const char* file) {
  return std::filesystem::path(LUYTRE_SOURCE_DIR) / "../shared/data/epi/outbreaks" / file;
}

std::string text_of(const std::filesystem::path& file) {
  std::ostringstream out;
  out << std::ifstream(file, std::ios::binary).rdbuf();
  return out.str();
}

class Folder {
 public:
  Folder() {
    std::filesystem::create_directories(path_ / "diseases");
    std::filesystem::create_directories(path_ / "rulesets");
    std::ofstream(path_ / "rulesets" / "test-ebola-2014.json") << kRules;
    std::ofstream(path_ / "diseases" / "ebola.toml") << kPack;
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  std::filesystem::path diseases() const { return path_ / "diseases"; }
  std::filesystem::path rule_sets() const { return path_ / "rulesets"; }

 private:
  std::filesystem::path path_ = std::filesystem::temp_directory_path() / ("luytre-ebola-" + std::to_string(::getpid()));
};

class EbolaTest : public ::testing::TestWithParam<store::Engine> {
 protected:
  static void add(Mapping& mapping, Field field, const char* column, const char* fixed = nullptr) {
    Use& one = mapping.uses.emplace_back();
    one.field = field;
    if (column) one.column = std::string(column);
    if (fixed) one.fixed = std::string(fixed);
  }
  static Mapping mapping(const char* classification) {
    Mapping out;
    out.compare = false;  // it names nobody
    add(out, Field::kId, "ID");
    add(out, Field::kName, "ID", "Ca Ebola ");
    add(out, Field::kAge, "Age");
    add(out, Field::kSex, "Sex");
    add(out, Field::kOnset, "Date of symptom onset");
    add(out, Field::kDisease, nullptr, "ebola");
    add(out, Field::kClassification, nullptr, classification);
    add(out, Field::kCommune, nullptr, "19702");
    return out;
  }
  LineList ran(const std::filesystem::path& file, const Mapping& how) {
    const auto sent =
        run(lists_.send(province_, kQuangTri, file.filename().string(), std::nullopt, text_of(file), std::nullopt));
    EXPECT_TRUE(sent) << code(sent);
    const auto running = run(lists_.run(province_, sent->id, how));
    EXPECT_TRUE(running) << code(running);
    while (lists_.work_once()) {
    }
    return *run(lists_.find(province_, sent->id));
  }
  std::int64_t count(const char* sql) {
    return world_.db->read_now([&](store::Session& s) { return s.value<std::int64_t>({sql, sql}); });
  }

  const Folder folder_;
  const presence::RuleSets rule_sets_{folder_.rule_sets()};
  const presence::Diseases diseases_{folder_.diseases(), rule_sets_};
  visits::testing::World world_{GetParam(), {cases::migrations(), migrations()}};
  cases::Cases cases_{
      *world_.db, world_.people, visits::testing::geography(), world_.house->access, world_.vault, world_.clock,
      diseases_,  rule_sets_};
  people::Duplicates duplicates_{*world_.db,           world_.people,          visits::testing::geography(),
                                 world_.house->access, world_.house->accounts, world_.vault};
  LineLists lists_{{*world_.db, cases_, world_.people, duplicates_, visits::testing::geography(), world_.house->access,
                    world_.house.texts(), world_.vault}};
  const Caller province_ = identity::testing::officer(Role::kProvinceOfficer, kQuangTri, 9101);
};

TEST_P(EbolaTest, BothListsOfSierraLeoneAreTakenWhole) {
  const auto suspected = epi("ebola_sierraleone_2014_suspected.csv");
  const auto confirmed = epi("ebola_sierraleone_2014_confirmed.csv");
  if (!std::filesystem::exists(suspected) || !std::filesystem::exists(confirmed))
    GTEST_SKIP() << "PUBLIC DATA ARE ABSENT, nothing was tested: " << suspected;
  const auto first = ran(suspected, mapping("suspect"));
  EXPECT_EQ(first.total, 3545);
  EXPECT_EQ(first.counts.taken, 3545);
  EXPECT_EQ(count("SELECT CAST(count(*) AS bigint) FROM people_person WHERE birth_year = 0"), 437)
      << "whose age is not told";

  // Its day of the sample stands for the result and for the end of going about.
  Mapping how = mapping("confirmed");
  for (const Field field : {Field::kSample, Field::kResult, Field::kIsolated}) add(how, field, "Date of sample tested");
  add(how, Field::kMethod, nullptr, "pcr");
  how.uses[0].fixed = std::string("x");  // both files count from 1
  const auto second = ran(confirmed, how);
  EXPECT_EQ(second.total, 8358);
  EXPECT_EQ(second.counts.taken, 8358);
  EXPECT_EQ(count("SELECT CAST(count(*) AS bigint) FROM cases_case WHERE disease = 'ebola'"), 3545 + 8358);
  EXPECT_EQ(count("SELECT CAST(count(*) AS bigint) FROM cases_case WHERE classification = 'confirmed'"), 8358);
  EXPECT_EQ(count("SELECT CAST(count(*) AS bigint) FROM people_person WHERE birth_year = 0"), 437 + 519);
}

INSTANTIATE_TEST_SUITE_P(Engines, EbolaTest, store::testing::engines(), store::testing::engine_name);

}  // namespace
}  // namespace luytre::linelists

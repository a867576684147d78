// A disease that the system has never known needs two files and no code, beyond its confirmation (modules/cases), too:
// its contacts are found by its window, asked its questions, classified, followed for its days, asked for its signs,
// sampled on its days, and reported.

#include "modules/followup/followup_fixture.h"
#include "modules/followup/packs_testing.h"
#include "modules/followup/visits.h"

namespace luytre::followup {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;
using ::testing::StartsWith;
using ::testing::UnorderedElementsAre;

constexpr const char* kNewRules = R"({
  "id": "test-pertussis-2020",
  "title": { "vi": "Ho gà", "en": "Pertussis" },
  "disease": "pertussis",
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

constexpr const char* kNewPack = R"(id = "pertussis"
name = { vi = "Ho gà", en = "Pertussis" }
icd10 = "A37"
stigma = false
transmission = ["droplet"]
forms = []
window_rule_sets = ["test-pertussis-2020"]
sources = ["made up for this test"]
left_out = []

[[contact_class]]
class = "F1"
from = 2020-01-01
source = "made up for this test"
[contact_class.text]
vi = "Cùng phòng từ 30 phút"
en = "In one room for 30 minutes or more"

[[contact_questions]]
from = 2020-01-01
source = "made up for this test"

[[contact_questions.question]]
id = "sangTogether"
compulsory = true
text = { vi = "Có hát chung với ai không?", en = "Did you sing with anybody?" }
brief = { vi = "Hát chung", en = "Singing" }

[[follow_up]]
class = "F1"
stages = [{ where = "home", days = 4 }, { where = "selfMonitoring", days = 3, test_days = [1] }]
from = 2020-01-01
source = "seven days, made up for this test"

[[follow_up]]
class = "F2"
stages = [{ where = "selfMonitoring", days = 5 }]
from = 2020-01-01
source = "five days, made up for this test"

[[signs]]
from = 2020-01-01
source = "made up for this test"
offered = [{ id = "whoop", vi = "Ho rũ rượi", en = "Whooping cough" }]

[[test]]
method = "culture"
confirms = true
source = "made up for this test"

[[case]]
says = "all"
on = 2026-03-01
onset = 2026-03-01
rule_set = "test-pertussis-2020"
window_from = 2026-02-26T00:00:00+07:00
class = "F1"
last_exposure = 2026-03-01
followed_until = 2026-03-08
classes = ["F1"]
asked = ["sangTogether"]
signs = ["whoop"]

[[case]]
says = "F2"
class = "F2"
last_exposure = 2026-03-01
followed_until = 2026-03-06
)";

// As long as it lives.
class NewDiseaseFolder {
 public:
  NewDiseaseFolder() {
    std::filesystem::create_directories(diseases());
    std::filesystem::create_directories(rule_sets());
    std::ofstream(rule_sets() / "test-pertussis-2020.json") << kNewRules;
    std::ofstream(diseases() / "pertussis.toml") << kNewPack;
  }
  ~NewDiseaseFolder() { std::filesystem::remove_all(path_); }
  NewDiseaseFolder(const NewDiseaseFolder&) = delete;
  NewDiseaseFolder& operator=(const NewDiseaseFolder&) = delete;

  std::filesystem::path diseases() const { return path_ / "diseases"; }
  std::filesystem::path rule_sets() const { return path_ / "rulesets"; }

 private:
  std::filesystem::path path_ =
      std::filesystem::temp_directory_path() / ("luytre-new-disease-" + std::to_string(::getpid()));
};

class NewDiseaseTest : public FollowUpTest {
 protected:
  NewDiseaseTest() {
    command::testing::switch_on(world_.decisions, command::Switch::kTracing, now(), {}, "pertussis");
    its_followers_.add(its_tracing_.follow_cases());
    its_followers_.add(its_room_.follow());
  }

  CaseId ill(PersonId who) {
    cases::NewCase request;
    request.person = who;
    request.disease = std::string("pertussis");
    const auto suspect = run(its_cases_.report(province_, std::move(request)));
    if (!suspect) throw std::runtime_error(suspect.error().code);
    cases::Confirmation positive = ill_on_the_first();
    positive.method = cases::Method::kCulture;
    const auto done = run(its_cases_.confirm(province_, suspect->id, positive, suspect->version));
    if (!done) throw std::runtime_error(done.error().code);
    its_followers_.drain();
    return suspect->id;
  }
  std::vector<tracing::Candidate> candidates(CaseId id) {
    const auto page = run(its_tracing_.candidates(province_, id, {}, std::nullopt, 200));
    if (!page) throw std::runtime_error(page.error().code);
    return page->items;
  }
  std::vector<PersonId> found(CaseId id) {
    std::vector<PersonId> out;
    for (const auto& one : candidates(id)) out.push_back(one.person.id);
    return out;
  }
  std::size_t tasks() { return run(its_tracing_.tasks(station_, {}, std::nullopt, 50))->items.size(); }
  void classify(CaseId id, PersonId person, tracing::Class to) {
    for (const auto& one : candidates(id)) {
      if (one.person.id != person) continue;
      tracing::Assignment assignment;
      assignment.class_ = to;
      const auto done = run(its_tracing_.assign(station_, one.id, assignment, one.version));
      ASSERT_TRUE(done) << code(done);
      its_followers_.drain();
      return;
    }
    FAIL() << "not a candidate";
  }
  void its_days_until(const char* text) {
    const auto job = its_room_.watch();
    while (local_date(now()) < day(text)) {
      world_.clock.advance(std::chrono::hours(24));
      world_.db->transact_now([&](store::Session& s) { job.run(s); });
    }
  }
  FollowUp followed(CaseId id, PersonId person) {
    const auto page = run(its_room_.of_case(province_, id, std::nullopt, 100));
    if (!page) throw std::runtime_error(page.error().code);
    for (const OfContact& one : page->items)
      if (one.follow_up.person.id == person) return one.follow_up;
    throw std::runtime_error("not followed");
  }
  FollowUp whole(FollowUpId id) {
    const auto found = run(its_room_.find(station_, id));
    if (!found) throw std::runtime_error(found.error().code);
    return *found;
  }
  Result<FollowUp> record_its(FollowUpId id, Finding finding, std::vector<std::string> symptoms = {}) {
    NewEntry entry;
    entry.finding = finding;
    entry.symptoms = std::move(symptoms);
    auto done = run(its_room_.record(station_, id, std::move(entry), std::nullopt));
    its_followers_.drain();
    return done;
  }
  void answer(FollowUpId id, Finding finding, std::vector<std::string> symptoms = {}) {
    const auto done = record_its(id, finding, std::move(symptoms));
    ASSERT_TRUE(done) << code(done);
  }

  const NewDiseaseFolder folder_;
  const presence::RuleSets its_rules_{folder_.rule_sets()};
  const presence::Diseases known_{folder_.diseases(), its_rules_};
  cases::Cases its_cases_{
      *world_.db, world_.people, visits::testing::geography(), world_.house->access, world_.vault, world_.clock,
      known_,     its_rules_};
  tracing::Tracing its_tracing_{{*world_.db, its_cases_, world_.people, world_.registry, world_.decisions,
                                 visits::testing::geography(), world_.house->access, world_.house.notify(),
                                 world_.vault, world_.clock, world_.house.texts()}};
  FollowUps its_room_{{*world_.db, its_tracing_, its_cases_, declarations_, world_.people, visits::testing::geography(),
                       world_.house->access, world_.vault}};
  store::Followers its_followers_{*world_.db};
};

TEST_P(NewDiseaseTest, ItsContactsAreTracedClassifiedAndFollowedByItsFilesAlone) {
  const PersonId sick = person("Trần Văn Ca"), an = person("Nguyễn Thị An"), binh = person("Lê Văn Bình"),
                 before = person("Phạm Văn Dần");
  constexpr int kDay = 24 * 60;
  meet(sick, an, 0);
  meet(sick, binh, -3 * kDay);
  meet(sick, before, -4 * kDay);
  case_ = ill(sick);
  EXPECT_THAT(found(case_), UnorderedElementsAre(an, binh)) << "by its own window, of three days";
  EXPECT_EQ(tasks(), 2U);

  classify(case_, an, tracing::Class::kF1);
  classify(case_, binh, tracing::Class::kF2);
  EXPECT_EQ(tasks(), 0U);
  const FollowUp near = followed(case_, an), far = followed(case_, binh);
  EXPECT_EQ(near.disease, "pertussis");
  EXPECT_EQ(near.first_day, day("2026-03-02"));
  EXPECT_EQ(near.last_day, day("2026-03-08"));
  EXPECT_EQ(far.last_day, day("2026-03-03")) << "five days from 26 February";
  EXPECT_EQ(strip(near), "due later later later later later later ");
  EXPECT_EQ(strip(far), "due later ");
  const auto reasons = *whole(near.id).reasons;
  ASSERT_THAT(reasons, SizeIs(1));
  EXPECT_EQ(reasons[0].days, 7);
  EXPECT_EQ(reasons[0].rule, "seven days, made up for this test");
  EXPECT_THAT(reasons[0].case_number, StartsWith("PER-"));

  answer(near.id, Finding::kNone);
  its_days_until("2026-03-03");
  answer(near.id, Finding::kSymptoms, {"cough"});
  its_days_until("2026-03-04");
  EXPECT_EQ(followed(case_, binh).state, State::kDone);
  EXPECT_EQ(followed(case_, binh).missed, 2);
  EXPECT_EQ(strip(whole(near.id)), "none symptoms due later later later later ");

  its_days_until("2026-03-06");
  const auto test_days = whole(near.id).test_days;
  ASSERT_TRUE(test_days);
  ASSERT_THAT(*test_days, SizeIs(1)) << "the first day of the second stage";
  EXPECT_EQ(test_days->front().date, day("2026-03-06"));
  EXPECT_EQ(test_days->front().state, TestState::kDue);
  ASSERT_TRUE(run(its_room_.settle_test(station_, near.id, {day("2026-03-06"), {std::string("Đã cấy ở bệnh viện")}})));
  EXPECT_EQ(whole(near.id).test_days->front().state, TestState::kSettled);

  its_days_until("2026-03-08");
  answer(near.id, Finding::kNone);
  EXPECT_EQ(followed(case_, an).state, State::kOpen);
  its_days_until("2026-03-09");
  EXPECT_EQ(followed(case_, an).state, State::kDone);
  EXPECT_EQ(strip(whole(near.id)), "none symptoms missed missed missed missed none ");
}

TEST_P(NewDiseaseTest, ItsContactsAreAskedItsQuestions) {
  const PersonId sick = person("Trần Văn Ca"), an = person("Nguyễn Thị An");
  meet(sick, an, 0);
  case_ = ill(sick);
  const auto assign = [&](tracing::Answers answers) {
    const auto contact = candidates(case_).front();
    tracing::Assignment assignment;
    assignment.class_ = tracing::Class::kF1;
    assignment.answers = std::move(answers);
    return run(its_tracing_.assign(station_, contact.id, assignment, contact.version));
  };
  EXPECT_EQ(code(assign({{"sharedMeals", tracing::Answer::kYes}})), "invalid") << "of another disease";
  const tracing::Answers its_own{{"sangTogether", tracing::Answer::kYes}};
  const auto done = assign(its_own);
  ASSERT_TRUE(done) << code(done);
  EXPECT_EQ(done->answers, its_own);
}

TEST_P(NewDiseaseTest, ItsContactsAreAskedForItsSigns) {
  const PersonId sick = person("Trần Văn Ca"), an = person("Nguyễn Thị An");
  meet(sick, an, 0);
  case_ = ill(sick);
  classify(case_, an, tracing::Class::kF1);
  const FollowUpId id = followed(case_, an).id;
  const auto taken = run(its_room_.visits(station_, {}));
  ASSERT_TRUE(taken) << code(taken);
  ASSERT_THAT(taken->items, SizeIs(1));
  ASSERT_THAT(taken->items[0].signs, SizeIs(1)) << "also without a network";
  EXPECT_EQ(taken->items[0].signs[0].id, "whoop");
  EXPECT_EQ(taken->items[0].signs[0].text.vi, "Ho rũ rượi");
  EXPECT_EQ(code(record_its(id, Finding::kSymptoms, {"watery"})), "invalid") << "of another disease";
  answer(id, Finding::kSymptoms, {"whoop"});
  EXPECT_THAT(whole(id).entries->front().symptoms, ElementsAre("whoop"));
  EXPECT_TRUE(whole(id).offered);
}

TEST_P(NewDiseaseTest, AContactWithSymptomsIsReportedAsASuspectOfIt) {
  const PersonId sick = person("Trần Văn Ca"), an = person("Nguyễn Thị An");
  meet(sick, an, 0);
  case_ = ill(sick);
  classify(case_, an, tracing::Class::kF1);
  const FollowUpId id = followed(case_, an).id;
  EXPECT_EQ(code(run(its_room_.report(station_, id, std::nullopt))), "follow_up_no_symptoms");
  answer(id, Finding::kSymptoms, {"cough"});
  EXPECT_TRUE(whole(id).offered);
  const auto suspect = run(its_room_.report(station_, id, std::nullopt));
  ASSERT_TRUE(suspect) << code(suspect);
  EXPECT_EQ(suspect->disease, "pertussis");
  EXPECT_EQ(suspect->classification, cases::Classification::kSuspect);
  its_followers_.drain();

  cases::Confirmation positive = ill_today();
  EXPECT_EQ(code(run(its_cases_.confirm(province_, suspect->id, positive, suspect->version))), "method_unfit");
  positive.method = cases::Method::kCulture;
  ASSERT_TRUE(run(its_cases_.confirm(province_, suspect->id, positive, suspect->version)));
  its_followers_.drain();
  EXPECT_EQ(followed(case_, an).state, State::kBecameCase);
  EXPECT_THAT(found(suspect->id), ElementsAre(sick)) << "whom they met within the window of the second case";
}

INSTANTIATE_TEST_SUITE_P(Engines, NewDiseaseTest, store::testing::engines(), store::testing::engine_name);

}  // namespace
}  // namespace luytre::followup

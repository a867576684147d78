// The shipped packs do what their own cases say, and a pack that is wrong is refused with its line and the reason.

#include "engines/presence/diseases.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>

namespace luytre::presence {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::IsSupersetOf;
using ::testing::Not;

const RuleSets& rule_sets() {
  static const RuleSets all(std::string(LUYTRE_SOURCE_DIR) + "/data/rulesets");
  return all;
}

const Diseases& shipped() {
  static const Diseases all(std::string(LUYTRE_SOURCE_DIR) + "/data/diseases", rule_sets());
  return all;
}

// Another pack changes nothing here.
TEST(DiseasesTest, TheShippedOnesLoadAndOneIsFlagged) {
  std::vector<std::string> ids;
  std::set<std::string> flagged;
  for (const Disease& disease : shipped().all()) {
    ids.push_back(disease.id);
    if (disease.stigma) flagged.insert(disease.id);
  }
  EXPECT_THAT(ids, IsSupersetOf({"cholera", "covid-19", "dengue", "diphtheria", "hand-foot-mouth", "influenza-a-h5n1",
                                 "measles", "mpox"}));
  EXPECT_TRUE(std::is_sorted(ids.begin(), ids.end()));
  EXPECT_THAT(flagged, Contains("mpox"));
  EXPECT_THAT(flagged, Not(Contains("measles")));
  EXPECT_EQ(shipped().find("cough"), nullptr);
}

TEST(DiseasesTest, EachShippedPackDoesWhatItsOwnCasesSay) {
  for (const Disease& disease : shipped().all()) {
    EXPECT_THAT(disease.cases, Not(IsEmpty())) << disease.id;
    EXPECT_THAT(failed_cases(disease, rule_sets()), IsEmpty()) << disease.id;
  }
}

TEST(DiseasesTest, DefinitionsInForceCoverTheDayOnWhichThisIsWritten) {
  for (const Disease& disease : shipped().all())
    EXPECT_NE(rule_sets().in_force(disease.id, make_date(2026, 11, 22)), nullptr)
        << disease.id << " could not be confirmed without choosing a rule set";
}

TEST(DiseasesTest, TheDeadlineIsThatOfTheDayOfTheDiagnosis) {
  const Disease& covid = *shipped().find("covid-19");
  EXPECT_EQ(covid.notify_by(*parse_instant("2023-10-19T16:59:59Z")), parse_instant("2023-10-20T16:59:59Z"));
  EXPECT_EQ(covid.notify_by(*parse_instant("2023-10-19T17:00:00Z")), parse_instant("2023-10-21T17:00:00Z"));
  EXPECT_EQ(covid.notify_by(*parse_instant("2019-12-31T00:00:00Z")), std::nullopt);
  EXPECT_EQ(shipped().find("mpox")->notify_by(*parse_instant("2026-01-01T00:00:00Z")), std::nullopt);
}

TEST(DiseasesTest, WhatIsSaidOfEveryoneHoldsForTheImmuneToo) {
  const Disease& covid = *shipped().find("covid-19");
  const auto days = [&](Whom whom, int year, unsigned month, unsigned day) {
    const FollowUp* rule = covid.follow_up_on("F1", whom, make_date(year, month, day));
    return rule ? rule->days() : 0;
  };
  EXPECT_EQ(days(Whom::kImmune, 2021, 6, 1), 28);
  EXPECT_EQ(days(Whom::kImmune, 2022, 3, 1), 5);
  EXPECT_EQ(days(Whom::kOthers, 2022, 3, 1), 7);
  EXPECT_EQ(days(Whom::kEveryone, 2022, 3, 1), 0) << "on that day one had to know";
  EXPECT_EQ(covid.follow_up_on("F2", Whom::kEveryone, make_date(2021, 6, 1)), nullptr);
}

TEST(DiseasesTest, EveryDiseaseHasAFormOfInvestigationAndCovidItsOwnSinceItWasDecided) {
  const auto form = [](const Disease& disease, Date day) {
    const InvestigationForm* found = disease.investigation_on(day);
    return found ? found->form : "";
  };
  for (const Disease& disease : shipped().all())
    EXPECT_NE(form(disease, make_date(2026, 11, 23)), "") << disease.id << " is investigated by nothing";
  const Disease& covid = *shipped().find("covid-19");
  EXPECT_EQ(form(covid, make_date(2021, 7, 29)), "investigation");
  EXPECT_EQ(form(covid, make_date(2021, 7, 30)), "investigation-covid-19");
  EXPECT_EQ(form(covid, make_date(2019, 12, 31)), "");
}

TEST(DiseasesTest, WhoIsAContactIsSaidSinceTheDayOfItsSource) {
  const auto of = [](const char* id, Date day) { return shipped().find(id)->classes_on(day); };
  const Date today = make_date(2026, 11, 24);
  for (const char* id : {"cholera", "covid-19", "diphtheria", "influenza-a-h5n1", "measles", "mpox"})
    EXPECT_THAT(of(id, today), ElementsAre("F1")) << id;
  EXPECT_THAT(of("diphtheria", make_date(2020, 8, 17)), IsEmpty()) << "QĐ 3593 is of the day after";
  EXPECT_THAT(of("covid-19", make_date(2021, 12, 28)), ElementsAre("F1", "F2"));
  EXPECT_THAT(of("dengue", today), ElementsAre("none")) << "mosquitoes bring it";
  EXPECT_THAT(of("hand-foot-mouth", today), IsEmpty()) << "no text was read";
}

std::vector<std::string> asked(const Disease& disease, Date day, bool compulsory_alone = false) {
  std::vector<std::string> out;
  if (const ContactQuestions* entry = disease.questions_on(day))
    for (const ContactQuestion& one : entry->questions)
      if (one.compulsory || !compulsory_alone) out.push_back(one.id);
  return out;
}

TEST(DiseasesTest, WhatAContactIsAskedIsOfTheDiseaseAndOfTheDay) {
  const Date today = make_date(2026, 11, 23);
  const auto of = [](const char* id) -> const Disease& { return *shipped().find(id); };
  EXPECT_THAT(asked(of("covid-19"), make_date(2022, 4, 14)), Contains("distanceUnder2m"));
  EXPECT_THAT(asked(of("covid-19"), make_date(2022, 4, 15)),
              AllOf(Contains("distanceUnder1m"), Not(Contains("distanceUnder2m"))));
  EXPECT_THAT(asked(of("cholera"), today, true), ElementsAre("sharedMeals", "sharedWater", "sharedLatrine"));
  EXPECT_THAT(asked(of("dengue"), today), IsEmpty()) << "mosquitoes bring it";
  EXPECT_THAT(asked(of("measles"), today, true), ElementsAre("closedRoom"));
  for (const char* id : {"cholera", "hand-foot-mouth", "dengue"})
    EXPECT_THAT(asked(of(id), today), Not(Contains("masks"))) << id << " is not of the airways";
  EXPECT_TRUE(of("covid-19").knows_question("distanceUnder2m")) << "asked on other days";
  EXPECT_TRUE(of("cholera").knows_question("masks")) << "asked of everything once";
  EXPECT_FALSE(of("cholera").knows_question("poultry"));
}

std::vector<std::string> asked_of_milestone(const Disease& disease, Date day) {
  std::vector<std::string> out;
  if (const MilestoneQuestions* entry = disease.milestone_questions_on(day))
    for (const MilestoneQuestion& one : entry->questions) out.push_back(one.id);
  return out;
}

TEST(DiseasesTest, WhatIsAskedOfAMilestoneIsOfTheDiseaseAndOfTheDay) {
  const Date today = make_date(2026, 11, 23);
  const auto of = [](const char* id) -> const Disease& { return *shipped().find(id); };
  EXPECT_THAT(asked_of_milestone(of("covid-19"), make_date(2022, 4, 14)), ElementsAre("masks", "near"));
  EXPECT_THAT(asked_of_milestone(of("covid-19"), make_date(2022, 4, 15)), ElementsAre("masks", "near1m"));
  EXPECT_THAT(asked_of_milestone(of("cholera"), today), ElementsAre("sharedMeals", "sharedWater", "sharedLatrine"));
  EXPECT_THAT(asked_of_milestone(of("influenza-a-h5n1"), today), Contains("poultry"));
  EXPECT_THAT(asked_of_milestone(of("dengue"), today), IsEmpty()) << "mosquitoes bring it";
  for (const char* id : {"cholera", "hand-foot-mouth", "dengue"})
    EXPECT_THAT(asked_of_milestone(of(id), today), AllOf(Not(Contains("masks")), Not(Contains("near")))) << id;
  EXPECT_TRUE(of("covid-19").knows_milestone_question("near")) << "asked on other days";
  EXPECT_TRUE(of("cholera").knows_milestone_question("masks")) << "asked of everything once";
  EXPECT_FALSE(of("cholera").knows_milestone_question("touched"));
  EXPECT_FALSE(of("cholera").knows_milestone_question("cared")) << "of contacts alone";
}

TEST(DiseasesTest, TheSignsOfferedAreOfTheDisease) {
  const auto offered = [](const char* id) {
    std::vector<std::string> out;
    for (const Sign& one : shipped().find(id)->signs_on(make_date(2026, 11, 23))->offered) out.push_back(one.id);
    return out;
  };
  EXPECT_THAT(offered("cholera"), AllOf(Contains("watery"), Contains("dehydration"), Not(Contains("cough"))));
  EXPECT_THAT(offered("dengue"), AllOf(Contains("mucosa"), Not(Contains("throat"))));
  EXPECT_THAT(offered("measles"), AllOf(Contains("rash"), Contains("eyes")));
  const Disease& cholera = *shipped().find("cholera");
  EXPECT_TRUE(cholera.knows_sign("watery"));
  EXPECT_TRUE(cholera.knows_sign("cough")) << "offered for everything once";
  EXPECT_TRUE(cholera.knows_sign("other"));
  EXPECT_FALSE(cholera.knows_sign("mucosa"));
}

std::vector<std::string> taken(const Disease& disease, Date day) {
  std::vector<std::string> out;
  if (const Specimens* entry = disease.specimens_on(day))
    for (const Specimen& one : entry->taken) out.push_back(one.id);
  return out;
}

TEST(DiseasesTest, TheSpecimensTakenAreOfTheDisease) {
  const Date today = make_date(2026, 11, 24);
  const auto of = [](const char* id) -> const Disease& { return *shipped().find(id); };
  EXPECT_THAT(taken(of("cholera"), today), ElementsAre("stool", "rectal-swab"));
  EXPECT_THAT(taken(of("dengue"), today), ElementsAre("serum", "plasma", "blood"));
  EXPECT_EQ(taken(of("diphtheria"), today).front(), "oropharyngeal");
  EXPECT_THAT(taken(of("hand-foot-mouth"), today), AllOf(Contains("vesicle"), Contains("stool")));
  EXPECT_THAT(taken(of("measles"), today), AllOf(Contains("serum"), Contains("urine")));
  EXPECT_THAT(taken(of("influenza-a-h5n1"), today), Contains("lower-airways"));
  EXPECT_EQ(taken(of("mpox"), today).front(), "lesion-swab");
  EXPECT_EQ(taken(of("covid-19"), today).front(), "nasopharyngeal");
  for (const char* id : {"cholera", "dengue", "mpox"})
    EXPECT_THAT(taken(of(id), today), AllOf(Not(Contains("nasopharyngeal")), Not(Contains("oropharyngeal")))) << id;

  const Disease& cholera = of("cholera");
  for (const char* id : {"rectal-swab", "nasopharyngeal", "oropharyngeal", "saliva", "blood", "stool", "other"})
    EXPECT_TRUE(cholera.knows_specimen(id)) << id << ": its own, or taken for everything once";
  EXPECT_FALSE(cholera.knows_specimen("urine"));
  EXPECT_FALSE(cholera.knows_specimen(""));
}

TEST(DiseasesTest, ASpecimenHasItsNameWhateverNamesIt) {
  const Disease* cholera = shipped().find("cholera");
  EXPECT_EQ(specimen_name(cholera, "rectal-swab").en, "Rectal swab");
  EXPECT_EQ(specimen_name(cholera, "saliva").vi, "Nước bọt") << "of before";
  EXPECT_EQ(specimen_name(nullptr, "saliva").en, "Saliva") << "of a disease whose file is gone";
  EXPECT_EQ(specimen_name(cholera, "other").en, "Another specimen");
  EXPECT_EQ(specimen_name(cholera, "takenOnce").vi, "takenOnce");
  // One id is one thing: a list of tubes of several diseases can be read.
  std::map<std::string, std::string> names;
  for (const Disease& disease : shipped().all())
    for (const Specimens& entry : disease.specimens)
      for (const Specimen& one : entry.taken)
        EXPECT_EQ(names.try_emplace(one.id, one.text.vi + '|' + one.text.en).first->second,
                  one.text.vi + '|' + one.text.en)
            << disease.id << ' ' << one.id;
  for (const Specimen& one : general_specimens().taken)
    EXPECT_EQ(names.try_emplace(one.id, one.text.vi + '|' + one.text.en).first->second, one.text.vi + '|' + one.text.en)
        << one.id;
}

TEST(DiseasesTest, WhatPassesBetweenPeopleIsKnownByTheFile) {
  for (const Disease& disease : shipped().all()) EXPECT_EQ(disease.between_people(), disease.id != "dengue");
  EXPECT_TRUE(Disease{}.between_people()) << "nobody said how";
}

TEST(DiseasesTest, WhatGoesThroughTheAirIsKnownByTheFile) {
  for (const char* id : {"covid-19", "diphtheria", "influenza-a-h5n1", "measles"})
    EXPECT_TRUE(shipped().find(id)->by_air()) << id;
  for (const char* id : {"cholera", "dengue"}) EXPECT_FALSE(shipped().find(id)->by_air()) << id;
}

TEST(DiseasesTest, OnlyWhatTheFileNamesConfirms) {
  const Disease& cholera = *shipped().find("cholera");
  EXPECT_TRUE(cholera.confirms(TestMethod::kCulture));
  EXPECT_FALSE(cholera.confirms(TestMethod::kAntigen)) << "named, and said not to";
  EXPECT_FALSE(cholera.confirms(TestMethod::kSequencing)) << "not named";
  EXPECT_TRUE(Disease{}.confirms(TestMethod::kAntigen)) << "nothing is known";
}

TEST(DiseasesTest, WhatConfirmsAtOnceIsSaidByTheFileForItsDays) {
  const Disease& covid = *shipped().find("covid-19");
  EXPECT_TRUE(covid.confirms_at_once(TestMethod::kPcr, make_date(2022, 4, 15)));
  EXPECT_FALSE(covid.confirms_at_once(TestMethod::kPcr, make_date(2022, 4, 14)));
  EXPECT_FALSE(covid.confirms_at_once(TestMethod::kAntigen, make_date(2026, 3, 2)));
  EXPECT_FALSE(Disease{}.confirms_at_once(TestMethod::kPcr, make_date(2026, 3, 2))) << "nothing is known";
}

// ---- wrong files ----

constexpr const char* kGood = R"(id = "mpox"
name = { vi = "a", en = "b" }
icd10 = "B04"
stigma = true
transmission = []
forms = []
window_rule_sets = ["vn-mpox-2022-08"]
sources = ["s"]
left_out = []

[[legal_group]]
group = "B"
from = 2022-01-01
to = 2024-01-01
source = "s"

[[notification]]
hours = 24
from = 2022-01-01
source = "s"

[[follow_up]]
class = "F1"
stages = [{ where = "home", days = 21, test_days = [1] }]
from = 2022-01-01
source = "s"

[[test]]
method = "pcr"
confirms = true
source = "s"

[[case]]
says = "all"
on = 2022-10-03
onset = 2022-09-18
rule_set = "vn-mpox-2022-08"
window_from = 2022-09-18T00:00:00+07:00
group = "B"
diagnosed_at = 2022-10-03T00:00:00Z
notify_by = 2022-10-04T00:00:00Z
class = "F1"
last_exposure = 2022-09-22
followed_until = 2022-10-13
)";

std::string with(const std::string& from, const std::string& to) {
  std::string text = kGood;
  const auto at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

std::string refused(std::string_view text) {
  try {
    parse_disease("some.toml", text);
  } catch (const std::runtime_error& error) {
    return error.what();
  }
  return "accepted";
}

TEST(DiseasesTest, AWrongFileIsRefusedByNameLineFieldAndReason) {
  ASSERT_EQ(refused(kGood), "accepted");
  EXPECT_THAT(refused("id = "), HasSubstr("disease some.toml: line 1: "));
  EXPECT_THAT(refused("id = 3"), HasSubstr("some.toml: line 1: id has the wrong type"));
  EXPECT_THAT(refused(with(", en = \"b\"", "")), HasSubstr("line 2: name: en is missing"));
  EXPECT_THAT(refused(with("stigma", "stigmata")), HasSubstr("stigma is missing"));
  EXPECT_THAT(refused(with("forms = []", "forms = []\nfroms = []")), HasSubstr("line 7: froms is unknown"));
  EXPECT_THAT(refused(with("[\"vn-mpox-2022-08\"]", "[]")), HasSubstr("line 7: window_rule_sets must not be empty"));
  EXPECT_THAT(refused(with("sources = [\"s\"]", "sources = []")), HasSubstr("line 8: sources must not be empty"));
  EXPECT_THAT(refused(with("\"B\"", "\"D\"")), HasSubstr("line 12: legal_group: group must be A, B or C"));
  EXPECT_THAT(refused(with("2022-01-01", "\"2022-01-01\"")), HasSubstr("line 13: legal_group: from must be a day"));
  EXPECT_THAT(refused(with("to = 2024", "to = 2021")), HasSubstr("line 14: legal_group: to must be after from"));
  EXPECT_THAT(refused(with("source = \"s\"", "source = \"\"")), HasSubstr("legal_group: source must not be empty"));
  EXPECT_THAT(refused(with("hours = 24", "hours = 0")), HasSubstr("notification: hours must lie between 1 and 720"));
  EXPECT_THAT(refused(with("\"F1\"", "\"near\"")), HasSubstr("follow_up: class must be F1"));
  EXPECT_THAT(refused(with("\"home\"", "\"hotel\"")),
              HasSubstr("line 24: follow_up: stages: where \"hotel\" is none of the values allowed"));
  EXPECT_THAT(refused(with("test_days = [1]", "test_days = [22]")), HasSubstr("test_days must hold whole numbers"));
  EXPECT_THAT(refused(with("\"pcr\"", "\"guess\"")), HasSubstr("test: method \"guess\" is none"));
}

TEST(DiseasesTest, EntriesOfOneKindNeverOverlap) {
  const std::string second = "\n[[legal_group]]\ngroup = \"A\"\nsource = \"s\"\nfrom = ";
  EXPECT_EQ(refused(kGood + second + "2024-01-01\n"), "accepted");
  EXPECT_THAT(refused(kGood + second + "2023-12-31\n"),
              HasSubstr("legal_group: from lies before the end of the entry before it"));
  EXPECT_THAT(refused(std::string(kGood) + "\n[[notification]]\nhours = 48\nsource = \"s\"\nfrom = 2030-01-01\n"),
              HasSubstr("notification: from lies before the end"))
      << "the first has no end";
  const auto follow = [](const std::string& whom) {
    return std::string(kGood) + "\n[[follow_up]]\nclass = \"F1\"\nwhom = \"" + whom +
           "\"\ntext = { vi = \"a\", en = \"b\" }\nstages = [{ where = \"home\", days = 5 }]\nfrom = "
           "2023-01-01\nsource = "
           "\"s\"\n";
  };
  EXPECT_THAT(refused(follow("immune")), HasSubstr("follow_up: from lies before the end")) << "everyone holds already";
  EXPECT_THAT(refused(with("class = \"F1\"", "class = \"F1\"\nwhom = \"immune\"")), HasSubstr("text must say who"));
}

TEST(DiseasesTest, OnlyATestThatConfirmsConfirmsAtOnceAndForDaysOfItsOwn) {
  const auto at_once = [](const std::string& method, const std::string& days, const std::string& rest = "") {
    return "\n[[at_once]]\nmethod = \"" + method + "\"\nsource = \"s\"\n" + rest + days;
  };
  const std::string first = at_once("pcr", "from = 2022-01-01\nto = 2023-01-01\n");
  EXPECT_EQ(refused(kGood + first), "accepted");
  EXPECT_EQ(refused(kGood + first + at_once("pcr", "from = 2023-01-01\n")), "accepted");
  EXPECT_THAT(refused(kGood + first + at_once("pcr", "from = 2022-12-31\n")),
              HasSubstr("at_once: from lies before the end of the entry before it"));
  EXPECT_THAT(refused(kGood + at_once("culture", "from = 2022-01-01\n")),
              HasSubstr("at_once: method is no [[test]] that confirms"));
  EXPECT_THAT(refused(with("confirms = true", "confirms = false") + first),
              HasSubstr("at_once: method is no [[test]] that confirms"));
  EXPECT_THAT(refused(kGood + at_once("guess", "from = 2022-01-01\n")), HasSubstr("at_once: method \"guess\" is none"));
  EXPECT_THAT(refused(kGood + at_once("pcr", "")), HasSubstr("at_once: from is missing"));
  EXPECT_THAT(refused(kGood + at_once("pcr", "from = 2022-01-01\n", "confirms = true\n")),
              HasSubstr("confirms is unknown"));
}

constexpr const char* kOwn = R"(
[[contact_questions]]
from = 2022-01-01
to = 2023-01-01
source = "s"
[[contact_questions.question]]
id = "sharedBed"
compulsory = false
text = { vi = "a", en = "b" }
brief = { vi = "c", en = "d" }

[[contact_questions]]
from = 2023-01-01
source = "s"

[[milestone_questions]]
from = 2022-01-01
to = 2023-01-01
source = "s"
[[milestone_questions.question]]
id = "sangAloud"
text = { vi = "g", en = "h" }
brief = { vi = "i", en = "j" }

[[milestone_questions]]
from = 2023-01-01
source = "s"

[[signs]]
from = 2022-01-01
source = "s"
offered = [{ id = "blisters", vi = "e", en = "f" }]

[[specimens]]
from = 2022-01-01
to = 2023-01-01
source = "s"
taken = [{ id = "hair", vi = "g", en = "h" }]

[[specimens]]
from = 2023-01-01
source = "s"
taken = [{ id = "nail", vi = "i", en = "j" }, { id = "hair", vi = "g", en = "h" }]

[[case]]
says = "asked and offered"
on = 2022-10-03
asked = ["sharedBed"]
asked_of_milestone = ["sangAloud"]
signs = ["blisters"]
specimens = ["hair"]
)";

TEST(DiseasesTest, OfAPackThatSaysNothingAirIsAskedForOnlyWhereItGoesThroughTheAir) {
  const auto silent = [](const std::string& ways) {
    std::string text = kGood;
    const std::string none = "transmission = []";
    return parse_disease("some.toml", text.replace(text.find(none), none.size(), "transmission = [" + ways + "]"));
  };
  const Date day = make_date(2026, 1, 1);
  EXPECT_THAT(asked(silent("\"contact\", \"droplet\""), day),
              ElementsAre("distanceUnder2m", "closedRoom", "masks", "touched"));
  EXPECT_THAT(asked_of_milestone(silent("\"aerosol\""), day), ElementsAre("masks", "near"));
  EXPECT_THAT(asked(silent("\"faecalOral\""), day), ElementsAre("touched"));
  EXPECT_THAT(asked_of_milestone(silent("\"faecalOral\""), day), IsEmpty());
  EXPECT_THAT(asked(silent("\"mosquito\""), day), IsEmpty());
  EXPECT_TRUE(silent("\"mosquito\"").knows_question("masks")) << "answered before";
}

TEST(DiseasesTest, APackSaysWhatIsAskedAndOfferedOrStandsForTheGeneralOnes) {
  const Disease silent = parse_disease("some.toml", kGood);
  EXPECT_THAT(asked(silent, make_date(2026, 1, 1), true),
              ElementsAre("distanceUnder2m", "closedRoom", "masks", "touched"));
  EXPECT_THAT(asked_of_milestone(silent, make_date(2026, 1, 1)), ElementsAre("masks", "near"));
  EXPECT_EQ(silent.signs_on(make_date(2026, 1, 1))->offered.size(), 8U);

  const Disease own = parse_disease("some.toml", std::string(kGood) + kOwn);
  EXPECT_THAT(failed_cases(own, rule_sets()), IsEmpty());
  EXPECT_THAT(asked(own, make_date(2022, 12, 31)), ElementsAre("sharedBed"));
  EXPECT_THAT(asked(own, make_date(2022, 12, 31), true), IsEmpty());
  EXPECT_THAT(asked(own, make_date(2023, 1, 1)), IsEmpty()) << "it says so";
  EXPECT_EQ(own.contact_questions[0].questions[0].brief.en, "d");
  EXPECT_THAT(asked_of_milestone(own, make_date(2022, 12, 31)), ElementsAre("sangAloud"));
  EXPECT_THAT(asked_of_milestone(own, make_date(2023, 1, 1)), IsEmpty()) << "it says so";
  EXPECT_THAT(asked_of_milestone(own, make_date(2021, 12, 31)), IsEmpty());
  EXPECT_EQ(own.milestone_questions[0].questions[0].brief.vi, "i");
  EXPECT_EQ(own.signs_on(make_date(2022, 1, 1))->offered[0].text.vi, "e");
  EXPECT_EQ(own.signs_on(make_date(2021, 12, 31)), nullptr);
  EXPECT_THAT(taken(silent, make_date(2026, 1, 1)),
              ElementsAre("nasopharyngeal", "oropharyngeal", "saliva", "blood", "stool"));
  EXPECT_THAT(taken(own, make_date(2022, 12, 31)), ElementsAre("hair"));
  EXPECT_THAT(taken(own, make_date(2023, 1, 1)), ElementsAre("nail", "hair"));
  EXPECT_THAT(taken(own, make_date(2021, 12, 31)), IsEmpty());
  EXPECT_TRUE(own.knows_specimen("nail")) << "whatever the day";

  const auto wrong = [](const std::string& from, const std::string& to) {
    std::string text = std::string(kGood) + kOwn;
    const auto at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return text.replace(at, from.size(), to);
  };
  EXPECT_THAT(refused(wrong("\"sharedBed\"", "\"shared bed\"")), HasSubstr("question: id must be letters"));
  EXPECT_THAT(refused(wrong("compulsory = false\n", "")), HasSubstr("question: compulsory is missing"));
  EXPECT_THAT(refused(wrong("brief = ", "short = ")), HasSubstr("question: brief is missing"));
  EXPECT_THAT(refused(wrong("id = \"blisters\"", "id = \"other\"")), HasSubstr("offered: id is offered anyway"));
  EXPECT_THAT(refused(wrong("[{ id = \"blisters\", vi = \"e\", en = \"f\" }]", "[]")),
              HasSubstr("signs: offered must name at least one"));
  EXPECT_THAT(refused(wrong("f\" }]", "f\" }, { id = \"blisters\", vi = \"e\", en = \"f\" }]")),
              HasSubstr("id is named twice"));
  EXPECT_THAT(refused(wrong("to = 2023-01-01\n", "")), HasSubstr("contact_questions: from lies before the end"));
  EXPECT_THAT(refused(wrong("asked = [\"sharedBed\"]\n", "")), HasSubstr("no [[case]] expects asked"));
  EXPECT_THAT(refused(wrong("asked_of_milestone = [\"sangAloud\"]\n", "")),
              HasSubstr("no [[case]] expects asked_of_milestone"));
  EXPECT_THAT(refused(wrong("id = \"sangAloud\"\n", "id = \"sangAloud\"\ncompulsory = true\n")),
              HasSubstr("milestone_questions: question: compulsory is unknown"));
  EXPECT_THAT(refused(wrong("signs = [\"blisters\"]\n", "")), HasSubstr("no [[case]] expects signs"));
  EXPECT_THAT(refused(wrong("specimens = [\"hair\"]\n", "")), HasSubstr("no [[case]] expects specimens"));
  EXPECT_THAT(refused(wrong("id = \"hair\"", "id = \"other\"")), HasSubstr("taken: id is offered anyway"));
  EXPECT_THAT(refused(wrong("id = \"nail\"", "id = \"hair\"")), HasSubstr("taken: id is named twice"));
  EXPECT_THAT(refused(wrong("[{ id = \"hair\", vi = \"g\", en = \"h\" }]", "[]")),
              HasSubstr("specimens: taken must name at least one"));
  const auto failed =
      failed_cases(parse_disease("some.toml", wrong("asked = [\"sharedBed\"]", "asked = []")), rule_sets());
  ASSERT_EQ(failed.size(), 1U);
  EXPECT_THAT(failed[0], HasSubstr("asked: expected [], but it is [sharedBed]"));
  const auto other =
      failed_cases(parse_disease("some.toml", wrong("asked_of_milestone = [\"sangAloud\"]", "asked_of_milestone = []")),
                   rule_sets());
  ASSERT_EQ(other.size(), 1U);
  EXPECT_THAT(other[0], HasSubstr("asked_of_milestone: expected [], but it is [sangAloud]"));
}

TEST(DiseasesTest, WhoIsAContactIsSaidOfSomeOrThatNobodyIs) {
  const auto contact = [](const std::string& of, const std::string& days) {
    return "\n[[contact_class]]\nclass = \"" + of + "\"\n" + days +
           "source = \"s\"\ntext = { vi = \"a\", en = \"b\" }\n";
  };
  const auto expects = [](const std::string& day, const std::string& classes) {
    return "\n[[case]]\nsays = \"who\"\non = " + day + "\nclasses = " + classes + "\n";
  };
  const auto fails = [](const std::string& text) {
    return failed_cases(parse_disease("some.toml", text), rule_sets());
  };
  const std::string f1 = contact("F1", "from = 2022-01-01\n");
  EXPECT_THAT(refused(kGood + f1), HasSubstr("no [[case]] expects classes"));
  EXPECT_THAT(fails(kGood + f1 + expects("2022-01-01", "[\"F1\"]") + expects("2021-12-31", "[]")), IsEmpty());
  const auto failed = fails(kGood + f1 + expects("2021-12-31", "[\"F1\"]"));
  ASSERT_EQ(failed.size(), 1U);
  EXPECT_THAT(failed[0], HasSubstr("classes: expected [F1], but it is []"));
  EXPECT_THAT(refused(std::string(kGood) + "\n[[case]]\nsays = \"who\"\nclasses = []\n"),
              HasSubstr("case: on is missing: classes"));
  EXPECT_THAT(refused(kGood + contact("near", "from = 2022-01-01\n")), HasSubstr("contact_class: class must be F1"));

  const std::string nobody = contact("none", "from = 2020-01-01\nto = 2022-01-01\n");
  EXPECT_THAT(fails(kGood + nobody + f1 + expects("2021-12-31", "[\"none\"]")), IsEmpty());
  EXPECT_THAT(refused(kGood + f1 + contact("none", "from = 2023-01-01\n")),
              HasSubstr("contact_class: class none stands beside no other"));
  EXPECT_THAT(refused(kGood + contact("none", "from = 2021-01-01\nto = 2022-01-02\n") + f1),
              HasSubstr("contact_class: class none stands beside no other"));
  EXPECT_THAT(refused(kGood + contact("none", "from = 2023-01-01\n")),
              HasSubstr("follow_up: class is followed, though nobody is a contact"));
}

TEST(DiseasesTest, APackCarriesItsOwnCases) {
  EXPECT_THAT(refused(std::string(kGood).substr(0, std::string(kGood).find("[[case]]"))),
              HasSubstr("no [[case]] expects a window_from"));
  EXPECT_THAT(refused(with("diagnosed_at = 2022-10-03T00:00:00Z\nnotify_by = 2022-10-04T00:00:00Z\n", "")),
              HasSubstr("no [[case]] expects a notify_by"));
  EXPECT_THAT(refused(with("on = 2022-10-03\n", "")), HasSubstr("case: on is missing"));
  EXPECT_THAT(refused(with("last_exposure = 2022-09-22\n", "")), HasSubstr("case: followed_until needs"));
  EXPECT_THAT(refused(with("T00:00:00+07:00", "")), HasSubstr("case: window_from must be an instant"));
}

TEST(DiseasesTest, WhatDoesNotComeOutAsExpectedIsToldByLine) {
  const auto failed = [](const std::string& from, const std::string& to) {
    const auto all = failed_cases(parse_disease("some.toml", with(from, to)), rule_sets());
    return all.size() == 1 ? all[0] : "not one, but " + std::to_string(all.size());
  };
  EXPECT_THAT(failed_cases(parse_disease("some.toml", kGood), rule_sets()), IsEmpty());
  EXPECT_THAT(
      failed("window_from = 2022-09-18", "window_from = 2022-09-17"),
      AllOf(HasSubstr("line 33: case \"all\": window_from: expected 2022-09-16T17:00:00Z, but it is 2022-09-17T17")));
  EXPECT_THAT(failed("rule_set = \"vn-mpox", "rule_set = \"vn-smallpox"), HasSubstr("but it is vn-mpox-2022-08"));
  EXPECT_THAT(failed("notify_by = 2022-10-04", "notify_by = 2022-10-05"), HasSubstr("notify_by: expected 2022-10-05"));
  EXPECT_THAT(failed("followed_until = 2022-10-13", "followed_until = 2022-10-14"), HasSubstr("followed_until: "));
  EXPECT_THAT(failed("onset = 2022-09-18", "onset = 2022-09-18\nisolated_at = 2022-09-20T00:00:00Z"),
              HasSubstr("window_to: expected none, but it is 2022-09-20"));
}

TEST(DiseasesTest, AFolderWithAPackThatFailsItsOwnCasesStopsTheStart) {
  namespace fs = std::filesystem;
  const fs::path folder = fs::path(::testing::TempDir()) / ("luytre-diseases-" + std::to_string(::getpid()));
  fs::create_directory(folder);
  const auto load = [&](const std::string& file, const std::string& text) -> std::string {
    std::ofstream(folder / file) << text;
    std::string said = "accepted";
    try {
      const Diseases all(folder, rule_sets());
    } catch (const std::runtime_error& error) {
      said = error.what();
    }
    fs::remove(folder / file);
    return said;
  };
  EXPECT_EQ(load("mpox.toml", kGood), "accepted");
  EXPECT_THAT(load("pox.toml", kGood), HasSubstr("pox.toml: id must be the file's name"));
  EXPECT_THAT(load("mpox.toml", with("hours = 24", "hours = 48")),
              AllOf(HasSubstr("mpox.toml: line 33"), HasSubstr("notify_by")));
  EXPECT_THAT(load("mpox.toml", with("[\"vn-mpox", "[\"vn-measles")), HasSubstr("there is no rule set"));
  fs::remove_all(folder);
}

}  // namespace
}  // namespace luytre::presence

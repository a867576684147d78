// The forms of a day's health that the files of diseases name: what they ask, and what they take.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "engines/forms/response.h"
#include "engines/presence/diseases.h"
#include "modules/declarations/catalogue.h"

namespace luytre::declarations {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const Catalogue& shipped() {
  static const Catalogue all(LUYTRE_SOURCE_DIR "/data");
  return all;
}

const presence::Diseases& packs() {
  static const presence::RuleSets rules(LUYTRE_SOURCE_DIR "/data/rulesets");
  static const presence::Diseases all(LUYTRE_SOURCE_DIR "/data/diseases", rules);
  return all;
}

const Date kDay = make_date(2026, 11, 24);

const DatedForm* of(const presence::Disease& disease) {
  for (const std::string& id : disease.forms) {
    const DatedForm* dated = shipped().in_force(id, kDay);
    if (dated && dated->form.purpose == "home-isolation") return dated;
  }
  return nullptr;
}

std::vector<const forms::Item*> questions(const DatedForm& dated) {
  std::vector<const forms::Item*> out;
  for (const forms::Item& group : dated.form.items)
    for (const forms::Item& item : group.items) out.push_back(&item);
  return out;
}

json::Object answer(const std::string& link, const char* type, json::Value value) {
  return json::Object{{"linkId", link}, {"answer", json::Array{json::Object{{type, std::move(value)}}}}};
}

// Well, as yesterday, and in need of nothing: every required question but `without`.
json::Array well(const DatedForm& dated, const std::string& without = {}) {
  json::Array out;
  for (const forms::Item* item : questions(dated)) {
    if (!item->required || item->link_id == without) continue;
    if (item->type == forms::ItemType::kBoolean) out.push_back(answer(item->link_id, "valueBoolean", false));
    if (item->link_id == "course") out.push_back(answer("course", "valueCoding", json::Object{{"code", "same"}}));
    if (item->link_id == "needs") out.push_back(answer("needs", "valueCoding", json::Object{{"code", "nothing"}}));
  }
  return out;
}

// Codes of what is wrong with these answers.
std::vector<std::string> refused(const DatedForm& dated, json::Array items) {
  const json::Object today{{"linkId", dated.form.items.at(0).link_id}, {"item", std::move(items)}};
  const json::Value response =
      json::Object{{"resourceType", "QuestionnaireResponse"}, {"status", "completed"}, {"item", json::Array{today}}};
  const auto read = forms::read_response(dated.form, response);
  std::vector<std::string> out;
  if (!read)
    for (const FieldError& one : read.error().fields) out.push_back(one.code);
  return out;
}

// Of every disease but COVID-19, whose forms are older.
std::vector<const presence::Disease*> others() {
  std::vector<const presence::Disease*> out;
  for (const presence::Disease& disease : packs().all())
    if (disease.id != "covid-19") out.push_back(&disease);
  return out;
}

TEST(DailyFormsTest, EveryDiseaseHasOneOfItsOwnThatADecisionOrAnOrderAsks) {
  std::set<std::string> ids;
  for (const presence::Disease& disease : packs().all()) {
    const DatedForm* dated = of(disease);
    ASSERT_TRUE(dated) << disease.id;
    EXPECT_TRUE(ids.insert(dated->form.id).second) << disease.id;
    EXPECT_TRUE(dated->form.own_decision) << disease.id;
    const auto& rhythm = dated->rules(kDay, disease.id).rhythm;
    ASSERT_TRUE(rhythm) << disease.id;
    EXPECT_TRUE(rhythm->missed) << disease.id;
  }
  for (const presence::Disease* disease : others()) EXPECT_EQ(of(*disease)->form.disease, disease->id);
}

TEST(DailyFormsTest, AFormOfADiseaseThatIsFearedDoesNotNameIt) {
  for (const presence::Disease& disease : packs().all()) {
    if (!disease.stigma) continue;
    const auto& form = of(disease)->form;
    EXPECT_EQ(form.id.find(disease.id), std::string::npos) << "it stands in the address";
    for (const auto& [language, title] : form.title) EXPECT_EQ(title.find(disease.name.vi), std::string::npos);
    EXPECT_EQ(form.title.at("en").find(disease.name.en), std::string::npos);
  }
}

TEST(DailyFormsTest, TheyTakeADayOfSomebodyWellAndRefuseHalfOfIt) {
  for (const presence::Disease* disease : others()) {
    SCOPED_TRACE(disease->id);
    const DatedForm& dated = *of(*disease);
    EXPECT_THAT(refused(dated, well(dated)), IsEmpty()) << "the temperature is asked of who has a thermometer";
    for (const forms::Item* item : questions(dated)) {
      if (!item->required) continue;
      EXPECT_THAT(refused(dated, well(dated, item->link_id)), ElementsAre("required")) << item->link_id;
    }
    const auto measured = [&](double degrees) {
      json::Array items = well(dated);
      items.push_back(answer(
          "temperature", "valueQuantity",
          json::Object{{"value", degrees}, {"unit", "°C"}, {"system", "http://unitsofmeasure.org"}, {"code", "Cel"}}));
      return refused(dated, std::move(items));
    };
    EXPECT_THAT(measured(38.5), IsEmpty());
    EXPECT_THAT(measured(385), ::testing::SizeIs(1));
    json::Array unknown = well(dated, "course");
    unknown.push_back(answer("course", "valueCoding", json::Object{{"code", "fine"}}));
    EXPECT_THAT(refused(dated, std::move(unknown)), ::testing::SizeIs(1));
  }
}

// Nothing that is asked for as a sign of illness goes unjudged, and nothing else counts as one.
TEST(DailyFormsTest, EverySignCountsAsASymptomAndNothingElseDoes) {
  for (const presence::Disease* disease : others()) {
    const DatedForm& dated = *of(*disease);
    const auto outcome = [&](const std::string& yes, const char* course, const char* needs) {
      forms::Answers answers;
      for (const forms::Item* item : questions(dated)) {
        if (item->type == forms::ItemType::kBoolean) answers[item->link_id] = {item->link_id == yes};
        for (const forms::Option& option : item->options)
          if (option.coding.code == course || option.coding.code == needs) answers[item->link_id] = {option.coding};
      }
      return forms::decide(dated.rules(kDay, disease->id), answers);
    };
    const auto counts = [&](const forms::Outcome& what) {
      for (const forms::Reason& reason : what.reasons)
        if (dated.rests_on_symptoms(reason.questions)) return true;
      return false;
    };
    for (const forms::Item* item : questions(dated)) {
      EXPECT_EQ(item->symptom, item->type == forms::ItemType::kBoolean) << disease->id << ' ' << item->link_id;
      EXPECT_EQ(counts(outcome(item->link_id, "same", "nothing")), item->symptom) << item->link_id;
    }
    for (const char* course : {"better", "same", "worse"})
      for (const char* needs : {"nothing", "call", "visit"}) EXPECT_FALSE(counts(outcome("", course, needs)));
  }
}

// Whoever calls, visits or declares speaks of the same signs in the same words; of COVID-19 those of its older form.
TEST(DailyFormsTest, AnOfficerIsOfferedTheSignsThatTheFormAsksFor) {
  for (const presence::Disease& disease : packs().all()) {
    const DatedForm* dated = disease.id == "covid-19" ? shipped().in_force("daily-health", kDay) : of(disease);
    ASSERT_TRUE(dated) << disease.id;
    std::vector<std::string> asked, offered;
    for (const forms::Item* item : questions(*dated))
      if (item->symptom) asked.push_back(item->link_id + ": " + item->text.at("vi") + " | " + item->text.at("en"));
    const presence::FollowUpSigns* signs = disease.signs_on(kDay);
    ASSERT_TRUE(signs) << disease.id;
    for (const presence::Sign& sign : signs->offered)
      offered.push_back(sign.id + ": " + sign.text.vi + " | " + sign.text.en);
    EXPECT_EQ(offered, asked) << disease.id;
  }
}

TEST(DailyFormsTest, TheFormsOfCovidCountAsTheyAlwaysHave) {
  for (const char* id : {"daily-health", "home-isolation"}) {
    const DatedForm* dated = shipped().in_force(id, kDay);
    ASSERT_TRUE(dated) << id;
    std::vector<std::string> marked;
    for (const forms::Item* item : questions(*dated))
      if (item->symptom) marked.push_back(item->link_id);
    EXPECT_THAT(marked, ElementsAre("fever", "cough", "breath", "throat", "aches")) << id;
  }
}

}  // namespace
}  // namespace luytre::declarations

// The forms of investigation that are shipped, what their answers mean, and how a wrong one is refused.

#include "modules/cases/investigation_forms.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "modules/cases/cases_fixture.h"

namespace luytre::cases {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

const InvestigationForms& shipped() {
  static const InvestigationForms all(LUYTRE_SOURCE_DIR "/data/forms/investigation", diseases());
  return all;
}

const InvestigationForm& form_of(const char* disease, const char* day) {
  return *shipped().of(*diseases().find(disease), *parse_date(day));
}

json::Object yes(const char* link_id) {
  return {{"linkId", link_id}, {"answer", json::Array{json::Object{{"valueBoolean", true}}}}};
}
json::Object no(const char* link_id) {
  return {{"linkId", link_id}, {"answer", json::Array{json::Object{{"valueBoolean", false}}}}};
}
json::Object on(const char* link_id, const char* day) {
  return {{"linkId", link_id}, {"answer", json::Array{json::Object{{"valueDate", day}}}}};
}
json::Object group(const char* link_id, json::Array items) {
  return {{"linkId", link_id}, {"item", std::move(items)}};
}
json::Value response(json::Array items) {
  return json::Object{{"resourceType", "QuestionnaireResponse"}, {"status", "completed"}, {"item", std::move(items)}};
}

// "symptom R50.9 yes 2026-03-01"
std::vector<std::string> told(const std::vector<Finding>& findings) {
  std::vector<std::string> out;
  for (const Finding& one : findings)
    out.push_back(json::enum_text(one.kind) + ' ' + one.code + (one.present ? " yes" : " no") +
                  (one.since ? ' ' + to_text(*one.since) : ""));
  return out;
}

TEST(InvestigationFormsTest, EveryDiseaseHasOneTodayAndCovidThatOfTheDecision) {
  for (const auto& disease : diseases().all())
    EXPECT_NE(shipped().of(disease, *parse_date("2026-11-23")), nullptr) << disease.id;
  EXPECT_EQ(form_of("covid-19", "2021-07-29").form.id, "investigation");
  EXPECT_EQ(form_of("covid-19", "2021-07-30").form.id, "investigation-covid-19");
  EXPECT_EQ(form_of("covid-19", "2021-07-30").form.version, "2021-07-30");
  EXPECT_EQ(shipped().of(*diseases().find("measles"), *parse_date("2019-12-31")), nullptr);
  EXPECT_EQ(shipped().find("investigation", "1999-01-01"), nullptr);
}

TEST(InvestigationFormsTest, EveryFormOffersAnOnsetAndHasItsSourceAndBothLanguages) {
  for (const InvestigationForm& one : shipped().all()) {
    EXPECT_THAT(std::string(one.document.at("description").as_string()), HasSubstr("QĐ 3638/QĐ-BYT")) << one.form.id;
    const auto read = forms::read_response(one.form, response({group("illness", {on("onset", "2026-03-01")})}));
    ASSERT_TRUE(read) << one.form.id << ' ' << code(read);
    EXPECT_EQ(one.onset(read->answers), parse_date("2026-03-01"));
    const std::function<void(const std::vector<forms::Item>&)> check = [&](const std::vector<forms::Item>& items) {
      for (const forms::Item& item : items) {
        EXPECT_TRUE(item.text.contains("vi") && item.text.contains("en")) << item.link_id;
        EXPECT_FALSE(item.required) << item.link_id << ": what was not asked stays open";
        EXPECT_FALSE(item.preset) << item.link_id;
        check(item.items);
      }
    };
    check(one.form.items);
  }
}

TEST(InvestigationFormsTest, WhatWasAskedIsReadOutByItsMeaning) {
  const InvestigationForm& form = form_of("covid-19", "2026-03-02");
  const auto read = forms::read_response(
      form.form,
      response({group("symptoms", {yes("fever"), on("fever-since", "2026-02-27"), no("cough"), yes("smell")}),
                group("underlying", {yes("diabetes")}), group("exposures", {yes("travel")})}));
  ASSERT_TRUE(read) << code(read);
  const auto findings = form.findings(read->answers);
  EXPECT_THAT(told(findings), ElementsAre("symptom R50.9 yes 2026-02-27", "symptom R05 no", "symptom R43.8 yes",
                                          "underlyingCondition E14 yes", "exposure travel yes"));
  EXPECT_EQ(findings[0].name.vi, "Sốt");
  EXPECT_EQ(findings[0].name.en, "Fever");
  EXPECT_EQ(findings[0].system, "http://hl7.org/fhir/sid/icd-10");
  EXPECT_FALSE(form.onset(read->answers)) << "a symptom's day is not the onset";
}

TEST(InvestigationFormsTest, TheGeneralFormAsksByTheDiseaseOfTheCase) {
  const InvestigationForm& form = form_of("cholera", "2026-03-02");
  const json::Value given = response({group("symptoms", {yes("rice-water")})});
  const auto cholera = forms::read_response(form.form, form.about(given, "cholera"), "/response");
  ASSERT_TRUE(cholera) << code(cholera);
  EXPECT_THAT(told(form.findings(cholera->answers)), ElementsAre("symptom rice-water-stools yes"));
  EXPECT_THAT(fields(forms::read_response(form.form, form.about(given, "measles"), "/response")),
              ElementsAre("/response/item/1/item/0 not_enabled"));
  // What is sent of the disease does not count.
  const json::Value lie =
      response({json::Object{{"linkId", "disease"}, {"answer", json::Array{json::Object{{"valueString", "cholera"}}}}},
                group("symptoms", {yes("rice-water")})});
  EXPECT_FALSE(forms::read_response(form.form, form.about(lie, "measles"), "/response"));
  EXPECT_TRUE(forms::read_response(form.form, form.empty("malaria"))) << "a disease it does not name";
  EXPECT_EQ(form_of("covid-19", "2026-03-02").about(given, "covid-19"), given) << "it does not ask for the disease";
}

TEST(InvestigationFormsTest, WhatIsNoResponseIsLeftToBeRefused) {
  const InvestigationForm& form = form_of("cholera", "2026-03-02");
  for (const char* text : {"null", "[]", "7", R"({"item":7})", R"({"item":[7,{"linkId":8},null]})"}) {
    const auto value = json::parse_value(text);
    ASSERT_TRUE(value);
    EXPECT_FALSE(forms::read_response(form.form, form.about(*value, "cholera"))) << text;
  }
}

// A form of one group, with these items.
json::Value form_with(const std::string& items) {
  return *json::parse_value(R"({"resourceType":"Questionnaire","id":"x","url":"urn:x","version":"1","status":"active",
    "language":"vi","title":"X","code":[{"system":"s","code":"investigation"}],
    "effectivePeriod":{"start":"2020-01-01"},"item":[)" +
                            items + "]}");
}
std::string item(const std::string& link_id, const std::string& type, const std::string& meaning,
                 const std::string& finding = "", const std::string& more = "") {
  const std::string coding =
      finding.empty()
          ? ""
          : R"(,{"url":"urn:luytre:extension:finding","valueCoding":{"system":"s","code":")" + finding + "\"}}";
  return R"({"linkId":")" + link_id + R"(","type":")" + type + R"(","text":"T",)" + more +
         R"("extension":[{"url":"urn:luytre:extension:meaning","valueCode":")" + meaning + "\"}" + coding + "]}";
}
std::string refused(const std::string& items) {
  try {
    const InvestigationForm form(form_with(items));
    return "";
  } catch (const forms::FormError& e) {
    return e.what();
  }
}

TEST(InvestigationFormsTest, AFormWhoseMeaningsDoNotFitIsRefused) {
  const std::string fever = item("fever", "boolean", "symptom", "R50.9");
  EXPECT_EQ(refused(fever + ',' + item("since", "date", "since", "R50.9") + ',' + item("on", "date", "onset")), "");
  EXPECT_THAT(refused(item("fever", "boolean", "symptom")), HasSubstr("/item/0: a finding needs its code"));
  EXPECT_THAT(refused(item("fever", "date", "symptom", "R50.9")), HasSubstr("is there or is not"));
  EXPECT_THAT(refused(fever + ',' + item("again", "boolean", "exposure", "R50.9")), HasSubstr("asked for twice"));
  EXPECT_THAT(refused(item("since", "date", "since", "R50.9") + ',' + fever), HasSubstr("/item/0: a finding is asked"));
  EXPECT_THAT(refused(fever + ',' + item("since", "boolean", "since", "R50.9")), HasSubstr("whole day"));
  EXPECT_THAT(refused(item("x", "boolean", "sign", "R50.9")), HasSubstr("this meaning is not known: sign"));
  EXPECT_THAT(refused(item("on", "date", "onset") + ',' + item("on2", "date", "onset")), HasSubstr("one whole day"));
  EXPECT_THAT(refused(item("d", "boolean", "disease")), HasSubstr("one text"));
  EXPECT_THAT(refused(R"({"linkId":"g","type":"group","text":"T","repeats":true,"item":[)" + fever + "]}"),
              HasSubstr("/item/0/item/0: what has a meaning does not repeat"));
}

}  // namespace
}  // namespace luytre::cases

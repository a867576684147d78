#include <gmock/gmock.h>
#include <gtest/gtest.h>
// gtest first: rapidcheck looks for it.
#include <rapidcheck/gtest.h>

#include "engines/forms/response.h"
#include "engines/forms/rules.h"

namespace luytre::forms {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::UnorderedElementsAre;

constexpr std::string_view kForm = R"json({
  "resourceType": "Questionnaire", "id": "trip", "url": "urn:luytre:questionnaire:trip", "version": "1", "status": "active",
  "language": "vi", "title": "Chuyến đi", "code": [{"code": "trip"}], "effectivePeriod": {"start": "2021-04-30", "end": "2022-04-29"},
  "item": [
    {"linkId": "intro", "type": "display", "text": "Xin chào"},
    {"linkId": "fever", "type": "boolean", "text": "Sốt?", "required": true,
     "_text": {"extension": [{"url": "http://hl7.org/fhir/StructureDefinition/translation", "extension": [
       {"url": "lang", "valueCode": "en"}, {"url": "content", "valueString": "Fever?"}]}]},
     "extension": [{"url": "urn:luytre:extension:risk-question", "valueBoolean": true}]},
    {"linkId": "note", "type": "text", "text": "Rõ hơn", "required": true, "maxLength": 20,
     "enableWhen": [{"question": "fever", "operator": "=", "answerBoolean": true}]},
    {"linkId": "temperature", "type": "decimal", "text": "Nhiệt độ", "extension": [
      {"url": "http://hl7.org/fhir/StructureDefinition/minValue", "valueDecimal": 30},
      {"url": "http://hl7.org/fhir/StructureDefinition/maxValue", "valueDecimal": 45.0}]},
    {"linkId": "journey", "type": "group", "text": "Hành trình", "item": [
      {"linkId": "means", "type": "open-choice", "text": "Phương tiện", "required": true, "answerOption": [
        {"valueCoding": {"system": "urn:x", "code": "plane", "display": "Máy bay"}},
        {"valueCoding": {"system": "urn:x", "code": "car", "display": "Ô tô"}}]},
      {"linkId": "flight", "type": "string", "text": "Số hiệu",
       "enableWhen": [{"question": "means", "operator": "=", "answerCoding": {"code": "plane"}}]},
      {"linkId": "left", "type": "date", "text": "Ngày đi", "extension": [
        {"url": "http://hl7.org/fhir/StructureDefinition/minValue", "valueDate": "2021-01-01"}]}]},
    {"linkId": "stop", "type": "group", "text": "Nơi dừng", "repeats": true, "item": [
      {"linkId": "where", "type": "string", "text": "Ở đâu", "required": true},
      {"linkId": "met", "type": "boolean", "text": "Gặp ai?"},
      {"linkId": "whom", "type": "choice", "text": "Gặp", "repeats": true, "answerOption": [
        {"valueCoding": {"code": "kin"}}, {"valueCoding": {"code": "friend"}}],
       "enableWhen": [{"question": "met", "operator": "=", "answerBoolean": true},
                      {"question": "fever", "operator": "exists", "answerBoolean": true}], "enableBehavior": "all"}]},
    {"linkId": "people", "type": "integer", "text": "Bao nhiêu người", "extension": [
      {"url": "http://hl7.org/fhir/StructureDefinition/maxValue", "valueInteger": 99}]}
  ]})json";

json::Value form_json() {
  auto value = boost::json::parse(kForm);
  // The options of "whom" need a display; kept out of the text above for brevity.
  for (auto& option : value.at("item").at(5).at("item").at(2).at("answerOption").get_array())
    option.at("valueCoding").get_object()["display"] = "x";
  return value;
}

const Questionnaire& form() {
  static const Questionnaire all = read_questionnaire(form_json());
  return all;
}

std::string refusal(const json::Value& changed) {
  try {
    read_questionnaire(changed);
    return "";
  } catch (const FormError& e) {
    return e.what();
  }
}

json::Value response(std::string_view items) {
  return boost::json::parse(R"({"resourceType":"QuestionnaireResponse","status":"completed","item":)" +
                            std::string(items) + '}');
}

// "pointer code" of every error.
std::vector<std::string> errors(const json::Value& given) {
  std::vector<std::string> out;
  const auto read = read_response(form(), given);
  if (read) return out;
  for (const FieldError& e : read.error().fields) out.push_back(e.pointer + ' ' + e.code);
  return out;
}

constexpr std::string_view kWell = R"([{"linkId":"fever","answer":[{"valueBoolean":false}]},
  {"linkId":"journey","item":[{"linkId":"means","answer":[{"valueCoding":{"code":"car"}}]}]}])";

TEST(QuestionnaireTest, ReadsTheSubset) {
  EXPECT_EQ(form().id, "trip");
  EXPECT_EQ(form().purpose, "trip");
  EXPECT_EQ(form().valid_to, make_date(2022, 4, 30)) << "FHIR's last day is included";
  EXPECT_THAT(form().find("fever")->text, UnorderedElementsAre(Pair("vi", "Sốt?"), Pair("en", "Fever?")));
  EXPECT_TRUE(form().find("fever")->risk);
  EXPECT_EQ(form().find("whom")->enable_when.size(), 2u);
  EXPECT_EQ(form().find("nothing"), nullptr);
}

TEST(QuestionnaireTest, AYesOrNoMayBeMarkedAsASymptomAndNothingElse) {
  const auto marked = [](std::size_t item, const char* code) {
    auto out = form_json();
    json::Array extension;
    extension.push_back(json::Object{{"url", "urn:luytre:extension:diary"}, {"valueCode", code}});
    out.at("item").at(item).get_object()["extension"] = std::move(extension);
    return out;
  };
  EXPECT_FALSE(form().find("fever")->symptom);
  EXPECT_TRUE(read_questionnaire(marked(1, "symptom")).find("fever")->symptom);
  EXPECT_FALSE(read_questionnaire(marked(1, "temperature")).find("fever")->symptom);
  EXPECT_EQ(refusal(marked(4, "symptom")), "/item/4/extension/0: a symptom is a yes or no");
}

TEST(QuestionnaireTest, RefusesAPresetRiskAnswer) {
  auto initial = form_json();
  initial.at("item").at(1).get_object()["initial"] = boost::json::parse(R"([{"valueBoolean": false}])");
  EXPECT_EQ(refusal(initial), "/item/1: a risk question must not have a preset answer");
  auto selected = form_json();
  auto& journey = selected.at("item").at(4).at("item").at(0);
  journey.get_object()["extension"] =
      boost::json::parse(R"([{"url":"urn:luytre:extension:risk-question","valueBoolean":true}])");
  journey.at("answerOption").at(0).get_object()["initialSelected"] = true;
  EXPECT_THAT(refusal(selected), HasSubstr("preset"));
}

TEST(QuestionnaireTest, RefusesWhatItDoesNotUnderstand) {
  const auto with = [](std::size_t item, std::string_view key, json::Value value) {
    auto out = form_json();
    out.at("item").at(item).get_object()[key] = std::move(value);
    return refusal(out);
  };
  EXPECT_THAT(with(1, "readOnly", true), HasSubstr("/item/1: \"readOnly\" is not understood"));
  EXPECT_THAT(with(1, "modifierExtension", json::Array{}), HasSubstr("not understood"));
  EXPECT_THAT(with(1, "type", "reference"), HasSubstr("type of item"));
  EXPECT_THAT(with(1, "linkId", "note"), HasSubstr("used twice"));
  EXPECT_THAT(with(2, "maxLength", 5000), HasSubstr("maxLength"));
  EXPECT_THAT(with(0, "required", true), HasSubstr("display"));
  EXPECT_THAT(with(4, "item", json::Array{}), HasSubstr("a group needs items"));
  EXPECT_THAT(
      with(2, "enableWhen", boost::json::parse(R"([{"question":"note","operator":"exists","answerBoolean":true}])")),
      HasSubstr("no such other question"));
  // From outside, "met" may have several answers.
  EXPECT_THAT(
      with(6, "enableWhen", boost::json::parse(R"([{"question":"met","operator":"exists","answerBoolean":true}])")),
      HasSubstr("several answers"));
  EXPECT_THAT(with(6, "answerOption", json::Array{}), HasSubstr("answerOption"));
  EXPECT_THAT(refusal(json::Value("nonsense")), HasSubstr("must be an object"));
}

TEST(ResponseTest, AcceptsWhatTheFormAllows) {
  const auto read = read_response(form(), response(kWell));
  ASSERT_TRUE(read) << read.error().fields[0].pointer << read.error().fields[0].code;
  EXPECT_EQ(read->answers.size(), 2u);
  EXPECT_THAT(read->answers.at("means"), ElementsAre(Value(Coding{"urn:x", "car"})))
      << "the option's system is filled in";
}

TEST(ResponseTest, WhatWasNotAskedMayStayOpenAndWhatWasTakenIsReadAsItIs) {
  const auto given = response(R"([{"linkId":"fever","answer":[{"valueBoolean":false}]}])");
  EXPECT_THAT(errors(given), ElementsAre("/item required"));
  const auto read = read_response(form(), given, "", {"means"});
  ASSERT_TRUE(read) << read.error().fields[0].pointer;
  EXPECT_EQ(read->answers.size(), 1u);
  EXPECT_FALSE(read_response(form(), given, "", {"flight"})) << "another question";
  EXPECT_FALSE(
      read_response(form(), response(R"([{"linkId":"fever","answer":[{"valueBoolean":"no"}]}])"), "", {"means"}));
  const auto kept = read_kept(form(), read->normal);
  ASSERT_TRUE(kept);
  EXPECT_EQ(kept->normal, read->normal);
  EXPECT_FALSE(read_kept(form(), response(R"([{"linkId":"ghost"}])")));
}

TEST(ResponseTest, NormalFormHasTheFormsOrderAndTidyText) {
  const auto read = read_response(form(), response(R"([
    {"linkId":"stop","item":[{"linkId":"met","answer":[{"valueBoolean":true}]},{"linkId":"where","answer":[{"valueString":" Chợ   Đồng Xuân "}]},
      {"linkId":"whom","answer":[{"valueCoding":{"code":"friend"}},{"valueCoding":{"code":"kin"}}]}]},
    {"linkId":"stop","item":[]},
    {"linkId":"journey","item":[{"linkId":"means","answer":[{"valueString":"Xe bò"}]}]},
    {"linkId":"note","text":"Rõ hơn","answer":[{"valueString":"a\nb"}]},
    {"linkId":"fever","answer":[{"valueBoolean":true}]}])"));
  ASSERT_TRUE(read) << read.error().fields[0].pointer << read.error().fields[0].code;
  EXPECT_EQ(
      boost::json::serialize(read->normal.at("item")),
      R"([{"linkId":"fever","answer":[{"valueBoolean":true}]},{"linkId":"note","answer":[{"valueString":"a\nb"}]},)"
      R"({"linkId":"journey","item":[{"linkId":"means","answer":[{"valueString":"Xe bò"}]}]},)"
      R"({"linkId":"stop","item":[{"linkId":"where","answer":[{"valueString":"Chợ Đồng Xuân"}]},)"
      R"({"linkId":"met","answer":[{"valueBoolean":true}]},)"
      R"({"linkId":"whom","answer":[{"valueCoding":{"code":"friend"}},{"valueCoding":{"code":"kin"}}]}]}])");
}

TEST(ResponseTest, ReportsEveryErrorAtItsPlace) {
  EXPECT_THAT(errors(response("[]")), ElementsAre("/item required", "/item required"));
  EXPECT_THAT(
      errors(response(
          R"([{"linkId":"fever","answer":[{"valueBoolean":"no"}]},{"linkId":"people","answer":[{"valueInteger":100}]},
      {"linkId":"temperature","answer":[{"valueDecimal":29.9}]},{"linkId":"ghost"},
      {"linkId":"journey","item":[{"linkId":"means","answer":[{"valueCoding":{"code":"boat"}}]},
                                  {"linkId":"left","answer":[{"valueDate":"2021-02-30"}]}]},
      {"linkId":"stop","item":[{"linkId":"where","answer":[{"valueString":"  "}]}]}])")),
      UnorderedElementsAre("/item/0/answer/0/valueBoolean type", "/item/1/answer/0/valueInteger range",
                           "/item/2/answer/0/valueDecimal range", "/item/3/linkId unknown",
                           "/item/4/item/0/answer/0/valueCoding/code choice",
                           "/item/4/item/1/answer/0/valueDate format", "/item/5/item/0/answer/0/valueString required"));
}

TEST(ResponseTest, AnsweringWhatIsNotAskedIsAnError) {
  EXPECT_THAT(
      errors(response(
          R"([{"linkId":"fever","answer":[{"valueBoolean":false}]},{"linkId":"note","answer":[{"valueString":"x"}]},
      {"linkId":"journey","item":[{"linkId":"means","answer":[{"valueCoding":{"code":"car"}}]},
                                  {"linkId":"flight","answer":[{"valueString":"VN1"}]}]}])")),
      ElementsAre("/item/1 not_enabled", "/item/2/item/1 not_enabled"));
  EXPECT_THAT(errors(response(R"([{"linkId":"fever","answer":[{"valueBoolean":true}]},
      {"linkId":"journey","item":[{"linkId":"means","answer":[{"valueCoding":{"code":"car"}}]}]}])")),
              ElementsAre("/item required"))
      << "note is required when there is fever";
}

TEST(ResponseTest, EachInstanceOfAGroupSeesItsOwnAnswers) {
  EXPECT_THAT(errors(response(R"([{"linkId":"fever","answer":[{"valueBoolean":false}]},
      {"linkId":"journey","item":[{"linkId":"means","answer":[{"valueCoding":{"code":"car"}}]}]},
      {"linkId":"stop","item":[{"linkId":"where","answer":[{"valueString":"A"}]},{"linkId":"met","answer":[{"valueBoolean":true}]}]},
      {"linkId":"stop","item":[{"linkId":"where","answer":[{"valueString":"B"}]},{"linkId":"whom","answer":[{"valueCoding":{"code":"kin"}}]}]}])")),
              ElementsAre("/item/3/item/1 not_enabled"));
}

TEST(ResponseTest, RefusesDoublesUnknownsAndBadText) {
  EXPECT_THAT(errors(response(R"([{"linkId":"fever","answer":[{"valueBoolean":false},{"valueBoolean":false}]},
      {"linkId":"journey","item":[{"linkId":"means","answer":[{"valueCoding":{"code":"car"}}]}]}])")),
              ElementsAre("/item/0/answer repeated"));
  EXPECT_THAT(
      errors(response(
          R"([{"linkId":"fever","answer":[{"valueBoolean":false}]},{"linkId":"fever","answer":[{"valueBoolean":true}]},
      {"linkId":"journey","extra/~":1,"item":[{"linkId":"means","answer":[{"valueString":"a\u0000b"}]}]}])")),
      UnorderedElementsAre("/item/1 repeated", "/item/2/extra~1~0 unknown",
                           "/item/2/item/0/answer/0/valueString encoding"));
  json::Value other = response(kWell);
  other.get_object()["questionnaire"] = "urn:luytre:questionnaire:trip|2";
  EXPECT_THAT(errors(other), ElementsAre("/questionnaire choice"));
  other.get_object()["questionnaire"] = "urn:luytre:questionnaire:trip|1";
  other.get_object()["status"] = "in-progress";
  EXPECT_THAT(errors(other), ElementsAre("/status choice"));
  EXPECT_THAT(errors(json::Value(nullptr)), ElementsAre(" type"));
  const std::string long_text(21, 'x');
  EXPECT_THAT(
      errors(response(
          R"([{"linkId":"fever","answer":[{"valueBoolean":true}]},{"linkId":"note","answer":[{"valueString":")" +
          long_text +
          R"("}]},{"linkId":"journey","item":[{"linkId":"means","answer":[{"valueCoding":{"code":"car"}}]}]}])")),
      ElementsAre("/item/1/answer/0/valueString too_long"));
}

TEST(ResponseTest, HostileSizesCostLittle) {
  json::Array many(kMostItems + 1, json::Object{{"linkId", "stop"}});
  json::Value big = response("[]");
  big.get_object()["item"] = many;
  EXPECT_THAT(errors(big), testing::Contains("/item too_long"));
  many = json::Array(kMostItems, json::Object{{"linkId", "ghost"}});
  big.get_object()["item"] = many;
  EXPECT_EQ(errors(big).size(), kMostErrors);
}

// ---- units, and dates known in part ----

constexpr std::string_view kMeasured = R"json({
  "resourceType": "Questionnaire", "id": "day", "url": "urn:day", "version": "1", "status": "active", "language": "vi", "title": "N",
  "code": [{"code": "day"}], "effectivePeriod": {"start": "2021-04-30"},
  "extension": [{"url": "urn:luytre:extension:own-decision", "valueBoolean": true}],
  "item": [
    {"linkId": "heat", "type": "quantity", "text": "Thân nhiệt", "required": true, "extension": [
      {"url": "http://hl7.org/fhir/StructureDefinition/questionnaire-unit",
       "valueCoding": {"system": "http://unitsofmeasure.org", "code": "Cel", "display": "°C"}},
      {"url": "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-maxQuantity", "valueQuantity": {"value": 43, "code": "Cel"}}]},
    {"linkId": "since", "type": "date", "text": "Từ khi nào", "required": true,
     "enableWhen": [{"question": "heat", "operator": ">=", "answerQuantity": {"value": 38, "code": "Cel"}}],
     "extension": [{"url": "urn:luytre:extension:date-precision", "valueCode": "month"},
       {"url": "http://hl7.org/fhir/StructureDefinition/minValue", "valueDate": "2021-03-15"}]},
    {"linkId": "home", "type": "string", "text": "Nơi ở",
     "extension": [{"url": "urn:luytre:extension:meaning", "valueCode": "destination"}]}]})json";

const Questionnaire& measured() {
  static const Questionnaire all = read_questionnaire(boost::json::parse(kMeasured));
  return all;
}

std::vector<std::string> measured_errors(std::string_view items) {
  std::vector<std::string> out;
  const auto read = read_response(measured(), response(items));
  if (read) return out;
  for (const FieldError& e : read.error().fields) out.push_back(e.pointer + ' ' + e.code);
  return out;
}

std::string heat(std::string_view quantity, std::string_view since = "") {
  std::string out = R"([{"linkId":"heat","answer":[{"valueQuantity":)" + std::string(quantity) + "}]}";
  if (!since.empty()) out += R"(,{"linkId":"since","answer":[{"valueDate":")" + std::string(since) + R"("}]})";
  return out + ']';
}

TEST(MeasureTest, AQuantityIsInTheUnitOfItsQuestion) {
  EXPECT_TRUE(measured().own_decision);
  EXPECT_TRUE(measured().has_destination());
  EXPECT_EQ(measured().meaning(Meaning::kGate), nullptr);
  EXPECT_FALSE(form().own_decision || form().has_destination());
  const auto read = read_response(measured(), response(heat(R"({"value":36.6,"code":"Cel"})")));
  ASSERT_TRUE(read) << read.error().fields[0].pointer;
  EXPECT_EQ(boost::json::serialize(read->normal.at("item")),
            R"([{"linkId":"heat","answer":[{"valueQuantity":{"value":3.66E1,"unit":"°C",)"
            R"("system":"http://unitsofmeasure.org","code":"Cel"}}]}])");
  EXPECT_THAT(measured_errors(heat(R"({"value":98,"code":"[degF]"})")),
              ElementsAre("/item/0/answer/0/valueQuantity/code choice"));
  EXPECT_THAT(measured_errors(heat(R"({"value":37})")), ElementsAre("/item/0/answer/0/valueQuantity/code choice"))
      << "a bare number may mean anything";
  EXPECT_THAT(measured_errors(heat(R"({"value":"37","code":"Cel"})")),
              ElementsAre("/item/0/answer/0/valueQuantity/value type"));
  EXPECT_THAT(measured_errors(heat(R"({"value":37,"code":"Cel","comparator":"<"})")),
              ElementsAre("/item/0/answer/0/valueQuantity/comparator unknown"));
  EXPECT_THAT(measured_errors(heat(R"({"value":43.1,"code":"Cel"})")),
              ElementsAre("/item/0/answer/0/valueQuantity range"));
  EXPECT_THAT(measured_errors(heat(R"({"value":38,"code":"Cel"})")), ElementsAre("/item required"))
      << "from 38 on it is asked since when";
}

TEST(MeasureTest, AFormThatMixesUnitsIsRefused) {
  const auto with = [](const std::function<void(json::Value&)>& change) {
    auto out = boost::json::parse(kMeasured);
    change(out.at("item"));
    return refusal(out);
  };
  EXPECT_THAT(with([](json::Value& items) { items.at(0).get_object().erase("extension"); }), HasSubstr("one unit"));
  EXPECT_THAT(with([](json::Value& items) { items.at(2).at("extension") = items.at(0).at("extension"); }),
              HasSubstr("only a quantity"));
  EXPECT_THAT(
      with([](json::Value& items) { items.at(1).at("enableWhen").at(0).at("answerQuantity").at("code") = "[degF]"; }),
      HasSubstr("not in the question's unit"));
  EXPECT_THAT(with([](json::Value& items) { items.at(1).at("extension").at(0).at("valueCode") = "week"; }),
              HasSubstr("day, month or year"));
  EXPECT_THAT(with([](json::Value& items) { items.at(2).at("extension") = items.at(1).at("extension"); }),
              HasSubstr("only a date has a precision"));
}

TEST(MeasureTest, ADateIsKeptAsPreciselyAsItIsKnown) {
  const std::string hot = R"({"value":39,"code":"Cel"})";
  for (const char* known : {"2021-03-15", "2021-04", "2021-03"}) {
    const auto read = read_response(measured(), response(heat(hot, known)));
    ASSERT_TRUE(read) << known;
    EXPECT_EQ(read->normal.at("item").at(1).at("answer").at(0).at("valueDate"), known);
  }
  EXPECT_THAT(measured_errors(heat(hot, "2021-03-14")), ElementsAre("/item/1/answer/0/valueDate range"));
  EXPECT_THAT(measured_errors(heat(hot, "2021-02")), ElementsAre("/item/1/answer/0/valueDate range"));
  for (const char* wrong : {"2021", "2021-13", "2021-1", "2021/03", "1899-05", "0x21-03"})
    EXPECT_THAT(measured_errors(heat(hot, wrong)), ElementsAre("/item/1/answer/0/valueDate format")) << wrong;
  auto whole_days = boost::json::parse(kMeasured);
  whole_days.at("item")
      .at(1)
      .at("extension")
      .get_array()
      .erase(whole_days.at("item").at(1).at("extension").get_array().begin());
  EXPECT_FALSE(read_response(read_questionnaire(whole_days), response(heat(hot, "2021-04"))).ok())
      << "unless the form says so, a day is asked for";
}

TEST(MeasureTest, WhatIsKnownInPartSatisfiesWhatAllItsDaysDo) {
  const Value july = PartialDate{2021, 7};
  const auto holds = [&](Operator op, Date wanted) { return satisfies(std::span(&july, 1), op, wanted); };
  EXPECT_TRUE(holds(Operator::kAtLeast, make_date(2021, 7, 1)));
  EXPECT_FALSE(holds(Operator::kAtLeast, make_date(2021, 7, 2)));
  EXPECT_TRUE(holds(Operator::kAtMost, make_date(2021, 7, 31)));
  EXPECT_FALSE(holds(Operator::kAtMost, make_date(2021, 7, 30)));
  EXPECT_TRUE(holds(Operator::kLess, make_date(2021, 8, 1)));
  EXPECT_TRUE(holds(Operator::kGreater, make_date(2021, 6, 30)));
  EXPECT_TRUE(holds(Operator::kNotEqual, make_date(2021, 8, 1)));
  EXPECT_FALSE(holds(Operator::kEqual, make_date(2021, 7, 1)) || holds(Operator::kNotEqual, make_date(2021, 7, 15)));
}

constexpr std::string_view kRules = R"json({
  "id": "trip-rules-1", "form": "trip", "title": {"vi": "a", "en": "a"}, "validFrom": "2021-04-30", "basis": "test",
  "validHours": {"green": 504, "yellow": 72, "red": 24},
  "nextSteps": {"go": {"vi": "a", "en": "a"}, "ask": {"vi": "b", "en": "b"}, "station": {"vi": "c", "en": "c"}},
  "otherwise": {"code": "nothing", "text": {"vi": "a", "en": "a"}, "nextStep": "go"},
  "rules": [
    {"code": "by-plane", "text": {"vi": "a", "en": "a"}, "colour": "yellow", "nextStep": "ask",
     "when": {"all": [{"question": "means", "operator": "=", "value": "plane"}, {"question": "fever", "operator": "=", "value": false}]}},
    {"code": "fever", "text": {"vi": "a", "en": "a"}, "colour": "red", "nextStep": "station",
     "when": {"question": "fever", "operator": "=", "value": true}},
    {"code": "not-car", "text": {"vi": "a", "en": "a"}, "colour": "yellow", "nextStep": "ask",
     "when": {"not": {"any": [{"question": "means", "operator": "=", "value": "car"}, {"question": "means", "operator": "=", "value": "plane"}]}}}
  ]})json";

const RuleSet& rules() {
  static const RuleSet all = read_rule_set(boost::json::parse(kRules), form());
  return all;
}

std::vector<std::string> codes(const Outcome& outcome) {
  std::vector<std::string> out;
  for (const Reason& r : outcome.reasons) out.push_back(r.code);
  return out;
}

const Value kCar = Coding{"urn:x", "car"};
const Value kPlane = Coding{"urn:x", "plane"};

TEST(RulesTest, WorstColourDecidesAndEveryFiredRuleIsAReason) {
  const Outcome bad = decide(rules(), {{"fever", {true}}, {"means", {std::string("Xe bò")}}});
  EXPECT_EQ(bad.colour, Colour::kRed);
  EXPECT_THAT(codes(bad), ElementsAre("fever", "not-car"));
  EXPECT_THAT(bad.reasons[1].questions, ElementsAre("means"));
  EXPECT_EQ(bad.next_step, "station");
  EXPECT_EQ(bad.valid_for, std::chrono::hours(24));

  const Outcome middle = decide(rules(), {{"fever", {false}}, {"means", {kPlane}}});
  EXPECT_EQ(middle.colour, Colour::kYellow);
  EXPECT_THAT(middle.reasons[0].questions, ElementsAre("fever", "means"));

  const Outcome good = decide(rules(), {{"fever", {false}}, {"means", {kCar}}});
  EXPECT_EQ(good.colour, Colour::kGreen);
  EXPECT_THAT(codes(good), ElementsAre("nothing"));
  EXPECT_EQ(good.inputs, "trip-rules-1\nfever=false\nmeans={\"system\":\"urn:x\",\"code\":\"car\"}");
}

TEST(RulesTest, RefusesRulesThatDoNotFitTheForm) {
  const auto refused = [](const std::function<void(json::Value&)>& change,
                          json::Value on = form_json()) -> std::string {
    auto file = boost::json::parse(kRules);
    change(file);
    try {
      read_rule_set(file, read_questionnaire(on));
      return "";
    } catch (const FormError& e) {
      return e.what();
    }
  };
  EXPECT_EQ(refused([](json::Value&) {}), "");
  EXPECT_THAT(refused([](json::Value& f) { f.at("rules").at(1).at("when").at("question") = "ghost"; }),
              HasSubstr("/rules/1/when: the form has no question"));
  EXPECT_THAT(refused([](json::Value& f) { f.at("rules").at(1).at("when").at("value") = "yes"; }),
              HasSubstr("true or false"));
  EXPECT_THAT(refused([](json::Value& f) { f.at("rules").at(1).at("when").at("question") = "people"; }),
              HasSubstr("require an answer"));
  EXPECT_THAT(refused([](json::Value& f) { f.at("rules").at(1).at("nextStep") = "fly"; }), HasSubstr("no fly"));
  EXPECT_THAT(refused([](json::Value& f) { f.at("rules").at(1).at("code") = "by-plane"; }), HasSubstr("used twice"));
  EXPECT_THAT(refused([](json::Value& f) { f.at("form") = "other"; }), HasSubstr("other"));
  // A question that decides is a risk question, marked or not.
  auto preset = form_json();
  preset.at("item").at(4).at("item").at(0).get_object()["initial"] = boost::json::parse(R"([{"valueString": "x"}])");
  EXPECT_THAT(refused([](json::Value&) {}, preset), HasSubstr("must not preset"));
}

TEST(QuestionnaireTest, MayBeAboutOneDiseaseAndOneDirection) {
  EXPECT_EQ(form().disease, "");
  EXPECT_EQ(form().direction, "");
  const auto with = [](std::string_view extensions) {
    json::Value file = form_json();
    file.get_object()["extension"] = boost::json::parse(extensions);
    return read_questionnaire(file);
  };
  const auto narrow = with(R"([{"url": "urn:luytre:extension:disease", "valueCode": "covid-19"},
                               {"url": "urn:luytre:extension:direction", "valueCode": "leaving"}])");
  EXPECT_EQ(narrow.disease, "covid-19");
  EXPECT_EQ(narrow.direction, "leaving");
  EXPECT_THROW(with(R"([{"url": "urn:luytre:extension:direction", "valueCode": "up"}])"), FormError);
}

// ---- rhythm ----

RuleSet with_rhythm(std::string_view rhythm) {
  auto file = boost::json::parse(kRules);
  file.get_object()["rhythm"] = boost::json::parse(rhythm);
  return read_rule_set(file, form());
}

TEST(RhythmTest, WindowsAreOfTheLocalDay) {
  EXPECT_FALSE(rules().rhythm);
  const RuleSet set =
      with_rhythm(R"({"windows":[{"from":"08:00","until":"12:00"},{"from":"18:30","until":"24:00"}],"days":14})");
  ASSERT_TRUE(set.rhythm);
  EXPECT_EQ(set.rhythm->days, 14);
  const auto due = due_on(*set.rhythm, make_date(2021, 7, 12));
  ASSERT_EQ(due.size(), 2u);
  EXPECT_EQ(to_text(due[0].from), "2021-07-12T01:00:00Z");
  EXPECT_EQ(to_text(due[0].until), "2021-07-12T05:00:00Z");
  EXPECT_EQ(to_text(due[1].from), "2021-07-12T11:30:00Z");
  EXPECT_EQ(to_text(due[1].until), "2021-07-12T17:00:00Z");
}

TEST(RhythmTest, SaysWhoIsToldWhenNothingCame) {
  const RuleSet set = with_rhythm(R"({"windows":[{"from":"08:00","until":"12:00"}],"days":14,
                                      "missed":{"graceMinutes":60,"stations":["residence"],"withinMinutes":240}})");
  ASSERT_TRUE(set.rhythm->missed);
  EXPECT_EQ(set.rhythm->missed->grace, std::chrono::minutes(60));
  EXPECT_THAT(set.rhythm->missed->tell.stations, ElementsAre(Station::kResidence));
  EXPECT_EQ(set.rhythm->missed->tell.within_minutes, 240);
  for (const char* wrong : {R"({"graceMinutes":-1,"stations":["residence"],"withinMinutes":240})",
                            R"({"graceMinutes":1441,"stations":["residence"],"withinMinutes":240})",
                            R"({"graceMinutes":60,"stations":[],"withinMinutes":240})",
                            R"({"graceMinutes":60,"stations":["residence"],"withinMinutes":240,"x":1})"})
    EXPECT_THROW(
        with_rhythm(R"({"windows":[{"from":"08:00","until":"12:00"}],"days":14,"missed":)" + std::string(wrong) + "}"),
        FormError)
        << wrong;
}

TEST(RhythmTest, SaysForHowLongAnswersMayBeGivenAgain) {
  EXPECT_EQ(rules().repeatable_days, 0) << "a form without a rhythm is not repeated unless it says so";
  EXPECT_EQ(with_rhythm(R"({"windows":[{"from":"08:00","until":"12:00"}],"days":14})").repeatable_days, 1);
  json::Value file = boost::json::parse(kRules);
  file.get_object()["repeatableDays"] = 21;
  EXPECT_EQ(read_rule_set(file, form()).repeatable_days, 21);
  file.get_object()["repeatableDays"] = 0;
  EXPECT_THROW(read_rule_set(file, form()), FormError);
  file.get_object()["repeatableDays"] = 21;
  json::Value journey = form_json();
  json::Array meaning;
  meaning.push_back(json::Object{{"url", "urn:luytre:extension:meaning"}, {"valueCode", "destination"}});
  journey.at("item").at(2).get_object()["extension"] = meaning;
  EXPECT_THROW(read_rule_set(file, read_questionnaire(journey)), FormError) << "a journey is told anew";
}

TEST(RhythmTest, RefusesWhatNobodyCouldKeep) {
  const auto refused = [](std::string_view rhythm) -> std::string {
    try {
      with_rhythm(rhythm);
      return "";
    } catch (const FormError& e) {
      return e.what();
    }
  };
  EXPECT_THAT(refused(R"({"windows":[],"days":1})"), HasSubstr("needs a window"));
  EXPECT_THAT(refused(R"({"windows":[{"from":"12:00","until":"08:00"}],"days":1})"), HasSubstr("ends before"));
  EXPECT_THAT(refused(R"({"windows":[{"from":"08:00","until":"12:00"},{"from":"11:59","until":"13:00"}],"days":1})"),
              HasSubstr("before the last"));
  for (const char* time : {"8:00", "08:60", "24:01", "0a:00", "08-00"})
    EXPECT_THAT(refused(std::string(R"({"windows":[{"from":")") + time + R"(","until":"24:00"}],"days":1})"),
                HasSubstr("time of day"))
        << time;
  EXPECT_THAT(refused(R"({"windows":[{"from":"08:00","until":"12:00"}],"days":0})"), HasSubstr("1 to 60"));
}

// ---- tell ----

RuleSet with_tell(std::string_view tell) {
  auto file = boost::json::parse(kRules);
  file.get_object()["tell"] = boost::json::parse(tell);
  return read_rule_set(file, form());
}

TEST(TellTest, RefusesWhomNobodyCouldTell) {
  EXPECT_THAT(rules().tell, IsEmpty());
  const RuleSet set = with_tell(R"({"red":{"stations":["destination","residence"],"withinMinutes":60}})");
  EXPECT_EQ(json::text(set.tell.at(Colour::kRed)), R"({"stations":["destination","residence"],"withinMinutes":60})");
  EXPECT_FALSE(set.tell.contains(Colour::kYellow));
  const auto refused = [](std::string_view tell) -> std::string {
    try {
      with_tell(tell);
      return "";
    } catch (const FormError& e) {
      return e.what();
    }
  };
  EXPECT_THAT(refused(R"({"green":{"stations":["residence"],"withinMinutes":60}})"), HasSubstr("green"));
  EXPECT_THAT(refused(R"({"red":{"stations":[],"withinMinutes":60}})"), HasSubstr("tells nobody"));
  EXPECT_THAT(refused(R"({"red":{"stations":["police"],"withinMinutes":60}})"), HasSubstr("residence or destination"));
  EXPECT_THAT(refused(R"({"red":{"stations":["residence","residence"],"withinMinutes":60}})"), HasSubstr("twice"));
  EXPECT_THAT(refused(R"({"red":{"stations":["residence"],"withinMinutes":0}})"), HasSubstr("1 to 10080"));
}

// ---- properties ----

struct Generated {
  bool fever = false;
  int means = 0;  // car, plane, own words
  std::vector<bool> stops;
  int people = -1;  // below 0: not answered
};

rc::Gen<Generated> answers_of_people() {
  return rc::gen::build<Generated>(
      rc::gen::set(&Generated::fever), rc::gen::set(&Generated::means, rc::gen::inRange(0, 3)),
      rc::gen::set(&Generated::stops, rc::gen::resize(5, rc::gen::arbitrary<std::vector<bool>>())),
      rc::gen::set(&Generated::people, rc::gen::inRange(-5, 100)));
}

std::ostream& operator<<(std::ostream& out, const Generated& g) {
  return out << "fever " << g.fever << " means " << g.means << " stops " << g.stops.size();
}

json::Object answered(std::string_view link, std::string_view element, json::Value value) {
  return {{"linkId", link}, {"answer", json::Array{json::Object{{element, std::move(value)}}}}};
}

json::Value response_of(const Generated& g) {
  json::Array items;
  items.push_back(answered("fever", "valueBoolean", g.fever));
  if (g.fever) items.push_back(answered("note", "valueString", "rõ"));
  json::Array journey;
  if (g.means == 2) {
    journey.push_back(answered("means", "valueString", "Xe bò"));
  } else {
    journey.push_back(answered("means", "valueCoding", json::Object{{"code", g.means ? "plane" : "car"}}));
  }
  if (g.means == 1) journey.push_back(answered("flight", "valueString", "VN1"));
  items.push_back(json::Object{{"linkId", "journey"}, {"item", journey}});
  for (const bool met : g.stops) {
    json::Array stop{answered("where", "valueString", "Chợ"), answered("met", "valueBoolean", met)};
    if (met) stop.push_back(answered("whom", "valueCoding", json::Object{{"code", "kin"}}));
    items.push_back(json::Object{{"linkId", "stop"}, {"item", stop}});
  }
  if (g.people >= 0) items.push_back(answered("people", "valueInteger", g.people));
  json::Value out = response("[]");
  out.get_object()["item"] = items;
  return out;
}

RC_GTEST_PROP(ResponseProperties, NormalFormReadsBackToItself, ()) {
  const auto read = read_response(form(), response_of(*answers_of_people()));
  RC_ASSERT(read.ok());
  const auto again = read_response(form(), read->normal);
  RC_ASSERT(again.ok());
  RC_ASSERT(again->normal == read->normal);
  RC_ASSERT(again->answers == read->answers);
}

RC_GTEST_PROP(ResponseProperties, OrderOfItemsDoesNotMatter, ()) {
  const Generated g = *answers_of_people();
  json::Value given = response_of(g);
  auto& items = given.at("item").get_array();
  // Instances of one group keep their order: it is said by position.
  std::reverse(items.begin(), items.end());
  std::stable_partition(items.begin(), items.end(), [](const json::Value& i) { return i.at("linkId") == "stop"; });
  std::reverse(items.begin(), items.begin() + static_cast<std::ptrdiff_t>(g.stops.size()));
  const auto one = read_response(form(), response_of(g));
  const auto other = read_response(form(), given);
  RC_ASSERT(one.ok() && other.ok());
  RC_ASSERT(one->normal == other->normal);
}

RC_GTEST_PROP(ResponseProperties, LeavingOutARequiredAnswerIsRefused, ()) {
  json::Value given = response_of(*answers_of_people());
  auto& items = given.at("item").get_array();
  const auto required = *rc::gen::element(std::string("fever"), std::string("journey"));
  const auto it = std::find_if(items.begin(), items.end(),
                               [&](const json::Value& i) { return i.at("linkId").as_string() == required; });
  items.erase(it);
  RC_ASSERT(!read_response(form(), given).ok());
}

RC_GTEST_PROP(RulesProperties, OutcomeIsTheWorstReasonAndDeterministic, ()) {
  const auto read = read_response(form(), response_of(*answers_of_people()));
  RC_ASSERT(read.ok());
  const Outcome outcome = decide(rules(), read->answers);
  RC_ASSERT(!outcome.reasons.empty());
  for (const Reason& reason : outcome.reasons) RC_ASSERT(reason.colour <= outcome.colour);
  RC_ASSERT(outcome.reasons.front().colour == outcome.colour);
  const Outcome again = decide(rules(), read->answers);
  RC_ASSERT(again.inputs == outcome.inputs && codes(again) == codes(outcome));
}

RC_GTEST_PROP(RulesProperties, WhatRulesDoNotReadDoesNotMatter, ()) {
  Generated g = *answers_of_people();
  const auto one = read_response(form(), response_of(g));
  g.stops.clear();
  g.people = -1;
  const auto other = read_response(form(), response_of(g));
  RC_ASSERT(one.ok() && other.ok());
  RC_ASSERT(decide(rules(), one->answers).inputs == decide(rules(), other->answers).inputs);
}

}  // namespace
}  // namespace luytre::forms

#include "engines/forms/options.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engines/forms/rules.h"

namespace luytre::forms {
namespace {

using ::testing::HasSubstr;

constexpr std::string_view kForm = R"json({
  "resourceType": "Questionnaire", "id": "entry", "url": "urn:luytre:questionnaire:entry", "version": "1", "status": "active",
  "language": "vi", "title": "Nhập cảnh", "code": [{"code": "entry"}], "effectivePeriod": {"start": "2021-04-30"},
  "item": [{"linkId": "journey", "type": "group", "text": "Chuyến đi", "item": [
    {"linkId": "gate", "type": "open-choice", "text": "Cửa khẩu", "required": true, "maxLength": 20,
     "answerValueSet": "urn:x:gates"},
    {"linkId": "car", "type": "string", "text": "Xe",
     "enableWhen": [{"question": "gate", "operator": "=", "answerCoding": {"system": "urn:x", "code": "7"}}]}]}]})json";

json::Value form_json() {
  return boost::json::parse(kForm);
}

const Questionnaire& form() {
  static const Questionnaire read = read_questionnaire(form_json());
  return read;
}

std::optional<Concept> gates(std::string_view value_set, const Coding& given) {
  if (value_set != "urn:x:gates" || given.code != "7" || (!given.system.empty() && given.system != "urn:x"))
    return std::nullopt;
  return Concept{{"urn:x", "7"}, "Lao Bảo"};
}

json::Value response(std::string_view gate, std::string_view more = "") {
  return boost::json::parse(
      R"({"resourceType":"QuestionnaireResponse","status":"completed","item":[{"linkId":"journey","item":[)"
      R"({"linkId":"gate","answer":[)" +
      std::string(gate) + "]}" + std::string(more) + "]}]}");
}

std::string errors(const Result<Response>& read) {
  std::string out;
  if (!read)
    for (const FieldError& e : read.error().fields) out += e.pointer + ' ' + e.code + '\n';
  return out;
}

TEST(ValueSetTest, AnAnswerIsLookedUpAndKeptWithItsName) {
  const auto read =
      read_response(form(), response(R"({"valueCoding":{"code":"7","display":"Nơi khác"}})"), "", {}, gates);
  ASSERT_TRUE(read) << errors(read);
  EXPECT_EQ(std::get<Coding>(read->answers.at("gate").at(0)), (Coding{"urn:x", "7"}));
  EXPECT_THAT(boost::json::serialize(read->normal),
              HasSubstr(R"({"valueCoding":{"system":"urn:x","code":"7","display":"Lao Bảo"}})"))
      << "by the list's name, not by the sender's";
  const auto again = read_response(form(), read->normal, "", {}, gates);
  ASSERT_TRUE(again);
  EXPECT_EQ(again->normal, read->normal);
  const auto kept = read_kept(form(), read->normal);
  ASSERT_TRUE(kept) << "also when the list has changed";
  EXPECT_EQ(kept->normal, read->normal);
}

TEST(ValueSetTest, WhatIsNotInItIsRefusedAndWordsAreTaken) {
  const std::string wrong = "/item/0/item/0/answer/0/valueCoding/code choice\n";
  EXPECT_THAT(errors(read_response(form(), response(R"({"valueCoding":{"code":"8"}})"), "", {}, gates)),
              HasSubstr(wrong));
  EXPECT_THAT(
      errors(read_response(form(), response(R"({"valueCoding":{"system":"urn:y","code":"7"}})"), "", {}, gates)),
      HasSubstr(wrong));
  EXPECT_THAT(errors(read_response(form(), response(R"({"valueCoding":{"code":"7"}})"))), HasSubstr(wrong))
      << "without a list nothing is in it";
  const std::string longer(kCodeMost + 1, 'x');
  EXPECT_THAT(errors(read_kept(form(), response(R"({"valueCoding":{"code":")" + longer + R"("}})"))),
              HasSubstr("choice"));
  const auto words = read_response(form(), response(R"({"valueString":" Cha  Lo "})"), "", {}, gates);
  ASSERT_TRUE(words) << errors(words);
  EXPECT_EQ(std::get<std::string>(words->answers.at("gate").at(0)), "Cha Lo");
  EXPECT_THAT(errors(read_response(form(), response(R"({"valueString":"012345678901234567890"})"), "", {}, gates)),
              HasSubstr("too_long"));
}

TEST(ValueSetTest, AnotherQuestionMayDependOnIt) {
  const auto more = R"(,{"linkId":"car","answer":[{"valueString":"74A"}]})";
  EXPECT_TRUE(read_response(form(), response(R"({"valueCoding":{"code":"7"}})", more), "", {}, gates));
  EXPECT_THAT(errors(read_response(form(), response(R"({"valueString":"Cha Lo"})", more), "", {}, gates)),
              HasSubstr("not_enabled"));
}

TEST(ValueSetTest, IsServedAsOptions) {
  json::Value served = form_json();
  put_options(served, [](std::string_view name) {
    EXPECT_EQ(name, "urn:x:gates");
    return std::vector<Concept>{{{"urn:x", "7"}, "Lao Bảo"}, {{"urn:x", "9"}, "La Lay"}};
  });
  const Questionnaire read = read_questionnaire(served);
  const Item* gate = read.find("gate");
  ASSERT_EQ(gate->options.size(), 2u);
  EXPECT_EQ(gate->options[1].coding, (Coding{"urn:x", "9"}));
  EXPECT_EQ(gate->options[1].display.at("vi"), "La Lay");
  EXPECT_TRUE(gate->value_set.empty());
  EXPECT_TRUE(read_response(read, response(R"({"valueCoding":{"system":"urn:x","code":"9"}})")));
}

TEST(ValueSetTest, AListThatEverybodyHasStaysAName) {
  json::Value served = form_json();
  put_options(served, [](std::string_view) { return std::optional<std::vector<Concept>>(); });
  EXPECT_EQ(served, form_json());
}

TEST(ValueSetTest, AFormThatMixesOptionsAndAListIsRefused) {
  const auto refusal = [](const char* type, bool options) {
    json::Value changed = form_json();
    auto& gate = changed.at("item").at(0).at("item").at(0).get_object();
    gate["type"] = type;
    if (options) gate["answerOption"] = boost::json::parse(R"([{"valueCoding":{"code":"x","display":"x"}}])");
    try {
      read_questionnaire(changed);
    } catch (const FormError& e) {
      return std::string(e.what());
    }
    return std::string();
  };
  EXPECT_EQ(refusal("choice", false), "");
  EXPECT_THAT(refusal("open-choice", true), HasSubstr("answerValueSet"));
  EXPECT_THAT(refusal("string", false), HasSubstr("answerValueSet"));
}

TEST(ValueSetTest, DecidesNothingBecauseItsCodesChange) {
  const auto rules = boost::json::parse(R"({"id": "r", "form": "entry", "title": {"vi": "x", "en": "x"},
    "validFrom": "2021-04-30", "basis": "x", "validHours": {"green": 1, "yellow": 1, "red": 1},
    "nextSteps": {"go": {"vi": "x", "en": "x"}}, "otherwise": {"code": "ok", "text": {"vi": "x", "en": "x"}, "nextStep": "go"},
    "rules": [{"code": "a", "text": {"vi": "x", "en": "x"}, "colour": "red", "nextStep": "go",
               "when": {"question": "gate", "operator": "=", "value": "7"}}]})");
  EXPECT_THROW(read_rule_set(rules, form()), FormError);
}

}  // namespace
}  // namespace luytre::forms

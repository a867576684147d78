#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engines/forms/response.h"

namespace luytre::forms {
namespace {

using ::testing::HasSubstr;

json::Value form_json(std::string_view more = "") {
  return boost::json::parse(
      R"({"resourceType":"Questionnaire","id":"f","url":"urn:f","version":"1","status":"active","language":"vi",)"
      R"("title":"F","code":[{"code":"f"}],"effectivePeriod":{"start":"2021-04-30"},"item":[)"
      R"({"linkId":"tested","type":"boolean","text":"Xét nghiệm?","required":true},)"
      R"({"linkId":"picture","type":"attachment","text":"Ảnh")" +
      std::string(more) + R"(,"enableWhen":[{"question":"tested","operator":"=","answerBoolean":true}]}]})");
}

const Questionnaire& form() {
  static const Questionnaire read = read_questionnaire(form_json());
  return read;
}

// The one file there is.
std::optional<Attachment> kept(const Attachment& given) {
  if (given.url != "urn:sent:1") return std::nullopt;
  return Attachment{"image/jpeg", 4711, "3q2+7w==", "urn:kept:1"};
}

json::Value response(std::string_view answers, bool tested = true) {
  return boost::json::parse(R"({"resourceType":"QuestionnaireResponse","status":"completed","item":[)"
                            R"({"linkId":"tested","answer":[{"valueBoolean":)" +
                            std::string(tested ? "true" : "false") + R"(}]},{"linkId":"picture","answer":[)" +
                            std::string(answers) + "]}]}");
}

std::string errors(const Result<Response>& read) {
  std::string out;
  if (!read)
    for (const FieldError& e : read.error().fields) out += e.pointer + ' ' + e.code + '\n';
  return out;
}

std::string refusal(std::string_view more) {
  try {
    read_questionnaire(form_json(more));
    return "";
  } catch (const FormError& e) {
    return e.what();
  }
}

TEST(AttachmentTest, AnAnswerNamesAFileAndHoldsWhatIsKeptOfIt) {
  const auto read =
      read_response(form(), response(R"({"valueAttachment":{"contentType":"text/html","size":1,"url":"urn:sent:1"}})"),
                    "", {}, {}, kept);
  ASSERT_TRUE(read) << errors(read);
  EXPECT_EQ(std::get<Attachment>(read->answers.at("picture").at(0)),
            (Attachment{"image/jpeg", 4711, "3q2+7w==", "urn:kept:1"}))
      << "not as the sender describes it";
  EXPECT_THAT(
      boost::json::serialize(read->normal),
      HasSubstr(
          R"({"valueAttachment":{"contentType":"image/jpeg","size":4711,"hash":"3q2+7w==","url":"urn:kept:1"}})"));
  const auto again = read_kept(form(), read->normal);
  ASSERT_TRUE(again);
  EXPECT_EQ(again->normal, read->normal);
}

TEST(AttachmentTest, WhatIsNoFileOfOursIsRefusedAndContentNeverStandsInAnswers) {
  const auto told = [&](std::string_view answers, const Files& files) {
    return errors(read_response(form(), response(answers), "/response", {}, {}, files));
  };
  const std::string at = "/response/item/1/answer/0/valueAttachment";
  EXPECT_EQ(told(R"({"valueAttachment":{"url":"urn:sent:2"}})", kept), at + "/url unknown\n");
  EXPECT_EQ(told(R"({"valueAttachment":{"url":"urn:sent:1"}})", {}), at + "/url unknown\n")
      << "nobody keeps files here";
  EXPECT_EQ(told(R"({"valueAttachment":{}})", kept), at + "/url unknown\n");
  EXPECT_EQ(told(R"({"valueAttachment":"urn:sent:1"})", kept), at + " type\n");
  EXPECT_THAT(told(R"({"valueAttachment":{"url":"urn:sent:1","data":"/9j/"}})", kept), HasSubstr(at + "/data unknown"));
  EXPECT_THAT(told(R"({"valueAttachment":{"url":"urn:sent:1"}},{"valueAttachment":{"url":"urn:sent:1"}})", kept),
              HasSubstr("repeated"));
  EXPECT_THAT(told(R"({"valueAttachment":{"url":")" + std::string(kFileTextMost + 1, 'x') + R"("}})", kept),
              HasSubstr("unknown"));
}

TEST(AttachmentTest, ItFollowsItsConditionAndMayBeLeftOut) {
  EXPECT_EQ(
      errors(read_response(form(), response(R"({"valueAttachment":{"url":"urn:sent:1"}})", false), "", {}, {}, kept)),
      "/item/1 not_enabled\n");
  EXPECT_TRUE(read_response(form(), response("")));
}

TEST(AttachmentTest, NoFormDemandsACamera) {
  EXPECT_EQ(refusal(""), "");
  for (const char* more : {R"(,"required":true)", R"(,"repeats":true)", R"(,"initial":[])"})
    EXPECT_THAT(refusal(more), HasSubstr("an attachment is one file")) << more;
}

}  // namespace
}  // namespace luytre::forms

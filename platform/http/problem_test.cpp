#include "platform/http/problem.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "platform/base/json.h"
#include "platform/http/codes.h"
#include "platform/store/database.h"

namespace luytre::http {
namespace {

const std::filesystem::path kTexts = std::filesystem::path(LUYTRE_SOURCE_DIR) / "data/i18n";

TEST(ProblemTest, HoldsEverythingAClientNeeds) {
  Error error(kInvalid, std::vector<FieldError>{{"/na\"me", "too_long", {{"expected", "200"}}}});
  error.params["hint"] = "a";
  error.current = R"({"version":2})";
  const auto value = boost::json::parse(problem(error, Language::kEn, Texts::load(kTexts)));
  EXPECT_EQ(value.at("code").as_string(), "invalid");
  EXPECT_EQ(value.at("status").as_int64(), 422);
  EXPECT_EQ(value.at("errors").at(0).at("pointer").as_string(), "/na\"me");
  EXPECT_EQ(value.at("errors").at(0).at("params").at("expected").as_string(), "200");
  EXPECT_NE(value.at("errors").at(0).at("detail").as_string(), "too_long");
  EXPECT_EQ(value.at("params").at("hint").as_string(), "a");
  EXPECT_EQ(value.at("current").at("version").as_int64(), 2);
}

TEST(ProblemTest, AMissingTextIsItsCode) {
  const auto value = boost::json::parse(problem(Error(ErrorCode{"never_heard_of", 409}), Language::kVi, Texts()));
  EXPECT_EQ(value.at("detail").as_string(), "never_heard_of");
  EXPECT_EQ(value.at("title").as_string(), "409");
}

TEST(ProblemTest, ParametersFillTheText) {
  EXPECT_EQ(fill("đợi {seconds} giây, {x}{", {{"seconds", "30"}}), "đợi 30 giây, {x}{");
  EXPECT_EQ(fill("{a}{b}", {{"a", "{b}"}, {"b", "1"}}), "{b}1");  // what is filled in is not filled again
}

TEST(ProblemTest, EveryCodeOfTheDoorHasATextInBothLanguages) {
  const auto texts = Texts::load(kTexts);
  for (const auto& code : {kInvalid,
                           kMalformed,
                           kUnauthenticated,
                           kNotPermitted,
                           kSecondProofRequired,
                           kNotFound,
                           kConflict,
                           kVersionConflict,
                           kVersionRequired,
                           kTooMany,
                           kIdempotencyKeyRequired,
                           kIdempotencyKeyReused,
                           kNotInForce,
                           kBadRequest,
                           kBadUrl,
                           kHostInvalid,
                           kVersionMalformed,
                           kCrossSite,
                           kMethodNotAllowed,
                           kRequestTimeout,
                           kLengthRequired,
                           kBodyTooLarge,
                           kUnsupportedMediaType,
                           kExpectationFailed,
                           kHostUnknown,
                           kHeadTooLarge,
                           kInternal,
                           kUnavailable,
                           kTooManyConnections,
                           kHttpVersion}) {
    for (const auto language : {Language::kVi, Language::kEn}) {
      EXPECT_FALSE(texts.find(language, std::string("errors.") + code.code).empty()) << code.code;
      EXPECT_FALSE(texts.find(language, "status." + std::to_string(code.status)).empty()) << code.status;
    }
  }
}

TEST(ProblemTest, EveryTextIsThereInBothLanguages) {
  for (const auto& entry : std::filesystem::directory_iterator(kTexts)) {
    const std::string name = entry.path().string();
    if (!name.ends_with("http.vi.json")) continue;
    std::ifstream vi(name);
    std::ifstream en(name.substr(0, name.size() - 7) + "en.json");
    const auto vietnamese = boost::json::parse(std::string(std::istreambuf_iterator<char>(vi), {})).as_object();
    const auto english = boost::json::parse(std::string(std::istreambuf_iterator<char>(en), {})).as_object();
    for (const auto& [group, texts] : vietnamese)
      for (const auto& [key, text] : texts.as_object()) EXPECT_TRUE(english.at(group).as_object().contains(key)) << key;
  }
}

TEST(ProblemTest, ABrokenTextFileStopsTheStart) {
  EXPECT_THROW(Texts::load("/nonexistent"), store::StartError);
}

TEST(LanguageTest, VietnameseUnlessEnglishIsPreferred) {
  EXPECT_EQ(choose_language(""), Language::kVi);
  EXPECT_EQ(choose_language("en"), Language::kEn);
  EXPECT_EQ(choose_language("vi-VN, en"), Language::kVi);
  EXPECT_EQ(choose_language("en;q=0.9, vi;q=0.8"), Language::kEn);
  EXPECT_EQ(choose_language("en;q=x, fr"), Language::kVi);
  EXPECT_EQ(choose_language(",;=,en;q=,"), Language::kVi);
}

}  // namespace
}  // namespace luytre::http

#include "platform/notify/texts.h"

#include <gtest/gtest.h>

#include <unistd.h>

#include <fstream>

#include "platform/base/text.h"

namespace luytre::notify {
namespace {

const std::filesystem::path kFolder = std::filesystem::path(LUYTRE_SOURCE_DIR) / "data" / "i18n";

TEST(Texts, CodeMessageSaysWhatItIsHowLongItIsValidAndToTellNobody) {
  const Texts texts(kFolder);
  for (const char* use : {"signIn", "place"}) {
    for (const char* language : {"vi", "en"}) {
      const auto text = texts.fill(std::string("sms.code.") + use, language, {{"code", "042137"}, {"minutes", "5"}});
      EXPECT_NE(text.find("Luy Tre"), std::string::npos) << text;
      EXPECT_NE(text.find("042137"), std::string::npos) << text;
      EXPECT_NE(text.find('5'), std::string::npos) << text;
      EXPECT_NE(text.find(language == std::string("vi") ? "Khong dua ma cho bat ky ai" : "Never tell it to anybody"),
                std::string::npos)
          << text;
      EXPECT_EQ(text.find('{'), std::string::npos) << text;
      EXPECT_LE(code_points(text), 160U) << "one SMS of the GSM alphabet: " << text;
      for (const char c : text) EXPECT_GE(c, 0) << "a letter with diacritics halves an SMS: " << text;
    }
  }
}

TEST(Texts, EveryMessageIsThereInBothLanguages) {
  const Texts texts(kFolder);
  for (const char* key : {"sms.code.signIn", "sms.code.place"}) {
    EXPECT_TRUE(texts.has(key, "vi")) << key;
    EXPECT_TRUE(texts.has(key, "en")) << key;
  }
}

TEST(Texts, UnknownLanguageFallsBackToVietnameseUnknownKeyThrows) {
  const Texts texts(kFolder);
  EXPECT_EQ(texts.fill("sms.code.signIn", "fr"), texts.fill("sms.code.signIn", "vi"));
  EXPECT_THROW((void)texts.fill("sms.code.nothing", "vi"), std::logic_error);
}

TEST(Texts, TwoFilesMustNotGiveTheSameKey) {
  const auto folder = std::filesystem::temp_directory_path() / ("luytre-texts-" + std::to_string(::getpid()));
  std::filesystem::create_directories(folder);
  std::ofstream(folder / "a.vi.json") << R"({"x":{"y":"1"}})";
  std::ofstream(folder / "b.vi.json") << R"({"x":{"y":"2"}})";
  EXPECT_THROW(Texts{folder}, std::runtime_error);
  std::ofstream(folder / "b.vi.json") << R"({"x":)";
  EXPECT_THROW(Texts{folder}, std::runtime_error);
  std::filesystem::remove_all(folder);
  EXPECT_THROW(Texts{folder}, std::runtime_error);
}

TEST(Texts, PlaceholdersAreFilledOnce) {
  EXPECT_EQ(fill_template("{a} {b} {c}", {{"a", "{b}"}, {"b", "2"}}), "{b} 2 {c}");
  EXPECT_EQ(fill_template(R"({"to":"{phone}"})", {{"phone", "1"}}), R"({"to":"1"})");
  EXPECT_EQ(fill_template("{", {}), "{");
  EXPECT_EQ(fill_template("", {}), "");
}

}  // namespace
}  // namespace luytre::notify

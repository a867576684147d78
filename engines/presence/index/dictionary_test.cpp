#include "engines/presence/index/dictionary.h"

#include <gmock/gmock.h>
#include <unistd.h>

#include <string>

namespace luytre::presence {
namespace {

using ::testing::HasSubstr;
using ::testing::ThrowsMessage;

class DictionaryTest : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::temp_directory_path() / ("luytre-dictionary-" + std::to_string(::getpid()));
    std::filesystem::create_directories(folder_);
    for (std::int64_t id = 0; id < 1000; ++id) whole_.add(id * id);
    whole_.save(folder_ / "main", 7, 0);
    for (std::int64_t id = 1000; id < 1100; ++id) whole_.add(id * id);
    whole_.save(folder_ / "latest", 7, 1000);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  static void expect_same(const Dictionary& a, const Dictionary& b) {
    ASSERT_EQ(a.size(), b.size());
    for (Number number = 0; number < a.size(); ++number) {
      EXPECT_EQ(a.id(number), b.id(number));
      EXPECT_EQ(a.find(b.id(number)), number);
    }
  }

  std::filesystem::path folder_;
  Dictionary whole_;
};

TEST_F(DictionaryTest, IsReadFromItsParts) {
  Dictionary read;
  read.load(folder_ / "main", 7);
  read.load(folder_ / "latest", 7);
  expect_same(read, whole_);
  EXPECT_EQ(read.add(-1), 1100U);
}

// As after a crash between writing the main part anew and removing the latest one.
TEST_F(DictionaryTest, APartThatRepeatsWhatIsThereChangesNothing) {
  whole_.save(folder_ / "main", 7, 0);
  Dictionary read;
  read.load(folder_ / "main", 7);
  read.load(folder_ / "latest", 7);
  expect_same(read, whole_);
}

TEST_F(DictionaryTest, ALatestPartWithoutTheOneBeforeIsRefused) {
  Dictionary read;
  EXPECT_THAT([&] { read.load(folder_ / "latest", 7); }, ThrowsMessage<Damaged>(HasSubstr("is missing")));
}

}  // namespace
}  // namespace luytre::presence

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <thread>

#include "platform/base/id.h"
#include "platform/base/json.h"
#include "platform/base/partial_date.h"
#include "platform/base/random.h"
#include "platform/base/run.h"
#include "platform/base/text.h"
#include "platform/base/time.h"
#include "platform/base/vault.h"

namespace luytre {
namespace {

using std::chrono::seconds;

TEST(TimeTest, InstantsReadBackWhatTheyWrite) {
  for (const char* text :
       {"2021-08-04T01:30:00Z", "1970-01-01T00:00:00Z", "1969-12-31T23:59:59Z", "2024-02-29T23:59:59Z"}) {
    const auto t = parse_instant(text);
    ASSERT_TRUE(t) << text;
    EXPECT_EQ(to_text(*t), text);
  }
}

TEST(TimeTest, OffsetsAndFractionsAreUnderstood) {
  EXPECT_EQ(parse_instant("2021-08-04T08:30:00+07:00"), parse_instant("2021-08-04T01:30:00.999Z"));
  EXPECT_EQ(parse_instant("2021-08-04 08:30+0700"), parse_instant("2021-08-04T01:30:00Z"));
}

TEST(TimeTest, NonsenseIsRefused) {
  for (const char* text :
       {"", "2021-08-04", "2021-13-04T00:00:00Z", "2021-02-29T00:00:00Z", "2021-08-04T24:00:00Z", "2021-08-04T00:00:00",
        "2021-08-04T00:00:00Zx", "2021-08-04T00:00:00.Z", "1899-01-01T00:00:00Z", "x021-08-04T00:00:00Z"}) {
    EXPECT_FALSE(parse_instant(text)) << text;
  }
}

TEST(TimeTest, VietnameseDayBeginsAtSeventeenUtc) {
  const Date day = *parse_date("2021-08-04");
  EXPECT_EQ(to_text(local_midnight(day)), "2021-08-03T17:00:00Z");
  EXPECT_EQ(local_date(*parse_instant("2021-08-03T16:59:59Z")), *parse_date("2021-08-03"));
  EXPECT_EQ(local_date(*parse_instant("2021-08-03T17:00:00Z")), day);
  EXPECT_EQ(local_date(*parse_instant("1969-12-31T16:59:59Z")), *parse_date("1969-12-31"));
  EXPECT_EQ(to_local_text(*parse_instant("2021-08-04T01:30:00Z")), "08:30 04/08/2021");
}

TEST(TimeTest, DurationsHaveUnits) {
  EXPECT_EQ(parse_duration("15m"), seconds(900));
  EXPECT_EQ(parse_duration("20"), seconds(20));
  EXPECT_EQ(parse_duration("28d"), seconds(28 * 86400));
  EXPECT_FALSE(parse_duration("-5m"));
  EXPECT_FALSE(parse_duration("5 m"));
  EXPECT_FALSE(parse_duration(""));
}

TEST(IdTest, TextReadsBackAndOrdersAsTheNumber) {
  for (const std::int64_t value : {std::int64_t{0}, std::int64_t{1}, std::int64_t{1} << 62, INT64_MAX})
    EXPECT_EQ(parse_id(id_text(value)), value);
  EXPECT_LT(id_text(41), id_text(1'000'000));
  EXPECT_FALSE(parse_id("zzzzzzzzzzzzz")) << "more than 63 bits";
  EXPECT_FALSE(parse_id("0"));
  EXPECT_FALSE(parse_id("000000000000u")) << "not in Crockford's alphabet";
}

TEST(IdTest, ThreadsNeverGetTheSameId) {
  IdMaker ids(7);
  std::vector<std::vector<std::int64_t>> made(4);
  std::vector<std::thread> threads;
  for (auto& mine : made)
    threads.emplace_back([&ids, &mine] {
      for (int i = 0; i < 10'000; ++i) mine.push_back(ids.next());
    });
  for (auto& thread : threads) thread.join();
  std::set<std::int64_t> all;
  for (const auto& mine : made) {
    EXPECT_TRUE(std::is_sorted(mine.begin(), mine.end()));
    all.insert(mine.begin(), mine.end());
  }
  EXPECT_EQ(all.size(), 40'000U);
}

TEST(TextTest, TidyingKeepsDiacriticsAndComposesThem) {
  EXPECT_EQ(tidy("  Nguye\xCC\x82\xCC\x83n   Va\xCC\x86n  A "), "Nguyễn Văn A");
  EXPECT_NE(*tidy("Ba Tơ"), *tidy("Ba Tô"));
  EXPECT_EQ(tidy("hai\ndòng", true), "hai\ndòng");
}

TEST(TextTest, ControlCharactersAndBrokenUtf8AreRefused) {
  EXPECT_FALSE(tidy(std::string_view("a\0b", 3)));
  EXPECT_FALSE(tidy("a\x1B[31m"));
  EXPECT_FALSE(tidy("\xC3"));
  EXPECT_FALSE(tidy("\xED\xA0\x80")) << "a surrogate";
  EXPECT_FALSE(tidy("\xC0\x80")) << "overlong";
  EXPECT_FALSE(tidy("a\xE2\x80\xAE b")) << "a bidirectional override";
  EXPECT_FALSE(tidy("hai\ndòng"));
}

TEST(TextTest, FoldingIsForSearchOnly) {
  EXPECT_EQ(fold("Đặng  Thị-Ánh"), "dang thi anh");
  EXPECT_EQ(fold("HẢI LĂNG"), "hai lang");
  EXPECT_EQ(fold("!!!"), "");
}

// Latin letters have a way of their own; with a letter of another script behind them all goes the long way.
TEST(TextTest, FoldingIsTheSameByEitherWay) {
  const auto utf8 = [](char32_t point) {
    std::string out;
    if (point < 0x80) {
      out += static_cast<char>(point);
    } else if (point < 0x800) {
      out += static_cast<char>(0xC0 | point >> 6);
    } else {
      out += static_cast<char>(0xE0 | point >> 12);
      out += static_cast<char>(0x80 | (point >> 6 & 0x3F));
    }
    if (point >= 0x80) out += static_cast<char>(0x80 | (point & 0x3F));
    return out;
  };
  for (char32_t point = 1; point < 0x2000; ++point) {
    for (const std::string& text : {utf8(point), "Nguy" + utf8(point) + "n", "a " + utf8(point) + "-B"})
      ASSERT_EQ(fold(text + " 一"), (fold(text).empty() ? "" : fold(text) + ' ') + "一")
          << static_cast<unsigned>(point);
  }
}

TEST(TextTest, EncodingsReadBack) {
  SeededRandom random(1);
  for (std::size_t length = 0; length < 70; ++length) {
    const std::string bytes = random.bytes(length);
    EXPECT_EQ(unhex(hex(bytes)), bytes);
    EXPECT_EQ(parse_base64url(base64url(bytes)), bytes);
  }
  EXPECT_FALSE(unhex("abc"));
  EXPECT_FALSE(unhex("zz"));
  EXPECT_FALSE(parse_base64url("a+b="));
}

enum class Colour { kGreen, kDarkRed };
BOOST_DESCRIBE_ENUM(Colour, kGreen, kDarkRed)

struct Child {
  std::string name;
};
BOOST_DESCRIBE_STRUCT(Child, (), (name))

struct Sample {
  Text<5> name;
  std::optional<std::int64_t> born_year;
  bool well = false;
  Colour colour = Colour::kGreen;
  Instant at;
  std::vector<Child> children;
};
BOOST_DESCRIBE_STRUCT(Sample, (), (name, born_year, well, colour, at, children))

TEST(JsonTest, StructsReadBackWhatTheyWrite) {
  const std::string text =
      R"({"name":"Ánh","bornYear":1990,"well":true,"colour":"darkRed","at":"2021-08-04T01:30:00Z","children":[{"name":"\"q\"\u0001\n"}]})";
  Sample sample{Text<5>("Ánh"),   1990, true, Colour::kDarkRed, *parse_instant("2021-08-04T01:30:00Z"),
                {{"\"q\"\x01\n"}}};
  EXPECT_EQ(json::text(sample), text);
  sample.children[0].name = "b";
  const auto back = json::parse<Sample>(json::text(sample));
  ASSERT_TRUE(back);
  EXPECT_EQ(json::text(*back), json::text(sample));
}

TEST(JsonTest, EveryWrongFieldIsNamed) {
  const auto wrong = json::parse<Sample>(
      R"({"name":"quá dài rồi","bornYear":"1990","colour":"blue","at":"hôm qua","children":[{"name":1},{}],"extra/x":1})");
  ASSERT_FALSE(wrong);
  std::vector<std::string> found;
  for (const auto& field : wrong.error().fields) found.push_back(field.pointer + " " + field.code);
  EXPECT_THAT(found, testing::UnorderedElementsAre("/name too_long", "/bornYear type", "/well required",
                                                   "/colour choice", "/at format", "/children/0/name type",
                                                   "/children/1/name required", "/extra~1x unknown"));
}

TEST(JsonTest, WhatAnEarlierVersionKeptIsReadAsItStands) {
  const auto kept = json::parse<Sample>(
      R"({"name":"quá dài rồi","bornYear":1990,"at":"2021-08-04T01:30:00Z","children":[{"name":" a\nb "}],"extra":1})",
      json::Reader::Of::kKept);
  ASSERT_TRUE(kept);
  EXPECT_EQ(
      json::text(*kept),
      R"({"name":"quá dài rồi","bornYear":1990,"well":false,"colour":"green","at":"2021-08-04T01:30:00Z","children":[{"name":" a\nb "}]})");
  EXPECT_FALSE(json::parse<Sample>(R"({"bornYear":"1990"})", json::Reader::Of::kKept)) << "not another type";
}

TEST(JsonTest, BrokenTextIsMalformed) {
  for (const std::string& text :
       std::vector<std::string>{"", "{", "{\"name\":\"\xC3\"}", "{\"a\":1}{}", "nul", std::string(100, '[')}) {
    const auto wrong = json::parse<Sample>(text);
    ASSERT_FALSE(wrong) << text;
    EXPECT_EQ(wrong.error().code, "malformed") << text;
  }
}

TEST(JsonTest, NumbersOutOfRangeAreRefused) {
  for (const char* number : {"1e30", "9223372036854775808", "1.5", "-1e400"}) {
    EXPECT_FALSE(json::parse<Sample>(
        std::string(
            R"({"name":"a","well":true,"colour":"green","at":"2021-08-04T01:30:00Z","children":[],"bornYear":)") +
        number + "}"))
        << number;
  }
}

TEST(JsonTest, SchemaNamesStructsAndRequiredMembers) {
  json::Components components;
  const auto reference = json::schema<Sample>(components);
  EXPECT_EQ(components.size(), 2U);
  ASSERT_TRUE(reference.contains("$ref"));
  bool found = false;
  for (const auto& [name, schema] : components) {
    if (!name.ends_with("Sample")) continue;
    found = true;
    EXPECT_EQ(schema.at("required").as_array().size(), 5U);
    EXPECT_EQ(schema.at("properties").at("name").at("maxLength").to_number<int>(), 5);
  }
  EXPECT_TRUE(found);
}

class VaultTest : public testing::Test {
 protected:
  void SetUp() override { std::filesystem::create_directories(folder_); }
  void TearDown() override { std::filesystem::remove_all(folder_); }
  SystemRandom random_;
  std::filesystem::path folder_ = std::filesystem::temp_directory_path() / ("luytre-vault-" + hex(random_.bytes(6)));
};

TEST_F(VaultTest, SealedFieldsOpenOnlyInTheirPlace) {
  const Vault vault = Vault::open(folder_ / "key", random_);
  const std::string sealed = vault.seal("people.phone", "17", "+84901234567");
  EXPECT_EQ(vault.unseal("people.phone", "17", sealed), "+84901234567");
  EXPECT_FALSE(vault.unseal("people.phone", "18", sealed)) << "moved to another row";
  EXPECT_FALSE(vault.unseal("people.paper", "17", sealed)) << "used for another purpose";
  EXPECT_FALSE(vault.unseal("people.phon", "e17", sealed)) << "purpose and context do not run together";
  std::string damaged = sealed;
  damaged.back() ^= 1;
  EXPECT_FALSE(vault.unseal("people.phone", "17", damaged));
  EXPECT_FALSE(vault.unseal("people.phone", "17", ""));
  EXPECT_NE(vault.seal("people.phone", "17", "+84901234567"), sealed) << "equal values must not look equal";
  EXPECT_EQ(sealed.find("901234567"), std::string::npos);
}

TEST_F(VaultTest, BlindIndexesAreKeyedAndPerPurpose) {
  const Vault vault = Vault::open(folder_ / "key", random_);
  const Vault other = Vault::open(folder_ / "key2", random_);
  EXPECT_EQ(vault.blind("p", "x"), vault.blind("p", "x"));
  EXPECT_NE(vault.blind("p", "x"), vault.blind("q", "x"));
  EXPECT_NE(vault.blind("p", "x"), other.blind("p", "x"));
}

TEST_F(VaultTest, KeyFileIsKeptPrivateAndReused) {
  const std::string sealed = Vault::open(folder_ / "key", random_).seal("p", "c", "v");
  EXPECT_EQ(Vault::open(folder_ / "key", random_).unseal("p", "c", sealed), "v");
  struct stat status {};
  ASSERT_EQ(::stat((folder_ / "key").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600U);
  std::filesystem::permissions(folder_ / "key", std::filesystem::perms::others_read,
                               std::filesystem::perm_options::add);
  EXPECT_THROW(Vault::open(folder_ / "key", random_), std::runtime_error);
  std::ofstream(folder_ / "bad") << "not a key";
  std::filesystem::permissions(folder_ / "bad", std::filesystem::perms::owner_read);
  EXPECT_THROW(Vault::open(folder_ / "bad", random_), std::runtime_error);
}

TEST(PartialDateTest, SaysWhatIsKnownAndWhichDaysItMayBe) {
  EXPECT_EQ(to_text(PartialDate{1975}), "1975");
  EXPECT_EQ(to_text(PartialDate{1975, 4}), "1975-04");
  EXPECT_EQ(to_text(PartialDate{1975, 4, 30}), "1975-04-30");
  EXPECT_EQ((PartialDate{1975, 4}.whole()), std::nullopt);
  EXPECT_EQ((PartialDate{1975, 4, 30}.whole()), make_date(1975, 4, 30));
  EXPECT_EQ((PartialDate{2020}.first()), make_date(2020, 1, 1));
  EXPECT_EQ((PartialDate{2020}.last()), make_date(2020, 12, 31));
  EXPECT_EQ((PartialDate{2020, 2}.last()), make_date(2020, 2, 29));
  EXPECT_EQ((PartialDate{2020, 2, 3}.first()), make_date(2020, 2, 3));
  EXPECT_EQ((PartialDate{2020, 2, 3}.last()), make_date(2020, 2, 3));
}

Task<int> answer() {
  co_return 42;
}
Task<void> broken() {
  throw std::runtime_error("fault");
  co_return;
}

TEST(TaskTest, RunGivesTheValueAndTheFault) {
  EXPECT_EQ(run(answer()), 42);
  EXPECT_THROW(run(broken()), std::runtime_error);
}

}  // namespace
}  // namespace luytre

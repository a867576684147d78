// Machine-readable zones: the specimens of ICAO Doc 9303 (8th edition, 2021) and what must hold for all.

#include "engines/linkage/mrz.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
// After gtest.
#include <rapidcheck/gtest.h>

namespace luytre::linkage {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const Date kToday = make_date(2026, 11, 22);

// Part 4, appendix B.
constexpr std::string_view kPassport =
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\n"
    "L898902C36UTO7408122F1204159ZE184226B<<<<<10";
// Part 5, appendix B.
constexpr std::string_view kCard =
    "I<UTOD231458907<<<<<<<<<<<<<<<\n"
    "7408122F1204159UTO<<<<<<<<<<<6\n"
    "ERIKSSON<<ANNA<MARIA<<<<<<<<<<";
// Part 5, appendix B: a number longer than nine characters.
constexpr std::string_view kLongNumber =
    "I<UTOD23145890<7349<<<<<<<<<<<\n"
    "3407127M9507122UTO<<<<<<<<<<<2\n"
    "STEVENSON<<PETER<JOHN<<<<<<<<<";
// As printed on chip cards; invented.
constexpr std::string_view kChipCard =
    "IDVNM0990001232045099000123<<9\n"
    "7504301F3504303VNM<<<<<<<<<<<6\n"
    "NGUYEN<<THI<HANH<<<<<<<<<<<<<<";

// Part 3, section 4.9 and its appendix A.
TEST(Mrz, CheckDigitsOfTheStandardsExamples) {
  EXPECT_EQ(mrz_check_digit("520727"), 3);
  EXPECT_EQ(mrz_check_digit("AB2134<<<"), 5);
  EXPECT_EQ(mrz_check_digit("HA672242<658022549601086<<<<<<<<<<<<<<0"), 8);
  EXPECT_EQ(mrz_check_digit("D231458907<<<<<<<<<<<<<<<34071279507122<<<<<<<<<<"), 2);
}

TEST(Mrz, SpecimenPassport) {
  const auto claim = read_mrz(kPassport, kToday);
  ASSERT_TRUE(claim);
  EXPECT_EQ(claim->kind, ClaimKind::kPassport);
  EXPECT_EQ(claim->name, "ERIKSSON ANNA MARIA");
  EXPECT_TRUE(claim->plain_name);
  EXPECT_EQ(claim->nationality, "UTO");
  EXPECT_EQ(claim->birth, (PartialDate{1974, 8, 12}));
  EXPECT_EQ(claim->sex, ClaimedSex::kFemale);
  EXPECT_EQ(claim->expires, (PartialDate{2012, 4, 15}));
  EXPECT_THAT(claim_keys(*claim), ElementsAre("passport:L898902C3"));
  EXPECT_THAT(claim->rest, ElementsAre("ZE184226B"));
  EXPECT_THAT(claim->failed, IsEmpty());
}

TEST(Mrz, SpecimenCard) {
  const auto claim = read_mrz(kCard, kToday);
  ASSERT_TRUE(claim);
  EXPECT_EQ(claim->kind, ClaimKind::kTravelCard);
  EXPECT_EQ(claim->name, "ERIKSSON ANNA MARIA");
  EXPECT_EQ(claim->birth, (PartialDate{1974, 8, 12}));
  EXPECT_THAT(claim_keys(*claim), ElementsAre("passport:D23145890"));
  EXPECT_THAT(claim->failed, IsEmpty());
}

TEST(Mrz, SpecimenCardWithALongNumber) {
  const auto claim = read_mrz(kLongNumber, kToday);
  ASSERT_TRUE(claim);
  EXPECT_THAT(claim_keys(*claim), ElementsAre("passport:D23145890734"));
  EXPECT_EQ(claim->birth, (PartialDate{1934, 7, 12}));
  EXPECT_EQ(claim->expires, (PartialDate{1995, 7, 12}));
  EXPECT_EQ(claim->sex, ClaimedSex::kMale);
  EXPECT_THAT(claim->failed, IsEmpty());
}

TEST(Mrz, ChipCardIsFoundUnderAllTwelveDigits) {
  const auto claim = read_mrz(kChipCard, kToday);
  ASSERT_TRUE(claim);
  EXPECT_THAT(claim->failed, IsEmpty());
  EXPECT_THAT(claim_keys(*claim), ElementsAre("cccd:045099000123"));
  EXPECT_EQ(claim->nationality, "VNM");
}

TEST(Mrz, ReadsGluedLinesBlanksAndSmallLetters) {
  std::string text;
  for (const char c : kPassport) {
    if (c != '\n') text += std::string(1, static_cast<char>(std::tolower(c))) + " ";
  }
  const auto claim = read_mrz(text, kToday);
  ASSERT_TRUE(claim);
  EXPECT_THAT(claim_keys(*claim), ElementsAre("passport:L898902C3"));
}

TEST(Mrz, SaysWhichDigitFailsAndThenFindsNobody) {
  struct Row {
    std::size_t at;
    MrzPart part;
  };
  constexpr std::size_t kSecond = 45;
  for (const Row row : {Row{9, MrzPart::kNumber}, Row{19, MrzPart::kBirth}, Row{27, MrzPart::kExpiry},
                        Row{42, MrzPart::kOptional}, Row{43, MrzPart::kWhole}}) {
    std::string text(kPassport);
    char& digit = text[kSecond + row.at];
    digit = digit == '9' ? '0' : static_cast<char>(digit + 1);
    const auto claim = read_mrz(text, kToday);
    ASSERT_TRUE(claim);
    // A wrong digit inside the composite shows there, too.
    EXPECT_EQ(claim->failed.front(), row.part) << row.at;
    EXPECT_THAT(claim_keys(*claim), IsEmpty());
    EXPECT_EQ(claim->papers.front().text, "L898902C3");
  }
}

TEST(Mrz, OptionalDataMayBeUnusedWithOrWithoutItsDigit) {
  // Part 4, section 4.2.2.2: the check digit of unused optional data may be 0 or "<".
  for (const char digit : {'0', '<'}) {
    std::string text = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<L898902C36UTO7408122F1204159<<<<<<<<<<<<<<" +
                       std::string(1, digit);
    text += static_cast<char>('0' + mrz_check_digit("L898902C36"
                                                    "7408122"
                                                    "1204159"
                                                    "<<<<<<<<<<<<<<" +
                                                    std::string(1, digit)));
    const auto claim = read_mrz(text, kToday);
    ASSERT_TRUE(claim);
    EXPECT_THAT(claim->failed, IsEmpty());
    EXPECT_THAT(claim->rest, IsEmpty());
  }
}

std::string with_dates(std::string_view birth, std::string_view expiry) {
  std::string text(kCard);
  text.replace(31, 6, birth);
  text.replace(39, 6, expiry);
  return text;
}

TEST(Mrz, TwoDigitYears) {
  EXPECT_EQ(read_mrz(with_dates("261122", "310101"), kToday)->birth, (PartialDate{2026, 11, 22}));
  EXPECT_EQ(read_mrz(with_dates("261123", "310101"), kToday)->birth, (PartialDate{1926, 11, 23}));
  EXPECT_EQ(read_mrz(with_dates("000229", "310101"), kToday)->birth, (PartialDate{2000, 2, 29}));
  EXPECT_EQ(read_mrz(with_dates("740812", "760101"), kToday)->expires, (PartialDate{2076, 1, 1}));
  EXPECT_EQ(read_mrz(with_dates("740812", "770101"), kToday)->expires, (PartialDate{1977, 1, 1}));
  EXPECT_EQ(read_mrz(with_dates("740812", "020101"), make_date(2098, 1, 1))->expires, (PartialDate{2102, 1, 1}));
}

TEST(Mrz, UnknownPartsOfABirth) {
  EXPECT_EQ(read_mrz(with_dates("74<<<<", "310101"), kToday)->birth, (PartialDate{1974, 0, 0}));
  EXPECT_EQ(read_mrz(with_dates("7408<<", "310101"), kToday)->birth, (PartialDate{1974, 8, 0}));
  EXPECT_EQ(read_mrz(with_dates("<<<<<<", "310101"), kToday)->birth, std::nullopt);
  EXPECT_EQ(read_mrz(with_dates("741301", "310101"), kToday)->birth, std::nullopt);
}

TEST(Mrz, RefusesWhatIsNone) {
  const std::string passport(kPassport);
  EXPECT_FALSE(read_mrz("", kToday));
  EXPECT_FALSE(read_mrz(passport.substr(1), kToday));
  EXPECT_FALSE(read_mrz(passport + "<", kToday));
  EXPECT_FALSE(read_mrz("V" + passport.substr(1), kToday));  // a visa
  EXPECT_FALSE(read_mrz(passport.substr(0, 20) + "|" + passport.substr(21), kToday));
  EXPECT_FALSE(read_mrz("P" + std::string(87, '<'), kToday));
}

// Every weight is coprime to ten, so that no exchange of one digit for another stays hidden.
RC_GTEST_PROP(MrzAlways, FindsEveryWrongDigitOfASpecimen, ()) {
  const std::string_view specimen = *rc::gen::element(kPassport, kCard, kLongNumber, kChipCard);
  std::string text(specimen);
  const auto end = specimen == kPassport ? text.size() : text.rfind('\n');  // names have no check digit
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < end; ++i) {
    if (text[i] >= '0' && text[i] <= '9') places.push_back(i);
  }
  const std::size_t at = *rc::gen::elementOf(places);
  const char was = text[at];
  text[at] = *rc::gen::suchThat(rc::gen::inRange('0', static_cast<char>('9' + 1)), [was](char c) { return c != was; });
  const auto claim = read_mrz(text, kToday);
  RC_ASSERT(claim.has_value());
  RC_ASSERT(!claim->failed.empty());
  RC_ASSERT(claim_keys(*claim).empty());
}

}  // namespace
}  // namespace luytre::linkage

// Short codes and paper numbers: what people type.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
// After gtest.
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "engines/linkage/base32.h"
#include "engines/linkage/paper.h"
#include "engines/linkage/short_code.h"
#include "engines/linkage/syllable.h"

namespace luytre::linkage {
namespace {

std::string parsed(std::string_view typed) {
  const auto read = parse_short_code(typed);
  return std::holds_alternative<std::string>(read) ? std::get<std::string>(read) : "";
}

TEST(ShortCode, OwnVectors) {
  EXPECT_EQ(short_code(0), "00000000");
  EXPECT_EQ(short_code(1), "00000012");   // weight a: 1 becomes 2
  EXPECT_EQ(short_code(16), "000000G5");  // 16·a = 32 → 5 (x⁵ = x²+1)
  EXPECT_EQ(shown_short_code("7GK2M0QX"), "7GK2-M0QX");
  EXPECT_EQ(short_code(kShortCodes - 1).substr(0, 7), "ZZZZZZZ");
}

RC_GTEST_PROP(ShortCode, ComesBackHoweverItIsTyped, ()) {
  const auto number = *rc::gen::inRange<std::uint64_t>(0, kShortCodes);
  const std::string code = short_code(number);
  RC_ASSERT(code.size() == 8u);
  std::string typed;
  for (const char c : code) {
    typed += *rc::gen::element(std::string(), std::string(" "), std::string("-"));
    if (c == '0') {
      typed += *rc::gen::element('0', 'O', 'o');
    } else if (c == '1') {
      typed += *rc::gen::element('1', 'I', 'i', 'L', 'l');
    } else {
      typed += *rc::gen::element(c, static_cast<char>(std::tolower(c)));
    }
  }
  RC_ASSERT(parsed(typed) == code);
}

RC_GTEST_PROP(ShortCode, FindsEveryWrongSymbolAndEverySwap, ()) {
  const std::string code = short_code(*rc::gen::inRange<std::uint64_t>(0, kShortCodes));
  for (std::size_t i = 0; i < code.size(); ++i) {
    for (const char symbol : kBase32Symbols) {
      std::string bad = code;
      bad[i] = symbol;
      RC_ASSERT((symbol == code[i]) == (parsed(bad) == bad));
    }
    for (std::size_t j = i + 1; j < code.size(); ++j) {
      std::string bad = code;
      std::swap(bad[i], bad[j]);
      RC_ASSERT((code[i] == code[j]) == (parsed(bad) == bad));
    }
  }
}

TEST(ShortCode, TellsMistypedFromSomethingElse) {
  EXPECT_EQ(std::get<ShortCodeFault>(parse_short_code("00000001")), ShortCodeFault::kMistyped);
  for (const char* text : {"", "0000000", "000000000", "0000000U", "0000000!", "https://x", "Ằ0000000"})
    EXPECT_EQ(std::get<ShortCodeFault>(parse_short_code(text)), ShortCodeFault::kNotOne) << text;
}

std::string key_of(PaperKind kind, std::string_view written) {
  const auto read = read_paper(kind, written);
  return read ? read->key : "";
}

TEST(Paper, NumbersAsPeopleWriteThem) {
  EXPECT_EQ(key_of(PaperKind::kCccd, " 045 099 000.123 "), "cccd:045099000123");
  EXPECT_EQ(key_of(PaperKind::kCmnd, "197-123-456"), "cmnd:197123456");
  EXPECT_EQ(key_of(PaperKind::kPassport, "c1234567"), "passport:C1234567");
  EXPECT_EQ(read_paper(PaperKind::kInsurance, "dn 4 79 0123456789")->text, "DN4790123456789");
}

TEST(Paper, AnInsuranceCardIsFoundUnderItsPersonsNumber) {
  EXPECT_EQ(key_of(PaperKind::kInsurance, "DN4790123456789"), "insurance:0123456789");
  EXPECT_EQ(key_of(PaperKind::kInsurance, "HT2450123456789"), "insurance:0123456789");
  EXPECT_EQ(key_of(PaperKind::kInsurance, "0123456789"), "insurance:0123456789");
}

TEST(Paper, RefusesWhatIsNoNumberOfThatKind) {
  EXPECT_EQ(key_of(PaperKind::kCccd, "145099000123"), "");  // no province begins with 1
  EXPECT_EQ(key_of(PaperKind::kCccd, "04509900012"), "");
  EXPECT_EQ(key_of(PaperKind::kCmnd, "19712345x"), "");
  EXPECT_EQ(key_of(PaperKind::kPassport, "ABCDEFG1"), "");
  EXPECT_EQ(key_of(PaperKind::kPassport, "C1234567; DROP"), "");
  EXPECT_EQ(key_of(PaperKind::kInsurance, "DN6790123456789"), "");  // benefit is 1 to 5
  EXPECT_EQ(key_of(PaperKind::kInsurance, "DN47901234567890"), "");
  EXPECT_EQ(key_of(PaperKind::kCccd, "٠٤٥٠٩٩٠٠٠١٢٣"), "");
}

TEST(Paper, ABareNumberMayBeOfSeveralKinds) {
  using ::testing::ElementsAre;
  EXPECT_THAT(paper_keys("197123456"), ElementsAre("cmnd:197123456", "passport:197123456"));
  EXPECT_THAT(paper_keys("045099000123"), ElementsAre("cccd:045099000123", "passport:045099000123"));
  EXPECT_THAT(paper_keys("DN4790123456789"), ElementsAre("insurance:0123456789"));
  EXPECT_THAT(paper_keys("abc"), ElementsAre());
}

TEST(Paper, MaskShowsTheLastThree) {
  EXPECT_EQ(masked_paper("045099000123"), "*********123");
  EXPECT_EQ(masked_paper("12"), "**");
}

TEST(Paper, NearNumbersAreOfTheirKind) {
  using ::testing::Contains;
  using ::testing::Each;
  using ::testing::StartsWith;
  EXPECT_THAT(near_paper_keys("045099000123"), AllOf(Each(StartsWith("cccd:0")), Contains("cccd:045099000132")));
  EXPECT_THAT(near_paper_keys("145099000123"), ::testing::ElementsAre("cccd:045099000123")) << "it begins with 0";
  EXPECT_THAT(near_paper_keys("197 123 456"), AllOf(Each(StartsWith("cmnd:")), ::testing::SizeIs(9 * 9 + 8)));
  EXPECT_THAT(near_paper_keys("c1234567"), AllOf(Each(StartsWith("passport:C")), ::testing::SizeIs(7 * 9 + 6)));
  EXPECT_THAT(near_paper_keys("DN4790123456789"), ::testing::SizeIs(10 * 9 + 9))
      << "what stands before the person's number does not matter";
  for (const char* none : {"", "Nguyễn", "12", "0123456789012"})
    EXPECT_THAT(near_paper_keys(none), ::testing::IsEmpty()) << none;
}

// What is near is what the comparison of two records calls a slip, and no more of it than is looked up at once.
RC_GTEST_PROP(Paper, EveryNearNumberIsASlipAndEverySlipIsNear, ()) {
  const auto length = *rc::gen::element(9, 12);
  std::string number = length == 12 ? "0" : *rc::gen::element<std::string>("1", "2", "9");
  while (static_cast<int>(number.size()) < length) number += static_cast<char>('0' + *rc::gen::inRange(0, 10));
  const std::string kind = length == 12 ? "cccd:" : "cmnd:";
  const auto near = near_paper_keys(number);
  RC_ASSERT(near.size() <= 119U);
  for (const std::string& key : near) {
    RC_ASSERT(key != kind + number);
    RC_ASSERT(one_slip(key, kind + number));
  }
  std::string other = number;
  const auto changed = *rc::gen::inRange(1, 3);
  for (int i = 0; i < changed; ++i)
    other[*rc::gen::inRange<std::size_t>(1, other.size())] = static_cast<char>('0' + *rc::gen::inRange(0, 10));
  const bool found = std::find(near.begin(), near.end(), kind + other) != near.end();
  RC_CLASSIFY(found);
  RC_ASSERT(found == (other != number && one_slip(other, number)));
}

}  // namespace
}  // namespace luytre::linkage

#include "platform/tables/csv.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cstring>

namespace luytre::tables {
namespace {

using ::testing::ElementsAre;

ByteSource source_of(std::string text, std::size_t piece = 7) {
  return [text = std::move(text), piece, at = std::size_t{0}](char* into, std::size_t most) mutable {
    const std::size_t count = std::min({most, piece, text.size() - at});
    std::memcpy(into, text.data() + at, count);
    at += count;
    return count;
  };
}

// "line:field|field", or "line!reason".
std::vector<std::string> read(const std::string& text) {
  CsvReader reader(source_of(text));
  std::vector<std::string> out;
  while (const auto record = reader.next()) {
    std::string shown = std::to_string(record->line) + (record->bad.empty() ? ":" : "!" + record->bad);
    if (record->bad.empty()) {
      for (std::size_t i = 0; i < record->fields.size(); ++i) shown += (i ? "|" : "") + record->fields[i];
    }
    out.push_back(shown);
  }
  return out;
}

TEST(CsvTest, PlainAndQuotedFieldsAndBothLineEnds) {
  EXPECT_THAT(read("a,b\r\nc,\n\"d,\"\"e\"\"\",f"), ElementsAre("1:a|b", "2:c|", "3:d,\"e\"|f"));
  EXPECT_THAT(read("\xef\xbb\xbfperson,place\n\n\r\nx,y\n"), ElementsAre("1:person|place", "4:x|y"));
  EXPECT_THAT(read("\"two\nlines\",x\nz"), ElementsAre("1:two\nlines|x", "3:z"));
  EXPECT_THAT(read(""), ElementsAre());
  EXPECT_THAT(read("\"\"\n,\n"), ElementsAre("1:", "2:|"));
}

TEST(CsvTest, ABadLineCostsThatLineOnly) {
  EXPECT_THAT(read("a\"b,c\nd\n"), ElementsAre("1!a quote inside a field that does not begin with one", "2:d"));
  EXPECT_THAT(read("\"a\"b,c\nd\n"), ElementsAre("1!text after the closing quote of a field", "2:d"));
  EXPECT_THAT(read("x\n\"stray,c\nd,e\nf\n"), ElementsAre("1:x", "2!a quoted field that does not end", "3:d|e", "4:f"));
}

TEST(CsvTest, ARecordThatIsTooLongIsPassedOver) {
  const std::string fits(kRecordMost - 2, 'x');
  const auto records = read(fits + ",y\n" + fits + ",yz\nlast\n");
  ASSERT_EQ(records.size(), 3U);
  EXPECT_EQ(records[0], "1:" + fits + "|y");
  EXPECT_EQ(records[1], "2!longer than 65536 bytes");
  EXPECT_EQ(records[2], "3:last");
  // A stray quote far from the next one.
  EXPECT_THAT(read("\"" + std::string(3 * kRecordMost, 'x') + "\nlast\n"),
              ElementsAre("1!a quoted field that does not end", "2:last"));
}

TEST(CsvTest, AFieldThatLooksLikeAByteOrderMarkIsReadBack) {
  EXPECT_THAT(read(csv_field("\xef\xbb\xbf") + "\n"), ElementsAre("1:\xef\xbb\xbf"));
  EXPECT_THAT(read(csv_field("\xef\xbb\xbfname") + ",b\n"), ElementsAre("1:\xef\xbb\xbfname|b"));
}

RC_GTEST_PROP(Csv, ReadsBackWhatItWrote, ()) {
  const auto field = rc::gen::container<std::string>(rc::gen::element('a', ',', '"', '\n', '\r', ' ', '\xc4'));
  const auto rows = *rc::gen::container<std::vector<std::vector<std::string>>>(
      rc::gen::nonEmpty(rc::gen::container<std::vector<std::string>>(field)));
  std::string text;
  std::vector<std::vector<std::string>> expected;
  for (const auto& row : rows) {
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i) line += (i ? "," : "") + csv_field(row[i]);
    text += line + "\n";
    if (!line.empty()) expected.push_back(row);  // a line of one empty field is a blank line
  }
  CsvReader reader(source_of(text, static_cast<std::size_t>(*rc::gen::inRange(1, 20))));
  std::vector<std::vector<std::string>> got;
  while (const auto record = reader.next()) {
    RC_ASSERT(record->bad.empty());
    got.push_back(record->fields);
  }
  RC_ASSERT(got == expected);
}

}  // namespace
}  // namespace luytre::tables

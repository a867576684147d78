#include "modules/integration/csv.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cstring>

#include "modules/integration/formats.h"
#include "modules/integration/layout.h"

namespace luytre::integration {
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

// ---- layout ----

TEST(LayoutTest, ColumnsAreFoundByNameOrByPlace) {
  const Layout named(visit_columns(), {"out", "place", " person", "in", "weather"});
  EXPECT_TRUE(named.has_header());
  EXPECT_EQ(named.get({"5", " market ", "p1", "1", "rain"}, "place"), "market");
  EXPECT_EQ(named.get({"5", "market", "p1", "1", "rain"}, "zone"), "");
  EXPECT_EQ(named.wrong_with({"5", "market"}), "2 columns instead of 5");
  const Layout plain(visit_columns(), {"p1", "market", "", "1"});
  EXPECT_FALSE(plain.has_header());
  EXPECT_EQ(plain.get({"p1", "market", "", "1"}, "in"), "1");
  EXPECT_EQ(plain.get({"p1", "market", "", "1"}, "out"), "");
  EXPECT_EQ(plain.wrong_with({"p1", "market", ""}), "3 columns instead of 4 to 5");
  EXPECT_THROW(Layout(visit_columns(), {"person", "place"}), std::runtime_error);
  EXPECT_THROW(Layout(visit_columns(), {"person", "place", "in", "person"}), std::runtime_error);
}

// ---- formats ----

TEST(FormatsTest, TimesAreIsoOrSecondsAfterTheBase) {
  EXPECT_EQ(read_time("1970-01-02T07:00:00+07:00", {5})->seconds, 86400);
  EXPECT_EQ(read_time("20", {100})->seconds, 120);
  EXPECT_FALSE(read_time("yesterday", {}));
  EXPECT_FALSE(read_time("9223372036854775807", {100}));
  EXPECT_FALSE(read_time("-9223372036854775808", {-100}));
  EXPECT_FALSE(read_time("", {}));
}

std::string reason(const std::variant<ContactLine, Reason>& line) {
  return std::holds_alternative<Reason>(line) ? std::get<Reason>(line) : "";
}

TEST(FormatsTest, SociopatternsLines) {
  const auto line = std::get<ContactLine>(read_sociopatterns("1385982020 454 640 MP MP", {}));
  EXPECT_EQ(line.person, "454");
  EXPECT_EQ(line.peer, "640");
  EXPECT_EQ(line.at.seconds, 1385982020);
  EXPECT_EQ(std::get<ContactLine>(read_sociopatterns("20\t1336\t1337", {1246255200})).at.seconds, 1246255220);
  EXPECT_EQ(reason(read_sociopatterns("20 1", {})), "not three or five columns: time, person, person [, class, class]");
  EXPECT_EQ(reason(read_sociopatterns("x 1 2", {})), "the time is not a number of seconds");
  EXPECT_EQ(reason(read_sociopatterns("20 7 7", {})), "nobody meets themselves");
  EXPECT_EQ(reason(read_sociopatterns("20 \xff 7", {})), "an id is not UTF-8");
}

TEST(FormatsTest, HaslemereStepsSkipTheNights) {
  const Instant first = *parse_instant("2017-10-12T07:00:00+01:00");
  const auto at = [&](const char* step) {
    return to_text(std::get<ContactLine>(read_haslemere({step, "1", "390", "17"}, first)).at);
  };
  // As Data S2 has them, in British Summer Time.
  EXPECT_EQ(at("1"), "2017-10-12T06:00:00Z");
  EXPECT_EQ(at("192"), "2017-10-12T21:55:00Z");
  EXPECT_EQ(at("193"), "2017-10-13T06:00:00Z");
  EXPECT_EQ(at("576"), "2017-10-14T21:55:00Z");
  EXPECT_EQ(std::get<ContactLine>(read_haslemere({"1", "1", "2", "10"}, first)).attenuation, 60);
  EXPECT_EQ(std::get<ContactLine>(read_haslemere({"1", "1", "2", "0"}, first)).attenuation, 34);
  EXPECT_NE(reason(read_haslemere({"0", "1", "2", "0"}, first)), "");
  EXPECT_NE(reason(read_haslemere({"1", "1", "2"}, first)), "");
  EXPECT_NE(reason(read_haslemere({"1", "1", "2", "-1"}, first)), "");
}

}  // namespace
}  // namespace luytre::integration

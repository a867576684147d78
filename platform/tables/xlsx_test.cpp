#include "platform/tables/xlsx.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "platform/tables/testing.h"
#include "platform/tables/xlsx_parts.h"

namespace luytre::tables {
namespace {

using ::testing::ElementsAre;
using testing::workbook;
using testing::zipped;

// "line:field|field" of each record, or the error's code.
std::vector<std::string> shown(const Result<std::vector<Record>>& records) {
  if (!records) return {records.error().code};
  std::vector<std::string> out;
  for (const auto& record : *records) {
    out.push_back(std::to_string(record.line) + (record.bad.empty() ? ":" : "!" + record.bad));
    for (std::size_t i = 0; i < record.fields.size(); ++i) out.back() += (i ? "|" : "") + record.fields[i];
  }
  return out;
}
std::vector<std::string> read(const std::string& data) {
  return shown(read_xlsx(zipped(workbook(data))));
}

TEST(XlsxTest, TheFirstSheetThatIsNotHiddenRowByRow) {
  EXPECT_THAT(read(R"(<row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1" t="s"><v>1</v></c></row>
                      <row r="2"/>
                      <row r="4"><c r="B4" t="inlineStr"><is><r><t>Đỗ </t></r><r><t>Đạt</t></r></is></c>
                                 <c r="C4" t="str"><f>A1</f><v>tính</v></c></row>
                      <row><c><v>7</v></c><c t="b"><v>1</v></c></row>)"),
              ElementsAre("1:Nguyễn Văn An||Trần, Thị Bình", "4:|Đỗ Đạt|tính", "5:7|TRUE"));
}

TEST(XlsxTest, NumbersAreWrittenAsByHandAndDatesAsDates) {
  EXPECT_THAT(
      read(R"(<row r="1"><c r="A1"><v>912345678</v></c><c r="B1"><v>4.5123456789E10</v></c>
                      <c r="C1"><v>0.1</v></c><c r="D1"><v>1980</v></c><c r="E1" s="1"><v>29358</v></c>
                      <c r="F1" s="2"><v>44412.3125</v></c><c r="G1" t="d"><v>2021-08-04</v></c>
                      <c r="H1" s="1"><v>-1</v></c><c r="I1" s="1"><v>1</v></c><c r="J1" t="e"><v>#N/A</v></c></row>)"),
      ElementsAre("1:912345678|45123456789|0.1|1980|1980-05-17|2021-08-04T07:30:00|2021-08-04|-1|1900-01-01|#N/A"));
  EXPECT_EQ(xlsx::date_text("60", false), "1900-03-01") << "the 29th of February 1900 was not";
  EXPECT_EQ(xlsx::date_text("61", false), "1900-03-01");
  EXPECT_EQ(xlsx::date_text("59", false), "1900-02-28");
  EXPECT_EQ(xlsx::date_text("0", true), "1904-01-01");
  EXPECT_EQ(xlsx::date_text("2958465", false), "9999-12-31");
  EXPECT_FALSE(xlsx::date_text("2958466", false));
  EXPECT_FALSE(xlsx::date_text("nan", false));
}

TEST(XlsxTest, FormatsOfDatesAreKnown) {
  for (const char* code : {"dd/mm/yyyy", "[$-42A]d mmmm yyyy;@", "h:mm", "\"ngày\" d"})
    EXPECT_TRUE(xlsx::is_date_format(code)) << code;
  for (const char* code : {"General", "0.00", "[Red]0", "\"day\" 0", "0\\d", "#,##0;[Red]d", "0%"})
    EXPECT_FALSE(xlsx::is_date_format(code)) << code;
}

TEST(XlsxTest, WhatIsNoWorkbookIsSaidToBeNone) {
  const std::string whole = zipped(workbook("<row><c><v>1</v></c></row>"));
  EXPECT_TRUE(looks_like_workbook(whole));
  EXPECT_FALSE(looks_like_workbook("id,name\n"));
  EXPECT_EQ(shown(read_xlsx("PK\x03\x04 and so on")).front(), "not_a_workbook");
  EXPECT_EQ(shown(read_xlsx(zipped({{"readme.txt", "hello"}}))).front(), "not_a_workbook");
  for (std::size_t cut = 1; cut < whole.size(); cut += 97)
    EXPECT_EQ(shown(read_xlsx(std::string_view(whole).substr(0, cut))).front(), "not_a_workbook") << cut;
  for (const char* part :
       {"_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/worksheets/sheet2.xml"}) {
    auto parts = workbook("");
    parts.erase(part);
    EXPECT_EQ(shown(read_xlsx(zipped(parts))).front(), "not_a_workbook") << part;
    parts[part] = "<open>";
    EXPECT_EQ(shown(read_xlsx(zipped(parts))).front(), "not_a_workbook") << part;
  }
}

TEST(XlsxTest, ADocumentTypeIsRefused) {
  auto parts = workbook("");
  parts["xl/sharedStrings.xml"] =
      R"(<!DOCTYPE sst [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><sst><si><t>&b;</t></si></sst>)";
  EXPECT_EQ(shown(read_xlsx(zipped(parts))).front(), "not_a_workbook");
}

TEST(XlsxTest, MeasuresAreBounded) {
  auto bomb = workbook("");
  bomb["xl/sharedStrings.xml"] = "<sst>" + std::string(kPartMost, ' ') + "</sst>";
  const std::string packed = zipped(bomb);
  EXPECT_LT(packed.size(), 64 * 1024U) << "small to send";
  EXPECT_EQ(shown(read_xlsx(packed)).front(), "workbook_too_large");
  auto crowd = workbook("");
  for (std::size_t i = 0; i < kEntriesMost; ++i) crowd["extra/" + std::to_string(i)] = "";
  EXPECT_EQ(shown(read_xlsx(zipped(crowd))).front(), "workbook_too_large");
  std::string rows;
  for (std::size_t i = 0; i <= kRowsMost; ++i) rows += "<row><c><v>1</v></c></row>";
  EXPECT_EQ(read(rows).front(), "workbook_too_large");
  std::string wide;
  for (std::size_t i = 0; i * kColumnsMost <= xlsx::kCellsMost; ++i) wide += "<row><c r=\"CV1\"><v>1</v></c></row>";
  EXPECT_EQ(read(wide).front(), "workbook_too_large") << "few bytes that need much room";
  auto strings = workbook("");
  strings["xl/sharedStrings.xml"] = "<sst>";
  for (std::size_t i = 0; i <= xlsx::kStringsMost; ++i) strings["xl/sharedStrings.xml"] += "<si/>";
  strings["xl/sharedStrings.xml"] += "</sst>";
  EXPECT_EQ(shown(read_xlsx(zipped(strings))).front(), "workbook_too_large");
  EXPECT_THAT(read(R"(<row r="1"><c r="A1"><v>1</v></c><c r="XFD1"><v>2</v></c></row>)"), ElementsAre("1:1"))
      << "columns further out are not looked at";
  // One long text that every cell names.
  auto repeated = workbook("");
  repeated["xl/sharedStrings.xml"] = "<sst><si><t>" + std::string(kRecordMost, 'x') + "</t></si></sst>";
  std::string cells;
  for (std::size_t i = 0; i * kRecordMost <= kSheetTextMost; ++i) cells += "<row><c t=\"s\"><v>0</v></c></row>";
  repeated["xl/worksheets/sheet2.xml"] = "<worksheet><sheetData>" + cells + "</sheetData></worksheet>";
  EXPECT_EQ(shown(read_xlsx(zipped(repeated))).front(), "workbook_too_large");
  EXPECT_THAT(read("<row><c t=\"inlineStr\"><is><t>" + std::string(kRecordMost + 1, 'x') + "</t></is></c></row>"),
              ElementsAre("1!longer than 65536 bytes"));
}

TEST(XlsxTest, ReadsWhatAnotherProgramWrote) {
  std::ifstream file(LUYTRE_SOURCE_DIR "/tests/samples/hanh-khach.xlsx", std::ios::binary);
  std::ostringstream bytes;
  bytes << file.rdbuf();
  EXPECT_THAT(shown(read_xlsx(bytes.str())),
              ElementsAre("1:seat|name|birthYear|phone|paper|boarded", "2:1|Nguyễn Văn An|1980|912345678||2021-08-04",
                          "4:2|Trần, Thị Bình|1990||012345678901|2021-08-04T07:30:00", "5:3||1985|0912345679",
                          "6:4|Lê Cúc|85|0912345670"));
}

}  // namespace
}  // namespace luytre::tables

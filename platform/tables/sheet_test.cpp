#include "platform/tables/sheet.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "platform/tables/xlsx.h"

namespace luytre::tables {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

Sheet sample() {
  Sheet out;
  out.mark = "Lũy Tre: 2021-08-04";
  out.columns = {"name", "scans", "share", "day"};
  out.rows = {{std::string("Phường Đông Hà, số \"1\""), std::int64_t{12}, Share{0.25}, Date{18843}},
              {std::string("=HYPERLINK(\"x\")"), cell(std::optional<std::int64_t>()), Cell(), Cell()},
              {std::string("@sum"), std::int64_t{-1}, Share{1}}};
  return out;
}

TEST(SheetTest, CommaSeparated) {
  const Written written = write(sample(), Format::kCsv);
  EXPECT_EQ(written.type, "text/csv; charset=utf-8");
  EXPECT_EQ(written.ending, ".csv");
  EXPECT_EQ(written.bytes,
            "Lũy Tre: 2021-08-04\r\nname,scans,share,day\r\n"
            "\"Phường Đông Hà, số \"\"1\"\"\",12,0.250000,2021-08-04\r\n"
            "\"'=HYPERLINK(\"\"x\"\")\",,,\r\n'@sum,-1,1.000000\r\n");
}

TEST(SheetTest, NothingBeginsAFormula) {
  for (const char* text : {"=1", "+1", "-1", "@x", "\t=1", "\r=1"}) EXPECT_THAT(csv_text(text), HasSubstr("'")) << text;
  EXPECT_EQ(csv_text("a=1"), "a=1");
  EXPECT_EQ(csv_text(""), "");
}

TEST(SheetTest, AWorkbookIsReadBackWhole) {
  const Written written = write(sample(), Format::kXlsx);
  EXPECT_EQ(written.type, kXlsxType);
  EXPECT_EQ(written.ending, ".xlsx");
  const auto back = read_xlsx(written.bytes);
  ASSERT_TRUE(back) << back.error().code;
  ASSERT_EQ(back->size(), 5U);
  EXPECT_THAT((*back)[0].fields, ElementsAre("Lũy Tre: 2021-08-04"));
  EXPECT_THAT((*back)[1].fields, ElementsAre("name", "scans", "share", "day"));
  EXPECT_THAT((*back)[2].fields, ElementsAre("Phường Đông Hà, số \"1\"", "12", "0.25", "2021-08-04"));
  EXPECT_THAT((*back)[3].fields, ElementsAre("=HYPERLINK(\"x\")")) << "text, as it was";
  EXPECT_THAT((*back)[4].fields, ElementsAre("@sum", "-1", "1"));
}

}  // namespace
}  // namespace luytre::tables

#include "platform/tables/list.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "platform/tables/testing.h"

namespace luytre::tables {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr std::size_t kMost = 3;

// "line seat|name column:code …" of each row; or the error with its fields.
std::vector<std::string> read(const std::string& bytes) {
  std::vector<std::string> out;
  const auto each = [&](Row& row) {
    const std::string seat = row.text("seat", 4), name = row.words("name");
    out.push_back(std::to_string(row.line()) + ' ' + seat + '|' + name);
    for (const Flaw& flaw : row.take_flaws()) out.back() += ' ' + flaw.column + ':' + flaw.code;
  };
  const auto done = read_list(bytes, {{"seat"}, {"phone", "paper"}}, kMost, each);
  if (done) return out;
  out = {done.error().code};
  for (const auto& field : done.error().fields) out.front() += ' ' + field.pointer + ':' + field.code;
  return out;
}

TEST(ListTest, EachLineIsJudgedByItself) {
  EXPECT_THAT(read("name,phone, seat\n  Đỗ  Đạt ,,1A\n\xff,,12345\n\"open,,\n"),
              ElementsAre("2 1A|Đỗ Đạt", "3 | seat:too_long name:encoding", "4 | :format"));
  EXPECT_THAT(read("seat,paper\n\"..\",x\n"), ElementsAre("2 ..| seat:required"));
}

TEST(ListTest, TheHeadMustNameWhatIsNeeded) {
  EXPECT_THAT(read("name\nx\n"), ElementsAre("invalid /seat:required /phone:required"));
  EXPECT_THAT(read(""), ElementsAre("invalid :required"));
  EXPECT_THAT(read("seat,paper\n"), IsEmpty());
  EXPECT_THAT(read("seat,paper\n1,\n2,\n3,\n4,\n"), ElementsAre("too_many_lines"));
}

TEST(ListTest, AWorkbookIsReadTheSame) {
  const std::string head =
      R"(<row r="3"><c t="inlineStr"><is><t>name</t></is></c><c t="inlineStr"><is><t>seat</t></is></c>
                              <c t="inlineStr"><is><t>paper</t></is></c></row>)";
  const auto book = [&](const std::string& rows) { return testing::zipped(testing::workbook(head + rows)); };
  EXPECT_THAT(read(book(R"(<row r="5"><c t="s"><v>0</v></c><c><v>12</v></c></row>
                           <row r="6"><c t="s"><v>1</v></c><c><v>12345</v></c></row>)")),
              ElementsAre("5 12|Nguyễn Văn An", "6 |Trần, Thị Bình seat:too_long"));
  EXPECT_THAT(read(testing::zipped(testing::workbook(""))), ElementsAre("invalid :required"));
  EXPECT_THAT(read("PK\x03\x04"), ElementsAre("not_a_workbook"));
}

}  // namespace
}  // namespace luytre::tables

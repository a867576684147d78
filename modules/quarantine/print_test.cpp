// What comes out of the printer must be readable: the page is turned into a picture, and its code read as a camera
// would; its words are taken out of the file.

#include "modules/quarantine/print.h"

#include <ZXing/ReadBarcode.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdio>
#include <fstream>

#include "engines/linkage/order_code.h"

namespace luytre::quarantine {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr int kDotsPerInch = 150;  // a poor printer

std::string piped(const std::string& pdf, std::string command) {
  const auto file = std::filesystem::temp_directory_path() / ("order-" + std::to_string(::getpid()) + ".pdf");
  std::ofstream(file, std::ios::binary) << pdf;
  std::string out;
  command.replace(command.find('%'), 1, file.string());
  FILE* pipe = ::popen((command + " 2>/dev/null").c_str(), "r");
  char chunk[65536];
  while (const std::size_t size = std::fread(chunk, 1, sizeof chunk, pipe)) out.append(chunk, size);
  ::pclose(pipe);
  std::filesystem::remove(file);
  return out;
}

// The code on the page.
std::string scanned(const std::string& pdf) {
  const std::string text = piped(pdf, "pdftoppm -gray -r " + std::to_string(kDotsPerInch) + " -singlefile %");
  int width = 0, height = 0, most = 0, used = 0;
  if (std::sscanf(text.c_str(), "P5 %d %d %d%n", &width, &height, &most, &used) != 3) return "no picture";
  const std::string grey = text.substr(static_cast<std::size_t>(used) + 1);
  const ZXing::ImageView view(reinterpret_cast<const std::uint8_t*>(grey.data()), width, height,
                              ZXing::ImageFormat::Lum, width);
  const auto result = ZXing::ReadBarcode(view, ZXing::DecodeHints().setFormats(ZXing::BarcodeFormat::QRCode));
  return result.isValid() ? result.text() : "no code";
}

// Its words, with single blanks between them.
std::string words(const std::string& pdf) {
  std::string out;
  for (const char c : piped(pdf, "pdftotext % -")) {
    const char here = c == '\n' || c == '\f' ? ' ' : c;
    if (here != ' ' || (!out.empty() && out.back() != ' ')) out += here;
  }
  return out;
}

const linkage::CodeKeys& keys() {
  static const linkage::CodeKeys all({{1, linkage::Seed{7}, false}});
  return all;
}

Paper paper() {
  Paper out;
  out.code = linkage::order_url(keys(), "https://luytre.quangtri.example", {0x7'1234'5678, 1});
  out.number = linkage::shown_order_serial(0x7'1234'5678);
  out.authority = "Trưởng Ban chỉ đạo phòng, chống dịch xã Hải Lăng";
  out.signed_by = "Nguyễn Văn Thưởng";
  out.signed_at = *parse_instant("2026-03-02T01:30:00Z");
  out.person = "Đặng Thị Ngọc Ánh";
  out.born = "1980";
  out.home = "Xã Hải Lăng, Tỉnh Quảng Trị";
  out.disease = "Bạch hầu";
  out.place = "tại nhà, 12 Lê Lợi";
  out.first_day = *parse_date("2026-03-02");
  out.last_day = *parse_date("2026-03-11");
  out.law = "Luật Phòng, chống bệnh truyền nhiễm 03/2007/QH12";
  out.why = "10 ngày kể từ lần tiếp xúc cuối 01/03/2026, theo Công văn 1909/BYT-DP 15/04/2022";
  out.complaint = "Khiếu nại lần đầu gửi đến người đã ký quyết định này.";
  out.complain_until = *parse_date("2026-05-31");
  out.verify_at = "https://luytre.quangtri.example/verify";
  return out;
}

pdf::Fonts fonts() {
  return pdf::find_fonts({pdf::kFontFolder}).value();
}

const Papers& papers() {
  static const Papers all(LUYTRE_SOURCE_DIR "/data/quarantine/papers");
  return all;
}

const PaperWords& worded() {
  return papers().on(*parse_date("2026-03-02"), [](const std::string&) { return false; });
}

TEST(Paper, ItsCodeReadsBackFromThePrint) {
  const std::string text = scanned(paper_pdf(paper(), worded(), fonts()));
  EXPECT_EQ(text, paper().code);
  EXPECT_EQ(std::get<linkage::OrderToken>(linkage::read_order(keys(), text)), (linkage::OrderToken{0x7'1234'5678, 1}));
}

TEST(Paper, TheOrderSaysWhoWhatUntilWhenAndHowToComplain) {
  const std::string text = words(paper_pdf(paper(), worded(), fonts()));
  for (const char* said : {"QUYẾT ĐỊNH", "Đặng Thị Ngọc Ánh", "Bạch hầu", "12 Lê Lợi", "đến hết 11/03/2026",
                           "10 ngày kể từ lần tiếp xúc cuối", "Khiếu nại lần đầu", "Hạn: 31/05/2026", "LTQ-"})
    EXPECT_THAT(text, HasSubstr(said));
}

TEST(Paper, TheCertificateSaysWhenItEnded) {
  Paper one = paper();
  one.certificate = true;
  one.ended = parse_date("2026-03-10");
  const std::string text = words(paper_pdf(one, worded(), fonts()));
  EXPECT_THAT(text, HasSubstr("GIẤY XÁC NHẬN KẾT THÚC"));
  EXPECT_THAT(text, HasSubstr("từ 02/03/2026 đến 10/03/2026"));
  EXPECT_THAT(text, Not(HasSubstr("Khiếu nại")));
}

TEST(Paper, AnExtensionNamesTheDecisionThatItChanges) {
  Paper one = paper();
  one.changed = Changed{"extend", "Chủ tịch xã Hải Lăng", *parse_date("2026-03-01"), parse_date("2026-03-09"), {}};
  const std::string text = words(paper_pdf(one, worded(), fonts()));
  for (const char* said : {"Gia hạn: Cách ly y tế người tiếp xúc", "Sửa đổi: Quyết định số LTQ-",
                           "do Chủ tịch xã Hải Lăng ký ngày 01/03/2026", "thay cho thời hạn đến hết 09/03/2026"})
    EXPECT_THAT(text, HasSubstr(said));
  one.changed = Changed{"move", "Chủ tịch xã Hải Lăng", *parse_date("2026-03-01"), {}, "tại nhà, 5 Hùng Vương"};
  const std::string moved = words(paper_pdf(one, worded(), fonts()));
  EXPECT_THAT(moved, HasSubstr("Chuyển nơi thực hiện"));
  EXPECT_THAT(moved, HasSubstr("thay cho tại nhà, 5 Hùng Vương"));
  EXPECT_THAT(moved, Not(HasSubstr("thay cho thời hạn")));
  EXPECT_EQ(scanned(paper_pdf(one, worded(), fonts())), one.code);
  EXPECT_THAT(words(paper_pdf(paper(), worded(), fonts())), Not(HasSubstr("Sửa đổi")));
}

TEST(Paper, OtherWindowsArePrintedWithThoseBefore) {
  Paper one = paper();
  one.changed = Changed{"windows", "Chủ tịch xã Hải Lăng", *parse_date("2026-03-01"), {}, {}};
  one.changed->windows = "07:00-09:00, 19:00-21:00";
  one.changed->windows_before = "08:00-12:00";
  const std::string text = words(paper_pdf(one, worded(), fonts()));
  for (const char* said : {"Đổi khung giờ khai sức khỏe", "Khung giờ khai sức khỏe mỗi ngày: 07:00-09:00, 19:00-21:00",
                           "thay cho 08:00-12:00"})
    EXPECT_THAT(text, HasSubstr(said));
  EXPECT_EQ(scanned(paper_pdf(one, worded(), fonts())), one.code);
}

// Beside a copy of ours.
class PaperFiles : public ::testing::Test {
 protected:
  PaperFiles() {
    std::filesystem::create_directory(folder_);
    std::filesystem::copy(LUYTRE_SOURCE_DIR "/data/quarantine/papers/base.toml", folder_ / "base.toml");
    std::ifstream in(folder_ / "base.toml");
    ours_.assign(std::istreambuf_iterator<char>(in), {});
  }
  ~PaperFiles() override { std::filesystem::remove_all(folder_); }
  // Ours with something else at a place.
  void lay(const char* name, const std::string& instead_of, const std::string& said) {
    std::string text = ours_;
    text.replace(text.find(instead_of), instead_of.size(), said);
    std::ofstream(folder_ / name) << text;
  }
  static bool quang_tri(const std::string& province) { return province == "44"; }
  static bool elsewhere(const std::string&) { return false; }

  const std::filesystem::path folder_ =
      std::filesystem::temp_directory_path() / ("papers-" + std::to_string(::getpid()));
  std::string ours_;
};

TEST_F(PaperFiles, AProvincesOwnStandsForItFromItsFirstDayOn) {
  lay("quang-tri.toml", "from = 2010-09-30", "province = \"44\"\noffice = \"UBND TỈNH QUẢNG TRỊ\"\nfrom = 2026-01-01");
  const Papers all(folder_);
  const Date day = *parse_date("2026-03-02");
  EXPECT_EQ(all.on(day, quang_tri).office, "UBND TỈNH QUẢNG TRỊ");
  EXPECT_FALSE(all.on(day, elsewhere).office);
  EXPECT_FALSE(all.on(*parse_date("2025-12-31"), quang_tri).office) << "before its first day";
  EXPECT_EQ(all.on(*parse_date("2000-01-01"), elsewhere).nation, all.on(day, elsewhere).nation);
  const std::string text = words(paper_pdf(paper(), all.on(day, quang_tri), fonts()));
  EXPECT_THAT(text, HasSubstr("UBND TỈNH QUẢNG TRỊ"));
}

TEST_F(PaperFiles, AFileThatLacksAWordIsRefusedWithItsName) {
  lay("quang-tri.toml", "law = \"Căn cứ\"\n", "");
  try {
    const Papers all(folder_);
    FAIL() << "was read";
  } catch (const std::runtime_error& e) {
    EXPECT_THAT(e.what(), HasSubstr("quang-tri.toml"));
    EXPECT_THAT(e.what(), HasSubstr("law"));
  }
}

TEST_F(PaperFiles, AGapThatNothingFillsAndAFileWithoutWordsAreRefused) {
  const auto refusal = [&]() -> std::string {
    try {
      const Papers all(folder_);
      return "was read";
    } catch (const std::runtime_error& e) {
      return e.what();
    }
  };
  lay("quang-tri.toml", "lúc {time}", "lúc {tiem}");
  EXPECT_THAT(refusal(), AllOf(HasSubstr("quang-tri.toml"), HasSubstr("signed"), HasSubstr("{tiem}")));
  std::ofstream(folder_ / "quang-tri.toml") << "# to come\n";
  EXPECT_THAT(refusal(), AllOf(HasSubstr("quang-tri.toml"), HasSubstr("paper")));
}

TEST_F(PaperFiles, OfTwoThatAProvinceLaysTheLaterStands) {
  lay("a.toml", "from = 2010-09-30", "province = \"44\"\noffice = \"UBND\"\nfrom = 2026-01-01");
  lay("b.toml", "from = 2010-09-30", "province = \"44\"\noffice = \"ỦY BAN\"\nfrom = 2026-02-01");
  const Papers all(folder_);
  EXPECT_EQ(all.on(*parse_date("2026-01-31"), quang_tri).office, "UBND");
  EXPECT_EQ(all.on(*parse_date("2026-03-02"), quang_tri).office, "ỦY BAN");
}

TEST(Paper, NumbersArePartedByDots) {
  EXPECT_EQ(vietnamese_number(0), "0");
  EXPECT_EQ(vietnamese_number(999), "999");
  EXPECT_EQ(vietnamese_number(500'000), "500.000");
  EXPECT_EQ(vietnamese_number(1'250'000), "1.250.000");
}

TEST(Filled, ReplacesWhatItKnowsAndLeavesTheRest) {
  EXPECT_EQ(filled("{a} và {b}, {c", {{"a", "một"}}), "một và {b}, {c");
}

TEST(Paper, LongWordsStayOnThePage) {
  Paper one = paper();
  for (int i = 0; i < 6; ++i) one.complaint += " " + paper().complaint;
  one.place = std::string(200, 'w');
  EXPECT_EQ(scanned(paper_pdf(one, worded(), fonts())), one.code) << "nothing is printed over the code";
}

}  // namespace
}  // namespace luytre::quarantine

// What comes out of the printer must be readable: the sheet is turned into a picture, each card is cut out of it, and
// read as a camera would.

#include "modules/cards/print.h"

#include <ZXing/ReadBarcode.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdio>
#include <fstream>

#include "engines/linkage/card_code.h"
#include "modules/cards/slip_number.h"

namespace luytre::cards {
namespace {

using ::testing::HasSubstr;

constexpr int kDotsPerInch = 150;  // a poor printer

pdf::Fonts fonts() {
  return pdf::find_fonts({pdf::kFontFolder}).value();
}

// What the program says of the file, which stands for "%".
std::string piped(const std::string& pdf, std::string command) {
  const auto file = std::filesystem::temp_directory_path() / ("cards-" + std::to_string(::getpid()) + ".pdf");
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

struct Picture {
  int width = 0, height = 0;
  std::string grey;
};

// Portable grey map, binary: "P5 width height 255" and the dots.
Picture page(const std::string& pdf, int number) {
  const std::string at = std::to_string(number);
  const std::string text =
      piped(pdf, "pdftoppm -gray -r " + std::to_string(kDotsPerInch) + " -f " + at + " -l " + at + " -singlefile %");
  Picture out;
  int most = 0, used = 0;
  if (std::sscanf(text.c_str(), "P5 %d %d %d%n", &out.width, &out.height, &most, &used) != 3) return {};
  out.grey = text.substr(static_cast<std::size_t>(used) + 1);
  return out;
}

// The QR code in a rectangle of millimetres.
std::string read(const Picture& page, double x, double y, double width, double height) {
  const auto dots = [](double millimetres) { return static_cast<int>(millimetres / 25.4 * kDotsPerInch); };
  const ZXing::ImageView view(reinterpret_cast<const std::uint8_t*>(page.grey.data()) + dots(y) * page.width + dots(x),
                              dots(width), dots(height), ZXing::ImageFormat::Lum, page.width);
  const auto result = ZXing::ReadBarcode(view, ZXing::DecodeHints().setFormats(ZXing::BarcodeFormat::QRCode));
  return result.isValid() ? result.text() : "";
}

std::vector<PrintedCard> cards(std::size_t count) {
  const linkage::CodeKeys keys({{1, linkage::Seed{7}, false}});
  std::vector<PrintedCard> out;
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint64_t serial = 0x5'1234'0000 + i;
    out.push_back({linkage::card_code(keys, {serial, Date{21'300}}), linkage::shown_card_serial(serial),
                   i % 2 == 0 ? "N. T. H." : "Đặng Thị Ánh", Date{21'300}});
  }
  return out;
}

TEST(PrintedCards, EveryCardOfASheetIsReadByACamera) {
  const auto all = cards(12);
  const std::string pdf = cards_pdf(all, fonts());
  for (std::size_t i = 0; i < all.size(); ++i) {
    const Picture sheet = page(pdf, static_cast<int>(i) / 10 + 1);
    ASSERT_GT(sheet.width, 0) << "pdftoppm (poppler-utils) draws the sheet";
    const int place = static_cast<int>(i) % 10;
    EXPECT_EQ(read(sheet, 20 + place % 2 * kCardWidth, 13.5 + place / 2 * kCardHeight, kCardWidth, kCardHeight),
              all[i].code)
        << i;
  }
  EXPECT_EQ(page(pdf, 3).width, 0) << "two pages";
}

TEST(PrintedCards, HoldVietnameseTextAndNothingElseOfThePerson) {
  const auto all = cards(2);
  const std::string text = piped(cards_pdf(all, fonts()), "pdftotext -layout % -");
  EXPECT_THAT(text, HasSubstr("N. T. H."));
  EXPECT_THAT(text, HasSubstr("Đặng Thị Ánh"));
  EXPECT_THAT(text, HasSubstr(all[0].number));
  EXPECT_THAT(text, HasSubstr("26/04/2028"));
  EXPECT_THAT(text, HasSubstr("THẺ CÁ NHÂN"));
}

TEST(PrintedCards, ALongNameStaysOnItsCard) {
  auto all = cards(2);
  all[0].printed.clear();
  for (int i = 0; i < 120; ++i) all[0].printed += "Ằ";
  const std::string pdf = cards_pdf(all, fonts());
  EXPECT_THAT(piped(pdf, "pdftotext -layout % -"), HasSubstr("Ằ…"));
  const Picture sheet = page(pdf, 1);
  EXPECT_EQ(read(sheet, 20 + kCardWidth, 13.5, kCardWidth, kCardHeight), all[1].code) << "the neighbour is readable";
}

TEST(PrintedSlips, CarryTheirNumbersPlaceAndDay) {
  const std::string pdf = slips_pdf({"Chợ Diên Sanh", Date{21'300}, 410, 14}, fonts());
  const std::string text = piped(pdf, "pdftotext -layout % -");
  for (std::int64_t number = 410; number < 424; ++number) EXPECT_THAT(text, HasSubstr(shown_slip_number(number)));
  EXPECT_THAT(text, HasSubstr("Chợ Diên Sanh"));
  EXPECT_THAT(text, HasSubstr("Ngày 26/04/2028"));
  EXPECT_GT(page(pdf, 2).width, 0);
  EXPECT_EQ(page(pdf, 3).width, 0);
}

TEST(Initials, OfEveryWord) {
  EXPECT_EQ(initials("Nguyễn Thị Hạnh"), "N. T. H.");
  EXPECT_EQ(initials("Đặng  Ánh"), "Đ. Á.");
  EXPECT_EQ(initials(""), "");
}

}  // namespace
}  // namespace luytre::cards

// The poster: a camera must read it, a printer must print it, and its text must be what the keeper wrote.

#include "modules/places/poster.h"

#include <ZXing/BitMatrix.h>
#include <ZXing/ReadBarcode.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cmath>
#include <cstdlib>
#include <fstream>
#include <regex>
#include <sstream>

#include "engines/linkage/place_code.h"
#include "modules/places/poster_layout.h"

namespace luytre::places {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

const std::vector<std::filesystem::path> kFolders{pdf::kFontFolder};

Poster poster() {
  Poster out;
  out.place_name = "Chợ Diên Sanh & Đặng <Thị> Ánh";
  out.address = "Quốc lộ 1, thôn 1, Xã Hải Lăng, Tỉnh Quảng Trị";
  out.zone = "Khu hàng cá";
  out.code = linkage::PlaceCodes({{1, linkage::Seed{7}, false}}).url("https://luytre.quangtri.gov.vn", {4711, 0});
  out.short_code = "7GK2-M0QX";
  return out;
}

// What a camera would see: the drawing's QR path, `scale` pixels a module, with a quiet zone.
std::vector<std::uint8_t> picture(const std::string& svg, int& side) {
  constexpr int kScale = 5, kQuiet = 4;
  const std::regex path_pattern("transform=\"translate\\([0-9.]+ [0-9.]+\\) scale\\(([0-9.]+)\\)\" d=\"([^\"]+)\"");
  std::smatch found;
  if (!std::regex_search(svg, found, path_pattern)) throw std::runtime_error("no QR path");
  const int modules = static_cast<int>(std::lround(kQrMillimetres / std::stod(found[1])));
  side = (modules + 2 * kQuiet) * kScale;
  std::vector<std::uint8_t> pixels(static_cast<std::size_t>(side) * static_cast<std::size_t>(side), 255);
  const std::string path = found[2];
  for (std::size_t at = 0; at < path.size();) {
    int x = 0, y = 0, run = 0, back = 0, used = 0;
    if (std::sscanf(path.c_str() + at, "M%d %dh%dv1h-%dz%n", &x, &y, &run, &back, &used) != 4)
      throw std::runtime_error("odd path");
    for (int py = (y + kQuiet) * kScale; py < (y + kQuiet + 1) * kScale; ++py)
      for (int px = (x + kQuiet) * kScale; px < (x + kQuiet + run) * kScale; ++px)
        pixels[static_cast<std::size_t>(py) * static_cast<std::size_t>(side) + static_cast<std::size_t>(px)] = 0;
    at += static_cast<std::size_t>(used);
  }
  return pixels;
}

std::string read_qr(const std::vector<std::uint8_t>& pixels, int side) {
  const ZXing::ImageView view(pixels.data(), side, side, ZXing::ImageFormat::Lum);
  const auto result = ZXing::ReadBarcode(view, ZXing::DecodeHints().setFormats(ZXing::BarcodeFormat::QRCode));
  return result.isValid() ? result.text() : "";
}

std::string text_of_pdf(const std::string& pdf) {
  const auto file = std::filesystem::temp_directory_path() / ("poster-" + std::to_string(::getpid()) + ".pdf");
  std::ofstream(file, std::ios::binary) << pdf;
  std::string out;
  FILE* pipe = ::popen(("pdftotext -layout " + file.string() + " - 2>/dev/null").c_str(), "r");
  char chunk[4096];
  while (const std::size_t size = std::fread(chunk, 1, sizeof chunk, pipe)) out.append(chunk, size);
  EXPECT_EQ(::pclose(pipe), 0) << "pdftotext (poppler-utils) reads the poster";
  std::filesystem::remove(file);
  return out;
}

TEST(Poster, ACameraReadsItsCode) {
  int side = 0;
  auto pixels = picture(poster_svg(poster()), side);
  EXPECT_EQ(read_qr(pixels, side), poster().code);
  // A sticker over a corner of the data area: error correction Q takes it.
  for (int y = side * 6 / 10; y < side * 7 / 10; ++y)
    for (int x = side * 6 / 10; x < side * 8 / 10; ++x) pixels[static_cast<std::size_t>(y * side + x)] = 255;
  EXPECT_EQ(read_qr(pixels, side), poster().code);
}

TEST(Poster, TheDrawingEscapesWhatTheKeeperWrote) {
  const std::string svg = poster_svg(poster());
  EXPECT_THAT(svg, HasSubstr("Chợ Diên Sanh &amp; Đặng &lt;Thị&gt; Ánh"));
  EXPECT_THAT(svg, Not(HasSubstr("<Thị>")));
  EXPECT_THAT(svg, HasSubstr("7GK2-M0QX"));
  EXPECT_THAT(svg, HasSubstr("width=\"210mm\""));
}

TEST(Poster, ThePdfHoldsVietnameseTextWithItsFont) {
  const auto fonts = find_fonts(kFolders);
  ASSERT_TRUE(fonts) << "install " << pdf::kFontPackage;
  const std::string pdf = poster_pdf(poster(), *fonts);
  EXPECT_TRUE(pdf.starts_with("%PDF-"));
  EXPECT_THAT(pdf, HasSubstr("/FontFile2")) << "embedded";
  EXPECT_LT(pdf.size(), 400'000u);
  const std::string text = text_of_pdf(pdf);
  for (const char* line : {"Chợ Diên Sanh & Đặng <Thị> Ánh", "Quốc lộ 1, thôn 1, Xã Hải Lăng, Tỉnh Quảng Trị",
                           "Khu hàng cá", "7GK2-M0QX", layout::kTitleText, layout::kSubtitleText}) {
    EXPECT_THAT(text, HasSubstr(line));
  }
}

TEST(Poster, LongNamesStayOnTheSheet) {
  const auto fonts = find_fonts(kFolders);
  ASSERT_TRUE(fonts);
  Poster longest = poster();
  longest.place_name.clear();
  for (int i = 0; i < 120; ++i) longest.place_name += "Ằ";
  longest.address = longest.place_name + longest.place_name;
  const std::string text = text_of_pdf(poster_pdf(longest, *fonts));
  EXPECT_THAT(text, HasSubstr("Ằ…")) << "cut, and says so";
  EXPECT_THAT(poster_svg(longest), HasSubstr("textLength"));
}

TEST(Poster, TheCodeIsAtLeastFifteenCentimetresWide) {
  EXPECT_GE(kQrMillimetres, 150);
  EXPECT_LE(layout::kQrTop + kQrMillimetres + 8, layout::kCodeLabel.baseline) << "quiet zone below";
  EXPECT_GE(layout::kQrTop - layout::kZone.baseline, 8) << "and above";
}

TEST(Poster, AMissingFontIsSaidPlainly) {
  const auto fonts = find_fonts({"/nowhere", "/nor/here"});
  ASSERT_FALSE(fonts);
  EXPECT_EQ(fonts.error().code, "poster_font_missing");
  EXPECT_EQ(fonts.error().params.at("folders"), "/nowhere, /nor/here");
}

}  // namespace
}  // namespace luytre::places

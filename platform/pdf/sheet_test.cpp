// What is drawn, as a printer would: a text layer may say "bấm" above a picture of "bam".

#include "platform/pdf/sheet.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdio>
#include <fstream>
#include <string_view>

namespace luytre::pdf {
namespace {

constexpr int kDotsPerInch = 150;
constexpr double kMillimetres = 25.4;
constexpr double kCell = 12, kLetter = 8;  // millimetres

struct Picture {
  int width = 0;
  std::string grey;
};

Picture first_page(const std::string& pdf) {
  const auto file = std::filesystem::temp_directory_path() / ("sheet-" + std::to_string(::getpid()) + ".pdf");
  std::ofstream(file, std::ios::binary) << pdf;
  const std::string command =
      "pdftoppm -gray -r " + std::to_string(kDotsPerInch) + " -singlefile " + file.string() + " 2>/dev/null";
  std::string text;
  FILE* pipe = ::popen(command.c_str(), "r");
  char chunk[65536];
  while (const std::size_t size = std::fread(chunk, 1, sizeof chunk, pipe)) text.append(chunk, size);
  EXPECT_EQ(::pclose(pipe), 0) << "pdftoppm (poppler-utils) draws the sheet";
  std::filesystem::remove(file);
  Picture out;
  int height = 0, most = 0, used = 0;
  EXPECT_EQ(std::sscanf(text.c_str(), "P5 %d %d %d%n", &out.width, &height, &most, &used), 3);
  out.grey = text.substr(static_cast<std::size_t>(used) + 1);
  return out;
}

// How black each of the texts is, drawn in a cell of its own.
std::vector<long> ink(const std::vector<std::string>& texts, bool bold) {
  const auto fonts = find_fonts({kFontFolder});
  if (!fonts) throw std::runtime_error(std::string("install ") + kFontPackage);
  Document sheet(*fonts);
  constexpr std::size_t kColumns = 16;
  for (std::size_t i = 0; i < texts.size(); ++i)
    sheet.text(kCell * static_cast<double>(i % kColumns) + 3, kCell * (static_cast<double>(i / kColumns) + 0.8),
               texts[i], {kLetter, bold});
  const Picture page = first_page(sheet.bytes());
  const auto dots = [](double millimetres) { return static_cast<int>(millimetres * kDotsPerInch / kMillimetres); };
  std::vector<long> out;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    long sum = 0;
    const double x = kCell * static_cast<double>(i % kColumns), y = kCell * static_cast<double>(i / kColumns);
    for (int row = dots(y); row < dots(y + kCell); ++row)
      for (int column = dots(x); column < dots(x + kCell); ++column)
        sum += 255 - static_cast<unsigned char>(page.grey[static_cast<std::size_t>(row * page.width + column)]);
    out.push_back(sum);
  }
  return out;
}

std::vector<std::string> letters(std::string_view text) {
  std::vector<std::string> out;
  for (const char c : text) {
    if ((static_cast<unsigned char>(c) & 0xC0) != 0x80) out.emplace_back();
    out.back() += c;
  }
  return out;
}

// Five tones on a letter that has a mark already, beside the same tones without it.
struct Row {
  const char* both;
  const char* tone_only;
  const char* mark_only;
};
constexpr Row kRows[] = {
    {"ắằẳẵặ", "áàảãạ", "ă"}, {"ấầẩẫậ", "áàảãạ", "â"}, {"ếềểễệ", "éèẻẽẹ", "ê"}, {"ốồổỗộ", "óòỏõọ", "ô"},
    {"ớờởỡợ", "óòỏõọ", "ơ"}, {"ứừửữự", "úùủũụ", "ư"}, {"ẮẰẲẴẶ", "ÁÀẢÃẠ", "Ă"}, {"ẤẦẨẪẬ", "ÁÀẢÃẠ", "Â"},
    {"ẾỀỂỄỆ", "ÉÈẺẼẸ", "Ê"}, {"ỐỒỔỖỘ", "ÓÒỎÕỌ", "Ô"}, {"ỚỜỞỠỢ", "ÓÒỎÕỌ", "Ơ"}, {"ỨỪỬỮỰ", "ÚÙỦŨỤ", "Ư"},
};

TEST(Sheet, VietnameseLettersAreDrawnWithBothTheirMarks) {
  for (const bool bold : {false, true}) {
    std::vector<std::string> drawn;
    for (const Row& row : kRows)
      for (const auto* part : {row.both, row.tone_only, row.mark_only})
        for (auto& letter : letters(part)) drawn.push_back(std::move(letter));
    const auto black = ink(drawn, bold);
    for (std::size_t row = 0, at = 0; row < std::size(kRows); ++row, at += 11) {
      for (std::size_t tone = 0; tone < 5; ++tone) {
        EXPECT_GT(black[at + tone], black[at + 5 + tone]) << drawn[at + tone] << (bold ? ", bold" : "");
        EXPECT_GT(black[at + tone], black[at + 10]) << drawn[at + tone] << (bold ? ", bold" : "");
      }
    }
  }
}

}  // namespace
}  // namespace luytre::pdf

// What is drawn, as a printer would: a text layer may say "bấm" above a picture of "bam". FreeType says how black the
// letters of the font are.

#include "platform/pdf/sheet.h"

#include <ft2build.h>
#include FT_FREETYPE_H
#include <gtest/gtest.h>
#include <unistd.h>

#include <cmath>
#include <cstdio>
#include <fstream>
#include <string_view>

namespace luytre::pdf {
namespace {

constexpr int kDotsPerInch = 300;
constexpr double kMillimetres = 25.4;
constexpr double kCell = 12, kLetter = 8;  // millimetres
constexpr std::size_t kColumns = 16;

double dots(double millimetres) {
  return millimetres * kDotsPerInch / kMillimetres;
}

std::vector<std::string> letters(std::string_view text) {
  std::vector<std::string> out;
  for (const char c : text) {
    if ((static_cast<unsigned char>(c) & 0xC0) != 0x80) out.emplace_back();
    out.back() += c;
  }
  return out;
}

Fonts fonts() {
  const auto found = find_fonts({kFontFolder});
  if (!found) throw std::runtime_error(std::string("install ") + kFontPackage);
  return *found;
}

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

// Black dots of each letter, drawn in a cell of its own.
std::vector<double> drawn(const std::vector<std::string>& texts, bool bold) {
  Document sheet(fonts());
  for (std::size_t i = 0; i < texts.size(); ++i)
    sheet.text(kCell * static_cast<double>(i % kColumns) + 3, kCell * (static_cast<double>(i / kColumns) + 0.8),
               texts[i], {kLetter, bold});
  const Picture page = first_page(sheet.bytes());
  std::vector<double> out;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const double x = kCell * static_cast<double>(i % kColumns), y = kCell * static_cast<double>(i / kColumns);
    double sum = 0;
    for (int row = static_cast<int>(dots(y)); row < static_cast<int>(dots(y + kCell)); ++row)
      for (int column = static_cast<int>(dots(x)); column < static_cast<int>(dots(x + kCell)); ++column)
        sum += 255 - static_cast<unsigned char>(page.grey[static_cast<std::size_t>(row * page.width + column)]);
    out.push_back(sum / 255);
  }
  return out;
}

// The same by FreeType.
class Face {
 public:
  explicit Face(const std::filesystem::path& file) {
    if (FT_Init_FreeType(&library_) || FT_New_Face(library_, file.c_str(), 0, &face_) ||
        FT_Set_Char_Size(face_, 0, std::lround(dots(kLetter) * 64), 72, 72))
      throw std::runtime_error("FreeType does not read " + file.string());
  }
  ~Face() {
    FT_Done_Face(face_);
    FT_Done_FreeType(library_);
  }
  Face(const Face&) = delete;
  Face& operator=(const Face&) = delete;

  double black(char32_t letter) const {
    if (FT_Load_Char(face_, letter, FT_LOAD_RENDER | FT_LOAD_NO_HINTING)) return 0;
    const FT_Bitmap& bitmap = face_->glyph->bitmap;
    double sum = 0;
    for (unsigned row = 0; row < bitmap.rows; ++row)
      for (unsigned column = 0; column < bitmap.width; ++column)
        sum += bitmap.buffer[static_cast<int>(row) * bitmap.pitch + static_cast<int>(column)];
    return sum / 255;
  }

 private:
  FT_Library library_ = nullptr;
  FT_Face face_ = nullptr;
};

constexpr std::string_view kWithTwoMarks = "ắằẳẵặấầẩẫậếềểễệốồổỗộớờởỡợứừửữựẮẰẲẴẶẤẦẨẪẬẾỀỂỄỆỐỒỔỖỘỚỜỞỠỢỨỪỬỮỰ";
constexpr std::u32string_view kTheSame = U"ắằẳẵặấầẩẫậếềểễệốồổỗộớờởỡợứừửữựẮẰẲẴẶẤẦẨẪẬẾỀỂỄỆỐỒỔỖỘỚỜỞỠỢỨỪỬỮỰ";
constexpr double kRounding = 0.03;  // of the edges; the least mark is a tenth of its letter

TEST(Sheet, VietnameseLettersAreDrawnWithBothTheirMarks) {
  const auto all = letters(kWithTwoMarks);
  ASSERT_EQ(all.size(), kTheSame.size());
  for (const bool bold : {false, true}) {
    const Face face(bold ? fonts().bold : fonts().regular);
    const auto black = drawn(all, bold);
    for (std::size_t i = 0; i < all.size(); ++i) {
      const double whole = face.black(kTheSame[i]);
      EXPECT_NEAR(black[i], whole, kRounding * whole) << all[i] << (bold ? ", bold" : "");
    }
  }
}

}  // namespace
}  // namespace luytre::pdf

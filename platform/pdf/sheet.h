// A4 sheets to print, by libhpdf: text in an embedded TrueType font, squares and lines. Lengths are millimetres, places
// are measured from the top left corner, text from its baseline. Whatever libhpdf cannot do throws runtime_error. Not
// thread-safe; a document is made, filled and read by one thread.

#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace luytre::pdf {

inline constexpr double kWidth = 210, kHeight = 297;

struct Fonts {
  std::filesystem::path regular;
  std::filesystem::path bold;
};

// A regular and a bold face, the first pair that is found in the folders. libhpdf 2.3 loses the inner parts of letters
// that are built of built letters, as "ắ" is in DejaVu and not in Liberation 2: DejaVu is better than nothing.
std::optional<Fonts> find_fonts(const std::vector<std::filesystem::path>& folders);
inline constexpr const char* kFontFolder = "/usr/share/fonts/truetype/liberation2";
inline constexpr const char* kFontPackage = "fonts-liberation2";  // of Debian, that fills it

struct Style {
  double size;  // of the letters
  bool bold = false;
};

class Document {
 public:
  explicit Document(const Fonts& fonts);
  ~Document();

  void new_page();
  double width(const std::string& text, Style style) const;
  // What fits into `room`: smaller, down to `smallest`, if it is too wide, and then cut with an ellipsis.
  struct Fitted {
    std::string text;
    Style style;
    double width;
  };
  Fitted fit(std::string text, Style style, double smallest, double room) const;
  void text(double x, double baseline, const std::string& text, Style style);
  void line(double x1, double y1, double x2, double y2, double thickness = 0.1);
  // A square matrix of dark modules, `side` wide without a quiet zone.
  void matrix(double x, double y, double side, int modules, const std::function<bool(int x, int y)>& dark);
  std::string bytes();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace luytre::pdf

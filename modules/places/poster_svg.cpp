#include <algorithm>
#include <cstdio>

#include "engines/linkage/qr.h"
#include "modules/places/poster.h"
#include "modules/places/poster_layout.h"

namespace luytre::places {
namespace {

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '&':
        out += "&amp;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

std::string number(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.2f", value);
  return text;
}

// A browser measures letters itself, so the estimate only has to be on the safe side: 0.62 of the size for a letter.
std::string text_line(const layout::Line& line, std::string_view text, bool centred, double smallest) {
  constexpr double kLetter = 0.62;
  std::size_t letters = 0;
  for (const char c : text) letters += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  const double room = layout::kWidth - 2 * layout::kMargin;
  double size = line.size;
  if (letters > 0) size = std::max(smallest, std::min(size, room / (kLetter * static_cast<double>(letters))));
  std::string out = "<text y=\"" + number(line.baseline) + "\" font-size=\"" + number(size) + '"';
  out += centred ? " x=\"" + number(layout::kWidth / 2) + "\" text-anchor=\"middle\""
                 : " x=\"" + number(layout::kMargin) + '"';
  if (line.bold) out += " font-weight=\"bold\"";
  if (kLetter * size * static_cast<double>(letters) > room)
    out += " textLength=\"" + number(room) + "\" lengthAdjust=\"spacingAndGlyphs\"";
  return out + ">" + escaped(text) + "</text>";
}

std::string qr_group(const std::string& code) {
  const linkage::Qr qr(code, linkage::Correction::kQuartile);
  const double scale = kQrMillimetres / qr.size();
  char transform[96];
  std::snprintf(transform, sizeof transform, "translate(%.2f %.2f) scale(%.6f)", (layout::kWidth - kQrMillimetres) / 2,
                layout::kQrTop, scale);
  return std::string("<path shape-rendering=\"crispEdges\" transform=\"") + transform + "\" d=\"" + qr.path(0, 0) +
         "\"/>";
}

}  // namespace

std::string poster_svg(const Poster& poster) {
  std::string out =
      "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"210mm\" height=\"297mm\" viewBox=\"0 0 210 297\" "
      "font-family=\"'DejaVu Sans', 'Noto Sans', sans-serif\"><rect width=\"210\" height=\"297\" fill=\"#fff\"/>";
  out += text_line(layout::kTitle, layout::kTitleText, true, layout::kTitle.size);
  out += text_line(layout::kSubtitle, layout::kSubtitleText, true, 3);
  out += text_line(layout::kName, poster.place_name, true, layout::kSmallestName);
  out += text_line(layout::kAddress, poster.address, true, layout::kSmallestAddress);
  if (poster.zone) out += text_line(layout::kZone, *poster.zone, true, layout::kSmallestName);
  out += qr_group(poster.code);
  out += text_line(layout::kCodeLabel, layout::kCodeLabelText, true, 3);
  out += text_line(layout::kCode, poster.short_code, true, layout::kCode.size);
  layout::Line line = layout::kHowTo;
  for (const char* text : layout::kHowToTexts) {
    out += text_line(line, text, false, 2.8);
    line.baseline += layout::kHowToStep;
  }
  out += text_line(layout::kFooter, layout::kFooterText, true, 2.6);
  return out + "</svg>";
}

}  // namespace luytre::places

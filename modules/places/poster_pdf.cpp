#include <hpdf.h>

#include <algorithm>
#include <array>
#include <memory>
#include <stdexcept>

#include "engines/linkage/qr.h"
#include "modules/places/places.h"
#include "modules/places/poster.h"
#include "modules/places/poster_layout.h"

namespace luytre::places {
namespace {

constexpr double kPointsPerMillimetre = 72 / 25.4;

struct Document {
  Document() : handle(HPDF_New(nullptr, nullptr)) {
    if (!handle) throw std::runtime_error("libhpdf does not start");
  }
  ~Document() { HPDF_Free(handle); }
  Document(const Document&) = delete;
  Document& operator=(const Document&) = delete;

  // Without a handler libhpdf keeps the first error and does nothing after it.
  void check(const char* doing) const {
    const HPDF_STATUS status = HPDF_GetError(handle);
    if (status != HPDF_OK)
      throw std::runtime_error(std::string("libhpdf, ") + doing + ": error " + std::to_string(status));
  }

  HPDF_Doc handle;
};

class Page {
 public:
  Page(Document& document, const Fonts& fonts) : document_(document) {
    HPDF_UseUTFEncodings(document.handle);
    HPDF_SetCompressionMode(document.handle, HPDF_COMP_ALL);
    regular_ = font(fonts.regular);
    bold_ = font(fonts.bold);
    page_ = HPDF_AddPage(document.handle);
    HPDF_Page_SetSize(page_, HPDF_PAGE_SIZE_A4, HPDF_PAGE_PORTRAIT);
    document.check("page");
  }

  // Centred; smaller, down to `smallest`, if it is too wide, and then cut with an ellipsis.
  void centred(layout::Line line, std::string text, double smallest) {
    const double room = layout::kWidth - 2 * layout::kMargin;
    while (width(text, line) > room && line.size > smallest) line.size -= 0.2;
    if (width(text, line) > room) {
      while (!text.empty() && width(text + "…", line) > room) drop_last_letter(text);
      text += "…";
    }
    write(line, (layout::kWidth - width(text, line)) / 2, text);
  }

  void left(const layout::Line& line, const std::string& text) { write(line, layout::kMargin, text); }

  void draw(const linkage::Qr& qr) {
    const double module = kQrMillimetres / qr.size();
    const double left = (layout::kWidth - kQrMillimetres) / 2;
    for (int y = 0; y < qr.size(); ++y) {
      for (int x = 0; x < qr.size();) {
        int end = x;
        while (end < qr.size() && qr.dark(end, y)) ++end;
        if (end > x) rectangle(left + x * module, layout::kQrTop + y * module, (end - x) * module, module);
        x = std::max(end, x + 1);
      }
    }
    HPDF_Page_Fill(page_);
    document_.check("QR code");
  }

 private:
  HPDF_Font font(const std::filesystem::path& file) {
    const char* name = HPDF_LoadTTFontFromFile(document_.handle, file.c_str(), HPDF_TRUE);
    document_.check("font");
    HPDF_Font out = HPDF_GetFont(document_.handle, name, "UTF-8");
    document_.check("font");
    return out;
  }

  void set(const layout::Line& line) {
    HPDF_Page_SetFontAndSize(page_, line.bold ? bold_ : regular_, static_cast<float>(line.size * kPointsPerMillimetre));
  }

  double width(const std::string& text, const layout::Line& line) {
    set(line);
    return HPDF_Page_TextWidth(page_, text.c_str()) / kPointsPerMillimetre;
  }

  static void drop_last_letter(std::string& text) {
    while (!text.empty() && (static_cast<unsigned char>(text.back()) & 0xC0) == 0x80) text.pop_back();
    if (!text.empty()) text.pop_back();
  }

  void write(const layout::Line& line, double x, const std::string& text) {
    set(line);
    HPDF_Page_BeginText(page_);
    HPDF_Page_TextOut(page_, points(x), points(layout::kHeight - line.baseline), text.c_str());
    HPDF_Page_EndText(page_);
    document_.check("text");
  }

  void rectangle(double x, double y, double width, double height) {
    HPDF_Page_Rectangle(page_, points(x), points(layout::kHeight - y - height), points(width), points(height));
  }

  static float points(double millimetres) { return static_cast<float>(millimetres * kPointsPerMillimetre); }

  Document& document_;
  HPDF_Font regular_ = nullptr, bold_ = nullptr;
  HPDF_Page page_ = nullptr;
};

std::string bytes_of(Document& document) {
  HPDF_SaveToStream(document.handle);
  document.check("saving");
  HPDF_ResetStream(document.handle);
  std::string out;
  std::array<HPDF_BYTE, 16384> chunk{};
  for (;;) {
    HPDF_UINT32 size = chunk.size();
    HPDF_ReadFromStream(document.handle, chunk.data(), &size);
    if (size == 0) break;
    out.append(reinterpret_cast<const char*>(chunk.data()), size);
  }
  return out;
}

}  // namespace

Result<Fonts> find_fonts(const std::vector<std::filesystem::path>& folders) {
  constexpr std::array<std::pair<const char*, const char*>, 3> kPairs{
      {{"DejaVuSans.ttf", "DejaVuSans-Bold.ttf"},
       {"NotoSans-Regular.ttf", "NotoSans-Bold.ttf"},
       {"LiberationSans-Regular.ttf", "LiberationSans-Bold.ttf"}}};
  std::string looked;
  for (const auto& folder : folders) {
    for (const auto& [regular, bold] : kPairs) {
      std::error_code ignored;
      if (std::filesystem::exists(folder / regular, ignored) && std::filesystem::exists(folder / bold, ignored))
        return Fonts{folder / regular, folder / bold};
    }
    looked += (looked.empty() ? "" : ", ") + folder.string();
  }
  return Error(kPosterFontMissing, {{"folders", looked}, {"package", "fonts-dejavu-core"}});
}

std::string poster_pdf(const Poster& poster, const Fonts& fonts) {
  Document document;
  Page page(document, fonts);
  page.centred(layout::kTitle, layout::kTitleText, layout::kTitle.size);
  page.centred(layout::kSubtitle, layout::kSubtitleText, layout::kSubtitle.size);
  page.centred(layout::kName, poster.place_name, layout::kSmallestName);
  page.centred(layout::kAddress, poster.address, layout::kSmallestAddress);
  if (poster.zone) page.centred(layout::kZone, *poster.zone, layout::kSmallestName);
  page.draw(linkage::Qr(poster.code, linkage::Correction::kQuartile));
  page.centred(layout::kCodeLabel, layout::kCodeLabelText, layout::kCodeLabel.size);
  page.centred(layout::kCode, poster.short_code, layout::kCode.size);
  layout::Line line = layout::kHowTo;
  for (const char* text : layout::kHowToTexts) {
    page.left(line, text);
    line.baseline += layout::kHowToStep;
  }
  page.centred(layout::kFooter, layout::kFooterText, layout::kFooter.size);
  return bytes_of(document);
}

}  // namespace luytre::places

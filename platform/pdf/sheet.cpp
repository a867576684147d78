#include "platform/pdf/sheet.h"

#include <hpdf.h>

#include <algorithm>
#include <array>
#include <stdexcept>

namespace luytre::pdf {
namespace {

constexpr double kPointsPerMillimetre = 72 / 25.4;
constexpr double kShrink = 0.2;

float points(double millimetres) {
  return static_cast<float>(millimetres * kPointsPerMillimetre);
}

void drop_last_letter(std::string& text) {
  while (!text.empty() && (static_cast<unsigned char>(text.back()) & 0xC0) == 0x80) text.pop_back();
  if (!text.empty()) text.pop_back();
}

}  // namespace

struct Document::Impl {
  Impl() : handle(HPDF_New(nullptr, nullptr)) {
    if (!handle) throw std::runtime_error("libhpdf does not start");
  }
  ~Impl() { HPDF_Free(handle); }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  // Without a handler libhpdf keeps the first error and does nothing after it.
  void check(const char* doing) const {
    const HPDF_STATUS status = HPDF_GetError(handle);
    if (status != HPDF_OK)
      throw std::runtime_error(std::string("libhpdf, ") + doing + ": error " + std::to_string(status));
  }
  HPDF_Font font(const std::filesystem::path& file) const {
    const char* name = HPDF_LoadTTFontFromFile(handle, file.c_str(), HPDF_TRUE);
    check("font");
    HPDF_Font out = HPDF_GetFont(handle, name, "UTF-8");
    check("font");
    return out;
  }
  void set(Style style) const { HPDF_Page_SetFontAndSize(page, style.bold ? bold : regular, points(style.size)); }

  HPDF_Doc handle;
  HPDF_Font regular = nullptr, bold = nullptr;
  HPDF_Page page = nullptr;
};

std::optional<Fonts> find_fonts(const std::vector<std::filesystem::path>& folders) {
  constexpr std::array<std::pair<const char*, const char*>, 3> kPairs{
      {{"LiberationSans-Regular.ttf", "LiberationSans-Bold.ttf"},
       {"NotoSans-Regular.ttf", "NotoSans-Bold.ttf"},
       {"DejaVuSans.ttf", "DejaVuSans-Bold.ttf"}}};
  for (const auto& folder : folders) {
    for (const auto& [regular, bold] : kPairs) {
      std::error_code ignored;
      if (std::filesystem::exists(folder / regular, ignored) && std::filesystem::exists(folder / bold, ignored))
        return Fonts{folder / regular, folder / bold};
    }
  }
  return std::nullopt;
}

Document::Document(const Fonts& fonts) : impl_(new Impl) {
  HPDF_UseUTFEncodings(impl_->handle);
  HPDF_SetCompressionMode(impl_->handle, HPDF_COMP_ALL);
  impl_->regular = impl_->font(fonts.regular);
  impl_->bold = impl_->font(fonts.bold);
  new_page();
}

Document::~Document() = default;

void Document::new_page() {
  impl_->page = HPDF_AddPage(impl_->handle);
  HPDF_Page_SetSize(impl_->page, HPDF_PAGE_SIZE_A4, HPDF_PAGE_PORTRAIT);
  impl_->check("page");
}

double Document::width(const std::string& text, Style style) const {
  impl_->set(style);
  return HPDF_Page_TextWidth(impl_->page, text.c_str()) / kPointsPerMillimetre;
}

Document::Fitted Document::fit(std::string text, Style style, double smallest, double room) const {
  while (width(text, style) > room && style.size > smallest) style.size -= kShrink;
  if (width(text, style) > room) {
    while (!text.empty() && width(text + "…", style) > room) drop_last_letter(text);
    text += "…";
  }
  const double wide = width(text, style);
  return {std::move(text), style, wide};
}

void Document::text(double x, double baseline, const std::string& text, Style style) {
  impl_->set(style);
  HPDF_Page_BeginText(impl_->page);
  HPDF_Page_TextOut(impl_->page, points(x), points(kHeight - baseline), text.c_str());
  HPDF_Page_EndText(impl_->page);
  impl_->check("text");
}

void Document::line(double x1, double y1, double x2, double y2, double thickness) {
  HPDF_Page_SetLineWidth(impl_->page, points(thickness));
  HPDF_Page_MoveTo(impl_->page, points(x1), points(kHeight - y1));
  HPDF_Page_LineTo(impl_->page, points(x2), points(kHeight - y2));
  HPDF_Page_Stroke(impl_->page);
  impl_->check("line");
}

void Document::matrix(double x, double y, double side, int modules, const std::function<bool(int, int)>& dark) {
  const double module = side / modules;
  for (int row = 0; row < modules; ++row) {
    for (int column = 0; column < modules;) {
      int end = column;
      while (end < modules && dark(end, row)) ++end;
      if (end > column) {
        HPDF_Page_Rectangle(impl_->page, points(x + column * module), points(kHeight - y - (row + 1) * module),
                            points((end - column) * module), points(module));
      }
      column = std::max(end, column + 1);
    }
  }
  HPDF_Page_Fill(impl_->page);
  impl_->check("matrix");
}

std::string Document::bytes() {
  HPDF_SaveToStream(impl_->handle);
  impl_->check("saving");
  HPDF_ResetStream(impl_->handle);
  std::string out;
  std::array<HPDF_BYTE, 16384> chunk{};
  for (;;) {
    HPDF_UINT32 size = chunk.size();
    HPDF_ReadFromStream(impl_->handle, chunk.data(), &size);
    if (size == 0) break;
    out.append(reinterpret_cast<const char*>(chunk.data()), size);
  }
  return out;
}

}  // namespace luytre::pdf

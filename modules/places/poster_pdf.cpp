#include "engines/linkage/qr.h"
#include "modules/places/places.h"
#include "modules/places/poster.h"
#include "modules/places/poster_layout.h"

namespace luytre::places {
namespace {

// Centred; smaller, down to `smallest`, if it is too wide, and then cut with an ellipsis.
void centred(pdf::Document& document, const layout::Line& line, const std::string& text, double smallest) {
  const auto fitted = document.fit(text, {line.size, line.bold}, smallest, layout::kWidth - 2 * layout::kMargin);
  document.text((layout::kWidth - fitted.width) / 2, line.baseline, fitted.text, fitted.style);
}

}  // namespace

Result<Fonts> find_fonts(const std::vector<std::filesystem::path>& folders) {
  if (auto fonts = pdf::find_fonts(folders)) return *std::move(fonts);
  std::string looked;
  for (const auto& folder : folders) looked += (looked.empty() ? "" : ", ") + folder.string();
  return Error(kPosterFontMissing, {{"folders", looked}, {"package", pdf::kFontPackage}});
}

namespace {

void draw(pdf::Document& document, const Poster& poster) {
  centred(document, layout::kTitle, layout::kTitleText, layout::kTitle.size);
  centred(document, layout::kSubtitle, layout::kSubtitleText, layout::kSubtitle.size);
  centred(document, layout::kName, poster.place_name, layout::kSmallestName);
  centred(document, layout::kAddress, poster.address, layout::kSmallestAddress);
  if (poster.zone) centred(document, layout::kZone, *poster.zone, layout::kSmallestName);
  const linkage::Qr qr(poster.code, linkage::Correction::kQuartile);
  document.matrix((layout::kWidth - kQrMillimetres) / 2, layout::kQrTop, kQrMillimetres, qr.size(),
                  [&](int x, int y) { return qr.dark(x, y); });
  centred(document, layout::kCodeLabel, layout::kCodeLabelText, layout::kCodeLabel.size);
  centred(document, layout::kCode, poster.short_code, layout::kCode.size);
  layout::Line line = layout::kHowTo;
  for (const char* text : layout::kHowToTexts) {
    document.text(layout::kMargin, line.baseline, text, {line.size, line.bold});
    line.baseline += layout::kHowToStep;
  }
  centred(document, layout::kFooter, layout::kFooterText, layout::kFooter.size);
}

}  // namespace

std::string posters_pdf(const std::vector<Poster>& posters, const Fonts& fonts) {
  pdf::Document document(fonts);
  for (std::size_t i = 0; i < posters.size(); ++i) {
    if (i > 0) document.new_page();
    draw(document, posters[i]);
  }
  return document.bytes();
}

std::string poster_pdf(const Poster& poster, const Fonts& fonts) {
  return posters_pdf({poster}, fonts);
}

}  // namespace luytre::places

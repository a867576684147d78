#include "modules/quarantine/print.h"

#include <cstdio>

#include "engines/linkage/qr.h"

namespace luytre::quarantine {
namespace {

using pdf::Document;
using pdf::Style;

constexpr double kLeft = 20, kRoom = pdf::kWidth - 2 * kLeft, kTop = 22;
constexpr double kLine = 1.55;  // of the size of letters
constexpr Style kHead{3.6, true}, kPlain{4}, kStrong{4, true}, kTitle{5.6, true}, kSmall{3.2};
constexpr double kSmallest = 2.4;
constexpr double kBesideQr = kOrderQrLeft + kOrderQrMillimetres + 8;

void centred(Document& document, double middle, double y, const std::string& text, Style style, double room) {
  const auto fit = document.fit(text, style, kSmallest, room);
  document.text(middle - fit.width / 2, y, fit.text, fit.style);
}

// Breaks between words; answers the baseline of the line below.
double paragraph(Document& document, double x, double y, double room, const std::string& text, Style style) {
  std::string line;
  const auto put = [&] {
    const auto fit = document.fit(line, style, kSmallest, room);
    document.text(x, y, fit.text, fit.style);
    y += style.size * kLine;
    line.clear();
  };
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find_first_of(" \n", at), text.size());
    const std::string word = text.substr(at, end - at);
    at = end + 1;
    if (word.empty()) continue;
    const std::string longer = line.empty() ? word : line + ' ' + word;
    if (!line.empty() && document.width(longer, style) > room) {
      put();
      line = word;
    } else {
      line = longer;
    }
  }
  if (!line.empty()) put();
  return y;
}

double field(Document& document, double y, const std::string& label, const std::string& text) {
  return paragraph(document, kLeft, y, kRoom, label + ": " + text, kPlain) + 1;
}

const char* measure(Kind kind) {
  switch (kind) {
    case Kind::kQuarantine:
      return "Cách ly y tế người tiếp xúc";
    case Kind::kIsolation:
      return "Cách ly y tế người bệnh";
    case Kind::kObservation:
      break;
  }
  return "Theo dõi sức khỏe người tiếp xúc";
}

}  // namespace

std::string vietnamese_day(Date day) {
  const std::chrono::year_month_day date{std::chrono::sys_days(std::chrono::days(day.days))};
  char out[24];
  std::snprintf(out, sizeof out, "%02u/%02u/%d", static_cast<unsigned>(date.day()), static_cast<unsigned>(date.month()),
                static_cast<int>(date.year()));
  return out;
}

std::string paper_pdf(const Paper& paper, const pdf::Fonts& fonts) {
  Document document(fonts);
  const double middle = pdf::kWidth / 2;
  centred(document, middle, kTop, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", kHead, kRoom);
  centred(document, middle, kTop + 6, "Độc lập - Tự do - Hạnh phúc", kHead, kRoom);
  document.line(middle - 25, kTop + 8, middle + 25, kTop + 8);
  centred(document, middle, kTop + 19, paper.certificate ? "GIẤY XÁC NHẬN KẾT THÚC" : "QUYẾT ĐỊNH", kTitle, kRoom);
  centred(document, middle, kTop + 26, measure(paper.kind), kStrong, kRoom);
  centred(document, middle, kTop + 32,
          std::string(paper.certificate ? "Certificate of the end of order " : "Quarantine or isolation order ") +
              paper.number,
          kSmall, kRoom);

  double y = kTop + 44;
  y = field(document, y, "Số", paper.number);
  y = field(document, y, "Căn cứ", paper.law);
  y = field(document, y, "Người thực hiện", paper.person + ", sinh năm " + paper.born + ", " + paper.home);
  y = field(document, y, "Bệnh", paper.disease);
  y = field(document, y, "Nơi thực hiện", paper.place);
  const std::string from = "từ " + vietnamese_day(paper.first_day);
  if (paper.certificate) {
    y = field(document, y, "Đã thực hiện", from + " đến " + vietnamese_day(paper.ended.value_or(paper.last_day)));
  } else {
    y = field(document, y, "Thời gian", from + " đến hết " + vietnamese_day(paper.last_day));
    y = field(document, y, "Vì sao đến ngày này", paper.why);
    y = field(document, y, "Khiếu nại", paper.complaint + " Hạn: " + vietnamese_day(paper.complain_until) + ".");
  }

  y = std::min(y + 6, kOrderQrTop - 26);
  const double right = kLeft + kRoom * 0.72;
  centred(document, right, y, paper.authority, kStrong, kRoom * 0.5);
  centred(document, right, y + 6, "(đã ký trên hệ thống lúc " + to_local_text(paper.signed_at) + ")", kSmall,
          kRoom * 0.5);
  centred(document, right, y + 13, paper.signed_by, kStrong, kRoom * 0.5);

  const linkage::Qr qr(paper.code, linkage::Correction::kMedium);
  document.matrix(kOrderQrLeft, kOrderQrTop, kOrderQrMillimetres, qr.size(),
                  [&](int i, int j) { return qr.dark(i, j); });
  double below = kOrderQrTop + 6;
  const double room = pdf::kWidth - kLeft - kBesideQr;
  below = paragraph(document, kBesideQr, below, room,
                    "Quét mã này để biết giấy còn hiệu lực, đã được thay hay đã kết thúc: " + paper.verify_at, kSmall);
  paragraph(document, kBesideQr, below + 1, room,
            "Scan the code to see whether this paper is valid, replaced or ended.", kSmall);
  return document.bytes();
}

}  // namespace luytre::quarantine

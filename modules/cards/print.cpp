#include "modules/cards/print.h"

#include <cstdio>
#include <utility>

#include "engines/linkage/qr.h"
#include "modules/cards/slip_number.h"

namespace luytre::cards {
namespace {

using pdf::Document;
using pdf::Style;

// ---- a card: millimetres from its top left corner ----

constexpr double kLeft = (pdf::kWidth - kCardColumns * kCardWidth) / 2;
constexpr double kTop = (pdf::kHeight - kCardRows * kCardHeight) / 2;
constexpr double kMark = 5;                // long
constexpr double kQrLeft = 5, kQrTop = 6;  // leaves the four light modules that the standard asks for
constexpr double kTextLeft = 48, kTextRoom = kCardWidth - kTextLeft - 3;
constexpr Style kTitle{3.6, true}, kSmall{2.2}, kWho{4.6, true}, kNumber{3.4, true};
constexpr double kSmallest = 1.8;

struct CardLine {
  double baseline;
  const char* text;
};
constexpr CardLine kFixed[] = {
    {14.5, "Lũy Tre · khai báo, vào ra"}, {30, "Không quét được? Đọc số này"}, {33, "Camera fails? Read this number"}};
constexpr double kTitleAt = 10.5, kWhoAt = 22.5, kNumberAt = 38.5, kUntilAt = 44, kFoundAt = 50.5;
constexpr const char* kTitleText = "THẺ CÁ NHÂN";
constexpr const char* kFoundText =
    "Nhặt được thẻ? Xin gửi trạm y tế nơi gần nhất · Found it? Please give it to any health station";

std::string day_text(Date day) {
  const std::chrono::year_month_day date{std::chrono::sys_days(std::chrono::days(day.days))};
  char out[24];
  std::snprintf(out, sizeof out, "%02u/%02u/%d", static_cast<unsigned>(date.day()), static_cast<unsigned>(date.month()),
                static_cast<int>(date.year()));
  return out;
}

void fitted(Document& document, double x, double baseline, const std::string& text, Style style, double room) {
  const auto fit = document.fit(text, style, kSmallest, room);
  document.text(x, baseline, fit.text, fit.style);
}

void draw(Document& document, double x, double y, const PrintedCard& card) {
  const linkage::Qr qr(card.code, linkage::Correction::kQuartile);
  document.matrix(x + kQrLeft, y + kQrTop, kCardQrMillimetres, qr.size(), [&](int i, int j) { return qr.dark(i, j); });
  const double left = x + kTextLeft;
  fitted(document, left, y + kTitleAt, kTitleText, kTitle, kTextRoom);
  for (const auto& line : kFixed) fitted(document, left, y + line.baseline, line.text, kSmall, kTextRoom);
  fitted(document, left, y + kWhoAt, card.printed, kWho, kTextRoom);
  fitted(document, left, y + kNumberAt, card.number, kNumber, kTextRoom);
  fitted(document, left, y + kUntilAt, "Dùng đến hết " + day_text(card.last_day), kSmall, kTextRoom);
  fitted(document, x + kQrLeft, y + kFoundAt, kFoundText, kSmall, kCardWidth - 2 * kQrLeft);
}

// Outside of the cards, so that no line is left on them.
void cut_marks(Document& document) {
  const double right = kLeft + kCardColumns * kCardWidth, bottom = kTop + kCardRows * kCardHeight;
  for (int i = 0; i <= kCardColumns; ++i) {
    const double x = kLeft + i * kCardWidth;
    document.line(x, kTop - 1 - kMark, x, kTop - 1);
    document.line(x, bottom + 1, x, bottom + 1 + kMark);
  }
  for (int i = 0; i <= kCardRows; ++i) {
    const double y = kTop + i * kCardHeight;
    document.line(kLeft - 1 - kMark, y, kLeft - 1, y);
    document.line(right + 1, y, right + 1 + kMark, y);
  }
}

// ---- a slip ----

constexpr double kSlipWidth = pdf::kWidth / kSlipColumns, kSlipHeight = pdf::kHeight / kSlipRows;
constexpr double kSlipMargin = 7;
constexpr Style kSlipPlace{3.2, true}, kSlipNumber{5.4, true}, kSlipLabel{2.6};

void field(Document& document, double x, double y, double room, const char* label) {
  document.text(x, y, label, kSlipLabel);
  const double from = x + document.width(label, kSlipLabel) + 1;
  document.line(from, y + 0.6, x + room, y + 0.6);
}

void draw(Document& document, double x, double y, const PrintedSlips& slips, std::int64_t number) {
  const double left = x + kSlipMargin, room = kSlipWidth - 2 * kSlipMargin, half = room / 2 - 2;
  fitted(document, left, y + 9, slips.place_name, kSlipPlace, room);
  document.text(left, y + 17, shown_slip_number(number), kSlipNumber);
  const std::string day = "Ngày " + day_text(slips.day);
  document.text(left + room - document.width(day, kSlipLabel), y + 17, day, kSlipLabel);
  field(document, left, y + 25, room, "Họ và tên");
  field(document, left, y + 33, room, "Điện thoại hoặc số giấy tờ");
  if (slips.road) {
    field(document, left, y + 39, half, "Biển số");
    field(document, left + half + 4, y + 39, half, "Lúc");
    document.text(left, y + 45, "Vào □  Ra □   Cho qua □  Xét nghiệm □  Cách ly □  Quay đầu □", kSlipLabel);
    return;
  }
  field(document, left, y + 41, half, "Vào lúc");
  field(document, left + half + 4, y + 41, half, "Ra lúc");
}

void slip_lines(Document& document) {
  document.line(kSlipWidth, 0, kSlipWidth, pdf::kHeight);
  for (int i = 1; i < kSlipRows; ++i) document.line(0, i * kSlipHeight, pdf::kWidth, i * kSlipHeight);
}

}  // namespace

std::string initials(std::string_view name) {
  std::string out;
  bool begins = true;
  for (std::size_t i = 0; i < name.size();) {
    std::size_t length = 1;
    while (i + length < name.size() && (static_cast<unsigned char>(name[i + length]) & 0xC0) == 0x80) ++length;
    if (name[i] == ' ') {
      begins = true;
    } else if (std::exchange(begins, false)) {
      out += (out.empty() ? "" : " ") + std::string(name.substr(i, length)) + '.';
    }
    i += length;
  }
  return out;
}

std::string cards_pdf(const std::vector<PrintedCard>& cards, const pdf::Fonts& fonts) {
  constexpr int kOnPage = kCardColumns * kCardRows;
  Document document(fonts);
  for (std::size_t i = 0; i < cards.size(); ++i) {
    const int place = static_cast<int>(i) % kOnPage;
    if (place == 0) {
      if (i > 0) document.new_page();
      cut_marks(document);
    }
    draw(document, kLeft + place % kCardColumns * kCardWidth, kTop + place / kCardColumns * kCardHeight, cards[i]);
  }
  return document.bytes();
}

std::string slips_pdf(const PrintedSlips& slips, const pdf::Fonts& fonts) {
  constexpr int kOnPage = kSlipColumns * kSlipRows;
  Document document(fonts);
  for (std::int64_t i = 0; i < slips.slips; ++i) {
    const int place = static_cast<int>(i % kOnPage);
    if (place == 0) {
      if (i > 0) document.new_page();
      slip_lines(document);
    }
    draw(document, place % kSlipColumns * kSlipWidth, place / kSlipColumns * kSlipHeight, slips, slips.first + i);
  }
  return document.bytes();
}

}  // namespace luytre::cards

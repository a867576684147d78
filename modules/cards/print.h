// What is printed: cards of 85 × 54 mm, ten on an A4 sheet with marks to cut along, and slips, twelve on a sheet. The
// QR code of a card is 38 mm wide without its quiet zone. Pure functions; thread-safe.

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "platform/base/time.h"
#include "platform/pdf/sheet.h"

namespace luytre::cards {

inline constexpr double kCardWidth = 85, kCardHeight = 54;  // nearly ISO/IEC 7810 ID-1, whole millimetres to cut
inline constexpr double kCardQrMillimetres = 38;
inline constexpr int kCardColumns = 2, kCardRows = 5;
inline constexpr int kSlipColumns = 2, kSlipRows = 6;

struct PrintedCard {
  std::string code;     // what the QR code holds
  std::string number;   // "LTC-7GK2-M0QX"
  std::string printed;  // name or initials
  Date last_day;
};

std::string cards_pdf(const std::vector<PrintedCard>& cards, const pdf::Fonts& fonts);

struct PrintedSlips {
  std::string place_name;
  Date day;
  std::int64_t first = 0;
  std::int64_t slips = 0;
  bool road = false;  // of a checkpoint: plate, direction and decision instead of when they left
};

std::string slips_pdf(const PrintedSlips& slips, const pdf::Fonts& fonts);

// "N. T. H." of "Nguyễn Thị Hạnh".
std::string initials(std::string_view name);

}  // namespace luytre::cards

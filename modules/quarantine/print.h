// What is printed of an order: one A4 page, the decision or the certificate of its end, with the code by which it can
// be verified. Pure functions; thread-safe.

#pragma once

#include <string>
#include <vector>

#include "modules/quarantine/law.h"
#include "platform/base/time.h"
#include "platform/pdf/sheet.h"

namespace luytre::quarantine {

inline constexpr double kOrderQrMillimetres = 38, kOrderQrLeft = 20, kOrderQrTop = 235;

struct Paper {
  bool certificate = false;
  Kind kind = Kind::kQuarantine;
  std::string code;  // what the QR code holds
  std::string number;
  std::string authority, signed_by;
  Instant signed_at;
  std::string person, born, home;
  std::string disease;
  std::string place;
  Date first_day, last_day;
  std::optional<Date> ended;  // of a certificate
  std::string law, why, complaint;
  Date complain_until;
  std::string verify_at;  // the address of the page, without the code
};

std::string paper_pdf(const Paper& paper, const pdf::Fonts& fonts);

std::string vietnamese_day(Date day);  // "09/03/2026"

}  // namespace luytre::quarantine

// What is printed of an order: one A4 page, the decision as it stands, with the one that it changes, or the certificate
// of its end, with the code by which it can be verified. Pure functions; thread-safe.

#pragma once

#include <string>
#include <vector>

#include "modules/quarantine/law.h"
#include "platform/base/time.h"
#include "platform/pdf/sheet.h"

namespace luytre::quarantine {

inline constexpr double kOrderQrMillimetres = 38, kOrderQrLeft = 20, kOrderQrTop = 235;

// Which decision this one changes, and what stood there before.
struct Changed {
  std::string change;  // kind of the step, as in JSON
  std::string authority;
  Date signed_on;
  std::optional<Date> last_day;
  std::optional<std::string> place;
  std::optional<std::string> windows{}, windows_before{};  // of checks at home: those that stand from now on, too
};

struct Paper {
  bool certificate = false;
  std::optional<Changed> changed;  // absent: the first decision
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

std::string paper_pdf(const Paper& paper, const PaperWords& words, const pdf::Fonts& fonts);

std::string vietnamese_day(Date day);                // "09/03/2026"
std::string vietnamese_number(std::int64_t number);  // "1.250.000"; not negative

}  // namespace luytre::quarantine

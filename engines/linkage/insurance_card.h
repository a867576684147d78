// The QR code on the health-insurance card:
//
//   card or social-insurance number | name | birth | 1 male, 2 female | address | first hospital | from | to | … | $
//
// Name and address are the hexadecimal digits of UTF-8, dates dd/MM/yyyy (a birth may be the year alone), "-" stands
// for nothing. The first eight fields and the hexadecimal form were read in the source of hospital software; what lies
// between the eighth and the "$" (issue date, parent, five-year date, check) was not, and is kept as it stands. The
// number is as paper.h has it: its key is the person's, not the card's.

#pragma once

#include <optional>
#include <string_view>

#include "engines/linkage/claim.h"

namespace luytre::linkage {

// Nothing: not such a code. Number and name must be there.
std::optional<Claim> read_insurance_card(std::string_view code);

}  // namespace luytre::linkage

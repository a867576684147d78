// The unified personal QR code, version 1.1 (decision 1405/QĐ-BTTTT of 11/9/2021), as the apps of 2021 showed it:
//
//   paper number | NAME | yyyy-MM-dd of birth | 0 by oneself, 1 by another | QID | part < part < …
//
// By default the first six characters of the paper, and day and month, are masked with "*". The parts of the last
// field are the declarer's QID (if by another), sex, insurance card, phone and signature; descriptions disagree on
// which may be left out and none has the decision's annex, so a part is known by its looks: a lone digit is the sex (1
// male, 2 female, anything else unsaid), eighteen digits a QID, two letters and digits an insurance card, digits
// beginning with 0 or + a phone; the others are kept. There is no signature that we could check, and people typed other
// names into their apps.

#pragma once

#include <optional>
#include <string_view>

#include "engines/linkage/claim.h"

namespace luytre::linkage {

// Nothing: not such a code.
std::optional<Claim> read_national_qr(std::string_view code);

}  // namespace luytre::linkage

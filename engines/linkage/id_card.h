// The QR code on the chip identity card (2021 to June 2024) and on the "Căn cước" card that followed it:
//
//   number (12) | old number (9, or empty) | name | ddMMyyyy of birth | Nam or Nữ | address | ddMMyyyy of issue [| …]
//
// Seven fields, UTF-8: read in the source of several open readers. Cards since July 2024 also tell of householder,
// parents, spouse, children and cancelled numbers (press; no layout was published): whatever follows the seventh field
// is kept as it stands. An old number that is none, and a day or month of 00, are ours to forgive; no source has them.

#pragma once

#include <optional>
#include <string_view>

#include "engines/linkage/claim.h"

namespace luytre::linkage {

// Nothing: not such a code. Number, name and birth must be there.
std::optional<Claim> read_id_card(std::string_view code);

}  // namespace luytre::linkage

// The machine-readable zone of passports (TD3: two lines of 44) and of cards (TD1: three lines of 30), as ICAO Doc 9303
// has them (8th edition; part 3 sections 4.3, 4.6 and 4.9: characters, names, check digits; part 4: TD3; part 5: TD1).
//
// Lines may come with breaks, blanks or glued together, in either case. Check digits are verified, and those that fail
// are named: a misread line is read again, and until then it has no keys. Years have two digits: a birth is the last
// such year not after `today`, an expiry the one nearest to it. "<<" for a day or month is unknown. A TD1 number longer
// than nine characters runs on behind its "<"; whether that "<" counts for the check digit, the specimen of part 5 does
// not tell (both give 9), so either is accepted.
//
// Viet Nam's chip card is a TD1 with the last nine digits of the number in the number's field and all twelve in the
// optional data (seen on cards, not published); it is found under its twelve.

#pragma once

#include <optional>
#include <string_view>

#include "engines/linkage/claim.h"

namespace luytre::linkage {

// Nothing: not such a zone.
std::optional<Claim> read_mrz(std::string_view text, Date today);

// 0 … 9: digits count as themselves, A … Z as 10 … 35, "<" as 0, with weights 7, 3, 1 (part 3, section 4.9).
int mrz_check_digit(std::string_view text);

}  // namespace luytre::linkage

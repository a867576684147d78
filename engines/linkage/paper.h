// Identity papers: their numbers as people write them, and the one form under which they are found again.
//
//   cccd       citizen card, 12 digits, the first a 0 (three digits of the province of birth registration, 001 to 096)
//   cmnd       old identity card, 9 digits
//   passport   6 to 12 letters and digits, at least four of them digits
//   insurance  health insurance: 10 digits (social insurance number), or 15 characters whose last ten are that number:
//              two letters of the group, benefit 1 to 5, two digits of the province (old numbering), number
//
// The key ignores what changes while the person stays the same: the first five characters of an insurance card. A bare
// number may be of several kinds, so a search looks for every key it could have.

#pragma once

#include <boost/describe.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace luytre::linkage {

enum class PaperKind { kCccd, kCmnd, kPassport, kInsurance };
BOOST_DESCRIBE_ENUM(PaperKind, kCccd, kCmnd, kPassport, kInsurance)

struct PaperNumber {
  std::string text;  // upper case, without fillers: "DN4790123456789"
  std::string key;   // "insurance:0123456789"
};

// Nothing: not a number of that kind.
std::optional<PaperNumber> read_paper(PaperKind kind, std::string_view written);
std::vector<std::string> paper_keys(std::string_view written);
// Those of the numbers that may have been meant where a digit is wrong or two neighbours are swapped, without its own:
// 119 at most, of a citizen card. Bare digits are not taken for a passport.
std::vector<std::string> near_paper_keys(std::string_view written);
// "*********123": the last three.
std::string masked_paper(std::string_view text);

}  // namespace luytre::linkage

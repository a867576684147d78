// What a code that is not ours says of its bearer. Nobody whom we could ask has signed it, and people have edited such
// codes by hand: a claim with its source, to be found by and to be shown, never proof of who somebody is.
//
// A number counts as whole only with a `key` (paper.h) or `e164` (platform/base/phone.h) beside it: what is masked, or
// stands on a line whose check digits fail, keeps its text and finds nobody. Names are NFC. Dates are as exact as the
// code has them.

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engines/linkage/paper.h"
#include "platform/base/partial_date.h"

namespace luytre::linkage {

enum class ClaimKind { kIdCard, kNationalQr, kInsuranceCard, kPassport, kTravelCard };
BOOST_DESCRIBE_ENUM(ClaimKind, kIdCard, kNationalQr, kInsuranceCard, kPassport, kTravelCard)

enum class ClaimedSex { kMale, kFemale };

struct ClaimedPaper {
  std::optional<PaperKind> kind;   // absent: masked, so that it could be several
  std::string text;                // "******000123"
  std::optional<std::string> key;  // absent: not whole
};

struct ClaimedPhone {
  std::string text;                 // "0943******"
  std::optional<std::string> e164;  // absent: not whole
};

// The parts of a machine-readable zone that have a check digit.
enum class MrzPart { kNumber, kBirth, kExpiry, kOptional, kWhole };

struct Claim {
  ClaimKind kind = ClaimKind::kIdCard;
  std::string name;
  bool plain_name = false;  // capitals without diacritics: a search key, not a spelling
  std::optional<PartialDate> birth;
  std::optional<ClaimedSex> sex;
  std::string nationality;  // three letters as in passports (ICAO 9303-3, section 5); empty: not said
  std::string address;      // with the units' names of the day on which it was written
  std::vector<ClaimedPaper> papers;
  std::optional<ClaimedPhone> phone;
  std::optional<PartialDate> issued, valid_from, expires;
  std::string qid;          // of the national platform
  bool by_another = false;  // declared by somebody else, and by whom, if it says so
  std::string declarer_qid;
  std::vector<std::string> rest;  // fields without a published meaning, as they stand
  std::vector<MrzPart> failed;    // check digits that do not fit; such a claim has no keys
};

// Of its whole papers.
std::vector<std::string> claim_keys(const Claim& claim);

}  // namespace luytre::linkage

#include "engines/linkage/insurance_card.h"

#include "engines/linkage/bytes.h"
#include "engines/linkage/fields.h"
#include "platform/base/text.h"

namespace luytre::linkage {
namespace {

enum Field : std::size_t { kNumber, kName, kBirth, kSex, kAddress, kHospital, kFrom, kTo, kFields };

std::string words(std::string_view hex_digits) {
  return clean(unhex(trimmed(hex_digits)).value_or(std::string()));
}

std::optional<ClaimedSex> sex_of(std::string_view field) {
  if (field == "1") return ClaimedSex::kMale;
  if (field == "2") return ClaimedSex::kFemale;
  return std::nullopt;
}

}  // namespace

std::optional<Claim> read_insurance_card(std::string_view code) {
  const auto fields = bar_fields(code);
  if (!fields || fields->size() < kFields) return std::nullopt;
  const auto& f = *fields;
  Claim claim;
  claim.kind = ClaimKind::kInsuranceCard;
  claim.papers.push_back(claimed_paper({PaperKind::kInsurance}, f[kNumber]));
  claim.name = words(f[kName]);
  if (!claim.papers.front().key || claim.name.empty()) return std::nullopt;

  claim.birth = read_slashed(f[kBirth]);
  claim.sex = sex_of(trimmed(f[kSex]));
  claim.address = words(f[kAddress]);
  claim.valid_from = read_slashed(f[kFrom]);
  claim.expires = read_slashed(f[kTo]);
  claim.rest.emplace_back(f[kHospital]);
  claim.rest.insert(claim.rest.end(), f.begin() + kFields, f.end());
  return claim;
}

}  // namespace luytre::linkage

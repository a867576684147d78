#include "engines/linkage/id_card.h"

#include "engines/linkage/fields.h"
#include "platform/base/text.h"

namespace luytre::linkage {
namespace {

enum Field : std::size_t { kNumber, kOldNumber, kName, kBirth, kSex, kAddress, kIssued, kFields };

std::optional<ClaimedSex> sex_of(std::string_view field) {
  const std::string word = fold(field);
  if (word == "nam") return ClaimedSex::kMale;
  if (word == "nu") return ClaimedSex::kFemale;
  return std::nullopt;
}

}  // namespace

std::optional<Claim> read_id_card(std::string_view code) {
  const auto fields = bar_fields(code);
  if (!fields || fields->size() < kFields) return std::nullopt;
  const auto& f = *fields;
  Claim claim;
  claim.kind = ClaimKind::kIdCard;
  claim.papers.push_back(claimed_paper({PaperKind::kCccd}, f[kNumber]));
  claim.name = clean(f[kName]);
  claim.birth = read_ddmmyyyy(f[kBirth]);
  if (!claim.papers.front().key || claim.name.empty() || !claim.birth) return std::nullopt;

  if (ClaimedPaper old = claimed_paper({PaperKind::kCmnd}, f[kOldNumber]); !old.text.empty()) {
    claim.papers.push_back(std::move(old));
  }
  claim.sex = sex_of(f[kSex]);
  claim.address = clean(f[kAddress]);
  claim.issued = read_ddmmyyyy(f[kIssued]);
  claim.rest.assign(f.begin() + kFields, f.end());
  return claim;
}

}  // namespace luytre::linkage

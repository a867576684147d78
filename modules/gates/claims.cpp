// From what a foreign code says to what is kept of it.

#include "engines/linkage/any_code.h"
#include "modules/gates/impl.h"

namespace luytre::gates {
namespace {

How how_of(linkage::ClaimKind kind) {
  switch (kind) {
    case linkage::ClaimKind::kIdCard:
      return How::kIdCard;
    case linkage::ClaimKind::kNationalQr:
      return How::kNationalQr;
    case linkage::ClaimKind::kInsuranceCard:
      return How::kInsuranceCard;
    case linkage::ClaimKind::kPassport:
      return How::kPassport;
    case linkage::ClaimKind::kTravelCard:
      return How::kTravelCard;
  }
  return How::kGroup;
}

StoredClaim stored(const linkage::Claim& claim) {
  StoredClaim out;
  out.name = claim.name;
  if (claim.birth) out.birth = to_text(*claim.birth);
  if (!claim.address.empty()) out.address = claim.address;
  for (const auto& paper : claim.papers) out.papers.push_back(paper.text);
  if (claim.phone) out.phone = claim.phone->e164.value_or(claim.phone->text);
  return out;
}

}  // namespace

Result<Reading> read_code(std::string_view code, Instant now) {
  const linkage::AnyCode read = linkage::read_code(code, local_date(now));
  if (read.kind == linkage::CodeKind::kPerson) return Reading{How::kOwnCode, {}};
  if (!read.claim) return kCodeUnknown;
  if (!read.claim->failed.empty()) return kCodeMisread;
  return Reading{how_of(read.claim->kind), stored(*read.claim)};
}

}  // namespace luytre::gates

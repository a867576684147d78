// From what a foreign code says to what is kept of it.

#include "modules/gates/impl.h"

namespace luytre::gates {

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

}  // namespace luytre::gates

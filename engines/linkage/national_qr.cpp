#include "engines/linkage/national_qr.h"

#include <algorithm>

#include "engines/linkage/fields.h"
#include "platform/base/phone.h"

namespace luytre::linkage {
namespace {

enum Field : std::size_t { kPaper, kName, kBirth, kWho, kQid, kExtension, kFields };

constexpr std::size_t kQidDigits = 18;

bool is_letter(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

// Digits and masks only.
bool is_digits_or_masks(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return (c >= '0' && c <= '9') || c == '*'; });
}

bool looks_like_card(std::string_view part) {
  return part.size() > 2 && is_letter(part[0]) && is_letter(part[1]) && is_digits_or_masks(part.substr(2));
}

bool looks_like_phone(std::string_view part) {
  return part.size() > 1 && (part[0] == '0' || part[0] == '+') && is_digits_or_masks(part.substr(1));
}

ClaimedPhone claimed_phone(std::string_view part) {
  return {std::string(part), is_masked(part) ? std::nullopt : normalise_phone(part)};
}

void take_part(Claim& claim, std::string_view part) {
  if (part.size() == 1 && is_number(part)) {
    if (part == "1") claim.sex = ClaimedSex::kMale;
    if (part == "2") claim.sex = ClaimedSex::kFemale;
  } else if (claim.by_another && claim.declarer_qid.empty() && part.size() == kQidDigits && is_number(part)) {
    claim.declarer_qid = part;
  } else if (looks_like_card(part)) {
    claim.papers.push_back(claimed_paper({PaperKind::kInsurance}, part));
  } else if (!claim.phone && looks_like_phone(part)) {
    claim.phone = claimed_phone(part);
  } else if (!part.empty()) {
    claim.rest.emplace_back(part);
  }
}

}  // namespace

std::optional<Claim> read_national_qr(std::string_view code) {
  const auto fields = bar_fields(code);
  if (!fields || (fields->size() != kFields && fields->size() != kExtension)) return std::nullopt;
  const auto& f = *fields;
  if ((f[kWho] != "0" && f[kWho] != "1") || !is_number(f[kQid])) return std::nullopt;
  Claim claim;
  claim.kind = ClaimKind::kNationalQr;
  claim.name = clean(f[kName]);
  claim.plain_name = true;
  claim.birth = read_year_first(f[kBirth]);
  if (claim.name.empty() || !claim.birth) return std::nullopt;

  claim.qid = f[kQid];
  claim.by_another = f[kWho] == "1";
  if (ClaimedPaper paper = claimed_paper({PaperKind::kCccd, PaperKind::kCmnd, PaperKind::kPassport}, f[kPaper]);
      !paper.text.empty()) {
    claim.papers.push_back(std::move(paper));
  }
  if (f.size() == kFields) {
    for (const auto part : split(f[kExtension], '<')) take_part(claim, part);
  }
  return claim;
}

}  // namespace luytre::linkage

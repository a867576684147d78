#include "engines/linkage/any_code.h"

#include "engines/linkage/card_code.h"
#include "engines/linkage/id_card.h"
#include "engines/linkage/insurance_card.h"
#include "engines/linkage/mrz.h"
#include "engines/linkage/national_qr.h"
#include "engines/linkage/person_code.h"
#include "engines/linkage/place_code.h"
#include "engines/linkage/short_code.h"

namespace luytre::linkage {
namespace {

bool looks_like_place(std::string_view text) {
  const auto token = PlaceCodes::split(text);
  const auto* fault = std::get_if<CodeFault>(&token);
  return !fault || *fault != CodeFault::kForeign || std::holds_alternative<std::string>(parse_short_code(text));
}

}  // namespace

AnyCode read_code(std::string_view text, Date today) {
  if (PersonCodes::looks_ours(text)) return {CodeKind::kPerson, {}};
  if (looks_like_card(text)) return {CodeKind::kCard, {}};
  if (looks_like_place(text)) return {CodeKind::kPlace, {}};
  // A text is of one of these at most: the test proves it.
  std::optional<Claim> claim = read_id_card(text);
  if (!claim) claim = read_national_qr(text);
  if (!claim) claim = read_insurance_card(text);
  if (!claim) claim = read_mrz(text, today);
  if (!claim) return {};
  return {CodeKind::kForeign, std::move(claim)};
}

}  // namespace luytre::linkage

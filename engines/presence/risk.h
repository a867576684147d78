// Risk of one exposure: an integer 0 – 999, from what is known about it. An order for work lists, not a probability.
//
// The duration is weighted by permille factors into an *effective exposure* e (seconds of a face-to-face hour in an
// ordinary room, no masks):
//
//   risk = ⌊1000 · e / (e + 3600)⌋        15 min → 200, 1 h → 500, 4 h → 800: more time always counts, but ever less
//
//   ventilation (visits)      open air 250 · ordinary 1000 · closed room 2000; of a disease of the air alone
//   crowding (visits)         loose 300 · ordinary 600 · dense 1000: how likely the same place means near each
//                             other; one step up when both named the same zone
//   estimated end (visits)    700
//   attenuation (encounters)  ≤ 55 dB 1500 · ≤ 63 dB 1000 · ≤ 70 dB 400 · above 100; not measured 1000, as
//                             by sensors that record only nearness
//   masks                     both 250 · one 500 · none or unknown 1000; of a disease of the air alone
//
// The attenuation steps and weights are those of the "narrow net" of the LFPH risk-score symposium for Exposure
// Notification (55/63/70 dB, 150/100/40/0 %, as remembered, not confirmed), with 100 instead of 0 for far ones, so that
// they sort last instead of vanishing. The other factors are this house's judgement: outdoor and masked exposures
// clearly below indoor ones, an estimated stay below a recorded one. They order work; the thresholds that rule sets put
// on the result are theirs. Monotone in every argument (tested). Integer arithmetic only, so that every implementation
// and machine answers the same.

#pragma once

#include <cstdint>
#include <optional>

#include "engines/presence/presence.h"

namespace luytre::presence {

enum class Masks { kUnknown, kNone, kOne, kBoth };
BOOST_DESCRIBE_ENUM(Masks, kUnknown, kNone, kOne, kBoth)

struct Exposure {
  LinkKind kind = LinkKind::kVisit;
  std::chrono::seconds duration{0};
  Setting setting;                          // of visits
  bool same_zone = false;                   // of visits: both named it
  bool estimated = false;                   // of visits
  std::optional<std::int64_t> attenuation;  // of encounters, dB
  Masks masks = Masks::kUnknown;
  bool by_air = true;  // Disease::by_air: else neither ventilation nor masks weigh
};

std::int64_t risk(const Exposure& exposure);

// The exposure that a piece of evidence describes, nothing being known of masks; `setting` of its place, `by_air` of
// the disease.
std::int64_t risk(const Evidence& evidence, const Setting& setting, bool by_air);

}  // namespace luytre::presence

// Travel: what others recorded of somebody's journeys, and which of these oblige to declare. Pure: values in, values
// out.
//
// Somebody comes from an epidemic area, or passes through it, when they were recorded in it and the journey leads out
// of it; of a record that does not say where it leads, when they do not live in it. Going there is not coming from
// there. Areas hold over reforms as decisions do (command::holds_in). What was recorded on one local day is one
// journey.

#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "modules/duties/rules.h"
#include "platform/geography/geography.h"

namespace luytre::duties {

// kEntry: at a place of entry; kDeclared: by the traveller, in another form.
enum class Recorded { kList, kCheckpoint, kEntry, kDeclared };
BOOST_DESCRIBE_ENUM(Recorded, kList, kCheckpoint, kEntry, kDeclared)

struct Leg {
  Recorded recorded = Recorded::kList;
  UnitId unit;                    // where somebody was then
  std::optional<UnitId> towards;  // where it leads, if that is known
  Instant at;
};

struct Journey {
  Date day;
  std::vector<Leg> legs;  // of those that oblige, oldest first; never empty
};

// Units that are epidemic areas at a time.
using EpidemicAreas = std::function<std::vector<UnitId>(Instant)>;

// By day. `home`: the unit of residence.
std::vector<Journey> obliging(Travellers whose, std::vector<Leg> legs, std::optional<UnitId> home,
                              const EpidemicAreas& areas, const geography::Geography& geography);

}  // namespace luytre::duties

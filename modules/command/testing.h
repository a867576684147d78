// For tests of other rooms: switches things on as a commander of the whole country would.

#pragma once

#include "modules/command/decisions.h"

namespace luytre::command::testing {

// In force from a day before `now` for thirty days. Unit 0: the whole country. Answers the decision; throws if it was
// refused.
Decision switch_on(Decisions& decisions, Switch what, Instant now, UnitId unit = {}, std::string disease = "covid-19",
                   std::optional<std::string> form = {}, std::optional<std::string> duty = {});

// Everything that follows people, in the whole country.
void switch_on_everything(Decisions& decisions, Instant now);

}  // namespace luytre::command::testing

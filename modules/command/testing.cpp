#include "modules/command/testing.h"

#include <stdexcept>

#include "platform/base/run.h"

namespace luytre::command::testing {

Decision switch_on(Decisions& decisions, Switch what, Instant now, UnitId unit, std::string disease,
                   std::optional<std::string> form, std::optional<std::string> duty) {
  Caller commander;
  commander.account = {1};
  commander.grants = {{Role::kCommander, UnitId{}}};
  NewDecision decision;
  decision.purpose = what;
  decision.disease = std::move(disease);
  if (unit.value != 0) decision.unit = unit;
  if (form) decision.form = *form;
  if (duty) decision.duty = *duty;
  decision.from = now - std::chrono::hours(24);
  decision.until = now + std::chrono::hours(30 * 24);
  decision.basis = std::string("Test decision");
  const Result<Decision> made = run(decisions.decide(commander, std::move(decision)));
  if (!made) throw std::runtime_error("decision refused: " + made.error().code);
  return *made;
}

void switch_on_everything(Decisions& decisions, Instant now) {
  for (const Switch what : {Switch::kCheckIn, Switch::kDeclarations, Switch::kTracing}) switch_on(decisions, what, now);
}

}  // namespace luytre::command::testing

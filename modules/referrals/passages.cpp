// What a checkpoint decided about a vehicle: counted at the stations that it concerns, and a task where somebody waits.

#include <algorithm>
#include <map>

#include "modules/referrals/impl.h"

namespace luytre::referrals {
namespace {

using Decision = Passage::Decision;

// The gravest decision for each commune; who is turned back comes to none.
class Counted {
 public:
  void add(UnitId unit, Decision decision) {
    if (decision == Decision::kTurnBack) return;
    const Colour colour = decision == Decision::kIsolate ? Colour::kRed
                          : decision == Decision::kTest  ? Colour::kYellow
                                                         : Colour::kGreen;
    const auto [known, fresh] = colours_.emplace(unit, colour);
    if (!fresh) known->second = std::max(known->second, colour);
  }
  const std::map<UnitId, Colour>& colours() const { return colours_; }

 private:
  std::map<UnitId, Colour> colours_;
};

bool waits(Decision decision) {
  return decision == Decision::kTest || decision == Decision::kIsolate;
}

Referrals::Impl::Arrival arrival_of(const Passage& passage, SubjectId subject, Decision decision) {
  Referrals::Impl::Arrival out;
  out.source = Source::kPassage;
  out.subject = subject;
  out.rule_set = kPassageRules;
  out.at = passage.at;
  out.recorded = passage.recorded;
  if (!waits(decision)) return out;
  const bool isolated = decision == Decision::kIsolate;
  out.colour = isolated ? Colour::kRed : Colour::kYellow;
  out.reasons.push_back(isolated ? "checkpoint-isolate" : "checkpoint-test");
  out.within_minutes = (isolated ? kIsolatedWithin : kTestedWithin).count();
  return out;
}

}  // namespace

void Referrals::Impl::passed(store::Session& session, SubjectId subject) {
  if (!passages) return;
  const auto passage = passages(session, subject);
  if (!passage) {  // struck, or over its time
    storage::unarrive(session, Source::kPassage, subject);
    for (auto& row : storage::of_subject(session, Source::kPassage, subject)) end(session, row);
    return;
  }
  std::optional<UnitId> led;
  if (passage->towards) led = responsible(*passage->towards, passage->at);
  Counted counted;
  if (led) counted.add(*led, passage->decision);

  for (const auto& one : passage->people) {
    Arrival arrival = arrival_of(*passage, subject, one.decision);
    arrival.person = one.person;
    std::optional<UnitId> home = people.unit_of(session, one.person);
    if (home) home = responsible(*home, passage->at);
    if (home) counted.add(*home, one.decision);
    if (led) counted.add(*led, one.decision);
    if (waits(one.decision)) {
      if (home) arrival.told.emplace_back(*home, Station::kResidence);
      if (led && led != home) arrival.told.emplace_back(*led, Station::kDestination);
    }
    receive(session, arrival);
  }

  const UnitId asked = led.value_or(responsible(passage->unit, passage->at));
  for (const auto& one : passage->claims) {
    if (!one.name && !one.phone) continue;  // nobody could call them
    Arrival arrival = arrival_of(*passage, subject, one.decision);
    arrival.claimed = one.number;
    arrival.claim = {one.name, one.phone};
    if (waits(one.decision)) {
      counted.add(asked, one.decision);
      arrival.told.emplace_back(asked, Station::kDestination);
    }
    receive(session, arrival);
  }

  storage::unarrive(session, Source::kPassage, subject);  // as it was decided before
  for (const auto& [unit, colour] : counted.colours())
    storage::arrive(session, Source::kPassage, subject, unit, local_date(passage->recorded), colour);
}

}  // namespace luytre::referrals

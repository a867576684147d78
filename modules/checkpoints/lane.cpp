// A vehicle at the barrier: what its codes say, the decision, and the end of a test.

#include <algorithm>

#include "engines/linkage/card_code.h"
#include "engines/linkage/person_code.h"
#include "modules/checkpoints/plate.h"
#include "modules/checkpoints/sitting.h"
#include "modules/people/shown.h"

namespace luytre::checkpoints {
namespace {

using store::Session;
using Impl = Checkpoints::Impl;

std::optional<Error> wrong_reason(bool turns_back, const std::optional<Why>& why,
                                  const std::optional<Text<200>>& note) {
  if (turns_back != why.has_value()) return wrong_field("/why", turns_back ? "required" : "unknown");
  if (why == Why::kOther && note.value_or("").empty()) return wrong_field("/note", "required");
  return std::nullopt;
}

std::optional<Error> wrong(const NewPassage& asked) {
  if (auto error = wrong_occupants(asked.occupants, asked.unnamed)) return error;
  if (asked.plate && !normalise_plate(*asked.plate)) return wrong_field("/plate", "format");
  const bool turns_back = asked.decision == Decision::kTurnBack ||
                          std::any_of(asked.occupants.begin(), asked.occupants.end(),
                                      [](const Occupant& one) { return one.decision == Decision::kTurnBack; });
  if (auto error = wrong_reason(turns_back, asked.why, asked.note)) return error;
  const bool ambulance = asked.vehicle == Vehicle::kAmbulance;
  const bool all_pass = asked.decision == Decision::kPass &&
                        std::all_of(asked.occupants.begin(), asked.occupants.end(), [](const Occupant& one) {
                          return one.decision.value_or(Decision::kPass) == Decision::kPass;
                        });
  if (ambulance && !all_pass) return wrong_field("/decision", "contradiction");
  if (!ambulance && !asked.journey && asked.occupants.empty() && asked.unnamed == 0)
    return wrong_field("/unnamed", "required");
  return std::nullopt;
}

Result<Passed> record(const Impl& impl, Session& session, const gates::Duty& duty, const NewPassage& asked,
                      const Holders& holders) {
  storage::PassageRow row;
  row.id = impl.db.ids().make<PassageId>();
  row.place = asked.place;
  row.unit = duty.spot->unit;
  row.guard = duty.guard;
  row.guard_name = duty.name;
  row.passed = asked.at;
  row.direction = asked.direction;
  row.vehicle = asked.vehicle;
  row.decision = asked.decision;
  row.why = asked.why;
  if (asked.note && !asked.note->empty()) row.note = impl.seal(kNoteKey, to_text(row.id), *asked.note);
  row.recorded = impl.clock.now();

  Sitting sitting = sitting_of(impl, asked.occupants, holders, asked.unnamed, asked.decision, asked.at);
  std::optional<std::string> plate;
  if (asked.plate) plate = normalise_plate(*asked.plate);
  if (asked.journey) {
    if (const auto journey = impl.journey(session, *asked.journey, asked.at)) {
      row.journey = journey->id;
      row.towards = journey->towards;
      if (!plate) plate = impl.journey_plate(*journey);
      for (const PersonId person : storage::travellers(session, journey->id))
        sitting.add({How::kJourney, person, 1, std::nullopt, asked.decision});
    } else if (sitting.heads == 0) {
      sitting.add({});  // somebody drove
      sitting.people.back().decision = asked.decision;
    }
  }
  impl.take_plate(row, plate);
  row.heads = sitting.heads;
  row.awaited = (asked.vehicle == Vehicle::kAmbulance && sitting.heads == 0) || asked.decision == Decision::kTest ||
                std::any_of(sitting.people.begin(), sitting.people.end(),
                            [](const Told& one) { return one.decision == Decision::kTest; });
  storage::note_post(session, row.place, row.unit);
  storage::insert(session, row);
  storage::insert(session, rows_of(impl, sitting, row.id, row.passed, 1));
  session.publish({"checkpoints.passed", row.id.value, row.passed, row.version, row.unit.value});
  return Passed{row.id, row.decision, row.heads, sitting.verified, row.journey.has_value()};
}

// Who waited for a test was there from the barrier until now, among others.
void keep_stays(const Impl& impl, Session& session, const storage::PassageRow& row,
                const std::vector<storage::OccupantRow>& occupants, Instant until) {
  if (until <= row.passed) return;
  std::vector<visits::ImportedVisit> stays;
  for (const auto& one : occupants) {
    if (one.how != How::kOwnCode || one.decision != Decision::kTest) continue;
    stays.push_back(
        {"checkpoints", claim_context(row.id, one.number), *one.person, row.place, std::nullopt, row.passed, until});
  }
  if (!stays.empty()) impl.visits.import_visits(session, stays);
}

Result<Passed> conclude(const Impl& impl, Session& session, const Settlement& asked, const Holders& holders) {
  auto row = storage::passage(session, asked.passage);
  if (!row || row->place != asked.place) return kNotFound;
  if (!row->awaited || row->settled) return kPassageSettled;
  if (asked.at < row->passed) return wrong_field("/at", "too_early");
  const bool ambulance = row->vehicle == Vehicle::kAmbulance;
  if (ambulance && asked.decision != Decision::kPass) return wrong_field("/decision", "contradiction");
  const auto before = storage::occupants(session, row->id);
  keep_stays(impl, session, *row, before, asked.at);
  storage::settle_waiting(session, row->id, asked.decision);
  Sitting more = sitting_of(impl, asked.occupants, holders, asked.unnamed, asked.decision, asked.at);
  for (const auto& one : before)
    if (one.person) more.leave_out(*one.person);
  storage::insert(session, rows_of(impl, more, row->id, row->passed, static_cast<std::int64_t>(before.size()) + 1));
  if (!row->plate && asked.plate) impl.take_plate(*row, normalise_plate(*asked.plate));
  if (row->decision == Decision::kTest || ambulance) row->decision = asked.decision;
  if (asked.why) row->why = asked.why;
  if (asked.note && !asked.note->empty()) row->note = impl.seal(kNoteKey, to_text(row->id), *asked.note);
  row->heads += more.heads;
  row->settled = asked.at;
  row->recorded = impl.clock.now();
  ++row->version;
  storage::settle(session, *row);
  session.publish({"checkpoints.passed", row->id.value, row->passed, row->version, row->unit.value});
  return Passed{row->id, row->decision, row->heads, more.verified, row->journey.has_value()};
}

Task<Result<gates::Duty>> on_duty(const Impl& impl, std::string shift, PlaceId place, Instant at) {
  return impl.db.read([&impl, shift = std::move(shift), place, at](Session& s) -> Result<gates::Duty> {
    return impl.duty(s, shift, place, at);
  });
}

Task<Result<Passed>> passing(Impl& impl, NewPassage asked, std::string key) {
  if (auto error = wrong(asked)) co_return *error;
  auto looking = on_duty(impl, asked.shift, asked.place, asked.at);
  const Result<gates::Duty> duty = co_await std::move(looking);
  if (!duty) co_return duty.error();
  auto asking = holders_of(impl, asked.occupants, asked.at);
  Holders holders = co_await std::move(asking);
  auto once = store::make_once(duty->shift, "checkpoints.pass", key, json::text(asked));
  auto keeping = impl.db.once(std::move(once),
                              [&impl, asked = std::move(asked), duty = *duty, holders = std::move(holders)](
                                  Session& s) -> Result<Passed> { return record(impl, s, duty, asked, holders); });
  co_return co_await std::move(keeping);
}

Task<Result<Passed>> settling(Impl& impl, Settlement asked, std::string key) {
  if (auto error = wrong_occupants(asked.occupants, asked.unnamed)) co_return *error;
  if (asked.plate && !normalise_plate(*asked.plate)) co_return wrong_field("/plate", "format");
  if (asked.decision == Decision::kTest) co_return wrong_field("/decision", "contradiction");
  if (auto error = wrong_reason(asked.decision == Decision::kTurnBack, asked.why, asked.note)) co_return *error;
  auto looking = on_duty(impl, asked.shift, asked.place, asked.at);
  const Result<gates::Duty> duty = co_await std::move(looking);
  if (!duty) co_return duty.error();
  auto asking = holders_of(impl, asked.occupants, asked.at);
  Holders holders = co_await std::move(asking);
  auto once = store::make_once(duty->shift, "checkpoints.settle", key, json::text(asked));
  auto keeping = impl.db.once(
      std::move(once), [&impl, asked = std::move(asked), holders = std::move(holders)](Session& s) -> Result<Passed> {
        return conclude(impl, s, asked, holders);
      });
  co_return co_await std::move(keeping);
}

// Whom a code stands for.
struct Party {
  Seen seen;
  std::vector<PersonId> people;
  UnitId unit;
};

Result<Party> party_of(const Impl& impl, Session& session, const Look& asked) {
  const Instant now = impl.clock.now();
  const auto duty = impl.duty(session, asked.shift, asked.place, now);
  if (!duty) return duty.error();
  Party out;
  out.unit = duty->spot->unit;
  if (Impl::journey_token(asked.code)) {
    const auto journey = impl.journey(session, asked.code, now);
    if (!journey) return journey.error();
    out.seen.how = How::kJourney;
    if (const auto plate = impl.journey_plate(*journey)) out.seen.plate = plate_text(*plate);
    out.seen.vehicle = journey->vehicle;
    out.seen.direction = journey->direction;
    out.people = storage::travellers(session, journey->id);
    return out;
  }
  if (linkage::PersonCodes::looks_ours(asked.code)) {
    const auto person = people::shown(impl.people, asked.code, now);
    if (!person) return person.error();
    out.seen.how = How::kOwnCode;
    out.seen.verified = true;
    out.people = {*person};
    return out;
  }
  if (linkage::looks_like_card(asked.code)) {
    out.seen.how = How::kCard;  // whose it is, the caller asks
    return out;
  }
  const auto reading = gates::read_code(asked.code, now);
  if (!reading) return reading.error();
  out.seen.how = how_of(reading->how);
  out.seen.lights = {Light::kYellow};
  return out;
}

Task<Result<Seen>> looking_at(const Impl& impl, Look asked) {
  auto reading = impl.db.read([&impl, asked](Session& s) { return party_of(impl, s, asked); });
  Result<Party> party = co_await std::move(reading);
  if (!party) co_return party.error();
  const bool card = party->seen.how == How::kCard;
  if (card) {
    if (!impl.holder) co_return gates::kCodeUnknown;
    auto looking_up = impl.holder(std::string(asked.code), impl.clock.now());
    const Result<PersonId> holder = co_await std::move(looking_up);
    if (!holder) co_return holder.error();
    party->people = {*holder};
  }
  for (const PersonId person : party->people) {
    auto asking = impl.light(person, party->unit);
    const Light light = co_await std::move(asking);
    // Anybody can carry a card: never green.
    party->seen.lights.push_back(card && light == Light::kGreen ? Light::kYellow : light);
  }
  co_return std::move(party->seen);
}

}  // namespace

Task<Result<Seen>> Checkpoints::look(Look look) const {
  return looking_at(*impl_, std::move(look));
}

Task<Result<Passed>> Checkpoints::pass(NewPassage passage, std::string key) {
  return passing(*impl_, std::move(passage), std::move(key));
}

Task<Result<Passed>> Checkpoints::settle(Settlement settlement, std::string key) {
  return settling(*impl_, std::move(settlement), std::move(key));
}

}  // namespace luytre::checkpoints

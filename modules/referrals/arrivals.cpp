// What comes to the stations, and what becomes of it without them.

#include <algorithm>

#include "modules/referrals/impl.h"

namespace luytre::referrals {

UnitId Referrals::Impl::responsible(UnitId unit, Instant at) const {
  return geography.responsible_commune(unit, local_date(at)).value_or(unit);
}

void Referrals::Impl::submitted(store::Session& session, SubjectId subject) {
  const auto notice = declarations.notice(session, declarations::DeclarationId{subject.value});
  if (notice) made_up(session, *notice);
  // The version that counts carries over what this one's older versions caused.
  if (!notice || notice->replaced) return;
  Arrival arrival;
  arrival.subject = subject;
  arrival.person = notice->person;
  arrival.colour = notice->colour;
  arrival.reasons = notice->reasons;
  arrival.rule_set = notice->rule_set;
  arrival.at = notice->at;
  arrival.recorded = notice->recorded;
  for (const auto older : notice->corrects) arrival.corrects.push_back(SubjectId{older.value});
  const auto& tell = notice->tell;
  if (tell) arrival.within_minutes = tell->within_minutes;
  const auto add = [&](UnitId unit, Station station) {
    const UnitId here = responsible(unit, notice->recorded);  // not now: a replay must find the same
    const auto same = [here](const auto& known) { return known.first == here; };
    if (std::none_of(arrival.counted.begin(), arrival.counted.end(), same)) arrival.counted.emplace_back(here, station);
    const bool asked = tell && std::find(tell->stations.begin(), tell->stations.end(), station) != tell->stations.end();
    if (asked && std::none_of(arrival.told.begin(), arrival.told.end(), same)) arrival.told.emplace_back(here, station);
  };
  add(notice->unit, Station::kResidence);
  if (notice->there) add(*notice->there, Station::kDestination);
  receive(session, arrival);
}

void Referrals::Impl::receive(store::Session& session, const Arrival& arrival) {
  for (const SubjectId older : arrival.corrects) storage::unarrive(session, arrival.source, older);
  const Date day = local_date(arrival.recorded);
  for (const auto& [unit, station] : arrival.counted)
    storage::arrive(session, arrival.source, arrival.subject, unit, day, arrival.colour);

  std::vector<std::pair<UnitId, Station>> open_for = arrival.told;
  const auto was_told = [&](UnitId origin) {
    const auto same = [origin](const auto& told) { return told.first == origin; };
    const auto found = std::find_if(open_for.begin(), open_for.end(), same);
    if (found == open_for.end()) return false;
    open_for.erase(found);
    return true;
  };
  for (auto& row : storage::of_subject(session, arrival.source, arrival.subject, arrival.person, arrival.claimed)) {
    if (!was_told(row.origin)) {
      end(session, row);
    } else if (row.colour != arrival.colour || row.state == State::kWithdrawn) {  // a passage that was decided anew
      carry_over(session, std::move(row), arrival);
    }
  }
  for (const SubjectId older : arrival.corrects)
    for (auto& row : storage::of_subject(session, arrival.source, older, arrival.person, arrival.claimed)) {
      if (was_told(row.origin)) {
        carry_over(session, std::move(row), arrival);
      } else {
        end(session, row);
      }
    }
  for (const auto& [unit, station] : open_for) open(session, arrival, unit, station);
}

void Referrals::Impl::end(store::Session& session, storage::ReferralRow& row) {
  if (ended(row.state)) return;
  row.state = State::kWithdrawn;
  row.ended = now();
  storage::update(session, row);
  step(session, row, StepKind::kWithdrawn, row.unit, {});
  publish(session, row, "referral.done");
}

void Referrals::Impl::missed(store::Session& session, SubjectId subject) {
  const auto window = declarations.missed(session, declarations::MissedId{subject.value});
  if (!window) return;
  Arrival arrival;
  arrival.source = Source::kMissed;
  arrival.subject = subject;
  arrival.person = window->person;
  arrival.colour = Colour::kYellow;
  arrival.reasons.push_back("missed-window");
  arrival.rule_set = window->rule_set;
  arrival.within_minutes = window->tell.within_minutes;
  arrival.at = window->until;
  arrival.recorded = window->recorded;
  const auto& stations = window->tell.stations;
  if (std::find(stations.begin(), stations.end(), Station::kResidence) != stations.end())
    arrival.told.emplace_back(responsible(window->unit, window->recorded), Station::kResidence);
  receive(session, arrival);
}

void Referrals::Impl::questioned(store::Session& session, SubjectId subject) {
  const auto question = questions ? questions(session, subject) : std::nullopt;
  if (!question) {  // decided otherwise, or taken back
    for (auto& row : storage::of_subject(session, Source::kDifference, subject)) end(session, row);
    return;
  }
  Arrival arrival;
  arrival.source = Source::kDifference;
  arrival.subject = subject;
  arrival.person = question->person;
  arrival.colour = Colour::kYellow;
  arrival.reasons.push_back("difference-referred");
  arrival.rule_set = kDifferenceRules;
  arrival.within_minutes = kDifferenceWithin.count();
  arrival.at = arrival.recorded = question->referred;
  arrival.told.emplace_back(responsible(question->unit, question->referred), Station::kResidence);
  receive(session, arrival);
}

void Referrals::Impl::alerted(store::Session& session, SubjectId subject) {
  const auto alert = alerts ? alerts(session, subject) : std::nullopt;
  if (!alert) {  // made up for, or the order ended
    for (auto& row : storage::of_subject(session, Source::kOrder, subject)) end(session, row);
    return;
  }
  Arrival arrival;
  arrival.source = Source::kOrder;
  arrival.subject = subject;
  arrival.person = alert->person;
  arrival.colour = Colour::kYellow;
  arrival.reasons.push_back(alert->reason);
  arrival.rule_set = alert->rule_set;
  arrival.within_minutes = alert->within.count();
  arrival.at = alert->at;
  arrival.recorded = alert->recorded;
  arrival.told.emplace_back(responsible(alert->unit, alert->recorded), Station::kResidence);
  receive(session, arrival);
}

void Referrals::Impl::made_up(store::Session& session, const declarations::Notice& notice) {
  for (const auto id : declarations::Declarations::missed_around(session, notice.form, notice.person, notice.at))
    for (auto& row : storage::of_subject(session, Source::kMissed, SubjectId{id.value})) end(session, row);
}

void Referrals::Impl::open(store::Session& session, const Arrival& arrival, UnitId unit, Station station) {
  storage::ReferralRow row;
  row.id = db.ids().make<ReferralId>();
  row.source = arrival.source;
  row.subject = arrival.subject;
  row.origin = row.unit = unit;
  row.station = station;
  row.person = arrival.person;
  row.claimed = arrival.claimed;
  if (arrival.claimed > 0) row.claim = seal(kClaimSeal, row.id.value, json::text(arrival.claim));
  row.colour = arrival.colour;
  row.reasons = seal(kReasonsSeal, row.id.value, json::text(arrival.reasons));
  row.rule_set = arrival.rule_set;
  row.at = arrival.at;
  row.created = arrival.recorded;
  row.within_minutes = arrival.within_minutes;
  row.due_at = arrival.recorded + std::chrono::minutes(arrival.within_minutes);
  row.base = row.level = base_of(geography, unit);
  storage::insert(session, row);
  step(session, row, StepKind::kOpened, unit, {});
  publish(session, row, "referral.opened");
}

void Referrals::Impl::carry_over(store::Session& session, storage::ReferralRow row, const Arrival& arrival) {
  const bool worse = !row.colour || arrival.colour > *row.colour;
  const Instant due = arrival.recorded + std::chrono::minutes(arrival.within_minutes);
  row.subject = arrival.subject;
  row.colour = arrival.colour;
  row.reasons = seal(kReasonsSeal, row.id.value, json::text(arrival.reasons));
  row.rule_set = arrival.rule_set;
  row.at = arrival.at;
  row.within_minutes = arrival.within_minutes;
  // Somebody who was reached about less is called again.
  const bool again = row.state == State::kWithdrawn || (row.state == State::kDone && worse);
  if (again) {
    row.state = State::kOpen;
    row.level = row.base;
    row.ended.reset();
    row.outcome.reset();
    row.taken_by.reset();
    row.due_at = due;
  } else if (row.state == State::kOpen) {
    row.due_at = std::min(row.due_at, due);
  }
  storage::update(session, row);
  step(session, row, StepKind::kCorrected, row.unit, {});
  publish(session, row, again ? "referral.opened" : "referral.changed");
}

void Referrals::Impl::withdrawn(store::Session& session, SubjectId subject) {
  storage::unarrive(session, Source::kDeclaration, subject);
  for (auto& row : storage::of_subject(session, Source::kDeclaration, subject)) {
    if (!row.colour) continue;  // done already
    row.colour.reset();
    row.reasons = seal(kReasonsSeal, row.id.value, "[]");
    const bool lay_open = !ended(row.state);
    if (lay_open) {
      row.state = State::kWithdrawn;
      row.ended = now();
    }
    storage::update(session, row);
    step(session, row, StepKind::kWithdrawn, row.unit, {});
    publish(session, row, lay_open ? "referral.done" : "referral.changed");
  }
}

void Referrals::Impl::escalate(store::Session& session) {
  const Instant now = this->now();
  for (auto& row : storage::late(session, now, kEscalateMost)) {
    climb(row, now);
    storage::update(session, row);
    step(session, row, StepKind::kEscalated, unit_at(geography, row.unit, row.level), {});
    publish(session, row, "referral.escalated");
  }
}

}  // namespace luytre::referrals

// Where travellers go: who comes, who has taken notice, what came of it.

#include <span>

#include "modules/arrivals/impl.h"
#include "modules/people/person_line.h"
#include "platform/base/sorted_cursor.h"
#include "platform/geography/within.h"
#include "platform/identity/taken_out.h"

namespace luytre::arrivals {
namespace {

using store::Session;
using tables::Cell;

constexpr const char* kReceptionNote = "arrivals.reception";

const identity::Action kComing{
    "arrivals.coming", Purpose::kFollowUp, {Role::kStationOfficer, Role::kDistrictOfficer, Role::kProvinceOfficer}};

const identity::Action kTakeOut{
    "arrivals.take_out", Purpose::kFollowUp, {Role::kDistrictOfficer, Role::kProvinceOfficer}, true};

Reached state_of(const storage::ArrivalRow& row) {
  if (row.received) return Reached::kDone;
  return row.acknowledged ? Reached::kAcknowledged : Reached::kWaiting;
}

bool ends(referrals::Outcome outcome) {
  return outcome == referrals::Outcome::kReached || outcome == referrals::Outcome::kRefused ||
         outcome == referrals::Outcome::kNotNeeded;
}

bool is_task_of(const Arrivals::Impl& impl, const Caller& caller, const storage::ArrivalRow& row) {
  const auto level = referrals::level_of(impl.geography, caller, row.towards);
  return level && *level <= row.level;
}

Coming shown(const Arrivals::Impl& impl, const Caller& caller, const storage::ArrivalRow& row,
             std::span<const storage::ReceptionRow> receptions) {
  Coming out;
  out.id = row.id;
  if (const auto spot = impl.places.spot(row.place)) out.place_name = spot->place_name;
  out.at = row.decided;
  out.outcome = row.outcome;
  out.towards = row.towards;
  out.towards_name = impl.geography.path_text(row.towards);
  if (row.note) out.note = impl.vault.unsealed(kNote, to_text(row.id), row.note->data);
  out.declaration = row.declaration;
  out.acknowledged_at = row.acknowledged;
  out.due_at = row.due_at;
  out.level = static_cast<referrals::Level>(row.level);
  out.escalated = row.due_at && row.level > row.base;
  out.yours = is_task_of(impl, caller, row);
  out.overdue = !row.acknowledged && row.due_at && *row.due_at <= impl.db.clock().now();
  out.state = state_of(row);
  for (const auto& one : receptions) {
    Attempt& attempt = out.attempts.emplace_back();
    attempt.at = one.at;
    attempt.outcome = one.outcome;
    if (one.note) attempt.note = impl.vault.unsealed(kReceptionNote, to_text(one.id), one.note->data);
  }
  return out;
}

// An arrival that is the caller's task; in the traveller's access log.
Result<storage::ArrivalRow> task(const Arrivals::Impl& impl, Session& session, const Caller& caller, ArrivalId id,
                                 const std::string& reason) {
  auto row = storage::find(session, id);
  if (!row) return kNotFound;
  const auto allowed = impl.access.require(session, caller, kComing, {row->person, row->towards, reason});
  if (!allowed) return allowed.error();
  if (!is_task_of(impl, caller, *row)) return referrals::kNotEscalated;
  return std::move(*row);
}

void acknowledge_row(Session& session, const Caller& caller, const storage::ArrivalRow& row, Instant now) {
  if (storage::acknowledge(session, row.id, caller.account, now))
    session.publish({"arrivals.acknowledged", row.id.value, now, 2, row.towards.value});
}

}  // namespace

Task<Result<http::Page<Coming>>> Arrivals::coming(const Caller& caller, ComingFilter filter,
                                                  std::optional<std::string> cursor, std::size_t limit) const {
  const auto areas = impl_->access.areas(caller, kComing);
  if (areas.empty()) return refused<http::Page<Coming>>(kNotPermitted);
  const bool descending = filter.order == Order::kDescending;
  const std::string sorted = "at-" + json::enum_text(filter.order);
  const auto start = start_of(cursor, sorted, descending);
  if (!start) return refused<http::Page<Coming>>(start.error());
  const ArrivalId after{start->number};
  return impl_->db.transact([impl = impl_.get(), caller, areas, filter, descending, sorted, after,
                             limit](Session& s) -> Result<http::Page<Coming>> {
    http::Page<Coming> page;
    auto of = geography::within_or_above(impl->geography, areas, filter.unit);
    if (!of) return page;
    impl->places.refresh(s);
    auto rows = storage::page(s, {std::move(*of), filter.outcome, filter.state, descending}, after, limit + 1);
    if (rows.size() > limit) {
      rows.resize(limit);
      page.next = end_of(sorted, {rows.back().id.value, 0});
    }
    std::vector<identity::Subject> looked_at;
    std::vector<PersonId> persons;
    for (const auto& row : rows) {
      looked_at.push_back({row.person, row.towards, identity::note(identity::LogNote::kListOfArrivals)});
      persons.push_back(row.person);
    }
    if (auto allowed = impl->access.require_each(s, caller, kComing, looked_at); !allowed) return allowed.error();
    const auto briefs = impl->people.briefs(s, persons);
    auto receptions = storage::receptions(s, rows);
    for (const auto& row : rows) {
      Coming& one = page.items.emplace_back(shown(*impl, caller, row, receptions[row.id]));
      if (const auto brief = briefs.find(row.person); brief != briefs.end()) one.person = brief->second;
    }
    return page;
  });
}

// Notes tell of somebody's health, and are left out.
Task<Result<http::Reply>> Arrivals::take_out(const Caller& caller, UnitId unit, ComingOut wanted) const {
  return impl_->db.transact([impl = impl_.get(), caller, unit,
                             wanted = std::move(wanted)](Session& s) -> Result<http::Reply> {
    const auto allowed = impl->access.require(s, caller, kTakeOut, {PersonId{}, unit, wanted.reason});
    if (!allowed) return allowed.error();
    if (!impl->geography.find(unit)) return kNotFound;
    const storage::Search search{{impl->geography.covered(unit), false}, wanted.outcome, wanted.state};
    const auto rows = storage::page(s, search, ArrivalId{outermost(true).number}, identity::kListOutMost + 1);
    if (rows.size() > identity::kListOutMost) return identity::list_too_long();
    impl->places.refresh(s);
    const Instant now = impl->db.clock().now();
    std::vector<identity::Subject> shown;
    tables::Sheet sheet;
    sheet.columns = people::person_heads({"outcome"}, {"gate", "at", "towards", "dueAt", "state", "level"});
    for (const auto& row : rows) {
      shown.push_back({row.person, row.towards, wanted.reason});
      const auto person = impl->people.written(s, row.person);
      if (!person) continue;
      const auto spot = impl->places.spot(row.place);
      const auto* towards = impl->geography.find(row.towards);
      sheet.rows.push_back(people::person_line(
          {json::enum_text(row.outcome)}, *person,
          {spot ? Cell(spot->place_name) : Cell(), to_text(row.decided), towards ? Cell(towards->code) : Cell(),
           row.due_at ? Cell(to_text(*row.due_at)) : Cell(), json::enum_text(state_of(row)),
           json::enum_text(static_cast<referrals::Level>(row.level))},
          impl->geography, local_date(now)));
    }
    return identity::unit_file(
        s, impl->access, impl->geography, caller, kTakeOut,
        {unit, "arrivals", "luytre-arrivals-", wanted.reason, wanted.format, std::move(sheet), std::move(shown)}, now);
  });
}

Task<Result<Done>> Arrivals::acknowledge(const Caller& caller, ArrivalId id) {
  return impl_->db.transact([impl = impl_.get(), caller, id](Session& s) -> Result<Done> {
    const auto row = task(*impl, s, caller, id, identity::note(identity::LogNote::kAcknowledged));
    if (!row) return row.error();
    acknowledge_row(s, caller, *row, impl->db.clock().now());
    return Done{};
  });
}

Task<Result<Done>> Arrivals::receive(const Caller& caller, ArrivalId id, Reception said, std::string key) {
  const bool noted = said.note && !said.note->empty();
  if (said.outcome == referrals::Outcome::kNotNeeded && !noted) return refused<Done>(wrong_field("/note", "required"));
  auto once = store::make_once(caller.account.value, "arrivals.receive " + to_text(id), key, json::text(said));
  return impl_->db.once(
      std::move(once), [impl = impl_.get(), caller, id, noted, said = std::move(said)](Session& s) -> Result<Done> {
        const auto row = task(*impl, s, caller, id, identity::note(identity::LogNote::kWhatCameOfIt));
        if (!row) return row.error();
        const Instant now = impl->db.clock().now();
        acknowledge_row(s, caller, *row, now);
        storage::ReceptionRow attempt;
        attempt.id = impl->db.ids().make<storage::ReceptionId>();
        attempt.arrival = id;
        attempt.at = now;
        attempt.recorded_by = caller.account;
        attempt.outcome = said.outcome;
        if (noted) attempt.note = store::Bytes{impl->vault.seal(kReceptionNote, to_text(attempt.id), *said.note)};
        storage::insert(s, attempt);
        if (ends(said.outcome) && storage::receive(s, id, now))
          s.publish({"arrivals.received", id.value, now, 3, row->towards.value});
        return Done{};
      });
}

std::vector<Crossing> Arrivals::crossings(Session& session, PersonId person, Interval when) {
  return storage::crossings(session, person, when, kCrossingsMost);
}

std::optional<Crosser> Arrivals::crosser(Session& session, ArrivalId arrival) {
  const auto row = storage::find(session, arrival);
  return row ? std::optional(Crosser{row->person, row->decided}) : std::nullopt;
}

std::vector<PersonId> Arrivals::crossed_in(Session& session, std::span<const UnitId> units, Interval when,
                                           PersonId after, std::size_t most) {
  return storage::crossed_in(session, units, when, after, most);
}

}  // namespace luytre::arrivals

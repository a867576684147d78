// Where travellers go: who comes, who has taken notice, what came of it.

#include <algorithm>
#include <limits>

#include "modules/arrivals/impl.h"

namespace luytre::arrivals {
namespace {

using store::Session;

constexpr const char* kReceptionNote = "arrivals.reception";

const identity::Action kComing{
    "arrivals.coming", Purpose::kFollowUp, {Role::kStationOfficer, Role::kDistrictOfficer, Role::kProvinceOfficer}};

Reached state_of(const storage::ArrivalRow& row) {
  if (row.received) return Reached::kDone;
  return row.acknowledged ? Reached::kAcknowledged : Reached::kWaiting;
}

bool ends(referrals::Outcome outcome) {
  return outcome == referrals::Outcome::kReached || outcome == referrals::Outcome::kRefused ||
         outcome == referrals::Outcome::kNotNeeded;
}

// Where they may go whom the caller sees; absent: anywhere.
std::optional<std::vector<UnitId>> units_of(const geography::Geography& geography, const std::vector<UnitId>& areas,
                                            std::optional<UnitId> unit) {
  std::vector<UnitId> out;
  if (unit) {
    for (const UnitId covered : geography.covered(*unit))
      if (geography.covers(areas, covered)) out.push_back(covered);
    return out;
  }
  for (const UnitId area : areas) {
    if (area.value == 0) return std::nullopt;
    for (const UnitId covered : geography.covered(area)) out.push_back(covered);
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

bool is_task_of(const Arrivals::Impl& impl, const Caller& caller, const storage::ArrivalRow& row) {
  const auto level = referrals::level_of(impl.geography, caller, row.towards);
  return level && *level <= row.level;
}

Coming shown(const Arrivals::Impl& impl, Session& session, const Caller& caller, const storage::ArrivalRow& row) {
  Coming out;
  out.id = row.id;
  if (auto brief = impl.people.brief(session, row.person)) out.person = std::move(*brief);
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
  for (const auto& one : storage::receptions(session, row.id)) {
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
  ArrivalId before{std::numeric_limits<std::int64_t>::max()};
  if (cursor) {
    const auto id = parse_id(*cursor);
    if (!id) return refused<http::Page<Coming>>(wrong_field("?cursor", "format"));
    before = ArrivalId{*id};
  }
  return impl_->db.transact(
      [impl = impl_.get(), caller, areas, filter, before, limit](Session& s) -> Result<http::Page<Coming>> {
        impl->places.refresh(s);
        auto rows = storage::before(
            s, {before, units_of(impl->geography, areas, filter.unit), filter.outcome, filter.state}, limit + 1);
        http::Page<Coming> page;
        if (rows.size() > limit) {
          rows.resize(limit);
          page.next = to_text(rows.back().id);
        }
        std::vector<identity::Subject> looked_at;
        for (const auto& row : rows) {
          looked_at.push_back({row.person, row.towards, identity::note(identity::LogNote::kListOfArrivals)});
          page.items.push_back(shown(*impl, s, caller, row));
        }
        if (auto allowed = impl->access.require_each(s, caller, kComing, looked_at); !allowed) return allowed.error();
        return page;
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

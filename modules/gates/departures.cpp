// Going out. Devices work without a network, so that who left may be told before who came.

#include <algorithm>

#include "modules/gates/departure_storage.h"
#include "modules/gates/impl.h"
#include "modules/people/shown.h"

namespace luytre::gates {
namespace {

using store::Session;

bool is_group(const storage::EntryRow& row) {
  return row.how == How::kGroup;
}

// So many of a group have gone: they become an entry of their own.
void split(Session& s, const Gates::Impl& impl, const storage::EntryRow& row, std::int64_t gone, Instant at) {
  if (gone == row.heads) return storage::depart(s, row, at);
  storage::EntryRow apart = row;
  apart.id = impl.db.ids().make<EntryId>();
  apart.heads = gone;
  apart.until = at;
  apart.departed = at;
  storage::set_heads(s, row, row.heads - gone);
  storage::insert(s, apart);
}

// Ends what is open under the mark; answers how many of the heads were not found. People of groups are alike: only
// those count who are still taken to be here, from the oldest on. A phone number may be a family's: it ends one entry.
// Whoever has a code or paper is one, however often it was scanned on the way in.
std::int64_t close(Session& s, const Gates::Impl& impl, const storage::DepartureRow& left,
                   std::span<const storage::Marked> marks, How how) {
  std::int64_t unmet = left.heads;
  for (const auto& row : storage::open_entries(s, marks, left.departed)) {
    if (how == How::kGroup) {
      if (unmet == 0) break;
      if (row.until <= left.departed || row.heads == 0) continue;
      const std::int64_t gone = std::min(unmet, row.heads);
      split(s, impl, row, gone, left.departed);
      unmet -= gone;
      continue;
    }
    storage::depart(s, row, left.departed);
    unmet = 0;
    if (how == How::kPhone) break;
  }
  return unmet;
}

Task<Result<Departed>> departing(Gates::Impl& impl, Departure asked, std::string key) {
  const auto reading = read_shown(asked.code, asked.phone, impl.clock.now());
  if (!reading) co_return reading.error();
  const bool group = reading->how == How::kGroup;
  if (group ? asked.heads < 1 || asked.heads > kCompanionsMost : asked.heads != 0)
    co_return wrong_field("/heads", "range");
  auto looking = impl.db.read([&impl, shift = std::string(asked.shift), place = asked.place, zone = asked.zone,
                               at = asked.at](Session& s) { return impl.standing(s, shift, place, zone, at); });
  const Result<Duty> standing = co_await std::move(looking);
  if (!standing) co_return standing.error();

  const std::string body = json::text(asked);
  std::optional<PersonId> person;
  std::optional<visits::Visit> stay;  // that has ended now
  if (reading->how == How::kCard) {
    if (!impl.holder) co_return kCodeUnknown;
    auto looking_up = impl.holder(std::string(*asked.code), asked.at);
    const Result<PersonId> holder = co_await std::move(looking_up);
    if (!holder) co_return holder.error();
    person = *holder;
  }
  if (reading->how == How::kOwnCode) {
    const Result<PersonId> shown = people::shown(impl.people, *asked.code, asked.at);
    if (!shown) co_return shown.error();
    person = *shown;
    auto once = store::make_once(standing->shift, "gates.leave", key, body);
    auto leaving = impl.visits.leave_by_guard(asked.place, *person, asked.at, std::move(once));
    const Result<visits::Visit> ended = co_await std::move(leaving);
    if (ended) stay = *ended;
    if (!ended && !left_already(ended.error())) co_return ended.error();
  }

  storage::DepartureRow left;
  left.place = asked.place;
  left.zone = asked.zone;
  left.guard = standing->guard;
  left.departed = asked.at;
  left.mark = impl.mark(asked.place, *reading, person);
  left.heads = group ? asked.heads : 1;

  // Whoever came in again before this was heard joined the stay that has now ended: that is a stay of its own.
  std::optional<VisitId> again;
  const auto later_of_stay = [&impl, reading = *reading, person, stay, at = asked.at](Session& s) {
    return storage::entries_after(s, stay->place, impl.mark(stay->place, reading, person), stay->id, at);
  };
  if (stay) {
    auto looking_after = impl.db.read(later_of_stay);
    const std::vector<storage::EntryRow> after = co_await std::move(looking_after);
    if (!after.empty()) {
      auto once = store::make_once(standing->shift, "gates.again", key, body);
      auto entering = impl.visits.enter_by_guard(stay->place, *person, after.front().entered, std::move(once));
      const Result<visits::Visit> entered = co_await std::move(entering);
      if (!entered && entered.error().code != visits::kVisitGone.code) co_return entered.error();
      if (entered) again = entered->id;
    }
  }

  auto once = store::make_once(standing->shift, "gates.depart", key, body);
  auto keeping = impl.db.once(std::move(once),
                              [&impl, left, ended = stay.has_value(), again, later_of_stay, reading = *reading,
                               person](Session& s) -> Result<Departed> {
                                const auto marks = impl.marks(s, left.place, reading, person);
                                const std::int64_t unmet = close(s, impl, left, marks, reading.how);
                                if (again)
                                  for (const auto& row : later_of_stay(s)) storage::set_visit(s, row, *again);
                                Departed out;
                                out.how = reading.how;
                                out.met = ended || unmet == 0;
                                if (out.met) return out;
                                storage::DepartureRow kept = left;
                                kept.id = impl.db.ids().make<EntryId>();
                                kept.heads = unmet;
                                kept.recorded = impl.clock.now();
                                storage::insert(s, kept);
                                return out;
                              });
  auto departed = co_await std::move(keeping);
  if (!departed) co_return departed.error();
  auto counting = impl.db.read([&impl, place = asked.place](Session& s) { return impl.crowd(s, place); });
  const Crowd crowd = co_await std::move(counting);
  departed->present = crowd.present;
  departed->capacity = crowd.capacity;
  departed->fill = visits::fill_of(crowd.present, crowd.capacity);
  co_return departed;
}

}  // namespace

std::optional<Instant> left_before_heard(Session& session, std::span<const storage::Marked> marks, Instant entered) {
  const auto rows = storage::departures(session, marks, entered);
  return rows.empty() ? std::nullopt : std::optional(rows.front().departed);
}

void meet_departures(Session& session, const Gates::Impl& impl, storage::EntryRow row,
                     std::span<const storage::Marked> marks) {
  for (const auto& left : storage::departures(session, marks, row.entered)) {
    if (!is_group(row)) {
      storage::depart(session, row, left.departed);
      return storage::set_heads(session, left, 0);
    }
    const std::int64_t gone = std::min(left.heads, row.heads);
    split(session, impl, row, gone, left.departed);
    storage::set_heads(session, left, left.heads - gone);
    row.heads -= gone;
    if (row.heads == 0) return;
  }
}

Task<Result<Departed>> Gates::depart(Departure departure, std::string key) {
  return departing(*impl_, std::move(departure), std::move(key));
}

}  // namespace luytre::gates

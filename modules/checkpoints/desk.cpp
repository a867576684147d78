// Roster, counts, the queue and the handover.

#include "modules/checkpoints/impl.h"

namespace luytre::checkpoints {
namespace {

using store::Session;
using Impl = Checkpoints::Impl;

// What is kept of an answer for a repeat: the note stays sealed.
struct Kept {
  std::int64_t id = 0;
};
BOOST_DESCRIBE_STRUCT(Kept, (), (id))

// Runs `write` in the name of the guard on duty, once.
template <class T, class Asked, class Write>
Task<Result<T>> by_guard(Impl& impl, const char* what, Asked asked, std::string key, Write write) {
  auto reading = impl.db.read([&impl, shift = std::string(asked.shift), place = asked.place,
                               at = asked.at](Session& s) { return impl.duty(s, shift, place, at); });
  const Result<gates::Duty> duty = co_await std::move(reading);
  if (!duty) co_return duty.error();
  auto once = store::make_once(duty->shift, what, key, json::text(asked));
  auto keeping =
      impl.db.once(std::move(once), [&impl, asked = std::move(asked), duty = *duty, write](Session& s) -> Result<T> {
        return write(impl, s, duty, asked);
      });
  co_return co_await std::move(keeping);
}

Result<Queue> keep_count(const Impl& impl, Session& session, const gates::Duty& duty, const QueueCount& asked) {
  storage::note_post(session, asked.place, duty.spot->unit);
  storage::insert(session, storage::QueueRow{impl.db.ids().next(), asked.place, duty.guard, asked.at, asked.waiting});
  return impl.queue(session, asked.place);
}

Result<Kept> keep_handover(const Impl& impl, Session& session, const gates::Duty& duty, const NewHandover& asked) {
  const Counts counts = storage::counts(session, asked.place, duty.began);
  storage::HandoverRow row;
  row.id = impl.db.ids().next();
  row.place = asked.place;
  row.guard = duty.guard;
  row.guard_name = duty.name;
  row.handed = asked.at;
  row.note = impl.seal(kHandoverKey, id_text(row.id), asked.note);
  row.vehicles = counts.vehicles;
  row.people = counts.people;
  row.open = storage::open_count(session, asked.place);
  storage::note_post(session, asked.place, duty.spot->unit);
  storage::insert(session, row);
  return Kept{row.id};
}

Task<Result<Handover>> shown(const Impl& impl, PlaceId place, Task<Result<Kept>> keeping) {
  const Result<Kept> kept = co_await std::move(keeping);
  if (!kept) co_return kept.error();
  auto reading = impl.db.read([&impl, place, id = kept->id](Session& s) -> Result<Handover> {
    const auto row = storage::handover(s, place, id);
    return row ? Result<Handover>(impl.view(*row)) : Result<Handover>(kNotFound);
  });
  co_return co_await std::move(reading);
}

}  // namespace

std::vector<OnDuty> Checkpoints::Impl::roster(Session& session, PlaceId place) const {
  std::vector<OnDuty> out;
  for (auto& duty : gates::Gates::on_duty(session, place, clock.now()))
    out.push_back({std::move(duty.name), duty.began, duty.ends});
  return out;
}

Handover Checkpoints::Impl::view(const storage::HandoverRow& row) const {
  return {row.handed,   row.guard_name, unseal(kHandoverKey, id_text(row.id), row.note),
          row.vehicles, row.people,     row.open};
}

Open Checkpoints::Impl::open(const storage::PassageRow& row, bool with_plate) const {
  Open out{row.id, row.passed, row.vehicle, row.direction, {}, row.heads, row.decision};
  if (with_plate) out.plate = plate_of(row);
  return out;
}

Queue Checkpoints::Impl::queue(Session& session, PlaceId place) const {
  const Instant now = clock.now();
  Queue out;
  if (const auto post = storage::post(session, place)) out.limit = post->wait_limit;
  out.passed = storage::passed_between(session, place, now - kRateOver, now + visits::kClockSkew);
  const auto count = storage::queue(session, place, now - kQueueGood);
  if (!count) return out;
  out.counted = count->counted;
  out.waiting = count->waiting;
  if (out.waiting == 0) {
    out.minutes = 0;
  } else if (out.passed > 0) {
    out.minutes = (out.waiting * kRateOver.count() + out.passed - 1) / out.passed;
  }
  // Vehicles wait and none has passed: longer than anybody would say.
  out.alarm = out.limit && (!out.minutes || *out.minutes > *out.limit);
  return out;
}

Task<Result<Queue>> Checkpoints::count(QueueCount asked, std::string key) {
  if (asked.waiting < 0 || asked.waiting > kWaitingMost) return refused<Queue>(wrong_field("/waiting", "range"));
  return by_guard<Queue>(*impl_, "checkpoints.count", std::move(asked), std::move(key), keep_count);
}

Task<Result<Handover>> Checkpoints::hand_over(NewHandover asked, std::string key) {
  const PlaceId place = asked.place;
  return shown(*impl_, place,
               by_guard<Kept>(*impl_, "checkpoints.hand_over", std::move(asked), std::move(key), keep_handover));
}

Task<Result<Lane>> Checkpoints::lane(LaneAsk ask) const {
  return impl_->db.read(
      [impl = impl_.get(), shift = std::string(ask.shift), place = ask.place](Session& s) -> Result<Lane> {
        const auto duty = impl->duty(s, shift, place, impl->clock.now());
        if (!duty) return duty.error();
        Lane out;
        out.place = place;
        out.name = duty->spot->place_name;
        out.roster = impl->roster(s, place);
        out.plan = impl->plan(s, place);
        out.counts = storage::counts(s, place, duty->began);
        for (const auto& row : storage::open(s, place, kOpenShown)) out.open.push_back(impl->open(row, true));
        out.queue = impl->queue(s, place);
        const auto handovers = storage::handovers(s, place, 1);
        if (!handovers.empty()) out.handover = impl->view(handovers.front());
        return out;
      });
}

}  // namespace luytre::checkpoints

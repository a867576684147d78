// Roll-calls of a site.

#include <algorithm>
#include <map>

#include "modules/quarantine/site_impl.h"
#include "platform/base/noted.h"

namespace luytre::quarantine {

using store::Session;

Result<Site> Sites::Impl::begin_call(Session& session, const Caller& caller, SiteId id) const {
  const auto site = opened(session, caller, id);
  if (!site) return site.error();
  if (auto last = storage::last_call(session, id); last && !last->closed) {
    if (last->begun >= this_morning()) return view(session, caller, *site);
    end_call(session, caller, *last);
  }
  storage::RollCallRow row;
  row.id = db.ids().make<RollCallId>();
  row.site = id;
  row.begun = now();
  row.begun_by = caller.name;
  storage::insert(session, row);
  changed(session, *site);
  return view(session, caller, *site);
}

Result<RollTaken> Sites::Impl::answer(Session& session, const Caller& caller, RollCallId id,
                                      const RollAnswers& asked) const {
  const auto call = storage::roll_call(session, id);
  if (!call) return kNotFound;
  const auto site = opened(session, caller, call->site);
  if (!site) return site.error();
  if (asked.answers.empty() || asked.answers.size() > kAnswersMost) return wrong_field("/answers", "range");
  std::map<StayId, storage::AnswerRow> known;
  for (const storage::AnswerRow& one : storage::answers(session, id)) known[one.stay] = one;
  RollTaken out;
  bool any = false;
  for (const RollAnswer& one : asked.answers) {
    RollOutcome& outcome = out.items.emplace_back();
    outcome.stay = one.stay;
    const auto stay = storage::stay(session, one.stay);
    if (!stay || stay->site != site->id) {
      outcome.refused = kNotFound.code;
      continue;
    }
    const auto order = storage::find(session, stay->order_id);
    const auto allowed = look(session, caller, *site, order->person);
    if (!allowed) return allowed.error();
    if (stay->left) {
      outcome.refused = kHasLeft.code;
      continue;
    }
    const Instant at = one.at ? noted_at(*one.at, asked.sent, call->begun, now()) : now();
    const auto before = known.find(one.stay);
    if (before != known.end() && (before->second.present == one.present || at < before->second.at)) {
      outcome.roll = storage::last_roll(session, one.stay);
      continue;
    }
    const Roll roll{one.present, at, caller.name};
    storage::insert_roll(session, db.ids().next(), id, one.stay, roll);
    known[one.stay] = {one.stay, one.present, at};
    outcome.roll = storage::last_roll(session, one.stay);
    any = true;
    if (one.present)
      found_present(session, order->id, at);
    else if (call->closed)
      tell_absent(session, *site, *stay, at);
  }
  if (any) changed(session, *site);
  out.roll_call = shown(session, *call);
  return out;
}

Result<Site> Sites::Impl::close_call(Session& session, const Caller& caller, RollCallId id) const {
  auto call = storage::roll_call(session, id);
  if (!call) return kNotFound;
  const auto site = opened(session, caller, call->site);
  if (!site) return site.error();
  if (!call->closed) {
    end_call(session, caller, *call);
    changed(session, *site);
  }
  return view(session, caller, *site);
}

RollCall Sites::Impl::shown(Session& session, const storage::RollCallRow& row) const {
  std::map<StayId, bool> present;
  for (const storage::AnswerRow& one : storage::answers(session, row.id)) present[one.stay] = one.present;
  RollCall out;
  out.id = row.id;
  out.begun = row.begun;
  out.begun_by = row.begun_by;
  out.closed = row.closed;
  out.closed_by = row.closed_by;
  out.present = std::count_if(present.begin(), present.end(), [](const auto& one) { return one.second; });
  out.absent = static_cast<std::int64_t>(present.size()) - out.present;
  for (const storage::StayRow& stay : storage::open_stays(session, row.site))
    if (stay.entered <= row.closed.value_or(now()) && !present.contains(stay.id)) ++out.left;
  return out;
}

void Sites::Impl::end_call(Session& session, const Caller& caller, storage::RollCallRow& row) const {
  row.closed = now();
  row.closed_by = caller.name;
  storage::close(session, row);
  const auto site = storage::site(session, row.site);
  std::map<StayId, storage::AnswerRow> last;
  for (const storage::AnswerRow& one : storage::answers(session, row.id)) last[one.stay] = one;
  for (const auto& [id, answer] : last) {
    const auto stay = storage::stay(session, id);
    if (!answer.present && stay && !stay->left) tell_absent(session, *site, *stay, answer.at);
  }
}

// The site's station, whoever answers for the order. Who is looked for already is not looked for twice, and who was
// seen at a later roll-call not at all.
void Sites::Impl::tell_absent(Session& session, const storage::SiteRow& site, const storage::StayRow& stay,
                              Instant at) const {
  if (const auto last = storage::last_roll(session, stay.id); last && last->present && at <= last->at) return;
  const OrderId order = stay.order_id;
  const auto row = storage::find(session, order);
  if (!row || row->state != State::kRunning) return;
  for (const storage::AlertRow& one : storage::alerts(session, order)) {
    if (one.kind != AlertKind::kAbsent || one.withdrawn) continue;
    const auto told =
        referrals::Referrals::standing(session, referrals::Source::kOrder, referrals::SubjectId{one.id.value});
    if (!told || told->state != referrals::State::kDone) return;
  }
  storage::AlertRow alert;
  alert.id = db.ids().make<AlertId>();
  alert.order_id = order;
  alert.unit = site.unit;
  alert.kind = AlertKind::kAbsent;
  alert.at = at;
  alert.recorded = now();
  alert.rule_set = kAbsentRules;
  alert.within_minutes = kAbsentWithin.count();
  storage::insert(session, alert);
  session.publish({"quarantine.alert", alert.id.value, now(), 1, site.unit.value});
}

void Sites::Impl::found_present(Session& session, OrderId order, Instant at) const {
  for (const storage::AlertRow& one : storage::alerts(session, order)) {
    if (one.kind != AlertKind::kAbsent || one.withdrawn || at < one.at) continue;
    storage::withdraw(session, one.id, now());
    session.publish({"quarantine.alert", one.id.value, now(), 2, one.unit.value});
  }
}

}  // namespace luytre::quarantine

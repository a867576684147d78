#include "modules/quarantine/needs.h"

#include <algorithm>

#include "modules/quarantine/impl.h"
#include "modules/quarantine/need_storage.h"

namespace luytre::quarantine {
namespace {

constexpr std::string_view kWordsSeal = "quarantine.need";

NeedState standing_of(const storage::NeedRow& row, const std::optional<referrals::Standing>& told) {
  if (row.settled || (told && told->state == referrals::State::kDone)) return NeedState::kDone;
  return told && told->state == referrals::State::kAcknowledged ? NeedState::kAcknowledged : NeedState::kOpen;
}

std::optional<referrals::Standing> told_of(store::Session& session, AlertId id) {
  return referrals::Referrals::standing(session, referrals::Source::kOrder, referrals::SubjectId{id.value});
}

}  // namespace

Result<Done> Orders::Impl::ask(store::Session& session, const storage::OrderRow& order, const NewNeed& asked,
                               NeedVia via, const std::optional<std::string>& officer) const {
  if (order.state != State::kRunning) return kOrderNotRunning;
  const std::string words = asked.words ? std::string(*asked.words) : "";
  if (asked.kind == NeedKind::kOther && words.empty()) return wrong_field("/words", "required");
  std::size_t open = 0;
  for (const storage::NeedRow& one : storage::needs(session, order.id)) {
    if (standing_of(one, told_of(session, one.id)) == NeedState::kDone) continue;
    if (one.kind == asked.kind && words_of(one) == words) return Done{};  // asked twice it is one
    ++open;
  }
  if (open >= kNeedsMost) return kNeedsWait;
  const auto stay = storage::open_stay(session, order.id);
  const auto site = stay ? storage::site(session, stay->site) : std::nullopt;
  storage::AlertRow alert;
  alert.id = db.ids().make<AlertId>();
  alert.order_id = order.id;
  alert.unit = site ? site->unit : order.unit;
  alert.kind = AlertKind::kNeed;
  alert.at = now();
  alert.recorded = now();
  alert.rule_set = kNeedRules;
  alert.within_minutes = (asked.kind == NeedKind::kMedicine ? kMedicineWithin : kOtherNeedWithin).count();
  storage::insert(session, alert);
  storage::NeedRow row;
  row.id = alert.id;
  row.order_id = order.id;
  row.unit = alert.unit;
  if (site) row.site = site->id;
  row.kind = asked.kind;
  row.via = via;
  row.words = store::Bytes{vault.seal(kWordsSeal, to_text(row.id), words)};
  row.asked_by = officer;
  row.at = now();
  storage::insert(session, row);
  session.publish({"quarantine.alert", alert.id.value, now(), 1, alert.unit.value});
  return Done{};
}

Result<Done> Orders::Impl::tell_need(store::Session& session, const Caller& caller, OrderId id,
                                     const ToldNeed& told) const {
  const auto order = storage::find(session, id);
  if (!order) return kNotFound;
  // Who keeps the site where somebody lies writes it down, too, whoever answers for the order.
  const auto stay = storage::open_stay(session, id);
  const auto site = stay ? storage::site(session, stay->site) : std::nullopt;
  const auto mine = access.areas(caller, kWork);
  const bool there = site && geography.covers(mine, site->unit);
  if (!there && !geography.covers(mine, order->unit)) return kNotFound;
  const auto allowed = access.require(
      session, caller, kWork, {order->person, there ? site->unit : order->unit, "need, order " + number(*order)});
  if (!allowed) return allowed.error();
  if (told.via == NeedVia::kApp) return wrong_field("/via", "unknown");
  return ask(session, *order, told, told.via, caller.name);
}

Result<http::Page<Need>> Orders::Impl::needs(store::Session& session, const Caller& caller, std::optional<UnitId> unit,
                                             std::optional<SiteId> site) const {
  http::Page<Need> page;
  const auto reach = referrals::reach(geography, caller, unit);
  for (const storage::NeedRow& row : storage::open_needs(session, reach, site, kNeedsShown)) {
    const auto order = storage::find(session, row.order_id);
    const auto allowed = access.require(session, caller, kWork, {order->person, row.unit, "list of needs"});
    if (!allowed) return allowed.error();
    Need out;
    out.id = row.id;
    out.person = people.brief(session, order->person).value_or(people::PersonBrief{});
    out.person.id = order->person;
    if (const auto* told = geography.find(row.unit)) out.unit_name = told->full_name;
    if (const auto stay = storage::open_stay(session, order->id)) {
      out.address = storage::site(session, stay->site)->name;
      for (const storage::RoomRow& room : storage::rooms(session, stay->site))
        if (room.id == stay->room) out.room = room.name;
      out.bed = stay->bed;
    } else {
      const OrderPlace place = mine(session, *order, "").place;
      if (place.name) out.address = *place.name;
      if (place.address) out.address = out.address ? *out.address + ", " + *place.address : std::string(*place.address);
    }
    out.kind = row.kind;
    out.words = words_of(row);
    out.via = row.via;
    out.asked_by = row.asked_by;
    out.at = row.at;
    out.told = told_of(session, row.id);
    out.state = standing_of(row, out.told);
    page.items.push_back(std::move(out));
  }
  return page;
}

std::vector<MyNeed> Orders::Impl::my_needs(store::Session& session, const storage::OrderRow& order) const {
  std::vector<MyNeed> out;
  for (const storage::NeedRow& row : storage::needs(session, order.id))
    out.push_back({row.kind, words_of(row), row.at, standing_of(row, told_of(session, row.id))});
  return out;
}

void Orders::Impl::seen_to(store::Session& session, referrals::ReferralId id) const {
  const auto ended = referrals::Referrals::ending(session, id);
  if (!ended || ended->source != referrals::Source::kOrder || ended->state != referrals::State::kDone) return;
  storage::settle(session, AlertId{ended->subject.value}, ended->at);
}

std::string Orders::Impl::words_of(const storage::NeedRow& row) const {
  return vault.unsealed(kWordsSeal, to_text(row.id), row.words.data);
}

}  // namespace luytre::quarantine

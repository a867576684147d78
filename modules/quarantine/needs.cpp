#include "modules/quarantine/needs.h"

#include <algorithm>

#include "modules/quarantine/impl.h"
#include "modules/quarantine/need_storage.h"
#include "platform/base/sorted_cursor.h"

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
  const bool kept = site && !there && !geography.covers(mine, order->unit) && keeps(session, *this, caller, *site);
  if (!there && !kept && !geography.covers(mine, order->unit)) return kNotFound;
  const auto allowed = access.require(session, caller, kept ? kKeep : kWork,
                                      {order->person, there || kept ? site->unit : order->unit,
                                       identity::note(identity::LogNote::kNeed, number(*order))});
  if (!allowed) return allowed.error();
  if (told.via == NeedVia::kApp || (kept && told.via != NeedVia::kSite)) return wrong_field("/via", "unknown");
  return ask(session, *order, told, told.via, caller.name);
}

Result<http::Page<Need>> Orders::Impl::needs(store::Session& session, const Caller& caller, const NeedFilter& filter,
                                             const std::optional<std::string>& cursor, std::size_t limit) const {
  struct Shown {
    storage::NeedRow row;
    storage::OrderRow order;
    std::optional<storage::StayRow> stay;
    std::optional<referrals::Standing> standing;
  };
  const bool down = filter.order == cases::SortOrder::kDescending;
  const std::string sorted = "asked-" + json::enum_text(filter.order.value_or(cases::SortOrder::kAscending));
  const auto start = start_of(cursor, sorted, down);
  if (!start) return start.error();
  const auto at = filter.site ? storage::site(session, *filter.site) : std::nullopt;
  const bool kept =
      at && !geography.covers(access.areas(caller, kWork), at->unit) && keeps(session, *this, caller, *at);
  const auto reach = referrals::reach(geography, caller, filter.unit);
  std::vector<Shown> found;
  Cursor from = *start;
  for (bool more = true; more && found.size() <= limit;) {
    const auto rows =
        storage::open_needs(session, kept ? nullptr : &reach, {filter.site, filter.kind, down}, from, limit + 1);
    more = rows.size() > limit;
    for (const storage::NeedRow& row : rows) {
      from = {row.at.seconds, row.id.value};
      if (found.size() > limit) break;
      auto order = storage::find(session, row.order_id);
      auto stay = storage::open_stay(session, row.order_id);
      if (kept && (!stay || stay->site != *filter.site)) continue;  // not theirs: where somebody is now may be a home
      auto told = told_of(session, row.id);
      if (filter.state && standing_of(row, told) != *filter.state) continue;
      found.push_back({row, std::move(*order), std::move(stay), std::move(told)});
    }
  }
  http::Page<Need> page;
  if (found.size() > limit) {
    found.resize(limit);
    page.next = end_of(sorted, {found.back().row.at.seconds, found.back().row.id.value});
  }
  std::vector<identity::Subject> shown;
  for (auto& [row, order, stay, standing] : found) {
    shown.push_back({order.person, kept ? at->unit : row.unit, identity::note(identity::LogNote::kListOfNeeds)});
    Need out;
    out.id = row.id;
    if (const auto* told = geography.find(row.unit)) out.unit_name = told->full_name;
    if (stay) {
      out.address = storage::site(session, stay->site)->name;
      for (const storage::RoomRow& room : storage::rooms(session, stay->site))
        if (room.id == stay->room) out.room = room.name;
      out.bed = stay->bed;
    } else {
      const OrderPlace place = mine(session, order, "").place;
      if (place.name) out.address = *place.name;
      if (place.address) out.address = out.address ? *out.address + ", " + *place.address : std::string(*place.address);
    }
    out.kind = row.kind;
    out.words = words_of(row);
    out.via = row.via;
    out.asked_by = row.asked_by;
    out.at = row.at;
    out.told = std::move(standing);
    out.state = standing_of(row, out.told);
    if (kept) out.told.reset();  // who of the health service saw to it, and how it ended
    page.items.push_back(std::move(out));
  }
  const auto allowed = access.require_each(session, caller, kept ? kKeep : kWork, shown);
  if (!allowed) return allowed.error();
  std::vector<PersonId> persons;
  for (const auto& one : shown) persons.push_back(one.person);
  const auto briefs = people.briefs(session, persons);
  for (std::size_t i = 0; i < persons.size(); ++i) {
    people::PersonBrief& person = page.items[i].person;
    if (const auto brief = briefs.find(persons[i]); brief != briefs.end()) person = brief->second;
    person.id = persons[i];
    if (kept) leave_bare(person);
  }
  return page;
}

// By who keeps the site where they lie: nobody of the station need see to it any more.
Result<Done> Orders::Impl::bring_need(store::Session& session, const Caller& caller, AlertId id) const {
  const auto row = storage::need(session, id);
  const auto stay = row ? storage::open_stay(session, row->order_id) : std::nullopt;
  const auto site = stay ? storage::site(session, stay->site) : std::nullopt;
  if (!site || !keeps(session, *this, caller, *site)) return kNotFound;
  const auto order = storage::find(session, row->order_id);
  const auto allowed =
      access.require(session, caller, kKeep,
                     {order->person, site->unit, identity::note(identity::LogNote::kNeedBrought, number(*order))});
  if (!allowed) return allowed.error();
  if (row->settled) return Done{};
  storage::settle(session, id, now());
  if (const auto alert = storage::alert(session, id)) withdraw(session, *order, *alert);
  return Done{};
}

std::vector<MyNeed> Orders::Impl::my_needs(store::Session& session, const storage::OrderRow& order) const {
  std::vector<MyNeed> out;
  for (const storage::NeedRow& row : storage::needs(session, order.id)) {
    if (order.ended && row.settled && *order.ended <= *row.settled) continue;  // taken back with the order
    out.push_back({row.kind, words_of(row), row.at, standing_of(row, told_of(session, row.id))});
  }
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

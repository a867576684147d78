#include "modules/quarantine/needs.h"

#include <algorithm>
#include <iterator>
#include <map>

#include "modules/quarantine/impl.h"
#include "modules/quarantine/need_storage.h"
#include "modules/tracing/contact_lists.h"
#include "platform/base/sorted_cursor.h"
#include "platform/identity/taken_out.h"

namespace luytre::quarantine {
namespace {

using tables::Cell;

constexpr std::string_view kWordsSeal = "quarantine.need";

const identity::Action kTakeNeeds{
    "quarantine.take_needs", Purpose::kCaseManagement, {Role::kDistrictOfficer, Role::kProvinceOfficer}, true};

constexpr const char* kNeedColumns[] = {"name", "address", "room",    "bed",   "kind", "words",
                                        "via",  "askedBy", "askedAt", "state", "unit", "unitName"};

NeedState standing_of(const storage::NeedRow& row, const std::optional<referrals::Standing>& told) {
  if (row.settled || (told && told->state == referrals::State::kDone)) return NeedState::kDone;
  return told && told->state == referrals::State::kAcknowledged ? NeedState::kAcknowledged : NeedState::kOpen;
}

std::optional<referrals::Standing> told_of(store::Session& session, AlertId id) {
  return referrals::Referrals::standing(session, referrals::Source::kOrder, referrals::SubjectId{id.value});
}

struct OpenNeed {
  storage::NeedRow row;
  storage::OrderRow order;
  std::optional<storage::StayRow> stay;
  std::optional<referrals::Standing> told;
};

// At most so many after the spot. Without a reach: of who lies at the filter's site, and nobody else.
std::vector<OpenNeed> open_needs(store::Session& session, const referrals::Reach* reach, const NeedFilter& filter,
                                 Cursor from, std::size_t most) {
  const bool down = filter.order == cases::SortOrder::kDescending;
  std::vector<OpenNeed> out;
  for (bool more = true; more && out.size() < most;) {
    const auto rows = storage::open_needs(session, reach, {filter.site, filter.kind, down}, from, most);
    more = rows.size() == most;
    std::vector<OrderId> orders;
    std::vector<referrals::SubjectId> subjects;
    for (const storage::NeedRow& row : rows) {
      orders.push_back(row.order_id);
      subjects.emplace_back(row.id.value);
    }
    auto of = storage::find_each(session, orders);
    auto stays = storage::open_stays(session, orders);
    auto told = referrals::Referrals::standing(session, referrals::Source::kOrder, subjects);
    for (std::size_t i = 0; i < rows.size() && out.size() < most; ++i) {
      from = {rows[i].at.seconds, rows[i].id.value};
      if (!reach && (!stays[i] || stays[i]->site != *filter.site)) continue;  // where they are now may be a home
      if (filter.state && standing_of(rows[i], told[i]) != *filter.state) continue;
      out.push_back({rows[i], std::move(of[i]), std::move(stays[i]), std::move(told[i])});
    }
  }
  return out;
}

// All but who asks.
std::vector<Need> shown_needs(store::Session& session, const Orders::Impl& impl, std::span<const OpenNeed> all) {
  struct Lodged {
    std::string site;
    std::vector<storage::RoomRow> rooms;
  };
  std::map<SiteId, Lodged> sites;
  std::vector<OrderId> elsewhere;
  for (const OpenNeed& of : all) {
    if (!of.stay) {
      elsewhere.push_back(of.order.id);
    } else if (!sites.contains(of.stay->site)) {
      sites[of.stay->site] = {storage::site(session, of.stay->site)->name, storage::rooms(session, of.stay->site)};
    }
  }
  const auto places = impl.places_now(session, elsewhere);
  auto place = places.begin();
  std::vector<Need> out;
  for (const OpenNeed& of : all) {
    Need& one = out.emplace_back();
    one.id = of.row.id;
    if (const auto* told = impl.geography.find(of.row.unit)) one.unit_name = told->full_name;
    if (of.stay) {
      const Lodged& at = sites.at(of.stay->site);
      one.address = at.site;
      for (const storage::RoomRow& room : at.rooms)
        if (room.id == of.stay->room) one.room = room.name;
      one.bed = of.stay->bed;
    } else {
      if (place->name) one.address = *place->name;
      if (place->address)
        one.address = one.address ? *one.address + ", " + *place->address : std::string(*place->address);
      ++place;
    }
    one.kind = of.row.kind;
    one.words = impl.words_of(of.row);
    one.via = of.row.via;
    one.asked_by = of.row.asked_by;
    one.at = of.row.at;
    one.told = of.told;
    one.state = standing_of(of.row, of.told);
  }
  return out;
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
  const bool down = filter.order == cases::SortOrder::kDescending;
  const std::string sorted = "asked-" + json::enum_text(filter.order.value_or(cases::SortOrder::kAscending));
  const auto start = start_of(cursor, sorted, down);
  if (!start) return start.error();
  const auto at = filter.site ? storage::site(session, *filter.site) : std::nullopt;
  const bool kept =
      at && !geography.covers(access.areas(caller, kWork), at->unit) && keeps(session, *this, caller, *at);
  const auto reach = referrals::reach(geography, caller, filter.unit);
  auto found = open_needs(session, kept ? nullptr : &reach, filter, *start, limit + 1);
  http::Page<Need> page;
  if (found.size() > limit) {
    found.resize(limit);
    page.next = end_of(sorted, {found.back().row.at.seconds, found.back().row.id.value});
  }
  page.items = shown_needs(session, *this, found);
  std::vector<identity::Subject> shown;
  for (std::size_t i = 0; i < found.size(); ++i) {
    const UnitId unit = kept ? at->unit : found[i].row.unit;
    shown.push_back({found[i].order.person, unit, identity::note(identity::LogNote::kListOfNeeds)});
    if (kept) page.items[i].told.reset();  // who of the health service saw to it, and how it ended
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

Result<http::Reply> Orders::Impl::take_out_needs(store::Session& session, const Caller& caller, UnitId unit,
                                                 const NeedsOut& wanted) const {
  const auto allowed = access.require(session, caller, kTakeNeeds, {PersonId{}, unit, wanted.reason});
  if (!allowed) return allowed.error();
  NeedFilter filter;
  filter.kind = wanted.kind;
  filter.state = wanted.state;
  const auto reach = referrals::reach(geography, caller, unit);
  const auto found = open_needs(session, &reach, filter, outermost(false), kNeedsOutMost + 1);
  if (found.size() > kNeedsOutMost) return Error(tracing::kListTooLong, {{"most", std::to_string(kNeedsOutMost)}});
  std::vector<identity::Subject> shown;
  std::vector<PersonId> persons;
  for (const OpenNeed& one : found) {
    shown.push_back({one.order.person, one.row.unit, wanted.reason});
    persons.push_back(one.order.person);
  }
  const auto briefs = people.briefs(session, persons);
  tables::Sheet sheet;
  sheet.columns.assign(std::begin(kNeedColumns), std::end(kNeedColumns));
  const auto needs = shown_needs(session, *this, found);
  for (std::size_t i = 0; i < found.size(); ++i) {
    const Need& need = needs[i];
    const auto who = briefs.find(persons[i]);
    const auto* told = geography.find(found[i].row.unit);
    sheet.rows.push_back({who == briefs.end() ? Cell() : Cell(who->second.name), tables::cell(need.address),
                          tables::cell(need.room), tables::cell(need.bed), json::enum_text(need.kind), need.words,
                          json::enum_text(need.via), tables::cell(need.asked_by), to_text(need.at),
                          json::enum_text(need.state), told ? Cell(told->code) : Cell(), need.unit_name});
  }
  return identity::unit_file(
      session, access, geography, caller, kTakeNeeds,
      {unit, "needs", "luytre-needs-", wanted.reason, wanted.format, std::move(sheet), std::move(shown)}, now());
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

// Who keeps a site: accounts of its owner, named by the officers of its unit. And the log of a site as a file.

#include <algorithm>
#include <map>

#include "modules/people/merged.h"
#include "modules/quarantine/need_storage.h"
#include "modules/quarantine/site_impl.h"
#include "platform/base/json.h"
#include "platform/identity/colleagues.h"
#include "platform/identity/taken_out.h"

namespace luytre::quarantine {

using store::Session;

const identity::Action kKeep{"quarantine.keep_site", Purpose::kCaseManagement, {Role::kSiteKeeper}};

namespace {

const identity::Action kName{"quarantine.name_keeper",
                             Purpose::kCaseManagement,
                             {Role::kStationOfficer, Role::kDistrictOfficer, Role::kProvinceOfficer}};

// By a role that the site's unit is in no longer, nobody keeps anything.
const std::vector<Role>& keeping() {
  return kKeep.roles;
}

Result<Opened> answered_for(const Sites::Impl& impl, Session& session, const Caller& caller, SiteId id) {
  auto site = impl.opened(session, caller, id);
  if (site && site->kept) return kNotFound;
  return site;
}

}  // namespace

bool keeps(Session& session, const Parts& parts, const Caller& caller, const storage::SiteRow& site) {
  return parts.geography.covers(parts.access.areas(caller, kKeep), site.unit) &&
         storage::keeps(session, site.id, caller.account);
}

void leave_bare(people::PersonBrief& person) {
  person.unit = {};
  person.unit_path.clear();
  person.phone_masked.reset();
}

storage::OrderRow Sites::Impl::in_force(Session& session, const storage::OrderRow& order) const {
  storage::OrderRow out = order;
  if (order.state != State::kReplaced) return out;
  out.state = State::kReleased;
  for (const PersonId record : people::known_as(session, order.person)) {
    for (const storage::OrderRow& other : storage::of_person(session, record)) {
      if (other.state != State::kRunning) continue;
      out.last_day = out.state == State::kRunning ? std::max(out.last_day, other.last_day) : other.last_day;
      out.state = State::kRunning;
    }
  }
  return out;
}

Result<Keepers> Sites::Impl::keepers(Session& session, const Caller& caller, SiteId id) const {
  const auto site = answered_for(*this, session, caller, id);
  if (!site) return site.error();
  Keepers out;
  const auto all = identity::answering_for(session, geography, keeping(), site->unit);
  for (const storage::KeeperRow& row : storage::keepers(session, id)) {
    Keeper one;
    one.account = row.account;
    one.name = identity::officer_name(session, row.account).value_or("");
    one.since = row.since;
    one.named_by = row.named_by;
    one.may = std::any_of(all.begin(), all.end(), [&](const auto& other) { return other.id == row.account; });
    out.keepers.push_back(std::move(one));
  }
  for (const identity::Colleague& one : all)
    if (std::none_of(out.keepers.begin(), out.keepers.end(), [&](const Keeper& k) { return k.account == one.id; }))
      out.others.push_back(one);
  return out;
}

Result<Keepers> Sites::Impl::name_keeper(Session& session, const Caller& caller, SiteId id, AccountId account) const {
  const auto site = answered_for(*this, session, caller, id);
  if (!site) return site.error();
  if (!identity::answers_for(session, geography, account, keeping(), site->unit))
    return wrong_field("/account", "unknown");
  if (!storage::keeps(session, id, account)) {
    if (storage::keepers(session, id).size() >= kKeepersMost) return wrong_field("/account", "range");
    storage::insert(session, storage::KeeperRow{id, account, now(), caller.name});
    access.log_account(session, caller, kName, account, identity::note(identity::LogNote::kKeepsSite, to_text(id)));
  }
  return keepers(session, caller, id);
}

Result<Keepers> Sites::Impl::end_keeper(Session& session, const Caller& caller, SiteId id, AccountId account) const {
  const auto site = answered_for(*this, session, caller, id);
  if (!site) return site.error();
  if (storage::keeps(session, id, account)) {
    storage::remove_keeper(session, id, account);
    access.log_account(session, caller, kName, account, identity::note(identity::LogNote::kKeptSite, to_text(id)));
  }
  return keepers(session, caller, id);
}

// Made and logged in one transaction: what is not written down does not go out.
Result<http::Reply> Sites::Impl::take_out(Session& session, const Caller& caller, SiteId id,
                                          const LogFile& file) const {
  const auto site = opened(session, caller, id);
  if (!site) return site.error();
  const Date last = file.to.value_or(local_date(now()));
  const Date first = file.from.value_or(Date{last.days - kLogDaysMost + 1});
  if (last < first || kLogDaysMost <= last.days - first.days) return wrong_field("?from", "range");
  const Interval when{local_midnight(first), local_midnight(Date{last.days + 1})};
  const auto stays = storage::stays_at(session, id, when, kLogMost + 1);
  if (stays.size() > kLogMost) return wrong_field("?from", "range");
  std::map<RoomId, std::string> rooms;
  for (const storage::RoomRow& room : storage::rooms(session, id)) rooms[room.id] = room.name;
  tables::Sheet sheet;
  sheet.mark = "Lũy Tre: " + site->name + ", " + to_text(id) + ", " + to_text(caller.account) + ", " + to_text(now());
  for (const char* name :
       {"name", "birthYear", "sex", "room", "bed", "entered", "enteredBy", "left", "leftBy", "lastDay"})
    sheet.columns.push_back(texts.fill(std::string("quarantine.log.") + name, file.language));
  std::vector<PersonId> persons;
  for (const storage::StayRow& stay : stays) {
    const auto order = storage::find(session, stay.order_id);
    const auto allowed = look(session, caller, *site, order->person);
    if (!allowed) return allowed.error();
    const auto person = people.brief(session, order->person);
    std::vector<tables::Cell> cells;
    cells.push_back(person ? tables::Cell(person->name) : tables::Cell());
    cells.push_back(person && person->birth_year > 0 ? tables::Cell(person->birth_year) : tables::Cell());
    cells.push_back(person ? tables::Cell(texts.fill("quarantine.sex." + json::enum_text(person->sex), file.language))
                           : tables::Cell());
    cells.push_back(rooms[stay.room]);
    cells.push_back(stay.bed);
    cells.push_back(to_local_text(stay.entered));
    cells.push_back(stay.entered_by);
    cells.push_back(stay.left ? tables::Cell(to_local_text(*stay.left)) : tables::Cell());
    cells.push_back(tables::cell(stay.left_by));
    cells.push_back(site->kept ? in_force(session, *order).last_day : order->last_day);
    sheet.rows.push_back(std::move(cells));
    if (std::find(persons.begin(), persons.end(), order->person) == persons.end()) persons.push_back(order->person);
  }
  access.log_list(session, caller, site->kept ? kKeep : kLodge, static_cast<std::int64_t>(persons.size()),
                  "log of site " + to_text(id) + ", " + to_text(first) + " to " + to_text(last));
  tables::Written written = tables::write(sheet, file.format);
  return identity::saved(std::move(written.type), std::move(written.bytes),
                         "luytre-site-" + to_text(id) + written.ending);
}

void needs_follow(Session& session, const Parts& parts, const storage::OrderRow& order) {
  const auto needs = storage::open_needs_of(session, order.id);
  if (needs.empty()) return;
  const auto stay = storage::open_stay(session, order.id);
  const auto site = stay ? storage::site(session, stay->site) : std::nullopt;
  const UnitId to = site ? site->unit : order.unit;
  const auto there = site ? std::optional(site->id) : std::nullopt;
  for (const storage::NeedRow& need : needs) {
    if (const auto alert = storage::alert(session, need.id)) hand_over(session, parts, *alert, to);
    const auto told = storage::alert(session, need.id);
    storage::hand_over_need(session, need.id, told ? told->unit : to, there);
  }
}

}  // namespace luytre::quarantine

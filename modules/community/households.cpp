// The households of a team, and who lives there: as the station keeps them.

#include <algorithm>
#include <charconv>
#include <limits>
#include <set>

#include "modules/community/impl.h"

namespace luytre::community {
namespace {

// As people count: 2 before 10, 2a after 2.
std::pair<std::int64_t, std::string_view> in_order(std::string_view number) {
  std::int64_t value = 0;
  const auto end = std::from_chars(number.data(), number.data() + number.size(), value).ptr;
  if (end == number.data()) value = std::numeric_limits<std::int64_t>::max();
  return {value, number};
}

}  // namespace

using store::Session;

store::Bytes Community::Impl::seal(const char* what, std::int64_t id, std::string_view plain) const {
  return {vault.seal(what, std::to_string(id), plain)};
}

std::string Community::Impl::unseal(const char* what, std::int64_t id, const store::Bytes& sealed) const {
  return vault.unsealed(what, std::to_string(id), sealed.data);
}

Written Community::Impl::written(const storage::MemberRow& member) const {
  auto out = json::parse<Written>(unseal("community.member", member.id.value, member.content));
  if (!out) throw std::runtime_error("a member of a household is not readable");
  return std::move(*out);
}

std::vector<Resident> Community::Impl::residents(Session& session, TeamId team) const {
  std::vector<Resident> out;
  std::vector<PersonId> known;
  for (auto& row : storage::members(session, team)) {
    if (row.person) known.push_back(*row.person);
    out.push_back({std::move(row), "", 0});
  }
  const auto briefs = people.briefs(session, known);
  for (Resident& one : out) {
    const auto brief = one.row.person ? briefs.find(*one.row.person) : briefs.end();
    if (brief != briefs.end()) {
      one.name = brief->second.name;
      one.birth_year = brief->second.birth_year;
    } else {
      Written said = written(one.row);
      one.name = std::move(said.name);
      one.birth_year = said.birth_year;
    }
  }
  return out;
}

std::vector<std::vector<bool>> Community::Impl::declared(Session& session, const std::string& form,
                                                         const std::vector<Resident>& residents,
                                                         const std::vector<Interval>& when) {
  std::vector<PersonId> persons;
  for (const Resident& one : residents) persons.push_back(one.row.person.value_or(PersonId{}));
  return declarations::Declarations::declared(session, form, persons, when);
}

void Community::Impl::log_look(Session& session, const Viewer& viewer, const identity::Action& action,
                               const storage::TeamRow& team, const std::vector<Resident>& residents) const {
  std::vector<PersonId> persons;
  for (const Resident& one : residents)
    if (one.row.person) persons.push_back(*one.row.person);
  for (const PersonId person : storage::show(session, viewer.id, today(), persons))
    log(session, viewer, action, team, person);
}

void Community::Impl::log(Session& session, const Viewer& viewer, const identity::Action& action,
                          const storage::TeamRow& team, PersonId person) const {
  // Access::require() knows officers and households; volunteers, only we do.
  identity::AccessEntry row;
  row.id = db.ids().next();
  row.at = now();
  row.account = viewer.account;
  row.name = viewer.name;
  row.role = viewer.role;
  row.action = action.name;
  row.purpose = action.purpose;
  row.person = person;
  row.unit = team.unit;
  row.reason = team.name;
  row.passed = true;
  row.mac = access.mac(row);
  identity::Access::insert(session, row);
}

std::vector<HouseholdSeen> Community::Impl::households(Session& session, const storage::TeamRow& team, Date day,
                                                       std::vector<Resident>* shown) const {
  const Doors doors = this->doors(session, team.id);
  auto residents = this->residents(session, team.id);
  const auto made = declared(session, team.form, residents, {whole_day(day)});
  std::set<HouseholdId> help;
  for (const auto& row : storage::open_help(session, team.id)) help.insert(row.household);
  std::vector<HouseholdSeen> out;
  std::map<HouseholdId, std::size_t> place;
  auto rows = storage::households(session, team.id);
  std::stable_sort(rows.begin(), rows.end(),
                   [](const auto& a, const auto& b) { return in_order(a.number) < in_order(b.number); });
  for (const auto& row : rows) {
    place[row.id] = out.size();
    HouseholdSeen& one = out.emplace_back();
    one.id = row.id;
    one.number = row.number;
    one.address = unseal("community.address", row.id.value, row.address);
    one.state = doors.state(row.id, day);
    one.last_reached = doors.last_reached(row.id);
    one.help = help.contains(row.id);
  }
  for (std::size_t i = 0; i < residents.size(); ++i) {
    const Resident& who = residents[i];
    const auto home = place.find(who.row.household);
    if (home == place.end()) continue;  // of a household that is removed
    out[home->second].members.push_back(
        {who.row.id, who.name, who.birth_year, who.row.head, who.row.person.has_value(), made[i][0]});
  }
  for (HouseholdSeen& one : out)
    std::stable_sort(one.members.begin(), one.members.end(),
                     [](const MemberSeen& a, const MemberSeen& b) { return a.head && !b.head; });
  if (shown) *shown = std::move(residents);
  return out;
}

Result<HouseholdSeen> Community::Impl::shown(Session& session, const Caller& caller, const storage::TeamRow& team,
                                             HouseholdId household) const {
  std::vector<Resident> residents;
  auto all = households(session, team, today(), &residents);
  std::erase_if(residents, [&](const Resident& one) { return one.row.household != household; });
  log_look(session, viewer_of(caller), kSee, team, residents);
  for (HouseholdSeen& one : all)
    if (one.id == household) return std::move(one);
  return HouseholdSeen{household, "", "", DayState::kNotVisited, std::nullopt, false, {}};  // removed just now
}

Task<Result<HouseholdSeen>> Community::Impl::shown(Caller caller, TeamId id, HouseholdId household,
                                                   Task<Result<Done>> written) const {
  const auto done = co_await std::move(written);
  if (!done) co_return done.error();
  auto reading = db.transact([this, caller, id, household](Session& s) -> Result<HouseholdSeen> {
    const auto team = kept(s, caller, id);
    if (!team) return team.error();
    return shown(s, caller, *team, household);
  });
  co_return co_await std::move(reading);
}

Result<storage::HouseholdRow> Community::Impl::household_of(Session& session, TeamId team, HouseholdId id) const {
  auto row = storage::household(session, id);
  if (!row || row->team != team) return kNotFound;
  return std::move(*row);
}

Result<storage::MemberRow> Community::Impl::member_of(Session& session, const Caller& caller,
                                                      const storage::TeamRow& team, HouseholdId household,
                                                      const NewMember& asked, const std::string& pointer) const {
  Written said;
  if (asked.person) {
    const auto unit = people.unit_of(session, *asked.person);
    const auto allowed = access.require(session, caller, kManage, {*asked.person, unit.value_or(UnitId{}), team.name});
    if (!allowed) return allowed.error();
    if (!unit || !geography.covers(team.unit, *unit)) return wrong_field(pointer + "/person", "unknown");
    const auto brief = people.brief(session, *asked.person);
    if (!brief) return wrong_field(pointer + "/person", "unknown");
    said = {brief->name, brief->birth_year, brief->sex};
  } else {
    people::NewPerson as;
    as.name = asked.name.value_or("");
    as.birth_year = asked.birth_year;
    as.unit = team.unit;
    auto faults = people.check(as);
    std::erase_if(faults, [](const FieldError& one) { return one.pointer != "/name" && one.pointer != "/birthYear"; });
    for (FieldError& one : faults) one.pointer = pointer + one.pointer;
    if (!faults.empty()) return Error(kInvalid, std::move(faults));
    said = {as.name, *asked.birth_year, asked.sex.value_or(people::Sex::kOther)};
  }
  storage::MemberRow row;
  row.id = db.ids().make<MemberId>();
  row.household = household;
  row.team = team.id;
  row.content = seal("community.member", row.id.value, json::text(said));
  row.person = asked.person;
  row.head = asked.head;
  row.added = now();
  return row;
}

Task<Result<http::Page<HouseholdSeen>>> Community::households(const Caller& caller, TeamId id, Which which,
                                                              std::optional<Date> asked) const {
  using Out = http::Page<HouseholdSeen>;
  const Date today = impl_->today(), day = asked.value_or(today);
  if (day > today || day.days <= today.days - kKept.count() / 24) return refused<Out>(wrong_field("?day", "range"));
  return impl_->db.transact([impl = impl_.get(), caller, id, which, day](Session& s) -> Result<Out> {
    const auto team = impl->kept(s, caller, id);
    if (!team) return team.error();
    std::vector<Resident> residents;
    Out page;
    page.items = impl->households(s, *team, day, &residents);
    std::erase_if(page.items, [&](const HouseholdSeen& one) {
      if (which == Which::kNeverReached) return one.last_reached.has_value();
      if (which == Which::kMissed)
        return std::all_of(one.members.begin(), one.members.end(), [](const MemberSeen& who) { return who.declared; });
      return false;
    });
    std::erase_if(residents, [&](const Resident& who) {
      return std::none_of(page.items.begin(), page.items.end(),
                          [&](const HouseholdSeen& one) { return one.id == who.row.household; });
    });
    impl->log_look(s, viewer_of(caller), kSee, *team, residents);
    return page;
  });
}

Task<Result<HouseholdSeen>> Community::add(const Caller& caller, TeamId id, NewHousehold asked) {
  std::vector<FieldError> faults;
  if (fold(asked.number).empty()) faults.push_back({"/number", "required", {}});
  if (fold(asked.address).empty()) faults.push_back({"/address", "required", {}});
  if (asked.members.empty()) faults.push_back({"/members", "required", {}});
  if (asked.members.size() > kMembersMost) faults.push_back({"/members", "too_long", {}});
  const auto heads =
      std::count_if(asked.members.begin(), asked.members.end(), [](const NewMember& m) { return m.head; });
  if (heads > 1) faults.push_back({"/members", "contradiction", {}});
  if (!faults.empty()) return refused<HouseholdSeen>(Error(kInvalid, std::move(faults)));
  if (heads == 0) asked.members.front().head = true;
  return impl_->db.transact([impl = impl_.get(), caller, id,
                             asked = std::move(asked)](Session& s) -> Result<HouseholdSeen> {
    const auto team = impl->kept(s, caller, id);
    if (!team) return team.error();
    const auto there = storage::households(s, id);
    if (there.size() >= kHouseholdsMost) return Error(kTeamFull, {{"most", std::to_string(kHouseholdsMost)}});
    for (const auto& other : there)
      if (other.number == asked.number) return kHouseholdNumberTaken;
    storage::HouseholdRow row;
    row.id = impl->db.ids().make<HouseholdId>();
    row.team = id;
    row.number = asked.number;
    row.address = impl->seal("community.address", row.id.value, asked.address);
    row.added = impl->now();
    storage::insert(s, row);
    for (std::size_t i = 0; i < asked.members.size(); ++i) {
      const auto member = impl->member_of(s, caller, *team, row.id, asked.members[i], "/members/" + std::to_string(i));
      if (!member) return member.error();
      storage::insert(s, *member);
    }
    return impl->shown(s, caller, *team, row.id);
  });
}

Task<Result<HouseholdSeen>> Community::edit(const Caller& caller, TeamId id, HouseholdId household,
                                            HouseholdEdit edit) {
  if (edit.number && fold(*edit.number).empty()) return refused<HouseholdSeen>(wrong_field("/number", "required"));
  if (edit.address && fold(*edit.address).empty()) return refused<HouseholdSeen>(wrong_field("/address", "required"));
  return impl_->db.transact(
      [impl = impl_.get(), caller, id, household, edit = std::move(edit)](Session& s) -> Result<HouseholdSeen> {
        const auto team = impl->kept(s, caller, id);
        if (!team) return team.error();
        auto row = impl->household_of(s, id, household);
        if (!row) return row.error();
        if (edit.number) row->number = *edit.number;
        if (edit.address) row->address = impl->seal("community.address", household.value, *edit.address);
        if (edit.removed)
          row->removed = *edit.removed ? std::optional(row->removed.value_or(impl->now())) : std::nullopt;
        if (!row->removed) {
          const auto there = storage::households(s, id);
          for (const auto& other : there)
            if (other.id != household && other.number == row->number) return kHouseholdNumberTaken;
          const bool counted =
              std::any_of(there.begin(), there.end(), [&](const auto& other) { return other.id == household; });
          if (!counted && there.size() >= kHouseholdsMost)
            return Error(kTeamFull, {{"most", std::to_string(kHouseholdsMost)}});
        }
        storage::update(s, *row);
        return impl->shown(s, caller, *team, household);
      });
}

Task<Result<HouseholdSeen>> Community::add_member(const Caller& caller, TeamId id, HouseholdId household,
                                                  NewMember asked, std::optional<store::Once> once) {
  auto write = [impl = impl_.get(), caller, id, household, asked = std::move(asked)](Session& s) -> Result<Done> {
    const auto team = impl->kept(s, caller, id);
    if (!team) return team.error();
    const auto row = impl->household_of(s, id, household);
    if (!row) return row.error();
    std::vector<storage::MemberRow> there = storage::members(s, id);
    std::erase_if(there, [&](const auto& other) { return other.household != household; });
    if (there.size() >= kMembersMost) return Error(kTeamFull, {{"most", std::to_string(kMembersMost)}});
    const auto member = impl->member_of(s, caller, *team, household, asked, "");
    if (!member) return member.error();
    for (auto& other : there) {
      if (!member->head || !other.head) continue;
      other.head = false;
      storage::update(s, other);
    }
    storage::insert(s, *member);
    return Done{};
  };
  // The household is read anew: names are not kept for a repeated call.
  return impl_->shown(caller, id, household,
                      once ? impl_->db.once(std::move(*once), std::move(write)) : impl_->db.transact(std::move(write)));
}

Task<Result<HouseholdSeen>> Community::edit_member(const Caller& caller, TeamId id, HouseholdId household,
                                                   MemberId member, MemberEdit edit) {
  return impl_->db.transact(
      [impl = impl_.get(), caller, id, household, member, edit](Session& s) -> Result<HouseholdSeen> {
        const auto team = impl->kept(s, caller, id);
        if (!team) return team.error();
        auto row = storage::member(s, member);
        if (!row || row->team != id || row->household != household) return kNotFound;
        if (edit.removed)
          row->removed = *edit.removed ? std::optional(row->removed.value_or(impl->now())) : std::nullopt;
        if (edit.head) row->head = *edit.head;
        for (auto& other : storage::members(s, id)) {
          if (!edit.head.value_or(false) || other.household != household || other.id == member || !other.head) continue;
          other.head = false;
          storage::update(s, other);
        }
        storage::update(s, *row);
        return impl->shown(s, caller, *team, household);
      });
}

}  // namespace luytre::community

// What volunteers see, and what they bring home.

#include <algorithm>

#include "modules/community/impl.h"

namespace luytre::community {
namespace {

using store::Session;

Viewer viewer_of(const storage::VolunteerRow& volunteer) {
  return {volunteer.id.value, AccountId{}, volunteer.name, Role::kAnyone};
}

// Whoever was removed since lived there when somebody knocked.
bool lived_there(const std::optional<storage::MemberRow>& member, HouseholdId household, Instant at) {
  return member && member->household == household && (!member->removed || at < *member->removed);
}

}  // namespace

bool Community::names(Session& session, const store::Bytes& phone, Instant now) {
  for (const auto& row : storage::of_phone(session, phone)) {
    const auto team = storage::team(session, row.team);
    if (team && !team->closed && now < team->until) return true;
  }
  return false;
}

Result<Standing> Community::Impl::standing(Session& session, std::string_view shift, HouseholdId household,
                                           Instant at) const {
  auto bearer = gates.bearer(session, shift, at);
  if (!bearer) return bearer.error();
  const auto home = storage::household(session, household);
  // A household that was removed since was there when somebody knocked.
  if (!home || (home->removed && *home->removed <= at)) return kNotFound;
  for (auto& volunteer : storage::of_phone(session, bearer->phone)) {
    if (volunteer.team != home->team || bearer->began < volunteer.since) continue;
    auto team = storage::team(session, home->team);
    if (!team) return kNotFound;
    if ((team->closed && *team->closed <= at) || team->until <= at) return kTeamOver;
    if (!switched_on(team->form, team->unit, at)) return kNotInForce;
    return Standing{std::move(*bearer), std::move(volunteer), std::move(*team)};
  }
  return gates::kNotAGuard;
}

Task<Result<TeamDesk>> Community::desk(gates::ShiftToken token) const {
  return impl_->db.transact([impl = impl_.get(), token = std::string(token.shift)](Session& s) -> Result<TeamDesk> {
    const Instant now = impl->now();
    const auto bearer = impl->gates.bearer(s, token, now);
    if (!bearer) return bearer.error();
    if (now >= bearer->ends) return gates::kShiftOver;
    TeamDesk out{now, bearer->began, bearer->ends, {}};
    for (const auto& volunteer : storage::of_phone(s, bearer->phone)) {
      const auto team = storage::team(s, volunteer.team);
      if (!team || bearer->began < volunteer.since || team->closed || team->until <= now) continue;
      TeamAtDoor& one = out.teams.emplace_back();
      one.id = team->id;
      one.name = team->name;
      one.unit_name = impl->geography.path_text(team->unit);
      one.form = team->form;
      one.until = Date{local_date(team->until).days - 1};
      one.working = impl->working(*team, now);
      one.duty = impl->duty && impl->duty(team->form, team->unit);
      if (!one.working) continue;  // without a decision the list stays shut
      const Date today = impl->today(), yesterday{today.days - 1};
      std::vector<Resident> residents;
      const auto households = impl->households(s, *team, today, &residents);
      const bool asked = impl->switched_on(team->form, team->unit, local_midnight(today) - std::chrono::seconds(1));
      std::map<MemberId, bool> missed;
      const auto before = Impl::declared(s, team->form, residents, {whole_day(yesterday)});
      for (std::size_t i = 0; i < residents.size(); ++i)
        missed[residents[i].row.id] =
            asked && residents[i].row.added < local_midnight(yesterday) + std::chrono::hours(1) && !before[i][0];
      for (const HouseholdSeen& home : households) {
        HouseholdAtDoor& door = one.households.emplace_back();
        door = {home.id, home.number, home.address, home.state, home.help, {}};
        for (const MemberSeen& who : home.members)
          door.members.push_back({who.id, who.name, who.birth_year, who.head, who.declared, missed[who.id]});
      }
      impl->log_look(s, viewer_of(volunteer), kAtDoor, *team, residents);
    }
    if (out.teams.empty()) return gates::kNotAGuard;
    return out;
  });
}

Task<Result<Receipt>> Community::found(Finding asked, std::string key) {
  if (asked.outcome == Outcome::kDeclared) return refused<Receipt>(wrong_field("/outcome", "unknown"));
  const bool help = asked.outcome == Outcome::kNeedsHelp;
  if (asked.note && !help) return refused<Receipt>(wrong_field("/note", "unknown"));
  if (asked.member && !help) return refused<Receipt>(wrong_field("/member", "unknown"));
  // Scoped by the household: whose shift it is, is known only within.
  auto once = store::make_once(asked.household.value, "community.found", key, json::text(asked));
  return impl_->db.once(std::move(once), [impl = impl_.get(), asked = std::move(asked)](Session& s) -> Result<Receipt> {
    const auto standing = impl->standing(s, asked.shift, asked.household, asked.at);
    if (!standing) return standing.error();
    if (asked.member) {
      if (!lived_there(storage::member(s, *asked.member), asked.household, asked.at))
        return wrong_field("/member", "unknown");
    }
    storage::ReportRow row;
    row.id = impl->db.ids().make<ReportId>();
    row.team = standing->team.id;
    row.household = asked.household;
    row.volunteer = standing->volunteer.id;
    row.at = asked.at;
    row.recorded = impl->now();
    row.outcome = asked.outcome;
    row.member = asked.member;
    if (asked.note && !asked.note->empty()) row.note = impl->seal("community.note", row.id.value, *asked.note);
    storage::insert(s, row);
    return Receipt{row.id, row.at};
  });
}

Task<Result<Receipt>> Community::declare(DoorDeclaration asked, std::string key) {
  auto once = store::make_once(asked.member.value, "community.declare", key, json::text(asked));
  return impl_->db.once(std::move(once), [impl = impl_.get(), asked = std::move(asked)](Session& s) -> Result<Receipt> {
    auto member = storage::member(s, asked.member);
    if (!member) return kNotFound;
    const auto standing = impl->standing(s, asked.shift, member->household, asked.at);
    if (!standing) return standing.error();
    if (!lived_there(member, member->household, asked.at)) return wrong_field("/member", "unknown");
    if (!lived_there(storage::member(s, asked.informant), member->household, asked.at))
      return wrong_field("/informant", "unknown");
    if (!member->person) {
      const Written said = impl->written(*member);
      people::NewPerson as;
      as.name = said.name;
      as.birth_year = said.birth_year;
      as.sex = said.sex;
      as.unit = standing->team.unit;
      const auto made = impl->people.create_within(s, as);
      if (!made) return made.error();
      member->person = *made;
      storage::update(s, *member);
    }
    declarations::NewDeclaration told;
    told.form = standing->team.form;
    told.version = asked.version;
    told.at = asked.at;
    told.response = asked.response;
    const declarations::DeclaredBy by{declarations::DeclaredAs::kTeam, standing->team.name, {}};
    const auto taken = impl->declarations.take(s, told, *member->person, by);
    if (!taken) return taken.error();
    storage::ReportRow row;
    row.id = impl->db.ids().make<ReportId>();
    row.team = standing->team.id;
    row.household = member->household;
    row.volunteer = standing->volunteer.id;
    row.at = asked.at;
    row.recorded = impl->now();
    row.outcome = Outcome::kDeclared;
    row.member = member->id;
    row.informant = asked.informant;
    row.declaration = taken->id;
    storage::insert(s, row);
    impl->log(s, viewer_of(standing->volunteer), kWroteDown, standing->team, *member->person);
    return Receipt{row.id, row.at};
  });
}

}  // namespace luytre::community

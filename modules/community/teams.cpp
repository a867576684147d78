// Setting teams up, and naming their volunteers.

#include "modules/community/impl.h"
#include "platform/base/phone.h"
#include "platform/identity/codes.h"

namespace luytre::community {

using store::Session;

Community::Community(Needs needs) : impl_(new Impl(std::move(needs))) {}

Community::~Community() = default;

Result<storage::TeamRow> Community::Impl::kept(Session& session, const Caller& caller, TeamId id) const {
  if (caller.account.value == 0) return kUnauthenticated;
  if (!caller.full) return kSecondProofRequired;
  auto team = storage::team(session, id);
  if (!team) return kNotFound;
  const auto areas = access.areas(caller, kManage);
  const bool mine = geography.covers(areas, team->unit);
  if (!mine) return kNotFound;
  return std::move(*team);
}

bool Community::Impl::switched_on(const std::string& form, UnitId unit, Instant at) const {
  const auto* dated = declarations.catalogue().in_force(form, local_date(at));
  // At people's doors there is no gate: a decision about one place or about travelling sends no team out.
  return dated &&
         decisions.form_in_force(form, dated->form.own_decision, unit, at, declarations::asked_of(dated->form));
}

bool Community::Impl::working(const storage::TeamRow& team, Instant at) const {
  return (!team.closed || at < *team.closed) && at < team.until && switched_on(team.form, team.unit, at);
}

Volunteer Community::Impl::view(const storage::VolunteerRow& row) const {
  return {row.id, row.name, mask_phone(unseal("community.phone", row.id.value, row.phone)), row.since};
}

Task<Result<Team>> Community::make(const Caller& caller, NewTeam asked, std::optional<store::Once> once) {
  if (caller.account.value == 0) return refused<Team>(kUnauthenticated);
  if (!caller.full) return refused<Team>(kSecondProofRequired);
  const Date today = impl_->today();
  std::vector<FieldError> faults;
  const auto* unit = impl_->geography.find(asked.unit);
  if (!unit || unit->level != geography::Level::kCommune) faults.push_back({"/unit", "unknown", {}});
  if (fold(asked.name).empty()) faults.push_back({"/name", "required", {}});
  if (fold(asked.basis).empty()) faults.push_back({"/basis", "required", {}});
  if (asked.until < today || asked.until.days > today.days + kLongest.count())
    faults.push_back({"/until", "range", {}});
  const auto* form = impl_->declarations.catalogue().in_force(asked.form, today);
  if (!form || form->form.has_destination()) faults.push_back({"/form", "unknown", {}});
  if (!faults.empty()) return refused<Team>(Error(kInvalid, std::move(faults)));
  auto write = [impl = impl_.get(), caller, asked = std::move(asked)](Session& s) -> Result<Team> {
    const auto allowed = impl->access.require(s, caller, kManage, {PersonId{}, asked.unit, ""});
    if (!allowed) return allowed.error();
    const Instant now = impl->now();
    if (!impl->switched_on(asked.form, asked.unit, now)) return kNotInForce;
    if (storage::count_teams(s, asked.unit) >= static_cast<std::int64_t>(kTeamsMost))
      return Error(kTeamFull, {{"most", std::to_string(kTeamsMost)}});
    storage::TeamRow row;
    row.id = impl->db.ids().make<TeamId>();
    row.unit = asked.unit;
    row.name = asked.name;
    row.form = asked.form;
    row.basis = asked.basis;
    row.made = now;
    row.made_by = caller.account;
    row.until = local_midnight(Date{asked.until.days + 1});
    storage::insert(s, row);
    return impl->view(s, row);
  };
  if (once) return impl_->db.once(std::move(*once), std::move(write));
  return impl_->db.transact(std::move(write));
}

Task<Result<TeamSeen>> Community::find(const Caller& caller, TeamId id) const {
  return impl_->db.read([impl = impl_.get(), caller, id](Session& s) -> Result<TeamSeen> {
    const auto team = impl->kept(s, caller, id);
    if (!team) return team.error();
    TeamSeen out;
    out.team = impl->view(s, *team);
    for (const auto& row : storage::volunteers(s, id)) out.volunteers.push_back(impl->view(row));
    const Date today = impl->today();
    out.strip = impl->coverage(s, *team, Date{today.days - kStripDays + 1}, today);
    return out;
  });
}

Task<Result<Team>> Community::edit(const Caller& caller, TeamId id, TeamEdit edit, std::int64_t version) {
  const Date today = impl_->today();
  if (edit.name && fold(*edit.name).empty()) return refused<Team>(wrong_field("/name", "required"));
  if (edit.until && (*edit.until < today || edit.until->days > today.days + kLongest.count()))
    return refused<Team>(wrong_field("/until", "range"));
  if (edit.until && fold(edit.basis.value_or("")).empty()) return refused<Team>(wrong_field("/basis", "required"));
  return impl_->db.transact(
      [impl = impl_.get(), caller, id, edit = std::move(edit), version](Session& s) -> Result<Team> {
        auto team = impl->kept(s, caller, id);
        if (!team) return team.error();
        if (edit.name) team->name = *edit.name;
        if (edit.basis && !edit.basis->empty()) team->basis = *edit.basis;
        if (edit.until) team->until = local_midnight(Date{edit.until->days + 1});
        if (edit.closed) team->closed = *edit.closed ? std::optional(team->closed.value_or(impl->now())) : std::nullopt;
        if (!storage::update(s, *team, version)) {
          Error conflict(kVersionConflict);
          conflict.current = json::text(impl->view(s, *storage::team(s, id)));
          return conflict;
        }
        ++team->version;
        return impl->view(s, *team);
      });
}

Task<Result<Volunteer>> Community::name_volunteer(const Caller& caller, TeamId id, NewVolunteer asked) {
  const auto phone = normalise_phone(asked.phone);
  if (!phone) return refused<Volunteer>(wrong_field("/phone", "format"));
  if (!can_receive_sms(*phone)) return refused<Volunteer>(identity::kNoMessages);
  if (fold(asked.name).empty()) return refused<Volunteer>(wrong_field("/name", "required"));
  return impl_->db.transact([impl = impl_.get(), caller, id, phone = *phone,
                             name = std::string(asked.name)](Session& s) -> Result<Volunteer> {
    const auto team = impl->kept(s, caller, id);
    if (!team) return team.error();
    const auto there = storage::volunteers(s, id);
    if (there.size() >= kVolunteersMost) return Error(kTeamFull, {{"most", std::to_string(kVolunteersMost)}});
    storage::VolunteerRow row;
    row.id = impl->db.ids().make<VolunteerId>();
    row.team = id;
    row.name = name;
    row.phone = impl->seal("community.phone", row.id.value, phone);
    row.phone_index = impl->gates.phone_index(phone);
    row.named_by = caller.account;
    row.since = impl->now();
    for (const auto& other : there)
      if (other.phone_index == row.phone_index) return kVolunteerNamed;
    storage::insert(s, row);
    return impl->view(row);
  });
}

Task<Result<Done>> Community::remove_volunteer(const Caller& caller, TeamId id, VolunteerId volunteer) {
  return impl_->db.transact([impl = impl_.get(), caller, id, volunteer](Session& s) -> Result<Done> {
    const auto team = impl->kept(s, caller, id);
    if (!team) return team.error();
    if (!storage::remove(s, id, volunteer, impl->now())) return kNotFound;
    return Done{};
  });
}

Task<Result<Done>> Community::phone_lost(const Caller& caller, TeamId id, VolunteerId volunteer) {
  return impl_->db.transact([impl = impl_.get(), caller, id, volunteer](Session& s) -> Result<Done> {
    const auto team = impl->kept(s, caller, id);
    if (!team) return team.error();
    // A shift that began in this very second is out, too.
    if (!storage::forget_shifts(s, id, volunteer, impl->now() + std::chrono::seconds(1))) return kNotFound;
    return Done{};
  });
}

}  // namespace luytre::community

// Coming onto a roster and leaving it: by the person's own tap alone.

#include "modules/duties/impl.h"

namespace luytre::duties {

using store::Session;

namespace {

Membership membership(const geography::Geography& geography, const storage::RosterRow& roster, Instant joined) {
  return {roster.id, roster.name, roster.sector, geography.path_text(roster.unit), joined};
}

}  // namespace

Result<Membership> Duties::Impl::add(Session& session, const storage::RosterRow& roster, PersonId person) const {
  if (const auto there = storage::member(session, roster.id, person))
    return membership(geography, roster, there->joined);
  if (!force(now()).binds(rules, roster)) return kNotInForce;
  if (storage::count_members(session, roster.id) >= static_cast<std::int64_t>(kMembersMost))
    return Error(kRosterFull, {{"most", std::to_string(kMembersMost)}});
  const storage::MemberRow row{roster.id, person, now()};
  storage::insert(session, row);
  return membership(geography, roster, row.joined);
}

std::vector<InvitationView> Duties::Impl::invited(Session& session, const Caller& caller) const {
  std::vector<InvitationView> out;
  const auto phone = accounts.phone(session, caller.account);
  if (!phone) return out;
  for (const auto& row : storage::invitations(session, {vault.blind("duties.phone", *phone)}, now())) {
    const auto roster = storage::find(session, row.roster);
    if (!roster || roster->closed) continue;
    out.push_back({row.id, roster->name, roster->sector, geography.path_text(roster->unit), row.expires});
  }
  return out;
}

Task<Result<RosterBrief>> Duties::preview(const Caller& caller, std::string code) const {
  return impl_->db.read([impl = impl_.get(), caller, code = tidy_code(code)](Session& s) -> Result<RosterBrief> {
    const auto self = impl->people.member(s, caller, std::nullopt);
    if (!self) return self.error();
    const auto roster = code ? storage::by_code(s, *code) : std::nullopt;
    if (!roster) return kRosterCodeWrong;
    return RosterBrief{roster->id, roster->name, roster->sector, impl->geography.path_text(roster->unit),
                       storage::member(s, roster->id, self->person).has_value()};
  });
}

Task<Result<Membership>> Duties::join(const Caller& caller, Joining joining) {
  return impl_->db.transact(
      [impl = impl_.get(), caller, code = tidy_code(joining.code)](Session& s) -> Result<Membership> {
        const auto self = impl->people.member(s, caller, std::nullopt);
        if (!self) return self.error();
        const auto roster = code ? storage::by_code(s, *code) : std::nullopt;
        if (!roster) return kRosterCodeWrong;
        return impl->add(s, *roster, self->person);
      });
}

Task<Result<MyRosters>> Duties::my_rosters(const Caller& caller) const {
  return impl_->db.read([impl = impl_.get(), caller](Session& s) -> Result<MyRosters> {
    const auto self = impl->people.member(s, caller, std::nullopt);
    if (!self) return self.error();
    MyRosters out;
    for (const auto& row : storage::memberships(s, std::span(&self->person, 1)))
      if (const auto roster = storage::find(s, row.roster))
        out.memberships.push_back(membership(impl->geography, *roster, row.joined));
    out.invitations = impl->invited(s, caller);
    return out;
  });
}

namespace {

std::optional<storage::InvitationRow> to_me(Session& session, const Duties::Impl& impl, const Caller& caller,
                                            InvitationId id) {
  const auto phone = impl.accounts.phone(session, caller.account);
  if (!phone) return std::nullopt;
  for (auto& row : storage::invitations(session, {impl.vault.blind("duties.phone", *phone)}, impl.now()))
    if (row.id == id) return std::move(row);
  return std::nullopt;
}

}  // namespace

Task<Result<Membership>> Duties::accept(const Caller& caller, InvitationId id) {
  return impl_->db.transact([impl = impl_.get(), caller, id](Session& s) -> Result<Membership> {
    const auto self = impl->people.member(s, caller, std::nullopt);
    if (!self) return self.error();
    const auto invitation = to_me(s, *impl, caller, id);
    if (!invitation) return kNotFound;
    const auto roster = storage::find(s, invitation->roster);
    if (!roster || roster->closed) return kNotFound;
    auto added = impl->add(s, *roster, self->person);
    if (added) storage::remove(s, id);
    return added;
  });
}

Task<Result<Done>> Duties::decline(const Caller& caller, InvitationId id) {
  return impl_->db.transact([impl = impl_.get(), caller, id](Session& s) -> Result<Done> {
    const auto self = impl->people.member(s, caller, std::nullopt);
    if (!self) return self.error();
    if (!to_me(s, *impl, caller, id)) return kNotFound;
    storage::decline(s, id);
    return Done{};
  });
}

Task<Result<Done>> Duties::leave(const Caller& caller, RosterId id) {
  return impl_->db.transact([impl = impl_.get(), caller, id](Session& s) -> Result<Done> {
    const auto self = impl->people.member(s, caller, std::nullopt);
    if (!self) return self.error();
    if (!storage::remove(s, id, self->person)) return kNotFound;
    return Done{};
  });
}

}  // namespace luytre::duties

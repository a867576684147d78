// Rosters and their heads: opening, codes, invitations, closing.

#include "engines/linkage/base32.h"
#include "engines/linkage/qr.h"
#include "modules/duties/impl.h"
#include "platform/base/phone.h"
#include "platform/base/text.h"

namespace luytre::duties {

using store::Session;

std::optional<std::string> tidy_code(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '-' || c == ' ') continue;
    const int value = linkage::base32_value(c);
    if (value < 0) return std::nullopt;
    out += linkage::kBase32Symbols[static_cast<std::size_t>(value)];
  }
  if (out.size() != kCodeSymbols) return std::nullopt;
  return out;
}

std::string shown_code(std::string_view code) {
  return std::string(code.substr(0, kCodeSymbols / 2)) + '-' + std::string(code.substr(kCodeSymbols / 2));
}

Duties::Duties(Needs needs) : impl_(new Impl(std::move(needs))) {}

Duties::~Duties() = default;

std::string Duties::Impl::draw_code() const {
  std::string out;
  for (std::size_t i = 0; i < kCodeSymbols; ++i) out += linkage::kBase32Symbols[random.below(32)];
  return out;
}

bool Duties::Impl::heads(const Caller& caller, const storage::RosterRow& roster) const {
  if (roster.closed || roster.keeper != caller.account) return false;
  if (roster.place) {
    const auto spot = places.spot(*roster.place);
    return spot && spot->keeper == caller.account && !spot->closed_at;
  }
  const auto areas = access.areas(caller, kKeep);
  return geography.covers(areas, roster.unit);
}

Result<storage::RosterRow> Duties::Impl::kept(Session& session, const Caller& caller, RosterId roster) const {
  if (caller.account.value == 0) return kUnauthenticated;
  if (!caller.full) return kSecondProofRequired;
  auto row = storage::find(session, roster);
  if (!row) return kNotFound;
  if (row->place) places.refresh(session);
  if (!heads(caller, *row)) return kNotFound;
  return std::move(*row);
}

Roster Duties::Impl::view(Session& session, const storage::RosterRow& row) const {
  Roster out;
  out.id = row.id;
  out.name = row.name;
  out.sector = row.sector;
  out.place = row.place;
  out.unit = row.unit;
  out.unit_name = geography.path_text(row.unit);
  out.code = shown_code(row.code);
  out.members = storage::count_members(session, row.id);
  out.invitations = storage::count_invitations(session, row.id, now());
  return out;
}

Task<Result<Roster>> Duties::Impl::shown(Caller caller, Task<Result<Opened>> opening) const {
  const Result<Opened> opened = co_await std::move(opening);
  if (!opened) co_return opened.error();
  auto reading = db.read([this, caller, id = opened->id](Session& s) -> Result<Roster> {
    const auto row = kept(s, caller, id);
    if (!row) return row.error();
    return view(s, *row);
  });
  co_return co_await std::move(reading);
}

Task<Result<Roster>> Duties::open(const Caller& caller, NewRoster asked, std::optional<store::Once> once) {
  if (caller.account.value == 0) return refused<Roster>(kUnauthenticated);
  if (!caller.full) return refused<Roster>(kSecondProofRequired);
  if (asked.place.has_value() == asked.unit.has_value()) return refused<Roster>(wrong_field("/place", "contradiction"));
  if (asked.name && fold(*asked.name).empty()) return refused<Roster>(wrong_field("/name", "required"));
  if (!asked.place && !asked.name) return refused<Roster>(wrong_field("/name", "required"));
  if (asked.unit && !impl_->geography.find(*asked.unit)) return refused<Roster>(wrong_field("/unit", "unknown"));
  auto write = [impl = impl_.get(), caller, asked = std::move(asked),
                code = impl_->draw_code()](Session& s) -> Result<Opened> {
    storage::RosterRow row;
    row.id = impl->db.ids().make<RosterId>();
    row.place = asked.place;
    row.sector = asked.sector;
    row.keeper = caller.account;
    row.code = code;
    row.opened = impl->now();
    if (asked.place) {
      impl->places.refresh(s);
      const auto spot = impl->places.spot(*asked.place);
      if (!spot || spot->closed_at) return wrong_field("/place", "unknown");
      row.unit = spot->unit;
      row.name = spot->place_name;
    } else {
      row.unit = *asked.unit;
    }
    if (asked.name) row.name = *asked.name;
    if (!impl->heads(caller, row)) return kNotPermitted;
    if (!impl->force(row.opened).binds(impl->rules, row)) return kNotInForce;
    if (row.place && storage::of_place(s, *row.place, row.sector)) return kRosterExists;
    if (storage::of_keeper(s, caller.account, kRostersMost).size() >= kRostersMost)
      return Error(kTooManyRosters, {{"most", std::to_string(kRostersMost)}});
    storage::insert(s, row);
    return Opened{row.id};
  };
  return impl_->shown(caller,
                      once ? impl_->db.once(std::move(*once), std::move(write)) : impl_->db.transact(std::move(write)));
}

Task<Result<http::Page<Roster>>> Duties::kept(const Caller& caller) const {
  if (caller.account.value == 0) return refused<http::Page<Roster>>(kUnauthenticated);
  if (!caller.full) return refused<http::Page<Roster>>(kSecondProofRequired);
  return impl_->db.read([impl = impl_.get(), caller](Session& s) -> Result<http::Page<Roster>> {
    impl->places.refresh(s);
    http::Page<Roster> out;
    for (const auto& row : storage::of_keeper(s, caller.account, kRostersMost))
      if (impl->heads(caller, row)) out.items.push_back(impl->view(s, row));
    return out;
  });
}

Task<Result<Roster>> Duties::find(const Caller& caller, RosterId id) const {
  return impl_->db.read([impl = impl_.get(), caller, id](Session& s) -> Result<Roster> {
    const auto row = impl->kept(s, caller, id);
    if (!row) return row.error();
    Roster out = impl->view(s, *row);
    out.svg = linkage::Qr(impl->settings.public_url + "/duties?code=" + row->code).svg();
    out.duties = impl->counts(s, *row);
    return out;
  });
}

Task<Result<Roster>> Duties::new_code(const Caller& caller, RosterId id) {
  return impl_->db.transact([impl = impl_.get(), caller, id, code = impl_->draw_code()](Session& s) -> Result<Roster> {
    auto row = impl->kept(s, caller, id);
    if (!row) return row.error();
    storage::set_code(s, id, code);
    row->code = code;
    return impl->view(s, *row);
  });
}

Task<Result<Done>> Duties::close(const Caller& caller, RosterId id) {
  return impl_->db.transact([impl = impl_.get(), caller, id](Session& s) -> Result<Done> {
    const auto row = impl->kept(s, caller, id);
    if (!row) return row.error();
    const auto deleted = storage::close(s, id, impl->now());
    storage::prove(s, impl->db.ids().next(), impl->now(), "duties: roster closed by its head", impl->now(), deleted);
    return Done{};
  });
}

Task<Result<Invited>> Duties::invite(const Caller& caller, RosterId id, Invitee invitee) {
  const auto phone = normalise_phone(invitee.phone);
  if (!phone) return refused<Invited>(wrong_field("/phone", "format"));
  return impl_->db.transact([impl = impl_.get(), caller, id, phone = *phone](Session& s) -> Result<Invited> {
    const auto row = impl->kept(s, caller, id);
    if (!row) return row.error();
    const Instant now = impl->now();
    if (!impl->force(now).binds(impl->rules, *row)) return kNotInForce;
    if (storage::count_invitations(s, id, now) >= static_cast<std::int64_t>(kInvitationsMost))
      return Error(kTooManyInvitations, {{"most", std::to_string(kInvitationsMost)}});
    storage::InvitationRow made;
    made.id = impl->db.ids().make<InvitationId>();
    made.roster = id;
    made.phone_index = {impl->vault.blind("duties.phone", phone)};
    made.invited = now;
    made.expires = now + kInvitationFor;
    storage::insert(s, made);
    return Invited{made.expires};
  });
}

Task<Result<Done>> Duties::remove(const Caller& caller, RosterId id, PersonId person) {
  return impl_->db.transact([impl = impl_.get(), caller, id, person](Session& s) -> Result<Done> {
    const auto row = impl->kept(s, caller, id);
    if (!row) return row.error();
    if (!storage::remove(s, id, person)) return kNotFound;
    return Done{};
  });
}

}  // namespace luytre::duties

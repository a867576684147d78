// A change of mind: corrections, and what is taken back.

#include "modules/declarations/impl.h"
#include "modules/declarations/windows_storage.h"
#include "modules/people/adults.h"

namespace luytre::declarations {
namespace {

constexpr std::size_t kWithdrawalsShown = 100;

Withdrawal view(const storage::WithdrawalRow& row) {
  return {row.id, row.person, row.form, row.at, row.withdrawn};
}

}  // namespace

bool Declarations::Impl::may_see(store::Session& session, AccountId account, const people::Member& member,
                                 AccountId declared_by) const {
  if (account == declared_by) return true;
  const auto brief = people.brief(session, member.person);
  return brief && people::sees_affairs(member.relation, brief->birth_year, local_date(db.clock().now()));
}

Result<std::vector<storage::PictureRow>> Declarations::Impl::replace(store::Session& session,
                                                                     storage::DeclarationRow& row,
                                                                     const std::optional<people::Member>& member,
                                                                     const std::vector<forms::Attachment>& kept) const {
  const auto old = storage::find(session, *row.corrects);
  if (!old || old->person != row.person || old->form != row.form) return kNotFound;
  if (member && !may_see(session, row.declared_by, *member, old->declared_by)) return kNotFound;
  auto pictures = pictures_before(session, *old, kept);
  if (!pictures) return pictures.error();
  if (!storage::replace(session, row.person, old->id, row.id)) return kDeclarationReplaced;
  if (!row.there) row.there = old->there;
  return pictures;
}

Task<Result<Withdrawal>> Declarations::withdraw(const Caller& caller, DeclarationId id) {
  if (caller.account.value == 0) return refused<Withdrawal>(kUnauthenticated);
  if (!caller.full) return refused<Withdrawal>(kSecondProofRequired);
  return impl_->db.transact([impl = impl_.get(), caller, id](store::Session& s) -> Result<Withdrawal> {
    const auto done = storage::withdrawal(s, id);
    if (done && people::People::is_member(s, caller.account, done->person)) return view(*done);
    auto row = storage::find(s, id);
    if (!row) return kNotFound;
    const people::People::Wanted wanted{caller.account, row->person};
    const auto member = people::People::members(s, std::span(&wanted, 1)).front();
    if (!member || !impl->may_see(s, caller.account, *member, row->declared_by)) return kNotFound;
    const DatedForm* dated = impl->catalogue.find(row->form, row->form_version);
    if (!dated || !dated->form.withdrawable) return kNotWithdrawable;

    const Instant now = impl->db.clock().now();
    const storage::WithdrawalRow proof{row->person, id, row->form, row->at, now, caller.account};
    while (row && row->replaced_by) row = storage::find(s, *row->replaced_by);
    while (row) {
      storage::remove(s, row->person, row->id);
      s.publish({"declaration.withdrawn", row->id.value, now, 2, row->unit.value});
      row = row->corrects ? storage::find(s, *row->corrects) : std::nullopt;
    }
    storage::insert(s, proof);
    if (!storage::last_at(s, proof.person, proof.form)) storage::forget_begun(s, proof.form, proof.person);
    impl->memory.forget(proof.person);
    return view(proof);
  });
}

Task<Result<std::vector<Withdrawal>>> Declarations::withdrawals(const Caller& caller,
                                                                std::optional<PersonId> person) const {
  return impl_->db.read([impl = impl_.get(), caller, person](store::Session& s) -> Result<std::vector<Withdrawal>> {
    const auto about = impl->own_or_member(s, caller, person);
    if (!about) return about.error();
    std::vector<Withdrawal> out;
    for (const auto& row : storage::withdrawals(s, about->person, kWithdrawalsShown)) out.push_back(view(row));
    return out;
  });
}

}  // namespace luytre::declarations

#include "modules/people/officers.h"
#include "modules/people/areas.h"
#include "modules/people/impl.h"

namespace luytre::people {
namespace {

using store::Session;

const identity::Action kRegister{"people.register", Purpose::kCaseManagement, kOfficers};

// The registration is in the access log already; what became of the record since is another look.
Task<Result<Person>> registered(const People::Impl& impl, Areas areas, Task<Result<Made>> making) {
  const Result<Made> made = co_await std::move(making);
  if (!made) co_return made.error();
  auto reading = impl.db.read([&impl, areas = std::move(areas), id = made->id](Session& s) -> Result<Person> {
    const auto row = storage::find(s, id);
    if (!row || !areas.contain(row->unit)) return kNotFound;
    return impl.view(s, *row, std::nullopt, std::nullopt);
  });
  co_return co_await std::move(reading);
}

}  // namespace

Task<Result<Person>> People::find(const Caller& caller, PersonId person, std::string reason) {
  return impl_->db.transact(
      [impl = impl_.get(), caller, person, reason = std::move(reason)](Session& s) -> Result<Person> {
        const auto row = storage::find(s, person);
        // A missing record answers as one of another area does.
        const auto allowed = impl->access.require(s, caller, kRead, {person, row ? row->unit : UnitId{}, reason});
        if (!allowed) return allowed.error();
        if (!row) return kNotFound;
        return impl->view(s, *row, std::nullopt, storage::account_of(s, person));
      });
}

Task<Result<Person>> People::register_person(const Caller& caller, NewPerson person, std::optional<store::Once> once) {
  auto wrong = impl_->check(person);
  if (person.relation) wrong.push_back({"/relation", "unknown", {}});
  if (!wrong.empty()) return refused<Person>(Error(kInvalid, std::move(wrong)));
  const auto areas = Areas(impl_->geography, impl_->access.areas(caller, kRegister));
  auto write = [impl = impl_.get(), caller, areas, person = std::move(person)](Session& s) -> Result<Made> {
    if (!areas.contain(person.unit)) return caller.account.value == 0 ? kUnauthenticated : kNotPermitted;
    const PersonId id = impl->add(s, person, caller.account);
    const auto allowed =
        impl->access.require(s, caller, kRegister, {id, person.unit, identity::note(identity::LogNote::kRegistration)});
    if (!allowed) return allowed.error();
    return Made{id};
  };
  auto making = once ? impl_->db.once(std::move(*once), std::move(write)) : impl_->db.transact(std::move(write));
  return registered(*impl_, areas, std::move(making));
}

Task<Result<Contact>> People::contact(const Caller& caller, const identity::Action& action, PersonId person,
                                      std::string reason) {
  return impl_->db.transact([this, impl = impl_.get(), caller, action, person,
                             reason = std::move(reason)](Session& s) -> Result<Contact> {
    auto contact = contact_of(s, person);
    const auto allowed = impl->access.require(s, caller, action, {person, contact ? contact->unit : UnitId{}, reason});
    if (!allowed) return allowed.error();
    if (!contact) return kNotFound;
    return std::move(*contact);
  });
}

}  // namespace luytre::people

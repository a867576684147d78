#include "modules/people/people.h"

#include <unordered_set>

#include "engines/linkage/qr.h"
#include "modules/people/impl.h"
#include "modules/people/name_terms.h"
#include "platform/base/conflict.h"
#include "platform/base/phone.h"

namespace luytre::people {
namespace {

using storage::PersonRow;
using store::Session;

const identity::Action kOwn{"people.own", Purpose::kOwnRecord, {Role::kCitizen}};

linkage::PersonCodes codes_from(const Vault& vault) {
  linkage::CodeKey key;
  key.id = 1;
  key.seed = vault.derive("people.code.sign.1");
  return linkage::PersonCodes({key}, vault.derive("people.code.seal"));
}

std::optional<Error> not_a_household(const Caller& caller) {
  if (caller.account.value == 0) return Error(kUnauthenticated);
  if (!caller.full) return Error(kSecondProofRequired);
  return std::nullopt;
}

// The member, or why not; a look at somebody else's record is in the access log.
Result<Member> member_of(Session& s, const identity::Access& access, const Caller& caller,
                         std::optional<PersonId> person) {
  if (!person) {
    const auto self = storage::member(s, caller.account, PersonId{});
    if (!self) return kNoOwnRecord;
    return *self;
  }
  const auto found = person->value == 0 ? std::nullopt : storage::member(s, caller.account, *person);
  if (found) return *found;
  const auto refusal = access.require(s, caller, kOwn, {*person, {}, ""});
  return refusal || refusal.error().code == kNotPermitted.code ? Error(kNotInHousehold) : refusal.error();
}

Task<Result<Person>> made_in_household(const People& people, Caller caller, Task<Result<Made>> making) {
  const Result<Made> made = co_await std::move(making);
  if (!made) co_return made.error();
  co_return co_await people.in_household(caller, made->id);
}

}  // namespace

People::People(store::Database& db, const geography::Geography& geography, const identity::Access& access,
               const identity::Accounts& accounts, const Vault& vault, const Clock& clock)
    : impl_(new Impl{db, geography, access, accounts, vault, clock, codes_from(vault)}) {}

People::~People() = default;

const linkage::PersonCodes& People::codes() const {
  return impl_->codes;
}

Result<Member> People::member(Session& session, const Caller& caller, std::optional<PersonId> person) const {
  if (auto error = not_a_household(caller)) return *error;
  return member_of(session, impl_->access, caller, person);
}

Task<Result<Person>> People::in_household(const Caller& caller, std::optional<PersonId> person) const {
  if (auto error = not_a_household(caller)) return refused<Person>(*error);
  return impl_->db.read([impl = impl_.get(), caller, person](Session& s) -> Result<Person> {
    const auto member = member_of(s, impl->access, caller, person);
    if (!member) return member.error();
    return impl->view(s, storage::find(s, member->person).value(), member->relation, caller.account);
  });
}

Task<Result<http::Page<Person>>> People::household(const Caller& caller) const {
  if (auto error = not_a_household(caller)) return refused<http::Page<Person>>(*error);
  return impl_->db.read([impl = impl_.get(), caller](Session& s) -> Result<http::Page<Person>> {
    http::Page<Person> page;
    for (const Member& member : storage::household(s, caller.account)) {
      const auto row = storage::find(s, member.person).value();
      page.items.push_back(impl->view(s, row, member.relation, caller.account));
    }
    return page;
  });
}

Task<Result<Person>> People::create(const Caller& caller, NewPerson person, std::optional<store::Once> once) {
  if (auto error = not_a_household(caller)) return refused<Person>(*error);
  auto wrong = impl_->check(person);
  if (!person.relation) wrong.push_back({"/relation", "required", {}});
  if (person.birth_unknown) wrong.push_back({"/birthUnknown", "unknown", {}});  // who declares for them is to know
  // The keeper's phone is the account's, proven by a code; only others may have one of their own.
  if (person.phone && person.relation == Relation::kSelf) wrong.push_back({"/phone", "unknown", {}});
  if (!wrong.empty()) return refused<Person>(Error(kInvalid, std::move(wrong)));
  auto write = [impl = impl_.get(), caller, person = std::move(person)](Session& s) -> Result<Made> {
    const auto household = storage::household(s, caller.account);
    if (household.size() >= kHouseholdMost) return Error(kHouseholdFull, {{"most", std::to_string(kHouseholdMost)}});
    for (const Member& member : household) {
      if (member.relation == Relation::kSelf && person.relation == Relation::kSelf) return kOwnRecordExists;
    }
    const PersonId id = impl->add(s, person, caller.account);
    const Instant now = impl->clock.now();
    storage::join(s, caller.account, id, *person.relation, now);
    s.publish({"household.joined", id.value, now, 1, 0});
    return Made{id};
  };
  auto making = once ? impl_->db.once(std::move(*once), std::move(write)) : impl_->db.transact(std::move(write));
  return made_in_household(*this, caller, std::move(making));
}

Task<Result<Person>> People::edit(const Caller& caller, PersonId person, PersonEdit edit, std::int64_t version) {
  if (auto error = not_a_household(caller)) return refused<Person>(*error);
  return impl_->db.transact(
      [impl = impl_.get(), caller, person, edit = std::move(edit), version](Session& s) -> Result<Person> {
        auto member = member_of(s, impl->access, caller, person);
        if (!member) return member.error();
        PersonRow row = storage::find(s, person).value();
        if (row.version != version) return version_conflict(impl->view(s, row, member->relation, caller.account));
        auto wrong = impl->check(edit, row);
        const bool becomes_self = edit.relation == Relation::kSelf, is_self = member->relation == Relation::kSelf;
        if (edit.relation && becomes_self != is_self) wrong.push_back({"/relation", "fixed", {}});
        if (!wrong.empty()) return Error(kInvalid, std::move(wrong));

        const std::string name_before = row.name;
        impl->apply(edit, row);
        ++row.version;
        storage::update(s, row, version);
        change_name(s, row, name_before);
        if (edit.paper) impl->add_paper(s, person, *edit.paper, false);
        if (edit.relation) storage::relate(s, caller.account, person, *edit.relation);
        s.publish({"person.changed", person.value, impl->clock.now(), row.version, row.unit.value});
        return impl->view(s, row, edit.relation ? *edit.relation : member->relation, caller.account);
      });
}

Task<Result<Done>> People::leave(const Caller& caller, PersonId person) {
  if (auto error = not_a_household(caller)) return refused<Done>(*error);
  return impl_->db.transact([impl = impl_.get(), caller, person](Session& s) -> Result<Done> {
    const auto member = member_of(s, impl->access, caller, person);
    if (!member) return member.error();
    if (member->relation == Relation::kSelf) return kSelfCannotLeave;
    const Instant now = impl->clock.now();
    storage::part(s, caller.account, person, now);
    s.publish({"household.left", person.value, now, 2, 0});
    return Done{};
  });
}

Task<Result<CodeView>> People::code(const Caller& caller, PersonId person) const {
  if (auto error = not_a_household(caller)) return refused<CodeView>(*error);
  return impl_->db.read([impl = impl_.get(), caller, person](Session& s) -> Result<CodeView> {
    const auto member = member_of(s, impl->access, caller, person);
    if (!member) return member.error();
    const auto code = impl->codes.make(person.value, impl->clock.now());
    return CodeView{code.text, code.expires, linkage::Qr(code.text).svg()};
  });
}

}  // namespace luytre::people

#include <algorithm>
#include <set>

#include "modules/people/impl.h"
#include "modules/people/name_terms.h"
#include "platform/base/phone.h"

namespace luytre::people {

using storage::PersonRow;
using store::Session;

PersonId People::Impl::add(Session& session, const NewPerson& person, AccountId by) const {
  const Instant now = clock.now();
  const auto id = db.ids().make<PersonId>();
  const PersonRow row = row_of(id, person);
  storage::insert(session, std::span(&row, 1), now, by);
  add_name(session, row);
  const bool proven = !person.relation;  // else the keeper of a household says so
  if (person.paper) add_paper(session, id, *person.paper, proven);
  if (person.phone) add_phone(session, id, normalise_phone(*person.phone).value(), proven);
  session.publish({"person.created", id.value, now, 1, row.unit.value});
  return id;
}

void People::Impl::add_paper(Session& session, PersonId person, const Paper& paper, bool proven) const {
  const auto number = linkage::read_paper(paper.kind, paper.number).value();
  const std::int64_t id = db.ids().next();
  const store::Bytes sealed{vault.seal("people.paper", id_text(id), number.text)};
  storage::add_paper(session, id, person, paper.kind, paper_blind(number.key), sealed, clock.now(), proven);
}

void People::Impl::add_phone(Session& session, PersonId person, std::string_view e164, bool proven) const {
  const std::int64_t id = db.ids().next();
  const store::Bytes sealed{vault.seal("people.phone", id_text(id), e164)};
  storage::add_phone(session, id, person, phone_blind(e164), sealed, clock.now(), proven);
}

std::vector<std::string> People::Impl::phones(Session& session, PersonId person,
                                              std::optional<AccountId> household) const {
  const auto own = storage::phones(session, person);
  return opened(own, household ? accounts.phone(session, *household) : std::nullopt);
}

std::vector<std::string> People::Impl::opened(std::span<const storage::SealedRow> own,
                                              std::optional<std::string> shared) const {
  std::vector<std::string> out;
  for (const auto& row : own) {
    if (auto plain = vault.unseal("people.phone", id_text(row.id), row.sealed.data)) out.push_back(std::move(*plain));
  }
  if (shared && std::find(out.begin(), out.end(), *shared) == out.end()) out.push_back(std::move(*shared));
  return out;
}

std::vector<std::optional<std::string>> People::Impl::first_phones(Session& session,
                                                                   std::span<const PersonId> persons) const {
  std::vector<std::optional<std::string>> out;
  out.reserve(persons.size());
  std::vector<std::size_t> bare;  // without a phone of their own: the household's
  for (const auto& own : storage::phones(session, persons)) {
    auto& first = out.emplace_back();
    for (const auto& phone : own) {
      first = vault.unseal("people.phone", id_text(phone.id), phone.sealed.data);
      if (first) break;
    }
    if (!first) bare.push_back(out.size() - 1);
  }
  std::vector<PersonId> asked;
  for (const std::size_t i : bare) asked.push_back(persons[i]);
  std::vector<AccountId> households;
  for (const auto& household : storage::accounts_of(session, asked))
    households.push_back(household.value_or(AccountId{}));
  auto shared = accounts.phones(session, households);
  for (std::size_t i = 0; i < bare.size(); ++i) out[bare[i]] = std::move(shared[i]);
  return out;
}

std::optional<std::string> People::Impl::address(const PersonRow& row) const {
  if (!row.address) return std::nullopt;
  return vault.unseal("people.address", to_text(row.id), row.address->data);
}

Person People::Impl::view(Session& session, const PersonRow& row, std::optional<Relation> relation,
                          std::optional<AccountId> household) const {
  Person out;
  out.id = row.id;
  out.name = row.name;
  out.birth_date = row.birth_date;
  out.birth_year = row.birth_year;
  out.sex = row.sex;
  out.nationality = row.nationality;
  out.unit = row.unit;
  out.unit_path = geography.path_text(row.unit);
  out.address = address(row);
  const auto reachable = phones(session, row.id, household);
  if (!reachable.empty()) out.phone_masked = mask_phone(reachable.front());
  if (const auto paper = storage::newest_paper(session, row.id)) {
    const auto plain = vault.unseal("people.paper", id_text(paper->id), paper->sealed.data);
    if (plain) out.paper_masked = linkage::masked_paper(*plain);
  }
  out.relation = relation;
  out.version = row.version;
  return out;
}

PersonBrief People::Impl::brief(Session& session, const PersonRow& row) const {
  return briefs(session, std::span(&row, 1)).front();
}

std::vector<PersonBrief> People::Impl::briefs(Session& session, std::span<const PersonRow> rows) const {
  std::vector<PersonId> persons;
  for (const PersonRow& row : rows) persons.push_back(row.id);
  const auto phones = first_phones(session, persons);
  std::vector<PersonBrief> out;
  out.reserve(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    PersonBrief& one = out.emplace_back();
    one.id = rows[i].id;
    one.name = rows[i].name;
    one.birth_year = rows[i].birth_year;
    one.sex = rows[i].sex;
    one.unit = rows[i].unit;
    one.unit_path = geography.path_text(rows[i].unit);
    if (phones[i]) one.phone_masked = mask_phone(*phones[i]);
  }
  return out;
}

// ---- within another's transaction ----

bool People::is_member(Session& session, AccountId account, PersonId person) {
  return person.value != 0 && storage::member(session, account, person).has_value();
}

std::vector<PersonId> People::household_people(Session& session, AccountId account) {
  std::vector<PersonId> out;
  for (const Member& member : storage::household(session, account)) out.push_back(member.person);
  return out;
}

std::vector<std::optional<Member>> People::members(Session& session, std::span<const Wanted> wanted) {
  std::vector<store::Row> keys;
  keys.reserve(wanted.size());
  for (const Wanted& w : wanted) {
    // No row has person -1: a client that sends the id 0 does not get the own record.
    const std::int64_t person = !w.person ? 0 : w.person->value == 0 ? -1 : w.person->value;
    keys.push_back({store::to_value(w.account), store::to_value(person)});
  }
  std::vector<std::optional<Member>> out;
  out.reserve(wanted.size());
  for (const auto& found : storage::members(session, keys)) {
    out.push_back(found.empty() ? std::nullopt : std::optional(found.front()));
  }
  return out;
}

bool People::paper_matches(Session& session, AccountId account, std::string_view paper_number, Date birth) const {
  const auto self = storage::member(session, account, PersonId{});
  if (!self) return false;
  const auto row = storage::find(session, self->person);
  if (!row) return false;
  const bool born = row->birth_date ? *row->birth_date == birth : row->birth_year == year_of(birth);
  bool papers = false;
  for (const std::string& key : linkage::paper_keys(paper_number)) {
    const auto owners = storage::with_paper(session, impl_->paper_blind(key));
    papers = papers || std::find(owners.begin(), owners.end(), self->person) != owners.end();
  }
  return born && papers;
}

std::optional<PersonBrief> People::brief(Session& session, PersonId person) const {
  const auto row = storage::find(session, person);
  if (!row) return std::nullopt;
  return impl_->brief(session, *row);
}

std::map<PersonId, PersonBrief> People::briefs(Session& session, std::span<const PersonId> persons) const {
  const std::set<PersonId> once(persons.begin(), persons.end());
  const std::vector<PersonId> wanted(once.begin(), once.end());
  std::vector<PersonRow> rows;
  for (auto& row : storage::find(session, wanted))
    if (row) rows.push_back(std::move(*row));
  std::map<PersonId, PersonBrief> out;
  for (auto& one : impl_->briefs(session, rows)) out.emplace(one.id, std::move(one));
  return out;
}

std::vector<std::string> People::papers_of(Session& session, PersonId person) const {
  std::vector<std::string> out;
  for (const auto& row : storage::papers(session, person)) {
    if (auto plain = impl_->vault.unseal("people.paper", id_text(row.id), row.sealed.data))
      out.push_back(std::move(*plain));
  }
  return out;
}

People::Proven People::proven_of(Session& session, PersonId person) const {
  Proven out;
  for (const auto& row : storage::papers(session, person, true)) {
    if (auto plain = impl_->vault.unseal("people.paper", id_text(row.id), row.sealed.data))
      out.papers.push_back(std::move(*plain));
  }
  for (const auto& row : storage::phones(session, person, true)) {
    if (auto plain = impl_->vault.unseal("people.phone", id_text(row.id), row.sealed.data))
      out.phones.push_back(std::move(*plain));
  }
  const auto household = storage::account_of(session, person);
  if (auto shared = household ? impl_->accounts.phone(session, *household) : std::nullopt)
    out.phones.push_back(std::move(*shared));
  return out;
}

std::optional<Contact> People::contact_of(Session& session, PersonId person) const {
  auto found = contacts_of(session, std::span(&person, 1));
  if (found.empty()) return std::nullopt;
  return std::move(found.begin()->second);
}

std::map<PersonId, Contact> People::contacts_of(Session& session, std::span<const PersonId> persons) const {
  const std::set<PersonId> once(persons.begin(), persons.end());
  const std::vector<PersonId> wanted(once.begin(), once.end());
  const auto rows = storage::find(session, wanted);
  const auto phones = storage::phones(session, wanted);
  std::vector<AccountId> households;
  for (const auto& household : storage::accounts_of(session, wanted))
    households.push_back(household.value_or(AccountId{}));
  auto shared = impl_->accounts.phones(session, households);
  std::map<PersonId, Contact> out;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (!rows[i]) continue;
    Contact& one = out[wanted[i]];
    one.id = rows[i]->id;
    one.name = rows[i]->name;
    one.phones = impl_->opened(phones[i], std::move(shared[i]));
    one.address = impl_->address(*rows[i]);
    one.unit = rows[i]->unit;
  }
  return out;
}

std::vector<std::optional<std::string>> People::phones_of(Session& session, std::span<const PersonId> persons) const {
  return impl_->first_phones(session, persons);
}

std::optional<UnitId> People::unit_of(Session& session, PersonId person) const {
  const auto row = storage::find(session, person);
  if (!row) return std::nullopt;
  return row->unit;
}

std::vector<std::optional<UnitId>> People::units_of(Session& session, std::span<const PersonId> persons) const {
  std::vector<std::optional<UnitId>> out;
  out.reserve(persons.size());
  for (const auto& row : storage::find(session, persons)) out.push_back(row ? std::optional(row->unit) : std::nullopt);
  return out;
}

std::optional<AccountId> People::account_of(Session& session, PersonId person) const {
  return storage::account_of(session, person);
}

std::optional<NewPerson> People::written(Session& session, PersonId person) const {
  const auto row = storage::find(session, person);
  if (!row) return std::nullopt;
  NewPerson out;
  out.name = row->name;
  out.birth_date = row->birth_date;
  if (!row->birth_date && row->birth_year > 0) out.birth_year = row->birth_year;
  if (!row->birth_date && row->birth_year == 0) out.birth_unknown = true;
  out.sex = row->sex;
  out.nationality = row->nationality;
  out.unit = row->unit;
  if (auto address = impl_->address(*row)) out.address = std::move(*address);
  const auto phones = impl_->phones(session, person, storage::account_of(session, person));
  if (!phones.empty()) out.phone = phones.front();
  return out;
}

Result<Done> People::take_back(Session& session, PersonId person) const {
  const auto row = storage::find(session, person);
  if (!row) return kNotFound;
  if (row->version != 1 || storage::in_use(session, person)) return kPersonInUse;
  storage::remove(session, person);
  drop_name(session, row->name);
  return Done{};
}

Result<PersonId> People::create_within(Session& session, const NewPerson& person, AccountId by) {
  auto wrong = impl_->check(person);
  if (!wrong.empty()) return Error(kInvalid, std::move(wrong));
  return impl_->add(session, person, by);
}

}  // namespace luytre::people

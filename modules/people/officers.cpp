#include <algorithm>
#include <unordered_set>

#include "modules/people/impl.h"
#include "modules/people/merged.h"
#include "platform/base/phone.h"

namespace luytre::people {
namespace {

using storage::PersonRow;
using store::Session;

const std::vector<Role> kOfficers{Role::kStationOfficer, Role::kDistrictOfficer, Role::kProvinceOfficer};
const identity::Action kRead{"people.read", Purpose::kCaseManagement, kOfficers, true};
const identity::Action kSearch{"people.search", Purpose::kCaseManagement, kOfficers, true};
const identity::Action kRegister{"people.register", Purpose::kCaseManagement, kOfficers};

constexpr std::size_t kScannedMost = 5000;  // names looked at in one search
constexpr std::size_t kScanStep = 500;

// Words that a large part of the country bears: never the one to begin a search with.
const std::unordered_set<std::string_view> kCommonWords{"nguyen", "tran",  "le", "pham", "thi", "van",
                                                        "hoang",  "huynh", "vo", "vu",   "dang"};

class Areas {
 public:
  Areas(const geography::Geography& geography, const std::vector<UnitId>& areas) {
    for (const UnitId area : areas) {
      if (area.value == 0) {
        everywhere_ = true;
        return;
      }
      for (const UnitId unit : geography.covered(area)) units_.insert(unit.value);
    }
  }
  bool contain(UnitId unit) const { return everywhere_ || units_.contains(unit.value); }

 private:
  bool everywhere_ = false;
  std::unordered_set<std::int64_t> units_;
};

// The rarest word is the best to look up; of the uncommon ones the longest is the best guess.
std::string leading_word(const std::vector<std::string>& words) {
  return *std::max_element(words.begin(), words.end(), [](const std::string& a, const std::string& b) {
    return std::pair(!kCommonWords.contains(a), a.size()) < std::pair(!kCommonWords.contains(b), b.size());
  });
}

std::vector<PersonRow> by_name(Session& s, const std::string& name, std::optional<std::int64_t> year,
                               const Areas& areas, std::size_t most) {
  const auto words = words_of(name);
  if (words.empty()) return {};
  const std::string leading = leading_word(words);
  storage::WordPosition at;
  if (year) at = {*year, PersonId{}};
  std::vector<PersonRow> out;
  for (std::size_t scanned = 0; scanned < kScannedMost && out.size() < most; scanned += kScanStep) {
    const auto rows = storage::with_word(s, leading, at, year.value_or(9999), kScanStep);
    for (const PersonRow& row : rows) {
      const auto own = words_of(row.name);
      if (areas.contain(row.unit) && std::includes(own.begin(), own.end(), words.begin(), words.end()))
        out.push_back(row);
    }
    if (rows.size() < kScanStep) break;
    at = {rows.back().birth_year, rows.back().id};
  }
  if (out.size() > most) out.resize(most);
  return out;
}

std::vector<PersonId> by_phone(Session& s, const People::Impl& impl, const std::string& e164) {
  auto out = storage::with_phone(s, impl.phone_blind(e164));
  for (const AccountId account : impl.accounts.with_phone(s, std::string_view(e164))) {
    for (const Member& member : storage::household(s, account)) out.push_back(member.person);
  }
  return out;
}

std::vector<PersonId> by_paper(Session& s, const People::Impl& impl, const std::string& number) {
  std::vector<PersonId> out;
  for (const std::string& key : linkage::paper_keys(number)) {
    for (const PersonId person : storage::with_paper(s, impl.paper_blind(key))) out.push_back(person);
  }
  return out;
}

std::vector<FieldError> check_search(const Search& search) {
  std::vector<FieldError> wrong;
  if (!search.phone && !search.paper && !search.name) wrong.push_back({"/name", "required", {}});
  if (search.phone && !normalise_phone(*search.phone)) wrong.push_back({"/phone", "format", {}});
  if (search.paper && linkage::paper_keys(*search.paper).empty()) wrong.push_back({"/paper", "format", {}});
  // One word alone, of a whole province, is a list and not a search.
  if (search.name && !search.birth_year && words_of(*search.name).size() < 2)
    wrong.push_back({"/name", "too_short", {{"least", "2"}}});
  return wrong;
}

bool fits(const PersonRow& row, const Search& search) {
  if (search.birth_year && row.birth_year != *search.birth_year) return false;
  if (!search.name) return true;
  const auto own = words_of(row.name), asked = words_of(*search.name);
  return std::includes(own.begin(), own.end(), asked.begin(), asked.end());
}

std::vector<PersonRow> hits(Session& s, const People::Impl& impl, const Search& search, const Areas& areas,
                            std::size_t most) {
  if (!search.phone && !search.paper) return by_name(s, *search.name, search.birth_year, areas, most);
  std::vector<PersonId> ids =
      search.phone ? by_phone(s, impl, normalise_phone(*search.phone).value()) : by_paper(s, impl, *search.paper);
  if (search.phone && search.paper) {
    const auto both = by_paper(s, impl, *search.paper);
    std::erase_if(ids, [&](PersonId id) { return std::find(both.begin(), both.end(), id) == both.end(); });
  }
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  std::vector<PersonRow> out;
  for (const auto& row : storage::find(s, ids)) {
    if (row && areas.contain(row->unit) && fits(*row, search) && out.size() < most) out.push_back(*row);
  }
  return out;
}

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

// Records that officers merged are one line: the kept one, if the area has it, too.
std::vector<PersonRow> as_one(Session& s, std::vector<PersonRow> rows, const Areas& areas) {
  std::vector<PersonId> ids;
  for (const PersonRow& row : rows) ids.push_back(row.id);
  const auto kept = counts_as(s, ids);
  std::unordered_set<std::int64_t> shown;
  std::vector<PersonRow> out;
  for (PersonRow& row : rows) {
    const auto counted = kept.find(row.id);
    auto as = counted == kept.end() ? std::nullopt : storage::find(s, counted->second);
    if (as && areas.contain(as->unit)) row = std::move(*as);
    if (shown.insert(row.id.value).second) out.push_back(std::move(row));
  }
  return out;
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

Task<Result<http::Page<PersonBrief>>> People::search(const Caller& caller, Search search, std::size_t limit) {
  auto wrong = check_search(search);
  if (!wrong.empty()) return refused<http::Page<PersonBrief>>(Error(kInvalid, std::move(wrong)));
  return impl_->db.transact(
      [impl = impl_.get(), caller, search = std::move(search), limit](Session& s) -> Result<http::Page<PersonBrief>> {
        const auto areas = impl->access.areas(caller, kSearch);
        if (areas.empty()) return caller.account.value == 0 ? kUnauthenticated : kNotPermitted;
        // Also where nobody is found: else the refusal would tell that somebody is there.
        if (fold(search.reason).empty()) return identity::kReasonRequired;
        http::Page<PersonBrief> page;
        const Areas within(impl->geography, areas);
        for (const PersonRow& row : as_one(s, hits(s, *impl, search, within, limit), within)) {
          const auto allowed = impl->access.require(s, caller, kSearch, {row.id, row.unit, search.reason});
          if (!allowed) return allowed.error();
          page.items.push_back(impl->brief(s, row));
        }
        return page;
      });
}

Result<std::vector<PersonId>> People::matching(Session& session, const Search& search, std::size_t most) const {
  auto wrong = check_search(search);
  if (!wrong.empty()) return Error(kInvalid, std::move(wrong));
  std::vector<PersonId> out;
  for (const PersonRow& row : hits(session, *impl_, search, Areas(impl_->geography, {UnitId{}}), most))
    out.push_back(row.id);
  return out;
}

Task<Result<Person>> People::register_person(const Caller& caller, NewPerson person, std::optional<store::Once> once) {
  auto wrong = impl_->check(person);
  if (person.relation) wrong.push_back({"/relation", "unknown", {}});
  if (!wrong.empty()) return refused<Person>(Error(kInvalid, std::move(wrong)));
  const auto areas = Areas(impl_->geography, impl_->access.areas(caller, kRegister));
  auto write = [impl = impl_.get(), caller, areas, person = std::move(person)](Session& s) -> Result<Made> {
    if (!areas.contain(person.unit)) return caller.account.value == 0 ? kUnauthenticated : kNotPermitted;
    const PersonId id = impl->add(s, person, caller.account);
    const auto allowed = impl->access.require(s, caller, kRegister, {id, person.unit, "registration"});
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

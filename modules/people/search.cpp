// Looking people up: by what identifies them, or by name and birth.

#include <algorithm>
#include <unordered_set>

#include "engines/linkage/any_code.h"
#include "modules/people/home_search.h"
#include "modules/people/impl.h"
#include "modules/people/merged.h"
#include "modules/people/name_search.h"
#include "modules/people/near_numbers.h"
#include "modules/people/shown.h"
#include "platform/base/phone.h"

namespace luytre::people {
namespace {

using storage::PersonRow;
using store::Session;

const identity::Action kSearch{"people.search",
                               Purpose::kCaseManagement,
                               {Role::kStationOfficer, Role::kDistrictOfficer, Role::kProvinceOfficer},
                               true};

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

// None of these is proof of who stands there: who may see the record is asked afterwards, as of any other search.
Result<std::vector<PersonId>> by_code(Session& s, const People& people, const People::Impl& impl,
                                      const std::string& code) {
  const Instant now = impl.clock.now();
  const auto read = linkage::read_code(code, local_date(now));
  if (read.kind == linkage::CodeKind::kCard && impl.card_holder) {
    const auto holder = impl.card_holder(s, code, now);
    if (!holder) return holder.error();
    return std::vector{*holder};
  }
  if (!read.claim) {
    const auto shown_by = shown(people, code, now);
    if (!shown_by) return shown_by.error();
    return std::vector{*shown_by};
  }
  if (!read.claim->failed.empty()) return kCodeMisread;
  const auto keys = linkage::claim_keys(*read.claim);
  if (keys.empty()) return kCodeForeign;  // masked
  std::vector<PersonId> out;
  for (const std::string& key : keys) {
    for (const PersonId person : storage::with_paper(s, impl.paper_blind(key))) out.push_back(person);
  }
  return out;
}

std::vector<FieldError> check_search(const Search& search) {
  std::vector<FieldError> wrong;
  if (!search.phone && !search.paper && !search.name && !search.birth_date && !search.code && !search.address)
    wrong.push_back({"/name", "required", {}});
  if (search.phone && !normalise_phone(*search.phone)) wrong.push_back({"/phone", "format", {}});
  if (search.paper && linkage::paper_keys(*search.paper).empty()) wrong.push_back({"/paper", "format", {}});
  if (search.birth_date && search.birth_year && year_of(*search.birth_date) != *search.birth_year)
    wrong.push_back({"/birthYear", "contradiction", {}});
  if (search.birth_month && !search.birth_year) wrong.push_back({"/birthYear", "required", {}});
  if (search.birth_month && (*search.birth_month < 1 || *search.birth_month > 12))
    wrong.push_back({"/birthMonth", "range", {{"least", "1"}, {"most", "12"}}});
  // One word alone, of a whole province, is a list and not a search.
  const bool born = search.birth_year || search.birth_date, alone = by_home_alone(search);
  if (search.address && words_of(*search.address).size() < (alone ? 2U : 1U))
    wrong.push_back({"/address", "too_short", {{"least", alone ? "2" : "1"}}});
  if (search.name && !born && !alone && words_of(*search.name).size() < 2)
    wrong.push_back({"/name", "too_short", {{"least", "2"}}});
  return wrong;
}

// Who has the number is who was meant: a name beside it is to be theirs, word by word.
bool fits(const People::Impl& impl, const PersonRow& row, const Search& search) {
  return born_as(row, search) && named_as(row, search) && lives_at(impl, row, search);
}

void keep_common(std::vector<PersonId>& ids, bool& begun, std::vector<PersonId> more) {
  std::sort(more.begin(), more.end());
  more.erase(std::unique(more.begin(), more.end()), more.end());
  if (begun) std::erase_if(ids, [&](PersonId id) { return !std::binary_search(more.begin(), more.end(), id); });
  if (!begun) ids = std::move(more);
  begun = true;
}

Hits among(Session& s, const People::Impl& impl, const std::vector<PersonId>& ids, const Search& search,
           const Areas& areas, std::size_t most) {
  Hits out;
  for (auto& row : storage::find(s, ids)) {
    if (!row || !areas.contain(row->unit) || !fits(impl, *row, search)) continue;
    out.complete = out.rows.size() < most;
    if (!out.complete) break;
    out.rows.push_back(std::move(*row));
  }
  return out;
}

// By name or birth day; of those whose address is asked for, too, more are looked at than are shown.
Hits by_what_is_told(Session& s, const People::Impl& impl, const Search& search, const Areas& areas, std::size_t most,
                     bool tolerant) {
  const std::size_t looked_at = search.address ? std::max(most, kNamesakesMost) : most;
  Hits out =
      search.name ? by_name(s, search, areas, looked_at, tolerant) : by_birth(s, *search.birth_date, areas, looked_at);
  std::erase_if(out.rows, [&](const PersonRow& row) { return !lives_at(impl, row, search); });
  if (out.rows.size() > most) {
    out.rows.resize(most);
    out.complete = false;
  }
  return out;
}

Hits of_homes(Session& s, const People::Impl& impl, const Search& search, const Areas& areas, const Homes& homes,
              std::size_t most) {
  Hits out = among(s, impl, homes.people, search, areas, most);
  out.complete = out.complete && homes.complete;
  return out;
}

Result<Hits> hits(Session& s, const People& people, const People::Impl& impl, const Search& search, const Areas& areas,
                  std::size_t most, bool tolerant) {
  if (!search.phone && !search.paper && !search.code) {
    if (by_home_alone(search)) return of_homes(s, impl, search, areas, at_home(s, impl, search, areas), most);
    return by_what_is_told(s, impl, search, areas, most, tolerant);
  }
  std::vector<PersonId> ids;
  bool begun = false;
  if (search.code) {
    auto coded = by_code(s, people, impl, *search.code);
    if (!coded) return coded.error();
    keep_common(ids, begun, std::move(*coded));
  }
  if (search.phone) keep_common(ids, begun, by_phone(s, impl, normalise_phone(*search.phone).value()));
  if (search.paper) keep_common(ids, begun, by_paper(s, impl, *search.paper));
  return among(s, impl, ids, search, areas, most);
}

// Where nobody whom the officer may see has the number as it was asked for: those whose number is a digit or a swap
// apart. It does not matter whether somebody elsewhere has it, so that the answer does not tell that. What a camera
// read was not mistyped.
Hits near_hits(Session& s, const People::Impl& impl, const Search& search, const Areas& areas, std::size_t most) {
  std::vector<PersonId> ids;
  bool begun = false;
  if (search.phone) {
    const std::string phone = normalise_phone(*search.phone).value();
    auto owners = by_phone(s, impl, phone);
    const auto near = with_near_phones(s, impl.vault, impl.accounts, std::span(&phone, 1));
    owners.insert(owners.end(), near.begin(), near.end());
    keep_common(ids, begun, std::move(owners));
  }
  if (search.paper) {
    const std::string paper = *search.paper;
    auto owners = by_paper(s, impl, paper);
    const auto near = with_near_papers(s, impl.vault, std::span(&paper, 1));
    owners.insert(owners.end(), near.begin(), near.end());
    keep_common(ids, begun, std::move(owners));
  }
  return among(s, impl, ids, search, areas, most);
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

void People::set_card_holder(CardHolder holder) {
  impl_->card_holder = std::move(holder);
}

namespace {

struct Asked {
  const People& people;
  const People::Impl& impl;
  Caller caller;
  Search search;
  std::size_t most = 0;
};

Result<Areas> within(const Asked& asked) {
  const auto areas = asked.impl.access.areas(asked.caller, kSearch);
  if (areas.empty()) return asked.caller.account.value == 0 ? kUnauthenticated : kNotPermitted;
  // Also where nobody is found: else the refusal would tell that somebody is there.
  if (fold(asked.search.reason).empty()) return identity::kReasonRequired;
  return Areas(asked.impl.geography, areas, asked.search.unit);
}

// Whoever is shown is in the log.
Result<FoundPeople> answer(Session& s, const Asked& asked, const Areas& areas, Hits found) {
  const auto& [people, impl, caller, search, most] = asked;
  FoundPeople out;
  if (found.rows.empty() && (search.phone || search.paper) && !search.code) {
    found = near_hits(s, impl, search, areas, most);
    out.near = !found.rows.empty();
  }
  out.complete = found.complete;
  const auto rows = as_one(s, std::move(found.rows), areas);
  std::vector<identity::Subject> shown;
  for (const PersonRow& row : rows) shown.push_back({row.id, row.unit, search.reason});
  if (auto allowed = impl.access.require_each(s, caller, kSearch, shown); !allowed) return allowed.error();
  out.items = impl.briefs(s, rows);
  return out;
}

// Opening a commune's addresses takes a while: it is done before the transaction that logs who is shown, so that nobody
// waits for it who writes.
Task<Result<FoundPeople>> search_homes(Asked asked) {
  auto reading = asked.impl.db.read([asked](Session& s) -> Result<Homes> {
    const auto areas = within(asked);
    if (!areas) return areas.error();
    return at_home(s, asked.impl, asked.search, *areas);
  });
  auto homes = co_await std::move(reading);
  if (!homes) co_return homes.error();
  auto answering = asked.impl.db.transact([asked, homes = std::move(*homes)](Session& s) -> Result<FoundPeople> {
    const auto areas = within(asked);
    if (!areas) return areas.error();
    return answer(s, asked, *areas, of_homes(s, asked.impl, asked.search, *areas, homes, asked.most));
  });
  auto answered = co_await std::move(answering);
  co_return answered;
}

}  // namespace

Task<Result<FoundPeople>> People::search(const Caller& caller, Search search, std::size_t limit) {
  auto wrong = check_search(search);
  if (!wrong.empty()) return refused<FoundPeople>(Error(kInvalid, std::move(wrong)));
  Asked asked{*this, *impl_, caller, std::move(search), limit};
  if (by_home_alone(asked.search)) return search_homes(std::move(asked));
  return impl_->db.transact([asked = std::move(asked)](Session& s) -> Result<FoundPeople> {
    const auto areas = within(asked);
    if (!areas) return areas.error();
    auto found = hits(s, asked.people, asked.impl, asked.search, *areas, asked.most, true);
    if (!found) return found.error();
    return answer(s, asked, *areas, std::move(*found));
  });
}

Result<std::vector<PersonId>> People::matching(Session& session, const Search& search, std::size_t most) const {
  auto wrong = check_search(search);
  if (!wrong.empty()) return Error(kInvalid, std::move(wrong));
  const auto found =
      hits(session, *this, *impl_, search, Areas(impl_->geography, {UnitId{}}, search.unit), most, false);
  if (!found) return found.error();
  std::vector<PersonId> out;
  for (const PersonRow& row : found->rows) out.push_back(row.id);
  return out;
}

Result<People::Nearest> People::nearest(Session& session, const Search& search, const std::vector<UnitId>& areas,
                                        std::size_t most) const {
  auto wrong = check_search(search);
  if (!wrong.empty()) return Error(kInvalid, std::move(wrong));
  const auto found = hits(session, *this, *impl_, search, Areas(impl_->geography, areas, search.unit), most, true);
  if (!found) return found.error();
  Nearest out;
  out.complete = found->complete;
  for (const PersonRow& row : found->rows) out.people.push_back(row.id);
  return out;
}

}  // namespace luytre::people

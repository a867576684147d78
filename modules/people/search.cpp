// Looking people up: by what identifies them, or by name and birth.

#include <algorithm>
#include <unordered_set>

#include "engines/linkage/any_code.h"
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
  if (!search.phone && !search.paper && !search.name && !search.birth_date && !search.code)
    wrong.push_back({"/name", "required", {}});
  if (search.phone && !normalise_phone(*search.phone)) wrong.push_back({"/phone", "format", {}});
  if (search.paper && linkage::paper_keys(*search.paper).empty()) wrong.push_back({"/paper", "format", {}});
  if (search.birth_date && search.birth_year && year_of(*search.birth_date) != *search.birth_year)
    wrong.push_back({"/birthYear", "contradiction", {}});
  // One word alone, of a whole province, is a list and not a search.
  const bool born = search.birth_year || search.birth_date;
  if (search.name && !born && words_of(*search.name).size() < 2)
    wrong.push_back({"/name", "too_short", {{"least", "2"}}});
  return wrong;
}

// Who has the number is who was meant: a name beside it is to be theirs, word by word.
bool fits(const PersonRow& row, const Search& search) {
  if (!born_as(row, search)) return false;
  return !search.name || slips(read_asked(*search.name), row.name, false).has_value();
}

void keep_common(std::vector<PersonId>& ids, bool& begun, std::vector<PersonId> more) {
  std::sort(more.begin(), more.end());
  more.erase(std::unique(more.begin(), more.end()), more.end());
  if (begun) std::erase_if(ids, [&](PersonId id) { return !std::binary_search(more.begin(), more.end(), id); });
  if (!begun) ids = std::move(more);
  begun = true;
}

Hits among(Session& s, const std::vector<PersonId>& ids, const Search& search, const Areas& areas, std::size_t most) {
  Hits out;
  for (auto& row : storage::find(s, ids)) {
    if (!row || !areas.contain(row->unit) || !fits(*row, search)) continue;
    out.complete = out.rows.size() < most;
    if (!out.complete) break;
    out.rows.push_back(std::move(*row));
  }
  return out;
}

Result<Hits> hits(Session& s, const People& people, const People::Impl& impl, const Search& search, const Areas& areas,
                  std::size_t most, bool tolerant) {
  if (!search.phone && !search.paper && !search.code) {
    return search.name ? by_name(s, search, areas, most, tolerant) : by_birth(s, *search.birth_date, areas, most);
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
  return among(s, ids, search, areas, most);
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
  return among(s, ids, search, areas, most);
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

Task<Result<FoundPeople>> People::search(const Caller& caller, Search search, std::size_t limit) {
  auto wrong = check_search(search);
  if (!wrong.empty()) return refused<FoundPeople>(Error(kInvalid, std::move(wrong)));
  return impl_->db.transact(
      [this, impl = impl_.get(), caller, search = std::move(search), limit](Session& s) -> Result<FoundPeople> {
        const auto areas = impl->access.areas(caller, kSearch);
        if (areas.empty()) return caller.account.value == 0 ? kUnauthenticated : kNotPermitted;
        // Also where nobody is found: else the refusal would tell that somebody is there.
        if (fold(search.reason).empty()) return identity::kReasonRequired;
        const Areas within(impl->geography, areas, search.unit);
        auto found = hits(s, *this, *impl, search, within, limit, true);
        if (!found) return found.error();
        FoundPeople out;
        if (found->rows.empty() && (search.phone || search.paper) && !search.code) {
          *found = near_hits(s, *impl, search, within, limit);
          out.near = !found->rows.empty();
        }
        out.complete = found->complete;
        const auto rows = as_one(s, std::move(found->rows), within);
        std::vector<identity::Subject> shown;
        for (const PersonRow& row : rows) shown.push_back({row.id, row.unit, search.reason});
        if (auto allowed = impl->access.require_each(s, caller, kSearch, shown); !allowed) return allowed.error();
        out.items = impl->briefs(s, rows);
        return out;
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

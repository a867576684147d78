#include "modules/people/duplicates.h"

#include <algorithm>

#include "modules/people/candidates.h"
#include "modules/people/merge_storage.h"
#include "modules/people/merged.h"
#include "modules/people/officers.h"
#include "platform/base/phone.h"

namespace luytre::people {
namespace {

using storage::ApartRow;
using storage::MergeRow;
using storage::PersonRow;
using store::Session;

const identity::Action kSeek{"people.duplicates", Purpose::kCaseManagement, kOfficers, true};
const identity::Action kApart{"people.tell_apart", Purpose::kCaseManagement, kOfficers, true};
const identity::Action kMerge{"people.merge", Purpose::kCaseManagement, kOfficers, true};
const identity::Action kPart{"people.part", Purpose::kCaseManagement, kOfficers, true};

constexpr const char* kMergePurpose = "people.merge.reason";
constexpr const char* kPartPurpose = "people.part.reason";
constexpr const char* kApartPurpose = "people.distinct.reason";

constexpr std::int64_t kLastYear = 9999;  // that a date can have (platform/base/time.h)

// Who and why, as sealed: names of officers hold no line break.
struct Told {
  std::string by, reason;
};
std::string text_of(const Caller& caller, const std::string& reason) {
  return caller.name + '\n' + reason;
}
Told told_of(const std::string& text) {
  const auto end = text.find('\n');
  return {text.substr(0, end), text.substr(end + 1)};
}

std::string context_of(PersonId one, PersonId other) {
  return to_text(std::min(one, other)) + '-' + to_text(std::max(one, other));
}

std::vector<FieldError> check(const PersonDraft& draft) {
  std::vector<FieldError> wrong;
  if (draft.paper && !linkage::read_paper(draft.paper->kind, draft.paper->number))
    wrong.push_back({"/paper/number", "format", {}});
  if (draft.phone && !normalise_phone(*draft.phone)) wrong.push_back({"/phone", "format", {}});
  if (draft.birth_date && draft.birth_year && year_of(*draft.birth_date) != *draft.birth_year)
    wrong.push_back({"/birthYear", "contradiction", {}});
  if (draft.birth_year && (*draft.birth_year < 1 || *draft.birth_year > kLastYear))
    wrong.push_back({"/birthYear", "range", {}});
  return wrong;
}

bool counts_together(Session& session, PersonId one, PersonId other) {
  const auto records = known_as(session, one);
  return std::find(records.begin(), records.end(), other) != records.end();
}

// What officers read of it changes; the record stays as it is.
void touch(Session& session, const store::Database& db, PersonRow& row, const char* type) {
  const std::int64_t version = row.version++;
  storage::update(session, row, version);
  session.publish({type, row.id.value, db.clock().now(), row.version, row.unit.value});
}

}  // namespace

struct Duplicates::Impl {
  store::Database& db;
  const People& people;
  const geography::Geography& geography;
  const identity::Access& access;
  const Vault& vault;
  Candidates candidates;

  // One of the people whom the action is about.
  Result<PersonRow> allowed(Session& s, const Caller& caller, const identity::Action& action, PersonId person,
                            const std::string& reason) const {
    auto row = storage::find(s, person);
    const auto passed = access.require(s, caller, action, {person, row ? row->unit : UnitId{}, reason});
    if (!passed) return passed.error();
    if (!row) return kNotFound;
    return std::move(*row);
  }

  struct Both {
    PersonRow one, other;
  };
  Result<Both> both(Session& s, const Caller& caller, const identity::Action& action, PersonId one, PersonId other,
                    const std::string& reason) const {
    auto first = allowed(s, caller, action, one, reason);
    if (!first) return first.error();
    auto second = allowed(s, caller, action, other, reason);
    if (!second) return second.error();
    if (one == other) return kSamePerson;
    return Both{std::move(*first), std::move(*second)};
  }

  DuplicatePerson shown(Session& s, const PersonRow& row) const {
    DuplicatePerson out;
    out.id = row.id;
    out.name = row.name;
    out.birth_date = row.birth_date;
    out.birth_year = row.birth_year;
    out.sex = row.sex;
    out.unit_path = geography.path_text(row.unit);
    if (const auto brief = people.brief(s, row.id)) out.phone_masked = brief->phone_masked;
    const auto papers = storage::papers_with_kind(s, row.id);
    if (!papers.empty()) {
      const auto plain = vault.unseal("people.paper", id_text(papers.front().id), papers.front().sealed.data);
      if (plain) out.paper_masked = linkage::masked_paper(*plain);
    }
    out.household = storage::account_of(s, row.id).has_value();
    return out;
  }

  // Who was told apart from any of them, with each look logged.
  Result<std::vector<ToldApart>> apart(Session& s, const Caller& caller, const std::vector<PersonId>& records,
                                       const std::vector<UnitId>& areas, const std::string& reason) const {
    std::vector<ToldApart> out;
    for (const PersonId record : records) {
      for (const ApartRow& row : storage::apart_from(s, record)) {
        const PersonId other = row.one == record ? row.other : row.one;
        const auto found = storage::find(s, other);
        if (out.size() == kCandidatesMost || !found || !geography.covers(areas, found->unit)) continue;
        const auto seen = access.require(s, caller, kSeek, {other, found->unit, reason});
        if (!seen) return seen.error();
        const auto told = told_of(vault.unsealed(kApartPurpose, context_of(row.one, row.other), row.reason.data));
        out.push_back({shown(s, *found), row.at, told.by, told.reason});
      }
    }
    return out;
  }

  Result<DuplicateCandidates> seek(Session& s, const Caller& caller, const linkage::Record& sought,
                                   const std::set<PersonId>& leave_out, const std::string& reason) const {
    const auto areas = access.areas(caller, kSeek);
    if (areas.empty()) return caller.account.value == 0 ? kUnauthenticated : kNotPermitted;
    auto list = candidates.like(s, sought, leave_out, areas);
    DuplicateCandidates out;
    out.complete = list.complete;
    for (auto& each : list.found) {
      const auto seen = access.require(s, caller, kSeek, {each.row.id, each.row.unit, reason});
      if (!seen) return seen.error();
      out.items.push_back({shown(s, each.row), each.likeness.score, each.likeness.points, each.likeness.standing,
                           std::move(each.likeness.fields)});
    }
    return out;
  }

  PersonMerge view(Session& s, const MergeRow& row) const {
    const auto told = told_of(vault.unsealed(kMergePurpose, to_text(row.id), row.reason.data));
    PersonMerge out{row.id,
                    shown(s, storage::find(s, row.person).value()),
                    shown(s, storage::find(s, row.kept).value()),
                    row.at,
                    told.by,
                    told.reason,
                    row.undone,
                    {},
                    {}};
    if (row.undone_reason) {
      const auto undone = told_of(vault.unsealed(kPartPurpose, to_text(row.id), row.undone_reason->data));
      out.undone_by = undone.by;
      out.undone_reason = undone.reason;
    }
    return out;
  }
};

Duplicates::Duplicates(store::Database& db, const People& people, const geography::Geography& geography,
                       const identity::Access& access, const identity::Accounts& accounts, const Vault& vault)
    : impl_(new Impl{db, people, geography, access, vault, Candidates{db, people, geography, accounts, vault}}) {}

Task<Result<DuplicateCandidates>> Duplicates::of_person(const Caller& caller, PersonId person,
                                                        std::string reason) const {
  return impl_->db.transact(
      [impl = impl_, caller, person, reason = std::move(reason)](Session& s) -> Result<DuplicateCandidates> {
        const auto row = impl->allowed(s, caller, kSeek, person, reason);
        if (!row) return row.error();
        const auto records = known_as(s, person);
        std::set<PersonId> leave_out(records.begin(), records.end());
        for (const PersonId record : records) {
          for (const ApartRow& apart : storage::apart_from(s, record)) {
            const auto others = known_as(s, apart.one == record ? apart.other : apart.one);
            leave_out.insert(others.begin(), others.end());
          }
        }
        auto out = impl->seek(s, caller, impl->candidates.record_of(s, *row), leave_out, reason);
        if (!out) return out;
        auto apart = impl->apart(s, caller, records, impl->access.areas(caller, kSeek), reason);
        if (!apart) return apart.error();
        out->apart = std::move(*apart);
        return out;
      });
}

Task<Result<DuplicateCandidates>> Duplicates::of_draft(const Caller& caller, PersonDraft draft) const {
  auto wrong = check(draft);
  if (!wrong.empty()) return refused<DuplicateCandidates>(Error(kInvalid, std::move(wrong)));
  return impl_->db.transact(
      [impl = impl_, caller, draft = std::move(draft)](Session& s) -> Result<DuplicateCandidates> {
        if (draft.reason.empty()) return identity::kReasonRequired;
        auto out = impl->seek(s, caller, impl->candidates.record_of(draft), {}, draft.reason);
        if (out) impl->access.log_list(s, caller, kSeek, static_cast<std::int64_t>(out->items.size()), "draft");
        return out;
      });
}

std::vector<PersonId> Duplicates::alike(Session& session, const NewPerson& person,
                                        std::span<const UnitId> areas) const {
  PersonDraft draft;
  draft.name = person.name;
  draft.birth_date = person.birth_date;
  draft.birth_year = person.birth_year;
  draft.sex = person.sex;
  draft.unit = person.unit;
  draft.address = person.address;
  draft.paper = person.paper;
  draft.phone = person.phone;
  const auto list =
      impl_->candidates.like(session, impl_->candidates.record_of(draft), {}, areas, Candidates::Numbers::kExact);
  std::vector<PersonId> out;
  for (const auto& found : list.found) out.push_back(found.row.id);
  return out;
}

Task<Result<Done>> Duplicates::tell_apart(const Caller& caller, PersonPair pair) {
  return impl_->db.transact([impl = impl_, caller, pair = std::move(pair)](Session& s) -> Result<Done> {
    const auto found = impl->both(s, caller, kApart, pair.one, pair.other, pair.reason);
    if (!found) return found.error();
    if (counts_together(s, pair.one, pair.other)) return kPersonMerged;
    const auto sealed = impl->vault.seal(kApartPurpose, context_of(pair.one, pair.other), text_of(caller, pair.reason));
    storage::set_apart(s, {std::min(pair.one, pair.other), std::max(pair.one, pair.other), impl->db.clock().now(),
                           caller.account, store::Bytes{sealed}});
    return Done{};
  });
}

Task<Result<PersonMerge>> Duplicates::merge(const Caller& caller, NewPersonMerge asked) {
  return impl_->db.transact([impl = impl_, caller, asked = std::move(asked)](Session& s) -> Result<PersonMerge> {
    auto found = impl->both(s, caller, kMerge, asked.person, asked.kept, asked.reason);
    if (!found) return found.error();
    if (storage::kept_of(s, asked.person) || storage::kept_of(s, asked.kept)) return kPersonMerged;
    if (!storage::merged_into(s, asked.person).empty()) return kPersonHasMerged;
    const auto likeness =
        linkage::compare(impl->candidates.record_of(s, found->one), impl->candidates.record_of(s, found->other));
    if (!linkage::speaks_for(likeness)) return kPersonsUnlike;

    MergeRow row;
    row.id = impl->db.ids().make<PersonMergeId>();
    row.person = asked.person;
    row.kept = asked.kept;
    row.at = impl->db.clock().now();
    row.merged_by = caller.account;
    row.reason = store::Bytes{impl->vault.seal(kMergePurpose, to_text(row.id), text_of(caller, asked.reason))};
    storage::insert(s, row);
    touch(s, impl->db, found->one, "person.merged");
    return impl->view(s, row);
  });
}

Task<Result<PersonMerge>> Duplicates::undo(const Caller& caller, PersonMergeId merge, std::string reason) {
  return impl_->db.transact(
      [impl = impl_, caller, merge, reason = std::move(reason)](Session& s) -> Result<PersonMerge> {
        auto row = storage::find_merge(s, merge);
        if (!row) return impl->access.areas(caller, kPart).empty() ? kNotPermitted : kNotFound;
        auto found = impl->both(s, caller, kPart, row->person, row->kept, reason);
        if (!found) return found.error();
        if (row->undone) return kPersonMergeUndone;
        row->undone = impl->db.clock().now();
        row->undone_by = caller.account;
        row->undone_reason = store::Bytes{impl->vault.seal(kPartPurpose, to_text(row->id), text_of(caller, reason))};
        storage::undo(s, *row);
        touch(s, impl->db, found->one, "person.parted");
        return impl->view(s, *row);
      });
}

Task<Result<http::Page<PersonMerge>>> Duplicates::of_record(const Caller& caller, PersonId person,
                                                            std::string reason) const {
  return impl_->db.transact(
      [impl = impl_, caller, person, reason = std::move(reason)](Session& s) -> Result<http::Page<PersonMerge>> {
        const auto own = impl->allowed(s, caller, kSeek, person, reason);
        if (!own) return own.error();
        const auto areas = impl->access.areas(caller, kSeek);
        http::Page<PersonMerge> page;
        for (const MergeRow& row : storage::merges_of(s, person)) {
          const PersonId other = row.person == person ? row.kept : row.person;
          const auto found = storage::find(s, other);
          if (!found || !impl->geography.covers(areas, found->unit)) continue;
          const auto seen = impl->access.require(s, caller, kSeek, {other, found->unit, reason});
          if (!seen) return seen.error();
          page.items.push_back(impl->view(s, row));
        }
        return page;
      });
}

}  // namespace luytre::people

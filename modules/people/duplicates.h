// Duplicates: records that may be one human being, for officers to merge or to tell apart.
//
// Candidates of a record, or of somebody who is just being written down, are found by paper, phone, birth date and the
// words of the name, and compared field by field (engines/linkage/persons.h); only those of the officer's area are
// shown, each of them a look in the access log. Two that an officer told apart are not proposed again; a merge of them
// leaves that on record, and undoing it brings it back. Paper numbers and phones are compared in memory and shown
// masked.
//
// A merge moves nothing: `person` counts as `kept` until it is undone (merged.h, `people_pub_merged`), with who and
// why. Both keep their papers, phones, households and accounts: an account reaches the records of its household and no
// other, whatever officers merge. A phone alone is no reason: the names must be alike or a paper the same. Rights: role
// and area, over both. Publishes person.merged and person.parted, of the merged person. Thread-safe.

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engines/linkage/persons.h"
#include "modules/people/people.h"

namespace luytre::people {

using PersonMergeId = Id<struct PersonMergeTag>;

inline constexpr std::size_t kReasonMost = 500;

// Enough to judge whether it is the same person.
struct DuplicatePerson {
  PersonId id;
  std::string name;
  std::optional<Date> birth_date;
  std::int64_t birth_year = 0;
  Sex sex = Sex::kOther;
  std::string unit_path;
  std::optional<std::string> phone_masked;
  std::optional<std::string> paper_masked;
  bool household = false;  // belongs to one
};
BOOST_DESCRIBE_STRUCT(DuplicatePerson, (),
                      (id, name, birth_date, birth_year, sex, unit_path, phone_masked, paper_masked, household))

struct DuplicateCandidate {
  DuplicatePerson person;
  std::int64_t score = 0;   // 0 … 100
  std::int64_t points = 0;  // tenths of a bit, the sum of the fields'
  linkage::Standing standing = linkage::Standing::kProposed;
  std::vector<linkage::FieldWeight> fields;
};
BOOST_DESCRIBE_STRUCT(DuplicateCandidate, (), (person, score, points, standing, fields))

struct ToldApart {
  DuplicatePerson person;
  Instant at;
  std::string by, reason;
};
BOOST_DESCRIBE_STRUCT(ToldApart, (), (person, at, by, reason))

struct DuplicateCandidates {
  std::vector<DuplicateCandidate> items;  // highest first
  std::vector<ToldApart> apart;           // who was told apart before, newest first
  bool complete = true;                   // false: more people share a word, phone or day than are looked at
};
BOOST_DESCRIBE_STRUCT(DuplicateCandidates, (), (items, apart, complete))

// Somebody who is being written down; what is not known yet is absent.
struct PersonDraft {
  Text<kNameMost> name;
  std::optional<Date> birth_date;
  std::optional<std::int64_t> birth_year;
  std::optional<Sex> sex;
  std::optional<UnitId> unit;
  std::optional<Text<kAddressMost>> address;
  std::optional<Paper> paper;
  std::optional<Text<20>> phone;
  Text<kReasonMost> reason;  // why; kept in the access log
};
BOOST_DESCRIBE_STRUCT(PersonDraft, (), (name, birth_date, birth_year, sex, unit, address, paper, phone, reason))

struct PersonPair {
  PersonId one;
  PersonId other;
  Text<kReasonMost> reason;
};
BOOST_DESCRIBE_STRUCT(PersonPair, (), (one, other, reason))

struct NewPersonMerge {
  PersonId person;
  PersonId kept;
  Text<kReasonMost> reason;
};
BOOST_DESCRIBE_STRUCT(NewPersonMerge, (), (person, kept, reason))

struct MergeUndoing {
  Text<kReasonMost> reason;
};
BOOST_DESCRIBE_STRUCT(MergeUndoing, (), (reason))

struct PersonMerge {
  PersonMergeId id;
  DuplicatePerson person;
  DuplicatePerson kept;
  Instant at;
  std::string by, reason;
  std::optional<Instant> undone;
  std::optional<std::string> undone_by, undone_reason;
};
BOOST_DESCRIBE_STRUCT(PersonMerge, (), (id, person, kept, at, by, reason, undone, undone_by, undone_reason))

inline constexpr ErrorCode kSamePerson{"same_person", 422};
inline constexpr ErrorCode kPersonsUnlike{"persons_unlike", 409};       // neither names nor papers speak for it
inline constexpr ErrorCode kPersonMerged{"person_merged", 409};         // one of the two counts as another already
inline constexpr ErrorCode kPersonHasMerged{"person_has_merged", 409};  // others count as it: the other way round
inline constexpr ErrorCode kPersonMergeUndone{"person_merge_undone", 409};

inline constexpr std::size_t kCandidatesMost = 20;

class Duplicates {
 public:
  Duplicates(store::Database& db, const People& people, const geography::Geography& geography,
             const identity::Access& access, const identity::Accounts& accounts, const Vault& vault);

  // Errors of all: unauthenticated, not_permitted, reason_required; of those that name somebody: not_found.
  Task<Result<DuplicateCandidates>> of_person(const Caller& caller, PersonId person, std::string reason) const;
  // Errors: invalid (a paper, phone or birth that cannot be).
  Task<Result<DuplicateCandidates>> of_draft(const Caller& caller, PersonDraft draft) const;

  // Who of the areas may be the person, the likeliest first; in another's transaction and without a look in the log,
  // for what only counts them or puts a line aside.
  std::vector<PersonId> alike(store::Session& session, const NewPerson& person, std::span<const UnitId> areas) const;

  // Not the same: neither these two are proposed again, nor what counts as them. Errors: same_person, person_merged
  // (they count as one: undo that first).
  Task<Result<Done>> tell_apart(const Caller& caller, PersonPair pair);
  // `person` counts as `kept` from now on. Errors: same_person, persons_unlike, person_merged, person_has_merged.
  Task<Result<PersonMerge>> merge(const Caller& caller, NewPersonMerge merge);
  // Errors: person_merge_undone.
  Task<Result<PersonMerge>> undo(const Caller& caller, PersonMergeId merge, std::string reason);
  // Those of a person, newest first, undone ones among them; without those whose other side lies outside the area.
  Task<Result<http::Page<PersonMerge>>> of_record(const Caller& caller, PersonId person, std::string reason) const;

 private:
  struct Impl;
  std::shared_ptr<const Impl> impl_;
};

void routes(http::Router& router, Duplicates& duplicates);

}  // namespace luytre::people

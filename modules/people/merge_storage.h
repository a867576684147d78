// SQL of merges and of the search for candidates. Private to this module.

#pragma once

#include <optional>
#include <span>
#include <vector>

#include "modules/people/duplicates.h"
#include "modules/people/storage.h"

namespace luytre::people::storage {

struct MergeRow {
  PersonMergeId id;
  PersonId person;
  PersonId kept;
  Instant at;
  AccountId merged_by;
  store::Bytes reason;  // sealed, as the next
  std::optional<Instant> undone;
  std::optional<AccountId> undone_by;
  std::optional<store::Bytes> undone_reason;
};
BOOST_DESCRIBE_STRUCT(MergeRow, (), (id, person, kept, at, merged_by, reason, undone, undone_by, undone_reason))

struct InForce {
  PersonId person, kept;
};
BOOST_DESCRIBE_STRUCT(InForce, (), (person, kept))

struct ApartRow {
  PersonId one, other;  // one < other
  Instant at;
  AccountId told_by;
  store::Bytes reason;
};
BOOST_DESCRIBE_STRUCT(ApartRow, (), (one, other, at, told_by, reason))

struct PaperRow {
  std::int64_t id = 0;
  PaperKind kind = PaperKind::kCccd;
  store::Bytes sealed;
};
BOOST_DESCRIBE_STRUCT(PaperRow, (), (id, kind, sealed))

void insert(store::Session& session, const MergeRow& row);
void undo(store::Session& session, const MergeRow& row);
std::optional<MergeRow> find_merge(store::Session& session, PersonMergeId id);
std::vector<MergeRow> merges_of(store::Session& session, PersonId person);  // either way round, newest first
std::vector<InForce> merges_in_force(store::Session& session);              // by the kept one, oldest first
std::vector<PersonId> merged_into(store::Session& session, PersonId kept);
std::vector<std::vector<PersonId>> merged_into(store::Session& session, std::span<const PersonId> kept);
std::optional<PersonId> kept_of(store::Session& session, PersonId person);
std::vector<std::optional<PersonId>> kept_of(store::Session& session, std::span<const PersonId> persons);

void set_apart(store::Session& session, const ApartRow& row);                // the first answer stands
std::vector<ApartRow> apart_from(store::Session& session, PersonId person);  // newest first

std::vector<std::vector<PersonRow>> born_on(store::Session& session, std::span<const Date> days, std::size_t most);
std::vector<PaperRow> papers_with_kind(store::Session& session, PersonId person);  // newest first

}  // namespace luytre::people::storage

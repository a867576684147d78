#include "modules/people/merged.h"

#include <algorithm>

#include "modules/people/merge_storage.h"
#include "modules/people/storage.h"

namespace luytre::people {

std::vector<PersonId> known_as(store::Session& session, PersonId person) {
  const PersonId kept = storage::kept_of(session, person).value_or(person);
  std::vector<PersonId> out{kept};
  for (const PersonId merged : storage::merged_into(session, kept)) out.push_back(merged);
  return out;
}

std::vector<std::vector<PersonId>> all_merged(store::Session& session) {
  std::vector<std::vector<PersonId>> out;
  for (const storage::InForce& merge : storage::merges_in_force(session)) {
    if (out.empty() || out.back().front() != merge.kept) out.push_back({merge.kept});
    out.back().push_back(merge.person);
  }
  return out;
}

std::vector<PersonId> ever_known_as(store::Session& session, PersonId person) {
  std::vector<PersonId> out{person};
  for (const storage::MergeRow& merge : storage::merges_of(session, person)) {
    const PersonId other = merge.person == person ? merge.kept : merge.person;
    if (std::find(out.begin(), out.end(), other) == out.end()) out.push_back(other);
  }
  return out;
}

std::optional<PersonId> the_one(store::Session& session, std::span<const PersonId> found) {
  if (found.size() <= 1) return found.empty() ? std::nullopt : std::optional(found.front());
  const auto all = known_as(session, found.front());  // the kept one first
  std::vector<PersonId> ours;
  for (const PersonId person : all)
    if (std::find(found.begin(), found.end(), person) != found.end()) ours.push_back(person);
  const bool others = std::any_of(found.begin(), found.end(), [&](PersonId person) {
    return std::find(all.begin(), all.end(), person) == all.end();
  });
  if (others) return std::nullopt;
  const auto read =
      std::find_if(ours.begin(), ours.end(), [&](PersonId person) { return storage::account_of(session, person); });
  return read == ours.end() ? ours.front() : *read;
}

std::vector<std::vector<PersonId>> known_as(store::Session& session, std::span<const PersonId> persons) {
  const auto kept = storage::kept_of(session, persons);
  std::vector<PersonId> as;
  for (std::size_t i = 0; i < persons.size(); ++i) as.push_back(kept[i].value_or(persons[i]));
  auto out = storage::merged_into(session, as);
  for (std::size_t i = 0; i < out.size(); ++i) out[i].insert(out[i].begin(), as[i]);
  return out;
}

std::map<PersonId, PersonId> counts_as(store::Session& session, std::span<const PersonId> persons) {
  const auto kept = storage::kept_of(session, persons);
  std::map<PersonId, PersonId> out;
  for (std::size_t i = 0; i < persons.size(); ++i)
    if (kept[i]) out.emplace(persons[i], *kept[i]);
  return out;
}

}  // namespace luytre::people

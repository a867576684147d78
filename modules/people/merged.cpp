#include "modules/people/merged.h"

#include "modules/people/merge_storage.h"

namespace luytre::people {

std::vector<PersonId> known_as(store::Session& session, PersonId person) {
  const PersonId kept = storage::kept_of(session, person).value_or(person);
  std::vector<PersonId> out{kept};
  for (const PersonId merged : storage::merged_into(session, kept)) out.push_back(merged);
  return out;
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

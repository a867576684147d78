#include "modules/people/names.h"

#include "modules/people/storage.h"

namespace luytre::people {

std::map<PersonId, std::string> names(store::Session& session, std::span<const PersonId> persons) {
  std::map<PersonId, std::string> out;
  for (auto& row : storage::find(session, persons))
    if (row) out.emplace(row->id, std::move(row->name));
  return out;
}

std::map<PersonId, Known> known(store::Session& session, std::span<const PersonId> persons) {
  std::map<PersonId, Known> out;
  for (const auto& row : storage::find(session, persons))
    if (row) out.emplace(row->id, Known{row->birth_year, row->sex});
  return out;
}

}  // namespace luytre::people

#include "modules/people/names.h"

#include "modules/people/storage.h"

namespace luytre::people {

std::map<PersonId, std::string> names(store::Session& session, std::span<const PersonId> persons) {
  std::map<PersonId, std::string> out;
  for (auto& row : storage::find(session, persons))
    if (row) out.emplace(row->id, std::move(row->name));
  return out;
}

}  // namespace luytre::people

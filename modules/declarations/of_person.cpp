// What one person declared, for whoever may see it: by which form, when, and the colour; never the answers.

#include <limits>
#include <set>

#include "modules/declarations/impl.h"
#include "modules/people/merged.h"

namespace luytre::declarations {

Result<std::vector<Told>> Declarations::told_of(store::Session& session, const Caller& caller, PersonId person,
                                                const std::string& reason) const {
  const auto areas = impl_->access.areas(caller, kRead);
  constexpr DeclarationId kNewest{std::numeric_limits<std::int64_t>::max()};
  std::vector<Told> out;
  std::set<std::pair<PersonId, UnitId>> logged;
  for (const PersonId record : people::known_as(session, person)) {
    const storage::PersonSearch search{record, std::nullopt, std::nullopt};
    for (const auto& row : storage::of_person(session, search, kNewest, kToldMost)) {
      const UnitId unit = impl_->unit_for(session, caller, row);
      if (row.replaced_by || !impl_->geography.covers(areas, unit)) continue;
      if (logged.emplace(record, unit).second) {
        const auto allowed = impl_->access.require(session, caller, kRead, {record, unit, reason});
        if (!allowed) return allowed.error();
      }
      out.push_back({row.id, row.form, row.colour, row.at});
    }
  }
  return out;
}

}  // namespace luytre::declarations

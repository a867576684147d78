// The cases of one person, for whoever may see them.

#include "modules/cases/impl.h"
#include "modules/people/merged.h"

namespace luytre::cases {

Result<std::vector<OutbreakCase>> Cases::of_person(store::Session& session, const Caller& caller, PersonId person,
                                                   const std::string& reason) const {
  const auto areas = access_.areas(caller, kRead);
  const auto ids = select_of(session, people::known_as(session, person));
  std::vector<CaseId> shown;
  for (const CaseRow& row : select_each(session, ids)) {
    const bool here = geography_.covers(areas, row.unit);
    if (!here && !geography_.covers(areas, row.report_unit)) continue;
    const identity::Subject subject{row.person, here ? row.unit : row.report_unit, reason};
    const auto allowed = access_.require(session, caller, kRead, subject);
    if (!allowed) return allowed.error();
    shown.push_back(row.id);
  }
  return of_outbreak(session, shown);
}

}  // namespace luytre::cases

// Cases by who the patient is.

#include <algorithm>
#include <unordered_set>

#include "modules/cases/impl.h"
#include "modules/people/merged.h"
#include "platform/base/text.h"

namespace luytre::cases {
namespace {

constexpr std::size_t kPatientsMost = 1000;  // people of whom it is asked whether they have a case

// Each once, and what they count as beside them.
std::vector<PersonId> with_other_records(store::Session& s, const std::vector<PersonId>& people) {
  std::vector<PersonId> out;
  if (people.empty()) return out;
  std::unordered_set<std::int64_t> seen;
  for (const auto& records : people::known_as(s, people))
    for (const PersonId record : records)
      if (seen.insert(record.value).second) out.push_back(record);
  return out;
}

}  // namespace

Task<Result<FoundCases>> Cases::of_patient(const Caller& caller, people::Search patient, std::size_t limit) {
  return db_.transact([this, caller, patient = std::move(patient), limit](store::Session& s) -> Result<FoundCases> {
    const auto areas = access_.areas(caller, kRead);
    if (areas.empty()) return caller.account.value == 0 ? kUnauthenticated : kNotPermitted;
    if (fold(patient.reason).empty()) return identity::kReasonRequired;
    // Who lives here first: common names are borne by more people than are looked at. Then anybody: a case that was
    // reported here is of this area, too.
    auto near = people_.nearest(s, patient, areas, kPatientsMost);
    if (!near) return near.error();
    auto anywhere = people_.nearest(s, patient, {UnitId{}}, kPatientsMost);
    if (!anywhere) return anywhere.error();
    near->people.insert(near->people.end(), anywhere->people.begin(), anywhere->people.end());

    FoundCases out;
    out.complete = near->complete && anywhere->complete;
    for (const CaseRow& row : select_each(s, select_of(s, with_other_records(s, near->people)))) {
      const bool lives = geography_.covers(areas, row.unit);
      if (!lives && !geography_.covers(areas, row.report_unit)) continue;
      if (out.items.size() == limit) {
        out.complete = false;
        break;
      }
      const auto allowed =
          access_.require(s, caller, kRead, {row.person, lives ? row.unit : row.report_unit, patient.reason});
      if (!allowed) return allowed.error();
      CaseBrief& one = out.items.emplace_back();
      one.id = row.id;
      one.number = row.number;
      if (auto person = people_.brief(s, row.person)) one.person = std::move(*person);
      one.disease = row.disease;
      one.classification = row.classification;
      one.status = row.status;
      one.onset = row.onset;
      one.result_at = row.result_at;
      one.notify_by = row.notify_by;
      one.notified_at = row.notified_at;
      one.created_at = row.created_at;
      one.version = row.version;
    }
    return out;
  });
}

}  // namespace luytre::cases

#include "modules/laboratory/tested.h"

#include <algorithm>

#include "modules/laboratory/storage.h"
#include "modules/people/merged.h"

namespace luytre::laboratory {

std::vector<Tested> tested(store::Session& session, PersonId person, std::string_view disease) {
  constexpr std::size_t kSamplesMost = 50;
  std::vector<Tested> out;
  for (const PersonId record : people::known_as(session, person)) {
    for (const auto& sample : storage::samples(session, record, kSamplesMost)) {
      const auto tube = storage::tube(session, sample.tube);
      if (!tube || tube->persons != 1 || tube->disease != disease) continue;
      for (const auto& row : storage::results(session, tube->id))
        if (!row.replaced)
          out.push_back({row.id, sample.id, tube->specimen, sample.at, row.method, row.outcome, row.ct, row.at,
                         row.reason.has_value(), row.lineage});
    }
  }
  std::stable_sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.sampled_at < b.sampled_at; });
  return out;
}

std::optional<std::string> lineage_of(store::Session& session, CaseId id) {
  const CaseId ids[] = {id};
  const auto found = cases::Cases::of_outbreak(session, ids);
  if (found.empty()) return std::nullopt;
  const auto& kase = found.front();
  std::optional<std::string> out;
  for (const auto& one : tested(session, kase.person, kase.disease)) {
    if (!one.lineage || one.outcome != Outcome::kPositive || one.sampled_at < kase.created_at - kEpisode) continue;
    if (kase.outcome_on && local_date(one.sampled_at) > *kase.outcome_on) continue;
    out = one.lineage;
  }
  return out;
}

}  // namespace luytre::laboratory

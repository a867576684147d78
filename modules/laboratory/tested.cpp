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
                         row.reason.has_value()});
    }
  }
  std::stable_sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.sampled_at < b.sampled_at; });
  return out;
}

}  // namespace luytre::laboratory

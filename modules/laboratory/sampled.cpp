#include "modules/laboratory/sampled.h"

#include <algorithm>

#include "modules/laboratory/storage.h"
#include "modules/people/merged.h"

namespace luytre::laboratory {

std::vector<Taken> taken_of(store::Session& session, PersonId person, std::string_view disease) {
  constexpr std::size_t kSamplesMost = 50;
  std::vector<Taken> out;
  for (const PersonId record : people::known_as(session, person)) {
    for (const auto& sample : storage::samples(session, record, kSamplesMost)) {
      const auto tube = storage::tube(session, sample.tube);
      if (tube && tube->disease == disease) out.push_back({sample.session, sample.at});
    }
  }
  std::stable_sort(out.begin(), out.end(), [](const Taken& a, const Taken& b) { return a.at < b.at; });
  return out;
}

}  // namespace luytre::laboratory

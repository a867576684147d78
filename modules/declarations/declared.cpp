// Who has declared, for those who see to it that it is done.

#include <algorithm>

#include "modules/declarations/declarations.h"
#include "modules/declarations/storage.h"
#include "modules/people/merged.h"

namespace luytre::declarations {

std::vector<std::vector<bool>> Declarations::declared(store::Session& session, std::string_view form,
                                                      std::span<const PersonId> persons,
                                                      std::span<const Interval> when) {
  std::vector<std::vector<bool>> out(persons.size(), std::vector<bool>(when.size(), false));
  if (when.empty()) return out;
  Interval all = when.front();
  for (const Interval& one : when) all = {std::min(all.from, one.from), std::max(all.to, one.to)};
  for (std::size_t first = 0; first < persons.size(); first += kAskedAtOnce) {
    const auto batch = persons.subspan(first, std::min(kAskedAtOnce, persons.size() - first));
    std::vector<PersonId> records;
    std::vector<std::size_t> whose;  // of each record, in `persons`
    const auto known = people::known_as(session, batch);
    for (std::size_t i = 0; i < batch.size(); ++i) {
      records.insert(records.end(), known[i].begin(), known[i].end());
      whose.insert(whose.end(), known[i].size(), first + i);
    }
    const auto made = storage::made(session, form, records, all);
    for (std::size_t i = 0; i < made.size(); ++i) {
      const auto within = [&](const Interval& one) {
        return std::any_of(made[i].begin(), made[i].end(), [&](Instant at) { return one.from <= at && at < one.to; });
      };
      for (std::size_t k = 0; k < when.size(); ++k)
        if (within(when[k])) out[whose[i]][k] = true;
    }
  }
  return out;
}

}  // namespace luytre::declarations

#include "modules/encounters/encounters.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <tuple>

#include "engines/presence/merge.h"
#include "modules/encounters/storage.h"

namespace luytre::encounters {

namespace {

constexpr std::int64_t kDeleteMost = 4000;  // rows in one step: other writers wait for it
constexpr std::chrono::seconds kRetentionEvery{300};

std::vector<presence::Encounter> without(const std::vector<presence::Encounter>& all,
                                         const std::vector<presence::Encounter>& taken) {
  std::vector<presence::Encounter> left;
  std::set_difference(all.begin(), all.end(), taken.begin(), taken.end(), std::back_inserter(left));
  return left;
}

// How many of `whole` contain one of `parts`; both sorted, and no two of one pair touch.
std::int64_t count_containing(const std::vector<presence::Encounter>& whole,
                              const std::vector<presence::Encounter>& parts) {
  const auto starts_later = [](const presence::Encounter& a, const presence::Encounter& b) {
    return std::tie(a.person, a.peer, a.when.from) < std::tie(b.person, b.peer, b.when.from);
  };
  std::set<const presence::Encounter*> containing;
  for (const presence::Encounter& part : parts)
    containing.insert(&*std::prev(std::upper_bound(whole.begin(), whole.end(), part, starts_later)));
  return static_cast<std::int64_t>(containing.size());
}

}  // namespace

Recorded Encounters::record(store::Session& session, std::span<const presence::Encounter> encounters) {
  const auto fresh = presence::merge_encounters({encounters.begin(), encounters.end()});
  if (fresh.empty()) return {};
  const auto stored = select_touching(session, fresh);
  auto together = fresh;
  together.insert(together.end(), stored.begin(), stored.end());
  const auto merged = presence::merge_encounters(std::move(together));
  const auto written = without(merged, stored);
  const auto replaced = without(stored, merged);
  erase(session, replaced);
  const std::int64_t batch = db_.ids().next();
  insert(session, written, batch);
  if (!written.empty())
    session.publish(
        {.type = "encounters.recorded", .subject = batch, .at = db_.clock().now(), .version = 1, .unit = 0});

  Recorded recorded;
  recorded.extended = count_containing(written, replaced);
  recorded.added = static_cast<std::int64_t>(written.size()) - recorded.extended;
  recorded.known = static_cast<std::int64_t>(merged.size() - written.size());
  return recorded;
}

store::Recurring Encounters::retention() {
  return {.name = "encounters.retention", .every = kRetentionEvery, .run = [this](store::Session& session) {
            if (settings_.study) return;
            const Instant now = db_.clock().now();
            const Instant before = now - kKept;
            const std::int64_t deleted = erase_ended_before(session, before, kDeleteMost);
            if (deleted != 0)
              insert_proof(session, db_.ids().next(), now, "age: 28 days from the end", before, deleted);
          }};
}

}  // namespace luytre::encounters

// What the two ways of reading a page of cases share (lists_read.cpp, lists_few.cpp).

#pragma once

#include "modules/cases/lists.h"

namespace luytre::cases {

inline constexpr const char* kAwaits =
    "classification <> 'discarded' AND notified_at IS NULL AND notify_by IS NOT NULL";

bool awaiting(const Filter& filter);

struct Days {
  std::int64_t onset_from, onset_to;        // as by_onset, both included
  std::int64_t reported_from, reported_to;  // as created_at, the second not included
};

Days days_of(const Filter& filter);

// Both in the order of the list, as many as asked for. Of few: absent if more than that fit each of the filters.
std::optional<std::vector<CaseId>> chosen_of_few(store::Session& session, const Asked& asked);
std::vector<CaseId> chosen_of(store::Session& session, const Asked& asked, const std::vector<CaseId>& among);

}  // namespace luytre::cases

// Work lists of those who sample: sessions, positive results that wait, people to be sampled again. A cursor goes on
// with the sort it was given for (errors: invalid, ?cursor: format, other_sort).

#pragma once

#include "modules/laboratory/laboratory.h"
#include "platform/base/sorted_cursor.h"

namespace luytre::laboratory {

struct SessionFilter {
  std::optional<std::string> disease;
  std::optional<Date> from, to;           // days of opening, both included; absent both: open, or of kTurnaround
  std::optional<cases::SortOrder> order;  // absent: the latest opened first
};

enum class PositiveSort { kResult, kSampled };
BOOST_DESCRIBE_ENUM(PositiveSort, kResult, kSampled)

struct PositiveFilter {
  std::optional<std::string> disease;
  std::optional<Method> method;
  std::optional<bool> late;
  std::optional<PositiveSort> sort;       // absent: by when the test was done
  std::optional<cases::SortOrder> order;  // absent: the oldest first
};

struct AgainFilter {
  std::optional<std::string> disease;
  std::optional<cases::SortOrder> order;  // absent: who waits longest first
};

namespace storage {
// For tests: how pages are read. Parameters: unit, key and id after which; of sessions opened from, before and, unless
// open, since, and disease; of positives disease, method and whether late; of people disease; how many.
const store::Query& sessions_query(bool descending);
const store::Query& positives_query(PositiveSort sort, bool descending);
const store::Query& again_query(bool descending);
}  // namespace storage

}  // namespace luytre::laboratory

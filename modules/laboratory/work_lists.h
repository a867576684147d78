// Work lists of those who sample: sessions, positive results that wait, people to be sampled again. A cursor goes on
// with the sort it was given for (errors: invalid, ?cursor: format, other_sort). As files of a unit they are filtered
// alike, of at most kOutMost lines, and marked with who took them out; whoever is named in one sees that.

#pragma once

#include "modules/laboratory/laboratory.h"
#include "platform/base/sorted_cursor.h"

namespace luytre::laboratory {

struct SessionFilter {
  std::optional<std::string> disease;
  std::optional<Date> from, to;           // days of opening, both included; absent both: open, or of kTurnaround
  std::optional<cases::SortOrder> order;  // absent: the latest opened first
};

struct SessionsOut {
  Note<500> reason;
  std::optional<Text<40>> disease;
  std::optional<Date> from, to;
  std::optional<Text<4>> format;  // xlsx; else CSV
};
BOOST_DESCRIBE_STRUCT(SessionsOut, (), (reason, disease, from, to, format))

enum class PositiveSort { kResult, kSampled };
BOOST_DESCRIBE_ENUM(PositiveSort, kResult, kSampled)

struct PositiveFilter {
  std::optional<std::string> disease;
  std::optional<Method> method;
  std::optional<bool> late;
  std::optional<PositiveSort> sort;       // absent: by when the test was done
  std::optional<cases::SortOrder> order;  // absent: the oldest first
};

struct PositivesOut {
  Note<500> reason;
  std::optional<Text<40>> disease;
  std::optional<Method> method;
  std::optional<bool> late;
  std::optional<Text<4>> format;  // xlsx; else CSV
};
BOOST_DESCRIBE_STRUCT(PositivesOut, (), (reason, disease, method, late, format))

struct AgainFilter {
  std::optional<std::string> disease;
  std::optional<cases::SortOrder> order;  // absent: who waits longest first
};

struct AgainOut {
  Note<500> reason;
  std::optional<Text<40>> disease;
  std::optional<Text<4>> format;  // xlsx; else CSV
};
BOOST_DESCRIBE_STRUCT(AgainOut, (), (reason, disease, format))

namespace storage {
// For tests: how pages are read. Parameters: unit, key and id after which; of sessions opened from, before and, unless
// open, since, and disease; of positives disease, method and whether late; of people disease; how many.
const store::Query& sessions_query(bool descending);
const store::Query& positives_query(PositiveSort sort, bool descending);
const store::Query& again_query(bool descending);
}  // namespace storage

}  // namespace luytre::laboratory

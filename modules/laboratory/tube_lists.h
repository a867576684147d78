// Lists of a laboratory's tubes: barcodes and results, no people. A file is bounded, marked with who took it out, and
// in the access log with its reason.

#pragma once

#include "modules/laboratory/laboratory.h"

namespace luytre::laboratory {

inline constexpr std::size_t kTubesOutMost = 5'000;

enum class TubeState { kOnTheWay, kWaiting, kDone };
BOOST_DESCRIBE_ENUM(TubeState, kOnTheWay, kWaiting, kDone)

enum class TubeSort { kSampled, kResult };
BOOST_DESCRIBE_ENUM(TubeSort, kSampled, kResult)

struct TubeFilter {
  std::optional<std::string> disease;
  std::optional<TubeState> state;
  std::optional<Method> method;           // of a result that stands
  std::optional<Date> from, to;           // days of sampling, both included
  std::optional<TubeSort> sort;           // absent: by sampling
  std::optional<cases::SortOrder> order;  // absent: the latest first; without a result before all others
};

struct TubesOut {
  Note<500> reason;
  std::optional<Text<40>> disease;
  std::optional<TubeState> state;
  std::optional<Method> method;
  std::optional<Date> from, to;
  std::optional<Text<4>> format;  // xlsx; else CSV
};
BOOST_DESCRIBE_STRUCT(TubesOut, (), (reason, disease, state, method, from, to, format))

namespace storage {
// For tests: how a page is read. Parameters: laboratory, key and id after which, disease, state, method, sampled from
// and before, how many.
const store::Query& tubes_query(TubeSort sort, bool descending);
}  // namespace storage

}  // namespace luytre::laboratory

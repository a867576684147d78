// What is known of somebody's tests, for modules that have checked already. Within another's transaction.

#pragma once

#include <chrono>
#include <optional>
#include <string_view>
#include <vector>

#include "modules/laboratory/laboratory.h"

namespace luytre::laboratory {

// A sample further than this from the report of a case is of another illness.
inline constexpr std::chrono::days kEpisode{30};

// A result that stands, of a sample that was this person's alone: a pool says nothing about one of its people.
struct Tested {
  ResultId result;
  SampleId sample;
  std::string specimen;
  Instant sampled_at;
  Method method = Method::kPcr;
  Outcome outcome = Outcome::kNegative;
  std::optional<double> ct;
  Instant at;              // of the test
  bool corrected = false;  // it replaced another
  std::optional<std::string> lineage = std::nullopt;
};

// Of the person, under whichever record; oldest sample first, the last 50 of each record.
std::vector<Tested> tested(store::Session& session, PersonId person, std::string_view disease);

// What the latest positive result of a sample of the case's days says of the organism: from a month before it was
// reported. Absent: none says.
std::optional<std::string> lineage_of(store::Session& session, CaseId kase);

}  // namespace luytre::laboratory

// The days of a follow-up, and those on which the rule has the contact sampled.

#pragma once

#include <optional>
#include <string>

#include "platform/base/text.h"
#include "platform/base/time.h"

namespace luytre::followup {

// kNotReached: tried, and not reached; kMissed: past, and nobody tried; kNotNeeded: released, or a case, before.
enum class DayState { kNone, kSymptoms, kNotReached, kMissed, kDue, kLater, kNotNeeded };
BOOST_DESCRIBE_ENUM(DayState, kNone, kSymptoms, kNotReached, kMissed, kDue, kLater, kNotNeeded)

// kSampled: on that day or later; kSettled: an officer says that no sample is needed.
enum class TestState { kLater, kDue, kMissed, kSampled, kSettled };
BOOST_DESCRIBE_ENUM(TestState, kLater, kDue, kMissed, kSampled, kSettled)

struct Day {
  Date date;
  DayState state = DayState::kLater;
  std::optional<TestState> test;  // of a day on which they are to be sampled
};
BOOST_DESCRIBE_STRUCT(Day, (), (date, state, test))

struct TestDay {
  Date date;
  TestState state = TestState::kLater;
  std::optional<Instant> at;           // of the sample, or the officer's word
  std::optional<std::string> by, why;  // of the word
};
BOOST_DESCRIBE_STRUCT(TestDay, (), (date, state, at, by, why))

struct TestSettled {
  Date day;
  Note<500> reason;
};
BOOST_DESCRIBE_STRUCT(TestSettled, (), (day, reason))

}  // namespace luytre::followup

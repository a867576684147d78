// `luytre pairs` on study data: who meets whom on a day, by age, by kind of place, or at which places most.

#pragma once

#include <filesystem>
#include <optional>

#include "modules/places/places.h"
#include "modules/tracing/pairs_report.h"
#include "modules/tracing/study_index.h"
#include "platform/store/database.h"

namespace luytre::integration {

enum class PairsBy { kAge, kKind, kPlace };

struct StudyPairsOptions {
  Date day;  // from one UTC midnight to the next
  PairsBy by = PairsBy::kKind;
  std::chrono::seconds min_overlap{15 * 60};
  std::size_t most_places = 20;
  std::optional<std::filesystem::path> people;  // by age
  unsigned threads = 1;
};

// A study keeps no ages: they are read from the file of people (layout.h), by their years of birth, each time that they
// are asked for. Ages are those that people reach in the year of the day, in tens; who is not in the file is of unknown
// age. Blocks. Errors: not_a_study; a file that cannot be read is a runtime_error.
Result<tracing::PairsReport> pairs_in_study(store::Database& db, const places::Places& places,
                                            const StudyPairsOptions& options, const presence::PresenceIndex& index);

}  // namespace luytre::integration

// `luytre trace --person` and `luytre who` on study data: people and places by the ids of the files they came from.

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "modules/places/places.h"
#include "modules/tracing/report.h"
#include "modules/tracing/study_index.h"
#include "modules/tracing/trace.h"
#include "platform/store/database.h"

namespace luytre::integration {

struct StudyTraceOptions {
  std::vector<std::string> persons;  // several: one trace of an outbreak
  Instant from;
  Instant to;
  tracing::TraceOverrides overrides;  // until absent: `to`
};

inline constexpr ErrorCode kNotAStudy{"not_a_study", 403};
inline constexpr ErrorCode kStudyPersonUnknown{"study_person_unknown", 404};  // params: person
inline constexpr ErrorCode kWindowEmpty{"window_empty", 422};                 // --to is not after --from

// With an index (of tracing::open_study_index) that answers, else SQL; the answers are the same. Blocks. Errors:
// not_a_study, study_person_unknown, window_empty, those of tracing::rules_of.
Result<tracing::TraceReport> trace_study(store::Database& db, const StudyTraceOptions& options,
                                         const presence::RuleSets& rule_sets, const tracing::PlaceSettings& settings,
                                         const presence::PresenceIndex* index = nullptr);

// Whom the person may have it from, who caught it between `from` and `to`: engines/presence/presence.h, Origin.
// `earliest` absent: `from`; `until` counts for nothing. Engines and errors: as above. Blocks.
Result<tracing::TraceReport> trace_study_back(store::Database& db, const StudyTraceOptions& options,
                                              std::optional<Instant> earliest, const presence::RuleSets& rule_sets,
                                              const tracing::PlaceSettings& settings,
                                              const presence::PresenceIndex* index = nullptr);

// Who was at the place; engines as above. Blocks. Errors: not_a_study, place_unknown, window_empty.
Result<tracing::PresentReport> present_in_study(store::Database& db, const places::Places& places,
                                                const std::string& place, Interval when,
                                                const presence::PresenceIndex* index = nullptr);

}  // namespace luytre::integration

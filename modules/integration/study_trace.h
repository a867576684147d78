// `luytre trace --person` on study data: people and places by the ids of the files they came from.

#pragma once

#include "modules/tracing/report.h"
#include "modules/tracing/trace.h"
#include "platform/store/database.h"

namespace luytre::integration {

struct StudyTraceOptions {
  std::string person;
  Instant from;
  Instant to;
  tracing::TraceOverrides overrides;  // until absent: `to`
};

inline constexpr ErrorCode kNotAStudy{"not_a_study", 403};
inline constexpr ErrorCode kStudyPersonUnknown{"study_person_unknown", 404};  // params: person
inline constexpr ErrorCode kWindowEmpty{"window_empty", 422};                 // --to is not after --from

// Blocks. Errors: not_a_study, study_person_unknown, window_empty, those of tracing::rules_of.
Result<tracing::TraceReport> trace_study(store::Database& db, const StudyTraceOptions& options,
                                         const presence::RuleSets& rule_sets, const tracing::PlaceSettings& settings);

}  // namespace luytre::integration

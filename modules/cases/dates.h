// Whether what is said of a case can be: the order in which things happen, and nothing in the future.

#pragma once

#include <optional>
#include <string>

#include "modules/cases/storage.h"

namespace luytre::cases {

inline constexpr ErrorCode kOnsetOfConfirmed{"onset_of_confirmed", 409};  // only who confirms moves it

Error contradiction(std::string which);

// Of a result, for that case.
std::optional<Error> check_confirmation(const CaseRow& row, const Confirmation& request, Instant now);
// Of what is given; `row` is as it will be. What is left out is not judged anew: it may have been right when it came.
std::optional<Error> check_recorded(const CaseRow& row, const RecordedDates& given, Instant now);
// `course`: its stays in order.
std::optional<Error> check_course(const CaseRow& row, const Course& course, Instant now);

bool is_death(Outcome outcome);

// Discarded, or with an outcome: closed.
Status status_of(const Decided& decided);

}  // namespace luytre::cases

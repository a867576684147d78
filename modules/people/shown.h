// Whose personal code was shown: for every room whose staff scan people's codes.

#pragma once

#include <string_view>

#include "modules/people/people.h"

namespace luytre::people {

// `at`: when it was shown, not when it reached us. Errors: person_code_expired, person_code_forged, code_foreign.
Result<PersonId> shown(const People& people, std::string_view code, Instant at);

}  // namespace luytre::people

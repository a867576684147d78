#include "modules/people/shown.h"

#include "engines/linkage/person_code.h"

namespace luytre::people {

Result<PersonId> shown(const People& people, std::string_view code, Instant at) {
  const auto read = people.codes().read(code, at);
  const auto* fault = std::get_if<linkage::CodeFault>(&read);
  if (!fault) return PersonId{std::get<std::int64_t>(read)};
  if (*fault == linkage::CodeFault::kExpired) return kPersonCodeExpired;
  return *fault == linkage::CodeFault::kForged ? kPersonCodeForged : kCodeForeign;
}

}  // namespace luytre::people

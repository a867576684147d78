// People by the record that theirs counts as (modules/people/duplicates.h): in tracing those of one human being are
// one. Private to this module.

#pragma once

#include <span>
#include <vector>

#include "engines/presence/presence.h"
#include "platform/store/session.h"

namespace luytre::tracing {

// Whom each of the records counts as, in their order; and one.
std::vector<PersonId> counted(store::Session& session, std::span<const PersonId> records);
PersonId counted(store::Session& session, PersonId record);
// The question about the people whom the records that it names count as, each isolated since the earliest of theirs.
presence::Question as_counted(store::Session& session, presence::Question question);

// The beginning of statements about $1, whom nothing else counts as: `me` are all records of that person.
inline constexpr const char* kMe = R"sql(
WITH me AS (
  SELECT CAST($1 AS bigint) AS person
  UNION ALL
  SELECT m.person
  FROM people_pub_merged AS m
  WHERE m.kept = $1
))sql";

}  // namespace luytre::tracing

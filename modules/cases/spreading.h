// Who had a disease in some units when somebody may have caught it there: cases open then or ended since, by how they
// stand now. Within another's transaction and without a check; whoever calls has asked for the units, tells nobody of a
// case that it does not show, and logs those it shows.
//
// One look into an index for each unit, which reads what was reported since then (migration 008); rows of three
// numbers, for they are compared with others, and few are shown.

#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "modules/cases/cases.h"

namespace luytre::cases {

struct SpreadingQuestion {
  std::string disease;
  std::vector<UnitId> units;  // of residence, or that reported
  bool everywhere = false;    // whatever the units
  Date ill_from, ill_to;      // of the onset, both within; who has none: since the first, by the other dates
  Instant since;              // over by outcome or infectious window before this: left out, like who was discarded
  std::size_t most = 0;
};

struct Spreading {
  Instant created_at;
  CaseId id;
  PersonId person;  // as reported
};
BOOST_DESCRIBE_STRUCT(Spreading, (), (created_at, id, person))

std::vector<Spreading> spreading(store::Session& session, const SpreadingQuestion& asked);  // latest reported first

}  // namespace luytre::cases

// What a graph of transmission is drawn from: whom traces found exposed to several cases, and whom these cases
// themselves had met while they may have been infected. Within another's transaction, unchecked; whoever calls has
// checked and logged the look at every case that is asked about. Leads, never verdicts.
//
// Exposures are the candidates of the last traces that are open or have a class (tracing.h), each with its strongest
// evidence. Levels are whole: of one that does not fit into `most` each case keeps an equal share, the riskiest first,
// what a case with few contacts leaves of its share goes to the others, and the levels above are left out; how many
// that is, is said. Whoever was exposed to several of the cases counts for each.
//
// Meetings are the trace turned round (engines/presence/presence.h, trace_back) by one level, by its default rules
// (kMinOverlap of one shared time). Only people who are asked about are answered: the reverse search opens nobody new.

#pragma once

#include <optional>
#include <set>
#include <span>
#include <vector>

#include "modules/tracing/shared_places.h"
#include "modules/tracing/trace.h"
#include "modules/tracing/tracing.h"

namespace luytre::tracing {

// A time that two people shared.
struct Meeting {
  PersonId with;
  EvidenceKind kind = EvidenceKind::kVisit;
  std::optional<PlaceId> place;
  Interval when;
  bool estimated = false;
};

struct Exposure {
  CandidateId candidate;
  CaseId case_;
  PersonId person;
  UnitId unit;  // of residence
  std::int64_t level = 1;
  Instant since;
  std::int64_t risk = 0;
  std::optional<Class> class_;
  std::int64_t evidence = 0;         // all there is
  std::optional<Meeting> strongest;  // with somebody of the level below
};

struct Exposures {
  std::vector<Exposure> all;           // by level, then case, then risk, strongest first
  std::vector<std::int64_t> left_out;  // of each level from 1
};

Exposures exposures(store::Session& session, std::span<const CaseId> cases, std::int64_t levels, std::size_t most);

struct Met {
  std::int64_t risk = 0;
  std::int64_t evidence = 0;
  Meeting strongest;  // with the person who was met
};

struct MetBefore {
  std::vector<std::vector<Met>> of_each;  // riskiest first; empty also of those not reached
  std::size_t reached = 0;                // so many of them, in their order; the time did not suffice for the others
};

// Whom each of them met in its window, of those `among`: records that others count as.
MetBefore met_before(store::Session& session, std::span<const Exposed> exposed, const std::set<PersonId>& among,
                     const PlaceSettings& settings, const presence::TraceLimits& limits);

}  // namespace luytre::tracing

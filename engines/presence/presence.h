// Presence: who was where with whom, and who was exposed. The words and the definition that every implementation of
// tracing shares.
//
// All intervals are half-open, UTC seconds. One person's overlapping or touching visits at one place and zone are one
// visit. Two visits of two people at the same place — and in the same zone, if both name one — share the interval
// [max(from), min(to)); an encounter is such an interval too. A shared interval is a *link*; a link is never a sum of
// several (but see the sum rule).
//
//   F0        the cases, each exposed since its window begins, until it ends.
//   F(n+1)    everyone not at a lower level who has, with some F(n) person p, a link whose part inside
//             [since(p) + latent, until(p)) lasts at least min_overlap. Latent counts only for n ≥ 1. For n ≥ 1,
//             until(p) is the start of p's isolation if known, else the horizon.
//   since     the earliest start of such a part over all F(n) persons.
//   evidence  every such part: what lies outside [since(p) + latent, until(p)) is not exposure and is not shown.
//
// A link of visits is *estimated* when a visit it is made of, on either side, reaches into that part and ends by an
// estimate.
//
// Under a scan rule (`scan_margin` h) a visit stands for the span [from − ⌊h/2⌋, from + ⌈h/2⌉ + 1), whatever its end:
// two such spans share a second exactly when the two scans lie at most h apart. Every link of such a trace is
// estimated.
//
// Under a sum rule (`sum_within` d) short meetings count together. Take the parts, of any length, of all links that one
// other person has with p inside one window [since(p) + latent, until(p)). A part is "such a part" when it shares a
// second with an interval [t, t + d), t any second, of which these parts cover at least min_overlap; a second that
// several of them cover counts once, as an encounter during a shared visit. So with min_overlap ≤ d whoever has one
// link that lasts is found, too. Nothing is summed over several p, or over several windows of one case. Evidence, its
// risk and `since` stay those of the single parts, not cut at t + d: three short meetings are three pieces of evidence,
// each of little risk. (CDC, close contact, 21 October 2020: "a cumulative total of 15 minutes or more over a 24-hour
// period".) The condition is the same with time turned round.
//
// Plain values; no SQL, no HTTP, no clock.

#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <vector>

#include "platform/base/id.h"
#include "platform/base/json.h"
#include "platform/base/time.h"

namespace luytre::presence {

inline constexpr std::chrono::seconds kMinOverlap{15 * 60};
inline constexpr int kMostDepth = 4;

struct Visit {
  PersonId person;
  PlaceId place;
  std::optional<ZoneId> zone;  // absent: not named, shares with every zone of the place
  Interval when;
  bool estimated = false;  // the end is an estimate
  friend auto operator<=>(const Visit&, const Visit&) = default;
};

// Symmetric; kept with person < peer.
struct Encounter {
  PersonId person;
  PersonId peer;
  Interval when;
  std::optional<std::int64_t> attenuation;  // dB, of the closest moment; absent: not measured
  friend auto operator<=>(const Encounter&, const Encounter&) = default;
};

// What risk needs to know of a place; 1, 2 or 3 (modules/places/kinds.h).
struct Setting {
  std::int64_t ventilation = 2;  // 1 open air … 3 closed room
  std::int64_t crowding = 2;     // 1 loose … 3 shoulder to shoulder
  friend auto operator<=>(const Setting&, const Setting&) = default;
};

struct Source {
  PersonId person;
  Interval window;
  friend bool operator==(const Source&, const Source&) = default;
};

struct TraceRules {
  std::chrono::seconds min_overlap = kMinOverlap;  // at least 1 s
  std::chrono::seconds latent{0};
  int depth = 1;                                    // 1 … kMostDepth
  std::optional<std::chrono::seconds> scan_margin;  // set: the scan rule above
  std::optional<std::chrono::seconds> sum_within;   // set: the sum rule above; at least 1 s
  std::size_t most_evidence = 0;                    // keep the strongest k of each contact; 0: all
  bool by_air = true;                               // of the disease; decides what its risk weighs (risk.h)
  friend bool operator==(const TraceRules&, const TraceRules&) = default;
};

struct Question {
  std::vector<Source> cases;  // one person may have several windows
  TraceRules rules;
  Instant horizon;
  std::map<PersonId, Instant> isolated;  // start of isolation, where known
  friend bool operator==(const Question&, const Question&) = default;
};

enum class LinkKind { kVisit, kEncounter };
BOOST_DESCRIBE_ENUM(LinkKind, kVisit, kEncounter)

struct Evidence {
  Interval when;
  PersonId with;                 // a person of the level below
  std::optional<PlaceId> place;  // of visits
  LinkKind kind = LinkKind::kVisit;
  std::optional<ZoneId> zone;  // that at least one of the two named
  bool same_zone = false;      // both named it
  bool estimated = false;
  std::optional<std::int64_t> attenuation;
  std::int64_t risk = 0;  // risk.h
  // The order of evidence: from, to, with, place; the rest makes it total.
  friend auto operator<=>(const Evidence&, const Evidence&) = default;
};

struct Contact {
  PersonId person;
  int level = 1;
  Instant exposed_since;
  std::int64_t risk = 0;            // of the strongest evidence
  std::int64_t evidence_count = 0;  // all there is, kept or not
  std::vector<Evidence> evidence;   // in order
  friend auto operator<=>(const Contact&, const Contact&) = default;
};

struct Answer {
  std::vector<Contact> contacts;      // by level, exposed_since, person
  std::int64_t persons_searched = 0;  // whose histories were opened
  std::int64_t links_found = 0;       // qualifying links seen, also those with people known already
};

// A trace says whether it stopped before nobody was left who could expose others. Levels are whole: one that the time
// did not suffice for is left out, so that an answer that stopped is the beginning of the full one.
struct TraceLimits {
  std::size_t most_contacts = 0;  // no further level once so many are found; 0: any number
  std::function<bool()> over;     // asked now and then: whether the time is over; may be empty
};

enum class Stopped { kNot, kDepth, kCount, kTime };
BOOST_DESCRIBE_ENUM(Stopped, kNot, kDepth, kCount, kTime)

struct Traced {
  Answer answer;
  Stopped stopped = Stopped::kNot;
  int levels = 0;  // searched whole
};

// The question turned round: from whom may a person have it? The cases are the exposed, their windows the times in
// which they may have caught it.
//
//   level n+1   everyone not at a lower level who has, with some person p of level n, a link whose part inside
//               [earliest, met(p) − latent) — of the exposed: inside the window — lasts at least min_overlap; under a
//               sum rule, counts as above
//   met         the latest end of such a part: until then that person may have passed it on
//
// It is the trace with time running backwards, `horizon` being the earliest instant to look at; isolation does not
// matter. Evidence is `with` the person of the level below, as in a trace.
struct Origin {
  PersonId person;
  int level = 1;
  Instant met;
  std::int64_t risk = 0;
  std::int64_t evidence_count = 0;
  std::vector<Evidence> evidence;
  friend auto operator<=>(const Origin&, const Origin&) = default;
};

struct Origins {
  std::vector<Origin> origins;  // by level, latest met, person
  std::int64_t persons_searched = 0;
  std::int64_t links_found = 0;
  Stopped stopped = Stopped::kNot;
  int levels = 0;
};

// Several windows of one person that overlap or touch become one; sorted by person and time; empty ones are dropped.
std::vector<Source> merge_sources(std::vector<Source> sources);

// [since + latent, until) in which a contact exposes others.
Interval exposing(const Question& question, PersonId contact, Instant since);

// What a visit stands for: itself, or the span around its scan.
Interval span_of(const TraceRules& rules, Interval visit);

// Gathers what was found about one person, in any order, keeping no more evidence than asked for.
class Finding {
 public:
  void add(const Evidence& evidence, std::size_t most);
  Instant since() const { return since_; }
  Contact finish(PersonId person, int level, std::size_t most) &&;

 private:
  void keep_strongest(std::size_t most);

  Instant since_;
  std::int64_t count_ = 0;
  std::int64_t risk_ = 0;
  std::vector<Evidence> evidence_;
};

void sort_contacts(std::vector<Contact>& contacts);
void sort_origins(std::vector<Origin>& origins);

}  // namespace luytre::presence

// Consistency: differences between what was declared and what others recorded, put to the person and to the officer in
// charge. Never a score, a colour or a penalty.
//
// Following declaration.submitted, a declaration is compared (compare.h) with the person's own visits and with what
// other rooms recorded (gates, checkpoints, passenger lists, warnings: sources given at wiring time) — only where,
// beside the decision on declarations that let it be made, a decision on tracing is in force for the person's unit:
// visits are kept for tracing. What differs is kept with its evidence, sealed. The person is asked, in the app, for an
// explanation, and may correct the declaration; a version that no longer differs takes the question away. Officers of
// the person's area see differences, in the access log, and record a decision with a note: explained, corrected, or
// referred to the station. Nothing follows from it by itself.
//
// Of an adult nobody but that person sees a difference, whoever declared: it shows visits. Made in the transaction that
// moves the follower's position, once for each declaration and kind. Visits that arrive after the declaration are not
// compared. Deleted kKept after it was found, and when the declaration is taken back. Thread-safe. Publishes
// consistency.found, consistency.explained, consistency.decided, consistency.gone (subject: the difference; unit: the
// person's commune).

#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "modules/command/decisions.h"
#include "modules/consistency/compare.h"
#include "modules/declarations/declarations.h"
#include "modules/people/people.h"
#include "modules/places/places.h"
#include "modules/visits/doubtful.h"
#include "platform/base/vault.h"
#include "platform/http/router.h"
#include "platform/identity/access.h"
#include "platform/store/database.h"
#include "platform/store/follower.h"

namespace luytre::consistency {

using DifferenceId = Id<struct DifferenceTag>;

inline constexpr std::chrono::hours kKept{28 * 24};
inline constexpr std::size_t kComparedMost = 500;  // sightings of one person
inline constexpr std::size_t kMineShown = 50;

enum class State { kAsked, kExplained, kDecided, kGone };
BOOST_DESCRIBE_ENUM(State, kAsked, kExplained, kDecided, kGone)
enum class Decision { kExplained, kCorrected, kReferred };
BOOST_DESCRIBE_ENUM(Decision, kExplained, kCorrected, kReferred)

struct Evidence {
  Record record = Record::kVisit;
  std::string place_name;
  std::string unit_name;
  Instant from, to;
  bool estimated = false;
  bool claimed = false;              // said by somebody else, not proved by the person's own code
  std::vector<visits::Flag> doubts;  // mostly none
};
BOOST_DESCRIBE_STRUCT(Evidence, (), (record, place_name, unit_name, from, to, estimated, claimed, doubts))

struct DifferenceView {
  DifferenceId id;
  declarations::DeclarationId declaration;
  Kind kind = Kind::kTravelled;
  std::optional<people::PersonBrief> person;  // for officers
  PersonId of;
  UnitId unit;
  std::string unit_name;
  Instant declared_at;
  Instant found;
  State state = State::kAsked;
  std::optional<std::vector<Evidence>> evidence;  // for the person; for officers alone
  std::optional<std::string> explanation;         // likewise
  std::optional<Instant> explained;
  std::optional<Decision> decision;
  std::optional<std::string> note;  // of the officer; for officers alone
  std::optional<std::string> decided_by;
  std::optional<Instant> decided;
  std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(DifferenceView, (),
                      (id, declaration, kind, person, of, unit, unit_name, declared_at, found, state, evidence,
                       explanation, explained, decision, note, decided_by, decided, version))

struct Explanation {
  Note<1000> text;
};
BOOST_DESCRIBE_STRUCT(Explanation, (), (text))

struct Ruling {
  Decision decision = Decision::kExplained;
  Note<1000> note;
};
BOOST_DESCRIBE_STRUCT(Ruling, (), (decision, note))

inline constexpr ErrorCode kDifferenceDecided{"difference_decided", 409};

struct Parts {
  store::Database& db;
  const declarations::Declarations& declarations;
  const command::Decisions& decisions;
  const people::People& people;
  const places::Places& places;
  const visits::Doubtful& doubtful;
  const geography::Geography& geography;
  const identity::Access& access;
  const Vault& vault;
};

class Consistency {
 public:
  explicit Consistency(const Parts& parts);
  ~Consistency();

  // Given at wiring time, before followers start. A source tells what another room recorded of somebody that has a part
  // in the interval; outbreaks are those of public decisions at a time.
  using Source = std::function<std::vector<Sighting>(store::Session&, PersonId, Interval)>;
  using Outbreaks = std::function<std::vector<Outbreak>(Instant)>;
  void add_source(Source source);
  void set_outbreaks(Outbreaks outbreaks);

  store::Following follow();
  store::Recurring retention();

  // Of the person and of children, newest first. Errors: unauthenticated, second_proof_required.
  Task<Result<std::vector<DifferenceView>>> mine(const Caller& caller) const;
  // May be said anew until it is decided. Errors: not_found, difference_decided.
  Task<Result<DifferenceView>> explain(const Caller& caller, DifferenceId id, Explanation explanation);

  // Of the officer's area, newest first; absent state: those not decided. Every person shown is logged. Errors:
  // not_permitted, invalid.
  Task<Result<http::Page<DifferenceView>>> list(const Caller& caller, std::optional<State> state,
                                                std::optional<std::string> cursor, std::size_t limit);
  // With evidence and explanation. Errors: not_found, those of Access::require.
  Task<Result<DifferenceView>> find(const Caller& caller, DifferenceId id);
  // Errors: as find, difference_decided, version_conflict.
  Task<Result<DifferenceView>> decide(const Caller& caller, DifferenceId id, Ruling ruling, std::int64_t version);

  struct Impl;

 private:
  std::unique_ptr<Impl> impl_;
};

void routes(http::Router& router, Consistency& consistency);

const std::vector<store::Migration>& migrations();

}  // namespace luytre::consistency

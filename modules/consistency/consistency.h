// Consistency: differences between what was declared and what others recorded, put to the person and to the officer in
// charge. Never a score, a colour or a penalty.
//
// Following declaration.submitted, a declaration is compared (compare.h) with the person's own visits and with what
// other rooms recorded (gates, checkpoints, passenger lists, warnings: sources given at wiring time) — only where,
// beside the decision on declarations that let it be made, a decision on tracing is in force for the person's unit:
// visits are kept for tracing. Their own words are compared with the places of outbreaks, as leads (words.h). What
// differs is kept with its evidence, sealed. The person is asked, in the app, for an explanation, and may correct the
// declaration; a version that no longer differs takes the question away. Officers of the person's area see differences,
// in the access log, and record a decision with a note: explained, corrected, or referred to the station. Nothing
// follows from it by itself, but that what is referred is a task there (modules/referrals), and decided when that is
// done.
//
// Of an adult nobody but that person sees a difference, whoever declared: it shows visits. Made in the transaction that
// moves the follower's position, once for each declaration and kind. What arrives later (visits, cards shown, passages,
// arrivals, lists, warnings) is followed, too, and the declaration compared anew for kAgainWithin: evidence grows, a
// difference appears, or one that is not decided goes, with the time and the reason kept. Deleted kKept after it was
// found, and when the declaration is taken back. Thread-safe. Publishes consistency.found, consistency.explained,
// consistency.decided, consistency.answered, consistency.gone (subject: the difference; unit: the person's commune).

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
// For so long after it was made a declaration is compared anew with what arrives. Facts are kept 28 days, and looked
// back for 16: later some of them would be missing for their age alone.
inline constexpr std::chrono::hours kAgainWithin{12 * 24};
inline constexpr std::size_t kAgainMost = 20;    // declarations of one person, by one fact
inline constexpr std::size_t kAboardMost = 500;  // of one vehicle on one day
inline constexpr std::size_t kLookedAtOnce = 200;
inline constexpr std::size_t kComparedMost = 500;  // sightings of one person
inline constexpr std::size_t kMineShown = 50;

// kReferred: decided so, and a task of the station; kDecided when that is done.
enum class State { kAsked, kExplained, kReferred, kDecided, kGone };
BOOST_DESCRIBE_ENUM(State, kAsked, kExplained, kReferred, kDecided, kGone)
enum class Decision { kExplained, kCorrected, kReferred };
BOOST_DESCRIBE_ENUM(Decision, kExplained, kCorrected, kReferred)

// kCorrected: a later version of the declaration does not differ; kFacts: what was recorded since.
enum class GoneWhy { kCorrected, kFacts };
BOOST_DESCRIBE_ENUM(GoneWhy, kCorrected, kFacts)

struct Evidence {
  Record record = Record::kVisit;
  std::string place_name;
  std::string unit_name;
  Instant from, to;
  bool estimated = false;
  bool claimed = false;              // said by somebody else, not proved by the person's own code
  std::vector<visits::Flag> doubts;  // mostly none
  bool absent = false;               // the list does not name them
  std::optional<std::string> seat;   // that the list has for them
  bool later = false;                // the person was told of it after declaring
  std::optional<std::string> words;  // of the person: what they wrote, in answer to what; then there is no place
  std::optional<Asked> asked;
};
BOOST_DESCRIBE_STRUCT(Evidence, (),
                      (record, place_name, unit_name, from, to, estimated, claimed, doubts, absent, seat, later, words,
                       asked))

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
  std::optional<Instant> gone;  // by itself
  std::optional<GoneWhy> gone_why;
  std::optional<Instant> answered;  // when the station was done with what was referred
  std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(DifferenceView, (),
                      (id, declaration, kind, person, of, unit, unit_name, declared_at, found, state, evidence,
                       explanation, explained, decision, note, decided_by, decided, gone, gone_why, answered, version))

enum class Order { kAscending, kDescending };
BOOST_DESCRIBE_ENUM(Order, kAscending, kDescending)

struct Filter {
  std::optional<State> state = std::nullopt;  // absent: those not decided
  std::optional<UnitId> unit = std::nullopt;  // where the person lives, or above
  Order order = Order::kDescending;           // by when it was found
};

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
  // The lists of a day that hold the person, or are of the declared vehicle.
  using Lists = std::function<std::vector<ListedTrip>(store::Session&, PersonId, const DeclaredJourney&)>;
  void set_lists(Lists lists);
  // What an event of another room is about, so that declarations are compared anew: facts of somebody, and lists of
  // vehicles. Bounded by who tells it.
  struct Touched {
    PersonId person;
    Instant from;  // when the fact begins
  };
  struct TouchedList {
    std::vector<std::string> words;  // vehicle_words() of its place
    Date day;
  };
  struct Arrived {
    std::vector<Touched> facts;
    std::vector<TouchedList> lists;
  };
  using Arrivals = std::function<Arrived(store::Session&, const store::Event&)>;
  void add_arrivals(std::vector<std::string> events, Arrivals arrivals);
  void set_outbreaks(Outbreaks outbreaks);

  // Of referral.done: which difference it was about, and when it was done.
  struct Answered {
    DifferenceId difference;
    Instant at;
  };
  using Answers = std::function<std::optional<Answered>(store::Session&, const store::Event&)>;
  void set_answers(Answers answers);
  // A difference that is referred now; also one whose task is done. Within another's transaction, unchecked.
  struct Referred {
    PersonId person;
    UnitId unit;
    Instant at;
  };
  static std::optional<Referred> referred(store::Session& session, DifferenceId id);

  store::Following follow();
  // Whether the differences that are not decided are still there: some of them each time, all in turn. What takes a
  // record away need not say whose it was.
  store::Recurring again();
  store::Recurring retention();

  // Of the person and of children, newest first. Errors: unauthenticated, second_proof_required.
  Task<Result<std::vector<DifferenceView>>> mine(const Caller& caller) const;
  // May be said anew until it is decided. Errors: not_found, difference_decided.
  Task<Result<DifferenceView>> explain(const Caller& caller, DifferenceId id, Explanation explanation);

  // Of the officer's area. Every person shown is logged. Errors: not_permitted, invalid (?cursor: format, other_sort).
  Task<Result<http::Page<DifferenceView>>> list(const Caller& caller, Filter filter, std::optional<std::string> cursor,
                                                std::size_t limit);
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

// Decisions: what is switched on, where, for which disease, until when, and on what basis.
//
// Everything that follows people — check-in, declarations, tracing — is off. A commander switches one of them on by a
// dated decision for one disease and one area; it has an end, at most kLongest ahead, and goes off by itself. An
// extension is a new decision; an early end needs a reason. Decisions are public and are never changed or deleted. One
// for a unit holds in everything below it, and in what became of it (see holds_in). One on declarations may name a form
// and then switches that form on and no other; forms that need a decision of their own stay off without it. With the
// form it may name a dated rule that makes declaring by it a duty (modules/duties), or else one place of the unit (a
// gate, a port) where alone it is asked, or the direction in which people go.
//
// in_force() answers from a copy in memory, synchronously: at once for decisions made by this process, after at most
// kRefresh for those of another. A study data directory holds no real person who could be followed: there everything is
// in force. Thread-safe. Publishes decision.made, decision.ended.

#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/base/json.h"
#include "platform/geography/geography.h"
#include "platform/http/router.h"
#include "platform/identity/access.h"
#include "platform/store/database.h"

namespace luytre::command {

using DecisionId = Id<struct DecisionTag>;

inline constexpr std::chrono::hours kLongest{90 * 24};
inline constexpr std::chrono::hours kLatestEntry{14 * 24};  // a signed decision may be entered this late
inline constexpr std::chrono::seconds kRefresh{2};
inline constexpr std::size_t kBasisMost = 1000;

enum class Switch { kCheckIn, kDeclarations, kTracing };
BOOST_DESCRIBE_ENUM(Switch, kCheckIn, kDeclarations, kTracing)

// Which way people go who declare.
enum class Direction { kArriving, kLeaving };
BOOST_DESCRIBE_ENUM(Direction, kArriving, kLeaving)

struct Decision {
  DecisionId id;
  Switch purpose = Switch::kCheckIn;
  std::string disease;
  std::optional<UnitId> unit;            // absent: the whole country
  std::optional<std::string> unit_name;  // with what it lies in; of one place, beginning with its name
  std::optional<std::string> form;       // of declarations; absent: those that need no decision of their own
  std::optional<std::string> duty;       // a rule by which that form must be sent
  std::optional<PlaceId> place;          // only where the form is asked for there
  std::optional<Direction> direction;    // only of who goes that way
  Instant from;
  Instant until;           // exclusive
  Note<kBasisMost> basis;  // number, date and issuer of the signed document
  Instant decided_at;
  std::optional<Instant> ended_at;  // ended early
  std::optional<std::string> end_reason;
  std::int64_t version = 1;

  Instant end() const { return ended_at && *ended_at < until ? *ended_at : until; }
};
BOOST_DESCRIBE_STRUCT(Decision, (),
                      (id, purpose, disease, unit, unit_name, form, duty, place, direction, from, until, basis,
                       decided_at, ended_at, end_reason, version))

struct NewDecision {
  Switch purpose = Switch::kCheckIn;
  Text<40> disease;  // "covid-19"
  std::optional<UnitId> unit;
  std::optional<Text<64>> form;
  std::optional<Text<64>> duty;        // needs `form`, and must be about it
  std::optional<PlaceId> place;        // needs `form` and the unit in which it lies; not with a duty
  std::optional<Direction> direction;  // needs `form`; not with a duty
  Instant from;
  Instant until;
  Note<kBasisMost> basis;
};
BOOST_DESCRIBE_STRUCT(NewDecision, (), (purpose, disease, unit, form, duty, place, direction, from, until, basis))

struct EarlyEnd {
  Note<kBasisMost> reason;
};
BOOST_DESCRIBE_STRUCT(EarlyEnd, (), (reason))

inline constexpr ErrorCode kDecisionEnded{"decision_ended", 409};

// Whether a decision for `area` holds for a fact in `unit`: as geography::covers says, or when the area covered what
// the unit was made of (all of its main predecessors), so that a decision outlives a reform without growing. Area 0 is
// the whole country.
bool holds_in(const geography::Geography& geography, UnitId area, UnitId unit);

// What is known of somebody who is asked to declare by a form, beside the unit. A decision about a place or a direction
// holds only where that is known.
struct Asked {
  std::string disease{};  // that the form is about; empty: any
  std::optional<Direction> direction{};
  std::optional<PlaceId> place{};
  bool any_place = false;  // of form_in_force_somewhere: at whichever place a decision names
};

struct Settings {
  bool study = false;                 // a study data directory
  std::vector<std::string> diseases;  // ids that a decision may name; empty: any well-formed one
  std::vector<std::string> forms;     // ids that a decision may name; empty: any well-formed one
  struct Duty {
    std::string form, disease;
  };
  std::map<std::string, Duty, std::less<>> duties{};   // as `forms`; what each rule is about
  std::map<std::string, Asked, std::less<>> limits{};  // of forms that are about one disease or direction
};

class Decisions {
 public:
  Decisions(store::Database& db, const geography::Geography& geography, const identity::Access& access,
            Settings settings = {});
  ~Decisions();
  // Reads the decisions, and again every kRefresh on a thread of its own. After migrations; before it, nothing is in
  // force.
  void start();

  // Which place this is; given at wiring time. Without it no decision names a place.
  struct Place {
    std::string name;
    UnitId unit;
  };
  using Places = std::function<std::optional<Place>(PlaceId)>;
  void set_places(Places places);

  // The decision that switches this on in this unit at this time; for `disease` if given, else for any. Unit 0 asks for
  // the whole country. One that names a form does not count.
  std::optional<DecisionId> in_force(Switch what, UnitId unit, Instant at, std::string_view disease = {}) const;
  // The decision that switches a form on there: one that names it, or, unless it needs its own, one on declarations.
  // One about a place holds there, whatever the unit.
  std::optional<DecisionId> form_in_force(std::string_view form, bool own, UnitId unit, Instant at,
                                          const Asked& asked = {}) const;
  // Whether a decision switches the form on anywhere.
  bool form_in_force_somewhere(std::string_view form, bool own, Instant at, const Asked& asked = {}) const;
  // The disease for which a form is on, wherever that is; nothing where several are.
  std::optional<std::string> disease_of(std::string_view form, bool own, Instant at, const Asked& asked = {}) const;
  std::vector<Decision> all_in_force(Instant at) const;

  // Errors: not_permitted (a commander's area must contain the unit), invalid.
  Task<Result<Decision>> decide(const Caller& caller, NewDecision decision, std::optional<store::Once> once = {});
  // From now on. Errors: not_permitted, not_found, invalid, version_conflict, decision_ended.
  Task<Result<Decision>> end(const Caller& caller, DecisionId decision, EarlyEnd why, std::int64_t version);
  // Newest first, ended ones too. Errors: invalid (cursor).
  Task<Result<http::Page<Decision>>> list(std::optional<std::string> cursor, std::size_t limit) const;

  void refresh();  // reads the decisions now; blocks

  struct Impl;

 private:
  std::unique_ptr<Impl> impl_;
};

void routes(http::Router& router, Decisions& decisions, const Clock& clock);

const std::vector<store::Migration>& migrations();

}  // namespace luytre::command

// Checks of somebody who is isolated or quarantined at home by an order: what is due in each window of a day, what
// came, and what a station was asked to see to. Shapes, and how windows are written.
//
// The form is the one of purpose "home-isolation" among those that the disease's file names; its rule set tells the
// windows of a day and who is told when one is missed (engines/forms/rules.h). An order may have windows of its own,
// set when it is drafted or by a signed step. Without such a form nothing is due.

#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "modules/declarations/declarations.h"
#include "modules/referrals/referrals.h"

namespace luytre::quarantine {

using AlertId = Id<struct QuarantineAlertTag>;

inline constexpr std::string_view kCheckPurpose = "home-isolation";
inline constexpr std::size_t kWindowsMost = 6;  // of a day; this and what follows: this project's own
inline constexpr std::chrono::minutes kWindowLeast{30};
inline constexpr std::chrono::minutes kCallWithin{240};  // as for a missed window
inline constexpr const char* kCallRules = "home-check-calls-1";
// Farther than so from the marked place, even if the phone is as wrong as it says, a station is told; nothing is said
// of a position that is less exact than kInexact.
inline constexpr std::int64_t kAwayMetres = 300;
inline constexpr std::int64_t kInexactMetres = 1000;
inline constexpr const char* kAwayRules = "home-check-place-1";

// A part of a local day, half-open: "08:00", "24:00" is its end.
struct CheckWindow {
  Text<5> from, until;
};
BOOST_DESCRIBE_STRUCT(CheckWindow, (), (from, until))

// In order, apart from each other, at least kWindowLeast each, at most kWindowsMost. Nothing: they are not.
std::optional<std::vector<forms::Window>> read_windows(const std::vector<CheckWindow>& windows);
// "08:00-12:00 14:00-16:00", as orders keep them.
std::string written(const std::vector<forms::Window>& windows);
std::vector<forms::Window> windows_of(std::string_view written);
std::vector<CheckWindow> shown(const std::vector<forms::Window>& windows);

// kLate: said to be made in time, but it arrived afterwards.
enum class CheckState { kDone, kLate, kMissed, kOpen, kLater };
BOOST_DESCRIBE_ENUM(CheckState, kDone, kLate, kMissed, kOpen, kLater)
// kSymptoms: declared by somebody whose order another commune has than that of residence, which the declaration itself
// tells. kAbsent: at a roll-call of a site (sites.h). kNeed: what somebody lacks (needs.h).
enum class AlertKind { kMissed, kCall, kAway, kSymptoms, kAbsent, kNeed };
BOOST_DESCRIBE_ENUM(AlertKind, kMissed, kCall, kAway, kSymptoms, kAbsent, kNeed)

// Of what happens at home; the others stand wherever somebody is.
inline bool of_home(AlertKind kind) {
  return kind != AlertKind::kAbsent && kind != AlertKind::kNeed;
}

struct Check {
  Instant from, until;
  CheckState state = CheckState::kLater;
  bool symptoms = false;
  std::optional<forms::Colour> colour;
  std::optional<declarations::DeclarationId> declaration;
  std::optional<referrals::Standing> told;  // of yellow and red ones, and of missed ones: what the station did
};
BOOST_DESCRIBE_STRUCT(Check, (), (from, until, state, symptoms, colour, declaration, told))

// Where the phone is now, by a tap of its owner. `mark`: this is the place of isolation.
struct Position {
  double latitude = 0, longitude = 0;
  std::int64_t accuracy_metres = 0;
  bool mark = false;
};
BOOST_DESCRIBE_STRUCT(Position, (), (latitude, longitude, accuracy_metres, mark))

enum class Found { kMarked, kThere, kAway, kInexact };
BOOST_DESCRIBE_ENUM(Found, kMarked, kThere, kAway, kInexact)

struct Compared {
  Found found = Found::kMarked;
};
BOOST_DESCRIBE_STRUCT(Compared, (), (found))

// What is kept beside the marked point.
struct PlaceMark {
  Instant marked;
  std::optional<Instant> compared;  // the last time
  std::optional<std::int64_t> metres, accuracy;
};
BOOST_DESCRIBE_STRUCT(PlaceMark, (), (marked, compared, metres, accuracy))

struct Away {
  Instant at;
  std::int64_t metres = 0, accuracy = 0;
  std::optional<referrals::Standing> told;
};
BOOST_DESCRIBE_STRUCT(Away, (), (at, metres, accuracy, told))

struct CallAsked {
  Instant at;
  std::optional<referrals::Standing> told;
};
BOOST_DESCRIBE_STRUCT(CallAsked, (), (at, told))

// For officers: the whole time of the order at a glance.
struct Checks {
  std::string form;
  std::vector<CheckWindow> windows;  // of today
  bool own_windows = false;          // set for this order
  std::vector<Check> strip;          // oldest first
  std::vector<CallAsked> calls;
  std::vector<Away> away;
  std::optional<PlaceMark> place;  // of who agreed to it
};
BOOST_DESCRIBE_STRUCT(Checks, (), (form, windows, own_windows, strip, calls, away, place))

struct MyCheck {
  Instant from, until;
  CheckState state = CheckState::kLater;
};
BOOST_DESCRIBE_STRUCT(MyCheck, (), (from, until, state))

// For the person.
struct MyChecks {
  std::string form;
  std::vector<MyCheck> today;
  bool call_asked = false;         // within kCallWithin
  std::optional<PlaceMark> place;  // marked under a consent that stands
};
BOOST_DESCRIBE_STRUCT(MyChecks, (), (form, today, call_asked, place))

inline constexpr ErrorCode kPlaceNotMarked{"order_place_not_marked", 409};

}  // namespace luytre::quarantine

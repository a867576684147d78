// What somebody under an order asks for: food, medicine, things for hygiene, something else. Shapes.
//
// The person asks in the app, whoever keeps the site or takes a call writes it down. A station is told by an alert
// (modules/referrals): that of the site where the person lies, else the one that answers for the order; unacknowledged
// it goes up like any. Whoever keeps the site for its owner may say that they brought it, which settles it. Who carries
// food sees who, where and what, never the disease, the measure, or a case. The words are sealed. What is not settled
// when the order ends is taken back. The same list is a file: bounded, marked, everybody in it logged with the reason.

#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "modules/people/people.h"
#include "modules/quarantine/checks.h"

namespace luytre::quarantine {

inline constexpr const char* kNeedRules = "order-needs-1";  // this and what follows: this project's own
inline constexpr std::chrono::minutes kMedicineWithin{60}, kOtherNeedWithin{240};
inline constexpr std::size_t kNeedsMost = 10;       // not settled, of an order
inline constexpr std::size_t kNeedsOutMost = 1000;  // lines of one file

enum class NeedKind { kFood, kMedicine, kHygiene, kOther };
BOOST_DESCRIBE_ENUM(NeedKind, kFood, kMedicine, kHygiene, kOther)
enum class NeedVia { kApp, kSite, kPhone };
BOOST_DESCRIBE_ENUM(NeedVia, kApp, kSite, kPhone)
enum class NeedState { kOpen, kAcknowledged, kDone };
BOOST_DESCRIBE_ENUM(NeedState, kOpen, kAcknowledged, kDone)

struct NewNeed {
  NeedKind kind = NeedKind::kFood;
  std::optional<Note<500>> words;  // of kOther always
};
BOOST_DESCRIBE_STRUCT(NewNeed, (), (kind, words))

// As an officer writes it down: not kApp.
struct ToldNeed : NewNeed {
  NeedVia via = NeedVia::kPhone;
};
BOOST_DESCRIBE_STRUCT(ToldNeed, (NewNeed), (via))

struct NeedsOut {
  Note<500> reason;
  std::optional<NeedKind> kind;
  std::optional<NeedState> state;
  std::optional<Text<4>> format;  // xlsx; else CSV
};
BOOST_DESCRIBE_STRUCT(NeedsOut, (), (reason, kind, state, format))

// For the person.
struct MyNeed {
  NeedKind kind = NeedKind::kFood;
  std::string words;
  Instant at;
  NeedState state = NeedState::kOpen;
};
BOOST_DESCRIBE_STRUCT(MyNeed, (), (kind, words, at, state))

// For who sees to it.
struct Need {
  AlertId id;
  people::PersonBrief person;
  std::string unit_name;               // of the station that is told
  std::optional<std::string> address;  // where they are; at a site its name, and room and bed
  std::optional<std::string> room;
  std::optional<std::int64_t> bed;
  NeedKind kind = NeedKind::kFood;
  std::string words;
  NeedVia via = NeedVia::kApp;
  std::optional<std::string> asked_by;  // the officer who wrote it down
  Instant at;
  NeedState state = NeedState::kOpen;
  std::optional<referrals::Standing> told;  // absent: within moments; never for who keeps the site
};
BOOST_DESCRIBE_STRUCT(Need, (),
                      (id, person, unit_name, address, room, bed, kind, words, via, asked_by, at, state, told))

}  // namespace luytre::quarantine

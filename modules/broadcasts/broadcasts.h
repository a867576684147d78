// Broadcasts: what is read out on the radio or by a village's loudspeakers, made from a unit's present facts in one
// click, and the record of what was read out by whom.
//
// A draft says what decisions hold in the whole unit and until when, duties, places whose publication was allowed
// (modules/tracing/published.h: never homes, never where few were present, never of diseases with a stigma), and what
// the officer adds: calls to a test or a vaccination, a hotline. Days, times and numbers are written as they are
// spoken. No name of a person, no home, no number of cases. An officer reads it, changes what must be changed, and
// publishes: then the words stand in the record, with who answers for them, and are never changed.
//
// For officers and the command room of the area. Thread-safe. Publishes broadcast.published (unit: where it is read).

#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "modules/command/decisions.h"
#include "modules/tracing/published.h"
#include "platform/base/text.h"
#include "platform/http/router.h"
#include "platform/identity/access.h"
#include "platform/notify/texts.h"
#include "platform/store/database.h"

namespace luytre::broadcasts {

using BroadcastId = Id<struct BroadcastTag>;

inline constexpr std::size_t kWordsMost = 8'000;
inline constexpr std::size_t kCallsMost = 10;
inline constexpr std::chrono::hours kPlacesBack{14 * 24};  // places where somebody was exposed this long ago

enum class CallKind { kTest, kVaccination };
BOOST_DESCRIBE_ENUM(CallKind, kTest, kVaccination)

struct Call {
  CallKind kind = CallKind::kTest;
  Text<200> who;  // "người từ 60 tuổi trở lên ở thôn 2": groups, never persons
  Text<200> where;
  Instant from;
  std::optional<Instant> until;
};
BOOST_DESCRIBE_STRUCT(Call, (), (kind, who, where, from, until))

struct Asked {
  UnitId unit;
  std::vector<Call> calls;
  std::optional<Text<40>> hotline;  // absent: the one of the unit's last broadcast
};
BOOST_DESCRIBE_STRUCT(Asked, (), (unit, calls, hotline))

enum class PartKind { kOpening, kDecision, kDuty, kPlace, kCall, kHotline, kClosing };
BOOST_DESCRIBE_ENUM(PartKind, kOpening, kDecision, kDuty, kPlace, kCall, kHotline, kClosing)

struct Part {
  PartKind kind = PartKind::kOpening;
  std::string text;
};
BOOST_DESCRIBE_STRUCT(Part, (), (kind, text))

struct Draft {
  UnitId unit;
  std::string unit_name;
  std::vector<Part> parts;  // in the order in which they are read; opening and closing alone: there is nothing to say
  std::optional<std::string> hotline;
};
BOOST_DESCRIBE_STRUCT(Draft, (), (unit, unit_name, parts, hotline))

struct NewBroadcast {
  UnitId unit;
  Note<kWordsMost> words;
  std::optional<Text<40>> hotline;
  bool edited = false;  // by hand, after it was made
};
BOOST_DESCRIBE_STRUCT(NewBroadcast, (), (unit, words, hotline, edited))

struct Broadcast {
  BroadcastId id;
  UnitId unit;
  std::string unit_name;
  Note<kWordsMost> words;
  bool edited = false;
  Instant at;
  std::string by;
};
BOOST_DESCRIBE_STRUCT(Broadcast, (), (id, unit, unit_name, words, edited, at, by))

// What ids are called, in Vietnamese; empty: unknown. And of which diseases masks help.
struct Names {
  using Name = std::function<std::string(const std::string& id)>;
  Name disease;
  Name form;
  Name duty;  // a sentence: who declares what, how often
  std::function<bool(const std::string& disease)> by_air;
};

using Published = std::function<std::vector<tracing::PublishedPlace>(store::Session&, Instant since)>;

struct Parts {
  store::Database& db;
  const command::Decisions& decisions;
  const geography::Geography& geography;
  const identity::Access& access;
  const notify::Texts& texts;
  Names names;
  Published published;
};

class Broadcasts {
 public:
  explicit Broadcasts(Parts parts);

  // Errors: not_permitted, invalid.
  Task<Result<Draft>> draft(const Caller& caller, Asked asked) const;
  Task<Result<Broadcast>> publish(const Caller& caller, NewBroadcast broadcast, std::optional<store::Once> once);
  // Newest first, of the own area or a unit of it. Errors: not_permitted, invalid (?cursor).
  Task<Result<http::Page<Broadcast>>> list(const Caller& caller, std::optional<UnitId> unit,
                                           std::optional<std::string> cursor, std::size_t limit) const;

 private:
  Result<Done> may(const Caller& caller, UnitId unit) const;
  std::vector<Part> facts(store::Session& session, UnitId unit) const;
  bool masks_help(UnitId unit) const;

  const Parts parts_;
};

void routes(http::Router& router, Broadcasts& broadcasts);

const std::vector<store::Migration>& migrations();

}  // namespace luytre::broadcasts

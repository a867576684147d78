// Doubts: what speaks against a visit having been as it was recorded. Pure: one person's visits in, flags out, whatever
// the order; the same rule and visits give the same flags forever.
//
// A flag is a fact beside the visit. Nothing is traced, warned or decided otherwise because of it: phones are lent,
// codes photographed, clocks wrong. Looked for are
//   - two places at once: two visits to places known to be apart share more than `forgotten`;
//   - too fast: between leaving one and coming to the other there was not the time that the fastest `way` needs for the
//     distance at least between them;
//   - closed hours: the place states hours, and this was further than `around` outside them. Staff come and go then.
//
// A check-out is a tap on a phone, made anywhere, often later: a recorded end is believed but for `forgotten`, an
// estimated one not at all, so that of such a visit only the scan itself is sure. Vehicles stand where they are
// registered and drive elsewhere: their visits neither contradict nor are contradicted. Two places are apart when the
// distance at least between them exceeds `ground`, or, unless both state where they stand, when they lie in different
// communes: a shop inside a mall may be a place of its own, and a market's gate another.
//
// The distance at least is that between two points less what each is inexact by: a place's own point is exact, a
// province's is good for the whole province. Units that are apart from the rest of their province (islands) have none.

#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "modules/places/stated.h"
#include "platform/base/id.h"

namespace luytre::visits {

enum class Flag {
  kLate,               // arrived later than kLateAfter: the device was offline, or the clock wrong
  kOddHours,           // between 0 and 5 local time, where people are not at night
  kOverlapsElsewhere,  // another visit, elsewhere, covers a part of it
  kFarAway,            // the phone was, as its owner shared then
  // Not stored, but found when it is read (see above):
  kClosedHours,
  kTwoPlaces,
  kTooFast,
  // Stored:
  kForeign,  // told by another system: nobody of ours saw the codes meet
  kTold,     // told by the person themselves in an interview (told.h): both times are approximate
};
BOOST_DESCRIBE_ENUM(Flag, kLate, kOddHours, kOverlapsElsewhere, kFarAway, kClosedHours, kTwoPlaces, kTooFast, kForeign,
                    kTold)

inline constexpr const char* kVehicleTrip = "vehicleTrip";  // the kind of place

struct Way {
  std::string name;
  std::int64_t kilometres_per_hour = 0;
  std::int64_t minutes_before = 0;  // that it takes besides
  std::string basis;
};
BOOST_DESCRIBE_STRUCT(Way, (), (name, kilometres_per_hour, minutes_before, basis))

struct Centre {
  std::string province;  // code of the General Statistics Office, and
  std::string name;      // for who reads the file
  double latitude = 0, longitude = 0;
  std::int64_t within_kilometres = 0;  // all of the province lies
};
BOOST_DESCRIBE_STRUCT(Centre, (), (province, name, latitude, longitude, within_kilometres))

struct DoubtRule {
  std::string id;
  std::string about;
  Date from;  // of which day on these figures hold
  std::int64_t forgotten_minutes = 0;
  std::int64_t around_minutes = 0;
  std::int64_t ground_metres = 0;
  std::int64_t near_metres = 0, far_metres = 0;  // of a phone from the place
  std::vector<Way> ways;
  std::vector<Centre> centres;
  std::vector<std::int64_t> islands;  // communes (ids of data/geography) that a centre does not speak for
};
BOOST_DESCRIBE_STRUCT(DoubtRule, (),
                      (id, about, from, forgotten_minutes, around_minutes, ground_metres, near_metres, far_metres, ways,
                       centres, islands))

// Of data/visit-doubts.json. Throws runtime_error naming the file and what is wrong.
DoubtRule read_doubt_rule(const std::filesystem::path& file);

struct Spotted {
  places::Point point;
  double inexact_kilometres = 0;
};

// A visit as the rule sees it.
struct Seen {
  VisitId id;
  PlaceId place;
  UnitId commune;  // where the place lies now, over reforms; 0: unknown
  Instant in, out;
  bool estimated = true;
  bool vehicle = false;
  bool staff = false;
  std::optional<Spotted> spotted;
  std::vector<places::Opening> hours;  // stated when the visit began
};

double kilometres(places::Point a, places::Point b);  // along the great circle

// For each visit, in their order. Flags in the order of the enumeration.
std::vector<std::vector<Flag>> doubts(const std::vector<Seen>& visits, const DoubtRule& rule);

}  // namespace luytre::visits

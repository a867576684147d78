// Compare: what somebody declared beside where they were seen. Pure: values in, values out.
//
// Three statements of our forms can be compared with records: "not in another province in the last 14 days" (`visited`
// of place-entry, domestic-movement and general, answered no), "at the place of isolation now" (`at-place` of
// home-isolation, answered yes), and "no contact with a case" (`contact-case`, answered no) within 14 days, of
// daily-health within one. A fourth is the journey itself, of domestic-movement: the vehicle or flight, the seat and
// the day of departure, beside the carriers' lists of that day. A vehicle is known by words of its place's name;
// without a list of it there is nothing to compare. And what somebody writes themselves: who denies travel or contact,
// and beside it names a place of an outbreak (words.h). That is a lead, with the words as they stand, and a kind of its
// own, so that deciding on it decides on no record. Places named where the form asks which were visited are declared
// openly, and no difference; nor is where they live. A sighting is a place and a time that somebody else recorded: a
// visit, a gate, a checkpoint's passage, a place of entry, a seat in a passenger list. What differs is a question to
// the person, never a finding: phones are shared, codes are lent, boundaries are misremembered, and who is listed need
// not have travelled.
//
// Contact is only asked about where the person was told, or could read: an exposure they were warned of, before or
// after declaring, and visits where a public decision says that there is an outbreak, unless they live there. Nobody
// learns of a case from it.
//
// Provinces are compared over reforms: neither covers the other's unit in its own time. The forms ask of countries,
// too: who came into this one was in another, whichever province the place of entry lies in. An estimated end proves
// nothing: only the first kSurely of such a stay count for where somebody was.

#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "engines/forms/response.h"
#include "modules/consistency/words.h"
#include "modules/visits/doubts.h"
#include "platform/geography/geography.h"

namespace luytre::consistency {

inline constexpr std::int64_t kLookBackDays = 14;  // as the forms ask
inline constexpr std::chrono::minutes kSurely{30};

// kNamed: in the own words.
enum class Kind { kTravelled, kAway, kContact, kJourney, kNamed };
BOOST_DESCRIBE_ENUM(Kind, kTravelled, kAway, kContact, kJourney, kNamed)

// kGate: a visit recorded by a guard, or a printed card shown; kEntry: an officer decided about them at a place of
// entry into the country; kWarning: of an exposure, as the person was told; kWords: of the person, in the declaration
// itself.
enum class Record { kVisit, kGate, kCheckpoint, kEntry, kPassengers, kWarning, kWords };
BOOST_DESCRIBE_ENUM(Record, kVisit, kGate, kCheckpoint, kEntry, kPassengers, kWarning, kWords)

// What the words answer: `departure-place`, `symptoms-which`, `note`.
enum class Asked { kDeparture, kSymptoms, kNote };
BOOST_DESCRIBE_ENUM(Asked, kDeparture, kSymptoms, kNote)

struct Sighting {
  Record record = Record::kVisit;
  PlaceId place;
  UnitId unit;
  Instant from, to;
  bool estimated = false;  // the end
  // What spoke against it when it was compared. It is shown, and counts as any other.
  std::optional<std::vector<visits::Flag>> doubts;
  // Said by somebody else and not proved by the person's own code: absent is no.
  std::optional<bool> claimed;
  // Of kJourney: a list in which the person is not; the seat that it has for them.
  std::optional<bool> absent{};
  std::optional<std::string> seat{};
  // Of kWarning: the person was told after declaring, so nothing was declared wrongly; absent is no.
  std::optional<bool> later{};
  // Of kWords, which have no place: as written, and in answer to what; the unit is the outbreak's, the time the one
  // that the declaration is about.
  std::optional<std::string> words{};
  std::optional<Asked> asked{};
};
BOOST_DESCRIBE_STRUCT(Sighting, (),
                      (record, place, unit, from, to, estimated, doubts, claimed, absent, seat, later, words, asked))

// Where a public decision says that there is an outbreak.
struct Outbreak {
  UnitId unit;
  Instant from, to;
};

struct Statement {
  Kind kind = Kind::kTravelled;
  Instant from, to;  // what it is about; half-open
};

// A journey as it was declared.
struct DeclaredJourney {
  Date day;                            // of departure
  bool own_vehicle = false;            // none of a carrier
  std::optional<std::string> vehicle;  // as vehicle_word()
  std::optional<std::string> seat;
};

// A carrier's list of that day.
struct ListedTrip {
  PlaceId place;
  UnitId unit;
  Instant departure;
  bool named = false;               // of the declared vehicle
  std::optional<std::string> seat;  // of the person; absent: they are not in it
};

struct Difference {
  Kind kind = Kind::kTravelled;
  std::vector<Sighting> evidence;  // oldest first, never empty
};

// What of a declaration made at this time can be compared.
std::vector<Statement> statements(std::string_view form, const forms::Answers& answers, Instant at);

std::optional<DeclaredJourney> declared_journey(std::string_view form, const forms::Answers& answers);
// A plate or number of a flight, however it is written; nothing: too short to be one.
std::optional<std::string> vehicle_word(std::string_view written);
// What vehicle_word() may be of a place of that name.
std::vector<std::string> vehicle_words(std::string_view place_name);

bool same_seat(std::string_view a, std::string_view b);  // however written: "12 A" is "12a"

// Not in the list of the declared vehicle; in it with another seat; not in it but in that of another vehicle, where the
// declared one is the own or has a list.
std::optional<Difference> compare_journey(const DeclaredJourney& said, const std::vector<ListedTrip>& lists);

// `home`: the unit of residence. Sightings in any order.
std::vector<Difference> compare(const std::vector<Statement>& said, UnitId home, std::vector<Sighting> seen,
                                const std::vector<Outbreak>& outbreaks, const geography::Geography& geography);

// Where the own words name an outbreak: another province than `home` for who denies travel, any that `home` is not in
// for who denies contact.
std::optional<Difference> compare_words(const std::vector<Statement>& said, const forms::Answers& answers, UnitId home,
                                        const OutbreakNames& names, const geography::Geography& geography);

}  // namespace luytre::consistency

// Dated rules that oblige somebody to declare: who, by which form, how often, on whose word. Data, read once from
// data/duties; what a rule asks on a day is decided here, without clock or database.
//
// File: {"id", "title", "reason" (texts by language), "validFrom", "validTo"?, "disease", "form", "group": {"sectors"?:
// ["health"], "residents"?: true, "travellers"?: "epidemicArea" | "listed"}, "rhythm": {"kind": "daily" | "windows" |
// "days" | "journey", "windows"?: [{"from": "08:00", "until": "12:00"}], "days"?: 7, "ahead"?: 3, "within"?: 1},
// "family": whether the family is asked, too, "source"}.
//
// A rule does nothing by itself: a decision that names it (modules/command) switches it on for an area and a time.
// "days": within any so many local days, the last of which is today, once. "journey": once for each journey, from
// "ahead" local days before its day until "within" days after. A journey that others recorded (travel.h) is a duty with
// a state; of all others only the traveller knows, so the rule is told to everybody, too.

#pragma once

#include <boost/describe.hpp>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engines/forms/rules.h"
#include "platform/base/time.h"

namespace luytre::duties {

// Of an organisation.
enum class Sector { kHealth, kIndustry, kEducation, kResidence, kOther };
BOOST_DESCRIBE_ENUM(Sector, kHealth, kIndustry, kEducation, kResidence, kOther)

// Whose journeys: of who comes from an epidemic area or passes through it; of who is on a carrier's list.
enum class Travellers { kEpidemicArea, kListed };
BOOST_DESCRIBE_ENUM(Travellers, kEpidemicArea, kListed)

enum class Rhythm { kDaily, kWindows, kDays, kJourney };
BOOST_DESCRIBE_ENUM(Rhythm, kDaily, kWindows, kDays, kJourney)

struct Rule {
  std::string id;
  forms::Texts title;
  forms::Texts reason;  // to who is asked
  Date valid_from;
  std::optional<Date> valid_to;  // exclusive
  std::string disease;
  std::string form;
  std::vector<Sector> sectors;  // members of their rosters
  bool residents = false;       // everybody who lives in the decision's area
  std::optional<Travellers> travellers;
  bool family = false;  // their households, too
  Rhythm rhythm = Rhythm::kDaily;
  forms::Rhythm windows;               // of kDaily (one: the whole day) and kWindows
  std::int64_t days = 0;               // of kDays
  std::int64_t ahead = 0, within = 0;  // local days, of kJourney
  std::string source;

  bool valid(Date day) const { return valid_from <= day && (!valid_to || day < *valid_to); }
  bool binds(Sector sector) const;
};

// When a declaration must be made, seen from that day; none of kJourney.
std::vector<Interval> due(const Rule& rule, Date day);
// Of kJourney: for a journey on that day.
Interval due_of_journey(const Rule& rule, Date day);

enum class State { kDone, kOpen, kLater, kMissed, kJourney };
BOOST_DESCRIBE_ENUM(State, kDone, kOpen, kLater, kMissed, kJourney)

State state_of(const Interval& due, bool made, Instant now);

// Whether everything was done that was due by now; nothing if nothing was. `made`: in which of the intervals.
std::optional<bool> satisfied(const std::vector<Interval>& due, const std::vector<bool>& made, Instant now);

class Rules {
 public:
  // Throws runtime_error naming the file and the place in it. `forms`: the ids that a rule may name.
  Rules(const std::filesystem::path& folder, const std::vector<std::string>& forms);

  const std::vector<Rule>& all() const { return rules_; }
  const Rule* find(std::string_view id) const;  // null: unknown

 private:
  std::vector<Rule> rules_;  // by id
};

// Of one file. Throws forms::FormError.
Rule read_rule(const json::Value& file);

}  // namespace luytre::duties

// Rule sets: dated data that turn the answers to a form into a colour, with reasons and a next step.
//
// A rule is a condition over linkIds (all, any, not; leaves as in enableWhen) with a colour, a reason and a next step.
// All rules are looked at; the worst colour of those that fire decides, every fired rule is a reason, the worst first,
// and each names the questions that made it fire. If none fires, the rule set's own "otherwise" is the reason.
// "tell" says, for yellow and red, which health stations are told and within what time they answer for it.
// Deterministic: same answers, same outcome.
//
// File: {"id", "form", "title", "disease"?, "validFrom", "validTo"?, "basis", "validHours": {"green", "yellow", "red"},
// "nextSteps": {code: texts},
//        "otherwise": {"code", "text", "nextStep"}, "rules": [{"code", "text", "colour", "nextStep", "when":
//        condition}], "rhythm"?: {"windows": [{"from": "08:00", "until": "12:00"}], "days": 14,
//        "missed"?: {"graceMinutes": 60, "stations": ["residence"], "withinMinutes": 240}},
//        "tell"?: {"red": {"stations": ["residence", "destination"], "withinMinutes": 60}}, "repeatableDays"?: 21}
// A condition is {"all": […]}, {"any": […]}, {"not": condition} or {"question", "operator", "value"}; texts are {"vi",
// "en"}. A coded value is its code; of a quantity, the number in the question's unit. A rhythm says in which parts of
// each local day the form is due again, for so many days after it was last sent. "missed" of a rhythm says who is told
// when nothing came until so long after a window. "repeatableDays" says for how many local days an answer may be given
// again unchanged; of a form with a rhythm it is one, if not said; one that tells of a journey has none.

#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engines/forms/questionnaire.h"
#include "engines/forms/response.h"

namespace luytre::forms {

enum class Colour { kGreen, kYellow, kRed };  // ordered: worse is greater
BOOST_DESCRIBE_ENUM(Colour, kGreen, kYellow, kRed)

struct Condition {
  enum class Kind { kAll, kAny, kNot, kLeaf };
  Kind kind = Kind::kLeaf;
  std::vector<Condition> parts;  // of all, any, not (one)
  std::string question;
  Operator op = Operator::kExists;
  Value wanted = true;
};

struct Rule {
  std::string code;
  Texts text;
  Colour colour = Colour::kGreen;
  std::string next_step;
  Condition when;
};

// A part of a local day; half-open, minutes since midnight, at most to the next.
struct Window {
  std::chrono::minutes from, until;
};

struct Due {
  Instant from, until;  // half-open
};

// Of which commune: where the person lives; where it was asked for, or where the journey leads.
enum class Station { kResidence, kDestination };
BOOST_DESCRIBE_ENUM(Station, kResidence, kDestination)

struct Tell {
  std::vector<Station> stations;  // each once
  std::int64_t within_minutes = 0;
};
BOOST_DESCRIBE_STRUCT(Tell, (), (stations, within_minutes))

// Nothing came until so long after the end of a window.
struct Missed {
  std::chrono::minutes grace;
  Tell tell;
};

struct Rhythm {
  std::vector<Window> windows;  // in order, apart from each other
  std::int64_t days = 0;
  std::optional<Missed> missed;
};

std::vector<Due> due_on(const Rhythm& rhythm, Date day);

struct RuleSet {
  std::string id;
  std::string form;  // Questionnaire.id
  Texts title;
  std::string disease;  // for which alone it decides; empty: for any that has no set of its own
  Date valid_from;
  std::optional<Date> valid_to;  // exclusive
  std::string basis;
  std::map<Colour, std::chrono::hours> valid_for;  // how long a declaration of this outcome counts
  std::map<std::string, Texts> next_steps;
  Rule otherwise;
  std::vector<Rule> rules;
  std::optional<Rhythm> rhythm;
  std::map<Colour, Tell> tell;         // never of green
  std::int64_t repeatable_days = 0;    // after which an answer may no longer be given again unchanged
  std::vector<std::string> questions;  // every linkId that a rule reads, sorted
};

struct Reason {
  std::string code;
  Texts text;
  Colour colour = Colour::kGreen;
  std::vector<std::string> questions;  // whose answers made the rule fire, sorted
};

struct Outcome {
  Colour colour = Colour::kGreen;
  std::vector<Reason> reasons;  // never empty
  std::string next_step;
  Texts next_step_text;
  std::chrono::hours valid_for{};
  std::optional<Tell> tell;  // who is told of this; absent: nobody
  std::string rule_set;
  std::string
      inputs;  // canonical text of the answers that the rule set reads: what a stored decision is reproduced from
};

// Reads it against its form: every question exists, values suit it, and a question that decides requires an answer and
// has none preset. Throws FormError.
RuleSet read_rule_set(const json::Value& file, const Questionnaire& form);

Outcome decide(const RuleSet& rules, const Answers& answers);

}  // namespace luytre::forms

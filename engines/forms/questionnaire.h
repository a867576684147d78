// Questionnaire: a dated form, read from HL7 FHIR R4 (hl7.org/fhir/R4/questionnaire.html), of which this is the subset:
//
//   item types     group, display, boolean, decimal, integer, quantity, date, string, text, choice, open-choice,
//   attachment
//   item elements  linkId, text, prefix, required, repeats, maxLength, enableWhen, enableBehavior,
//   answerOption.valueCoding, answerValueSet, initial extensions     minValue, maxValue, translation (of title, text,
//   display), questionnaire-unit (a quantity has exactly one), sdc-questionnaire-minQuantity and …-maxQuantity (in that
//   unit), urn:luytre:extension:risk-question (boolean, on an item), urn:luytre:extension:meaning (on an item; code
//   destination: where a journey leads; gate, vehicle, arrival-date: by which place of entry, on what, and on which day
//   somebody comes),
//   urn:luytre:extension:diary (code symptom, on a yes or no: a yes declares a sign of illness; other codes are for
//   others to know),
//   urn:luytre:extension:date-precision (code year, month or day, on a date: the least that an answer must name; day if
//   absent), urn:luytre:extension:own-decision (boolean, on the form: it is asked for only where a decision names it),
//   urn:luytre:extension:withdrawable (boolean, on the form: it is given freely, so it may be taken back),
//   urn:luytre:extension:disease and urn:luytre:extension:direction (code, on the form: it is about this disease, or
//   about who goes this way, arriving or leaving; of any if absent)
//
// Reading is strict: an element outside the subset refuses the form, because a form that is half understood asks
// something else than it says. Other extensions are ignored, as FHIR allows. A question inside another question's
// answer is outside the subset.
//
// A choice offers either its own options or a value set: a list of codes kept elsewhere (points of entry), of which the
// form holds the name alone, so that a dated form stays as it is while the list changes. Whoever serves the form puts
// the list's options in its place (options.h), and answers are looked up in it (response.h).
//
// An attachment is a picture that may be added to the answers: one, and never required, because not everybody who
// answers has a camera. The answer names a file (values.h); whoever takes the response knows which there are
// (response.h).
//
// A risk question — marked by the extension, or read by a rule set (rules.h) — must not have a preset answer: one tap
// on "send" must never declare a person healthy. Such a form is refused.

#pragma once

#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "engines/forms/values.h"

namespace luytre::forms {

// A form or rule set that cannot be used. The text begins with the JSON pointer of the place.
class FormError : public std::runtime_error {
 public:
  FormError(const std::string& pointer, const std::string& what) : std::runtime_error(pointer + ": " + what) {}
};

enum class ItemType {
  kGroup,
  kDisplay,
  kBoolean,
  kDecimal,
  kInteger,
  kQuantity,
  kDate,
  kString,
  kText,
  kChoice,
  kOpenChoice,
  kAttachment
};

// What an answer is about, for who must know it without knowing the form.
enum class Meaning { kDestination, kGate, kVehicle, kArrivalDate };

enum class Precision { kDay, kMonth, kYear };

struct Option {
  Coding coding;
  Texts display;
};

struct EnableWhen {
  std::string question;  // linkId
  Operator op = Operator::kExists;
  Value wanted = true;
};

struct Item {
  std::string link_id;
  ItemType type = ItemType::kDisplay;
  Texts text;
  bool required = false;
  bool repeats = false;
  bool risk = false;
  bool symptom = false;  // a yes declares a sign of illness
  std::optional<Meaning> meaning;
  bool preset = false;            // has `initial`, or an option with initialSelected
  std::size_t max_length = 0;     // code points; 0: kAnswerMost
  std::optional<Value> min, max;  // of the question's own type
  Quantity unit;                  // of a quantity; its value means nothing
  Precision precision = Precision::kDay;
  std::vector<Option> options;
  std::string value_set;  // of a choice without options of its own
  std::vector<EnableWhen> enable_when;
  bool enable_any = false;  // enableBehavior "any"
  std::vector<Item> items;  // of a group
};

inline constexpr std::size_t kAnswerMost = 2000;  // code points of one text answer

struct Questionnaire {
  std::string id;
  std::string url;
  std::string version;
  std::string purpose;  // code of Questionnaire.code[0]: "domestic-movement"
  Texts title;
  Date valid_from;
  std::optional<Date> valid_to;  // exclusive
  bool own_decision = false;     // a decision on declarations in general does not switch it on
  bool withdrawable = false;     // given freely: may be taken back
  std::string disease;           // that it is about; empty: any
  std::string direction;         // "arriving" or "leaving"; empty: either
  std::vector<Item> items;

  const Item* find(std::string_view link_id) const;
  bool has_destination() const;
  const Item* meaning(Meaning meaning) const;  // the first that has it
};

// Throws FormError.
Questionnaire read_questionnaire(const json::Value& form);

}  // namespace luytre::forms

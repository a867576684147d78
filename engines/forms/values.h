// Values of answers, and the comparisons that forms (enableWhen) and rule sets make with them.
//
// An operator is true if at least one answer satisfies it, as FHIR R4 defines for enableWhen; also "!=": at least one
// answer differs. Without any answer only `exists false` is true. A date known in part satisfies what all of its days
// do.

#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "platform/base/json.h"
#include "platform/base/partial_date.h"

namespace luytre::forms {

using Texts = std::map<std::string, std::string>;  // by language: "vi", "en"

struct Coding {
  std::string system;
  std::string code;
  friend auto operator<=>(const Coding&, const Coding&) = default;
};

// A number in the unit that the form asks for, which is always the question's own.
struct Quantity {
  double value = 0;
  std::string unit;  // as written for people: "°C"
  std::string system;
  std::string code;  // "Cel"
  friend auto operator<=>(const Quantity&, const Quantity&) = default;
};

// Of a year, or of a month of it; a whole day is refused, being a Date. Years 1900 to 9999.
std::optional<PartialDate> parse_partial_date(std::string_view text);

// A file that is kept elsewhere, known by its address; never its content.
struct Attachment {
  std::string content_type;
  std::int64_t size = 0;  // bytes
  std::string hash;       // SHA-1 in base64, as FHIR has it
  std::string url;        // opaque
  friend auto operator<=>(const Attachment&, const Attachment&) = default;
};

using Value = std::variant<bool, std::int64_t, double, Date, std::string, Coding, Quantity, PartialDate, Attachment>;

enum class Operator { kExists, kEqual, kNotEqual, kGreater, kLess, kAtLeast, kAtMost };

// "exists", "=", "!=", ">", "<", ">=", "<="
std::optional<Operator> parse_operator(std::string_view text);

// `wanted` is a bool for kExists. Values of different types are never equal and never ordered.
bool satisfies(std::span<const Value> answers, Operator op, const Value& wanted);

// The FHIR element that carries the value: {"valueBoolean", true} …
std::pair<std::string, json::Value> fhir_value(const Value& value);
std::string text_of(const Value& value);  // canonical, for hashing and explaining

}  // namespace luytre::forms

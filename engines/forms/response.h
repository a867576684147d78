// Response: answers to a form, read from a FHIR R4 QuestionnaireResponse and checked against its Questionnaire.
//
// Every error has the JSON pointer of its place and is reported with all others (at most kMostErrors): unknown linkId
// or element, wrong type, choice that is no option or not in its value set, file that there is not, limits, a question
// answered though it is not enabled, answered twice, required but missing (pointer of the list it should be in; params
// linkId). Texts are tidied (NFC, no control characters) and counted in code points.
//
// `normal` holds what the form understood and nothing else, in the form's order: two responses that say the same have
// the same normal form, and it reads back to itself. Bounded work on hostile input: the depth follows the form, lists
// are limited to kMostItems.

#pragma once

#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "engines/forms/questionnaire.h"
#include "platform/base/result.h"

namespace luytre::forms {

inline constexpr std::size_t kMostErrors = 50;
inline constexpr std::size_t kMostItems = 100;  // of one list in a response

// By linkId; of a repeating group's questions, the answers of all instances in order. Unanswered questions are absent.
using Answers = std::map<std::string, std::vector<Value>, std::less<>>;

struct Response {
  Answers answers;
  json::Object normal;
};

// What a code of a value set is. Nothing: it is not in it.
struct Concept {
  Coding coding;
  std::string display;  // kept with the answer, so that it can be read when the list has changed
};
using ValueSets = std::function<std::optional<Concept>(std::string_view value_set, const Coding& given)>;

inline constexpr std::size_t kCodeMost = 64;  // bytes of such a code

// What is kept of a file that an answer names; of what is given only `url` counts, unless whoever is asked says
// otherwise. Nothing: there is no such file.
using Files = std::function<std::optional<Attachment>(const Attachment& given)>;

inline constexpr std::size_t kFileTextMost = 128;  // bytes of each text about a file

// linkIds of questions that may stay open though they are required, because whoever answered was not asked them.
using Unasked = std::set<std::string, std::less<>>;

// Errors: invalid (with fields); `pointer` is where the response stands in the request's body.
Result<Response> read_response(const Questionnaire& form, const json::Value& response, const std::string& pointer = "",
                               const Unasked& unasked = {}, const ValueSets& value_sets = {}, const Files& files = {});
// The normal form of what was taken before: what is required, in a value set or a file was looked at then.
Result<Response> read_kept(const Questionnaire& form, const json::Value& normal);

}  // namespace luytre::forms

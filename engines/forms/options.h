// Options: a form as it is served, with the codes of its value sets as options of its own (FHIR R4 lets a choice have
// one of the two). What the form says is unchanged, and so are the answers that it takes. A list that everybody has
// (the countries) stays a name: hundreds of options would weigh more than all the rest.

#pragma once

#include <vector>

#include "engines/forms/response.h"

namespace luytre::forms {

// Everything in a value set, in the order in which it is offered. Nothing: it stays a name.
using ValueSetList = std::function<std::optional<std::vector<Concept>>(std::string_view value_set)>;

// `document` is one that read_questionnaire() takes.
void put_options(json::Value& document, const ValueSetList& list);

}  // namespace luytre::forms

// Translations: texts of a form or rule set in a further language, kept in a file of their own, because the dated file
// itself never changes.
//
// File: {"of": id, "version" (of a form), "language": "lo", "texts": {name: {"vi", "en", "lo"}}}. vi and en are there
// for whoever translates and are not read; an empty text is one that nobody has translated yet. Names: "title"; of a
// form "item:LINKID" and "option:LINKID:CODE"; of a rule set "otherwise", "rule:CODE" and "next:CODE". A name that the
// form does not have refuses the file: it was made for another form.

#pragma once

#include <string>
#include <string_view>

#include "platform/base/json.h"

namespace luytre::forms {

// `document` (a Questionnaire or a rule set, already read once without error) with the texts of `translation`: a form
// by FHIR's translation extension. Answers how many texts it took. Throws FormError.
std::size_t translate(json::Value& document, const json::Value& translation);

// The translation file of a document, to be filled in: what the document says already in `language` is in it.
json::Value skeleton(const json::Value& document, const std::string& language);

}  // namespace luytre::forms

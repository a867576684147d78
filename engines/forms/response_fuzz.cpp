// Whatever bytes come as a response: no crash, and what is accepted reads back to itself, also as kept.

#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "engines/forms/response.h"
#include "engines/forms/rules.h"

namespace {

constexpr std::string_view kForm = R"json({
  "resourceType": "Questionnaire", "id": "f", "url": "urn:f", "version": "1", "status": "active", "language": "vi", "title": "F",
  "code": [{"code": "f"}], "effectivePeriod": {"start": "2021-04-30"},
  "item": [
    {"linkId": "b", "type": "boolean", "text": "b", "required": true},
    {"linkId": "t", "type": "text", "text": "t", "enableWhen": [{"question": "b", "operator": "=", "answerBoolean": true}]},
    {"linkId": "g", "type": "group", "text": "g", "repeats": true, "item": [
      {"linkId": "s", "type": "string", "text": "s"}, {"linkId": "d", "type": "date", "text": "d"},
      {"linkId": "p", "type": "date", "text": "p", "extension": [{"url": "urn:luytre:extension:date-precision", "valueCode": "year"}]},
      {"linkId": "q", "type": "quantity", "text": "q", "extension": [{"url": "http://hl7.org/fhir/StructureDefinition/questionnaire-unit",
       "valueCoding": {"system": "http://unitsofmeasure.org", "code": "Cel", "display": "C"}}]},
      {"linkId": "n", "type": "decimal", "text": "n"}, {"linkId": "i", "type": "integer", "text": "i"},
      {"linkId": "o", "type": "open-choice", "text": "o", "repeats": true,
       "answerOption": [{"valueCoding": {"code": "x", "display": "x"}}]},
      {"linkId": "v", "type": "open-choice", "text": "v", "repeats": true, "answerValueSet": "urn:v"}]},
    {"linkId": "f", "type": "attachment", "text": "f"}]})json";

std::optional<luytre::forms::Concept> concept_of(std::string_view, const luytre::forms::Coding& given) {
  if (given.code != "x") return std::nullopt;
  return luytre::forms::Concept{{"urn:v", "x"}, "X"};
}

std::optional<luytre::forms::Attachment> file_of(const luytre::forms::Attachment& given) {
  if (given.url != "urn:x") return std::nullopt;
  return luytre::forms::Attachment{"image/jpeg", 9, "eA==", "urn:x"};
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace luytre;  // NOLINT: a test's brevity
  static const forms::Questionnaire form = forms::read_questionnaire(boost::json::parse(kForm));
  const auto value = json::parse_value({reinterpret_cast<const char*>(data), size});
  if (!value) return 0;
  const auto read = forms::read_response(form, *value, "", {}, concept_of, file_of);
  const auto lenient = forms::read_kept(form, *value);
  if (lenient) {
    const auto again = forms::read_kept(form, lenient->normal);
    if (!again || again->normal != lenient->normal) std::abort();
  }
  if (!read) return 0;
  const auto kept = forms::read_kept(form, read->normal);
  if (!lenient || !kept || kept->normal != read->normal) std::abort();
  const auto again = forms::read_response(form, read->normal, "", {}, concept_of, file_of);
  if (!again || again->normal != read->normal) std::abort();
  return 0;
}

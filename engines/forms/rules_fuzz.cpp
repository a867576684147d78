// Whatever bytes come as a rule set for a form: it is refused with FormError, or read; what was read decides the same
// twice, with a reason and a next step.

#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "engines/forms/rules.h"

namespace {

constexpr std::string_view kForm = R"json({
  "resourceType": "Questionnaire", "id": "f", "url": "urn:f", "version": "1", "status": "active", "language": "vi", "title": "F",
  "code": [{"code": "f"}], "effectivePeriod": {"start": "2021-04-30"},
  "item": [
    {"linkId": "b", "type": "boolean", "text": "b", "required": true},
    {"linkId": "n", "type": "integer", "text": "n", "required": true},
    {"linkId": "d", "type": "date", "text": "d", "required": true},
    {"linkId": "c", "type": "choice", "text": "c", "required": true,
     "answerOption": [{"valueCoding": {"code": "x", "display": "x"}}, {"valueCoding": {"code": "y", "display": "y"}}]}]})json";

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace luytre;  // NOLINT: a test's brevity
  static const forms::Questionnaire form = forms::read_questionnaire(boost::json::parse(kForm));
  static const forms::Answers answers{{"b", {true}},
                                      {"n", {std::int64_t{3}}},
                                      {"d", {make_date(2021, 5, 1)}},
                                      {"c", {form.items[3].options[0].coding}}};
  const auto value = json::parse_value({reinterpret_cast<const char*>(data), size});
  if (!value) return 0;
  try {
    const forms::RuleSet rules = forms::read_rule_set(*value, form);
    const forms::Outcome one = forms::decide(rules, answers), other = forms::decide(rules, answers);
    if (one.colour != other.colour || one.inputs != other.inputs || one.reasons.empty() || one.next_step_text.empty())
      std::abort();
    if (rules.rhythm) static_cast<void>(forms::due_on(*rules.rhythm, make_date(2021, 5, 1)));
  } catch (const forms::FormError&) {
  }
  return 0;
}

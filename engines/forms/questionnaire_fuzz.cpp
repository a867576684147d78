// Whatever bytes come as a form: it is refused with FormError, or read; what was read can be answered, and a skeleton
// of its texts, filled in, is taken.

#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "engines/forms/response.h"
#include "engines/forms/translations.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace luytre;  // NOLINT: a test's brevity
  auto value = json::parse_value({reinterpret_cast<const char*>(data), size});
  if (!value) return 0;
  try {
    const forms::Questionnaire form = forms::read_questionnaire(*value);
    for (const forms::Item& item : form.items)
      if (item.risk && item.preset) std::abort();
    static const auto empty =
        boost::json::parse(R"({"resourceType": "QuestionnaireResponse", "status": "completed", "item": []})");
    static_cast<void>(forms::read_response(form, empty));

    json::Value filled = forms::skeleton(*value, "lo");
    for (auto& text : filled.at("texts").get_object()) text.value().get_object()["lo"] = "x";
    forms::translate(*value, filled);
    forms::read_questionnaire(*value);
  } catch (const forms::FormError&) {
  }
  return 0;
}

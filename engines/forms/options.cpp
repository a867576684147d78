#include "engines/forms/options.h"

namespace luytre::forms {
namespace {

json::Array options_of(const std::vector<Concept>& concepts) {
  json::Array out;
  for (const Concept& one : concepts) {
    json::Object coding;
    if (!one.coding.system.empty()) coding["system"] = one.coding.system;
    coding["code"] = one.coding.code;
    coding["display"] = one.display;
    out.push_back(json::Object{{"valueCoding", std::move(coding)}});
  }
  return out;
}

void visit(json::Object& parent, const ValueSetList& list) {
  auto* items = parent.if_contains("item");
  if (!items) return;
  for (json::Value& value : items->get_array()) {
    json::Object& item = value.get_object();
    if (const auto* name = item.if_contains("answerValueSet")) {
      if (const auto concepts = list(name->get_string())) {
        item.erase("answerValueSet");
        item["answerOption"] = options_of(*concepts);
      }
    }
    visit(item, list);
  }
}

}  // namespace

void put_options(json::Value& document, const ValueSetList& list) {
  visit(document.get_object(), list);
}

}  // namespace luytre::forms

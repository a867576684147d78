#include "modules/laboratory/fhir_parts.h"

#include <algorithm>

#include "modules/laboratory/impl.h"

namespace luytre::laboratory::fhir {
namespace {

using json::Array;
using json::Object;
using json::Value;

constexpr std::size_t kIdentifierMost = 200;
constexpr std::size_t kTubesMeant = 20;  // identifiers of one specimen
constexpr std::size_t kDayLength = 10;

// An instant or a dateTime; of a year or a month alone nothing.
std::optional<Time> time_of(const std::string& text) {
  if (text.size() == kDayLength) {
    const auto day = parse_date(text);
    return day ? std::optional(Time{local_midnight(*day), true}) : std::nullopt;
  }
  const auto at = parse_instant(text);
  return at ? std::optional(Time{*at, false}) : std::nullopt;
}

}  // namespace

const Object* object_in(const Object& in, std::string_view name) {
  const Value* found = in.if_contains(name);
  return found ? found->if_object() : nullptr;
}

std::string text_in(const Object& in, std::string_view name) {
  const Value* found = in.if_contains(name);
  const auto* text = found ? found->if_string() : nullptr;
  return text && text->size() <= kIdentifierMost ? std::string(*text) : std::string();
}

std::vector<const Object*> list_in(const Object& in, std::string_view name) {
  std::vector<const Object*> out;
  const Value* found = in.if_contains(name);
  const Array* all = found ? found->if_array() : nullptr;
  if (!all) return out;
  for (const Value& one : *all) {
    if (out.size() == kListMost) break;
    if (const Object* object = one.if_object()) out.push_back(object);
  }
  return out;
}

bool is(const Object& resource, std::string_view type) {
  return text_in(resource, "resourceType") == type;
}

void Message::know(const Object& resource, const std::string& full_url) {
  if (!full_url.empty()) by_name.emplace(full_url, &resource);
  const std::string id = text_in(resource, "id");
  if (!id.empty()) by_name.emplace(text_in(resource, "resourceType") + '/' + id, &resource);
}

const Object* Message::find(const Object& reference, const Object& among) const {
  const std::string name = text_in(reference, "reference");
  if (name.starts_with('#')) {
    for (const Object* one : list_in(among, "contained"))
      if (text_in(*one, "id") == name.substr(1)) return one;
    return nullptr;
  }
  const auto found = by_name.find(name);
  return found == by_name.end() ? nullptr : found->second;
}

std::optional<Time> time_in(const Object& resource) {
  if (auto issued = time_of(text_in(resource, "issued"))) return issued;
  if (auto effective = time_of(text_in(resource, "effectiveDateTime"))) return effective;
  const Object* period = object_in(resource, "effectivePeriod");
  if (!period) return std::nullopt;
  auto end = time_of(text_in(*period, "end"));
  return end ? end : time_of(text_in(*period, "start"));
}

void add_identifier(std::vector<std::string>& out, const Object* identifier) {
  if (!identifier || out.size() >= kTubesMeant) return;
  const auto code = barcode(text_in(*identifier, "value"));
  if (code && std::find(out.begin(), out.end(), *code) == out.end()) out.push_back(*code);
}

void add_specimen(std::vector<std::string>& out, const Object& specimen) {
  for (const Object* container : list_in(specimen, "container"))
    for (const Object* one : list_in(*container, "identifier")) add_identifier(out, one);
  for (const Object* one : list_in(specimen, "identifier")) add_identifier(out, one);
  add_identifier(out, object_in(specimen, "accessionIdentifier"));
}

std::string identity_of(const Object& resource) {
  for (const Object* one : list_in(resource, "identifier")) {
    const std::string value = text_in(*one, "value");
    if (!value.empty()) return text_in(*one, "system") + '|' + value;
  }
  return "";
}

}  // namespace luytre::laboratory::fhir

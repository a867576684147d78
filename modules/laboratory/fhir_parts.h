// What a FHIR message is made of, read without trust: what has another form than wanted is as if it were not there.

#pragma once

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "platform/base/json.h"

namespace luytre::laboratory::fhir {

const json::Object* object_in(const json::Object& in, std::string_view name);
std::string text_in(const json::Object& in, std::string_view name);  // empty: none, or too long for a name or code
// The objects of a list, the first kListMost; what is none is passed over.
inline constexpr std::size_t kListMost = 200;
std::vector<const json::Object*> list_in(const json::Object& in, std::string_view name);
bool is(const json::Object& resource, std::string_view type);

// The resources of a Bundle, by fullUrl and by type and id; the first of a name counts.
struct Message {
  std::unordered_map<std::string, const json::Object*> by_name;

  void know(const json::Object& resource, const std::string& full_url);
  // `among`: the resource whose contained ones "#id" means. References out of the message find nothing.
  const json::Object* find(const json::Object& reference, const json::Object& among) const;
};

struct Time {
  Instant at;
  bool whole_day = false;
};

// When a result was issued, else the effective time, else the end of the effective period. Of a year or a month alone
// nothing.
std::optional<Time> time_in(const json::Object& resource);

// Barcodes that identifiers may mean, each once.
void add_identifier(std::vector<std::string>& out, const json::Object* identifier);
void add_specimen(std::vector<std::string>& out, const json::Object& specimen);

std::string identity_of(const json::Object& resource);  // "system|value" of the first identifier that has a value

}  // namespace luytre::laboratory::fhir

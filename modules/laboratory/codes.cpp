#include "modules/laboratory/codes.h"

#include <algorithm>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace luytre::laboratory {
namespace {

[[noreturn]] void refuse(const std::filesystem::path& file, const std::string& why) {
  throw std::runtime_error(file.string() + ": " + why);
}

template <class T>
bool in_force(const T& entry, Date day) {
  return entry.from <= day && (!entry.to || day < *entry.to);
}

template <class T>
const T* first(const std::vector<T>& entries, auto&& fits) {
  const auto found = std::find_if(entries.begin(), entries.end(), fits);
  return found == entries.end() ? nullptr : &*found;
}

template <class T>
const T* known(const std::vector<T>& entries, std::string_view system, std::string_view code, Date day) {
  return first(entries, [&](const T& one) { return one.code == code && one.system == system && in_force(one, day); });
}

// Two meanings of one code on one day.
template <class T>
void check(const std::filesystem::path& file, const std::vector<T>& entries) {
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const T& one = entries[i];
    if (one.system.empty() || one.code.empty() || one.display.empty() || one.source.empty())
      refuse(file, one.code + ": system, code, display and source wanted");
    if (one.to && *one.to <= one.from) refuse(file, one.code + ": ends before it begins");
    for (std::size_t k = 0; k < i; ++k) {
      const T& other = entries[k];
      const bool apart = (other.to && *other.to <= one.from) || (one.to && *one.to <= other.from);
      if (other.code == one.code && other.system == one.system && !apart) refuse(file, one.code + ": twice");
    }
  }
}

}  // namespace

const MethodCode* Codes::method(std::string_view system, std::string_view code, Date day) const {
  return known(methods, system, code, day);
}

const CtCode* Codes::ct(std::string_view system, std::string_view code, Date day) const {
  return known(cts, system, code, day);
}

const LineageCode* Codes::lineage(std::string_view system, std::string_view code, Date day) const {
  return known(lineages, system, code, day);
}

const OutcomeCode* Codes::outcome(std::string_view system, std::string_view code, Date day) const {
  return known(outcomes, system, code, day);
}

const MethodCode* Codes::of(Method method, std::string_view disease, Date day) const {
  const auto named = [&](const MethodCode& one) {
    return one.method == method && one.disease == disease && in_force(one, day);
  };
  if (const auto* found = first(methods, named)) return found;
  return first(methods,
               [&](const MethodCode& one) { return one.method == method && !one.disease && in_force(one, day); });
}

const CtCode* Codes::ct_of(std::string_view disease, Date day) const {
  return first(cts, [&](const CtCode& one) { return one.disease == disease && in_force(one, day); });
}

const LineageCode* Codes::lineage_of(std::string_view disease, Date day) const {
  return first(lineages, [&](const LineageCode& one) { return one.disease == disease && in_force(one, day); });
}

const OutcomeCode* Codes::of(Outcome outcome, Date day) const {
  return first(outcomes, [&](const OutcomeCode& one) { return one.outcome == outcome && in_force(one, day); });
}

Codes read_codes(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) refuse(file, "cannot be read");
  std::ostringstream text;
  text << in.rdbuf();
  auto codes = json::parse<Codes>(text.str());
  if (!codes) {
    const auto& fields = codes.error().fields;
    refuse(file, fields.empty() ? codes.error().code : fields.front().pointer + " " + fields.front().code);
  }
  if (codes->id.empty() || codes->licences.empty()) refuse(file, "id and licences wanted");
  check(file, codes->methods);
  check(file, codes->cts);
  check(file, codes->lineages);
  check(file, codes->outcomes);
  return std::move(*codes);
}

}  // namespace luytre::laboratory

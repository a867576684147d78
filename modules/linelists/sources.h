// The order in which the lists that we write are read back whole: who infected somebody stands before them.

#pragma once

#include <map>
#include <set>
#include <vector>

#include "modules/cases/cases.h"

namespace luytre::linelists {

// Else as they stand; each once. A case has an id and perhaps a source.
template <class Case>
std::vector<const Case*> sources_first(const std::vector<Case>& all) {
  std::map<CaseId, const Case*> by_id;
  for (const Case& one : all) by_id.emplace(one.id, &one);
  std::vector<const Case*> out;
  std::set<CaseId> placed;
  for (const Case& one : all) {
    std::vector<const Case*> chain;
    for (const Case* at = &one; at && placed.insert(at->id).second;) {
      chain.push_back(at);
      const auto source = at->source ? by_id.find(*at->source) : by_id.end();
      at = source == by_id.end() ? nullptr : source->second;
    }
    out.insert(out.end(), chain.rbegin(), chain.rend());
  }
  return out;
}

}  // namespace luytre::linelists

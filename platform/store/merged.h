// Merged: a list of several units or places is a look into an index for each, put together.

#pragma once

#include <algorithm>
#include <cstddef>
#include <span>
#include <vector>

#include "platform/store/session.h"

namespace luytre::store {

// What the looks answer, in order, each once, the first `most`: each look must give its own first `most`.
template <class T>
std::vector<T> merged(Session& session, const Query& query, std::span<const Row> looks, std::size_t most) {
  std::vector<T> out;
  if (looks.empty()) return out;
  for (const auto& found : session.each<T>(query, looks)) out.insert(out.end(), found.begin(), found.end());
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  if (out.size() > most) out.resize(most);
  return out;
}

}  // namespace luytre::store

// Rows of many units in one order: a short look into an index for each unit.

#pragma once

#include <algorithm>
#include <span>
#include <vector>

#include "platform/base/id.h"
#include "platform/store/session.h"

namespace luytre::laboratory::storage {

struct ById {
  template <class T>
  bool operator()(const T& a, const T& b) const {
    return a.id < b.id;
  }
};

// `query`: of a unit ($1), with `more`, and at most so many (the last parameter, unless it is a literal: then it is one
// statement for all units on PostgreSQL), in the order of `before`.
template <class T, class Before = ById>
std::vector<T> of_units(store::Session& session, const store::Query& query, std::span<const UnitId> units,
                        const store::Row& more, std::size_t most, const Before& before = {}, bool literal = false) {
  std::vector<store::Row> looks;
  for (const UnitId unit : units) {
    store::Row& look = looks.emplace_back(store::Row{store::to_value(unit)});
    look.insert(look.end(), more.begin(), more.end());
    if (!literal) look.push_back(store::to_value(most));
  }
  std::vector<T> out;
  if (looks.empty()) return out;
  for (auto& found : session.each<T>(query, looks))
    out.insert(out.end(), std::make_move_iterator(found.begin()), std::make_move_iterator(found.end()));
  std::sort(out.begin(), out.end(), before);
  if (out.size() > most) out.resize(most);
  return out;
}

}  // namespace luytre::laboratory::storage

// Paged: a page of a list over many units, each of which has an index of the list's order.
//
// Of each unit there is a short look, the answers are put together, and whoever filled its look and may have more of
// the page is looked at again, deeper. The first looks take about what a unit may be expected to give: where few rows
// fit the filter, each line more is many that are passed over. Their limits are literals, so that they are one
// statement for all units on PostgreSQL.

#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <vector>

#include "platform/store/session.h"

namespace luytre::store {

inline constexpr std::array<std::size_t, 5> kLooks{0, 2, 8, 64, 512};  // what a query must know as literals

// The same of a list over everything, which is one look: its parameters but how many.
template <class Spot>
std::vector<Spot> one_look(Session& session, const Query& query, Row look, std::size_t most) {
  look.push_back(to_value(most));
  const std::vector<Row> looks{std::move(look)};
  auto answers = session.each<Spot>(query, looks);
  return std::move(answers.front());
}

// What a list is read by. `Spot` says where a row stands: it has an `id`, and `before` orders it.
//   query(kind, first)     the look, of `first` rows as a literal; of 0: as many as its last parameter says
//   row(unit, spot)        its parameters but that one: the unit at that place, rows after the spot
//   before(a, b)           the order of the list
// `kinds`: so many looks into each unit, such as of where somebody lives and of who reported it.
template <class Spot, class Query, class Row, class Before>
std::vector<Spot> paged(Session& session, std::size_t kinds, std::size_t units, std::size_t most, const Spot& start,
                        const Query& query, const Row& row, const Before& before) {
  struct Open {
    std::size_t unit;
    Spot after;  // read so far
  };
  std::vector<Open> all;
  for (std::size_t unit = 0; unit < units; ++unit) all.push_back({unit, start});
  std::vector<std::vector<Open>> open(kinds, all);
  std::vector<std::size_t> rounds;
  for (const std::size_t first : kLooks)
    if (first > 0 && first * units >= most && first < most) rounds.push_back(first);
  rounds.push_back(0);

  std::vector<Spot> out;
  for (const std::size_t first : rounds) {
    std::vector<std::vector<std::vector<Spot>>> found(kinds);
    for (std::size_t kind = 0; kind < kinds; ++kind) {
      if (open[kind].empty()) continue;
      std::vector<store::Row> looks;
      for (const Open& one : open[kind]) {
        store::Row& look = looks.emplace_back(row(one.unit, one.after));
        if (first == 0) look.push_back(to_value(most));
      }
      found[kind] = session.each<Spot>(query(kind, first), looks);
      for (const auto& of_one : found[kind]) out.insert(out.end(), of_one.begin(), of_one.end());
    }
    // Somebody's areas may overlap, and a row may be found by several kinds of look.
    std::sort(out.begin(), out.end(), before);
    out.erase(std::unique(out.begin(), out.end(), [](const Spot& a, const Spot& b) { return a.id == b.id; }),
              out.end());
    if (out.size() > most) out.resize(most);
    for (std::size_t kind = 0; kind < kinds; ++kind) {
      std::vector<Open> more;
      for (std::size_t i = 0; first > 0 && i < open[kind].size(); ++i) {
        const std::vector<Spot>& of_one = found[kind][i];
        if (of_one.size() >= first && (out.size() < most || before(of_one.back(), out.back())))
          more.push_back({open[kind][i].unit, of_one.back()});
      }
      open[kind] = std::move(more);
    }
  }
  return out;
}

}  // namespace luytre::store

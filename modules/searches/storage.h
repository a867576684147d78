// SQL of the searches room.

#pragma once

#include "modules/searches/searches.h"
#include "platform/geography/within.h"

namespace luytre::searches::storage {

struct SearchRow {
  SearchId id;
  PersonId person;
  UnitId home;  // where the person lived when the search was given
  UnitId unit;  // whose tracers are asked
  Instant given;
  AccountId given_by;
  Instant due;
  State state = State::kOpen;
  store::Bytes detail;
  std::optional<Instant> met;
  std::optional<Instant> ended;
};
BOOST_DESCRIBE_STRUCT(SearchRow, (), (id, person, home, unit, given, given_by, due, state, detail, met, ended))

void insert(store::Session& session, const SearchRow& row);
void update(store::Session& session, const SearchRow& row);  // state, detail, met, ended
std::optional<SearchRow> find(store::Session& session, SearchId id);

// Where a search stands in the list of those given.
struct Spot {
  std::int64_t at = 0;
  SearchId id;
  friend auto operator<=>(const Spot&, const Spot&) = default;
};
BOOST_DESCRIBE_STRUCT(Spot, (), (at, id))

struct PageSearch {
  geography::Within of;  // where the people live
  std::optional<State> state;
  Instant ended_since;
  Sort sort = Sort::kUrgent;
  bool descending = true;
};
// Costs a short look into the index of its order for each unit.
std::vector<SearchRow> page(store::Session& session, const PageSearch& search, const Spot& after, std::size_t most);
Spot spot_of(const SearchRow& row, Sort sort);
const store::Query& page_query(Sort sort, bool descending, bool everywhere);  // for tests: how a page is read

struct ErrandSearch {
  geography::Within of;  // whose tracers are asked
  std::optional<State> state;
  Instant due_since, ended_since;  // else it is gone from their lists
};
// The most urgent first. Costs a short look into the index of urgency for each unit, which passes over what was
// withdrawn since and, of one state, what is of others.
std::vector<SearchRow> errands(store::Session& session, const ErrandSearch& search, const Spot& after,
                               std::size_t most);
const store::Query& errand_query(bool everywhere);  // for tests

std::int64_t lapse(store::Session& session, Instant due_before, Instant now);
std::int64_t forget(store::Session& session, Instant ended_before);
void prove(store::Session& session, std::int64_t id, Instant ran, const std::string& rule, Instant before,
           std::int64_t deleted);

}  // namespace luytre::searches::storage

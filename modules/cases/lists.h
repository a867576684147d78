// Lists of cases: which, in which order, from where on, and how they are found at the price of a page.
//
// A list is read from an index of its order (migration 008), a short look for each unit of the area, put together. A
// filter that few cases of the whole base fit, at most `few`, is looked up by itself instead, and what it finds is
// filtered and sorted here: a rare classification among 500,000 does not read them all, whatever the list is sorted by.
// So are twins, which are found from the merges of records. What is left is read to the end of the area: two filters of
// which each fits many cases and both hardly any.

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "modules/cases/storage.h"

namespace luytre::cases {

inline constexpr std::int64_t kNoOnset = -1'000'000;            // days; as in the SQL
inline constexpr std::int64_t kNoDeadline = 9'000'000'000'000;  // seconds; as in the SQL
inline constexpr std::int64_t kFew = 10'000;

// Where a case stands in a list, as it was then: its deadline may have moved since.
struct Place {
  std::int64_t number = 0;  // of every sort but by number
  std::string text;         // of that one
  CaseId id;
  friend auto operator<=>(const Place&, const Place&) = default;
};

struct Asked {
  Filter filter;
  std::optional<std::vector<CaseId>> among;  // the cases of the outbreak asked for
  std::vector<UnitId> units;
  bool everywhere = false;
  Instant now;
  std::optional<Place> after;
  std::size_t most = 0;
  std::int64_t few = kFew;
};

Sort sort_of(const Filter& filter);
SortOrder order_of(const Filter& filter);

Place place_of(const CaseRow& row, Sort sort);
std::string to_cursor(const Place& at, const Filter& filter);
// Errors: invalid (cursor: format; other_sort: it was given for another one).
Result<Place> parse_place(std::string_view cursor, const Filter& filter);

std::vector<CaseRow> select_cases(store::Session& session, const Asked& asked);

// For tests: how a page is read. Parameters: key and id after which, classification, status, disease, outcome, onset
// from and to, report from and before, 1 for an unknown source, deadline before, the unit unless everywhere, how many.
enum class Scope { kUnit, kReporter, kEverywhere };
const store::Query& list_query(Sort sort, SortOrder order, Scope scope, bool awaiting);

}  // namespace luytre::cases

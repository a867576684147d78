// Searches: people whom police or military tracers are asked to find, and what to ask or tell them.
//
// A health officer gives a search for somebody of the own area to the tracers of a unit. A tracer sees name, year of
// birth, phones, address, the officer's words and until when; never the record's id, a disease, a case, a result or a
// meeting. Words that name a disease or a finding are refused (Parts::not_for_tracers). The tracer's answer ends the
// search; what ended is shown to tracers for kShownAfter more, what nobody answered lapses kLapsesAfter after it was
// due. Rows are deleted kKept after the end, with a proof row.
//
// Giving, every look at a search, and every answer are in the person's access log, with the reason that the officer
// gave. Thread-safe. Publishes nothing.

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "modules/people/people.h"
#include "platform/base/text.h"
#include "platform/base/vault.h"
#include "platform/geography/geography.h"
#include "platform/geography/within.h"
#include "platform/http/router.h"
#include "platform/identity/access.h"
#include "platform/store/database.h"
#include "platform/store/follower.h"

namespace luytre::searches {

using SearchId = Id<struct SearchTag>;

inline constexpr std::chrono::hours kShownAfter{24};
inline constexpr std::chrono::hours kLapsesAfter{3 * 24};
inline constexpr std::chrono::hours kLongest{14 * 24};  // from now until it is due
inline constexpr std::chrono::hours kKept{28 * 24};

enum class State { kOpen, kFound, kNotFound, kElsewhere, kWithdrawn, kLapsed };
BOOST_DESCRIBE_ENUM(State, kOpen, kFound, kNotFound, kElsewhere, kWithdrawn, kLapsed)

struct NewSearch {
  PersonId person;
  UnitId unit;       // whose tracers are asked
  Text<500> ask;     // what to ask or tell
  Text<300> reason;  // why tracers are asked; the person reads it
  Instant due_at;
};
BOOST_DESCRIBE_STRUCT(NewSearch, (), (person, unit, ask, reason, due_at))

// As officers of the area see it.
struct Search {
  SearchId id;
  people::PersonBrief person;
  UnitId unit;
  std::string unit_name;
  std::string ask, reason, given_by;
  Instant given_at, due_at;
  State state = State::kOpen;
  bool overdue = false;  // nobody answered in time: open, or lapsed
  std::optional<Instant> met_at;
  std::optional<std::string> words, answered_by;
};
BOOST_DESCRIBE_STRUCT(Search, (),
                      (id, person, unit, unit_name, ask, reason, given_by, given_at, due_at, state, overdue, met_at,
                       words, answered_by))

// kUrgent: what nobody answered by when it is due, before that what ended by its end; the most urgent is the last.
enum class Sort { kUrgent, kGiven, kDue };
BOOST_DESCRIBE_ENUM(Sort, kUrgent, kGiven, kDue)
enum class Order { kAscending, kDescending };
BOOST_DESCRIBE_ENUM(Order, kAscending, kDescending)

struct GivenFilter {
  std::optional<State> state = std::nullopt;
  std::optional<UnitId> unit = std::nullopt;  // where the person lives, or above
  Sort sort = Sort::kUrgent;
  std::optional<Order> order = std::nullopt;  // absent: ascending for kDue, else descending
};

struct SearchesOut {
  Note<500> reason;
  std::optional<State> state;
  std::optional<Text<4>> format;  // xlsx; else CSV
};
BOOST_DESCRIBE_STRUCT(SearchesOut, (), (reason, state, format))

// As a tracer sees it.
struct Errand {
  SearchId id;
  std::string name;
  std::int64_t birth_year = 0;
  std::vector<std::string> phones;  // E.164
  std::optional<std::string> address;
  std::string home;  // commune and province
  std::string ask;
  Instant due_at;
  State state = State::kOpen;
  bool overdue = false;
};
BOOST_DESCRIBE_STRUCT(Errand, (), (id, name, birth_year, phones, address, home, ask, due_at, state, overdue))

struct ErrandFilter {
  std::optional<State> state = std::nullopt;  // absent: what is to be done, and what was answered within kShownAfter
  std::optional<UnitId> unit = std::nullopt;  // whose tracers are asked, or above
};

// Answer of what changes a search: nothing of the person, as answers of idempotent calls are kept.
struct Standing {
  SearchId id;
  State state = State::kOpen;
};
BOOST_DESCRIBE_STRUCT(Standing, (), (id, state))

enum class Outcome { kFound, kNotFound, kElsewhere };
BOOST_DESCRIBE_ENUM(Outcome, kFound, kNotFound, kElsewhere)

struct Answer {
  Outcome outcome = Outcome::kNotFound;
  std::optional<Text<1000>> words;  // of "elsewhere" required: where
  Instant at;
};
BOOST_DESCRIBE_STRUCT(Answer, (), (outcome, words, at))

inline constexpr ErrorCode kSearchOver{"search_over", 409};

struct Parts {
  store::Database& db;
  const people::People& people;
  const geography::Geography& geography;
  const identity::Access& access;
  const Vault& vault;
  // Names of diseases and the like; compared word by word, and with their diacritics unless the text has none.
  std::vector<std::string> not_for_tracers;
};

namespace storage {
struct SearchRow;
struct PageSearch;
}  // namespace storage

class Searches {
 public:
  explicit Searches(Parts parts);

  // ---- officers of the area where the person lives ----
  // Errors: those of Access::require, not_found, invalid.
  Task<Result<Standing>> give(const Caller& caller, NewSearch asked, std::optional<store::Once> once);
  // Unless sorted otherwise: what is overdue, what is open, what ended last. A cursor goes on with its own sort.
  // Errors: not_permitted, invalid (?cursor).
  Task<Result<http::Page<Search>>> given(const Caller& caller, GivenFilter filter, std::optional<std::string> cursor,
                                         std::size_t limit) const;
  // Of people who live in the unit, the most urgent first, as a file without what was asked or answered in words,
  // marked with who took it out; every person in it is logged. Errors: not_found (the unit), not_permitted,
  // reason_required, list_too_long.
  Task<Result<http::Reply>> take_out(const Caller& caller, UnitId unit, SearchesOut wanted) const;
  // Errors: those of Access::require, not_found, search_over.
  Task<Result<Standing>> withdraw(const Caller& caller, SearchId search);

  // ---- tracers of the unit ----
  // What is open by when it is due, then what was just answered, the last first; everybody shown is logged. Errors:
  // not_permitted, invalid (?cursor: format, other_sort).
  Task<Result<http::Page<Errand>>> errands(const Caller& caller, ErrandFilter filter, std::optional<std::string> cursor,
                                           std::size_t limit) const;
  // Errors: not_permitted, not_found, search_over, invalid.
  Task<Result<Standing>> answer(const Caller& caller, SearchId search, Answer answer, std::optional<store::Once> once);

  store::Recurring retention() const;

 private:
  struct Detail;
  Detail detail(const storage::SearchRow& row) const;
  void seal(storage::SearchRow& row, const Detail& detail) const;
  Search shown(const storage::SearchRow& row, Detail known) const;
  Errand errand(const storage::SearchRow& row, const Detail& known, const people::PersonBrief& brief,
                const people::Contact& contact) const;
  std::vector<FieldError> flaws(const NewSearch& asked) const;
  bool names_health(std::string_view words) const;
  storage::PageSearch search_of(const GivenFilter& filter, geography::Within of) const;
  bool gone(const storage::SearchRow& row) const;  // from the tracers' lists

  Parts parts_;
};

void routes(http::Router& router, Searches& searches);

const std::vector<store::Migration>& migrations();

}  // namespace luytre::searches

// How a page of contacts over cases is read. Within the caller's transaction.

#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "modules/tracing/contact_lists.h"

namespace luytre::tracing {

inline constexpr std::int64_t kFewContacts = 10'000;
inline constexpr std::size_t kFewFollowed = 5'000;  // each of them is then read by itself
inline constexpr std::size_t kLookedAt = 10'000;    // for a page, about, where it is asked how they are followed

// Where a contact stands in a list, as it was then: who has been decided about since stands elsewhere.
struct ContactSpot {
  std::int64_t key = 0;
  CandidateId id;
  friend auto operator<=>(const ContactSpot&, const ContactSpot&) = default;
};
BOOST_DESCRIBE_STRUCT(ContactSpot, (), (key, id))

// What a line is made of, and what lists filter and sort by.
struct ContactRow {
  CandidateId id;
  CaseId case_id;
  PersonId person;
  UnitId unit;
  std::int64_t level = 1;
  Instant exposed_since;
  std::int64_t risk = 0;
  CandidateStatus status = CandidateStatus::kOpen;
  std::optional<Class> assigned_class;
  std::optional<Instant> assigned_at;
  std::string disease;
};
BOOST_DESCRIBE_STRUCT(ContactRow, (),
                      (id, case_id, person, unit, level, exposed_since, risk, status, assigned_class, assigned_at,
                       disease))

struct ContactsAsked {
  ContactFilter filter;
  std::vector<UnitId> units;
  bool everywhere = false;
  std::optional<ContactSpot> after;
  std::size_t most = 0;
  std::int64_t few = kFewContacts;
  std::size_t few_followed = kFewFollowed;
  std::optional<std::size_t> looked_at;  // absent: until there are enough
};

struct ContactsFound {
  std::vector<ContactRow> rows;
  std::optional<ContactSpot> on;  // there may be more after this one, which nobody has looked at
};

ContactSort sort_of(const ContactFilter& filter);
cases::SortOrder order_of(const ContactFilter& filter);
ContactSpot spot_of(const ContactRow& row, ContactSort sort);
std::string to_cursor(const ContactSpot& at, const ContactFilter& filter);
// Errors: invalid (cursor: format; other_sort: it was given for another one).
Result<ContactSpot> parse_spot(std::string_view cursor, const ContactFilter& filter);

// In the order of the list, the first `most` after `after`, or of these as many as `looked_at` allows.
ContactsFound select_contacts(store::Session& session, const ContactsAsked& asked,
                              const ContactLists::FollowUpsOf& follow_ups_of,
                              const ContactLists::FollowedSo& followed_so);

// For tests: how a page is read. Parameters: key and id after which, status, class, level, disease, case, the unit
// unless everywhere, how many.
const store::Query& contact_query(ContactSort sort, cases::SortOrder order, bool everywhere);

}  // namespace luytre::tracing

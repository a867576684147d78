// Contacts over cases: everybody who is a candidate of a case and lives in the reader's area, as one list; of somebody
// who is a contact of several cases each has a line. (Of one case: Tracing::candidates(); what somebody declared:
// declared.h.)
//
// A list is read from an index of its order (migration 022, platform/store/paged.h). A filter that few contacts of the
// whole base fit, at most `few`, is looked up by itself instead. How somebody is followed up is another room's
// knowledge: it is asked for those who few are followed so, and else page by page of what fits otherwise. So that
// nobody waits while a list is read in vain to its end, such a page ends where enough were looked at, with fewer lines
// than asked for or with none, and its cursor goes on from there.
//
// Everybody on a page is in the access log. A file is of one unit, at most kContactsOutMost lines, with a
// reason; every person is in the access log, and the file is marked with who took it out.
//
// The file can be read as a list of contacts (modules/linelists) by another base that has the file of the cases; here,
// where everybody in it is known, officers are asked of each. Whoever met the case itself, found by a trace or
// declared, is then a contact whom a list declared, of the same case. The bounds are the same, as far as the window
// goes that the case has there: from the first exposure to the end of the last shared time that is kept, of more than
// kLongestDeclared the last of it; or the day, of whom a day alone was told. Place and relation are as many of the
// places and of what was told as there is room for, of what was told only for whoever may read the case. Who has become
// a case of the unit has its number as id, everybody else the person's id: a contact of several cases stays one person.
// Not carried over are
// - the evidence behind the bounds (which shared times, devices, seats, doubts) and the risk that follows from it;
// - what officers decided and asked, and the follow-up: officers of the other base ask anew;
// - address, nationality and papers, and the ids, which each base gives itself;
// - who did not meet the case itself: lines of levels above 1, who come of a trace there, and withdrawn ones have no
//   bounds, and reading them back says so. Which contacts named them stands in the line, as those are called in the
//   file, for whoever may read the case.
// Thread-safe.

#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "modules/tracing/tracing.h"
#include "platform/identity/taken_out.h"

namespace luytre::followup {
struct FollowUpTag;
}

namespace luytre::tracing {

inline constexpr std::size_t kContactsOutMost = 5000;

enum class ContactSort { kExposure, kRisk, kDecision };
BOOST_DESCRIBE_ENUM(ContactSort, kExposure, kRisk, kDecision)

// As modules/followup has it; kNone: nobody follows the contact up, or it ended long ago.
enum class Followed { kNone, kOpen, kDone, kReleased, kBecameCase };
BOOST_DESCRIBE_ENUM(Followed, kNone, kOpen, kDone, kReleased, kBecameCase)

struct ContactFollowUp {
  Id<followup::FollowUpTag> id;
  Followed state = Followed::kOpen;
  Date last_day;
};
BOOST_DESCRIBE_STRUCT(ContactFollowUp, (), (id, state, last_day))

// Members whose plain name is a C++ keyword end in an underscore; JSON drops it.
struct ListedContact {
  CandidateId id;
  CaseId case_;
  std::string case_number;
  std::string disease;
  people::PersonBrief person;
  std::int64_t level = 1;
  Instant exposed_since;
  std::int64_t risk = 0;
  CandidateStatus status = CandidateStatus::kOpen;
  std::optional<Class> class_;
  std::optional<Instant> assigned_at;  // when an officer decided the class
  std::optional<ContactFollowUp> follow_up;
};
BOOST_DESCRIBE_STRUCT(ListedContact, (),
                      (id, case_, case_number, disease, person, level, exposed_since, risk, status, class_, assigned_at,
                       follow_up))

struct ContactFilter {
  std::optional<UnitId> unit;  // of residence, or above
  std::optional<CaseId> case_;
  std::optional<std::string> disease;
  std::optional<CandidateStatus> status;
  std::optional<Class> class_;
  std::optional<std::int64_t> level;
  std::optional<Followed> follow_up;
  std::optional<ContactSort> sort;        // absent: by exposure
  std::optional<cases::SortOrder> order;  // absent: the latest and the strongest first
};

struct ContactsOut {
  Note<500> reason;
  std::optional<CaseId> case_;  // one elsewhere has as few as one that is nowhere, but for those who live in the unit
  std::optional<Text<40>> disease;
  std::optional<CandidateStatus> status;
  std::optional<Class> class_;
  std::optional<std::int64_t> level;
  std::optional<Followed> follow_up;
  std::optional<Text<4>> format;  // xlsx; else CSV
};
BOOST_DESCRIBE_STRUCT(ContactsOut, (), (reason, case_, disease, status, class_, level, follow_up, format))

using identity::kListTooLong;

struct ContactRow;  // contact_lists_read.h

class ContactLists {
 public:
  // How these contacts are followed up, each: in their order.
  using FollowUpsOf =
      std::function<std::vector<std::optional<ContactFollowUp>>(store::Session&, std::span<const CandidateId>)>;
  // All that are followed so (not kNone), if so many follow-ups at most are; nothing: there are more.
  using FollowedSo =
      std::function<std::optional<std::vector<CandidateId>>(store::Session&, Followed state, std::size_t most)>;

  struct Parts {
    store::Database& db;
    const people::People& people;
    const geography::Geography& geography;
    const identity::Access& access;
    const Clock& clock;
    FollowUpsOf follow_ups_of;
    FollowedSo followed_so;
    const places::Places* places = nullptr;  // absent: files name no places
    const Vault* vault = nullptr;            // absent: nor what was told of a contact
  };
  explicit ContactLists(Parts parts) : parts_(std::move(parts)) {}

  // Of the caller's area. A cursor goes on with the sort it was given for. Errors: not_permitted, invalid (cursor:
  // format, other_sort).
  Task<Result<http::Page<ListedContact>>> list(const Caller& caller, ContactFilter filter,
                                               std::optional<std::string> cursor, std::size_t limit);
  // The latest exposure first. Errors: not_permitted, reason_required, list_too_long.
  Task<Result<http::Reply>> take_out(const Caller& caller, UnitId unit, ContactsOut asked);

 private:
  std::vector<ListedContact> page(store::Session& session, std::span<const ContactRow> rows) const;
  Parts parts_;
};

void routes(http::Router& router, ContactLists& lists);

}  // namespace luytre::tracing

// Declared contacts: who was with a case by what somebody told: the person in an interview, a list, an officer's own
// knowledge. DESIGN 5: the interval that was stated, else the local day; it needs no shortest time, no registered place
// and no decision in force, because nobody is followed by it. It is written down for a suspect, too, at once a
// candidate of level 1 with evidence *declared*, and a task of the commune where the contact lives. Where a trace runs
// it is a tie like a shared home (ties.h): a trace finds it again at whatever level, and what lies outside of the
// infectious window is no exposure.
//
// It stands until it is withdrawn, with a reason; who wrote and withdrew it stays (tracing_declared_step). One of a
// milestone stands and goes with the milestone alone. With a discarded case none stands; when that is undone they do
// again. Where it was and how they know each other are sealed; stations that have the contact alone do not read them.
//
// Whom a contact met since their exposure they tell, too, before anybody knows whether they fall ill (named.cpp). It is
// written down of that contact, by whoever has the contact, and makes those people contacts of the same case one level
// further away, as far as its rule set goes; they go with whoever named them. When that one becomes a case, they are
// contacts of the new case. It stands then even if the first case is discarded: it is about the two of them.
//
// Publishes contact.declared, contact.withdrawn (subject: the declared contact, of a list one for each case at a time;
// unit: the case's).

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "modules/tracing/tracing.h"

namespace luytre::tracing {

inline constexpr std::size_t kMostDeclared = 2000;              // of one case, withdrawn ones among them
inline constexpr std::chrono::hours kLongestDeclared{31 * 24};  // of a stated interval
inline constexpr std::chrono::minutes kDeclaredSkew{2};         // how far a device's clock may be ahead

struct NewContact {
  std::optional<PersonId> person;  // one of person and newPerson
  std::optional<people::NewPerson> new_person;
  std::optional<Date> day;  // the whole local day; else both bounds
  std::optional<Instant> from, to;
  HowTold how = HowTold::kOfficer;
  std::optional<Text<200>> where;     // in words
  std::optional<Text<120>> relation;  // of the contact to the case, in words
  std::optional<bool> none_of_these;  // of newPerson: the officer saw who may be the same, and it is none of them
};
BOOST_DESCRIBE_STRUCT(NewContact, (), (person, new_person, day, from, to, how, where, relation, none_of_these))

struct ContactStep {
  Instant at;
  std::string by;
  bool stands = true;  // it was written down, or put up again; else withdrawn
  std::optional<std::string> reason;
};
BOOST_DESCRIBE_STRUCT(ContactStep, (), (at, by, stands, reason))

struct DeclaredContact {
  DeclaredId id;
  CaseId case_;
  people::PersonBrief person;
  std::optional<CandidateId> candidate;  // absent: it makes nobody a candidate as the case is
  Instant from, to;
  bool whole_day = false;
  HowTold how = HowTold::kOfficer;
  bool of_milestone = false;  // stands and goes with it
  std::optional<std::string> where, relation;
  bool withdrawn = false;
  std::vector<ContactStep> steps;  // oldest first
  std::int64_t version = 1;
  std::optional<CandidateId> named_by;  // the contact who told of them; absent: declared of the case itself
};
BOOST_DESCRIBE_STRUCT(DeclaredContact, (),
                      (id, case_, person, candidate, from, to, whole_day, how, of_milestone, where, relation, withdrawn,
                       steps, version, named_by))

inline constexpr ErrorCode kContactDeclared{"contact_declared", 409};  // the same is there, and stands
inline constexpr ErrorCode kContactOutsideWindow{"contact_outside_window", 409};
inline constexpr ErrorCode kContactBeforeExposure{"contact_before_exposure", 409};  // params: since
inline constexpr ErrorCode kContactOfMilestone{"contact_of_milestone", 409};        // is changed in the interview
inline constexpr ErrorCode kContactSettled{"contact_settled", 409};                 // is withdrawn, or stands, already
inline constexpr ErrorCode kTooManyContacts{"too_many_contacts", 409};
inline constexpr ErrorCode kCaseDiscarded{"case_discarded", 409};

// ---- for modules/interviews, within its transaction, unchecked ----

// Who was there, of one milestone, as it is now. Writes what is missing, takes back what is there and not named; true
// if anything changed. Their candidates follow by Tracing::follow_cases().
struct OfMilestone {
  std::int64_t milestone = 0;
  Interval when;
  bool whole_day = false;
  std::optional<std::string> where;
  std::string by_name;
  struct Named {
    PersonId person;
    std::optional<std::string> relation;
  };
  std::vector<Named> people;  // each once; empty: none stands
};
bool declare(store::Session& session, store::Database& db, const Vault& vault, const cases::TracedCase& traced,
             const OfMilestone& what);

// Whether any contact of the milestone stands.
bool declared_stands(store::Session& session, std::int64_t milestone);

}  // namespace luytre::tracing

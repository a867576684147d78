// Follow-up: contacts are asked every day until the danger is over.
//
// When an officer assigns a class for which the disease's file (engines/presence/diseases.h) says for how many days a
// contact is followed, the follow-up of that person for that disease begins: from the day after the last exposure, or
// from today where that is later, to the last exposure and those days. The rule is that of the day of the class; where
// the file tells the immune from others, that of the others, until an officer says that they are, with what proves it.
// Where no rule says how long an officer does, or says that nobody follows (by_hand.h); until then the contact is on
// the list of what nobody has. One person has one follow-up of a disease. Each contact is a reason of it; the longest
// end counts, and when the last reason goes (another class, a case undone or discarded), the person is released.
// Otherwise it ends with its last day.
//
// Each Vietnamese day of it waits for one answer: no symptoms, which symptoms, or not reached, which leaves the day
// waiting. An officer records it after a call or a visit; or the person's own declaration of that day, by a form of the
// disease, does: of that only whether symptoms were declared, and the colour, are kept. What is learnt on a later day
// makes up for the days before, which stay missed in the calendar. A day that passed without an answer makes it the
// task of the level above, too, and another day that of the next (modules/referrals/ladder.h).
//
// Records of one person that officers merged (modules/people/duplicates.h) are followed as one: the follow-up of the
// kept record, if it is open, stands for the others', with all reasons and entries. When the merge is undone they part,
// each with its reasons, and with what its own record declared and what officers wrote of it; what was written of the
// one that stood for both stays there.
//
// Symptoms never make a case: they are offered, and one tap of an officer reports a suspect by modules/cases, with its
// checks. When a case of the person is confirmed, whoever reported it, the follow-up ends with that; when it turns out
// wrong, the follow-up goes on where it was. What it was until then stands beside the case, with the exposures that may
// be its source; an officer decides.
//
// Follows events and writes what is so now, so that reading the feed again changes nothing. Symptoms and notes are
// sealed. Every person shown is in the access log. Deleted kKept after the end. Thread-safe. Publishes followup.began,
// followup.changed, followup.escalated, followup.given, followup.recorded, followup.transferred, followup.taken,
// followup.ended (subject: the follow-up; unit: that which follows, or is to).

#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "modules/cases/cases.h"
#include "modules/declarations/declarations.h"
#include "modules/followup/calendar.h"
#include "modules/people/people.h"
#include "modules/referrals/ladder.h"
#include "modules/staff/staff.h"
#include "modules/tracing/tracing.h"
#include "platform/base/vault.h"
#include "platform/http/router.h"
#include "platform/identity/access.h"
#include "platform/store/database.h"
#include "platform/store/follower.h"

namespace luytre::followup {

using FollowUpId = Id<struct FollowUpTag>;
using EntryId = Id<struct FollowUpEntryTag>;
using TransferId = Id<struct FollowUpTransferTag>;
using referrals::Level;

inline constexpr std::chrono::hours kKept{28 * 24};
inline constexpr std::chrono::hours kClimbsAfter{24};  // this project's own: an answer a day is what is asked for
inline constexpr std::chrono::hours kTakenWithin{4};   // this project's own: a working half-day for each level
inline constexpr std::size_t kGivenAtOnce = 100;
inline constexpr std::size_t kTakenAlong = 100;       // visits of one shift
inline constexpr std::chrono::hours kSentWithin{72};  // this project's own: how late what was noted may reach us
inline constexpr std::size_t kOutMost = 5000;         // lines of one file
inline constexpr std::int64_t kOfferedAfter = 7;  // days; this project's own: symptoms of the last days are offered on

// kBecameCase: the contact is a confirmed case themselves. kJoined: another stands for it, which is what is shown.
enum class State { kOpen, kDone, kReleased, kBecameCase, kJoined };
BOOST_DESCRIBE_ENUM(State, kOpen, kDone, kReleased, kBecameCase, kJoined)
enum class Finding { kNone, kSymptoms, kNotReached };
BOOST_DESCRIBE_ENUM(Finding, kNone, kSymptoms, kNotReached)
enum class Via { kCall, kVisit, kApp };
BOOST_DESCRIBE_ENUM(Via, kCall, kVisit, kApp)
// Why a reason counts no longer: its case is none any more, the contact has another class, or an officer who had said
// for how many days says now that nobody follows.
enum class Gone { kCase, kClass, kOfficer };
BOOST_DESCRIBE_ENUM(Gone, kCase, kClass, kOfficer)

// What an officer said of a contact for whom no rule says how long (by_hand.h).
struct ByHand {
  std::optional<std::int64_t> days;  // from the last exposure; absent: nobody follows
  std::string note;
  std::optional<std::string> source;
  std::string by;
  Instant at;
};
BOOST_DESCRIBE_STRUCT(ByHand, (), (days, note, source, by, at))

// Members whose plain name is a C++ keyword end in an underscore; JSON drops it.
struct Reason {
  tracing::CandidateId candidate;
  CaseId case_;
  std::string case_number;
  tracing::Class class_ = tracing::Class::kF1;
  Date last_exposure;
  std::int64_t days = 0;
  std::string rule;  // the source that the disease's file names; kByOfficer
  Date until;        // the last exposure and the days
  bool counts = true;
  std::optional<Gone> gone;       // of one that does not count
  std::optional<ByHand> by_hand;  // of kByOfficer: as an officer says now
};
BOOST_DESCRIBE_STRUCT(Reason, (),
                      (candidate, case_, case_number, class_, last_exposure, days, rule, until, counts, gone, by_hand))

// Of whom somebody is a contact, suspected or assigned.
struct Exposure {
  tracing::CandidateId candidate;
  CaseId case_;
  std::string case_number;
  std::int64_t level = 1;
  std::optional<tracing::Class> class_;  // absent: suspected, nobody has asked
  Instant exposed_since;
  Instant last_exposure;
  // Beside a case: the caller may record it as the source, as it is of level 1, and the incubation of the disease's
  // file fits onset, or sample.
  bool proposed = false;
};
BOOST_DESCRIBE_STRUCT(Exposure, (),
                      (candidate, case_, case_number, level, class_, exposed_since, last_exposure, proposed))

struct Entry {
  EntryId id;
  Date day;
  Finding finding = Finding::kNone;
  std::vector<std::string> symptoms;  // by the ids of the disease's file (presence::FollowUpSigns)
  Via via = Via::kCall;
  Instant at;
  std::optional<std::string> by;  // of an officer
  std::optional<std::string> note;
  std::optional<forms::Colour> colour;  // of a declaration
  bool replaced = false;
};
BOOST_DESCRIBE_STRUCT(Entry, (), (id, day, finding, symptoms, via, at, by, note, colour, replaced))

enum class TransferState { kWaiting, kTaken, kWithdrawn };
BOOST_DESCRIBE_ENUM(TransferState, kWaiting, kTaken, kWithdrawn)

// To another unit. Withdrawn: another was given meanwhile, it was taken back, or the follow-up ended.
struct Transfer {
  TransferId id;
  UnitId from, to;
  std::string from_name, to_name;
  TransferState state = TransferState::kWaiting;
  Instant at;
  std::string by;
  std::string reason;
  Level level = Level::kStation;  // of the unit that is to take it, or above
  bool escalated = false;
  bool yours = false;  // the caller is to take notice
  std::optional<Instant> ended;
  std::optional<std::string> ended_by;  // absent: by itself
};
BOOST_DESCRIBE_STRUCT(Transfer, (),
                      (id, from, to, from_name, to_name, state, at, by, reason, level, escalated, yours, ended,
                       ended_by))

struct NewTransfer {
  UnitId unit;  // a commune in force; the unit that has it takes back what waits
  Note<1000> reason;
};
BOOST_DESCRIBE_STRUCT(NewTransfer, (), (unit, reason))

enum class ImmunityKind { kVaccinated, kRecovered };
BOOST_DESCRIBE_ENUM(ImmunityKind, kVaccinated, kRecovered)

struct NewImmunity {
  ImmunityKind kind = ImmunityKind::kVaccinated;
  Note<500> proof;  // which paper or record, of which day
};
BOOST_DESCRIBE_STRUCT(NewImmunity, (), (kind, proof))

struct Withdrawal {
  Note<500> reason;
};
BOOST_DESCRIBE_STRUCT(Withdrawal, (), (reason))

struct Immunity {
  ImmunityKind kind = ImmunityKind::kVaccinated;
  std::string proof;
  Instant at;
  std::string by;
  std::optional<Instant> ended;  // taken back
  std::optional<std::string> ended_by, why;
};
BOOST_DESCRIBE_STRUCT(Immunity, (), (kind, proof, at, by, ended, ended_by, why))

struct ImmunitySheet {
  std::optional<presence::Wording> rule;  // who is immune by the rule; absent: no rule tells them from others now
  std::vector<Immunity> said;             // as they came
};
BOOST_DESCRIBE_STRUCT(ImmunitySheet, (), (rule, said))

struct ContactData {
  std::vector<std::string> phones;
  std::optional<std::string> address;
};
BOOST_DESCRIBE_STRUCT(ContactData, (), (phones, address))

struct FollowUp {
  FollowUpId id;
  people::PersonBrief person;
  std::string disease;
  UnitId unit;
  std::string unit_name;
  Date first_day, last_day;  // both included
  State state = State::kOpen;
  std::optional<Instant> ended;
  std::optional<Date> waiting_since;  // the first day without an answer; absent: today has one, or it ended
  std::int64_t missed = 0;            // past days without an answer
  Level level = Level::kStation;
  bool escalated = false;
  bool yours = false;                      // a task of the caller's level, not only seen from above
  bool offered = false;                    // symptoms were recorded, and no case is reported
  std::optional<cases::CaseLink> suspect;  // the case that was reported since
  std::vector<Day> days;
  std::optional<staff::Assignee> assignee;         // absent: nobody's
  std::optional<staff::Lost> lost;                 // whose it was, when that ended
  std::optional<Transfer> transfer;                // that waits to be taken
  std::int64_t joined = 0;                         // so many follow-ups of other records of this person are part of it
  std::optional<std::vector<Reason>> reasons;      // this and what follows: only alone
  std::optional<std::vector<Exposure>> suspected;  // of other cases of the disease, while nobody has asked
  std::optional<std::vector<Entry>> entries;       // oldest first
  std::optional<std::vector<Transfer>> transfers;  // as they came
  std::optional<std::vector<TestDay>> test_days;   // none: the rule asks for no samples
  std::optional<ContactData> contact;
  std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(FollowUp, (),
                      (id, person, disease, unit, unit_name, first_day, last_day, state, ended, waiting_since, missed,
                       level, escalated, yours, offered, suspect, days, assignee, lost, transfer, joined, reasons,
                       suspected, entries, transfers, test_days, contact, version))

// To whom; neither officer nor team: taken back.
struct FollowUpGift {
  std::vector<FollowUpId> follow_ups;  // at most kGivenAtOnce
  std::optional<AccountId> officer;
  std::optional<staff::OfficerTeamId> team;
};
BOOST_DESCRIBE_STRUCT(FollowUpGift, (), (follow_ups, officer, team))

struct FollowUpNotGiven {
  FollowUpId follow_up;
  staff::WhyNot why = staff::WhyNot::kUnknown;
};
BOOST_DESCRIBE_STRUCT(FollowUpNotGiven, (), (follow_up, why))

struct FollowUpsGiven {
  std::vector<FollowUp> items;
  std::vector<FollowUpNotGiven> refused;
};
BOOST_DESCRIBE_STRUCT(FollowUpsGiven, (), (items, refused))

// Of what was noted on a phone without a network, and is sent later.
struct Noted {
  Text<60> key;  // the phone's own: with it, the entry counts once
  Instant at;    // by the phone's clock, as is
  Instant sent;
};
BOOST_DESCRIBE_STRUCT(Noted, (), (key, at, sent))

struct NewEntry {
  Finding finding = Finding::kNone;
  // Of kSymptoms, at least one that the disease's file names, or named on other days, or a general one; kOtherSign
  // needs a note.
  std::vector<std::string> symptoms;
  Via via = Via::kCall;     // not kApp
  std::optional<Date> day;  // absent: today, or the day when it was noted
  std::optional<Note<1000>> note;
  std::optional<EntryId> corrects;  // an officer's entry of this follow-up that was wrong
  std::optional<Noted> noted;
};
BOOST_DESCRIBE_STRUCT(NewEntry, (), (finding, symptoms, via, day, note, corrects, noted))

// The calendar of one contact of a case.
struct OfContact {
  tracing::CandidateId candidate;
  FollowUp follow_up;
};
BOOST_DESCRIBE_STRUCT(OfContact, (), (candidate, follow_up))

// What the person of a case was before. Follow-ups are deleted kKept after their end, exposures with their cases.
struct ContactHistory {
  std::vector<Exposure> exposures;   // proposed ones first, of them the strongest; then the latest
  std::vector<FollowUp> follow_ups;  // newest first
};
BOOST_DESCRIBE_STRUCT(ContactHistory, (), (exposures, follow_ups))

enum class Sort { kWaiting, kLastDay };
BOOST_DESCRIBE_ENUM(Sort, kWaiting, kLastDay)

struct Filter {
  std::optional<UnitId> unit;
  bool escalated = false;
  bool yours = false;
  bool mine = false;  // the caller's own, given or taken
  std::optional<staff::OfficerTeamId> team;
  bool nobodys = false;  // neither an officer's nor a team's
  bool offered = false;  // those with symptoms and no case, instead of those who wait for an answer; kOfferedAfter the
                         // last day, too
  bool to_sample = false;  // those whose day of a sample has come, whatever else was answered; as long after the last
                           // day. Neither `escalated` nor `yours` counts then
  std::optional<std::string> disease;
  std::optional<tracing::Class> class_;   // of a reason that counts
  std::optional<Sort> sort;               // absent: by whom waits since when
  std::optional<cases::SortOrder> order;  // absent: the earliest day first
};

struct FollowUpsOut {
  Note<500> reason;
  std::optional<bool> escalated, nobodys, offered;
  std::optional<Text<40>> disease;
  std::optional<tracing::Class> class_;
  std::optional<Text<4>> format;  // xlsx; else CSV
};
BOOST_DESCRIBE_STRUCT(FollowUpsOut, (), (reason, escalated, nobodys, offered, disease, class_, format))

struct TransfersOut {
  Note<500> reason;
  std::optional<bool> yours;
  std::optional<Text<4>> format;  // xlsx; else CSV
};
BOOST_DESCRIBE_STRUCT(TransfersOut, (), (reason, yours, format))

inline constexpr ErrorCode kFollowUpEnded{"follow_up_ended", 409};
inline constexpr ErrorCode kNotTransferred{"follow_up_not_transferred", 409};  // nothing waits for this unit
inline constexpr ErrorCode kNotTaken{"follow_up_not_taken", 409};       // of another unit, until one's own takes it
inline constexpr ErrorCode kImmunitySaid{"immunity_said", 409};         // it stands
inline constexpr ErrorCode kImmunityNotSaid{"immunity_not_said", 409};  // none stands
inline constexpr ErrorCode kImmunityIdle{"immunity_idle", 422};         // no rule tells the immune from others
inline constexpr ErrorCode kTestDone{"follow_up_test_done", 409};       // a sample, or the word of an officer
inline constexpr ErrorCode kNoSymptoms{"follow_up_no_symptoms", 409};
inline constexpr ErrorCode kNotByHand{"follow_up_not_by_hand", 409};  // a rule says how long, or no class stands

inline constexpr std::string_view kByOfficer = "by officer";  // the rule of a reason that an officer gave the days of

struct HomeVisit;
struct NewByHand;
struct Unruled;

struct Parts {
  store::Database& db;
  const tracing::Tracing& tracing;
  cases::Cases& cases;
  const declarations::Declarations& declarations;
  const people::People& people;
  const geography::Geography& geography;
  const identity::Access& access;
  const Vault& vault;
};

// What an officer may be told of one person. Of an exposure whose case lies elsewhere there is neither id nor number.
struct OfPerson {
  struct Met {
    Exposure exposure;
    std::string disease;
  };
  struct Followed {
    FollowUpId id;
    std::string disease;
    Date first_day, last_day;
    State state = State::kOpen;
  };
  std::vector<Met> exposures;
  std::vector<Followed> follow_ups;
};

class FollowUps {
 public:
  explicit FollowUps(const Parts& parts);
  ~FollowUps();

  store::Following follow();
  store::Following follow_staff();  // what somebody had who is gone is nobody's again
  // Contacts for whom no rule says how long. A follower of its own, so that it begins with the oldest event: also those
  // whose class was given before anybody noted them.
  store::Following follow_unruled();
  store::Recurring watch();       // ends what is over, and calls the next level
  store::Recurring look_again();  // at the contacts of cases that were traced again
  store::Recurring retention();

  // Who waits for an answer, the longest first unless sorted otherwise; every person on the page is logged. A cursor
  // goes on with the sort it was given for. Errors: not_permitted, invalid (cursor: format, other_sort).
  Task<Result<http::Page<FollowUp>>> list(const Caller& caller, Filter filter, std::optional<std::string> cursor,
                                          std::size_t limit);
  // The same as a file, of a unit that the caller answers for, marked with who took it out; with a reason. Errors:
  // not_permitted, reason_required, list_too_long.
  Task<Result<http::Reply>> take_out(const Caller& caller, UnitId unit, FollowUpsOut wanted);
  // With phone, address, reasons and entries. Errors of this and what follows: not_found, those of Access::require.
  Task<Result<FollowUp>> find(const Caller& caller, FollowUpId id);
  // Of the list that has come to the caller's level the first kTakenAlong, with what a visit without a network needs
  // (visits.h); every person is logged. `offered` and `to_sample` count for nothing. Errors: not_permitted.
  Task<Result<http::Page<HomeVisit>>> visits(const Caller& caller, Filter filter);
  // Of the contacts of a case, by candidate: the newest of each. The listing is logged for the case.
  Task<Result<http::Page<OfContact>>> of_case(const Caller& caller, CaseId id, std::optional<std::string> cursor,
                                              std::size_t limit);
  // Of whom the case's person was a contact, and how they were followed until then. The look is logged.
  Task<Result<ContactHistory>> before(const Caller& caller, CaseId id);
  // By any officer of the area, whatever level it has come to. What was noted while it ran is taken kSentWithin, also
  // when it is over meanwhile. Errors: follow_up_ended, follow_up_not_taken, invalid (/day, /symptoms, /via, /note,
  // /corrects, /noted/key).
  Task<Result<FollowUp>> record(const Caller& caller, FollowUpId id, NewEntry entry, std::optional<store::Once> once);
  // That no sample of that day is needed, by the unit that follows. Errors: follow_up_ended, follow_up_not_taken,
  // follow_up_test_done, invalid (/day, /reason).
  Task<Result<FollowUp>> settle_test(const Caller& caller, FollowUpId id, TestSettled said);
  // Asks another commune to follow the person from now on. Until it takes notice the unit that has it goes on; after
  // kTakenWithin the level above the other is called, too. Errors: follow_up_ended, follow_up_not_taken, invalid
  // (/unit, /reason), version_conflict.
  Task<Result<FollowUp>> transfer(const Caller& caller, FollowUpId id, NewTransfer to, std::int64_t version);
  // By the unit it is to go to, or a level it has come to; it is theirs from now on. Errors: follow_up_not_transferred,
  // referral_not_escalated.
  Task<Result<FollowUp>> take(const Caller& caller, FollowUpId id);
  // By whoever answers for the unit that follows, or stands above it; each judged by itself. Errors: not_permitted,
  // invalid (/followUps).
  Task<Result<FollowUpsGiven>> give(const Caller& caller, FollowUpGift gift);
  // Those that wait for units of the own area, by when they were asked for, by the filter's unit, `yours` and order;
  // every person on the page is logged. Errors: not_permitted, invalid (?cursor: format, other_sort).
  Task<Result<http::Page<FollowUp>>> arriving(const Caller& caller, Filter filter, std::optional<std::string> cursor,
                                              std::size_t limit);
  // Those that wait for the unit, the oldest first, as a file marked with who took it out; every person in it is
  // logged. Errors: not_found (the unit), not_permitted, reason_required, list_too_long.
  Task<Result<http::Reply>> take_out_transfers(const Caller& caller, UnitId unit, TransfersOut wanted);
  // What an officer has to say of a contact for whom no rule says how long (by_hand.h), by whoever may see the contact
  // or the case; the look is logged. Errors of both: not_found, those of Access::require, follow_up_not_by_hand.
  Task<Result<Unruled>> unruled(const Caller& caller, tracing::CandidateId id);
  // By whoever answers for the contact's unit: for how many days, or that nobody follows. Again, in other words, as
  // long as the class stands. Errors: invalid (/days, /note, /source), version_conflict.
  Task<Result<Unruled>> say_by_hand(const Caller& caller, tracing::CandidateId id, NewByHand said,
                                    std::int64_t version);
  // Those that a level above was called for, those that wait to be taken, and contacts whom nobody follows as no rule
  // says how long; no people, so not logged.
  std::vector<staff::Waiting> waiting(store::Session& session, const Caller& caller) const;
  // Whether it matters that the person is immune, and what was said of it. The look is logged.
  Task<Result<ImmunitySheet>> immunity(const Caller& caller, FollowUpId id);
  // By the unit that follows them; the end is that of the rule for the immune from now on. Errors: follow_up_ended,
  // follow_up_not_taken, immunity_said, immunity_idle, invalid (/proof), version_conflict.
  Task<Result<FollowUp>> say_immune(const Caller& caller, FollowUpId id, NewImmunity said, std::int64_t version);
  // Errors: the same, immunity_not_said, invalid (/reason).
  Task<Result<FollowUp>> withdraw_immunity(const Caller& caller, FollowUpId id, Withdrawal said, std::int64_t version);
  // Reports the person as a suspect, by the unit that follows them, with the first day of symptoms as onset. Errors:
  // follow_up_not_taken, follow_up_no_symptoms, those of Cases::report.
  Task<Result<cases::Case>> report(const Caller& caller, FollowUpId id, std::optional<store::Once> once);

  // Within another's transaction: under whichever record, suspected or standing exposures and all follow-ups of the
  // caller's area; what is told is in the access log. Errors: those of Access::require.
  Result<OfPerson> of_person(store::Session& session, const Caller& caller, PersonId person,
                             const std::string& reason) const;

  struct Impl;

 private:
  std::unique_ptr<Impl> impl_;
};

void routes(http::Router& router, FollowUps& room);

const std::vector<store::Migration>& migrations();

}  // namespace luytre::followup

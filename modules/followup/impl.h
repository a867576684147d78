// What the parts of FollowUps share. Private to this module.

#pragma once

#include "modules/followup/by_hand_storage.h"
#include "modules/followup/storage.h"
#include "modules/followup/transfer_storage.h"
#include "modules/followup/visits.h"

namespace luytre::followup {

extern const identity::Action kWork;
extern const identity::Action kContacts;

// What an officer wrote of an entry.
struct Detail {
  std::vector<std::string> symptoms;
  std::optional<std::string> note;
};
BOOST_DESCRIBE_STRUCT(Detail, (), (symptoms, note))

// Answers of an idempotent call: no names.
struct Recorded {
  EntryId entry;
};
BOOST_DESCRIBE_STRUCT(Recorded, (), (entry))

struct FollowUps::Impl : Parts {
  explicit Impl(const Parts& parts) : Parts(parts) {}

  // ---- periods.cpp: when they begin and end, by themselves ----
  // Looks at the contact as it is now, and makes it a reason, or no longer one.
  void weigh(store::Session& session, tracing::CandidateId id);
  void weigh(store::Session& session, CaseId id);  // all contacts of the case
  // The same, by look_again() in portions: reading all the evidence of everybody would keep a transaction long.
  void weigh_soon(store::Session& session, CaseId id) const;
  void look_again(store::Session& session);
  std::vector<tracing::CandidateId> contacts_of(store::Session& session, CaseId id) const;
  void settle(store::Session& session, storage::PeriodRow row);
  void end(store::Session& session, storage::PeriodRow& row, State state) const;
  // Who waits since when, and whether a case is offered.
  void read_days(store::Session& session, storage::PeriodRow& row) const;
  void write(store::Session& session, storage::PeriodRow& row, const char* type) const;  // what is another than before
  void review(store::Session& session, storage::PeriodRow row, const char* type) const;  // both
  void watch(store::Session& session) const;
  // Of this person for this disease, under whichever record; else one that ended with a case that is still open.
  std::optional<storage::PeriodRow> open_for(store::Session& session, PersonId person,
                                             const std::string& disease) const;
  // The disease's rule for this contact; nothing: none says how long.
  const presence::FollowUp* rule_of(store::Session& session, const tracing::Tracing::Contact& contact) const;
  // By that rule, else by an officer's word; nothing: it is not followed.
  std::optional<storage::ReasonRow> reason_of(store::Session& session, const tracing::Tracing::Contact& contact) const;
  // Of the person themselves, if it is confirmed.
  std::optional<cases::TracedCase> own_case(store::Session& session, const storage::PeriodRow& row) const;
  void reported(store::Session& session, CaseId id);

  // ---- by_hand.cpp: contacts for whom no rule says how long ----
  // Whether it is one, as it is now: an officer is to say, and what one said of this class stays.
  void note_unruled(store::Session& session, tracing::CandidateId id,
                    const std::optional<tracing::Tracing::Contact>& contact) const;
  // A case of the person's own answers what is to become of them.
  void note_own_case(store::Session& session, PersonId record, const cases::TracedCase& traced) const;
  std::optional<ByHand> said_of(const storage::UnruledRow& row) const;
  bool nobody_by_hand(store::Session& session, const storage::ReasonRow& reason) const;
  // Which of the contact's unit and the case's is the caller's; the look is logged. Errors: those of
  // FollowUps::unruled.
  Result<UnitId> asked_by(store::Session& session, const Caller& caller,
                          const tracing::Tracing::Contact& contact) const;
  UnitId unit_of(const tracing::Tracing::Contact& contact) const;  // that is to follow
  Result<Unruled> view(store::Session& session, const Caller& caller, const tracing::Tracing::Contact& contact) const;
  Result<Unruled> say_by_hand(store::Session& session, const Caller& caller, tracing::CandidateId id,
                              const NewByHand& said, std::int64_t version);
  std::vector<storage::UnruledRow> unsettled(store::Session& session, const referrals::Reach& reach) const;

  // ---- immunity.cpp: what an officer says of it ----
  // Who is immune by the rule of what counts; nothing: no rule tells them from others.
  std::optional<presence::Wording> rule_of_immune(store::Session& session, const storage::PeriodRow& row) const;
  // One of a unit of the caller, as it was read.
  Result<storage::PeriodRow> judged(store::Session& session, const Caller& caller, FollowUpId id,
                                    std::int64_t version) const;
  FollowUp weighed(store::Session& session, const Caller& caller, FollowUpId id, std::int64_t version);
  Result<FollowUp> say_immune(store::Session& session, const Caller& caller, FollowUpId id, const NewImmunity& said,
                              std::int64_t version);
  Result<FollowUp> withdraw_immunity(store::Session& session, const Caller& caller, FollowUpId id,
                                     const Withdrawal& said, std::int64_t version);

  // ---- test_days.cpp: when the rule has them sampled ----
  // By what counts now, and the samples that are known; the row says which day waits first.
  void plan_tests(store::Session& session, storage::PeriodRow& row) const;
  void sampled(store::Session& session, PersonId person) const;           // a sample of theirs was taken, or taken back
  void add_tests(store::Session& session, std::span<FollowUp> to) const;  // to their calendars
  std::vector<TestDay> test_days(store::Session& session, const storage::PeriodRow& row) const;
  Result<FollowUp> settle_test(store::Session& session, const Caller& caller, FollowUpId id,
                               const TestSettled& said) const;

  // ---- joined.cpp: several records of one person ----
  // Joins and parts what the merges of this record ask for now.
  void regroup(store::Session& session, PersonId record);
  void join(store::Session& session, PersonId person);
  void part(store::Session& session, storage::PeriodRow row);
  void put_right(store::Session& session, storage::PeriodRow row);  // what belongs to somebody else by now
  bool one_person(store::Session& session, PersonId a, PersonId b) const;
  bool other_open(store::Session& session, const storage::PeriodRow& row) const;  // of this record and disease
  // The one that stands for it, or itself.
  std::optional<storage::PeriodRow> standing(store::Session& session, FollowUpId id) const;
  Date first_day(store::Session& session, const storage::PeriodRow& row) const;

  // ---- before.cpp: what a case's person was before ----
  ContactHistory before(store::Session& session, const Caller& caller, const cases::TracedCase& traced) const;
  bool could_be_source(const cases::TracedCase& source, const tracing::Tracing::Contact& exposure,
                       const cases::TracedCase& of) const;

  // ---- declared.cpp: what the person says ----
  void declared(store::Session& session, declarations::DeclarationId id) const;
  void taken_back(store::Session& session, declarations::DeclarationId id) const;
  // What was declared today before the follow-up began, or while it was released.
  void take_up(store::Session& session, const storage::PeriodRow& row) const;

  // ---- work.cpp: what officers see and do ----
  FollowUp view(store::Session& session, const Caller& caller, const storage::PeriodRow& row) const;
  // Of each, in as many statements as of one.
  std::vector<FollowUp> views(store::Session& session, const Caller& caller,
                              std::span<const storage::Group> groups) const;
  FollowUp view(const Caller& caller, const storage::Group& group,
                const std::vector<storage::EntryRow>& entries) const;  // what they say
  // Logs the look at everybody whose follow-up this is. Errors: those of Access::require.
  Result<Done> look(store::Session& session, const Caller& caller, const storage::PeriodRow& row, UnitId unit,
                    const std::string& reason) const;
  // The same for pages and files, which are checked and logged at once: adds them.
  static void add_shown(const storage::Group& group, UnitId unit, const std::string& reason,
                        std::vector<identity::Subject>& shown);
  // How to reach the person, by all records that it stands for.
  void add_contacts(store::Session& session, std::span<FollowUp> to, std::span<const storage::Group> groups) const;
  Result<http::Page<FollowUp>> list(store::Session& session, const Caller& caller, const Filter& filter,
                                    const std::optional<std::string>& cursor, std::size_t limit) const;
  Result<http::Page<HomeVisit>> visits(store::Session& session, const Caller& caller, const Filter& filter) const;
  storage::Search search_of(const Caller& caller, const Filter& filter) const;
  std::vector<Reason> reasons(store::Session& session, FollowUpId id) const;
  std::vector<Exposure> suspected(store::Session& session, const storage::PeriodRow& row) const;
  // One in the caller's area; looking at it is logged. Errors: not_found, those of Access::require.
  Result<storage::PeriodRow> seen(store::Session& session, const Caller& caller, FollowUpId id) const;
  bool recordable(const storage::PeriodRow& row, Instant at, bool noted) const;
  Result<Recorded> record(store::Session& session, const Caller& caller, FollowUpId id, const NewEntry& entry) const;
  Task<Result<FollowUp>> recorded(Caller caller, FollowUpId id, Task<Result<Recorded>> recording);
  Task<Result<cases::Case>> report(Caller caller, FollowUpId id, std::optional<store::Once> once);

  // ---- transfers.cpp: to another unit ----
  Transfer view(const Caller& caller, const storage::TransferRow& row) const;
  void add_transfers(store::Session& session, const Caller& caller, FollowUp& to) const;
  // The unit by which the caller may see it: that which has it, or which is to take it.
  std::optional<UnitId> seen_by(store::Session& session, const Caller& caller, const storage::PeriodRow& row) const;
  void close(store::Session& session, storage::TransferRow row, TransferState state, const Caller* by) const;
  void withdraw_transfer(store::Session& session, FollowUpId id) const;
  Result<FollowUp> transfer(store::Session& session, const Caller& caller, FollowUpId id, const NewTransfer& to,
                            std::int64_t version) const;
  Result<FollowUp> take(store::Session& session, const Caller& caller, FollowUpId id) const;
  void call_for_transfers(store::Session& session) const;

  // ---- given.cpp: whose work it is ----
  std::optional<staff::WhyNot> give(store::Session& session, const Caller& caller, FollowUpId id,
                                    const staff::Hand& hand, FollowUpsGiven& out) const;
  void lose(store::Session& session, AccountId officer) const;
  void lose(store::Session& session, staff::OfficerTeamId team) const;

  void publish(store::Session& session, const storage::PeriodRow& row, const char* type) const;
  Instant now() const { return db.clock().now(); }
  Date today() const { return local_date(now()); }
};

// Without what is proposed. Nothing: what it rests on cannot be read any more.
std::optional<Exposure> exposure_of(store::Session& session, const tracing::Tracing::Contact& contact);

// The days of samples by the rule, from the last exposure, as they are kept.
std::string test_days_text(const presence::FollowUp& rule);

inline constexpr std::string_view kDetailSeal = "followup.detail";

}  // namespace luytre::followup

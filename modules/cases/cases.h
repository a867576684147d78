// Cases: a person, a disease, a classification, the dates that decide, and the infectious window that follows from
// them.
//
// A case begins as a suspect, is confirmed by a result, may be reclassified, and the last change can always be undone:
// what stood before is kept with it. It is closed by an outcome, or by being discarded; the person may then be ill
// anew. Onset, diagnosis, sample, result, isolation, notification and publication are separate instants, never folded
// into one. By when a case must be notified follows from its disease and the day of the diagnosis
// (engines/presence/diseases.h). Confirming computes the infectious window by a dated rule set (engines/presence),
// whose id stays with the case. Tracing is not done here: it follows case.confirmed and case.changed, and takes back
// what it caused on case.unconfirmed.
//
// Every read of a case is a read of the person's data: area and purpose are checked and logged. Publishes
// case.reported, case.confirmed, case.changed (dates or window of a confirmed case), case.dated (diagnosis,
// notification, publication, course, source: nothing that tracing asks for), case.unconfirmed, case.discarded,
// case.imported (from a line list: nobody's cue to follow anybody), case.taken_back (subject: the case, unit: of
// residence). Thread-safe.

#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "engines/presence/diseases.h"
#include "engines/presence/rulesets.h"
#include "modules/people/duplicates.h"
#include "modules/people/people.h"
#include "platform/http/router.h"
#include "platform/identity/access.h"
#include "platform/store/database.h"

namespace luytre::cases {

enum class Classification { kSuspect, kProbable, kConfirmed, kDiscarded };
BOOST_DESCRIBE_ENUM(Classification, kSuspect, kProbable, kConfirmed, kDiscarded)

enum class Status { kOpen, kClosed };
BOOST_DESCRIBE_ENUM(Status, kOpen, kClosed)

using Method = presence::TestMethod;

enum class Outcome { kRecovered, kDied, kDiedOfOtherCause, kLostToFollowUp };
BOOST_DESCRIBE_ENUM(Outcome, kRecovered, kDied, kDiedOfOtherCause, kLostToFollowUp)

struct NewCase {
  std::optional<PersonId> person;  // one of person and newPerson
  std::optional<people::NewPerson> new_person;
  Text<40> disease;
  std::optional<Date> onset;
  std::optional<Instant> diagnosed_at;  // absent: now
  std::optional<UnitId> report_unit;    // absent: the person's commune
  std::optional<Note<2000>> note;
  std::optional<bool> none_of_these;  // of newPerson: the officer saw who may be the same, and it is none of them
};
BOOST_DESCRIBE_STRUCT(NewCase, (), (person, new_person, disease, onset, diagnosed_at, report_unit, note, none_of_these))

struct Confirmation {
  std::optional<Date> onset;  // absent: no symptoms; the window counts from the sample
  Instant sample_at;
  Instant result_at;
  Method method = Method::kPcr;
  std::optional<Instant> isolated_at;  // absent: still among people, the window runs on
  std::optional<Text<60>> rule_set;    // absent: the one in force when the result came
};
BOOST_DESCRIBE_STRUCT(Confirmation, (), (onset, sample_at, result_at, method, isolated_at, rule_set))

struct Reclassification {
  Classification classification = Classification::kSuspect;  // not confirmed: that needs a result
  Note<500> reason;
};
BOOST_DESCRIBE_STRUCT(Reclassification, (), (classification, reason))

struct Reason {
  Note<500> reason;
};
BOOST_DESCRIBE_STRUCT(Reason, (), (reason))

// What is left out stays as it is; undo takes back.
struct RecordedDates {
  std::optional<Instant> diagnosed_at;  // by a clinician, be it on suspicion; the deadline counts from it
  std::optional<Instant> notified_at;   // to the surveillance system of the Ministry
  std::optional<Instant> published_at;  // in a bulletin or notice
};
BOOST_DESCRIBE_STRUCT(RecordedDates, (), (diagnosed_at, notified_at, published_at))

struct Onset {
  Date onset;
};
BOOST_DESCRIBE_STRUCT(Onset, (), (onset))

struct HospitalStay {
  Text<200> hospital;
  Date admitted_on;
  std::optional<Date> discharged_on;  // absent: still there; after a death the day of it
};
BOOST_DESCRIBE_STRUCT(HospitalStay, (), (hospital, admitted_on, discharged_on))

// How the illness went. Replaces what was recorded before, so that a correction is sent whole.
struct Course {
  std::optional<Outcome> outcome;  // closes the case
  std::optional<Date> outcome_on;  // with an outcome always; of who was lost: the day they were last heard of
  std::vector<HospitalStay> stays;
};
BOOST_DESCRIBE_STRUCT(Course, (), (outcome, outcome_on, stays))

inline constexpr std::size_t kMostStays = 30;

// By whose case the person was infected, as an officer who asked them decided. Of the same disease, and one that the
// officer may see. Following sources never leads back to where one began.
struct Source {
  std::optional<Text<40>> number;  // absent: not known any more
};
BOOST_DESCRIBE_STRUCT(Source, (), (number))

struct CaseLink {
  CaseId id;
  std::string number;
};
BOOST_DESCRIBE_STRUCT(CaseLink, (), (id, number))

inline constexpr std::size_t kMostCaused = 200;

// Another open case of the same disease and the same human being, reported under a record that officers merged since
// (people/duplicates.h): twins. The file of each names the other; one of them is to be discarded. Never stored.
struct TwinCase {
  bool older = false;  // was reported before the one that it is told of
  // Absent: of another area, whose officers know more than that it is there.
  std::optional<CaseId> id;
  std::optional<std::string> number;
  std::optional<Classification> classification;
  std::optional<Instant> created_at;
};
BOOST_DESCRIBE_STRUCT(TwinCase, (), (older, id, number, classification, created_at))

// What a merge of two records would make twins, one of each record.
struct TwinPair {
  std::string disease;
  TwinCase one, other;
};
BOOST_DESCRIBE_STRUCT(TwinPair, (), (disease, one, other))

// How many contacts tracing has found; composed by tracing.
struct Counts {
  std::int64_t level1 = 0, level2 = 0, assigned = 0, open = 0;
};
BOOST_DESCRIBE_STRUCT(Counts, (), (level1, level2, assigned, open))

// What officers decide about a case: what a change alters and an undo puts back. Answers and rows begin with it.
struct Decided {
  Classification classification = Classification::kSuspect;
  Status status = Status::kOpen;
  std::optional<Date> onset;
  std::optional<Instant> sample_at;
  std::optional<Instant> result_at;
  std::optional<Method> method;
  std::optional<Instant> isolated_at;
  std::optional<Instant> window_from;
  std::optional<Instant> window_to;  // absent: among people; it may lie ahead, where the rule set names a last day
  std::optional<std::string> rule_set;
  std::optional<Instant> diagnosed_at;
  std::optional<Instant> notify_by;  // absent: no deadline is known for this disease then
  std::optional<Instant> notified_at;
  std::optional<Instant> published_at;
  std::optional<Outcome> outcome;
  std::optional<Date> outcome_on;
  std::optional<CaseId> source;
};
BOOST_DESCRIBE_STRUCT(Decided, (),
                      (classification, status, onset, sample_at, result_at, method, isolated_at, window_from, window_to,
                       rule_set, diagnosed_at, notify_by, notified_at, published_at, outcome, outcome_on, source))

struct Case : Decided {
  CaseId id;
  std::string number;  // for people to speak of: "COV-260821-7K2F"
  people::PersonBrief person;
  std::string disease;
  UnitId unit;
  UnitId report_unit;
  std::optional<std::string> note;
  std::vector<HospitalStay> stays;  // the first comes first
  std::optional<std::string> source_number;
  std::vector<CaseLink> caused;  // whose source it is, the first kMostCaused; without those discarded
  std::vector<TwinCase> twins;   // while it is open; the first reported comes first
  Instant created_at;
  Counts counts;
  std::int64_t version = 1;
  std::optional<std::string> lineage;  // or variant, of what a laboratory found; composed by the laboratory
};
BOOST_DESCRIBE_STRUCT(Case, (Decided),
                      (id, number, person, disease, unit, report_unit, note, stays, source_number, caused, twins,
                       created_at, counts, version, lineage))

struct CaseBrief {
  CaseId id;
  std::string number;
  people::PersonBrief person;
  std::string disease;
  Classification classification = Classification::kSuspect;
  Status status = Status::kOpen;
  std::optional<Date> onset;
  std::optional<Instant> result_at;
  std::optional<Instant> notify_by;
  std::optional<Instant> notified_at;
  std::optional<Outcome> outcome;
  Instant created_at;
  std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(CaseBrief, (),
                      (id, number, person, disease, classification, status, onset, result_at, notify_by, notified_at,
                       outcome, created_at, version))

enum class What { kReported, kConfirmed, kCorrected, kReclassified, kUndone, kDated, kCourse, kSourced };
BOOST_DESCRIBE_ENUM(What, kReported, kConfirmed, kCorrected, kReclassified, kUndone, kDated, kCourse, kSourced)

// A fact that a change altered: a member of Decided by its name in JSON, and its values as they stand there.
struct Altered {
  std::string fact;
  std::optional<std::string> before;
  std::optional<std::string> after;
};
BOOST_DESCRIBE_STRUCT(Altered, (), (fact, before, after))

struct Change {
  Instant at;
  std::string by;
  What what = What::kReported;
  Classification from = Classification::kSuspect;
  Classification to = Classification::kSuspect;
  std::optional<std::string> reason;
  bool undone = false;
  std::vector<Altered> altered;  // beside the classification; hospital stays are not told
};
BOOST_DESCRIBE_STRUCT(Change, (), (at, by, what, from, to, reason, undone, altered))

// What a list of cases is sorted by. Who has no onset stands before every onset, who has no deadline after every
// deadline.
enum class Sort { kReport, kOnset, kDeadline, kNumber };
BOOST_DESCRIBE_ENUM(Sort, kReport, kOnset, kDeadline, kNumber)

enum class SortOrder { kAscending, kDescending };
BOOST_DESCRIBE_ENUM(SortOrder, kAscending, kDescending)

struct Filter {
  std::optional<Classification> classification;
  std::optional<Status> status;
  std::optional<UnitId> unit;
  std::optional<std::string> number;  // all of it
  std::optional<std::string> disease;
  std::optional<Outcome> outcome;
  std::optional<Date> onset_from, onset_to;        // both days included; without an onset a case is in neither
  std::optional<Date> reported_from, reported_to;  // local days of the report to us
  std::optional<std::int64_t> outbreak;            // its id
  bool source_unknown = false;
  bool awaiting = false;           // only those that have a deadline and have not been notified, nor discarded
  bool overdue = false;            // only those of them whose deadline has passed
  bool twin = false;               // only open ones whose patient has another of the disease (TwinCase)
  std::optional<Sort> sort;        // absent: by report; of what awaits notification by deadline
  std::optional<SortOrder> order;  // absent: reports and onsets the newest first, deadlines and numbers upwards
  bool names = true;               // false: to count them, without whose they are; the look is then at nobody
};

// By who the patient is.
struct FoundCases {
  std::vector<CaseBrief> items;  // of the nearest patient first, then newest first
  bool complete = true;          // false: more people are called so; what tells them apart is in people.h, FoundPeople
};
BOOST_DESCRIBE_STRUCT(FoundCases, (), (items, complete))

// A case of a file, known by the id the file gives it.
struct ImportedCase {
  std::string source, external;
  PersonId person;
  std::string disease;
  Classification classification = Classification::kSuspect;
  std::optional<Date> onset;
  std::optional<Confirmation> confirmation;  // of a confirmed one, and of no other
  RecordedDates dates;                       // without a diagnosis there is no deadline
  Course course;                             // without stays
  std::optional<std::string> number;         // that it has where it comes from
  std::optional<CaseId> infected_by;         // the source; of the same disease
  std::optional<std::string> note;
};

// What a line list says of a case, in its own words; without a check, for the room that takes it out.
struct ListedCase : Decided {
  CaseId id;
  std::string number;
  PersonId person;
  std::string disease;
  UnitId unit;
};

struct ImportedCases {
  struct Rejected {
    std::size_t index;
    Error error;
  };
  std::int64_t added = 0;
  std::int64_t known = 0;  // were imported before; left as they are
  std::vector<Rejected> rejected;
};

// By which a suspect is reported.
struct PositiveResult {
  PersonId person;
  std::string disease;
  UnitId unit;      // that sampled
  Instant at;       // of the test: the diagnosis
  Instant sampled;  // within the days of a case that is over, it is of that one
};
inline constexpr const char* kByResult = "luytre result";  // in the history, where an officer's name stands

// What tracing and follow-up need of a case; without a check, for its own transactions.
struct TracedCase {
  CaseId id;
  std::string number;
  PersonId person;
  std::string disease;
  Classification classification = Classification::kSuspect;
  std::optional<Method> method;
  std::optional<Instant> isolated_at;
  std::optional<Instant> window_from;
  std::optional<Instant> window_to;
  std::optional<std::string> rule_set;
  UnitId unit;
  std::int64_t version = 1;
  Status status = Status::kOpen;
  std::optional<Date> onset;
  std::optional<Instant> sample_at;
  std::optional<CaseId> source;
};
BOOST_DESCRIBE_STRUCT(TracedCase, (),
                      (id, number, person, disease, classification, method, isolated_at, window_from, window_to,
                       rule_set, unit, version, status, onset, sample_at, source))

// What an outbreak needs of its cases, the dates kept apart; without a check, for its own transactions.
struct OutbreakCase {
  CaseId id;
  std::string number;
  PersonId person;
  std::string disease;
  Classification classification = Classification::kSuspect;
  UnitId unit;
  UnitId report_unit;
  std::optional<Date> onset;
  std::optional<Instant> sample_at;
  std::optional<Instant> result_at;
  std::optional<Method> method;
  std::optional<Instant> isolated_at;
  std::optional<Outcome> outcome;
  std::optional<Date> outcome_on;
  std::optional<CaseId> source;
  Instant created_at;
  std::optional<Instant> diagnosed_at;
  std::optional<Instant> notified_at;
};

inline constexpr ErrorCode kCaseExists{"case_exists",
                                       409};  // an open case of this disease and person; params: case, number
// The new person may have a record in the caller's area: POST /person-duplicates shows whose.
inline constexpr ErrorCode kPersonMayBeKnown{"person_may_be_known", 409};
inline constexpr ErrorCode kDiseaseUnknown{"disease_unknown", 422};
inline constexpr ErrorCode kRuleSetUnknown{"rule_set_unknown", 422};
inline constexpr ErrorCode kNoRuleSet{"no_rule_set", 422};             // none in force for this disease then
inline constexpr ErrorCode kDatesContradict{"dates_contradict", 422};  // params: which
inline constexpr ErrorCode kMethodUnfit{"method_unfit", 422};          // does not confirm this disease, by its file
inline constexpr ErrorCode kNeedsResult{"needs_result", 422};          // confirmed only by POST …/confirm
inline constexpr ErrorCode kSourceUnknown{"source_unknown", 422};      // none of that number that the caller may see
inline constexpr ErrorCode kSourceUnfit{"source_unfit", 422};  // another disease, discarded, itself, or a circle
inline constexpr ErrorCode kNothingToUndo{"nothing_to_undo", 409};
inline constexpr ErrorCode kCaseClosed{"case_closed", 409};
inline constexpr ErrorCode kNumberTaken{"number_taken", 409};  // or it is none
inline constexpr ErrorCode kCaseInUse{"case_in_use", 409};

// Who may do what with cases; also used by tracing for reads of a case's person.
extern const identity::Action kReport;   // stations and above
extern const identity::Action kRead;     // stations and above, for a case in their area
extern const identity::Action kConfirm;  // district and province

struct Reported {
  CaseId id;
};
BOOST_DESCRIBE_STRUCT(Reported, (), (id))

class Cases {
 public:
  using CountsOf = std::function<Counts(store::Session&, CaseId)>;
  using LineageOf = std::function<std::optional<std::string>(store::Session&, CaseId)>;
  // The cases of an outbreak that the caller may see. Errors: not_found.
  using CasesOf = std::function<Result<std::vector<CaseId>>(store::Session&, const Caller&, std::int64_t outbreak)>;

  Cases(store::Database& db, people::People& people, const geography::Geography& geography,
        const identity::Access& access, const Vault& vault, const Clock& clock, const presence::Diseases& diseases,
        const presence::RuleSets& rule_sets);
  // Of the caller's area, past the deadline of notification and not notified, the most overdue first; no people, so not
  // logged.
  struct PastNotice {
    CaseId id;
    UnitId unit;
    Instant notify_by;
  };
  std::vector<PastNotice> past_notice(store::Session& session, const Caller& caller, std::size_t most) const;

  void set_counts(CountsOf counts) { counts_ = std::move(counts); }
  void set_lineage_of(LineageOf lineage_of) { lineage_of_ = std::move(lineage_of); }
  void set_cases_of(CasesOf cases_of) { cases_of_ = std::move(cases_of); }
  // Whether somebody who lives in the areas may be that person (people/duplicates.h); until it is set, nobody is.
  using MayBeKnown = std::function<bool(store::Session&, const people::NewPerson&, std::span<const UnitId> areas)>;
  void set_may_be_known(MayBeKnown asked) { may_be_known_ = std::move(asked); }

  // With a key, a patient who is new to the system is registered once, however often it is sent. Errors: case_exists,
  // person_may_be_known, disease_unknown, dates_contradict.
  Task<Result<Case>> report(const Caller& caller, NewCase request, std::optional<store::Once> once = std::nullopt);
  Task<Result<Case>> find(const Caller& caller, CaseId id);
  // Of the caller's area. A cursor goes on with the sort it was given for. Errors: not_permitted, invalid (cursor:
  // format, other_sort), not_found (the outbreak).
  Task<Result<http::Page<CaseBrief>>> list(const Caller& caller, Filter filter, std::optional<std::string> cursor,
                                           std::size_t limit);
  // Cases of the caller's area whose patient is looked for; each that is shown is in the access log with the reason.
  // Errors: not_permitted, reason_required, invalid; of a code those of people/shown.h.
  Task<Result<FoundCases>> of_patient(const Caller& caller, people::Search patient, std::size_t limit);
  // Also corrects the dates of a case confirmed before. Errors: rule_set_unknown, no_rule_set, dates_contradict,
  // method_unfit, version_conflict.
  Task<Result<Case>> confirm(const Caller& caller, CaseId id, Confirmation request, std::int64_t version);
  Task<Result<Case>> reclassify(const Caller& caller, CaseId id, Reclassification request, std::int64_t version);
  // By whoever may report. Errors: dates_contradict, invalid (none given), version_conflict.
  Task<Result<Case>> record_dates(const Caller& caller, CaseId id, RecordedDates request, std::int64_t version);
  // The onset alone; of a confirmed case, whose window moves with it, by whoever may confirm. Errors: dates_contradict,
  // case_closed (discarded), no_rule_set, needs_result, version_conflict.
  Task<Result<Case>> record_onset(const Caller& caller, CaseId id, Onset request, std::int64_t version);
  // Hospital stays and outcome, by whoever may report. Errors: dates_contradict, case_exists (no outcome any more, and
  // the person has another open case by now), invalid, version_conflict.
  Task<Result<Case>> record_course(const Caller& caller, CaseId id, Course request, std::int64_t version);
  // By whoever may report and see the source. Errors: source_unknown, source_unfit, version_conflict.
  Task<Result<Case>> record_source(const Caller& caller, CaseId id, Source request, std::int64_t version);
  // Takes back the last change that is not undone itself. Errors: nothing_to_undo.
  Task<Result<Case>> undo(const Caller& caller, CaseId id, Reason reason, std::int64_t version);
  Task<Result<http::Page<Change>>> history(const Caller& caller, CaseId id);
  // What two records, or what counts as them, have open of one disease each, before officers merge them; none if they
  // count as one already. A look at both with that reason. Errors: reason_required, not_permitted (one of them),
  // not_found.
  Task<Result<http::Page<TwinPair>>> would_be_twins(const Caller& caller, people::PersonPair pair) const;
  Task<Result<http::Page<presence::Disease>>> disease_list() const;
  Task<Result<http::Page<presence::RuleSet>>> rule_set_list() const;

  // ---- within another's transaction, without a check ----
  static std::optional<TracedCase> traced(store::Session& session, CaseId id);
  static std::vector<TracedCase> traced(store::Session& session, std::span<const CaseId> ids);  // in their order
  // Of the person, under whichever record it was reported; of twins that of the record that counts.
  static std::optional<TracedCase> open_of(store::Session& session, PersonId person, const std::string& disease);
  static std::optional<CaseId> by_number(store::Session& session, std::string_view number);
  static std::vector<OutbreakCase> of_outbreak(store::Session& session, std::span<const CaseId> ids);  // in their order

  // Each as if it were reported, classified and ended now, by nobody's account; those confirmed are traced like others.
  // Rejected: case_exists, disease_unknown, not_found (the person), needs_result, what confirm and record_course say,
  // and dates_contradict of isolationMissing: confirmed, weeks old, and nothing ends the window.
  ImportedCases import_cases(store::Session& session, std::span<const ImportedCase> cases) const;

  // ---- line lists (modules/linelists), within its transactions and without a check ----

  struct Taken {
    CaseId id;
    std::int64_t version = 0;
  };
  // As import_cases, but by the officer who runs the list, and nobody follows the case: neither tracing nor follow-up
  // begins by itself, however it is classified. An officer who corrects its dates, or start_listed, begins it. The
  // given number is kept. Errors: also number_taken, source_unfit.
  Result<Taken> take_listed(store::Session& session, const Caller& by, const ImportedCase& given) const;
  // The same errors but those that need the person's other cases; of somebody who lives in that unit.
  std::optional<Error> wrong_with(const ImportedCase& given, UnitId unit) const;
  static std::optional<CaseId> imported(store::Session& session, std::string_view source, std::string_view external);
  // Traced like others from now on: those that are confirmed, and where the follow-up of who was met on the last day of
  // the window would not be over yet. Answers which.
  std::set<CaseId> start_listed(store::Session& session, std::span<const CaseId> ids) const;
  // As if it had never been taken. Errors: not_found, version_conflict, case_in_use (others were infected by it, it
  // has contacts, or was investigated).
  Result<Done> take_back(store::Session& session, CaseId id, std::int64_t version) const;
  static bool has_case(store::Session& session, PersonId person);  // of any disease, open or over

  // ---- one person's history ----

  // Open or over, under whichever record; of the caller's area, or reported there. Each that is told is a look with
  // that reason, and in the access log. Errors: those of Access::require.
  Result<std::vector<OutbreakCase>> of_person(store::Session& session, const Caller& caller, PersonId person,
                                              const std::string& reason) const;

  // ---- positive results (modules/laboratory), within its transactions and without a check ----

  // A suspect, reported by the result and by nobody, as its history says; of the unit where the person lives, reported
  // by the unit that sampled. Absent: somebody with an open case of the disease, or not known here.
  std::optional<Taken> report_positive(store::Session& session, const PositiveResult& result) const;
  // Of a suspect or probable case that is open. Absent: it is none, or the dates contradict what is known of it.
  std::optional<Taken> confirm_positive(store::Session& session, CaseId id, const Confirmation& confirmation) const;
  // The result fell: what confirm_positive did is undone, if the case is still of that version. Answers whether it was.
  bool undo_positive(store::Session& session, const Taken& confirmed) const;
  // Likewise: discarded, if it still stands as a suspect of that version.
  bool withdraw_positive(store::Session& session, const Taken& reported) const;

  // ---- lists ----

  // Of these units, the newest so many, oldest first; the caller may see that outbreak. Errors: not_found (the
  // outbreak).
  Result<std::vector<ListedCase>> listed(store::Session& session, const Caller& caller, const Filter& filter,
                                         const std::vector<UnitId>& units, std::size_t most) const;

  const presence::Diseases& diseases() const { return diseases_; }
  const presence::RuleSets& rule_sets() const { return rule_sets_; }

 private:
  struct Stored;
  Result<Stored> report_within(store::Session& session, const Caller& caller, const NewCase& request) const;
  struct Judged;
  Result<Judged> judge(const ImportedCase& given, UnitId unit) const;
  Result<Taken> import_one(store::Session& session, const Caller& importer, const ImportedCase& given,
                           bool followed) const;
  Result<Stored> open_for(store::Session& session, const Caller& caller, const identity::Action& action,
                          CaseId id) const;
  Result<Stored> editable(store::Session& session, const Caller& caller, const identity::Action& action, CaseId id,
                          std::int64_t version) const;
  Result<Done> set_window(Stored& stored, const Confirmation& request) const;
  // Writes the change alone; record publishes it, too.
  void write_change(store::Session& session, const Caller& caller, const Stored& before, const Stored& after, What what,
                    std::string_view reason) const;
  void record(store::Session& session, const Caller& caller, const Stored& before, const Stored& after, What what,
              std::string_view reason) const;
  Result<Case> save(store::Session& session, const Caller& caller, const Stored& before, Stored& after, What what,
                    std::string_view reason) const;
  Case view(store::Session& session, const Caller& caller, const Stored& stored) const;
  // Those that the caller may read are looks in the log.
  std::vector<TwinCase> twins_of(store::Session& session, const Caller& caller, const Stored& stored) const;
  Task<Result<Case>> reported(Caller caller, Task<Result<Reported>> reporting);
  std::string seal(CaseId id, std::string_view text) const;
  std::string unseal(CaseId id, std::string_view sealed) const;
  std::string seal_stays(CaseId id, const std::vector<HospitalStay>& stays) const;
  std::vector<HospitalStay> stays_of(const Stored& stored) const;

  store::Database& db_;
  people::People& people_;
  const geography::Geography& geography_;
  const identity::Access& access_;
  const Vault& vault_;
  const Clock& clock_;
  const presence::Diseases& diseases_;
  const presence::RuleSets& rule_sets_;
  MayBeKnown may_be_known_ = [](store::Session&, const people::NewPerson&, std::span<const UnitId>) { return false; };
  CountsOf counts_ = [](store::Session&, CaseId) { return Counts{}; };
  LineageOf lineage_of_ = [](store::Session&, CaseId) -> std::optional<std::string> { return std::nullopt; };
  CasesOf cases_of_;
};

void routes(http::Router& router, Cases& cases);

const std::vector<store::Migration>& migrations();

}  // namespace luytre::cases

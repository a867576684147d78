// Laboratory: who was sampled into which tube, where the tube went, and what came of it.
//
// An officer opens a sampling session for a place or an area and a disease, and scans tubes and people's codes in turn.
// A tube holds one person, or, where the session says so, a pool of several. The tubes of a session go to a laboratory
// in batches, counted; there they are scanned again, and what is missing is known by its barcode. Results come by form
// or as a list, each line judged by itself: a tube that nobody knows stops nothing and is kept apart until it is
// matched or dismissed. One result stands for each tube and method; what it replaced stays.
//
// A positive pool says nothing about any one of its people: each becomes a task of the unit that sampled, done by the
// next sample of that person alone. A positive result of one person reports a suspect by itself, and takes the suspect
// back when it falls; by a method that confirms the disease it is offered to officers who may: one tap confirms by
// modules/cases, with its checks. By itself a result confirms only who was a suspect before it came, where the
// disease's file says that such a result is a confirmed case, and of a laboratory that may affirm it.
//
// Laboratories work by barcodes and see no names. Names with results are seen by the officers of the unit that sampled
// and, one by one and with a reason, by those of where the person lives; everybody shown has a row in the access log,
// one a day and reader. Citizens see their own and their children's. Kept kKept, then deleted with proof rows.
// Publishes sampling.changed (subject: the session), sample.changed (the person whose sample was taken, or taken back),
// laboratory.changed (a batch or laboratory), laboratory.result (unit: that which sampled). Thread-safe.

#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "modules/cases/cases.h"
#include "modules/places/places.h"
#include "platform/identity/limits.h"
#include "platform/identity/taken_out.h"
#include "platform/store/follower.h"
#include "platform/tables/list.h"

namespace luytre::laboratory {

using LaboratoryId = Id<struct LaboratoryTag>;
using SessionId = Id<struct SamplingSessionTag>;
using TubeId = Id<struct TubeTag>;
using SampleId = Id<struct SampleTag>;
using BatchId = Id<struct BatchTag>;
using ResultId = Id<struct TestResultTag>;
using UnmatchedId = Id<struct UnmatchedResultTag>;
using TaskId = Id<struct ResamplingTaskTag>;
using cases::Method;

// The longest time for which a rule set asks whether somebody has recovered (10696/BYT-MT: six months).
inline constexpr std::chrono::hours kKept{180 * 24};
inline constexpr std::size_t kCodeMost = 40;
inline constexpr std::size_t kLineageMost = 60;
inline constexpr std::int64_t kPoolUsual = 10;
inline constexpr std::int64_t kPoolMost = 20;
inline constexpr std::size_t kTubesMost = 1'000;  // of a session
inline constexpr std::size_t kShown = 200;        // of a list
inline constexpr std::size_t kOutMost = 1'000;    // lines of a work list's file
inline constexpr std::size_t kLinesMost = 5'000;
inline constexpr std::size_t kBytesMost = 1024 * 1024;
inline constexpr identity::Rate kMessagesOfProgram{3600, std::chrono::hours(1)};  // of one key; this project's own
inline constexpr std::chrono::hours kTurnaround{7 * 24};                          // of which times are told
inline constexpr std::chrono::hours kScannedWithin{72};                           // how late a sample may reach us
inline constexpr std::chrono::hours kSessionLasts{7 * 24};
// How late a result may report a suspect by itself: what was written down before that is an officer's to weigh.
inline constexpr std::chrono::hours kReportsWithin{72};

// `invalid`: the specimen or the run was no good.
enum class Outcome { kNegative, kPositive, kInconclusive, kInvalid };
BOOST_DESCRIBE_ENUM(Outcome, kNegative, kPositive, kInconclusive, kInvalid)

// ---- sampling ----

struct NewSession {
  std::optional<PlaceId> place;  // one of place and unit
  std::optional<UnitId> unit;
  std::optional<Text<200>> site;  // where in the unit, in words
  Text<40> disease;
  Text<40> specimen;  // that the disease's file names, or named on other days; a general one; presence::kOtherSpecimen
  std::optional<std::int64_t> pool_most;  // absent: kPoolUsual; 1: no pools
};
BOOST_DESCRIBE_STRUCT(NewSession, (), (place, unit, site, disease, specimen, pool_most))

struct SamplingSession {
  SessionId id;
  UnitId unit;
  std::string unit_name;
  std::optional<places::PlaceName> place;
  std::optional<std::string> site;
  std::string disease;
  std::string specimen;
  std::int64_t pool_most = 1;
  Instant opened_at;
  std::string opener;
  std::optional<Instant> closed_at;
  std::int64_t tubes = 0, persons = 0;
  std::int64_t unsent = 0;   // tubes
  std::int64_t waiting = 0;  // tubes without a result
};
BOOST_DESCRIBE_STRUCT(SamplingSession, (),
                      (id, unit, unit_name, place, site, disease, specimen, pool_most, opened_at, opener, closed_at,
                       tubes, persons, unsent, waiting))

struct NewSample {
  Text<kCodeMost> tube;
  std::optional<Text<200>> code;   // one of the person's code as scanned, and
  std::optional<PersonId> person;  // somebody of the officer's area
  std::optional<Instant> at;       // absent: now; may lie in the past, the device was offline
};
BOOST_DESCRIBE_STRUCT(NewSample, (), (tube, code, person, at))

struct Sampled {
  SampleId id;
  people::PersonBrief person;
  Instant at;
  std::string sampler;
};
BOOST_DESCRIBE_STRUCT(Sampled, (), (id, person, at, sampler))

struct Removal {
  std::optional<Note<500>> reason;  // required once the tube is sent
};
BOOST_DESCRIBE_STRUCT(Removal, (), (reason))

struct TestResult {
  ResultId id;
  Method method = Method::kPcr;
  Outcome outcome = Outcome::kNegative;
  std::optional<double> ct;
  Instant at;  // of the test
  Instant recorded_at;
  std::string recorder;
  std::optional<std::string> reason;    // why it was corrected to this
  std::optional<ResultId> replaced_by;  // it does not stand any more
  std::optional<CaseId> case_id;        // confirmed by it; not shown to laboratories
  std::optional<std::string> lineage = std::nullopt;
};
BOOST_DESCRIBE_STRUCT(TestResult, (),
                      (id, method, outcome, ct, at, recorded_at, recorder, reason, replaced_by, case_id, lineage))

struct TubeSeen {
  TubeId id;
  std::string code;
  std::vector<Sampled> samples;
  std::optional<std::string> laboratory;
  std::optional<Instant> sent_at, received_at;
  std::vector<TestResult> results;  // oldest first
};
BOOST_DESCRIBE_STRUCT(TubeSeen, (), (id, code, samples, laboratory, sent_at, received_at, results))

struct ResamplingTask {
  TaskId id;
  people::PersonBrief person;
  std::string disease;
  std::string tube;
  UnitId unit;
  std::string unit_name;
  Instant made_at;
};
BOOST_DESCRIBE_STRUCT(ResamplingTask, (), (id, person, disease, tube, unit, unit_name, made_at))

// ---- transport ----

struct NewLaboratory {
  UnitId unit;
  Text<120> name;
};
BOOST_DESCRIBE_STRUCT(NewLaboratory, (), (unit, name))

struct LaboratoryEdit {
  std::optional<Text<120>> name;
  std::optional<bool> closed;   // takes no more batches
  std::optional<bool> affirms;  // the Ministry lets it affirm what it finds
};
BOOST_DESCRIBE_STRUCT(LaboratoryEdit, (), (name, closed, affirms))

struct LaboratoryBrief {
  LaboratoryId id;
  UnitId unit;
  std::string unit_name, name;
  bool closed = false;
  bool mine = false;     // the caller may work in it
  bool affirms = false;  // what it finds may confirm a suspect's case at once
  // To those who may work in it: since when, and the officer who noted it, if that was kept.
  std::optional<Instant> affirms_since;
  std::optional<std::string> affirmed_by;
};
BOOST_DESCRIBE_STRUCT(LaboratoryBrief, (),
                      (id, unit, unit_name, name, closed, mine, affirms, affirms_since, affirmed_by))

struct NewBatch {
  LaboratoryId laboratory;
  std::int64_t count = 0;  // tubes in the box, by hand
};
BOOST_DESCRIBE_STRUCT(NewBatch, (), (laboratory, count))

struct Batch {
  BatchId id;
  std::string from;  // the unit that sampled
  std::string sender;
  std::string laboratory;
  Instant sent_at;
  std::int64_t tubes = 0, received = 0, resulted = 0;
  std::vector<std::string> missing;  // barcodes
};
BOOST_DESCRIBE_STRUCT(Batch, (), (id, from, sender, laboratory, sent_at, tubes, received, resulted, missing))

// Medians of the tubes whose first result came within kTurnaround, in minutes; what waits now, and since when.
struct Turnaround {
  std::int64_t tubes = 0;
  std::optional<std::int64_t> to_reception, to_result, whole;  // sampled → received → result; sampled → result
  std::int64_t on_the_way = 0;
  std::optional<Instant> on_the_way_since;
  std::int64_t waiting = 0;  // received, without a result
  std::optional<Instant> waiting_since;
};
BOOST_DESCRIBE_STRUCT(Turnaround, (),
                      (tubes, to_reception, to_result, whole, on_the_way, on_the_way_since, waiting, waiting_since))

struct Unmatched {
  UnmatchedId id;
  std::string tube;
  Method method = Method::kPcr;
  Outcome outcome = Outcome::kNegative;
  std::optional<double> ct;
  Instant at;
  Instant recorded_at;
  std::string recorder;
  std::optional<std::string> lineage = std::nullopt;
};
BOOST_DESCRIBE_STRUCT(Unmatched, (), (id, tube, method, outcome, ct, at, recorded_at, recorder, lineage))

struct LaboratorySeen {
  LaboratoryBrief laboratory;
  Turnaround turnaround;
  std::vector<Batch> batches;        // newest first, at most 50
  std::vector<Unmatched> unmatched;  // oldest first, at most kShown
};
BOOST_DESCRIBE_STRUCT(LaboratorySeen, (), (laboratory, turnaround, batches, unmatched))

struct Reception {
  Text<kCodeMost> tube;
};
BOOST_DESCRIBE_STRUCT(Reception, (), (tube))

// What a laboratory knows of a tube: no people, only how many.
struct LaboratoryTube {
  std::string code, disease;
  std::string specimen;
  std::int64_t persons = 1;
  Instant sampled_at;
  std::optional<Instant> received_at;
  std::vector<TestResult> results;  // oldest first
};
BOOST_DESCRIBE_STRUCT(LaboratoryTube, (), (code, disease, specimen, persons, sampled_at, received_at, results))

struct NewResult {
  Text<kCodeMost> tube;
  Method method = Method::kPcr;
  Outcome outcome = Outcome::kNegative;
  std::optional<double> ct;  // of RT-PCR
  Instant at;
  // Of a positive one by RT-PCR, culture or sequencing: lineage, variant, clade or subtype, as the laboratory writes
  // it.
  std::optional<Text<kLineageMost>> lineage = std::nullopt;
};
BOOST_DESCRIBE_STRUCT(NewResult, (), (tube, method, outcome, ct, at, lineage))

struct Correction {
  Outcome outcome = Outcome::kNegative;
  std::optional<double> ct;
  Instant at;
  Note<500> reason;
  std::optional<Text<kLineageMost>> lineage = std::nullopt;
};
BOOST_DESCRIBE_STRUCT(Correction, (), (outcome, ct, at, reason, lineage))

enum class LineState { kTaken, kSame, kUnmatched, kRefused };
BOOST_DESCRIBE_ENUM(LineState, kTaken, kSame, kUnmatched, kRefused)

struct LineResult {
  std::int64_t line = 0;            // of the file, from 1
  std::optional<std::string> tube;  // as written
  LineState state = LineState::kTaken;
  std::vector<tables::Flaw> errors;
};
BOOST_DESCRIBE_STRUCT(LineResult, (), (line, tube, state, errors))

struct Report {
  std::int64_t taken = 0, same = 0, unmatched = 0, refused = 0;
  std::vector<LineResult> lines;
};
BOOST_DESCRIBE_STRUCT(Report, (), (taken, same, unmatched, refused, lines))

struct Settling {
  std::optional<Text<kCodeMost>> tube;  // which it was; absent: dismissed
};
BOOST_DESCRIBE_STRUCT(Settling, (), (tube))

// A positive result that may confirm a case, until an officer has said so; by which a suspect was reported, until an
// officer has done something about that case; or that does neither, until an officer has weighed it or reported a case.
struct Positive {
  ResultId id;
  people::PersonBrief person;
  std::string disease, tube, unit_name;
  Method method = Method::kPcr;
  std::optional<double> ct;
  Instant sampled_at, at;
  bool confirmable = false;                // by the caller
  std::optional<cases::CaseLink> suspect;  // reported by the result itself
  bool confirmed = false;                  // and no suspect any more: the result confirmed the case by itself
  bool late = false;  // of an old sample, or of an illness that is over: it reported nobody, and is to be weighed
};
BOOST_DESCRIBE_STRUCT(Positive, (),
                      (id, person, disease, tube, unit_name, method, ct, sampled_at, at, confirmable, suspect,
                       confirmed, late))

struct CaseMade {
  CaseId id;
  std::string number;
  bool confirmed_before = false;
};
BOOST_DESCRIBE_STRUCT(CaseMade, (), (id, number, confirmed_before))

// `repeat`: of a pool that was positive; says nothing about the person, who is sampled again.
enum class OwnState { kSampled, kReceived, kResult, kRepeat };
BOOST_DESCRIBE_ENUM(OwnState, kSampled, kReceived, kResult, kRepeat)

struct OwnTest {
  Instant sampled_at;
  std::string disease;
  presence::Wording disease_name;
  bool between_people = true;  // the disease passes from one to another: whoever has it keeps away from others
  std::string specimen;
  presence::Wording specimen_name;
  OwnState state = OwnState::kSampled;
  std::optional<Method> method;  // of kResult
  std::optional<Outcome> outcome;
  std::optional<Instant> at;
  std::optional<std::string> lineage = std::nullopt;
};
BOOST_DESCRIBE_STRUCT(OwnTest, (),
                      (sampled_at, disease, disease_name, between_people, specimen, specimen_name, state, method,
                       outcome, at, lineage))

inline constexpr ErrorCode kSessionClosed{"sampling_closed", 409};
inline constexpr ErrorCode kSessionFull{"sampling_full", 409};  // params: most
inline constexpr ErrorCode kTubeTaken{"tube_taken", 409};       // by somebody else, another session, or sent already
inline constexpr ErrorCode kPoolFull{"pool_full", 409};         // params: most
inline constexpr ErrorCode kSampleSent{"sample_sent", 409};     // taken back with a reason only
inline constexpr ErrorCode kCountDiffers{"tube_count_differs", 409};  // params: count
inline constexpr ErrorCode kLaboratoryClosed{"laboratory_closed", 409};
inline constexpr ErrorCode kTubeUnknown{"tube_unknown", 404};        // not known, or not sent to this laboratory
inline constexpr ErrorCode kResultStands{"result_stands", 409};      // another one, to be corrected with a reason
inline constexpr ErrorCode kDiseaseDiffers{"disease_differs", 409};  // the result's code speaks of another one
inline constexpr ErrorCode kResultSettled{"result_settled", 409};    // nothing of it waits to be weighed
using identity::kListTooLong;
inline constexpr ErrorCode kResultNoCase{"result_no_case",
                                         409};  // replaced, of a pool, or of a method that confirms none

struct Codes;
struct OperationOutcome;
struct Overturned;
struct OverturnedFilter;
struct OverturnedOut;
struct AgainFilter;
struct AgainOut;
struct PositiveFilter;
struct SessionFilter;
struct SessionsOut;
struct TubeFilter;
struct TubesOut;
struct PositivesOut;

struct Needs {
  store::Database& db;
  people::People& people;
  const places::Places& places;
  cases::Cases& cases;
  const geography::Geography& geography;
  const identity::Access& access;
  const Vault& vault;
  const identity::Limits& limits;
  const Codes& codes;
};

class Laboratory {
 public:
  explicit Laboratory(Needs needs);
  ~Laboratory();

  // ---- sampling: officers of the unit; errors of all: not_found, not_permitted ----
  // Errors: invalid, disease_unknown.
  Task<Result<SamplingSession>> open(const Caller& caller, NewSession session, std::optional<store::Once> once = {});
  // No people. Errors: invalid (work_lists.h).
  Task<Result<http::Page<SamplingSession>>> sessions(const Caller& caller, SessionFilter filter,
                                                     std::optional<std::string> cursor, std::size_t limit) const;
  // The same of a unit and below as a file of counts, no people. Errors: not_permitted, reason_required, list_too_long.
  Task<Result<http::Reply>> take_out(const Caller& caller, UnitId unit, SessionsOut asked) const;
  Task<Result<SamplingSession>> find(const Caller& caller, SessionId session) const;
  Task<Result<SamplingSession>> close(const Caller& caller, SessionId session);
  // With names and results; logged.
  Task<Result<http::Page<TubeSeen>>> tubes(const Caller& caller, SessionId session) const;
  // The same person into the same tube again changes nothing. Of the samples the last is this person's. Errors:
  // invalid, sampling_closed, sampling_full, tube_taken, pool_full, person_code_expired, person_code_forged,
  // code_foreign.
  Task<Result<TubeSeen>> sample(const Caller& caller, SessionId session, NewSample sample,
                                std::optional<store::Once> once = {});
  // A wrong scan. Of a tube that was sent, with a reason: what comes of it is not that person's, and nobody else's. The
  // same again changes nothing then. Errors: sample_sent (and no reason).
  Task<Result<Done>> remove(const Caller& caller, SampleId sample, Removal removal = {});
  // All of the session's tubes that are not sent. Errors: invalid, laboratory_closed, tube_count_differs.
  Task<Result<Batch>> send(const Caller& caller, SessionId session, NewBatch batch,
                           std::optional<store::Once> once = {});
  // Open ones of the area (work_lists.h); logged. Errors: invalid.
  Task<Result<http::Page<ResamplingTask>>> tasks(const Caller& caller, AgainFilter filter,
                                                 std::optional<std::string> cursor, std::size_t limit) const;
  // Those of a unit and below as a file with names; everybody in it is logged. Errors: not_permitted, reason_required,
  // list_too_long.
  Task<Result<http::Reply>> take_out(const Caller& caller, UnitId unit, AgainOut asked) const;

  // ---- laboratories ----
  Task<Result<http::Page<LaboratoryBrief>>> laboratories(const Caller& caller) const;  // all, by name
  // Province officers. Errors: invalid.
  Task<Result<LaboratoryBrief>> add(const Caller& caller, NewLaboratory laboratory,
                                    std::optional<store::Once> once = {});
  Task<Result<LaboratoryBrief>> edit(const Caller& caller, LaboratoryId laboratory, LaboratoryEdit edit);
  Task<Result<LaboratorySeen>> see(const Caller& caller, LaboratoryId laboratory) const;
  // A second scan changes nothing. Errors: tube_unknown.
  Task<Result<Batch>> receive(const Caller& caller, LaboratoryId laboratory, Reception reception);
  Task<Result<LaboratoryTube>> look(const Caller& caller, LaboratoryId laboratory, Reception reception) const;
  // What was sent to it (tube_lists.h); no people. A cursor goes on with the sort it was given for. Errors: invalid
  // (cursor: format, other_sort).
  Task<Result<http::Page<LaboratoryTube>>> tubes_of(const Caller& caller, LaboratoryId laboratory, TubeFilter filter,
                                                    std::optional<std::string> cursor, std::size_t limit) const;
  // The latest sampled first. Errors: reason_required, list_too_long.
  Task<Result<http::Reply>> take_out(const Caller& caller, LaboratoryId laboratory, TubesOut asked) const;
  // The same again changes nothing; after one that is inconclusive or invalid, a later one is a repetition and stands.
  // Without a scan before it counts as received now. Errors: invalid, tube_unknown, result_stands.
  Task<Result<LaboratoryTube>> enter(const Caller& caller, LaboratoryId laboratory, NewResult result);
  // By the laboratory that gave it. Errors: invalid, result_stands (replaced already).
  Task<Result<LaboratoryTube>> correct(const Caller& caller, ResultId result, Correction correction);
  // Columns: lines.h. Errors: those of tables::read_list.
  Task<Result<Report>> list(const Caller& caller, LaboratoryId laboratory, std::string bytes);
  // HL7 FHIR R4, by officers and laboratories' systems; what is read: fhir.h. Each report is judged by itself, and
  // taken once. Errors: malformed, invalid, too_many_requests.
  Task<Result<OperationOutcome>> take_message(const Caller& caller, LaboratoryId laboratory, std::string message);
  // Errors: invalid, tube_unknown, result_stands, disease_differs.
  Task<Result<Done>> settle(const Caller& caller, UnmatchedId unmatched, Settling settling);

  // ---- what follows ----
  // Those that wait (work_lists.h); logged. Errors: invalid.
  Task<Result<http::Page<Positive>>> positives(const Caller& caller, PositiveFilter filter,
                                               std::optional<std::string> cursor, std::size_t limit) const;
  // Those of a unit and below as a file with names; everybody in it is logged. Errors: not_permitted, reason_required,
  // list_too_long.
  Task<Result<http::Reply>> take_out(const Caller& caller, UnitId unit, PositivesOut asked) const;
  // The positives without the people, so not logged: the oldest, at most kShown; `since`: when it was recorded.
  struct Untapped {
    ResultId id;
    UnitId unit;
    Instant since;
    bool reported = false;  // a suspect, by itself
  };
  std::vector<Untapped> untapped(store::Session& session, const Caller& caller) const;
  // Of the area's units that sampled; logged. A cursor goes on with the order it was given for. Errors: invalid
  // (?cursor: format, other_sort).
  Task<Result<http::Page<Overturned>>> overturned(const Caller& caller, OverturnedFilter filter,
                                                  std::optional<std::string> cursor, std::size_t limit) const;
  // As a file like positives.
  Task<Result<http::Reply>> take_out(const Caller& caller, UnitId unit, OverturnedOut asked) const;
  // Reports the case unless one is open, and confirms it unless it is confirmed: by modules/cases, as the caller.
  // Errors: not_found, result_no_case, and those of Cases::report, find and confirm.
  Task<Result<CaseMade>> make_case(const Caller& caller, ResultId result);
  // An officer has weighed a late one: it leaves the list of positives. Again: changes nothing. Errors: not_found,
  // result_settled, not_permitted, reason_required.
  Task<Result<Done>> weigh(const Caller& caller, ResultId result, std::string reason);
  // Officers of where the person lives; newest first. Errors: not_found, reason_required.
  Task<Result<http::Page<OwnTest>>> of_person(const Caller& caller, PersonId person, std::string reason) const;
  // The same within another's transaction.
  Result<std::vector<OwnTest>> of_person_within(store::Session& session, const Caller& caller, PersonId person,
                                                const std::string& reason) const;
  // Newest first. Errors: not_in_household, no_own_record, adults_own_affair.
  Task<Result<http::Page<OwnTest>>> mine(const Caller& caller, std::optional<PersonId> person) const;

  // Suspects whom results report; taken back when these fall.
  store::Following follow() const;
  store::Recurring retention() const;

  struct Impl;

 private:
  std::unique_ptr<Impl> impl_;
};

void routes(http::Router& router, Laboratory& laboratory);

const std::vector<store::Migration>& migrations();

}  // namespace luytre::laboratory

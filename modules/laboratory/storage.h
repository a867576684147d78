// The rows of the laboratory and their SQL. Every function runs in the caller's transaction.

#pragma once

#include <map>
#include <span>

#include "modules/laboratory/laboratory.h"

namespace luytre::laboratory::storage {

struct LaboratoryRow {
  LaboratoryId id;
  UnitId unit;
  std::string name;
  std::optional<Instant> closed;
  Instant made;
  AccountId made_by;
  std::optional<Instant> affirms;
  std::optional<AccountId> affirmed_by;  // who noted it, or took the note back
  std::optional<std::string> affirmer;   // by name
};
BOOST_DESCRIBE_STRUCT(LaboratoryRow, (), (id, unit, name, closed, made, made_by, affirms, affirmed_by, affirmer))

void insert(store::Session& session, const LaboratoryRow& row);
std::optional<LaboratoryRow> laboratory(store::Session& session, LaboratoryId id);
std::vector<LaboratoryRow> laboratories(store::Session& session, std::size_t most);
void update(store::Session& session, const LaboratoryRow& row);

struct SessionRow {
  SessionId id;
  UnitId unit;
  std::optional<PlaceId> place;
  std::optional<store::Bytes> site;
  std::string disease;
  std::string specimen;
  std::int64_t pool_most = 1;
  Instant opened;
  AccountId opened_by;
  std::string opener;
  std::optional<Instant> closed;
};
BOOST_DESCRIBE_STRUCT(SessionRow, (),
                      (id, unit, place, site, disease, specimen, pool_most, opened, opened_by, opener, closed))

struct SessionCounts {
  std::int64_t tubes = 0, persons = 0, unsent = 0, waiting = 0;
};
BOOST_DESCRIBE_STRUCT(SessionCounts, (), (tubes, persons, unsent, waiting))

void insert(store::Session& session, const SessionRow& row);
std::optional<SessionRow> session(store::Session& session, SessionId id);
void close(store::Session& session, SessionId id, Instant at);
std::vector<SessionCounts> counts(store::Session& session, std::span<const SessionRow> sessions);  // of each

struct TubeRow {
  TubeId id;
  std::string code;
  SessionId session;
  UnitId unit;
  std::string disease;
  std::string specimen;
  Instant sampled;
  std::int64_t persons = 0;
  std::optional<BatchId> batch;
  std::optional<LaboratoryId> laboratory;
  std::optional<Instant> sent, received, resulted;
};
BOOST_DESCRIBE_STRUCT(TubeRow, (),
                      (id, code, session, unit, disease, specimen, sampled, persons, batch, laboratory, sent, received,
                       resulted))

void insert(store::Session& session, const TubeRow& row);
std::optional<TubeRow> tube(store::Session& session, TubeId id);
std::optional<TubeRow> tube(store::Session& session, std::string_view code);
std::vector<TubeRow> tubes(store::Session& session, SessionId id);  // oldest first
std::map<TubeId, TubeRow> tubes(store::Session& session, std::span<const TubeId> ids);
void update(store::Session& session, const TubeRow& row);
void remove(store::Session& session, TubeId id);

struct SampleRow {
  SampleId id;
  TubeId tube;
  SessionId session;
  PersonId person;
  Instant at;
  AccountId sampled_by;
  std::string sampler;
};
BOOST_DESCRIBE_STRUCT(SampleRow, (), (id, tube, session, person, at, sampled_by, sampler))

void insert(store::Session& session, const SampleRow& row);
std::optional<SampleRow> sample(store::Session& session, SampleId id);
std::vector<SampleRow> samples(store::Session& session, SessionId id);
std::vector<SampleRow> samples(store::Session& session, TubeId id);
std::vector<std::vector<SampleRow>> samples(store::Session& session, std::span<const TubeId> ids);  // of each
std::vector<SampleRow> samples(store::Session& session, PersonId person, std::size_t most);         // newest first
void remove(store::Session& session, SampleId id);

// A sample that was taken back after its tube had been sent; the tube holds it still.
struct WithdrawnRow {
  SampleId sample;
  TubeId tube;
  SessionId session;
  PersonId person;
  Instant at;
  AccountId sampled_by;
  Instant withdrawn;
  AccountId withdrawn_by;
  store::Bytes reason;
};
BOOST_DESCRIBE_STRUCT(WithdrawnRow, (),
                      (sample, tube, session, person, at, sampled_by, withdrawn, withdrawn_by, reason))

void insert(store::Session& session, const WithdrawnRow& row);
std::optional<SessionId> withdrawn(store::Session& session, SampleId id);  // of which session it was

struct BatchRow {
  BatchId id;
  SessionId session;
  UnitId unit;
  LaboratoryId laboratory;
  Instant sent;
  AccountId sent_by;
  std::string sender;
  std::int64_t tubes = 0;
};
BOOST_DESCRIBE_STRUCT(BatchRow, (), (id, session, unit, laboratory, sent, sent_by, sender, tubes))

void insert(store::Session& session, const BatchRow& row);
std::optional<BatchRow> batch(store::Session& session, BatchId id);
std::vector<BatchRow> batches(store::Session& session, LaboratoryId id, std::size_t most);  // newest first

struct BatchCounts {
  std::int64_t received = 0, resulted = 0;
};
BOOST_DESCRIBE_STRUCT(BatchCounts, (), (received, resulted))
BatchCounts counts(store::Session& session, BatchId id);
std::vector<std::string> missing(store::Session& session, BatchId id);  // barcodes, as they were sampled

struct ResultRow {
  ResultId id;
  TubeId tube;
  UnitId unit;
  LaboratoryId laboratory;
  Method method = Method::kPcr;
  Outcome outcome = Outcome::kNegative;
  std::optional<double> ct;
  Instant at, recorded;
  AccountId recorded_by;
  std::string recorder;
  std::optional<store::Bytes> reason;
  std::optional<ResultId> replaced;
  bool offered = false;
  std::optional<CaseId> kase;
  std::optional<store::Bytes> report;  // of a laboratory's system
  std::optional<std::string> lineage;
};
BOOST_DESCRIBE_STRUCT(ResultRow, (),
                      (id, tube, unit, laboratory, method, outcome, ct, at, recorded, recorded_by, recorder, reason,
                       replaced, offered, kase, report, lineage))

void insert(store::Session& session, const ResultRow& row);
std::optional<ResultRow> result(store::Session& session, ResultId id);
std::map<ResultId, ResultRow> results(store::Session& session, std::span<const ResultId> ids);
std::vector<ResultRow> results(store::Session& session, TubeId tube);  // oldest first
std::vector<ResultRow> results(store::Session& session, SessionId id);
std::vector<std::vector<ResultRow>> results(store::Session& session, std::span<const TubeRow> tubes);  // of each
// By which a case was made that no standing result of anybody bears out; oldest first, after that one.
std::vector<ResultRow> overturned(store::Session& session, std::span<const UnitId> units, ResultId after,
                                  std::size_t most);
void replace(store::Session& session, ResultId old, ResultId by);
void set_case(store::Session& session, ResultId id, CaseId kase);

// A suspect whom a positive result reported by itself.
struct ReportedRow {
  CaseId id;
  TubeId tube;
  ResultId result;
  UnitId unit;               // that sampled into the tube
  std::int64_t version = 1;  // of the case, as it was reported
  Instant recorded;
  std::optional<Instant> settled;    // an officer did something about the case
  std::optional<Instant> fallen;     // no result bears it out any more, and an officer had changed it before
  std::optional<Instant> withdrawn;  // no result bears it out, and what it did was taken back by itself
  bool confirmed = false;            // it did not report the case, but confirmed it
};
BOOST_DESCRIBE_STRUCT(ReportedRow, (),
                      (id, tube, result, unit, version, recorded, settled, fallen, withdrawn, confirmed))

void insert(store::Session& session, const ReportedRow& row);
void update(store::Session& session, const ReportedRow& row);
std::optional<ReportedRow> reported(store::Session& session, CaseId id);
std::optional<ReportedRow> reported(store::Session& session, TubeId tube);  // that was not withdrawn
std::map<TubeId, ReportedRow> reported(store::Session& session, std::span<const TubeId> tubes);  // likewise
// No result bears them out, and an officer had changed them before; oldest first, after that one.
std::vector<ReportedRow> fallen(store::Session& session, std::span<const UnitId> units, CaseId after, std::size_t most);

// A positive result that an officer is to weigh: it reported nobody, and is not offered.
struct LateRow {
  ResultId id;
  TubeId tube;
  UnitId unit;  // that sampled into the tube
  Instant since;
  std::optional<Instant> looked;
  std::optional<AccountId> looked_by;
  std::optional<store::Bytes> reason;
};
BOOST_DESCRIBE_STRUCT(LateRow, (), (id, tube, unit, since, looked, looked_by, reason))

void put_late(store::Session& session, const LateRow& row);  // another one of the tube than before: to be weighed again
std::optional<LateRow> late(store::Session& session, ResultId id);
void look_at(store::Session& session, const LateRow& row);
void drop_late(store::Session& session, TubeId tube);  // that nobody has weighed

struct UnmatchedRow {
  UnmatchedId id;
  LaboratoryId laboratory;
  std::string code;
  Method method = Method::kPcr;
  Outcome outcome = Outcome::kNegative;
  std::optional<double> ct;
  Instant at;
  bool whole_day = false;
  Instant recorded;
  AccountId recorded_by;
  std::string recorder;
  std::optional<store::Bytes> report;
  std::optional<std::string> disease;  // that the report spoke of
  std::optional<std::string> lineage = std::nullopt;
};
BOOST_DESCRIBE_STRUCT(UnmatchedRow, (),
                      (id, laboratory, code, method, outcome, ct, at, whole_day, recorded, recorded_by, recorder,
                       report, disease, lineage))

// One of a list that is there takes the Ct that is said now.
void insert(store::Session& session, const UnmatchedRow& row);
std::optional<UnmatchedRow> unmatched(store::Session& session, UnmatchedId id);
std::vector<UnmatchedRow> unmatched(store::Session& session, LaboratoryId id, std::size_t most);  // oldest first
std::vector<UnmatchedRow> unmatched(store::Session& session, LaboratoryId id, std::string_view code);
void remove(store::Session& session, UnmatchedId id);

// A laboratory's report as it once stood.
struct ReportRow {
  store::Bytes report, content;
  LaboratoryId laboratory;
  Instant said, recorded;
};
BOOST_DESCRIBE_STRUCT(ReportRow, (), (report, content, laboratory, said, recorded))

void insert(store::Session& session, const ReportRow& row);
bool taken(store::Session& session, const store::Bytes& report, const store::Bytes& content);
std::optional<Instant> newest(store::Session& session, const store::Bytes& report);   // when it was said last
std::vector<ResultRow> results(store::Session& session, const store::Bytes& report);  // that stand
std::vector<UnmatchedRow> unmatched(store::Session& session, const store::Bytes& report);
std::int64_t remove_reports(store::Session& session, Instant before);

enum class TaskState { kOpen, kDone, kWithdrawn };
BOOST_DESCRIBE_ENUM(TaskState, kOpen, kDone, kWithdrawn)

struct TaskRow {
  TaskId id;
  UnitId unit;
  TubeId tube;
  PersonId person;
  std::string disease;
  Instant made;
  TaskState state = TaskState::kOpen;
  std::optional<SampleId> sample;
};
BOOST_DESCRIBE_STRUCT(TaskRow, (), (id, unit, tube, person, disease, made, state, sample))

void insert(store::Session& session, const TaskRow& row);
std::vector<TaskRow> tasks(store::Session& session, TubeId tube);
std::vector<TaskRow> tasks(store::Session& session, PersonId person, std::string_view disease);
void update(store::Session& session, const TaskRow& row);
void remove(store::Session& session, TubeId tube, PersonId person);  // the task

// What a laboratory's tubes took.
struct TimesRow {
  Instant sampled;
  std::optional<Instant> received;
  Instant resulted;
};
BOOST_DESCRIBE_STRUCT(TimesRow, (), (sampled, received, resulted))
std::vector<TimesRow> times(store::Session& session, LaboratoryId id, Instant since);

struct WaitingRow {
  std::int64_t tubes = 0;
  std::optional<Instant> since;
};
BOOST_DESCRIBE_STRUCT(WaitingRow, (), (tubes, since))
WaitingRow on_the_way(store::Session& session, LaboratoryId id);
WaitingRow waiting(store::Session& session, LaboratoryId id);

// Of these, whom the viewer has not been shown on this day; from now on they have been.
std::vector<PersonId> show(store::Session& session, AccountId viewer, Date day, std::span<const PersonId> persons);

// Each deletes and says how many.
std::int64_t remove_session(store::Session& session, SessionId id);  // with all that hangs on it
std::vector<SessionId> sessions_before(store::Session& session, Instant before, std::size_t most);
std::int64_t remove_unmatched(store::Session& session, Instant before);
std::int64_t forget_shown(store::Session& session, Date before);
void prove(store::Session& session, std::int64_t id, Instant ran, std::string_view rule, Instant before,
           std::int64_t deleted);

}  // namespace luytre::laboratory::storage

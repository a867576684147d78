// Laboratories, sessions, tubes, samples and batches.

#include "modules/laboratory/storage.h"

#include <algorithm>
#include <array>

namespace luytre::laboratory::storage {
namespace {

using store::Query;
using store::Session;

// That a session's table lets stand as themselves (013_specimens.sql).
const std::array<std::string, 6> kOfBefore{"nasopharyngeal", "oropharyngeal", "saliva", "blood", "stool", "other"};

constexpr Query kInsertLaboratory{"laboratory.insert_laboratory", R"sql(
  INSERT INTO laboratory_laboratory (id, unit, name, closed, made, made_by, affirms, affirmed_by, affirmer)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9))sql"};

constexpr Query kLaboratory{"laboratory.laboratory", R"sql(
  SELECT id, unit, name, closed, made, made_by, affirms, affirmed_by, affirmer
  FROM laboratory_laboratory
  WHERE id = $1)sql"};

constexpr Query kLaboratories{"laboratory.laboratories", R"sql(
  SELECT id, unit, name, closed, made, made_by, affirms, affirmed_by, affirmer
  FROM laboratory_laboratory
  ORDER BY id
  LIMIT $1)sql"};

constexpr Query kUpdateLaboratory{"laboratory.update_laboratory", R"sql(
  UPDATE laboratory_laboratory
  SET name = $2, closed = $3, affirms = $4, affirmed_by = $5, affirmer = $6
  WHERE id = $1)sql"};

constexpr Query kInsertSession{"laboratory.insert_session", R"sql(
  INSERT INTO laboratory_session (id, unit, place, site, disease, specimen, pool_most, opened, opened_by,
         opener, closed, named)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12))sql"};

constexpr Query kSession{"laboratory.session", R"sql(
  SELECT id, unit, place, site, disease, coalesce(named, specimen) AS specimen, pool_most, opened, opened_by, opener,
         closed
  FROM laboratory_session
  WHERE id = $1)sql"};

constexpr Query kClose{"laboratory.close", R"sql(
  UPDATE laboratory_session
  SET closed = $2
  WHERE id = $1 AND closed IS NULL)sql"};

constexpr Query kCounts{"laboratory.counts", R"sql(
  SELECT count(*), CAST(coalesce(sum(persons), 0) AS bigint), count(*) - count(sent), count(*) - count(resulted)
  FROM laboratory_tube
  WHERE session = $1)sql"};

constexpr Query kInsertTube{"laboratory.insert_tube", R"sql(
  INSERT INTO laboratory_tube (id, code, session, unit, disease, specimen, sampled, persons, batch, laboratory,
         sent, received, resulted)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13))sql"};

constexpr Query kTube{"laboratory.tube", R"sql(
  SELECT id, code, session, unit, disease, specimen, sampled, persons, batch, laboratory, sent, received, resulted
  FROM laboratory_tube
  WHERE id = $1)sql"};

constexpr Query kTubeOfCode{"laboratory.tube_of_code", R"sql(
  SELECT id, code, session, unit, disease, specimen, sampled, persons, batch, laboratory, sent, received, resulted
  FROM laboratory_tube
  WHERE code = $1)sql"};

constexpr Query kTubesOfSession{"laboratory.tubes_of_session", R"sql(
  SELECT id, code, session, unit, disease, specimen, sampled, persons, batch, laboratory, sent, received, resulted
  FROM laboratory_tube
  WHERE session = $1
  ORDER BY id)sql"};

constexpr Query kBatchCounts{"laboratory.batch_counts", R"sql(
  SELECT count(received), count(resulted)
  FROM laboratory_tube
  WHERE batch = $1)sql"};

constexpr Query kMissing{"laboratory.missing", R"sql(
  SELECT code
  FROM laboratory_tube
  WHERE batch = $1 AND received IS NULL
  ORDER BY id)sql"};

constexpr Query kUpdateTube{"laboratory.update_tube", R"sql(
  UPDATE laboratory_tube
  SET sampled = $2, persons = $3, batch = $4, laboratory = $5, sent = $6, received = $7, resulted = $8,
      by_result = coalesce(CAST($8 AS bigint), 0)
  WHERE id = $1)sql"};

constexpr Query kDeleteTube{"laboratory.delete_tube", R"sql(
  DELETE FROM laboratory_tube
  WHERE id = $1)sql"};

constexpr Query kInsertSample{"laboratory.insert_sample", R"sql(
  INSERT INTO laboratory_sample (id, tube, session, person, at, sampled_by, sampler)
  VALUES ($1, $2, $3, $4, $5, $6, $7))sql"};

constexpr Query kSample{"laboratory.sample", R"sql(
  SELECT id, tube, session, person, at, sampled_by, sampler
  FROM laboratory_sample
  WHERE id = $1)sql"};

constexpr Query kSamplesOfSession{"laboratory.samples_of_session", R"sql(
  SELECT id, tube, session, person, at, sampled_by, sampler
  FROM laboratory_sample
  WHERE session = $1
  ORDER BY id)sql"};

constexpr Query kSamplesOfTube{"laboratory.samples_of_tube", R"sql(
  SELECT id, tube, session, person, at, sampled_by, sampler
  FROM laboratory_sample
  WHERE tube = $1
  ORDER BY id)sql"};

constexpr Query kSamplesOfPerson{"laboratory.samples_of_person", R"sql(
  SELECT id, tube, session, person, at, sampled_by, sampler
  FROM laboratory_sample
  WHERE person = $1
  ORDER BY id DESC
  LIMIT $2)sql"};

constexpr Query kDeleteSample{"laboratory.delete_sample", R"sql(
  DELETE FROM laboratory_sample
  WHERE id = $1)sql"};

constexpr Query kInsertWithdrawn{"laboratory.insert_withdrawn", R"sql(
  INSERT INTO laboratory_withdrawn (sample, tube, session, person, at, sampled_by, withdrawn, withdrawn_by, reason)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9))sql"};

constexpr Query kWithdrawn{"laboratory.withdrawn", R"sql(
  SELECT session
  FROM laboratory_withdrawn
  WHERE sample = $1)sql"};

constexpr Query kInsertBatch{"laboratory.insert_batch", R"sql(
  INSERT INTO laboratory_batch (id, session, unit, laboratory, sent, sent_by, sender, tubes)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8))sql"};

constexpr Query kBatch{"laboratory.batch", R"sql(
  SELECT id, session, unit, laboratory, sent, sent_by, sender, tubes
  FROM laboratory_batch
  WHERE id = $1)sql"};

constexpr Query kBatches{"laboratory.batches", R"sql(
  SELECT id, session, unit, laboratory, sent, sent_by, sender, tubes
  FROM laboratory_batch
  WHERE laboratory = $1
  ORDER BY id DESC
  LIMIT $2)sql"};

}  // namespace

void insert(Session& session, const LaboratoryRow& r) {
  session.run(kInsertLaboratory, r.id, r.unit, r.name, r.closed, r.made, r.made_by, r.affirms, r.affirmed_by,
              r.affirmer);
}

std::optional<LaboratoryRow> laboratory(Session& session, LaboratoryId id) {
  return session.one<LaboratoryRow>(kLaboratory, id);
}

std::vector<LaboratoryRow> laboratories(Session& session, std::size_t most) {
  return session.all<LaboratoryRow>(kLaboratories, most);
}

void update(Session& session, const LaboratoryRow& r) {
  session.run(kUpdateLaboratory, r.id, r.name, r.closed, r.affirms, r.affirmed_by, r.affirmer);
}

void insert(Session& session, const SessionRow& r) {
  const bool checked = std::find(std::begin(kOfBefore), std::end(kOfBefore), r.specimen) != std::end(kOfBefore);
  session.run(kInsertSession, r.id, r.unit, r.place, r.site, r.disease, checked ? r.specimen : kOfBefore.back(),
              r.pool_most, r.opened, r.opened_by, r.opener, r.closed,
              checked ? std::nullopt : std::optional(r.specimen));
}

std::optional<SessionRow> session(Session& session, SessionId id) {
  return session.one<SessionRow>(kSession, id);
}

void close(Session& session, SessionId id, Instant at) {
  session.run(kClose, id, at);
}

std::vector<SessionCounts> counts(Session& session, std::span<const SessionRow> sessions) {
  std::vector<store::Row> looks;
  for (const SessionRow& one : sessions) looks.push_back(store::values(one.id));
  std::vector<SessionCounts> out;
  if (looks.empty()) return out;
  for (const auto& found : session.each<SessionCounts>(kCounts, looks)) out.push_back(found.front());
  return out;
}

void insert(Session& session, const TubeRow& r) {
  session.run(kInsertTube, r.id, r.code, r.session, r.unit, r.disease, r.specimen, r.sampled, r.persons, r.batch,
              r.laboratory, r.sent, r.received, r.resulted);
}

std::optional<TubeRow> tube(Session& session, TubeId id) {
  return session.one<TubeRow>(kTube, id);
}

std::optional<TubeRow> tube(Session& session, std::string_view code) {
  return session.one<TubeRow>(kTubeOfCode, code);
}

std::map<TubeId, TubeRow> tubes(Session& session, std::span<const TubeId> ids) {
  std::vector<store::Row> looks;
  for (const TubeId id : ids) looks.push_back(store::values(id));
  std::map<TubeId, TubeRow> out;
  if (looks.empty()) return out;
  for (auto& found : session.each<TubeRow>(kTube, looks))
    for (TubeRow& row : found) out.emplace(row.id, std::move(row));
  return out;
}

std::vector<TubeRow> tubes(Session& session, SessionId id) {
  return session.all<TubeRow>(kTubesOfSession, id);
}

void update(Session& session, const TubeRow& r) {
  session.run(kUpdateTube, r.id, r.sampled, r.persons, r.batch, r.laboratory, r.sent, r.received, r.resulted);
}

void remove(Session& session, TubeId id) {
  session.run(kDeleteTube, id);
}

void insert(Session& session, const SampleRow& r) {
  session.run(kInsertSample, r.id, r.tube, r.session, r.person, r.at, r.sampled_by, r.sampler);
}

std::optional<SampleRow> sample(Session& session, SampleId id) {
  return session.one<SampleRow>(kSample, id);
}

std::vector<SampleRow> samples(Session& session, SessionId id) {
  return session.all<SampleRow>(kSamplesOfSession, id);
}

std::vector<SampleRow> samples(Session& session, TubeId id) {
  return session.all<SampleRow>(kSamplesOfTube, id);
}

std::vector<std::vector<SampleRow>> samples(Session& session, std::span<const TubeId> ids) {
  std::vector<store::Row> looks;
  for (const TubeId id : ids) looks.push_back(store::values(id));
  return session.each<SampleRow>(kSamplesOfTube, looks);
}

std::vector<SampleRow> samples(Session& session, PersonId person, std::size_t most) {
  return session.all<SampleRow>(kSamplesOfPerson, person, most);
}

void remove(Session& session, SampleId id) {
  session.run(kDeleteSample, id);
}

void insert(Session& session, const WithdrawnRow& r) {
  session.run(kInsertWithdrawn, r.sample, r.tube, r.session, r.person, r.at, r.sampled_by, r.withdrawn, r.withdrawn_by,
              r.reason);
}

std::optional<SessionId> withdrawn(Session& session, SampleId id) {
  return session.one<SessionId>(kWithdrawn, id);
}

void insert(Session& session, const BatchRow& r) {
  session.run(kInsertBatch, r.id, r.session, r.unit, r.laboratory, r.sent, r.sent_by, r.sender, r.tubes);
}

std::optional<BatchRow> batch(Session& session, BatchId id) {
  return session.one<BatchRow>(kBatch, id);
}

std::vector<BatchRow> batches(Session& session, LaboratoryId id, std::size_t most) {
  return session.all<BatchRow>(kBatches, id, most);
}

BatchCounts counts(Session& session, BatchId id) {
  return *session.one<BatchCounts>(kBatchCounts, id);
}

std::vector<std::string> missing(Session& session, BatchId id) {
  return session.all<std::string>(kMissing, id);
}

}  // namespace luytre::laboratory::storage

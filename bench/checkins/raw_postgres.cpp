// Rows go as one binary array per column, which is the quickest INSERT that PostgreSQL has: three statements a batch,
// sent together with BEGIN and COMMIT in one pipeline.

#include <arpa/inet.h>
#include <libpq-fe.h>

#include <stdexcept>
#include <vector>

#include "bench/checkins/raw.h"

namespace luytre::bench {
namespace {

constexpr Oid kBytea = 17, kInt8 = 20, kText = 25;

void put(std::string& out, std::uint32_t value) {
  const std::uint32_t net = htonl(value);
  out.append(reinterpret_cast<const char*>(&net), sizeof net);
}

void put(std::string& out, std::int64_t value) {
  put(out, static_cast<std::uint32_t>(static_cast<std::uint64_t>(value) >> 32));
  put(out, static_cast<std::uint32_t>(value));
}

// The wire format of a one-dimensional array without nulls (src/backend/utils/adt/arrayfuncs.c, array_send).
std::string array_head(Oid type, std::size_t count) {
  std::string out;
  for (const std::uint32_t word : {1U, 0U, type, static_cast<std::uint32_t>(count), 1U}) put(out, word);
  return out;
}

template <class Get>
std::string numbers(std::span<const CheckInRows> rows, Get get) {
  std::string out = array_head(kInt8, rows.size());
  for (const auto& r : rows) {
    put(out, 8U);
    put(out, get(r));
  }
  return out;
}

template <class Get>
std::string texts(Oid type, std::span<const CheckInRows> rows, Get get) {
  std::string out = array_head(type, rows.size());
  for (const auto& r : rows) {
    const std::string_view text = get(r);
    put(out, static_cast<std::uint32_t>(text.size()));
    out += text;
  }
  return out;
}

class RawPostgres final : public RawWriter {
 public:
  explicit RawPostgres(const std::string& url) : db_(PQconnectdb(url.c_str())) {
    if (PQstatus(db_) != CONNECTION_OK) throw std::runtime_error(PQerrorMessage(db_));
    prepare("visit",
            "INSERT INTO visits_visit (id, place, zone, person, entered, departed, expected, estimated, capacity, "
            "source, flags, "
            "recorded, unit, version) SELECT v, p, NULL, m, t, t + 3600, t + 3600, true, 'visitor', 'scan', 0, t, 1, 1 "
            "FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[]) AS u(v, p, m, t)");
    prepare("event",
            "INSERT INTO store_event (epoch, type, subject, at, version, unit, written) SELECT 1, 'visit.checked_in', "
            "v, t, 1, 1, t "
            "FROM unnest($1::bigint[], $2::bigint[]) AS u(v, t)");
    prepare(
        "kept",
        "INSERT INTO store_idempotency (scope, body, answer, written) SELECT * FROM unnest($1::bytea[], $2::bytea[], "
        "$3::text[], $4::bigint[])");
  }
  ~RawPostgres() override { PQfinish(db_); }

  void write(std::span<const CheckInRows> rows) override {
    const auto visits = numbers(rows, [](const CheckInRows& r) { return r.visit; });
    const auto times = numbers(rows, [](const CheckInRows& r) { return r.entered; });
    PQenterPipelineMode(db_);
    send("BEGIN");
    send("visit", {visits, numbers(rows, [](const CheckInRows& r) { return r.place; }),
                   numbers(rows, [](const CheckInRows& r) { return r.person; }), times});
    send("event", {visits, times});
    send("kept", {texts(kBytea, rows, [](const CheckInRows& r) { return std::string_view(r.scope, sizeof r.scope); }),
                  texts(kBytea, rows, [](const CheckInRows& r) { return std::string_view(r.body, sizeof r.body); }),
                  texts(kText, rows, [](const CheckInRows& r) { return std::string_view(r.answer); }), times});
    send("COMMIT");
    PQpipelineSync(db_);
    finish();
    PQexitPipelineMode(db_);
  }

 private:
  void prepare(const char* name, const char* sql) {
    PGresult* result = PQprepare(db_, name, sql, 0, nullptr);
    if (PQresultStatus(result) != PGRES_COMMAND_OK) throw std::runtime_error(PQerrorMessage(db_));
    PQclear(result);
  }
  void send(const char* sql) { PQsendQueryParams(db_, sql, 0, nullptr, nullptr, nullptr, nullptr, 1); }
  void send(const char* name, const std::vector<std::string>& columns) {
    std::vector<const char*> values;
    std::vector<int> lengths;
    const std::vector<int> binary(columns.size(), 1);
    for (const auto& column : columns) {
      values.push_back(column.data());
      lengths.push_back(static_cast<int>(column.size()));
    }
    PQsendQueryPrepared(db_, name, static_cast<int>(columns.size()), values.data(), lengths.data(), binary.data(), 1);
  }
  void finish() {
    for (;;) {
      PGresult* result = PQgetResult(db_);
      if (result == nullptr) continue;
      const auto status = PQresultStatus(result);
      PQclear(result);
      if (status == PGRES_PIPELINE_SYNC) return;
      if (status != PGRES_COMMAND_OK) throw std::runtime_error(PQerrorMessage(db_));
    }
  }

  PGconn* db_;
};

}  // namespace

std::unique_ptr<RawWriter> raw_postgres(const std::string& url) {
  return std::make_unique<RawPostgres>(url);
}

}  // namespace luytre::bench

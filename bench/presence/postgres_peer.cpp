#include "bench/presence/postgres_peer.h"

#include <arpa/inet.h>
#include <libpq-fe.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <set>
#include <stdexcept>
#include <tuple>

#include "bench/presence/trace_sql.h"

namespace luytre::bench {

namespace {

constexpr Oid kInt8 = 20, kInt4 = 23;
constexpr int kBinary = 1;
constexpr std::size_t kFlush = std::size_t{1} << 20;  // bytes of rows sent together

using Result = std::unique_ptr<PGresult, decltype(&PQclear)>;

void put16(std::string& out, std::uint16_t value) {
  const std::uint16_t net = htons(value);
  out.append(reinterpret_cast<const char*>(&net), sizeof net);
}
void put32(std::string& out, std::int64_t value) {
  const std::uint32_t net = htonl(static_cast<std::uint32_t>(value));
  out.append(reinterpret_cast<const char*>(&net), sizeof net);
}
void put64(std::string& out, std::int64_t value) {
  put32(out, value >> 32);
  put32(out, value & 0xffff'ffff);
}

// Fields of binary COPY: length, then value.
void field32(std::string& out, std::int64_t value) {
  put32(out, sizeof(std::int32_t));
  put32(out, value);
}
void field64(std::string& out, std::int64_t value) {
  put32(out, sizeof value);
  put64(out, value);
}

std::int64_t get32(const char* at) {
  std::uint32_t net = 0;
  std::memcpy(&net, at, sizeof net);
  return static_cast<std::int32_t>(ntohl(net));
}
std::int64_t get64(const char* at) {
  return get32(at) << 32 | (get32(at + 4) & 0xffff'ffff);
}

}  // namespace

struct PostgresPeer::Connection {
  explicit Connection(const std::string& url) : handle(PQconnectdb(url.c_str())) {
    if (PQstatus(handle) != CONNECTION_OK) fail();
  }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection() { PQfinish(handle); }

  [[noreturn]] void fail() const { throw std::runtime_error(PQerrorMessage(handle)); }
  void run(const std::string& sql) const { check(PQexec(handle, sql.c_str())); }
  Result check(PGresult* got) const {
    Result result(got, &PQclear);
    const ExecStatusType status = PQresultStatus(got);
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK && status != PGRES_COPY_IN) fail();
    return result;
  }
  void send(std::string& rows) const {
    if (PQputCopyData(handle, rows.data(), static_cast<int>(rows.size())) != 1) fail();
    rows.clear();
  }

  PGconn* handle;
  std::set<int> prepared;
};

PostgresPeer::PostgresPeer(const std::string& url) : db_(std::make_unique<Connection>(url)) {}
PostgresPeer::~PostgresPeer() = default;

void PostgresPeer::begin_loading() {
  // FREEZE: so that no trace stops to look up who wrote a row.
  db_->run("BEGIN");
  db_->run(
      "CREATE UNLOGGED TABLE visit (person bigint NOT NULL, place bigint NOT NULL, zone bigint, entered integer NOT "
      "NULL, departed integer NOT NULL)");
  db_->run("COPY visit FROM STDIN (FORMAT binary, FREEZE)");
  std::string head("PGCOPY\n\377\r\n\0", 11);
  put32(head, 0);
  put32(head, 0);
  db_->send(head);
}

void PostgresPeer::load(std::vector<presence::Visit> day) {
  std::sort(day.begin(), day.end(), [](const auto& a, const auto& b) {
    return std::tie(a.when.from, a.person) < std::tie(b.when.from, b.person);
  });
  std::string rows;
  for (const presence::Visit& v : day) {
    constexpr std::uint16_t kColumns = 5;
    put16(rows, kColumns);
    field64(rows, v.person.value);
    field64(rows, v.place.value);
    if (v.zone) {
      field64(rows, v.zone->value);
    } else {
      put32(rows, -1);  // NULL
    }
    field32(rows, v.when.from.seconds);
    field32(rows, v.when.to.seconds);
    longest_ = std::max<std::int64_t>(longest_, (v.when.to - v.when.from).count());
    if (rows.size() > kFlush) db_->send(rows);
  }
  if (!rows.empty()) db_->send(rows);
}

void PostgresPeer::finish_loading() {
  if (PQputCopyEnd(db_->handle, nullptr) != 1) db_->fail();
  db_->check(PQgetResult(db_->handle));
  while (const Result more{PQgetResult(db_->handle), &PQclear}) {
  }
  db_->run("COMMIT");
  db_->run("SET maintenance_work_mem = '1GB'");
  db_->run("CREATE INDEX visit_place_in ON visit (place, entered)");
  db_->run("CREATE INDEX visit_person_in ON visit (person, entered)");
  db_->run("VACUUM (ANALYZE) visit");
  db_->run("SET client_min_messages = warning");
  db_->run("CREATE EXTENSION IF NOT EXISTS pg_prewarm");
  for (const char* relation : {"visit", "visit_place_in", "visit_person_in"})
    db_->run(std::string("SELECT pg_prewarm('") + relation + "')");
}

std::vector<presence::Reached> PostgresPeer::trace(const presence::Question& question) {
  const int depth = question.rules.depth;
  const std::string name = "trace" + std::to_string(depth);
  if (db_->prepared.insert(depth).second) {
    constexpr std::array<Oid, 5> kTypes{kInt8, kInt4, kInt4, kInt4, kInt4};
    db_->check(PQprepare(db_->handle, name.c_str(), trace_sql(depth).c_str(), kTypes.size(), kTypes.data()));
  }
  std::string person;
  put64(person, question.cases[0].person.value);
  std::array<std::string, 4> numbers;
  put32(numbers[0], question.cases[0].window.from.seconds);
  put32(numbers[1], question.cases[0].window.to.seconds);
  put32(numbers[2], question.rules.min_overlap.count());
  put32(numbers[3], longest_);
  const std::array<const char*, 5> values{person.data(), numbers[0].data(), numbers[1].data(), numbers[2].data(),
                                          numbers[3].data()};
  constexpr std::array<int, 5> kLengths{8, 4, 4, 4, 4};
  constexpr std::array<int, 5> kFormats{kBinary, kBinary, kBinary, kBinary, kBinary};
  const Result result = db_->check(PQexecPrepared(db_->handle, name.c_str(), values.size(), values.data(),
                                                  kLengths.data(), kFormats.data(), kBinary));
  std::vector<presence::Reached> found;
  const int rows = PQntuples(result.get());
  for (int row = 0; row < rows; ++row) {
    const auto at = [&](int column) { return PQgetvalue(result.get(), row, column); };
    found.push_back({{get64(at(1))}, static_cast<int>(get32(at(0))), {get32(at(2))}});
  }
  return found;
}

}  // namespace luytre::bench

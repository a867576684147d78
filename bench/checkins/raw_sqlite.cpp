#include <sqlite3.h>

#include <stdexcept>

#include "bench/checkins/raw.h"

namespace luytre::bench {
namespace {

class RawSqlite final : public RawWriter {
 public:
  explicit RawSqlite(const std::string& file) {
    check(sqlite3_open_v2(file.c_str(), &db_, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr));
    // As the product's writer has them; durable when COMMIT returns.
    script(
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA cache_size=-65536;"
        "PRAGMA wal_autocheckpoint=4000");
    visit_ = prepare(
        "INSERT INTO visits_visit (id, place, zone, person, entered, departed, expected, estimated, capacity, source, "
        "flags, "
        "recorded, unit, version) VALUES (?1, ?2, NULL, ?3, ?4, ?4 + 3600, ?4 + 3600, 1, 'visitor', 'scan', 0, ?4, 1, "
        "1)");
    event_ = prepare(
        "INSERT INTO store_event (epoch, type, subject, at, version, unit, written) VALUES (1, 'visit.checked_in', ?1, "
        "?2, 1, "
        "1, ?2)");
    kept_ = prepare("INSERT INTO store_idempotency (scope, body, answer, written) VALUES (?1, ?2, ?3, ?4)");
  }
  ~RawSqlite() override {
    for (sqlite3_stmt* s : {visit_, event_, kept_}) sqlite3_finalize(s);
    sqlite3_close(db_);
  }

  void write(std::span<const CheckInRows> rows) override {
    script("BEGIN IMMEDIATE");
    for (const CheckInRows& r : rows) {
      sqlite3_bind_int64(visit_, 1, r.visit);
      sqlite3_bind_int64(visit_, 2, r.place);
      sqlite3_bind_int64(visit_, 3, r.person);
      sqlite3_bind_int64(visit_, 4, r.entered);
      step(visit_);
      sqlite3_bind_int64(event_, 1, r.visit);
      sqlite3_bind_int64(event_, 2, r.entered);
      step(event_);
      sqlite3_bind_blob(kept_, 1, r.scope, sizeof r.scope, SQLITE_STATIC);
      sqlite3_bind_blob(kept_, 2, r.body, sizeof r.body, SQLITE_STATIC);
      sqlite3_bind_text(kept_, 3, r.answer.data(), static_cast<int>(r.answer.size()), SQLITE_STATIC);
      sqlite3_bind_int64(kept_, 4, r.entered);
      step(kept_);
    }
    script("COMMIT");
  }

 private:
  void check(int code) {
    if (code != SQLITE_OK) throw std::runtime_error(sqlite3_errmsg(db_));
  }
  void script(const char* sql) { check(sqlite3_exec(db_, sql, nullptr, nullptr, nullptr)); }
  sqlite3_stmt* prepare(const char* sql) {
    sqlite3_stmt* out = nullptr;
    check(sqlite3_prepare_v3(db_, sql, -1, SQLITE_PREPARE_PERSISTENT, &out, nullptr));
    return out;
  }
  void step(sqlite3_stmt* statement) {
    if (sqlite3_step(statement) != SQLITE_DONE) throw std::runtime_error(sqlite3_errmsg(db_));
    sqlite3_reset(statement);
  }

  sqlite3* db_ = nullptr;
  sqlite3_stmt* visit_ = nullptr;
  sqlite3_stmt* event_ = nullptr;
  sqlite3_stmt* kept_ = nullptr;
};

}  // namespace

std::unique_ptr<RawWriter> raw_sqlite(const std::string& file) {
  return std::make_unique<RawSqlite>(file);
}

}  // namespace luytre::bench

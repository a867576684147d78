// One writer of PostgreSQL: a SERIALIZABLE transaction per job, tried again when PostgreSQL says so or the connection
// broke before COMMIT.
//
// A job whose commit outcome is unknown runs again only when it is idempotent: its look-up then finds what was
// committed. An idempotent job that ended in an Error or a fault looks up once more, because the cause may be its own
// twin, which has committed meanwhile.

#include <chrono>
#include <thread>

#include "platform/base/random.h"
#include "platform/store/impl.h"

namespace luytre::store {
namespace {

using std::chrono::milliseconds;

constexpr int kReconnects = 6;  // over about 3 s: a server that restarts
constexpr milliseconds kReconnectFirst{50};
constexpr milliseconds kBackoffMost{128};
// After so many conflicts a job runs while no other of this process does. In young tables everybody's rows lie in the
// same page, and PostgreSQL's predicate locks take pages.
constexpr int kTogetherMost = 4;

// Full jitter: two that have met do not meet again.
void back_off(int attempt) {
  const auto most = std::min(milliseconds(1 << std::min(attempt, 10)), kBackoffMost);
  static thread_local SystemRandom random;
  std::this_thread::sleep_for(
      std::chrono::microseconds(random.below(static_cast<std::uint32_t>(most.count() * 1000) + 1)));
}

// Not the closure's doing, so its Error may be about nothing: it must run again.
bool is_passing(Fault fault) {
  return fault == Fault::kSerialization || fault == Fault::kUnavailable;
}

class Inside {
 public:
  Inside(Passage& passage, bool alone) : passage_(passage) { passage_.enter(alone); }
  ~Inside() { passage_.leave(); }
  Inside(const Inside&) = delete;
  Inside& operator=(const Inside&) = delete;

 private:
  Passage& passage_;
};

struct Outcome {
  std::int64_t ticket = 0;  // 0: there is no sync to wait for
  bool committed = false;
  bool published = false;
};

class SerializableWriter {
 public:
  SerializableWriter(Database::Impl& database, std::unique_ptr<EngineConnection> connection)
      : database_(database), connection_(std::move(connection)) {}

  void run(Work& work);
  void close() {
    if (connection_ && connection_->lives()) database_.lease.give_back(*connection_);
  }

 private:
  void connect();
  bool found(Work& work);
  Outcome attempt(Work& work);
  bool found_after_all(Work& work) noexcept;
  std::optional<Outcome> found_in_the_end(Work& work) noexcept;
  void answer(Work& work, Outcome outcome);

  Database::Impl& database_;
  std::unique_ptr<EngineConnection> connection_;
  bool waits_for_disk_ = true;  // each commit of the connection
};

void SerializableWriter::connect() {
  if (connection_ && connection_->lives()) return;
  if (connection_) database_.lease.renew_now();  // a server that went down may have forgotten the last renewal
  connection_.reset();
  connection_ = open_postgres(database_.options.url);
  waits_for_disk_ = true;
}

bool SerializableWriter::found(Work& work) {
  if (!work.look_up) return false;
  connection_->broken.reset();
  Session session(*connection_);  // outside a transaction: takes no predicate locks, and sees the newest
  return work.look_up(session);
}

Outcome SerializableWriter::attempt(Work& work) {
  connect();
  if (waits_for_disk_ && database_.group_commit) {
    connection_->commit_without_sync();
    waits_for_disk_ = false;
  }
  Outcome out;
  if (!waits_for_disk_) out.ticket = database_.durability->ticket();
  database_.lease.check(*connection_);
  if (found(work)) return out;
  connection_->begin(Access::kWrite);
  Session session(*connection_);
  work.job(session);
  if (connection_->broken && (!work.wants_roll_back() || is_passing(*connection_->broken))) {
    throw SqlError(*connection_->broken, "a statement of the transaction had failed");
  }
  if (work.wants_roll_back()) {
    connection_->rollback();
    if (!found_after_all(work)) out.ticket = 0;
    return out;
  }
  out.published = !connection_->outbox.empty();
  database_.write_outbox(*connection_);
  connection_->commit();
  out.committed = true;
  return out;
}

void SerializableWriter::answer(Work& work, Outcome outcome) {
  if (work.committed) work.committed();
  auto answer = [&database = database_, done = std::move(work.done), outcome](bool durable) {
    if (!durable) return done(std::make_exception_ptr(CommitUnknown(kDiskLost)));
    if (outcome.committed) {
      ++database.jobs;
      database.committed(outcome.published);
    }
    done(nullptr);
  };
  if (outcome.ticket == 0) return answer(true);
  database_.durability->after_sync(outcome.ticket, std::move(answer));
}

// A twin's commit, to be answered once it is durable.
std::optional<Outcome> SerializableWriter::found_in_the_end(Work& work) noexcept {
  try {
    Outcome out;
    if (!waits_for_disk_) out.ticket = database_.durability->ticket();
    if (found_after_all(work)) return out;
  } catch (const std::exception&) {
  }
  return std::nullopt;
}

bool SerializableWriter::found_after_all(Work& work) noexcept {
  try {
    return work.look_up && connection_->lives() && found(work);
  } catch (const std::exception&) {
    return false;
  }
}

void SerializableWriter::run(Work& work) {
  int reconnects = 0;
  for (int attempts = 1;; ++attempts) {
    bool again = false;
    std::exception_ptr fault;
    try {
      return answer(work, [&] {
        const Inside inside(database_.passage, attempts > kTogetherMost);
        return attempt(work);
      }());
    } catch (const CommitUnknown&) {
      fault = std::current_exception();
      again = work.repeatable && reconnects++ < kReconnects;
      if (again) std::this_thread::sleep_for(kReconnectFirst);
    } catch (const SqlError& e) {
      fault = std::current_exception();
      const bool alive = connection_ && connection_->lives();
      if (alive) connection_->rollback();
      if (e.fault == Fault::kSerialization && alive) {
        again = attempts < kRetries;
        if (again) back_off(attempts);
        ++database_.retries;
      } else if (!alive) {
        again = reconnects < kReconnects;
        if (again) std::this_thread::sleep_for(kReconnectFirst * (1 << reconnects++));
      }
    } catch (...) {
      fault = std::current_exception();
      if (connection_) connection_->rollback();
    }
    if (again) continue;
    if (const auto twin = found_in_the_end(work)) return answer(work, *twin);
    return work.done(fault);
  }
}

}  // namespace

void run_serializable(Database::Impl& database, std::unique_ptr<EngineConnection> connection) {
  SerializableWriter writer(database, std::move(connection));
  for (Work work; database.writes.pop(work); work = Work{}) writer.run(work);
  writer.close();
}

}  // namespace luytre::store

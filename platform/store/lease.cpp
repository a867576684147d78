#include "platform/store/lease.h"

#include <fcntl.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <system_error>
#include <thread>
#include <vector>

#include "platform/base/random.h"

namespace luytre::store {
namespace {

constexpr std::int64_t kNumbers = 1024;  // ten bits of an id
constexpr int kAttempts = 30;
constexpr std::int64_t kRenewAgainAfter = 5;
constexpr const char* kLost = "another process has taken over this one's process number for ids; restart this process";

constexpr Query kTableSqlite{"store.process_table_sqlite",
                             "SELECT count(*) FROM sqlite_master WHERE name = 'store_process'"};
constexpr Query kTablePostgres{
    "store.process_table_postgres",
    "SELECT CAST(count(*) AS bigint) FROM pg_class WHERE oid = to_regclass('store_process')"};
constexpr Query kNowPostgres{"store.now", "SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) AS bigint)"};
constexpr Query kNumbersTaken{"store.process_numbers", "SELECT number, until FROM store_process ORDER BY number"};
constexpr Query kTake{"store.process_take",
                      R"(INSERT INTO store_process (number, holder, until)
VALUES ($1, $2, $3)
ON CONFLICT (number) DO UPDATE SET holder = excluded.holder, until = excluded.until)"};
constexpr Query kRenew{"store.process_renew", "UPDATE store_process SET until = $3 WHERE number = $1 AND holder = $2"};

constexpr Query kHold{
    "store.lease_hold",
    "UPDATE store_lease SET holder = $2, until = $3 WHERE name = $1 AND (holder = $2 OR until <= $4)"};
constexpr Query kFirstHold{
    "store.lease_first",
    "INSERT INTO store_lease (name, holder, until) VALUES ($1, $2, $3) ON CONFLICT (name) DO NOTHING"};
constexpr Query kRelease{"store.lease_release", "DELETE FROM store_lease WHERE name = $1 AND holder = $2"};

struct Number {
  std::int64_t number = 0;
  std::int64_t until = 0;
};
BOOST_DESCRIBE_STRUCT(Number, (), (number, until))

// A number never used, else the one whose lease ran out longest ago.
std::int64_t choose(const std::vector<Number>& known, std::int64_t now) {
  std::vector<bool> used(kNumbers, false);
  const Number* oldest = nullptr;
  for (const Number& n : known) {
    used.at(static_cast<std::size_t>(n.number)) = true;
    if (n.until <= now && (oldest == nullptr || n.until < oldest->until)) oldest = &n;
  }
  const auto unused = std::find(used.begin(), used.end(), false);
  if (unused != used.end()) return unused - used.begin();
  if (oldest != nullptr) return oldest->number;
  throw StartError(
      "1024 processes use this database already; that is the most. Stop some, or wait five minutes for those that "
      "died");
}

}  // namespace

Holder::Holder(const std::filesystem::path& folder) : bytes_{SystemRandom().bytes(16)} {
  if (folder.empty()) return;
  const std::string path = (folder / "holder").string();
  file_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (file_ < 0) throw std::system_error(errno, std::generic_category(), path);
  if (::flock(file_, LOCK_EX | LOCK_NB) != 0) return;  // somebody else's
  std::array<char, 16> kept{};
  if (::pread(file_, kept.data(), kept.size(), 0) == static_cast<ssize_t>(kept.size())) {
    bytes_.data.assign(kept.begin(), kept.end());
    return;
  }
  // On a full disk the next one here will wait, that is all.
  [[maybe_unused]] const ssize_t written = ::pwrite(file_, bytes_.data.data(), kept.size(), 0);
}

Holder::~Holder() {
  if (file_ >= 0) ::close(file_);
}

std::int64_t lease_clock() {
  timespec t{};
  ::clock_gettime(CLOCK_BOOTTIME, &t);
  return t.tv_sec;
}

std::int64_t shared_now(Connection& connection) {
  if (connection.engine() == Engine::kPostgres)
    return std::get<std::int64_t>(connection.all(kNowPostgres, {}).at(0).at(0));
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::seconds>(now).count();
}

bool hold_lease(Session& session, std::string_view name, const Bytes& holder, std::int64_t seconds) {
  const std::int64_t now = shared_now(session.connection());
  if (session.run(kHold, name, holder, now + seconds, now) == 1) return true;
  return session.run(kFirstHold, name, holder, now + seconds) == 1;
}

void release_lease(Session& session, std::string_view name, const Bytes& holder) {
  session.run(kRelease, name, holder);
}

void ProcessLease::take(EngineConnection& connection) {
  const std::lock_guard lock(mutex_);
  // Another process may want the same number at the same instant.
  for (int attempt = 0; !made_; ++attempt) {
    try {
      if (!try_take(connection)) return;
    } catch (const SqlError& e) {
      connection.rollback();
      if ((e.fault != Fault::kSerialization && e.fault != Fault::kUnique) || attempt == kAttempts) throw;
      std::this_thread::sleep_for(std::chrono::milliseconds(SystemRandom().below(20)));
    } catch (...) {
      connection.rollback();
      throw;
    }
  }
}

bool ProcessLease::try_take(EngineConnection& connection) {
  const std::int64_t asked = lease_clock();
  connection.begin(Access::kWrite);
  Session session(connection);
  const Query& table = connection.engine() == Engine::kSqlite ? kTableSqlite : kTablePostgres;
  if (session.value<std::int64_t>(table) == 0) {
    connection.rollback();
    return false;
  }
  holder_ = SystemRandom().bytes(16);
  const std::int64_t now = shared_now(connection);
  number_ = choose(session.all<Number>(kNumbersTaken), now);
  session.run(kTake, number_, Bytes{holder_}, now + kSeconds);
  connection.commit();
  made_ = std::make_unique<IdMaker>(static_cast<unsigned>(number_));
  ids_ = made_.get();
  renew_at_ = asked + kRenewAfter;
  ends_at_ = asked + kSeconds;
  return true;
}

IdMaker& ProcessLease::ids() const {
  IdMaker* maker = ids_.load();
  if (maker == nullptr) throw std::logic_error("ids before the database is migrated");
  return *maker;
}

void ProcessLease::check(EngineConnection& connection) {
  if (lease_clock() < renew_at_.load() || !taken()) return;
  const std::lock_guard lock(mutex_);
  if (lease_clock() < renew_at_.load()) return;
  try {
    renew(connection);
  } catch (const SqlError&) {
    // While the lease still lasts, a failed renewal is no reason to stop writing.
    if (number_ < 0 || lease_clock() >= ends_at_ - kMargin) throw;
    renew_at_ = lease_clock() + kRenewAgainAfter;
  }
}

void ProcessLease::renew(EngineConnection& connection) {
  if (number_ < 0) throw Unavailable(kLost);
  const std::int64_t asked = lease_clock();
  std::int64_t renewed = 0;
  try {
    connection.begin(Access::kWrite);
    Session session(connection);
    renewed = session.run(kRenew, number_, Bytes{holder_}, shared_now(connection) + kSeconds);
    connection.commit();
  } catch (...) {
    connection.rollback();
    throw;
  }
  if (renewed != 1) {
    number_ = -1;
    throw Unavailable(kLost);
  }
  renew_at_ = asked + kRenewAfter;
  ends_at_ = asked + kSeconds;
}

void ProcessLease::give_back(EngineConnection& connection) noexcept {
  const std::lock_guard lock(mutex_);
  if (!made_ || number_ < 0) return;
  try {
    connection.begin(Access::kWrite);
    Session session(connection);
    session.run(kRenew, number_, Bytes{holder_}, shared_now(connection));
    connection.commit();
  } catch (const std::exception&) {
    connection.rollback();  // it runs out by itself
  }
}

}  // namespace luytre::store

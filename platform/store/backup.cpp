#include "platform/store/backup.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>

#include "platform/store/impl.h"

namespace luytre::store {
namespace {

constexpr Query kFeedSqlite{"store.feed_table_sqlite", "SELECT count(*) FROM sqlite_master WHERE name = 'store_feed'"};
constexpr Query kFeedPostgres{"store.feed_table_postgres",
                              "SELECT CAST(count(*) AS bigint) FROM pg_class WHERE oid = to_regclass('store_feed')"};
constexpr Query kEpoch{"store.epoch_of", "SELECT epoch FROM store_feed"};
constexpr Query kBegin{"store.epoch_begin", "UPDATE store_feed SET epoch = $1"};
constexpr Query kNoLeases{"store.lease_none", "DELETE FROM store_lease"};

void sync(const std::filesystem::path& path, int flags) {
  const int file = ::open(path.c_str(), flags | O_CLOEXEC);
  if (file < 0) throw Unavailable("cannot open " + path.string());
  const bool durable = ::fsync(file) == 0;
  ::close(file);
  if (!durable) throw Unavailable("cannot write " + path.string() + " to the disk; is it full?");
}

}  // namespace

void make_durable(const std::string& file) {
  const auto path = std::filesystem::absolute(file);
  sync(path, O_RDONLY);
  sync(path.parent_path(), O_RDONLY | O_DIRECTORY);
}

std::int64_t epoch_of(EngineConnection& connection) {
  Session session(connection);
  if (session.value<std::int64_t>(connection.engine() == Engine::kSqlite ? kFeedSqlite : kFeedPostgres) == 0) return 0;
  return session.value<std::int64_t>(kEpoch);
}

void begin_epoch(EngineConnection& connection, std::int64_t replaced, Instant now) {
  Session session(connection);
  // The same backup may be restored twice: the time tells the two apart.
  session.run(kBegin, std::max({epoch_of(connection) + 1, replaced + 1, now.seconds}));
  session.run(kNoLeases);
}

void Database::backup(const std::string& file) {
  if (impl_->engine == Engine::kSqlite) {
    backup_sqlite(impl_->options.url.substr(kSqlitePrefix.size()), file);
  } else {
    backup_postgres(impl_->options.url, file);
  }
}

void Database::restore(const Options& options, const std::string& file, const Clock& clock) {
  try {
    if (engine_of(options.url) == Engine::kSqlite) {
      restore_sqlite(options.url.substr(kSqlitePrefix.size()), file, clock.now());
    } else {
      restore_postgres(options.url, file, clock.now());
    }
  } catch (const SqlError& e) {
    throw StartError(std::string("the backup was not restored: ") + e.what());
  }
}

}  // namespace luytre::store

#include "platform/store/durability.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "platform/base/log.h"
#include "platform/store/connection.h"
#include "platform/store/database.h"

namespace luytre::store {
namespace {

// SQLite's write-ahead log holds every commit until a checkpoint, which syncs by itself.
class WriteAheadLog final : public Disk {
 public:
  explicit WriteAheadLog(std::string path) : path_(std::move(path)) {}
  ~WriteAheadLog() override {
    if (file_ >= 0) ::close(file_);
  }

  void open() override {
    if (failed_)
      throw Unavailable("the disk failed to store what was committed: look at the disk, then restart the server");
    file_ = ::open(path_.c_str(), O_RDONLY | O_CLOEXEC);
    if (file_ < 0) throw Unavailable("cannot open " + path_ + ": " + std::strerror(errno));
  }

  void sync() override {
    struct stat is {};
    const bool synced = ::fdatasync(file_) == 0 && ::fstat(file_, &is) == 0;
    if (synced && is.st_nlink > 0) return;
    failed_ = true;
    throw Unavailable("cannot sync " + path_ + ": " + (synced ? "somebody has deleted it" : std::strerror(errno)));
  }

 private:
  const std::string path_;
  int file_ = -1;
  bool failed_ = false;
};

// A small commit that waits for the disk, and with it for all that was committed before (XLogFlush takes the log up to
// its own end, https://www.postgresql.org/docs/15/wal-async-commit.html).
class FlushingConnection final : public Disk {
 public:
  explicit FlushingConnection(std::string url) : url_(std::move(url)) {}

  void open() override { connection_ = open_postgres(url_); }

  void sync() override {
    static constexpr Query kFlush{"store.flush",
                                  "SELECT pg_logical_emit_message(true, 'luytre', CAST('' AS text)) IS NOT NULL"};
    connection_->all(kFlush, {});
  }

 private:
  const std::string url_;
  std::unique_ptr<EngineConnection> connection_;
};

}  // namespace

std::unique_ptr<Disk> open_disk(const std::string& url) {
  if (engine_of(url) == Engine::kPostgres) return std::make_unique<FlushingConnection>(url);
  return std::make_unique<WriteAheadLog>(url.substr(kSqlitePrefix.size()) + "-wal");
}

Durability::Durability(std::unique_ptr<Disk> disk) : disk_(std::move(disk)), thread_([this] { run(); }) {}

Durability::~Durability() {
  {
    const std::lock_guard lock(mutex_);
    closing_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

std::int64_t Durability::ticket() {
  const std::lock_guard lock(mutex_);
  if (!is_open_) {
    disk_->open();
    is_open_ = true;
    ++opening_;
  }
  return opening_;
}

void Durability::after_sync(std::int64_t ticket, Then then) {
  const std::lock_guard lock(mutex_);
  waiting_.push_back({ticket, std::move(then)});
  changed_.notify_all();
}

void Durability::drain() {
  std::unique_lock lock(mutex_);
  held_ = false;
  changed_.notify_all();
  changed_.wait(lock, [&] { return waiting_.empty() && !busy_; });
}

void Durability::hold(bool held) {
  const std::lock_guard lock(mutex_);
  held_ = held;
  changed_.notify_all();
}

void Durability::run() {
  std::unique_lock lock(mutex_);
  for (;;) {
    changed_.wait(lock, [&] { return closing_ || (!held_ && !waiting_.empty()); });
    if (waiting_.empty()) return;
    std::vector<Waiting> all;
    all.swap(waiting_);
    busy_ = true;
    const std::int64_t now = is_open_ ? opening_ : 0;
    lock.unlock();
    bool synced = now != 0;
    try {
      if (synced) disk_->sync();
    } catch (const std::exception& e) {
      log::error("commits may not be durable", {{"why", e.what()}});
      synced = false;
      const std::lock_guard again(mutex_);
      is_open_ = false;
    }
    for (const Waiting& one : all) one.then(synced && one.ticket == now);
    all.clear();
    lock.lock();
    busy_ = false;
    changed_.notify_all();
  }
}

}  // namespace luytre::store

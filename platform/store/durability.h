// Durability: a writer commits without waiting for the disk and goes on; whoever waits for the commit is answered after
// a sync that began later. One sync so serves all that was committed during the one before it.
//
// What is promised is what `synchronous=FULL` and `synchronous_commit=on` promise: nothing is answered as done that a
// loss of power could take back. A reader may see a commit some milliseconds before it is durable.
//
// A sync that fails leaves open what of the commits before it is on disk: all who wait get CommitUnknown. On PostgreSQL
// the next writer makes a new connection; on SQLite nothing is written any more until a restart, because a file system
// that failed once may report success the next time without having written (https://lwn.net/Articles/752063/).
//
// Thread-safe. Private to the store.

#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace luytre::store {

inline constexpr const char* kDiskLost = "the disk was lost during the commit";

class Disk {
 public:
  virtual ~Disk() = default;
  virtual void open() = 0;  // throws Unavailable
  virtual void sync() = 0;  // what was committed since `open` is durable afterwards; throws when that is not certain
};

std::unique_ptr<Disk> open_disk(const std::string& url);  // of the database; nothing is opened yet

class Durability {
 public:
  using Then = std::function<void(bool durable)>;

  explicit Durability(std::unique_ptr<Disk> disk);
  ~Durability();  // after a last sync

  // To be drawn before a commit: a disk that was lost between the two may have lost the commit. Throws Unavailable.
  std::int64_t ticket();
  // `then` is called once, on the syncing thread; not durable: nobody knows.
  void after_sync(std::int64_t ticket, Then then);

  void drain();  // waits until nobody waits
  // For tests: no sync begins while it is held, until the end.
  void hold(bool held);

 private:
  struct Waiting {
    std::int64_t ticket;
    Then then;
  };
  void run();

  const std::unique_ptr<Disk> disk_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Waiting> waiting_;
  std::int64_t opening_ = 0;  // of the disk, counted
  bool is_open_ = false;
  bool busy_ = false;
  bool held_ = false;
  bool closing_ = false;
  std::thread thread_;
};

}  // namespace luytre::store

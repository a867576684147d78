// AccessChain: makes the access log tamper-evident, without making the transactions that write it wait for one another.
//
// How. A transaction that logs only inserts: the row, which carries a keyed MAC over its content, and a mark in
// `identity_access_pending`. Nothing is read or updated that another transaction writes, so under SERIALIZABLE they do
// not conflict. A moment after the commit, a thread of each process *seals* what is pending: in its own transaction it
// appends one link per row to the process's chain,
//     hash(n) = H(chain, n, hash(n − 1), row id, row MAC),      n = 1, 2, 3 … without gaps,
// and takes the mark away. Only the process that holds the (leased) process number appends to that chain; rows that a
// dead process left pending are sealed into the chain of whoever finds them, after kOrphanAfter. Every kCheckpointEvery
// the heads of all chains are joined into a checkpoint, and checkpoints form a chain too; its newest hash is also
// appended to the *anchor*, a file outside the database (and said in the log). H is BLAKE2b-256 keyed from the vault,
// so whoever holds only the database cannot recompute any of it.
//
// What verify() finds: a changed row (MAC), an inserted row (MAC; or no link after kUnsealedMost), a removed row (link
// or mark without a row), removed or reordered links (gap or wrong hash), a chain cut at its end (below a checkpoint's
// head; below the anchor when the checkpoints were cut too). What it cannot find: a row that is removed together with
// its mark within the second before it is sealed; a chain cut at its end since the last checkpoint; a restore of a
// whole older database when the anchor is replaced too. Whoever holds the key can do all of it: keep the anchor and the
// key with different people.
//
// Thread-safe. Destroy before the Database.

#pragma once

#include <condition_variable>
#include <filesystem>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "platform/identity/access.h"
#include "platform/store/database.h"

namespace luytre::identity {

enum class Tampering { kNone, kChanged, kInserted, kRemoved, kCut };
BOOST_DESCRIBE_ENUM(Tampering, kNone, kChanged, kInserted, kRemoved, kCut)

struct Verdict {
  std::int64_t rows = 0;      // in the log
  std::int64_t unsealed = 0;  // of them not in a chain yet
  bool intact = true;
  Tampering found = Tampering::kNone;    // the first thing found
  std::optional<std::string> broken_at;  // "entry <id>", "chain 3 link 17", "checkpoint 4"
};
BOOST_DESCRIBE_STRUCT(Verdict, (), (rows, unsealed, intact, found, broken_at))

class AccessChain {
 public:
  static constexpr std::chrono::seconds kSealEvery{1};
  static constexpr std::chrono::seconds kCheckpointEvery{600};
  static constexpr std::chrono::seconds kOrphanAfter{60};
  static constexpr std::chrono::seconds kUnsealedMost{300};

  // `anchor`: empty for none.
  AccessChain(store::Database& database, const Access& access, const Clock& clock, std::filesystem::path anchor);
  ~AccessChain();  // stops, seals the rest, makes a checkpoint if started

  void start();
  void stop();

  // Writes queued refusals and seals what is pending; how many rows. Blocks: not on a thread of the server.
  std::size_t seal_now();
  bool checkpoint_now();  // false: nothing new

  // Reads the whole log: seconds per million rows.
  Task<Verdict> verify() const;

 private:
  void run();
  void write_refused();
  std::size_t seal_batch();
  void append_anchor(std::int64_t seq, const std::string& hash) const;

  store::Database& database_;
  const Access& access_;
  const Clock& clock_;
  std::filesystem::path anchor_;
  std::mutex sealing_;  // one sealer at a time in this process
  std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace luytre::identity

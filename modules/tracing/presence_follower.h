// The presence index of a running server: it follows the event feed and answers traces of real cases, as SQL does, to
// the last row. Every process has its own, in a folder of its own.
//
// On start it opens the folder and feeds what happened since; nobody waits for it. A folder that is damaged, of another
// database, of this one before it was put back from a copy, or older than the feed reaches back is erased and loaded
// anew, in the background. Until then, and whenever the index cannot answer for certain, the caller traces by SQL, and
// is told why:
//
//   off      the configuration says so
//   loading  it is being opened, loaded or caught up
//   behind   events of what the asking transaction sees could not be read in time
//   tooOld   the question reaches back to days of which the database may have deleted something
//   memory   what it holds, or would, exceeds the ceiling: it is given up until the next start
//   fault    it failed; the log says how
//
// An answer knows everything that was committed before it was asked for: what the feed has more is fed first.
//
// `once`, of a command that asks and ends: the folder is read, if nobody has it, and fed from the database without
// being written; where it cannot be used, the database is loaded into memory alone.
//
// Privacy: a day is dropped, from memory and from the disk, as soon as the database may delete the first visit of it by
// age, and no question that reaches back to it is answered. The numbers that it gave to the ids of people stay; when it
// holds nothing any more of most who have one, it is loaded anew, which leaves those out. Given up or off, the folder
// is erased.
//
// Thread-safe.

#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <variant>

#include "engines/presence/presence.h"
#include "modules/tracing/trace.h"
#include "modules/tracing/why_sql.h"
#include "platform/store/database.h"

namespace luytre::tracing {

struct PresenceOptions {
  std::filesystem::path folder;
  bool use = true;                              // false: SQL traces
  std::int64_t memory = std::int64_t{2} << 30;  // bytes, of segments (mapped) and of what is not in one yet
  std::chrono::seconds checkpoint{300};         // so much is fed again after a crash
  std::chrono::seconds kept{28 * 24 * 3600};    // younger rows the database never deletes by age
  std::chrono::milliseconds patience{1000};     // of a trace with the feed
  std::size_t outlived = 10'000;                // people with a number of whom nothing is held: so few do not matter
  bool once = false;                            // settle() and ask; never start()
};

class PresenceFollower {
 public:
  PresenceFollower(store::Database& db, PlaceSettings settings, PresenceOptions options);
  ~PresenceFollower();  // stops

  void start();  // two threads: one opens, loads and feeds; one drops days and writes checkpoints
  void stop();   // waits, and writes a checkpoint; from then on SQL traces

  // Tests, as Followers::drain: opens or loads if need be and feeds what the feed shows, on this thread; what a second
  // or the interval of checkpoints would bring about. Not while started.
  void settle();
  void keep(bool checkpoint);

  // Within the transaction that asks. Reads what it feeds by transactions of its own.
  std::variant<presence::Traced, WhySql> trace(store::Session& session, const presence::Question& question,
                                               const presence::TraceLimits& limits = {});
  // The same when that transaction has ended: it noted its store::horizon, and asks as_counted. Not on a thread of the
  // store.
  std::variant<presence::Traced, WhySql> trace(std::int64_t horizon, const presence::Question& question,
                                               const presence::TraceLimits& limits = {});
  // What the trace says of one contact, with all evidence whatever `most_evidence` says; absent: it does not find that
  // person, or stopped before.
  std::variant<std::optional<presence::Contact>, WhySql> contact_with_evidence(
      store::Session& session, const presence::Question& question, PersonId contact,
      const presence::TraceLimits& limits = {});

  struct Figures {
    std::string state;  // off, loading, ready, givenUp, stopped
    std::int64_t days = 0;
    std::int64_t visits = 0;  // in segments, cut at midnight
    std::int64_t encounters = 0;
    std::int64_t bytes = 0;
    std::int64_t memory = 0;  // the ceiling
    std::int64_t behind = 0;  // seconds since the last event that was fed, when there are more
    std::int64_t loads = 0;   // since the start
    std::int64_t traced_by_index = 0;
    std::map<WhySql, std::int64_t> traced_by_sql;
  };
  Figures figures() const;

  struct Impl;

 private:
  std::unique_ptr<Impl> impl_;
};

}  // namespace luytre::tracing

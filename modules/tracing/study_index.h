// The presence index of a study: kept in a folder, so that the next `luytre trace` starts without reading the database.
//
// The database is the truth. A folder is used only when all of this holds, and is erased and filled anew otherwise:
//   - its files are of the load that the database remembers (tracing_index_stamp): not of another database, nor of this
//     one before it was put back from a copy;
//   - every file is there and undamaged;
//   - since the position of the event feed at which it was loaded, no visit and no encounter was recorded or changed.
// Settings of places are read at every opening.
//
// Study data grow by imports alone, rarely and in bulk, and no event says which encounters it is about: so what changed
// is loaded anew as a whole, not followed.
//
// One process at a time opens a folder (flock on `lock` in it), others wait; what was opened stays valid whatever
// happens to the files afterwards.

#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "modules/tracing/index_load.h"
#include "platform/store/database.h"

namespace luytre::tracing {

using StudyIndexPtr = std::shared_ptr<const presence::PresenceIndex>;

struct StudyIndexOptions {
  std::filesystem::path folder;
  // A line for whoever waits: why the folder is loaded anew, or cannot be used. May be empty, like the next.
  std::function<void(const std::string&)> tell;
  std::function<void(const IndexLoad&)> progress;  // during a load, after each portion, and at the end
  std::chrono::milliseconds patience{5000};        // with transactions that hide events
};

// Answers nothing when the index cannot be used — no room on the disk, a running transaction of PostgreSQL that hides
// which events there are — and has told why: then SQL answers. Blocks; for the command line. Faults of the database are
// exceptions, as everywhere.
StudyIndexPtr open_study_index(store::Database& db, const PlaceSettings& settings, const StudyIndexOptions& options);

}  // namespace luytre::tracing

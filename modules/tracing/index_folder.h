// The folder of a presence index: who has it, and what the index in it says of itself. Private to this module.

#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engines/presence/index/index.h"
#include "platform/store/event.h"

namespace luytre::tracing {

// One process at a time opens, loads or feeds a folder: flock on `lock` in it.
class FolderLock {
 public:
  // Waits for whoever has it, after a word to `waiting`.
  FolderLock(const std::filesystem::path& folder, const std::function<void()>& waiting);
  ~FolderLock();
  FolderLock(const FolderLock&) = delete;
  FolderLock& operator=(const FolderLock&) = delete;
  static std::unique_ptr<FolderLock> try_take(const std::filesystem::path& folder);  // nullptr: another has it

 private:
  explicit FolderLock(const std::filesystem::path& folder);
  bool take(int how);

  std::filesystem::path path_;
  int file_ = -1;
};

// What an index notes at its checkpoint: up to where it was fed, what stands there in the feed, by which a database
// that was put back from a copy is told from the one that it was fed from, and what it then held, because a file that
// is gone leaves no damage behind.
struct IndexNote {
  struct Sealed {
    presence::Day day = 0;
    std::size_t visits = 0;
    std::size_t encounters = 0;
    friend bool operator==(const Sealed&, const Sealed&) = default;
  };

  store::Position position;
  std::int64_t subject = 0;            // of the event at the position; 0: there is none
  std::array<std::size_t, 3> names{};  // persons, places, zones
  std::vector<Sealed> days;

  // Whether all that this one holds from that day on is in the other, and perhaps more.
  bool is_within(const IndexNote& other, presence::Day from) const;
};

IndexNote note_of(const presence::PresenceIndex& index, store::Position position, std::int64_t subject);
std::string to_text(const IndexNote& note);
std::optional<IndexNote> parse_note(const std::string& text);

std::vector<std::filesystem::path> files_of_index(const std::filesystem::path& folder);  // none: also no such folder
void erase_index(const std::filesystem::path& folder);

}  // namespace luytre::tracing

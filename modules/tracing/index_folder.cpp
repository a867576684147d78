#include "modules/tracing/index_folder.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <sstream>
#include <system_error>

namespace luytre::tracing {

namespace {

namespace fs = std::filesystem;

bool is_of_index(const fs::path& path) {
  const std::string extension = path.extension().string();
  return extension == ".seg" || extension == ".ids" || extension == ".tmp" || path.filename() == "position";
}

}  // namespace

FolderLock::FolderLock(const fs::path& folder) : path_(folder / "lock") {
  file_ = ::open(path_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (file_ < 0) throw std::system_error(errno, std::generic_category(), path_.string());
}

FolderLock::FolderLock(const fs::path& folder, const std::function<void()>& waiting) : FolderLock(folder) {
  if (take(LOCK_EX | LOCK_NB)) return;
  waiting();
  take(LOCK_EX);
}

FolderLock::~FolderLock() {
  ::close(file_);
}

std::unique_ptr<FolderLock> FolderLock::try_take(const fs::path& folder) {
  std::unique_ptr<FolderLock> lock(new FolderLock(folder));
  return lock->take(LOCK_EX | LOCK_NB) ? std::move(lock) : nullptr;
}

// False: it would have to wait, and must not.
bool FolderLock::take(int how) {
  while (::flock(file_, how) != 0) {
    if (errno == EWOULDBLOCK) return false;
    if (errno != EINTR) throw std::system_error(errno, std::generic_category(), path_.string());
  }
  return true;
}

bool IndexNote::is_within(const IndexNote& other, presence::Day from) const {
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names[i] > other.names[i]) return false;
  }
  return std::all_of(days.begin(), days.end(), [&](const Sealed& mine) {
    return mine.day < from || std::any_of(other.days.begin(), other.days.end(),
                                          [&](const Sealed& theirs) { return theirs.day == mine.day; });
  });
}

IndexNote note_of(const presence::PresenceIndex& index, store::Position position, std::int64_t subject) {
  const presence::View view = index.view();
  const presence::Names& names = view.names();
  IndexNote note{position, subject, {names.persons.size(), names.places.size(), names.zones.size()}, {}};
  for (const presence::DayPart& part : view.days()) {
    if (part.sealed) note.days.push_back({part.day, part.sealed->visits(), part.sealed->encounters()});
  }
  return note;
}

std::string to_text(const IndexNote& note) {
  std::ostringstream text;
  text << store::to_text(note.position) << ' ' << note.subject;
  for (const std::size_t count : note.names) text << ' ' << count;
  for (const IndexNote::Sealed& sealed : note.days)
    text << ' ' << sealed.day << ' ' << sealed.visits << ' ' << sealed.encounters;
  return text.str();
}

std::optional<IndexNote> parse_note(const std::string& text) {
  std::istringstream in(text);
  std::string position;
  IndexNote note;
  if (!(in >> position >> note.subject)) return std::nullopt;
  for (std::size_t& count : note.names) {
    if (!(in >> count)) return std::nullopt;
  }
  IndexNote::Sealed sealed;
  while (in >> sealed.day) {
    if (!(in >> sealed.visits >> sealed.encounters)) return std::nullopt;
    note.days.push_back(sealed);
  }
  const auto parsed = store::parse_position(position);
  if (!in.eof() || !parsed) return std::nullopt;
  note.position = *parsed;
  return note;
}

std::vector<fs::path> files_of_index(const fs::path& folder) {
  std::vector<fs::path> files;
  if (!fs::is_directory(folder)) return files;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (is_of_index(entry.path())) files.push_back(entry.path());
  }
  return files;
}

void erase_index(const fs::path& folder) {
  for (const fs::path& file : files_of_index(folder)) fs::remove(file);
}

}  // namespace luytre::tracing

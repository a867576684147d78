#include "modules/tracing/study_index.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <sstream>
#include <system_error>
#include <thread>
#include <unordered_map>

#include "engines/presence/index/bulk_load.h"
#include "engines/presence/index/index.h"
#include "modules/tracing/study_index_sql.h"
#include "platform/base/random.h"

namespace luytre::tracing {

namespace {

namespace fs = std::filesystem;
using presence::PresenceIndex;

constexpr std::int64_t kHeldMost = 16'000'000;  // rows between two sealings: bounds memory, at 24 bytes a row
constexpr std::chrono::hours kLongestEncounter{24 * 3700};  // held in a piece a day
constexpr std::chrono::milliseconds kLookAgain{20};         // for the feed to be whole

// The index cannot be used, and loading it anew would not help.
class NoIndex : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

class FolderLock {
 public:
  template <class Tell>
  FolderLock(const fs::path& folder, Tell&& tell) {
    const fs::path path = folder / "lock";
    file_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (file_ < 0) throw std::system_error(errno, std::generic_category(), path.string());
    if (::flock(file_, LOCK_EX | LOCK_NB) == 0) return;
    if (errno == EWOULDBLOCK)
      tell("another luytre opens or loads the index in " + folder.string() + "; waiting for it");
    while (::flock(file_, LOCK_EX) != 0) {
      if (errno == EINTR) continue;
      const std::system_error fault(errno, std::generic_category(), path.string());
      ::close(file_);
      throw fault;
    }
  }
  ~FolderLock() { ::close(file_); }
  FolderLock(const FolderLock&) = delete;
  FolderLock& operator=(const FolderLock&) = delete;

 private:
  int file_ = -1;
};

// What the index notes at its checkpoint: up to where it was fed, and what it then held, because a file that is gone
// leaves no damage behind.
struct Note {
  store::Position position;
  std::array<std::size_t, 6> held{};  // days, visits, encounters, persons, places, zones
};

std::array<std::size_t, 6> held_by(const PresenceIndex& index) {
  const presence::IndexFigures figures = index.figures();
  const presence::View view = index.view();
  const presence::Names& names = view.names();
  return {figures.days,         figures.visits,      figures.encounters,
          names.persons.size(), names.places.size(), names.zones.size()};
}

std::string to_text(const Note& note) {
  std::string text = store::to_text(note.position);
  for (const std::size_t count : note.held) text += ' ' + std::to_string(count);
  return text;
}

std::optional<Note> parse_note(const std::string& text) {
  std::istringstream in(text);
  std::string position;
  Note note;
  if (!(in >> position)) return std::nullopt;
  for (std::size_t& count : note.held) {
    if (!(in >> count)) return std::nullopt;
  }
  const auto parsed = store::parse_position(position);
  if (!parsed) return std::nullopt;
  note.position = *parsed;
  return note;
}

bool is_of_index(const fs::path& path) {
  const std::string extension = path.extension().string();
  return extension == ".seg" || extension == ".ids" || extension == ".tmp" || path.filename() == "position";
}

std::vector<fs::path> files_of_index(const fs::path& folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (is_of_index(entry.path())) files.push_back(entry.path());
  }
  return files;
}

std::uint64_t draw_stamp() {
  SystemRandom random;
  std::uint64_t stamp = 0;
  const std::string bytes = random.bytes(sizeof stamp);
  std::memcpy(&stamp, bytes.data(), sizeof stamp);
  return stamp >> 1;  // a bigint
}

class Opening {
 public:
  Opening(store::Database& db, const PlaceSettings& settings, const StudyIndexOptions& options)
      : db_(db), settings_(settings), options_(options) {}

  std::unique_ptr<PresenceIndex> open();

 private:
  std::unique_ptr<PresenceIndex> open_held();
  std::unique_ptr<PresenceIndex> open_unchanged(std::uint64_t stamp);
  bool changed_since(store::Position position);
  std::unique_ptr<PresenceIndex> load();
  std::unique_ptr<PresenceIndex> load_in(store::Session& session, std::uint64_t stamp);
  void load_visits(store::Session& session, presence::BulkLoad& into);
  void load_encounters(store::Session& session, presence::BulkLoad& into);
  void seal_when_much(presence::BulkLoad& into, std::size_t more);
  void describe_places(PresenceIndex& index);
  void tell(const std::string& line) const {
    if (options_.tell) options_.tell(line);
  }
  void show() const {
    if (options_.progress) options_.progress(load_);
  }

  store::Database& db_;
  const PlaceSettings& settings_;
  const StudyIndexOptions& options_;
  IndexLoad load_;
  std::int64_t unsealed_ = 0;
};

std::unique_ptr<PresenceIndex> Opening::open() {
  try {
    fs::create_directories(options_.folder);
    const FolderLock lock(options_.folder, [this](const std::string& line) { tell(line); });
    auto index = open_held();
    if (!index) index = load();
    describe_places(*index);
    return index;
  } catch (const NoIndex& reason) {
    tell(std::string("the index is not used: ") + reason.what());
  } catch (const presence::Damaged& reason) {
    tell("the index in " + options_.folder.string() +
         " is not used, what was just written is damaged: " + reason.what());
  } catch (const std::system_error& reason) {
    tell("the index in " + options_.folder.string() + " is not used: " + reason.what());
  }
  return nullptr;
}

// Nothing: it is to be loaded.
std::unique_ptr<PresenceIndex> Opening::open_held() {
  if (files_of_index(options_.folder).empty()) return nullptr;
  const auto anew = [this](const std::string& reason) {
    tell("the index in " + options_.folder.string() + " is loaded anew: " + reason);
    return nullptr;
  };
  const auto stamp = db_.read_now([](store::Session& session) { return read_stamp(session); });
  if (!stamp) return anew("it is of another database");
  try {
    return open_unchanged(static_cast<std::uint64_t>(*stamp));
  } catch (const presence::Damaged& reason) {
    return anew(reason.what());
  } catch (const std::system_error& reason) {
    return anew(reason.what());
  }
}

std::unique_ptr<PresenceIndex> Opening::open_unchanged(std::uint64_t stamp) {
  auto index = std::make_unique<PresenceIndex>(presence::IndexOptions{options_.folder, stamp});
  const auto note = parse_note(index->position());
  if (!note || note->held != held_by(*index)) throw presence::Damaged("files are missing");
  if (!changed_since(note->position)) return index;
  tell("visits or encounters were imported since; the index is loaded anew");
  return nullptr;
}

bool Opening::changed_since(store::Position position) {
  const auto end = std::chrono::steady_clock::now() + options_.patience;
  for (;;) {
    const auto changed = db_.read_now([&](store::Session& session) -> std::optional<bool> {
      if (presence_changed(db_, session, position)) return true;
      if (!feed_is_whole(session)) return std::nullopt;
      return false;
    });
    if (changed) return *changed;
    if (std::chrono::steady_clock::now() >= end)
      throw NoIndex("a long transaction of the database server hides whether it is up to date");
    std::this_thread::sleep_for(kLookAgain);
  }
}

std::unique_ptr<PresenceIndex> Opening::load() {
  const std::uint64_t stamp = draw_stamp();
  auto index = db_.read_now([&](store::Session& session) { return load_in(session, stamp); });
  db_.transact_now([&](store::Session& session) { write_stamp(session, static_cast<std::int64_t>(stamp)); });
  load_.finished = true;
  show();
  return index;
}

// Begins from nothing, as often as the database makes it run.
std::unique_ptr<PresenceIndex> Opening::load_in(store::Session& session, std::uint64_t stamp) {
  for (const fs::path& file : files_of_index(options_.folder)) fs::remove(file);
  load_ = {};
  unsealed_ = 0;
  auto index = std::make_unique<PresenceIndex>(presence::IndexOptions{options_.folder, stamp});
  presence::BulkLoad into(*index);
  load_visits(session, into);
  load_encounters(session, into);
  into.seal();
  index->checkpoint(to_text(Note{db_.newest(session), held_by(*index)}));
  return index;
}

void Opening::load_visits(store::Session& session, presence::BulkLoad& into) {
  std::vector<presence::Visit> visits;
  StoredVisit last;
  for (auto portion = visits_after(session, last); !portion.empty(); portion = visits_after(session, last)) {
    visits.clear();
    for (const StoredVisit& v : portion)
      visits.push_back({v.person, v.place, v.zone, {v.entered, v.departed}, v.estimated});
    into.add(visits);
    load_.visits += static_cast<std::int64_t>(portion.size());
    seal_when_much(into, portion.size());
    last = portion.back();
    show();
  }
}

void Opening::load_encounters(store::Session& session, presence::BulkLoad& into) {
  std::vector<presence::Encounter> encounters;
  StoredEncounter last;
  for (auto portion = encounters_after(session, last); !portion.empty(); portion = encounters_after(session, last)) {
    encounters.clear();
    for (const StoredEncounter& e : portion) {
      if (e.ended - e.started > kLongestEncounter)
        throw NoIndex("an encounter lasts for more than ten years, which it does not hold");
      encounters.push_back({e.person, e.peer, {e.started, e.ended}, e.attenuation});
    }
    into.add(encounters);
    load_.encounters += static_cast<std::int64_t>(portion.size());
    seal_when_much(into, portion.size());
    last = portion.back();
    show();
  }
}

void Opening::seal_when_much(presence::BulkLoad& into, std::size_t more) {
  unsealed_ += static_cast<std::int64_t>(more);
  if (unsealed_ < kHeldMost) return;
  into.seal();
  unsealed_ = 0;
}

void Opening::describe_places(PresenceIndex& index) {
  if (index.figures().visits == 0) return;
  const presence::View view = index.view();
  std::unordered_map<std::string, presence::Setting> of_kind;
  db_.read_now([&](store::Session& session) {
    StoredPlace last;
    for (auto portion = places_after(session, last); !portion.empty(); portion = places_after(session, last)) {
      for (const StoredPlace& place : portion) {
        if (view.names().places.find(place.id.value) == presence::kNoNumber) continue;
        auto [known, fresh] = of_kind.try_emplace(place.kind);
        if (fresh) known->second = settings_(place.kind);
        index.describe(place.id, known->second);
      }
      last = portion.back();
    }
  });
}

}  // namespace

StudyIndexPtr open_study_index(store::Database& db, const PlaceSettings& settings, const StudyIndexOptions& options) {
  return Opening(db, settings, options).open();
}

}  // namespace luytre::tracing

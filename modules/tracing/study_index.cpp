#include "modules/tracing/study_index.h"

#include <system_error>
#include <thread>

#include "modules/tracing/index_folder.h"
#include "modules/tracing/index_load.h"
#include "modules/tracing/index_sql.h"

namespace luytre::tracing {

namespace {

namespace fs = std::filesystem;
using presence::PresenceIndex;

constexpr std::chrono::milliseconds kLookAgain{20};  // for the feed to be whole

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
};

std::unique_ptr<PresenceIndex> Opening::open() {
  try {
    fs::create_directories(options_.folder);
    const FolderLock lock(options_.folder, [this] {
      tell("another luytre opens or loads the index in " + options_.folder.string() + "; waiting for it");
    });
    auto index = open_held();
    if (!index) index = load();
    if (index->figures().visits != 0)
      db_.read_now([&](store::Session& session) { describe_places(session, settings_, *index, true); });
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
  const IndexNote held = note_of(*index, {}, 0);
  if (!note || note->names != held.names || note->days != held.days) throw presence::Damaged("files are missing");
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
  const std::int64_t stamp = draw_stamp();
  auto index =
      db_.read_now([&](store::Session& session) { return load_in(session, static_cast<std::uint64_t>(stamp)); });
  db_.transact_now([&](store::Session& session) { write_stamp(session, stamp); });
  load_.finished = true;
  show();
  return index;
}

// Begins from nothing, as often as the database makes it run.
std::unique_ptr<PresenceIndex> Opening::load_in(store::Session& session, std::uint64_t stamp) {
  erase_index(options_.folder);
  load_ = {};
  auto index = std::make_unique<PresenceIndex>(presence::IndexOptions{options_.folder, stamp});
  load_index(session, *index, kHeldMost, [this](const IndexLoad& load, std::int64_t) {
    load_ = load;
    show();
  });
  index->checkpoint(to_text(note_of(*index, db_.newest(session), 0)));
  return index;
}

}  // namespace

StudyIndexPtr open_study_index(store::Database& db, const PlaceSettings& settings, const StudyIndexOptions& options) {
  return Opening(db, settings, options).open();
}

}  // namespace luytre::tracing

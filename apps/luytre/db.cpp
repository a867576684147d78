#include <filesystem>
#include <iostream>

#include "apps/luytre/commands.h"
#include "apps/luytre/house.h"

namespace luytre::app {
namespace {

std::string stamp(Instant t) {
  std::string out = to_text(t);
  std::erase_if(out, [](char c) { return c == ':' || c == '-'; });
  return out;
}

}  // namespace

int db_migrate(const Common& common) {
  const Settings settings = read_settings(common);
  SystemClock clock;
  std::filesystem::create_directories(settings.data);
  store::Database db({settings.db, settings.connections}, clock);
  const auto pending = db.pending(all_migrations());
  if (!pending.empty()) {
    const auto folder = settings.data / "backups";
    std::filesystem::create_directories(folder);
    const auto file = folder / ("before-upgrade-" + stamp(clock.now()) + ".backup");
    db.backup(file.string());
    std::cout << "backed up to " << file.string() << '\n';
  }
  db.migrate(all_migrations());
  for (const auto& name : pending) std::cout << "applied " << name << '\n';
  std::cout << "the database is up to date\n";
  return 0;
}

int db_backup(const Common& common, const std::filesystem::path& file) {
  const Settings settings = read_settings(common);
  if (std::filesystem::exists(file)) {
    std::cerr << "luytre: " << file.string() << " exists already; name another file, or move it away\n";
    return 1;
  }
  SystemClock clock;
  store::Database db({settings.db, settings.connections}, clock);
  db.backup(file.string());
  std::cout << "wrote " << file.string() << " (" << std::filesystem::file_size(file) << " bytes).\nKeep "
            << (settings.data / "master.key").string()
            << " elsewhere, too: without it sealed fields cannot be opened.\n";
  return 0;
}

int db_restore(const Common& common, const std::filesystem::path& file) {
  const Settings settings = read_settings(common);
  std::filesystem::create_directories(settings.data);
  SystemClock clock;
  const store::Options where{settings.db, settings.connections};
  store::Database::restore(where, file.string(), clock);
  store::Database db({settings.db, settings.connections}, clock);
  db.migrate(all_migrations());
  std::cout << "restored from " << file.string() << "; followers of the event feed must begin anew\n";
  return 0;
}

}  // namespace luytre::app

#include "apps/luytre/study.h"

#include <unistd.h>

#include "apps/luytre/times.h"
#include "platform/base/usage_error.h"

namespace luytre::app {
namespace {

// One line that is written over on a terminal; on anything else nothing is told.
void show(const tracing::IndexLoad& load) {
  if (isatty(STDERR_FILENO) == 0) return;
  std::cerr << "\r\033[Kluytre: loading the index: " << load.visits << " visits, " << load.encounters << " encounters";
  if (load.finished) std::cerr << '\n';
  std::cerr << std::flush;
}

}  // namespace

int refuse(const std::string& what) {
  std::cerr << "luytre: " << what << '\n';
  return 2;
}

int fail(const std::string& what) {
  std::cerr << "luytre: " << what << '\n';
  return 1;
}

int say(const House& house, const Error& error) {
  const auto in_words = [&](const std::string& key, const std::string& code, const auto& params) {
    return house.texts.has(key, "en") ? house.texts.fill(key, "en", params) : code;
  };
  std::cerr << "luytre: " << in_words("errors." + error.code, error.code, error.params) << '\n';
  for (const FieldError& field : error.fields)
    std::cerr << "  " << field.pointer << ": " << in_words("fields." + field.code, field.code, field.params) << '\n';
  return error.status == 422 ? 2 : 1;
}

Instant instant_of(const std::string& text, const char* option) {
  const auto parsed = parse_time(text);
  if (!parsed)
    throw UsageError(std::string(option) +
                     " takes an instant like 2009-06-29T08:00:00+02:00, or epoch seconds, not \"" + text + '"');
  return *parsed;
}

std::optional<Instant> instant_of(const std::optional<std::string>& text, const char* option) {
  if (!text) return std::nullopt;
  return instant_of(*text, option);
}

bool has_data(const Common& common, const Settings& settings) {
  return common.db || std::filesystem::exists(settings.data / "luytre.db");
}

int refuse_without_data(const Settings& settings) {
  return refuse("there is no data in " + settings.data.string() +
                ": import some first, or name the directory with --data");
}

tracing::StudyIndexPtr open_index(House& house) {
  const auto tell = [](const std::string& line) { std::cerr << "luytre: " << line << '\n'; };
  return tracing::open_study_index(house.db, tracing::place_settings(house.kinds),
                                   {house.settings.data / "presence", tell, show});
}

tracing::StudyIndexPtr index_for(House& house, const std::optional<std::string>& engine) {
  if (engine == "sql") return nullptr;
  auto index = open_index(house);
  if (!index) std::cerr << "luytre: SQL answers instead\n";
  return index;
}

}  // namespace luytre::app

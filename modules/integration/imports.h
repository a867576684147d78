// Imports: files of visits, encounters, people, places and cases, as `luytre import` loads them.
//
// A file is streamed (plain or gzip), in transactions of a few thousand rows. A row that cannot be used goes to the
// rejects file, with its line number and the reason, and the rest is loaded. Loading the same file again changes
// nothing: people, places and cases are known by the id the file gives them, a visit by all of its row, encounters
// merge with what is there. An import that was cut off is simply run again.
//
// A *study* is a whole data directory of contact data without real persons: marked once, while it is empty, for ever.
// People and places appear as the files name them. Elsewhere visits and encounters must name people and places that
// were imported or registered before, and what follows people needs a decision in force, as everywhere: on check-in
// where the place lies, when the visit began; on tracing where one of the two lives, when they met. A row without one
// is rejected; where none is in force anywhere, so is the import.
//
// For the command line: blocks, and throws runtime_error, saying what to do, for what makes the whole import
// impossible. Not thread-safe.

#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <optional>
#include <stdexcept>
#include <string>

#include "modules/cases/cases.h"
#include "modules/command/decisions.h"
#include "modules/encounters/encounters.h"
#include "modules/integration/formats.h"
#include "modules/people/people.h"
#include "modules/places/places.h"
#include "modules/visits/visits.h"
#include "platform/geography/geography.h"
#include "platform/store/database.h"

namespace luytre::integration {

inline constexpr const char* kSource = "import";  // of external ids: files of one directory speak of the same people

enum class What { kVisits, kEncounters, kPeople, kPlaces, kCases };
BOOST_DESCRIBE_ENUM(What, kVisits, kEncounters, kPeople, kPlaces, kCases)

struct Progress {
  std::int64_t rows = 0;
  std::int64_t rejected = 0;
  double rows_per_second = 0;
  double share = 0;  // of the file, 0 … 1
  std::optional<std::chrono::seconds> left;
  bool finished = false;
};

struct ImportOrder {
  What what = What::kVisits;
  std::filesystem::path file;
  Format format = Format::kCsv;
  Instant time_base;              // added to times that are bare seconds, and the time of haslemere's first step
  std::filesystem::path rejects;  // written only when there are any; replaced
  std::function<void(const Progress&)> progress;  // about twice a second, and at the end; may be empty
};

struct ImportReport {
  std::int64_t rows = 0;      // lines with data
  std::int64_t added = 0;     // of what was asked for: visits, encounters, people, places, cases
  std::int64_t extended = 0;  // encounters that became longer or nearer
  std::int64_t known = 0;     // were there already
  std::int64_t rejected = 0;
  std::chrono::milliseconds elapsed{0};
  std::optional<std::filesystem::path> rejects;
};

struct Parts {
  store::Database& db;
  people::People& people;
  places::Places& places;
  visits::Visits& visits;
  encounters::Encounters& encounters;
  const geography::Geography& geography;
  const command::Decisions& decisions;
  bool study = false;                   // what is_study() answered
  const cases::Cases* cases = nullptr;  // a study has none
};

// The order itself is wrong, whatever the file holds.
class WrongOrder : public std::runtime_error {
  using std::runtime_error::runtime_error;
};
// Empty: files of this format can hold this.
std::string wrong_with(What what, Format format);

// The file ended early or is damaged. What was read before that is loaded.
class CutShort : public std::runtime_error {
 public:
  CutShort(const std::string& what, ImportReport report) : std::runtime_error(what), report(std::move(report)) {}
  ImportReport report;
};

class Imports {
 public:
  explicit Imports(Parts parts) : parts_(parts) {}
  // Throws also WrongOrder and CutShort.
  ImportReport run(const ImportOrder& order);

 private:
  Parts parts_;
};

// Whether this data directory is a study: then there is no retention, no sign-in and no message, and persons are
// addressed by external id. Read it after migrating, before anything is built on the database.
bool is_study(store::Database& db);
// Marks it. Throws runtime_error when anything was ever recorded here; does nothing when it is a study already.
void mark_study(store::Database& db);

const std::vector<store::Migration>& migrations();

}  // namespace luytre::integration

// Line lists of cases, and of contacts: a file that another system or a spreadsheet wrote, read by a mapping that an
// officer makes or chooses, looked at before anything happens, taken in the background, and taken back as a whole.
//
// A row becomes a person and a case. It is *known* when its id, or its number, is that of a case which was taken before
// and the name or birth agrees: so the same file twice changes nothing. It is put aside as *undecided* when somebody
// who is known may be the same person (engines/linkage), until an officer says: the same, new, or leave it; others do
// not wait for it. It is *wrong* when it cannot be read, or cannot be true; the file of these, with the reasons, can
// be taken out, put right and sent again. Ids are those of the unit and, if it names one, of the system whose ids the
// file has.
//
// What is taken starts nothing: old lists would set tracing, warnings and follow-up going for people who were well long
// ago. Nobody hears of these cases (cases.h, take_listed) before an officer opens one and corrects its dates, or starts
// the list (`start`): then those are traced that are confirmed and whose contacts would still be followed.
//
// A row of a list of contacts becomes a person and a declared contact (tracing/declared.h) of the source case, which is
// named by its number or by the id it came with, in this list's source; it starts no more than any declared contact
// does. It is *known* when that contact stands; the same id, in this or another file, is the same person, if name and
// birth agree; if one of them alone does, the row is *undecided*. Go.Data tells who was met in a second file,
// relationships, which is joined to the list before it runs (`join`).
//
// Undoing takes back each case that nobody changed, started or worked with since (the access log says that somebody
// did), and its person, if the list made one; of the others it says why they stay. A contact is withdrawn, with the
// reason and by whom it was taken back; the person stays, as the contact that was withdrawn does. What the rows say is
// sealed, and deleted after 90 days; then there is nothing to undo by.
//
// The list of a unit's cases can be taken out with a reason, at most kOutMost, every person in the access log, the file
// marked with who took it out. Read back, here or on another server, it says the same; papers, notes and hospital
// stays are not in it.
//
// A list that fails for a fault of ours is stopped where it stands, and officers see since when; the others go on. What
// it took stays, and it goes on when an officer says so.
//
// Who may: district and province officers, for units of their area, since confirmed cases are among the rows.
// Thread-safe.

#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "modules/cases/cases.h"
#include "modules/linelists/mapping.h"
#include "modules/people/duplicates.h"
#include "modules/people/people.h"
#include "modules/tracing/tracing.h"
#include "platform/base/vault.h"
#include "platform/http/router.h"
#include "platform/identity/access.h"
#include "platform/notify/texts.h"
#include "platform/store/follower.h"
#include "platform/tables/list.h"
#include "platform/tables/sheet.h"

namespace luytre::linelists {

using ListId = Id<struct LineListTag>;

inline constexpr std::size_t kBytesMost = 32 * 1024 * 1024;
inline constexpr std::size_t kLinesMost = 100'000;
inline constexpr std::size_t kPreviewMost = 200;  // rows that a preview judges, fewer where comparing takes long
inline constexpr std::size_t kOutMost = 5000;     // cases of one file
inline constexpr std::size_t kMappingsMost = 100;
inline constexpr std::size_t kMappingBytesMost = 256 * 1024;
inline constexpr std::chrono::days kKept{90};

enum class State { kReceived, kRunning, kDone, kUndoing, kUndone };
BOOST_DESCRIBE_ENUM(State, kReceived, kRunning, kDone, kUndoing, kUndone)

enum class RowState { kWaiting, kTaken, kKnown, kUndecided, kWrong, kSkipped, kUndone, kKept };
BOOST_DESCRIBE_ENUM(RowState, kWaiting, kTaken, kKnown, kUndecided, kWrong, kSkipped, kUndone, kKept)

struct Counts {
  std::int64_t waiting = 0, taken = 0, known = 0, undecided = 0, wrong = 0, skipped = 0, undone = 0, kept = 0;
};
BOOST_DESCRIBE_STRUCT(Counts, (), (waiting, taken, known, undecided, wrong, skipped, undone, kept))

struct ColumnSeen {
  std::string name;
  std::vector<std::string> samples;  // the first values that differ
};
BOOST_DESCRIBE_STRUCT(ColumnSeen, (), (name, samples))

struct LineList {
  ListId id;
  UnitId unit;
  std::string file;
  State state = State::kReceived;
  std::int64_t total = 0;
  Counts counts;
  std::string by;
  Instant at;
  std::vector<ColumnSeen> columns;   // alone, and not at work
  std::optional<Mapping> mapping;    // alone: the one it ran with
  std::optional<Mapping> suggested;  // alone: of the known heads
  std::int64_t version = 1;
  std::optional<Instant> stopped;  // by a fault, while it ran or was being undone; it waits for run_again()
  About about = About::kCases;
};
BOOST_DESCRIBE_STRUCT(LineList, (),
                      (id, unit, file, state, total, counts, by, at, columns, mapping, suggested, version, stopped,
                       about))

// What is kept of the answer for a repeat: the list itself is asked for.
struct Sent {
  ListId id;
  std::int64_t total = 0;
};
BOOST_DESCRIBE_STRUCT(Sent, (), (id, total))

// Of a list of contacts: with whom and when, as it was read.
struct ContactSeen {
  std::string source;
  std::optional<Date> day;
  std::optional<Instant> from, to;
  std::optional<std::string> where, relation;
};
BOOST_DESCRIBE_STRUCT(ContactSeen, (), (source, day, from, to, where, relation))

// A row as it was read. `person` is what an officer compares (people/duplicates.h).
struct RowSeen {
  std::int64_t line = 0;
  RowState state = RowState::kWaiting;
  std::vector<tables::Flaw> flaws;
  std::string external;
  std::optional<people::NewPerson> person;  // absent: nothing could be read
  std::string disease;
  cases::Classification classification = cases::Classification::kSuspect;
  std::optional<Date> onset;
  std::optional<CaseId> case_;  // of a contact: the source case
  std::optional<ContactSeen> contact;
};
BOOST_DESCRIBE_STRUCT(RowSeen, (),
                      (line, state, flaws, external, person, disease, classification, onset, case_, contact))

// Of the first rows; `taken` would be new.
struct Preview {
  Counts counts;
  std::int64_t judged = 0;
  std::vector<RowSeen> rows;
};
BOOST_DESCRIBE_STRUCT(Preview, (), (counts, judged, rows))

struct NamedMapping {
  Text<80> name;
  Mapping mapping;
};
BOOST_DESCRIBE_STRUCT(NamedMapping, (), (name, mapping))

enum class Verdict { kSame, kNew, kSkip };
BOOST_DESCRIBE_ENUM(Verdict, kSame, kNew, kSkip)

struct Decision {
  Verdict verdict = Verdict::kSkip;
  std::optional<PersonId> person;  // who it is, of kSame
};
BOOST_DESCRIBE_STRUCT(Decision, (), (verdict, person))

struct Reason {
  Note<500> reason;
};
BOOST_DESCRIBE_STRUCT(Reason, (), (reason))

struct Started {
  std::int64_t traced = 0, old = 0;  // old, or not confirmed
};
BOOST_DESCRIBE_STRUCT(Started, (), (traced, old))

// Of the cases of the unit those that fit, as the list of cases filters (cases.h).
struct TakingOut {
  Note<500> reason;
  std::optional<cases::Classification> classification;
  std::optional<cases::Status> status;
  std::optional<Text<40>> disease;
  std::optional<cases::Outcome> outcome;
  std::optional<Date> onset_from, onset_to;
  std::optional<Date> reported_from, reported_to;
  std::optional<Id<struct OutbreakTag>> outbreak;
  std::optional<bool> source_unknown;
  std::optional<bool> awaiting;
  std::optional<bool> overdue;
  std::optional<Text<4>> format;  // xlsx; else CSV
};
BOOST_DESCRIBE_STRUCT(TakingOut, (),
                      (reason, classification, status, disease, outcome, onset_from, onset_to, reported_from,
                       reported_to, outbreak, source_unknown, awaiting, overdue, format))

inline constexpr ErrorCode kListState{"list_state", 409};  // not now: it runs, or has run
inline constexpr ErrorCode kTooManyCases{"too_many_cases", 413};
inline constexpr ErrorCode kNotOfContacts{"not_of_contacts", 409};  // a list of cases has no relationships
inline constexpr ErrorCode kTooManyMappings{"too_many_mappings", 409};

struct Parts {
  store::Database& db;
  cases::Cases& cases;
  people::People& people;
  const people::Duplicates& duplicates;
  const geography::Geography& geography;
  const identity::Access& access;
  const notify::Texts& texts;
  const Vault& vault;
  tracing::Tracing* tracing = nullptr;  // absent: no lists of contacts
};

class LineLists {
 public:
  // Whether other rooms hold facts about a person; asked before the person is taken back. Given at wiring time.
  using InUse = std::function<bool(store::Session&, PersonId)>;

  explicit LineLists(const Parts& parts);
  ~LineLists();
  void set_in_use(InUse in_use);

  // Keeps the file; nothing is taken yet. `system`: whose ids it has, letters and digits. Errors: not_permitted,
  // invalid, too_many_lines, not_a_workbook, workbook_too_large.
  Task<Result<Sent>> send(const Caller& caller, UnitId unit, std::string file_name, std::optional<std::string> system,
                          std::string bytes, std::optional<store::Once> once, About about = About::kCases);
  // Of the caller's area, by when they were sent. A cursor goes on with the order it was given for. Errors:
  // not_permitted, invalid (?cursor: format, other_sort).
  Task<Result<http::Page<LineList>>> list(const Caller& caller, bool oldest_first, std::optional<std::string> cursor,
                                          std::size_t limit);
  // Errors of this and all that follow: not_found (also of one that lies elsewhere).
  Task<Result<LineList>> find(const Caller& caller, ListId id);
  // Joins Go.Data's relationships to its contacts, once: every relationship is a row, and contacts that have none stay
  // as they are. Errors: list_state, not_of_contacts, those of send() about the file, and of with_relationships()
  // (reading.h).
  Task<Result<LineList>> join(const Caller& caller, ListId id, std::string bytes);
  // Errors: invalid, list_state.
  Task<Result<Preview>> preview(const Caller& caller, ListId id, Mapping mapping);
  // Errors: invalid, list_state.
  Task<Result<LineList>> run(const Caller& caller, ListId id, Mapping mapping);
  // By line. Errors: invalid (cursor).
  Task<Result<http::Page<RowSeen>>> rows(const Caller& caller, ListId id, RowState state,
                                         std::optional<std::string> cursor, std::size_t limit);
  // Of an undecided row; it is taken at once. Errors: list_state (it is not undecided), invalid (no person).
  Task<Result<RowSeen>> decide(const Caller& caller, ListId id, std::int64_t line, Decision decision);
  // Errors: list_state, reason_required.
  Task<Result<Started>> start(const Caller& caller, ListId id, Reason reason);
  Task<Result<LineList>> undo(const Caller& caller, ListId id, Reason reason);
  // Goes on with one that was stopped by a fault. Errors: list_state (it was not).
  Task<Result<LineList>> run_again(const Caller& caller, ListId id);
  // The rows that are wrong as they stood in the file, with line and reasons before them.
  Task<Result<http::Reply>> rejects(const Caller& caller, ListId id, std::string language);

  Task<Result<http::Page<NamedMapping>>> mappings(const Caller& caller, UnitId unit);
  // Replaces one of that name. Errors: not_permitted, invalid, too_many_mappings.
  Task<Result<Done>> save(const Caller& caller, UnitId unit, NamedMapping mapping);

  // Errors: not_permitted, reason_required, too_many_cases.
  Task<Result<http::Reply>> take_out(const Caller& caller, UnitId unit, TakingOut asked);

  // For the command line, whose user has the machine, without a check or a look in the log; each blocks. A list that
  // runs from the start. Errors: as send and run.
  Result<ListId> load(UnitId unit, const std::string& file_name, const std::string& bytes,
                      const std::function<Result<Mapping>(const std::vector<std::string>& columns)>& mapping_for);
  std::optional<Mapping> saved(UnitId unit, const std::string& name);
  LineList look(ListId id);
  std::string rejects_text(ListId id, const std::string& language);

  // The rows of a list that runs or is being undone, a portion in a transaction; true: there may be more. A list whose
  // portion throws is stopped; what the database cannot do now is thrown on, and no list's fault.
  bool work_once();
  void stop() { stopped_ = true; }  // work ends with its portion; before the schedule is stopped
  store::Recurring work();          // in the background, also what a stop of the server interrupted
  store::Recurring retention();     // rows of lists 90 days after they came

  struct Impl;

 private:
  std::unique_ptr<Impl> impl_;
  std::atomic<bool> stopped_ = false;
};

void routes(http::Router& router, LineLists& room);

const std::vector<store::Migration>& migrations();

}  // namespace luytre::linelists

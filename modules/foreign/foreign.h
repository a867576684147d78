// Foreign: visits and declarations of the Ministry's apps (tokhaiyte.vn, PC-Covid, VNeID, NCOVI) and of provinces' own
// portals, brought in as lists, with where they came from.
//
// An officer, or a program of another institution by its key (platform/identity/keys.h), sends comma-separated values
// or a workbook (platform/tables/list.h) in the name of a unit, with the document that the hand-over stands on: one
// batch. A program may do nothing else, at most kListsOfProgram, and is told neither which lines are of people we know
// nor which were told before. Every line is judged by itself (lines.h has the columns): a bad one is answered with what
// is wrong, the others are taken. A line is told apart by the other system's own number of it, and by all that it says;
// either told again, in this file or another, changes nothing. What a line says is the same whoever tells it. Numbers
// that officers told count for everybody, those of a program for itself alone, so that a key in wrong hands uses up
// nobody else's. A program is its key's name and area, not its key: who is given the next one under the same name still
// has the numbers of the last.
//
// Whose line it is: the one person with that paper, if an officer saw it, or the one with that paper or phone, name and
// year of birth, never with a phone alone. Of a declaration the person must live, or the journey lead, in the sender's
// area. A line of nobody is a *claim*: sealed, read by nobody, and looked at again when somebody comes, or is put
// right, whose proven paper or phone (People::proven_of) is the claim's, or when an officer has the batch matched anew.
// Where: a place by our poster's code, or by the id that the sending unit's list of places gave it; it must lie in the
// sender's area. Nothing is taken where no decision switches check-in, or the form, on at that time.
//
// Visits enter the visits room with their origin, flagged as told by another system, and are traced as others; so do
// declarations, judged by the form of their day. A batch may be undone: everything it brought is taken back, but for
// declarations that the person has put right since, and the batch stays as the proof. Lines are deleted kKept after
// what they tell of, batches kBatchKept after they came, with proof rows. Every call is in the access log with its
// counts.
//
// Every answered call is durable and, with its idempotency key, happens once. Thread-safe.

#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "modules/command/decisions.h"
#include "modules/declarations/declarations.h"
#include "modules/people/people.h"
#include "modules/places/places.h"
#include "modules/visits/visits.h"
#include "platform/base/vault.h"
#include "platform/http/router.h"
#include "platform/identity/access.h"
#include "platform/identity/limits.h"
#include "platform/store/database.h"
#include "platform/store/follower.h"
#include "platform/tables/list.h"

namespace luytre::foreign {

using BatchId = Id<struct ForeignBatchTag>;

inline constexpr std::size_t kLinesMost = 2'000;
inline constexpr std::size_t kBytesMost = 1024 * 1024;
inline constexpr std::size_t kBasisMost = 200;
inline constexpr std::size_t kBatchesShown = 100;
inline constexpr auto kKept = visits::kKept;
// Of one key; this project's own: at kLinesMost lines each, more than a province's check-ins of its busiest hour.
inline constexpr identity::Rate kListsOfProgram{300, std::chrono::hours(1)};
inline constexpr std::chrono::hours kBatchKept{365 * 24};  // this project's own: time enough to ask what became of it

enum class System { kTokhaiyte, kPcCovid, kVneid, kNcovi, kProvince };
BOOST_DESCRIBE_ENUM(System, kTokhaiyte, kPcCovid, kVneid, kNcovi, kProvince)
inline constexpr const char* kSystems = "tokhaiyte|pcCovid|vneid|ncovi|province";

enum class Kind { kVisits, kDeclarations };
BOOST_DESCRIBE_ENUM(Kind, kVisits, kDeclarations)

// The forms of tokhaiyte.vn that lines can answer: "Khai di chuyển nội địa", "Khai báo toàn dân" and "Tờ khai y tế đối
// với người nhập cảnh" (VHD).
enum class Form { kMovement, kGeneral, kEntry };
BOOST_DESCRIBE_ENUM(Form, kMovement, kGeneral, kEntry)
inline constexpr const char* kForms = "movement|general|entry";

struct List {
  Kind kind = Kind::kVisits;
  System system = System::kTokhaiyte;
  UnitId unit;                  // in whose name
  std::string basis;            // "Công văn 123/SYT-NVY ngày 2/3/2026"
  Form form = Form::kMovement;  // of declarations
  std::string bytes;
};

enum class LineState { kTaken, kKnown, kClaim, kRefused };
BOOST_DESCRIBE_ENUM(LineState, kTaken, kKnown, kClaim, kRefused)

struct LineResult {
  std::int64_t line = 0;          // of the file, from 1
  std::optional<std::string> id;  // the other system's own number
  LineState state = LineState::kTaken;
  // required, format, range, too_long, encoding, repeated; unknown, not_permitted (of a place); not_in_force; and what
  // the rooms of visits and declarations answer
  std::vector<tables::Flaw> errors;
};
BOOST_DESCRIBE_STRUCT(LineResult, (), (line, id, state, errors))

struct Report {
  std::optional<BatchId> batch;    // absent: nothing of it was new
  std::optional<BatchId> earlier;  // the same bytes came before, and were not undone
  std::int64_t taken = 0, known = 0, claims = 0, refused = 0;
  std::int64_t unplaced = 0;  // of the refused: their place is not known
  std::vector<LineResult> lines;
};
BOOST_DESCRIBE_STRUCT(Report, (), (batch, earlier, taken, known, claims, refused, unplaced, lines))

struct Batch {
  BatchId id;
  Kind kind = Kind::kVisits;
  System system = System::kTokhaiyte;
  UnitId unit;
  std::string unit_name;
  std::string basis;
  Instant at;
  std::int64_t taken = 0, known = 0, claims = 0, refused = 0, unplaced = 0;
  std::optional<Instant> undone_at;
  std::optional<std::int64_t> taken_back;
};
BOOST_DESCRIBE_STRUCT(Batch, (),
                      (id, kind, system, unit, unit_name, basis, at, taken, known, claims, refused, unplaced, undone_at,
                       taken_back))

struct Batches {
  std::vector<Batch> items;
};
BOOST_DESCRIBE_STRUCT(Batches, (), (items))

struct Undo {
  Text<500> reason;
};
BOOST_DESCRIBE_STRUCT(Undo, (), (reason))

struct Matched {
  std::int64_t matched = 0;  // claims that have found their person
  std::int64_t claims = 0;   // that are left
};
BOOST_DESCRIBE_STRUCT(Matched, (), (matched, claims))

inline constexpr ErrorCode kBatchUndone{"batch_undone", 409};

struct Parts {
  store::Database& db;
  visits::Visits& visits;
  const declarations::Declarations& declarations;
  const people::People& people;
  const places::Places& places;
  const command::Decisions& decisions;
  const geography::Geography& geography;
  const identity::Access& access;
  const identity::Limits& limits;
  const Vault& vault;
  bool study = false;  // no retention
};

class Foreign {
 public:
  explicit Foreign(Parts parts) : parts_(parts) {}

  // Errors: not_permitted, invalid (?unit, ?basis), those of tables::read_list; to a program too_many_requests.
  Task<Result<Report>> send(const Caller& caller, List list, std::optional<store::Once> once);
  // Of people's events: claims whose person has come.
  store::Following follow();
  // Looks for the people of the claims once more. Errors: not_found, batch_undone.
  Task<Result<Matched>> match(const Caller& caller, BatchId batch, std::optional<store::Once> once);
  // Takes back what the batch brought. Errors: not_found, batch_undone, reason_required.
  Task<Result<Batch>> undo(const Caller& caller, BatchId batch, Undo why, std::optional<store::Once> once);
  // Of the officer's area, newest first, at most kBatchesShown; counts only. Errors: not_permitted.
  Task<Result<Batches>> batches(const Caller& caller) const;

  store::Recurring retention() const;

 private:
  void look_for(store::Session& session, PersonId person);

  Parts parts_;
};

void routes(http::Router& router, Foreign& foreign);

const std::vector<store::Migration>& migrations();

}  // namespace luytre::foreign

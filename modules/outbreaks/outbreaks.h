// Outbreaks: cases of one disease that belong together, the unit in charge of them, and when it is over.
//
// An officer opens an outbreak, puts cases in and takes them out again; everything is kept with who did it and when,
// and can be turned back. A case belongs to one outbreak at a time, whether that is open or closed: a person was
// infected once, in one of them. Whoever finds that two are one takes the cases out of the one and puts them into the
// other.
//
// When it is over is proposed, never decided, by the disease's file: twice the longest incubation without a new case,
// counted from the day of the last (its onset, else sample, else report; picture.h). Twice the incubation is the rule
// of QĐ 26/2023/QĐ-TTg for COVID-19. An officer closes, before or after, with a reason; a closed one can be reopened.
//
// Who may: officers whose area covers the unit in charge see the outbreak, its picture and its cases. A case's person
// is named only to those whose area covers the case as well, and each of them is in the access log. Officers take
// charge by themselves, which everybody who sees the outbreak sees. Only they may ask where the cases were
// (modules/tracing/shared_places.h), with a reason, while a decision switches tracing on there and where the case
// lives; and only they may take out the line list, with a reason. Both are of people of their own area, each logged
// before anything is answered; of cases of other areas the line list has number, commune, classification, the dates of
// the curve and the source.
//
// The graph (graph.h) opens the contact histories of the cases of the own area, each logged before anything is answered
// and the contacts by their number; of other cases it has what the chain has, and contacts without identity. Printed or
// taken out as a picture it is an export: by officers in charge, logged, with a mark that says so.
//
// The name is for people to speak of and names no person; reasons are sealed. Publishes outbreak.opened,
// outbreak.changed, outbreak.closed (subject: the outbreak; unit: the one in charge). Thread-safe.

#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "modules/cases/cases.h"
#include "modules/command/decisions.h"
#include "modules/outbreaks/graph.h"
#include "modules/outbreaks/picture.h"
#include "modules/places/places.h"
#include "platform/base/vault.h"
#include "platform/http/router.h"
#include "platform/identity/access.h"
#include "platform/store/database.h"
#include "platform/store/follower.h"
#include "platform/tables/sheet.h"

namespace luytre::outbreaks {

using OutbreakId = Id<struct OutbreakTag>;

inline constexpr std::size_t kMostCases = 1000;  // of one outbreak; what is larger is a wave
inline constexpr std::size_t kPutMost = 200;     // in one call
inline constexpr std::size_t kChangesShown = 200;
inline constexpr std::size_t kOutbreaksOutMost = 5000;  // in one file

enum class Status { kOpen, kClosed };
BOOST_DESCRIBE_ENUM(Status, kOpen, kClosed)

enum class What { kOpened, kEdited, kPut, kTaken, kClosed, kReopened, kTookCharge, kLeftCharge };
BOOST_DESCRIBE_ENUM(What, kOpened, kEdited, kPut, kTaken, kClosed, kReopened, kTookCharge, kLeftCharge)

// Sent whole, so that a correction leaves nothing to guess.
struct Facts {
  Text<120> name;
  UnitId unit;                      // in charge
  std::optional<Text<40>> setting;  // a kind of place (data/place-kinds.json)
  std::optional<Date> opened_on;    // absent: today
  std::optional<Text<40>> source;   // the number of the case that began it; one of its cases
};
BOOST_DESCRIBE_STRUCT(Facts, (), (name, unit, setting, opened_on, source))

struct NewOutbreak {
  Text<120> name;
  Text<40> disease;
  UnitId unit;
  std::optional<Text<40>> setting;
  std::optional<Date> opened_on;
};
BOOST_DESCRIBE_STRUCT(NewOutbreak, (), (name, disease, unit, setting, opened_on))

struct Closing {
  std::optional<Date> on;  // absent: today
  Note<500> reason;
};
BOOST_DESCRIBE_STRUCT(Closing, (), (on, reason))

struct Reason {
  Note<500> reason;
};
BOOST_DESCRIBE_STRUCT(Reason, (), (reason))

struct InCharge {
  std::string name;
  Instant since;
};
BOOST_DESCRIBE_STRUCT(InCharge, (), (name, since))

struct Outbreak {
  OutbreakId id;
  std::string name;
  std::string disease;
  UnitId unit;
  std::string unit_name;
  std::optional<std::string> setting;
  Date opened_on;
  Status status = Status::kOpen;
  std::optional<Date> closed_on;
  std::optional<cases::CaseLink> source;
  std::int64_t cases = 0;             // discarded ones, too
  std::optional<Date> last_day;       // of the last case
  std::optional<std::int64_t> quiet;  // days without a case after which the end is proposed
  std::optional<Date> quiet_until;    // the last of them
  bool over = false;                  // open, and they have passed
  std::vector<InCharge> in_charge;
  bool mine = false;               // the caller is one of them
  std::optional<Picture> picture;  // only alone
  std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(Outbreak, (),
                      (id, name, disease, unit, unit_name, setting, opened_on, status, closed_on, source, cases,
                       last_day, quiet, quiet_until, over, in_charge, mine, picture, version))

// A case of it. The person is told to those whose area covers the case.
struct Member {
  CaseId id;
  std::string number;
  std::optional<people::PersonBrief> person;
  cases::Classification classification = cases::Classification::kSuspect;
  Date day;
  DayOf of = DayOf::kOnset;
  std::string unit_name;
};
BOOST_DESCRIBE_STRUCT(Member, (), (id, number, person, classification, day, of, unit_name))

// Classifications as they are declared: suspects first; residences by name.
enum class MemberSort { kDay, kClassification, kNumber, kResidence };
BOOST_DESCRIBE_ENUM(MemberSort, kDay, kClassification, kNumber, kResidence)

struct MembersAsked {
  std::optional<MemberSort> sort;         // absent: by day
  std::optional<cases::SortOrder> order;  // absent: ascending
};

struct Chosen {
  std::vector<CaseId> cases;
};
BOOST_DESCRIBE_STRUCT(Chosen, (), (cases))

enum class Unfit { kUnknown, kOtherDisease, kDiscarded, kInAnother, kFull };
BOOST_DESCRIBE_ENUM(Unfit, kUnknown, kOtherDisease, kDiscarded, kInAnother, kFull)

struct OutbreakLink {
  OutbreakId id;
  std::string name;
  Status status = Status::kOpen;
};
BOOST_DESCRIBE_STRUCT(OutbreakLink, (), (id, name, status))

struct Refused {
  CaseId id;
  std::optional<std::string> number;  // absent: none that the caller may see
  Unfit why = Unfit::kUnknown;
  std::optional<OutbreakLink> outbreak;  // of kInAnother, if the caller may see that one
};
BOOST_DESCRIBE_STRUCT(Refused, (), (id, number, why, outbreak))

// Those that fit are in; of the others why not.
struct Put {
  std::int64_t added = 0, known = 0;
  std::vector<Refused> refused;
};
BOOST_DESCRIBE_STRUCT(Put, (), (added, known, refused))

struct Change {
  Instant at;
  std::string by;
  What what = What::kOpened;
  std::optional<cases::CaseLink> case_;
  std::optional<std::string> reason;
};
BOOST_DESCRIBE_STRUCT(Change, (), (at, by, what, case_, reason))

// Where the cases were while they may have been infected. `cases`: of this outbreak; absent: all that count.
struct Look {
  Note<500> reason;
  std::optional<std::vector<CaseId>> cases;
};
BOOST_DESCRIBE_STRUCT(Look, (), (reason, cases))

struct SharedVisit {
  CaseId id;
  std::string number;
  Instant from, to;
  bool estimated = false;
};
BOOST_DESCRIBE_STRUCT(SharedVisit, (), (id, number, from, to, estimated))

struct SharedPlace {
  places::PlaceName place;
  std::int64_t cases = 0;
  std::int64_t visitors = 0;
  double expected = 0, chance = 1, corrected = 1;
  std::vector<SharedVisit> visits;
};
BOOST_DESCRIBE_STRUCT(SharedPlace, (), (place, cases, visitors, expected, chance, corrected, visits))

struct Shared {
  std::int64_t asked = 0;      // cases
  std::int64_t elsewhere = 0;  // not asked about: of other areas, or where no decision switches tracing on
  std::int64_t seen = 0;       // with a visit in their window; visits are kept for 28 days
  std::int64_t compared = 0;
  std::int64_t least = 0, most = 0;  // days from infection to onset, by which the windows go
  std::vector<SharedPlace> places;
};
BOOST_DESCRIBE_STRUCT(Shared, (), (asked, elsewhere, seen, compared, least, most, places))

// A graph leaves as a picture: what the reader has on the screen. `people`: with a name or number in it.
enum class GraphFile { kSvg, kPrint };
BOOST_DESCRIBE_ENUM(GraphFile, kSvg, kPrint)

struct GraphTaken {
  GraphFile file = GraphFile::kSvg;
  std::int64_t people = 0;
  std::optional<std::vector<CaseId>> outside;  // cases outside (graph.h) among them
};
BOOST_DESCRIBE_STRUCT(GraphTaken, (), (file, people, outside))

// To be written on it.
struct GraphMark {
  std::string mark;
};
BOOST_DESCRIBE_STRUCT(GraphMark, (), (mark))

enum class Sort { kBegin, kLastDay, kCases };
BOOST_DESCRIBE_ENUM(Sort, kBegin, kLastDay, kCases)

struct Filter {
  std::optional<Status> status;
  std::optional<std::string> disease;
  std::optional<UnitId> unit;
  std::optional<Sort> sort;               // absent: by begin
  std::optional<cases::SortOrder> order;  // absent: the latest and the most first
};

struct OutbreaksOut {
  Note<500> reason;
  std::optional<Text<40>> disease;
  std::optional<Status> status;
  std::optional<Text<4>> format;  // xlsx; else CSV
};
BOOST_DESCRIBE_STRUCT(OutbreaksOut, (), (reason, disease, status, format))

struct LineListOut {
  Note<500> reason;
  std::optional<Text<4>> format;  // xlsx; else CSV
};
BOOST_DESCRIBE_STRUCT(LineListOut, (), (reason, format))

inline constexpr ErrorCode kOutbreakClosed{"outbreak_closed", 409};
inline constexpr ErrorCode kOutbreakOpen{"outbreak_open", 409};
inline constexpr ErrorCode kNotInCharge{"not_in_charge", 403};
inline constexpr ErrorCode kNoIncubation{"no_incubation", 422};  // the disease's file names none

struct Parts {
  store::Database& db;
  const people::People& people;
  const places::Places& places;
  const places::Kinds& kinds;
  const presence::Diseases& diseases;
  const command::Decisions& decisions;
  const geography::Geography& geography;
  const identity::Access& access;
  const Vault& vault;
};

class Outbreaks {
 public:
  explicit Outbreaks(const Parts& parts);
  ~Outbreaks();

  // Of the caller's area; counts, nobody's data. Last day and count follow a change of a case after a moment. A cursor
  // goes on with the sort it was given for. Errors: not_permitted, invalid (cursor: format, other_sort).
  Task<Result<http::Page<Outbreak>>> list(const Caller& caller, Filter filter, std::optional<std::string> cursor,
                                          std::size_t limit);
  // The list of a unit as a file, marked with who took it out; logged. Errors: not_permitted, reason_required,
  // list_too_long.
  Task<Result<http::Reply>> take_out(const Caller& caller, UnitId unit, OutbreaksOut asked);
  // With its picture. Errors of this and all that follow: not_found (also of one that lies elsewhere).
  Task<Result<Outbreak>> find(const Caller& caller, OutbreakId id);
  // Everybody named is logged. Errors: invalid (?cursor: format, other_sort).
  Task<Result<http::Page<Member>>> members(const Caller& caller, OutbreakId id, MembersAsked asked,
                                           std::optional<std::string> cursor, std::size_t limit);
  Task<Result<http::Page<Change>>> history(const Caller& caller, OutbreakId id);  // newest first, kChangesShown
  // The outbreak of the case, if the caller may see both: none or one. Errors: not_found.
  Task<Result<http::Page<OutbreakLink>>> of_case(const Caller& caller, CaseId id);

  // Its cases, for another's transaction, if the caller may see the outbreak; nobody is named by that. Errors:
  // not_found.
  Result<std::vector<CaseId>> cases_of(store::Session& session, const Caller& caller, OutbreakId id) const;

  // Whoever opens it is in charge. Errors: not_permitted (the unit), disease_unknown, invalid.
  Task<Result<Outbreak>> open(const Caller& caller, NewOutbreak request, std::optional<store::Once> once);
  // Errors: not_permitted (the unit), source_unknown, invalid, version_conflict.
  Task<Result<Outbreak>> edit(const Caller& caller, OutbreakId id, Facts facts, std::int64_t version);
  // Errors: outbreak_closed, invalid, version_conflict.
  Task<Result<Outbreak>> close(const Caller& caller, OutbreakId id, Closing closing, std::int64_t version);
  // Errors: outbreak_open, invalid, version_conflict.
  Task<Result<Outbreak>> reopen(const Caller& caller, OutbreakId id, Reason reason, std::int64_t version);
  // Each judged by itself; put again, nothing changes. Errors: outbreak_closed, invalid (none, or more than kPutMost).
  Task<Result<Put>> put(const Caller& caller, OutbreakId id, Chosen chosen);
  // Errors: not_found (also of a case that is not in it, or not in the caller's area), outbreak_closed, invalid.
  Task<Result<Done>> take_out(const Caller& caller, OutbreakId id, CaseId kase, Reason reason);
  Task<Result<Outbreak>> take_charge(const Caller& caller, OutbreakId id, bool charge);

  // Errors: not_in_charge, reason_required, not_in_force, no_incubation, too_many_to_compare, invalid (cases).
  Task<Result<Shared>> shared(const Caller& caller, OutbreakId id, Look look);
  // Errors: not_in_charge, reason_required.
  Task<Result<http::Reply>> line_list(const Caller& caller, OutbreakId id, LineListOut asked);

  // Contacts down to `levels` (0 to kGraphLevels). Errors: invalid (level).
  Task<Result<Graph>> graph(const Caller& caller, OutbreakId id, std::int64_t levels);
  // Of one case: its contacts, its source if the reader sees that case or its outbreak, and the cases of the same
  // outbreak that name it as theirs.
  Task<Result<Graph>> graph(const Caller& caller, CaseId id, std::int64_t levels);
  // Before it is printed or saved. Errors: not_in_charge (of an outbreak), invalid (people, outside), not_found (also
  // of a case outside that the reader may not see).
  Task<Result<GraphMark>> take_graph(const Caller& caller, OutbreakId id, GraphTaken taken);
  Task<Result<GraphMark>> take_graph(const Caller& caller, CaseId id, GraphTaken taken);

  store::Following follow() const;       // counts, for the lists, after a case changed
  store::Recurring count_first() const;  // those that were there before they were counted

  struct Impl;

 private:
  std::unique_ptr<Impl> impl_;
};

// While a person may have been infected whose case stands on that day: from `most` to `least` days before the onset,
// whole days; of a case without one, any time from `most` days before the sample, or the report.
Interval exposure_window(const CaseDay& day, std::int64_t least, std::int64_t most);

void routes(http::Router& router, Outbreaks& room);

const std::vector<store::Migration>& migrations();

}  // namespace luytre::outbreaks

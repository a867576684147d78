// Orders of quarantine and isolation: shapes. What they mean and who may do what: quarantine.h.

#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "modules/cases/cases.h"
#include "modules/people/people.h"
#include "modules/quarantine/checks.h"
#include "modules/quarantine/law.h"
#include "modules/quarantine/needs.h"
#include "modules/tracing/tracing.h"

namespace luytre::quarantine {

using OrderId = Id<struct QuarantineOrderTag>;
using StepId = Id<struct QuarantineStepTag>;
using SiteId = Id<struct QuarantineSiteTag>;  // sites.h

// This project's own: twice the 90 days in which one may complain.
inline constexpr std::chrono::hours kKept{180 * 24};
inline constexpr std::chrono::hours kDraftLasts{28 * 24};  // then a draft that nobody signed has lapsed
inline constexpr std::int64_t kAheadMost = 7;  // days; this project's own: how long before it begins it is drafted
inline constexpr std::int64_t kStepsMost = 200;
inline constexpr std::int64_t kPriceMost = 100'000'000;  // đồng a day
inline constexpr std::size_t kTogetherMost = 200;        // orders changed or signed in one request
inline constexpr std::size_t kOutMost = 5000;            // lines of one file
// This project's own, as for what nobody took: by then what was proposed is signed, and again for each level.
inline constexpr std::chrono::hours kSignWithin{4};

enum class State { kDraft, kRunning, kReleased, kReplaced, kRefused };
BOOST_DESCRIBE_ENUM(State, kDraft, kRunning, kReleased, kReplaced, kRefused)
enum class StepKind { kOrder, kExtend, kShorten, kMove, kWindows, kRelease, kReplace };
BOOST_DESCRIBE_ENUM(StepKind, kOrder, kExtend, kShorten, kMove, kWindows, kRelease, kReplace)
enum class StepState { kWaiting, kSigned, kRefused };
BOOST_DESCRIBE_ENUM(StepState, kWaiting, kSigned, kRefused)

// Who pays for a hotel.
enum class Payer { kPerson, kEmployer, kState };
BOOST_DESCRIBE_ENUM(Payer, kPerson, kEmployer, kState)

struct OrderPlace {
  PlaceKind kind = PlaceKind::kHome;
  std::optional<Text<200>> name;     // of a site or hotel, always
  std::optional<Text<200>> address;  // likewise; at home absent: the address of the person's record
  std::optional<UnitId> unit{};      // the commune where it lies, which answers for the order; absent: as it was
  std::optional<Payer> payer{};      // this and what follows: of a hotel, where it was settled
  std::optional<std::int64_t> daily_price{};  // đồng
  // A registered one of that kind: the order is for it alone. Name and address are then its own, and not asked for.
  std::optional<SiteId> site{};
};
BOOST_DESCRIBE_STRUCT(OrderPlace, (), (kind, name, address, unit, payer, daily_price, site))

// The last day where no rule tells it.
struct Decided {
  Date last_day;
  Text<300> source;
};
BOOST_DESCRIBE_STRUCT(Decided, (), (last_day, source))

// Members whose plain name is a C++ keyword end in an underscore; JSON drops it.
struct NewOrder {
  Kind kind = Kind::kQuarantine;
  std::optional<tracing::CandidateId> candidate;  // of a contact: one of candidate and case
  std::optional<CaseId> case_;                    // of an isolation
  std::optional<Date> first_day;                  // absent: today
  OrderPlace place;
  std::optional<Decided> decided;
  std::optional<std::vector<CheckWindow>> windows;  // at home: other ones than the rule set's
  Note<500> reason;
};
BOOST_DESCRIBE_STRUCT(NewOrder, (), (kind, candidate, case_, first_day, place, decided, windows, reason))

struct NewStep {
  StepKind kind = StepKind::kExtend;  // not kOrder, kReplace
  std::optional<Date> last_day;       // of kExtend and kShorten
  std::optional<OrderPlace> place;    // of kMove
  std::optional<Text<300>> source;    // of kExtend, where the law's days are used up: the text that allows more
  std::optional<std::vector<CheckWindow>> windows;  // of kWindows; none: the rule set's again
  Note<500> reason;
};
BOOST_DESCRIBE_STRUCT(NewStep, (), (kind, last_day, place, source, windows, reason))

struct Signature {
  Text<200> authority;  // the office in which the officer signs, as the paper is to say it
};
BOOST_DESCRIBE_STRUCT(Signature, (), (authority))

struct StepLine {
  OrderId order;
  std::int64_t version = 0;
  NewStep step;
};
BOOST_DESCRIBE_STRUCT(StepLine, (), (order, version, step))

struct StepsTogether {
  std::vector<StepLine> items;
};
BOOST_DESCRIBE_STRUCT(StepsTogether, (), (items))

struct SignLine {
  OrderId order;
  std::int64_t version = 0;
};
BOOST_DESCRIBE_STRUCT(SignLine, (), (order, version))

struct SignedTogether {
  Text<200> authority;  // as of Signature
  std::vector<SignLine> items;
};
BOOST_DESCRIBE_STRUCT(SignedTogether, (), (authority, items))

// What became of one of many: its version now, or the code of the error.
struct TogetherLine {
  OrderId order;
  std::optional<std::int64_t> version;
  std::optional<std::string> refused;
};
BOOST_DESCRIBE_STRUCT(TogetherLine, (), (order, version, refused))

struct TogetherDone {
  std::vector<TogetherLine> items;  // in their order; no names
};
BOOST_DESCRIBE_STRUCT(TogetherDone, (), (items))

struct Refusal {
  Note<500> reason;
};
BOOST_DESCRIBE_STRUCT(Refusal, (), (reason))

// Why it ends when it does.
struct Ends {
  std::string law;  // id of data/quarantine/law.toml
  Wording law_text;
  std::optional<std::string> rule;  // of the disease; absent: an officer named the day
  std::optional<std::int64_t> days;
  std::optional<Date> last_exposure;
  bool cut = false;                    // the rule asks for more than one order may last
  std::int64_t days_most = 0;          // that an order may last
  std::optional<std::string> decided;  // the text that the officer named
  // The last signed step that moved the end, extend or shorten, and when it was signed: the day is its, and not what
  // rule or officer had said before.
  std::optional<StepKind> moved;
  std::optional<Date> moved_on;
};
BOOST_DESCRIBE_STRUCT(Ends, (), (law, law_text, rule, days, last_exposure, cut, days_most, decided, moved, moved_on))

struct Step {
  StepKind kind = StepKind::kOrder;
  StepState state = StepState::kWaiting;
  std::string proposed_by;
  Instant proposed_at;
  std::string reason;
  std::optional<Date> last_day;
  std::optional<OrderPlace> place;
  std::optional<std::vector<CheckWindow>> windows;
  std::optional<std::string> decided_by;  // who signed or refused
  std::optional<Instant> decided_at;
  std::optional<std::string> authority;
  std::optional<std::string> refusal;
};
BOOST_DESCRIBE_STRUCT(Step, (),
                      (kind, state, proposed_by, proposed_at, reason, last_day, place, windows, decided_by, decided_at,
                       authority, refusal))

struct Order {
  OrderId id;
  std::string number;  // "LTQ-7GK2-M0QX"
  people::PersonBrief person;
  Kind kind = Kind::kQuarantine;
  State state = State::kDraft;
  std::string disease;
  UnitId unit;
  std::string unit_name;                  // as it was; in lists, where the order is now
  std::optional<std::string> unit_today;  // of a unit that a reform ended: what it is a part of, where that is clear
  cases::CaseLink case_;
  std::optional<tracing::Class> class_;
  Date first_day, last_day;  // both included
  PlaceKind place_kind = PlaceKind::kHome;
  std::optional<StepKind> waiting;  // for a signature
  std::optional<Instant> waiting_since;
  std::optional<Date> waiting_last_day;  // if that is signed; absent: as it is
  bool may_sign = false;                 // the caller may sign what waits
  bool mine = false;                     // the caller proposed what waits, and may take it back
  bool overdue = false;                  // runs, and the last day has passed
  std::optional<Instant> signed_at, ended;
  std::optional<OrderPlace> place;  // this and what follows: only alone
  bool basis_gone = false;          // it runs, but the class or the case no longer stands
  std::optional<Ends> ends;
  std::optional<std::vector<Step>> steps;  // oldest first
  std::optional<Checks> checks;            // of isolation and quarantine at home, once it runs
  std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(Order, (),
                      (id, number, person, kind, state, disease, unit, unit_name, unit_today, case_, class_, first_day,
                       last_day, place_kind, waiting, waiting_since, waiting_last_day, may_sign, mine, overdue,
                       signed_at, ended, place, basis_gone, ends, steps, checks, version))

struct Complaint {
  Wording text;
  Date until;
  std::string source;
};
BOOST_DESCRIBE_STRUCT(Complaint, (), (text, until, source))

// What the person reads: never whose contact they are.
struct MyOrder {
  OrderId id;
  std::string number;
  PersonId person;
  std::string person_name;
  Kind kind = Kind::kQuarantine;
  State state = State::kRunning;
  Wording disease;
  Date first_day, last_day;
  OrderPlace place;
  Ends ends;
  Complaint complaint;
  std::string signed_by, authority;
  Instant signed_at;  // what was signed last
  std::optional<Instant> ended;
  bool unread = false;
  std::optional<MyChecks> checks;  // while it runs at home
  std::vector<MyNeed> needs;       // newest first
};
BOOST_DESCRIBE_STRUCT(MyOrder, (),
                      (id, number, person, person_name, kind, state, disease, first_day, last_day, place, ends,
                       complaint, signed_by, authority, signed_at, ended, unread, checks, needs))

struct Scanned {
  Text<300> code;
};
BOOST_DESCRIBE_STRUCT(Scanned, (), (code))

enum class Standing { kValid, kReplaced, kReleased };
BOOST_DESCRIBE_ENUM(Standing, kValid, kReplaced, kReleased)

// Nothing that is not on the paper.
struct Verified {
  std::string number;
  Standing standing = Standing::kValid;
  std::optional<Date> first_day, last_day;  // while it is valid
};
BOOST_DESCRIBE_STRUCT(Verified, (), (number, standing, first_day, last_day))

enum class View { kWaiting, kRunning, kTomorrow, kOverdue, kEnded };
BOOST_DESCRIBE_ENUM(View, kWaiting, kRunning, kTomorrow, kOverdue, kEnded)

// What a list is sorted by: since when it waits, its last day, when it was signed last, when it ended.
enum class Sort { kWaiting, kLastDay, kSigned, kEnded };
BOOST_DESCRIBE_ENUM(Sort, kWaiting, kLastDay, kSigned, kEnded)

struct Filter {
  View view = View::kWaiting;
  std::optional<UnitId> unit;
  std::optional<std::string> number =
      std::nullopt;  // all of it, in whatever way it is typed; then neither of the others counts
  std::optional<std::string> disease = std::nullopt;
  std::optional<Kind> kind = std::nullopt;
  std::optional<PlaceKind> place = std::nullopt;
  std::optional<Sort> sort = std::nullopt;               // absent: waiting, lastDay or ended, by the view
  std::optional<cases::SortOrder> order = std::nullopt;  // absent: descending for kEnded, else ascending
};

struct OrdersOut {
  Note<500> reason;
  std::optional<View> view;  // absent: waiting
  std::optional<Text<40>> disease;
  std::optional<Kind> kind;
  std::optional<PlaceKind> place;
  std::optional<Text<4>> format;  // xlsx; else CSV
};
BOOST_DESCRIBE_STRUCT(OrdersOut, (), (reason, view, disease, kind, place, format))

}  // namespace luytre::quarantine

// Quarantine and isolation: orders that bind a person once they are signed, and only then.
//
// An officer drafts an order for a contact whose class an officer assigned, or for a case: kind, place, first and last
// day. For a contact the last day follows from the dated rule of the disease (law.h) and explains itself; where no rule
// tells it, the officer names the day and the text it rests on. No order rests on Bluetooth encounters or estimated
// stays alone: where nothing else is known, tracing must hold what the contact answered an officer.
//
// A draft binds nobody and is shown to nobody but officers. It binds when another officer than who drafted it signs, of
// a district or province and of the area. Extending, shortening, moving and releasing are steps alike: proposed with a
// reason by one, signed by another; one step waits at a time, and all are kept. Nobody is released by the clock: who
// is past the last day is shown to officers until the release is signed. A signed isolation ends the quarantine of the
// same disease.
//
// What is signed can be printed, with the way to complain and a code (engines/linkage/order_code.h) by which anybody
// who holds the paper asks whether it stands. The person is told by a message without names, and reads the order in the
// app, also after its end.
//
// An order may last as long as the law lets one last and be extended once; more needs a text that allows it, named in
// the proposal. A move to another commune hands the order over: it is signed by somebody who answers for both, and that
// commune's officers go on.
//
// While somebody is isolated or quarantined at home, the windows of a day (checks.h) are due from the signature to the
// last day, and follow every step. A declaration by the form counts, whoever made it for the person. A window in which
// nothing came is told to the station that answers for the order, as is a call that the person asks for; declared
// symptoms come there as of any declaration (modules/referrals). Nothing follows from a missed window by itself.
//
// Reasons and places are sealed; everybody shown is in the access log. A draft that nobody signed lapses. Deleted kKept
// after the end, with proof rows.
// Thread-safe. Publishes quarantine.proposed, quarantine.signed, quarantine.refused, quarantine.ended,
// quarantine.checked (subject: the order; unit: that answers for it), quarantine.alert (subject: AlertId).

#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "modules/cases/cases.h"
#include "modules/people/people.h"
#include "modules/quarantine/checks.h"
#include "modules/quarantine/law.h"
#include "modules/quarantine/needs.h"
#include "modules/tracing/tracing.h"
#include "platform/base/random.h"
#include "platform/base/vault.h"
#include "platform/http/router.h"
#include "platform/identity/access.h"
#include "platform/notify/notify.h"
#include "platform/notify/texts.h"
#include "platform/pdf/sheet.h"
#include "platform/store/database.h"
#include "platform/store/follower.h"

namespace luytre::identity {
class Consents;
}

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
};
BOOST_DESCRIBE_STRUCT(OrderPlace, (), (kind, name, address, unit, payer, daily_price))

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
  std::optional<presence::Whom> whom;             // where the rule tells the immune from others; absent: of the others
  std::optional<Date> first_day;                  // absent: today
  OrderPlace place;
  std::optional<Decided> decided;
  std::optional<std::vector<CheckWindow>> windows;  // at home: other ones than the rule set's
  Note<500> reason;
};
BOOST_DESCRIBE_STRUCT(NewOrder, (), (kind, candidate, case_, whom, first_day, place, decided, windows, reason))

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
};
BOOST_DESCRIBE_STRUCT(Ends, (), (law, law_text, rule, days, last_exposure, cut, days_most, decided))

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
  bool may_sign = false;  // the caller may sign what waits
  bool mine = false;      // the caller proposed what waits, and may take it back
  bool overdue = false;   // runs, and the last day has passed
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
                       last_day, place_kind, waiting, waiting_since, may_sign, mine, overdue, signed_at, ended, place,
                       basis_gone, ends, steps, checks, version))

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

struct Filter {
  View view = View::kWaiting;
  std::optional<UnitId> unit;
};

inline constexpr ErrorCode kNoBasis{"order_no_basis", 409};  // no assigned class, or the case does not stand
inline constexpr ErrorCode kNeedsInterview{"order_needs_interview", 409};
inline constexpr ErrorCode kOrderExists{"order_exists", 409};  // params: order, number
inline constexpr ErrorCode kNotKept{"order_not_kept", 409};    // the rule in force keeps nobody of this class
inline constexpr ErrorCode kOrderOver{"order_over", 409};      // its days have passed
inline constexpr ErrorCode kOrderNotRunning{"order_not_running", 409};
inline constexpr ErrorCode kStepWaits{"order_step_waits", 409};
inline constexpr ErrorCode kNothingToSign{"order_nothing_to_sign", 409};
inline constexpr ErrorCode kNeedsWait{"order_needs_wait", 409};  // enough are asked for and not settled yet
inline constexpr ErrorCode kOrderCodeForged{"order_code_forged", 422};
inline constexpr ErrorCode kOrderCodeUnknown{"order_code_unknown", 404};

struct Settings {
  std::string public_url;
  std::vector<std::filesystem::path> font_folders{pdf::kFontFolder};
  const identity::Consents* consents = nullptr;  // absent: nobody is asked where they are
};

struct Parts {
  store::Database& db;
  tracing::Tracing& tracing;
  const cases::Cases& cases;
  const declarations::Declarations& declarations;
  const people::People& people;
  const geography::Geography& geography;
  const identity::Access& access;
  notify::Notify& notify;
  const notify::Texts& texts;
  const Vault& vault;
  Random& random;
  const Law& law;
  Settings settings;
};

class Orders {
 public:
  explicit Orders(const Parts& parts);
  ~Orders();

  // Errors: order_no_basis, order_needs_interview, order_exists, order_not_kept, order_over, invalid (/kind,
  // /candidate, /case, /firstDay, /place/…, /decided…).
  Task<Result<Order>> draft(const Caller& caller, NewOrder order, std::optional<store::Once> once);
  // Waiting: oldest first; running: the first to end first; ended: newest first. Everybody shown is logged. Errors:
  // not_permitted, invalid (cursor).
  Task<Result<http::Page<Order>>> list(const Caller& caller, Filter filter, std::optional<std::string> cursor,
                                       std::size_t limit);
  // Errors of this and what follows: not_found, those of Access::require; of the steps also version_conflict with what
  // stands there.
  Task<Result<Order>> find(const Caller& caller, OrderId id);
  // Errors: order_not_running, order_step_waits, invalid (/source: the law's days are used up); to extend also
  // order_no_basis, order_needs_interview.
  Task<Result<Order>> propose(const Caller& caller, OrderId id, NewStep step, std::int64_t version);
  // By another than who proposed it. Errors: second_officer_needed, order_nothing_to_sign, order_no_basis,
  // order_needs_interview, order_over, order_exists.
  Task<Result<Order>> sign(const Caller& caller, OrderId id, Signature signature, std::int64_t version);
  // Many at once, at most kTogetherMost: each as by propose and sign, judged alone, and the rest stands. Errors:
  // not_permitted, invalid.
  Task<Result<TogetherDone>> propose_all(const Caller& caller, StepsTogether steps, std::optional<store::Once> once);
  Task<Result<TogetherDone>> sign_all(const Caller& caller, SignedTogether orders, std::optional<store::Once> once);
  // By who may sign, or taken back by who proposed it. Errors: order_nothing_to_sign.
  Task<Result<Order>> refuse(const Caller& caller, OrderId id, Refusal refusal, std::int64_t version);
  // The order as it was signed last, or the certificate of its end. Errors: order_not_running (never signed, or no end
  // to certify), poster_font_missing.
  Task<Result<http::Reply>> pdf(const Caller& caller, OrderId id, bool certificate);

  // ---- the person, and who keeps the household of a child ----
  Task<Result<http::Page<MyOrder>>> mine(const Caller& caller);  // newest first
  Task<Result<Done>> read(const Caller& caller, OrderId id);
  Task<Result<http::Reply>> my_pdf(const Caller& caller, OrderId id, bool certificate);

  // Instead of a check in the app, or beside it: the station calls within kCallWithin. Asked again, it is one call.
  // Errors: not_found, order_not_running (nothing is due).
  Task<Result<Done>> ask_call(const Caller& caller, OrderId id);

  // By a tap, and a consent that stands: marks the place, or compares with it. Who is away is told to the station; the
  // position is not kept. Errors: not_found, order_not_running, invalid, consent_required, order_place_not_marked.
  Task<Result<Compared>> compare(const Caller& caller, OrderId id, Position where);

  // ---- needs (needs.h) ----
  // The person, or who keeps the household of a child. Asked twice it is one. Errors: not_found, order_not_running,
  // order_needs_wait, invalid (/words).
  Task<Result<Done>> ask_need(const Caller& caller, OrderId id, NewNeed need);
  // An officer who was told of it, of the order's area or of the site where the person lies. Errors also invalid
  // (/via).
  Task<Result<Done>> tell_need(const Caller& caller, OrderId id, ToldNeed need);
  // Of the caller's area, not settled, the oldest first, at most kNeedsShown; everybody is logged. Errors:
  // not_permitted.
  Task<Result<http::Page<Need>>> needs(const Caller& caller, std::optional<UnitId> unit, std::optional<SiteId> site);

  // ---- checks at home (checks.h); for wiring, within another's transaction, unchecked ----
  // What a signed order asks of the person by the form that day; nothing: none does.
  std::optional<declarations::OrderAsks> asked(store::Session& session, PersonId person, std::string_view form,
                                               Instant at) const;
  // What quarantine.alert asks a station to see to, while it stands.
  std::optional<referrals::Alert> alert(store::Session& session, AlertId id) const;
  store::Following follow();
  store::Recurring watch();

  // Anybody who holds a paper. Errors: order_code_forged, order_code_unknown.
  Task<Result<Verified>> verify(Scanned scanned) const;

  store::Recurring retention();

  struct Impl;

 private:
  std::unique_ptr<Impl> impl_;
};

void routes(http::Router& router, Orders& orders);

const std::vector<store::Migration>& migrations();

}  // namespace luytre::quarantine

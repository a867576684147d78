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
#include "modules/quarantine/orders.h"
#include "modules/staff/staff.h"
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

// What an officer may be told of one person's orders.
struct OfPerson {
  OrderId id;
  std::string number, disease;
  Kind kind = Kind::kQuarantine;
  State state = State::kDraft;
  Date first_day, last_day;
};

// Needs (needs.h) that are not settled.
struct NeedFilter {
  std::optional<UnitId> unit;
  std::optional<SiteId> site;
  std::optional<NeedKind> kind;
  std::optional<NeedState> state;
  std::optional<cases::SortOrder> order;  // by when they were asked for; absent: the oldest first
};

class Orders {
 public:
  explicit Orders(const Parts& parts);
  ~Orders();

  // Errors: order_no_basis, order_needs_interview, order_exists, order_not_kept, order_over, invalid (/kind,
  // /candidate, /case, /firstDay, /place/…, /decided…).
  Task<Result<Order>> draft(const Caller& caller, NewOrder order, std::optional<store::Once> once);
  // Unless sorted otherwise: waiting: oldest first; running: the first to end first; ended: newest first. A cursor goes
  // on with its own sort. Everybody shown is logged. Errors: not_permitted, invalid (?cursor, ?sort).
  Task<Result<http::Page<Order>>> list(const Caller& caller, Filter filter, std::optional<std::string> cursor,
                                       std::size_t limit);
  // The same as a file, of a unit that the caller answers for, marked with who took it out; with a reason. Errors:
  // not_permitted, reason_required, list_too_long.
  Task<Result<http::Reply>> take_out(const Caller& caller, UnitId unit, OrdersOut wanted);
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
  // By who keeps the site where they lie; brought already, nothing changes.
  Task<Result<Done>> bring_need(const Caller& caller, AlertId id);
  // Of the caller's area, not settled; everybody shown is logged. A cursor goes on with the order it was given for.
  // Errors: not_permitted, invalid (?cursor: format, other_sort).
  Task<Result<http::Page<Need>>> needs(const Caller& caller, NeedFilter filter, std::optional<std::string> cursor,
                                       std::size_t limit);

  // The same as a file, of a unit that the caller answers for; with a reason. Errors: not_permitted, reason_required,
  // list_too_long.
  Task<Result<http::Reply>> take_out(const Caller& caller, UnitId unit, NeedsOut wanted);

  // ---- checks at home (checks.h); for wiring, within another's transaction, unchecked ----
  // What a signed order asks of the person by the form that day; nothing: none does.
  std::optional<declarations::OrderAsks> asked(store::Session& session, PersonId person, std::string_view form,
                                               Instant at) const;
  // What quarantine.alert asks a station to see to, while it stands.
  std::optional<referrals::Alert> alert(store::Session& session, AlertId id) const;
  store::Following follow();
  store::Recurring watch();

  // What has waited for a signature for kSignWithin, for the list over all rooms: for who may sign it, who is another
  // than who proposed it.
  std::vector<staff::Waiting> waiting(store::Session& session, const Caller& caller) const;

  // Within another's transaction: of the person, under whichever record, those of the caller's area, whatever became of
  // them; each that is told is in the access log. Errors: those of Access::require.
  Result<std::vector<OfPerson>> of_person(store::Session& session, const Caller& caller, PersonId person,
                                          const std::string& reason) const;

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

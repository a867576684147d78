// Gates: guards at the entrances of places, and whom they let in.
//
// A place's keeper names guards by phone. A guard shows a one-time code and has a shift: a token for one device, for at
// most kShiftMost, that opens the gates of every place which names this phone, and nothing else of anybody. A removed
// guard, or one whose phone was lost, is out at once. What was scanned during a shift may arrive up to visits::kLatest
// after it, because devices work without a network.
//
// Somebody's own code proves who it is and becomes a visit (visits.h). Anything else is a claim: an identity card,
// insurance card, national QR or passport (engines/linkage/claim.h), a typed phone, a paper slip, or a number of
// people. Such entries are *unverified*: kept here, sealed, with where they come from; they are no visits, so that no
// trace can make candidates or orders of them. For a named case with a window, officers of the place's area read who
// else was there then, to call them; that is logged. A typed phone is answered alike whether anybody knows it.
//
// A printed card of ours is genuine and says whose it is, but anybody can carry it: its entry is unverified, too, and
// names the holder. It becomes a visit when an officer has asked the holder for a named case, and says so (asked()).
//
// The guard sees a light, never a name, a history or a reason, and no light before the commune has approved the place
// (an official place has no guards at work before). No light keeps anybody from care, medicine, food or
// shelter: essential() places refuse nobody by colour. Nothing is recorded where no decision switches check-in on. Kept
// kKept, by age alone. Thread-safe. A call repeated with its idempotency key changes nothing and answers the same.
// Publishes gates.cardShown (subject: the entry; unit: the place's).

#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "modules/cases/cases.h"
#include "modules/declarations/declarations.h"
#include "modules/visits/counts.h"
#include "modules/visits/visits.h"
#include "platform/base/random.h"
#include "platform/base/vault.h"

namespace luytre::identity {
class Codes;
}

namespace luytre::gates {

using GuardId = Id<struct GuardTag>;
using EntryId = Id<struct EntryTag>;

inline constexpr std::chrono::hours kKept = visits::kKept;
inline constexpr std::chrono::hours kShiftMost{12};
inline constexpr std::int64_t kCompanionsMost = 60;          // a coach
inline constexpr std::chrono::minutes kCompanionsWithin{2};  // of the entry
inline constexpr std::size_t kAmbulancesMost = 20;           // shown at the desk
inline constexpr std::chrono::minutes kKeeperCodeLife{10};
inline constexpr std::size_t kGuardsMost = 50;  // of a place
inline constexpr std::size_t kCardEntriesMost = 200;

enum class Light { kGreen, kYellow, kRed };
BOOST_DESCRIBE_ENUM(Light, kGreen, kYellow, kRed)

enum class How {
  kOwnCode,
  kIdCard,
  kNationalQr,
  kInsuranceCard,
  kPassport,
  kTravelCard,
  kPhone,
  kGroup,
  kCard,
  kSlip,
  kAmbulance
};
BOOST_DESCRIBE_ENUM(How, kOwnCode, kIdCard, kNationalQr, kInsuranceCard, kPassport, kTravelCard, kPhone, kGroup, kCard,
                    kSlip, kAmbulance)

enum class Reason { kColour, kFull, kClosed, kNoMask, kOther };
BOOST_DESCRIBE_ENUM(Reason, kColour, kFull, kClosed, kNoMask, kOther)

// ---- keepers ----

struct NewGuard {
  Text<60> name;
  Text<40> phone;
};
BOOST_DESCRIBE_STRUCT(NewGuard, (), (name, phone))

// To be told the guard by word of mouth, while messages do not come.
struct KeeperCode {
  std::string code;
  Instant expires_at;
};
BOOST_DESCRIBE_STRUCT(KeeperCode, (), (code, expires_at))

struct Guard {
  GuardId id;
  std::string name;
  std::string phone_masked;
  Instant since;
};
BOOST_DESCRIBE_STRUCT(Guard, (), (id, name, phone_masked, since))

// Somebody was turned back, and why; nothing about whom.
struct TurnedBack {
  EntryId id;
  std::optional<ZoneId> zone;
  Instant at;
  Reason reason = Reason::kOther;
  std::optional<std::string> note;
  std::string guard;  // who did it
};
BOOST_DESCRIBE_STRUCT(TurnedBack, (), (id, zone, at, reason, note, guard))

// ---- guards ----

struct CodeAsk {
  Text<40> phone;
};
BOOST_DESCRIBE_STRUCT(CodeAsk, (), (phone))

struct CodeAsked {
  std::string request;  // to be shown with the code: only who asked may use it
  Instant expires_at;
  std::int64_t retry_after_seconds = 0;
};
BOOST_DESCRIBE_STRUCT(CodeAsked, (), (request, expires_at, retry_after_seconds))

struct NewShift {
  Text<40> phone;
  std::optional<Text<40>> request;  // absent: the code is the keeper's
  Text<12> code;
  std::int64_t hours = 0;  // 1 … kShiftMost
};
BOOST_DESCRIBE_STRUCT(NewShift, (), (phone, request, code, hours))

struct Shift {
  std::string shift;  // the token
  Instant began;
  Instant ends;
};
BOOST_DESCRIBE_STRUCT(Shift, (), (shift, began, ends))

struct ShiftToken {
  Text<64> shift;
};
BOOST_DESCRIBE_STRUCT(ShiftToken, (), (shift))

struct GateZone {
  ZoneId id;
  std::string name;
  bool entrance = false;
  bool leaving = false;  // people only go out here
};
BOOST_DESCRIBE_STRUCT(GateZone, (), (id, name, entrance, leaving))

// Let in at once; who was in it is said later.
struct Ambulance {
  EntryId id;
  Instant at;
};
BOOST_DESCRIBE_STRUCT(Ambulance, (), (id, at))

struct Gate {
  PlaceId place;
  std::string name;
  std::string kind;  // of the place
  std::vector<GateZone> zones;
  bool essential = false;  // nobody may be refused by colour
  std::int64_t present = 0;
  std::optional<std::int64_t> capacity;
  visits::Fill fill = visits::Fill::kFree;
  std::vector<Ambulance> ambulances = {};  // not declared yet, of the last day, newest first
  std::optional<std::string> form = {};    // what is asked of visitors here, if a decision says so
};
BOOST_DESCRIBE_STRUCT(Gate, (), (place, name, kind, zones, essential, present, capacity, fill, ambulances, form))

// With which a device tells real personal codes from home-made ones without a network.
struct VerifyingKey {
  std::int64_t id = 0;
  std::string key;  // base64url of an Ed25519 public key
};
BOOST_DESCRIBE_STRUCT(VerifyingKey, (), (id, key))

struct Desk {
  Instant began;
  Instant ends;
  std::vector<Gate> gates;
  std::vector<VerifyingKey> keys;
};
BOOST_DESCRIBE_STRUCT(Desk, (), (began, ends, gates, keys))

// One of code and phone, or neither: then a group of `companions`.
struct Admission {
  Text<64> shift;
  PlaceId place;
  std::optional<ZoneId> zone;
  Instant at;                      // may lie in the past: the device was offline
  std::optional<Text<3000>> code;  // as scanned: a personal code or card of ours, or a foreign one; a typed card number
  std::optional<Text<40>> phone;   // as typed
  std::int64_t companions = 0;     // who came along, without a name
};
BOOST_DESCRIBE_STRUCT(Admission, (), (shift, place, zone, at, code, phone, companions))

// The same by the keeper, who needs no shift.
struct KeeperAdmission {
  std::optional<ZoneId> zone;
  Instant at;
  std::optional<Text<3000>> code;
  std::optional<Text<40>> phone;
  std::int64_t companions = 0;
};
BOOST_DESCRIBE_STRUCT(KeeperAdmission, (), (zone, at, code, phone, companions))

struct Admitted {
  EntryId id;
  How how = How::kGroup;
  bool verified = false;
  std::optional<Light> light;  // absent: recorded, but the commune has not approved the place
  std::int64_t present = 0;
  std::optional<std::int64_t> capacity;
  visits::Fill fill = visits::Fill::kFree;
};
BOOST_DESCRIBE_STRUCT(Admitted, (), (id, how, verified, light, present, capacity, fill))

// Somebody goes out: one of code and phone, or neither, then `heads` of groups.
struct Departure {
  Text<64> shift;
  PlaceId place;
  std::optional<ZoneId> zone;
  Instant at;
  std::optional<Text<3000>> code;
  std::optional<Text<40>> phone;
  std::int64_t heads = 0;  // of groups alone: with a code or a phone all go who came with it
};
BOOST_DESCRIBE_STRUCT(Departure, (), (shift, place, zone, at, code, phone, heads))

struct Departed {
  How how = How::kGroup;
  bool met = false;  // false: we had not heard that they came in; when we do, it ends at this time
  std::int64_t present = 0;
  std::optional<std::int64_t> capacity;
  visits::Fill fill = visits::Fill::kFree;
};
BOOST_DESCRIBE_STRUCT(Departed, (), (how, met, present, capacity, fill))

// Who came along with somebody who was let in a moment ago.
struct Companions {
  Text<64> shift;
  PlaceId place;
  Instant at;
  std::int64_t companions = 0;
};
BOOST_DESCRIBE_STRUCT(Companions, (), (shift, place, at, companions))

struct AmbulanceIn {
  Text<64> shift;
  PlaceId place;
  std::optional<ZoneId> zone;
  Instant at;
};
BOOST_DESCRIBE_STRUCT(AmbulanceIn, (), (shift, place, zone, at))

// Whoever has a code or paper is scanned as anybody is, and is not among the heads.
struct AmbulancePeople {
  Text<64> shift;
  PlaceId place;
  Instant at;
  std::int64_t heads = 0;
  std::optional<Text<20>> plate;
  std::optional<Text<40>> phone;
};
BOOST_DESCRIBE_STRUCT(AmbulancePeople, (), (shift, place, at, heads, plate, phone))

struct Counted {
  std::int64_t present = 0;
  std::optional<std::int64_t> capacity;
  visits::Fill fill = visits::Fill::kFree;
};
BOOST_DESCRIBE_STRUCT(Counted, (), (present, capacity, fill))

struct Refusal {
  Text<64> shift;
  PlaceId place;
  std::optional<ZoneId> zone;
  Instant at;
  Reason reason = Reason::kOther;
  std::optional<Text<200>> note;  // needed for kOther
};
BOOST_DESCRIBE_STRUCT(Refusal, (), (shift, place, zone, at, reason, note))

struct Refused {
  EntryId id;
};
BOOST_DESCRIBE_STRUCT(Refused, (), (id))

// ---- visitors without a phone ----

// Who writes the answers down: the visitor, on the place's device, or the guard, asking.
enum class Hand { kKiosk, kGuard };
BOOST_DESCRIBE_ENUM(Hand, kKiosk, kGuard)

// By a code, as Admission has it, or name and birth year as typed.
struct VisitorDeclaration {
  Text<64> shift;
  Hand hand = Hand::kKiosk;
  Instant at;
  std::optional<Text<3000>> code;
  std::optional<Text<120>> name;
  std::optional<std::int64_t> birth_year;
  Text<64> form;
  Text<32> version;
  json::Value response;  // a FHIR QuestionnaireResponse
  // That the answers name; only with our own code, so that they belong to somebody we know.
  std::optional<std::vector<declarations::NewPicture>> pictures;
};
BOOST_DESCRIBE_STRUCT(VisitorDeclaration, (),
                      (shift, hand, at, code, name, birth_year, form, version, response, pictures))

struct VisitorDeclared {
  bool verified = false;         // by our own code: it is that person's declaration
  Light light = Light::kYellow;  // as the guard sees it: never green of whom nobody knows
  declarations::Verdict result;  // for the visitor
  std::optional<Instant> valid_until;
};
BOOST_DESCRIBE_STRUCT(VisitorDeclared, (), (verified, light, result, valid_until))

// How a visitor was known.
enum class Known { kOwnCode, kCard, kPaper, kTyped };
BOOST_DESCRIBE_ENUM(Known, kOwnCode, kCard, kPaper, kTyped)

// ---- officers ----

// What somebody whom we do not know declared at a place.
struct UnverifiedDeclaration {
  EntryId id;
  Instant at;
  Known known = Known::kTyped;
  Hand hand = Hand::kKiosk;
  declarations::Colour colour = declarations::Colour::kGreen;
  std::string form, form_version;
  json::Value response;
  std::optional<std::string> name;
  std::optional<std::string> birth;
  std::optional<std::string> address;
  std::vector<std::string> papers;
  std::optional<std::string> phone;
  std::optional<PersonId> person;  // whose card it was
};
BOOST_DESCRIBE_STRUCT(UnverifiedDeclaration, (),
                      (id, at, known, hand, colour, form, form_version, response, name, birth, address, papers, phone,
                       person))

// What somebody at the gate said or showed, unproven.
struct Unverified {
  EntryId id;
  std::optional<ZoneId> zone;
  Instant at;
  How how = How::kGroup;
  std::int64_t people = 0;
  std::optional<std::string> name;
  std::optional<std::string> birth;  // "1975-04-30", "1975-04", "1975"
  std::optional<std::string> address;
  std::vector<std::string> papers;  // as shown: may be masked
  std::optional<std::string> phone;
  std::optional<PersonId> person;  // whose card it was; name, birth, address and phone are then what we know
};
BOOST_DESCRIBE_STRUCT(Unverified, (), (id, zone, at, how, people, name, birth, address, papers, phone, person))

// Where the case's own card was shown in its window.
struct CardEntry {
  EntryId id;
  PlaceId place;
  std::string place_name;
  std::optional<ZoneId> zone;
  Instant at;
  bool asked = false;  // and has become a visit
};
BOOST_DESCRIBE_STRUCT(CardEntry, (), (id, place, place_name, zone, at, asked))

// What somebody wrote on paper at a place, keyed in later by whoever may: this module does not ask.
struct Written {
  PlaceId place;
  std::optional<ZoneId> zone;
  GuardId guard;  // 0: the keeper
  Instant entered;
  std::optional<Instant> left;
  std::string name;
  std::optional<std::string> phone;  // E.164
  std::optional<std::string> paper;
};

inline constexpr ErrorCode kShiftOver{"shift_over", 403};    // or never was
inline constexpr ErrorCode kNotAGuard{"not_a_guard", 403};   // of this place, or not any more
inline constexpr ErrorCode kGuardNamed{"guard_named", 409};  // this phone is there already
inline constexpr ErrorCode kTooManyGuards{"too_many_guards", 409};
inline constexpr ErrorCode kCodeUnknown{"code_unknown", 422};  // no code that we can read
inline constexpr ErrorCode kCodeMisread{"code_misread", 422};  // a passport whose check digits do not fit
inline constexpr ErrorCode kRefusalNotAllowed{"refusal_not_allowed", 409};
inline constexpr ErrorCode kTooLateForCompanions{"too_late_for_companions", 409};
inline constexpr ErrorCode kAmbulanceDeclared{"ambulance_declared", 409};
inline constexpr ErrorCode kCaseWithoutWindow{"case_without_window", 409};
inline constexpr ErrorCode kCardForged{"card_forged", 422};
inline constexpr ErrorCode kCardExpired{"card_expired", 422};
inline constexpr ErrorCode kCardLost{"card_lost", 422};  // reported lost, or replaced

// For rooms that compare. The end is estimated.
struct CardShown {
  PlaceId place;
  Instant entered, until;
};

// Whose card it was.
struct CardHolder {
  PersonId person;
  Instant entered;
};

// Care, medicine, food and shelter.
bool essential(std::string_view place_kind);

// ---- for rooms whose staff are guards ----

// What an unproven code or phone says of its bearer; to be sealed.
struct StoredClaim {
  std::optional<std::string> name;
  std::optional<std::string> birth;
  std::optional<std::string> address;
  std::vector<std::string> papers;
  std::optional<std::string> phone;
};
BOOST_DESCRIBE_STRUCT(StoredClaim, (), (name, birth, address, papers, phone))

struct Reading {
  How how = How::kGroup;
  std::optional<StoredClaim> claim;  // absent of our own codes, which are not verified here
};

// Errors: code_unknown, code_misread.
Result<Reading> read_code(std::string_view code, Instant now);

// A guard at work at a place that is open and switched on.
struct Duty {
  std::int64_t shift = 0;
  Instant began, ends;
  GuardId guard;
  std::string name;
  places::SpotPtr spot;
};

// The light of somebody whose code was read; given at wiring time.
using LightOf = std::function<Task<Light>(PersonId, UnitId)>;

// A shift, wherever it opens something; `phone`: the keyed hash by which rooms know their own staff (phone_index()).
struct Bearer {
  std::int64_t shift = 0;
  Instant began, ends;
  store::Bytes phone;
};

// Whether another room's staff has this phone; given at wiring time. Such a phone may begin a shift, too.
using NamedElsewhere = std::function<bool(store::Session&, const store::Bytes& phone)>;

// Whose card was shown then; given at wiring time. Errors: code_unknown, card_forged, card_expired, card_lost.
using HolderOf = std::function<Task<Result<PersonId>>(std::string, Instant)>;

struct Needs {
  store::Database& db;
  const places::Places& places;
  visits::Visits& visits;
  const people::People& people;
  const command::Decisions& decisions;
  const identity::Access& access;
  const identity::Codes& codes;
  const Vault& vault;
  const Clock& clock;
  Random& random;  // thread-safe
  LightOf light;
  HolderOf holder = {};                                // absent: no cards
  NamedElsewhere elsewhere = {};                       // absent: guards alone
  declarations::Declarations* declarations = nullptr;  // absent: nobody declares at a gate
};

class Gates {
 public:
  explicit Gates(Needs needs);
  ~Gates();

  // ---- keepers; errors: those of Places::require_keeping ----
  Task<Result<http::Page<Guard>>> guards(const Caller& caller, PlaceId place) const;
  // Errors: invalid, guard_named, too_many_guards.
  Task<Result<Guard>> name_guard(const Caller& caller, PlaceId place, NewGuard guard);
  Task<Result<Done>> remove_guard(const Caller& caller, PlaceId place, GuardId guard);
  // Ends the guard's shifts at this place; a new one begins with a new code.
  Task<Result<Done>> phone_lost(const Caller& caller, PlaceId place, GuardId guard);

  // The keeper alone. Shown once; a new one ends the one before; logged. A shift begun with it opens this place alone.
  Task<Result<KeeperCode>> give_code(const Caller& caller, PlaceId place, GuardId guard);

  // Newest first, for the keeper and the officers of the area.
  Task<Result<http::Page<TurnedBack>>> refusals(const Caller& caller, PlaceId place, std::optional<std::string> cursor,
                                                std::size_t limit) const;

  // The keeper alone, at the own door. Errors: as admit, and time_too_old.
  Task<Result<Admitted>> admit(const Caller& caller, PlaceId place, KeeperAdmission admission, std::string key);

  // ---- guards ----
  // The same answer for every phone. Errors: invalid, phone_gets_no_messages, too_many_requests.
  Task<Result<CodeAsked>> ask_code(CodeAsk asked, std::string address, std::string language) const;
  // Errors: invalid, code_wrong, code_expired, code_exhausted, not_a_guard.
  Task<Result<Shift>> begin(NewShift shift);
  Task<Result<Done>> end(ShiftToken shift);
  // Errors: shift_over.
  Task<Result<Desk>> desk(ShiftToken shift) const;
  // Errors: invalid, shift_over, not_a_guard, time_in_future, place_closed, place_not_approved, not_in_force,
  // code_unknown, code_misread,
  // and those of visits::Visits::check_in_by_guard and HolderOf.
  Task<Result<Admitted>> admit(Admission admission, std::string key);
  // Ends what is open here: of our own code the visit, of everything else the entry. Errors: as admit.
  Task<Result<Departed>> depart(Departure departure, std::string key);
  // Errors: as admit, not_found, too_late_for_companions.
  Task<Result<Counted>> add_companions(EntryId entry, Companions companions, std::string key);
  // Nobody is asked anything. Errors: as admit.
  Task<Result<Ambulance>> ambulance(AmbulanceIn passed, std::string key);
  // Errors: as admit, not_found, ambulance_declared.
  Task<Result<Counted>> ambulance_people(EntryId entry, AmbulancePeople people, std::string key);
  // Errors: as admit, refusal_not_allowed.
  Task<Result<Refused>> refuse(Refusal refusal, std::string key);
  // A visitor's answers to a form asked for here. With our own code it is a declaration of that person's; else it is
  // judged, and kept here, sealed, with what the visitor showed or said. Nothing that was declared before is read.
  // Errors: those of duty() and, of codes, of admit; invalid, form_not_in_force, time_too_old, not_in_force.
  Task<Result<VisitorDeclared>> declare(PlaceId place, VisitorDeclaration declaration, std::string key);

  // ---- rooms whose staff are guards; within their transactions ----
  // At `at`, which may lie back. Errors: shift_over, not_a_guard, time_in_future, place_closed, place_not_approved,
  // not_in_force.
  Result<Duty> duty(store::Session& session, std::string_view shift, PlaceId place, Instant at) const;
  // Whoever holds this shift, at `at`. Errors: shift_over, time_in_future.
  Result<Bearer> bearer(store::Session& session, std::string_view shift, Instant at) const;
  store::Bytes phone_index(std::string_view e164) const;
  // Whose shifts are open at a place now.
  static std::vector<Duty> on_duty(store::Session& session, PlaceId place, Instant now);

  // ---- officers ----
  // Newest first. Errors: not_found, case_without_window, not_permitted.
  Task<Result<http::Page<Unverified>>> unverified(const Caller& caller, CaseId of, PlaceId place,
                                                  std::optional<std::string> cursor, std::size_t limit) const;

  // What people whom we do not know declared there in the window; as unverified().
  Task<Result<http::Page<UnverifiedDeclaration>>> declared(const Caller& caller, CaseId of, PlaceId place,
                                                           std::optional<std::string> cursor, std::size_t limit) const;

  // Where the case's person showed a printed card in the window, newest first, at most kCardEntriesMost. Errors:
  // not_found, case_without_window, not_permitted.
  Task<Result<http::Page<CardEntry>>> by_card(const Caller& caller, CaseId of) const;
  // The officer has asked the holder, who was there: the entry becomes a visit, once. Errors: not_found,
  // case_without_window, not_permitted.
  Task<Result<Done>> asked(const Caller& caller, CaseId of, PlaceId place, EntryId entry);

  // ---- within another's transaction ----
  // Unchecked. Errors: place_closed, not_in_force, time_in_future, time_too_old, out_before_in, stay_too_long.
  Result<EntryId> write_down(store::Session& session, const Written& written) const;
  static void strike(store::Session& session, PlaceId place, EntryId entry);  // written down wrongly
  // Unchecked: where somebody's printed card was shown and nobody has asked the holder yet. A claim.
  static std::vector<CardShown> cards_shown(store::Session& session, PersonId person, Interval when);
  // Of gates.cardShown. Nothing: it is gone, or the holder was asked.
  static std::optional<CardHolder> card_holder(store::Session& session, EntryId entry);

  // Deletes what is older than kKept, with a proof row. To be run every few minutes.
  store::Recurring retention() const;

  struct Impl;

 private:
  std::unique_ptr<Impl> impl_;
};

void routes(http::Router& router, Gates& gates);

const std::vector<store::Migration>& migrations();

}  // namespace luytre::gates

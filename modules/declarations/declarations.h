// Declarations: what people say about their health and movement, by a dated form, and what a dated rule set makes of
// it.
//
// A declaration is answers to one version of a form, by somebody (the account that sent it) for somebody (a person of
// the household, or, at a station, a person of the officer's area), at a time, which may lie up to kLatest back: the
// device was offline. It gets a colour with reasons and a next step, and counts until `valid_until`, which the rule set
// says. The newest declaration is the one that counts; a green one never ends sooner what an earlier green one gave.
//
// Nothing is taken unless a decision switches the form on, at that time, where the person lives or where the
// declaration is asked for (the place's unit, the journey's end, or the gate by which it enters), or a signed order
// asks this person for it; the stations of the first two see it. Answers, place, reasons and next step are sealed in
// one field; the colour is not, nor is the place of a red or yellow one, because stations must find those. Green ones
// cannot be listed by anybody but their owner. A declaration is never changed: a correction is another one, which names
// it and counts instead, while both are kept and shown. One whose form is given freely may be withdrawn, with all its
// versions: then nothing is left but a proof, for kProofKept. Everything is deleted kKept after it arrived.
//
// Answers may name pictures, which are sent with them (pictures.h) and kept and deleted with them. Only who may read
// the answers may open one, and an officer before whom the person stands (modules/arrivals); each look that is not the
// household's is in the access log.
//
// Who declares for an adult sees what they declared, and nothing else of that person: people::sees_affairs.
//
// Every answered submit is durable and, with its idempotency key, happens once. Thread-safe. Publishes
// declaration.submitted and declaration.withdrawn (subject: the declaration; unit: the person's).

#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "modules/command/decisions.h"
#include "modules/declarations/catalogue.h"
#include "modules/people/people.h"
#include "platform/base/vault.h"
#include "platform/http/router.h"
#include "platform/identity/access.h"
#include "platform/store/database.h"
#include "platform/store/follower.h"

namespace luytre::identity {
class Consents;
}

namespace luytre::declarations {

using DeclarationId = Id<struct DeclarationTag>;
using PictureId = Id<struct DeclarationPictureTag>;
using MissedId = Id<struct MissedTag>;  // of a window in which nothing came (windows.h)
using forms::Colour;

inline constexpr std::chrono::hours kKept{28 * 24};
inline constexpr std::chrono::hours kProofKept{365 * 24};  // this project's own: time enough to ask what became of it
inline constexpr std::chrono::hours kLatest{14 * 24};
inline constexpr std::chrono::minutes kClockSkew{2};      // how far a device's clock may be ahead
inline constexpr const char* kEntryForm = "place-entry";  // what a check-in without a valid declaration asks

using Texts = std::map<std::string, std::string>;  // by language

struct ReasonView {
  std::string code;
  Texts text;
  std::vector<std::string> questions;  // linkIds whose answers made the rule fire
};
BOOST_DESCRIBE_STRUCT(ReasonView, (), (code, text, questions))

struct StepView {
  std::string code;
  Texts text;
};
BOOST_DESCRIBE_STRUCT(StepView, (), (code, text))

struct Verdict {
  Colour colour = Colour::kGreen;
  std::vector<ReasonView> reasons;
  StepView next_step;
  std::string rule_set;
  std::optional<forms::Tell> tell;  // which stations are told, and within what time they answer for it
};
BOOST_DESCRIBE_STRUCT(Verdict, (), (colour, reasons, next_step, rule_set, tell))

// As what somebody declared for whom: for oneself, for somebody of the household, or, on being asked, by duty.
enum class DeclaredAs { kSelf, kHousehold, kStation, kGuard, kTeam, kImport };
BOOST_DESCRIBE_ENUM(DeclaredAs, kSelf, kHousehold, kStation, kGuard, kTeam, kImport)

// How somebody asked a station to declare for them; or that they did so themselves on a place's device.
enum class Channel { kPhone, kDesk, kKiosk };
BOOST_DESCRIBE_ENUM(Channel, kPhone, kDesk, kKiosk)

struct DeclaredBy {
  DeclaredAs kind = DeclaredAs::kSelf;
  // Of the household: whoever sent it. Of a station: the officer, for officers alone. Of a guard or a kiosk the place,
  // of a team the team: neither names anybody.
  std::optional<std::string> name;
  std::optional<Channel> channel;
};
BOOST_DESCRIBE_STRUCT(DeclaredBy, (), (kind, name, channel))

struct Declaration {
  DeclarationId id;
  PersonId person;
  std::string form;
  std::string form_version;
  Instant at;
  Verdict result;
  Instant valid_until;
  std::optional<DeclarationId> corrects;            // the version before
  std::optional<DeclarationId> replaced_by;         // the version after: this one counts no longer
  bool withdrawable = false;                        // by the household
  std::optional<json::Value> response;              // of find(), or asked for
  std::optional<PlaceId> place;                     // of find() only
  std::optional<people::PersonBrief> person_brief;  // of find() by an officer only
  std::optional<DeclaredBy> declared_by;            // absent of what is older than the upgrade that noted it
  std::optional<std::string> origin;                // of find() only: the other system that it was made in
};
BOOST_DESCRIBE_STRUCT(Declaration, (),
                      (id, person, form, form_version, at, result, valid_until, corrects, replaced_by, withdrawable,
                       response, place, person_brief, declared_by, origin))

inline constexpr std::size_t kPicturesMost = 2;               // of one declaration
inline constexpr std::size_t kPictureTextMost = 550 * 1024;   // pictures.h: kPictureMost, as text
inline constexpr std::size_t kDeclarationMost = 1200 * 1024;  // bytes of a request with as many pictures

struct NewPicture {
  Text<64> url;                 // as the answers call it; anything that is no picture's of ours
  Text<kPictureTextMost> data;  // a JPEG drawn anew, in base64url without padding
};
BOOST_DESCRIBE_STRUCT(NewPicture, (), (url, data))

struct NewDeclaration {
  Text<64> form;
  Text<32> version;
  std::optional<PersonId> person;  // absent: the caller's own record
  Instant at;
  json::Value response;          // a FHIR QuestionnaireResponse
  std::optional<PlaceId> place;  // where it was asked for
  std::optional<UnitId> unit;    // where the journey leads; of a correction, where it led if absent
  std::optional<DeclarationId> corrects;
  std::optional<Channel> channel;                   // of a station alone: by phone or at the desk
  std::optional<std::vector<NewPicture>> pictures;  // of a correction, also those of the version before may be named
};
BOOST_DESCRIBE_STRUCT(NewDeclaration, (),
                      (form, version, person, at, response, place, unit, corrects, channel, pictures))

// A red or yellow one, for the station.
struct Flagged {
  DeclarationId id;
  people::PersonBrief person;
  std::string form;
  Instant at;
  Colour colour = Colour::kRed;
  UnitId unit;
  std::string unit_name;
  Instant valid_until;
  bool replaced = false;  // corrected since
  std::optional<DeclaredBy> declared_by;
};
BOOST_DESCRIBE_STRUCT(Flagged, (), (id, person, form, at, colour, unit, unit_name, valid_until, replaced, declared_by))

// What is left of a declaration that was taken back.
struct Withdrawal {
  DeclarationId id;
  PersonId person;
  std::string form;
  Instant at;
  Instant withdrawn_at;
};
BOOST_DESCRIBE_STRUCT(Withdrawal, (), (id, person, form, at, withdrawn_at))

// What a declaration comes to when it is judged again, by the rule set that judged it. Nothing differs, or something is
// broken: a file was changed, or the program judges otherwise than it did.
enum class Differing { kRuleSet, kAnswers, kColour, kReasons, kNextStep, kTell, kValidUntil };
BOOST_DESCRIBE_ENUM(Differing, kRuleSet, kAnswers, kColour, kReasons, kNextStep, kTell, kValidUntil)

struct JudgedAgain {
  std::string rule_set;
  bool same = false;
  std::vector<Differing> differs;  // kRuleSet: it is no longer there; kAnswers: they do not read as they did
};
BOOST_DESCRIBE_STRUCT(JudgedAgain, (), (rule_set, same, differs))

// What a follower needs to pass a declaration on.
struct Notice {
  PersonId person;
  std::string form, form_version;
  UnitId unit;                  // of residence
  std::optional<UnitId> there;  // where it was asked for, or where the journey leads
  Instant at, recorded;
  Colour colour = Colour::kGreen;
  std::vector<std::string> reasons;  // codes; of red and yellow ones
  bool symptoms = false;             // a reason rests on what the form marks as a symptom
  std::string rule_set;
  std::optional<forms::Tell> tell;
  std::vector<DeclarationId> corrects;  // every version before, the newest first
  bool replaced = false;                // by a version after: that one counts
};

struct Judgement {
  Verdict result;
  Instant valid_until;
  json::Value response;  // as the form has it
};

// A window of a rhythm in which nothing came.
struct MissedWindow {
  PersonId person;
  UnitId unit;  // of residence
  Instant from, until, recorded;
  std::string rule_set;
  forms::Tell tell;
};

struct FlaggedFilter {
  std::optional<UnitId> unit;      // a unit of the own area; absent: all of it
  std::optional<Colour> colour;    // red or yellow
  std::optional<PersonId> person;  // somebody, known by id …
  // … or looked for as People::search does, but wherever they live: travellers declare where they go.
  std::optional<people::Search> who;
  std::optional<PlaceId> place;     // where it was asked for
  std::optional<Instant> from, to;  // when it was declared; half-open
  bool oldest_first = false;        // by when they arrived
  std::string reason;               // needed to look for somebody
};

struct DeclarationsOut {
  Note<500> reason;
  std::optional<Colour> colour;  // red or yellow
  std::optional<PlaceId> place;
  std::optional<Instant> from, to;
  std::optional<Text<4>> format;  // xlsx; else CSV
};
BOOST_DESCRIBE_STRUCT(DeclarationsOut, (), (reason, colour, place, from, to, format))

// Of the own household.
struct OwnFilter {
  std::optional<PersonId> person;   // absent: the own record
  std::optional<std::string> form;  // absent: any
  bool answers = false;             // with `response`
};

// Where a form is asked for: where the person lives, at the place named, or where the journey leads.
enum class Where { kHome, kPlace, kElsewhere };
BOOST_DESCRIBE_ENUM(Where, kHome, kPlace, kElsewhere)

// kLate: said to be made in time, but it arrived afterwards. kPast: over before the person began to send this form.
enum class DueState { kDone, kLate, kOpen, kLater, kMissed, kPast };
BOOST_DESCRIBE_ENUM(DueState, kDone, kLate, kOpen, kLater, kMissed, kPast)

struct DueView {
  Instant from, until;
  DueState state = DueState::kLater;
};
BOOST_DESCRIBE_STRUCT(DueView, (), (from, until, state))

struct FormNow {
  std::string id;
  std::string version;
  Texts title;
  std::string purpose;
  Where where = Where::kHome;
  std::optional<Instant> last_at;    // when the person declared by it, if that is kept
  bool begun = false;                // the form has a rhythm, and the person sent it recently: to be reminded
  std::vector<DueView> windows;      // of today, if it has a rhythm
  std::int64_t repeatable_days = 0;  // for so long the last answers may be given again unchanged
};
BOOST_DESCRIBE_STRUCT(FormNow, (), (id, version, title, purpose, where, last_at, begun, windows, repeatable_days))

struct FormsNow {
  Instant now;  // the server's, by which the states were judged
  std::vector<FormNow> items;
  bool elsewhere = false;  // a further one is asked of who goes somewhere: say where, and it is among the items or not
};
BOOST_DESCRIBE_STRUCT(FormsNow, (), (now, items, elsewhere))

inline constexpr ErrorCode kFormNotInForce{"form_not_in_force", 422};          // unknown, or not of the day of `at`
inline constexpr ErrorCode kDeclarationReplaced{"declaration_replaced", 409};  // corrected already: correct the newest
inline constexpr ErrorCode kNotWithdrawable{"not_withdrawable", 409};          // the form asks by duty
inline constexpr ErrorCode kTooManyPictures{"too_many_pictures", 409};         // kept of the person, or by the account
inline constexpr ErrorCode kTimeInFuture{"time_in_future", 422};
inline constexpr ErrorCode kTimeTooOld{"time_too_old", 422};  // params: days

// The list of places of entry that forms name, and the system of its codes, which are the ids of places.
inline constexpr std::string_view kPointsOfEntry = "urn:luytre:value-set:points-of-entry";
inline constexpr std::string_view kPlaceCodes = "urn:luytre:place";
// The gate that was chosen from it. Nothing: none, or one written in words.
std::optional<PlaceId> declared_gate(const forms::Questionnaire& form, const forms::Answers& answers);

// What is known of whoever is asked by this form, perhaps at a place.
command::Asked asked_of(const forms::Questionnaire& form, std::optional<PlaceId> place = {});

// Of a signed order that asks for a form.
struct OrderAsks {
  UnitId unit;                      // that has the order
  std::vector<forms::Due> windows;  // of that local day
};

struct Settings {
  bool study = false;                            // a study data directory: no retention
  const identity::Consents* consents = nullptr;  // of who declares for the household; absent: not asked
};

// That somebody declared something: what an officer may be told in one person's history.
struct Told {
  DeclarationId id;
  std::string form;
  Colour colour = Colour::kGreen;
  Instant at;
};
inline constexpr std::size_t kToldMost = 100;  // of each record, the newest

class Declarations {
 public:
  Declarations(store::Database& db, const people::People& people, const command::Decisions& decisions,
               const geography::Geography& geography, const identity::Access& access, const Vault& vault,
               Catalogue catalogue, Settings settings = {});
  ~Declarations();

  // Notes by which forms and rule sets this database judges. After migrations, before anything is declared. Throws
  // store::StartError when one of them is no longer what it was.
  void start();

  // The unit of a place, or nothing for an unknown one; given at wiring time. Without it `place` names no unit.
  using PlaceUnit = std::function<std::optional<UnitId>(PlaceId)>;
  void set_place_unit(PlaceUnit place_unit);
  // Further units whose officers answer for a declaration, because it was handed over to them; given at wiring time.
  using HandedTo = std::function<std::vector<UnitId>(store::Session&, DeclarationId)>;
  void set_handed_to(HandedTo handed_to);

  // What a signed order asks of somebody, whatever decisions say (modules/quarantine); given at wiring time. Nothing:
  // no order asks for this form. Officers of the order's unit may declare it for the person, wherever that person
  // lives.
  using Ordered = std::function<std::optional<OrderAsks>(store::Session&, PersonId, std::string_view form, Instant at)>;
  void set_ordered(Ordered ordered);
  // Within another's transaction, unchecked.
  std::optional<OrderAsks> ordered(store::Session& session, PersonId person, std::string_view form, Instant at) const;

  // The lists that forms name and other rooms keep (Questionnaire.answerValueSet; the countries are the catalogue's);
  // given at wiring time. Without them such a list is empty.
  struct Lists {
    std::function<std::vector<forms::Concept>(store::Session&, std::string_view value_set)> all;
    forms::ValueSets find;  // from memory
  };
  void set_lists(Lists lists);

  const Catalogue& catalogue() const;
  // The form as it is served: its lists are options. Null: not_found.
  Task<Result<json::Value>> document(const DatedForm* dated) const;
  // Which of today's forms decisions switch on for who lives in that unit; of forms about a journey, anywhere: for who
  // asks people, and can ask them where they go.
  std::vector<const DatedForm*> asked_in(UnitId unit) const;
  // What is asked of whoever comes to a place there: the short form, else that of a journey, the general one, or that
  // of entry into the country, which comes first at a place where people are `entering` it.
  std::optional<std::string> asked_at(UnitId unit, PlaceId place, bool entering = false) const;

  // Errors: unauthenticated, second_proof_required, form_not_in_force, invalid (pointers below /response),
  // time_in_future, time_too_old, not_in_household, no_own_record, not_permitted, not_in_force, consent_required,
  // too_many_pictures; of corrections, which no decision need allow, also not_found, declaration_replaced.
  Task<Result<Declaration>> submit(const Caller& caller, NewDeclaration declaration, std::optional<store::Once> once);

  // An officer corrects with somebody who has shown their code at a place in `at`: wherever the person lives, by the
  // officer's right in that unit. Whoever calls has read the code. Errors: as submit; invalid without `corrects` and
  // `person`.
  Task<Result<Declaration>> correct_shown(const Caller& caller, NewDeclaration declaration, UnitId at,
                                          std::optional<store::Once> once);

  // The forms that are switched on here and now for somebody of the household: where they live, at `place`, or, of
  // forms about a journey, in the unit `towards` which they say they go. Windows and their states come from the form's
  // rule set and the server's clock. Errors: not_in_household, no_own_record, invalid.
  Task<Result<FormsNow>> forms_now(const Caller& caller, std::optional<PersonId> person, std::optional<PlaceId> place,
                                   std::optional<UnitId> towards = {}) const;
  // Of the household, newest first. Errors: not_in_household, no_own_record.
  Task<Result<http::Page<Declaration>>> of_person(const Caller& caller, OwnFilter filter,
                                                  std::optional<std::string> cursor, std::size_t limit) const;
  // Takes back what was given freely, in all its versions. Again: the same answer. Errors: not_found, not_withdrawable.
  Task<Result<Withdrawal>> withdraw(const Caller& caller, DeclarationId declaration);
  // What was taken back, newest first, at most a hundred. Errors: not_in_household, no_own_record.
  Task<Result<std::vector<Withdrawal>>> withdrawals(const Caller& caller, std::optional<PersonId> person) const;
  // With answers; logged when it is not the own household's. Errors: not_found, not_permitted.
  Task<Result<Declaration>> find(const Caller& caller, DeclarationId declaration) const;
  // image/jpeg; by whoever may find() it, and logged alike. Errors: not_found, not_permitted.
  Task<Result<http::Reply>> picture(const Caller& caller, DeclarationId declaration, PictureId picture) const;
  // By an officer; logged. Errors: not_found, not_permitted.
  Task<Result<JudgedAgain>> again(const Caller& caller, DeclarationId declaration) const;
  // Red and yellow ones of the officer's area, by arrival; every person on the page is logged. A cursor goes on with
  // the order it was given for. Errors: invalid (also ?cursor: format, other_sort), not_permitted, reason_required.
  Task<Result<http::Page<Flagged>>> flagged(const Caller& caller, FlaggedFilter filter,
                                            std::optional<std::string> cursor, std::size_t limit) const;
  // Those that concern a unit, newest first, as a file without answers, marked with who took it out; every person in it
  // is logged. Errors: invalid, not_found (the unit), not_permitted, reason_required, list_too_long.
  Task<Result<http::Reply>> take_out(const Caller& caller, UnitId unit, DeclarationsOut wanted) const;

  // Until when the person's newest declaration counts, or, of green ones since the last that was not, the longest;
  // nothing if there is none that still does. Remembered for up to kRemembered.
  Task<std::optional<Instant>> valid_until(PersonId person) const;
  // The form that a check-in in this unit must ask for now: none where declarations are off, or the person's still
  // counts.
  Task<std::optional<std::string>> needed(PersonId person, UnitId unit) const;

  // The newest one by a form that is not replaced, with its answers. Within another's transaction, unchecked and not
  // logged.
  std::optional<Declaration> newest(store::Session& session, PersonId person, std::string_view form) const;
  // Likewise, a picture that it names, as picture(). Errors: not_found.
  Result<http::Reply> picture_shown(store::Session& session, PersonId person, DeclarationId declaration,
                                    PictureId picture) const;

  // The colour of the person's newest declaration, while it counts.
  Task<std::optional<Colour>> colour(PersonId person) const;

  // Within another's transaction: what was written down for somebody by a helper without an account, whom the caller
  // has checked and keeps a record of. `corrects` does not count. Errors: form_not_in_force, invalid, time_in_future,
  // time_too_old, not_found, not_in_force, too_many_pictures.
  Result<Declaration> take(store::Session& session, const NewDeclaration& declaration, PersonId person,
                           const DeclaredBy& by) const;

  // The same of what was declared in another system, of that name; noted with the declaration. `unasked`: what that
  // system did not ask.
  Result<DeclarationId> take_foreign(store::Session& session, const NewDeclaration& declaration, PersonId person,
                                     std::string origin, const forms::Unasked& unasked = {}) const;
  // Takes such a declaration back, without a withdrawal: whoever calls keeps the proof. Nothing happens to one that the
  // person has put right since, or that is gone; false then.
  bool take_back(store::Session& session, DeclarationId declaration) const;

  // What somebody said whom we do not know: judged, and kept by the caller, not here; without pictures. Errors:
  // form_not_in_force, invalid, time_in_future, time_too_old, not_in_force (in `unit`).
  Result<Judgement> assess(const NewDeclaration& declaration, UnitId unit, const forms::Unasked& unasked = {}) const;

  // Within another's transaction: of the person, under whichever record, those that the caller may open; in the access
  // log once for each unit. Errors: those of Access::require.
  Result<std::vector<Told>> told_of(store::Session& session, const Caller& caller, PersonId person,
                                    const std::string& reason) const;

  // Of followers, within their transaction, without a check or a log entry. Nothing when it was taken back or deleted.
  std::optional<Notice> notice(store::Session& session, DeclarationId declaration) const;
  // Likewise, its answers.
  std::optional<json::Value> response(store::Session& session, DeclarationId declaration) const;
  // Likewise; nothing when something came for it since.
  std::optional<MissedWindow> missed(store::Session& session, MissedId missed) const;
  // Windows that were told as missed and in which a declaration of that time lies.
  static std::vector<MissedId> missed_around(store::Session& session, const std::string& form, PersonId person,
                                             Instant at);
  // For each person, in their order: in which of the intervals they made a declaration by that form, as its device
  // says, under whichever of their records (people/merged.h). One that was withdrawn is none. Nothing else is told: no
  // answers, no colours, no times. Checks and logs nothing: for rooms that have done so. Reads at most kAskedAtOnce
  // people in one statement.
  static std::vector<std::vector<bool>> declared(store::Session& session, std::string_view form,
                                                 std::span<const PersonId> persons, std::span<const Interval> when);
  static constexpr std::size_t kAskedAtOnce = 500;

  // Deletes what arrived more than kKept ago, in bounded steps, with a proof row. To be run every few minutes.
  store::Recurring retention() const;

  static constexpr std::chrono::seconds kRemembered{60};

  struct Impl;

 private:
  std::unique_ptr<Impl> impl_;
};

void routes(http::Router& router, Declarations& declarations, const Clock& clock);

const std::vector<store::Migration>& migrations();

}  // namespace luytre::declarations

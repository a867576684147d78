// The desk: who stands before the officer, what they declared, and what is written down for them.

#include <algorithm>

#include "engines/linkage/any_code.h"
#include "engines/linkage/person_code.h"
#include "modules/arrivals/impl.h"
#include "modules/people/shown.h"
#include "platform/base/text.h"

namespace luytre::arrivals {
namespace {

using store::Session;

constexpr std::string_view kTicketPrefix = "LTD.";
constexpr const char* kTicket = "arrivals.ticket";

const identity::Action kRegister{"arrivals.register",
                                 Purpose::kDeclarationReview,
                                 {Role::kStationOfficer, Role::kDistrictOfficer, Role::kProvinceOfficer}};
const identity::Action kPicture{"arrivals.picture",
                                Purpose::kDeclarationReview,
                                {Role::kStationOfficer, Role::kDistrictOfficer, Role::kProvinceOfficer},
                                true};
const identity::Action kDeclare{"arrivals.declare",
                                Purpose::kDeclarationReview,
                                {Role::kStationOfficer, Role::kDistrictOfficer, Role::kProvinceOfficer}};

// The sealed part of a ticket, which is bound to its officer's account.
struct Ticket {
  PlaceId place;
  PersonId person;
  Instant until;
  std::optional<bool> own_code;
};
BOOST_DESCRIBE_STRUCT(Ticket, (), (place, person, until, own_code))

// What a paper or its number says.
struct PaperRead {
  Claimed claim;
  std::vector<std::string> numbers;
};

std::optional<PaperRead> typed(const std::string& text, std::optional<std::int64_t> birth_year) {
  for (const auto kind : {linkage::PaperKind::kCccd, linkage::PaperKind::kCmnd, linkage::PaperKind::kInsurance,
                          linkage::PaperKind::kPassport}) {
    if (const auto number = linkage::read_paper(kind, text)) {
      PaperRead out;
      out.claim.birth_year = birth_year;
      out.claim.paper = people::Paper{kind, number->text};
      out.numbers.push_back(number->text);
      return out;
    }
  }
  return std::nullopt;
}

PaperRead said_by(const passengers::Passenger& passenger) {
  PaperRead out;
  if (passenger.paper) {
    if (auto number = typed(*passenger.paper, std::nullopt)) out = std::move(*number);
  }
  out.claim.name = passenger.name;
  out.claim.birth_year = passenger.birth_year;
  return out;
}

PaperRead said_by(const linkage::Claim& claim) {
  PaperRead out;
  out.claim.name = claim.name;
  if (claim.birth) {
    out.claim.birth_date = claim.birth->whole();
    out.claim.birth_year = claim.birth->year;
  }
  if (claim.sex) out.claim.sex = *claim.sex == linkage::ClaimedSex::kMale ? people::Sex::kMale : people::Sex::kFemale;
  if (!claim.nationality.empty()) out.claim.nationality = claim.nationality;
  for (const auto& paper : claim.papers) {
    if (!paper.key) continue;
    out.numbers.push_back(paper.text);
    if (paper.kind && !out.claim.paper) out.claim.paper = people::Paper{*paper.kind, paper.text};
  }
  return out;
}

// Nothing: a code of another system, or none. Errors: code_misread.
Result<PaperRead> read_paper(const std::string& code, std::optional<std::int64_t> birth_year, Date today) {
  // A bare number first: some look like the short code of a place.
  if (auto number = typed(code, birth_year)) return std::move(*number);
  const auto read = linkage::read_code(code, today);
  if (!read.claim) return people::kCodeForeign;
  if (!read.claim->failed.empty()) return kCodeMisread;
  PaperRead out = said_by(*read.claim);
  if (out.numbers.empty()) return people::kCodeForeign;
  if (!out.claim.birth_year) out.claim.birth_year = birth_year;
  return out;
}

}  // namespace

Result<places::SpotPtr> Arrivals::Impl::open(Session& session, PlaceId place) const {
  places.refresh(session);
  auto spot = places.spot(place);
  if (!spot) return kNotFound;
  const Instant now = db.clock().now();
  if (spot->closed_at && *spot->closed_at <= now) return places::kPlaceClosed;
  const auto* form = declarations.catalogue().in_force(kForm, local_date(now));
  const auto asked = form ? declarations::asked_of(form->form, place) : command::Asked{};
  if (!form || !decisions.form_in_force(kForm, form->form.own_decision, spot->unit, now, asked)) return kNotInForce;
  return spot;
}

std::string Arrivals::Impl::ticket(const Caller& caller, const Standing& standing) const {
  const Ticket ticket{standing.spot->place, standing.person, standing.until, standing.own_code};
  return std::string(kTicketPrefix) + base64url(vault.seal(kTicket, to_text(caller.account), json::text(ticket)));
}

Result<Standing> Arrivals::Impl::standing(Session& session, const Caller& caller, PlaceId place,
                                          std::string_view code) const {
  auto spot = open(session, place);
  if (!spot) return spot.error();
  const Instant now = db.clock().now();
  if (code.starts_with(kTicketPrefix)) {
    const auto sealed = parse_base64url(code.substr(kTicketPrefix.size()));
    const auto plain = sealed ? vault.unseal(kTicket, to_text(caller.account), *sealed) : std::nullopt;
    if (!plain) return kDeskTicketExpired;
    const auto ticket = json::parse<Ticket>(*plain);
    if (!ticket || ticket->place != place || ticket->until <= now) return kDeskTicketExpired;
    return Standing{ticket->person, std::move(*spot), ticket->until, ticket->own_code.value_or(false)};
  }
  const auto person = people::shown(people, code, now);
  if (!person) return person.error();
  return Standing{*person, std::move(*spot), now + kTicketLasts, true};
}

Result<Standing> Arrivals::Impl::before_officer(Session& session, const Caller& caller, const identity::Action& action,
                                                PlaceId place, std::string_view code, std::string reason) const {
  if (access.areas(caller, action).empty()) return kNotPermitted;
  auto out = standing(session, caller, place, code);
  if (!out) return out.error();
  const auto allowed = access.require(session, caller, action, {out->person, out->spot->unit, std::move(reason)});
  if (!allowed) return allowed.error();
  return out;
}

Result<Traveller> Arrivals::Impl::seen(Session& session, const Caller& caller, const Standing& standing,
                                       const std::string& reason) const {
  const auto allowed = access.require(session, caller, kDesk, {standing.person, standing.spot->unit, reason});
  if (!allowed) return allowed.error();
  Traveller out;
  out.person = people.brief(session, standing.person);
  if (!out.person) return kNotFound;
  out.declaration = declarations.newest(session, standing.person, kForm);
  if (out.declaration) {
    // Of what was asked for at a place, that is the place and no journey's end.
    const auto notice = declarations.notice(session, out.declaration->id);
    if (notice && !out.declaration->place) out.towards = notice->there;
  }
  out.ticket = ticket(caller, standing);
  out.ticket_until = standing.until;
  return out;
}

std::vector<PersonId> Arrivals::Impl::known_by(Session& session, const std::vector<std::string>& papers,
                                               std::int64_t birth_year) const {
  std::vector<PersonId> out;
  for (const auto& paper : papers) {
    people::Search search;
    search.paper = paper;
    search.birth_year = birth_year;
    const auto found = people.matching(session, search, kFoundMost);
    if (found) out.insert(out.end(), found->begin(), found->end());
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

Result<Traveller> Arrivals::Impl::by_paper(Session& session, const Caller& caller, const Look& asked,
                                           const Claimed& claim, const std::vector<std::string>& papers) const {
  auto spot = open(session, asked.place);
  if (!spot) return spot.error();
  // Before anything is looked for: whether somebody is known is told to nobody else.
  if (!geography.covers(access.areas(caller, kDesk), (*spot)->unit)) return kNotPermitted;
  if (!claim.birth_year) return wrong_field("/birthYear", "required");
  const auto found = known_by(session, papers, *claim.birth_year);
  const Instant until = db.clock().now() + kTicketLasts;
  if (asked.person && std::find(found.begin(), found.end(), *asked.person) == found.end()) return kNotFound;
  if (asked.person) return seen(session, caller, {*asked.person, std::move(*spot), until}, asked.reason);
  if (found.size() == 1) return seen(session, caller, {found.front(), std::move(*spot), until}, asked.reason);
  Traveller out;
  for (const PersonId person : found) {
    const auto allowed = access.require(session, caller, kDesk, {person, (*spot)->unit, asked.reason});
    if (!allowed) return allowed.error();
    if (auto brief = people.brief(session, person)) out.several.push_back(std::move(*brief));
  }
  if (found.empty()) {
    access.log_list(session, caller, kDesk, 0, "a paper that nobody is known by: " + asked.reason);
    out.claim = claim;
  }
  return out;
}

Result<Traveller> Arrivals::Impl::from_queue(Session& session, const Caller& caller, const Look& asked) const {
  auto spot = open(session, asked.place);
  if (!spot) return spot.error();
  if (!geography.covers(access.areas(caller, kDesk), (*spot)->unit)) return kNotPermitted;
  if (asked.seat) {
    const auto list = listed(session, caller, asked.seat->vehicle, asked.seat->departure);
    if (!list) return list.error();
    for (const auto& passenger : *list) {
      if (passenger.seat != asked.seat->seat) continue;
      const PaperRead paper = said_by(passenger);
      return by_paper(session, caller, asked, paper.claim, paper.numbers);
    }
    return kNotFound;
  }
  const auto expected = storage::expected(session, *asked.declaration);
  const auto gate = gate_keys(**spot);
  if (!expected || (expected->gate != gate.chosen && expected->gate != gate.written)) return kNotFound;
  return seen(session, caller, {expected->person, std::move(*spot), db.clock().now() + kTicketLasts}, asked.reason);
}

Result<Traveller> Arrivals::Impl::look(Session& session, const Caller& caller, const Look& asked) const {
  if (access.areas(caller, kDesk).empty()) return kNotPermitted;
  if (!asked.code) return from_queue(session, caller, asked);
  if (asked.code->starts_with(kTicketPrefix) || linkage::PersonCodes::looks_ours(*asked.code)) {
    const auto standing = this->standing(session, caller, asked.place, *asked.code);
    if (!standing) return standing.error();
    return seen(session, caller, *standing, asked.reason);
  }
  const auto paper = read_paper(*asked.code, asked.birth_year, local_date(db.clock().now()));
  if (!paper) return paper.error();
  return by_paper(session, caller, asked, paper->claim, paper->numbers);
}

Task<Result<Traveller>> Arrivals::look(const Caller& caller, Look asked) const {
  if (asked.reason.empty()) return refused<Traveller>(identity::kReasonRequired);
  if (int{asked.code.has_value()} + int{asked.seat.has_value()} + int{asked.declaration.has_value()} != 1)
    return refused<Traveller>(wrong_field("/code", "required"));
  return impl_->db.transact(
      [impl = impl_.get(), caller, asked = std::move(asked)](Session& s) { return impl->look(s, caller, asked); });
}

Task<Result<http::Reply>> Arrivals::picture(const Caller& caller, PictureLook asked) const {
  return impl_->db.transact([impl = impl_.get(), caller, asked = std::move(asked)](Session& s) -> Result<http::Reply> {
    const auto standing = impl->before_officer(s, caller, kPicture, asked.place, asked.code, asked.reason);
    if (!standing) return standing.error();
    const auto newest = impl->declarations.newest(s, standing->person, kForm);
    if (!newest) return kNotFound;
    return impl->declarations.picture_shown(s, standing->person, newest->id, asked.picture);
  });
}

Task<Result<Registered>> Arrivals::register_traveller(const Caller& caller, Registration asked, std::string key) {
  std::vector<FieldError> wrong;
  for (auto& field : impl_->people.check(asked.person))
    wrong.push_back({"/person" + field.pointer, field.code, field.params});
  if (asked.person.relation) wrong.push_back({"/person/relation", "unknown", {}});
  if (!wrong.empty()) return refused<Registered>(Error(kInvalid, std::move(wrong)));
  auto once = store::make_once(caller.account.value, "arrivals.register", key, json::text(asked));
  return impl_->db.once(
      std::move(once), [impl = impl_.get(), caller, asked = std::move(asked)](Session& s) -> Result<Registered> {
        auto spot = impl->open(s, asked.place);
        if (!spot) return spot.error();
        if (!impl->geography.covers(impl->access.areas(caller, kRegister), (*spot)->unit)) return kNotPermitted;
        const auto& born = asked.person.birth_date;
        const std::int64_t year = born ? year_of(*born) : asked.person.birth_year.value_or(0);
        if (asked.person.paper && !impl->known_by(s, {asked.person.paper->number}, year).empty())
          return kTravellerKnown;
        const auto person = impl->people.create_within(s, asked.person, caller.account);
        if (!person) return person.error();
        const auto allowed = impl->access.require(
            s, caller, kRegister, {*person, (*spot)->unit, identity::note(identity::LogNote::kRegisteredOnEntry)});
        if (!allowed) return allowed.error();
        return Registered{impl->ticket(caller, {*person, std::move(*spot), impl->db.clock().now() + kTicketLasts})};
      });
}

Task<Result<Taken>> Arrivals::declare(const Caller& caller, Told asked, std::string key) {
  auto once = store::make_once(caller.account.value, "arrivals.declare", key, json::text(asked));
  return impl_->db.once(
      std::move(once), [impl = impl_.get(), caller, asked = std::move(asked)](Session& s) -> Result<Taken> {
        const auto standing = impl->before_officer(s, caller, kDeclare, asked.place, asked.code,
                                                   identity::note(identity::LogNote::kDeclaredOnEntry));
        if (!standing) return standing.error();
        declarations::NewDeclaration declaration;
        declaration.form = std::string(kForm);
        declaration.version = asked.version;
        declaration.at = impl->db.clock().now();
        declaration.response = asked.response;
        declaration.place = asked.place;  // where the form is on, wherever the traveller lives
        const auto taken =
            impl->declarations.take(s, declaration, standing->person,
                                    {declarations::DeclaredAs::kStation, caller.name, declarations::Channel::kDesk});
        if (!taken) return taken.error();
        return Taken{taken->id};
      });
}

namespace {

// What is corrected, as the traveller's newest declaration on entry.
struct Corrected {
  UnitId unit;
  declarations::NewDeclaration declaration;
};

Task<Result<declarations::Declaration>> correcting(Arrivals::Impl& impl, Caller caller, Correction asked,
                                                   std::string key) {
  auto once = store::make_once(caller.account.value, "arrivals.correct", key, json::text(asked));
  auto reading = impl.db.read([&impl, caller, asked = std::move(asked)](Session& s) -> Result<Corrected> {
    if (impl.access.areas(caller, kDesk).empty()) return kNotPermitted;
    const auto standing = impl.standing(s, caller, asked.place, asked.code);
    if (!standing) return standing.error();
    // Of a gate elsewhere not even whether somebody declared.
    if (!impl.geography.covers(impl.access.areas(caller, kDesk), standing->spot->unit)) return kNotPermitted;
    const auto before = impl.declarations.newest(s, standing->person, kForm);
    if (!before) return kNotFound;
    Corrected out{standing->spot->unit, {}};
    out.declaration.form = before->form;
    out.declaration.version = before->form_version;
    out.declaration.person = standing->person;
    out.declaration.at = before->at;
    out.declaration.response = asked.response;
    // Whether that is still the newest, the declarations room says: of a repeat it no longer is.
    out.declaration.corrects = asked.declaration;
    return out;
  });
  Result<Corrected> corrected = co_await std::move(reading);
  if (!corrected) co_return corrected.error();
  auto sending =
      impl.declarations.correct_shown(caller, std::move(corrected->declaration), corrected->unit, std::move(once));
  co_return co_await std::move(sending);
}

}  // namespace

Task<Result<declarations::Declaration>> Arrivals::correct(const Caller& caller, Correction correction,
                                                          std::string key) {
  return correcting(*impl_, caller, std::move(correction), std::move(key));
}

}  // namespace luytre::arrivals

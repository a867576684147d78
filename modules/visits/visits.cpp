#include "modules/visits/visits.h"

#include <algorithm>
#include <set>

#include "modules/people/adults.h"
#include "modules/people/shown.h"
#include "modules/places/merged.h"
#include "modules/visits/doubtful.h"
#include "modules/visits/impl.h"
#include "modules/visits/ledger.h"

namespace luytre::visits {
namespace {

using store::Session;

constexpr std::array kFlags{Flag::kLate, Flag::kOddHours, Flag::kOverlapsElsewhere, Flag::kFarAway, Flag::kForeign};

// Refused at once, whoever asks and whenever; all other refusals wait for the look at the idempotency key, so that a
// repeat of a request that was granted is not refused because the place has been closed since.
bool never_granted(const Error& error) {
  for (const ErrorCode& code : {places::kPlaceCodeForged, places::kPlaceCodeForeign, places::kPlaceCodeMistyped}) {
    if (error.code == code.code) return true;
  }
  return false;
}

ErrorCode code_of(const Error& error) {
  return error.code == places::kPlaceCodeExpired.code ? places::kPlaceCodeExpired : places::kPlaceUnknown;
}

std::optional<Error> not_signed_in(const Caller& caller) {
  if (caller.account.value == 0) return Error(kUnauthenticated);
  if (!caller.full) return Error(kSecondProofRequired);
  return std::nullopt;
}

Request request_of(const Caller& caller, const CheckIn& asked, Instant now, const Result<places::Scanned>& scanned) {
  Request request;
  request.account = caller.account;
  request.person = asked.person;
  request.at = asked.at;
  request.recorded = now;
  request.capacity = asked.capacity.value_or(Capacity::kOther);
  if (scanned) {
    request.spot = scanned->spot;
    request.source = scanned->form == places::CodeForm::kTyped ? Source::kTyped : Source::kScan;
  } else {
    request.refused = code_of(scanned.error());
  }
  return request;
}

// A repeat's visit is read anew; it may be gone.
Task<Result<Visit>> shown_after(Task<Result<Receipt>> recording, const Visits::Impl& impl) {
  Result<Receipt> receipt = co_await std::move(recording);
  if (!receipt) co_return receipt.error();
  if (receipt->visit) co_return std::move(*receipt->visit);
  auto reading = impl.db.read([&impl, id = receipt->id](Session& s) -> Result<Visit> {
    impl.places.refresh(s);
    const auto row = storage::find(s, std::span(&id, 1)).front();
    return row ? Result<Visit>(impl.view(*row)) : kVisitGone;
  });
  co_return co_await std::move(reading);
}

Task<Result<Visit>> check_in_after(Task<Result<places::Scanned>> looking, Visits::Impl& impl, Caller caller,
                                   CheckIn asked, std::optional<store::Once> once) {
  const auto scanned = co_await std::move(looking);
  Request request = request_of(caller, asked, impl.clock.now(), scanned);
  co_return co_await impl.record(std::move(request), std::move(once));
}

}  // namespace

Visits::Impl::Impl(store::Database& db, const people::People& people, const places::Places& places,
                   const command::Decisions& decisions, const Clock& clock, Settings settings)
    : db(db),
      people(people),
      places(places),
      decisions(decisions),
      clock(clock),
      settings(settings),
      flood(db, "visits", [this](Session& s, std::span<const Request> requests) { return batch(s, requests); }) {}

// Earlier versions kept the whole visit, which began alike.
Result<Receipt> Receipt::of_kept(const std::string& text) {
  constexpr std::string_view kHead = R"({"id":")";
  const std::string_view rest = std::string_view(text).substr(text.starts_with(kHead) ? kHead.size() : text.size());
  const auto id = parse_id(rest.substr(0, rest.find('"')));
  if (!id) throw std::logic_error("a kept answer that names no visit");
  return Receipt{VisitId{*id}, std::nullopt};
}

Task<Result<Visit>> Visits::Impl::record(Request request, std::optional<store::Once> once) {
  return shown_after(flood.submit(std::move(request), std::move(once)), *this);
}

Visit Visits::Impl::view(const storage::VisitRow& row) const {
  Visit out;
  out.id = row.id;
  out.person = row.person;
  out.place = row.place;
  out.zone = row.zone;
  auto spot = places.spot(row.place, row.zone);
  if (spot) {
    out.place_name = spot->place_name;
    out.zone_name = spot->zone_name;
  }
  out.in = row.entered;
  out.out = row.departed;
  out.out_estimated = row.estimated;
  out.capacity = row.capacity;
  out.source = row.source;
  for (const Flag flag : kFlags) {
    if (row.flags & storage::bit_of(flag)) out.flags.push_back(flag);
  }
  out.version = row.version;
  return out;
}

void Visits::Impl::tell_origins(Session& session, std::vector<Visit>& shown) const {
  std::vector<Visit*> foreign;
  std::vector<VisitId> ids;
  for (Visit& visit : shown) {
    if (std::find(visit.flags.begin(), visit.flags.end(), Flag::kForeign) == visit.flags.end()) continue;
    foreign.push_back(&visit);
    ids.push_back(visit.id);
  }
  auto origins = storage::origins(session, ids);
  for (std::size_t i = 0; i < foreign.size(); ++i) foreign[i]->origin = std::move(origins[i]);
}

void Visits::Impl::tell_doubts(Session& session, PersonId person, std::vector<Visit>& shown) const {
  const auto all = settings.doubtful->of(session, std::span(&person, 1));
  const auto of_person = all.find(person);
  if (of_person == all.end()) return;
  for (Visit& visit : shown) {
    for (const Doubted& one : of_person->second) {
      if (one.visit != visit.id) continue;
      std::set<Flag> flags(visit.flags.begin(), visit.flags.end());
      flags.insert(one.doubts.begin(), one.doubts.end());
      visit.flags.assign(flags.begin(), flags.end());
    }
  }
}

Visits::Visits(store::Database& db, const people::People& people, const places::Places& places,
               const command::Decisions& decisions, const Clock& clock, Settings settings)
    : impl_(new Impl(db, people, places, decisions, clock, settings)) {}

Visits::~Visits() = default;

Task<Result<Visit>> Visits::check_in(const Caller& caller, CheckIn asked, std::optional<store::Once> once) {
  if (auto error = not_signed_in(caller)) return refused<Visit>(*error);
  const auto scanned = impl_->places.spot(asked.place_code);
  if (!scanned && never_granted(scanned.error())) return refused<Visit>(scanned.error());
  if (!scanned && scanned.error().code == places::kPlaceUnknown.code) {
    auto looking = impl_->places.spot_after_refresh(asked.place_code);
    return check_in_after(std::move(looking), *impl_, caller, std::move(asked), std::move(once));
  }
  return impl_->record(request_of(caller, asked, impl_->clock.now(), scanned), std::move(once));
}

Task<Result<Visit>> Visits::check_in_shown(const Caller& caller, PlaceId place, ShownCode asked,
                                           std::optional<store::Once> once) {
  if (auto error = not_signed_in(caller)) return refused<Visit>(*error);
  const auto spot = impl_->places.spot(place, asked.zone);
  if (!spot || spot->keeper != caller.account) return refused<Visit>(kNotFound);
  return impl_->admit(spot, std::move(asked), std::move(once));
}

Task<Result<Visit>> Visits::check_in_by_guard(PlaceId place, ShownCode asked, std::optional<store::Once> once) {
  auto spot = impl_->places.spot(place, asked.zone);
  if (!spot) return refused<Visit>(kNotFound);
  return impl_->admit(std::move(spot), std::move(asked), std::move(once));
}

Task<Result<Visit>> Visits::enter_by_guard(PlaceId place, PersonId person, Instant at,
                                           std::optional<store::Once> once) {
  auto spot = impl_->places.spot(place);
  if (!spot) return refused<Visit>(kNotFound);
  return impl_->admit(std::move(spot), person, at, Capacity::kOther, std::move(once));
}

Task<Result<Visit>> Visits::leave_by_guard(PlaceId place, PersonId person, Instant at,
                                           std::optional<store::Once> once) {
  Request request;
  request.person = person;
  request.shown = true;
  request.leaving_place = place;
  request.at = at;
  request.recorded = impl_->clock.now();
  return impl_->record(std::move(request), std::move(once));
}

Task<Result<Visit>> Visits::Impl::admit(places::SpotPtr spot, ShownCode asked, std::optional<store::Once> once) {
  const auto person = people::shown(people, asked.person_code, asked.at);
  if (!person) return refused<Visit>(person.error());
  return admit(std::move(spot), *person, asked.at, asked.capacity.value_or(Capacity::kOther), std::move(once));
}

Task<Result<Visit>> Visits::Impl::admit(places::SpotPtr spot, PersonId person, Instant at, Capacity capacity,
                                        std::optional<store::Once> once) {
  Request request;
  request.person = person;
  request.shown = true;
  request.spot = std::move(spot);
  request.at = at;
  request.recorded = clock.now();
  request.capacity = capacity;
  request.source = Source::kKeeper;
  return record(std::move(request), std::move(once));
}

Task<Result<Visit>> Visits::check_out(const Caller& caller, VisitId visit, CheckOut asked,
                                      std::optional<store::Once> once) {
  if (auto error = not_signed_in(caller)) return refused<Visit>(*error);
  Request request;
  request.account = caller.account;
  request.leaving = visit;
  request.at = asked.at;
  request.recorded = impl_->clock.now();
  return impl_->record(std::move(request), std::move(once));
}

Task<Result<Done>> Visits::cancel(const Caller& caller, VisitId visit) {
  if (auto error = not_signed_in(caller)) return refused<Done>(*error);
  return impl_->db.transact([impl = impl_.get(), caller, visit](Session& s) -> Result<Done> {
    const auto row = storage::find(s, std::span(&visit, 1)).front();
    if (!row || !people::People::is_member(s, caller.account, row->person)) return kNotFound;
    const Instant now = impl->clock.now();
    if (now > row->recorded + kUndo) return kTooLateToUndo;
    Ledger ledger(s, now);
    ledger.want(row->person, row->entered);
    ledger.fetch();
    if (!ledger.find(row->person, visit)) return kNotFound;  // told, by nobody's phone
    ledger.cancel(row->person, visit);
    ledger.write();
    return Done{};
  });
}

Task<Result<http::Page<Visit>>> Visits::of_person(const Caller& caller, std::optional<PersonId> person,
                                                  std::optional<std::string> cursor, std::size_t limit) const {
  if (auto error = not_signed_in(caller)) return refused<http::Page<Visit>>(*error);
  const auto from = storage::position_of(cursor);
  if (!from) return refused<http::Page<Visit>>(wrong_field("?cursor", "format"));
  return impl_->db.read(
      [impl = impl_.get(), caller, person, from = *from, limit](Session& s) -> Result<http::Page<Visit>> {
        const auto member = impl->people.member(s, caller, person);
        if (!member) return member.error();
        const auto brief = impl->people.brief(s, member->person);
        if (!brief || !people::sees_affairs(member->relation, brief->birth_year, local_date(impl->clock.now())))
          return people::kAdultsOwnAffair;
        impl->places.refresh(s);
        auto rows = storage::of_person(s, member->person, from, limit + 1);
        http::Page<Visit> page;
        if (rows.size() > limit) {
          rows.resize(limit);
          page.next = storage::cursor_text({rows.back().entered, rows.back().id});
        }
        for (const auto& row : rows) page.items.push_back(impl->view(row));
        impl->tell_origins(s, page.items);
        if (impl->settings.doubtful) impl->tell_doubts(s, member->person, page.items);
        return page;
      });
}

namespace {

// Of the place, and of those merged into it.
Summary counted(Session& session, PlaceId place, Instant now) {
  Summary out;
  for (const PlaceId each : places::known_as(session, place).places) {
    const Summary one = storage::summary(session, each, now);
    out.now += one.now;
    out.today += one.today;
  }
  return out;
}

}  // namespace

std::int64_t Visits::present(Session& session, PlaceId place, Instant now) {
  return counted(session, place, now).now;
}

Task<Result<Summary>> Visits::summary(const Caller& caller, PlaceId place) const {
  return impl_->db.read([impl = impl_.get(), caller, place](Session& s) -> Result<Summary> {
    const auto allowed = impl->places.require_keeping(s, caller, place);
    if (!allowed) return allowed.error();
    return counted(s, place, impl->clock.now());
  });
}

}  // namespace luytre::visits

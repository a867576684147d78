// Journeys told ahead by households, and what they see of their own passages.

#include <algorithm>

#include "engines/linkage/base32.h"
#include "engines/linkage/qr.h"
#include "modules/checkpoints/impl.h"
#include "modules/checkpoints/plate.h"
#include "modules/command/decisions.h"
#include "modules/people/adults.h"
#include "platform/identity/consents.h"

namespace luytre::checkpoints {
namespace {

using store::Session;
using Impl = Checkpoints::Impl;

constexpr std::string_view kPrefix = "LTT.";
constexpr std::size_t kTokenBytes = 16;
constexpr std::size_t kTokenLetters = 26;  // base32 of 16 bytes
constexpr std::chrono::hours kShownAfter{24};
constexpr std::chrono::hours kBegunMost{1};  // a journey may be told while it begins

struct Kept {
  JourneyId id;
};
BOOST_DESCRIBE_STRUCT(Kept, (), (id))

std::optional<Error> not_signed_in(const Caller& caller) {
  if (caller.account.value == 0) return Error(kUnauthenticated);
  if (!caller.full) return Error(kSecondProofRequired);
  return std::nullopt;
}

std::optional<Error> wrong(const Impl& impl, const NewJourney& asked) {
  const Instant now = impl.clock.now();
  if (asked.plate && !normalise_plate(*asked.plate)) return wrong_field("/plate", "format");
  if (!impl.geography.find(asked.towards)) return wrong_field("/towards", "unknown");
  if (asked.from < now - kBegunMost) return wrong_field("/from", "too_early");
  if (asked.from > now + kAhead) return wrong_field("/from", "too_late");
  if (asked.until <= asked.from || asked.until <= now) return wrong_field("/until", "too_early");
  if (asked.until > asked.from + kLongest) return wrong_field("/until", "too_late");
  if (asked.people.empty() || asked.people.size() > people::kHouseholdMost) return wrong_field("/people", "required");
  return std::nullopt;
}

Journey view(const Impl& impl, Session& session, const storage::JourneyRow& row) {
  Journey out;
  out.id = row.id;
  out.code = impl.unseal(kJourneyKey, to_text(row.id), row.code);
  out.svg = linkage::Qr(out.code).svg();
  if (const auto plate = impl.journey_plate(row)) out.plate = plate_text(*plate);
  out.vehicle = row.vehicle;
  out.direction = row.direction;
  out.towards = row.towards;
  out.towards_name = impl.geography.path_text(row.towards);
  out.from = row.begins;
  out.until = row.ends;
  out.people = storage::travellers(session, row.id);
  out.used = storage::used(session, row.id);
  return out;
}

std::optional<Error> not_allowed(const Impl& impl, Session& session, AccountId account, const NewJourney& asked) {
  const Instant now = impl.clock.now();
  bool on = impl.decisions.in_force(command::Switch::kDeclarations, asked.towards, now).has_value();
  for (const PersonId person : asked.people) {
    if (!people::People::is_member(session, account, person)) return Error(people::kNotInHousehold);
    const auto unit = impl.people.unit_of(session, person);
    on = on || (unit && impl.decisions.in_force(command::Switch::kDeclarations, *unit, now));
  }
  if (!on) return Error(kNotInForce);
  if (impl.settings.consents) {
    const std::vector<identity::Consents::Act> acts{{account, now}};
    auto lacking = impl.settings.consents->refusals(session, identity::ConsentPurpose::kDeclarations, acts);
    if (lacking.front()) return lacking.front();
  }
  if (storage::journeys(session, account, now).size() >= kJourneysMost)
    return Error(kTooManyJourneys, {{"most", std::to_string(kJourneysMost)}});
  return std::nullopt;
}

Result<Kept> keep(const Impl& impl, Session& session, AccountId account, const NewJourney& asked,
                  const std::string& token) {
  if (auto error = not_allowed(impl, session, account, asked)) return *error;
  storage::JourneyRow row;
  row.id = impl.db.ids().make<JourneyId>();
  row.account = account;
  row.code = impl.seal(kJourneyKey, to_text(row.id), token);
  row.code_index = impl.journey_index(token);
  if (asked.plate) row.plate = impl.seal(kJourneyPlateKey, to_text(row.id), *normalise_plate(*asked.plate));
  row.vehicle = asked.vehicle;
  row.direction = asked.direction;
  row.towards = asked.towards;
  row.begins = asked.from;
  row.ends = asked.until;
  row.told = impl.clock.now();
  std::vector<PersonId> people = asked.people;
  std::sort(people.begin(), people.end());
  people.erase(std::unique(people.begin(), people.end()), people.end());
  storage::insert(session, row, people);
  return Kept{row.id};
}

// The answer of a repeat holds the number alone: the code stays sealed.
Task<Result<Journey>> telling(Impl& impl, AccountId account, NewJourney asked, std::optional<store::Once> once) {
  const std::string token = std::string(kPrefix) + linkage::base32(impl.random.bytes(kTokenBytes));
  auto write = [&impl, account, asked = std::move(asked), token](Session& s) -> Result<Kept> {
    return keep(impl, s, account, asked, token);
  };
  auto keeping = once ? impl.db.once(std::move(*once), std::move(write)) : impl.db.transact(std::move(write));
  const Result<Kept> kept = co_await std::move(keeping);
  if (!kept) co_return kept.error();
  auto reading = impl.db.read([&impl, account, id = kept->id](Session& s) -> Result<Journey> {
    for (const auto& row : storage::journeys(s, account, Instant{}))
      if (row.id == id) return view(impl, s, row);
    return kNotFound;  // withdrawn since
  });
  co_return co_await std::move(reading);
}

}  // namespace

std::optional<std::string> Checkpoints::Impl::journey_token(std::string_view code) {
  std::string out;
  for (const char c : code) {
    if (c == ' ' || c == '\n' || c == '\r' || c == '\t') continue;
    out += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  }
  if (!out.starts_with(kPrefix) || out.size() != kPrefix.size() + kTokenLetters) return std::nullopt;
  return out;
}

store::Bytes Checkpoints::Impl::journey_index(std::string_view token) const {
  return {vault.blind(kJourneyKey, token)};
}

Result<storage::JourneyRow> Checkpoints::Impl::journey(Session& session, std::string_view code, Instant at) const {
  const auto token = journey_token(code);
  if (!token) return kJourneyUnknown;
  auto row = storage::journey(session, journey_index(*token));
  if (!row) return kJourneyUnknown;
  if (at < row->begins - visits::kClockSkew || at >= row->ends + visits::kClockSkew) return kJourneyOver;
  return std::move(*row);
}

std::optional<std::string> Checkpoints::Impl::journey_plate(const storage::JourneyRow& row) const {
  if (!row.plate) return std::nullopt;
  return unseal(kJourneyPlateKey, to_text(row.id), *row.plate);
}

Task<Result<Journey>> Checkpoints::tell(const Caller& caller, NewJourney asked, std::optional<store::Once> once) {
  if (auto error = not_signed_in(caller)) return refused<Journey>(*error);
  if (auto error = wrong(*impl_, asked)) return refused<Journey>(*error);
  return telling(*impl_, caller.account, std::move(asked), std::move(once));
}

Task<Result<std::vector<Journey>>> Checkpoints::journeys(const Caller& caller) const {
  if (auto error = not_signed_in(caller)) return refused<std::vector<Journey>>(*error);
  return impl_->db.read([impl = impl_.get(), account = caller.account](Session& s) -> Result<std::vector<Journey>> {
    std::vector<Journey> out;
    for (const auto& row : storage::journeys(s, account, impl->clock.now() - kShownAfter))
      out.push_back(view(*impl, s, row));
    return out;
  });
}

Task<Result<Done>> Checkpoints::withdraw(const Caller& caller, JourneyId journey) {
  if (auto error = not_signed_in(caller)) return refused<Done>(*error);
  return impl_->db.transact([account = caller.account, journey](Session& s) -> Result<Done> {
    if (!storage::remove(s, account, journey)) return kNotFound;
    return Done{};
  });
}

Task<Result<std::vector<MyPassage>>> Checkpoints::mine(const Caller& caller, std::optional<PersonId> person) const {
  if (auto error = not_signed_in(caller)) return refused<std::vector<MyPassage>>(*error);
  return impl_->db.read([impl = impl_.get(), caller, person](Session& s) -> Result<std::vector<MyPassage>> {
    const auto member = impl->people.member(s, caller, person);
    if (!member) return member.error();
    const auto brief = impl->people.brief(s, member->person);
    if (!brief || !people::sees_affairs(member->relation, brief->birth_year, local_date(impl->clock.now())))
      return people::kAdultsOwnAffair;
    impl->places.refresh(s);
    std::vector<MyPassage> out;
    for (const auto& row : storage::mine(s, member->person, kMineShown)) {
      const auto spot = impl->places.spot(row.place);
      out.push_back({row.id, row.place, spot ? spot->place_name : "", row.passed, row.direction, row.vehicle, row.how,
                     row.decision, row.decision == Decision::kTurnBack ? row.why : std::nullopt});
    }
    return out;
  });
}

}  // namespace luytre::checkpoints

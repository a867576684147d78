// What follows from results: people of a positive pool sampled again, cases, and what each reads of their own.

#include <algorithm>
#include <set>
#include <tuple>

#include "modules/laboratory/impl.h"
#include "modules/laboratory/overturned.h"
#include "modules/people/adults.h"
#include "modules/people/merged.h"

namespace luytre::laboratory {
namespace {

using store::Session;

constexpr std::size_t kTestsShown = 50;
constexpr std::chrono::hours kLooksKept{28 * 24};

// What confirming needs of a result.
struct Offer {
  PersonId person;
  std::string disease;
  UnitId unit;
  Instant sampled, at;
  Method method = Method::kPcr;
};

Result<Offer> offer_of(Session& session, const identity::Access& access, const Caller& caller, ResultId id) {
  const auto result = storage::result(session, id);
  const auto tube = result ? storage::tube(session, result->tube) : std::nullopt;
  const auto samples = tube ? storage::samples(session, tube->id) : std::vector<storage::SampleRow>();
  const bool one = samples.size() == 1;
  const auto allowed =
      access.require(session, caller, cases::kConfirm,
                     {one ? samples.front().person : PersonId{}, tube ? tube->unit : UnitId{}, "test result"});
  if (!allowed) return allowed.error();
  if (!tube) return kNotFound;
  if (!one || !result->offered || result->replaced) return kResultNoCase;
  return Offer{samples.front().person, tube->disease, tube->unit, samples.front().at, result->at, result->method};
}

OwnTest test_of(Session& session, const cases::Cases& cases, const storage::TubeRow& tube,
                const storage::SampleRow& sample) {
  OwnTest out;
  out.sampled_at = sample.at;
  out.disease = tube.disease;
  const auto* disease = cases.diseases().find(tube.disease);
  if (disease) out.disease_name = disease->name;
  out.specimen = tube.specimen;
  out.state = tube.received ? OwnState::kReceived : OwnState::kSampled;
  // Of several methods a positive one that may confirm a case: no later rapid test hides it. Else the latest test that
  // says something, else the latest.
  const auto worth = [](const storage::ResultRow& row) {
    const bool says = row.outcome == Outcome::kPositive || row.outcome == Outcome::kNegative;
    return std::tuple(row.offered, says, row.at);
  };
  std::optional<storage::ResultRow> best;
  for (const auto& row : storage::results(session, tube.id)) {
    if (row.replaced) continue;
    if (tube.persons > 1 && row.outcome == Outcome::kPositive) {
      out.state = OwnState::kRepeat;
      return out;
    }
    if (!best || worth(*best) < worth(row)) best = row;
  }
  if (!best) return out;
  out.state = OwnState::kResult;
  out.method = best->method;
  out.outcome = best->outcome;
  out.at = best->at;
  return out;
}

}  // namespace

Task<Result<http::Page<ResamplingTask>>> Laboratory::tasks(const Caller& caller) const {
  using Out = http::Page<ResamplingTask>;
  auto units = impl_->units(caller, kSample);
  if (!units) return refused<Out>(units.error());
  return impl_->db.transact([impl = impl_.get(), caller, units = std::move(*units)](Session& s) -> Result<Out> {
    Out page;
    for (const auto& row : storage::open_tasks(s, units, kShown)) {
      const auto logged = impl->log_look(s, caller, row.unit, "sample again", std::span(&row.person, 1));
      if (!logged) return logged.error();
      const auto brief = impl->people.brief(s, row.person);
      const auto tube = storage::tube(s, row.tube);
      page.items.push_back({row.id, brief.value_or(people::PersonBrief{}), row.disease, tube ? tube->code : "",
                            row.unit, impl->geography.path_text(row.unit), row.made});
    }
    return page;
  });
}

Task<Result<http::Page<Positive>>> Laboratory::positives(const Caller& caller) const {
  using Out = http::Page<Positive>;
  auto units = impl_->units(caller, kRead);
  if (!units) return refused<Out>(units.error());
  return impl_->db.transact([impl = impl_.get(), caller, units = std::move(*units)](Session& s) -> Result<Out> {
    const auto confirming = impl->access.areas(caller, cases::kConfirm);
    Out page;
    for (const auto& row : storage::offered(s, units, kShown)) {
      const auto tube = storage::tube(s, row.tube);
      const auto samples = storage::samples(s, row.tube);
      if (!tube || samples.size() != 1) continue;
      const auto logged = impl->log_look(s, caller, row.unit, "test result", std::span(&samples.front().person, 1));
      if (!logged) return logged.error();
      Positive& one = page.items.emplace_back();
      one.id = row.id;
      one.person = impl->people.brief(s, samples.front().person).value_or(people::PersonBrief{});
      one.disease = tube->disease;
      one.tube = tube->code;
      one.unit_name = impl->geography.path_text(row.unit);
      one.method = row.method;
      one.ct = row.ct;
      one.sampled_at = samples.front().at;
      one.at = row.at;
      one.confirmable = impl->geography.covers(confirming, row.unit);
    }
    return page;
  });
}

std::vector<Laboratory::Untapped> Laboratory::untapped(Session& session, const Caller& caller) const {
  std::vector<Untapped> out;
  const auto units = impl_->units(caller, kRead);
  if (!units) return out;
  for (const auto& row : storage::offered(session, *units, kShown)) out.push_back({row.id, row.unit, row.recorded});
  return out;
}

Task<Result<http::Page<Overturned>>> Laboratory::overturned(const Caller& caller) const {
  using Out = http::Page<Overturned>;
  auto units = impl_->units(caller, kRead);
  if (!units) return refused<Out>(units.error());
  return impl_->db.transact([impl = impl_.get(), caller, units = std::move(*units)](Session& s) -> Result<Out> {
    Out page;
    std::set<CaseId> seen;
    constexpr std::size_t kLooked = 10 * kShown;  // those of cases that were undone are passed over
    for (const auto& row : storage::overturned(s, units, kLooked)) {
      if (page.items.size() == kShown) break;
      const auto kase = cases::Cases::traced(s, *row.kase);
      const bool stands = kase && kase->classification == cases::Classification::kConfirmed;
      if (!stands || !seen.insert(kase->id).second) continue;
      const auto logged = impl->log_look(s, caller, row.unit, "test result", std::span(&kase->person, 1));
      if (!logged) return logged.error();
      Overturned& one = page.items.emplace_back();
      one.id = kase->id;
      one.number = kase->number;
      one.person = impl->people.brief(s, kase->person).value_or(people::PersonBrief{});
      one.disease = kase->disease;
      const auto tube = storage::tube(s, row.tube);
      if (tube) one.tube = tube->code;
      one.unit_name = impl->geography.path_text(row.unit);
      one.method = row.method;
      one.since = row.recorded;
      for (const auto& other : storage::results(s, row.tube)) {
        if (other.method != row.method || other.replaced) continue;
        one.since = other.recorded;
        if (other.outcome != Outcome::kPositive) one.now = other.outcome;
      }
    }
    return page;
  });
}

Task<Result<CaseMade>> Laboratory::make_case(const Caller& caller, ResultId id) {
  return impl_->make_case(caller, id);
}

// Each step is a public call of modules/cases in the caller's name, with its own checks, log and transaction; asked
// again after any of them, it goes on where it stopped.
Task<Result<CaseMade>> Laboratory::Impl::make_case(Caller caller, ResultId id) const {
  auto looking =
      db.transact([this, caller, id](Session& s) -> Result<Offer> { return offer_of(s, access, caller, id); });
  const Result<Offer> offer = co_await std::move(looking);
  if (!offer) co_return offer.error();

  cases::NewCase suspect;
  suspect.person = offer->person;
  suspect.disease = offer->disease;
  suspect.diagnosed_at = offer->at;
  suspect.report_unit = offer->unit;
  auto reporting = cases.report(caller, std::move(suspect));
  Result<cases::Case> kase = co_await std::move(reporting);
  if (!kase && kase.error().code == cases::kCaseExists.code) {
    const auto there = parse_id(kase.error().params.at("case"));
    auto finding = cases.find(caller, CaseId{there.value_or(0)});
    kase = co_await std::move(finding);
  }
  if (!kase) co_return kase.error();

  CaseMade out{kase->id, kase->number, kase->classification == cases::Classification::kConfirmed};
  if (!out.confirmed_before) {
    cases::Confirmation confirmation;
    confirmation.onset = kase->onset;
    confirmation.sample_at = offer->sampled;
    confirmation.result_at = offer->at;
    confirmation.method = offer->method;
    confirmation.isolated_at = kase->isolated_at;
    auto confirming = cases.confirm(caller, kase->id, std::move(confirmation), kase->version);
    const Result<cases::Case> confirmed = co_await std::move(confirming);
    if (!confirmed) co_return confirmed.error();
  }
  auto noting = db.transact([id, made = out.id](Session& s) -> Result<Done> {
    storage::set_case(s, id, made);
    return Done{};
  });
  const Result<Done> noted = co_await std::move(noting);
  if (!noted) co_return noted.error();
  co_return out;
}

std::vector<OwnTest> Laboratory::Impl::tests(Session& session, std::span<const PersonId> persons) const {
  std::vector<OwnTest> out;
  for (const PersonId person : persons) {
    for (const auto& sample : storage::samples(session, person, kTestsShown)) {
      const auto tube = storage::tube(session, sample.tube);
      if (tube) out.push_back(test_of(session, cases, *tube, sample));
    }
  }
  std::stable_sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return b.sampled_at < a.sampled_at; });
  return out;
}

Task<Result<http::Page<OwnTest>>> Laboratory::of_person(const Caller& caller, PersonId person,
                                                        std::string reason) const {
  using Out = http::Page<OwnTest>;
  return impl_->db.transact([impl = impl_.get(), caller, person, reason](Session& s) -> Result<Out> {
    const auto home = impl->people.unit_of(s, person);
    const auto allowed = impl->access.require(s, caller, kReadWhy, {person, home.value_or(UnitId{}), reason});
    if (!allowed) return allowed.error();
    if (!home) return kNotFound;
    Out page;
    page.items = impl->tests(s, people::known_as(s, person));
    return page;
  });
}

Task<Result<http::Page<OwnTest>>> Laboratory::mine(const Caller& caller, std::optional<PersonId> person) const {
  using Out = http::Page<OwnTest>;
  if (const auto error = not_in(caller)) return refused<Out>(*error);
  return impl_->db.read([impl = impl_.get(), caller, person](Session& s) -> Result<Out> {
    const auto member = impl->people.member(s, caller, person);
    if (!member) return member.error();
    const auto brief = impl->people.brief(s, member->person);
    if (!brief || !people::sees_affairs(member->relation, brief->birth_year, impl->today()))
      return people::kAdultsOwnAffair;
    Out page;
    page.items = impl->tests(s, std::span(&member->person, 1));
    return page;
  });
}

store::Recurring Laboratory::retention() const {
  constexpr std::chrono::minutes kEvery{10};
  constexpr std::size_t kStep = 200;          // sessions
  constexpr std::int64_t kRowsMost = 20'000;  // about, in one transaction
  return {
      "laboratory.retention", kEvery, [impl = impl_.get()](Session& s) {
        const Instant now = impl->now(), before = now - kKept;
        const auto prove = [&](const char* rule, Instant until, std::int64_t deleted) {
          if (deleted > 0) storage::prove(s, impl->db.ids().next(), now, rule, until, deleted);
        };
        std::int64_t deleted = 0;
        for (const SessionId id : storage::sessions_before(s, before, kStep)) {
          deleted += storage::remove_session(s, id);
          if (deleted >= kRowsMost) break;
        }
        prove("laboratory: samples, results and what hangs on them, 180 days after the session", before, deleted);
        prove("laboratory: results that no tube was found for, 180 days", before, storage::remove_unmatched(s, before));
        prove("laboratory: that a laboratory's report was taken, 180 days", before, storage::remove_reports(s, before));
        prove("laboratory: who was shown to whom, 28 days", now - kLooksKept,
              storage::forget_shown(s, local_date(now - kLooksKept)));
      }};
}

}  // namespace luytre::laboratory

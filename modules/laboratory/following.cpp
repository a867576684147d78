// What follows from results: people of a positive pool sampled again, cases, and what each reads of their own.

#include <algorithm>
#include <tuple>

#include "modules/laboratory/impl.h"
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
  const auto allowed = access.require(session, caller, cases::kConfirm,
                                      {one ? samples.front().person : PersonId{}, tube ? tube->unit : UnitId{},
                                       identity::note(identity::LogNote::kTestResult)});
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
  if (disease) out.between_people = disease->between_people();
  out.specimen = tube.specimen;
  out.specimen_name = presence::specimen_name(disease, tube.specimen);
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
  out.lineage = best->lineage;
  out.at = best->at;
  return out;
}

}  // namespace

Task<Result<Done>> Laboratory::weigh(const Caller& caller, ResultId id, std::string reason) {
  return impl_->db.transact([impl = impl_.get(), caller, id, reason = std::move(reason)](Session& s) -> Result<Done> {
    const auto result = storage::result(s, id);
    const auto samples = result ? storage::samples(s, result->tube) : std::vector<storage::SampleRow>();
    const auto allowed = impl->access.require(
        s, caller, kWeigh,
        {samples.size() == 1 ? samples.front().person : PersonId{}, result ? result->unit : UnitId{}, reason});
    if (!allowed) return allowed.error();
    if (!result) return kNotFound;
    auto row = storage::late(s, id);
    if (!row) return kResultSettled;
    if (row->looked) return Done{};
    row->looked = impl->now();
    row->looked_by = caller.account;
    row->reason = impl->seal(kWeighedSeal, id.value, reason);
    storage::look_at(s, *row);
    s.publish({"laboratory.changed", result->laboratory.value, impl->now(), 1, row->unit.value});
    return Done{};
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
  return impl_->db.transact([this, caller, person, reason](Session& s) -> Result<Out> {
    auto tests = of_person_within(s, caller, person, reason);
    if (!tests) return tests.error();
    Out page;
    page.items = std::move(*tests);
    return page;
  });
}

Result<std::vector<OwnTest>> Laboratory::of_person_within(Session& session, const Caller& caller, PersonId person,
                                                          const std::string& reason) const {
  const auto home = impl_->people.unit_of(session, person);
  const auto allowed = impl_->access.require(session, caller, kReadWhy, {person, home.value_or(UnitId{}), reason});
  if (!allowed) return allowed.error();
  if (!home) return kNotFound;
  return impl_->tests(session, people::known_as(session, person));
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

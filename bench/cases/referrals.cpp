// Referrals of the last four weeks, one in four not ended yet: those of needs first, then of declarations, and of
// passages whoever showed no paper. Nothing goes up a level while it is measured.

#include "bench/cases/filled.h"

namespace luytre::bench {
namespace {

using referrals::State;
using store::values;

constexpr int kReferredOneOf = 50;
constexpr int kReferralDays = 26;  // they are deleted 28 days after the end

constexpr store::Query kReferral{"bench.referral", R"sql(
  INSERT INTO referrals_referral (id, source, subject, origin, unit, station, person, colour, reasons, rule_set, at,
                                  created, within_minutes, due_at, base, level, state, taken_by, attempts, outcome,
                                  ended, version, claimed, claim)
  VALUES ($1, $2, $3, $4, $4, 'residence', $5, 'yellow', $6, $7, $8, $8, 120, $9, 0, $10, $11, $12, $13, $14, $15, 1,
          $16, $17))sql"};

constexpr store::Query kReferralStep{"bench.referral_step", R"sql(
  INSERT INTO referrals_step (id, referral, at, kind, level, unit, account, by_name, outcome)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9))sql"};

}  // namespace

void fill_referrals(Filled& to) {
  using referrals::Outcome, referrals::Source, referrals::StepKind;
  if (to.people.empty()) return;
  const Instant now = to.now();
  const auto count = static_cast<int>(to.people.size()) / kReferredOneOf;
  write(to, count, {kReferral, kReferralStep}, [&](int number, Lines& rows) {
    IdMaker& ids = to.house.db.ids();
    const auto id = ids.make<referrals::ReferralId>();
    const auto at = static_cast<std::size_t>(number);
    const bool need = at < to.needs.size(), claimed = !need && number % 20 == 0;
    const bool open = need || number % 20 < 4;
    const Filled::Known& someone = to.of(to.people);
    Source source = need ? Source::kOrder : claimed ? Source::kPassage : Source::kDeclaration;
    const std::int64_t subject = need ? to.needs[at].id : ids.next();
    const UnitId unit = need ? to.needs[at].unit : someone.unit;
    const PersonId person = need ? to.needs[at].person : claimed ? PersonId{} : someone.id;
    std::optional<store::Bytes> claim;
    if (claimed) claim = to.sealed("referrals.claim", std::to_string(id.value), R"({"name":"Nguyễn Văn An"})");
    const Instant came = need   ? to.needs[at].at
                         : open ? now - std::chrono::minutes(to.any(1, 48 * 60))
                                : now - std::chrono::minutes(to.any(48 * 60, kReferralDays * 24 * 60));
    // What is due was not taken by anybody and has come to the province.
    const int level = open ? std::max(0, to.any(-4, 2)) : 0;
    const bool taken = open && level == 0 && to.in_hundred(40);
    const Instant due =
        level == 2 ? now - std::chrono::minutes(to.any(1, 600)) : now + std::chrono::minutes(to.any(300, 1440));
    const State state = !open ? State::kDone : taken ? State::kAcknowledged : State::kOpen;
    std::optional<AccountId> by;
    std::optional<Outcome> outcome;
    std::optional<Instant> ended;
    if (taken || !open) by = kWriter;
    if (!open) {
      outcome = Outcome::kReached;
      ended = came + std::chrono::minutes(to.any(5, 300));
    }
    rows[0].push_back(values(
        id, source, subject, unit, person, to.sealed("referrals.reasons", std::to_string(id.value), "[]"), kSource,
        came, due, std::int64_t{level}, state, by, std::int64_t{!open}, outcome, ended, std::int64_t{claimed}, claim));
    rows[1].push_back(values(ids.next(), id, came, StepKind::kOpened, std::int64_t{0}, unit, std::optional<AccountId>(),
                             "", std::optional<Outcome>()));
    if (ended)
      rows[1].push_back(values(ids.next(), id, *ended, StepKind::kDone, std::int64_t{0}, unit, by, kSource, outcome));
  });
}

}  // namespace luytre::bench

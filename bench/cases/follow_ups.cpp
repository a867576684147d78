// Follow-ups as the contacts' classes open them: of a fifth of the people, with the answers of the days before.

#include "bench/cases/filled.h"

namespace luytre::bench {
namespace {

using store::values;

constexpr std::size_t kFollowedOneOf = 5;
constexpr int kAsked = 3;  // days before today on which they are answered, at most

constexpr store::Query kPeriod{"bench.follow_up", R"sql(
  INSERT INTO followup_period (id, person, disease, unit, first_day, last_day, state, waiting_since, base, level,
                               climb_at, offered, created, version, test_day)
  VALUES ($1, $2, 'dengue', $3, $4, $5, 'open', $6, 0, $7, $8, $9, $10, 1, $11))sql"};

constexpr store::Query kReason{"bench.follow_up_reason", R"sql(
  INSERT INTO followup_reason (period, candidate, case_id, class, last_exposure, days, rule, counts)
  VALUES ($1, $2, $3, $4, $5, $6, $7, TRUE))sql"};

constexpr store::Query kTest{"bench.follow_up_test", R"sql(
  INSERT INTO followup_test (period, day)
  VALUES ($1, $2))sql"};

constexpr store::Query kEntry{"bench.follow_up_entry", R"sql(
  INSERT INTO followup_entry (id, period, day, result, via, at, account, by_name, replaced)
  VALUES ($1, $2, $3, 'none', 'call', $4, 1, $5, FALSE))sql"};

constexpr store::Query kTransfer{"bench.follow_up_transfer", R"sql(
  INSERT INTO followup_transfer (id, period, from_unit, to_unit, state, at, account, by_name, reason, base, level,
                                 climb_at)
  VALUES ($1, $2, $3, $4, 'waiting', $5, 1, $6, $7, 0, 0, $8))sql"};

}  // namespace

// Whoever was silent yesterday is the health centre's task, too, and since the day before the province's. Nobody climbs
// while it is measured. One in five has a day of a sample, one in fifty symptoms, one in two hundred is to be taken by
// another commune.
void fill_follow_ups(Filled& to) {
  const Instant now = to.now(), later = now + std::chrono::days(30);
  const Date today = to.today();
  const auto count = std::min(to.contacts.size(), to.people.size() / kFollowedOneOf);
  write(to, static_cast<int>(count), {kPeriod, kReason, kTest, kEntry, kTransfer}, [&](int number, Lines& rows) {
    const Filled::Contact& contact = to.contacts[static_cast<std::size_t>(number)];
    IdMaker& ids = to.house.db.ids();
    const auto id = ids.make<followup::FollowUpId>();
    const int since = to.any(1, 5), drawn = to.any(1, 10);
    const int silent = std::min(since, drawn <= 7 ? 0 : drawn <= 9 ? 1 : 2);
    const Date first{today.days - since}, last{today.days + to.any(1, 9)}, met{first.days - 1};
    std::optional<Date> test;
    if (to.in_hundred(20)) test = Date{today.days + to.any(-2, 5)};
    rows[0].push_back(values(id, contact.person, contact.unit, first, last, Date{today.days - silent},
                             std::int64_t{silent}, later, std::int64_t{to.in_hundred(2)}, now, test));
    rows[1].push_back(
        values(id, contact.id, contact.of, contact.chosen, met, std::int64_t{last.days - met.days}, kSource));
    if (test) rows[2].push_back(values(id, *test));
    for (int ago = std::min(since, kAsked); ago > silent; --ago)
      rows[3].push_back(values(ids.next(), id, Date{today.days - ago}, now - std::chrono::days(ago), kSource));
    if (to.any(1, 200) == 1) {
      const std::int64_t transfer = ids.next();
      rows[4].push_back(values(transfer, id, contact.unit, to.of(to.communes),
                               now - std::chrono::minutes(to.any(1, 230)), kSource,
                               to.sealed("followup.transfer", std::to_string(transfer), kSource), later));
    }
  });
}

}  // namespace luytre::bench

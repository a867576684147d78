#include "modules/followup/test_storage.h"

#include <algorithm>
#include <tuple>

namespace luytre::followup::storage {
namespace {

constexpr store::Query kOfPeriod{"followup.tests", R"sql(
  SELECT period, day, at, session, account, by_name, why
  FROM followup_test
  WHERE period = $1
  UNION ALL
  SELECT t.period, t.day, t.at, t.session, t.account, t.by_name, t.why
  FROM followup_test t
  JOIN followup_period j ON j.id = t.period
  WHERE j.joined_to = $1 AND t.account IS NOT NULL)sql"};

constexpr store::Query kPut{"followup.put_test", R"sql(
  INSERT INTO followup_test (period, day, at, session, account, by_name, why)
  VALUES ($1, $2, $3, $4, $5, $6, $7)
  ON CONFLICT (period, day) DO UPDATE
  SET at = excluded.at, session = excluded.session, account = excluded.account, by_name = excluded.by_name,
      why = excluded.why)sql"};

constexpr store::Query kDrop{"followup.drop_test", R"sql(
  DELETE FROM followup_test
  WHERE period = $1 AND day = $2)sql"};

constexpr store::Query kRemove{"followup.remove_tests", R"sql(
  DELETE FROM followup_test
  WHERE period = $1)sql"};

}  // namespace

std::vector<TestRow> tests(store::Session& session, FollowUpId period) {
  return std::move(tests(session, std::span(&period, 1)).front());
}

std::vector<std::vector<TestRow>> tests(store::Session& session, std::span<const FollowUpId> periods) {
  std::vector<store::Row> looks;
  for (const FollowUpId period : periods) looks.push_back({store::to_value(period)});
  auto out = session.each<TestRow>(kOfPeriod, looks);
  for (std::size_t i = 0; i < periods.size(); ++i) {
    const FollowUpId own = periods[i];
    std::sort(out[i].begin(), out[i].end(), [own](const TestRow& a, const TestRow& b) {
      return std::tuple(a.day, a.period != own, a.period) < std::tuple(b.day, b.period != own, b.period);
    });
  }
  return out;
}

void put(store::Session& session, const TestRow& r) {
  session.run(kPut, r.period, r.day, r.at, r.session, r.account, r.by_name, r.why);
}

void drop(store::Session& session, const TestRow& r) {
  session.run(kDrop, r.period, r.day);
}

void remove_tests(store::Session& session, FollowUpId period) {
  session.run(kRemove, period);
}

}  // namespace luytre::followup::storage

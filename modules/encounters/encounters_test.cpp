#include "modules/encounters/encounters.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "engines/presence/merge.h"
#include "platform/store/testing.h"

namespace luytre::encounters {
namespace {

using presence::Encounter;

constexpr PersonId kAn{1}, kBinh{2}, kChi{3};
constexpr Instant kNow{1'600'000'000};

struct Seen {
  PersonId person, peer;
  Instant started, ended;
  std::optional<std::int64_t> attenuation;
};
BOOST_DESCRIBE_STRUCT(Seen, (), (person, peer, started, ended, attenuation))

constexpr store::Query kAll{"test.all_encounters", R"sql(
SELECT person, peer, started, ended, attenuation
FROM encounters_pub_encounter
ORDER BY person, peer, started)sql"};
constexpr store::Query kClear{"test.clear_encounters", "DELETE FROM encounters_encounter"};
constexpr store::Query kProofs{"test.proofs",
                               "SELECT CAST(coalesce(sum(deleted), 0) AS bigint) FROM encounters_retention"};

Encounter met(PersonId a, PersonId b, std::int64_t from, std::int64_t to,
              std::optional<std::int64_t> attenuation = {}) {
  return {a, b, {kNow + std::chrono::seconds(from), kNow + std::chrono::seconds(to)}, attenuation};
}

class EncountersTest : public ::testing::TestWithParam<store::Engine> {
 protected:
  Recorded record(const std::vector<Encounter>& encounters) {
    return db->transact_now([&](store::Session& s) { return encounters_.record(s, encounters); });
  }
  // From the side of the smaller id; fails when the other side does not mirror it.
  std::vector<Encounter> stored() {
    const auto rows = db->read_now([](store::Session& s) { return s.all<Seen>(kAll); });
    std::vector<Encounter> one, other;
    for (const Seen& r : rows) {
      const bool first = r.person < r.peer;
      (first ? one : other)
          .push_back({first ? r.person : r.peer, first ? r.peer : r.person, {r.started, r.ended}, r.attenuation});
    }
    std::sort(one.begin(), one.end());
    std::sort(other.begin(), other.end());
    EXPECT_EQ(one, other);
    return one;
  }

  ManualClock clock{kNow};
  store::testing::TestDatabase db{GetParam(), {migrations()}, clock};
  Encounters encounters_{*db};
};

TEST_P(EncountersTest, IsStoredFromBothSides) {
  const Recorded recorded = record({met(kBinh, kAn, 0, 60, 55)});
  EXPECT_EQ(recorded.added, 1);
  EXPECT_EQ(stored(), (std::vector<Encounter>{met(kAn, kBinh, 0, 60, 55)}));
  EXPECT_EQ(store::testing::event_lines(*db).size(), 1U);
}

TEST_P(EncountersTest, TheSameTwiceChangesNothingAndPublishesNothing) {
  record({met(kAn, kBinh, 0, 60), met(kAn, kChi, 0, 20)});
  const Recorded again = record({met(kBinh, kAn, 0, 60), met(kAn, kChi, 5, 10)});
  EXPECT_EQ(again.added + again.extended, 0);
  EXPECT_EQ(again.known, 2);
  EXPECT_EQ(stored().size(), 2U);
  EXPECT_EQ(store::testing::event_lines(*db).size(), 1U);
}

TEST_P(EncountersTest, WhatTouchesGrowsTogether) {
  record({met(kAn, kBinh, 0, 20, 60), met(kAn, kBinh, 40, 60, 50), met(kAn, kBinh, 61, 80)});
  const Recorded between = record({met(kAn, kBinh, 20, 40, 70)});
  EXPECT_EQ(between.extended, 1);
  EXPECT_EQ(between.added, 0);
  EXPECT_EQ(stored(), (std::vector<Encounter>{met(kAn, kBinh, 0, 60, 50), met(kAn, kBinh, 61, 80)}));
}

TEST_P(EncountersTest, InAnyOrderAndAnyPortionsTheResultIsTheSame) {
  const auto small = [](std::int64_t low, std::int64_t high) { return rc::gen::inRange<std::int64_t>(low, high); };
  const auto any =
      rc::gen::map(rc::gen::tuple(small(1, 4), small(1, 4), small(0, 40), small(1, 8), small(0, 3)), [](const auto& t) {
        const auto [a, b, from, length, attenuation] = t;
        return met({a}, {b == a ? a + 1 : b}, from, from + length,
                   attenuation == 0 ? std::nullopt : std::optional(50 + attenuation));
      });
  EXPECT_TRUE(rc::check("portions", [&] {
    const auto encounters = *rc::gen::container<std::vector<Encounter>>(any);
    const auto portion = static_cast<std::size_t>(*small(1, 10));
    db->transact_now([](store::Session& s) { s.run(kClear); });
    for (std::size_t from = 0; from < encounters.size(); from += portion) {
      const std::size_t count = std::min(portion, encounters.size() - from);
      const auto begin = encounters.begin() + static_cast<std::ptrdiff_t>(from);
      record({begin, begin + static_cast<std::ptrdiff_t>(count)});
    }
    RC_ASSERT(stored() == presence::merge_encounters(encounters));
  }));
}

TEST_P(EncountersTest, RetentionDeletesByAgeAloneAndLeavesProof) {
  const std::int64_t old = -static_cast<std::int64_t>(std::chrono::seconds(kKept).count());
  record({met(kAn, kBinh, old - 100, old - 1), met(kAn, kChi, old - 100, old), met(kBinh, kChi, 0, 1)});
  store::Schedule schedule(*db);
  schedule.add(encounters_.retention());
  schedule.run_due();
  EXPECT_EQ(stored(), (std::vector<Encounter>{met(kAn, kChi, old - 100, old), met(kBinh, kChi, 0, 1)}));
  EXPECT_EQ(db->read_now([](store::Session& s) { return s.value<std::int64_t>(kProofs); }), 2);
}

TEST_P(EncountersTest, AStudyKeepsEverything) {
  Encounters study(*db, {.study = true});
  record({met(kAn, kBinh, -100'000'000, -99'999'000)});
  store::Schedule schedule(*db);
  schedule.add(study.retention());
  schedule.run_due();
  EXPECT_EQ(stored().size(), 1U);
}

INSTANTIATE_TEST_SUITE_P(Engines, EncountersTest, store::testing::engines(), store::testing::engine_name);

}  // namespace
}  // namespace luytre::encounters

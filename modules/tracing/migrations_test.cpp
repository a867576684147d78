// A database of before, brought to today: nothing of a case is lost.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "modules/tracing/storage.h"
#include "modules/tracing/tracing.h"
#include "platform/base/time.h"
#include "platform/store/testing.h"

namespace luytre::tracing {
namespace {

using ::testing::SizeIs;

constexpr store::Query kCandidate{"test.candidate", R"sql(
  INSERT INTO tracing_candidate (id, case_id, person, level, exposed_since, risk, status, unit, evidence_count, version)
  VALUES (7, 1, 2, 1, 100, 300, 'open', 1, 2, 1))sql"};
constexpr store::Query kEvidence{"test.evidence", R"sql(
  INSERT INTO tracing_evidence (id, candidate, kind, with_person, with_level, place, zone, started, ended, estimated,
                                attenuation, risk)
  VALUES ($1, $2, $3, 3, 0, $4, $5, 100, 200, $6, $7, 300))sql"};

class MigrationsTest : public ::testing::TestWithParam<store::Engine> {
 protected:
  // Without this file, and what came after it.
  static std::vector<store::Migration> before(std::string_view file) {
    std::vector<store::Migration> out = migrations();
    std::erase_if(out, [&](const store::Migration& one) { return one.file >= file; });
    return out;
  }
  store::Fault fault(const store::Query& query, auto... values) {
    try {
      db_->transact_now([&](store::Session& s) { s.run(query, values...); });
    } catch (const store::SqlError& error) {
      return error.fault;
    }
    return store::Fault::kOther;
  }

  ManualClock clock_{*parse_instant("2026-03-02T01:30:00Z")};
  store::testing::TestDatabase db_{GetParam(), {before("016")}, clock_};
};

TEST_P(MigrationsTest, EvidenceOfBeforeHomesAndListsIsKept) {
  ASSERT_LT(before("016").size(), migrations().size()) << "this test would show nothing";
  const std::optional<std::int64_t> none, decibel{55};
  db_->transact_now([&](store::Session& s) {
    s.run(kCandidate);
    s.run(kEvidence, 11, 7, std::string_view("visit"), 21, 22, true, none);
    s.run(kEvidence, 12, 7, std::string_view("encounter"), 0, 0, false, decibel);
  });
  db_->migrate({migrations()});
  const auto rows = db_->read_now([](store::Session& s) { return select_evidence(s, CandidateId{7}); });
  ASSERT_THAT(rows, SizeIs(2));
  EXPECT_EQ(rows[0].id, 12) << "by place, where times are the same";
  EXPECT_EQ(rows[0].kind, EvidenceKind::kEncounter);
  EXPECT_EQ(rows[0].attenuation, decibel);
  EXPECT_FALSE(rows[0].estimated);
  const EvidenceRow& visit = rows[1];
  EXPECT_EQ(visit.kind, EvidenceKind::kVisit);
  EXPECT_EQ(visit.with_person, PersonId{3});
  EXPECT_EQ(visit.with_level, 0);
  EXPECT_EQ(visit.place, PlaceId{21});
  EXPECT_EQ(visit.zone, ZoneId{22});
  EXPECT_EQ(visit.started, Instant{100});
  EXPECT_EQ(visit.ended, Instant{200});
  EXPECT_TRUE(visit.estimated);
  EXPECT_FALSE(visit.attenuation || visit.seat || visit.seat_of_other);
  EXPECT_EQ(visit.risk, 300);

  EXPECT_EQ(fault(kEvidence, 13, 7, std::string_view("rumour"), 0, 0, false, none), store::Fault::kCheck);
  EXPECT_EQ(fault(kEvidence, 11, 7, std::string_view("household"), 0, 0, false, none), store::Fault::kUnique);
  EXPECT_EQ(fault(kEvidence, 13, 99, std::string_view("household"), 0, 0, false, none), store::Fault::kForeignKey);
  EXPECT_NO_THROW(db_->transact_now(
      [&](store::Session& s) { s.run(kEvidence, 14, 7, std::string_view("household"), 0, 0, false, none); }));
}

INSTANTIATE_TEST_SUITE_P(Engines, MigrationsTest, store::testing::engines(), store::testing::engine_name);

}  // namespace
}  // namespace luytre::tracing

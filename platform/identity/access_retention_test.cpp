#include "platform/identity/access_retention.h"

#include "platform/identity/fixture_for_test.h"

namespace luytre::identity {
namespace {

const Action kReadCases{"cases.read", Purpose::kCaseManagement, {Role::kProvinceOfficer}};
constexpr auto kYear = std::chrono::hours(365 * 24);

class AccessRetentionTest : public IdentityTest {
 protected:
  void look(int times) {
    for (int i = 0; i < times; ++i) {
      const auto allowed = database_->transact_now([&](store::Session& s) {
        return identity().access.require(s, testing::officer(Role::kProvinceOfficer), kReadCases,
                                         {PersonId{501}, {}, "case 1"});
      });
      ASSERT_TRUE(allowed);
    }
    ASSERT_EQ(identity().chain.seal_now(), static_cast<std::size_t>(times));
    ASSERT_TRUE(identity().chain.checkpoint_now());
  }

  void retain() {
    database_->transact_now([&](store::Session& s) { access_retention(identity().access, clock_).run(s); });
  }

  Verdict verify() { return run(identity().chain.verify()); }

  std::int64_t count(const char* query) { return value<std::int64_t>({query, query}); }
};

INSTANTIATE_TEST_SUITE_P(Engines, AccessRetentionTest, store::testing::engines(), store::testing::engine_name);

TEST_P(AccessRetentionTest, OldRowsGoWithAProofAndTheRestIsStillVerified) {
  look(3);
  clock_.advance(kYear);
  look(2);
  retain();
  EXPECT_EQ(verify().rows, 5) << "nothing is old enough";
  clock_.advance(kYear + std::chrono::hours(1));
  retain();
  Verdict verdict = verify();
  EXPECT_TRUE(verdict.intact) << verdict.broken_at.value_or("");
  EXPECT_EQ(verdict.rows, 2);
  EXPECT_EQ(count("SELECT deleted FROM identity_access_trim"), 3);
  EXPECT_EQ(count("SELECT ran FROM identity_access_trim"), clock_.now().seconds);

  look(1);
  clock_.advance(kYear * 2 + std::chrono::hours(1));
  retain();
  EXPECT_EQ(verify().rows, 0);
  look(2);
  verdict = verify();
  EXPECT_TRUE(verdict.intact) << verdict.broken_at.value_or("") << ", of a chain that begins anew";
  EXPECT_EQ(verdict.rows, 2);
}

TEST_P(AccessRetentionTest, MoreThanOneRunTakesIsTakenByTheNext) {
  const auto officer = testing::officer(Role::kProvinceOfficer);
  database_->transact_now([&](store::Session& s) {
    for (int i = 0; i < 1200; ++i) identity().access.log_list(s, officer, kReadCases, 1, "x");
  });
  ASSERT_EQ(identity().chain.seal_now(), 1200U);
  clock_.advance(kAccessLogKept + std::chrono::seconds(1));
  retain();
  EXPECT_TRUE(verify().intact);
  EXPECT_EQ(verify().rows, 200);
  retain();
  EXPECT_TRUE(verify().intact);
  EXPECT_EQ(verify().rows, 0);
  EXPECT_EQ(count("SELECT CAST(sum(deleted) AS bigint) FROM identity_access_trim"), 1200);
}

TEST_P(AccessRetentionTest, OthersCannotPassADeletionOffAsOurs) {
  look(3);
  clock_.advance(kAccessLogKept + std::chrono::seconds(1));
  look(3);
  retain();
  ASSERT_TRUE(verify().intact);
  sql("UPDATE identity_access_trim SET deleted = deleted + 1");
  EXPECT_EQ(verify().found, Tampering::kChanged);
  sql("UPDATE identity_access_trim SET deleted = deleted - 1");
  ASSERT_TRUE(verify().intact);
  // One row more than we took, with the trim moved on to its link.
  sql("UPDATE identity_access_trim SET seq = 4, hash = (SELECT hash FROM identity_access_link WHERE seq = 4)");
  sql("DELETE FROM identity_access WHERE id = (SELECT entry FROM identity_access_link WHERE seq = 4)");
  sql("DELETE FROM identity_access_link WHERE seq = 4");
  EXPECT_EQ(verify().found, Tampering::kChanged);
}

TEST_P(AccessRetentionTest, ALostProofIsFound) {
  look(3);
  clock_.advance(kAccessLogKept + std::chrono::seconds(1));
  look(1);
  retain();
  ASSERT_TRUE(verify().intact);
  sql("DELETE FROM identity_access_trim");
  EXPECT_EQ(verify().found, Tampering::kRemoved);
}

TEST_P(AccessRetentionTest, WhatDoesNotFitIsKeptAsEvidence) {
  look(5);
  sql("UPDATE identity_access SET reason = 'nothing special' WHERE id = (SELECT entry FROM identity_access_link WHERE "
      "seq = 3)");
  clock_.advance(kAccessLogKept + std::chrono::seconds(1));
  retain();
  const Verdict verdict = verify();
  EXPECT_EQ(verdict.rows, 3) << "two went, the third was changed";
  EXPECT_EQ(verdict.found, Tampering::kChanged);
  retain();
  EXPECT_EQ(verify().rows, 3);
}

}  // namespace
}  // namespace luytre::identity

// A sampling session of before the administrative reform of 1 July 2025, and on whose list it stands afterwards.

#include "modules/laboratory/laboratory_fixture.h"

namespace luytre::laboratory {
namespace {

class LaboratoryReformTest : public LaboratoryTest {};

TEST_P(LaboratoryReformTest, ASessionOfBeforeIsTheSuccessors) {
  const UnitId old_commune{2021319702};  // Hải Phú, now a part of Hải Lăng
  const Caller old_station = officer(Role::kStationOfficer, old_commune, 9501),
               neighbour = officer(Role::kStationOfficer, UnitId{2025319735}, 9502);
  world_.clock.set(*parse_instant("2025-06-29T01:30:00Z"));
  NewSession asked;
  asked.unit = old_commune;
  asked.site = std::string("Nhà văn hóa thôn 1");
  asked.disease = std::string("covid-19");
  asked.specimen = std::string("nasopharyngeal");
  asked.pool_most = 1;
  const SessionId before = must(room_.open(old_station, std::move(asked))).id;
  world_.clock.set(*parse_instant("2025-07-01T02:00:00Z"));
  const auto seen = sessions(world_.station);
  ASSERT_THAT(seen, SizeIs(1));
  EXPECT_EQ(seen[0].id, before);
  EXPECT_THAT(sessions(neighbour), IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(Engines, LaboratoryReformTest, store::testing::engines(), store::testing::engine_name);

}  // namespace
}  // namespace luytre::laboratory

#include "modules/histories/histories.h"

#include <gmock/gmock.h>

#include "modules/visits/testing.h"
#include "platform/base/result_testing.h"

namespace luytre::histories {
namespace {

using identity::testing::citizen;
using identity::testing::officer;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using visits::testing::kHaiLang;

const UnitId kDaNang{2025100048};

class HistoriesTest : public ::testing::TestWithParam<store::Engine> {
 protected:
  static Moment at(const char* time, MomentKind kind) {
    Moment out;
    out.kind = kind;
    out.at = *parse_instant(time);
    return out;
  }
  Result<http::Page<Moment>> look(const Caller& caller, std::string reason = "Điều tra dịch tễ") {
    return run(room_.of(caller, an_, std::move(reason)));
  }
  std::vector<identity::AccessEntry> log() {
    return world_.db->read_now([&](store::Session& s) {
      identity::Access::Filter filter;
      filter.person = an_;
      return world_.house->access.list(s, filter, INT64_MAX, 100).items;
    });
  }

  visits::testing::World world_{GetParam()};
  Histories room_{*world_.db, world_.people, world_.house->access};
  const PersonId an_ = world_.person(citizen(1001), people::Relation::kSelf);
};

TEST_P(HistoriesTest, WhatTheRoomsTellStandsInTheOrderOfTimeTheNewestFirst) {
  room_.add([](store::Session&, const Caller&, PersonId, const std::string&) -> Result<std::vector<Moment>> {
    return std::vector{at("2026-02-20T02:00:00Z", MomentKind::kExposure),
                       at("2026-03-01T02:00:00Z", MomentKind::kOrder)};
  });
  std::string told;
  room_.add(
      [&](store::Session&, const Caller&, PersonId person, const std::string& why) -> Result<std::vector<Moment>> {
        EXPECT_EQ(person, an_);
        told = why;
        return std::vector{at("2026-02-25T02:00:00Z", MomentKind::kSampled)};
      });
  const auto seen = look(world_.station);
  ASSERT_TRUE(seen) << code(seen);
  std::vector<MomentKind> kinds;
  for (const Moment& one : seen->items) kinds.push_back(one.kind);
  EXPECT_THAT(kinds, ElementsAre(MomentKind::kOrder, MomentKind::kSampled, MomentKind::kExposure));
  EXPECT_EQ(told, "Điều tra dịch tễ");
  ASSERT_THAT(log(), SizeIs(1));
  EXPECT_EQ(log().front().action, "people.history");
  EXPECT_EQ(log().front().reason, "Điều tra dịch tễ");
}

TEST_P(HistoriesTest, OnlyOfficersOfWhereThePersonLivesAndWithAReason) {
  bool asked = false;
  room_.add([&](store::Session&, const Caller&, PersonId, const std::string&) -> Result<std::vector<Moment>> {
    asked = true;
    return std::vector<Moment>{};
  });
  EXPECT_EQ(code(look(world_.station, "")), "reason_required");
  for (const Caller& other :
       {officer(Role::kStationOfficer, kDaNang, 9102), officer(Role::kCommander), officer(Role::kAuditor),
        officer(Role::kTracer, kHaiLang, 9103), officer(Role::kSiteKeeper, kHaiLang, 9104),
        officer(Role::kInformationOffice), officer(Role::kIntegrator, kHaiLang, 9105), citizen(1001)})
    EXPECT_EQ(code(look(other)), "not_permitted");
  EXPECT_EQ(code(run(room_.of(world_.station, PersonId{4711}, "Điều tra"))), "not_permitted")
      << "nowhere, as elsewhere";
  EXPECT_FALSE(asked);
}

TEST_P(HistoriesTest, WhatOneRoomRefusesIsToldInNoPart) {
  room_.add([](store::Session&, const Caller&, PersonId, const std::string&) -> Result<std::vector<Moment>> {
    return std::vector{at("2026-02-20T02:00:00Z", MomentKind::kExposure)};
  });
  room_.add([](store::Session&, const Caller&, PersonId, const std::string&) -> Result<std::vector<Moment>> {
    return kNotPermitted;
  });
  EXPECT_EQ(code(look(world_.station)), "not_permitted");
  EXPECT_THAT(log(), IsEmpty()) << "and nothing was shown";
}

INSTANTIATE_TEST_SUITE_P(Engines, HistoriesTest, store::testing::engines(), store::testing::engine_name);

}  // namespace
}  // namespace luytre::histories

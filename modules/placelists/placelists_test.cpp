#include "modules/placelists/placelists.h"

#include <gmock/gmock.h>

#include "modules/visits/testing.h"
#include "platform/base/result_testing.h"

namespace luytre::placelists {
namespace {

using identity::testing::citizen;
using identity::testing::officer;
using ::testing::HasSubstr;
using ::testing::SizeIs;

const UnitId kDaNang{2025100048};

class PlaceListsTest : public ::testing::TestWithParam<store::Engine> {
 protected:
  Result<Report> send(const Caller& caller, UnitId unit, const std::string& csv) {
    return run(lists_.send(caller, unit, csv));
  }
  Report sent(const std::string& lines) {
    auto report = send(world_.station, visits::testing::kHaiLang, "id,name,kind,zones\r\n" + lines);
    EXPECT_TRUE(report) << report.error().code;
    return *report;
  }
  std::int64_t count(const char* sql) {
    return world_.db->read_now([&](store::Session& s) { return s.value<std::int64_t>({sql, sql}); });
  }

  visits::testing::World world_{GetParam(), {migrations()}};
  PlaceLists lists_{*world_.db, world_.registry, visits::testing::geography(), world_.house->access};
  const Caller province_ = officer(Role::kProvinceOfficer, visits::testing::kQuangTri, 9101);
};

TEST_P(PlaceListsTest, AStationsListBecomesPlacesOfItsCommune) {
  const Report report = sent("1,Chợ Diên Sanh,market,Hàng cá; Hàng rau\r\n2,Trường Hải Lăng,Trường học,\r\n");
  EXPECT_EQ(report.taken, 2) << report.lines[1].errors.size();
  ASSERT_THAT(report.lines, SizeIs(2));
  const auto market = run(world_.registry.find(world_.station, *report.lines[0].place));
  ASSERT_TRUE(market) << market.error().code;
  EXPECT_EQ(market->name, "Chợ Diên Sanh");
  EXPECT_THAT(market->zones, SizeIs(2));
  EXPECT_EQ(market->status, places::Status::kRegistered) << "the station approves it as any other";
}

TEST_P(PlaceListsTest, SentAgainNothingDoubles) {
  const Report first = sent("1,Chợ Diên Sanh,market,\r\n");
  const Report again = sent("1,Chợ Diên Sanh,market,Hàng cá\r\n2,Quán Bưởi,restaurant,\r\n");
  EXPECT_EQ(again.known, 1);
  EXPECT_EQ(again.taken, 1);
  EXPECT_EQ(again.lines[0].place, first.lines[0].place);
  EXPECT_THAT(run(world_.registry.find(world_.station, *first.lines[0].place))->zones, SizeIs(1)) << "what is missing";
  EXPECT_EQ(count("SELECT CAST(count(*) AS bigint) FROM places_place"), 2);
  const auto other = send(province_, visits::testing::kQuangTri, "id,name,kind,commune\n1,Chợ khác,market,Hải Lăng\n");
  ASSERT_TRUE(other) << other.error().code;
  EXPECT_EQ(other->taken, 1) << "another unit's number 1 is another place";
}

TEST_P(PlaceListsTest, ABadLineIsNamedAndTheOthersAreTaken) {
  const Report report = sent(
      "1,Chợ Diên Sanh,market,\r\n1,Chợ nữa,market,\r\n,Không số,market,\r\n3,,market,\r\n4,Lâu "
      "đài,castle,\r\n5,\"x\r\n");
  std::vector<std::string> told;
  for (const auto& line : report.lines)
    told.push_back(line.errors.empty() ? "" : line.errors[0].column + ' ' + line.errors[0].code);
  EXPECT_THAT(told,
              ::testing::ElementsAre("", "id repeated", "id required", "name required", "kind unknown", " format"));
  EXPECT_EQ(report.taken, 1);
  EXPECT_EQ(report.refused, 5);
  EXPECT_EQ(code(send(world_.station, visits::testing::kHaiLang, "")), "invalid");
  EXPECT_EQ(code(send(world_.station, visits::testing::kHaiLang, "name,kind\nX,market\n")), "invalid");
}

TEST_P(PlaceListsTest, AProvinceNamesTheCommuneOfEachPlace) {
  const auto report = send(province_, visits::testing::kQuangTri,
                           "id,name,kind,commune\n1,A,market,Xã Hải Lăng\n2,B,market,hai lang\n3,C,market,\n"
                           "4,D,market,Nơi Nào\n5,E,market,Hải Châu\n");
  ASSERT_TRUE(report) << report.error().code;
  std::vector<std::string> told;
  for (const auto& line : report->lines) told.push_back(line.errors.empty() ? "" : line.errors[0].code);
  EXPECT_THAT(told, ::testing::ElementsAre("", "", "required", "unknown", "unknown"))
      << "Hải Châu is of another province";
  EXPECT_EQ(run(world_.registry.find(province_, *report->lines[1].place))->unit, visits::testing::kHaiLang);
}

TEST_P(PlaceListsTest, AListMayNameAddressPhoneAndCapacity) {
  const auto report = send(world_.station, visits::testing::kHaiLang,
                           "id,name,kind,address,phone,capacity\n1,Chợ A,market,Thôn 1,0912345678,300\n"
                           "2,Chợ B,market,,12,\n3,Chợ C,market,,,0\n4,Chợ D,market,,,nhiều\n");
  ASSERT_TRUE(report) << report.error().code;
  std::vector<std::string> told;
  for (const auto& line : report->lines)
    told.push_back(line.errors.empty() ? "" : line.errors[0].column + ' ' + line.errors[0].code);
  EXPECT_THAT(told, ::testing::ElementsAre("", "phone format", "capacity range", "capacity format"));
  const auto place = run(world_.registry.find(world_.station, *report->lines[0].place));
  ASSERT_TRUE(place) << place.error().code;
  EXPECT_EQ(place->address, "Thôn 1");
  EXPECT_EQ(place->capacity, 300);
}

TEST_P(PlaceListsTest, ALineThatWouldMakeTooManyZonesIsRefusedAndNothingOfItIsTaken) {
  std::string zones;
  for (std::size_t i = 0; i < places::kZonesMost; ++i) zones += 'P' + std::to_string(i) + ';';
  const Report first = sent("1,Chợ Diên Sanh,market," + zones + "\r\n");
  ASSERT_EQ(first.taken, 1);
  const auto again = send(world_.station, visits::testing::kHaiLang,
                          "id,name,kind,zones,capacity\r\n1,Chợ Diên Sanh,market,P1;Hàng cá,90\r\n");
  ASSERT_TRUE(again) << again.error().code;
  EXPECT_EQ(again->refused, 1);
  EXPECT_EQ(again->lines[0].state, LineState::kRefused);
  ASSERT_THAT(again->lines[0].errors, SizeIs(1));
  EXPECT_EQ(again->lines[0].errors[0].column, "zones");
  EXPECT_EQ(again->lines[0].place, std::nullopt);
  world_.registry.start();
  const auto place = run(world_.registry.find(world_.station, *first.lines[0].place));
  EXPECT_THAT(place->zones, SizeIs(places::kZonesMost));
  EXPECT_EQ(place->capacity, std::nullopt);
  EXPECT_EQ(sent("1,Chợ Diên Sanh,market,P1;P2\r\n").known, 1) << "what is there already adds nothing";
}

TEST_P(PlaceListsTest, PostersOfAListArePrintedTogetherForAWhile) {
  const Report report = sent("1,Chợ Diên Sanh,market,Hàng cá\r\n2,Quán Bưởi,restaurant,\r\n");
  ASSERT_TRUE(report.batch);
  world_.registry.start();
  const auto pages = [](const std::string& pdf) {
    std::size_t count = 0;
    for (std::size_t at = pdf.find("/Type /Page\n"); at != std::string::npos; at = pdf.find("/Type /Page\n", at + 1))
      ++count;
    return count;
  };
  const auto all = run(lists_.posters(world_.station, *report.batch, 0));
  ASSERT_TRUE(all) << all.error().code;
  EXPECT_EQ(pages(all->body), 3U) << "two places and a zone";
  EXPECT_EQ(code(run(lists_.posters(world_.station, *report.batch, 1))), "not_found");
  EXPECT_EQ(code(run(lists_.posters(officer(Role::kStationOfficer, kDaNang), *report.batch, 0))), "not_found");
  EXPECT_FALSE(send(world_.station, visits::testing::kHaiLang, "id,name,kind\n1,,market\n")->batch);

  const auto job = lists_.retention();
  const auto sweep = [&] { world_.db->transact_now([&](store::Session& s) { job.run(s); }); };
  world_.clock.advance(kBatchKept);
  sweep();
  EXPECT_TRUE(run(lists_.posters(world_.station, *report.batch, 0)));
  world_.clock.advance(std::chrono::seconds(1));
  sweep();
  EXPECT_EQ(code(run(lists_.posters(world_.station, *report.batch, 0))), "not_found");
  EXPECT_EQ(count("SELECT CAST(sum(deleted) AS bigint) FROM placelists_retention"), 1);
}

TEST_P(PlaceListsTest, PartsOfPostersAreBoundByPagesAndAClosedPartIsNotTheEnd) {
  const auto zones = [](std::size_t count) {
    std::string out;
    for (std::size_t i = 0; i < count; ++i) out += 'P' + std::to_string(i) + ';';
    return out;
  };
  const std::size_t second =
      kPostersAtOnce - (places::kZonesMost + 1) - 1;  // with its own poster the first part is full
  const Report report = sent("1,Chợ Diên Sanh,market," + zones(places::kZonesMost) + "\r\n2,Chợ Mỹ Chánh,market," +
                             zones(second) + "\r\n3,Quán Bưởi,restaurant,\r\n");
  ASSERT_EQ(report.taken, 3);
  EXPECT_EQ(report.parts, 2);
  world_.registry.start();
  const auto posters = [&](std::size_t part) { return run(lists_.posters(world_.station, *report.batch, part)); };
  const auto last = posters(1);
  ASSERT_TRUE(last) << last.error().code;
  EXPECT_EQ(code(posters(2)), "not_found");

  places::PlaceEdit edit;
  edit.closed = true;
  const PlaceId third = *report.lines[2].place;
  ASSERT_TRUE(run(world_.registry.edit(world_.station, third, edit, 1)));
  EXPECT_EQ(code(posters(1)), "place_closed");
  EXPECT_EQ(code(posters(2)), "not_found");

  std::string many;
  for (std::size_t i = 0; i <= kPlacesAtOnce; ++i)
    many += 'q' + std::to_string(i) + ",Quán " + std::to_string(i) + ",restaurant,\r\n";
  EXPECT_EQ(sent(many).parts, 2) << "and by places";
  EXPECT_EQ(sent("x,,market,\r\n").parts, 0);
}

TEST_P(PlaceListsTest, OnlyOfficersForTheirAreaAndItIsLogged) {
  const std::string csv = "id,name,kind\n1,A,market\n";
  EXPECT_EQ(code(send(citizen(1), visits::testing::kHaiLang, csv)), "not_permitted");
  EXPECT_EQ(code(send(officer(Role::kStationOfficer, kDaNang), visits::testing::kHaiLang, csv)), "not_permitted");
  EXPECT_EQ(code(send(world_.station, visits::testing::kQuangTri, csv)), "not_permitted") << "above the own area";
  EXPECT_EQ(code(send(world_.station, UnitId{7}, csv)), "invalid");
  std::string many = "id,name,kind\n";
  for (std::size_t i = 0; i <= kLinesMost; ++i) many += std::to_string(i) + ",A,market\n";
  EXPECT_EQ(code(send(world_.station, visits::testing::kHaiLang, many)), "too_many_lines");
  EXPECT_EQ(count("SELECT CAST(count(*) AS bigint) FROM places_place"), 0);
  sent("1,Chợ Diên Sanh,market,\r\n");
  const auto logged = world_.db->read_now([&](store::Session& s) {
    std::vector<std::string> out;
    for (const auto& e : world_.house->access.list(s, {}, INT64_MAX, 100).items)
      if (e.action == "places.import" && e.passed && !e.filter.empty()) out.push_back(e.filter);
    return out;
  });
  ASSERT_THAT(logged, SizeIs(1));
  EXPECT_THAT(logged[0], HasSubstr("1 new, 0 known, 0 refused"));
}

INSTANTIATE_TEST_SUITE_P(Engines, PlaceListsTest, store::testing::engines(), store::testing::engine_name);

}  // namespace
}  // namespace luytre::placelists

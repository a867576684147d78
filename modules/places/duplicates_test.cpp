#include "modules/places/duplicates.h"

#include "modules/places/merged.h"
#include "modules/places/places_fixture.h"

namespace luytre::places {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

constexpr store::Query kRegister{"test.register", "SELECT id FROM places_pub_register ORDER BY id"};

class DuplicatesTest : public PlacesTest {
 protected:
  Place again(const std::string& name, const std::string& kind = "market", UnitId unit = kHaiLang) {
    Registration asked = market();
    asked.name = name;
    asked.kind = kind;
    asked.unit = unit;
    return registered(other_, asked);
  }
  std::vector<Duplicate> proposed(const Caller& caller, std::optional<UnitId> unit = {}) {
    auto list = run(duplicates_.proposed(caller, unit));
    if (!list) throw std::runtime_error(list.error().code);
    return list->items;
  }
  Merge merged(const Place& place, const Place& kept) {
    auto merge = run(duplicates_.merge(station_, {place.id, kept.id}));
    if (!merge) throw std::runtime_error(merge.error().code);
    return *merge;
  }
  std::vector<PlaceId> known(const Place& place) {
    return db_->read_now([&](store::Session& s) { return known_as(s, place.id).places; });
  }
  std::vector<std::string> logged() {
    std::vector<std::string> out;
    db_->read_now([&](store::Session& s) {
      for (const auto& e : house_->access.list(s, {}, INT64_MAX, 100).items) out.push_back(e.action + ": " + e.filter);
    });
    return out;
  }
  std::vector<std::string> events() {
    store::testing::settle(*db_);
    std::vector<std::string> out;
    db_->read_now([&](store::Session& s) {
      const auto all = db_->events_after(s, {}, 100);
      for (const auto& e : *all) out.push_back(e.type + ' ' + id_text(e.subject));
    });
    return out;
  }

  Duplicates duplicates_{*db_, places_, geography(), house_->access, vault_};
};

TEST_P(DuplicatesTest, AreProposedToTheOfficersOfTheAreaWithReasons) {
  const Place first = registered(keeper_, market());
  const Place second = again("Chợ Diên Sanh (mới)");
  again("Nhà bà Bưởi");
  again("Chợ Diên Sanh", "home");
  const auto items = proposed(station_);
  ASSERT_THAT(items, SizeIs(3)) << "and two at the same door with the same phone";
  EXPECT_EQ(items[0].one.id, first.id) << "registered first";
  EXPECT_EQ(items[0].other.id, second.id);
  EXPECT_EQ(items[0].one.address, "Quốc lộ 1, thôn 1");
  EXPECT_GT(items[0].score, items[1].score);
  EXPECT_EQ(items[0].fields[0].verdict, Verdict::kSimilar);
  EXPECT_EQ(items[0].fields[2].verdict, Verdict::kSame);
  EXPECT_THAT(json::text(items[0]), Not(HasSubstr("912345678"))) << "phones are compared, not shown";
  EXPECT_THAT(logged(), Contains("places.duplicates: own area, 3 pairs"));

  EXPECT_THAT(proposed(far_), IsEmpty());
  EXPECT_THAT(proposed(officer(Role::kProvinceOfficer, kQuangTri), kHaiLang), SizeIs(3));
  EXPECT_EQ(code(run(duplicates_.proposed(keeper_, std::nullopt))), "not_permitted");
}

TEST_P(DuplicatesTest, ToldApartAreNotProposedAgain) {
  const Place first = registered(keeper_, market());
  const Place second = again("Chợ Diên Sanh");
  EXPECT_EQ(code(run(duplicates_.tell_apart(far_, {first.id, second.id}))), "not_permitted");
  EXPECT_EQ(code(run(duplicates_.tell_apart(station_, {first.id, first.id}))), "same_place");
  ASSERT_THAT(proposed(station_), SizeIs(1));
  ASSERT_TRUE(run(duplicates_.tell_apart(station_, {second.id, first.id})));
  ASSERT_TRUE(run(duplicates_.tell_apart(station_, {first.id, second.id}))) << "twice is once";
  EXPECT_THAT(proposed(station_), IsEmpty());
  EXPECT_THAT(logged(), Contains("places.merge: place " + to_text(second.id) + " is not place " + to_text(first.id)));

  ASSERT_TRUE(run(duplicates_.undo(station_, merged(second, first).id))) << "who merges them later knows better";
  EXPECT_THAT(proposed(station_), SizeIs(1));
}

TEST_P(DuplicatesTest, AMergeCountsAsOneKeepsBothCodesAndIsUndone) {
  const Place kept = registered(keeper_, market());
  const Place place = again("Chợ Diên Sanh");
  const std::string code_of_kept = *places_.code_text(kept.id, std::nullopt);
  const std::string code_of_place = *places_.code_text(place.id, std::nullopt);
  const Merge merge = merged(place, kept);
  EXPECT_EQ(merge.kept.name, "Chợ Diên Sanh");
  EXPECT_THAT(known(kept), ElementsAre(kept.id, place.id));
  EXPECT_THAT(known(place), ElementsAre(place.id));
  EXPECT_THAT(proposed(station_), IsEmpty());
  EXPECT_THAT(db_->read_now([](store::Session& s) { return s.all<PlaceId>(kRegister); }), ElementsAre(kept.id));
  EXPECT_EQ(places_.spot(code_of_kept)->spot->place, kept.id);
  EXPECT_EQ(places_.spot(code_of_place)->spot->place, place.id) << "a visit stays the fact that it is";
  EXPECT_THAT(events(), Contains("place.merged " + to_text(place.id)));
  EXPECT_THAT(run(duplicates_.of_place(keeper_, kept.id))->items, SizeIs(1));
  EXPECT_THAT(run(duplicates_.of_place(other_, place.id))->items, SizeIs(1));
  EXPECT_EQ(code(run(duplicates_.of_place(citizen(1003), place.id))), "not_found");

  EXPECT_EQ(code(run(duplicates_.undo(far_, merge.id))), "not_permitted");
  const auto undone = run(duplicates_.undo(station_, merge.id));
  ASSERT_TRUE(undone) << undone.error().code;
  EXPECT_TRUE(undone->undone);
  EXPECT_THAT(known(kept), ElementsAre(kept.id));
  EXPECT_THAT(db_->read_now([](store::Session& s) { return s.all<PlaceId>(kRegister); }),
              ElementsAre(kept.id, place.id));
  EXPECT_THAT(events(), Contains("place.parted " + to_text(place.id)));
  EXPECT_EQ(code(run(duplicates_.undo(station_, merge.id))), "merge_undone");
  EXPECT_EQ(merged(place, kept).place.id, place.id) << "and merged again";
}

TEST_P(DuplicatesTest, MergesThatDoNotFitAreRefused) {
  const Place a = registered(keeper_, market()), b = again("Chợ Diên Sanh"), c = again("Chợ Diên Sanh cũ");
  const Place abroad = again("Chợ Diên Sanh", "market", kHaiVan);
  merged(b, a);
  EXPECT_EQ(code(run(duplicates_.merge(station_, {b.id, c.id}))), "place_merged") << "it counts as another";
  EXPECT_EQ(code(run(duplicates_.merge(station_, {c.id, b.id}))), "place_merged") << "no chains";
  EXPECT_EQ(code(run(duplicates_.merge(station_, {a.id, c.id}))), "place_has_merged");
  EXPECT_EQ(code(run(duplicates_.merge(station_, {a.id, a.id}))), "same_place");
  EXPECT_EQ(code(run(duplicates_.merge(station_, {abroad.id, a.id}))), "not_permitted") << "both must be of the area";
  EXPECT_EQ(code(run(duplicates_.merge(keeper_, {c.id, a.id}))), "not_permitted");
  merged(c, a);
  EXPECT_THAT(known(a), SizeIs(3)) << "several may count as one";
}

TEST_P(DuplicatesTest, AZoneIsTheKeptOnesOfTheSameName) {
  Place kept = registered(keeper_, market()), place = again("Chợ Diên Sanh");
  kept = *run(places_.add_zone(keeper_, kept.id, NewZone{"Hàng cá"}));
  place = *run(places_.add_zone(other_, place.id, NewZone{"HANG CA"}));
  place = *run(places_.add_zone(other_, place.id, NewZone{"Hàng rau"}));
  merged(place, kept);
  const auto zones = db_->read_now([&](store::Session& s) { return known_as(s, kept.id).zones; });
  EXPECT_THAT(zones, ElementsAre(std::pair(place.zones[0].id, kept.zones[0].id)));
}

TEST_P(DuplicatesTest, APartIsNotTheKeptOnesEntranceOfTheSameName) {
  Place kept = registered(keeper_, market()), place = again("Chợ Diên Sanh");
  kept = *run(places_.add_zone(keeper_, kept.id, NewZone{"Cổng chính", true}));
  kept = *run(places_.add_zone(keeper_, kept.id, NewZone{"Cổng sau", true}));
  place = *run(places_.add_zone(other_, place.id, NewZone{"Cổng chính"}));
  place = *run(places_.add_zone(other_, place.id, NewZone{"Cổng sau", true}));
  merged(place, kept);
  const auto zones = db_->read_now([&](store::Session& s) { return known_as(s, kept.id).zones; });
  EXPECT_THAT(zones, ElementsAre(std::pair(place.zones[1].id, kept.zones[1].id)))
      << "whoever is in the part is somewhere in the kept place";
}

TEST_P(DuplicatesTest, ClosingTheKeptPlaceClosesBothDoors) {
  const Place kept = registered(keeper_, market()), place = again("Chợ Diên Sanh");
  merged(place, kept);
  const auto close = [&](bool closed) {
    PlaceEdit edit;
    edit.closed = closed;
    const std::int64_t version = run(places_.find(keeper_, kept.id))->version;
    ASSERT_TRUE(run(places_.edit(keeper_, kept.id, edit, version)));
    db_->read_now([&](store::Session& s) { places_.refresh(s, true); });
  };
  close(true);
  EXPECT_TRUE(places_.spot(place.id)->closed_at);
  close(false);
  EXPECT_FALSE(places_.spot(place.id)->closed_at);
  EXPECT_EQ(run(places_.find(other_, place.id))->status, Status::kRegistered);
  const Place closed = again("Chợ Diên Sanh");
  PlaceEdit edit;
  edit.closed = true;
  ASSERT_TRUE(run(places_.edit(other_, closed.id, edit, closed.version)));
  EXPECT_EQ(code(run(duplicates_.merge(station_, {closed.id, kept.id}))), "place_closed");
}

INSTANTIATE_TEST_SUITE_P(Engines, DuplicatesTest, store::testing::engines(), store::testing::engine_name);

}  // namespace
}  // namespace luytre::places

#include "modules/inspections/inspections.h"

#include <gmock/gmock.h>

#include "modules/inspections/storage.h"
#include "modules/visits/testing.h"
#include "platform/base/jpeg_testing.h"
#include "platform/base/result_testing.h"
#include "platform/store/plan_testing.h"

namespace luytre::inspections {
namespace {

using identity::testing::citizen;
using identity::testing::officer;
using std::chrono::days;
using std::chrono::hours;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using visits::testing::kHaiLang;
using visits::testing::kQuangTri;

const UnitId kDaNang{2025100048};

class InspectionsTest : public ::testing::TestWithParam<store::Engine> {
 protected:
  InspectionsTest() {
    world_.person(keeper_, people::Relation::kSelf);
    market_ = world_.registered(keeper_, "Chợ Diên Sanh", "market");
  }
  Date in(std::int64_t days_ahead) { return {local_date(world_.clock.now()).days + days_ahead}; }
  Inspection recorded(NewInspection asked = {}) {
    auto made = run(inspections_.record(station_, market_, std::move(asked)));
    if (!made) throw std::runtime_error(made.error().code);
    return *made;
  }
  std::string photo_code(InspectionId id, std::string bytes) {
    return code(run(inspections_.add_photo(station_, id, std::move(bytes))));
  }
  std::int64_t count(const char* sql) {
    return world_.db->read_now([&](store::Session& s) { return s.value<std::int64_t>({sql, sql}); });
  }
  void retain() {
    world_.db->transact_now([&](store::Session& s) { inspections_.retention().run(s); });
  }
  std::vector<std::string> logged() {
    std::vector<std::string> out;
    world_.db->read_now([&](store::Session& s) {
      for (const auto& e : world_.house->access.list(s, {}, INT64_MAX, 100).items)
        out.push_back(e.action + ' ' + e.filter);
    });
    return out;
  }

  visits::testing::World world_{GetParam(), {migrations()}};
  Inspections inspections_{*world_.db, world_.registry, visits::testing::geography(), world_.house->access,
                           world_.vault};
  const Caller keeper_ = citizen(2001);
  const Caller station_ = officer(Role::kStationOfficer, kHaiLang, 9102),
               colleague_ = officer(Role::kStationOfficer, kHaiLang, 9103),
               province_ = officer(Role::kProvinceOfficer, kQuangTri, 9101),
               elsewhere_ = officer(Role::kStationOfficer, kDaNang, 9104);
  PlaceId market_;
};

TEST_P(InspectionsTest, ASecondTryAnswersTheFirstAndRecordsNothing) {
  NewInspection asked;
  asked.note = std::string("Chủ sạp vắng");
  const auto key = [](const char* name) { return store::make_once(9102, "POST inspections", name, "body"); };
  const auto first = run(inspections_.record(station_, market_, asked, key("a")));
  const auto again = run(inspections_.record(station_, market_, asked, key("a")));
  ASSERT_TRUE(first && again);
  EXPECT_EQ(again->id, first->id);
  EXPECT_EQ(again->note, "Chủ sạp vắng");
  EXPECT_EQ(count("SELECT count(*) FROM inspections_inspection"), 1);
  EXPECT_EQ(count("SELECT count(*) FROM store_idempotency WHERE answer LIKE '%vắng%'"), 0)
      << "the note is kept sealed, only";
  const std::string bytes = jpeg_testing::picture(40, 30);
  const auto photo = run(inspections_.add_photo(station_, first->id, bytes, key("b")));
  const auto same = run(inspections_.add_photo(station_, first->id, bytes, key("b")));
  ASSERT_TRUE(photo && same);
  EXPECT_EQ(same->id, photo->id);
  EXPECT_EQ(count("SELECT count(*) FROM inspections_photo"), 1);
  ASSERT_TRUE(run(inspections_.record(station_, market_, asked, key("c"))));
  EXPECT_EQ(count("SELECT count(*) FROM inspections_inspection"), 2) << "the same words with another key";
}

TEST_P(InspectionsTest, OfficersOfTheAreaSeeAllTheKeeperWhatIsMeantForTheKeeper) {
  NewInspection asked;
  asked.outcome = Outcome::kNoPoster;
  asked.note = std::string("Chủ sạp nói sợ mất khách.\nGặp con trai.");
  asked.for_keeper = std::string("Xin dán lại tờ mã ở cổng chính.");
  asked.follow_up = in(7);
  const Inspection made = recorded(asked);
  EXPECT_EQ(made.place.name, "Chợ Diên Sanh");
  EXPECT_EQ(made.note, "Chủ sạp nói sợ mất khách.\nGặp con trai.");
  for (const Caller& caller : {station_, colleague_, province_}) {
    const auto list = run(inspections_.of_place(caller, market_));
    ASSERT_TRUE(list) << list.error().code;
    ASSERT_THAT(list->items, SizeIs(1));
    EXPECT_EQ(list->items[0].mine, caller.account == station_.account);
  }
  const auto results = run(inspections_.results(keeper_, market_));
  ASSERT_TRUE(results) << results.error().code;
  ASSERT_THAT(results->items, SizeIs(1));
  EXPECT_EQ(results->items[0].outcome, Outcome::kNoPoster);
  EXPECT_EQ(results->items[0].for_keeper, "Xin dán lại tờ mã ở cổng chính.");
  EXPECT_EQ(results->items[0].follow_up, in(7));
  EXPECT_THAT(json::text(*results), Not(HasSubstr("con trai")));

  EXPECT_EQ(code(run(inspections_.of_place(keeper_, market_))), "not_permitted");
  EXPECT_EQ(code(run(inspections_.results(citizen(2002), market_))), "not_found");
  EXPECT_EQ(code(run(inspections_.of_place(elsewhere_, market_))), "not_permitted");
  EXPECT_EQ(code(run(inspections_.record(elsewhere_, market_, {}))), "not_permitted");
  EXPECT_EQ(code(run(inspections_.record(keeper_, market_, {}))), "not_permitted");
  EXPECT_EQ(code(run(inspections_.record(station_, PlaceId{7}, {}))), "not_found");
}

TEST_P(InspectionsTest, WhatIsToBeSeenAgainIsReadByPageBothWays) {
  const UnitId there{2025319735};
  std::vector<InspectionId> made;  // by the day, of one day as they were made
  const std::vector<std::pair<std::int64_t, UnitId>> asked{{2, kHaiLang}, {2, there}, {5, kHaiLang}, {9, there}};
  world_.db->transact_now([&](store::Session& s) {
    for (std::size_t i = 0; i < asked.size(); ++i) {
      storage::InspectionRow row;
      row.id = world_.db->ids().make<InspectionId>();
      row.place = world_.db->ids().make<PlaceId>();
      row.unit = asked[i].second;
      row.at = world_.clock.now();
      row.outcome = i == 2 ? Outcome::kNoPoster : Outcome::kInOrder;
      row.follow_up = in(asked[i].first);
      row.inspected_by = station_.account;
      storage::insert(s, row);
      made.push_back(row.id);
    }
  });
  const auto glued = [&](const Caller& who, DueFilter filter, std::size_t limit) {
    std::vector<InspectionId> out;
    std::optional<std::string> next;
    do {
      const auto page = run(inspections_.due(who, filter, next, limit));
      if (!page) throw std::runtime_error(page.error().code);
      EXPECT_LE(page->items.size(), limit);
      for (const Inspection& one : page->items) out.push_back(one.id);
      next = page->next;
    } while (next && out.size() < 20);
    return out;
  };
  const Caller country = officer(Role::kProvinceOfficer, UnitId{0}, 9108);
  const DueFilter down{{}, {}, Order::kDescending};
  for (const std::size_t limit : {1U, 3U, 50U}) {
    for (const Caller* who : {&province_, &country}) {
      EXPECT_EQ(glued(*who, {}, limit), made) << limit;
      EXPECT_EQ(glued(*who, down, limit), std::vector<InspectionId>(made.rbegin(), made.rend())) << limit;
      EXPECT_THAT(glued(*who, {{}, Outcome::kNoPoster}, limit), ElementsAre(made[2])) << limit;
      EXPECT_THAT(glued(*who, {there}, limit), ElementsAre(made[1], made[3])) << limit;
    }
    EXPECT_THAT(glued(station_, {}, limit), ElementsAre(made[0], made[2])) << limit;
  }
  const auto first = run(inspections_.due(province_, {}, std::nullopt, 1));
  ASSERT_TRUE(first && first->next);
  EXPECT_THAT(fields(run(inspections_.due(province_, down, first->next, 1))), ElementsAre("?cursor other_sort"));
  EXPECT_THAT(fields(run(inspections_.due(province_, {}, "x", 1))), ElementsAre("?cursor format"));
}

TEST_P(InspectionsTest, WhatIsToBeSeenAgainIsReadFromTheIndexOfItsOrder) {
  if (GetParam() != store::Engine::kSqlite) return;
  for (const bool descending : {false, true})
    for (const bool everywhere : {false, true}) {
      const store::Query& page = storage::due_query(descending, everywhere);
      const auto plan = store::testing::plan_of(*world_.db, page, everywhere ? 4 : 5);
      EXPECT_THAT(plan, HasSubstr(std::string("INDEX inspections_inspection_due") + (everywhere ? "_all" : " ")))
          << page.name << ": " << plan;
      EXPECT_THAT(plan, Not(HasSubstr("TEMP B-TREE"))) << page.name << ": " << plan;
    }
}

TEST_P(InspectionsTest, TheNextOneFulfilsWhatWasToBeFollowedUp) {
  const auto due = [&](const Caller& caller, std::optional<UnitId> unit = {}) {
    std::vector<std::string> out;
    const auto list = run(inspections_.due(caller, {unit}, std::nullopt, 50));
    for (const auto& item : list->items) out.push_back(to_text(*item.follow_up));
    return out;
  };
  NewInspection asked;
  asked.follow_up = in(7);
  recorded(asked);
  EXPECT_THAT(due(station_), ElementsAre(to_text(in(7))));
  EXPECT_THAT(due(province_, kHaiLang), SizeIs(1));
  EXPECT_THAT(due(elsewhere_), IsEmpty());
  EXPECT_THAT(due(elsewhere_, kHaiLang), IsEmpty());
  asked.follow_up = in(3);
  recorded(asked);
  EXPECT_THAT(due(station_), ElementsAre(to_text(in(3))));
  recorded();
  EXPECT_THAT(due(station_), IsEmpty());
  EXPECT_TRUE(run(inspections_.of_place(station_, market_))->items[1].followed);
  asked.follow_up = in(0);
  EXPECT_EQ(fields(run(inspections_.record(station_, market_, asked))), std::vector<std::string>{"/followUp range"});
  asked.follow_up = in(kFollowUpMost + 1);
  EXPECT_EQ(fields(run(inspections_.record(station_, market_, asked))), std::vector<std::string>{"/followUp range"});
}

TEST_P(InspectionsTest, PhotosArePlainBoundedSealedAndLogged) {
  const Inspection made = recorded();
  const std::string bytes = jpeg_testing::picture(640, 480, "", 0xC0, 200'000);
  const auto photo = run(inspections_.add_photo(station_, made.id, bytes));
  ASSERT_TRUE(photo) << photo.error().code;
  EXPECT_EQ(photo->width, 640);
  EXPECT_EQ(photo_code(made.id, jpeg_testing::picture(64, 64, jpeg_testing::segment(0xE1, "Exif"))), "photo_metadata");
  EXPECT_EQ(photo_code(made.id, jpeg_testing::picture(4096, 64)), "photo_too_large");
  EXPECT_EQ(photo_code(made.id, "GIF89a"), "photo_not_jpeg");
  EXPECT_EQ(code(run(inspections_.add_photo(colleague_, made.id, bytes))), "not_permitted") << "who inspected, alone";
  const auto stored = world_.db->read_now([](store::Session& s) {
    return s.value<store::Bytes>({"test.picture", "SELECT picture FROM inspections_photo"});
  });
  EXPECT_EQ(stored.data.find("JFIF"), std::string::npos) << "sealed";

  EXPECT_THAT(run(inspections_.of_place(station_, market_))->items[0].photos, SizeIs(1));
  const auto seen = run(inspections_.photo(colleague_, photo->id));
  ASSERT_TRUE(seen) << seen.error().code;
  EXPECT_EQ(seen->type, "image/jpeg");
  EXPECT_EQ(seen->body, bytes);
  EXPECT_THAT(logged(), ::testing::Contains("inspections.photo place " + to_text(market_) + ", inspection " +
                                            to_text(made.id) + ", photo " + to_text(photo->id)));
  EXPECT_EQ(code(run(inspections_.photo(elsewhere_, photo->id))), "not_permitted");
  EXPECT_EQ(code(run(inspections_.photo(keeper_, photo->id))), "not_permitted");
  EXPECT_EQ(code(run(inspections_.photo(station_, PhotoId{7}))), "not_found");

  for (std::size_t i = 1; i < kPhotosMost; ++i) EXPECT_EQ(photo_code(made.id, jpeg_testing::picture(64, 64)), "");
  EXPECT_EQ(photo_code(made.id, jpeg_testing::picture(64, 64)), "too_many_photos");
  const Inspection later = recorded();
  world_.clock.advance(hours(25));
  EXPECT_EQ(photo_code(later.id, jpeg_testing::picture(64, 64)), "too_late_for_photos");
}

TEST_P(InspectionsTest, PhotosGoFirstThenTheInspectionEachWithAProof) {
  const Inspection made = recorded();
  ASSERT_EQ(photo_code(made.id, jpeg_testing::picture(64, 64)), "");
  retain();
  EXPECT_EQ(count("SELECT count(*) FROM inspections_retention"), 0);
  world_.clock.advance(kPhotosKept + hours(1));
  retain();
  EXPECT_EQ(count("SELECT count(*) FROM inspections_photo"), 0);
  EXPECT_EQ(count("SELECT count(*) FROM inspections_inspection"), 1);
  EXPECT_EQ(count("SELECT photos FROM inspections_retention"), 1);
  world_.clock.advance(kKept);
  retain();
  EXPECT_EQ(count("SELECT count(*) FROM inspections_inspection"), 0);
  EXPECT_EQ(count("SELECT CAST(sum(inspections) AS bigint) FROM inspections_retention"), 1);
}

INSTANTIATE_TEST_SUITE_P(Engines, InspectionsTest, store::testing::engines(), store::testing::engine_name);

}  // namespace
}  // namespace luytre::inspections

#include "modules/places/places_fixture.h"
#include "modules/places/storage.h"

#include <algorithm>
#include <atomic>
#include <fstream>
#include <thread>

#include "engines/linkage/place_code.h"

namespace luytre::places {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

TEST(Kinds, AreWholeAndSayWhereTheyAreFrom) {
  for (const char* kind : {"home",       "office",       "hospital",       "clinic",          "school",
                           "market",     "supermarket",  "shop",           "restaurant",      "lodging",
                           "worship",    "vehicleTrip",  "factory",        "eventHall",       "governmentOffice",
                           "checkpoint", "pointOfEntry", "quarantineSite", "vaccinationSite", "outdoor"}) {
    ASSERT_NE(kinds().find(kind), nullptr) << kind;
  }
  EXPECT_TRUE(kinds().find("home")->home);
  EXPECT_EQ(kinds().longest_stay(), std::chrono::hours(24));
  EXPECT_EQ(kinds().find("spaceport"), nullptr);
  EXPECT_THROW(Kinds("/nowhere.json"), std::runtime_error);
}

TEST(Kinds, ABadFileIsRefusedWithItsReason) {
  const auto file = std::filesystem::temp_directory_path() / ("kinds-" + std::to_string(::getpid()) + ".json");
  std::ofstream(file)
      << R"({"about":"x","kinds":[{"kind":"a","title":{"vi":"A","en":"A"},"usualStayMinutes":2000,"ventilation":1,)"
      << R"("crowding":1,"home":false,"nights":false,"official":false,"basis":"x"}]})";
  try {
    Kinds kinds(file);
    ADD_FAILURE() << "taken";
  } catch (const std::runtime_error& e) {
    EXPECT_THAT(e.what(), HasSubstr("usualStayMinutes"));
  }
  std::filesystem::remove(file);
}

TEST_P(PlacesTest, IsRegisteredByACodeToItsPhone) {
  const auto pending = run(places_.start_registration(keeper_, market(), "vi"));
  ASSERT_TRUE(pending) << pending.error().code;
  EXPECT_GT(pending->expires_at, clock_.now());
  EXPECT_THAT(run(places_.mine(keeper_))->items, IsEmpty()) << "nothing before the code";
  const std::string sms = house_.last_code(kE164);
  EXPECT_EQ(code(run(places_.confirm_registration(other_, pending->id, sms))), "not_found")
      << "somebody else's registration";
  const auto place = run(places_.confirm_registration(keeper_, pending->id, sms));
  ASSERT_TRUE(place) << place.error().code;
  EXPECT_EQ(place->name, "Chợ Diên Sanh");
  EXPECT_EQ(place->status, Status::kRegistered);
  EXPECT_EQ(place->usual_stay_minutes, 60);
  EXPECT_EQ(place->address, "Quốc lộ 1, thôn 1");
  EXPECT_THAT(place->functions, ElementsAre("foodMarket"));
  EXPECT_THAT(place->unit_path, HasSubstr("Hải Lăng"));
  EXPECT_EQ(place->short_code.size(), 9u);
  EXPECT_EQ(code(run(places_.confirm_registration(keeper_, pending->id, sms))), "not_found") << "once";
  EXPECT_THAT(run(places_.mine(keeper_))->items, SizeIs(1));
  EXPECT_THAT(store::testing::event_lines(*db_), Contains("place.registered:" + std::to_string(place->id.value)));
}

TEST_P(PlacesTest, FiveWrongCodesEndTheRegistration) {
  const auto pending = run(places_.start_registration(keeper_, market(), "vi"));
  const std::string right = house_.last_code(kE164), wrong = right == "000000" ? "000001" : "000000";
  for (int i = 0; i < 5; ++i)
    EXPECT_THAT(code(run(places_.confirm_registration(keeper_, pending->id, wrong))), HasSubstr("code_"));
  EXPECT_EQ(code(run(places_.confirm_registration(keeper_, pending->id, right))), "code_exhausted");
  EXPECT_THAT(run(places_.mine(keeper_))->items, IsEmpty());
}

TEST_P(PlacesTest, CodesToOnePhoneAreLimited) {
  ASSERT_TRUE(run(places_.start_registration(keeper_, market(), "vi")));
  const auto again = run(places_.start_registration(other_, market(), "vi"));
  ASSERT_EQ(code(again), "too_many_requests");
  EXPECT_FALSE(again.error().params.at("seconds").empty());
}

TEST_P(PlacesTest, RefusesWhatCannotBe) {
  Registration wrong;
  wrong.name = std::string("…");
  wrong.kind = std::string("spaceport");
  wrong.unit = kQuangTri;
  wrong.phone = std::string("113");
  wrong.functions = std::vector<std::string>{"ok", "no spaces please", "a,b"};
  EXPECT_THAT(fields(run(places_.start_registration(keeper_, wrong, "vi"))),
              UnorderedElementsAre("/name format", "/kind unknown", "/unit not_a_commune", "/address required",
                                   "/phone format", "/functions/1 format", "/functions/2 format"));
  Registration old = market();
  old.unit = kOldHaiThuong;
  EXPECT_THAT(fields(run(places_.start_registration(keeper_, old, "vi"))), ElementsAre("/unit not_in_force"));
  EXPECT_EQ(code(run(places_.start_registration(identity::testing::nobody(), market(), "vi"))), "unauthenticated");
  EXPECT_EQ(code(run(places_.start_registration(identity::testing::limited(keeper_), market(), "vi"))),
            "second_proof_required");
}

TEST_P(PlacesTest, AddressAndPhoneLieSealed) {
  const Place place = registered(keeper_, market());
  const std::string sealed = db_->read_now([&](store::Session& s) {
    return s.value<store::Bytes>({"test.address", "SELECT address FROM places_place WHERE id = $1"}, place.id).data +
           s.value<store::Bytes>({"test.phone", "SELECT phone FROM places_place WHERE id = $1"}, place.id).data;
  });
  EXPECT_THAT(sealed, Not(HasSubstr("Quốc lộ")));
  EXPECT_THAT(sealed, Not(HasSubstr("912345678")));
}

TEST_P(PlacesTest, OnlyTheKeeperAndTheOfficersOfTheAreaSeeIt) {
  const Place place = registered(keeper_, market());
  EXPECT_TRUE(run(places_.find(keeper_, place.id)));
  EXPECT_TRUE(run(places_.find(station_, place.id)));
  EXPECT_EQ(code(run(places_.find(other_, place.id))), "not_found");
  EXPECT_EQ(code(run(places_.find(far_, place.id))), "not_permitted");
  EXPECT_EQ(code(run(places_.poster_svg(other_, place.id, std::nullopt))), "not_found");
  EXPECT_EQ(code(run(places_.edit(other_, place.id, {}, 1))), "not_found");
  EXPECT_EQ(code(run(places_.find(keeper_, PlaceId{}))), "not_found");
}

TEST_P(PlacesTest, TheStationApprovesAndANewNameNeedsANewLook) {
  const Place place = registered(keeper_, market());
  EXPECT_EQ(code(run(places_.approve(keeper_, place.id))), "not_permitted");
  EXPECT_EQ(code(run(places_.approve(far_, place.id))), "not_permitted");
  const auto approved = run(places_.approve(station_, place.id));
  ASSERT_TRUE(approved) << approved.error().code;
  EXPECT_EQ(approved->status, Status::kApproved);
  EXPECT_EQ(run(places_.approve(station_, place.id))->version, approved->version) << "twice is once";

  PlaceEdit edit;
  edit.capacity = 300;
  EXPECT_EQ(run(places_.edit(keeper_, place.id, edit, 2))->status, Status::kApproved);
  edit.name = std::string("Chợ Mới");
  const auto renamed = run(places_.edit(keeper_, place.id, edit, 3));
  EXPECT_EQ(renamed->status, Status::kRegistered);
  EXPECT_EQ(renamed->capacity, 300);
  const auto late = run(places_.edit(keeper_, place.id, edit, 3));
  ASSERT_EQ(code(late), "version_conflict");
  EXPECT_THAT(late.error().current, HasSubstr("\"version\":4"));
  edit.capacity = 0;
  EXPECT_THAT(fields(run(places_.edit(keeper_, place.id, edit, 4))), ElementsAre("/capacity range"));
}

TEST_P(PlacesTest, WhatWasDoneWhileItWasApprovedStandsAfterwards) {
  const Place place = registered(keeper_, market());
  EXPECT_FALSE(places_.spot(place.id)->approved_at(clock_.now()));
  ASSERT_TRUE(run(places_.approve(station_, place.id)));
  const Instant approved = clock_.now();
  EXPECT_TRUE(places_.spot(place.id)->approved_at(approved));
  EXPECT_EQ(places_.spot(place.id)->status, Status::kApproved);
  clock_.advance(std::chrono::hours(1));
  PlaceEdit edit;
  edit.name = std::string("Chợ Mới");
  ASSERT_TRUE(run(places_.edit(keeper_, place.id, edit, 2)));
  EXPECT_FALSE(places_.spot(place.id)->approved_at(clock_.now()));
  EXPECT_TRUE(places_.spot(place.id)->approved_at(approved)) << "a device without a network tells it later";

  ASSERT_TRUE(run(places_.approve(station_, place.id)));
  edit = {};
  edit.closed = true;
  ASSERT_TRUE(run(places_.edit(keeper_, place.id, edit, 4)));
  EXPECT_TRUE(places_.spot(place.id)->approved_at(approved)) << "closed is not the same as never looked at";
  edit.closed = false;
  const auto opened = run(places_.edit(keeper_, place.id, edit, 5));
  EXPECT_EQ(opened->status, Status::kRegistered);
  EXPECT_FALSE(places_.spot(place.id)->approved_at(clock_.now()));
  const auto node = another_node();
  EXPECT_TRUE(node->spot(place.id)->approved_at(approved)) << "it is kept";
}

TEST_P(PlacesTest, PointsOfEntryAreListedWhileTheyAreApprovedAndOpen) {
  const auto listed = [&](const Places& places) {
    std::vector<std::string> out;
    const auto all = run(places.points_of_entry());
    if (!all) return std::vector<std::string>{all.error().code};
    for (const PointOfEntry& one : *all) out.push_back(one.name);
    return out;
  };
  const auto gate = [&](const std::string& name) {
    Registration asked = market();
    asked.name = name;
    asked.kind = std::string(kPointOfEntry);
    return registered(keeper_, asked);
  };
  const Place second = gate("Cửa khẩu Lao Bảo"), first = gate("Cửa khẩu La Lay");
  const Place shop = registered("Quán ở cửa khẩu");
  ASSERT_TRUE(run(places_.approve(station_, shop.id)));
  EXPECT_THAT(listed(places_), IsEmpty()) << "anybody can register one";
  ASSERT_TRUE(run(places_.approve(station_, second.id)));
  const auto approved = run(places_.approve(station_, first.id));
  ASSERT_TRUE(approved);
  EXPECT_THAT(listed(places_), ElementsAre("Cửa khẩu La Lay", "Cửa khẩu Lao Bảo"));
  EXPECT_THAT(run(places_.points_of_entry())->at(0).unit_path, HasSubstr("Hải Lăng"));
  PlaceEdit edit;
  edit.closed = true;
  ASSERT_TRUE(run(places_.edit(keeper_, first.id, edit, approved->version)));
  EXPECT_THAT(listed(places_), ElementsAre("Cửa khẩu Lao Bảo"));
}

TEST_P(PlacesTest, TheStationSeesWhatWaitsForItOfficialOnesFirst) {
  const Place old = registered("Quán Bưởi"), done = registered("Quán Cam");
  Registration asked = market();
  asked.name = std::string("Chốt Diên Sanh");
  asked.kind = std::string("checkpoint");
  const Place post = registered(keeper_, asked);
  registered("Quán Đà Nẵng", kHaiVan);
  ASSERT_TRUE(run(places_.approve(station_, done.id)));
  const auto waiting = run(places_.waiting(station_));
  ASSERT_TRUE(waiting) << waiting.error().code;
  EXPECT_EQ(waiting->count, 2);
  ASSERT_THAT(waiting->items, SizeIs(2)) << "of its area";
  EXPECT_EQ(waiting->items[0].id, post.id);
  EXPECT_TRUE(waiting->items[0].official);
  EXPECT_EQ(waiting->items[1].id, old.id);
  EXPECT_LT(waiting->items[1].since, waiting->items[0].since);
  EXPECT_EQ(code(run(places_.waiting(keeper_))), "not_permitted");
  EXPECT_EQ(code(run(places_.waiting(Caller{}))), "unauthenticated");

  clock_.advance(std::chrono::hours(1));
  PlaceEdit edit;
  edit.name = std::string("Quán Cam Mới");
  ASSERT_TRUE(run(places_.edit(keeper_, done.id, edit, 2)));
  EXPECT_EQ(run(places_.waiting(station_))->items.back().since, clock_.now()) << "since it was changed";
}

TEST_P(PlacesTest, EveryFormOfItsCodeLeadsToIt) {
  const Place place = registered(keeper_, market());
  const auto with_zone = run(places_.add_zone(keeper_, place.id, NewZone{std::string("Khu A")}));
  ASSERT_TRUE(with_zone) << with_zone.error().code;
  const Zone zone = with_zone->zones.at(0);

  const std::string text = places_.code_text(place.id, std::nullopt).operator*();
  EXPECT_THAT(text, HasSubstr("http://127.0.0.1:8080/p/"));
  const auto scanned = places_.spot(text);
  ASSERT_TRUE(scanned) << scanned.error().code;
  EXPECT_EQ(scanned->spot->place, place.id);
  EXPECT_EQ(scanned->spot->zone, std::nullopt);
  EXPECT_EQ(scanned->spot->kind->kind, "market");
  EXPECT_EQ(scanned->form, CodeForm::kSigned);
  EXPECT_EQ(places_.spot(place.short_code)->form, CodeForm::kTyped);
  EXPECT_EQ(places_.spot(place.short_code)->spot->place, place.id);
  EXPECT_EQ(places_.spot(zone.short_code)->spot->zone, zone.id);
  EXPECT_EQ(places_.spot(*places_.code_text(place.id, zone.id))->spot->zone_name, "Khu A");
  EXPECT_FALSE(with_zone->zones.back().entrance) << "a part of the place, unless it is said to be a door";
  EXPECT_THAT(fields(run(places_.add_zone(keeper_, place.id, NewZone{std::string("Cổng ra"), {}, true}))),
              ElementsAre("/leaving unknown"));
  const auto with_door = run(places_.add_zone(keeper_, place.id, NewZone{std::string("Cổng ra"), true, true}));
  EXPECT_TRUE(with_door->zones.back().entrance && with_door->zones.back().leaving);
  const auto door = places_.spot(place.id, with_door->zones.back().id);
  EXPECT_EQ(door->zone_name, "Cổng ra");
  EXPECT_EQ(door->area(), std::nullopt);
  EXPECT_EQ(places_.spot(place.id, with_zone->zones.back().id)->area(), with_zone->zones.back().id);
  EXPECT_THAT(fields(run(places_.add_zone(keeper_, place.id, NewZone{std::string("Khu A")}))),
              ElementsAre("/name taken"));
}

TEST_P(PlacesTest, APartBecomesAnEntranceAndBackUnderTheSameCodes) {
  const Place place = registered(keeper_, market());
  const auto with_zone = run(places_.add_zone(keeper_, place.id, NewZone{std::string("Cổng A")}));
  ASSERT_TRUE(with_zone) << with_zone.error().code;
  const Zone zone = with_zone->zones.at(0);
  const std::string poster = *places_.code_text(place.id, zone.id);
  const auto use = [&](const Caller& who, ZoneUse as, std::int64_t version, std::optional<ZoneId> other = {}) {
    return run(places_.use_zone(who, place.id, other.value_or(zone.id), as, version));
  };
  const auto door = use(keeper_, {true, true}, with_zone->version);
  ASSERT_TRUE(door) << door.error().code;
  EXPECT_TRUE(door->zones[0].entrance && door->zones[0].leaving);
  EXPECT_EQ(door->zones[0].short_code, zone.short_code);
  EXPECT_EQ(places_.spot(poster)->spot->zone, zone.id);
  EXPECT_EQ(places_.spot(poster)->spot->area(), std::nullopt);
  EXPECT_TRUE(run(places_.find(keeper_, place.id))->zones[0].leaving) << "and is kept";

  EXPECT_EQ(code(use(keeper_, {false, {}}, with_zone->version)), "version_conflict");
  EXPECT_EQ(use(keeper_, {true, true}, door->version)->version, door->version) << "nothing new";
  EXPECT_THAT(fields(use(keeper_, {false, true}, door->version)), ElementsAre("/leaving unknown"));
  EXPECT_EQ(code(use(keeper_, {false, {}}, door->version, ZoneId{7})), "not_found");
  EXPECT_EQ(code(use(other_, {false, {}}, door->version)), "not_found");
  EXPECT_EQ(code(use(far_, {false, {}}, door->version)), "not_permitted");
  const auto part = use(station_, {false, {}}, door->version);
  ASSERT_TRUE(part) << part.error().code;
  EXPECT_FALSE(part->zones[0].entrance || part->zones[0].leaving);
  EXPECT_EQ(places_.spot(poster)->spot->area(), zone.id);
}

TEST_P(PlacesTest, RefusesForgedForeignMistypedAndUnknownCodes) {
  const Place place = registered(keeper_, market());
  const linkage::PlaceCodes theirs({{1, linkage::Seed{9}, false}});
  EXPECT_EQ(code(places_.spot(theirs.url("http://127.0.0.1:8080", {place.id.value, 0}))), "place_code_forged");
  std::string altered = *places_.code_text(place.id, std::nullopt);
  altered.back() = altered.back() == '0' ? '8' : '0';
  EXPECT_EQ(code(places_.spot(altered)), "place_code_forged");
  for (const char* foreign : {"https://qr.tokhaiyte.vn/?id=1", "", "hello", "WIFI:x", "'; DROP TABLE places_place; --"})
    EXPECT_EQ(code(places_.spot(foreign)), "place_code_foreign") << foreign;
  std::string mistyped = place.short_code;
  mistyped[1] = mistyped[1] == 'A' ? 'B' : 'A';
  EXPECT_EQ(code(places_.spot(mistyped)), "place_code_mistyped");
  EXPECT_EQ(code(places_.spot("0000-0000")), "place_unknown");
  linkage::CodeKey ours;
  ours.id = 1;
  ours.seed = vault_.derive("places.code.sign.1");
  EXPECT_EQ(code(places_.spot(linkage::PlaceCodes({ours}).url("http://x", {4711, 0}))), "place_unknown");
}

TEST_P(PlacesTest, NewCodesEndTheOldPosters) {
  const Place place = registered(keeper_, market());
  const std::string old_text = *places_.code_text(place.id, std::nullopt);
  PlaceEdit edit;
  edit.new_codes = true;
  const auto renewed = run(places_.edit(keeper_, place.id, edit, 1));
  ASSERT_TRUE(renewed) << renewed.error().code;
  EXPECT_NE(renewed->short_code, place.short_code);
  EXPECT_EQ(code(places_.spot(old_text)), "place_code_expired");
  EXPECT_EQ(code(places_.spot(place.short_code)), "place_code_expired");
  EXPECT_TRUE(places_.spot(*places_.code_text(place.id, std::nullopt)));
  EXPECT_TRUE(places_.spot(renewed->short_code));
}

TEST_P(PlacesTest, AKeyThatTookOverLeavesOldPostersValidUntilItIsRetired) {
  const Place place = registered(keeper_, market());
  const std::string old_text = *places_.code_text(place.id, std::nullopt);
  const auto node = [&](unsigned key, unsigned oldest) {
    Settings settings;
    settings.code_key = key;
    settings.oldest_code_key = oldest;
    auto out = std::make_unique<Places>(*db_, geography(), house_->access, decisions_, house_->codes, house_->limits,
                                        vault_, clock_, random_, kinds(), settings);
    out->start();
    return out;
  };
  EXPECT_TRUE(node(2, 1)->spot(old_text));
  EXPECT_NE(*node(2, 1)->code_text(place.id, std::nullopt), old_text);
  EXPECT_EQ(code(node(2, 2)->spot(old_text)), "place_code_expired");
}

TEST_P(PlacesTest, OtherNodesLearnWithinASecond) {
  auto node = another_node();
  const Place place = registered(keeper_, market());
  const std::string text = *places_.code_text(place.id, std::nullopt);
  EXPECT_EQ(code(node->spot(text)), "place_unknown");
  std::this_thread::sleep_for(std::chrono::milliseconds(1050));
  EXPECT_TRUE(run(node->spot_after_refresh(text)));
  PlaceEdit edit;
  edit.closed = true;
  ASSERT_TRUE(run(places_.edit(keeper_, place.id, edit, 1)));
  std::this_thread::sleep_for(std::chrono::milliseconds(1050));
  db_->read_now([&](store::Session& s) { node->refresh(s); });
  EXPECT_EQ(node->spot(place.id)->closed_at, clock_.now());
}

TEST_P(PlacesTest, ResolvesForAnybodyWhoIsSignedIn) {
  const Place place = registered(keeper_, market());
  const auto off = run(places_.resolve(other_, place.short_code));
  ASSERT_TRUE(off) << off.error().code;
  EXPECT_EQ(off->place.name, "Chợ Diên Sanh");
  EXPECT_FALSE(off->zone);
  EXPECT_FALSE(off->check_in_in_force) << "nothing runs by default";
  command::testing::switch_on(decisions_, command::Switch::kCheckIn, clock_.now(), kHaiLang);
  EXPECT_TRUE(run(places_.resolve(other_, place.short_code))->check_in_in_force);
  EXPECT_EQ(code(run(places_.resolve(identity::testing::nobody(), place.short_code))), "unauthenticated");
  PlaceEdit edit;
  edit.closed = true;
  ASSERT_TRUE(run(places_.edit(keeper_, place.id, edit, 1)));
  EXPECT_EQ(code(run(places_.resolve(other_, place.short_code))), "place_closed");
  EXPECT_EQ(code(run(places_.poster_pdf(keeper_, place.id, std::nullopt))), "place_closed");
  edit.closed = false;
  EXPECT_EQ(run(places_.edit(keeper_, place.id, edit, 2))->status, Status::kRegistered);
}

TEST_P(PlacesTest, OfficersSearchTheirAreaByWordsOfTheName) {
  registered("Chợ Diên Sanh");
  registered("Chợ Hải Thượng");
  registered("Trạm y tế Diên Sanh");
  registered("Chợ Hải Vân", kHaiVan);
  EXPECT_THAT(found(station_, ""), ElementsAre("Trạm y tế Diên Sanh", "Chợ Hải Thượng", "Chợ Diên Sanh"))
      << "newest first";
  EXPECT_THAT(found(station_, "dien sanh"), ElementsAre("Trạm y tế Diên Sanh", "Chợ Diên Sanh"));
  EXPECT_THAT(found(station_, "DIÊN chợ"), ElementsAre("Chợ Diên Sanh"));
  EXPECT_THAT(found(station_, "hai van"), IsEmpty());
  EXPECT_THAT(found(far_, "chợ"), ElementsAre("Chợ Hải Vân"));
  EXPECT_THAT(found(officer(Role::kProvinceOfficer), "cho"), SizeIs(3));
  EXPECT_THAT(found(officer(Role::kProvinceOfficer), "cho", kHaiVan), ElementsAre("Chợ Hải Vân"));
  EXPECT_THAT(found(station_, "", kHaiVan), IsEmpty()) << "a unit outside the area widens nothing";
  EXPECT_THAT(found(keeper_, "cho"), ElementsAre("not_permitted"));
  EXPECT_THAT(found(station_, "'; --"), SizeIs(3)) << "no word in it";
}

TEST_P(PlacesTest, SearchPagesWithoutGapOrRepeat) {
  std::vector<Places::Imported> many;
  for (int i = 0; i < 25; ++i)
    many.push_back({"test", std::to_string(i), "Quán số " + std::to_string(i), "shop", kHaiLang, {}});
  db_->transact_now([&](store::Session& s) { places_.import_places(s, many); });
  std::set<std::string> seen;
  std::optional<std::string> cursor;
  int pages = 0;
  do {
    const auto page = run(places_.search(station_, {.text = "quan"}, cursor, 10));
    ASSERT_TRUE(page);
    for (const auto& item : page->items) EXPECT_TRUE(seen.insert(item.name).second);
    cursor = page->next;
    ASSERT_LE(++pages, 4);
  } while (cursor);
  EXPECT_THAT(seen, SizeIs(25));
  EXPECT_EQ(code(run(places_.search(station_, {}, "nonsense!", 10))), "invalid");
}

TEST_P(PlacesTest, ImportsOnceAndAddsZonesThatAreMissing) {
  std::vector<Places::Imported> file{{"csv", "p1", "Trường Hải Lăng", "school", kHaiLang, {"10A", "10B", "10A"}},
                                     {"csv", "p2", "", "spaceport", kHaiLang, {}},
                                     {"csv", "p1", "", "school", kHaiLang, {"10C"}}};
  const auto load = [&] {
    return db_->transact_now([&](store::Session& s) { return places_.import_places(s, file); });
  };
  const auto first = load();
  ASSERT_THAT(first, SizeIs(3));
  EXPECT_FALSE(first[1]) << "no such kind";
  EXPECT_EQ(first[0]->id, first[2]->id);
  EXPECT_EQ(first[0]->zones[0], first[0]->zones[2]);
  file[0].zones.push_back("10D");
  const auto again = load();
  EXPECT_EQ(again[0]->id, first[0]->id);
  EXPECT_EQ(again[0]->zones[1], first[0]->zones[1]);
  db_->read_now([&](store::Session& s) {
    places_.refresh(s, true);
    EXPECT_EQ(places_.spot(first[0]->id, again[0]->zones[3])->zone_name, "10D");
    EXPECT_EQ(Places::external_ids(s, std::vector{first[0]->id}).at(first[0]->id), "p1");
    const std::vector<std::string> asked{"p1", "p2"};
    EXPECT_THAT(Places::imported(s, "csv", asked), ElementsAre(first[0]->id, std::nullopt));
  });
  EXPECT_EQ(run(places_.find(station_, first[0]->id))->zones.size(), 4u);
  EXPECT_EQ(places_.names(std::vector{first[0]->id, PlaceId{1}}).size(), 1u);
}

TEST_P(PlacesTest, ImportsLeaveAPlaceItsMostZones) {
  const auto load = [&](std::vector<std::string> zones) {
    const std::vector<Places::Imported> file{{"csv", "p1", "Trường Hải Lăng", "school", kHaiLang, std::move(zones)}};
    return *db_->transact_now([&](store::Session& s) { return places_.import_places(s, file); })[0];
  };
  std::vector<std::string> rooms;
  for (std::size_t i = 1; i < kZonesMost; ++i) rooms.push_back("P" + std::to_string(i));
  const auto first = load(rooms);
  EXPECT_FALSE(first.full);
  const auto full = load({"P1", "Q1", "Q2"});
  EXPECT_TRUE(full.full);
  EXPECT_THAT(full.zones, ElementsAre(first.zones[0], ZoneId{}, ZoneId{}));
  const auto last = load({"P1", "Q1", "Q1"});
  EXPECT_FALSE(last.full) << "one more fits";
  EXPECT_NE(last.zones[1], ZoneId{});
  EXPECT_FALSE(load({"P1", "Q1"}).full) << "what is there already adds nothing";
  EXPECT_TRUE(load({"Q2"}).full);
  places_.start();
  EXPECT_THAT(run(places_.find(station_, first.id))->zones, SizeIs(kZonesMost));
}

TEST_P(PlacesTest, OfMoreThanAreCountedTheOldestWait) {
  Registration asked = market();
  asked.unit = std::max(kHaiLang, kHaiVan);
  const Place first = registered(keeper_, asked);
  asked.unit = std::min(kHaiLang, kHaiVan);
  registered(keeper_, asked);
  db_->read_now([&](store::Session& s) {
    const auto waiting = storage::waiting(s, 1);
    ASSERT_THAT(waiting, SizeIs(1));
    EXPECT_EQ(waiting[0].id, first.id);
  });
}

TEST_P(PlacesTest, WhoHoldsTheListedPhoneBecomesTheKeeperOnce) {
  std::vector<Places::Imported> file{{"unit:1", "1", "Trường Hải Lăng", "school", kHaiLang, {}},
                                     {"unit:1", "2", "Quán Bưởi", "restaurant", kHaiLang, {}}};
  file[0].phone = kE164;
  file[0].address = "Thôn 1";
  file[0].capacity = 40;
  const auto load = [&] {
    return db_->transact_now([&](store::Session& s) { return places_.import_places(s, file); });
  };
  const auto made = load();
  places_.start();
  const Place seen = *run(places_.find(station_, made[0]->id));
  EXPECT_EQ(seen.address, "Thôn 1");
  EXPECT_EQ(seen.capacity, 40);
  const std::string poster = seen.short_code, without = run(places_.find(station_, made[1]->id))->short_code;
  EXPECT_EQ(code(run(places_.start_claim(keeper_, without, "vi"))), "place_without_phone");
  EXPECT_EQ(code(run(places_.start_claim(identity::testing::nobody(), poster, "vi"))), "unauthenticated");

  clock_.advance(std::chrono::minutes(15));
  const auto claim = run(places_.start_claim(keeper_, poster, "vi"));
  ASSERT_TRUE(claim) << claim.error().code;
  const std::string sms = house_.last_code(kE164);
  EXPECT_EQ(code(run(places_.confirm_claim(other_, claim->id, sms))), "code_wrong") << "somebody else's claim";
  EXPECT_THAT(run(places_.mine(keeper_))->items, IsEmpty());
  const auto kept = run(places_.confirm_claim(keeper_, claim->id, sms));
  ASSERT_TRUE(kept) << kept.error().code;
  EXPECT_EQ(kept->id, made[0]->id);
  EXPECT_THAT(run(places_.mine(keeper_))->items, SizeIs(1));
  EXPECT_EQ(places_.spot(made[0]->id)->keeper, keeper_.account);
  clock_.advance(std::chrono::minutes(15));
  EXPECT_EQ(code(run(places_.start_claim(other_, poster, "vi"))), "place_kept");

  file[0].capacity = 90;
  file[1].phone = "+84987654321";
  load();
  EXPECT_EQ(run(places_.find(station_, made[0]->id))->capacity, 40) << "a kept place is its keeper's";
  places_.start();
  EXPECT_TRUE(run(places_.start_claim(other_, without, "vi"))) << "a later list may name the phone";
}

TEST_P(PlacesTest, ClaimsAreLimitedAsRegistrationsAre) {
  std::vector<Places::Imported> file{{"unit:1", "1", "Trường Hải Lăng", "school", kHaiLang, {}}};
  file[0].phone = kE164;
  const auto made = db_->transact_now([&](store::Session& s) { return places_.import_places(s, file); });
  places_.start();
  const std::string poster = run(places_.find(station_, made[0]->id))->short_code;
  const auto claim = run(places_.start_claim(keeper_, poster, "vi"));
  ASSERT_TRUE(claim);
  EXPECT_EQ(code(run(places_.start_claim(other_, poster, "vi"))), "too_many_requests")
      << "one code a minute to a phone";
  const std::string right = house_.last_code(kE164), wrong = right == "000000" ? "000001" : "000000";
  for (int i = 0; i < 5; ++i)
    EXPECT_THAT(code(run(places_.confirm_claim(keeper_, claim->id, wrong))), HasSubstr("code_"));
  EXPECT_EQ(code(run(places_.confirm_claim(keeper_, claim->id, right))), "code_exhausted");
  EXPECT_THAT(run(places_.mine(keeper_))->items, IsEmpty());
}

TEST_P(PlacesTest, ForgottenRegistrationsAreDeleted) {
  ASSERT_TRUE(run(places_.start_registration(keeper_, market(), "vi")));
  const store::Query count{"test.count", "SELECT CAST(count(*) AS bigint) FROM places_registration"};
  const auto job = places_.cleaning();
  db_->transact_now([&](store::Session& s) { job.run(s); });
  EXPECT_EQ(db_->read_now([&](store::Session& s) { return s.value<std::int64_t>(count); }), 1);
  clock_.advance(std::chrono::hours(25));
  db_->transact_now([&](store::Session& s) { job.run(s); });
  EXPECT_EQ(db_->read_now([&](store::Session& s) { return s.value<std::int64_t>(count); }), 0);
}

TEST_P(PlacesTest, WhatIsStatedIsReplacedAndKept) {
  const Place place = registered(keeper_, market());
  EXPECT_TRUE(run(places_.stated(keeper_, place.id))->hours.empty()) << "nothing by default";
  Statement said;
  said.hours = {{1, {std::string("06:00")}, {std::string("11:00")}}};
  said.point = Point{16.697849, 107.242113};
  ASSERT_TRUE(run(places_.state(keeper_, place.id, said)));
  const auto now = run(places_.stated(station_, place.id));
  ASSERT_TRUE(now);
  EXPECT_EQ(std::string(now->hours.at(0).from), "06:00");
  EXPECT_NEAR(now->point->latitude, 16.6978, 1e-9) << "to eleven metres";
  const Instant first = clock_.now();
  clock_.advance(std::chrono::hours(1));
  ASSERT_TRUE(run(places_.state(station_, place.id, {})));
  EXPECT_FALSE(run(places_.stated(keeper_, place.id))->point);
  const auto all = db_->read_now([&](store::Session& s) { return stated(s, std::vector{place.id}).at(place.id); });
  ASSERT_THAT(all, SizeIs(2));
  EXPECT_EQ(all[0].since, first);

  EXPECT_EQ(code(run(places_.state(other_, place.id, said))), "not_found");
  EXPECT_EQ(code(run(places_.state(far_, place.id, said))), "not_permitted");
  EXPECT_EQ(code(run(places_.stated(far_, place.id))), "not_permitted");
  said.point = Point{91, 107};
  EXPECT_EQ(code(run(places_.state(keeper_, place.id, said))), "invalid");
}

TEST_P(PlacesTest, CodesAreReadWhileTheRegistryChanges) {
  const Place place = registered(keeper_, market());
  const std::string text = *places_.code_text(place.id, std::nullopt);
  std::atomic<bool> stop = false;
  std::vector<std::thread> readers;
  for (int i = 0; i < 3; ++i) {
    readers.emplace_back([&] {
      while (!stop) {
        ASSERT_TRUE(places_.spot(text));
        ASSERT_EQ(code(places_.spot("0000-0000")), "place_unknown");
      }
    });
  }
  for (int i = 0; i < 20; ++i)
    ASSERT_TRUE(run(places_.add_zone(keeper_, place.id, NewZone{"Khu " + std::to_string(i)})));
  stop = true;
  for (auto& reader : readers) reader.join();
}

INSTANTIATE_TEST_SUITE_P(Engines, PlacesTest, store::testing::engines(), store::testing::engine_name);

}  // namespace
}  // namespace luytre::places

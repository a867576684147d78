#include "modules/views/views.h"

#include <gmock/gmock.h>

#include "platform/base/result_testing.h"
#include "platform/base/run.h"
#include "platform/geography/geography.h"
#include "platform/identity/testing.h"
#include "platform/store/testing.h"

namespace luytre::views {
namespace {

using identity::testing::citizen;
using identity::testing::officer;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const UnitId kQuangTri{2025100044}, kHaiLang{2025319702};

class ViewsTest : public ::testing::TestWithParam<store::Engine> {
 protected:
  static NewView of(std::string name, Settings settings = {{"classification", Text<40>(std::string("suspect"))}}) {
    NewView out;
    out.page = std::string("/cases");
    out.name = std::move(name);
    out.settings = std::move(settings);
    return out;
  }
  Result<View> save(const Caller& caller, NewView view) { return run(views_.save(caller, std::move(view))); }
  // "name", with * where the page opens with it.
  std::vector<std::string> names(const Caller& caller) {
    std::vector<std::string> out;
    const auto page = run(views_.list(caller));
    EXPECT_TRUE(page) << code(page);
    if (page)
      for (const View& one : page->items) out.push_back(one.name + (one.standard ? "*" : ""));
    return out;
  }
  Result<Done> standard(const Caller& caller, std::optional<ViewId> view, std::string page = "/cases") {
    return run(views_.set_standard(caller, {std::move(page), view}));
  }

  ManualClock clock_{*parse_instant("2026-11-20T03:00:00Z")};
  store::testing::TestDatabase db_{GetParam(), {identity::migrations(), migrations()}, clock_};
  geography::Geography geography_{LUYTRE_SOURCE_DIR "/data/geography"};
  identity::Access access_{geography_, clock_, db_->ids()};
  Views views_{*db_, access_};
  const Caller one_ = officer(Role::kProvinceOfficer, kQuangTri, 9001);
  const Caller beside_ = officer(Role::kProvinceOfficer, kQuangTri, 9002);
  const Caller below_ = officer(Role::kStationOfficer, kHaiLang, 9003);
};

TEST_P(ViewsTest, AViewIsKeptWithItsSettingsForItsOfficerAlone) {
  const auto made = save(one_, of("Ca nghi ngờ", {{"classification", Text<40>(std::string("suspect"))},
                                                  {"onsetFrom", Text<40>(std::string("2026-11-01"))},
                                                  {"awaiting", Text<40>(std::string("true"))}}));
  ASSERT_TRUE(made) << code(made);
  const auto all = run(views_.list(one_));
  ASSERT_THAT(all->items, SizeIs(1));
  EXPECT_EQ(json::text(all->items[0]), json::text(*made));
  EXPECT_EQ(made->settings.at("onsetFrom"), "2026-11-01");
  EXPECT_TRUE(made->mine);
  EXPECT_THAT(names(beside_), IsEmpty());
  EXPECT_EQ(code(save(citizen(1001), of("x"))), "not_permitted");
  EXPECT_EQ(code(run(views_.list(citizen(1001)))), "not_permitted");
}

TEST_P(ViewsTest, ASharedViewIsSeenInItsUnitAndNeitherAboveNorBelow) {
  NewView shared = of("Ca của tỉnh");
  shared.unit = kQuangTri;
  const auto made = save(one_, shared);
  ASSERT_TRUE(made) << code(made);
  EXPECT_THAT(names(beside_), ElementsAre("Ca của tỉnh"));
  EXPECT_THAT(names(below_), IsEmpty());
  const auto seen = run(views_.list(beside_));
  EXPECT_FALSE(seen->items[0].mine);
  EXPECT_EQ(seen->items[0].by, one_.name);
  EXPECT_EQ(code(run(views_.change(beside_, made->id, of("Của tôi"), 1))), "not_found");
  EXPECT_EQ(code(run(views_.remove(beside_, made->id))), "not_found");
  shared.name = std::string("Khác");
  shared.unit = kHaiLang;
  EXPECT_THAT(fields(save(one_, shared)), ElementsAre("/unit not_yours"));

  ASSERT_TRUE(run(views_.change(one_, made->id, of("Ca của tỉnh"), 1)));
  EXPECT_THAT(names(beside_), IsEmpty()) << "not shared any more";
  EXPECT_THAT(names(one_), SizeIs(1));
}

TEST_P(ViewsTest, WhatNamesOrFindsAPersonIsRefused) {
  const auto refused = [&](std::string key, std::string value) {
    Settings settings;
    settings.emplace(std::move(key), Text<40>(std::move(value)));
    return code(save(one_, of("x", std::move(settings)))) == "invalid";
  };
  for (const char* key : {"q", "person", "account", "phone", "name", "case", "followed", "onset from", ""})
    EXPECT_TRUE(refused(key, "suspect")) << key;
  for (const char* value : {"Trần Thị Lành", "le van", "0912345678", "a@b.vn", ""})
    EXPECT_TRUE(refused("disease", value)) << value;
  EXPECT_FALSE(refused("unit", "0dkq2m4z8x1y3"));
  NewView view = of("y");
  for (const char* page : {"cases", "/", "/cases/0dkq2m4z8x1y3", "/cases?q=lan", "//x.vn"}) {
    view.page = std::string(page);
    EXPECT_THAT(fields(save(one_, view)), ElementsAre("/page format")) << page;
  }
  EXPECT_THAT(fields(save(one_, of(""))), ElementsAre("/name required"));
  Settings many;
  for (char c = 'a'; c <= 'z'; ++c) many.emplace(std::string("x") + c, Text<40>(std::string("1")));
  EXPECT_THAT(fields(save(one_, of("z", many))), ElementsAre("/settings too_many"));
}

TEST_P(ViewsTest, ANameIsOneOfAnOfficerOnAPage) {
  const auto first = save(one_, of("Sáng"));
  ASSERT_TRUE(first);
  EXPECT_EQ(code(save(one_, of("Sáng"))), "name_taken");
  EXPECT_TRUE(save(beside_, of("Sáng")));
  NewView elsewhere = of("Sáng");
  elsewhere.page = std::string("/tasks");
  EXPECT_TRUE(save(one_, elsewhere));
  const auto second = save(one_, of("Chiều"));
  EXPECT_EQ(code(run(views_.change(one_, second->id, of("Sáng"), 1))), "name_taken");
  EXPECT_THAT(fields(run(views_.change(one_, second->id, elsewhere, 1))), ElementsAre("/page other_page"));
  const auto renamed = run(views_.change(one_, second->id, of("Tối", {{"status", Text<40>(std::string("open"))}}), 1));
  ASSERT_TRUE(renamed) << code(renamed);
  EXPECT_EQ(renamed->version, 2);
  EXPECT_EQ(renamed->settings.count("classification"), 0U);
  const auto stale = run(views_.change(one_, second->id, of("Khuya"), 1));
  ASSERT_EQ(code(stale), "version_conflict");
  EXPECT_EQ(stale.error().current, json::text(*renamed));
}

TEST_P(ViewsTest, EachOfficerSaysWhatAPageOpensWith) {
  NewView shared = of("Chung");
  shared.unit = kQuangTri;
  const auto made = save(one_, shared);
  const auto own = save(one_, of("Riêng"));
  ASSERT_TRUE(standard(beside_, made->id));
  EXPECT_THAT(names(beside_), ElementsAre("Chung*"));
  EXPECT_THAT(names(one_), ElementsAre("Chung", "Riêng"));
  ASSERT_TRUE(standard(one_, made->id));
  ASSERT_TRUE(standard(one_, own->id));
  EXPECT_THAT(names(one_), ElementsAre("Chung", "Riêng*")) << "one of a page";
  ASSERT_TRUE(standard(one_, std::nullopt));
  EXPECT_THAT(names(one_), ElementsAre("Chung", "Riêng"));
  EXPECT_EQ(code(standard(beside_, own->id)), "not_found");
  EXPECT_EQ(code(standard(beside_, ViewId{7})), "not_found");
  EXPECT_THAT(fields(standard(one_, own->id, "/tasks")), ElementsAre("/page other_page"));

  ASSERT_TRUE(run(views_.remove(one_, made->id)));
  EXPECT_THAT(names(beside_), IsEmpty()) << "also as what it opened with";
  EXPECT_EQ(code(run(views_.remove(one_, made->id))), "not_found");
}

TEST_P(ViewsTest, AnOfficerKeepsSoManyAndNoMore) {
  for (std::size_t i = 0; i < kMost; ++i) ASSERT_TRUE(save(one_, of("V" + std::to_string(i))));
  EXPECT_EQ(code(save(one_, of("Nữa"))), "too_many_views");
}

TEST_P(ViewsTest, SavedTwiceWithOneKeyItIsOne) {
  const auto once = [] { return store::make_once(9001, "/views", "a-lost-answer", "body"); };
  const auto first = run(views_.save(one_, of("Sáng"), once()));
  const auto again = run(views_.save(one_, of("Sáng"), once()));
  ASSERT_TRUE(first && again) << code(again);
  EXPECT_EQ(first->id, again->id);
  EXPECT_THAT(names(one_), SizeIs(1));
}

INSTANTIATE_TEST_SUITE_P(Engines, ViewsTest, store::testing::engines(), store::testing::engine_name);

}  // namespace
}  // namespace luytre::views

// Officers' lists of places: both ways, filtered, in pages that put together are the whole list, and as a file that is
// bounded, marked and logged; on both databases.

#include "modules/places/places_fixture.h"
#include "platform/identity/taken_out.h"

namespace luytre::places {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

class PlaceListsTest : public PlacesTest {
 protected:
  // By kind in turn, all of one instant; the last one elsewhere.
  void seven() {
    std::vector<Places::Imported> many;
    for (int i = 0; i < 7; ++i)
      many.push_back({"test",
                      std::to_string(i),
                      "Quán số " + std::to_string(i),
                      i % 2 ? "shop" : "market",
                      i < 6 ? kHaiLang : kHaiVan,
                      {}});
    db_->transact_now([&](store::Session& s) { places_.import_places(s, many); });
  }
  std::vector<std::string> glued(const Caller& who, PlaceFilter filter, std::size_t limit) {
    std::vector<std::string> out;
    std::optional<std::string> next;
    do {
      const auto page = run(places_.search(who, filter, next, limit));
      if (!page) throw std::runtime_error(page.error().code);
      for (const PlaceBrief& one : page->items) out.push_back(one.name.substr(std::string("Quán số ").size()));
      next = page->next;
    } while (next && out.size() < 30);
    return out;
  }
  std::vector<std::string> log() {
    return db_->read_now([&](store::Session& s) {
      std::vector<std::string> out;
      for (const auto& entry : house_->access.list(s, {}, INT64_MAX, 100).items)
        if (entry.passed && entry.action == "places.take_out") out.push_back(entry.filter);
      return out;
    });
  }

  const Caller centre_ = officer(Role::kDistrictOfficer, kHaiLang),
               province_ = officer(Role::kProvinceOfficer, kQuangTri),
               country_ = officer(Role::kProvinceOfficer, UnitId{0});
};

TEST_P(PlaceListsTest, PagesPutTogetherAreTheWholeListBothWays) {
  seven();
  for (const char* text : {"", "quan", "quan so"})
    for (const std::size_t limit : {1U, 4U, 50U}) {
      EXPECT_THAT(glued(station_, {.text = text}, limit), ElementsAre("5", "4", "3", "2", "1", "0")) << text << limit;
      EXPECT_THAT(glued(station_, {.text = text, .oldest_first = true}, limit),
                  ElementsAre("0", "1", "2", "3", "4", "5"))
          << text << limit;
      EXPECT_THAT(glued(station_, {.text = text, .kind = "shop", .oldest_first = true}, limit),
                  ElementsAre("1", "3", "5"))
          << text << limit;
      EXPECT_THAT(glued(country_, {.text = text, .oldest_first = true}, limit), SizeIs(7)) << text << limit;
    }
  EXPECT_THAT(glued(station_, {.status = Status::kClosed}, 3), IsEmpty());
}

TEST_P(PlaceListsTest, ACursorGoesOnWithItsOwnOrderAlone) {
  seven();
  const auto first = run(places_.search(station_, {}, std::nullopt, 1));
  ASSERT_TRUE(first && first->next);
  EXPECT_TRUE(run(places_.search(station_, {}, first->next, 1)));
  EXPECT_THAT(fields(run(places_.search(station_, {.oldest_first = true}, first->next, 1))),
              ElementsAre("?cursor other_sort"));
}

TEST_P(PlaceListsTest, AFileIsMarkedFilteredAndLogged) {
  seven();
  PlacesOut asked;
  asked.reason = std::string("Lên kế hoạch kiểm tra");
  const auto file = run(places_.take_out(centre_, kHaiLang, asked));
  ASSERT_TRUE(file) << code(file);
  EXPECT_THAT(file->body, HasSubstr("Lũy Tre: "));
  EXPECT_THAT(file->body, HasSubstr("Quán số 5,shop,"));
  EXPECT_THAT(file->body, Not(HasSubstr("Quán số 6"))) << "elsewhere";
  EXPECT_THAT(log(), ElementsAre("6 places, unit " + to_text(kHaiLang) + ": Lên kế hoạch kiểm tra"));
  asked.kind = std::string("market");
  EXPECT_THAT(run(places_.take_out(centre_, kHaiLang, asked))->body, Not(HasSubstr("Quán số 5")));
  registered("Chợ Diên Sanh");
  asked.kind.reset();
  const std::string body = run(places_.take_out(province_, kQuangTri, asked))->body;
  EXPECT_THAT(body, HasSubstr("Chợ Diên Sanh"));
  EXPECT_THAT(body, Not(HasSubstr("912345678")));
  EXPECT_THAT(body, Not(HasSubstr("Quốc lộ 1")));
}

TEST_P(PlaceListsTest, WhoMayNotWithoutAReasonAndTooMuchIsRefused) {
  seven();
  PlacesOut asked;
  EXPECT_EQ(code(run(places_.take_out(centre_, kHaiLang, asked))), "reason_required");
  asked.reason = std::string("Lên kế hoạch kiểm tra");
  EXPECT_EQ(code(run(places_.take_out(station_, kHaiLang, asked))), "not_permitted");
  EXPECT_EQ(code(run(places_.take_out(keeper_, kHaiLang, asked))), "not_permitted");
  EXPECT_EQ(code(run(places_.take_out(centre_, kDaNang, asked))), "not_permitted");
  EXPECT_EQ(code(run(places_.take_out(country_, UnitId{12}, asked))), "not_found");
  std::vector<Places::Imported> many;
  for (std::size_t i = 0; i <= identity::kListOutMost; ++i)
    many.push_back({"many", std::to_string(i), "Quán " + std::to_string(i), "shop", kHaiLang, {}});
  db_->transact_now([&](store::Session& s) { places_.import_places(s, many); });
  EXPECT_EQ(code(run(places_.take_out(centre_, kHaiLang, asked))), "list_too_long");
  EXPECT_THAT(log(), IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(Engines, PlaceListsTest, store::testing::engines(), store::testing::engine_name);

}  // namespace
}  // namespace luytre::places

// Lists of declarations for officers: by arrival both ways, in pages that put together are the whole list, and as a
// file that is bounded, marked and logged; on both databases.

#include <gmock/gmock.h>

#include <algorithm>

#include "modules/declarations/fixture.h"
#include "modules/declarations/storage.h"
#include "platform/base/result_testing.h"
#include "platform/identity/taken_out.h"

namespace luytre::declarations {
namespace {

using std::chrono::hours;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::ElementsAreArray;
using ::testing::HasSubstr;
using testing::kHaiLang;
using testing::kQuangTri;
using ::testing::Not;
using ::testing::StartsWith;

const UnitId kCommuneThere{2025320242};

class DeclarationListsTest : public testing::Fixture {
 protected:
  DeclarationListsTest() : Fixture("2026-11-20T08:00:00Z") {}

  storage::DeclarationRow row(PersonId person, Colour colour) {
    storage::DeclarationRow out;
    out.person = person;
    out.id = db_->ids().make<DeclarationId>();
    out.unit = kHaiLang;
    out.form = "place-entry";
    out.form_version = "2021-03-01";
    out.colour = colour;
    out.rule_set = "entry-1";
    out.inputs = out.content = store::Bytes{"x"};
    out.at = out.recorded = now();
    out.valid_until = now() + hours(24);
    out.declared_by = mother_.account;
    out.declared_as = DeclaredAs::kSelf;
    return out;
  }
  void insert(const std::vector<storage::DeclarationRow>& rows) {
    db_->transact_now([&](store::Session& s) { storage::insert(s, rows); });
  }
  // Seven that are not green, all of one instant; three of them were asked for at a place elsewhere.
  void seven() {
    std::vector<storage::DeclarationRow> rows;
    for (int i = 0; i < 9; ++i) {
      auto& one = rows.emplace_back(row(i % 2 ? an_ : stranger_, i % 3 ? Colour::kYellow : Colour::kRed));
      if (i == 4 || i == 5) one.colour = Colour::kGreen;
      if (i > 5) one.there = kCommuneThere;
      if (i > 5) one.place = PlaceId{99};
      if (one.colour != Colour::kGreen) all_.push_back(one.id);
    }
    insert(rows);
  }
  std::vector<DeclarationId> glued(const Caller& who, const FlaggedFilter& filter, std::size_t limit) {
    std::vector<DeclarationId> out;
    std::optional<std::string> next;
    do {
      const auto page = run(declarations_->flagged(who, filter, next, limit));
      if (!page) throw std::runtime_error(page.error().code);
      for (const Flagged& one : page->items) out.push_back(one.id);
      next = page->next;
    } while (next && out.size() < 30);
    return out;
  }
  static DeclarationsOut file(const char* reason = "Giao ban chiều") {
    DeclarationsOut out;
    out.reason = std::string(reason);
    return out;
  }

  std::vector<DeclarationId> all_;  // as they came
  const Caller centre_ = caller(2003, Role::kDistrictOfficer, kHaiLang);
  const Caller province_ = caller(2004, Role::kProvinceOfficer, kQuangTri);
  const Caller country_ = caller(2005, Role::kProvinceOfficer, {});
};

TEST_P(DeclarationListsTest, PagesPutTogetherAreTheWholeListBothWays) {
  seven();
  const std::vector<DeclarationId> back(all_.rbegin(), all_.rend());
  for (const Caller* who : {&station_, &province_, &country_})
    for (const std::size_t limit : {1U, 3U, 50U}) {
      EXPECT_THAT(glued(*who, {}, limit), ElementsAreArray(back)) << limit;
      EXPECT_THAT(glued(*who, {.oldest_first = true}, limit), ElementsAreArray(all_)) << limit;
    }
  EXPECT_THAT(glued(elsewhere_, {.oldest_first = true}, 2), ElementsAre(all_[4], all_[5], all_[6]))
      << "where they were asked for";
  FlaggedFilter somebody;
  somebody.person = an_;
  somebody.reason = "gọi lại";
  somebody.oldest_first = true;
  const auto theirs = glued(station_, somebody, 2);
  EXPECT_EQ(theirs.size(), 3U);
  EXPECT_TRUE(std::is_sorted(theirs.begin(), theirs.end()));
  EXPECT_THAT(glued(station_, {.place = PlaceId{99}, .oldest_first = true}, 1), ElementsAre(all_[4], all_[5], all_[6]));
}

TEST_P(DeclarationListsTest, ACursorGoesOnWithItsOwnOrderAlone) {
  seven();
  const auto first = run(declarations_->flagged(station_, {}, std::nullopt, 1));
  ASSERT_TRUE(first && first->next);
  EXPECT_TRUE(run(declarations_->flagged(station_, {}, first->next, 1)));
  EXPECT_THAT(fields(run(declarations_->flagged(station_, {.oldest_first = true}, first->next, 1))),
              ElementsAre("?cursor other_sort"));
  for (const char* wrong : {"", "x", "descending", "descending.1", "descending.x.1"})
    EXPECT_THAT(fields(run(declarations_->flagged(station_, {}, wrong, 1))), ElementsAre("?cursor format")) << wrong;
}

TEST_P(DeclarationListsTest, AFileIsMarkedFilteredAndLogged) {
  seven();
  const auto all = run(declarations_->take_out(centre_, kHaiLang, file()));
  ASSERT_TRUE(all) << all.error().code;
  EXPECT_THAT(all->body, HasSubstr("Lũy Tre: Xã Hải Lăng, 7, "));
  EXPECT_THAT(all->body, HasSubstr("form,declaredAt,result,name,"));
  EXPECT_THAT(all->body, HasSubstr("Nguyễn Thị An"));
  EXPECT_THAT(all->body, HasSubstr("Lê Văn Cường"));
  EXPECT_EQ(all->headers.at(0).second, "attachment; filename=\"luytre-declarations-" + to_text(kHaiLang) + ".csv\"");
  EXPECT_THAT(looks(), Contains("declarations.take_out " + to_text(an_)).Times(1));
  EXPECT_THAT(looks(), Contains("declarations.take_out " + to_text(stranger_)).Times(1));

  DeclarationsOut red = file();
  red.colour = Colour::kRed;
  EXPECT_THAT(run(declarations_->take_out(province_, kQuangTri, red))->body, Not(HasSubstr("yellow")));
  red.place = PlaceId{98};
  EXPECT_THAT(run(declarations_->take_out(province_, kHaiLang, red))->body, Not(HasSubstr("place-entry")));
  DeclarationsOut later = file();
  later.from = now() + hours(1);
  later.format = std::string("xlsx");
  EXPECT_THAT(run(declarations_->take_out(province_, kHaiLang, later))->body, StartsWith("PK"));
}

TEST_P(DeclarationListsTest, WhoMayNotAndWithoutAReasonTakesNothingOut) {
  seven();
  EXPECT_EQ(run(declarations_->take_out(station_, kHaiLang, file())).error().code, "not_permitted");
  EXPECT_EQ(run(declarations_->take_out(mother_, kHaiLang, file())).error().code, "not_permitted");
  EXPECT_EQ(run(declarations_->take_out(centre_, kQuangTri, file())).error().code, "not_permitted");
  EXPECT_EQ(run(declarations_->take_out(centre_, kHaiLang, file(""))).error().code, "reason_required");
  EXPECT_EQ(run(declarations_->take_out(country_, UnitId{12}, file())).error().code, "not_found");
  DeclarationsOut green = file();
  green.colour = Colour::kGreen;
  EXPECT_THAT(fields(run(declarations_->take_out(centre_, kHaiLang, green))), ElementsAre("/colour choice"));
  EXPECT_THAT(looks(), Not(Contains(StartsWith("declarations.take_out"))));
}

TEST_P(DeclarationListsTest, AFileIsBounded) {
  std::vector<storage::DeclarationRow> many;
  for (std::size_t i = 0; i <= identity::kListOutMost; ++i) many.push_back(row(an_, Colour::kYellow));
  insert(many);
  const auto refused = run(declarations_->take_out(centre_, kHaiLang, file()));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "list_too_long");
  EXPECT_THAT(looks(), Not(Contains("declarations.take_out " + to_text(an_))));
}

INSTANTIATE_TEST_SUITE_P(Engines, DeclarationListsTest, store::testing::engines(), store::testing::engine_name);

}  // namespace
}  // namespace luytre::declarations

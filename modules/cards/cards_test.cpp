#include "modules/cards/cards.h"

#include <gmock/gmock.h>

#include <algorithm>

#include "modules/cards/storage.h"
#include "modules/people/duplicates.h"
#include "modules/visits/testing.h"
#include "platform/base/result_testing.h"

namespace luytre::cards {
namespace {

using identity::testing::citizen;
using identity::testing::officer;
using std::chrono::days;
using std::chrono::hours;
using std::chrono::seconds;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

const UnitId kDaNang{2025100048};

class CardsTest : public ::testing::TestWithParam<store::Engine> {
 protected:
  CardsTest() {
    self_ = world_.person(keeper_, people::Relation::kSelf);
    grandma_ = world_.person(keeper_, people::Relation::kParent);
    stranger_ = world_.person(citizen(1002), people::Relation::kSelf);
  }
  Instant now() const { return world_.clock.now(); }
  Card made() { return *run(cards_.make(keeper_, grandma_, {})); }
  Result<PersonId> shown(const std::string& text, Instant at) { return run(cards_.holder(text, at)); }
  std::vector<std::string> logged() {
    return world_.db->read_now([&](store::Session& s) {
      std::vector<std::string> out;
      for (const auto& e : world_.house->access.list(s, {}, INT64_MAX, 100).items)
        if (e.passed && e.action.starts_with("cards.")) out.push_back(e.action + ' ' + to_text(e.person));
      return out;
    });
  }

  visits::testing::World world_{GetParam(), {migrations()}};
  Cards cards_{*world_.db, world_.people, world_.house->access, world_.random};
  const Caller keeper_ = citizen(1001);
  PersonId self_, grandma_, stranger_;
};

TEST_P(CardsTest, AnOfficersSearchFindsTheHolder) {
  world_.people.set_card_holder(
      [this](store::Session& s, std::string_view card, Instant at) { return cards_.holder_within(s, card, at); });
  const auto card = made();
  people::Search search;
  search.code = card.number;
  search.reason = std::string("quét thẻ");
  const Caller station =
      officer(Role::kStationOfficer,
              *world_.db->read_now([&](store::Session& s) { return world_.people.unit_of(s, grandma_); }));
  const auto found = run(world_.people.search(station, search, 10));
  ASSERT_TRUE(found) << found.error().code;
  ASSERT_THAT(found->items, SizeIs(1));
  EXPECT_EQ(found->items[0].id, grandma_);
  EXPECT_THAT(run(world_.people.search(officer(Role::kStationOfficer, kDaNang), search, 10))->items, IsEmpty());
  ASSERT_TRUE(run(cards_.lost(keeper_, grandma_)));
  const auto lost = run(world_.people.search(station, search, 10));
  ASSERT_FALSE(lost);
  EXPECT_EQ(lost.error().code, "card_lost");
}

TEST_P(CardsTest, AHouseholdsKeeperHasACardMadeForAMember) {
  const auto card = run(cards_.make(keeper_, grandma_, {}));
  ASSERT_TRUE(card) << card.error().code;
  EXPECT_EQ(card->person, grandma_);
  EXPECT_FALSE(card->named) << "nothing is preset";
  EXPECT_THAT(card->printed, HasSubstr(".")) << "initials";
  EXPECT_THAT(card->number, HasSubstr("LTC-"));
  EXPECT_EQ(card->last_day, local_date(now() + kLasts));
  EXPECT_EQ(*shown(card->number, now()), grandma_);
  EXPECT_THAT(run(cards_.of_member(keeper_, grandma_))->items, SizeIs(1));
  EXPECT_EQ(code(run(cards_.make(keeper_, stranger_, {}))), "not_in_household");
  EXPECT_EQ(code(run(cards_.of_member(keeper_, stranger_))), "not_in_household");
  EXPECT_EQ(code(run(cards_.lost(keeper_, stranger_))), "not_in_household");
  EXPECT_EQ(code(run(cards_.pdf(keeper_, stranger_))), "not_in_household");
  EXPECT_EQ(code(run(cards_.make(identity::testing::nobody(), grandma_, {}))), "unauthenticated");
}

TEST_P(CardsTest, APersonHasOneValidCardWhichIsPrintedAgain) {
  const Card first = made();
  const auto again = run(cards_.make(keeper_, grandma_, {true}));
  ASSERT_TRUE(again);
  EXPECT_EQ(again->id, first.id);
  EXPECT_EQ(again->number, first.number);
  EXPECT_TRUE(again->named) << "she has agreed since";
  EXPECT_THAT(again->printed, Not(HasSubstr(".")));
  const auto pdf = run(cards_.pdf(keeper_, grandma_));
  ASSERT_TRUE(pdf) << pdf.error().code;
  EXPECT_TRUE(pdf->body.starts_with("%PDF-"));
}

TEST_P(CardsTest, ALostCardEndsAtOnceButWhatWasScannedBeforeArrivesLater) {
  const Card card = made();
  world_.clock.advance(hours(1));
  ASSERT_TRUE(run(cards_.lost(keeper_, grandma_)));
  EXPECT_EQ(code(shown(card.number, now())), "card_lost");
  EXPECT_EQ(*shown(card.number, now() - seconds(1)), grandma_) << "made offline, sent now";
  EXPECT_THAT(run(cards_.of_member(keeper_, grandma_))->items, IsEmpty());
  EXPECT_EQ(code(run(cards_.pdf(keeper_, grandma_))), "not_found");
  EXPECT_EQ(code(run(cards_.lost(keeper_, grandma_))), "not_found") << "once";
  const Card fresh = made();
  EXPECT_NE(fresh.number, card.number);
  EXPECT_EQ(*shown(fresh.number, now()), grandma_);
  EXPECT_EQ(code(shown(card.number, now())), "card_lost");
}

TEST_P(CardsTest, ACardEndsByItself) {
  const Card card = made();
  world_.clock.advance(kLasts);
  EXPECT_TRUE(shown(card.number, now()));
  world_.clock.advance(days(1));
  EXPECT_EQ(code(shown(card.number, now())), "card_expired");
  EXPECT_THAT(run(cards_.of_member(keeper_, grandma_))->items, IsEmpty());
  EXPECT_NE(made().number, card.number);
}

TEST_P(CardsTest, WhatIsNoCardIsSaid) {
  EXPECT_EQ(code(shown("LTC.HOMEMADE", now())), "card_forged");
  EXPECT_EQ(code(shown("LTC-0000-0000", now())), "code_unknown") << "typed rightly, of nobody";
  EXPECT_EQ(code(shown("LTC-7GK2", now())), "code_unknown");
}

TEST_P(CardsTest, AStationMakesASheetForItsPeopleAndItIsLogged) {
  NewCards wishes;
  wishes.items = {{grandma_, false}, {stranger_, true}};
  const auto cards = run(cards_.make_many(world_.station, wishes));
  ASSERT_TRUE(cards) << cards.error().code;
  ASSERT_THAT(cards->items, SizeIs(2));
  EXPECT_EQ(cards->items[1].person, stranger_);
  EXPECT_TRUE(cards->items[1].named);
  const std::vector<CardId> ids{cards->items[0].id, cards->items[1].id};
  const auto sheet = run(cards_.sheet(world_.station, ids));
  ASSERT_TRUE(sheet) << sheet.error().code;
  EXPECT_TRUE(sheet->body.starts_with("%PDF-"));
  EXPECT_THAT(logged(), Contains("cards.make " + to_text(grandma_)));
  EXPECT_THAT(logged(), Contains("cards.print " + to_text(stranger_)));
  EXPECT_EQ(run(cards_.make(keeper_, grandma_, {}))->id, ids[0]) << "the household gets the same one";

  const Caller elsewhere = officer(Role::kStationOfficer, kDaNang);
  EXPECT_EQ(code(run(cards_.make_many(elsewhere, wishes))), "not_permitted");
  EXPECT_EQ(code(run(cards_.sheet(elsewhere, ids))), "not_permitted");
  EXPECT_EQ(code(run(cards_.make_many(keeper_, wishes))), "not_permitted");
  EXPECT_EQ(code(run(cards_.sheet(world_.station, {CardId{7}}))), "not_found");
  EXPECT_EQ(code(run(cards_.make_many(world_.station, {}))), "invalid");
  wishes.items.resize(kSheetMost + 1, {grandma_, false});
  EXPECT_EQ(code(run(cards_.make_many(world_.station, wishes))), "too_many_cards");
}

TEST_P(CardsTest, TheStationEndsACardByItsPersonOrItsNumber) {
  const Card first = made();
  const auto list = run(cards_.of_person(world_.station, grandma_));
  ASSERT_TRUE(list) << list.error().code;
  ASSERT_THAT(list->items, SizeIs(1));
  const Caller elsewhere = officer(Role::kStationOfficer, kDaNang);
  EXPECT_EQ(code(run(cards_.end(elsewhere, first.id))), "not_permitted");
  ASSERT_TRUE(run(cards_.end(world_.station, first.id)));
  EXPECT_EQ(code(shown(first.number, now())), "card_lost");
  EXPECT_EQ(code(run(cards_.end(world_.station, first.id))), "not_found");

  const Card second = made();
  EXPECT_EQ(code(run(cards_.end_by_number(world_.station, {std::string("LTC-7GK2")}))), "invalid");
  EXPECT_EQ(code(run(cards_.end_by_number(world_.station, {std::string("LTC-0000-0000")}))), "not_found");
  EXPECT_EQ(code(run(cards_.end_by_number(elsewhere, {second.number}))), "not_permitted");
  ASSERT_TRUE(run(cards_.end_by_number(world_.station, {second.number})));
  EXPECT_EQ(code(shown(second.number, now())), "card_lost");
  EXPECT_THAT(run(cards_.of_person(world_.station, grandma_))->items, SizeIs(2)) << "newest first, also ended ones";
}

TEST_P(CardsTest, TheStationSeesTheCardsOfBothRecordsOfAMergedPersonAndTheHouseholdItsOwn) {
  people::NewPerson written;
  written.name = std::string("Nguyễn Văn An");
  written.birth_year = 1980;
  written.unit = visits::testing::kHaiLang;
  written.paper = people::Paper{people::PaperKind::kCccd, std::string("045080001234")};
  const auto other = run(world_.people.register_person(world_.station, std::move(written)));
  ASSERT_TRUE(other) << other.error().code;
  CardFor theirs;
  theirs.person = other->id;
  NewCards wishes;
  wishes.items.push_back(theirs);
  ASSERT_TRUE(run(cards_.make_many(world_.station, wishes)));
  const auto own = run(cards_.make(keeper_, self_, {}));
  ASSERT_TRUE(own) << own.error().code;
  EXPECT_THAT(run(cards_.of_person(world_.station, self_))->items, SizeIs(1));
  people::Duplicates duplicates(*world_.db, world_.people, visits::testing::geography(), world_.house->access,
                                world_.house->accounts, world_.vault);
  const people::NewPersonMerge asked{other->id, self_, std::string("hai phiếu, một người")};
  const auto merge = run(duplicates.merge(world_.station, asked));
  ASSERT_TRUE(merge) << merge.error().code;
  for (const PersonId record : {self_, other->id}) {
    const auto cards = run(cards_.of_person(world_.station, record));
    ASSERT_TRUE(cards) << cards.error().code;
    ASSERT_THAT(cards->items, SizeIs(2));
    EXPECT_EQ(cards->items[0].id, own->id) << "newest first";
    EXPECT_EQ(cards->items[1].person, other->id);
  }
  EXPECT_THAT(run(cards_.of_member(keeper_, self_))->items, SizeIs(1));
  const auto log = logged();
  for (const PersonId record : {self_, other->id})
    EXPECT_EQ(std::count(log.begin(), log.end(), "cards.read " + to_text(record)), record == self_ ? 3 : 2);
}

TEST_P(CardsTest, EndedCardsAreDeletedByAgeWithAProof) {
  made();
  ASSERT_TRUE(run(cards_.lost(keeper_, grandma_)));
  made();
  const auto retain = [&] { world_.db->transact_now([&](store::Session& s) { cards_.retention().run(s); }); };
  const auto there = [&] {
    return world_.db->read_now([&](store::Session& s) { return storage::of_person(s, grandma_).size(); });
  };
  retain();
  EXPECT_EQ(there(), 2u);
  world_.clock.advance(kKept + hours(1));
  retain();
  retain();
  EXPECT_EQ(there(), 1u) << "the valid one stays";
  const auto proofs = world_.db->read_now([](store::Session& s) { return storage::proofs(s); });
  ASSERT_THAT(proofs, SizeIs(1));
  EXPECT_EQ(proofs[0].cards, 1);
  world_.clock.advance(kLasts + days(1));
  retain();
  EXPECT_EQ(there(), 0u) << "it has expired";
}

INSTANTIATE_TEST_SUITE_P(Engines, CardsTest, store::testing::engines(), store::testing::engine_name);

}  // namespace
}  // namespace luytre::cards

// Follow-ups that go to another unit: nobody's contact is lost on the way.

#include "modules/followup/followup_fixture.h"

namespace luytre::followup {
namespace {

using std::chrono::hours;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

class TransferTest : public FollowUpTest {
 protected:
  TransferTest() : an_(contact("Nguyễn Thị An")), id_(of(an_).id) {}

  Result<FollowUp> transfer(const Caller& who, UnitId to, std::string reason = "Về ở với mẹ") {
    NewTransfer asked;
    asked.unit = to;
    asked.reason = std::move(reason);
    return run(room_.transfer(who, id_, asked, of(an_).version));
  }
  std::vector<FollowUp> arriving(const Caller& who, bool yours = false) {
    Filter filter;
    filter.yours = yours;
    const auto page = run(room_.arriving(who, filter, std::nullopt, 100));
    if (!page) throw std::runtime_error(page.error().code);
    return page->items;
  }
  static std::vector<TransferState> states(const FollowUp& what) {
    std::vector<TransferState> out;
    for (const Transfer& one : *what.transfers) out.push_back(one.state);
    return out;
  }

  const Caller their_centre_ = identity::testing::officer(Role::kDistrictOfficer, kNamHaiLang, 9402);
  const PersonId an_;
  const FollowUpId id_;
};

TEST_P(TransferTest, WhoHasTheContactKeepsItUntilTheOtherTakesIt) {
  ASSERT_TRUE(transfer(station_, kNamHaiLang));
  EXPECT_THAT(list(station_), SizeIs(1));
  EXPECT_THAT(list(neighbour_), IsEmpty());
  ASSERT_THAT(arriving(neighbour_), SizeIs(1));
  const Transfer coming = *arriving(neighbour_)[0].transfer;
  EXPECT_EQ(coming.from, visits::testing::kHaiLang);
  EXPECT_EQ(coming.to, kNamHaiLang);
  EXPECT_EQ(coming.reason, "Về ở với mẹ");
  EXPECT_EQ(coming.at, now());
  EXPECT_TRUE(coming.yours);
  EXPECT_THAT(arriving(station_), IsEmpty());
  EXPECT_EQ(code(record(neighbour_, id_, Finding::kNone)), "follow_up_not_taken");
  EXPECT_EQ(code(transfer(neighbour_, visits::testing::kHaiLang)), "follow_up_not_taken");
  ASSERT_TRUE(record(station_, id_, Finding::kNone));

  world_.clock.advance(hours(1));
  const auto taken = run(room_.take(neighbour_, id_));
  ASSERT_TRUE(taken) << code(taken);
  EXPECT_EQ(taken->unit, kNamHaiLang);
  EXPECT_FALSE(taken->transfer);
  EXPECT_THAT(arriving(neighbour_), IsEmpty());
  until("2026-03-03");
  EXPECT_THAT(list(station_), IsEmpty());
  EXPECT_THAT(list(neighbour_), SizeIs(1));
  EXPECT_EQ(code(run(room_.find(station_, id_))), "not_found");
  const auto alone = run(room_.find(neighbour_, id_));
  ASSERT_THAT(*alone->transfers, SizeIs(1));
  const Transfer& was = alone->transfers->front();
  EXPECT_EQ(was.state, TransferState::kTaken);
  EXPECT_EQ(was.ended, was.at + hours(1)) << "both time stamps";
  EXPECT_TRUE(was.ended_by);
  EXPECT_EQ(first_days(*alone, 2), "none due ") << "what was learnt before goes along";
  ASSERT_TRUE(record(neighbour_, id_, Finding::kNone));
}

TEST_P(TransferTest, ARepeatedCallTakesOnce) {
  EXPECT_EQ(code(run(room_.take(station_, id_))), "follow_up_not_transferred");
  ASSERT_TRUE(transfer(station_, kNamHaiLang));
  EXPECT_EQ(code(run(room_.take(station_, id_))), "follow_up_not_transferred") << "it is not theirs to take";
  ASSERT_TRUE(run(room_.take(neighbour_, id_)));
  const std::int64_t version = of(an_).version;
  ASSERT_TRUE(run(room_.take(neighbour_, id_)));
  EXPECT_EQ(of(an_).version, version);
}

TEST_P(TransferTest, WhatNobodyTakesComesUp) {
  ASSERT_TRUE(transfer(station_, kNamHaiLang));
  EXPECT_THAT(arriving(their_centre_, true), IsEmpty());
  EXPECT_THAT(arriving(their_centre_), SizeIs(1)) << "seen from above";
  EXPECT_EQ(code(run(room_.take(their_centre_, id_))), "referral_not_escalated");
  world_.clock.advance(kTakenWithin - hours(1));
  watch();
  EXPECT_THAT(arriving(their_centre_, true), IsEmpty());
  world_.clock.advance(hours(1));
  watch();
  ASSERT_THAT(arriving(their_centre_, true), SizeIs(1));
  EXPECT_TRUE(arriving(their_centre_)[0].transfer->escalated);
  EXPECT_THAT(arriving(province_, true), IsEmpty());
  EXPECT_THAT(arriving(neighbour_, true), SizeIs(1)) << "and it stays with the station";
  world_.clock.advance(kTakenWithin);
  watch();
  EXPECT_THAT(arriving(province_, true), SizeIs(1));
  ASSERT_TRUE(run(room_.take(their_centre_, id_)));
  EXPECT_THAT(arriving(province_), IsEmpty());
  EXPECT_EQ(of(an_).unit, kNamHaiLang);
}

TEST_P(TransferTest, TheOldestComesFirst) {
  ASSERT_TRUE(transfer(station_, kNamHaiLang));
  world_.clock.advance(hours(1));
  const PersonId binh = contact("Lê Văn Bình");
  NewTransfer asked;
  asked.unit = kNamHaiLang;
  asked.reason = std::string("Chuyển nhà");
  ASSERT_TRUE(run(room_.transfer(station_, of(binh).id, asked, of(binh).version)));
  const auto all = arriving(neighbour_);
  ASSERT_THAT(all, SizeIs(2));
  EXPECT_EQ(all[0].person.id, an_);
  EXPECT_EQ(all[1].person.id, binh);
  const auto page = run(room_.arriving(neighbour_, {}, std::nullopt, 1));
  ASSERT_TRUE(page->next);
  EXPECT_EQ(run(room_.arriving(neighbour_, {}, page->next, 1))->items[0].person.id, binh);
  EXPECT_EQ(code(run(room_.arriving(neighbour_, {}, std::string("x"), 1))), "invalid");
  EXPECT_EQ(code(run(room_.arriving(callers_.at(an_), {}, std::nullopt, 1))), "not_permitted");
}

TEST_P(TransferTest, TheListIsTurnedRoundAndOfOneMomentEachStandsOnce) {
  ASSERT_TRUE(transfer(station_, kNamHaiLang));
  std::vector<PersonId> came{an_};
  world_.clock.advance(hours(1));
  for (const char* name : {"Lê Văn Bình", "Võ Cảnh", "Hồ Dung"}) {
    came.push_back(contact(name));
    NewTransfer asked;
    asked.unit = kNamHaiLang;
    asked.reason = std::string("Chuyển nhà");
    const FollowUp one = of(came.back());
    ASSERT_TRUE(run(room_.transfer(station_, one.id, asked, one.version)));
  }
  const auto glued = [&](const Caller& who, std::optional<cases::SortOrder> order, std::size_t limit) {
    Filter filter;
    filter.order = order;
    std::vector<PersonId> out;
    std::optional<std::string> next;
    do {
      const auto page = run(room_.arriving(who, filter, next, limit));
      if (!page) throw std::runtime_error(page.error().code);
      for (const FollowUp& one : page->items) out.push_back(one.person.id);
      next = page->next;
    } while (next && out.size() < 20);
    return out;
  };
  for (const Caller* who : {&neighbour_, &province_})
    for (const std::size_t limit : {1U, 3U, 50U}) {
      EXPECT_EQ(glued(*who, std::nullopt, limit), came);
      EXPECT_EQ(glued(*who, cases::SortOrder::kDescending, limit), std::vector<PersonId>(came.rbegin(), came.rend()));
    }
  const auto first = run(room_.arriving(neighbour_, {}, std::nullopt, 1));
  ASSERT_TRUE(first && first->next);
  Filter down;
  down.order = cases::SortOrder::kDescending;
  EXPECT_THAT(fields(run(room_.arriving(neighbour_, down, first->next, 1))), ElementsAre("?cursor other_sort"));
}

TEST_P(TransferTest, WhatAUnitIsToTakeIsTakenOutMarkedAndLogged) {
  ASSERT_TRUE(transfer(station_, kNamHaiLang));
  TransfersOut asked;
  asked.reason = std::string("Giao ban chiều");
  const auto file = run(room_.take_out_transfers(their_centre_, kNamHaiLang, asked));
  ASSERT_TRUE(file) << code(file);
  EXPECT_THAT(file->body, HasSubstr("Lũy Tre: "));
  EXPECT_THAT(file->body, HasSubstr("Nguyễn Thị An"));
  EXPECT_THAT(file->body, Not(HasSubstr("Về ở với mẹ")));
  EXPECT_THAT(log_about(an_), Contains("followup.take_out_transfers"));
  EXPECT_THAT(run(room_.take_out_transfers(province_, visits::testing::kHaiLang, asked))->body,
              Not(HasSubstr("Nguyễn Thị An")))
      << "where it goes, not where it lies";
  asked.yours = true;
  EXPECT_THAT(run(room_.take_out_transfers(their_centre_, kNamHaiLang, asked))->body, Not(HasSubstr("Nguyễn Thị An")))
      << "it has not come up";
  asked.yours.reset();
  EXPECT_EQ(code(run(room_.take_out_transfers(neighbour_, kNamHaiLang, asked))), "not_permitted") << "a station";
  EXPECT_EQ(code(run(room_.take_out_transfers(their_centre_, visits::testing::kHaiLang, asked))), "not_permitted");
  asked.reason = std::string();
  EXPECT_EQ(code(run(room_.take_out_transfers(their_centre_, kNamHaiLang, asked))), "reason_required");
}

TEST_P(TransferTest, ItIsTakenBackReplacedAndEndsWithTheFollowUp) {
  EXPECT_THAT(fields(transfer(station_, visits::testing::kHaiLang)), ElementsAre("/unit choice"));
  EXPECT_THAT(fields(transfer(station_, visits::testing::kQuangTri)), ElementsAre("/unit choice"));
  EXPECT_THAT(fields(transfer(station_, kNamHaiLang, "")), ElementsAre("/reason required"));
  EXPECT_EQ(code(transfer(neighbour_, kNamHaiLang)), "not_found");
  NewTransfer asked;
  asked.unit = kNamHaiLang;
  asked.reason = std::string("Về ở với mẹ");
  EXPECT_EQ(code(run(room_.transfer(station_, id_, asked, of(an_).version + 1))), "version_conflict");

  ASSERT_TRUE(transfer(station_, kNamHaiLang));
  ASSERT_TRUE(transfer(station_, visits::testing::kHaiLang, "Không đi nữa"));
  EXPECT_THAT(arriving(neighbour_), IsEmpty());
  EXPECT_EQ(code(run(room_.take(neighbour_, id_))), "not_found");
  ASSERT_TRUE(transfer(station_, kNamHaiLang));
  ASSERT_TRUE(transfer(station_, kNamHaiLang, "Nhắc lại"));
  EXPECT_THAT(arriving(neighbour_), SizeIs(1));
  EXPECT_THAT(states(open(id_)),
              ElementsAre(TransferState::kWithdrawn, TransferState::kWithdrawn, TransferState::kWaiting));
  undo(case_);
  EXPECT_THAT(arriving(neighbour_), IsEmpty());
  EXPECT_EQ(states(open(id_)).back(), TransferState::kWithdrawn);
  EXPECT_FALSE(open(id_).transfers->back().ended_by) << "by itself";
  EXPECT_EQ(code(transfer(station_, kNamHaiLang)), "follow_up_ended");
}

TEST_P(TransferTest, TheReasonIsSealedAndWhoeverIsToTakeItIsInTheLog) {
  ASSERT_TRUE(transfer(station_, kNamHaiLang));
  const auto before = log_about(an_).size();
  arriving(neighbour_);
  EXPECT_THAT(log_about(an_), SizeIs(before + 1));
  EXPECT_EQ(count("SELECT count(*) FROM followup_transfer WHERE length(reason) < 30"), 0)
      << "longer than what was said";
}

TEST_P(TransferTest, WhoTookItReportsTheSuspect) {
  ASSERT_TRUE(record(station_, id_, Finding::kSymptoms, {"fever"}));
  ASSERT_TRUE(transfer(station_, kNamHaiLang));
  EXPECT_EQ(code(run(room_.report(neighbour_, id_, std::nullopt))), "follow_up_not_taken");
  ASSERT_TRUE(run(room_.take(neighbour_, id_)));
  const auto kase = run(room_.report(neighbour_, id_, std::nullopt));
  ASSERT_TRUE(kase) << code(kase);
  EXPECT_EQ(kase->report_unit, kNamHaiLang) << "the person's home is elsewhere";
  followers_.drain();
  ASSERT_TRUE(of(an_).suspect);
  EXPECT_EQ(of(an_).suspect->id, kase->id);
}

INSTANTIATE_TEST_SUITE_P(Engines, TransferTest, store::testing::engines(), store::testing::engine_name);

}  // namespace
}  // namespace luytre::followup

#include "modules/broadcasts/broadcasts.h"

#include <gmock/gmock.h>

#include "modules/command/testing.h"
#include "modules/visits/testing.h"
#include "platform/base/result_testing.h"

namespace luytre::broadcasts {
namespace {

using command::Switch;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using visits::testing::kHaiLang;
using visits::testing::kQuangTri;

const UnitId kDaNang{2025100048};

class BroadcastsTest : public ::testing::TestWithParam<store::Engine> {
 protected:
  Instant now() const { return world_.clock.now(); }
  Result<Draft> draft(const Caller& who, Asked asked) { return run(broadcasts_.draft(who, std::move(asked))); }
  Draft drafted(std::vector<Call> calls = {}, std::optional<Text<40>> hotline = {}) {
    auto out = draft(station_, {kHaiLang, std::move(calls), std::move(hotline)});
    if (!out) throw std::runtime_error(out.error().code);
    return *out;
  }
  static std::vector<PartKind> kinds(const Draft& draft) {
    std::vector<PartKind> out;
    for (const Part& part : draft.parts) out.push_back(part.kind);
    return out;
  }
  Result<Broadcast> publish(const Caller& who, std::string words, std::optional<Text<40>> hotline = {}) {
    return run(broadcasts_.publish(who, {kHaiLang, std::move(words), std::move(hotline), true}, std::nullopt));
  }

  visits::testing::World world_{GetParam(), {migrations()}};
  std::vector<tracing::PublishedPlace> places_;
  Broadcasts broadcasts_{
      {*world_.db,
       world_.decisions,
       visits::testing::geography(),
       world_.house->access,
       world_.house.texts(),
       {[](const std::string&) { return "COVID-19"; }, [](const std::string&) { return "tờ khai di chuyển"; },
        [](const std::string&) { return "Nhân viên y tế khai mỗi ngày."; },
        [](const std::string& disease) { return disease != "cholera"; }},
       [this](store::Session&, Instant) { return places_; }}};
  const Caller station_ = identity::testing::officer(Role::kStationOfficer, kHaiLang, 9101),
               elsewhere_ = identity::testing::officer(Role::kStationOfficer, kDaNang, 9102),
               commander_ = identity::testing::officer(Role::kCommander, kQuangTri, 9103),
               administrator_ = identity::testing::officer(Role::kAdministrator, {}, 9104);
};

TEST_P(BroadcastsTest, WhereNothingHoldsThereIsNothingToSay) {
  EXPECT_THAT(kinds(drafted()), ElementsAre(PartKind::kOpening, PartKind::kClosing));
  EXPECT_THAT(drafted().parts[0].text, HasSubstr("bà con Xã Hải Lăng"));
  EXPECT_THAT(drafted().parts[0].text, HasSubstr("ngày mồng hai tháng ba năm hai nghìn không trăm hai mươi sáu"));
}

TEST_P(BroadcastsTest, SaysWhatHoldsInTheWholeUnitAndUntilWhen) {
  command::testing::switch_on(world_.decisions, Switch::kCheckIn, now(), kQuangTri);
  command::testing::switch_on(world_.decisions, Switch::kDeclarations, now(), kQuangTri, "covid-19", "movement");
  command::testing::switch_on(world_.decisions, Switch::kDeclarations, now(), kHaiLang, "covid-19", "daily", "staff");
  command::testing::switch_on(world_.decisions, Switch::kTracing, now(), kDaNang);
  const Draft made = drafted();
  EXPECT_THAT(kinds(made), ::testing::UnorderedElementsAre(PartKind::kOpening, PartKind::kDecision, PartKind::kDecision,
                                                           PartKind::kDuty, PartKind::kClosing))
      << "another province's decisions are not read out here";
  std::string all;
  for (const Part& part : made.parts) all += part.text + '\n';
  EXPECT_THAT(all, HasSubstr("tờ khai di chuyển"));
  EXPECT_THAT(all, HasSubstr("Nhân viên y tế khai mỗi ngày."));
  EXPECT_THAT(all, HasSubstr("ngày mồng một tháng ba năm")) << "since when";
  EXPECT_THAT(all, HasSubstr("đến tám giờ ba mươi phút, ngày mồng một tháng tư năm")) << "until when";
  EXPECT_THAT(all, Not(HasSubstr("{")));
  EXPECT_THAT(all, Not(HasSubstr("2026")));
}

TEST_P(BroadcastsTest, NamesPlacesOfTheUnitThatMayBeNamed) {
  places_ = {{PlaceId{1}, "Chợ số 2", kHaiLang, now() - std::chrono::hours(5), now() - std::chrono::hours(3)},
             {PlaceId{2}, "Chợ Hàn", UnitId{2025320242}, now(), now()}};
  const Draft made = drafted();
  ASSERT_THAT(kinds(made), ElementsAre(PartKind::kOpening, PartKind::kPlace, PartKind::kClosing));
  EXPECT_THAT(made.parts[1].text, HasSubstr("Chợ số hai, trong khoảng từ ba giờ ba mươi phút"));
}

TEST_P(BroadcastsTest, CallsAndTheHotlineAreSpoken) {
  const Call test{CallKind::kTest, std::string("người từ 60 tuổi trở lên"), std::string("Trạm y tế"), now()};
  Call jab = test;
  jab.kind = CallKind::kVaccination;
  jab.until = now() + std::chrono::hours(2);
  const Draft made = drafted({test, jab}, Text<40>("1900 9095"));
  ASSERT_THAT(made.parts, SizeIs(5));
  EXPECT_THAT(made.parts[1].text, HasSubstr("người từ sáu mươi tuổi trở lên đến Trạm y tế để lấy mẫu xét nghiệm, bắt "
                                            "đầu từ tám giờ ba mươi phút"));
  EXPECT_THAT(made.parts[2].text, HasSubstr("đến mười giờ ba mươi phút"));
  EXPECT_THAT(made.parts[3].text, HasSubstr("một chín không không, chín không chín năm"));
  Call wrong{CallKind::kTest, std::string(" "), std::string(), now(), now()};
  const auto refused = draft(station_, {kHaiLang, {wrong}, {}});
  ASSERT_FALSE(refused);
  std::vector<std::string> pointers;
  for (const auto& field : refused.error().fields) pointers.push_back(field.pointer);
  EXPECT_THAT(pointers, ElementsAre("/calls/0/who", "/calls/0/where", "/calls/0/until"));
}

TEST_P(BroadcastsTest, MasksAreAskedForWhereSomethingIsDecidedAgainstADiseaseOfTheAir) {
  const Call test{CallKind::kTest, std::string("bà con thôn hai"), std::string("Trạm y tế"), now()};
  Call jab = test;
  jab.kind = CallKind::kVaccination;
  const auto called = [&] {
    std::vector<std::string> out;
    for (const Part& part : drafted({test, jab}).parts)
      if (part.kind == PartKind::kCall) out.push_back(part.text);
    return out;
  };
  EXPECT_THAT(called(), Each(Not(HasSubstr("khẩu trang")))) << "nothing is decided";
  command::testing::switch_on(world_.decisions, Switch::kTracing, now(), kHaiLang, "cholera");
  command::testing::switch_on(world_.decisions, Switch::kTracing, now(), kDaNang, "covid-19");
  EXPECT_THAT(called(), Each(Not(HasSubstr("khẩu trang"))));
  command::testing::switch_on(world_.decisions, Switch::kTracing, now(), kQuangTri, "covid-19");
  EXPECT_THAT(called(), ElementsAre(HasSubstr("xin đeo khẩu trang"), Not(HasSubstr("khẩu trang"))));
}

TEST_P(BroadcastsTest, WhatWasReadOutStandsWithWhoAnswersForIt) {
  const auto made = publish(station_, "Kính thưa bà con.\nXin cảm ơn.", Text<40>("115"));
  ASSERT_TRUE(made) << made.error().code;
  EXPECT_EQ(made->words, "Kính thưa bà con.\nXin cảm ơn.");
  EXPECT_TRUE(made->edited);
  EXPECT_EQ(drafted().hotline, "115") << "of the last broadcast";
  ASSERT_TRUE(publish(commander_, "Lần hai"));
  const auto mine = run(broadcasts_.list(station_, std::nullopt, std::nullopt, 1));
  ASSERT_TRUE(mine);
  ASSERT_THAT(mine->items, SizeIs(1));
  EXPECT_EQ(mine->items[0].words, "Lần hai") << "newest first";
  ASSERT_TRUE(mine->next);
  EXPECT_THAT(run(broadcasts_.list(station_, std::nullopt, mine->next, 10))->items, SizeIs(1));
  EXPECT_THAT(run(broadcasts_.list(elsewhere_, std::nullopt, std::nullopt, 10))->items, IsEmpty());
  EXPECT_THAT(store::testing::event_lines(*world_.db),
              ::testing::Contains("broadcast.published:" + std::to_string(made->id.value)));
}

TEST_P(BroadcastsTest, OnlyForTheOwnArea) {
  EXPECT_EQ(draft(elsewhere_, {kHaiLang, {}, {}}).error().code, "not_permitted");
  EXPECT_EQ(draft(administrator_, {kHaiLang, {}, {}}).error().code, "not_permitted");
  EXPECT_EQ(draft(station_, {UnitId{7}, {}, {}}).error().fields.at(0).pointer, "/unit");
  EXPECT_EQ(publish(elsewhere_, "x").error().code, "not_permitted");
  EXPECT_EQ(publish(station_, " \n").error().fields.at(0).pointer, "/words");
  EXPECT_EQ(run(broadcasts_.list(station_, kDaNang, std::nullopt, 10)).error().code, "not_permitted");
  EXPECT_TRUE(draft(commander_, {kHaiLang, {}, {}}));
}

TEST_P(BroadcastsTest, ALongTextOfSeveralLinesIsRepeatedAsItWas) {
  std::string words;
  while (words.size() < 5000) words += "Kính thưa bà con.\nMời bà con ở nhà.\n";
  words.pop_back();  // ends are tidied
  const auto once = store::make_once(9101, "POST broadcasts", "a", words);
  const NewBroadcast asked{kHaiLang, words, {}, true};
  const auto first = run(broadcasts_.publish(station_, asked, once));
  const auto again = run(broadcasts_.publish(station_, asked, once));
  ASSERT_TRUE(first) << first.error().code;
  ASSERT_TRUE(again) << again.error().code;
  EXPECT_EQ(json::text(*first), json::text(*again));
}

INSTANTIATE_TEST_SUITE_P(Engines, BroadcastsTest, store::testing::engines(), store::testing::engine_name);

}  // namespace
}  // namespace luytre::broadcasts

#include "modules/outages/outages.h"

#include <gmock/gmock.h>

#include "platform/base/result_testing.h"
#include "platform/base/run.h"
#include "platform/identity/testing.h"
#include "platform/notify/gateway_for_test.h"
#include "platform/notify/notify.h"
#include "platform/store/testing.h"

namespace luytre::outages {
namespace {

using identity::testing::officer;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

TEST(BreaksTest, ALimitIsBrokenAboveItAndByEnoughMessages) {
  const Limit limit{Kind::kCodes, 20, 60, 15, 10};
  notify::Outbound d;
  EXPECT_EQ(failed_percent(d), 0);
  d.sent = 8;
  d.failed = 1;
  d.dropped = 1;
  d.median_seconds = 60;
  EXPECT_EQ(failed_percent(d), 20);
  EXPECT_FALSE(breaks(limit, d)) << "at the limit is within it";
  d.dropped = 2;
  EXPECT_TRUE(breaks(limit, d));
  d.failed = d.dropped = 0;
  d.waiting = 2;
  d.median_seconds = 61;
  EXPECT_TRUE(breaks(limit, d));
  d.waiting = 1;
  EXPECT_FALSE(breaks(limit, d)) << "nine messages say nothing";
}

class OutagesTest : public ::testing::TestWithParam<store::Engine> {
 protected:
  static notify::SenderSettings settings(const std::string& url) {
    notify::SenderSettings out;
    out.kind = "http";
    out.url = url;
    out.body = R"({"to":"{phone}","text":"{text}"})";
    return out;
  }
  Instant now() const { return clock_.now(); }
  void later(seconds time) { clock_.advance(time); }
  // One code, and what the gateway says to it.
  void send(int status) {
    db_->transact_now([&](store::Session& s) {
      notify_.queue(s, {"+84912345678", "Ma 123456", "code", now() + minutes(5)});
    });
    gateway_.answer({status});
    notify_.deliver_now();
  }
  void watch() {
    const auto job = outages_.watch();
    db_->transact_now([&](store::Session& s) { job.run(s); });
  }
  Board board() {
    auto out = run(outages_.board(administrator_));
    if (!out) throw std::runtime_error(out.error().code);
    return *out;
  }
  Known known() {
    later(kRemembered);
    return *run(outages_.codes());
  }
  void limit(NewLimit asked) {
    const auto out = run(outages_.set_limit(administrator_, asked));
    ASSERT_TRUE(out) << out.error().code;
  }

  ManualClock clock_{*parse_instant("2026-11-20T03:00:00Z")};
  store::testing::TestDatabase db_{GetParam(), {identity::migrations(), notify::migrations(), migrations()}, clock_};
  const Vault vault_ = identity::testing::vault();
  notify::testing::Gateway gateway_;
  notify::Notify notify_{*db_, vault_, settings(gateway_.url("/sms"))};
  geography::Geography geography_{LUYTRE_SOURCE_DIR "/data/geography"};
  identity::Access access_{geography_, clock_, db_->ids()};
  Outages outages_{*db_, access_};
  const Caller administrator_ = officer(Role::kAdministrator, {}, 9001),
               commander_ = officer(Role::kCommander, UnitId{2025100044}, 9002),
               station_ = officer(Role::kStationOfficer, {}, 9003);
};

TEST_P(OutagesTest, WithoutALimitNobodyIsAlarmedAndTheBoardSaysWhatBecameOfCodes) {
  for (int i = 0; i < 3; ++i) send(400);
  watch();
  EXPECT_FALSE(known().late);
  const Board seen = board();
  EXPECT_THAT(seen.limits, IsEmpty());
  EXPECT_THAT(seen.open, IsEmpty());
  ASSERT_THAT(seen.hours, SizeIs(1));
  EXPECT_EQ(seen.hours[0].failed, 3);
  EXPECT_EQ(seen.hours[0].purpose, "code");
  EXPECT_THAT(seen.hours[0].sender, HasSubstr("http 127.0.0.1"));
  EXPECT_THAT(json::text(seen), Not(HasSubstr("912345678"))) << "no phone numbers";
  EXPECT_TRUE(run(outages_.board(commander_)));
  EXPECT_EQ(run(outages_.board(station_)).error().code, "not_permitted");
  EXPECT_EQ(run(outages_.set_limit(station_, {})).error().code, "not_permitted");
}

TEST_P(OutagesTest, BeginsByItselfAndEndsOnceTheLimitsWereKeptForTheWindow) {
  limit({Kind::kCodes, true, 20, 60, 15, 3});
  for (int i = 0; i < 3; ++i) send(200);
  watch();
  EXPECT_FALSE(known().late);
  send(400);
  const Instant began = now();
  watch();
  ASSERT_TRUE(known().late);
  EXPECT_EQ(known().since, began);
  EXPECT_FALSE(known().until);
  ASSERT_THAT(board().open, SizeIs(1));
  EXPECT_TRUE(board().open[0].automatic);
  EXPECT_EQ(board().open[0].failed_percent, 25);
  later(minutes(5));
  watch();
  EXPECT_THAT(board().open, SizeIs(1)) << "one, not one a minute";
  later(minutes(16));  // the failed ones have left the window
  watch();
  EXPECT_FALSE(known().late);
  EXPECT_THAT(board().open, IsEmpty());
  EXPECT_THAT(board().past, SizeIs(1));
  const std::string id = std::to_string(board().past[0].id.value);
  EXPECT_THAT(store::testing::event_lines(*db_), ElementsAre("outage.began:" + id, "outage.ended:" + id));
}

TEST_P(OutagesTest, CodesThatWaitTooLongAreAnOutageToo) {
  limit({Kind::kCodes, true, 50, 30, 15, 2});
  for (int i = 0; i < 2; ++i) send(503);
  later(seconds(30));
  watch();
  EXPECT_FALSE(known().late);
  later(seconds(31));
  watch();
  EXPECT_TRUE(known().late);
  EXPECT_GT(board().open.at(0).delay_seconds, 30);
}

TEST_P(OutagesTest, WithoutItsLimitAnAutomaticOneEnds) {
  limit({Kind::kCodes, true, 1, 60, 15, 1});
  send(400);
  watch();
  EXPECT_TRUE(known().late);
  limit({Kind::kCodes, false});
  watch();
  EXPECT_FALSE(known().late);
}

TEST_P(OutagesTest, SomebodyDeclaresOneWithAnEndAndEndsItEarly) {
  const auto declare = [&](Instant until, std::string reason, Kind kind = Kind::kCodes) {
    return run(outages_.declare(commander_, {kind, until, std::move(reason)}));
  };
  EXPECT_EQ(declare(now(), "x").error().fields.at(0).pointer, "/until");
  EXPECT_EQ(declare(now() + kLongest + seconds(1), "x").error().fields.at(0).code, "too_late");
  EXPECT_EQ(declare(now() + hours(1), " ").error().fields.at(0).pointer, "/reason");
  ASSERT_TRUE(declare(now() + hours(3), "Tổng đài bảo trì", Kind::kMessages));
  EXPECT_FALSE(known().late) << "of other messages the sign-in page says nothing";
  const Instant until = now() + hours(1);
  const auto first = declare(until, "Tổng đài bảo trì");
  ASSERT_TRUE(first);
  EXPECT_EQ(known().until, until);
  ASSERT_TRUE(run(outages_.end(administrator_, first->id)));
  EXPECT_FALSE(known().late);
  EXPECT_EQ(run(outages_.end(administrator_, first->id)).error().code, "outage_ended");
  EXPECT_EQ(run(outages_.end(administrator_, OutageId{1})).error().code, "not_found");
  ASSERT_TRUE(declare(now() + hours(1), "Tổng đài bảo trì"));
  later(hours(1));
  watch();
  EXPECT_FALSE(known().late) << "its end has come";
  EXPECT_THAT(board().past, SizeIs(2));
}

TEST_P(OutagesTest, ASecondTryDeclaresNothingNew) {
  const NewOutage asked{Kind::kCodes, now() + hours(1), "Tổng đài bảo trì\ntừ 8 giờ"};
  const auto key = [] { return store::make_once(9101, "POST outages", "a", "body"); };
  const auto first = run(outages_.declare(commander_, asked, key()));
  const auto again = run(outages_.declare(commander_, asked, key()));
  ASSERT_TRUE(first && again);
  EXPECT_EQ(again->id, first->id);
  EXPECT_THAT(board().open, SizeIs(1));
}

TEST_P(OutagesTest, LimitsAreCheckedAndKeptUntilSetAnew) {
  const auto refused =
      run(outages_.set_limit(administrator_, {Kind::kCodes, true, 0, std::nullopt, kWindowMost + 1, 1}));
  ASSERT_FALSE(refused);
  std::vector<std::string> flaws;
  for (const auto& field : refused.error().fields) flaws.push_back(field.pointer + ' ' + field.code);
  EXPECT_THAT(flaws, ElementsAre("/failedPercent range", "/delaySeconds required", "/windowMinutes range"));
  limit({Kind::kMessages, true, 50, 600, 60, 20});
  limit({Kind::kMessages, true, 40, 600, 60, 20});
  ASSERT_THAT(board().limits, SizeIs(1));
  EXPECT_EQ(board().limits[0].failed_percent, 40);
}

INSTANTIATE_TEST_SUITE_P(Engines, OutagesTest, store::testing::engines(), store::testing::engine_name);

}  // namespace
}  // namespace luytre::outages

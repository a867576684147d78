#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "modules/command/decisions.h"
#include "modules/command/testing.h"
#include "platform/base/result_testing.h"
#include "platform/base/run.h"
#include "platform/store/testing.h"

namespace luytre::command {
namespace {

using std::chrono::hours;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const UnitId kQuangTri{2025100044}, kDaNang{2025100048}, kHaiLang{2025319702};
const UnitId kOldQuangTri{2021100045}, kOldQuangBinh{2021100044}, kOldHaiLangDistrict{2021200470};

const geography::Geography& geography() {
  static const geography::Geography all(LUYTRE_SOURCE_DIR "/data/geography");
  return all;
}

Caller officer(Role role, UnitId area) {
  Caller out;
  out.account = {7};
  out.grants = {{role, area}};
  return out;
}

class CommandTest : public ::testing::TestWithParam<store::Engine> {
 protected:
  Instant now() const { return clock_.now(); }
  Decisions& decisions() { return *decisions_; }

  NewDecision asked(Switch what, std::optional<UnitId> unit, hours lasting = hours(24)) const {
    NewDecision out;
    out.purpose = what;
    out.disease = std::string("covid-19");
    out.unit = unit;
    out.from = now();
    out.until = now() + lasting;
    out.basis = std::string("Quyết định 1/QĐ-UBND");
    return out;
  }

  Result<Decision> decide(const Caller& who, NewDecision what) { return run(decisions_->decide(who, std::move(what))); }
  Decision decided(Switch what, std::optional<UnitId> unit, hours lasting = hours(24)) {
    auto made = decide(commander_, asked(what, unit, lasting));
    if (!made) throw std::runtime_error(made.error().code);
    return *made;
  }
  bool on(Switch what, UnitId unit) const { return decisions_->in_force(what, unit, now()).has_value(); }

  ManualClock clock_{*parse_instant("2026-11-20T03:00:00Z")};
  store::testing::TestDatabase db_{GetParam(), {identity::migrations(), migrations()}, clock_};
  identity::Access access_{geography(), clock_, db_->ids()};
  const Caller commander_ = officer(Role::kCommander, {});
  std::unique_ptr<Decisions> decisions_ = std::make_unique<Decisions>(*db_, geography(), access_);
};

TEST_P(CommandTest, EverythingIsOffUntilDecidedAndGoesOffByItself) {
  for (const Switch what : {Switch::kCheckIn, Switch::kDeclarations, Switch::kTracing})
    EXPECT_FALSE(on(what, kHaiLang));
  const Decision made = decided(Switch::kCheckIn, kQuangTri, hours(48));
  EXPECT_EQ(made.unit_name, "Tỉnh Quảng Trị");
  EXPECT_EQ(decisions().in_force(Switch::kCheckIn, kHaiLang, now()), made.id);
  EXPECT_FALSE(on(Switch::kDeclarations, kHaiLang)) << "one switch does not turn another";
  EXPECT_FALSE(decisions().in_force(Switch::kCheckIn, kHaiLang, now() - std::chrono::seconds(1))) << "not before";
  clock_.advance(hours(48) - std::chrono::seconds(1));
  EXPECT_TRUE(on(Switch::kCheckIn, kHaiLang));
  clock_.advance(std::chrono::seconds(1));
  EXPECT_FALSE(on(Switch::kCheckIn, kHaiLang));
  EXPECT_THAT(store::testing::event_lines(*db_), ElementsAre("decision.made:" + std::to_string(made.id.value)));
}

TEST_P(CommandTest, HoldsInItsAreaOnly) {
  decided(Switch::kCheckIn, kHaiLang);
  EXPECT_TRUE(on(Switch::kCheckIn, kHaiLang));
  EXPECT_FALSE(on(Switch::kCheckIn, kQuangTri)) << "a part does not switch on the whole";
  EXPECT_FALSE(on(Switch::kCheckIn, kDaNang));
  EXPECT_FALSE(on(Switch::kCheckIn, UnitId{})) << "nor the country";
  decided(Switch::kCheckIn, std::nullopt);
  EXPECT_TRUE(on(Switch::kCheckIn, kDaNang));
  EXPECT_TRUE(on(Switch::kCheckIn, UnitId{}));
}

TEST_P(CommandTest, SaysForWhichDisease) {
  decided(Switch::kTracing, kQuangTri);
  EXPECT_TRUE(decisions().in_force(Switch::kTracing, kHaiLang, now(), "covid-19"));
  EXPECT_FALSE(decisions().in_force(Switch::kTracing, kHaiLang, now(), "mpox"));
}

TEST_P(CommandTest, OfTwoGatesOfAUnitOneIsOnAndTheOtherOff) {
  const PlaceId gate{71}, other{72}, elsewhere{73};
  decisions().set_places([&](PlaceId place) -> std::optional<Decisions::Place> {
    if (place == gate) return Decisions::Place{"Cửa khẩu A", kHaiLang};
    if (place == elsewhere) return Decisions::Place{"Sân bay B", kDaNang};
    return std::nullopt;
  });
  const auto on_at = [&](std::optional<PlaceId> place, std::optional<Direction> direction = {}) {
    return decisions().form_in_force("entry", true, kHaiLang, now(), {"", direction, place}).has_value();
  };
  NewDecision named = asked(Switch::kDeclarations, kHaiLang);
  named.form = std::string("entry");
  named.place = gate;
  const auto made = decide(commander_, named);
  ASSERT_TRUE(made) << made.error().code;
  EXPECT_EQ(made->unit_name, "Cửa khẩu A, Xã Hải Lăng, Tỉnh Quảng Trị");
  EXPECT_TRUE(on_at(gate));
  EXPECT_FALSE(on_at(other));
  EXPECT_FALSE(on_at({})) << "nor in the unit at large";
  EXPECT_FALSE(decisions().form_in_force_somewhere("entry", true, now()));
  decisions().refresh();
  EXPECT_TRUE(on_at(gate)) << "as it was stored";
  ASSERT_THAT(decisions().all_in_force(now()), ::testing::SizeIs(1));
  EXPECT_EQ(decisions().all_in_force(now())[0].unit_name, made->unit_name);

  named.place.reset();
  named.direction = Direction::kLeaving;
  ASSERT_TRUE(decide(commander_, named));
  EXPECT_TRUE(on_at(other, Direction::kLeaving));
  EXPECT_FALSE(on_at(other, Direction::kArriving));
  EXPECT_FALSE(on_at(other)) << "which way is not known";

  const auto wrong = [&](const NewDecision& what) { return decide(commander_, what).error().fields.at(0).pointer; };
  named.direction.reset();
  named.place = elsewhere;
  EXPECT_EQ(wrong(named), "/place") << "it lies in another unit";
  named.place = other;
  EXPECT_EQ(wrong(named), "/place") << "nobody knows it";
  named.place = gate;
  named.duty = std::string("x");
  EXPECT_EQ(wrong(named), "/place") << "a duty is of the whole unit";
  named.duty.reset();
  named.form.reset();
  EXPECT_EQ(wrong(named), "/place") << "without a form";
}

TEST_P(CommandTest, AFormAboutOneDiseaseOrDirectionIsDecidedAboutForThat) {
  Settings settings;
  settings.limits["entry"] = {"covid-19", Direction::kArriving, {}};
  decisions_ = std::make_unique<Decisions>(*db_, geography(), access_, settings);
  NewDecision named = asked(Switch::kDeclarations, kHaiLang);
  named.form = std::string("entry");
  named.disease = std::string("mpox");
  EXPECT_EQ(decide(commander_, named).error().fields.at(0).pointer, "/disease");
  named.disease = std::string("covid-19");
  named.direction = Direction::kLeaving;
  EXPECT_EQ(decide(commander_, named).error().fields.at(0).pointer, "/direction");
  named.direction = Direction::kArriving;
  EXPECT_TRUE(decide(commander_, named));
  const auto on_for = [&](const char* disease) {
    return decisions().form_in_force("entry", true, kHaiLang, now(), {disease, Direction::kArriving, {}}).has_value();
  };
  EXPECT_TRUE(on_for("covid-19"));
  EXPECT_FALSE(on_for("mpox"));
  const Asked asked{"", Direction::kArriving, {}};
  EXPECT_EQ(decisions().disease_of("entry", true, now(), asked), "covid-19");
  EXPECT_EQ(decisions().disease_of("entry", true, now() - std::chrono::seconds(1), asked), std::nullopt);
  decisions_ = std::make_unique<Decisions>(*db_, geography(), access_);
  decisions().refresh();
  named.disease = std::string("mpox");
  ASSERT_TRUE(decide(commander_, named));
  EXPECT_EQ(decisions().disease_of("entry", true, now(), asked), std::nullopt) << "there are two";
}

TEST_P(CommandTest, AFormIsSwitchedOnByName) {
  const auto on_form = [&](const char* form, bool own, UnitId unit) {
    return decisions().form_in_force(form, own, unit, now()).has_value();
  };
  EXPECT_FALSE(on_form("place-entry", false, kHaiLang));
  decided(Switch::kDeclarations, kQuangTri);
  EXPECT_TRUE(on_form("place-entry", false, kHaiLang));
  EXPECT_FALSE(on_form("entry", true, kHaiLang)) << "needs a decision of its own";
  EXPECT_FALSE(on_form("place-entry", false, kDaNang));

  NewDecision named = asked(Switch::kDeclarations, kDaNang);
  named.form = std::string("entry");
  const auto made = decide(commander_, named);
  ASSERT_TRUE(made) << made.error().code;
  EXPECT_EQ(made->form, "entry");
  EXPECT_TRUE(on_form("entry", true, kDaNang));
  EXPECT_FALSE(on_form("entry", true, kHaiLang));
  EXPECT_FALSE(on_form("place-entry", false, kDaNang)) << "one form does not switch on another";
  EXPECT_FALSE(on(Switch::kDeclarations, kDaNang));
  EXPECT_TRUE(decisions().form_in_force_somewhere("entry", true, now()));
  EXPECT_FALSE(decisions().form_in_force_somewhere("home-isolation", true, now()));

  decisions().refresh();
  EXPECT_TRUE(on_form("entry", true, kDaNang)) << "as it was stored";
  clock_.advance(hours(24));
  EXPECT_FALSE(on_form("entry", true, kDaNang)) << "and goes off by itself";

  NewDecision wrong = asked(Switch::kCheckIn, kDaNang);
  wrong.form = std::string("entry");
  EXPECT_EQ(decide(commander_, wrong).error().fields.at(0).pointer, "/form");
  wrong.purpose = Switch::kDeclarations;
  decisions_ = std::make_unique<Decisions>(*db_, geography(), access_, Settings{false, {}, {"place-entry"}});
  EXPECT_EQ(decide(commander_, wrong).error().fields.at(0).pointer, "/form") << "there is no such form";
}

TEST_P(CommandTest, AFormMayBeMadeADutyByARuleThatIsAboutIt) {
  Settings settings{false, {}, {"entry", "daily-health"}};
  settings.duties["staff-daily"] = {"daily-health", "covid-19"};
  decisions_ = std::make_unique<Decisions>(*db_, geography(), access_, settings);
  NewDecision duty = asked(Switch::kDeclarations, kDaNang);
  duty.duty = std::string("staff-daily");
  EXPECT_THAT(fields(decide(commander_, duty)), ElementsAre("/duty unknown")) << "a duty is about a form";
  duty.form = std::string("entry");
  EXPECT_THAT(fields(decide(commander_, duty)), ElementsAre("/duty unknown")) << "and about that one";
  duty.form = std::string("daily-health");
  duty.disease = std::string("mpox");
  EXPECT_THAT(fields(decide(commander_, duty)), ElementsAre("/duty unknown")) << "and about one disease";
  duty.disease = std::string("covid-19");
  duty.duty = std::string("staff-weekly");
  EXPECT_THAT(fields(decide(commander_, duty)), ElementsAre("/duty unknown"));
  duty.duty = std::string("staff-daily");
  const auto made = decide(commander_, duty);
  ASSERT_TRUE(made) << made.error().code;
  decisions().refresh();
  ASSERT_THAT(decisions().all_in_force(now()), SizeIs(1));
  EXPECT_EQ(decisions().all_in_force(now())[0].duty, "staff-daily") << "as it was stored";
  EXPECT_TRUE(decisions().form_in_force("daily-health", true, kDaNang, now())) << "what must be sent can be sent";
}

TEST_P(CommandTest, OutlivesAReformWithoutGrowing) {
  // Decided for old units, asked about what became of them.
  EXPECT_TRUE(holds_in(geography(), kOldQuangTri, kHaiLang));
  EXPECT_TRUE(holds_in(geography(), kOldHaiLangDistrict, kHaiLang));
  EXPECT_FALSE(holds_in(geography(), kOldQuangTri, kQuangTri)) << "the new province is half Quảng Bình";
  EXPECT_FALSE(holds_in(geography(), kOldQuangBinh, kHaiLang));
  // Decided for a new one, asked about an old fact.
  EXPECT_TRUE(holds_in(geography(), kQuangTri, kOldHaiLangDistrict));
  std::size_t inside = 0;
  for (const auto* commune : geography().children(kQuangTri, make_date(2025, 7, 1)))
    inside += holds_in(geography(), kOldQuangTri, commune->id);
  EXPECT_EQ(inside, 37u) << "Quảng Trị had 37 of the new communes, Quảng Bình the other 41";
}

TEST_P(CommandTest, EndsEarlyWithAReason) {
  const Decision made = decided(Switch::kCheckIn, kQuangTri, hours(240));
  clock_.advance(hours(1));
  const auto early = [&](std::string reason, std::int64_t version) {
    EarlyEnd why;
    why.reason = std::move(reason);
    return run(decisions().end(commander_, made.id, std::move(why), version));
  };
  EXPECT_EQ(early("", 1).error().fields.at(0).pointer, "/reason");
  const auto stale = early("Hết dịch", 7);
  ASSERT_FALSE(stale);
  EXPECT_EQ(stale.error().code, "version_conflict");
  EXPECT_THAT(stale.error().current, ::testing::HasSubstr("\"version\":1"));
  const auto ended = early("Hết dịch", 1);
  ASSERT_TRUE(ended) << ended.error().code;
  EXPECT_EQ(ended->ended_at, now());
  EXPECT_EQ(ended->version, 2);
  EXPECT_FALSE(on(Switch::kCheckIn, kHaiLang));
  EXPECT_TRUE(decisions().in_force(Switch::kCheckIn, kHaiLang, now() - hours(1)))
      << "what was done under it stays lawful";
  EXPECT_EQ(early("Lần nữa", 2).error().code, "decision_ended");
  EXPECT_EQ(run(decisions().end(commander_, DecisionId{1}, EarlyEnd{std::string("x")}, 1)).error().code, "not_found");
}

TEST_P(CommandTest, RefusesWhatHasNoEndOrNoBasis) {
  auto endless = asked(Switch::kCheckIn, kQuangTri, hours(24 * 90 + 1));
  EXPECT_THAT(fields(decide(commander_, endless)), ElementsAre("/until too_late"));
  EXPECT_TRUE(decide(commander_, asked(Switch::kCheckIn, kQuangTri, hours(24 * 90))));
  auto backwards = asked(Switch::kCheckIn, kQuangTri, hours(-1));
  EXPECT_THAT(fields(decide(commander_, backwards)), ElementsAre("/until too_early"));
  auto over = asked(Switch::kCheckIn, kQuangTri);
  over.from = now() - hours(48);
  over.until = now();
  EXPECT_THAT(fields(decide(commander_, over)), ElementsAre("/until too_early")) << "over before it was entered";
  auto old = asked(Switch::kCheckIn, kQuangTri);
  old.from = now() - hours(24 * 14 + 1);
  EXPECT_THAT(fields(decide(commander_, old)), ElementsAre("/from too_early"));
  auto vague = asked(Switch::kCheckIn, UnitId{42});
  vague.basis = std::string();
  vague.disease = std::string("COVID '; DROP TABLE command_decision; --");
  EXPECT_THAT(fields(decide(commander_, vague)), ElementsAre("/disease unknown", "/basis required", "/unit unknown"));
  EXPECT_THAT(fields(decide(commander_, asked(Switch::kCheckIn, kOldQuangTri))), ElementsAre("/unit unknown"))
      << "that province is no more";
}

TEST_P(CommandTest, OnlyACommanderOfTheAreaDecides) {
  const auto refused = [&](const Caller& who, std::optional<UnitId> unit) {
    const auto result = decide(who, asked(Switch::kCheckIn, unit));
    return result ? std::string() : result.error().code;
  };
  const Caller of_province = officer(Role::kCommander, kQuangTri);
  EXPECT_EQ(refused(of_province, kHaiLang), "");
  EXPECT_EQ(refused(of_province, kDaNang), "not_permitted");
  EXPECT_EQ(refused(of_province, std::nullopt), "not_permitted") << "a grant for a part never decides about the whole";
  EXPECT_EQ(refused(officer(Role::kProvinceOfficer, {}), kHaiLang), "not_permitted");
  EXPECT_EQ(refused(officer(Role::kAdministrator, {}), kHaiLang), "not_permitted");
  EXPECT_EQ(refused(Caller{}, kHaiLang), "unauthenticated");
  const Decision made = decided(Switch::kTracing, kDaNang);
  EXPECT_EQ(run(decisions().end(of_province, made.id, EarlyEnd{std::string("x")}, 1)).error().code, "not_permitted");
}

TEST_P(CommandTest, ARepeatAnswersABasisOfSeveralLinesToo) {
  const auto once = store::make_once(7, "POST /api/v1/decisions", "k2", "body");
  NewDecision two_lines = asked(Switch::kCheckIn, kQuangTri);
  two_lines.basis = std::string("Quyết định 1/QĐ-UBND\nngày 20/11/2026");
  const auto first = run(decisions().decide(commander_, two_lines, once));
  ASSERT_TRUE(first) << first.error().code;
  const auto again = run(decisions().decide(commander_, two_lines, once));
  ASSERT_TRUE(again) << again.error().code;
  EXPECT_EQ(json::text(*first), json::text(*again));
}

TEST_P(CommandTest, ARepeatedRequestDecidesOnce) {
  const auto once = store::make_once(7, "POST /api/v1/decisions", "k1", "body");
  const auto first = run(decisions().decide(commander_, asked(Switch::kCheckIn, kQuangTri), once));
  const auto again = run(decisions().decide(commander_, asked(Switch::kCheckIn, kQuangTri), once));
  ASSERT_TRUE(first && again);
  EXPECT_EQ(first->id, again->id);
  EXPECT_THAT(decisions().all_in_force(now()), SizeIs(1));

  ASSERT_TRUE(run(decisions().end(commander_, first->id, EarlyEnd{std::string("x")}, first->version)));
  ASSERT_TRUE(run(decisions().decide(commander_, asked(Switch::kCheckIn, kQuangTri), once)));
  EXPECT_FALSE(on(Switch::kCheckIn, kHaiLang)) << "the old answer does not switch it on again";
}

TEST_P(CommandTest, AnotherProcessLearnsOfIt) {
  Decisions other(*db_, geography(), access_);
  decided(Switch::kCheckIn, kQuangTri);
  EXPECT_FALSE(other.in_force(Switch::kCheckIn, kHaiLang, now()));
  other.start();
  EXPECT_TRUE(other.in_force(Switch::kCheckIn, kHaiLang, now()));
  const Decision second = decided(Switch::kTracing, kDaNang);
  const auto deadline = std::chrono::steady_clock::now() + kRefresh + std::chrono::seconds(60);
  while (!other.in_force(Switch::kTracing, kDaNang, now()) && std::chrono::steady_clock::now() < deadline)
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  EXPECT_EQ(other.in_force(Switch::kTracing, kDaNang, now()), second.id);
}

TEST_P(CommandTest, SurvivesARestart) {
  decided(Switch::kCheckIn, kQuangTri);
  decisions_.reset();
  db_.reopen();
  Decisions after(*db_, geography(), access_);
  after.refresh();
  ASSERT_THAT(after.all_in_force(now()), SizeIs(1));
  EXPECT_EQ(after.all_in_force(now())[0].unit_name, "Tỉnh Quảng Trị");
}

TEST_P(CommandTest, ListsNewestFirstInPages) {
  std::vector<DecisionId> made;
  for (int i = 0; i < 5; ++i) made.push_back(decided(Switch::kCheckIn, kHaiLang).id);
  std::vector<DecisionId> seen;
  std::optional<std::string> cursor;
  do {
    const auto page = run(decisions().list(cursor, 2));
    ASSERT_TRUE(page);
    for (const Decision& d : page->items) seen.push_back(d.id);
    cursor = page->next;
  } while (cursor);
  EXPECT_THAT(seen, ::testing::ElementsAreArray(made.rbegin(), made.rend()));
  EXPECT_EQ(run(decisions().list("not a cursor", 2)).error().fields.at(0).pointer, "?cursor");
}

TEST_P(CommandTest, AStudyHasNobodyToFollow) {
  const Decisions study(*db_, geography(), access_, {true, {}});
  EXPECT_TRUE(study.in_force(Switch::kTracing, kHaiLang, now()));
}

TEST_P(CommandTest, KnownDiseasesOnlyIfTheyAreGiven) {
  Decisions strict(*db_, geography(), access_, {false, {"mpox"}});
  const auto made = run(strict.decide(commander_, asked(Switch::kCheckIn, kQuangTri)));
  EXPECT_THAT(fields(made), ElementsAre("/disease unknown"));
}

TEST_P(CommandTest, TestsOfOtherRoomsCanSwitchEverythingOn) {
  testing::switch_on_everything(decisions(), now());
  for (const Switch what : {Switch::kCheckIn, Switch::kDeclarations, Switch::kTracing}) EXPECT_TRUE(on(what, kDaNang));
}

INSTANTIATE_TEST_SUITE_P(Engines, CommandTest, store::testing::engines(), store::testing::engine_name);

}  // namespace
}  // namespace luytre::command

#include "modules/quarantine/checks.h"

#include "modules/quarantine/quarantine_fixture.h"

namespace luytre::quarantine {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

json::Object answered(const char* question, const char* type, json::Value value) {
  return json::Object{{"linkId", question}, {"answer", json::Array{json::Object{{type, std::move(value)}}}}};
}

std::vector<CheckWindow> window(const char* from, const char* until) {
  return {CheckWindow{Text<5>(from), Text<5>(until)}};
}

TEST(CheckWindows, AreInOrderApartAndLongEnough) {
  const auto read = [](std::vector<CheckWindow> windows) { return read_windows(windows).has_value(); };
  EXPECT_TRUE(read({{Text<5>("08:00"), Text<5>("12:00")}, {Text<5>("12:00"), Text<5>("24:00")}}));
  EXPECT_FALSE(read({{Text<5>("08:00"), Text<5>("12:00")}, {Text<5>("11:59"), Text<5>("13:00")}}));
  EXPECT_FALSE(read({{Text<5>("08:00"), Text<5>("08:29")}}));
  EXPECT_FALSE(read({{Text<5>("12:00"), Text<5>("08:00")}}));
  for (const char* wrong : {"8:00", "08.00", "08:60", "24:30", "", "ab:cd"})
    EXPECT_FALSE(read({{Text<5>("00:00"), Text<5>(wrong)}})) << wrong;
  EXPECT_FALSE(read(std::vector<CheckWindow>(kWindowsMost + 1, {Text<5>("08:00"), Text<5>("12:00")})));
}

TEST(CheckWindows, ReadBackAsTheyWereWritten) {
  const auto windows = read_windows({{Text<5>("06:30"), Text<5>("09:05")}, {Text<5>("20:00"), Text<5>("24:00")}});
  ASSERT_TRUE(windows);
  EXPECT_EQ(written(*windows), "06:30-09:05 20:00-24:00");
  EXPECT_EQ(written(windows_of(written(*windows))), written(*windows));
  EXPECT_THAT(windows_of(""), IsEmpty());
}

// Somebody isolated at home since 08:30 of 2 March, inside the first of the windows 8-12, 14-16 and 18-20.
class ChecksTest : public QuarantineTest {
 protected:
  ChecksTest() {
    referrals_.set_alerts(
        [this](store::Session& s, referrals::SubjectId subject) { return room_.alert(s, AlertId{subject.value}); });
    declarations_.set_ordered([this](store::Session& s, PersonId person, std::string_view form, Instant at) {
      return room_.asked(s, person, form, at);
    });
    followers_.add(room_.follow());
    followers_.add(referrals_.follow());
  }

  Order isolated() {
    an_ = person("Nguyễn Thị An");
    return running(isolation(reported(an_)));
  }
  static Instant clock(const std::string& time, int day = 2) {
    return *parse_instant("2026-03-0" + std::to_string(day) + "T" + time + ":00+07:00");
  }
  void look(Instant at) {
    world_.clock.set(at);
    const auto job = room_.watch();
    world_.db->transact_now([&](store::Session& s) { job.run(s); });
    followers_.drain();
  }
  static declarations::NewDeclaration answers(Instant at, bool fever = false) {
    json::Array items;
    for (const char* sign : {"fever", "cough", "breath", "throat", "aches"})
      items.push_back(answered(sign, "valueBoolean", fever && std::string_view(sign) == "fever"));
    items.push_back(answered("at-place", "valueBoolean", true));
    items.push_back(answered("needs", "valueCoding", json::Object{{"code", "nothing"}}));
    declarations::NewDeclaration out;
    out.form = std::string("home-isolation");
    out.version = std::string("2021-07-12");
    out.at = at;
    out.response = json::Object{{"resourceType", "QuestionnaireResponse"},
                                {"status", "completed"},
                                {"item", json::Array{json::Object{{"linkId", "now"}, {"item", std::move(items)}}}}};
    return out;
  }
  Result<declarations::Declaration> sent(const Caller& who, declarations::NewDeclaration answers) {
    auto done = run(declarations_.submit(who, std::move(answers), std::nullopt));
    followers_.drain();
    return done;
  }
  Result<declarations::Declaration> check_in(Instant at, bool fever = false) {
    return sent(callers_.at(an_), answers(at, fever));
  }
  Result<declarations::Declaration> called(const Caller& who, PersonId person,
                                           std::optional<declarations::DeclarationId> corrects = {}) {
    auto asked = answers(now());
    asked.person = person;
    asked.channel = declarations::Channel::kPhone;
    asked.corrects = corrects;
    return sent(who, std::move(asked));
  }
  Checks checks(const Order& order) { return run(room_.find(station_, order.id))->checks.value_or(Checks{}); }
  // The first windows: "done", "missed" …
  std::vector<std::string> strip(const Order& order, std::size_t most) {
    std::vector<std::string> out;
    const Checks seen = checks(order);
    for (const Check& one : seen.strip)
      if (out.size() < most) out.emplace_back(json::enum_text(one.state));
    return out;
  }
  std::vector<referrals::Referral> told(const Caller& who) { return run(referrals_.list(who, {}, {}, 100))->items; }

  PersonId an_;
  referrals::Referrals referrals_{
      {*world_.db, declarations_, world_.people, visits::testing::geography(), world_.house->access, world_.vault}};
};

TEST_P(ChecksTest, ASignedOrderAsksWithoutAnyDecisionAndADraftDoesNot) {
  an_ = person("Nguyễn Thị An");
  const auto drafted = draft(station_, isolation(reported(an_)));
  ASSERT_TRUE(drafted) << code(drafted);
  EXPECT_EQ(code(check_in(now())), "not_in_force");
  const auto made = sign(province_, *drafted);
  ASSERT_TRUE(made) << code(made);
  const auto forms = run(declarations_.forms_now(callers_.at(an_), {}, {}));
  ASSERT_TRUE(forms) << code(forms);
  ASSERT_THAT(forms->items, SizeIs(1));
  EXPECT_EQ(forms->items[0].id, "home-isolation");
  EXPECT_THAT(forms->items[0].windows, SizeIs(3));
  const auto sent = check_in(now());
  ASSERT_TRUE(sent) << code(sent);
  EXPECT_THAT(strip(*made, 3), ElementsAre("done", "later", "later"));
  const auto own = mine(an_);
  ASSERT_TRUE(own[0].checks);
  EXPECT_EQ(own[0].checks->today[0].state, CheckState::kDone);
  EXPECT_THAT(checks(*made).strip, SizeIs(33)) << "eleven days";
  stepped(*run(room_.find(station_, made->id)), step(StepKind::kRelease));
  EXPECT_EQ(code(check_in(now())), "not_in_force");
  EXPECT_THAT(checks(*made).strip, SizeIs(1)) << "what was, stays";
}

TEST_P(ChecksTest, NobodyIsAskedWhoGoesAboutOrLiesAtASite) {
  an_ = contact("Nguyễn Thị An");
  NewOrder windowed = order();
  windowed.windows = window("07:00", "09:00");
  EXPECT_EQ(code(draft(station_, windowed)), "invalid");
  const Order observed = running(order());
  EXPECT_FALSE(run(room_.find(station_, observed.id))->checks);
  EXPECT_EQ(code(check_in(now())), "not_in_force");
  NewOrder wish = isolation(reported(an_));
  wish.place = OrderPlace{PlaceKind::kSite, Text<200>("Trung đoàn 842"), Text<200>("Đường 9")};
  Order at_site = running(std::move(wish));
  EXPECT_EQ(code(check_in(now())), "not_in_force");
  NewStep move = step(StepKind::kMove);
  move.place = OrderPlace{PlaceKind::kHome, {}, Text<200>("12 Lê Lợi")};
  at_site = stepped(at_site, std::move(move));
  EXPECT_TRUE(check_in(now())) << "moved home";
}

TEST_P(ChecksTest, AMissedWindowIsToldOnceADayAndWhatArrivesLateTakesItBack) {
  const Order made = isolated();
  look(clock("13:30"));
  EXPECT_THAT(told(station_), IsEmpty()) << "the first window had begun before the signature";
  look(clock("16:59"));
  EXPECT_THAT(told(station_), IsEmpty()) << "the grace";
  look(clock("17:00"));
  look(clock("17:01"));
  ASSERT_THAT(told(station_), SizeIs(1));
  const auto silent = told(station_)[0];
  EXPECT_EQ(silent.source, referrals::Source::kOrder);
  EXPECT_EQ(silent.reasons.at(0).code, "check-missed");
  EXPECT_EQ(silent.due_at, clock("17:00") + std::chrono::minutes(240));
  EXPECT_THAT(told(neighbour_), IsEmpty());
  look(clock("21:30"));
  EXPECT_THAT(told(station_), SizeIs(1)) << "the same silence";
  look(clock("13:00", 3));
  EXPECT_THAT(told(station_), SizeIs(2)) << "another day of it";
  EXPECT_EQ(run(room_.find(station_, made.id))->state, State::kRunning) << "nothing follows by itself";
  EXPECT_EQ(run(room_.find(station_, made.id))->version, made.version) << "nor in the way of who edits";

  ASSERT_TRUE(check_in(clock("15:00"))) << "made in time, and arrived late";
  ASSERT_THAT(told(station_), SizeIs(1));
  EXPECT_NE(told(station_)[0].id, silent.id);
  EXPECT_THAT(strip(made, 4), ElementsAre("late", "missed", "missed", "later"));
}

TEST_P(ChecksTest, AWindowThatHadBegunBeforeTheSignatureIsNotAskedForOnceItIsOver) {
  const Order made = isolated();
  EXPECT_THAT(mine(an_)[0].checks->today, SizeIs(3));
  world_.clock.set(clock("13:30"));
  const auto own = mine(an_);
  ASSERT_THAT(own[0].checks->today, SizeIs(2)) << "neither missed nor open";
  EXPECT_EQ(own[0].checks->today[0].from, clock("14:00"));
  const auto forms = run(declarations_.forms_now(callers_.at(an_), {}, {}));
  ASSERT_TRUE(forms) << code(forms);
  EXPECT_THAT(forms->items.at(0).windows, SizeIs(2));
  EXPECT_THAT(strip(made, 2), ElementsAre("later", "later"));
}

TEST_P(ChecksTest, WhatWasDeclaredInAWindowStaysBesideALaterOneOfIt) {
  const Order made = isolated();
  world_.clock.set(clock("14:10"));
  ASSERT_TRUE(check_in(now(), true));
  world_.clock.set(clock("14:20"));
  ASSERT_TRUE(check_in(now()));
  EXPECT_TRUE(checks(made).strip.at(0).symptoms) << "fever at ten past is not undone by none at twenty past";
  world_.clock.set(clock("17:30"));
  ASSERT_TRUE(check_in(clock("14:30")));
  EXPECT_THAT(strip(made, 1), ElementsAre("done")) << "what arrived in time is not late";
  EXPECT_TRUE(checks(made).strip.at(0).symptoms);
}

TEST_P(ChecksTest, NothingIsMissedWhileNobodyWasAsked) {
  an_ = person("Nguyễn Thị An");
  const Order made = running(isolation(reported(an_), "2026-03-03"));
  world_.clock.set(clock("10:00", 6));
  EXPECT_EQ(code(check_in(now())), "not_in_force") << "over, though it runs";
  stepped(*run(room_.find(station_, made.id)), step(StepKind::kExtend, "2026-03-09"));
  look(clock("13:30", 6));
  EXPECT_THAT(told(station_), IsEmpty());
  look(clock("17:00", 6));
  EXPECT_THAT(told(station_), SizeIs(1));
}

TEST_P(ChecksTest, NewWindowsAreNotMissedBeforeTheyWereSigned) {
  const Order made = isolated();
  for (const char* at : {"08:30", "14:30", "18:30"}) {
    world_.clock.set(clock(at));
    ASSERT_TRUE(check_in(now())) << at;
  }
  world_.clock.set(clock("10:00", 3));
  NewStep wish = step(StepKind::kWindows);
  wish.windows = window("05:00", "07:00");
  stepped(*run(room_.find(station_, made.id)), wish);
  look(clock("10:01", 3));
  EXPECT_THAT(told(station_), IsEmpty());
  EXPECT_THAT(strip(made, 4), ElementsAre("done", "done", "done", "later"));
  EXPECT_TRUE(check_in(clock("09:00", 3))) << "made before, and arrived after: taken all the same";
  look(clock("08:00", 4));
  EXPECT_THAT(told(station_), SizeIs(1));
}

TEST_P(ChecksTest, AServerThatStoodStillLeavesNoHeapOfCalls) {
  const Order made = isolated();
  look(clock("17:00", 7));
  EXPECT_THAT(told(station_), SizeIs(2)) << "yesterday's silence and today's";
  EXPECT_EQ(count("SELECT count(*) FROM quarantine_check WHERE state = 'missed'"), 16);
  EXPECT_EQ(strip(made, 1).at(0), "missed");
}

TEST_P(ChecksTest, AnOrderOfBeforeThereWereChecksIsAskedFromTheFirstLookOn) {
  const Order made = isolated();
  static constexpr store::Query kBefore{"test.before_checks",
                                        "UPDATE quarantine_order SET checks_from = NULL, next_check = 0"};
  world_.db->transact_now([](store::Session& s) { s.run(kBefore); });
  EXPECT_EQ(code(check_in(now())), "not_in_force");
  look(clock("14:30"));
  EXPECT_TRUE(check_in(now()));
  EXPECT_THAT(strip(made, 1), ElementsAre("done"));
  look(clock("21:00"));
  EXPECT_THAT(told(station_), SizeIs(1)) << "the window of the evening";
}

TEST_P(ChecksTest, WhoTookNoticeStandsInTheStripAndUnansweredItGoesUp) {
  const Order made = isolated();
  look(clock("17:00"));
  const auto silent = told(station_).at(0);
  world_.clock.set(clock("21:01"));
  const auto job = referrals_.escalate();
  world_.db->transact_now([&](store::Session& s) { job.run(s); });
  EXPECT_TRUE(checks(made).strip.at(0).told->escalated);
  ASSERT_TRUE(run(referrals_.acknowledge(centre_, silent.id)));
  const auto taken = checks(made).strip.at(0).told;
  ASSERT_TRUE(taken);
  EXPECT_EQ(taken->state, referrals::State::kAcknowledged);
  EXPECT_EQ(taken->by, centre_.name);
  EXPECT_EQ(taken->at, now());
}

TEST_P(ChecksTest, SymptomsComeAsADeclarationAndStandInTheStrip) {
  const Order made = isolated();
  ASSERT_TRUE(check_in(now(), true));
  const Checks seen = checks(made);
  EXPECT_TRUE(seen.strip.at(0).symptoms);
  EXPECT_EQ(seen.strip.at(0).colour, forms::Colour::kYellow);
  ASSERT_TRUE(seen.strip.at(0).told);
  ASSERT_THAT(told(station_), SizeIs(1));
  EXPECT_EQ(told(station_)[0].id, seen.strip.at(0).told->id) << "one task, not two";
}

TEST_P(ChecksTest, ACallMayBeAskedForInsteadAndTwiceIsOne) {
  const Order made = isolated();
  ASSERT_TRUE(run(room_.ask_call(callers_.at(an_), made.id)));
  ASSERT_TRUE(run(room_.ask_call(callers_.at(an_), made.id)));
  followers_.drain();
  ASSERT_THAT(told(station_), SizeIs(1));
  EXPECT_EQ(told(station_)[0].reasons.at(0).code, "check-call");
  EXPECT_TRUE(mine(an_)[0].checks->call_asked);
  EXPECT_THAT(checks(made).calls, SizeIs(1));
  const PersonId other = person("Lê Văn Khác");
  EXPECT_EQ(code(run(room_.ask_call(callers_.at(other), made.id))), "not_found");
  stepped(*run(room_.find(station_, made.id)), step(StepKind::kRelease));
  followers_.drain();
  EXPECT_THAT(told(station_), IsEmpty()) << "the order ended";
  EXPECT_EQ(code(run(room_.ask_call(callers_.at(an_), made.id))), "order_not_running");
}

TEST_P(ChecksTest, WhatIsNotEndedGoesWithTheOrderToTheNextCommune) {
  Order made = isolated();
  look(clock("17:00"));
  const auto silent = told(station_).at(0);
  const auto taken = run(referrals_.acknowledge(station_, silent.id));
  ASSERT_TRUE(taken) << code(taken);
  const auto ended = run(referrals_.record(station_, silent.id, {referrals::Outcome::kReached, {}}, taken->version));
  ASSERT_TRUE(ended) << code(ended);
  ASSERT_TRUE(run(room_.ask_call(callers_.at(an_), made.id)));
  followers_.drain();
  ASSERT_THAT(told(station_), SizeIs(1));
  NewStep move = step(StepKind::kMove);
  move.place = OrderPlace{PlaceKind::kHome, {}, Text<200>("5 Trần Phú"), kNamHaiLang};
  stepped(*run(room_.find(station_, made.id)), std::move(move));
  followers_.drain();
  EXPECT_THAT(told(station_), IsEmpty());
  ASSERT_THAT(told(neighbour_), SizeIs(1)) << "the call, and not what was seen to";
  EXPECT_EQ(told(neighbour_)[0].reasons.at(0).code, "check-call");
}

TEST_P(ChecksTest, SymptomsOfWhoMovedAreToldToTheStationThatHasTheOrder) {
  Order made = isolated();
  NewStep move = step(StepKind::kMove);
  move.place = OrderPlace{PlaceKind::kHome, {}, Text<200>("5 Trần Phú"), kNamHaiLang};
  stepped(made, std::move(move));
  ASSERT_TRUE(check_in(now(), true));
  ASSERT_THAT(told(neighbour_), SizeIs(1));
  EXPECT_EQ(told(neighbour_)[0].reasons.at(0).code, "check-symptoms");
  EXPECT_THAT(told(station_), SizeIs(1)) << "by the declaration, as of anybody";
  const auto seen = run(room_.find(neighbour_, made.id));
  ASSERT_TRUE(seen) << code(seen);
  EXPECT_EQ(seen->checks->strip.at(0).told->id, told(neighbour_)[0].id);
  ASSERT_TRUE(check_in(now()));
  EXPECT_THAT(told(neighbour_), SizeIs(1)) << "one, and it stands";
}

TEST_P(ChecksTest, AReformTakesNobodyElsewhereAndNothingBack) {
  const UnitId old_commune{2021319702};  // Hải Phú, since the reform a part of Hải Lăng
  const Caller old_station = identity::testing::officer(Role::kStationOfficer, old_commune, 9501);
  world_.clock.set(*parse_instant("2025-06-29T02:00:00Z"));
  const Caller caller = identity::testing::citizen(next_account_++);
  people::NewPerson fields;
  fields.name = std::string("Nguyễn Thị An");
  fields.birth_year = 1980;
  fields.unit = old_commune;
  fields.address = std::string("12 Lê Lợi");
  fields.relation = people::Relation::kSelf;
  const auto made = run(world_.people.create(caller, std::move(fields)));
  ASSERT_TRUE(made) << code(made);
  an_ = made->id;
  callers_[an_] = caller;
  const auto drafted = draft(old_station, isolation(reported(an_), "2025-07-05"));
  ASSERT_TRUE(drafted) << code(drafted);
  const auto order = sign(province_, *drafted);
  ASSERT_TRUE(order) << code(order);
  ASSERT_TRUE(run(room_.ask_call(caller, order->id)));
  followers_.drain();
  ASSERT_THAT(told(old_station), SizeIs(1));
  const auto call = told(old_station)[0].id;
  ASSERT_TRUE(run(referrals_.acknowledge(old_station, call)));

  world_.clock.set(*parse_instant("2025-07-01T02:00:00Z"));
  ASSERT_TRUE(check_in(now(), true));
  const auto reasons = [&] {
    std::vector<std::string> out;
    for (const auto& one : told(station_)) out.push_back(one.reasons.at(0).code);
    return out;
  };
  EXPECT_THAT(reasons(), SizeIs(2)) << "the call, and the declaration";
  EXPECT_THAT(reasons(), ::testing::Not(::testing::Contains("check-symptoms"))) << "they live where the order is";
  stepped(*run(room_.find(station_, order->id)), step(StepKind::kExtend, "2025-07-08"));
  followers_.drain();
  const auto after = told(station_);
  ASSERT_THAT(after, SizeIs(2));
  const auto same = std::find_if(after.begin(), after.end(), [&](const auto& one) { return one.id == call; });
  ASSERT_NE(same, after.end()) << "the very task";
  EXPECT_EQ(same->state, referrals::State::kAcknowledged) << "which was taken";
}

TEST_P(ChecksTest, TheCommuneThatHasTheOrderRecordsItsChecksAndNothingElse) {
  Order made = isolated();
  EXPECT_EQ(code(called(neighbour_, an_)), "not_permitted");
  NewStep move = step(StepKind::kMove);
  move.place = OrderPlace{PlaceKind::kHome, {}, Text<200>("5 Trần Phú"), kNamHaiLang};
  made = stepped(made, std::move(move));
  const auto check = called(neighbour_, an_);
  ASSERT_TRUE(check) << code(check);
  EXPECT_EQ(run(room_.find(neighbour_, made.id))->checks->strip.at(0).state, CheckState::kDone);
  const auto logged = world_.db->read_now([&](store::Session& s) {
    identity::Access::Filter filter;
    filter.person = an_;
    filter.account = neighbour_.account;
    std::vector<UnitId> units;
    for (const auto& entry : world_.house->access.list(s, filter, INT64_MAX, 100).items)
      if (entry.action == "declarations.submit" && entry.passed) units.push_back(entry.unit);
    return units;
  });
  EXPECT_THAT(logged, ElementsAre(kNamHaiLang));
  EXPECT_TRUE(called(station_, an_)) << "that of residence still may";
  EXPECT_TRUE(called(province_, an_));

  EXPECT_EQ(code(run(declarations_.find(neighbour_, check->id))), "not_permitted") << "nothing that was declared";
  EXPECT_EQ(code(called(neighbour_, an_, check->id)), "not_permitted");
  const auto ordered = [&](const char* form) {
    return world_.db->read_now([&](store::Session& s) { return declarations_.ordered(s, an_, form, now()); });
  };
  ASSERT_TRUE(ordered("home-isolation"));
  EXPECT_EQ(ordered("home-isolation")->unit, kNamHaiLang);
  EXPECT_FALSE(ordered("general"));
  const PersonId other = person("Lê Văn Khác");
  EXPECT_EQ(code(called(neighbour_, other)), "not_in_force");
  command::testing::switch_on(world_.decisions, command::Switch::kDeclarations, now(), kHaiLang, "covid-19",
                              "home-isolation");
  EXPECT_EQ(code(called(neighbour_, other)), "not_permitted") << "whom no order keeps there";
  EXPECT_TRUE(called(neighbour_, an_)) << "whom a decision asks, too";
  const auto version = run(room_.find(neighbour_, made.id))->version;
  const auto release = run(room_.propose(neighbour_, made.id, step(StepKind::kRelease), version));
  ASSERT_TRUE(release) << code(release);
  ASSERT_TRUE(sign(province_, *release));
  EXPECT_EQ(code(called(neighbour_, an_)), "not_permitted") << "released";
}

TEST_P(ChecksTest, WhereSomebodyIsNeedsAConsentAndOnlyADistanceIsKept) {
  const Order made = isolated();
  const Caller an = callers_.at(an_);
  const auto at = [&](double latitude, std::int64_t accuracy, bool mark = false) {
    const auto done = run(room_.compare(an, made.id, Position{latitude, 107.2, accuracy, mark}));
    followers_.drain();
    return done ? std::string(json::enum_text(done->found)) : done.error().code;
  };
  EXPECT_EQ(at(16.7, 20, true), "consent_required");
  const auto given = run(world_.house->consents.give(an, {Text<60>("isolation-place"), 1}));
  ASSERT_TRUE(given) << code(given);
  EXPECT_EQ(at(16.7, 20), "order_place_not_marked");
  EXPECT_EQ(at(16.7, 1500, true), "inexact");
  EXPECT_EQ(at(16.7, 20, true), "marked");
  EXPECT_EQ(at(16.7018, 20), "there") << "200 m";
  EXPECT_EQ(at(16.7036, 150), "there") << "400 m, if the phone is as wrong as it says, 250";
  EXPECT_THAT(told(station_), IsEmpty());
  EXPECT_EQ(at(16.72, 20), "away");
  EXPECT_EQ(at(16.73, 20), "away");
  ASSERT_THAT(told(station_), SizeIs(1)) << "one task";
  EXPECT_EQ(told(station_)[0].reasons.at(0).code, "check-away");
  const Checks seen = checks(made);
  ASSERT_THAT(seen.away, SizeIs(1));
  EXPECT_NEAR(static_cast<double>(seen.away[0].metres), 2224, 10);
  EXPECT_NEAR(static_cast<double>(*seen.place->metres), 3336, 10) << "the last alone";
  EXPECT_EQ(count("SELECT count(*) FROM quarantine_point"), 1) << "no track";
  EXPECT_EQ(run(room_.find(station_, made.id))->state, State::kRunning);
  const PersonId other = person("Lê Văn Khác");
  EXPECT_EQ(code(run(room_.compare(callers_.at(other), made.id, Position{16.7, 107.2, 20, true}))), "not_found");

  ASSERT_TRUE(run(world_.house->consents.withdraw(an, given->id)));
  EXPECT_FALSE(checks(made).place) << "hidden at once";
  EXPECT_EQ(at(16.7, 20), "consent_required");
  look(now() + std::chrono::minutes(10));
  EXPECT_EQ(count("SELECT count(*) FROM quarantine_point"), 0);
  EXPECT_FALSE(mine(an_)[0].checks->place);
}

TEST_P(ChecksTest, TheMarkedPlaceGoesWithTheMoveAndTheEnd) {
  Order made = isolated();
  const Caller an = callers_.at(an_);
  ASSERT_TRUE(run(world_.house->consents.give(an, {Text<60>("isolation-place"), 1})));
  const auto mark = [&] { return code(run(room_.compare(an, made.id, Position{16.7, 107.2, 20, true}))); };
  const std::string marked = mark();
  EXPECT_EQ(count("SELECT count(*) FROM quarantine_point"), 1);
  NewStep move = step(StepKind::kMove);
  move.place = OrderPlace{PlaceKind::kHome, {}, Text<200>("5 Trần Phú")};
  made = stepped(made, std::move(move));
  EXPECT_EQ(count("SELECT count(*) FROM quarantine_point"), 0);
  EXPECT_EQ(mark(), marked);
  EXPECT_EQ(count("SELECT count(*) FROM quarantine_point"), 1);
  stepped(made, step(StepKind::kRelease));
  EXPECT_EQ(count("SELECT count(*) FROM quarantine_point"), 0);
  EXPECT_EQ(mark(), "order_not_running");
}

TEST_P(ChecksTest, AnOrderMayHaveOtherWindowsByASignedStep) {
  const Order made = isolated();
  NewStep wish = step(StepKind::kWindows);
  EXPECT_EQ(code(propose(made, wish)), "invalid");
  wish.windows = window("09:00", "08:00");
  EXPECT_EQ(code(propose(made, wish)), "invalid");
  wish.windows = window("19:00", "22:00");
  const auto proposed = propose(made, wish);
  ASSERT_TRUE(proposed) << code(proposed);
  EXPECT_FALSE(checks(made).own_windows) << "not before it is signed";
  const auto changed = sign(province_, *proposed);
  ASSERT_TRUE(changed) << code(changed);
  EXPECT_TRUE(changed->checks->own_windows);
  EXPECT_THAT(changed->checks->strip, SizeIs(11));
  EXPECT_EQ(changed->steps->back().windows->at(0).from, Text<5>("19:00"));
  look(clock("17:00"));
  EXPECT_THAT(told(station_), IsEmpty()) << "nothing was due";
  look(clock("23:00"));
  EXPECT_THAT(told(station_), SizeIs(1));
  wish.windows = std::vector<CheckWindow>{};
  const Order back = stepped(*run(room_.find(station_, made.id)), wish);
  EXPECT_FALSE(back.checks->own_windows);

  NewOrder drafted = isolation(reported(person("Lê Văn Bình")));
  drafted.windows = window("07:00", "09:00");
  EXPECT_EQ(running(drafted).checks->windows.at(0).until, Text<5>("09:00"));
}

TEST_P(ChecksTest, WhatWasNotedGoesWithTheOrder) {
  const Order made = isolated();
  look(clock("17:00"));
  stepped(*run(room_.find(station_, made.id)), step(StepKind::kRelease));
  world_.clock.advance(kKept + hours(1));
  const auto job = room_.retention();
  world_.db->transact_now([&](store::Session& s) { job.run(s); });
  EXPECT_EQ(count("SELECT count(*) FROM quarantine_check"), 0);
  EXPECT_EQ(count("SELECT count(*) FROM quarantine_alert"), 0);
}

INSTANTIATE_TEST_SUITE_P(Engines, ChecksTest, store::testing::engines(), store::testing::engine_name);

}  // namespace
}  // namespace luytre::quarantine

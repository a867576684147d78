#include "modules/checkpoints/checkpoints.h"

#include <gmock/gmock.h>

#include "engines/linkage/person_code.h"
#include "modules/cases/cases_fixture.h"
#include "modules/checkpoints/plate.h"
#include "modules/checkpoints/storage.h"
#include "modules/people/duplicates.h"
#include "platform/identity/consents.h"

namespace luytre::checkpoints {
namespace {

using identity::testing::citizen;
using identity::testing::officer;
using std::chrono::hours;
using std::chrono::minutes;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

constexpr const char* kGuardPhone = "0912000002";
constexpr const char* kCard = "LTC-7GK2-M0QX";
constexpr const char* kIdCard =
    "045099000123|197123456|Nguyễn Thị Hạnh|30041975|Nữ|Thôn Mỹ Lộc, Hải Quế, Hải Lăng, Quảng Trị|25042021";

class CheckpointsTest : public ::testing::TestWithParam<store::Engine> {
 protected:
  CheckpointsTest() {
    world_.switch_on();
    switch_on_declarations();
    an_ = world_.person(driver_, people::Relation::kSelf);
    child_ = world_.person(driver_, people::Relation::kChild);
    grandmother_ = world_.person(driver_, people::Relation::kParent);
    world_.person(keeper_, people::Relation::kSelf);
    post_ = world_.registered(keeper_, "Chốt Hải Lăng", "checkpoint");
    world_.clock.advance(minutes(2));
    office_ = world_.registered(keeper_, "Ủy ban xã", "office");
    for (const PlaceId place : {post_, office_})
      EXPECT_TRUE(run(gates_.name_guard(keeper_, place, {std::string("Anh Chốt"), std::string(kGuardPhone)})));
    shift_ = begin();
  }

  void switch_on_declarations() {
    command::NewDecision decision;
    decision.purpose = command::Switch::kDeclarations;
    decision.disease = std::string("covid-19");
    decision.from = world_.clock.now() - hours(1);
    decision.until = world_.clock.now() + hours(30 * 24);
    decision.basis = std::string("Test decision");
    EXPECT_TRUE(run(world_.decisions.decide(officer(Role::kCommander), std::move(decision))));
  }
  Instant now() const { return world_.clock.now(); }
  std::string begin(const char* phone = kGuardPhone) {
    world_.clock.advance(minutes(2));
    const auto asked = run(gates_.ask_code({std::string(phone)}, "10.0.0.1", "vi"));
    const std::string e164 = std::string("+84") + (phone + 1);
    return run(gates_.begin({std::string(phone), asked->request, world_.house.last_code(e164), 8}))->shift;
  }
  NewPassage passage(Decision decision = Decision::kPass) {
    NewPassage out;
    out.shift = shift_;
    out.place = post_;
    out.at = now();
    out.decision = decision;
    return out;
  }
  // A car of four: two own codes, a card and somebody without anything.
  NewPassage car(Decision decision = Decision::kPass) {
    NewPassage out = passage(decision);
    out.plate = std::string("74A-123.45");
    out.occupants = {{code_of(an_), {}, {}}, {code_of(child_), {}, {}}, {std::string(kIdCard), {}, {}}};
    out.unnamed = 1;
    return out;
  }
  std::string code_of(PersonId person) { return world_.people.codes().make(person.value, now()).text; }
  Result<Passed> pass(NewPassage asked, std::string key = "") {
    if (key.empty()) key = "k" + std::to_string(next_key_++);
    return run(checkpoints_.pass(std::move(asked), std::move(key)));
  }
  Result<Passed> settle(PassageId id, Decision decision, std::optional<Why> why = {}) {
    Settlement asked;
    asked.shift = shift_;
    asked.place = post_;
    asked.passage = id;
    asked.at = now();
    asked.decision = decision;
    asked.why = why;
    return run(checkpoints_.settle(std::move(asked), "s" + std::to_string(next_key_++)));
  }
  Result<Queue> count_waiting(std::int64_t waiting) {
    QueueCount asked;
    asked.shift = shift_;
    asked.place = post_;
    asked.at = now();
    asked.waiting = waiting;
    return run(checkpoints_.count(std::move(asked), "q" + std::to_string(next_key_++)));
  }
  Result<Seen> look(std::string code) { return run(checkpoints_.look({shift_, post_, std::move(code)})); }
  Result<Lane> lane() { return run(checkpoints_.lane({shift_, post_})); }
  NewJourney journey() {
    NewJourney out;
    out.plate = std::string("74A 123.45");
    out.towards = visits::testing::kHaiLang;
    out.from = now();
    out.until = now() + hours(10);
    out.people = {an_, child_, grandmother_};
    return out;
  }
  Journey told() {
    const auto made = run(checkpoints_.tell(driver_, journey(), std::nullopt));
    EXPECT_TRUE(made) << made.error().code;
    return *made;
  }
  Result<Passed> pass_by_journey(const std::string& code, Decision decision = Decision::kPass) {
    NewPassage asked = passage(decision);
    asked.journey = code;
    return pass(std::move(asked));
  }
  std::int64_t count(const std::string& sql) {
    return world_.db->read_now([&](store::Session& s) { return s.value<std::int64_t>({sql.c_str(), sql.c_str()}); });
  }
  std::int64_t visits() { return count("SELECT CAST(count(*) AS bigint) FROM visits_visit"); }
  std::optional<Facts> facts(PassageId id) {
    return world_.db->read_now([&](store::Session& s) { return Checkpoints::passage(s, id); });
  }
  std::vector<std::string> events() {
    store::testing::settle(*world_.db);
    return world_.db->read_now([&](store::Session& s) {
      std::vector<std::string> out;
      const auto all = world_.db->events_after(s, {}, 1000);
      for (const store::Event& e : *all) {
        if (!e.type.starts_with("checkpoints.")) continue;
        EXPECT_EQ(e.unit, visits::testing::kHaiLang.value);
        out.push_back(e.type + ' ' + std::to_string(e.version));
      }
      return out;
    });
  }
  Result<std::vector<Found>> search(const Caller& caller, const char* plate, std::string reason = "Ca bệnh 1") {
    Search asked;
    asked.plate = std::string(plate);
    asked.reason = std::move(reason);
    return run(checkpoints_.search(caller, std::move(asked)));
  }
  Result<std::vector<MyPassage>> mine(std::optional<PersonId> person = {}) {
    return run(checkpoints_.mine(driver_, person));
  }

  visits::testing::World world_{GetParam(), {cases::migrations(), gates::migrations(), migrations()}};
  Light light_ = Light::kGreen;
  std::vector<PersonId> lit_;
  Result<PersonId> holder_ = gates::kCardLost;  // of whatever printed card is shown
  gates::LightOf light_of_ = [this](PersonId person, UnitId) { return light_now(person); };
  gates::Gates gates_{{*world_.db, world_.registry, world_.visits, world_.people, world_.decisions,
                       world_.house->access, world_.house->codes, world_.vault, world_.clock, world_.random,
                       light_of_}};
  Checkpoints checkpoints_{{*world_.db,
                            world_.registry,
                            gates_,
                            world_.visits,
                            world_.people,
                            world_.decisions,
                            visits::testing::geography(),
                            world_.house->access,
                            world_.vault,
                            world_.clock,
                            world_.random,
                            light_of_,
                            {},
                            [this](std::string, Instant) { return holder_now(); }}};
  const Caller keeper_ = citizen(2001), driver_ = citizen(1001);
  const Caller station_ = officer(Role::kStationOfficer, visits::testing::kHaiLang);
  PersonId an_, child_, grandmother_;
  PlaceId post_, office_;
  std::string shift_;
  int next_key_ = 0;

 private:
  Task<Light> light_now(PersonId person) {
    lit_.push_back(person);
    co_return light_;
  }
  Task<Result<PersonId>> holder_now() { co_return holder_; }
};

// ---- plates ----

TEST(Plate, IsOneHoweverItIsWritten) {
  for (const char* written : {"74A-123.45", "74a 12345", "74A12345", " 74A–123.45 "})
    EXPECT_EQ(normalise_plate(written), "74A12345") << written;
  EXPECT_EQ(normalise_plate("29-MĐ1 123.45"), "29MD112345");
  EXPECT_EQ(normalise_plate("QH-12-34"), "QH1234");
  for (const char* none : {"", "74", "ABC", "74A-123.45.678.901", "!!!"}) EXPECT_FALSE(normalise_plate(none)) << none;
}

TEST(Plate, IsShownAsOnTheVehicle) {
  EXPECT_EQ(plate_text("74A12345"), "74A-123.45");
  EXPECT_EQ(plate_text("74B112345"), "74B1-123.45");
  EXPECT_EQ(plate_text("29A1234"), "29A-1234");
  EXPECT_EQ(plate_text("QH1234"), "QH1234");
}

// ---- passing ----

TEST_P(CheckpointsTest, ACarOfFourIsOnePassage) {
  const auto passed = pass(car());
  ASSERT_TRUE(passed) << passed.error().code;
  EXPECT_EQ(passed->people, 4);
  EXPECT_EQ(passed->verified, 2);
  EXPECT_THAT(json::text(*passed), Not(HasSubstr("74A")));
  const auto known = facts(passed->id);
  ASSERT_TRUE(known);
  EXPECT_EQ(known->heads, 4);
  EXPECT_EQ(known->unit, visits::testing::kHaiLang);
  ASSERT_THAT(known->people, SizeIs(2)) << "the card is a claim";
  EXPECT_EQ(known->people[0].how, How::kOwnCode);
  EXPECT_THAT(events(), ElementsAre("checkpoints.passed 1"));
  EXPECT_FALSE(facts(PassageId{1}));
}

TEST_P(CheckpointsTest, PassingIsNoVisit) {
  ASSERT_TRUE(pass(car()));
  ASSERT_TRUE(pass(car(Decision::kIsolate)));
  EXPECT_EQ(visits(), 0);
}

TEST_P(CheckpointsTest, ARepeatDoesNotDouble) {
  const NewPassage asked = car();
  const auto first = pass(asked, "again"), again = pass(asked, "again");
  ASSERT_TRUE(first && again);
  EXPECT_EQ(json::text(*first), json::text(*again));
  EXPECT_EQ(count("SELECT count(*) FROM checkpoints_passage"), 1);
  EXPECT_EQ(count("SELECT CAST(sum(people) AS bigint) FROM checkpoints_occupant"), 4);
  NewPassage other = asked;
  other.unnamed = 2;
  EXPECT_EQ(code(pass(other, "again")), "idempotency_key_reused");
}

TEST_P(CheckpointsTest, SomebodyShownTwiceCountsOnce) {
  NewPassage asked = car();
  asked.occupants.push_back({code_of(an_), {}, {}});
  EXPECT_EQ(pass(asked)->people, 4);
}

TEST_P(CheckpointsTest, WhatWasMadeOfflineKeepsItsTimeAndAnUnreadCodeItsPerson) {
  NewPassage asked = car();
  asked.occupants.push_back({std::string("LTP.HOMEMADE"), {}, {}});
  asked.occupants.push_back({std::string("https://example.org"), {}, {}});
  world_.clock.advance(hours(24 * 13));
  const auto passed = pass(asked);
  ASSERT_TRUE(passed) << passed.error().code;
  EXPECT_EQ(passed->people, 6);
  EXPECT_EQ(passed->verified, 2) << "codes are read at the time when they were shown";
  EXPECT_EQ(facts(passed->id)->at, asked.at);
  EXPECT_EQ(facts(passed->id)->recorded, world_.clock.now()) << "when it was told";
  EXPECT_EQ(count("SELECT count(*) FROM checkpoints_occupant WHERE how = 'unread'"), 2);
  world_.clock.advance(hours(24 * 2));
  EXPECT_EQ(code(pass(asked, "later")), "shift_over");
}

TEST_P(CheckpointsTest, ManyLanesOfOneCheckpointAtOnce) {
  constexpr std::int64_t kCars = 16;
  std::vector<Task<Result<Passed>>> tasks;
  for (std::int64_t i = 0; i < kCars; ++i) tasks.push_back(checkpoints_.pass(car(), "at-once-" + std::to_string(i)));
  for (const auto& passed : visits::testing::run_together(std::move(tasks))) ASSERT_TRUE(passed) << passed.error().code;
  EXPECT_EQ(lane()->counts.vehicles, kCars);
  EXPECT_EQ(lane()->counts.people, 4 * kCars);
}

TEST_P(CheckpointsTest, WhoMayDecideAndWhere) {
  NewPassage asked = car();
  asked.place = office_;
  EXPECT_EQ(code(pass(asked)), "not_a_checkpoint");
  asked = car();
  asked.shift = std::string("guessed");
  EXPECT_EQ(code(pass(asked)), "shift_over");
  asked = car();
  asked.at = now() + minutes(5);
  EXPECT_EQ(code(pass(asked)), "time_in_future");
  world_.close(post_);
  EXPECT_EQ(code(pass(car())), "place_closed");
  EXPECT_EQ(count("SELECT count(*) FROM checkpoints_passage"), 0);
}

TEST_P(CheckpointsTest, NobodyDecidesBeforeTheCommuneHasApprovedTheCheckpoint) {
  const NewPassage before = car();
  world_.clock.advance(minutes(1));
  world_.rename(post_, "Chốt Tự Lập");
  EXPECT_EQ(code(pass(car())), "place_not_approved");
  EXPECT_EQ(code(look(code_of(an_))), "place_not_approved") << "no light of a stranger";
  EXPECT_EQ(code(lane()), "place_not_approved");
  EXPECT_EQ(count("SELECT count(*) FROM checkpoints_passage"), 0);
  EXPECT_TRUE(pass(before)) << "decided while it was approved, told later";
  ASSERT_TRUE(run(world_.registry.approve(world_.station, post_)));
  EXPECT_TRUE(pass(car()));
}

TEST_P(CheckpointsTest, NothingIsRecordedWithoutADecision) {
  world_.clock.advance(hours(31 * 24));
  shift_ = begin();
  EXPECT_EQ(code(pass(car())), "not_in_force");
  EXPECT_EQ(code(look(kIdCard)), "not_in_force");
}

TEST_P(CheckpointsTest, ATurnBackHasAReasonAndAnOfficer) {
  EXPECT_EQ(code(pass(car(Decision::kTurnBack))), "invalid");
  NewPassage asked = car(Decision::kTurnBack);
  asked.why = Why::kOther;
  EXPECT_EQ(code(pass(asked)), "invalid") << "a note";
  asked.note = std::string("Cầu hỏng");
  ASSERT_TRUE(pass(asked));
  asked = car();
  asked.why = Why::kColour;
  EXPECT_EQ(code(pass(asked)), "invalid") << "who passes needs none";
  const auto found = search(station_, "74A12345");
  ASSERT_THAT(*found, SizeIs(1));
  EXPECT_EQ((*found)[0].why, Why::kOther);
  EXPECT_EQ((*found)[0].note, "Cầu hỏng");
  EXPECT_EQ((*found)[0].guard, "Anh Chốt");
}

TEST_P(CheckpointsTest, OneOfTheCarMayBeDecidedOtherwise) {
  NewPassage asked = car();
  asked.occupants[2].decision = Decision::kTest;
  const auto passed = pass(asked);
  ASSERT_TRUE(passed);
  EXPECT_THAT(lane()->open, SizeIs(1)) << "somebody of it waits";
  ASSERT_TRUE(settle(passed->id, Decision::kIsolate));
  EXPECT_EQ(facts(passed->id)->decision, Decision::kPass) << "the car has gone on";
  EXPECT_EQ(count("SELECT count(*) FROM checkpoints_occupant WHERE decision = 'isolate'"), 1);
  asked.occupants[0].decision = Decision::kTurnBack;
  EXPECT_EQ(code(pass(asked)), "invalid") << "a reason";
}

TEST_P(CheckpointsTest, AnAmbulancePassesWithOneTapAndIsDeclaredLater) {
  NewPassage asked = passage();
  EXPECT_EQ(code(pass(asked)), "invalid") << "somebody drives a car";
  asked.vehicle = Vehicle::kAmbulance;
  asked.decision = Decision::kIsolate;
  EXPECT_EQ(code(pass(asked)), "invalid") << "nothing keeps it";
  asked.decision = Decision::kPass;
  asked.occupants = {{code_of(an_), {}, Decision::kTest}};
  EXPECT_EQ(code(pass(asked)), "invalid") << "nor anybody in it";
  asked.occupants.clear();
  const auto passed = pass(asked);
  ASSERT_TRUE(passed) << passed.error().code;
  ASSERT_THAT(lane()->open, SizeIs(1));
  Settlement later;
  later.shift = shift_;
  later.place = post_;
  later.passage = passed->id;
  later.at = now();
  later.plate = std::string("74A 000.01");
  later.occupants = {{std::string(kIdCard), {}, {}}};
  later.unnamed = 2;
  const auto declared = run(checkpoints_.settle(later, "declared"));
  ASSERT_TRUE(declared) << declared.error().code;
  EXPECT_EQ(declared->people, 3);
  EXPECT_THAT(lane()->open, IsEmpty());
  EXPECT_THAT(*search(station_, "74A00001"), SizeIs(1));
  EXPECT_THAT(events(), ElementsAre("checkpoints.passed 1", "checkpoints.passed 2"));
}

// ---- tests ----

TEST_P(CheckpointsTest, WhoWaitedForATestHasStayed) {
  const auto sent = pass(car(Decision::kTest));
  ASSERT_TRUE(sent);
  EXPECT_EQ(visits(), 0) << "the stay has no end yet";
  ASSERT_THAT(lane()->open, SizeIs(1));
  EXPECT_EQ(lane()->open[0].plate, "74A-123.45") << "the lane must find it";
  world_.clock.advance(minutes(40));
  EXPECT_EQ(code(settle(sent->id, Decision::kTest)), "invalid");
  EXPECT_EQ(code(settle(sent->id, Decision::kTurnBack)), "invalid") << "why?";
  const auto done = settle(sent->id, Decision::kPass);
  ASSERT_TRUE(done) << done.error().code;
  EXPECT_EQ(visits(), 2) << "the two whose own code was read, not the card";
  const auto stays = run(world_.visits.of_person(driver_, std::nullopt, std::nullopt, 10));
  ASSERT_THAT(stays->items, SizeIs(1));
  EXPECT_EQ(stays->items[0].out - stays->items[0].in, minutes(40));
  EXPECT_FALSE(stays->items[0].out_estimated);
  EXPECT_THAT(lane()->open, IsEmpty());
  EXPECT_EQ(facts(sent->id)->decision, Decision::kPass);
  EXPECT_EQ(code(settle(sent->id, Decision::kPass)), "passage_settled");
  EXPECT_EQ(code(settle(PassageId{1}, Decision::kPass)), "not_found");
}

TEST_P(CheckpointsTest, WhoIsScannedAgainAtTheEndOfATestCountsOnceAndIsTreatedAsDecidedBefore) {
  NewPassage asked = car();
  asked.occupants[0].decision = Decision::kIsolate;
  asked.occupants[1].decision = Decision::kTest;
  const auto sent = pass(asked);
  ASSERT_TRUE(sent) << sent.error().code;
  Settlement end;
  end.shift = shift_;
  end.place = post_;
  end.passage = sent->id;
  end.at = now();
  end.occupants = {{code_of(an_), {}, {}}, {code_of(grandmother_), {}, {}}};
  const auto done = run(checkpoints_.settle(end, "end"));
  ASSERT_TRUE(done) << done.error().code;
  EXPECT_EQ(done->people, 5) << "one more got in";
  EXPECT_EQ(done->verified, 1);
  const auto known = facts(sent->id);
  ASSERT_THAT(known->people, SizeIs(3));
  EXPECT_EQ(known->people[0].person, an_);
  EXPECT_EQ(known->people[0].decision, Decision::kIsolate);
}

TEST_P(CheckpointsTest, AnEndOfATestToldLateIsKnownFromThenOn) {
  const auto sent = pass(car(Decision::kTest));
  Settlement end;
  end.shift = shift_;
  end.place = post_;
  end.passage = sent->id;
  end.at = now();
  end.decision = Decision::kIsolate;
  world_.clock.advance(hours(3));
  ASSERT_TRUE(run(checkpoints_.settle(end, "late")));
  EXPECT_EQ(facts(sent->id)->recorded, now()) << "whoever is to act has the whole time";
}

// ---- looking ----

TEST_P(CheckpointsTest, TheStaffSeeALightAndNothingElse) {
  light_ = Light::kRed;
  const auto seen = look(code_of(an_));
  ASSERT_TRUE(seen) << seen.error().code;
  EXPECT_TRUE(seen->verified);
  EXPECT_THAT(seen->lights, ElementsAre(Light::kRed));
  EXPECT_THAT(json::text(*seen), AllOf(Not(HasSubstr("person")), Not(HasSubstr("name"))));
  light_ = Light::kGreen;
  EXPECT_THAT(look(kIdCard)->lights, ElementsAre(Light::kYellow)) << "unproven";
  EXPECT_EQ(code(look("LTP.HOMEMADE")), "person_code_forged");
  EXPECT_EQ(code(look("https://example.org")), "code_unknown");
  EXPECT_EQ(code(look("LTT.00000000000000000000000000")), "journey_unknown");
  EXPECT_EQ(count("SELECT count(*) FROM checkpoints_passage"), 0) << "looking records nothing";
}

TEST_P(CheckpointsTest, APrintedCardNamesItsHolderAndProvesNothing) {
  EXPECT_EQ(code(look(kCard)), "card_lost");
  holder_ = an_;
  const auto seen = look(kCard);
  ASSERT_TRUE(seen) << seen.error().code;
  EXPECT_EQ(seen->how, How::kCard);
  EXPECT_FALSE(seen->verified);
  EXPECT_THAT(seen->lights, ElementsAre(Light::kYellow)) << "the holder is green, but is it the holder?";
  light_ = Light::kRed;
  EXPECT_THAT(look(kCard)->lights, ElementsAre(Light::kRed));

  NewPassage asked = passage(Decision::kTest);
  asked.plate = std::string("74A-123.45");
  asked.occupants = {{std::string(kCard), {}, {}}};
  const auto passed = pass(asked);
  ASSERT_TRUE(passed) << passed.error().code;
  EXPECT_EQ(passed->people, 1);
  EXPECT_EQ(passed->verified, 0);
  EXPECT_THAT(facts(passed->id)->people, IsEmpty()) << "claimed";
  world_.clock.advance(minutes(30));
  ASSERT_TRUE(settle(passed->id, Decision::kPass));
  EXPECT_EQ(visits(), 0) << "nothing that a trace could make a contact of";
  ASSERT_THAT(*mine(), SizeIs(1)) << "the holder sees where the card was shown";
  EXPECT_EQ(mine()->front().how, How::kCard);
  const auto found = search(station_, "74A12345");
  ASSERT_THAT(found->front().occupants, SizeIs(1));
  EXPECT_EQ(found->front().occupants[0].person, an_);
  EXPECT_EQ(found->front().occupants[0].how, How::kCard);

  holder_ = gates::kCardForged;
  ASSERT_TRUE(pass(asked));
  EXPECT_EQ(count("SELECT count(*) FROM checkpoints_occupant WHERE how = 'unread'"), 1) << "somebody sat there";
}

TEST_P(CheckpointsTest, WhoShowsACardAndAnOwnCodeIsSeenAndCountsOnce) {
  holder_ = an_;
  NewPassage asked = passage();
  asked.occupants = {{std::string(kCard), {}, {}}, {code_of(an_), {}, {}}};
  const auto passed = pass(asked);
  ASSERT_TRUE(passed) << passed.error().code;
  EXPECT_EQ(passed->people, 1);
  EXPECT_EQ(passed->verified, 1);
  asked = passage();
  asked.journey = told().code;
  asked.occupants = {{std::string(kCard), {}, Decision::kTest}};
  const auto declared = facts(pass(asked)->id);
  ASSERT_THAT(declared->people, SizeIs(3)) << "the household has named the holder";
  EXPECT_EQ(declared->people[0].how, How::kJourney);
  EXPECT_EQ(declared->people[0].decision, Decision::kTest) << "as it was decided about the card";
}

TEST_P(CheckpointsTest, WhoIsOnlyClaimedIsToldToRoomsThatCall) {
  holder_ = grandmother_;
  NewPassage asked = car(Decision::kIsolate);
  asked.occupants.push_back({{}, std::string("0912 345 678"), Decision::kTest});
  asked.occupants.push_back({std::string(kCard), {}, {}});
  const auto passed = pass(asked);
  ASSERT_TRUE(passed) << passed.error().code;
  const auto told = world_.db->read_now([&](store::Session& s) { return checkpoints_.claimants(s, passed->id); });
  ASSERT_THAT(told, SizeIs(3)) << "who showed the own code is known, who only sat there is not";
  EXPECT_EQ(told[0].name, "Nguyễn Thị Hạnh");
  EXPECT_EQ(told[0].decision, Decision::kIsolate);
  EXPECT_EQ(told[1].phone, "+84912345678");
  EXPECT_EQ(told[1].decision, Decision::kTest);
  EXPECT_EQ(told[2].how, How::kCard);
  EXPECT_EQ(told[2].name, "Nguyễn Văn An") << "the holder, as we know them";
}

// ---- journeys ----

TEST_P(CheckpointsTest, OneCodeStandsForThePlateAndEverybody) {
  const Journey journey = told();
  const auto seen = look(journey.code);
  ASSERT_TRUE(seen) << seen.error().code;
  EXPECT_EQ(seen->plate, "74A-123.45");
  EXPECT_THAT(seen->lights, SizeIs(3));
  EXPECT_THAT(lit_, ElementsAre(an_, child_, grandmother_)) << "a light for each";
  const auto passed = pass_by_journey(journey.code);
  ASSERT_TRUE(passed) << passed.error().code;
  EXPECT_TRUE(passed->journey_known);
  EXPECT_EQ(passed->people, 3);
  EXPECT_EQ(passed->verified, 0) << "declared, not seen";
  const auto known = facts(passed->id);
  EXPECT_EQ(known->people[0].how, How::kJourney);
  EXPECT_EQ(known->towards, visits::testing::kHaiLang);
  EXPECT_THAT(*search(station_, "74A-12345"), SizeIs(1)) << "the journey's plate";
  EXPECT_EQ(run(checkpoints_.journeys(driver_))->front().used, now());
}

TEST_P(CheckpointsTest, WhoShowsAnOwnCodeBesideTheJourneyIsSeen) {
  NewPassage asked = passage();
  asked.journey = told().code;
  asked.occupants = {{code_of(an_), {}, {}}};
  const auto passed = pass(asked);
  EXPECT_EQ(passed->people, 3);
  EXPECT_EQ(passed->verified, 1);
}

TEST_P(CheckpointsTest, AJourneysWaitMakesNoVisits) {
  const auto sent = pass_by_journey(told().code, Decision::kTest);
  world_.clock.advance(minutes(40));
  ASSERT_TRUE(settle(sent->id, Decision::kPass));
  EXPECT_EQ(visits(), 0) << "nobody proved that they were in the car";
}

TEST_P(CheckpointsTest, AJourneysCodeIsGoodInItsTimeAlone) {
  const Journey journey = told();
  world_.clock.advance(hours(10) + minutes(5));
  shift_ = begin();
  EXPECT_EQ(code(look(journey.code)), "journey_over");
  const auto passed = pass_by_journey(journey.code);
  ASSERT_TRUE(passed) << "the vehicle is not lost";
  EXPECT_FALSE(passed->journey_known);
  EXPECT_EQ(passed->people, 1);
}

TEST_P(CheckpointsTest, AJourneyTakenBackIsWorthNothing) {
  const Journey journey = told();
  EXPECT_EQ(code(run(checkpoints_.withdraw(citizen(1002), journey.id))), "not_found") << "somebody else's";
  ASSERT_TRUE(run(checkpoints_.withdraw(driver_, journey.id)));
  EXPECT_EQ(code(look(journey.code)), "journey_unknown");
  EXPECT_THAT(*run(checkpoints_.journeys(driver_)), IsEmpty());
  EXPECT_EQ(count("SELECT count(*) FROM checkpoints_traveller"), 0);
}

TEST_P(CheckpointsTest, WhatAJourneyMayBe) {
  const auto tell = [&](auto change) {
    NewJourney asked = journey();
    change(asked);
    return code(run(checkpoints_.tell(driver_, asked, std::nullopt)));
  };
  EXPECT_EQ(tell([](auto& j) { j.people = {}; }), "invalid");
  EXPECT_EQ(tell([](auto& j) { j.plate = std::string("?"); }), "invalid");
  EXPECT_EQ(tell([](auto& j) { j.towards = UnitId{7}; }), "invalid");
  EXPECT_EQ(tell([](auto& j) { j.until = j.from; }), "invalid");
  EXPECT_EQ(tell([](auto& j) { j.until = j.from + kLongest + minutes(1); }), "invalid");
  EXPECT_EQ(tell([](auto& j) { j.from = j.from + kAhead + minutes(1); }), "invalid");
  const PersonId stranger = world_.person(citizen(1003), people::Relation::kSelf);
  EXPECT_EQ(tell([&](auto& j) { j.people = {stranger}; }), "not_in_household");
  EXPECT_EQ(code(run(checkpoints_.tell(identity::testing::nobody(), journey(), std::nullopt))), "unauthenticated");
  for (std::size_t i = 0; i < kJourneysMost; ++i) told();
  EXPECT_EQ(tell([](auto&) {}), "too_many_journeys");
}

TEST_P(CheckpointsTest, AJourneyNeedsADecisionAndTheHouseholdsConsent) {
  Needs needs{*world_.db,
              world_.registry,
              gates_,
              world_.visits,
              world_.people,
              world_.decisions,
              visits::testing::geography(),
              world_.house->access,
              world_.vault,
              world_.clock,
              world_.random,
              light_of_,
              {&world_.house->consents}};
  Checkpoints asking(std::move(needs));
  EXPECT_EQ(code(run(asking.tell(driver_, journey(), std::nullopt))), "consent_required");
  ASSERT_TRUE(run(world_.house->consents.give(driver_, {std::string("declarations"), 1})));
  EXPECT_TRUE(run(asking.tell(driver_, journey(), std::nullopt)));
  world_.clock.advance(hours(31 * 24));
  EXPECT_EQ(code(run(checkpoints_.tell(driver_, journey(), std::nullopt))), "not_in_force");
}

TEST_P(CheckpointsTest, ToldTwiceIsOneJourneyAndTheRepeatHoldsNoCode) {
  const auto once = [] { return store::make_once(1001, "/me/journeys", "k", "{}"); };
  const NewJourney asked = journey();
  const auto first = run(checkpoints_.tell(driver_, asked, once())),
             again = run(checkpoints_.tell(driver_, asked, once()));
  ASSERT_TRUE(first && again);
  EXPECT_EQ(first->code, again->code);
  EXPECT_EQ(count("SELECT count(*) FROM checkpoints_journey"), 1);
  EXPECT_EQ(count("SELECT count(*) FROM store_idempotency WHERE answer LIKE '%LTT%'"), 0);
}

// ---- roster, counts, handover, queue ----

TEST_P(CheckpointsTest, TheLaneShowsWhoIsOnDutyAndTheCountsOfTheShift) {
  ASSERT_TRUE(pass(car()));
  world_.clock.advance(minutes(5));
  shift_ = begin();
  NewPassage turned = car(Decision::kTurnBack);
  turned.why = Why::kNotDeclared;
  ASSERT_TRUE(pass(turned));
  ASSERT_TRUE(pass(car(Decision::kTest)));
  const auto desk = lane();
  ASSERT_TRUE(desk) << desk.error().code;
  EXPECT_EQ(desk->name, "Chốt Hải Lăng");
  EXPECT_THAT(desk->roster, SizeIs(2)) << "two shifts of one guard are open";
  EXPECT_EQ(desk->roster[0].name, "Anh Chốt");
  EXPECT_EQ(desk->counts.vehicles, 2) << "the first was before this shift";
  EXPECT_EQ(desk->counts.people, 8);
  EXPECT_EQ(desk->counts.turn_back, 1);
  EXPECT_EQ(desk->counts.test, 1);
  world_.clock.advance(minutes(10));
  ASSERT_TRUE(run(gates_.end({shift_})));
  world_.clock.advance(minutes(10));
  EXPECT_EQ(code(lane()), "shift_over");
}

TEST_P(CheckpointsTest, TheNextShiftReadsWhatWasHandedOver) {
  ASSERT_TRUE(pass(car(Decision::kTest)));
  NewHandover note;
  note.shift = shift_;
  note.place = post_;
  note.at = now();
  note.note = std::string("Xe đang chờ ở lều 2");
  const auto handed = run(checkpoints_.hand_over(note, "h1")), again = run(checkpoints_.hand_over(note, "h1"));
  ASSERT_TRUE(handed && again);
  EXPECT_EQ(json::text(*handed), json::text(*again));
  EXPECT_EQ(count("SELECT count(*) FROM store_idempotency WHERE answer LIKE '%lều%'"), 0) << "the note stays sealed";
  world_.clock.advance(hours(1));
  shift_ = begin();
  const auto desk = lane();
  ASSERT_TRUE(desk->handover);
  EXPECT_EQ(desk->handover->note, "Xe đang chờ ở lều 2");
  EXPECT_EQ(desk->handover->vehicles, 1);
  EXPECT_EQ(desk->handover->people, 4);
  EXPECT_EQ(desk->handover->open, 1);
  EXPECT_THAT(desk->open, SizeIs(1)) << "and finds the vehicle";
  EXPECT_EQ(count("SELECT count(*) FROM checkpoints_handover"), 1);
}

TEST_P(CheckpointsTest, TheWaitIsWaitingVehiclesAtThePaceOfTheLastQuarter) {
  for (int i = 0; i < 5; ++i) ASSERT_TRUE(pass(car()));
  auto queue = count_waiting(20);
  ASSERT_TRUE(queue) << queue.error().code;
  EXPECT_EQ(queue->passed, 5);
  EXPECT_EQ(queue->minutes, 60);
  EXPECT_FALSE(queue->alarm) << "nobody has said what is too long";
  const Caller province = officer(Role::kProvinceOfficer, visits::testing::kQuangTri);
  EXPECT_EQ(code(run(checkpoints_.set_limit(station_, post_, {30, std::string("KH 12")}))), "not_permitted");
  EXPECT_EQ(code(run(checkpoints_.set_limit(province, post_, {30, std::string()}))), "invalid");
  EXPECT_EQ(code(run(checkpoints_.set_limit(officer(Role::kProvinceOfficer, cases::kDaNang), post_,
                                            {30, std::string("KH 12")}))),
            "not_found");
  ASSERT_TRUE(run(checkpoints_.set_limit(province, post_, {30, std::string("KH 12 ngày 1/3/2026")})));
  EXPECT_TRUE(lane()->queue.alarm);
  EXPECT_FALSE(count_waiting(10)->alarm) << "30 minutes are not more than 30";
  world_.clock.advance(minutes(16));
  EXPECT_TRUE(lane()->queue.alarm) << "nothing passes any more";
  EXPECT_FALSE(lane()->queue.minutes) << "and nobody knows how long";
  EXPECT_FALSE(count_waiting(0)->alarm);
  world_.clock.advance(kQueueGood + minutes(1));
  EXPECT_FALSE(lane()->queue.counted) << "an old count says nothing";
  EXPECT_EQ(code(count_waiting(-1)), "invalid");
}

// ---- households ----

TEST_P(CheckpointsTest, PeopleSeeTheirOwnPassagesAndNoOtherAdults) {
  ASSERT_TRUE(pass_by_journey(told().code));
  const auto own = mine();
  ASSERT_TRUE(own) << own.error().code;
  ASSERT_THAT(*own, SizeIs(1));
  EXPECT_EQ((*own)[0].place_name, "Chốt Hải Lăng");
  EXPECT_EQ((*own)[0].how, How::kJourney);
  EXPECT_THAT(*mine(child_), SizeIs(1)) << "a child's";
  EXPECT_EQ(code(mine(grandmother_)), "adults_own_affair");
}

TEST_P(CheckpointsTest, OtherRoomsAreToldWhereSomebodyPassedAndWhetherTheyWereSeen) {
  NewPassage asked = passage();
  asked.journey = told().code;
  asked.occupants = {{code_of(an_), {}, {}}};
  ASSERT_TRUE(pass(asked));
  const auto passings = [&](PersonId person, Interval when) {
    return world_.db->read_now([&](store::Session& s) { return Checkpoints::passings(s, person, when); });
  };
  const Interval hour{asked.at - std::chrono::minutes(30), asked.at + std::chrono::minutes(30)};
  ASSERT_THAT(passings(an_, hour), SizeIs(1));
  EXPECT_EQ(passings(an_, hour)[0].place, post_);
  EXPECT_EQ(passings(an_, hour)[0].unit, visits::testing::kHaiLang);
  EXPECT_EQ(passings(an_, hour)[0].at, asked.at);
  EXPECT_EQ(passings(an_, hour)[0].how, How::kOwnCode);
  EXPECT_EQ(passings(child_, hour).at(0).how, How::kJourney) << "declared, not seen";
  EXPECT_THAT(passings(an_, {hour.from, asked.at}), IsEmpty());
}

TEST_P(CheckpointsTest, OtherRoomsAreToldWhoPassedInTheirUnitsEachOnce) {
  const UnitId here = visits::testing::kHaiLang;
  NewPassage asked = passage();
  asked.journey = told().code;
  asked.occupants = {{code_of(an_), {}, {}}, {std::string(kIdCard), {}, {}}};
  asked.unnamed = 2;
  ASSERT_TRUE(pass(asked));
  NewPassage again = car();
  ASSERT_TRUE(pass(again));
  const auto passed = [&](std::vector<UnitId> units, Interval when, PersonId after, std::size_t most) {
    return world_.db->read_now([&](store::Session& s) { return Checkpoints::passed_in(s, units, when, after, most); });
  };
  const Interval hour{asked.at - minutes(30), asked.at + minutes(30)};
  const PersonId first{};
  EXPECT_THAT(passed({here}, hour, first, 10), ElementsAre(an_, child_, grandmother_))
      << "once, by id; a card of another system and heads are nobody";
  EXPECT_THAT(passed({cases::kDaNang, here, here}, hour, first, 10), SizeIs(3));
  EXPECT_THAT(passed({here}, hour, first, 2), ElementsAre(an_, child_));
  EXPECT_THAT(passed({here}, hour, child_, 2), ElementsAre(grandmother_)) << "goes on where it stopped";
  EXPECT_THAT(passed({cases::kDaNang}, hour, first, 10), IsEmpty()) << "where they passed, not where they live";
  EXPECT_THAT(passed({}, hour, first, 10), IsEmpty());
  EXPECT_THAT(passed({here}, {hour.from, asked.at}, first, 10), IsEmpty()) << "half-open";
  EXPECT_THAT(passed({here}, {asked.at, hour.to}, first, 10), SizeIs(3));
}

// ---- officers ----

TEST_P(CheckpointsTest, OfficersSeeFiguresWithoutAnybody) {
  NewPassage out = car();
  out.direction = Direction::kOut;
  ASSERT_TRUE(pass(out));
  ASSERT_TRUE(pass(car(Decision::kTest)));
  const auto all = run(checkpoints_.all(station_));
  ASSERT_TRUE(all) << all.error().code;
  ASSERT_THAT(*all, SizeIs(1));
  EXPECT_EQ((*all)[0].day.vehicles, 2);
  EXPECT_EQ((*all)[0].open, 1);
  const auto watch = run(checkpoints_.watch(station_, post_));
  ASSERT_TRUE(watch) << watch.error().code;
  ASSERT_THAT(watch->hours, SizeIs(2));
  EXPECT_EQ(watch->hours[0].from.seconds % 3600, 0);
  EXPECT_EQ(watch->hours[0].people, 4);
  EXPECT_THAT(watch->roster, SizeIs(1));
  EXPECT_THAT(json::text(*watch), AllOf(Not(HasSubstr("74A")), Not(HasSubstr("Hạnh"))));
  const Caller elsewhere = officer(Role::kStationOfficer, cases::kDaNang);
  EXPECT_THAT(*run(checkpoints_.all(elsewhere)), IsEmpty());
  EXPECT_EQ(code(run(checkpoints_.watch(elsewhere, post_))), "not_found");
  EXPECT_EQ(code(run(checkpoints_.all(driver_))), "not_permitted");
}

TEST_P(CheckpointsTest, APlateIsOpenedWithAReasonAndThatIsLogged) {
  ASSERT_TRUE(pass(car()));
  EXPECT_EQ(code(search(station_, "74A12345", "")), "reason_required");
  EXPECT_EQ(code(search(driver_, "74A12345")), "not_permitted");
  const auto found = search(station_, "74a-123.45");
  ASSERT_TRUE(found) << found.error().code;
  ASSERT_THAT(*found, SizeIs(1));
  ASSERT_THAT((*found)[0].occupants, SizeIs(4));
  EXPECT_EQ((*found)[0].occupants[2].name, "Nguyễn Thị Hạnh");
  EXPECT_EQ((*found)[0].occupants[2].how, How::kIdCard);
  EXPECT_THAT(*search(officer(Role::kStationOfficer, cases::kDaNang), "74A12345"), IsEmpty()) << "another area";
  const auto logged = world_.db->read_now([&](store::Session& s) {
    std::vector<std::string> out;
    for (const auto& e : world_.house->access.list(s, {}, INT64_MAX, 100).items)
      if (e.action == "checkpoints.search" && e.passed && e.person == an_) out.push_back(e.reason);
    return out;
  });
  EXPECT_THAT(logged, ElementsAre("Ca bệnh 1")) << "and the driver sees it";
  Search by_person;
  by_person.person = an_;
  by_person.reason = std::string("Ca bệnh 1");
  EXPECT_THAT(*run(checkpoints_.search(station_, by_person)), SizeIs(1));
}

TEST_P(CheckpointsTest, PassagesOfBothRecordsOfAMergedPersonAreFoundByEither) {
  people::NewPerson written;
  written.name = std::string("Nguyễn Văn An");
  written.birth_year = 1980;
  written.unit = visits::testing::kHaiLang;
  written.paper = people::Paper{people::PaperKind::kCccd, std::string("045080001234")};
  const auto other = run(world_.people.register_person(station_, std::move(written)));
  ASSERT_TRUE(other) << other.error().code;
  const auto passes = [&](std::vector<PersonId> aboard) {
    NewPassage one = passage();
    one.plate = std::string("74A-123.45");
    for (const PersonId person : aboard) one.occupants.push_back({code_of(person), {}, {}});
    const auto made = pass(std::move(one));
    EXPECT_TRUE(made) << code(made);
    world_.clock.advance(minutes(5));
  };
  const auto found = [&](PersonId person) {
    Search asked;
    asked.person = person;
    asked.reason = std::string("Ca bệnh 1");
    return run(checkpoints_.search(station_, asked))->size();
  };
  passes({an_});
  passes({other->id});
  passes({an_, other->id});
  EXPECT_EQ(found(an_), 2u);
  EXPECT_EQ(found(other->id), 2u);
  people::Duplicates duplicates(*world_.db, world_.people, visits::testing::geography(), world_.house->access,
                                world_.house->accounts, world_.vault);
  const people::NewPersonMerge asked{other->id, an_, std::string("hai phiếu, một người")};
  const auto merge = run(duplicates.merge(station_, asked));
  ASSERT_TRUE(merge) << merge.error().code;
  EXPECT_EQ(found(an_), 3u) << "each passage once";
  EXPECT_EQ(found(other->id), 3u);
  EXPECT_THAT(*mine(), SizeIs(2)) << "an account is told nothing that only the other record tells";
}

TEST_P(CheckpointsTest, WhatIsKeptIsSealed) {
  told();
  ASSERT_TRUE(pass(car(Decision::kTest)));
  const auto row = world_.db->read_now([&](store::Session& s) { return storage::open(s, post_, 1).front(); });
  EXPECT_EQ(row.plate->data.find("74A"), std::string::npos);
  for (const auto& one : world_.db->read_now([&](store::Session& s) { return storage::occupants(s, row.id); })) {
    if (!one.claim) continue;
    EXPECT_EQ(one.claim->data.find("045099000123"), std::string::npos);
  }
  for (const auto& one :
       world_.db->read_now([&](store::Session& s) { return storage::journeys(s, driver_.account, {}); }))
    EXPECT_EQ(one.code.data.find("LTT"), std::string::npos);
}

TEST_P(CheckpointsTest, ThePlanSaysWhoIsAbsentAndWhenNobodyStandsThere) {
  const auto guards = run(gates_.guards(keeper_, post_))->items;
  ASSERT_THAT(guards, SizeIs(1));
  const auto planned = [&](Instant from, Instant until, std::int64_t days, const std::string& key) {
    const NewPlanned asked{guards[0].id, from, until, days};
    return run(checkpoints_.plan(keeper_, post_, asked,
                                 store::make_once(keeper_.account.value, "plan", key, json::text(asked))));
  };
  EXPECT_THAT(lane()->plan.gaps, IsEmpty()) << "nobody plans here";
  const Instant start = now();
  const auto plan = planned(start - hours(1), start + hours(7), 2, "a");
  ASSERT_TRUE(plan) << plan.error().code;
  ASSERT_TRUE(planned(start - hours(1), start + hours(7), 2, "a")) << "a repeat";
  EXPECT_EQ(count("SELECT count(*) FROM checkpoints_planned"), 2);
  EXPECT_EQ(code(planned(start + hours(6), start + hours(9), 1, "b")), "planned_already");
  EXPECT_EQ(code(planned(start, start, 1, "c")), "invalid");
  EXPECT_EQ(code(planned(start, start + hours(25), 1, "d")), "invalid");
  const auto shown = lane()->plan;
  ASSERT_THAT(shown.shifts, SizeIs(2));
  EXPECT_EQ(shown.shifts[0].name, "Anh Chốt");
  EXPECT_EQ(shown.shifts[0].attendance, Attendance::kPresent);
  EXPECT_EQ(shown.shifts[1].attendance, Attendance::kPlanned);
  ASSERT_THAT(shown.gaps, SizeIs(1));
  EXPECT_EQ(shown.gaps[0].from, start + hours(7));
  EXPECT_EQ(shown.gaps[0].until, start + hours(23)) << "until the next morning's";

  ASSERT_TRUE(pass(car()));
  world_.clock.advance(minutes(1));
  ASSERT_TRUE(run(gates_.end({shift_})));
  const auto after = run(checkpoints_.watch(station_, post_));
  ASSERT_TRUE(after) << after.error().code;
  EXPECT_EQ(after->plan.shifts[0].attendance, Attendance::kAbsent) << "went home early";
  world_.clock.advance(hours(8));
  EXPECT_EQ(run(checkpoints_.planned(keeper_, post_))->shifts[0].attendance, Attendance::kPresent) << "was there";
  world_.clock.advance(hours(16));
  EXPECT_EQ(run(checkpoints_.planned(station_, post_))->shifts.back().attendance, Attendance::kAbsent);

  EXPECT_EQ(code(run(checkpoints_.planned(driver_, post_))), "not_found") << "somebody else's";
  const NewPlanned elsewhere{guards[0].id, now(), now() + hours(8), 1};
  EXPECT_EQ(code(run(checkpoints_.plan(keeper_, office_, elsewhere, std::nullopt))), "not_a_checkpoint");
  const PlannedId last = run(checkpoints_.planned(keeper_, post_))->shifts.back().id;
  EXPECT_EQ(code(run(checkpoints_.unplan(driver_, post_, last))), "not_found");
  ASSERT_TRUE(run(checkpoints_.unplan(keeper_, post_, last)));
  EXPECT_EQ(code(run(checkpoints_.unplan(keeper_, post_, last))), "not_found");
}

TEST_P(CheckpointsTest, DeletesByAgeWithAProof) {
  told();
  ASSERT_TRUE(pass(car()));
  ASSERT_TRUE(count_waiting(3));
  NewHandover note;
  note.shift = shift_;
  note.place = post_;
  note.at = now();
  note.note = std::string("Hết");
  ASSERT_TRUE(run(checkpoints_.hand_over(note, "h")));
  const NewPlanned shift{run(gates_.guards(keeper_, post_))->items[0].id, now(), now() + hours(8), 1};
  ASSERT_TRUE(run(checkpoints_.plan(keeper_, post_, shift, std::nullopt)));
  const auto retain = [&] { world_.db->transact_now([&](store::Session& s) { checkpoints_.retention().run(s); }); };
  world_.clock.advance(kKept - minutes(1));
  retain();
  EXPECT_EQ(count("SELECT count(*) FROM checkpoints_passage"), 1);
  world_.clock.advance(hours(11));
  retain();
  retain();
  const auto proofs = world_.db->read_now([](store::Session& s) { return storage::proofs(s); });
  ASSERT_THAT(proofs, SizeIs(1));
  EXPECT_EQ(proofs[0].passages, 1);
  EXPECT_EQ(proofs[0].occupants, 4);
  EXPECT_EQ(proofs[0].queues, 1);
  EXPECT_EQ(proofs[0].handovers, 1);
  EXPECT_EQ(proofs[0].journeys, 1);
  EXPECT_EQ(proofs[0].planned, 1);
  EXPECT_EQ(count("SELECT count(*) FROM checkpoints_traveller"), 0);
}

INSTANTIATE_TEST_SUITE_P(Engines, CheckpointsTest, store::testing::engines(), store::testing::engine_name);

}  // namespace
}  // namespace luytre::checkpoints

#include "modules/referrals/referrals.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>

#include "modules/declarations/windows.h"
#include "modules/referrals/storage.h"
#include "modules/visits/testing.h"
#include "platform/base/result_testing.h"
#include "platform/identity/taken_out.h"
#include "platform/store/plan_testing.h"

namespace luytre::referrals {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::StartsWith;
using visits::testing::kHaiLang;
using visits::testing::kQuangTri;

const UnitId kNamHaiLang{2025319735}, kDaNang{2025100048}, kInDaNang{2025320242};
// Before the reform of 2025-07-01: a commune that became a part of kHaiLang, its district, its province.
const UnitId kHaiPhu{2021319702}, kHaiLangDistrict{2021200470}, kOldQuangTri{2021100045};

// ---- answers ----

json::Object answered(std::string_view link, bool value) {
  return {{"linkId", link}, {"answer", json::Array{json::Object{{"valueBoolean", value}}}}};
}

json::Object text(std::string_view link, std::string_view value) {
  return {{"linkId", link}, {"answer", json::Array{json::Object{{"valueString", value}}}}};
}

json::Value response(std::string_view group, json::Array items) {
  return json::Object{{"resourceType", "QuestionnaireResponse"},
                      {"status", "completed"},
                      {"item", json::Array{json::Object{{"linkId", group}, {"item", std::move(items)}}}}};
}

class ReferralsTest : public ::testing::TestWithParam<store::Engine> {
 protected:
  ReferralsTest() { followers_.add(referrals_.follow()); }

  Instant now() const { return world_.clock.now(); }
  void switch_on(UnitId unit = {}, std::optional<std::string> form = {}) {
    command::testing::switch_on(world_.decisions, command::Switch::kDeclarations, now(), unit, "covid-19", form);
  }

  PersonId person(const std::string& name, UnitId unit = kHaiLang) {
    const Caller caller = identity::testing::citizen(next_account_++);
    people::NewPerson fields;
    fields.name = name;
    fields.birth_year = 1980;
    fields.unit = unit;
    fields.relation = people::Relation::kSelf;
    const auto made = run(world_.people.create(caller, std::move(fields)));
    if (!made) throw std::runtime_error("person refused: " + made.error().code);
    callers_[made->id] = caller;
    return made->id;
  }

  // By the form that a place asks for: green, yellow (symptoms), red (met a case).
  declarations::NewDeclaration said(Colour colour, std::optional<UnitId> there = {}) const {
    declarations::NewDeclaration out;
    out.form = std::string("place-entry");
    out.version = std::string("2021-05-29");
    out.at = now();
    json::Array items{answered("visited", false), answered("symptoms", colour == Colour::kYellow)};
    if (colour == Colour::kYellow) items.push_back(text("symptoms-which", "Sốt từ hôm qua"));
    items.push_back(answered("contact-case", colour == Colour::kRed));
    items.push_back(answered("contact-country", false));
    items.push_back(answered("contact-sick", false));
    out.response = response("risk", std::move(items));
    out.unit = there;
    return out;
  }
  declarations::DeclarationId submit(PersonId person, declarations::NewDeclaration what) {
    const auto out = run(declarations_.submit(callers_.at(person), std::move(what), std::nullopt));
    if (!out) throw std::runtime_error("refused: " + out.error().code);
    return out->id;
  }
  declarations::DeclarationId declare(PersonId person, Colour colour, std::optional<UnitId> there = {}) {
    const auto out = submit(person, said(colour, there));
    followers_.drain();
    return out;
  }
  declarations::DeclarationId correct(PersonId person, declarations::DeclarationId wrong, Colour colour) {
    auto right = said(colour);
    right.corrects = wrong;
    return submit(person, std::move(right));
  }

  // ---- home isolation ----
  // Somebody whose phone can be reached, and who may declare for others of the household.
  PersonId reachable(const std::string& name, const std::string& phone) {
    const AccountId account{next_account_};
    world_.db->transact_now([&](store::Session& s) { world_.house->accounts.create(s, account, phone); });
    return person(name);
  }
  void check_in(PersonId person, Instant at) {
    declarations::NewDeclaration out;
    out.form = std::string("home-isolation");
    out.version = std::string("2021-07-12");
    out.at = at;
    out.person = person;
    json::Array items;
    for (const char* sign : {"fever", "cough", "breath", "throat", "aches"}) items.push_back(answered(sign, false));
    items.push_back(answered("at-place", true));
    items.push_back(
        json::Object{{"linkId", "needs"},
                     {"answer", json::Array{json::Object{{"valueCoding", json::Object{{"code", "nothing"}}}}}}});
    out.response = response("now", std::move(items));
    submit(person, std::move(out));
  }
  // "15:10" of the second of March, local.
  static Instant clock(const std::string& time) { return *parse_instant("2026-03-02T" + time + ":00+07:00"); }
  void look(const std::string& time) {
    world_.clock.set(clock(time));
    const auto job = windows_.watch();
    world_.db->transact_now([&](store::Session& s) { job.run(s); });
  }
  std::vector<notify::Sms> messages() {
    return world_.db->read_now([this](store::Session& s) { return world_.house.notify().waiting(s); });
  }

  void escalate() {
    const auto job = referrals_.escalate();
    world_.db->transact_now([&](store::Session& s) { job.run(s); });
  }
  std::vector<Referral> list(const Caller& who, Filter filter = {}) {
    const auto page = run(referrals_.list(who, filter, std::nullopt, 100));
    if (!page) throw std::runtime_error(page.error().code);
    return page->items;
  }
  Referral one(const Caller& who) {
    const auto all = list(who);
    if (all.size() != 1) throw std::runtime_error("there are " + std::to_string(all.size()));
    return all.front();
  }
  std::vector<std::string> history(const Caller& who, ReferralId id) {
    const auto found = run(referrals_.find(who, id));
    if (!found) return {found.error().code};
    std::vector<std::string> out;
    for (const Step& step : *found->log)
      out.push_back(std::string(json::enum_text(step.kind)) + ' ' + std::string(json::enum_text(step.level)) + ' ' +
                    step.unit_name.substr(0, step.unit_name.find(',')));
    return out;
  }
  Result<Referral> record(const Caller& who, const Referral& what, Outcome outcome, const std::string& note = "") {
    ReferralOutcome body;
    body.outcome = outcome;
    if (!note.empty()) body.note = note;
    return run(referrals_.record(who, what.id, std::move(body), what.version));
  }
  std::vector<std::string> events() {
    std::vector<std::string> out;
    for (const auto& line : store::testing::event_lines(*world_.db)) {
      const std::string type = line.substr(0, line.find(':'));
      if (type.starts_with("referral.") || type.starts_with("declaration.")) out.push_back(type);
    }
    return out;
  }
  std::int64_t count(const char* sql) {
    return world_.db->read_now([sql](store::Session& s) { return s.value<std::int64_t>(store::Query{sql, sql}); });
  }
  // Everything that this room holds, to compare.
  std::string all_rows() {
    return world_.db->read_now([](store::Session& s) {
      std::string out;
      for (const char* sql : {"SELECT CAST(id AS text) || state || CAST(version AS text) || CAST(subject AS text) || "
                              "CAST(due_at AS text) FROM referrals_referral ORDER BY id",
                              "SELECT kind || CAST(referral AS text) FROM referrals_step ORDER BY id",
                              "SELECT colour || CAST(subject AS text) || CAST(unit AS text) FROM referrals_arrival "
                              "ORDER BY subject, unit"})
        for (const auto& row : s.all<std::string>(store::Query{sql, sql})) out += row + '\n';
      return out;
    });
  }

  std::map<PersonId, Caller> callers_;
  std::int64_t next_account_ = 1001;
  visits::testing::World world_{GetParam(), {declarations::migrations(), migrations()}};
  declarations::Declarations declarations_{*world_.db,
                                           world_.people,
                                           world_.decisions,
                                           visits::testing::geography(),
                                           world_.house->access,
                                           world_.vault,
                                           declarations::Catalogue(LUYTRE_SOURCE_DIR "/data")};
  Referrals referrals_{
      {*world_.db, declarations_, world_.people, visits::testing::geography(), world_.house->access, world_.vault}};
  declarations::Windows windows_{
      {*world_.db, declarations_, world_.people, world_.decisions, world_.house.notify(), world_.house.texts()}};
  store::Followers followers_{*world_.db};
  const Caller home_ = identity::testing::officer(Role::kStationOfficer, kHaiLang, 9201);
  const Caller there_ = identity::testing::officer(Role::kStationOfficer, kInDaNang, 9202);
  const Caller neighbour_ = identity::testing::officer(Role::kStationOfficer, kNamHaiLang, 9203);
  const Caller province_ = identity::testing::officer(Role::kProvinceOfficer, kQuangTri, 9301);
  // A regional health centre serves several communes.
  const Caller centre_ = [] {
    Caller out = identity::testing::officer(Role::kDistrictOfficer, kHaiLang, 9401);
    out.grants.push_back({Role::kDistrictOfficer, kNamHaiLang});
    return out;
  }();
};

// ---- what comes ----

TEST_P(ReferralsTest, StationsOfResidenceAndDestinationAreEachToldOnce) {
  switch_on();
  const PersonId an = person("Nguyễn Thị An");
  const auto id = declare(an, Colour::kRed, kInDaNang);
  const Referral home = one(home_), there = one(there_);
  EXPECT_NE(home.id, there.id);
  EXPECT_EQ(home.subject.value, id.value);
  EXPECT_EQ(home.person->id, an);
  EXPECT_EQ(home.colour, Colour::kRed);
  EXPECT_EQ(home.station, Station::kResidence);
  EXPECT_EQ(there.station, Station::kDestination);
  EXPECT_EQ(home.due_at, now() + minutes(60)) << "as the rule set says";
  EXPECT_EQ(home.rule_set, "place-entry-rules-2021-05-29");
  ASSERT_THAT(home.reasons, SizeIs(1));
  EXPECT_EQ(home.reasons[0].code, "contact-with-case");
  EXPECT_FALSE(home.reasons[0].text.at("vi").empty());
  EXPECT_THAT(list(neighbour_), IsEmpty());
  EXPECT_THAT(events(), ElementsAre("declaration.submitted", "referral.opened", "referral.opened"));

  declare(person("Lê Văn Bình"), Colour::kYellow, kHaiLang);
  ASSERT_THAT(list(home_), SizeIs(2)) << "one for a journey that ends at home";
  EXPECT_EQ(list(home_)[1].due_at, now() + minutes(240));
}

TEST_P(ReferralsTest, AHealthCentreSeesItAtOnceAndItIsNotItsTask) {
  switch_on();
  declare(person("Nguyễn Thị An"), Colour::kRed);
  EXPECT_TRUE(one(home_).yours);
  const Referral seen = one(centre_);
  EXPECT_FALSE(seen.yours);
  EXPECT_FALSE(seen.escalated);
  EXPECT_EQ(code(run(referrals_.acknowledge(centre_, seen.id))), "referral_not_escalated");
  EXPECT_EQ(code(record(centre_, seen, Outcome::kReached)), "referral_not_escalated");
  Filter yours;
  yours.yours = true;
  EXPECT_THAT(list(centre_, yours), IsEmpty());
  EXPECT_EQ(run(referrals_.counts(centre_))->yours, 0);
  EXPECT_EQ(run(referrals_.counts(centre_))->open, 1);
  EXPECT_EQ(run(referrals_.counts(home_))->yours, 1);
  EXPECT_THAT(list(province_), SizeIs(1));
}

TEST_P(ReferralsTest, GreenOnesAreCountedAndNeverListed) {
  switch_on();
  const PersonId an = person("Nguyễn Thị An");
  declare(an, Colour::kGreen, kInDaNang);
  declare(person("Lê Văn Bình"), Colour::kYellow);
  EXPECT_THAT(list(home_), SizeIs(1));
  const auto counts = run(referrals_.counts(home_));
  EXPECT_EQ(counts->green_today, 1);
  EXPECT_EQ(counts->yellow_today, 1);
  EXPECT_EQ(run(referrals_.counts(there_))->green_today, 1);
  world_.clock.advance(hours(24));
  EXPECT_EQ(run(referrals_.counts(home_))->green_today, 0) << "of the day";
}

TEST_P(ReferralsTest, AReplayChangesNothing) {
  switch_on();
  const PersonId an = person("Nguyễn Thị An");
  const auto wrong = declare(an, Colour::kYellow, kInDaNang);
  correct(an, correct(an, wrong, Colour::kGreen), Colour::kRed);
  followers_.drain();
  ASSERT_TRUE(run(
      referrals_.hand_over(home_, one(home_).id, {kNamHaiLang, {std::string("Đã chuyển nhà")}}, one(home_).version)));
  declare(person("Lê Văn Bình"), Colour::kGreen);
  const std::string before = all_rows();
  const auto said_before = events();

  store::Followers again(*world_.db);
  auto following = referrals_.follow();
  following.name = "referrals.replay";
  again.add(std::move(following));
  again.drain();
  EXPECT_EQ(all_rows(), before);
  EXPECT_EQ(events(), said_before);
}

TEST_P(ReferralsTest, ACrashBetweenEffectAndPositionDoublesNothing) {
  switch_on();
  submit(person("Nguyễn Thị An"), said(Colour::kRed, kInDaNang));
  bool crash = true;
  auto following = referrals_.follow();
  following.name = "referrals.crashing";
  const auto handle = following.handle;
  following.handle = [&crash, handle](store::Session& s, const store::Event& event) {
    handle(s, event);
    if (crash) throw std::runtime_error("the process dies here");
  };
  store::Followers crashing(*world_.db);
  crashing.add(std::move(following));
  EXPECT_THROW(crashing.drain(), std::runtime_error);
  EXPECT_EQ(count("SELECT count(*) FROM referrals_referral"), 0);
  EXPECT_EQ(count("SELECT count(*) FROM referrals_arrival"), 0);
  crash = false;
  crashing.drain();
  followers_.drain();  // another node, from its own position
  EXPECT_EQ(count("SELECT count(*) FROM referrals_referral"), 2);
  EXPECT_EQ(count("SELECT count(*) FROM referrals_step"), 2);
}

// By position in the feed: the first round after the commit writes them, none waits for a round of the clock.
TEST_P(ReferralsTest, TheNextReadingOfTheFeedIsEnough) {
  switch_on();
  std::int64_t rounds = 0;
  auto following = referrals_.follow();
  following.name = "referrals.counted";
  const auto handle = following.handle;
  following.handle = [&rounds, handle](store::Session& s, const store::Event& event) {
    ++rounds;
    handle(s, event);
  };
  store::Followers counted(*world_.db);
  counted.add(std::move(following));
  counted.drain();
  rounds = 0;
  submit(person("Nguyễn Thị An"), said(Colour::kRed));
  counted.drain();
  EXPECT_EQ(rounds, 1);
  const auto said_now = store::testing::event_lines(*world_.db);
  ASSERT_GE(said_now.size(), 2U);
  EXPECT_THAT(said_now[said_now.size() - 2], StartsWith("declaration.submitted:"));
  EXPECT_THAT(said_now.back(), StartsWith("referral.opened:"));
}

TEST_P(ReferralsTest, AReferredDifferenceIsATaskOfTheStationOfResidence) {
  const PersonId an = person("Nguyễn Thị An");
  std::optional<Question> question{{an, kHaiLang, now()}};
  referrals_.set_questions(
      [&question](store::Session&, SubjectId id) { return id.value == 91 ? question : std::nullopt; });
  const auto tell = [this](const char* event) {
    world_.db->transact_now([&](store::Session& s) {
      s.publish({event, 91, now(), 1, kHaiLang.value});
      s.publish({event, 92, now(), 1, kHaiLang.value});  // explained, not referred
    });
    followers_.drain();
  };
  const auto ending = [this] {
    return world_.db->read_now([this](store::Session& s) { return Referrals::ending(s, one(home_).id); });
  };
  tell("consistency.decided");
  tell("consistency.decided");
  EXPECT_THAT(list(neighbour_), IsEmpty());
  ASSERT_THAT(list(home_), SizeIs(1)) << "once, however often it is told";
  EXPECT_EQ(one(home_).source, Source::kDifference);
  EXPECT_EQ(one(home_).subject.value, 91);
  EXPECT_EQ(one(home_).reasons.at(0).code, "difference-referred");
  EXPECT_EQ(one(home_).due_at, now() + kDifferenceWithin);
  EXPECT_FALSE(ending());
  const ReferralId id = one(home_).id;
  question.reset();
  tell("consistency.gone");
  EXPECT_THAT(list(home_), IsEmpty()) << "taken back";
  const auto ended = world_.db->read_now([id](store::Session& s) { return Referrals::ending(s, id); });
  ASSERT_TRUE(ended);
  EXPECT_EQ(ended->state, State::kWithdrawn);
  EXPECT_EQ(ended->subject.value, 91);
}

TEST_P(ReferralsTest, WhomACheckpointIsolatesOrTestsIsReferredUntilItDecidesOtherwise) {
  const PersonId an = person("Nguyễn Thị An"), binh = person("Lê Văn Bình", kNamHaiLang);
  using Decision = Passage::Decision;
  Passage passage;
  passage.at = passage.recorded = now();
  passage.towards = kInDaNang;
  passage.people = {{an, Decision::kTest}, {binh, Decision::kPass}};
  referrals_.set_passages(
      [&passage](store::Session&, SubjectId id) { return id.value == 77 ? std::optional(passage) : std::nullopt; });
  const auto decided = [this] {
    world_.db->transact_now([this](store::Session& s) {
      s.publish({"checkpoints.passed", 77, now(), 1, kHaiLang.value});
      s.publish({"checkpoints.passed", 78, now(), 1, kHaiLang.value});  // deleted meanwhile
    });
    followers_.drain();
  };
  decided();
  EXPECT_THAT(list(neighbour_), IsEmpty()) << "who passes is nobody's task";
  EXPECT_EQ(one(home_).source, Source::kPassage);
  EXPECT_EQ(one(home_).colour, Colour::kYellow);
  EXPECT_EQ(one(home_).reasons.at(0).code, "checkpoint-test");
  EXPECT_EQ(one(home_).due_at, now() + kTestedWithin);
  EXPECT_EQ(one(there_).station, Station::kDestination);

  passage.people = {{an, Decision::kIsolate}, {binh, Decision::kTest}};
  decided();
  decided();
  EXPECT_EQ(one(home_).colour, Colour::kRed);
  EXPECT_EQ(one(home_).due_at, now() + kIsolatedWithin);
  EXPECT_THAT(list(there_), SizeIs(2)) << "two people of one vehicle";
  EXPECT_EQ(one(neighbour_).person->id, binh);

  passage.people = {{an, Decision::kPass}, {binh, Decision::kTest}};
  decided();
  EXPECT_THAT(list(home_), IsEmpty());
  EXPECT_THAT(list(there_), SizeIs(1));

  passage.people = {{an, Decision::kIsolate}, {binh, Decision::kTest}};
  decided();
  EXPECT_EQ(one(home_).state, State::kOpen) << "and again";
}

TEST_P(ReferralsTest, EveryPassageIsCountedWhereItsPeopleLiveAndWhereItGoes) {
  const PersonId an = person("Nguyễn Thị An"), binh = person("Lê Văn Bình", kNamHaiLang);
  using Decision = Passage::Decision;
  Passage passage;
  passage.at = passage.recorded = now();
  passage.unit = kHaiLang;
  passage.towards = kInDaNang;
  passage.people = {{an, Decision::kPass}, {binh, Decision::kPass}};
  referrals_.set_passages([&passage](store::Session&, SubjectId) { return std::optional(passage); });
  const auto decided = [this] {
    world_.db->transact_now([this](store::Session& s) {
      s.publish({"checkpoints.passed", 77, now(), 1, kHaiLang.value});
    });
    followers_.drain();
  };
  const auto today = [this](const Caller& who) {
    const auto counts = run(referrals_.counts(who));
    return std::array{counts->green_today, counts->yellow_today, counts->red_today};
  };
  decided();
  decided();
  for (const Caller& who : {home_, there_, neighbour_})
    EXPECT_THAT(today(who), ElementsAre(1, 0, 0)) << "once, however many sit in it";
  EXPECT_THAT(list(home_), IsEmpty());
  passage.people = {{an, Decision::kTest}, {binh, Decision::kPass}};
  decided();
  EXPECT_THAT(today(home_), ElementsAre(0, 1, 0));
  EXPECT_THAT(today(neighbour_), ElementsAre(1, 0, 0));
  EXPECT_THAT(today(there_), ElementsAre(0, 1, 0)) << "the gravest of the vehicle";
  passage.people = {{an, Decision::kTurnBack}, {binh, Decision::kTurnBack}};
  passage.decision = Decision::kTurnBack;
  decided();
  for (const Caller& who : {home_, there_, neighbour_}) EXPECT_THAT(today(who), ElementsAre(0, 0, 0));
  passage.people.clear();
  passage.decision = Decision::kPass;
  decided();
  EXPECT_THAT(today(there_), ElementsAre(1, 0, 0)) << "nobody in it is known";
  passage.people = {{an, Decision::kTest}};
  decided();
  EXPECT_THAT(list(home_), SizeIs(1));
  referrals_.set_passages([](store::Session&, SubjectId) { return std::optional<Passage>(); });
  decided();
  EXPECT_THAT(today(there_), ElementsAre(0, 0, 0)) << "struck: it was written down wrongly";
  EXPECT_THAT(list(home_), IsEmpty());
}

TEST_P(ReferralsTest, WhoIsOnlyClaimedIsReferredByNameAndPhoneNeverAsAPerson) {
  using Decision = Passage::Decision;
  Passage passage;
  passage.at = passage.recorded = now();
  passage.unit = kHaiLang;
  passage.claims = {{1, "Hồ Thị Hạnh", "+84912345678", Decision::kIsolate},
                    {2, std::nullopt, "+84912345679", Decision::kTest},
                    {3, std::nullopt, std::nullopt, Decision::kIsolate},
                    {4, "Trần Văn Qua", std::nullopt, Decision::kPass}};
  referrals_.set_passages([&passage](store::Session&, SubjectId) { return std::optional(passage); });
  const auto decided = [this] {
    world_.db->transact_now([this](store::Session& s) {
      s.publish({"checkpoints.passed", 77, now(), 1, kHaiLang.value});
    });
    followers_.drain();
  };
  decided();
  decided();
  const auto here = list(home_);
  ASSERT_THAT(here, SizeIs(2)) << "at the checkpoint's station, as long as nobody knows where they go";
  EXPECT_FALSE(here[0].person);
  EXPECT_EQ(here[0].claimed, "Hồ Thị Hạnh");
  EXPECT_EQ(here[0].colour, Colour::kRed);
  EXPECT_FALSE(here[1].claimed) << "a phone alone";
  const auto opened = run(referrals_.find(home_, here[0].id));
  ASSERT_TRUE(opened) << opened.error().code;
  EXPECT_THAT(opened->contact->phones, ElementsAre("+84912345678"));
  EXPECT_TRUE(record(home_, here[1], Outcome::kReached));
  EXPECT_THAT(run(referrals_.counts(home_))->red_today, 1);
  const std::string sql = "SELECT count(*) FROM referrals_referral WHERE person <> 0";
  EXPECT_EQ(count(sql.c_str()), 0);

  passage.claims[0].decision = Decision::kPass;
  decided();
  EXPECT_THAT(list(home_), IsEmpty()) << "decided otherwise";
  passage.towards = kInDaNang;
  passage.claims[0].decision = Decision::kIsolate;
  decided();
  EXPECT_EQ(list(there_).front().claimed, "Hồ Thị Hạnh") << "where the journey leads";
}

TEST_P(ReferralsTest, ALatePassagesDeadlineCountsFromWhenItWasTold) {
  const PersonId an = person("Nguyễn Thị An");
  Passage passage;
  passage.at = now() - hours(6);  // the lane had no network
  passage.recorded = now();
  passage.people = {{an, Passage::Decision::kIsolate}};
  referrals_.set_passages([&passage](store::Session&, SubjectId) { return std::optional(passage); });
  world_.db->transact_now([this](store::Session& s) {
    s.publish({"checkpoints.passed", 77, now(), 1, kHaiLang.value});
  });
  followers_.drain();
  EXPECT_EQ(one(home_).at, passage.at);
  EXPECT_EQ(one(home_).due_at, now() + kIsolatedWithin);
  escalate();
  EXPECT_FALSE(one(home_).escalated);
}

// ---- a change of mind ----

TEST_P(ReferralsTest, ACorrectionChangesReopensOrWithdraws) {
  switch_on();
  const PersonId an = person("Nguyễn Thị An");
  const auto first = declare(an, Colour::kYellow);
  const Referral referral = one(home_);
  ASSERT_TRUE(record(home_, referral, Outcome::kReached));
  EXPECT_THAT(list(home_), IsEmpty());

  const auto second = correct(an, first, Colour::kRed);
  followers_.drain();
  Referral now_red = one(home_);
  EXPECT_EQ(now_red.id, referral.id) << "the same, about the version that counts";
  EXPECT_EQ(now_red.subject.value, second.value);
  EXPECT_EQ(now_red.colour, Colour::kRed);
  EXPECT_EQ(now_red.state, State::kOpen) << "reached about less";

  const auto third = correct(an, second, Colour::kGreen);
  followers_.drain();
  EXPECT_THAT(list(home_), IsEmpty());
  Filter withdrawn;
  withdrawn.state = State::kWithdrawn;
  EXPECT_THAT(list(home_, withdrawn), SizeIs(1));
  EXPECT_EQ(run(referrals_.counts(home_))->green_today, 1);
  EXPECT_EQ(run(referrals_.counts(home_))->red_today, 0) << "the versions before count no longer";

  correct(an, third, Colour::kYellow);
  followers_.drain();
  EXPECT_EQ(one(home_).id, referral.id);
  EXPECT_THAT(history(home_, referral.id),
              ElementsAre("opened station Xã Hải Lăng", "done station Xã Hải Lăng", "corrected station Xã Hải Lăng",
                          "withdrawn station Xã Hải Lăng", "corrected station Xã Hải Lăng"));
}

TEST_P(ReferralsTest, VersionsThatOvertakeTheFollowerLeaveOneReferral) {
  switch_on();
  const PersonId an = person("Nguyễn Thị An");
  const auto first = declare(an, Colour::kYellow);
  const auto second = correct(an, first, Colour::kRed);  // not followed …
  correct(an, second, Colour::kYellow);                  // … before this one is there, too
  followers_.drain();
  EXPECT_EQ(count("SELECT count(*) FROM referrals_referral"), 1);
  EXPECT_EQ(one(home_).state, State::kOpen);
}

TEST_P(ReferralsTest, WhatIsTakenBackIsWithdrawnAndForgotten) {
  switch_on({}, "daily-health");
  const PersonId an = person("Nguyễn Thị An");
  declarations::NewDeclaration daily;
  daily.form = std::string("daily-health");
  daily.version = std::string("2020-03-10");
  daily.at = now();
  json::Array items;
  for (const char* sign : {"fever", "cough", "breath", "throat", "aches", "contact-case"})
    items.push_back(answered(sign, std::string_view(sign) == "fever"));
  daily.response = response("today", std::move(items));
  const auto id = submit(an, daily);
  followers_.drain();
  const Referral referral = one(home_);
  ASSERT_FALSE(referral.reasons.empty());
  ASSERT_TRUE(run(declarations_.withdraw(callers_.at(an), id)));
  followers_.drain();
  EXPECT_THAT(list(home_), IsEmpty());
  const auto left = run(referrals_.find(home_, referral.id));
  EXPECT_EQ(left->state, State::kWithdrawn);
  EXPECT_FALSE(left->colour);
  EXPECT_THAT(left->reasons, IsEmpty());
  EXPECT_EQ(run(referrals_.counts(home_))->yellow_today, 0);
  EXPECT_EQ(code(run(referrals_.acknowledge(home_, referral.id))), "referral_ended");
}

// ---- escalation ----

TEST_P(ReferralsTest, UnacknowledgedOnesGoUpLevelByLevelToTheProvince) {
  switch_on();
  declare(person("Nguyễn Thị An"), Colour::kRed);
  const ReferralId id = one(home_).id;
  world_.clock.advance(minutes(60) - seconds(1));
  escalate();
  EXPECT_EQ(one(home_).level, Level::kStation) << "not before its time";
  world_.clock.advance(seconds(1));
  escalate();
  escalate();
  EXPECT_EQ(one(home_).level, Level::kCentre) << "one level at a time";
  EXPECT_TRUE(one(home_).yours) << "the station's stays";
  EXPECT_TRUE(one(centre_).yours);
  EXPECT_FALSE(one(province_).yours);
  EXPECT_EQ(one(home_).due_at, now() + minutes(60));
  Filter escalated;
  escalated.escalated = true;
  EXPECT_THAT(list(home_, escalated), SizeIs(1));
  EXPECT_EQ(run(referrals_.counts(centre_))->yours, 1);

  world_.clock.advance(minutes(60));
  escalate();
  EXPECT_TRUE(one(province_).yours);
  world_.clock.advance(hours(24));
  escalate();
  EXPECT_EQ(one(home_).level, Level::kProvince) << "there is nobody above";
  EXPECT_TRUE(one(province_).overdue);
  EXPECT_THAT(history(home_, id), ElementsAre("opened station Xã Hải Lăng", "escalated centre Xã Hải Lăng",
                                              "escalated province Tỉnh Quảng Trị"))
      << "a regional centre is no administrative unit";
  EXPECT_THAT(events(),
              ElementsAre("declaration.submitted", "referral.opened", "referral.escalated", "referral.escalated"));
}

TEST_P(ReferralsTest, OneThatWasTakenStays) {
  switch_on();
  declare(person("Nguyễn Thị An"), Colour::kRed);
  const auto taken = run(referrals_.acknowledge(home_, one(home_).id));
  ASSERT_TRUE(taken);
  EXPECT_EQ(taken->state, State::kAcknowledged);
  EXPECT_EQ(run(referrals_.acknowledge(home_, taken->id))->version, taken->version) << "again: nothing";
  world_.clock.advance(hours(5));
  escalate();
  EXPECT_EQ(one(home_).level, Level::kStation);
  EXPECT_TRUE(one(home_).overdue);
}

TEST_P(ReferralsTest, BeforeTheReformTheDistrictIsAboveAndAfterItItsSuccessorsSeeIt) {
  world_.clock.set(*parse_instant("2025-06-30T15:00:00Z"));
  switch_on();
  declare(person("Nguyễn Thị An", kHaiPhu), Colour::kRed);
  const Caller station = identity::testing::officer(Role::kStationOfficer, kHaiPhu);
  const Caller district = identity::testing::officer(Role::kDistrictOfficer, kHaiLangDistrict);
  const Caller old_province = identity::testing::officer(Role::kProvinceOfficer, kOldQuangTri);
  const ReferralId id = one(station).id;
  EXPECT_EQ(one(station).unit, kHaiPhu);
  EXPECT_FALSE(one(district).yours);
  world_.clock.advance(minutes(60));
  escalate();
  EXPECT_TRUE(one(district).yours);
  EXPECT_FALSE(one(old_province).yours);

  world_.clock.set(*parse_instant("2025-07-01T02:00:00Z"));
  escalate();
  EXPECT_TRUE(one(province_).yours) << "the province of the new version";
  EXPECT_TRUE(one(centre_).yours);
  EXPECT_TRUE(one(home_).yours);
  EXPECT_THAT(history(home_, id), ElementsAre("opened station Xã Hải Phú", "escalated centre Huyện Hải Lăng",
                                              "escalated province Tỉnh Quảng Trị"));

  // Somebody who is still written down in the old commune belongs to its successor's station.
  declare(callers_.begin()->first, Colour::kYellow);
  EXPECT_EQ(list(home_).back().unit, kHaiLang);
}

TEST_P(ReferralsTest, AUnitAboveTheCommuneBeginsAtItsOwnLevel) {
  switch_on();
  declare(person("Nguyễn Thị An"), Colour::kRed, kDaNang);
  const Caller city = identity::testing::officer(Role::kProvinceOfficer, kDaNang);
  EXPECT_EQ(one(city).level, Level::kProvince);
  EXPECT_TRUE(one(city).yours);
  EXPECT_FALSE(one(city).escalated);
  EXPECT_THAT(list(there_), IsEmpty()) << "no single station";
}

// ---- what officers do ----

TEST_P(ReferralsTest, OnlyReachingRefusalOrAReasonEndsIt) {
  switch_on();
  declare(person("Nguyễn Thị An"), Colour::kRed);
  auto left = record(home_, one(home_), Outcome::kNoAnswer);
  ASSERT_TRUE(left);
  EXPECT_EQ(left->state, State::kAcknowledged);
  EXPECT_EQ(left->attempts, 1);
  EXPECT_EQ(left->due_at, now() + kAgainAfter);
  EXPECT_EQ(code(record(home_, *left, Outcome::kNotNeeded)), "invalid") << "a reason is needed";
  Referral stale = *left;
  stale.version -= 1;
  EXPECT_EQ(code(record(home_, stale, Outcome::kReached)), "version_conflict");
  left = record(home_, *left, Outcome::kNotNeeded, "Trạm bên kia đã gọi");
  ASSERT_TRUE(left);
  EXPECT_EQ(left->state, State::kDone);
  EXPECT_EQ(code(record(home_, *left, Outcome::kReached)), "referral_ended");
  const auto told = run(referrals_.find(home_, left->id));
  EXPECT_EQ(told->log->back().note, "Trạm bên kia đã gọi");
  EXPECT_EQ(told->log->at(1).outcome, Outcome::kNoAnswer);
}

TEST_P(ReferralsTest, ItIsHandedOverWithItsHistory) {
  switch_on();
  declare(person("Nguyễn Thị An"), Colour::kRed, kInDaNang);
  const Referral referral = one(home_);
  const HandOver over{kNamHaiLang, {std::string("Nay ở Nam Hải Lăng")}};
  EXPECT_EQ(code(run(referrals_.hand_over(neighbour_, referral.id, over, referral.version))), "not_found");
  EXPECT_EQ(code(run(referrals_.hand_over(home_, referral.id, {kDaNang, over.reason}, referral.version))), "invalid");
  EXPECT_EQ(code(run(referrals_.hand_over(home_, referral.id, {kHaiPhu, over.reason}, referral.version))), "invalid")
      << "no longer in force";
  EXPECT_EQ(code(run(referrals_.hand_over(home_, referral.id, {kInDaNang, over.reason}, referral.version))),
            "referral_there_already");
  ASSERT_TRUE(run(referrals_.acknowledge(home_, referral.id)));
  world_.clock.advance(minutes(30));
  ASSERT_TRUE(run(referrals_.hand_over(home_, referral.id, over, referral.version + 1)));
  EXPECT_THAT(list(home_), IsEmpty());
  const Referral given = one(neighbour_);
  EXPECT_EQ(given.state, State::kOpen);
  EXPECT_EQ(given.due_at, now() + minutes(60)) << "a deadline of its own";
  EXPECT_THAT(history(neighbour_, given.id),
              ElementsAre("opened station Xã Hải Lăng", "acknowledged station Xã Hải Lăng",
                          "handedOver station Xã Nam Hải Lăng"));
  EXPECT_EQ(run(referrals_.find(neighbour_, given.id))->log->back().note, "Nay ở Nam Hải Lăng");
}

TEST_P(ReferralsTest, WhomItIsHandedToOpensTheDeclarationAndThatIsLogged) {
  switch_on();
  declarations_.set_handed_to(Referrals::referred_to);
  const PersonId an = person("Nguyễn Thị An");
  const auto declaration = declare(an, Colour::kRed);
  const auto opened = [&] { return run(declarations_.find(neighbour_, declaration)); };
  EXPECT_EQ(code(opened()), "not_permitted");
  const Referral referral = one(home_);
  ASSERT_TRUE(run(
      referrals_.hand_over(home_, referral.id, {kNamHaiLang, {std::string("Nay ở Nam Hải Lăng")}}, referral.version)));
  const auto seen = opened();
  ASSERT_TRUE(seen) << seen.error().code;
  EXPECT_TRUE(seen->response);
  EXPECT_EQ(code(run(declarations_.find(there_, declaration))), "not_permitted") << "a fourth";
  const auto logged = world_.db->read_now([&](store::Session& s) {
    identity::Access::Filter filter;
    filter.person = an;
    std::int64_t out = 0;
    for (const auto& entry : world_.house->access.list(s, filter, INT64_MAX, 50).items)
      out += entry.passed && entry.action == "declarations.read" && entry.account == neighbour_.account ? 1 : 0;
    return out;
  });
  EXPECT_EQ(logged, 1);
  correct(an, declaration, Colour::kGreen);
  followers_.drain();
  EXPECT_EQ(code(opened()), "not_permitted") << "withdrawn";
}

TEST_P(ReferralsTest, OthersSeeNothingAndEveryLookIsLogged) {
  switch_on();
  const PersonId an = person("Nguyễn Thị An");
  declare(an, Colour::kRed);
  const ReferralId id = one(home_).id;
  for (const Caller& other : {neighbour_, there_}) {
    EXPECT_THAT(list(other), IsEmpty());
    Filter here;
    here.unit = kHaiLang;
    EXPECT_THAT(list(other, here), IsEmpty());
    EXPECT_EQ(code(run(referrals_.find(other, id))), "not_found");
    EXPECT_EQ(code(run(referrals_.acknowledge(other, id))), "not_found");
  }
  EXPECT_EQ(code(run(referrals_.list(callers_.at(an), {}, std::nullopt, 10))), "not_permitted");
  EXPECT_EQ(code(run(referrals_.counts(identity::testing::officer(Role::kAuditor)))), "not_permitted");
  EXPECT_TRUE(run(referrals_.find(home_, id))->contact);
  EXPECT_FALSE(one(home_).contact) << "lists show no phone";
  const auto log = world_.db->read_now([&](store::Session& s) {
    std::vector<std::string> out;
    identity::Access::Filter filter;
    filter.person = an;
    for (const auto& entry : world_.house->access.list(s, filter, INT64_MAX, 50).items)
      if (entry.passed) out.push_back(entry.action + ' ' + entry.reason);
    return out;
  });
  EXPECT_THAT(log, Contains("referrals.work referral " + to_text(id)).Times(1));
  EXPECT_THAT(log, Contains("referrals.work list of referrals").Times(2));
}

TEST_P(ReferralsTest, ListsGoByDeadlineAndPage) {
  switch_on();
  for (int i = 0; i < 5; ++i) {
    declare(person("Nguyễn Thị An"), i % 2 ? Colour::kRed : Colour::kYellow, kInDaNang);
    world_.clock.advance(seconds(60));
  }
  std::vector<Instant> due;
  std::optional<std::string> cursor;
  do {
    const auto page = run(referrals_.list(home_, {}, cursor, 2));
    ASSERT_TRUE(page);
    for (const auto& item : page->items) due.push_back(item.due_at);
    cursor = page->next;
  } while (cursor);
  EXPECT_THAT(due, SizeIs(5));
  EXPECT_TRUE(std::is_sorted(due.begin(), due.end()));
  EXPECT_EQ(code(run(referrals_.list(home_, {}, "nonsense", 2))), "invalid");
}

TEST_P(ReferralsTest, ListsAreSortedByArrivalAndFilteredByWhyTheyCame) {
  switch_on();
  std::vector<Instant> came;
  for (int i = 0; i < 5; ++i) {
    declare(person("Nguyễn Thị An"), i % 2 ? Colour::kRed : Colour::kYellow, kInDaNang);
    came.push_back(now());
    world_.clock.advance(seconds(60));
  }
  const auto arrivals = [&](const Filter& filter, std::size_t at_once) {
    std::vector<Instant> out;
    std::optional<std::string> cursor;
    do {
      const auto page = run(referrals_.list(home_, filter, cursor, at_once));
      if (!page) throw std::runtime_error(page.error().code);
      for (const auto& item : page->items) out.push_back(item.created);
      cursor = page->next;
    } while (cursor);
    return out;
  };
  Filter filter;
  filter.sort = Sort::kArrival;
  EXPECT_EQ(arrivals(filter, 2), came);
  EXPECT_EQ(arrivals(filter, 50), came);
  filter.descending = true;
  EXPECT_EQ(arrivals(filter, 2), std::vector<Instant>(came.rbegin(), came.rend()));
  filter.source = Source::kDeclaration;
  EXPECT_THAT(arrivals(filter, 2), SizeIs(5));
  const auto first = run(referrals_.list(home_, filter, std::nullopt, 2));
  ASSERT_TRUE(first && first->next);
  EXPECT_EQ(code(run(referrals_.list(home_, {}, first->next, 2))), "invalid") << "another sort";
  filter.source = Source::kPassage;
  EXPECT_THAT(arrivals(filter, 2), IsEmpty());
  filter = {};
  filter.descending = true;
  std::vector<Instant> due;
  for (const Referral& one : list(home_, filter)) due.push_back(one.due_at);
  EXPECT_THAT(due, SizeIs(5));
  EXPECT_TRUE(std::is_sorted(due.rbegin(), due.rend()));
}

TEST_P(ReferralsTest, OfOneArrivalEachStandsOnceInPagesOfItsOrder) {
  switch_on();
  for (int i = 0; i < 5; ++i) declare(person("Nguyễn Thị An"), Colour::kRed);
  for (const Sort sort : {Sort::kDue, Sort::kArrival})
    for (const bool descending : {false, true}) {
      Filter filter;
      filter.sort = sort;
      filter.descending = descending;
      std::vector<ReferralId> glued;
      std::optional<std::string> cursor;
      do {
        const auto page = run(referrals_.list(home_, filter, cursor, 2));
        ASSERT_TRUE(page);
        for (const auto& item : page->items) glued.push_back(item.id);
        cursor = page->next;
      } while (cursor && glued.size() < 20);
      EXPECT_THAT(glued, SizeIs(5));
      EXPECT_TRUE(descending ? std::is_sorted(glued.rbegin(), glued.rend())
                             : std::is_sorted(glued.begin(), glued.end()));
    }
}

TEST_P(ReferralsTest, AFileIsMarkedFilteredBoundedAndLogged) {
  switch_on();
  const PersonId an = person("Nguyễn Thị An"), binh = person("Lê Văn Bình", kNamHaiLang);
  declare(an, Colour::kRed);
  declare(binh, Colour::kYellow);
  const auto about = [&](PersonId who) {
    return world_.db->read_now([&](store::Session& s) {
      std::vector<std::string> out;
      identity::Access::Filter filter;
      filter.person = who;
      for (const auto& entry : world_.house->access.list(s, filter, INT64_MAX, 50).items)
        if (entry.passed) out.push_back(entry.action + ' ' + entry.reason);
      return out;
    });
  };
  ReferralsOut asked;
  asked.reason = std::string("Giao ban chiều");
  const auto file = run(referrals_.take_out(centre_, kHaiLang, asked));
  ASSERT_TRUE(file) << code(file);
  EXPECT_THAT(file->body, HasSubstr("Lũy Tre: "));
  EXPECT_THAT(file->body, HasSubstr("declaration,red,Nguyễn Thị An,,1980,"));
  EXPECT_THAT(file->body, Not(HasSubstr("Lê Văn Bình"))) << "of the neighbour";
  EXPECT_THAT(file->body, Not(HasSubstr("Sốt"))) << "nothing of what was answered";
  EXPECT_THAT(about(an), Contains("referrals.take_out Giao ban chiều").Times(1));
  EXPECT_THAT(about(binh), Not(Contains(HasSubstr("take_out"))));
  EXPECT_THAT(run(referrals_.take_out(province_, kQuangTri, asked))->body, HasSubstr("Lê Văn Bình"));
  asked.source = Source::kPassage;
  EXPECT_THAT(run(referrals_.take_out(province_, kQuangTri, asked))->body, Not(HasSubstr("Nguyễn Thị An")));
  asked.source.reset();
  asked.yours = true;
  EXPECT_THAT(run(referrals_.take_out(province_, kQuangTri, asked))->body, Not(HasSubstr("Nguyễn Thị An")))
      << "nothing has come up to it";
  asked.yours.reset();
  asked.state = State::kDone;
  EXPECT_THAT(run(referrals_.take_out(province_, kQuangTri, asked))->body, Not(HasSubstr("Nguyễn Thị An")));

  asked = {};
  EXPECT_EQ(code(run(referrals_.take_out(centre_, kHaiLang, asked))), "reason_required");
  asked.reason = std::string("Giao ban chiều");
  EXPECT_EQ(code(run(referrals_.take_out(home_, kHaiLang, asked))), "not_permitted") << "a station";
  EXPECT_EQ(code(run(referrals_.take_out(centre_, kInDaNang, asked))), "not_permitted");
  EXPECT_EQ(code(run(referrals_.take_out(callers_.at(an), kHaiLang, asked))), "not_permitted");

  const ReferralId first = one(home_).id;
  world_.db->transact_now([&](store::Session& s) {
    storage::ReferralRow row = *storage::find(s, first);
    for (std::size_t i = 0; i < identity::kListOutMost; ++i) {
      row.id = world_.db->ids().make<ReferralId>();
      row.subject = SubjectId{static_cast<std::int64_t>(1000 + i)};
      storage::insert(s, row);
    }
  });
  EXPECT_EQ(code(run(referrals_.take_out(centre_, kHaiLang, asked))), "list_too_long");
}

TEST_P(ReferralsTest, AFileTellsOfWhoIsOnlyClaimedNameAndPhone) {
  Passage passage;
  passage.at = passage.recorded = now();
  passage.unit = kHaiLang;
  passage.claims = {{1, "Hồ Thị Hạnh", "+84912345678", Passage::Decision::kIsolate}};
  referrals_.set_passages([&passage](store::Session&, SubjectId) { return std::optional(passage); });
  world_.db->transact_now([this](store::Session& s) {
    s.publish({"checkpoints.passed", 77, now(), 1, kHaiLang.value});
  });
  followers_.drain();
  ReferralsOut asked;
  asked.reason = std::string("Giao ban chiều");
  const auto file = run(referrals_.take_out(centre_, kHaiLang, asked));
  ASSERT_TRUE(file) << code(file);
  EXPECT_THAT(file->body, HasSubstr("passage,red,Hồ Thị Hạnh,,,,,"));
  EXPECT_THAT(file->body, HasSubstr("84912345678"));
}

TEST_P(ReferralsTest, APageIsReadFromTheIndexOfItsOrder) {
  if (GetParam() != store::Engine::kSqlite) return;
  for (const Sort sort : {Sort::kDue, Sort::kArrival})
    for (const bool descending : {false, true})
      for (const bool everywhere : {false, true}) {
        const store::Query& page = storage::page_query(sort, descending, everywhere);
        const auto plan = store::testing::plan_of(*world_.db, page, everywhere ? 7 : 8);
        EXPECT_THAT(plan, HasSubstr(everywhere ? "(state=? AND " : "(unit=? AND state=? AND "))
            << page.name << ": " << plan;
        EXPECT_THAT(plan, Not(HasSubstr("TEMP B-TREE"))) << page.name << ": " << plan;
      }
}

// ---- silence ----

TEST_P(ReferralsTest, AMissedWindowIsOneMessageAndOneReferralUntilSomethingArrives) {
  switch_on({}, "home-isolation");
  const PersonId an = reachable("Nguyễn Thị An", "+84912000001");
  check_in(an, now());  // 08:30
  look("10:30");
  EXPECT_THAT(messages(), IsEmpty()) << "done already";
  look("14:59");
  EXPECT_THAT(messages(), IsEmpty()) << "not before half of the window";
  look("15:10");
  look("15:11");
  ASSERT_THAT(messages(), SizeIs(1)) << "once for a window";
  EXPECT_EQ(messages()[0].phone, "+84912000001");
  EXPECT_THAT(messages()[0].text, HasSubstr("16:00"));
  EXPECT_EQ(messages()[0].not_after, clock("16:00"));

  look("16:59");
  EXPECT_THAT(list(home_), IsEmpty()) << "the grace";
  look("17:00");
  look("17:01");
  followers_.drain();
  const Referral silent = one(home_);
  EXPECT_EQ(silent.source, Source::kMissed);
  EXPECT_EQ(silent.person->id, an);
  EXPECT_EQ(silent.reasons.at(0).code, "missed-window");
  EXPECT_EQ(silent.rule_set, "home-isolation-rules-2021-07-12");
  EXPECT_EQ(silent.at, clock("16:00"));
  EXPECT_EQ(silent.due_at, clock("17:00") + minutes(240)) << "as the rule set says";

  look("19:30");
  EXPECT_THAT(messages(), SizeIs(1)) << "the station answers for this silence";
  look("21:05");
  followers_.drain();
  EXPECT_EQ(one(home_).id, silent.id) << "one silence, one referral";

  const std::string before = all_rows();
  store::Followers again(*world_.db);
  auto following = referrals_.follow();
  following.name = "referrals.replay";
  again.add(std::move(following));
  again.drain();
  EXPECT_EQ(all_rows(), before);

  check_in(an, clock("15:30"));  // was made in time, and arrives now
  followers_.drain();
  EXPECT_THAT(list(home_), IsEmpty());
  EXPECT_THAT(history(home_, silent.id), ElementsAre("opened station Xã Hải Lăng", "withdrawn station Xã Hải Lăng"));
  again.drain();
  EXPECT_THAT(list(home_), IsEmpty());
}

TEST_P(ReferralsTest, WhatArrivesWithinTheGraceOrBeforeAnybodyReadIsNotSilence) {
  switch_on({}, "home-isolation");
  const PersonId an = reachable("Nguyễn Thị An", "+84912000001"), binh = reachable("Lê Văn Bình", "+84912000002");
  check_in(an, now());
  check_in(binh, now());
  world_.clock.set(clock("16:30"));
  check_in(an, clock("15:00"));
  look("17:00");
  EXPECT_EQ(count("SELECT count(*) FROM declarations_missed"), 1) << "Bình's";
  check_in(binh, clock("15:00"));
  followers_.drain();
  EXPECT_THAT(list(home_), IsEmpty());
}

TEST_P(ReferralsTest, NobodyIsRemindedOfWhatIsOffOrUnwantedAndAHouseholdOnce) {
  const auto decision = command::testing::switch_on(world_.decisions, command::Switch::kDeclarations, now(), kQuangTri,
                                                    "covid-19", "home-isolation");
  const PersonId an = reachable("Nguyễn Thị An", "+84912000001");
  const PersonId child = world_.person(callers_.at(an), people::Relation::kChild);
  callers_[child] = callers_.at(an);
  const PersonId binh = reachable("Lê Văn Bình", "+84912000002");
  for (const PersonId one : {an, child, binh}) check_in(one, now());
  EXPECT_TRUE(run(windows_.reminding(callers_.at(binh)))->on);
  ASSERT_TRUE(run(windows_.remind(callers_.at(binh), {false})));
  ASSERT_TRUE(run(windows_.remind(callers_.at(binh), {false}))) << "as often as one likes";
  EXPECT_FALSE(run(windows_.reminding(callers_.at(binh)))->on);
  look("15:10");
  ASSERT_THAT(messages(), SizeIs(1));
  EXPECT_EQ(messages()[0].phone, "+84912000001");

  Caller commander = identity::testing::officer(Role::kCommander, kQuangTri, 9901);
  ASSERT_TRUE(run(world_.decisions.end(commander, decision.id, {{std::string("Hết dịch")}}, decision.version)));
  look("17:30");
  followers_.drain();
  EXPECT_THAT(list(home_), IsEmpty()) << "nothing was asked any longer when the window ended";
  look("19:30");
  EXPECT_THAT(messages(), SizeIs(1));

  world_.clock.advance(declarations::kKept + hours(24));
  const auto job = windows_.retention();
  world_.db->transact_now([&](store::Session& s) { job.run(s); });
  for (const char* sql : {"SELECT count(*) FROM declarations_begun", "SELECT count(*) FROM declarations_reminder",
                          "SELECT count(*) FROM declarations_missed"})
    EXPECT_EQ(count(sql), 0) << sql;
  EXPECT_GT(count("SELECT CAST(sum(deleted) AS bigint) FROM declarations_retention"), 0) << "with a proof";
}

TEST_P(ReferralsTest, AReminderGoesToTheKeeperInTheLanguageChosenThere) {
  switch_on({}, "home-isolation");
  const PersonId an = reachable("Nguyễn Thị An", "+84912000001"), binh = reachable("Lê Văn Bình", "+84912000002"),
                 cuc = reachable("Trần Thị Cúc", "+84912000003");
  people::NewPerson mother;
  mother.name = std::string("Lê Thị Mẹ");
  mother.birth_year = 1950;
  mother.unit = kHaiLang;
  mother.relation = people::Relation::kParent;
  mother.phone = std::string("0912000009");
  const auto made = run(world_.people.create(callers_.at(an), std::move(mother)));
  ASSERT_TRUE(made) << made.error().code;
  callers_[made->id] = callers_.at(an);

  const auto read_in = [&](PersonId who, const char* language) {
    return code(run(windows_.read_in(callers_.at(who), {std::string(language)})));
  };
  EXPECT_EQ(read_in(an, "xx"), "invalid");
  EXPECT_EQ(code(run(windows_.read_in(Caller{}, {std::string("en")}))), "unauthenticated");
  ASSERT_TRUE(run(windows_.read_in(callers_.at(an), {std::string("vi")})));
  ASSERT_TRUE(run(windows_.read_in(callers_.at(an), {std::string("en")}))) << "the last choice counts";
  ASSERT_TRUE(run(windows_.read_in(callers_.at(binh), {std::string("lo")})));
  check_in(made->id, now() - minutes(5));  // looked at before her daughter
  for (const PersonId one : {an, binh, cuc}) check_in(one, now());
  look("15:10");
  std::map<std::string, std::string> told;
  for (const auto& sms : messages()) EXPECT_TRUE(told.emplace(sms.phone, sms.text).second) << sms.phone;
  ASSERT_THAT(told, SizeIs(3));
  EXPECT_THAT(told["+84912000001"], HasSubstr("before 16:00"));
  EXPECT_THAT(told["+84912000002"], HasSubstr("before 16:00")) << "Lao is prepared only";
  EXPECT_THAT(told["+84912000003"], HasSubstr("truoc 16:00"));
}

// ---- what is kept ----

TEST_P(ReferralsTest, RowsHoldNoAnswersAndGoByAge) {
  switch_on();
  declare(person("Nguyễn Thị An"), Colour::kYellow);
  const auto rows = world_.db->read_now([](store::Session& s) {
    return s.all<store::Bytes>(store::Query{"test.reasons", "SELECT reasons FROM referrals_referral"});
  });
  EXPECT_THAT(rows.at(0).data, Not(HasSubstr("symptoms")));
  const auto retain = [this] {
    const auto job = referrals_.retention();
    world_.db->transact_now([&](store::Session& s) { job.run(s); });
  };
  world_.clock.advance(hours(48));
  ASSERT_TRUE(record(home_, one(home_), Outcome::kReached));
  world_.clock.advance(kKept - hours(1));
  retain();
  EXPECT_EQ(count("SELECT count(*) FROM referrals_referral"), 1) << "counted from the end";
  world_.clock.advance(hours(2));
  retain();
  EXPECT_EQ(count("SELECT count(*) FROM referrals_referral"), 0);
  EXPECT_EQ(count("SELECT count(*) FROM referrals_step"), 0);
  EXPECT_EQ(count("SELECT count(*) FROM referrals_arrival"), 0);
  EXPECT_EQ(count("SELECT CAST(sum(deleted) AS bigint) FROM referrals_retention"), 2);
  EXPECT_THAT(events(), Contains("referral.done"));
}

INSTANTIATE_TEST_SUITE_P(Engines, ReferralsTest, store::testing::engines(), store::testing::engine_name);

}  // namespace
}  // namespace luytre::referrals

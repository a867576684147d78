#include "modules/community/community.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

#include "modules/visits/testing.h"
#include "platform/base/result_testing.h"

namespace luytre::community {
namespace {

using identity::testing::citizen;
using identity::testing::officer;
using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using visits::testing::kHaiLang;
using visits::testing::kQuangTri;

constexpr const char* kPhone = "0912000002";
constexpr const char* kForm = "daily-health";
constexpr const char* kHead = "household,address,name,birthYear,sex,head,phone\r\n";
const UnitId kDaNang{2025100048};

json::Value answers(bool fever = false) {
  json::Array items;
  for (const char* sign : {"fever", "cough", "breath", "throat", "aches", "contact-case"})
    items.push_back(
        json::Object{{"linkId", sign},
                     {"answer", json::Array{json::Object{{"valueBoolean", fever && sign == std::string("fever")}}}}});
  return json::Object{{"resourceType", "QuestionnaireResponse"},
                      {"status", "completed"},
                      {"item", json::Array{json::Object{{"linkId", "today"}, {"item", items}}}}};
}

class CommunityTest : public ::testing::TestWithParam<store::Engine> {
 protected:
  CommunityTest() {
    world_.db->transact_now([&](store::Session& s) { world_.house->accounts.create(s, an_.account, "+84912000009"); });
    an_person_ = world_.person(an_, people::Relation::kSelf);
  }

  Instant now() const { return world_.clock.now(); }
  Date today() const { return local_date(now()); }
  void switch_on(UnitId unit = kQuangTri) {
    command::testing::switch_on(world_.decisions, command::Switch::kDeclarations, now(), unit, "covid-19", kForm);
  }
  NewTeam asked(UnitId unit = kHaiLang) {
    NewTeam out;
    out.unit = unit;
    out.name = std::string("Tổ 3, thôn Mỹ Lộc");
    out.form = std::string(kForm);
    out.basis = std::string("QĐ 12/QĐ-UBND");
    out.until = Date{today().days + 20};
    return out;
  }
  Team made() {
    auto team = run(community_.make(world_.station, asked()));
    if (!team) throw std::runtime_error("no team: " + team.error().code);
    return *team;
  }
  static NewMember somebody(const char* name, std::int64_t born) {
    NewMember out;
    out.name = std::string(name);
    out.birth_year = born;
    return out;
  }
  HouseholdSeen home(TeamId team, const char* number = "1") {
    NewHousehold wanted;
    wanted.number = std::string(number);
    wanted.address = std::string("Nhà số ") + number;
    wanted.members = {somebody("Lê Văn Chủ", 1960), somebody("Hồ Thị Mẹ", 1963)};
    auto out = run(community_.add(world_.station, team, std::move(wanted)));
    if (!out) throw std::runtime_error("no household: " + out.error().code);
    return *out;
  }
  // A household with An, who has an account.
  HouseholdSeen home_of_an(TeamId team) {
    NewHousehold wanted;
    wanted.number = std::string("7");
    wanted.address = std::string("Nhà An");
    NewMember an;
    an.person = an_person_;
    wanted.members = {an, somebody("Bà Nội", 1940)};
    auto out = run(community_.add(world_.station, team, std::move(wanted)));
    if (!out) throw std::runtime_error("no household: " + out.error().code);
    return *out;
  }
  VolunteerId volunteer(TeamId team, const char* phone = kPhone) {
    auto named = run(community_.name_volunteer(world_.station, team, {std::string("Chị Tổ"), std::string(phone)}));
    if (!named) throw std::runtime_error("no volunteer: " + named.error().code);
    return named->id;
  }
  Result<gates::Shift> begin(const char* phone = kPhone) {
    world_.clock.advance(minutes(2));
    const auto sent = run(gates_.ask_code({std::string(phone)}, "10.0.0.1", "vi"));
    if (!sent) return sent.error();
    const std::string e164 = std::string("+84") + (phone + 1);
    return run(gates_.begin({std::string(phone), sent->request, world_.house.last_code(e164), 8}));
  }
  Result<TeamDesk> desk(const std::string& shift) { return run(community_.desk({std::string(shift)})); }
  Result<Receipt> found(const std::string& shift, HouseholdId household, Outcome outcome, std::string key = "",
                        std::optional<Instant> at = {}) {
    Finding one;
    one.shift = shift;
    one.household = household;
    one.outcome = outcome;
    one.at = at.value_or(now());
    return run(community_.found(std::move(one), key.empty() ? next_key() : key));
  }
  Result<Receipt> declare(const std::string& shift, MemberId member, MemberId informant, std::string key = "",
                          std::optional<Instant> at = {}, bool fever = false) {
    DoorDeclaration one;
    one.shift = shift;
    one.member = member;
    one.informant = informant;
    one.at = at.value_or(now());
    one.version = std::string("2020-03-10");
    one.response = answers(fever);
    return run(community_.declare(std::move(one), key.empty() ? next_key() : key));
  }
  std::string next_key() { return "k" + std::to_string(next_key_++); }
  std::vector<HouseholdSeen> households(TeamId team, Which which = Which::kAll) {
    auto page = run(community_.households(world_.station, team, which, {}));
    if (!page) throw std::runtime_error(page.error().code);
    return page->items;
  }
  std::int64_t count(const char* sql) {
    return world_.db->read_now([sql](store::Session& s) { return s.value<std::int64_t>(store::Query{sql, sql}); });
  }
  std::vector<std::string> looks_at(const Caller& who) {
    return world_.db->read_now([&](store::Session& s) {
      std::vector<std::string> out;
      const auto page = world_.house->access.about_me(s, who, {}, std::numeric_limits<std::int64_t>::max(), 50);
      for (const auto& entry : page->items) out.push_back(entry.action + ' ' + entry.name + ' ' + entry.reason);
      return out;
    });
  }
  void clean() {
    const auto job = community_.retention();
    world_.db->transact_now([&](store::Session& s) { job.run(s); });
  }

  visits::testing::World world_{GetParam(), {gates::migrations(), declarations::migrations(), migrations()}};
  declarations::Declarations declarations_{*world_.db,
                                           world_.people,
                                           world_.decisions,
                                           visits::testing::geography(),
                                           world_.house->access,
                                           world_.vault,
                                           declarations::Catalogue(LUYTRE_SOURCE_DIR "/data")};
  gates::Gates gates_{{*world_.db,
                       world_.registry,
                       world_.visits,
                       world_.people,
                       world_.decisions,
                       world_.house->access,
                       world_.house->codes,
                       world_.vault,
                       world_.clock,
                       world_.random,
                       [](PersonId, UnitId) -> Task<gates::Light> { co_return gates::Light::kGreen; },
                       {},
                       [this](store::Session& s, const store::Bytes& phone) {
                         return Community::names(s, phone, world_.clock.now());
                       }}};
  bool duty_ = false;
  Community community_{{*world_.db, world_.people, declarations_, gates_, world_.decisions,
                        visits::testing::geography(), world_.house->access, world_.vault,
                        [this](const std::string&, UnitId) { return duty_; }}};
  const Caller an_ = citizen(1002);
  const Caller province_ = officer(Role::kProvinceOfficer, kQuangTri, 9101);
  const Caller elsewhere_ = officer(Role::kStationOfficer, kDaNang, 9102);
  PersonId an_person_;
  int next_key_ = 0;
};

// ---- teams ----

TEST_P(CommunityTest, NothingRunsWithoutADecision) {
  EXPECT_EQ(code(run(community_.make(world_.station, asked()))), "not_in_force");
  switch_on(kDaNang);
  EXPECT_EQ(code(run(community_.make(world_.station, asked()))), "not_in_force") << "decided about somewhere else";
  switch_on();
  const Team team = made();
  EXPECT_TRUE(team.working);
  volunteer(team.id);
  const HouseholdSeen house = home(team.id);
  world_.clock.advance(days(29));  // the team's last day is past, and the decision's end near
  world_.clock.advance(days(2));
  EXPECT_EQ(code(begin()), "not_a_guard") << "a team that is over opens nothing";
}

TEST_P(CommunityTest, ADecisionAboutOneGateOrTravellersSendsNoTeamOut) {
  world_.decisions.set_places([](PlaceId) { return std::optional(command::Decisions::Place{"Cửa khẩu", kHaiLang}); });
  command::NewDecision decision;
  decision.purpose = command::Switch::kDeclarations;
  decision.disease = std::string("covid-19");
  decision.unit = kHaiLang;
  decision.form = Text<64>(kForm);
  decision.from = now() - std::chrono::hours(1);
  decision.until = now() + days(20);
  decision.basis = std::string("QĐ 34/QĐ-UBND");
  const Caller commander = officer(Role::kCommander, UnitId{}, 9200);
  command::NewDecision gate = decision, travellers = decision;
  gate.place = PlaceId{7};
  travellers.direction = command::Direction::kArriving;
  ASSERT_TRUE(run(world_.decisions.decide(commander, gate)));
  ASSERT_TRUE(run(world_.decisions.decide(commander, travellers)));
  EXPECT_EQ(code(run(community_.make(world_.station, asked()))), "not_in_force");
  ASSERT_TRUE(run(world_.decisions.decide(commander, decision)));
  EXPECT_TRUE(run(community_.make(world_.station, asked())));
}

TEST_P(CommunityTest, AWorkingTeamShutsWithItsDecision) {
  const auto decision = command::testing::switch_on(world_.decisions, command::Switch::kDeclarations, now(), kQuangTri,
                                                    "covid-19", kForm);
  const Team team = made();
  volunteer(team.id);
  const HouseholdSeen house = home(team.id);
  const auto shift = begin();
  ASSERT_TRUE(shift) << shift.error().code;
  EXPECT_THAT(desk(shift->shift)->teams.at(0).households, SizeIs(1));
  const Caller commander = officer(Role::kCommander, UnitId{}, 9200);
  ASSERT_TRUE(run(world_.decisions.end(commander, decision.id, {std::string("hết dịch")}, decision.version)));
  world_.clock.advance(minutes(1));
  EXPECT_FALSE(desk(shift->shift)->teams.at(0).working);
  EXPECT_THAT(desk(shift->shift)->teams.at(0).households, IsEmpty()) << "names without a purpose";
  EXPECT_EQ(code(found(shift->shift, house.id, Outcome::kMet)), "not_in_force");
}

TEST_P(CommunityTest, OnlyTheStationOfTheCommuneSetsTeamsUpAndReadsNames) {
  switch_on();
  const Team team = made();
  EXPECT_EQ(code(run(community_.make(elsewhere_, asked()))), "not_permitted");
  EXPECT_EQ(code(run(community_.make(province_, asked()))), "not_permitted") << "teams are the station's";
  EXPECT_EQ(code(run(community_.households(elsewhere_, team.id, Which::kAll, {}))), "not_found");
  EXPECT_EQ(code(run(community_.households(province_, team.id, Which::kAll, {}))), "not_found") << "counts are enough";
  EXPECT_EQ(code(run(community_.find(an_, team.id))), "not_found");
  EXPECT_EQ(code(run(community_.name_volunteer(elsewhere_, team.id, {std::string("X"), std::string(kPhone)}))),
            "not_found");
  EXPECT_THAT(run(community_.teams(province_, {}, {}))->items, SizeIs(1));
  EXPECT_THAT(run(community_.teams(elsewhere_, {}, {}))->items, IsEmpty());
  EXPECT_EQ(code(run(community_.teams(elsewhere_, kHaiLang, {}))), "not_permitted");
  EXPECT_EQ(code(run(community_.teams(an_, {}, {}))), "not_permitted");
}

TEST_P(CommunityTest, ATeamIsSetUpOnADocumentAndUntilADay) {
  switch_on();
  NewTeam wrong = asked();
  wrong.basis = std::string("");
  EXPECT_EQ(code(run(community_.make(world_.station, wrong))), "invalid");
  wrong = asked();
  wrong.until = Date{today().days + 91};
  EXPECT_EQ(code(run(community_.make(world_.station, wrong))), "invalid");
  wrong = asked();
  wrong.form = std::string("domestic-movement");
  EXPECT_EQ(code(run(community_.make(world_.station, wrong))), "invalid") << "a form about a journey";
  wrong = asked(kQuangTri);
  EXPECT_EQ(code(run(community_.make(world_.station, wrong))), "invalid") << "no commune";
  const Team team = made();
  TeamEdit longer;
  longer.until = Date{today().days + 40};
  EXPECT_EQ(code(run(community_.edit(world_.station, team.id, longer, team.version))), "invalid")
      << "an extension needs another document";
  TeamEdit name;
  name.name = std::string("Tổ 4");
  const auto renamed = run(community_.edit(world_.station, team.id, name, team.version));
  ASSERT_TRUE(renamed) << renamed.error().code;
  EXPECT_EQ(renamed->name, "Tổ 4");
  EXPECT_EQ(code(run(community_.edit(world_.station, team.id, name, team.version))), "version_conflict");
  TeamEdit closing;
  closing.closed = true;
  const auto closed = run(community_.edit(world_.station, team.id, closing, renamed->version));
  EXPECT_FALSE(closed->working);
  closing.closed = false;
  EXPECT_TRUE(run(community_.edit(world_.station, team.id, closing, closed->version))->working) << "undone";
}

// ---- volunteers ----

TEST_P(CommunityTest, AVolunteerSignsInAsAGuardAndSeesTheOwnTeamsAlone) {
  switch_on();
  const Team mine = made(), other = made();
  home(mine.id);
  home(other.id);
  EXPECT_EQ(code(begin()), "not_a_guard") << "nobody named this phone";
  volunteer(mine.id);
  const auto shift = begin();
  ASSERT_TRUE(shift) << shift.error().code;
  const auto seen = desk(shift->shift);
  ASSERT_TRUE(seen) << seen.error().code;
  ASSERT_THAT(seen->teams, SizeIs(1));
  EXPECT_EQ(seen->teams[0].id, mine.id);
  ASSERT_THAT(seen->teams[0].households, SizeIs(1));
  EXPECT_EQ(seen->teams[0].households[0].address, "Nhà số 1");
  ASSERT_THAT(seen->teams[0].households[0].members, SizeIs(2));
  EXPECT_TRUE(seen->teams[0].households[0].members[0].head);
  EXPECT_THAT(run(gates_.desk({std::string(shift->shift)}))->gates, IsEmpty()) << "no gate of anybody's";
  const HouseholdSeen theirs = households(other.id)[0];
  EXPECT_EQ(code(found(shift->shift, theirs.id, Outcome::kMet)), "not_a_guard");
  EXPECT_EQ(code(declare(shift->shift, theirs.members[0].id, theirs.members[0].id)), "not_a_guard");
  EXPECT_EQ(code(desk("made up")), "shift_over");
}

TEST_P(CommunityTest, ARemovedVolunteerAndALostPhoneAreOutAtOnce) {
  switch_on();
  const Team team = made();
  const HouseholdSeen house = home(team.id);
  VolunteerId who = volunteer(team.id);
  auto shift = begin();
  ASSERT_TRUE(run(community_.phone_lost(world_.station, team.id, who)));
  EXPECT_EQ(code(desk(shift->shift)), "not_a_guard");
  EXPECT_EQ(code(found(shift->shift, house.id, Outcome::kMet)), "not_a_guard");
  shift = begin();
  ASSERT_TRUE(desk(shift->shift)) << "a new code opens it again";
  ASSERT_TRUE(run(community_.remove_volunteer(world_.station, team.id, who)));
  EXPECT_EQ(code(desk(shift->shift)), "not_a_guard");
  EXPECT_EQ(code(begin()), "not_a_guard");
  EXPECT_EQ(code(run(community_.remove_volunteer(world_.station, team.id, who))), "not_found");
}

TEST_P(CommunityTest, AShiftThatIsOverReadsNothingButWhatItFoundStillArrives) {
  switch_on();
  const Team team = made();
  const HouseholdSeen house = home(team.id);
  volunteer(team.id);
  const auto shift = begin();
  const Instant at = now();
  world_.clock.advance(hours(30));
  EXPECT_EQ(code(desk(shift->shift)), "shift_over");
  ASSERT_TRUE(found(shift->shift, house.id, Outcome::kNotAtHome, "late", at));
  EXPECT_EQ(code(found(shift->shift, house.id, Outcome::kNotAtHome)), "shift_over") << "now is after the shift";
  EXPECT_EQ(code(found(shift->shift, house.id, Outcome::kMet, "", now() + hours(1))), "time_in_future");
  EXPECT_EQ(count("SELECT at FROM community_report"), at.seconds) << "its own time";
  world_.clock.advance(days(14));
  EXPECT_EQ(code(found(shift->shift, house.id, Outcome::kMet, "", at)), "shift_over") << "too late";
}

// ---- doors ----

TEST_P(CommunityTest, WhatIsFoundCountsOnceAndTheBestOfADayStands) {
  switch_on();
  const Team team = made();
  const HouseholdSeen first = home(team.id, "1"), second = home(team.id, "2");
  home(team.id, "3");
  volunteer(team.id);
  const std::string shift = begin()->shift;
  const Instant at = now();
  const auto one = found(shift, first.id, Outcome::kNotAtHome, "a", at),
             again = found(shift, first.id, Outcome::kNotAtHome, "a", at);
  ASSERT_TRUE(one && again);
  EXPECT_EQ(one->id, again->id);
  EXPECT_EQ(code(found(shift, first.id, Outcome::kRefused, "a", at)), "idempotency_key_reused");
  ASSERT_TRUE(found(shift, second.id, Outcome::kRefused));
  EXPECT_EQ(count("SELECT count(*) FROM community_report"), 2);
  Coverage today = run(community_.find(world_.station, team.id))->strip.back();
  EXPECT_EQ(today.households, 3);
  EXPECT_EQ(today.not_at_home, 1);
  EXPECT_EQ(today.refused, 1);
  EXPECT_EQ(today.not_visited, 1);
  ASSERT_TRUE(found(shift, first.id, Outcome::kMet));
  ASSERT_TRUE(found(shift, first.id, Outcome::kNotAtHome)) << "later the door stays shut: they were reached today";
  today = run(community_.find(world_.station, team.id))->strip.back();
  EXPECT_EQ(today.reached, 1);
  EXPECT_EQ(today.not_at_home, 0);
  EXPECT_EQ(today.members, 6);
  EXPECT_EQ(today.declared, 0);
  EXPECT_THAT(households(team.id, Which::kNeverReached), SizeIs(2));
  EXPECT_EQ(run(community_.teams(province_, kQuangTri, {}))->items[0].never_reached, 2);
  EXPECT_EQ(code(found(shift, first.id, Outcome::kDeclared)), "invalid");
  world_.clock.advance(days(1));
  EXPECT_EQ(households(team.id)[0].state, DayState::kNotVisited) << "another day";
  EXPECT_EQ(households(team.id)[0].last_reached, Date{today.day});
}

TEST_P(CommunityTest, ADeclarationSaysForWhomByWhomAndNothingComesBack) {
  switch_on();
  const Team team = made();
  const HouseholdSeen house = home(team.id);
  volunteer(team.id);
  const std::string shift = begin()->shift;
  const MemberId head = house.members[0].id, wife = house.members[1].id;
  const Instant at = now();
  EXPECT_EQ(count("SELECT count(*) FROM people_person"), 1) << "nobody has a record for being on a list";
  const auto one = declare(shift, wife, head, "d", at), again = declare(shift, wife, head, "d", at);
  ASSERT_TRUE(one && again) << one.error().code;
  EXPECT_EQ(one->id, again->id);
  EXPECT_EQ(count("SELECT count(*) FROM declarations_declaration"), 1);
  EXPECT_EQ(count("SELECT count(*) FROM people_person"), 2) << "a record is made with the first declaration";
  EXPECT_EQ(count("SELECT count(*) FROM community_report WHERE outcome = 'declared' AND informant <> member"), 1);
  ASSERT_TRUE(declare(shift, wife, wife));
  EXPECT_EQ(count("SELECT count(*) FROM people_person"), 2) << "and once";
  const auto seen = households(team.id)[0];
  EXPECT_EQ(seen.state, DayState::kReached);
  EXPECT_FALSE(seen.members[0].declared);
  EXPECT_TRUE(seen.members[1].declared);
  EXPECT_TRUE(desk(shift)->teams[0].households[0].members[1].declared);
  EXPECT_THAT(json::text(*desk(shift)), Not(HasSubstr("fever")));
  EXPECT_THAT(households(team.id, Which::kMissed), SizeIs(1)) << "the head has not";
  ASSERT_TRUE(declare(shift, head, head));
  EXPECT_THAT(households(team.id, Which::kMissed), IsEmpty());
  const HouseholdSeen other = home(team.id, "2");
  EXPECT_EQ(code(declare(shift, wife, other.members[0].id)), "invalid") << "a neighbour does not answer";
  EXPECT_EQ(code(declare(shift, MemberId{1}, head)), "not_found");
}

TEST_P(CommunityTest, AWrongAnswerIsRefusedAndLeavesNothing) {
  switch_on();
  const Team team = made();
  const HouseholdSeen house = home(team.id);
  volunteer(team.id);
  DoorDeclaration bad;
  bad.shift = begin()->shift;
  bad.member = bad.informant = house.members[0].id;
  bad.at = now();
  bad.version = std::string("2020-03-10");
  bad.response = json::Object{{"resourceType", "QuestionnaireResponse"}, {"status", "completed"}};
  EXPECT_EQ(code(run(community_.declare(bad, "x"))), "invalid");
  bad.version = std::string("1999-01-01");
  EXPECT_EQ(code(run(community_.declare(bad, "y"))), "form_not_in_force");
  EXPECT_EQ(count("SELECT count(*) FROM community_report"), 0);
  EXPECT_EQ(count("SELECT count(*) FROM people_person"), 1);
}

TEST_P(CommunityTest, AKnownPersonSeesWhoLookedAndWhoWroteDown) {
  switch_on();
  const Team team = made();
  const HouseholdSeen house = home_of_an(team.id);
  EXPECT_TRUE(house.members[0].known);
  EXPECT_FALSE(house.members[1].known);
  volunteer(team.id);
  const std::string shift = begin()->shift;
  ASSERT_TRUE(desk(shift));
  ASSERT_TRUE(desk(shift)) << "refreshed: one row a day";
  ASSERT_TRUE(declare(shift, house.members[0].id, house.members[0].id, "", {}, true));
  const auto looks = looks_at(an_);
  EXPECT_EQ(std::count(looks.begin(), looks.end(), "community.door Chị Tổ " + team.name), 1);
  EXPECT_THAT(looks, Contains("community.declare Chị Tổ " + team.name));
  EXPECT_THAT(looks, Contains(HasSubstr("community.manage")));
  EXPECT_EQ(count("SELECT count(*) FROM declarations_declaration WHERE colour <> 'green'"), 1) << "the rules decided";
  world_.clock.advance(hours(3));
  ASSERT_TRUE(run(community_.households(world_.station, team.id, Which::kAll, {})));
  world_.clock.advance(days(1));
  ASSERT_TRUE(run(community_.households(world_.station, team.id, Which::kAll, {})));
  EXPECT_EQ(std::count_if(looks.begin(), looks.end(), [](const auto& one) { return one.starts_with("community.see"); }),
            1);
  const auto later = looks_at(an_);
  EXPECT_EQ(std::count_if(later.begin(), later.end(), [](const auto& one) { return one.starts_with("community.see"); }),
            2)
      << "once a day and reader";
}

TEST_P(CommunityTest, ADeclarationOfTheOwnPhoneCountsToo) {
  switch_on();
  const Team team = made();
  home_of_an(team.id);
  declarations::NewDeclaration own;
  own.form = std::string(kForm);
  own.version = std::string("2020-03-10");
  own.at = now();
  own.response = answers();
  ASSERT_TRUE(run(declarations_.submit(an_, std::move(own), std::nullopt)));
  EXPECT_TRUE(households(team.id)[0].members[0].declared);
  volunteer(team.id);
  duty_ = true;
  auto seen = desk(begin()->shift)->teams[0];
  EXPECT_TRUE(seen.duty);
  EXPECT_TRUE(seen.households[0].members[0].declared);
  EXPECT_FALSE(seen.households[0].members[0].missed) << "yesterday they were on no list";
  world_.clock.advance(days(2));
  seen = desk(begin()->shift)->teams[0];
  EXPECT_TRUE(seen.households[0].members[0].missed) << "nothing yesterday";
}

TEST_P(CommunityTest, SomebodyOfAnotherCommuneIsNoMember) {
  switch_on();
  const Team team = made();
  people::NewPerson far;
  far.name = std::string("Người Đà Nẵng");
  far.birth_year = 1990;
  far.unit = kDaNang;
  for (const auto* unit : visits::testing::geography().search("Hải Châu", today(), 5))
    if (visits::testing::geography().covers(kDaNang, unit->id)) far.unit = unit->id;
  const auto person = run(world_.people.register_person(officer(Role::kProvinceOfficer, kDaNang, 9300), far));
  ASSERT_TRUE(person) << person.error().code;
  NewHousehold wanted;
  wanted.number = std::string("9");
  wanted.address = std::string("Nhà 9");
  NewMember member;
  member.person = person->id;
  wanted.members = {member};
  EXPECT_EQ(code(run(community_.add(world_.station, team.id, wanted))), "not_permitted");
  wanted.members = {somebody("", 1990)};
  EXPECT_EQ(code(run(community_.add(world_.station, team.id, wanted))), "invalid");
  EXPECT_THAT(households(team.id), IsEmpty());
}

TEST_P(CommunityTest, ASecondTryDoublesNeitherTeamsNorMembers) {
  switch_on();
  const auto key = [](const char* name) { return store::make_once(9102, "POST teams", name, "body"); };
  NewTeam team = asked();
  team.basis = std::string("QĐ 12/QĐ-UBND\nngày 1/3/2026");
  const auto first = run(community_.make(world_.station, team, key("a")));
  const auto again = run(community_.make(world_.station, team, key("a")));
  ASSERT_TRUE(first && again);
  EXPECT_EQ(json::text(*again), json::text(*first)) << "line by line";
  const HouseholdSeen house = home(first->id);
  const auto add = [&] {
    return run(community_.add_member(world_.station, first->id, house.id, somebody("Lê Thị Con", 1990), key("b")));
  };
  const auto added = add(), same = add();
  ASSERT_TRUE(added && same);
  EXPECT_THAT(added->members, SizeIs(3));
  EXPECT_THAT(same->members, SizeIs(3));
  const auto names = world_.db->read_now([](store::Session& s) {
    return s.value<std::int64_t>({"test.names", "SELECT count(*) FROM store_idempotency WHERE answer LIKE '%Con%'"});
  });
  EXPECT_EQ(names, 0) << "no name is kept beside the sealed one";
}

// ---- help ----

TEST_P(CommunityTest, HelpAskedForLiesAtTheStationUntilItIsAnswered) {
  switch_on();
  const Team team = made();
  const HouseholdSeen house = home_of_an(team.id);
  volunteer(team.id);
  Finding asked;
  asked.shift = begin()->shift;
  asked.household = house.id;
  asked.at = now();
  asked.outcome = Outcome::kNeedsHelp;
  asked.member = house.members[1].id;
  asked.note = std::string("Hết thuốc huyết áp");
  const auto told = run(community_.found(asked, "h"));
  ASSERT_TRUE(told) << told.error().code;
  EXPECT_EQ(run(community_.teams(province_, {}, {}))->items[0].help, 1) << "the level above sees that there is some";
  EXPECT_EQ(code(run(community_.help(province_))), "not_permitted");
  EXPECT_THAT(run(community_.help(elsewhere_))->items, IsEmpty());
  const auto open = run(community_.help(world_.station))->items;
  ASSERT_THAT(open, SizeIs(1));
  EXPECT_EQ(open[0].who, "Bà Nội");
  EXPECT_EQ(open[0].note, "Hết thuốc huyết áp");
  EXPECT_EQ(open[0].volunteer, "Chị Tổ");
  EXPECT_TRUE(households(team.id)[0].help);
  EXPECT_EQ(code(run(community_.settle(elsewhere_, open[0].id, {std::string("x")}))), "not_found");
  EXPECT_EQ(code(run(community_.settle(world_.station, open[0].id, {}))), "invalid");
  ASSERT_TRUE(run(community_.settle(world_.station, open[0].id, {std::string("Đã mang thuốc đến")})));
  EXPECT_EQ(code(run(community_.settle(world_.station, open[0].id, {std::string("x")}))), "help_settled");
  EXPECT_THAT(run(community_.help(world_.station))->items, IsEmpty());
  asked.member.reset();
  asked.outcome = Outcome::kMet;
  EXPECT_EQ(code(run(community_.found(asked, "m"))), "invalid") << "no notes about people who are well";
}

// ---- households ----

TEST_P(CommunityTest, RemovingCanBeUndone) {
  switch_on();
  const Team team = made();
  const HouseholdSeen house = home(team.id);
  HouseholdEdit gone;
  gone.removed = true;
  ASSERT_TRUE(run(community_.edit(world_.station, team.id, house.id, gone)));
  EXPECT_THAT(households(team.id), IsEmpty());
  home(team.id);  // the number is free
  gone.removed = false;
  EXPECT_EQ(code(run(community_.edit(world_.station, team.id, house.id, gone))), "household_number_taken");
  gone.number = std::string("1b");
  const auto back = run(community_.edit(world_.station, team.id, house.id, gone));
  ASSERT_TRUE(back) << back.error().code;
  EXPECT_THAT(back->members, SizeIs(2));
  MemberEdit out;
  out.removed = true;
  EXPECT_THAT(run(community_.edit_member(world_.station, team.id, house.id, house.members[1].id, out))->members,
              SizeIs(1));
  out.removed = false;
  EXPECT_THAT(run(community_.edit_member(world_.station, team.id, house.id, house.members[1].id, out))->members,
              SizeIs(2));
  MemberEdit head;
  head.head = true;
  const auto led = run(community_.edit_member(world_.station, team.id, house.id, house.members[1].id, head));
  EXPECT_EQ(led->members[0].id, house.members[1].id);
  EXPECT_FALSE(led->members[1].head) << "one head";
  EXPECT_EQ(code(run(community_.edit(world_.station, made().id, house.id, gone))), "not_found") << "another team's";
}

TEST_P(CommunityTest, WhoWasRemovedMayBeDeclaredForAsOfBefore) {
  switch_on();
  const Team team = made();
  const HouseholdSeen house = home(team.id);
  volunteer(team.id);
  const std::string shift = begin()->shift;
  const MemberId head = house.members[0].id, wife = house.members[1].id;
  const Instant before = now();
  world_.clock.advance(minutes(5));
  MemberEdit out;
  out.removed = true;
  ASSERT_TRUE(run(community_.edit_member(world_.station, team.id, house.id, wife, out)));
  EXPECT_EQ(code(declare(shift, wife, head)), "invalid") << "nobody of this household any more";
  EXPECT_EQ(code(declare(shift, head, wife)), "invalid");
  EXPECT_TRUE(declare(shift, wife, head, "", before)) << "written down before, sent late";
  HouseholdEdit gone;
  gone.removed = true;
  ASSERT_TRUE(run(community_.edit(world_.station, team.id, house.id, gone)));
  EXPECT_EQ(code(found(shift, house.id, Outcome::kMet)), "not_found");
  EXPECT_TRUE(found(shift, house.id, Outcome::kMet, "", before));
}

TEST_P(CommunityTest, HouseholdsStandInTheOrderInWhichPeopleCount) {
  switch_on();
  const Team team = made();
  for (const char* number : {"10", "2a", "B", "2", "1"}) home(team.id, number);
  std::vector<std::string> numbers;
  for (const auto& one : households(team.id)) numbers.push_back(one.number);
  EXPECT_THAT(numbers, ElementsAre("1", "2", "2a", "10", "B"));
}

TEST_P(CommunityTest, AListIsJudgedLineByLineAndSentAgainNothingDoubles) {
  switch_on();
  const Team team = made();
  const std::string csv = std::string(kHead) +
                          "1,Thôn Mỹ Lộc,Lê Văn Chủ,1960,nam,x,\r\n"
                          "1,,Hồ Thị Mẹ,1963,nữ,,\r\n"
                          "2,,Trần Văn Ba,1970,,,\r\n"
                          "3,Nhà ba,Võ Thị Tư,19x0,,,\r\n"
                          "4,Nhà bốn,Nguyễn Văn An,1980,,,0912000009\r\n"
                          "4,,Ngô Văn Năm,1990,,,12\r\n";
  const auto report = run(community_.list(world_.station, team.id, csv));
  ASSERT_TRUE(report) << report.error().code;
  EXPECT_EQ(report->taken, 3);
  EXPECT_EQ(report->refused, 3);
  EXPECT_EQ(report->lines[2].errors[0].column, "address") << "a new household needs one";
  EXPECT_EQ(report->lines[3].errors[0].code, "format");
  EXPECT_EQ(report->lines[5].errors[0].column, "phone");
  EXPECT_TRUE(report->lines[4].known) << "somebody of the commune with this phone, name and year";
  EXPECT_FALSE(report->lines[0].known);
  EXPECT_THAT(looks_at(an_), Contains(HasSubstr("community.manage")));
  const auto again = run(community_.list(world_.station, team.id, csv));
  EXPECT_EQ(again->same, 3);
  EXPECT_EQ(again->taken, 0);
  const auto seen = households(team.id);
  ASSERT_THAT(seen, SizeIs(2));
  EXPECT_THAT(seen[0].members, SizeIs(2));
  EXPECT_EQ(seen[0].members[0].name, "Lê Văn Chủ");
  EXPECT_TRUE(seen[0].members[0].head);
  const auto moved =
      run(community_.list(world_.station, team.id, std::string(kHead) + "1,Nhà mới,Lê Văn Chủ,1960,,,\n"));
  EXPECT_EQ(moved->changed, 1);
  EXPECT_EQ(households(team.id)[0].address, "Nhà mới");
  EXPECT_EQ(code(run(community_.list(world_.station, team.id, "household,name\n"))), "invalid");
  EXPECT_EQ(code(run(community_.list(elsewhere_, team.id, csv))), "not_found");
}

// ---- what is kept ----

TEST_P(CommunityTest, SmallTeamsTellNoCountOfPeople) {
  switch_on();
  const Team team = made();
  home(team.id);
  EXPECT_FALSE(run(community_.teams(province_, {}, {}))->items[0].today.declared) << "two people";
  home(team.id, "2");
  home(team.id, "3");
  EXPECT_EQ(run(community_.teams(province_, {}, {}))->items[0].today.declared, 0);
}

TEST_P(CommunityTest, AddressesNamesAndPhonesAreSealed) {
  switch_on();
  const Team team = made();
  home(team.id);
  volunteer(team.id);
  const auto bytes = [&](const char* sql) {
    return world_.db->read_now([sql](store::Session& s) { return s.value<store::Bytes>(store::Query{sql, sql}).data; });
  };
  EXPECT_THAT(bytes("SELECT address FROM community_household"), Not(HasSubstr("Nhà")));
  EXPECT_THAT(bytes("SELECT content FROM community_member ORDER BY id LIMIT 1"), Not(HasSubstr("Chủ")));
  EXPECT_THAT(bytes("SELECT phone FROM community_volunteer"), Not(HasSubstr("912000002")));
  EXPECT_EQ(run(community_.find(world_.station, team.id))->volunteers[0].phone_masked, "•••• 002");
}

TEST_P(CommunityTest, EverythingIsDeletedWithProof) {
  switch_on();
  const Team team = made();
  const HouseholdSeen house = home(team.id);
  volunteer(team.id);
  const std::string shift = begin()->shift;
  ASSERT_TRUE(found(shift, house.id, Outcome::kMet));
  HouseholdEdit gone;
  gone.removed = true;
  home(team.id, "2");
  ASSERT_TRUE(run(community_.edit(world_.station, team.id, house.id, gone)));
  clean();
  EXPECT_EQ(count("SELECT count(*) FROM community_household"), 2) << "kept, so that it can be undone";
  world_.clock.advance(kKept + hours(1));
  clean();
  EXPECT_EQ(count("SELECT count(*) FROM community_report"), 0);
  EXPECT_EQ(count("SELECT count(*) FROM community_household"), 1);
  EXPECT_EQ(count("SELECT count(*) FROM community_member"), 2);
  EXPECT_EQ(count("SELECT count(*) FROM community_team"), 1) << "its last day is not that long ago";
  world_.clock.advance(days(21));
  clean();
  EXPECT_EQ(count("SELECT count(*) FROM community_team"), 0);
  EXPECT_EQ(count("SELECT count(*) FROM community_member"), 0);
  EXPECT_EQ(count("SELECT count(*) FROM community_volunteer"), 0);
  EXPECT_GE(count("SELECT count(*) FROM community_retention"), 3);
}

INSTANTIATE_TEST_SUITE_P(Engines, CommunityTest, store::testing::engines(), store::testing::engine_name);

}  // namespace
}  // namespace luytre::community

// Visitors who declare at a gate.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engines/linkage/person_code.h"
#include "modules/cases/cases_fixture.h"
#include "modules/gates/gates.h"
#include "modules/gates/storage.h"

namespace luytre::gates {
namespace {

using identity::testing::citizen;
using identity::testing::officer;
using std::chrono::hours;
using std::chrono::minutes;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

constexpr const char* kGuardPhone = "0912000002";
constexpr const char* kIdCard =
    "045099000123|197123456|Nguyễn Thị Hạnh|30041975|Nữ|Thôn Mỹ Lộc, Hải Quế, Hải Lăng, Quảng Trị|25042021";

json::Value answers(bool met_case = false) {
  json::Array items;
  for (const char* question : {"visited", "symptoms", "contact-case", "contact-country", "contact-sick"}) {
    const bool yes = met_case && question == std::string("contact-case");
    items.push_back(json::Object{{"linkId", question}, {"answer", json::Array{json::Object{{"valueBoolean", yes}}}}});
  }
  return json::Object{{"resourceType", "QuestionnaireResponse"},
                      {"status", "completed"},
                      {"item", json::Array{json::Object{{"linkId", "risk"}, {"item", items}}}}};
}

class DeclareTest : public ::testing::TestWithParam<store::Engine> {
 protected:
  DeclareTest() {
    world_.switch_on();
    an_ = world_.person(citizen_, people::Relation::kSelf);
    world_.person(keeper_, people::Relation::kSelf);
    market_ = world_.registered(keeper_, "Chợ Diên Sanh", "market");
    declarations_.set_place_unit([this](PlaceId place) {
      const auto spot = world_.registry.spot(place);
      return spot ? std::optional<UnitId>(spot->unit) : std::nullopt;
    });
  }

  Instant now() const { return world_.clock.now(); }
  void ask_for_declarations() {
    command::testing::switch_on(world_.decisions, command::Switch::kDeclarations, now(), visits::testing::kQuangTri);
  }
  std::string at_work() {
    EXPECT_TRUE(run(gates_.name_guard(keeper_, market_, {std::string("Ông Bảo"), std::string(kGuardPhone)})));
    world_.clock.advance(minutes(2));
    const auto asked = run(gates_.ask_code({std::string(kGuardPhone)}, "10.0.0.1", "vi"));
    const std::string code = world_.house.last_code("+84912000002");
    return run(gates_.begin({std::string(kGuardPhone), asked->request, code, 8}))->shift;
  }
  VisitorDeclaration said(const std::string& shift, bool met_case = false) {
    VisitorDeclaration out;
    out.shift = shift;
    out.at = now();
    out.form = std::string("place-entry");
    out.version = std::string("2021-05-29");
    out.response = answers(met_case);
    return out;
  }
  VisitorDeclaration by_code(const std::string& shift, std::string code, bool met_case = false) {
    VisitorDeclaration out = said(shift, met_case);
    out.code = std::move(code);
    return out;
  }
  VisitorDeclaration by_name(const std::string& shift, bool met_case = false) {
    VisitorDeclaration out = said(shift, met_case);
    out.name = std::string("Hồ Văn Khách");
    out.birth_year = 1950;
    return out;
  }
  std::string code_of_an() { return world_.people.codes().make(an_.value, now()).text; }
  Result<VisitorDeclared> declare(VisitorDeclaration asked, std::string key = "") {
    if (key.empty()) key = "d" + std::to_string(next_key_++);
    return run(gates_.declare(market_, std::move(asked), std::move(key)));
  }
  std::int64_t count(const char* sql) {
    return world_.db->read_now([&](store::Session& s) { return s.value<std::int64_t>({sql, sql}); });
  }
  CaseId confirmed_case() {
    const Caller province = officer(Role::kProvinceOfficer, visits::testing::kQuangTri, 9101);
    cases::NewCase fresh;
    fresh.person = world_.person(citizen(1009), people::Relation::kSelf);
    fresh.disease = std::string("covid-19");
    const auto suspect = *run(cases_.report(world_.station, std::move(fresh)));
    return run(cases_.confirm(province, suspect.id, cases::positive(), suspect.version))->id;
  }

  visits::testing::World world_{GetParam(), {cases::migrations(), declarations::migrations(), migrations()}};
  cases::Cases cases_{*world_.db,           world_.people,     visits::testing::geography(),
                      world_.house->access, world_.vault,      world_.clock,
                      cases::diseases(),    cases::rule_sets()};
  declarations::Declarations declarations_{*world_.db,
                                           world_.people,
                                           world_.decisions,
                                           visits::testing::geography(),
                                           world_.house->access,
                                           world_.vault,
                                           declarations::Catalogue(LUYTRE_SOURCE_DIR "/data")};
  Result<PersonId> holder_ = kCardLost;  // of whatever card is shown
  Gates gates_{{*world_.db,
                world_.registry,
                world_.visits,
                world_.people,
                world_.decisions,
                world_.house->access,
                world_.house->codes,
                world_.vault,
                world_.clock,
                world_.random,
                [](PersonId, UnitId) { return green(); },
                [this](std::string, Instant) { return holder_now(); },
                {},
                &declarations_}};
  const Caller keeper_ = citizen(2001), citizen_ = citizen(1001);
  PersonId an_;
  PlaceId market_;
  int next_key_ = 0;

 private:
  static Task<Light> green() { co_return Light::kGreen; }
  Task<Result<PersonId>> holder_now() { co_return holder_; }
};

TEST_P(DeclareTest, TheDeskSaysWhatIsAskedOfVisitors) {
  const std::string shift = at_work();
  EXPECT_EQ(run(gates_.desk({shift}))->gates.at(0).form, std::nullopt);
  EXPECT_EQ(code(declare(by_name(shift))), "not_in_force");
  EXPECT_EQ(code(declare(by_code(shift, code_of_an()))), "not_in_force");
  ask_for_declarations();
  EXPECT_EQ(run(gates_.desk({shift}))->gates.at(0).form, "place-entry");
  world_.rename(market_, "Chợ Mới");
  world_.clock.advance(minutes(1));
  EXPECT_EQ(run(gates_.desk({shift}))->gates.at(0).form, std::nullopt) << "the commune has not approved this";
  EXPECT_EQ(code(declare(by_name(shift))), "place_not_approved");
}

TEST_P(DeclareTest, OurOwnCodeMakesItThatPersonsDeclaration) {
  ask_for_declarations();
  const std::string shift = at_work();
  const auto told = declare(by_code(shift, code_of_an()));
  ASSERT_TRUE(told) << told.error().code;
  EXPECT_TRUE(told->verified);
  EXPECT_EQ(told->light, Light::kGreen);
  const auto own = run(declarations_.of_person(citizen_, {}, std::nullopt, 10));
  ASSERT_THAT(own->items, SizeIs(1));
  EXPECT_EQ(json::text(*own->items[0].declared_by), R"({"kind":"self","name":"Chợ Diên Sanh","channel":"kiosk"})");
  auto asked = by_code(shift, code_of_an(), true);
  asked.hand = Hand::kGuard;
  EXPECT_EQ(declare(asked)->light, Light::kRed);
  const auto after = run(declarations_.of_person(citizen_, {}, std::nullopt, 10));
  EXPECT_EQ(json::text(*after->items.at(0).declared_by), R"({"kind":"guard","name":"Chợ Diên Sanh"})");
  EXPECT_EQ(count("SELECT CAST(count(*) AS bigint) FROM gates_declaration WHERE content IS NULL"), 2);

  EXPECT_EQ(code(declare(by_code(shift, code_of_an() + "x"))), "person_code_forged");
  const std::string old = code_of_an();
  world_.clock.advance(hours(1));
  EXPECT_EQ(code(declare(by_code(shift, old))), "person_code_expired");
}

TEST_P(DeclareTest, OfWhomNobodyKnowsAnswersAreSealedWithTheClaimAndNoPersonIsMade) {
  ask_for_declarations();
  const std::string shift = at_work();
  const std::int64_t people = count("SELECT CAST(count(*) AS bigint) FROM people_person");
  const auto typed = declare(by_name(shift));
  ASSERT_TRUE(typed) << typed.error().code;
  EXPECT_FALSE(typed->verified);
  EXPECT_EQ(typed->light, Light::kYellow) << "never green: look at who";
  EXPECT_EQ(typed->result.colour, declarations::Colour::kGreen);
  EXPECT_EQ(declare(by_code(shift, kIdCard, true))->light, Light::kRed);
  EXPECT_EQ(count("SELECT CAST(count(*) AS bigint) FROM people_person"), people);
  EXPECT_EQ(count("SELECT CAST(count(*) AS bigint) FROM declarations_declaration"), 0);
  const auto rows = world_.db->read_now([&](store::Session& s) {
    return storage::declared(s, market_, {now() - hours(1), now() + hours(1)}, EntryId{INT64_MAX}, 10);
  });
  ASSERT_THAT(rows, SizeIs(2));
  for (const auto& row : rows) {
    EXPECT_THAT(row.claim->data, Not(HasSubstr("Khách")));
    EXPECT_THAT(row.claim->data, Not(HasSubstr("Hạnh")));
    EXPECT_THAT(row.content->data, Not(HasSubstr("contact-case")));
  }
  EXPECT_EQ(count("SELECT CAST(count(*) AS bigint) FROM store_idempotency WHERE answer LIKE '%sealed%'"), 2);
  EXPECT_EQ(count("SELECT CAST(count(*) AS bigint) FROM store_idempotency WHERE answer LIKE '%reasons%'"), 0);
}

TEST_P(DeclareTest, APrintedCardNamesItsHolderAndProvesNothing) {
  ask_for_declarations();
  const std::string shift = at_work();
  EXPECT_EQ(code(declare(by_code(shift, "LTC.60ABCDEF"))), "card_lost");
  for (const char* shown : {"LTC.60ABCDEF", "LTP.HOMEMADE", "nothing"})
    EXPECT_EQ(code(declare(by_code("no shift", shown))), "shift_over") << "and nothing about the code";
  holder_ = an_;
  const auto told = declare(by_code(shift, "LTC.60ABCDEF"));
  ASSERT_TRUE(told) << told.error().code;
  EXPECT_FALSE(told->verified);
  EXPECT_EQ(count("SELECT CAST(count(*) AS bigint) FROM declarations_declaration"), 0);
}

TEST_P(DeclareTest, WrongInputIsRefusedAndNothingIsKept) {
  ask_for_declarations();
  const std::string shift = at_work();
  EXPECT_EQ(code(declare(said(shift))), "invalid") << "nobody";
  auto old = by_name(shift);
  old.birth_year = 1850;
  EXPECT_EQ(code(declare(old)), "invalid");
  auto both = by_name(shift);
  both.code = std::string(kIdCard);
  EXPECT_EQ(code(declare(both)), "invalid");
  auto open = by_name(shift);
  open.response = json::Object{{"resourceType", "QuestionnaireResponse"}, {"status", "completed"}};
  EXPECT_EQ(code(declare(open)), "invalid");
  auto other = by_name(shift);
  other.form = std::string("no-such-form");
  EXPECT_EQ(code(declare(other)), "form_not_in_force");
  EXPECT_EQ(code(declare(by_code(shift, "xin chào"))), "code_unknown");
  EXPECT_EQ(code(declare(by_name("guessed"))), "shift_over");
  EXPECT_EQ(count("SELECT CAST(count(*) AS bigint) FROM gates_declaration"), 0);
}

TEST_P(DeclareTest, TwiceIsOnce) {
  ask_for_declarations();
  const std::string shift = at_work();
  const auto what = by_code(shift, code_of_an());
  const auto first = declare(what, "k"), again = declare(what, "k");
  ASSERT_TRUE(first && again);
  EXPECT_EQ(json::text(*first), json::text(*again));
  EXPECT_EQ(count("SELECT CAST(count(*) AS bigint) FROM declarations_declaration"), 1);
  EXPECT_EQ(count("SELECT CAST(count(*) AS bigint) FROM gates_declaration"), 1);
}

TEST_P(DeclareTest, WhatAGuardAskedWithoutANetworkIsJudgedByItsOwnTimeWhenItArrives) {
  ask_for_declarations();
  const std::string shift = at_work();
  auto own = by_code(shift, code_of_an(), true);
  own.hand = Hand::kGuard;
  auto name = by_name(shift);
  name.hand = Hand::kGuard;
  const Instant asked = now();
  world_.clock.advance(hours(30));  // the shift has ended, and the code with it
  const auto told = declare(own, "own");
  ASSERT_TRUE(told) << told.error().code;
  EXPECT_TRUE(told->verified);
  EXPECT_EQ(told->light, Light::kRed);
  const auto made = run(declarations_.of_person(citizen_, {}, std::nullopt, 10));
  ASSERT_THAT(made->items, SizeIs(1));
  EXPECT_EQ(made->items[0].at, asked);
  ASSERT_TRUE(declare(name, "name"));
  const auto rows = world_.db->read_now([&](store::Session& s) {
    return storage::declared(s, market_, {asked - hours(1), asked + hours(1)}, EntryId{INT64_MAX}, 10);
  });
  EXPECT_THAT(rows, SizeIs(1));
  name.at = now();
  EXPECT_EQ(code(declare(name, "after")), "shift_over");
  name.at = asked;
  world_.clock.advance(hours(24 * 15));
  EXPECT_EQ(code(declare(name, "late")), "shift_over") << "fourteen days, as entries";
}

TEST_P(DeclareTest, ALongAnswerIsRepeatedAsItWas) {
  ask_for_declarations();
  const std::string shift = at_work();
  VisitorDeclaration what = by_name(shift);
  json::Array risk;
  const auto say = [&risk](const char* question, json::Object value) {
    risk.push_back(json::Object{{"linkId", question}, {"answer", json::Array{std::move(value)}}});
  };
  say("visited", {{"valueBoolean", true}});
  say("visited-where", {{"valueString", "Đà Nẵng"}});
  say("symptoms", {{"valueBoolean", true}});
  say("symptoms-which", {{"valueString", "sốt"}});
  for (const char* question : {"contact-case", "contact-country", "contact-sick"})
    say(question, {{"valueBoolean", true}});
  what.response = json::Object{{"resourceType", "QuestionnaireResponse"},
                               {"status", "completed"},
                               {"item", json::Array{json::Object{{"linkId", "risk"}, {"item", std::move(risk)}}}}};
  const auto first = declare(what, "k"), again = declare(what, "k");
  ASSERT_TRUE(first) << first.error().code;
  ASSERT_TRUE(again) << again.error().code;
  EXPECT_EQ(json::text(*first), json::text(*again));
  const auto longest =
      count("SELECT CAST(max(length(answer)) AS bigint) FROM store_idempotency WHERE answer LIKE '%sealed%'");
  EXPECT_GT(longest, static_cast<std::int64_t>(json::kPlainMost)) << "longer than a plain string may be";
}

TEST_P(DeclareTest, OfficersOfANamedCaseReadThemAndAreLogged) {
  ask_for_declarations();
  const std::string shift = at_work();
  ASSERT_TRUE(declare(by_name(shift, true)));
  holder_ = an_;
  ASSERT_TRUE(declare(by_code(shift, "LTC.60ABCDEF")));
  const CaseId of = confirmed_case();
  const auto page = run(gates_.declared(world_.station, of, market_, std::nullopt, 50));
  ASSERT_TRUE(page) << page.error().code;
  ASSERT_THAT(page->items, SizeIs(2));
  EXPECT_EQ(page->items[0].known, Known::kCard);
  EXPECT_EQ(page->items[0].person, an_);
  EXPECT_TRUE(page->items[0].name) << "the holder's, to be called";
  EXPECT_EQ(page->items[1].name, "Hồ Văn Khách");
  EXPECT_EQ(page->items[1].birth, "1950");
  EXPECT_EQ(page->items[1].colour, declarations::Colour::kRed);
  EXPECT_THAT(json::text(page->items[1].response), HasSubstr("contact-case"));
  const UnitId da_nang{2025100048};
  EXPECT_EQ(code(run(gates_.declared(officer(Role::kStationOfficer, da_nang, 9102), of, market_, std::nullopt, 50))),
            "not_permitted");
  const auto logged = world_.db->read_now([&](store::Session& s) {
    std::vector<std::string> out;
    for (const auto& entry : world_.house->access.list(s, {}, INT64_MAX, 100).items)
      if (entry.filter.starts_with("declarations, case ")) out.push_back(std::to_string(entry.persons));
    return out;
  });
  EXPECT_THAT(logged, ElementsAre("2"));
  const auto about_an = world_.db->read_now([&](store::Session& s) {
    identity::Access::Filter filter;
    filter.person = an_;
    const auto all = world_.house->access.list(s, filter, INT64_MAX, 100).items;
    return std::count_if(all.begin(), all.end(), [](const auto& e) { return e.action == "gates.unverified"; });
  });
  EXPECT_EQ(about_an, 1) << "the holder of the card sees it";
}

TEST_P(DeclareTest, DeletesByAgeWithAProof) {
  ask_for_declarations();
  ASSERT_TRUE(declare(by_name(at_work())));
  const auto retain = [&] { world_.db->transact_now([&](store::Session& s) { gates_.retention().run(s); }); };
  world_.clock.advance(kKept - minutes(1));
  retain();
  EXPECT_EQ(count("SELECT CAST(count(*) AS bigint) FROM gates_declaration"), 1);
  world_.clock.advance(minutes(2));
  retain();
  EXPECT_EQ(count("SELECT CAST(count(*) AS bigint) FROM gates_declaration"), 0);
  EXPECT_EQ(count("SELECT CAST(sum(declarations) AS bigint) FROM gates_retention"), 1);
}

INSTANTIATE_TEST_SUITE_P(Engines, DeclareTest, store::testing::engines(), store::testing::engine_name);

}  // namespace
}  // namespace luytre::gates

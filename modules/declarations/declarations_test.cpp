#include "modules/declarations/declarations.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "modules/declarations/fixture.h"
#include "modules/people/duplicates.h"
#include "platform/identity/consents.h"

namespace luytre::declarations {
namespace {

using std::chrono::hours;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

using namespace testing;

const UnitId kInDaNang{2025320242};

// ---- answers ----

struct Risk {
  bool visited = false, symptoms = false, contact_case = false, contact_country = false, contact_sick = false;
  std::string symptoms_which = "Sốt từ hôm qua";
};

json::Object risk_group(const Risk& r) {
  json::Array items;
  items.push_back(answered("visited", "valueBoolean", r.visited));
  if (r.visited) items.push_back(answered("visited-where", "valueString", "Đà Nẵng"));
  items.push_back(answered("symptoms", "valueBoolean", r.symptoms));
  if (r.symptoms) items.push_back(answered("symptoms-which", "valueString", json::Value(r.symptoms_which)));
  items.push_back(answered("contact-case", "valueBoolean", r.contact_case));
  items.push_back(answered("contact-country", "valueBoolean", r.contact_country));
  items.push_back(answered("contact-sick", "valueBoolean", r.contact_sick));
  return {{"linkId", "risk"}, {"item", items}};
}

json::Value response(json::Array items) {
  return json::Object{{"resourceType", "QuestionnaireResponse"}, {"status", "completed"}, {"item", std::move(items)}};
}

json::Object journey() {
  json::Array items;
  items.push_back(answered("means", "valueCoding", json::Object{{"code", "airplane"}}));
  items.push_back(answered("flight", "valueString", "VN 1234"));
  items.push_back(answered("departure-date", "valueDate", "2026-11-19"));
  items.push_back(answered("departure-place", "valueString", "Hà Nội"));
  items.push_back(answered("arrival-place", "valueString", "Xã Hải Lăng, Tỉnh Quảng Trị"));
  return {{"linkId", "movement"}, {"item", items}};
}

Task<void> counted(Task<Result<Declaration>> task, int& taken, int& refused) {
  const Result<Declaration> result = co_await std::move(task);
  (result ? taken : refused) += 1;
}

class DeclarationsTest : public Fixture {
 protected:
  DeclarationsTest() : Fixture("2026-11-20T03:00:00Z") {
    child_ = born(mother_, "Trần Văn Bé", people::Relation::kChild);
    father_ = born(mother_, "Trần Văn Ba", people::Relation::kSpouse);
  }

  void switch_on() { command::testing::switch_on(decisions_, command::Switch::kDeclarations, now(), kQuangTri); }

  NewDeclaration entry(const Risk& risk = {}) const {
    NewDeclaration out;
    out.form = std::string("place-entry");
    out.version = std::string("2021-05-29");
    out.at = now();
    out.response = response({risk_group(risk)});
    return out;
  }

  NewDeclaration movement(const Risk& risk = {}) const {
    NewDeclaration out = entry();
    out.form = std::string("domestic-movement");
    out.version = std::string("2021-04-30");
    out.response = response({journey(), risk_group(risk)});
    return out;
  }

  std::string refusal(const Caller& who, NewDeclaration what) {
    const auto out = submit(who, std::move(what));
    return out ? "" : out.error().code;
  }

  PersonId child_, father_;
};

TEST_P(DeclarationsTest, NothingIsTakenWithoutADecision) {
  EXPECT_EQ(refusal(mother_, entry()), "not_in_force");
  command::testing::switch_on(decisions_, command::Switch::kCheckIn, now(), kQuangTri);
  EXPECT_EQ(refusal(mother_, entry()), "not_in_force") << "another switch";
  command::testing::switch_on(decisions_, command::Switch::kDeclarations, now(), kDaNang);
  EXPECT_EQ(refusal(mother_, entry()), "not_in_force") << "another province";
  EXPECT_EQ(count("SELECT count(*) FROM declarations_declaration"), 0);
  switch_on();
  EXPECT_EQ(refusal(mother_, entry()), "");
}

TEST_P(DeclarationsTest, AUnitAsksForWhatDecisionsSwitchOnThere) {
  const auto asked = [&](UnitId unit) {
    std::vector<std::string> out;
    for (const DatedForm* dated : declarations_->asked_in(unit)) out.push_back(dated->form.id);
    return out;
  };
  EXPECT_THAT(asked(kHaiLang), IsEmpty());
  switch_on();
  EXPECT_THAT(asked(kHaiLang), ElementsAre("domestic-movement", "place-entry"));
  EXPECT_THAT(asked(kInDaNang), ElementsAre("domestic-movement")) << "the journey may lead to where it is on";
}

TEST_P(DeclarationsTest, WhoDeclaresForTheHouseholdMustAgree) {
  switch_on();
  const identity::Consents consents(*db_, clock_, db_->ids(), LUYTRE_SOURCE_DIR "/data/consents");
  declarations_ = std::make_unique<Declarations>(*db_, people_, decisions_, geography(), access_, vault_,
                                                 Catalogue(LUYTRE_SOURCE_DIR "/data"), Settings{false, &consents});
  ASSERT_TRUE(run(consents.give(mother_, {std::string("tracing"), 1})));
  EXPECT_EQ(refusal(mother_, entry()), "consent_required") << "that was for another purpose";
  ASSERT_TRUE(run(consents.give(mother_, {std::string("declarations"), 1})));
  EXPECT_EQ(refusal(mother_, entry()), "");
  EXPECT_EQ(refusal(neighbour_, entry()), "consent_required") << "each for oneself";
  NewDeclaration by_station = entry();
  by_station.person = stranger_;
  EXPECT_EQ(refusal(station_, by_station), "") << "a duty, and in the access log";
}

TEST_P(DeclarationsTest, AnswersWithAColourItsReasonsAndHowLongItCounts) {
  switch_on();
  const Declaration green = submitted(mother_, movement());
  EXPECT_EQ(green.person, an_);
  EXPECT_EQ(green.result.colour, Colour::kGreen);
  EXPECT_EQ(green.result.reasons.at(0).code, "no-sign");
  EXPECT_EQ(green.result.rule_set, "domestic-movement-rules-2021-05-29");
  EXPECT_EQ(green.valid_until, now() + hours(21 * 24));
  EXPECT_FALSE(green.result.next_step.text.at("vi").empty());
  EXPECT_FALSE(green.result.next_step.text.at("en").empty());

  Risk ill;
  ill.symptoms = true;
  const Declaration yellow = submitted(mother_, movement(ill));
  EXPECT_EQ(yellow.result.colour, Colour::kYellow);
  EXPECT_EQ(yellow.valid_until, now() + hours(72));

  ill.visited = ill.contact_case = true;
  const Declaration red = submitted(mother_, entry(ill));
  EXPECT_EQ(red.result.colour, Colour::kRed);
  EXPECT_EQ(red.result.next_step.code, "call-station");
  std::vector<std::string> reasons;
  for (const auto& reason : red.result.reasons) reasons.push_back(reason.code);
  EXPECT_THAT(reasons, ElementsAre("contact-with-case", "symptoms-and-exposure", "symptoms"));
  EXPECT_THAT(red.result.reasons[1].questions, ElementsAre("symptoms", "visited"));
  EXPECT_EQ(red.valid_until, now() + hours(24));
  EXPECT_THAT(store::testing::event_lines(*db_), Contains("declaration.submitted:" + std::to_string(red.id.value)));
}

TEST_P(DeclarationsTest, NoRiskQuestionMayBeLeftOpen) {
  switch_on();
  auto open = entry();
  open.response = response({});
  const auto refused = submit(mother_, open);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "invalid");
  std::vector<std::string> missing;
  for (const auto& field : refused.error().fields) {
    EXPECT_EQ(field.pointer, "/response/item");
    EXPECT_EQ(field.code, "required");
    missing.push_back(field.params.at("linkId"));
  }
  EXPECT_THAT(missing, ElementsAre("visited", "symptoms", "contact-case", "contact-country", "contact-sick"));
  auto nonsense = entry();
  nonsense.response = json::Value("xin chào");
  EXPECT_EQ(submit(mother_, nonsense).error().fields.at(0).pointer, "/response");
}

TEST_P(DeclarationsTest, ARepeatChangesNothingAndAnswersTheSame) {
  switch_on();
  const NewDeclaration what = movement();
  const auto first = submit(mother_, what, "k1");
  const auto again = submit(mother_, what, "k1");
  ASSERT_TRUE(first && again);
  EXPECT_EQ(json::text(*first), json::text(*again));
  EXPECT_EQ(count("SELECT count(*) FROM declarations_declaration"), 1);
  Risk other;
  other.contact_sick = true;
  EXPECT_EQ(submit(mother_, movement(other), "k1").error().code, "idempotency_key_reused");
}

TEST_P(DeclarationsTest, MadeOfflineItArrivesLateWithItsOwnTime) {
  command::testing::switch_on(decisions_, command::Switch::kDeclarations, now(), kQuangTri);
  auto late = entry();
  late.at = now() - hours(20);
  EXPECT_EQ(submitted(mother_, late).at, late.at);
  late.at = now() - hours(25);
  EXPECT_EQ(refusal(mother_, late), "not_in_force") << "the decision began a day ago";
  late.at = now() - kLatest - std::chrono::seconds(1);
  EXPECT_EQ(refusal(mother_, late), "time_too_old");
  auto ahead = entry();
  ahead.at = now() + kClockSkew;
  EXPECT_EQ(refusal(mother_, ahead), "") << "clocks of phones differ a little";
  ahead.at = now() + kClockSkew + std::chrono::seconds(1);
  EXPECT_EQ(refusal(mother_, ahead), "time_in_future");
}

TEST_P(DeclarationsTest, OnlyForThePeopleOfTheHousehold) {
  switch_on();
  auto for_child = entry();
  for_child.person = child_;
  EXPECT_EQ(submitted(mother_, for_child).person, child_);
  auto for_stranger = entry();
  for_stranger.person = stranger_;
  EXPECT_EQ(refusal(mother_, for_stranger), "not_in_household");
  for_stranger.person = PersonId{12345};
  EXPECT_EQ(refusal(mother_, for_stranger), "not_in_household") << "nor is said who exists";
  EXPECT_EQ(refusal(caller(1003, Role::kCitizen, {}), entry()), "no_own_record");
  EXPECT_EQ(refusal(Caller{}, entry()), "unauthenticated");
  Caller limited = mother_;
  limited.full = false;
  EXPECT_EQ(refusal(limited, entry()), "second_proof_required");
}

TEST_P(DeclarationsTest, AStationDeclaresForAPersonOfItsArea) {
  switch_on();
  auto for_an = entry();
  for_an.person = an_;
  EXPECT_EQ(submitted(station_, for_an).person, an_);
  EXPECT_THAT(looks(), ElementsAre("declarations.submit " + to_text(an_)));
  EXPECT_EQ(refusal(elsewhere_, for_an), "not_permitted");
  EXPECT_EQ(count("SELECT count(*) FROM declarations_declaration WHERE declared_by = 2001"), 1);
}

TEST_P(DeclarationsTest, WhoeverMayReadItIsToldWhoDeclaredForWhom) {
  switch_on();
  Caller officer = station_;
  officer.name = "Bác sĩ Hoa";
  Risk ill;
  ill.symptoms = true;
  const auto at_home = submitted(mother_, entry());
  auto for_father = entry(ill);
  for_father.person = father_;
  const auto by_mother = submitted(mother_, for_father);
  auto for_an = entry();
  for_an.person = an_;
  for_an.channel = Channel::kPhone;
  const auto by_station = submitted(officer, for_an);
  const auto by_guard = db_->transact_now([&](store::Session& s) {
    return declarations_->take(s, entry(), an_, {DeclaredAs::kGuard, "Chợ Hải Lăng", {}});
  });
  ASSERT_TRUE(by_guard) << by_guard.error().code;
  EXPECT_EQ(at_home.declared_by->kind, DeclaredAs::kSelf);
  EXPECT_EQ(by_station.declared_by->kind, DeclaredAs::kStation);

  const auto told = [&](const Caller& who, DeclarationId id) {
    const auto found = run(declarations_->find(who, id));
    return found ? json::text(*found->declared_by) : found.error().code;
  };
  EXPECT_EQ(told(mother_, at_home.id), R"({"kind":"self"})");
  EXPECT_EQ(told(mother_, by_mother.id), R"({"kind":"household","name":"Nguyễn Thị An"})");
  EXPECT_EQ(told(mother_, by_station.id), R"({"kind":"station","channel":"phone"})") << "an office, to citizens";
  EXPECT_EQ(told(mother_, by_guard->id), R"({"kind":"guard","name":"Chợ Hải Lăng"})");
  EXPECT_EQ(told(officer, by_mother.id), R"({"kind":"household","name":"Nguyễn Thị An"})");
  EXPECT_EQ(told(officer, by_station.id), R"({"kind":"station","name":"Bác sĩ Hoa","channel":"phone"})");

  const auto own = run(declarations_->of_person(mother_, {}, std::nullopt, 2));
  ASSERT_EQ(own->items.size(), 2U);
  EXPECT_EQ(own->items[0].declared_by->kind, DeclaredAs::kGuard);
  EXPECT_EQ(own->items[1].declared_by->kind, DeclaredAs::kStation);
  EXPECT_EQ(own->items[1].declared_by->name, std::nullopt);
  const auto flagged = run(declarations_->flagged(officer, {}, std::nullopt, 50));
  ASSERT_EQ(flagged->items.size(), 1U);
  EXPECT_EQ(flagged->items[0].declared_by->name, "Nguyễn Thị An");
  EXPECT_EQ(count("SELECT count(*) FROM declarations_declaration WHERE declared_by = 0 AND declared_as = 'guard'"), 1);
}

TEST_P(DeclarationsTest, TheStationSeesRedAndYellowOnesAndIsSeenLooking) {
  switch_on();
  submitted(mother_, entry());
  Risk ill;
  ill.symptoms = true;
  const auto yellow = submitted(mother_, entry(ill));
  ill.contact_case = true;
  const auto red = submitted(neighbour_, entry(ill));

  const auto ids = [](const Result<http::Page<Flagged>>& page) {
    std::vector<DeclarationId> out;
    for (const auto& item : page->items) out.push_back(item.id);
    return out;
  };
  const auto all = run(declarations_->flagged(station_, {}, std::nullopt, 50));
  ASSERT_TRUE(all) << all.error().code;
  EXPECT_THAT(ids(all), ElementsAre(red.id, yellow.id)) << "green ones are nobody's business";
  EXPECT_EQ(all->items[0].person.name, "Lê Văn Cường");
  EXPECT_EQ(all->items[0].unit_name, "Xã Hải Lăng, Tỉnh Quảng Trị");
  EXPECT_THAT(looks(), ElementsAre("declarations.list " + to_text(an_), "declarations.list " + to_text(stranger_)));

  EXPECT_THAT(ids(run(declarations_->flagged(station_, {.colour = Colour::kRed}, std::nullopt, 50))),
              ElementsAre(red.id));
  EXPECT_THAT(
      ids(run(declarations_->flagged(caller(3, Role::kProvinceOfficer, kQuangTri), {.unit = kHaiLang}, {}, 50))),
      SizeIs(2));
  EXPECT_THAT(ids(run(declarations_->flagged(caller(3, Role::kProvinceOfficer, {}), {}, {}, 50))), SizeIs(2));
  EXPECT_THAT(ids(run(declarations_->flagged(station_, {.unit = kQuangTri}, {}, 50))), SizeIs(2))
      << "of the province, what is the station's";
  EXPECT_THAT(ids(run(declarations_->flagged(elsewhere_, {}, {}, 50))), IsEmpty());
  EXPECT_EQ(run(declarations_->flagged(elsewhere_, {.unit = kHaiLang}, {}, 50)).error().code, "not_permitted");
  EXPECT_EQ(run(declarations_->flagged(mother_, {}, {}, 50)).error().code, "not_permitted");
  EXPECT_EQ(run(declarations_->flagged(station_, {.colour = Colour::kGreen}, {}, 50)).error().code, "invalid");

  const auto first = run(declarations_->flagged(station_, {}, {}, 1));
  ASSERT_TRUE(first->next);
  EXPECT_THAT(ids(run(declarations_->flagged(station_, {}, first->next, 1))), ElementsAre(yellow.id));
}

TEST_P(DeclarationsTest, AVisitorDeclaresWhereItIsAskedFor) {
  declarations_->set_place_unit(
      [](PlaceId place) { return place == PlaceId{99} ? std::optional<UnitId>(kInDaNang) : std::nullopt; });
  command::testing::switch_on(decisions_, command::Switch::kDeclarations, now(), kDaNang);
  Risk ill;
  ill.contact_case = true;
  EXPECT_EQ(refusal(mother_, entry(ill)), "not_in_force") << "not where she lives";
  auto there = entry(ill);
  there.place = PlaceId{98};
  EXPECT_EQ(submit(mother_, there).error().fields.at(0).pointer, "/place");
  there.place = PlaceId{99};
  const auto made = submitted(mother_, there);
  auto headed = movement(ill);
  headed.unit = UnitId{12};
  EXPECT_EQ(submit(mother_, headed).error().fields.at(0).pointer, "/unit");
  headed.unit = kInDaNang;
  const auto journey = submitted(mother_, headed);

  for (const Caller& officer : {station_, elsewhere_, caller(3, Role::kProvinceOfficer, {})}) {
    const auto seen = run(declarations_->flagged(officer, {}, {}, 50));
    ASSERT_TRUE(seen) << seen.error().code;
    ASSERT_THAT(seen->items, SizeIs(2)) << "the stations of both see it, once";
    EXPECT_EQ(seen->items[0].id, journey.id);
    EXPECT_EQ(seen->items[0].unit, kHaiLang);
    EXPECT_TRUE(run(declarations_->find(officer, made.id)));
  }
}

TEST_P(DeclarationsTest, OfficersLookForAPersonAPlaceOrATime) {
  declarations_->set_place_unit(
      [](PlaceId place) { return std::optional<UnitId>(place == PlaceId{99} ? kInDaNang : kHaiLang); });
  command::testing::switch_on(decisions_, command::Switch::kDeclarations, now(), kQuangTri);
  command::testing::switch_on(decisions_, command::Switch::kDeclarations, now(), kDaNang);
  Risk ill;
  ill.contact_case = true;
  const auto at_home = submitted(mother_, entry(ill));
  clock_.advance(hours(1));
  auto visiting = entry(ill);
  visiting.place = PlaceId{99};
  const auto there = submitted(mother_, visiting);
  visiting.response = response({risk_group({})});
  submitted(mother_, visiting);  // green
  clock_.advance(hours(1));
  const auto other = submitted(neighbour_, entry(ill));

  const auto found = [&](const Caller& officer, FlaggedFilter filter) {
    std::vector<DeclarationId> out;
    const auto page = run(declarations_->flagged(officer, std::move(filter), {}, 50));
    if (!page) throw std::runtime_error(page.error().code);
    for (const auto& item : page->items) out.push_back(item.id);
    return out;
  };
  const auto who = [](people::Search search) {
    FlaggedFilter filter;
    filter.who = std::move(search);
    filter.reason = "gọi lại";
    return filter;
  };
  people::Search by_name, by_phone;
  by_name.name = "nguyen thi an";
  by_phone.phone = "0912 345 678";
  EXPECT_THAT(found(station_, who(by_name)), ElementsAre(there.id, at_home.id));
  EXPECT_THAT(found(station_, who(by_phone)), ElementsAre(there.id, at_home.id));
  EXPECT_THAT(found(elsewhere_, who(by_name)), ElementsAre(there.id)) << "only what was declared there";
  EXPECT_THAT(looks(), Contains("declarations.search " + to_text(an_)).Times(5));
  FlaggedFilter person = who({});
  person.who.reset();
  person.person = an_;
  EXPECT_THAT(found(station_, person), ElementsAre(there.id, at_home.id));
  person.place = PlaceId{99};
  EXPECT_THAT(found(station_, person), ElementsAre(there.id));
  person.reason.clear();
  EXPECT_EQ(run(declarations_->flagged(station_, person, {}, 50)).error().code, "reason_required");
  EXPECT_EQ(run(declarations_->flagged(station_, who({}), {}, 50)).error().code, "invalid");

  EXPECT_THAT(found(elsewhere_, {.place = PlaceId{99}}), ElementsAre(there.id)) << "green ones are not listed";
  EXPECT_THAT(found(elsewhere_, {.place = PlaceId{98}}), IsEmpty());
  EXPECT_THAT(found(station_, {.from = there.at}), ElementsAre(other.id, there.id));
  EXPECT_THAT(found(station_, {.from = there.at, .to = other.at}), ElementsAre(there.id));
  EXPECT_THAT(found(station_, {.to = there.at}), ElementsAre(at_home.id));
  const auto first = run(declarations_->flagged(station_, who(by_name), {}, 1));
  ASSERT_TRUE(first && first->next);
  const auto rest = run(declarations_->flagged(station_, who(by_name), first->next, 1));
  EXPECT_EQ(rest->items.at(0).id, at_home.id);
  EXPECT_FALSE(rest->next);
}

TEST_P(DeclarationsTest, AnswersOpenForTheHouseholdAndLoggedForTheStation) {
  switch_on();
  auto asked = entry();
  asked.place = PlaceId{99};
  Risk ill;
  ill.symptoms = true;
  ill.symptoms_which = "ho & '; DROP TABLE declarations_declaration; -- <script>alert(1)</script>";
  asked.response = response({risk_group(ill)});
  const auto made = submitted(mother_, asked);
  const auto own = run(declarations_->find(mother_, made.id));
  ASSERT_TRUE(own) << own.error().code;
  EXPECT_EQ(own->place, PlaceId{99});
  EXPECT_THAT(json::text(*own->response), HasSubstr("DROP TABLE declarations_declaration; -- <script>"));
  EXPECT_FALSE(own->person_brief);
  EXPECT_THAT(looks(), IsEmpty()) << "people need no record of reading their own";

  const auto seen = run(declarations_->find(station_, made.id));
  ASSERT_TRUE(seen) << seen.error().code;
  EXPECT_EQ(seen->person_brief->name, "Nguyễn Thị An");
  EXPECT_THAT(looks(), ElementsAre("declarations.read " + to_text(an_)));
  EXPECT_EQ(run(declarations_->find(elsewhere_, made.id)).error().code, "not_permitted");
  EXPECT_EQ(run(declarations_->find(neighbour_, made.id)).error().code, "not_permitted");
  EXPECT_EQ(run(declarations_->find(mother_, DeclarationId{1})).error().code, "not_found");
}

TEST_P(DeclarationsTest, WhatIsStoredOfAnswersIsSealed) {
  switch_on();
  Risk ill;
  ill.symptoms = ill.contact_case = true;
  const auto made = submit(mother_, entry(ill), "k1");
  ASSERT_TRUE(made);
  db_->read_now([&](store::Session& s) {
    const auto row =
        s.connection().all(store::Query{"test.row", "SELECT content, inputs FROM declarations_declaration"}, {});
    const auto& content = std::get<store::Bytes>(row.at(0).at(0)).data;
    EXPECT_THAT(content, Not(HasSubstr("symptoms")));
    EXPECT_EQ(std::get<store::Bytes>(row.at(0).at(1)).data.size(), 16u);
    const auto kept = s.connection().all(store::Query{"test.once", "SELECT answer FROM store_idempotency"}, {});
    for (const auto& answer : kept) EXPECT_THAT(std::get<std::string>(answer.at(0)), Not(HasSubstr("\"red\"")));
    return Done{};
  });
}

TEST_P(DeclarationsTest, TheNewestOneCounts) {
  switch_on();
  const auto until = [&] { return run(declarations_->valid_until(an_)); };
  const auto needed = [&] { return run(declarations_->needed(an_, kHaiLang)); };
  const auto colour = [&] { return run(declarations_->colour(an_)); };
  EXPECT_EQ(until(), std::nullopt);
  EXPECT_EQ(colour(), std::nullopt);
  EXPECT_EQ(needed(), "place-entry");
  const auto green = submitted(mother_, movement());
  EXPECT_EQ(until(), green.valid_until);
  EXPECT_EQ(colour(), Colour::kGreen);
  EXPECT_EQ(needed(), std::nullopt);
  EXPECT_EQ(run(declarations_->valid_until(child_)), std::nullopt);

  clock_.advance(hours(48));
  Risk ill;
  ill.contact_case = true;
  const auto red = submitted(mother_, movement(ill));
  EXPECT_EQ(until(), red.valid_until) << "sooner than the green one's";
  auto late = movement();
  late.at = now() - hours(24);
  submitted(mother_, late);
  EXPECT_EQ(until(), red.valid_until) << "an older one, sent late, does not decide";
  EXPECT_EQ(colour(), Colour::kRed);
  clock_.advance(hours(24));
  EXPECT_EQ(until(), std::nullopt);
  EXPECT_EQ(colour(), std::nullopt);
  EXPECT_EQ(run(declarations_->needed(an_, kDaNang)), std::nullopt) << "declarations are off there";
}

TEST_P(DeclarationsTest, OwnListIsPagedAndWithoutAnswers) {
  switch_on();
  std::vector<DeclarationId> made;
  for (int i = 0; i < 3; ++i) made.push_back(submitted(mother_, entry()).id);
  const auto first = run(declarations_->of_person(mother_, {}, std::nullopt, 2));
  ASSERT_TRUE(first);
  ASSERT_THAT(first->items, SizeIs(2));
  EXPECT_EQ(first->items[0].id, made[2]);
  EXPECT_FALSE(first->items[0].response);
  EXPECT_EQ(first->items[0].result.reasons.at(0).code, "no-sign");
  const auto rest = run(declarations_->of_person(mother_, {}, first->next, 2));
  ASSERT_THAT(rest->items, SizeIs(1));
  EXPECT_FALSE(rest->next);
  EXPECT_EQ(run(declarations_->of_person(mother_, {.person = stranger_}, {}, 2)).error().code, "not_in_household");
  EXPECT_THAT(run(declarations_->of_person(mother_, {.person = child_}, {}, 2))->items, IsEmpty());
}

TEST_P(DeclarationsTest, FormsHaveTheirTime) {
  switch_on();
  auto other = entry();
  other.version = std::string("2020-01-01");
  EXPECT_EQ(refusal(mother_, other), "form_not_in_force");
  other.form = std::string("'; --");
  EXPECT_EQ(refusal(mother_, other), "form_not_in_force");
}

TEST_P(DeclarationsTest, AFloodOfThemIsAnsweredOneByOne) {
  switch_on();
  constexpr int kMany = 300;
  boost::asio::io_context io(1);
  int taken = 0, refused = 0;
  for (int i = 0; i < kMany; ++i) {
    auto one = entry();
    if (i % 10 == 0) one.person = stranger_;  // one bad request does not fail its neighbours
    const auto once =
        store::make_once(1001, "POST /declarations", std::to_string(i / 2 * 2 + (i % 10 == 0)), json::text(one));
    boost::asio::co_spawn(io.get_executor(),
                          counted(declarations_->submit(mother_, std::move(one), once), taken, refused),
                          [](std::exception_ptr fault) {
                            if (fault) std::rethrow_exception(fault);
                          });
  }
  io.run();
  EXPECT_EQ(refused, kMany / 10);
  EXPECT_EQ(taken, kMany - kMany / 10);
  // Keys were shared by pairs, but for the refused ones' partners.
  EXPECT_EQ(count("SELECT count(*) FROM declarations_declaration"), kMany / 2);
}

TEST_P(DeclarationsTest, IsDeletedByAgeWithProof) {
  switch_on();
  const auto old = submitted(mother_, entry());
  clock_.advance(kKept - hours(1));
  command::testing::switch_on(decisions_, command::Switch::kDeclarations, now(), kQuangTri);
  const auto young = submitted(mother_, entry());
  const auto job = declarations_->retention();
  db_->transact_now([&](store::Session& s) { job.run(s); });
  EXPECT_EQ(count("SELECT count(*) FROM declarations_declaration"), 2);
  clock_.advance(hours(2));
  db_->transact_now([&](store::Session& s) { job.run(s); });
  EXPECT_EQ(run(declarations_->find(mother_, old.id)).error().code, "not_found");
  EXPECT_TRUE(run(declarations_->find(mother_, young.id)));
  EXPECT_EQ(count("SELECT CAST(sum(deleted) AS bigint) FROM declarations_retention"), 1);
}

// ---- forms with a decision and a rhythm of their own ----

NewDeclaration check_in(Instant at, bool fever = false, double temperature = 36.5) {
  json::Array items;
  items.push_back(answered("temperature", "valueQuantity", json::Object{{"value", temperature}, {"code", "Cel"}}));
  for (const char* sign : {"fever", "cough", "breath", "throat", "aches"})
    items.push_back(answered(sign, "valueBoolean", fever && std::string_view(sign) == "fever"));
  items.push_back(answered("at-place", "valueBoolean", true));
  items.push_back(answered("needs", "valueCoding", json::Object{{"code", "nothing"}}));
  NewDeclaration out;
  out.form = std::string("home-isolation");
  out.version = std::string("2021-07-12");
  out.at = at;
  out.response = response({json::Object{{"linkId", "now"}, {"item", items}}});
  return out;
}

TEST_P(DeclarationsTest, AFormOfItsOwnDecisionStaysOffUntilOneNamesIt) {
  switch_on();
  const auto listed = [&](std::optional<PlaceId> place = {}, std::optional<UnitId> towards = {}) {
    std::vector<std::string> out;
    const auto now_on = run(declarations_->forms_now(mother_, {}, place, towards));
    if (now_on->elsewhere) out.emplace_back("…");
    for (const auto& form : now_on->items) out.push_back(form.id + ' ' + std::string(json::enum_text(form.where)));
    return out;
  };
  EXPECT_EQ(refusal(mother_, check_in(now())), "not_in_force") << "declarations in general are on, this form is not";
  EXPECT_THAT(listed(), ElementsAre("domestic-movement home", "place-entry home"));

  const auto name = [&](const char* form, UnitId unit) {
    command::testing::switch_on(decisions_, command::Switch::kDeclarations, now(), unit, "covid-19", form);
  };
  name("home-isolation", kDaNang);
  EXPECT_EQ(refusal(mother_, check_in(now())), "not_in_force") << "in another province";
  name("entry", kDaNang);
  EXPECT_THAT(listed(), ElementsAre("…", "domestic-movement home", "place-entry home"))
      << "it concerns who goes there alone; nobody is isolated elsewhere";
  EXPECT_THAT(listed({}, kInDaNang), ElementsAre("domestic-movement home", "entry elsewhere", "place-entry home"));
  EXPECT_THAT(listed({}, kHaiLang), ElementsAre("…", "domestic-movement home", "place-entry home")) << "not there";
  EXPECT_EQ(run(declarations_->forms_now(mother_, {}, {}, UnitId{5})).error().fields.at(0).pointer, "?unit");
  declarations_->set_place_unit(
      [](PlaceId place) { return place == PlaceId{99} ? std::optional<UnitId>(kInDaNang) : std::nullopt; });
  EXPECT_THAT(listed(PlaceId{99}), Contains("home-isolation place"));
  EXPECT_EQ(run(declarations_->forms_now(mother_, {}, PlaceId{98})).error().fields.at(0).pointer, "?place");
  name("home-isolation", kQuangTri);
  EXPECT_EQ(refusal(mother_, check_in(now())), "");
  EXPECT_EQ(run(declarations_->forms_now(mother_, stranger_, {})).error().code, "not_in_household");
  EXPECT_EQ(run(declarations_->forms_now(caller(1003, Role::kCitizen, {}), {}, {})).error().code, "no_own_record");
}

TEST_P(DeclarationsTest, OfTwoGatesOfAUnitOneAsksAndTheOtherDoesNot) {
  const PlaceId gate{71}, other{72};
  declarations_->set_place_unit([](PlaceId) { return std::optional<UnitId>(kInDaNang); });
  decisions_.set_places([&](PlaceId) { return std::optional(command::Decisions::Place{"Cửa khẩu", kInDaNang}); });
  command::NewDecision decision;
  decision.purpose = command::Switch::kDeclarations;
  decision.disease = std::string("covid-19");
  decision.form = std::string("place-entry");
  decision.unit = kInDaNang;
  decision.place = gate;
  decision.from = now();
  decision.until = now() + hours(24);
  decision.basis = std::string("Quyết định 1/QĐ-UBND");
  ASSERT_TRUE(run(decisions_.decide(caller(1, Role::kCommander, {}), decision)));
  const auto listed = [&](std::optional<PlaceId> place) {
    return run(declarations_->forms_now(mother_, {}, place))->items.size();
  };
  EXPECT_EQ(listed(gate), 1u);
  EXPECT_EQ(listed(other), 0u);
  EXPECT_EQ(listed({}), 0u);
  auto asked = entry();
  asked.place = other;
  EXPECT_EQ(refusal(mother_, asked), "not_in_force");
  asked.place = gate;
  EXPECT_EQ(refusal(mother_, asked), "");
}

TEST_P(DeclarationsTest, WhatIsOnAtOneGateIsTakenOfWhoComesByItWhereverTheyLiveAndGo) {
  clock_.set(*parse_instant("2026-11-23T03:00:00Z"));
  const PlaceId gate{71}, other{72};
  declarations_->set_place_unit(
      [&](PlaceId place) { return std::optional<UnitId>(place == gate ? kInDaNang : kHaiLang); });
  declarations_->set_lists({[&](store::Session&, std::string_view) {
                              return std::vector<forms::Concept>{{{std::string(kPlaceCodes), to_text(gate)}, "Cửa A"}};
                            },
                            [&](std::string_view list, const forms::Coding& given) -> std::optional<forms::Concept> {
                              if (list != kPointsOfEntry ||
                                  (given.code != to_text(gate) && given.code != to_text(other)))
                                return std::nullopt;
                              return forms::Concept{{std::string(kPlaceCodes), given.code}, "Cửa"};
                            }});
  const auto by = [&](json::Object gate_answer) {
    NewDeclaration out;
    out.form = std::string("entry");
    out.version = std::string("2026-11-22.2");
    out.at = now();
    out.unit = kHaiLang;
    out.response = entry_response(std::move(gate_answer), {answered("tested", "valueBoolean", false)});
    return out;
  };
  const auto chosen = [&](PlaceId place) { return by({{"valueCoding", json::Object{{"code", to_text(place)}}}}); };
  EXPECT_EQ(refusal(mother_, chosen(gate)), "not_in_force");
  decisions_.set_places([&](PlaceId) { return std::optional(command::Decisions::Place{"Cửa A", kInDaNang}); });
  command::NewDecision decision;
  decision.purpose = command::Switch::kDeclarations;
  decision.disease = std::string("covid-19");
  decision.form = std::string("entry");
  decision.unit = kInDaNang;
  decision.place = gate;
  decision.from = now();
  decision.until = now() + hours(24);
  decision.basis = std::string("Quyết định 2/QĐ-UBND");
  ASSERT_TRUE(run(decisions_.decide(caller(1, Role::kCommander, {}), decision)));
  EXPECT_TRUE(run(declarations_->forms_now(mother_, {}, {}))->elsewhere) << "at some gate";
  EXPECT_EQ(run(declarations_->forms_now(mother_, {}, gate))->items.at(0).id, "entry");
  EXPECT_EQ(refusal(mother_, chosen(other)), "not_in_force") << "another gate";
  EXPECT_EQ(declarations_->asked_at(kInDaNang, gate), "entry");
  command::testing::switch_on(decisions_, command::Switch::kDeclarations, now(), kDaNang);
  EXPECT_EQ(declarations_->asked_at(kInDaNang, gate), "place-entry");
  EXPECT_EQ(declarations_->asked_at(kInDaNang, gate, true), "entry") << "of who comes into the country";
  EXPECT_EQ(declarations_->asked_at(kInDaNang, other, true), "place-entry") << "not on there";
  EXPECT_EQ(refusal(mother_, by({{"valueString", "Cửa A"}})), "not_in_force") << "words name no place";
  EXPECT_EQ(refusal(mother_, chosen(PlaceId{73})), "invalid") << "not in the list";
  const auto made = submitted(mother_, chosen(gate));
  const auto kept = run(declarations_->find(mother_, made.id));
  ASSERT_TRUE(kept);
  const auto* form = declarations_->catalogue().find("entry", "2026-11-22.2");
  const auto read = forms::read_kept(form->form, *kept->response);
  ASSERT_TRUE(read);
  EXPECT_EQ(declared_gate(form->form, read->answers), gate);
  const auto served = run(declarations_->document(form));
  ASSERT_TRUE(served);
  EXPECT_THAT(boost::json::serialize(*served), HasSubstr("Cửa A"));
  EXPECT_THAT(boost::json::serialize(*served), Not(HasSubstr("answerValueSet")));
  EXPECT_EQ(run(declarations_->document(nullptr)).error().code, "not_found");
}

TEST_P(DeclarationsTest, ACountryIsTakenByItsCodeOrInWordsAndKeepsItsName) {
  clock_.set(*parse_instant("2026-11-23T03:00:00Z"));
  command::testing::switch_on(decisions_, command::Switch::kDeclarations, now(), kQuangTri, "covid-19", "entry");
  const auto passed = [&](json::Value country) {
    NewDeclaration out;
    out.form = std::string("entry");
    out.version = std::string("2026-11-23");
    out.at = now();
    json::Object response = entry_response({{"valueString", "Lao Bảo"}}, {answered("tested", "valueBoolean", false)});
    response.at("item").as_array().at(1) = json::Object{{"linkId", "stop"}, {"item", json::Array{std::move(country)}}};
    out.response = std::move(response);
    return out;
  };
  const auto coded = [](json::Object coding) { return answered("stop-country", "valueCoding", std::move(coding)); };
  const auto made = submitted(mother_, passed(coded({{"code", "KR"}, {"display", "Nước khác"}})));
  EXPECT_THAT(boost::json::serialize(*run(declarations_->find(mother_, made.id))->response),
              HasSubstr(R"({"valueCoding":{"system":"urn:iso:std:iso:3166","code":"KR","display":"Hàn Quốc"}})"));
  EXPECT_EQ(refusal(mother_, passed(coded({{"code", "ZZ"}}))), "invalid");
  EXPECT_EQ(refusal(mother_, passed(coded({{"system", "urn:x"}, {"code", "KR"}}))), "invalid");
  EXPECT_EQ(refusal(mother_, passed(answered("stop-country", "valueString", "Tàu trên biển"))), "");
  const auto served = run(declarations_->document(declarations_->catalogue().find("entry", "2026-11-23")));
  ASSERT_TRUE(served);
  EXPECT_THAT(boost::json::serialize(*served), HasSubstr(kCountrySet)) << "by name: everybody has that list";
}

TEST_P(DeclarationsTest, WindowsAreJudgedByTheServersClock) {
  command::testing::switch_on(decisions_, command::Switch::kDeclarations, now(), kQuangTri, "covid-19",
                              "home-isolation");
  const auto states = [&](std::optional<PersonId> person = {}) {
    const auto all = run(declarations_->forms_now(mother_, person, {}));
    std::vector<std::string> out{all->items.at(0).begun ? "begun" : "not begun"};
    for (const auto& window : all->items.at(0).windows) out.emplace_back(json::enum_text(window.state));
    return out;
  };
  clock_.set(*parse_instant("2026-11-20T06:00:00Z"));  // 13:00 local
  EXPECT_THAT(states(), ElementsAre("not begun", "past", "later", "later")) << "nobody missed what had not begun";
  clock_.set(*parse_instant("2026-11-20T07:30:00Z"));  // 14:30
  EXPECT_THAT(states(), ElementsAre("not begun", "past", "open", "later"));
  submitted(mother_, check_in(now()));
  EXPECT_THAT(states(), ElementsAre("begun", "past", "done", "later"));
  EXPECT_THAT(states(child_), ElementsAre("not begun", "past", "open", "later")) << "each for oneself";

  clock_.set(*parse_instant("2026-11-21T05:00:00Z"));  // the next day, 12:00: the first window is over
  EXPECT_THAT(states(), ElementsAre("begun", "missed", "later", "later"));
  submitted(mother_, check_in(now() - hours(2)));  // as the device says, at 10:00
  EXPECT_THAT(states(), ElementsAre("begun", "done", "later", "later")) << "within the skew of clocks";
  clock_.set(*parse_instant("2026-11-21T10:00:00Z"));  // 17:00
  submitted(mother_, check_in(now() - hours(2)));      // "at 15:00"
  EXPECT_THAT(states(), ElementsAre("begun", "done", "late", "later")) << "a device's word alone makes nobody punctual";
  clock_.advance(hours(24 * 15));
  EXPECT_EQ(states().front(), "not begun") << "reminders end by themselves";
}

TEST_P(DeclarationsTest, AGreenOneNeverShortensWhatAnEarlierGreenOneGave) {
  switch_on();
  command::testing::switch_on(decisions_, command::Switch::kDeclarations, now(), kQuangTri, "covid-19",
                              "home-isolation");
  const auto until = [&] { return run(declarations_->valid_until(an_)); };
  const auto journey = submitted(mother_, movement());
  clock_.advance(hours(1));
  const auto green = submitted(mother_, check_in(now()));
  ASSERT_LT(green.valid_until, journey.valid_until);
  EXPECT_EQ(until(), journey.valid_until);
  clock_.advance(hours(1));
  const auto yellow = submitted(mother_, check_in(now(), true, 38.4));
  EXPECT_EQ(yellow.result.colour, Colour::kYellow);
  EXPECT_EQ(until(), yellow.valid_until) << "what was said since counts";
  clock_.advance(hours(1));
  const auto well = submitted(mother_, check_in(now()));
  EXPECT_EQ(until(), well.valid_until) << "and green before it no longer does";
}

TEST_P(DeclarationsTest, OwnAnswersAreReadByForm) {
  switch_on();
  command::testing::switch_on(decisions_, command::Switch::kDeclarations, now(), kQuangTri, "covid-19",
                              "home-isolation");
  submitted(mother_, entry());
  const auto made = submitted(mother_, check_in(now(), true, 38.4));
  const auto page = run(declarations_->of_person(mother_, {.form = "home-isolation", .answers = true}, {}, 10));
  ASSERT_TRUE(page);
  ASSERT_THAT(page->items, SizeIs(1));
  EXPECT_EQ(page->items[0].id, made.id);
  EXPECT_THAT(json::text(*page->items[0].response), HasSubstr("valueQuantity"));
  EXPECT_THAT(run(declarations_->of_person(mother_, {.form = "entry"}, {}, 10))->items, IsEmpty());
  EXPECT_FALSE(run(declarations_->of_person(mother_, {.form = "home-isolation"}, {}, 10))->items.at(0).response);
}

// ---- a change of mind ----

NewDeclaration daily(Instant at, bool fever = false) {
  json::Array items;
  for (const char* sign : {"fever", "cough", "breath", "throat", "aches", "contact-case"})
    items.push_back(answered(sign, "valueBoolean", fever && std::string_view(sign) == "fever"));
  NewDeclaration out;
  out.form = std::string("daily-health");
  out.version = std::string("2020-03-10");
  out.at = at;
  out.response = response({json::Object{{"linkId", "today"}, {"item", items}}});
  return out;
}

TEST_P(DeclarationsTest, SaysWhoDeclaredWithinATimeAndNothingElse) {
  command::testing::switch_on(decisions_, command::Switch::kDeclarations, now(), kQuangTri, "covid-19", "daily-health");
  const Instant first = now();
  submitted(mother_, daily(first, true));
  const auto taken_back = submitted(neighbour_, daily(first));
  clock_.advance(hours(30));
  NewDeclaration of_child = daily(now());
  of_child.person = child_;
  submitted(mother_, of_child);
  submitted(mother_, daily(now()));
  submitted(mother_, daily(now() - hours(1)));  // and twice within one interval

  const std::vector<PersonId> asked{child_, an_, stranger_, father_};
  const auto ask = [&](const char* form, std::vector<Interval> when) {
    return db_->read_now([&](store::Session& s) { return Declarations::declared(s, form, asked, when); });
  };
  using Said = std::vector<std::vector<bool>>;
  const Interval before{first - hours(1), first}, then{first, first + hours(1)},
      since{first + hours(1), now() + hours(1)};
  EXPECT_EQ(ask("daily-health", {before, then, since}),
            (Said{{false, false, true}, {false, true, true}, {false, true, false}, {false, false, false}}))
      << "half-open, in the order asked";
  EXPECT_EQ(ask("place-entry", {then}), (Said{{false}, {false}, {false}, {false}})) << "another form is another matter";
  EXPECT_EQ(ask("daily-health", {}), (Said{{}, {}, {}, {}}));
  ASSERT_TRUE(run(declarations_->withdraw(neighbour_, taken_back.id)));
  EXPECT_FALSE(ask("daily-health", {then})[2][0]) << "what was taken back is none";

  std::vector<PersonId> many(Declarations::kAskedAtOnce + 1, father_);
  many.push_back(an_);
  const auto said = db_->read_now([&](store::Session& s) {
    const Interval one[] = {then};
    return Declarations::declared(s, "daily-health", many, one);
  });
  ASSERT_THAT(said, SizeIs(many.size()));
  EXPECT_TRUE(said.back()[0]) << "also beyond what one statement asks";
  EXPECT_FALSE(said[Declarations::kAskedAtOnce][0]);
}

TEST_P(DeclarationsTest, WhoHasTwoRecordsHasDeclaredUnderEither) {
  command::testing::switch_on(decisions_, command::Switch::kDeclarations, now(), kQuangTri, "covid-19", "daily-health");
  people::NewPerson again;
  again.name = std::string("Nguyễn Thị An");
  again.birth_year = 1990;
  again.unit = kHaiLang;
  const PersonId desk = run(people_.register_person(station_, again))->id;
  submitted(mother_, daily(now()));
  const auto declared = [&] {
    return db_->read_now([&](store::Session& s) {
      const PersonId asked[] = {stranger_, desk, an_, father_};
      const Interval today[] = {{now() - hours(1), now() + hours(1)}};
      return Declarations::declared(s, "daily-health", asked, today);
    });
  };
  using Said = std::vector<std::vector<bool>>;
  const Said apart{{false}, {false}, {true}, {false}}, as_one{{false}, {true}, {true}, {false}};
  EXPECT_EQ(declared(), apart);
  people::Duplicates duplicates(*db_, people_, geography(), access_, accounts_, vault_);
  for (const bool kept : {true, false}) {
    people::NewPersonMerge asked{kept ? an_ : desk, kept ? desk : an_, std::string("một người")};
    const auto merge = run(duplicates.merge(station_, asked));
    ASSERT_TRUE(merge) << merge.error().code;
    EXPECT_EQ(declared(), as_one) << "whichever is kept";
    ASSERT_TRUE(run(duplicates.undo(station_, merge->id, "hai người")));
    EXPECT_EQ(declared(), apart);
  }
}

TEST_P(DeclarationsTest, ACorrectionCountsAndWhatItCorrectsIsKept) {
  switch_on();
  Risk ill;
  ill.symptoms = true;
  const auto wrong = submitted(mother_, entry(ill));
  clock_.advance(hours(1));
  auto right = entry();
  right.corrects = wrong.id;
  const auto corrected = submitted(mother_, right);
  EXPECT_EQ(corrected.corrects, wrong.id);
  EXPECT_EQ(corrected.result.colour, Colour::kGreen);
  EXPECT_EQ(run(declarations_->valid_until(an_)), corrected.valid_until);

  const auto both = run(declarations_->of_person(mother_, {}, {}, 10));
  ASSERT_THAT(both->items, SizeIs(2)) << "the old one is kept";
  EXPECT_EQ(both->items[1].replaced_by, corrected.id);
  const auto list = run(declarations_->flagged(station_, {}, {}, 50));
  ASSERT_THAT(list->items, SizeIs(1));
  EXPECT_TRUE(list->items[0].replaced);
  const auto old = run(declarations_->find(station_, wrong.id));
  ASSERT_TRUE(old) << "officers see both";
  EXPECT_EQ(old->replaced_by, corrected.id);
  EXPECT_THAT(json::text(*old->response), HasSubstr("Sốt từ hôm qua"));
  EXPECT_EQ(run(declarations_->find(station_, corrected.id))->corrects, wrong.id);

  EXPECT_EQ(refusal(mother_, right), "declaration_replaced") << "versions make a line";
  right.corrects = corrected.id;
  EXPECT_EQ(refusal(mother_, right), "");
}

TEST_P(DeclarationsTest, ARedOneCorrectedNoLongerShortensWhatIsGreen) {
  switch_on();
  const auto journey = submitted(mother_, movement());
  Risk ill;
  ill.contact_case = true;
  const auto red = submitted(mother_, entry(ill));
  EXPECT_EQ(run(declarations_->valid_until(an_)), red.valid_until);
  auto right = entry();
  right.corrects = red.id;
  submitted(mother_, right);
  EXPECT_EQ(run(declarations_->valid_until(an_)), journey.valid_until);
}

TEST_P(DeclarationsTest, OnlyWhatIsTheirsIsCorrectedEvenWhenNothingIsAskedAnyLonger) {
  declarations_->set_place_unit([](PlaceId) { return std::optional<UnitId>(kInDaNang); });
  command::testing::switch_on(decisions_, command::Switch::kDeclarations, now(), kDaNang);
  auto there = entry();
  there.place = PlaceId{99};
  const auto made = submitted(mother_, there);
  auto right = entry();
  right.corrects = made.id;
  EXPECT_EQ(refusal(neighbour_, right), "not_found");
  right.person = child_;
  EXPECT_EQ(refusal(mother_, right), "not_found") << "of another person";
  right.person.reset();
  auto other_form = movement();
  other_form.corrects = made.id;
  EXPECT_EQ(refusal(mother_, other_form), "not_found") << "by another form";
  clock_.advance(hours(24 * 10));
  Risk ill;
  ill.contact_case = true;
  right.response = response({risk_group(ill)});
  right.at = now();
  ASSERT_EQ(refusal(mother_, right), "");
  EXPECT_THAT(run(declarations_->flagged(elsewhere_, {}, {}, 50))->items, SizeIs(1))
      << "it goes where the first one went";
}

TEST_P(DeclarationsTest, CorrectionsThatRaceLeaveOneLine) {
  switch_on();
  const auto made = submitted(mother_, entry());
  auto right = entry();
  right.corrects = made.id;
  boost::asio::io_context io(1);
  int taken = 0, refused = 0;
  for (int i = 0; i < 8; ++i)
    boost::asio::co_spawn(io.get_executor(),
                          counted(declarations_->submit(mother_, right, std::nullopt), taken, refused),
                          [](std::exception_ptr fault) {
                            if (fault) std::rethrow_exception(fault);
                          });
  io.run();
  EXPECT_EQ(taken, 1);
  EXPECT_EQ(refused, 7);
  EXPECT_EQ(count("SELECT count(*) FROM declarations_declaration"), 2);
}

TEST_P(DeclarationsTest, WhatWasGivenFreelyIsTakenBackWithAllItsVersions) {
  switch_on();
  command::testing::switch_on(decisions_, command::Switch::kDeclarations, now(), kQuangTri, "covid-19", "daily-health");
  const auto duty = submitted(mother_, entry());
  EXPECT_FALSE(duty.withdrawable);
  EXPECT_EQ(run(declarations_->withdraw(mother_, duty.id)).error().code, "not_withdrawable");

  const auto first = submitted(mother_, daily(now(), true));
  EXPECT_TRUE(first.withdrawable);
  auto again = daily(now());
  again.corrects = first.id;
  const auto second = submitted(mother_, again);
  EXPECT_EQ(run(declarations_->withdraw(neighbour_, second.id)).error().code, "not_found");
  EXPECT_EQ(run(declarations_->withdraw(station_, second.id)).error().code, "not_found");
  clock_.advance(hours(1));
  const auto gone = run(declarations_->withdraw(mother_, first.id));
  ASSERT_TRUE(gone) << gone.error().code;
  EXPECT_EQ(gone->withdrawn_at, now());
  EXPECT_EQ(count("SELECT count(*) FROM declarations_declaration"), 1) << "both versions are gone";
  EXPECT_EQ(run(declarations_->find(station_, second.id)).error().code, "not_found");
  EXPECT_EQ(run(declarations_->valid_until(an_)), duty.valid_until);
  EXPECT_EQ(run(declarations_->withdraw(mother_, first.id))->withdrawn_at, gone->withdrawn_at) << "said twice";
  EXPECT_THAT(store::testing::event_lines(*db_), Contains("declaration.withdrawn:" + std::to_string(second.id.value)));

  const auto proofs = run(declarations_->withdrawals(mother_, {}));
  ASSERT_THAT(*proofs, SizeIs(1));
  EXPECT_EQ(proofs->at(0).form, "daily-health");
  EXPECT_THAT(*run(declarations_->withdrawals(neighbour_, {})), IsEmpty());
  const auto job = declarations_->retention();
  clock_.advance(kProofKept - hours(1));
  db_->transact_now([&](store::Session& s) { job.run(s); });
  EXPECT_EQ(count("SELECT count(*) FROM declarations_withdrawal"), 1);
  clock_.advance(hours(2));
  db_->transact_now([&](store::Session& s) { job.run(s); });
  EXPECT_EQ(count("SELECT count(*) FROM declarations_withdrawal"), 0) << "the proof, too, has its time";
}

TEST_P(DeclarationsTest, JudgedAgainItIsTheSameUntilSomethingIsNotWhatItWas) {
  switch_on();
  Risk ill;
  ill.symptoms = true;
  ill.visited = true;
  const Declaration made = submitted(mother_, movement(ill));
  const auto again = run(declarations_->again(station_, made.id));
  ASSERT_TRUE(again) << again.error().code;
  EXPECT_TRUE(again->same) << json::text(*again);
  EXPECT_EQ(again->rule_set, made.result.rule_set);
  EXPECT_THAT(looks(), ElementsAre("declarations.read " + to_text(an_))) << "a look like any other";
  EXPECT_EQ(run(declarations_->again(elsewhere_, made.id)).error().code, "not_permitted");
  EXPECT_EQ(run(declarations_->again(station_, DeclarationId{1})).error().code, "not_found");

  db_->transact_now([](store::Session& s) {
    s.run(store::Query{"test.recolour", "UPDATE declarations_declaration SET colour = 'yellow'"});
  });
  const auto changed = run(declarations_->again(station_, made.id));
  ASSERT_TRUE(changed);
  EXPECT_FALSE(changed->same);
  EXPECT_THAT(changed->differs, ElementsAre(Differing::kColour));
}

TEST_P(DeclarationsTest, AServerWithAnotherFileUnderAKnownIdDoesNotStart) {
  declarations_->start();
  declarations_->start();
  EXPECT_EQ(count("SELECT count(*) FROM declarations_rule_set"),
            static_cast<std::int64_t>(declarations_->catalogue().documents().size()));
  db_->transact_now([](store::Session& s) {
    s.run(store::Query{"test.other", "UPDATE declarations_rule_set SET digest = 'x' WHERE id = 'entry|2021-03-01'"});
  });
  try {
    declarations_->start();
    FAIL() << "started";
  } catch (const store::StartError& e) {
    EXPECT_THAT(e.what(), HasSubstr("the form entry|2021-03-01 is not what it was"));
    EXPECT_THAT(e.what(), HasSubstr("2026-11-20"));
    EXPECT_THAT(e.what(), HasSubstr("goes into a new file"));
  }
}

TEST_P(DeclarationsTest, DeclaringForAnAdultShowsNothingElseOfThatPerson) {
  switch_on();
  auto for_father = entry();
  for_father.person = father_;
  const auto mine = submitted(mother_, for_father);
  const auto stations = submitted(station_, for_father);
  auto for_child = entry();
  for_child.person = child_;
  const auto childs = submitted(station_, for_child);

  const auto listed = run(declarations_->of_person(mother_, {.person = father_, .answers = true}, {}, 10));
  ASSERT_THAT(listed->items, SizeIs(1)) << "what she said herself";
  EXPECT_EQ(listed->items[0].id, mine.id);
  EXPECT_TRUE(run(declarations_->find(mother_, mine.id)));
  EXPECT_EQ(run(declarations_->find(mother_, stations.id)).error().code, "adults_own_affair");
  EXPECT_TRUE(run(declarations_->find(mother_, childs.id))) << "children act through those who represent them";
  EXPECT_THAT(run(declarations_->of_person(mother_, {.person = child_}, {}, 10))->items, SizeIs(1));
  for_father.corrects = stations.id;
  EXPECT_EQ(refusal(mother_, for_father), "not_found");
}

INSTANTIATE_TEST_SUITE_P(Engines, DeclarationsTest, store::testing::engines(), store::testing::engine_name);

}  // namespace
}  // namespace luytre::declarations

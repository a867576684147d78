// Checks at home by the form of each disease's file.

#include "modules/quarantine/checks.h"
#include "modules/quarantine/quarantine_fixture.h"

namespace luytre::quarantine {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// The morning of 24 November 2026, when every shipped disease has a form; a case of each is isolated at home.
class ChecksOfDiseasesTest : public QuarantineTest {
 protected:
  ChecksOfDiseasesTest() {
    world_.clock.set(clock("06:00"));
    referrals_.set_alerts(
        [this](store::Session& s, referrals::SubjectId subject) { return room_.alert(s, AlertId{subject.value}); });
    declarations_.set_ordered([this](store::Session& s, PersonId person, std::string_view form, Instant at) {
      return room_.asked(s, person, form, at);
    });
    followers_.add(room_.follow());
    followers_.add(referrals_.follow());
  }

  static Instant clock(const std::string& time, const char* day = "2026-11-24") {
    return *parse_instant(std::string(day) + 'T' + time + ":00+07:00");
  }
  void look(Instant at) {
    world_.clock.set(at);
    const auto job = room_.watch();
    world_.db->transact_now([&](store::Session& s) { job.run(s); });
    followers_.drain();
  }
  Order isolated(PersonId person, const std::string& disease) {
    cases::NewCase request;
    request.person = person;
    request.disease = disease;
    const auto made = run(cases_.report(province_, std::move(request)));
    if (!made) throw std::runtime_error(disease + " refused: " + made.error().code);
    return running(isolation(made->id, "2026-12-01"));
  }
  Checks checks(const Order& order) { return run(room_.find(station_, order.id))->checks.value_or(Checks{}); }
  // Of what stations were told, the reasons about this person.
  std::vector<std::string> told(PersonId person) {
    std::vector<std::string> out;
    const auto page = run(referrals_.list(station_, {}, {}, 100));
    for (const auto& one : page->items)
      if (one.person && one.person->id == person)
        for (const auto& reason : one.reasons) out.push_back(reason.code);
    return out;
  }
  // A day of somebody well, but for one sign.
  Result<declarations::Declaration> check_in(PersonId person, const Order& order, const std::string& sign = {}) {
    const auto& dated = *declarations_.catalogue().in_force(checks(order).form, local_date(now()));
    const forms::Item& group = dated.form.items.at(0);
    json::Array items;
    for (const forms::Item& item : group.items) {
      if (!item.required) continue;
      json::Object value{{"valueBoolean", item.link_id == sign}};
      if (item.link_id == "at-place") value = {{"valueBoolean", true}};
      if (item.link_id == "course") value = {{"valueCoding", json::Object{{"code", "same"}}}};
      if (item.link_id == "needs") value = {{"valueCoding", json::Object{{"code", "nothing"}}}};
      items.push_back(json::Object{{"linkId", item.link_id}, {"answer", json::Array{std::move(value)}}});
    }
    declarations::NewDeclaration out;
    out.form = dated.form.id;
    out.version = dated.form.version;
    out.at = now();
    out.response =
        json::Object{{"resourceType", "QuestionnaireResponse"},
                     {"status", "completed"},
                     {"item", json::Array{json::Object{{"linkId", group.link_id}, {"item", std::move(items)}}}}};
    auto done = run(declarations_.submit(callers_.at(person), std::move(out), std::nullopt));
    followers_.drain();
    return done;
  }

  referrals::Referrals referrals_{
      {*world_.db, declarations_, world_.people, visits::testing::geography(), world_.house->access, world_.vault}};
};

TEST_P(ChecksOfDiseasesTest, OfEveryDiseaseAnOrderAtHomeHasWindowsAndAMissedOneIsTold) {
  std::map<std::string, std::pair<PersonId, Order>> kept;
  for (const auto& disease : diseases().all()) {
    const PersonId an = person("Nguyễn Thị An " + std::to_string(kept.size()));
    kept.emplace(disease.id, std::pair(an, isolated(an, disease.id)));
  }
  for (const auto& [disease, of] : kept) {
    SCOPED_TRACE(disease);
    const auto own = mine(of.first);
    ASSERT_THAT(own, SizeIs(1));
    ASSERT_TRUE(own[0].checks);
    EXPECT_THAT(own[0].checks->today, SizeIs(disease == "covid-19" ? 3 : 2));
    EXPECT_EQ(own[0].checks->today[0].from, clock("08:00"));
  }
  look(clock("12:59"));
  for (const auto& [disease, of] : kept) EXPECT_THAT(told(of.first), IsEmpty()) << disease << ": the grace";
  look(clock("13:00"));
  for (const auto& [disease, of] : kept) {
    EXPECT_THAT(told(of.first), ElementsAre("check-missed")) << disease;
    EXPECT_EQ(checks(of.second).strip.at(0).state, CheckState::kMissed) << disease;
  }
}

TEST_P(ChecksOfDiseasesTest, WhatIsDeclaredByItAnswersTheWindow) {
  world_.clock.set(clock("08:30"));
  const std::map<std::string, std::string> signs{
      {"cholera", "watery"},          {"covid-19", "fever"},         {"dengue", "mucosa"}, {"diphtheria", "membrane"},
      {"hand-foot-mouth", "startle"}, {"influenza-a-h5n1", "cough"}, {"measles", "rash"},  {"mpox", "blisters"}};
  for (const auto& disease : diseases().all()) {
    SCOPED_TRACE(disease.id);
    const PersonId well = person("Lê Văn " + disease.id), ill = person("Trần Thị " + disease.id);
    const Order of_well = isolated(well, disease.id), of_ill = isolated(ill, disease.id);
    const auto green = check_in(well, of_well);
    ASSERT_TRUE(green) << code(green);
    const auto flagged = check_in(ill, of_ill, signs.at(disease.id));
    ASSERT_TRUE(flagged) << code(flagged);
    EXPECT_EQ(checks(of_well).strip.at(0).state, CheckState::kDone);
    EXPECT_FALSE(checks(of_well).strip.at(0).symptoms);
    EXPECT_EQ(checks(of_well).strip.at(0).colour, forms::Colour::kGreen);
    EXPECT_EQ(checks(of_ill).strip.at(0).state, CheckState::kDone);
    EXPECT_TRUE(checks(of_ill).strip.at(0).symptoms);
    EXPECT_THAT(told(well), IsEmpty());
    EXPECT_THAT(told(ill), SizeIs(1)) << "the declaration";
  }
}

TEST_P(ChecksOfDiseasesTest, ACallMayBeAskedFor) {
  for (const auto& disease : diseases().all()) {
    const PersonId an = person("Nguyễn Thị An " + disease.id);
    const Order made = isolated(an, disease.id);
    const auto asked = run(room_.ask_call(callers_.at(an), made.id));
    ASSERT_TRUE(asked) << disease.id << ' ' << code(asked);
    followers_.drain();
    EXPECT_THAT(told(an), ElementsAre("check-call")) << disease.id;
  }
}

TEST_P(ChecksOfDiseasesTest, AnOrderThatIsOlderThanTheFormIsAskedFromThatDayOn) {
  world_.clock.set(clock("06:00", "2026-11-21"));
  const PersonId an = person("Nguyễn Thị An");
  const Order made = isolated(an, "measles");
  look(clock("13:00", "2026-11-21"));
  EXPECT_THAT(told(an), IsEmpty());
  EXPECT_FALSE(run(room_.find(station_, made.id))->checks) << "no form yet";
  for (const char* day : {"2026-11-22", "2026-11-23"}) look(clock("00:00", day));
  EXPECT_THAT(mine(an)[0].checks->today, SizeIs(2));
  look(clock("13:00", "2026-11-23"));
  EXPECT_THAT(told(an), ElementsAre("check-missed"));
}

INSTANTIATE_TEST_SUITE_P(Engines, ChecksOfDiseasesTest, store::testing::engines(), store::testing::engine_name);

}  // namespace
}  // namespace luytre::quarantine

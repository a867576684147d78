// What contacts of another disease than COVID-19 declare by the form of its file.

#include "modules/followup/followup_fixture.h"

namespace luytre::followup {
namespace {

using ::testing::SizeIs;

// The morning of 24 November 2026. An F1 of measles, met the morning before, is followed for 21 days.
class DeclaredTest : public FollowUpTest {
 protected:
  DeclaredTest() {
    world_.clock.set(*parse_instant("2026-11-24T02:00:00Z"));
    command::testing::switch_on(world_.decisions, command::Switch::kTracing, now(), {}, "measles");
    command::testing::switch_on(world_.decisions, command::Switch::kDeclarations, now(), {}, "measles",
                                "daily-measles");
  }

  PersonId contact_of_measles(const std::string& name) {
    const PersonId sick = person("Trần Văn Ca"), met = person(name);
    const auto morning_before = now() - std::chrono::hours(24);
    meet(sick, met,
         static_cast<int>(std::chrono::duration_cast<std::chrono::minutes>(morning_before - minute(0)).count()));
    cases::NewCase request;
    request.person = sick;
    request.disease = std::string("measles");
    case_ = run(cases_.report(province_, std::move(request)))->id;
    cases::Confirmation positive;
    positive.onset = local_date(morning_before);
    positive.sample_at = now() - std::chrono::hours(12);
    positive.result_at = now() - std::chrono::minutes(10);
    confirm(case_, positive);
    assign(case_, met);
    return met;
  }

  Result<declarations::Declaration> declare_measles(PersonId person, const std::string& sign,
                                                    const std::string& course = "same") {
    json::Array items;
    const auto add = [&](const std::string& link, json::Object value) {
      items.push_back(json::Object{{"linkId", link}, {"answer", json::Array{std::move(value)}}});
    };
    add("course", {{"valueCoding", json::Object{{"code", course}}}});
    for (const char* one : {"fever", "cough", "nose", "eyes", "rash", "breath", "convulsion", "drowsy", "drink"})
      add(one, {{"valueBoolean", one == sign}});
    add("needs", {{"valueCoding", json::Object{{"code", "nothing"}}}});
    declarations::NewDeclaration out;
    out.form = std::string("daily-measles");
    out.version = std::string("2026-11-23");
    out.at = now();
    out.response = json::Object{{"resourceType", "QuestionnaireResponse"},
                                {"status", "completed"},
                                {"item", json::Array{json::Object{{"linkId", "today"}, {"item", std::move(items)}}}}};
    auto made = run(declarations_.submit(callers_.at(person), std::move(out), std::nullopt));
    followers_.drain();
    return made;
  }
};

TEST_P(DeclaredTest, ASymptomOfMeaslesCountsInFollowUp) {
  const PersonId an = contact_of_measles("Nguyễn Thị An");
  EXPECT_EQ(of(an).last_day, day("2026-12-14"));
  const auto made = declare_measles(an, "rash");
  ASSERT_TRUE(made) << code(made);
  EXPECT_EQ(first_days(of(an), 2), "symptoms later ");
}

TEST_P(DeclaredTest, ASignOfDangerIsASymptomWhateverItsRuleIsCalled) {
  const PersonId an = contact_of_measles("Nguyễn Thị An");
  const auto made = declare_measles(an, "convulsion");
  ASSERT_TRUE(made) << code(made);
  ASSERT_THAT(made->result.reasons, SizeIs(1));
  EXPECT_EQ(made->result.reasons[0].code, "danger-signs");
  EXPECT_EQ(first_days(of(an), 1), "symptoms ");
}

TEST_P(DeclaredTest, ToFeelWorseIsNoSymptomAndAnswersTheDay) {
  const PersonId an = contact_of_measles("Nguyễn Thị An");
  const auto made = declare_measles(an, "", "worse");
  ASSERT_TRUE(made) << code(made);
  EXPECT_EQ(made->result.colour, forms::Colour::kYellow);
  EXPECT_EQ(first_days(of(an), 1), "none ");
  until("2026-11-25");
  ASSERT_TRUE(declare_measles(an, ""));
  EXPECT_EQ(first_days(of(an), 2), "none none ");
}

TEST_P(DeclaredTest, TheFormOfAnotherDiseaseAnswersNothing) {
  const PersonId an = contact_of_measles("Nguyễn Thị An");
  command::testing::switch_on(world_.decisions, command::Switch::kDeclarations, now(), {}, "covid-19", "daily-health");
  declare(an, true);
  EXPECT_EQ(first_days(of(an), 1), "due ");
}

INSTANTIATE_TEST_SUITE_P(Engines, DeclaredTest, store::testing::engines(), store::testing::engine_name);

}  // namespace
}  // namespace luytre::followup

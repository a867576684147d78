#include "modules/laboratory/reports.h"

#include "modules/laboratory/laboratory_fixture.h"
#include "modules/laboratory/overturned.h"

namespace luytre::laboratory {
namespace {

using json::Array;
using json::Object;

// What a laboratory's system says of one tube.
struct Said {
  std::string identifier = "R-1";
  std::string tube = "T-1";
  std::string outcome = "260373001";  // detected
  std::string status = "final";
  std::string loinc = "94500-6";
};
constexpr const char* kNotDetected = "260415000";

class LaboratoryReportsTest : public LaboratoryTest {
 protected:
  Object resource(const Said& said) const {
    const auto concept_of = [](const char* system, const std::string& code) {
      return Object{{"coding", Array{Object{{"system", system}, {"code", code}}}}};
    };
    const Object observation{{"resourceType", "Observation"},
                             {"id", "o"},
                             {"status", "final"},
                             {"code", concept_of("http://loinc.org", said.loinc)},
                             {"valueCodeableConcept", concept_of("http://snomed.info/sct", said.outcome)}};
    const Object specimen{
        {"resourceType", "Specimen"}, {"id", "s"}, {"identifier", Array{Object{{"value", said.tube}}}}};
    return {{"resourceType", "DiagnosticReport"},
            {"identifier", Array{Object{{"system", "urn:lis"}, {"value", said.identifier}}}},
            {"meta", Object{{"lastUpdated", to_text(now())}}},
            {"status", said.status},
            {"code", concept_of("http://loinc.org", said.loinc)},
            {"issued", to_text(issued_.value_or(now()))},
            {"subject", Object{{"display", "Ai đó khác"}}},
            {"contained", Array{specimen, observation}},
            {"specimen", Array{Object{{"reference", "#s"}}}},
            {"result", Array{Object{{"reference", "#o"}}}}};
  }
  std::string message(const std::vector<Said>& all) const {
    Array entries;
    for (const Said& said : all) entries.push_back(Object{{"resource", resource(said)}});
    return json::text(Object{{"resourceType", "Bundle"}, {"type", "message"}, {"entry", std::move(entries)}});
  }
  std::vector<std::string> answers(const Result<OperationOutcome>& outcome) {
    std::vector<std::string> out;
    const auto told = must(outcome);
    for (const auto& issue : told.issue) out.push_back(issue.details.coding.front().code);
    return out;
  }
  std::vector<std::string> hand_over(LaboratoryId to, const std::vector<Said>& all) {
    return answers(run(room_.take_message(system_, to, message(all))));
  }
  std::vector<std::string> sent_again(LaboratoryId to, const std::string& text) {
    return answers(run(room_.take_message(system_, to, text)));
  }
  TestResult standing(LaboratoryId at, const std::string& tube) {
    const auto seen = must(room_.look(province_, at, {tube}));
    for (const auto& one : seen.results)
      if (!one.replaced_by) return one;
    throw std::runtime_error("no result stands");
  }

  Caller system_ = officer(Role::kIntegrator, kQuangTri, 9301);
  std::optional<Instant> issued_;  // absent: now
};

TEST_P(LaboratoryReportsTest, AMessageIsJudgedReportByReportAndUnknownTubesBlockNothing) {
  const LaboratoryId at = sent({{"T-1", somebody()}, {"T-2", somebody()}});
  Said unknown{"R-3", "X-9", kNotDetected};
  Said odd{"R-4", "T-2", "1"};
  const auto text =
      message({{}, {"R-2", "T-2", kNotDetected}, unknown, odd, {"R-5", "T-1", kNotDetected, "preliminary"}});
  const auto outcome = must(room_.take_message(system_, at, text));
  EXPECT_THAT(answers(outcome), ElementsAre("taken", "taken", "tube_unknown", "outcome_unknown", "waiting"));
  EXPECT_EQ(outcome.issue[0].severity, "information");
  EXPECT_EQ(outcome.issue[0].diagnostics, "T-1 pcr");
  EXPECT_EQ(outcome.issue[2].severity, "warning");
  EXPECT_EQ(outcome.issue[2].code, "not-found");
  EXPECT_EQ(outcome.issue[3].severity, "error");
  EXPECT_THAT(outcome.issue[2].expression, ElementsAre("Bundle.entry[2].resource"));
  EXPECT_EQ(standing(at, "T-1").outcome, Outcome::kPositive);
  EXPECT_EQ(standing(at, "T-1").recorder, system_.name) << "from where it is";
  const auto apart = must(room_.see(province_, at)).unmatched;
  ASSERT_THAT(apart, SizeIs(1));
  EXPECT_EQ(apart.front().tube, "X-9");
  EXPECT_THAT(positives(province_), SizeIs(1)) << "offered like any other";

  EXPECT_THAT(sent_again(at, text), ElementsAre("same", "same", "same", "outcome_unknown", "waiting"));
  EXPECT_EQ(count("SELECT count(*) FROM laboratory_result"), 2);
  EXPECT_EQ(count("SELECT count(*) FROM laboratory_unmatched"), 1);
  EXPECT_EQ(count("SELECT count(*) FROM laboratory_report"), 3);
}

TEST_P(LaboratoryReportsTest, AnotherResultNeedsACorrectionByTheReportThatSaidIt) {
  const LaboratoryId at = sent({{"T-1", somebody()}});
  EXPECT_THAT(hand_over(at, {{}}), ElementsAre("taken"));
  world_.clock.advance(minutes(5));
  EXPECT_THAT(hand_over(at, {{"R-1", "T-1", kNotDetected}}), ElementsAre("result_stands")) << "final, and otherwise";
  EXPECT_THAT(hand_over(at, {{"R-2", "T-1", kNotDetected, "corrected"}}), ElementsAre("result_stands"))
      << "another report's";
  const Caller other = [] {
    Caller out = officer(Role::kIntegrator, kQuangTri, 9302);
    out.name = "Phòng khám khác";
    return out;
  }();
  const auto foreign = run(room_.take_message(other, at, message({{"R-1", "T-1", kNotDetected, "corrected"}})));
  EXPECT_THAT(answers(foreign), ElementsAre("result_stands")) << "another institution's";
  EXPECT_EQ(standing(at, "T-1").outcome, Outcome::kPositive);

  EXPECT_THAT(hand_over(at, {{"R-1", "T-1", kNotDetected, "corrected"}}), ElementsAre("taken"));
  EXPECT_EQ(standing(at, "T-1").outcome, Outcome::kNegative);
  EXPECT_TRUE(standing(at, "T-1").reason);
  EXPECT_THAT(positives(province_), IsEmpty());
}

TEST_P(LaboratoryReportsTest, WhatIsRepeatedOrComesLateUndoesNoCorrection) {
  const LaboratoryId at = sent({{"T-1", somebody()}});
  const auto early = message({{"R-1", "T-1", kNotDetected, "corrected"}});
  world_.clock.advance(minutes(5));
  const auto first = message({{}});
  world_.clock.advance(minutes(5));
  const auto second = message({{"R-1", "T-1", kNotDetected, "corrected"}});
  world_.clock.advance(minutes(5));
  const auto third = message({{"R-1", "T-1", "260373001", "corrected"}});
  EXPECT_THAT(sent_again(at, first), ElementsAre("taken"));
  EXPECT_THAT(sent_again(at, second), ElementsAre("taken"));
  EXPECT_THAT(sent_again(at, first), ElementsAre("same"));
  EXPECT_EQ(standing(at, "T-1").outcome, Outcome::kNegative);
  EXPECT_THAT(sent_again(at, third), ElementsAre("taken"));
  EXPECT_THAT(sent_again(at, second), ElementsAre("same")) << "its time has passed";
  EXPECT_THAT(sent_again(at, early), ElementsAre("outdated"));
  EXPECT_EQ(standing(at, "T-1").outcome, Outcome::kPositive);
}

TEST_P(LaboratoryReportsTest, AWithdrawnPositiveIsOfferedNoMoreAndItsCaseStaysTheOfficers) {
  const Caller an = citizen(3001);
  const LaboratoryId at = sent({{"T-1", world_.person(an, people::Relation::kSelf)}});
  hand_over(at, {{}});
  const auto made = must(room_.make_case(province_, standing(at, "T-1").id));
  world_.clock.advance(minutes(5));
  EXPECT_THAT(hand_over(at, {{"R-1", "T-1", "", "entered-in-error"}}), ElementsAre("withdrawn"));
  EXPECT_EQ(standing(at, "T-1").outcome, Outcome::kInvalid);
  EXPECT_EQ(mine(an).front().outcome, Outcome::kInvalid);
  EXPECT_THAT(positives(province_), IsEmpty());
  const auto results = must(room_.tubes(world_.station, last_session_)).items.front().results;
  EXPECT_EQ(results.front().case_id, made.id) << "marked";
  const auto overturned = overturned_for(world_.station);
  ASSERT_THAT(overturned, SizeIs(1));
  EXPECT_EQ(overturned.front().id, made.id);
  EXPECT_EQ(overturned.front().tube, "T-1");
  EXPECT_EQ(overturned.front().now, Outcome::kInvalid);
  EXPECT_EQ(overturned.front().since, now());
  EXPECT_THAT(overturned_for(far_), IsEmpty());
  EXPECT_EQ(code(run(room_.overturned(system_, {}, {}, kShown))), "not_permitted");
  EXPECT_EQ(must(cases_.find(province_, made.id)).classification, cases::Classification::kConfirmed);
  // The test is made anew, under a report of its own.
  world_.clock.advance(hours(1));
  EXPECT_THAT(hand_over(at, {{"R-2", "T-1", kNotDetected}}), ElementsAre("taken"));
  EXPECT_EQ(standing(at, "T-1").outcome, Outcome::kNegative);
  EXPECT_EQ(overturned_for(province_).front().now, Outcome::kNegative);
  auto kase = must(cases_.find(province_, made.id));
  must(cases_.undo(province_, made.id, {std::string("Phòng xét nghiệm báo nhầm")}, kase.version));
  EXPECT_THAT(overturned_for(province_), IsEmpty()) << "undone";
  world_.clock.advance(hours(1));
  EXPECT_THAT(hand_over(at, {{"R-2", "T-1", "260373001", "corrected"}}), ElementsAre("taken"));
  EXPECT_THAT(positives(province_), SizeIs(1)) << "and positive again: offered anew";
}

TEST_P(LaboratoryReportsTest, ACaseThatAnotherPositiveBearsOutIsNotOverturned) {
  const PersonId an = somebody();
  const LaboratoryId at = sent({{"T-1", an}, {"T-2", an}});
  hand_over(at, {{}, {"R-2", "T-2"}});
  const auto offered = positives(province_);
  for (const auto& one : offered) must(room_.make_case(province_, one.id));
  world_.clock.advance(minutes(5));
  hand_over(at, {{"R-1", "T-1", "", "entered-in-error"}});
  EXPECT_THAT(overturned_for(province_), IsEmpty());
  Removal why;
  why.reason = std::string("Quét nhầm người");
  const auto tubes = must(room_.tubes(world_.station, last_session_)).items;
  must(room_.remove(world_.station, tubes.back().samples.front().id, why));
  const auto overturned = overturned_for(province_);
  ASSERT_THAT(overturned, SizeIs(1)) << "one case, though two results made it";
  EXPECT_EQ(overturned.front().person.id, an);
  world_.clock.advance(minutes(5));
  hand_over(at, {{"R-1", "T-1", "260373001", "corrected"}});
  EXPECT_THAT(overturned_for(province_), IsEmpty()) << "withdrawn by mistake";
}

TEST_P(LaboratoryReportsTest, ACorrectionThatNamesAnotherTubeTakesTheFirstBack) {
  const PersonId an = somebody();
  const LaboratoryId at = sent({{"T-1", an}, {"T-2", somebody()}});
  hand_over(at, {{}});
  world_.clock.advance(minutes(5));
  EXPECT_THAT(hand_over(at, {{"R-1", "T-2", "260373001", "corrected"}}), ElementsAre("taken"));
  EXPECT_EQ(standing(at, "T-1").outcome, Outcome::kInvalid);
  EXPECT_EQ(standing(at, "T-2").outcome, Outcome::kPositive);
  const auto offered = positives(province_);
  ASSERT_THAT(offered, SizeIs(1));
  EXPECT_NE(offered.front().person.id, an);
}

TEST_P(LaboratoryReportsTest, WhatIsKeptApartIsCorrectedAndWithdrawnToo) {
  const LaboratoryId at = laboratory();
  const SessionId late = session();
  must(sample(late, "T-1", somebody()));
  EXPECT_THAT(hand_over(at, {{}, {"R-2", "X-9"}}), ElementsAre("tube_unknown", "tube_unknown"));
  world_.clock.advance(minutes(5));
  hand_over(at, {{"R-1", "T-1", kNotDetected, "corrected"}, {"R-2", "X-9", "", "cancelled"}});
  const auto apart = must(room_.see(province_, at)).unmatched;
  ASSERT_THAT(apart, SizeIs(1));
  EXPECT_EQ(apart.front().outcome, Outcome::kNegative);
  must(send(late, at, 1));
  EXPECT_EQ(standing(at, "T-1").outcome, Outcome::kNegative);
  world_.clock.advance(minutes(5));
  EXPECT_THAT(hand_over(at, {{"R-1", "T-1", "419984006", "corrected"}}), ElementsAre("taken"))
      << "by the report that was kept apart";
  EXPECT_EQ(standing(at, "T-1").outcome, Outcome::kInconclusive);
}

TEST_P(LaboratoryReportsTest, OfTwoReportsThatKeepTheSameApartOneIsWithdrawnAndTheOtherStays) {
  const LaboratoryId at = laboratory();
  const SessionId late = session();
  must(sample(late, "T-1", somebody()));
  issued_ = now();
  EXPECT_THAT(hand_over(at, {{}, {"R-2"}}), ElementsAre("tube_unknown", "tube_unknown"));
  EXPECT_THAT(must(room_.see(province_, at)).unmatched, SizeIs(2));
  world_.clock.advance(minutes(5));
  EXPECT_THAT(hand_over(at, {{"R-1", "T-1", "", "cancelled"}}), ElementsAre("withdrawn"));
  EXPECT_THAT(must(room_.see(province_, at)).unmatched, SizeIs(1));
  EXPECT_THAT(hand_over(at, {{"R-3"}, {"R-4"}}), ElementsAre("tube_unknown", "tube_unknown"));
  must(send(late, at, 1));
  EXPECT_THAT(must(room_.see(province_, at)).unmatched, SizeIs(0));
  EXPECT_EQ(standing(at, "T-1").outcome, Outcome::kPositive);
  EXPECT_EQ(count("SELECT count(*) FROM laboratory_result"), 1);
}

TEST_P(LaboratoryReportsTest, WhatIsKeptApartIsOfTheDiseaseItsCodeSpeaksOf) {
  const LaboratoryId at = laboratory();
  EXPECT_THAT(hand_over(at, {{"R-1", "M-1"}}), ElementsAre("tube_unknown"));
  NewSession asked;
  asked.unit = kHaiLang;
  asked.disease = std::string("measles");
  asked.specimen = std::string("oropharyngeal");
  asked.pool_most = 1;
  const SessionId measles = must(room_.open(world_.station, std::move(asked))).id;
  must(sample(measles, "M-1", somebody()));
  must(send(measles, at, 1));
  const auto apart = must(room_.see(province_, at)).unmatched;
  ASSERT_THAT(apart, SizeIs(1));
  EXPECT_EQ(code(run(room_.settle(province_, apart.front().id, {std::string("M-1")}))), "disease_differs");
  EXPECT_EQ(count("SELECT count(*) FROM laboratory_result"), 0);
}

TEST_P(LaboratoryReportsTest, AClockThatIsAheadStopsNoCorrection) {
  const LaboratoryId at = sent({{"T-1", somebody()}});
  Object ahead = resource({});
  ahead["meta"].as_object()["lastUpdated"] = to_text(now() + hours(48));
  EXPECT_THAT(sent_again(at, json::text(ahead)), ElementsAre("taken"));
  world_.clock.advance(minutes(5));
  EXPECT_THAT(hand_over(at, {{"R-1", "T-1", kNotDetected, "corrected"}}), ElementsAre("taken"));
}

// ---- against doubling ----

TEST_P(LaboratoryReportsTest, TheSameTubeTwiceInAMessageIsOneResult) {
  const LaboratoryId at = sent({{"T-1", somebody()}});
  EXPECT_THAT(
      hand_over(at,
                {{}, {"R-2", "t-1"}, {"R-3", "T-1", kNotDetected}, {"R-4", "T-1", kNotDetected, "final", "94558-4"}}),
      ElementsAre("taken", "same", "result_stands", "taken"))
      << "another method's is another result";
  EXPECT_EQ(count("SELECT count(*) FROM laboratory_result"), 2);
}

TEST_P(LaboratoryReportsTest, APoolIsNobodysPositiveAndTheLaterOneOfEachDecides) {
  const Caller an = citizen(3001), binh = citizen(3002);
  const PersonId ill = world_.person(an, people::Relation::kSelf), well = world_.person(binh, people::Relation::kSelf);
  const LaboratoryId pool = sent({{"P-1", ill}, {"P-1", well}}, 5);
  EXPECT_THAT(hand_over(pool, {{"R-1", "P-1"}}), ElementsAre("taken"));
  EXPECT_THAT(to_sample_again(world_.station), SizeIs(2));
  EXPECT_THAT(positives(province_), IsEmpty());
  world_.clock.advance(hours(2));
  const SessionId alone = session();
  must(sample(alone, "S-1", ill));
  must(sample(alone, "S-2", well));
  EXPECT_THAT(to_sample_again(world_.station), IsEmpty());
  must(send(alone, pool, 2));
  EXPECT_THAT(hand_over(pool, {{"R-2", "S-1"}, {"R-3", "S-2", kNotDetected}}), ElementsAre("taken", "taken"));
  const auto offered = positives(province_);
  ASSERT_THAT(offered, SizeIs(1));
  EXPECT_EQ(offered.front().person.id, ill);
  EXPECT_EQ(mine(an).front().outcome, Outcome::kPositive);
  EXPECT_EQ(mine(binh).front().outcome, Outcome::kNegative);
  EXPECT_EQ(mine(binh).back().state, OwnState::kRepeat) << "of the pool it says no more than before";

  // The person is sampled once more, and positive again: it is the same case.
  const auto made = must(room_.make_case(province_, offered.front().id));
  world_.clock.advance(hours(24));
  const SessionId third = session();
  must(sample(third, "S-3", ill));
  must(send(third, pool, 1));
  hand_over(pool, {{"R-4", "S-3"}});
  const auto again = positives(province_);
  ASSERT_THAT(again, SizeIs(1));
  const auto same = must(room_.make_case(province_, again.front().id));
  EXPECT_EQ(same.id, made.id);
  EXPECT_TRUE(same.confirmed_before);
  // Withdrawing the pool's result leaves what each was found to be.
  EXPECT_THAT(hand_over(pool, {{"R-1", "P-1", "", "entered-in-error"}}), ElementsAre("withdrawn"));
  EXPECT_EQ(standing(pool, "S-1").outcome, Outcome::kPositive);
}

TEST_P(LaboratoryReportsTest, ACodeOfAnotherDiseaseOrAnOddTimeIsRefused) {
  NewSession asked;
  asked.unit = kHaiLang;
  asked.disease = std::string("measles");
  asked.specimen = std::string("oropharyngeal");
  asked.pool_most = 1;
  const SessionId measles = must(room_.open(world_.station, std::move(asked))).id;
  must(sample(measles, "M-1", somebody()));
  const LaboratoryId at = laboratory();
  must(send(measles, at, 1));
  EXPECT_THAT(hand_over(at, {{"R-1", "M-1"}}), ElementsAre("disease_differs"));
  EXPECT_THAT(hand_over(at, {{"R-1", "M-1", kNotDetected, "final", "LP6464-4"}}), ElementsAre("taken"));
  issued_ = now() + hours(1);
  EXPECT_THAT(hand_over(at, {{"R-2", "X-1"}}), ElementsAre("time_in_future"));
  issued_ = now() - hours(1);
  EXPECT_THAT(hand_over(at, {{"R-3", "M-1", "260373001", "final", "LP6464-4"}}), ElementsAre("before_sample"));
}

TEST_P(LaboratoryReportsTest, AKeyHandsOverInItsAreaAndReadsNothing) {
  const LaboratoryId at = sent({{"T-1", somebody()}});
  const Caller elsewhere = officer(Role::kIntegrator, kDaNang, 9303);
  for (const Caller& other : {elsewhere, world_.station, far_, citizen(1001), officer(Role::kCommander)})
    EXPECT_EQ(code(run(room_.take_message(other, at, message({{}})))), "not_permitted");
  EXPECT_EQ(code(run(room_.see(system_, at))), "not_permitted");
  EXPECT_EQ(code(run(room_.look(system_, at, {std::string("T-1")}))), "not_permitted");
  EXPECT_EQ(code(run(room_.list(system_, at, std::string(kHead) + "T-1,PCR,negative,,2026-03-02\r\n"))),
            "not_permitted");
  EXPECT_EQ(code(run(room_.positives(system_, {}, {}, kShown))), "not_permitted");
  const auto logged = [&] {
    return count("SELECT count(*) FROM identity_access WHERE action = 'laboratory.work' AND role = 'integrator'");
  };
  EXPECT_EQ(logged(), 0);
  hand_over(at, {{}});
  EXPECT_EQ(logged(), 1) << "each message";
  EXPECT_TRUE(run(room_.take_message(province_, at, message({{}})))) << "an officer has the file on a stick";
}

TEST_P(LaboratoryReportsTest, ThatAReportWasTakenIsForgottenWithItsResults) {
  const LaboratoryId at = sent({{"T-1", somebody()}});
  hand_over(at, {{}});
  const auto job = room_.retention();
  world_.clock.advance(kKept + hours(1));
  world_.db->transact_now([&](store::Session& s) { job.run(s); });
  EXPECT_EQ(count("SELECT count(*) FROM laboratory_report"), 0);
  EXPECT_EQ(count("SELECT count(*) FROM laboratory_result"), 0);
}

INSTANTIATE_TEST_SUITE_P(Engines, LaboratoryReportsTest, store::testing::engines(), store::testing::engine_name);

}  // namespace
}  // namespace luytre::laboratory

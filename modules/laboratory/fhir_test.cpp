#include "modules/laboratory/fhir.h"

#include "modules/laboratory/laboratory_fixture.h"

namespace luytre::laboratory::fhir {
namespace {

using json::Array;
using json::Object;

Object concept_of(const char* system, const char* code) {
  return {{"coding", Array{Object{{"system", system}, {"code", code}}}}};
}
Object loinc(const char* code) {
  return concept_of("http://loinc.org", code);
}
Object snomed(const char* code) {
  return concept_of("http://snomed.info/sct", code);
}
constexpr const char* kDetected = "260373001";
constexpr const char* kNotDetected = "260415000";

Object observation(const char* id, Object code, const char* outcome) {
  return {{"resourceType", "Observation"},
          {"id", id},
          {"status", "final"},
          {"code", std::move(code)},
          {"valueCodeableConcept", snomed(outcome)}};
}
Object reference(const char* to) {
  return {{"reference", to}};
}

// A report of one tube with these contained Observations.
Object report(std::vector<Object> observations) {
  Array contained{Object{{"resourceType", "Specimen"}, {"id", "s"}, {"identifier", Array{Object{{"value", "T-1"}}}}}};
  Array results;
  for (Object& one : observations) {
    results.push_back(reference(('#' + std::string(one.at("id").get_string())).c_str()));
    contained.push_back(std::move(one));
  }
  return {{"resourceType", "DiagnosticReport"},
          {"identifier", Array{Object{{"system", "urn:lis"}, {"value", "R-1"}}}},
          {"status", "final"},
          {"code", loinc("94500-6")},
          {"issued", "2026-03-02T05:00:00+07:00"},
          {"contained", std::move(contained)},
          {"specimen", Array{reference("#s")}},
          {"result", std::move(results)}};
}
Report one(const Object& resource) {
  auto all = read(json::text(resource), codes());
  if (!all) throw std::runtime_error("refused: " + all.error().code);
  return all->at(0);
}
std::vector<std::string> faults(const Report& report) {
  std::vector<std::string> out;
  for (const auto& fault : report.faults) out.push_back(fault.code);
  return out;
}

TEST(LaboratoryFhir, AReportWithWhatItContainsIsRead) {
  Object pcr = observation("o", loinc("94500-6"), kDetected);
  pcr["component"] = Array{Object{{"code", loinc("94745-7")}, {"valueQuantity", Object{{"value", 21.5}}}}};
  const auto read = one(report({pcr}));
  EXPECT_THAT(faults(read), IsEmpty());
  EXPECT_EQ(read.identity, "urn:lis|R-1");
  EXPECT_EQ(read.status, Status::kFinal);
  EXPECT_EQ(read.said, parse_instant("2026-03-01T22:00:00Z"));
  ASSERT_THAT(read.findings, SizeIs(1));
  const auto& found = read.findings.front();
  EXPECT_THAT(found.tubes, ElementsAre("T-1"));
  EXPECT_EQ(found.method, Method::kPcr);
  EXPECT_EQ(found.outcome, Outcome::kPositive);
  EXPECT_EQ(found.ct, 21.5);
  EXPECT_EQ(found.at, *parse_instant("2026-03-01T22:00:00Z"));
  EXPECT_EQ(found.disease, "covid-19");
}

TEST(LaboratoryFhir, TheLineageThatASequenceNamesIsReadAndSaysNothingByItself) {
  Object sequence = observation("o", loinc("94764-8"), kDetected);
  Object lineage = observation("l", loinc("100157-7"), kDetected);
  lineage["valueCodeableConcept"] = Object{{"text", "B.1.617.2"}};
  Object variant = observation("v", loinc("96741-4"), kDetected);
  variant.erase("valueCodeableConcept");
  variant["valueString"] = "Delta";
  const auto read = one(report({sequence, lineage, variant}));
  EXPECT_THAT(faults(read), IsEmpty());
  ASSERT_THAT(read.findings, SizeIs(1));
  EXPECT_EQ(read.findings.front().method, Method::kSequencing);
  EXPECT_EQ(read.findings.front().lineage, "B.1.617.2; Delta");
  EXPECT_THAT(faults(one(report({lineage}))), ElementsAre("no_result")) << "whether it was there is said by nobody";
  Object odd = lineage;
  for (const auto& name : {std::string("B.1\0", 4), std::string(kLineageMost + 1, 'B')}) {
    odd["valueCodeableConcept"] = Object{{"text", name}};
    const auto found = one(report({sequence, odd}));
    EXPECT_THAT(faults(found), ElementsAre("lineage_unfit"));
    ASSERT_THAT(found.findings, SizeIs(1)) << "positive all the same";
    EXPECT_FALSE(found.findings.front().lineage);
  }
  Object none = sequence;
  none["valueCodeableConcept"] = snomed(kNotDetected);
  const auto either = one(report({none, lineage}));
  EXPECT_THAT(faults(either), ElementsAre("lineage_unfit"));
  EXPECT_THAT(either.findings, IsEmpty());
}

TEST(LaboratoryFhir, OfABundleEachReportIsReadWithWhatItRefersTo) {
  Object first = report({});
  first.erase("contained");
  first["specimen"] = Array{reference("urn:uuid:3")};
  first["result"] = Array{reference("http://lis.example/fhir/Observation/4")};
  Object second = report({observation("o", loinc("94558-4"), kNotDetected)});
  second["identifier"] = Array{Object{{"value", "R-2"}}};
  second["specimen"] = Array{};
  second["basedOn"] = Array{reference("ServiceRequest/q")};
  Object specimen{{"resourceType", "Specimen"},
                  {"accessionIdentifier", Object{{"value", "LAB-7"}}},
                  {"container", Array{Object{{"identifier", Array{Object{{"value", "t-2"}}}}}}}};
  Object request{{"resourceType", "ServiceRequest"}, {"id", "q"}, {"identifier", Array{Object{{"value", "T-3"}}}}};
  const Object bundle{
      {"resourceType", "Bundle"},
      {"type", "transaction"},
      {"entry", Array{Object{{"resource", first}, {"request", Object{{"method", "POST"}, {"url", "DiagnosticReport"}}}},
                      Object{{"fullUrl", "urn:uuid:3"}, {"resource", specimen}},
                      Object{{"fullUrl", "http://lis.example/fhir/Observation/4"},
                             {"resource", observation("4", loinc("94309-2"), kNotDetected)}},
                      Object{{"resource", second}}, Object{{"resource", request}},
                      Object{{"resource", report({})}, {"request", Object{{"method", "DELETE"}, {"url", "x"}}}}}}};
  const auto all = read(json::text(bundle), codes());
  ASSERT_TRUE(all) << all.error().code;
  ASSERT_THAT(*all, SizeIs(3));
  ASSERT_THAT(all->at(0).findings, SizeIs(1));
  EXPECT_THAT(all->at(0).findings.front().tubes, ElementsAre("T-2", "LAB-7"));
  EXPECT_EQ(all->at(0).findings.front().outcome, Outcome::kNegative);
  ASSERT_THAT(all->at(1).findings, SizeIs(1));
  EXPECT_THAT(all->at(1).findings.front().tubes, ElementsAre("T-3"));
  EXPECT_EQ(all->at(1).findings.front().method, Method::kAntigen);
  EXPECT_EQ(all->at(1).path, "Bundle.entry[3].resource");
  EXPECT_THAT(faults(all->at(2)), ElementsAre("choice")) << "nothing is deleted by a message";
}

TEST(LaboratoryFhir, OfSeveralGenesTheConclusionCountsAndWithoutOneNothingIsGuessed) {
  Object both =
      report({observation("e", loinc("94500-6"), kDetected), observation("r", loinc("94309-2"), kNotDetected)});
  EXPECT_THAT(faults(one(both)), ElementsAre("results_differ"));
  EXPECT_THAT(one(both).findings, IsEmpty());
  both["conclusionCode"] = Array{snomed("419984006")};
  ASSERT_THAT(one(both).findings, SizeIs(1));
  EXPECT_EQ(one(both).findings.front().outcome, Outcome::kInconclusive);
  const auto unclear =
      one(report({observation("e", loinc("94500-6"), kNotDetected), observation("r", loinc("94309-2"), "999")}));
  EXPECT_THAT(unclear.findings, IsEmpty()) << "what is not understood may have been a positive";
  EXPECT_THAT(faults(unclear), ElementsAre("outcome_unknown"));
  Object odd = observation("r", loinc("94309-2"), kDetected);
  odd.erase("valueCodeableConcept");
  const auto beside = [&](const char* member, json::Value value) {
    Object other = odd;
    other[member] = std::move(value);
    return faults(one(report({observation("e", loinc("94500-6"), kNotDetected), other})));
  };
  EXPECT_THAT(beside("valueBoolean", true), ElementsAre("outcome_unknown"));
  EXPECT_THAT(beside("valueString", std::string(300, 'x').c_str()), ElementsAre("outcome_unknown"));
  EXPECT_THAT(beside("dataAbsentReason", Object{{"text", "error"}}), ElementsAre("outcome_unknown"));
  EXPECT_THAT(beside("note", Array{}), IsEmpty()) << "of a panel's own Observation nothing is said";
  both["conclusionCode"] = Array{snomed(kNotDetected), snomed(kDetected)};
  EXPECT_THAT(faults(one(both)), ElementsAre("results_differ"));
  EXPECT_THAT(one(both).findings, IsEmpty());
}

TEST(LaboratoryFhir, OfAPanelEachMemberIsReadOnceAndNoneMayBeMissing) {
  Object panel = observation("p", loinc("94531-1"), "");
  panel.erase("valueCodeableConcept");
  panel["hasMember"] = Array{reference("#m")};
  Object group = panel;
  group["id"] = "m";
  group["hasMember"] = Array{reference("#o"), reference("#p")};
  Object whole = report({panel, group, observation("o", loinc("94500-6"), kDetected)});
  whole["result"] = Array{reference("#p"), reference("#p")};
  ASSERT_THAT(one(whole).findings, SizeIs(1)) << ::testing::PrintToString(faults(one(whole)));
  EXPECT_EQ(one(whole).findings.front().outcome, Outcome::kPositive) << "a member of a member";
  group["hasMember"].as_array().push_back(reference("#elsewhere"));
  whole = report({panel, group, observation("o", loinc("94500-6"), kNotDetected)});
  EXPECT_THAT(faults(one(whole)), ElementsAre("reference_unknown"));
  EXPECT_THAT(one(whole).findings, IsEmpty());
}

TEST(LaboratoryFhir, ACtOfItsOwnBelongsToTheTestOfTheTube) {
  Object ct = observation("c", loinc("94745-7"), kDetected);
  ct.erase("valueCodeableConcept");
  ct["valueQuantity"] = Object{{"value", 24}};
  Object lower = ct;
  lower["id"] = "l";
  lower["specimen"] = reference("#s");
  lower["valueQuantity"] = Object{{"value", 22.5}};
  const auto read = one(report({observation("o", loinc("94500-6"), kDetected), ct, lower}));
  ASSERT_THAT(read.findings, SizeIs(1)) << ::testing::PrintToString(faults(read));
  EXPECT_EQ(read.findings.front().ct, 22.5) << "of several targets the lowest";
  lower["valueQuantity"].as_object()["comparator"] = ">";
  EXPECT_EQ(one(report({observation("o", loinc("94500-6"), kDetected), ct, lower})).findings.at(0).ct, 24);
}

TEST(LaboratoryFhir, WhatAPanelFoundOfAnotherVirusIsNotOurs) {
  Object other = observation("f", loinc("92142-9"), kDetected);
  other["method"] = Object{{"text", "RT-PCR"}};
  Object panel = report({observation("o", loinc("94500-6"), kNotDetected), other});
  panel["conclusionCode"] = Array{snomed(kDetected)};  // of the other
  const auto read = one(panel);
  EXPECT_THAT(faults(read), ElementsAre("code_unknown"));
  ASSERT_THAT(read.findings, SizeIs(1));
  EXPECT_EQ(read.findings.front().outcome, Outcome::kNegative);
}

TEST(LaboratoryFhir, WordsOfListsAreUnderstoodWhereThereIsNoLoincCode) {
  Object plain = observation("o", Object{{"text", "Realtime RT-PCR"}}, kDetected);
  plain.erase("valueCodeableConcept");
  plain["valueString"] = "Âm tính";
  plain["effectiveDateTime"] = "2026-03-02";
  const auto read = one(report({plain}));
  ASSERT_THAT(read.findings, SizeIs(1)) << ::testing::PrintToString(faults(read));
  EXPECT_EQ(read.findings.front().method, Method::kPcr);
  EXPECT_EQ(read.findings.front().outcome, Outcome::kNegative);
  EXPECT_TRUE(read.findings.front().whole_day);
  EXPECT_FALSE(read.findings.front().disease);
}

TEST(LaboratoryFhir, StatusSaysWhatIsToBeDone) {
  const std::vector<std::pair<const char*, Status>> all{
      {"preliminary", Status::kNotYet},        {"final", Status::kFinal},         {"appended", Status::kAppended},
      {"amended", Status::kCorrected},         {"corrected", Status::kCorrected}, {"cancelled", Status::kWithdrawn},
      {"entered-in-error", Status::kWithdrawn}};
  for (const auto& [status, expected] : all) {
    Object resource = report({observation("o", loinc("94500-6"), kDetected)});
    resource["status"] = status;
    const auto read = one(resource);
    EXPECT_EQ(read.status, expected) << status;
    EXPECT_EQ(read.findings.size(), expected == Status::kNotYet || expected == Status::kWithdrawn ? 0 : 1) << status;
  }
}

TEST(LaboratoryFhir, WhatCannotBeTrustedIsRefused) {
  const Object good = report({observation("o", loinc("94500-6"), kDetected)});
  const auto without = [&](const char* member) {
    Object out = good;
    out.erase(member);
    return one(out);
  };
  EXPECT_THAT(faults(without("identifier")), ElementsAre("required"));
  EXPECT_THAT(faults(without("status")), ElementsAre("code_unknown"));
  EXPECT_THAT(faults(without("issued")), ElementsAre("required")) << "no time";
  EXPECT_THAT(faults(without("specimen")), ElementsAre("tube_required"));
  EXPECT_THAT(faults(without("contained")), ElementsAre("reference_unknown"));
  Object turned = good;
  turned["modifierExtension"] = Array{};
  EXPECT_THAT(faults(one(turned)), ElementsAre("modifier_unknown"));
  Object more = good;
  more["result"].as_array().push_back(reference("Observation/elsewhere"));
  EXPECT_THAT(faults(one(more)), ElementsAre("reference_unknown"));
  EXPECT_THAT(one(more).findings, IsEmpty()) << "what is not there may contradict";
  Object early = observation("o", loinc("94500-6"), kDetected);
  early["status"] = "preliminary";
  EXPECT_THAT(faults(one(report({early}))), ElementsAre("not_final"));
  Object odd = observation("o", loinc("94500-6"), kDetected);
  odd["component"] = Array{Object{{"code", loinc("94745-7")}, {"valueQuantity", Object{{"value", 99}}}}};
  EXPECT_THAT(faults(one(report({odd}))), ElementsAre("ct_range"));
  Object two = good;
  two["specimen"] = Array{reference("#s"), reference("#t")};
  EXPECT_THAT(faults(one(two)), ElementsAre("tube_ambiguous"));

  const auto refusal = [](const char* text) { return read(text, codes()); };
  EXPECT_EQ(code(refusal("{")), "malformed");
  EXPECT_THAT(::luytre::fields(refusal("[]")), ElementsAre("/resourceType required"));
  EXPECT_THAT(::luytre::fields(refusal(R"({"resourceType":"Patient"})")), ElementsAre("/resourceType choice"));
  EXPECT_THAT(::luytre::fields(refusal(R"({"resourceType":"Bundle","type":"searchset"})")),
              ElementsAre("/type choice"));
  EXPECT_THAT(::luytre::fields(refusal(R"({"resourceType":"Bundle","type":"message","entry":[{"resource":{}}]})")),
              ElementsAre("/entry no_report"));
}

TEST(LaboratoryCodes, EachMethodThatIsWrittenOutHasItsCodeAndOneMeaning) {
  const Date day = *parse_date("2026-03-02");
  for (const Method method :
       {Method::kPcr, Method::kAntigen, Method::kAntibody, Method::kCulture, Method::kSequencing}) {
    const auto* code = codes().of(method, "covid-19", day);
    ASSERT_TRUE(code) << json::enum_text(method);
    EXPECT_EQ(codes().method(code->system, code->code, day)->method, method);
  }
  EXPECT_EQ(codes().of(Method::kPcr, "measles", day)->code, "LP6464-4") << "of no disease in particular";
  EXPECT_FALSE(codes().of(Method::kMicroscopy, "covid-19", day)) << "only words";
  EXPECT_EQ(codes().of(Outcome::kPositive, day)->code, "260373001");
  EXPECT_FALSE(codes().method("http://loinc.org", "94500-6", *parse_date("2019-12-31"))) << "not published yet";
  EXPECT_THROW(read_codes(LUYTRE_SOURCE_DIR "/data/laboratory/none.json"), std::runtime_error);
}

}  // namespace
}  // namespace luytre::laboratory::fhir

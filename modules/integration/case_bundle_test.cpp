// A case bundle against the structure of FHIR R4 (tests/fhir/r4-elements.json): elements, cardinalities, types,
// required codes, and that every reference is to something in the bundle.

#include "modules/integration/case_bundle.h"

#include <fstream>
#include <sstream>

#include "modules/laboratory/laboratory_fixture.h"

namespace luytre::integration {
namespace {

using json::Array;
using json::Object;
using json::Value;
using std::chrono::hours;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

class Structure {
 public:
  Structure() {
    std::ifstream in(LUYTRE_SOURCE_DIR "/tests/fhir/r4-elements.json", std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    rules_ = boost::json::parse(text.str()).as_object();
  }

  std::vector<std::string> faults(const Object& bundle) {
    faults_.clear();
    urls_.clear();
    for (const Value& entry : bundle.at("entry").as_array())
      if (!urls_.insert(std::string(entry.at("fullUrl").as_string())).second) wrong("fullUrl", "twice");
    resource(bundle);
    return faults_;
  }

 private:
  void wrong(const std::string& path, const std::string& why) { faults_.push_back(path + ": " + why); }

  void resource(const Object& object) {
    const std::string type(object.at("resourceType").as_string());
    const auto* known = rules_.at("resources").as_object().if_contains(type);
    if (!known) return wrong(type, "not a resource that is expected here");
    element(known->as_object(), type, object);
  }

  // `prefix`: where in the rules of a resource or type this object is.
  void element(const Object& rules, const std::string& prefix, const Object& object) {
    for (const auto& member : object) {
      const std::string name(member.key());
      if (name == "resourceType") continue;
      const auto [rule, type] = rule_of(rules, prefix, name);
      if (!rule) {
        wrong(prefix + '.' + name, "unknown");
        continue;
      }
      const bool many = rule->at("max").as_string() == "*";
      if (many != member.value().is_array()) {
        wrong(prefix + '.' + name, "of another number");
      } else if (many) {
        if (member.value().as_array().empty()) wrong(prefix + '.' + name, "empty");
        for (const Value& one : member.value().as_array()) value(rules, prefix + '.' + name, *rule, type, one);
      } else {
        value(rules, prefix + '.' + name, *rule, type, member.value());
      }
    }
    for (const auto& rule : rules) {
      const std::string path(rule.key());
      const bool child = path.starts_with(prefix + '.') && path.find('.', prefix.size() + 1) == std::string::npos;
      if (!child || rule.value().at("min").as_int64() == 0) continue;
      if (!object.contains(path.substr(prefix.size() + 1))) wrong(path, "required");
    }
  }

  static std::pair<const Object*, std::string> rule_of(const Object& rules, const std::string& prefix,
                                                       const std::string& name) {
    if (const auto* plain = rules.if_contains(prefix + '.' + name)) {
      const Object& rule = plain->as_object();
      const auto* types = rule.if_contains("types");
      return {&rule, types ? std::string(types->as_array().front().as_string()) : ""};
    }
    for (const auto& rule : rules) {
      const std::string path(rule.key());
      if (!path.ends_with("[x]") || !(prefix + '.' + name).starts_with(path.substr(0, path.size() - 3))) continue;
      for (const Value& type : rule.value().at("types").as_array()) {
        std::string suffix(type.as_string());
        suffix[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(suffix[0])));
        if (path.substr(0, path.size() - 3) + suffix == prefix + '.' + name)
          return {&rule.value().as_object(), std::string(type.as_string())};
      }
    }
    return {nullptr, ""};
  }

  void value(const Object& rules, const std::string& path, const Object& rule, const std::string& type,
             const Value& given) {
    if (const auto* set = rule.if_contains("required")) code(path, std::string(set->as_string()), given);
    if (type == "Resource") return resource(given.as_object());
    if (type == "BackboneElement" || type == "Element") return element(rules, path, given.as_object());
    if (const auto* known = rules_.at("types").as_object().if_contains(type)) {
      if (!given.is_object()) return wrong(path, "not an object");
      if (type == "Reference") reference(path, given.as_object());
      return element(known->as_object(), type, given.as_object());
    }
    if (type == "decimal") {
      if (!given.is_number()) wrong(path, "not a number");
    } else if (type == "boolean") {
      if (!given.is_bool()) wrong(path, "not true or false");
    } else if (!given.is_string() || given.as_string().empty()) {
      wrong(path, "not a text");
    } else if (type == "instant" && !parse_instant(std::string_view(given.as_string()))) {
      wrong(path, "not an instant");
    }
  }

  void reference(const std::string& path, const Object& given) {
    const auto* to = given.if_contains("reference");
    if (to && !urls_.contains(std::string(to->as_string()))) wrong(path, "refers to nothing");
  }

  void code(const std::string& path, const std::string& set, const Value& given) {
    const auto* codes = rules_.at("requiredValueSets").as_object().if_contains(set);
    if (!codes) return wrong(path, "value set " + set + " is not known");
    const Value& said = given.is_object() ? given.at("coding").as_array().front().at("code") : given;
    for (const Value& one : codes->as_array())
      if (one == said) return;
    wrong(path, "not of " + set);
  }

  Object rules_;
  std::set<std::string> urls_;
  std::vector<std::string> faults_;
};

std::vector<const Object*> all_of(const Object& bundle, const char* type) {
  std::vector<const Object*> out;
  for (const Value& entry : bundle.at("entry").as_array()) {
    const Object& resource = entry.at("resource").as_object();
    if (resource.at("resourceType").as_string() == type) out.push_back(&resource);
  }
  return out;
}

// A case with all that one can have.
CaseFacts full() {
  CaseFacts out;
  cases::Case& kase = out.kase;
  kase.number = "COV-260302-7K2F";
  kase.person.name = "Nguyễn Văn An";
  kase.person.birth_year = 1985;
  kase.person.sex = people::Sex::kMale;
  kase.person.unit_path = "Xã Hải Lăng, Tỉnh Quảng Trị";
  kase.person.phone_masked = "0918•••301";
  kase.disease = "covid-19";
  kase.note = "Quen với Bình";
  kase.classification = cases::Classification::kConfirmed;
  kase.status = cases::Status::kClosed;
  kase.outcome = cases::Outcome::kRecovered;
  kase.outcome_on = parse_date("2026-03-20");
  kase.onset = parse_date("2026-03-01");
  kase.created_at = *parse_instant("2026-03-02T02:00:00Z");
  kase.method = cases::Method::kPcr;
  kase.sample_at = kase.result_at = parse_instant("2026-03-02T01:00:00Z");
  kase.stays = {{std::string("Bệnh viện Đa khoa tỉnh"), *parse_date("2026-03-03"), parse_date("2026-03-10")},
                {std::string("Bệnh viện Trung ương Huế"), *parse_date("2026-03-10"), {}}};
  const auto test = [](std::int64_t id, const char* at, laboratory::Method method, laboratory::Outcome outcome) {
    laboratory::Tested out;
    out.specimen = "nasopharyngeal";
    out.result.value = id;
    out.sampled_at = out.at = *parse_instant(at);
    out.method = method;
    out.outcome = outcome;
    return out;
  };
  using laboratory::Method;
  using laboratory::Outcome;
  out.tests = {test(1, "2025-09-01T01:00:00Z", Method::kPcr, Outcome::kPositive),  // an earlier illness
               test(2, "2026-03-02T01:00:00Z", Method::kPcr, Outcome::kPositive),
               test(3, "2026-03-02T01:00:00Z", Method::kMicroscopy, Outcome::kInvalid),
               test(4, "2026-03-18T01:00:00Z", Method::kAntigen, Outcome::kNegative)};
  out.tests[1].ct = 21.5;
  out.tests[3].corrected = true;
  out.icd10 = "U07.1";
  out.disease_name = "COVID-19";
  out.uuid = [](const std::string& name) { return "00000000-0000-8000-8000-" + std::to_string(name.size()) + name; };
  out.at = *parse_instant("2026-03-21T01:00:00Z");
  return out;
}

TEST(CaseBundle, IsOfTheStructureOfFhir) {
  Structure structure;
  EXPECT_THAT(structure.faults(case_bundle(full(), laboratory::codes())), IsEmpty());
  for (const auto classification : {cases::Classification::kSuspect, cases::Classification::kProbable,
                                    cases::Classification::kConfirmed, cases::Classification::kDiscarded}) {
    CaseFacts bare;
    bare.kase.classification = classification;
    bare.kase.number = "COV-260302-0000";
    bare.kase.person.name = "An";
    bare.kase.disease = "covid-19";
    bare.icd10 = "U07.1";
    bare.disease_name = "COVID-19";
    bare.uuid = full().uuid;
    EXPECT_THAT(structure.faults(case_bundle(bare, laboratory::codes())), IsEmpty());
  }
  CaseFacts dead = full();
  dead.kase.outcome = cases::Outcome::kDied;
  EXPECT_THAT(structure.faults(case_bundle(dead, laboratory::codes())), IsEmpty());
  Object broken = case_bundle(full(), laboratory::codes());
  broken.at("entry").as_array().erase(broken.at("entry").as_array().begin());
  EXPECT_THAT(structure.faults(broken), Contains(HasSubstr("refers to nothing"))) << "or the check says nothing";
}

TEST(CaseBundle, TellsTheCaseItsStaysAndItsOwnResultsAndNoMore) {
  const Object bundle = case_bundle(full(), laboratory::codes());
  const auto conditions = all_of(bundle, "Condition");
  ASSERT_THAT(conditions, SizeIs(1));
  EXPECT_EQ(conditions[0]->at("code").at("coding").at(0).at("code"), "U07.1");
  EXPECT_EQ(conditions[0]->at("verificationStatus").at("coding").at(0).at("code"), "confirmed");
  EXPECT_EQ(conditions[0]->at("clinicalStatus").at("coding").at(0).at("code"), "resolved");
  EXPECT_EQ(conditions[0]->at("onsetDateTime"), "2026-03-01");
  EXPECT_EQ(conditions[0]->at("abatementDateTime"), "2026-03-20");
  EXPECT_THAT(conditions[0]->at("evidence").at(0).at("detail").as_array(), SizeIs(3));
  const auto stays = all_of(bundle, "Encounter");
  ASSERT_THAT(stays, SizeIs(2));
  EXPECT_EQ(stays[0]->at("status"), "finished");
  EXPECT_EQ(stays[1]->at("status"), "in-progress");
  const auto seen = all_of(bundle, "Observation");
  ASSERT_THAT(seen, SizeIs(3)) << "not that of half a year before";
  EXPECT_EQ(seen[0]->at("code").at("coding").at(0).at("code"), "94500-6");
  EXPECT_EQ(seen[0]->at("valueCodeableConcept").at("coding").at(0).at("code"), "260373001");
  EXPECT_EQ(seen[0]->at("component").at(0).at("valueQuantity").at("value"), 21.5);
  EXPECT_FALSE(seen[1]->at("code").as_object().contains("coding")) << "no code is known: words";
  EXPECT_EQ(seen[2]->at("status"), "corrected");
  EXPECT_THAT(all_of(bundle, "DiagnosticReport"), SizeIs(3));
  const std::string text = boost::json::serialize(bundle);
  for (const char* secret : {"0918", "Bình", "household", "ltp."}) EXPECT_THAT(text, Not(HasSubstr(secret)));
}

TEST(CaseBundle, WithoutATubeTheResultOfTheCaseIsTold) {
  CaseFacts facts = full();
  facts.tests.clear();
  const Object bundle = case_bundle(facts, laboratory::codes());
  ASSERT_THAT(all_of(bundle, "Observation"), SizeIs(1));
  EXPECT_THAT(all_of(bundle, "Specimen"), IsEmpty());
  facts.kase.classification = cases::Classification::kSuspect;
  facts.kase.method.reset();
  EXPECT_THAT(all_of(case_bundle(facts, laboratory::codes()), "Observation"), IsEmpty());
}

cases::Finding finding(cases::FindingKind kind, const char* code, bool present) {
  cases::Finding out;
  out.kind = kind;
  out.system = "http://hl7.org/fhir/sid/icd-10";
  out.code = code;
  out.name = {"Tên", "Name"};
  out.present = present;
  return out;
}

TEST(CaseBundle, TellsSymptomsAndUnderlyingConditionsThatWereFoundAndNoExposure) {
  using cases::FindingKind;
  CaseFacts facts = full();
  facts.findings = {finding(FindingKind::kSymptom, "R50.9", true), finding(FindingKind::kSymptom, "R05", false),
                    finding(FindingKind::kUnderlyingCondition, "E14", true),
                    finding(FindingKind::kExposure, "travel", true)};
  facts.findings[0].since = parse_date("2026-02-27");
  const Object bundle = case_bundle(facts, laboratory::codes());
  Structure structure;
  EXPECT_THAT(structure.faults(bundle), IsEmpty());
  const auto conditions = all_of(bundle, "Condition");
  ASSERT_THAT(conditions, SizeIs(3));
  EXPECT_EQ(conditions[1]->at("code").at("coding").at(0).at("code"), "R50.9");
  EXPECT_EQ(conditions[1]->at("onsetDateTime"), "2026-02-27");
  EXPECT_FALSE(conditions[1]->contains("clinicalStatus")) << "whether it lasts is not known";
  EXPECT_EQ(conditions[2]->at("code").at("coding").at(0).at("code"), "E14");
  EXPECT_EQ(conditions[2]->at("clinicalStatus").at("coding").at(0).at("code"), "active");
  const auto& evidence = conditions[0]->at("evidence").as_array();
  ASSERT_THAT(evidence, SizeIs(2));
  EXPECT_EQ(evidence[1].at("code").at(0).at("coding").at(0).at("code"), "R50.9");
  const std::string text = boost::json::serialize(bundle);
  for (const char* not_told : {"R05", "travel"}) EXPECT_THAT(text, Not(HasSubstr(not_told)));
}

class CaseBundleTest : public laboratory::LaboratoryTest {
 protected:
  Result<Object> bundle(const Caller& caller, CaseId id, const char* reason) {
    return run(bundles_.of(caller, id, reason));
  }
  const cases::InvestigationForms forms_{LUYTRE_SOURCE_DIR "/data/forms/investigation", cases_.diseases()};
  cases::Investigations investigations_{
      {*world_.db, visits::testing::geography(), world_.house->access, world_.vault, cases_.diseases(), forms_}};
  CaseBundles bundles_{*world_.db, cases_, investigations_, world_.house->access, laboratory::codes(), world_.vault};
};

TEST_P(CaseBundleTest, AnOfficerOfTheAreaTakesItOutWithAReasonAndThePersonSeesIt) {
  const PersonId an = somebody();
  const auto at = sent({{"T-1", an}, {"P-1", somebody()}});
  const auto positive = must(enter(at, result("T-1", laboratory::Outcome::kPositive)));
  const CaseId id = must(room_.make_case(province_, positive.results.front().id)).id;
  for (const Caller& other : {far_, world_.station, identity::testing::citizen(1001),
                              identity::testing::officer(Role::kIntegrator, visits::testing::kQuangTri)})
    EXPECT_EQ(code(bundle(other, id, "Chuyển tuyến")), "not_permitted");
  EXPECT_EQ(code(bundle(province_, id, " ")), "reason_required");
  EXPECT_EQ(code(bundle(province_, CaseId{1}, "Chuyển tuyến")), "not_found");
  const auto made = bundle(province_, id, "Chuyển tuyến lên bệnh viện trung ương");
  ASSERT_TRUE(made) << made.error().code;
  Structure structure;
  EXPECT_THAT(structure.faults(*made), IsEmpty());
  EXPECT_THAT(all_of(*made, "Observation"), SizeIs(1));
  EXPECT_THAT(all_of(*made, "Specimen"), SizeIs(1));
  const std::string text = boost::json::serialize(*made);
  EXPECT_THAT(text, Not(HasSubstr("T-1"))) << "the tube is ours";
  EXPECT_THAT(text, Not(HasSubstr(to_text(an)))) << "and so is the number of the person";
  EXPECT_EQ(boost::json::serialize(*bundle(province_, id, "Gửi lại")), text) << "names stay";
  const auto log = world_.db->read_now([&](store::Session& s) {
    std::vector<std::string> out;
    identity::Access::Filter filter;
    filter.person = an;
    const auto page = world_.house->access.list(s, filter, INT64_MAX, 100);
    for (const auto& entry : page.items)
      if (entry.action == "cases.export" && entry.passed) out.push_back(entry.reason);
    return out;
  });
  EXPECT_THAT(log, ElementsAre("Gửi lại", "Chuyển tuyến lên bệnh viện trung ương"));
}

TEST_P(CaseBundleTest, APoolSaysNothingAboutOneOfItsPeople) {
  const PersonId an = somebody();
  const auto at = sent({{"P-1", an}, {"P-1", somebody()}}, 5);
  must(enter(at, result("P-1", laboratory::Outcome::kPositive)));
  cases::NewCase suspect;
  suspect.person = an;
  suspect.disease = std::string("covid-19");
  const CaseId id = must(cases_.report(world_.station, std::move(suspect))).id;
  const auto made = bundle(province_, id, "Chuyển tuyến");
  ASSERT_TRUE(made);
  EXPECT_THAT(all_of(*made, "Observation"), IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(Engines, CaseBundleTest, store::testing::engines(), store::testing::engine_name);

}  // namespace
}  // namespace luytre::integration

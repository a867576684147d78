#include "modules/integration/case_bundle.h"

#include <algorithm>

namespace luytre::integration {
namespace {

using cases::Case;
using cases::Classification;
using json::Array;
using json::Object;
using laboratory::Outcome;
using laboratory::Tested;

const identity::Action kExport{
    "cases.export", Purpose::kCaseManagement, {Role::kDistrictOfficer, Role::kProvinceOfficer}, true};

constexpr const char* kStatusOf = "http://terminology.hl7.org/CodeSystem/condition-clinical";
constexpr const char* kVerified = "http://terminology.hl7.org/CodeSystem/condition-ver-status";
constexpr const char* kCategory = "http://terminology.hl7.org/CodeSystem/observation-category";
constexpr const char* kActCode = "http://terminology.hl7.org/CodeSystem/v3-ActCode";
constexpr const char* kConfidential = "http://terminology.hl7.org/CodeSystem/v3-Confidentiality";
constexpr const char* kIcd10 = "http://hl7.org/fhir/sid/icd-10";

Object coding(std::string_view system, std::string_view code) {
  return {{"system", system}, {"code", code}};
}

Object concept_of(std::string_view system, std::string_view code) {
  return {{"coding", Array{coding(system, code)}}};
}

// Its code if there is one, and always words.
template <class C>
Object coded(const C* known, const std::string& words) {
  Object out;
  if (known) {
    Object one = coding(known->system, known->code);
    one["display"] = known->display;
    out["coding"] = Array{std::move(one)};
  }
  out["text"] = words;
  return out;
}

const char* verification(Classification classification) {
  switch (classification) {
    case Classification::kSuspect:
      return "unconfirmed";
    case Classification::kProbable:
      return "provisional";
    case Classification::kConfirmed:
      return "confirmed";
    case Classification::kDiscarded:
      return "refuted";
  }
  return "unconfirmed";
}

class Writing {
 public:
  Writing(const CaseFacts& facts, const laboratory::Codes& codes) : facts_(facts), kase_(facts.kase), codes_(codes) {}

  Object run() && {
    patient();
    tests();
    stays();
    condition();
    for (const cases::Finding& one : facts_.findings)
      if (is_told(one)) finding(one);
    Object out;
    out["resourceType"] = "Bundle";
    out["meta"] = Object{{"security", Array{coding(kConfidential, "R")}}};
    out["identifier"] = Object{{"system", "urn:luytre:case"}, {"value", kase_.number}};
    out["type"] = "collection";
    out["timestamp"] = to_text(facts_.at);
    out["entry"] = std::move(entries_);
    return out;
  }

 private:
  std::string url(const std::string& name) const { return "urn:uuid:" + facts_.uuid(name); }
  Object reference(const std::string& name) const { return {{"reference", url(name)}}; }

  void add(const char* type, const std::string& name, Object members) {
    Object resource{{"resourceType", type}, {"id", facts_.uuid(name)}};
    for (auto& member : members) resource[member.key()] = std::move(member.value());
    entries_.push_back(Object{{"fullUrl", url(name)}, {"resource", std::move(resource)}});
  }

  void patient() {
    const auto& person = kase_.person;
    Object out;
    out["name"] = Array{Object{{"text", person.name}}};
    out["gender"] = json::enum_text(person.sex);
    if (person.birth_year > 0) out["birthDate"] = std::to_string(person.birth_year);
    const bool died = kase_.outcome == cases::Outcome::kDied || kase_.outcome == cases::Outcome::kDiedOfOtherCause;
    if (died && kase_.outcome_on) out["deceasedDateTime"] = to_text(*kase_.outcome_on);
    if (!person.unit_path.empty()) out["address"] = Array{Object{{"use", "home"}, {"text", person.unit_path}}};
    add("Patient", "patient", std::move(out));
  }

  void condition() {
    const bool recovered = kase_.outcome == cases::Outcome::kRecovered;
    const bool open = kase_.status == cases::Status::kOpen;
    const char* status = "active";
    if (!open) status = recovered ? "resolved" : "inactive";
    Object code = concept_of(kIcd10, facts_.icd10);
    code["text"] = facts_.disease_name;
    Object out;
    out["identifier"] = Array{Object{{"system", "urn:luytre:case"}, {"value", kase_.number}}};
    out["clinicalStatus"] = concept_of(kStatusOf, status);
    out["verificationStatus"] = concept_of(kVerified, verification(kase_.classification));
    out["code"] = std::move(code);
    out["subject"] = reference("patient");
    if (kase_.onset) out["onsetDateTime"] = to_text(*kase_.onset);
    if (recovered && kase_.outcome_on) out["abatementDateTime"] = to_text(*kase_.outcome_on);
    out["recordedDate"] = to_text(kase_.diagnosed_at.value_or(kase_.created_at));
    Array evidence;
    if (!reports_.empty()) evidence.push_back(Object{{"detail", std::move(reports_)}});
    for (const cases::Finding& one : facts_.findings) {
      if (!is_told(one) || one.kind != cases::FindingKind::kSymptom) continue;
      evidence.push_back(Object{{"code", Array{found(one)}}, {"detail", Array{reference(name_of(one))}}});
    }
    if (!evidence.empty()) out["evidence"] = std::move(evidence);
    add("Condition", "condition", std::move(out));
  }

  static bool is_told(const cases::Finding& one) { return one.present && one.kind != cases::FindingKind::kExposure; }
  static std::string name_of(const cases::Finding& one) { return "finding " + one.system + ' ' + one.code; }
  static Object found(const cases::Finding& one) {
    Object out = concept_of(one.system, one.code);
    out["text"] = one.name.vi;
    return out;
  }

  // Whether a symptom lasts is not known.
  void finding(const cases::Finding& one) {
    Object out;
    if (one.kind == cases::FindingKind::kUnderlyingCondition) out["clinicalStatus"] = concept_of(kStatusOf, "active");
    out["code"] = found(one);
    out["subject"] = reference("patient");
    if (one.since) out["onsetDateTime"] = to_text(*one.since);
    add("Condition", name_of(one), std::move(out));
  }

  void stays() {
    for (std::size_t i = 0; i < kase_.stays.size(); ++i) {
      const auto& stay = kase_.stays[i];
      Object period{{"start", to_text(stay.admitted_on)}};
      if (stay.discharged_on) period["end"] = to_text(*stay.discharged_on);
      Object out;
      out["status"] = stay.discharged_on ? "finished" : "in-progress";
      out["class"] = coding(kActCode, "IMP");
      out["subject"] = reference("patient");
      out["period"] = std::move(period);
      out["reasonReference"] = Array{reference("condition")};
      out["serviceProvider"] = Object{{"display", stay.hospital}};
      add("Encounter", "stay " + std::to_string(i), std::move(out));
    }
  }

  void tests() {
    const Instant from = first() - kBefore;
    for (const Tested& one : facts_.tests) {
      if (one.sampled_at < from) continue;
      if (kase_.outcome_on && local_date(one.sampled_at) > *kase_.outcome_on) continue;
      test(one, "result " + to_text(one.result), true);
    }
    const bool by_result = kase_.method && kase_.result_at && kase_.classification == Classification::kConfirmed;
    if (!reports_.empty() || !by_result) return;
    Tested known;
    known.sampled_at = kase_.sample_at.value_or(*kase_.result_at);
    known.method = *kase_.method;
    known.outcome = Outcome::kPositive;
    known.at = *kase_.result_at;
    test(known, "result of the case", false);
  }

  // The earliest that the case tells of.
  Instant first() const {
    Instant out = kase_.created_at;
    if (kase_.onset) out = std::min(out, local_midnight(*kase_.onset));
    for (const auto& at : {kase_.diagnosed_at, kase_.sample_at})
      if (at) out = std::min(out, *at);
    return out;
  }

  void test(const Tested& one, const std::string& name, bool sampled) {
    const Date day = local_date(one.at);
    const std::string words = json::enum_text(one.method);
    const auto* method = codes_.of(one.method, kase_.disease, day);
    const Object outcome = coded(codes_.of(one.outcome, day), json::enum_text(one.outcome));
    const std::string specimen = "specimen " + name, observation = "observation " + name;
    if (sampled)
      add("Specimen", specimen,
          {{"type", Object{{"text", one.specimen}}},
           {"subject", reference("patient")},
           {"collection", Object{{"collectedDateTime", to_text(one.sampled_at)}}}});
    Object both{{"status", one.corrected ? "corrected" : "final"},
                {"code", coded(method, words)},
                {"subject", reference("patient")},
                {"effectiveDateTime", to_text(one.sampled_at)},
                {"issued", to_text(one.at)}};
    Object seen = both;
    seen["category"] = Array{concept_of(kCategory, "laboratory")};
    if (sampled) seen["specimen"] = reference(specimen);
    seen["valueCodeableConcept"] = outcome;
    Array components;
    if (one.ct)
      components.push_back(Object{{"code", coded(codes_.ct_of(kase_.disease, day), "Ct")},
                                  {"valueQuantity", Object{{"value", *one.ct}}}});
    if (one.lineage)
      components.push_back(Object{{"code", coded(codes_.lineage_of(kase_.disease, day), "lineage")},
                                  {"valueCodeableConcept", Object{{"text", *one.lineage}}}});
    if (!components.empty()) seen["component"] = std::move(components);
    add("Observation", observation, std::move(seen));
    if (sampled) both["specimen"] = Array{reference(specimen)};
    both["result"] = Array{reference(observation)};
    both["conclusionCode"] = Array{outcome};
    add("DiagnosticReport", name, std::move(both));
    reports_.push_back(reference(name));
  }

  const CaseFacts& facts_;
  const Case& kase_;
  const laboratory::Codes& codes_;
  Array entries_;
  Array reports_;  // references
};

// Of sixteen bytes, as a version 8 UUID (RFC 9562: made by a way of one's own).
std::string uuid_of(std::string bytes) {
  constexpr const char* kDigits = "0123456789abcdef";
  bytes[6] = static_cast<char>((static_cast<unsigned char>(bytes[6]) & 0x0f) | 0x80);
  bytes[8] = static_cast<char>((static_cast<unsigned char>(bytes[8]) & 0x3f) | 0x80);
  std::string out;
  for (std::size_t i = 0; i < 16; ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) out += '-';
    const auto byte = static_cast<unsigned char>(bytes[i]);
    out += kDigits[byte >> 4];
    out += kDigits[byte & 15];
  }
  return out;
}

Task<Result<http::Reply>> replied(Task<Result<json::Object>> writing) {
  const auto bundle = co_await std::move(writing);
  if (!bundle) co_return bundle.error();
  http::Reply out;
  out.type = "application/fhir+json";
  out.body = boost::json::serialize(*bundle);
  co_return out;
}

}  // namespace

json::Object case_bundle(const CaseFacts& facts, const laboratory::Codes& codes) {
  return Writing(facts, codes).run();
}

Task<Result<json::Object>> CaseBundles::of(const Caller& caller, CaseId id, std::string reason) {
  if (fold(reason).empty()) return refused<json::Object>(identity::kReasonRequired);
  return write(caller, id, std::move(reason));
}

Task<Result<json::Object>> CaseBundles::write(Caller caller, CaseId id, std::string reason) {
  auto finding = cases_.find(caller, id);
  Result<Case> kase = co_await std::move(finding);
  if (!kase) co_return kase.error();
  auto writing = db_.transact([this, caller, id, reason, kase = *kase](store::Session& s) -> Result<json::Object> {
    const auto allowed = access_.require(s, caller, kExport, {kase.person.id, kase.unit, reason});
    if (!allowed) return allowed.error();
    CaseFacts facts;
    facts.kase = kase;
    const auto* disease = cases_.diseases().find(kase.disease);
    facts.icd10 = disease ? disease->icd10 : "";
    facts.disease_name = disease ? disease->name.vi : kase.disease;
    facts.tests = laboratory::tested(s, kase.person.id, kase.disease);
    facts.findings = investigations_.findings(s, id);
    facts.uuid = [this, id](const std::string& name) {
      return uuid_of(vault_.blind("integration.fhir", to_text(id) + ' ' + name));
    };
    facts.at = db_.clock().now();
    return case_bundle(facts, codes_);
  });
  co_return co_await std::move(writing);
}

void routes(http::Router& router, CaseBundles& bundles) {
  router.post("/cases/{id}/fhir")
      .summary("A case as a Bundle of HL7 FHIR R4, for another institution; with a reason, in the access log")
      .permit({Role::kDistrictOfficer, Role::kProvinceOfficer}, Purpose::kCaseManagement)
      .errors({kNotFound, identity::kReasonRequired})
      .content_type("application/fhir+json")
      .handle([&bundles](http::Call& call, people::Look look) {
        return replied(bundles.of(call.caller(), call.id<CaseId>(), std::move(look.reason)));
      });
}

}  // namespace luytre::integration

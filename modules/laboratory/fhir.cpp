#include "modules/laboratory/fhir.h"

#include <algorithm>
#include <map>

#include "modules/laboratory/fhir_parts.h"
#include "modules/laboratory/lines.h"
#include "platform/base/text.h"

namespace luytre::laboratory::fhir {
namespace {

using json::Array;
using json::Object;
using json::Value;

constexpr const char* kLoinc = "http://loinc.org";

std::optional<Status> status_of(std::string_view status) {
  static const std::map<std::string, Status, std::less<>> all{
      {"registered", Status::kNotYet},   {"partial", Status::kNotYet},      {"preliminary", Status::kNotYet},
      {"final", Status::kFinal},         {"appended", Status::kAppended},   {"amended", Status::kCorrected},
      {"corrected", Status::kCorrected}, {"cancelled", Status::kWithdrawn}, {"entered-in-error", Status::kWithdrawn}};
  const auto found = all.find(status);
  return found == all.end() ? std::nullopt : std::optional(found->second);
}

bool turned_round(const Object& resource) {
  return resource.contains("modifierExtension") || resource.contains("implicitRules");
}

// What an Observation, or a report without any, says.
struct Said {
  std::vector<std::string> tubes;
  std::optional<Method> method;  // nothing: of no test
  std::optional<std::string> disease;
  std::optional<Outcome> outcome;
  bool unclear = false;  // an outcome was said that is not understood
  std::optional<double> ct;
  std::vector<std::string> lineages;
  Time time;
};

class Reading {
 public:
  Reading(const Message& message, const Codes& codes, const Object& report, std::string path, std::string fallback)
      : message_(message), codes_(codes), report_(report) {
    out_.path = std::move(path);
    out_.identity = identity_of(report);
    if (out_.identity.empty()) out_.identity = std::move(fallback);
  }

  Report run() && {
    if (out_.identity.empty()) fault(".identifier", "required");
    const auto status = status_of(text_in(report_, "status"));
    if (!status) fault(".status", "code_unknown");
    if (turned_round(report_)) fault("", "modifier_unknown");
    out_.status = status.value_or(Status::kNotYet);
    said_at();
    const bool takes = out_.status != Status::kNotYet && out_.status != Status::kWithdrawn;
    if (takes && out_.faults.empty()) {
      report_tubes();
      observations();
      if (!broken_) combine();
    }
    return std::move(out_);
  }

 private:
  void fault(const std::string& below, const char* code) { out_.faults.push_back({out_.path + below, code}); }

  // What is not there, or may mean the contrary, may have been the positive: nothing of the report is taken.
  void broken(const char* below, const char* code) {
    fault(below, code);
    broken_ = true;
  }

  void said_at() {
    const Object* meta = object_in(report_, "meta");
    if (meta) out_.said = parse_instant(text_in(*meta, "lastUpdated"));
    if (!out_.said) out_.said = parse_instant(text_in(report_, "issued"));
  }

  // Resolved, or by the identifier in the reference itself. Answers how many specimens there are.
  std::size_t specimens(std::vector<std::string>& out, const std::vector<const Object*>& references,
                        const Object& among) const {
    for (const Object* reference : references) {
      const Object* specimen = message_.find(*reference, among);
      if (!specimen) specimen = message_.find(*reference, report_);
      if (specimen && is(*specimen, "Specimen")) {
        add_specimen(out, *specimen);
      } else {
        add_identifier(out, object_in(*reference, "identifier"));
      }
    }
    return references.size();
  }

  void report_tubes() {
    specimens_ = specimens(tubes_, list_in(report_, "specimen"), report_);
    if (specimens_ > 1) return;
    for (const Object* reference : list_in(report_, "basedOn")) {
      const Object* request = message_.find(*reference, report_);
      if (!request || !is(*request, "ServiceRequest")) {
        add_identifier(tubes_, object_in(*reference, "identifier"));
        continue;
      }
      for (const Object* one : list_in(*request, "identifier")) add_identifier(tubes_, one);
      add_identifier(tubes_, object_in(*request, "requisition"));
    }
  }

  void observations() {
    std::vector<const Object*> found;  // each once, however often it is referred to
    const auto add = [&](const Object& in, std::string_view name) {
      for (const Object* reference : list_in(in, name)) {
        if (found.size() > kObservationsMost) return;
        const Object* one = message_.find(*reference, in);
        if (!one) one = message_.find(*reference, report_);
        if (!one) {
          broken(".result", "reference_unknown");
        } else if (is(*one, "Observation")) {
          if (std::find(found.begin(), found.end(), one) == found.end()) found.push_back(one);
        } else if (&in == &report_) {
          broken(".result", "reference_unknown");  // a member may be a questionnaire, too
        }
      }
    };
    add(report_, "result");
    for (std::size_t i = 0; i < found.size(); ++i) add(*found[i], "hasMember");
    if (found.size() > kObservationsMost) return fault(".result", "too_long");
    for (const Object* observation : found) read(*observation);
    if (!found.empty() || !list_in(report_, "result").empty()) return;
    const auto time = time_in(report_);
    if (!time) return fault(".issued", "required");
    Said said;
    said.time = *time;
    said.tubes = tubes_;
    method_of(said, object_in(report_, "code"));
    if (!said.method) return fault(".code", "code_unknown");
    said_.push_back(std::move(said));
  }

  void read(const Object& observation) {
    const auto status = text_in(observation, "status");
    if (status == "cancelled" || status == "entered-in-error") return;
    if (status != "final" && status != "amended" && status != "corrected") return broken(".result", "not_final");
    if (turned_round(observation)) return broken(".result", "modifier_unknown");
    auto time = time_in(observation);
    if (!time) time = time_in(report_);
    if (!time) return fault(".issued", "required");
    Said said;
    said.time = *time;
    if (const Object* specimen = object_in(observation, "specimen")) specimens(said.tubes, {specimen}, observation);
    if (said.tubes.empty()) {
      if (specimens_ > 1) return fault(".specimen", "tube_ambiguous");
      said.tubes = tubes_;
    }
    const Object* code = object_in(observation, "code");
    if (is_ct(code, said.time)) {
      said.method = Method::kPcr;
      ct_of(said, observation);
    } else if (const auto* lineage = lineage_code(code, said.time)) {
      said.method = Method::kSequencing;
      said.disease = lineage->disease;
      lineage_of(said, observation);
      interpretation_of(said, observation);
    } else {
      method_of(said, code);
      outcome_of(said, observation);
    }
    for (const Object* component : list_in(observation, "component")) {
      const Object* what = object_in(*component, "code");
      if (is_ct(what, said.time)) ct_of(said, *component);
      if (lineage_code(what, said.time)) lineage_of(said, *component);
    }
    if (!said.method) return fault(".result.code", "code_unknown");
    said_.push_back(std::move(said));
  }

  bool is_ct(const Object* concept_said, const Time& time) const {
    if (!concept_said) return false;
    for (const Object* coding : list_in(*concept_said, "coding"))
      if (codes_.ct(text_in(*coding, "system"), text_in(*coding, "code"), local_date(time.at))) return true;
    return false;
  }

  const LineageCode* lineage_code(const Object* concept_said, const Time& time) const {
    if (!concept_said) return nullptr;
    for (const Object* coding : list_in(*concept_said, "coding"))
      if (const auto* known = codes_.lineage(text_in(*coding, "system"), text_in(*coding, "code"), local_date(time.at)))
        return known;
    return nullptr;
  }

  // As it is written for people, else its code.
  static void lineage_of(Said& said, const Object& in) {
    std::string name = text_in(in, "valueString");
    if (const Object* value = object_in(in, "valueCodeableConcept")) {
      name = text_in(*value, "text");
      for (const Object* coding : list_in(*value, "coding")) {
        if (name.empty()) name = text_in(*coding, "display");
        if (name.empty()) name = text_in(*coding, "code");
      }
    }
    if (!name.empty()) said.lineages.push_back(std::move(name));
  }

  void interpretation_of(Said& said, const Object& observation) const {
    for (const Object* one : list_in(observation, "interpretation"))
      if (!said.outcome) said.outcome = outcome_in(*one, said.time);
  }

  static void ct_of(Said& said, const Object& in) {
    const Object* quantity = object_in(in, "valueQuantity");
    const Value* value = quantity ? quantity->if_contains("value") : nullptr;
    if (!value || !value->is_number() || quantity->contains("comparator")) return;  // "above 40" is no Ct
    const auto ct = value->to_number<double>();
    if (!said.ct || ct < *said.ct) said.ct = ct;
  }

  void method_of(Said& said, const Object* concept_said) const {
    if (!concept_said) return;
    bool loinc = false;
    for (const Object* coding : list_in(*concept_said, "coding")) {
      const std::string system = text_in(*coding, "system");
      loinc = loinc || system == kLoinc;
      const auto* known = codes_.method(system, text_in(*coding, "code"), local_date(said.time.at));
      if (!known) continue;
      said.method = known->method;
      said.disease = known->disease;
      return;
    }
    if (!loinc) said.method = method_in_words(text_in(*concept_said, "text"));
  }

  std::optional<Outcome> outcome_in(const Object& concept_said, const Time& time) const {
    for (const Object* coding : list_in(concept_said, "coding")) {
      const auto* known = codes_.outcome(text_in(*coding, "system"), text_in(*coding, "code"), local_date(time.at));
      if (known) return known->outcome;
    }
    return outcome_in_words(text_in(concept_said, "text"));
  }

  void outcome_of(Said& said, const Object& observation) const {
    if (const Object* value = object_in(observation, "valueCodeableConcept")) {
      said.outcome = outcome_in(*value, said.time);
    } else {
      said.outcome = outcome_in_words(text_in(observation, "valueString"));
    }
    // A sequence has no outcome of its own.
    interpretation_of(said, observation);
    if (said.outcome) return;
    for (const auto& member : observation)
      said.unclear = said.unclear || member.key().starts_with("value") || member.key() == "dataAbsentReason";
  }

  void combine() {
    std::map<std::pair<std::string, Method>, std::vector<const Said*>> groups;
    for (const Said& one : said_) {
      if (one.tubes.empty()) {
        fault(".specimen", "tube_required");
        continue;
      }
      groups[{one.tubes.front(), *one.method}].push_back(&one);
    }
    // With something else in the report, the conclusion may be about that.
    const bool alone = groups.size() == 1 && out_.faults.empty();
    for (const auto& [key, all] : groups) {
      Finding finding;
      finding.tubes = all.front()->tubes;
      finding.method = key.second;
      const auto latest =
          *std::max_element(all.begin(), all.end(), [](auto* a, auto* b) { return a->time.at < b->time.at; });
      finding.at = latest->time.at;
      finding.whole_day = latest->time.whole_day;
      for (const Said* one : all) {
        if (one->disease) finding.disease = one->disease;
        if (one->ct && (!finding.ct || *one->ct < *finding.ct)) finding.ct = one->ct;
      }
      const auto outcome = outcome_of(all, alone);
      if (!outcome) continue;
      finding.outcome = *outcome;
      finding.lineage = lineages_of(all);
      const Found found{finding.method, finding.outcome, {}, {}, false, finding.lineage};
      if (finding.lineage && (code_points(*finding.lineage) > kLineageMost || lineage_fault(found))) {
        fault(".result.value", "lineage_unfit");
        if (finding.outcome != Outcome::kPositive) continue;  // one of the two is wrong
        finding.lineage.reset();                              // nobody waits for a name
      }
      if (ct_fault(finding.method, finding.ct)) {
        fault(".result.value", "ct_range");
        continue;
      }
      out_.findings.push_back(std::move(finding));
    }
    if (out_.findings.empty() && out_.faults.empty()) fault("", "no_result");
  }

  // Each once, as "B.1.617.2; Delta".
  static std::optional<std::string> lineages_of(const std::vector<const Said*>& all) {
    std::vector<std::string> names;
    for (const Said* one : all)
      for (const auto& name : one->lineages)
        if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
    std::string out;
    for (const auto& name : names) out += (out.empty() ? "" : "; ") + name;
    return out.empty() ? std::nullopt : std::optional(out);
  }

  std::optional<Outcome> outcome_of(const std::vector<const Said*>& all, bool alone) {
    if (alone) {
      std::optional<Outcome> concluded;
      for (const Object* one : list_in(report_, "conclusionCode")) {
        const auto said = outcome_in(*one, all.front()->time);
        if (said && concluded && *said != *concluded) return refused("results_differ");
        if (said) concluded = said;
      }
      if (concluded) return concluded;
    }
    std::optional<Outcome> out;
    for (const Said* one : all) {
      if (one->unclear) return refused("outcome_unknown");
      if (one->outcome && out && *one->outcome != *out) return refused("results_differ");
      if (one->outcome) out = one->outcome;
    }
    return out ? out : refused("no_result");
  }

  std::optional<Outcome> refused(const char* code) {
    fault(".conclusionCode", code);
    return std::nullopt;
  }

  const Message& message_;
  const Codes& codes_;
  const Object& report_;
  std::vector<std::string> tubes_;  // of the report, for Observations that name none
  std::size_t specimens_ = 0;
  bool broken_ = false;
  std::vector<Said> said_;
  Report out_;
};

Result<std::vector<Report>> read_bundle(const Object& bundle, const Codes& codes) {
  const std::string type = text_in(bundle, "type");
  if (type != "message" && type != "transaction" && type != "batch" && type != "collection")
    return wrong_field("/type", "choice");
  if (turned_round(bundle)) return wrong_field("/implicitRules", "unknown");
  const Value* entries = bundle.if_contains("entry");
  const Array* all = entries ? entries->if_array() : nullptr;
  if (!all || all->empty()) return wrong_field("/entry", "required");
  if (all->size() > kEntriesMost) return wrong_field("/entry", "too_long");
  Message message;
  const auto resource_of = [&](std::size_t i) -> const Object* {
    const Object* entry = (*all)[i].if_object();
    return entry ? object_in(*entry, "resource") : nullptr;
  };
  for (std::size_t i = 0; i < all->size(); ++i)
    if (const Object* resource = resource_of(i)) message.know(*resource, text_in(*(*all)[i].if_object(), "fullUrl"));
  const Object* identifier = object_in(bundle, "identifier");
  const std::string called = identifier ? text_in(*identifier, "system") + '|' + text_in(*identifier, "value") : "";
  std::vector<Report> out;
  for (std::size_t i = 0; i < all->size(); ++i) {
    const Object* resource = resource_of(i);
    if (!resource || !is(*resource, "DiagnosticReport")) continue;
    const std::string path = "Bundle.entry[" + std::to_string(i) + "].resource";
    const Object* request = object_in(*(*all)[i].if_object(), "request");
    if (request && text_in(*request, "method") != "POST" && text_in(*request, "method") != "PUT") {
      out.push_back(
          {path, "", Status::kNotYet, {}, {}, {{"Bundle.entry[" + std::to_string(i) + "].request", "choice"}}});
      continue;
    }
    std::string own = text_in(*resource, "id");
    if (own.empty()) own = text_in(*(*all)[i].if_object(), "fullUrl");
    const bool named = called.size() > 1 && !own.empty();
    out.push_back(Reading(message, codes, *resource, path, named ? called + '#' + own : "").run());
  }
  if (out.empty()) return wrong_field("/entry", "no_report");
  return out;
}

}  // namespace

Result<std::vector<Report>> read(std::string_view text, const Codes& codes) {
  const auto value = json::parse_value(text);
  if (!value) return value.error();
  const Object* resource = value->if_object();
  if (!resource) return wrong_field("/resourceType", "required");
  if (is(*resource, "Bundle")) return read_bundle(*resource, codes);
  if (!is(*resource, "DiagnosticReport")) return wrong_field("/resourceType", "choice");
  const Message message;
  std::vector<Report> out;
  out.push_back(Reading(message, codes, *resource, "DiagnosticReport", "").run());
  return out;
}

}  // namespace luytre::laboratory::fhir

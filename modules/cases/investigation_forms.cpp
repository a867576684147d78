#include "modules/cases/investigation_forms.h"

#include <algorithm>
#include <fstream>
#include <sstream>

#include "engines/forms/reading.h"

namespace luytre::cases {
namespace {

constexpr std::string_view kMeaning = "urn:luytre:extension:meaning";
constexpr std::string_view kFinding = "urn:luytre:extension:finding";

std::optional<FindingKind> kind_of(std::string_view meaning) {
  if (meaning == "symptom") return FindingKind::kSymptom;
  if (meaning == "underlying-condition") return FindingKind::kUnderlyingCondition;
  if (meaning == "exposure") return FindingKind::kExposure;
  return std::nullopt;
}

presence::Wording wording(const forms::Texts& texts) {
  const auto in = [&](const char* language) {
    const auto found = texts.find(language);
    return found == texts.end() ? std::string() : found->second;
  };
  return {in("vi"), in("en")};
}

std::optional<Date> day(const forms::Answers& answers, const std::string& link_id) {
  const auto given = answers.find(link_id);
  if (given == answers.end() || given->second.empty()) return std::nullopt;
  const Date* found = std::get_if<Date>(&given->second.front());
  return found ? std::optional(*found) : std::nullopt;
}

json::Value read_json(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream text;
  if (!in || !(text << in.rdbuf())) throw std::runtime_error("cannot read " + file.string());
  auto value = json::parse_value(text.str());
  if (!value) throw std::runtime_error(file.string() + ": is not JSON");
  return std::move(*value);
}

bool in_force(const forms::Questionnaire& form, Date at) {
  return form.valid_from <= at && (!form.valid_to || at < *form.valid_to);
}

}  // namespace

InvestigationForm::InvestigationForm(json::Value read)
    : document(std::move(read)), form(forms::read_questionnaire(document)) {
  read_meanings(document, "", false);
}

void InvestigationForm::read_meanings(const json::Value& of, const std::string& pointer, bool repeating) {
  const forms::Place in(of, pointer);
  for (const forms::Place& place : in.each("item")) {
    const forms::Item& item = *form.find(place.text("linkId"));
    std::string meaning;
    std::optional<forms::Coding> coding;
    for (const forms::Place& extension : place.each("extension")) {
      const std::string url = extension.text("url");
      if (url == kMeaning) meaning = extension.text("valueCode");
      if (url != kFinding) continue;
      const forms::Place value = extension.at("valueCoding");
      coding = forms::Coding{value.text("system"), value.text("code")};
    }
    if (!meaning.empty() && repeating) place.refuse("what has a meaning does not repeat");
    if (meaning == "onset") {
      if (item.type != forms::ItemType::kDate || item.precision != forms::Precision::kDay || !onset_.empty())
        place.refuse("the onset is one whole day");
      onset_ = item.link_id;
    } else if (meaning == "disease") {
      if (item.type != forms::ItemType::kString || !pointer.empty() || !disease_.empty())
        place.refuse("the disease is one text of the first level");
      disease_ = item.link_id;
    } else if (!meaning.empty()) {
      if (!coding) place.refuse("a finding needs its code");
      read_finding(place.pointer(), meaning, item, *coding);
    } else if (coding) {
      place.refuse("a finding needs a meaning");
    }
    if (item.type == forms::ItemType::kGroup) {
      const auto index = static_cast<std::size_t>(std::stoul(place.pointer().substr(place.pointer().rfind('/') + 1)));
      read_meanings(of.get_object().at("item").get_array().at(index), place.pointer(), repeating || item.repeats);
    }
  }
}

void InvestigationForm::read_finding(const std::string& pointer, const std::string& meaning, const forms::Item& item,
                                     const forms::Coding& coding) {
  const auto found = std::find_if(asked_.begin(), asked_.end(), [&](const Asked& one) {
    return one.finding.system == coding.system && one.finding.code == coding.code;
  });
  if (meaning == "since") {
    if (item.type != forms::ItemType::kDate || item.precision != forms::Precision::kDay)
      throw forms::FormError(pointer, "a finding began on one whole day");
    if (found == asked_.end() || !found->since.empty())
      throw forms::FormError(pointer, "a finding is asked for before the day on which it began, and once");
    found->since = item.link_id;
    return;
  }
  const auto kind = kind_of(meaning);
  if (!kind) throw forms::FormError(pointer, "this meaning is not known: " + meaning);
  if (item.type != forms::ItemType::kBoolean || item.repeats)
    throw forms::FormError(pointer, "a finding is there or is not");
  if (found != asked_.end()) throw forms::FormError(pointer, "this finding is asked for twice");
  Asked one;
  one.link_id = item.link_id;
  one.finding.kind = *kind;
  one.finding.system = coding.system;
  one.finding.code = coding.code;
  one.finding.name = wording(item.text);
  asked_.push_back(std::move(one));
}

std::vector<Finding> InvestigationForm::findings(const forms::Answers& answers) const {
  std::vector<Finding> out;
  for (const Asked& one : asked_) {
    const auto given = answers.find(one.link_id);
    if (given == answers.end() || given->second.empty()) continue;
    Finding finding = one.finding;
    finding.present = given->second.front() == forms::Value(true);
    if (finding.present && !one.since.empty()) finding.since = day(answers, one.since);
    out.push_back(std::move(finding));
  }
  return out;
}

std::optional<Date> InvestigationForm::onset(const forms::Answers& answers) const {
  return onset_.empty() ? std::nullopt : day(answers, onset_);
}

json::Value InvestigationForm::about(const json::Value& response, const std::string& disease) const {
  if (disease_.empty() || !response.is_object()) return response;
  json::Object out = response.get_object();
  const auto* given = out.if_contains("item");
  if (given && !given->is_array()) return response;
  json::Array items;
  items.push_back(json::Object{{"linkId", disease_}, {"answer", json::Array{json::Object{{"valueString", disease}}}}});
  if (given) {
    for (const auto& item : given->get_array()) {
      const auto* link_id = item.is_object() ? item.get_object().if_contains("linkId") : nullptr;
      if (link_id && link_id->is_string() && std::string_view(link_id->get_string()) == disease_) continue;
      items.push_back(item);
    }
  }
  out["item"] = std::move(items);
  return out;
}

json::Value InvestigationForm::empty(const std::string& disease) const {
  return about(json::Object{{"resourceType", "QuestionnaireResponse"},
                            {"questionnaire", form.url + '|' + form.version},
                            {"status", "completed"},
                            {"item", json::Array{}}},
               disease);
}

InvestigationForms::InvestigationForms(const std::filesystem::path& folder, const presence::Diseases& diseases) {
  if (!std::filesystem::is_directory(folder)) throw std::runtime_error("the folder is missing: " + folder.string());
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() != ".json") continue;
    try {
      InvestigationForm one(read_json(entry.path()));
      if (find(one.form.id, one.form.version)) throw std::runtime_error("this id and version are there already");
      forms_.push_back(std::move(one));
    } catch (const std::runtime_error& e) {
      throw std::runtime_error(entry.path().string() + ": " + e.what());
    }
  }
  std::sort(forms_.begin(), forms_.end(), [](const InvestigationForm& a, const InvestigationForm& b) {
    return std::tie(a.form.id, b.form.valid_from, b.form.version) <
           std::tie(b.form.id, a.form.valid_from, a.form.version);
  });
  for (const presence::Disease& disease : diseases.all())
    for (const auto& named : disease.investigation)
      if (!of(disease, named.from))
        throw std::runtime_error("disease " + disease.id + ": there is no form of investigation " + named.form +
                                 " on " + to_text(named.from));
}

const InvestigationForm* InvestigationForms::find(std::string_view id, std::string_view version) const {
  for (const InvestigationForm& one : forms_)
    if (one.form.id == id && one.form.version == version) return &one;
  return nullptr;
}

const InvestigationForm* InvestigationForms::of(const presence::Disease& disease, Date day) const {
  const auto* named = disease.investigation_on(day);
  if (!named) return nullptr;
  for (const InvestigationForm& one : forms_)
    if (one.form.id == named->form && in_force(one.form, day)) return &one;
  return nullptr;
}

}  // namespace luytre::cases

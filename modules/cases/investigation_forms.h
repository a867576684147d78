// Forms by which cases are investigated: the dated Questionnaires of data/forms/investigation (engines/forms), and what
// their answers mean, so that a new form needs no code. Beside what every form may have, an item of theirs may have
//
//   urn:luytre:extension:meaning   symptom, underlying-condition, exposure: a yes/no question about one finding
//                                  since: the day on which a finding began
//                                  onset: the day on which the person fell ill
//                                  disease: a text of the form's first level, answered with the disease of the case,
//                                  so that other questions can be asked for by it
//   urn:luytre:extension:finding   a Coding, of the first four: which finding. In ICD-10 (WHO) where a code fits, else
//                                  in urn:luytre:finding. One form asks for one finding once.
//
// None of them is inside a repeating group. A disease's pack names the form and from when on (diseases.h); which
// version of it, the form's own dates say. Immutable, thread-safe.

#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "engines/forms/response.h"
#include "engines/presence/diseases.h"

namespace luytre::cases {

enum class FindingKind { kSymptom, kUnderlyingCondition, kExposure };
BOOST_DESCRIBE_ENUM(FindingKind, kSymptom, kUnderlyingCondition, kExposure)

// What was asked and answered; what was not is not there.
struct Finding {
  FindingKind kind = FindingKind::kSymptom;
  std::string system, code;
  presence::Wording name;  // as the form asks
  bool present = false;
  std::optional<Date> since;  // of one that is
};
BOOST_DESCRIBE_STRUCT(Finding, (), (kind, system, code, name, present, since))

struct InvestigationForm {
  // Throws forms::FormError.
  explicit InvestigationForm(json::Value read);

  std::vector<Finding> findings(const forms::Answers& answers) const;  // in the form's order
  std::optional<Date> onset(const forms::Answers& answers) const;
  // The response with the disease answered as the case has it; what is no response is left as it is.
  json::Value about(const json::Value& response, const std::string& disease) const;
  json::Value empty(const std::string& disease) const;

  json::Value document;
  forms::Questionnaire form;

 private:
  struct Asked {
    std::string link_id;
    Finding finding;
    std::string since;  // linkId; may be empty
  };
  void read_meanings(const json::Value& of, const std::string& pointer, bool repeating);
  void read_finding(const std::string& pointer, const std::string& meaning, const forms::Item& item,
                    const forms::Coding& coding);

  std::vector<Asked> asked_;
  std::string onset_, disease_;  // linkIds
};

class InvestigationForms {
 public:
  // `folder`: data/forms/investigation. Throws runtime_error naming the file, or the disease whose form is not there on
  // the day on which it begins.
  InvestigationForms(const std::filesystem::path& folder, const presence::Diseases& diseases);

  const InvestigationForm* find(std::string_view id, std::string_view version) const;
  // The newest that is in force.
  const InvestigationForm* of(const presence::Disease& disease, Date day) const;
  const std::vector<InvestigationForm>& all() const { return forms_; }

 private:
  std::vector<InvestigationForm> forms_;
};

}  // namespace luytre::cases

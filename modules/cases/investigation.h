// Investigation: what an officer asks the person of a case by the form of the disease (investigation_forms.h).
//
// The answers are sent whole, as a FHIR QuestionnaireResponse to one version of a form; who corrects them corrects that
// version, also when a newer one is in force. Every one that was sent is kept with who wrote it and when, and the
// newest stands. Nothing is required: who asks may know little, and says when no more is to be asked (`complete`). Two
// officers who write at once are told so (version_conflict, with what stands). Symptoms, underlying conditions and
// exposures are read out of the answers by what the form says that its questions mean; so is the onset, which is only
// shown beside that of the case: an officer takes it over by POST /cases/{id}/onset, or does not.
//
// Who may: officers whose area covers the case's residence or the unit that reported it; somebody who searches for
// people for the police, or traces on a request, never. Every look and every change is in the access log. Answers are
// sealed and are nowhere else. Publishes investigation.recorded (subject: the case; unit: of residence). Thread-safe.

#pragma once

#include "modules/cases/cases.h"
#include "modules/cases/investigation_forms.h"

namespace luytre::cases {

// `version` of what is corrected: If-Match; 0 where nothing was written yet.
struct Answered {
  std::string form, form_version;
  json::Value response;  // a FHIR QuestionnaireResponse
  bool complete = false;
  std::optional<Instant> told_at;  // by the device; absent: now
};
BOOST_DESCRIBE_STRUCT(Answered, (), (form, form_version, response, complete, told_at))

struct Investigation {
  std::string form, form_version;
  json::Value questionnaire;
  json::Value response;  // what stands; before anything does, what is known of the case
  bool complete = false;
  std::vector<Finding> findings;
  std::optional<Date> onset;  // as answered
  std::optional<Instant> told_at, at;
  std::optional<std::string> by;
  std::int64_t version = 0;  // 0: nothing was written yet
};
BOOST_DESCRIBE_STRUCT(Investigation, (),
                      (form, form_version, questionnaire, response, complete, findings, onset, told_at, at, by,
                       version))

struct InvestigationVersion {
  std::int64_t version = 1;
  Instant at;
  std::string by;
  std::string form, form_version;
  bool complete = false;
  json::Value response;
};
BOOST_DESCRIBE_STRUCT(InvestigationVersion, (), (version, at, by, form, form_version, complete, response))

inline constexpr std::chrono::minutes kClockSkew{2};  // how far a device's clock may be ahead

inline constexpr ErrorCode kFormNotAsked{"form_not_asked", 422};  // another form, or version of it, than what stands
inline constexpr ErrorCode kNoForm{"no_form", 422};               // the disease's pack names none for today

struct InvestigationParts {
  store::Database& db;
  const geography::Geography& geography;
  const identity::Access& access;
  const Vault& vault;
  const presence::Diseases& diseases;
  const InvestigationForms& forms;
};

class Investigations {
 public:
  explicit Investigations(const InvestigationParts& parts) : parts_(parts) {}

  // Errors of all: not_found (also of a case elsewhere), those of Access::require. no_form.
  Task<Result<Investigation>> find(const Caller& caller, CaseId id);
  // Errors: form_not_asked, no_form, invalid (pointers below /response; /toldAt), version_conflict.
  Task<Result<Investigation>> write(const Caller& caller, CaseId id, Answered answered, std::int64_t version,
                                    std::optional<store::Once> once = std::nullopt);
  Task<Result<http::Page<InvestigationVersion>>> versions(const Caller& caller, CaseId id);  // newest first

  // Within another's transaction, without a check: what stands; none where nothing was written.
  std::vector<Finding> findings(store::Session& session, CaseId id) const;

 private:
  struct Written {
    std::int64_t version = 0;  // of the answers: what was answered is not kept for a repeated call
    BOOST_DESCRIBE_CLASS(Written, (), (version), (), ())
  };
  struct Standing;
  Result<Standing> seen(store::Session& session, const Caller& caller, const identity::Action& action, CaseId id) const;
  Result<Written> write_within(store::Session& session, const Caller& caller, CaseId id, const Answered& answered,
                               std::int64_t version) const;
  Task<Result<Investigation>> written(Caller caller, CaseId id, Task<Result<Written>> writing);
  forms::Response read(const InvestigationForm& form, CaseId id, std::int64_t version,
                       const store::Bytes& answers) const;

  InvestigationParts parts_;
};

void routes(http::Router& router, Investigations& room);

}  // namespace luytre::cases

// Case bundle: a case as a Bundle of HL7 FHIR R4 (4.0.1), for another institution's system.
//
// A Patient, a Condition, an Encounter for each hospital stay, and a Specimen, Observation and DiagnosticReport for
// each result that stands of the person's own samples: from kBefore before the case's first date to its outcome;
// without such a result, that by which the case was confirmed; and a Condition for each symptom and underlying
// condition that its investigation found. The answers themselves are not told, as they name places and people, nor
// exposures. Pools, contacts, places, sources, notes, phones, papers and street addresses are not told. Codes: the
// disease's ICD-10, and data/laboratory/codes.json; without one, words. Resources are named by UUIDs that say nothing
// about our own numbers and stay the same for the same case.
//
// Officers of district and province of the case's area, with a reason; each export is in the access log. Thread-safe.

#pragma once

#include "modules/cases/investigation.h"
#include "modules/laboratory/codes.h"
#include "modules/laboratory/tested.h"

namespace luytre::integration {

inline constexpr std::chrono::hours kBefore{14 * 24};  // this project's own

// A case with what belongs to it, for the bundle. Pure.
struct CaseFacts {
  cases::Case kase;
  std::string icd10, disease_name;
  std::vector<laboratory::Tested> tests;
  std::vector<cases::Finding> findings;                 // of the investigation; those that are there
  std::function<std::string(const std::string&)> uuid;  // of a thing's name
  Instant at;                                           // of the export
};
json::Object case_bundle(const CaseFacts& facts, const laboratory::Codes& codes);

class CaseBundles {
 public:
  CaseBundles(store::Database& db, cases::Cases& cases, const cases::Investigations& investigations,
              const identity::Access& access, const laboratory::Codes& codes, const Vault& vault)
      : db_(db), cases_(cases), investigations_(investigations), access_(access), codes_(codes), vault_(vault) {}

  // Errors: not_found, not_permitted, reason_required.
  Task<Result<json::Object>> of(const Caller& caller, CaseId id, std::string reason);

 private:
  Task<Result<json::Object>> write(Caller caller, CaseId id, std::string reason);

  store::Database& db_;
  cases::Cases& cases_;
  const cases::Investigations& investigations_;
  const identity::Access& access_;
  const laboratory::Codes& codes_;
  const Vault& vault_;
};

void routes(http::Router& router, CaseBundles& bundles);

}  // namespace luytre::integration

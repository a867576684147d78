// Reads laboratories' messages in HL7 FHIR R4 (4.0.1, JSON): a DiagnosticReport, or a Bundle of them. Pure.
//
// Of a Bundle (message, transaction, batch or collection) every DiagnosticReport is read by itself, with the
// Observations, Specimens and ServiceRequests that it refers to: contained, by fullUrl, or by type and id. References
// out of the message are not followed. Whose specimen it was is not read, nor any other word about a person: a tube's
// people are known here.
//
// The tube is the first of Specimen.container.identifier, Specimen.identifier and accessionIdentifier, an identifier
// of the ServiceRequest. Method: by codes (codes.h) of Observation.code or, without Observations,
// DiagnosticReport.code; where there is no LOINC code, by its text in the words of lists. Never by Observation.method:
// of a panel each Observation has it, whatever was looked for. Outcome: DiagnosticReport.conclusionCode if the report
// is of one method and of nothing else, else what all Observations of the method say. Ct: the lowest. Lineage: what an
// Observation of a lineage or variant names, by sequencing; it has no outcome of its own, and what cannot be one is
// left out and said. The time is when the result was issued, else the effective one.
//
// An Observation of something else than a test is passed over and said; of a method whose outcome is not understood
// nothing is taken; of a report whose Observations are not all there, or not final, neither. modifierExtension and
// implicitRules may turn a meaning round: what has one is refused.

#pragma once

#include "modules/laboratory/codes.h"
#include "modules/laboratory/impl.h"

namespace luytre::laboratory::fhir {

inline constexpr std::size_t kEntriesMost = 2'000;
inline constexpr std::size_t kObservationsMost = 50;  // of a report

// `kAppended`: something is added to what was final. `kCorrected`: it replaces what the report said before.
// `kWithdrawn`: cancelled or entered in error.
enum class Status { kNotYet, kFinal, kAppended, kCorrected, kWithdrawn };
BOOST_DESCRIBE_ENUM(Status, kNotYet, kFinal, kAppended, kCorrected, kWithdrawn)

struct Fault {
  std::string path;  // FHIRPath of what is meant, "Bundle.entry[3].resource.code"
  std::string code;
};
BOOST_DESCRIBE_STRUCT(Fault, (), (path, code))

// Of one tube by one method.
struct Finding {
  std::vector<std::string> tubes;  // barcodes that may be meant, the likeliest first; not empty
  Method method = Method::kPcr;
  Outcome outcome = Outcome::kNegative;
  std::optional<double> ct;
  Instant at;
  bool whole_day = false;
  std::optional<std::string> disease;  // that a code spoke of
  std::optional<std::string> lineage;
};
BOOST_DESCRIBE_STRUCT(Finding, (), (tubes, method, outcome, ct, at, whole_day, disease, lineage))

struct Report {
  std::string path;      // "Bundle.entry[3].resource"
  std::string identity;  // system and value of the first identifier, or that of the Bundle and the entry's
  Status status = Status::kFinal;
  std::optional<Instant> said;  // meta.lastUpdated, or when it was issued
  std::vector<Finding> findings;
  std::vector<Fault> faults;
};
BOOST_DESCRIBE_STRUCT(Report, (), (path, identity, status, said, findings, faults))

// Errors: malformed, invalid (/resourceType, /type, /entry: not such a message, or too long).
Result<std::vector<Report>> read(std::string_view text, const Codes& codes);

}  // namespace luytre::laboratory::fhir

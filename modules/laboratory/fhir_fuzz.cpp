// Whatever bytes come as a message: no crash, and what is taken of it is bounded and can be a result.

#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "modules/laboratory/fhir.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace luytre;              // NOLINT: a test's brevity
  using namespace luytre::laboratory;  // NOLINT
  static const Codes codes = [] {
    Codes out;
    out.methods.push_back({"http://loinc.org", "94500-6", "RNA", Method::kPcr, "covid-19", Date{}, {}, "test"});
    out.cts.push_back({"http://loinc.org", "94745-7", "Ct", "covid-19", Date{}, {}, "test"});
    out.lineages.push_back({"http://loinc.org", "100157-7", "Lineage", "covid-19", Date{}, {}, "test"});
    out.outcomes.push_back({"http://snomed.info/sct", "260373001", "Detected", Outcome::kPositive, Date{}, {}, "test"});
    out.outcomes.push_back(
        {"http://snomed.info/sct", "260415000", "Not detected", Outcome::kNegative, Date{}, {}, "test"});
    return out;
  }();
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto reports = fhir::read(text, codes);
  if (!reports) return 0;
  if (reports->empty() || reports->size() > fhir::kEntriesMost) std::abort();
  for (const auto& report : *reports) {
    const bool takes = report.status != fhir::Status::kNotYet && report.status != fhir::Status::kWithdrawn;
    if (!report.findings.empty() && (!takes || report.identity.empty())) std::abort();
    if (takes && report.findings.empty() && report.faults.empty()) std::abort();
    for (const auto& finding : report.findings) {
      if (finding.lineage && (finding.outcome != Outcome::kPositive || finding.lineage->empty())) std::abort();
      if (finding.tubes.empty() || ct_fault(finding.method, finding.ct)) std::abort();
      for (const auto& tube : finding.tubes)
        if (barcode(tube) != tube) std::abort();
    }
  }
  const auto again = fhir::read(text, codes);
  if (!again || json::text(*again) != json::text(*reports)) std::abort();
  return 0;
}

// What a laboratory's system is told of each of its reports: an OperationOutcome of HL7 FHIR R4, one issue for each
// report or finding. details.coding of kAnswers says what became of it:
//
// taken, same (nothing new), withdrawn, waiting (not final yet), outdated (a later one was there before),
// tube_unknown (kept apart until the tube is sent or an officer says which it was). Refused: result_stands (another
// result; to be corrected by the report that said it, or by an officer), disease_differs, tube_ambiguous,
// before_sample, time_in_future, and what the reader found (fhir.h).

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "platform/base/json.h"

namespace luytre::laboratory {

inline constexpr const char* kAnswers = "urn:luytre:laboratory-report";

struct IssueCoding {
  std::string system, code;
};
BOOST_DESCRIBE_STRUCT(IssueCoding, (), (system, code))

struct IssueDetails {
  std::vector<IssueCoding> coding;
};
BOOST_DESCRIBE_STRUCT(IssueDetails, (), (coding))

struct Issue {
  std::string severity;  // error: nothing was taken; warning; information
  std::string code;      // of the value set issue-type
  IssueDetails details;
  std::optional<std::string> diagnostics;  // tube and method
  std::vector<std::string> expression;     // FHIRPath of what is meant
};
BOOST_DESCRIBE_STRUCT(Issue, (), (severity, code, details, diagnostics, expression))

struct OperationOutcome {
  std::string resource_type = "OperationOutcome";
  std::vector<Issue> issue;
};
BOOST_DESCRIBE_STRUCT(OperationOutcome, (), (resource_type, issue))

}  // namespace luytre::laboratory

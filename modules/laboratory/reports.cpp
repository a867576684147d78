// Reports of laboratories' systems: taken once, corrected and withdrawn by the report that said them.

#include "modules/laboratory/reports.h"

#include <algorithm>
#include <set>

#include "modules/laboratory/fhir.h"

namespace luytre::laboratory {
namespace {

using fhir::Status;
using store::Session;

constexpr std::string_view kReport = "laboratory.report";

// Whose names of reports they are: the institution's, by whichever key. Empty: an officer's.
std::string sender_of(const Caller& caller) {
  const auto officer = [&](Role role) { return caller.has(role); };
  if (std::any_of(kWork.roles.begin(), kWork.roles.end(), officer)) return "";
  return fold(caller.name) + '\n' + (caller.grants.empty() ? "" : to_text(caller.grants.front().area));
}

// Of the value set issue-type.
const char* issue_type(const std::string& code) {
  if (code == "same") return "duplicate";
  if (code == "tube_unknown" || code == "reference_unknown") return "not-found";
  if (code == "result_stands" || code == "outdated") return "conflict";
  if (code == "required" || code == "tube_required" || code == "no_result") return "required";
  if (code == "code_unknown" || code == "outcome_unknown" || code == "choice") return "code-invalid";
  if (code == "too_long") return "too-long";
  if (code == "disease_differs" || code == "tube_ambiguous" || code == "results_differ") return "business-rule";
  if (code == "taken" || code == "withdrawn" || code == "waiting") return "informational";
  return "value";
}

class Taking {
 public:
  Taking(const Laboratory::Impl& impl, Session& session, Recorder who, std::string sender)
      : impl_(impl), session_(session), who_(std::move(who)), sender_(std::move(sender)) {}

  OperationOutcome run(const std::vector<fhir::Report>& reports) && {
    for (const auto& report : reports) take(report);
    return std::move(out_);
  }

 private:
  void say(const char* severity, const std::string& path, const std::string& code,
           std::optional<std::string> diagnostics = std::nullopt) {
    out_.issue.push_back({severity, issue_type(code), {{{kAnswers, code}}}, std::move(diagnostics), {path}});
  }

  void take(const fhir::Report& report) {
    const char* severity = report.findings.empty() ? "error" : "warning";
    for (const auto& fault : report.faults) say(severity, fault.path, fault.code);
    const bool withdrawn = report.status == Status::kWithdrawn;
    if (report.findings.empty() && !report.faults.empty()) return;
    if (report.status == Status::kNotYet) return say("information", report.path, "waiting");
    const std::string named = sender_ + '\n' + to_text(who_.laboratory) + '\n' + report.identity;
    apart_.clear();
    who_.report = store::Bytes{impl_.vault.blind(kReport, named)};
    fhir::Report content = report;
    content.path.clear();
    content.faults.clear();
    const store::Bytes hash{impl_.vault.blind(kReport, named + '\n' + json::text(content))};
    if (storage::taken(session_, *who_.report, hash)) return say("information", report.path, "same");
    const auto newest = storage::newest(session_, *who_.report);
    if (newest && report.said && *report.said < *newest) return say("warning", report.path, "outdated");
    const std::string reason =
        "DiagnosticReport " + report.identity + (withdrawn ? ": entered-in-error" : ": corrected");
    if (withdrawn) {
      withdraw({}, report.path, reason);
      say("information", report.path, "withdrawn");
    } else if (!findings(report, reason)) {
      return;
    }
    // A clock that is ahead must not make all that follows outdated.
    const Instant said = std::min(report.said.value_or(impl_.now()), impl_.now());
    storage::insert(session_, storage::ReportRow{*who_.report, hash, who_.laboratory, said, impl_.now()});
  }

  // Answers whether nothing was refused.
  bool findings(const fhir::Report& report, const std::string& reason) {
    bool all = true;
    std::set<std::pair<TubeId, Method>> said;
    for (const auto& finding : report.findings) {
      const std::string which = finding.tubes.front() + ' ' + json::enum_text(finding.method);
      const auto refused = take(finding, report.status == Status::kCorrected ? &reason : nullptr, said);
      if (!refused) {
        say("information", report.path, same_ ? "same" : "taken", which);
      } else if (*refused == kTubeUnknown.code) {
        say("warning", report.path, *refused, which);
      } else {
        say("error", report.path, *refused, which);
        all = false;
      }
    }
    // A corrected report that was understood whole says all there is; the tube it named before was another's.
    if (all && report.faults.empty() && report.status == Status::kCorrected) withdraw(said, report.path, reason);
    return all;
  }

  // Why it was not taken.
  std::optional<std::string> take(const fhir::Finding& finding, const std::string* reason,
                                  std::set<std::pair<TubeId, Method>>& said) {
    std::optional<storage::TubeRow> tube;
    for (const auto& code : finding.tubes) {
      auto found = storage::tube(session_, code);
      if (!found || found->laboratory != who_.laboratory) continue;
      if (tube && tube->id != found->id) return "tube_ambiguous";
      tube = std::move(found);
    }
    if (finding.at > impl_.now() + kAhead) return "time_in_future";
    if (tube && finding.disease && *finding.disease != tube->disease) return kDiseaseDiffers.code;
    const Found found{finding.method, finding.outcome, finding.ct, finding.at, finding.whole_day, finding.lineage};
    std::optional<std::string> why;
    if (tube) {
      said.emplace(tube->id, finding.method);
      for (const auto& row : storage::results(session_, tube->id))
        if (reason && row.method == finding.method && !row.replaced && row.report == who_.report) why = *reason;
      const auto taken = impl_.take(session_, *tube, found, who_, why);
      if (!taken) return taken.error().fields.empty() ? taken.error().code : taken.error().fields.front().code;
      same_ = *taken == Recorded::kSame;
    }
    // What it said of this tube and method before is not kept apart any longer.
    for (const auto& apart : storage::unmatched(session_, *who_.report))
      if (apart.method == finding.method && apart.code == finding.tubes.front()) storage::remove(session_, apart.id);
    if (tube) return std::nullopt;
    const auto id = impl_.db.ids().make<UnmatchedId>();
    storage::insert(session_,
                    storage::UnmatchedRow{id, who_.laboratory, finding.tubes.front(), found.method, found.outcome,
                                          found.ct, found.at, found.whole_day, impl_.now(), who_.account, who_.name,
                                          who_.report, finding.disease, found.lineage});
    apart_.insert(id);
    return kTubeUnknown.code;
  }

  // What the report said before and does not say now. The tube's people are told that the test was no good.
  void withdraw(const std::set<std::pair<TubeId, Method>>& said, const std::string& path, const std::string& reason) {
    for (const auto& row : storage::results(session_, *who_.report)) {
      if (said.contains({row.tube, row.method})) continue;
      const Found none{row.method, Outcome::kInvalid, std::nullopt, row.at, false};
      const auto taken = impl_.take(session_, *storage::tube(session_, row.tube), none, who_, reason);
      if (!taken) say("error", path, taken.error().code, json::enum_text(row.method));
    }
    for (const auto& apart : storage::unmatched(session_, *who_.report))
      if (!apart_.contains(apart.id)) storage::remove(session_, apart.id);
  }

  const Laboratory::Impl& impl_;
  Session& session_;
  Recorder who_;
  const std::string sender_;
  std::set<UnmatchedId> apart_;  // of this report now
  bool same_ = false;
  OperationOutcome out_;
};

}  // namespace

Task<Result<OperationOutcome>> Laboratory::take_message(const Caller& caller, LaboratoryId id, std::string message) {
  auto reports = fhir::read(message, impl_->codes);
  if (!reports) return refused<OperationOutcome>(reports.error());
  return impl_->db.transact([impl = impl_.get(), caller, id,
                             reports = std::move(*reports)](Session& s) -> Result<OperationOutcome> {
    const auto row = storage::laboratory(s, id);
    const auto allowed = impl->access.require(s, caller, kHandOver, {PersonId{}, row ? row->unit : UnitId{}, ""});
    if (!allowed) return allowed.error();
    if (!row) return kNotFound;
    const std::string sender = sender_of(caller);
    if (!sender.empty()) {
      const store::Bytes key{impl->vault.blind("laboratory.key", to_text(caller.account))};
      if (const auto wait = impl->limits.take(s, "laboratory.messages", key, kMessagesOfProgram))
        return Error(kTooMany, {{"seconds", std::to_string(*wait)}});
    }
    auto out = Taking(*impl, s, {id, caller.account, caller.name}, sender).run(reports);
    const auto of = [&](const char* severity) {
      return std::count_if(out.issue.begin(), out.issue.end(),
                           [&](const Issue& one) { return one.severity == severity; });
    };
    impl->access.log_list(s, caller, kHandOver, 0,
                          "laboratory " + to_text(id) + ": " + std::to_string(reports.size()) + " reports, " +
                              std::to_string(of("error")) + " errors, " + std::to_string(of("warning")) + " warnings");
    s.publish({"laboratory.changed", id.value, impl->now(), 1, row->unit.value});
    return out;
  });
}

}  // namespace luytre::laboratory

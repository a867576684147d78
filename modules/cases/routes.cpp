#include "modules/cases/cases.h"
#include "modules/cases/dates.h"

namespace luytre::cases {
namespace {

constexpr std::initializer_list<Role> kOfficers{Role::kStationOfficer, Role::kDistrictOfficer, Role::kProvinceOfficer};

Filter filter_of(const http::Call& call) {
  Filter filter;
  filter.classification = call.query_as<Classification>("classification");
  filter.status = call.query_as<Status>("status");
  filter.unit = call.query_id<UnitId>("unit");
  filter.number = call.query("q");
  filter.disease = call.query("disease");
  filter.outcome = call.query_as<Outcome>("outcome");
  filter.onset_from = call.query_as<Date>("onsetFrom");
  filter.onset_to = call.query_as<Date>("onsetTo");
  filter.reported_from = call.query_as<Date>("reportedFrom");
  filter.reported_to = call.query_as<Date>("reportedTo");
  if (const auto outbreak = call.query_id<CaseId>("outbreak")) filter.outbreak = outbreak->value;
  filter.source_unknown = call.query_as<bool>("sourceUnknown").value_or(false);
  filter.awaiting = call.query_as<bool>("awaiting").value_or(false);
  filter.overdue = call.query_as<bool>("overdue").value_or(false);
  filter.twin = call.query_as<bool>("twin").value_or(false);
  filter.sort = call.query_as<Sort>("sort");
  filter.order = call.query_as<SortOrder>("order");
  filter.names = call.query_as<bool>("names").value_or(true);
  return filter;
}

}  // namespace

void routes(http::Router& router, Cases& cases) {
  router.get("/diseases")
      .summary("Diseases that this system knows, and their rule sets")
      .permit({Role::kAnyone}, Purpose::kPublic)
      .handle([&cases](http::Call&) { return cases.disease_list(); });
  router.get("/rule-sets")
      .summary("Dated rule sets of tracing")
      .permit({Role::kAnyone}, Purpose::kPublic)
      .handle([&cases](http::Call&) { return cases.rule_set_list(); });
  router.get("/cases")
      .summary("Cases of the own area, newest first unless sorted otherwise; a cursor goes on with its own sort")
      .permit(kOfficers, Purpose::kCaseManagement)
      .query("classification", "suspect|probable|confirmed|discarded")
      .query("status", "open|closed")
      .query("unit", "id", "Only cases of this unit and those below it")
      .query("q", "string", "Case number")
      .query("disease", "string", "Id of the disease")
      .query("outcome", "recovered|died|diedOfOtherCause|lostToFollowUp")
      .query("onsetFrom", "date", "Onset on that day or later; cases without an onset are left out")
      .query("onsetTo", "date", "Onset on that day or earlier; cases without an onset are left out")
      .query("reportedFrom", "date", "Reported on that local day or later")
      .query("reportedTo", "date", "Reported on that local day or earlier")
      .query("outbreak", "id", "Only cases of this outbreak")
      .query("names", "boolean", "False: to count them, without whose they are")
      .query("sourceUnknown", "boolean", "Only cases whose source is not known")
      .query("awaiting", "boolean", "Only cases that await notification, the most overdue first")
      .query("overdue", "boolean", "Only those of them whose deadline has passed")
      .query("twin", "boolean",
             "Only open cases whose patient has another open case of the disease, under a record merged since")
      .query("sort", "report|onset|deadline|number",
             "Without an onset: before every onset; without a deadline: after every deadline")
      .query("order", "ascending|descending",
             "Absent: reports and onsets the newest first, deadlines and numbers upwards")
      .errors({kInvalid, kNotFound, kNotPermitted})
      .paged()
      .handle([&cases](http::Call& call) {
        return cases.list(call.caller(), filter_of(call), call.cursor(), call.page_limit());
      });
  router.post("/cases/search")
      .summary("Find cases of the own area by who the patient is; every one shown is in the access log")
      .permit(kOfficers, Purpose::kCaseManagement)
      .errors({identity::kReasonRequired, people::kPersonCodeExpired, people::kPersonCodeForged, people::kCodeForeign})
      .handle([&cases](http::Call& call, people::Search patient) {
        return cases.of_patient(call.caller(), std::move(patient), http::kPageUsual);
      });
  router.post("/cases")
      .summary("Report a suspected case")
      .permit(kOfficers, Purpose::kCaseManagement)
      .errors({kCaseExists, kPersonMayBeKnown, kDiseaseUnknown, kDatesContradict})
      .status(201)
      .handle([&cases](http::Call& call, NewCase request) {
        return cases.report(call.caller(), std::move(request), call.once());
      });
  router.get("/cases/{id}")
      .summary("One case; the reading is logged")
      .permit(kOfficers, Purpose::kCaseManagement)
      .handle([&cases](http::Call& call) { return cases.find(call.caller(), call.id<CaseId>()); });
  router.post("/cases/{id}/confirm")
      .summary("Confirm by a result, or correct the dates of a confirmed case; tracing follows")
      .permit({Role::kDistrictOfficer, Role::kProvinceOfficer}, Purpose::kCaseManagement)
      .errors({kRuleSetUnknown, kNoRuleSet, kDatesContradict, kCaseClosed, kMethodUnfit})
      .versioned()
      .handle([&cases](http::Call& call, Confirmation request) {
        return cases.confirm(call.caller(), call.id<CaseId>(), std::move(request), *call.if_match());
      });
  router.post("/cases/{id}/reclassify")
      .summary("Change the classification, with a reason")
      .permit({Role::kDistrictOfficer, Role::kProvinceOfficer}, Purpose::kCaseManagement)
      .errors({kNeedsResult, kCaseExists})
      .versioned()
      .handle([&cases](http::Call& call, Reclassification request) {
        return cases.reclassify(call.caller(), call.id<CaseId>(), std::move(request), *call.if_match());
      });
  router.post("/cases/{id}/dates")
      .summary("Record when the case was diagnosed, notified, published; what is left out stays")
      .permit(kOfficers, Purpose::kCaseManagement)
      .errors({kDatesContradict})
      .versioned()
      .handle([&cases](http::Call& call, RecordedDates request) {
        return cases.record_dates(call.caller(), call.id<CaseId>(), request, *call.if_match());
      });
  router.post("/cases/{id}/onset")
      .summary("Record the day of onset alone; of a confirmed case the window moves with it, and tracing follows")
      .permit(kOfficers, Purpose::kCaseManagement)
      .errors(
          {kOnsetOfConfirmed, kDatesContradict, kCaseClosed, kNoRuleSet, kRuleSetUnknown, kNeedsResult, kMethodUnfit})
      .versioned()
      .handle([&cases](http::Call& call, Onset request) {
        return cases.record_onset(call.caller(), call.id<CaseId>(), request, *call.if_match());
      });
  router.post("/cases/{id}/course")
      .summary("Record hospital stays and outcome, all of them; an outcome closes the case")
      .permit(kOfficers, Purpose::kCaseManagement)
      .errors({kDatesContradict, kCaseExists})
      .versioned()
      .handle([&cases](http::Call& call, Course request) {
        return cases.record_course(call.caller(), call.id<CaseId>(), std::move(request), *call.if_match());
      });
  router.post("/cases/{id}/source")
      .summary("Record by whose case the person was infected; without a number it is not known")
      .permit(kOfficers, Purpose::kCaseManagement)
      .errors({kSourceUnknown, kSourceUnfit})
      .versioned()
      .handle([&cases](http::Call& call, Source request) {
        return cases.record_source(call.caller(), call.id<CaseId>(), std::move(request), *call.if_match());
      });
  router.post("/cases/{id}/undo")
      .summary("Take back the last change; what it caused is taken back too")
      .permit({Role::kDistrictOfficer, Role::kProvinceOfficer}, Purpose::kCaseManagement)
      .errors({kNothingToUndo, kCaseExists, kSourceUnfit})
      .versioned()
      .handle([&cases](http::Call& call, Reason reason) {
        return cases.undo(call.caller(), call.id<CaseId>(), std::move(reason), *call.if_match());
      });
  router.get("/cases/{id}/history")
      .summary("What happened to the case, newest first")
      .permit(kOfficers, Purpose::kCaseManagement)
      .handle([&cases](http::Call& call) { return cases.history(call.caller(), call.id<CaseId>()); });
  router.post("/person-merges/cases")
      .summary("Before two records are merged: of which diseases both have an open case; in the access log")
      .permit(kOfficers, Purpose::kCaseManagement)
      .errors({kNotFound, identity::kReasonRequired})
      .handle([&cases](http::Call& call, people::PersonPair pair) {
        return cases.would_be_twins(call.caller(), std::move(pair));
      });
}

}  // namespace luytre::cases

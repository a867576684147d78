#include "modules/referrals/referrals.h"
#include "modules/tracing/contact_lists.h"
#include "modules/tracing/declared.h"
#include "modules/tracing/tracing.h"
#include "platform/tables/sheet.h"
#include "platform/tables/xlsx.h"

namespace luytre::tracing {
namespace {

constexpr std::initializer_list<Role> kOfficers{Role::kStationOfficer, Role::kDistrictOfficer, Role::kProvinceOfficer};
constexpr std::initializer_list<Role> kWarners{Role::kDistrictOfficer, Role::kProvinceOfficer};

void run_routes(http::Router& router, Tracing& tracing) {
  router.post("/cases/{id}/trace")
      .summary("Trace again, with what is known now")
      .permit(kWarners, Purpose::kTracing)
      .errors({kCaseNotConfirmed})
      .status(202)
      .handle([&tracing](http::Call& call) { return tracing.request(call.caller(), call.id<CaseId>()); });
  router.get("/cases/{id}/runs")
      .summary("Traces of this case, newest first")
      .permit(kOfficers, Purpose::kTracing)
      .handle([&tracing](http::Call& call) { return tracing.runs(call.caller(), call.id<CaseId>()); });
  router.get("/cases/{id}/candidates")
      .summary(
          "People exposed to this case, by level and risk unless sorted otherwise; the listing is logged; a cursor "
          "goes "
          "on with its own sort")
      .permit(kOfficers, Purpose::kTracing)
      .errors({kInvalid, kNotFound, kNotPermitted})
      .query("level", "1|2|3|4")
      .query("status", "open|assigned|dismissed|withdrawn")
      .query("sort", "level|risk|exposure", "Absent: level, of one level the strongest risk first")
      .query("order", "ascending|descending", "Absent: ascending by level, else descending")
      .paged()
      .handle([&tracing](http::Call& call) {
        CandidateFilter filter;
        filter.level = call.query_as<std::int64_t>("level");
        filter.status = call.query_as<CandidateStatus>("status");
        filter.sort = call.query_as<CandidateSort>("sort");
        filter.order = call.query_as<cases::SortOrder>("order");
        return tracing.candidates(call.caller(), call.id<CaseId>(), filter, call.cursor(), call.page_limit());
      });
  router.get("/candidates/{id}")
      .summary("One candidate with the strongest evidence and how to reach the person; the reading is logged")
      .permit(kOfficers, Purpose::kTracing)
      .handle([&tracing](http::Call& call) { return tracing.candidate(call.caller(), call.id<CandidateId>()); });
  router.get("/candidates/{id}/evidence")
      .summary("All evidence of one candidate, by time; the reading is logged")
      .permit(kOfficers, Purpose::kTracing)
      .paged()
      .handle([&tracing](http::Call& call) {
        return tracing.evidence(call.caller(), call.id<CandidateId>(), call.cursor(), call.page_limit());
      });
  router.post("/candidates/{id}/assign")
      .summary("Assign the class, after asking the person")
      .permit(kOfficers, Purpose::kTracing)
      .errors({kCandidateWithdrawn})
      .versioned()
      .handle([&tracing](http::Call& call, Assignment assignment) {
        return tracing.assign(call.caller(), call.id<CandidateId>(), std::move(assignment), *call.if_match());
      });
}

void declared_routes(http::Router& router, Tracing& tracing) {
  router.get("/cases/{id}/contacts")
      .summary("Contacts declared for this case, by time, withdrawn ones among them; the listing is logged")
      .permit(kOfficers, Purpose::kTracing)
      .handle([&tracing](http::Call& call) { return tracing.declared(call.caller(), call.id<CaseId>()); });
  router.post("/cases/{id}/contacts")
      .summary(
          "Declare a contact: a known person or a new one, the stated interval or the local day; needs neither a place "
          "nor a decision, for suspects, too")
      .permit(kOfficers, Purpose::kTracing)
      .errors({kInvalid, cases::kPersonMayBeKnown, kContactDeclared, kContactOutsideWindow, kTooManyContacts,
               kCaseDiscarded})
      .status(201)
      .handle([&tracing](http::Call& call, NewContact contact) {
        return tracing.declare(call.caller(), call.id<CaseId>(), std::move(contact), call.once());
      });
  router.get("/candidates/{id}/contacts")
      .summary("People whom this contact met, as they told, by time, withdrawn ones among them; the listing is logged")
      .permit(kOfficers, Purpose::kTracing)
      .handle([&tracing](http::Call& call) { return tracing.named(call.caller(), call.id<CandidateId>()); });
  router.post("/candidates/{id}/contacts")
      .summary(
          "Write down whom this contact met since their exposure: a contact of the same case one level further away, "
          "as "
          "far as its rule set goes")
      .permit(kOfficers, Purpose::kTracing)
      .errors({kInvalid, cases::kPersonMayBeKnown, kContactDeclared, kContactBeforeExposure, kTooManyContacts,
               kCaseDiscarded, kCandidateWithdrawn})
      .status(201)
      .handle([&tracing](http::Call& call, NewContact contact) {
        return tracing.name(call.caller(), call.id<CandidateId>(), std::move(contact), call.once());
      });
  router.post("/contacts/{id}/withdraw")
      .summary("Withdraw a declared contact, with a reason; who did, and why, stays")
      .permit(kOfficers, Purpose::kTracing)
      .errors({kInvalid, kContactSettled, kContactOfMilestone})
      .versioned()
      .handle([&tracing](http::Call& call, Refusal why) {
        return tracing.withdraw(call.caller(), call.id<DeclaredId>(), std::move(why), *call.if_match());
      });
  router.post("/contacts/{id}/restore")
      .summary("Put up again a declared contact that was withdrawn")
      .permit(kOfficers, Purpose::kTracing)
      .errors({kContactSettled, kContactOfMilestone, kCaseDiscarded})
      .versioned()
      .handle([&tracing](http::Call& call) {
        return tracing.restore(call.caller(), call.id<DeclaredId>(), *call.if_match());
      });
}

void warning_routes(http::Router& router, Tracing& tracing) {
  router.get("/cases/{id}/warnings/preview")
      .summary("Whom a release would warn, where, and in which words")
      .permit(kWarners, Purpose::kTracing)
      .errors({kCaseNotConfirmed})
      .handle([&tracing](http::Call& call) { return tracing.preview(call.caller(), call.id<CaseId>()); });
  router.post("/cases/{id}/warnings")
      .summary("Release the warnings, or ask a second officer to")
      .permit(kWarners, Purpose::kTracing)
      .errors({kCaseNotConfirmed, kNobodyToWarn})
      .status(201)
      .handle([&tracing](http::Call& call) { return tracing.release(call.caller(), call.id<CaseId>()); });
  router.get("/releases")
      .summary("Releases of warnings of the own area, the latest asked for first; a cursor goes on with its own order")
      .permit(kWarners, Purpose::kTracing)
      .query("state", "awaiting|released|rejected|withdrawn")
      .query("disease", "string", "Id of the case's disease")
      .query("case", "id", "Only those of this case; none of a case of another area")
      .query("order", "ascending|descending", "By when it was asked for; absent: descending")
      .errors({kInvalid})
      .paged()
      .handle([&tracing](http::Call& call) {
        ReleaseFilter filter;
        filter.state = call.query_as<ReleaseState>("state");
        filter.disease = call.query("disease");
        filter.case_ = call.query_id<CaseId>("case");
        filter.order = call.query_as<cases::SortOrder>("order");
        return tracing.releases(call.caller(), std::move(filter), call.cursor(), call.page_limit());
      });
  router.post("/releases/{id}/approve")
      .summary("Release what another officer asked for")
      .permit(kWarners, Purpose::kTracing)
      .errors({kReleaseDecided, kSecondOfficerNeeded, kCaseNotConfirmed})
      .handle([&tracing](http::Call& call) { return tracing.approve(call.caller(), call.id<ReleaseId>()); });
  router.post("/releases/{id}/reject")
      .summary("Refuse a release, with a reason")
      .permit(kWarners, Purpose::kTracing)
      .errors({kReleaseDecided})
      .handle([&tracing](http::Call& call, Refusal refusal) {
        return tracing.reject(call.caller(), call.id<ReleaseId>(), std::move(refusal));
      });
  router.get("/me/warnings")
      .summary("Warnings for the caller and the children of the household, newest first")
      .permit({Role::kCitizen}, Purpose::kOwnRecord)
      .paged()
      .handle([&tracing](http::Call& call) {
        return tracing.my_warnings(call.caller(), call.cursor(), call.page_limit());
      });
  router.post("/me/warnings/{id}/read")
      .summary("Say that a warning has been read")
      .permit({Role::kCitizen}, Purpose::kOwnRecord)
      .handle([&tracing](http::Call& call) { return tracing.read_warning(call.caller(), call.id<WarningId>()); });
}

void task_routes(http::Router& router, Tracing& tracing) {
  router.get("/tasks")
      .summary(
          "The work list: open tasks of the own area, the most urgent first unless sorted otherwise; a cursor goes on "
          "with its own sort")
      .permit(kOfficers, Purpose::kFollowUp)
      .query("state", "open|acknowledged|done|withdrawn", "Default: those not ended")
      .query("kind", "assess|call|door")
      .query("unit", "id")
      .query("mine", "boolean", "Only the caller's own, taken or given")
      .query("team", "id", "Only those of this team of officers")
      .query("nobodys", "boolean", "Only those that are neither an officer's nor a team's")
      .query("late", "boolean", "Only those that nobody took in time, or that are overdue")
      .query("overdue", "boolean", "Only those past their deadline that have not ended")
      .query("disease", "string", "Id of the disease")
      .query("level", "1|2|3|4", "Of the contact")
      .query("names", "boolean", "False: to count them, without whose they are")
      .query("sort", "due|waiting", "By the deadline, or since when it was opened or given; absent: due")
      .query("order", "ascending|descending", "Absent: ascending")
      .errors({kInvalid, kNotPermitted})
      .paged()
      .handle([&tracing](http::Call& call) {
        TaskFilter filter;
        filter.names = call.query_as<bool>("names").value_or(true);
        filter.state = call.query_as<TaskState>("state");
        filter.kind = call.query_as<TaskKind>("kind");
        filter.unit = call.query_id<UnitId>("unit");
        filter.mine = call.query_as<bool>("mine").value_or(false);
        filter.team = call.query_id<staff::OfficerTeamId>("team");
        filter.nobodys = call.query_as<bool>("nobodys").value_or(false);
        filter.late = call.query_as<bool>("late").value_or(false);
        filter.overdue = call.query_as<bool>("overdue").value_or(false);
        filter.disease = call.query("disease");
        filter.level = call.query_as<std::int64_t>("level");
        filter.sort = call.query_as<TaskSort>("sort");
        filter.order = call.query_as<cases::SortOrder>("order");
        return tracing.tasks(call.caller(), filter, call.cursor(), call.page_limit());
      });
  router.post("/units/{id}/task-file")
      .summary(
          "The tasks in the work lists of the unit, all that have not ended or filtered as their list, as a file "
          "marked "
          "with who took it out; with a reason")
      .permit(kWarners, Purpose::kFollowUp)
      .content_type(tables::kFileTypes)
      .errors({kInvalid, kNotFound, kNotPermitted, kListTooLong, identity::kReasonRequired})
      .handle([&tracing](http::Call& call, TasksOut asked) {
        return tracing.take_out_tasks(call.caller(), call.id<UnitId>(), std::move(asked));
      });
  router.get("/tasks/{id}")
      .summary("One task with phone and address; the reading is logged")
      .permit(kOfficers, Purpose::kFollowUp)
      .handle([&tracing](http::Call& call) { return tracing.task(call.caller(), call.id<TaskId>()); });
  router.post("/tasks/acknowledge")
      .summary("Take several tasks, at most a hundred")
      .permit(kOfficers, Purpose::kFollowUp)
      .handle([&tracing](http::Call& call, TaskChoice choice) {
        return tracing.acknowledge_all(call.caller(), std::move(choice));
      });
  router.post("/tasks/give")
      .summary(
          "Give several tasks, at most a hundred, to an officer or a team, or take them back; each is judged by itself")
      .permit(kOfficers, Purpose::kFollowUp)
      .errors({kInvalid, kNotPermitted})
      .handle([&tracing](http::Call& call, TaskGift gift) { return tracing.give(call.caller(), std::move(gift)); });
  router.post("/tasks/{id}/acknowledge")
      .summary("Take the task")
      .permit(kOfficers, Purpose::kFollowUp)
      .errors({kTaskEnded})
      .handle([&tracing](http::Call& call) { return tracing.acknowledge(call.caller(), call.id<TaskId>()); });
  router.post("/tasks/{id}/outcome")
      .summary(
          "Say what came of it. Reaching the person, or a refusal, ends a call or a visit; asking a contact ends when "
          "a "
          "class is chosen. Of somebody who lives elsewhere the commune there is asked to take it")
      .permit(kOfficers, Purpose::kFollowUp)
      .errors({kTaskEnded})
      .versioned()
      .handle([&tracing](http::Call& call, TaskOutcome outcome) {
        return tracing.close(call.caller(), call.id<TaskId>(), std::move(outcome), *call.if_match());
      });
}

void transfer_routes(http::Router& router, Tracing& tracing) {
  router.get("/task-transfers")
      .summary(
          "Tasks that units of the own area are to take, the oldest first unless turned round; every person shown is "
          "in "
          "the access log")
      .permit(kOfficers, Purpose::kFollowUp)
      .errors({kInvalid, kNotPermitted})
      .query("yours", "boolean", "Only those that have come to the own level")
      .query("unit", "id", "A unit of the own area")
      .query("order", "ascending|descending", "By when they were asked for; absent: ascending")
      .paged()
      .handle([&tracing](http::Call& call) {
        TransferFilter filter;
        filter.yours = call.query_as<bool>("yours").value_or(false);
        filter.unit = call.query_id<UnitId>("unit");
        filter.order = call.query_as<cases::SortOrder>("order");
        return tracing.arriving(call.caller(), filter, call.cursor(), call.page_limit());
      });
  router.post("/units/{id}/task-transfer-file")
      .summary(
          "Tasks that the unit is to take, all or of the own level, as a file marked with who took it out; with a "
          "reason; every person in it is in the access log")
      .permit({Role::kDistrictOfficer, Role::kProvinceOfficer}, Purpose::kFollowUp)
      .content_type(tables::kFileTypes)
      .errors({kInvalid, kNotFound, kNotPermitted, identity::kListTooLong, identity::kReasonRequired})
      .handle([&tracing](http::Call& call, TaskTransfersOut wanted) {
        return tracing.take_out_transfers(call.caller(), call.id<UnitId>(), std::move(wanted));
      });
  router.post("/tasks/{id}/take-over")
      .summary("Take notice of a task handed over: the contact is asked here from now on")
      .permit(kOfficers, Purpose::kFollowUp)
      .errors({kNotFound, kNotPermitted, kTaskNotTransferred, referrals::kNotEscalated})
      .handle([&tracing](http::Call& call) { return tracing.take_over(call.caller(), call.id<TaskId>()); });
  router.post("/tasks/{id}/keep")
      .summary("Keep a task that waits to be taken elsewhere")
      .permit(kOfficers, Purpose::kFollowUp)
      .errors({kNotFound, kNotPermitted, kTaskNotTransferred})
      .handle([&tracing](http::Call& call) { return tracing.keep(call.caller(), call.id<TaskId>()); });
}

}  // namespace

void routes(http::Router& router, Tracing& tracing) {
  run_routes(router, tracing);
  declared_routes(router, tracing);
  warning_routes(router, tracing);
  task_routes(router, tracing);
  transfer_routes(router, tracing);
}

}  // namespace luytre::tracing

#include "modules/interviews/companions.h"
#include "modules/interviews/interviews.h"
#include "modules/tracing/contact_lists.h"
#include "platform/tables/xlsx.h"

namespace luytre::interviews {
namespace {

constexpr std::initializer_list<Role> kOfficers{Role::kStationOfficer, Role::kDistrictOfficer, Role::kProvinceOfficer};

}  // namespace

void routes(http::Router& router, Interviews& room) {
  router.get("/cases/{id}/milestones")
      .summary("Where the case was and when, as told in interviews, by time; struck ones among them")
      .permit(kOfficers, Purpose::kCaseManagement)
      .errors({kNotFound})
      .handle([&room](http::Call& call) { return room.of_case(call.caller(), call.id<CaseId>()); });
  router.post("/cases/{id}/milestones")
      .summary(
          "Take down a milestone; at a registered place within the infectious window it is traced at once, as a lead")
      .permit(kOfficers, Purpose::kCaseManagement)
      .errors({kInvalid, kNotFound, kTooManyMilestones})
      .status(201)
      .handle([&room](http::Call& call, Told told) {
        return room.record(call.caller(), call.id<CaseId>(), std::move(told), call.once());
      });
  router.post("/milestones/{id}/correct")
      .summary("Put a milestone right, all of it; the version before is kept")
      .permit(kOfficers, Purpose::kCaseManagement)
      .errors({kInvalid, kNotFound, kMilestoneStruck})
      .versioned()
      .handle([&room](http::Call& call, Told told) {
        return room.correct(call.caller(), call.id<MilestoneId>(), std::move(told), *call.if_match());
      });
  router.post("/milestones/{id}/strike")
      .summary("Strike a milestone that was wrong altogether, with a reason; it stays to be seen")
      .permit(kOfficers, Purpose::kCaseManagement)
      .errors({kInvalid, kNotFound, kMilestoneStruck})
      .versioned()
      .handle([&room](http::Call& call, Reason reason) {
        return room.strike(call.caller(), call.id<MilestoneId>(), std::move(reason), *call.if_match());
      });
  router.get("/milestones/{id}/versions")
      .summary("How a milestone stood each time it was written, oldest first")
      .permit(kOfficers, Purpose::kCaseManagement)
      .errors({kNotFound})
      .handle([&room](http::Call& call) { return room.versions(call.caller(), call.id<MilestoneId>()); });
  router.get("/cases/{id}/companions")
      .summary("Who was named in interviews and has no record: open ones, and those who cannot be found")
      .permit(kOfficers, Purpose::kCaseManagement)
      .errors({kNotFound})
      .handle([&room](http::Call& call) { return room.companions(call.caller(), call.id<CaseId>()); });
  router.get("/companions")
      .summary(
          "People named in interviews who are still without a record, of the own area, the oldest first unless sorted "
          "otherwise; a cursor goes on with its own sort")
      .permit(kOfficers, Purpose::kCaseManagement)
      .query("unit", "id")
      .query("disease", "string", "Id of the case's disease")
      .query("from", "date", "Met on this day or later")
      .query("to", "date", "Met on this day or earlier")
      .query("sort", "listed|met", "listed: since when they are listed; absent: listed")
      .query("order", "ascending|descending", "Absent: ascending")
      .errors({kInvalid})
      .paged()
      .handle([&room](http::Call& call) {
        CompanionFilter filter;
        filter.unit = call.query_id<UnitId>("unit");
        filter.disease = call.query("disease");
        filter.from = call.query_as<Date>("from");
        filter.to = call.query_as<Date>("to");
        filter.sort = call.query_as<CompanionSort>("sort");
        filter.order = call.query_as<cases::SortOrder>("order");
        return room.companions(call.caller(), std::move(filter), call.cursor(), call.page_limit());
      });
  router.post("/units/{id}/companion-file")
      .summary(
          "People named in interviews of the unit's cases who are still without a record, filtered as their list, as a "
          "file without phones marked with who took it out; with a reason")
      .permit({Role::kDistrictOfficer, Role::kProvinceOfficer}, Purpose::kCaseManagement)
      .content_type(tables::kFileTypes)
      .errors({kInvalid, kNotPermitted, tracing::kListTooLong, identity::kReasonRequired})
      .handle([&room](http::Call& call, CompanionsOut wanted) {
        return room.take_out(call.caller(), call.id<UnitId>(), std::move(wanted));
      });
  router.post("/companions/{id}/found")
      .summary("Say whose record it is; it makes a contact of them, and a version of the milestone")
      .permit(kOfficers, Purpose::kCaseManagement)
      .errors({kInvalid, kNotFound, kCompanionSettled})
      .versioned()
      .handle([&room](http::Call& call, FoundAs as) {
        return room.found(call.caller(), call.id<CompanionId>(), as, *call.if_match());
      });
  router.post("/companions/{id}/unfindable")
      .summary("Say that somebody cannot be found, with a reason")
      .permit(kOfficers, Purpose::kCaseManagement)
      .errors({kInvalid, kNotFound, kCompanionSettled})
      .versioned()
      .handle([&room](http::Call& call, Reason reason) {
        return room.unfindable(call.caller(), call.id<CompanionId>(), std::move(reason), *call.if_match());
      });
  router.post("/companions/{id}/look-again")
      .summary("Look again for somebody who could not be found")
      .permit(kOfficers, Purpose::kCaseManagement)
      .errors({kNotFound, kCompanionSettled})
      .versioned()
      .handle([&room](http::Call& call) {
        return room.look_again(call.caller(), call.id<CompanionId>(), *call.if_match());
      });
}

}  // namespace luytre::interviews

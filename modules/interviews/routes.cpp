#include "modules/interviews/interviews.h"

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
}

}  // namespace luytre::interviews

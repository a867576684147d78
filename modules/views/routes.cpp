#include "modules/views/views.h"

namespace luytre::views {
namespace {

constexpr std::initializer_list<Role> kOfficers{Role::kStationOfficer, Role::kDistrictOfficer,  Role::kProvinceOfficer,
                                                Role::kCommander,      Role::kAuditor,          Role::kAdministrator,
                                                Role::kTracer,         Role::kInformationOffice};

}  // namespace

void routes(http::Router& router, Views& views) {
  router.get("/views")
      .summary("Saved views of lists: the caller's own, and those shared with the caller's unit")
      .permit(kOfficers, Purpose::kAdministration)
      .handle([&views](http::Call& call) { return views.list(call.caller()); });
  router.post("/views")
      .summary("Save what a list is filtered and sorted by, under a name; searches and what names a person are refused")
      .permit(kOfficers, Purpose::kAdministration)
      .errors({kInvalid, kNameTaken, kTooManyViews})
      .status(201)
      .handle([&views](http::Call& call, NewView request) {
        return views.save(call.caller(), std::move(request), call.once());
      });
  router.put("/views/standard")
      .summary("Say which view a page opens with")
      .permit(kOfficers, Purpose::kAdministration)
      .errors({kInvalid, kNotFound})
      .handle([&views](http::Call& call, Standard standard) {
        return views.set_standard(call.caller(), std::move(standard));
      });
  router.put("/views/{id}")
      .summary("Rename an own view, share it or not, or save other settings in it")
      .permit(kOfficers, Purpose::kAdministration)
      .errors({kInvalid, kNotFound, kNameTaken})
      .versioned()
      .handle([&views](http::Call& call, NewView request) {
        return views.change(call.caller(), call.id<ViewId>(), std::move(request), *call.if_match());
      });
  router.del("/views/{id}")
      .summary("Delete an own view")
      .permit(kOfficers, Purpose::kAdministration)
      .errors({kNotFound})
      .handle([&views](http::Call& call) { return views.remove(call.caller(), call.id<ViewId>()); });
}

}  // namespace luytre::views

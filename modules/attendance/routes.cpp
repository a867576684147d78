#include "modules/attendance/attendance.h"

namespace luytre::attendance {
namespace {

using http::Call;

constexpr std::initializer_list<Role> kKeepers{Role::kCitizen, Role::kStationOfficer, Role::kDistrictOfficer,
                                               Role::kProvinceOfficer};

constexpr std::initializer_list<Role> kOfficers{Role::kStationOfficer, Role::kDistrictOfficer, Role::kProvinceOfficer};

}  // namespace

void routes(http::Router& router, Attendance& attendance) {
  router.get("/places/{id}/crowd")
      .summary("How many are at a place now, and whether it is nearly full; counts only")
      .permit(kKeepers, Purpose::kPlaceKeeping)
      .handle([&attendance](Call& call) { return attendance.crowd(call.caller(), call.id<PlaceId>()); });
  router.get("/places/{id}/attendance")
      .summary("A place's day by hour and zone; counts only")
      .permit(kKeepers, Purpose::kPlaceKeeping)
      .query("day", "date", "a local day of the last four weeks", true)
      .handle([&attendance](Call& call) {
        return attendance.day(call.caller(), call.id<PlaceId>(), call.query_as<Date>("day").value_or(Date{}));
      });
  router.get("/places/{id}/attendance.csv")
      .summary("The same for up to four weeks as comma-separated values; numbered and logged")
      .permit(kKeepers, Purpose::kPlaceKeeping)
      .query("from", "date", "the first local day", true)
      .query("to", "date", "the last local day", true)
      .content_type("text/csv")
      .handle([&attendance](Call& call) {
        return attendance.csv(call.caller(), call.id<PlaceId>(), call.query_as<Date>("from").value_or(Date{}),
                              call.query_as<Date>("to").value_or(Date{}));
      });
  router.get("/places/{id}/doubtful-visits")
      .summary("Check-ins at a place that something speaks against: when and what, never whose; logged")
      .permit(kOfficers, Purpose::kPlaceKeeping)
      .query("day", "date", "a local day of the last four weeks; absent: all of them")
      .paged()
      .handle([&attendance](Call& call) {
        return attendance.doubtful(call.caller(), call.id<PlaceId>(), call.query_as<Date>("day"), call.cursor(),
                                   call.page_limit());
      });
}

}  // namespace luytre::attendance

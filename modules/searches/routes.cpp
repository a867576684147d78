#include "modules/searches/searches.h"
#include "platform/identity/taken_out.h"
#include "platform/tables/xlsx.h"

namespace luytre::searches {
namespace {

constexpr std::initializer_list<Role> kOfficers{Role::kStationOfficer, Role::kDistrictOfficer, Role::kProvinceOfficer};

}  // namespace

void routes(http::Router& router, Searches& searches) {
  router.post("/searches")
      .summary("Ask the police or military tracers of a unit to find somebody of the own area, and what to ask them")
      .permit(kOfficers, Purpose::kTracing)
      .status(201)
      .errors({kInvalid, kNotPermitted, kNotFound, identity::kReasonRequired})
      .handle([&searches](http::Call& call, NewSearch asked) {
        return searches.give(call.caller(), std::move(asked), call.once());
      });
  router.get("/searches")
      .summary(
          "Whom tracers were asked to find, and what they answered: what is overdue first unless sorted otherwise; in "
          "the access log")
      .permit(kOfficers, Purpose::kTracing)
      .errors({kInvalid, kNotPermitted})
      .query("state", "open|found|notFound|elsewhere|withdrawn|lapsed")
      .query("unit", "id", "Only of people who live there")
      .query("sort", "urgent|given|due", "Absent: urgent. A cursor goes on with its own sort")
      .query("order", "ascending|descending", "Absent: the most urgent, the newest, or the first due first")
      .paged()
      .handle([&searches](http::Call& call) {
        GivenFilter filter;
        filter.state = call.query_as<State>("state");
        filter.unit = call.query_id<UnitId>("unit");
        filter.sort = call.query_as<Sort>("sort").value_or(Sort::kUrgent);
        filter.order = call.query_as<Order>("order");
        return searches.given(call.caller(), filter, call.cursor(), call.page_limit());
      });
  router.post("/units/{id}/search-file")
      .summary(
          "Whom tracers were asked to find of those who live in the unit, all or of one state, as a file marked with "
          "who "
          "took it out, without what was asked and answered; with a reason; every person in it is in the access log")
      .permit({Role::kDistrictOfficer, Role::kProvinceOfficer}, Purpose::kTracing)
      .content_type(tables::kFileTypes)
      .errors({kInvalid, kNotFound, kNotPermitted, identity::kListTooLong, identity::kReasonRequired})
      .handle([&searches](http::Call& call, SearchesOut wanted) {
        return searches.take_out(call.caller(), call.id<UnitId>(), std::move(wanted));
      });
  router.post("/searches/{id}/withdraw")
      .summary("Tracers need not find this person any more")
      .permit(kOfficers, Purpose::kTracing)
      .errors({kNotFound, kNotPermitted, kSearchOver})
      .handle([&searches](http::Call& call) { return searches.withdraw(call.caller(), call.id<SearchId>()); });
  router.get("/errands")
      .summary(
          "Whom to find and what to ask, for tracers of the unit, by when it is due, then what was answered within a "
          "day: nothing of anybody's health; in the access log")
      .permit({Role::kTracer}, Purpose::kTracing)
      .errors({kInvalid, kNotPermitted})
      .query("state", "open|found|notFound|elsewhere")
      .query("unit", "id", "Whose tracers are asked, or above")
      .paged()
      .handle([&searches](http::Call& call) {
        return searches.errands(call.caller(), {call.query_as<State>("state"), call.query_id<UnitId>("unit")},
                                call.cursor(), call.page_limit());
      });
  router.post("/errands/{id}/answer")
      .summary("Found, not found, or elsewhere; ends the search")
      .permit({Role::kTracer}, Purpose::kTracing)
      .errors({kInvalid, kNotFound, kNotPermitted, kSearchOver})
      .handle([&searches](http::Call& call, Answer answer) {
        return searches.answer(call.caller(), call.id<SearchId>(), std::move(answer), call.once());
      });
}

}  // namespace luytre::searches

#include "modules/consistency/consistency.h"

namespace luytre::consistency {
namespace {

constexpr std::initializer_list<Role> kOfficers{Role::kStationOfficer, Role::kDistrictOfficer, Role::kProvinceOfficer};

struct Differences {
  std::vector<DifferenceView> items;
};
BOOST_DESCRIBE_STRUCT(Differences, (), (items))

Task<Result<Differences>> as_items(Task<Result<std::vector<DifferenceView>>> asked) {
  auto all = co_await std::move(asked);
  if (!all) co_return all.error();
  co_return Differences{std::move(*all)};
}

}  // namespace

void routes(http::Router& router, Consistency& consistency) {
  router.get("/me/differences")
      .summary("Where what was declared differs from the own visits; to be explained, or the declaration corrected")
      .permit({Role::kCitizen}, Purpose::kOwnRecord)
      .handle([&consistency](http::Call& call) { return as_items(consistency.mine(call.caller())); });
  router.post("/me/differences/{id}/explain")
      .summary("Say how it was")
      .permit({Role::kCitizen}, Purpose::kOwnRecord)
      .errors({kInvalid, kNotFound, kDifferenceDecided})
      .handle([&consistency](http::Call& call, Explanation explanation) {
        return consistency.explain(call.caller(), call.id<DifferenceId>(), std::move(explanation));
      });
  router.get("/differences")
      .summary("Differences between declarations and visits in the own area; every person shown is in the access log")
      .permit(kOfficers, Purpose::kDeclarationReview)
      .errors({kInvalid, kNotPermitted})
      .query("state", "asked|explained|referred|decided|gone", "Those not decided if absent")
      .query("unit", "id", "Where the person lives, or above")
      .query("order", "ascending|descending", "By when it was found; absent: descending")
      .paged()
      .handle([&consistency](http::Call& call) {
        return consistency.list(call.caller(),
                                {call.query_as<State>("state"), call.query_id<UnitId>("unit"),
                                 call.query_as<Order>("order").value_or(Order::kDescending)},
                                call.cursor(), call.page_limit());
      });
  router.get("/differences/{id}")
      .summary("One difference with its evidence and the person's explanation; the reading is logged")
      .permit(kOfficers, Purpose::kDeclarationReview)
      .errors({kNotFound, kNotPermitted})
      .handle([&consistency](http::Call& call) { return consistency.find(call.caller(), call.id<DifferenceId>()); });
  router.post("/differences/{id}/decide")
      .summary(
          "Record what an officer makes of it; what is referred becomes a task of the station, and nothing else "
          "follows")
      .permit(kOfficers, Purpose::kDeclarationReview)
      .errors({kInvalid, kNotFound, kNotPermitted, kDifferenceDecided})
      .versioned()
      .handle([&consistency](http::Call& call, Ruling ruling) {
        return consistency.decide(call.caller(), call.id<DifferenceId>(), std::move(ruling), *call.if_match());
      });
}

}  // namespace luytre::consistency

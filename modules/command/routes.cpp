#include "modules/command/decisions.h"

namespace luytre::command {
namespace {

// What the public may read: no version, no reason.
struct InForce {
  Switch purpose = Switch::kCheckIn;
  std::string disease;
  std::optional<UnitId> unit;
  std::optional<std::string> unit_name;
  std::optional<std::string> form;
  std::optional<std::string> duty;
  std::optional<PlaceId> place;
  std::optional<Direction> direction;
  Instant from;
  Instant until;
  std::string basis;
};
BOOST_DESCRIBE_STRUCT(InForce, (),
                      (purpose, disease, unit, unit_name, form, duty, place, direction, from, until, basis))

struct InForceList {
  std::vector<InForce> items;
};
BOOST_DESCRIBE_STRUCT(InForceList, (), (items))

Task<Result<InForceList>> in_force_list(const Decisions& decisions, Instant now) {
  InForceList out;
  for (const Decision& d : decisions.all_in_force(now))
    out.items.push_back(
        {d.purpose, d.disease, d.unit, d.unit_name, d.form, d.duty, d.place, d.direction, d.from, d.until, d.basis});
  co_return out;
}

}  // namespace

void routes(http::Router& router, Decisions& decisions, const Clock& clock) {
  router.get("/decisions/in-force")
      .summary("What is switched on now, where and until when")
      .permit({Role::kAnyone}, Purpose::kPublic)
      .handle([&decisions, &clock](http::Call&) -> Task<Result<InForceList>> {
        return in_force_list(decisions, clock.now());
      });
  router.get("/decisions")
      .summary("All decisions, newest first")
      .permit({Role::kCommander, Role::kProvinceOfficer, Role::kDistrictOfficer, Role::kStationOfficer, Role::kAuditor,
               Role::kAdministrator},
              Purpose::kCommand)
      .errors({kInvalid})
      .paged()
      .handle([&decisions](http::Call& call) -> Task<Result<http::Page<Decision>>> {
        return decisions.list(call.cursor(), call.page_limit());
      });
  router.post("/decisions")
      .summary(
          "Switch check-in, declarations (or one form of them, as a duty if a rule is named) or tracing on, until a "
          "day")
      .permit({Role::kCommander}, Purpose::kCommand)
      .errors({kInvalid, kNotPermitted})
      .status(201)
      .handle([&decisions](http::Call& call, NewDecision asked) -> Task<Result<Decision>> {
        return decisions.decide(call.caller(), std::move(asked), call.once());
      });
  router.post("/decisions/{id}/end")
      .summary("End a decision early")
      .permit({Role::kCommander}, Purpose::kCommand)
      .errors({kInvalid, kNotPermitted, kNotFound, kVersionConflict, kDecisionEnded})
      .versioned()
      .handle([&decisions](http::Call& call, EarlyEnd why) -> Task<Result<Decision>> {
        return decisions.end(call.caller(), call.id<DecisionId>(), std::move(why), call.if_match().value_or(0));
      });
}

}  // namespace luytre::command

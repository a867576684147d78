#include "modules/referrals/referrals.h"
#include "platform/identity/taken_out.h"
#include "platform/tables/xlsx.h"

namespace luytre::referrals {
namespace {

constexpr std::initializer_list<Role> kOfficers{Role::kStationOfficer, Role::kDistrictOfficer, Role::kProvinceOfficer};

}  // namespace

void routes(http::Router& router, Referrals& referrals) {
  router.get("/referrals")
      .summary(
          "What was referred to stations of the own area, by deadline unless sorted otherwise; every person shown is "
          "in the access log; a cursor goes on with its own sort")
      .permit(kOfficers, Purpose::kFollowUp)
      .errors({kInvalid, kNotPermitted})
      .query("state", "open|acknowledged|done|withdrawn", "Those not ended if absent")
      .query("escalated", "boolean", "Only those that a level above was called for")
      .query("yours", "boolean", "Only tasks of the own level, not what is seen from above")
      .query("unit", "id", "A unit of the own area")
      .query("source", "declaration|passage|missed|difference|order", "Why it was referred")
      .query("sort", "due|arrival", "Absent: due")
      .query("order", "ascending|descending", "Absent: ascending")
      .paged()
      .handle([&referrals](http::Call& call) {
        Filter filter;
        filter.state = call.query_as<State>("state");
        filter.escalated = call.query_as<bool>("escalated").value_or(false);
        filter.yours = call.query_as<bool>("yours").value_or(false);
        filter.unit = call.query_id<UnitId>("unit");
        filter.source = call.query_as<Source>("source");
        filter.sort = call.query_as<Sort>("sort").value_or(Sort::kDue);
        filter.descending = call.query("order") == "descending";
        return referrals.list(call.caller(), filter, call.cursor(), call.page_limit());
      });
  router.post("/units/{id}/referral-file")
      .summary(
          "What was referred to stations of the unit, all or filtered as their list, as a file marked with who took it "
          "out; with a reason; every person in it is in the access log")
      .permit({Role::kDistrictOfficer, Role::kProvinceOfficer}, Purpose::kFollowUp)
      .content_type(tables::kFileTypes)
      .errors({kInvalid, kNotFound, kNotPermitted, identity::kListTooLong, identity::kReasonRequired})
      .handle([&referrals](http::Call& call, ReferralsOut wanted) {
        return referrals.take_out(call.caller(), call.id<UnitId>(), std::move(wanted));
      });
  router.get("/referrals/counts")
      .summary("How many wait in the own area, and how many declarations came today; nobody is named")
      .permit(kOfficers, Purpose::kFollowUp)
      .errors({kNotPermitted})
      .handle([&referrals](http::Call& call) { return referrals.counts(call.caller()); });
  router.get("/referrals/{id}")
      .summary("One referral with phone, address and history; the reading is logged")
      .permit(kOfficers, Purpose::kFollowUp)
      .errors({kNotFound, kNotPermitted})
      .handle([&referrals](http::Call& call) { return referrals.find(call.caller(), call.id<ReferralId>()); });
  router.post("/referrals/{id}/acknowledge")
      .summary("Take it: it does not escalate any further")
      .permit(kOfficers, Purpose::kFollowUp)
      .errors({kNotFound, kNotPermitted, kReferralEnded, kNotEscalated})
      .handle([&referrals](http::Call& call) { return referrals.acknowledge(call.caller(), call.id<ReferralId>()); });
  router.post("/referrals/{id}/outcome")
      .summary("Say what came of it; only reaching the person, a refusal, or a stated reason ends it")
      .permit(kOfficers, Purpose::kFollowUp)
      .errors({kInvalid, kNotFound, kNotPermitted, kReferralEnded, kNotEscalated})
      .versioned()
      .handle([&referrals](http::Call& call, ReferralOutcome said) {
        return referrals.record(call.caller(), call.id<ReferralId>(), std::move(said), *call.if_match());
      });
  router.post("/referrals/{id}/hand-over")
      .summary("Give it to the station of another commune, with its history")
      .permit(kOfficers, Purpose::kFollowUp)
      .errors({kInvalid, kNotFound, kNotPermitted, kReferralEnded, kNotEscalated, kHandedOverAlready})
      .versioned()
      .handle([&referrals](http::Call& call, HandOver to) {
        return referrals.hand_over(call.caller(), call.id<ReferralId>(), std::move(to), *call.if_match());
      });
}

}  // namespace luytre::referrals

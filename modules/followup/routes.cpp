#include "modules/followup/by_hand.h"
#include "modules/followup/visits.h"
#include "modules/referrals/referrals.h"
#include "modules/tracing/contact_lists.h"
#include "platform/tables/xlsx.h"

namespace luytre::followup {
namespace {

constexpr std::initializer_list<Role> kOfficers{Role::kStationOfficer, Role::kDistrictOfficer, Role::kProvinceOfficer};

Filter filter_of(http::Call& call) {
  Filter out;
  out.mine = call.query_as<bool>("mine").value_or(false);
  out.team = call.query_id<staff::OfficerTeamId>("team");
  out.nobodys = call.query_as<bool>("nobodys").value_or(false);
  out.escalated = call.query_as<bool>("escalated").value_or(false);
  out.unit = call.query_id<UnitId>("unit");
  out.disease = call.query("disease");
  out.class_ = call.query_as<tracing::Class>("class");
  out.sort = call.query_as<Sort>("sort");
  out.order = call.query_as<cases::SortOrder>("order");
  return out;
}

}  // namespace

void routes(http::Router& router, FollowUps& room) {
  router.get("/follow-ups")
      .summary(
          "Contacts of the own area who wait for today's answer or an older one, the longest first unless sorted "
          "otherwise; every person shown is in the access log")
      .permit(kOfficers, Purpose::kFollowUp)
      .errors({kInvalid, kNotPermitted})
      .query("escalated", "boolean", "Only those that a level above was called for")
      .query("yours", "boolean", "Only tasks of the own level, not what is seen from above")
      .query("offered", "boolean",
             "Those with symptoms of whom no case is reported, answered or not, also in the week after the end")
      .query("toSample", "boolean",
             "Those who are to be sampled today or were on a day before, also in the week after the end; neither "
             "`escalated` nor `yours` counts then")
      .query("mine", "boolean", "Only the caller's own, given or taken")
      .query("team", "id", "Only those of this team of officers")
      .query("nobodys", "boolean", "Only those that are neither an officer's nor a team's")
      .query("unit", "id", "A unit of the own area")
      .query("disease", "string", "Id of the disease")
      .query("class", "F1|F2", "Only contacts whom an officer gave that class")
      .query("sort", "waiting|lastDay", "A cursor goes on with its own sort")
      .query("order", "ascending|descending", "Absent: the earliest day first")
      .paged()
      .handle([&room](http::Call& call) {
        Filter filter = filter_of(call);
        filter.yours = call.query_as<bool>("yours").value_or(false);
        filter.offered = call.query_as<bool>("offered").value_or(false);
        filter.to_sample = call.query_as<bool>("toSample").value_or(false);
        return room.list(call.caller(), filter, call.cursor(), call.page_limit());
      });
  router.get("/follow-up-visits")
      .summary(
          "Those who wait and have come to the own level, at most a hundred, with what a visit without a network "
          "needs; everybody is in the access log")
      .permit(kOfficers, Purpose::kFollowUp)
      .errors({kInvalid, kNotPermitted})
      .query("escalated", "boolean", "Only those that a level above was called for")
      .query("mine", "boolean", "Only the caller's own, given or taken")
      .query("team", "id", "Only those of this team of officers")
      .query("nobodys", "boolean", "Only those that are neither an officer's nor a team's")
      .query("unit", "id", "A unit of the own area")
      .query("disease", "string", "Id of the disease")
      .query("class", "F1|F2", "Only contacts whom an officer gave that class")
      .query("sort", "waiting|lastDay", "Whose hundred comes first")
      .query("order", "ascending|descending", "Absent: the earliest day first")
      .handle([&room](http::Call& call) { return room.visits(call.caller(), filter_of(call)); });
  router.post("/units/{id}/follow-up-file")
      .summary(
          "Contacts whom the unit follows and who wait for an answer, all or filtered as their list, as a file marked "
          "with who took it out; with a reason")
      .permit({Role::kDistrictOfficer, Role::kProvinceOfficer}, Purpose::kFollowUp)
      .content_type(tables::kFileTypes)
      .errors({kInvalid, kNotFound, kNotPermitted, tracing::kListTooLong, identity::kReasonRequired})
      .handle([&room](http::Call& call, FollowUpsOut wanted) {
        return room.take_out(call.caller(), call.id<UnitId>(), std::move(wanted));
      });
  router.get("/follow-ups/{id}")
      .summary("One follow-up with phone, address, reasons and what was recorded; the reading is logged")
      .permit(kOfficers, Purpose::kFollowUp)
      .errors({kNotFound, kNotPermitted})
      .handle([&room](http::Call& call) { return room.find(call.caller(), call.id<FollowUpId>()); });
  router.post("/follow-ups/give")
      .summary(
          "Give several follow-ups, at most a hundred, to an officer or a team, or take them back; each is judged by "
          "itself")
      .permit(kOfficers, Purpose::kFollowUp)
      .errors({kInvalid, kNotPermitted})
      .handle([&room](http::Call& call, FollowUpGift gift) { return room.give(call.caller(), std::move(gift)); });
  router.post("/follow-ups/{id}/entries")
      .summary("Record what a call or a visit found, today or on a day before")
      .permit(kOfficers, Purpose::kFollowUp)
      .errors({kInvalid, kNotFound, kNotPermitted, kFollowUpEnded, kNotTaken})
      .handle([&room](http::Call& call, NewEntry entry) {
        return room.record(call.caller(), call.id<FollowUpId>(), std::move(entry), call.once());
      });
  router.post("/follow-ups/{id}/tests/settle")
      .summary("Say that no sample of a day of the rule is needed, with a reason")
      .permit(kOfficers, Purpose::kFollowUp)
      .errors({kInvalid, kNotFound, kNotPermitted, kFollowUpEnded, kNotTaken, kTestDone})
      .handle([&room](http::Call& call, TestSettled said) {
        return room.settle_test(call.caller(), call.id<FollowUpId>(), std::move(said));
      });
  router.post("/follow-ups/{id}/suspect")
      .summary("Report the contact, whose symptoms were recorded, as a suspected case")
      .permit(kOfficers, Purpose::kFollowUp)
      .errors({kNotFound, kNotPermitted, kNotTaken, kNoSymptoms, cases::kCaseExists, cases::kDiseaseUnknown,
               cases::kDatesContradict})
      .status(201)
      .handle([&room](http::Call& call) { return room.report(call.caller(), call.id<FollowUpId>(), call.once()); });
  router.post("/follow-ups/{id}/transfer")
      .summary("Ask another commune to follow the contact; until it takes notice, the one that has it goes on")
      .permit(kOfficers, Purpose::kFollowUp)
      .errors({kInvalid, kNotFound, kNotPermitted, kFollowUpEnded, kNotTaken})
      .versioned()
      .handle([&room](http::Call& call, NewTransfer to) {
        return room.transfer(call.caller(), call.id<FollowUpId>(), std::move(to), *call.if_match());
      });
  router.post("/follow-ups/{id}/take")
      .summary("Take notice of a transfer: the contact is followed here from now on")
      .permit(kOfficers, Purpose::kFollowUp)
      .errors({kNotFound, kNotPermitted, kNotTransferred, referrals::kNotEscalated})
      .handle([&room](http::Call& call) { return room.take(call.caller(), call.id<FollowUpId>()); });
  router.get("/follow-ups/{id}/immunity")
      .summary("Whether the rule tells the immune from others, and what was said of the contact; the look is logged")
      .permit(kOfficers, Purpose::kFollowUp)
      .errors({kNotFound, kNotPermitted})
      .handle([&room](http::Call& call) { return room.immunity(call.caller(), call.id<FollowUpId>()); });
  router.post("/follow-ups/{id}/immunity")
      .summary("Say that the contact is immune, and what proves it: the rule for the immune counts from now on")
      .permit(kOfficers, Purpose::kFollowUp)
      .errors({kInvalid, kNotFound, kNotPermitted, kFollowUpEnded, kNotTaken, kImmunitySaid, kImmunityIdle})
      .versioned()
      .handle([&room](http::Call& call, NewImmunity said) {
        return room.say_immune(call.caller(), call.id<FollowUpId>(), std::move(said), *call.if_match());
      });
  router.post("/follow-ups/{id}/immunity/withdraw")
      .summary("Take back that the contact is immune, with a reason")
      .permit(kOfficers, Purpose::kFollowUp)
      .errors({kInvalid, kNotFound, kNotPermitted, kFollowUpEnded, kNotTaken, kImmunityNotSaid})
      .versioned()
      .handle([&room](http::Call& call, Withdrawal said) {
        return room.withdraw_immunity(call.caller(), call.id<FollowUpId>(), std::move(said), *call.if_match());
      });
  router.get("/follow-up-transfers")
      .summary(
          "Follow-ups that units of the own area are to take, the oldest first unless turned round; every person shown "
          "is in the access log")
      .permit(kOfficers, Purpose::kFollowUp)
      .errors({kInvalid, kNotPermitted})
      .query("yours", "boolean", "Only those that have come to the own level")
      .query("unit", "id", "A unit of the own area")
      .query("order", "ascending|descending", "By when they were asked for; absent: ascending")
      .paged()
      .handle([&room](http::Call& call) {
        Filter filter;
        filter.yours = call.query_as<bool>("yours").value_or(false);
        filter.unit = call.query_id<UnitId>("unit");
        filter.order = call.query_as<cases::SortOrder>("order");
        return room.arriving(call.caller(), filter, call.cursor(), call.page_limit());
      });
  router.post("/units/{id}/follow-up-transfer-file")
      .summary(
          "Follow-ups that the unit is to take, all or of the own level, as a file marked with who took it out; with a "
          "reason; every person in it is in the access log")
      .permit({Role::kDistrictOfficer, Role::kProvinceOfficer}, Purpose::kFollowUp)
      .content_type(tables::kFileTypes)
      .errors({kInvalid, kNotFound, kNotPermitted, identity::kListTooLong, identity::kReasonRequired})
      .handle([&room](http::Call& call, TransfersOut wanted) {
        return room.take_out_transfers(call.caller(), call.id<UnitId>(), std::move(wanted));
      });
  router.get("/candidates/{id}/follow-up")
      .summary(
          "What an officer has to say, or said, of a contact with a class of which no rule says for how long it is "
          "followed; the look is logged")
      .permit(kOfficers, Purpose::kFollowUp)
      .errors({kNotFound, kNotPermitted, kNotByHand})
      .handle([&room](http::Call& call) { return room.unruled(call.caller(), call.id<tracing::CandidateId>()); });
  router.post("/candidates/{id}/follow-up")
      .summary(
          "Say for how many days from the last exposure such a contact is followed, or, without days, that nobody "
          "follows, and why")
      .permit(kOfficers, Purpose::kFollowUp)
      .errors({kInvalid, kNotFound, kNotPermitted, kNotByHand})
      .versioned()
      .handle([&room](http::Call& call, NewByHand said) {
        return room.say_by_hand(call.caller(), call.id<tracing::CandidateId>(), std::move(said), *call.if_match());
      });
  router.get("/cases/{id}/follow-ups")
      .summary("The follow-up calendars of the case's contacts; the listing is logged")
      .permit(kOfficers, Purpose::kTracing)
      .errors({kInvalid, kNotFound, kNotPermitted})
      .paged()
      .handle([&room](http::Call& call) {
        return room.of_case(call.caller(), call.id<CaseId>(), call.cursor(), call.page_limit());
      });
  router.get("/cases/{id}/contact-history")
      .summary(
          "Of whom the case's person was a contact, which of these cases may be the source, and the follow-up "
          "until then; the look is logged")
      .permit(kOfficers, Purpose::kTracing)
      .errors({kNotFound, kNotPermitted})
      .handle([&room](http::Call& call) { return room.before(call.caller(), call.id<CaseId>()); });
}

}  // namespace luytre::followup

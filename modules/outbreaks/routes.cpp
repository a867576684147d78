#include "modules/outbreaks/outbreaks.h"
#include "modules/tracing/contact_lists.h"
#include "modules/tracing/shared_places.h"
#include "platform/tables/xlsx.h"

namespace luytre::outbreaks {
namespace {

constexpr std::initializer_list<Role> kOfficers{Role::kStationOfficer, Role::kDistrictOfficer, Role::kProvinceOfficer};

}  // namespace

void routes(http::Router& router, Outbreaks& room) {
  router.get("/outbreaks")
      .summary(
          "Outbreaks of the own area, the latest begun first unless sorted otherwise; counts, nobody's data; a cursor "
          "goes on with its own sort")
      .permit(kOfficers, Purpose::kCaseManagement)
      .errors({kInvalid, kNotPermitted})
      .query("status", "open|closed")
      .query("disease", "string")
      .query("unit", "id", "In charge of this unit and those below it")
      .query("sort", "begin|lastDay|cases", "Absent: begin")
      .query("order", "ascending|descending", "Absent: descending")
      .paged()
      .handle([&room](http::Call& call) {
        Filter filter;
        filter.status = call.query_as<Status>("status");
        filter.disease = call.query("disease");
        filter.unit = call.query_id<UnitId>("unit");
        filter.sort = call.query_as<Sort>("sort");
        filter.order = call.query_as<cases::SortOrder>("order");
        return room.list(call.caller(), std::move(filter), call.cursor(), call.page_limit());
      });
  router.post("/outbreaks")
      .summary("Open an outbreak; whoever opens it is in charge")
      .permit(kOfficers, Purpose::kCaseManagement)
      .errors({kInvalid, kNotPermitted, cases::kDiseaseUnknown})
      .status(201)
      .handle([&room](http::Call& call, NewOutbreak request) {
        return room.open(call.caller(), std::move(request), call.once());
      });
  router.post("/units/{id}/outbreak-file")
      .summary(
          "The outbreaks that the unit and those below it are in charge of, all or filtered as their list, as a file "
          "of counts marked with who took it out; with a reason")
      .permit({Role::kDistrictOfficer, Role::kProvinceOfficer}, Purpose::kCaseManagement)
      .content_type(tables::kFileTypes)
      .errors({kInvalid, kNotPermitted, tracing::kListTooLong, identity::kReasonRequired})
      .handle([&room](http::Call& call, OutbreaksOut asked) {
        return room.take_out(call.caller(), call.id<UnitId>(), std::move(asked));
      });
  router.get("/outbreaks/{id}")
      .summary("One outbreak with its epidemic curve, counts and chain of transmission")
      .permit(kOfficers, Purpose::kCaseManagement)
      .errors({kNotFound})
      .handle([&room](http::Call& call) { return room.find(call.caller(), call.id<OutbreakId>()); });
  router.post("/outbreaks/{id}/facts")
      .summary("Change name, unit in charge, setting, opening day and source case, all of them")
      .permit(kOfficers, Purpose::kCaseManagement)
      .errors({kInvalid, kNotFound, kNotPermitted, cases::kSourceUnknown})
      .versioned()
      .handle([&room](http::Call& call, Facts facts) {
        return room.edit(call.caller(), call.id<OutbreakId>(), std::move(facts), *call.if_match());
      });
  router.post("/outbreaks/{id}/close")
      .summary("Say that the outbreak is over, with a reason")
      .permit(kOfficers, Purpose::kCaseManagement)
      .errors({kInvalid, kNotFound, kOutbreakClosed})
      .versioned()
      .handle([&room](http::Call& call, Closing closing) {
        return room.close(call.caller(), call.id<OutbreakId>(), std::move(closing), *call.if_match());
      });
  router.post("/outbreaks/{id}/reopen")
      .summary("Say that the outbreak is not over, with a reason")
      .permit(kOfficers, Purpose::kCaseManagement)
      .errors({kInvalid, kNotFound, kOutbreakOpen})
      .versioned()
      .handle([&room](http::Call& call, Reason reason) {
        return room.reopen(call.caller(), call.id<OutbreakId>(), std::move(reason), *call.if_match());
      });
  router.post("/outbreaks/{id}/charge")
      .summary("Take charge of the outbreak; everybody who sees it sees that")
      .permit(kOfficers, Purpose::kCaseManagement)
      .errors({kNotFound})
      .handle([&room](http::Call& call) { return room.take_charge(call.caller(), call.id<OutbreakId>(), true); });
  router.del("/outbreaks/{id}/charge")
      .summary("No longer be in charge")
      .permit(kOfficers, Purpose::kCaseManagement)
      .errors({kNotFound})
      .handle([&room](http::Call& call) { return room.take_charge(call.caller(), call.id<OutbreakId>(), false); });
  router.get("/outbreaks/{id}/cases")
      .summary(
          "Its cases, by day unless sorted otherwise; of those of the own area the person, too, who is in the access "
          "log; a cursor goes on with its own sort")
      .permit(kOfficers, Purpose::kCaseManagement)
      .errors({kInvalid, kNotFound})
      .query("sort", "day|classification|number|residence", "Absent: day")
      .query("order", "ascending|descending", "Absent: ascending")
      .paged()
      .handle([&room](http::Call& call) {
        MembersAsked asked;
        asked.sort = call.query_as<MemberSort>("sort");
        asked.order = call.query_as<cases::SortOrder>("order");
        return room.members(call.caller(), call.id<OutbreakId>(), asked, call.cursor(), call.page_limit());
      });
  router.post("/outbreaks/{id}/cases")
      .summary("Put cases in, at most 200 at once, each judged by itself; a case belongs to one outbreak at a time")
      .permit(kOfficers, Purpose::kCaseManagement)
      .errors({kInvalid, kNotFound, kOutbreakClosed})
      .handle([&room](http::Call& call, Chosen chosen) {
        return room.put(call.caller(), call.id<OutbreakId>(), std::move(chosen));
      });
  router.post("/outbreaks/{id}/cases/{case}/take-out")
      .summary("Take a case out, with a reason; it can be put in again")
      .permit(kOfficers, Purpose::kCaseManagement)
      .errors({kInvalid, kNotFound, kOutbreakClosed})
      .handle([&room](http::Call& call, Reason reason) {
        return room.take_out(call.caller(), call.id<OutbreakId>(), call.id<CaseId>("case"), std::move(reason));
      });
  router.get("/outbreaks/{id}/history")
      .summary("What was done, newest first, at most 200")
      .permit(kOfficers, Purpose::kCaseManagement)
      .errors({kNotFound})
      .handle([&room](http::Call& call) { return room.history(call.caller(), call.id<OutbreakId>()); });
  router.post("/outbreaks/{id}/shared-places")
      .summary(
          "Where at least two of its cases were while they may have been infected, the least likely by chance first; "
          "for officers in charge, with a reason, logged for every case")
      .permit(kOfficers, Purpose::kTracing)
      .errors({kInvalid, kNotFound, kNotInCharge, identity::kReasonRequired, kNotInForce, kNoIncubation,
               tracing::kTooManyToCompare})
      .handle([&room](http::Call& call, Look look) {
        return room.shared(call.caller(), call.id<OutbreakId>(), std::move(look));
      });
  router.post("/outbreaks/{id}/line-list")
      .summary(
          "The line list as a file (comma-separated values, or a workbook) that can be read back as one, marked with "
          "who took it out; for officers in charge, with a reason, logged for every case")
      .permit(kOfficers, Purpose::kCaseManagement)
      .content_type(tables::kFileTypes)
      .errors({kInvalid, kNotFound, kNotInCharge, identity::kReasonRequired})
      .handle([&room](http::Call& call, LineListOut asked) {
        return room.line_list(call.caller(), call.id<OutbreakId>(), std::move(asked));
      });
  router.get("/outbreaks/{id}/graph")
      .summary(
          "Who may have infected whom, to be drawn, in columns: cases, contacts down to a level, recorded and possible "
          "sources, these also among the other cases of the own area, contradictions; at most 20,000 people, and what "
          "was left out; logged for every case")
      .permit(kOfficers, Purpose::kTracing)
      .query("level", "integer", "0 (cases alone) to 4; absent: 2")
      .errors({kInvalid, kNotFound})
      .handle([&room](http::Call& call) {
        return room.graph(call.caller(), call.id<OutbreakId>(), call.query_as<std::int64_t>("level").value_or(2));
      });
  router.post("/outbreaks/{id}/graph/take-out")
      .summary("Before the graph is printed or saved as a picture: logged, and answers the mark to be written on it")
      .permit(kOfficers, Purpose::kCaseManagement)
      .errors({kInvalid, kNotFound, kNotInCharge})
      .handle([&room](http::Call& call, GraphTaken taken) {
        return room.take_graph(call.caller(), call.id<OutbreakId>(), taken);
      });
  router.get("/cases/{id}/graph")
      .summary("One case, its source, the cases it caused and its contacts down to a level, as of an outbreak")
      .permit(kOfficers, Purpose::kTracing)
      .query("level", "integer", "0 to 4; absent: 2")
      .errors({kInvalid, kNotFound})
      .handle([&room](http::Call& call) {
        return room.graph(call.caller(), call.id<CaseId>(), call.query_as<std::int64_t>("level").value_or(2));
      });
  router.post("/cases/{id}/graph/take-out")
      .summary("Before the graph of a case is printed or saved as a picture: logged, and answers the mark")
      .permit(kOfficers, Purpose::kCaseManagement)
      .errors({kInvalid, kNotFound})
      .handle([&room](http::Call& call, GraphTaken taken) {
        return room.take_graph(call.caller(), call.id<CaseId>(), taken);
      });
  router.get("/cases/{id}/outbreak")
      .summary("The outbreak that the case belongs to: none or one")
      .permit(kOfficers, Purpose::kCaseManagement)
      .errors({kNotFound})
      .handle([&room](http::Call& call) { return room.of_case(call.caller(), call.id<CaseId>()); });
}

}  // namespace luytre::outbreaks

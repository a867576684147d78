#include "modules/laboratory/laboratory.h"
#include "modules/laboratory/overturned.h"
#include "modules/laboratory/reports.h"
#include "modules/laboratory/tube_lists.h"
#include "modules/laboratory/work_lists.h"
#include "modules/people/adults.h"

namespace luytre::laboratory {
namespace {

using http::Call;

constexpr std::initializer_list<Role> kOfficers{Role::kStationOfficer, Role::kDistrictOfficer, Role::kProvinceOfficer};
constexpr std::initializer_list<Role> kLaboratoryStaff{Role::kDistrictOfficer, Role::kProvinceOfficer};
constexpr std::initializer_list<Role> kSenders{Role::kDistrictOfficer, Role::kProvinceOfficer, Role::kIntegrator};
constexpr Purpose kFor = Purpose::kCaseManagement;

void sampling_routes(http::Router& router, Laboratory& room) {
  router.get("/sampling-sessions")
      .summary(
          "Sampling sessions of the own area, the latest opened first: unless days are asked for those that are open, "
          "and those of the last week; a cursor goes on with its own order")
      .permit(kOfficers, kFor)
      .query("disease", "string", "Id of the disease")
      .query("from", "date", "Opened on this day or later")
      .query("to", "date", "Opened on this day or earlier")
      .query("order", "ascending|descending", "Absent: descending")
      .errors({kInvalid})
      .paged()
      .handle([&room](Call& call) {
        SessionFilter filter;
        filter.disease = call.query("disease");
        filter.from = call.query_as<Date>("from");
        filter.to = call.query_as<Date>("to");
        filter.order = call.query_as<cases::SortOrder>("order");
        return room.sessions(call.caller(), std::move(filter), call.cursor(), call.page_limit());
      });
  router.post("/units/{id}/sampling-session-file")
      .summary(
          "Sampling sessions of the unit and those below it, filtered as their list, as a file of counts without "
          "people "
          "marked with who took it out; with a reason")
      .permit(kLaboratoryStaff, kFor)
      .content_type(tables::kFileTypes)
      .errors({kInvalid, kNotPermitted, kListTooLong, identity::kReasonRequired})
      .handle([&room](Call& call, SessionsOut asked) {
        return room.take_out(call.caller(), call.id<UnitId>(), std::move(asked));
      });
  router.post("/sampling-sessions")
      .summary("Open a sampling session at a place or in an area")
      .permit(kOfficers, kFor)
      .status(201)
      .errors({kInvalid, kNotPermitted, cases::kDiseaseUnknown})
      .handle(
          [&room](Call& call, NewSession asked) { return room.open(call.caller(), std::move(asked), call.once()); });
  router.get("/sampling-sessions/{id}")
      .summary("A sampling session; no people")
      .permit(kOfficers, kFor)
      .errors({kNotFound})
      .handle([&room](Call& call) { return room.find(call.caller(), call.id<SessionId>()); });
  router.post("/sampling-sessions/{id}/close")
      .summary("No more samples; tubes may still be sent")
      .permit(kOfficers, kFor)
      .errors({kNotFound})
      .handle([&room](Call& call) { return room.close(call.caller(), call.id<SessionId>()); });
  router.get("/sampling-sessions/{id}/tubes")
      .summary("The tubes of a session, who is in them, and their results; in the access log of those people")
      .permit(kOfficers, kFor)
      .errors({kNotFound})
      .handle([&room](Call& call) { return room.tubes(call.caller(), call.id<SessionId>()); });
  router.post("/sampling-sessions/{id}/samples")
      .summary("Somebody was sampled into a tube: its barcode, and the person's code or the person who was looked up")
      .permit(kOfficers, kFor)
      .status(201)
      .errors({kInvalid, kNotFound, kNotPermitted, kSessionClosed, kSessionFull, kTubeTaken, kPoolFull,
               people::kPersonCodeExpired, people::kPersonCodeForged, people::kCodeForeign})
      .handle([&room](Call& call, NewSample asked) {
        return room.sample(call.caller(), call.id<SessionId>(), std::move(asked), call.once());
      });
  router.post("/samples/{id}/remove")
      .summary("Take a wrong scan back; once the tube is sent, with a reason: its result is nobody's then")
      .permit(kOfficers, kFor)
      .errors({kInvalid, kNotFound, kSampleSent})
      .handle([&room](Call& call, Removal asked) {
        return room.remove(call.caller(), call.id<SampleId>(), std::move(asked));
      });
  router.post("/sampling-sessions/{id}/batches")
      .summary("Send what has not been sent to a laboratory; the tubes are counted by hand")
      .permit(kOfficers, kFor)
      .status(201)
      .errors({kInvalid, kNotFound, kLaboratoryClosed, kCountDiffers})
      .handle([&room](Call& call, NewBatch asked) {
        return room.send(call.caller(), call.id<SessionId>(), asked, call.once());
      });
  router.get("/resampling-tasks")
      .summary(
          "People of positive pools who are to be sampled alone, who waits longest first; in their access log; a "
          "cursor "
          "goes on with its own order")
      .permit(kOfficers, kFor)
      .query("disease", "string", "Id of the disease")
      .query("order", "ascending|descending", "By since when; absent: ascending")
      .errors({kInvalid})
      .paged()
      .handle([&room](Call& call) {
        AgainFilter filter;
        filter.disease = call.query("disease");
        filter.order = call.query_as<cases::SortOrder>("order");
        return room.tasks(call.caller(), std::move(filter), call.cursor(), call.page_limit());
      });
  router.post("/units/{id}/resampling-file")
      .summary(
          "People of positive pools of the unit and those below it who are to be sampled alone, filtered as their "
          "list, "
          "as a file with names marked with who took it out; with a reason, and everybody in it is in the access log")
      .permit(kLaboratoryStaff, kFor)
      .content_type(tables::kFileTypes)
      .errors({kInvalid, kNotPermitted, kListTooLong, identity::kReasonRequired})
      .handle([&room](Call& call, AgainOut asked) {
        return room.take_out(call.caller(), call.id<UnitId>(), std::move(asked));
      });
}

void laboratory_routes(http::Router& router, Laboratory& room) {
  router.get("/laboratories")
      .summary("Laboratories to which tubes can be sent")
      .permit(kOfficers, kFor)
      .handle([&room](Call& call) { return room.laboratories(call.caller()); });
  router.post("/laboratories")
      .summary("Register a laboratory of the own area")
      .permit({Role::kProvinceOfficer}, kFor)
      .status(201)
      .errors({kInvalid, kNotPermitted})
      .handle(
          [&room](Call& call, NewLaboratory asked) { return room.add(call.caller(), std::move(asked), call.once()); });
  router.patch("/laboratories/{id}")
      .summary("Rename a laboratory, close it for new batches, or open it again")
      .permit({Role::kProvinceOfficer}, kFor)
      .errors({kInvalid, kNotFound})
      .handle([&room](Call& call, LaboratoryEdit asked) {
        return room.edit(call.caller(), call.id<LaboratoryId>(), std::move(asked));
      });
  router.get("/laboratories/{id}")
      .summary("What a laboratory awaits, how long its tubes took, and results without a tube; no people")
      .permit(kLaboratoryStaff, kFor)
      .errors({kNotFound})
      .handle([&room](Call& call) { return room.see(call.caller(), call.id<LaboratoryId>()); });
  router.get("/laboratories/{id}/tubes")
      .summary(
          "Tubes that were sent to a laboratory, the latest sampled first unless sorted otherwise; no people; a cursor "
          "goes on with its own sort")
      .permit(kLaboratoryStaff, kFor)
      .query("disease", "string", "Id of the disease")
      .query("state", "onTheWay|waiting|done", "waiting: arrived, without a result")
      .query("method", "pcr|antigen|antibody|culture|sequencing|microscopy", "With a result by it")
      .query("from", "date", "Sampled on this day or later")
      .query("to", "date", "Sampled on this day or earlier")
      .query("sort", "sampled|result", "result: when the first one came; without one before all others")
      .query("order", "ascending|descending", "Absent: descending")
      .errors({kInvalid, kNotFound})
      .paged()
      .handle([&room](Call& call) {
        TubeFilter filter;
        filter.disease = call.query("disease");
        filter.state = call.query_as<TubeState>("state");
        filter.method = call.query_as<Method>("method");
        filter.from = call.query_as<Date>("from");
        filter.to = call.query_as<Date>("to");
        filter.sort = call.query_as<TubeSort>("sort");
        filter.order = call.query_as<cases::SortOrder>("order");
        return room.tubes_of(call.caller(), call.id<LaboratoryId>(), std::move(filter), call.cursor(),
                             call.page_limit());
      });
  router.post("/laboratories/{id}/tube-file")
      .summary(
          "The laboratory's tubes, all or filtered as their list, as a file of barcodes and results without people, "
          "marked with who took it out; with a reason")
      .permit(kLaboratoryStaff, kFor)
      .content_type(tables::kFileTypes)
      .errors({kInvalid, kNotFound, kListTooLong, identity::kReasonRequired})
      .handle([&room](Call& call, TubesOut asked) {
        return room.take_out(call.caller(), call.id<LaboratoryId>(), std::move(asked));
      });
  router.post("/laboratories/{id}/receptions")
      .summary("A tube has arrived; answers its batch with what is missing")
      .permit(kLaboratoryStaff, kFor)
      .errors({kInvalid, kNotFound, kTubeUnknown})
      .handle([&room](Call& call, Reception asked) {
        return room.receive(call.caller(), call.id<LaboratoryId>(), std::move(asked));
      });
  router.post("/laboratories/{id}/look")
      .summary("A tube and its results; no people, only how many")
      .permit(kLaboratoryStaff, kFor)
      .errors({kInvalid, kNotFound, kTubeUnknown})
      .handle([&room](Call& call, Reception asked) {
        return room.look(call.caller(), call.id<LaboratoryId>(), std::move(asked));
      });
  router.post("/laboratories/{id}/results")
      .summary("The result of a tube; the same again changes nothing")
      .permit(kLaboratoryStaff, kFor)
      .errors({kInvalid, kNotFound, kTubeUnknown, kResultStands})
      .handle([&room](Call& call, NewResult asked) {
        return room.enter(call.caller(), call.id<LaboratoryId>(), std::move(asked));
      });
  router.post("/laboratories/{id}/result-list")
      .summary("Results in bulk: one list, each line judged by itself; unknown tubes are kept apart")
      .permit(kLaboratoryStaff, kFor)
      .accepts(tables::kFileTypes)
      .body_limit(kBytesMost)
      .errors({kInvalid, kNotFound, tables::kTooManyLines, tables::kNotAWorkbook, tables::kWorkbookTooLarge})
      .handle([&room](Call& call) { return room.list(call.caller(), call.id<LaboratoryId>(), call.body()); });
  router.post("/laboratories/{id}/fhir")
      .summary(
          "Reports of a laboratory's system in HL7 FHIR R4: a DiagnosticReport, or a Bundle of them; each judged by "
          "itself")
      .permit(kSenders, kFor)
      .accepts("application/fhir+json, application/json")
      .body_limit(kBytesMost)
      .errors({kInvalid, kMalformed, kNotFound, kTooMany})
      .handle([&room](Call& call) { return room.take_message(call.caller(), call.id<LaboratoryId>(), call.body()); });
  router.post("/test-results/{id}/correct")
      .summary("Correct a result, with a reason; what stood is kept")
      .permit(kLaboratoryStaff, kFor)
      .errors({kInvalid, kNotFound, kResultStands})
      .handle([&room](Call& call, Correction asked) {
        return room.correct(call.caller(), call.id<ResultId>(), std::move(asked));
      });
  router.post("/unmatched-results/{id}/settle")
      .summary("Say which tube a result belongs to, or dismiss it")
      .permit(kLaboratoryStaff, kFor)
      .errors({kInvalid, kNotFound, kTubeUnknown, kResultStands, kDiseaseDiffers})
      .handle([&room](Call& call, Settling asked) {
        return room.settle(call.caller(), call.id<UnmatchedId>(), std::move(asked));
      });
}

void following_routes(http::Router& router, Laboratory& room) {
  router.get("/positive-results")
      .summary(
          "Positive results that may confirm a case and have not yet, reported a suspect whom nobody has looked at, or "
          "came of an old sample or an illness that is over, the oldest first unless sorted otherwise; in the access "
          "log "
          "of those people; a cursor goes on with its own sort")
      .permit(kOfficers, kFor)
      .query("disease", "string", "Id of the disease")
      .query("method", "pcr|antigen|antibody|culture|sequencing|microscopy")
      .query("late", "boolean", "true: of an old sample, or an illness that is over; false: the others")
      .query("sort", "result|sampled", "result: when the test was done; absent: result")
      .query("order", "ascending|descending", "Absent: ascending")
      .errors({kInvalid})
      .paged()
      .handle([&room](Call& call) {
        PositiveFilter filter;
        filter.disease = call.query("disease");
        filter.method = call.query_as<Method>("method");
        filter.late = call.query_as<bool>("late");
        filter.sort = call.query_as<PositiveSort>("sort");
        filter.order = call.query_as<cases::SortOrder>("order");
        return room.positives(call.caller(), std::move(filter), call.cursor(), call.page_limit());
      });
  router.post("/units/{id}/positive-file")
      .summary(
          "The positive results of the unit's samples that wait for an officer, filtered as their list, as a file with "
          "names marked with who took it out; with a reason, and everybody in it is in the access log")
      .permit({Role::kDistrictOfficer, Role::kProvinceOfficer}, kFor)
      .content_type(tables::kFileTypes)
      .errors({kInvalid, kNotPermitted, kListTooLong, identity::kReasonRequired})
      .handle([&room](Call& call, PositivesOut asked) {
        return room.take_out(call.caller(), call.id<UnitId>(), std::move(asked));
      });
  router.get("/overturned-results")
      .summary(
          "Cases whose positive result does not stand any more, the oldest correction first; in the access log of "
          "those "
          "people; a cursor goes on with its own order")
      .permit(kOfficers, kFor)
      .query("disease", "string", "Id of the disease")
      .query("order", "ascending|descending", "By since when; absent: ascending")
      .errors({kInvalid})
      .paged()
      .handle([&room](Call& call) {
        OverturnedFilter filter;
        filter.disease = call.query("disease");
        filter.order = call.query_as<cases::SortOrder>("order");
        return room.overturned(call.caller(), std::move(filter), call.cursor(), call.page_limit());
      });
  router.post("/units/{id}/overturned-file")
      .summary(
          "Cases of the unit's samples whose positive result does not stand any more, filtered as their list, as a "
          "file "
          "with names marked with who took it out; with a reason, and everybody in it is in the access log")
      .permit({Role::kDistrictOfficer, Role::kProvinceOfficer}, kFor)
      .content_type(tables::kFileTypes)
      .errors({kInvalid, kNotPermitted, kListTooLong, identity::kReasonRequired})
      .handle([&room](Call& call, OverturnedOut asked) {
        return room.take_out(call.caller(), call.id<UnitId>(), std::move(asked));
      });
  router.post("/test-results/{id}/case")
      .summary("Report and confirm the case of a positive result; tracing follows")
      .permit({Role::kDistrictOfficer, Role::kProvinceOfficer}, kFor)
      .errors({kNotFound, kNotPermitted, kResultNoCase, cases::kNoRuleSet, cases::kMethodUnfit, cases::kCaseClosed,
               cases::kDatesContradict})
      .handle([&room](Call& call) { return room.make_case(call.caller(), call.id<ResultId>()); });
  router.post("/test-results/{id}/weighed")
      .summary(
          "A positive result of an old sample, or of an illness that is over, was weighed: it leaves the list; with a "
          "reason, in the person's access log")
      .permit({Role::kDistrictOfficer, Role::kProvinceOfficer}, kFor)
      .errors({kNotFound, kNotPermitted, identity::kReasonRequired, kResultSettled})
      .handle([&room](Call& call, people::Look look) {
        return room.weigh(call.caller(), call.id<ResultId>(), std::move(look.reason));
      });
  router.post("/people/{id}/test-results/look")
      .summary("Somebody's tests, newest first; in the access log")
      .permit(kOfficers, kFor)
      .errors({kNotFound, identity::kReasonRequired})
      .handle([&room](Call& call, people::Look look) {
        return room.of_person(call.caller(), call.id<PersonId>(), std::move(look.reason));
      });
  router.get("/me/test-results")
      .summary("My own tests, or those of a child of my household, newest first")
      .permit({Role::kCitizen}, Purpose::kOwnRecord)
      .query("person", "id", "a child of the household; absent: oneself")
      .errors({people::kNotInHousehold, people::kNoOwnRecord, people::kAdultsOwnAffair})
      .handle([&room](Call& call) { return room.mine(call.caller(), call.query_id<PersonId>("person")); });
}

}  // namespace

void routes(http::Router& router, Laboratory& room) {
  sampling_routes(router, room);
  laboratory_routes(router, room);
  following_routes(router, room);
}

}  // namespace luytre::laboratory

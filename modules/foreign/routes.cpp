#include "modules/foreign/foreign.h"

namespace luytre::foreign {
namespace {

constexpr std::initializer_list<Role> kOfficers{Role::kStationOfficer, Role::kDistrictOfficer, Role::kProvinceOfficer};
constexpr std::initializer_list<Role> kSenders{Role::kStationOfficer, Role::kDistrictOfficer, Role::kProvinceOfficer,
                                               Role::kIntegrator};

Task<Result<Report>> send(Foreign& foreign, http::Call& call, Kind kind) {
  List list;
  list.kind = kind;
  const auto system = call.query_as<System>("system");
  if (!system) return refused<Report>(wrong_field("?system", "required"));
  list.system = *system;
  list.unit = call.query_id<UnitId>("unit").value_or(UnitId{});
  list.basis = call.query("basis").value_or("");
  if (kind == Kind::kDeclarations) {
    const auto form = call.query_as<Form>("form");
    if (!form) return refused<Report>(wrong_field("?form", "required"));
    list.form = *form;
  }
  list.bytes = call.body();
  return foreign.send(call.caller(), std::move(list), call.once());
}

}  // namespace

void routes(http::Router& router, Foreign& foreign) {
  router.post("/foreign/visits")
      .summary("Check-ins of another system: one list, each line judged by itself; told again, nothing doubles")
      .permit(kSenders, Purpose::kTracing)
      .errors(
          {kInvalid, kNotPermitted, kTooMany, tables::kTooManyLines, tables::kNotAWorkbook, tables::kWorkbookTooLarge})
      .query("system", kSystems, "which system they come from")
      .query("unit", "id", "in whose name")
      .query("basis", "string", "the document that the hand-over stands on")
      .accepts(tables::kFileTypes)
      .body_limit(kBytesMost)
      .flood()
      .handle([&foreign](http::Call& call) { return send(foreign, call, Kind::kVisits); });
  router.post("/foreign/declarations")
      .summary("Health declarations of another system: one list, each line judged by itself and by the form of its day")
      .permit(kSenders, Purpose::kDeclarationReview)
      .errors(
          {kInvalid, kNotPermitted, kTooMany, tables::kTooManyLines, tables::kNotAWorkbook, tables::kWorkbookTooLarge})
      .query("system", kSystems, "which system they come from")
      .query("unit", "id", "in whose name")
      .query("basis", "string", "the document that the hand-over stands on")
      .query("form", kForms,
             "movement: Khai di chuyển nội địa; general: Khai báo toàn dân; entry: Khai báo y tế nhập cảnh (VHD)")
      .accepts(tables::kFileTypes)
      .body_limit(kBytesMost)
      .flood()
      .handle([&foreign](http::Call& call) { return send(foreign, call, Kind::kDeclarations); });
  router.get("/foreign/batches")
      .summary("What other systems brought into the own area; counts only")
      .permit(kOfficers, Purpose::kTracing)
      .errors({kNotPermitted})
      .handle([&foreign](http::Call& call) { return foreign.batches(call.caller()); });
  router.post("/foreign/batches/{id}/match")
      .summary("Looks once more for the people of a batch's claims")
      .permit(kOfficers, Purpose::kTracing)
      .errors({kNotFound, kBatchUndone})
      .flood()
      .handle([&foreign](http::Call& call) { return foreign.match(call.caller(), call.id<BatchId>(), call.once()); });
  router.post("/foreign/batches/{id}/undo")
      .summary("Takes back what a batch brought; the batch stays as the proof")
      .permit(kOfficers, Purpose::kTracing)
      .errors({kNotFound, kBatchUndone, identity::kReasonRequired})
      .flood()
      .handle([&foreign](http::Call& call, Undo why) {
        return foreign.undo(call.caller(), call.id<BatchId>(), std::move(why), call.once());
      });
}

}  // namespace luytre::foreign

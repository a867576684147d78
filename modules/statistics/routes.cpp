#include "modules/statistics/statistics.h"
#include "platform/tables/xlsx.h"

namespace luytre::statistics {
namespace {

constexpr std::initializer_list<Role> kReaders{Role::kStationOfficer, Role::kDistrictOfficer, Role::kProvinceOfficer,
                                               Role::kCommander};

By by_of(const http::Call& call) {
  return call.query_as<By>("by").value_or(By::kUnit);
}

Statistics::File file_of(const http::Call& call) {
  return {tables::format_of(call.query("format")), call.query("language") == "en" ? "en" : "vi"};
}

PlaceFilter filter_of(const http::Call& call) {
  PlaceFilter out;
  out.unit = call.query_id<UnitId>("unit");
  out.kind = call.query("kind");
  out.day = call.query_as<Date>("day");
  out.silent_days = call.query_as<std::int64_t>("silentDays");
  return out;
}

constexpr std::initializer_list<Role> kCaseReaders{Role::kStationOfficer, Role::kDistrictOfficer,
                                                   Role::kProvinceOfficer};

CaseQuestion question_of(const http::Call& call) {
  CaseQuestion out;
  out.unit = call.query_id<UnitId>("unit");
  out.from = call.query_as<Date>("from");
  out.to = call.query_as<Date>("to");
  out.known_at = call.query_as<Instant>("knownAt");
  out.disease = call.query("disease");
  out.day = call.query_as<CaseDay>("counted").value_or(CaseDay::kOnset);
  out.view = call.query_as<CaseView>("view").value_or(CaseView::kNow);
  out.level = call.query_as<CaseLevel>("level").value_or(CaseLevel::kCommune);
  return out;
}

// What question_of() reads.
http::RouteBuilder about_cases(http::RouteBuilder route) {
  route.query("unit", "id", "absent: the own area")
      .query("from", "date", "absent: four weeks")
      .query("to", "date", "absent: the day of knownAt")
      .query("counted", "onset|report", "the day that is counted; absent: onset")
      .query("view", "then|now", "then: the units of those days; absent: now")
      .query("level", "province|district|commune", "absent: commune")
      .query("disease", "string", "absent: all")
      .query("knownAt", "date-time", "what was known then; absent: now");
  return route;
}

}  // namespace

void routes(http::Router& router, Statistics& statistics) {
  router.get("/statistics")
      .summary(
          "How places and people take part on a day: by the units below one, by kind of place, sector or organisation")
      .permit(kReaders, Purpose::kCommand)
      .query("by", "string", "unit, kind, sector or organisation; absent: unit")
      .query("unit", "id", "absent: the own area")
      .query("day", "date", "absent: today")
      .errors({kInvalid, kNotPermitted})
      .handle([&statistics](http::Call& call) {
        return statistics.table(call.caller(), by_of(call), call.query_id<UnitId>("unit"), call.query_as<Date>("day"));
      });
  router.get("/statistics/trend")
      .summary("The last fortnight; asked again while it is not whole")
      .permit(kReaders, Purpose::kCommand)
      .query("unit", "id", "absent: the own area")
      .errors({kInvalid, kNotPermitted})
      .handle(
          [&statistics](http::Call& call) { return statistics.trend(call.caller(), call.query_id<UnitId>("unit")); });
  router.get("/statistics/places")
      .summary("Places behind the figures; with silentDays those registered without a scan since. Homes are left out")
      .permit(kReaders, Purpose::kCommand)
      .query("unit", "id", "absent: the own area")
      .query("kind", "string", "of place")
      .query("day", "date", "of the scans; absent: today")
      .query("silentDays", "integer", "1 to 27")
      .paged()
      .errors({kInvalid, kNotPermitted})
      .handle([&statistics](http::Call& call) {
        return statistics.places(call.caller(), filter_of(call), call.cursor(), call.page_limit());
      });
  router.get("/statistics/export")
      .summary(
          "The table as a file (comma-separated values, or a workbook), marked with who took it out; in the access log")
      .permit(kReaders, Purpose::kCommand)
      .query("by", "string", "unit, kind, sector or organisation; absent: unit")
      .query("unit", "id", "absent: the own area")
      .query("day", "date", "absent: today")
      .query("rank", "string", "name, active, perActive or declared, best first; absent: name")
      .query("format", "string", "csv or xlsx; absent: csv")
      .query("language", "string", "of the heads: vi or en; absent: vi")
      .content_type(tables::kFileTypes)
      .errors({kInvalid, kNotPermitted})
      .handle([&statistics](http::Call& call) {
        return statistics.taken_out(call.caller(), by_of(call), call.query_id<UnitId>("unit"),
                                    call.query_as<Date>("day"), call.query_as<Rank>("rank").value_or(Rank::kName),
                                    file_of(call));
      });
  router.get("/statistics/trend/export")
      .summary("The last fortnight as a file; marked and logged as the table is")
      .permit(kReaders, Purpose::kCommand)
      .query("unit", "id", "absent: the own area")
      .query("format", "string", "csv or xlsx; absent: csv")
      .query("language", "string", "of the heads: vi or en; absent: vi")
      .content_type(tables::kFileTypes)
      .errors({kInvalid, kNotPermitted})
      .handle([&statistics](http::Call& call) {
        return statistics.trend_taken_out(call.caller(), call.query_id<UnitId>("unit"), file_of(call));
      });
  router.get("/statistics/places/export")
      .summary("The places behind the figures, or the silent ones, as a file; marked and logged as the table is")
      .permit(kReaders, Purpose::kCommand)
      .query("unit", "id", "absent: the own area")
      .query("kind", "string", "of place")
      .query("day", "date", "of the scans; absent: today")
      .query("silentDays", "integer", "1 to 27")
      .query("format", "string", "csv or xlsx; absent: csv")
      .query("language", "string", "of the heads: vi or en; absent: vi")
      .content_type(tables::kFileTypes)
      .errors({kInvalid, kNotPermitted})
      .handle([&statistics](http::Call& call) {
        return statistics.places_taken_out(call.caller(), filter_of(call), file_of(call));
      });
  about_cases(router.get("/statistics/cases"))
      .summary(
          "Cases by unit over the reforms, as then or as now, by disease and classification, as known at a moment; a "
          "case of a unit that was divided stands by itself")
      .permit(kCaseReaders, Purpose::kCaseManagement)
      .errors({kInvalid, kNotPermitted})
      .handle([&statistics](http::Call& call) { return statistics.cases(call.caller(), question_of(call)); });
  about_cases(router.get("/statistics/cases/export"))
      .summary("Cases by unit as a file; marked and logged as the table is")
      .permit(kCaseReaders, Purpose::kCaseManagement)
      .query("format", "string", "csv or xlsx; absent: csv")
      .query("language", "string", "of the heads: vi or en; absent: vi")
      .content_type(tables::kFileTypes)
      .errors({kInvalid, kNotPermitted})
      .handle([&statistics](http::Call& call) {
        return statistics.cases_taken_out(call.caller(), question_of(call), file_of(call));
      });
  router.post("/statistics/denominators/list")
      .summary(
          "What the figures of many units are held against, in one list, each line judged by itself; sent again, "
          "nothing "
          "changes")
      .permit({Role::kDistrictOfficer, Role::kProvinceOfficer, Role::kCommander}, Purpose::kCommand)
      .accepts(tables::kFileTypes)
      .body_limit(kListBytesMost)
      .errors({kInvalid, kNotPermitted, tables::kTooManyLines, tables::kNotAWorkbook, tables::kWorkbookTooLarge})
      .handle(
          [&statistics](http::Call& call) { return statistics.enter_list(call.caller(), call.body(), call.once()); });
  router.post("/statistics/denominators")
      .summary("What a unit's figures are held against: a number, where it is from, and of when")
      .permit({Role::kDistrictOfficer, Role::kProvinceOfficer, Role::kCommander}, Purpose::kCommand)
      .status(201)
      .errors({kInvalid, kNotPermitted})
      .handle([&statistics](http::Call& call, NewDenominator denominator) {
        return statistics.enter(call.caller(), std::move(denominator));
      });
}

}  // namespace luytre::statistics

#include "modules/quarantine/impl.h"
#include "modules/quarantine/sites.h"
#include "modules/tracing/contact_lists.h"
#include "platform/tables/xlsx.h"

namespace luytre::quarantine {
namespace {

using http::Call;

}  // namespace

void routes(http::Router& router, Sites& sites) {
  router.get("/quarantine-sites")
      .summary(
          "Concentrated sites and hotels of the own area, or those that one keeps: beds, how many are taken, who "
          "leaves tomorrow; by name, no people")
      .permit(kWithKeepers, kFor)
      .errors({kInvalid, kNotPermitted})
      .paged()
      .handle([&sites](Call& call) { return sites.list(call.caller(), call.cursor(), call.page_limit()); });
  router.post("/units/{id}/quarantine-site-file")
      .summary(
          "The sites of the unit and those below it, as a file of counts marked with who took it out; with a reason")
      .permit(kSigners, kFor)
      .content_type(tables::kFileTypes)
      .errors({kInvalid, kNotPermitted, tracing::kListTooLong, identity::kReasonRequired})
      .handle([&sites](Call& call, SitesOut wanted) {
        return sites.take_out(call.caller(), call.id<UnitId>(), std::move(wanted));
      });
  router.post("/quarantine-sites")
      .summary("Register a site or hotel")
      .permit(kOfficers, kFor)
      .status(201)
      .errors({kInvalid, kNotPermitted})
      .handle([&sites](Call& call, NewSite site) { return sites.add(call.caller(), std::move(site), call.once()); });
  router.get("/quarantine-sites/{id}")
      .summary("A site with its rooms, who lies in which bed, and who left; every person shown is in the access log")
      .permit(kWithKeepers, kFor)
      .errors({kNotFound})
      .handle([&sites](Call& call) { return sites.find(call.caller(), call.id<SiteId>()); });
  router.get("/quarantine-sites/{id}/awaited")
      .summary(
          "Who is under a running order for this site and is not there yet, or for a place of this kind that it does "
          "not name and has no bed; everybody is in the access log")
      .permit(kOfficers, kFor)
      .errors({kNotFound})
      .handle([&sites](Call& call) { return sites.awaited(call.caller(), call.id<SiteId>()); });
  router.post("/quarantine-sites/{id}/rooms")
      .summary("Add a room with its beds")
      .permit(kWithKeepers, kFor)
      .errors({kInvalid, kNotFound, kRoomExists})
      .handle([&sites](Call& call, NewRoom room) {
        return sites.add_room(call.caller(), call.id<SiteId>(), std::move(room));
      });
  router.post("/quarantine-sites/{id}/stays")
      .summary("Give somebody under a running order a bed, or another one")
      .permit(kWithKeepers, kFor)
      .errors({kInvalid, kNotFound, kOrderNotRunning, kOrderElsewhere, kOrderOtherSite, kBedTaken})
      .handle([&sites](Call& call, Lodging lodging) { return sites.lodge(call.caller(), call.id<SiteId>(), lodging); });
  router.post("/quarantine-sites/{id}/intake/look")
      .summary(
          "A group that arrives at once, by the codes of their orders: who may be lodged, and which beds are proposed, "
          "cohorts and households together; everybody is in the access log, nothing else is written")
      .permit(kWithKeepers, kFor)
      .errors({kInvalid, kNotFound})
      .handle([&sites](Call& call, IntakeCodes codes) {
        return sites.look_intake(call.caller(), call.id<SiteId>(), std::move(codes));
      });
  router.post("/quarantine-sites/{id}/intake")
      .summary("Give many a bed at once; each is judged alone, and the rest stands")
      .permit(kWithKeepers, kFor)
      .errors({kInvalid, kNotFound})
      .handle([&sites](Call& call, Lodgings lodgings) {
        return sites.intake(call.caller(), call.id<SiteId>(), std::move(lodgings), call.once());
      });
  router.post("/quarantine-stays/{id}/leave")
      .summary("Somebody has left the site")
      .permit(kWithKeepers, kFor)
      .errors({kNotFound, kHasLeft})
      .handle([&sites](Call& call) { return sites.leave(call.caller(), call.id<StayId>()); });
  router.post("/quarantine-sites/{id}/roll-calls")
      .summary("Begin a roll-call, or go on with the one of today that is open")
      .permit(kWithKeepers, kFor)
      .errors({kNotFound})
      .handle([&sites](Call& call) { return sites.begin_call(call.caller(), call.id<SiteId>()); });
  router.post("/quarantine-roll-calls/{id}/answers")
      .summary(
          "Who was there and who was not, many at once; each is judged alone, and sent again nothing changes. Also "
          "after "
          "it was closed: what a phone without a network had noted")
      .permit(kWithKeepers, kFor)
      .errors({kInvalid, kNotFound})
      .handle([&sites](Call& call, RollAnswers answers) {
        return sites.answer(call.caller(), call.id<RollCallId>(), std::move(answers));
      });
  router.post("/quarantine-roll-calls/{id}/close")
      .summary("Close a roll-call; who was absent is told to the station of the site")
      .permit(kWithKeepers, kFor)
      .errors({kNotFound})
      .handle([&sites](Call& call) { return sites.close_call(call.caller(), call.id<RollCallId>()); });
  router.get("/quarantine-sites/{id}/log")
      .summary(
          "Who entered and left, as a file (comma-separated values, or a workbook), marked with who took it out; "
          "everybody is in the access log")
      .permit(kWithKeepers, kFor)
      .query("from", "date", "The first day; absent: 92 days are taken out")
      .query("to", "date", "The last day; absent: today")
      .query("format", "string", "csv or xlsx; absent: csv")
      .query("language", "string", "of the heads: vi or en; absent: vi")
      .content_type(tables::kFileTypes)
      .errors({kInvalid, kNotFound})
      .handle([&sites](Call& call) {
        LogFile file;
        file.from = call.query_as<Date>("from");
        file.to = call.query_as<Date>("to");
        file.format = tables::format_of(call.query("format"));
        file.language = call.query("language") == "en" ? "en" : "vi";
        return sites.take_out(call.caller(), call.id<SiteId>(), std::move(file));
      });
  router.get("/quarantine-sites/{id}/keepers")
      .summary("Accounts of the owner who keep the site, and who could be named")
      .permit(kOfficers, kFor)
      .errors({kNotFound})
      .handle([&sites](Call& call) { return sites.keepers(call.caller(), call.id<SiteId>()); });
  router.post("/quarantine-sites/{id}/keepers")
      .summary("Name an account of the owner (role siteKeeper) that keeps the site; in the access log")
      .permit(kOfficers, kFor)
      .errors({kInvalid, kNotFound})
      .handle([&sites](Call& call, NamedKeeper named) {
        return sites.name_keeper(call.caller(), call.id<SiteId>(), named.account);
      });
  router.post("/quarantine-sites/{id}/keepers/{account}/end")
      .summary("The account keeps the site no longer, at once")
      .permit(kOfficers, kFor)
      .errors({kNotFound})
      .handle([&sites](Call& call) {
        return sites.end_keeper(call.caller(), call.id<SiteId>(), call.id<AccountId>("account"));
      });
}

}  // namespace luytre::quarantine

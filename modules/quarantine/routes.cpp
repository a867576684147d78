#include "modules/places/places.h"
#include "modules/quarantine/impl.h"
#include "modules/tracing/contact_lists.h"
#include "platform/identity/consents.h"
#include "platform/tables/xlsx.h"

namespace luytre::quarantine {
namespace {

using http::Call;

void officer_routes(http::Router& router, Orders& orders) {
  router.get("/orders")
      .summary(
          "Quarantine and isolation orders of the own area: waiting for a signature, running, ending tomorrow, past "
          "their last day and not released, ended; every person shown is in the access log")
      .permit(kOfficers, kFor)
      .errors({kInvalid, kNotPermitted})
      .query("view", "waiting|running|tomorrow|overdue|ended", "absent: waiting")
      .query("unit", "id", "A unit of the own area")
      .query("q", "string", "Number of an order: that one, whatever its state")
      .query("disease", "string", "Id of the disease")
      .query("kind", "quarantine|isolation|observation")
      .query("place", "home|site|hotel")
      .query("sort", "waiting|lastDay|signed|ended",
             "Of what waits: waiting or lastDay; of what runs: lastDay or signed; of what ended: ended or lastDay. A "
             "cursor goes on with its own sort")
      .query("order", "ascending|descending", "Absent: the earliest first, of what ended the last")
      .paged()
      .handle([&orders](Call& call) {
        Filter filter;
        filter.number = call.query("q");
        filter.disease = call.query("disease");
        filter.kind = call.query_as<Kind>("kind");
        filter.place = call.query_as<PlaceKind>("place");
        filter.view = call.query_as<View>("view").value_or(View::kWaiting);
        filter.unit = call.query_id<UnitId>("unit");
        filter.sort = call.query_as<Sort>("sort");
        filter.order = call.query_as<cases::SortOrder>("order");
        return orders.list(call.caller(), filter, call.cursor(), call.page_limit());
      });
  router.post("/units/{id}/order-file")
      .summary(
          "Orders that the unit answers for, of one view and filtered as their list, as a file marked with who took it "
          "out; with a reason")
      .permit(kSigners, kFor)
      .content_type(tables::kFileTypes)
      .errors({kInvalid, kNotFound, kNotPermitted, tracing::kListTooLong, identity::kReasonRequired})
      .handle([&orders](Call& call, OrdersOut wanted) {
        return orders.take_out(call.caller(), call.id<UnitId>(), std::move(wanted));
      });
  router.post("/orders")
      .summary("Draft an order for an assessed contact or a case; it binds nobody before it is signed")
      .permit(kOfficers, kFor)
      .status(201)
      .errors({kInvalid, kNotFound, kNotPermitted, kNoBasis, kNeedsInterview, kOrderExists, kNotKept, kOrderOver})
      .handle(
          [&orders](Call& call, NewOrder order) { return orders.draft(call.caller(), std::move(order), call.once()); });
  router.get("/orders/{id}")
      .summary("One order with its place, why it ends when it does, and every step; the reading is logged")
      .permit(kOfficers, kFor)
      .errors({kNotFound, kNotPermitted})
      .handle([&orders](Call& call) { return orders.find(call.caller(), call.id<OrderId>()); });
  router.post("/orders/{id}/steps")
      .summary(
          "Propose to extend, shorten, move, set other windows of checks at home, or release; another officer signs")
      .permit(kOfficers, kFor)
      .versioned()
      .errors({kInvalid, kNotFound, kNotPermitted, kOrderNotRunning, kStepWaits, kNoBasis, kNeedsInterview,
               kVersionConflict})
      .handle([&orders](Call& call, NewStep step) {
        return orders.propose(call.caller(), call.id<OrderId>(), std::move(step), *call.if_match());
      });
  router.post("/orders/{id}/sign")
      .summary("Sign what waits, as another officer than who proposed it; the person is told")
      .permit(kSigners, kFor)
      .versioned()
      .errors({kInvalid, kNotFound, kNotPermitted, tracing::kSecondOfficerNeeded, kNothingToSign, kNoBasis,
               kNeedsInterview, kOrderOver, kOrderExists, kVersionConflict})
      .handle([&orders](Call& call, Signature signature) {
        return orders.sign(call.caller(), call.id<OrderId>(), std::move(signature), *call.if_match());
      });
  router.post("/order-steps")
      .summary("Propose a step of each of many orders; each is judged alone, and the rest stands")
      .permit(kOfficers, kFor)
      .errors({kInvalid, kNotPermitted})
      .handle([&orders](Call& call, StepsTogether steps) {
        return orders.propose_all(call.caller(), std::move(steps), call.once());
      });
  router.post("/order-signatures")
      .summary("Sign what waits of many orders, as another officer than who proposed it; each is judged alone")
      .permit(kSigners, kFor)
      .errors({kInvalid, kNotPermitted})
      .handle([&orders](Call& call, SignedTogether signing) {
        return orders.sign_all(call.caller(), std::move(signing), call.once());
      });
  router.post("/orders/{id}/refuse")
      .summary("Refuse what waits, or take back what oneself proposed")
      .permit(kOfficers, kFor)
      .versioned()
      .errors({kInvalid, kNotFound, kNotPermitted, kNothingToSign, kVersionConflict})
      .handle([&orders](Call& call, Refusal refusal) {
        return orders.refuse(call.caller(), call.id<OrderId>(), std::move(refusal), *call.if_match());
      });
  router.post("/orders/{id}/needs")
      .summary(
          "Write down what somebody under an order asks for, at the site or by phone; a station is told. Who keeps a "
          "site: of who lies there")
      .permit(kWithKeepers, kFor)
      .errors({kInvalid, kNotFound, kNotPermitted, kOrderNotRunning, kNeedsWait})
      .handle([&orders](Call& call, ToldNeed need) {
        return orders.tell_need(call.caller(), call.id<OrderId>(), std::move(need));
      });
  router.post("/order-needs/{id}/brought")
      .summary(
          "Whoever keeps the site where somebody lies has brought what they asked for; the station is told no more")
      .permit({Role::kSiteKeeper}, kFor)
      .errors({kNotFound})
      .handle([&orders](Call& call) { return orders.bring_need(call.caller(), call.id<AlertId>()); });
  router.get("/order-needs")
      .summary(
          "What people under orders of the own area ask for and is not settled: who, where and what, never the "
          "disease; "
          "the oldest first, everybody is in the access log. Who keeps a site: of that site alone, which is named. A "
          "cursor goes on with its own order")
      .permit(kWithKeepers, kFor)
      .errors({kInvalid, kNotPermitted})
      .query("unit", "id", "A unit of the own area")
      .query("site", "id", "Who lies at that site")
      .query("kind", "food|medicine|hygiene|other")
      .query("state", "open|acknowledged", "open: nobody has taken notice of it")
      .query("order", "ascending|descending", "By when it was asked for; absent: ascending")
      .paged()
      .handle([&orders](Call& call) {
        NeedFilter filter;
        filter.unit = call.query_id<UnitId>("unit");
        filter.site = call.query_id<SiteId>("site");
        filter.kind = call.query_as<NeedKind>("kind");
        filter.state = call.query_as<NeedState>("state");
        filter.order = call.query_as<cases::SortOrder>("order");
        return orders.needs(call.caller(), std::move(filter), call.cursor(), call.page_limit());
      });
  router.post("/units/{id}/need-file")
      .summary(
          "What people ask for who are at sites or under orders of the unit, not settled and filtered as its list, as "
          "a "
          "file marked with who took it out: who, where and what; with a reason, and everybody in it is in the access "
          "log")
      .permit(kSigners, kFor)
      .content_type(tables::kFileTypes)
      .errors({kInvalid, kNotFound, kNotPermitted, tracing::kListTooLong, identity::kReasonRequired})
      .handle([&orders](Call& call, NeedsOut wanted) {
        return orders.take_out(call.caller(), call.id<UnitId>(), std::move(wanted));
      });
  router.get("/orders/{id}/order.pdf")
      .summary("The order as it was signed last, to print; logged")
      .permit(kOfficers, kFor)
      .content_type("application/pdf")
      .errors({kNotFound, kNotPermitted, kOrderNotRunning, places::kPosterFontMissing})
      .handle([&orders](Call& call) { return orders.pdf(call.caller(), call.id<OrderId>(), false); });
  router.get("/orders/{id}/certificate.pdf")
      .summary("The certificate of release, to print; logged")
      .permit(kOfficers, kFor)
      .content_type("application/pdf")
      .errors({kNotFound, kNotPermitted, kOrderNotRunning, places::kPosterFontMissing})
      .handle([&orders](Call& call) { return orders.pdf(call.caller(), call.id<OrderId>(), true); });
}

void citizen_routes(http::Router& router, Orders& orders) {
  router.get("/me/orders")
      .summary("Signed orders about me and the children of my household, newest first; also those that ended")
      .permit({Role::kCitizen}, Purpose::kOwnRecord)
      .handle([&orders](Call& call) { return orders.mine(call.caller()); });
  router.post("/me/orders/{id}/read")
      .summary("I have read this order")
      .permit({Role::kCitizen}, Purpose::kOwnRecord)
      .errors({kNotFound})
      .handle([&orders](Call& call) { return orders.read(call.caller(), call.id<OrderId>()); });
  router.post("/me/orders/{id}/calls")
      .summary("Please call me instead of, or beside, a check in the app; the station is told")
      .permit({Role::kCitizen}, Purpose::kOwnRecord)
      .errors({kNotFound, kOrderNotRunning})
      .handle([&orders](Call& call) { return orders.ask_call(call.caller(), call.id<OrderId>()); });
  router.post("/me/orders/{id}/needs")
      .summary("I need food, medicine, things for hygiene, or something else; a station is told. Asked twice it is one")
      .permit({Role::kCitizen}, Purpose::kOwnRecord)
      .errors({kInvalid, kNotFound, kOrderNotRunning, kNeedsWait})
      .handle([&orders](Call& call, NewNeed need) {
        return orders.ask_need(call.caller(), call.id<OrderId>(), std::move(need));
      });
  router.post("/me/orders/{id}/positions")
      .summary("By a consent and a tap: mark my place of isolation, or compare with it; only the last distance is kept")
      .permit({Role::kCitizen}, Purpose::kOwnRecord)
      .errors({kInvalid, kNotFound, kOrderNotRunning, identity::kConsentRequired, kPlaceNotMarked})
      .handle(
          [&orders](Call& call, Position where) { return orders.compare(call.caller(), call.id<OrderId>(), where); });
  router.get("/me/orders/{id}/order.pdf")
      .summary("My order, to print")
      .permit({Role::kCitizen}, Purpose::kOwnRecord)
      .content_type("application/pdf")
      .errors({kNotFound, places::kPosterFontMissing})
      .handle([&orders](Call& call) { return orders.my_pdf(call.caller(), call.id<OrderId>(), false); });
  router.get("/me/orders/{id}/certificate.pdf")
      .summary("My certificate of release, to print")
      .permit({Role::kCitizen}, Purpose::kOwnRecord)
      .content_type("application/pdf")
      .errors({kNotFound, kOrderNotRunning, places::kPosterFontMissing})
      .handle([&orders](Call& call) { return orders.my_pdf(call.caller(), call.id<OrderId>(), true); });
  router.post("/order-codes/verify")
      .summary(
          "Whether the paper that bears this code stands: valid, replaced or released, and nothing that is not on it")
      .permit({Role::kAnyone}, Purpose::kPublic)
      .errors({kInvalid, kOrderCodeForged, kOrderCodeUnknown})
      .handle([&orders](Call&, Scanned scanned) { return orders.verify(std::move(scanned)); });
}

}  // namespace

void routes(http::Router& router, Orders& orders) {
  officer_routes(router, orders);
  citizen_routes(router, orders);
}

}  // namespace luytre::quarantine

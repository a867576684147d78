#include <charconv>

#include "modules/linelists/linelists.h"
#include "platform/http/url.h"
#include "platform/tables/xlsx.h"

namespace luytre::linelists {
namespace {

constexpr std::initializer_list<Role> kOfficers{Role::kDistrictOfficer, Role::kProvinceOfficer};

// A malformed one is no line.
std::int64_t line_of(http::Call& call) {
  const std::string_view text = call.path("line");
  std::int64_t out = -1;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), out);
  return failed == std::errc() && end == text.data() + text.size() ? out : -1;
}

// Not in the URL, which programs on the way write down: lists are called by people's names, too.
std::string file_name(http::Call& call) {
  return http::percent_decode(call.header("X-File-Name").value_or("")).value_or("");
}

}  // namespace

void routes(http::Router& router, LineLists& room) {
  router.post("/units/{id}/line-lists")
      .summary(
          "Send a line list of cases, or of their contacts, its name percent-encoded in X-File-Name; nothing is taken "
          "from it before it is "
          "run")
      .permit(kOfficers, Purpose::kCaseManagement)
      .query("about", "cases|contacts", "what its rows are; absent: cases")
      .query("system", "string", "whose ids the list has, if not the unit's own: godata, sormas, …")
      .accepts(tables::kFileTypes)
      .body_limit(kBytesMost)
      .status(201)
      .errors({kInvalid, kNotPermitted, tables::kTooManyLines, tables::kNotAWorkbook, tables::kWorkbookTooLarge})
      .handle([&room](http::Call& call) {
        return room.send(call.caller(), call.id<UnitId>(), file_name(call), call.query("system"), call.body(),
                         call.once(), call.query_as<About>("about").value_or(About::kCases));
      });
  router.get("/line-lists")
      .summary("Line lists of the own area, newest first unless turned round")
      .permit(kOfficers, Purpose::kCaseManagement)
      .errors({kInvalid, kNotPermitted})
      .query("order", "ascending|descending", "By when they were sent; absent: descending")
      .paged()
      .handle([&room](http::Call& call) {
        return room.list(call.caller(), call.query("order") == "ascending", call.cursor(), call.page_limit());
      });
  router.get("/line-lists/{id}")
      .summary("One line list: its columns with samples, which of them we know, and how far it is")
      .permit(kOfficers, Purpose::kCaseManagement)
      .errors({kNotFound})
      .handle([&room](http::Call& call) { return room.find(call.caller(), call.id<ListId>()); });
  router.post("/line-lists/{id}/relationships")
      .summary("Join WHO Go.Data's relationships to a list of its contacts, before it runs: each of them is a row")
      .permit(kOfficers, Purpose::kCaseManagement)
      .accepts(tables::kFileTypes)
      .body_limit(kBytesMost)
      .errors({kInvalid, kNotFound, kListState, kNotOfContacts, tables::kTooManyLines, tables::kNotAWorkbook,
               tables::kWorkbookTooLarge})
      .handle([&room](http::Call& call) { return room.join(call.caller(), call.id<ListId>(), call.body()); });
  router.post("/line-lists/{id}/preview")
      .summary("The first rows as they would be taken; nothing is kept")
      .permit(kOfficers, Purpose::kCaseManagement)
      .errors({kInvalid, kNotFound, kListState})
      .handle([&room](http::Call& call, Mapping mapping) {
        return room.preview(call.caller(), call.id<ListId>(), std::move(mapping));
      });
  router.post("/line-lists/{id}/run")
      .summary("Take the list, in the background; nobody is traced or warned by that")
      .permit(kOfficers, Purpose::kCaseManagement)
      .errors({kInvalid, kNotFound, kListState})
      .handle([&room](http::Call& call, Mapping mapping) {
        return room.run(call.caller(), call.id<ListId>(), std::move(mapping));
      });
  router.get("/line-lists/{id}/rows")
      .summary("Its rows of one state, by line")
      .permit(kOfficers, Purpose::kCaseManagement)
      .query("state", "waiting|taken|known|undecided|wrong|skipped|undone|kept", "absent: undecided")
      .errors({kInvalid, kNotFound})
      .paged()
      .handle([&room](http::Call& call) {
        return room.rows(call.caller(), call.id<ListId>(),
                         call.query_as<RowState>("state").value_or(RowState::kUndecided), call.cursor(),
                         call.page_limit());
      });
  router.post("/line-lists/{id}/rows/{line}/decide")
      .summary("Say who a row is about: somebody who is known, somebody new, or leave it out")
      .permit(kOfficers, Purpose::kCaseManagement)
      .errors({kInvalid, kNotFound, kNotPermitted, kListState})
      .handle([&room](http::Call& call, Decision decision) {
        return room.decide(call.caller(), call.id<ListId>(), line_of(call), decision);
      });
  router.post("/line-lists/{id}/start")
      .summary("Trace its confirmed cases whose contacts would still be followed, with a reason")
      .permit(kOfficers, Purpose::kCaseManagement)
      .errors({kInvalid, kNotFound, kListState, identity::kReasonRequired})
      .handle([&room](http::Call& call, Reason reason) {
        return room.start(call.caller(), call.id<ListId>(), std::move(reason));
      });
  router.post("/line-lists/{id}/undo")
      .summary("Take back what the list made and nobody worked with since, with a reason")
      .permit(kOfficers, Purpose::kCaseManagement)
      .errors({kInvalid, kNotFound, kListState, identity::kReasonRequired})
      .handle([&room](http::Call& call, Reason reason) {
        return room.undo(call.caller(), call.id<ListId>(), std::move(reason));
      });
  router.post("/line-lists/{id}/run-again")
      .summary("Go on with a list that was stopped by a fault, from where it stands")
      .permit(kOfficers, Purpose::kCaseManagement)
      .errors({kNotFound, kListState})
      .handle([&room](http::Call& call) { return room.run_again(call.caller(), call.id<ListId>()); });
  router.get("/line-lists/{id}/rejects")
      .summary("The rows that are wrong as they stood in the file, with line and reasons")
      .permit(kOfficers, Purpose::kCaseManagement)
      .query("language", "vi|en")
      .content_type("text/csv")
      .errors({kNotFound})
      .handle([&room](http::Call& call) {
        return room.rejects(call.caller(), call.id<ListId>(), call.query("language") == "en" ? "en" : "vi");
      });
  router.get("/units/{id}/line-list-mappings")
      .summary("Which column means what, as the unit's officers saved it by name")
      .permit(kOfficers, Purpose::kCaseManagement)
      .errors({kNotPermitted})
      .handle([&room](http::Call& call) { return room.mappings(call.caller(), call.id<UnitId>()); });
  router.put("/units/{id}/line-list-mappings")
      .summary("Save one by name, in place of one of that name")
      .permit(kOfficers, Purpose::kCaseManagement)
      .body_limit(kMappingBytesMost)
      .errors({kInvalid, kNotPermitted, kTooManyMappings})
      .handle([&room](http::Call& call, NamedMapping mapping) {
        return room.save(call.caller(), call.id<UnitId>(), std::move(mapping));
      });
  router.post("/units/{id}/line-list-file")
      .summary(
          "The unit's cases, all or filtered as their list, as a file that can be read back, marked with who took it "
          "out; with a reason")
      .permit(kOfficers, Purpose::kCaseManagement)
      .content_type(tables::kFileTypes)
      .errors({kInvalid, kNotFound, kNotPermitted, kTooManyCases, identity::kReasonRequired})
      .handle([&room](http::Call& call, TakingOut asked) {
        return room.take_out(call.caller(), call.id<UnitId>(), std::move(asked));
      });
}

}  // namespace luytre::linelists

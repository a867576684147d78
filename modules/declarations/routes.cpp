#include "modules/declarations/declarations.h"
#include "modules/people/adults.h"
#include "platform/identity/consents.h"
#include "platform/identity/taken_out.h"
#include "platform/tables/xlsx.h"

namespace luytre::declarations {
namespace {

struct FormBrief {
  std::string id;
  std::string version;
  Texts title;
  std::string purpose;
  Date valid_from;
  std::optional<Date> valid_to;
  bool own_decision = false;  // asked for only where a decision names it
};
BOOST_DESCRIBE_STRUCT(FormBrief, (), (id, version, title, purpose, valid_from, valid_to, own_decision))

struct FormList {
  std::vector<FormBrief> items;
};
BOOST_DESCRIBE_STRUCT(FormList, (), (items))

Task<Result<FormList>> form_list(std::vector<const DatedForm*> all, std::optional<std::string> purpose) {
  FormList out;
  for (const DatedForm* dated : all) {
    const auto& form = dated->form;
    if (!purpose || form.purpose == *purpose)
      out.items.push_back(
          {form.id, form.version, form.title, form.purpose, form.valid_from, form.valid_to, form.own_decision});
  }
  co_return out;
}

Task<Result<http::Reply>> form_document(Task<Result<json::Value>> asked) {
  const auto document = co_await std::move(asked);
  if (!document) co_return document.error();
  http::Reply reply;
  reply.type = "application/fhir+json";
  reply.body = boost::json::serialize(*document);
  co_return reply;
}

struct WithdrawalList {
  std::vector<Withdrawal> items;
};
BOOST_DESCRIBE_STRUCT(WithdrawalList, (), (items))

Task<Result<WithdrawalList>> withdrawal_list(Task<Result<std::vector<Withdrawal>>> asked) {
  auto all = co_await std::move(asked);
  if (!all) co_return all.error();
  co_return WithdrawalList{std::move(*all)};
}

FlaggedFilter filter_of(const http::Call& call) {
  FlaggedFilter out;
  out.unit = call.query_id<UnitId>("unit");
  out.colour = call.query_as<Colour>("colour");
  out.place = call.query_id<PlaceId>("place");
  out.from = call.query_as<Instant>("from");
  out.to = call.query_as<Instant>("to");
  out.oldest_first = call.query("order") == "ascending";
  return out;
}

// Somebody's declarations: who and why stand in the body, never in an address.
struct Wanted {
  std::optional<UnitId> unit;
  std::optional<Colour> colour;
  std::optional<PlaceId> place;
  std::optional<Instant> from, to;
  std::optional<PersonId> person;
  std::optional<Text<200>> phone, paper, name;
  std::optional<std::int64_t> birth_year, birth_month;
  std::optional<Date> birth_date;
  std::optional<Text<400>> code;
  Text<500> reason;
};
BOOST_DESCRIBE_STRUCT(Wanted, (),
                      (unit, colour, place, from, to, person, phone, paper, name, birth_year, birth_month, birth_date,
                       code, reason))

FlaggedFilter filter_of(Wanted wanted) {
  FlaggedFilter out;
  out.unit = wanted.unit;
  out.colour = wanted.colour;
  out.person = wanted.person;
  out.place = wanted.place;
  out.from = wanted.from;
  out.to = wanted.to;
  if (wanted.phone || wanted.paper || wanted.name || wanted.birth_year || wanted.birth_date || wanted.code) {
    people::Search& who = out.who.emplace();
    who.phone = wanted.phone;
    who.paper = wanted.paper;
    who.name = wanted.name;
    who.birth_year = wanted.birth_year;
    who.birth_month = wanted.birth_month;
    who.birth_date = wanted.birth_date;
    who.code = wanted.code;
    who.reason = wanted.reason;
  }
  out.reason = std::move(wanted.reason);
  return out;
}

}  // namespace

void routes(http::Router& router, Declarations& declarations, const Clock& clock) {
  router.get("/forms")
      .summary("Forms valid today; which of them are asked for is what decisions say")
      .permit({Role::kAnyone}, Purpose::kPublic)
      .query("purpose", "string",
             "what the form is for: entry, domestic-movement, general, place-entry, daily-health, home-isolation")
      .query("unit", "id", "those alone that decisions switch on for who lives there, or is going somewhere")
      .handle([&declarations, &clock](http::Call& call) -> Task<Result<FormList>> {
        const auto unit = call.query_id<UnitId>("unit");
        return form_list(
            unit ? declarations.asked_in(*unit) : declarations.catalogue().in_force(local_date(clock.now())),
            call.query("purpose"));
      });
  router.get("/forms/{id}")
      .summary("A form as a FHIR R4 Questionnaire, in the version of today unless another is asked for")
      .permit({Role::kAnyone}, Purpose::kPublic)
      .errors({kNotFound})
      .query("version", "string")
      .content_type("application/fhir+json")
      .handle([&declarations, &clock](http::Call& call) -> Task<Result<http::Reply>> {
        const Catalogue& catalogue = declarations.catalogue();
        const auto version = call.query("version");
        return form_document(declarations.document(version
                                                       ? catalogue.find(call.path("id"), *version)
                                                       : catalogue.in_force(call.path("id"), local_date(clock.now()))));
      });
  router.post("/declarations")
      .summary("Declare health and movement for oneself or a person of the household, or correct what was declared")
      .permit({Role::kCitizen, Role::kStationOfficer, Role::kDistrictOfficer, Role::kProvinceOfficer},
              Purpose::kOwnRecord)
      .errors({kFormNotInForce, kInvalid, kTimeInFuture, kTimeTooOld, people::kNotInHousehold, people::kNoOwnRecord,
               kNotPermitted, kNotFound, kNotInForce, kDeclarationReplaced, kTooManyPictures,
               identity::kConsentRequired})
      .body_limit(kDeclarationMost)
      .flood()
      .status(201)
      .handle([&declarations](http::Call& call, NewDeclaration asked) -> Task<Result<Declaration>> {
        return declarations.submit(call.caller(), std::move(asked), call.once());
      });
  router.get("/me/forms")
      .summary(
          "Forms that are switched on here and now for oneself or a person of the household, and what is due today")
      .permit({Role::kCitizen}, Purpose::kOwnRecord)
      .errors({kInvalid, people::kNotInHousehold, people::kNoOwnRecord})
      .query("person", "id", "a person of the household; oneself if absent")
      .query("place", "id", "where one is asked to declare")
      .query("unit", "id", "where one is going: forms about a journey that are on there")
      .handle([&declarations](http::Call& call) -> Task<Result<FormsNow>> {
        return declarations.forms_now(call.caller(), call.query_id<PersonId>("person"), call.query_id<PlaceId>("place"),
                                      call.query_id<UnitId>("unit"));
      });
  router.get("/me/declarations")
      .summary("Declarations of the household, newest first; with answers if asked for")
      .permit({Role::kCitizen}, Purpose::kOwnRecord)
      .errors({kInvalid, people::kNotInHousehold, people::kNoOwnRecord})
      .query("person", "id", "a person of the household; oneself if absent")
      .query("form", "string", "of one form only")
      .query("answers", "boolean", "with the answers")
      .paged()
      .handle([&declarations](http::Call& call) -> Task<Result<http::Page<Declaration>>> {
        return declarations.of_person(
            call.caller(), {call.query_id<PersonId>("person"), call.query("form"), call.query("answers") == "true"},
            call.cursor(), call.page_limit());
      });
  router.get("/declarations")
      .summary("Red and yellow declarations of the own area, newest first; every person shown is in the access log")
      .permit({Role::kStationOfficer, Role::kDistrictOfficer, Role::kProvinceOfficer}, Purpose::kDeclarationReview)
      .errors({kInvalid, kNotPermitted})
      .query("unit", "id", "a unit of the own area; all of it if absent")
      .query("colour", "red|yellow")
      .query("place", "id", "where it was asked for")
      .query("from", "date-time", "declared from then on")
      .query("to", "date-time", "declared before then")
      .query("order", "ascending|descending", "By when they arrived; absent: descending, the newest first")
      .paged()
      .handle([&declarations](http::Call& call) -> Task<Result<http::Page<Flagged>>> {
        return declarations.flagged(call.caller(), filter_of(call), call.cursor(), call.page_limit());
      });
  router.post("/declarations/search")
      .summary("The same of somebody, by id, or by phone, paper or name as people are looked for; needs a reason")
      .permit({Role::kStationOfficer, Role::kDistrictOfficer, Role::kProvinceOfficer}, Purpose::kDeclarationReview)
      .errors({kInvalid, kNotPermitted, identity::kReasonRequired})
      .query("order", "ascending|descending", "By when they arrived; absent: descending, the newest first")
      .paged()
      .handle([&declarations](http::Call& call, Wanted wanted) -> Task<Result<http::Page<Flagged>>> {
        FlaggedFilter filter = filter_of(std::move(wanted));
        filter.oldest_first = call.query("order") == "ascending";
        return declarations.flagged(call.caller(), std::move(filter), call.cursor(), call.page_limit());
      });
  router.post("/units/{id}/declaration-file")
      .summary(
          "Red and yellow declarations that concern the unit, all or filtered as their list, as a file without "
          "answers, "
          "marked with who took it out; with a reason; every person in it is in the access log")
      .permit({Role::kDistrictOfficer, Role::kProvinceOfficer}, Purpose::kDeclarationReview)
      .content_type(tables::kFileTypes)
      .errors({kInvalid, kNotFound, kNotPermitted, identity::kListTooLong, identity::kReasonRequired})
      .handle([&declarations](http::Call& call, DeclarationsOut wanted) {
        return declarations.take_out(call.caller(), call.id<UnitId>(), std::move(wanted));
      });
  router.get("/me/withdrawals")
      .summary("Declarations of the household that were taken back: when, and by which form")
      .permit({Role::kCitizen}, Purpose::kOwnRecord)
      .errors({kInvalid, people::kNotInHousehold, people::kNoOwnRecord})
      .query("person", "id", "a person of the household; oneself if absent")
      .handle([&declarations](http::Call& call) -> Task<Result<WithdrawalList>> {
        return withdrawal_list(declarations.withdrawals(call.caller(), call.query_id<PersonId>("person")));
      });
  router.post("/declarations/{id}/withdraw")
      .summary("Take back, in all its versions, what was declared freely; that it was, and when, is kept")
      .permit({Role::kCitizen}, Purpose::kOwnRecord)
      .errors({kNotFound, kNotWithdrawable})
      .handle([&declarations](http::Call& call) -> Task<Result<Withdrawal>> {
        return declarations.withdraw(call.caller(), call.id<DeclarationId>());
      });
  router.get("/declarations/{id}")
      .summary("A declaration with its answers")
      .permit({Role::kCitizen, Role::kStationOfficer, Role::kDistrictOfficer, Role::kProvinceOfficer},
              Purpose::kDeclarationReview)
      .errors({kNotFound, kNotPermitted, people::kAdultsOwnAffair})
      .handle([&declarations](http::Call& call) -> Task<Result<Declaration>> {
        return declarations.find(call.caller(), call.id<DeclarationId>());
      });
  router.get("/declarations/{id}/pictures/{picture}")
      .summary("A picture that the answers name; each look that is not the household's is logged")
      .permit({Role::kCitizen, Role::kStationOfficer, Role::kDistrictOfficer, Role::kProvinceOfficer},
              Purpose::kDeclarationReview)
      .content_type("image/jpeg")
      .errors({kNotFound, kNotPermitted, people::kAdultsOwnAffair})
      .handle([&declarations](http::Call& call) -> Task<Result<http::Reply>> {
        return declarations.picture(call.caller(), call.id<DeclarationId>(), call.id<PictureId>("picture"));
      });
  router.get("/declarations/{id}/again")
      .summary("Judge a declaration again by the rule set that judged it: the same, or what differs")
      .permit({Role::kStationOfficer, Role::kDistrictOfficer, Role::kProvinceOfficer}, Purpose::kDeclarationReview)
      .errors({kNotFound, kNotPermitted})
      .handle([&declarations](http::Call& call) -> Task<Result<JudgedAgain>> {
        return declarations.again(call.caller(), call.id<DeclarationId>());
      });
}

}  // namespace luytre::declarations

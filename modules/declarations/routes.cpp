#include "modules/declarations/declarations.h"
#include "platform/identity/consents.h"

namespace luytre::declarations {
namespace {

struct FormBrief {
  std::string id;
  std::string version;
  Texts title;
  std::string purpose;
  Date valid_from;
  std::optional<Date> valid_to;
};
BOOST_DESCRIBE_STRUCT(FormBrief, (), (id, version, title, purpose, valid_from, valid_to))

struct FormList {
  std::vector<FormBrief> items;
};
BOOST_DESCRIBE_STRUCT(FormList, (), (items))

Task<Result<FormList>> forms_in_force(const Catalogue& catalogue, Date day, std::optional<std::string> purpose) {
  FormList out;
  for (const DatedForm* dated : catalogue.in_force(day)) {
    const auto& form = dated->form;
    if (!purpose || form.purpose == *purpose)
      out.items.push_back({form.id, form.version, form.title, form.purpose, form.valid_from, form.valid_to});
  }
  co_return out;
}

Task<Result<http::Reply>> form_document(const DatedForm* dated) {
  if (!dated) co_return kNotFound;
  http::Reply reply;
  reply.type = "application/fhir+json";
  reply.body = boost::json::serialize(dated->document);
  co_return reply;
}

}  // namespace

void routes(http::Router& router, Declarations& declarations, const Clock& clock) {
  router.get("/forms")
      .summary("Forms in force today")
      .permit({Role::kAnyone}, Purpose::kPublic)
      .query("purpose", "string", "what the form is for: domestic-movement, place-entry")
      .handle([&declarations, &clock](http::Call& call) -> Task<Result<FormList>> {
        return forms_in_force(declarations.catalogue(), local_date(clock.now()), call.query("purpose"));
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
        return form_document(version ? catalogue.find(call.path("id"), *version)
                                     : catalogue.in_force(call.path("id"), local_date(clock.now())));
      });
  router.post("/declarations")
      .summary("Declare health and movement for oneself or a person of the household")
      .permit({Role::kCitizen, Role::kStationOfficer, Role::kDistrictOfficer, Role::kProvinceOfficer},
              Purpose::kOwnRecord)
      .errors({kFormNotInForce, kInvalid, kTimeInFuture, kTimeTooOld, people::kNotInHousehold, people::kNoOwnRecord,
               kNotPermitted, kNotFound, kNotInForce, identity::kConsentRequired})
      .flood()
      .status(201)
      .handle([&declarations](http::Call& call, NewDeclaration asked) -> Task<Result<Declaration>> {
        return declarations.submit(call.caller(), std::move(asked), call.once());
      });
  router.get("/me/declarations")
      .summary("Declarations of the household, newest first, without answers")
      .permit({Role::kCitizen}, Purpose::kOwnRecord)
      .errors({kInvalid, people::kNotInHousehold, people::kNoOwnRecord})
      .query("person", "id", "a person of the household; oneself if absent")
      .paged()
      .handle([&declarations](http::Call& call) -> Task<Result<http::Page<Declaration>>> {
        return declarations.of_person(call.caller(), call.query_id<PersonId>("person"), call.cursor(),
                                      call.page_limit());
      });
  router.get("/declarations")
      .summary("Red and yellow declarations of the own area, newest first")
      .permit({Role::kStationOfficer, Role::kDistrictOfficer, Role::kProvinceOfficer}, Purpose::kDeclarationReview)
      .errors({kInvalid, kNotPermitted})
      .query("unit", "id", "a unit of the own area; all of it if absent")
      .query("colour", "red|yellow")
      .paged()
      .handle([&declarations](http::Call& call) -> Task<Result<http::Page<Flagged>>> {
        return declarations.flagged(call.caller(), call.query_id<UnitId>("unit"), call.query_as<Colour>("colour"),
                                    call.cursor(), call.page_limit());
      });
  router.get("/declarations/{id}")
      .summary("A declaration with its answers")
      .permit({Role::kCitizen, Role::kStationOfficer, Role::kDistrictOfficer, Role::kProvinceOfficer},
              Purpose::kDeclarationReview)
      .errors({kNotFound, kNotPermitted})
      .handle([&declarations](http::Call& call) -> Task<Result<Declaration>> {
        return declarations.find(call.caller(), call.id<DeclarationId>());
      });
}

}  // namespace luytre::declarations

#include "modules/arrivals/arrivals.h"

#include <gmock/gmock.h>

#include "engines/linkage/person_code.h"
#include "modules/arrivals/storage.h"
#include "modules/command/testing.h"
#include "modules/visits/testing.h"
#include "platform/base/jpeg_testing.h"
#include "platform/base/result_testing.h"
#include "platform/base/text.h"
#include "platform/store/plan_testing.h"

namespace luytre::arrivals {
namespace {

using identity::testing::citizen;
using identity::testing::officer;
using std::chrono::hours;
using std::chrono::minutes;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

const UnitId kDaNang{2025100048}, kInDaNang{2025320242};

json::Object answered(std::string_view link, std::string_view element, json::Value value) {
  return {{"linkId", link}, {"answer", json::Array{json::Object{{element, std::move(value)}}}}};
}

json::Object coded(std::string_view link, std::string_view code) {
  return answered(link, "valueCoding", json::Object{{"code", code}});
}

json::Value entry_answers(bool fever, const std::string& day = "2026-03-02", std::optional<PlaceId> chosen = {}) {
  json::Array journey{coded("subject", "vietnamese"),
                      chosen ? coded("gate", to_text(*chosen)) : answered("gate", "valueString", "Lao Bảo"),
                      coded("means", "car"),
                      answered("vehicle", "valueString", "74A-123.45"),
                      answered("seat", "valueString", "2"),
                      answered("departure-date", "valueDate", "2026-03-01"),
                      answered("arrival-date", "valueDate", json::Value(day)),
                      answered("departure-country", "valueString", "Lào"),
                      answered("departure-province", "valueString", "Savannakhet"),
                      answered("arrival-place", "valueString", "Đà Nẵng")};
  json::Array stop{answered("stop-country", "valueString", "Lào")};
  json::Array stay{answered("stay-unit", "valueString", "Đà Nẵng"), answered("stay-address", "valueString", "1 Lê Lợi"),
                   answered("contact-address", "valueString", "1 Lê Lợi"), answered("wants-sim", "valueBoolean", false),
                   coded("quarantine", "concentrated")};
  json::Array symptoms;
  for (const char* sign : {"fever", "cough", "breath", "throat", "vomiting", "diarrhoea", "bleeding", "rash"})
    symptoms.push_back(answered(sign, "valueBoolean", fever && std::string_view(sign) == "fever"));
  json::Array exposure{answered("animals", "valueBoolean", false), answered("contact-case", "valueBoolean", false)};
  json::Array vaccine{answered("vaccine-name", "valueString", "Không")};
  json::Array health{answered("has-chronic", "valueBoolean", false), coded("pregnant", "no"),
                     json::Object{{"linkId", "vaccine"}, {"item", vaccine}}, answered("tested", "valueBoolean", false)};
  json::Array items;
  const auto group = [&](const char* link, json::Array in) {
    items.push_back(json::Object{{"linkId", link}, {"item", std::move(in)}});
  };
  group("journey", std::move(journey));
  group("stop", std::move(stop));
  group("stay", std::move(stay));
  group("symptoms", std::move(symptoms));
  group("exposure", std::move(exposure));
  group("health", std::move(health));
  return json::Object{{"resourceType", "QuestionnaireResponse"}, {"status", "completed"}, {"item", std::move(items)}};
}

// By somebody who was tested, and sends a picture of it under that name.
json::Value tested_answers(const std::string& day, const std::string& picture) {
  json::Value out = entry_answers(false, day);
  json::Array& health = out.at("item").as_array().back().at("item").as_array();
  health.pop_back();  // not tested
  health.push_back(answered("tested", "valueBoolean", true));
  health.push_back(answered("test-date", "valueDate", json::Value(day)));
  health.push_back(coded("test-result", "negative"));
  health.push_back(
      answered("test-picture", "valueAttachment", json::Object{{"contentType", "image/jpeg"}, {"url", picture}}));
  return out;
}

class ArrivalsTest : public ::testing::TestWithParam<store::Engine> {
 protected:
  ArrivalsTest() {
    world_.person(keeper_, people::Relation::kSelf);
    gate_ = world_.registered(keeper_, "Cửa khẩu Lao Bảo", "other");
    declarations_.set_place_unit([this](PlaceId place) {
      const auto spot = world_.registry.spot(place);
      return spot ? std::optional<UnitId>(spot->unit) : std::nullopt;
    });
    declarations_.set_lists(
        {{}, [this](std::string_view, const forms::Coding& given) {
           const auto spot = world_.registry.spot(PlaceId{parse_id(given.code).value_or(0)});
           if (!spot) return std::optional<forms::Concept>();
           return std::optional(forms::Concept{{std::string(declarations::kPlaceCodes), given.code}, spot->place_name});
         }});
    people::NewPerson person;
    person.name = std::string("Trần Thị Về");
    person.birth_year = 1990;
    person.unit = kInDaNang;
    person.relation = people::Relation::kSelf;
    person.paper = people::Paper{people::PaperKind::kPassport, std::string("C7654321")};
    traveller_ = run(world_.people.create(traveller_account_, std::move(person)))->id;
  }
  void switch_on() {
    command::testing::switch_on(world_.decisions, command::Switch::kDeclarations, now(), {}, "covid-19", kForm);
  }
  Instant now() const { return world_.clock.now(); }
  // When the form says which answer names the gate.
  void in_november() {
    world_.clock.set(*parse_instant("2026-11-23T01:30:00Z"));
    switch_on();
    command::testing::switch_on(world_.decisions, command::Switch::kDeclarations, now());
  }
  void follow() {
    store::Followers followers(*world_.db);
    followers.add(arrivals_.follow());
    followers.drain();
  }
  PlaceId bus_with(const std::string& lines) {
    world_.clock.advance(minutes(2));  // one phone gets one code a minute
    const PlaceId bus = world_.registered(keeper_, "Xe khách Savan", "vehicleTrip");
    departure_ = now() - hours(3);
    const auto sent = run(passengers_.list(
        keeper_, {bus, departure_, kInDaNang, "seat,name,birthYear,phone,paper\n" + lines}, std::nullopt));
    EXPECT_TRUE(sent) << code(sent);
    return bus;
  }
  Queue queue_of(PlaceId bus) {
    Queue out;
    out.place = gate_;
    out.vehicle = bus;
    out.departure = departure_;
    out.reason = "Kiểm dịch";
    return out;
  }
  static std::vector<std::string> seats(const std::vector<Queued>& queue) {
    std::vector<std::string> out;
    for (const auto& one : queue) out.push_back(one.seat.value_or("-"));
    return out;
  }
  std::string code_now() { return world_.people.codes().make(traveller_.value, now()).text; }
  declarations::Declaration declared(bool fever = false, std::string version = "2021-03-01",
                                     std::optional<PlaceId> chosen = {}) {
    declarations::NewDeclaration asked;
    asked.form = std::string(kForm);
    asked.version = std::move(version);
    asked.at = now();
    asked.response = entry_answers(fever, to_text(local_date(now())), chosen);
    asked.unit = kInDaNang;
    auto made = run(declarations_.submit(traveller_account_, std::move(asked), std::nullopt));
    if (!made)
      throw std::runtime_error(made.error().code + (made.error().fields.empty() ? "" : made.error().fields[0].pointer));
    return *made;
  }
  // Answers the picture's id.
  declarations::PictureId declared_with(const Caller& by, const std::string& picture) {
    declarations::NewDeclaration asked;
    asked.form = std::string(kForm);
    asked.version = std::string("2026-11-22.3");
    asked.at = now();
    asked.response = tested_answers(to_text(local_date(now())), "urn:uuid:0b1e6c1e-6c39-4a57-9d3b-7b3ab1e3a001");
    asked.unit = kInDaNang;
    declarations::NewPicture sent;
    sent.url = std::string("urn:uuid:0b1e6c1e-6c39-4a57-9d3b-7b3ab1e3a001");
    sent.data = base64url(picture);
    asked.pictures = {std::move(sent)};
    const auto made = run(declarations_.submit(by, std::move(asked), std::nullopt));
    if (!made) throw std::runtime_error(made.error().code);
    return {count("SELECT max(id) FROM declarations_picture")};
  }
  // What the officer sees of it: its bytes, or the refusal.
  std::string opened(const Caller& caller, PlaceId place, std::string code, declarations::PictureId picture,
                     std::string reason = "Xem phiếu xét nghiệm") {
    const auto out = run(arrivals_.picture(caller, {place, std::move(code), picture, std::move(reason)}));
    return out ? out->body : out.error().code;
  }
  Result<Traveller> look(const Caller& caller, std::string reason = "Nhập cảnh") {
    return show(caller, code_now(), std::move(reason));
  }
  Result<Traveller> show(const Caller& caller, std::string code, std::string reason = "Nhập cảnh",
                         std::optional<std::int64_t> birth_year = std::nullopt) {
    Look asked;
    asked.place = gate_;
    asked.code = Text<600>(std::move(code));
    asked.reason = std::move(reason);
    asked.birth_year = birth_year;
    return run(arrivals_.look(caller, std::move(asked)));
  }
  PlaceId other_gate() {
    world_.clock.advance(minutes(2));  // one phone gets one code a minute
    return world_.registered(keeper_, "Cửa khẩu La Lay", "other");
  }
  NewArrival arrival(Outcome outcome = Outcome::kPass) {
    NewArrival out;
    out.place = gate_;
    out.code = code_now();
    out.outcome = outcome;
    out.towards = kInDaNang;
    return out;
  }
  Result<Decided> decide(const Caller& caller, NewArrival asked, std::string key = "") {
    if (key.empty()) key = "k" + std::to_string(next_key_++);
    return run(arrivals_.decide(caller, std::move(asked), std::move(key)));
  }
  Result<http::Page<Coming>> page(const Caller& caller, ComingFilter filter = {},
                                  std::optional<std::string> cursor = {}, std::size_t limit = 50) {
    return run(arrivals_.coming(caller, filter, std::move(cursor), limit));
  }
  Result<std::vector<Coming>> coming(const Caller& caller, ComingFilter filter = {}) {
    auto out = page(caller, filter);
    if (!out) return out.error();
    return std::move(out->items);
  }
  std::vector<std::string> looks() {
    return world_.db->read_now([&](store::Session& s) {
      std::vector<std::string> out;
      for (const auto& e : world_.house->access.list(s, {}, INT64_MAX, 100).items)
        if (e.passed && e.person == traveller_) out.push_back(e.action);
      return out;
    });
  }
  std::int64_t count(const char* sql) {
    return world_.db->read_now([&](store::Session& s) { return s.value<std::int64_t>({sql, sql}); });
  }

  visits::testing::World world_{GetParam(), {declarations::migrations(), passengers::migrations(), migrations()}};
  declarations::Declarations declarations_{*world_.db,
                                           world_.people,
                                           world_.decisions,
                                           visits::testing::geography(),
                                           world_.house->access,
                                           world_.vault,
                                           declarations::Catalogue(LUYTRE_SOURCE_DIR "/data")};
  passengers::Passengers passengers_{
      *world_.db, world_.registry, world_.decisions, visits::testing::geography(), world_.house->access, world_.vault};
  Arrivals arrivals_{{*world_.db, world_.registry, world_.people, declarations_, passengers_, world_.decisions,
                      visits::testing::geography(), world_.house->access, world_.vault}};
  const Caller keeper_ = citizen(2001), traveller_account_ = citizen(1001);
  const Caller gate_officer_ = officer(Role::kStationOfficer, visits::testing::kHaiLang);
  const Caller colleague_ = officer(Role::kStationOfficer, visits::testing::kHaiLang, 9006);
  const Caller there_ = officer(Role::kProvinceOfficer, kDaNang, 9002);
  const Caller station_there_ = officer(Role::kStationOfficer, kInDaNang, 9004);
  const Caller centre_there_ = officer(Role::kDistrictOfficer, kInDaNang, 9005);
  const Caller elsewhere_ = officer(Role::kStationOfficer, UnitId{2025100001}, 9003);
  PersonId traveller_;
  PlaceId gate_;
  Instant departure_;
  int next_key_ = 0;
};

TEST_P(ArrivalsTest, TheOfficerSeesTheDeclarationOfWhoShowsTheCode) {
  switch_on();
  const auto declaration = declared(true);
  const auto seen = look(gate_officer_);
  ASSERT_TRUE(seen) << seen.error().code;
  ASSERT_TRUE(seen->person);
  EXPECT_EQ(seen->person->name, "Trần Thị Về");
  ASSERT_TRUE(seen->declaration);
  EXPECT_EQ(seen->declaration->id, declaration.id);
  EXPECT_TRUE(seen->declaration->response) << "with answers, though the traveller lives elsewhere";
  EXPECT_EQ(seen->towards, kInDaNang);
  EXPECT_THAT(looks(), Contains("arrivals.desk")) << "and the traveller sees who looked";
}

TEST_P(ArrivalsTest, WhoHasNotDeclaredIsSeenWithoutADeclaration) {
  switch_on();
  const auto seen = look(gate_officer_);
  ASSERT_TRUE(seen) << seen.error().code;
  EXPECT_FALSE(seen->declaration);
}

TEST_P(ArrivalsTest, ALookNeedsAReasonARightAndAGoodCode) {
  switch_on();
  EXPECT_EQ(code(look(gate_officer_, "")), "reason_required");
  EXPECT_EQ(code(look(there_)), "not_permitted") << "the gate is in another province";
  EXPECT_EQ(code(look(traveller_account_)), "not_permitted");
  EXPECT_EQ(code(show(gate_officer_, "LTP.HOMEMADE")), "person_code_forged");
  EXPECT_EQ(code(show(gate_officer_, "https://example.org/")), "code_foreign");
  const std::string old = code_now();
  world_.clock.advance(hours(1));
  EXPECT_EQ(code(show(gate_officer_, old)), "person_code_expired");
  Look nowhere;
  nowhere.place = PlaceId{7};
  nowhere.code = Text<600>(code_now());
  nowhere.reason = Note<500>("x");
  EXPECT_EQ(code(run(arrivals_.look(gate_officer_, nowhere))), "not_found");
  world_.close(gate_);
  EXPECT_EQ(code(look(gate_officer_)), "place_closed");
}

TEST_P(ArrivalsTest, NothingIsDoneWhereTheEntryFormIsOff) {
  command::testing::switch_on(world_.decisions, command::Switch::kDeclarations, now());
  EXPECT_EQ(code(look(gate_officer_)), "not_in_force") << "the entry form needs a decision that names it";
  EXPECT_EQ(code(decide(gate_officer_, arrival())), "not_in_force");
  EXPECT_EQ(count("SELECT count(*) FROM arrivals_arrival"), 0);
}

TEST_P(ArrivalsTest, TheOfficerCorrectsWithTheTraveller) {
  switch_on();
  const auto first = declared();
  const auto corrected =
      run(arrivals_.correct(gate_officer_, {gate_, code_now(), first.id, entry_answers(true)}, "fever"));
  ASSERT_TRUE(corrected) << corrected.error().code;
  EXPECT_EQ(corrected->corrects, first.id);
  EXPECT_EQ(corrected->person, traveller_);
  EXPECT_NE(corrected->result.colour, first.result.colour) << "the rules have judged anew";
  EXPECT_EQ(look(gate_officer_)->declaration->id, corrected->id) << "the newest counts";
  EXPECT_EQ(count("SELECT count(*) FROM declarations_declaration"), 2) << "both are kept";
  EXPECT_THAT(looks(), Contains("declarations.submit"));
  const std::string shown = code_now();
  const auto twice = [&] {
    return run(arrivals_.correct(gate_officer_, {gate_, shown, corrected->id, entry_answers(false)}, "twice"));
  };
  const auto once = twice(), again = twice();
  ASSERT_TRUE(once && again) << "of a repeat the one that is corrected is no longer the newest";
  EXPECT_EQ(again->id, once->id);
  EXPECT_EQ(count("SELECT count(*) FROM declarations_declaration"), 3);
  EXPECT_EQ(code(run(arrivals_.correct(gate_officer_, {gate_, code_now(), first.id, entry_answers(false)}, "old"))),
            "declaration_replaced");
  EXPECT_EQ(code(run(arrivals_.correct(there_, {gate_, code_now(), once->id, entry_answers(false)}, "elsewhere"))),
            "not_permitted");
}

TEST_P(ArrivalsTest, ThePictureThatADeclarationNamesOpensForTheOfficerBeforeWhomTheTravellerStands) {
  in_november();
  const std::string jpeg = jpeg_testing::picture(64, 48);
  const auto picture = declared_with(traveller_account_, jpeg);
  const auto seen = look(gate_officer_);
  ASSERT_TRUE(seen) << seen.error().code;
  ASSERT_TRUE(seen->declaration);
  const std::string ticket = *seen->ticket;
  EXPECT_THAT(looks(), ::testing::Not(Contains("arrivals.picture"))) << "to read that there is one is not to open it";
  EXPECT_EQ(opened(gate_officer_, gate_, ticket, picture), jpeg);
  EXPECT_EQ(opened(gate_officer_, gate_, code_now(), picture), jpeg);
  EXPECT_EQ(opened(gate_officer_, gate_, ticket, picture, ""), "reason_required");
  EXPECT_EQ(opened(keeper_, gate_, code_now(), picture), "not_permitted");
  EXPECT_EQ(opened(elsewhere_, gate_, code_now(), picture), "not_permitted") << "of another area";
  EXPECT_EQ(opened(there_, gate_, code_now(), picture), "not_permitted") << "where the traveller goes, not at the gate";
  EXPECT_EQ(opened(colleague_, gate_, ticket, picture), "desk_ticket_expired") << "of another officer";
  const auto of_picture = world_.db->read_now([&](store::Session& s) {
    std::vector<std::string> out;
    for (const auto& e : world_.house->access.list(s, {}, INT64_MAX, 100).items)
      if (e.passed && e.person == traveller_ && e.action == "arrivals.picture") out.push_back(e.reason);
    return out;
  });
  EXPECT_THAT(of_picture, ElementsAre("Xem phiếu xét nghiệm", "Xem phiếu xét nghiệm")) << "each look, and those alone";

  EXPECT_EQ(opened(gate_officer_, gate_, ticket, {7}), "not_found");
  const Caller other = citizen(1003);
  world_.person(other, people::Relation::kSelf);
  const auto theirs = declared_with(other, jpeg);
  EXPECT_EQ(opened(gate_officer_, gate_, ticket, theirs), "not_found") << "of somebody who does not stand there";
  const auto without = run(arrivals_.correct(
      gate_officer_, {gate_, ticket, seen->declaration->id, entry_answers(false, "2026-11-23")}, "no"));
  ASSERT_TRUE(without) << without.error().code;
  EXPECT_EQ(opened(gate_officer_, gate_, ticket, picture), "not_found") << "no longer named";
  EXPECT_EQ(opened(gate_officer_, other_gate(), ticket, picture), "desk_ticket_expired") << "of another gate";
}

TEST_P(ArrivalsTest, ATicketOutlivesTheCodeForItsOfficerAndPlaceAlone) {
  switch_on();
  const auto first = declared();
  const std::string shown = code_now();
  const std::string ticket = *show(gate_officer_, shown)->ticket;
  world_.clock.advance(minutes(20));
  EXPECT_EQ(code(run(arrivals_.correct(gate_officer_, {gate_, shown, first.id, entry_answers(true)}, "code"))),
            "person_code_expired");
  const auto corrected =
      run(arrivals_.correct(gate_officer_, {gate_, ticket, first.id, entry_answers(true)}, "ticket"));
  ASSERT_TRUE(corrected) << corrected.error().code;
  const auto again = show(gate_officer_, ticket);
  ASSERT_TRUE(again) << again.error().code;
  EXPECT_EQ(again->declaration->id, corrected->id);
  EXPECT_EQ(again->ticket_until, now() + kTicketLasts - minutes(20)) << "a ticket does not prolong itself";

  EXPECT_EQ(code(show(colleague_, ticket)), "desk_ticket_expired") << "of another officer";
  EXPECT_EQ(code(show(gate_officer_, ticket + "A")), "desk_ticket_expired");
  NewArrival asked = arrival();
  asked.code = ticket;
  asked.place = other_gate();
  EXPECT_EQ(code(decide(gate_officer_, asked)), "desk_ticket_expired") << "of another place";
  asked.place = gate_;
  world_.clock.advance(minutes(8) - std::chrono::seconds(1));  // the other gate took two
  ASSERT_TRUE(decide(gate_officer_, asked));
  world_.clock.advance(std::chrono::seconds(1));
  EXPECT_EQ(code(decide(gate_officer_, asked)), "desk_ticket_expired");
}

// ICAO Doc 9303 part 4, appendix B: the specimen.
const std::string kZone = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<< L898902C36UTO7408122F1204159ZE184226B<<<<<10";

TEST_P(ArrivalsTest, WhoHasNoRecordIsRegisteredByThePaperAndDeclaredFor) {
  switch_on();
  const auto unknown = show(gate_officer_, kZone);
  ASSERT_TRUE(unknown) << unknown.error().code;
  EXPECT_FALSE(unknown->person || unknown->ticket || unknown->declaration);
  ASSERT_TRUE(unknown->claim);
  EXPECT_EQ(unknown->claim->name, "ERIKSSON ANNA MARIA");
  EXPECT_EQ(unknown->claim->birth_date, make_date(1974, 8, 12));
  EXPECT_EQ(unknown->claim->sex, people::Sex::kFemale);
  EXPECT_EQ(unknown->claim->nationality, "UTO");
  ASSERT_TRUE(unknown->claim->paper);
  EXPECT_EQ(unknown->claim->paper->number, "L898902C3");

  Registration asked;
  asked.place = gate_;
  asked.person.name = std::string("Anna Maria Eriksson");
  asked.person.birth_date = unknown->claim->birth_date;
  asked.person.nationality = Text<2>("SE");
  asked.person.unit = visits::testing::kHaiLang;
  asked.person.paper = unknown->claim->paper;
  EXPECT_EQ(code(run(arrivals_.register_traveller(there_, asked, "r0"))), "not_permitted");
  const auto registered = run(arrivals_.register_traveller(gate_officer_, asked, "r1"));
  ASSERT_TRUE(registered) << registered.error().code;
  EXPECT_EQ(run(arrivals_.register_traveller(gate_officer_, asked, "r1"))->ticket, registered->ticket);
  EXPECT_EQ(code(run(arrivals_.register_traveller(gate_officer_, asked, "r2"))), "traveller_known");
  EXPECT_EQ(count("SELECT count(*) FROM people_person WHERE name = 'Anna Maria Eriksson'"), 1);

  const auto made = run(arrivals_.declare(
      gate_officer_, {gate_, registered->ticket, std::string("2021-03-01"), entry_answers(true)}, "d1"));
  ASSERT_TRUE(made) << made.error().code;
  const auto found = show(gate_officer_, kZone);
  ASSERT_TRUE(found && found->declaration);
  EXPECT_EQ(found->declaration->id, made->id);
  EXPECT_EQ(found->person->name, "Anna Maria Eriksson");
  const auto read = run(declarations_.find(gate_officer_, made->id));
  ASSERT_TRUE(read && read->declared_by);
  EXPECT_EQ(read->declared_by->kind, declarations::DeclaredAs::kStation);
  NewArrival decision = arrival(Outcome::kExamine);
  decision.code = *found->ticket;
  ASSERT_TRUE(decide(gate_officer_, decision));
  EXPECT_EQ(coming(there_)->front().declaration, made->id);
}

TEST_P(ArrivalsTest, APaperFindsWhoWasBornInThatYearWhereverTheyLive) {
  switch_on();
  people::NewPerson person;
  person.name = std::string("Lê Văn Sáu");
  person.birth_year = 1980;
  person.unit = kInDaNang;
  person.paper = people::Paper{people::PaperKind::kPassport, std::string("B1234567")};
  const auto add = [&](std::int64_t year) {
    person.birth_year = year;
    return world_.db->transact_now([&](store::Session& s) { return *world_.people.create_within(s, person); });
  };
  const PersonId sixth = add(1980);
  EXPECT_EQ(code(show(gate_officer_, "b 1234567")), "invalid") << "a number alone could be anybody's";
  const auto found = show(gate_officer_, "b 1234567", "Nhập cảnh", 1980);
  ASSERT_TRUE(found) << found.error().code;
  ASSERT_TRUE(found->person);
  EXPECT_EQ(found->person->id, sixth);
  EXPECT_TRUE(found->ticket);
  EXPECT_TRUE(show(gate_officer_, "b 1234567", "Nhập cảnh", 1981)->claim) << "born in another year";
  EXPECT_EQ(code(show(there_, "B1234567", "Nhập cảnh", 1980)), "not_permitted") << "the gate is elsewhere";

  const PersonId twice = add(1980);
  const auto several = show(gate_officer_, "B1234567", "Nhập cảnh", 1980);
  ASSERT_THAT(several->several, SizeIs(2));
  EXPECT_FALSE(several->ticket);
  Look chosen;
  chosen.place = gate_;
  chosen.code = Text<600>("B1234567");
  chosen.reason = Note<500>("Nhập cảnh");
  chosen.birth_year = 1980;
  chosen.person = twice;
  EXPECT_EQ(run(arrivals_.look(gate_officer_, chosen))->person->id, twice);
  chosen.person = traveller_;
  EXPECT_EQ(code(run(arrivals_.look(gate_officer_, chosen))), "not_found") << "has another paper";
}

TEST_P(ArrivalsTest, TheFormIsOnWhereTheTravellerStands) {
  command::testing::switch_on(world_.decisions, command::Switch::kDeclarations, now(), visits::testing::kHaiLang,
                              "covid-19", kForm);
  const auto seen = look(gate_officer_);
  ASSERT_TRUE(seen) << seen.error().code;
  const auto made = run(
      arrivals_.declare(gate_officer_, {gate_, *seen->ticket, std::string("2021-03-01"), entry_answers(false)}, "d"));
  ASSERT_TRUE(made) << made.error().code << ": the traveller lives where it is off";
  const auto wrong =
      run(arrivals_.declare(gate_officer_, {gate_, *seen->ticket, std::string("2021-03-01"), json::Object{}}, "w"));
  EXPECT_EQ(code(wrong), "invalid");
}

TEST_P(ArrivalsTest, AMisreadZoneIsReadAgain) {
  switch_on();
  std::string wrong = kZone;
  wrong[wrong.find("7408122")] = '8';
  EXPECT_EQ(code(show(gate_officer_, wrong)), "code_misread");
}

TEST_P(ArrivalsTest, ACorrectionIsNoWayToDeclareForStrangers) {
  switch_on();
  declarations::NewDeclaration fresh;
  fresh.form = std::string(kForm);
  fresh.version = std::string("2021-03-01");
  fresh.at = now();
  fresh.response = entry_answers(false);
  fresh.person = traveller_;
  EXPECT_EQ(code(run(declarations_.correct_shown(gate_officer_, fresh, visits::testing::kHaiLang, std::nullopt))),
            "invalid");
}

TEST_P(ArrivalsTest, TheDecisionIsHandedOverAndAcknowledged) {
  switch_on();
  const auto declaration = declared();
  NewArrival asked = arrival(Outcome::kQuarantine);
  asked.note = Note<500>("Sốt 38,5 độ");
  const auto decided = decide(gate_officer_, asked);
  ASSERT_TRUE(decided) << decided.error().code;
  const auto list = coming(there_);
  ASSERT_TRUE(list) << list.error().code;
  ASSERT_THAT(*list, SizeIs(1));
  const Coming& one = list->front();
  EXPECT_EQ(one.person.name, "Trần Thị Về");
  EXPECT_EQ(one.outcome, Outcome::kQuarantine);
  EXPECT_EQ(one.place_name, "Cửa khẩu Lao Bảo");
  EXPECT_EQ(one.note, "Sốt 38,5 độ");
  EXPECT_EQ(one.declaration, declaration.id);
  EXPECT_FALSE(one.acknowledged_at);
  EXPECT_THAT(looks(), Contains("arrivals.coming"));
  EXPECT_THAT(*coming(elsewhere_), IsEmpty());
  EXPECT_EQ(code(run(arrivals_.acknowledge(elsewhere_, decided->id))), "not_permitted");
  world_.clock.advance(minutes(3));
  ASSERT_TRUE(run(arrivals_.acknowledge(station_there_, decided->id)));
  const Instant first = *coming(there_)->front().acknowledged_at;
  world_.clock.advance(minutes(3));
  ASSERT_TRUE(run(arrivals_.acknowledge(station_there_, decided->id)));
  EXPECT_EQ(coming(there_)->front().acknowledged_at, first) << "once";
  EXPECT_EQ(code(run(arrivals_.acknowledge(there_, ArrivalId{7}))), "not_found");
  EXPECT_EQ(code(coming(traveller_account_)), "not_permitted");
}

TEST_P(ArrivalsTest, AGateChosenFromTheListIsThatPlaceAndOneInWordsWhateverIsCalledSo) {
  in_november();
  world_.clock.advance(minutes(2));  // one phone gets one code a minute
  const PlaceId twin = world_.registered(keeper_, "Cửa khẩu quốc tế Lao Bảo", "other");
  const auto chosen = declared(false, "2026-11-22.2", twin);
  follow();
  const auto at = [&](PlaceId place) { return run(arrivals_.on_the_way(gate_officer_, place))->size(); };
  EXPECT_EQ(at(twin), 1u);
  EXPECT_EQ(at(gate_), 0u) << "another place of the same name";
  Look tapped;
  tapped.place = twin;
  tapped.reason = "Kiểm dịch";
  tapped.declaration = chosen.id;
  const auto seen = run(arrivals_.look(gate_officer_, tapped));
  ASSERT_TRUE(seen) << seen.error().code;
  EXPECT_THAT(boost::json::serialize(*seen->declaration->response), ::testing::HasSubstr("Cửa khẩu quốc tế Lao Bảo"))
      << "with the name that the gate had";
  tapped.place = gate_;
  EXPECT_EQ(code(run(arrivals_.look(gate_officer_, tapped))), "not_found");
  declared(false, "2026-11-22.2");
  follow();
  EXPECT_EQ(at(gate_), 1u) << "in words";
  EXPECT_EQ(at(twin), 1u) << "the same vehicle";
  Queue asked;
  asked.place = twin;
  asked.reason = "Kiểm dịch";
  asked.on_the_way = run(arrivals_.on_the_way(gate_officer_, twin))->at(0).vehicle;
  EXPECT_THAT(*run(arrivals_.queue(gate_officer_, asked)), SizeIs(2)) << "chosen, and in words";
  asked.place = gate_;
  EXPECT_THAT(*run(arrivals_.queue(gate_officer_, asked)), SizeIs(1));
}

TEST_P(ArrivalsTest, OtherRoomsAreToldWhoCameThroughTheirUnitsEachOnce) {
  switch_on();
  const UnitId here = visits::testing::kHaiLang;
  const PersonId second = world_.person(citizen(1003), people::Relation::kSelf);
  const Instant at = now();
  ASSERT_TRUE(decide(gate_officer_, arrival(Outcome::kExamine)));
  ASSERT_TRUE(decide(gate_officer_, arrival())) << "the same traveller, after the examination";
  NewArrival other = arrival();
  other.code = world_.people.codes().make(second.value, now()).text;
  ASSERT_TRUE(decide(gate_officer_, other));
  const auto crossed = [&](std::vector<UnitId> units, Interval when, PersonId after, std::size_t most) {
    return world_.db->read_now([&](store::Session& s) { return Arrivals::crossed_in(s, units, when, after, most); });
  };
  const Interval hour{at - minutes(30), at + minutes(30)};
  EXPECT_THAT(crossed({here}, hour, PersonId{}, 10), ElementsAre(traveller_, second)) << "once, by id";
  EXPECT_THAT(crossed({kDaNang, here, here}, hour, PersonId{}, 10), SizeIs(2));
  EXPECT_THAT(crossed({here}, hour, PersonId{}, 1), ElementsAre(traveller_));
  EXPECT_THAT(crossed({here}, hour, traveller_, 1), ElementsAre(second)) << "goes on where it stopped";
  EXPECT_THAT(crossed({kInDaNang}, hour, PersonId{}, 10), IsEmpty()) << "where the gate is, not where they go";
  EXPECT_THAT(crossed({}, hour, PersonId{}, 10), IsEmpty());
  EXPECT_THAT(crossed({here}, {hour.from, at}, PersonId{}, 10), IsEmpty()) << "half-open";
  const auto seen = world_.db->read_now([&](store::Session& s) { return Arrivals::crossings(s, traveller_, hour); });
  ASSERT_THAT(seen, SizeIs(2));
  EXPECT_EQ(seen[0].place, gate_);
  EXPECT_EQ(seen[0].unit, here);
  EXPECT_EQ(seen[0].towards, kInDaNang);
}

TEST_P(ArrivalsTest, OtherRoomsAreToldWhetherTheOwnCodeWasShown) {
  switch_on();
  declared();
  NewArrival asked = arrival(Outcome::kExamine);
  const auto told = [&] {
    const Interval hour{now() - minutes(30), now() + minutes(30)};
    std::vector<bool> out;
    for (const auto& one :
         world_.db->read_now([&](store::Session& s) { return Arrivals::crossings(s, traveller_, hour); }))
      out.push_back(one.own_code);
    return out;
  };
  ASSERT_TRUE(decide(gate_officer_, asked));
  EXPECT_THAT(told(), ElementsAre(true));
  world_.clock.advance(minutes(1));
  asked.code = *look(gate_officer_)->ticket;
  asked.code = *show(gate_officer_, asked.code)->ticket;
  ASSERT_TRUE(decide(gate_officer_, asked));
  EXPECT_THAT(told(), ElementsAre(true, true)) << "by the ticket that the code gave, and its successor";
  world_.clock.advance(minutes(1));
  asked.code = *show(gate_officer_, "C7654321", "Nhập cảnh", 1990)->ticket;
  const auto by_paper = decide(gate_officer_, asked);
  ASSERT_TRUE(by_paper);
  EXPECT_THAT(told(), ElementsAre(true, true, false)) << "a number was typed";
  const auto crosser = [&](ArrivalId id) {
    return world_.db->read_now([&](store::Session& s) { return Arrivals::crosser(s, id); });
  };
  ASSERT_TRUE(crosser(by_paper->id));
  EXPECT_EQ(crosser(by_paper->id)->person, traveller_);
  EXPECT_EQ(crosser(by_paper->id)->at, now());
  EXPECT_FALSE(crosser(ArrivalId{7}));
  for (int i = 0; i < 10; ++i) ASSERT_TRUE(decide(gate_officer_, asked));
  EXPECT_THAT(told(), SizeIs(13)) << "also of who crosses every day";
}

TEST_P(ArrivalsTest, WhatNobodyAcknowledgesClimbs) {
  switch_on();
  const auto decided = decide(gate_officer_, arrival(Outcome::kQuarantine));
  ASSERT_TRUE(decided) << decided.error().code;
  const auto escalate = [&] { world_.db->transact_now([&](store::Session& s) { arrivals_.escalate().run(s); }); };
  const auto seen = [&](const Caller& who) { return coming(who)->front(); };
  EXPECT_EQ(seen(station_there_).due_at, now() + referrals::kIsolatedWithin);
  EXPECT_TRUE(seen(station_there_).yours);
  EXPECT_FALSE(seen(centre_there_).yours) << "seen from above at once, and not yet its task";
  EXPECT_EQ(code(run(arrivals_.acknowledge(centre_there_, decided->id))), "referral_not_escalated");
  world_.clock.advance(referrals::kIsolatedWithin - minutes(1));
  escalate();
  EXPECT_FALSE(seen(station_there_).escalated);
  world_.clock.advance(minutes(1));
  EXPECT_TRUE(seen(station_there_).overdue);
  escalate();
  escalate();
  EXPECT_EQ(seen(station_there_).level, referrals::Level::kCentre) << "one level at a time";
  EXPECT_TRUE(seen(station_there_).escalated);
  EXPECT_TRUE(seen(station_there_).yours) << "it stays with the station";
  EXPECT_TRUE(seen(centre_there_).yours);
  EXPECT_FALSE(seen(there_).yours);
  EXPECT_EQ(seen(there_).due_at, now() + referrals::kIsolatedWithin) << "the same time again";
  world_.clock.advance(referrals::kIsolatedWithin);
  escalate();
  EXPECT_TRUE(seen(there_).yours);
  world_.clock.advance(hours(48));
  escalate();
  EXPECT_EQ(seen(there_).level, referrals::Level::kProvince) << "nobody above";
  ASSERT_TRUE(run(arrivals_.acknowledge(centre_there_, decided->id)));
  EXPECT_FALSE(seen(there_).overdue);
  std::int64_t told = 0;
  for (const auto& line : store::testing::event_lines(*world_.db))
    told += line.starts_with("arrivals.escalated:") ? 1 : 0;
  EXPECT_EQ(told, 2);
}

TEST_P(ArrivalsTest, WhatIsAcknowledgedDoesNotClimbAndAProvinceIsTheTop) {
  switch_on();
  const auto decided = decide(gate_officer_, arrival(Outcome::kExamine));
  ASSERT_TRUE(run(arrivals_.acknowledge(station_there_, decided->id)));
  NewArrival to_province = arrival();
  to_province.towards = kDaNang;
  ASSERT_TRUE(decide(gate_officer_, to_province));
  world_.clock.advance(kPassedWithin + hours(1));
  world_.db->transact_now([&](store::Session& s) { arrivals_.escalate().run(s); });
  const auto list = coming(there_);
  for (const auto& one : *list) EXPECT_FALSE(one.escalated);
  EXPECT_TRUE(list->front().yours) << "begins at its own level";
}

TEST_P(ArrivalsTest, TheReceivingUnitSaysWhatCameOfIt) {
  switch_on();
  const auto decided = decide(gate_officer_, arrival(Outcome::kExamine));
  const auto say = [&](const Caller& who, referrals::Outcome outcome, std::string key, std::string note = "") {
    Reception said;
    said.outcome = outcome;
    if (!note.empty()) said.note = Note<1000>(std::move(note));
    return run(arrivals_.receive(who, decided->id, std::move(said), std::move(key)));
  };
  using referrals::Outcome;
  EXPECT_EQ(code(say(elsewhere_, Outcome::kReached, "a")), "not_permitted");
  EXPECT_EQ(code(say(centre_there_, Outcome::kReached, "b")), "referral_not_escalated");
  EXPECT_EQ(code(say(station_there_, Outcome::kNotNeeded, "c")), "invalid") << "without a reason";
  ASSERT_TRUE(say(station_there_, Outcome::kNoAnswer, "d", "Gọi hai lần"));
  ASSERT_TRUE(say(station_there_, Outcome::kNoAnswer, "d", "Gọi hai lần"));
  auto one = coming(station_there_)->front();
  ASSERT_THAT(one.attempts, SizeIs(1)) << "a retry is no second call";
  EXPECT_EQ(one.attempts.front().note, "Gọi hai lần");
  EXPECT_EQ(one.state, Reached::kAcknowledged);
  EXPECT_TRUE(one.acknowledged_at) << "who called has taken notice";
  world_.clock.advance(minutes(5));
  ASSERT_TRUE(say(station_there_, Outcome::kReached, "e"));
  one = coming(there_)->front();
  EXPECT_THAT(one.attempts, SizeIs(2)) << "the first is kept";
  EXPECT_EQ(one.state, Reached::kDone);
}

TEST_P(ArrivalsTest, ComingIsReadByPageAndFiltered) {
  switch_on();
  std::vector<ArrivalId> made;
  for (const auto outcome : {Outcome::kPass, Outcome::kQuarantine, Outcome::kPass})
    made.push_back(decide(gate_officer_, arrival(outcome))->id);
  const auto first = page(there_, {}, {}, 2);
  ASSERT_TRUE(first) << first.error().code;
  ASSERT_THAT(first->items, SizeIs(2));
  EXPECT_EQ(first->items.front().id, made[2]) << "newest first";
  ASSERT_TRUE(first->next);
  const auto second = page(there_, {}, first->next, 2);
  ASSERT_THAT(second->items, SizeIs(1));
  EXPECT_EQ(second->items.front().id, made[0]);
  EXPECT_FALSE(second->next);
  EXPECT_EQ(code(page(there_, {}, "?")), "invalid");

  ComingFilter filter;
  filter.outcome = Outcome::kQuarantine;
  ASSERT_THAT(*coming(there_, filter), SizeIs(1));
  ASSERT_TRUE(run(arrivals_.acknowledge(station_there_, made[0])));
  filter = {};
  filter.state = Reached::kWaiting;
  EXPECT_THAT(*coming(there_, filter), SizeIs(2));
  filter.state = Reached::kAcknowledged;
  EXPECT_THAT(*coming(there_, filter), SizeIs(1));
  filter.state = Reached::kDone;
  EXPECT_THAT(*coming(there_, filter), IsEmpty());
  filter = {};
  filter.unit = UnitId{2025100001};
  EXPECT_THAT(*coming(there_, filter), IsEmpty());

  const auto glued = [&](const Caller& who, ComingFilter asked, std::size_t limit) {
    std::vector<ArrivalId> out;
    std::optional<std::string> next;
    do {
      const auto some = page(who, asked, next, limit);
      if (!some) throw std::runtime_error(some.error().code);
      for (const Coming& one : some->items) out.push_back(one.id);
      next = some->next;
    } while (next && out.size() < 20);
    return out;
  };
  const Caller country = officer(Role::kProvinceOfficer, UnitId{0}, 9207);
  ComingFilter up;
  up.order = Order::kAscending;
  for (const Caller* who : {&there_, &station_there_, &country})
    for (const std::size_t limit : {1U, 2U, 50U}) {
      EXPECT_EQ(glued(*who, {}, limit), std::vector<ArrivalId>(made.rbegin(), made.rend())) << limit;
      EXPECT_EQ(glued(*who, up, limit), made) << limit;
      for (const auto& [state, expected] :
           {std::pair{Reached::kWaiting, std::vector{made[1], made[2]}}, {Reached::kAcknowledged, {made[0]}}}) {
        ComingFilter left = up;
        left.state = state;
        EXPECT_EQ(glued(*who, left, limit), expected) << json::enum_text(state) << ' ' << limit;
      }
    }
  EXPECT_THAT(fields(page(there_, up, first->next)), ElementsAre("?cursor other_sort"));
}

TEST_P(ArrivalsTest, WhoComesIsTakenOutMarkedFilteredAndLogged) {
  switch_on();
  NewArrival asked = arrival(Outcome::kQuarantine);
  asked.note = Note<500>("Sốt 38,5 độ");
  ASSERT_TRUE(decide(gate_officer_, asked));
  const Caller centre = officer(Role::kDistrictOfficer, kInDaNang, 9208);
  ComingOut wanted;
  wanted.reason = std::string("Giao ban chiều");
  const auto file = run(arrivals_.take_out(centre, kInDaNang, wanted));
  ASSERT_TRUE(file) << code(file);
  EXPECT_THAT(file->body, HasSubstr("Lũy Tre: "));
  EXPECT_THAT(file->body, HasSubstr("quarantine,Trần Thị Về,"));
  EXPECT_THAT(file->body, HasSubstr("Cửa khẩu Lao Bảo,"));
  EXPECT_THAT(file->body, Not(HasSubstr("Sốt"))) << "of nobody's health";
  EXPECT_THAT(looks(), Contains("arrivals.take_out"));
  wanted.state = Reached::kDone;
  EXPECT_THAT(run(arrivals_.take_out(centre, kInDaNang, wanted))->body, Not(HasSubstr("Trần Thị Về")));
  wanted.state.reset();
  wanted.outcome = Outcome::kPass;
  EXPECT_THAT(run(arrivals_.take_out(centre, kInDaNang, wanted))->body, Not(HasSubstr("Trần Thị Về")));
  EXPECT_EQ(code(run(arrivals_.take_out(station_there_, kInDaNang, wanted))), "not_permitted") << "a station";
  EXPECT_EQ(code(run(arrivals_.take_out(centre, visits::testing::kHaiLang, wanted))), "not_permitted");
  wanted.reason = std::string();
  EXPECT_EQ(code(run(arrivals_.take_out(centre, kInDaNang, wanted))), "reason_required");
}

TEST_P(ArrivalsTest, WhoComesIsReadFromTheIndexOfWhatIsLeftToDo) {
  if (GetParam() != store::Engine::kSqlite) return;
  const std::pair<std::optional<Reached>, std::string> indexes[] = {
      {{}, "towards"}, {Reached::kWaiting, "waiting"}, {Reached::kAcknowledged, "taken"}, {Reached::kDone, "towards"}};
  for (const auto& [state, index] : indexes)
    for (const bool descending : {false, true})
      for (const bool everywhere : {false, true}) {
        const store::Query& page = storage::page_query(state, descending, everywhere);
        const auto plan = store::testing::plan_of(*world_.db, page, everywhere ? 3 : 4);
        const bool by_id = everywhere && index == "towards";
        const std::string name = by_id ? "autoindex" : "arrivals_arrival_" + index + (everywhere ? "_all" : " ");
        EXPECT_THAT(plan, HasSubstr(name)) << page.name << ": " << plan;
        EXPECT_THAT(plan, Not(HasSubstr("TEMP B-TREE"))) << page.name << ": " << plan;
      }
}

TEST_P(ArrivalsTest, ARepeatDoesNotDouble) {
  switch_on();
  const NewArrival asked = arrival();
  const auto first = decide(gate_officer_, asked, "again"), again = decide(gate_officer_, asked, "again");
  ASSERT_TRUE(first && again);
  EXPECT_EQ(first->id, again->id);
  EXPECT_EQ(count("SELECT count(*) FROM arrivals_arrival"), 1);
}

TEST_P(ArrivalsTest, WhatADecisionMayBe) {
  switch_on();
  NewArrival asked = arrival();
  asked.towards = UnitId{7};
  EXPECT_EQ(code(decide(gate_officer_, asked)), "invalid");
  asked = arrival();
  asked.vehicle = gate_;
  EXPECT_EQ(code(decide(gate_officer_, asked)), "invalid") << "of which departure?";
  EXPECT_EQ(code(decide(there_, arrival())), "not_permitted");
}

TEST_P(ArrivalsTest, AVehiclesQueueIsItsSeatsAndWhoHasBeenDecidedAbout) {
  switch_on();
  command::testing::switch_on(world_.decisions, command::Switch::kDeclarations, now());
  const PlaceId bus = bus_with("1,Trần Thị Về,1990,0912345678,\n2,Lê Văn Ai,1980,0912345679,\n");
  NewArrival asked = arrival();
  asked.vehicle = bus;
  asked.departure = departure_;
  ASSERT_TRUE(decide(gate_officer_, asked));
  asked.outcome = Outcome::kExamine;
  ASSERT_TRUE(decide(gate_officer_, asked));
  const auto queue = run(arrivals_.vehicles(gate_officer_));
  ASSERT_TRUE(queue) << queue.error().code;
  ASSERT_THAT(*queue, SizeIs(1));
  EXPECT_EQ(queue->front().seats, 2);
  EXPECT_EQ(queue->front().decided, 1) << "one person, decided about twice";
}

TEST_P(ArrivalsTest, AListIsJoinedToDeclarationsByThePaper) {
  in_november();
  const PlaceId bus = bus_with(
      "1,Lê Văn Ai,1980,,B1111111\n2,Trần Thị Về,1990,,C 765 4321\n3,Đỗ Không Giấy,1985,0912345679,\n"
      "4,Người Khác,1970,,C7654321\n");
  const auto declaration = declared(true, "2026-11-22");
  follow();
  const auto queue = run(arrivals_.queue(gate_officer_, queue_of(bus)));
  ASSERT_TRUE(queue) << queue.error().code;
  EXPECT_THAT(seats(*queue), ElementsAre("2", "1", "3", "4")) << "who is to be seen to first";
  const Queued& first = queue->front();
  EXPECT_EQ(first.declared, true);
  EXPECT_EQ(first.declaration, declaration.id);
  EXPECT_EQ(first.colour, declaration.result.colour);
  EXPECT_NE(first.colour, declarations::Colour::kGreen);
  EXPECT_EQ(queue->at(1).declared, false);
  EXPECT_EQ(queue->at(2).declared, std::nullopt) << "no paper to know it by";
  EXPECT_EQ(queue->at(3).declared, false) << "the same number, born in another year";
  EXPECT_THAT(looks(), Contains("arrivals.desk"));

  Look tapped;
  tapped.place = gate_;
  tapped.reason = Note<500>("Kiểm dịch");
  tapped.seat = SeatOf{bus, departure_, std::string("2")};
  const auto seen = run(arrivals_.look(gate_officer_, tapped));
  ASSERT_TRUE(seen) << seen.error().code;
  EXPECT_EQ(seen->declaration->id, declaration.id);
  NewArrival asked = arrival(Outcome::kQuarantine);
  asked.code = *seen->ticket;
  ASSERT_TRUE(decide(gate_officer_, asked));
  const auto after = run(arrivals_.queue(gate_officer_, queue_of(bus)));
  EXPECT_THAT(seats(*after), ElementsAre("1", "3", "4", "2"));
  EXPECT_EQ(after->back().outcome, Outcome::kQuarantine);

  tapped.seat->seat = std::string("1");
  const auto unknown = run(arrivals_.look(gate_officer_, tapped));
  ASSERT_TRUE(unknown && unknown->claim);
  EXPECT_EQ(unknown->claim->name, "Lê Văn Ai");
  EXPECT_EQ(unknown->claim->paper->number, "B1111111");
  tapped.seat->seat = std::string("9");
  EXPECT_EQ(code(run(arrivals_.look(gate_officer_, tapped))), "not_found");
  tapped.code = Text<600>(code_now());
  EXPECT_EQ(code(run(arrivals_.look(gate_officer_, tapped))), "invalid") << "one of them";

  Queue refused = queue_of(bus);
  EXPECT_EQ(code(run(arrivals_.queue(elsewhere_, refused))), "not_permitted");
  refused.reason = "";
  EXPECT_EQ(code(run(arrivals_.queue(gate_officer_, refused))), "reason_required");
  refused = queue_of(PlaceId{7});
  EXPECT_EQ(code(run(arrivals_.queue(gate_officer_, refused))), "not_found");
}

TEST_P(ArrivalsTest, AVehicleWithoutAListHasAQueueToo) {
  in_november();
  const auto first = declared(true, "2026-11-22");
  follow();
  const auto on_way = run(arrivals_.on_the_way(gate_officer_, gate_));
  ASSERT_TRUE(on_way) << on_way.error().code;
  ASSERT_THAT(*on_way, SizeIs(1)) << "Lao Bảo is Cửa khẩu Lao Bảo";
  EXPECT_EQ(on_way->front().label, "74A-123.45");
  EXPECT_EQ(on_way->front().declared, 1);
  EXPECT_EQ(code(run(arrivals_.on_the_way(elsewhere_, gate_))), "not_permitted");
  const PlaceId other = other_gate();
  EXPECT_THAT(*run(arrivals_.on_the_way(gate_officer_, other)), IsEmpty());

  Queue asked;
  asked.place = gate_;
  asked.on_the_way = on_way->front().vehicle;
  asked.reason = "Kiểm dịch";
  const auto queue = run(arrivals_.queue(gate_officer_, asked));
  ASSERT_TRUE(queue) << queue.error().code;
  ASSERT_THAT(*queue, SizeIs(1));
  EXPECT_EQ(queue->front().name, "Trần Thị Về");
  EXPECT_EQ(queue->front().declaration, first.id);
  Look tapped;
  tapped.place = gate_;
  tapped.reason = Note<500>("Kiểm dịch");
  tapped.declaration = first.id;
  const auto seen = run(arrivals_.look(gate_officer_, tapped));
  ASSERT_TRUE(seen) << seen.error().code;
  EXPECT_EQ(seen->person->id, traveller_);
  tapped.place = other;
  EXPECT_EQ(code(run(arrivals_.look(gate_officer_, tapped))), "not_found") << "names another gate";

  const auto corrected = run(arrivals_.correct(
      gate_officer_, {gate_, *seen->ticket, first.id, entry_answers(false, to_text(local_date(now())))}, "c"));
  ASSERT_TRUE(corrected) << corrected.error().code;
  follow();
  const auto now_queued = run(arrivals_.queue(gate_officer_, asked));
  ASSERT_THAT(*now_queued, SizeIs(1)) << "the newest version alone";
  EXPECT_EQ(now_queued->front().declaration, corrected->id);
  world_.db->read_now([](store::Session& s) {
    const auto rows = s.connection().all(store::Query{"test.label", "SELECT label FROM arrivals_expected"}, {});
    EXPECT_EQ(std::get<store::Bytes>(rows.at(0).at(0)).data.find("74A"), std::string::npos);
    return Done{};
  });

  world_.clock.advance(kKept + hours(1));
  world_.db->transact_now([&](store::Session& s) { arrivals_.retention().run(s); });
  EXPECT_EQ(count("SELECT count(*) FROM arrivals_expected"), 0);
  EXPECT_EQ(count("SELECT count(*) FROM arrivals_paper"), 0);
  EXPECT_EQ(count("SELECT count(*) FROM arrivals_retention"), 1);
}

TEST_P(ArrivalsTest, DeletesByAgeWithAProof) {
  switch_on();
  NewArrival asked = arrival();
  asked.note = Note<500>("Ghi chú");
  ASSERT_TRUE(decide(gate_officer_, asked));
  const auto retain = [&] { world_.db->transact_now([&](store::Session& s) { arrivals_.retention().run(s); }); };
  world_.clock.advance(kKept - minutes(1));
  retain();
  EXPECT_EQ(count("SELECT count(*) FROM arrivals_arrival"), 1);
  world_.clock.advance(minutes(2));
  retain();
  retain();
  EXPECT_EQ(count("SELECT count(*) FROM arrivals_arrival"), 0);
  EXPECT_EQ(count("SELECT count(*) FROM arrivals_retention"), 1);
}

INSTANTIATE_TEST_SUITE_P(Engines, ArrivalsTest, store::testing::engines(), store::testing::engine_name);

}  // namespace
}  // namespace luytre::arrivals

#include "modules/duties/duties.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <limits>
#include <sstream>

#include "modules/declarations/windows.h"
#include "modules/people/duplicates.h"
#include "modules/visits/testing.h"
#include "platform/base/result_testing.h"

namespace luytre::duties {
namespace {

using std::chrono::hours;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using visits::testing::kHaiLang;
using visits::testing::kQuangTri;

const char* const kStaff = "health-staff-daily-2021-05";
const char* const kWorkers = "industrial-workers-2021-08";
const char* const kZone = "outbreak-zone-daily-2021-08";
const char* const kTravel = "long-distance-passengers-2021-08";
const char* const kFromThere = "epidemic-area-journey-2021-08";
const UnitId kDaNang{2025100048}, kInDaNang{2025320242}, kInHaNoi{2025300004}, kDongHa{2025319333};

const Rules& shipped() {
  static const Rules all(LUYTRE_SOURCE_DIR "/data/duties", {"daily-health", "domestic-movement"});
  return all;
}

// The shipped rules, and three of them once more, about another disease and by another form.
const char* const kCholeraZone = "cholera-zone";
const char* const kCholeraFromThere = "cholera-journey";
const char* const kCholeraTravel = "cholera-passengers";

const Rules& of_two_diseases() {
  static const Rules all = [] {
    namespace fs = std::filesystem;
    std::string folder = (fs::temp_directory_path() / "luytre-duties-XXXXXX").string();
    if (::mkdtemp(folder.data()) == nullptr) throw std::runtime_error("no temporary folder");
    for (const auto& entry : fs::directory_iterator(LUYTRE_SOURCE_DIR "/data/duties"))
      fs::copy_file(entry.path(), fs::path(folder) / entry.path().filename());
    for (const auto& [of, as] : {std::pair(kZone, kCholeraZone), std::pair(kFromThere, kCholeraFromThere),
                                 std::pair(kTravel, kCholeraTravel)}) {
      std::ifstream in(fs::path(folder) / (std::string(of) + ".json"));
      std::ostringstream text;
      text << in.rdbuf();
      auto rule = json::parse_value(text.str());
      rule->as_object()["id"] = as;
      rule->as_object()["disease"] = "cholera";
      rule->as_object()["form"] = "daily-health";
      std::ofstream(fs::path(folder) / (std::string(as) + ".json")) << json::text(*rule);
    }
    Rules out(folder, {"daily-health", "domestic-movement"});
    fs::remove_all(folder);
    return out;
  }();
  return all;
}

json::Object answered(std::string_view link, bool value) {
  return {{"linkId", link}, {"answer", json::Array{json::Object{{"valueBoolean", value}}}}};
}

class DutiesTest : public ::testing::TestWithParam<store::Engine> {
 protected:
  DutiesTest() {
    world_.db->transact_now([&](store::Session& s) {
      for (const auto& [who, phone] : {std::pair(&head_, "+84912000001"), std::pair(&an_, "+84912000002"),
                                       std::pair(&binh_, "+84912000003"), std::pair(&other_, "+84912000004")})
        world_.house->accounts.create(s, who->account, phone);
    });
    world_.person(head_, people::Relation::kSelf);
    an_person_ = world_.person(an_, people::Relation::kSelf);
    an_child_ = world_.person(an_, people::Relation::kChild);
    binh_person_ = world_.person(binh_, people::Relation::kSelf);
    world_.person(other_, people::Relation::kSelf);
    hospital_ = world_.registered(head_, "Bệnh viện Hải Lăng", "hospital");
  }

  Instant now() const { return world_.clock.now(); }
  void switch_on(const char* rule, UnitId unit = kQuangTri, const char* form = "daily-health",
                 const char* disease = "covid-19") {
    command::testing::switch_on(world_.decisions, command::Switch::kDeclarations, now(), unit, disease, form, rule);
  }
  Result<Roster> open(const Caller& who, Sector sector = Sector::kHealth) {
    NewRoster asked;
    asked.place = hospital_;
    asked.sector = sector;
    return run(duties_.open(who, std::move(asked)));
  }
  Roster opened() {
    auto made = open(head_);
    if (!made) throw std::runtime_error(made.error().code);
    return *made;
  }
  std::string join(const Caller& who, const std::string& code) {
    const auto out = run(duties_.join(who, {code}));
    return out ? out->name : out.error().code;
  }
  void declare(const Caller& who, std::optional<PersonId> person = {}, hours ago = hours(0),
               std::optional<UnitId> unit = {}) {
    json::Array items;
    for (const char* sign : {"fever", "cough", "breath", "throat", "aches", "contact-case"})
      items.push_back(answered(sign, false));
    declarations::NewDeclaration one;
    one.form = std::string("daily-health");
    one.version = std::string("2020-03-10");
    one.person = person;
    one.unit = unit;
    one.at = now() - ago;
    one.response = json::Object{{"resourceType", "QuestionnaireResponse"},
                                {"status", "completed"},
                                {"item", json::Array{json::Object{{"linkId", "today"}, {"item", items}}}}};
    const auto made = run(declarations_.submit(who, std::move(one), std::nullopt));
    if (!made) throw std::runtime_error("declaration refused: " + made.error().code);
  }
  void declare_journey(const Caller& who) {
    const auto text = [](const char* link, const char* value) {
      return json::Object{{"linkId", link}, {"answer", json::Array{json::Object{{"valueString", value}}}}};
    };
    const auto coding = json::Object{{"system", "urn:luytre:means-of-travel"}, {"code", "other"}};
    json::Array movement{
        json::Object{{"linkId", "means"}, {"answer", json::Array{json::Object{{"valueCoding", coding}}}}},
        json::Object{{"linkId", "departure-date"}, {"answer", json::Array{json::Object{{"valueDate", "2026-03-02"}}}}},
        text("departure-place", "Đà Nẵng"), text("arrival-place", "Xã Hải Lăng")};
    json::Array risk;
    for (const char* question : {"visited", "symptoms", "contact-case", "contact-country", "contact-sick"})
      risk.push_back(answered(question, false));
    declarations::NewDeclaration one;
    one.form = std::string("domestic-movement");
    one.version = std::string("2021-04-30");
    one.at = now();
    one.unit = kHaiLang;
    one.response =
        json::Object{{"resourceType", "QuestionnaireResponse"},
                     {"status", "completed"},
                     {"item", json::Array{json::Object{{"linkId", "movement"}, {"item", std::move(movement)}},
                                          json::Object{{"linkId", "risk"}, {"item", std::move(risk)}}}}};
    const auto made = run(declarations_.submit(who, std::move(one), std::nullopt));
    if (!made) throw std::runtime_error("declaration refused: " + made.error().code);
  }
  // What others recorded of a journey.
  void travelled(PersonId person, Leg leg) {
    duties_.add_travel([person, leg](store::Session&, PersonId asked, Interval when) {
      const bool within = when.from <= leg.at && leg.at < when.to;
      return asked == person && within ? std::vector<Leg>{leg} : std::vector<Leg>{};
    });
  }
  // The same, and it is known in the area where it was recorded.
  void seen_travelling(PersonId person, Leg leg) {
    travelled(person, leg);
    duties_.add_seen([person, leg](store::Session&, std::span<const UnitId> units, Interval when, PersonId after,
                                   std::size_t most) {
      const bool there = std::find(units.begin(), units.end(), leg.unit) != units.end();
      const bool within = when.from <= leg.at && leg.at < when.to;
      return there && within && after < person && most > 0 ? std::vector<PersonId>{person} : std::vector<PersonId>{};
    });
  }
  // "person yes" or "person no" of travellers.
  std::vector<std::string> travellers(const Caller& who,
                                      TravellerFilter filter = {{}, {}, "Rà soát người từ vùng dịch"}) {
    const auto page = run(duties_.travellers(who, std::move(filter), {}));
    if (!page) return {page.error().code};
    std::vector<std::string> out;
    for (const auto& one : page->items)
      out.push_back((one.person == an_person_     ? "an"
                     : one.person == binh_person_ ? "binh"
                                                  : "other") +
                    std::string(one.declared ? " yes" : " no"));
    return out;
  }
  // With rules about two diseases.
  Duties of_two() {
    return Duties({*world_.db, world_.people, world_.registry, passengers_, declarations_, world_.decisions,
                   visits::testing::geography(), world_.house->access, world_.house->accounts, world_.house.notify(),
                   world_.house.texts(), world_.vault, world_.random, of_two_diseases()});
  }
  // One who is no resident of these was recorded in them.
  static void seen_travelling(Duties& duties, PersonId person, Leg leg) {
    duties.add_travel([person, leg](store::Session&, PersonId asked, Interval) {
      return asked == person ? std::vector<Leg>{leg} : std::vector<Leg>{};
    });
    duties.add_seen(
        [person, leg](store::Session&, std::span<const UnitId> units, Interval, PersonId after, std::size_t) {
          const bool there = std::find(units.begin(), units.end(), leg.unit) != units.end();
          return there && after < person ? std::vector<PersonId>{person} : std::vector<PersonId>{};
        });
  }
  // "rule yes" or "rule no" of everything that is asked of the one traveller shown, after whether all of it was done.
  std::vector<std::string> asked_of_the_one(Duties& duties, std::optional<bool> declared = {}) {
    const auto page = run(duties.travellers(station_, {{}, declared, "x"}, {}));
    if (!page) return {page.error().code};
    std::vector<std::string> out;
    for (const auto& one : page->items) {
      out.push_back(one.declared ? "done" : "not done");
      for (const auto& duty : one.duties) out.push_back(duty.rule + (duty.declared ? " yes" : " no"));
    }
    return out;
  }
  // A list with An, somebody else by her phone, and nobody known.
  PlaceId listed(const Caller& keeper) {
    world_.clock.advance(std::chrono::minutes(2));  // one phone gets one code a minute
    const PlaceId bus = world_.registered(keeper, "Xe khách tuyến 07", "vehicleTrip");
    const std::string seats =
        "seat,name,birthYear,phone,paper\n1,Nguyễn Văn An,1980,0912000002,\n"
        "2,Nguyễn Văn An,1911,0912000002,\n3,Không Ai,1990,0912999999,\n";
    const auto sent = run(passengers_.list(keeper, {bus, departure_, kInDaNang, seats}, std::nullopt));
    if (!sent || sent->taken != 3) throw std::runtime_error("list refused");
    return bus;
  }
  // "seat yes" or "seat no".
  std::vector<std::string> aboard(const Caller& who, PlaceId bus, std::optional<bool> declared = {}) {
    const auto page = run(duties_.aboard(who, {bus, departure_, declared}, {}, 200));
    if (!page) return {page.error().code};
    std::vector<std::string> out;
    for (const auto& one : page->items) out.push_back(one.seat + (one.declared ? " yes" : " no"));
    return out;
  }
  // "rule person state" of what is asked of somebody's household.
  std::vector<std::string> owed(const Caller& who) {
    const auto mine = run(duties_.mine(who));
    if (!mine) return {mine.error().code};
    std::vector<std::string> out;
    for (const auto& one : mine->items) {
      const char* person = one.person == an_person_ ? "an" : one.person == an_child_ ? "child" : "other";
      out.push_back(one.rule + ' ' + person + ' ' + json::enum_text(one.state));
    }
    return out;
  }
  // "yes", "no", "-" of each member, by person.
  std::vector<std::string> seen(const Caller& who, RosterId roster, MemberFilter filter = {kStaff, {}, {}}) {
    const auto page = run(duties_.members(who, roster, std::move(filter), {}, 200));
    if (!page) return {page.error().code};
    std::vector<std::string> out;
    for (const auto& one : page->items) out.push_back(!one.declared ? "-" : *one.declared ? "yes" : "no");
    return out;
  }
  std::int64_t count(const char* sql) {
    return world_.db->read_now([sql](store::Session& s) { return s.value<std::int64_t>(store::Query{sql, sql}); });
  }
  // What somebody reads about who looked at their data: "action reason".
  std::vector<std::string> looks_at(const Caller& who) {
    return world_.db->read_now([&](store::Session& s) {
      std::vector<std::string> out;
      const auto page = world_.house->access.about_me(s, who, {}, std::numeric_limits<std::int64_t>::max(), 50);
      for (const auto& entry : page->items) out.push_back(entry.action + ' ' + entry.reason);
      return out;
    });
  }
  std::vector<std::string> reminders() {
    return world_.db->read_now([&](store::Session& s) {
      std::vector<std::string> out;
      for (const auto& sms : world_.house.notify().waiting(s))
        if (sms.purpose == "reminder") out.push_back(sms.phone + ' ' + sms.text);
      return out;
    });
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
  Duties duties_{{*world_.db, world_.people, world_.registry, passengers_, declarations_, world_.decisions,
                  visits::testing::geography(), world_.house->access, world_.house->accounts, world_.house.notify(),
                  world_.house.texts(), world_.vault, world_.random, shipped()}};
  declarations::Windows windows_{
      {*world_.db, declarations_, world_.people, world_.decisions, world_.house.notify(), world_.house.texts()}};
  const Caller head_ = identity::testing::citizen(1001), an_ = identity::testing::citizen(1002),
               binh_ = identity::testing::citizen(1003), other_ = identity::testing::citizen(1004);
  const Caller station_ = identity::testing::officer(Role::kStationOfficer, kHaiLang, 9002),
               elsewhere_ = identity::testing::officer(Role::kStationOfficer, kDaNang, 9003);
  const Instant departure_ = world_.clock.now();
  PersonId an_person_, an_child_, binh_person_;
  PlaceId hospital_;
};

TEST_P(DutiesTest, NothingIsAskedOrOpenedWithoutADecisionAndItGoesOffByItself) {
  EXPECT_EQ(code(open(head_)), "not_in_force");
  EXPECT_THAT(owed(an_), IsEmpty());
  command::testing::switch_on(world_.decisions, command::Switch::kDeclarations, now(), kQuangTri, "covid-19",
                              "daily-health");
  EXPECT_EQ(code(open(head_)), "not_in_force") << "a form that may be sent is no duty";
  EXPECT_THAT(owed(an_), IsEmpty());
  switch_on(kStaff, kDaNang);
  EXPECT_EQ(code(open(head_)), "not_in_force") << "elsewhere";
  switch_on(kStaff);
  EXPECT_EQ(code(open(head_, Sector::kIndustry)), "not_in_force") << "about somebody else";
  const Roster roster = opened();
  EXPECT_EQ(join(an_, roster.code), "Bệnh viện Hải Lăng");
  EXPECT_THAT(owed(an_), SizeIs(2));
  world_.clock.advance(hours(30 * 24));
  EXPECT_THAT(owed(an_), IsEmpty()) << "nobody had to switch it off";
  EXPECT_THAT(seen(head_, roster.id), ElementsAre("duty_not_in_force"));
  EXPECT_EQ(join(binh_, roster.code), "not_in_force");
}

TEST_P(DutiesTest, AMemberIsToldWhatWhyAndUntilWhenForTheFamilyToo) {
  switch_on(kStaff);
  const Roster roster = opened();
  ASSERT_EQ(join(an_, roster.code), "Bệnh viện Hải Lăng");
  EXPECT_THAT(owed(an_), ElementsAre(std::string(kStaff) + " an open", std::string(kStaff) + " child open"));
  EXPECT_THAT(owed(binh_), IsEmpty());
  const auto mine = run(duties_.mine(an_));
  const Owed& one = mine->items.at(0);
  EXPECT_EQ(one.form, "daily-health");
  EXPECT_THAT(one.rosters, ElementsAre("Bệnh viện Hải Lăng"));
  EXPECT_EQ(one.unit_name, "Tỉnh Quảng Trị");
  EXPECT_EQ(one.until, now() + hours(30 * 24));
  EXPECT_EQ(one.basis, "Test decision");
  EXPECT_FALSE(one.place) << "the form is on at home";
  declare(an_, an_child_);
  EXPECT_THAT(owed(an_), ElementsAre(std::string(kStaff) + " an open", std::string(kStaff) + " child done"));
  declare(an_);
  EXPECT_THAT(owed(an_), ElementsAre(std::string(kStaff) + " an done", std::string(kStaff) + " child done"));
  world_.clock.advance(hours(24));
  EXPECT_THAT(owed(an_), SizeIs(2)) << "and again tomorrow";
  EXPECT_THAT(owed(an_), Not(::testing::Contains(HasSubstr("done"))));
}

TEST_P(DutiesTest, AnAreasRuleBindsWhoLivesThereAndAJourneysRuleIsToldToEverybody) {
  switch_on(kZone, kHaiLang);
  EXPECT_THAT(owed(an_), ElementsAre(std::string(kZone) + " an open", std::string(kZone) + " child open"));
  switch_on(kTravel, kDaNang, "domestic-movement");
  EXPECT_THAT(owed(binh_), ElementsAre(std::string(kTravel) + " other journey", std::string(kZone) + " other open"));
}

TEST_P(DutiesTest, WhoCameThroughAnEpidemicAreaMustDeclareAndIsDoneWhenTheyHave) {
  switch_on(kFromThere, kQuangTri, "domestic-movement");
  travelled(an_person_, {Recorded::kCheckpoint, kInDaNang, {}, now() - hours(24)});
  EXPECT_THAT(owed(an_), ElementsAre(std::string(kFromThere) + " an journey")) << "no epidemic area yet";
  command::testing::switch_on(world_.decisions, command::Switch::kDeclarations, now() - hours(1), kDaNang, "covid-19",
                              "daily-health", kZone);
  ASSERT_THAT(owed(an_), ElementsAre(std::string(kFromThere) + " an open"));
  const Owed one = run(duties_.mine(an_))->items.at(0);
  EXPECT_EQ(one.form, "domestic-movement");
  ASSERT_THAT(one.journeys, SizeIs(1));
  EXPECT_EQ(one.journeys[0].recorded, Recorded::kCheckpoint);
  EXPECT_EQ(one.journeys[0].day, local_date(now() - hours(24)));
  EXPECT_THAT(one.journeys[0].unit_name, HasSubstr("Đà Nẵng"));
  ASSERT_THAT(one.windows, SizeIs(1));
  EXPECT_EQ(one.windows[0].until, local_midnight(Date{local_date(now()).days + 1})) << "the end of the day after";
  EXPECT_THAT(owed(binh_), ElementsAre(std::string(kFromThere) + " other journey")) << "was not there";
  switch_on(kStaff);
  declare(an_);
  EXPECT_THAT(owed(an_), ElementsAre(std::string(kFromThere) + " an open")) << "another form";
  declare_journey(an_);
  EXPECT_THAT(owed(an_), ElementsAre(std::string(kFromThere) + " an done"));
  world_.clock.advance(hours(14 * 24));
  EXPECT_THAT(owed(an_), ElementsAre(std::string(kFromThere) + " an journey")) << "long ago";
}

TEST_P(DutiesTest, AJourneyIsMissedWhenItsTimeIsOverAndSeenByWhoseAffairItIs) {
  switch_on(kFromThere, kQuangTri, "domestic-movement");
  switch_on(kZone, kDaNang);
  travelled(an_child_, {Recorded::kList, kInDaNang, kHaiLang, now()});
  EXPECT_THAT(owed(an_), ElementsAre(std::string(kFromThere) + " an journey", std::string(kFromThere) + " child open"));
  world_.clock.advance(hours(48));
  EXPECT_THAT(owed(an_),
              ElementsAre(std::string(kFromThere) + " an journey", std::string(kFromThere) + " child missed"));
  people::NewPerson fields;
  fields.name = std::string("Nguyễn Thị Mẹ");
  fields.birth_year = 1950;
  fields.unit = kHaiLang;
  fields.relation = people::Relation::kParent;
  const auto mother = run(world_.people.create(an_, std::move(fields)));
  ASSERT_TRUE(mother) << mother.error().code;
  travelled(mother->id, {Recorded::kCheckpoint, kInDaNang, {}, now()});
  EXPECT_THAT(owed(an_), SizeIs(2)) << "where an adult was is their own affair";
}

TEST_P(DutiesTest, TheStationOfATravellersHomeSeesWhoHasNotDeclared) {
  EXPECT_THAT(travellers(station_), ElementsAre("duty_not_in_force"));
  switch_on(kFromThere, kQuangTri, "domestic-movement");
  seen_travelling(an_person_, {Recorded::kCheckpoint, kInDaNang, {}, now() - hours(24)});
  seen_travelling(binh_person_, {Recorded::kEntry, kInDaNang, kHaiLang, now() - hours(2)});
  seen_travelling(an_child_, {Recorded::kCheckpoint, kHaiLang, {}, now() - hours(2)});
  EXPECT_THAT(travellers(station_), IsEmpty()) << "no epidemic area yet";
  command::testing::switch_on(world_.decisions, command::Switch::kDeclarations, now() - hours(1), kDaNang, "covid-19",
                              "daily-health", kZone);
  EXPECT_THAT(travellers(station_), ElementsAre("an no", "binh no"));
  EXPECT_THAT(looks_at(an_), ElementsAre("duties.travellers Rà soát người từ vùng dịch"));
  declare_journey(an_);
  EXPECT_THAT(travellers(station_), ElementsAre("an yes", "binh no"));
  EXPECT_THAT(travellers(station_, {{}, false, "x"}), ElementsAre("binh no"));
  EXPECT_THAT(looks_at(an_), SizeIs(2)) << "who was not shown was not looked at";

  EXPECT_THAT(travellers(elsewhere_), IsEmpty()) << "where they came from is not where they live";
  EXPECT_THAT(travellers(station_, {{}, {}, ""}), ElementsAre("reason_required"));
  EXPECT_THAT(travellers(station_, {kDaNang, {}, "x"}), ElementsAre("not_permitted"));
  EXPECT_THAT(travellers(an_), ElementsAre("not_permitted"));
  const auto page = run(duties_.travellers(station_, {{}, {}, "x"}, to_text(an_person_)));
  ASSERT_TRUE(page);
  ASSERT_THAT(page->items, SizeIs(1)) << "after the cursor";
  EXPECT_EQ(page->items[0].person, binh_person_);
  EXPECT_FALSE(page->next);
  world_.clock.advance(kTravelBack + hours(1));
  EXPECT_THAT(travellers(station_), IsEmpty()) << "long ago";
}

TEST_P(DutiesTest, WhoLivesElsewhereDoesNotFillThePagesOfAStation) {
  switch_on(kFromThere, kQuangTri, "domestic-movement");
  switch_on(kZone, kDaNang);
  seen_travelling(an_person_, {Recorded::kCheckpoint, kInDaNang, {}, now()});
  seen_travelling(binh_person_, {Recorded::kCheckpoint, kInDaNang, {}, now()});
  world_.clock.advance(hours(1));
  std::size_t least = 0;
  duties_.add_seen([&](store::Session&, std::span<const UnitId>, Interval, PersonId after, std::size_t most) {
    least = most;
    std::vector<PersonId> others;
    for (std::int64_t id = after.value + 1; id <= 300 && others.size() < most; ++id) others.push_back(PersonId{id});
    return others;
  });
  const auto page = run(duties_.travellers(station_, {{}, {}, "x"}, {}));
  ASSERT_TRUE(page) << page.error().code;
  EXPECT_THAT(page->items, SizeIs(2));
  EXPECT_FALSE(page->next) << "the other three hundred were looked at, too";
  EXPECT_GT(least, kRecordedAtOnce) << "so that it is known whether there are more";
}

TEST_P(DutiesTest, EveryDiseasesRuleCountsAndIsSaid) {
  Duties duties = of_two();
  // Of Hải Lăng's people, from Hà Nội by the one disease's rule and from Đà Nẵng by the other's.
  switch_on(kFromThere, kQuangTri, "domestic-movement");
  switch_on(kZone, kDaNang);
  seen_travelling(duties, binh_person_, {Recorded::kCheckpoint, kInHaNoi, {}, now() - hours(2)});
  EXPECT_THAT(asked_of_the_one(duties), IsEmpty()) << "no area of any rule in force";
  switch_on(kCholeraZone, kInHaNoi, "daily-health", "cholera");
  EXPECT_THAT(asked_of_the_one(duties), IsEmpty()) << "the area of a disease whose journeys nobody asks for";
  switch_on(kCholeraFromThere, kQuangTri, "daily-health", "cholera");
  EXPECT_THAT(asked_of_the_one(duties), ElementsAre("not done", std::string(kCholeraFromThere) + " no"));
  seen_travelling(duties, binh_person_, {Recorded::kCheckpoint, kInDaNang, {}, now() - hours(1)});
  EXPECT_THAT(asked_of_the_one(duties),
              ElementsAre("not done", std::string(kCholeraFromThere) + " no", std::string(kFromThere) + " no"));
  declare_journey(binh_);
  EXPECT_THAT(asked_of_the_one(duties),
              ElementsAre("not done", std::string(kCholeraFromThere) + " no", std::string(kFromThere) + " yes"));
  EXPECT_THAT(asked_of_the_one(duties, true), IsEmpty()) << "one of two is not all";
  declare(binh_);
  EXPECT_THAT(asked_of_the_one(duties, true),
              ElementsAre("done", std::string(kCholeraFromThere) + " yes", std::string(kFromThere) + " yes"));
  EXPECT_THAT(looks_at(binh_), SizeIs(4)) << "one for each look, however many rules";
}

TEST_P(DutiesTest, ASeatIsDeclaredWhenEveryRuleOfItsJourneyIsDone) {
  Duties duties = of_two();
  command::testing::switch_on(world_.decisions, command::Switch::kDeclarations, now(), kQuangTri);
  switch_on(kTravel, kQuangTri, "domestic-movement");
  switch_on(kCholeraTravel, kDaNang, "daily-health", "cholera");
  const auto aboard = [&](PlaceId bus) {
    const auto page = run(duties.aboard(head_, {bus, departure_, {}}, {}, 200));
    std::vector<std::string> out;
    for (const auto& one : page->items) out.push_back(one.seat + (one.declared ? " yes" : " no"));
    return out;
  };
  const PlaceId bus = listed(head_);
  declare_journey(an_);
  EXPECT_THAT(aboard(bus), ElementsAre("1 no", "2 no", "3 no")) << "the other disease's is open";
  switch_on(kStaff);  // the form is on where she lives
  declare(an_);
  EXPECT_THAT(aboard(bus), ElementsAre("1 yes", "2 no", "3 no"));
}

TEST_P(DutiesTest, AnOfficerAtAnEndSeesTheSeatsThatLeadThereAlone) {
  command::testing::switch_on(world_.decisions, command::Switch::kDeclarations, now(), kQuangTri);
  switch_on(kTravel, kQuangTri, "domestic-movement");
  const PlaceId bus = listed(head_);
  const std::string further =
      "seat,name,birthYear,phone,paper\n2,Nguyễn Văn An,1911,0912000002,\n4,Ai,1985,0912999998,\n";
  ASSERT_TRUE(run(passengers_.list(head_, {bus, departure_, kInHaNoi, further}, std::nullopt)));
  const auto at = [](UnitId unit) { return identity::testing::officer(Role::kStationOfficer, unit, 9010); };
  EXPECT_THAT(aboard(at(kInDaNang), bus), ElementsAre("1 no", "3 no"));
  EXPECT_THAT(aboard(at(kInHaNoi), bus), ElementsAre("2 no", "4 no"));
  EXPECT_THAT(aboard(station_, bus), SizeIs(4)) << "all of them leave here";
  EXPECT_THAT(aboard(head_, bus), SizeIs(4));
  EXPECT_THAT(aboard(at(kDongHa), bus), ElementsAre("not_found"));
  EXPECT_THAT(looks_at(an_), SizeIs(3)) << "in her log, of seat 1, by those who saw it";
}

TEST_P(DutiesTest, WhoKeepsTheVehicleSeesYesOrNoBySeatAndNothingElse) {
  command::testing::switch_on(world_.decisions, command::Switch::kDeclarations, now(), kQuangTri);
  switch_on(kTravel, kQuangTri, "domestic-movement");
  const PlaceId bus = listed(head_);
  EXPECT_THAT(aboard(head_, bus), ElementsAre("1 no", "2 no", "3 no"));
  declare_journey(an_);
  EXPECT_THAT(aboard(head_, bus), ElementsAre("1 yes", "2 no", "3 no")) << "a phone is shared: name and year count";
  EXPECT_THAT(aboard(head_, bus, false), ElementsAre("2 no", "3 no"));
  EXPECT_THAT(aboard(station_, bus), SizeIs(3)) << "where it leaves";
  EXPECT_THAT(aboard(identity::testing::officer(Role::kStationOfficer, kInDaNang, 9004), bus), SizeIs(3));
  for (const Caller& who : {an_, other_, identity::testing::officer(Role::kStationOfficer, UnitId{2025319333}, 9005)})
    EXPECT_THAT(aboard(who, bus), ElementsAre("not_found"));
  EXPECT_EQ(code(run(duties_.aboard(identity::testing::limited(head_), {bus, departure_, {}}, {}, 200))),
            "second_proof_required");
  EXPECT_EQ(code(run(duties_.aboard(head_, {bus, departure_ + hours(1), {}}, {}, 200))), "not_found");
  const auto first = run(duties_.aboard(head_, {bus, departure_, {}}, {}, 2));
  ASSERT_TRUE(first && first->next);
  EXPECT_EQ(json::text(first->items[0]), R"({"seat":"1","declared":true})") << "neither names nor answers";
  const auto rest = run(duties_.aboard(head_, {bus, departure_, {}}, first->next, 2));
  ASSERT_THAT(rest->items, SizeIs(1));
  EXPECT_EQ(rest->items[0].seat, "3");
  EXPECT_FALSE(rest->next);
}

TEST_P(DutiesTest, WhoDeclaredByAnotherRecordOfTheirsIsNotSilentAboard) {
  command::testing::switch_on(world_.decisions, command::Switch::kDeclarations, now(), kQuangTri);
  switch_on(kTravel, kQuangTri, "domestic-movement");
  people::NewPerson written;
  written.name = std::string("Nguyễn Văn An");
  written.birth_year = 1980;
  written.unit = kHaiLang;
  written.paper = people::Paper{people::PaperKind::kCccd, std::string("045080001234")};
  const auto by_station = run(world_.people.register_person(station_, std::move(written)));
  ASSERT_TRUE(by_station) << by_station.error().code;
  world_.clock.advance(std::chrono::minutes(2));
  const PlaceId bus = world_.registered(head_, "Xe khách tuyến 08", "vehicleTrip");
  const std::string seats = "seat,name,birthYear,phone,paper\n1,Ng. V. An,1980,,045080001234\n";
  ASSERT_TRUE(run(passengers_.list(head_, {bus, departure_, kInDaNang, seats}, std::nullopt)));
  declare_journey(an_);
  EXPECT_THAT(aboard(head_, bus), ElementsAre("1 no"));
  people::Duplicates duplicates(*world_.db, world_.people, visits::testing::geography(), world_.house->access,
                                world_.house->accounts, world_.vault);
  const people::NewPersonMerge asked{by_station->id, an_person_, std::string("hai phiếu, một người")};
  const auto merge = run(duplicates.merge(station_, asked));
  ASSERT_TRUE(merge) << merge.error().code;
  EXPECT_THAT(aboard(head_, bus), ElementsAre("1 yes"));
}

TEST_P(DutiesTest, ALookAtSeatsIsInTheLogOfWhomItShowedAndNeedsTheRule) {
  command::testing::switch_on(world_.decisions, command::Switch::kDeclarations, now(), kQuangTri);
  const PlaceId bus = listed(head_);
  EXPECT_THAT(aboard(head_, bus), ElementsAre("duty_not_in_force"));
  switch_on(kTravel, kQuangTri, "domestic-movement");
  EXPECT_THAT(looks_at(an_), IsEmpty());
  EXPECT_THAT(aboard(head_, bus), SizeIs(3));
  EXPECT_THAT(looks_at(an_), ElementsAre("duties.seats Xe khách tuyến 07"));
  EXPECT_THAT(aboard(head_, bus, true), IsEmpty());
  EXPECT_THAT(looks_at(an_), SizeIs(1)) << "who was not shown was not looked at";
  EXPECT_THAT(looks_at(binh_), IsEmpty());
}

TEST_P(DutiesTest, EverySevenDaysIsOnceInSevenDays) {
  switch_on(kWorkers);
  const auto factory = open(head_, Sector::kIndustry);
  ASSERT_TRUE(factory) << factory.error().code;
  ASSERT_EQ(join(an_, factory->code), "Bệnh viện Hải Lăng");
  EXPECT_THAT(owed(an_), ElementsAre(std::string(kWorkers) + " an open")) << "not the family";
  declare(an_);
  world_.clock.advance(hours(6 * 24));
  EXPECT_THAT(owed(an_), ElementsAre(std::string(kWorkers) + " an done"));
  world_.clock.advance(hours(24));
  EXPECT_THAT(owed(an_), ElementsAre(std::string(kWorkers) + " an open"));
}

TEST_P(DutiesTest, TheHeadSeesYesOrNoOfEachDayAndNothingElse) {
  switch_on(kStaff);
  const Roster roster = opened();
  join(an_, roster.code);
  join(binh_, roster.code);
  declare(an_);
  EXPECT_THAT(seen(head_, roster.id), ElementsAre("yes", "no"));
  EXPECT_THAT(seen(head_, roster.id, {kStaff, {}, true}), ElementsAre("yes"));
  EXPECT_THAT(seen(head_, roster.id, {kStaff, {}, false}), ElementsAre("no"));
  EXPECT_THAT(seen(head_, roster.id, {"", {}, {}}), ElementsAre("-", "-"));
  const Date today = local_date(now());
  EXPECT_THAT(seen(head_, roster.id, {kStaff, Date{today.days - 1}, {}}), ElementsAre("-", "-")) << "before they came";
  world_.clock.advance(hours(24));
  EXPECT_THAT(seen(head_, roster.id, {kStaff, today, {}}), ElementsAre("yes", "no"));
  EXPECT_THAT(seen(head_, roster.id), ElementsAre("no", "no"));

  const auto page = run(duties_.members(head_, roster.id, {kStaff, {}, {}}, {}, 1));
  ASSERT_TRUE(page && page->next);
  const std::string shown = json::text(page->items[0]);
  EXPECT_THAT(shown, HasSubstr("Nguyễn Văn An"));
  for (const char* never : {"phone", "colour", "answer", "birth", "unit", "address"})
    EXPECT_THAT(shown, Not(HasSubstr(never)));
  EXPECT_THAT(run(duties_.members(head_, roster.id, {kStaff, {}, {}}, page->next, 1))->items, SizeIs(1));

  const auto found = run(duties_.find(head_, roster.id));
  ASSERT_TRUE(found) << found.error().code;
  ASSERT_THAT(found->duties, SizeIs(1));
  ASSERT_THAT(found->duties[0].strip, SizeIs(kStripDays));
  EXPECT_EQ(json::text(found->duties[0].today), R"({"day":"2026-03-03","declared":0,"members":2})");
  EXPECT_EQ(json::text(found->duties[0].strip[12]), R"({"day":"2026-03-02","declared":1,"members":2})");
  EXPECT_EQ(json::text(found->duties[0].strip[11]), R"({"day":"2026-03-01","declared":0,"members":0})");
}

TEST_P(DutiesTest, EveryLookAtPeopleIsInTheLogThatTheyRead) {
  switch_on(kStaff);
  const Roster roster = opened();
  join(an_, roster.code);
  EXPECT_THAT(looks_at(an_), IsEmpty());
  ASSERT_TRUE(run(duties_.find(head_, roster.id)));
  EXPECT_THAT(looks_at(an_), IsEmpty()) << "counts show nobody";
  seen(head_, roster.id);
  EXPECT_THAT(looks_at(an_), ElementsAre("duties.members Bệnh viện Hải Lăng"));
  EXPECT_THAT(looks_at(binh_), IsEmpty());
  ASSERT_TRUE(run(duties_.taken_out(head_, roster.id, kStaff, 2, "Báo cáo tuần")));
  EXPECT_THAT(looks_at(an_), ElementsAre("duties.export Bệnh viện Hải Lăng", "duties.members Bệnh viện Hải Lăng"));
  seen(head_, roster.id, {kStaff, {}, true});
  EXPECT_THAT(looks_at(an_), SizeIs(2)) << "who was not shown was not looked at";
}

TEST_P(DutiesTest, OnlyTheHeadReachesARoster) {
  switch_on(kStaff);
  EXPECT_EQ(code(open(an_)), "not_permitted") << "of somebody else's place";
  const Roster roster = opened();
  EXPECT_EQ(code(open(head_)), "roster_exists");
  join(an_, roster.code);
  for (const Caller& who : {an_, other_, station_}) {
    EXPECT_THAT(seen(who, roster.id), ElementsAre("not_found"));
    EXPECT_EQ(code(run(duties_.find(who, roster.id))), "not_found");
    EXPECT_EQ(code(run(duties_.taken_out(who, roster.id, kStaff, 1, "x"))), "not_found");
    EXPECT_EQ(code(run(duties_.remind(who, roster.id, {std::string(kStaff), {}}))), "not_found");
    EXPECT_EQ(code(run(duties_.remove(who, roster.id, an_person_))), "not_found");
    EXPECT_EQ(code(run(duties_.close(who, roster.id))), "not_found");
  }
  EXPECT_EQ(code(run(duties_.find(identity::testing::limited(head_), roster.id))), "second_proof_required");
  EXPECT_THAT(run(duties_.kept(head_))->items, SizeIs(1));
  EXPECT_THAT(run(duties_.kept(an_))->items, IsEmpty());
  world_.close(hospital_);
  EXPECT_THAT(seen(head_, roster.id), ElementsAre("not_found")) << "the place is closed";
}

TEST_P(DutiesTest, AnOfficerHeadsARosterOfAUnitInTheOwnArea) {
  switch_on(kZone, kHaiLang);
  NewRoster asked;
  asked.unit = kHaiLang;
  asked.name = std::string("Tổ COVID cộng đồng số 1");
  asked.sector = Sector::kResidence;
  EXPECT_EQ(code(run(duties_.open(elsewhere_, asked))), "not_permitted");
  EXPECT_EQ(code(run(duties_.open(an_, asked))), "not_permitted");
  const auto key = [] { return store::make_once(9002, "POST rosters", "a", "body"); };
  const auto made = run(duties_.open(station_, asked, key())), again = run(duties_.open(station_, asked, key()));
  ASSERT_TRUE(made && again);
  EXPECT_EQ(json::text(*again), json::text(*made)) << "a second try opens no second one";
  EXPECT_THAT(run(duties_.kept(station_))->items, SizeIs(1));
  join(an_, made->code);
  EXPECT_THAT(seen(station_, made->id, {kZone, {}, {}}), ElementsAre("no"));
  EXPECT_THAT(run(duties_.mine(an_))->items.at(0).rosters, ElementsAre("Tổ COVID cộng đồng số 1"));
}

TEST_P(DutiesTest, AMemberFromElsewhereSendsItToTheUnitOfARosterWithoutAPlace) {
  switch_on(kZone, kHaiLang);
  NewRoster asked;
  asked.unit = kHaiLang;
  asked.name = std::string("Tổ COVID cộng đồng số 1");
  asked.sector = Sector::kResidence;
  const auto made = run(duties_.open(station_, asked));
  ASSERT_TRUE(made) << made.error().code;
  const Caller far = identity::testing::citizen(1005);
  people::NewPerson person;
  person.name = std::string("Trần Thị Xa");
  person.birth_year = 1990;
  person.unit = kInDaNang;
  person.relation = people::Relation::kSelf;
  world_.db->transact_now([&](store::Session& s) { world_.house->accounts.create(s, far.account, "+84912000005"); });
  ASSERT_TRUE(run(world_.people.create(far, std::move(person))));
  join(far, made->code);
  const auto mine = run(duties_.mine(far));
  ASSERT_THAT(mine->items, SizeIs(1));
  EXPECT_FALSE(mine->items[0].place);
  ASSERT_EQ(mine->items[0].unit, kHaiLang);
  declare(far, {}, hours(0), mine->items[0].unit);
  EXPECT_EQ(run(duties_.mine(far))->items.at(0).state, State::kDone);
  EXPECT_THAT(seen(station_, made->id, {kZone, {}, {}}), ElementsAre("yes"));

  join(an_, made->code);
  EXPECT_FALSE(run(duties_.mine(an_))->items.at(0).unit) << "the form is on at home";
}

TEST_P(DutiesTest, TypingAPhoneRevealsNothingUntilItsHolderAgrees) {
  switch_on(kStaff);
  const Roster roster = opened();
  const auto known = run(duties_.invite(head_, roster.id, {std::string("0912000002")}));
  const auto unknown = run(duties_.invite(head_, roster.id, {std::string("0912999999")}));
  ASSERT_TRUE(known && unknown);
  EXPECT_EQ(json::text(*known), json::text(*unknown));
  EXPECT_EQ(fields(run(duties_.invite(head_, roster.id, {std::string("12")}))),
            std::vector<std::string>{"/phone format"});
  ASSERT_TRUE(run(duties_.invite(head_, roster.id, {std::string("0912000002")}))) << "again: no second one";
  EXPECT_EQ(count("SELECT count(*) FROM duties_invitation"), 2);
  EXPECT_THAT(seen(head_, roster.id), IsEmpty());
  EXPECT_EQ(run(duties_.find(head_, roster.id))->members, 0);
  EXPECT_EQ(run(duties_.find(head_, roster.id))->invitations, 2);
  EXPECT_THAT(owed(an_), IsEmpty()) << "nothing is asked before";

  const auto asked = run(duties_.my_rosters(an_));
  ASSERT_THAT(asked->invitations, SizeIs(1));
  EXPECT_EQ(asked->invitations[0].name, "Bệnh viện Hải Lăng");
  EXPECT_THAT(run(duties_.my_rosters(binh_))->invitations, IsEmpty());
  EXPECT_EQ(code(run(duties_.accept(binh_, asked->invitations[0].id))), "not_found") << "another's";
  ASSERT_TRUE(run(duties_.accept(an_, asked->invitations[0].id)));
  EXPECT_THAT(seen(head_, roster.id), ElementsAre("no"));
  EXPECT_THAT(run(duties_.my_rosters(an_))->memberships, SizeIs(1));
  EXPECT_THAT(run(duties_.my_rosters(an_))->invitations, IsEmpty());

  ASSERT_TRUE(run(duties_.invite(head_, roster.id, {std::string("0912000003")})));
  const auto refused = run(duties_.my_rosters(binh_));
  EXPECT_EQ(run(duties_.find(head_, roster.id))->invitations, 2);
  ASSERT_TRUE(run(duties_.decline(binh_, refused->invitations.at(0).id)));
  EXPECT_EQ(run(duties_.find(head_, roster.id))->invitations, 2) << "who asked does not learn of a refusal";
  ASSERT_TRUE(run(duties_.invite(head_, roster.id, {std::string("0912000003")})));
  EXPECT_THAT(run(duties_.my_rosters(binh_))->invitations, IsEmpty()) << "and does not ask again";
  EXPECT_THAT(seen(head_, roster.id), SizeIs(1));
  world_.clock.advance(kInvitationFor);
  EXPECT_EQ(run(duties_.find(head_, roster.id))->invitations, 0);
}

TEST_P(DutiesTest, PeopleJoinByTheCodeAndLeaveWhenTheyLike) {
  switch_on(kStaff);
  const Roster roster = opened();
  EXPECT_EQ(join(an_, "00000-00000"), "roster_code_wrong");
  EXPECT_EQ(join(an_, "!"), "roster_code_wrong");
  std::string typed = roster.code;
  for (char& c : typed) c = static_cast<char>(std::tolower(c));
  const auto preview = run(duties_.preview(an_, typed));
  ASSERT_TRUE(preview) << preview.error().code;
  EXPECT_FALSE(preview->member);
  EXPECT_EQ(count("SELECT count(*) FROM duties_member"), 0) << "looking is not joining";
  EXPECT_EQ(join(an_, typed), "Bệnh viện Hải Lăng");
  EXPECT_EQ(join(an_, typed), "Bệnh viện Hải Lăng");
  EXPECT_EQ(count("SELECT count(*) FROM duties_member"), 1);
  EXPECT_TRUE(run(duties_.preview(an_, typed))->member);

  const auto renewed = run(duties_.new_code(head_, roster.id));
  ASSERT_TRUE(renewed);
  EXPECT_EQ(join(binh_, roster.code), "roster_code_wrong") << "the old one ended";
  EXPECT_EQ(join(binh_, renewed->code), "Bệnh viện Hải Lăng");

  ASSERT_TRUE(run(duties_.leave(an_, roster.id)));
  EXPECT_EQ(code(run(duties_.leave(an_, roster.id))), "not_found");
  EXPECT_THAT(owed(an_), IsEmpty());
  EXPECT_THAT(seen(head_, roster.id), SizeIs(1));
  ASSERT_TRUE(run(duties_.remove(head_, roster.id, binh_person_)));
  EXPECT_THAT(owed(binh_), IsEmpty());
}

TEST_P(DutiesTest, RemindsWhoHasNotDeclaredOnceADayWithoutSayingOfWhat) {
  switch_on(kStaff);
  const Roster roster = opened();
  join(an_, roster.code);
  join(binh_, roster.code);
  declare(an_);
  const Reminding all{std::string(kStaff), {}};
  EXPECT_EQ(run(duties_.remind(head_, roster.id, {std::string(kWorkers), {}})).error().code, "duty_not_in_force");
  EXPECT_EQ(run(duties_.remind(head_, roster.id, {std::string(kStaff), an_person_}))->reminded, 0) << "has declared";
  ASSERT_TRUE(run(windows_.read_in(binh_, {std::string("en")})));
  EXPECT_EQ(run(duties_.remind(head_, roster.id, all))->reminded, 1);
  EXPECT_EQ(run(duties_.remind(head_, roster.id, all))->reminded, 0) << "not twice a day";
  EXPECT_EQ(run(duties_.remind(head_, roster.id, {std::string(kStaff), binh_person_}))->reminded, 0);
  ASSERT_THAT(reminders(), SizeIs(1));
  EXPECT_THAT(reminders()[0], AllOf(HasSubstr("+84912000003"), Not(HasSubstr("Hải Lăng")), Not(HasSubstr("khai"))));
  EXPECT_THAT(reminders()[0], HasSubstr("today")) << "in the language chosen";
  world_.clock.advance(hours(24));
  EXPECT_EQ(run(duties_.remind(head_, roster.id, all))->reminded, 2);
}

TEST_P(DutiesTest, WhatIsTakenOutIsBoundedAndMarked) {
  switch_on(kStaff);
  const Roster roster = opened();
  join(an_, roster.code);
  declare(an_);
  EXPECT_EQ(code(run(duties_.taken_out(head_, roster.id, kStaff, 2, ""))), "reason_required");
  EXPECT_EQ(fields(run(duties_.taken_out(head_, roster.id, kStaff, 29, "x"))), std::vector<std::string>{"/days range"});
  EXPECT_EQ(fields(run(duties_.taken_out(head_, roster.id, "none", 2, "x"))),
            std::vector<std::string>{"/rule unknown"});
  const auto out = run(duties_.taken_out(head_, roster.id, kStaff, 2, "=1+1, báo cáo"));
  ASSERT_TRUE(out) << out.error().code;
  EXPECT_EQ(out->body.substr(out->body.find("\r\n")),
            "\r\nname,joined,2026-03-01,2026-03-02\r\nNguyễn Văn An,2026-03-02,,1\r\n");
  EXPECT_THAT(out->body,
              AllOf(HasSubstr("Bệnh viện Hải Lăng"), HasSubstr(to_text(head_.account)), HasSubstr(to_text(now()))));
}

TEST_P(DutiesTest, OfficersSeeCountsOfTheirAreaAndNoneThatPointsAtSomebody) {
  switch_on(kStaff);
  const Roster roster = opened();
  join(an_, roster.code);
  declare(an_);
  const auto few = run(duties_.organisations(station_, {}, {}));
  ASSERT_TRUE(few) << few.error().code;
  ASSERT_THAT(few->items, SizeIs(1));
  EXPECT_EQ(few->items[0].members, 1);
  EXPECT_FALSE(few->items[0].duties.at(0).declared) << "one of one is a person";
  for (std::int64_t i = 0; i < kCountLeast - 1; ++i) {
    const Caller one = identity::testing::citizen(2000 + i);
    world_.person(one, people::Relation::kSelf);
    join(one, roster.code);
  }
  EXPECT_EQ(run(duties_.organisations(station_, {}, {}))->items[0].duties.at(0).declared, 1);
  EXPECT_THAT(json::text(run(duties_.organisations(station_, {}, {}))->items[0]), Not(HasSubstr("Nguyễn")));
  EXPECT_THAT(run(duties_.organisations(elsewhere_, {}, {}))->items, IsEmpty());
  EXPECT_EQ(code(run(duties_.organisations(elsewhere_, kHaiLang, {}))), "not_permitted");
  EXPECT_EQ(code(run(duties_.organisations(head_, {}, {}))), "not_permitted");
}

TEST_P(DutiesTest, NothingIsKeptLongerThanItServes) {
  switch_on(kStaff);
  const Roster roster = opened();
  join(an_, roster.code);
  ASSERT_TRUE(run(duties_.invite(head_, roster.id, {std::string("0912999999")})));
  ASSERT_TRUE(run(duties_.remind(head_, roster.id, {std::string(kStaff), {}})));
  const auto clean = [&] { world_.db->transact_now([&](store::Session& s) { duties_.retention().run(s); }); };
  clean();
  EXPECT_EQ(count("SELECT count(*) FROM duties_invitation"), 1);
  EXPECT_EQ(count("SELECT count(*) FROM duties_reminder"), 1);
  world_.clock.advance(kInvitationFor + hours(24));
  clean();
  EXPECT_EQ(count("SELECT count(*) FROM duties_invitation"), 0);
  EXPECT_EQ(count("SELECT count(*) FROM duties_reminder"), 0);
  EXPECT_EQ(count("SELECT count(*) FROM duties_retention"), 2) << "each with a proof";
  world_.clock.advance(hours(15 * 24) + kIdle - hours(1));
  clean();
  EXPECT_EQ(count("SELECT count(*) FROM duties_member"), 1) << "28 days after the decision ended";
  world_.clock.advance(hours(25));
  clean();
  EXPECT_EQ(count("SELECT count(*) FROM duties_member"), 0);
  EXPECT_EQ(count("SELECT deleted FROM duties_retention WHERE rule LIKE '%28 days'"), 1);
  EXPECT_EQ(code(run(duties_.find(head_, roster.id))), "not_found");
}

TEST_P(DutiesTest, ClosingDeletesWhoIsOnIt) {
  switch_on(kStaff);
  const Roster roster = opened();
  join(an_, roster.code);
  ASSERT_TRUE(run(duties_.close(head_, roster.id)));
  EXPECT_EQ(count("SELECT count(*) FROM duties_member"), 0);
  EXPECT_EQ(count("SELECT count(*) FROM duties_retention"), 1);
  EXPECT_EQ(join(an_, roster.code), "roster_code_wrong");
  EXPECT_TRUE(open(head_)) << "a new one may be opened";
}

INSTANTIATE_TEST_SUITE_P(Engines, DutiesTest, store::testing::engines(), store::testing::engine_name);

}  // namespace
}  // namespace luytre::duties

#include "modules/foreign/foreign.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "modules/foreign/lines.h"
#include "modules/people/duplicates.h"
#include "modules/placelists/placelists.h"
#include "modules/visits/testing.h"
#include "platform/base/result_testing.h"

namespace luytre::foreign {
namespace {

using std::chrono::hours;
using ::testing::AllOf;
using ::testing::Contains;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using visits::testing::kHaiLang;

const UnitId kDaNang{2025100048};
const std::string kVisitHead = "id,name,birthYear,phone,paper,place,placeCode,in,out\n";
const std::string kGeneralHead =
    "id,name,birthYear,phone,paper,at,showCountryPassing,countryPassing,showSignal,showSignalNote,hasPatient,"
    "hasFromSickCountry,hasSick\n";

const std::string kEntryHead =
    "id,name,birthYear,phone,paper,at,subject,gate,means,vehicle,seat,departureDate,arrivalDate,departureCountry,"
    "departureProvince,arrivalPlace,countries,stayPlace,stayUnit,stayAddress,contactAddress,wantsSim,quarantine,"
    "quarantineWhich,fever,cough,breath,throat,vomiting,diarrhoea,bleeding,rash,animals,contactCase,vaccines,testDate,"
    "testNegative\n";

// Of a flight to Lao Bảo; `who` ends with the paper, `to` is the code of the commune where it leads.
std::string entry(const std::string& who, const std::string& to, const std::string& fever = "0",
                  const std::string& test = ",") {
  return who +
         ",2026-03-01 09:00,expert,Lao Bảo,car,74B-01234,5,2026-02-28,01/03/2026,Lào,Savannakhet,Quảng Trị,Lào; Thái "
         "Lan,\"xã Hải Lăng, Quảng Trị\"," +
         to + ",Thôn 3,Thôn 3,0,concentrated,," + fever + ",0,0,0,0,0,0,0,0,0,Sinopharm," + test + "\n";
}

// ---- lines ----

std::vector<std::string> said(List list) {
  const auto lines = read_lines(list, 2026);
  if (!lines) return {lines.error().code};
  std::vector<std::string> out;
  for (const Line& line : *lines) {
    out.push_back(std::to_string(line.result.line));
    for (const auto& flaw : line.result.errors) out.back() += ' ' + flaw.column + ':' + flaw.code;
    EXPECT_EQ(line.told.has_value(), line.result.errors.empty());
  }
  return out;
}

TEST(ForeignLinesTest, OneBadLineNeverStopsTheRest) {
  List list;
  list.bytes = kVisitHead +
               "1,An,1980,0912345678,,M,,2026-03-01 08:00,\n"
               "2,An,1980,0912345678,,M,,01/03/2026 08:00,01/03/2026 09:00\n"
               "3,An,1980,0912345678,,M,,2026-03-01T01:00:00Z,2026-03-01T00:00:00Z\n"
               "4,An,1980,,,M,,2026-03-01 08:00,\n"
               "5,An,1980,0912345678,,,,2026-03-01 08:00,\n"
               "6,An,1980,0912345678,,M,,hôm qua,\n"
               "1,An,1980,0912345678,,M,,2026-03-01 08:00,\n"
               "7,An,80,0912345678,,M,,2026-03-01 08:00,\n";
  EXPECT_THAT(said(list), ElementsAre("2", "3", "4 out:out_before_in", "5 phone:required", "6 place:required",
                                      "7 in:format", "8 id:repeated", "9 birthYear:range"));
  const auto lines = read_lines(list, 2026);
  EXPECT_EQ(lines->at(0).told->at, *parse_instant("2026-03-01T01:00:00Z")) << "local time";
  EXPECT_EQ(lines->at(1).told->at, lines->at(0).told->at) << "the day first";
}

TEST(ForeignLinesTest, AGapIsNoAnswer) {
  List list;
  list.kind = Kind::kDeclarations;
  list.form = Form::kGeneral;
  list.bytes = kGeneralHead +
               "1,An,1980,0912345678,,2026-03-01 08:00,0,,0,,2,2,2\n"
               "2,An,1980,0912345678,,2026-03-01 08:00,1,,0,,2,2,2\n"
               "3,An,1980,0912345678,,2026-03-01 08:00,0,,1,,2,2,2\n"
               "4,An,1980,0912345678,,2026-03-01 08:00,0,,0,,,2,2\n"
               "5,An,1980,0912345678,,2026-03-01 08:00,0,,0,,0,2,2\n";
  EXPECT_THAT(said(list), ElementsAre("2", "3 countryPassing:required", "4 showSignalNote:required",
                                      "5 hasPatient:required", "6 hasPatient:format"));
  list.form = Form::kMovement;
  EXPECT_THAT(said(list), ElementsAre("invalid")) << "a movement has more columns";
}

TEST(ForeignLinesTest, AnEntryDeclarationHasTheFieldsOfItsForm) {
  List list;
  list.kind = Kind::kDeclarations;
  list.form = Form::kEntry;
  list.bytes = kEntryHead + entry("1,An,1980,,B1234567", "19702", "1", "2026-02-27,1") +
               entry("2,An,1980,,B1234567", "", "") + entry("3,An,1980,,B1234567", "", "0", "2026-02-27,") +
               entry("4,An,1980,,", "", "0", "hôm qua,1");
  EXPECT_THAT(said(list),
              ElementsAre("2", "3 fever:required", "4 testNegative:required", "5 phone:required testDate:format"));
  const auto lines = read_lines(list, 2026);
  const Told& told = *lines->at(0).told;
  EXPECT_EQ(told.towards, "19702");
  const std::string text = json::text(*told.response);
  for (const char* there : {R"("stop-country","answer":[{"valueString":"Thái Lan"}])", R"("vaccine-name")",
                            R"("test-result","answer":[{"valueCoding":{"code":"negative"}}])",
                            R"("arrival-date","answer":[{"valueDate":"2026-03-01"}])"})
    EXPECT_THAT(text, HasSubstr(there));
  EXPECT_THAT(text, Not(HasSubstr("quarantine-which"))) << "not asked of who goes to a concentrated place";
  List wrong = list;
  wrong.bytes = kEntryHead + entry("1,An,1980,,B1234567", "");
  wrong.bytes.replace(wrong.bytes.find(",car,"), 5, ",bus,");
  EXPECT_THAT(said(wrong), ElementsAre("2 means:unknown"));
}

// ---- batches ----

class ForeignTest : public ::testing::TestWithParam<store::Engine> {
 protected:
  ForeignTest() {
    world_.switch_on();
    command::testing::switch_on(world_.decisions, command::Switch::kDeclarations, now());
    an_ = registered("Nguyễn Văn An", 1980, "0912345678", "045080001234");
    binh_ = registered("Lê Thị Bình", 1990, "0912345678", std::nullopt);  // of the same phone
    const auto told = run(lists_.send(world_.station, kHaiLang, "id,name,kind\nM,Chợ Diên Sanh,market\n"));
    market_ = *told->lines[0].place;
    world_.registry.start();
    followers_.add(foreign_.follow());
  }

  Instant now() const { return world_.clock.now(); }
  PersonId registered(const std::string& name, int born, const std::string& phone, std::optional<std::string> paper) {
    people::NewPerson person;
    person.name = name;
    person.birth_year = born;
    person.unit = kHaiLang;
    person.phone = phone;
    if (paper) person.paper = people::Paper{people::PaperKind::kCccd, *paper};
    const auto made = run(world_.people.register_person(world_.station, std::move(person)));
    if (!made) throw std::runtime_error("person refused: " + made.error().code);
    return made->id;
  }

  List visits(const std::string& lines) const {
    List out;
    out.unit = kHaiLang;
    out.basis = "Công văn 12/SYT-NVY";
    out.bytes = kVisitHead + lines;
    return out;
  }
  List general(const std::string& lines) const {
    List out = visits("");
    out.kind = Kind::kDeclarations;
    out.form = Form::kGeneral;
    out.bytes = kGeneralHead + lines;
    return out;
  }
  List entries(const std::string& lines) const {
    List out = visits("");
    out.kind = Kind::kDeclarations;
    out.form = Form::kEntry;
    out.bytes = kEntryHead + lines;
    return out;
  }
  Report send(List list) {
    auto report = run(foreign_.send(world_.station, std::move(list), std::nullopt));
    if (!report) throw std::runtime_error(report.error().code);
    return std::move(*report);
  }
  static std::string counts(const Report& r) {
    return std::to_string(r.taken) + ' ' + std::to_string(r.known) + ' ' + std::to_string(r.claims) + ' ' +
           std::to_string(r.refused) + ' ' + std::to_string(r.unplaced);
  }
  static std::vector<std::string> states(const Report& report) {
    std::vector<std::string> out;
    for (const auto& line : report.lines) {
      out.push_back(json::enum_text(line.state));
      for (const auto& flaw : line.errors) out.back() += ' ' + flaw.column + ':' + flaw.code;
    }
    return out;
  }
  std::int64_t count(const char* sql) {
    return world_.db->read_now([&](store::Session& s) { return s.value<std::int64_t>({sql, sql}); });
  }
  std::int64_t visits_kept() { return count("SELECT CAST(count(*) AS bigint) FROM visits_visit"); }

  visits::testing::World world_{GetParam(), {declarations::migrations(), placelists::migrations(), migrations()}};
  declarations::Declarations declarations_{*world_.db,
                                           world_.people,
                                           world_.decisions,
                                           visits::testing::geography(),
                                           world_.house->access,
                                           world_.vault,
                                           declarations::Catalogue(LUYTRE_SOURCE_DIR "/data")};
  placelists::PlaceLists lists_{*world_.db, world_.registry, visits::testing::geography(), world_.house->access};
  Foreign foreign_{{*world_.db, world_.visits, declarations_, world_.people, world_.registry, world_.decisions,
                    visits::testing::geography(), world_.house->access, world_.house->limits, world_.vault}};
  store::Followers followers_{*world_.db};
  PersonId an_, binh_;
  PlaceId market_;
};

TEST_P(ForeignTest, AVisitIsOfWhoHasThePaperOrPhoneNameAndYear) {
  const Report report =
      send(visits("1,NGUYEN VAN AN,1981,,045080001234,M,,2026-03-01 08:00,2026-03-01 09:00\n"  // the paper says who
                  "2,le thi binh,1990,0912345678,,M,,2026-03-01 08:00,\n"
                  "3,Lê Thị Bình,1991,0912345678,,M,,2026-03-01 08:00,\n"    // another year
                  "4,Người Khác,1990,0912345678,,M,,2026-03-01 08:00,\n"));  // the phone alone
  EXPECT_THAT(states(report), ElementsAre("taken", "taken", "claim", "claim"));
  EXPECT_EQ(counts(report), "2 0 2 0 0");
  EXPECT_EQ(visits_kept(), 2);
  const auto doubted = world_.db->read_now([&](store::Session& s) {
    const std::vector<PersonId> who{an_, binh_};
    return world_.doubtful.of(s, who);
  });
  ASSERT_THAT(doubted, SizeIs(2));
  for (const auto& [person, all] : doubted) EXPECT_THAT(all.at(0).doubts, Contains(visits::Flag::kForeign));
}

TEST_P(ForeignTest, ToldAgainNothingDoubles) {
  const std::string one = "1,An,1980,,045080001234,M,,2026-03-01 08:00,2026-03-01 09:00\n";
  const std::string without = ",An,1980,,045080001234,M,,2026-03-01 10:00,2026-03-01 11:00\n";
  const Report first = send(visits(one + without + without));
  EXPECT_EQ(counts(first), "2 1 0 0 0");
  const Report again = send(visits(one + without + without));
  EXPECT_EQ(counts(again), "0 3 0 0 0");
  EXPECT_FALSE(again.batch) << "nothing of it is new";
  EXPECT_EQ(again.earlier, first.batch);
  const Report more = send(visits(one + "9,Không ai,1970,,B1234567,M,,2026-03-01 08:00,\n"));
  EXPECT_EQ(counts(more), "0 1 1 0 0");
  EXPECT_EQ(visits_kept(), 2);
  EXPECT_EQ(run(foreign_.batches(world_.station))->items.size(), 2U);

  List other = visits(one);
  other.system = System::kVneid;
  EXPECT_EQ(counts(send(other)), "1 0 0 0 0") << "another system's number 1 is another line";
  const auto once = store::make_once(1, "POST /foreign/visits", "k", "b");
  const auto key = run(foreign_.send(world_.station, visits("k,A,1980,,045080001234,M,,2026-03-01 15:00,\n"), once));
  const auto twin = run(foreign_.send(world_.station, visits("k,A,1980,,045080001234,M,,2026-03-01 15:00,\n"), once));
  ASSERT_TRUE(key && twin);
  EXPECT_EQ(json::text(*key), json::text(*twin));
}

TEST_P(ForeignTest, WhatIsKeptForARepeatTellsNothing) {
  const auto once = store::make_once(1, "POST /foreign/visits", "k", "b");
  const auto sent =
      run(foreign_.send(world_.station, visits("TKYT-77,A,1980,,045080001234,M,,2026-03-01 15:00,\n"), once));
  ASSERT_TRUE(sent) << sent.error().code;
  EXPECT_EQ(sent->lines.at(0).id, "TKYT-77");
  world_.db->read_now([](store::Session& s) {
    const auto rows = s.connection().all(store::Query{"test.once", "SELECT answer FROM store_idempotency"}, {});
    for (const auto& answer : rows) {
      EXPECT_THAT(std::get<std::string>(answer.at(0)), Not(HasSubstr("TKYT-77")));
      EXPECT_THAT(std::get<std::string>(answer.at(0)), Not(HasSubstr("taken")));
    }
    EXPECT_THAT(rows, Not(IsEmpty()));
    return Done{};
  });
}

TEST_P(ForeignTest, ALongAnswerIsRepeatedAsItWas) {
  std::string lines;
  for (int i = 0; i < 100; ++i) lines += std::to_string(i) + ",A,1980,,045080001234,X,,2026-03-01 15:00,\n";
  const auto once = store::make_once(1, "POST /foreign/visits", "k", lines);
  const auto first = run(foreign_.send(world_.station, visits(lines), once));
  const auto again = run(foreign_.send(world_.station, visits(lines), once));
  ASSERT_TRUE(first) << first.error().code;
  ASSERT_TRUE(again) << again.error().code;
  EXPECT_EQ(first->refused, 100);
  EXPECT_EQ(json::text(*first), json::text(*again));
}

TEST_P(ForeignTest, AnIdOfAnyLengthIsAFlawOfItsLineAndTheAnswerIsGiven) {
  const auto sent = run(foreign_.send(world_.station,
                                      visits(std::string(3000, 'x') + ",A,1980,,045080001234,M,,2026-03-01 15:00,\n"
                                                                      "2,A,1980,,045080001234,M,,2026-03-01 16:00,\n"),
                                      std::nullopt));
  ASSERT_TRUE(sent) << sent.error().code;
  EXPECT_THAT(states(*sent), ElementsAre("refused id:too_long", "taken"));
  EXPECT_EQ(sent->lines[0].id, std::nullopt);
}

TEST_P(ForeignTest, BatchesAreThoseOfTheOwnAreaNewestFirst) {
  const UnitId here{2025319333};  // another commune of the province
  const Caller province = identity::testing::officer(Role::kProvinceOfficer, visits::testing::kQuangTri);
  const std::string poster = *world_.registry.code_text(market_, std::nullopt);
  std::vector<BatchId> made;
  for (const UnitId unit : {kHaiLang, here, kHaiLang}) {
    world_.clock.advance(std::chrono::seconds(1));
    List list = visits(std::to_string(made.size()) + ",Ai,1980,,B1234567,,\"" + poster + "\",2026-03-01 08:00,\n");
    list.unit = unit;
    const auto report = run(foreign_.send(province, std::move(list), std::nullopt));
    ASSERT_TRUE(report) << report.error().code;
    ASSERT_TRUE(report->batch);
    made.push_back(*report->batch);
  }
  const auto seen = [&](const Caller& who) {
    std::vector<BatchId> out;
    const auto page = run(foreign_.batches(who));
    for (const auto& batch : page->items) out.push_back(batch.id);
    return out;
  };
  EXPECT_THAT(seen(world_.station), ElementsAre(made[2], made[0]));
  EXPECT_THAT(seen(province), ElementsAre(made[2], made[1], made[0]));
  EXPECT_THAT(seen(identity::testing::officer(Role::kProvinceOfficer, UnitId{})),
              ElementsAre(made[2], made[1], made[0]));
  EXPECT_THAT(seen(identity::testing::officer(Role::kStationOfficer, kDaNang)), IsEmpty());
}

TEST_P(ForeignTest, PlacesAreOurCodesOrTheUnitsOwnAndOfTheSendersArea) {
  const std::string poster = *world_.registry.code_text(market_, std::nullopt);
  const auto far = run(lists_.send(identity::testing::officer(Role::kProvinceOfficer), UnitId{2025320242},
                                   "id,name,kind\nX,Chợ Hàn,market\n"));
  ASSERT_TRUE(far) << far.error().code;
  world_.registry.start();
  ASSERT_TRUE(run(
      lists_.send(world_.station, kHaiLang, "id,name,kind\n900,Quán Bưởi,restaurant\n", std::nullopt, "tokhaiyte")));
  EXPECT_EQ(code(run(lists_.send(world_.station, kHaiLang, "id,name,kind\n", std::nullopt, "a:b"))), "invalid");
  world_.registry.start();
  const std::string far_code = *world_.registry.code_text(*far->lines[0].place, std::nullopt);
  const Report report = send(visits("1,An,1980,,045080001234,,\"" + poster +
                                    "\",2026-03-01 08:00,\n"
                                    "2,An,1980,,045080001234,Z,,2026-03-01 08:00,\n"
                                    "3,An,1980,,045080001234,,\"" +
                                    far_code +
                                    "\",2026-03-01 08:00,\n"
                                    "4,An,1980,,045080001234,M,,2026-03-09 08:00,\n"
                                    "5,An,1980,,045080001234,M,,2026-01-01 08:00,\n"
                                    "6,An,1980,,045080001234,900,,2026-03-01 15:00,\n"));
  EXPECT_THAT(states(report), ElementsAre("taken", "refused place:unknown", "refused placeCode:not_permitted",
                                          "refused in:time_in_future", "refused in:time_too_old", "taken"));
  EXPECT_EQ(report.unplaced, 1);
}

TEST_P(ForeignTest, NothingIsTakenWithoutADecisionOrOutsideTheArea) {
  const std::string line = "1,An,1980,,045080001234,M,,2026-02-10 08:00,2026-02-10 09:00\n";
  EXPECT_THAT(states(send(visits(line))), ElementsAre("refused in:not_in_force")) << "it was off then";
  EXPECT_EQ(count("SELECT CAST(count(*) AS bigint) FROM foreign_batch"), 0);
  const auto refusal = [&](const Caller& who, List list) {
    return code(run(foreign_.send(who, std::move(list), std::nullopt)));
  };
  EXPECT_EQ(refusal(identity::testing::citizen(1), visits(line)), "not_permitted");
  EXPECT_EQ(refusal(identity::testing::officer(Role::kStationOfficer, kDaNang), visits(line)), "not_permitted");
  List without_basis = visits(line);
  without_basis.basis = " ";
  EXPECT_EQ(refusal(world_.station, without_basis), "invalid");
  EXPECT_THAT(run(foreign_.batches(identity::testing::officer(Role::kStationOfficer, kDaNang)))->items, IsEmpty());
}

TEST_P(ForeignTest, AProgramHandsOverInItsAreaAndDoesAndLearnsNothingElse) {
  const Caller program = identity::testing::officer(Role::kIntegrator, kHaiLang);
  const auto report = run(foreign_.send(program,
                                        visits("1,An,1980,,045080001234,M,,2026-03-01 08:00,\n"
                                               "2,Không ai,1970,,B1234567,M,,2026-03-01 08:00,\n"
                                               "3,An,1980,,045080001234,Z,,2026-03-01 08:00,\n"),
                                        std::nullopt));
  ASSERT_TRUE(report) << report.error().code;
  EXPECT_THAT(states(*report), ElementsAre("taken", "taken", "refused place:unknown")) << "not whom we know";
  EXPECT_EQ(counts(*report), "2 0 0 1 1");
  EXPECT_EQ(visits_kept(), 1);
  const auto seen = run(foreign_.batches(world_.station));
  ASSERT_THAT(seen->items, SizeIs(1));
  EXPECT_EQ(seen->items[0].taken, 1) << "officers see what it is";
  EXPECT_EQ(seen->items[0].claims, 1);
  EXPECT_EQ(count("SELECT CAST(count(*) AS bigint) FROM identity_access WHERE action = 'foreign.visits' AND role = "
                  "'integrator'"),
            1);

  const auto declared =
      run(foreign_.send(program, general("1,An,1980,,045080001234,2026-03-01 09:00,0,,0,,2,2,2\n"), std::nullopt));
  ASSERT_TRUE(declared) << declared.error().code;
  EXPECT_THAT(states(*declared), ElementsAre("taken"));

  EXPECT_EQ(code(run(foreign_.batches(program))), "not_permitted");
  EXPECT_EQ(code(run(foreign_.match(program, *report->batch, std::nullopt))), "not_found");
  Undo why;
  why.reason = "Gửi nhầm";
  EXPECT_EQ(code(run(foreign_.undo(program, *report->batch, std::move(why), std::nullopt))), "not_found");
  const Caller elsewhere = identity::testing::officer(Role::kIntegrator, kDaNang);
  EXPECT_EQ(code(run(foreign_.send(elsewhere, visits("9,An,1980,,045080001234,M,,2026-03-01 08:00,\n"), std::nullopt))),
            "not_permitted");
}

TEST_P(ForeignTest, AProgramIsNotToldWhatOthersHaveToldOfAnybody) {
  const std::string told = ",An,1980,,045080001234,M,,2026-03-01 08:00,2026-03-01 09:00\n";
  const Report first = send(visits("7" + told + told));
  EXPECT_EQ(counts(first), "2 0 0 0 0");
  const Caller program = identity::testing::officer(Role::kIntegrator, kHaiLang);
  const std::string fresh = ",An,1980,,045080001234,M,,2026-03-01 08:01,2026-03-01 09:00\n";
  std::vector<std::string> answers;
  for (const std::string& lines : {told, fresh, "7" + told, "8" + fresh}) {
    auto report = run(foreign_.send(program, visits(lines), std::nullopt));
    ASSERT_TRUE(report) << report.error().code;
    EXPECT_TRUE(report->batch.has_value());
    EXPECT_EQ(counts(*report), "1 0 0 0 0") << lines;
    EXPECT_THAT(states(*report), ElementsAre("taken"));
  }
  const auto whole = run(foreign_.send(program, visits("7" + told + told), std::nullopt));
  ASSERT_TRUE(whole) << whole.error().code;
  EXPECT_FALSE(whole->earlier) << "nor that the same file came";
  const auto elsewhere = identity::testing::officer(Role::kIntegrator, kDaNang);
  List there = visits(told + fresh);
  there.unit = kDaNang;
  const auto outside = run(foreign_.send(elsewhere, there, std::nullopt));
  ASSERT_TRUE(outside) << outside.error().code;
  EXPECT_THAT(states(*outside), Each(HasSubstr("refused"))) << "a known line, as any other of a place elsewhere";
}

TEST_P(ForeignTest, WhatOneProgramNumbersUsesUpNobodyElsesNumbers) {
  const auto program = [](const std::string& name, UnitId area, std::int64_t account) {
    Caller out = identity::testing::officer(Role::kIntegrator, area, account);
    out.name = name;
    return out;
  };
  const auto told = [&](const Caller& by, const std::string& lines) {
    const auto report = run(foreign_.send(by, visits(lines), std::nullopt));
    ASSERT_TRUE(report) << report.error().code;
    EXPECT_EQ(counts(*report), "1 0 0 0 0") << "as ever";
  };
  const Caller found = program("Cổng của huyện", kHaiLang, 9701);
  const Caller sender = program("Sở TT&TT, tokhaiyte.vn", kHaiLang, 9702);
  const Caller renewed = program("Sở TT&TT,  tokhaiyte.vn", kHaiLang, 9703);
  const std::string right = "1,An,1980,,045080001234,M,,2026-03-01 08:00,2026-03-01 09:00\n";
  told(found, "1,Không ai,1970,,B1234567,M,,2026-03-01 08:00,\n");
  EXPECT_EQ(visits_kept(), 0);
  told(sender, right);
  EXPECT_EQ(visits_kept(), 1) << "number 1 of another";
  told(sender, "1,An,1980,,045080001234,M,,2026-03-01 10:00,2026-03-01 11:00\n");
  told(renewed, "1,An,1980,,045080001234,M,,2026-03-01 12:00,2026-03-01 13:00\n");
  EXPECT_EQ(visits_kept(), 1) << "the sender's own number, by the next key, too";
  told(found, right);
  told(program("Sở TT&TT, tokhaiyte.vn", visits::testing::kQuangTri, 9704), right);
  EXPECT_EQ(counts(send(visits(right))), "0 1 0 0 0");
  EXPECT_EQ(visits_kept(), 1) << "the same line, whoever tells it";

  EXPECT_EQ(counts(send(visits("1,An,1980,,045080001234,M,,2026-03-01 14:00,2026-03-01 15:00\n"))), "1 0 0 0 0")
      << "no program uses up what officers hand over";
  EXPECT_EQ(visits_kept(), 2);
  told(program("Cổng khác", kHaiLang, 9705), "1,An,1980,,045080001234,M,,2026-03-01 16:00,2026-03-01 17:00\n");
  EXPECT_EQ(visits_kept(), 2) << "officers' numbers count for everybody";
}

TEST_P(ForeignTest, LinesOfBeforeSendersWereToldApartAreStillKnown) {
  const std::string one = "1,An,1980,,045080001234,M,,2026-03-01 08:00,2026-03-01 09:00\n";
  EXPECT_EQ(counts(send(visits(one))), "1 0 0 0 0");
  world_.db->transact_now([](store::Session& s) {
    s.run({"foreign_test.before", "UPDATE foreign_line SET content = NULL WHERE line > 0"});
  });
  const Caller program = identity::testing::officer(Role::kIntegrator, kHaiLang);
  ASSERT_TRUE(run(foreign_.send(program, visits(one), std::nullopt)));
  EXPECT_EQ(counts(send(visits(one))), "0 1 0 0 0");
  EXPECT_EQ(visits_kept(), 1);
}

TEST_P(ForeignTest, AProgramSendsSoManyListsAnHourAndOfficersAsTheyLike) {
  const Caller program = identity::testing::officer(Role::kIntegrator, kHaiLang, 9701);
  const auto line = [](std::int64_t id) {
    return std::to_string(id) + ",Ai,1980,,B1234567,M,,2026-03-01 08:00,2026-03-01 09:00\n";
  };
  for (std::int64_t i = 0; i < kListsOfProgram.count; ++i)
    ASSERT_TRUE(run(foreign_.send(program, visits(line(1)), std::nullopt))) << i;
  const auto more = run(foreign_.send(program, visits(line(2)), std::nullopt));
  ASSERT_EQ(code(more), "too_many_requests");
  EXPECT_EQ(more.error().params.at("seconds"), "12");
  EXPECT_EQ(count("SELECT CAST(count(*) AS bigint) FROM foreign_line"), 1);
  EXPECT_TRUE(run(foreign_.send(identity::testing::officer(Role::kIntegrator, kHaiLang, 9702), visits(line(3)), {})));
  EXPECT_EQ(send(visits(line(4))).claims, 1);
  world_.clock.advance(std::chrono::seconds(12));
  EXPECT_TRUE(run(foreign_.send(program, visits(line(2)), std::nullopt)));
}

TEST_P(ForeignTest, AStrangersLineIsRefusedForWhatAKnownPersonsIs) {
  EXPECT_THAT(states(send(visits("1,An,1980,,045080001234,M,,2026-02-10 08:00,2026-02-27 08:00\n"
                                 "2,Không ai,1970,,B1234567,M,,2026-02-10 08:00,2026-02-27 08:00\n"
                                 "3,An,1980,,045080001234,M,,2026-03-01 08:00,2026-03-12 08:00\n"
                                 "4,Không ai,1970,,B1234567,M,,2026-03-01 08:00,2026-03-12 08:00\n"))),
              ElementsAre("refused out:stay_too_long", "refused out:stay_too_long", "refused out:time_in_future",
                          "refused out:time_in_future"));
}

TEST_P(ForeignTest, ToAProgramAKnownPersonsRefusalLooksLikeAStrangersClaim) {
  const Caller commander = identity::testing::officer(Role::kCommander, UnitId{}, 9300);
  for (const auto& all : world_.decisions.all_in_force(now())) {
    if (all.purpose != command::Switch::kDeclarations) continue;
    ASSERT_TRUE(run(world_.decisions.end(commander, all.id, {std::string("Thu hẹp")}, all.version)));
  }
  command::NewDecision decision;
  decision.purpose = command::Switch::kDeclarations;
  decision.disease = std::string("covid-19");
  decision.unit = kHaiLang;
  decision.form = Text<64>("place-entry");
  decision.from = now() - hours(24);
  decision.until = now() + hours(24);
  decision.basis = std::string("QĐ 34/QĐ-UBND");
  ASSERT_TRUE(run(world_.decisions.decide(commander, decision)));
  people::NewPerson outside;  // of the province, where the form is not asked for
  outside.name = std::string("Trần Văn Ngoài");
  outside.birth_year = 1975;
  outside.unit = UnitId{2025319333};
  outside.paper = people::Paper{people::PaperKind::kCccd, std::string("045075009999")};
  const Caller province = identity::testing::officer(Role::kProvinceOfficer, visits::testing::kQuangTri);
  ASSERT_TRUE(run(world_.people.register_person(province, outside)));
  world_.clock.advance(std::chrono::minutes(1));
  const auto lines = [&](const std::string& first, const std::string& second) {
    const std::string rest = ',' + to_text(now()) + ",0,,0,,2,2,2\n";
    return general(first + ",Trần Văn Ngoài,1975,,045075009999" + rest + second + ",Không ai,1970,,B1234567" + rest);
  };
  const Caller program = identity::testing::officer(Role::kIntegrator, visits::testing::kQuangTri);
  const auto told = run(foreign_.send(program, lines("1", "2"), std::nullopt));
  ASSERT_TRUE(told) << told.error().code;
  EXPECT_THAT(states(*told), ElementsAre("taken", "taken"));
  EXPECT_EQ(count("SELECT CAST(count(*) AS bigint) FROM declarations_declaration"), 0);
  EXPECT_EQ(run(foreign_.batches(province))->items.at(0).claims, 2);
  const auto officers = run(foreign_.send(province, lines("3", "4"), std::nullopt));
  ASSERT_TRUE(officers) << officers.error().code;
  EXPECT_THAT(states(*officers), ElementsAre("refused at:not_in_force", "claim"));
}

TEST_P(ForeignTest, ADeclarationIsJudgedAndSaysWhereItCameFrom) {
  const Report report =
      send(general("1,An,1980,,045080001234,2026-03-01 09:00,1,Đà Nẵng; Hà Nội,1,Sốt,1,2,2\n"
                   "2,Ai đó,1980,,B7654321,2026-03-01 09:00,0,,0,,2,2,2\n"
                   "3,An,1980,,045080001234,2026-02-01 08:00,0,,0,,2,2,2\n"));
  EXPECT_THAT(states(report), ElementsAre("taken", "claim", "refused at:time_too_old"));
  const auto id = world_.db->read_now([&](store::Session& s) {
    return s.value<declarations::DeclarationId>({"test.id", "SELECT id FROM declarations_declaration"});
  });
  const auto found = run(declarations_.find(world_.station, id));
  ASSERT_TRUE(found) << found.error().code;
  EXPECT_EQ(found->origin, "tokhaiyte");
  EXPECT_EQ(found->person, an_);
  EXPECT_NE(found->result.colour, declarations::Colour::kGreen);
  EXPECT_THAT(json::text(*found->response), HasSubstr("Hà Nội"));
}

TEST_P(ForeignTest, ADecisionAboutOneGateHoldsForWhatWasAskedForThere) {
  const Caller commander = identity::testing::officer(Role::kCommander, UnitId{}, 9300);
  for (const auto& all : world_.decisions.all_in_force(now())) {
    if (all.purpose != command::Switch::kDeclarations) continue;
    ASSERT_TRUE(run(world_.decisions.end(commander, all.id, {std::string("Thu hẹp")}, all.version)));
  }
  world_.decisions.set_places([](PlaceId) {
    return std::optional(command::Decisions::Place{"Chợ Diên Sanh", kHaiLang});
  });
  command::NewDecision decision;
  decision.purpose = command::Switch::kDeclarations;
  decision.disease = std::string("covid-19");
  decision.unit = kHaiLang;
  decision.form = Text<64>("place-entry");
  decision.place = market_;
  decision.from = now() - hours(24);
  decision.until = now() + hours(24);
  decision.basis = std::string("QĐ 34/QĐ-UBND");
  ASSERT_TRUE(run(world_.decisions.decide(commander, decision)));
  world_.clock.advance(std::chrono::minutes(1));
  const std::string day = to_text(now());
  List list = general("");
  const std::string head = "id,place," + list.bytes.substr(3);
  const auto line = [&](const char* id, const char* place, const char* paper) {
    return std::string(id) + ',' + place + ",An,1980,," + paper + ',' + day + ",0,,0,,2,2,2\n";
  };
  list.bytes = head + line("1", "M", "045080001234") + line("2", "", "045080001234") + line("3", "M", "B7654321") +
               line("4", "", "B7654321") + line("5", "X", "B7654321");
  EXPECT_THAT(states(send(list)), ElementsAre("taken", "refused at:not_in_force", "claim", "refused at:not_in_force",
                                              "refused place:unknown"));
}

TEST_P(ForeignTest, AnEntryListIsJudgedByTheEntryFormWhereItLeads) {
  const std::string here = visits::testing::geography().find(kHaiLang)->code;
  people::NewPerson guest;
  guest.name = std::string("Khamla Vong");
  guest.birth_year = 1990;
  guest.nationality = std::string("LA");
  guest.unit = UnitId{2025320242};
  guest.paper = people::Paper{people::PaperKind::kPassport, std::string("P7654321")};
  const auto made = run(world_.people.register_person(identity::testing::officer(Role::kProvinceOfficer), guest));
  ASSERT_TRUE(made) << made.error().code;
  const std::string lines = entry("1,An,1980,,045080001234", "", "1") + entry("2,Khamla,1990,,P7654321", here) +
                            entry("3,Khamla,1990,,P7654321", "") + entry("4,Ai,1990,,P1111111", here) +
                            entry("5,An,1980,,045080001234", "1");
  EXPECT_THAT(states(send(entries(lines))),
              ElementsAre("refused at:not_in_force", "refused at:not_in_force", "refused at:not_in_force",
                          "refused at:not_in_force", "refused stayUnit:unknown"))
      << "dormant until a decision names the form";
  command::testing::switch_on(world_.decisions, command::Switch::kDeclarations, now(), UnitId{2025100044}, "covid-19",
                              "entry");
  const Report report = send(entries(lines));
  EXPECT_THAT(states(report), ElementsAre("taken", "taken", "claim", "claim", "refused stayUnit:unknown"));
  const auto kept = world_.db->read_now([](store::Session& s) {
    return s.all<declarations::DeclarationId>({"test.ids", "SELECT id FROM declarations_declaration ORDER BY id"});
  });
  ASSERT_THAT(kept, SizeIs(2));
  const auto own = run(declarations_.find(world_.station, kept[0])),
             to_us = run(declarations_.find(world_.station, kept[1]));
  ASSERT_TRUE(own && to_us);
  EXPECT_EQ(own->form, "entry");
  EXPECT_EQ(own->origin, "tokhaiyte");
  EXPECT_EQ(own->person, an_);
  EXPECT_NE(own->result.colour, declarations::Colour::kGreen) << "fever";
  EXPECT_THAT(json::text(*own->response), AllOf(HasSubstr("Savannakhet"), Not(HasSubstr("has-chronic"))));
  EXPECT_EQ(to_us->person, made->id) << "lives elsewhere, and comes here";
  const auto again = run(declarations_.again(world_.station, kept[0]));
  ASSERT_TRUE(again);
  EXPECT_TRUE(again->same);
  EXPECT_EQ(counts(send(entries(lines))), "0 4 0 1 0") << "told again";

  EXPECT_EQ(run(foreign_.undo(world_.station, *report.batch, {std::string("Gửi nhầm")}, std::nullopt))->taken_back, 2);
  EXPECT_EQ(count("SELECT CAST(count(*) AS bigint) FROM declarations_declaration"), 0);
  EXPECT_EQ(count("SELECT CAST(count(*) AS bigint) FROM foreign_clue"), 0);
}

TEST_P(ForeignTest, ACountryInWordsIsKeptByItsCodeWhereTheFormAsksForCodes) {
  world_.clock.set(*parse_instant("2026-11-24T03:00:00Z"));
  command::testing::switch_on(world_.decisions, command::Switch::kDeclarations, now() - hours(48), UnitId{2025100044},
                              "covid-19", "entry");
  std::string line = entry("1,An,1980,,045080001234", "");
  line.replace(line.find("2026-03-01 09:00"), 10, "2026-11-23");
  line.replace(line.find("Lào; Thái Lan"), std::string("Lào").size(), "Tàu biển");
  EXPECT_THAT(states(send(entries(line))), ElementsAre("taken"));
  const auto kept = world_.db->read_now([](store::Session& s) {
    return s.value<declarations::DeclarationId>({"test.id", "SELECT id FROM declarations_declaration"});
  });
  const auto made = run(declarations_.find(world_.station, kept));
  ASSERT_TRUE(made) << made.error().code;
  EXPECT_EQ(made->form_version, "2026-11-23");
  const std::string said = boost::json::serialize(*made->response);
  for (const char* country : {R"("code":"LA","display":"Lào")", R"("code":"TH","display":"Thái Lan")",
                              R"("stop-country","answer":[{"valueString":"Tàu biển"}])"})
    EXPECT_THAT(said, HasSubstr(country));
}

TEST_P(ForeignTest, ClaimsAreSealedAndMatchWhenThePersonIsThere) {
  const Report report = send(visits("1,Trần Thị Cúc,1985,0987654321,,M,,2026-03-01 08:00,2026-03-01 09:00\n"));
  EXPECT_EQ(report.claims, 1);
  world_.db->read_now([](store::Session& s) {
    const auto claim = s.value<store::Bytes>({"test.claim", "SELECT claim FROM foreign_line"});
    EXPECT_THAT(claim.data, Not(HasSubstr("Cúc")));
    return Done{};
  });
  EXPECT_EQ(json::text(*run(foreign_.match(world_.station, *report.batch, std::nullopt))),
            R"({"matched":0,"claims":1})");
  registered("Trần Thị Cúc", 1985, "0987654321", std::nullopt);
  EXPECT_EQ(json::text(*run(foreign_.match(world_.station, *report.batch, std::nullopt))),
            R"({"matched":1,"claims":0})");
  EXPECT_EQ(visits_kept(), 1);
  EXPECT_EQ(json::text(*run(foreign_.match(world_.station, *report.batch, std::nullopt))),
            R"({"matched":0,"claims":0})");
  EXPECT_EQ(visits_kept(), 1);
}

TEST_P(ForeignTest, AClaimFindsItsPersonWhenTheyComeWithProvenData) {
  const Report seen =
      send(visits("1,Trần Thị Cúc,1985,0987654321,,M,,2026-03-01 08:00,2026-03-01 09:00\n"
                  "2,Tran Thi Cuc,1984,,B1234567,M,,2026-03-01 10:00,2026-03-01 11:00\n"
                  "3,Người Khác,1985,0987654321,,M,,2026-03-01 12:00,2026-03-01 13:00\n"));
  const Report declared = send(general("1,Cúc,1985,,B1234567,2026-03-01 09:00,0,,0,,2,2,2\n"));
  EXPECT_EQ(seen.claims, 3);
  EXPECT_EQ(declared.claims, 1);
  const auto state = [&] {
    followers_.drain();
    std::string out;
    const auto batches = run(foreign_.batches(world_.station));
    for (const auto& batch : batches->items)
      out += std::to_string(batch.taken) + '/' + std::to_string(batch.claims) + ' ';
    return out;
  };
  EXPECT_EQ(state(), "0/1 0/3 ");

  // What the keeper of a household says is no proof: neither the paper nor a member's phone.
  const Caller stranger = identity::testing::citizen(7001), cuc = identity::testing::citizen(7002);
  world_.db->transact_now([&](store::Session& s) {
    world_.house->accounts.create(s, stranger.account, "+84911111111");
    world_.house->accounts.create(s, cuc.account, "+84987654321");
  });
  people::NewPerson self;
  self.name = std::string("Trần Thị Cúc");
  self.birth_year = 1984;
  self.unit = kHaiLang;
  self.relation = people::Relation::kSelf;
  self.paper = people::Paper{people::PaperKind::kPassport, std::string("B1234567")};
  ASSERT_TRUE(run(world_.people.create(stranger, self)));
  people::NewPerson other = self;
  other.name = std::string("Người Khác");
  other.birth_year = 1985;
  other.relation = people::Relation::kOther;
  other.paper.reset();
  other.phone = std::string("0987654321");
  ASSERT_TRUE(run(world_.people.create(stranger, other)));
  EXPECT_EQ(state(), "0/1 0/3 ");

  // The phone of an account was proven by a code; the name and the year must agree.
  people::NewPerson own = self;
  own.name = std::string("Trần Thị Hoa");
  own.birth_year = 1985;
  own.paper.reset();
  const auto made = run(world_.people.create(cuc, own));
  ASSERT_TRUE(made) << made.error().code;
  EXPECT_EQ(state(), "0/1 0/3 ") << "the phone alone";
  people::PersonEdit name;
  name.name = std::string("Trần Thị Cúc");
  ASSERT_TRUE(run(world_.people.edit(cuc, made->id, name, made->version)));
  EXPECT_EQ(state(), "0/1 1/2 ");
  EXPECT_EQ(visits_kept(), 1);
}

TEST_P(ForeignTest, RecordsThatOfficersMergedAreOnePerson) {
  const PersonId kept = registered("Trần Thị Cúc", 1985, "0987654321", std::nullopt),
                 twin = registered("Tran Thi Cuc", 1985, "0987654321", std::nullopt);
  EXPECT_EQ(send(visits("1,Trần Thị Cúc,1985,0987654321,,M,,2026-03-01 08:00,2026-03-01 09:00\n")).claims, 1);
  followers_.drain();
  EXPECT_EQ(visits_kept(), 0) << "of several, none";
  people::Duplicates duplicates(*world_.db, world_.people, visits::testing::geography(), world_.house->access,
                                world_.house->accounts, world_.vault);
  const people::NewPersonMerge asked{twin, kept, std::string("hai phiếu, một người")};
  const auto merge = run(duplicates.merge(world_.station, asked));
  ASSERT_TRUE(merge) << merge.error().code;
  followers_.drain();
  EXPECT_EQ(visits_kept(), 1);
  EXPECT_EQ(count("SELECT person FROM visits_visit"), kept.value);
}

TEST_P(ForeignTest, AMatchedClaimIsTakenOnceAndUndoneWithItsBatch) {
  const Report seen =
      send(visits("1,Trần Thị Cúc,1985,0987654321,,M,,2026-03-01 08:00,2026-03-01 09:00\n"
                  "2,T. T. Cúc,1985,,045085004321,M,,2026-03-01 10:00,2026-03-01 11:00\n"));
  const Report declared = send(general("1,Trần Thị Cúc,1985,,045085004321,2026-03-01 09:00,0,,0,,2,2,2\n"));
  EXPECT_EQ(seen.claims + declared.claims, 3);
  const PersonId cuc = registered("Trần Thị Cúc", 1985, "0987654321", "045085004321");
  followers_.drain();
  EXPECT_EQ(visits_kept(), 2);
  const auto id = world_.db->read_now([&](store::Session& s) {
    return s.value<declarations::DeclarationId>({"test.id", "SELECT id FROM declarations_declaration"});
  });
  const auto found = run(declarations_.find(world_.station, id));
  ASSERT_TRUE(found) << found.error().code;
  EXPECT_EQ(found->person, cuc);
  EXPECT_EQ(found->origin, "tokhaiyte");
  EXPECT_EQ(count("SELECT CAST(count(*) AS bigint) FROM foreign_clue"), 0);
  EXPECT_EQ(json::text(*run(foreign_.match(world_.station, *seen.batch, std::nullopt))), R"({"matched":0,"claims":0})");
  store::Followers again(*world_.db);
  auto following = foreign_.follow();
  following.name = "foreign.replay";
  again.add(std::move(following));
  again.drain();
  EXPECT_EQ(visits_kept(), 2) << "told of again, nothing doubles";

  EXPECT_EQ(run(foreign_.undo(world_.station, *seen.batch, {std::string("nhầm")}, std::nullopt))->taken_back, 2);
  EXPECT_EQ(run(foreign_.undo(world_.station, *declared.batch, {std::string("nhầm")}, std::nullopt))->taken_back, 1);
  EXPECT_EQ(visits_kept(), 0);
  again.drain();
  followers_.drain();
  EXPECT_EQ(visits_kept(), 0);
}

TEST_P(ForeignTest, AnUndoneBatchTakesBackItsRowsAndLeavesAProof) {
  const auto own = world_.db->transact_now([&](store::Session& s) {
    visits::ImportedVisit visit{"test", "own", an_, market_, {}, now() - hours(2), now() - hours(1)};
    return world_.visits.import_visits(s, std::span(&visit, 1)).added;
  });
  ASSERT_EQ(own, 1);
  const std::string lines =
      "1,An,1980,,045080001234,M,,2026-03-01 08:00,2026-03-01 09:00\n2,Ai,1980,,B1234567,M,,2026-03-01 08:00,\n";
  const Report seen = send(visits(lines));
  const Report declared = send(general("1,An,1980,,045080001234,2026-03-01 09:00,0,,0,,2,2,2\n"));
  EXPECT_EQ(visits_kept(), 2);
  EXPECT_EQ(code(run(foreign_.undo(identity::testing::officer(Role::kStationOfficer, kDaNang), *seen.batch,
                                   {std::string("nhầm")}, std::nullopt))),
            "not_found");
  EXPECT_EQ(code(run(foreign_.undo(world_.station, *seen.batch, {std::string(" ")}, std::nullopt))), "reason_required");
  const auto undone = run(foreign_.undo(world_.station, *seen.batch, {std::string("Gửi nhầm tệp")}, std::nullopt));
  ASSERT_TRUE(undone) << undone.error().code;
  EXPECT_EQ(undone->taken_back, 1);
  EXPECT_EQ(visits_kept(), 1) << "what others recorded stays";
  EXPECT_THAT(store::testing::event_lines(*world_.db), Contains(HasSubstr("visit.cancelled")));
  EXPECT_EQ(run(foreign_.undo(world_.station, *declared.batch, {std::string("nhầm")}, std::nullopt))->taken_back, 1);
  EXPECT_EQ(count("SELECT CAST(count(*) AS bigint) FROM declarations_declaration"), 0);
  EXPECT_EQ(count("SELECT CAST(count(*) AS bigint) FROM foreign_line"), 0);
  EXPECT_EQ(count("SELECT CAST(count(*) AS bigint) FROM foreign_batch WHERE undone_at IS NOT NULL"), 2);
  EXPECT_EQ(code(run(foreign_.undo(world_.station, *seen.batch, {std::string("nữa")}, std::nullopt))), "batch_undone");
  EXPECT_EQ(counts(send(visits(lines))), "1 0 1 0 0") << "undone, it may be sent again";
}

TEST_P(ForeignTest, LinesAreDeletedWithAProofAndItIsLogged) {
  send(visits("1,Ai,1980,,B1234567,M,,2026-03-01 08:00,2026-03-01 09:00\n"));
  EXPECT_EQ(count("SELECT CAST(count(*) AS bigint) FROM identity_access WHERE action = 'foreign.visits'"), 1);
  const auto job = foreign_.retention();
  const auto sweep = [&] { world_.db->transact_now([&](store::Session& s) { job.run(s); }); };
  world_.clock.set(*parse_instant("2026-03-01T02:00:00Z") + kKept);
  sweep();
  EXPECT_EQ(count("SELECT CAST(count(*) AS bigint) FROM foreign_line"), 1);
  world_.clock.advance(std::chrono::seconds(1));
  sweep();
  EXPECT_EQ(count("SELECT CAST(count(*) AS bigint) FROM foreign_line"), 0);
  EXPECT_EQ(count("SELECT CAST(sum(deleted) AS bigint) FROM foreign_retention"), 1);
}

INSTANTIATE_TEST_SUITE_P(Engines, ForeignTest, store::testing::engines(), store::testing::engine_name);

}  // namespace
}  // namespace luytre::foreign

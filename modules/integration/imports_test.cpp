#include "modules/integration/imports.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include <fstream>
#include <sstream>

#include "modules/integration/study_trace.h"
#include "modules/visits/testing.h"

namespace luytre::integration {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
namespace fs = std::filesystem;

struct StoredVisit {
  std::string person, place;
  std::optional<std::string> zone;
  Instant in, out;
  bool estimated = false;
};
BOOST_DESCRIBE_STRUCT(StoredVisit, (), (person, place, zone, in, out, estimated))

constexpr store::Query kVisits{"test.visits", R"sql(
SELECT p.name, l.name, z.name, v.entered, v.departed, v.estimated
FROM visits_pub_visit v
JOIN people_person p ON p.id = v.person
JOIN places_place l ON l.id = v.place
LEFT JOIN places_zone z ON z.id = v.zone
ORDER BY v.entered, p.name)sql"};
constexpr store::Query kEncounters{"test.encounters", "SELECT CAST(count(*) AS bigint) FROM encounters_pub_encounter"};

class ImportsTest : public ::testing::TestWithParam<store::Engine> {
 protected:
  void SetUp() override {
    std::string pattern = (fs::temp_directory_path() / "luytre-import-XXXXXX").string();
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
  }
  void TearDown() override { fs::remove_all(folder_); }

  void begin(bool study) {
    world = std::make_unique<visits::testing::World>(GetParam(), std::vector{encounters::migrations(), migrations()},
                                                     visits::Settings{.study = study});
    if (study) mark_study(*world->db);
    encounters_ = std::make_unique<encounters::Encounters>(*world->db, encounters::Settings{.study = study});
    study_ = study;
  }

  fs::path file(const std::string& name, const std::string& text) {
    const fs::path path = folder_ / name;
    std::ofstream(path, std::ios::binary) << text;
    return path;
  }
  fs::path gzip(const std::string& name, const std::string& text) {
    const fs::path path = folder_ / name;
    gzFile out = gzopen(path.c_str(), "wb");
    gzwrite(out, text.data(), static_cast<unsigned>(text.size()));
    gzclose(out);
    return path;
  }

  ImportReport load(What what, const fs::path& path, Format format = Format::kCsv, Instant base = {}) {
    Imports imports({*world->db, world->people, world->registry, world->visits, *encounters_,
                     visits::testing::geography(), world->decisions, study_});
    return imports.run({.what = what,
                        .file = path,
                        .format = format,
                        .time_base = base,
                        .rejects = folder_ / "rejects.csv",
                        .progress = [this](const Progress& p) { progress_ = p; }});
  }
  std::string rejects() {
    std::ostringstream text;
    text << std::ifstream(folder_ / "rejects.csv").rdbuf();
    return text.str();
  }
  std::vector<std::string> visits() {
    std::vector<std::string> out;
    for (const auto& v : world->db->read_now([](store::Session& s) { return s.all<StoredVisit>(kVisits); }))
      out.push_back(v.person + "@" + v.place + (v.zone ? "/" + *v.zone : "") + " " + std::to_string(v.in.seconds) +
                    "-" + std::to_string(v.out.seconds) + (v.estimated ? "?" : ""));
    return out;
  }
  std::int64_t encounter_rows() {
    return world->db->read_now([](store::Session& s) { return s.value<std::int64_t>(kEncounters); });
  }
  Result<tracing::TraceReport> traced(const std::string& person, std::int64_t from, std::int64_t to,
                                      tracing::TraceOverrides overrides = {}) {
    static const presence::RuleSets sets(std::string(LUYTRE_SOURCE_DIR) + "/data/rulesets");
    return trace_study(*world->db, {{person}, {from}, {to}, std::move(overrides)}, sets,
                       tracing::place_settings(visits::testing::kinds()));
  }

  fs::path folder_;
  bool study_ = false;
  std::unique_ptr<visits::testing::World> world;
  std::unique_ptr<encounters::Encounters> encounters_;
  Progress progress_;
};

TEST_P(ImportsTest, VisitsOfAStudyMakeTheirPeopleAndPlaces) {
  begin(true);
  const auto path = file("visits.csv",
                         "person,place,zone,in,out\n"
                         "p1,market,,1000,4600\n"
                         "p2,market,fish,1970-01-01T00:20:00Z,1970-01-01T01:00:00Z\n"
                         "\"p,3\",school,6A,2000,\n"
                         "p1,school,6B,5000,9000\n");
  const ImportReport report = load(What::kVisits, path);
  EXPECT_EQ(report.rows, 4);
  EXPECT_EQ(report.added, 4);
  EXPECT_EQ(report.rejected, 0);
  EXPECT_FALSE(report.rejects);
  EXPECT_FALSE(fs::exists(folder_ / "rejects.csv"));
  EXPECT_THAT(visits(), ElementsAre("p1@market 1000-4600", "p2@market/fish 1200-3600", HasSubstr("p,3@school/6A 2000-"),
                                    "p1@school/6B 5000-9000"));
  EXPECT_TRUE(visits()[2].ends_with("?"));
  EXPECT_TRUE(progress_.finished);
  EXPECT_EQ(progress_.rows, 4);
  EXPECT_EQ(progress_.share, 1);
}

TEST_P(ImportsTest, TheSameFileTwiceChangesNothing) {
  begin(true);
  const auto path =
      file("visits.csv", "p1,market,,1000,4600\np2,market,,1200,\np2,school,,1900,2500\np1,market,,1000,4600\n");
  EXPECT_EQ(load(What::kVisits, path).added, 3);
  const auto before = visits();
  EXPECT_THAT(before, ElementsAre("p1@market 1000-4600", "p2@market 1200-1900?", "p2@school 1900-2500"));
  const ImportReport again = load(What::kVisits, path);
  EXPECT_EQ(again.added, 0);
  EXPECT_EQ(again.known, 4);
  EXPECT_EQ(visits(), before);
}

TEST_P(ImportsTest, BadRowsGoToTheRejectsFileAndTheRestIsLoaded) {
  begin(true);
  const auto path = file("visits.csv",
                         "person,place,zone,in,out\n"
                         "p1,market,,1000,4600\n"
                         "p1,market,,2000,2000\n"
                         ",market,,1000,2000\n"
                         "p1,market,,noon,2000\n"
                         "p1,mar\"ket,,1000,2000\n"
                         "p1,market\n"
                         "p\xff,market,,1000,2000\n"
                         "p2,market,,4102444800,4102448400\n"
                         "p3,market,,1000,4600\n");
  const ImportReport report = load(What::kVisits, path);
  EXPECT_EQ(report.rows, 9);
  EXPECT_EQ(report.added, 2);
  EXPECT_EQ(report.rejected, 7);
  ASSERT_TRUE(report.rejects);
  const std::string text = rejects();
  EXPECT_THAT(text, HasSubstr("line,reason,row\n3,out is not after in,\"p1,market,,2000,2000\"\n"));
  EXPECT_THAT(text, HasSubstr("4,an id is empty,"));
  EXPECT_THAT(text, HasSubstr("5,\"in is not a time: ISO-8601 with offset, or seconds\","));
  EXPECT_THAT(text, HasSubstr("6,a quote inside a field"));
  EXPECT_THAT(text, HasSubstr("7,2 columns instead of 5,"));
  EXPECT_THAT(text, HasSubstr("8,an id is not UTF-8,"));
  EXPECT_THAT(text, HasSubstr("9,time in future,"));
  const auto mode = fs::status(*report.rejects).permissions();
  EXPECT_EQ(mode & (fs::perms::group_all | fs::perms::others_all), fs::perms::none);
}

TEST_P(ImportsTest, GzipIsReadAndACutFileLoadsWhatItHolds) {
  begin(true);
  std::string text;
  for (int i = 0; i < 20'000; ++i)
    text += "p" + std::to_string(i * 7919 % 20'000) + ",market,," + std::to_string(1000 + i) + "," +
            std::to_string(5000 + i) + "\n";
  const auto path = gzip("visits.csv.gz", text.substr(0, 2995));
  EXPECT_EQ(load(What::kVisits, path).rejected, 1);  // the last line is cut after its second column
  const auto whole = gzip("whole.csv.gz", text);
  fs::resize_file(whole, fs::file_size(whole) / 2);
  try {
    load(What::kVisits, whole);
    FAIL() << "a cut file was taken for whole";
  } catch (const CutShort& cut) {
    EXPECT_THAT(cut.what(), HasSubstr("ends early"));
    EXPECT_GT(cut.report.added, 1000) << "what was loaded is told";
    EXPECT_EQ(cut.report.rejects.has_value(), cut.report.rejected != 0);
  }
  EXPECT_GT(visits().size(), 1000U);
}

TEST_P(ImportsTest, ContactListsMergeAndAreTheSameInAnyOrder) {
  begin(true);
  const auto path = file("contacts.dat", "20\t1\t2\n40\t2\t1\n40\t1\t3\n100\t1\t2\nx\t1\t2\n60\t3\t3\n60 1 2 A B\n");
  const ImportReport report = load(What::kEncounters, path, Format::kSociopatterns, {1000});
  EXPECT_EQ(report.rows, 7);
  EXPECT_EQ(report.added, 3);
  EXPECT_EQ(report.rejected, 2);
  EXPECT_THAT(rejects(), HasSubstr("6,nobody meets themselves,"));
  EXPECT_EQ(encounter_rows(), 6);  // both directions
  EXPECT_EQ(load(What::kEncounters, path, Format::kSociopatterns, {1000}).added, 0);
  const auto answer = traced("1", 0, 5000, {.min_overlap = std::chrono::seconds(20)});
  ASSERT_TRUE(answer);
  ASSERT_EQ(answer->contacts.size(), 2U);
  EXPECT_EQ(answer->contacts[0].person, "2");
  EXPECT_EQ(answer->contacts[0].evidence, (std::vector<tracing::ReportEvidence>{
                                              {{{1000}, {1060}}, "1", std::nullopt, presence::LinkKind::kEncounter},
                                              {{{1080}, {1100}}, "1", std::nullopt, presence::LinkKind::kEncounter}}));
}

TEST_P(ImportsTest, EncountersOfACsvFile) {
  begin(true);
  const auto path =
      file("encounters.csv",
           "person,peer,start,end,attenuation\na,b,0,600,55\nb,a,600,1200,\na,c,0,600,300\na,a,0,600,\na,d,600,600,\n");
  const ImportReport report = load(What::kEncounters, path);
  EXPECT_EQ(report.added, 1);
  EXPECT_EQ(report.rejected, 3);
  const auto answer = traced("a", 0, 5000);
  ASSERT_TRUE(answer);
  ASSERT_EQ(answer->contacts.size(), 1U);
  EXPECT_EQ(answer->contacts[0].evidence[0].when, (Interval{{0}, {1200}}));
}

TEST_P(ImportsTest, PlacesOfAStudyBringTheirKind) {
  begin(true);
  EXPECT_EQ(load(What::kPlaces,
                 file("places.csv", "place,kind,zones\nbus,vehicleTrip,front|back\npark,outdoor,\nx,castle,\n"))
                .rejected,
            1);
  EXPECT_EQ(load(What::kPlaces, file("again.csv", "place,kind\nbus,vehicleTrip\n")).known, 1);
  load(What::kVisits,
       file("visits.csv",
            "p1,bus,front,0,3600\np2,bus,back,0,3600\np3,bus,front,0,3600\np1,park,,5000,8600\np4,park,,5000,8600\n"));
  const auto answer = traced("p1", 0, 90'000);
  ASSERT_TRUE(answer);
  ASSERT_EQ(answer->contacts.size(), 2U);
  EXPECT_EQ(answer->contacts[0].person, "p3");
  EXPECT_EQ(answer->contacts[1].person, "p4");
  EXPECT_GT(answer->contacts[0].risk, 2 * answer->contacts[1].risk);
}

TEST_P(ImportsTest, StudyTracesRefuseWhatTheyCannotAnswer) {
  begin(true);
  load(What::kVisits, file("visits.csv", "p1,market,,1000,4600\n"));
  EXPECT_EQ(traced("nobody", 0, 5000).error().code, "study_person_unknown");
  EXPECT_EQ(traced("nobody", 0, 5000).error().params.at("person"), "nobody");
  EXPECT_EQ(traced("p1", 5000, 5000).error().code, "window_empty");
  EXPECT_EQ(traced("p1", 0, 5000, {.rule_set = "x"}).error().code, "rule_set_unknown");
}

TEST_P(ImportsTest, AStudyMustBeEmptyAndStaysOne) {
  begin(false);
  EXPECT_FALSE(is_study(*world->db));
  EXPECT_EQ(traced("p1", 0, 5000).error().code, "not_a_study");
  world->places({{"Chợ Diên Sanh", "market"}});
  store::testing::settle(*world->db);
  EXPECT_THROW(mark_study(*world->db), std::runtime_error);
  begin(true);
  EXPECT_TRUE(is_study(*world->db));
  load(What::kVisits, file("visits.csv", "p1,market,,1000,4600\n"));
  mark_study(*world->db);  // again: nothing happens
  EXPECT_TRUE(is_study(*world->db));
}

TEST_P(ImportsTest, RealDataNeedADecisionAndKnownPeople) {
  begin(false);
  const std::string day = "2026-03-01T";
  const auto path = file("visits.csv", "p1,market,," + day + "01:00:00Z," + day + "02:00:00Z\np9,market,," + day +
                                           "01:00:00Z,\np1,moon,," + day + "01:00:00Z,\n");
  EXPECT_THROW(load(What::kVisits, path), std::runtime_error);
  EXPECT_THROW(load(What::kEncounters, file("e.csv", "p1,p2,0,600\n")), std::runtime_error);
  EXPECT_THROW(load(What::kEncounters, path, Format::kSociopatterns), WrongOrder);
  world->switch_on();
  const ImportReport people = load(What::kPeople, file("people.csv",
                                                       "person,name,birthYear,sex,unit,phone\n"
                                                       "p1,Nguyễn Văn An,1980,male,19702,+84912345678\n"
                                                       "p2,Trần Thị Bình,1990,woman,19702,\n"
                                                       "p3,Lê Chi,1990,female,99999,\n"
                                                       "p4,,1990,female,19702,\n"
                                                       "p5,Lê Chi,2390,female,19702,\n"));
  EXPECT_EQ(people.added, 1);
  EXPECT_EQ(people.rejected, 4);
  EXPECT_THAT(rejects(), HasSubstr("3,\"sex is not male, female or other\""));
  EXPECT_THAT(rejects(), HasSubstr("4,unit is not the code of a commune"));
  EXPECT_EQ(load(What::kPlaces, file("places.csv", "place,name,kind,unit\nmarket,Chợ Diên Sanh,market,19702\n")).added,
            1);
  const ImportReport visits_report = load(What::kVisits, path);
  EXPECT_EQ(visits_report.added, 1);
  EXPECT_EQ(visits_report.rejected, 2);
  EXPECT_THAT(rejects(), HasSubstr("2,the person is unknown; import people first,"));
  EXPECT_THAT(rejects(), HasSubstr("3,the place is unknown; import places first,"));
  EXPECT_THAT(visits(), ElementsAre(HasSubstr("Nguyễn Văn An@Chợ Diên Sanh ")));
}

// A province decides for itself: its rows are taken, its neighbour's are not.
TEST_P(ImportsTest, EachRowNeedsADecisionWhereAndWhenItWas) {
  begin(false);
  const UnitId quang_tri = visits::testing::kQuangTri;
  load(What::kPeople, file("people.csv",
                           "person,name,birthYear,sex,unit\np1,Nguyễn Văn An,1980,male,19702\n"
                           "p2,Trần Văn Ba,1980,male,20242\np3,Lê Chi,1981,female,20242\n"));
  load(What::kPlaces,
       file("places.csv", "place,name,kind,unit\nhere,Chợ Diên Sanh,market,19702\nthere,Chợ Hàn,market,20242\n"));
  command::testing::switch_on(world->decisions, command::Switch::kCheckIn, world->clock.now(), quang_tri);
  command::testing::switch_on(world->decisions, command::Switch::kTracing, world->clock.now(), quang_tri);
  const ImportReport seen = load(What::kVisits, file("visits.csv",
                                                     "p1,here,,2026-03-01T02:00:00Z,2026-03-01T03:00:00Z\n"
                                                     "p2,there,,2026-03-01T02:00:00Z,2026-03-01T03:00:00Z\n"
                                                     "p1,here,,2026-02-20T02:00:00Z,2026-02-20T03:00:00Z\n"));
  EXPECT_EQ(seen.added, 1);
  EXPECT_THAT(rejects(), HasSubstr("2,no decision allowed it there and then,"));
  EXPECT_THAT(rejects(), HasSubstr("3,no decision allowed it there and then,")) << "it was off then";
  const ImportReport met = load(What::kEncounters, file("met.csv",
                                                        "p1,p2,2026-03-01T02:00:00Z,2026-03-01T03:00:00Z\n"
                                                        "p2,p3,2026-03-01T02:00:00Z,2026-03-01T03:00:00Z\n"));
  EXPECT_EQ(met.added, 1) << "one of the two lives where it is on";
  EXPECT_EQ(met.rejected, 1);
}

TEST_P(ImportsTest, AWrongHeaderOrAMissingFileSaysSo) {
  begin(true);
  EXPECT_THROW(load(What::kVisits, file("visits.csv", "person,place\np1,market\n")), std::runtime_error);
  EXPECT_THROW(load(What::kVisits, folder_ / "missing.csv"), std::runtime_error);
  EXPECT_THROW(load(What::kVisits, folder_), std::runtime_error);
  EXPECT_EQ(load(What::kVisits, file("empty.csv", "")).rows, 0);
}

INSTANTIATE_TEST_SUITE_P(Engines, ImportsTest, store::testing::engines(), store::testing::engine_name);

}  // namespace
}  // namespace luytre::integration

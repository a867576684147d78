// The real contact data, imported as the command does and traced for every person, against an independent brute force
// over the raw rows, by SQL and by the index of the study. LUYTRE_SHARED_DATA names the folder; where it is missing
// these tests are skipped, and say so.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include <atomic>
#include <charconv>
#include <fstream>
#include <map>
#include <sstream>
#include <thread>

#include "engines/presence/brute.h"
#include "engines/presence/index/index.h"
#include "engines/presence/index/trace.h"
#include "modules/integration/imports.h"
#include "modules/integration/study_trace.h"
#include "modules/visits/testing.h"

namespace luytre::tracing {
const std::vector<store::Migration>& migrations();  // tracing.h
}

namespace luytre::integration {
namespace {

namespace fs = std::filesystem;
using presence::Answer;
using presence::Contact;
using presence::Question;

const fs::path kContacts = fs::path(LUYTRE_SHARED_DATA) / "contacts";
constexpr std::int64_t kHypertextBase = 1'246'255'200;  // 2009-06-29T08:00:00+02:00, from the data set's page

std::string unzipped(const fs::path& path) {
  gzFile in = gzopen(path.c_str(), "rb");
  std::string text;
  char buffer[65536];
  for (int count = 0; (count = gzread(in, buffer, sizeof buffer)) > 0;)
    text.append(buffer, static_cast<std::size_t>(count));
  gzclose(in);
  return text;
}

struct RawRow {
  std::int64_t t;
  std::string a, b;
};

std::vector<RawRow> raw_rows(const fs::path& path) {
  std::istringstream in(unzipped(path));
  std::vector<RawRow> rows;
  std::string line;
  while (std::getline(in, line)) {
    std::istringstream fields(line);
    RawRow row;
    if (fields >> row.t >> row.a >> row.b) rows.push_back(row);
  }
  return rows;
}

// A study directory with one imported contact list.
class Study {
 public:
  Study(store::Engine engine, const std::string& name, std::int64_t base) : base_(base) {
    path_ = kContacts / "sociopatterns" / name;
    world = std::make_unique<visits::testing::World>(
        engine, std::vector{encounters::migrations(), migrations(), tracing::migrations()},
        visits::Settings{.study = true});
    mark_study(*world->db);
    encounters::Encounters encounters(*world->db, {.study = true});
    Imports imports({*world->db, world->people, world->registry, world->visits, encounters,
                     visits::testing::geography(), world->decisions, true});
    const fs::path rejects = fs::temp_directory_path() / ("luytre-rejects-" + std::to_string(getpid()) + ".csv");
    const ImportOrder order{.what = What::kEncounters,
                            .file = path_,
                            .format = Format::kSociopatterns,
                            .time_base = {base},
                            .rejects = rejects,
                            .progress = {}};
    report = imports.run(order);
    again = imports.run(order);
    rows = raw_rows(path_);
    learn_names();
    std::string pattern = (fs::temp_directory_path() / "luytre-index-XXXXXX").string();
    folder_ = mkdtemp(pattern.data());
    store::testing::settle(*world->db);
    for (int time = 0; time < 2; ++time) index = open_index();  // loaded, and then as the folder has it
  }
  ~Study() { fs::remove_all(folder_); }
  Study(const Study&) = delete;
  Study& operator=(const Study&) = delete;

  static bool present(const std::string& name) { return fs::exists(kContacts / "sociopatterns" / name); }

  PersonId id(const std::string& external) const { return ids_.at(external); }
  const std::map<std::string, PersonId>& people() const { return ids_; }
  Instant at(std::int64_t t) const { return {base_ + t}; }

  // Of the raw rows, each covering its 20 seconds.
  presence::World raw_world() const {
    presence::World raw;
    for (const RawRow& row : rows) raw.encounters.push_back({id(row.a), id(row.b), {at(row.t - 20), at(row.t)}, {}});
    return raw;
  }
  Interval whole() const {
    std::int64_t first = rows.front().t, last = rows.front().t;
    for (const RawRow& row : rows) {
      first = std::min(first, row.t);
      last = std::max(last, row.t);
    }
    return {at(first - 20), at(last)};
  }
  Answer trace(const Question& question) {
    return world->db->read_now([&](store::Session& s) {
      return tracing::trace(s, question, [](std::string_view) { return presence::Setting{}; });
    });
  }

  Answer trace_by_index(const Question& question) const { return presence::trace(index->view(), question).answer; }

  std::unique_ptr<visits::testing::World> world;
  ImportReport report, again;
  std::vector<RawRow> rows;
  tracing::StudyIndexPtr index;
  int loads = 0;

 private:
  tracing::StudyIndexPtr open_index() {
    const auto progress = [this](const tracing::IndexLoad& load) { loads += load.finished; };
    return tracing::open_study_index(*world->db, [](std::string_view) { return presence::Setting{}; },
                                     {folder_, [](const std::string& line) { ADD_FAILURE() << line; }, progress});
  }
  void learn_names() {
    for (const RawRow& row : rows) {
      ids_.try_emplace(row.a);
      ids_.try_emplace(row.b);
    }
    std::vector<std::string> externals;
    for (const auto& [external, id] : ids_) externals.push_back(external);
    const auto found =
        world->db->read_now([&](store::Session& s) { return people::People::imported(s, kSource, externals); });
    for (std::size_t i = 0; i < externals.size(); ++i) ids_[externals[i]] = found[i].value();
  }

  std::int64_t base_;
  fs::path path_;
  fs::path folder_;
  std::map<std::string, PersonId> ids_;
};

Question about(const Study& study, PersonId person, int depth, std::chrono::seconds overlap) {
  Question question;
  question.cases = {{person, study.whole()}};
  question.horizon = study.whole().to;
  question.rules.depth = depth;
  question.rules.min_overlap = overlap;
  return question;
}

struct Tally {
  std::map<int, std::atomic<std::int64_t>> contacts;
  std::atomic<std::int64_t> traces{0};
  std::atomic<std::int64_t> different{0};
  std::atomic<std::int64_t> index_different{0};  // from SQL
};

// Traces each of the people at all depths, on two threads. The brute force answers the greatest depth; a lesser one is
// its beginning.
void compare(Study& study, const presence::BruteForce& brute, const std::vector<PersonId>& people,
             std::chrono::seconds overlap, Tally& tally) {
  std::atomic<std::size_t> next{0};
  const auto work = [&] {
    for (std::size_t i = 0; (i = next++) < people.size();) {
      std::vector<Contact> expected = brute.trace(about(study, people[i], 3, overlap)).contacts;
      for (const Contact& contact : expected) ++tally.contacts.at(contact.level);
      for (int depth = 3; depth >= 1; --depth) {
        while (!expected.empty() && expected.back().level > depth) expected.pop_back();
        ++tally.traces;
        const Question question = about(study, people[i], depth, overlap);
        const Answer sql = study.trace(question), index = study.trace_by_index(question);
        if (sql.contacts != expected) ++tally.different;
        if (index.contacts != sql.contacts || index.persons_searched != sql.persons_searched ||
            index.links_found != sql.links_found)
          ++tally.index_different;
      }
    }
  };
  std::thread other(work);
  work();
  other.join();
}

// At all depths, by the index, by SQL and by brute force.
void compare_all(Study& study, const std::string& file, const std::vector<PersonId>& people) {
  const presence::World raw = study.raw_world();
  const presence::BruteForce brute(raw);
  for (const int overlap : {20, 60, 300}) {
    Tally tally;
    for (int level = 1; level <= 3; ++level) tally.contacts[level] = 0;
    compare(study, brute, people, std::chrono::seconds(overlap), tally);
    EXPECT_EQ(tally.traces, 3 * static_cast<std::int64_t>(people.size()));
    EXPECT_EQ(tally.different, 0) << "min-overlap " << overlap;
    EXPECT_EQ(tally.index_different, 0) << "min-overlap " << overlap;
    std::printf("%s, min-overlap %d s: %ld traces, found %ld F1, %ld F2, %ld F3\n", file.c_str(), overlap,
                tally.traces.load(), tally.contacts.at(1).load(), tally.contacts.at(2).load(),
                tally.contacts.at(3).load());
    for (int level = 1; level <= 3; ++level)
      EXPECT_GT(tally.contacts.at(level), 0) << "F" << level << " at min-overlap " << overlap;
  }
}

// Of everybody one in `every`.
void compare_people(store::Engine engine, const std::string& file, std::int64_t base, std::size_t people_there,
                    std::size_t every = 1) {
  if (!Study::present(file)) GTEST_SKIP() << "NOT TESTED: " << kContacts / "sociopatterns" / file << " is missing";
  Study study(engine, file, base);
  ASSERT_EQ(study.people().size(), people_there);
  EXPECT_EQ(study.report.rejected, 0);
  EXPECT_EQ(study.again.added + study.again.extended, 0);
  ASSERT_NE(study.index, nullptr);
  EXPECT_EQ(study.loads, 1);
  std::vector<PersonId> people;
  for (const auto& [external, id] : study.people())
    if (std::hash<std::string>{}(external) % every == 0) people.push_back(id);
  ASSERT_GE(people.size(), people_there / every / 2);
  compare_all(study, file, people);
}

constexpr const char* kHypertext = "ht2009_contact_list.dat.gz";
constexpr const char* kHighSchool = "HighSchool2013_proximity_net.csv.gz";

TEST(StudiesTest, EverybodyOfHypertext2009TracesAsTheBruteForce) {
  compare_people(store::Engine::kSqlite, kHypertext, kHypertextBase, 113);
}

TEST(StudiesTest, EverybodyOfHighSchool2013TracesAsTheBruteForce) {
  compare_people(store::Engine::kSqlite, kHighSchool, 0, 327);
}

TEST(StudiesTest, EverybodyOfHypertext2009TracesTheSameOnPostgres) {
  compare_people(store::Engine::kPostgres, kHypertext, kHypertextBase, 113);
}

// PostgreSQL executes the same text; a sample of the larger study is enough.
TEST(StudiesTest, ASampleOfHighSchool2013TracesTheSameOnPostgres) {
  compare_people(store::Engine::kPostgres, kHighSchool, 0, 327, 20);
}

struct Pair {
  std::int64_t started, ended;
  friend auto operator<=>(const Pair&, const Pair&) = default;
};
BOOST_DESCRIBE_STRUCT(Pair, (), (started, ended))
constexpr store::Query kOfPair{"test.of_pair", R"sql(
SELECT started, ended
FROM encounters_pub_encounter
WHERE person = $1 AND peer = $2
ORDER BY started)sql"};

// The publisher starts an interval at its first row's time, we 20 s before; so ours are theirs, 20 s earlier. One pair
// is started by the publisher one second off.
TEST(StudiesTest, Hypertext2009MergesToThePublishedIntervals) {
  const fs::path published = kContacts / "sociopatterns" / "ht2009_contact_intervals.json.gz";
  if (!fs::exists(published)) GTEST_SKIP() << "NOT TESTED: " << published << " is missing";
  Study study(store::Engine::kSqlite, "ht2009_contact_list.dat.gz", kHypertextBase);
  EXPECT_EQ(study.report.rows, 20'818);
  boost::json::value intervals = boost::json::parse(unzipped(published));
  std::size_t pairs = 0, ours = 0;
  std::vector<std::string> different;
  for (const auto& [a, peers] : intervals.as_object()) {
    for (const auto& [b, list] : peers.as_object()) {
      ++pairs;
      std::vector<Pair> expected;
      for (const auto& interval : list.as_array())
        expected.push_back({kHypertextBase + interval.as_array()[0].to_number<std::int64_t>() - 20,
                            kHypertextBase + interval.as_array()[1].to_number<std::int64_t>() - 20});
      std::sort(expected.begin(), expected.end());
      const auto stored = study.world->db->read_now(
          [&](store::Session& s) { return s.all<Pair>(kOfPair, study.id(std::string(a)), study.id(std::string(b))); });
      ours += stored.size();
      if (stored != expected) different.push_back(std::string(a) + "–" + std::string(b));
    }
  }
  EXPECT_EQ(pairs, 2196U);
  EXPECT_EQ(ours, 9865U);
  EXPECT_THAT(different, ::testing::ElementsAre("1336–1337"));
}

TEST(StudiesTest, HaslemereLoadsWhole) {
  const fs::path file = kContacts / "haslemere" / "Kissler_DataS1.csv.gz";
  if (!fs::exists(file)) GTEST_SKIP() << "NOT TESTED: " << file << " is missing";
  visits::testing::World world(store::Engine::kSqlite, {encounters::migrations(), migrations()}, {.study = true});
  mark_study(*world.db);
  encounters::Encounters encounters(*world.db, {.study = true});
  Imports imports({*world.db, world.people, world.registry, world.visits, encounters, visits::testing::geography(),
                   world.decisions, true});
  const ImportReport report = imports.run({.what = What::kEncounters,
                                           .file = file,
                                           .format = Format::kHaslemere,
                                           .time_base = *parse_instant("2017-10-12T07:00:00+01:00"),
                                           .rejects = fs::temp_directory_path() / "luytre-haslemere-rejects.csv",
                                           .progress = {}});
  EXPECT_EQ(report.rejected, 0);
  EXPECT_EQ(report.rows, 102'831);
  EXPECT_GT(report.added, 10'000);
}

}  // namespace
}  // namespace luytre::integration

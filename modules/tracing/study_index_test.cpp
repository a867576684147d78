// The index of a study: it answers as SQL and as the brute force do, whatever happened to its folder or to the
// database.

#include "modules/tracing/study_index.h"

#include <gmock/gmock.h>

#include <atomic>
#include <fstream>
#include <future>
#include <thread>

#include "engines/presence/index/index.h"
#include "engines/presence/index/trace.h"
#include "engines/presence/testing.h"
#include "modules/tracing/folder_fixture.h"
#include "modules/tracing/world_fixture.h"

namespace luytre::tracing {

const std::vector<store::Migration>& migrations();  // tracing.h

namespace {

namespace fs = std::filesystem;
using presence::Question;
using presence::World;
using ::testing::HasSubstr;

constexpr store::Query kForgetVisits{"test.forget_visits", "DELETE FROM world_visit"};
constexpr store::Query kForgetPlaces{"test.forget_places", "DELETE FROM world_place"};
constexpr store::Query kForgetEncounters{"test.forget_encounters", "DELETE FROM encounters_encounter"};
constexpr store::Query kForgetStamp{"test.forget_stamp", "DELETE FROM tracing_index_stamp"};

class Fixture {
 public:
  explicit Fixture(store::Engine engine)
      : db(engine, {encounters::migrations(), testing::world_tables(), migrations()}, clock), encounters(*db) {}

  // As an import does: rows and events in one transaction.
  void import(const World& world) {
    db->transact_now([&](store::Session& session) {
      testing::insert_visits(session, world.visits, visits_);
      testing::insert_places(session, world.settings);
      encounters.record(session, world.encounters);
      if (!world.visits.empty()) session.publish({"visit.imported", visits_ + 1, clock.now(), 1, 0});
    });
    visits_ += static_cast<std::int64_t>(world.visits.size());
  }
  void forget() {
    db->transact_now([&](store::Session& session) {
      for (const auto& query : {kForgetVisits, kForgetPlaces, kForgetEncounters}) session.run(query);
      session.publish({"visit.cancelled", 1, clock.now(), 1, 0});
    });
  }

  StudyIndexPtr open() {
    store::testing::settle(*db);
    return open_at_once();
  }
  StudyIndexPtr open_at_once() {
    loaded = false;
    told.clear();
    return open_study_index(*db, testing::setting_of,
                            {folder.index(), [this](const std::string& line) { told += line + '\n'; },
                             [this](const IndexLoad& load) { loaded = load.finished; }, patience});
  }
  presence::Answer by_sql(const Question& question) {
    return db->read_now([&](store::Session& session) { return trace(session, question, testing::setting_of); });
  }

  testing::Folder folder;
  ManualClock clock{{1'600'100'000}};
  store::testing::TestDatabase db;
  encounters::Encounters encounters;
  std::chrono::milliseconds patience{60'000};
  bool loaded = false;  // anew, by the last open()
  std::string told;

 private:
  std::int64_t visits_ = 0;
};

// The beginning of a world, or the rest of it.
World part_of(const World& world, bool rest) {
  World part;
  const auto visits = static_cast<std::ptrdiff_t>(world.visits.size() / 2);
  const auto encounters = static_cast<std::ptrdiff_t>(world.encounters.size() / 2);
  part.visits.assign(world.visits.begin() + (rest ? visits : 0),
                     rest ? world.visits.end() : world.visits.begin() + visits);
  part.encounters.assign(world.encounters.begin() + (rest ? encounters : 0),
                         rest ? world.encounters.end() : world.encounters.begin() + encounters);
  if (!rest) part.settings = world.settings;
  return part;
}

class StudyIndexTest : public ::testing::TestWithParam<store::Engine> {};
class StudyIndexOfManyWritersTest : public StudyIndexTest {};  // SQLite has one

void expect_same(Fixture& fixture, const World& world, const Question& question, bool loads, const char* when) {
  const presence::Answer expected = presence::BruteForce(world).trace(question);
  const auto index = fixture.open();
  RC_ASSERT(index != nullptr);
  const presence::Answer answer = presence::trace(index->view(), question).answer;
  const presence::Answer sql = fixture.by_sql(question);
  if (answer.contacts == expected.contacts && answer.persons_searched == sql.persons_searched &&
      answer.links_found == sql.links_found && sql.contacts == expected.contacts && fixture.loaded == loads)
    return;
  RC_LOG() << when << (fixture.loaded ? ", loaded\n" : ", not loaded\n") << "expected:\n"
           << presence::testing::describe(expected) << "index:\n"
           << presence::testing::describe(answer) << "SQL:\n"
           << presence::testing::describe(sql);
  RC_FAIL("the answers differ, or it was not loaded when it should have been");
}

void live_through(Fixture& fixture, const presence::testing::Case& c, std::size_t number) {
  fixture.forget();
  const World first = part_of(c.world, false);
  fixture.import(first);
  expect_same(fixture, first, c.question, true, "after an import");
  const World rest = part_of(c.world, true);
  fixture.import(rest);
  const bool more = !rest.visits.empty() || !rest.encounters.empty();
  fixture.open();  // whether it loads: what is imported may say nothing new
  expect_same(fixture, c.world, c.question, false, more ? "after a second import" : "opened again");
  const auto files = fixture.folder.files();
  const fs::path victim = files[number / 4 % files.size()];
  switch (number % 4) {
    case 0:
      testing::flip(victim, number);
      return expect_same(fixture, c.world, c.question, true, "after a flipped bit");
    case 1:
      fs::resize_file(victim, number % fs::file_size(victim));
      return expect_same(fixture, c.world, c.question, true, "after cutting a file");
    case 2:
      fs::remove(victim);
      return expect_same(fixture, c.world, c.question, true, "after deleting a file");
    default:
      fixture.db->transact_now([](store::Session& session) { session.run(kForgetStamp); });
      return expect_same(fixture, c.world, c.question, true, "with a folder of another database");
  }
}

// Seeds are printed; RC_PARAMS="seed=…" repeats a run.
TEST_P(StudyIndexTest, AnswersAsSqlAndTheBruteForceWhateverHappened) {
  Fixture fixture(GetParam());
  EXPECT_TRUE(rc::check("random worlds", [&] {
    const auto c = *presence::testing::any_case();
    live_through(fixture, c, *rc::gen::inRange<std::size_t>(0, 1'000'000));
  }));
}

World two_meet(std::int64_t from) {
  World world;
  world.encounters = {{{1}, {2}, {{1'600'000'000 + from}, {1'600'003'600 + from}}, 60}};
  return world;
}

Question about_the_first() {
  Question question;
  question.cases = {{{1}, {{1'600'000'000}, {1'600'086'400}}}};
  question.horizon = {1'600'086'400};
  return question;
}

TEST_P(StudyIndexTest, AFolderOfAnotherDatabaseIsRefused) {
  Fixture one(GetParam()), other(GetParam());
  one.import(two_meet(0));
  other.import(two_meet(7200));  // as many events, other times
  EXPECT_NE(one.open(), nullptr);
  EXPECT_NE(other.open(), nullptr);
  EXPECT_EQ(one.told + other.told, "");
  fs::remove_all(other.folder.index());
  fs::copy(one.folder.index(), other.folder.index());
  const auto index = other.open();
  EXPECT_TRUE(other.loaded);
  EXPECT_THAT(other.told, HasSubstr("is loaded anew"));
  EXPECT_EQ(presence::trace(index->view(), about_the_first()).answer.contacts,
            other.by_sql(about_the_first()).contacts);
}

TEST_P(StudyIndexTest, WhatIsNoVisitAndNoEncounterDoesNotLoadItAnew) {
  Fixture fixture(GetParam());
  fixture.import(two_meet(0));
  EXPECT_NE(fixture.open(), nullptr);
  EXPECT_TRUE(fixture.loaded);
  fixture.db->transact_now([&](store::Session& session) { session.publish({"place.changed", 1, {}, 1, 0}); });
  EXPECT_NE(fixture.open(), nullptr);
  EXPECT_FALSE(fixture.loaded);
}

TEST_P(StudyIndexTest, OfTwoAtOnceOneLoadsAndBothAnswer) {
  Fixture fixture(GetParam());
  fixture.import(two_meet(0));
  store::testing::settle(*fixture.db);
  std::atomic<int> loads{0}, answers{0};
  const auto open = [&] {
    const auto index =
        open_study_index(*fixture.db, testing::setting_of,
                         {fixture.folder.index(), {}, [&](const IndexLoad& load) { loads += load.finished; }});
    if (!index) return;
    answers += presence::trace(index->view(), about_the_first()).answer.contacts.size() == 1;
  };
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) threads.emplace_back(open);
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(loads, 1);
  EXPECT_EQ(answers, 4);
}

TEST_P(StudyIndexTest, WithoutRoomForItSqlIsToAnswer) {
  Fixture fixture(GetParam());
  fixture.import(two_meet(0));
  std::ofstream(fixture.folder.index()) << "a file where the folder should be";
  EXPECT_EQ(fixture.open(), nullptr);
  EXPECT_THAT(fixture.told, HasSubstr("is not used"));
}

// The events of what commits meanwhile cannot be read while an older transaction runs, the rows can.
TEST_P(StudyIndexOfManyWritersTest, ATransactionThatHidesEventsLeavesTheAnswerToSql) {
  Fixture fixture(GetParam());
  fixture.import(two_meet(0));
  EXPECT_NE(fixture.open(), nullptr);
  std::promise<void> runs, ends;
  std::atomic<bool> told{false};
  const std::shared_future<void> end(ends.get_future());
  std::thread old([&] {
    fixture.db->transact_now([&](store::Session& session) {
      testing::insert_places(session, {{{7}, {}}});
      if (!told.exchange(true)) runs.set_value();
      end.wait();
    });
  });
  runs.get_future().wait();
  fixture.import(two_meet(7200));
  fixture.patience = std::chrono::milliseconds(100);
  EXPECT_EQ(fixture.open_at_once(), nullptr);
  EXPECT_THAT(fixture.told, HasSubstr("hides whether it is up to date"));
  ends.set_value();
  old.join();
  EXPECT_NE(fixture.open(), nullptr);
  EXPECT_TRUE(fixture.loaded);
}

INSTANTIATE_TEST_SUITE_P(Engines, StudyIndexTest, store::testing::engines(), store::testing::engine_name);
INSTANTIATE_TEST_SUITE_P(Engines, StudyIndexOfManyWritersTest, ::testing::Values(store::Engine::kPostgres),
                         store::testing::engine_name);

// As many events as before, in a database that was put back from a copy of its files: the position alone would not
// tell.
TEST(StudyIndexCopyTest, ADatabasePutBackFromACopyIsNotTheOneThatWasLoaded) {
  Fixture fixture(store::Engine::kSqlite);
  const fs::path data = fs::path(fixture.db.url().substr(std::string("sqlite:").size())).parent_path();
  const fs::path copy = fixture.folder / "copy";
  const auto close_and_copy = [&](const fs::path& from, const fs::path& to) {
    fixture.db.close();
    fs::remove_all(to);
    fs::copy(from, to);  // the database and what SQLite may have left beside it
    fixture.db.reopen();
  };
  fixture.import(two_meet(0));
  EXPECT_NE(fixture.open(), nullptr);
  close_and_copy(data, copy);
  fixture.db->transact_now([](store::Session& session) {
    session.publish({"encounters.recorded", 1, {}, 1, 0});
    session.run(kForgetEncounters);
  });
  EXPECT_NE(fixture.open(), nullptr);
  close_and_copy(copy, data);
  fixture.db->transact_now([](store::Session& session) { session.publish({"encounters.recorded", 1, {}, 1, 0}); });
  const auto index = fixture.open();
  EXPECT_TRUE(fixture.loaded);
  EXPECT_EQ(presence::trace(index->view(), about_the_first()).answer.contacts.size(), 1U);
}

}  // namespace
}  // namespace luytre::tracing

// Killed at every single change of a file, while it seals, merges, drops days and writes checkpoints: what is there
// afterwards opens, and fed again from the position that it notes it answers as the brute force does.

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <random>
#include <set>
#include <string>

#include "engines/presence/brute.h"
#include "engines/presence/index/file.h"
#include "engines/presence/index/index.h"
#include "engines/presence/index/trace.h"

namespace luytre::presence {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kIdentity = 7;
constexpr Instant kMidnight{1'600'041'600};
constexpr int kPeople = 20;

int changes_left = 0;

void kill_at_the_last() {
  if (changes_left-- == 0) ::raise(SIGKILL);
}

// Two days, some visits across the midnight between them.
World any_world(std::uint64_t seed) {
  std::mt19937_64 random(seed);
  const auto below = [&](std::int64_t n) {
    return static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(n));
  };
  World world;
  for (int i = 0; i < 80; ++i) {
    const Instant from = kMidnight + std::chrono::minutes(below(46 * 60));
    Visit v{
        {1 + below(kPeople)}, {1 + below(4)}, {}, {from, from + std::chrono::minutes(20 + below(90))}, below(3) == 0};
    if (below(3) == 0) v.zone = ZoneId{v.place.value * 10 + below(2)};
    world.visits.push_back(v);
  }
  for (int i = 0; i < 20; ++i) {
    const std::int64_t person = 1 + below(kPeople - 1);
    const Instant from = kMidnight + std::chrono::minutes(below(46 * 60));
    world.encounters.push_back(
        {{person}, {person + 1 + below(kPeople - person)}, {from, from + std::chrono::minutes(15 + below(60))}, {}});
  }
  return world;
}

std::vector<Visit> of(const World& world, PersonId person) {
  std::vector<Visit> out;
  for (const Visit& v : world.visits)
    if (v.person == person) out.push_back(v);
  return out;
}

void expect_same(const PresenceIndex& index, const World& world, const std::string& when) {
  std::set<PersonId> people;
  for (const Visit& v : world.visits) people.insert(v.person);
  for (std::int64_t person = 1; person <= kPeople; ++person) people.insert({person});
  const BruteForce brute(world);
  for (const PersonId person : people) {
    Question question;
    question.cases = {{person, {kMidnight, kMidnight + std::chrono::hours(60)}}};
    question.horizon = question.cases[0].window.to;
    question.rules.depth = 3;
    EXPECT_EQ(trace(index.view(), question).answer.contacts, brute.trace(question).contacts)
        << when << ", person " << person.value;
  }
}

// What was there first; what the feed told then.
struct Life {
  World first = any_world(1);
  World last = any_world(1);

  Life() {
    // Half of the people go on, one corrects a visit, another takes all of hers back.
    const World more = any_world(2);
    for (const Visit& v : more.visits)
      if (v.person.value % 2 == 0) last.visits.push_back(v);
    last.encounters.insert(last.encounters.end(), more.encounters.begin(), more.encounters.end());
    std::erase_if(last.visits, [](const Visit& v) { return v.person == PersonId{3}; });
    for (Visit& v : last.visits)
      if (v.person == PersonId{5}) v.when.to = v.when.to + std::chrono::minutes(7);
  }
  void feed(PresenceIndex& index) const {
    index.add(last.encounters);
    for (std::int64_t person = 1; person <= kPeople; ++person) index.set_visits({person}, of(last, {person}));
  }
  void expect_last(const PresenceIndex& index, const std::string& when) const { expect_same(index, last, when); }
};

class CrashTest : public ::testing::Test {
 protected:
  CrashTest() {
    // Memory will do: a process is killed, not the machine.
    const fs::path memory = "/dev/shm";
    std::string pattern = ((fs::is_directory(memory) ? memory : fs::temp_directory_path()) / "luytre-crash-XXXXXX");
    if (!mkdtemp(pattern.data())) throw std::runtime_error("no folder");
    root_ = pattern;
  }
  ~CrashTest() override { fs::remove_all(root_); }

  static std::unique_ptr<PresenceIndex> open(const fs::path& folder) {
    return std::make_unique<PresenceIndex>(IndexOptions{folder, kIdentity});
  }

  // Lets a process of its own live on a copy of the folder, and killed before its n-th change of a file. Answers the
  // copy, or nothing when it was not killed any more.
  std::optional<fs::path> killed_at(int change, const fs::path& folder,
                                    const std::function<void(const fs::path&)>& live) {
    const fs::path copy = root_ / "killed";
    fs::remove_all(copy);
    fs::copy(folder, copy);
    const pid_t child = ::fork();
    if (child == 0) {
      changes_left = change;
      before_file_change = kill_at_the_last;
      try {
        live(copy);
      } catch (...) {
        ::_exit(1);
      }
      ::_exit(0);
    }
    int status = 0;
    if (child < 0 || ::waitpid(child, &status, 0) != child) throw std::runtime_error("no child");
    if (WIFEXITED(status)) {
      EXPECT_EQ(WEXITSTATUS(status), 0) << "change " << change;
      return std::nullopt;
    }
    EXPECT_EQ(WTERMSIG(status), SIGKILL);
    return copy;
  }

  fs::path root_;
  const Life life_;
};

TEST_F(CrashTest, KilledWhileMergingItOpensAndAnswersWhenFedAgain) {
  const fs::path folder = root_ / "first";
  {
    const auto index = open(folder);
    index->load(life_.first.visits, life_.first.encounters);
    index->checkpoint("1");
  }
  int change = 0, whole = 0;
  for (;; ++change) {
    const auto left = killed_at(change, folder, [&](const fs::path& copy) {
      const auto index = open(copy);
      life_.feed(*index);
      index->merge(day_of(kMidnight));
      index->checkpoint("2");
    });
    if (!left) break;
    const std::string when = "killed before change " + std::to_string(change);
    const auto index = open(*left);
    ASSERT_TRUE(index->position() == "1" || index->position() == "2") << when;
    if (index->position() == "2") {
      ++whole;
      life_.expect_last(*index, when);
    }
    life_.feed(*index);
    life_.expect_last(*index, when + ", fed again");
    for (const auto& entry : fs::directory_iterator(*left)) EXPECT_NE(entry.path().extension(), ".tmp") << when;
  }
  EXPECT_GT(change, 20) << "files were written";
  EXPECT_EQ(whole, 1) << "only before the folder itself is flushed is the last checkpoint there";
}

// Few new people are written to a file of their own; when there are many, all are written to one, and that one goes.
TEST_F(CrashTest, KilledWhilePeopleAreNumberedItKnowsAllThatItHolds) {
  const auto come = [](std::int64_t first, std::int64_t end) {
    std::vector<Visit> visits;
    for (std::int64_t person = first; person < end; ++person)
      visits.push_back({{person}, {1}, {}, {kMidnight + std::chrono::hours(1), kMidnight + std::chrono::hours(3)}});
    return visits;
  };
  const std::vector<Visit> few = come(kPeople + 1, kPeople + 4), many = come(kPeople + 4, 2 * kPeople);
  const fs::path folder = root_ / "first", latest = "persons.new.ids";
  {
    const auto index = open(folder);
    index->load(life_.first.visits, life_.first.encounters);
    index->checkpoint("1");
  }
  ASSERT_FALSE(fs::exists(folder / latest));
  int change = 0, beside = 0;
  for (;; ++change) {
    const auto left = killed_at(change, folder, [&](const fs::path& copy) {
      const auto index = open(copy);
      index->add(few);
      index->checkpoint("2");
      index->add(many);
      index->checkpoint("3");
    });
    if (!left) break;
    beside += fs::exists(*left / latest) ? 1 : 0;
    const std::string when = "killed before change " + std::to_string(change);
    const auto index = open(*left);
    World fed = life_.first;
    fed.visits.insert(fed.visits.end(), few.begin(), few.end());
    if (index->position() == "1") index->add(few);
    if (index->position() != "3") index->add(many);
    fed.visits.insert(fed.visits.end(), many.begin(), many.end());
    expect_same(*index, fed, when);
  }
  EXPECT_GT(change, 20) << "files were written";
  EXPECT_GT(beside, 0) << "few were written by themselves";
  EXPECT_FALSE(fs::exists(root_ / "killed" / latest)) << "and are with the others at the end";
}

// A load that was killed has no position: nobody takes it for whole.
TEST_F(CrashTest, KilledWhileLoadingItNotesNoPosition) {
  const fs::path folder = root_ / "empty";
  fs::create_directories(folder);
  int change = 0;
  for (;; ++change) {
    const auto left = killed_at(change, folder, [&](const fs::path& copy) {
      const auto index = open(copy);
      index->load(life_.last.visits, life_.last.encounters);
      index->checkpoint("1");
    });
    if (!left) break;
    const std::string when = "killed before change " + std::to_string(change);
    const auto index = open(*left);
    if (index->position().empty()) continue;
    EXPECT_EQ(index->position(), "1") << when;
    life_.expect_last(*index, when);
  }
  EXPECT_GT(change, 20) << "files were written";
}

TEST_F(CrashTest, KilledWhileDroppingADayTheOthersAreThere) {
  const fs::path folder = root_ / "first";
  {
    const auto index = open(folder);
    index->load(life_.last.visits, life_.last.encounters);
    index->checkpoint("1");
  }
  int change = 0;
  for (;; ++change) {
    const auto left = killed_at(change, folder, [&](const fs::path& copy) {
      const auto index = open(copy);
      index->drop_before(day_of(kMidnight) + 1);
      index->checkpoint("2");
    });
    if (!left) break;
    const std::string when = "killed before change " + std::to_string(change);
    const auto index = open(*left);
    index->drop_before(day_of(kMidnight) + 1);
    PresenceIndex expected({});
    expected.load(life_.last.visits, life_.last.encounters);
    expected.drop_before(day_of(kMidnight) + 1);
    for (std::int64_t person = 1; person <= kPeople; ++person) {
      Question question;
      question.cases = {{{person}, {kMidnight, kMidnight + std::chrono::hours(60)}}};
      question.horizon = question.cases[0].window.to;
      question.rules.depth = 2;
      EXPECT_EQ(trace(index->view(), question).answer.contacts, trace(expected.view(), question).answer.contacts)
          << when;
    }
  }
  EXPECT_GT(change, 3);
}

}  // namespace
}  // namespace luytre::presence

// The index against the brute force: the same answers to the last row, however the data came in, were cut, merged,
// written and read again.

#include "engines/presence/index/index.h"

#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <random>

#include "engines/presence/index/reach.h"
#include "engines/presence/testing.h"
// testing.h first: rapidcheck's glue needs gtest.
#include <rapidcheck/gtest.h>

namespace luytre::presence {
namespace {

using testing::Case;

// Many worlds, unless the environment says how many. Before main: rapidcheck reads it once.
const int kManyWorlds = ::setenv("RC_PARAMS", "max_success=500", 0);

// A folder that is gone at the end.
class Folder {
 public:
  Folder() {
    static int count = 0;
    path_ = std::filesystem::temp_directory_path() /
            ("luytre-index-" + std::to_string(::getpid()) + "-" + std::to_string(count++));
    std::filesystem::remove_all(path_);
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

void describe_places(PresenceIndex& index, const World& world) {
  for (const auto& [place, setting] : world.settings) index.describe(place, setting);
}

// The same persons, levels and times without evidence, and then the evidence of each.
void expect_same_reach(const View& view, const Case& c, const Answer& expected) {
  const Reach found = reach(view, c.question);
  RC_ASSERT(found.persons_searched == expected.persons_searched);
  RC_ASSERT(found.persons.size() == expected.contacts.size());
  const ContactEvidence evidence(view, c.question, found);
  for (std::size_t i = 0; i < found.persons.size(); ++i) {
    const Contact& wanted = expected.contacts[i];
    RC_ASSERT(found.persons[i] == (Reached{wanted.person, wanted.level, wanted.exposed_since}));
    RC_ASSERT(evidence.of(wanted.person) == wanted);
  }
}

void expect_same(const View& view, const Case& c) {
  const Answer expected = BruteForce(c.world).trace(c.question);
  expect_same_reach(view, c, expected);
  const Answer answer = trace(view, c.question).answer;
  if (answer.contacts == expected.contacts && answer.persons_searched == expected.persons_searched &&
      answer.links_found == expected.links_found)
    return;
  RC_FAIL("index:\n" + testing::describe(answer) + "brute force:\n" + testing::describe(expected));
}

RC_GTEST_PROP(IndexProperty, LoadedAtOnceAnswersAsTheBruteForce, ()) {
  const Case c = *testing::any_case();
  PresenceIndex index({});
  describe_places(index, c.world);
  index.load(c.world.visits, c.world.encounters);
  expect_same(index.view(), c);
}

RC_GTEST_PROP(IndexProperty, AddedOneByOneAnswersAsTheBruteForce, ()) {
  const Case c = *testing::any_case();
  PresenceIndex index({});
  describe_places(index, c.world);
  for (const Visit& v : c.world.visits) index.add(std::span(&v, 1));
  for (const Encounter& e : c.world.encounters) index.add(std::span(&e, 1));
  expect_same(index.view(), c);
}

// What can happen to an index: in any order, and at any time the answers are those of a brute force over what was fed.
enum class Act { kAddVisits, kAddEncounters, kAgain, kSetPerson, kMergeDay, kCheckpoint, kRestart, kLoad, kEnd };

class Player {
 public:
  Player(const Case& c, bool on_disk) : on_disk_(on_disk), all_(c), now_(c) {
    now_.world.visits.clear();
    now_.world.encounters.clear();
    open();
  }

  void play(Act act, std::size_t number) {
    switch (act) {
      case Act::kAddVisits:
        return add_visits(1 + number % 5, false);
      case Act::kLoad:
        return add_visits(1 + number % 9, true);
      case Act::kAddEncounters:
        return add_encounters(1 + number % 5);
      case Act::kAgain:
        index_->add(now_.world.visits);
        return index_->add(now_.world.encounters);
      case Act::kSetPerson:
        return set_person(number);
      case Act::kMergeDay: {
        const View view = index_->view();
        if (view.days().empty()) return;
        return index_->merge(view.days()[number % view.days().size()].day, [&] {
          if (number % 2 == 0) return;
          add_visits(number % 4, false);
          add_encounters(number % 3);
          if (number % 5 == 0) set_person(number);
        });
      }
      case Act::kCheckpoint:
        return index_->checkpoint(std::to_string(number));
      default:
        if (!on_disk_) return;
        index_->checkpoint("restart");
        open();
        RC_ASSERT(index_->position() == "restart");
    }
  }
  void finish() {
    add_visits(all_.world.visits.size(), false);
    add_encounters(all_.world.encounters.size());
  }
  View view() const { return index_->view(); }
  const Case& now() const { return now_; }

 private:
  void open() {
    index_.reset();
    index_ = std::make_unique<PresenceIndex>(IndexOptions{on_disk_ ? folder_.path() : "", 3});
    describe_places(*index_, all_.world);
  }
  void add_visits(std::size_t count, bool load) {
    const auto end = std::min(visits_ + count, all_.world.visits.size());
    const std::span<const Visit> fresh = std::span(all_.world.visits).subspan(visits_, end - visits_);
    visits_ = end;
    load ? index_->load(fresh) : index_->add(fresh);
    now_.world.visits.insert(now_.world.visits.end(), fresh.begin(), fresh.end());
  }
  void add_encounters(std::size_t count) {
    const auto end = std::min(encounters_ + count, all_.world.encounters.size());
    const std::span<const Encounter> fresh = std::span(all_.world.encounters).subspan(encounters_, end - encounters_);
    encounters_ = end;
    index_->add(fresh);
    now_.world.encounters.insert(now_.world.encounters.end(), fresh.begin(), fresh.end());
  }
  // A correction: the person loses every other visit, and the rest end later, by estimate.
  void set_person(std::size_t number) {
    if (now_.world.visits.empty()) return;
    const PersonId person = now_.world.visits[number % now_.world.visits.size()].person;
    std::vector<Visit> visits;
    bool keep = number % 2 == 0;
    for (const Visit& v : now_.world.visits) {
      if (v.person != person) continue;
      keep = !keep;
      if (!keep) continue;
      visits.push_back(v);
      visits.back().when.to = v.when.to + std::chrono::seconds(60 * static_cast<std::int64_t>(number % 100));
      visits.back().estimated = !v.estimated;
    }
    index_->set_visits(person, visits);
    std::erase_if(now_.world.visits, [&](const Visit& v) { return v.person == person; });
    now_.world.visits.insert(now_.world.visits.end(), visits.begin(), visits.end());
  }

  Folder folder_;
  bool on_disk_;
  const Case& all_;
  Case now_;
  std::unique_ptr<PresenceIndex> index_;
  std::size_t visits_ = 0;
  std::size_t encounters_ = 0;
};

RC_GTEST_PROP(IndexProperty, WhateverHappensToItAnswersAsTheBruteForce, ()) {
  const Case c = *testing::any_case();
  const auto acts = *rc::gen::container<std::vector<std::pair<int, std::size_t>>>(
      rc::gen::pair(rc::gen::inRange(0, static_cast<int>(Act::kEnd)), rc::gen::inRange<std::size_t>(0, 1000)));
  Player player(c, *rc::gen::weightedElement<bool>({{3, false}, {1, true}}));
  for (const auto& [act, number] : acts) {
    const View before = player.view();
    const Case then = player.now();
    player.play(static_cast<Act>(act), number);
    expect_same(player.view(), player.now());
    expect_same(before, then);  // a view does not change
  }
  player.finish();
  expect_same(player.view(), player.now());
}

RC_GTEST_PROP(IndexProperty, DroppingDaysIsCuttingTheWorldThere, ()) {
  Case c = *testing::any_case();
  const Day floor = *rc::gen::inRange<Day>(-3, 4) + day_of({1'600'041'600});
  PresenceIndex index({});
  describe_places(index, c.world);
  const std::size_t half = c.world.visits.size() / 2;
  index.load(std::span(c.world.visits).first(half), c.world.encounters);
  index.drop_before(floor);
  index.add(std::span(c.world.visits).subspan(half));
  for (Visit& v : c.world.visits) {
    // What is left of a visit that began before is no entry; the scan rule knows only entries.
    if (c.question.rules.scan_margin && v.when.from < begin_of(floor)) v.when.to = v.when.from;
    v.when.from = std::max(v.when.from, begin_of(floor));
  }
  std::vector<Encounter> cut;
  for (Encounter e : c.world.encounters) {
    e.when.from = std::max(e.when.from, begin_of(floor));
    if (!e.when.empty()) cut.push_back(e);
  }
  c.world.encounters = cut;
  expect_same(index.view(), c);
}

// Time turned round: what trace_back finds is what the brute force finds in the mirror.
RC_GTEST_PROP(IndexProperty, TracingBackIsTracingTheMirroredWorld, ()) {
  Case c = *testing::any_case();
  c.question.rules.scan_margin.reset();  // its spans are not symmetric
  c.question.isolated.clear();
  c.question.rules.most_evidence = 0;
  c.question.horizon = {1'600'041'600 - 40 * 7200};
  PresenceIndex index({});
  describe_places(index, c.world);
  index.load(c.world.visits, c.world.encounters);
  const auto mirror = [](Interval when) { return Interval{{-when.to.seconds}, {-when.from.seconds}}; };
  Case m = c;
  for (Visit& v : m.world.visits) v.when = mirror(v.when);
  for (Encounter& e : m.world.encounters) e.when = mirror(e.when);
  for (Source& s : m.question.cases) s.window = mirror(s.window);
  m.question.horizon.seconds = -c.question.horizon.seconds;
  const Answer expected = BruteForce(m.world).trace(m.question);
  const Origins back = trace_back(index.view(), c.question);
  RC_ASSERT(back.links_found == expected.links_found);
  RC_ASSERT(back.persons_searched == expected.persons_searched);
  std::vector<Origin> wanted;
  for (const Contact& contact : expected.contacts) {
    wanted.push_back({contact.person,
                      contact.level,
                      {-contact.exposed_since.seconds},
                      contact.risk,
                      contact.evidence_count,
                      contact.evidence});
    for (Evidence& e : wanted.back().evidence) e.when = mirror(e.when);
    std::sort(wanted.back().evidence.begin(), wanted.back().evidence.end());
  }
  RC_ASSERT(back.origins == wanted);
}

constexpr int kCrowdCases = 10;

// More people than the small worlds have: here frontiers, stretches and answers are sorted and mapped as large ones
// are.
Case crowd(std::uint64_t seed) {
  constexpr std::uint64_t kPeople = 1500, kPlaces = 12, kZones = 3, kSteps = 3 * 24 * 6;  // of ten minutes
  constexpr int kVisits = 4, kMostSteps = 4;
  const Instant begin{1'600'041'600};
  std::mt19937_64 random(seed);
  Case c;
  for (std::uint64_t person = 0; person < kPeople; ++person) {
    for (int i = 0; i < kVisits; ++i) {
      const Instant from = begin + std::chrono::minutes(10 * (random() % kSteps));
      Visit v;
      v.person = {static_cast<std::int64_t>(1000 + person * 7919 % kPeople)};
      v.place = {static_cast<std::int64_t>(1 + random() % kPlaces)};
      if (random() % 4 == 0) v.zone = ZoneId{static_cast<std::int64_t>(1 + random() % kZones)};
      v.when = {from, from + std::chrono::minutes(10 * (1 + random() % kMostSteps))};
      v.estimated = random() % 3 == 0;
      c.world.visits.push_back(v);
    }
  }
  c.question.horizon = begin + std::chrono::minutes(10 * (kSteps + kMostSteps));
  c.question.rules.depth = 3;
  c.question.rules.min_overlap = std::chrono::minutes(10);
  for (int i = 0; i < kCrowdCases; ++i)
    c.question.cases.push_back({{static_cast<std::int64_t>(1000 + random() % kPeople)}, {begin, c.question.horizon}});
  return c;
}

TEST(IndexTest, CrowdsAnswerAsTheBruteForce) {
  for (std::uint64_t seed = 1; seed <= 4; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Case c = crowd(seed);
    if (seed == 4) c.question.rules.sum_within = std::chrono::hours(24);
    PresenceIndex index({});
    index.load(c.world.visits);
    const Answer expected = BruteForce(c.world).trace(c.question);
    std::map<int, std::size_t> by_level;
    for (const Contact& contact : expected.contacts) ++by_level[contact.level];
    EXPECT_GT(by_level[1], 128U) << "large enough for what is tested here";
    EXPECT_GT(by_level[2], 128U) << "large enough for what is tested here";
    EXPECT_EQ(trace(index.view(), c.question).answer.contacts, expected.contacts);
    const Reach found = reach(index.view(), c.question);
    ASSERT_EQ(found.persons.size(), expected.contacts.size());
    for (std::size_t i = 0; i < found.persons.size(); ++i) {
      const Contact& wanted = expected.contacts[i];
      EXPECT_EQ(found.persons[i], (Reached{wanted.person, wanted.level, wanted.exposed_since})) << i;
    }
  }
}

// Out of time, the level that is being searched is left out, wherever in it that was noticed.
TEST(IndexTest, OutOfTimeItAnswersTheBeginningAlsoOfSums) {
  Case c = crowd(1);
  PresenceIndex index({});
  index.load(c.world.visits);
  for (const bool sums : {false, true}) {
    if (sums) c.question.rules.sum_within = std::chrono::hours(24);
    const Answer whole = BruteForce(c.world).trace(c.question);
    // Under a sum rule each person is asked about by itself.
    for (const int looks : sums ? std::vector<int>{0, 3, 11, 40} : std::vector<int>{0, 3}) {
      SCOPED_TRACE(std::to_string(looks) + " looks" + (sums ? ", sums" : ""));
      int looked = 0;
      const TraceLimits limits{.most_contacts = 0, .over = [&] { return ++looked > looks; }};
      const Traced traced = trace(index.view(), c.question, limits);
      EXPECT_EQ(traced.stopped, Stopped::kTime);
      std::vector<Contact> beginning = whole.contacts;
      std::erase_if(beginning, [&](const Contact& contact) { return contact.level > traced.levels; });
      EXPECT_EQ(traced.answer.contacts, beginning);
      if (sums) {
        EXPECT_EQ(traced.levels, looks < kCrowdCases ? 0 : 1);
      }
      looked = 0;
      const Reach found = reach(index.view(), c.question, limits);
      EXPECT_EQ(found.stopped, Stopped::kTime);
      EXPECT_EQ(found.persons.size(), static_cast<std::size_t>(std::count_if(
                                          whole.contacts.begin(), whole.contacts.end(),
                                          [&](const Contact& contact) { return contact.level <= found.levels; })));
    }
  }
}

Visit stay_of(std::int64_t person, Day day) {
  const Instant from = begin_of(day) + std::chrono::hours(1);
  return {{person}, {1}, ZoneId{1}, {from, from + std::chrono::hours(1)}, false};
}
Encounter meeting_of(std::int64_t person, std::int64_t peer, Day day) {
  return {{person}, {peer}, stay_of(person, day).when, {}};
}

TEST(IndexTest, OnlyPeopleOfWhomSomethingIsHeldGetNumbersAndThoseItOutlivedAreCounted) {
  constexpr Day kOld = 18'520, kNew = 18'521;
  PresenceIndex index({});
  const std::vector<Visit> visits{stay_of(1, kOld), stay_of(2, kOld), stay_of(2, kNew)};
  const std::vector<Encounter> met{meeting_of(3, 4, kOld)};
  index.load(visits, met);
  EXPECT_EQ(index.figures().persons, 4U);
  EXPECT_EQ(index.persons_outlived(), 0U);
  index.drop_before(kNew);
  EXPECT_EQ(index.persons_outlived(), 3U);

  const std::vector<Visit> late{stay_of(5, kOld)};
  const std::vector<Encounter> late_met{meeting_of(6, 7, kOld)};
  index.add(late);
  index.add(late_met);
  index.load(late, late_met);
  index.set_visits({5}, late);
  index.set_visits({8}, {});
  EXPECT_EQ(index.figures().persons, 4U) << "days that are gone number nobody";

  const std::vector<Visit> again{stay_of(1, kNew)};
  const std::vector<Encounter> met_again{meeting_of(3, 9, kNew)};
  index.add(again);
  index.add(met_again);
  EXPECT_EQ(index.persons_outlived(), 1U) << "what is not merged yet counts, too";
  index.checkpoint("");
  EXPECT_EQ(index.persons_outlived(), 1U);
  EXPECT_EQ(index.figures().persons, 5U);
}

TEST(IndexTest, SegmentsWithoutTheNamesOfWhatIsInThemAreRefused) {
  for (const char* const names : {"persons.ids", "places.ids", "zones.ids"}) {
    const Folder folder;
    const std::vector<Visit> visits{stay_of(1, 18'520), stay_of(2, 18'520)};
    PresenceIndex({folder.path(), 3}).load(visits);
    EXPECT_EQ(PresenceIndex({folder.path(), 3}).figures().visits, 2U);
    ASSERT_TRUE(std::filesystem::remove(folder.path() / names));
    EXPECT_THROW(PresenceIndex({folder.path(), 3}), Damaged) << names;
  }
}

}  // namespace
}  // namespace luytre::presence

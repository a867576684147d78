// The index of a running server: whatever people do, whatever befalls the process, the folder or the feed, it answers
// as SQL does, or leaves the answer to SQL and says why.

#include "modules/tracing/presence_follower.h"

#include <gmock/gmock.h>

#include <atomic>
#include <cstdlib>
#include <future>
#include <iostream>
#include <random>
#include <thread>

#include "engines/presence/testing.h"
#include "modules/encounters/encounters.h"
#include "modules/people/duplicates.h"
#include "modules/places/duplicates.h"
#include "modules/tracing/folder_fixture.h"
#include "modules/visits/testing.h"

namespace luytre::tracing {

const std::vector<store::Migration>& migrations();  // tracing.h

namespace {

namespace fs = std::filesystem;
using presence::Question;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr int kPeople = 6;

constexpr store::Query kForgetEvents{"test.forget_events", "DELETE FROM store_event"};
constexpr store::Query kFeedKept{"test.feed_kept",
                                 "UPDATE store_feed SET kept_epoch = $1, kept_xid = $2, kept_seq = $3"};
constexpr store::Query kNextEpoch{"test.next_epoch", "UPDATE store_feed SET epoch = epoch + 1"};
constexpr store::Query kVisits{"test.visits", "SELECT count(*) FROM visits_visit"};

class Life {
 public:
  explicit Life(store::Engine engine) : world(engine, {encounters::migrations(), migrations()}) {
    world.switch_on();
    for (int i = 0; i < kPeople; ++i) {
      callers.push_back(identity::testing::citizen(1001 + i));
      persons.push_back(world.person(callers.back(), people::Relation::kSelf));
    }
    places = world.places({{"Chợ Diên Sanh", "market"}, {"Bệnh viện tỉnh", "hospital"}, {"Quán Bưởi", "restaurant"}});
    zones = world.zones(places[1], {"Khoa A", "Khoa B"});
    options.folder = folder.index();
    options.patience = seconds(20);
    begin();
  }

  // ---- the process ----

  void begin() { follower = std::make_unique<PresenceFollower>(*world.db, place_settings(world.registry), options); }
  void restart() {
    follower.reset();
    begin();
  }
  // As kill -9 would leave it: what was not in a checkpoint is lost.
  void crash() {
    const fs::path copy = folder / "copy";
    fs::remove_all(copy);
    if (fs::exists(folder.index())) fs::copy(folder.index(), copy);
    follower.reset();
    fs::remove_all(folder.index());
    if (fs::exists(copy)) fs::rename(copy, folder.index());
    begin();
  }
  void settle() {
    store::testing::settle(*world.db);
    follower->settle();
    if (state() == "loading") follower->settle();  // what it fed made it load anew
  }
  std::int64_t loads() const { return follower->figures().loads; }
  std::string state() const { return follower->figures().state; }

  // ---- the people ----

  Instant now() const { return world.clock.now(); }
  std::optional<VisitId> scan(std::size_t who, std::size_t where, Instant at, std::optional<ZoneId> zone = {}) {
    visits::CheckIn request;
    request.place_code = *world.registry.code_text(places[where], zone);
    request.at = at;
    const auto visit = run(world.visits.check_in(callers[who], std::move(request), std::nullopt));
    return visit ? std::optional(visit->id) : std::nullopt;
  }
  void leave(std::size_t who, VisitId visit, Instant at) {
    std::ignore = run(world.visits.check_out(callers[who], visit, visits::CheckOut{at}, std::nullopt));
  }
  void cancel(std::size_t who, VisitId visit) { std::ignore = run(world.visits.cancel(callers[who], visit)); }
  void import(std::size_t who, std::size_t where, Instant in, std::optional<Instant> out) {
    visits::ImportedVisit visit{"test", std::to_string(imported_++), persons[who], places[where], {}, in, out};
    world.db->transact_now([&](store::Session& s) { world.visits.import_visits(s, std::span(&visit, 1)); });
  }
  void meet(std::size_t a, std::size_t b, Instant from, seconds length, std::optional<std::int64_t> attenuation = {}) {
    const std::vector<presence::Encounter> met{{persons[a], persons[b], {from, from + length}, attenuation}};
    world.db->transact_now([&](store::Session& s) { encounters.record(s, met); });
  }
  // The third place and the first, or what was merged apart again.
  void merge_or_part() {
    if (merged_) {
      ASSERT_TRUE(run(duplicates.undo(world.station, *std::exchange(merged_, std::nullopt))));
    } else {
      const auto made = run(duplicates.merge(world.station, {places[2], places[0]}));
      ASSERT_TRUE(made) << made.error().code;
      merged_ = made->id;
    }
  }
  // The records of the last and the second person, or what was merged apart again.
  void merge_or_part_records() {
    if (merged_records_) {
      ASSERT_TRUE(
          run(same_person.undo(world.station, *std::exchange(merged_records_, std::nullopt), std::string("nhầm"))));
    } else {
      people::NewPersonMerge asked{persons.back(), persons[1], std::string("một người")};
      const auto made = run(same_person.merge(world.station, asked));
      ASSERT_TRUE(made) << made.error().code;
      merged_records_ = made->id;
    }
  }
  void forget_old() {
    world.db->transact_now([&](store::Session& s) { world.visits.retention().run(s); });
    world.db->transact_now([&](store::Session& s) { encounters.retention().run(s); });
  }
  // As retention of the feed does after 35 days.
  void trim_feed() {
    store::testing::settle(*world.db);
    world.db->transact_now([&](store::Session& s) {
      const store::Position newest = world.db->newest(s);
      s.run(kForgetEvents);
      s.run(kFeedKept, newest.epoch, newest.xid, newest.seq);
    });
  }

  // ---- asking ----

  Question about(std::size_t who, Instant from) const {
    Question question;
    question.cases = {{persons[who], {from, now()}}};
    question.horizon = now();
    question.rules.depth = 2;
    return question;
  }
  struct Answers {
    presence::Answer by_sql;
    std::variant<presence::Answer, WhySql> by_index;
  };
  Answers ask(const Question& question) {
    return world.db->transact_now([&](store::Session& s) {
      Answers answers;
      answers.by_sql = trace(s, question, place_settings(world.registry));
      auto by_index = follower->trace(s, question);
      if (auto* traced = std::get_if<presence::Traced>(&by_index)) {
        answers.by_index = std::move(traced->answer);
      } else {
        answers.by_index = std::get<WhySql>(by_index);
      }
      return answers;
    });
  }

  visits::testing::World world;
  encounters::Encounters encounters{*world.db};
  places::Duplicates duplicates{*world.db, world.registry, visits::testing::geography(), world.house->access,
                                world.vault};
  people::Duplicates same_person{*world.db,           world.people,          visits::testing::geography(),
                                 world.house->access, world.house->accounts, world.vault};
  testing::Folder folder;
  PresenceOptions options;
  std::unique_ptr<PresenceFollower> follower;
  std::vector<Caller> callers;
  std::vector<PersonId> persons;
  std::vector<PlaceId> places;
  std::vector<ZoneId> zones;

 private:
  int imported_ = 0;
  std::optional<places::MergeId> merged_;
  std::optional<people::PersonMergeId> merged_records_;
};

void expect_by_index(Life& life, const Question& question, const std::string& when) {
  const auto answers = life.ask(question);
  const auto* answer = std::get_if<presence::Answer>(&answers.by_index);
  ASSERT_TRUE(answer) << when << ": SQL was to trace: " << json::text(std::get<WhySql>(answers.by_index));
  EXPECT_EQ(answer->links_found, answers.by_sql.links_found) << when;
  EXPECT_TRUE(answer->contacts == answers.by_sql.contacts) << when << "\nindex:\n"
                                                           << presence::testing::describe(*answer) << "SQL:\n"
                                                           << presence::testing::describe(answers.by_sql);
}

// All evidence of the contact that was found last.
void expect_evidence_by_index(Life& life, const Question& question, const std::string& when) {
  life.world.db->transact_now([&](store::Session& s) {
    const auto settings = place_settings(life.world.registry);
    const auto contacts = trace(s, question, settings).contacts;
    if (contacts.empty()) return;
    const PersonId last = contacts.back().person;
    const auto by_sql = contact_with_evidence(s, question, last, settings);
    const auto by_index = life.follower->contact_with_evidence(s, question, last);
    const auto* found = std::get_if<std::optional<presence::Contact>>(&by_index);
    ASSERT_TRUE(found) << when << ": SQL was to trace: " << json::text(std::get<WhySql>(by_index));
    EXPECT_TRUE(*found == by_sql) << when << ", evidence of one";
  });
}

void expect_sql(Life& life, const Question& question, WhySql why) {
  const auto answers = life.ask(question);
  ASSERT_TRUE(std::holds_alternative<WhySql>(answers.by_index));
  EXPECT_EQ(json::text(std::get<WhySql>(answers.by_index)), json::text(why));
}

class PresenceFollowerTest : public ::testing::TestWithParam<store::Engine> {
 protected:
  Life life_{GetParam()};
  const Instant morning_ = life_.now() - hours(5);
};
class PresenceOfManyWritersTest : public PresenceFollowerTest {};  // SQLite has one

// ---- random lives ----

class RandomLife {
 public:
  RandomLife(store::Engine engine, std::uint64_t seed) : life_(engine), random_(seed) {}

  void live(int steps) {
    life_.settle();
    for (int i = 0; i < steps && !::testing::Test::HasFailure(); ++i) {
      const std::string what = step();
      if (below(2) == 0) life_.settle();
      look(std::to_string(i) + ' ' + what);
    }
  }
  std::int64_t answered() const { return answered_; }

 private:
  std::size_t below(std::size_t n) { return std::uniform_int_distribution<std::size_t>(0, n - 1)(random_); }
  Instant ago(std::int64_t most_minutes) {
    return life_.now() - seconds(60 * static_cast<std::int64_t>(below(static_cast<std::size_t>(most_minutes) + 1)));
  }

  std::string step() {
    const std::size_t who = below(kPeople);
    switch (below(22)) {
      case 21:
        life_.merge_or_part_records();
        life_.settle();
        return "merge of records";
      case 20:
        life_.merge_or_part();
        return "merge";
      case 0:
      case 1:
      case 2:
      case 3:
      case 4: {
        const std::size_t where = below(3);
        const auto zone = where == 1 && below(2) ? std::optional(life_.zones[below(2)]) : std::nullopt;
        if (const auto visit = life_.scan(who, where, ago(below(4) ? 300 : 60 * 24 * 13), zone))
          open_.emplace_back(who, *visit);
        return "check-in";
      }
      case 5:
      case 6:
        if (open_.empty()) return "";
        life_.leave(open_.back().first, open_.back().second, ago(60));
        return "check-out";
      case 7:
        if (open_.empty()) return "";
        life_.leave(open_.front().first, open_.front().second, ago(60 * 24));
        open_.erase(open_.begin());
        return "late check-out";
      case 8:
      case 9:
        if (open_.empty()) return "";
        life_.cancel(open_.back().first, open_.back().second);
        open_.pop_back();
        return "cancel";
      case 10:
      case 11: {
        const Instant in = ago(60 * 24 * 27);
        life_.import(who, below(3), in, below(3) ? std::optional(in + minutes(1 + below(60 * 40))) : std::nullopt);
        return "import";
      }
      case 12:
      case 13: {
        const Instant from = ago(60 * 24 * 20);
        life_.meet(who, (who + 1 + below(kPeople - 1)) % kPeople, from, minutes(1 + below(below(4) ? 90 : 4000)),
                   below(2) ? std::optional<std::int64_t>(40 + below(60)) : std::nullopt);
        return "encounter";
      }
      case 14:
        life_.world.clock.advance(minutes(1 + below(600)));
        return "time passes";
      case 15:
        if (below(3) == 0) life_.world.clock.advance(hours(24 * (1 + below(3))));
        life_.forget_old();
        if (below(2)) life_.follower->keep(false);
        return "retention";
      case 16:
        life_.follower->keep(true);
        return "checkpoint";
      case 17:
        below(2) ? life_.restart() : life_.crash();
        life_.settle();
        return "restart";
      case 18:
        return harm();
      default:
        life_.crash();
        life_.trim_feed();
        life_.settle();
        return "crash, and a feed that forgot";
    }
  }
  std::string harm() {
    life_.follower.reset();
    const auto files = life_.folder.files();
    const fs::path victim = files[below(files.size())];
    const bool removes = below(2) == 0;
    if (removes)
      fs::remove(victim);
    else
      testing::flip(victim, below(1'000'000));
    life_.begin();
    life_.settle();
    return (removes ? "deleted " : "damaged ") + victim.filename().string();
  }

  void look(const std::string& when) {
    Question question = life_.about(below(kPeople), ago(60 * 24 * 26));
    if (below(3) == 0) {
      const Instant from = ago(60 * 24 * 10);
      question.cases.push_back({life_.persons[below(kPeople)], {from, from + hours(1 + below(200))}});
    }
    question.rules.depth = 1 + static_cast<int>(below(4));
    question.rules.min_overlap = seconds(below(2) ? 900 : 1 + below(3600));
    if (below(4) == 0) question.rules.scan_margin = seconds(1 + below(7200));
    if (below(4) == 0) question.rules.sum_within = question.rules.min_overlap + seconds(below(2 * 86'400));
    if (below(4) == 0) question.rules.latent = seconds(3600 * below(48));
    if (below(2)) question.rules.most_evidence = 1 + below(3);
    if (below(3) == 0) question.isolated.emplace(life_.persons[below(kPeople)], ago(60 * 24 * 10));
    expect_by_index(life_, question, when);
    expect_evidence_by_index(life_, question, when);
    ++answered_;
  }

  Life life_;
  std::mt19937_64 random_;
  std::vector<std::pair<std::size_t, VisitId>> open_;
  std::int64_t answered_ = 0;
};

// LUYTRE_SEED=… repeats a run; LUYTRE_LIVES=… makes it longer.
TEST_P(PresenceFollowerTest, AnswersAsSqlThroughRandomLives) {
  const char* const fixed = std::getenv("LUYTRE_SEED");
  const char* const many = std::getenv("LUYTRE_LIVES");
  const int lives = many ? std::atoi(many) : 4;
  for (int i = 0; i < lives && !HasFailure(); ++i) {
    const std::uint64_t seed = fixed ? std::strtoull(fixed, nullptr, 10) : std::random_device{}();
    SCOPED_TRACE("LUYTRE_SEED=" + std::to_string(seed));
    std::cout << "LUYTRE_SEED=" << seed << '\n';
    RandomLife life(GetParam(), seed);
    life.live(120);
    EXPECT_GT(life.answered(), 0);
  }
}

// ---- places that count as others ----

std::size_t exposed(Life& life, const Question& question) {
  return life.ask(question).by_sql.contacts.size();
}

TEST_P(PresenceFollowerTest, AMergeExposesAcrossBothPlacesBackInTimeUntilItIsUndone) {
  life_.scan(0, 0, morning_);
  life_.scan(1, 2, morning_ + minutes(5));
  life_.settle();
  const Question question = life_.about(0, morning_);
  EXPECT_EQ(exposed(life_, question), 0U);
  life_.merge_or_part();
  expect_by_index(life_, question, "merged");
  EXPECT_EQ(exposed(life_, question), 1U);
  const auto found = life_.ask(question).by_sql.contacts;
  EXPECT_EQ(found.at(0).evidence.at(0).place, life_.places[0]) << "told of the place that is kept";
  EXPECT_EQ(life_.loads(), 1) << "fed, not loaded anew";

  life_.scan(2, 2, morning_ + minutes(10));
  expect_by_index(life_, question, "a scan of the merged place's code");
  EXPECT_EQ(exposed(life_, question), 2U);
  life_.crash();
  life_.settle();
  expect_by_index(life_, question, "loaded while merged");

  life_.merge_or_part();
  expect_by_index(life_, question, "parted");
  EXPECT_EQ(exposed(life_, question), 0U) << "what was scanned meanwhile was scanned at the other door";
}

TEST_P(PresenceFollowerTest, MergedRecordsAreOnePersonBackInTimeUntilItIsUndone) {
  const std::size_t kept = 1, merged = kPeople - 1;
  life_.scan(0, 0, morning_);
  life_.scan(kept, 0, morning_ + minutes(5));
  life_.scan(merged, 1, morning_ + minutes(5));
  life_.scan(2, 1, morning_ + minutes(10));
  life_.settle();
  const Question about_one = life_.about(kept, morning_), about_other = life_.about(merged, morning_);
  EXPECT_EQ(exposed(life_, about_one), 1U);
  EXPECT_EQ(exposed(life_, about_other), 1U);
  life_.merge_or_part_records();
  for (const Question& question : {about_one, about_other}) {
    expect_by_index(life_, question, "merged");
    EXPECT_EQ(exposed(life_, question), 2U) << "the visits of both, whichever record is asked about";
  }
  const auto found = life_.ask(life_.about(2, morning_)).by_sql.contacts;
  ASSERT_THAT(found, SizeIs(2)) << "whom that person then met elsewhere is the second level";
  EXPECT_EQ(found.at(0).person, life_.persons[kept]) << "told of the record that is kept";
  expect_by_index(life_, life_.about(2, morning_), "as a contact");
  EXPECT_EQ(life_.loads(), 1) << "fed, not loaded anew";

  life_.scan(merged, 2, morning_ + minutes(200));
  life_.scan(3, 2, morning_ + minutes(205));
  expect_by_index(life_, about_one, "a check-in of the merged record");
  EXPECT_EQ(exposed(life_, about_one), 3U);
  life_.crash();
  life_.settle();
  expect_by_index(life_, about_one, "loaded while merged");

  life_.merge_or_part_records();
  expect_by_index(life_, about_one, "parted");
  expect_by_index(life_, about_other, "parted");
  EXPECT_EQ(exposed(life_, about_one), 1U);
  EXPECT_EQ(exposed(life_, about_other), 2U);
}

TEST_P(PresenceFollowerTest, MetUnderTwoRecordsIsMetOnceUntilTheMergeIsUndone) {
  const std::size_t kept = 1, merged = kPeople - 1;
  life_.meet(0, kept, morning_, minutes(10), 60);
  life_.meet(0, merged, morning_ + minutes(10), minutes(10), 40);
  life_.settle();
  const Question question = life_.about(0, morning_);
  EXPECT_EQ(exposed(life_, question), 0U) << "ten minutes are not fifteen";
  const auto by_either = [&](const std::string& when, std::size_t contacts) {
    life_.settle();
    expect_by_index(life_, question, when);
    EXPECT_EQ(exposed(life_, question), contacts) << when;
  };
  life_.merge_or_part_records();
  by_either("merged", 1);
  EXPECT_EQ(life_.ask(question).by_sql.contacts.at(0).evidence.at(0).attenuation, 40);
  life_.meet(0, merged, morning_ + minutes(20), minutes(30));
  by_either("met again while merged", 1);
  life_.merge_or_part_records();
  by_either("parted", 1);
  EXPECT_EQ(life_.ask(question).by_sql.contacts.at(0).person, life_.persons[merged]);
}

// ---- what it survives ----

TEST_P(PresenceFollowerTest, ARestartOpensTheFolderAndFeedsTheRest) {
  life_.scan(0, 0, morning_);
  life_.scan(1, 0, morning_ + minutes(5));
  life_.settle();
  EXPECT_EQ(life_.loads(), 1);
  expect_by_index(life_, life_.about(0, morning_), "loaded");
  life_.follower.reset();
  life_.scan(2, 0, morning_ + minutes(6));
  life_.begin();
  expect_sql(life_, life_.about(0, morning_), WhySql::kLoading);
  life_.settle();
  EXPECT_EQ(life_.loads(), 0);
  expect_by_index(life_, life_.about(0, morning_), "opened");
  EXPECT_THAT(life_.ask(life_.about(0, morning_)).by_sql.contacts, SizeIs(2));
}

TEST_P(PresenceFollowerTest, ACrashFeedsAgainWhatWasInNoCheckpoint) {
  life_.settle();
  life_.scan(0, 0, morning_);
  life_.follower->keep(true);
  life_.scan(1, 0, morning_ + minutes(5));
  life_.settle();
  life_.crash();
  life_.settle();
  EXPECT_EQ(life_.loads(), 0);
  expect_by_index(life_, life_.about(0, morning_), "after the crash");
}

TEST_P(PresenceFollowerTest, AFeedThatForgotWhereItStandsLoadsItAnew) {
  life_.scan(0, 0, morning_);
  life_.settle();
  life_.follower.reset();
  life_.scan(1, 0, morning_ + minutes(5));
  life_.trim_feed();
  life_.begin();
  life_.settle();
  EXPECT_EQ(life_.loads(), 1);
  expect_by_index(life_, life_.about(0, morning_), "loaded anew");
}

TEST_P(PresenceFollowerTest, AFeedThatForgetsWhileItRunsLoadsItAnew) {
  life_.scan(0, 0, morning_);
  life_.settle();
  life_.scan(1, 0, morning_ + minutes(5));
  life_.scan(2, 0, morning_ + minutes(6));
  life_.trim_feed();
  expect_sql(life_, life_.about(0, morning_), WhySql::kLoading);
  life_.settle();
  EXPECT_EQ(life_.loads(), 2);
  expect_by_index(life_, life_.about(0, morning_), "loaded anew");
}

TEST_P(PresenceFollowerTest, EveryFileThatIsGoneOrDamagedIsNoticed) {
  life_.scan(0, 1, morning_, life_.zones[0]);
  life_.scan(1, 1, morning_ + minutes(5), life_.zones[0]);
  life_.import(2, 0, morning_ - hours(60), morning_ - hours(50));
  life_.settle();
  life_.follower.reset();
  const auto files = life_.folder.files().size();
  EXPECT_GE(files, 5U);
  for (std::size_t i = 0; i < 2 * files; ++i) {
    const fs::path victim = life_.folder.files()[i / 2];
    if (i % 2)
      fs::remove(victim);
    else
      testing::flip(victim, 7919 * i + 13);
    life_.begin();
    life_.settle();
    EXPECT_EQ(life_.loads(), 1) << victim;
    expect_by_index(life_, life_.about(0, morning_), victim.string());
    life_.follower.reset();
  }
}

TEST_P(PresenceFollowerTest, AFolderOfAnotherDatabaseIsLoadedAnew) {
  Life other(GetParam());
  life_.scan(0, 0, morning_);
  other.scan(0, 0, morning_);
  other.scan(1, 0, morning_ + minutes(1));
  life_.settle();
  other.settle();
  life_.follower.reset();
  other.follower.reset();
  fs::remove_all(life_.folder.index());
  fs::copy(other.folder.index(), life_.folder.index());
  life_.begin();
  life_.settle();
  EXPECT_EQ(life_.loads(), 1);
  expect_by_index(life_, life_.about(0, morning_), "loaded anew");
}

TEST_P(PresenceFollowerTest, ARestoredDatabaseIsLoadedAnew) {
  life_.scan(0, 0, morning_);
  life_.settle();
  life_.follower.reset();
  life_.world.db->transact_now([](store::Session& s) { s.run(kNextEpoch); });
  life_.begin();
  life_.settle();
  EXPECT_EQ(life_.loads(), 1);
  expect_by_index(life_, life_.about(0, morning_), "loaded anew");
}

TEST_P(PresenceFollowerTest, ASecondProcessLeavesTheFolderAlone) {
  life_.scan(0, 0, morning_);
  life_.settle();
  PresenceFollower second(*life_.world.db, place_settings(life_.world.registry), life_.options);
  second.settle();
  EXPECT_EQ(second.figures().state, "loading");
  expect_by_index(life_, life_.about(0, morning_), "the first");
}

// ---- what it sees ----

TEST_P(PresenceFollowerTest, ACancelledVisitDisappears) {
  life_.scan(0, 0, life_.now() - minutes(50));
  const auto visit = life_.scan(1, 0, life_.now() - minutes(40));
  life_.settle();
  life_.follower->keep(true);
  const Question question = life_.about(0, morning_);
  EXPECT_THAT(std::get<presence::Answer>(life_.ask(question).by_index).contacts, SizeIs(1));
  life_.cancel(1, *visit);
  expect_by_index(life_, question, "cancelled");
  EXPECT_THAT(std::get<presence::Answer>(life_.ask(question).by_index).contacts, IsEmpty());
}

TEST_P(PresenceFollowerTest, WhatIsCommittedBeforeTheQuestionIsFedByIt) {
  life_.settle();
  for (int i = 0; i < 3; ++i) {
    life_.scan(0, 0, life_.now() - minutes(120));
    life_.scan(static_cast<std::size_t>(i) + 1, 0, life_.now() - minutes(100));
    expect_by_index(life_, life_.about(0, morning_), "without being told");
  }
  EXPECT_THAT(life_.ask(life_.about(0, morning_)).by_sql.contacts, SizeIs(3));
  EXPECT_EQ(life_.follower->figures().traced_by_index, 4);
}

TEST_P(PresenceFollowerTest, APlaceThatIsRegisteredMeanwhileWeighsAsItsKindDoes) {
  life_.settle();
  life_.places.push_back(life_.world.places({{"Xe khách Đông Hà", "vehicleTrip"}}).front());
  life_.scan(0, 3, life_.now() - minutes(120));
  life_.scan(1, 3, life_.now() - minutes(100));
  const Question question = life_.about(0, morning_);
  expect_by_index(life_, question, "fed");
  life_.restart();
  life_.settle();
  expect_by_index(life_, question, "opened");
}

// ---- what it lets go ----

TEST_P(PresenceFollowerTest, ADayGoesFromMemoryAndDiskBeforeTheDatabaseDeletesOfIt) {
  const Instant old = life_.now() - hours(24 * 20);
  life_.import(0, 0, old, old + hours(2));
  life_.import(1, 0, old, old + hours(2));
  life_.scan(2, 0, life_.now());
  life_.settle();
  const auto segment = life_.folder.index() / ("day-" + std::to_string(old.seconds / kDaySeconds) + ".seg");
  EXPECT_TRUE(fs::exists(segment));
  expect_by_index(life_, life_.about(0, old), "kept");
  life_.world.clock.set(old + hours(2) + visits::kKept + seconds(1));
  expect_sql(life_, life_.about(0, old), WhySql::kTooOld);
  life_.forget_old();
  EXPECT_EQ(life_.world.db->read_now([](store::Session& s) { return s.value<std::int64_t>(kVisits); }), 1);
  life_.follower->keep(false);
  EXPECT_FALSE(fs::exists(segment));
  expect_by_index(life_, life_.about(2, life_.now() - hours(24 * 9)), "the rest is there");
  life_.crash();
  life_.settle();
  EXPECT_EQ(life_.loads(), 0) << "what retention took is not missed";
}

TEST_P(PresenceFollowerTest, WhatExpiredWhileItDidNotRunIsGoneWhenItStarts) {
  const Instant old = life_.now() - hours(24 * 20);
  life_.import(0, 0, old, old + hours(2));
  life_.settle();
  life_.follower.reset();
  const auto segment = life_.folder.index() / ("day-" + std::to_string(old.seconds / kDaySeconds) + ".seg");
  EXPECT_TRUE(fs::exists(segment));
  life_.world.clock.advance(hours(24 * 9));
  life_.begin();
  life_.settle();
  EXPECT_FALSE(fs::exists(segment));
  EXPECT_EQ(life_.loads(), 0);
}

TEST_P(PresenceFollowerTest, WhenItHasOutlivedMostOfItsPeopleItIsLoadedWithoutThem) {
  const Instant old = life_.now() - hours(24 * 20);
  for (std::size_t who = 0; who < 3; ++who) life_.import(who, 0, old, old + hours(2));
  life_.scan(3, 0, life_.now());
  life_.scan(4, 0, life_.now());
  life_.options.outlived = 0;
  life_.restart();
  life_.settle();
  EXPECT_EQ(life_.loads(), 1);
  life_.world.clock.set(old + hours(2) + visits::kKept + seconds(1));
  life_.forget_old();
  life_.follower->keep(false);
  EXPECT_EQ(life_.state(), "loading");
  EXPECT_THAT(life_.folder.files(), IsEmpty());
  const Question question = life_.about(3, life_.now() - hours(24 * 9));
  expect_sql(life_, question, WhySql::kLoading);
  life_.settle();
  EXPECT_EQ(life_.loads(), 2);
  expect_by_index(life_, question, "loaded anew");

  life_.world.clock.advance(hours(24));
  life_.follower->keep(false);
  EXPECT_EQ(life_.state(), "ready") << "once was enough";
}

TEST_P(PresenceFollowerTest, BeyondItsMemoryItIsGivenUpAndSqlTraces) {
  life_.scan(0, 0, morning_);
  life_.scan(1, 0, morning_ + minutes(5));
  life_.follower.reset();
  life_.options.memory = 1000;
  life_.begin();
  life_.settle();
  EXPECT_EQ(life_.state(), "givenUp");
  EXPECT_EQ(life_.follower->figures().bytes, 0);
  EXPECT_THAT(life_.folder.files(), IsEmpty());
  expect_sql(life_, life_.about(0, morning_), WhySql::kMemory);
  EXPECT_EQ(life_.follower->figures().traced_by_sql.at(WhySql::kMemory), 1);
}

TEST_P(PresenceFollowerTest, ItIsGivenUpWhenItGrowsBeyondItsMemory) {
  life_.settle();
  const std::int64_t empty = life_.follower->figures().bytes;
  life_.follower.reset();
  life_.options.memory = empty + 200'000;  // less than three blocks of what is not merged
  life_.begin();
  life_.settle();
  life_.follower->keep(false);
  EXPECT_EQ(life_.state(), "ready");
  for (int day = 0; day < 4; ++day) life_.scan(0, 0, life_.now() - hours(24 * day + 1));
  life_.settle();
  life_.follower->keep(false);
  EXPECT_EQ(life_.state(), "givenUp");
  EXPECT_THAT(life_.folder.files(), IsEmpty());
  expect_sql(life_, life_.about(0, morning_), WhySql::kMemory);
}

TEST_P(PresenceFollowerTest, OffItErasesWhatNobodyWouldKeep) {
  life_.scan(0, 0, morning_);
  life_.settle();
  life_.follower.reset();
  EXPECT_FALSE(life_.folder.files().empty());
  life_.options.use = false;
  life_.begin();
  life_.follower->start();
  EXPECT_THAT(life_.folder.files(), IsEmpty());
  expect_sql(life_, life_.about(0, morning_), WhySql::kOff);
}

TEST_P(PresenceFollowerTest, StoppedItLeavesTheAnswerToSql) {
  life_.scan(0, 0, morning_);
  life_.settle();
  life_.follower->stop();
  expect_sql(life_, life_.about(0, morning_), WhySql::kOff);
}

// ---- beside others ----

// People go on while it feeds, merges and writes; at the end, and in between, it answers as SQL does.
TEST_P(PresenceFollowerTest, ItFollowsWhileItIsWrittenAndAsked) {
  life_.follower->start();
  std::atomic<bool> over{false};
  std::thread keeper([&] {
    while (!over) life_.follower->keep(true);
  });
  int by_index = 0;
  for (std::size_t i = 0; i < 60; ++i) {
    life_.scan(i % kPeople, i % 3, life_.now() - minutes(240 - static_cast<std::int64_t>(i)));
    if (i % 5 != 4) continue;
    const auto answers = life_.ask(life_.about(0, morning_));
    if (const auto* answer = std::get_if<presence::Answer>(&answers.by_index)) {
      ++by_index;
      EXPECT_TRUE(answer->contacts == answers.by_sql.contacts) << i;
    }
  }
  over = true;
  keeper.join();
  for (int i = 0; i < 3000 && life_.state() != "ready"; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(20));
  expect_by_index(life_, life_.about(0, morning_), "at the end");
  life_.follower->stop();
}

// What a transaction that began before hides of the feed is waited for, not left out.
TEST_P(PresenceOfManyWritersTest, ATransactionThatHidesEventsIsWaitedForOrSqlTraces) {
  life_.scan(0, 0, life_.now() - minutes(60));
  life_.settle();
  life_.follower.reset();
  life_.options.patience = std::chrono::milliseconds(100);
  life_.begin();
  life_.settle();
  std::promise<void> runs, ends;
  std::atomic<bool> told{false};
  const std::shared_future<void> end(ends.get_future());
  std::thread old([&] {
    life_.world.db->transact_now([&](store::Session& session) {
      session.publish({"test.old", 1, {}, 1, 0});
      session.run(store::Query{"test.takes_a_number", "UPDATE store_schedule SET ran = ran WHERE name = 'nobody'"});
      session.value<std::int64_t>(
          store::Query{"test.number", "SELECT CAST(CAST(pg_current_xact_id() AS text) AS bigint)"});
      if (!told.exchange(true)) runs.set_value();
      end.wait();
    });
  });
  runs.get_future().wait();
  life_.scan(1, 0, life_.now() - minutes(50));
  expect_sql(life_, life_.about(0, morning_), WhySql::kBehind);
  ends.set_value();
  old.join();
  expect_by_index(life_, life_.about(0, morning_), "when it ended");
  EXPECT_THAT(life_.ask(life_.about(0, morning_)).by_sql.contacts, SizeIs(1));
}

INSTANTIATE_TEST_SUITE_P(Engines, PresenceFollowerTest, store::testing::engines(), store::testing::engine_name);
INSTANTIATE_TEST_SUITE_P(Engines, PresenceOfManyWritersTest, ::testing::Values(store::Engine::kPostgres),
                         store::testing::engine_name);

// As many events as before, in a database that was put back from a copy of its files.
TEST(PresenceCopyTest, ADatabasePutBackFromACopyIsNotTheOneThatWasFollowed) {
  Life life(store::Engine::kSqlite);
  const Instant morning = life.now() - hours(5);
  const fs::path data = fs::path(life.world.db.url().substr(std::string("sqlite:").size())).parent_path();
  const auto close_and_copy = [&](const fs::path& from, const fs::path& to) {
    life.world.db.close();
    fs::remove_all(to);
    fs::copy(from, to);
    life.world.db.reopen();
  };
  const auto happens = [&](std::int64_t subject) {
    life.world.db->transact_now([&](store::Session& s) { s.publish({"visit.ended", subject, life.now(), 1, 0}); });
  };
  life.scan(0, 0, morning);
  life.settle();
  life.follower.reset();
  close_and_copy(data, life.folder / "copy");
  happens(1);
  life.begin();
  life.settle();
  EXPECT_EQ(life.loads(), 0);
  life.follower.reset();
  close_and_copy(life.folder / "copy", data);
  happens(2);
  happens(3);
  life.begin();
  life.settle();
  EXPECT_EQ(life.loads(), 1);
  expect_by_index(life, life.about(0, morning), "loaded anew");
}

}  // namespace
}  // namespace luytre::tracing

// Tracing in SQL against the brute force, to the last row, on both databases.

#include "modules/tracing/trace.h"

#include <gmock/gmock.h>

#include "engines/presence/index/index.h"
#include "engines/presence/index/queries.h"
#include "engines/presence/index/trace.h"
#include "engines/presence/testing.h"
#include "modules/encounters/encounters.h"
#include "modules/tracing/report.h"
#include "modules/tracing/world_fixture.h"

namespace luytre::tracing {
namespace {

using presence::Answer;
using presence::Question;
using presence::World;

// What counts as what.
struct Merges {
  std::map<PlaceId, PlaceId> kept;
  std::map<ZoneId, ZoneId> zones;
  std::map<PersonId, PersonId> records;

  PersonId counted(PersonId record) const {
    const auto as = records.find(record);
    return as == records.end() ? record : as->second;
  }
  World apply(World world) const {
    for (auto& visit : world.visits) {
      apply(visit);
      visit.person = counted(visit.person);
    }
    for (auto& met : world.encounters) {
      met.person = counted(met.person);
      met.peer = counted(met.peer);
    }
    return world;
  }
  Question apply(Question question) const {
    for (auto& source : question.cases) source.person = counted(source.person);
    std::map<PersonId, Instant> isolated;
    for (const auto& [record, from] : question.isolated) {
      const auto [known, fresh] = isolated.emplace(counted(record), from);
      if (!fresh) known->second = std::min(known->second, from);
    }
    question.isolated = isolated;
    return question;
  }

  void apply(presence::Visit& visit) const {
    const auto as = kept.find(visit.place);
    if (as == kept.end()) return;
    visit.place = as->second;
    const auto zone = visit.zone ? zones.find(*visit.zone) : zones.end();
    visit.zone = zone == zones.end() ? std::nullopt : std::optional(zone->second);
  }
};

class TraceTest : public ::testing::TestWithParam<store::Engine> {
 protected:
  void load(store::Session& session, const World& world, const Merges& merges) {
    testing::insert_visits(session, world.visits);
    testing::insert_places(session, world.settings);
    for (const auto& [place, kept] : merges.kept) session.run(testing::kInsertMerged, place, kept);
    for (const auto& [zone, kept] : merges.zones) session.run(testing::kInsertMergedZone, zone, kept);
    for (const auto& [record, kept] : merges.records) session.run(testing::kInsertMergedPerson, record, kept);
    encounters_.record(session, world.encounters);
  }

  // Loads the world, asks, and takes it all back.
  template <class Ask>
  auto asked(const World& world, const Merges& merges, Ask&& ask) {
    std::invoke_result_t<Ask, store::Session&> answer;
    const auto taken_back = db->transact_now([&](store::Session& session) -> Result<Done> {
      load(session, world, merges);
      answer = ask(session);
      return kConflict;
    });
    EXPECT_FALSE(taken_back);
    return answer;
  }
  Answer traced(const World& world, const Question& question, const Merges& merges = {}) {
    return asked(world, merges, [&](store::Session& session) { return trace(session, question, testing::setting_of); });
  }

  ManualClock clock{{1'600'100'000}};
  store::testing::TestDatabase db{GetParam(), {encounters::migrations(), testing::world_tables()}, clock};
  encounters::Encounters encounters_{*db};
};

// Seeds are printed; RC_PARAMS="seed=…" repeats a run.
TEST_P(TraceTest, AgreesWithTheBruteForceOnRandomWorlds) {
  const int worlds_each = GetParam() == store::Engine::kSqlite ? 10 : 5;
  EXPECT_TRUE(rc::check("random worlds", [&] {
    for (int i = 0; i < worlds_each; ++i) {
      const auto c = *presence::testing::any_case();
      const Answer expected = presence::BruteForce(c.world).trace(c.question);
      const Answer answer = traced(c.world, c.question);
      if (answer.contacts == expected.contacts) continue;
      RC_LOG() << "expected:\n"
               << presence::testing::describe(expected) << "answered:\n"
               << presence::testing::describe(answer);
      RC_FAIL("the answers differ");
    }
  }));
}

// Places that count as others are, to the definition, those others; in their zone of the same name, or in none.
TEST_P(TraceTest, MergedPlacesAreOnePlaceOnRandomWorlds) {
  const int worlds_each = GetParam() == store::Engine::kSqlite ? 10 : 5;
  EXPECT_TRUE(rc::check("random merges", [&] {
    for (int i = 0; i < worlds_each; ++i) {
      const auto c = *presence::testing::any_case();
      Merges merges;
      for (std::int64_t place = 2; place <= 7; ++place) {
        const auto kept = *rc::gen::inRange<std::int64_t>(0, place);
        if (kept != 0 && !merges.kept.contains({kept})) merges.kept[{place}] = {kept};
      }
      for (const auto& visit : c.world.visits) {
        if (visit.zone && merges.kept.contains(visit.place) && *rc::gen::arbitrary<bool>())
          merges.zones[*visit.zone] = {*rc::gen::inRange<std::int64_t>(1, 20)};
      }
      World as_one = c.world;
      for (auto& visit : as_one.visits) merges.apply(visit);
      const Answer expected = presence::BruteForce(as_one).trace(c.question);
      const Answer answer = traced(c.world, c.question, merges);
      if (answer.contacts == expected.contacts) continue;
      RC_LOG() << "expected:\n"
               << presence::testing::describe(expected) << "answered:\n"
               << presence::testing::describe(answer);
      RC_FAIL("the answers differ");
    }
  }));
}

// Records that count as others are, to the definition, those others: of cases, of contacts, of who isolates, of either
// side of an encounter; and whichever record is asked about.
TEST_P(TraceTest, MergedRecordsAreOnePersonOnRandomWorlds) {
  const int worlds_each = GetParam() == store::Engine::kSqlite ? 10 : 5;
  std::int64_t merged = 0, found = 0;
  EXPECT_TRUE(rc::check("random merges of people", [&] {
    for (int i = 0; i < worlds_each; ++i) {
      const auto c = *presence::testing::any_case();
      std::set<PersonId> known;
      for (const auto& visit : c.world.visits) known.insert(visit.person);
      for (const auto& met : c.world.encounters) known.insert({met.person, met.peer});
      const std::vector<PersonId> people(known.begin(), known.end());
      Merges merges;
      std::set<PersonId> kept;
      for (std::size_t k = 1; k < people.size(); ++k) {
        const PersonId as = people[*rc::gen::inRange<std::size_t>(0, k)];
        if (*rc::gen::inRange(0, 3) != 0 || merges.records.contains(as) || kept.contains(people[k])) continue;
        merges.records[people[k]] = as;
        kept.insert(as);
      }
      merged += static_cast<std::int64_t>(merges.records.size());
      const Answer expected = presence::BruteForce(merges.apply(c.world)).trace(merges.apply(c.question));
      found += static_cast<std::int64_t>(expected.contacts.size());
      const Answer answer = traced(c.world, c.question, merges);
      if (answer.contacts == expected.contacts) continue;
      RC_LOG() << "expected:\n"
               << presence::testing::describe(expected) << "answered:\n"
               << presence::testing::describe(answer);
      RC_FAIL("the answers differ");
    }
  }));
  EXPECT_GT(merged, 0);
  EXPECT_GT(found, 0);
}

// What the index answers is held against the brute force and the definition in engines/presence/index.
std::unique_ptr<presence::PresenceIndex> index_of(const World& world) {
  auto index = std::make_unique<presence::PresenceIndex>(presence::IndexOptions{});
  index->load(world.visits, world.encounters);
  for (const auto& [place, setting] : world.settings) index->describe(place, setting);
  return index;
}

TEST_P(TraceTest, BackItAgreesWithTheIndexOnRandomWorlds) {
  const int worlds_each = GetParam() == store::Engine::kSqlite ? 3 : 2;
  EXPECT_TRUE(rc::check("random worlds, back", [&] {
    for (int i = 0; i < worlds_each; ++i) {
      auto c = *presence::testing::any_case();
      if (c.question.cases.empty()) continue;
      c.question.horizon = c.question.cases.front().window.from - std::chrono::seconds(*rc::gen::inRange(0, 100'000));
      const auto index = index_of(c.world);
      const auto expected = presence::trace_back(index->view(), c.question);
      const auto answer = asked(
          c.world, {}, [&](store::Session& session) { return trace_back(session, c.question, testing::setting_of); });
      RC_ASSERT(answer.origins == expected.origins);
      RC_ASSERT(answer.links_found == expected.links_found);
    }
  }));
}

TEST_P(TraceTest, WhoWasThereAgreesWithTheIndexOnRandomWorlds) {
  const int worlds_each = GetParam() == store::Engine::kSqlite ? 3 : 2;
  EXPECT_TRUE(rc::check("random worlds, present", [&] {
    for (int i = 0; i < worlds_each; ++i) {
      const auto c = *presence::testing::any_case();
      if (c.question.cases.empty()) continue;
      const Interval when = c.question.cases.front().window;
      const auto index = index_of(c.world);
      const auto expected = [&](PlaceId place) { return presence::present_at(index->view(), place, when); };
      const bool same = asked(c.world, {}, [&](store::Session& session) {
        for (std::int64_t place = 1; place <= 7; ++place)
          if (present_at(session, {place}, when) != expected({place})) return false;
        return true;
      });
      RC_ASSERT(same);
    }
  }));
}

TEST_P(TraceTest, OneContactHasAllItsEvidenceAsInTheWholeTrace) {
  EXPECT_TRUE(rc::check("random worlds, one contact", [&] {
    const auto c = *presence::testing::any_case();
    Question all = c.question;
    all.rules.most_evidence = 0;
    Question few = c.question;
    few.rules.most_evidence = 1;
    const Answer expected = presence::BruteForce(c.world).trace(all);
    const auto answers = asked(c.world, {}, [&](store::Session& session) {
      std::vector<std::optional<presence::Contact>> out;
      for (const auto& contact : expected.contacts)
        out.push_back(contact_with_evidence(session, few, contact.person, testing::setting_of));
      return out;
    });
    RC_ASSERT(answers.size() == expected.contacts.size());
    for (std::size_t i = 0; i < answers.size(); ++i) RC_ASSERT(answers[i] == expected.contacts[i]);
  }));
}

TEST_P(TraceTest, StopsAndSaysSo) {
  World world;
  const Interval day{{1'600'000'000}, {1'600'050'000}};
  for (std::int64_t person = 2; person < 12; ++person) {
    world.encounters.push_back({{1}, {person}, day, {}});
    world.encounters.push_back({{person}, {person + 100}, day, {}});
    world.encounters.push_back({{person + 100}, {person + 200}, day, {}});
  }
  Question question;
  question.cases = {{{1}, day}};
  question.horizon = day.to;
  const auto stopped = [&](int depth, const presence::TraceLimits& limits) {
    question.rules.depth = depth;
    const auto answer = asked(world, {}, [&](store::Session& session) {
      return trace_within(session, question, testing::setting_of, limits);
    });
    const auto by_index = presence::trace(index_of(world)->view(), question, limits);
    EXPECT_EQ(answer.stopped, by_index.stopped);
    EXPECT_EQ(answer.levels, by_index.levels);
    EXPECT_EQ(answer.answer.contacts, by_index.answer.contacts);
    EXPECT_EQ(answer.answer.links_found, by_index.answer.links_found);
    return std::tuple(answer.stopped, answer.levels, answer.answer.contacts.size());
  };
  using presence::Stopped;
  for (const auto& within : {std::optional<std::chrono::seconds>(), std::optional<std::chrono::seconds>(86'400)}) {
    question.rules.sum_within = within;
    EXPECT_EQ(stopped(2, {}), std::tuple(Stopped::kDepth, 2, 20U));
    EXPECT_EQ(stopped(4, {.most_contacts = 10, .over = {}}), std::tuple(Stopped::kCount, 1, 10U));
    EXPECT_EQ(stopped(4, {}), std::tuple(Stopped::kNot, 4, 30U));

    // Out of time in the second level: that one is left out.
    int looked = 0;
    question.rules.depth = 3;
    const auto answer = asked(world, {}, [&](store::Session& session) {
      looked = 0;
      return trace_within(session, question, testing::setting_of,
                          {.most_contacts = 0, .over = [&] { return ++looked == 2; }});
    });
    EXPECT_EQ(answer.stopped, Stopped::kTime);
    EXPECT_EQ(answer.levels, 1);
    EXPECT_EQ(answer.answer.contacts.size(), 10U);
    EXPECT_EQ(answer.answer.links_found, 10);
  }
}

Question about(std::int64_t person, Interval window, int depth) {
  Question question;
  question.cases = {{{person}, window}};
  question.horizon = window.to;
  question.rules.depth = depth;
  return question;
}

// A visit that began weeks ago is found through its own index, ordinary ones by their entry; both once.
TEST_P(TraceTest, VisitsOfAnyLengthAreFoundOnce) {
  World world;
  const Instant noon{1'600'000'000};
  const auto stay = [&](std::int64_t person, std::int64_t hours_before, std::int64_t hours) {
    const Instant in = noon - std::chrono::hours(hours_before);
    world.visits.push_back({{person}, {1}, {}, {in, in + std::chrono::hours(hours)}, false});
  };
  stay(1, 0, 2);
  stay(2, 20 * 24, 30 * 24);
  stay(3, 24, 25);  // exactly 25 h: a long one
  stay(4, 23, 24);  // exactly a day: an ordinary one
  stay(5, 24, 24);  // left as the case came
  const Answer answer = traced(world, about(1, {noon - std::chrono::hours(1), noon + std::chrono::hours(8)}, 1));
  std::vector<std::int64_t> found;
  for (const auto& contact : answer.contacts) {
    found.push_back(contact.person.value);
    EXPECT_EQ(contact.evidence_count, 1);
  }
  EXPECT_THAT(found, ::testing::ElementsAre(2, 3, 4));
}

// The sum rule over a midnight of UTC, at two places and by telephone: a quarter of an hour within a day to the second.
TEST_P(TraceTest, ShortMeetingsCountTogetherByTheSumRule) {
  const Instant midnight{1'600'041'600};
  const auto from_to = [&](int from, int to) {
    return Interval{midnight + std::chrono::minutes(from), midnight + std::chrono::minutes(to)};
  };
  World world;
  for (const std::int64_t person : {1, 2, 3}) {
    world.visits.push_back({{person}, {1}, {}, from_to(-3, 2), false});
    world.visits.push_back({{person}, {2}, {}, from_to(600, 605), false});
  }
  world.encounters = {
      {{1}, {2}, from_to(-3, 1), 60},  // while they shared the first place
      {{1}, {2}, from_to(1432, 1437), {}},
      {{1}, {3}, {midnight + std::chrono::seconds(1432 * 60 + 1), midnight + std::chrono::minutes(1438)}, {}}};
  Question question = about(1, from_to(-1440, 2880), 2);
  question.rules.sum_within = std::chrono::hours(24);
  const Answer answer = traced(world, question);
  ASSERT_EQ(answer.contacts.size(), 1U) << "the third lacks a second";
  EXPECT_EQ(answer.contacts[0].person, PersonId{2});
  EXPECT_EQ(answer.contacts[0].evidence_count, 4);
  EXPECT_EQ(answer.contacts, presence::BruteForce(world).trace(question).contacts);
  EXPECT_EQ(answer.contacts, presence::trace(index_of(world)->view(), question).answer.contacts);
}

TEST_P(TraceTest, AFrontierOfThousandsIsAskedInPortions) {
  World world;
  const Interval day{{1'600'000'000}, {1'600'050'000}};
  for (std::int64_t person = 2; person < 1200; ++person) {
    world.encounters.push_back({{1}, {person}, day, {}});
    world.encounters.push_back({{person}, {person + 10'000}, day, {}});
  }
  const Answer answer = traced(world, about(1, day, 2));
  EXPECT_EQ(answer.contacts.size(), 2U * 1198U);
  EXPECT_EQ(answer.contacts, presence::BruteForce(world).trace(about(1, day, 2)).contacts);
  EXPECT_EQ(answer.persons_searched, 1199);
}

INSTANTIATE_TEST_SUITE_P(Engines, TraceTest, store::testing::engines(), store::testing::engine_name);

// ---- report ----

TraceReport example() {
  Question question = about(1, {{1'600'000'000}, {1'600'086'400}}, 2);
  World world;
  world.visits = {{{1}, {7}, {}, {{1'600'000'000}, {1'600'003'600}}, false},
                  {{2}, {7}, {}, {{1'600'000'600}, {1'600'003'000}}, false},
                  {{3}, {7}, {}, {{1'600'000'600}, {1'600'003'000}}, false}};
  world.encounters = {{{1}, {2}, {{1'600'010'000}, {1'600'012'000}}, 60},
                      {{3}, {4}, {{1'600'020'000}, {1'600'030'000}}, {}}};
  // Names whose order by bytes is not that of the numbers.
  const Names names{[](PersonId p) {
                      return std::string(p.value == 2 ? "b\"2" : p.value == 3 ? "a3" : "Đ" + std::to_string(p.value));
                    },
                    [](PlaceId) { return std::string("chợ, 7"); }};
  return make_report(question, {presence::BruteForce(world).trace(question)}, names);
}

TEST(ReportTest, JsonIsTheStableContract) {
  TraceReport report = example();
  report.rule_set = "r1";
  report.elapsed = std::chrono::milliseconds(12);
  std::ostringstream out;
  print_json(out, report);
  EXPECT_EQ(
      out.str(),
      R"({"person":"Đ1","from":"2020-09-13T12:26:40Z","to":"2020-09-14T12:26:40Z","ruleSet":"r1","engine":"sql","elapsedMs":12,"contacts":[
{"person":"a3","level":1,"exposedSince":"2020-09-13T12:36:40Z","risk":285,"evidence":[{"kind":"visit","with":"Đ1","place":"chợ, 7","from":"2020-09-13T12:36:40Z","to":"2020-09-13T13:16:40Z"}]},
{"person":"b\"2","level":1,"exposedSince":"2020-09-13T12:36:40Z","risk":357,"evidence":[{"kind":"visit","with":"Đ1","place":"chợ, 7","from":"2020-09-13T12:36:40Z","to":"2020-09-13T13:16:40Z"},{"kind":"encounter","with":"Đ1","place":null,"from":"2020-09-13T15:13:20Z","to":"2020-09-13T15:46:40Z"}]},
{"person":"Đ4","level":2,"exposedSince":"2020-09-13T18:00:00Z","risk":735,"evidence":[{"kind":"encounter","with":"a3","place":null,"from":"2020-09-13T18:00:00Z","to":"2020-09-13T20:46:40Z"}]}]}
)");
}

TEST(ReportTest, CsvHasALineForEachPieceOfEvidence) {
  std::ostringstream out;
  print_csv(out, example());
  EXPECT_THAT(out.str(),
              ::testing::StartsWith(
                  "person,level,exposedSince,risk,kind,with,place,from,to\n"
                  "a3,1,2020-09-13T12:36:40Z,285,visit,Đ1,\"chợ, 7\",2020-09-13T12:36:40Z,2020-09-13T13:16:40Z\n"
                  "\"b\"\"2\",1,"));
}

TEST(ReportTest, TheTableEndsWithTimeAndWhatWasSearched) {
  std::ostringstream out;
  TraceReport report = example();
  report.elapsed = std::chrono::milliseconds(7);
  print_table(out, report);
  EXPECT_THAT(out.str(), ::testing::HasSubstr("F2     Đ4"));
  EXPECT_THAT(out.str(), ::testing::HasSubstr("encounter with a3, 2020-09-13T18:00:00Z"));
  EXPECT_THAT(out.str(),
              ::testing::HasSubstr("Found 2 F1, 1 F2 in 7 ms (engine sql); searched the histories of 3 people"));
}

TEST(ReportTest, RulesComeFromTheRuleSetAndOverridesWin) {
  const presence::RuleSets sets(std::string(LUYTRE_SOURCE_DIR) + "/data/rulesets");
  EXPECT_EQ(rules_of({}, sets)->min_overlap, presence::kMinOverlap) << "house defaults";
  EXPECT_EQ(rules_of({}, sets)->depth, 1);
  EXPECT_EQ(rules_of({.rule_set = "vn-covid-19-2020-08"}, sets)->depth, 2);
  EXPECT_EQ(rules_of({.rule_set = "vn-covid-19-scan-hour-2022"}, sets)->scan_margin, std::chrono::hours(1));
  const auto rules =
      rules_of({.rule_set = "vn-covid-19-2020-08", .depth = 4, .min_overlap = std::chrono::seconds(20)}, sets);
  EXPECT_EQ(rules->depth, 4);
  EXPECT_EQ(rules->min_overlap, std::chrono::seconds(20));
  EXPECT_TRUE(rules_of({}, sets)->by_air);
  EXPECT_FALSE(rules_of({.by_air = false}, sets)->by_air);
  EXPECT_EQ(rules_of({.rule_set = "no such"}, sets).error().code, "rule_set_unknown");
  EXPECT_EQ(rules_of({.depth = 5}, sets).error().code, "depth_range");
  EXPECT_EQ(rules_of({.min_overlap = std::chrono::seconds(0)}, sets).error().code, "min_overlap_range");
  EXPECT_EQ(rules_of({.sum_within = std::chrono::hours(24)}, sets)->sum_within, std::chrono::hours(24));
  EXPECT_EQ(rules_of({.sum_within = std::chrono::minutes(14)}, sets).error().code, "sum_within_range");
}

}  // namespace
}  // namespace luytre::tracing

// Households in tracing: who lives with a case is found without any place, by both ways to trace, and is told nothing
// but that the station will call.

#include "modules/tracing/ties.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <tuple>
#include <utility>

#include "engines/presence/brute.h"
#include "engines/presence/risk.h"
#include "engines/presence/testing.h"
#include "modules/people/duplicates.h"
#include "modules/people/households.h"
#include "modules/tracing/tracing_fixture.h"

namespace luytre::tracing {
namespace {

using std::chrono::hours;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// ---- the trace itself ----

using Level = std::tuple<std::int64_t, int, std::int64_t>;  // person, level, since

std::vector<Level> levels_of(const presence::Answer& answer) {
  std::vector<Level> out;
  for (const presence::Contact& one : answer.contacts)
    out.emplace_back(one.person.value, one.level, one.exposed_since.seconds);
  std::sort(out.begin(), out.end());
  return out;
}

// A tie is a link like any other, but for the shortest time; where a second is enough for all of them, the brute force
// that is told the ties as encounters answers the same.
RC_GTEST_PROP(Ties, AreLinksLikeAnyOther, ()) {
  presence::testing::Case c = *presence::testing::any_case();
  c.question.rules.min_overlap = std::chrono::seconds(1);
  c.question.rules.sum_within.reset();
  std::vector<PersonId> persons;
  std::vector<Instant> times;
  for (const presence::Visit& visit : c.world.visits) {
    persons.push_back(visit.person);
    times.insert(times.end(), {visit.when.from, visit.when.to});
  }
  for (const presence::Source& source : c.question.cases) persons.push_back(source.person);
  RC_PRE(!persons.empty() && !times.empty());

  std::vector<presence::Encounter> homes;
  const auto number = *rc::gen::inRange<std::size_t>(0, 6);
  for (std::size_t i = 0; i < number; ++i) {
    const auto one = persons[*rc::gen::inRange<std::size_t>(0, persons.size())];
    const auto other = persons[*rc::gen::inRange<std::size_t>(0, persons.size())];
    const Instant from = times[*rc::gen::inRange<std::size_t>(0, times.size())];
    const Instant to = times[*rc::gen::inRange<std::size_t>(0, times.size())];
    if (one == other || to <= from) continue;
    homes.push_back({std::min(one, other), std::max(one, other), {from, to}, {}});
  }
  presence::World all = c.world;
  all.encounters.insert(all.encounters.end(), homes.begin(), homes.end());

  const presence::BruteForce brute(c.world), told(all);
  const Asking ask = [&](const presence::Question& question, const presence::TraceLimits&) {
    return presence::Traced{brute.trace(question), presence::Stopped::kDepth, question.rules.depth};
  };
  const TiesOf ties = [&](std::span<const presence::Source> sources, int, const presence::TraceLimits&) {
    std::vector<Tie> out;
    for (const presence::Source& source : sources) {
      for (const presence::Encounter& home : homes) {
        if (home.person != source.person && home.peer != source.person) continue;
        const Interval when{std::max(home.when.from, source.window.from), std::min(home.when.to, source.window.to)};
        const PersonId other = home.person == source.person ? home.peer : home.person;
        const bool declared_one = &home == &homes.front();
        if (!when.empty())
          out.push_back(
              {other, source.person, declared_one ? EvidenceKind::kDeclared : EvidenceKind::kHousehold, when, 0});
      }
    }
    return out;
  };
  const auto tied = trace_tied(c.question, {}, ask, ties);
  RC_ASSERT(std::holds_alternative<Tied>(tied));
  RC_ASSERT(levels_of(std::get<Tied>(tied).traced.answer) == levels_of(told.trace(c.question)));
}

// One lives with the case, and each of the other levels is met by the one before.
TEST(TiesTest, WithTiesPresenceIsAskedForOneLevelAtATimeAndStopsAsItWouldWithout) {
  const PersonId ill{1}, wife{2};
  presence::World world;
  for (std::int64_t next = 2; next <= 4; ++next) {
    for (const PersonId who : {PersonId{next}, PersonId{next + 1}})
      world.visits.push_back(
          {who, PlaceId{next}, std::nullopt, {Instant{next * 10'000}, Instant{next * 10'000 + 3'600}}});
  }
  const presence::BruteForce brute(world);
  presence::Question question;
  question.cases = {{ill, {Instant{0}, Instant{100'000}}}};
  question.horizon = Instant{100'000};
  question.rules.depth = 3;
  std::vector<int> asked;
  bool late = false;
  const Asking ask = [&](const presence::Question& part, const presence::TraceLimits& limits) {
    asked.push_back(part.rules.depth);
    if (limits.over && limits.over()) return presence::Traced{{}, presence::Stopped::kTime, 0};
    return presence::Traced{brute.trace(part), presence::Stopped::kDepth, part.rules.depth};
  };
  const TiesOf home = [&](std::span<const presence::Source> sources, int, const presence::TraceLimits&) {
    std::vector<Tie> out;
    for (const presence::Source& source : sources)
      if (source.person == ill) out.push_back({wife, ill, EvidenceKind::kHousehold, source.window, 0});
    return out;
  };
  const auto tied = [&](const presence::TraceLimits& limits) {
    asked.clear();
    return std::get<Tied>(trace_tied(question, limits, ask, home)).traced;
  };
  const auto all = tied({});
  EXPECT_EQ(levels_of(all.answer), (std::vector<Level>{{2, 1, 0}, {3, 2, 20'000}, {4, 3, 30'000}}));
  EXPECT_EQ(all.stopped, presence::Stopped::kDepth);
  EXPECT_EQ(asked, (std::vector<int>{1, 1, 1})) << "nothing is read twice";
  question.rules.depth = 4;
  EXPECT_EQ(tied({}).answer.contacts.size(), 4u);
  question.rules.depth = 3;

  const auto counted = tied({.most_contacts = 2, .over = {}});
  EXPECT_EQ(counted.stopped, presence::Stopped::kCount);
  EXPECT_EQ(counted.levels, 2);
  const auto timed = tied({.most_contacts = 0, .over = [&] { return std::exchange(late, true); }});
  EXPECT_EQ(timed.stopped, presence::Stopped::kTime);
  EXPECT_EQ(timed.levels, 1);

  const TiesOf late_ties = [&](std::span<const presence::Source> sources, int level,
                               const presence::TraceLimits& over) -> std::optional<std::vector<Tie>> {
    if (level == 1) return std::nullopt;
    return home(sources, level, over);
  };
  const auto without = std::get<Tied>(trace_tied(question, {}, ask, late_ties)).traced;
  EXPECT_EQ(without.stopped, presence::Stopped::kTime);
  EXPECT_EQ(without.levels, 1);
  EXPECT_EQ(levels_of(without.answer), (std::vector<Level>{{2, 1, 0}})) << "a level is whole, or left out";

  const auto alone = trace_tied(question, {}, ask, {});
  EXPECT_THAT(std::get<Tied>(alone).traced.answer.contacts, IsEmpty());
}

// ---- cases ----

class HouseholdTest : public TracingTest {
 protected:
  static cases::Confirmation two_levels() {
    cases::Confirmation out = positive();
    out.rule_set = std::string("vn-covid-19-2020-08");
    return out;
  }
  PersonId lives_with(const Someone& keeper, const std::string& name, int birth_year = 1985) {
    const PersonId id = member(keeper.caller, name, people::Relation::kSpouse, birth_year);
    followers_.drain();
    return id;
  }
  std::vector<std::pair<PersonId, std::int64_t>> found(CaseId id) {
    std::vector<std::pair<PersonId, std::int64_t>> out;
    for (const Candidate& one : candidates(id))
      if (one.status != CandidateStatus::kWithdrawn) out.emplace_back(one.person.id, one.level);
    std::sort(out.begin(), out.end());
    return out;
  }
  using Found = std::vector<std::pair<PersonId, std::int64_t>>;

  const Someone ill_ = someone("Lê Văn Bệnh"), met_ = someone("Phạm Thị Gặp");
  const PlaceId market_ = place("Chợ Diên Sanh"), shop_ = place("Cửa hàng Sen", "shop");
};

TEST_P(HouseholdTest, WhoLivesWithTheCaseIsAContactWithoutAPlace) {
  const PersonId wife = lives_with(ill_, "Trần Thị Nhà");
  const auto kase = confirmed(ill_.id);
  const Candidate at_home = candidate(kase.id, wife);
  EXPECT_EQ(at_home.level, 1);
  ASSERT_THAT(at_home.evidence, SizeIs(1));
  const Evidence& why = at_home.evidence[0];
  EXPECT_EQ(why.kind, EvidenceKind::kHousehold);
  EXPECT_EQ(why.with.id, ill_.id);
  EXPECT_FALSE(why.place);
  EXPECT_EQ(why.from, at_home.exposed_since);
  EXPECT_EQ(why.from, *parse_instant("2026-02-26T17:00:00Z")) << "since the window began, two local days before onset";
  EXPECT_EQ(why.to, now());
  EXPECT_GT(at_home.risk, 0);
  ASSERT_THAT(tasks(station_), SizeIs(1));
  EXPECT_EQ(tasks(station_)[0].person.id, wife);

  undo(kase.id);
  EXPECT_THAT(found(kase.id), IsEmpty());
  EXPECT_THAT(tasks(station_), IsEmpty());
  confirm(kase.id);
  EXPECT_EQ(found(kase.id), (Found{{wife, 1}}));
  EXPECT_THAT(candidates(kase.id), SizeIs(1)) << "the same candidate";
}

TEST_P(HouseholdTest, WhoIsToldOfLaterIsFoundAndNobodyTwice) {
  const CaseId kase = confirmed(ill_.id).id;
  EXPECT_THAT(found(kase), IsEmpty());
  const PersonId son = member(ill_.caller, "Lê Văn Con", people::Relation::kChild, 2012);
  followers_.drain();
  EXPECT_EQ(found(kase), (Found{{son, 1}})) << "traced again by itself";
  trace_again(kase);
  EXPECT_THAT(candidates(kase), SizeIs(1));
  EXPECT_THAT(candidate(kase, son).evidence, SizeIs(1));

  world_.clock.advance(hours(2));
  const Instant left = now();
  ASSERT_TRUE(run(world_.people.leave(ill_.caller, son)));
  followers_.drain();
  world_.clock.advance(hours(2));
  trace_again(kase);
  EXPECT_EQ(candidate(kase, son).evidence.at(0).to, left) << "exposed until then, and found still";

  const std::size_t before = run(tracing_.runs(province_, kase))->items.size();
  lives_with(met_, "Võ Thị Lạ");
  EXPECT_EQ(run(tracing_.runs(province_, kase))->items.size(), before) << "another household";
}

TEST_P(HouseholdTest, ASharedHomeIsNewsOnceADay) {
  const PersonId wife = lives_with(ill_, "Trần Thị Nhà");
  const CaseId kase = confirmed(ill_.id).id;
  const Candidate found = candidate(kase, wife);
  const auto runs = [&] { return run(tracing_.runs(province_, kase))->items.size(); };
  const std::size_t before = runs();
  pass(hours(2));
  EXPECT_EQ(runs(), before);
  EXPECT_EQ(candidate(kase, wife).version, found.version) << "who has the page open may still save";
  pass(hours(24));
  EXPECT_EQ(runs(), before + 1);
  EXPECT_EQ(candidate(kase, wife).evidence.at(0).to, now());
}

// Families of contacts change all the time; those of the last level matter to nobody.
TEST_P(HouseholdTest, AContactsFamilyWaitsForTheNextTraceIfThereIsOne) {
  stay(ill_.id, market_, 0, 60);
  stay(met_.id, market_, 0, 60);
  cases::Confirmation isolated = two_levels();
  isolated.isolated_at = minute(100);
  const CaseId kase = confirmed(ill_.id, isolated).id;
  const std::int64_t version = candidate(kase, met_.id).version;
  const auto runs = [&] { return run(tracing_.runs(province_, kase))->items.size(); };
  const std::size_t before = runs();
  const PersonId child = lives_with(met_, "Phạm Văn Bé", 2015);
  EXPECT_EQ(runs(), before);
  pass(kAgainLate);
  Found wanted{{met_.id, 1}, {child, 2}};
  std::sort(wanted.begin(), wanted.end());
  EXPECT_EQ(found(kase), wanted);
  EXPECT_EQ(candidate(kase, met_.id).version, version) << "who has the page open may still save";

  pass(hours(15 * 24));
  const std::size_t left_alone = runs();
  wanted.emplace_back(lives_with(met_, "Phạm Thị Chị", 2010), 2);
  std::sort(wanted.begin(), wanted.end());
  EXPECT_EQ(runs(), left_alone + 1) << "nothing traces it again by itself any more";
  EXPECT_EQ(found(kase), wanted);
}

TEST_P(HouseholdTest, AllEvidenceOfWhomAMemberMet) {
  const PersonId wife = lives_with(ill_, "Trần Thị Nhà");
  const Someone customer = someone("Võ Thị Mua");
  constexpr int kTimes = 25;
  for (int i = 0; i < kTimes; ++i) {
    stay(wife, shop_, i * 40, 20);
    stay(customer.id, shop_, i * 40, 20);
  }
  const Candidate often = candidate(confirmed(ill_.id, two_levels()).id, customer.id);
  EXPECT_EQ(often.level, 2);
  EXPECT_EQ(often.evidence_count, kTimes);
  EXPECT_THAT(often.evidence, SizeIs(20)) << "the case keeps the strongest";
  const auto all = run(tracing_.evidence(province_, often.id, std::nullopt, 100))->items;
  ASSERT_THAT(all, SizeIs(kTimes));
  for (int i = 0; i < kTimes; ++i) {
    EXPECT_EQ(all[i].from, minute(i * 40));
    EXPECT_EQ(all[i].with.id, wife);
    EXPECT_EQ(all[i].with.level, 1);
  }
}

TEST_P(HouseholdTest, WhoLeftBeforeIsNone) {
  const PersonId gone = lives_with(ill_, "Lê Thị Xa"), wife = lives_with(ill_, "Trần Thị Nhà");
  ASSERT_TRUE(run(world_.people.leave(ill_.caller, gone)));
  world_.clock.advance(hours(10 * 24));
  const PersonId born = lives_with(ill_, "Lê Văn Mới", 2026);
  cases::Confirmation later;
  later.onset = parse_date("2026-03-11");
  later.sample_at = now() - hours(8);
  later.result_at = now() - hours(2);
  const CaseId kase = confirmed(ill_.id, later).id;
  EXPECT_EQ(found(kase), (Found{{wife, 1}, {born, 1}}));
}

TEST_P(HouseholdTest, WhomAStationWroteDownIsFoundFromTheDayTheyMovedIn) {
  people::Households homes(*world_.db, world_.people, visits::testing::geography(), world_.house->access);
  const Someone old = someone("Lê Văn Già"), late = someone("Lê Thị Sau"), gone = someone("Lê Văn Đi"),
                back = someone("Lê Thị Về");
  const std::string why = "Trạm đến nhà hỏi";
  const auto together = [&](PersonId other, const char* from = nullptr) {
    people::NewHousemate asked;
    asked.person = other;
    if (from) asked.from = parse_date(from);
    asked.reason = why;
    const auto done = run(homes.add(station_, ill_.id, std::move(asked)));
    ASSERT_TRUE(done) << code(done);
  };
  together(old.id);
  together(late.id, "2026-03-01");
  together(gone.id);
  ASSERT_TRUE(run(homes.part(station_, gone.id, {*parse_date("2026-02-20"), why})));
  together(back.id);
  ASSERT_TRUE(run(homes.part(station_, back.id, {*parse_date("2026-02-28"), why})));
  world_.clock.advance(std::chrono::seconds(1));
  together(back.id, "2026-03-01");
  followers_.drain();
  const CaseId kase = confirmed(ill_.id).id;
  EXPECT_EQ(found(kase), (Found{{old.id, 1}, {late.id, 1}, {back.id, 1}})) << "who had moved out is none";
  EXPECT_EQ(candidate(kase, back.id).exposed_since, *parse_instant("2026-02-26T17:00:00Z")) << "by the stay of before";
  EXPECT_EQ(candidate(kase, old.id).exposed_since, *parse_instant("2026-02-26T17:00:00Z")) << "since the window began";
  EXPECT_EQ(candidate(kase, late.id).exposed_since, *parse_instant("2026-02-28T17:00:00Z")) << "since they moved in";
  const PersonId told_late = someone("Lê Văn Kể").id;
  together(told_late);
  followers_.drain();
  EXPECT_THAT(found(kase), SizeIs(4)) << "traced again at once";
}

// near's child is an F2; the case's wife an F1, whose customer is an F2; and both, the customer and the child, met
// later.
TEST_P(HouseholdTest, EachLevelGoesOnFromThereByBothWaysToTrace) {
  const PersonId wife = lives_with(ill_, "Trần Thị Nhà"), child = lives_with(met_, "Phạm Văn Bé", 2015);
  const Someone customer = someone("Võ Thị Mua"), third = someone("Đỗ Văn Ba");
  stay(ill_.id, market_, 0, 60);
  stay(met_.id, market_, 0, 60);
  stay(wife, shop_, 90, 60);
  stay(customer.id, shop_, 90, 60);
  stay(customer.id, market_, 180, 60);
  stay(third.id, market_, 180, 60);
  const CaseId kase = confirmed(ill_.id, two_levels()).id;
  Found wanted{{wife, 1}, {met_.id, 1}, {child, 2}, {customer.id, 2}};
  std::sort(wanted.begin(), wanted.end());
  EXPECT_EQ(found(kase), wanted) << "and no third level";
  EXPECT_EQ(candidate(kase, child).evidence.at(0).with.id, met_.id);
  EXPECT_EQ(candidate(kase, customer.id).evidence.at(0).kind, EvidenceKind::kVisit);
  EXPECT_EQ(run(tracing_.runs(province_, kase))->items[0].engine, kEngine);
  EXPECT_EQ(run(tracing_.runs(province_, kase))->items[0].found, (std::vector<std::int64_t>{2, 2}));

  presence_.settle();
  trace_again(kase);
  const tracing::Run last = run(tracing_.runs(province_, kase))->items[0];
  EXPECT_EQ(last.engine, kIndexEngine);
  EXPECT_EQ(last.found, (std::vector<std::int64_t>{2, 2}));
  EXPECT_EQ(found(kase), wanted);
}

TEST_P(HouseholdTest, APlaceAndAHomeAreTwoReasonsOfOneContact) {
  const PersonId wife = lives_with(ill_, "Trần Thị Nhà");
  stay(ill_.id, market_, 0, 60);
  stay(wife, market_, 0, 60);
  const Candidate both = candidate(confirmed(ill_.id).id, wife);
  EXPECT_EQ(both.evidence_count, 2);
  ASSERT_THAT(both.evidence, SizeIs(2));
  EXPECT_EQ(both.evidence[0].kind, EvidenceKind::kHousehold) << "by time";
  EXPECT_EQ(both.evidence[1].kind, EvidenceKind::kVisit);
  EXPECT_THAT(run(tracing_.evidence(province_, both.id, std::nullopt, 10))->items, SizeIs(2));
}

TEST_P(HouseholdTest, AtHomeTheStationCalls) {
  lives_with(ill_, "Trần Thị Nhà");
  meet(ill_.id, met_.id, 0, 30);
  const auto shown = run(tracing_.preview(province_, confirmed(ill_.id).id));
  ASSERT_TRUE(shown);
  ASSERT_THAT(shown->items, SizeIs(2));
  std::vector<std::string> why{shown->items[0].why, shown->items[1].why};
  std::sort(why.begin(), why.end());
  EXPECT_EQ(why, (std::vector<std::string>{"home", "noPlace"}));
  for (const PreviewItem& item : shown->items) {
    EXPECT_EQ(item.mode, Mode::kStationOnly);
    EXPECT_FALSE(item.place);
  }
}

TEST_P(HouseholdTest, NeitherTheAccountNorAStationOfTheContactAloneIsToldWho) {
  const Someone far_case = someone("Lê Văn Xa", kNamHaiLang);
  const PersonId child = lives_with(far_case, "Lê Văn Bé", 2015);
  const CaseId kase = confirmed(far_case.id).id;
  ASSERT_TRUE(run(tracing_.release(province_, kase)));
  const auto told = run(tracing_.my_warnings(far_case.caller, std::nullopt, 10))->items;
  ASSERT_THAT(told, SizeIs(1));
  EXPECT_EQ(told[0].person, child);
  EXPECT_EQ(told[0].kind, WarningKind::kStation);
  EXPECT_FALSE(told[0].place_name || told[0].from || told[0].to);

  people::NewPerson away;
  away.name = std::string("Lê Thị Trọ");
  away.birth_year = 2000;
  away.unit = visits::testing::kHaiLang;
  away.relation = people::Relation::kChild;
  const PersonId student = run(world_.people.create(far_case.caller, std::move(away)))->id;
  followers_.drain();
  const CandidateId id = candidate(kase, student).id;
  const auto seen = run(tracing_.candidate(station_, id));
  ASSERT_TRUE(seen) << code(seen);
  ASSERT_THAT(seen->evidence, SizeIs(1));
  EXPECT_EQ(seen->evidence[0].with.name, "");
  EXPECT_EQ(seen->evidence[0].with.id, PersonId{});
  EXPECT_EQ(run(tracing_.candidate(neighbour_, id))->evidence[0].with.name, "Lê Văn Xa");
}

TEST_P(HouseholdTest, NobodyWhereTheRuleDoesNotSaySo) {
  command::testing::switch_on(world_.decisions, command::Switch::kTracing, now(), {}, "dengue");
  lives_with(ill_, "Trần Thị Nhà");
  EXPECT_THAT(found(confirmed(ill_.id, positive(), "dengue").id), IsEmpty());
}

// Its set acts on no level: a shared place makes a list, a shared table is asked about.
TEST_P(HouseholdTest, OfCholeraWhoLivesWithTheCaseIsAskedAndNobodyElse) {
  command::testing::switch_on(world_.decisions, command::Switch::kTracing, now(), {}, "cholera");
  const PersonId wife = lives_with(ill_, "Trần Thị Nhà");
  stay(ill_.id, market_, 0, 60);
  stay(met_.id, market_, 0, 60);
  const CaseId kase = confirmed(ill_.id, positive(), "cholera").id;
  Found wanted{{wife, 1}, {met_.id, 1}};
  std::sort(wanted.begin(), wanted.end());
  EXPECT_EQ(found(kase), wanted);
  ASSERT_THAT(tasks(station_), SizeIs(1));
  EXPECT_EQ(tasks(station_)[0].person.id, wife);
  EXPECT_EQ(tasks(station_)[0].kind, TaskKind::kAssess);
  trace_again(kase);
  EXPECT_THAT(tasks(station_), SizeIs(1));
  undo(kase);
  EXPECT_THAT(tasks(station_), IsEmpty());
}

// As the diseases' files say: cholera does not go through the air, COVID-19 does, and a home is closed rooms.
TEST_P(HouseholdTest, TheAirOfAHomeWeighsOnlyForWhatGoesThroughTheAir) {
  command::testing::switch_on(world_.decisions, command::Switch::kTracing, now(), {}, "cholera");
  const PersonId wife = lives_with(ill_, "Trần Thị Nhà");
  stay(ill_.id, market_, 0, 60);
  stay(met_.id, market_, 0, 60);
  const CaseId air = confirmed(ill_.id, positive()).id, water = confirmed(ill_.id, positive(), "cholera").id;
  const auto& market = *world_.registry.kinds().find("market");
  const presence::Exposure hour{.duration = std::chrono::hours(1), .setting = {market.ventilation, market.crowding}};
  presence::Exposure of_water = hour;
  of_water.by_air = false;
  EXPECT_EQ(candidate(air, met_.id).risk, presence::risk(hour));
  EXPECT_EQ(candidate(water, met_.id).risk, presence::risk(of_water));
  EXPECT_NE(presence::risk(hour), presence::risk(of_water));
  EXPECT_GT(candidate(air, wife).risk, candidate(water, wife).risk);
}

TEST_P(HouseholdTest, AnotherRecordOfTheSamePersonHasTheSameHome) {
  people::Duplicates duplicates(*world_.db, world_.people, visits::testing::geography(), world_.house->access,
                                world_.house->accounts, world_.vault);
  const PersonId wife = lives_with(ill_, "Trần Thị Nhà");
  people::NewPerson written;
  written.name = std::string("Lê Văn Bệnh");
  written.birth_year = 1980;
  written.unit = visits::testing::kHaiLang;
  const PersonId desk = run(world_.people.register_person(station_, std::move(written)))->id;
  const CaseId kase = confirmed(desk).id;
  EXPECT_THAT(found(kase), IsEmpty());
  const auto made = run(duplicates.merge(province_, {desk, ill_.id, std::string("một người")}));
  ASSERT_TRUE(made);
  followers_.drain();
  EXPECT_EQ(found(kase), (Found{{wife, 1}}));
  ASSERT_TRUE(run(duplicates.undo(province_, made->id, std::string("hai người"))));
  followers_.drain();
  EXPECT_THAT(found(kase), IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(Engines, HouseholdTest, store::testing::engines(), store::testing::engine_name);

}  // namespace
}  // namespace luytre::tracing

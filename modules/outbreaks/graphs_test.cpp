// The graph of an outbreak and of a case, from check-ins to columns, on both databases.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "modules/command/testing.h"
#include "modules/encounters/encounters.h"
#include "modules/outbreaks/impl.h"
#include "modules/tracing/tracing.h"
#include "modules/visits/testing.h"
#include "platform/base/result_testing.h"
#include "platform/store/counting_testing.h"

namespace luytre::outbreaks {
namespace {

using ::testing::Contains;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Le;
using ::testing::Not;
using ::testing::Pair;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;
using visits::testing::kHaiLang;
using visits::testing::kQuangTri;

const UnitId kNamHaiLang{2025319735};

const presence::RuleSets& rule_sets() {
  static const presence::RuleSets all(LUYTRE_SOURCE_DIR "/data/rulesets");
  return all;
}

const presence::Diseases& diseases() {
  static const presence::Diseases all(LUYTRE_SOURCE_DIR "/data/diseases", rule_sets());
  return all;
}

// The morning of 2 March 2026; everybody was at the market from nine to ten the morning before.
class GraphsTest : public ::testing::TestWithParam<store::Engine> {
 protected:
  GraphsTest() {
    world_.switch_on();
    command::testing::switch_on(world_.decisions, command::Switch::kTracing, world_.clock.now());
    followers_.add(tracing_.follow_cases());
    market_ = world_.places({{"Chợ Diên Sanh", "market"}}).front();
  }

  PersonId person(const std::string& name, UnitId unit = kHaiLang) {
    people::NewPerson fields;
    fields.name = name;
    fields.birth_year = 1980;
    fields.unit = unit;
    fields.relation = people::Relation::kSelf;
    const auto made = run(world_.people.create(identity::testing::citizen(next_++), std::move(fields)));
    if (!made) throw std::runtime_error("person refused: " + made.error().code);
    visits::ImportedVisit visit;
    visit.source = "test";
    visit.external = std::to_string(next_++);
    visit.person = made->id;
    visit.place = market_;
    visit.in = *parse_instant("2026-03-01T02:00:00Z");
    visit.out = parse_instant("2026-03-01T03:00:00Z");
    world_.db->transact_now([&](store::Session& s) { world_.visits.import_visits(s, std::span(&visit, 1)); });
    return made->id;
  }
  // In one transaction: that many at the market at once.
  std::vector<PersonId> crowd(std::int64_t count) {
    std::vector<people::People::Imported> all;
    for (std::int64_t i = 0; i < count; ++i) {
      people::NewPerson fields;
      fields.name = std::string("Nguyễn Thị An");
      fields.birth_year = 1980;
      fields.unit = kHaiLang;
      all.push_back({"test", std::to_string(next_++), std::move(fields)});
    }
    return world_.db->transact_now([&](store::Session& s) {
      const std::vector<PersonId> made = world_.people.import_people(s, all);
      std::vector<visits::ImportedVisit> there;
      for (const PersonId person : made) {
        visits::ImportedVisit& visit = there.emplace_back();
        visit.source = "test";
        visit.external = std::to_string(next_++);
        visit.person = person;
        visit.place = market_;
        visit.in = *parse_instant("2026-03-01T02:00:00Z");
        visit.out = parse_instant("2026-03-01T03:00:00Z");
      }
      world_.visits.import_visits(s, there);
      return made;
    });
  }
  cases::Case suspect(PersonId who, const char* onset) {
    cases::NewCase request;
    request.person = who;
    request.disease = std::string("covid-19");
    request.onset = parse_date(onset);
    auto made = run(cases_.report(province_, std::move(request)));
    if (!made) throw std::runtime_error("case refused: " + made.error().code);
    return std::move(*made);
  }
  cases::Case confirmed(PersonId who) {
    const cases::Case made = suspect(who, "2026-03-01");
    cases::Confirmation positive;
    positive.onset = parse_date("2026-03-01");
    positive.sample_at = *parse_instant("2026-03-01T07:00:00Z");
    positive.result_at = *parse_instant("2026-03-01T12:00:00Z");
    auto done = run(cases_.confirm(province_, made.id, positive, made.version));
    if (!done) throw std::runtime_error("not confirmed: " + done.error().code);
    followers_.drain();
    return std::move(*done);
  }
  OutbreakId outbreak(std::vector<CaseId> members) {
    NewOutbreak request;
    request.name = std::string("Chợ Diên Sanh");
    request.disease = std::string("covid-19");
    request.unit = kHaiLang;
    const auto made = run(room_.open(station_, request, std::nullopt));
    if (!made) throw std::runtime_error("outbreak refused: " + made.error().code);
    if (!run(room_.put(province_, made->id, {std::move(members)}))) throw std::runtime_error("cases refused");
    return made->id;
  }
  // "COV-1 > N. T. An contact", by names.
  static std::vector<std::string> lines(const Graph& g) {
    std::vector<std::string> out;
    for (std::size_t i = 0; i < g.edges.from.size(); ++i) {
      const auto name = [&](std::int64_t n) { return g.nodes.label[static_cast<std::size_t>(n)]; };
      const auto why = g.edges.why[i];
      out.push_back(name(g.edges.from[i]) + " > " + name(g.edges.to[i]) + ' ' +
                    json::enum_text(g.kinds[static_cast<std::size_t>(g.edges.kind[i])]) +
                    (why < 0 ? "" : ' ' + std::string(json::enum_text(g.reasons[static_cast<std::size_t>(why)]))));
    }
    return out;
  }
  std::vector<std::string> log_about(PersonId person) {
    return world_.db->read_now([&](store::Session& s) {
      std::vector<std::string> out;
      identity::Access::Filter filter;
      filter.person = person;
      for (const auto& entry : world_.house->access.list(s, filter, INT64_MAX, 100).items)
        if (entry.action.starts_with("outbreaks.")) out.push_back(entry.action + ' ' + entry.reason);
      return out;
    });
  }
  std::vector<std::string> lists_by(const Caller& caller) {
    return world_.db->read_now([&](store::Session& s) {
      std::vector<std::string> out;
      identity::Access::Filter filter;
      filter.account = caller.account;
      for (const auto& entry : world_.house->access.list(s, filter, INT64_MAX, 100).items)
        if (!entry.filter.empty()) out.push_back(std::to_string(entry.persons) + ' ' + entry.filter);
      return out;
    });
  }

  std::int64_t next_ = 1001;
  visits::testing::World world_{GetParam(),
                                {encounters::migrations(), cases::migrations(), tracing::migrations(), migrations()}};
  cases::Cases cases_{*world_.db,           world_.people, visits::testing::geography(),
                      world_.house->access, world_.vault,  world_.clock,
                      diseases(),           rule_sets()};
  tracing::Tracing tracing_{{*world_.db, cases_, world_.people, world_.registry, world_.decisions,
                             visits::testing::geography(), world_.house->access, world_.house.notify(), world_.vault,
                             world_.clock, world_.house.texts()}};
  const Parts parts_{*world_.db,
                     world_.people,
                     world_.registry,
                     visits::testing::kinds(),
                     diseases(),
                     world_.decisions,
                     visits::testing::geography(),
                     world_.house->access,
                     world_.vault};
  Outbreaks room_{parts_};
  store::Followers followers_{*world_.db};
  PlaceId market_;
  const Caller station_ = identity::testing::officer(Role::kStationOfficer, kHaiLang, 9201);
  const Caller neighbour_ = identity::testing::officer(Role::kStationOfficer, kNamHaiLang, 9202);
  const Caller province_ = identity::testing::officer(Role::kProvinceOfficer, kQuangTri, 9301);
};

TEST_P(GraphsTest, ContactsAndWhoeverACaseMayHaveItFromAreDrawnAndTheLookIsKept) {
  const PersonId sick = person("Lê Văn Bệnh"), later = person("Phạm Thị Lây");
  const PersonId an = person("Nguyễn Thị An");
  const cases::Case first = confirmed(sick);
  const cases::Case second = suspect(later, "2026-03-02");
  const OutbreakId id = outbreak({first.id, second.id});
  const auto g = run(room_.graph(station_, id, 1));
  ASSERT_TRUE(g) << code(g);
  EXPECT_THAT(g->nodes.label, ElementsAre(first.number, second.number, "N. T. An"));
  const std::string a = first.number, b = second.number;
  EXPECT_THAT(lines(*g),
              UnorderedElementsAre(a + " > " + b + " contact", a + " > N. T. An contact",
                                   a + " > " + b + " possible infectious", "N. T. An > " + b + " possible contact"))
      << "the first fell ill on the day of the market: too early to have it from there";
  EXPECT_THAT(g->places, ElementsAre("Chợ Diên Sanh"));
  EXPECT_EQ(g->not_searched, 0);
  const std::string reason = "outbreaks.graph outbreak " + to_text(id);
  EXPECT_THAT(log_about(sick), Contains(reason));
  EXPECT_THAT(log_about(later), Contains(reason));
  EXPECT_THAT(log_about(an), Contains(reason)) << "a contact with a name";
  EXPECT_THAT(lists_by(station_), Contains("1 outbreak " + to_text(id) + " graph level 1"));
  EXPECT_THAT(run(room_.graph(station_, id, 0))->nodes.label, ElementsAre(a, b));
}

// As often as for a few: a statement for each person would be sent sixty times, or 240.
TEST_P(GraphsTest, MorePeopleDoNotMeanMoreStatements) {
  constexpr std::size_t kIll = 60, kAll = 300;
  const std::vector<PersonId> all = crowd(kAll);
  std::vector<CaseId> ill{confirmed(all.front()).id};
  for (std::size_t i = 1; i < kIll; ++i) ill.push_back(suspect(all[i], "2026-03-02").id);
  const OutbreakId id = outbreak(ill);
  const Outbreaks::Impl impl(parts_);
  const auto counted = [&](auto&& ask) {
    return world_.db->transact_now([&](store::Session& s) {
      store::testing::Counting counting(s);
      store::Session session(counting);
      ask(session);
      return counting.sent;
    });
  };
  Outbreaks::Impl::Drawn drawn;
  auto looks = counted([&](store::Session& s) {
    auto found = impl.drawn(s, station_, id);
    if (!found) throw std::runtime_error(found.error().code);
    auto looked = impl.look_at(s, station_, kGraph, std::move(*found));
    if (!looked) throw std::runtime_error(looked.error().code);
    drawn = std::move(*looked);
  });
  EXPECT_EQ(looks["identity.access_insert"], 1) << "a line for each case, at once";
  EXPECT_THAT(looks, Each(Pair(::testing::_, Le(4))));

  Graph graph;
  const auto searched = counted([&](store::Session& s) { graph = impl.graph(s, station_, drawn, 1).graph; });
  EXPECT_THAT(graph.nodes.id, SizeIs(kAll));
  EXPECT_THAT(searched, Contains(Pair("cases.traced", 1)));
  // When nobody is looked for backwards, which is done case by case, within its own bounds.
  world_.clock.advance(std::chrono::hours(24 * 400));
  const auto read = counted([&](store::Session& s) { graph = impl.graph(s, station_, drawn, 1).graph; });
  EXPECT_THAT(graph.nodes.id, SizeIs(kAll));
  EXPECT_THAT(read, Each(Pair(::testing::_, Le(4))));
}

TEST_P(GraphsTest, ARecordedSourceIsNotLookedForAgain) {
  const cases::Case first = confirmed(person("Lê Văn Bệnh"));
  const cases::Case second = suspect(person("Phạm Thị Lây"), "2026-03-02");
  ASSERT_TRUE(run(cases_.record_source(province_, second.id, {first.number}, second.version)));
  const auto g = run(room_.graph(station_, outbreak({first.id, second.id}), 0));
  ASSERT_TRUE(g) << code(g);
  EXPECT_THAT(lines(*g), Contains(first.number + " > " + second.number + " source"));
  EXPECT_THAT(lines(*g), Not(Contains(first.number + " > " + second.number + " possible infectious")));
}

TEST_P(GraphsTest, OfOtherUnitsThereAreNoNames) {
  const PersonId far = person("Võ Cảnh", kNamHaiLang);
  const PersonId an = person("Nguyễn Thị An");
  person("Trần Dung", kNamHaiLang);
  const cases::Case there = confirmed(far);
  const OutbreakId id = outbreak({there.id});
  const auto g = run(room_.graph(station_, id, 1));
  ASSERT_TRUE(g) << code(g);
  EXPECT_THAT(g->nodes.label, UnorderedElementsAre(there.number, "", "")) << "not even of who lives here";
  EXPECT_THAT(g->edges.place, ElementsAre(-1, -1));
  EXPECT_EQ(g->unseen, 2);
  EXPECT_EQ(g->not_searched, 1);
  for (const PersonId one : {far, an}) EXPECT_THAT(log_about(one), Not(Contains(HasSubstr("outbreaks.graph"))));
  const auto all = run(room_.graph(province_, id, 1));
  EXPECT_EQ(all->unseen, 0);
  EXPECT_THAT(all->nodes.label, Contains("T. Dung"));
  EXPECT_EQ(code(run(room_.graph(neighbour_, id, 1))), "not_found") << "the outbreak lies elsewhere";
}

TEST_P(GraphsTest, WithoutADecisionNobodyIsLookedForBackwards) {
  const cases::Case one = suspect(person("Lê Văn Bệnh"), "2026-03-02");
  person("Nguyễn Thị An");
  const OutbreakId id = outbreak({one.id});
  world_.clock.advance(std::chrono::hours(24 * 400));  // all decisions have ended
  const auto g = run(room_.graph(station_, id, 0));
  ASSERT_TRUE(g) << code(g);
  EXPECT_EQ(g->not_searched, 1);
  EXPECT_TRUE(lines(*g).empty());
}

TEST_P(GraphsTest, OneCaseIsDrawnWithItsNeighbours) {
  const PersonId sick = person("Lê Văn Bệnh");
  person("Nguyễn Thị An");
  const cases::Case first = confirmed(sick);
  const cases::Case second = suspect(person("Phạm Thị Lây"), "2026-03-02");
  ASSERT_TRUE(run(cases_.record_source(province_, second.id, {first.number}, second.version)));
  outbreak({first.id, second.id});
  const auto g = run(room_.graph(station_, first.id, 1));
  ASSERT_TRUE(g) << code(g);
  EXPECT_THAT(g->nodes.label, UnorderedElementsAre(first.number, second.number, "N. T. An"));
  EXPECT_THAT(log_about(sick), Contains("outbreaks.graph case " + first.number));
  const auto below = run(room_.graph(station_, second.id, 0));
  EXPECT_THAT(below->nodes.label, UnorderedElementsAre(first.number, second.number)) << "with its source";
  EXPECT_EQ(code(run(room_.graph(neighbour_, first.id, 1))), "not_found");
  EXPECT_THAT(fields(run(room_.graph(station_, first.id, 5))), ElementsAre("?level range"));
}

TEST_P(GraphsTest, ASourceElsewhereIsDrawnForThoseWhoSeeIt) {
  const cases::Case there = confirmed(person("Võ Cảnh", kNamHaiLang));
  const cases::Case here = suspect(person("Phạm Thị Lây"), "2026-03-02");
  ASSERT_TRUE(run(cases_.record_source(province_, here.id, {there.number}, here.version)));
  EXPECT_THAT(run(room_.graph(station_, here.id, 0))->nodes.label, ElementsAre(here.number));
  EXPECT_THAT(run(room_.graph(province_, here.id, 0))->nodes.label, UnorderedElementsAre(here.number, there.number));
  outbreak({there.id, here.id});
  EXPECT_THAT(run(room_.graph(station_, here.id, 0))->nodes.label, UnorderedElementsAre(here.number, there.number));
}

TEST_P(GraphsTest, ACaseOfAnotherOutbreakThatWasMetIsDrawnAndTheLookIsKept) {
  const PersonId sick = person("Lê Văn Bệnh");
  const cases::Case there = confirmed(sick);
  const cases::Case here = suspect(person("Phạm Thị Lây"), "2026-03-02");
  outbreak({there.id});
  const OutbreakId id = outbreak({here.id});
  const auto g = run(room_.graph(station_, id, 0));
  ASSERT_TRUE(g) << code(g);
  EXPECT_THAT(g->nodes.label, ElementsAre(here.number, there.number));
  EXPECT_THAT(g->nodes.id, ElementsAre(to_text(here.id), to_text(there.id)));
  EXPECT_THAT(g->outside, ElementsAre(1));
  EXPECT_EQ(g->outside_left_out, 0);
  EXPECT_TRUE(g->outside_whole);
  EXPECT_THAT(lines(*g), ElementsAre(there.number + " > " + here.number + " possible infectious"));
  EXPECT_THAT(g->places, ElementsAre("Chợ Diên Sanh"));
  EXPECT_THAT(log_about(sick), Contains("outbreaks.graph outbreak " + to_text(id)));

  const auto of_case = run(room_.graph(station_, here.id, 0));
  EXPECT_THAT(of_case->nodes.label, ElementsAre(here.number, there.number));
  EXPECT_THAT(of_case->outside, ElementsAre(1));
  EXPECT_THAT(log_about(sick), Contains("outbreaks.graph case " + here.number));

  world_.clock.advance(std::chrono::hours(24 * 400));  // all decisions have ended
  EXPECT_THAT(run(room_.graph(station_, id, 0))->nodes.label, ElementsAre(here.number));
}

TEST_P(GraphsTest, ACaseElsewhereIsNeitherDrawnNorCounted) {
  const PersonId far = person("Võ Cảnh", kNamHaiLang);
  const cases::Case there = confirmed(far);
  const cases::Case here = suspect(person("Phạm Thị Lây"), "2026-03-02");
  const OutbreakId id = outbreak({here.id});
  const auto g = run(room_.graph(station_, id, 1));
  ASSERT_TRUE(g) << code(g);
  EXPECT_THAT(g->nodes.label, ElementsAre(here.number));
  EXPECT_THAT(g->outside, IsEmpty());
  EXPECT_EQ(g->outside_left_out, 0);
  EXPECT_TRUE(lines(*g).empty());
  EXPECT_THAT(log_about(far), IsEmpty());
  EXPECT_THAT(run(room_.graph(province_, id, 1))->nodes.label, Contains(there.number));
  EXPECT_THAT(log_about(far), ElementsAre("outbreaks.graph outbreak " + to_text(id)));
}

TEST_P(GraphsTest, OfTheCasesOutsideThatWereMetTheLikeliestAreDrawn) {
  constexpr std::size_t kMet = 12;
  const cases::Case likeliest = confirmed(person("Lê Văn Bệnh"));
  for (const PersonId one : crowd(kMet - 1)) suspect(one, "2026-03-01");
  const cases::Case here = suspect(person("Phạm Thị Lây"), "2026-03-02");
  const auto g = run(room_.graph(station_, outbreak({here.id}), 0));
  ASSERT_TRUE(g) << code(g);
  EXPECT_THAT(g->outside, SizeIs(kPossibleMost));
  EXPECT_EQ(g->outside_left_out, kMet - kPossibleMost);
  EXPECT_THAT(g->nodes.label, Contains(likeliest.number));
  EXPECT_THAT(g->edges.from, SizeIs(kPossibleMost)) << "nobody without a line";
}

TEST_P(GraphsTest, WhoCannotHaveInfectedTheCaseIsNotDrawn) {
  const cases::Case here = suspect(person("Phạm Thị Lây"), "2026-03-02");
  const OutbreakId id = outbreak({here.id});
  suspect(person("Lê Văn Xưa"), "2025-11-01");
  const cases::Case none = suspect(person("Hồ Thị Không"), "2026-03-01");
  ASSERT_TRUE(run(cases_.reclassify(province_, none.id, {cases::Classification::kDiscarded, {std::string("âm tính")}},
                                    none.version)));
  const cases::Case over = suspect(person("Đỗ Văn Khỏi"), "2026-02-04");
  cases::Course course;
  course.outcome = cases::Outcome::kRecovered;
  course.outcome_on = parse_date("2026-02-08");
  ASSERT_TRUE(run(cases_.record_course(province_, over.id, course, over.version)));
  world_.clock.advance(std::chrono::hours(24));
  suspect(person("Mai Thị Sau"), "2026-03-03");
  const auto g = run(room_.graph(station_, id, 0));
  ASSERT_TRUE(g) << code(g);
  EXPECT_THAT(g->nodes.label, ElementsAre(here.number));
  EXPECT_EQ(g->outside_left_out, 0);
  const cases::Case who = suspect(person("Lê Văn Bệnh"), "2026-03-01");
  EXPECT_THAT(run(room_.graph(station_, id, 0))->nodes.label, ElementsAre(here.number, who.number));
}

TEST_P(GraphsTest, APictureWithCasesOutsideIsLoggedForThemToo) {
  const PersonId sick = person("Lê Văn Bệnh");
  const cases::Case there = confirmed(sick);
  const cases::Case far = confirmed(person("Võ Cảnh", kNamHaiLang));
  const cases::Case here = suspect(person("Phạm Thị Lây"), "2026-03-02");
  const OutbreakId id = outbreak({here.id});
  const auto take = [&](std::vector<CaseId> outside) {
    return run(room_.take_graph(station_, id, {GraphFile::kSvg, 2, std::move(outside)}));
  };
  EXPECT_EQ(code(take({there.id, far.id})), "not_found") << "not one of its area";
  EXPECT_THAT(fields(take(std::vector<CaseId>(kOutsideMost + 1, there.id))), ElementsAre("/outside too_long"));
  EXPECT_THAT(log_about(sick), Not(Contains(HasSubstr("outbreaks.takeOut"))));
  const auto mark = take({there.id, here.id});
  ASSERT_TRUE(mark) << code(mark);
  EXPECT_THAT(log_about(sick), Contains("outbreaks.takeOut outbreak " + to_text(id)));
}

TEST_P(GraphsTest, APictureIsTakenOutByThoseInChargeMarkedAndLogged) {
  const PersonId sick = person("Lê Văn Bệnh");
  const cases::Case one = suspect(sick, "2026-03-02");
  const OutbreakId id = outbreak({one.id});
  const GraphTaken taken{GraphFile::kSvg, 12, {}};
  EXPECT_EQ(code(run(room_.take_graph(province_, id, taken))), "not_in_charge");
  EXPECT_EQ(code(run(room_.take_graph(neighbour_, id, taken))), "not_found");
  EXPECT_THAT(fields(run(room_.take_graph(station_, id, {GraphFile::kPrint, -1, {}}))), ElementsAre("/people range"));
  EXPECT_THAT(log_about(sick), Each(Not(HasSubstr("outbreaks.takeOut"))));
  const auto mark = run(room_.take_graph(station_, id, taken));
  ASSERT_TRUE(mark) << code(mark);
  EXPECT_THAT(mark->mark, HasSubstr(to_text(station_.account)));
  EXPECT_THAT(mark->mark, HasSubstr("outbreak " + to_text(id)));
  EXPECT_THAT(log_about(sick), Contains("outbreaks.takeOut outbreak " + to_text(id)));
  EXPECT_THAT(lists_by(station_), Contains("12 outbreak " + to_text(id) + " graph svg"));
  EXPECT_TRUE(run(room_.take_graph(province_, one.id, taken))) << "of a case whoever sees it";
}

INSTANTIATE_TEST_SUITE_P(Engines, GraphsTest, store::testing::engines(), store::testing::engine_name);

}  // namespace
}  // namespace luytre::outbreaks

#include "modules/outbreaks/graph.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "platform/base/json.h"

namespace luytre::outbreaks {
namespace {

using cases::Classification;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr PlaceId kMarket{7};

Instant at(const char* text) {
  return *parse_instant(text);
}

GraphCase kase(std::int64_t id, const char* onset, std::optional<std::int64_t> source = {}) {
  GraphCase out;
  out.seen.facts.id = CaseId{id};
  out.seen.facts.number = "COV-" + std::to_string(id);
  out.seen.facts.classification = Classification::kConfirmed;
  if (onset) out.seen.facts.onset = parse_date(onset);
  out.seen.facts.created_at = at("2026-03-10T01:00:00Z");
  if (source) out.seen.facts.source = CaseId{*source};
  out.seen.unit_name = "Hải Lăng";
  out.person = PersonId{1000 + id};
  out.own = true;
  return out;
}

tracing::Meeting meeting(std::int64_t with, const char* from = "2026-03-01T02:00:00Z") {
  return {
      PersonId{with}, tracing::EvidenceKind::kVisit, kMarket, {at(from), at(from) + std::chrono::minutes(40)}, true};
}

GraphContact contact(std::int64_t person, std::int64_t of, std::int64_t level = 1, std::int64_t with = 0) {
  GraphContact out;
  out.exposure.candidate = tracing::CandidateId{person};
  out.exposure.case_ = CaseId{of};
  out.exposure.person = PersonId{person};
  out.exposure.level = level;
  out.exposure.since = at("2026-03-01T02:00:00Z");
  out.exposure.evidence = 3;
  out.exposure.strongest = meeting(with == 0 ? 1000 + of : with);
  out.own = true;
  out.name = "Nguyễn Thị An";
  out.unit_name = "Hải Lăng";
  return out;
}

// "0>1 contact visit", with the place of `to` and from in the columns, reason and contradiction if there are.
std::vector<std::string> lines(const Graph& g) {
  std::vector<std::string> out;
  for (std::size_t i = 0; i < g.edges.from.size(); ++i) {
    const auto word = [](const auto& words, std::int64_t n) {
      return json::enum_text(words[static_cast<std::size_t>(n)]);
    };
    std::string line = std::to_string(g.edges.from[i]) + '>' + std::to_string(g.edges.to[i]) + ' ';
    line += word(g.kinds, g.edges.kind[i]);
    if (g.edges.by[i] >= 0) line += ' ' + std::string(word(g.means, g.edges.by[i]));
    if (g.edges.estimated[i] != 0) line += " estimated";
    if (g.edges.why[i] >= 0) line += ' ' + std::string(word(g.reasons, g.edges.why[i]));
    if (g.edges.early[i] != 0) line += " early " + std::to_string(g.edges.early[i]);
    out.push_back(line);
  }
  return out;
}

TEST(GraphTest, CasesAndTheirContactsStandOnTheirDaysWithTheirEvidence) {
  GraphParts parts;
  parts.cases = {kase(1, "2026-02-27"), kase(2, nullptr, 1)};
  parts.contacts = {contact(50, 1), contact(51, 1, 2, 50)};
  parts.places[kMarket] = "Chợ Diên Sanh";
  const Graph g = graph(parts);
  EXPECT_EQ(to_text(*g.first), "2026-02-27");
  EXPECT_THAT(g.nodes.label, ElementsAre("COV-1", "COV-2", "N. T. An", "N. T. An"));
  EXPECT_THAT(g.nodes.level, ElementsAre(0, 0, 1, 2));
  EXPECT_THAT(g.nodes.day, ElementsAre(0, 11, 2, 2));
  EXPECT_THAT(g.nodes.date, ElementsAre(0, 2, 3, 3)) << "onset, report, exposure";
  EXPECT_THAT(g.nodes.unit, ElementsAre(0, 0, 0, 0));
  EXPECT_THAT(lines(g), ElementsAre("0>1 source", "0>2 contact visit estimated", "2>3 contact visit estimated"));
  EXPECT_THAT(g.places, ElementsAre("Chợ Diên Sanh"));
  EXPECT_EQ(g.edges.start[1], 2 * 1440 + 9 * 60) << "nine in the morning in Vietnam, two days later";
  EXPECT_EQ(g.edges.minutes[1], 40);
  EXPECT_EQ(g.edges.evidence[1], 3);
  EXPECT_EQ(g.unseen, 0);
}

TEST(GraphTest, EveryKindOfEvidenceKeepsItsName) {
  GraphParts parts;
  parts.cases = {kase(1, "2026-02-27")};
  parts.contacts = {contact(50, 1), contact(51, 1), contact(52, 1)};
  parts.contacts[0].exposure.strongest->kind = tracing::EvidenceKind::kEncounter;
  parts.contacts[0].exposure.strongest->estimated = false;
  parts.contacts[2].exposure.strongest.reset();
  const Graph g = graph(parts);
  EXPECT_THAT(lines(g), ElementsAre("0>1 contact encounter", "0>2 contact visit estimated", "0>3 contact"));
  EXPECT_THAT(g.means, ElementsAre(tracing::EvidenceKind::kEncounter, tracing::EvidenceKind::kVisit))
      << "no kind that is not in it";
}

TEST(GraphTest, APersonIsOneNodeAndWhoeverIsACaseIsThatCase) {
  GraphParts parts;
  parts.cases = {kase(1, "2026-02-27"), kase(2, "2026-03-04")};
  parts.contacts = {contact(50, 1, 2, 1002), contact(50, 2), contact(1002, 1)};
  parts.contacts[1].exposure.class_ = tracing::Class::kF1;
  const Graph g = graph(parts);
  ASSERT_EQ(g.nodes.id.size(), 3u);
  EXPECT_EQ(g.nodes.level[2], 1);
  EXPECT_EQ(g.standings[static_cast<std::size_t>(g.nodes.standing[2])], Standing::kF1);
  EXPECT_THAT(lines(g),
              ElementsAre("1>2 contact visit estimated", "1>2 contact visit estimated", "0>1 contact visit estimated"));
}

TEST(GraphTest, WhoFellIllBeforeTheSourceIsAContradiction) {
  GraphParts parts;
  parts.cases = {kase(1, "2026-03-05"), kase(2, "2026-03-03", 1), kase(3, nullptr, 1)};
  EXPECT_THAT(lines(graph(parts)), ElementsAre("0>1 source early 2", "0>2 source")) << "only of two onsets";
}

TEST(GraphTest, PossibleSourcesSayWhyAndTheInfectiousComeFirst) {
  GraphParts parts;
  parts.cases = {kase(1, "2026-03-02"), kase(2, "2026-02-20"), kase(3, "2026-03-06")};
  parts.cases[0].infectious = Interval{at("2026-02-28T00:00:00Z"), at("2026-03-05T00:00:00Z")};
  parts.cases[1].infectious = Interval{at("2026-02-18T00:00:00Z"), at("2026-02-25T00:00:00Z")};
  parts.contacts = {contact(50, 1)};
  const auto met = [](std::int64_t who) { return tracing::Met{500, 1, meeting(who)}; };
  parts.possible = {{CaseId{3}, {met(50), met(1002), met(1001), met(99)}}};
  EXPECT_THAT(lines(graph(parts)),
              ElementsAre("0>3 contact visit estimated", "0>2 possible visit estimated infectious",
                          "1>2 possible visit estimated case", "3>2 possible visit estimated contact"))
      << "nobody who is not in the graph";
}

TEST(GraphTest, ACaseOutsideIsANodeForTheLineThatLeadsFromIt) {
  GraphParts parts;
  parts.cases = {kase(1, "2026-03-06")};
  parts.contacts = {contact(50, 1)};
  parts.outside = {kase(7, "2026-02-28"), kase(8, "2026-03-01"), kase(9, "2026-03-02")};
  parts.outside[1].infectious = Interval{at("2026-02-28T00:00:00Z"), at("2026-03-05T00:00:00Z")};
  parts.possible = {{CaseId{1}, {{500, 1, meeting(1007)}, {400, 1, meeting(1008)}, {300, 1, meeting(50)}}}};
  const Graph g = graph(parts);
  EXPECT_THAT(g.nodes.label, ElementsAre("COV-1", "COV-8", "COV-7", "N. T. An")) << "likeliest first";
  EXPECT_THAT(g.nodes.level, ElementsAre(0, 0, 0, 1));
  EXPECT_THAT(g.outside, ElementsAre(1, 2));
  EXPECT_EQ(g.outside_left_out, 1) << "no line leads from the third";
  EXPECT_EQ(to_text(*g.first), "2026-02-28");
  EXPECT_THAT(lines(g), ElementsAre("0>3 contact visit estimated", "1>0 possible visit estimated infectious",
                                    "2>0 possible visit estimated case", "3>0 possible visit estimated contact"));
}

TEST(GraphTest, AContactWhoIsACaseOutsideIsThatCase) {
  GraphParts parts;
  parts.cases = {kase(1, "2026-03-06")};
  parts.contacts = {contact(1007, 1), contact(51, 1, 2, 1007)};
  parts.outside = {kase(7, "2026-02-28")};
  parts.possible = {{CaseId{1}, {{500, 1, meeting(1007)}}}};
  const Graph g = graph(parts);
  EXPECT_THAT(g.nodes.label, ElementsAre("COV-1", "COV-7", "N. T. An"));
  EXPECT_THAT(g.outside, ElementsAre(1));
  EXPECT_THAT(lines(g), ElementsAre("0>1 contact visit estimated", "1>2 contact visit estimated",
                                    "1>0 possible visit estimated case"));
}

TEST(GraphTest, CasesOutsideAreBoundedAndWhatWasLeftOutIsCounted) {
  constexpr std::int64_t kMore = 3;
  GraphParts parts;
  for (std::int64_t i = 0; i < static_cast<std::int64_t>(kOutsideMost) + kMore; ++i) {
    parts.cases.push_back(kase(1 + i, "2026-03-06"));
    parts.outside.push_back(kase(500 + i, "2026-03-01"));
    parts.possible.push_back({CaseId{1 + i}, {{100 + i, 1, meeting(1500 + i)}}});
  }
  parts.contacts = {contact(1500, 1)};
  const Graph g = graph(parts);
  EXPECT_EQ(g.outside.size(), kOutsideMost);
  EXPECT_EQ(g.outside_left_out, kMore - 1) << "one of them stands there as a contact";
  const auto drawn = lines(g);
  EXPECT_EQ(std::count_if(drawn.begin(), drawn.end(), [](const auto& l) { return l.ends_with("estimated case"); }),
            kOutsideMost);
  EXPECT_THAT(drawn, ::testing::Contains(::testing::EndsWith("possible visit estimated contact")));
  EXPECT_THAT(g.nodes.label, ::testing::Contains("COV-552")) << "the riskiest";
  EXPECT_THAT(g.nodes.label, ::testing::Not(::testing::Contains("COV-502")));
}

TEST(GraphTest, WhoeverMayNotBeSeenHasNoIdentityAndTheLineNoPlace) {
  GraphParts parts;
  parts.cases = {kase(1, "2026-02-27")};
  parts.cases[0].own = false;
  parts.contacts = {contact(50, 1), contact(51, 1)};
  parts.contacts[0].own = false;
  parts.places[kMarket] = "Chợ Diên Sanh";
  const Graph g = graph(parts);
  EXPECT_THAT(g.nodes.id, ElementsAre(to_text(CaseId{1}), "", to_text(tracing::CandidateId{51})));
  EXPECT_THAT(g.nodes.label, ElementsAre("COV-1", "", "N. T. An"));
  EXPECT_THAT(g.nodes.unit, ElementsAre(0, -1, 0));
  EXPECT_THAT(g.edges.place, ElementsAre(-1, 0));
  EXPECT_THAT(g.edges.start, ElementsAre(-1, 2 * 1440 + 9 * 60));
  EXPECT_THAT(g.edges.minutes, ElementsAre(0, 40));
  EXPECT_EQ(g.unseen, 1);
}

TEST(GraphTest, OfWhomACaseElsewhereExposedTooOnlyTheOwnLineTells) {
  GraphParts parts;
  parts.cases = {kase(1, "2026-02-27"), kase(2, "2026-02-28")};
  parts.cases[0].own = false;
  parts.contacts = {contact(50, 1), contact(50, 2)};
  parts.contacts[0].own = false;
  parts.places[kMarket] = "Chợ Diên Sanh";
  const Graph g = graph(parts);
  EXPECT_EQ(g.nodes.label[2], "N. T. An");
  EXPECT_THAT(lines(g), ElementsAre("0>2 contact", "1>2 contact visit estimated"));
  EXPECT_THAT(g.edges.place, ElementsAre(-1, 0));
  EXPECT_EQ(g.unseen, 0);
}

TEST(GraphTest, WhatGoesThroughSomebodyWhoIsNotShownComesFromTheCase) {
  GraphParts parts;
  parts.cases = {kase(1, "2026-02-27")};
  parts.contacts = {contact(51, 1, 2, 50)};
  EXPECT_THAT(lines(graph(parts)), ElementsAre("0>1 contact"));
}

TEST(GraphTest, DiscardedCasesAndTheirContactsAreLeftOut) {
  GraphParts parts;
  parts.cases = {kase(1, "2026-02-27")};
  parts.cases[0].seen.facts.classification = Classification::kDiscarded;
  parts.contacts = {contact(50, 1)};
  const Graph g = graph(parts);
  EXPECT_FALSE(g.first);
  EXPECT_THAT(g.nodes.id, IsEmpty());
}

TEST(GraphTest, TwentyThousandPeopleAreAboutTwoMegabytes) {
  GraphParts parts;
  for (std::int64_t i = 1; i <= 1000; ++i)
    parts.cases.push_back(kase(i, "2026-02-27", i > 1 ? std::optional(i / 2) : std::nullopt));
  for (std::int64_t i = 0; i < 19'000; ++i)
    parts.contacts.push_back(contact(400'000'000'000'000'000 + i, 1 + i % 1000));
  parts.places[kMarket] = "Chợ Diên Sanh";
  const Graph g = graph(parts);
  EXPECT_EQ(g.nodes.id.size(), kGraphMost);
  EXPECT_EQ(g.edges.from.size(), 999u + 19'000u);
  const std::string text = json::text(g);
  RecordProperty("bytes", static_cast<int>(text.size()));
  EXPECT_LT(text.size(), 120 * kGraphMost);
}

TEST(GraphTest, NamesAreShortenedToTheGivenName) {
  EXPECT_EQ(short_name("Nguyễn Thị An"), "N. T. An");
  EXPECT_EQ(short_name("Đặng  Ánh"), "Đ. Ánh");
  EXPECT_EQ(short_name("Ánh"), "Ánh");
  EXPECT_EQ(short_name(""), "");
}

}  // namespace
}  // namespace luytre::outbreaks

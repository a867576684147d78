// What a confirmed case sets going, what tracing again adds, and what undoing takes back.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "modules/tracing/tracing_fixture.h"

namespace luytre::tracing {
namespace {

using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr store::Query kEvidenceRows{"test.evidence_rows", R"sql(
SELECT count(*)
FROM tracing_evidence)sql"};

const UnitId kInHaNoi{2025300004};

class RunsTest : public TracingTest {
 protected:
  std::vector<tracing::Run> runs(CaseId id) { return run(tracing_.runs(province_, id))->items; }

  const Someone ill_ = someone("Lê Văn Bệnh"), met_ = someone("Phạm Thị Gặp");
  const PlaceId market_ = place("Chợ Diên Sanh");
};

TEST_P(RunsTest, ConfirmingFindsThoseExposedWithTheEvidence) {
  const Someone brief = someone("Võ Thị Thoáng"), later = someone("Bùi Văn Sau");
  stay(ill_.id, market_, 0, 120);
  stay(met_.id, market_, 30, 40);
  stay(brief.id, market_, 106, 60);  // 14 minutes together
  stay(later.id, market_, 120, 60);
  const cases::Case kase = reported(ill_.id);
  followers_.drain();
  EXPECT_THAT(candidates(kase.id), IsEmpty()) << "a suspect is not traced";
  confirm(kase.id);

  ASSERT_THAT(candidates(kase.id), SizeIs(1));
  const Candidate found = candidates(kase.id)[0];
  EXPECT_EQ(found.person.id, met_.id);
  EXPECT_EQ(found.level, 1);
  EXPECT_EQ(found.status, CandidateStatus::kOpen) << "a lead, not a verdict";
  EXPECT_FALSE(found.class_);
  EXPECT_EQ(found.exposed_since, minute(30));
  EXPECT_GT(found.risk, 0);
  ASSERT_THAT(found.evidence, SizeIs(1));
  EXPECT_EQ(found.evidence[0].kind, EvidenceKind::kVisit);
  EXPECT_EQ(found.evidence[0].with.name, "Lê Văn Bệnh");
  EXPECT_EQ(found.evidence[0].with.level, 0);
  EXPECT_EQ(found.evidence[0].place->name, "Chợ Diên Sanh");
  EXPECT_EQ(found.evidence[0].from, minute(30));
  EXPECT_EQ(found.evidence[0].to, minute(70));
  EXPECT_EQ(found.evidence[0].minutes, 40);
  EXPECT_FALSE(found.evidence[0].estimated);

  ASSERT_THAT(runs(kase.id), SizeIs(1));
  EXPECT_EQ(runs(kase.id)[0].state, RunState::kDone);
  EXPECT_EQ(runs(kase.id)[0].rule_set, "vn-covid-19-2022-04");
  EXPECT_EQ(runs(kase.id)[0].engine, "sql");
  EXPECT_EQ(runs(kase.id)[0].why_sql, WhySql::kLoading);
  EXPECT_THAT(runs(kase.id)[0].found, ElementsAre(1));
  EXPECT_EQ(events("trace.done"), 1);
  const auto counts = run(cases_.find(province_, kase.id))->counts;
  EXPECT_EQ(counts.level1, 1);
  EXPECT_EQ(counts.open, 1);
}

TEST_P(RunsTest, DoorsOfOnePlaceDoNotPartItsVisitorsAndRoomsDo) {
  const auto arrives = [&](const Someone& who, ZoneId by, int at) {
    visits::CheckIn request;
    request.place_code = *world_.registry.code_text(market_, by);
    request.at = minute(at);
    const auto visit = run(world_.visits.check_in(who.caller, std::move(request), std::nullopt));
    ASSERT_TRUE(visit) << visit.error().code;
  };
  const auto doors = world_.zones(market_, {"Cổng A", "Cổng B"}, true);
  const auto rooms = world_.zones(market_, {"Hàng cá", "Hàng rau"});
  const Someone aside = someone("Võ Thị Rau"), before = someone("Bùi Văn Cá");
  arrives(ill_, doors[0], 0);
  arrives(met_, doors[1], 5);
  const cases::Case kase = confirmed(ill_.id);
  ASSERT_THAT(candidates(kase.id), SizeIs(1));
  EXPECT_EQ(candidates(kase.id)[0].person.id, met_.id);

  arrives(before, rooms[0], 200);
  arrives(aside, rooms[1], 205);
  EXPECT_THAT(candidates(confirmed(before.id).id), IsEmpty()) << "rooms are apart";
}

TEST_P(RunsTest, WhatAnotherSystemToldIsTracedAndSaysSo) {
  stay(ill_.id, market_, 0, 120);
  world_.db->transact_now([&](store::Session& s) {
    const visits::ImportedVisit told{"foreign:vneid:1", "1", met_.id, market_, {}, minute(30), minute(70), "vneid"};
    return world_.visits.import_visits(s, std::span(&told, 1)).added;
  });
  const Candidate contact = candidate(confirmed(ill_.id).id, met_.id);
  ASSERT_THAT(contact.evidence, SizeIs(1));
  EXPECT_THAT(contact.evidence[0].doubts, ElementsAre(visits::Flag::kForeign));
  EXPECT_THAT(contact.evidence[0].doubts_of_other, IsEmpty());
  EXPECT_THAT(contact.evidence[0].origins, ElementsAre("vneid"));
}

TEST_P(RunsTest, DoubtfulEvidenceSaysWhyAndCountsAsAnyOther) {
  stay(ill_.id, market_, 0, 120);
  stay(met_.id, market_, 30, 40);
  const Candidate sure = candidate(confirmed(ill_.id).id, met_.id);
  EXPECT_THAT(sure.evidence.at(0).doubts, IsEmpty());
  stay(met_.id, place("Phở Thìn", "restaurant", kInHaNoi), 60, 60);
  const Candidate doubted = candidate(sure.case_, met_.id);
  EXPECT_THAT(doubted.evidence.at(0).doubts, ElementsAre(visits::Flag::kTooFast));
  EXPECT_THAT(doubted.evidence.at(0).doubts_of_other, IsEmpty());
  EXPECT_THAT(candidates(sure.case_)[0].evidence.at(0).doubts, ElementsAre(visits::Flag::kTooFast));
  trace_again(sure.case_);
  const Candidate again = candidate(sure.case_, met_.id);
  EXPECT_EQ(again.risk, sure.risk);
  EXPECT_EQ(again.status, CandidateStatus::kOpen);
  EXPECT_EQ(again.evidence.size(), sure.evidence.size());

  stay(ill_.id, place("Quán Bưởi", "restaurant", kNamHaiLang), 10, 60);
  EXPECT_THAT(candidate(sure.case_, met_.id).evidence.at(0).doubts_of_other, ElementsAre(visits::Flag::kTwoPlaces));
}

TEST_P(RunsTest, TracingAgainAddsAndNeverDoubles) {
  stay(ill_.id, market_, 0, 120);
  stay(met_.id, market_, 0, 60);
  const CaseId kase = confirmed(ill_.id).id;
  const auto before = candidates(kase);
  trace_again(kase);
  ASSERT_THAT(candidates(kase), SizeIs(1));
  EXPECT_EQ(candidates(kase)[0].id, before[0].id);

  const Someone late = someone("Bùi Văn Muộn");  // whose check-in arrived late
  stay(late.id, market_, 10, 60);
  stay(met_.id, market_, 80, 30);
  trace_again(kase);
  ASSERT_THAT(candidates(kase), SizeIs(2));
  EXPECT_EQ(candidate(kase, met_.id).id, before[0].id);
  EXPECT_EQ(candidate(kase, met_.id).evidence_count, 2);
  EXPECT_EQ(candidate(kase, late.id).evidence_count, 1);
  EXPECT_EQ(count(kEvidenceRows), 3);
  EXPECT_THAT(tasks(province_), SizeIs(2));
  EXPECT_THAT(runs(kase), SizeIs(3));
  EXPECT_EQ(events("task.opened"), 2);
}

TEST_P(RunsTest, TheIndexFindsWhatSqlFindsAndTheRunSaysWhoDid) {
  stay(ill_.id, market_, 0, 120);
  stay(met_.id, market_, 0, 60);
  const Someone next = someone("Bùi Văn Gần"), friend_of = someone("Hồ Thị Bạn");
  stay(next.id, market_, 20, 60);
  meet(met_.id, friend_of.id, 200, 30);
  const CaseId kase = confirmed(ill_.id).id;
  const auto by_sql = candidates(kase);
  presence_.settle();
  const Someone late = someone("Võ Văn Muộn");  // fed by the trace itself
  stay(late.id, market_, 10, 60);
  trace_again(kase);
  ASSERT_THAT(runs(kase), SizeIs(2));
  EXPECT_EQ(runs(kase)[0].engine, "index");
  EXPECT_FALSE(runs(kase)[0].why_sql);
  EXPECT_EQ(runs(kase)[1].engine, "sql");
  ASSERT_THAT(candidates(kase), SizeIs(by_sql.size() + 1));
  for (const Candidate& before : by_sql) {
    Candidate now = candidate(kase, before.person.id);
    EXPECT_EQ(now.id, before.id);
    EXPECT_EQ(now.risk, before.risk);
    EXPECT_EQ(now.level, before.level);
    EXPECT_EQ(now.exposed_since, before.exposed_since);
    EXPECT_EQ(now.status, before.status);
  }
  EXPECT_EQ(candidate(kase, late.id).evidence_count, 1);
}

TEST_P(RunsTest, NothingIsTracedWithoutADecisionForTheDisease) {
  stay(ill_.id, market_, 0, 120);
  stay(met_.id, market_, 0, 60);
  const CaseId kase = confirmed(ill_.id, positive(), "mpox").id;
  ASSERT_THAT(runs(kase), SizeIs(1));
  EXPECT_EQ(runs(kase)[0].state, RunState::kNotInForce);
  EXPECT_THAT(candidates(kase), IsEmpty());
  EXPECT_THAT(tasks(province_), IsEmpty());

  command::testing::switch_on(world_.decisions, command::Switch::kTracing, now(), visits::testing::kHaiLang, "mpox");
  trace_again(kase);
  EXPECT_EQ(runs(kase)[0].state, RunState::kDone);
  EXPECT_THAT(candidates(kase), SizeIs(1));
}

TEST_P(RunsTest, UndoingTakesBackWhatTheCaseCausedAndLeavesTrace) {
  stay(ill_.id, market_, 0, 120);
  stay(met_.id, market_, 0, 60);
  cases::Confirmation antigen = positive();
  antigen.method = cases::Method::kAntigen;
  const CaseId kase = confirmed(ill_.id, antigen).id;
  const ReleaseId release = run(tracing_.release(province_, kase))->id;
  ASSERT_THAT(tasks(station_), SizeIs(1));
  undo(kase);

  EXPECT_THAT(tasks(station_), IsEmpty());
  ASSERT_THAT(candidates(kase), SizeIs(1)) << "what was found stays to be seen";
  EXPECT_EQ(candidates(kase)[0].status, CandidateStatus::kWithdrawn);
  EXPECT_THAT(candidates(kase)[0].evidence, SizeIs(1));
  EXPECT_EQ(runs(kase)[0].state, RunState::kWithdrawn);
  TaskFilter withdrawn;
  withdrawn.state = TaskState::kWithdrawn;
  EXPECT_THAT(tasks(station_, withdrawn), SizeIs(1));
  EXPECT_EQ(code(run(tracing_.approve(second_, release))), "release_decided");
  EXPECT_EQ(run(tracing_.releases(province_, {ReleaseState::kWithdrawn}, std::nullopt, 10))->items.size(), 1u);
  EXPECT_EQ(code(assign(province_, candidates(kase)[0], Class::kF1)), "candidate_withdrawn");
  EXPECT_EQ(code(run(tracing_.request(province_, kase))), "case_not_confirmed");
  EXPECT_EQ(run(cases_.find(province_, kase))->counts.level1, 0);
}

TEST_P(RunsTest, ConfirmingAgainAfterAnUndoOpensWhatWasWithdrawn) {
  const Someone asked = someone("Trần Thị Hỏi"), cleared = someone("Đỗ Văn Không");
  stay(ill_.id, market_, 0, 120);
  for (const Someone& who : {met_, asked, cleared}) stay(who.id, market_, 0, 60);
  const CaseId kase = confirmed(ill_.id).id;
  ASSERT_TRUE(assign(station_, candidate(kase, asked.id), Class::kF1));
  ASSERT_TRUE(assign(station_, candidate(kase, cleared.id), Class::kNone));
  undo(kase);
  EXPECT_THAT(candidates(kase), Each(Field(&Candidate::status, CandidateStatus::kWithdrawn)));
  confirm(kase);
  EXPECT_THAT(candidates(kase), SizeIs(3));
  EXPECT_EQ(candidate(kase, met_.id).status, CandidateStatus::kOpen);
  EXPECT_EQ(candidate(kase, asked.id).status, CandidateStatus::kAssigned) << "what an officer decided stays";
  EXPECT_EQ(candidate(kase, cleared.id).status, CandidateStatus::kDismissed);
  ASSERT_THAT(tasks(station_), SizeIs(1));
  EXPECT_EQ(tasks(station_)[0].person.id, met_.id);
}

TEST_P(RunsTest, CorrectedDatesWithdrawThoseWhoWereNotExposed) {
  const Someone asked = someone("Trần Thị Hỏi");
  stay(ill_.id, market_, 0, 60);
  stay(met_.id, market_, 0, 60);
  stay(asked.id, market_, 0, 60);
  const CaseId kase = confirmed(ill_.id).id;
  ASSERT_TRUE(run(tracing_.release(province_, kase)));
  ASSERT_TRUE(assign(station_, candidate(kase, asked.id), Class::kF1));
  EXPECT_THAT(warnings(met_), SizeIs(1));

  cases::Confirmation corrected = positive();
  corrected.isolated_at = minute(0);  // was isolated already: somebody else had the telephone at the market
  confirm(kase, corrected);
  EXPECT_EQ(candidate(kase, met_.id).status, CandidateStatus::kWithdrawn);
  EXPECT_EQ(candidate(kase, asked.id).status, CandidateStatus::kAssigned);
  EXPECT_THAT(tasks(station_), IsEmpty());
  ASSERT_THAT(warnings(met_), SizeIs(2));
  EXPECT_EQ(warnings(met_)[0].kind, WarningKind::kCorrection) << "whoever was warned wrongly is told";
  EXPECT_THAT(warnings(asked), SizeIs(1));
  trace_again(kase);
  const cases::Reclassification suspect{cases::Classification::kSuspect, {std::string("Chờ PCR")}};
  ASSERT_TRUE(run(cases_.reclassify(province_, kase, suspect, version_of(kase))));
  followers_.drain();
  EXPECT_THAT(warnings(met_), SizeIs(2)) << "once";
  EXPECT_THAT(warnings(asked), SizeIs(2)) << "now the others, too";
}

TEST_P(RunsTest, TheStationAssignsTheClassAfterAsking) {
  stay(ill_.id, market_, 0, 120);
  stay(met_.id, market_, 0, 60);
  const CaseId kase = confirmed(ill_.id).id;
  const Candidate open = candidate(kase, met_.id);
  EXPECT_EQ(code(assign(neighbour_, open, Class::kF1)), "not_permitted");
  const auto assigned = assign(station_, open, Class::kF1);
  ASSERT_TRUE(assigned) << code(assigned);
  EXPECT_EQ(assigned->status, CandidateStatus::kAssigned);
  EXPECT_EQ(assigned->class_, Class::kF1);
  EXPECT_EQ(assigned->answers->at("masks"), Answer::kNo);
  EXPECT_EQ(assigned->note, "Ngồi cùng bàn");
  EXPECT_EQ(events("candidate.assigned"), 1);
  EXPECT_THAT(tasks(station_), IsEmpty()) << "who assigned has spoken with the person";

  const auto before = log_about(met_.id).size();
  const auto late = assign(province_, open, Class::kNone);
  EXPECT_EQ(code(late), "version_conflict");
  EXPECT_THAT(log_about(met_.id), SizeIs(before + 1)) << "the newer version is a look at the person";
  EXPECT_EQ(json::parse<json::Object>(late.error().current)->at("class"), "F1");
  trace_again(kase);
  EXPECT_EQ(candidate(kase, met_.id).status, CandidateStatus::kAssigned);
  const auto dismissed = assign(province_, candidate(kase, met_.id), Class::kNone);
  EXPECT_EQ(dismissed->status, CandidateStatus::kDismissed);
}

TEST_P(RunsTest, OnlyWhatIsOrWasAskedIsAnswered) {
  stay(ill_.id, market_, 0, 120);
  stay(met_.id, market_, 0, 60);
  const CaseId kase = confirmed(ill_.id).id;
  const auto answer = [&](Answers answers) {
    const Candidate now = candidate(kase, met_.id);
    Assignment assignment;
    assignment.class_ = Class::kF1;
    assignment.answers = std::move(answers);
    return run(tracing_.assign(station_, now.id, assignment, now.version));
  };
  const auto refused = answer({{"sharedWater", Answer::kYes}});
  ASSERT_EQ(code(refused), "invalid") << "of cholera";
  EXPECT_EQ(refused.error().fields.front().pointer, "/answers");
  EXPECT_EQ(candidate(kase, met_.id).status, CandidateStatus::kOpen);
  const Answers given{{"distanceUnder1m", Answer::kNo}, {"distanceUnder2m", Answer::kYes}};
  const auto assigned = answer(given);
  ASSERT_TRUE(assigned) << "what was asked on other days stays an answer: " << code(assigned);
  EXPECT_EQ(candidate(kase, met_.id).answers, given);
}

constexpr store::Query kPutAnswers{"test.put_answers", R"sql(
UPDATE tracing_candidate
SET answers = $1
WHERE id = $2)sql"};

// As it was kept when the questions were members of a struct.
TEST_P(RunsTest, AnswersOfBeforeStayReadable) {
  stay(ill_.id, market_, 0, 120);
  stay(met_.id, market_, 0, 60);
  const CaseId kase = confirmed(ill_.id).id;
  ASSERT_TRUE(assign(station_, candidate(kase, met_.id), Class::kF1));
  const CandidateId id = candidate(kase, met_.id).id;
  const std::string before = R"({"distanceUnder2m":"yes","masks":"no","closedRoom":"unknown","askedOnce":"no"})";
  world_.db->transact_now([&](store::Session& s) {
    const store::Bytes sealed{world_.vault.seal("tracing.answers", std::to_string(id.value), before)};
    s.run(kPutAnswers, sealed, id);
  });
  const Answers kept{{"askedOnce", Answer::kNo},
                     {"closedRoom", Answer::kUnknown},
                     {"distanceUnder2m", Answer::kYes},
                     {"masks", Answer::kNo}};
  const Candidate now = candidate(kase, met_.id);
  EXPECT_EQ(now.answers, kept);
  Assignment assignment;
  assignment.class_ = Class::kF2;
  assignment.answers = *now.answers;
  const auto again = run(tracing_.assign(station_, id, assignment, now.version));
  ASSERT_TRUE(again) << "also to what no file asks any more: " << code(again);
  EXPECT_EQ(again->answers, kept);
}

constexpr store::Query kAnswers{"test.answers", R"sql(
SELECT answers
FROM tracing_candidate)sql"};
constexpr store::Query kCandidateNotes{"test.candidate_notes", R"sql(
SELECT note
FROM tracing_candidate)sql"};

TEST_P(RunsTest, AnswersAndNotesAreSealed) {
  stay(ill_.id, market_, 0, 120);
  stay(met_.id, market_, 0, 60);
  const CaseId kase = confirmed(ill_.id).id;
  ASSERT_TRUE(assign(station_, candidate(kase, met_.id), Class::kF1));
  world_.db->read_now([](store::Session& s) {
    EXPECT_EQ(s.value<store::Bytes>(kAnswers).data.find("masks"), std::string::npos);
    EXPECT_EQ(s.value<store::Bytes>(kCandidateNotes).data.find("cùng"), std::string::npos);
  });
}

TEST_P(RunsTest, AStationThatHasOnlyTheContactDoesNotLearnWhoTheCaseIs) {
  const Someone far_case = someone("Lê Văn Xa", kNamHaiLang);
  const PlaceId shop = place("Cửa hàng Nam", "shop", kNamHaiLang);
  stay(far_case.id, shop, 0, 120);
  stay(met_.id, shop, 0, 60);
  const CaseId kase = confirmed(far_case.id).id;
  const CandidateId id = candidates(kase)[0].id;
  const auto seen = run(tracing_.candidate(station_, id));
  ASSERT_TRUE(seen) << code(seen);
  EXPECT_THAT(seen->contact->phones, ElementsAre(met_.phone));
  EXPECT_EQ(seen->evidence[0].with.name, "");
  EXPECT_EQ(seen->evidence[0].with.id, PersonId{});
  EXPECT_EQ(run(tracing_.candidate(neighbour_, id))->evidence[0].with.name, "Lê Văn Xa");
  EXPECT_EQ(code(run(tracing_.candidates(station_, kase, {}, std::nullopt, 10))), "not_permitted");
  EXPECT_EQ(code(run(tracing_.candidate(far_, id))), "not_permitted");
  EXPECT_EQ(code(run(tracing_.runs(far_, kase))), "not_permitted");
  EXPECT_EQ(code(run(tracing_.request(far_, kase))), "not_permitted");

  const std::string reason = " case " + run(cases_.find(province_, kase))->number;
  const std::string look = "tracing.candidates" + reason;
  EXPECT_THAT(log_about(met_.id), ElementsAre(look, look, look))
      << "the list and both looks are there, and citizens can see them";
}

TEST_P(RunsTest, WhoeverTheEvidenceOnAPageNamesSeesTheLookToo) {
  const Someone second_level = someone("Ngô Văn Hai");
  stay(ill_.id, market_, 0, 60);
  stay(met_.id, market_, 0, 60);
  stay(met_.id, market_, 200, 60);
  stay(second_level.id, market_, 200, 60);
  cases::Confirmation request = positive();
  request.rule_set = std::string(kActsOnFirst);
  const CaseId kase = confirmed(ill_.id, request).id;
  CandidateFilter filter;
  filter.level = 2;
  const auto of_case = log_about(ill_.id).size();
  const auto page = run(tracing_.candidates(province_, kase, filter, std::nullopt, 10));
  ASSERT_TRUE(page) << code(page);
  ASSERT_THAT(page->items, SizeIs(1));
  EXPECT_EQ(page->items[0].evidence.at(0).with.id, met_.id);
  const std::string look = "tracing.candidates case " + run(cases_.find(province_, kase))->number;
  EXPECT_THAT(log_about(second_level.id), ElementsAre(look));
  EXPECT_THAT(log_about(met_.id), ElementsAre(look));
  EXPECT_THAT(log_about(ill_.id), SizeIs(of_case + 1)) << "once: it is their case";
}

TEST_P(RunsTest, CandidatesAreListedByLevelAndRisk) {
  const Someone second_level = someone("Ngô Văn Hai");
  const PlaceId cafe = place("Quán Bưởi", "restaurant");
  stay(ill_.id, cafe, 0, 120);
  stay(met_.id, cafe, 0, 100);
  const auto others = crowd(cafe, 4);
  stay(others[0].id, market_, 200, 60);
  stay(second_level.id, market_, 200, 60);
  cases::Confirmation request = positive();
  request.rule_set = std::string("vn-covid-19-2020-08");
  const CaseId kase = confirmed(ill_.id, request).id;

  const auto all = candidates(kase);
  ASSERT_THAT(all, SizeIs(6));
  EXPECT_EQ(all[0].person.id, met_.id) << "stayed longest";
  EXPECT_EQ(all[5].person.id, second_level.id);
  EXPECT_EQ(all[5].level, 2);
  EXPECT_EQ(all[5].evidence[0].with.level, 1);
  std::vector<CandidateId> paged;
  std::optional<std::string> cursor;
  do {
    const auto page = run(tracing_.candidates(province_, kase, {}, cursor, 2));
    for (const auto& item : page->items) paged.push_back(item.id);
    cursor = page->next;
  } while (cursor);
  ASSERT_THAT(paged, SizeIs(6));
  for (std::size_t i = 0; i < 6; ++i) EXPECT_EQ(paged[i], all[i].id);
  EXPECT_THAT(candidates(kase, {.level = 2}), SizeIs(1));
  EXPECT_THAT(candidates(kase, {.status = CandidateStatus::kAssigned}), IsEmpty());
  for (const char* bad : {"", "1.2", "x", "1.2.3.4", "1..3"})
    EXPECT_THAT(fields(run(tracing_.candidates(province_, kase, {}, std::string(bad), 2))),
                ElementsAre("?cursor format"))
        << bad;
}

TEST_P(RunsTest, WhoIsIsolatedExposesNobodyAfterwards) {
  const Someone second_level = someone("Ngô Văn Hai");
  stay(ill_.id, market_, 0, 60);
  stay(met_.id, market_, 0, 60);
  stay(met_.id, market_, 200, 60);
  stay(second_level.id, market_, 200, 60);
  cases::Confirmation request = positive();
  request.rule_set = std::string("vn-covid-19-2020-08");
  cases::Confirmation isolated = request;
  isolated.isolated_at = minute(100);
  confirmed(met_.id, isolated);
  const CaseId kase = confirmed(ill_.id, request).id;
  EXPECT_THAT(candidates(kase, {.level = 2}), IsEmpty());
}

TEST_P(RunsTest, OneThatStopsShortSaysSoAndWithdrawsNobody) {
  const Someone second_level = someone("Ngô Văn Hai");
  stay(ill_.id, market_, 0, 60);
  stay(met_.id, market_, 0, 60);
  stay(met_.id, market_, 200, 60);
  stay(second_level.id, market_, 200, 60);
  cases::Confirmation request = positive();
  request.rule_set = std::string(kActsOnFirst);
  const cases::Case kase = confirmed(ill_.id, request);
  EXPECT_EQ(runs(kase.id)[0].found, (std::vector<std::int64_t>{1, 1}));
  EXPECT_NE(runs(kase.id)[0].stopped, presence::Stopped::kCount);

  Tracing bounded{{*world_.db, cases_, world_.people, world_.registry, world_.decisions, visits::testing::geography(),
                   world_.house->access, world_.house.notify(), world_.vault, world_.clock, world_.house.texts(),
                   &presence_, &world_.doubtful, TraceCeiling{.most_contacts = 1}}};
  store::Followers followers(*world_.db);
  followers.add(bounded.follow_cases());
  ASSERT_TRUE(run(bounded.request(province_, kase.id)));
  followers.drain();
  EXPECT_EQ(runs(kase.id)[0].state, RunState::kDone);
  EXPECT_EQ(runs(kase.id)[0].stopped, presence::Stopped::kCount);
  EXPECT_THAT(runs(kase.id)[0].found, ElementsAre(1));
  EXPECT_EQ(candidate(kase.id, second_level.id).status, CandidateStatus::kOpen) << "was not looked for";
  trace_again(kase.id);
  EXPECT_EQ(runs(kase.id)[0].found, (std::vector<std::int64_t>{1, 1}));
}

INSTANTIATE_TEST_SUITE_P(Engines, RunsTest, store::testing::engines(), store::testing::engine_name);

}  // namespace
}  // namespace luytre::tracing

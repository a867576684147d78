// People with two records that officers merge: one person to whoever traces, warns and corrects, until it is undone.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>

#include "modules/people/duplicates.h"
#include "modules/tracing/tracing_fixture.h"

namespace luytre::tracing {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

class SamePersonTest : public TracingTest {
 protected:
  // Somebody whom the station wrote down: no account, no phone.
  PersonId written_down(const std::string& name) {
    people::NewPerson person;
    person.name = name;
    person.birth_year = 1980;
    person.unit = visits::testing::kHaiLang;
    return run(world_.people.register_person(station_, std::move(person)))->id;
  }
  people::PersonMergeId merged(PersonId person, PersonId kept) {
    people::NewPersonMerge asked{person, kept, std::string("một người")};
    const auto made = run(duplicates_.merge(province_, asked));
    if (!made) throw std::runtime_error(made.error().code);
    followers_.drain();
    return made->id;
  }
  void parted(people::PersonMergeId merge) {
    ASSERT_TRUE(run(duplicates_.undo(province_, merge, std::string("hai người"))));
    followers_.drain();
  }
  std::vector<PersonId> live(CaseId id) {
    std::vector<PersonId> out;
    for (const Candidate& one : candidates(id))
      if (one.status != CandidateStatus::kWithdrawn) out.push_back(one.person.id);
    return out;
  }
  std::vector<WarningKind> told(const Someone& who) {
    std::vector<WarningKind> out;
    for (const Warning& one : warnings(who)) out.push_back(one.kind);
    return out;
  }
  std::int64_t released(CaseId id) {
    const auto sent = run(tracing_.release(province_, id));
    if (!sent) throw std::runtime_error(sent.error().code);
    return sent->people;
  }

  people::Duplicates duplicates_{*world_.db,           world_.people,          visits::testing::geography(),
                                 world_.house->access, world_.house->accounts, world_.vault};
  const Someone ill_ = someone("Lê Văn Bệnh"), met_ = someone("Phạm Thị Gặp");
  const PlaceId market_ = place("Chợ Diên Sanh");
};

TEST_P(SamePersonTest, ACaseUnderEitherRecordFindsWhomBothMet) {
  const Someone again = someone("Lê Văn Bệnh"), customer = someone("Võ Thị Mua");
  const PlaceId shop = place("Cửa hàng Sen", "shop");
  stay(ill_.id, market_, 0, 120);
  stay(met_.id, market_, 30, 40);
  stay(again.id, shop, 0, 120);
  stay(customer.id, shop, 30, 40);
  const CaseId kase = confirmed(ill_.id).id;
  EXPECT_THAT(live(kase), UnorderedElementsAre(met_.id));
  const auto one_way = merged(again.id, ill_.id);
  EXPECT_THAT(live(kase), UnorderedElementsAre(met_.id, customer.id)) << "traced again by the merge itself";
  parted(one_way);
  EXPECT_THAT(live(kase), UnorderedElementsAre(met_.id));
  EXPECT_EQ(candidate(kase, customer.id).status, CandidateStatus::kWithdrawn);

  const auto other_way = merged(ill_.id, again.id);
  EXPECT_THAT(live(kase), UnorderedElementsAre(met_.id, customer.id)) << "the record of the case counts as the other";
  parted(other_way);
  EXPECT_THAT(live(kase), UnorderedElementsAre(met_.id));
}

TEST_P(SamePersonTest, ACaseOfALineListIsNotTracedByAMerge) {
  const Someone again = someone("Lê Văn Bệnh");
  stay(ill_.id, market_, 0, 120);
  stay(met_.id, market_, 30, 40);
  cases::ImportedCase given;
  given.source = "list";
  given.external = "1";
  given.person = ill_.id;
  given.disease = "covid-19";
  given.classification = cases::Classification::kConfirmed;
  given.confirmation = positive();
  const auto taken =
      world_.db->transact_now([&](store::Session& s) { return cases_.take_listed(s, province_, given); });
  ASSERT_TRUE(taken) << code(taken);
  followers_.drain();
  const auto merge = merged(again.id, ill_.id);
  EXPECT_THAT(live(taken->id), IsEmpty());
  world_.db->transact_now([&](store::Session& s) { cases_.start_listed(s, std::array{taken->id}); });
  followers_.drain();
  EXPECT_THAT(live(taken->id), UnorderedElementsAre(met_.id)) << "as soon as an officer says so";
  parted(merge);
}

TEST_P(SamePersonTest, AContactUnderTwoRecordsIsOneCandidate) {
  const PersonId desk = written_down("Phạm Thị Gặp");
  stay(ill_.id, market_, 0, 120);
  stay(met_.id, market_, 30, 40);
  stay(desk, market_, 70, 40);
  const CaseId kase = confirmed(ill_.id).id;
  EXPECT_THAT(live(kase), UnorderedElementsAre(met_.id, desk));
  const auto merge = merged(met_.id, desk);
  EXPECT_THAT(live(kase), UnorderedElementsAre(desk));
  const Candidate found = candidate(kase, desk);
  ASSERT_THAT(found.evidence, SizeIs(1));
  EXPECT_EQ(found.evidence[0].from, minute(30));
  EXPECT_EQ(found.evidence[0].to, minute(110)) << "stays that touch are one";
  for (const TaskView& task : tasks(station_))
    EXPECT_TRUE(task.person.id == desk || task.state == TaskState::kWithdrawn);
  trace_again(kase);
  EXPECT_THAT(live(kase), UnorderedElementsAre(desk)) << "and stays one";
  parted(merge);
  EXPECT_THAT(live(kase), UnorderedElementsAre(met_.id, desk));
}

TEST_P(SamePersonTest, WhatAnOfficerDecidedStaysWithItsRecord) {
  const PersonId desk = written_down("Phạm Thị Gặp");
  stay(ill_.id, market_, 0, 120);
  stay(met_.id, market_, 30, 40);
  stay(desk, market_, 30, 40);
  const CaseId kase = confirmed(ill_.id).id;
  ASSERT_TRUE(assign(province_, candidate(kase, met_.id), Class::kF1));
  merged(met_.id, desk);
  EXPECT_THAT(live(kase), UnorderedElementsAre(met_.id)) << "decided on under the other record";
  EXPECT_EQ(candidate(kase, met_.id).class_, Class::kF1);
}

TEST_P(SamePersonTest, AWarningReachesTheAccountOfTheOtherRecord) {
  const PersonId desk = written_down("Phạm Thị Gặp");
  stay(ill_.id, market_, 0, 120);
  stay(desk, market_, 0, 60);
  const auto others = crowd(market_, 8);
  const auto merge = merged(met_.id, desk);
  const CaseId kase = confirmed(ill_.id).id;
  EXPECT_EQ(released(kase), 9);
  EXPECT_EQ(warnings(others[0]).at(0).kind, WarningKind::kExposure);
  ASSERT_THAT(warnings(met_), SizeIs(1));
  EXPECT_EQ(warnings(met_)[0].kind, WarningKind::kStation) << "where another record was is not told";
  EXPECT_FALSE(warnings(met_)[0].place_name);
  EXPECT_THAT(messages(met_.phone), SizeIs(1));
  EXPECT_EQ(code(run(tracing_.release(province_, kase))), "nobody_to_warn");

  parted(merge);
  EXPECT_THAT(told(met_), ::testing::ElementsAre(WarningKind::kCorrection, WarningKind::kStation));
  EXPECT_THAT(told(others[0]), SizeIs(1)) << "nobody else is told that it was wrong";
  EXPECT_EQ(released(kase), 1) << "who was there has not been told yet";
}

TEST_P(SamePersonTest, AnAccountIsToldWhereItsOwnRecordWas) {
  const PersonId desk = written_down("Phạm Thị Gặp");
  stay(ill_.id, market_, 0, 120);
  stay(met_.id, market_, 0, 60);
  crowd(market_, 9);
  merged(met_.id, desk);
  const CaseId kase = confirmed(ill_.id).id;
  EXPECT_EQ(released(kase), 10);
  ASSERT_THAT(warnings(met_), SizeIs(1));
  EXPECT_EQ(warnings(met_)[0].place_name, "Chợ Diên Sanh");
  EXPECT_EQ(warnings(met_)[0].to, minute(60));
}

TEST_P(SamePersonTest, AMergeOfTwoWhoWereWarnedCorrectsNeither) {
  const Someone again = someone("Phạm Thị Gặp");
  stay(ill_.id, market_, 0, 120);
  stay(met_.id, market_, 0, 60);
  stay(again.id, market_, 0, 60);
  crowd(market_, 8);
  const CaseId kase = confirmed(ill_.id).id;
  EXPECT_EQ(released(kase), 10);
  merged(again.id, met_.id);
  EXPECT_THAT(told(met_), SizeIs(1));
  EXPECT_THAT(told(again), SizeIs(1));
  EXPECT_EQ(code(run(tracing_.release(province_, kase))), "nobody_to_warn");
  undo(kase);
  EXPECT_THAT(told(met_), SizeIs(2)) << "each of the accounts that were told is told";
  EXPECT_THAT(told(again), SizeIs(2));
}

TEST_P(SamePersonTest, AMergeThatNoCaseHasToDoWithTracesNothing) {
  const Someone again = someone("Võ Thị Mua"), customer = someone("Võ Thị Mua");
  stay(ill_.id, market_, 0, 120);
  confirmed(ill_.id);
  const auto before = events("trace.done");
  merged(again.id, customer.id);
  EXPECT_EQ(events("trace.done"), before);
}

INSTANTIATE_TEST_SUITE_P(Engines, SamePersonTest, store::testing::engines(), store::testing::engine_name);

}  // namespace
}  // namespace luytre::tracing

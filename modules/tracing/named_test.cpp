// Whom a contact named: contacts of the same case one level further away, with proof of who told of them; gone with
// whoever named them, and nearer once that one is a case.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "modules/tracing/declared.h"
#include "modules/tracing/tracing_fixture.h"

namespace luytre::tracing {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class NamedTest : public TracingTest {
 protected:
  NamedTest() {
    stay(ill_.id, market_, 0, 60);
    stay(near_.id, market_, 0, 60);
  }
  static cases::Confirmation two_levels() {
    cases::Confirmation out = positive();
    out.rule_set = std::string("vn-covid-19-2020-08");
    return out;
  }
  static NewContact met(PersonId person, int from = 100, int length = 20) {
    NewContact out;
    out.person = person;
    out.from = minute(from);
    out.to = minute(from + length);
    out.how = HowTold::kInterview;
    out.where = std::string("Quán nước đầu làng");
    out.relation = std::string("hàng xóm");
    return out;
  }
  Result<DeclaredContact> name(const Caller& officer, CandidateId by, const NewContact& contact) {
    auto made = run(tracing_.name(officer, by, contact, std::nullopt));
    followers_.drain();
    return made;
  }
  DeclaredContact named(CandidateId by, const NewContact& contact) {
    auto made = name(province_, by, contact);
    if (!made) throw std::runtime_error("not written down: " + made.error().code);
    return std::move(*made);
  }
  std::string refused(const Caller& officer, CandidateId by, const NewContact& contact) {
    const auto made = name(officer, by, contact);
    if (made) return "taken";
    if (made.error().fields.empty()) return made.error().code;
    return made.error().fields.at(0).pointer + ' ' + made.error().fields.at(0).code;
  }
  std::vector<DeclaredContact> list(CandidateId by) { return run(tracing_.named(province_, by))->items; }
  Result<DeclaredContact> withdraw(const DeclaredContact& which) {
    auto out = run(tracing_.withdraw(province_, which.id, {{std::string("Nhớ nhầm người")}}, which.version));
    followers_.drain();
    return out;
  }
  Result<DeclaredContact> restore(const DeclaredContact& which) {
    auto out = run(tracing_.restore(province_, which.id, which.version));
    followers_.drain();
    return out;
  }
  using Found = std::vector<std::pair<PersonId, std::int64_t>>;
  Found found(CaseId id) {
    Found out;
    for (const Candidate& one : candidates(id))
      if (one.status != CandidateStatus::kWithdrawn) out.emplace_back(one.person.id, one.level);
    std::sort(out.begin(), out.end());
    return out;
  }
  static Found sorted(Found all) {
    std::sort(all.begin(), all.end());
    return all;
  }

  const Someone ill_ = someone("Lê Văn Bệnh"), near_ = someone("Phạm Thị Gặp"), told_ = someone("Võ Thị Kể");
  const PlaceId market_ = place("Chợ Diên Sanh");
};

TEST_P(NamedTest, WhomAContactMetIsAContactOneLevelFurtherAway) {
  const CaseId id = confirmed(ill_.id, two_levels()).id;
  const CandidateId by = candidate(id, near_.id).id;
  const Someone away = someone("Ngô Văn Xa", kNamHaiLang);
  const auto made = run(tracing_.name(province_, by, met(away.id), std::nullopt));
  ASSERT_TRUE(made) << code(made);
  EXPECT_EQ(made->named_by, by);
  EXPECT_EQ(made->case_, id);
  ASSERT_TRUE(made->candidate) << "before any event is followed";
  const auto shown = [&] {
    const Candidate one = candidate(id, away.id);
    EXPECT_EQ(one.id, *made->candidate);
    EXPECT_EQ(one.level, 2);
    EXPECT_EQ(one.status, CandidateStatus::kOpen);
    EXPECT_EQ(one.exposed_since, minute(100));
    EXPECT_EQ(one.evidence_count, 1);
    ASSERT_THAT(one.evidence, SizeIs(1));
    EXPECT_EQ(one.evidence[0].kind, EvidenceKind::kDeclared);
    EXPECT_TRUE(one.evidence[0].named);
    EXPECT_EQ(one.evidence[0].with.id, near_.id);
    EXPECT_EQ(one.evidence[0].with.level, 1);
    EXPECT_EQ(one.evidence[0].minutes, 20);
    EXPECT_EQ(one.evidence[0].relation, "hàng xóm");
    ASSERT_THAT(tasks(neighbour_), SizeIs(1)) << "where they live";
    EXPECT_EQ(tasks(neighbour_)[0].candidate, one.id);
    EXPECT_EQ(tasks(neighbour_)[0].level, 2);
  };
  shown();
  followers_.drain();
  shown();
  trace_again(id);
  EXPECT_EQ(run(tracing_.runs(province_, id))->items[0].engine, kEngine);
  shown();
  presence_.settle();
  trace_again(id);
  EXPECT_EQ(run(tracing_.runs(province_, id))->items[0].engine, kIndexEngine);
  shown();
  EXPECT_EQ(found(id), sorted({{near_.id, 1}, {away.id, 2}}));

  ASSERT_THAT(list(by), SizeIs(1));
  EXPECT_EQ(list(by)[0].person.id, away.id);
  EXPECT_EQ(list(by)[0].where, "Quán nước đầu làng");
  EXPECT_EQ(candidate(id, near_.id).named, 1);
  EXPECT_EQ(candidate(id, away.id).named, 0);
  EXPECT_THAT(list(candidate(id, away.id).id), IsEmpty());
  EXPECT_THAT(run(tracing_.declared(province_, id))->items, IsEmpty()) << "not of the case itself";
  ASSERT_TRUE(assign(neighbour_, candidate(id, away.id), Class::kF2));
  trace_again(id);
  EXPECT_EQ(candidate(id, away.id).class_, Class::kF2);
}

TEST_P(NamedTest, WhoIsNearerAlreadyStaysThere) {
  stay(told_.id, market_, 0, 60);
  const CaseId id = confirmed(ill_.id, two_levels()).id;
  const Candidate before = candidate(id, told_.id);
  const DeclaredContact made = named(candidate(id, near_.id).id, met(told_.id));
  EXPECT_EQ(made.candidate, before.id);
  trace_again(id);
  const Candidate after = candidate(id, told_.id);
  EXPECT_EQ(after.level, 1);
  EXPECT_EQ(after.evidence_count, before.evidence_count);
}

TEST_P(NamedTest, BeyondTheLevelsOfTheRuleSetItIsWrittenDownAlone) {
  const CaseId id = confirmed(ill_.id).id;  // traces one level
  const DeclaredContact made = named(candidate(id, near_.id).id, met(told_.id));
  EXPECT_FALSE(made.candidate);
  trace_again(id);
  EXPECT_EQ(found(id), (Found{{near_.id, 1}}));
  EXPECT_THAT(list(candidate(id, near_.id).id), SizeIs(1));
  const CaseId own = confirmed(near_.id).id;
  EXPECT_THAT(found(own), Contains(std::pair(told_.id, std::int64_t{1}))) << "and counts once they are a case";
}

TEST_P(NamedTest, OfASuspectTheyAreContactsAsSoonAsTheRuleSetOfTheCaseSaysSo) {
  const Someone friend_ = someone("Đỗ Văn Bạn");
  const CaseId id = reported(ill_.id).id;
  ASSERT_TRUE(run(tracing_.declare(province_, id, met(friend_.id, 20), std::nullopt)));
  followers_.drain();
  EXPECT_FALSE(named(candidate(id, friend_.id).id, met(told_.id)).candidate) << "those of the day end at level 1";
  confirm(id, two_levels());
  EXPECT_EQ(candidate(id, told_.id).level, 2);
  EXPECT_EQ(candidate(id, told_.id).evidence.at(0).with.id, friend_.id);
}

TEST_P(NamedTest, WhenTheirContactBecomesACaseTheyAreOneLevelNearerAndGoBack) {
  const CaseId id = confirmed(ill_.id, two_levels()).id;
  const Candidate by = candidate(id, near_.id);
  named(by.id, met(told_.id));
  ASSERT_TRUE(assign(station_, by, Class::kF1));
  ASSERT_TRUE(assign(station_, candidate(id, told_.id), Class::kF2));

  const CaseId own = confirmed(near_.id).id;
  const auto once = [&] {
    const auto all = candidates(own);
    return std::count_if(all.begin(), all.end(), [&](const Candidate& one) { return one.person.id == told_.id; });
  };
  EXPECT_EQ(once(), 1);
  const Candidate nearer = candidate(own, told_.id);
  EXPECT_EQ(nearer.level, 1);
  EXPECT_EQ(nearer.status, CandidateStatus::kOpen);
  EXPECT_EQ(nearer.evidence_count, 1);
  EXPECT_EQ(nearer.evidence.at(0).with.id, near_.id);
  EXPECT_EQ(nearer.evidence.at(0).with.level, 0);
  EXPECT_EQ(candidate(id, told_.id).level, 2) << "what they are to the first case stays";
  EXPECT_EQ(candidate(id, told_.id).class_, Class::kF2);
  trace_again(own);
  EXPECT_EQ(once(), 1);
  EXPECT_EQ(candidate(own, told_.id).evidence_count, 1);

  undo(own);
  EXPECT_EQ(candidate(own, told_.id).status, CandidateStatus::kWithdrawn);
  EXPECT_EQ(candidate(id, told_.id).status, CandidateStatus::kAssigned);
}

TEST_P(NamedTest, WhatIsSaidOrTakenBackOfACaseThatWasAContactHoldsForBothCases) {
  const CaseId id = confirmed(ill_.id, two_levels()).id;
  const CandidateId by = candidate(id, near_.id).id;
  const CaseId own = confirmed(near_.id).id;
  const DeclaredContact made = named(by, met(told_.id));
  EXPECT_EQ(candidate(id, told_.id).level, 2);
  EXPECT_EQ(candidate(own, told_.id).level, 1);
  const auto gone = withdraw(made);
  ASSERT_TRUE(gone) << code(gone);
  EXPECT_EQ(candidate(id, told_.id).status, CandidateStatus::kWithdrawn);
  EXPECT_EQ(candidate(own, told_.id).status, CandidateStatus::kWithdrawn);
  ASSERT_TRUE(restore(*gone));
  EXPECT_EQ(candidate(id, told_.id).status, CandidateStatus::kOpen);
  EXPECT_EQ(candidate(own, told_.id).status, CandidateStatus::kOpen);

  // The first case was none: what its contact told of themselves stays true.
  undo(id);
  cases::Reclassification none;
  none.classification = cases::Classification::kDiscarded;
  none.reason = std::string("Theo kết quả mới");
  ASSERT_TRUE(run(cases_.reclassify(province_, id, none, version_of(id))));
  followers_.drain();
  EXPECT_EQ(candidate(id, told_.id).status, CandidateStatus::kWithdrawn);
  trace_again(own);
  EXPECT_EQ(candidate(own, told_.id).status, CandidateStatus::kOpen);
}

TEST_P(NamedTest, TheyGoWithWhoeverNamedThemAndComeBack) {
  const Someone friend_ = someone("Đỗ Văn Bạn");
  const CaseId id = confirmed(ill_.id, two_levels()).id;
  const auto reason = run(tracing_.declare(province_, id, met(friend_.id, 20), std::nullopt));
  ASSERT_TRUE(reason) << code(reason);
  followers_.drain();
  const DeclaredContact made = named(candidate(id, friend_.id).id, met(told_.id));
  const Found all = sorted({{near_.id, 1}, {friend_.id, 1}, {told_.id, 2}});
  EXPECT_EQ(found(id), all);
  EXPECT_THAT(tasks(station_), SizeIs(3));

  const auto gone = withdraw(*reason);
  ASSERT_TRUE(gone) << code(gone);
  EXPECT_EQ(found(id), (Found{{near_.id, 1}}));
  EXPECT_THAT(tasks(station_), SizeIs(1));
  trace_again(id);
  EXPECT_EQ(found(id), (Found{{near_.id, 1}}));
  EXPECT_FALSE(list(candidate(id, friend_.id).id).at(0).withdrawn) << "it stays written down";
  EXPECT_EQ(refused(province_, candidate(id, friend_.id).id, met(ill_.id)), "candidate_withdrawn");

  ASSERT_TRUE(restore(*gone));
  EXPECT_EQ(found(id), all);
  EXPECT_EQ(candidate(id, told_.id).id, made.candidate) << "the same candidate";
  EXPECT_THAT(tasks(station_), SizeIs(3));

  undo(id);
  EXPECT_EQ(found(id), (Found{{friend_.id, 1}})) << "of a suspect who was declared, as far as the day's rules go";
  confirm(id, two_levels());
  EXPECT_EQ(found(id), all);
}

TEST_P(NamedTest, WhenTracesFindTheirContactNoMoreTheyGoToo) {
  const CaseId id = confirmed(ill_.id, two_levels()).id;
  named(candidate(id, near_.id).id, met(told_.id));
  EXPECT_EQ(found(id), sorted({{near_.id, 1}, {told_.id, 2}}));
  undo(id);
  EXPECT_THAT(found(id), IsEmpty());
  EXPECT_THAT(tasks(station_), IsEmpty());
  confirm(id, two_levels());
  EXPECT_EQ(found(id), sorted({{near_.id, 1}, {told_.id, 2}}));
  EXPECT_THAT(tasks(station_), SizeIs(2));
}

TEST_P(NamedTest, IsWithdrawnWithProofAndPutUpAgain) {
  const CaseId id = confirmed(ill_.id, two_levels()).id;
  const CandidateId by = candidate(id, near_.id).id;
  const DeclaredContact made = named(by, met(told_.id));
  EXPECT_EQ(code(run(tracing_.withdraw(neighbour_, made.id, {{std::string("Nhầm")}}, made.version))), "not_permitted");
  const auto gone = withdraw(made);
  ASSERT_TRUE(gone) << code(gone);
  EXPECT_FALSE(gone->candidate);
  ASSERT_THAT(gone->steps, SizeIs(2));
  EXPECT_EQ(gone->steps[1].reason, "Nhớ nhầm người");
  EXPECT_EQ(found(id), (Found{{near_.id, 1}})) << "who named them stays";
  EXPECT_THAT(tasks(station_), SizeIs(1));
  ASSERT_THAT(list(by), SizeIs(1));
  EXPECT_TRUE(list(by)[0].withdrawn);
  trace_again(id);
  EXPECT_EQ(found(id), (Found{{near_.id, 1}}));
  const auto again = restore(*gone);
  ASSERT_TRUE(again) << code(again);
  EXPECT_EQ(again->candidate, made.candidate);
  EXPECT_THAT(again->steps, SizeIs(3));
}

TEST_P(NamedTest, SentTwiceItIsOneAndTwoMayNameTheSame) {
  stay(told_.id, market_, 0, 60);
  const CaseId id = confirmed(ill_.id, two_levels()).id;
  const CandidateId by = candidate(id, near_.id).id;
  const Someone child = someone("Phạm Văn Con");
  const auto once = [] { return store::make_once(9201, "POST named", "k1", "body"); };
  const auto first = run(tracing_.name(station_, by, met(child.id), once()));
  const auto again = run(tracing_.name(station_, by, met(child.id), once()));
  ASSERT_TRUE(first && again) << code(first) << code(again);
  EXPECT_EQ(first->id, again->id);
  followers_.drain();
  EXPECT_EQ(refused(station_, by, met(child.id)), "contact_declared");
  EXPECT_EQ(candidate(id, child.id).evidence_count, 1);
  EXPECT_THAT(tasks(station_), SizeIs(3));

  named(candidate(id, told_.id).id, met(child.id));
  EXPECT_EQ(candidate(id, child.id).evidence_count, 2);
  trace_again(id);
  EXPECT_EQ(candidate(id, child.id).evidence_count, 2);
  EXPECT_THAT(found(id), SizeIs(3));
  EXPECT_THAT(tasks(station_), SizeIs(3));
}

TEST_P(NamedTest, RefusesWhatCannotBe) {
  const CaseId id = confirmed(ill_.id, two_levels()).id;
  const Candidate by = candidate(id, near_.id);
  EXPECT_EQ(refused(station_, by.id, met(near_.id)), "/person unknown");
  EXPECT_EQ(refused(station_, by.id, met(ill_.id)), "/person unknown");
  EXPECT_EQ(refused(station_, by.id, met(PersonId{4711})), "not_found");
  EXPECT_EQ(refused(station_, CandidateId{4711}, met(told_.id)), "not_found");
  EXPECT_EQ(refused(station_, by.id, met(told_.id, -60, 60)), "contact_before_exposure");
  EXPECT_EQ(refused(station_, by.id, met(told_.id, 24 * 60)), "/from time_in_future");
  NewContact nobody = met(told_.id);
  nobody.person.reset();
  EXPECT_EQ(refused(station_, by.id, nobody), "/person required");
  ASSERT_TRUE(assign(station_, by, Class::kNone));
  EXPECT_EQ(refused(station_, by.id, met(told_.id)), "candidate_withdrawn");
  EXPECT_EQ(found(id), (Found{{near_.id, 1}}));
  EXPECT_THAT(list(by.id), IsEmpty());
}

TEST_P(NamedTest, OfficersElsewhereMayNotAndWhoHasThePersonLearnsNoName) {
  const CaseId id = confirmed(ill_.id, two_levels()).id;
  const CandidateId by = candidate(id, near_.id).id;
  EXPECT_EQ(refused(neighbour_, by, met(told_.id)), "not_permitted");
  EXPECT_EQ(refused(far_, by, met(told_.id)), "not_permitted");
  EXPECT_EQ(code(run(tracing_.named(neighbour_, by))), "not_permitted");
  const Someone away = someone("Ngô Văn Xa", kNamHaiLang);
  EXPECT_EQ(refused(station_, by, met(away.id)), "not_permitted") << "a known person of another area";
  const DeclaredContact made = named(by, met(away.id));

  const auto told = log_about(near_.id).size();
  const auto seen = run(tracing_.candidate(neighbour_, made.candidate.value()));
  ASSERT_TRUE(seen) << code(seen);
  ASSERT_THAT(seen->evidence, SizeIs(1));
  EXPECT_TRUE(seen->evidence[0].named);
  EXPECT_EQ(seen->evidence[0].with.level, 1);
  EXPECT_EQ(seen->evidence[0].with.name, "");
  EXPECT_EQ(seen->evidence[0].with.id, PersonId{});
  EXPECT_FALSE(seen->evidence[0].where || seen->evidence[0].relation);
  EXPECT_EQ(log_about(near_.id).size(), told) << "nothing was learnt of who named them";
  ASSERT_TRUE(run(tracing_.candidate(province_, *made.candidate)));
  EXPECT_EQ(log_about(near_.id).size(), told + 1);

  const std::string reason = "case " + run(cases_.find(province_, id))->number;
  EXPECT_THAT(log_about(away.id), Contains("tracing.declare " + reason));
  const auto before = log_about(away.id).size();
  ASSERT_TRUE(run(tracing_.named(station_, by))) << "where the contact lives";
  ASSERT_EQ(log_about(away.id).size(), before + 1) << "the list is a look at everybody in it";
  EXPECT_EQ(log_about(away.id).front(), "tracing.candidates " + reason);
}

// The case is elsewhere: the station of the contact asks them.
TEST_P(NamedTest, TheStationOfTheContactWritesItDownThoughTheCaseIsElsewhere) {
  const Someone ill = someone("Trần Văn Nam", kNamHaiLang);
  const CaseId id = confirmed(ill.id, two_levels()).id;
  const auto reason = run(tracing_.declare(province_, id, met(near_.id, 0), std::nullopt));
  ASSERT_TRUE(reason) << code(reason);
  followers_.drain();
  const auto made = name(station_, *reason->candidate, met(told_.id));
  ASSERT_TRUE(made) << code(made);
  EXPECT_EQ(candidate(id, told_.id).level, 2);
  EXPECT_EQ(code(run(tracing_.declare(station_, id, met(told_.id), std::nullopt))), "not_permitted");
  const auto gone = run(tracing_.withdraw(station_, made->id, {{std::string("Nhầm")}}, made->version));
  EXPECT_TRUE(gone) << code(gone);
}

INSTANTIATE_TEST_SUITE_P(Engines, NamedTest, store::testing::engines(), store::testing::engine_name);

}  // namespace
}  // namespace luytre::tracing

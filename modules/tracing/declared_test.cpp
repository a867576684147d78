// Declared contacts: candidates without minutes, place, decision or confirmation, found by both ways to trace, and gone
// when they are withdrawn.

#include "modules/tracing/declared.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "modules/people/duplicates.h"
#include "modules/tracing/ties.h"
#include "modules/tracing/tracing_fixture.h"

namespace luytre::tracing {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class DeclaredTest : public TracingTest {
 protected:
  // Three minutes at a bus stop.
  static NewContact met(PersonId person, int from = 0, int length = 3) {
    NewContact out;
    out.person = person;
    out.from = minute(from);
    out.to = minute(from + length);
    out.where = std::string("Bến xe, chỗ chờ");
    out.relation = std::string("bạn học");
    return out;
  }
  static NewContact all_day(PersonId person, const char* day = "2026-03-01") {
    NewContact out;
    out.person = person;
    out.day = parse_date(day);
    out.how = HowTold::kInterview;
    return out;
  }
  DeclaredContact declared(CaseId id, NewContact contact) {
    auto made = run(tracing_.declare(station_, id, std::move(contact), std::nullopt));
    if (!made) throw std::runtime_error("contact refused: " + made.error().code);
    followers_.drain();
    return std::move(*made);
  }
  std::string refused(CaseId id, NewContact contact) {
    const auto made = run(tracing_.declare(station_, id, std::move(contact), std::nullopt));
    if (made) return "taken";
    if (made.error().fields.empty()) return made.error().code;
    return made.error().fields.at(0).pointer + ' ' + made.error().fields.at(0).code;
  }
  Result<DeclaredContact> withdraw(const DeclaredContact& which, const char* why = "Nhớ nhầm người") {
    auto out = run(tracing_.withdraw(station_, which.id, {{std::string(why)}}, which.version));
    followers_.drain();
    return out;
  }
  std::vector<std::pair<PersonId, std::int64_t>> found(CaseId id) {
    std::vector<std::pair<PersonId, std::int64_t>> out;
    for (const Candidate& one : candidates(id))
      if (one.status != CandidateStatus::kWithdrawn) out.emplace_back(one.person.id, one.level);
    std::sort(out.begin(), out.end());
    return out;
  }
  using Found = std::vector<std::pair<PersonId, std::int64_t>>;
  void reclassify(CaseId id, cases::Classification to) {
    cases::Reclassification what;
    what.classification = to;
    what.reason = std::string("Theo kết quả mới");
    ASSERT_TRUE(run(cases_.reclassify(province_, id, what, version_of(id))));
    followers_.drain();
  }

  people::Duplicates duplicates_{*world_.db,           world_.people,          visits::testing::geography(),
                                 world_.house->access, world_.house->accounts, world_.vault};
  const Someone ill_ = someone("Lê Văn Bệnh"), met_ = someone("Phạm Thị Gặp");
  const PlaceId market_ = place("Chợ Diên Sanh"), shop_ = place("Cửa hàng Sen", "shop");
};

TEST_P(DeclaredTest, OfASuspectIsACandidateAtOnceWithATaskWhereTheContactLives) {
  const CaseId id = reported(ill_.id).id;
  const Someone away = someone("Ngô Văn Xa", kNamHaiLang);
  auto made = run(tracing_.declare(province_, id, met(away.id), std::nullopt));
  ASSERT_TRUE(made) << code(made);
  EXPECT_EQ(made->how, HowTold::kOfficer);
  EXPECT_EQ(made->where, "Bến xe, chỗ chờ");
  ASSERT_TRUE(made->candidate) << "before any event is followed";
  followers_.drain();
  const Candidate one = candidate(id, away.id);
  EXPECT_EQ(one.id, *made->candidate);
  EXPECT_EQ(one.level, 1);
  EXPECT_EQ(one.status, CandidateStatus::kOpen);
  EXPECT_GT(one.risk, 0);
  ASSERT_THAT(one.evidence, SizeIs(1));
  const Evidence& why = one.evidence[0];
  EXPECT_EQ(why.kind, EvidenceKind::kDeclared);
  EXPECT_EQ(why.with.id, ill_.id);
  EXPECT_EQ(why.minutes, 3);
  EXPECT_EQ(why.how, HowTold::kOfficer);
  EXPECT_EQ(why.relation, "bạn học");
  EXPECT_FALSE(why.place || why.estimated);
  ASSERT_THAT(tasks(neighbour_), SizeIs(1));
  EXPECT_EQ(tasks(neighbour_)[0].person.id, away.id);
  EXPECT_THAT(tasks(station_), IsEmpty());

  // Nothing of a change of the case, or of its confirmation, takes it away or makes it two.
  reclassify(id, cases::Classification::kProbable);
  EXPECT_EQ(candidate(id, away.id).version, one.version);
  const auto assigned = assign(province_, one, Class::kF1);
  ASSERT_TRUE(assigned) << code(assigned);
  confirm(id);
  EXPECT_THAT(candidates(id), SizeIs(1));
  EXPECT_EQ(candidate(id, away.id).class_, Class::kF1);
  EXPECT_THAT(candidate(id, away.id).evidence, SizeIs(1));
  const auto known = world_.db->read_now([&](store::Session& s) { return tracing_.contact(s, one.id); });
  ASSERT_TRUE(known);
  EXPECT_TRUE(known->stands);
  EXPECT_EQ(known->last_exposure, minute(3));
}

TEST_P(DeclaredTest, ANewPersonIsWrittenDownTogetherWithIt) {
  const CaseId id = reported(ill_.id).id;
  NewContact contact = met({});
  contact.person.reset();
  contact.new_person.emplace();
  contact.new_person->name = std::string("Trần Văn Mới");
  contact.new_person->birth_year = 1999;
  contact.new_person->unit = visits::testing::kHaiLang;
  const DeclaredContact made = declared(id, contact);
  EXPECT_EQ(made.person.name, "Trần Văn Mới");
  EXPECT_THAT(tasks(station_), SizeIs(1));
}

TEST_P(DeclaredTest, ANewPersonIsComparedWithWhoIsKnownUnlessTheOfficerHasLooked) {
  tracing_.set_may_be_known([&](store::Session& s, const people::NewPerson& person, std::span<const UnitId> areas) {
    return !duplicates_.alike(s, person, areas).empty();
  });
  const CaseId id = reported(ill_.id).id;
  NewContact contact = met({});
  contact.person.reset();
  people::NewPerson& person = contact.new_person.emplace();
  person.name = std::string("Trần Trọng Khuê");
  person.birth_year = 1961;
  person.sex = people::Sex::kOther;
  person.unit = visits::testing::kHaiLang;
  declared(id, contact);
  person.name = std::string("Tran Trong Khue");
  contact.from = minute(30);
  contact.to = minute(40);
  EXPECT_EQ(refused(id, contact), "person_may_be_known");
  EXPECT_THAT(found(id), SizeIs(1));
  contact.none_of_these = true;
  EXPECT_EQ(refused(id, contact), "taken");
  EXPECT_THAT(found(id), SizeIs(2));
}

TEST_P(DeclaredTest, AWholeDayIsMarkedAsWhatItIs) {
  const CaseId id = confirmed(ill_.id).id;
  declared(id, all_day(met_.id));
  const Candidate one = candidate(id, met_.id);
  ASSERT_THAT(one.evidence, SizeIs(1));
  EXPECT_EQ(one.evidence[0].from, *parse_instant("2026-02-28T17:00:00Z")) << "the local day";
  EXPECT_EQ(one.evidence[0].to, *parse_instant("2026-03-01T17:00:00Z"));
  EXPECT_TRUE(one.evidence[0].estimated);
  EXPECT_EQ(one.evidence[0].how, HowTold::kInterview);
  const Someone hour = someone("Võ Thị Giờ");
  declared(id, met(hour.id, 0, 60));
  EXPECT_EQ(candidate(id, hour.id).risk, one.risk) << "as one hour";
  declared(id, all_day(hour.id, "2026-03-02"));
  EXPECT_EQ(candidate(id, hour.id).evidence.at(1).to, now()) << "a day that is not over";
}

// The case met the one who was declared; that one went to the shop, and so did a customer.
TEST_P(DeclaredTest, BothWaysToTraceGoOnFromThere) {
  const Someone customer = someone("Võ Thị Mua"), friend_ = someone("Đỗ Văn Bạn");
  stay(met_.id, shop_, 90, 60);
  stay(customer.id, shop_, 90, 60);
  stay(ill_.id, market_, 0, 60);
  stay(friend_.id, market_, 0, 60);
  cases::Confirmation two = positive();
  two.rule_set = std::string("vn-covid-19-2020-08");
  const CaseId id = confirmed(ill_.id, two).id;
  EXPECT_EQ(found(id), (Found{{friend_.id, 1}}));
  declared(id, met(met_.id));
  pass(minutes(1));
  Found wanted{{met_.id, 1}, {friend_.id, 1}, {customer.id, 2}};
  std::sort(wanted.begin(), wanted.end());
  EXPECT_EQ(found(id), wanted) << "traced again by itself";
  EXPECT_EQ(candidate(id, customer.id).evidence.at(0).with.id, met_.id);

  const auto shown = [&] {
    std::vector<std::string> out;
    for (const Candidate& one : candidates(id)) {
      out.push_back(to_text(one.person.id) + ' ' + to_text(one.exposed_since) + ' ' + std::to_string(one.risk) + ' ' +
                    std::to_string(one.evidence_count) + ' ' + std::to_string(static_cast<int>(one.status)));
      for (const Evidence& e : one.evidence)
        out.back() += ' ' + std::to_string(static_cast<int>(e.kind)) + ' ' + to_text(e.from) + ' ' + to_text(e.to);
    }
    std::sort(out.begin(), out.end());
    return out;
  };
  trace_again(id);
  EXPECT_EQ(run(tracing_.runs(province_, id))->items[0].engine, kEngine);
  const auto by_sql = shown();
  presence_.settle();
  trace_again(id);
  EXPECT_EQ(run(tracing_.runs(province_, id))->items[0].engine, kIndexEngine);
  EXPECT_EQ(shown(), by_sql);
  EXPECT_EQ(found(id), wanted);

  // A contact's own contacts, declared for their own case, are a level below.
  const Someone child = someone("Phạm Văn Con");
  declared(reported(met_.id).id, met(child.id, 30));
  trace_again(id);
  EXPECT_THAT(found(id), Contains(std::pair(child.id, std::int64_t{2})));
  const Candidate below = candidate(id, child.id);
  // What is declared of the case itself, and withdrawn, says nothing of those.
  ASSERT_TRUE(withdraw(declared(id, met(someone("Bùi Văn Nhầm").id))));
  EXPECT_EQ(candidate(id, child.id).status, below.status);
  EXPECT_EQ(candidate(id, child.id).version, below.version);
}

TEST_P(DeclaredTest, RecordsOfOnePersonAreOneContactOfASuspect) {
  const CaseId id = reported(ill_.id).id;
  const Someone again = someone("Phạm Thị Gặp");
  declared(id, met(met_.id));
  declared(id, met(again.id, 30));
  ASSERT_THAT(found(id), SizeIs(2));
  ASSERT_THAT(tasks(station_), SizeIs(2));
  const people::NewPersonMerge asked{again.id, met_.id, std::string("hai hồ sơ, một người")};
  ASSERT_TRUE(run(duplicates_.merge(province_, asked)));
  followers_.drain();
  EXPECT_THAT(found(id), SizeIs(1));
  EXPECT_THAT(tasks(station_), SizeIs(1));
}

TEST_P(DeclaredTest, OfManyPeopleTheSameIsFoundAsOfFewAndEitherWayRound) {
  declared(reported(ill_.id).id, met(met_.id));
  const Interval morning{minute(-60), minute(60)};
  const std::vector<presence::Source> few{{ill_.id, morning}}, round{{met_.id, {minute(1), minute(60)}}};
  std::vector<presence::Source> many = few;
  for (std::int64_t i = 1; i <= 200; ++i) many.push_back({PersonId{i}, morning});
  world_.db->read_now([&](store::Session& s) {
    const auto found = declared_ties(s, "covid-19", few);
    ASSERT_THAT(found, SizeIs(1));
    EXPECT_EQ(found[0].person, met_.id);
    EXPECT_TRUE(declared_ties(s, "covid-19", many) == found);
    const auto back = declared_ties(s, "covid-19", round);
    ASSERT_THAT(back, SizeIs(1));
    EXPECT_EQ(back[0].person, ill_.id);
    EXPECT_EQ(back[0].when.from, minute(1)) << "within the source's time alone";
    EXPECT_THAT(declared_ties(s, "measles", few), IsEmpty());
  });
}

TEST_P(DeclaredTest, NoDecisionIsNeeded) {
  const CaseId id = confirmed(ill_.id, positive(), "dengue").id;
  ASSERT_EQ(run(tracing_.runs(province_, id))->items[0].state, RunState::kNotInForce);
  declared(id, met(met_.id));
  EXPECT_EQ(found(id), (Found{{met_.id, 1}}));
  trace_again(id);
  EXPECT_EQ(run(tracing_.runs(province_, id))->items[0].state, RunState::kNotInForce);
  EXPECT_EQ(found(id), (Found{{met_.id, 1}}));
  EXPECT_THAT(tasks(station_), SizeIs(1));
}

TEST_P(DeclaredTest, IsWithdrawnWithProofAndPutUpAgain) {
  const CaseId id = confirmed(ill_.id).id;
  const DeclaredContact made = declared(id, met(met_.id));
  EXPECT_EQ(code(run(tracing_.restore(station_, made.id, made.version))), "contact_settled");
  const auto gone = withdraw(made);
  ASSERT_TRUE(gone) << code(gone);
  EXPECT_TRUE(gone->withdrawn);
  EXPECT_FALSE(gone->candidate);
  ASSERT_THAT(gone->steps, SizeIs(2));
  EXPECT_FALSE(gone->steps[1].stands);
  EXPECT_EQ(gone->steps[1].reason, "Nhớ nhầm người");
  EXPECT_THAT(found(id), IsEmpty());
  EXPECT_THAT(tasks(station_), IsEmpty());
  trace_again(id);
  EXPECT_THAT(found(id), IsEmpty());
  EXPECT_EQ(code(withdraw(made)), "version_conflict");
  EXPECT_EQ(code(withdraw(*gone)), "contact_settled");

  const auto again = run(tracing_.restore(station_, made.id, gone->version));
  ASSERT_TRUE(again) << code(again);
  followers_.drain();
  EXPECT_THAT(again->steps, SizeIs(3));
  EXPECT_EQ(again->candidate, made.candidate) << "the same candidate";
  EXPECT_EQ(found(id), (Found{{met_.id, 1}}));
  EXPECT_THAT(tasks(station_), SizeIs(1));
  const auto listed = run(tracing_.declared(station_, id));
  ASSERT_TRUE(listed);
  EXPECT_THAT(listed->items, SizeIs(1));
}

TEST_P(DeclaredTest, WhatElseIsKnownOfAContactStays) {
  stay(ill_.id, market_, 0, 60);
  stay(met_.id, market_, 30, 60);
  const CaseId id = confirmed(ill_.id).id;
  const Candidate before = candidate(id, met_.id);
  ASSERT_THAT(before.evidence, SizeIs(1));
  const DeclaredContact made = declared(id, met(met_.id));
  const Candidate both = candidate(id, met_.id);
  EXPECT_EQ(both.evidence_count, 2);
  ASSERT_THAT(both.evidence, SizeIs(2));
  EXPECT_EQ(both.exposed_since, minute(0));
  trace_again(id);
  EXPECT_EQ(candidate(id, met_.id).evidence_count, 2);
  ASSERT_TRUE(withdraw(made));
  const Candidate after = candidate(id, met_.id);
  EXPECT_EQ(after.status, CandidateStatus::kOpen);
  EXPECT_EQ(after.evidence_count, 1);
  EXPECT_EQ(after.exposed_since, before.exposed_since);
  EXPECT_EQ(after.risk, before.risk);
}

TEST_P(DeclaredTest, WithTheConfirmationGoesWhatTracesFoundAndNothingElse) {
  const Someone friend_ = someone("Đỗ Văn Bạn");
  stay(ill_.id, market_, 0, 60);
  for (const Someone& one : {met_, friend_}) stay(one.id, market_, 0, 60);
  const CaseId id = confirmed(ill_.id).id;
  declared(id, met(met_.id));
  EXPECT_EQ(candidate(id, met_.id).evidence_count, 2);
  undo(id);
  EXPECT_EQ(found(id), (Found{{met_.id, 1}}));
  const Candidate left = candidate(id, met_.id);
  ASSERT_THAT(left.evidence, SizeIs(1));
  EXPECT_EQ(left.evidence[0].kind, EvidenceKind::kDeclared);
  ASSERT_THAT(tasks(station_), SizeIs(1));

  reclassify(id, cases::Classification::kDiscarded);
  EXPECT_THAT(found(id), IsEmpty());
  EXPECT_THAT(tasks(station_), IsEmpty());
  EXPECT_EQ(refused(id, met(met_.id, 30)), "case_discarded");
  reclassify(id, cases::Classification::kSuspect);
  EXPECT_EQ(found(id), (Found{{met_.id, 1}}));
  confirm(id);
  EXPECT_EQ(candidate(id, met_.id).evidence_count, 2);
}

TEST_P(DeclaredTest, TheWindowOfTheCaseHolds) {
  const CaseId id = reported(ill_.id).id;
  const Someone early = someone("Bùi Thị Sớm");
  declared(id, all_day(early.id, "2026-02-20"));
  declared(id, met(met_.id));
  EXPECT_THAT(found(id), SizeIs(2)) << "no window is known yet";
  confirm(id);
  EXPECT_EQ(found(id), (Found{{met_.id, 1}}));
  EXPECT_EQ(refused(id, all_day(early.id, "2026-02-21")), "contact_outside_window");
}

TEST_P(DeclaredTest, SentTwiceItIsOne) {
  const CaseId id = reported(ill_.id).id;
  const auto once = [] { return store::make_once(9201, "POST contacts", "k1", "body"); };
  const auto first = run(tracing_.declare(station_, id, met(met_.id), once()));
  const auto again = run(tracing_.declare(station_, id, met(met_.id), once()));
  ASSERT_TRUE(first && again);
  EXPECT_EQ(first->id, again->id);
  EXPECT_EQ(refused(id, met(met_.id)), "contact_declared");
  declared(id, met(met_.id, 100));
  EXPECT_THAT(found(id), SizeIs(1));
  EXPECT_EQ(candidate(id, met_.id).evidence_count, 2) << "two meetings of one contact";
}

TEST_P(DeclaredTest, RefusesWhatCannotBe) {
  const CaseId id = reported(ill_.id).id;
  NewContact contact = met(met_.id);
  contact.person.reset();
  EXPECT_EQ(refused(id, contact), "/person required");
  EXPECT_EQ(refused(id, met(ill_.id)), "/person unknown");
  EXPECT_EQ(refused(id, met(PersonId{4711})), "not_found");
  contact = met(met_.id);
  contact.day = parse_date("2026-03-01");
  EXPECT_EQ(refused(id, contact), "/day unknown");
  contact = met(met_.id);
  contact.to.reset();
  EXPECT_EQ(refused(id, contact), "/to required");
  EXPECT_EQ(refused(id, met(met_.id, 0, 0)), "/to range");
  EXPECT_EQ(refused(id, met(met_.id, 24 * 60, 10)), "/from time_in_future");
  EXPECT_EQ(refused(id, all_day(met_.id, "2026-03-03")), "/day time_in_future");
  EXPECT_THAT(found(id), IsEmpty());
}

TEST_P(DeclaredTest, OfficersElsewhereAndStationsOfTheContactLearnNoWords) {
  const CaseId id = reported(ill_.id).id;
  EXPECT_EQ(code(run(tracing_.declare(neighbour_, id, met(met_.id), std::nullopt))), "not_permitted");
  EXPECT_EQ(code(run(tracing_.declared(neighbour_, id))), "not_permitted");
  const Someone away = someone("Ngô Văn Xa", kNamHaiLang);
  EXPECT_EQ(refused(id, met(away.id)), "not_permitted") << "a known person of another area";
  const auto made = run(tracing_.declare(province_, id, met(away.id), std::nullopt));
  ASSERT_TRUE(made);
  followers_.drain();
  EXPECT_EQ(code(run(tracing_.withdraw(neighbour_, made->id, {{std::string("Nhầm")}}, 1))), "not_permitted");
  const auto seen = run(tracing_.candidate(neighbour_, *made->candidate));
  ASSERT_TRUE(seen) << code(seen);
  ASSERT_THAT(seen->evidence, SizeIs(1));
  EXPECT_EQ(seen->evidence[0].how, HowTold::kOfficer);
  EXPECT_FALSE(seen->evidence[0].where || seen->evidence[0].relation);
  EXPECT_EQ(seen->evidence[0].with.name, "");
  const std::string reason = "case " + run(cases_.find(province_, id))->number;
  EXPECT_THAT(log_about(away.id), Contains("tracing.declare " + reason));
  const auto before = log_about(away.id).size();
  ASSERT_TRUE(run(tracing_.declared(province_, id)));
  ASSERT_EQ(log_about(away.id).size(), before + 1) << "the list is a look at everybody in it";
  EXPECT_EQ(log_about(away.id).front(), "tracing.candidates " + reason);
}

TEST_P(DeclaredTest, WarnsAsWithoutAPlace) {
  const CaseId id = confirmed(ill_.id).id;
  declared(id, met(met_.id));
  const auto shown = run(tracing_.preview(province_, id));
  ASSERT_TRUE(shown);
  ASSERT_THAT(shown->items, SizeIs(1));
  EXPECT_EQ(shown->items[0].why, "noPlace");
  EXPECT_EQ(shown->items[0].mode, Mode::kStationOnly);
  ASSERT_TRUE(run(tracing_.release(province_, id)));
  ASSERT_THAT(warnings(met_), SizeIs(1));
  EXPECT_EQ(warnings(met_)[0].kind, WarningKind::kStation);
  const auto listed = run(tracing_.declared(province_, id));
  ASSERT_TRUE(withdraw(listed->items.at(0)));
  ASSERT_THAT(warnings(met_), SizeIs(2));
  EXPECT_EQ(warnings(met_)[0].kind, WarningKind::kCorrection);
}

INSTANTIATE_TEST_SUITE_P(Engines, DeclaredTest, store::testing::engines(), store::testing::engine_name);

}  // namespace
}  // namespace luytre::tracing

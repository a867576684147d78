// Who was there by what was told: as a declared contact where a visit would not find them, and, without a record, on
// the list until somebody settles it.

#include "modules/interviews/companions.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "modules/interviews/interviews_fixture.h"
#include "modules/interviews/storage.h"
#include "modules/tracing/declared.h"
#include "platform/store/plan_testing.h"

namespace luytre::interviews {
namespace {

using std::chrono::hours;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

class CompanionsTest : public InterviewsTest {
 protected:
  static Companion named(const std::string& name, std::optional<PersonId> person = {}) {
    Companion out;
    out.name = name;
    out.phone = std::string("+84912345678");
    out.note = std::string("bán cá cạnh nhau");
    out.person = person;
    return out;
  }
  Told in_words(std::vector<Companion> companions) const {
    Told out;
    out.where = std::string("Quán cà phê gần ga");
    out.from = minute(0);
    out.to = minute(30);
    out.companions = std::move(companions);
    return out;
  }
  std::vector<ListedCompanion> listed(CaseId id) { return run(room_.companions(station_, id))->items; }
  std::vector<ListedCompanion> work_list(const Caller& officer) {
    return run(room_.companions(officer, CompanionFilter{}, std::nullopt, 50))->items;
  }
  std::vector<OpenCompanion> open(std::optional<std::vector<UnitId>> units = {}) {
    return world_.db->read_now([&](store::Session& s) { return open_companions(s, units, now(), 50); });
  }
  std::vector<tracing::EvidenceKind> evidence(CaseId id) {
    std::vector<tracing::EvidenceKind> out;
    for (const auto& one : candidates(id))
      for (const auto& why : one.evidence) out.push_back(why.kind);
    return out;
  }
};

TEST_P(CompanionsTest, InWordsTheyAreDeclaredContactsAndGoWithTheMilestone) {
  const CaseId id = reported(an_);
  const Milestone made = record(id, in_words({named("Chị Bình", binh_)}));
  followers_.drain();
  EXPECT_THAT(found(id), ElementsAre(binh_)) << "of a suspect";
  const auto contacts = run(tracing_.declared(station_, id))->items;
  ASSERT_THAT(contacts, SizeIs(1));
  EXPECT_EQ(contacts[0].how, tracing::HowTold::kInterview);
  EXPECT_EQ(contacts[0].where, "Quán cà phê gần ga");
  EXPECT_TRUE(contacts[0].of_milestone);
  EXPECT_EQ(code(run(tracing_.withdraw(station_, contacts[0].id, {{std::string("Nhầm")}}, contacts[0].version))),
            "contact_of_milestone");

  confirm(id);
  EXPECT_THAT(evidence(id), ElementsAre(tracing::EvidenceKind::kDeclared));
  Told moved = in_words({named("Chị Bình", binh_)});
  moved.from = minute(40);
  moved.to = minute(45);
  ASSERT_TRUE(run(room_.correct(station_, made.id, moved, 1)));
  followers_.drain();
  ASSERT_THAT(candidates(id), SizeIs(1));
  EXPECT_EQ(candidates(id)[0].evidence.at(0).from, minute(40)) << "and not a second one";
  ASSERT_TRUE(run(room_.strike(station_, made.id, {{std::string("Nhớ nhầm")}}, 2)));
  followers_.drain();
  EXPECT_THAT(found(id), IsEmpty());
  EXPECT_TRUE(run(tracing_.declared(station_, id))->items.at(0).withdrawn);
}

TEST_P(CompanionsTest, WhoIsDeclaredStaysSoWhenTheCaseIsConfirmedAndTheTimesArePutRight) {
  const CaseId id = reported(an_);
  Told told = at_market();
  told.companions = {named("Chị Bình", binh_)};
  record(id, told);
  followers_.drain();
  EXPECT_THAT(evidence(id), ElementsAre(tracing::EvidenceKind::kDeclared)) << "not confirmed yet";
  const auto works_on = [&] { return run(tracing_.tasks(station_, {}, std::nullopt, 50))->items.at(0); };
  const tracing::TaskView task = works_on();
  ASSERT_TRUE(run(tracing_.acknowledge(station_, task.id)));
  confirm(id);
  told.from = minute(5);
  ASSERT_TRUE(run(room_.correct(station_, milestones(id).at(0).id, told, 1)));
  followers_.drain();
  EXPECT_THAT(found(id), ElementsAre(binh_));
  EXPECT_THAT(evidence(id), ElementsAre(tracing::EvidenceKind::kDeclared));
  EXPECT_EQ(works_on().id, task.id);
  EXPECT_TRUE(works_on().assignee) << "whose task was taken keeps it";
}

TEST_P(CompanionsTest, AtARegisteredPlaceTracingFindsThemAndNobodyIsTwice) {
  const CaseId id = confirmed(an_);
  Told told = at_market();
  told.companions = {named("Chị Bình", binh_)};
  record(id, told);
  followers_.drain();
  EXPECT_THAT(evidence(id), ElementsAre(tracing::EvidenceKind::kVisit));
  EXPECT_THAT(run(tracing_.declared(station_, id))->items, IsEmpty());
  ASSERT_TRUE(run(cases_.undo(province_, id, {{std::string("Nhầm mẫu")}}, version_of(id))));
  followers_.drain();
  EXPECT_THAT(evidence(id), ElementsAre(tracing::EvidenceKind::kDeclared));
}

TEST_P(CompanionsTest, AHomeADayAndAFewMinutesAreDeclared) {
  const CaseId id = confirmed(an_);
  const PersonId chi = person("Lê Thị Chi"), dung = person("Đỗ Văn Dũng");
  Told day = at_market(-540, 24 * 60);
  day.precision = Precision::kDay;
  day.companions = {named("Chị Bình", binh_)};
  record(id, day);
  Told brief = at_market(0, 5);
  brief.companions = {named("Chi", chi)};
  record(id, brief);
  Told home = at_market();
  home.place = place("Nhà ông Dũng", "home");
  home.companions = {named("Dũng", dung)};
  record(id, home);
  followers_.drain();
  EXPECT_THAT(candidates(id), SizeIs(3));
  EXPECT_THAT(evidence(id), ::testing::Each(tracing::EvidenceKind::kDeclared));
}

TEST_P(CompanionsTest, WithoutARecordTheyAreListedUntilTheRecordIsFound) {
  const CaseId id = confirmed(an_);
  record(id, in_words({named("Chị Bình bán cá")}));
  followers_.drain();
  EXPECT_THAT(found(id), IsEmpty());
  ASSERT_THAT(listed(id), SizeIs(1));
  const ListedCompanion one = listed(id)[0];
  EXPECT_EQ(one.name, "Chị Bình bán cá");
  EXPECT_EQ(one.phone, "+84912345678");
  EXPECT_EQ(one.state, CompanionState::kOpen);
  EXPECT_EQ(one.since, now());
  ASSERT_THAT(work_list(province_), SizeIs(1));
  EXPECT_FALSE(work_list(province_)[0].phone);
  EXPECT_THAT(work_list(neighbour_), IsEmpty());
  ASSERT_THAT(open(), SizeIs(1));
  EXPECT_EQ(open()[0].unit, visits::testing::kHaiLang);
  EXPECT_THAT(open(std::vector<UnitId>{kNamHaiLang}), IsEmpty());

  const auto waiting = [&](const Caller& officer, Instant by) {
    return world_.db->read_now([&](store::Session& s) { return room_.waiting(s, officer, by, 10); });
  };
  ASSERT_THAT(waiting(station_, now()), SizeIs(1));
  EXPECT_EQ(waiting(station_, now())[0].case_id, id);
  EXPECT_THAT(waiting(station_, now() - hours(1)), IsEmpty());
  EXPECT_THAT(waiting(neighbour_, now()), IsEmpty());
  EXPECT_THAT(waiting(identity::testing::citizen(), now()), IsEmpty());

  EXPECT_EQ(code(run(room_.found(neighbour_, one.id, {binh_}, one.version))), "not_found");
  EXPECT_EQ(code(run(room_.found(station_, one.id, {person("Người Xa", kNamHaiLang)}, one.version))), "not_permitted");
  const auto done = run(room_.found(station_, one.id, {binh_}, one.version));
  ASSERT_TRUE(done) << code(done);
  EXPECT_EQ(done->state, CompanionState::kFound);
  followers_.drain();
  EXPECT_THAT(found(id), ElementsAre(binh_));
  EXPECT_THAT(listed(id), IsEmpty());
  EXPECT_THAT(open(), IsEmpty());
  const Milestone after = milestones(id)[0];
  EXPECT_EQ(after.version, 2);
  EXPECT_EQ(after.companions.at(0).person, binh_);
  EXPECT_EQ(code(run(room_.found(station_, one.id, {binh_}, done->version))), "companion_settled");
}

TEST_P(CompanionsTest, WhoCannotBeFoundIsSaidWithAReasonAndLookedForAgain) {
  const CaseId id = confirmed(an_);
  record(id, in_words({named("Người lạ")}));
  const ListedCompanion one = listed(id).at(0);
  EXPECT_EQ(code(run(room_.unfindable(station_, one.id, {}, one.version))), "invalid");
  const auto gone = run(room_.unfindable(station_, one.id, {{std::string("Số máy không liên lạc được")}}, 1));
  ASSERT_TRUE(gone) << code(gone);
  EXPECT_THAT(open(), IsEmpty());
  EXPECT_THAT(work_list(station_), IsEmpty());
  ASSERT_THAT(listed(id), SizeIs(1)) << "the case still tells";
  EXPECT_EQ(listed(id)[0].reason, "Số máy không liên lạc được");
  EXPECT_EQ(code(run(room_.unfindable(station_, one.id, {{std::string("Lại")}}, 1))), "version_conflict");
  ASSERT_TRUE(run(room_.look_again(station_, one.id, gone->version)));
  EXPECT_THAT(open(), SizeIs(1));
}

TEST_P(CompanionsTest, WhoCannotBeFoundGoesWithTheMilestone) {
  const CaseId id = confirmed(an_);
  const Milestone made = record(id, in_words({named("Người lạ")}));
  const ListedCompanion one = listed(id).at(0);
  ASSERT_TRUE(run(room_.unfindable(station_, one.id, {{std::string("Không ai biết")}}, one.version)));
  ASSERT_TRUE(run(room_.strike(station_, made.id, {{std::string("Nhớ nhầm")}}, 1)));
  EXPECT_THAT(listed(id), IsEmpty());
  EXPECT_EQ(code(run(room_.look_again(station_, one.id, one.version + 2))), "companion_settled");
  EXPECT_THAT(open(), IsEmpty());
}

TEST_P(CompanionsTest, AreNamedOnceAndGoWithTheMilestoneOrTheCase) {
  const CaseId id = reported(an_);
  const Milestone made = record(id, in_words({named("Một"), named("Hai")}));
  ASSERT_THAT(open(), SizeIs(2));
  ASSERT_TRUE(run(room_.correct(station_, made.id, in_words({named("Hai")}), 1)));
  ASSERT_THAT(listed(id), SizeIs(1));
  EXPECT_EQ(listed(id)[0].name, "Hai");
  cases::Reclassification none;
  none.classification = cases::Classification::kDiscarded;
  none.reason = std::string("Âm tính");
  ASSERT_TRUE(run(cases_.reclassify(province_, id, none, version_of(id))));
  followers_.drain();
  EXPECT_THAT(open(), IsEmpty());
  none.classification = cases::Classification::kSuspect;
  ASSERT_TRUE(run(cases_.reclassify(province_, id, none, version_of(id))));
  followers_.drain();
  EXPECT_THAT(open(), SizeIs(1)) << "as before";
  ASSERT_TRUE(run(room_.strike(station_, made.id, {{std::string("Nhớ nhầm")}}, 2)));
  EXPECT_THAT(open(), IsEmpty());
}

TEST_P(CompanionsTest, ThoseOfBeforeTheListAreListedByTheNextTurn) {
  const CaseId id = confirmed(an_);
  record(id, in_words({named("Người cũ")}));
  static constexpr store::Query kForget{"test.forget_companions", "DELETE FROM interviews_companion"};
  static constexpr store::Query kUnlisted{"test.unlisted", "UPDATE interviews_milestone SET listed = 0"};
  world_.db->transact_now([&](store::Session& s) {
    s.run(kForget);
    s.run(kUnlisted);
  });
  ASSERT_THAT(open(), IsEmpty());
  world_.db->transact_now([&](store::Session& s) { room_.retention().run(s); });
  EXPECT_THAT(open(), SizeIs(1));
  world_.db->transact_now([&](store::Session& s) { room_.retention().run(s); });
  EXPECT_THAT(open(), SizeIs(1));
}

// As the migration leaves those who were listed before the list could be filtered.
TEST_P(CompanionsTest, OfThoseListedBeforeTheDiseaseIsNotedByTheNextTurnAndNothingElseChanges) {
  const CaseId id = confirmed(an_);
  record(id, in_words({named("Còn mở"), named("Không tìm được")}));
  for (const ListedCompanion& one : listed(id)) {
    if (one.name != "Không tìm được") continue;
    ASSERT_TRUE(run(room_.unfindable(station_, one.id, {{std::string("Số máy không liên lạc được")}}, one.version)));
  }
  static constexpr store::Query kUnknown{"test.unknown", "UPDATE interviews_companion SET disease = ''"};
  static constexpr store::Query kUnlisted{"test.unlisted", "UPDATE interviews_milestone SET listed = 0"};
  world_.db->transact_now([&](store::Session& s) {
    s.run(kUnknown);
    s.run(kUnlisted);
  });
  CompanionFilter filter;
  filter.disease = "covid-19";
  const auto fitting = [&] { return run(room_.companions(station_, filter, std::nullopt, 50))->items.size(); };
  ASSERT_EQ(fitting(), 0U);
  const auto before = listed(id);
  world_.db->transact_now([&](store::Session& s) { room_.retention().run(s); });
  EXPECT_EQ(fitting(), 1U);
  const auto after = listed(id);
  ASSERT_EQ(after.size(), before.size());
  for (std::size_t i = 0; i < after.size(); ++i) {
    EXPECT_EQ(after[i].state, before[i].state) << after[i].name;
    EXPECT_EQ(after[i].version, before[i].version) << after[i].name;
  }
}

TEST_P(CompanionsTest, PagesGoOnWhereTheyEnded) {
  const CaseId id = confirmed(an_);
  record(id, in_words({named("Một"), named("Hai"), named("Ba")}));
  const auto first = run(room_.companions(station_, CompanionFilter{}, std::nullopt, 2));
  ASSERT_TRUE(first && first->next);
  EXPECT_THAT(first->items, SizeIs(2));
  const auto second = run(room_.companions(station_, CompanionFilter{}, first->next, 2));
  ASSERT_TRUE(second);
  EXPECT_THAT(second->items, SizeIs(1));
  EXPECT_FALSE(second->next);
}

TEST_P(CompanionsTest, AreFilteredByDiseaseAndDayAndSortedByWhenTheyMet) {
  const CaseId id = confirmed(an_);
  Told late = in_words({named("Gặp sau")}), early = in_words({named("Gặp trước")});
  early.from = minute(-2 * 24 * 60);
  early.to = minute(-2 * 24 * 60 + 10);
  const Milestone made = record(id, late);
  record(id, early);
  const auto names = [&](const CompanionFilter& filter) {
    std::vector<std::string> out;
    std::optional<std::string> cursor;
    do {
      const auto page = run(room_.companions(station_, filter, cursor, 1));
      if (!page) return std::vector<std::string>{code(page)};
      for (const auto& one : page->items) out.push_back(one.name);
      cursor = page->next;
    } while (cursor);
    return out;
  };
  CompanionFilter filter;
  EXPECT_THAT(names(filter), ElementsAre("Gặp sau", "Gặp trước")) << "as they were listed";
  filter.sort = CompanionSort::kMet;
  EXPECT_THAT(names(filter), ElementsAre("Gặp trước", "Gặp sau"));
  filter.order = cases::SortOrder::kDescending;
  EXPECT_THAT(names(filter), ElementsAre("Gặp sau", "Gặp trước"));
  filter.from = filter.to = local_date(early.from);
  EXPECT_THAT(names(filter), ElementsAre("Gặp trước"));
  filter = {};
  filter.disease = "covid-19";
  EXPECT_THAT(names(filter), SizeIs(2));
  filter.disease = "measles";
  EXPECT_THAT(names(filter), IsEmpty());

  // Whose time was put right is met then, and nobody who has the list open is told that somebody changed it.
  const ListedCompanion before = listed(id).at(1);
  ASSERT_EQ(before.name, "Gặp sau");
  late.from = minute(-3 * 24 * 60);
  late.to = minute(-3 * 24 * 60 + 10);
  ASSERT_TRUE(run(room_.correct(station_, made.id, late, 1)));
  filter = {};
  filter.sort = CompanionSort::kMet;
  EXPECT_THAT(names(filter), ElementsAre("Gặp sau", "Gặp trước"));
  EXPECT_EQ(listed(id).at(0).version, before.version);

  const auto first = run(room_.companions(station_, filter, std::nullopt, 1));
  ASSERT_TRUE(first && first->next);
  EXPECT_EQ(code(run(room_.companions(station_, CompanionFilter{}, first->next, 1))), "invalid") << "another sort";
  EXPECT_EQ(code(run(room_.companions(station_, filter, "x", 1))), "invalid");
}

TEST_P(CompanionsTest, AFileNamesThemWithoutPhonesIsMarkedAndLogged) {
  const CaseId id = confirmed(an_);
  record(id, in_words({named("Chị bán cá"), named("Chú Tư"), named("Có hồ sơ", binh_)}));
  const auto asked = [](const char* reason = "Giao tổ dân phố tìm") {
    CompanionsOut out;
    out.reason = std::string(reason);
    return out;
  };
  const auto file = run(room_.take_out(province_, visits::testing::kHaiLang, asked()));
  ASSERT_TRUE(file) << code(file);
  EXPECT_THAT(file->body, HasSubstr("Lũy Tre: "));
  EXPECT_THAT(file->body, HasSubstr("name,note,case,unit,unitName,metFrom,metTo,since"));
  EXPECT_THAT(file->body, HasSubstr("Chị bán cá,bán cá cạnh nhau,"));
  EXPECT_THAT(file->body, HasSubstr("Chú Tư"));
  EXPECT_THAT(file->body, Not(HasSubstr("Có hồ sơ")));
  EXPECT_THAT(file->body, Not(HasSubstr("912345678"))) << "phones are read with the case alone";
  CompanionsOut other = asked();
  other.disease = std::string("measles");
  EXPECT_THAT(run(room_.take_out(province_, visits::testing::kQuangTri, other))->body, Not(HasSubstr("Chú Tư")));
  other.disease.reset();
  other.to = Date{local_date(minute(0)).days - 1};
  EXPECT_THAT(run(room_.take_out(province_, visits::testing::kQuangTri, other))->body, Not(HasSubstr("Chú Tư")));
  EXPECT_EQ(code(run(room_.take_out(station_, visits::testing::kHaiLang, asked()))), "not_permitted");
  EXPECT_EQ(code(run(room_.take_out(province_, visits::testing::kHaiLang, asked("")))), "reason_required");
  std::vector<std::pair<std::string, std::int64_t>> log;
  world_.db->read_now([&](store::Session& s) {
    for (const auto& entry : world_.house->access.list(s, {}, INT64_MAX, 100).items)
      if (entry.action == "interviews.take_companions" && !entry.filter.empty())
        log.emplace_back(entry.filter, entry.persons);
    return 0;
  });
  const std::string of = " companions, unit ", why = ": Giao tổ dân phố tìm";
  const std::string all = to_text(visits::testing::kQuangTri);
  EXPECT_THAT(log, ElementsAre(std::pair("0" + of + all + why, std::int64_t{0}),
                               std::pair("0" + of + all + why, std::int64_t{0}),
                               std::pair("2" + of + to_text(visits::testing::kHaiLang) + why, std::int64_t{2})));
}

TEST_P(CompanionsTest, AFileIsBounded) {
  const CaseId id = confirmed(an_);
  const Milestone made = record(id, in_words({named("Một")}));
  const auto put_in = [&](std::size_t first, std::size_t count) {
    world_.db->transact_now([&](store::Session& s) {
      auto row = storage::companions_of(s, made.id).front();
      for (std::size_t i = first; i < first + count; ++i) {
        row.id = CompanionId{static_cast<std::int64_t>(i) + 1};
        row.who = {world_.vault.seal("interviews.companion", to_text(row.id), json::text(named("Ai đó")))};
        storage::insert(s, row);
      }
      return 0;
    });
  };
  CompanionsOut asked;
  asked.reason = std::string("Giao tổ dân phố tìm");
  put_in(0, kCompanionsOutMost - 1);
  EXPECT_TRUE(run(room_.take_out(province_, visits::testing::kHaiLang, asked)));
  put_in(kCompanionsOutMost, 1);
  const auto more = run(room_.take_out(province_, visits::testing::kHaiLang, asked));
  EXPECT_EQ(code(more), "list_too_long");
  EXPECT_EQ(more.error().params.at("most"), "1000");
}

TEST_P(CompanionsTest, APageIsReadFromTheIndexOfItsOrder) {
  if (GetParam() != store::Engine::kSqlite) return;
  for (const CompanionSort sort : {CompanionSort::kListed, CompanionSort::kMet})
    for (const bool descending : {false, true})
      for (const bool everywhere : {false, true}) {
        const store::Query& page = storage::open_companions_query(sort, descending, everywhere);
        const auto plan = store::testing::plan_of(*world_.db, page, everywhere ? 7 : 8);
        EXPECT_THAT(plan, ::testing::Not(::testing::HasSubstr("TEMP B-TREE"))) << page.name << ": " << plan;
      }
}

INSTANTIATE_TEST_SUITE_P(Engines, CompanionsTest, store::testing::engines(), store::testing::engine_name);

}  // namespace
}  // namespace luytre::interviews

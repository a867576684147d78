// The dates around a case, kept apart: diagnosis, notification and its deadline, publication; and what confirms which
// disease. It is the morning of 2 March 2026.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "modules/cases/cases_fixture.h"
#include "modules/cases/lists.h"
#include "platform/store/testing.h"

namespace luytre::cases {
namespace {

using std::chrono::hours;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using visits::testing::kHaiLang;

class CasesDatesTest : public CasesTest {
 protected:
  Case reported_with(const char* disease, std::optional<Instant> diagnosed_at = std::nullopt) {
    NewCase request = of(somebody(), disease);
    request.diagnosed_at = diagnosed_at;
    return *run(cases_.report(station_, request));
  }
  Result<Case> record(const Caller& caller, const Case& kase, RecordedDates dates) {
    return run(cases_.record_dates(caller, kase.id, dates, kase.version));
  }
  std::vector<std::string> due(const Caller& caller, Filter filter = {}) {
    filter.awaiting = true;
    std::vector<std::string> out;
    const auto page = list(caller, std::move(filter));
    EXPECT_TRUE(page) << code(page);
    if (page) {
      for (const auto& item : page->items) out.push_back(item.number);
    }
    return out;
  }
  Instant now() const { return world_.clock.now(); }
};

TEST_P(CasesDatesTest, TheDeadlineFollowsFromTheDiseaseAndTheDiagnosis) {
  const Case measles = reported_with("measles");
  EXPECT_EQ(measles.diagnosed_at, now()) << "nobody said otherwise";
  EXPECT_EQ(measles.notify_by, now() + hours(24));
  EXPECT_EQ(reported_with("covid-19").notify_by, now() + hours(48));
  EXPECT_EQ(reported_with("covid-19", at("2023-10-19T01:00:00Z")).notify_by, at("2023-10-20T01:00:00Z"))
      << "in group A then";
  EXPECT_EQ(reported_with("mpox").notify_by, std::nullopt) << "its file names no deadline";
  EXPECT_EQ(reported_with("cholera", now() - hours(30)).notify_by, now() - hours(6)) << "late when it was entered";
}

TEST_P(CasesDatesTest, EachDateIsRecordedWithoutTouchingTheOthers) {
  const Case ill = *confirm(reported_with("measles"), [] {
    Confirmation out = positive();
    out.method = Method::kAntibody;
    return out;
  }());
  const auto told = record(station_, ill, {std::nullopt, now(), std::nullopt});
  ASSERT_TRUE(told) << code(told);
  EXPECT_EQ(told->notified_at, now());
  EXPECT_EQ(told->diagnosed_at, ill.diagnosed_at);
  EXPECT_EQ(told->notify_by, ill.notify_by);
  EXPECT_EQ(told->window_from, ill.window_from);
  EXPECT_EQ(told->result_at, ill.result_at);
  EXPECT_EQ(told->version, ill.version + 1);
  const auto earlier = record(province_, *told, {now() - hours(5), std::nullopt, now()});
  ASSERT_TRUE(earlier) << code(earlier);
  EXPECT_EQ(earlier->notify_by, now() + hours(19)) << "the deadline moves with the diagnosis";
  EXPECT_EQ(earlier->published_at, now());
  EXPECT_EQ(earlier->notified_at, now());
  EXPECT_EQ(json::text(*run(cases_.find(province_, ill.id))), json::text(*earlier));
  EXPECT_THAT(events(), ElementsAre("case.reported 1", "case.confirmed 2", "case.dated 3", "case.dated 4"))
      << "nothing that would be traced again";

  const auto history = run(cases_.history(province_, ill.id));
  ASSERT_THAT(history->items, SizeIs(4));
  EXPECT_EQ(history->items[0].what, What::kDated);
  EXPECT_EQ(history->items[0].from, history->items[0].to);
  const auto said = [](const Change& change) {
    std::vector<std::string> out;
    for (const Altered& one : change.altered)
      out.push_back(one.fact + ' ' + one.before.value_or("-") + ' ' + one.after.value_or("-"));
    return out;
  };
  EXPECT_THAT(said(history->items[0]),
              ElementsAre("diagnosedAt " + to_text(now()) + ' ' + to_text(now() - hours(5)),
                          "notifyBy " + to_text(now() + hours(24)) + ' ' + to_text(now() + hours(19)),
                          "publishedAt - " + to_text(now())));
  EXPECT_THAT(said(history->items[1]), ElementsAre("notifiedAt - " + to_text(now())));
  EXPECT_THAT(said(history->items[2]), Contains("method - antibody"));
  EXPECT_THAT(said(history->items[3]), IsEmpty()) << "what a report says is in the case";
  const Case back = *undo(*earlier);
  EXPECT_EQ(back.notify_by, ill.notify_by);
  EXPECT_EQ(back.notified_at, now());
  EXPECT_FALSE(back.published_at);
  EXPECT_EQ(back.classification, Classification::kConfirmed);
  EXPECT_EQ(events().back(), "case.dated 5") << "nor by taking it back";
}

TEST_P(CasesDatesTest, SymptomsThatCameAfterTheDiagnosisDoNotHinderTheNotification) {
  const Case kase = *confirm(reported_with("measles", at("2026-02-27T03:00:00Z")), positive());  // onset on 1 March
  const auto told = record(station_, kase, {{}, now(), {}});
  ASSERT_TRUE(told) << code(told);
  EXPECT_EQ(told->notified_at, now());
  EXPECT_EQ(which(record(station_, *told, {at("2026-02-26T03:00:00Z"), {}, {}})),
            "dates_contradict diagnosisBeforeOnset")
      << "what is entered is still judged";
}

TEST_P(CasesDatesTest, DatesOfADiscardedCaseDoNotDiscardItAgain) {
  const Case none = *reclassify(reported_with("measles"), Classification::kDiscarded);
  ASSERT_TRUE(record(station_, none, {{}, now(), {}}));
  EXPECT_THAT(events(), ElementsAre("case.reported 1", "case.discarded 2", "case.dated 3"));
}

TEST_P(CasesDatesTest, DatesThatCannotBeAreRefusedByName) {
  NewCase request = of(somebody(), "measles");
  request.onset = parse_date("2026-03-01");
  request.diagnosed_at = at("2026-02-28T16:59:59Z");
  EXPECT_EQ(which(run(cases_.report(station_, request))), "dates_contradict diagnosisBeforeOnset");
  request.diagnosed_at = now() + hours(1);
  EXPECT_EQ(which(run(cases_.report(station_, request))), "dates_contradict diagnosisInFuture");
  request.diagnosed_at = at("2026-02-28T17:00:00Z");  // the same local day
  const Case kase = *run(cases_.report(station_, request));

  const auto refused = [&](RecordedDates dates) { return which(record(station_, kase, dates)); };
  EXPECT_EQ(refused({now() + hours(1), {}, {}}), "dates_contradict diagnosisInFuture");
  EXPECT_EQ(refused({{}, now() + hours(1), {}}), "dates_contradict notificationInFuture");
  EXPECT_EQ(refused({{}, {}, now() + hours(1)}), "dates_contradict publicationInFuture");
  EXPECT_EQ(refused({at("2026-02-27T00:00:00Z"), {}, {}}), "dates_contradict diagnosisBeforeOnset");
  EXPECT_EQ(refused({{}, at("2026-02-28T16:00:00Z"), {}}), "dates_contradict notificationBeforeDiagnosis");
  EXPECT_THAT(fields(record(station_, kase, {})), ElementsAre("/notifiedAt required"));
  EXPECT_EQ(code(record(far_, kase, {{}, now(), {}})), "not_permitted");
  EXPECT_EQ(code(record(identity::testing::citizen(1001), kase, {{}, now(), {}})), "not_permitted");
  EXPECT_EQ(code(run(cases_.record_dates(station_, kase.id, {{}, now(), {}}, kase.version + 1))), "version_conflict");
  EXPECT_EQ(code(run(cases_.record_dates(station_, CaseId{4711}, {{}, now(), {}}, 1))), "not_found");
  EXPECT_EQ(json::text(*run(cases_.find(province_, kase.id))), json::text(kase)) << "nothing was changed";
}

TEST_P(CasesDatesTest, WhatAwaitsNotificationIsListedTheMostOverdueFirst) {
  const Case fresh = reported_with("measles");
  const Case late = reported_with("measles", now() - hours(40));
  const Case soon = reported_with("dengue", now() - hours(20));
  const Case timeless = reported_with("mpox");
  EXPECT_THAT(due(station_), ElementsAre(late.number, soon.number, fresh.number));
  EXPECT_THAT(due(province_), ElementsAre(late.number, soon.number, fresh.number));
  EXPECT_THAT(due(far_), IsEmpty());
  EXPECT_EQ(list(station_)->items[0].number, timeless.number) << "without the filter newest first, as ever";
  EXPECT_EQ(list(station_)->items[2].notify_by, late.notify_by);

  Filter filter;
  filter.classification = Classification::kConfirmed;
  EXPECT_THAT(due(station_, filter), IsEmpty());
  filter = {};
  filter.number = soon.number;
  EXPECT_THAT(due(station_, filter), ElementsAre(soon.number));
  filter.number = timeless.number;
  EXPECT_THAT(due(station_, filter), IsEmpty());

  ASSERT_TRUE(reclassify(soon, Classification::kDiscarded));
  const auto told = record(station_, late, {{}, now(), {}});
  ASSERT_TRUE(told) << code(told);
  EXPECT_THAT(due(station_), ElementsAre(fresh.number)) << "one is told, one is none";
  ASSERT_TRUE(undo(*told));
  EXPECT_THAT(due(station_), ElementsAre(late.number, fresh.number));
}

TEST_P(CasesDatesTest, TheListOfWhatAwaitsGoesOnWhereItStopped) {
  const Instant diagnosed = now() - hours(10);
  std::vector<std::string> all;
  for (int i = 0; i < 5; ++i) all.push_back(reported_with("measles", diagnosed).number);  // all due at once
  Filter filter;
  filter.awaiting = true;
  std::vector<std::string> seen;
  std::optional<std::string> cursor;
  do {
    const auto page = run(cases_.list(station_, filter, cursor, 2));
    ASSERT_TRUE(page) << code(page);
    for (const auto& item : page->items) seen.push_back(item.number);
    cursor = page->next;
  } while (cursor && seen.size() < 20);
  EXPECT_EQ(seen, all);
  for (const char* wrong : {"x!", "", ".", "abc", "abc.", "abc.1x"})
    EXPECT_THAT(fields(run(cases_.list(station_, filter, wrong, 2))), ElementsAre("?cursor format")) << wrong;
}

TEST_P(CasesDatesTest, WhatIsPastItsDeadlineIsToldWithoutPeople) {
  const Case late = reported_with("measles", now() - hours(60));
  reported_with("measles", now() - hours(1));
  const auto past = world_.db->read_now([&](store::Session& s) { return cases_.past_notice(s, station_, 10); });
  ASSERT_THAT(past, SizeIs(1));
  EXPECT_EQ(past[0].id, late.id);
  EXPECT_EQ(past[0].notify_by, late.notify_by);
  const Caller nobody = identity::testing::citizen();
  EXPECT_THAT(world_.db->read_now([&](store::Session& s) { return cases_.past_notice(s, nobody, 10); }), SizeIs(0));
}

TEST_P(CasesDatesTest, ADeadlineThatMovesBetweenTwoPagesHidesNobody) {
  const Case first = reported_with("measles", now() - hours(20));
  const Case second = reported_with("measles", now() - hours(10));
  const Case third = reported_with("measles", now() - hours(5));
  Filter filter;
  filter.awaiting = true;
  const auto page = run(cases_.list(station_, filter, std::nullopt, 1));
  ASSERT_EQ(page->items[0].number, first.number);
  ASSERT_TRUE(record(station_, first, {now(), {}, {}})) << "it is due last now";
  const auto rest = run(cases_.list(station_, filter, page->next, 10));
  ASSERT_TRUE(rest) << code(rest);
  ASSERT_THAT(rest->items, SizeIs(3));
  EXPECT_EQ(rest->items[0].number, second.number);
  EXPECT_EQ(rest->items[1].number, third.number);
}

TEST_P(CasesDatesTest, TheUnitThatReportedSeesWhatAwaitsToo) {
  NewCase request = of(somebody(), "measles");
  request.report_unit = kDaNang;
  const Case kase = *run(cases_.report(far_, request));
  EXPECT_EQ(kase.unit, kHaiLang);
  EXPECT_THAT(due(far_), ElementsAre(kase.number));
  EXPECT_THAT(due(station_), ElementsAre(kase.number));
  Caller both = province_;
  both.grants.push_back({Role::kProvinceOfficer, kDaNang});
  EXPECT_THAT(due(both), ElementsAre(kase.number)) << "once";
  EXPECT_TRUE(record(far_, kase, {{}, now(), {}})) << "a hospital there notifies it";
}

TEST_P(CasesDatesTest, OnlyAMethodThatConfirmsTheDiseaseConfirmsACase) {
  const Case suspect = reported_with("cholera");
  Confirmation rapid = positive();
  rapid.method = Method::kAntigen;
  EXPECT_EQ(code(confirm(suspect, rapid)), "method_unfit");
  Confirmation culture = positive();
  culture.method = Method::kCulture;
  const auto ill = confirm(suspect, culture);
  ASSERT_TRUE(ill) << code(ill);
  EXPECT_EQ(ill->method, Method::kCulture);
  EXPECT_EQ(ill->rule_set, "who-cholera-2018");
  EXPECT_FALSE(ill->window_to);
}

TEST_P(CasesDatesTest, TheWindowClosesByItselfWhereTheRuleSetNamesALastDay) {
  Confirmation request = positive();  // onset on 1 March
  const Case ill = *confirm(reported_with("measles"), request);
  EXPECT_EQ(ill.window_from, at("2026-02-24T17:00:00Z"));
  EXPECT_EQ(ill.window_to, at("2026-03-09T17:00:00Z")) << "it lies ahead";
  request.isolated_at = now();
  EXPECT_EQ(confirm(ill, request)->window_to, now());
}

// ---- a database from before ----

constexpr store::Query kOldCase{"test.old_case", R"sql(
  INSERT INTO cases_case (id, number, person, disease, classification, status, sample_at, result_at, method, window_from,
                          rule_set, unit, report_unit, created_by, created_at, version)
  VALUES (1, 'COV-260101-1', 7, 'covid-19', 'confirmed', 'open', 10, 20, 'antigen', 5, 'r', 3, 3, 1, 20, 2))sql"};
constexpr store::Query kOldChange{"test.old_change", R"sql(
  INSERT INTO cases_change (id, case_id, at, account, by_name, what, before_classification, after_classification, before,
                            undone)
  VALUES (2, 1, 20, 1, 'Hoa', 'confirmed', 'suspect', 'confirmed', $1, $2))sql"};

class CasesMigrationTest : public ::testing::TestWithParam<store::Engine> {
 protected:
  static std::vector<CaseRow> listed(store::Session& session, std::optional<Sort> sort, bool awaiting = false) {
    Asked asked;
    asked.filter.sort = sort;
    asked.filter.awaiting = awaiting;
    asked.everywhere = true;
    asked.most = 10;
    return select_cases(session, asked);
  }
};

TEST_P(CasesMigrationTest, CasesFromBeforeKeepWhatTheyHadAndAwaitNothing) {
  const auto& all = migrations();
  ASSERT_GE(all.size(), 3U);
  const ManualClock clock(at("2026-03-02T01:30:00Z"));
  store::testing::TestDatabase db(GetParam(), {{all.begin(), all.begin() + 2}}, clock);
  db->transact_now([](store::Session& s) {
    s.run(kOldCase);
    s.run(kOldChange, std::string_view(R"({"classification":"suspect","status":"open"})"), false);
  });
  db->migrate({all});
  db->transact_now([](store::Session& s) {
    const auto row = select_case(s, CaseId{1});
    ASSERT_TRUE(row);
    EXPECT_EQ(row->method, Method::kAntigen);
    EXPECT_EQ(row->result_at, Instant{20});
    EXPECT_FALSE(row->diagnosed_at || row->notify_by || row->notified_at || row->published_at);
    const auto changes = select_changes(s, CaseId{1});
    ASSERT_THAT(changes, SizeIs(1));
    EXPECT_EQ(changes[0].what, What::kConfirmed);
    EXPECT_TRUE(json::parse<Decided>(changes[0].before)) << "it can still be undone";
    EXPECT_FALSE(row->outcome || row->outcome_on || row->stays || changes[0].stays_before);
    EXPECT_THAT(listed(s, std::nullopt, true), IsEmpty());
    for (const Sort sort : {Sort::kReport, Sort::kOnset, Sort::kDeadline, Sort::kNumber})
      EXPECT_THAT(listed(s, sort), SizeIs(1)) << json::enum_text(sort);
  });
}

constexpr store::Query kDatedCase{"test.dated_case", R"sql(
  INSERT INTO cases_case (id, number, person, disease, classification, status, sample_at, result_at, method, window_from,
                          rule_set, unit, report_unit, created_by, created_at, version, diagnosed_at, notify_by)
  VALUES (1, 'CHO-260101-1', 7, 'cholera', 'confirmed', 'open', 10, 20, 'culture', 5, 'r', 3, 3, 1, 20, 2, 30, 40))sql"};
constexpr store::Query kDatedChange{"test.dated_change", R"sql(
  INSERT INTO cases_change (id, case_id, at, account, by_name, what, before_classification, after_classification, before,
                            undone)
  VALUES (2, 1, 20, 1, 'Hoa', 'dated', 'confirmed', 'confirmed', $1, $2))sql"};

TEST_P(CasesMigrationTest, DatesAndMethodsSurviveTheCourse) {
  const auto& all = migrations();
  ASSERT_GE(all.size(), 4U);
  const ManualClock clock(at("2026-03-02T01:30:00Z"));
  store::testing::TestDatabase db(GetParam(), {{all.begin(), all.begin() + 3}}, clock);
  db->transact_now([](store::Session& s) {
    s.run(kDatedCase);
    s.run(kDatedChange, std::string_view(R"({"classification":"confirmed","status":"open"})"), true);
  });
  db->migrate({all});
  db->transact_now([](store::Session& s) {
    const auto due = listed(s, std::nullopt, true);
    ASSERT_THAT(due, SizeIs(1)) << "it still awaits its notification";
    EXPECT_EQ(due[0].method, Method::kCulture);
    EXPECT_EQ(due[0].diagnosed_at, Instant{30});
    EXPECT_EQ(due[0].notify_by, Instant{40});
    EXPECT_FALSE(due[0].outcome || due[0].stays);
    const auto changes = select_changes(s, CaseId{1});
    ASSERT_THAT(changes, SizeIs(1));
    EXPECT_EQ(changes[0].what, What::kDated);
    EXPECT_TRUE(changes[0].undone);
  });
}

INSTANTIATE_TEST_SUITE_P(Engines, CasesDatesTest, store::testing::engines(), store::testing::engine_name);
INSTANTIATE_TEST_SUITE_P(Engines, CasesMigrationTest, store::testing::engines(), store::testing::engine_name);

}  // namespace
}  // namespace luytre::cases

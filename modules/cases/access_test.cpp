// Who reports and sees a case, how each wrong input is refused, and what is sealed.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "modules/cases/cases_fixture.h"

namespace luytre::cases {
namespace {

using identity::testing::citizen;
using std::chrono::hours;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using visits::testing::kHaiLang;

class CasesAccessTest : public CasesTest {};

TEST_P(CasesAccessTest, AReportSentTwiceOpensOneCase) {
  const PersonId person = somebody();
  std::vector<Task<Result<Case>>> twins;
  for (int i = 0; i < 2; ++i) twins.push_back(cases_.report(station_, of(person)));
  const auto answers = visits::testing::run_together(std::move(twins));
  const auto& first = answers[0] ? answers[0] : answers[1];
  const auto& second = answers[0] ? answers[1] : answers[0];
  ASSERT_TRUE(first) << code(first);
  ASSERT_EQ(code(second), "case_exists");
  EXPECT_EQ(second.error().params.at("case"), to_text(first->id));
  EXPECT_EQ(second.error().params.at("number"), first->number);
  EXPECT_TRUE(run(cases_.report(station_, of(person, "mpox")))) << "another disease is another case";
  EXPECT_THAT(list(station_)->items, SizeIs(2));
}

TEST_P(CasesAccessTest, AReportRetriedWithItsKeyRegistersThePatientOnce) {
  NewCase request;
  request.disease = std::string("covid-19");
  people::NewPerson patient;
  patient.name = std::string("Trần Thị Lạ");
  patient.birth_year = 1950;
  patient.unit = kHaiLang;
  patient.phone = std::string("0912 345 678");
  request.new_person = patient;
  const auto key = [&](const char* body) {
    return store::make_once(station_.account.value, "/cases", "a-lost-answer", body);
  };
  const auto first = run(cases_.report(station_, request, key("one")));
  ASSERT_TRUE(first) << code(first);
  const auto again = run(cases_.report(station_, request, key("one")));
  ASSERT_TRUE(again) << code(again);
  EXPECT_EQ(again->id, first->id);
  EXPECT_EQ(again->person.id, first->person.id);
  EXPECT_THAT(list(station_)->items, SizeIs(1));
  EXPECT_THAT(events(), ElementsAre("case.reported 1"));
  EXPECT_EQ(code(run(cases_.report(station_, request, key("another")))), "idempotency_key_reused");
}

TEST_P(CasesAccessTest, CasesOfOneMillisecondHaveNumbersOfTheirOwn) {
  std::vector<Task<Result<Case>>> tasks;
  for (int i = 0; i < 30; ++i) tasks.push_back(cases_.report(station_, of(somebody())));
  std::set<std::string> numbers;
  for (const auto& answer : visits::testing::run_together(std::move(tasks))) {
    ASSERT_TRUE(answer) << code(answer);
    numbers.insert(answer->number);
  }
  EXPECT_THAT(numbers, SizeIs(30));
}

TEST_P(CasesAccessTest, APatientNobodyKnewIsRegisteredWithTheCase) {
  NewCase request;
  request.disease = std::string("covid-19");
  people::NewPerson patient;
  patient.name = std::string("Trần Thị Lạ");
  patient.birth_year = 1950;
  patient.unit = kHaiLang;
  patient.phone = std::string("0912 345 678");
  request.new_person = patient;
  const auto made = run(cases_.report(station_, request));
  ASSERT_TRUE(made) << code(made);
  EXPECT_EQ(made->person.name, "Trần Thị Lạ");
  request.new_person->unit = kDaNang;
  EXPECT_EQ(code(run(cases_.report(station_, request))), "not_permitted");
  request.new_person->unit = kHaiLang;
  request.new_person->birth_year = 3000;
  EXPECT_THAT(fields(run(cases_.report(station_, request))), ElementsAre(HasSubstr("birthYear")));
}

TEST_P(CasesAccessTest, OtherAreasSeeNothingAndChangeNothing) {
  const Case ill = confirmed();
  EXPECT_EQ(code(run(cases_.find(far_, ill.id))), "not_permitted");
  EXPECT_EQ(code(run(cases_.history(far_, ill.id))), "not_permitted");
  EXPECT_EQ(code(run(cases_.confirm(far_, ill.id, positive(), ill.version))), "not_permitted");
  EXPECT_EQ(code(run(cases_.undo(far_, ill.id, {{std::string("x")}}, ill.version))), "not_permitted");
  EXPECT_THAT(list(far_)->items, IsEmpty());
  Filter there;
  there.unit = kHaiLang;
  EXPECT_EQ(code(list(far_, there)), "not_permitted");
  EXPECT_THAT(world_.house->access.take_refused(), SizeIs(4)) << "each refused look at the person";

  EXPECT_EQ(code(run(cases_.confirm(station_, ill.id, positive(), ill.version))), "not_permitted")
      << "stations report, they do not confirm";
  EXPECT_EQ(code(run(cases_.find(citizen(1001), ill.id))), "not_permitted");
  EXPECT_EQ(code(run(cases_.find(identity::testing::nobody(), ill.id))), "unauthenticated");
  EXPECT_EQ(code(list(citizen(1001))), "not_permitted");
}

TEST_P(CasesAccessTest, TheUnitThatReportedSeesTheCaseToo) {
  NewCase request = of(somebody());
  request.report_unit = kDaNang;  // a hospital there
  EXPECT_EQ(code(run(cases_.report(station_, request))), "not_permitted");
  const auto made = run(cases_.report(far_, request));
  ASSERT_TRUE(made) << code(made);
  EXPECT_EQ(made->unit, kHaiLang);
  EXPECT_TRUE(run(cases_.find(far_, made->id)));
  EXPECT_TRUE(run(cases_.find(province_, made->id)));
  EXPECT_THAT(list(far_)->items, SizeIs(1));
  EXPECT_THAT(list(station_)->items, SizeIs(1));
  Caller both = province_;
  both.grants.push_back({Role::kProvinceOfficer, kDaNang});
  EXPECT_THAT(list(both)->items, SizeIs(1)) << "once, by whichever unit";
  Filter filter;
  filter.number = made->number;
  for (const Caller* who : {&far_, &station_, static_cast<const Caller*>(&both)})
    EXPECT_THAT(list(*who, filter)->items, SizeIs(1));
}

TEST_P(CasesAccessTest, EveryLookIsLogged) {
  const Case suspect = reported();
  ASSERT_TRUE(run(cases_.find(province_, suspect.id)));
  ASSERT_TRUE(run(cases_.history(province_, suspect.id)));
  const std::string reason = "case " + suspect.number;
  EXPECT_THAT(log_about(suspect.person.id),
              ElementsAre("cases.read " + reason, "cases.read " + reason, "cases.report new case"));
  const Case other = reported();
  ASSERT_THAT(list(province_)->items, SizeIs(2));
  for (const Case& one : {suspect, other})
    EXPECT_EQ(log_about(one.person.id).front(), "cases.read list of cases") << "everybody in it";

  const auto before = log_about(other.person.id).size();
  Filter counted;
  counted.names = false;
  const auto numbers = list(province_, counted);
  ASSERT_THAT(numbers->items, SizeIs(2));
  for (const CaseBrief& one : numbers->items) EXPECT_TRUE(one.person.name.empty());
  EXPECT_EQ(log_about(other.person.id).size(), before) << "a count is a look at nobody";
}

TEST_P(CasesAccessTest, TheNewerVersionInAConflictIsALookLikeAnyOther) {
  const Case ill = confirmed();
  const auto before = log_about(ill.person.id);
  const auto conflict = run(cases_.confirm(province_, ill.id, positive(), ill.version - 1));
  ASSERT_EQ(code(conflict), "version_conflict");
  EXPECT_EQ(conflict.error().current, json::text(ill));
  const auto after = log_about(ill.person.id);
  ASSERT_EQ(after.size(), before.size() + 1);
  EXPECT_EQ(after.front(), "cases.read case " + ill.number);
}

TEST_P(CasesAccessTest, WrongReportsAreRefusedByName) {
  const PersonId person = somebody();
  EXPECT_EQ(code(run(cases_.report(station_, of(person, "cough")))), "disease_unknown");
  EXPECT_EQ(code(run(cases_.report(station_, of(PersonId{4711})))), "not_found");
  NewCase neither = of(person);
  neither.person.reset();
  EXPECT_THAT(fields(run(cases_.report(station_, neither))), ElementsAre("/person required"));
  NewCase both = of(person);
  both.new_person.emplace();
  EXPECT_THAT(fields(run(cases_.report(station_, both))), ElementsAre("/person required"));
  NewCase early = of(person);
  early.onset = parse_date("2026-03-03");
  EXPECT_EQ(which(run(cases_.report(station_, early))), "dates_contradict onsetInFuture");
  EXPECT_THAT(events(), IsEmpty());
}

TEST_P(CasesAccessTest, WrongResultsAreRefusedByName) {
  const Case suspect = reported();
  const Instant now = world_.clock.now();
  const auto refused = [&](auto change) {
    Confirmation request = positive();
    change(request);
    return which(confirm(suspect, request));
  };
  EXPECT_EQ(refused([](auto& r) { r.onset = parse_date("2026-03-03"); }), "dates_contradict onsetInFuture");
  EXPECT_EQ(refused([&](auto& r) { r.result_at = now + hours(1); }), "dates_contradict resultInFuture");
  EXPECT_EQ(refused([](auto& r) { r.sample_at = r.result_at + hours(1); }), "dates_contradict resultBeforeSample");
  EXPECT_EQ(refused([&](auto& r) { r.isolated_at = now + hours(2); }), "dates_contradict isolationInFuture");
  EXPECT_EQ(refused([](auto& r) { r.isolated_at = at("2026-02-26T16:59:59Z"); }),
            "dates_contradict isolationBeforeWindow");
  EXPECT_EQ(refused([](auto& r) { r.rule_set = std::string("no-such"); }), "rule_set_unknown ");
  EXPECT_EQ(refused([](auto& r) { r.rule_set = std::string("vn-mpox-2022-08"); }), "rule_set_unknown ")
      << "of another disease";
  EXPECT_EQ(refused([](auto& r) {
              r.onset = parse_date("2020-01-10");
              r.sample_at = r.result_at = at("2020-01-15T00:00:00Z");
            }),
            "no_rule_set ");
  EXPECT_EQ(code(run(cases_.confirm(province_, CaseId{4711}, positive(), 1))), "not_found");
  EXPECT_EQ(json::text(*run(cases_.find(province_, suspect.id))), json::text(suspect)) << "nothing was changed";
  EXPECT_THAT(events(), ElementsAre("case.reported 1"));
}

TEST_P(CasesAccessTest, TheListIsOfTheOwnAreaNewestFirst) {
  const Case a = reported(), b = confirmed(), c = *reclassify(reported(), Classification::kDiscarded);
  const auto numbers = [&](const Caller& caller, Filter filter = {}) {
    std::vector<std::string> out;
    const auto page = list(caller, std::move(filter));
    for (const auto& item : page->items) out.push_back(item.number);
    return out;
  };
  EXPECT_THAT(numbers(station_), ElementsAre(c.number, b.number, a.number));
  Filter filter;
  filter.unit = kHaiLang;
  EXPECT_THAT(numbers(province_, filter), SizeIs(3));
  filter.classification = Classification::kConfirmed;
  EXPECT_THAT(numbers(province_, filter), ElementsAre(b.number));
  filter = {};
  filter.status = Status::kClosed;
  EXPECT_THAT(numbers(province_, filter), ElementsAre(c.number));
  filter = {};
  filter.number = a.number;
  EXPECT_THAT(numbers(province_, filter), ElementsAre(a.number));
  EXPECT_THAT(numbers(far_, filter), IsEmpty());
  filter.classification = Classification::kConfirmed;
  EXPECT_THAT(numbers(province_, filter), IsEmpty()) << "it is a suspect";

  const auto first = run(cases_.list(station_, {}, std::nullopt, 2));
  EXPECT_THAT(first->items, SizeIs(2));
  const auto rest = run(cases_.list(station_, {}, first->next, 2));
  ASSERT_THAT(rest->items, SizeIs(1));
  EXPECT_EQ(rest->items[0].id, a.id);
  EXPECT_FALSE(rest->next);
  EXPECT_THAT(fields(run(cases_.list(station_, {}, "x!", 2))), ElementsAre("?cursor format"));
}

constexpr store::Query kNotes{"test.notes", R"sql(
SELECT note
FROM cases_case)sql"};
constexpr store::Query kReasons{"test.reasons", R"sql(
SELECT reason
FROM cases_change
WHERE reason IS NOT NULL)sql"};

TEST_P(CasesAccessTest, NotesAndReasonsAreSealed) {
  NewCase request = of(somebody());
  request.note = std::string("Sốt cao");
  const Case suspect = *run(cases_.report(station_, request));
  ASSERT_TRUE(reclassify(suspect, Classification::kDiscarded, "Sốt xuất huyết"));
  world_.db->read_now([](store::Session& s) {
    for (const auto& query : {kNotes, kReasons}) {
      const auto sealed = s.all<store::Bytes>(query);
      ASSERT_THAT(sealed, SizeIs(1));
      EXPECT_THAT(sealed[0].data, Not(HasSubstr("Sốt")));
    }
  });
}

TEST_P(CasesAccessTest, TracingSaysHowManyContactsThereAre) {
  cases_.set_counts([](store::Session&, CaseId) { return Counts{3, 1, 2, 2}; });
  EXPECT_EQ(reported().counts.level1, 3);
}

INSTANTIATE_TEST_SUITE_P(Engines, CasesAccessTest, store::testing::engines(), store::testing::engine_name);

}  // namespace
}  // namespace luytre::cases

#include "modules/followup/followup.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "modules/encounters/encounters.h"
#include "modules/visits/testing.h"
#include "platform/base/result_testing.h"

namespace luytre::followup {
namespace {

using std::chrono::hours;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
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

Date day(const char* text) {
  return *parse_date(text);
}

// The morning of 2 March 2026 in Hải Lăng; stays are minutes of the morning before. An F1 of COVID-19 is followed for
// ten days from the last exposure (1909/BYT-DP): to 11 March.
class FollowUpTest : public ::testing::TestWithParam<store::Engine> {
 protected:
  FollowUpTest() {
    world_.switch_on();
    command::testing::switch_on(world_.decisions, command::Switch::kTracing, now());
    command::testing::switch_on(world_.decisions, command::Switch::kDeclarations, now(), {}, "covid-19",
                                "daily-health");
    followers_.add(tracing_.follow_cases());
    followers_.add(room_.follow());
  }

  Instant now() const { return world_.clock.now(); }
  static Instant minute(int m) { return *parse_instant("2026-03-01T02:00:00Z") + std::chrono::minutes(m); }

  PersonId person(const std::string& name, UnitId unit = kHaiLang) {
    const Caller caller = identity::testing::citizen(next_account_++);
    people::NewPerson fields;
    fields.name = name;
    fields.birth_year = 1980;
    fields.unit = unit;
    fields.relation = people::Relation::kSelf;
    const auto made = run(world_.people.create(caller, std::move(fields)));
    if (!made) throw std::runtime_error("person refused: " + made.error().code);
    callers_[made->id] = caller;
    return made->id;
  }
  // Both at a place of their own for an hour.
  void meet(PersonId a, PersonId b, int from_minute) {
    const std::string name = "Chợ " + std::to_string(next_++);
    const std::vector<places::Places::Imported> file{{"test", name, name, "market", kHaiLang, {}}};
    const auto made =
        world_.db->transact_now([&](store::Session& s) { return world_.registry.import_places(s, file); });
    world_.registry.start();
    for (const PersonId who : {a, b}) {
      visits::ImportedVisit visit;
      visit.source = "test";
      visit.external = std::to_string(next_++);
      visit.person = who;
      visit.place = made.front()->id;
      visit.in = minute(from_minute);
      visit.out = minute(from_minute + 60);
      const auto done = world_.db->transact_now(
          [&](store::Session& s) { return world_.visits.import_visits(s, std::span(&visit, 1)); });
      ASSERT_EQ(done.added, 1);
    }
  }

  CaseId reported(PersonId person) {
    cases::NewCase request;
    request.person = person;
    request.disease = std::string("covid-19");
    return run(cases_.report(province_, std::move(request)))->id;
  }
  void confirm(CaseId id) {
    cases::Confirmation positive;
    positive.onset = parse_date("2026-03-01");
    positive.sample_at = minute(300);
    positive.result_at = minute(600);
    const auto done = run(cases_.confirm(province_, id, positive, version_of(id)));
    ASSERT_TRUE(done) << code(done);
    followers_.drain();
    look_again();
  }
  CaseId confirmed(PersonId person) {
    const CaseId id = reported(person);
    confirm(id);
    return id;
  }
  void undo(CaseId id) {
    ASSERT_TRUE(run(cases_.undo(province_, id, {{std::string("Nhầm mẫu")}}, version_of(id))));
    followers_.drain();
  }
  std::int64_t version_of(CaseId id) { return run(cases_.find(province_, id))->version; }
  void assign(CaseId id, PersonId person, tracing::Class to = tracing::Class::kF1) {
    const auto page = run(tracing_.candidates(province_, id, {}, std::nullopt, 200));
    for (const auto& one : page->items) {
      if (one.person.id != person) continue;
      tracing::Assignment assignment;
      assignment.class_ = to;
      const auto done = run(tracing_.assign(station_, one.id, assignment, one.version));
      ASSERT_TRUE(done) << code(done);
      followers_.drain();
      return;
    }
    FAIL() << "not a candidate";
  }
  // An F1 of a case, met the morning before.
  PersonId contact(const std::string& name) {
    const PersonId sick = person("Trần Văn Ca"), met = person(name);
    meet(sick, met, 0);
    case_ = confirmed(sick);
    assign(case_, met);
    return met;
  }

  void declare(PersonId person, bool cough, std::optional<declarations::DeclarationId> corrects = {}) {
    const auto said = [](const char* link, bool value) {
      return json::Object{{"linkId", link}, {"answer", json::Array{json::Object{{"valueBoolean", value}}}}};
    };
    json::Array items;
    for (const char* sign : {"fever", "cough", "breath", "throat", "aches", "contact-case"})
      items.push_back(said(sign, cough && std::string(sign) == "cough"));
    declarations::NewDeclaration out;
    out.form = std::string("daily-health");
    out.version = std::string("2020-03-10");
    out.at = now();
    out.corrects = corrects;
    out.response = json::Object{{"resourceType", "QuestionnaireResponse"},
                                {"status", "completed"},
                                {"item", json::Array{json::Object{{"linkId", "today"}, {"item", std::move(items)}}}}};
    const auto made = run(declarations_.submit(callers_.at(person), std::move(out), std::nullopt));
    ASSERT_TRUE(made) << code(made);
    declared_ = made->id;
    followers_.drain();
  }

  void watch() {
    const auto job = room_.watch();
    world_.db->transact_now([&](store::Session& s) { job.run(s); });
  }
  void look_again() {
    const auto job = room_.look_again();
    world_.db->transact_now([&](store::Session& s) { job.run(s); });
  }
  // To the morning of that day, and what the clock does meanwhile once a day.
  void until(const char* text) {
    while (local_date(now()) < day(text)) {
      world_.clock.advance(hours(24));
      watch();
    }
  }
  std::vector<FollowUp> list(const Caller& who, Filter filter = {}) {
    const auto page = run(room_.list(who, filter, std::nullopt, 100));
    if (!page) throw std::runtime_error(page.error().code);
    return page->items;
  }
  // The calendar of the contact of case_, as the case's page has it.
  FollowUp of(PersonId person, CaseId id) {
    const auto page = run(room_.of_case(province_, id, std::nullopt, 100));
    if (!page) throw std::runtime_error(page.error().code);
    for (const OfContact& one : page->items)
      if (one.follow_up.person.id == person) return one.follow_up;
    throw std::runtime_error("not followed");
  }
  FollowUp of(PersonId person) { return of(person, case_); }
  FollowUp open(FollowUpId id) { return *run(room_.find(station_, id)); }
  static std::string strip(const FollowUp& what) {
    std::string out;
    for (const Day& one : what.days) out += std::string(json::enum_text(one.state)) + ' ';
    return out;
  }
  static std::string first_days(const FollowUp& what, std::size_t days) {
    FollowUp some = what;
    some.days.resize(days);
    return strip(some);
  }
  Result<FollowUp> record(const Caller& who, FollowUpId id, Finding finding, std::vector<Symptom> symptoms = {},
                          std::optional<Date> on = {}) {
    NewEntry entry;
    entry.finding = finding;
    entry.symptoms = std::move(symptoms);
    entry.day = on;
    auto done = run(room_.record(who, id, std::move(entry), std::nullopt));
    followers_.drain();
    return done;
  }
  std::int64_t count(const char* sql) {
    return world_.db->read_now([sql](store::Session& s) { return s.value<std::int64_t>(store::Query{sql, sql}); });
  }
  std::vector<std::string> events() {
    std::vector<std::string> out;
    for (const auto& line : store::testing::event_lines(*world_.db))
      if (line.starts_with("followup.")) out.push_back(line.substr(0, line.find(':')));
    return out;
  }
  std::string all_rows() {
    return world_.db->read_now([](store::Session& s) {
      std::string out;
      for (const char* sql : {"SELECT CAST(id AS text) || state || CAST(version AS text) || CAST(last_day AS text) || "
                              "CAST(waiting_since AS text) FROM followup_period ORDER BY id",
                              "SELECT CAST(period AS text) || CAST(candidate AS text) || CAST(last_exposure AS text) "
                              "FROM followup_reason ORDER BY period, candidate",
                              "SELECT CAST(id AS text) || result || via FROM followup_entry ORDER BY id"})
        for (const auto& row : s.all<std::string>(store::Query{sql, sql})) out += row + '\n';
      return out;
    });
  }
  std::vector<std::string> log_about(PersonId person) {
    return world_.db->read_now([&](store::Session& s) {
      std::vector<std::string> out;
      identity::Access::Filter filter;
      filter.person = person;
      for (const auto& entry : world_.house->access.list(s, filter, INT64_MAX, 100).items)
        if (entry.action.starts_with("followup.")) out.push_back(entry.action);
      return out;
    });
  }

  std::map<PersonId, Caller> callers_;
  std::int64_t next_account_ = 1001;
  int next_ = 1;
  CaseId case_;
  declarations::DeclarationId declared_;
  visits::testing::World world_{
      GetParam(),
      {declarations::migrations(), encounters::migrations(), cases::migrations(), tracing::migrations(), migrations()}};
  declarations::Declarations declarations_{*world_.db,
                                           world_.people,
                                           world_.decisions,
                                           visits::testing::geography(),
                                           world_.house->access,
                                           world_.vault,
                                           declarations::Catalogue(LUYTRE_SOURCE_DIR "/data")};
  cases::Cases cases_{*world_.db,           world_.people, visits::testing::geography(),
                      world_.house->access, world_.vault,  world_.clock,
                      diseases(),           rule_sets()};
  tracing::Tracing tracing_{{*world_.db, cases_, world_.people, world_.registry, world_.decisions,
                             visits::testing::geography(), world_.house->access, world_.house.notify(), world_.vault,
                             world_.clock, world_.house.texts()}};
  FollowUps room_{{*world_.db, tracing_, cases_, declarations_, world_.people, visits::testing::geography(),
                   world_.house->access, world_.vault}};
  store::Followers followers_{*world_.db};
  const Caller station_ = identity::testing::officer(Role::kStationOfficer, kHaiLang, 9201);
  const Caller neighbour_ = identity::testing::officer(Role::kStationOfficer, kNamHaiLang, 9202);
  const Caller centre_ = identity::testing::officer(Role::kDistrictOfficer, kHaiLang, 9401);
  const Caller province_ = identity::testing::officer(Role::kProvinceOfficer, kQuangTri, 9301);
};

// ---- when it begins, and when it ends ----

TEST_P(FollowUpTest, AnAssignedClassBeginsItAndItsEndIsExplained) {
  const PersonId an = contact("Nguyễn Thị An");
  const auto waiting = list(station_);
  ASSERT_THAT(waiting, SizeIs(1));
  EXPECT_EQ(waiting[0].person.id, an);
  EXPECT_EQ(waiting[0].first_day, day("2026-03-02"));
  EXPECT_EQ(waiting[0].last_day, day("2026-03-11"));
  EXPECT_EQ(waiting[0].waiting_since, day("2026-03-02"));
  EXPECT_TRUE(waiting[0].yours);
  EXPECT_EQ(strip(waiting[0]), "due later later later later later later later later later ");
  const FollowUp alone = open(waiting[0].id);
  ASSERT_THAT(*alone.reasons, SizeIs(1));
  const Reason& why = alone.reasons->front();
  EXPECT_EQ(why.last_exposure, day("2026-03-01"));
  EXPECT_EQ(why.days, 10);
  EXPECT_EQ(why.until, day("2026-03-11"));
  EXPECT_THAT(why.rule, HasSubstr("1909/BYT-DP"));
  EXPECT_EQ(why.case_number, run(cases_.find(province_, case_))->number);
  EXPECT_THAT(events(), ElementsAre("followup.began"));
}

TEST_P(FollowUpTest, NobodyIsFollowedWithoutAClassOrARule) {
  const PersonId sick = person("Trần Văn Ca"), an = person("Nguyễn Thị An"), binh = person("Lê Văn Bình");
  meet(sick, an, 0);
  meet(sick, binh, 90);
  case_ = confirmed(sick);
  EXPECT_THAT(list(station_), IsEmpty()) << "a candidate is nobody's contact yet";
  assign(case_, an, tracing::Class::kF2);  // no length is known since 2022
  assign(case_, binh, tracing::Class::kNone);
  EXPECT_THAT(list(station_), IsEmpty());
  EXPECT_THAT(events(), IsEmpty());
}

TEST_P(FollowUpTest, ItEndsByItselfAfterTheLastDay) {
  const PersonId an = contact("Nguyễn Thị An");
  until("2026-03-11");
  EXPECT_EQ(of(an).state, State::kOpen);
  const FollowUpId id = of(an).id;
  ASSERT_THAT(list(station_), SizeIs(1));
  world_.clock.advance(hours(24));
  EXPECT_THAT(list(station_), IsEmpty()) << "over at midnight, not when the watch comes round";
  watch();
  EXPECT_EQ(of(an).state, State::kDone);
  EXPECT_EQ(of(an).missed, 10) << "what nobody asked stays visible";
  EXPECT_THAT(list(station_), IsEmpty());
  EXPECT_EQ(code(record(station_, id, Finding::kNone)), "follow_up_ended");
}

TEST_P(FollowUpTest, TheLastExposureIsAVietnameseDayAndTheFirstDayIsTheNext) {
  const PersonId sick = person("Trần Văn Ca"), an = person("Nguyễn Thị An"), binh = person("Lê Văn Bình");
  meet(sick, an, 14 * 60);         // until 17:00 UTC, midnight in Vietnam
  meet(sick, binh, 15 * 60 + 30);  // from half past midnight
  case_ = confirmed(sick);
  assign(case_, an);
  assign(case_, binh);
  EXPECT_EQ(open(of(an).id).reasons->front().last_exposure, day("2026-03-01"));
  EXPECT_EQ(of(an).last_day, day("2026-03-11"));
  const FollowUp met_today = open(of(binh).id);
  EXPECT_EQ(met_today.reasons->front().last_exposure, day("2026-03-02"));
  EXPECT_EQ(met_today.first_day, day("2026-03-03"));
  EXPECT_EQ(met_today.last_day, day("2026-03-12"));
  EXPECT_FALSE(met_today.waiting_since) << "nobody is asked on the day of the exposure";
  ASSERT_THAT(list(station_), SizeIs(1));
  EXPECT_EQ(code(record(station_, met_today.id, Finding::kNone)), "invalid") << "nor before the first day";
  until("2026-03-03");
  EXPECT_THAT(list(station_), SizeIs(2));
}

TEST_P(FollowUpTest, AnotherClassReleases) {
  const PersonId an = contact("Nguyễn Thị An");
  until("2026-03-03");
  assign(case_, an, tracing::Class::kNone);
  const FollowUp released = of(an);
  EXPECT_EQ(released.state, State::kReleased);
  EXPECT_EQ(first_days(released, 3), "missed notNeeded notNeeded ");
  EXPECT_THAT(list(station_), IsEmpty());
  assign(case_, an);  // at once: the same one goes on
  EXPECT_EQ(of(an).id, released.id);
  EXPECT_EQ(of(an).state, State::kOpen);
}

TEST_P(FollowUpTest, OfSeveralCasesTheLongestEndCountsAndTheLastReasonReleases) {
  const PersonId first = person("Trần Văn Ca"), second = person("Phạm Văn Dần"), an = person("Nguyễn Thị An");
  meet(first, an, 0);
  meet(second, an, -24 * 60);
  const CaseId later = confirmed(first), earlier = confirmed(second);
  assign(earlier, an);
  EXPECT_EQ(of(an, earlier).last_day, day("2026-03-10"));
  assign(later, an);
  ASSERT_THAT(list(station_), SizeIs(1)) << "one person, one follow-up";
  const FollowUpId id = list(station_)[0].id;
  EXPECT_EQ(open(id).last_day, day("2026-03-11"));
  EXPECT_THAT(*open(id).reasons, SizeIs(2));

  undo(later);
  EXPECT_EQ(open(id).state, State::kOpen) << "the other case stands";
  EXPECT_EQ(open(id).last_day, day("2026-03-10"));
  EXPECT_THAT(*open(id).reasons, SizeIs(2)) << "kept, and no longer counted";
  undo(earlier);
  EXPECT_EQ(open(id).state, State::kReleased);
  EXPECT_THAT(list(station_), IsEmpty());

  confirm(later);
  EXPECT_EQ(open(id).state, State::kOpen) << "what the officer decided stands again";
  EXPECT_EQ(open(id).last_day, day("2026-03-11"));
}

TEST_P(FollowUpTest, ReadingTheFeedAgainChangesNothing) {
  const PersonId an = contact("Nguyễn Thị An");
  declare(an, true);
  const auto wrong = declared_;
  declare(an, false, wrong);
  ASSERT_TRUE(record(station_, of(an).id, Finding::kNone));
  contact("Lê Văn Bình");
  undo(case_);
  const std::string before = all_rows();
  const auto said = events();
  store::Followers again(*world_.db);
  auto following = room_.follow();
  following.name = "followup.replay";
  again.add(std::move(following));
  again.drain();
  EXPECT_GT(count("SELECT count(*) FROM followup_due"), 0) << "the contacts are looked at again, too";
  look_again();
  EXPECT_EQ(count("SELECT count(*) FROM followup_due"), 0);
  EXPECT_EQ(all_rows(), before);
  EXPECT_EQ(events(), said);
}

// ---- days ----

TEST_P(FollowUpTest, ADayIsAnsweredOrGoesUp) {
  const PersonId an = contact("Nguyễn Thị An");
  const FollowUpId id = of(an).id;
  ASSERT_TRUE(record(station_, id, Finding::kNotReached));
  EXPECT_THAT(list(station_), SizeIs(1)) << "tried, and not reached";
  EXPECT_EQ(first_days(of(an), 1), "notReached ");
  ASSERT_TRUE(record(station_, id, Finding::kNone));
  EXPECT_THAT(list(station_), IsEmpty());
  EXPECT_EQ(first_days(of(an), 2), "none later ");

  until("2026-03-03");
  ASSERT_THAT(list(station_), SizeIs(1)) << "every day anew";
  EXPECT_FALSE(list(station_)[0].escalated);
  Filter yours;
  yours.yours = true;
  EXPECT_THAT(list(centre_, yours), IsEmpty());
  EXPECT_THAT(list(centre_), SizeIs(1)) << "seen from above";

  until("2026-03-04");
  ASSERT_THAT(list(centre_, yours), SizeIs(1)) << "a day was missed";
  EXPECT_EQ(list(centre_)[0].level, Level::kCentre);
  EXPECT_EQ(list(centre_)[0].missed, 1);
  EXPECT_THAT(list(province_, yours), IsEmpty());
  EXPECT_THAT(list(station_, yours), SizeIs(1)) << "and it stays with the station";
  until("2026-03-05");
  EXPECT_THAT(list(province_, yours), SizeIs(1));

  ASSERT_TRUE(record(centre_, id, Finding::kNone));
  EXPECT_THAT(list(station_), IsEmpty());
  EXPECT_EQ(first_days(of(an), 5), "none missed missed none later ");
  EXPECT_EQ(of(an).level, Level::kStation);
  until("2026-03-06");
  EXPECT_FALSE(list(station_)[0].escalated) << "begins below again";
}

TEST_P(FollowUpTest, WhoWaitsLongestComesFirst) {
  const PersonId an = contact("Nguyễn Thị An");
  const CaseId first = case_;
  const PersonId binh = contact("Lê Văn Bình");
  ASSERT_TRUE(record(station_, of(an, first).id, Finding::kNone));
  until("2026-03-03");
  const auto waiting = list(station_);
  ASSERT_THAT(waiting, SizeIs(2));
  EXPECT_EQ(waiting[0].person.id, binh) << "missed yesterday";
  EXPECT_EQ(waiting[1].person.id, an);
  const auto page = run(room_.list(station_, {}, std::nullopt, 1));
  ASSERT_TRUE(page->next);
  EXPECT_EQ(run(room_.list(station_, {}, page->next, 1))->items[0].person.id, an);
  EXPECT_EQ(code(run(room_.list(station_, {}, std::string("x"), 1))), "invalid");
}

TEST_P(FollowUpTest, AnEntryMayBeOfADayBeforeAndPutRight) {
  const PersonId an = contact("Nguyễn Thị An");
  const FollowUpId id = of(an).id;
  until("2026-03-04");
  ASSERT_TRUE(record(station_, id, Finding::kNone, {}, day("2026-03-02")));
  EXPECT_EQ(first_days(of(an), 3), "none missed due ");
  EXPECT_EQ(of(an).waiting_since, day("2026-03-03"));
  ASSERT_TRUE(record(station_, id, Finding::kSymptoms, {Symptom::kRash}));
  EXPECT_TRUE(of(an).offered);

  NewEntry right;
  right.corrects = open(id).entries->back().id;
  ASSERT_TRUE(run(room_.record(station_, id, right, std::nullopt)));
  EXPECT_EQ(first_days(of(an), 3), "none missed none ");
  EXPECT_FALSE(of(an).offered);
  EXPECT_THAT(*open(id).entries, SizeIs(3)) << "the wrong one is kept and marked";
  EXPECT_THAT(fields(run(room_.record(station_, id, right, std::nullopt))), ElementsAre("/corrects unknown"));

  EXPECT_THAT(fields(record(station_, id, Finding::kNone, {}, day("2026-03-01"))), ElementsAre("/day range"));
  EXPECT_THAT(fields(record(station_, id, Finding::kNone, {}, day("2026-03-05"))), ElementsAre("/day range"));
  EXPECT_THAT(fields(record(station_, id, Finding::kSymptoms)), ElementsAre("/symptoms required"));
  EXPECT_THAT(fields(record(station_, id, Finding::kNone, {Symptom::kFever})), ElementsAre("/symptoms unknown"));
  EXPECT_THAT(fields(record(station_, id, Finding::kSymptoms, {Symptom::kOther})), ElementsAre("/note required"));
  NewEntry app;
  app.via = Via::kApp;
  EXPECT_THAT(fields(run(room_.record(station_, id, app, std::nullopt))), ElementsAre("/via unknown"));
}

TEST_P(FollowUpTest, ARepeatedCallRecordsOnce) {
  const PersonId an = contact("Nguyễn Thị An");
  const FollowUpId id = of(an).id;
  NewEntry entry;
  entry.finding = Finding::kSymptoms;
  entry.symptoms = {Symptom::kFever};
  entry.note = std::string("Sốt 38,5 từ tối qua");
  const auto key = [] { return store::make_once(9201, "POST follow-ups", "a", "body"); };
  ASSERT_TRUE(run(room_.record(station_, id, entry, key())));
  ASSERT_TRUE(run(room_.record(station_, id, entry, key())));
  ASSERT_THAT(*open(id).entries, SizeIs(1));
  EXPECT_EQ(open(id).entries->front().note, "Sốt 38,5 từ tối qua");
  EXPECT_THAT(open(id).entries->front().symptoms, ElementsAre(Symptom::kFever));
  EXPECT_EQ(count("SELECT count(*) FROM followup_entry WHERE detail IS NULL"), 0);
}

// ---- the person's own word ----

TEST_P(FollowUpTest, TheOwnDeclarationOfTheDayAnswersIt) {
  const PersonId an = contact("Nguyễn Thị An");
  declare(an, false);
  EXPECT_THAT(list(station_), IsEmpty());
  const FollowUp alone = open(of(an).id);
  ASSERT_THAT(*alone.entries, SizeIs(1));
  EXPECT_EQ(alone.entries->front().via, Via::kApp);
  EXPECT_EQ(alone.entries->front().finding, Finding::kNone);
  EXPECT_EQ(alone.entries->front().colour, forms::Colour::kGreen);
  EXPECT_THAT(alone.entries->front().symptoms, IsEmpty());

  until("2026-03-03");
  ASSERT_TRUE(record(station_, alone.id, Finding::kNone));
  declare(an, true);
  EXPECT_EQ(first_days(of(an), 2), "none symptoms ") << "symptoms count, whoever tells";
  EXPECT_TRUE(of(an).offered);
  declare(an, false, declared_);
  EXPECT_EQ(first_days(of(an), 2), "none none ") << "put right by the person";
  EXPECT_FALSE(of(an).offered);
  EXPECT_THAT(*open(alone.id).entries, SizeIs(3));
}

TEST_P(FollowUpTest, WhatWasDeclaredBeforeTheClassCountsAndWhatIsTakenBackDoesNot) {
  const PersonId sick = person("Trần Văn Ca"), an = person("Nguyễn Thị An");
  meet(sick, an, 0);
  case_ = confirmed(sick);
  declare(an, true);
  assign(case_, an);
  EXPECT_EQ(first_days(of(an), 2), "symptoms later ");
  ASSERT_TRUE(run(declarations_.withdraw(callers_.at(an), declared_)));
  followers_.drain();
  EXPECT_EQ(first_days(of(an), 2), "due later ");
  EXPECT_FALSE(of(an).offered);
  EXPECT_EQ(count("SELECT count(*) FROM followup_entry"), 0);
}

TEST_P(FollowUpTest, WhatWasDeclaredWhileReleasedCountsWhenItGoesOn) {
  const PersonId an = contact("Nguyễn Thị An");
  assign(case_, an, tracing::Class::kNone);
  declare(an, true);
  EXPECT_EQ(first_days(of(an), 2), "notNeeded notNeeded ");
  assign(case_, an);
  EXPECT_EQ(first_days(of(an), 2), "symptoms later ");
  EXPECT_TRUE(of(an).offered);
}

// ---- symptoms ----

TEST_P(FollowUpTest, SymptomsAreOfferedAndOneTapReports) {
  const PersonId an = contact("Nguyễn Thị An");
  const FollowUpId id = of(an).id;
  EXPECT_EQ(code(run(room_.report(station_, id, std::nullopt))), "follow_up_no_symptoms");
  ASSERT_TRUE(record(station_, id, Finding::kSymptoms, {Symptom::kFever, Symptom::kCough}));
  const std::int64_t cases_before = count("SELECT count(*) FROM cases_case");
  Filter offered;
  offered.offered = true;
  EXPECT_THAT(list(station_, offered), SizeIs(1)) << "though today is answered";
  EXPECT_EQ(count("SELECT count(*) FROM cases_case"), cases_before) << "nothing is made by itself";

  EXPECT_EQ(code(run(room_.report(neighbour_, id, std::nullopt))), "not_found");
  const auto kase = run(room_.report(station_, id, std::nullopt));
  ASSERT_TRUE(kase) << code(kase);
  EXPECT_EQ(kase->classification, cases::Classification::kSuspect);
  EXPECT_EQ(kase->person.id, an);
  EXPECT_EQ(kase->onset, day("2026-03-02"));
  followers_.drain();
  EXPECT_THAT(list(station_, offered), IsEmpty());
  EXPECT_EQ(of(an).suspect->number, kase->number);
  EXPECT_EQ(code(run(room_.report(station_, id, std::nullopt))), "case_exists");

  ASSERT_TRUE(run(cases_.reclassify(province_, kase->id,
                                    {cases::Classification::kDiscarded, {std::string("Xét nghiệm âm tính")}},
                                    version_of(kase->id))));
  followers_.drain();
  EXPECT_THAT(list(station_, offered), SizeIs(1)) << "and is offered again";
}

TEST_P(FollowUpTest, NobodyIsCalledForWhoIsAConfirmedCaseThemselves) {
  const PersonId an = contact("Nguyễn Thị An");
  const FollowUpId id = of(an).id;
  ASSERT_TRUE(record(station_, id, Finding::kSymptoms, {Symptom::kFever}));
  const auto kase = run(room_.report(station_, id, std::nullopt));
  ASSERT_TRUE(kase) << code(kase);
  followers_.drain();
  until("2026-03-03");
  EXPECT_THAT(list(station_), SizeIs(1)) << "a suspect is asked on";
  confirm(kase->id);
  EXPECT_THAT(list(station_), IsEmpty());
  until("2026-03-06");
  EXPECT_THAT(list(station_), IsEmpty());
  EXPECT_EQ(open(id).level, Level::kStation);
  undo(kase->id);
  ASSERT_THAT(list(station_), SizeIs(1)) << "and again when it was a mistake";
  EXPECT_EQ(list(station_)[0].waiting_since, day("2026-03-03"));
}

TEST_P(FollowUpTest, SymptomsOfTheLastDayAreOfferedForAWeekMore) {
  const PersonId an = contact("Nguyễn Thị An");
  const FollowUpId id = of(an).id;
  until("2026-03-11");
  ASSERT_TRUE(record(station_, id, Finding::kSymptoms, {Symptom::kFever}));
  until("2026-03-12");
  EXPECT_EQ(of(an).state, State::kDone);
  Filter offered;
  offered.offered = true;
  EXPECT_THAT(list(station_, offered), SizeIs(1)) << "nobody has reported it yet";
  EXPECT_THAT(list(neighbour_, offered), IsEmpty());
  EXPECT_THAT(list(station_), IsEmpty()) << "and nobody waits for an answer";
  until("2026-03-18");
  ASSERT_THAT(list(station_, offered), SizeIs(1));
  ASSERT_TRUE(run(room_.report(station_, id, std::nullopt)));
  followers_.drain();
  EXPECT_THAT(list(station_, offered), IsEmpty());
  EXPECT_TRUE(of(an).suspect);
}

TEST_P(FollowUpTest, AnOfferThatNobodyTookEndsAWeekAfterTheLastDay) {
  const PersonId an = contact("Nguyễn Thị An");
  ASSERT_TRUE(record(station_, of(an).id, Finding::kSymptoms, {Symptom::kFever}));
  Filter offered;
  offered.offered = true;
  until("2026-03-18");
  EXPECT_THAT(list(station_, offered), SizeIs(1));
  until("2026-03-19");
  EXPECT_THAT(list(station_, offered), IsEmpty());
}

TEST_P(FollowUpTest, AnOlderCaseSaysNothingOfTheNewerOne) {
  const PersonId an = person("Nguyễn Thị An");
  const CaseId older = reported(an);
  cases::Course over;
  over.outcome = cases::Outcome::kRecovered;
  over.outcome_on = day("2026-03-02");
  ASSERT_TRUE(run(cases_.record_course(province_, older, over, version_of(older))));
  const PersonId sick = person("Trần Văn Ca");
  meet(sick, an, 0);
  case_ = confirmed(sick);
  assign(case_, an);
  const FollowUpId id = of(an).id;
  EXPECT_FALSE(of(an).suspect) << "it was over before";
  ASSERT_TRUE(record(station_, id, Finding::kSymptoms, {Symptom::kFever}));
  const auto kase = run(room_.report(station_, id, std::nullopt));
  ASSERT_TRUE(kase) << code(kase);
  followers_.drain();
  over.outcome = cases::Outcome::kLostToFollowUp;
  ASSERT_TRUE(run(cases_.record_course(province_, older, over, version_of(older))));
  followers_.drain();
  EXPECT_EQ(of(an).suspect->id, kase->id);
}

// ---- who sees it, and how long ----

TEST_P(FollowUpTest, OnlyTheOwnAreaSeesItAndEveryLookIsLogged) {
  const PersonId an = contact("Nguyễn Thị An");
  const FollowUpId id = of(an).id;
  EXPECT_THAT(list(neighbour_), IsEmpty());
  EXPECT_EQ(code(run(room_.find(neighbour_, id))), "not_found");
  EXPECT_EQ(code(record(neighbour_, id, Finding::kNone)), "not_found");
  EXPECT_EQ(code(run(room_.list(callers_.at(an), {}, std::nullopt, 10))), "not_permitted");
  EXPECT_EQ(code(run(room_.of_case(neighbour_, case_, std::nullopt, 10))), "not_permitted");
  EXPECT_THAT(log_about(an), Not(Contains("followup.work")));
  list(station_);
  open(id);
  EXPECT_THAT(log_about(an), ElementsAre("followup.work", "followup.work"));
}

TEST_P(FollowUpTest, EverythingIsDeletedTwentyEightDaysAfterTheEnd) {
  const PersonId an = contact("Nguyễn Thị An");
  ASSERT_TRUE(record(station_, of(an).id, Finding::kNone));
  until("2026-03-12");
  const auto retain = [&] {
    const auto job = room_.retention();
    world_.db->transact_now([&](store::Session& s) { job.run(s); });
  };
  world_.clock.advance(kKept - hours(1));
  retain();
  EXPECT_EQ(count("SELECT count(*) FROM followup_period"), 1);
  world_.clock.advance(hours(2));
  retain();
  EXPECT_EQ(count("SELECT count(*) FROM followup_period"), 0);
  EXPECT_EQ(count("SELECT count(*) FROM followup_reason"), 0);
  EXPECT_EQ(count("SELECT count(*) FROM followup_entry"), 0);
  EXPECT_EQ(count("SELECT CAST(sum(deleted) AS bigint) FROM followup_retention"), 1);
}

INSTANTIATE_TEST_SUITE_P(Engines, FollowUpTest, store::testing::engines(), store::testing::engine_name);

}  // namespace
}  // namespace luytre::followup

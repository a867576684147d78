// What the tests of follow-up share: the rooms wired as in the server, contacts of a case in one line, the event feed
// followed on demand, and days that go by.

#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "modules/command/testing.h"
#include "modules/encounters/encounters.h"
#include "modules/followup/followup.h"
#include "modules/laboratory/laboratory.h"
#include "modules/people/duplicates.h"
#include "modules/visits/testing.h"
#include "platform/base/result_testing.h"

namespace luytre::followup {

inline const UnitId kNamHaiLang{2025319735};

inline const presence::RuleSets& rule_sets() {
  static const presence::RuleSets all(LUYTRE_SOURCE_DIR "/data/rulesets");
  return all;
}

inline const presence::Diseases& diseases() {
  static const presence::Diseases all(LUYTRE_SOURCE_DIR "/data/diseases", rule_sets());
  return all;
}

inline Date day(const char* text) {
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

  PersonId person(const std::string& name, UnitId unit = visits::testing::kHaiLang) {
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
    const std::vector<places::Places::Imported> file{{"test", name, name, "market", visits::testing::kHaiLang, {}}};
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
  static cases::Confirmation ill_on_the_first() {
    cases::Confirmation out;
    out.onset = parse_date("2026-03-01");
    out.sample_at = minute(300);
    out.result_at = minute(600);
    return out;
  }
  cases::Confirmation ill_today() const {
    cases::Confirmation out;
    out.onset = local_date(now());
    out.sample_at = now() - std::chrono::minutes(40);
    out.result_at = now() - std::chrono::minutes(10);
    return out;
  }
  void confirm(CaseId id, const cases::Confirmation& positive = ill_on_the_first()) {
    const auto done = run(cases_.confirm(province_, id, positive, version_of(id)));
    ASSERT_TRUE(done) << code(done);
    followers_.drain();
    look_again();
  }
  CaseId confirmed(PersonId person, const cases::Confirmation& positive = ill_on_the_first()) {
    const CaseId id = reported(person);
    confirm(id, positive);
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
      world_.clock.advance(std::chrono::hours(24));
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
  Result<FollowUp> record(const Caller& who, FollowUpId id, Finding finding, std::vector<std::string> symptoms = {},
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
  visits::testing::World world_{GetParam(),
                                {declarations::migrations(), encounters::migrations(), cases::migrations(),
                                 laboratory::migrations(), staff::migrations(), tracing::migrations(), migrations()}};
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
  const Parts room_parts_{*world_.db,           tracing_,      cases_,
                          declarations_,        world_.people, visits::testing::geography(),
                          world_.house->access, world_.vault};
  FollowUps room_{room_parts_};
  store::Followers followers_{*world_.db};
  const Caller station_ = identity::testing::officer(Role::kStationOfficer, visits::testing::kHaiLang, 9201);
  const Caller neighbour_ = identity::testing::officer(Role::kStationOfficer, kNamHaiLang, 9202);
  const Caller centre_ = identity::testing::officer(Role::kDistrictOfficer, visits::testing::kHaiLang, 9401);
  const Caller province_ = identity::testing::officer(Role::kProvinceOfficer, visits::testing::kQuangTri, 9301);
};

}  // namespace luytre::followup

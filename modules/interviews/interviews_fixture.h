// What the tests of interviews share: the rooms wired as in the server, a case in one line, and the event feed followed
// on demand.

#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "modules/encounters/encounters.h"
#include "modules/interviews/notices.h"
#include "modules/tracing/tracing.h"
#include "modules/visits/testing.h"
#include "platform/base/result_testing.h"

namespace luytre::interviews {

inline const UnitId kNamHaiLang{2025319735};

inline const presence::RuleSets& rule_sets() {
  static const presence::RuleSets all(LUYTRE_SOURCE_DIR "/data/rulesets");
  return all;
}

inline const presence::Diseases& diseases() {
  static const presence::Diseases all(LUYTRE_SOURCE_DIR "/data/diseases", rule_sets());
  return all;
}

// The morning of 2 March 2026 in Hải Lăng; times are minutes of the morning before.
class InterviewsTest : public ::testing::TestWithParam<store::Engine> {
 protected:
  InterviewsTest() {
    world_.switch_on();
    command::testing::switch_on(world_.decisions, command::Switch::kTracing, now());
    followers_.add(tracing_.follow_cases());
    followers_.add(room_.follow());
    market_ = place("Chợ Diên Sanh");
    an_ = person("Nguyễn Văn An");
    binh_ = person("Trần Thị Bình");
  }

  Instant now() const { return world_.clock.now(); }
  static Instant minute(int m) { return *parse_instant("2026-03-01T02:00:00Z") + std::chrono::minutes(m); }

  PersonId person(const std::string& name, UnitId unit = visits::testing::kHaiLang) {
    people::NewPerson fields;
    fields.name = name;
    fields.birth_year = 1980;
    fields.unit = unit;
    fields.relation = people::Relation::kSelf;
    const Caller caller = identity::testing::citizen(next_account_++);
    const auto made = run(world_.people.create(caller, std::move(fields)));
    if (!made) throw std::runtime_error("person refused: " + made.error().code);
    callers_.emplace(made->id, caller);
    return made->id;
  }
  PlaceId place(const std::string& name, const std::string& kind = "market") {
    const std::vector<places::Places::Imported> file{{"test", name, name, kind, visits::testing::kHaiLang, {}}};
    const auto made =
        world_.db->transact_now([&](store::Session& s) { return world_.registry.import_places(s, file); });
    world_.registry.start();
    return made.front()->id;
  }
  void stay(PersonId who, PlaceId where, int from, int length) {
    visits::ImportedVisit visit;
    visit.source = "test";
    visit.external = std::to_string(next_visit_++);
    visit.person = who;
    visit.place = where;
    visit.in = minute(from);
    visit.out = minute(from + length);
    const auto done = world_.db->transact_now(
        [&](store::Session& s) { return world_.visits.import_visits(s, std::span(&visit, 1)); });
    ASSERT_EQ(done.added, 1);
  }
  std::vector<visits::Visit> list(PersonId who) {
    return run(world_.visits.of_person(callers_.at(who), std::nullopt, std::nullopt, 50))->items;
  }

  CaseId reported(PersonId person, const std::string& disease = "covid-19") {
    cases::NewCase request;
    request.person = person;
    request.disease = disease;
    return run(cases_.report(province_, std::move(request)))->id;
  }
  std::int64_t version_of(CaseId id) { return run(cases_.find(province_, id))->version; }
  void confirm(CaseId id, std::optional<Instant> isolated_at = std::nullopt) {
    cases::Confirmation positive;
    positive.onset = parse_date("2026-03-01");
    positive.sample_at = minute(300);
    positive.result_at = minute(600);
    positive.isolated_at = isolated_at;
    ASSERT_TRUE(run(cases_.confirm(province_, id, positive, version_of(id))));
    followers_.drain();
  }
  CaseId confirmed(PersonId person) {
    const CaseId id = reported(person);
    confirm(id);
    return id;
  }
  // A turn of the clock's jobs.
  void turn() {
    world_.db->transact_now([&](store::Session& s) { tracing_.trace_again().run(s); });
    followers_.drain();
  }
  std::vector<tracing::Candidate> candidates(CaseId id) {
    turn();
    tracing::CandidateFilter open;
    open.status = tracing::CandidateStatus::kOpen;
    return run(tracing_.candidates(province_, id, open, std::nullopt, 50))->items;
  }
  std::vector<PersonId> found(CaseId id) {
    std::vector<PersonId> out;
    for (const auto& one : candidates(id)) out.push_back(one.person.id);
    return out;
  }

  Told at_market(int from = 0, int length = 60) const {
    Told out;
    out.place = market_;
    out.from = minute(from);
    out.to = minute(from + length);
    out.doing = std::string("Mua cá");
    return out;
  }
  Milestone record(CaseId id, Told told) {
    auto made = run(room_.record(station_, id, std::move(told), std::nullopt));
    if (!made) throw std::runtime_error("milestone refused: " + made.error().code);
    return std::move(*made);
  }
  std::vector<Milestone> milestones(CaseId id) { return run(room_.of_case(station_, id))->items; }
  std::vector<std::string> log_about(PersonId person) {
    return world_.db->read_now([&](store::Session& s) {
      std::vector<std::string> out;
      identity::Access::Filter filter;
      filter.person = person;
      const auto page = world_.house->access.list(s, filter, INT64_MAX, 100);
      for (const auto& entry : page.items)
        if (entry.action.starts_with("interviews.")) out.push_back(entry.action);
      return out;
    });
  }

  std::int64_t next_account_ = 1001;
  int next_visit_ = 1;
  std::map<PersonId, Caller> callers_;
  PlaceId market_;
  PersonId an_, binh_;
  visits::testing::World world_{GetParam(),
                                {encounters::migrations(), cases::migrations(), tracing::migrations(), migrations()}};
  cases::Cases cases_{*world_.db,           world_.people, visits::testing::geography(),
                      world_.house->access, world_.vault,  world_.clock,
                      diseases(),           rule_sets()};
  tracing::Tracing tracing_{{*world_.db, cases_, world_.people, world_.registry, world_.decisions,
                             visits::testing::geography(), world_.house->access, world_.house.notify(), world_.vault,
                             world_.clock, world_.house.texts(), nullptr, &world_.doubtful}};
  Interviews room_{{*world_.db, world_.people, world_.registry, diseases(), rule_sets(), world_.decisions,
                    visits::testing::geography(), world_.house->access, world_.vault}};
  Notices notices_{
      {*world_.db, world_.registry, diseases(), visits::testing::geography(), world_.house->access, world_.vault}};
  store::Followers followers_{*world_.db};
  const Caller station_ = identity::testing::officer(Role::kStationOfficer, visits::testing::kHaiLang, 9201);
  const Caller neighbour_ = identity::testing::officer(Role::kStationOfficer, kNamHaiLang, 9202);
  const Caller province_ = identity::testing::officer(Role::kProvinceOfficer, visits::testing::kQuangTri, 9301);
};

}  // namespace luytre::interviews

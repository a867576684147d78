// What the tests of tracing share: the rooms wired as in the server, people who stay at places, a case in one line, and
// the event feed followed on demand. It is the morning of 2 March 2026 in Hải Lăng; stays are minutes of the morning
// before.

#pragma once

#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "modules/command/testing.h"
#include "modules/encounters/encounters.h"
#include "modules/passengers/passengers.h"
#include "modules/tracing/folder_fixture.h"
#include "modules/tracing/presence_follower.h"
#include "modules/tracing/tracing.h"
#include "modules/visits/testing.h"
#include "platform/base/result_testing.h"
#include "platform/store/follower.h"

namespace luytre::tracing {

inline const UnitId kNamHaiLang{2025319735}, kDaNang{2025100048};

// Traces two levels, acts on the first, and counts two rows of a vehicle; beside those of data/.
inline constexpr const char* kActsOnFirst = "test-acts-on-first";

inline presence::RuleSets read_rule_sets() {
  namespace fs = std::filesystem;
  const fs::path folder = fs::path(::testing::TempDir()) / ("luytre-rulesets-" + std::to_string(::getpid()));
  fs::copy(LUYTRE_SOURCE_DIR "/data/rulesets", folder, fs::copy_options::recursive);
  std::ifstream in(folder / "vn-covid-19-2020-08.json");
  std::stringstream text;
  text << in.rdbuf();
  std::string set = text.str();
  const auto replace = [&](std::string_view from, std::string_view to) {
    set.replace(set.find(from), from.size(), to);
  };
  replace("vn-covid-19-2020-08", kActsOnFirst);
  replace("\"actsOnLevels\": [1, 2]", "\"actsOnLevels\": [1]");
  replace("\"vehicle\": {}", "\"vehicle\": {\"rows\": 2}");
  replace("\"validFrom\": \"2020-08-07\"", "\"validFrom\": \"2020-08-06\"");  // never the one in force
  std::ofstream(folder / (std::string(kActsOnFirst) + ".json")) << set;
  presence::RuleSets out(folder);
  fs::remove_all(folder);
  return out;
}

inline const presence::RuleSets& rule_sets() {
  static const presence::RuleSets all = read_rule_sets();
  return all;
}

inline const presence::Diseases& diseases() {
  static const presence::Diseases all(LUYTRE_SOURCE_DIR "/data/diseases", rule_sets());
  return all;
}

struct Someone {
  Caller caller;
  PersonId id;
  std::string phone;  // empty: none
};

class TracingTest : public ::testing::TestWithParam<store::Engine> {
 protected:
  TracingTest() {
    world_.switch_on();
    command::testing::switch_on(world_.decisions, command::Switch::kTracing, now());
    cases_.set_counts(Tracing::counts);
    followers_.add(tracing_.follow_cases());
  }

  Instant now() const { return world_.clock.now(); }
  static Instant minute(int m) { return *parse_instant("2026-03-01T02:00:00Z") + std::chrono::minutes(m); }

  // ---- people and where they were ----

  Someone someone(const std::string& name, UnitId unit = visits::testing::kHaiLang, bool phone = true) {
    Someone out;
    out.caller = identity::testing::citizen(next_account_++);
    if (phone) {
      out.phone = "+8491" + std::to_string(2'000'000 + out.caller.account.value);
      world_.db->transact_now(
          [&](store::Session& s) { world_.house->accounts.create(s, out.caller.account, out.phone); });
    }
    out.id = member(out.caller, name, people::Relation::kSelf, 1980, unit);
    return out;
  }
  PersonId member(const Caller& keeper, const std::string& name, people::Relation relation, int birth_year,
                  UnitId unit = visits::testing::kHaiLang) {
    people::NewPerson person;
    person.name = name;
    person.birth_year = birth_year;
    person.unit = unit;
    person.relation = relation;
    return run(world_.people.create(keeper, std::move(person)))->id;
  }
  PlaceId place(const std::string& name, const std::string& kind = "market", UnitId unit = visits::testing::kHaiLang) {
    const std::vector<places::Places::Imported> file{{"test", name, name, kind, unit, {}}};
    const auto made =
        world_.db->transact_now([&](store::Session& s) { return world_.registry.import_places(s, file); });
    world_.registry.start();
    return made.front()->id;
  }
  void stay(PersonId who, PlaceId where, int from_minute, int minutes) {
    visits::ImportedVisit visit;
    visit.source = "test";
    visit.external = std::to_string(next_visit_++);
    visit.person = who;
    visit.place = where;
    visit.in = minute(from_minute);
    visit.out = minute(from_minute + minutes);
    const auto done = world_.db->transact_now(
        [&](store::Session& s) { return world_.visits.import_visits(s, std::span(&visit, 1)); });
    ASSERT_EQ(done.added, 1);
  }
  // A check-in that nobody ends; the usual stay at a market is an hour.
  void arrive(PersonId who, PlaceId where, Instant at) {
    visits::ImportedVisit visit;
    visit.source = "test";
    visit.external = std::to_string(next_visit_++);
    visit.person = who;
    visit.place = where;
    visit.in = at;
    const auto done = world_.db->transact_now(
        [&](store::Session& s) { return world_.visits.import_visits(s, std::span(&visit, 1)); });
    ASSERT_EQ(done.added, 1);
  }
  void meet(PersonId a, PersonId b, int from_minute, int minutes) {
    const std::vector<presence::Encounter> all{{a, b, {minute(from_minute), minute(from_minute + minutes)}, {}}};
    encounters::Encounters encounters(*world_.db);
    world_.db->transact_now([&](store::Session& s) { encounters.record(s, all); });
  }
  // So many others, who were there from the first minute on for an hour.
  std::vector<Someone> crowd(PlaceId where, int people) {
    std::vector<Someone> out;
    for (int i = 0; i < people; ++i) {
      out.push_back(someone("Người Khác"));
      stay(out.back().id, where, 0, 60);
    }
    return out;
  }

  // ---- cases ----

  cases::Case reported(PersonId person, const char* disease = "covid-19") {
    cases::NewCase request;
    request.person = person;
    request.disease = std::string(disease);
    return *run(cases_.report(province_, std::move(request)));
  }
  static cases::Confirmation positive() {
    cases::Confirmation out;
    out.onset = parse_date("2026-03-01");
    out.sample_at = minute(300);
    out.result_at = minute(600);
    return out;
  }
  cases::Case confirm(CaseId id, const cases::Confirmation& request = positive()) {
    const auto kase = run(cases_.confirm(province_, id, request, version_of(id)));
    followers_.drain();
    return *kase;
  }
  cases::Case confirmed(PersonId person, const cases::Confirmation& request = positive(),
                        const char* disease = "covid-19") {
    return confirm(reported(person, disease).id, request);
  }
  void undo(CaseId id) {
    ASSERT_TRUE(run(cases_.undo(province_, id, {{std::string("Nhầm mẫu")}}, version_of(id))));
    followers_.drain();
  }
  void trace_again(CaseId id) {
    ASSERT_TRUE(run(tracing_.request(province_, id)));
    followers_.drain();
  }
  // Time goes by, and what is due is traced again by itself.
  void pass(std::chrono::seconds time) {
    world_.clock.advance(time);
    world_.db->transact_now([&](store::Session& s) { tracing_.trace_again().run(s); });
    followers_.drain();
  }
  std::int64_t version_of(CaseId id) { return run(cases_.find(province_, id))->version; }

  // ---- what came of it ----

  std::vector<Candidate> candidates(CaseId id, CandidateFilter filter = {}) {
    return run(tracing_.candidates(province_, id, filter, std::nullopt, 200))->items;
  }
  Candidate candidate(CaseId id, PersonId person) {
    for (const auto& item : candidates(id))
      if (item.person.id == person) return *run(tracing_.candidate(province_, item.id));
    throw std::runtime_error("not a candidate");
  }
  Result<Candidate> assign(const Caller& officer, const Candidate& who, Class to) {
    Assignment assignment;
    assignment.class_ = to;
    assignment.answers = {{"masks", Answer::kNo}};
    assignment.note = std::string("Ngồi cùng bàn");
    return run(tracing_.assign(officer, who.id, assignment, who.version));
  }
  std::vector<TaskView> tasks(const Caller& officer, TaskFilter filter = {}) {
    const auto page = run(tracing_.tasks(officer, filter, std::nullopt, 200));
    if (!page) throw std::runtime_error(page.error().code);
    return page->items;
  }
  std::vector<Warning> warnings(const Someone& who) {
    return run(tracing_.my_warnings(who.caller, std::nullopt, 200))->items;
  }
  void escalate() {
    world_.db->transact_now([&](store::Session& s) { tracing_.escalate().run(s); });
  }
  std::vector<notify::Sms> messages(const std::string& phone) {
    return world_.db->read_now([&](store::Session& s) {
      std::vector<notify::Sms> out;
      for (auto& message : world_.house.notify().waiting(s))
        if (message.phone == phone) out.push_back(std::move(message));
      return out;
    });
  }
  // Actions of tracing in the access log about this person, newest first, as "tracing.assign case COV-…".
  std::vector<std::string> log_about(PersonId person) {
    return world_.db->read_now([&](store::Session& s) {
      std::vector<std::string> out;
      identity::Access::Filter filter;
      filter.person = person;
      for (const auto& entry : world_.house->access.list(s, filter, INT64_MAX, 100).items)
        if (entry.action.starts_with("tracing.")) out.push_back(entry.action + ' ' + entry.reason);
      return out;
    });
  }
  std::int64_t events(const std::string& type) {
    std::int64_t out = 0;
    for (const auto& line : store::testing::event_lines(*world_.db)) out += line.starts_with(type + ':') ? 1 : 0;
    return out;
  }
  std::int64_t count(const store::Query& query) {
    return world_.db->read_now([&](store::Session& s) { return s.value<std::int64_t>(query); });
  }

  visits::testing::World world_{
      GetParam(),
      {encounters::migrations(), passengers::migrations(), cases::migrations(), staff::migrations(), migrations()}};
  cases::Cases cases_{*world_.db,           world_.people, visits::testing::geography(),
                      world_.house->access, world_.vault,  world_.clock,
                      diseases(),           rule_sets()};
  testing::Folder folder_;
  // Opened by settle() alone: until then SQL traces.
  PresenceFollower presence_{*world_.db, place_settings(world_.registry), {.folder = folder_ / "presence"}};
  passengers::Passengers passengers_{
      *world_.db, world_.registry, world_.decisions, visits::testing::geography(), world_.house->access, world_.vault};
  Tracing tracing_{{*world_.db,
                    cases_,
                    world_.people,
                    world_.registry,
                    world_.decisions,
                    visits::testing::geography(),
                    world_.house->access,
                    world_.house.notify(),
                    world_.vault,
                    world_.clock,
                    world_.house.texts(),
                    &presence_,
                    &world_.doubtful,
                    {},
                    &passengers_}};
  store::Followers followers_{*world_.db};
  std::int64_t next_account_ = 1001;
  std::int64_t next_visit_ = 1;
  const Caller province_ = identity::testing::officer(Role::kProvinceOfficer, visits::testing::kQuangTri, 9101);
  const Caller second_ = identity::testing::officer(Role::kProvinceOfficer, visits::testing::kQuangTri, 9102);
  const Caller station_ = identity::testing::officer(Role::kStationOfficer, visits::testing::kHaiLang, 9201);
  const Caller neighbour_ = identity::testing::officer(Role::kStationOfficer, kNamHaiLang, 9202);
  const Caller far_ = identity::testing::officer(Role::kProvinceOfficer, kDaNang, 9103);
};

}  // namespace luytre::tracing

// The room as in the server, in Hải Lăng, for its tests.

#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engines/linkage/order_code.h"
#include "engines/linkage/person_code.h"
#include "modules/encounters/encounters.h"
#include "modules/followup/followup.h"
#include "modules/laboratory/laboratory.h"
#include "modules/quarantine/quarantine.h"
#include "modules/visits/testing.h"
#include "platform/base/result_testing.h"
#include "platform/identity/consents.h"
#include "platform/store/plan_testing.h"

namespace luytre::quarantine {

using std::chrono::hours;
using visits::testing::kHaiLang;
using visits::testing::kQuangTri;

inline const UnitId kNamHaiLang{2025319735};

inline const presence::RuleSets& rule_sets() {
  static const presence::RuleSets all(LUYTRE_SOURCE_DIR "/data/rulesets");
  return all;
}

inline const presence::Diseases& diseases() {
  static const presence::Diseases all(LUYTRE_SOURCE_DIR "/data/diseases", rule_sets());
  return all;
}

inline const Law& law() {
  static const Law all(LUYTRE_SOURCE_DIR "/data/quarantine/law.toml");
  return all;
}

inline Date day(const char* text) {
  return *parse_date(text);
}

// The morning of 2 March 2026 in Hải Lăng; stays are minutes of the morning before. The rule in force keeps no contact
// of COVID-19, but has an F1 observed for ten days from the last exposure (1909/BYT-DP): to 11 March.
class QuarantineTest : public ::testing::TestWithParam<store::Engine> {
 protected:
  QuarantineTest() {
    world_.switch_on();
    command::testing::switch_on(world_.decisions, command::Switch::kTracing, now());
    followers_.add(tracing_.follow_cases());
  }

  Instant now() const { return world_.clock.now(); }
  static Instant minute(int m) { return *parse_instant("2026-03-01T02:00:00Z") + std::chrono::minutes(m); }

  PersonId person(const std::string& name, std::int64_t born = 1980, people::Sex sex = people::Sex::kOther) {
    const Caller caller = identity::testing::citizen(next_account_++);
    people::NewPerson fields;
    fields.name = name;
    fields.birth_year = born;
    fields.sex = sex;
    fields.unit = kHaiLang;
    fields.address = std::string("12 Lê Lợi");
    fields.relation = people::Relation::kSelf;
    const auto made = run(world_.people.create(caller, std::move(fields)));
    if (!made) throw std::runtime_error("person refused: " + made.error().code);
    callers_[made->id] = caller;
    return made->id;
  }
  // Both at a place of their own for an hour; or nobody checked out, and how long they stayed is an estimate.
  void meet(PersonId a, PersonId b, bool estimated) {
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
      visit.in = minute(0);
      if (!estimated) visit.out = minute(60);
      const auto done = world_.db->transact_now(
          [&](store::Session& s) { return world_.visits.import_visits(s, std::span(&visit, 1)); });
      ASSERT_EQ(done.added, 1);
    }
  }
  // Their phones were near each other for an hour, and nothing else is known.
  void near(PersonId a, PersonId b) {
    const std::vector<presence::Encounter> all{{a, b, {minute(0), minute(60)}, {}}};
    encounters::Encounters encounters(*world_.db);
    world_.db->transact_now([&](store::Session& s) { encounters.record(s, all); });
  }
  CaseId reported(PersonId person) {
    cases::NewCase request;
    request.person = person;
    request.disease = std::string("covid-19");
    return run(cases_.report(province_, std::move(request)))->id;
  }
  CaseId confirmed(PersonId person) {
    const CaseId id = reported(person);
    cases::Confirmation positive;
    positive.onset = parse_date("2026-03-01");
    positive.sample_at = minute(300);
    positive.result_at = minute(600);
    const auto done = run(cases_.confirm(province_, id, positive, version_of(id)));
    if (!done) throw std::runtime_error(done.error().code);
    followers_.drain();
    return id;
  }
  std::int64_t version_of(CaseId id) { return run(cases_.find(province_, id))->version; }
  tracing::Candidate candidate(CaseId id, PersonId person) {
    const auto page = run(tracing_.candidates(province_, id, {}, std::nullopt, 200));
    for (const auto& one : page->items)
      if (one.person.id == person) return one;
    throw std::runtime_error("not a candidate");
  }
  void assign(tracing::CandidateId id, std::optional<tracing::Answer> masks = {}) {
    tracing::Assignment assignment;
    assignment.class_ = tracing::Class::kF1;
    if (masks) assignment.answers = {{"masks", *masks}};
    const auto found = run(tracing_.candidate(station_, id));
    const auto done = run(tracing_.assign(station_, id, assignment, found->version));
    ASSERT_TRUE(done) << code(done);
    followers_.drain();
  }
  // An F1 whom an officer assessed; the case is case_, the contact candidate_.
  PersonId contact(const std::string& name, bool estimated = false) {
    const PersonId sick = person("Trần Văn Ca"), met = person(name);
    meet(sick, met, estimated);
    return assessed(sick, met);
  }
  // One of whom their phones alone tell.
  PersonId contact_by_phones(const std::string& name) {
    const PersonId sick = person("Trần Văn Ca"), met = person(name);
    near(sick, met);
    return assessed(sick, met);
  }
  PersonId assessed(PersonId sick, PersonId met) {
    case_ = confirmed(sick);
    candidate_ = candidate(case_, met).id;
    assign(candidate_);
    return met;
  }

  NewOrder order(Kind kind = Kind::kObservation) const {
    NewOrder out;
    out.kind = kind;
    out.candidate = candidate_;
    out.reason = std::string("Tiếp xúc gần tại chợ");
    return out;
  }
  NewOrder isolation(CaseId id, const char* until = "2026-03-12") const {
    NewOrder out;
    out.kind = Kind::kIsolation;
    out.case_ = id;
    out.decided = Decided{day(until), std::string("Hướng dẫn của Sở Y tế số 12/SYT")};
    out.reason = std::string("Ca bệnh");
    return out;
  }
  Result<Order> draft(const Caller& who, NewOrder order) {
    return run(room_.draft(who, std::move(order), std::nullopt));
  }
  Result<Order> sign(const Caller& who, const Order& order) {
    return run(room_.sign(who, order.id, {std::string("Trưởng Ban chỉ đạo xã Hải Lăng")}, order.version));
  }
  Order running(NewOrder order) {
    const auto drafted = draft(station_, std::move(order));
    if (!drafted) throw std::runtime_error(drafted.error().code);
    const auto made = sign(province_, *drafted);
    if (!made) throw std::runtime_error(made.error().code);
    return *made;
  }
  static NewStep step(StepKind kind, const char* last_day = nullptr) {
    NewStep out;
    out.kind = kind;
    if (last_day) out.last_day = parse_date(last_day);
    out.reason = std::string("Theo kết quả xét nghiệm");
    return out;
  }
  Result<Order> propose(const Order& order, NewStep step) {
    return run(room_.propose(station_, order.id, std::move(step), order.version));
  }
  Order stepped(const Order& order, NewStep step) {
    const auto proposed = propose(order, std::move(step));
    if (!proposed) throw std::runtime_error(proposed.error().code);
    const auto made = sign(province_, *proposed);
    if (!made) throw std::runtime_error(made.error().code);
    return *made;
  }
  std::vector<Order> list(const Caller& who, View view) {
    const auto page = run(room_.list(who, {view, {}}, std::nullopt, 100));
    if (!page) throw std::runtime_error(page.error().code);
    return page->items;
  }
  std::vector<MyOrder> mine(PersonId person) {
    const auto page = run(room_.mine(callers_.at(person)));
    if (!page) throw std::runtime_error(page.error().code);
    return page->items;
  }
  // What the code on a paper of this revision says.
  Result<Verified> verify(const Order& order, std::uint8_t revision) {
    const std::int64_t serial = world_.db->read_now([&](store::Session& s) {
      static constexpr store::Query kSerial{"test.serial", "SELECT serial FROM quarantine_order WHERE id = $1"};
      return s.value<std::int64_t>(kSerial, order.id);
    });
    const linkage::OrderToken token{static_cast<std::uint64_t>(serial), revision};
    return run(room_.verify({linkage::order_url(world_.people.codes().keys(), "https://luytre.example", token)}));
  }
  std::string plan_of(const store::Query& query, std::size_t parameters) {
    return store::testing::plan_of(*world_.db, query, parameters);
  }
  std::int64_t count(const char* sql) {
    return world_.db->read_now([sql](store::Session& s) { return s.value<std::int64_t>(store::Query{sql, sql}); });
  }
  std::vector<std::string> events() {
    std::vector<std::string> out;
    for (const auto& line : store::testing::event_lines(*world_.db))
      if (line.starts_with("quarantine.")) out.push_back(line.substr(0, line.find(':')));
    return out;
  }
  std::vector<std::string> log_about(PersonId person) {
    return world_.db->read_now([&](store::Session& s) {
      std::vector<std::string> out;
      identity::Access::Filter filter;
      filter.person = person;
      for (const auto& entry : world_.house->access.list(s, filter, INT64_MAX, 100).items)
        if (entry.action.starts_with("quarantine.")) out.push_back(entry.action);
      return out;
    });
  }
  // What the log of lists says of the files that were taken out, the last first.
  std::vector<std::string> lists_taken() {
    return world_.db->read_now([&](store::Session& s) {
      std::vector<std::string> out;
      for (const auto& entry : world_.house->access.list(s, {}, INT64_MAX, 100).items)
        if (entry.action.starts_with("quarantine.take_") && !entry.filter.empty()) out.push_back(entry.filter);
      return out;
    });
  }

  std::map<PersonId, Caller> callers_;
  std::int64_t next_account_ = 1001;
  int next_ = 1;
  CaseId case_;
  tracing::CandidateId candidate_;
  visits::testing::World world_{
      GetParam(),
      {encounters::migrations(), declarations::migrations(), referrals::migrations(), cases::migrations(),
       laboratory::migrations(), staff::migrations(), tracing::migrations(), followup::migrations(), migrations()}};
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
  Orders room_{{*world_.db, tracing_, cases_, declarations_, world_.people, visits::testing::geography(),
                world_.house->access, world_.house.notify(), world_.house.texts(), world_.vault, world_.random, law(),
                Settings{"https://luytre.example", {pdf::kFontFolder}, &world_.house->consents}}};
  store::Followers followers_{*world_.db};
  const Caller station_ = identity::testing::officer(Role::kStationOfficer, kHaiLang, 9201);
  const Caller neighbour_ = identity::testing::officer(Role::kStationOfficer, kNamHaiLang, 9202);
  const Caller centre_ = identity::testing::officer(Role::kDistrictOfficer, kHaiLang, 9401);
  const Caller province_ = identity::testing::officer(Role::kProvinceOfficer, kQuangTri, 9301);
};

}  // namespace luytre::quarantine

// What the tests of the laboratory share: people of Hải Lăng, officers of two provinces, and the way of a tube.

#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "engines/linkage/person_code.h"
#include "modules/laboratory/codes.h"
#include "modules/laboratory/overturned.h"
#include "modules/laboratory/tested.h"
#include "modules/laboratory/work_lists.h"
#include "modules/visits/testing.h"
#include "platform/base/result_testing.h"

namespace luytre::laboratory {

using identity::testing::citizen;
using identity::testing::officer;
using std::chrono::hours;
using std::chrono::minutes;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using visits::testing::kHaiLang;
using visits::testing::kQuangTri;

inline const UnitId kDaNang{2025100048};
inline constexpr const char* kHead = "tube,method,result,ct,date\r\n";

inline const presence::RuleSets& rule_sets() {
  static const presence::RuleSets all(LUYTRE_SOURCE_DIR "/data/rulesets");
  return all;
}

inline const presence::Diseases& diseases() {
  static const presence::Diseases all(LUYTRE_SOURCE_DIR "/data/diseases", rule_sets());
  return all;
}

inline const Codes& codes() {
  static const Codes all = read_codes(LUYTRE_SOURCE_DIR "/data/laboratory/codes.json");
  return all;
}

class LaboratoryTest : public ::testing::TestWithParam<store::Engine> {
 protected:
  Instant now() const { return world_.clock.now(); }
  PersonId somebody() { return world_.person(citizen(next_account_++), people::Relation::kSelf); }

  SessionId session(std::int64_t pool = 1) {
    return must(room_.open(world_.station, asked("covid-19", "nasopharyngeal", pool))).id;
  }
  static NewSession asked(const std::string& disease, const std::string& specimen, std::int64_t pool = 1) {
    NewSession out;
    out.unit = kHaiLang;
    out.site = std::string("Nhà văn hóa thôn 1");
    out.disease = disease;
    out.specimen = specimen;
    out.pool_most = pool;
    return out;
  }
  NewSample scan(const std::string& tube, PersonId person) {
    NewSample out;
    out.tube = tube;
    out.code = world_.people.codes().make(person.value, now()).text;
    return out;
  }
  Result<TubeSeen> sample(SessionId session, const std::string& tube, PersonId person) {
    return run(room_.sample(world_.station, session, scan(tube, person)));
  }
  LaboratoryId laboratory(UnitId unit = kQuangTri) {
    return must(room_.add(province_, {unit, std::string("Khoa xét nghiệm CDC tỉnh")})).id;
  }
  Result<Batch> send(SessionId session, LaboratoryId to, std::int64_t count) {
    return run(room_.send(world_.station, session, {to, count}));
  }
  // One tube of each person, sent.
  LaboratoryId sent(const std::vector<std::pair<std::string, PersonId>>& tubes, std::int64_t pool = 1) {
    const SessionId at = session(pool);
    for (const auto& [tube, person] : tubes) must(sample(at, tube, person));
    const LaboratoryId to = laboratory();
    std::set<std::string> codes;
    for (const auto& [tube, person] : tubes) codes.insert(tube);
    must(send(at, to, static_cast<std::int64_t>(codes.size())));
    last_session_ = at;
    return to;
  }
  NewResult result(const std::string& tube, Outcome outcome, Method method = Method::kPcr) {
    NewResult out;
    out.tube = tube;
    out.method = method;
    out.outcome = outcome;
    out.at = now();
    return out;
  }
  Result<LaboratoryTube> enter(LaboratoryId at, NewResult result) {
    return run(room_.enter(province_, at, std::move(result)));
  }
  Report list(LaboratoryId at, const std::string& lines) { return must(room_.list(province_, at, kHead + lines)); }
  std::vector<OwnTest> mine(const Caller& caller, std::optional<PersonId> person = {}) {
    return must(room_.mine(caller, person)).items;
  }
  std::vector<Positive> positives(const Caller& who, const PositiveFilter& filter = {}) {
    return must(room_.positives(who, filter, {}, kShown)).items;
  }
  std::vector<SamplingSession> sessions(const Caller& who, const SessionFilter& filter = {}) {
    return must(room_.sessions(who, filter, {}, kShown)).items;
  }
  std::vector<ResamplingTask> to_sample_again(const Caller& who, const AgainFilter& filter = {}) {
    return must(room_.tasks(who, filter, {}, kShown)).items;
  }
  std::vector<Overturned> overturned_for(const Caller& who, const OverturnedFilter& filter = {}) {
    return must(room_.overturned(who, filter, {}, kShown)).items;
  }
  // What the log of lists says of the files that were taken out, the last first.
  std::vector<std::string> lists_taken(const std::string& action) {
    return world_.db->read_now([&](store::Session& s) {
      std::vector<std::string> out;
      for (const auto& entry : world_.house->access.list(s, {}, INT64_MAX, 100).items)
        if (entry.action == action && !entry.filter.empty()) out.push_back(entry.filter);
      return out;
    });
  }
  std::vector<std::string> log_about(PersonId person) {
    return world_.db->read_now([&](store::Session& s) {
      std::vector<std::string> out;
      identity::Access::Filter filter;
      filter.person = person;
      const auto page = world_.house->access.list(s, filter, INT64_MAX, 100);
      for (const auto& entry : page.items)
        if (entry.action.starts_with("laboratory.")) out.push_back(entry.action);
      return out;
    });
  }
  std::int64_t count(const char* sql) {
    return world_.db->read_now([sql](store::Session& s) { return s.value<std::int64_t>(store::Query{sql, sql}); });
  }
  template <class T>
  T must(Result<T> result) {
    if (!result) throw std::runtime_error("refused: " + result.error().code);
    return std::move(*result);
  }
  template <class T>
  T must(Task<Result<T>> task) {
    return must(run(std::move(task)));
  }

  visits::testing::World world_{GetParam(), {cases::migrations(), migrations()}};
  cases::Cases cases_{*world_.db,           world_.people, visits::testing::geography(),
                      world_.house->access, world_.vault,  world_.clock,
                      diseases(),           rule_sets()};
  Needs needs() {
    return {*world_.db,           world_.people, world_.registry,      cases_, visits::testing::geography(),
            world_.house->access, world_.vault,  world_.house->limits, codes()};
  }
  Laboratory room_{needs()};
  std::int64_t next_account_ = 1001;
  SessionId last_session_;
  const Caller province_ = officer(Role::kProvinceOfficer, kQuangTri, 9101);
  const Caller far_ = officer(Role::kProvinceOfficer, kDaNang, 9102);
};

}  // namespace luytre::laboratory

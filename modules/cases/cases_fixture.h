// What the tests of cases share: officers of two provinces, and reporting, confirming, undoing in one line.

#pragma once

#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "modules/cases/cases.h"
#include "modules/visits/testing.h"
#include "platform/base/result_testing.h"

namespace luytre::cases {

inline const UnitId kDaNang{2025100048};

inline const presence::RuleSets& rule_sets() {
  static const presence::RuleSets all(LUYTRE_SOURCE_DIR "/data/rulesets");
  return all;
}

inline const presence::Diseases& diseases() {
  static const presence::Diseases all(LUYTRE_SOURCE_DIR "/data/diseases", rule_sets());
  return all;
}

// "dates_contradict resultInFuture"
template <class T>
std::string which(const Result<T>& result) {
  if (result) return "";
  const auto& params = result.error().params;
  return result.error().code + ' ' + (params.contains("which") ? params.at("which") : "");
}

inline Instant at(const char* text) {
  return *parse_instant(text);
}

// Ill since yesterday, tested yesterday; it is the morning of 2 March 2026.
inline Confirmation positive() {
  Confirmation out;
  out.onset = parse_date("2026-03-01");
  out.sample_at = at("2026-03-01T02:00:00Z");
  out.result_at = at("2026-03-01T10:00:00Z");
  return out;
}

class CasesTest : public ::testing::TestWithParam<store::Engine> {
 protected:
  PersonId somebody() { return world_.person(identity::testing::citizen(next_account_++), people::Relation::kSelf); }

  static NewCase of(PersonId person, const char* disease = "covid-19") {
    NewCase out;
    out.person = person;
    out.disease = std::string(disease);
    return out;
  }
  Case reported() { return *run(cases_.report(station_, of(somebody()))); }
  Case confirmed() {
    const Case suspect = reported();
    return *confirm(suspect, positive());
  }

  Result<Case> confirm(const Case& kase, Confirmation request) {
    return run(cases_.confirm(province_, kase.id, std::move(request), kase.version));
  }
  Result<Case> reclassify(const Case& kase, Classification to, std::string reason = "Hội chẩn") {
    return run(cases_.reclassify(province_, kase.id, {to, {std::move(reason)}}, kase.version));
  }
  Result<Case> undo(const Case& kase, std::string reason = "Nhầm mẫu") {
    return run(cases_.undo(province_, kase.id, {{std::move(reason)}}, kase.version));
  }
  Result<http::Page<CaseBrief>> list(const Caller& caller, Filter filter = {}) {
    return run(cases_.list(caller, std::move(filter), std::nullopt, 50));
  }

  // "case.confirmed 2": type and version, oldest first; all are of the case's unit.
  std::vector<std::string> events() {
    store::testing::settle(*world_.db);
    return world_.db->read_now([&](store::Session& s) {
      std::vector<std::string> out;
      const auto all = world_.db->events_after(s, {}, 1000);
      for (const store::Event& e : *all) {
        if (!e.type.starts_with("case.")) continue;
        EXPECT_EQ(e.unit, visits::testing::kHaiLang.value);
        out.push_back(e.type + ' ' + std::to_string(e.version));
      }
      return out;
    });
  }
  // "cases.read case COV-…", newest first.
  std::vector<std::string> log_about(PersonId person) {
    return world_.db->read_now([&](store::Session& s) {
      std::vector<std::string> out;
      identity::Access::Filter filter;
      filter.person = person;
      for (const auto& entry : world_.house->access.list(s, filter, INT64_MAX, 100).items)
        if (entry.action.starts_with("cases.")) out.push_back(entry.action + ' ' + entry.reason);
      return out;
    });
  }

  visits::testing::World world_{GetParam(), {migrations()}};
  Cases cases_{*world_.db,           world_.people, visits::testing::geography(),
               world_.house->access, world_.vault,  world_.clock,
               diseases(),           rule_sets()};
  std::int64_t next_account_ = 1001;
  const Caller station_ = world_.station;
  const Caller province_ = identity::testing::officer(Role::kProvinceOfficer, visits::testing::kQuangTri, 9101);
  const Caller far_ = identity::testing::officer(Role::kProvinceOfficer, kDaNang, 9102);
};

}  // namespace luytre::cases

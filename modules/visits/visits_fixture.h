// What the tests of visits share: a household, three places, and scanning in one line.

#pragma once

#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "modules/visits/testing.h"
#include "platform/base/result_testing.h"

namespace luytre::visits {

inline std::string event(const std::string& type, VisitId id) {
  return type + ':' + std::to_string(id.value);
}

class VisitsTest : public ::testing::TestWithParam<store::Engine> {
 protected:
  VisitsTest() {
    world_.switch_on();
    an_ = world_.person(account_, people::Relation::kSelf);
    child_ = world_.person(account_, people::Relation::kChild);
    world_.person(other_, people::Relation::kSelf);
    const auto places =
        world_.places({{"Chợ Diên Sanh", "market"}, {"Trường Hải Lăng", "school"}, {"Quán Bưởi", "restaurant"}});
    market_ = places[0];
    school_ = places[1];
    cafe_ = places[2];
  }

  Instant now() const { return world_.clock.now(); }
  std::string code_of(PlaceId place, std::optional<ZoneId> zone = {}) {
    return *world_.registry.code_text(place, zone);
  }

  Result<Visit> scan(const Caller& who, PlaceId place, Instant at, std::optional<PersonId> person = {},
                     std::string key = "") {
    CheckIn request;
    request.place_code = code_of(place);
    request.person = person;
    request.at = at;
    std::optional<store::Once> once;
    if (!key.empty()) once = store::make_once(who.account.value, "POST /visits", key, json::text(request));
    return run(visits().check_in(who, std::move(request), std::move(once)));
  }
  Result<Visit> scan_code(const Caller& who, std::string place_code) {
    CheckIn request;
    request.place_code = std::move(place_code);
    request.at = now();
    return run(visits().check_in(who, std::move(request), std::nullopt));
  }
  Result<Visit> leave(const Caller& who, VisitId visit, Instant at) {
    return run(visits().check_out(who, visit, CheckOut{at}, std::nullopt));
  }
  std::vector<Visit> list(const Caller& who, std::optional<PersonId> person = {}) {
    auto page = run(visits().of_person(who, person, std::nullopt, 200));
    if (!page) throw std::runtime_error(page.error().code);
    return page->items;
  }
  Visit the(VisitId id) {
    for (const auto& visit : list(account_))
      if (visit.id == id) return visit;
    throw std::runtime_error("not in the list");
  }
  std::vector<std::string> events() {
    std::vector<std::string> out;
    for (auto& line : store::testing::event_lines(*world_.db))
      if (line.starts_with("visit.")) out.push_back(std::move(line));
    return out;
  }
  Visits& visits() { return world_.visits; }

  testing::World world_{GetParam()};
  const Caller account_ = identity::testing::citizen(1001), other_ = identity::testing::citizen(1002);
  PersonId an_, child_;
  PlaceId market_, school_, cafe_;
};

}  // namespace luytre::visits

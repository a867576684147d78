// A site in Hải Lăng and who is lodged there, for the tests of sites.

#pragma once

#include "modules/quarantine/quarantine_fixture.h"
#include "modules/quarantine/sites.h"

namespace luytre::quarantine {

class SitesTest : public QuarantineTest {
 protected:
  SitesTest() { followers_.add(sites_.follow()); }

  SiteBrief site(PlaceKind kind = PlaceKind::kSite, const std::string& name = "Trung đoàn 842") {
    NewSite asked;
    asked.kind = kind;
    asked.owner = Owner::kMilitary;
    asked.name = name;
    asked.address = std::string("Đường 9");
    asked.unit = kHaiLang;
    const auto made = run(sites_.add(province_, std::move(asked), std::nullopt));
    if (!made) throw std::runtime_error(made.error().code);
    return *made;
  }
  Site with_room(std::int64_t beds = 4, const std::string& name = "Trung đoàn 842") {
    const auto made = run(sites_.add_room(station_, site(PlaceKind::kSite, name).id, {std::string("P101"), beds}));
    if (!made) throw std::runtime_error(made.error().code);
    return *made;
  }
  // As an order or a move names a registered site.
  static OrderPlace at(SiteId site) {
    OrderPlace out;
    out.kind = PlaceKind::kSite;
    out.site = site;
    return out;
  }
  // Of somebody who met the case; lodged there by the order.
  Order there(const PersonId person) {
    candidate_ = candidate(case_, person).id;
    assign(candidate_);
    NewOrder wish = order();
    wish.place = OrderPlace{PlaceKind::kSite, Text<200>("Trung đoàn 842"), Text<200>("Đường 9")};
    return running(std::move(wish));
  }
  // Two contacts of one case, met at a market each.
  std::pair<Order, Order> two(people::Sex first_sex = people::Sex::kOther,
                              people::Sex second_sex = people::Sex::kOther) {
    const PersonId sick = person("Trần Văn Ca");
    an_ = person("Nguyễn Thị An", 1980, first_sex);
    binh_ = person("Lê Văn Bình", 1980, second_sex);
    meet(sick, an_, false);
    meet(sick, binh_, false);
    case_ = confirmed(sick);
    const Order first = there(an_);
    return {first, there(binh_)};
  }
  Result<Site> lodge(const Site& site, const Order& order, std::int64_t bed) {
    return run(sites_.lodge(station_, site.id, {order.id, site.rooms.front().id, bed}));
  }
  Site seen(const Site& site) { return *run(sites_.find(station_, site.id)); }
  Occupant of(const Site& site, PersonId person) {
    const Site now = seen(site);
    for (const Room& room : now.rooms)
      for (const Occupant& one : room.people)
        if (one.person.id == person) return one;
    throw std::runtime_error("not there");
  }

  PersonId an_, binh_;
  const Parts site_parts_{*world_.db,
                          tracing_,
                          cases_,
                          declarations_,
                          world_.people,
                          visits::testing::geography(),
                          world_.house->access,
                          world_.house.notify(),
                          world_.house.texts(),
                          world_.vault,
                          world_.random,
                          law(),
                          Settings{}};
  Sites sites_{site_parts_};
};

}  // namespace luytre::quarantine

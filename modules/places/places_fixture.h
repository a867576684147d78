// For this module's tests: the registry with identity and decisions, keepers and officers of Hải Lăng and elsewhere.

#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "modules/command/testing.h"
#include "modules/places/places.h"
#include "platform/base/result_testing.h"
#include "platform/base/run.h"
#include "platform/identity/testing.h"
#include "platform/store/testing.h"

namespace luytre::places {

using identity::testing::citizen;
using identity::testing::officer;

inline const UnitId kQuangTri{2025100044}, kHaiLang{2025319702}, kHaiVan{2025320194}, kDaNang{2025100048};
inline const UnitId kOldHaiThuong{2021319708};
inline constexpr const char* kPhone = "0912 345 678";
inline constexpr const char* kE164 = "+84912345678";

inline const geography::Geography& geography() {
  static const geography::Geography all(LUYTRE_SOURCE_DIR "/data/geography");
  return all;
}

inline const Kinds& kinds() {
  static const Kinds all(LUYTRE_SOURCE_DIR "/data/place-kinds.json");
  return all;
}

inline std::vector<std::vector<store::Migration>> rooms() {
  auto out = identity::testing::House::rooms();
  out.push_back(command::migrations());
  out.push_back(migrations());
  return out;
}

inline Registration market() {
  Registration out;
  out.name = std::string("Chợ Diên Sanh");
  out.kind = std::string("market");
  out.unit = kHaiLang;
  out.address = std::string("Quốc lộ 1, thôn 1");
  out.phone = std::string(kPhone);
  out.functions = std::vector<std::string>{"foodMarket"};
  return out;
}

class PlacesTest : public ::testing::TestWithParam<store::Engine> {
 protected:
  PlacesTest() { places_.start(); }

  std::unique_ptr<Places> another_node() {
    auto node = std::make_unique<Places>(*db_, geography(), house_->access, decisions_, house_->codes, house_->limits,
                                         vault_, clock_, random_, kinds(), Settings{});
    node->start();
    return node;
  }

  Place registered(const Caller& caller, Registration asked) {
    const std::string phone = asked.phone;
    clock_.advance(std::chrono::minutes(15));  // codes to one phone are limited
    const auto pending = run(places_.start_registration(caller, std::move(asked), "vi"));
    if (!pending) throw std::runtime_error("refused: " + pending.error().code);
    const auto place = run(places_.confirm_registration(caller, pending->id, house_.last_code(kE164)));
    if (!place) throw std::runtime_error("not confirmed: " + place.error().code);
    return *place;
  }
  Place registered(const std::string& name, UnitId unit = kHaiLang) {
    Registration asked = market();
    asked.name = name;
    asked.unit = unit;
    return registered(keeper_, asked);
  }
  std::vector<std::string> found(const Caller& caller, std::string text, std::optional<UnitId> unit = {}) {
    PlaceFilter filter;
    filter.text = std::move(text);
    filter.unit = unit;
    const auto page = run(places_.search(caller, std::move(filter), std::nullopt, 50));
    if (!page) return {page.error().code};
    std::vector<std::string> out;
    for (const auto& item : page->items) out.push_back(item.name);
    return out;
  }

  ManualClock clock_{*parse_instant("2026-03-02T01:30:00Z")};
  store::testing::TestDatabase db_{GetParam(), rooms(), clock_};
  identity::testing::House house_{*db_, geography(), clock_};
  command::Decisions decisions_{*db_, geography(), house_->access};
  const Vault vault_ = identity::testing::vault();
  SystemRandom random_;
  Places places_{*db_,   geography(), house_->access, decisions_, house_->codes, house_->limits,
                 vault_, clock_,      random_,        kinds(),    Settings{}};
  const Caller keeper_ = citizen(1001), other_ = citizen(1002);
  const Caller station_ = officer(Role::kStationOfficer, kHaiLang), far_ = officer(Role::kStationOfficer, kDaNang);
};

}  // namespace luytre::places

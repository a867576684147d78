// What the tests of people share: the real administrative units and the tables.

#pragma once

#include "modules/people/people.h"
#include "platform/identity/testing.h"

namespace luytre::people {

inline const UnitId kQuangTri{2025100044}, kHaiLang{2025319702}, kNamHaiLang{2025319735}, kDaNang{2025100048};

inline const geography::Geography& geography() {
  static const geography::Geography all(LUYTRE_SOURCE_DIR "/data/geography");
  return all;
}

inline std::vector<std::vector<store::Migration>> rooms() {
  auto out = identity::testing::House::rooms();
  out.push_back(migrations());
  return out;
}

}  // namespace luytre::people

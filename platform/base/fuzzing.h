// For fuzz targets: what must hold whatever the input; else the run ends and keeps it.

#pragma once

#include <cstdlib>

namespace luytre {

inline void require(bool holds) {
  if (!holds) std::abort();
}

}  // namespace luytre

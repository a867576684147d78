// What is asked of the invented country: random cases, each with a window of so many whole local days.

#pragma once

#include <cstdint>
#include <vector>

#include "bench/presence/world.h"

namespace luytre::bench {

// `stream`: other cases from the same seed.
std::vector<presence::Question> random_questions(const World& world, std::size_t count, std::int64_t window_days,
                                                 std::uint64_t stream);

}  // namespace luytre::bench

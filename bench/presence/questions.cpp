#include "bench/presence/questions.h"

#include <random>

namespace luytre::bench {

std::vector<presence::Question> random_questions(const World& world, std::size_t count, std::int64_t window_days,
                                                 std::uint64_t stream) {
  std::mt19937_64 random(world.seed() * 1000 + stream);
  std::vector<presence::Question> questions;
  for (std::size_t i = 0; i < count; ++i) {
    presence::Question q;
    const Instant from =
        world.begin() + std::chrono::days(random() % static_cast<std::uint64_t>(world.days() - window_days));
    const Instant to = from + std::chrono::days(window_days);
    const auto who = static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(world.people()));
    q.cases = {{world.person(who), {from, to}}};
    q.horizon = to;
    questions.push_back(q);
  }
  return questions;
}

}  // namespace luytre::bench

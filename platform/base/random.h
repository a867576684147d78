// Randomness, passed in like the clock. The system source is libsodium's; a test passes a seeded one.

#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace luytre {

class Random {
 public:
  virtual ~Random() = default;
  virtual std::string bytes(std::size_t count) = 0;
  virtual std::uint32_t below(std::uint32_t bound) = 0;  // uniform in [0, bound)
};

// Thread-safe.
class SystemRandom final : public Random {
 public:
  SystemRandom();
  std::string bytes(std::size_t count) override;
  std::uint32_t below(std::uint32_t bound) override;
};

// Deterministic, from a seed; for tests and demonstration data, never for secrets. Not thread-safe.
class SeededRandom final : public Random {
 public:
  explicit SeededRandom(std::uint64_t seed) : state_(seed) {}
  std::string bytes(std::size_t count) override;
  std::uint32_t below(std::uint32_t bound) override;

 private:
  std::uint64_t next();
  std::uint64_t state_;
};

}  // namespace luytre

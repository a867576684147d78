#include "platform/base/random.h"

#include <sodium.h>

#include <stdexcept>

namespace luytre {

SystemRandom::SystemRandom() {
  if (sodium_init() < 0) throw std::runtime_error("libsodium could not find a source of randomness");
}

std::string SystemRandom::bytes(std::size_t count) {
  std::string out(count, '\0');
  randombytes_buf(out.data(), out.size());
  return out;
}

std::uint32_t SystemRandom::below(std::uint32_t bound) {
  return randombytes_uniform(bound);
}

// SplitMix64 (Steele, Lea, Flood 2014).
std::uint64_t SeededRandom::next() {
  std::uint64_t z = (state_ += 0x9E3779B97F4A7C15ULL);
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
  return z ^ (z >> 31);
}

std::string SeededRandom::bytes(std::size_t count) {
  std::string out(count, '\0');
  for (char& c : out) c = static_cast<char>(next() >> 56);
  return out;
}

std::uint32_t SeededRandom::below(std::uint32_t bound) {
  return static_cast<std::uint32_t>((next() >> 32) * static_cast<std::uint64_t>(bound) >> 32);
}

}  // namespace luytre

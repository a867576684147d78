#include "platform/base/id.h"

#include <chrono>
#include <stdexcept>

namespace luytre {
namespace {

constexpr std::int64_t kEpochMilliseconds = 1'577'836'800'000;  // 2020-01-01T00:00:00Z
constexpr int kProcessBits = 10;
constexpr int kCounterBits = 12;
constexpr std::size_t kTextLength = 13;                                     // 13 × 5 bits ≥ 63 bits
constexpr std::string_view kAlphabet = "0123456789abcdefghjkmnpqrstvwxyz";  // Crockford base32

int symbol_value(char c) {
  if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  const auto at = kAlphabet.find(c);
  return at == std::string_view::npos ? -1 : static_cast<int>(at);
}

}  // namespace

std::string id_text(std::int64_t value) {
  std::string out(kTextLength, '0');
  for (std::size_t i = kTextLength; i-- > 0;) {
    out[i] = kAlphabet[static_cast<std::size_t>(value & 31)];
    value >>= 5;
  }
  return out;
}

std::optional<std::int64_t> parse_id(std::string_view text) {
  if (text.size() != kTextLength) return std::nullopt;
  std::uint64_t value = 0;
  for (const char c : text) {
    const int symbol = symbol_value(c);
    if (symbol < 0 || value >> 59 != 0) return std::nullopt;
    value = value << 5 | static_cast<std::uint64_t>(symbol);
  }
  if (value >> 63 != 0) return std::nullopt;
  return static_cast<std::int64_t>(value);
}

IdMaker::IdMaker(unsigned process_number) : process_(process_number) {
  if (process_number >= 1U << kProcessBits) throw std::invalid_argument("process number must be below 1024");
}

std::int64_t IdMaker::next() {
  const auto since = std::chrono::system_clock::now().time_since_epoch();
  const std::int64_t now = (std::chrono::duration_cast<std::chrono::milliseconds>(since).count() - kEpochMilliseconds)
                           << kCounterBits;
  std::int64_t last = last_.load(std::memory_order_relaxed);
  std::int64_t mine = 0;
  // The counter runs on into the next millisecond when one is used up, and on from `last` when the clock steps back.
  do {
    mine = now > last ? now : last + 1;
  } while (!last_.compare_exchange_weak(last, mine, std::memory_order_relaxed));
  const std::int64_t milliseconds = mine >> kCounterBits;
  const std::int64_t counter = mine & ((1 << kCounterBits) - 1);
  return milliseconds << (kProcessBits + kCounterBits) | process_ << kCounterBits | counter;
}

}  // namespace luytre

#include "engines/proximity/schedule.h"

#include <algorithm>

namespace luytre::proximity {
namespace {

constexpr std::uint8_t kRandomTopBits = 0x3F;

}  // namespace

Address draw_address(Random& random) {
  for (;;) {
    const std::string bytes = random.bytes(sizeof(Address));
    Address address;
    std::copy(bytes.begin(), bytes.end(), address.begin());
    address[0] &= kRandomTopBits;
    const auto rest_is = [&](std::uint8_t first, std::uint8_t others) {
      return address[0] == first &&
             std::all_of(address.begin() + 1, address.end(), [&](std::uint8_t byte) { return byte == others; });
    };
    if (!rest_is(0, 0) && !rest_is(kRandomTopBits, 0xFF)) return address;
  }
}

std::optional<Broadcast> next_broadcast(Random& random, const TemporaryKey& key, const Metadata& metadata, Instant now,
                                        std::optional<IntervalNumber> last) {
  const IntervalNumber interval = interval_at(now);
  if (!covers(key, interval) || (last && interval <= *last)) return std::nullopt;
  Broadcast out;
  out.interval = interval;
  out.advertisement.identifier = rolling_identifier(identifier_key(key.key), interval);
  out.advertisement.metadata = crypt_metadata(metadata_key(key.key), out.advertisement.identifier, encode(metadata));
  out.address = draw_address(random);
  const auto spread = static_cast<std::uint32_t>((kLongestRotation - kShortestRotation).count());
  out.when = {now, now + kShortestRotation + std::chrono::seconds(random.below(spread + 1))};
  return out;
}

}  // namespace luytre::proximity

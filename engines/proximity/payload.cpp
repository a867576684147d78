#include "engines/proximity/payload.h"

#include <algorithm>

namespace luytre::proximity {
namespace {

constexpr std::uint8_t kMajor = 1;
constexpr std::uint8_t kServiceDataType = 0x16;
constexpr std::uint8_t kUuidLow = kServiceUuid & 0xFF, kUuidHigh = kServiceUuid >> 8;
constexpr std::size_t kValueBytes = sizeof(Identifier) + sizeof(SealedMetadata);
constexpr std::array<std::uint8_t, kAdvertisingBytes - kValueBytes> kHead{
    0x02, 0x01, 0x1A, 0x03, 0x03, kUuidLow, kUuidHigh, 3 + kValueBytes, kServiceDataType, kUuidLow, kUuidHigh};

}  // namespace

SealedMetadata encode(const Metadata& metadata) {
  const auto version = static_cast<std::uint8_t>(kMajor << 6 | (metadata.minor & 3) << 4 |
                                                 (static_cast<std::uint8_t>(metadata.calibration) & 3) << 2);
  return {version, static_cast<std::uint8_t>(metadata.power), 0, 0};
}

std::optional<Metadata> decode_metadata(const SealedMetadata& opened) {
  if (opened[0] >> 6 != kMajor) return std::nullopt;
  return Metadata{static_cast<std::uint8_t>(opened[0] >> 4 & 3), static_cast<Calibration>(opened[0] >> 2 & 3),
                  static_cast<std::int8_t>(opened[1])};
}

std::array<std::uint8_t, kAdvertisingBytes> advertising_data(const Advertisement& advertisement) {
  std::array<std::uint8_t, kAdvertisingBytes> out;
  auto end = std::copy(kHead.begin(), kHead.end(), out.begin());
  end = std::copy(advertisement.identifier.begin(), advertisement.identifier.end(), end);
  std::copy(advertisement.metadata.begin(), advertisement.metadata.end(), end);
  return out;
}

std::optional<Advertisement> read_service_data(std::span<const std::uint8_t> value) {
  if (value.size() != kValueBytes) return std::nullopt;
  Advertisement out;
  std::copy_n(value.begin(), out.identifier.size(), out.identifier.begin());
  std::copy(value.begin() + out.identifier.size(), value.end(), out.metadata.begin());
  return out;
}

std::optional<Advertisement> read_advertising_data(std::span<const std::uint8_t> data) {
  std::optional<Advertisement> found;
  while (!data.empty() && data[0] != 0) {
    const std::size_t length = data[0];
    if (length >= data.size()) return std::nullopt;
    const auto structure = data.subspan(1, length);
    data = data.subspan(1 + length);
    if (length < 3 || structure[0] != kServiceDataType || structure[1] != kUuidLow || structure[2] != kUuidHigh)
      continue;
    if (found) return std::nullopt;
    found = read_service_data(structure.subspan(3));
    if (!found) return std::nullopt;
  }
  return found;
}

}  // namespace luytre::proximity

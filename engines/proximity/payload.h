// What goes over the air (Exposure Notification, Bluetooth Specification v1.2.2; Bluetooth Core Specification,
// Supplement, Part A for the structures around it).
//
//   02 01 1A                    flags
//   03 03 6F FD                 complete list of 16-bit services: 0xFD6F
//   17 16 6F FD  16 + 4 bytes   service data of it: rolling identifier, sealed metadata
//
// Reading is for hostile bytes: anything that does not hold exactly one such service data, of exactly that length, is
// no sighting. What other structures stand beside it is not looked at; the end of their list, or a structure of length
// zero, ends it. Pure.

#pragma once

#include <optional>

#include "engines/proximity/keys.h"

namespace luytre::proximity {

inline constexpr std::uint16_t kServiceUuid = 0xFD6F;
inline constexpr std::size_t kAdvertisingBytes = 31;

enum class Calibration : std::uint8_t { kLowest, kLow, kMedium, kHigh };  // confidence in the power told (v1.1)

// Version 1.x, four bytes: major 2 bits (01), minor 2, calibration 2, 2 reserved; power; two reserved bytes of zero.
struct Metadata {
  std::uint8_t minor = 1;  // 0 … 3
  Calibration calibration = Calibration::kLowest;
  std::int8_t power = 0;  // transmitted, in dBm, to subtract what was received from

  friend bool operator==(const Metadata&, const Metadata&) = default;
};

SealedMetadata encode(const Metadata& metadata);  // not yet sealed
// Empty: of another major version. Reserved bits are for later minor versions, and not looked at.
std::optional<Metadata> decode_metadata(const SealedMetadata& opened);

struct Advertisement {
  Identifier identifier{};
  SealedMetadata metadata{};

  friend bool operator==(const Advertisement&, const Advertisement&) = default;
};

std::array<std::uint8_t, kAdvertisingBytes> advertising_data(const Advertisement& advertisement);
std::optional<Advertisement> read_advertising_data(std::span<const std::uint8_t> data);
// The same of the value alone, as BlueZ hands over the service data of 0xFD6F.
std::optional<Advertisement> read_service_data(std::span<const std::uint8_t> value);

}  // namespace luytre::proximity

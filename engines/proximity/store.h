// What a device heard from others, kept on the device and nowhere else: the last 14 days, of each peer's identifier and
// scan one record.
//
// Invariants:
//   no own ids      the store has no place for an identifier or key of its own device, and refuses to record one that
//                   it is told is its own: whoever takes the store cannot link its owner to what others recorded
//   14 days         whole UTC days, and today's; `expire` drops what is older, and it is not recorded late
//   bounded         kMostPerHour records of an hour. Above that, further ones are refused and counted: a flood of
//                   invented identifiers costs the owner that hour, not the days before or after
//   wiped           `wipe` and `forget` overwrite what they drop in memory; sealed copies are the caller's to delete
//
// A record is of the sightings of one identifier within 25 s, so of one scan (windows.h): the first instant, the
// strongest received power, the sum and the number. No address, no model, no place.
//
// Encoded form, little-endian, canonical (one store has one encoding):
//   "LTES" · version 1 · 3 zero bytes · number of records u32 ·
//   records in order of (at, identifier): at u32 · seconds since the scan before u16 (0xFFFF: not known) ·
//   identifier 16 · sealed metadata 4 · strongest i8 · count u8 · sum i16
//
// Sealed form: nonce 24 · XChaCha20-Poly1305 of the encoded form, "luytre.proximity.store.1" authenticated with it. The
// key stays in the device's key ring, the nonce is drawn by the caller, at random, for each sealing.
//
// Reading is for hostile bytes: whatever is not exactly such an encoding is refused. Values; not thread-safe.

#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "engines/proximity/windows.h"
#include "platform/base/time.h"

namespace luytre::proximity {

inline constexpr std::int64_t kKeptDays = 14;  // full ones, before today's
inline constexpr std::size_t kMostPerHour = 4096;
inline constexpr std::size_t kStoreKeyBytes = 32;
inline constexpr std::size_t kStoreNonceBytes = 24;

struct Encounter {
  Instant at;                                     // of the first sighting in the scan
  std::optional<std::int32_t> since_scan_before;  // seconds, 0 … 65534; empty: not known
  std::array<std::uint8_t, 16> identifier{};
  std::array<std::uint8_t, 4> metadata{};  // sealed; opens with the peer's key only
  std::int8_t strongest = 0;               // received power, dBm
  std::uint8_t count = 1;                  // sightings, at most 255: those after are not looked at
  std::int16_t sum = 0;                    // of their received powers, dBm

  friend auto operator<=>(const Encounter&, const Encounter&) = default;
};

// For the window that the peer's key opens: `power` told in its metadata, `offset` of this receiver (windows.h).
// Attenuations below 0 are cut off after the mean, not before, as only the sum is kept.
Heard heard(const Encounter& encounter, std::int32_t power, std::int32_t offset, std::int32_t confidence);

class EncounterStore {
 public:
  enum class Kept { kNew, kAdded, kOwn, kTooMany, kImpossible };

  // A sighting, or several of one scan. `own`: identifiers that this device sent of late. kImpossible: before 1970,
  // after 2105, before what is kept as of `now`, or after `now`; or a sum that is none of so many powers.
  Kept record(Instant now, const Encounter& sighting, std::span<const std::array<std::uint8_t, 16>> own);

  void expire(Instant now);
  void forget(Interval when);  // what began in it
  void wipe();

  std::span<const Encounter> all() const { return encounters_; }  // in order
  std::span<const Encounter> within(Interval when) const;
  std::uint64_t refused() const { return refused_; }  // kTooMany, since it was made or read

  std::vector<std::uint8_t> encode() const;
  // Empty: not such an encoding.
  static std::optional<EncounterStore> decode(std::span<const std::uint8_t> bytes);

  ~EncounterStore() { wipe(); }
  EncounterStore() = default;
  EncounterStore(EncounterStore&&) noexcept = default;
  EncounterStore& operator=(EncounterStore&& other) noexcept;
  EncounterStore(const EncounterStore&) = delete;
  EncounterStore& operator=(const EncounterStore&) = delete;

 private:
  void insert(std::size_t at, const Encounter& encounter);
  void drop(std::size_t from, std::size_t to);

  std::vector<Encounter> encounters_;
  std::uint64_t refused_ = 0;
};

using StoreKey = std::array<std::uint8_t, kStoreKeyBytes>;
using StoreNonce = std::array<std::uint8_t, kStoreNonceBytes>;

// Throws runtime_error if libsodium cannot start.
std::vector<std::uint8_t> seal(const EncounterStore& store, const StoreKey& key, const StoreNonce& nonce);
// Empty: another key, damaged, forged, or not a store.
std::optional<EncounterStore> open_store(std::span<const std::uint8_t> sealed, const StoreKey& key);

}  // namespace luytre::proximity

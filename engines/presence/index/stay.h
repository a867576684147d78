// The pieces that the index is made of: a visit or an encounter as it lies in one UTC day, in 40 or 48 bits.
//
// Persons, places and zones are dense 32-bit numbers here (dictionary.h). What crosses midnight is cut there: the
// pieces touch, and touching pieces of one person at one place and zone, or of one pair, are one anyway (presence.h),
// so that the cut does not show. A piece that is not the beginning of its visit is marked, because the scan rule looks
// at beginnings; every piece of a visit whose end is estimated says so.

#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "platform/base/time.h"

namespace luytre::presence {

using Number = std::uint32_t;
inline constexpr Number kNoNumber = 0xffff'ffff;
inline constexpr Number kNoZone = 0;  // zones are numbered from 1

using Day = std::int64_t;  // UTC days since 1970-01-01

inline Day day_of(Instant t) {
  return t.seconds >= 0 ? t.seconds / kDaySeconds : -((kDaySeconds - 1 - t.seconds) / kDaySeconds);
}
inline Instant begin_of(Day day) {
  return {day * kDaySeconds};
}

// Seconds of the day [from, to), 0 ≤ from < to ≤ 86400, and what is known about them.
class Stay {
 public:
  Stay() = default;
  explicit Stay(std::uint64_t bits) : bits_(bits) {}
  Stay(std::int64_t from, std::int64_t to)
      : bits_(static_cast<std::uint64_t>(from) | static_cast<std::uint64_t>(to) << kTimeBits) {}

  std::int64_t from() const { return static_cast<std::int64_t>(bits_ & kTimeMask); }
  std::int64_t to() const { return static_cast<std::int64_t>(bits_ >> kTimeBits & kTimeMask); }
  Interval on(Day day) const { return {{day * kDaySeconds + from()}, {day * kDaySeconds + to()}}; }

  bool estimated() const { return has(kEstimated); }  // visits: the end of the whole visit is an estimate
  bool continues() const { return has(kContinues); }  // visits: began on an earlier day
  bool touching() const { return has(kTouching); }    // visits: touches or overlaps another of the same person there
  bool zoned() const { return has(kZoned); }          // visits on disk: has a zone
  bool last() const { return has(kLast); }            // visits on disk: the last one of its person
  bool measured() const { return has(kEstimated); }   // encounters: has an attenuation

  Stay with_estimated(bool on) const { return with(kEstimated, on); }
  Stay with_continues(bool on) const { return with(kContinues, on); }
  Stay with_touching(bool on) const { return with(kTouching, on); }
  Stay with_zoned(bool on) const { return with(kZoned, on); }
  Stay with_last(bool on) const { return with(kLast, on); }
  Stay with_attenuation(std::uint8_t db) const {
    return Stay((bits_ & ~kAttenuationMask) | kEstimated | std::uint64_t{db} << kAttenuationShift);
  }
  std::uint8_t attenuation() const { return static_cast<std::uint8_t>(bits_ >> kAttenuationShift); }

  // What the visit itself says, without what depends on its neighbours or its place on disk.
  Stay bare() const { return Stay(bits_ & ~(kTouching | kZoned | kLast)); }
  std::uint64_t bits() const { return bits_; }
  friend bool operator==(const Stay&, const Stay&) = default;

 private:
  static constexpr unsigned kTimeBits = 17;  // 86400 < 2^17
  static constexpr std::uint64_t kTimeMask = (std::uint64_t{1} << kTimeBits) - 1;
  static constexpr std::uint64_t kEstimated = std::uint64_t{1} << 34;
  static constexpr std::uint64_t kContinues = std::uint64_t{1} << 35;
  static constexpr std::uint64_t kTouching = std::uint64_t{1} << 36;
  static constexpr std::uint64_t kZoned = std::uint64_t{1} << 37;
  static constexpr std::uint64_t kLast = std::uint64_t{1} << 38;
  static constexpr unsigned kAttenuationShift = 40;
  static constexpr std::uint64_t kAttenuationMask = std::uint64_t{0xff} << kAttenuationShift;

  bool has(std::uint64_t flag) const { return (bits_ & flag) != 0; }
  Stay with(std::uint64_t flag, bool on) const { return Stay(on ? bits_ | flag : bits_ & ~flag); }

  std::uint64_t bits_ = 0;
};

// A row of a list: seen from a person, `other` is the place or the peer; seen from a place, the person.
struct Row {
  Number other = kNoNumber;
  Stay stay;
};

// On disk a row is `other` in three bytes if all of its column fit, else in four, and then the stay.
inline constexpr unsigned kVisitStayBytes = 5;
inline constexpr unsigned kEncounterStayBytes = 6;
inline constexpr Number kThreeBytes = 0xff'ffff;

// Calls take(day, stay) for each day that the interval lies in; all but the first piece continue.
template <class Take>
void cut_into_days(Interval when, Take&& take) {
  bool continues = false;
  while (!when.empty()) {
    const Day day = day_of(when.from);
    const Instant midnight = begin_of(day + 1);
    const Instant end = when.to < midnight ? when.to : midnight;
    const std::int64_t zero = begin_of(day).seconds;
    take(day, Stay(when.from.seconds - zero, end.seconds - zero).with_continues(continues));
    continues = true;
    when.from = end;
  }
}

// A piece of an encounter: nothing but its time and the attenuation, if it was measured.
inline Stay encounter_stay(Stay piece, const std::optional<std::int64_t>& attenuation) {
  const Stay bare = piece.with_continues(false);
  return attenuation ? bare.with_attenuation(static_cast<std::uint8_t>(*attenuation)) : bare;
}

}  // namespace luytre::presence

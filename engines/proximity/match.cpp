#include "engines/proximity/match.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <limits>
#include <numeric>
#include <stdexcept>
#include <utility>

namespace luytre::proximity {
namespace {

constexpr std::uint32_t kDay = kRollingPeriod;
constexpr std::size_t kFewestWords = 16;

bool within_drift(IntervalNumber made, IntervalNumber seen) {
  return (made > seen ? made - seen : seen - made) <= kClockDrift;
}

std::uint32_t little_endian(const std::uint8_t* at) {
  return at[0] | std::uint32_t{at[1]} << 8 | std::uint32_t{at[2]} << 16 | std::uint32_t{at[3]} << 24;
}
// Orders as the bytes do.
std::uint32_t beginning(const std::uint8_t* at) {
  return std::uint32_t{at[0]} << 24 | std::uint32_t{at[1]} << 16 | std::uint32_t{at[2]} << 8 | at[3];
}

// Numbers of the sightings that an interval of each day can match, rising: one or two days each.
std::vector<std::pair<std::uint32_t, std::uint32_t>> by_day(std::span<const Sighting> sightings) {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> out;
  out.reserve(sightings.size() + sightings.size() / 4);
  for (std::uint32_t i = 0; i < sightings.size(); ++i) {
    const IntervalNumber seen = sightings[i].interval;
    const std::uint32_t first = (seen < kClockDrift ? 0 : seen - kClockDrift) / kDay;
    const std::uint32_t last = static_cast<std::uint32_t>((std::uint64_t{seen} + kClockDrift) / kDay);
    for (std::uint32_t day = first; day <= last; ++day) out.emplace_back(day, i);
  }
  std::stable_sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  return out;
}

}  // namespace

std::vector<Match> naive_matches(std::span<const TemporaryKey> keys, std::span<const Sighting> sightings) {
  std::vector<Match> out;
  for (std::uint32_t key = 0; key < keys.size(); ++key) {
    IntervalNumber interval = keys[key].start;
    for (const Identifier& identifier : rolling_identifiers(keys[key])) {
      for (std::uint32_t i = 0; i < sightings.size(); ++i) {
        if (within_drift(interval, sightings[i].interval) && sightings[i].identifier == identifier)
          out.push_back({key, interval, i});
      }
      ++interval;
    }
  }
  return out;
}

Matcher::Matcher(std::span<const Sighting> sightings, const Lane& lane) : lane_(lane) {
  if (sightings.size() >= std::numeric_limits<std::uint32_t>::max() / 2) throw std::length_error("too many sightings");
  const auto entries = by_day(sightings);
  std::vector<std::uint32_t> numbers;
  for (std::size_t i = 0; i < entries.size();) {
    const std::uint32_t day = entries[i].first;
    numbers.clear();
    for (; i < entries.size() && entries[i].first == day; ++i) numbers.push_back(entries[i].second);
    slices_.push_back(make_slice(day, sightings, numbers));
  }
}

Matcher::Slice Matcher::make_slice(std::uint32_t day, std::span<const Sighting> all,
                                   std::span<const std::uint32_t> numbers) {
  Slice slice;
  slice.day = day;
  // Counted out by beginning, about one each, then sorted within; equal ones stay in the order of sightings.
  const unsigned bits = static_cast<unsigned>(std::bit_width(numbers.size() - 1));
  slice.shift = 32 - std::clamp(bits, 1U, 31U);
  const auto place = [&](std::uint32_t number) { return beginning(all[number].identifier.data()) >> slice.shift; };
  slice.begins.assign((std::size_t{1} << (32 - slice.shift)) + 1, 0);
  for (const std::uint32_t number : numbers) ++slice.begins[place(number) + 1];
  std::partial_sum(slice.begins.begin(), slice.begins.end(), slice.begins.begin());
  std::vector<std::uint32_t> sorted(numbers.size()), next = slice.begins;
  for (const std::uint32_t number : numbers) sorted[next[place(number)]++] = number;
  const auto before = [&](std::uint32_t a, std::uint32_t b) {
    const int order = std::memcmp(all[a].identifier.data(), all[b].identifier.data(), sizeof(Identifier));
    return order != 0 ? order < 0 : a < b;
  };

  slice.seen.reserve(sorted.size());
  for (std::size_t i = 0; i + 1 < slice.begins.size(); ++i) {
    const auto from = sorted.begin() + slice.begins[i], to = sorted.begin() + slice.begins[i + 1];
    std::sort(from, to, before);
    slice.begins[i] = static_cast<std::uint32_t>(slice.identifiers.size());
    for (auto number = from; number != to; ++number) {
      const Sighting& sighting = all[*number];
      if (number == from || sighting.identifier != slice.identifiers.back()) {
        slice.identifiers.push_back(sighting.identifier);
        slice.firsts.push_back(static_cast<std::uint32_t>(slice.seen.size()));
      }
      slice.seen.push_back({*number, sighting.interval});
    }
  }
  slice.begins.back() = static_cast<std::uint32_t>(slice.identifiers.size());
  slice.firsts.push_back(static_cast<std::uint32_t>(slice.seen.size()));

  slice.filter.assign(std::bit_ceil(std::max(kFewestWords, slice.identifiers.size())), 0);
  slice.mask = static_cast<std::uint32_t>(slice.filter.size() - 1);
  for (const Identifier& identifier : slice.identifiers)
    slice.filter[little_endian(identifier.data()) & slice.mask] |= filter_bits(little_endian(identifier.data() + 4));
  return slice;
}

const Matcher::Slice* Matcher::slice_of(std::uint32_t day) const {
  const auto at = std::lower_bound(slices_.begin(), slices_.end(), day,
                                   [](const Slice& slice, std::uint32_t wanted) { return slice.day < wanted; });
  return at != slices_.end() && at->day == day ? &*at : nullptr;
}

bool Matcher::any_slice(const TemporaryKey& key) const {
  return slice_of(key.start / kDay) != nullptr || slice_of((key.start + key.period - 1) / kDay) != nullptr;
}

void Matcher::find(const Slice& slice, std::uint32_t key, IntervalNumber interval, const std::uint8_t* identifier,
                   std::vector<Match>& into) {
  const std::uint32_t place = beginning(identifier) >> slice.shift;
  const auto from = slice.identifiers.begin() + slice.begins[place];
  const auto to = slice.identifiers.begin() + slice.begins[place + 1];
  const auto at = std::lower_bound(from, to, identifier, [](const Identifier& one, const std::uint8_t* wanted) {
    return std::memcmp(one.data(), wanted, sizeof one) < 0;
  });
  if (at == to || std::memcmp(at->data(), identifier, sizeof *at) != 0) return;
  const auto number = static_cast<std::size_t>(at - slice.identifiers.begin());
  for (std::uint32_t i = slice.firsts[number]; i < slice.firsts[number + 1]; ++i) {
    if (within_drift(interval, slice.seen[i].interval)) into.push_back({key, interval, slice.seen[i].sighting});
  }
}

void Matcher::match_key(std::uint32_t number, const TemporaryKey& key, const KeyIdentifiers& identifiers,
                        std::vector<Match>& into) const {
  std::uint16_t passed[kIdentifiersAtOnce];
  for (std::uint32_t from = 0; from < key.period;) {
    const std::uint32_t day = (key.start + from) / kDay;
    const std::uint32_t to = std::min(key.period, (day + 1) * kDay - key.start);
    if (const Slice* slice = slice_of(day)) {
      const std::size_t count = lane_.ask({slice->filter.data(), slice->mask}, identifiers, from, to, passed);
      for (const std::uint16_t i : std::span(passed, count))
        find(*slice, number, key.start + i, identifiers.bytes[i], into);
    }
    from = to;
  }
}

std::vector<Match> Matcher::matches(std::span<const TemporaryKey> keys) const {
  std::vector<Match> out;
  alignas(64) std::uint8_t together[kKeysAtOnce * sizeof(Bytes16)] = {};
  std::uint32_t numbers[kKeysAtOnce];
  std::size_t waiting = 0;
  KeySchedules schedules;
  KeyIdentifiers identifiers;
  const auto match_waiting = [&] {
    lane_.prepare(together, schedules);
    for (std::size_t i = 0; i < waiting; ++i) {
      const TemporaryKey& key = keys[numbers[i]];
      lane_.identifiers(schedules, i, key.start, identifiers);
      match_key(numbers[i], key, identifiers, out);
    }
    waiting = 0;
  };
  for (std::uint32_t i = 0; i < keys.size(); ++i) {
    if (!possible(keys[i]) || !any_slice(keys[i])) continue;
    std::memcpy(together + waiting * sizeof(Bytes16), keys[i].key.data(), sizeof(Bytes16));
    numbers[waiting++] = i;
    if (waiting == kKeysAtOnce) match_waiting();
  }
  if (waiting > 0) match_waiting();
  return out;
}

}  // namespace luytre::proximity

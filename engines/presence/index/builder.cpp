#include "engines/presence/index/builder.h"

#include <algorithm>
#include <numeric>
#include <tuple>

namespace luytre::presence {

namespace {

using Piece = SegmentBuilder::Piece;
using Meeting = SegmentBuilder::Meeting;

// Stable, by the digits of a number: each pass writes to few enough places for the caches. `spare` is memory to sort
// into.
template <class Key>
void radix_sort(std::vector<Piece>& pieces, std::vector<Piece>& spare, std::uint32_t largest, Key&& key) {
  constexpr unsigned kDigitBits = 11;
  constexpr std::uint32_t kDigits = 1U << kDigitBits;
  spare.resize(pieces.size());
  std::array<std::uint32_t, kDigits> next{};
  for (unsigned shift = 0; shift < 32 && largest >> shift != 0; shift += kDigitBits) {
    const auto digit = [&](const Piece& p) { return key(p) >> shift & (kDigits - 1); };
    next.fill(0);
    for (const Piece& p : pieces) ++next[digit(p)];
    std::exclusive_scan(next.begin(), next.end(), next.begin(), 0U);
    for (const Piece& p : pieces) spare[next[digit(p)]++] = p;
    pieces.swap(spare);
  }
}

bool same_spot(const Piece& a, const Piece& b) {
  return a.place == b.place && a.zone == b.zone;
}

// Sorts one person's pieces, drops repeats, and marks those that touch another at the same spot.
std::span<Piece> settle(std::span<Piece> pieces) {
  const auto order = [](const Piece& p) {
    return std::tuple(p.stay.from(), p.stay.to(), p.place, p.zone, p.stay.bits());
  };
  const auto before = [&](const Piece& a, const Piece& b) { return order(a) < order(b); };
  // Whoever feeds in order of entry has sorted them.
  if (!std::is_sorted(pieces.begin(), pieces.end(), before)) std::sort(pieces.begin(), pieces.end(), before);
  const auto end = std::unique(pieces.begin(), pieces.end(),
                               [](const Piece& a, const Piece& b) { return same_spot(a, b) && a.stay == b.stay; });
  pieces = pieces.first(static_cast<std::size_t>(end - pieces.begin()));
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    // In order of entry a later piece touches an earlier one exactly when it begins before that one has ended.
    for (std::size_t j = i + 1; j < pieces.size() && pieces[j].stay.from() <= pieces[i].stay.to(); ++j) {
      if (!same_spot(pieces[i], pieces[j])) continue;
      pieces[i].stay = pieces[i].stay.with_touching(true);
      pieces[j].stay = pieces[j].stay.with_touching(true);
    }
  }
  return pieces;
}

// By person, each settled.
void settle_persons(std::vector<Piece>& visits, std::vector<Piece>& spare, Number most) {
  radix_sort(visits, spare, most, [](const Piece& p) { return p.person; });
  std::size_t kept = 0;
  for (std::size_t first = 0; first < visits.size();) {
    std::size_t end = first + 1;
    while (end < visits.size() && visits[end].person == visits[first].person) ++end;
    const std::size_t count = end - first == 1 ? 1 : settle({visits.data() + first, end - first}).size();
    if (kept != first)
      std::copy_n(visits.begin() + static_cast<std::ptrdiff_t>(first), count,
                  visits.begin() + static_cast<std::ptrdiff_t>(kept));
    kept += count;
    first = end;
  }
  visits.resize(kept);
}

// From by person to by place, entry and person.
void settle_places(std::vector<Piece>& visits, std::vector<Piece>& spare, Number most) {
  radix_sort(visits, spare, kDaySeconds, [](const Piece& p) { return static_cast<std::uint32_t>(p.stay.from()); });
  radix_sort(visits, spare, most, [](const Piece& p) { return p.place; });
}

struct Zones {
  std::vector<std::uint64_t> zoned;
  std::vector<std::uint32_t> before;
  std::vector<Number> zones;

  Zones(std::span<const Piece> visits, bool any) {
    if (!any) return;
    for (std::size_t row = 0; row < visits.size(); ++row) {
      if (row % ZonesView::kBlockRows == 0) {
        zoned.push_back(0);
        before.push_back(static_cast<std::uint32_t>(zones.size()));
      }
      if (visits[row].zone == kNoZone) continue;
      zoned.back() |= std::uint64_t{1} << row % ZonesView::kBlockRows;
      zones.push_back(visits[row].zone);
    }
  }
};

// Notes that `key` is there; `before` is what KeyBlock counts. Keys come in ascending order.
void mark(std::vector<KeyBlock>& blocks, Number key, std::size_t before) {
  while (blocks.size() <= key / kBlockKeys) blocks.push_back({0, static_cast<std::uint32_t>(before)});
  blocks.back().present |= std::uint32_t{1} << key % kBlockKeys;
}

// Both ways, every person is somebody's peer.
Number most_person(std::span<const Meeting> both) {
  Number most = 0;
  for (const Meeting& m : both) most = std::max(most, m.peer);
  return most;
}

struct Persons {
  std::vector<KeyBlock> blocks;
  RowsWriter rows;

  Persons(std::span<const Piece> visits, Number most_place) : rows(visits.size(), most_place, kVisitStayBytes) {
    for (std::size_t row = 0; row < visits.size(); ++row) {
      const Piece& p = visits[row];
      if (row == 0 || visits[row - 1].person != p.person) mark(blocks, p.person, row);
      const bool last = row + 1 == visits.size() || visits[row + 1].person != p.person;
      rows.add({p.place, p.stay.with_last(last).with_zoned(p.zone != kNoZone)});
    }
  }
};

struct Directory {
  std::vector<KeyBlock> blocks;
  std::vector<std::uint32_t> offsets;

  void row(Number key, bool first, std::size_t number) {
    if (!first) return;
    mark(blocks, key, offsets.size());
    offsets.push_back(static_cast<std::uint32_t>(number));
  }
};

struct Places : Directory {
  std::vector<std::uint32_t> longest;
  RowsWriter rows;

  Places(std::span<const Piece> visits, Number most_person) : rows(visits.size(), most_person, kVisitStayBytes) {
    for (std::size_t i = 0; i < visits.size(); ++i) {
      const Piece& p = visits[i];
      const bool first = i == 0 || visits[i - 1].place != p.place;
      row(p.place, first, i);
      if (first) longest.push_back(0);
      longest.back() = std::max(longest.back(), static_cast<std::uint32_t>(p.stay.to() - p.stay.from()));
      rows.add({p.person, p.stay.with_zoned(p.zone != kNoZone)});
    }
    offsets.push_back(static_cast<std::uint32_t>(visits.size()));
  }
};

struct Meetings : Directory {
  RowsWriter rows;

  explicit Meetings(std::span<const Meeting> both) : rows(both.size(), most_person(both), kEncounterStayBytes) {
    for (std::size_t i = 0; i < both.size(); ++i) {
      row(both[i].person, i == 0 || both[i - 1].person != both[i].person, i);
      rows.add({both[i].peer, both[i].stay});
    }
    offsets.push_back(static_cast<std::uint32_t>(both.size()));
  }
};

// Maximal encounters, seen from both sides, by person and beginning.
std::vector<Meeting> both_ways(std::vector<Meeting> meetings) {
  const auto pair = [](const Meeting& m) { return std::tuple(m.person, m.peer, m.stay.from()); };
  std::sort(meetings.begin(), meetings.end(), [&](const Meeting& a, const Meeting& b) { return pair(a) < pair(b); });
  std::vector<Meeting> both;
  for (const Meeting& m : meetings) {
    const bool same = !both.empty() && both.back().person == m.person && both.back().peer == m.peer;
    if (same && m.stay.from() <= both.back().stay.to()) {
      both.back().stay = merge_meetings(both.back().stay, m.stay);
    } else {
      both.push_back(m);
    }
  }
  const std::size_t pairs = both.size();
  for (std::size_t i = 0; i < pairs; ++i) both.push_back({both[i].peer, both[i].person, both[i].stay});
  const auto seen = [](const Meeting& m) { return std::tuple(m.person, m.stay.from(), m.peer); };
  std::sort(both.begin(), both.end(), [&](const Meeting& a, const Meeting& b) { return seen(a) < seen(b); });
  return both;
}

void put(FileWriter& file, std::span<const std::byte> section) {
  file.add(section);
}
template <class T>
void put(FileWriter& file, const std::vector<T>& section) {
  file.add(std::span<const T>(section));
}

}  // namespace

Stay merge_meetings(Stay a, Stay b) {
  const Stay whole(std::min(a.from(), b.from()), std::max(a.to(), b.to()));
  if (!a.measured() && !b.measured()) return whole;
  if (!a.measured()) return whole.with_attenuation(b.attenuation());
  if (!b.measured()) return whole.with_attenuation(a.attenuation());
  return whole.with_attenuation(std::min(a.attenuation(), b.attenuation()));
}

template <class Finish>
auto SegmentBuilder::finish(Finish&& done) {
  std::vector<Piece> spare;
  settle_persons(visits_, spare, most_person_);
  const Persons persons(visits_, most_place_);
  const Zones person_zones(visits_, zoned_);
  settle_places(visits_, spare, most_place_);
  spare = {};
  const Places places(visits_, most_person_);
  const Zones place_zones(visits_, zoned_);
  const std::vector<Meeting> both = both_ways(std::move(meetings_));
  const Meetings meetings(both);
  const FileNotes notes{identity_, day_, {visits_.size(), both.size() / 2, persons_, places_}};
  visits_ = {};
  FileWriter file(kSegmentKind, notes);
  put(file, places.blocks);
  put(file, places.offsets);
  put(file, places.longest);
  put(file, places.rows.bytes());
  put(file, place_zones.zoned);
  put(file, place_zones.before);
  put(file, place_zones.zones);
  put(file, persons.blocks);
  put(file, persons.rows.bytes());
  put(file, person_zones.zoned);
  put(file, person_zones.before);
  put(file, person_zones.zones);
  put(file, meetings.blocks);
  put(file, meetings.offsets);
  put(file, meetings.rows.bytes());
  return done(file);
}

std::vector<std::byte> SegmentBuilder::bytes() && {
  return finish([](const FileWriter& file) { return file.bytes(); });
}

void SegmentBuilder::write(const std::filesystem::path& path) && {
  finish([&](const FileWriter& file) { file.write(path); });
}

}  // namespace luytre::presence

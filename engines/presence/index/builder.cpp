#include "engines/presence/index/builder.h"

#include <algorithm>
#include <numeric>
#include <tuple>

namespace luytre::presence {

namespace {

using RawPiece = SegmentBuilder::Piece;
using Meeting = SegmentBuilder::Meeting;

// take(keys) for each run of the same number; memory is asked for some pieces ahead.
template <class Take>
void each_run(std::span<const RawPiece> pieces, Keys& keys, Take&& take) {
  constexpr std::size_t kAhead = 16;
  for (std::size_t first = 0; first < keys.size();) {
    std::size_t end = first;
    do {
      if (end + kAhead < keys.size()) fetch_to_write(&pieces[position_in(keys[end + kAhead])]);
      ++end;
    } while (end < keys.size() && number_in(keys[end]) == number_in(keys[first]));
    take(std::span(keys).subspan(first, end - first));
    first = end;
  }
}

bool same_spot(const RawPiece& a, const RawPiece& b) {
  return a.place == b.place && a.zone == b.zone;
}

// Sorts one person's pieces, drops repeats (they lose their person), and marks those that touch another at the same
// spot. How many are left.
std::size_t settle(std::span<RawPiece> pieces, std::span<Key> own) {
  const auto piece = [&](Key key) -> RawPiece& { return pieces[position_in(key)]; };
  const auto order = [&](Key key) {
    const RawPiece& p = piece(key);
    return std::tuple(p.stay.from(), p.stay.to(), p.place, p.zone, p.stay.bits());
  };
  const auto before = [&](Key a, Key b) { return order(a) < order(b); };
  if (own.size() == 1) return 1;
  if (!std::is_sorted(own.begin(), own.end(), before)) std::sort(own.begin(), own.end(), before);
  std::size_t kept = 1;
  for (const Key key : own.subspan(1)) {
    const RawPiece& last = piece(own[kept - 1]);
    if (same_spot(last, piece(key)) && last.stay == piece(key).stay) {
      piece(key).person = kNoNumber;
    } else {
      own[kept++] = key;
    }
  }
  for (std::size_t i = 0; i < kept; ++i) {
    RawPiece& earlier = piece(own[i]);
    // In order of entry a later piece touches an earlier one exactly when it begins before that one has ended.
    for (std::size_t j = i + 1; j < kept && piece(own[j]).stay.from() <= earlier.stay.to(); ++j) {
      RawPiece& later = piece(own[j]);
      if (!same_spot(earlier, later)) continue;
      earlier.stay = earlier.stay.with_touching(true);
      later.stay = later.stay.with_touching(true);
    }
  }
  return kept;
}

void by_person(std::span<const RawPiece> pieces, Keys& keys) {
  keys.clear();
  keys.reserve(pieces.size());
  for (std::size_t i = 0; i < pieces.size(); ++i) keys.push_back(key_of(pieces[i].person, i));
}
// Of the pieces that were kept.
void by_place(std::span<const RawPiece> pieces, Keys& keys) {
  keys.clear();
  keys.reserve(pieces.size());
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    if (pieces[i].person != kNoNumber) keys.push_back(key_of(pieces[i].place, i));
  }
}

// One place's pieces by entry and person.
void sort_entries(std::span<const RawPiece> pieces, std::span<Key> own) {
  const auto order = [&](Key key) {
    const RawPiece& p = pieces[position_in(key)];
    return std::tuple(p.stay.from(), p.person, p.stay.to(), p.zone);
  };
  const auto before = [&](Key a, Key b) { return order(a) < order(b); };
  if (!std::is_sorted(own.begin(), own.end(), before)) std::sort(own.begin(), own.end(), before);
}

struct Zones {
  std::vector<std::uint64_t> zoned;
  std::vector<std::uint32_t> before;
  std::vector<Number> zones;

  void row(std::size_t number, Number zone) {
    if (number % ZonesView::kBlockRows == 0) {
      zoned.push_back(0);
      before.push_back(static_cast<std::uint32_t>(zones.size()));
    }
    if (zone == kNoZone) return;
    zoned.back() |= std::uint64_t{1} << number % ZonesView::kBlockRows;
    zones.push_back(zone);
  }
  // Where nobody names zones nothing is kept.
  void finish() {
    if (zones.empty()) *this = {};
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

// Settles the pieces, too.
struct Persons {
  std::vector<KeyBlock> blocks;
  std::size_t size = 0;
  RowsWriter rows;
  Zones zones;

  Persons(std::span<RawPiece> pieces, Keys& keys, Number most_place, RowsWriter::Memory& memory)
      : rows(memory, keys.size(), most_place, kVisitStayBytes) {
    each_run(pieces, keys, [&](std::span<Key> own) {
      own = own.first(settle(pieces, own));
      mark(blocks, number_in(own[0]), size);
      for (const Key& key : own) {
        const RawPiece& p = pieces[position_in(key)];
        rows.add({p.place, p.stay.with_last(&key == &own.back()).with_zoned(p.zone != kNoZone)});
        zones.row(size++, p.zone);
      }
    });
    zones.finish();
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
  Zones zones;

  Places(std::span<const RawPiece> pieces, Keys& keys, Number most_person, RowsWriter::Memory& memory)
      : rows(memory, keys.size(), most_person, kVisitStayBytes) {
    std::size_t size = 0;
    each_run(pieces, keys, [&](std::span<Key> own) {
      sort_entries(pieces, own);
      row(number_in(own[0]), true, size);
      std::int64_t most = 0;
      for (const Key key : own) {
        const RawPiece& p = pieces[position_in(key)];
        most = std::max(most, p.stay.to() - p.stay.from());
        rows.add({p.person, p.stay.with_zoned(p.zone != kNoZone)});
        zones.row(size++, p.zone);
      }
      longest.push_back(static_cast<std::uint32_t>(most));
    });
    offsets.push_back(static_cast<std::uint32_t>(size));
    zones.finish();
  }
};

struct Meetings : Directory {
  RowsWriter rows;

  Meetings(std::span<const Meeting> both, RowsWriter::Memory& memory)
      : rows(memory, both.size(), most_person(both), kEncounterStayBytes) {
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
  auto& [free_visits, keys, spare, person_rows, place_rows, meeting_rows] = *memory_;
  by_person(visits_, keys);
  radix_sort(keys, spare, most_person_);
  const Persons persons(visits_, keys, most_place_, person_rows);
  by_place(visits_, keys);
  radix_sort(keys, spare, most_place_);
  const Places places(visits_, keys, most_person_, place_rows);
  visits_.clear();
  free_visits.push_back(std::move(visits_));
  const std::vector<Meeting> both = both_ways(std::move(meetings_));
  const Meetings meetings(both, meeting_rows);
  const FileNotes notes{identity_, day_, {persons.size, both.size() / 2, persons_, places_}};
  FileWriter file(kSegmentKind, notes);
  put(file, places.blocks);
  put(file, places.offsets);
  put(file, places.longest);
  put(file, places.rows.bytes());
  put(file, places.zones.zoned);
  put(file, places.zones.before);
  put(file, places.zones.zones);
  put(file, persons.blocks);
  put(file, persons.rows.bytes());
  put(file, persons.zones.zoned);
  put(file, persons.zones.before);
  put(file, persons.zones.zones);
  put(file, meetings.blocks);
  put(file, meetings.offsets);
  put(file, meetings.rows.bytes());
  return done(file);
}

FileWriter::Whole SegmentBuilder::bytes() && {
  return finish([](const FileWriter& file) { return file.bytes(); });
}

void SegmentBuilder::write(const std::filesystem::path& path) && {
  finish([&](const FileWriter& file) { file.write(path); });
}

}  // namespace luytre::presence

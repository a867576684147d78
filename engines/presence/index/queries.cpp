#include "engines/presence/index/queries.h"

#include <algorithm>
#include <tuple>

#include "engines/presence/index/sweep.h"

namespace luytre::presence {

std::vector<Visit> present_at(const View& view, PlaceId place, Interval when) {
  const Number number = view.names().places.find(place.value);
  if (number == kNoNumber) return {};
  const TraceRules rules;
  std::vector<Piece> pieces;
  Sweep(view, rules).pieces_at(number, when, [&](Number person, Number zone, Interval piece, bool estimated, bool) {
    pieces.push_back({person, number, zone, common(piece, when), estimated});
  });
  std::vector<Visit> present;
  std::vector<Interval> parts;
  merge_pieces(pieces, parts, [&](const Piece& piece, Interval whole, std::span<const Interval> estimated) {
    present.push_back({view.person(piece.person), place, view.zone(piece.zone), whole, !estimated.empty()});
  });
  std::sort(present.begin(), present.end(), [](const Visit& a, const Visit& b) {
    return std::tie(a.when.from, a.person, a.zone) < std::tie(b.when.from, b.person, b.zone);
  });
  return present;
}

std::vector<Visit> whereabouts(const View& view, PersonId person, Interval when) {
  const Number number = view.names().persons.find(person.value);
  if (number == kNoNumber) return {};
  const TraceRules rules;
  Stretches stretches;
  Estimates estimates;
  Sweep(view, rules).stretches(number, when, stretches, estimates);
  std::vector<Visit> visits;
  for (const Stretch& s : stretches) {
    const bool estimated = any_in(s.estimated(estimates), s.when);
    visits.push_back({person, view.place(s.place), view.zone(s.zone), s.when, estimated});
  }
  std::sort(visits.begin(), visits.end(), [](const Visit& a, const Visit& b) {
    return std::tie(a.when.from, a.place, a.zone) < std::tie(b.when.from, b.place, b.zone);
  });
  return visits;
}

namespace {

// The merged visits of one place and day, in order of their beginning.
class PlaceDay {
 public:
  PlaceDay(const View& view, const AllPairsQuestion& question, Interval day)
      : question_(question), day_(day), sweep_(view, rules_) {}

  std::span<const Piece> read(Number place) {
    pieces_.clear();
    visits_.clear();
    sweep_.pieces_at(place, day_, [&](Number person, Number zone, Interval when, bool estimated, bool touches) {
      (touches ? pieces_ : visits_).push_back({person, place, zone, when, estimated});
    });
    merge_pieces(pieces_, parts_, [&](const Piece& piece, Interval whole, std::span<const Interval>) {
      visits_.push_back({piece.person, piece.place, piece.zone, whole, piece.estimated});
    });
    std::sort(visits_.begin(), visits_.end(),
              [](const Piece& a, const Piece& b) { return std::tie(a.when, a.person) < std::tie(b.when, b.person); });
    return visits_;
  }

  // take(a, b, Interval) for each link.
  template <class Take>
  void pairs(Take&& take) {
    present_.clear();
    for (const Piece& visit : visits_) {
      std::erase_if(present_,
                    [&](const Piece* other) { return other->when.to - visit.when.from < question_.min_overlap; });
      for (const Piece* other : present_) {
        const Interval shared = common(other->when, visit.when);
        if (other->person != visit.person && compatible(other->zone, visit.zone) &&
            lasts(shared, question_.min_overlap))
          take(*other, visit, shared);
      }
      if (lasts(visit.when, question_.min_overlap)) present_.push_back(&visit);
    }
  }

 private:
  const AllPairsQuestion& question_;
  Interval day_;
  TraceRules rules_;
  Sweep sweep_;
  std::vector<Piece> pieces_;
  std::vector<Piece> visits_;
  std::vector<const Piece*> present_;
  std::vector<Interval> parts_;
};

std::vector<Number> places_of(const DayPart& part, std::size_t share, std::size_t shares) {
  std::vector<Number> places;
  const auto take = [&](Number place) {
    if (place % shares == share) places.push_back(place);
  };
  if (part.sealed) part.sealed->each_place(take);
  part.live->each_place(take);
  std::sort(places.begin(), places.end());
  places.erase(std::unique(places.begin(), places.end()), places.end());
  return places;
}

void keep_busiest(std::vector<AllPairs::Busy>& busiest, std::size_t most) {
  std::sort(busiest.begin(), busiest.end(), [](const AllPairs::Busy& a, const AllPairs::Busy& b) {
    return std::tie(b.links, a.place) < std::tie(a.links, b.place);
  });
  if (busiest.size() > most) busiest.resize(most);
}

}  // namespace

AllPairs all_pairs(const View& view, const AllPairsQuestion& question, std::size_t part, std::size_t parts) {
  AllPairs all{question.groups, std::vector<AllPairs::Cell>(question.groups * question.groups), {}};
  const DayPart* const day = view.day(question.day);
  if (!day) return all;
  PlaceDay sweep(view, question, {begin_of(question.day), begin_of(question.day + 1)});
  const auto group = [&](Number person) {
    const std::size_t of = question.group_of ? question.group_of(view.person(person)) : 0;
    return of < question.groups ? of : 0;
  };
  const auto count = [&](std::size_t a, std::size_t b, Interval when) {
    AllPairs::Cell& cell = all.matrix[a * question.groups + b];
    ++cell.links;
    cell.seconds += (when.to - when.from).count();
  };
  for (const Number place : places_of(*day, part, parts)) {
    AllPairs::Busy busy{view.place(place), 0, static_cast<std::int64_t>(sweep.read(place).size())};
    sweep.pairs([&](const Piece& a, const Piece& b, Interval when) {
      ++busy.links;
      const std::size_t one = group(a.person), other = group(b.person);
      count(one, other, when);
      if (one != other) count(other, one, when);
    });
    if (busy.links > 0) all.busiest.push_back(busy);
    if (all.busiest.size() > 2 * question.most_places + 1000) keep_busiest(all.busiest, question.most_places);
  }
  keep_busiest(all.busiest, question.most_places);
  return all;
}

AllPairs join(std::span<const AllPairs> parts, std::size_t most_places) {
  if (parts.empty()) return {};
  AllPairs all = parts[0];
  for (const AllPairs& part : parts.subspan(1)) {
    for (std::size_t i = 0; i < all.matrix.size(); ++i) {
      all.matrix[i].links += part.matrix[i].links;
      all.matrix[i].seconds += part.matrix[i].seconds;
    }
    all.busiest.insert(all.busiest.end(), part.busiest.begin(), part.busiest.end());
  }
  keep_busiest(all.busiest, most_places);
  return all;
}

}  // namespace luytre::presence

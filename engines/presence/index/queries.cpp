#include "engines/presence/index/queries.h"

#include <algorithm>
#include <future>
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

// Counts the share of one thread.
class Counting {
 public:
  Counting(const View& view, const AllPairsQuestion& question)
      : view_(view), question_(question), day_{begin_of(question.day), begin_of(question.day + 1)} {
    all_.groups = question.groups;
    all_.kinds = question.kinds;
    all_.matrix.resize((question.kinds + 1) * question.groups * question.groups);
  }

  void count_visits(std::span<const Number> places) {
    PlaceDay sweep(view_, question_, day_);
    for (const Number place : places) {
      AllPairs::Busy busy{view_.place(place), 0, static_cast<std::int64_t>(sweep.read(place).size())};
      const std::size_t kind = within(question_.kind_of, busy.place, question_.kinds);
      sweep.pairs([&](const Piece& a, const Piece& b, Interval when) {
        ++busy.links;
        count(kind, a.person, b.person, when);
      });
      if (busy.links > 0) all_.busiest.push_back(busy);
      if (all_.busiest.size() > 2 * question_.most_places + 1000) keep_busiest(all_.busiest, question_.most_places);
    }
  }

  void count_encounters(std::size_t share, std::size_t shares) {
    const TraceRules rules;
    Sweep sweep(view_, rules);
    for (std::size_t person = share; person < view_.names().persons.size(); person += shares) {
      const auto number = static_cast<Number>(person);
      sweep.encounters(number, day_, [&](Number peer, Interval whole, std::optional<std::int64_t>) {
        const Interval when = common(whole, day_);
        if (number < peer && lasts(when, question_.min_overlap)) count(question_.kinds, number, peer, when);
      });
    }
  }

  AllPairs finish() && {
    keep_busiest(all_.busiest, question_.most_places);
    return std::move(all_);
  }

 private:
  template <class Of, class Id>
  static std::size_t within(const Of& of, Id id, std::size_t most) {
    const std::size_t which = of ? of(id) : 0;
    return which < most ? which : 0;
  }
  void count(std::size_t kind, Number a, Number b, Interval when) {
    const std::size_t one = within(question_.group_of, view_.person(a), question_.groups);
    const std::size_t other = within(question_.group_of, view_.person(b), question_.groups);
    add(kind, one, other, when);
    if (one != other) add(kind, other, one, when);
  }
  void add(std::size_t kind, std::size_t a, std::size_t b, Interval when) {
    AllPairs::Cell& cell = all_.matrix[(kind * question_.groups + a) * question_.groups + b];
    ++cell.links;
    cell.seconds += (when.to - when.from).count();
  }

  const View& view_;
  const AllPairsQuestion& question_;
  const Interval day_;
  AllPairs all_;
};

}  // namespace

AllPairs all_pairs(const View& view, const AllPairsQuestion& question, std::size_t part, std::size_t parts) {
  Counting counting(view, question);
  if (const DayPart* const day = view.day(question.day)) {
    counting.count_visits(places_of(*day, part, parts));
    counting.count_encounters(part, parts);
  }
  return std::move(counting).finish();
}

AllPairs all_pairs_at_once(const View& view, const AllPairsQuestion& question, unsigned threads) {
  std::vector<std::future<AllPairs>> running;
  for (unsigned part = 1; part < threads; ++part)
    running.push_back(std::async(std::launch::async, [&, part] { return all_pairs(view, question, part, threads); }));
  std::vector<AllPairs> parts{all_pairs(view, question, 0, std::max(threads, 1U))};
  for (auto& one : running) parts.push_back(one.get());
  return join(parts, question.most_places);
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

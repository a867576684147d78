#include "modules/visits/timeline.h"

#include <algorithm>
#include <stdexcept>

namespace luytre::visits {
namespace {

auto with_id(VisitId id) {
  return [id](const Stay& stay) { return stay.id == id; };
}

template <class Stays>
auto begins_around(Stays& stays, Instant t) {
  const auto before = [](const Stay& stay, Instant limit) { return stay.in < limit; };
  const auto first = std::lower_bound(stays.begin(), stays.end(), t - kReach, before);
  const auto last = std::lower_bound(first, stays.end(), t + kReach + std::chrono::seconds(1), before);
  return std::span(first, last);
}

}  // namespace

Timeline::Timeline(std::vector<Stay> stays) : stays_(std::move(stays)) {}

std::span<Stay> Timeline::around(Instant t) {
  return begins_around(stays_, t);
}
std::span<const Stay> Timeline::around(Instant t) const {
  return begins_around(stays_, t);
}

// From the back: what changes is mostly the latest.
const Stay* Timeline::find(VisitId id) const {
  const auto found = std::find_if(stays_.rbegin(), stays_.rend(), with_id(id));
  return found == stays_.rend() ? nullptr : &*found;
}

const Stay* Timeline::open_at(const Spot& spot, Instant t) const {
  const Stay* last = nullptr;
  for (const Stay& stay : around(t)) {
    if (stay.spot == spot && stay.in <= t && t < stay.out && (!last || last->in < stay.in)) last = &stay;
  }
  return last;
}

Instant Timeline::ruled_end(const Stay& stay) const {
  Instant end = stay.expected;
  for (const Stay& other : around(stay.in)) {
    if (other.spot != stay.spot && stay.in < other.in) end = std::min(end, other.in);
  }
  return end;
}

void Timeline::move_end(Stay& stay, Instant out) {
  if (stay.out == out) return;
  stay.out = out;
  moved_.push_back(stay.id);
}

Stay Timeline::check_in(VisitId id, const Spot& spot, Instant in, Instant expected, std::optional<Instant> out) {
  for (Stay& other : around(in)) {
    if (other.estimated && other.spot != spot && other.in < in && in < other.out) move_end(other, in);
  }
  Stay stay;
  stay.id = id;
  stay.spot = spot;
  stay.in = in;
  stay.expected = expected;
  stay.estimated = !out;
  stay.out = out ? *out : ruled_end(stay);
  const auto later = [](Instant limit, const Stay& other) { return limit < other.in; };
  stays_.insert(std::upper_bound(stays_.begin(), stays_.end(), in, later), stay);
  return stay;
}

void Timeline::check_out(VisitId id, Instant out) {
  const auto stay = std::find_if(stays_.begin(), stays_.end(), with_id(id));
  if (stay == stays_.end()) throw std::logic_error("check-out of a stay that is not in the timeline");
  stay->estimated = false;
  stay->out = out;
  moved_.push_back(id);
}

void Timeline::cancel(VisitId id) {
  const auto found = std::find_if(stays_.begin(), stays_.end(), with_id(id));
  if (found == stays_.end()) throw std::logic_error("cancelled stay is not in the timeline");
  const Stay gone = *found;
  stays_.erase(found);
  for (Stay& other : around(gone.in)) {
    if (other.estimated && other.spot != gone.spot && other.out == gone.in) move_end(other, ruled_end(other));
  }
}

bool Timeline::overlaps_elsewhere(const Stay& stay) const {
  const auto near = around(stay.in);
  return std::any_of(near.begin(), near.end(), [&](const Stay& other) {
    return other.spot != stay.spot && other.in < stay.out && stay.in < other.out;
  });
}

}  // namespace luytre::visits

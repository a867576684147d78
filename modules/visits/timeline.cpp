#include "modules/visits/timeline.h"

#include <algorithm>
#include <stdexcept>

namespace luytre::visits {
namespace {

auto with_id(VisitId id) {
  return [id](const Stay& stay) { return stay.id == id; };
}

}  // namespace

const Stay* Timeline::find(VisitId id) const {
  const auto found = std::find_if(stays_.begin(), stays_.end(), with_id(id));
  return found == stays_.end() ? nullptr : &*found;
}

const Stay* Timeline::open_at(const Spot& spot, Instant t) const {
  const Stay* last = nullptr;
  for (const Stay& stay : stays_) {
    if (stay.spot == spot && stay.in <= t && t < stay.out && (!last || last->in < stay.in)) last = &stay;
  }
  return last;
}

Instant Timeline::ruled_end(const Stay& stay) const {
  Instant end = stay.expected;
  for (const Stay& other : stays_) {
    if (other.spot != stay.spot && stay.in < other.in) end = std::min(end, other.in);
  }
  return end;
}

void Timeline::set_end(Stay& stay, Instant out) {
  if (stay.out == out) return;
  stay.out = out;
  if (stay.mark == Stay::Mark::kKept) stay.mark = Stay::Mark::kChanged;
}

const Stay& Timeline::check_in(VisitId id, const Spot& spot, Instant in, Instant expected, std::optional<Instant> out) {
  for (Stay& other : stays_) {
    if (other.estimated && other.spot != spot && other.in < in && in < other.out) set_end(other, in);
  }
  Stay stay;
  stay.id = id;
  stay.spot = spot;
  stay.in = in;
  stay.expected = expected;
  stay.estimated = !out;
  stay.out = out ? *out : ruled_end(stay);
  stay.mark = Stay::Mark::kNew;
  stays_.push_back(stay);
  return stays_.back();
}

void Timeline::check_out(VisitId id, Instant out) {
  const auto stay = std::find_if(stays_.begin(), stays_.end(), with_id(id));
  if (stay == stays_.end()) throw std::logic_error("check-out of a stay that is not in the timeline");
  stay->estimated = false;
  stay->out = out;
  if (stay->mark == Stay::Mark::kKept) stay->mark = Stay::Mark::kChanged;
}

void Timeline::cancel(VisitId id) {
  const auto found = std::find_if(stays_.begin(), stays_.end(), with_id(id));
  if (found == stays_.end()) throw std::logic_error("cancelled stay is not in the timeline");
  const Stay gone = *found;
  stays_.erase(found);
  for (Stay& other : stays_) {
    if (other.estimated && other.spot != gone.spot && other.out == gone.in) set_end(other, ruled_end(other));
  }
}

bool Timeline::overlaps_elsewhere(VisitId id) const {
  const Stay* stay = find(id);
  return stay && std::any_of(stays_.begin(), stays_.end(), [&](const Stay& other) {
           return other.spot != stay->spot && other.in < stay->out && stay->in < other.out;
         });
}

}  // namespace luytre::visits

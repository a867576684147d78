// Merging: rows that overlap or touch become one.

#pragma once

#include <functional>
#include <span>
#include <unordered_map>
#include <vector>

#include "engines/presence/presence.h"

namespace luytre::presence {

// Two encounters of one pair in one. Attenuation: that of the closest moment, so that merging is idempotent and its
// order does not matter.
std::optional<std::int64_t> closest(std::optional<std::int64_t> a, std::optional<std::int64_t> b);

// Maximal encounters: those of one pair that overlap or touch merge. Sorted, each with person < peer. Rows with oneself
// or without a length are dropped.
std::vector<Encounter> merge_encounters(std::vector<Encounter> encounters);

// One row of a contact list that samples who is near whom every `step` seconds: the row at t covers [t − step, t).
struct ContactRow {
  PersonId person;
  PersonId peer;
  Instant at;
  std::optional<std::int64_t> attenuation;
};

// The same for a stream of contact rows of which most come in order: keeps one open encounter per pair and hands over
// those that are closed. What it hands over of rows out of order may still touch; the storage of encounters merges
// whatever it is given.
class ContactMerger {
 public:
  using Take = std::function<void(const Encounter&)>;
  ContactMerger(std::chrono::seconds step, Take take) : step_(step), take_(std::move(take)) {}
  void add(const ContactRow& row);
  void finish();  // hands over the open ones
  std::size_t open() const { return open_.size(); }

 private:
  using Pair = std::pair<PersonId, PersonId>;
  struct Hash {
    std::size_t operator()(const Pair& p) const {
      return std::hash<PersonId>{}(p.first) * 0x9e3779b97f4a7c15U ^ std::hash<PersonId>{}(p.second);
    }
  };
  std::chrono::seconds step_;
  Take take_;
  std::unordered_map<Pair, Encounter, Hash> open_;
};

// A visit and the recorded visits it is made of, which overlap or touch.
struct MergedVisit {
  Visit visit;
  std::vector<Visit> parts;

  bool estimated_within(Interval when) const;  // a part that reaches into `when` ends by an estimate
};

// By person, place, zone and time. Under a scan rule visits are replaced by their spans first.
std::vector<MergedVisit> merge_visits(std::span<const Visit> visits, const TraceRules& rules);

}  // namespace luytre::presence

// Who was exposed and since when, without the evidence: the trace of presence.h for when the answer is large. The
// evidence of single contacts is fetched afterwards, from the same view.
//
// Each place is swept once for the whole frontier. A candidate's visit [a, b) shares at least m with some exposing
// stretch [s, t) exactly when the closed intervals [a, b − m] and [s, t − m] meet, and the earliest such link begins at
// the first common point. So the shortened stretches of everybody are merged into one sorted list, and each row of the
// place asks it one question: the cost grows with the visits touched, not with the pairs. Zones: a candidate who names
// one is asked against the stretches in that zone or in none, others against all.
//
// Under a sum rule the trace of trace.h answers instead (sums.h). Stop conditions as for trace.h.

#pragma once

#include <memory>

#include "engines/presence/index/trace.h"

namespace luytre::presence {

struct Reached {
  PersonId person;
  int level = 1;
  Instant exposed_since;
  friend auto operator<=>(const Reached&, const Reached&) = default;
};

struct Reach {
  std::vector<Reached> persons;  // by level, exposed_since, person
  std::int64_t persons_searched = 0;
  Stopped stopped = Stopped::kNot;
  int levels = 0;
};

Reach reach(const View& view, const Question& question, const TraceLimits& limits = {});

// Answers what `trace` says about one contact, from what `reach` found for the same question in the same view.
// Prepared once for any number of contacts; then thread-safe.
class ContactEvidence {
 public:
  ContactEvidence(View view, Question question, const Reach& found);
  ~ContactEvidence();

  std::optional<Contact> of(PersonId contact) const;  // absent: none of those found

 private:
  struct Impl;
  std::unique_ptr<const Impl> impl_;
};

}  // namespace luytre::presence

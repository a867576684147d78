// Feeding, merging and tracing at once. Meant for the thread sanitizer; without it, it still proves that every view is
// the state after some number of feeds.

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <thread>

#include "engines/presence/index/index.h"
#include "engines/presence/index/reach.h"

namespace luytre::presence {
namespace {

constexpr Instant kMorning{1'600'060'000};
constexpr PersonId kCase{1};
constexpr PlaceId kMarket{1};
constexpr std::int64_t kPeople = 600;
constexpr std::int64_t kFirstMet = 5000;

Interval minutes(std::int64_t from, std::int64_t to) {
  return {{kMorning.seconds + 60 * from}, {kMorning.seconds + 60 * to}};
}

Question about_the_case() {
  Question q;
  q.cases = {{kCase, minutes(-1000, 5000)}};
  q.horizon = minutes(0, 5000).to;
  q.rules.depth = 2;
  return q;
}

// The n-th feed brings person n + 2 to the market, where the case is, on every third corrects that, and lets the case
// meet somebody else afterwards.
void feed(PresenceIndex& index, std::int64_t n) {
  const PersonId person{n + 2};
  const std::vector<Visit> both{{person, kMarket, {}, minutes(0, 40), true},
                                {person, PlaceId{100 + n % 50}, {}, minutes(1500, 1600), false}};
  index.add(both);
  if (n % 3 == 0) {
    const std::vector<Visit> corrected{{person, kMarket, {}, minutes(0, 30), false}, both[1]};
    index.set_visits(person, corrected);
  }
  const Encounter met{kCase, PersonId{kFirstMet + n}, minutes(100, 130), 60};
  index.add(std::span(&met, 1));
}

// Whether they are the first so many of those that are fed.
bool complete(std::vector<std::int64_t> ids, std::int64_t first) {
  std::sort(ids.begin(), ids.end());
  for (std::size_t i = 0; i < ids.size(); ++i) {
    if (ids[i] != first + static_cast<std::int64_t>(i)) return false;
  }
  return true;
}

TEST(ConcurrencyTest, EveryViewIsTheStateAfterSomeFeeds) {
  PresenceIndex index({});
  const Visit there{kCase, kMarket, {}, minutes(0, 60), false};
  index.add(std::span(&there, 1));
  std::atomic<bool> done{false};
  std::atomic<int> wrong{0}, traces{0};

  std::thread writer([&] {
    for (std::int64_t n = 0; n < kPeople; ++n) {
      feed(index, n);
      // So that the readers see many states, however the machine shares out its time.
      if (const int seen = traces; n % 20 == 0) {
        while (traces == seen) std::this_thread::yield();
      }
    }
    done = true;
  });
  std::thread merger([&] {
    for (int i = 0; !done; ++i) {
      index.checkpoint(std::to_string(i));
      std::this_thread::yield();
    }
  });
  std::vector<std::thread> readers;
  for (int r = 0; r < 2; ++r) {
    readers.emplace_back([&] {
      std::size_t before = 0;
      while (!done) {
        const View view = index.view();
        const auto contacts = trace(view, about_the_case()).answer.contacts;
        std::vector<std::int64_t> visitors, met;
        for (const Contact& c : contacts) {
          (c.person.value < kFirstMet ? visitors : met).push_back(c.person.value);
          if (c.level != 1 || c.evidence_count != 1) ++wrong;
        }
        // People come in order and never go.
        if (!complete(visitors, 2) || !complete(met, kFirstMet)) ++wrong;
        if (visitors.size() < met.size() || visitors.size() > met.size() + 1) ++wrong;
        if (contacts.size() < before || reach(view, about_the_case()).persons.size() != contacts.size()) ++wrong;
        before = contacts.size();
        ++traces;
      }
    });
  }
  writer.join();
  merger.join();
  for (std::thread& r : readers) r.join();
  EXPECT_EQ(wrong, 0);
  EXPECT_GE(traces, kPeople / 20);

  const auto contacts = trace(index.view(), about_the_case()).answer.contacts;
  ASSERT_EQ(contacts.size(), static_cast<std::size_t>(2 * kPeople));
  for (const Contact& c : contacts) {
    if (c.person.value >= kFirstMet) continue;
    const bool corrected = (c.person.value - 2) % 3 == 0;
    EXPECT_EQ(c.evidence[0].when, minutes(0, corrected ? 30 : 40)) << c.person.value;
    EXPECT_EQ(c.evidence[0].estimated, !corrected) << c.person.value;
  }
}

}  // namespace
}  // namespace luytre::presence

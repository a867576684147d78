#include "platform/identity/hasher.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "platform/base/run.h"

namespace luytre::identity {
namespace {

constexpr HashCost kCheap{1, 64 * 1024};

Vault key(unsigned char fill) {
  std::array<unsigned char, Vault::kKeyBytes> bytes{};
  bytes.fill(fill);
  return Vault(bytes);
}

TEST(Hasher, MatchesWhatItHashed) {
  Hasher hasher(key(1));
  const auto hash = run(hasher.hash("cây tre trăm đốt", kCheap));
  ASSERT_TRUE(hash);
  EXPECT_TRUE(hash->starts_with("$argon2id$"));
  EXPECT_EQ(*run(hasher.match("cây tre trăm đốt", {*hash}, kCheap)), std::optional<std::size_t>(0));
  EXPECT_EQ(*run(hasher.match("cây tre trăm đot", {*hash}, kCheap)), std::nullopt);
  EXPECT_NE(*hash, *run(hasher.hash("cây tre trăm đốt", kCheap)));  // salted
}

TEST(Hasher, TellsWhichOfSeveral) {
  Hasher hasher(key(1));
  const std::vector<std::string> stored{hasher.hash_now("a", kCheap), hasher.hash_now("b", kCheap), "broken"};
  EXPECT_EQ(*run(hasher.match("b", stored, kCheap)), std::optional<std::size_t>(1));
  EXPECT_EQ(*run(hasher.match("c", stored, kCheap)), std::nullopt);
  EXPECT_EQ(*run(hasher.match("c", {}, kCheap)), std::nullopt);
}

TEST(Hasher, StolenDatabaseWithoutTheKeyDoesNotAllowGuessing) {
  Hasher ours(key(1));
  Hasher thiefs(key(2));
  EXPECT_EQ(*run(thiefs.match("739154", {ours.hash_now("739154", kCheap)}, kCheap)), std::nullopt);
}

TEST(Hasher, NobodyCostsAsMuchAsSomebody) {
  constexpr HashCost kDear{3, 8 * 1024 * 1024};
  Hasher hasher(key(1), 1);
  const std::vector<std::string> stored{hasher.hash_now("a", kDear)};
  const auto time = [&](const std::vector<std::string>& against) {
    auto best = std::chrono::steady_clock::duration::max();  // the least of several: the machine is shared
    for (int i = 0; i < 7; ++i) {
      const auto start = std::chrono::steady_clock::now();
      (void)run(hasher.match("b", against, kDear));
      best = std::min(best, std::chrono::steady_clock::now() - start);
    }
    return best;
  };
  const auto somebody = time(stored);
  const auto nobody = time({});
  // Without the work for nobody the factor is in the thousands; the machine's own noise stays far below ten.
  EXPECT_LT(nobody, somebody * 10);
  EXPECT_LT(somebody, nobody * 10);
}

TEST(Hasher, FloodIsRefusedAndTheRestAnswered) {
  constexpr HashCost kDear{2, 32 * 1024 * 1024};
  Hasher hasher(key(1), 1, 4);
  std::atomic<int> answered = 0;
  std::atomic<int> refused = 0;
  std::vector<std::thread> callers;
  for (int i = 0; i < 24; ++i) {
    callers.emplace_back([&] {
      const auto hash = run(hasher.hash("x", kDear));
      ++(hash ? answered : refused);
      if (!hash) {
        EXPECT_EQ(hash.error().status, 429);
        EXPECT_EQ(hash.error().params.at("seconds"), "5");
      }
    });
  }
  for (auto& one : callers) one.join();
  EXPECT_GE(answered, 4);
  EXPECT_GT(refused, 0);
  EXPECT_EQ(answered + refused, 24);
  EXPECT_TRUE(run(hasher.hash("x", kCheap)));
}

}  // namespace
}  // namespace luytre::identity

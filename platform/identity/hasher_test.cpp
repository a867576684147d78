#include "platform/identity/hasher.h"

#include <dlfcn.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sodium.h>

#include <atomic>
#include <mutex>
#include <thread>

#include "platform/base/run.h"

namespace luytre::identity {
namespace {

// What argon2id was asked to do: these two stand before libsodium's own and call them.
std::mutex work_mutex;
std::vector<std::string> work;

template <class F>
F* next(const char* name) {
  return reinterpret_cast<F*>(::dlsym(RTLD_NEXT, name));
}

void worked(std::string what) {
  const std::lock_guard lock(work_mutex);
  work.push_back(std::move(what));
}

}  // namespace
}  // namespace luytre::identity

extern "C" int crypto_pwhash_str_alg(char* out, const char* secret, unsigned long long size,
                                     unsigned long long operations, std::size_t memory, int algorithm) {
  luytre::identity::worked("hashed " + std::to_string(operations) + ' ' + std::to_string(memory));
  return luytre::identity::next<decltype(crypto_pwhash_str_alg)>("crypto_pwhash_str_alg")(out, secret, size, operations,
                                                                                          memory, algorithm);
}

extern "C" int crypto_pwhash_str_verify(const char* stored, const char* secret, unsigned long long size) {
  luytre::identity::worked("compared");
  return luytre::identity::next<decltype(crypto_pwhash_str_verify)>("crypto_pwhash_str_verify")(stored, secret, size);
}

namespace luytre::identity {
namespace {

using ::testing::ElementsAre;

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
  constexpr HashCost kOwn{3, 1024 * 1024};
  Hasher hasher(key(1), 1);
  const std::vector<std::string> stored{hasher.hash_now("a", kOwn)};
  work.clear();
  (void)run(hasher.match("b", stored, kOwn));
  EXPECT_THAT(work, ElementsAre("compared"));
  work.clear();
  (void)run(hasher.match("b", {}, kOwn));
  EXPECT_THAT(work, ElementsAre("hashed 3 1048576"));
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

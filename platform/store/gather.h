// Gather: many small reads, asked one by one, done together: everything that queued while the last round was reading
// forms the next, one snapshot for all of it. For what nearly every request needs to know.
//
// The function gets the snapshot and a span of keys, and answers one value per key, in order. If it throws, all of its
// round get the fault. Thread-safe. Destroy before the Database.

#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <span>
#include <stdexcept>
#include <vector>

#include "platform/store/database.h"

namespace luytre::store {

inline constexpr std::size_t kGatherMost = 512;

// Without types: an item is what the typed front keeps.
class GatherCore {
 public:
  using Round = std::function<void(Session&, std::span<void* const>)>;

  GatherCore(Database& database, Round round);
  ~GatherCore();  // waits for what is under way
  GatherCore(const GatherCore&) = delete;
  GatherCore& operator=(const GatherCore&) = delete;

  Task<void> submit(std::shared_ptr<void> item);

 private:
  struct Impl;
  std::shared_ptr<Impl> impl_;
};

template <class Key, class Answer>
class Gather {
 public:
  using Function = std::function<std::vector<Answer>(Session&, std::span<const Key>)>;

  Gather(Database& database, Function function)
      : core_(database, [function = std::move(function)](Session& s, std::span<void* const> items) {
          std::vector<Key> keys;
          keys.reserve(items.size());
          for (const void* item : items) keys.push_back(static_cast<const Item*>(item)->key);
          std::vector<Answer> answers = function(s, keys);
          if (answers.size() != items.size()) throw std::logic_error("a gathered read answers each key once");
          for (std::size_t i = 0; i < items.size(); ++i)
            static_cast<Item*>(items[i])->answer.emplace(std::move(answers[i]));
        }) {}

  Task<Answer> read(Key key) {
    auto item = std::make_shared<Item>();
    item->key = std::move(key);
    return finish(core_.submit(item), item);
  }

 private:
  struct Item {
    Key key;
    std::optional<Answer> answer;
  };

  static Task<Answer> finish(Task<void> done, std::shared_ptr<Item> item) {
    co_await std::move(done);
    co_return std::move(*item->answer);
  }

  GatherCore core_;
};

}  // namespace luytre::store

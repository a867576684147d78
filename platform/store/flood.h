// Flood: a write that comes in floods (check-ins, declarations, encounters), batched by the store into few durable
// transactions.
//
// The module's function gets the transaction and a span of requests, and answers one Result per request, in order; an
// answered Error must not have written anything for its request. Everything that queued while the last batch committed
// forms the next batch, at most kMost. If a batch throws, it is bisected, so that one bad request cannot fail its
// neighbours. Idempotency is part of it: a request with an earlier key is answered from the store and never reaches the
// function; twins within a batch are answered once. Thread-safe. Destroy before the Database.

#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

#include "platform/store/database.h"

namespace luytre::store {

inline constexpr std::size_t kFloodMost = 512;

// Without types: a request is what the typed front keeps.
class FloodCore {
 public:
  struct Item {
    std::shared_ptr<void> request;  // the typed front's slot
    std::optional<Once> once;
    std::optional<std::string> answer_text;  // set by the function for `once`, or found in the store
    bool replayed = false;                   // answer_text is of an earlier request, or of a twin
    std::optional<Error> refused;            // the answer is this; its key is not kept
  };
  using Batch = std::function<void(
      Session&, std::span<Item* const>)>;  // answers these: sets `refused`, or answer_text for `once`

  FloodCore(Database& database, std::string name, Batch batch);
  ~FloodCore();  // waits for what is under way; what still queues is answered with Unavailable
  FloodCore(const FloodCore&) = delete;
  FloodCore& operator=(const FloodCore&) = delete;

  Task<void> submit(std::shared_ptr<Item> item);  // resumes after the durable commit

  struct Impl;

 private:
  std::shared_ptr<Impl> impl_;
};

template <class Request, class Answer>
class Flood {
 public:
  using Function = std::function<std::vector<Result<Answer>>(Session&, std::span<const Request>)>;

  Flood(Database& database, std::string name, Function function)
      : core_(database, std::move(name),
              [function = std::move(function)](Session& s, std::span<FloodCore::Item* const> items) {
                std::vector<Request> requests;
                requests.reserve(items.size());
                for (const auto* item : items) requests.push_back(static_cast<Slot*>(item->request.get())->request);
                std::vector<Result<Answer>> answers = function(s, requests);
                if (answers.size() != items.size()) throw std::logic_error("a flood answers each request once");
                for (std::size_t i = 0; i < items.size(); ++i) {
                  FloodCore::Item& item = *items[i];
                  if (!answers[i].ok()) item.refused = answers[i].error();
                  if (answers[i].ok() && item.once) item.answer_text = json::text(*answers[i]);
                  static_cast<Slot*>(item.request.get())->answer.emplace(std::move(answers[i]));
                }
              }) {}

  Task<Result<Answer>> submit(Request request, std::optional<Once> once) {
    auto slot = std::make_shared<Slot>();
    slot->request = std::move(request);
    auto item = std::make_shared<FloodCore::Item>();
    item->request = slot;
    item->once = std::move(once);
    return finish(core_.submit(item), item, slot);
  }

 private:
  struct Slot {
    Request request;
    std::optional<Result<Answer>> answer;
  };

  static Task<Result<Answer>> finish(Task<void> done, std::shared_ptr<FloodCore::Item> item,
                                     std::shared_ptr<Slot> slot) {
    co_await std::move(done);
    if (item->refused) co_return *item->refused;
    if (item->replayed) co_return of_kept(*item->answer_text);
    co_return std::move(*slot->answer);
  }

  // An answer may say itself how it is read.
  static Result<Answer> of_kept(const std::string& text) {
    if constexpr (requires { Answer::of_kept(text); }) {
      return Answer::of_kept(text);
    } else {
      return Database::replay<Answer>(text);
    }
  }

  FloodCore core_;
};

}  // namespace luytre::store

#include "platform/store/flood.h"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <unordered_map>
#include <utility>

#include "platform/base/log.h"
#include "platform/store/handover.h"
#include "platform/store/idempotency.h"
#include "platform/store/impl.h"

namespace luytre::store {
namespace {

constexpr int kAttempts = 3;  // of a batch whose commit outcome was unknown

using Item = FloodCore::Item;
using Done = std::function<void(std::exception_ptr)>;

struct Entry {
  std::shared_ptr<Item> item;
  Done done;
  int attempts = 0;
  Item* twin_of = nullptr;  // in the same batch
};
using Entries = std::vector<Entry>;

// What one run of a batch holds: who is new. Rebuilt at every attempt.
struct Round {
  Entries entries;
  bool committed = false;
  std::vector<Item*> fresh;
};

// Forgets what an earlier attempt left, pairs twins, and finds what is answered already. True: nothing new is among
// them.
bool look_up(Session& session, Round& round) {
  round.fresh.clear();
  std::unordered_map<std::string_view, Item*> first;
  std::vector<const Once*> keys;
  std::vector<Item*> keyed;
  for (Entry& entry : round.entries) {
    Item& item = *entry.item;
    item.answer_text.reset();
    item.replayed = false;
    item.refused.reset();
    entry.twin_of = nullptr;
    if (!item.once) {
      round.fresh.push_back(&item);
      continue;
    }
    const auto [known, is_first] = first.emplace(item.once->scope, &item);
    if (is_first) {
      keys.push_back(&*item.once);
      keyed.push_back(&item);
    } else if (known->second->once->body_hash != item.once->body_hash) {
      item.refused = kIdempotencyKeyReused;
    } else {
      entry.twin_of = known->second;
    }
  }
  auto kept = find_kept(session, keys);
  for (std::size_t i = 0; i < keyed.size(); ++i) {
    if (!kept[i]) {
      round.fresh.push_back(keyed[i]);
    } else if (kept[i]->body.data != keys[i]->body_hash) {
      keyed[i]->refused = kIdempotencyKeyReused;
    } else {
      keyed[i]->answer_text = std::move(kept[i]->answer);
      keyed[i]->replayed = true;
    }
  }
  return round.fresh.empty();
}

// After the commit: a twin's answer is its first's.
void answer_twins(Round& round) {
  for (Entry& entry : round.entries) {
    if (entry.twin_of == nullptr) continue;
    entry.item->refused = entry.twin_of->refused;
    entry.item->answer_text = entry.twin_of->answer_text;
    entry.item->replayed = !entry.item->refused;
  }
}

}  // namespace

struct FloodCore::Impl : std::enable_shared_from_this<Impl> {
  Impl(Database& database, std::string name, Batch batch)
      : database(database.impl()), name(std::move(name)), batch(std::move(batch)) {}

  void add(Entry entry);
  void push_round(Entries entries = {});  // without `mutex`; empty: it takes what waits when its turn comes
  void take(Round& round);
  void run(Session& session, Round& round);
  void finished(const std::shared_ptr<Round>& round, const std::exception_ptr& fault);
  bool look_again(const std::shared_ptr<Round>& round);
  void complete(Round& round);
  void after_unknown(Round& round, const CommitUnknown& e);
  void bisect(Round& round);
  void next_round();
  void run_if_idle();
  void answered();
  void close();

  Database::Impl& database;
  const std::string name;
  const Batch batch;

  std::mutex mutex;
  std::condition_variable idle;
  std::deque<Entry> waiting;
  std::deque<Entries> first_of_all;  // parts of earlier batches, to be run before what waits
  std::size_t running = 0;           // rounds that have not committed; with group commit one at a time
  std::size_t unanswered = 0;        // rounds
  bool closed = false;
};

void FloodCore::Impl::add(Entry entry) {
  {
    std::unique_lock lock(mutex);
    if (!closed) {
      Entries alone;
      if (database.group_commit) {
        waiting.push_back(std::move(entry));
        if (running > 0) return;
      } else {
        alone.push_back(std::move(entry));
      }
      ++running;
      ++unanswered;
      lock.unlock();
      return push_round(std::move(alone));
    }
  }
  entry.done(std::make_exception_ptr(Unavailable("the server is stopping")));
}

void FloodCore::Impl::push_round(Entries entries) {
  auto self = shared_from_this();
  auto round = std::make_shared<Round>();
  round->entries = std::move(entries);
  Work work;
  // The batch is not taken now but when a writer comes to it, so that it holds all that queued until then.
  work.look_up = [self, round](Session& session) {
    if (round->entries.empty()) self->take(*round);
    return look_up(session, *round);
  };
  work.job = [self, round](Session& session) { self->run(session, *round); };
  work.committed = [self, round] {  // the next runs while this one waits for the disk
    round->committed = true;
    self->next_round();
  };
  work.done = [self, round](const std::exception_ptr& fault) { self->finished(round, fault); };
  database.writes.push(std::move(work));
}

void FloodCore::Impl::take(Round& round) {
  const std::lock_guard lock(mutex);
  if (!first_of_all.empty()) {
    round.entries = std::move(first_of_all.front());
    first_of_all.pop_front();
    return;
  }
  while (!waiting.empty() && round.entries.size() < kFloodMost) {
    round.entries.push_back(std::move(waiting.front()));
    waiting.pop_front();
  }
}

void FloodCore::Impl::run(Session& session, Round& round) {
  batch(session, round.fresh);
  std::vector<NewAnswer> answers;
  answers.reserve(round.fresh.size());
  for (Item* item : round.fresh) {
    if (item->once && !item->refused) answers.push_back({&*item->once, &*item->answer_text});
  }
  if (!answers.empty()) keep_answers(session, answers, database.clock.now());
}

void FloodCore::Impl::finished(const std::shared_ptr<Round>& round, const std::exception_ptr& fault) {
  if (!fault) {
    if (!round->committed) next_round();
    if (!look_again(round)) complete(*round);
    return;
  }
  if (round->entries.empty()) take(*round);  // no writer could even begin
  try {
    std::rethrow_exception(fault);
  } catch (const CommitUnknown& e) {
    after_unknown(*round, e);
  } catch (const Unavailable& e) {
    for (Entry& entry : round->entries) entry.done(std::make_exception_ptr(Unavailable(e.what())));
  } catch (const std::exception& e) {
    if (round->entries.size() > 1) {
      bisect(*round);
    } else {
      log::warn("flood request failed", {{"flood", name}, {"why", e.what()}});
      for (Entry& entry : round->entries) entry.done(fault);
    }
  }
  round->committed ? run_if_idle() : next_round();
  answered();
}

// On PostgreSQL a twin in another process may have committed while we were answering with an Error that only the twin's
// own rows caused. True: we look, and complete later.
bool FloodCore::Impl::look_again(const std::shared_ptr<Round>& round) {
  if (database.engine != Engine::kPostgres) return false;
  std::vector<Item*> refused;
  for (Entry& entry : round->entries) {
    if (entry.twin_of == nullptr && entry.item->once && entry.item->refused) refused.push_back(entry.item.get());
  }
  if (refused.empty()) return false;
  auto self = shared_from_this();
  Work work;
  work.job = [refused](Session& session) {
    std::vector<const Once*> keys;
    for (const Item* item : refused) keys.push_back(&*item->once);
    auto kept = find_kept(session, keys);
    for (std::size_t i = 0; i < refused.size(); ++i) {
      if (!kept[i] || kept[i]->body.data != keys[i]->body_hash) continue;
      refused[i]->refused.reset();
      refused[i]->answer_text = std::move(kept[i]->answer);
      refused[i]->replayed = true;
    }
  };
  work.done = [self, round](const std::exception_ptr&) { self->complete(*round); };  // a failed look changes no answer
  database.reads.push(std::move(work));
  return true;
}

void FloodCore::Impl::complete(Round& round) {
  answer_twins(round);
  for (Entry& entry : round.entries) entry.done(nullptr);
  answered();
}

// Those with a key run again, and find what was committed; the others must ask whoever sent them.
void FloodCore::Impl::after_unknown(Round& round, const CommitUnknown& e) {
  Entries again;
  for (Entry& entry : round.entries) {
    if (entry.item->once && ++entry.attempts < kAttempts) {
      again.push_back(std::move(entry));
    } else {
      entry.done(std::make_exception_ptr(CommitUnknown(e.what())));
    }
  }
  if (again.empty()) return;
  const std::lock_guard lock(mutex);
  first_of_all.push_front(std::move(again));
}

void FloodCore::Impl::bisect(Round& round) {
  const auto middle = round.entries.begin() + static_cast<std::ptrdiff_t>(round.entries.size() / 2);
  Entries second(std::make_move_iterator(middle), std::make_move_iterator(round.entries.end()));
  round.entries.erase(middle, round.entries.end());
  const std::lock_guard lock(mutex);
  first_of_all.push_front(std::move(second));
  first_of_all.push_front(std::move(round.entries));
}

void FloodCore::Impl::next_round() {
  {
    const std::lock_guard lock(mutex);
    if (waiting.empty() && first_of_all.empty()) {
      --running;
      return;
    }
    ++unanswered;
  }
  push_round();
}

void FloodCore::Impl::run_if_idle() {
  {
    const std::lock_guard lock(mutex);
    if (running > 0 || first_of_all.empty()) return;
    ++running;
    ++unanswered;
  }
  push_round();
}

void FloodCore::Impl::answered() {
  const std::lock_guard lock(mutex);
  if (--unanswered == 0) idle.notify_all();
}

void FloodCore::Impl::close() {
  std::deque<Entry> late;
  {
    const std::lock_guard lock(mutex);
    closed = true;
    late.swap(waiting);
  }
  for (Entry& entry : late) entry.done(std::make_exception_ptr(Unavailable("the server is stopping")));
  std::unique_lock lock(mutex);
  idle.wait(lock, [&] { return unanswered == 0; });
}

FloodCore::FloodCore(Database& database, std::string name, Batch batch)
    : impl_(std::make_shared<Impl>(database, std::move(name), std::move(batch))) {}

FloodCore::~FloodCore() {
  impl_->close();
}

Task<void> FloodCore::submit(std::shared_ptr<Item> item) {
  return hand_over([impl = impl_, item = std::move(item)](Done done) { impl->add(Entry{item, std::move(done)}); });
}

}  // namespace luytre::store

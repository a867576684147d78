#include "platform/store/gather.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "platform/store/handover.h"
#include "platform/store/impl.h"

namespace luytre::store {
namespace {

using Done = std::function<void(std::exception_ptr)>;

struct Entry {
  std::shared_ptr<void> item;
  Done done;
};

}  // namespace

struct GatherCore::Impl : std::enable_shared_from_this<Impl> {
  Impl(Database& database, Round round) : database(database.impl()), round(std::move(round)) {}

  void add(Entry entry);
  void push();
  void read(Session& session, std::vector<Entry>& entries);
  void finished(std::vector<Entry>& entries, const std::exception_ptr& fault);
  void close();

  Database::Impl& database;
  const Round round;
  std::mutex mutex;
  std::condition_variable idle;
  std::deque<Entry> waiting;
  bool running = false;
};

void GatherCore::Impl::add(Entry entry) {
  {
    const std::lock_guard lock(mutex);
    waiting.push_back(std::move(entry));
    if (std::exchange(running, true)) return;
  }
  push();
}

void GatherCore::Impl::push() {
  auto self = shared_from_this();
  auto entries = std::make_shared<std::vector<Entry>>();
  Work work;
  work.job = [self, entries](Session& session) { self->read(session, *entries); };
  work.done = [self, entries](const std::exception_ptr& fault) { self->finished(*entries, fault); };
  database.reads.push(std::move(work));
}

// Taken when a reader comes to it; kept when the read is repeated on a new connection.
void GatherCore::Impl::read(Session& session, std::vector<Entry>& entries) {
  if (entries.empty()) {
    const std::lock_guard lock(mutex);
    const auto end = waiting.begin() + static_cast<std::ptrdiff_t>(std::min(waiting.size(), kGatherMost));
    entries.assign(std::make_move_iterator(waiting.begin()), std::make_move_iterator(end));
    waiting.erase(waiting.begin(), end);
  }
  std::vector<void*> items;
  items.reserve(entries.size());
  for (const Entry& entry : entries) items.push_back(entry.item.get());
  round(session, items);
}

void GatherCore::Impl::finished(std::vector<Entry>& entries, const std::exception_ptr& fault) {
  bool more = false;
  {
    const std::lock_guard lock(mutex);
    if (entries.empty()) {  // no reader could even begin
      entries.assign(std::make_move_iterator(waiting.begin()), std::make_move_iterator(waiting.end()));
      waiting.clear();
    }
    more = running = !waiting.empty();
  }
  if (more) push();
  for (Entry& entry : entries) entry.done(fault);
  if (!more) {
    const std::lock_guard lock(mutex);
    idle.notify_all();
  }
}

void GatherCore::Impl::close() {
  std::unique_lock lock(mutex);
  idle.wait(lock, [&] { return !running; });
}

GatherCore::GatherCore(Database& database, Round round) : impl_(std::make_shared<Impl>(database, std::move(round))) {}

GatherCore::~GatherCore() {
  impl_->close();
}

Task<void> GatherCore::submit(std::shared_ptr<void> item) {
  return hand_over([impl = impl_, item = std::move(item)](Done done) { impl->add(Entry{item, std::move(done)}); });
}

}  // namespace luytre::store
